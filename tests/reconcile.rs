//! What lies in the outgoing folder against the record, and the day of sending: what went in 2020 would have stopped here.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::too_many_lines,
    dead_code,
    reason = "a test may stop at once"
)]

#[path = "harness/records.rs"]
mod records;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::*;
use records::{case, file, made, manager, record_of, review, trees, verdicts, with_a_document};
use sekretesskoll::language::Lang;
use sekretesskoll::reconcile::{
    Amiss, Dispatch, DispatchKind, Found, Kind, Lawful, Named, Own, Reconciled, Sent, SentWhat,
    What, is_afterwards, law_on, reconcile, released,
};
use sekretesskoll::record::{Record, made_with};
use sekretesskoll::review::{Review, Unfit};
use sekretesskoll::schema;

/// The report of 2020 as it should have been: who it is about, and the two wordings.
const LETTER: &str = "<html><body><h1>Orosanmälan</h1><p>Barnen i familjen AA, Exempelgatan 1.</p>
<p>AA har i flera samtal i juni ber&auml;ttat att hon inte orkar ta hand om <b>barn</b>en och att de
äldre sköter de yngre.</p><p>Enligt ett intyg i ärendet saknar föräldern ork att stiga upp på morgnarna;
barnen får då klara sig själva.</p></body></html>";

fn confirmed(record: &Record) -> Review {
    review(record, &manager(), &verdicts(record, &[])).unwrap()
}

fn compare(record: &Record, review: Option<&Review>, found: &[Found]) -> Reconciled {
    reconcile(record, trees(), review, found, &Named::default())
}

/// Each thing amiss with its file.
fn told(reconciled: &Reconciled) -> Vec<(Option<&str>, &What)> {
    let amiss = reconciled.amiss.iter();
    amiss
        .map(|amiss| (amiss.file.as_deref(), &amiss.what))
        .collect()
}

#[test]
fn what_went_in_2020_is_stopped_and_each_file_named() {
    let record = record_of(&case("jo-fk-2020"));
    let found = [
        file("begäran om omprövning.pdf", "begäran"),
        file("intyg 2020-06-17.pdf", "komplettering 1"),
        file("intyg 2020-06-23.pdf", "komplettering 2"),
        file("läkarintyg.pdf", "intyg"),
        file("orosanmälan.html", LETTER),
    ];
    let reconciled = compare(&record, Some(&confirmed(&record)), &found);
    let extra = |ids: &[&str]| What::Extra(ids.iter().map(|id| (*id).to_owned()).collect());
    assert_eq!(
        told(&reconciled),
        [
            (Some("begäran om omprövning.pdf"), &extra(&["6"])),
            (Some("intyg 2020-06-17.pdf"), &extra(&["4"])),
            (Some("intyg 2020-06-23.pdf"), &extra(&["5"])),
            (Some("läkarintyg.pdf"), &extra(&["3", "4", "5"])),
        ]
    );
}

#[test]
fn a_name_with_another_date_is_another_document() {
    let record = record_of(&case("jo-fk-2020"));
    let review = confirmed(&record);
    for (name, like) in [
        ("läkarintyg 2020-05-02.pdf", vec!["3"]),
        ("scan 20200617.pdf", vec!["4"]),
        ("Komplettering_av_läkarintyg_2020-06-23.PDF", vec!["5"]),
        ("scan0001.pdf", vec![]),
    ] {
        let found = [file(name, "x"), file("orosanmälan.html", LETTER)];
        let like = like.into_iter().map(str::to_owned).collect();
        let reconciled = compare(&record, Some(&review), &found);
        assert_eq!(told(&reconciled), [(Some(name), &What::Extra(like))]);
    }
}

#[test]
fn the_letter_alone_is_right_and_is_told_by_its_name_or_by_what_stands_in_it() {
    let record = record_of(&case("jo-fk-2020"));
    let review = confirmed(&record);
    for name in [
        "Orosanma\u{308}lan 2020.html",
        "brev.html",
        "REPORT of concern.htm",
    ] {
        let reconciled = compare(&record, Some(&review), &[file(name, LETTER)]);
        assert_eq!(told(&reconciled), [], "{name}");
        assert_eq!(reconciled.files[0].what, SentWhat::Letter);
        assert!(reconciled.unread.is_empty());
    }
    let pdf = compare(&record, Some(&review), &[file("orosanmalan.pdf", "%PDF")]);
    assert_eq!(told(&pdf), []);
    assert_eq!(pdf.unread, ["orosanmalan.pdf"], "nobody looked inside");
    let unnamed = compare(&record, Some(&review), &[file("brev.pdf", "%PDF")]);
    assert_eq!(unnamed.amiss[0].what, What::NoLetter);
    let named = Named {
        letter: Some("brev.pdf".to_owned()),
        ..Named::default()
    };
    let found = [file("brev.pdf", "%PDF")];
    assert_eq!(
        reconcile(&record, trees(), Some(&review), &found, &named).amiss,
        []
    );
}

