//! What differs from one's own baseline: a unit from the authority's other units, a month from the twelve before it, and
//! single records that lie far out.
//!
//! Nothing is compared with a number that somebody has thought of: only with the records themselves, and only where
//! there are enough of them. How is said in `docs/selfcontrol.md`, so that it can be done again without the program.

use std::collections::BTreeMap;

use super::exact::{FEWEST, Two, fence, fisher, holm};
use super::facts::{Case, Joined, Month};
use super::sections::{Baseline, Measure};

/// The chance of any false alarm among all comparisons.
pub const LIMIT: f64 = 0.05;
/// Smaller differences are not told, however sure, in percentage points.
pub const LEAST_POINTS: usize = 5;
/// Months that are compared, and months before each that it is compared with.
pub const MONTHS: i32 = 12;
/// Fewer than this of the group have it, or lack it: told without naming a record where small numbers are hidden.
const NAMED: usize = 20;

/// A group of records.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// A unit of an authority.
    Unit {
        /// Key of the authority.
        authority: String,
        /// The unit, as written.
        unit: String,
    },
    /// A month.
    Month(String),
}

/// A group that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Deviation {
    /// Which.
    pub group: Group,
    /// In what.
    pub measure: Measure,
    /// The group and what it is compared with.
    pub two: Two,
    /// The chance of so uneven a split by chance alone, adjusted for all comparisons.
    pub chance: f64,
    /// The records that make it, where the group has more than the rest; at most twenty.
    pub records: Vec<String>,
    /// How many there are of them.
    pub many: usize,
}

impl Deviation {
    /// The group has more of it than the rest.
    #[must_use]
    pub const fn is_more(&self) -> bool {
        self.two.with * self.two.rest_of > self.two.rest_with * self.two.of
    }
}

/// A record that lies far out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlier {
    /// The record's file.
    pub record: String,
    /// In what: `days`, `documents` or `items`.
    pub what: &'static str,
    /// How many.
    pub value: i64,
    /// Beyond this it is far out.
    pub fence: i64,
}

/// All that differs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Deviations {
    /// Groups, the surest first.
    pub groups: Vec<Deviation>,
    /// Records, the farthest out first.
    pub records: Vec<Outlier>,
    /// How many comparisons were made.
    pub compared: usize,
    /// Groups with too few records to compare.
    pub too_few: usize,
}

/// Finds them.
#[must_use]
pub fn deviations(joined: &Joined<'_>, baseline: Baseline) -> Deviations {
    let groups = groups(joined);
    let too_few = groups
        .iter()
        .filter(|(_, own, _)| own.len() < FEWEST)
        .count();
    let mut found: Vec<Deviation> = Vec::new();
    for (group, own, rest) in &groups {
        for (measure, _) in Measure::ALL {
            found.extend(compared(group, measure, own, rest, baseline));
        }
    }
    let chances: Vec<f64> = found.iter().map(|one| one.chance).collect();
    for (one, chance) in found.iter_mut().zip(holm(&chances)) {
        one.chance = chance;
    }
    let compared = found.len();
    found.retain(|one| one.chance < LIMIT && is_large(one.two));
    found.sort_by(|one, other| one.chance.total_cmp(&other.chance));
    Deviations {
        groups: found,
        records: outliers(joined),
        compared,
        too_few,
    }
}

type Cases<'c> = Vec<&'c Case<'c>>;

/// Each group with what it is compared with.
fn groups<'c>(joined: &'c Joined<'_>) -> Vec<(Group, Cases<'c>, Cases<'c>)> {
    let mut units: BTreeMap<(&str, u32), Cases<'c>> = BTreeMap::new();
    let mut authorities: BTreeMap<&str, Cases<'c>> = BTreeMap::new();
    for case in &joined.cases {
        units
            .entry((joined.authority(case), case.row.unit))
            .or_default()
            .push(case);
        authorities
            .entry(joined.authority(case))
            .or_default()
            .push(case);
    }
    let units = units.into_iter().filter_map(|((authority, unit), own)| {
        let all = authorities.get(authority)?;
        let rest: Cases<'c> = all
            .iter()
            .copied()
            .filter(|case| case.row.unit != unit)
            .collect();
        let name = own.first().map(|case| joined.unit(case).to_owned())?;
        let (authority, unit) = (authority.to_owned(), name);
        (!rest.is_empty()).then_some((Group::Unit { authority, unit }, own, rest))
    });
    units.chain(months(joined)).collect()
}

