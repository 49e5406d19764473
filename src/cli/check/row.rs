//! What is told of a document besides its findings: what is missing, why it cannot be read, and how it all adds up.

use std::collections::BTreeMap;

use anyhow::anyhow;

use sekretesskoll::answers::AnswersDocument;
use sekretesskoll::assessment::{Lack, Need, assess};
use sekretesskoll::check::catalogue::{Code, Severity};
use sekretesskoll::check::{Finding, Grade, Kind, Verdict};
use sekretesskoll::language::Lang;
use sekretesskoll::trees::Trees;

use super::counts;
use super::work::Told;
use crate::cli::{files, lack, phrases};

/// What is missing or wrong in an answers document.
pub(in crate::cli) struct Missing {
    /// Where.
    pub(super) place: String,
    /// What, in words.
    pub(super) sentence: String,
    /// Something stands there that cannot be.
    pub(super) wrong: bool,
}

/// What is missing or wrong in an answers document, in words: read once more, since nearly no document comes here.
pub(super) fn missing(
    lang: Lang,
    trees: Option<&Trees>,
    bytes: &[u8],
    verdict: &Verdict<'_>,
) -> Vec<Missing> {
    let (Some(trees), [_, ..]) = (trees, verdict.needs) else {
        return Vec::new();
    };
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let document: AnswersDocument = serde_json::from_slice(bytes).unwrap_or_default();
    let assessment = assess(trees, &document);
    let in_words = |need: &Need| {
        let sentence = match &assessment {
            Ok(assessment) => lack::in_words(lang, assessment, need, &document),
            Err(_) => lack::sentence(lang, trees, need, &document),
        };
        Missing {
            place: need.place.to_string(),
            sentence,
            wrong: need.lack != Lack::Missing,
        }
    };
    verdict.needs.iter().map(in_words).collect()
}

/// Why a document cannot be read, in a sentence with its place and a way out.
pub(super) fn why_unreadable(
    lang: Lang,
    name: &str,
    bytes: &[u8],
    kind: Option<Kind>,
) -> anyhow::Error {
    let why = match kind {
        Some(Kind::Review) => files::review_in(lang, name, bytes).err(),
        Some(Kind::Dispatch) => files::dispatch_in(lang, name, bytes).err(),
        Some(Kind::Record) => files::record_bytes(lang, name, bytes).err(),
        Some(Kind::Guide) => files::guide_record_in(lang, name, bytes).err(),
        Some(Kind::Answers) => files::answers_bytes(lang, name, bytes).err(),
        None => files::json_in(lang, name, bytes).err(),
    };
    why.unwrap_or_else(|| anyhow!(phrases::check_no_document(lang, &name)))
}

/// How it all adds up.
#[derive(Default)]
pub(super) struct Summary {
    /// How many documents.
    pub(super) documents: usize,
    /// How many have been told of.
    pub(super) told: usize,
    /// By what sort they are; none for those that cannot be read as any.
    pub(super) kinds: BTreeMap<Option<Kind>, usize>,
    grades: BTreeMap<Grade, usize>,
    /// By code, and how many of them are recorded as exceptions.
    pub(super) codes: BTreeMap<Code, (usize, usize)>,
}

impl Summary {
    pub(super) fn take(&mut self, told: &Told) {
        self.documents += 1;
        *self.kinds.entry(told.kind).or_default() += 1;
        *self.grades.entry(told.grade).or_default() += 1;
        told.findings
            .iter()
            .for_each(|finding| self.of_chain(finding));
    }

    /// A finding, also one that several documents tell of together.
    pub(super) fn of_chain(&mut self, finding: &Finding) {
        let (count, excepted) = self.codes.entry(finding.code).or_default();
        if counts(finding) {
            *count += 1;
        } else {
            *excepted += 1;
        }
    }

    pub(super) fn grade(&self, grade: Grade) -> usize {
        self.grades.get(&grade).copied().unwrap_or_default()
    }

    /// How many findings are so grave, without recorded exceptions.
    pub(super) fn findings(&self, severity: Severity) -> usize {
        let codes = self
            .codes
            .iter()
            .filter(|(code, _)| code.severity() == severity);
        codes.map(|(_, (count, _))| count).sum()
    }

    /// How many findings are recorded as exceptions, with a reason.
    pub(super) fn excepted(&self) -> usize {
        self.codes.values().map(|(_, excepted)| excepted).sum()
    }
}
