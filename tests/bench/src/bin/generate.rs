//! Writes generated documents: one file of lines, or one file for each document in folders of a thousand.

use std::ops::RangeInclusive;
use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};
use bench::around::around;
use bench::files;
use bench::generate::{Maker, Plan};
use bench::rules;
use sekretesskoll::trees::Trees;

const USAGE: &str = "usage: generate [--records] [--pretty] [--seed N] [--items A..B] [--distinct N] \
                     [--damaged PER-MILLE] [--first N] [--count N] [--rules FILE] [--known FILE] [--around] (--lines FILE | --folder FOLDER)";

struct Wanted {
    plan: Plan,
    /// The number of the first document.
    first: u64,
    count: u64,
    records: bool,
    pretty: bool,
    /// Reviews and dispatches too.
    around: bool,
    lines: Option<PathBuf>,
    folder: Option<PathBuf>,
    /// Where the item tree goes as `JSONLogic`.
    rules: Option<PathBuf>,
    /// Where goes what the `JSONLogic` must know about each item.
    known: Option<PathBuf>,
}

fn main() -> Result<()> {
    let wanted = wanted().context(USAGE)?;
    let trees = Trees::built_in()
        .ok()
        .context("the built-in trees are unsound")?;
    let maker = Maker::new(&trees, wanted.plan.clone())?;
    let one = |number| {
        let number = wanted.first + number;
        if !wanted.records {
            return maker.line(number);
        }
        let mut record = maker.record_bytes(number, wanted.pretty)?;
        if wanted.pretty && wanted.lines.is_some() {
            // Indented on a line of its own: spaces for its line feeds, so that it is as many bytes.
            record.pop();
            record
                .iter_mut()
                .filter(|byte| **byte == b'\n')
                .for_each(|byte| *byte = b' ');
        }
        Ok(record)
    };
    if let Some(file) = &wanted.rules {
        std::fs::write(file, rules::logic(&trees.item)?.to_string())?;
    }
    if let Some(file) = &wanted.known {
        files::lines(file, wanted.count, |number| {
            rules::known_line(&maker, number)
        })?;
    }
    match (&wanted.lines, &wanted.folder) {
        (Some(file), None) if wanted.around => files::lines(file, wanted.count, |number| {
            let mut documents = all_of(&maker, &wanted, wanted.first + number)?;
            documents.retain(|document| !document.is_empty());
            Ok(documents.join(&b'\n'))
        }),
        (None, Some(folder)) if wanted.around => {
            for (at, sort) in ["records", "reviews", "dispatches"].iter().enumerate() {
                let folder = folder.join(sort);
                files::folder(&folder, wanted.count, |number| {
                    let documents = all_of(&maker, &wanted, wanted.first + number)?;
                    Ok(documents.into_iter().nth(at).unwrap_or_default())
                })?;
            }
            Ok(())
        }
        (Some(file), None) => files::lines(file, wanted.count, one),
        (None, Some(folder)) => files::folder(folder, wanted.count, one),
        _ => bail!("one of --lines and --folder"),
    }
}

/// A record, the review of it and its dispatch; empty where there is none.
fn all_of(maker: &Maker<'_>, wanted: &Wanted, number: u64) -> Result<Vec<Vec<u8>>> {
    let record = maker.record(number)?;
    let around = around(wanted.plan.seed, number, &record)?;
    let review = around.review.as_ref().map(serde_json::to_vec).transpose()?;
    let dispatch = around.dispatch.as_ref();
    let dispatch = dispatch.map(serde_json::to_vec).transpose()?;
    Ok(vec![
        serde_json::to_vec(&record)?,
        review.unwrap_or_default(),
        dispatch.unwrap_or_default(),
    ])
}

fn wanted() -> Result<Wanted> {
    let mut wanted = Wanted {
        plan: Plan::default(),
        first: 0,
        count: 1_000,
        records: false,
        pretty: false,
        around: false,
        lines: None,
        folder: None,
        rules: None,
        known: None,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(flag) = arguments.next() {
        let mut value = || {
            arguments
                .next()
                .with_context(|| format!("{flag} needs a value"))
        };
        match flag.as_str() {
            "--records" => wanted.records = true,
            "--pretty" => wanted.pretty = true,
            "--around" => wanted.around = true,
            "--seed" => wanted.plan.seed = value()?.parse()?,
            "--items" => wanted.plan.items = range(&value()?)?,
            "--distinct" => wanted.plan.distinct = value()?.parse()?,
            "--damaged" => wanted.plan.damaged = value()?.parse()?,
            "--first" => wanted.first = value()?.parse()?,
            "--count" => wanted.count = value()?.parse()?,
            "--lines" => wanted.lines = Some(value()?.into()),
            "--rules" => wanted.rules = Some(value()?.into()),
            "--known" => wanted.known = Some(value()?.into()),
            "--folder" => wanted.folder = Some(value()?.into()),
            other => bail!("unknown: {other}"),
        }
    }
    Ok(wanted)
}

/// `4`, or `2..6` with both ends.
fn range(text: &str) -> Result<RangeInclusive<usize>> {
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    Ok(first.parse()?..=last.parse()?)
}
