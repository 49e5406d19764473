//! Laws, authorities and the four trees, loaded together: all of it is sound, or everything that is wrong is said.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use crate::cite;
use crate::embedded;
use crate::fact::{Fact, STAGES};
use crate::finding::{Code, Finding, Place};
use crate::guide::Guides;
use crate::language::Text;
use crate::law::{self, Laws};
pub use crate::source::Files;
use crate::source::Source;
use crate::tree::{LawRef, Outcome, Question, Tree, check, file};

/// Where a set of trees came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Built into the program.
    BuiltIn,
    /// Read from a folder given by the user.
    Folder,
}

/// A sound set of trees.
#[derive(Clone, Debug)]
pub struct Trees {
    /// Provisions and authorities.
    pub laws: Laws,
    /// Whether there is a route.
    pub route: Tree,
    /// One item.
    pub item: Tree,
    /// Which board, which channel, when.
    pub sending: Tree,
    /// Marking, feedback, guardian, signing, floor.
    pub closing: Tree,
    /// SHA-256 over the files that decide, line ends normalised.
    pub digest: String,
    /// Where they came from.
    pub origin: Origin,
    /// The guides; none until [`Trees::with_guides`] has loaded them, since an assessment has no use for them.
    pub guides: Guides,
}

impl Trees {
    /// The trees built into the program.
    ///
    /// # Errors
    /// The findings, should the program have been built with unsound trees; a test keeps that from happening.
    pub fn built_in() -> Result<Self, Vec<Finding>> {
        let files = embedded::FILES.map(|(name, text)| (name.to_owned(), text.to_owned()));
        load(&files.into_iter().collect(), Origin::BuiltIn)
    }

    /// Trees from a folder's files.
    ///
    /// # Errors
    /// Everything that is wrong with them, in the order of files and lines.
    pub fn from_files(files: &Files) -> Result<Self, Vec<Finding>> {
        load(files, Origin::Folder)
    }

    /// The tree of a stage, `route`, `item`, `sending` or `closing`, or of a guide that has been loaded.
    #[must_use]
    pub fn tree(&self, name: &str) -> Option<&Tree> {
        let stages = self.all().into_iter();
        let mut all = stages.chain(self.guides.trees());
        all.find(|tree| tree.name == name)
    }

    /// The routes: the outcomes of the route tree that lead to the items.
    pub fn routes(&self) -> impl Iterator<Item = &Outcome> {
        let outcomes = self.route.outcomes.iter();
        outcomes.filter(|outcome| outcome.goto_tree.is_some())
    }

    /// The four trees in the order they are walked.
    #[must_use]
    pub fn all(&self) -> [&Tree; 4] {
        [&self.route, &self.item, &self.sending, &self.closing]
    }
}

/// Laws and trees as written, each read for itself and checked against nothing.
#[derive(Clone)]
pub(crate) struct Written {
    /// The laws.
    pub(crate) laws: Laws,
    /// The trees by name.
    pub(crate) trees: BTreeMap<String, file::TreeFile>,
}

impl Written {
    /// Sound files as written.
    pub(crate) fn read(files: &Files) -> Self {
        let read: Files = embedded::FILES
            .iter()
            .filter_map(|(name, _)| Some(((*name).to_owned(), normal(files.get(*name)?))))
            .collect();
        let source =
            |name: &'static str| Source::new(name, read.get(name).map_or("", String::as_str));
        let laws = law::read(&source("laws.toml"), &source("authorities.toml"));
        let names = STAGES
            .iter()
            .zip(["route.toml", "item.toml", "sending.toml", "closing.toml"]);
        let trees = names.map(|(stage, name)| ((*stage).to_owned(), file::read(&source(name))));
        Self {
            laws,
            trees: trees.collect(),
        }
    }

    /// A tree checked against the laws and the other trees; none where anything is wrong with it.
    pub(crate) fn checked(&self, stage: &str, tree: &file::TreeFile) -> Option<Tree> {
        let source = Source::new("", "");
        let context = check::Context {
            laws: &self.laws,
            files: &self.trees,
            is_guide: false,
        };
        let tree = check::check(stage, tree, &source, &context);
        source.into_findings().is_empty().then_some(tree)
    }
}

fn load(files: &Files, origin: Origin) -> Result<Trees, Vec<Finding>> {
    let missing: Vec<Finding> = embedded::FILES
        .iter()
        .filter(|(name, _)| !files.contains_key(*name))
        .map(|(name, _)| missing_file(name))
        .collect();
    if !missing.is_empty() {
        return Err(missing);
    }
    let named = |name: &'static str| Some((name.to_owned(), normal(files.get(name)?)));
    let read: Files = embedded::FILES
        .iter()
        .filter_map(|(name, _)| named(name))
        .collect();
    let source = |name: &'static str| Source::new(name, read.get(name).map_or("", String::as_str));
    let (laws_source, authorities_source) = (source("laws.toml"), source("authorities.toml"));
    let laws = law::read(&laws_source, &authorities_source);
    let sources = [
        source("route.toml"),
        source("item.toml"),
        source("sending.toml"),
        source("closing.toml"),
    ];
    let written: BTreeMap<String, file::TreeFile> = STAGES
        .iter()
        .zip(&sources)
        .map(|(stage, source)| ((*stage).to_owned(), file::read(source)))
        .collect();
    let context = check::Context {
        laws: &laws,
        files: &written,
        is_guide: false,
    };
    let mut trees = STAGES.iter().zip(&sources).filter_map(|(stage, source)| {
        Some(check::check(stage, written.get(*stage)?, source, &context))
    });
    let (Some(route), Some(item), Some(sending), Some(closing)) =
        (trees.next(), trees.next(), trees.next(), trees.next())
    else {
        return Err(Vec::new());
    };
    let digest = digest(files);
    drop(trees);
    let trees = Trees {
        laws,
        route,
        item,
        sending,
        closing,
        digest,
        origin,
        guides: Guides::default(),
    };
    let all = [laws_source, authorities_source].into_iter().chain(sources);
    let mut findings: Vec<Finding> = all.flat_map(Source::into_findings).collect();
    only_syntax(&mut findings);
    if findings.is_empty() {
        findings = unused(&trees);
    }
    findings.sort_by(|a, b| (&a.place, a.code).cmp(&(&b.place, b.code)));
    if findings.is_empty() {
        Ok(trees)
    } else {
        Err(findings)
    }
}