#[test]
fn a_short_label_that_goes_hides_nothing_that_is_held_back() {
    let mut record = record_of(&case("jo-fk-2020"));
    record.items[0].label = "Om".to_owned();
    record.items[1].label = "Begäran om omprövning i dess helhet, det som rör barnen".to_owned();
    let holds = |more: &str| {
        let letter = [file("orosanmälan.html", &format!("{LETTER}{more}"))];
        let amiss = compare(&record, None, &letter).amiss;
        amiss
            .iter()
            .any(|amiss| amiss.what == What::Holds("6".to_owned()))
    };
    let goes = "<h2>Begäran om omprövning i dess helhet, det som rör barnen</h2>";
    assert!(!holds(goes), "within a label that goes");
    assert!(holds("<p>Begäran om omprövning i dess helhet</p>"));
    assert!(holds(&format!(
        "{goes}<p>Begäran om omprövning i dess helhet.</p>"
    )));
}

#[test]
fn blanks_left_in_the_letter_are_told_and_stop_nothing() {
    let record = record_of(&case("jo-fk-2020"));
    let blank = format!("{LETTER}<p>[FYLL I: barnets namn]</p>");
    let told = |letter: &str| {
        let found = [file("orosanmälan.html", letter)];
        let reconciled = compare(&record, Some(&confirmed(&record)), &found);
        (reconciled.amiss.len(), reconciled.blank)
    };
    assert_eq!(told(&blank), (0, Some("orosanmälan.html".to_owned())));
    assert_eq!(told(LETTER), (0, None));
}

#[test]
fn two_letters_are_one_too_many() {
    let record = record_of(&case("jo-fk-2020"));
    let found = [
        file("orosanmälan.html", LETTER),
        file("orosanmälan ny.pdf", "%PDF"),
    ];
    let reconciled = compare(&record, Some(&confirmed(&record)), &found);
    let several = What::SeveralLetters(found.iter().map(|found| found.name.clone()).collect());
    assert_eq!(reconciled.amiss[0].what, several);
}

#[test]
fn the_letter_holds_every_wording_that_goes_and_nothing_that_is_held_back() {
    let record = record_of(&case("jo-fk-2020"));
    let review = confirmed(&record);
    let check = |text: &str| -> Vec<What> {
        let reconciled = compare(&record, Some(&review), &[file("orosanmälan.html", text)]);
        reconciled
            .amiss
            .into_iter()
            .map(|amiss| amiss.what)
            .collect()
    };
    let lacks = |id: &str| What::Lacks(id.to_owned());
    let holds = |id: &str| What::Holds(id.to_owned());
    let half = LETTER.split("<p>Enligt").next().unwrap();
    assert_eq!(check(half), [lacks("2")]);
    let commented = LETTER.replace("<p>Enligt", "<!-- <p>Enligt") + " -->";
    assert_eq!(
        check(&commented),
        [lacks("2")],
        "what nobody sees is not there"
    );
    let label = format!("{LETTER}<p>Bilaga: Begäran om omprövning i dess helhet</p>");
    assert_eq!(check(&label), [holds("6")]);
    let hidden = format!("{LETTER}<!-- Begäran om omprövning i dess helhet -->");
    assert_eq!(check(&hidden), [holds("6")], "what nobody sees goes too");
    let reason = format!(
        "{LETTER}AA måste kunna berätta öppet om sin situation i ett ärende om sjukpenning."
    );
    assert_eq!(check(&reason), [holds("1")], "the weighing is the record's");
    let link = format!(
        "{LETTER}Barnen tar ett ansvar som är för stort för dem, och nämnden kan ge familjen stöd."
    );
    assert_eq!(
        check(&link),
        [],
        "how it bears on the concern may stand there"
    );
}

#[test]
fn a_contested_item_is_held_back_from_the_letter_and_the_folder() {
    let record = with_a_document();
    let items = verdicts(&record, &["2", "6"]);
    let review = review(&record, &manager(), &items).unwrap();
    assert_eq!(released(&record, Some(&review)), ["identity", "1"]);
    let found = [
        file("begäran 2020-06-11.pdf", "begäran"),
        file("orosanmälan.html", LETTER),
    ];
    let reconciled = compare(&record, Some(&review), &found);
    assert_eq!(
        told(&reconciled),
        [
            (
                Some("begäran 2020-06-11.pdf"),
                &What::Extra(vec!["6".to_owned()])
            ),
            (Some("orosanmälan.html"), &What::Holds("2".to_owned())),
        ]
    );
}

