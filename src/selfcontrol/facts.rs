//! What is kept of a document, and all of them joined: a record with its reviews and its dispatches.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use rustc_hash::FxBuildHasher;

use crate::alike::folded;
use crate::assessment::{DUTY, ItemOutcome, Whole};
use crate::check::catalogue::Code;
use crate::check::chain::{Chain, Link, Mark};
use crate::check::{Finding, Grade, Kind, Verdict};
use crate::law::{Authority, Bound, Laws};
use crate::review::wants_review;
use crate::source::day;

/// The six outcomes of an item, in the order they are told.
pub const OUTCOMES: [ItemOutcome; 6] = [
    ItemOutcome::Disclose,
    ItemOutcome::DiscloseSummarised,
    ItemOutcome::DescribeInstead,
    ItemOutcome::Withhold,
    ItemOutcome::Barred,
    ItemOutcome::Refer,
];

/// What is kept of a record: no text that somebody wrote but the name of the unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Its digest.
    pub digest: String,
    /// The digest of the record that it follows.
    pub follows: Option<String>,
    /// Key of the authority.
    pub authority: String,
    /// The unit, as written.
    pub unit: String,
    /// Key of the route's outcome.
    pub route: String,
    /// How the whole ends; none for a word that no record has.
    pub whole: Option<Whole>,
    /// The day whose law was applied.
    pub on: Option<Date>,
    /// The day of knowledge.
    pub known_since: Option<Date>,
    /// The day it was finished, by the clock.
    pub finished: Option<Date>,
    /// How many items have each outcome, the first item not among them.
    pub outcomes: [u16; 6],
    /// How many documents may leave.
    pub documents: u16,
    /// The day of the first urgent call.
    pub call: Option<Date>,
    /// Feedback is asked for; none where nothing may be sent.
    pub feedback: Option<bool>,
    /// A guideline wants it read before it is sent.
    pub wants_review: bool,
    /// Made after the day that the information left.
    pub retrospective: bool,
    /// Answers a request of the board.
    pub request: bool,
    /// The earliest day on which what it cites was checked.
    pub checked_on: Option<Date>,
    /// The verdict on it.
    pub grade: Grade,
    /// What was found, a bit for each code.
    pub found: u32,
    /// What was found and is recorded as an exception.
    pub excepted: u32,
}

impl Facts {
    /// What is kept of a record; none of other documents.
    #[must_use]
    pub fn of(verdict: &Verdict<'_>) -> Option<Self> {
        let record = verdict.record?;
        let all = [
            Whole::Ready,
            Whole::Refer,
            Whole::NothingToSend,
            Whole::Stopped,
        ];
        let mut outcomes = [0; 6];
        for item in &record.items {
            let outcome = ItemOutcome::parse(&item.outcome);
            let at = OUTCOMES.iter().position(|known| Some(*known) == outcome);
            if let Some(count) = at.and_then(|at| outcomes.get_mut(at)) {
                *count += 1;
            }
        }
        let calls = record
            .calls
            .iter()
            .filter_map(|call| day(call.when.get(..10)?));
        let (found, excepted) = bits(&verdict.findings);
        Some(Self {
            digest: record.digest.to_string(),
            follows: record.follows.as_deref().map(str::to_owned),
            authority: record.authority.key.to_string(),
            unit: crate::page::tidy(&record.official.unit),
            route: record.route.outcome.to_string(),
            whole: all
                .into_iter()
                .find(|whole| *whole.key() == *record.outcome),
            on: day(&record.on),
            known_since: day(&record.known_since),
            finished: record.finished.get(..10).and_then(day),
            outcomes,
            documents: u16::try_from(record.documents.len()).unwrap_or(u16::MAX),
            call: calls.min(),
            feedback: record.closing.as_ref().map(|closing| closing.feedback),
            wants_review: wants_review(record),
            retrospective: record.retrospective,
            request: record.request.is_some(),
            checked_on: record
                .law
                .values()
                .filter_map(|law| day(&law.checked_on))
                .min(),
            grade: verdict.grade,
            found,
            excepted,
        })
    }
}

const fn bit(code: Code) -> u32 {
    1 << code as u32
}

