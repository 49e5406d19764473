//! Reads TOML with its places, and says everything that is wrong at once.
//!
//! Trees are read by hand from the spanned table and not by derive: serde stops at the first unknown key, and a lawyer
//! wants all of them, each with line and column.

use std::cell::RefCell;
use std::ops::Range;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::finding::{Code, Finding, Place};
use crate::language::{Lang, Text};

/// Files by name, as read from a folder.
pub type Files = std::collections::BTreeMap<String, String>;

/// A value with the place it was written at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
}

/// A file being read, and what was found wrong in it.
pub struct Source<'i> {
    file: &'i str,
    text: &'i str,
    /// Where each line starts, so that a place is found without counting from the top.
    lines: Vec<usize>,
    findings: RefCell<Vec<Finding>>,
}

impl<'i> Source<'i> {
    /// A file by name and content.
    #[must_use]
    pub fn new(file: &'i str, text: &'i str) -> Self {
        let starts = text.match_indices('\n').map(|(newline, _)| newline + 1);
        let lines = std::iter::once(0).chain(starts).collect();
        Self {
            file,
            text,
            lines,
            findings: RefCell::default(),
        }
    }

    /// Parses the file; syntax errors become findings, and what could be read is given all the same.
    pub fn parse(&self) -> Spanned<DeTable<'i>> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in errors {
            let place = self.place(error.span().map_or(0, |span| span.start));
            let message = error.message().replace('\n', "; ");
            self.push(Finding::new(
                Code::InvalidToml,
                &place,
                format!("filen går inte att läsa som TOML: {message}"),
                format!("the file cannot be read as TOML: {message}"),
            ));
        }
        table
    }

    /// The place of a byte offset.
    #[must_use]
    pub fn place(&self, offset: usize) -> Place {
        let line = self.lines.partition_point(|start| *start <= offset);
        let start = line
            .checked_sub(1)
            .and_then(|at| self.lines.get(at))
            .copied()
            .unwrap_or(0);
        let before = self.text.get(start..offset).unwrap_or_default();
        Place {
            file: self.file.to_owned(),
            line,
            column: before.chars().count() + 1,
        }
    }

    /// Adds a finding.
    pub fn push(&self, finding: Finding) {
        self.findings.borrow_mut().push(finding);
    }

    /// All findings so far.
    #[must_use]
    pub fn into_findings(self) -> Vec<Finding> {
        self.findings.into_inner()
    }
}

/// The fields of one table. What nobody asked for is an unknown key when [`Fields::finish`] is called.
pub struct Fields<'s, 'i> {
    source: &'s Source<'i>,
    table: &'s DeTable<'i>,
    /// Where the table stands.
    pub place: Place,
    asked: RefCell<Vec<&'static str>>,
}

impl<'s, 'i> Fields<'s, 'i> {
    /// The fields of a table that starts at `span`.
    #[must_use]
    pub fn new(source: &'s Source<'i>, table: &'s DeTable<'i>, span: &Range<usize>) -> Self {
        Self {
            source,
            table,
            place: source.place(span.start),
            asked: RefCell::default(),
        }
    }

    fn get(&self, key: &'static str) -> Option<&'s Spanned<DeValue<'i>>> {
        self.asked.borrow_mut().push(key);
        self.table.get(key)
    }

    /// The place of a field, or of the table where the field is missing.
    #[must_use]
    pub fn place_of(&self, key: &str) -> Place {
        self.table.get(key).map_or_else(
            || self.place.clone(),
            |value| self.source.place(value.span().start),
        )
    }

