//! The digest that a record, a review, a dispatch and a line of a register end in: one rule for all of them.

use std::fmt;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::record;

/// What every digest in a document begins with.
pub const PREFIX: &str = "sha256:";

/// The kinds of documents that must end in a digest.
const SEALED: [&str; 3] = ["record", "review", "dispatch"];

/// A document that holds a digest of itself, told by its content and not by its name.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    /// What it says that it is, such as `record`.
    pub kind: String,
    /// The digest that stands in it; empty where a document of its kind should have one.
    pub written: String,
    /// The digest that it ought to have.
    pub computed: String,
}

/// Never prints what was read: anything may stand where a digest should.
impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sealed")
            .field("holds", &self.holds())
            .finish_non_exhaustive()
    }
}

impl Sealed {
    /// The digest in the document is the right one.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.written == self.computed
    }
}

/// Tells a document that holds a digest, or should; none for everything else, such as a letter.
#[must_use]
pub fn sealed(bytes: &[u8]) -> Option<Sealed> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let value: Value = serde_json::from_slice(bytes).ok()?;
    let text = |member: &str| value.get(member).and_then(Value::as_str);
    let kind = text("kind").filter(|kind| SEALED.contains(kind))?;
    Some(Sealed {
        kind: kind.to_owned(),
        written: text("digest").unwrap_or_default().to_owned(),
        computed: format!("{PREFIX}{}", record::digest_of(&value)?),
    })
}

/// SHA-256 of bytes, as lower-case hexadecimal digits.
#[must_use]
pub fn of_bytes(bytes: &[u8]) -> String {
    record::hex(&Sha256::digest(bytes))
}
