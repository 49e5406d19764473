//! `review` and `reconcile` from outside: a manager at a terminal, a script, and folders as they lie before sending.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::format_collect,
    clippy::too_many_lines,
    dead_code,
    reason = "a test may stop at once"
)]
#![cfg(unix)]

#[path = "harness/program.rs"]
mod program;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Command;

use program::{Home, Run, Terminal};
use sekretesskoll::case::Case;
use sekretesskoll::embedded;
use serde_json::{Value, json};

const LETTER: &str = "<h1>Orosanmälan</h1><p>AA har i flera samtal i juni berättat att hon inte orkar ta hand om
barnen och att de äldre sköter de yngre.</p><p>Enligt ett intyg i ärendet saknar föräldern ork att stiga upp på
morgnarna; barnen får då klara sig själva.</p>";

/// The answers of a worked case, as a script would hand them in.
fn case(name: &str) -> Value {
    let file = format!("{name}.toml");
    let found = embedded::CASES.iter().find(|(known, _)| *known == file);
    let case = Case::read(name, found.unwrap().1).unwrap();
    let mut document = case.answers_on(&case.expect[0]);
    document.official = Some(sekretesskoll::answers::Official {
        name: "Anna Exempel".to_owned(),
        title: "handläggare".to_owned(),
        unit: "Kontor Exempelstad".to_owned(),
    });
    serde_json::to_value(document).unwrap()
}

