//! Documents as they should not be: each damaged in one way.

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::dice::Dice;

/// Damages one document.
pub type Damage = fn(&mut Dice, Vec<u8>) -> Result<Vec<u8>>;

/// Damages an answers document in one way.
pub fn answers(dice: &mut Dice, bytes: Vec<u8>) -> Result<Vec<u8>> {
    let mut value: Value = serde_json::from_slice(&bytes)?;
    match dice.below(9) {
        0 => return Ok(truncated(dice, bytes)),
        1 => drop_answer(dice, &mut value),
        2 => replace_answer(dice, &mut value, &json!({ "answer": "kanske" })),
        3 => replace_answer(dice, &mut value, &json!({ "answer": "yes", "svar": "ja" })),
        4 => set(&mut value, "on", json!("2026-02-30")),
        5 => set(&mut value, "on", json!("1999-12-31")),
        6 => set(&mut value, "authority", json!("forsakringskasan")),
        7 => set(&mut value, "mottagare", json!("socialnämnden")),
        _ => set(&mut value, "items", json!({ "label": "inte en lista" })),
    }
    Ok(serde_json::to_vec(&value)?)
}

/// Damages a record in one way, keeping how it is indented.
pub fn record(dice: &mut Dice, bytes: Vec<u8>) -> Result<Vec<u8>> {
    let pretty = bytes.ends_with(b"\n");
    let mut value: Value = serde_json::from_slice(&bytes)?;
    match dice.below(6) {
        0 => return Ok(truncated(dice, bytes)),
        1 => set(
            &mut value,
            "digest",
            json!(format!("sha256:{}", "0".repeat(64))),
        ),
        2 => set(&mut value, "outcome", json!("undecided")),
        3 => set(&mut value, "on", json!("2026-02-30")),
        4 => {
            value
                .as_object_mut()
                .context("a record is an object")?
                .shift_remove("official");
        }
        _ => set(&mut value, "released", json!(["all"])),
    }
    if pretty {
        return Ok(format!("{}\n", serde_json::to_string_pretty(&value)?).into_bytes());
    }
    Ok(serde_json::to_vec(&value)?)
}

fn truncated(dice: &mut Dice, mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.truncate(1 + dice.below(bytes.len().saturating_sub(2)));
    bytes
}

fn set(value: &mut Value, member: &str, to: Value) {
    if let Some(object) = value.as_object_mut() {
        object.insert(member.to_owned(), to);
    }
}

/// The places of all answers: the stage, the item's number within it, the question.
fn places(value: &Value) -> Vec<String> {
    let under = |path: String| -> Vec<String> {
        let answers = value.pointer(&path).and_then(Value::as_object);
        answers
            .into_iter()
            .flat_map(|answers| answers.keys())
            .map(|id| format!("{path}/{id}"))
            .collect()
    };
    let items = value
        .get("items")
        .and_then(Value::as_array)
        .map_or(0, Vec::len);
    let stages = ["/route", "/sending", "/closing", "/identity/answers"].map(str::to_owned);
    stages
        .into_iter()
        .chain((0..items).map(|at| format!("/items/{at}/answers")))
        .flat_map(under)
        .collect()
}

fn drop_answer(dice: &mut Dice, value: &mut Value) {
    let places = places(value);
    let Some((stage, id)) = dice.pick(&places).and_then(|place| place.rsplit_once('/')) else {
        return;
    };
    if let Some(answers) = value.pointer_mut(stage).and_then(Value::as_object_mut) {
        answers.shift_remove(id);
    }
}

fn replace_answer(dice: &mut Dice, value: &mut Value, to: &Value) {
    let places = places(value);
    if let Some(given) = dice
        .pick(&places)
        .and_then(|place| value.pointer_mut(place))
    {
        given.clone_from(to);
    }
}
