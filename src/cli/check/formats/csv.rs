//! CSV (RFC 4180): a row for each thing told of a document, and one for a document that nothing is told of.

use super::entry::{Entry, Row};

/// The columns. New ones are added last.
const COLUMNS: [&str; 9] = [
    "document", "kind", "verdict", "code", "severity", "place", "excepted", "law", "sentence",
];

pub(super) fn header() -> Vec<u8> {
    line(&COLUMNS)
}

pub(super) fn rows(row: &Row<'_>) -> Vec<u8> {
    let verdict = row.grade.key();
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
    sekretesskoll::csv::line(fields).into_bytes()
}