fn bits(findings: &[Finding]) -> (u32, u32) {
    findings.iter().fold((0, 0), |(found, excepted), finding| {
        if finding.excepted {
            (found, excepted | bit(finding.code))
        } else {
            (found | bit(finding.code), excepted)
        }
    })
}

/// A name that is kept once: its place in a list.
pub type Name = u32;

/// Names, each kept once. What differs in case and spaces alone is one name, spelt as it was first seen.
#[derive(Default)]
pub struct Names {
    list: Vec<String>,
    places: HashMap<String, Name, FxBuildHasher>,
}

impl Names {
    fn place(&mut self, name: &str) -> Name {
        let key = folded(name);
        if let Some(place) = self.places.get(&key) {
            return *place;
        }
        let place = Name::try_from(self.list.len()).unwrap_or(Name::MAX);
        self.list.push(name.to_owned());
        self.places.insert(key, place);
        place
    }

    /// The name at a place.
    #[must_use]
    pub fn name(&self, place: Name) -> &str {
        let found = usize::try_from(place).ok().and_then(|at| self.list.get(at));
        found.map_or("", String::as_str)
    }
}

/// A record, small and of fixed size but for where it lies and its digest.
pub struct Row {
    /// Where it lies: a file, or a file and a line.
    pub file: Box<str>,
    /// Its digest.
    pub digest: Box<str>,
    /// The record that it follows.
    pub follows: Option<Mark>,
    /// The authority.
    pub authority: Name,
    /// The unit.
    pub unit: Name,
    /// The route's outcome.
    pub route: Name,
    /// Its facts, without what stands above.
    pub facts: Fixed,
}

/// The part of a record's facts that is of fixed size.
#[derive(Clone, Copy)]
pub struct Fixed {
    /// How the whole ends.
    pub whole: Option<Whole>,
    /// The day whose law was applied.
    pub on: Option<Date>,
    /// The day of knowledge.
    pub known_since: Option<Date>,
    /// The day it was finished.
    pub finished: Option<Date>,
    /// How many items have each outcome.
    pub outcomes: [u16; 6],
    /// How many documents may leave.
    pub documents: u16,
    /// The day of the first urgent call.
    pub call: Option<Date>,
    /// Feedback is asked for.
    pub feedback: Option<bool>,
    /// A guideline wants it read before it is sent.
    pub wants_review: bool,
    /// Made after the day that the information left.
    pub retrospective: bool,
    /// Answers a request of the board.
    pub request: bool,
    /// The earliest day on which what it cites was checked.
    pub checked_on: Option<Date>,
    /// The verdict on it.
    pub grade: Grade,
    /// What was found, in it and by several documents together.
    pub found: u32,
    /// What is recorded as an exception.
    pub excepted: u32,
}

impl Row {
    /// Whether something was found in it, or about it in its reviews and dispatches.
    #[must_use]
    pub const fn has(&self, code: Code) -> bool {
        self.facts.found & bit(code) > 0
    }

    /// Whether something is recorded in it as an exception.
    #[must_use]
    pub const fn excepts(&self, code: Code) -> bool {
        self.facts.excepted & bit(code) > 0
    }

    /// How many items it has, beside the first.
    #[must_use]
    pub fn items(&self) -> u64 {
        self.facts.outcomes.iter().copied().map(u64::from).sum()
    }

    /// How many items have an outcome.
    #[must_use]
    pub fn with(&self, outcome: ItemOutcome) -> u64 {
        let at = OUTCOMES.iter().position(|known| *known == outcome);
        at.and_then(|at| self.facts.outcomes.get(at))
            .copied()
            .map_or(0, u64::from)
    }

    /// It fails `check`, by itself or together with its reviews and dispatches.
    #[must_use]
    pub fn fails(&self) -> bool {
        let fails = |code: &&Code| self.has(**code) && code.fails();
        self.facts.grade == Grade::Fail || Code::ALL.iter().any(|code| fails(&code))
    }

    /// Something may be sent.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.facts.whole == Some(Whole::Ready)
    }
}

struct Reviewed {
    record: Mark,
    finished: Box<str>,
    contests: bool,
}

