//! Tables of figures: what they are called, how they are put in order, and nothing of how they look.

use std::collections::BTreeMap;

use crate::assessment::{ItemOutcome, Whole};
use crate::check::catalogue::Code;
use crate::language::Lang;
use crate::page::Shape;
use crate::trees::Trees;

use super::catalogue::{CATALOGUE, MeasureEntry};
use super::exact::{FEWEST, quantile};
use super::facts::{Case, Joined, Month, OUTCOMES, Review};

/// A figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// So many.
    Count(u64),
    /// So many of so many.
    Share(u64, u64),
    /// So many more, or fewer, than before.
    Change(i64),
    /// Whole percent and no more: the numbers would tell of too few.
    Percent(u64),
    /// A word.
    Text(String),
    /// Too few to be told of in what is published.
    Hidden,
    /// Nothing to say here.
    Nothing,
}

/// A row of figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its key, for programs.
    pub key: String,
    /// Its name, for people.
    pub name: String,
    /// Key of the row in another table whose parts this table holds: the authority of a unit.
    pub within: Option<String>,
    /// Its figures, as many as the columns.
    pub cells: Vec<Cell>,
}

/// How the rows of a table hang together: what one could work out from the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hangs {
    /// The rows are parts of a whole that is told.
    Parts,
    /// Each row is told for itself.
    Apart,
}

/// A table of figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its key, for programs.
    pub key: &'static str,
    /// Its heading.
    pub title: String,
    /// What is counted, and what it does not mean.
    pub about: Vec<String>,
    /// Key and head of each column, the first the one that names the rows.
    pub columns: Vec<(String, String)>,
    /// Its rows.
    pub rows: Vec<Line>,
    /// How the rows hang together.
    pub hangs: Hangs,
    /// How it is drawn, and which figure.
    pub chart: Option<(Shape, usize)>,
}

/// A yes or no about a record; none where it is not asked of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// At least one document goes.
    Attached,
    /// Something from health care goes.
    HealthCare,
    /// An item is referred.
    Referred,
    /// All goes, unshortened.
    Everything,
    /// The same motivation on several items.
    SameWords,
    /// No review was finished when it was sent.
    Unreviewed,
    /// The reviewer contests an item.
    Contested,
    /// More days than three in four.
    Slow,
    /// Nothing says that it was sent.
    Unsent,
    /// Made after the day that the information left.
    Retrospective,
    /// Fails `check`.
    Fails,
}

impl Measure {
    /// Every measure, in the order they are told.
    pub const ALL: [(Measure, &'static str); 11] = [
        (Measure::Attached, "attached"),
        (Measure::HealthCare, "health-care"),
        (Measure::Referred, "referred"),
        (Measure::Everything, "everything"),
        (Measure::SameWords, "same-words"),
        (Measure::Unreviewed, "unreviewed"),
        (Measure::Contested, "contested"),
        (Measure::Slow, "slow"),
        (Measure::Unsent, "unsent"),
        (Measure::Retrospective, "retrospective"),
        (Measure::Fails, "fails"),
    ];

    /// Those that stand in a column for each unit and month.
    pub const COLUMNS: [Measure; 3] = [Measure::Attached, Measure::Referred, Measure::Unreviewed];

    /// Its key.
    #[must_use]
    pub fn key(self) -> &'static str {
        let found = Self::ALL.iter().find(|(measure, _)| *measure == self);
        found.map_or("", |(_, key)| key)
    }

    /// Its words.
    #[must_use]
    pub fn entry(self) -> Option<&'static MeasureEntry> {
        CATALOGUE
            .measures
            .iter()
            .find(|entry| entry.key == self.key())
    }

    /// The head of its column.
    #[must_use]
    pub fn short(self, lang: Lang) -> String {
        self.entry().map_or_else(
            || self.key().to_owned(),
            |entry| entry.short.get(lang).to_owned(),
        )
    }
}

/// What measures are held against: the limit of the slowest quarter, and whether there are dispatches.
#[derive(Clone, Copy, Debug)]
pub struct Baseline {
    /// Three in four took so many days or fewer.
    pub quarter: Option<i64>,
    /// There are dispatches among the documents.
    pub any_dispatch: bool,
}

