//! `selfcontrol`: many documents read on all cores as `check` reads them, of each only a row kept.

mod gaps;
pub(in crate::cli) mod phrases;
mod results;
mod sample;

use std::io::IsTerminal as _;
use std::path::Path;

use anyhow::Result;
use clap::ArgMatches;
use jiff::civil::Date;

use sekretesskoll::check::{Kind, Verdict};
use sekretesskoll::language::Lang;
use sekretesskoll::page::{Bars, Page};
use sekretesskoll::selfcontrol::facts::{Checked, Facts, Ledger};
use sekretesskoll::selfcontrol::report::{ReadOn, Report, Wanted};
use sekretesskoll::trees::Trees;

use crate::cli::args::Usage;
use crate::cli::check::inputs::Inputs;
use crate::cli::check::work::{Tell, Told, each};
use crate::cli::check::{self, Missing, Progress};
use crate::cli::{Exit, assess, clock, files, say, screen};

/// Below this nothing is told in what is made to be published.
const FEWEST: u64 = 3;

/// Runs `selfcontrol` and what stands under it.
pub(crate) fn run(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    match matches.subcommand() {
        Some(("sample", matches)) => sample::run(lang, matches),
        Some(("results", matches)) => results::run(lang, matches),
        Some(("gaps", matches)) => gaps::run(lang, matches),
        _ => figures(lang, matches),
    }
}

fn figures(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let target = Target::of(lang, matches, &["table", "html", "csv", "json"])?;
    let (from, until) = (day(lang, matches, "from")?, day(lang, matches, "until")?);
    let made = clock::today()?;
    let trees = check::sets(lang, matches)?;
    let mut read = read(lang, matches, &trees)?;
    read.ledger.keep(from, until);
    has_records(lang, &read)?;
    let Some(present) = trees.first() else {
        return Ok(Exit::CouldNot);
    };
    let joined = read.ledger.joined(&present.laws);
    let wanted = Wanted {
        lang,
        fewest: suppress(matches, target.format),
        from,
        until,
        made,
    };
    let report = Report::of(&joined, present, wanted);
    target.write(lang, &told(&report, target.format))?;
    Ok(read.unreadable.exit(lang))
}

/// What is made to be handed on hides small numbers unless told otherwise; what is made for whoever has the documents
/// hides nothing.
fn suppress(matches: &ArgMatches, format: &str) -> Option<u64> {
    let asked = matches.get_one::<u32>("suppress").copied().map(u64::from);
    let published = matches!(format, "html" | "csv");
    let fewest = asked.unwrap_or(if published { FEWEST } else { 0 });
    (fewest > 1).then_some(fewest)
}

fn told(report: &Report, format: &str) -> String {
    match format {
        "html" => report.page(ReadOn::Paper).html(),
        "csv" => report.csv(),
        "json" => format!("{:#}\n", report.json()),
        _ => text(&report.page(ReadOn::Screen)),
    }
}

/// As text: bars of blocks where a terminal draws them, of plain signs elsewhere.
fn text(page: &Page) -> String {
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let plain = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
    let is_drawn = std::io::stdout().is_terminal() && !no_colour && !plain;
    page.text_with(match is_drawn {
        // A screen reader would read out every sign of a bar; the figures stand beside it.
        _ if assess::wants_plain() => Bars::None,
        true => Bars::Blocks,
        false => Bars::Ascii,
    })
}

/// A day from a flag; one that does not exist is wrong usage.
fn day(lang: Lang, matches: &ArgMatches, flag: &str) -> Result<Option<Date>> {
    let Some(written) = matches.get_one::<String>(flag) else {
        return Ok(None);
    };
    let day = written.parse().map(Some);
    day.map_err(|_| Usage(phrases::bad_day(lang, &flag, written)).into())
}

/// What has been read.
struct Gathered {
    ledger: Ledger,
    unreadable: Unreadable,
}

/// What could not be read.
#[derive(Default)]
struct Unreadable {
    why: Vec<String>,
    many: usize,
}

/// So many are told of one by one.
const TOLD: usize = 5;

impl Unreadable {
    fn take(&mut self, why: String) {
        self.many += 1;
        if self.why.len() < TOLD {
            self.why.push(why);
        }
    }

