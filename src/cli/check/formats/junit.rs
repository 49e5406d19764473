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
    let fails = || row.entries.iter().filter(|entry| entry.what.fails());
    let open = row.entries.iter().filter(|entry| is_open(row, entry));
    match (row.grade, fails().next()) {
        (Grade::Undetermined, _) => format!("<skipped message=\"{}\"/>", all(open)),
        (_, None) => String::new(),
        (_, Some(first)) => {
            let (code, told) = (first.what.code(), all(fails()));
            format!("<failure type=\"{code}\" message=\"{code}\">{told}</failure>")
        }
    }
}

/// It is why nobody can tell.
fn is_open(row: &Row<'_>, entry: &Entry<'_>) -> bool {
    let code = entry.what.code();
    row.grade == Grade::Undetermined && ["missing-answer", "other-trees"].contains(&code)
}

/// What neither fails it nor leaves it open.
fn besides(row: &Row<'_>) -> String {
    let is_beside = |entry: &&Entry<'_>| !entry.what.fails() && !is_open(row, entry);
    let told = all(row.entries.iter().filter(is_beside));
    if told.is_empty() {
        told
    } else {
        format!("<system-out>{told}</system-out>")
    }
}

fn all<'e, 'a: 'e>(entries: impl Iterator<Item = &'e Entry<'a>>) -> String {
    let lines: Vec<String> = entries.map(line).collect();
    lines.join("\n")
}

fn line(entry: &Entry<'_>) -> String {
    let (severity, code) = (entry.what.severity(), entry.what.code());
    let excepted = if entry.what.is_excepted() {
        " (excepted)"
    } else {
        ""
    };
    let place = if entry.place.is_empty() { "" } else { " " };
    let place = format!("{place}{}", entry.place);
    escaped(&format!(
        "{severity}{excepted} {code}{place}: {}",
        entry.sentence
    ))
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
