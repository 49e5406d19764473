//! The outgoing folder against a record: what lies there and must not, what is missing, and what the letter says.
//!
//! It is content exactly when the files are the letter and the documents that may leave, each as it should be. Nothing
//! else passes: what a computer leaves behind in a folder can show what the documents showed.

mod dispatch;
mod letter;

use std::collections::BTreeMap;
use std::fmt;

use crate::alike::{composed, letters};
use crate::answers::Form;
use crate::assessment::Whole;
use crate::record::{IDENTITY, ItemRecord, Record};
use crate::review::{Review, Unfit, held_back, needed_before_sending, under_duty};
use crate::trees::Trees;

pub use dispatch::{
    Dispatch, DispatchKind, FORMAT, Lawful, Sent, SentFile, SentWhat, is_afterwards, is_before,
    law_on,
};

/// What sort of thing lies in the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A link to something elsewhere.
    Link,
    /// A pipe, a socket or a device.
    Other,
    /// A file that could not be read, and why.
    Unreadable(String),
}

/// Something in the folder.
#[derive(Clone, PartialEq, Eq)]
pub struct Found {
    /// Its name.
    pub name: String,
    /// What sort of thing it is.
    pub kind: Kind,
    /// Its size.
    pub bytes: u64,
    /// `sha256:` and the digest of its content; empty where there is none.
    pub sha256: String,
    /// What stands in it, where it is text that can be read.
    pub text: Option<String>,
}

/// Never prints what stands in it.
impl fmt::Debug for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Found")
            .field("name", &self.name)
            .field("kind", &self.kind)
            .field("bytes", &self.bytes)
            .finish_non_exhaustive()
    }
}

/// Which file is what, where the record does not say it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// The name of the letter.
    pub letter: Option<String>,
    /// Names of documents by the id of their item.
    pub documents: BTreeMap<String, String>,
}

/// A document of the program itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Own {
    /// A record: its reasons are secret.
    Record,
    /// A review.
    Review,
    /// A dispatch.
    Dispatch,
    /// An answers document or a draft.
    Answers,
    /// A text that names the record: the case note.
    Note,
}

/// What is amiss.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The record ended otherwise than with something to send.
    NothingToSend(String),
    /// No file is the letter.
    NoLetter,
    /// More than one file may be the letter.
    SeveralLetters(Vec<String>),
    /// A released document is not there under its name.
    NotThere(String),
    /// A released document whose file nobody has named, and files that it may be.
    Unnamed(String, Vec<String>),
    /// The name given for an item that does not go as a document.
    NotReleased(String),
    /// Two things have the same name given.
    NamedTwice,
    /// A folder.
    Folder,
    /// A link.
    Link,
    /// No file.
    NoFile,
    /// It could not be read, and why.
    Unreadable(String),
    /// Its name begins with a dot.
    Hidden,
    /// A file that the computer makes by itself.
    System,
    /// A backup or a half-finished copy.
    Backup,
    /// It is empty.
    Empty,
    /// The same content as another file.
    SameAs(String),
    /// A document of the program.
    Own(Own),
    /// It may not go; the items that it seems to be.
    Extra(Vec<String>),
    /// The letter lacks the wording of an item that goes.
    Lacks(String),
    /// The letter holds what is held back, or a reason, of an item.
    Holds(String),
    /// A review is demanded before sending; the guideline.
    ReviewNeeded(String),
    /// The review handed in does not cover the record.
    ReviewUnfit(Unfit),
    /// The review contests what stands about who it is.
    IdentityContested,
    /// The review leaves nothing to send.
    NothingLeft,
}

/// Something amiss, and the file that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amiss {
    /// The file; none where one is missing.
    pub file: Option<String>,
    /// What.
    pub what: What,
}

impl Amiss {
    fn file(name: &str, what: What) -> Self {
        Self {
            file: Some(name.to_owned()),
            what,
        }
    }

    const fn whole(what: What) -> Self {
        Self { file: None, what }
    }
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// The files that go, the letter first.
    pub files: Vec<SentFile>,
    /// What is amiss; nothing may go while anything stands here.
    pub amiss: Vec<Amiss>,
    /// Files whose content was not looked at.
    pub unread: Vec<String>,
    /// The letter, where it has blanks that are still to be filled in: on paper they can be.
    pub blank: Option<String>,
}