#[test]
fn everything_else_that_can_lie_in_a_folder_is_found() {
    let record = record_of(&case("jo-fk-2020"));
    let of_kind = |name: &str, kind: Kind| Found {
        kind,
        bytes: 0,
        sha256: String::new(),
        ..file(name, "")
    };
    let unreadable = || Kind::Unreadable("behörighet saknas".to_owned());
    let json = |value: &str| value.to_owned();
    let note = format!("Anteckning. Prövning: {}", record.digest);
    let found = [
        file(".dold", "x"),
        file(".~lock.orosanmälan.odt#", "lock"),
        file("Thumbs.db", "bilder"),
        file("anteckning.html", &note),
        file("avprickad.json", &json("{\"dispatch\": 1}")),
        file("granskad.json", &json("{\"review\": 1}")),
        of_kind("intyg", Kind::Folder),
        of_kind("länk.pdf", Kind::Link),
        file("orosanmälan.docx~", "gammal"),
        file("orosanmälan.html", LETTER),
        file("prövning.json", &serde_json::to_string(&record).unwrap()),
        of_kind("rör", Kind::Other),
        file("samma.html", LETTER),
        of_kind("skyddad.pdf", unreadable()),
        file("tom.pdf", ""),
        file("utkast.json", &json("{\"draft\": 1}")),
        file("~$osanmälan.docx", "lås"),
    ];
    let reconciled = compare(&record, Some(&confirmed(&record)), &found);
    let whats: Vec<&What> = told(&reconciled)
        .into_iter()
        .map(|(_, what)| what)
        .collect();
    assert_eq!(
        whats,
        [
            &What::Hidden,
            &What::Hidden,
            &What::System,
            &What::Own(Own::Note),
            &What::Own(Own::Dispatch),
            &What::Own(Own::Review),
            &What::Folder,
            &What::Link,
            &What::Backup,
            &What::Own(Own::Record),
            &What::NoFile,
            &What::SameAs("orosanmälan.html".to_owned()),
            &What::Unreadable("behörighet saknas".to_owned()),
            &What::Empty,
            &What::Own(Own::Answers),
            &What::Backup,
        ]
    );
    let names: BTreeSet<Option<&str>> = told(&reconciled)
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(
        names.len(),
        found.len() - 1,
        "each by its name, all but the letter"
    );
}

#[test]
fn a_released_document_is_named_and_there_and_whole() {
    let record = with_a_document();
    let review = confirmed(&record);
    let letter = || file("orosanmälan.html", LETTER);
    let whats = |found: &[Found], named: &Named| -> Vec<What> {
        let reconciled = reconcile(&record, trees(), Some(&review), found, named);
        reconciled
            .amiss
            .into_iter()
            .map(|amiss| amiss.what)
            .collect()
    };
    let none = Named::default();
    let right = [file("begäran 2020-06-11.pdf", "begäran"), letter()];
    assert_eq!(whats(&right, &none), []);
    assert_eq!(whats(&right[1..], &none), [What::NotThere("6".to_owned())]);
    let empty = [file("begäran 2020-06-11.pdf", ""), letter()];
    assert_eq!(whats(&empty, &none), [What::Empty]);
    let renamed = [file("skannat.pdf", "begäran"), letter()];
    let pair = |id: &str, name: &str| Named {
        documents: [(id.to_owned(), name.to_owned())].into(),
        ..Named::default()
    };
    assert_eq!(whats(&renamed, &pair("6", "skannat.pdf")), []);
    let not_released = [What::NotReleased("4".to_owned())];
    assert_eq!(whats(&right, &pair("4", "orosanmälan.html")), not_released);
    let letter_too = whats(&[letter()], &pair("6", "orosanmälan.html"));
    assert_eq!(letter_too, [What::NoLetter]);
    let same = [file("begäran 2020-06-11.pdf", LETTER), letter()];
    assert_eq!(
        whats(&same, &none),
        [What::SameAs("begäran 2020-06-11.pdf".to_owned())]
    );
}

