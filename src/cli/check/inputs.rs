//! Where the documents come from: files, folders with all that is in them, patterns, lines, standard input.

use std::fs::File;
use std::io::{BufRead, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, anyhow};
use clap::ArgMatches;

use sekretesskoll::language::Lang;

use crate::cli::{files, phrases};

/// Endings of files that hold one document, and of those that hold one on each line.
const DOCUMENT: [&str; 1] = ["json"];
const LINES: [&str; 2] = ["jsonl", "ndjson"];

/// Largest document read. A real one is a few kB.
pub(super) const LIMIT: usize = 16 * 1024 * 1024;

/// Files handed on together, and about how many bytes of lines.
const FILES: usize = 128;
const BYTES: usize = 256 * 1024;

/// What is handed on together.
pub(in crate::cli) enum Batch {
    /// Files, each a document.
    Files(Vec<PathBuf>),
    /// Lines, each a document: whose they are, the number of the first, and all of them.
    Lines(Arc<str>, u64, Vec<u8>),
    /// A document that stood on standard input.
    Whole(String, Vec<u8>),
    /// A file of lines that cannot be read, and why.
    Unreadable(String, anyhow::Error),
}

/// Everything that was named, in order.
pub(in crate::cli) struct Inputs {
    lang: Lang,
    sources: std::vec::IntoIter<Source>,
    lines: Option<Lines>,
    /// How many bytes there are in all, as far as files tell.
    pub(super) bytes: u64,
}

enum Source {
    File(PathBuf),
    Lines(PathBuf),
    Stdin,
}

struct Lines {
    name: Arc<str>,
    reader: Box<dyn BufRead + Send>,
    next: u64,
}

impl Inputs {
    pub(in crate::cli) fn of(lang: Lang, matches: &ArgMatches) -> Result<Self> {
        let named: Vec<String> = matches
            .get_many("path")
            .into_iter()
            .flatten()
            .cloned()
            .collect();
        Self::over(lang, &named)
    }

    /// Everything that paths name, in order.
    pub(in crate::cli) fn over(lang: Lang, named: &[String]) -> Result<Self> {
        let mut sources = Vec::new();
        for path in named {
            named_sources(lang, path, &mut sources)?;
        }
        if sources.is_empty() {
            return Err(anyhow!(phrases::check_nothing(lang)));
        }
        let size = |source: &Source| match source {
            Source::File(path) | Source::Lines(path) => {
                path.metadata().map_or(0, |file| file.len())
            }
            Source::Stdin => 0,
        };
        // Asking each of very many files for its size would cost as much as reading them.
        let bytes = if sources.len() > FILES {
            0
        } else {
            sources.iter().map(size).sum()
        };
        Ok(Self {
            lang,
            sources: sources.into_iter(),
            lines: None,
            bytes,
        })
    }

    /// What comes next; none at the end.
    pub(super) fn next(&mut self) -> Result<Option<Batch>> {
        loop {
            if let Some(lines) = &mut self.lines {
                if let Some(batch) = lines.next(self.lang)? {
                    return Ok(Some(batch));
                }
                self.lines = None;
            }
            let mut files = Vec::new();
            loop {
                match self.sources.as_slice().first() {
                    Some(Source::File(_)) if files.len() < FILES => {}
                    Some(_) | None => break,
                }
                if let Some(Source::File(path)) = self.sources.next() {
                    files.push(path);
                }
            }
            if !files.is_empty() {
                return Ok(Some(Batch::Files(files)));
            }
            match self.sources.next() {
                None => return Ok(None),
                Some(Source::File(path)) => return Ok(Some(Batch::Files(vec![path]))),
                Some(Source::Lines(path)) => match Lines::open(self.lang, &path) {
                    Ok(lines) => self.lines = Some(lines),
                    Err(why) => {
                        let name = path.display().to_string();
                        return Ok(Some(Batch::Unreadable(name, why)));
                    }
                },
                Some(Source::Stdin) => match stdin(self.lang)? {
                    Stdin::Whole(batch) => return Ok(Some(batch)),
                    Stdin::Lines(lines) => self.lines = Some(lines),
                },
            }
        }
    }
}

fn named_sources(lang: Lang, path: &str, sources: &mut Vec<Source>) -> Result<()> {
    if path == "-" {
        sources.push(Source::Stdin);
        return Ok(());
    }
    match std::fs::metadata(path) {
        Ok(found) if found.is_dir() => in_folder(lang, Path::new(path), sources),
        Ok(_) => {
            let path = PathBuf::from(path);
            sources.push(of_file(path.clone()).unwrap_or_else(|| by_first_line(path)));
            Ok(())
        }
        Err(_) if path.contains(['*', '?', '[']) => matching(lang, path, sources),
        Err(error) => Err(cannot_read(lang, path, &error)),
    }
}

fn cannot_read(lang: Lang, path: &str, error: &std::io::Error) -> anyhow::Error {
    anyhow!(phrases::cannot_read(lang, &path, &files::why(lang, error)))
}

