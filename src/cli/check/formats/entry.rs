//! A document and all that is told of it, one thing at a time: what the formats that are no JSON objects write.

use sekretesskoll::check::{Finding, Grade, Kind, Verdict};
use sekretesskoll::language::Lang;

use super::super::row::Missing;

/// In place of a sort of document: what several tell of together.
pub(super) const TOGETHER: &str = "chain";

/// A document.
pub(super) struct Row<'a> {
    pub(super) name: &'a str,
    /// The sort of document; [`TOGETHER`] for what several tell of together.
    pub(super) kind: &'static str,
    pub(super) grade: Grade,
    pub(super) entries: Vec<Entry<'a>>,
}

/// Something told of a document.
pub(super) struct Entry<'a> {
    pub(super) what: What<'a>,
    pub(super) place: &'a str,
    pub(super) sentence: String,
}

/// What it is.
#[derive(Clone, Copy)]
pub(super) enum What<'a> {
    Found(&'a Finding),
    /// An answer that is not there.
    Missing,
    /// An answer that cannot be.
    Wrong,
    /// The document cannot be read.
    Unreadable,
}

impl What<'_> {
    /// The code; those of the catalogue, and three for what keeps a document from being looked through.
    pub(super) const fn code(self) -> &'static str {
        match self {
            What::Found(finding) => finding.code.name(),
            What::Missing => "missing-answer",
            What::Wrong => "wrong-answer",
            What::Unreadable => "unreadable",
        }
    }

    /// How grave, as `--fail-on` has it.
    pub(super) fn severity(self) -> &'static str {
        match self {
            What::Found(finding) => finding.code.severity().key(),
            What::Missing => Grade::Undetermined.key(),
            What::Wrong | What::Unreadable => "error",
        }
    }

    /// Recorded as an exception, with a reason.
    pub(super) const fn is_excepted(self) -> bool {
        matches!(self, What::Found(finding) if finding.excepted)
    }

    /// Fails the document.
    pub(super) fn fails(self) -> bool {
        self.severity() == "error" && !self.is_excepted()
    }

    /// Keys of what it rests on.
    pub(super) fn law(self) -> &'static [String] {
        match self {
            What::Found(finding) => finding.code.entry().map_or(&[], |entry| &entry.law),
            _ => &[],
        }
    }
}

/// The sentence alone: the place has a field of its own here.
fn without_place(missing: &Missing) -> String {
    let rest = missing.sentence.strip_prefix(&missing.place);
    let rest = rest.and_then(|rest| rest.strip_prefix(": "));
    rest.unwrap_or(&missing.sentence).to_owned()
}

impl<'a> Row<'a> {
    pub(super) fn of_document(
        lang: Lang,
        name: &'a str,
        verdict: &'a Verdict<'_>,
        missing: &'a [Missing],
    ) -> Self {
        let missing = missing.iter().map(|missing| Entry {
            what: if missing.wrong {
                What::Wrong
            } else {
                What::Missing
            },
            place: &missing.place,
            sentence: without_place(missing),
        });
        let found = verdict.findings.iter().map(|found| Entry::of(lang, found));
        Self {
            name,
            kind: verdict.kind.key(),
            grade: verdict.grade,
            entries: missing.chain(found).collect(),
        }
    }

    pub(super) fn of_unreadable(name: &'a str, kind: Option<Kind>, why: &str) -> Self {
        let entry = Entry {
            what: What::Unreadable,
            place: "",
            sentence: why.to_owned(),
        };
        Self {
            name,
            kind: kind.map_or("", Kind::key),
            grade: Grade::Fail,
            entries: vec![entry],
        }
    }

    pub(super) fn of_chain(lang: Lang, name: &'a str, finding: &'a Finding) -> Self {
        Self {
            name,
            kind: TOGETHER,
            grade: finding.grade(),
            entries: vec![Entry::of(lang, finding)],
        }
    }

    /// The file, and the line in it where each line is a document.
    pub(super) fn file_and_line(&self) -> (&'a str, Option<u64>) {
        let lines = self.name.rsplit_once(':').and_then(|(file, line)| {
            let is_lines = file == "-" || file.ends_with("jsonl") || file.ends_with("ndjson");
            Some((file, line.parse().ok().filter(|_| is_lines)?))
        });
        lines.map_or((self.name, None), |(file, line)| (file, Some(line)))
    }
}

impl<'a> Entry<'a> {
    fn of(lang: Lang, finding: &'a Finding) -> Self {
        Self {
            what: What::Found(finding),
            place: &finding.place,
            sentence: finding.sentence(lang),
        }
    }
}
