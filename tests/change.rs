//! What a change of the trees changes, and the commands that tell it: `trees prove` and `trees diff`.
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
use std::path::Path;

use jiff::civil::Date;
use program::Home;
use sekretesskoll::embedded;
use sekretesskoll::language::Lang;
use sekretesskoll::prove::diff::{Difference, diff};
use sekretesskoll::prove::mutate::Steps;
use sekretesskoll::prove::tell;
use sekretesskoll::tree::words::Words;
use sekretesskoll::trees::Trees;

fn told(new: &Trees, difference: &Difference) -> String {
    let words = Words {
        trees: new,
        day: Date::constant(2026, 11, 22),
        lang: Lang::Sv,
    };
    let lines = tell::difference(words, difference);
    lines.iter().map(|line| format!("{line}\n")).collect()
}

#[test]
fn a_set_of_trees_does_not_differ_from_itself() {
    let trees = Trees::built_in().unwrap();
    assert!(diff(&trees, &trees.clone()).is_empty());
}

/// Small changes that a lawyer could make, and what the reviewer is told of each.
#[test]
fn a_change_is_told_with_the_answers_that_it_reaches() {
    let trees = Trees::built_in().unwrap();
    let steps = Steps::of(&embedded::files());
    let changes = [
        "item.evident = unsure → withhold",
        "item.need-meaningful = unsure → document",
        "item.link = some without motivation",
        "item.shorter = unsure dropped",
        "forsakringskassan 2026-01-15 +1",
        "osl-10-27 2022-01-01 without osl-33-4-a",
        "osl-28-1 2022-06-20 +1",
        "route.learned = both → osl",
        "closing.guardian = told ⇄ board",
    ];
    let each = changes.map(|change| {
        let new = steps
            .take(&trees, &[change.to_owned()])
            .unwrap_or_else(|| panic!("{change}"));
        format!("[{change}]\n{}", told(&new, &diff(&trees, &new)))
    });
    insta::assert_snapshot!("changes", each.join("\n"));
}

/// A question put between two others asks more and changes no outcome; dropped again it is a question gone.
#[test]
fn a_new_question_is_told_as_new() {
    let trees = Trees::built_in().unwrap();
    let mut files = embedded::files();
    let item = files.get_mut("item.toml").unwrap();
    *item = item.replace(
        "[[outcome]]\nid      = \"disclose\"\n",
        "[[question]]\nid = \"sure\"\ntext.sv = \"Säker?\"\ntext.en = \"Sure?\"\nhelp.sv = \"Fråga.\"\nhelp.en = \"Ask.\"\nanswer = [\n  { key = \"yes\", goto = \"disclose\", text.sv = \"Ja\", text.en = \"Yes\" },\n  { key = \"no\", goto = \"withhold\", text.sv = \"Nej\", text.en = \"No\" },\n]\n\n[[outcome]]\nid      = \"disclose\"\n",
    );
    *item = item.replace(
        "{ key = \"*\",         goto = \"disclose\" }",
        "{ key = \"*\",         goto = \"sure\" }",
    );
    let new = Trees::from_files(&files).unwrap_or_else(|findings| panic!("{findings:?}"));
    let difference = diff(&trees, &new);
    assert!(
        difference.data.contains(&"+ item.sure".to_owned()),
        "{:?}",
        difference.data
    );
    let withheld = difference.groups.iter().any(|group| {
        group.old.as_deref() == Some("disclose") && group.new.as_deref() == Some("withhold")
    });
    assert!(withheld, "{:?}", difference.groups);
    assert!(
        difference
            .groups
            .iter()
            .all(|group| group.old.as_deref() == Some("disclose"))
    );
}

