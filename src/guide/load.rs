//! From the files of the guides to checked guides, beside a set of trees that is sound.

use std::collections::{BTreeMap, BTreeSet};

use super::dates::{Count, DateRule};
use super::{CASES, FOLDER, Guide, Guides, INVARIANTS, LAWS};
use crate::cite;
use crate::fact::{Fact, STAGES};
use crate::finding::{Code, Finding, Place};
use crate::law::{self, Laws};
use crate::source::{At, Source};
use crate::tree::file::{self, DateFile, GuideFile, TreeFile};
use crate::tree::{Kind, LawRef, Role, Tree, check};
use crate::trees::{
    self, Files, Trees, digest_of, law_keys, missing_file, normal, outcome_keys, question_keys,
    unused_law,
};

impl Trees {
    /// These trees and the guides of the same folder. The laws are then those of both; no digest changes, and a folder
    /// without guides has none.
    ///
    /// # Errors
    /// Everything that is wrong with the guides, in the order of files and lines.
    pub fn with_guides(self, files: &Files) -> Result<Self, Vec<Finding>> {
        let read: Files = files
            .iter()
            .filter(|(name, _)| is_guide(name) || *name == LAWS)
            .map(|(name, text)| (name.clone(), normal(text)))
            .collect();
        if !read.keys().any(|name| is_guide(name)) {
            return Ok(self);
        }
        if !read.contains_key(LAWS) {
            return Err(vec![missing_file(LAWS)]);
        }
        load(self, &read)
    }
}

/// Whether a file is a guide.
fn is_guide(name: &str) -> bool {
    let in_folder = name.starts_with(FOLDER) && !name.starts_with(CASES);
    in_folder && name != LAWS && name != INVARIANTS
}

/// The name that a guide's tree must have: that of its file.
fn stem(name: &str) -> &str {
    let name = name.strip_prefix(FOLDER).unwrap_or(name);
    name.strip_suffix(".toml").unwrap_or(name)
}

/// A guide being read.
struct Reading<'f> {
    stem: &'f str,
    source: Source<'f>,
    file: GuideFile,
}

fn load(trees: Trees, read: &Files) -> Result<Trees, Vec<Finding>> {
    let text = read.get(LAWS).map_or("", String::as_str);
    let laws_source = Source::new(LAWS, text);
    let (laws, version) = law::read_more(&trees.laws, &laws_source);
    let readings: Vec<Reading<'_>> = read
        .iter()
        .filter(|(name, _)| is_guide(name))
        .map(|(name, text)| {
            let source = Source::new(name, text);
            let file = file::read_guide(&source);
            Reading {
                stem: stem(name),
                source,
                file,
            }
        })
        .collect();
    let all = checked(&trees, &laws, &readings);
    let own: BTreeSet<String> = laws
        .provisions
        .keys()
        .filter(|key| trees.laws.provision(key).is_none())
        .cloned()
        .collect();
    let sources = readings.into_iter().map(|reading| reading.source);
    let sources = std::iter::once(laws_source).chain(sources);
    let mut findings: Vec<Finding> = sources.flat_map(Source::into_findings).collect();
    trees::only_syntax(&mut findings);
    let guides = Guides {
        all,
        version,
        digest: digest_of(read, read.keys().map(String::as_str)),
        provisions: own,
    };
    if findings.is_empty() {
        findings = unused(&laws, &guides);
    }
    findings.sort_by(|a, b| (&a.place, a.code).cmp(&(&b.place, b.code)));
    if findings.is_empty() {
        Ok(Trees {
            laws,
            guides,
            ..trees
        })
    } else {
        Err(findings)
    }
}

