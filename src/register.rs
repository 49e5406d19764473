//! The append-only register: one line for each document, each bound to the one before. Lines in, findings out.
//!
//! What it proves and what it does not stands in `docs/trust.md`; the disk is the binary's.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::record;
use crate::seal::PREFIX;

/// The name of the file in its folder.
pub const FILE: &str = "register.jsonl";

/// What a detached signature is called after the name of its document.
pub const SIGNATURE: &str = ".sig";

/// The format number of lines.
pub const FORMAT: u32 = 1;

/// How many digits of a head are written on paper, and needed to compare one.
pub const DIGITS: usize = 32;

/// What the line of a head begins with.
const HEAD: &str = "sekretesskoll register";

/// A line: a document that was entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The format number, 1.
    pub register: u32,
    /// The number of the line, from 1.
    pub number: u64,
    /// Day and minute by the clock of the machine, with offset.
    pub at: String,
    /// What sort of document it is.
    pub kind: Kind,
    /// The name of the file, without its folder.
    pub file: String,
    /// SHA-256 of the bytes of the file.
    pub sha256: String,
    /// The digest that stands in the document; null where it has none.
    pub document: Option<String>,
    /// The digest of the line before; null on the first.
    pub previous: Option<String>,
    /// SHA-256 of this line as JSON, without this member.
    pub digest: String,
}

/// The sorts of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A record of an assessment.
    Record,
    /// A second person's review of a record.
    Review,
    /// What was sent, and when.
    Dispatch,
    /// The report as sent.
    Letter,
    /// The note for the case file.
    Note,
    /// Anything else.
    Other,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Record,
        Self::Review,
        Self::Dispatch,
        Self::Letter,
        Self::Note,
        Self::Other,
    ];

    /// The word in the file.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Review => "review",
            Self::Dispatch => "dispatch",
            Self::Letter => "letter",
            Self::Note => "note",
            Self::Other => "other",
        }
    }

    /// The sort with a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// A document that is to be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What sort it is.
    pub kind: Kind,
    /// The name of the file, without its folder.
    pub file: String,
    /// SHA-256 of the bytes of the file.
    pub sha256: String,
    /// The digest that stands in the document.
    pub digest: Option<String>,
}

/// Number and digest of a line, kept outside: all that stood before it is bound by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The number of the line, where it was written down with it.
    pub number: Option<u64>,
    /// The digest or its first digits, in lower case and without what stands before or between them.
    pub digits: String,
}

impl Head {
    /// Reads a head as it was printed or written down: `N: ` and the digits, in groups or not, in any case.
    #[must_use]
    pub fn read(written: &str) -> Option<Self> {
        let written = written.trim().to_ascii_lowercase().replace(PREFIX, "");
        let written = written.strip_prefix(HEAD).unwrap_or(&written);
        let (number, digits) = match written.split_once(':') {
            Some((number, digits)) => (Some(number.trim().parse().ok()?), digits),
            None => (None, written),
        };
        let digits: String = digits.chars().filter(|c| !" -\t".contains(*c)).collect();
        let hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let long = (DIGITS..=64).contains(&digits.len());
        (hex && long).then_some(Self { number, digits })
    }

    fn is_of(&self, entry: &Entry) -> bool {
        let digits = entry.digest.strip_prefix(PREFIX);
        digits.is_some_and(|digits| digits.starts_with(&self.digits))
    }
}

impl Entry {
    /// The head that this line is.
    #[must_use]
    pub fn head(&self) -> String {
        format!("{HEAD} {}: {}", self.number, self.digest)
    }

    /// The head as a person writes it on paper and compares it: the first digits in groups of four.
    #[must_use]
    pub fn on_paper(&self) -> String {
        let digits = self.digest.strip_prefix(PREFIX).unwrap_or_default();
        let digits: Vec<char> = digits.chars().take(DIGITS).collect();
        let groups = digits.chunks(4).map(|group| group.iter().collect());
        let groups: Vec<String> = groups.collect();
        format!("{}: {}", self.number, groups.join(" "))
    }

    /// The line, with its line end.
    #[must_use]
    pub fn line(&self) -> String {
        let line = serde_json::to_string(self).unwrap_or_default();
        format!("{line}\n")
    }

    /// The digest that the line ought to have.
    fn sum(&self) -> Option<String> {
        Some(format!("{PREFIX}{}", record::digest_of(self)?))
    }

    fn read(line: &[u8]) -> Option<Self> {
        let entry: Self = serde_json::from_slice(line).ok()?;
        let same = entry.line().trim_end_matches('\n').as_bytes() == line;
        (same && entry.register == FORMAT && is_name(&entry.file)).then_some(entry)
    }
}

/// A name that a file in the folder can have, and that says on the screen what it is.
#[must_use]
pub fn is_name(name: &str) -> bool {
    let apart = |c: char| c.is_control() || c == '/' || c == '\\';
    !name.is_empty() && name != "." && name != ".." && !name.contains(apart)
}

