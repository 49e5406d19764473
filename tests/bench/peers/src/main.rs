//! Others on the same documents: jsonschema, and datalogic with the item tree as `JSONLogic`.

#[path = "../../src/worker.rs"]
mod worker;

use anyhow::{Context as _, Result, bail};
use datalogic_rs::bumpalo::Bump;
use datalogic_rs::{DataValue, Engine, Logic};
use serde_json::Value;
use worker::{Lines, serve};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["schema", path, schema] => schema_rounds(path, schema),
        ["datalogic", path, rules, known] => datalogic_rounds(path, rules, known),
        _ => bail!("usage: peers schema FILE SCHEMA | peers datalogic FILE RULES KNOWN"),
    }
}

/// Reading into `Value` and validating: what comes of it is whether the document is valid, which all of them are.
fn schema_rounds(path: &str, schema: &str) -> Result<()> {
    let lines = read(path)?;
    let schema: Value = serde_json::from_slice(&std::fs::read(schema)?)?;
    let validator = jsonschema::validator_for(&schema)
        .map_err(|error| anyhow::anyhow!("the schema: {error}"))?;
    serve(lines.count(), || {
        let mut valid = 0;
        for line in lines.iter() {
            let value: Value = serde_json::from_slice(line)?;
            if !validator.is_valid(&value) {
                bail!("a document is not valid by the schema");
            }
            valid += 1;
        }
        Ok(valid)
    })
}

/// What one item must be known for, and what it must come to.
struct Item<'a> {
    known: DataValue<'a>,
    outcome: &'a str,
}

/// Reading into the engine's own values in its own arena, and the outcome of every item. What the engine cannot know of
/// law and days is handed to it ready, read before the clock starts. Every outcome is held against ours before the first
/// round.
fn datalogic_rounds(path: &str, rules: &str, known: &str) -> Result<()> {
    let lines = read(path)?;
    let rules = std::fs::read_to_string(rules)?;
    let engine = Engine::new();
    let logic = engine
        .compile(rules.as_str())
        .map_err(|error| anyhow::anyhow!("the rules: {error}"))?;
    let text = std::fs::read_to_string(known)?;
    let kept = Bump::new();
    let known = text
        .lines()
        .map(|line| items(line, &kept))
        .collect::<Result<Vec<_>>>()?;
    if known.len() != lines.count() {
        bail!(
            "{} documents, and what is known of {}",
            lines.count(),
            known.len()
        );
    }
    let mut arena = Bump::new();
    for (line, items) in lines.iter().zip(&known) {
        arena.reset();
        decide(&engine, &logic, line, items, &arena, true)?;
    }
    serve(lines.count(), || {
        let mut decided = 0;
        for (line, items) in lines.iter().zip(&known) {
            arena.reset();
            decided += decide(&engine, &logic, line, items, &arena, false)?;
        }
        Ok(decided)
    })
}

fn items<'a>(line: &'a str, kept: &'a Bump) -> Result<Vec<Item<'a>>> {
    let value = DataValue::from_str(line, kept)
        .map_err(|error| anyhow::anyhow!("what is known: {error:?}"))?;
    let items = member(value, "items").and_then(array).context("no items")?;
    let item = |item: &DataValue<'a>| {
        let known = member(*item, "known")?;
        let outcome = member(*item, "outcome").and_then(|outcome| match outcome {
            DataValue::String(text) => Some(text),
            _ => None,
        })?;
        Some(Item { known, outcome })
    };
    items
        .iter()
        .map(|one| item(one).context("what is known lacks something"))
        .collect()
}

fn decide<'a>(
    engine: &Engine,
    logic: &Logic,
    line: &'a [u8],
    items: &[Item<'a>],
    arena: &'a Bump,
    verify: bool,
) -> Result<u64> {
    let text = std::str::from_utf8(line)?;
    let document = DataValue::from_str(text, arena)
        .map_err(|error| anyhow::anyhow!("a document: {error:?}"))?;
    let identity = member(document, "identity");
    let others = member(document, "items")
        .and_then(array)
        .unwrap_or_default();
    let mut decided = 0;
    for (item, of) in identity.iter().chain(others).zip(items) {
        let answers = member(*item, "answers").unwrap_or(DataValue::Null);
        let data = arena.alloc_slice_copy(&[("known", of.known), ("answers", answers)]);
        let data: &DataValue<'_> = arena.alloc(DataValue::Object(data));
        let outcome = engine
            .evaluate(logic, data, arena)
            .map_err(|error| anyhow::anyhow!("a decision: {error}"))?;
        if verify && outcome.as_str() != Some(of.outcome) {
            bail!("{outcome:?} where we say {}", of.outcome);
        }
        decided += u64::from(outcome.as_str().is_some());
    }
    if decided != items.len() as u64 {
        bail!("{decided} of {} items were decided", items.len());
    }
    Ok(decided)
}

fn member<'a>(value: DataValue<'a>, name: &str) -> Option<DataValue<'a>> {
    match value {
        DataValue::Object(members) => members
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| *value),
        _ => None,
    }
}

fn array(value: DataValue<'_>) -> Option<&[DataValue<'_>]> {
    match value {
        DataValue::Array(values) => Some(values),
        _ => None,
    }
}

fn read(path: &str) -> Result<Lines> {
    Lines::read(path).with_context(|| format!("could not read {path}"))
}
