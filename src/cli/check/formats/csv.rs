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
    let fields = fields.map(quoted);
    format!("{}\r\n", fields.join(",")).into_bytes()
}

/// What a table calculator would take for a formula: then an apostrophe stands before it, which such programs hide. The
/// names of files are the only fields that anybody else chooses.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Quoted where a comma, a quote or a line break stands in it.
fn quoted(field: &str) -> String {
    let guarded = format!("'{field}");
    let is_formula = field.starts_with(FORMULA) && field != "-";
    let field = if is_formula { &guarded } else { field };
    if field.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}