struct Sent {
    record: Mark,
    when: Box<str>,
    in_writing: bool,
}

/// How many documents there are of each sort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sorts {
    /// Reviews.
    pub reviews: u64,
    /// Dispatches.
    pub dispatches: u64,
    /// Answers documents: no assessment is finished, and they are counted nowhere else.
    pub answers: u64,
    /// Files that cannot be read as any of the program's documents.
    pub unreadable: u64,
    /// Copies: the same document once more, counted once.
    pub copies: u64,
    /// Reviews and dispatches whose record is not there.
    pub orphans: u64,
}

/// What has been read, in order.
#[derive(Default)]
pub struct Ledger {
    rows: Vec<Row>,
    /// Units by name.
    pub units: Names,
    /// Authorities by key.
    pub authorities: Names,
    /// Outcomes of routes by key.
    pub routes: Names,
    reviews: Vec<Reviewed>,
    dispatches: Vec<Sent>,
    chain: Chain<Mark>,
    seen: HashSet<Mark, FxBuildHasher>,
    /// What was found in reviews and dispatches, by their record.
    elsewhere: HashMap<Mark, (u32, u32), FxBuildHasher>,
    sorts: Sorts,
}

/// A document as it has been checked.
pub struct Checked<'d> {
    /// Where it lies.
    pub file: &'d str,
    /// What sort it is; none where it cannot be read.
    pub kind: Option<Kind>,
    /// What is kept of a record.
    pub facts: Option<Facts>,
    /// What was found in it.
    pub findings: &'d [Finding],
    /// What it says about others.
    pub link: Option<Link>,
}

impl Ledger {
    /// Takes in a document; of one that cannot be read nothing but that it is there.
    pub fn take(&mut self, checked: Checked<'_>) {
        match (checked.kind, checked.link) {
            (Some(Kind::Answers), _) => self.sorts.answers += 1,
            (Some(Kind::Guide), _) => {}
            (Some(Kind::Record), link) => self.record(checked.file, checked.facts, link),
            (Some(_), Some(link)) => self.about(link, checked.findings),
            (None, _) | (Some(_), None) => self.sorts.unreadable += 1,
        }
    }

    fn record(&mut self, file: &str, facts: Option<Facts>, link: Option<Link>) {
        let Some(facts) = facts else {
            self.sorts.unreadable += 1;
            return;
        };
        let id = Mark::of(&facts.digest);
        if self.is_copy(id) {
            return;
        }
        if let Some(link) = link {
            self.link(id, link);
        }
        let row = Row {
            file: file.into(),
            authority: self.authorities.place(&facts.authority),
            unit: self.units.place(&facts.unit),
            route: self.routes.place(&facts.route),
            digest: facts.digest.into(),
            follows: facts.follows.as_deref().map(Mark::of),
            facts: Fixed {
                whole: facts.whole,
                on: facts.on,
                known_since: facts.known_since,
                finished: facts.finished,
                outcomes: facts.outcomes,
                documents: facts.documents,
                call: facts.call,
                feedback: facts.feedback,
                wants_review: facts.wants_review,
                retrospective: facts.retrospective,
                request: facts.request,
                checked_on: facts.checked_on,
                grade: facts.grade,
                found: facts.found,
                excepted: facts.excepted,
            },
        };
        self.rows.push(row);
    }

    fn is_copy(&mut self, what: Mark) -> bool {
        let is_copy = !self.seen.insert(what);
        self.sorts.copies += u64::from(is_copy);
        is_copy
    }

    fn link(&mut self, about: Mark, link: Link) {
        self.chain.take(about, link);
    }

    fn about(&mut self, link: Link, findings: &[Finding]) {
        let (record, own) = match link {
            Link::Record { .. } => return,
            Link::Review { digest, record, .. } => (record, digest),
            Link::Dispatch {
                record,
                when,
                in_writing,
                ..
            } => {
                let own = format!("{record:?} {} {in_writing}", when.shown());
                (record, Mark::of(&own))
            }
        };
        if self.is_copy(own) {
            return;
        }
        match link {
            Link::Record { .. } => {}
            Link::Review {
                finished, contests, ..
            } => self.reviews.push(Reviewed {
                record,
                finished: finished.shown().into(),
                contests,
            }),
            Link::Dispatch {
                when, in_writing, ..
            } => self.dispatches.push(Sent {
                record,
                when: when.shown().into(),
                in_writing,
            }),
        }
        if !findings.is_empty() {
            self.found(record, bits(findings));
        }
        self.link(record, link);
    }

