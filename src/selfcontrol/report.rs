//! All of it as a page, as CSV and as JSON.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::csv;
use crate::language::Lang;
use crate::page::{Bar, Block, Chart, Entry, Figure, Page, Shape};
use crate::trees::Trees;

use super::deviations::{Deviation, Deviations, Group, LEAST_POINTS, MONTHS, Outlier, deviations};
use super::exact::FEWEST;
use super::facts::Joined;
use super::hide::hide;
use super::sections::{Baseline, Cell, Line, Maker, Section};

/// The format number of the JSON.
pub const FORMAT: u32 = 1;

/// Below this a share is told in numbers alone: percent of a few says more than there is.
const FEWEST_PERCENT: u64 = 20;

/// So many records that lie far out are named; how many there are is told.
const NAMED: usize = 10;

/// So many rows of a table, and so many of its last months, stand on a screen. On paper all of them do.
const ROWS: usize = 15;
const MONTHS_SHOWN: usize = 24;

/// Of more rows than stand on a screen so many bars are drawn.
const BARS: usize = 12;

/// What a page is read on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadOn {
    /// A screen of letters, which scrolls.
    Screen,
    /// Paper or a browser: everything.
    Paper,
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// The language.
    pub lang: Lang,
    /// Numbers below this are hidden and no record is named; none for those who hold the documents themselves.
    pub fewest: Option<u64>,
    /// The first day on which a counted record was finished.
    pub from: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
    /// The day it is made.
    pub made: Date,
}

/// The figures, and what differs.
#[derive(Debug)]
pub struct Report {
    wanted: Wanted,
    sections: Vec<Section>,
    deviations: Deviations,
    names: Vec<(String, String)>,
    changes: Vec<Date>,
}

impl Report {
    /// Counts.
    #[must_use]
    pub fn of(joined: &Joined<'_>, trees: &Trees, wanted: Wanted) -> Self {
        let baseline = Baseline::of(joined);
        let maker = Maker {
            lang: wanted.lang,
            trees,
            joined,
            baseline,
        };
        let mut sections = maker.all();
        let mut deviations = deviations(joined, baseline);
        let authorities = trees.laws.authorities.iter();
        let names = authorities
            .map(|known| (known.key.clone(), maker.authority(&known.key)))
            .collect();
        if let Some(fewest) = wanted.fewest {
            hide(&mut sections, fewest);
            unnamed(&mut deviations, &sections, fewest);
        }
        let last = joined
            .cases
            .iter()
            .filter_map(|case| case.row.facts.finished)
            .max();
        Self {
            wanted,
            sections,
            deviations,
            names,
            changes: last.map(|last| changes(trees, last)).unwrap_or_default(),
        }
    }

    /// The tables.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// What differs.
    #[must_use]
    pub const fn deviations(&self) -> &Deviations {
        &self.deviations
    }

    const fn say<'a>(&self, sv: &'a str, en: &'a str) -> &'a str {
        self.wanted.lang.pick(sv, en)
    }

    /// As a page.
    #[must_use]
    pub fn page(&self, on: ReadOn) -> Page {
        let lang = self.wanted.lang;
        let mut page = Page::new(lang, self.say("Egenkontroll", "Self-control").to_owned());
        page.blocks.push(Block::Paragraph(self.lead()));
        page.blocks.extend(self.hidden().map(Block::Paragraph));
        let told = self
            .sections
            .iter()
            .filter(|section| !section.rows.is_empty());
        for (at, section) in told.enumerate() {
            page.section(&section.title, self.section(section, on));
            // What differs is what one looks for: after what is counted, before all that is as usual.
            if at == 0 {
                page.section(self.say("Avvikelser", "Deviations"), self.deviating());
            }
        }
        page.section(
            self.say("Så är det räknat", "How it is counted"),
            self.method(),
        );
        page
    }

