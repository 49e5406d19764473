//! The letter holds what was released and nothing else; the note holds everything. In every format, for every worked case.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::too_many_lines,
    reason = "a test may stop at once"
)]

use jiff::civil::{Date, date};
use sekretesskoll::answers::Official;
use sekretesskoll::assessment::assess;
use sekretesskoll::case::Case;
use sekretesskoll::embedded;
use sekretesskoll::language::Lang;
use sekretesskoll::letter::{Asked, Filled, Letter, Reason, may_be_written};
use sekretesskoll::note::note;
use sekretesskoll::page::{Block, Entry, Field, Page, Table};
use sekretesskoll::reconcile::What;
use sekretesskoll::record::{self, ItemRecord, Made, Record, StepRecord};
use sekretesskoll::review::{Review, Verdicts, needed_before_sending};
use sekretesskoll::trees::Trees;
use sekretesskoll::walk::{Given, moment};

/// The review that a guideline demands, with these items contested; none where no guideline does.
fn reviewed(record: &Record, contested: &[&str]) -> Review {
    let ids = record.items.iter().map(|item| item.id.clone());
    let verdicts = ids.chain(["identity".to_owned()]).map(|id| {
        let contest = contested.contains(&id.as_str());
        let given = if contest {
            Given {
                answer: Some("contested".to_owned()),
                text: Some("Det behöver nämnden inte.".to_owned()),
            }
        } else {
            Given::answer("confirmed")
        };
        (id, given)
    });
    let reviewer = Official {
        name: "Bo Chef".to_owned(),
        title: "enhetschef".to_owned(),
        unit: "Enhet".to_owned(),
    };
    let made = Made {
        started: "2026-11-22T10:50+01:00".to_owned(),
        finished: "2026-11-22T10:55+01:00".to_owned(),
        day: date(2026, 11, 22),
    };
    Review::of(Verdicts {
        record,
        record_file: None,
        reviewer: &reviewer,
        items: &verdicts.collect(),
        says: Vec::new(),
        made: &made,
        made_with: record.made_with.clone(),
        lang: Lang::Sv,
    })
    .unwrap()
}

/// The confirming review that a guideline demands, for as long as the test runs.
fn confirmed(record: &Record) -> Option<&'static Review> {
    let needed = needed_before_sending(record);
    needed.map(|_| &*Box::leak(Box::new(reviewed(record, &[]))))
}

fn trees() -> Trees {
    Trees::built_in().unwrap()
}

fn written(
    trees: &Trees,
    document: &sekretesskoll::answers::AnswersDocument,
    lang: Lang,
) -> Option<Record> {
    let assessment = assess(trees, document).ok()?;
    let made = Made {
        started: "2026-11-22T10:12+01:00".to_owned(),
        finished: "2026-11-22T10:41+01:00".to_owned(),
        day: date(2026, 11, 22),
    };
    record::record(&assessment, document, &made, lang)
}

/// The record of a worked case on its first day.
fn record_of(trees: &Trees, name: &str) -> Record {
    let file = format!("{name}.toml");
    let (_, text) = embedded::CASES
        .iter()
        .find(|(known, _)| *known == file)
        .unwrap();
    let case = Case::read(name, text).unwrap();
    written(trees, &case.answers_on(&case.expect[0]), Lang::Sv).unwrap()
}

/// Every worked case on each of its days that ends in a record, in both languages.
fn records(trees: &Trees) -> Vec<(String, Record)> {
    let mut records = Vec::new();
    for (name, text) in embedded::CASES {
        let case = Case::read(name, text).unwrap();
        for (expect, lang) in case
            .expect
            .iter()
            .flat_map(|one| Lang::ALL.map(|lang| (one, lang)))
        {
            let document = case.answers_on(expect);
            let record = written(trees, &document, lang);
            records.extend(
                record.map(|record| (format!("{name} {:?} {lang:?}", document.on), record)),
            );
        }
    }
    records
}

/// The day a record's information leaves: on that day its letter may be made.
fn its_day(record: &Record) -> Date {
    let sending = record
        .sending
        .as_ref()
        .and_then(|sending| moment(&sending.when));
    sending.map_or_else(|| record.on.parse().unwrap(), |(day, _)| day)
}

