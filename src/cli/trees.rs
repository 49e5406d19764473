//! `trees`: list, show, check, prove, compare, draw and tell the lawyers' room.

mod paper;
mod prove;

use std::fmt::Write as _;

use anyhow::Result;
use clap::ArgMatches;

use sekretesskoll::case;
use sekretesskoll::cite::Citer;
use sekretesskoll::embedded;
use sekretesskoll::finding::Finding;
use sekretesskoll::guide;
use sekretesskoll::language::Lang;
use sekretesskoll::prove::Invariants;
use sekretesskoll::tree::{Answer, Question, Target, Tree};
use sekretesskoll::trees::{Files, Trees};

use crate::cli::args::Usage;
use crate::cli::guide::phrases::guides_sound;
use crate::cli::{Exit, clock, files, lack, out, phrases, say, screen};

/// Runs the command.
pub(crate) fn run(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    match matches.subcommand() {
        Some(("list", matches)) => list(lang, matches),
        Some(("show", matches)) => show(lang, matches),
        Some(("draw", matches)) => paper::draw(lang, matches),
        Some(("book", matches)) => paper::book(lang, matches),
        Some(("prove", matches)) => prove::prove(lang, matches),
        Some(("diff", matches)) => prove::diff(lang, matches),
        Some((_, matches)) => check(lang, matches),
        None => Ok(Exit::Usage),
    }
}

fn list(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let trees = crate::cli::trees_with_guides(lang, matches)?;
    let columns = [
        phrases::column_tree(lang),
        phrases::column_asked(lang),
        phrases::column_shown(lang),
        phrases::column_switches(lang),
        phrases::column_outcomes(lang),
    ];
    let count = |tree: &Tree, test: &dyn Fn(&Question) -> bool| {
        tree.questions
            .iter()
            .filter(|question| test(question))
            .count()
            .to_string()
    };
    let all = trees.all().into_iter().chain(trees.guides.trees());
    let rows = all.map(|tree| {
        [
            tree.name.clone(),
            count(tree, &|question| question.is_asked()),
            count(tree, &|question| {
                !question.is_asked() && question.text.is_some()
            }),
            count(tree, &|question| question.text.is_none()),
            tree.outcomes.len().to_string(),
        ]
    });
    out(&crate::cli::rows(&columns, rows))?;
    out(&format!(
        "{}\n",
        phrases::trees_sound(lang, &trees.laws.version, &trees.digest)
    ))?;
    if !trees.guides.all().is_empty() {
        let (version, digest) = (&trees.guides.version, &trees.guides.digest);
        out(&format!("{}\n", guides_sound(lang, version, digest)))?;
    }
    Ok(Exit::Done)
}

/// Checks the trees and runs every worked case; findings are results and go to standard out.
fn check(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let (files, trees) = set(lang, matches)?;
    match trees {
        Ok(trees) => {
            let (cases, mut findings) = case::check(&trees, &files);
            findings.extend(Invariants::of(&files, &trees).err().into_iter().flatten());
            let (version, digest) = (trees.laws.version.clone(), trees.digest.clone());
            let sound = match guides(trees, &files) {
                Ok(sound) => sound,
                Err(more) => {
                    findings.extend(more);
                    return found(lang, &findings);
                }
            };
            if !findings.is_empty() {
                return found(lang, &findings);
            }
            say(&phrases::trees_sound(lang, &version, &digest));
            say(&phrases::cases_hold(lang, &cases));
            if let Some(Guided { trees, cases, .. }) = sound {
                let (version, digest) = (&trees.guides.version, &trees.guides.digest);
                say(&guides_sound(lang, version, digest));
                say(&phrases::cases_hold(lang, &cases));
            }
            Ok(Exit::Done)
        }
        Err(findings) => found(lang, &findings),
    }
}

/// Guides that are sound: loaded with the trees, their claims read and their cases run.
struct Guided {
    trees: Trees,
    invariants: Invariants,
    cases: usize,
}

/// The guides of a folder; none where it has none.
fn guides(trees: Trees, files: &Files) -> Result<Option<Guided>, Vec<Finding>> {
    let trees = trees.with_guides(files)?;
    if trees.guides.all().is_empty() {
        return Ok(None);
    }
    let invariants = Invariants::of_guides(files, &trees);
    let (cases, mut findings) = guide::case::check(&trees, files);
    match invariants {
        Ok(invariants) if findings.is_empty() => Ok(Some(Guided {
            trees,
            invariants,
            cases,
        })),
        invariants => {
            findings.extend(invariants.err().into_iter().flatten());
            Err(findings)
        }
    }
}

