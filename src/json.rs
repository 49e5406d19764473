//! JSON into types, for documents by the hundred thousand: most are as they should be, and nobody asks where.
//!
//! A reader that gives up at the first thing out of the ordinary, without a place and without a word, needs a good half
//! of the time that one with good manners does. What it gives up, `serde_json` reads again, and says what is wrong.

use std::fmt;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};

/// Reads JSON into a type.
///
/// # Errors
/// As `serde_json` says it, with line and column.
pub fn read<'d, T: Deserialize<'d>>(text: &'d str) -> serde_json::Result<T> {
    ordinary(text).map_or_else(|| serde_json::from_str(text), Ok)
}

/// Reads JSON into a type, or gives up; then `serde_json` knows whether it can be read.
fn ordinary<'d, T: Deserialize<'d>>(text: &'d str) -> Option<T> {
    let mut reader = Reader {
        text,
        at: 0,
        depth: 0,
        plain: is_plain(text.as_bytes()),
    };
    let value = T::deserialize(&mut reader).ok()?;
    reader.peek().is_none().then_some(value)
}

/// Deeper than any document of ours.
const DEEPEST: u8 = 32;

/// Longer numbers are not of ours either.
const MOST_DIGITS: usize = 18;

/// Something out of the ordinary.
#[derive(Debug)]
struct GivenUp;

impl fmt::Display for GivenUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("given up")
    }
}

impl std::error::Error for GivenUp {}

impl Error for GivenUp {
    fn custom<M: fmt::Display>(_: M) -> Self {
        Self
    }
}

struct Reader<'d> {
    text: &'d str,
    at: usize,
    depth: u8,
    /// Only a quote ends a text.
    plain: bool,
}

impl<'d> Reader<'d> {
    /// The next byte that is no white space.
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        loop {
            match self.text.as_bytes().get(self.at)? {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                byte => return Some(*byte),
            }
        }
    }

    #[inline]
    fn expect(&mut self, wanted: u8) -> Result<(), GivenUp> {
        if self.peek() != Some(wanted) {
            return Err(GivenUp);
        }
        self.at += 1;
        Ok(())
    }

    fn word(&mut self, word: &str) -> Result<(), GivenUp> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if !rest.starts_with(word.as_bytes()) {
            return Err(GivenUp);
        }
        self.at += word.len();
        Ok(())
    }

    /// A text without escapes, as it stands there; none moves nowhere.
    #[inline]
    fn text(&mut self) -> Option<&'d str> {
        if self.peek() != Some(b'"') {
            return None;
        }
        let from = self.at + 1;
        let bytes = self.text.as_bytes();
        let rest = bytes.get(from..)?;
        let length = if self.plain {
            before_quote(rest)
        } else {
            before_end(rest)
        };
        let end = from + length;
        if bytes.get(end) != Some(&b'"') {
            return None;
        }
        self.at = end + 1;
        self.text.get(from..end)
    }

    /// A text with escapes.
    #[cold]
    fn escaped(&mut self) -> Result<String, GivenUp> {
        let bytes = self.text.as_bytes();
        let from = self.at;
        self.expect(b'"')?;
        loop {
            let rest = bytes.get(self.at..).ok_or(GivenUp)?;
            self.at += before_end(rest);
            match bytes.get(self.at) {
                Some(b'"') => break,
                Some(b'\\') => self.at += 2,
                _ => return Err(GivenUp),
            }
        }
        self.at += 1;
        let text = self.text.get(from..self.at).ok_or(GivenUp)?;
        serde_json::from_str(text).map_err(|_| GivenUp)
    }

    /// A whole number.
    fn number(&mut self) -> Result<i64, GivenUp> {
        let bytes = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let sign = usize::from(bytes.first() == Some(&b'-'));
        let digits = bytes.get(sign..).unwrap_or_default();
        let count = digits
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let digits = digits.get(..count).unwrap_or_default();
        let fraction = matches!(bytes.get(sign + count), Some(b'.' | b'e' | b'E'));
        let zero = digits.first() == Some(&b'0') && (count > 1 || sign > 0);
        if fraction || zero || count == 0 || count > MOST_DIGITS {
            return Err(GivenUp);
        }
        self.at += sign + count;
        let digit = |number: i64, byte: &u8| number * 10 + i64::from(*byte - b'0');
        let number = digits.iter().fold(0, digit);
        Ok(if sign > 0 { -number } else { number })
    }

    /// Goes into a list or an object.
    fn within<T>(
        &mut self,
        closes: u8,
        visit: impl FnOnce(&mut Inside<'_, 'd>) -> Result<T, GivenUp>,
    ) -> Result<T, GivenUp> {
        if self.depth == DEEPEST {
            return Err(GivenUp);
        }
        self.depth += 1;
        self.at += 1;
        let mut inside = Inside {
            reader: self,
            closes,
            first: true,
            ended: false,
        };
        let value = visit(&mut inside)?;
        let ended = inside.ended;
        self.depth -= 1;
        if ended { Ok(value) } else { Err(GivenUp) }
    }
}

