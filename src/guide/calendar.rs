//! Dates as a calendar to import, RFC 5545: lines end in CRLF and are folded at 75 octets, every event is a whole day.
//!
//! What stands in a calendar is seen by others: an event says what is to be followed up and the section, and nobody's
//! name.

use std::fmt::Write as _;

use jiff::Zoned;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Due;
use super::dates::next_working_day;
use crate::language::Lang;
use crate::seal::of_bytes;

/// The most octets of a line, its line break not counted (RFC 5545, 3.1).
const LONGEST_LINE: usize = 75;

/// What a calendar is made of besides its dates.
#[derive(Clone, Debug)]
pub struct Calendar<'a> {
    /// A title for every event.
    pub title: &'a str,
    /// A reference number that tells several calendars apart.
    pub case: Option<&'a str>,
    /// What makes the events' ids different from those of every other calendar.
    pub seed: &'a str,
    /// When it is made.
    pub made: &'a Zoned,
    /// The language.
    pub lang: Lang,
}

impl Calendar<'_> {
    /// The calendar as it is written to a file.
    #[must_use]
    pub fn text(&self, dates: &[Due]) -> String {
        let mut lines = vec![
            "BEGIN:VCALENDAR".to_owned(),
            "VERSION:2.0".to_owned(),
            format!(
                "PRODID:-//sekretesskoll//{}//{}",
                env!("CARGO_PKG_VERSION"),
                self.lang.tag().to_uppercase()
            ),
            "CALSCALE:GREGORIAN".to_owned(),
        ];
        lines.extend(dates.iter().flat_map(|due| self.event(due)));
        lines.push("END:VCALENDAR".to_owned());
        lines.iter().map(|line| folded(line)).collect()
    }

    fn event(&self, due: &Due) -> Vec<String> {
        let case = self
            .case
            .map(|case| format!(" ({case})"))
            .unwrap_or_default();
        let summary = format!("{}{case}: {}", self.title, due.text);
        let mut says: Vec<&str> = due.says.iter().map(String::as_str).collect();
        let (cited, free) = (due.cited.join(", "), self.free_day(due).unwrap_or_default());
        let more = [free.as_str(), cited.as_str()].into_iter();
        says.extend(more.filter(|line| !line.is_empty()));
        let mut lines = vec![
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}", self.uid(due)),
            format!(
                "DTSTAMP:{}",
                self.made
                    .with_time_zone(TimeZone::UTC)
                    .strftime("%Y%m%dT%H%M%SZ")
            ),
            format!("DTSTART;VALUE=DATE:{}", digits(due.day)),
        ];
        // Where the calendar ends there is no day after; a day alone is then the whole day (3.6.1).
        let after = due.day.tomorrow().ok();
        lines.extend(after.map(|after| format!("DTEND;VALUE=DATE:{}", digits(after))));
        lines.push(format!("SUMMARY:{}", escaped(&summary)));
        lines.push(format!("DESCRIPTION:{}", escaped(&says.join("\n"))));
        lines.extend(["CLASS:PRIVATE", "TRANSP:TRANSPARENT", "END:VEVENT"].map(str::to_owned));
        lines
    }

    /// Nobody answers on a Saturday or a Sunday: which day to ask instead.
    fn free_day(&self, due: &Due) -> Option<String> {
        let next = next_working_day(due.day)?;
        Some(match self.lang {
            Lang::Sv => format!("Dagen är ledig: fråga {next}."),
            Lang::En => format!("Not a working day: ask on {next}."),
        })
    }

    /// The same date of the same calendar has the same id: what is imported twice is there once.
    fn uid(&self, due: &Due) -> String {
        let digest = of_bytes(format!("{}\n{}\n{}", self.seed, due.id, due.day).as_bytes());
        let digits: String = digest.chars().take(32).collect();
        format!("{digits}@sekretesskoll")
    }
}

fn digits(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// A text as a value (3.3.11). Other control characters than the line feed may not stand there.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// A line with its line break, folded between characters so that no part is too long.
fn folded(line: &str) -> String {
    let (mut folded, mut length) = (String::new(), 0);
    for c in line.chars() {
        if length + c.len_utf8() > LONGEST_LINE {
            folded.push_str("\r\n ");
            length = 1;
        }
        let _ = write!(folded, "{c}");
        length += c.len_utf8();
    }
    folded + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_LINE, escaped, folded};

    fn unfolded(text: &str) -> String {
        text.replace("\r\n ", "").replace("\r\n", "")
    }

    #[test]
    fn a_long_line_is_folded_between_characters_and_read_back_whole() {
        for line in [
            "",
            "kort",
            &"å".repeat(200),
            &"a👶".repeat(60),
            &" ".repeat(160),
        ] {
            let folded = folded(line);
            assert!(folded.ends_with("\r\n"));
            assert!(folded.split("\r\n").all(|part| part.len() <= LONGEST_LINE));
            assert_eq!(unfolded(&folded), line);
        }
        let exact = "x".repeat(LONGEST_LINE);
        assert_eq!(folded(&exact), format!("{exact}\r\n"));
        assert_eq!(folded(&format!("{exact}y")), format!("{exact}\r\n y\r\n"));
    }

    #[test]
    fn what_means_something_in_a_calendar_is_escaped() {
        assert_eq!(escaped("a, b; c\\d\ne"), "a\\, b\\; c\\\\d\\ne");
        assert_eq!(escaped("rad\r\nrad\u{7}:"), "rad\\nrad:");
    }
}
