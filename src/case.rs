//! Worked cases: answers → what is expected, each with its source. `trees check` runs them all.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::answers::AnswersDocument;
use crate::assessment::{Assessment, Lack, Need, Stage, assess, is_shown};
use crate::finding::{Code, Finding, Place};
use crate::tree::Tree;
use crate::trees::{Files, Trees};
use crate::walk::Walk;

/// A worked case as written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Case {
    /// What the case shows, in Swedish and English.
    pub title: Title,
    /// Where it comes from: a decision by its key in `laws.toml`, or a sentence.
    pub source: String,
    /// How much of the source was read: `full-text`, `summary`, `headnote`, `title-and-excerpt` or `made-up`.
    pub verified: String,
    /// Numbers of the statements of "What must hold on every path" that the case would fail on.
    #[serde(default)]
    pub holds: Vec<u8>,
    /// Why the case stands for something the trees can only partly say.
    #[serde(default)]
    pub note: Option<String>,
    /// The answers, with the answers document's own field names.
    pub answers: AnswersDocument,
    /// What must come out of it, once for each day.
    pub expect: Vec<Expect>,
}

/// A title in both languages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Title {
    /// Swedish.
    pub sv: String,
    /// English.
    pub en: String,
}

/// What must come out of a case.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Expect {
    /// The day, where it is another than the answers'.
    pub on: Option<Date>,
    /// The outcome of the route tree.
    pub route: Option<String>,
    /// The whole.
    pub whole: Option<String>,
    /// Outcome of the standing first item.
    pub identity: Option<String>,
    /// Outcome by item id.
    #[serde(default)]
    pub items: BTreeMap<String, String>,
    /// Sections that an item's outcome rests on, by item id: all of these must be there.
    #[serde(default)]
    pub grounds: BTreeMap<String, Vec<String>>,
    /// Questions that must be asked or shown, as `tree.question`.
    #[serde(default)]
    pub asked: Vec<String>,
    /// Questions that must not be asked or shown, as `tree.question`.
    #[serde(default)]
    pub not_asked: Vec<String>,
    /// Provisions that must be cited.
    #[serde(default)]
    pub cites: Vec<String>,
    /// Provisions that must not be cited.
    #[serde(default)]
    pub never_cites: Vec<String>,
    /// Citations in words that must stand in the record, such as `19 kap. 4 § SoL (2025:400)`.
    #[serde(default)]
    pub says: Vec<String>,
    /// Number of assumptions and open questions on the path.
    pub assumptions: Option<usize>,
    /// Number of open legal questions on the path.
    pub open: Option<usize>,
    /// What must be missing or wrong, as `place: lack`; nothing else may be.
    #[serde(default)]
    pub needs: Vec<String>,
}

/// What a case did not give as expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    /// The day.
    pub on: Option<Date>,
    /// What was looked at.
    pub what: String,
    /// What was expected.
    pub expected: String,
    /// What came out.
    pub found: String,
}

impl Case {
    /// Reads a case.
    ///
    /// # Errors
    /// A finding with the place of the first thing that cannot be read.
    pub fn read(file: &str, text: &str) -> Result<Self, Box<Finding>> {
        read(file, text)
    }

    /// Runs the case against a set of trees.
    #[must_use]
    pub fn run(&self, trees: &Trees) -> Vec<Miss> {
        self.expect
            .iter()
            .flat_map(|expect| self.run_one(trees, expect))
            .collect()
    }

    /// The answers on the day of an expectation.
    #[must_use]
    pub fn answers_on(&self, expect: &Expect) -> AnswersDocument {
        AnswersDocument {
            on: expect.on.or(self.answers.on),
            ..self.answers.clone()
        }
    }

    fn run_one(&self, trees: &Trees, expect: &Expect) -> Vec<Miss> {
        let document = self.answers_on(expect);
        let mut misses = Misses {
            on: document.on,
            list: Vec::new(),
        };
        match assess(trees, &document) {
            Ok(assessment) => compare(&mut misses, expect, &assessment, &document),
            Err(need) => misses.same("needs", &expect.needs.join(", "), &name_of(&need)),
        }
        misses.list
    }
}

/// Reads a case of any kind.
///
/// # Errors
/// A finding with the place of the first thing that cannot be read.
pub(crate) fn read<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, Box<Finding>> {
    let text = &crate::trees::normal(text);
    toml::from_str(text).map_err(|error| {
        let source = crate::source::Source::new(file, text);
        let place = source.place(error.span().map_or(0, |span| span.start));
        let message = error.message().replace('\n', "; ");
        Box::new(Finding::new(
            Code::InvalidToml,
            &place,
            format!("fallet går inte att läsa: {message}"),
            format!("the case cannot be read: {message}"),
        ))
    })
}