/// Whether a document on one line holds no escape: then nothing but a quote ends a text, and nothing is out of place in
/// one. Told of the whole of it at once, which costs less than asking within each text.
fn is_plain(bytes: &[u8]) -> bool {
    let strange = |any, byte: &u8| any | u8::from(*byte < 0x20) | u8::from(*byte == b'\\');
    let mut blocks = bytes.chunks(AT_ONCE);
    blocks.all(|block| block.iter().fold(0, strange) == 0)
}

const AT_ONCE: usize = 512;

/// How many bytes stand before the first quote.
fn before_quote(bytes: &[u8]) -> usize {
    before(bytes, quotes_in)
}

/// How many bytes stand before the first that ends a text or does not stand in one: a quote, a backslash, a control
/// character.
fn before_end(bytes: &[u8]) -> usize {
    before(bytes, ends_in)
}

/// How many bytes stand before the first of those that are marked.
#[inline]
fn before(bytes: &[u8], marked: impl Fn(u64) -> u64) -> usize {
    let mut at = 0;
    while let Some(eight) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let marks = marked(u64::from_le_bytes(*eight));
        if marks != 0 {
            return at + marks.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    // A space stands in a text as it is.
    let mut last = [b' '; 8];
    for (place, byte) in last.iter_mut().zip(rest) {
        *place = *byte;
    }
    let marks = marked(u64::from_le_bytes(last));
    at + rest.len().min(marks.trailing_zeros() as usize / 8)
}

const ONES: u64 = u64::MAX / 0xff;
const HIGH: u64 = ONES << 7;

/// The quotes among eight bytes: at least the first is marked.
const fn quotes_in(eight: u64) -> u64 {
    let quote = eight ^ (ONES * b'"' as u64);
    quote.wrapping_sub(ONES) & !quote & HIGH
}

/// The bytes among eight that end a text or do not stand in one: at least the first such is marked.
const fn ends_in(eight: u64) -> u64 {
    let backslash = eight ^ (ONES * b'\\' as u64);
    let backslash = backslash.wrapping_sub(ONES) & !backslash;
    let control = eight.wrapping_sub(ONES * 0x20) & !eight;
    quotes_in(eight) | (backslash | control) & HIGH
}

impl<'d> Deserializer<'d> for &mut Reader<'d> {
    type Error = GivenUp;

    #[inline]
    fn deserialize_any<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, GivenUp> {
        match self.peek() {
            Some(b'"') => self.deserialize_str(visitor),
            Some(b'{') => self.within(b'}', |inside| visitor.visit_map(inside)),
            Some(b'[') => self.within(b']', |inside| visitor.visit_seq(inside)),
            Some(b't') => self.word("true").and_then(|()| visitor.visit_bool(true)),
            Some(b'f') => self.word("false").and_then(|()| visitor.visit_bool(false)),
            Some(b'n') => self.word("null").and_then(|()| visitor.visit_unit()),
            Some(b'-' | b'0'..=b'9') => match self.number()? {
                number @ 0.. => visitor.visit_u64(number.cast_unsigned()),
                number => visitor.visit_i64(number),
            },
            _ => Err(GivenUp),
        }
    }

    #[inline]
    fn deserialize_str<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, GivenUp> {
        match self.text() {
            Some(text) => visitor.visit_borrowed_str(text),
            None => visitor.visit_string(self.escaped()?),
        }
    }

    #[inline]
    fn deserialize_option<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, GivenUp> {
        if self.peek() == Some(b'n') {
            return self.word("null").and_then(|()| visitor.visit_none());
        }
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'d>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, GivenUp> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'d>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, GivenUp> {
        let word = self.text().ok_or(GivenUp)?;
        visitor.visit_enum(BorrowedStrDeserializer::new(word))
    }

    #[inline]
    fn deserialize_string<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, GivenUp> {
        self.deserialize_str(visitor)
    }

    #[inline]
    fn deserialize_identifier<V: Visitor<'d>>(self, visitor: V) -> Result<V::Value, GivenUp> {
        self.deserialize_str(visitor)
    }

    forward_to_deserialize_any! {
        <V: Visitor<'d>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct seq tuple tuple_struct
        map struct ignored_any
    }
}