/// What is wrong. Lines are counted from 1 as they stand; numbers are those that stand in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The line is not one that the program writes.
    Unreadable(usize),
    /// The file ends within this line: a write was cut off.
    Half(usize),
    /// The line was changed after it was written: its digest is wrong. The file that it names now.
    Changed(usize, String),
    /// The line stands there twice: here, and first there.
    Repeated(usize, usize),
    /// Before this line, those with numbers from the first to the second are gone.
    Gone(usize, u64, u64),
    /// The line does not stand in its place; its number.
    Moved(usize, u64),
    /// The line is bound to another line than the one before it: that one was exchanged.
    Unbound(usize),
    /// The line enters a file that an earlier one has entered.
    Again(usize, String),
    /// A document that was entered is not there; the number of its line.
    Missing(String, u64),
    /// A document is not as it was when it was entered; the number of its line.
    Differs(String, u64),
    /// A document is a link, which can be pointed at something else.
    Link(String),
    /// A document cannot be read.
    Closed(String),
    /// A file that is not entered, and the document that it is a copy of.
    Stray(String, Option<String>),
    /// Others than the owner can read or change a file.
    Shared(String),
    /// The head is of a later line, the first number, than the last, the second: lines are gone from the end.
    CutOff(u64, u64),
    /// The line that the head was taken of is another now.
    OtherHead(u64),
    /// No line has the head.
    NoHead,
}

/// What is in the folder, by name.
pub type Folder = BTreeMap<String, OnDisk>;

/// A file in the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnDisk {
    /// What it holds.
    pub what: What,
    /// Others than the owner can read or change it.
    pub shared: bool,
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// SHA-256 of its bytes.
    Bytes(String),
    /// A link to somewhere else.
    Link,
    /// A folder, or something that is no file.
    NoFile,
    /// It could not be read.
    Closed,
}

/// A register that was read: the lines that can be read, with their places, and what is wrong with the lines.
#[derive(Clone, Debug, Default)]
pub struct Register {
    /// The lines that can be read.
    pub entries: Vec<Entry>,
    /// What is wrong with the lines.
    pub findings: Vec<Finding>,
}

impl Register {
    /// Reads the lines, and whether each is bound to the one before.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Self {
        let mut reader = Reader::default();
        let mut lines = bytes.split(|byte| *byte == b'\n');
        let half = lines.next_back().filter(|half| !half.is_empty());
        for line in lines {
            reader.line(line);
        }
        if half.is_some() {
            let line = reader.lines + 1;
            reader.findings.push(Finding::Half(line));
        }
        reader.done()
    }

    /// What is wrong: the lines, then the documents, then the head.
    #[must_use]
    pub fn check(&self, folder: &Folder, head: Option<&Head>) -> Vec<Finding> {
        let mut findings = self.findings.clone();
        findings.extend(
            self.entries
                .iter()
                .filter_map(|entry| missing(entry, folder)),
        );
        findings.extend(
            folder
                .iter()
                .flat_map(|(name, file)| self.found(name, file)),
        );
        findings.extend(head.and_then(|head| self.compare(head)));
        findings
    }

    /// The line of a document that is there, and as it was entered; none for one that was never entered.
    #[must_use]
    pub fn entry_of(&self, file: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.file == file)
    }

    /// The lines to append for documents.
    #[must_use]
    pub fn next(&self, documents: Vec<Document>, at: &str) -> Vec<Entry> {
        let mut last = self
            .entries
            .last()
            .map(|last| (last.number, last.digest.clone()));
        let mut next = |document| {
            let entry = entered(document, at, last.as_ref())?;
            last = Some((entry.number, entry.digest.clone()));
            Some(entry)
        };
        documents.into_iter().filter_map(&mut next).collect()
    }

    fn found(&self, name: &str, file: &OnDisk) -> Vec<Finding> {
        let file_name = name.to_owned();
        let shared = file.shared.then_some(Finding::Shared(file_name));
        let known = name == FILE || self.entry_of(name).is_some() || self.signs(name);
        let stray = (!known).then(|| self.stray(name, file));
        stray.into_iter().chain(shared).collect()
    }

    /// A signature lies beside its document and is no document of its own.
    fn signs(&self, name: &str) -> bool {
        let document = name.strip_suffix(SIGNATURE);
        document.is_some_and(|document| self.entry_of(document).is_some())
    }

    fn stray(&self, name: &str, file: &OnDisk) -> Finding {
        let copied =
            |entry: &&Entry| matches!(&file.what, What::Bytes(sum) if *sum == entry.sha256);
        let copy = self.entries.iter().find(copied);
        let copy = copy.map(|entry| entry.file.clone());
        Finding::Stray(name.to_owned(), copy)
    }

    fn compare(&self, head: &Head) -> Option<Finding> {
        let last = self.entries.iter().map(|entry| entry.number).max();
        let last = last.unwrap_or_default();
        let Some(number) = head.number else {
            let found = self.entries.iter().any(|entry| head.is_of(entry));
            return (!found).then_some(Finding::NoHead);
        };
        let mut there = self.entries.iter().filter(|entry| entry.number == number);
        if there.any(|entry| head.is_of(entry)) {
            None
        } else if number > last {
            Some(Finding::CutOff(number, last))
        } else {
            Some(Finding::OtherHead(number))
        }
    }
}