    fn found(&mut self, record: Mark, (found, excepted): (u32, u32)) {
        let both = self.elsewhere.entry(record).or_default();
        *both = (both.0 | found, both.1 | excepted);
    }

    /// Keeps the records that were finished on these days, both counted; their reviews and dispatches come along.
    pub fn keep(&mut self, from: Option<Date>, until: Option<Date>) {
        self.rows.retain(|row| {
            let finished = row.facts.finished;
            let after = from.is_none_or(|from| finished.is_some_and(|day| from <= day));
            after && until.is_none_or(|until| finished.is_some_and(|day| day <= until))
        });
    }

    /// How many records there are.
    #[must_use]
    pub const fn records(&self) -> usize {
        self.rows.len()
    }

    /// Joins records with their reviews and dispatches, in the order of the records.
    pub fn joined(&mut self, laws: &Laws) -> Joined<'_> {
        self.found_together();
        let rows = self.rows.iter().enumerate();
        let places: HashMap<Mark, usize, FxBuildHasher> =
            rows.map(|(at, row)| (Mark::of(&row.digest), at)).collect();
        let followed: HashSet<Mark, FxBuildHasher> =
            self.rows.iter().filter_map(|row| row.follows).collect();
        let mut cases: Vec<Case<'_>> = self
            .rows
            .iter()
            .map(|row| Case::of(row, followed.contains(&Mark::of(&row.digest))))
            .collect();
        let mut sorts = self.sorts;
        for review in &self.reviews {
            let case = places.get(&review.record).and_then(|at| cases.get_mut(*at));
            sorts.reviews += u64::from(case.is_some());
            sorts.orphans += u64::from(case.is_none() && !self.seen.contains(&review.record));
            if let Some(case) = case {
                case.reviews.push((&review.finished, review.contests));
            }
        }
        for sent in &self.dispatches {
            let case = places.get(&sent.record).and_then(|at| cases.get_mut(*at));
            sorts.dispatches += u64::from(case.is_some());
            sorts.orphans += u64::from(case.is_none() && !self.seen.contains(&sent.record));
            if let Some(case) = case {
                case.take(sent);
            }
        }
        for case in &mut cases {
            case.days = days(
                case,
                self.authorities.name(case.row.authority),
                self.routes.name(case.row.route),
                laws,
            );
        }
        Joined {
            cases,
            sorts,
            units: &self.units,
            authorities: &self.authorities,
            routes: &self.routes,
        }
    }

    /// Findings of several documents together are told of the record that they are about.
    fn found_together(&mut self) {
        let chain = std::mem::take(&mut self.chain);
        for (owner, finding) in chain.findings() {
            self.found(*owner, bits(std::slice::from_ref(&finding)));
        }
        for row in &mut self.rows {
            if let Some((found, excepted)) = self.elsewhere.get(&Mark::of(&row.digest)) {
                row.facts.found |= found;
                row.facts.excepted |= excepted;
            }
        }
    }
}

/// Whether a review was there in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Review {
    /// Before it was sent.
    Before,
    /// Only after it was sent.
    After,
    /// None at all.
    Never,
}

/// A record with what else is known of it.
pub struct Case<'l> {
    /// The record.
    pub row: &'l Row,
    /// Another record follows it.
    pub followed: bool,
    /// When each review was finished, and whether it contests an item.
    pub reviews: Vec<(&'l str, bool)>,
    /// When it was first sent in writing.
    pub sent: Option<&'l str>,
    /// The day on which the board first got to know: a dispatch, a call told of in one, or an urgent call in the record.
    pub told: Option<Date>,
    /// A dispatch says that something was sent or told.
    pub dispatched: bool,
    /// Days from knowledge to `told`, under the duty; below 0 where the day of knowledge lies after.
    pub days: Option<i64>,
}

