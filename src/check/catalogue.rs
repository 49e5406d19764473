//! What can be found, as `findings.toml` has it: how grave, what is said, what to do and what it rests on.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::embedded;
use crate::language::{Lang, Text};

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Good to know.
    Note,
    /// Something to read.
    Warning,
    /// Fails the document.
    Error,
}

impl Severity {
    /// The word in verdicts.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

macro_rules! codes {
    ($($variant:ident $name:literal,)+) => {
        /// What was found. A code never changes its meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $name] $variant,)+ }

        impl Code {
            /// Every code.
            pub const ALL: &[Code] = &[$(Code::$variant,)+];

            /// The code as written.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)+ }
            }
        }
    };
}

codes! {
    NoLink "no-link",
    NoWording "no-wording",
    SameMotivation "same-motivation",
    EverythingReleased "everything-released",
    DocumentAttached "document-attached",
    HealthCareReleased "health-care-released",
    PersonalData "personal-data",
    SaysNothing "says-nothing",
    RefusedChannel "refused-channel",
    NotAsWritten "not-as-written",
    WouldDiffer "would-differ",
    OtherTrees "other-trees",
    Incomplete "incomplete",
    LawOlder "law-older",
    Retrospective "retrospective",
    NoReview "no-review",
    ReviewAfterSending "review-after-sending",
    ReviewerIsOfficial "reviewer-is-official",
    ContestedSent "contested-sent",
    SentBeforeAssessed "sent-before-assessed",
    NoDispatch "no-dispatch",
    NoRecord "no-record",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What is said about a code.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The code.
    pub code: String,
    /// How grave.
    pub severity: Severity,
    /// Keys of what it rests on.
    pub law: Vec<String>,
    /// What is said.
    pub text: Text,
    /// What to do.
    pub hint: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    finding: Vec<Entry>,
}

static ENTRIES: LazyLock<BTreeMap<&'static str, Entry>> = LazyLock::new(|| {
    let file: Result<File, _> = toml::from_str(embedded::FINDINGS);
    let entries = file.map(|file| file.finding).unwrap_or_default();
    let named = |entry: Entry| {
        let code = Code::ALL.iter().find(|code| code.name() == entry.code)?;
        Some((code.name(), entry))
    };
    entries.into_iter().filter_map(named).collect()
});

/// Every entry, in the order of the file; empty where the file does not read, which a test keeps from happening.
#[must_use]
pub fn entries() -> Vec<Entry> {
    let file: Result<File, _> = toml::from_str(embedded::FINDINGS);
    file.map(|file| file.finding).unwrap_or_default()
}

impl Code {
    /// What is said about it.
    #[must_use]
    pub fn entry(self) -> Option<&'static Entry> {
        ENTRIES.get(self.name())
    }

    /// How grave it is.
    #[must_use]
    pub fn severity(self) -> Severity {
        self.entry().map_or(Severity::Error, |entry| entry.severity)
    }

    /// Whether it fails a document.
    #[must_use]
    pub fn fails(self) -> bool {
        self.severity() == Severity::Error
    }
}

impl super::Finding {
    /// What is said, in a language.
    #[must_use]
    pub fn sentence(&self, lang: Lang) -> String {
        let text = self.code.entry().map(|entry| entry.text.get(lang));
        text.unwrap_or_default().replace("{detail}", &self.detail)
    }

    /// What to do, in a language.
    #[must_use]
    pub fn hint(&self, lang: Lang) -> &'static str {
        let entry = self.code.entry();
        entry.map(|entry| entry.hint.get(lang)).unwrap_or_default()
    }
}