/// The files of the folder asked for, or those built in, and the trees that they make.
fn set(lang: Lang, matches: &ArgMatches) -> Result<(Files, Result<Trees, Vec<Finding>>)> {
    let files = match matches.get_one::<String>("trees") {
        Some(folder) => files::read_trees_and_guides(lang, folder)?,
        None => embedded::files(),
    };
    let trees = Trees::from_files(&files);
    Ok((files, trees))
}

fn found(lang: Lang, findings: &[Finding]) -> Result<Exit> {
    let lines: String = findings
        .iter()
        .map(|finding| format!("{}\n", finding.line(lang)))
        .collect();
    out(&lines)?;
    say(&phrases::findings_count(lang, &findings.len()));
    Ok(Exit::Found)
}

fn show(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let trees = crate::cli::trees_with_guides(lang, matches)?;
    let day = clock::day_or_today(lang, matches)?;
    let name = matches
        .get_one::<String>("tree")
        .map(String::as_str)
        .unwrap_or_default();
    let tree = named(lang, &trees, name)?;
    let Some(authority) = trees.laws.authorities.first() else {
        return Ok(Exit::CouldNot);
    };
    let citer = Citer {
        laws: &trees.laws,
        authority,
        day,
        lang,
        provisions: &[],
        received: None,
    };
    let mut text: String = tree
        .questions
        .iter()
        .map(|question| question_text(tree, question, &citer))
        .collect();
    for outcome in &tree.outcomes {
        let _ = writeln!(text, "[{}] {}", outcome.id, citer.text(&outcome.text));
        let next = outcome
            .says
            .iter()
            .chain(&outcome.next)
            .chain(&outcome.copy)
            .map(|text| screen::indented(&citer.text(text), "  ", "  "));
        text.extend(next.map(|next| format!("{next}\n")));
    }
    out(&text)?;
    Ok(Exit::Done)
}

/// The tree of this name.
fn named<'t>(lang: Lang, trees: &'t Trees, name: &str) -> Result<&'t Tree> {
    // A guide is also known by its name on the command line; a stage of the same name comes first.
    let guide = || trees.guides.find(name).map(|guide| &guide.tree);
    trees.tree(name).or_else(guide).ok_or_else(|| {
        let all = trees.all().into_iter().chain(trees.guides.trees());
        let known = all.map(|tree| tree.name.as_str());
        let hint = lack::hint(lang, name, known);
        Usage(phrases::unknown_tree(lang, &name, &hint)).into()
    })
}

fn question_text(tree: &Tree, question: &Question, citer: &Citer<'_>) -> String {
    let words = question
        .text
        .as_ref()
        .map(|text| citer.text(text))
        .unwrap_or_default();
    let known = question
        .known
        .as_ref()
        .map(|fact| format!("  ({fact})"))
        .unwrap_or_default();
    let mut lines = vec![screen::indented(
        &format!("{}: {words}{known}", question.id),
        "",
        "  ",
    )];
    let law: Vec<String> = question
        .law
        .iter()
        .flat_map(|law| citer.keys(law))
        .map(|key| citer.key(&key))
        .collect();
    if !law.is_empty() {
        lines.push(screen::indented(
            &format!("§ {}", law.join(", ")),
            "  ",
            "    ",
        ));
    }
    lines.extend(
        question
            .answers
            .iter()
            .map(|answer| answer_line(tree, answer, citer)),
    );
    lines.extend(question.goto.map(|goto| {
        format!(
            "    {}",
            phrases::goes_on_to(citer.lang, &target_name(tree, goto))
        )
    }));
    format!("{}\n\n", lines.join("\n"))
}

fn answer_line(tree: &Tree, answer: &Answer, citer: &Citer<'_>) -> String {
    let words = answer
        .text
        .as_ref()
        .map(|text| citer.text(text))
        .unwrap_or_default();
    let target = answer
        .goto
        .map(|goto| phrases::goes_on_to(citer.lang, &target_name(tree, goto)))
        .unwrap_or_default();
    screen::indented(
        &format!("- {} {words} {target}", answer.key),
        "  ",
        "      ",
    )
}

fn target_name(tree: &Tree, target: Target) -> String {
    match target {
        Target::Question(at) => tree.question(at).id.clone(),
        Target::Outcome(at) => format!("[{}]", tree.outcome(at).id),
    }
}