/// A copy of the lawyers' room with one piece of a file replaced.
fn copy(home: &Home, name: &str, edit: Option<(&str, &str, &str)>) {
    let folder = home.work().join(name);
    for (file, text) in embedded::files() {
        let text = match edit {
            Some((edited, find, replace)) if edited == file => {
                assert!(text.contains(find), "{find}");
                text.replace(find, replace)
            }
            _ => text,
        };
        let file = folder.join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
}

const WEAKER: (&str, &str, &str) = (
    "item.toml",
    "{ key = \"unsure\", goto = \"withhold\", text.sv = \"Osäker: räknas som nej\", text.en = \"Unsure: counts as no\" },\n]\n\n# ---- en handling",
    "{ key = \"unsure\", goto = \"document\", text.sv = \"Osäker: räknas som ja\", text.en = \"Unsure: counts as yes\" },\n]\n\n# ---- en handling",
);

#[test]
fn the_built_in_trees_are_proved_from_the_command_line() {
    let run = Home::empty().run(&["trees", "prove"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(
        run.out.contains("påståenden håller på varje väg"),
        "{}",
        run.out
    );
    assert!(
        run.out.lines().any(|line| line.starts_with("item\t")),
        "{}",
        run.out
    );
    let english = Home::empty().run(&["trees", "prove", "--lang", "en"]);
    assert!(
        english.out.contains("claims hold on every path"),
        "{}",
        english.out
    );
}

#[test]
fn a_weaker_tree_is_stopped_by_the_proof_with_a_way_through_it() {
    let home = Home::empty();
    copy(&home, "weaker", Some(WEAKER));
    let run = home.run(&["trees", "prove", "--trees", "weaker"]);
    assert_eq!(run.code, Some(3), "{}", run.err);
    assert!(
        run.out.contains("BRUTET:\nno-need-withholds"),
        "{}",
        run.out
    );
    assert!(
        run.out
            .contains("Behövs uppgiften för att anmälan ska bli meningsfull?"),
        "{}",
        run.out
    );
}

#[test]
fn a_changed_folder_is_compared_with_the_built_in_trees() {
    let home = Home::empty();
    copy(&home, "same", None);
    copy(&home, "weaker", Some(WEAKER));
    let same = home.run(&["trees", "diff", "same"]);
    assert_eq!(same.code, Some(0));
    assert!(
        same.out
            .starts_with("Grupper av svar som får ett annat utfall: 0."),
        "{}",
        same.out
    );
    let weaker = home.run(&["trees", "diff", "weaker"]);
    assert_eq!(weaker.code, Some(3), "{}", weaker.err);
    let between = home.run(&["trees", "diff", "same", "weaker"]);
    assert_eq!(between.out, weaker.out);
    insta::assert_snapshot!("diff_command", weaker.out);
}

#[test]
fn what_cannot_be_proved_or_compared_is_said() {
    let home = Home::empty();
    copy(&home, "bare", None);
    fs::remove_file(home.work().join("bare/invariants.toml")).unwrap();
    let bare = home.run(&["trees", "prove", "--trees", "bare"]);
    assert_eq!(bare.code, Some(3));
    assert!(
        bare.out.contains("invariants.toml:1:1: missing-file"),
        "{}",
        bare.out
    );
    copy(
        &home,
        "misspelt",
        Some((
            "invariants.toml",
            "when     = [\"whom = nobody\"]",
            "when     = [\"whom = nobdy\"]",
        )),
    );
    let misspelt = home.run(&["trees", "check", "--trees", "misspelt"]);
    assert_eq!(misspelt.code, Some(3));
    assert!(misspelt.out.contains("whom = nobdy"), "{}", misspelt.out);
    copy(
        &home,
        "broken",
        Some(("item.toml", "start = \"form\"", "start = \"forms\"")),
    );
    assert_eq!(home.run(&["trees", "diff", "broken"]).code, Some(1));
    assert_eq!(home.run(&["trees", "diff", "nowhere"]).code, Some(1));
    assert_eq!(home.run(&["trees", "diff"]).code, Some(2));
    assert!(Path::new("decision-trees/invariants.toml").exists());
}

fn edited(edits: &[(&str, &str, &str)]) -> Trees {
    let mut files = embedded::files();
    for (file, find, replace) in edits {
        let text = files.get_mut(*file).unwrap();
        assert!(text.contains(find), "{find}");
        *text = text.replacen(find, replace, 1);
    }
    Trees::from_files(&files).unwrap_or_else(|findings| panic!("{findings:?}"))
}

/// Benefit data are what each of the two authorities has a duty to give.
#[test]
fn a_duty_to_give_benefit_data_that_comes_or_goes_is_told() {
    let with = Trees::built_in().unwrap();
    let without = edited(&[(
        "authorities.toml",
        "benefit-duty   = \"sol-formansuppgifter\"\n",
        "",
    )]);
    for (old, new) in [(&with, &without), (&without, &with)] {
        let groups = diff(old, new).groups;
        assert!(groups.iter().any(|group| group.tree == "item"));
    }
}

/// A day of knowledge can lie between the day a duty began before a change and the day it begins after it.
#[test]
fn a_day_of_knowledge_between_two_first_days_of_a_duty_is_told() {
    let sharp = (
        "route.toml",
        "key        = \"yes\"\ngoto       = \"duty-to-report\"",
        "key        = \"yes\"\ngoto       = \"general-clause\"",
    );
    let old = edited(&[sharp]);
    let new = Steps::of(&embedded::files());
    let mut new = new
        .take(&old, &["forsakringskassan 2026-01-15 +1".to_owned()])
        .unwrap();
    new.route = old.route.clone();
    let difference = diff(&old, &new);
    let between = difference.groups.iter().find(|group| {
        let last = group.at.as_ref().map(|(question, _)| question.as_str());
        last == Some("known-since") && group.new.as_deref() == Some("general-clause")
    });
    let example = between.unwrap().example.clone().unwrap();
    assert_eq!(example.authority, "forsakringskassan");
}
