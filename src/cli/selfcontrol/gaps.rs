//! `selfcontrol gaps`: what the duty asks of the organisation, and is not there.

use std::collections::BTreeMap;

use anyhow::{Result, anyhow};
use clap::ArgMatches;
use serde_json::{Value, json};

use sekretesskoll::check::catalogue::Severity;
use sekretesskoll::language::Lang;
use sekretesskoll::page::{Block, Entry, Page, tidy};
use sekretesskoll::selfcontrol::catalogue::{CATALOGUE, GapEntry};
use sekretesskoll::selfcontrol::gaps::{Allowed, Gap, gaps};

use super::{Target, day, has_records, phrases, read, text};
use crate::cli::{Exit, check, clock, files};

/// Days that the law may have gone unchecked where nobody says: the program's own choice, not the law's.
const LAW_AGE: u32 = 365;
/// Days that what was held back may wait for an answer: the same.
const SUPPLEMENT_AGE: u32 = 30;
/// So many records are named for each gap on the screen; JSON and CSV name all.
const NAMED: usize = 20;

/// Runs the command.
pub(super) fn run(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let target = Target::of(lang, matches, &["table", "json", "csv"])?;
    let (from, until) = (day(lang, matches, "from")?, day(lang, matches, "until")?);
    let number = |flag: &str, otherwise| matches.get_one::<u32>(flag).copied().unwrap_or(otherwise);
    let allowed = Allowed {
        on: clock::day_or_today(lang, matches)?,
        law_age: number("law-age", LAW_AGE),
        supplement_age: number("supplement-age", SUPPLEMENT_AGE),
        units: units(lang, matches)?,
    };
    let sets = check::sets(lang, matches)?;
    let mut read = read(lang, matches, &sets)?;
    read.ledger.keep(from, until);
    if allowed.units.is_empty() {
        has_records(lang, &read)?;
    }
    let Some(present) = sets.first() else {
        return Ok(Exit::CouldNot);
    };
    let found = gaps(&read.ledger.joined(&present.laws), &present.laws, &allowed);
    let told = match target.format {
        "json" => format!("{:#}\n", as_json(lang, &found)),
        "csv" => csv(lang, &found),
        _ => text(&page(lang, &found, &allowed)),
    };
    target.write(lang, &told)?;
    match read.unreadable.exit(lang) {
        Exit::Done if found.iter().any(is_grave) => Ok(Exit::Found),
        exit => Ok(exit),
    }
}

/// A note is good to know, and no fault.
fn is_grave(gap: &Gap) -> bool {
    gap.entry()
        .is_none_or(|entry| entry.severity > Severity::Note)
}

/// The units of a file: one on each line, without what is empty or begins with `#`.
fn units(lang: Lang, matches: &ArgMatches) -> Result<Vec<String>> {
    let Some(path) = matches.get_one::<String>("units") else {
        return Ok(Vec::new());
    };
    let text = files::read_text(lang, path)?;
    let lines = text.lines().map(tidy);
    let units: Vec<String> = lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    if units.is_empty() {
        return Err(anyhow!(phrases::no_units(lang, path)));
    }
    Ok(units)
}

fn page(lang: Lang, found: &[Gap], allowed: &Allowed) -> Page {
    let mut page = Page::new(lang, phrases::gaps_title(lang));
    let lead = phrases::gaps_lead(lang, &allowed.on, &allowed.law_age, &allowed.supplement_age);
    page.blocks.push(Block::Paragraph(lead));
    if allowed.units.is_empty() {
        page.blocks
            .push(Block::Paragraph(phrases::gaps_no_units(lang)));
    }
    if found.is_empty() {
        page.blocks.push(Block::Paragraph(phrases::gaps_none(lang)));
    }
    for of_code in by_code(found) {
        let entry = of_code.first().and_then(|gap| gap.entry());
        if let Some(entry) = entry {
            let title = phrases::gaps_heading(lang, &entry.title.get(lang), &of_code.len());
            page.section(&title, told(lang, entry, &of_code));
        }
    }
    page
}

/// In the order of the catalogue.
fn by_code(found: &[Gap]) -> Vec<Vec<&Gap>> {
    let order = |code: &str| {
        let mut known = CATALOGUE.gaps.iter();
        known.position(|entry| entry.code == code)
    };
    let mut codes: BTreeMap<Option<usize>, Vec<&Gap>> = BTreeMap::new();
    for gap in found {
        codes.entry(order(gap.code)).or_default().push(gap);
    }
    codes.into_values().collect()
}

/// The sentence once where it is the same for all of them, and then what it is about.
fn told(lang: Lang, entry: &GapEntry, gaps: &[&Gap]) -> Vec<Block> {
    let is_same = gaps.iter().all(|gap| gap.detail.is_empty());
    let lines = gaps.iter().take(NAMED).map(|gap| {
        let sentence = sentence(lang, gap);
        Entry::from(match (is_same, gap.record.as_str()) {
            (true, record) => record.to_owned(),
            (false, "") => format!("{sentence}."),
            (false, record) => format!("{record}: {sentence}."),
        })
    });
    let same = is_same.then(|| format!("{}. ", entry.text.get(lang)));
    let lead = same.unwrap_or_default() + entry.hint.get(lang);
    let more = gaps.len().saturating_sub(NAMED);
    let more = (more > 0).then(|| Block::Paragraph(phrases::gaps_more(lang, &more)));
    let blocks = [Block::Paragraph(lead), Block::Bullets(lines.collect())];
    blocks.into_iter().chain(more).collect()
}

fn sentence(lang: Lang, gap: &Gap) -> String {
    let entry = gap.entry();
    entry.map_or_else(String::new, |entry| {
        entry.text.get(lang).replace("{detail}", &gap.detail)
    })
}

fn as_json(lang: Lang, found: &[Gap]) -> Value {
    let gaps = found.iter().map(|gap| {
        let entry = gap.entry();
        json!({
            "code": gap.code,
            "severity": entry.map(|entry| entry.severity.key()),
            "record": (!gap.record.is_empty()).then_some(&gap.record),
            "detail": gap.detail,
            "sentence": sentence(lang, gap),
            "law": entry.map(|entry| &entry.law),
        })
    });
    json!({ "gaps": gaps.collect::<Vec<Value>>() })
}

fn csv(lang: Lang, found: &[Gap]) -> String {
    let head = ["code", "severity", "record", "detail", "sentence"].map(str::to_owned);
    let rows = found.iter().map(|gap| {
        let severity = gap.entry().map_or("", |entry| entry.severity.key());
        [
            gap.code.to_owned(),
            severity.to_owned(),
            gap.record.clone(),
            gap.detail.clone(),
            sentence(lang, gap),
        ]
    });
    let lines = std::iter::once(head).chain(rows);
    lines.map(|line| sekretesskoll::csv::line(&line)).collect()
}