impl<'l> Case<'l> {
    const fn of(row: &'l Row, followed: bool) -> Self {
        Self {
            row,
            followed,
            reviews: Vec::new(),
            sent: None,
            told: row.facts.call,
            dispatched: false,
            days: None,
        }
    }

    fn take(&mut self, sent: &'l Sent) {
        self.dispatched = true;
        let day = sent.when.get(..10).and_then(day);
        self.told = [self.told, day].into_iter().flatten().min();
        if sent.in_writing && self.sent.is_none_or(|before| *sent.when < *before) {
            self.sent = Some(&sent.when);
        }
    }

    /// Whether a review was there when it was sent in writing; none where nothing was.
    #[must_use]
    pub fn review(&self) -> Option<Review> {
        let sent = self.sent?;
        let in_time = self.reviews.iter().any(|(finished, _)| *finished <= sent);
        Some(match (in_time, self.reviews.is_empty()) {
            (true, _) => Review::Before,
            (false, false) => Review::After,
            (false, true) => Review::Never,
        })
    }

    /// A reviewer contests an item.
    #[must_use]
    pub fn is_contested(&self) -> bool {
        self.reviews.iter().any(|(_, contests)| *contests)
    }

    /// The month in which it was finished, `yyyy-mm`.
    #[must_use]
    pub fn month(&self) -> Option<Month> {
        self.row.facts.finished.map(Month::of)
    }
}

/// *Genast* runs from the day of knowledge, at the earliest from the first day of the duty.
fn days(case: &Case<'_>, authority: &str, route: &str, laws: &Laws) -> Option<i64> {
    if route != DUTY || !case.row.is_ready() {
        return None;
    }
    let (known, on) = (case.row.facts.known_since?, case.row.facts.on?);
    let duty = laws.authority(authority).and_then(|known| began(known, on));
    let from = duty.map_or(known, |first| known.max(first));
    Some(i64::from(from.until(case.told?).ok()?.get_days()))
}

/// The day on which the duty that lasts on a day began: a new wording of it is no new duty.
fn began(authority: &Authority, on: Date) -> Option<Date> {
    let until_then = authority.duties.iter().rev().filter(|duty| duty.from <= on);
    let bound = until_then.take_while(|duty| duty.bound != Bound::No);
    bound.last().map(|duty| duty.from)
}

/// A month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(i32);

impl Month {
    fn of(day: Date) -> Self {
        Self(i32::from(day.year()) * 12 + i32::from(day.month()) - 1)
    }

    /// So many months later.
    #[must_use]
    pub const fn later(self, months: i32) -> Self {
        Self(self.0 + months)
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{:04}-{:02}",
            self.0.div_euclid(12),
            self.0.rem_euclid(12) + 1
        )
    }
}

/// Records with what else is known of them.
pub struct Joined<'l> {
    /// The records, in order.
    pub cases: Vec<Case<'l>>,
    /// How many other documents there are.
    pub sorts: Sorts,
    units: &'l Names,
    authorities: &'l Names,
    routes: &'l Names,
}

impl Joined<'_> {
    /// The unit of a record.
    #[must_use]
    pub fn unit(&self, case: &Case<'_>) -> &str {
        self.units.name(case.row.unit)
    }

    /// Key of the authority of a record.
    #[must_use]
    pub fn authority(&self, case: &Case<'_>) -> &str {
        self.authorities.name(case.row.authority)
    }

    /// Key of the route's outcome of a record.
    #[must_use]
    pub fn route(&self, case: &Case<'_>) -> &str {
        self.routes.name(case.row.route)
    }

    /// Days from knowledge to the board's knowledge, in order, of all that are known and not below 0.
    #[must_use]
    pub fn days(&self) -> Vec<i64> {
        let known = self.cases.iter().filter_map(|case| case.days);
        let mut days: Vec<i64> = known.filter(|days| *days >= 0).collect();
        days.sort_unstable();
        days
    }

    /// Whether there are any dispatches at all: a folder of records alone says nothing of what was sent.
    #[must_use]
    pub fn any_dispatch(&self) -> bool {
        self.cases.iter().any(|case| case.dispatched)
    }
}
