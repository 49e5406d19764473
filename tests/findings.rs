//! One small broken folder for each finding: the loader says what is wrong, where, and nothing else.
//!
//! `tests/findings/base/` is the smallest sound set of trees. A folder named after a code holds only the files that
//! differ from the base, and `missing.txt` names the files that are taken away.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at once"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use sekretesskoll::case;
use sekretesskoll::finding::{Code, Finding};
use sekretesskoll::language::Lang;
use sekretesskoll::trees::{Files, Trees};

const BASE: &str = "base";

/// Findings that a broken folder cannot be without, and why.
const BESIDE: &[(&str, &str, &str)] = &[(
    "duplicate-id",
    "unreachable-question",
    "answers lead to the first of two questions with the same id, so nothing leads to the second",
)];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/findings")
}

/// The files of a folder and its `cases/`, by name, with line ends as the lawyers' editor leaves them on Unix.
fn read(folder: &str) -> Files {
    let mut files = Files::new();
    for (part, prefix) in [("", ""), ("cases", "cases/")] {
        let Ok(entries) = fs::read_dir(root().join(folder).join(part)) else {
            continue;
        };
        for path in entries
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.is_file())
        {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            files.insert(
                format!("{prefix}{name}"),
                fs::read_to_string(&path).unwrap().replace("\r\n", "\n"),
            );
        }
    }
    files
}

/// The base with the files of these folders put in place of its own.
fn broken(folders: &[&str]) -> Files {
    let mut files = read(BASE);
    for folder in folders {
        files.extend(read(folder));
    }
    for missing in files.remove("missing.txt").unwrap_or_default().lines() {
        files
            .remove(missing)
            .unwrap_or_else(|| panic!("{missing} is not there to be missing"));
    }
    files
}

/// What `trees check` says of a folder: the findings of the trees, or where they are sound those of the cases.
fn check(files: &Files) -> Vec<Finding> {
    match Trees::from_files(files) {
        Ok(trees) => case::check(&trees, files).1,
        Err(findings) => findings,
    }
}

fn lines(findings: &[Finding]) -> Vec<String> {
    findings
        .iter()
        .map(|finding| finding.line(Lang::En))
        .collect()
}

fn names(findings: &[Finding]) -> BTreeSet<&'static str> {
    findings.iter().map(|finding| finding.code.name()).collect()
}

/// Each finding in both languages, with the line it points at and a caret under the column.
fn shown(findings: &[Finding], files: &Files) -> String {
    let mut out = String::new();
    for finding in findings {
        for lang in Lang::ALL {
            writeln!(out, "{}", finding.line(lang)).unwrap();
        }
        if let Some(line) = files
            .get(&finding.place.file)
            .and_then(|text| text.lines().nth(finding.place.line - 1))
        {
            writeln!(out, "    | {line}\n    | {:>1$}", '^', finding.place.column).unwrap();
        }
        out.push('\n');
    }
    out
}

fn with_crlf(files: &Files) -> Files {
    files
        .iter()
        .map(|(name, text)| (name.clone(), text.replace('\n', "\r\n")))
        .collect()
}

fn with_bom(files: &Files) -> Files {
    files
        .iter()
        .map(|(name, text)| (name.clone(), format!("\u{feff}{text}")))
        .collect()
}

