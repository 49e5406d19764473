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
const KINDS: [&str; 4] = ["record", "review", "dispatch", "guide"];

/// A document that holds a digest of itself, told by its content and not by its name.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    /// What it says that it is: `record`, `review`, `dispatch` or `guide`; none for another that ends in a digest.
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

/// A document says what it is with `kind`, or with its format under the name of its kind, as `"review": 1`. The `kind`
/// of a dispatch is another: how it left.
fn kind(value: &Value) -> Option<&'static str> {
    let said = value.get("kind").and_then(Value::as_str);
    let format = |kind: &str| value.get(kind).is_some_and(Value::is_number);
    KINDS
        .into_iter()
        .find(|kind| said == Some(kind) || format(kind))
}

/// Whether a document that ends in its digest is as it was written: for bytes that are JSON, as [`sealed`] says it.
///
/// The digest is computed from the bytes as they stand, without the white space between them. Only where that does not
/// give the digest written is the document read and written anew: letters may be escaped in another way.
#[must_use]
pub fn is_as_written(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let bytes = bytes.trim_ascii();
    holds(bytes) || holds(&on_one_line(bytes)) || sealed(bytes).is_some_and(|sealed| sealed.holds())
}

/// Whether a document on one line holds its digest as its last member.
fn holds(line: &[u8]) -> bool {
    let found = line.len().checked_sub(ENDING).and_then(|at| {
        let (rest, ending) = line.split_at_checked(at)?;
        let digest = ending.strip_prefix(b",\"digest\":\"sha256:")?;
        Some((rest, digest.strip_suffix(b"\"}")?))
    });
    let Some((rest, digest)) = found else {
        return false;
    };
    let mut hash = Sha256::new();
    hash.update(rest);
    hash.update(b"}");
    let digits = hash.finalize();
    let digits = digits.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    let digits = digits.filter_map(|digit| HEX.get(usize::from(digit)));
    digits.eq(digest)
}

const HEX: &[u8; 16] = b"0123456789abcdef";

/// The bytes of a digest at the end of a document on one line.
const ENDING: usize = b",\"digest\":\"sha256:".len() + 64 + b"\"}".len();

/// JSON without white space outside its texts.
fn on_one_line(bytes: &[u8]) -> Vec<u8> {
    let (mut line, mut rest) = (Vec::with_capacity(bytes.len()), bytes);
    while !rest.is_empty() {
        let opens = rest.iter().position(|byte| *byte == b'"');
        let (outside, text) = rest.split_at(opens.unwrap_or(rest.len()));
        line.extend(outside.iter().filter(|byte| !is_space(**byte)));
        let (text, behind) = text.split_at(length_of_text(text));
        line.extend_from_slice(text);
        rest = behind;
    }
    line
}

/// The bytes of a text, its quotes included, at the beginning of JSON.
fn length_of_text(bytes: &[u8]) -> usize {
    let mut at = 1;
    while let Some(rest) = bytes.get(at..) {
        let Some(next) = rest.iter().position(|byte| matches!(byte, b'"' | b'\\')) else {
            break;
        };
        match rest.get(next) {
            Some(b'"') => return at + next + 1,
            _ => at += next + 2,
        }
    }
    bytes.len()
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// SHA-256 of bytes, as lower-case hexadecimal digits.
#[must_use]
pub fn of_bytes(bytes: &[u8]) -> String {
    crate::source::hex(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{PREFIX, holds, is_as_written, on_one_line, sealed};
    use crate::record::digest_of;

    fn document() -> Value {
        let text = "Hon sa \"nej\", och  \\ gick\n\them – å\u{e9}";
        let mut value = json!({ "record": 1, "text": text, "list": [1, [], {}, null, -1], "in": { "digest": "x" }, " a\"": " \\" });
        let digest = format!("{PREFIX}{}", digest_of(&value).unwrap_or_default());
        let members = value.as_object_mut().into_iter();
        members.for_each(|members| drop(members.insert("digest".to_owned(), json!(digest))));
        value
    }

    #[test]
    fn one_line_and_many_lines_are_told_without_reading() {
        let value = document();
        let (line, pretty) = (value.to_string(), format!("{value:#}"));
        assert!(holds(line.as_bytes()));
        assert!(!holds(pretty.as_bytes()));
        assert_eq!(on_one_line(pretty.as_bytes()), line.as_bytes());
        for text in [line, pretty] {
            assert!(is_as_written(text.as_bytes()));
            assert!(is_as_written(format!("\u{feff}{text}\r\n").as_bytes()));
        }
    }

    #[test]
    fn letters_may_be_escaped_in_another_way() {
        for (as_written, otherwise) in [
            ("å", "\\u00e5"),
            ("nej", "n\\u0065j"),
            ("\"text\"", "\"t\\u0065xt\""),
        ] {
            let escaped = document().to_string().replace(as_written, otherwise);
            assert!(!holds(escaped.as_bytes()));
            assert!(is_as_written(escaped.as_bytes()), "{escaped}");
        }
    }

    #[test]
    fn every_damaged_byte_is_seen_as_the_slow_way_sees_it() {
        let value = document();
        for text in [value.to_string(), format!("{value:#}")] {
            let text = text.into_bytes();
            for at in 0..text.len() {
                for byte in [b' ', b'"', b'\\', b'}', b'x', b'0'] {
                    let mut damaged = text.clone();
                    if let Some(place) = damaged.get_mut(at) {
                        *place = byte;
                    }
                    let slow = sealed(&damaged).is_some_and(|sealed| sealed.holds());
                    assert_eq!(is_as_written(&damaged), slow, "{at} {}", byte as char);
                }
                let cut = text.get(..at).unwrap_or_default();
                assert!(!is_as_written(cut), "{at}");
            }
        }
    }
}