impl Baseline {
    /// One's own.
    #[must_use]
    pub fn of(joined: &Joined<'_>) -> Self {
        Self {
            quarter: quantile(&joined.days(), 75),
            any_dispatch: joined.any_dispatch(),
        }
    }

    /// A measure of a record; none where it is not asked of it.
    #[must_use]
    pub fn measure(self, measure: Measure, case: &Case<'_>) -> Option<bool> {
        let row = case.row;
        let ready = |is: bool| row.is_ready().then_some(is);
        match measure {
            Measure::Attached => ready(row.facts.documents > 0),
            Measure::HealthCare => ready(row.has(Code::HealthCareReleased)),
            Measure::Referred => (row.items() > 0).then(|| row.with(ItemOutcome::Refer) > 0),
            Measure::Everything => ready(row.has(Code::EverythingReleased)),
            Measure::SameWords => ready(row.has(Code::SameMotivation)),
            Measure::Unreviewed => case.review().map(|review| review != Review::Before),
            Measure::Contested => (!case.reviews.is_empty()).then(|| case.is_contested()),
            Measure::Slow => Some(case.days.filter(|days| *days >= 0)? > self.quarter?),
            Measure::Unsent => ready(!case.dispatched).filter(|_| self.any_dispatch),
            Measure::Retrospective => Some(row.facts.retrospective),
            Measure::Fails => Some(row.fails()),
        }
    }

    fn share<'c>(self, measure: Measure, cases: impl Iterator<Item = &'c Case<'c>>) -> Cell {
        let (mut with, mut of) = (0, 0);
        for has in cases.filter_map(|case| self.measure(measure, case)) {
            of += 1;
            with += u64::from(has);
        }
        Cell::Share(with, of)
    }
}

/// Makes the tables.
pub(super) struct Maker<'j, 'l> {
    pub(super) lang: Lang,
    pub(super) trees: &'j Trees,
    pub(super) joined: &'j Joined<'l>,
    pub(super) baseline: Baseline,
}

type Group<'g> = Vec<&'g Case<'g>>;

impl Maker<'_, '_> {
    const fn say<'a>(&self, sv: &'a str, en: &'a str) -> &'a str {
        self.lang.pick(sv, en)
    }

    fn count(&self) -> (String, String) {
        (
            "records".to_owned(),
            self.say("Prövningar", "Records").to_owned(),
        )
    }

    fn column(&self, measure: Measure) -> (String, String) {
        (measure.key().to_owned(), measure.short(self.lang))
    }

    /// Every table, in the order they are read.
    pub(super) fn all(&self) -> Vec<Section> {
        vec![
            self.overview(),
            self.authorities(),
            self.routes(),
            self.wholes(),
            self.months(),
            self.units(),
            self.items(),
            self.documents(),
            self.reviews(),
            self.days(),
            self.measures(),
            self.findings(),
        ]
    }