    fn section(&self, section: &Section, on: ReadOn) -> Vec<Block> {
        let about = section.about.iter();
        // The measures are explained in a list; elsewhere a sentence or two stand above the figures.
        let mut blocks: Vec<Block> = if about.len() > 3 {
            let about = about.map(|text| Entry::from(text.clone()));
            vec![Block::Bullets(about.collect())]
        } else {
            about.map(|text| Block::Paragraph(text.clone())).collect()
        };
        let is_time = matches!(section.chart, Some((Shape::Columns, _)));
        let rows = match on {
            ReadOn::Paper => section.rows.as_slice(),
            ReadOn::Screen if is_time => last(&section.rows, MONTHS_SHOWN),
            ReadOn::Screen => section.rows.get(..ROWS).unwrap_or(&section.rows),
        };
        blocks.push(Block::Figure(self.figure(section, rows)));
        let left = section.rows.len() - rows.len();
        blocks.extend((left > 0).then(|| Block::Paragraph(self.left(left))));
        blocks
    }

    fn left(&self, left: usize) -> String {
        match self.wanted.lang {
            Lang::Sv => format!("Och {left} rader till; alla står i --format html, csv och json."),
            Lang::En => {
                format!("And {left} more rows; all stand in --format html, csv and json.")
            }
        }
    }

    fn lead(&self) -> String {
        let made = self.wanted.made;
        let period = match (self.wanted.from, self.wanted.until, self.wanted.lang) {
            (None, None, Lang::Sv) => "alla prövningar i underlaget".to_owned(),
            (None, None, Lang::En) => "all records there are".to_owned(),
            (Some(from), None, Lang::Sv) => {
                format!("prövningar som blev klara från och med {from}")
            }
            (Some(from), None, Lang::En) => format!("records finished from {from}"),
            (None, Some(until), Lang::Sv) => {
                format!("prövningar som blev klara till och med {until}")
            }
            (None, Some(until), Lang::En) => format!("records finished until {until}"),
            (Some(from), Some(until), Lang::Sv) => {
                format!("prövningar som blev klara {from}–{until}")
            }
            (Some(from), Some(until), Lang::En) => format!("records finished {from} to {until}"),
        };
        match self.wanted.lang {
            Lang::Sv => format!("Gjord {made}, över {period}."),
            Lang::En => format!("Made {made}, over {period}."),
        }
    }

    fn hidden(&self) -> Option<String> {
        let fewest = self.wanted.fewest?;
        Some(match self.wanted.lang {
            Lang::Sv => format!(
                "Tal under {fewest} visas inte (..), och inte heller tal som annars skulle avslöja dem; en eller två kan peka ut ett barn. Inga prövningar nämns. Med --suppress 0 visas allt, för den som själv har handlingarna."
            ),
            Lang::En => format!(
                "Numbers below {fewest} are not shown (..), nor are numbers that would give them away; one or two can point at a child. No record is named. With --suppress 0 all is shown, for whoever holds the documents."
            ),
        })
    }

    fn figure(&self, section: &Section, shown: &[Line]) -> Figure {
        let columns = section.columns.iter().map(|(_, head)| head.clone());
        let rows = shown.iter().map(|row| {
            let cells = row.cells.iter().map(|cell| self.shown(cell));
            std::iter::once(row.name.clone()).chain(cells).collect()
        });
        Figure {
            caption: self.caption(section),
            columns: columns.collect(),
            rows: rows.collect(),
            chart: self.chart(section, shown),
        }
    }

    fn caption(&self, section: &Section) -> String {
        let title = &section.title;
        match (section.chart, self.wanted.lang) {
            (None, _) => title.clone(),
            (Some(_), Lang::Sv) => format!("{title}: siffrorna bakom diagrammet"),
            (Some(_), Lang::En) => format!("{title}: the figures behind the chart"),
        }
    }

    fn chart(&self, section: &Section, shown: &[Line]) -> Option<Chart> {
        let (shape, column) = section.chart?;
        let bars = match shape {
            Shape::Bars if shown.len() > ROWS => shown.get(..BARS).unwrap_or(shown),
            Shape::Bars | Shape::Columns => shown,
        };
        let head = section
            .columns
            .get(column + 1)
            .map(|(_, head)| head.as_str());
        Some(Chart {
            shape,
            says: format!("{}: {}", section.title, head.unwrap_or_default()),
            full: None,
            bars: bars.iter().map(|row| self.bar(row, column)).collect(),
        })
    }

