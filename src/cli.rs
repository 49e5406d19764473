//! The commands: parse, run, exit. The only place where an error is printed.

mod args;
mod assess;
mod check;
mod clock;
mod explain;
mod files;
mod guard;
mod guide;
mod interview;
mod lack;
mod law;
mod letter;
mod phrases;
mod reconcile;
mod register;
mod reply;
mod review;
mod screen;
mod selfcontrol;
mod settings;
mod term;
mod train;
mod trees;
mod verify;

use std::ffi::OsString;
use std::io::Write as _;
use std::process::ExitCode;

use anyhow::{Result, anyhow};
use clap::ArgMatches;

use sekretesskoll::embedded;
use sekretesskoll::finding::Finding;
use sekretesskoll::language::Lang;
use sekretesskoll::schema;
use sekretesskoll::trees::Trees;

/// How a command ended. The legal outcome is in the record and never here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done.
    Done = 0,
    /// Could not.
    CouldNot = 1,
    /// Wrong usage.
    Usage = 2,
    /// Worked, and found something.
    Found = 3,
    /// Undetermined: answers are missing.
    Undetermined = 4,
    /// Interrupted.
    Interrupted = 130,
}

/// Runs the program and gives its exit code.
pub(crate) fn main(args: Vec<OsString>) -> ExitCode {
    let lang = args::language(&args);
    let exit = match args::command(lang).try_get_matches_from(args) {
        Ok(matches) => run(lang, &matches).unwrap_or_else(|error| report(lang, &error)),
        Err(error) => args::report(lang, &error),
    };
    ExitCode::from(exit as u8)
}

fn run(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    match matches.subcommand() {
        Some(("assess", matches)) => assess::run(lang, matches),
        Some(("check", matches)) => check::run(lang, matches),
        Some(("explain", matches)) => explain::run(lang, matches),
        Some(("letter", matches)) => letter::letter(lang, matches),
        Some(("note", matches)) => letter::note(lang, matches),
        Some(("review", matches)) => review::run(lang, matches),
        Some(("reconcile", matches)) => reconcile::run(lang, matches),
        Some(("verify", matches)) => verify::run(lang, matches),
        Some(("sign", matches)) => verify::sign(lang, matches),
        Some(("register", matches)) => register::run(lang, matches),
        Some(("guide", matches)) => guide::run(lang, matches),
        Some(("trees", matches)) => trees::run(lang, matches),
        Some(("train", matches)) => train::run(lang, matches),
        Some(("law", matches)) => law::run(lang, matches),
        Some(("selfcontrol", matches)) => selfcontrol::run(lang, matches),
        Some(("settings", matches)) => settings::run(lang, matches),
        Some(("schema", matches)) => print_schema(lang, matches),
        Some(("completions", matches)) => completions(lang, matches),
        _ => man(lang),
    }
}

/// Says what went wrong, once.
fn report(lang: Lang, error: &anyhow::Error) -> Exit {
    if let Some(error) = error.downcast_ref::<std::io::Error>()
        && error.kind() == std::io::ErrorKind::BrokenPipe
    {
        return Exit::Done;
    }
    if error.is::<term::Interrupted>() {
        say(&phrases::interrupted(lang));
        return Exit::Interrupted;
    }
    let sentence = if error.is::<term::EndedEarly>() {
        phrases::ended_early(lang)
    } else {
        error.to_string()
    };
    say_wrong(&sentence);
    if error.is::<args::Usage>() {
        Exit::Usage
    } else {
        Exit::CouldNot
    }
}

