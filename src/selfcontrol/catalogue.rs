//! `selfcontrol.toml`: measures, gaps and the questions of a spot sample, with their words and their law.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::check::catalogue::Severity;
use crate::embedded;
use crate::language::Text;

/// A share of the records that is counted.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasureEntry {
    /// Its key.
    pub key: String,
    /// Keys of what it rests on.
    pub law: Vec<String>,
    /// The head of its column.
    pub short: Text,
    /// What is counted, and of which records.
    pub text: Text,
}

/// Something that is not there.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GapEntry {
    /// Its code.
    pub code: String,
    /// How grave.
    pub severity: Severity,
    /// Keys of what it rests on.
    pub law: Vec<String>,
    /// Its heading.
    pub title: Text,
    /// What is said.
    pub text: Text,
    /// What to do.
    pub hint: Text,
}

/// A question about a record of a sample.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct QuestionEntry {
    /// Its key.
    pub key: String,
    /// About which records it is asked.
    pub asks: Asks,
    /// What the documents themselves say, where a program can read it.
    pub record_says: Option<Says>,
    /// Keys of what it rests on.
    pub law: Vec<String>,
    /// The question.
    pub text: Text,
    /// How to find the answer.
    pub help: Text,
}

/// About which records a question is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asks {
    /// All.
    All,
    /// Where something may be sent.
    Ready,
    /// Reports under the duty where something may be sent.
    Duty,
    /// Reports under the general clause where something may be sent.
    GeneralClause,
    /// Where a document goes.
    Documents,
    /// Where something is held back.
    HeldBack,
    /// Where a dispatch says that something was sent or told.
    Sent,
    /// Where there is a review.
    Reviewed,
}

/// What the documents say by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Says {
    /// The record was finished before anything was sent.
    AssessedFirst,
    /// Every item that goes has a link, and no two the same.
    Link,
    /// The dispatch and the record hold, and nothing contested was sent.
    SentAsAssessed,
    /// The reviewer is another than the official.
    OtherReviewer,
    /// Feedback was asked for.
    Feedback,
}

/// The whole file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// What is counted.
    #[serde(rename = "measure")]
    pub measures: Vec<MeasureEntry>,
    /// What can be missing.
    #[serde(rename = "gap")]
    pub gaps: Vec<GapEntry>,
    /// What is asked about a sample.
    #[serde(rename = "question")]
    pub questions: Vec<QuestionEntry>,
}

/// Reads the file as it is written.
///
/// # Errors
/// What is wrong with it.
pub fn read(text: &str) -> Result<Catalogue, toml::de::Error> {
    toml::from_str(text)
}

/// The built-in file; empty where it does not read, which a test keeps from happening.
pub static CATALOGUE: LazyLock<Catalogue> =
    LazyLock::new(|| read(embedded::SELFCONTROL).unwrap_or_default());

impl Catalogue {
    /// A question by its key.
    #[must_use]
    pub fn question(&self, key: &str) -> Option<&QuestionEntry> {
        self.questions.iter().find(|question| question.key == key)
    }

    /// A gap by its code.
    #[must_use]
    pub fn gap(&self, code: &str) -> Option<&GapEntry> {
        self.gaps.iter().find(|gap| gap.code == code)
    }
}