/// Inside a list or an object.
struct Inside<'r, 'd> {
    reader: &'r mut Reader<'d>,
    closes: u8,
    first: bool,
    ended: bool,
}

impl Inside<'_, '_> {
    /// Whether something follows.
    #[inline]
    fn goes_on(&mut self) -> Result<bool, GivenUp> {
        let next = self.reader.peek();
        if next == Some(self.closes) {
            self.reader.at += 1;
            self.ended = true;
            return Ok(false);
        }
        if self.first {
            self.first = false;
        } else if next == Some(b',') {
            self.reader.at += 1;
        } else {
            return Err(GivenUp);
        }
        Ok(true)
    }
}

impl<'d> MapAccess<'d> for &mut Inside<'_, 'd> {
    type Error = GivenUp;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'d>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, GivenUp> {
        if !self.goes_on()? {
            return Ok(None);
        }
        if self.reader.peek() != Some(b'"') {
            return Err(GivenUp);
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }

    #[inline]
    fn next_value_seed<T: DeserializeSeed<'d>>(&mut self, seed: T) -> Result<T::Value, GivenUp> {
        self.reader.expect(b':')?;
        seed.deserialize(&mut *self.reader)
    }
}

impl<'d> SeqAccess<'d> for &mut Inside<'_, 'd> {
    type Error = GivenUp;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'d>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, GivenUp> {
        if !self.goes_on()? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::de::IgnoredAny;

    use super::{ordinary, read};
    use crate::answers::{AnswersDocument, Read};

    const DOCUMENT: &str = r#"{"answers":1,"on":"2026-08-14","authority":"forsakringskassan","case":null,
        "official":{"name":"Åsa \"Ö\"","title":"utred\u0061re","unit":"Kontor\\"},"route":{"learned":{"answer":"service"}},
        "identity":{"kinds":["name","school"],"protected":false,"answers":{}},"items":[ ],"closing":{"x":{"text":"å\n"}}}"#;

    fn same(text: &str) {
        let slow: Option<AnswersDocument<Read<'_>>> = serde_json::from_str(text).ok();
        let quick: Option<AnswersDocument<Read<'_>>> = ordinary(text);
        assert!(quick.is_none() || quick == slow, "{text}");
        assert!(read(text).ok() == slow, "{text}");
    }

    #[test]
    fn an_ordinary_document_is_not_given_up() {
        assert!(ordinary::<AnswersDocument<Read<'_>>>(DOCUMENT).is_some());
        same(DOCUMENT);
    }

    #[test]
    fn a_damaged_document_is_read_as_serde_json_reads_it() {
        for (at, old) in DOCUMENT.char_indices() {
            same(DOCUMENT.get(..at).unwrap_or_default());
            for put in [
                "", ",", "\"", "\\", "}", "]", "{", ":", " ", "\u{1}", "0", "é", "null",
            ] {
                let (before, behind) = (DOCUMENT.get(..at), DOCUMENT.get(at + old.len_utf8()..));
                let (before, behind) = (before.unwrap_or_default(), behind.unwrap_or_default());
                same(&format!("{before}{put}{behind}"));
                same(&format!("{before}{put}{old}{behind}"));
            }
        }
    }

    fn agree(text: &str) {
        let slow = serde_json::from_str::<IgnoredAny>(text).is_ok();
        assert!(slow || ordinary::<IgnoredAny>(text).is_none(), "{text}");
        let quick: Option<Vec<String>> = ordinary(text);
        assert!(
            quick.is_none() || quick == serde_json::from_str(text).ok(),
            "{text}"
        );
        let quick: Option<Vec<i64>> = ordinary(text);
        assert!(
            quick.is_none() || quick == serde_json::from_str(text).ok(),
            "{text}"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn nothing_is_read_that_is_no_json(text in r#"[\[\]{}:," \\\n0-9ntruefals.eE+\-]{0,12}"#) {
            agree(&text);
        }

        #[test]
        fn texts_are_read_as_they_stand(texts in prop::collection::vec(any::<String>(), 0..4)) {
            agree(&serde_json::to_string(&texts).unwrap_or_default());
        }

        #[test]
        fn numbers_are_read_as_they_stand(numbers in prop::collection::vec(any::<i64>(), 0..4)) {
            agree(&serde_json::to_string(&numbers).unwrap_or_default());
        }
    }
}
