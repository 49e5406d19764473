//! All cores at work: one reads, the others check, and what they tell comes out in the order it went in.
//!
//! No more is held than a few batches for each core: who reads waits for a ticket, and a ticket comes back when a batch
//! has been written.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Read as _;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};

use anyhow::{Result, anyhow};

use sekretesskoll::check::chain::Link;
use sekretesskoll::check::{Checker, Finding, Grade, Kind, Verdict};
use sekretesskoll::language::Lang;
use sekretesskoll::trees::Trees;

use super::inputs::{Batch, Inputs, LIMIT};
use super::row::{self, Missing};
use crate::cli::phrases;

/// The name of a document: a file, or a file and a line.
#[derive(Clone)]
pub(in crate::cli) struct Name {
    file: Arc<str>,
    line: Option<u64>,
}

impl Name {
    fn of_file(file: &str) -> Self {
        Self {
            file: file.into(),
            line: None,
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}", self.file),
            None => f.write_str(&self.file),
        }
    }
}

/// What is made of each document on the core where it is checked.
pub(in crate::cli) trait Tell: Sync {
    /// What is made.
    type Of: Send;

    /// Of a document that could be read.
    fn document(&self, name: &str, verdict: &Verdict<'_>, missing: &[Missing]) -> Self::Of;

    /// Of something that cannot be read, and why.
    fn unreadable(&self, name: &str, kind: Option<Kind>, why: &str) -> Self::Of;
}

/// What is told of a document.
pub(in crate::cli) struct Told<T = Vec<u8>> {
    /// Its name.
    pub(in crate::cli) name: Name,
    /// What sort it is; none where it cannot be read as any.
    pub(in crate::cli) kind: Option<Kind>,
    /// The verdict.
    pub(in crate::cli) grade: Grade,
    /// What was found.
    pub(in crate::cli) findings: Vec<Finding>,
    /// What it says about others.
    pub(in crate::cli) link: Option<Link>,
    /// How many bytes it has.
    pub(in crate::cli) bytes_read: usize,
    /// It in the format asked for, empty where nothing is told of it; or whatever else is made of documents.
    pub(in crate::cli) bytes: T,
}

/// Batches for each core that are under way at once.
const UNDER_WAY: usize = 4;

type Done<T> = (usize, Result<Vec<Told<T>>>);

/// Checks all documents, and hands over what is told of each in their order.
pub(in crate::cli) fn each<F: Tell>(
    lang: Lang,
    trees: &[&Trees],
    inputs: Inputs,
    format: &F,
    threads: usize,
    mut take: impl FnMut(Told<F::Of>) -> Result<()>,
) -> Result<()> {
    let (tickets, ticket) = sync_channel::<()>(threads * UNDER_WAY);
    let (batches, batch) = sync_channel::<(usize, Result<Batch>)>(threads * UNDER_WAY);
    let (dones, done) = sync_channel::<Done<F::Of>>(threads * UNDER_WAY);
    for _ in 0..threads * UNDER_WAY {
        let _ = tickets.send(());
    }
    let batch = Mutex::new(batch);
    std::thread::scope(|scope| {
        scope.spawn(move || read(inputs, &ticket, &batches));
        for _ in 0..threads {
            let (batch, dones) = (&batch, dones.clone());
            scope.spawn(move || check_all(lang, trees, format, batch, &dones));
        }
        drop(dones);
        // Both ends are dropped here, whatever happens: who waits for a ticket or to be heard finds nobody, and ends.
        let (done, tickets) = (done, tickets);
        in_order(&done, &tickets, &mut take)
    })
}

fn read(mut inputs: Inputs, ticket: &Receiver<()>, batches: &SyncSender<(usize, Result<Batch>)>) {
    for at in 0.. {
        if ticket.recv().is_err() {
            return;
        }
        let next = match inputs.next() {
            Ok(Some(batch)) => Ok(batch),
            Ok(None) => return,
            Err(error) => Err(error),
        };
        let failed = next.is_err();
        if batches.send((at, next)).is_err() || failed {
            return;
        }
    }
}

fn check_all<F: Tell>(
    lang: Lang,
    trees: &[&Trees],
    format: &F,
    batches: &Mutex<Receiver<(usize, Result<Batch>)>>,
    dones: &SyncSender<Done<F::Of>>,
) {
    let checker = Checker::new(trees);
    let present = trees.first().copied();
    let next = || batches.lock().ok()?.recv().ok();
    while let Some((at, batch)) = next() {
        let told = batch.map(|batch| {
            let desk = Desk {
                lang,
                checker: &checker,
                trees: present,
                format,
            };
            desk.batch(batch)
        });
        if dones.send((at, told)).is_err() {
            return;
        }
    }
}

fn in_order<T>(
    done: &Receiver<Done<T>>,
    tickets: &SyncSender<()>,
    take: &mut impl FnMut(Told<T>) -> Result<()>,
) -> Result<()> {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for (at, told) in done {
        waiting.insert(at, told);
        while let Some(told) = waiting.remove(&next) {
            next += 1;
            for told in told? {
                take(told)?;
            }
            let _ = tickets.try_send(());
        }
    }
    Ok(())
}

/// A file, of one that is too large no more than shows that it is.
fn read_whole(path: &Path) -> std::io::Result<Vec<u8>> {
    let file = std::fs::File::open(path)?;
    let size = usize::try_from(file.metadata()?.len()).unwrap_or(LIMIT);
    let mut bytes = Vec::with_capacity(size.min(LIMIT) + 1);
    let limit = u64::try_from(LIMIT).unwrap_or(u64::MAX);
    file.take(limit + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Where one core works.
struct Desk<'a, F> {
    lang: Lang,
    checker: &'a Checker<'a>,
    trees: Option<&'a Trees>,
    format: &'a F,
}

impl<F: Tell> Desk<'_, F> {
    fn batch(&self, batch: Batch) -> Vec<Told<F::Of>> {
        match batch {
            Batch::Files(paths) => paths.iter().map(|path| self.file(path)).collect(),
            Batch::Whole(name, bytes) => vec![self.document(Name::of_file(&name), &bytes)],
            Batch::Lines(name, first, lines) => self.lines(&name, first, &lines),
            Batch::Unreadable(name, why) => {
                vec![self.unreadable(Name::of_file(&name), None, &why, 0)]
            }
        }
    }

    fn file(&self, path: &Path) -> Told<F::Of> {
        let name = Name::of_file(&path.display().to_string());
        match read_whole(path) {
            Ok(bytes) => self.document(name, &bytes),
            Err(error) => {
                let why = crate::cli::files::why(self.lang, &error);
                let sentence = phrases::cannot_read(self.lang, &name, &why);
                self.unreadable(name, None, &anyhow!(sentence), 0)
            }
        }
    }

    fn lines(&self, file: &Arc<str>, first: u64, lines: &[u8]) -> Vec<Told<F::Of>> {
        let lines = lines.split_inclusive(|byte| *byte == b'\n').zip(first..);
        let filled = lines.filter(|(line, _)| !line.trim_ascii().is_empty());
        let told = filled.map(|(line, number)| {
            let line = line.strip_suffix(b"\n").unwrap_or(line);
            let name = Name {
                file: Arc::clone(file),
                line: Some(number),
            };
            self.document(name, line)
        });
        told.collect()
    }

    fn document(&self, name: Name, bytes: &[u8]) -> Told<F::Of> {
        let shown = name.to_string();
        if bytes.len() > LIMIT {
            let limit = LIMIT / 1024 / 1024;
            let sentence = phrases::check_too_large(self.lang, &shown, &limit);
            return self.unreadable(name, None, &anyhow!(sentence), bytes.len());
        }
        let told = self.checker.check(bytes, |verdict| {
            let missing = row::missing(self.lang, self.trees, bytes, verdict);
            let kind = Some(verdict.kind);
            Told {
                kind,
                grade: verdict.grade,
                findings: verdict.findings.clone(),
                link: verdict.link,
                bytes_read: bytes.len(),
                bytes: self.format.document(&shown, verdict, &missing),
                name: name.clone(),
            }
        });
        match told {
            Ok(told) => told,
            Err(unreadable) => {
                let why = row::why_unreadable(self.lang, &shown, bytes, unreadable.0);
                self.unreadable(name, unreadable.0, &why, bytes.len())
            }
        }
    }

    fn unreadable(
        &self,
        name: Name,
        kind: Option<Kind>,
        why: &anyhow::Error,
        bytes_read: usize,
    ) -> Told<F::Of> {
        Told {
            bytes: self
                .format
                .unreadable(&name.to_string(), kind, &why.to_string()),
            name,
            kind,
            grade: Grade::Fail,
            findings: Vec::new(),
            link: None,
            bytes_read,
        }
    }
}
