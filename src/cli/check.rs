//! `check`: many documents, one verdict each, in the order given whatever the number of cores.

mod formats;
pub(in crate::cli) mod inputs;
mod row;
pub(in crate::cli) mod work;

use std::io::{BufWriter, StdoutLock, Write as _};
use std::num::NonZero;

use anyhow::{Result, anyhow};
use clap::ArgMatches;

use sekretesskoll::check::catalogue::Severity;
use sekretesskoll::check::chain::Chain;
use sekretesskoll::check::{Finding, Grade};
use sekretesskoll::language::Lang;
use sekretesskoll::trees::Trees;

use crate::cli::{Exit, files, phrases, unsound};
pub(in crate::cli) use formats::Progress;
use formats::{Format, Pages};
use inputs::Inputs;
pub(in crate::cli) use row::Missing;
use row::Summary;
use work::{Name, Told};

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
    let trees: Vec<&Trees> = sets.iter().collect();
    let mut report = Report::new(&format, &inputs);
    format.begin(&mut report.out)?;
    let worked = work::each(lang, &trees, inputs, &format, threads(matches), |told| {
        report.take(&told)
    });
    // What was begun is ended, so that what reads it can: only then is it said what stopped the work.
    report.end(worked)?;
    Ok(exit(FailOn::of(word("fail-on")), &report.summary))
}

/// What has been told so far.
struct Report<'f> {
    format: &'f Format,
    out: BufWriter<StdoutLock<'static>>,
    summary: Summary,
    chain: Chain<Name>,
    pages: Pages,
    progress: Progress,
}

impl<'f> Report<'f> {
    fn new(format: &'f Format, inputs: &Inputs) -> Self {
        Self {
            format,
            out: BufWriter::with_capacity(1 << 16, std::io::stdout().lock()),
            summary: Summary::default(),
            chain: Chain::default(),
            pages: Pages::new(format.lang, format.is_table()),
            progress: Progress::new(format.lang, inputs, !format.is_table()),
        }
    }

    fn take(&mut self, told: &Told) -> Result<()> {
        self.summary.take(told);
        if let Some(link) = told.link {
            self.chain.take(told.name.clone(), link);
        }
        self.progress.tick(told.bytes_read);
        self.write(&told.bytes)
    }

    /// Writes what a format has told of something, if anything, with what stands between two of them.
    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        if bytes.is_empty() {
            return Ok(());
        }
        let told = self.summary.told;
        self.summary.told += 1;
        if self.pages.is_on_screen() {
            let is_full = self.pages.take(bytes);
            return if is_full { self.turn() } else { Ok(()) };
        }
        if told > 0 {
            self.out.write_all(self.format.between())?;
        }
        Ok(self.out.write_all(bytes)?)
    }

    /// Shows what has been gathered for the screen.
    fn turn(&mut self) -> Result<()> {
        let table = self.pages.table();
        let out = &mut self.out;
        let written = self.progress.aside(|| {
            out.write_all(table.as_bytes())?;
            out.flush()
        });
        Ok(written?)
    }

    fn end(&mut self, worked: Result<()>) -> Result<()> {
        self.progress.done();
        let is_gone = |error: &anyhow::Error| error.is::<std::io::Error>();
        let worked = match worked {
            Err(error) if is_gone(&error) => return Err(error),
            Ok(()) if self.summary.documents == 0 => {
                Err(anyhow!(phrases::check_nothing(self.format.lang)))
            }
            worked => worked,
        };
        if self.summary.documents > 0 || !self.format.is_table() {
            self.together()?;
            self.turn()?;
            self.format.end(&mut self.out, &self.summary)?;
        }
        self.out.flush()?;
        worked
    }

    /// What several documents tell of together.
    fn together(&mut self) -> Result<()> {
        let chain = std::mem::take(&mut self.chain);
        for (name, finding) in chain.findings() {
            self.summary.of_chain(&finding);
            self.write(&self.format.chain(&name.to_string(), &finding))?;
        }
        Ok(())
    }
}

/// The trees at hand: those named, and the built-in ones.
pub(in crate::cli) fn sets(lang: Lang, matches: &ArgMatches) -> Result<Vec<Trees>> {
    let folders = matches.get_many::<String>("trees").into_iter().flatten();
    let named = folders.map(|folder| {
        let files = files::read_trees(lang, folder)?;
        Trees::from_files(&files).map_err(|findings| unsound(lang, &findings))
    });
    let mut sets: Vec<Trees> = named.collect::<Result<_>>()?;
    sets.push(crate::cli::built_in(lang)?);
    Ok(sets)
}

pub(in crate::cli) fn threads(matches: &ArgMatches) -> usize {
    let asked = matches.get_one::<String>("threads");
    let asked = asked.and_then(|threads| threads.parse().ok());
    asked.unwrap_or_else(cores).clamp(1, 256)
}

/// How many cores there are.
pub(in crate::cli) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

fn exit(fail_on: FailOn, summary: &Summary) -> Exit {
    let found = |severity| summary.findings(severity) > 0;
    let failed = summary.grade(Grade::Fail) > 0 || found(Severity::Error);
    let undetermined = summary.grade(Grade::Undetermined) > 0;
    let fails = match fail_on {
        FailOn::Never => return Exit::Done,
        FailOn::Error => failed,
        FailOn::Undetermined => failed || undetermined,
        FailOn::Warning => failed || undetermined || found(Severity::Warning),
        FailOn::Note => failed || undetermined || found(Severity::Warning) || found(Severity::Note),
    };
    match (fails, undetermined) {
        (true, _) => Exit::Found,
        (false, true) => Exit::Undetermined,
        (false, false) => Exit::Done,
    }
}

/// Whether a finding counts, or is recorded as an exception with a reason.
const fn counts(finding: &Finding) -> bool {
    !finding.excepted
}