#[test]
fn without_a_name_the_program_guesses_aloud_and_takes_nothing() {
    let mut record = with_a_document();
    record.items[5].file = None;
    let found = [
        file("begäran om omprövning 2020-06-11.pdf", "begäran"),
        file("orosanmälan.html", LETTER),
    ];
    let reconciled = reconcile(&record, trees(), None, &found, &Named::default());
    let unnamed = What::Unnamed("6".to_owned(), vec![found[0].name.clone()]);
    assert!(reconciled.amiss.iter().any(|amiss| amiss.what == unnamed));
    assert!(
        reconciled
            .files
            .iter()
            .all(|file| file.what == SentWhat::Letter)
    );
}

#[test]
fn the_letter_waits_for_the_review_that_a_guideline_demands_and_under_the_duty_for_none() {
    let record = record_of(&case("jo-fk-2020"));
    let letter = [file("orosanmälan.html", LETTER)];
    let only = |record: &Record, review: Option<&Review>| -> Vec<What> {
        let reconciled = compare(record, review, &letter);
        reconciled
            .amiss
            .into_iter()
            .map(|amiss| amiss.what)
            .collect()
    };
    assert!(matches!(
        only(&record, None).as_slice(),
        [What::ReviewNeeded(_)]
    ));
    let duty = record_of(&case("jo-fk-as-of-2026-01-15"));
    let of_duty = confirmed(&duty);
    assert_eq!(
        only(&record, Some(&of_duty)),
        [What::ReviewUnfit(Unfit::OtherRecord)]
    );
    let items = verdicts(&record, &["identity"]);
    let contested = review(&record, &manager(), &items).unwrap();
    assert_eq!(only(&record, Some(&contested)), [What::IdentityContested]);
    let items = verdicts(&record, &["1", "2"]);
    let nothing = review(&record, &manager(), &items).unwrap();
    assert_eq!(only(&record, Some(&nothing))[0], What::NothingLeft);

    let of_review = |what: &What| {
        matches!(
            what,
            What::ReviewNeeded(_)
                | What::ReviewUnfit(_)
                | What::IdentityContested
                | What::NothingLeft
        )
    };
    let all: Vec<String> = duty.released.clone();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let everything = review(&duty, &manager(), &verdicts(&duty, &all)).unwrap();
    let mut changed = everything.clone();
    changed.finished = "2026-11-22T10:42+01:00".to_owned();
    assert_eq!(
        only(&duty, Some(&changed)),
        only(&duty, None),
        "a review that does not cover holds nothing back"
    );
    assert_ne!(only(&duty, Some(&everything)), only(&duty, None));
    for review in [
        None,
        Some(&confirmed(&record)),
        Some(&of_duty),
        Some(&everything),
    ] {
        assert!(
            !only(&duty, review).iter().any(of_review),
            "nobody stops a report under the duty"
        );
    }
}

#[test]
fn a_record_that_ended_without_anything_to_send_lets_nothing_go() {
    let mut record = record_of(&case("jo-fk-2020"));
    record.outcome = "refer".to_owned();
    let reconciled = compare(&record, None, &[file("orosanmälan.html", LETTER)]);
    assert_eq!(
        reconciled.amiss[0],
        Amiss {
            file: None,
            what: What::NothingToSend("refer".to_owned())
        }
    );
}

#[test]
fn another_law_on_the_day_of_sending_asks_for_a_new_walk() {
    let trees = trees();
    let mut last_day = case("jo-fk-as-of-2026-01-14");
    last_day.items.truncate(2);
    let record = record_of(&last_day);
    let lawful = |when: &str| law_on(&record, trees, when);
    assert_eq!(lawful("2026-01-14 16:00"), Lawful::Same);
    assert_eq!(
        lawful("2026-01-15 08:00"),
        Lawful::Other(jiff::civil::date(2026, 1, 15))
    );
    assert_eq!(
        lawful("2025-06-30"),
        Lawful::Other(jiff::civil::date(2025, 6, 30))
    );
    assert_eq!(
        lawful("1999-01-01"),
        Lawful::Other(jiff::civil::date(1999, 1, 1))
    );
    let mut short = record.clone();
    short.items[0].steps.retain(|step| step.question != "link");
    assert_eq!(law_on(&short, trees, "2026-01-14"), Lawful::Unanswered);
    let mut otherwise = record.clone();
    otherwise.items[1].outcome = "withhold".to_owned();
    assert!(matches!(
        law_on(&otherwise, trees, "2026-01-14"),
        Lawful::Other(_)
    ));
}

#[test]
fn what_left_before_the_record_was_finished_is_afterwards() {
    let record = record_of(&case("jo-fk-2020"));
    for (when, afterwards) in [
        ("2020-06-26 10:15", true),
        ("2026-11-22 10:40", true),
        ("2026-11-22 10:41", false),
        ("2026-11-22T10:42", false),
        ("2026-11-22", false),
        ("2026-11-21", true),
    ] {
        assert_eq!(is_afterwards(&record, when), afterwards, "{when}");
    }
}