/// What did not come out as expected.
#[derive(Default)]
pub(crate) struct Misses {
    pub(crate) on: Option<Date>,
    pub(crate) list: Vec<Miss>,
}

impl Misses {
    pub(crate) fn same(&mut self, what: &str, expected: &str, found: &str) {
        if expected != found {
            let miss = Miss {
                on: self.on,
                what: what.to_owned(),
                expected: expected.to_owned(),
                found: found.to_owned(),
            };
            self.list.push(miss);
        }
    }

    pub(crate) fn optional(&mut self, what: &str, expected: Option<&String>, found: Option<&str>) {
        if let Some(expected) = expected {
            self.same(what, expected, found.unwrap_or("-"));
        }
    }

    pub(crate) fn contains(
        &mut self,
        what: &str,
        expected: &[String],
        found: &[String],
        wanted: bool,
    ) {
        for entry in expected
            .iter()
            .filter(|entry| found.contains(entry) != wanted)
        {
            let (expected, found) = if wanted {
                (entry.as_str(), "-")
            } else {
                ("-", entry.as_str())
            };
            self.same(what, expected, found);
        }
    }
}

fn compare(
    misses: &mut Misses,
    expect: &Expect,
    assessment: &Assessment<'_, '_>,
    document: &AnswersDocument,
) {
    let needs: Vec<String> = assessment.needs.iter().map(name_of).collect();
    misses.same("needs", &expect.needs.join(", "), &needs.join(", "));
    misses.optional(
        "route",
        expect.route.as_ref(),
        assessment
            .route_outcome()
            .map(|outcome| outcome.id.as_str()),
    );
    misses.optional(
        "whole",
        expect.whole.as_ref(),
        assessment.whole.map(crate::assessment::Whole::key),
    );
    let outcome = |item: Option<&crate::assessment::ItemWalk>| {
        item.and_then(|item| item.outcome)
            .map(crate::assessment::ItemOutcome::key)
    };
    misses.optional(
        "identity",
        expect.identity.as_ref(),
        outcome(assessment.identity.as_ref()),
    );
    for (id, expected) in &expect.items {
        let item = document.find(id).and_then(|at| assessment.items.get(at));
        misses.optional(&format!("items.{id}"), Some(expected), outcome(item));
    }
    for (id, expected) in &expect.grounds {
        let at = document.find(id).unwrap_or(usize::MAX);
        let ground = assessment
            .items
            .get(at)
            .map(|item| assessment.ground_of(Stage::Item(at), &assessment.trees.item, &item.walk));
        misses.contains(
            &format!("grounds.{id}"),
            expected,
            &ground.unwrap_or_default(),
            true,
        );
    }
    let asked = asked(assessment);
    misses.contains("asked", &expect.asked, &asked, true);
    misses.contains("not-asked", &expect.not_asked, &asked, false);
    compare_law(misses, expect, assessment);
}

fn compare_law(misses: &mut Misses, expect: &Expect, assessment: &Assessment<'_, '_>) {
    let mut cited: Vec<String> = assessment.cited().into_iter().map(|(key, _)| key).collect();
    cited.extend(
        assessment
            .route_outcome()
            .into_iter()
            .flat_map(|outcome| &outcome.law)
            .flat_map(|law| assessment.citer(crate::language::Lang::Sv).keys(law)),
    );
    misses.contains("cites", &expect.cites, &cited, true);
    misses.contains("never-cites", &expect.never_cites, &cited, false);
    let in_words = assessment.citer(crate::language::Lang::Sv);
    let words: Vec<String> = cited
        .iter()
        .map(|key| in_words.key(key))
        .chain([in_words.duty()])
        .collect();
    misses.contains("says", &expect.says, &words, true);
    let notes = crate::record::notes(assessment, crate::language::Lang::Sv);
    for (what, expected, found) in [
        ("assumptions", expect.assumptions, notes.assumptions.len()),
        ("open", expect.open, notes.open.len()),
    ] {
        misses.optional(
            what,
            expected.map(|count| count.to_string()).as_ref(),
            Some(&found.to_string()),
        );
    }
}