    fn bar(&self, row: &Line, column: usize) -> Bar {
        let cell = row.cells.get(column).unwrap_or(&Cell::Nothing);
        Bar {
            name: row.name.clone(),
            length: length(cell),
            shown: self.shown(cell),
        }
    }

    fn shown(&self, cell: &Cell) -> String {
        match cell {
            Cell::Count(count) => self.number(*count),
            Cell::Share(_, 0) | Cell::Nothing => "–".to_owned(),
            Cell::Share(with, of) if *of < FEWEST_PERCENT => {
                let of_them = self.say("av", "of");
                format!("{with} {of_them} {of}")
            }
            Cell::Share(with, of) => {
                format!("{} ({})", self.number(*with), self.percent(*with, *of))
            }
            Cell::Percent(percent) => self.per_cent(&percent.to_string()),
            Cell::Change(0) => "±0".to_owned(),
            Cell::Change(change) if *change > 0 => {
                format!("+{}", self.number(change.unsigned_abs()))
            }
            Cell::Change(change) => format!("−{}", self.number(change.unsigned_abs())),
            Cell::Text(text) => text.clone(),
            Cell::Hidden => "..".to_owned(),
        }
    }

    /// Thousands apart, as the language has it; the space does not break.
    fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        let apart = self.say("\u{a0}", ",");
        let mut out = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push_str(apart);
            }
            out.push(digit);
        }
        out
    }

    fn percent(&self, with: u64, of: u64) -> String {
        let of = of.max(1);
        let whole = (with * 200 + of) / (of * 2);
        if with > 0 && with * 100 < of {
            return format!("<{}", self.per_cent("1"));
        }
        if with < of && whole == 100 {
            return format!(">{}", self.per_cent("99"));
        }
        self.per_cent(&whole.to_string())
    }

    fn per_cent(&self, number: &str) -> String {
        format!("{number}{}", self.say("\u{a0}%", "%"))
    }

    fn authority<'a>(&'a self, key: &'a str) -> &'a str {
        let known = self.names.iter().find(|(known, _)| known == key);
        known.map_or(key, |(_, name)| name)
    }

    fn group(&self, group: &Group) -> String {
        match group {
            Group::Unit { authority, unit } => format!("{unit}, {}", self.authority(authority)),
            Group::Month(month) => month.clone(),
        }
    }

    fn deviating(&self) -> Vec<Block> {
        let found = &self.deviations;
        let compared = found.compared;
        let mut blocks = vec![Block::Paragraph(match self.wanted.lang {
            Lang::Sv => format!(
                "En avvikelse är något att fråga om. Den säger inte att någon har gjort fel, och att ingen avvikelse syns säger inte att allt är rätt. {compared} jämförelser är gjorda; {} grupper har för få prövningar för att jämföras (färre än {FEWEST}).",
                found.too_few
            ),
            Lang::En => format!(
                "A deviation is something to ask about. It does not say that anybody did wrong, and that none is seen does not say that all is right. {compared} comparisons were made; {} groups have too few records to be compared (fewer than {FEWEST}).",
                found.too_few
            ),
        })];
        if found.groups.is_empty() && found.records.is_empty() {
            blocks.push(Block::Paragraph(
                self.say("Inga avvikelser.", "No deviations.").to_owned(),
            ));
        }
        let by_month = |one: &Deviation| matches!(one.group, Group::Month(_));
        if found.groups.iter().any(by_month) {
            blocks.extend(self.law_changed().map(Block::Paragraph));
        }
        if !found.groups.is_empty() {
            blocks.push(Block::Bullets(
                found.groups.iter().map(|one| self.deviation(one)).collect(),
            ));
        }
        if !found.records.is_empty() {
            blocks.push(Block::Part(
                self.say(
                    "Prövningar långt utanför det vanliga",
                    "Records far out of the ordinary",
                )
                .to_owned(),
            ));
            let named = found.records.iter().take(NAMED);
            blocks.push(Block::Bullets(
                named.map(|one| Entry::from(self.outlier(one))).collect(),
            ));
            let more = found.records.len().saturating_sub(NAMED);
            blocks.extend((more > 0).then(|| Block::Paragraph(self.more(more))));
        }
        blocks
    }

    /// A month may differ because the law does.
    fn law_changed(&self) -> Option<String> {
        let days: Vec<String> = self.changes.iter().map(ToString::to_string).collect();
        let days = days.join(", ");
        (!days.is_empty()).then(|| match self.wanted.lang {
            Lang::Sv => format!(
                "Skyldigheten att anmäla ändrades under de jämförda månaderna ({days}). Att månader före och efter skiljer sig kan bero på det."
            ),
            Lang::En => format!(
                "The duty to report changed during the months compared ({days}). That months before and after differ may be due to that."
            ),
        })
    }

    fn more(&self, more: usize) -> String {
        match self.wanted.lang {
            Lang::Sv => format!("Och {more} till; alla står i --format json."),
            Lang::En => format!("And {more} more; all of them stand in --format json."),
        }
    }

    fn deviation(&self, one: &Deviation) -> Entry {
        let (two, short) = (one.two, one.measure.short(self.wanted.lang));
        let share = |with: usize, of: usize| {
            let (with, of) = (with as u64, of as u64);
            format!(
                "{} ({} {} {})",
                self.percent(with, of),
                self.number(with),
                self.say("av", "of"),
                self.number(of)
            )
        };
        let (own, rest) = (share(two.with, two.of), share(two.rest_with, two.rest_of));
        let against = match (&one.group, self.wanted.lang) {
            (Group::Unit { .. }, Lang::Sv) => "i myndighetens övriga enheter",
            (Group::Unit { .. }, Lang::En) => "in the authority's other units",
            (Group::Month(_), Lang::Sv) => "i de tolv månaderna före",
            (Group::Month(_), Lang::En) => "in the twelve months before",
        };
        let chance = self.chance(one.chance);
        let (more, than) = match (one.is_more(), self.wanted.lang) {
            (true, Lang::Sv) => ("oftare", "mot"),
            (false, Lang::Sv) => ("mer sällan", "mot"),
            (true, Lang::En) => ("more often", "against"),
            (false, Lang::En) => ("less often", "against"),
        };
        let group = self.group(&one.group);
        let text =
            format!("{group}: {short}, {more}: {own} {than} {rest} {against} (p\u{a0}{chance}).");
        let names = one.records.join(" · ");
        let left = one.many.saturating_sub(one.records.len());
        let names = match left {
            0 => names,
            left => format!("{names} · {}", self.more(left)),
        };
        let with = (!one.records.is_empty())
            .then(|| (self.say("Prövningar", "Records").to_owned(), names));
        Entry {
            text,
            with: with.into_iter().collect(),
        }
    }

    fn chance(&self, chance: f64) -> String {
        if chance < 0.0001 {
            return self.say("<\u{a0}0,0001", "<\u{a0}0.0001").to_owned();
        }
        let number = format!("=\u{a0}{chance:.4}");
        match self.wanted.lang {
            Lang::Sv => number.replace('.', ","),
            Lang::En => number,
        }
    }

    fn outlier(&self, one: &Outlier) -> String {
        let (value, fence, record) = (one.value, one.fence, &one.record);
        match (one.what, self.wanted.lang) {
            ("days", Lang::Sv) => {
                format!("{record}: {value} dagar tills nämnden fick veta (gränsen är {fence}).")
            }
            ("days", Lang::En) => {
                format!("{record}: {value} days until the board knew (the limit is {fence}).")
            }
            ("documents", Lang::Sv) => {
                format!("{record}: {value} handlingar lämnas (gränsen är {fence}).")
            }
            ("documents", Lang::En) => {
                format!("{record}: {value} documents go (the limit is {fence}).")
            }
            (_, Lang::Sv) => format!("{record}: {value} uppgifter (gränsen är {fence})."),
            (_, Lang::En) => format!("{record}: {value} items (the limit is {fence})."),
        }
    }

    fn method(&self) -> Vec<Block> {
        let lines = match self.wanted.lang {
            Lang::Sv => vec![
                "Samma prövning i flera kopior räknas en gång. En enhet är densamma oavsett stora och små bokstäver och mellanslag.".to_owned(),
                format!(
                    "Grupper: varje enhet mot myndighetens övriga enheter, och var och en av de {MONTHS} senaste månaderna mot de {MONTHS} före den, på vart och ett av måtten. Fishers exakta test, tvåsidigt; Holms rättning för alla jämförelser; gräns 0,05. Minst {FEWEST} prövningar på vardera sidan och minst {LEAST_POINTS} procentenheters skillnad."
                ),
                format!(
                    "Enskilda prövningar: mer än tre kvartilavstånd (minst ett) över den övre kvartilen (Tukeys yttre gräns), när det finns minst {FEWEST}. Kvartiler och medianer är värden som förekommer (närmaste rang)."
                ),
                format!("Andelar av färre än {FEWEST_PERCENT} står utan procent: så få säger inget om en andel."),
                "Allt går att räkna om utan programmet. Hur står i docs/selfcontrol.md.".to_owned(),
            ],
            Lang::En => vec![
                "The same record in several copies is counted once. A unit is the same whatever capitals and spaces.".to_owned(),
                format!(
                    "Groups: each unit against the authority's other units, and each of the last {MONTHS} months against the {MONTHS} before it, on each of the measures. Fisher's exact test, two-sided; Holm's adjustment for all comparisons; limit 0.05. At least {FEWEST} records on either side and at least {LEAST_POINTS} percentage points of difference."
                ),
                format!(
                    "Single records: more than three interquartile ranges (at least one) above the upper quartile (Tukey's outer fence), where there are at least {FEWEST}. Quartiles and medians are values that occur (nearest rank)."
                ),
                format!("Shares of fewer than {FEWEST_PERCENT} stand without percent: so few say nothing of a share."),
                "All of it can be counted again without the program. How stands in docs/selfcontrol.md.".to_owned(),
            ],
        };
        vec![Block::Bullets(lines.into_iter().map(Entry::from).collect())]
    }

    /// As one JSON object.
    #[must_use]
    pub fn json(&self) -> Value {
        let sections = self.sections.iter().map(|section| {
            let rows: Vec<Value> = section
                .rows
                .iter()
                .map(|row| object(section, row))
                .collect();
            (section.key.to_owned(), Value::Array(rows))
        });
        let day = |day: Option<Date>| day.map(|day| day.to_string());
        json!({
            "selfcontrol": FORMAT,
            "language": self.wanted.lang.tag(),
            "made": self.wanted.made.to_string(),
            "from": day(self.wanted.from),
            "until": day(self.wanted.until),
            "suppressed-below": self.wanted.fewest,
            "sections": sections.collect::<Map<String, Value>>(),
            "compared": self.deviations.compared,
            "too-few": self.deviations.too_few,
            "deviations": self.deviations.groups.iter().map(deviation).collect::<Vec<Value>>(),
            "far-out": self.deviations.records.iter().map(far_out).collect::<Vec<Value>>(),
        })
    }

    /// As CSV (RFC 4180): a row for each figure.
    #[must_use]
    pub fn csv(&self) -> String {
        let mut out =
            csv::line(&["table", "row", "name", "measure", "value", "of"].map(str::to_owned));
        for section in &self.sections {
            for row in &section.rows {
                let columns = section.columns.iter().skip(1).map(|(key, _)| key);
                for (column, cell) in columns.zip(&row.cells) {
                    let (value, of) = csv_cell(cell);
                    out += &csv::line(&[
                        section.key.to_owned(),
                        row.key.clone(),
                        row.name.clone(),
                        column.clone(),
                        value,
                        of,
                    ]);
                }
            }
        }
        for one in &self.deviations.groups {
            let row = match &one.group {
                Group::Unit { unit, .. } => unit.clone(),
                Group::Month(month) => month.clone(),
            };
            let name = self.group(&one.group);
            let measure = one.measure.key().to_owned();
            let (with, of) = (one.two.with.to_string(), one.two.of.to_string());
            out += &csv::line(&["deviation".to_owned(), row, name, measure, with, of]);
        }
        out
    }
}