/// Compares what lies in the folder with what may leave.
#[must_use]
pub fn reconcile(
    record: &Record,
    trees: &Trees,
    review: Option<&Review>,
    found: &[Found],
    named: &Named,
) -> Reconciled {
    let mut amiss = of_review(record, review);
    let review = review.filter(|review| review.covers(record).is_ok());
    let comparison = Comparison {
        record,
        trees,
        released: released(record, review),
        found,
        named,
    };
    let mut reconciled = comparison.run();
    amiss.append(&mut reconciled.amiss);
    Reconciled {
        amiss,
        ..reconciled
    }
}

/// Ids of what may leave: what the record releases, without what a review contests.
#[must_use]
pub fn released<'r>(record: &'r Record, review: Option<&Review>) -> Vec<&'r str> {
    let held = review.map(held_back).unwrap_or_default();
    let ids = record.released.iter().map(String::as_str);
    ids.filter(|id| !held.contains(id)).collect()
}

/// What the review says of the whole: under the duty nobody waits for one, and none stops a report.
#[must_use]
pub fn of_review(record: &Record, review: Option<&Review>) -> Vec<Amiss> {
    if record.outcome != Whole::Ready.key() {
        return vec![Amiss::whole(What::NothingToSend(record.outcome.clone()))];
    }
    if under_duty(record) {
        return Vec::new();
    }
    let covers = review.map(|review| review.covers(record).map(|()| review));
    let what = match covers {
        None => needed_before_sending(record).map(What::ReviewNeeded),
        Some(Err(unfit)) => Some(What::ReviewUnfit(unfit)),
        Some(Ok(review)) if review.contests_identity() => Some(What::IdentityContested),
        Some(Ok(review)) => {
            let left = released(record, Some(review));
            let something = left.iter().any(|id| *id != IDENTITY);
            (!something).then_some(What::NothingLeft)
        }
    };
    what.map(Amiss::whole).into_iter().collect()
}

struct Comparison<'a> {
    record: &'a Record,
    trees: &'a Trees,
    released: Vec<&'a str>,
    found: &'a [Found],
    named: &'a Named,
}

/// What a file is taken to be.
#[derive(Clone, PartialEq, Eq)]
enum Part {
    Letter,
    Document(String),
}

impl<'a> Comparison<'a> {
    fn run(&self) -> Reconciled {
        let mut reconciled = Reconciled::default();
        let mut parts = self.documents(&mut reconciled);
        self.add_letter(&mut parts, &mut reconciled);
        for found in self.found {
            match parts.get(found.name.as_str()) {
                Some(part) => self.goes(found, part, &parts, &mut reconciled),
                None => reconciled.amiss.push(self.stays(found, &parts)),
            }
        }
        reconciled
            .files
            .sort_by_key(|file| (file.what, file.item.clone()));
        reconciled
    }

    fn goes_as_document(&self, item: &ItemRecord) -> bool {
        item.form == Form::Document.key() && self.released.contains(&item.id.as_str())
    }

