//! A contender under the driver: documents in memory, one round each time a line comes in.
//!
//! Used by three packages that must not share libraries, hence by path and with nothing but the standard library.

use std::io::{self, BufRead as _, Write as _};
use std::time::Instant;

/// One document on each line, in memory.
pub struct Lines {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Lines {
    /// Reads a file of lines.
    pub fn read(path: &str) -> io::Result<Self> {
        let bytes = std::fs::read(path)?;
        let ends = bytes
            .iter()
            .enumerate()
            .filter(|(_, byte)| **byte == b'\n')
            .map(|(at, _)| at)
            .collect();
        Ok(Self { bytes, ends })
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.ends.len()
    }

    /// The documents.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().map(|end| end + 1));
        starts
            .zip(&self.ends)
            .map(|(start, end)| self.bytes.get(start..*end).unwrap_or_default())
    }
}

/// Says that it is ready, then runs a round for every line on standard input and answers with the nanoseconds it took
/// and what it came to.
pub fn serve<E>(documents: usize, mut round: impl FnMut() -> Result<u64, E>) -> Result<(), E>
where
    E: From<io::Error>,
{
    let mut out = io::stdout().lock();
    writeln!(out, "ready {documents}")?;
    out.flush()?;
    for line in io::stdin().lock().lines() {
        line?;
        let start = Instant::now();
        let sum = std::hint::black_box(round()?);
        writeln!(out, "{} {sum}", start.elapsed().as_nanos())?;
        out.flush()?;
    }
    Ok(())
}