/// The days on which the duty to report changed for anybody, in the months that are compared.
fn changes(trees: &Trees, last: Date) -> Vec<Date> {
    let months = i64::from(MONTHS) * 2;
    let first = last
        .checked_sub(jiff::Span::new().months(months))
        .unwrap_or(last);
    let duties = trees
        .laws
        .authorities
        .iter()
        .flat_map(|authority| &authority.duties);
    let days: std::collections::BTreeSet<Date> = duties
        .map(|duty| duty.from)
        .filter(|day| first < *day && *day <= last)
        .collect();
    days.into_iter().collect()
}

/// What is published names no record, and tells of no group by a number that is hidden elsewhere.
fn unnamed(deviations: &mut Deviations, sections: &[Section], fewest: u64) {
    deviations.records.clear();
    let is_small = |with: usize, of: usize| {
        let (with, of) = (with as u64, of as u64);
        let small = |count: u64| count > 0 && count < fewest;
        small(with) || small(of - with)
    };
    deviations.groups.retain(|one| {
        let two = one.two;
        let is_told = !is_small(two.with, two.of) && !is_small(two.rest_with, two.rest_of);
        is_told && !is_hidden(one, sections)
    });
    for one in &mut deviations.groups {
        one.records.clear();
    }
}

fn is_hidden(one: &Deviation, sections: &[Section]) -> bool {
    let (section, key, within) = match &one.group {
        Group::Unit { authority, unit } => ("unit", unit, Some(authority)),
        Group::Month(month) => ("month", month, None),
    };
    let section = sections.iter().find(|known| known.key == section);
    let row = section.and_then(|section| {
        section
            .rows
            .iter()
            .find(|row| row.key == *key && row.within.as_ref() == within)
    });
    let column = section.and_then(|section| {
        section
            .columns
            .iter()
            .skip(1)
            .position(|(key, _)| key == one.measure.key())
    });
    row.is_none_or(|row| {
        let own = column.and_then(|column| row.cells.get(column));
        row.cells.first() == Some(&Cell::Hidden) || own == Some(&Cell::Hidden)
    })
}