pub(crate) fn missing_file(name: &str) -> Finding {
    let place = Place {
        file: name.to_owned(),
        line: 1,
        column: 1,
    };
    Finding::new(
        Code::MissingFile,
        &place,
        format!("filen {name} saknas i mappen"),
        format!("the file {name} is missing from the folder"),
    )
    .hint(
        "utgå från en kopia av decision-trees/",
        "start from a copy of decision-trees/",
    )
}

/// What follows from a syntax error is guesswork: where there is one, the first of each file is said and nothing else.
pub(crate) fn only_syntax(findings: &mut Vec<Finding>) {
    if findings
        .iter()
        .all(|finding| finding.code != Code::InvalidToml)
    {
        return;
    }
    let mut broken = BTreeSet::new();
    findings.sort_by(|a, b| a.place.cmp(&b.place));
    findings.retain(|finding| {
        finding.code == Code::InvalidToml && broken.insert(finding.place.file.clone())
    });
}

/// A text as read: without a byte order mark, every line ended with a line feed.
pub(crate) fn normal(text: &str) -> String {
    text.strip_prefix('\u{feff}')
        .unwrap_or(text)
        .replace("\r\n", "\n")
}

/// Digest over the files that decide: name and content, line ends normalised.
fn digest(files: &Files) -> String {
    digest_of(files, embedded::FILES.into_iter().map(|(name, _)| name))
}

/// Digest over some files: name and content, line ends normalised.
pub(crate) fn digest_of<'n>(files: &Files, names: impl IntoIterator<Item = &'n str>) -> String {
    let mut hasher = Sha256::new();
    for name in names {
        let text = files.get(name).map(|text| normal(text)).unwrap_or_default();
        hasher.update(name.as_bytes());
        hasher.update([0]);
        hasher.update(text.as_bytes());
        hasher.update([0]);
    }
    crate::source::hex(&hasher.finalize())
}

/// Provisions that nothing cites, excludes or counts on: dead law is a finding.
fn unused(trees: &Trees) -> Vec<Finding> {
    let used = used_keys(trees);
    let dead = trees
        .laws
        .provisions
        .values()
        .filter(|provision| !provision.is_secrecy() && !used.contains(&provision.key));
    dead.map(unused_law).collect()
}

pub(crate) fn unused_law(provision: &law::Provision) -> Finding {
    let key = &provision.key;
    Finding::new(
        Code::UnusedLaw,
        provision.place(),
        format!("inget använder bestämmelsen `{key}`"),
        format!("nothing uses the provision `{key}`"),
    )
    .hint(
        "ta bort den, eller citera den där den hör hemma",
        "remove it, or cite it where it belongs",
    )
}

fn used_keys(trees: &Trees) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for tree in trees.all() {
        used.extend(tree.questions.iter().flat_map(question_keys));
        used.extend(tree.outcomes.iter().flat_map(outcome_keys));
    }
    for authority in &trees.laws.authorities {
        used.extend(authority.named().cloned());
        used.extend(authority.other_law.iter().flat_map(cite::placeholders));
    }
    used.extend(
        trees
            .laws
            .provisions
            .values()
            .flat_map(|provision| provision.switches_off.iter().cloned()),
    );
    used
}

/// The keys that a question names: sections, placeholders, and the provision whose force it turns on.
pub(crate) fn question_keys(question: &Question) -> Vec<String> {
    let answers = question.answers.iter().flat_map(|answer| &answer.law);
    let mut keys: Vec<String> = law_keys(question.law.iter().chain(answers)).collect();
    keys.extend(texts(question).flat_map(cite::placeholders));
    if let Some(Fact::InForce(key)) = &question.known {
        keys.push(key.clone());
    }
    keys
}

/// The keys that an outcome names.
pub(crate) fn outcome_keys(outcome: &Outcome) -> Vec<String> {
    let texts = [
        Some(&outcome.text),
        outcome.says.as_ref(),
        outcome.next.as_ref(),
        outcome.copy.as_ref(),
    ];
    let named = texts.into_iter().flatten().flat_map(cite::placeholders);
    law_keys(&outcome.law).chain(named).collect()
}

pub(crate) fn law_keys<'a>(
    law: impl IntoIterator<Item = &'a LawRef>,
) -> impl Iterator<Item = String> {
    law.into_iter().filter_map(|law| match law {
        LawRef::Key(key) => Some(key.clone()),
        _ => None,
    })
}

fn texts(question: &Question) -> impl Iterator<Item = &Text> {
    let answers = question
        .answers
        .iter()
        .flat_map(|a| [&a.text, &a.says, &a.assumes, &a.open]);
    [&question.text, &question.hint, &question.help]
        .into_iter()
        .chain(answers)
        .flatten()
}