    fn find(&self, name: &str) -> Option<&'a Found> {
        let name = composed(name);
        self.found
            .iter()
            .find(|found| composed(&found.name) == name)
    }

    /// The released documents by the names of their files.
    fn documents(&self, reconciled: &mut Reconciled) -> BTreeMap<&'a str, Part> {
        let mut parts = BTreeMap::new();
        let items = self.record.items.iter();
        for item in items.filter(|item| self.goes_as_document(item)) {
            let given = self.named.documents.get(&item.id).or(item.file.as_ref());
            let found = given.and_then(|name| self.find(name));
            let amiss = match (given, found) {
                (None, _) => Some(Amiss::whole(What::Unnamed(
                    item.id.clone(),
                    self.may_be(item),
                ))),
                (Some(name), None) => Some(Amiss::file(name, What::NotThere(item.id.clone()))),
                (Some(_), Some(found)) => {
                    let part = Part::Document(item.id.clone());
                    let before = parts.insert(found.name.as_str(), part);
                    before.map(|_| Amiss::file(&found.name, What::NamedTwice))
                }
            };
            reconciled.amiss.extend(amiss);
        }
        let ids = self.named.documents.keys();
        let unknown = ids.filter(|id| {
            let item = self.record.find_item(id);
            !item.is_some_and(|item| self.goes_as_document(item))
        });
        let unknown = unknown.map(|id| Amiss::whole(What::NotReleased(id.clone())));
        reconciled.amiss.extend(unknown);
        parts
    }

    fn add_letter(&self, parts: &mut BTreeMap<&'a str, Part>, reconciled: &mut Reconciled) {
        let amiss = match self.letter(parts) {
            Ok(found) if parts.contains_key(found.name.as_str()) => {
                Amiss::file(&found.name, What::NamedTwice)
            }
            Ok(found) => {
                parts.insert(&found.name, Part::Letter);
                return;
            }
            Err(amiss) => amiss,
        };
        reconciled.amiss.push(amiss);
    }

    /// The letter: the file so named, else the only one that holds every wording, else the only one that is called so.
    fn letter(&self, parts: &BTreeMap<&'a str, Part>) -> Result<&'a Found, Amiss> {
        if let Some(name) = &self.named.letter {
            let found = self.find(name);
            return found.ok_or_else(|| Amiss::file(name, What::NoLetter));
        }
        let others = self.found.iter().filter(|found| {
            found.kind == Kind::File && usual(found) && !parts.contains_key(found.name.as_str())
        });
        let others: Vec<&Found> = others.collect();
        let called: Vec<&Found> = others
            .iter()
            .copied()
            .filter(|found| is_called(found))
            .collect();
        let holds = |found: &&Found| self.is_whole_letter(found);
        let holding: Vec<&Found> = others.iter().copied().filter(holds).collect();
        match (called.as_slice(), holding.as_slice()) {
            ([], []) => Err(Amiss::whole(What::NoLetter)),
            ([only], _) | ([], [only]) => Ok(only),
            ([], several) | (several, _) => {
                let names = several.iter().map(|found| found.name.clone());
                Err(Amiss::whole(What::SeveralLetters(names.collect())))
            }
        }
    }

    /// A file that goes, and whether it is as it should be.
    fn goes(
        &self,
        found: &Found,
        part: &Part,
        parts: &BTreeMap<&str, Part>,
        reconciled: &mut Reconciled,
    ) {
        let whats = self.defects(found, part, parts);
        let amiss = whats.into_iter().map(|what| Amiss::file(&found.name, what));
        reconciled.amiss.extend(amiss);
        if *part == Part::Letter && found.text.is_none() {
            reconciled.unread.push(found.name.clone());
        }
        if *part == Part::Letter && letter::has_blanks(found) {
            reconciled.blank = Some(found.name.clone());
        }
        if matches!(part, Part::Document(_)) {
            reconciled.unread.push(found.name.clone());
        }
        reconciled.files.push(SentFile {
            name: found.name.clone(),
            what: match part {
                Part::Letter => SentWhat::Letter,
                Part::Document(_) => SentWhat::Document,
            },
            item: match part {
                Part::Letter => None,
                Part::Document(id) => Some(id.clone()),
            },
            bytes: found.bytes,
            sha256: found.sha256.clone(),
        });
    }

    fn defects(&self, found: &Found, part: &Part, parts: &BTreeMap<&str, Part>) -> Vec<What> {
        if let Some(what) = no_file(found) {
            return vec![what];
        }
        if found.bytes == 0 {
            return vec![What::Empty];
        }
        if let Some(own) = self.own(found).filter(|own| *own != Own::Note) {
            return vec![What::Own(own)];
        }
        let same = self.same_as(found, |other| {
            parts.contains_key(other.name.as_str()) && other.name < found.name
        });
        let mut whats: Vec<What> = same.map(What::SameAs).into_iter().collect();
        if *part == Part::Letter {
            whats.extend(self.in_letter(found));
        }
        whats
    }

    fn same_as(&self, found: &Found, other: impl Fn(&Found) -> bool) -> Option<String> {
        let mut same = self.found.iter().filter(|candidate| {
            candidate.kind == Kind::File
                && candidate.name != found.name
                && candidate.sha256 == found.sha256
        });
        same.find(|candidate| other(candidate))
            .map(|same| same.name.clone())
    }

    /// Why a file that nothing in the record names must not lie there.
    fn stays(&self, found: &Found, parts: &BTreeMap<&str, Part>) -> Amiss {
        let what = no_file(found)
            .or_else(|| unusual(&found.name))
            .or_else(|| self.own(found).map(What::Own))
            .or_else(|| (found.bytes == 0).then_some(What::Empty))
            .or_else(|| {
                let goes = |other: &Found| parts.contains_key(other.name.as_str());
                self.same_as(found, goes).map(What::SameAs)
            })
            .unwrap_or_else(|| What::Extra(self.like(found)));
        Amiss::file(&found.name, what)
    }

    /// A document of the program, told by what stands in it.
    fn own(&self, found: &Found) -> Option<Own> {
        let text = found.text.as_deref()?;
        let value: Option<serde_json::Value> = serde_json::from_str(text).ok();
        let has = |member: &str| {
            value
                .as_ref()
                .is_some_and(|value| value.get(member).is_some())
        };
        let kind = value.as_ref().and_then(|value| value.get("kind")?.as_str());
        match kind {
            Some("record") => Some(Own::Record),
            _ if has("dispatch") => Some(Own::Dispatch),
            _ if has("review") => Some(Own::Review),
            _ if has("answers") || has("draft") || has("review-answers") => Some(Own::Answers),
            _ => text.contains(&self.record.digest).then_some(Own::Note),
        }
    }

    /// Ids of the documents in the record that a file seems to be, by its name.
    fn like(&self, found: &Found) -> Vec<String> {
        let documents = self.record.items.iter();
        let documents = documents.filter(|item| item.form == Form::Document.key());
        let likeness: Vec<(usize, &ItemRecord)> = documents
            .map(|item| (likeness(&found.name, item), item))
            .collect();
        let most = likeness.iter().map(|(likeness, _)| *likeness).max();
        let best = likeness
            .iter()
            .filter(|(likeness, _)| Some(*likeness) == most && *likeness > 0);
        best.map(|(_, item)| item.id.clone()).collect()
    }

    /// Names of the files that a document without a file name may be.
    fn may_be(&self, item: &ItemRecord) -> Vec<String> {
        let files = self.found.iter().filter(|found| found.kind == Kind::File);
        let like = files.filter(|found| self.like(found).contains(&item.id));
        like.map(|found| found.name.clone()).collect()
    }
}

