//! Bad input gets one clear sentence with its place and a way out, the right exit code, and writes no record.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::too_many_lines,
    clippy::similar_names,
    dead_code,
    reason = "a test may stop at once"
)]
#![cfg(unix)]

#[path = "harness/program.rs"]
mod program;

use std::fmt::Write as _;
use std::fs;

use program::Home;
use serde_json::{Value, json};

fn good() -> Value {
    serde_json::from_str(&fs::read_to_string("docs/examples/answers.json").unwrap()).unwrap()
}

/// The good document with one member changed, by JSON pointer.
fn with(pointer: &str, value: Value) -> String {
    let mut document = good();
    let (parent, last) = pointer.rsplit_once('/').unwrap();
    let place = document
        .pointer_mut(parent)
        .unwrap_or_else(|| panic!("{pointer}"));
    match (place.as_array_mut(), last.parse::<usize>()) {
        (Some(list), Ok(at)) => list[at] = value,
        _ => place[last] = value,
    }
    document.to_string()
}

fn without(pointer: &str) -> String {
    let mut document = good();
    let (parent, last) = pointer.rsplit_once('/').unwrap();
    document
        .pointer_mut(parent)
        .unwrap()
        .as_object_mut()
        .unwrap()
        .remove(last);
    document.to_string()
}

/// What was tried: a name, and the document handed in.
fn documents() -> Vec<(&'static str, Vec<u8>)> {
    let text = good().to_string();
    let kinds: Vec<(&str, String)> = vec![
        ("empty file", String::new()),
        ("half a document", text[..text.len() / 2].to_owned()),
        ("not JSON at all", "Hej! Barnet är ensamt.".to_owned()),
        ("a list", "[1, 2, 3]".to_owned()),
        ("an unknown field", with("/officiall", json!({}))),
        (
            "a misspelt question",
            with("/route/whomm", json!({ "answer": "child" })),
        ),
        (
            "an unknown answer",
            with("/route/whom", json!({ "answer": "kid" })),
        ),
        ("a missing answer", without("/route/recipient")),
        (
            "an answer that is refused",
            with("/sending/channel", json!({ "answer": "open" })),
        ),
        (
            "a missing motivation",
            with("/items/0/answers/link", json!({ "answer": "some" })),
        ),
        (
            "a text where none is taken",
            with("/route/whom", json!({ "answer": "child", "text": "Anna" })),
        ),
        (
            "a day that does not exist",
            with("/on", json!("2026-02-30")),
        ),
        ("a day as a number", with("/on", json!(20_261_122))),
        ("a day before the law", with("/on", json!("2008-01-01"))),
        (
            "an unknown authority",
            with("/authority", json!("forsakringskasan")),
        ),
        ("an unknown form", with("/items/0/form", json!("sms"))),
        ("no items", with("/items", json!([]))),
        ("an empty label", with("/items/0/label", json!(" "))),
        (
            "a document without a date",
            with("/items/0/form", json!("document")),
        ),
        (
            "an unknown provision",
            with("/items/0/provisions", json!(["osl-99-1"])),
        ),
        (
            "a provision that is no secrecy",
            with("/items/0/provisions", json!(["osl-10-27"])),
        ),
        (
            "a sending time that is none",
            with("/sending/when", json!({ "text": "i morgon" })),
        ),
        (
            "address of somebody protected",
            with(
                "/identity",
                json!({ "kinds": ["name", "address"], "protected": true }),
            ),
        ),
        (
            "an identity number in a text",
            with(
                "/items/0/answers/wording",
                json!({ "text": "Barnet 121212-1212 är ensamt." }),
            ),
        ),
        (
            "an identity number as case",
            with("/case", json!("121212-1212")),
        ),
        (
            "a telephone number in a label",
            with("/items/0/label", json!("ring 070-123 45 67")),
        ),
        ("a later format", with("/answers", json!(2))),
        (
            "a record instead of answers",
            json!({ "kind": "record", "format": 1 }).to_string(),
        ),
        (
            "a need that withholds all under the duty",
            with("/items/0/answers/need-duty", json!({ "answer": "no" })),
        ),
        (
            "known later than sent",
            with(
                "/route",
                json!({ "whom": { "answer": "child" }, "recipient": { "answer": "board" }, "learned": { "answer": "both" }, "known-since": { "text": "2027-01-01" } }),
            ),
        ),
        ("deep nesting", "[".repeat(100_000)),
    ];
    let mut kinds: Vec<(&str, Vec<u8>)> = kinds
        .into_iter()
        .map(|(name, text)| (name, text.into_bytes()))
        .collect();
    kinds.push((
        "invalid UTF-8",
        [b"{\n \"case\": \"".as_slice(), &[0xff, 0xfe], b"\"}"].concat(),
    ));
    kinds.push((
        "UTF-16",
        text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
    ));
    kinds.push(("a hundred megabytes", vec![b' '; 100 * 1024 * 1024]));
    kinds
}

