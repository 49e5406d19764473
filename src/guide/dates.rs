//! Dates that follow from the answers of a guide: pure arithmetic on days of the calendar.
//!
//! Three rules, and no others. The day that is counted from is not counted itself: one day after a Monday is a Tuesday.
//! Months keep the number of the day, and where the month has no such day its last one counts: four months after 31
//! October are 28 February, or 29. A day that falls on a Saturday or a Sunday is not moved; the working day after it is
//! given beside it. Public holidays are not known.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan as _};

use crate::language::Text;
use crate::tree::LawRef;

/// In `from`: the day of the guide itself.
pub const ON: &str = "on";

/// How far a date lies from the day that it is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// So many days.
    Days(u16),
    /// So many months.
    Months(u16),
}

impl Count {
    fn span(self) -> Span {
        match self {
            Count::Days(days) => i64::from(days).days(),
            Count::Months(months) => i64::from(months).months(),
        }
    }
}

/// The day that lies so far after another; none beyond the calendar.
#[must_use]
pub fn day_after(start: Date, count: Count) -> Option<Date> {
    start.checked_add(count.span()).ok()
}

/// The Monday after a Saturday or a Sunday; none for a working day.
#[must_use]
pub fn next_working_day(day: Date) -> Option<Date> {
    let ahead = match day.weekday() {
        Weekday::Saturday => 2,
        Weekday::Sunday => 1,
        _ => return None,
    };
    day.checked_add(i64::from(ahead).days()).ok()
}

/// How a date is computed.
#[derive(Clone, Debug)]
pub struct DateRule {
    /// Its id.
    pub id: String,
    /// What it is counted from: the first of these that has a day.
    pub from: Vec<String>,
    /// How far it lies after that.
    pub count: Count,
    /// What is to have happened by then.
    pub text: Text,
    /// What there is to know about it.
    pub says: Option<Text>,
    /// Sections. Where the first is not in force on the day counted from, there is no such date.
    pub law: Vec<LawRef>,
}

/// A date that was computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The rule's id.
    pub id: String,
    /// The day that it was counted from.
    pub from: Date,
    /// The day.
    pub day: Date,
    /// What is to have happened by then, in words.
    pub text: String,
    /// What there is to know about it.
    pub says: Option<String>,
    /// Keys of the sections, in force on the day counted from.
    pub law: Vec<String>,
    /// The same as they are cited.
    pub cited: Vec<String>,
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::{Count, day_after, next_working_day};

    #[test]
    fn the_day_counted_from_is_not_counted() {
        let monday = date(2026, 11, 23);
        assert_eq!(day_after(monday, Count::Days(0)), Some(monday));
        assert_eq!(day_after(monday, Count::Days(1)), Some(date(2026, 11, 24)));
        assert_eq!(day_after(monday, Count::Days(14)), Some(date(2026, 12, 7)));
        assert_eq!(
            day_after(date(2024, 2, 28), Count::Days(1)),
            Some(date(2024, 2, 29))
        );
    }

    #[test]
    fn a_month_without_such_a_day_ends_on_its_last() {
        for (from, months, to) in [
            (date(2026, 10, 31), 4, date(2027, 2, 28)),
            (date(2027, 10, 31), 4, date(2028, 2, 29)),
            (date(2026, 8, 31), 1, date(2026, 9, 30)),
            (date(2026, 1, 30), 4, date(2026, 5, 30)),
            (date(2026, 9, 15), 4, date(2027, 1, 15)),
        ] {
            assert_eq!(day_after(from, Count::Months(months)), Some(to));
        }
    }

    #[test]
    fn beyond_the_calendar_there_is_no_day() {
        assert_eq!(day_after(Date::MAX, Count::Days(1)), None);
        assert_eq!(day_after(Date::MAX, Count::Months(1)), None);
        assert_eq!(
            next_working_day(Date::MAX).filter(|day| *day < Date::MAX),
            None
        );
    }

    #[test]
    fn only_a_saturday_and_a_sunday_have_a_working_day_after_them() {
        let mut day = date(2026, 11, 23);
        for expected in [None, None, None, None, None, Some(30), Some(30)] {
            let expected = expected.map(|number| date(2026, 11, number));
            assert_eq!(next_working_day(day), expected, "{day}");
            day = day_after(day, Count::Days(1)).unwrap_or(day);
        }
    }
}
