//! `check`: many documents, one verdict each, in the order given whatever the number of cores.

mod formats;
mod inputs;
mod row;
mod work;

use std::io::{IsTerminal as _, Write as _};
use std::num::NonZero;

use anyhow::{Result, anyhow};
use clap::ArgMatches;

use sekretesskoll::check::catalogue::Severity;
use sekretesskoll::check::chain::Chain;
use sekretesskoll::check::{Finding, Grade};
use sekretesskoll::language::Lang;
use sekretesskoll::trees::Trees;

use crate::cli::{Exit, files, phrases, unsound};
use formats::Format;
use inputs::Inputs;
use row::Summary;
use work::Told;

/// From when on a document does not pass.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum FailOn {
    Note,
    Warning,
    Undetermined,
    Error,
    Never,
}

impl FailOn {
    const WORDS: [(&'static str, FailOn); 5] = [
        ("note", FailOn::Note),
        ("warning", FailOn::Warning),
        ("undetermined", FailOn::Undetermined),
        ("error", FailOn::Error),
        ("never", FailOn::Never),
    ];

    fn of(word: &str) -> Self {
        let found = Self::WORDS.iter().find(|(known, _)| *known == word);
        found.map_or(FailOn::Error, |(_, fail_on)| *fail_on)
    }
}

/// Runs `check`.
pub(crate) fn run(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let sets = sets(lang, matches)?;
    let inputs = Inputs::of(lang, matches)?;
    let word = |name: &str| matches.get_one::<String>(name).map_or("", String::as_str);
    let format = Format::of(word("format"), lang, matches);
    let threads = threads(matches);
    let mut out = std::io::BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    let mut summary = Summary::default();
    let mut chain = Chain::default();
    let mut progress = formats::Progress::new(&inputs);
    format.begin(&mut out)?;
    let trees: Vec<&Trees> = sets.iter().collect();
    work::each(lang, &trees, inputs, &format, threads, |told| {
        take(&mut summary, &mut chain, &told);
        progress.tick(&told);
        write(&mut out, &format, &mut summary, &told)
    })?;
    if summary.documents == 0 {
        return Err(anyhow!(phrases::check_nothing(lang)));
    }
    for (name, finding) in chain.findings() {
        summary.of_chain(&finding);
        let bytes = format.chain(name, &finding);
        told_so_far(&mut out, &format, &mut summary, &bytes)?;
    }
    progress.done();
    format.end(&mut out, &summary)?;
    out.flush()?;
    Ok(exit(FailOn::of(word("fail-on")), &summary))
}

/// The trees at hand: those named, and the built-in ones.
fn sets(lang: Lang, matches: &ArgMatches) -> Result<Vec<Trees>> {
    let folders = matches.get_many::<String>("trees").into_iter().flatten();
    let named = folders.map(|folder| {
        let files = files::read_trees(lang, folder)?;
        Trees::from_files(&files).map_err(|findings| unsound(lang, &findings))
    });
    let mut sets: Vec<Trees> = named.collect::<Result<_>>()?;
    sets.push(crate::cli::built_in(lang)?);
    Ok(sets)
}

fn threads(matches: &ArgMatches) -> usize {
    let asked = matches.get_one::<String>("threads");
    let asked = asked.and_then(|threads| threads.parse().ok());
    let cores = || std::thread::available_parallelism().map_or(1, NonZero::get);
    asked.unwrap_or_else(cores).clamp(1, 256)
}

fn take(summary: &mut Summary, chain: &mut Chain, told: &Told) {
    summary.take(told);
    if let Some(link) = &told.link {
        chain.take(&told.name, link.clone());
    }
}

fn write(
    out: &mut impl std::io::Write,
    format: &Format,
    summary: &mut Summary,
    told: &Told,
) -> Result<()> {
    told_so_far(out, format, summary, &told.bytes)
}

/// Writes what a format has told of something, if anything, with what stands between two of them.
fn told_so_far(
    out: &mut impl std::io::Write,
    format: &Format,
    summary: &mut Summary,
    bytes: &[u8],
) -> Result<()> {
    if bytes.is_empty() {
        return Ok(());
    }
    if summary.told > 0 {
        out.write_all(format.between())?;
    }
    summary.told += 1;
    Ok(out.write_all(bytes)?)
}

fn exit(fail_on: FailOn, summary: &Summary) -> Exit {
    let found = |severity| summary.findings(severity) > 0;
    let failed = summary.grade(Grade::Fail) > 0 || found(Severity::Error);
    let undetermined = summary.grade(Grade::Undetermined) > 0;
    let fails = match fail_on {
        FailOn::Never => return Exit::Done,
        FailOn::Error => failed,
        FailOn::Undetermined => failed || undetermined,
        FailOn::Warning => failed || found(Severity::Warning),
        FailOn::Note => failed || found(Severity::Warning) || found(Severity::Note),
    };
    match (fails, undetermined) {
        (true, _) => Exit::Found,
        (false, true) => Exit::Undetermined,
        (false, false) => Exit::Done,
    }
}

/// Whether somebody looks at standard error while the work goes on.
fn is_watched() -> bool {
    std::io::stderr().is_terminal()
}

/// Whether a finding counts, or is recorded as an exception with a reason.
const fn counts(finding: &Finding) -> bool {
    !finding.excepted
}
