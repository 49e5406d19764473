//! The floor: `serde_json::from_slice::<Value>` on every document, and nothing done with it.

#[path = "../../src/worker.rs"]
mod worker;

use anyhow::{Context as _, Result};
use serde_json::Value;
use worker::{Lines, serve};

fn main() -> Result<()> {
    let path = std::env::args().nth(1).context("usage: floor FILE")?;
    let lines = Lines::read(&path).with_context(|| format!("could not read {path}"))?;
    serve(lines.count(), || {
        let mut sum = 0;
        for line in lines.iter() {
            let value: Value = serde_json::from_slice(line)?;
            sum += value.as_object().map_or(0, serde_json::Map::len) as u64;
            std::hint::black_box(value);
        }
        anyhow::Ok(sum)
    })
}
