//! What is said about an answer, written once for each question of the trees: when the answer fits and what follows
//! from it. An exercise adds why it is right or wrong there.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::language::Text;
use crate::tree::Role;

/// The name of the file.
pub const FILE: &str = "feedback.toml";

/// What stands under a question beside its answers: what to look for.
pub const HINT: &str = "hint";

/// What is said about a sentence whatever it holds: it is the trainee who compares.
pub const ANY: &str = "any";

/// Answers that stand outside the trees: origin, person, kinds, provision, date.
pub const LIST: &str = "list";

/// Texts by answer key, and the hint.
pub type Notes = BTreeMap<String, Text>;

/// The feedback that all exercises share.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Feedback {
    /// Three questions that a trainee puts to a sentence, by what the sentence is for.
    pub self_check: BTreeMap<String, [Text; 3]>,
    /// Notes by tree (or `list`) and question.
    pub notes: BTreeMap<String, BTreeMap<String, Notes>>,
}

impl Feedback {
    /// What is said about an answer.
    #[must_use]
    pub fn note(&self, tree: &str, question: &str, answer: &str) -> Option<&Text> {
        self.notes.get(tree)?.get(question)?.get(answer)
    }

    /// What to look for at a question.
    #[must_use]
    pub fn hint(&self, tree: &str, question: &str) -> Option<&Text> {
        self.note(tree, question, HINT)
    }

    /// The three questions for a sentence.
    #[must_use]
    pub fn questions(&self, role: Option<Role>) -> Option<&[Text; 3]> {
        self.self_check.get(sort(role)?)
    }
}

/// What a sentence is for: the sorts that have questions of their own.
pub const SORTS: [&str; 4] = ["link", "individual", "wording", "call"];

/// The sort of a sentence; none where there is too little to compare.
#[must_use]
pub const fn sort(role: Option<Role>) -> Option<&'static str> {
    match role {
        Some(Role::Link) => Some("link"),
        Some(Role::Individual) => Some("individual"),
        Some(Role::Wording) => Some("wording"),
        Some(Role::CallSaid) => Some("call"),
        _ => None,
    }
}