fn last<T>(rows: &[T], many: usize) -> &[T] {
    rows.get(rows.len().saturating_sub(many)..).unwrap_or(rows)
}

#[expect(clippy::cast_precision_loss, reason = "drawn some hundred points wide")]
const fn length(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Count(count) | Cell::Share(count, _) => Some(*count as f64),
        _ => None,
    }
}

fn object(section: &Section, row: &Line) -> Value {
    let mut object = Map::new();
    object.insert("key".to_owned(), json!(row.key));
    object.insert("name".to_owned(), json!(row.name));
    if let Some(within) = &row.within {
        object.insert("authority".to_owned(), json!(within));
    }
    let columns = section.columns.iter().skip(1).map(|(key, _)| key);
    for (column, cell) in columns.zip(&row.cells) {
        object.insert(column.clone(), value(cell));
    }
    Value::Object(object)
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Count(count) => json!(count),
        Cell::Share(with, of) => json!({ "with": with, "of": of }),
        Cell::Percent(percent) => json!({ "percent": percent }),
        Cell::Change(change) => json!(change),
        Cell::Text(text) => json!(text),
        Cell::Hidden => json!({ "hidden": true }),
        Cell::Nothing => Value::Null,
    }
}

fn deviation(one: &Deviation) -> Value {
    let mut told = match &one.group {
        Group::Unit { authority, unit } => json!({ "unit": unit, "authority": authority }),
        Group::Month(month) => json!({ "month": month }),
    };
    let two = one.two;
    let more = json!({
        "measure": one.measure.key(),
        "with": two.with,
        "of": two.of,
        "rest-with": two.rest_with,
        "rest-of": two.rest_of,
        "p": one.chance,
        "records": one.records,
    });
    if let (Some(told), Value::Object(more)) = (told.as_object_mut(), more) {
        told.extend(more);
    }
    told
}

fn far_out(one: &Outlier) -> Value {
    json!({ "record": one.record, "what": one.what, "value": one.value, "limit": one.fence })
}

fn csv_cell(cell: &Cell) -> (String, String) {
    match cell {
        Cell::Count(count) => (count.to_string(), String::new()),
        Cell::Share(with, of) => (with.to_string(), of.to_string()),
        Cell::Percent(percent) => (format!("{percent} %"), String::new()),
        Cell::Change(change) => (change.to_string(), String::new()),
        Cell::Text(text) => (text.clone(), String::new()),
        Cell::Hidden => ("..".to_owned(), String::new()),
        Cell::Nothing => (String::new(), String::new()),
    }
}