/// What a reader of each format sees: tags, escapes and line breaks taken away.
fn seen(page: &Page) -> [(&'static str, String); 3] {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    [
        ("text", one_line(&page.text().replace("\n| ", "\n"))),
        ("md", one_line(&unescaped(&page.markdown()))),
        ("html", one_line(&without_tags(&page.html()))),
    ]
}

/// A backslash stands for the sign after it.
fn unescaped(markdown: &str) -> String {
    let mut out = String::new();
    let mut chars = markdown.chars();
    while let Some(c) = chars.next() {
        out.extend(if c == '\\' { chars.next() } else { Some(c) });
    }
    out.replace("**", "").replace("\n> ", "\n")
}

fn without_tags(html: &str) -> String {
    let body = &html[html.find("<body>").unwrap()..];
    let parts = body
        .split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    let text: Vec<&str> = parts.collect();
    let text = text.join(" ").replace("&lt;", "<").replace("&gt;", ">");
    text.replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

fn text_of<'r>(item: &'r ItemRecord, questions: &[&str]) -> Vec<&'r str> {
    let steps = item
        .steps
        .iter()
        .filter(|step| questions.contains(&step.question.as_str()));
    steps.filter_map(|step| step.text.as_deref()).collect()
}

/// What somebody wrote: names of other items are no texts.
fn sentences(steps: &[StepRecord]) -> Vec<&str> {
    let texts = steps.iter().filter_map(|step| step.text.as_deref());
    texts.filter(|text| text.chars().count() > 3).collect()
}

const WORDING: [&str; 2] = ["wording", "wording-request"];
/// In a report; what an item is needed for in an answer stays in the record.
const LINK: [&str; 2] = ["link", "link-other"];

fn goes(record: &Record, item: &ItemRecord) -> bool {
    record.released.contains(&item.id)
}

/// Everything that may stand in the letter in somebody's own words.
fn may_stand(record: &Record) -> Vec<&str> {
    let items = record.items.iter().filter(|item| goes(record, item));
    let mut may: Vec<&str> = items
        .clone()
        .flat_map(|item| {
            text_of(item, &WORDING)
                .into_iter()
                .chain(text_of(item, &LINK))
        })
        .collect();
    may.extend(
        record
            .documents
            .iter()
            .map(|document| document.label.as_str()),
    );
    let request = record.request.iter();
    may.extend(request.filter_map(|request| request.reference.as_deref()));
    may.extend(
        record
            .sending
            .iter()
            .filter_map(|sending| sending.board.as_deref()),
    );
    let official = &record.official;
    may.extend([&official.name, &official.title, &official.unit].map(String::as_str));
    may
}

/// Everything that must not.
fn must_not_stand(record: &Record) -> Vec<String> {
    let may = may_stand(record);
    let mut not: Vec<String> = Vec::new();
    for item in &record.items {
        not.push(item.label.clone());
        not.extend(sentences(&item.steps).into_iter().map(str::to_owned));
        not.extend(item.file.clone());
        not.extend(
            item.provisions
                .iter()
                .map(|key| record.law[key].citation.clone()),
        );
    }
    let first = record.identity.iter();
    not.extend(
        first
            .flat_map(|first| sentences(&first.steps))
            .map(str::to_owned),
    );
    not.extend(
        sentences(&record.route.steps)
            .into_iter()
            .map(str::to_owned),
    );
    let steps = record
        .closing
        .iter()
        .flat_map(|closing| sentences(&closing.steps));
    not.extend(steps.map(str::to_owned));
    not.extend(record.held_back.iter().map(|held| held.means.clone()));
    not.extend(
        record
            .documents
            .iter()
            .filter_map(|document| document.why.clone()),
    );
    not.extend(
        record
            .calls
            .iter()
            .flat_map(|call| [call.said.clone(), call.to.clone()]),
    );
    not.extend(record.kept.iter().map(|kept| kept.reason.clone()));
    not.extend(
        record
            .assumptions
            .iter()
            .chain(&record.open)
            .map(|note| note.text.clone()),
    );
    not.extend([record.digest.clone(), record.digest[7..15].to_owned()]);
    for citation in [
        "10 kap. 27 §",
        "10 kap. 28 §",
        "10 kap. 15 a §",
        "12 kap. 2 §",
        "40 kap. 7 g §",
    ] {
        not.push(citation.to_owned());
    }
    let days = |text: &String| text.parse::<Date>().is_ok() || moment(text).is_some();
    not.retain(|text| {
        !text.is_empty() && !days(text) && !may.iter().any(|may| may.contains(text.as_str()))
    });
    not
}

