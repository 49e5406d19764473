//! Records of worked cases, reviews of them, and folders as they lie before sending.

use std::sync::LazyLock;

use sekretesskoll::answers::{AnswersDocument, Official, Origin};
use sekretesskoll::assessment::assess;
use sekretesskoll::case::Case;
use sekretesskoll::embedded;
use sekretesskoll::language::Lang;
use sekretesskoll::reconcile::{Found, Kind};
use sekretesskoll::record::{self, Made, Record, made_with};
use sekretesskoll::review::{Review, Unfit, Verdicts, subjects};
use sekretesskoll::trees::Trees;
use sekretesskoll::walk::{Answers, Given};

/// The built-in trees.
pub(crate) fn trees() -> &'static Trees {
    static TREES: LazyLock<Trees> = LazyLock::new(|| Trees::built_in().expect("sound trees"));
    &TREES
}

/// The answers of a worked case.
pub(crate) fn case(name: &str) -> AnswersDocument {
    let file = format!("{name}.toml");
    let (_, text) = embedded::CASES
        .iter()
        .find(|(known, _)| *known == file)
        .unwrap_or_else(|| panic!("no case `{name}`"));
    let case = Case::read(name, text).expect("a case");
    case.answers_on(&case.expect[0])
}

/// When everything here is made.
pub(crate) fn made() -> Made {
    Made {
        started: "2026-11-22T10:12+01:00".to_owned(),
        finished: "2026-11-22T10:41+01:00".to_owned(),
        day: jiff::civil::date(2026, 11, 22),
    }
}

/// The record of some answers.
pub(crate) fn record_of(document: &AnswersDocument) -> Record {
    let trees = trees();
    let mut document = document.clone();
    document.official.get_or_insert_with(|| Official {
        name: "Anna Exempel".to_owned(),
        title: "handläggare".to_owned(),
        unit: "Kontor Exempelstad".to_owned(),
    });
    let assessment = assess(trees, &document).expect("an assessment");
    assert_eq!(assessment.needs, []);
    record::record(&assessment, &document, &made(), Lang::Sv).expect("a record")
}

/// The case of 2020 with the request for reconsideration released: a document that goes, with a file name.
pub(crate) fn with_a_document() -> Record {
    let mut document = case("jo-fk-2020");
    let statement = document.items[0].answers.clone();
    let request = &mut document.items[5];
    request.file = Some("begäran 2020-06-11.pdf".to_owned());
    request.origin = Some(Origin::Individual);
    request.answers = statement;
    let whole = Given {
        answer: Some("no".to_owned()),
        text: Some("Barnet har ritat på sista sidan.".to_owned()),
    };
    request.answers.insert("describe".to_owned(), whole);
    for question in ["wording", "shorter", "need-duty"] {
        request.answers.remove(question);
    }
    record_of(&document)
}

/// Who reviews.
pub(crate) fn manager() -> Official {
    Official {
        name: "Berit Chef".to_owned(),
        title: "enhetschef".to_owned(),
        unit: "Kontor Exempelstad".to_owned(),
    }
}

/// Verdicts: everything confirmed but the contested.
pub(crate) fn verdicts(record: &Record, contested: &[&str]) -> Answers {
    let verdict = |id: &str| {
        if !contested.contains(&id) {
            return Given::answer("confirmed");
        }
        Given {
            answer: Some("contested".to_owned()),
            text: Some("Det står inte var det kommer ifrån.".to_owned()),
        }
    };
    let subjects = subjects(record, Lang::Sv);
    let all = subjects
        .iter()
        .map(|subject| (subject.id.clone(), verdict(&subject.id)));
    all.collect()
}

/// A review with these verdicts.
pub(crate) fn review(
    record: &Record,
    reviewer: &Official,
    items: &Answers,
) -> Result<Review, Vec<Unfit>> {
    Review::of(Verdicts {
        record,
        record_file: None,
        reviewer,
        items,
        says: Vec::new(),
        made: &made(),
        made_with: made_with(trees()),
        lang: Lang::Sv,
    })
}

/// A file with a content.
pub(crate) fn file(name: &str, content: &str) -> Found {
    let readable = [".html", ".htm", ".md", ".txt", ".json"];
    let is_text = readable.iter().any(|end| name.ends_with(end));
    Found {
        name: name.to_owned(),
        kind: Kind::File,
        bytes: content.len() as u64,
        sha256: format!("sha256:{content}"),
        text: is_text.then(|| content.to_owned()),
    }
}
