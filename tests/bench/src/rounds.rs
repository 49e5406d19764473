//! Contenders timed in turns, so that whatever else the machine does falls on all of them alike.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context as _, Result};

/// A program that keeps documents in memory and runs a round when told.
pub struct Contender {
    /// What it is called in the table.
    pub name: String,
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    documents: usize,
    /// Microseconds for each document, round by round.
    rounds: Vec<f64>,
}

/// What came of the rounds.
pub struct Timed {
    /// What it is called in the table.
    pub name: String,
    /// Microseconds for each document, round by round.
    pub rounds: Vec<f64>,
    /// How many documents there were.
    pub documents: usize,
}

impl Contender {
    /// Starts a contender and waits until its documents are in memory.
    pub fn start(name: &str, program: &Path, arguments: &[&str]) -> Result<Self> {
        let mut command = Command::new(program);
        command
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut child = command
            .spawn()
            .with_context(|| format!("could not start {name}"))?;
        let to = child.stdin.take().context("no standard input")?;
        let mut from = BufReader::new(child.stdout.take().context("no standard output")?);
        let mut ready = String::new();
        from.read_line(&mut ready)?;
        let documents = ready
            .trim()
            .strip_prefix("ready ")
            .with_context(|| format!("{name} did not come up"))?;
        let documents = documents.parse()?;
        Ok(Self {
            name: name.to_owned(),
            child,
            to,
            from,
            documents,
            rounds: Vec::new(),
        })
    }

    fn round(&mut self) -> Result<f64> {
        self.to.write_all(b"\n")?;
        self.to.flush()?;
        let mut line = String::new();
        self.from.read_line(&mut line)?;
        let nanoseconds = line
            .split(' ')
            .next()
            .and_then(|text| text.parse::<f64>().ok());
        let nanoseconds =
            nanoseconds.with_context(|| format!("{} stopped in a round", self.name))?;
        Ok(nanoseconds / 1_000.0 / self.documents as f64)
    }

    fn end(mut self) -> Result<Timed> {
        drop(self.to);
        self.child.wait()?;
        Ok(Timed {
            name: self.name,
            rounds: self.rounds,
            documents: self.documents,
        })
    }
}

/// One round each that is not counted, then the rounds in turns; another begins each time.
pub fn in_turns(mut contenders: Vec<Contender>, rounds: usize) -> Result<Vec<Timed>> {
    for contender in &mut contenders {
        contender.round()?;
    }
    for round in 0..rounds {
        let count = contenders.len();
        for at in 0..count {
            if let Some(contender) = contenders.get_mut((round + at) % count) {
                let took = contender.round()?;
                contender.rounds.push(took);
            }
        }
    }
    contenders.into_iter().map(Contender::end).collect()
}

impl Timed {
    /// The median round.
    #[must_use]
    pub fn median(&self) -> f64 {
        median(&self.rounds)
    }

    /// The shortest and the longest round.
    #[must_use]
    pub fn spread(&self) -> (f64, f64) {
        spread(&self.rounds)
    }

    /// The median of the ratios to another's rounds, round by round.
    #[must_use]
    pub fn ratio(&self, to: &Timed) -> f64 {
        let both = self.rounds.iter().zip(&to.rounds);
        median(&both.map(|(own, other)| own / other).collect::<Vec<_>>())
    }
}

/// The middle of some figures.
#[must_use]
pub fn median(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    let upper = sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN);
    let lower = sorted
        .get(sorted.len().saturating_sub(1) / 2)
        .copied()
        .unwrap_or(f64::NAN);
    f64::midpoint(lower, upper)
}

/// The smallest and the largest of some figures.
#[must_use]
pub fn spread(figures: &[f64]) -> (f64, f64) {
    let least = figures.iter().copied().fold(f64::INFINITY, f64::min);
    let most = figures.iter().copied().fold(0.0, f64::max);
    (least, most)
}
