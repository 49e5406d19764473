//! Guides (*vägledningar*): stand-alone trees for what stands around a report, each ending in advice and a next step.
//!
//! A guide is written, checked and walked as a tree of the assessment is. It knows less: the authority, the day and its
//! own answers. Guides are loaded only when they are used, and are no part of the digest of the trees.

pub mod answers;
pub mod calendar;
pub mod case;
pub mod dates;
mod load;
pub mod record;
pub mod walk;

use std::collections::BTreeSet;

use crate::language::Text;
use crate::law::{Laws, Provision};
use crate::tree::Tree;

pub use answers::GuideAnswers;
pub use dates::{DateRule, Due};
pub(crate) use load::date_keys;
pub use record::GuideRecord;
pub use walk::{Guided, Unfit, follow};

/// Where guides lie in a folder of trees.
pub const FOLDER: &str = "guides/";

/// Where their worked cases lie.
pub const CASES: &str = "guides/cases/";

/// The provisions that only guides cite.
pub const LAWS: &str = "guides/laws.toml";

/// What must hold on every path of every guide.
pub const INVARIANTS: &str = "guides/invariants.toml";

/// One guide.
#[derive(Clone, Debug)]
pub struct Guide {
    /// The checked tree.
    pub tree: Tree,
    /// What it is called on the command line: the name first, then other words for it.
    pub names: Vec<String>,
    /// Its title.
    pub title: Text,
    /// What it helps with, in a sentence.
    pub about: Text,
    /// What the day means, where the day must be asked for; none where it is today unless another is given.
    pub day: Option<Text>,
    /// How its dates are computed, in the order of the file.
    pub dates: Vec<DateRule>,
}

impl Guide {
    /// The name on the command line and in documents.
    #[must_use]
    pub fn name(&self) -> &str {
        self.names
            .first()
            .map_or(self.tree.name.as_str(), String::as_str)
    }

    /// Whether any outcome ends in dates.
    #[must_use]
    pub fn has_dates(&self) -> bool {
        !self.dates.is_empty()
    }
}

/// All guides, and what they were made of.
#[derive(Clone, Debug, Default)]
pub struct Guides {
    all: Vec<Guide>,
    /// The version that the lawyers give the guides; empty where there are none.
    pub version: String,
    /// SHA-256 over the files that decide, line ends normalised; empty where there are none.
    pub digest: String,
    /// Keys of the provisions that only guides cite.
    pub(crate) provisions: BTreeSet<String>,
}

impl Guides {
    /// The guides in order of their names.
    #[must_use]
    pub fn all(&self) -> &[Guide] {
        &self.all
    }

    /// The guide with this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Guide> {
        let mut all = self.all.iter();
        all.find(|guide| guide.names.iter().any(|other| other == name))
    }

    /// The guide whose tree it is.
    #[must_use]
    pub fn of(&self, tree: &Tree) -> Option<&Guide> {
        self.all.iter().find(|guide| guide.tree.name == tree.name)
    }

    /// The provisions that only guides cite.
    pub fn own_provisions<'l>(&self, laws: &'l Laws) -> impl Iterator<Item = &'l Provision> {
        let own = self.provisions.clone();
        let all = laws.provisions.values();
        all.filter(move |provision| own.contains(&provision.key))
    }

    /// Their trees.
    pub fn trees(&self) -> impl Iterator<Item = &Tree> {
        self.all.iter().map(|guide| &guide.tree)
    }
}