#[test]
fn a_dispatch_says_what_left_and_holds_to_its_schema() {
    let record = with_a_document();
    let review = confirmed(&record);
    let found = [
        file("begäran 2020-06-11.pdf", "begäran"),
        file("orosanmälan.html", LETTER),
    ];
    let files = compare(&record, Some(&review), &found).files;
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["orosanmälan.html", "begäran 2020-06-11.pdf"]);
    let sent = |oral| Sent {
        when: "2020-06-26 10:15".to_owned(),
        by: record.official.clone(),
        receipt: Some("SDK 8f2c".to_owned()),
        oral,
    };
    let with = || (made_with(trees()), Lang::Sv, made().finished);
    let written = Dispatch::of(&record, Some(&review), sent(None), files, with());
    let said = (
        "socialjouren i Exempelstad".to_owned(),
        "Barnet är ensamt.".to_owned(),
    );
    let oral = Dispatch::of(&record, None, sent(Some(said)), Vec::new(), with());
    assert_eq!(
        (written.kind, oral.kind),
        (DispatchKind::Sent, DispatchKind::Oral)
    );
    assert_eq!(written.board.as_deref(), Some("Exempelstad"));
    assert!(written.retrospective && oral.channel.is_none());
    let schema = jsonschema::validator_for(&schema::dispatch()).unwrap();
    for dispatch in [&written, &oral] {
        assert!(dispatch.is_as_written());
        let value = serde_json::to_value(dispatch).unwrap();
        assert!(schema.is_valid(&value));
        let mut back: Dispatch = serde_json::from_value(value).unwrap();
        assert_eq!(back, *dispatch);
        back.when = "2020-06-27 10:15".to_owned();
        assert!(!back.is_as_written());
    }
    assert!(!format!("{oral:?}").contains("ensamt"));
}

/// Names that may lie in a folder; the first two are those that go.
const NAMES: [&str; 12] = [
    "orosanmälan.pdf",
    "begäran 2020-06-11.pdf",
    "läkarintyg.pdf",
    "intyg 2020-06-17.pdf",
    "intyg 2020-06-23.pdf",
    "begäran 2020-06-11.pdf~",
    "Thumbs.db",
    ".orosanmälan.pdf",
    "begäran 2020-06-11 (1).pdf",
    "Begäran 2020-06-11.PDF",
    "brev.docx",
    "x",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Content exactly when the files are the letter and the released document, each a file with a content of its own.
    #[test]
    fn content_exactly_when_the_files_are_those_that_go(
        present in prop::collection::vec(prop::bool::weighted(0.25), NAMES.len() - 2),
        both in prop::collection::vec(prop::bool::weighted(0.85), 2),
        few in prop::bool::weighted(0.4),
        odd in prop::option::weighted(0.2, (0..NAMES.len(), 0..5usize)),
    ) {
        static MADE: LazyLock<(Record, Review)> = LazyLock::new(|| {
            let record = with_a_document();
            let review = confirmed(&record);
            (record, review)
        });
        let (record, review) = &*MADE;
        let chosen: Vec<bool> = both.into_iter().chain(present.into_iter().map(|there| there && !few)).collect();
        let there = NAMES.iter().zip(&chosen).enumerate().filter(|(_, (_, there))| **there);
        let found: Vec<Found> = there.map(|(at, (name, _))| {
            let found = file(name, name);
            let odd = odd.filter(|(odd, _)| *odd == at).map(|(_, how)| how);
            match odd {
                Some(0) => Found { kind: Kind::Folder, ..found },
                Some(1) => Found { kind: Kind::Link, ..found },
                Some(2) => Found { kind: Kind::Unreadable("x".to_owned()), ..found },
                Some(3) => Found { bytes: 0, ..found },
                _ => found,
            }
        }).collect();
        let expected = chosen.iter().enumerate().all(|(at, there)| *there == (at < 2))
            && odd.is_none_or(|(at, how)| at > 1 || how == 4);
        let reconciled = compare(record, Some(review), &found);
        prop_assert_eq!(reconciled.amiss.is_empty(), expected, "{:?}", reconciled.amiss);
        if expected {
            let names: BTreeSet<&str> = reconciled.files.iter().map(|file| file.name.as_str()).collect();
            prop_assert_eq!(names, NAMES[..2].iter().copied().collect::<BTreeSet<_>>());
        }
    }
}
