//! Many documents on disk, made on all cores and written in order.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::Path;

use anyhow::{Context as _, Result};

/// How many documents are made before they are written: memory stays flat however many there are.
const BATCH: u64 = 4_096;

/// One file with a document on each line.
pub fn lines(file: &Path, count: u64, make: impl Fn(u64) -> Result<Vec<u8>> + Sync) -> Result<()> {
    let opened =
        File::create(file).with_context(|| format!("could not write {}", file.display()))?;
    let mut out = BufWriter::new(opened);
    in_order(count, make, |_, document| {
        out.write_all(document)?;
        out.write_all(b"\n")?;
        Ok(())
    })?;
    out.flush()?;
    Ok(())
}

/// One file for each document, in folders of a thousand; none for a document that is empty.
pub fn folder(
    folder: &Path,
    count: u64,
    make: impl Fn(u64) -> Result<Vec<u8>> + Sync,
) -> Result<()> {
    in_order(count, make, |number, document| {
        let within = folder.join(format!("{:04}", number / 1_000));
        if number.is_multiple_of(1_000) {
            fs::create_dir_all(&within)
                .with_context(|| format!("could not make {}", within.display()))?;
        }
        if !document.is_empty() {
            fs::write(within.join(format!("{number:07}.json")), document)?;
        }
        Ok(())
    })
}

fn in_order(
    count: u64,
    make: impl Fn(u64) -> Result<Vec<u8>> + Sync,
    mut write: impl FnMut(u64, &[u8]) -> Result<()>,
) -> Result<()> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from) as u64;
    let mut start = 0;
    while start < count {
        let end = (start + BATCH).min(count);
        let share = (end - start).div_ceil(threads);
        let batch = std::thread::scope(|scope| -> Result<Vec<Vec<u8>>> {
            let parts = (0..threads)
                .map(|part| (start + part * share).min(end)..(start + (part + 1) * share).min(end));
            let make = &make;
            let started: Vec<_> = parts
                .map(|part| scope.spawn(move || part.map(make).collect::<Result<Vec<_>>>()))
                .collect();
            let mut all = Vec::new();
            for thread in started {
                all.extend(
                    thread
                        .join()
                        .ok()
                        .context("a thread of the generator stopped")??,
                );
            }
            Ok(all)
        })?;
        for (number, document) in (start..end).zip(&batch) {
            write(number, document)?;
        }
        start = end;
    }
    Ok(())
}
