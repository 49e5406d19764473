//! The answers to a guide, as scripts hand them in and as a record holds enough to rebuild.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::answers::{Kept, Official};
use crate::walk::Answers;

/// The format number of answers to guides.
pub const FORMAT: u32 = 1;

/// Answers to a guide. Unknown fields are rejected: a misspelt answer must not be lost in silence.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct GuideAnswers {
    /// The format number, 1.
    #[serde(rename = "guide-answers")]
    pub format: u32,
    /// The name of the guide.
    pub guide: String,
    /// The day whose law is used, and from which dates are counted; today where it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// Key of the authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
    /// A reference number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// Who asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub official: Option<Official>,
    /// Answers by question, those of the tree that follows among them.
    #[serde(default)]
    pub answers: Answers,
    /// Personal data in free text that is kept, each with a reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<Kept>,
}

/// Never prints a text: it is about people.
impl fmt::Debug for GuideAnswers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GuideAnswers")
            .field("guide", &self.guide)
            .field("on", &self.on)
            .field("answers", &self.answers)
            .finish_non_exhaustive()
    }
}

impl GuideAnswers {
    /// No answers yet to a guide of this name.
    #[must_use]
    pub fn new(guide: &str) -> Self {
        Self {
            format: FORMAT,
            guide: guide.to_owned(),
            ..Self::default()
        }
    }
}