fn months<'c>(joined: &'c Joined<'_>) -> Vec<(Group, Cases<'c>, Cases<'c>)> {
    let last = joined.cases.iter().filter_map(Case::month).max();
    let Some(last) = last else {
        return Vec::new();
    };
    let between = |from: Month, until: Month| -> Cases<'c> {
        let within = |case: &&Case<'_>| {
            case.month()
                .is_some_and(|month| from <= month && month <= until)
        };
        joined.cases.iter().filter(within).collect()
    };
    let months = (0..MONTHS).rev().map(|back| last.later(-back));
    let groups = months.map(|month| {
        let before = between(month.later(-MONTHS), month.later(-1));
        (
            Group::Month(month.to_string()),
            between(month, month),
            before,
        )
    });
    groups
        .filter(|(_, own, rest)| !own.is_empty() && !rest.is_empty())
        .collect()
}

fn compared(
    group: &Group,
    measure: Measure,
    own: &[&Case<'_>],
    rest: &[&Case<'_>],
    baseline: Baseline,
) -> Option<Deviation> {
    let asked = |cases: &[&Case<'_>]| {
        let said = cases
            .iter()
            .filter_map(|case| baseline.measure(measure, case));
        said.fold((0, 0), |(with, of), has| (with + usize::from(has), of + 1))
    };
    let ((with, of), (rest_with, rest_of)) = (asked(own), asked(rest));
    let is_settled = with + rest_with == 0 || with + rest_with == of + rest_of;
    if of < FEWEST || rest_of < FEWEST || is_settled {
        return None;
    }
    let two = Two {
        with,
        of,
        rest_with,
        rest_of,
    };
    let has = |case: &&&Case<'_>| baseline.measure(measure, case) == Some(true);
    let is_more = with * rest_of > rest_with * of;
    let records = own.iter().filter(has).filter(|_| is_more);
    Some(Deviation {
        group: group.clone(),
        measure,
        two,
        chance: fisher(two),
        records: records
            .take(NAMED)
            .map(|case| case.row.file.to_string())
            .collect(),
        many: with,
    })
}

/// At least so many percentage points apart.
const fn is_large(two: Two) -> bool {
    let (own, rest) = (two.with * two.rest_of, two.rest_with * two.of);
    own.abs_diff(rest) * 100 >= LEAST_POINTS * two.of * two.rest_of
}

fn outliers(joined: &Joined<'_>) -> Vec<Outlier> {
    let ready = |case: &Case<'_>, value: u64| {
        case.row
            .is_ready()
            .then(|| i64::try_from(value).unwrap_or(i64::MAX))
    };
    let days = far_out("days", joined, |case| case.days.filter(|days| *days >= 0));
    let documents = far_out("documents", joined, |case| {
        ready(case, case.row.facts.documents.into())
    });
    let items = far_out("items", joined, |case| ready(case, case.row.items()));
    [days, documents, items].concat()
}

fn far_out(
    what: &'static str,
    joined: &Joined<'_>,
    value: impl Fn(&Case<'_>) -> Option<i64>,
) -> Vec<Outlier> {
    let mut all: Vec<i64> = joined.cases.iter().filter_map(&value).collect();
    all.sort_unstable();
    let Some(fence) = fence(&all) else {
        return Vec::new();
    };
    let outside = joined.cases.iter().filter_map(|case| {
        let value = value(case).filter(|value| *value > fence)?;
        let record = case.row.file.to_string();
        Some(Outlier {
            record,
            what,
            value,
            fence,
        })
    });
    let mut outside: Vec<Outlier> = outside.collect();
    outside.sort_by_key(|one| std::cmp::Reverse(one.value));
    outside
}
