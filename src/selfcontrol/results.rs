//! What the filled-in checklists say, and where that differs from what the documents say by themselves.
//!
//! The share of *no* in the sample is told with the limits within which the share of all lies (exact, 95 %): twenty
//! records without a fault do not say that there is none.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::catalogue::Code;

use super::catalogue::{CATALOGUE, Says};
use super::checklist::{Answer, Checklist, Filled};
use super::exact::limits;
use super::facts::{Case, Joined};
use super::sample::{Stratify, draw};

/// Something that keeps a checklist from being counted, or that somebody must look at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trouble {
    /// It was drawn in another way than the first one: they cannot be added up.
    OtherSample,
    /// Two checklists answer otherwise about the same record and question.
    Disagree {
        /// The record.
        record: String,
        /// The question.
        question: String,
    },
    /// A no without a reason.
    NoReason {
        /// The record.
        record: String,
        /// The question.
        question: String,
    },
    /// Questions about a record have no answer.
    Unanswered {
        /// The record.
        record: String,
        /// How many.
        many: usize,
    },
    /// The records there are now are not as many as then.
    OtherNumber {
        /// Now.
        now: usize,
        /// Then.
        then: usize,
    },
    /// It is in the checklist, and a draw with the same seed does not give it.
    NotDrawn(String),
    /// A draw with the same seed gives it, and it is in no checklist.
    LeftOut(String),
    /// A record of the checklist is not among the documents.
    Gone(String),
}

/// The answers to a question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    /// Key of the question.
    pub question: String,
    /// As it should be.
    pub yes: usize,
    /// Not as it should be.
    pub no: usize,
    /// It cannot be told.
    pub cannot_tell: usize,
    /// Not answered.
    pub unanswered: usize,
    /// Within which the share of *no* among all records that it is asked of lies, of those answered yes or no.
    pub limits: (f64, f64),
}

/// A record that somebody answered no about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deviation {
    /// The record's digest.
    pub record: String,
    /// Where it lay; empty where only Markdown was read.
    pub file: String,
    /// The question.
    pub question: String,
}

/// An answer that differs from what the documents say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differs {
    /// The record's digest.
    pub record: String,
    /// Where it lies.
    pub file: String,
    /// The question.
    pub question: String,
    /// The person says yes, and the documents no; otherwise the other way.
    pub person_says_yes: bool,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Results {
    /// How many records have been gone through.
    pub records: usize,
    /// Where each record lay, by digest; empty where nobody says.
    pub files: BTreeMap<String, String>,
    /// By question, in the order they are asked.
    pub tallies: Vec<Tally>,
    /// What was answered no.
    pub deviations: Vec<Deviation>,
    /// Where person and documents differ; only where the documents are at hand.
    pub differs: Vec<Differs>,
    /// How many answers the documents could be asked about.
    pub compared: usize,
    /// What somebody must look at.
    pub trouble: Vec<Trouble>,
}

/// Adds up checklists of one sample, and holds them against the documents where they are at hand.
#[must_use]
pub fn results(checklists: &[Checklist], joined: Option<&Joined<'_>>) -> Results {
    let mut results = Results::default();
    let Some(first) = checklists.first() else {
        return results;
    };
    let alike = |one: &&Checklist| one.sample == first.sample;
    if checklists.iter().any(|one| !alike(&one)) {
        results.trouble.push(Trouble::OtherSample);
    }
    let merged = merged(checklists.iter().filter(alike), &mut results.trouble);
    results.records = merged.len();
    results.tallies = tallies(&merged);
    for (record, own) in &merged {
        for filled in own.answers.values() {
            look(&mut results, record, &own.file, filled);
        }
    }
    for (record, own) in &merged {
        results.files.insert((*record).to_owned(), own.file.clone());
        let empty = own
            .answers
            .values()
            .filter(|filled| filled.answer.is_none());
        let many = empty.count();
        if many > 0 {
            let record = (*record).to_owned();
            results.trouble.push(Trouble::Unanswered { record, many });
        }
    }
    if let Some(joined) = joined {
        redraw(&mut results, first, &merged, joined);
        compare(&mut results, &merged, joined);
    }
    results
}

#[derive(Default)]
struct Merged<'c> {
    file: String,
    answers: BTreeMap<&'c str, &'c Filled>,
}

type All<'c> = BTreeMap<&'c str, Merged<'c>>;

/// One answer to each question about each record: the same sample may have been shared by several.
fn merged<'c>(
    checklists: impl Iterator<Item = &'c Checklist>,
    trouble: &mut Vec<Trouble>,
) -> All<'c> {
    let mut all: All<'c> = BTreeMap::new();
    for drawn in checklists.flat_map(|checklist| &checklist.records) {
        let own = all.entry(&drawn.record).or_default();
        if own.file.is_empty() {
            own.file.clone_from(&drawn.file);
        }
        for filled in &drawn.answers {
            let before = own.answers.get(filled.question.as_str()).copied();
            match before.map(|before| (before.answer, filled.answer)) {
                Some((Some(one), Some(other))) if one != other => trouble.push(Trouble::Disagree {
                    record: drawn.record.clone(),
                    question: filled.question.clone(),
                }),
                Some((Some(_), _)) => {}
                _ => {
                    own.answers.insert(&filled.question, filled);
                }
            }
        }
    }
    all
}

