//! The item tree as one `JSONLogic` `if` chain, written from the tree itself, and what it must know beside the answers.
//!
//! `JSONLogic` has no way to name a part and use it twice, so the tree is written out path by path. What a path already
//! knows is used: a switch that asks the same again is left out, and so is the question of what has been opened. That
//! makes the chain shorter and the peer faster.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use sekretesskoll::assessment::{Assessment, ItemOutcome, ItemWalk};
use sekretesskoll::fact::Fact;
use sekretesskoll::tree::{Answer, Target, Tree};
use serde_json::{Map, Value, json};

use crate::generate::Maker;

/// What a path knows of a fact.
#[derive(Clone)]
enum Path {
    Is(String),
    IsNot(Vec<String>),
}

/// The chain: what it gives is the id of the outcome, or null where an answer is missing.
pub fn logic(tree: &Tree) -> Result<Value> {
    from(tree, Target::Question(tree.start), "", &BTreeMap::new())
}

fn from(tree: &Tree, target: Target, opened: &str, path: &BTreeMap<String, Path>) -> Result<Value> {
    let at = match target {
        Target::Outcome(end) => return Ok(json!(tree.outcome(end).id)),
        Target::Question(at) => at,
    };
    let question = tree.question(at);
    let variable = match &question.known {
        Some(Fact::Opened) => {
            let (_, answer) = question
                .answer(opened)
                .with_context(|| format!("nothing opened at {}", question.id))?;
            return on(tree, answer, opened, path);
        }
        Some(Fact::Earlier {
            tree: name,
            question,
        }) if *name == tree.name => format!("answers.{question}.answer"),
        Some(fact) => format!("known.{}", name(fact)),
        None if question.answers.is_empty() => {
            let opened = question.opens.as_deref().unwrap_or(opened);
            return from(
                tree,
                question.goto.context("a question that leads nowhere")?,
                opened,
                path,
            );
        }
        None => format!("answers.{}.answer", question.id),
    };
    if let Some(Path::Is(value)) = path.get(&variable) {
        let (_, answer) = question
            .answer(value)
            .with_context(|| format!("no answer for {value}"))?;
        return on(tree, answer, opened, path);
    }
    let ruled_out = match path.get(&variable) {
        Some(Path::IsNot(values)) => values.clone(),
        _ => Vec::new(),
    };
    branch(
        tree,
        &question.answers,
        &variable,
        &ruled_out,
        opened,
        path,
        question.known.is_some(),
    )
}

fn on(tree: &Tree, answer: &Answer, opened: &str, path: &BTreeMap<String, Path>) -> Result<Value> {
    let opened = answer.opens.as_deref().unwrap_or(opened);
    from(
        tree,
        answer.goto.context("an answer that leads nowhere")?,
        opened,
        path,
    )
}

/// Answers that lead to the same come together; what is left on a known question needs no condition.
fn branch(
    tree: &Tree,
    answers: &[Answer],
    variable: &str,
    ruled_out: &[String],
    opened: &str,
    path: &BTreeMap<String, Path>,
    known: bool,
) -> Result<Value> {
    let mut groups: Vec<(Vec<String>, &Answer)> = Vec::new();
    let taken = answers
        .iter()
        .filter(|answer| answer.goto.is_some() && !ruled_out.contains(&answer.key));
    for answer in taken.filter(|answer| answer.key != "*") {
        let same = |(_, other): &&mut (Vec<String>, &Answer)| {
            other.goto == answer.goto && other.opens == answer.opens
        };
        match groups.iter_mut().find(same) {
            Some((keys, _)) => keys.push(answer.key.clone()),
            None => groups.push((vec![answer.key.clone()], answer)),
        }
    }
    let named: Vec<String> = groups
        .iter()
        .flat_map(|(keys, _)| keys.clone())
        .chain(ruled_out.to_vec())
        .collect();
    let mut chain = Vec::new();
    let rest = answers.iter().find(|answer| answer.key == "*");
    for (at, (keys, answer)) in groups.iter().enumerate() {
        let mut path = path.clone();
        if let [key] = keys.as_slice() {
            path.insert(variable.to_owned(), Path::Is(key.clone()));
        }
        let then = on(tree, answer, opened, &path)?;
        if !(known && rest.is_none() && at + 1 == groups.len()) {
            chain.push(condition(variable, keys));
        }
        chain.push(then);
    }
    match rest {
        Some(answer) => {
            let mut path = path.clone();
            path.insert(variable.to_owned(), Path::IsNot(named));
            chain.push(on(tree, answer, opened, &path)?);
        }
        None if known => {}
        None => chain.push(Value::Null),
    }
    Ok(match chain.as_slice() {
        [only] => only.clone(),
        _ => json!({ "if": chain }),
    })
}

fn condition(variable: &str, keys: &[String]) -> Value {
    let equal = |key: &String| json!({ "==": [{ "var": variable }, key] });
    match keys {
        [key] => equal(key),
        keys => json!({ "or": keys.iter().map(equal).collect::<Vec<_>>() }),
    }
}

/// A fact's name without points: they separate members in `JSONLogic`.
fn name(fact: &Fact) -> String {
    fact.to_string().replace('.', "_")
}

/// What the chain must know about each item of a document, and what it must come to: the first item, then the others.
#[must_use]
pub fn known(assessment: &Assessment<'_, '_>) -> Value {
    let items = assessment.identity.iter().chain(&assessment.items);
    let items: Vec<Value> = items
        .map(|item| of_item(&assessment.trees.item, item))
        .collect();
    json!({ "items": items })
}

/// The same for a document by its number, as a line without its end.
pub fn known_line(maker: &Maker<'_>, number: u64) -> Result<Vec<u8>> {
    let document = maker.document(number)?;
    Ok(serde_json::to_vec(&known(&maker.assess(&document)?))?)
}

/// The values of the facts that the item's walk turned on: all that the chain will ask for.
fn of_item(tree: &Tree, item: &ItemWalk<'_, '_>) -> Value {
    let mut known = Map::new();
    for step in item.walk.steps() {
        let Some(fact) = &tree.question(step.question).known else {
            continue;
        };
        let own = matches!(fact, Fact::Earlier { tree: name, .. } if *name == tree.name);
        if *fact != Fact::Opened && !own {
            known.insert(name(fact), json!(step.key));
        }
    }
    let outcome = item.outcome.map(ItemOutcome::key);
    json!({ "known": known, "outcome": outcome })
}
