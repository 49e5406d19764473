//! What the duty asks of the organisation, and is not there: units without records, reports that nobody has reviewed,
//! follow-ups never asked for, law that was checked too long ago.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::alike::folded;
use crate::assessment::{DUTY, ItemOutcome};
use crate::law::Laws;

use super::catalogue::{CATALOGUE, GapEntry};
use super::facts::{Case, Joined, Review};

/// Something that is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Its code in `selfcontrol.toml`.
    pub code: &'static str,
    /// The record's file; empty where it is about none.
    pub record: String,
    /// What makes it this very gap: a unit, a key, a day, a number. Never a text of a record.
    pub detail: String,
}

impl Gap {
    /// Its words.
    #[must_use]
    pub fn entry(&self) -> Option<&'static GapEntry> {
        CATALOGUE.gap(self.code)
    }
}

/// What is allowed, and what there should be.
#[derive(Clone, Debug)]
pub struct Allowed {
    /// The day that is counted from.
    pub on: Date,
    /// Days since the law was checked.
    pub law_age: u32,
    /// Days that what was held back may wait for an answer.
    pub supplement_age: u32,
    /// The units that there are; empty where nobody has said.
    pub units: Vec<String>,
}

/// Looks for them: about units and law first, then by record in their order.
#[must_use]
pub fn gaps(joined: &Joined<'_>, laws: &Laws, allowed: &Allowed) -> Vec<Gap> {
    let mut found = units(joined, allowed);
    found.extend(law(laws, allowed));
    for case in &joined.cases {
        found.extend(review(case));
        found.extend(feedback(joined, case));
        found.extend(supplement(case, allowed));
        found.extend(law_then(case, allowed));
    }
    found
}

fn gap(code: &'static str, case: Option<&Case<'_>>, detail: String) -> Gap {
    let record = case.map(|case| case.row.file.to_string());
    Gap {
        code,
        record: record.unwrap_or_default(),
        detail,
    }
}

fn units(joined: &Joined<'_>, allowed: &Allowed) -> Vec<Gap> {
    if allowed.units.is_empty() {
        return Vec::new();
    }
    let there: BTreeMap<String, &str> = joined
        .cases
        .iter()
        .map(|case| (folded(joined.unit(case)), joined.unit(case)))
        .collect();
    let known: BTreeSet<String> = allowed.units.iter().map(|unit| folded(unit)).collect();
    let silent = allowed
        .units
        .iter()
        .filter(|unit| !there.contains_key(&folded(unit)));
    let silent = silent.map(|unit| gap("unit-without-records", None, unit.clone()));
    let unknown = there.iter().filter(|(unit, _)| !known.contains(*unit));
    let unknown = unknown.map(|(_, unit)| gap("unknown-unit", None, (*unit).to_owned()));
    silent.chain(unknown).collect()
}

/// The oldest check of what is cited today, by day: one line for each day, not for each section.
fn law(laws: &Laws, allowed: &Allowed) -> Vec<Gap> {
    let provisions = laws
        .provisions
        .values()
        .filter(|provision| provision.on(allowed.on).is_some());
    let days: BTreeSet<Date> = provisions.map(|provision| provision.checked_on).collect();
    let old = days
        .into_iter()
        .filter(|day| is_older(*day, allowed.on, allowed.law_age));
    old.map(|day| gap("law-check-old", None, day.to_string()))
        .collect()
}

fn is_older(day: Date, than: Date, days: u32) -> bool {
    than.since(day)
        .is_ok_and(|since| i64::from(since.get_days()) > i64::from(days))
}

fn review(case: &Case<'_>) -> Option<Gap> {
    let never = case.review()? == Review::Never;
    let code = if case.row.facts.wants_review {
        "unreviewed"
    } else {
        "never-reviewed"
    };
    never.then(|| gap(code, Some(case), String::new()))
}

fn feedback(joined: &Joined<'_>, case: &Case<'_>) -> Option<Gap> {
    let is_report = joined.route(case) == DUTY && case.row.is_ready();
    let is_asked = case.row.facts.feedback == Some(true);
    (is_report && !is_asked).then(|| gap("feedback-not-asked", Some(case), String::new()))
}

/// What was held back for an answer, in a report that something was sent of, and nothing has followed.
fn supplement(case: &Case<'_>, allowed: &Allowed) -> Option<Gap> {
    let waiting = case.row.with(ItemOutcome::Refer) + u64::from(case.is_contested());
    let finished = case.row.facts.finished?;
    let is_late = is_older(finished, allowed.on, allowed.supplement_age);
    let is_open = waiting > 0 && !case.followed && is_late;
    is_open.then(|| gap("supplement-missing", Some(case), waiting.to_string()))
}

fn law_then(case: &Case<'_>, allowed: &Allowed) -> Option<Gap> {
    let (checked, finished) = (case.row.facts.checked_on?, case.row.facts.finished?);
    let is_old = is_older(checked, finished, allowed.law_age);
    is_old.then(|| gap("law-check-old-then", Some(case), checked.to_string()))
}
