//! The built-in trees are sound, and every worked case holds.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may stop at once"
)]

use std::collections::BTreeMap;
use std::fs;

use sekretesskoll::case;
use sekretesskoll::language::Lang;
use sekretesskoll::trees::Trees;

fn cases() -> BTreeMap<String, String> {
    let entries = fs::read_dir("decision-trees/cases").expect("the folder of cases");
    let files = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml"));
    files
        .map(|path| {
            (
                format!("cases/{}", path.file_name().unwrap().to_string_lossy()),
                fs::read_to_string(&path).unwrap(),
            )
        })
        .collect()
}

#[test]
fn the_built_in_trees_are_sound_and_every_worked_case_holds() {
    let trees = Trees::built_in().unwrap_or_else(|findings| {
        panic!(
            "{}",
            findings
                .iter()
                .map(|finding| finding.line(Lang::En))
                .collect::<Vec<_>>()
                .join("\n")
        )
    });
    let (count, findings) = case::check(&trees, &cases());
    let lines: Vec<String> = findings
        .iter()
        .map(|finding| finding.line(Lang::En))
        .collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
    assert!(count > 0);
}