    fn overview(&self) -> Section {
        let (sorts, cases) = (self.joined.sorts, &self.joined.cases);
        let of = |is: &dyn Fn(&Case<'_>) -> bool| count(cases.iter().filter(|case| is(case)));
        let rows = [
            ("records", "Prövningar", "Records", count(cases.iter())),
            (
                "follows",
                "– som följer på en tidigare",
                "– that follow an earlier one",
                of(&|case| case.row.follows.is_some()),
            ),
            (
                "requests",
                "– som svarar på nämndens begäran",
                "– that answer a request of the board",
                of(&|case| case.row.facts.request),
            ),
            (
                "calls",
                "– med ett akut samtal",
                "– with an urgent call",
                of(&|case| case.row.facts.call.is_some()),
            ),
            (
                "untold",
                "– under skyldigheten, utan expediering eller samtal",
                "– under the duty, with no dispatch and no call",
                of(&|case| self.is_duty(case) && case.told.is_none()),
            ),
            (
                "odd-days",
                "– under skyldigheten, där nämnden fick veta före den dag som står som myndighetens",
                "– under the duty, where the board knew before the day that stands as the authority's",
                of(&|case| case.days.is_some_and(|days| days < 0)),
            ),
            ("reviews", "Granskningar", "Reviews", sorts.reviews),
            (
                "dispatches",
                "Expedieringar",
                "Dispatches",
                sorts.dispatches,
            ),
            (
                "orphans",
                "Granskningar och expedieringar utan sin prövning",
                "Reviews and dispatches without their record",
                sorts.orphans,
            ),
            (
                "answers",
                "Svarsdokument, räknas inte",
                "Answers documents, not counted",
                sorts.answers,
            ),
            (
                "copies",
                "Kopior, räknas en gång",
                "Copies, counted once",
                sorts.copies,
            ),
            (
                "unreadable",
                "Går inte att läsa",
                "Unreadable",
                sorts.unreadable,
            ),
        ];
        let always = ["records", "reviews", "dispatches"];
        let rows = rows
            .into_iter()
            .filter(|(key, .., count)| *count > 0 || always.contains(key));
        let rows =
            rows.map(|(key, sv, en, count)| line(key, self.say(sv, en), vec![Cell::Count(count)]));
        Section {
            key: "overview",
            title: self.say("Underlaget", "What is counted").to_owned(),
            about: Vec::new(),
            columns: vec![
                (
                    "documents".to_owned(),
                    self.say("Handlingar", "Documents").to_owned(),
                ),
                ("count".to_owned(), self.say("Antal", "Number").to_owned()),
            ],
            rows: rows.collect(),
            hangs: Hangs::Apart,
            chart: None,
        }
    }

    fn counted(&self, key: &'static str, title: &str, head: &str, rows: Vec<Line>) -> Section {
        Section {
            key,
            title: title.to_owned(),
            about: Vec::new(),
            columns: vec![(key.to_owned(), head.to_owned()), self.count()],
            rows,
            hangs: Hangs::Parts,
            chart: Some((Shape::Bars, 0)),
        }
    }

    /// The commonest first; what is equally common by key.
    fn by<K: Ord + Clone>(
        &self,
        key: impl Fn(&Case<'_>) -> K,
        named: impl Fn(&K) -> (String, String),
    ) -> Vec<Line> {
        let mut counts: BTreeMap<K, u64> = BTreeMap::new();
        for case in &self.joined.cases {
            *counts.entry(key(case)).or_default() += 1;
        }
        let mut counts: Vec<(K, u64)> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let rows = counts.into_iter().map(|(key, count)| {
            let (key, name) = named(&key);
            line(&key, &name, vec![Cell::Count(count)])
        });
        rows.collect()
    }

    /// The authority in words, its key where the law does not know it.
    pub(super) fn authority(&self, key: &str) -> String {
        let known = self.trees.laws.authority(key);
        known.map_or_else(
            || key.to_owned(),
            |known| sentence(known.name.get(self.lang)),
        )
    }

    fn authorities(&self) -> Section {
        let rows = self.by(
            |case| self.joined.authority(case).to_owned(),
            |key| (key.clone(), self.authority(key)),
        );
        let title = self.say("Myndighet", "Authority");
        self.counted("authority", title, title, rows)
    }

    /// The route's outcome in words.
    pub(super) fn route(&self, key: &str) -> String {
        let outcomes = &self.trees.route.outcomes;
        let known = outcomes.iter().find(|outcome| outcome.id == key);
        known.map_or_else(
            || key.to_owned(),
            |known| known.text.get(self.lang).to_owned(),
        )
    }

    fn routes(&self) -> Section {
        let rows = self.by(
            |case| self.joined.route(case).to_owned(),
            |key| (key.clone(), self.route(key)),
        );
        let rows = told_apart(rows);
        let title = self.say("Väg", "Route");
        self.counted("route", title, title, rows)
    }

    fn wholes(&self) -> Section {
        let rows = self.by(
            |case| case.row.facts.whole.map(Whole::key),
            |key| self.whole(*key),
        );
        let title = self.say("Hur prövningen slutar", "How the assessment ends");
        self.counted("outcome", title, self.say("Slut", "End"), rows)
    }

    fn whole(&self, key: Option<&'static str>) -> (String, String) {
        let (sv, en) = match key {
            Some("ready") => ("Något får lämnas", "Something may be sent"),
            Some("refer") => (
                "Rättsavdelningen frågas först",
                "The legal department is asked first",
            ),
            Some("nothing-to-send") => ("Inget får lämnas", "Nothing may be sent"),
            Some("stopped") => (
                "Stopp: en annan väg eller ingen",
                "Stop: another way, or none",
            ),
            _ => ("Okänt", "Unknown"),
        };
        (
            key.unwrap_or("unknown").to_owned(),
            self.say(sv, en).to_owned(),
        )
    }

    /// Count, and the measures that stand in columns.
    fn measured(&self, cases: &Group<'_>) -> Vec<Cell> {
        let shares = Measure::COLUMNS;
        let shares = shares.map(|measure| self.baseline.share(measure, cases.iter().copied()));
        std::iter::once(Cell::Count(count(cases.iter())))
            .chain(shares)
            .collect()
    }

    fn months(&self) -> Section {
        let mut months: BTreeMap<Month, Group<'_>> = BTreeMap::new();
        for case in &self.joined.cases {
            if let Some(month) = case.month() {
                months.entry(month).or_default().push(case);
            }
        }
        let (first, last) = (months.keys().next().copied(), months.keys().last().copied());
        let mut rows = Vec::new();
        let mut before: Option<u64> = None;
        let mut at = first;
        while let (Some(month), Some(last)) = (at, last)
            && month <= last
        {
            let cases = months.remove(&month).unwrap_or_default();
            let now = count(cases.iter());
            let change = before.map_or(Cell::Nothing, |before| {
                Cell::Change(signed(now) - signed(before))
            });
            let mut cells = self.measured(&cases);
            cells.insert(1, change);
            let key = month.to_string();
            rows.push(line(&key, &key, cells));
            (before, at) = (Some(now), Some(month.later(1)));
        }
        let mut columns = vec![
            ("month".to_owned(), self.say("Månad", "Month").to_owned()),
            self.count(),
            (
                "change".to_owned(),
                self.say("Ändring", "Change").to_owned(),
            ),
        ];
        columns.extend(Measure::COLUMNS.map(|measure| self.column(measure)));
        Section {
            key: "month",
            title: self.say("Månad för månad", "Month by month").to_owned(),
            about: vec![self.say(
                "Efter den månad då prövningen blev klar enligt datorns klocka. En månad som är slut ändras därför aldrig i efterhand av prövningar som görs senare.",
                "By the month in which the record was finished by the clock. A month that has ended is therefore never changed by records made later.",
            ).to_owned()],
            columns,
            rows,
            hangs: Hangs::Parts,
            chart: Some((Shape::Columns, 0)),
        }
    }

    fn units(&self) -> Section {
        let mut units: BTreeMap<(String, u32), Group<'_>> = BTreeMap::new();
        for case in &self.joined.cases {
            let authority = self.joined.authority(case).to_owned();
            units
                .entry((authority, case.row.unit))
                .or_default()
                .push(case);
        }
        let several = units
            .keys()
            .any(|(key, _)| units.keys().any(|(other, _)| key != other));
        let mut units: Vec<((String, u32), Group<'_>)> = units.into_iter().collect();
        units.sort_by_key(|(_, cases)| std::cmp::Reverse(cases.len()));
        let rows = units.into_iter().map(|((authority, _), cases)| {
            let unit = cases.first().map_or("", |case| self.joined.unit(case));
            let unit = if unit.is_empty() {
                self.say("(ingen enhet)", "(no unit)")
            } else {
                unit
            };
            let name = if several {
                format!("{unit}, {}", self.authority(&authority))
            } else {
                unit.to_owned()
            };
            Line {
                key: unit.to_owned(),
                name,
                cells: self.measured(&cases),
                within: Some(authority),
            }
        });
        let mut columns = vec![
            ("unit".to_owned(), self.say("Enhet", "Unit").to_owned()),
            self.count(),
        ];
        columns.extend(Measure::COLUMNS.map(|measure| self.column(measure)));
        Section {
            key: "unit",
            title: self.say("Enhet", "Unit").to_owned(),
            about: vec![self.say(
                "Som handläggarna har skrivit enheten. Enheter har olika uppdrag: en skillnad är en fråga att ställa, inte ett fel.",
                "As the officials have written the unit. Units have different tasks: a difference is a question to ask, not a fault.",
            ).to_owned()],
            columns,
            rows: rows.collect(),
            hangs: Hangs::Parts,
            chart: Some((Shape::Bars, 0)),
        }
    }

    fn items(&self) -> Section {
        let all: u64 = self.joined.cases.iter().map(|case| case.row.items()).sum();
        let rows = OUTCOMES.map(|outcome| {
            let with = self
                .joined
                .cases
                .iter()
                .map(|case| case.row.with(outcome))
                .sum();
            line(
                outcome.key(),
                self.outcome(outcome),
                vec![Cell::Share(with, all)],
            )
        });
        Section {
            key: "items",
            title: self.say("Uppgifternas utfall", "Outcomes of the items").to_owned(),
            about: vec![self.say(
                "Varje uppgift och handling för sig. Den första uppgiften, vem det gäller, räknas inte hit.",
                "Each statement and document by itself. The first item, who it is about, is not among them.",
            ).to_owned()],
            columns: vec![
                ("outcome".to_owned(), self.say("Utfall", "Outcome").to_owned()),
                ("items".to_owned(), self.say("Uppgifter", "Items").to_owned()),
            ],
            rows: rows.into(),
            hangs: Hangs::Parts,
            chart: Some((Shape::Bars, 0)),
        }
    }

    const fn outcome(&self, outcome: ItemOutcome) -> &'static str {
        let (sv, en) = match outcome {
            ItemOutcome::Disclose => ("Lämnas", "Disclosed"),
            ItemOutcome::DiscloseSummarised => ("Lämnas förkortad", "Disclosed, summarised"),
            ItemOutcome::DescribeInstead => ("Beskrivs i stället", "Described instead"),
            ItemOutcome::Withhold => ("Lämnas inte", "Withheld"),
            ItemOutcome::Barred => ("Får inte lämnas", "Barred"),
            ItemOutcome::Refer => ("Hänskjuts", "Referred"),
        };
        self.lang.pick(sv, en)
    }

    fn documents(&self) -> Section {
        let ready: Group<'_> = self
            .joined
            .cases
            .iter()
            .filter(|case| case.row.is_ready())
            .collect();
        let names = [
            ("0", "Ingen handling", "No document"),
            ("1", "En handling", "One document"),
            ("2", "Två handlingar", "Two documents"),
            ("3+", "Tre eller fler", "Three or more"),
        ];
        let rows = names.iter().enumerate().map(|(many, (key, sv, en))| {
            let with = ready
                .iter()
                .filter(|case| usize::from(case.row.facts.documents).min(3) == many);
            line(
                key,
                self.say(sv, en),
                vec![Cell::Share(count(with), count(ready.iter()))],
            )
        });
        Section {
            key: "documents",
            title: self
                .say("Handlingar som lämnas", "Documents that go")
                .to_owned(),
            about: vec![self.say(
                "Av de prövningar där något får lämnas. Huvudregeln är att ingen handling lämnas.",
                "Of the records where something may be sent. The rule is that no document goes.",
            ).to_owned()],
            columns: vec![
                (
                    "documents".to_owned(),
                    self.say("Handlingar", "Documents").to_owned(),
                ),
                self.count(),
            ],
            rows: rows.collect(),
            hangs: Hangs::Parts,
            chart: Some((Shape::Bars, 0)),
        }
    }

    fn reviews(&self) -> Section {
        let sent: Vec<(Review, bool)> = self
            .joined
            .cases
            .iter()
            .filter_map(|case| Some((case.review()?, case.row.facts.wants_review)))
            .collect();
        let names = [
            (Review::Before, "before", "Granskad före", "Reviewed before"),
            (Review::After, "after", "Granskad efter", "Reviewed after"),
            (Review::Never, "never", "Ingen granskning", "No review"),
        ];
        let of = |wanted: bool, review: Option<Review>| {
            let fits = |(own, wants): &&(Review, bool)| {
                *wants == wanted && review.is_none_or(|review| *own == review)
            };
            count(sent.iter().filter(fits))
        };
        let rows = names.map(|(review, key, sv, en)| {
            let share = |wanted| Cell::Share(of(wanted, Some(review)), of(wanted, None));
            line(key, self.say(sv, en), vec![share(true), share(false)])
        });
        Section {
            key: "review",
            title: self.say("Granskning före sändning", "Review before sending").to_owned(),
            about: vec![self.say(
                "Av anmälningar som har skickats skriftligt. Där riktlinjen kräver granskning ska den vara klar före. Under skyldigheten att anmäla, när det är bråttom, och där ingen riktlinje finns väntar anmälan inte.",
                "Of reports sent in writing. Where the guideline demands a review it is to be finished before. Under the duty to report, where it is urgent, and where there is no guideline the report does not wait.",
            ).to_owned()],
            columns: vec![
                ("review".to_owned(), self.say("Granskning", "Review").to_owned()),
                ("wanted".to_owned(), self.say("Krävs före", "Demanded").to_owned()),
                ("not-wanted".to_owned(), self.say("Krävs inte", "Not demanded").to_owned()),
            ],
            rows: rows.into(),
            hangs: Hangs::Parts,
            chart: Some((Shape::Bars, 0)),
        }
    }

    fn days(&self) -> Section {
        let days = self.joined.days();
        let of = count(days.iter());
        let steps: [(&str, i64, i64, &str, &str); 6] = [
            ("0", 0, 0, "Samma dag", "The same day"),
            ("1", 1, 1, "Dagen efter", "The day after"),
            ("2-3", 2, 3, "2–3 dagar", "2–3 days"),
            ("4-7", 4, 7, "4–7 dagar", "4–7 days"),
            ("8-30", 8, 30, "8–30 dagar", "8–30 days"),
            ("31+", 31, i64::MAX, "Mer än 30 dagar", "More than 30 days"),
        ];
        let rows = steps.iter().map(|(key, from, until, sv, en)| {
            let within = days.iter().filter(|days| from <= days && *days <= until);
            line(key, self.say(sv, en), vec![Cell::Share(count(within), of)])
        });
        let mut about = vec![self.say(
            "Under skyldigheten att anmäla: från den dag myndigheten fick veta, tidigast den dag skyldigheten började, till den dag nämnden fick veta: den första expedieringen, eller ett akut samtal i prövningen. Lagen säger genast och inget antal dagar.",
            "Under the duty to report: from the day the authority knew, at the earliest the day the duty began, to the day the board knew: the first dispatch, or an urgent call in the record. The law says at once (genast) and no number of days.",
        ).to_owned()];
        about.extend(self.middle(&days));
        Section {
            key: "days",
            title: self
                .say(
                    "Dagar från att myndigheten fick veta",
                    "Days from the authority's knowledge",
                )
                .to_owned(),
            about,
            columns: vec![
                ("days".to_owned(), self.say("Dagar", "Days").to_owned()),
                (
                    "reports".to_owned(),
                    self.say("Anmälningar", "Reports").to_owned(),
                ),
            ],
            rows: rows.collect(),
            hangs: Hangs::Parts,
            chart: Some((Shape::Bars, 0)),
        }
    }

    fn middle(&self, days: &[i64]) -> Option<String> {
        let enough = days.len() >= FEWEST;
        let (middle, most) = (quantile(days, 50)?, quantile(days, 90).filter(|_| enough)?);
        let within = |days: i64| match (days, self.lang) {
            (0, lang) => lang.pick("samma dag", "the same day").to_owned(),
            (1, Lang::Sv) => "senast dagen efter".to_owned(),
            (1, Lang::En) => "by the day after".to_owned(),
            (days, Lang::Sv) => format!("inom {days} dagar"),
            (days, Lang::En) => format!("within {days} days"),
        };
        let (middle, most) = (within(middle), within(most));
        Some(match self.lang {
            Lang::Sv => format!("Minst hälften nådde nämnden {middle}, minst nio av tio {most}."),
            Lang::En => {
                format!("At least half reached the board {middle}, at least nine in ten {most}.")
            }
        })
    }

    /// A report under the duty where something may be sent.
    fn is_duty(&self, case: &Case<'_>) -> bool {
        case.row.is_ready() && self.joined.route(case) == crate::assessment::DUTY
    }

    fn measures(&self) -> Section {
        let rows = Measure::ALL.iter().map(|(measure, key)| {
            let share = self.baseline.share(*measure, self.joined.cases.iter());
            line(key, &measure.short(self.lang), vec![share])
        });
        let about = Measure::ALL.iter().filter_map(|(measure, _)| {
            let entry = measure.entry()?;
            Some(format!(
                "{}: {}",
                entry.short.get(self.lang),
                entry.text.get(self.lang)
            ))
        });
        Section {
            key: "measure",
            title: self.say("Mått", "Measures").to_owned(),
            about: about.collect(),
            columns: vec![
                ("measure".to_owned(), self.say("Mått", "Measure").to_owned()),
                self.count(),
            ],
            rows: rows.collect(),
            hangs: Hangs::Apart,
            chart: None,
        }
    }

    fn findings(&self) -> Section {
        let cases = &self.joined.cases;
        let of = |has: &dyn Fn(&Case<'_>) -> bool| count(cases.iter().filter(|case| has(case)));
        let counts = Code::ALL.iter().map(|code| {
            let found = of(&|case| case.row.has(*code));
            (*code, found, of(&|case| case.row.excepts(*code)))
        });
        let mut counts: Vec<(Code, u64, u64)> = counts
            .filter(|(_, found, excepted)| found + excepted > 0)
            .collect();
        counts.sort_by_key(|(_, found, _)| std::cmp::Reverse(*found));
        let rows = counts.into_iter().map(|(code, found, excepted)| {
            let cells = vec![
                Cell::Count(found),
                Cell::Count(excepted),
                Cell::Text(self.severity(code).to_owned()),
            ];
            line(code.name(), code.name(), cells)
        });
        Section {
            key: "finding",
            title: self.say("Fynd", "Findings").to_owned(),
            about: vec![self.say(
                "Det som kommandot check finner, och i hur många prövningar; dit räknas fynd i deras granskningar och expedieringar. Ett fynd betyder att någon ska läsa, inte att någon har gjort fel. Vad koderna betyder står i docs/findings.md.",
                "What the command check finds, and in how many records; findings in their reviews and dispatches are among them. A finding means that somebody is to read, not that anybody did wrong. What the codes mean stands in docs/findings.md.",
            ).to_owned()],
            columns: vec![
                ("code".to_owned(), self.say("Fynd", "Finding").to_owned()),
                self.count(),
                ("excepted".to_owned(), self.say("Undantag med skäl", "Excepted with reason").to_owned()),
                ("severity".to_owned(), self.say("Grad", "Grade").to_owned()),
            ],
            rows: rows.collect(),
            hangs: Hangs::Apart,
            chart: Some((Shape::Bars, 0)),
        }
    }

    fn severity(&self, code: Code) -> &'static str {
        match code.severity().key() {
            "error" => self.lang.pick("fel", "error"),
            "warning" => self.lang.pick("varning", "warning"),
            _ => self.lang.pick("upplysning", "note"),
        }
    }
}

/// Where two have the same name, the key tells which.
fn told_apart(mut rows: Vec<Line>) -> Vec<Line> {
    let names: Vec<String> = rows.iter().map(|row| row.name.clone()).collect();
    for row in &mut rows {
        if names.iter().filter(|name| **name == row.name).count() > 1 {
            row.name = format!("{} ({})", row.name, row.key);
        }
    }
    rows
}

fn line(key: &str, name: &str, cells: Vec<Cell>) -> Line {
    Line {
        key: key.to_owned(),
        name: name.to_owned(),
        within: None,
        cells,
    }
}

fn count<T>(of: impl Iterator<Item = T>) -> u64 {
    u64::try_from(of.count()).unwrap_or(u64::MAX)
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn sentence(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
