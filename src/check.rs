//! Many documents → verdicts: answers documents and records, reviews and dispatches, each from its bytes.
//!
//! Answers are walked by the same engine as in an interview. A record is checked for being as it was written, replayed
//! under the trees that it was made with where they are at hand, and looked through as a supervisor would. What several
//! documents say together is told by [`chain`]. Nothing here prints: a finding names a place, never what stands there.

pub mod catalogue;
pub mod chain;
mod findings;
mod record;

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::answers::{self, AnswersDocument, Read, Words};
use crate::assessment::{Assessment, Desk, Lack, Need, Whole};
use crate::guide::{self, GuideRecord};
use crate::json;
use crate::record::Record;
use crate::trees::Trees;
use catalogue::Code;

/// What sort of document it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An answers document.
    Answers,
    /// A record.
    Record,
    /// A review.
    Review,
    /// A dispatch.
    Dispatch,
    /// The record of a guide: no assessment, and not held against anything.
    Guide,
}

impl Kind {
    /// The word in verdicts.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Kind::Answers => "answers",
            Kind::Record => "record",
            Kind::Review => "review",
            Kind::Dispatch => "dispatch",
            Kind::Guide => guide::record::KIND,
        }
    }
}

/// The verdict on a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Nothing is wrong.
    Pass,
    /// It cannot be told: answers are missing, or the trees that a record was made with are not at hand.
    Undetermined,
    /// Something is wrong.
    Fail,
}

impl Grade {
    /// The word in verdicts.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Grade::Pass => "pass",
            Grade::Undetermined => "undetermined",
            Grade::Fail => "fail",
        }
    }
}

/// What came of walking a record's answers again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replay {
    /// Under the trees that it was made with the same answers end the same, question by question.
    Replayed,
    /// It was made under other trees than those at hand. Under these the same answers end the same.
    OtherTrees,
    /// The same answers end otherwise.
    WouldDiffer,
}

impl Replay {
    /// The word in verdicts.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Replay::Replayed => "replayed",
            Replay::OtherTrees => "other-trees",
            Replay::WouldDiffer => "would-differ",
        }
    }
}

/// Something found in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub code: Code,
    /// Where, as a path in the document, with items by their ids.
    pub place: String,
    /// What makes it this very finding: a day, an id, a key. Never a text of the document.
    pub detail: String,
    /// The document itself records it as an exception, with a reason: counted apart.
    pub excepted: bool,
}

impl Finding {
    pub(crate) fn new(code: Code, place: impl Into<String>) -> Self {
        Self {
            code,
            place: place.into(),
            detail: String::new(),
            excepted: false,
        }
    }

    pub(crate) fn detail(self, detail: impl Into<String>) -> Self {
        Self {
            detail: detail.into(),
            ..self
        }
    }

    pub(crate) fn excepted(self, excepted: bool) -> Self {
        Self { excepted, ..self }
    }

    /// What it makes of whatever it was found in, by itself.
    #[must_use]
    pub fn grade(&self) -> Grade {
        if self.code.fails() && !self.excepted {
            Grade::Fail
        } else {
            Grade::Pass
        }
    }
}

/// What is told of a document.
#[derive(Debug)]
pub struct Verdict<'v> {
    /// What sort of document.
    pub kind: Kind,
    /// Pass, fail or undetermined.
    pub grade: Grade,
    /// The record, where it is one.
    pub record: Option<&'v Record<Read<'v>>>,
    /// The walk, with the path to every outcome; none for reviews and dispatches.
    pub assessment: Option<&'v Assessment<'v, 'v>>,
    /// Ids of the items, in order.
    pub ids: Vec<Cow<'v, str>>,
    /// How the whole ends.
    pub whole: Option<Whole>,
    /// What is missing or wrong in an answers document.
    pub needs: &'v [Need],
    /// What was found.
    pub findings: Vec<Finding>,
    /// What came of a record's answers.
    pub replay: Option<Replay>,
    /// What the document says about others.
    pub link: Option<chain::Link>,
}

impl Verdict<'_> {
    fn graded(mut self) -> Self {
        let unsettled = |need: &Need| need.lack == Lack::Missing;
        let error = |finding: &Finding| finding.grade() == Grade::Fail;
        self.grade = match self.replay {
            _ if !self.needs.iter().all(unsettled) => Grade::Fail,
            _ if self.findings.iter().any(error) => Grade::Fail,
            Some(Replay::OtherTrees) => Grade::Undetermined,
            _ if !self.needs.is_empty() => Grade::Undetermined,
            _ => Grade::Pass,
        };
        self
    }
}

/// A document that cannot be read as what it says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable(pub Option<Kind>);

/// Checks documents, one at a time: each core has its own.
pub struct Checker<'t> {
    /// The trees at hand, the present ones first.
    sets: Vec<(&'t Trees, Desk<'t>)>,
}