    /// Says what is not counted: figures over less than all that is there must not pass for more.
    fn exit(&self, lang: Lang) -> Exit {
        if self.many == 0 {
            return Exit::Done;
        }
        self.why.iter().for_each(|why| crate::cli::say_wrong(why));
        say(&screen::wrap(&phrases::unreadable(lang, &self.many)));
        Exit::Found
    }
}

/// What is made of each document.
enum Of {
    Kept(Option<Box<Facts>>),
    Unreadable(String),
}

struct Gather;

impl Tell for Gather {
    type Of = Of;

    fn document(&self, _name: &str, verdict: &Verdict<'_>, _missing: &[Missing]) -> Of {
        Of::Kept(Facts::of(verdict).map(Box::new))
    }

    fn unreadable(&self, _name: &str, _kind: Option<Kind>, why: &str) -> Of {
        Of::Unreadable(why.to_owned())
    }
}

/// Reads everything that was named.
fn read(lang: Lang, matches: &ArgMatches, sets: &[Trees]) -> Result<Gathered> {
    if matches
        .get_many::<String>("path")
        .into_iter()
        .flatten()
        .next()
        .is_none()
    {
        return Err(Usage(phrases::no_path(lang)).into());
    }
    gather(
        lang,
        Inputs::of(lang, matches)?,
        sets,
        check::threads(matches),
    )
}

/// Reads everything in some folders or files.
fn gather(lang: Lang, inputs: Inputs, sets: &[Trees], threads: usize) -> Result<Gathered> {
    let trees: Vec<&Trees> = sets.iter().collect();
    let mut progress = Progress::new(lang, &inputs, false);
    let mut gathered = Gathered {
        ledger: Ledger::default(),
        unreadable: Unreadable::default(),
    };
    let worked = each(lang, &trees, inputs, &Gather, threads, |told| {
        progress.tick(told.bytes_read);
        gathered.take(told);
        Ok(())
    });
    progress.done();
    worked?;
    Ok(gathered)
}

impl Gathered {
    fn take(&mut self, told: Told<Of>) {
        match told.bytes {
            Of::Unreadable(why) => {
                self.unreadable.take(why);
                self.ledger.take(Checked {
                    file: &told.name.to_string(),
                    kind: None,
                    facts: None,
                    findings: &[],
                    link: None,
                });
            }
            Of::Kept(facts) => self.ledger.take(Checked {
                file: &told.name.to_string(),
                kind: told.kind,
                facts: facts.map(|facts| *facts),
                findings: &told.findings,
                link: told.link,
            }),
        }
    }
}

/// Figures over nothing are no figures.
fn has_records(lang: Lang, read: &Gathered) -> Result<()> {
    if read.ledger.records() > 0 {
        return Ok(());
    }
    read.unreadable.exit(lang);
    Err(anyhow::anyhow!(phrases::no_records(lang)))
}

/// Where the result goes, and how it is written.
struct Target {
    format: &'static str,
    file: Option<String>,
}

impl Target {
    /// By `--format`, else by the file's ending, else the first. That the file can be written is found out first.
    fn of(lang: Lang, matches: &ArgMatches, formats: &[&'static str]) -> Result<Self> {
        let file = matches
            .get_one::<String>("out")
            .filter(|out| *out != "-")
            .cloned();
        let asked = matches.get_one::<String>("format");
        let asked = asked.and_then(|asked| formats.iter().find(|format| *format == asked));
        let ending = file
            .as_deref()
            .and_then(|file| Path::new(file).extension()?.to_str());
        let by_ending = ending.and_then(|ending| formats.iter().find(|format| **format == ending));
        let first = formats.first().copied().unwrap_or_default();
        if let Some(file) = &file {
            files::check_new(lang, Path::new(file))?;
        }
        Ok(Self {
            format: asked.or(by_ending).copied().unwrap_or(first),
            file,
        })
    }

    fn write(&self, lang: Lang, text: &str) -> Result<()> {
        let Some(file) = &self.file else {
            return crate::cli::out(text);
        };
        files::write_new(lang, Path::new(file), text)?;
        say(&screen::wrap(&phrases::written(lang, file)));
        Ok(())
    }
}