    /// Whether the field is there.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    fn wrong_type(&self, value: &Spanned<DeValue<'_>>, key: &str, sv: &str, en: &str) {
        let place = self.source.place(value.span().start);
        let found = kind_of(value.get_ref());
        self.source.push(Finding::new(
            Code::WrongType,
            &place,
            format!("`{key}` ska vara {sv}, inte {}", found.sv),
            format!("`{key}` must be {en}, not {}", found.en),
        ));
    }

    /// Says that a field is put together wrongly.
    pub fn wrong_shape(&self, key: &str, sv: &str, en: &str) {
        let place = self.place_of(key);
        self.source.push(Finding::new(
            Code::WrongShape,
            &place,
            sv.to_owned(),
            en.to_owned(),
        ));
    }

    fn missing(&self, key: &str) {
        self.source.push(Finding::new(
            Code::MissingKey,
            &self.place,
            format!("fältet `{key}` saknas"),
            format!("the field `{key}` is missing"),
        ));
    }

    /// A string that may be missing.
    pub fn opt_str(&self, key: &'static str) -> Option<At<String>> {
        let value = self.get(key)?;
        let place = self.source.place(value.span().start);
        if let Some(text) = value.get_ref().as_str() {
            Some(At {
                value: text.to_owned(),
                place,
            })
        } else {
            self.wrong_type(value, key, "en text inom citattecken", "a quoted text");
            None
        }
    }

    /// A string that must be there; an empty one is returned, and a finding made, where it is not.
    pub fn str(&self, key: &'static str) -> At<String> {
        if !self.has(key) {
            self.missing(key);
        }
        self.opt_str(key).unwrap_or_else(|| At {
            value: String::new(),
            place: self.place.clone(),
        })
    }

    /// `true` or `false`; false where it is missing.
    pub fn flag(&self, key: &'static str) -> bool {
        let Some(value) = self.get(key) else {
            return false;
        };
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong_type(value, key, "`true` eller `false`", "`true` or `false`");
            false
        })
    }

    /// A whole number that may be missing.
    pub fn opt_number(&self, key: &'static str) -> Option<i64> {
        let value = self.get(key)?;
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|number| number.as_str().parse().ok());
        if number.is_none() {
            self.wrong_type(value, key, "ett heltal", "a whole number");
        }
        number
    }

    /// A list of whole numbers; empty where it is missing.
    pub fn numbers(&self, key: &'static str) -> Vec<i64> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        let Some(list) = value.get_ref().as_array() else {
            self.wrong_type(value, key, "en lista av heltal", "a list of whole numbers");
            return Vec::new();
        };
        let mut numbers = Vec::new();
        for entry in list {
            match entry
                .get_ref()
                .as_integer()
                .and_then(|number| number.as_str().parse().ok())
            {
                Some(number) => numbers.push(number),
                None => self.wrong_type(entry, key, "ett heltal", "a whole number"),
            }
        }
        numbers
    }

    /// A list of strings; empty where it is missing.
    pub fn strings(&self, key: &'static str) -> Vec<At<String>> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        let Some(list) = value.get_ref().as_array() else {
            self.wrong_type(value, key, "en lista av texter", "a list of texts");
            return Vec::new();
        };
        let mut strings = Vec::new();
        for entry in list {
            match entry.get_ref().as_str() {
                Some(text) => {
                    strings.push(At {
                        value: text.to_owned(),
                        place: self.source.place(entry.span().start),
                    });
                }
                None => self.wrong_type(entry, key, "en text inom citattecken", "a quoted text"),
            }
        }
        strings
    }

    /// A day that may be missing; one that does not exist is a finding.
    pub fn opt_day(&self, key: &'static str) -> Option<At<Date>> {
        let written = self.opt_str(key)?;
        if let Some(value) = day(&written.value) {
            Some(At {
                value,
                place: written.place,
            })
        } else {
            let day = &written.value;
            self.source.push(
                Finding::new(
                    Code::BadDay,
                    &written.place,
                    format!("`{day}` är inte ett datum som finns"),
                    format!("`{day}` is not a day that exists"),
                )
                .hint("skriv \"åååå-mm-dd\"", "write \"yyyy-mm-dd\""),
            );
            None
        }
    }

    /// A day that must be there.
    pub fn day(&self, key: &'static str) -> At<Date> {
        if !self.has(key) {
            self.missing(key);
        }
        self.opt_day(key).unwrap_or_else(|| At {
            value: Date::ZERO,
            place: self.place.clone(),
        })
    }

    /// One of a closed set of words.
    pub fn opt_word<T: Copy>(&self, key: &'static str, words: &[(&'static str, T)]) -> Option<T> {
        let written = self.opt_str(key)?;
        let found = words
            .iter()
            .find(|(word, _)| *word == written.value)
            .map(|(_, value)| *value);
        if found.is_none() {
            self.source.push(unknown_value(
                key,
                &written,
                words.iter().map(|(word, _)| *word),
            ));
        }
        found
    }

    /// One of a closed set of words that must be there.
    pub fn word<T: Copy>(&self, key: &'static str, words: &[(&'static str, T)]) -> Option<T> {
        if !self.has(key) {
            self.missing(key);
        }
        self.opt_word(key, words)
    }

    /// A text in both languages that may be missing; one language alone is a finding.
    pub fn opt_text(&self, key: &'static str) -> Option<Text> {
        let value = self.get(key)?;
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(
                value,
                key,
                "en text på båda språken (`.sv` och `.en`)",
                "a text in both languages (`.sv` and `.en`)",
            );
            return None;
        };
        let fields = Fields::new(self.source, table, &value.span());
        let text = Text {
            sv: fields.in_language(key, Lang::Sv),
            en: fields.in_language(key, Lang::En),
        };
        fields.finish();
        Some(text)
    }

    fn in_language(&self, key: &str, lang: Lang) -> String {
        let text = self
            .opt_str(lang.tag())
            .map(|text| text.value.trim().to_owned())
            .unwrap_or_default();
        if text.is_empty() {
            let tag = lang.tag();
            self.source.push(Finding::new(
                Code::MissingText,
                &self.place,
                format!("`{key}.{tag}` saknas eller är tom"),
                format!("`{key}.{tag}` is missing or empty"),
            ));
        }
        text
    }

    /// A text in both languages that must be there.
    pub fn text(&self, key: &'static str) -> Text {
        if !self.has(key) {
            self.missing(key);
        }
        self.opt_text(key).unwrap_or_default()
    }

    /// A table that may be missing.
    pub fn opt_table(&self, key: &'static str) -> Option<Fields<'s, 'i>> {
        let value = self.get(key)?;
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(value, key, "en tabell", "a table");
            return None;
        };
        Some(Fields::new(self.source, table, &value.span()))
    }

    /// A list of tables; empty where it is missing.
    pub fn tables(&self, key: &'static str) -> Vec<Fields<'s, 'i>> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        let Some(list) = value.get_ref().as_array() else {
            self.wrong_type(value, key, "en lista av tabeller", "a list of tables");
            return Vec::new();
        };
        let mut tables = Vec::new();
        for entry in list {
            match entry.get_ref().as_table() {
                Some(table) => tables.push(Fields::new(self.source, table, &entry.span())),
                None => self.wrong_type(entry, key, "en tabell", "a table"),
            }
        }
        tables
    }

    /// Says which fields nobody asked for.
    pub fn finish(self) {
        let asked = self.asked.into_inner();
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if !asked.contains(&name) {
                self.source.push(
                    Finding::new(
                        Code::UnknownKey,
                        &self.source.place(key.span().start),
                        format!("fältet `{name}` finns inte här"),
                        format!("there is no field `{name}` here"),
                    )
                    .did_you_mean(name, asked.iter().copied()),
                );
            }
        }
    }
}