fn checked(trees: &Trees, laws: &Laws, readings: &[Reading<'_>]) -> Vec<Guide> {
    let files: BTreeMap<String, TreeFile> = readings
        .iter()
        .map(|reading| (reading.stem.to_owned(), reading.file.tree.clone()))
        .collect();
    let context = check::Context {
        laws,
        files: &files,
        is_guide: true,
    };
    let mut taken = BTreeSet::new();
    let each = readings.iter().map(|reading| {
        let Reading { stem, source, file } = reading;
        names(reading, &mut taken);
        let tree = check::check(stem, &file.tree, source, &context);
        ends(trees, reading, &tree);
        Guide {
            dates: dates(laws, reading, &tree),
            tree,
            names: file.names.iter().map(|name| name.value.clone()).collect(),
            title: file.title.clone(),
            about: file.about.clone(),
            day: file.day.clone(),
        }
    });
    each.collect()
}

fn wrong(source: &Source<'_>, place: &Place, sv: String, en: String) {
    source.push(Finding::new(Code::WrongShape, place, sv, en));
}

/// Every guide has a name of its own, and its tree none that a stage has.
fn names(reading: &Reading<'_>, taken: &mut BTreeSet<String>) {
    let (source, tree) = (&reading.source, &reading.file.tree.name);
    if reading.file.names.is_empty() {
        let sv = "`names` ska ha minst ett namn".to_owned();
        wrong(
            source,
            &tree.place,
            sv,
            "`names` must have at least one name".to_owned(),
        );
    }
    if STAGES.contains(&reading.stem) {
        let stem = reading.stem;
        let sv = format!("`{stem}` är redan ett steg i prövningen: ge filen ett annat namn");
        let en =
            format!("`{stem}` is a stage of the assessment already: give the file another name");
        wrong(source, &tree.place, sv, en);
    }
    for name in &reading.file.names {
        law::check_id(source, name);
        if !taken.insert(name.value.clone()) {
            source.push(law::duplicate(&name.place, &name.value));
        }
    }
}

/// A tree of the assessment that a guide leads to knows nothing that the guide cannot tell it.
fn ends(trees: &Trees, reading: &Reading<'_>, tree: &Tree) {
    let tells = tree.with_role(Role::Protected).next().is_some();
    for written in &reading.file.tree.outcomes {
        let follows = written
            .goto_tree
            .as_ref()
            .and_then(|to| trees.tree(&to.value));
        let unknown = follows.into_iter().flat_map(Tree::facts).find(|(fact, _)| {
            let told = tells && **fact == Fact::IdentityProtected;
            !told && !fact.is_known_in_guides()
        });
        if let Some((fact, _)) = unknown {
            let id = &written.id;
            let sv = format!(
                "`{id}`: trädet som följer behöver veta `{fact}`, som ingen fråga i vägledningen ger"
            );
            let en = format!(
                "`{id}`: the tree that follows needs `{fact}`, which no question of the guide gives"
            );
            wrong(&reading.source, &written.place, sv, en);
        }
    }
}

fn dates(laws: &Laws, reading: &Reading<'_>, tree: &Tree) -> Vec<DateRule> {
    let mut rules: Vec<DateRule> = Vec::new();
    for written in &reading.file.dates {
        if rules.iter().any(|rule| rule.id == written.id) {
            reading
                .source
                .push(law::duplicate(&written.place, &written.id));
        }
        base(reading, tree, written, &rules);
        rules.push(DateRule {
            id: written.id.clone(),
            from: written.from.iter().map(|from| from.value.clone()).collect(),
            count: count(&reading.source, written),
            text: written.text.clone(),
            says: written.says.clone(),
            law: date_law(laws, &reading.source, written),
        });
    }
    named(reading, &rules);
    rules
}

/// A date is counted from the day, from a question that asks for a day, or from a date above it. The last of them always
/// has a day, so that none is left out in silence.
fn base(reading: &Reading<'_>, tree: &Tree, written: &DateFile, above: &[DateRule]) {
    let is_day = |id: &str| {
        tree.find(id)
            .is_some_and(|question| question.kind == Kind::Day)
    };
    let is_certain = |id: &str| id == super::dates::ON || above.iter().any(|rule| rule.id == *id);
    for from in &written.from {
        if !is_day(&from.value) && !is_certain(&from.value) {
            let given = &from.value;
            let sv =
                format!("`{given}` är varken `on`, en fråga om en dag eller ett datum ovanför");
            let en = format!("`{given}` is neither `on`, a question for a day nor a date above it");
            wrong(&reading.source, &from.place, sv, en);
        }
    }
    if written
        .from
        .last()
        .is_none_or(|last| !is_certain(&last.value))
    {
        let id = &written.id;
        let sv = format!("`{id}`: det sista i `from` ska vara `on` eller ett datum ovanför");
        let en = format!("`{id}`: the last of `from` must be `on` or a date above it");
        wrong(&reading.source, &written.place, sv, en);
    }
}

fn count(source: &Source<'_>, written: &DateFile) -> Count {
    let small = |number: Option<i64>| number.and_then(|number| u16::try_from(number).ok());
    match (
        written.days,
        written.months,
        small(written.days),
        small(written.months),
    ) {
        (Some(_), None, Some(days), _) => Count::Days(days),
        (None, Some(_), _, Some(months)) => Count::Months(months),
        _ => {
            let id = &written.id;
            let sv =
                format!("`{id}`: antingen `days` eller `months`, ett heltal från 0 till 65535");
            let en = format!("`{id}`: either `days` or `months`, a whole number from 0 to 65535");
            wrong(source, &written.place, sv, en);
            Count::Days(0)
        }
    }
}

fn date_law(laws: &Laws, source: &Source<'_>, written: &DateFile) -> Vec<LawRef> {
    let texts = std::iter::once(&written.text).chain(&written.says);
    for unknown in texts.flat_map(|text| cite::unknown_placeholders(text, laws)) {
        let sv = format!("platshållaren `{{{unknown}}}` finns inte");
        let en = format!("there is no placeholder `{{{unknown}}}`");
        source.push(Finding::new(
            Code::UnknownPlaceholder,
            &written.place,
            sv,
            en,
        ));
    }
    let known = |key: &At<String>| {
        let known = laws
            .provision(&key.value)
            .map(|_| LawRef::Key(key.value.clone()));
        if known.is_none() {
            source.push(law::unknown_law(laws, key));
        }
        known
    };
    written.law.iter().filter_map(known).collect()
}

/// Outcomes name dates that there are, and every date is named by one.
fn named(reading: &Reading<'_>, rules: &[DateRule]) {
    let shown = || {
        reading
            .file
            .tree
            .outcomes
            .iter()
            .flat_map(|outcome| &outcome.dates)
    };
    for name in shown().filter(|name| !rules.iter().any(|rule| rule.id == name.value)) {
        let given = &name.value;
        let finding = Finding::new(
            Code::UnknownValue,
            &name.place,
            format!("datumet `{given}` finns inte i vägledningen"),
            format!("there is no date `{given}` in the guide"),
        );
        let known = rules.iter().map(|rule| rule.id.as_str());
        reading.source.push(finding.did_you_mean(given, known));
    }
    for written in &reading.file.dates {
        if !shown().any(|name| name.value == written.id) {
            let id = &written.id;
            let sv = format!("inget utfall visar datumet `{id}`");
            let en = format!("no outcome shows the date `{id}`");
            wrong(&reading.source, &written.place, sv, en);
        }
    }
}

/// Provisions of the guides that no guide cites: dead law is a finding.
fn unused(laws: &Laws, guides: &Guides) -> Vec<Finding> {
    let mut used: BTreeSet<String> = BTreeSet::new();
    for guide in guides.all() {
        used.extend(guide.tree.questions.iter().flat_map(question_keys));
        used.extend(guide.tree.outcomes.iter().flat_map(outcome_keys));
        used.extend(guide.dates.iter().flat_map(date_keys));
    }
    let dead = guides.provisions.iter().filter(|key| !used.contains(*key));
    dead.filter_map(|key| laws.provision(key))
        .map(unused_law)
        .collect()
}

/// The keys that a date names.
pub(crate) fn date_keys(rule: &DateRule) -> Vec<String> {
    let texts = std::iter::once(&rule.text).chain(&rule.says);
    let named = texts.flat_map(cite::placeholders);
    law_keys(&rule.law).chain(named).collect()
}
