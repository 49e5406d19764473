//! The clock: the day in Sweden, and times to the minute. No environment variable sets it.

use anyhow::{Context as _, Result};
use jiff::Zoned;
use jiff::civil::Date;

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