/// Every question asked or shown, as `tree.question`.
fn asked(assessment: &Assessment<'_, '_>) -> Vec<String> {
    let of = |tree: &Tree, walk: &Walk| -> Vec<String> {
        let shown = walk
            .steps()
            .map(|step| (tree.question(step.question), step))
            .filter(|(question, step)| is_shown(question, step));
        shown
            .map(|(question, _)| format!("{}.{}", tree.name, question.id))
            .collect()
    };
    assessment
        .walks()
        .flat_map(|(_, tree, walk)| of(tree, walk))
        .collect()
}

/// A need as cases name it: `place: lack`.
#[must_use]
pub fn name_of(need: &Need) -> String {
    format!("{}: {}", need.place, lack_name(&need.lack))
}

pub(crate) const fn lack_name(lack: &Lack) -> &'static str {
    match lack {
        Lack::Missing => "missing",
        Lack::Wrong(_) => "wrong",
        Lack::NoSuchQuestion => "no-such-question",
        Lack::NoSuchProvision => "no-such-provision",
        Lack::UnknownAuthority => "unknown-authority",
        Lack::BeforeFirstDay(_) => "before-first-day",
        Lack::Empty => "empty",
        Lack::SameId => "same-id",
        Lack::BadId => "bad-id",
        Lack::BadDigest => "bad-digest",
        Lack::Protected => "protected",
        Lack::NothingReleased => "nothing-released",
        Lack::OtherLaw(_) => "other-law",
        Lack::Personal(..) => "personal-data",
        Lack::KnownLater => "known-later",
        Lack::TreesAtFault(_) => "trees-at-fault",
    }
}

/// Reads and runs every case of a folder; a case that does not hold is a finding, and so is an outcome without a case.
#[must_use]
pub fn check(trees: &Trees, files: &Files) -> (usize, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut reached = Vec::new();
    let cases = files.iter().filter(|(name, _)| name.starts_with("cases/"));
    let mut count = 0;
    for (name, text) in cases {
        count += 1;
        match Case::read(name, text) {
            Ok(case) => {
                findings.extend(case.run(trees).into_iter().map(|miss| finding(name, &miss)));
                reached.extend(outcomes(trees, &case));
            }
            Err(finding) => findings.push(*finding),
        }
    }
    let unreadable = findings
        .iter()
        .any(|finding| finding.code == Code::InvalidToml);
    if count > 0 && !unreadable {
        let all = trees.all().into_iter();
        let named = all.map(|tree| (format!("{}.toml", tree.name), tree));
        findings.extend(without_case(named, &reached, "cases/"));
    }
    (count, findings)
}

pub(crate) fn finding(name: &str, miss: &Miss) -> Finding {
    let place = Place {
        file: name.to_owned(),
        line: 1,
        column: 1,
    };
    let day = miss.on.map(|day| day.to_string()).unwrap_or_default();
    let Miss {
        what,
        expected,
        found,
        ..
    } = miss;
    Finding::new(
        Code::CaseFails,
        &place,
        format!("{day} {what}: väntat `{expected}`, blev `{found}`"),
        format!("{day} {what}: expected `{expected}`, found `{found}`"),
    )
}

fn outcomes(trees: &Trees, case: &Case) -> Vec<String> {
    let mut reached = Vec::new();
    for expect in &case.expect {
        if let Ok(assessment) = assess(trees, &case.answers_on(expect)) {
            let ends = assessment.walks().filter_map(|(_, tree, walk)| {
                Some(format!("{}.{}", tree.name, walk.outcome(tree)?))
            });
            reached.extend(ends);
        }
    }
    reached
}

/// The outcomes of trees, each with the name of its file, that no case ends in.
pub(crate) fn without_case<'t>(
    trees: impl Iterator<Item = (String, &'t Tree)>,
    reached: &[String],
    folder: &str,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, tree) in trees {
        let ends = tree.outcomes.iter();
        let missing = ends.filter(|end| !reached.contains(&format!("{}.{}", tree.name, end.id)));
        findings.extend(missing.map(|end| not_reached(&file, &end.id, folder)));
    }
    findings
}

fn not_reached(file: &str, id: &str, folder: &str) -> Finding {
    let place = Place {
        file: file.to_owned(),
        line: 1,
        column: 1,
    };
    Finding::new(
        Code::OutcomeWithoutCase,
        &place,
        format!("inget prövat fall slutar i `{id}`"),
        format!("no worked case ends in `{id}`"),
    )
    .hint(
        format!("lägg ett fall i {folder}"),
        format!("add a case to {folder}"),
    )
}
