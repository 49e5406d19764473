//! For whoever leads a group: proves the exercises, begins a new one, gathers results.

use anyhow::Result;
use clap::ArgMatches;

use sekretesskoll::language::Lang;
use sekretesskoll::training::check::{self, Count, Report};

use crate::cli::train::{exercises, words};
use crate::cli::{Exit, out, say, screen};

/// Proves the exercises and shows what they exercise.
pub(crate) fn check(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let trees = crate::cli::trees(lang, matches)?;
    let set = exercises(lang, matches)?;
    let whole = !matches.contains_id("exercises");
    let report = check::check(&set, &trees, whole);
    let columns = [words::column_file(lang), words::column_level(lang), words::column_minutes(lang), words::column_asks(lang)];
    let rows = set.exercises.iter().zip(&report.asks).map(|(exercise, asks)| {
        [exercise.id.clone(), exercise.level.text(lang).to_owned(), exercise.minutes.to_string(), asks.to_string()]
    });
    out(&crate::cli::rows(&columns, rows))?;
    coverage(lang, &report)?;
    if report.faults.is_empty() {
        say(&screen::wrap(&words::sound(lang, &set.exercises.len())));
        return Ok(Exit::Done);
    }
    let lines: Vec<String> = report.faults.iter().map(|fault| fault.line(lang)).collect();
    crate::cli::out_findings(&lines)?;
    say(&words::faults(lang, &report.faults.len()));
    Ok(Exit::Found)
}

fn coverage(lang: Lang, report: &Report) -> Result<()> {
    let columns = [
        words::column_tree(lang),
        words::column_asked(lang),
        words::column_shown(lang),
        words::column_switches(lang),
        words::column_outcomes(lang),
    ];
    let of = |count: &Count| format!("{}/{}", count.done, count.all);
    let rows = report.trees.iter().map(|tree| {
        [tree.name.clone(), of(&tree.asked), of(&tree.shown), of(&tree.switches), of(&tree.outcomes)]
    });
    out(&crate::cli::rows(&columns, rows))?;
    let told = [
        words::sections(lang, &report.sections.done, &report.sections.all),
        words::answers_told(lang, &report.answers),
    ];
    out(&told.map(|line| format!("{line}\n")).concat())?;
    let lacking = report.trees.iter().flat_map(|tree| [&tree.asked, &tree.shown, &tree.switches, &tree.outcomes]);
    let lacking: Vec<&str> = lacking.chain([&report.sections]).flat_map(|count| &count.lacking).map(String::as_str).collect();
    if !lacking.is_empty() {
        out(&format!("{}\n", screen::wrap(&words::lacking(lang, &lacking.join(", ")))))?;
    }
    Ok(())
}

pub(crate) fn hand_in(_lang: Lang, _matches: &ArgMatches) -> Result<Exit> { Ok(Exit::Done) }
pub(crate) fn export(_lang: Lang, _matches: &ArgMatches) -> Result<Exit> { Ok(Exit::Done) }
pub(crate) fn new(_lang: Lang, _matches: &ArgMatches) -> Result<Exit> { Ok(Exit::Done) }
pub(crate) fn class(_lang: Lang, _matches: &ArgMatches) -> Result<Exit> { Ok(Exit::Done) }