fn entered(document: Document, at: &str, last: Option<&(u64, String)>) -> Option<Entry> {
    let mut entry = Entry {
        register: FORMAT,
        number: last.map_or(1, |(number, _)| number.saturating_add(1)),
        at: at.to_owned(),
        kind: document.kind,
        file: document.file,
        sha256: document.sha256,
        document: document.digest,
        previous: last.map(|(_, digest)| digest.clone()),
        digest: String::new(),
    };
    entry.digest = entry.sum()?;
    Some(entry)
}

/// What has become of a document that was entered.
fn missing(entry: &Entry, folder: &Folder) -> Option<Finding> {
    let (file, number) = (entry.file.clone(), entry.number);
    match folder.get(&file).map(|file| &file.what) {
        None => Some(Finding::Missing(file, number)),
        Some(What::Bytes(sum)) if *sum == entry.sha256 => None,
        Some(What::Bytes(_) | What::NoFile) => Some(Finding::Differs(file, number)),
        Some(What::Link) => Some(Finding::Link(file)),
        Some(What::Closed) => Some(Finding::Closed(file)),
    }
}

/// Reads line by line, knowing what the next one ought to be bound to.
#[derive(Default)]
struct Reader {
    entries: Vec<Entry>,
    findings: Vec<Finding>,
    /// Digests seen, and the lines that they were first seen on.
    seen: BTreeMap<String, usize>,
    files: BTreeSet<String>,
    /// How many lines have been read.
    lines: usize,
    /// The number of the line before.
    number: u64,
    bound: Bound,
}

/// What the next line ought to be bound to.
#[derive(Default)]
enum Bound {
    /// Nothing: it is the first.
    #[default]
    First,
    /// The digest of the line before.
    To(String),
    /// The line before could not be read.
    Unknown,
}

impl Reader {
    fn line(&mut self, line: &[u8]) {
        self.lines += 1;
        let at = self.lines;
        let Some(entry) = Entry::read(line) else {
            self.findings.push(Finding::Unreadable(at));
            self.number = self.number.saturating_add(1);
            self.bound = Bound::Unknown;
            return;
        };
        if let Some(finding) = self.judge(at, &entry) {
            self.findings.push(finding);
        }
        self.seen.entry(entry.digest.clone()).or_insert(at);
        self.files.insert(entry.file.clone());
        self.entries.push(entry);
    }

    /// The first thing that is wrong with a line; and what the next one ought to be bound to.
    fn judge(&mut self, line: usize, entry: &Entry) -> Option<Finding> {
        let expected = self.number.saturating_add(1);
        let file = entry.file.clone();
        if entry.sum().as_ref() != Some(&entry.digest) {
            // What it says of its number may be what was changed.
            self.next(expected, entry);
            return Some(Finding::Changed(line, file));
        }
        if let Some(first) = self.seen.get(&entry.digest) {
            let first = *first;
            return Some(Finding::Repeated(line, first));
        }
        let number = entry.number;
        if number < expected {
            return Some(Finding::Moved(line, number));
        }
        let bound = self.is_bound(entry);
        self.next(number, entry);
        if number > expected {
            let (from, to) = (expected, number - 1);
            Some(Finding::Gone(line, from, to))
        } else if !bound {
            Some(Finding::Unbound(line))
        } else {
            let again = self.files.contains(&file);
            again.then_some(Finding::Again(line, file))
        }
    }

    fn next(&mut self, number: u64, entry: &Entry) {
        self.number = number;
        self.bound = Bound::To(entry.digest.clone());
    }

    fn is_bound(&self, entry: &Entry) -> bool {
        match &self.bound {
            Bound::First => entry.previous.is_none(),
            Bound::To(digest) => entry.previous.as_ref() == Some(digest),
            Bound::Unknown => true,
        }
    }

    /// Numbers that are found elsewhere are moved and not gone.
    fn done(self) -> Register {
        let numbers: BTreeSet<u64> = self.entries.iter().map(|entry| entry.number).collect();
        let elsewhere = |finding: &Finding| match finding {
            Finding::Gone(_, from, to) => (*from..=*to).all(|gone| numbers.contains(&gone)),
            _ => false,
        };
        let findings = self.findings.into_iter();
        Register {
            entries: self.entries,
            findings: findings.filter(|finding| !elsewhere(finding)).collect(),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}
