//! The clock: the day in Sweden or the one asked for, and times to the minute. No environment variable sets it.

use anyhow::{Context as _, Result};
use clap::ArgMatches;
use jiff::Zoned;
use jiff::civil::Date;

use sekretesskoll::language::Lang;

use crate::cli::args::Usage;
use crate::cli::phrases;

/// Now, in Sweden.
pub(crate) fn now() -> Result<Zoned> {
    Zoned::now()
        .in_tz("Europe/Stockholm")
        .context("Europe/Stockholm")
}

/// Today, in Sweden.
pub(crate) fn today() -> Result<Date> {
    Ok(now()?.date())
}

/// A moment to the minute, with offset.
pub(crate) fn to_the_minute(moment: &Zoned) -> String {
    moment.strftime("%Y-%m-%dT%H:%M%:z").to_string()
}

/// Day from `--on`; a day that does not exist is wrong usage.
pub(crate) fn day(lang: Lang, matches: &ArgMatches) -> Result<Option<Date>> {
    let Some(written) = matches.get_one::<String>("on") else {
        return Ok(None);
    };
    written
        .parse()
        .map(Some)
        .map_err(|_| Usage(phrases::bad_day_argument(lang, written)).into())
}

/// The day from `--on`, or today.
pub(crate) fn day_or_today(lang: Lang, matches: &ArgMatches) -> Result<Date> {
    day(lang, matches)?.map_or_else(today, Ok)
}
