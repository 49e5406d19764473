//! `JUnit` XML, as build servers read it: a test case for each document. Numbers stand nowhere, since nobody knows them
//! when the file begins.

use super::entry::{Entry, Row};
use sekretesskoll::check::Grade;

pub(super) const END: &[u8] = b"</testsuite>\n</testsuites>\n";

pub(super) fn begin() -> Vec<u8> {
    let begin = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n<testsuite name=\"sekretesskoll check\">\n";
    begin.as_bytes().to_vec()
}

pub(super) fn testcase(row: &Row<'_>) -> Vec<u8> {
    let kind = if row.kind.is_empty() {
        "unknown"
    } else {
        row.kind
    };
    let (name, kind) = (escaped(row.name), escaped(kind));
    let inner = verdict(row) + &besides(row);
    format!("<testcase classname=\"{kind}\" name=\"{name}\">{inner}</testcase>\n").into_bytes()
}

/// Why it fails, or why nobody can tell.
fn verdict(row: &Row<'_>) -> String {
    let fails: Vec<&Entry<'_>> = row.entries.iter().filter(|e| e.what.fails()).collect();
    let first = fails.first().map_or("", |entry| entry.what.code());
    match row.grade {
        Some(Grade::Undetermined) => {
            let missing = row.entries.iter().filter(|entry| is_open(entry));
            format!("<skipped message=\"{}\"/>", all(missing))
        }
        _ if fails.is_empty() => String::new(),
        _ => {
            let told = all(fails.iter().copied());
            format!("<failure type=\"{first}\" message=\"{first}\">{told}</failure>")
        }
    }
}

fn is_open(entry: &Entry<'_>) -> bool {
    entry.what.severity() == Grade::Undetermined.key() || entry.what.code() == "other-trees"
}

/// What does not fail it.
fn besides(row: &Row<'_>) -> String {
    let besides: Vec<&Entry<'_>> = row.entries.iter().filter(|e| !e.what.fails()).collect();
    if besides.is_empty() {
        return String::new();
    }
    format!("<system-out>{}</system-out>", all(besides.into_iter()))
}

fn all<'e, 'a: 'e>(entries: impl Iterator<Item = &'e Entry<'a>>) -> String {
    let told = entries.map(|entry| {
        let (severity, code) = (entry.what.severity(), entry.what.code());
        let excepted = if entry.what.is_excepted() {
            " (excepted)"
        } else {
            ""
        };
        let line = format!(
            "{severity}{excepted} {code} {}: {}",
            entry.place, entry.sentence
        );
        escaped(&line)
    });
    told.collect::<Vec<_>>().join("\n")
}

/// Characters that mean something are written by name, and those that XML 1.0 cannot hold are dropped.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            _ if letter.is_control() => {}
            _ => escaped.push(letter),
        }
    }
    escaped
}