#[test]
fn every_kind_of_bad_document_gets_a_sentence_and_no_record() {
    let mut table = String::new();
    for (name, document) in documents() {
        let home = Home::of("forsakringskassan");
        home.file("answers.json", document);
        let run = home.run(&["assess", "--answers", "answers.json"]);
        assert!(matches!(run.code, Some(1 | 4)), "{name}: {run:?}");
        assert!(!run.err.is_empty() && run.out.is_empty(), "{name}: {run:?}");
        assert!(
            !run.err.contains("panicked") && home.records().is_empty(),
            "{name}: {run:?}"
        );
        writeln!(
            table,
            "{name} [{}]\n  {}",
            run.code.unwrap(),
            run.err.trim_end().replace('\n', "\n  ")
        )
        .unwrap();
    }
    insta::assert_snapshot!("bad_documents", table);
}

#[test]
fn every_kind_of_wrong_usage_gets_a_sentence() {
    let home = Home::of("forsakringskassan");
    home.file("answers.json", good().to_string());
    fs::create_dir(home.work().join("folder")).unwrap();
    let runs: &[(&str, &[&str])] = &[
        ("no command", &[]),
        ("an unknown command", &["asess"]),
        ("an unknown flag", &["assess", "--anwsers", "x"]),
        ("a flag without its value", &["assess", "--on"]),
        (
            "flags that do not go together",
            &["assess", "--resume", "--answers", "answers.json"],
        ),
        ("an unknown language", &["law", "--lang", "de"]),
        ("no terminal", &["assess"]),
        (
            "a day that does not exist",
            &["assess", "--answers", "answers.json", "--on", "2026-13-01"],
        ),
        (
            "an unknown authority",
            &["settings", "--authority", "forsakringskasan"],
        ),
        (
            "a file that is not there",
            &["assess", "--answers", "finns-inte.json"],
        ),
        ("a folder for a file", &["assess", "--answers", "folder"]),
        (
            "a folder that is not there",
            &["assess", "--answers", "answers.json", "--out", "finns/inte"],
        ),
        (
            "a file for a folder",
            &[
                "assess",
                "--answers",
                "answers.json",
                "--out",
                "answers.json",
            ],
        ),
        ("no drafts", &["assess", "--plain", "--resume"]),
        ("an unknown provision", &["law", "osl-10-72"]),
        ("an unknown tree", &["trees", "show", "rout"]),
        (
            "a folder without trees",
            &["trees", "check", "--trees", "folder"],
        ),
        ("an unknown schema", &["schema", "recrod"]),
    ];
    let mut table = String::new();
    for (name, args) in runs {
        let run = home.run(args);
        assert_ne!(run.code, Some(0), "{name}: {run:?}");
        assert!(!run.err.contains("panicked"), "{name}: {run:?}");
        let said = format!("{}{}", run.out, run.err);
        writeln!(
            table,
            "{name} [{}]\n  {}",
            run.code.unwrap(),
            said.trim_end().replace('\n', "\n  ")
        )
        .unwrap();
    }
    insta::assert_snapshot!("wrong_usage", table);
}

#[test]
fn a_full_disk_is_said_and_loses_nothing() {
    let home = Home::of("forsakringskassan");
    home.file("answers.json", good().to_string());
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("a device that is always full");
    let output = home
        .command(&["assess", "--answers", "answers.json", "--out", "-"])
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        !output.stderr.is_empty() && !String::from_utf8_lossy(&output.stderr).contains("panicked")
    );
}

#[test]
fn a_reader_that_stops_reading_is_no_failure() {
    let home = Home::of("forsakringskassan");
    let program = env!("CARGO_BIN_EXE_sekretesskoll");
    let shell = format!("'{program}' law | head -n 1; exit ${{PIPESTATUS[0]}}");
    let output = std::process::Command::new("bash")
        .args(["-c", &shell])
        .env_clear()
        .env("HOME", home.path())
        .env("PATH", "/usr/bin:/bin")
        .output()
        .unwrap();
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(output.stderr.is_empty());
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_accepted() {
    let home = Home::of("forsakringskassan");
    let pretty = serde_json::to_string_pretty(&good())
        .unwrap()
        .replace('\n', "\r\n");
    home.file("answers.json", format!("\u{feff}{pretty}"));
    let run = home.run(&["assess", "--answers", "answers.json"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
}

#[test]
fn a_record_is_owner_only_named_without_personal_data_and_never_overwritten() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = Home::of("forsakringskassan");
    home.file("answers.json", good().to_string());
    assert_eq!(
        home.run(&["assess", "--answers", "answers.json"]).code,
        Some(0)
    );
    let record = home.records().remove(0);
    assert_eq!(
        fs::metadata(&record).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let name = record.file_name().unwrap().to_string_lossy().into_owned();
    let digest = home.record()["digest"]
        .as_str()
        .unwrap()
        .trim_start_matches("sha256:")[..8]
        .to_owned();
    assert_eq!(
        name,
        format!(
            "sekretessprovning-{}-{digest}.json",
            good()["on"].as_str().unwrap()
        )
    );
    let before = fs::read(&record).unwrap();
    home.run(&["assess", "--answers", "answers.json"]);
    assert_eq!(
        fs::read(&record).unwrap(),
        before,
        "whatever a second run does, the first record stands"
    );
}