/// Writes a record of answers and gives the name of its file.
fn record(home: &Home, document: &Value) -> String {
    home.file("answers.json", document.to_string());
    let run = home.run(&["assess", "--answers", "answers.json", "--out", "."]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    fs::remove_file(home.work().join("answers.json")).unwrap();
    run.out.trim().trim_start_matches("./").to_owned()
}

fn record_2020(home: &Home) -> String {
    record(home, &case("jo-fk-2020"))
}

/// Files of a sort in the working folder.
fn files(home: &Home, prefix: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(home.work())
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries
        .filter(|path| {
            path.file_name()
                .unwrap()
                .to_string_lossy()
                .starts_with(prefix)
        })
        .collect();
    files.sort();
    files
}

fn read(path: &PathBuf) -> Value {
    assert_eq!(
        fs::metadata(path).unwrap().permissions().mode() & 0o777,
        0o600,
        "{}",
        path.display()
    );
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The only review in the working folder.
fn written(home: &Home) -> Value {
    let files = files(home, "granskning-");
    assert_eq!(files.len(), 1, "{files:?}");
    read(&files[0])
}

fn verdicts(name: &str, contested: &[&str]) -> Value {
    let ids = ["identity", "1", "2", "3", "4", "5", "6"];
    let verdict = |id: &&str| {
        if contested.contains(id) {
            json!({ "answer": "contested", "text": "Det är inte sagt av föräldern." })
        } else {
            json!({ "answer": "confirmed" })
        }
    };
    let items: serde_json::Map<String, Value> = ids
        .iter()
        .map(|id| ((*id).to_owned(), verdict(id)))
        .collect();
    let reviewer = json!({ "name": name, "title": "enhetschef", "unit": "Kontor Exempelstad" });
    json!({ "review-answers": 1, "reviewer": reviewer, "items": items })
}

/// A review of a record by a script; the name of its file.
fn reviewed(home: &Home, record: &str, contested: &[&str]) -> String {
    home.file(
        "verdicts.json",
        verdicts("Berit Chef", contested).to_string(),
    );
    let run = home.run(&["review", record, "--answers", "verdicts.json"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    run.out.trim().to_owned()
}

/// Who sits at the manager's machine.
fn at_the_managers() -> Home {
    let home = Home::empty();
    let config = home.path().join(".config/sekretesskoll");
    fs::create_dir_all(&config).unwrap();
    let official =
        json!({ "name": "Berit Chef", "title": "enhetschef", "unit": "Kontor Exempelstad" });
    fs::write(
        config.join("settings.json"),
        json!({ "official": official }).to_string(),
    )
    .unwrap();
    home
}

// ---- review

fn confirm(terminal: &mut Terminal, places: std::ops::RangeInclusive<usize>, of: usize) {
    for place in places {
        terminal.answer(&format!("{place} av {of}"), "1");
    }
}

#[test]
fn a_manager_goes_through_every_item_and_contests_one() {
    let home = at_the_managers();
    let record = record_2020(&home);
    let mut terminal = home.terminal(&["review", &record]);
    terminal.see("Lämnas: vem det gäller, 2 uppgifter och inga handlingar, till Exempelstad.");
    terminal.see("10 kap. 27 § OSL");
    terminal.see("7 punkter");
    terminal.see("riktlinje 2016:02");
    terminal.see("Granskare: Berit Chef, enhetschef, Kontor Exempelstad.");
    terminal.answer("1 av 7", "");
    terminal.answer("Skriv 1 eller 2.", "1");
    terminal.answer("Så står det i anmälan: AA har i flera samtal", "?");
    terminal.answer("Är det uppenbart att intresset av att nämnden får", "1");
    terminal.answer("Uppgift 2: Delar av intyget", "2");
    terminal.answer("Varför?", "");
    terminal.answer("Varför?", "Ring 070-123 45 67 om det.");
    terminal.answer(
        "ett telefonnummer",
        "Det framgår inte vems iakttagelse det är.",
    );
    terminal.answer(
        "Läkarintyg i sjukpenningärendet (flera, ej specificerade)",
        "<",
    );
    terminal.answer(
        "Uppgift 2: Delar av intyget",
        "2 Det framgår inte vem som har sett det.",
    );
    terminal.answer("Varför den hålls tillbaka:", "1");
    confirm(&mut terminal, 5..=7, 7);
    terminal.answer("IFRÅGASATT: Det framgår", "1");
    assert_eq!(terminal.end(), Some(0), "{}", terminal.seen);
    assert!(terminal.seen.contains("assess --follows"));
    let review = written(&home);
    assert_eq!(review["outcome"], "contested");
    assert_eq!(review["record-file"], json!(record));
    assert_eq!(review["record"], home.record()["digest"]);
    assert_eq!(review["reviewer"]["name"], "Berit Chef");
    let answers: Vec<&str> = review["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["answer"].as_str().unwrap())
        .collect();
    let mut expected = ["confirmed"; 7];
    expected[2] = "contested";
    assert_eq!(answers, expected);
    assert_eq!(
        review["items"][2]["text"],
        "Det framgår inte vem som har sett det."
    );
    assert_eq!(review["items"][0]["id"], "identity");
    assert!(review["says"][0].as_str().unwrap().contains("2016:02"));
}

#[test]
fn under_the_duty_the_section_says_at_the_start_and_the_end_that_nobody_waits() {
    let home = at_the_managers();
    let record = record(&home, &case("jo-fk-as-of-2026-01-15"));
    let count = home.record()["items"].as_array().unwrap().len() + 1;
    let section = "19 kap. 1 § första stycket 9";
    let mut terminal = home.terminal(&["review", &record]);
    terminal.see("får inte stoppa eller");
    terminal.see(section);
    terminal.see("Anmälan väntar inte på");
    for place in 1..=count {
        let reply = if place == 1 {
            "1"
        } else {
            "2 Det stämmer inte."
        };
        terminal.answer(&format!("{place} av {count}"), reply);
    }
    terminal.see("Din granskning:");
    terminal.see("får inte stoppa eller");
    terminal.answer("Skriv granskningen", "1");
    terminal.see("Anmälan görs genast");
    terminal.see("skyldigheten att anmäla står kvar");
    assert_eq!(terminal.end(), Some(0), "{}", terminal.seen);
    let says = written(&home)["says"].to_string();
    assert!(says.contains(section), "{says}");
}

#[test]
fn the_official_cannot_review_at_a_terminal_by_a_flag_or_by_a_script() {
    let home = Home::of("forsakringskassan");
    let record = record_2020(&home);
    let mut terminal = home.terminal(&["review", &record]);
    terminal.answer("Granskaren är aldrig handläggaren själv.", "anna  EXEMPEL");
    terminal.answer("Din titel:", "enhetschef");
    terminal.answer("Din enhet", "Kontor");
    terminal.see("granskaren är handläggaren själv");
    assert_eq!(terminal.end(), Some(1), "{}", terminal.seen);
    let flag = home.pipe(
        &["review", &record, "--plain", "--name", "Anna Exempel"],
        b"",
    );
    home.file("verdicts.json", verdicts("ANNA EXEMPEL", &[]).to_string());
    let script = home.run(&["review", &record, "--answers", "verdicts.json"]);
    for run in [flag, script] {
        assert_eq!(run.code, Some(1), "{}", run.err);
        assert!(
            run.err.contains("granskaren är handläggaren själv"),
            "{}",
            run.err
        );
    }
    assert!(files(&home, "granskning-").is_empty());
}

/// A review without what the clock decides.
fn without_time(mut review: Value) -> Value {
    for member in ["started", "finished", "digest"] {
        review.as_object_mut().unwrap().remove(member);
    }
    review
}

#[test]
fn a_person_line_by_line_and_a_script_give_the_same_review() {
    let lines = b"1\n1\n2\nDet \xc3\xa4r inte sagt av f\xc3\xb6r\xc3\xa4ldern.\n1\n1\n1\n1\n1\n";
    let home = at_the_managers();
    let record = record_2020(&home);
    let run = home.pipe(&["review", &record, "--plain"], lines);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(!run.err.contains(['─', '\u{1b}']));
    let plain = written(&home);
    fs::remove_file(&files(&home, "granskning-")[0]).unwrap();
    reviewed(&home, &record, &["2"]);
    assert_eq!(without_time(plain), without_time(written(&home)));
}

#[test]
fn what_a_script_lacks_is_named_and_nothing_is_written() {
    let home = at_the_managers();
    let record = record_2020(&home);
    let mut answers = verdicts("Berit Chef", &["2"]);
    answers["items"].as_object_mut().unwrap().remove("identity");
    answers["items"]["1"] = json!({ "answer": "yes" });
    answers["items"]["2"] = json!({ "answer": "contested" });
    answers["items"]["17"] = json!({ "answer": "confirmed" });
    home.file("verdicts.json", answers.to_string());
    let run = home.run(&["review", &record, "--answers", "verdicts.json"]);
    assert_eq!(run.code, Some(4));
    for place in ["items.identity:", "items.1:", "items.2:", "items.17:"] {
        assert!(run.err.contains(place), "{place}: {}", run.err);
    }
    let mut other = verdicts("Berit Chef", &[]);
    other["record"] = json!("sha256:00");
    home.file("verdicts.json", other.to_string());
    let run = home.run(&["review", &record, "--answers", "verdicts.json"]);
    assert_eq!(
        run.code,
        Some(1),
        "answers about another record: {}",
        run.err
    );
    let mut nobody = verdicts("Berit Chef", &[]);
    nobody["reviewer"] = json!({ "name": "Britt", "title": "", "unit": "" });
    home.file("verdicts.json", nobody.to_string());
    let run = home.run(&["review", &record, "--answers", "verdicts.json"]);
    assert_eq!(run.code, Some(4), "{}", run.err);
    assert!(files(&home, "granskning-").is_empty());
}

#[test]
fn a_review_that_is_left_or_interrupted_writes_nothing_and_says_so() {
    let home = at_the_managers();
    let record = record_2020(&home);
    let mut terminal = home.terminal(&["review", &record]);
    terminal.answer("1 av 7", "1");
    terminal.see("2 av 7");
    terminal.see(" > ");
    terminal.control('C');
    assert_eq!(terminal.end(), Some(130), "{}", terminal.seen);
    assert!(
        terminal.seen.contains("inget av det du svarade"),
        "{}",
        terminal.seen
    );
    let left = home.pipe(&["review", &record, "--plain"], b"1\n!\n");
    assert_eq!(left.code, Some(0));
    assert!(left.err.contains("inget av det du svarade"), "{}", left.err);
    let ended = home.pipe(&["review", &record, "--plain"], b"1\n1\n");
    assert_eq!(ended.code, Some(1));
    let nobody = home.run(&["review", &record]);
    assert_eq!(nobody.code, Some(2));
    assert!(nobody.err.contains("review --plain"), "{}", nobody.err);
    assert!(files(&home, "granskning-").is_empty() && home.drafts().is_empty());
}

#[test]
fn a_pasted_row_of_ones_confirms_nothing() {
    let home = at_the_managers();
    let record = record_2020(&home);
    let mut terminal = home.terminal(&["review", &record]);
    terminal.see("1 av 7");
    terminal.see(" > ");
    terminal.keys("1\r1\r1\r1\r1\r1\r1\r1\r");
    terminal.see("Du klistrade in flera rader");
    terminal.see(" > ");
    terminal.keys("!\r");
    assert_eq!(terminal.end(), Some(0), "{}", terminal.seen);
    assert!(!terminal.seen.contains("2 av 7"), "{}", terminal.seen);
    assert!(files(&home, "granskning-").is_empty());
}

#[test]
fn a_review_of_another_record_stops_a_letter_that_waits_for_one_and_no_other() {
    let home = at_the_managers();
    let general = record_2020(&home);
    let duty = record(&home, &case("jo-fk-as-of-2026-01-15"));
    let of_general = reviewed(&home, &general, &[]);
    outgoing(&home, &[("orosanmälan.pdf", "%PDF")]);
    let stopped = reconcile(&home, &general, &["--review", &general]);
    assert_eq!(stopped.code, Some(1), "{}", stopped.err);
    assert!(
        stopped.err.contains("går inte att läsa som en granskning"),
        "{}",
        stopped.err
    );
    let said = "gäller en annan prövning";
    let goes = reconcile(
        &home,
        &duty,
        &["--review", &of_general, "--sent", "2026-01-15 12:00"],
    );
    assert_eq!(goes.code, Some(0), "{}", goes.err);
    assert!(
        goes.err.contains(said) && goes.out.contains("expediering-"),
        "{}",
        goes.err
    );
    let dispatch = read(&files(&home, "expediering-")[0]);
    assert_eq!(dispatch["review"], Value::Null);

    let text = fs::read_to_string(home.work().join(&of_general)).unwrap();
    home.file("changed.json", text.replace("Berit", "Britt"));
    let changed = reconcile(&home, &general, &["--review", "changed.json"]);
    assert_eq!(changed.code, Some(3));
    assert!(
        changed.out.contains("granskningen är ändrad"),
        "{}",
        changed.out
    );
}

#[test]
fn a_record_that_was_changed_or_is_none_is_neither_reviewed_nor_sent() {
    let home = at_the_managers();
    let record = record_2020(&home);
    let text = fs::read_to_string(home.work().join(&record)).unwrap();
    home.file(
        "changed.json",
        text.replace("Egen beskrivning", "Annan beskrivning"),
    );
    home.file("verdicts.json", verdicts("Berit Chef", &[]).to_string());
    fs::create_dir(home.work().join("ut")).unwrap();
    for (file, says) in [
        ("changed.json", "kontrollsumman stämmer inte"),
        ("verdicts.json", "är ingen prövning"),
        ("ut", "det är en mapp"),
        ("saknas.json", "filen eller mappen finns inte"),
    ] {
        for args in [
            vec!["review", file, "--answers", "verdicts.json"],
            vec!["reconcile", file, "ut"],
        ] {
            let run = home.run(&args);
            assert_eq!(run.code, Some(1), "{args:?} {}", run.err);
            assert!(run.err.contains(says), "{args:?} {}", run.err);
        }
    }
    let both = home.run(&["review", "-", "--answers", "-"]);
    assert_eq!(both.code, Some(2));
}

#[test]
fn a_full_disk_is_told_and_a_review_is_never_overwritten() {
    let home = at_the_managers();
    let record = record_2020(&home);
    home.file("verdicts.json", verdicts("Berit Chef", &[]).to_string());
    let program = env!("CARGO_BIN_EXE_sekretesskoll");
    let shell = format!("{program} review {record} --answers verdicts.json --out - > /dev/full");
    let run = home
        .command(&[])
        .get_envs()
        .fold(Command::new("bash"), |mut bash, (name, value)| {
            bash.env(name, value.unwrap_or_default());
            bash
        })
        .args(["-c", &shell])
        .current_dir(home.work())
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&run.stderr).contains("disken är full"));
    reviewed(&home, &record, &[]);
    let first = fs::read(&files(&home, "granskning-")[0]).unwrap();
    let again = home.run(&["review", &record, "--answers", "verdicts.json"]);
    let count = files(&home, "granskning-").len();
    // Within the minute it is the same review under the same name; after it another.
    assert_eq!(
        (again.code, count),
        if count == 1 {
            (Some(1), 1)
        } else {
            (Some(0), 2)
        }
    );
    assert!(
        files(&home, "granskning-")
            .iter()
            .any(|file| fs::read(file).unwrap() == first)
    );
}

#[test]
fn a_contested_record_is_followed_by_another_with_its_answers() {
    let home = Home::of("forsakringskassan");
    let mut document = case("jo-fk-as-of-2026-01-15");
    document["items"].as_array_mut().unwrap().truncate(1);
    let first = record(&home, &document);
    let before = home.record();
    let mut terminal = home.terminal(&["assess", "--follows", &first]);
    terminal.answer("Varför gör du en ny prövning?", "1");
    terminal.answer("När lämnas uppgifterna?", "");
    terminal.answer("Framgår vem det gäller", "1");
    assert_eq!(terminal.end(), Some(0), "{}", terminal.seen);
    let after = home.records().into_iter().map(|path| read(&path));
    let after = after.into_iter().find(|record| *record != before).unwrap();
    assert_eq!(after["follows"], before["digest"]);
    assert_eq!(after["items"][0]["label"], before["items"][0]["label"]);
    assert_ne!(after["on"], before["on"]);
}

// ---- reconcile

/// The outgoing folder, with files.
fn outgoing(home: &Home, files: &[(&str, &str)]) {
    let folder = home.work().join("ut");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir(&folder).unwrap();
    for (name, content) in files {
        fs::write(folder.join(name), content).unwrap();
    }
}

fn reconcile(home: &Home, record: &str, more: &[&str]) -> Run {
    home.run(&[&["reconcile", record, "ut"], more].concat())
}

const AS_IN_2020: [(&str, &str); 5] = [
    ("begäran om omprövning.pdf", "begäran"),
    ("intyg 2020-06-17.pdf", "komplettering 1"),
    ("intyg 2020-06-23.pdf", "komplettering 2"),
    ("läkarintyg.pdf", "intyg"),
    ("orosanmälan.html", LETTER),
];

#[test]
fn the_folder_of_2020_is_stopped_and_the_right_one_is_written_down() {
    let home = Home::of("forsakringskassan");
    let record = record_2020(&home);
    let review = reviewed(&home, &record, &[]);
    outgoing(&home, &AS_IN_2020);
    let sent = [
        "--review",
        &review,
        "--sent",
        "2020-06-26 10:15",
        "--receipt",
        "SDK 8f2c",
    ];
    for lang in ["sv", "en"] {
        let stopped = reconcile(&home, &record, &[&sent[..], &["--lang", lang]].concat());
        assert_eq!(stopped.code, Some(3), "{}", stopped.err);
        insta::assert_snapshot!(format!("folder-of-2020-{lang}"), stopped.out);
    }
    assert!(files(&home, "expediering-").is_empty());
    outgoing(&home, &AS_IN_2020[4..]);
    let right = reconcile(&home, &record, &sent);
    assert_eq!(right.code, Some(0), "{}", right.err);
    assert!(right.err.contains("gjord i efterhand"), "{}", right.err);
    let written = files(&home, "expediering-2020-06-26-");
    let dispatch = read(&written[0]);
    assert_eq!(dispatch["kind"], "sent");
    assert_eq!(dispatch["record"], home.record()["digest"]);
    assert!(dispatch["review"].as_str().unwrap().starts_with("sha256:"));
    assert_eq!(dispatch["by"]["name"], "Anna Exempel");
    assert_eq!(dispatch["channel"]["key"], "sdk");
    assert_eq!(dispatch["files"].as_array().unwrap().len(), 1);
    let sum = Command::new("sha256sum")
        .arg(home.work().join("ut/orosanmälan.html"))
        .output()
        .unwrap();
    let sum = String::from_utf8(sum.stdout).unwrap();
    let sum = format!("sha256:{}", sum.split(' ').next().unwrap());
    assert_eq!(dispatch["files"][0]["sha256"], json!(sum));
}

#[test]
fn every_kind_of_thing_in_the_folder_is_named_and_nothing_panics() {
    let home = Home::of("forsakringskassan");
    let record = record_2020(&home);
    let review = reviewed(&home, &record, &[]);
    let big = "x".repeat(20 * 1024 * 1024);
    outgoing(
        &home,
        &[
            (".dold", "x"),
            ("Thumbs.db", "x"),
            ("brev\u{1b}[31m.pdf", "styrtecken"),
            ("orosanmälan.html", LETTER),
            ("stor.txt", &big),
            ("tom.pdf", ""),
        ],
    );
    let ut = home.work().join("ut");
    fs::copy(home.work().join(&record), ut.join("fel.json")).unwrap();
    fs::copy(home.work().join(&review), ut.join("granskad.json")).unwrap();
    fs::create_dir(ut.join("intyg")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", ut.join("länk")).unwrap();
    assert!(
        Command::new("mkfifo")
            .arg(ut.join("rör"))
            .status()
            .unwrap()
            .success()
    );
    let run = reconcile(
        &home,
        &record,
        &["--review", &review, "--sent", "2020-06-26 10:15"],
    );
    assert_eq!(run.code, Some(3), "{}", run.err);
    insta::assert_snapshot!("every-kind", run.out);
    assert!(files(&home, "expediering-").is_empty());
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let home = Home::of("forsakringskassan");
    let record = record_2020(&home);
    outgoing(&home, &[("orosanmälan.html", LETTER)]);
    let letter = home.work().join("ut/orosanmälan.html");
    fs::set_permissions(&letter, fs::Permissions::from_mode(0o000)).unwrap();
    let readable = fs::read(&letter).is_ok();
    let run = reconcile(&home, &record, &[]);
    assert_eq!(run.code, Some(3));
    assert!(
        readable || run.out.contains("går inte att läsa (behörighet saknas)"),
        "{}",
        run.out
    );
}

#[test]
fn nobody_reading_on_does_not_make_a_wrong_folder_right() {
    let home = Home::of("forsakringskassan");
    let record = record_2020(&home);
    outgoing(&home, &AS_IN_2020);
    let program = env!("CARGO_BIN_EXE_sekretesskoll");
    let shell = format!("{program} reconcile {record} ut | head -1; echo ${{PIPESTATUS[0]}}");
    let run = Command::new("bash")
        .args(["-c", &shell])
        .env("HOME", home.path())
        .current_dir(home.work())
        .output()
        .unwrap();
    let out = String::from_utf8(run.stdout).unwrap();
    assert_eq!(out.lines().count(), 2, "{out}");
    assert!(out.ends_with("\n3\n"), "{out}");
}

#[test]
fn without_a_terminal_and_without_a_day_nothing_is_said_to_be_sent() {
    let home = Home::of("forsakringskassan");
    let record = record(
        &home,
        &serde_json::from_str(&fs::read_to_string("docs/examples/answers.json").unwrap()).unwrap(),
    );
    let wording = home.record()["items"][0]["steps"]
        .as_array()
        .unwrap()
        .iter()
        .find(|step| step["question"] == "wording")
        .unwrap()["text"]
        .as_str()
        .unwrap()
        .to_owned();
    outgoing(&home, &[("orosanmälan.md", &wording)]);
    let run = reconcile(&home, &record, &[]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(
        run.err.contains("Ingen expediering är nedskriven"),
        "{}",
        run.err
    );
    assert!(
        files(&home, "expediering-").is_empty(),
        "under the duty no review is needed, and none sends"
    );

    for (sent, code, says) in [
        ("2026-11-20", 2, "åååå-mm-dd tt:mm"),
        ("i går", 2, "åååå-mm-dd tt:mm"),
        ("9999-01-01 10:00", 2, "framåt i tiden"),
        ("2026-01-14 10:00", 1, "gäller andra regler"),
        ("1999-01-01 10:00", 1, "gäller andra regler"),
    ] {
        let run = reconcile(&home, &record, &["--sent", sent]);
        assert_eq!(run.code, Some(code), "{sent}: {}", run.err);
        assert!(run.err.contains(says), "{sent}: {}", run.err);
    }
    let inside = reconcile(
        &home,
        &record,
        &["--sent", "2026-11-20 14:05", "--out", "ut/."],
    );
    assert_eq!(inside.code, Some(2), "{}", inside.err);
    let by = reconcile(
        &home,
        &record,
        &["--sent", "2026-11-20 14:05", "--by", "Anna"],
    );
    assert_eq!(by.code, Some(2), "{}", by.err);
    assert!(files(&home, "expediering-").is_empty());
    let by = [
        "--sent",
        "2026-11-20 14:05",
        "--by",
        "Bo Ek, registrator, Kontor Exempelstad",
    ];
    let sent = reconcile(&home, &record, &by);
    assert_eq!(sent.code, Some(0), "{}", sent.err);
    let dispatch = read(&files(&home, "expediering-")[0]);
    assert_eq!(dispatch["by"]["title"], "registrator");
    assert_eq!(
        (&dispatch["review"], &dispatch["receipt"]),
        (&Value::Null, &Value::Null)
    );
}

#[test]
fn a_person_says_when_it_was_sent_and_enter_says_that_it_was_not() {
    let home = Home::of("forsakringskassan");
    let record = record_2020(&home);
    let review = reviewed(&home, &record, &[]);
    outgoing(&home, &AS_IN_2020[4..]);
    let args = ["reconcile", &record, "ut", "--review", &review];
    let mut terminal = home.terminal(&args);
    terminal.answer("Är det skickat?", "2020-06-26 10:15");
    terminal.answer("Enter = Anna Exempel", "<");
    terminal.see("Ingen expediering");
    assert_eq!(
        terminal.end(),
        Some(1),
        "today is another law: {}",
        terminal.seen
    );
    let mut terminal = home.terminal(&args);
    terminal.answer("Är det skickat?", "förra veckan");
    terminal.answer("Skriv dag och klockslag", "2020-06-26 10:15");
    terminal.answer("Enter = Anna Exempel", "");
    terminal.answer("kvittens", "SDK 8f2c");
    assert_eq!(terminal.end(), Some(0), "{}", terminal.seen);
    let dispatch = read(&files(&home, "expediering-")[0]);
    assert_eq!(dispatch["receipt"], "SDK 8f2c");
    assert_eq!(dispatch["when"], "2020-06-26 10:15");
}

#[test]
fn a_call_is_written_down_too_the_one_of_the_record_and_another() {
    let home = Home::of("forsakringskassan");
    let mut document = case("jo-fk-2020");
    document["route"]["whom"] = json!({ "answer": "child-acute" });
    document["route"]["call"] = json!({ "answer": "yes" });
    for (question, text) in [
        ("call-when", "2020-06-26 09:10"),
        ("call-to", "socialjouren i Exempelstad"),
        ("call-said", "Barnet är ensamt och har feber."),
    ] {
        document["route"][question] = json!({ "text": text });
    }
    let urgent = record(&home, &document);
    let run = home.run(&["reconcile", &urgent, "--oral"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let path = files(&home, "expediering-").remove(0);
    let dispatch = read(&path);
    assert_eq!(dispatch["kind"], "oral");
    assert_eq!(dispatch["when"], "2020-06-26 09:10");
    assert_eq!(dispatch["said"], "Barnet är ensamt och har feber.");
    assert_eq!(
        (&dispatch["channel"], &dispatch["files"]),
        (&Value::Null, &json!([]))
    );
    fs::remove_file(path).unwrap();

    let mut terminal = home.terminal(&["reconcile", &urgent, "--oral"]);
    terminal.answer("Skriv 1 för att skriva ned det samtalet", "2");
    terminal.answer("När var samtalet", "2020-06-26 11:00");
    terminal.answer("Vem fick veta?", "socialtjänsten i Exempelstad");
    terminal.answer("Vad sades?", "Ring 070-123 45 67.");
    terminal.answer("ett telefonnummer", "Att febern har gått ned.");
    terminal.answer("Enter = Anna Exempel", "");
    assert_eq!(terminal.end(), Some(0), "{}", terminal.seen);
    let path = files(&home, "expediering-").remove(0);
    assert_eq!(read(&path)["said"], "Att febern har gått ned.");
    fs::remove_file(path).unwrap();

    home.file("sagt.txt", "Att barnet är hos mormor.");
    let flags = [
        "--sent",
        "2020-06-26 12:00",
        "--to",
        "socialtjänsten",
        "--said",
        "sagt.txt",
    ];
    let run = home.run(&[&["reconcile", &urgent, "--oral"], &flags[..]].concat());
    assert_eq!(run.code, Some(0), "{}", run.err);
    let calm = record_2020(&home);
    let run = home.run(&[&["reconcile", &calm, "--oral"], &flags[..]].concat());
    assert_eq!(
        run.code,
        Some(3),
        "not urgent: the guideline demands a review"
    );
    assert_eq!(home.run(&["reconcile", &calm, "--oral"]).code, Some(2));
}