/// A line on standard error. That nobody reads it is no reason to fail.
pub(crate) fn say(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// What went wrong, on standard error: whole words where somebody reads it on a terminal, one line where not.
pub(crate) fn say_wrong(sentence: &str) {
    let line = format!("sekretesskoll: {sentence}");
    if std::io::IsTerminal::is_terminal(&std::io::stderr()) {
        say(&screen::indented(&line, "", "  "));
    } else {
        say(&line);
    }
}

/// What was found, on standard output: one line each, whole words where somebody reads it on a terminal.
pub(crate) fn out_findings(lines: &[String]) -> Result<()> {
    let terminal = std::io::IsTerminal::is_terminal(&std::io::stdout());
    let shown = lines.iter().map(|line| {
        let line = line.as_str();
        if terminal {
            screen::indented(line, "", "  ") + "\n"
        } else {
            format!("{line}\n")
        }
    });
    out(&shown.collect::<String>())
}

/// A result on standard output.
pub(crate) fn out(text: &str) -> Result<()> {
    out_bytes(text.as_bytes())
}

/// A result that need not be text.
pub(crate) fn out_bytes(bytes: &[u8]) -> Result<()> {
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(bytes)?;
    Ok(stdout.flush()?)
}

/// The trees to use: built in, or read from a folder, which is said on the screen.
pub(crate) fn trees(lang: Lang, matches: &ArgMatches) -> Result<Trees> {
    let read = match matches.get_one::<String>("trees") {
        Some(folder) => Trees::from_files(&files::read_trees(lang, folder)?),
        None => Trees::built_in(),
    };
    read.map_err(|findings| unsound(lang, &findings))
}

/// The same trees with the guides: loaded only by those who use them.
pub(crate) fn trees_with_guides(lang: Lang, matches: &ArgMatches) -> Result<Trees> {
    let files = match matches.get_one::<String>("trees") {
        Some(folder) => files::read_trees_and_guides(lang, folder)?,
        None => embedded::guides(),
    };
    trees(lang, matches)?
        .with_guides(&files)
        .map_err(|findings| unsound(lang, &findings))
}

/// Says what is wrong with trees that something was to be done with.
pub(crate) fn unsound(lang: Lang, findings: &[Finding]) -> anyhow::Error {
    for finding in findings {
        say(&finding.line(lang));
    }
    anyhow!(phrases::trees_unsound(lang, &findings.len()))
}

/// The built-in trees.
pub(crate) fn built_in(lang: Lang) -> Result<Trees> {
    Trees::built_in().map_err(|findings| anyhow!(phrases::trees_unsound(lang, &findings.len())))
}

/// A list on standard out: a table on a terminal, tab-separated lines for a pipe.
pub(crate) fn rows<const N: usize>(
    columns: &[String; N],
    rows: impl Iterator<Item = [String; N]>,
) -> String {
    if !std::io::IsTerminal::is_terminal(&std::io::stdout()) {
        return rows.map(|row| format!("{}\n", row.join("\t"))).collect();
    }
    let mut table = screen::new_table(columns);
    rows.for_each(|row| {
        table.add_row(row);
    });
    format!("{table}\n")
}

fn print_schema(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let schema = match matches.get_one::<String>("which").map(String::as_str) {
        Some("answers") => schema::answers(&trees(lang, matches)?),
        Some("review") => schema::review(),
        Some("dispatch") => schema::dispatch(),
        Some("guide") => schema::guide(),
        Some("guide-answers") => schema::guide_answers(&trees_with_guides(lang, matches)?),
        _ => schema::record(),
    };
    out(&format!("{}\n", serde_json::to_string_pretty(&schema)?))?;
    Ok(Exit::Done)
}

fn completions(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let shell: Option<clap_complete::Shell> = matches
        .get_one::<String>("shell")
        .and_then(|shell| shell.parse().ok());
    let mut script = Vec::new();
    if let Some(shell) = shell {
        clap_complete::generate(
            shell,
            &mut args::command(lang),
            "sekretesskoll",
            &mut script,
        );
    }
    out(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}

fn man(lang: Lang) -> Result<Exit> {
    let mut page = Vec::new();
    clap_mangen::Man::new(args::command(lang)).render(&mut page)?;
    out(&String::from_utf8_lossy(&page))?;
    Ok(Exit::Done)
}