#[test]
fn the_letter_of_every_worked_case_holds_each_released_wording_and_nothing_held_back() {
    let trees = trees();
    let (mut letters, mut held_back, mut documents) = (0, 0, 0);
    for (name, record) in records(&trees) {
        let letter = match Letter::of(&trees, &record, confirmed(&record), its_day(&record)) {
            Ok(letter) => letter,
            Err(reason) => {
                assert_eq!(reason, Reason::NotReady(record.outcome.clone()), "{name}");
                continue;
            }
        };
        letters += 1;
        held_back += record.held_back.len();
        documents += record.documents.len();
        let released: Vec<&ItemRecord> = record
            .items
            .iter()
            .filter(|item| goes(&record, item))
            .collect();
        for (format, letter) in seen(&letter.page(&Filled::default())) {
            for item in &released {
                let texts = [text_of(item, &WORDING), text_of(item, &LINK)].concat();
                let worded =
                    !texts.is_empty() || record.request.is_some() && item.form == "document";
                assert!(worded, "{name} {format} {}", item.id);
                for text in texts {
                    assert!(letter.contains(text), "{name} {format}: {text}\n{letter}");
                }
            }
            for document in &record.documents {
                assert!(letter.contains(&document.label), "{name} {format}");
            }
            for text in must_not_stand(&record) {
                assert!(!letter.contains(&text), "{name} {format}: {text}\n{letter}");
            }
        }
    }
    assert!(
        letters > 100 && held_back > 20 && documents > 3,
        "{letters} {held_back} {documents}"
    );
}

#[test]
fn the_note_of_every_worked_case_names_each_item_what_became_of_it_and_the_digest() {
    let trees = trees();
    let mut notes = 0;
    for (name, record) in records(&trees) {
        notes += 1;
        for (format, note) in seen(&note(&trees, &record, Some("prövning.json"))) {
            let has = |text: &str| assert!(note.contains(text), "{name} {format}: {text}\n{note}");
            for item in &record.items {
                has(&item.label);
                has(&item.means);
                item.provisions
                    .iter()
                    .for_each(|key| has(&record.law[key].citation));
                sentences(&item.steps).into_iter().for_each(has);
            }
            for call in &record.calls {
                has(&call.said);
            }
            for written in record.assumptions.iter().chain(&record.open) {
                has(&written.text);
            }
            for kept in &record.kept {
                has(&kept.reason);
            }
            for law in record.law.values() {
                has(&law.citation);
            }
            for text in [
                &record.official.name,
                &record.on,
                &record.digest,
                &record.route.means,
            ] {
                has(text);
            }
            has("prövning.json");
        }
    }
    assert!(notes > 200, "{notes}");
}

#[test]
fn a_letter_leaves_under_the_law_that_was_assessed_or_not_at_all() {
    let trees = trees();
    let before = record_of(&trees, "jo-fk-as-of-2026-01-14");
    let after = record_of(&trees, "jo-fk-as-of-2026-01-15");
    let old = record_of(&trees, "jo-fk-2020");
    let may =
        |record: &Record, today: Date| may_be_written(&trees, record, confirmed(record), today);
    assert_eq!(may(&before, date(2026, 1, 14)), Ok(()));
    assert_eq!(
        may(&before, date(2026, 1, 15)),
        Err(Reason::OtherLaw(date(2026, 1, 15)))
    );
    assert_eq!(may(&after, date(2026, 1, 15)), Ok(()));
    assert_eq!(may(&after, date(2026, 11, 22)), Ok(()));
    assert_eq!(may(&old, date(2020, 6, 26)), Ok(()));
    assert_eq!(
        may(&old, date(2026, 11, 22)),
        Err(Reason::OtherLaw(date(2026, 11, 22)))
    );
    // Made ahead: the law of the day of sending was assessed, and that is the day the letter leaves.
    let letter = Letter::of(&trees, &after, None, date(2026, 1, 14))
        .ok()
        .unwrap();
    assert_eq!(letter.day(), date(2026, 1, 15));
    let letter = Letter::of(&trees, &after, None, date(2026, 11, 22))
        .ok()
        .unwrap();
    assert_eq!(letter.day(), date(2026, 11, 22));
}