fn tallies(merged: &All<'_>) -> Vec<Tally> {
    let tally = |key: &String| {
        let answers = merged
            .values()
            .filter_map(|own| own.answers.get(key.as_str()));
        let mut tally = Tally {
            question: key.clone(),
            ..Tally::default()
        };
        for filled in answers {
            match filled.answer {
                Some(Answer::Yes) => tally.yes += 1,
                Some(Answer::No) => tally.no += 1,
                Some(Answer::CannotTell) => tally.cannot_tell += 1,
                None => tally.unanswered += 1,
            }
        }
        tally.limits = limits(tally.no, tally.yes + tally.no);
        tally
    };
    let asked = |tally: &Tally| tally.yes + tally.no + tally.cannot_tell + tally.unanswered > 0;
    let all = CATALOGUE
        .questions
        .iter()
        .map(|question| tally(&question.key));
    all.filter(asked).collect()
}

fn look(results: &mut Results, record: &str, file: &str, filled: &Filled) {
    if filled.answer != Some(Answer::No) {
        return;
    }
    results.deviations.push(Deviation {
        record: record.to_owned(),
        file: file.to_owned(),
        question: filled.question.clone(),
    });
    if filled.text.as_deref().unwrap_or_default().trim().is_empty() {
        results.trouble.push(Trouble::NoReason {
            record: record.to_owned(),
            question: filled.question.clone(),
        });
    }
}

/// The same seed over the same records gives the same sample: otherwise somebody has chosen, or the records are others.
fn redraw(results: &mut Results, checklist: &Checklist, merged: &All<'_>, joined: &Joined<'_>) {
    let head = &checklist.sample;
    let stratify = head.stratify.as_deref().and_then(Stratify::parse);
    let there: BTreeSet<&str> = joined.cases.iter().map(|case| &*case.row.digest).collect();
    let gone = merged.keys().filter(|record| !there.contains(*record));
    results
        .trouble
        .extend(gone.map(|record| Trouble::Gone((*record).to_owned())));
    if joined.cases.len() != head.of {
        let (now, then) = (joined.cases.len(), head.of);
        results.trouble.push(Trouble::OtherNumber { now, then });
        return;
    }
    let sample = draw(joined, &head.seed, head.number, stratify);
    let drawn = sample.drawn.iter().filter_map(|at| joined.cases.get(*at));
    let drawn: BTreeSet<&str> = drawn.map(|case| &*case.row.digest).collect();
    let added = merged
        .keys()
        .filter(|record| !drawn.contains(*record) && there.contains(*record));
    results
        .trouble
        .extend(added.map(|record| Trouble::NotDrawn((*record).to_owned())));
    let left = drawn.iter().filter(|record| !merged.contains_key(*record));
    results
        .trouble
        .extend(left.map(|record| Trouble::LeftOut((*record).to_owned())));
}

fn compare(results: &mut Results, merged: &All<'_>, joined: &Joined<'_>) {
    for case in &joined.cases {
        let Some(own) = merged.get(&*case.row.digest) else {
            continue;
        };
        for (key, filled) in &own.answers {
            let says = CATALOGUE
                .question(key)
                .and_then(|question| question.record_says);
            let says = says.and_then(|says| said(says, case));
            let person = match filled.answer {
                Some(Answer::Yes) => true,
                Some(Answer::No) => false,
                _ => continue,
            };
            let Some(says) = says else { continue };
            results.compared += 1;
            if says != person {
                results.differs.push(Differs {
                    record: case.row.digest.to_string(),
                    file: case.row.file.to_string(),
                    question: (*key).to_owned(),
                    person_says_yes: person,
                });
            }
        }
    }
}

/// What the documents say by themselves; none where they say nothing.
#[must_use]
pub fn said(says: Says, case: &Case<'_>) -> Option<bool> {
    let row = case.row;
    let clean = |codes: &[Code]| !codes.iter().any(|code| row.has(*code));
    match says {
        Says::AssessedFirst => case
            .dispatched
            .then(|| clean(&[Code::SentBeforeAssessed, Code::Retrospective])),
        Says::Link => row
            .is_ready()
            .then(|| clean(&[Code::NoLink, Code::SameMotivation])),
        Says::SentAsAssessed => case
            .dispatched
            .then(|| clean(&[Code::NotAsWritten, Code::ContestedSent])),
        Says::OtherReviewer => {
            (!case.reviews.is_empty()).then(|| clean(&[Code::ReviewerIsOfficial]))
        }
        Says::Feedback => row.facts.feedback,
    }
}