/// The codes that a folder is to give: its own, and what it cannot be without.
fn expected(code: &'static str) -> BTreeSet<&'static str> {
    let beside = BESIDE
        .iter()
        .filter(|(folder, _, _)| *folder == code)
        .map(|(_, beside, _)| *beside);
    beside.chain([code]).collect()
}

#[test]
fn the_base_is_sound_and_its_case_holds() {
    let files = read(BASE);
    assert_eq!(lines(&check(&files)), Vec::<String>::new());
    assert_eq!(
        case::check(&Trees::from_files(&files).unwrap(), &files).0,
        1
    );
}

#[test]
fn every_code_has_its_folder_and_every_folder_is_a_code() {
    let entries = fs::read_dir(root())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let folders: BTreeSet<String> = entries.filter(|name| name != BASE).collect();
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    assert_eq!(
        folders.iter().map(String::as_str).collect::<Vec<_>>(),
        codes,
        "Code::ALL is in alphabetical order"
    );
}

#[test]
fn every_broken_folder_gives_its_finding_and_no_other() {
    let mut wrong = Vec::new();
    for code in Code::ALL.iter().map(|code| code.name()) {
        let findings = check(&broken(&[code]));
        if names(&findings) != expected(code) {
            wrong.push(format!("{code}:\n{}", lines(&findings).join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_finding_is_one_sentence_at_its_place() {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.bind(|| {
        for code in Code::ALL.iter().map(|code| code.name()) {
            let files = broken(&[code]);
            insta::assert_snapshot!(code, shown(&check(&files), &files));
        }
    });
}

/// An editor can jump to every place, except in a file that is missing.
#[test]
fn every_place_is_in_its_file() {
    for code in Code::ALL.iter().map(|code| code.name()) {
        let files = broken(&[code]);
        for Finding { place, .. } in check(&files) {
            let Some(text) = files.get(&place.file) else {
                assert_eq!(code, Code::MissingFile.name(), "{place}");
                continue;
            };
            let line = text
                .lines()
                .nth(place.line - 1)
                .unwrap_or_else(|| panic!("{code}: no line at {place}"));
            assert!(
                (1..=line.chars().count() + 1).contains(&place.column),
                "{code}: no column at {place}"
            );
        }
    }
}

/// Nobody mends one file to hear about the next: all of it is said at once, file by file and line by line.
#[test]
fn several_broken_files_are_all_said_at_once_in_order() {
    let together = [
        "bad-day",
        "bad-id",
        "unknown-goto",
        "missing-help",
        "help-too-long",
        "unknown-shows",
    ];
    let findings = check(&broken(&together));
    let places: Vec<_> = findings
        .iter()
        .map(|finding| (&finding.place, finding.code))
        .collect();
    let files: BTreeSet<&str> = findings
        .iter()
        .map(|finding| finding.place.file.as_str())
        .collect();
    assert_eq!(files.len(), 6, "all six files are broken: {files:?}");
    assert!(places.is_sorted(), "{}", lines(&findings).join("\n"));
    let mut alone: Vec<String> = together
        .iter()
        .flat_map(|code| lines(&check(&broken(&[code]))))
        .collect();
    let mut all = lines(&findings);
    alone.sort();
    all.sort();
    assert_eq!(
        all, alone,
        "what is said of each file alone is said of them together"
    );
}

/// Notepad on Windows writes CRLF and may put a BOM first: sound all the same, and the same digest.
#[test]
fn line_ends_and_a_bom_change_no_digest() {
    let files = read(BASE);
    let plain = Trees::from_files(&files).unwrap();
    for saved in [
        with_crlf(&files),
        with_bom(&files),
        with_bom(&with_crlf(&files)),
    ] {
        let trees = Trees::from_files(&saved)
            .unwrap_or_else(|findings| panic!("{}", lines(&findings).join("\n")));
        assert_eq!(trees.digest, plain.digest);
        assert_eq!(lines(&case::check(&trees, &saved).1), Vec::<String>::new());
    }
}

/// Two sets of trees with one digest say the same, letter for letter.
#[test]
fn a_bom_changes_no_text() {
    let files = read(BASE);
    assert_eq!(everything(&with_bom(&files)), everything(&files));
}

/// As above, for line ends.
#[test]

fn line_ends_change_no_text() {
    let files = read(BASE);
    assert_eq!(everything(&with_crlf(&files)), everything(&files));
}

/// All that was read from a sound folder, as one text.
fn everything(files: &Files) -> String {
    format!("{:#?}", Trees::from_files(files).unwrap())
}

/// Findings stand at the same line and column however the file was saved.
#[test]
fn line_ends_and_a_bom_move_no_finding() {
    let codes = Code::ALL.iter().map(|code| code.name());
    for code in codes.clone() {
        let files = broken(&[code]);
        assert_eq!(
            lines(&check(&with_bom(&files))),
            lines(&check(&files)),
            "{code} with a BOM"
        );
    }
    for code in codes.filter(|code| *code != Code::InvalidToml.name()) {
        let files = broken(&[code]);
        assert_eq!(
            lines(&check(&with_crlf(&files))),
            lines(&check(&files)),
            "{code} with CRLF"
        );
    }
}

/// The one code above that is left out.
#[test]

fn line_ends_split_no_syntax_error() {
    let files = broken(&[Code::InvalidToml.name()]);
    assert_eq!(lines(&check(&with_crlf(&files))), lines(&check(&files)));
}

/// The digest is over what decides: a changed letter changes it, a changed case does not.
#[test]
fn the_digest_follows_what_decides() {
    let files = read(BASE);
    let digest = |files: &Files| Trees::from_files(files).unwrap().digest;
    let mut other = files.clone();
    other
        .get_mut("sending.toml")
        .unwrap()
        .push_str("# en ny rad\n");
    assert_ne!(digest(&other), digest(&files));
    let mut other = files.clone();
    other.remove("cases/child.toml");
    assert_eq!(digest(&other), digest(&files));
}