#[test]
fn a_record_that_the_same_answers_no_longer_give_has_no_letter() {
    let trees = trees();
    let record = record_of(&trees, "jo-fk-as-of-2026-01-15");
    let day = date(2026, 1, 15);
    for change in [
        (|record: &mut Record| record.items[2].outcome = "disclose".to_owned()) as fn(&mut Record),
        |record| record.route.outcome = "general-clause".to_owned(),
        |record| record.identity.as_mut().unwrap().outcome = "withhold".to_owned(),
        |record| {
            let steps = &mut record.items[0].steps;
            steps.retain(|step| step.question != "wording");
        },
        |record| record.authority.key = "nowhere".to_owned(),
    ] {
        let mut changed = record.clone();
        change(&mut changed);
        assert_eq!(
            may_be_written(&trees, &changed, None, day),
            Err(Reason::OtherOutcome)
        );
    }
    let mut unreadable = record;
    unreadable.items[0].form = "song".to_owned();
    let reason = may_be_written(&trees, &unreadable, None, day);
    assert!(matches!(reason, Err(Reason::Unreadable(_))), "{reason:?}");
}

#[test]
fn only_the_kinds_that_were_released_are_asked_for_and_never_where_somebody_protected_is() {
    let trees = trees();
    let mut record = record_of(&trees, "jo-fk-as-of-2026-01-15");
    let day = date(2026, 1, 15);
    let asks = |record: &Record| {
        Letter::of(&trees, record, None, day)
            .ok()
            .map(|letter| letter.asks())
    };
    let all = [
        Asked::Name,
        Asked::IdentityNumber,
        Asked::Guardians,
        Asked::Address,
        Asked::Telephone,
        Asked::Contact,
    ];
    assert_eq!(asks(&record).unwrap(), all);
    let first = record.identity.as_mut().unwrap();
    first
        .kinds
        .retain(|kind| !matches!(kind.key.as_str(), "address" | "telephone"));
    first.protected = true;
    assert_eq!(
        asks(&record).unwrap(),
        [
            Asked::Name,
            Asked::IdentityNumber,
            Asked::Guardians,
            Asked::Contact
        ]
    );
    let letter = Letter::of(&trees, &record, confirmed(&record), day)
        .ok()
        .unwrap();
    assert!(letter.is_protected());
    let text = letter.page(&Filled::default()).text();
    assert!(
        text.contains("Skyddade personuppgifter") && !text.contains("Adress:"),
        "{text}"
    );
    let withheld = record_of(&trees, "identity-withheld");
    let letter = Letter::of(&trees, &withheld, confirmed(&withheld), its_day(&withheld))
        .ok()
        .unwrap();
    assert_eq!(letter.asks(), [Asked::Contact]);
    let text = letter.page(&Filled::default()).text();
    assert!(
        text.contains("Vem anmälan gäller står inte i brevet."),
        "{text}"
    );
}

#[test]
fn what_is_filled_in_stands_once_and_is_never_printed_for_debugging() {
    let trees = trees();
    let record = record_of(&trees, "jo-fk-as-of-2026-01-15");
    let letter = Letter::of(&trees, &record, confirmed(&record), date(2026, 1, 15))
        .ok()
        .unwrap();
    let mut filled = Filled::default();
    filled.set(Asked::Name, "  Kim\u{202e} \u{1b}[31mExempel ");
    assert!(filled.lacks(&letter.asks()));
    for asked in letter.asks() {
        if asked != Asked::Name {
            filled.set(asked, "något");
        }
    }
    assert!(!filled.lacks(&letter.asks()));
    let page = letter.page(&filled);
    for (format, text) in seen(&page) {
        assert_eq!(
            text.matches("Kim [31mExempel").count(),
            1,
            "{format} {text}"
        );
        assert!(!text.contains("FYLL I"), "{format} {text}");
    }
    assert!(!format!("{filled:?} {page:?}").contains("Kim"));
    filled.set(Asked::Name, " ");
    assert!(filled.lacks(&letter.asks()));
}

