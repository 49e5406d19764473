//! The dispatch (*expediering*): the only document that says *sent*, and whether the day of sending has another law.

use std::fmt;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::assessment::{ItemOutcome, Lack, Whole, assess};
use crate::language::Lang;
use crate::record::{MadeWith, Named, Person, Record, digest_of};
use crate::review::Review;
use crate::tree::Role;
use crate::trees::Trees;
use crate::walk::{Given, moment};

/// The format number of dispatches.
pub const FORMAT: u32 = 1;

/// How something left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DispatchKind {
    /// In writing.
    Sent,
    /// By telephone or at a visit.
    Oral,
}

/// What a file is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum SentWhat {
    /// The report itself.
    Letter,
    /// A released document.
    Document,
}

/// A file that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SentFile {
    /// Its name.
    pub name: String,
    /// What it is.
    pub what: SentWhat,
    /// Id of the item; null for the letter.
    pub item: Option<String>,
    /// Its size.
    pub bytes: u64,
    /// Digest of its content.
    pub sha256: String,
}

/// A dispatch: what left the authority, when, how and by whom. Never overwritten.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Dispatch {
    /// The format number, 1.
    #[serde(rename = "dispatch")]
    pub format: u32,
    /// In writing or orally.
    pub kind: DispatchKind,
    /// Digest of the record.
    pub record: String,
    /// Digest of the review that came before it; null where there was none.
    pub review: Option<String>,
    /// Day and hour, `yyyy-mm-dd hh:mm`.
    pub when: String,
    /// It left before the record was finished: the record documents, it does not heal.
    pub retrospective: bool,
    /// Who sent or rang.
    pub by: Person,
    /// The channel of the record; null for what was oral.
    pub channel: Option<Channel>,
    /// The municipality whose board receives it, as in the record.
    pub board: Option<String>,
    /// Who was told; only for what was oral.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// What was said; only for what was oral.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<String>,
    /// Exactly the files that left.
    pub files: Vec<SentFile>,
    /// The channel's receipt, where there is one.
    pub receipt: Option<String>,
    /// What it was made with.
    pub made_with: MadeWith,
    /// The language of the words in it.
    pub language: String,
    /// When it was written down, to the minute, with offset.
    pub finished: String,
    /// SHA-256 of the dispatch as one-line JSON in the order written, without this member.
    pub digest: String,
}

/// Never prints what was said.
impl fmt::Debug for Dispatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dispatch")
            .field("kind", &self.kind)
            .field("record", &self.record)
            .finish_non_exhaustive()
    }
}

/// A channel as a dispatch holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Channel {
    /// The key.
    pub key: String,
    /// In words.
    pub text: String,
}

/// What a person says of a sending.
#[derive(Clone)]
pub struct Sent {
    /// Day and hour.
    pub when: String,
    /// Who sent or rang.
    pub by: Person,
    /// The channel's receipt.
    pub receipt: Option<String>,
    /// Who was told and what was said, where it was oral.
    pub oral: Option<(String, String)>,
}

/// Never prints what was said.
impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sent")
            .field("when", &self.when)
            .finish_non_exhaustive()
    }
}

impl Dispatch {
    /// The dispatch of a sending.
    #[must_use]
    pub fn of(
        record: &Record,
        review: Option<&Review>,
        sent: Sent,
        files: Vec<SentFile>,
        (made_with, lang, finished): (MadeWith, Lang, String),
    ) -> Self {
        let (to, said) = sent.oral.clone().unzip();
        let sending = record.sending.as_ref().filter(|_| to.is_none());
        let mut dispatch = Self {
            format: FORMAT,
            kind: if to.is_some() {
                DispatchKind::Oral
            } else {
                DispatchKind::Sent
            },
            record: record.digest.clone(),
            review: review.map(|review| review.digest.clone()),
            retrospective: is_afterwards(record, &sent.when),
            when: sent.when,
            by: sent.by,
            channel: sending.map(|sending| channel(&sending.channel)),
            board: record
                .sending
                .as_ref()
                .and_then(|sending| sending.board.clone()),
            to,
            said,
            files,
            receipt: sent.receipt,
            made_with,
            language: lang.tag().to_owned(),
            finished,
            digest: String::new(),
        };
        dispatch.digest = format!("sha256:{}", digest_of(&dispatch).unwrap_or_default());
        dispatch
    }

    /// Whether the dispatch is as it was written.
    #[must_use]
    pub fn is_as_written(&self) -> bool {
        digest_of(self).is_some_and(|digest| self.digest == format!("sha256:{digest}"))
    }
}

fn channel(channel: &Named) -> Channel {
    Channel {
        key: channel.key.clone(),
        text: channel.name.clone(),
    }
}

/// Whether something left before the record was finished; a day alone counts as its end.
#[must_use]
pub fn is_afterwards(record: &Record, when: &str) -> bool {
    is_before(when, &record.finished)
}

/// Whether a moment, `yyyy-mm-dd hh:mm`, lies before one with an offset: to the minute, and a day alone counts as its end.
#[must_use]
pub fn is_before(when: &str, finished: &str) -> bool {
    let finished: String = finished.replace('T', " ").chars().take(16).collect();
    let when = when.replace('T', " ");
    let length = when.len().min(finished.len());
    finished
        .get(..length)
        .is_some_and(|finished| when.as_str() < finished)
}

/// Whether the assessment holds on the day of sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lawful {
    /// The same outcomes on the same law.
    Same,
    /// Another outcome, or another version of what is cited, on that day.
    Other(Date),
    /// The answers do not reach an end under these trees.
    Unanswered,
}

/// Replays the record's answers with this moment of sending: what is sent on a day is lawful on that day.
#[must_use]
pub fn law_on(record: &Record, trees: &Trees, when: &str) -> Lawful {
    let Some((day, _)) = moment(when) else {
        return Lawful::Unanswered;
    };
    let Ok(mut document) = record.answers(&trees.laws) else {
        return Lawful::Unanswered;
    };
    if let Some(question) = trees.sending.with_role(Role::When).next() {
        document
            .sending
            .insert(question.id.clone(), Given::text(when));
    }
    let Ok(assessment) = assess(trees, &document) else {
        return Lawful::Unanswered;
    };
    let other = |lack: &Lack| matches!(lack, Lack::OtherLaw(_) | Lack::BeforeFirstDay(_));
    if assessment.needs.iter().any(|need| other(&need.lack)) {
        return Lawful::Other(day);
    }
    let outcomes = assessment
        .items
        .iter()
        .map(|item| item.outcome.map(ItemOutcome::key));
    let recorded = record.items.iter().map(|item| Some(item.outcome.as_str()));
    let whole = assessment.whole.map(Whole::key);
    if whole.is_none() {
        Lawful::Unanswered
    } else if whole == Some(record.outcome.as_str()) && outcomes.eq(recorded) {
        Lawful::Same
    } else {
        Lawful::Other(day)
    }
}
