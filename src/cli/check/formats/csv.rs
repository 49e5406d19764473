//! CSV (RFC 4180): a row for each thing told of a document, and one for a document that nothing is told of.

use super::entry::{Entry, Row};
use sekretesskoll::check::Grade;

/// The columns. New ones are added last.
const COLUMNS: [&str; 9] = [
    "document", "kind", "verdict", "code", "severity", "place", "excepted", "law", "sentence",
];

pub(super) fn header() -> Vec<u8> {
    line(&COLUMNS)
}

pub(super) fn rows(row: &Row<'_>) -> Vec<u8> {
    let verdict = row.grade.map_or("", Grade::key);
    if row.entries.is_empty() {
        return line(&[row.name, row.kind, verdict, "", "", "", "", "", ""]);
    }
    let told = row.entries.iter().flat_map(|entry| of(row, verdict, entry));
    told.collect()
}

fn of(row: &Row<'_>, verdict: &str, entry: &Entry<'_>) -> Vec<u8> {
    let excepted = if entry.what.is_excepted() {
        "yes"
    } else {
        "no"
    };
    line(&[
        row.name,
        row.kind,
        verdict,
        entry.what.code(),
        entry.what.severity(),
        entry.place,
        excepted,
        &entry.what.law().join(" "),
        &entry.sentence,
    ])
}

fn line(fields: &[&str; 9]) -> Vec<u8> {
    let fields = fields.map(quoted);
    format!("{}\r\n", fields.join(",")).into_bytes()
}

/// Quoted where a comma, a quote or a line break stands in it.
fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}