#[test]
fn feedback_and_health_care_stand_only_where_they_are_true() {
    let trees = trees();
    let text = |name: &str| {
        let record = record_of(&trees, name);
        let letter = Letter::of(&trees, &record, confirmed(&record), its_day(&record))
            .ok()
            .unwrap();
        let [(_, text), ..] = seen(&letter.page(&Filled::default()));
        text
    };
    let (feedback, health_care) = (
        "Vi ber nämnden om återkoppling",
        "Hälso- och sjukvården har en egen",
    );
    let child = text("jo-fk-as-of-2026-01-15");
    assert!(
        child.contains(feedback) && child.contains(health_care),
        "{child}"
    );
    assert!(child.contains("19 kap. 1 § första stycket 9 SoL (2025:400)"));
    let without = text("jo-fk-2020");
    assert!(
        !without.contains(feedback) && without.contains(health_care),
        "{without}"
    );
    assert!(
        without.contains("14 kap. 1 c § SoL (2001:453)")
            && without.contains("14 kap. 1 § SoL (2001:453)")
    );
    let adult = text("benefit-data-adult");
    assert!(
        !adult.contains(feedback) && !adult.contains(health_care) && !adult.contains("barn"),
        "{adult}"
    );
    let own = text("board-and-police-from-health-care");
    assert!(!own.contains(health_care), "{own}");
}

/// Signs that mean something in one of the formats, wherever free text can stand.
const HOSTILE: &str = "# 1. <script>alert('x')</script> & \"*a*\" _b_ [c](http://d) | `e` ~~f~~ &lt; \\ $g$ </style> <!--";

fn hostile() -> Page {
    let text = || HOSTILE.to_owned();
    let entry = Entry {
        text: text(),
        with: vec![(text(), text())],
    };
    let mut page = Page::new(Lang::Sv, text());
    page.blocks = vec![
        Block::Notice(vec![text(), text()]),
        Block::Section(text()),
        Block::Paragraph(text()),
        Block::Part(text()),
        Block::Lines(vec![text(), text()]),
        Block::Bullets(vec![entry.clone(), text().into()]),
        Block::Numbered(vec![entry]),
        Block::Fields(vec![
            Field::new(HOSTILE, HOSTILE),
            Field::blank(HOSTILE, HOSTILE),
        ]),
        Block::Table(Table {
            caption: text(),
            columns: vec![text(), text()],
            rows: vec![vec![text(), text()]],
        }),
    ];
    page
}

#[test]
fn signs_in_free_text_mean_nothing_in_any_format() {
    let page = hostile();
    let html = page.html();
    assert!(
        !html.contains("<script") && !html.contains("<!--"),
        "{html}"
    );
    assert_eq!(html.matches("</style>").count(), 1);
    assert_sound(&html);
    for line in page.markdown().lines() {
        let bare = |sign: char| {
            let mut before = ' ';
            line.chars().any(|c| {
                let bare = c == sign && before != '\\';
                before = if before == '\\' && c == '\\' { ' ' } else { c };
                bare
            })
        };
        let row = line.starts_with("| ");
        assert!(
            !bare('<') && !bare('`') && !bare('[') && !bare('_') && (row || !bare('|')),
            "{line}"
        );
    }
    let rows: Vec<String> = page
        .markdown()
        .lines()
        .filter(|line| line.starts_with("| "))
        .map(str::to_owned)
        .collect();
    assert_eq!(rows.len(), 3);
    for (format, text) in seen(&page) {
        let seen = text
            .matches("<script>alert('x')</script> & \"*a*\" _b_ [c](http://d) | `e` ~~f~~")
            .count();
        assert!(seen >= 18, "{format} {seen} {text}");
    }
}

/// Tags open and close in order, ids and attributes aside; nothing is fetched and nothing runs.
fn assert_sound(html: &str) {
    let empty = ["meta", "br", "!DOCTYPE"];
    let style = html.find("<style>").unwrap()..html.find("</style>").unwrap();
    let html = format!("{}{}", &html[..style.start + 7], &html[style.end..]);
    let mut open: Vec<&str> = Vec::new();
    for tag in html.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').expect("a tag ends");
        let name = tag.split_whitespace().next().unwrap();
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name)),
            None if empty.contains(&name) => {}
            None => open.push(name),
        }
        for attribute in ["src=", "href=", "onload", "onclick", "style="] {
            assert!(!tag.contains(attribute), "{tag}");
        }
        assert!(
            !["script", "link", "img", "iframe", "object", "form"].contains(&name),
            "{tag}"
        );
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn html_is_whole_names_its_language_and_has_its_headings_in_order() {
    let trees = trees();
    for (name, record) in records(&trees) {
        let letter = Letter::of(&trees, &record, confirmed(&record), its_day(&record)).ok();
        let letter = letter.map(|letter| letter.page(&Filled::default()));
        for page in letter.into_iter().chain([note(&trees, &record, None)]) {
            let html = page.html();
            assert_sound(&html);
            assert!(
                html.contains(&format!("<html lang=\"{}\">", record.language)),
                "{name}"
            );
            let mut last = 0;
            for heading in html
                .split("<h")
                .skip(1)
                .filter_map(|tag| tag.chars().next()?.to_digit(10))
            {
                assert!(
                    heading <= last + 1 && (last > 0) == (heading > 1),
                    "{name}: h{heading} after h{last}"
                );
                last = heading;
            }
            assert!(
                !html.contains("url(") && !html.contains("@import"),
                "{name}"
            );
        }
    }
}

