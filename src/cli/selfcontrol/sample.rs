//! `selfcontrol sample`: a sample that anybody can draw again, as a checklist to fill in.

use anyhow::Result;
use clap::ArgMatches;

use sekretesskoll::language::Lang;
use sekretesskoll::page::tidy;
use sekretesskoll::selfcontrol::checklist::{Checklist, Head};
use sekretesskoll::selfcontrol::sample::{Stratify, draw};

use super::{Target, day, has_records, phrases, read};
use crate::cli::args::Usage;
use crate::cli::{Exit, check, clock, say, screen};

/// Records drawn where nobody says how many.
const NUMBER: u32 = 20;

/// Runs the command.
pub(super) fn run(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let target = Target::of(lang, matches, &["md", "json"])?;
    let (from, until) = (day(lang, matches, "from")?, day(lang, matches, "until")?);
    let seed = seed(lang, matches)?;
    let sets = check::sets(lang, matches)?;
    let mut read = read(lang, matches, &sets)?;
    read.ledger.keep(from, until);
    has_records(lang, &read)?;
    let Some(present) = sets.first() else {
        return Ok(Exit::CouldNot);
    };
    let joined = read.ledger.joined(&present.laws);
    let stratify = matches.get_one::<String>("stratify");
    let stratify = stratify.and_then(|key| Stratify::parse(key));
    let number = matches.get_one::<u32>("number").copied().unwrap_or(NUMBER);
    let number = usize::try_from(number)?;
    let sample = draw(&joined, &seed, number, stratify);
    let head = Head {
        made: clock::today()?.to_string(),
        language: lang.tag().to_owned(),
        seed,
        number,
        stratify: stratify.map(|stratify| stratify.key().to_owned()),
        from: from.map(|day| day.to_string()),
        until: until.map(|day| day.to_string()),
        of: sample.of,
    };
    let checklist = Checklist::of(&joined, &sample, head, stratify);
    let text = match target.format {
        "json" => format!("{}\n", serde_json::to_string_pretty(&checklist)?),
        _ => checklist.markdown(present),
    };
    target.write(lang, &text)?;
    let drawn = sample.drawn.len();
    say(&screen::wrap(&phrases::drawn(lang, &drawn, &sample.of)));
    if until.is_none() {
        say(&screen::wrap(&phrases::no_until(lang)));
    }
    Ok(read.unreadable.exit(lang))
}

/// The seed, on one line: it stands in the checklist and is part of what is hashed.
fn seed(lang: Lang, matches: &ArgMatches) -> Result<String> {
    let written = matches.get_one::<String>("seed").map_or("", String::as_str);
    let seed = tidy(written);
    if seed.is_empty() || seed != written {
        return Err(Usage(phrases::bad_seed(lang)).into());
    }
    Ok(seed)
}
