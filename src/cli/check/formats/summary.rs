//! How it all adds up, as JSON.

use serde_json::{Map, Value, json};

use sekretesskoll::check::{Grade, Kind};

use super::super::row::Summary;

/// The end of the object that holds all documents.
pub(super) fn json(summary: &Summary) -> Vec<u8> {
    let kinds = summary.kinds.iter().map(|(kind, count)| {
        let kind = kind.map_or("unknown", Kind::key);
        (kind.to_owned(), json!(count))
    });
    let grades = [Grade::Pass, Grade::Undetermined, Grade::Fail];
    let grades = grades.map(|grade| (grade.key().to_owned(), json!(summary.grade(grade))));
    let findings = summary.codes.iter().map(|(code, (count, excepted))| {
        json!({ "code": code.name(), "severity": code.severity().key(), "count": count, "excepted": excepted })
    });
    let told = json!({
        "documents": summary.documents,
        "kinds": kinds.collect::<Map<String, Value>>(),
        "verdicts": grades.into_iter().collect::<Map<String, Value>>(),
        "findings": findings.collect::<Vec<Value>>(),
        "excepted": summary.excepted(),
    });
    format!("\n],\"summary\":{told}}}\n").into_bytes()
}