#[test]
fn plain_text_keeps_within_eighty_columns_and_ends_no_line_with_a_space() {
    let trees = trees();
    for (name, record) in records(&trees) {
        for line in note(&trees, &record, None).text().lines() {
            let digest = line.contains("sha256:");
            assert!(digest || line.chars().count() <= 80, "{name}: {line}");
            assert!(!line.ends_with(' '), "{name}: {line:?}");
        }
    }
}

#[test]
fn the_letter_and_the_note_of_2020() {
    let trees = trees();
    let record = record_of(&trees, "jo-fk-2020");
    let letter = Letter::of(&trees, &record, confirmed(&record), date(2020, 6, 26))
        .ok()
        .unwrap();
    let mut filled = Filled::default();
    filled.set(Asked::Name, "Kim Exempel, Robin Exempel");
    filled.set(Asked::Guardians, "AA");
    let page = letter.page(&filled);
    insta::assert_snapshot!("letter-2020", page.text());
    insta::assert_snapshot!("letter-2020-html", page.html());
    let note = note(
        &trees,
        &record,
        Some("sekretessprovning-2020-06-26-0f3a9c21.json"),
    );
    insta::assert_snapshot!("note-2020", note.text());
}

/// The manager who signed in 2020 without looking: now the letter waits, and what is contested does not stand in it.
#[test]
fn without_the_duty_the_letter_waits_for_the_review_that_the_guideline_demands() {
    let trees = trees();
    let record = record_of(&trees, "jo-fk-2020");
    let day = date(2020, 6, 26);
    let may = |review: Option<&Review>| may_be_written(&trees, &record, review, day);
    assert!(matches!(
        may(None),
        Err(Reason::Review(What::ReviewNeeded(_)))
    ));
    assert_eq!(may(Some(&reviewed(&record, &[]))), Ok(()));
    let statements = record.items.iter().filter(|item| item.form == "statement");
    let ids: Vec<&str> = statements.map(|item| item.id.as_str()).collect();
    let [contested, left] = ids.as_slice() else {
        panic!("two statements: {ids:?}")
    };
    let review = reviewed(&record, &[contested]);
    let letter = Letter::of(&trees, &record, Some(&review), day)
        .ok()
        .unwrap();
    let text = letter.page(&Filled::default()).text();
    let wording = |id: &str| {
        let item = record.items.iter().find(|item| item.id == id).unwrap();
        let step = item.steps.iter().find(|step| step.question == "wording");
        step.unwrap().text.clone().unwrap()
    };
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(!flat.contains(&wording(contested)), "{text}");
    assert!(flat.contains(&wording(left)), "{text}");
    assert_eq!(
        may(Some(&reviewed(&record, &ids))),
        Err(Reason::Review(What::NothingLeft))
    );
    assert_eq!(
        may(Some(&reviewed(&record, &["identity"]))),
        Err(Reason::Review(What::IdentityContested))
    );
}

/// Under the duty nobody waits for a reviewer; a review of another record is a mistake all the same.
#[test]
fn under_the_duty_no_letter_waits_for_a_review() {
    let trees = trees();
    let record = record_of(&trees, "jo-fk-as-of-2026-01-15");
    let day = date(2026, 1, 15);
    assert_eq!(may_be_written(&trees, &record, None, day), Ok(()));
    let identity = reviewed(&record, &["identity"]);
    assert_eq!(
        may_be_written(&trees, &record, Some(&identity), day),
        Ok(())
    );
    let other = reviewed(&record_of(&trees, "jo-fk-2020"), &[]);
    assert!(matches!(
        may_be_written(&trees, &record, Some(&other), day),
        Err(Reason::Review(What::ReviewUnfit(_)))
    ));
}