/// What is no file with a content.
fn no_file(found: &Found) -> Option<What> {
    match &found.kind {
        Kind::File => None,
        Kind::Folder => Some(What::Folder),
        Kind::Link => Some(What::Link),
        Kind::Other => Some(What::NoFile),
        Kind::Unreadable(why) => Some(What::Unreadable(why.clone())),
    }
}

/// Files that nobody means to send: hidden ones, those that a computer makes, backups.
fn unusual(name: &str) -> Option<What> {
    let lower = name.to_lowercase();
    let system = ["thumbs.db", "ehthumbs.db", "desktop.ini", ".ds_store"];
    let backup = [
        "~",
        ".tmp",
        ".bak",
        ".old",
        ".swp",
        ".part",
        ".crdownload",
        ".asd",
        ".wbk",
    ];
    if system.contains(&lower.as_str()) {
        Some(What::System)
    } else if lower.starts_with("~$") || backup.iter().any(|end| lower.ends_with(end)) {
        Some(What::Backup)
    } else if lower.starts_with('.') {
        Some(What::Hidden)
    } else {
        None
    }
}

fn usual(found: &Found) -> bool {
    unusual(&found.name).is_none()
}

/// Whether a file is called a report of concern, or an answer to a request.
fn is_called(found: &Found) -> bool {
    let name = letters(&found.name);
    let words = [
        "orosanmälan",
        "orosanmalan",
        "reportofconcern",
        "svarpåbegäran",
        "svarpabegaran",
        "answertorequest",
    ];
    words.iter().any(|word| name.contains(word))
}

/// How much the name of a file says that it is a document: its name in the record, its date, words of its label.
fn likeness(name: &str, item: &ItemRecord) -> usize {
    let file = item.file.as_deref().map(composed);
    if file.is_some_and(|file| file == composed(name)) {
        return 100;
    }
    let whole = letters(name);
    let dated = item.dated.as_ref().and_then(Option::as_ref);
    let has_date = dated.is_some_and(|day| whole.contains(&letters(day)));
    if dated.is_some() && !has_date && has_a_date(&whole) {
        return 0;
    }
    let words = item.label.split(|sign: char| !sign.is_alphanumeric());
    let words = words.map(letters).filter(|word| word.chars().count() > 3);
    let common = words.filter(|word| whole.contains(word.as_str())).count();
    common + if has_date { 10 } else { 0 }
}

/// Eight digits in a row, once the signs between are gone.
fn has_a_date(letters: &str) -> bool {
    let mut runs = letters.split(|sign: char| !sign.is_ascii_digit());
    runs.any(|run| run.len() >= 8)
}
