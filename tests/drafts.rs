//! Drafts: how long they are kept, that two sessions never write the same one, and what a killed process leaves.
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
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, SystemTime};

use jiff::{ToSpan as _, Zoned};
use program::{Home, Run, Terminal};
use serde_json::{Value, json};

/// The day so many days ago, in Sweden.
fn ago(days: i64) -> String {
    let now = Zoned::now().in_tz("Europe/Stockholm").unwrap();
    now.checked_sub(days.days()).unwrap().date().to_string()
}

fn folder(home: &Home) -> PathBuf {
    home.path().join(".local/state/sekretesskoll/drafts")
}

/// A draft that was last saved so many days ago.
fn draft(home: &Home, name: &str, days: i64) -> PathBuf {
    fs::create_dir_all(folder(home)).unwrap();
    let document = json!({
        "answers": 1, "on": ago(0), "authority": "forsakringskassan", "route": { "whom": { "answer": "child" } },
        "items": [{ "label": "Blåmärken", "form": "statement", "answers": {} }],
    });
    let saved = format!("{}T10:12+01:00", ago(days));
    let started = format!("{}T10:12+01:00", ago(days + 100));
    let draft = json!({ "draft": 1, "started": started, "saved": saved, "document": document });
    let path = folder(home).join(format!("utkast-{name}.json"));
    fs::write(&path, draft.to_string()).unwrap();
    path
}

/// A file that was last written so many days ago.
fn aged(path: &PathBuf, days: u64) {
    let file = fs::File::options()
        .append(true)
        .create(true)
        .open(path)
        .unwrap();
    let day = Duration::from_hours(24 * days + 1);
    file.set_modified(SystemTime::now() - day).unwrap();
}

