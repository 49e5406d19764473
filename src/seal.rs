//! The digest that a record, a review, a dispatch and a line of a register end in: one rule for all of them.

use std::fmt;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::record;

/// What every digest in a document begins with.
pub const PREFIX: &str = "sha256:";

/// The member that holds it.
const MEMBER: &str = "digest";

/// The kinds of documents that must end in a digest.
const KINDS: [&str; 3] = ["record", "review", "dispatch"];

/// A document that holds a digest of itself, told by its content and not by its name.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    /// What it says that it is: `record`, `review` or `dispatch`; none for another that ends in a digest.
    pub kind: Option<String>,
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
    let kind = kind(&value);
    let last = value.as_object()?.keys().next_back()?;
    if kind.is_none() && last != MEMBER {
        return None;
    }
    let written = value.get(MEMBER).and_then(Value::as_str);
    Some(Sealed {
        kind: kind.map(str::to_owned),
        written: written.unwrap_or_default().to_owned(),
        computed: format!("{PREFIX}{}", record::digest_of(&value)?),
    })
}

/// Whether the text of a document is as it was written: the digest that stands in it is the one that it ought to have.
#[must_use]
pub fn is_as_written(text: &str, written: &str) -> bool {
    let value: Option<Value> = serde_json::from_str(text).ok();
    let computed = value.as_ref().and_then(record::digest_of);
    computed.is_some_and(|computed| written.strip_prefix(PREFIX) == Some(&computed))
}

/// A document says what it is with `kind`, or with its format under the name of its kind, as `"review": 1`.
fn kind(value: &Value) -> Option<&'static str> {
    let said = value.get("kind").and_then(Value::as_str);
    let format = |kind: &str| value.get(kind).is_some_and(Value::is_number);
    KINDS
        .into_iter()
        .find(|kind| said == Some(kind) || (said.is_none() && format(kind)))
}

/// SHA-256 of bytes, as lower-case hexadecimal digits.
#[must_use]
pub fn of_bytes(bytes: &[u8]) -> String {
    crate::source::hex(&Sha256::digest(bytes))
}