impl<'t> Checker<'t> {
    /// With sets of trees, the present ones first: they decide about answers.
    #[must_use]
    pub fn new(sets: &[&'t Trees]) -> Self {
        let sets = sets.iter().map(|trees| (*trees, Desk::new(trees)));
        Self {
            sets: sets.collect(),
        }
    }

    /// Checks a document, and hands what came of it to somebody before it is gone.
    ///
    /// # Errors
    /// What it is not.
    pub fn check<R>(
        &self,
        bytes: &[u8],
        then: impl FnOnce(&Verdict<'_>) -> R,
    ) -> Result<R, Unreadable> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = simdutf8::basic::from_utf8(bytes).map_err(|_| Unreadable(None))?;
        match kind_of(text) {
            Some(Kind::Answers) => self.answers(text, then),
            Some(Kind::Record) => self.record(text, then),
            Some(Kind::Review) => chain::review(text, then),
            Some(Kind::Dispatch) => chain::dispatch(text, then),
            Some(Kind::Guide) => of_guide(text, then),
            None => Err(Unreadable(None)),
        }
    }

    fn answers<R>(
        &self,
        text: &str,
        then: impl FnOnce(&Verdict<'_>) -> R,
    ) -> Result<R, Unreadable> {
        let unreadable = Unreadable(Some(Kind::Answers));
        let document: AnswersDocument<Read<'_>> = json::read(text).map_err(|_| unreadable)?;
        if document.answers != answers::FORMAT {
            return Err(unreadable);
        }
        let (_, desk) = self.sets.first().ok_or(unreadable)?;
        Ok(match desk.assess(&document) {
            Ok(assessment) => then(&of_answers(&assessment, &document)),
            Err(need) => then(
                &Verdict {
                    needs: &[need],
                    ..Verdict::of(Kind::Answers)
                }
                .graded(),
            ),
        })
    }
}

impl Verdict<'_> {
    pub(crate) const fn of(kind: Kind) -> Self {
        Self {
            kind,
            grade: Grade::Pass,
            record: None,
            assessment: None,
            ids: Vec::new(),
            whole: None,
            needs: &[],
            findings: Vec::new(),
            replay: None,
            link: None,
        }
    }
}

fn of_answers<'v, S: Words>(
    assessment: &'v Assessment<'v, 'v>,
    document: &'v AnswersDocument<S>,
) -> Verdict<'v> {
    let ids = (0..document.items.len()).map(|at| document.id_of(at));
    let whole = assessment.whole.is_some();
    Verdict {
        assessment: Some(assessment),
        ids: ids.collect(),
        whole: assessment.whole,
        needs: &assessment.needs,
        findings: if whole {
            findings::of(assessment, document)
        } else {
            Vec::new()
        },
        ..Verdict::of(Kind::Answers)
    }
    .graded()
}

fn of_guide<R>(text: &str, then: impl FnOnce(&Verdict<'_>) -> R) -> Result<R, Unreadable> {
    let unreadable = |_| Unreadable(Some(Kind::Guide));
    serde_json::from_str::<GuideRecord>(text).map_err(unreadable)?;
    Ok(then(&chain::sealed(Kind::Guide, text, None)))
}

/// What the document says that it is. Nearly always its first member does.
fn kind_of(text: &str) -> Option<Kind> {
    let first = text.trim_start().strip_prefix('{')?.trim_start();
    let (name, rest) = first.strip_prefix('"')?.split_once('"')?;
    match name {
        "answers" => Some(Kind::Answers),
        "review" => Some(Kind::Review),
        "dispatch" => Some(Kind::Dispatch),
        "kind" => {
            let said = rest.trim_start().strip_prefix(':')?.trim_start();
            of_word(said.strip_prefix('"')?.split_once('"')?.0)
        }
        _ => kind_within(text),
    }
}

/// What the member `kind` says.
fn of_word(said: &str) -> Option<Kind> {
    match said {
        "record" => Some(Kind::Record),
        guide::record::KIND => Some(Kind::Guide),
        _ => None,
    }
}

/// The members that tell what a document is, wherever they stand.
#[derive(Deserialize)]
struct Members<'d> {
    #[serde(borrow, default)]
    kind: Option<Cow<'d, str>>,
    #[serde(default)]
    answers: Option<IgnoredAny>,
    #[serde(default)]
    review: Option<IgnoredAny>,
    #[serde(default)]
    dispatch: Option<IgnoredAny>,
}

fn kind_within(text: &str) -> Option<Kind> {
    let members: Members<'_> = serde_json::from_str(text).ok()?;
    match members {
        Members {
            kind: Some(kind), ..
        } if of_word(&kind).is_some() => of_word(&kind),
        Members {
            dispatch: Some(_), ..
        } => Some(Kind::Dispatch),
        Members {
            answers: Some(_), ..
        } => Some(Kind::Answers),
        Members {
            review: Some(_), ..
        } => Some(Kind::Review),
        _ => None,
    }
}