/// A start of `assess` that asks nothing.
fn start(home: &Home) -> Run {
    home.file(
        "answers.json",
        fs::read("docs/examples/answers.json").unwrap(),
    );
    let run = home.run(&["assess", "--answers", "answers.json", "--out", "-"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    run
}

#[test]
fn a_draft_that_has_lain_too_long_is_deleted_and_that_is_said() {
    let home = Home::of("forsakringskassan");
    let (old, last, new) = (
        draft(&home, "a", 31),
        draft(&home, "b", 30),
        draft(&home, "c", 0),
    );
    let run = start(&home);
    assert!(!old.exists() && last.exists() && new.exists());
    let expected = format!("Ett utkast som sparades {} är raderat", ago(31));
    assert!(run.err.contains(&expected), "{run:?}");
    assert_eq!(run.err.lines().count(), 2, "one sentence, wrapped: {run:?}");
    assert!(
        !run.err.contains("Blåmärken") && !run.err.contains("utkast-a"),
        "{run:?}"
    );
    assert_eq!(start(&home).err, "");
}

#[test]
fn the_interview_says_it_too_and_how_long_a_draft_is_kept() {
    let home = Home::of("forsakringskassan");
    draft(&home, "a", 31);
    draft(&home, "b", 2);
    let run = home.pipe(&["assess", "--plain"], b"1\n!\n");
    assert!(
        run.err.contains(&format!("sparades {}", ago(31))),
        "{run:?}"
    );
    assert!(run.err.contains("orörda i 30 dagar"), "{run:?}");
    assert!(run.err.contains("Svaren är sparade i 30 dagar."), "{run:?}");
    let saved: Vec<Value> = home
        .drafts()
        .iter()
        .map(|path| serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap())
        .collect();
    assert_eq!(saved.len(), 2);
    let today = |draft: &Value| draft["saved"].as_str().unwrap().starts_with(&ago(0));
    assert!(saved.iter().any(today), "{saved:?}");
}

#[test]
fn who_comes_to_resume_or_discard_still_finds_it() {
    let home = Home::of("forsakringskassan");
    let old = draft(&home, "a", 100);
    let run = home.pipe(&["assess", "--plain", "--resume"], b"!\n");
    assert!(run.code == Some(0) && old.exists(), "{run:?}");
    let run = home.pipe(&["assess", "--plain", "--discard"], b"1\n");
    assert!(run.code == Some(0) && !old.exists(), "{run:?}");
    assert!(run.err.contains("Utkastet är raderat."), "{run:?}");
}

#[test]
fn the_days_are_a_setting() {
    let home = Home::of("forsakringskassan");
    let shown = home.run(&["settings"]);
    assert!(shown.out.contains("Utkast sparas i: 30 dagar"), "{shown:?}");
    for wrong in ["0", "366", "-1", "en"] {
        let run = home.run(&["settings", &format!("--keep-drafts={wrong}")]);
        assert_eq!(run.code, Some(2), "{run:?}");
    }
    let set = home.run(&["settings", "--keep-drafts", "1"]);
    assert!(set.out.contains("Utkast sparas i: 1 dag\n"), "{set:?}");
    let (old, new) = (draft(&home, "a", 2), draft(&home, "b", 1));
    assert!(start(&home).err.contains("mer än 1 dag."));
    assert!(!old.exists() && new.exists());
}

#[test]
fn a_damaged_draft_ages_by_the_disk_and_an_early_one_by_its_start() {
    let home = Home::of("forsakringskassan");
    let (damaged, early) = (draft(&home, "a", 0), draft(&home, "b", 0));
    fs::write(&damaged, "{").unwrap();
    aged(&damaged, 20);
    let mut text: Value = serde_json::from_str(&fs::read_to_string(&early).unwrap()).unwrap();
    text.as_object_mut().unwrap().remove("saved");
    text["started"] = format!("{}T10:12+01:00", ago(29)).into();
    fs::write(&early, text.to_string()).unwrap();
    start(&home);
    assert!(damaged.exists() && early.exists());
    aged(&damaged, 31);
    text["started"] = format!("{}T10:12+01:00", ago(31)).into();
    fs::write(&early, text.to_string()).unwrap();
    start(&home);
    assert!(!damaged.exists() && !early.exists());
}

fn kill(terminal: &Terminal) {
    let kill = Command::new("kill")
        .args(["-KILL", &terminal.pid().to_string()])
        .status();
    assert!(kill.unwrap().success());
}

#[test]
fn two_sessions_never_have_the_same_draft() {
    let home = Home::of("forsakringskassan");
    draft(&home, "a", 100);
    let mut one = home.terminal(&["assess", "--resume"]);
    one.see(" > ");
    // Resuming saved it, today; as if that session had stood open since.
    let old = draft(&home, "a", 100);
    for args in [
        &["assess", "--plain", "--resume"][..],
        &["assess", "--plain", "--discard"],
    ] {
        let two = home.pipe(args, b"1\n");
        assert_eq!(two.code, Some(1), "{two:?}");
        assert!(two.err.contains("öppet i ett annat fönster"), "{two:?}");
    }
    // It has lain too long, but somebody is at it.
    assert_eq!(start(&home).err, "");
    assert!(old.exists());
    // The system lets go when the first is killed.
    kill(&one);
    assert_eq!(one.end(), None);
    let run = start(&home);
    assert!(
        run.err.contains("är raderat") && !old.exists(),
        "{}",
        run.err
    );
}

#[test]
fn a_new_session_holds_its_draft_and_lets_go_at_its_end() {
    let home = Home::of("forsakringskassan");
    let mut one = home.terminal(&["assess"]);
    one.answer("Vem är du orolig för?", "1");
    one.see("Vem ska få uppgifterna?");
    let two = home.pipe(&["assess", "--plain", "--resume"], b"!\n");
    assert_eq!(two.code, Some(1), "{two:?}");
    one.keys("!\r");
    assert_eq!(one.end(), Some(0), "{}", one.seen);
    let two = home.pipe(&["assess", "--plain", "--resume"], b"!\n");
    assert_eq!(two.code, Some(0), "{two:?}");
}

#[test]
fn locks_are_empty_and_go_with_their_drafts() {
    let home = Home::of("forsakringskassan");
    let locks = home.path().join(".local/state/sekretesskoll/locks");
    let count = || fs::read_dir(&locks).unwrap().count();
    home.pipe(&["assess", "--plain"], b"1\n!\n");
    let lock = fs::read_dir(&locks).unwrap().next().unwrap().unwrap();
    assert_eq!(lock.metadata().unwrap().len(), 0);
    let run = home.pipe(&["assess", "--plain", "--discard"], b"1\n");
    assert_eq!((run.code, count()), (Some(0), 0), "{run:?}");
    // One whose session ended before its first answer goes when it is a day old.
    let left = locks.join("utkast-x.lock");
    aged(&left, 0);
    start(&home);
    assert!(left.exists());
    aged(&left, 1);
    start(&home);
    assert!(!left.exists());
}

#[test]
fn what_a_killed_write_left_in_the_folder_of_records_is_swept_and_nothing_else() {
    let home = Home::of("forsakringskassan");
    let out = home.work().join("ut");
    fs::create_dir(&out).unwrap();
    let put = |name: &str, days: u64| {
        aged(&out.join(name), days);
        out.join(name)
    };
    let old = put(".sekretesskoll-aB3xYz", 2);
    let others = [
        put(".sekretesskoll-Bc4yZa", 0),
        put(".sekretesskoll-anteckningar", 2),
        put(".sekretesskoll-å1234", 2),
        put(".sekretesskoll-", 2),
        put("sekretesskoll-aB3xYz", 2),
        put("sekretessprovning-2020-01-01-aB3xYz12.json", 900),
    ];
    fs::create_dir(out.join(".sekretesskoll-mapp12")).unwrap();
    std::os::unix::fs::symlink("gone", out.join(".sekretesskoll-lank12")).unwrap();
    home.file(
        "answers.json",
        fs::read("docs/examples/answers.json").unwrap(),
    );
    let run = home.run(&["assess", "--answers", "answers.json", "--out", "ut"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(!old.exists());
    for other in others {
        assert!(other.exists(), "{}", other.display());
    }
    assert!(
        out.join(".sekretesskoll-mapp12").exists()
            && out.join(".sekretesskoll-lank12").is_symlink()
    );
}