/// A value outside a closed set of words.
pub fn unknown_value<'a>(
    key: &str,
    written: &At<String>,
    words: impl Iterator<Item = &'a str>,
) -> Finding {
    let given = &written.value;
    let known = words.collect::<Vec<_>>().join(", ");

    Finding::new(
        Code::UnknownValue,
        &written.place,
        format!("`{given}` är inte ett värde för `{key}`"),
        format!("`{given}` is not a value of `{key}`"),
    )
    .hint(
        format!("välj bland: {known}"),
        format!("choose among: {known}"),
    )
}

/// A day written `yyyy-mm-dd` and in no other way.
#[must_use]
pub fn day(written: &str) -> Option<Date> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *written.as_bytes() else {
        return None;
    };
    let (century, year) = (two_digits(y1, y2)?, two_digits(y3, y4)?);
    let (month, day) = (two_digits(m1, m2)?, two_digits(d1, d2)?);
    Date::new(i16::from(century) * 100 + i16::from(year), month, day).ok()
}

/// The number that two digits write.
pub(crate) fn two_digits(tens: u8, ones: u8) -> Option<i8> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| (byte - b'0').cast_signed());
    Some(digit(tens)? * 10 + digit(ones)?)
}

/// What sort of value stands there, in words.
fn kind_of(value: &DeValue<'_>) -> Text {
    match value {
        DeValue::String(_) => Text::new("en text", "a text"),
        DeValue::Integer(_) | DeValue::Float(_) => Text::new("ett tal", "a number"),
        DeValue::Boolean(_) => Text::new("`true` eller `false`", "`true` or `false`"),
        DeValue::Datetime(_) => Text::new("ett datum utan citattecken", "a day without quotes"),
        DeValue::Array(_) => Text::new("en lista", "a list"),
        DeValue::Table(_) => Text::new("en tabell", "a table"),
    }
}

/// Bytes as lower-case hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
