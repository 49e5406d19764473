//! A contender that is built with the library: ours, and the floor with the order of members kept.

use anyhow::{Context as _, Result, bail};
use bench::ours::Ours;
use bench::worker::{Lines, serve};
use sekretesskoll::trees::Trees;
use serde_json::Value;

const USAGE: &str =
    "usage: contender answers FILE [KNOWN] | contender decide FILE | contender record FILE | contender ordered FILE";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let [name, path, known @ ..] = arguments.as_slice() else {
        bail!(USAGE);
    };
    let lines = Lines::read(path).with_context(|| format!("could not read {path}"))?;
    let trees = Trees::built_in();
    let trees = trees.ok().context("the built-in trees are unsound")?;
    let mut ours = Ours::new(&trees);
    match (*name, known) {
        ("answers", []) => answers(&lines, &mut ours),
        ("answers", [known]) => {
            verify(&lines, known, &mut ours)?;
            answers(&lines, &mut ours)
        }
        ("decide", []) => serve(lines.count(), || {
            lines
                .iter()
                .map(|line| ours.decide(line))
                .sum::<Result<u64>>()
        }),
        ("record", []) => serve(lines.count(), || {
            lines
                .iter()
                .map(|line| ours.record(line))
                .sum::<Result<u64>>()
        }),
        ("ordered", []) => serve(lines.count(), || {
            let mut sum = 0;
            for line in lines.iter() {
                let value: Value = serde_json::from_slice(line)?;
                sum += value.as_object().map_or(0, serde_json::Map::len) as u64;
                std::hint::black_box(value);
            }
            Ok(sum)
        }),
        _ => bail!(USAGE),
    }
}

fn answers(lines: &Lines, ours: &mut Ours<'_>) -> Result<()> {
    serve(lines.count(), || {
        lines
            .iter()
            .map(|line| ours.answers(line))
            .sum::<Result<u64>>()
    })
}

/// What is measured comes to what the generator was told by `assess`, item by item.
fn verify(lines: &Lines, known: &str, ours: &mut Ours<'_>) -> Result<()> {
    let known = Lines::read(known).with_context(|| format!("could not read {known}"))?;
    for (number, (line, known)) in lines.iter().zip(known.iter()).enumerate() {
        let known: Value = serde_json::from_slice(known)?;
        let items = known.get("items").and_then(Value::as_array);
        let outcome = |item: &Value| item.get("outcome")?.as_str().map(str::to_owned);
        let told: Vec<Option<String>> = items.into_iter().flatten().map(outcome).collect();
        let own = ours.outcomes(line)?;
        let own: Vec<Option<String>> = own.into_iter().map(|one| one.map(str::to_owned)).collect();
        anyhow::ensure!(
            own == told,
            "document {number}: {own:?} where {told:?} was told"
        );
    }
    anyhow::ensure!(
        lines.count() == known.count(),
        "not as many outcomes as documents"
    );
    Ok(())
}