/// A file that was named although its ending says nothing: its first line tells, as on standard input.
fn by_first_line(path: PathBuf) -> Source {
    let mut first = Vec::new();
    let file = File::open(&path).ok();
    let read = file.map(|file| read_line(&mut BufReader::new(file), &mut first));
    let alone: Result<serde::de::IgnoredAny, _> = serde_json::from_slice(&first);
    if matches!(read, Some(Ok(true))) && alone.is_ok() {
        Source::Lines(path)
    } else {
        Source::File(path)
    }
}

/// What a file with this ending holds; none for endings that no document has.
fn of_file(path: PathBuf) -> Option<Source> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    match ending.as_str() {
        ending if DOCUMENT.contains(&ending) => Some(Source::File(path)),
        ending if LINES.contains(&ending) => Some(Source::Lines(path)),
        _ => None,
    }
}

/// Everything in a folder and those in it, by name. A link is not followed into a folder: it could lead back.
fn in_folder(lang: Lang, folder: &Path, sources: &mut Vec<Source>) -> Result<()> {
    let told = |error: std::io::Error| cannot_read(lang, &folder.display().to_string(), &error);
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(told)? {
        let entry = entry.map_err(told)?;
        entries.push((entry.file_name(), entry.file_type().map_err(told)?));
    }
    entries.sort_unstable_by(|one, two| one.0.cmp(&two.0));
    for (name, kind) in entries {
        let path = folder.join(name);
        if kind.is_dir() {
            in_folder(lang, &path, sources)?;
        } else {
            sources.extend(of_file(path));
        }
    }
    Ok(())
}

/// A pattern that no shell has expanded, as `poster/*.json`.
fn matching(lang: Lang, pattern: &str, sources: &mut Vec<Source>) -> Result<()> {
    let found = glob::glob(pattern).map_err(|_| anyhow!(phrases::check_pattern(lang, &pattern)))?;
    let mut paths: Vec<PathBuf> = found.filter_map(Result::ok).collect();
    paths.sort_unstable();
    for path in paths {
        if path.is_dir() {
            in_folder(lang, &path, sources)?;
        } else {
            sources.extend(of_file(path));
        }
    }
    Ok(())
}

enum Stdin {
    Whole(Batch),
    Lines(Lines),
}

/// Standard input holds a document on each line if its first line is one by itself.
fn stdin(lang: Lang) -> Result<Stdin> {
    let mut reader = BufReader::with_capacity(BYTES, std::io::stdin());
    let told = |error: std::io::Error| cannot_read(lang, "-", &error);
    let mut first = Vec::new();
    read_line(&mut reader, &mut first).map_err(told)?;
    let alone: Result<serde::de::IgnoredAny, _> = serde_json::from_slice(&first);
    if alone.is_ok() {
        let reader = std::io::Cursor::new(first).chain(reader);
        return Ok(Stdin::Lines(Lines {
            name: "-".into(),
            reader: Box::new(BufReader::with_capacity(BYTES, reader)),
            next: 1,
        }));
    }
    let room = (LIMIT + 1).saturating_sub(first.len());
    let mut rest = reader.take(u64::try_from(room).unwrap_or(u64::MAX));
    rest.read_to_end(&mut first).map_err(told)?;
    Ok(Stdin::Whole(Batch::Whole("-".to_owned(), first)))
}

impl Lines {
    fn open(lang: Lang, path: &Path) -> Result<Self> {
        let name = path.display().to_string();
        let file = File::open(path).map_err(|error| cannot_read(lang, &name, &error))?;
        Ok(Self {
            name: name.into(),
            reader: Box::new(BufReader::with_capacity(BYTES, file)),
            next: 1,
        })
    }

    /// Whole lines, about as many as are handed on together.
    fn next(&mut self, lang: Lang) -> Result<Option<Batch>> {
        let mut lines = Vec::with_capacity(BYTES + BYTES / 4);
        let first = self.next;
        while lines.len() < BYTES {
            let read = read_line(&mut self.reader, &mut lines);
            if !read.map_err(|error| cannot_read(lang, &self.name, &error))? {
                break;
            }
            self.next += 1;
        }
        let name = Arc::clone(&self.name);
        Ok((self.next > first).then_some(Batch::Lines(name, first, lines)))
    }
}

/// Reads a line with its end; false at the end of all. Of a line that is too long only so much is kept that it is seen.
fn read_line(reader: &mut impl BufRead, line: &mut Vec<u8>) -> std::io::Result<bool> {
    let from = line.len();
    let mut any = false;
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok(any);
        }
        any = true;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let length = end.map_or(buffer.len(), |end| end + 1);
        let room = (LIMIT + 2).saturating_sub(line.len() - from);
        line.extend(buffer.iter().take(length.min(room)));
        reader.consume(length);
        if end.is_some() {
            if line.last() != Some(&b'\n') {
                line.push(b'\n');
            }
            return Ok(true);
        }
    }
}
