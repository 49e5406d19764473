//! SARIF 2.1.0, as code hosts and editors read it: the catalogue as rules, and a result for each thing told.

use serde_json::{Value, json};

use sekretesskoll::check::catalogue::{Entry as Known, Severity, entries};
use sekretesskoll::language::Lang;

use super::entry::{Entry, Row, What};
use crate::cli::phrases;

pub(super) const END: &[u8] = b"\n]}]}\n";

pub(super) fn begin(lang: Lang) -> Vec<u8> {
    let known = entries();
    let known = known.iter().map(|entry| rule(lang, entry));
    let keeping = [What::Missing, What::Wrong, What::Unreadable].map(|what| keeping(lang, what));
    let rules: Vec<Value> = known.chain(keeping).collect();
    let driver = json!({
        "name": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "language": lang.pick("sv", "en"),
        "rules": rules,
    });
    let begin = "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[";
    format!("{begin}{{\"tool\":{{\"driver\":{driver}}},\"columnKind\":\"unicodeCodePoints\",\"results\":[\n").into_bytes()
}

fn rule(lang: Lang, entry: &Known) -> Value {
    let law = entry.law.join(", ");
    let hint = entry.hint.get(lang);
    let help = if law.is_empty() {
        hint.to_owned()
    } else {
        format!("{hint} ({law})")
    };
    json!({
        "id": entry.code,
        "shortDescription": { "text": entry.text.get(lang).replace("{detail}", "…") },
        "help": { "text": help },
        "defaultConfiguration": { "level": level(entry.severity) },
        "properties": { "law": entry.law },
    })
}

const fn level(severity: Severity) -> &'static str {
    severity.key()
}

/// A rule for what keeps a document from being looked through.
fn keeping(lang: Lang, what: What<'_>) -> Value {
    let text = match what {
        What::Missing => phrases::check_rule_missing(lang),
        What::Wrong => phrases::check_rule_wrong(lang),
        What::Unreadable | What::Found(_) => phrases::check_rule_unreadable(lang),
    };
    json!({
        "id": what.code(),
        "shortDescription": { "text": text },
        "defaultConfiguration": { "level": level_of(what) },
    })
}

/// SARIF knows no undetermined level: what is missing is something to look at.
fn level_of(what: What<'_>) -> &'static str {
    match what {
        What::Missing => Severity::Warning.key(),
        _ => what.severity(),
    }
}

/// Every result of a document, with what stands between two; empty where nothing is told.
pub(super) fn results(lang: Lang, row: &Row<'_>) -> Vec<u8> {
    let results = row.entries.iter().map(|entry| result(lang, row, entry));
    let results: Vec<String> = results.map(|result| result.to_string()).collect();
    results.join(",\n").into_bytes()
}

fn result(lang: Lang, row: &Row<'_>, entry: &Entry<'_>) -> Value {
    let result = json!({
        "ruleId": entry.what.code(),
        "level": level_of(entry.what),
        "message": { "text": entry.sentence },
        "locations": [location(row, entry)],
    });
    let suppressed = || {
        let reason = phrases::check_reason_at(lang, &entry.place);
        json!([{ "kind": "inSource", "justification": reason }])
    };
    let suppressed = entry.what.is_excepted().then(suppressed);
    with(result, "suppressions", suppressed)
}

fn location(row: &Row<'_>, entry: &Entry<'_>) -> Value {
    let (file, line) = row.file_and_line();
    let file = json!({ "artifactLocation": { "uri": uri(file) } });
    let line = line.map(|line| json!({ "startLine": line }));
    let location = json!({ "physicalLocation": with(file, "region", line) });
    let place = (!entry.place.is_empty()).then_some(entry.place);
    let place = place.map(|place| json!([{ "fullyQualifiedName": place }]));
    with(location, "logicalLocations", place)
}

/// An object with one more member, where there is one.
fn with(mut object: Value, member: &str, more: Option<Value>) -> Value {
    if let (Some(members), Some(more)) = (object.as_object_mut(), more) {
        members.insert(member.to_owned(), more);
    }
    object
}

/// A path as a reference: relative stays relative, and what has a meaning there is written as bytes.
fn uri(path: &str) -> String {
    let kept = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
    let path = path.replace(std::path::MAIN_SEPARATOR, "/");
    let written = path.bytes().map(|byte| {
        if kept(byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    });
    let scheme = if path.starts_with('/') { "file://" } else { "" };
    format!("{scheme}{}", written.collect::<String>())
}
