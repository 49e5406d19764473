//! `letter` and `note` from outside: what is written, where, for whose eyes, and what is refused.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    dead_code,
    reason = "a test may stop at once"
)]
#![cfg(unix)]

#[path = "harness/program.rs"]
mod program;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use program::{Home, Run};
use serde_json::{Value, json};

/// A home with the record of the example, as of today.
fn home() -> (Home, String) {
    let home = Home::of("forsakringskassan");
    let record = record(&home, &|_| {});
    (home, record)
}

/// Makes a record of the example with something changed; the day is today.
fn record(home: &Home, change: &dyn Fn(&mut Value)) -> String {
    let text = fs::read_to_string("docs/examples/answers.json").unwrap();
    let mut answers: Value = serde_json::from_str(&text).unwrap();
    let today = jiff::Zoned::now().in_tz("Europe/Stockholm").unwrap().date();
    answers["on"] = json!(today.to_string());
    answers["sending"]["when"]["text"] = json!(today.to_string());
    change(&mut answers);
    home.file("answers.json", answers.to_string());
    let run = home.run(&["assess", "--answers", "answers.json"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    run.out.trim().trim_start_matches("./").to_owned()
}

const WORDING: &str = "ensamt hemma tre kvällar";

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
    {
        if entry.is_dir() {
            found.extend(files(&entry));
        } else {
            found.push(entry);
        }
    }
    found
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn without_a_terminal_the_letter_has_blanks_and_goes_to_standard_out() {
    let (home, record) = home();
    for args in [
        vec!["letter", &record],
        vec!["brev", &record, "--blanks"],
        vec!["letter", &record, "--lang", "en"],
    ] {
        let run = home.run(&args);
        assert_eq!(run.code, Some(0), "{run:?}");
        assert!(
            run.out.starts_with("Orosanmälan som gäller ett barn\n"),
            "{}",
            run.out
        );
        assert!(
            one_line(&run.out).contains(WORDING) && run.out.contains("[FYLL I: barnets namn]"),
            "{}",
            run.out
        );
        assert!(!run.out.contains("läkarintyg"), "{}", run.out);
    }
    let english = home.run(&["letter", &record, "--lang", "en"]);
    assert!(
        english.err.contains("The letter has blanks"),
        "{}",
        english.err
    );
    let path = home.work().join(&record);
    let piped = home.pipe(&["letter", "-"], &fs::read(path).unwrap());
    assert_eq!(piped.out, home.run(&["letter", &record]).out);
}

#[test]
fn each_format_is_what_it_says_and_follows_the_files_name() {
    let (home, record) = home();
    let starts = [
        ("text", "Oros"),
        ("md", "# Oros"),
        ("html", "<!DOCTYPE html>"),
    ];
    for (format, start) in starts {
        let run = home.run(&["letter", &record, "--format", format]);
        assert!(run.out.starts_with(start), "{format}: {}", run.out);
        let name = format!("brev.{}", format.replace("text", "txt"));
        let run = home.run(&["letter", &record, "--out", &name]);
        assert_eq!((run.code, run.out.trim()), (Some(0), name.as_str()));
        assert!(
            fs::read_to_string(home.work().join(&name))
                .unwrap()
                .starts_with(start)
        );
    }
}

#[test]
fn files_are_the_owners_alone_named_without_people_and_never_overwritten() {
    let (home, record) = home();
    fs::create_dir(home.work().join("ut")).unwrap();
    for (command, begins) in [("letter", "orosanmalan-"), ("note", "anteckning-")] {
        let args = [command, &record, "--format", "html", "--out", "ut"];
        let run = home.run(&args);
        let path = home.work().join(run.out.trim());
        assert_eq!((run.code, mode(&path)), (Some(0), 0o600), "{run:?}");
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        assert!(
            name.starts_with(begins) && path.extension().is_some_and(|end| end == "html"),
            "{name}"
        );
        let before = fs::read(&path).unwrap();
        let again = home.run(&args);
        assert_eq!(again.code, Some(1));
        assert!(again.err.contains("finns redan"), "{}", again.err);
        assert_eq!(fs::read(&path).unwrap(), before);
    }
    std::os::unix::fs::symlink("nowhere", home.work().join("link.txt")).unwrap();
    let run = home.run(&["letter", &record, "--out", "link.txt"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    let run = home.run(&["letter", &record, "--out", "no/such/folder.txt"]);
    assert!(
        run.code == Some(1) && run.err.contains("finns inte"),
        "{run:?}"
    );
    assert!(
        files(&home.work())
            .iter()
            .all(|path| !path.to_string_lossy().contains(".sekretesskoll-"))
    );
}

#[test]
fn a_reader_that_stops_is_no_failure() {
    let (home, record) = home();
    for command in ["letter", "note"] {
        let mut child = home
            .command(&[command, &record, "--format", "html"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{command}: {output:?}");
    }
    let shell = format!(
        "{} note {record} 2>/dev/null | head -1",
        env!("CARGO_BIN_EXE_sekretesskoll")
    );
    let output = Command::new("bash")
        .args(["-c", &shell])
        .current_dir(home.work())
        .output()
        .unwrap();
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .starts_with("Anteckning om")
    );
}

fn refused(run: &Run, words: &str) {
    assert_eq!((run.code, run.out.as_str()), (Some(1), ""), "{run:?}");
    assert!(run.err.contains(words), "{words}: {}", run.err);
    assert_eq!(run.err.lines().count(), 1, "{}", run.err);
}

#[test]
fn what_is_no_record_or_no_longer_the_one_that_was_written_is_refused() {
    let (home, record) = home();
    let text = fs::read_to_string(home.work().join(&record)).unwrap();
    home.file(
        "changed.json",
        text.replacen("tre kvällar", "fyra kvällar", 1),
    );
    home.file("half.json", &text[..text.len() / 2]);
    home.file("text.txt", "Hej! Barnet är ensamt.");
    home.file(
        "other.json",
        text.replacen("\"format\": 1", "\"format\": 2", 1),
    );
    for command in ["letter", "note"] {
        let run = |file: &str| home.run(&[command, file]);
        refused(&run("changed.json"), "har ändrats sedan prövningen skrevs");
        refused(
            &run("answers.json"),
            "är ett svarsdokument, inte en prövning",
        );
        refused(&run("half.json"), "går inte att läsa");
        refused(&run("text.txt"), "går inte att läsa");
        refused(&run("other.json"), "det här programmet läser 1");
        refused(&run("missing.json"), "finns inte");
        assert!(
            !run("text.txt").err.contains("ensamt"),
            "no content in an error"
        );
        assert_eq!(home.run(&[command]).code, Some(2));
    }
    // However it is indented, and with members of a later version, it is the same record.
    let mut value: Value = serde_json::from_str(&text).unwrap();
    home.file("line.json", value.to_string());
    assert_eq!(home.run(&["letter", "line.json"]).code, Some(0));
    value["extra"] = json!("later");
    home.file("extra.json", value.to_string());
    refused(&home.run(&["letter", "extra.json"]), "har ändrats");
}

#[test]
fn a_record_without_a_report_has_a_note_and_no_letter() {
    let home = Home::of("forsakringskassan");
    let stopped = record(&home, &|answers| {
        answers["route"]["recipient"] = json!({ "answer": "private" });
        for member in ["items", "identity", "sending", "closing"] {
            answers.as_object_mut().unwrap().remove(member);
        }
    });
    refused(
        &home.run(&["letter", &stopped]),
        "ledde inte till någon anmälan",
    );
    let note = home.run(&["note", &stopped]);
    assert!(
        note.code == Some(0) && note.out.contains("Inget lämnas."),
        "{note:?}"
    );
}

#[test]
fn a_letter_under_a_law_that_has_passed_is_refused_before_anything_is_asked() {
    let home = Home::of("forsakringskassan");
    let old = record(&home, &|answers| {
        answers["on"] = json!("2026-01-14");
        answers["route"] = json!({
            "whom": { "answer": "child" }, "recipient": { "answer": "board" }, "learned": { "answer": "service" },
            "purpose": { "answer": "none" }, "consent": { "answer": "none" },
        });
        answers["identity"]["answers"] = json!({ "evident-identity": { "answer": "yes" } });
        let item = &mut answers["items"][0]["answers"];
        for (question, answer) in [
            ("need-meaningful", "yes"),
            ("harm-straight", "yes"),
            ("evident", "yes"),
        ] {
            item[question] = json!({ "answer": answer });
        }
        item["individual"] = json!({ "text": "Föräldern vill kunna tala öppet." });
        answers["sending"]["when"] = json!({ "text": "2026-01-14 15:00" });
    });
    let run = home.run(&["letter", &old]);
    refused(&run, "gäller en annan lag än den som prövades");
    assert!(run.err.contains("assess --on"), "{}", run.err);
    assert_eq!(home.run(&["note", &old]).code, Some(0));
}

#[cfg(not(feature = "pdf"))]
#[test]
fn a_program_without_pdf_says_how_to_build_one_that_has_it() {
    let (home, record) = home();
    refused(
        &home.run(&["note", &record, "--format", "pdf"]),
        "--features pdf",
    );
    refused(
        &home.run(&["letter", &record, "--out", "brev.pdf"]),
        "--features pdf",
    );
}

#[cfg(feature = "pdf")]
#[test]
fn the_notes_pdf_carries_the_record_and_the_letters_never_does() {
    let (home, record) = home();
    let bytes = fs::read(home.work().join(&record)).unwrap();
    let holds = |name: &str, what: &[u8]| {
        let path = home.work().join(name);
        assert_eq!(mode(&path), 0o600);
        let pdf = fs::read(path).unwrap();
        assert!(pdf.starts_with(b"%PDF-"), "{name}");
        pdf.windows(what.len()).any(|window| window == what)
    };
    let run = home.run(&["note", &record, "--out", "anteckning.pdf"]);
    assert!(
        run.code == Some(0) && holds("anteckning.pdf", &bytes),
        "{run:?}"
    );
    let run = home.run(&["letter", &record, "--out", "brev.pdf"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(!holds("brev.pdf", &bytes) && !holds("brev.pdf", b"EmbeddedFile"));
}

const NAME: &str = "Åke-Örjan Älvsjö";
const NUMBER: &str = "20180401-2383";

/// The files of a home, but for one, that hold something.
fn elsewhere(home: &Home, but: &Path, what: &str) -> Vec<PathBuf> {
    let holds = |path: &PathBuf| {
        let bytes = fs::read(path).unwrap();
        String::from_utf8_lossy(&bytes).contains(what) || path.to_string_lossy().contains(what)
    };
    files(home.path())
        .into_iter()
        .filter(|path| path != but && holds(path))
        .collect()
}

#[test]
fn what_is_typed_at_the_terminal_stands_in_the_letter_and_nowhere_else() {
    let (home, record) = home();
    fs::create_dir(home.work().join("ut")).unwrap();
    let mut terminal = home.terminal(&["letter", &record, "--out", "ut"]);
    terminal.answer("Barnets namn", NAME);
    terminal.answer("Barnets personnummer", "123");
    terminal.see("ser inte ut som ett personnummer");
    terminal.answer("Vårdnadshavare", "<");
    terminal.answer("nu: 123", NUMBER);
    terminal.answer("Vårdnadshavare", "<");
    terminal.answer("Enter = samma", "");
    terminal.answer("Vårdnadshavare", "BB");
    terminal.answer("Telefon till mig", "<");
    terminal.answer("nu: BB", "-");
    terminal.answer("Telefon till mig", "?");
    terminal.answer("Telefon till mig", "");
    terminal.answer("Läs igenom", "");
    terminal.see("tomma fält");
    assert_eq!(terminal.end(), Some(0));
    let letter = files(&home.work().join("ut"));
    assert_eq!(letter.len(), 1, "{letter:?}");
    let text = fs::read_to_string(&letter[0]).unwrap();
    assert!(
        text.contains(&format!("Barnets namn: {NAME}")) && text.contains(NUMBER),
        "{text}"
    );
    assert!(text.contains("[FYLL I: vårdnadshavare]"), "{text}");
    for secret in [NAME, NUMBER, "Älvsjö"] {
        assert_eq!(
            elsewhere(&home, &letter[0], secret),
            [] as [PathBuf; 0],
            "{secret}"
        );
    }
    assert_eq!(home.drafts(), [] as [PathBuf; 0]);
}

#[test]
fn leaving_at_the_terminal_writes_nothing() {
    let (home, record) = home();
    for (first, second) in [(NAME, "!"), ("", "!")] {
        let mut terminal = home.terminal(&["letter", &record, "--out", "brev.txt"]);
        terminal.answer("Barnets namn", first);
        terminal.answer("Barnets personnummer", second);
        terminal.see("Inget brev är skrivet");
        assert_eq!(terminal.end(), Some(130));
    }
    let mut terminal = home.terminal(&["letter", &record, "--out", "brev.txt"]);
    terminal.answer("Barnets namn", NAME);
    terminal.see("Barnets personnummer");
    terminal.see(" > ");
    terminal.control('c');
    assert_eq!(terminal.end(), Some(130));
    assert!(!home.work().join("brev.txt").exists());
    assert_eq!(elsewhere(&home, Path::new(""), NAME), [] as [PathBuf; 0]);
}

#[test]
fn somebody_protected_is_told_about_by_telephone_first() {
    let home = Home::of("forsakringskassan");
    let record = record(&home, &|answers| {
        answers["identity"]["protected"] = json!(true);
    });
    let run = home.run(&["letter", &record]);
    assert!(run.err.contains("ring nämnden först"), "{}", run.err);
    assert!(
        one_line(&run.out).contains("Skyddade personuppgifter: adress"),
        "{}",
        run.out
    );
}
