//! A contender that is built with the library: ours, and the floor with the order of members kept.

use anyhow::{Context as _, Result, bail};
use bench::ours::Ours;
use bench::worker::{Lines, serve};
use sekretesskoll::trees::Trees;
use serde_json::Value;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [name, path] = arguments.as_slice() else {
        bail!("usage: contender answers|record|ordered FILE");
    };
    let lines = Lines::read(path).with_context(|| format!("could not read {path}"))?;
    let trees = Trees::built_in();
    let trees = trees.ok().context("the built-in trees are unsound")?;
    let mut ours = Ours::new(&trees);
    match name.as_str() {
        "answers" => serve(lines.count(), || {
            lines
                .iter()
                .map(|line| ours.answers(line))
                .sum::<Result<u64>>()
        }),
        "record" => serve(lines.count(), || {
            lines
                .iter()
                .map(|line| ours.record(line))
                .sum::<Result<u64>>()
        }),
        "ordered" => serve(lines.count(), || {
            let mut sum = 0;
            for line in lines.iter() {
                let value: Value = serde_json::from_slice(line)?;
                sum += value.as_object().map_or(0, serde_json::Map::len) as u64;
                std::hint::black_box(value);
            }
            Ok(sum)
        }),
        other => bail!("no contender `{other}`"),
    }
}
