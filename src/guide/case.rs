//! Worked cases of guides: answers → what is expected, each with its source. `trees check` runs them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use super::walk::{GuideNeed, Guided, follow};
use super::{CASES, GuideAnswers};
use crate::case::{Misses, Title, finding, lack_name, without_case};
use crate::finding::{Code, Finding};
use crate::language::Lang;
use crate::trees::{Files, Trees};

/// A worked case of a guide as written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct GuideCase {
    /// What the case shows, in Swedish and English.
    pub title: Title,
    /// Where it comes from: a key in `laws.toml`, or a sentence.
    pub source: String,
    /// How much of the source was read.
    pub verified: String,
    /// Why the case stands for something that the guide can only partly say.
    #[serde(default)]
    pub note: Option<String>,
    /// The answers.
    pub answers: GuideAnswers,
    /// What must come out of it, once for each day.
    pub expect: Vec<GuideExpect>,
}

/// What must come out of a case.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct GuideExpect {
    /// The day, where it is another than the answers'.
    pub on: Option<Date>,
    /// Another authority than the answers'.
    pub authority: Option<String>,
    /// The outcome.
    pub outcome: Option<String>,
    /// Questions that must be asked or shown, as `tree.question`.
    #[serde(default)]
    pub asked: Vec<String>,
    /// Questions that must not be.
    #[serde(default)]
    pub not_asked: Vec<String>,
    /// Provisions that must be cited, by the path or by the outcome.
    #[serde(default)]
    pub cites: Vec<String>,
    /// Provisions that must not be.
    #[serde(default)]
    pub never_cites: Vec<String>,
    /// Citations in words that must be made.
    #[serde(default)]
    pub says: Vec<String>,
    /// Every date, by id; where there is one of them, no other may come out.
    #[serde(default)]
    pub dates: BTreeMap<String, Date>,
    /// Number of assumptions on the path.
    pub assumptions: Option<usize>,
    /// Number of open legal questions on the path.
    pub open: Option<usize>,
    /// What must be missing or wrong, as `place: lack`; nothing else may be.
    #[serde(default)]
    pub needs: Vec<String>,
}

impl GuideCase {
    /// Reads a case.
    ///
    /// # Errors
    /// A finding with the place of the first thing that cannot be read.
    pub fn read(file: &str, text: &str) -> Result<Self, Box<Finding>> {
        crate::case::read(file, text)
    }

    /// The answers on the day and at the authority of an expectation.
    #[must_use]
    pub fn answers_on(&self, expect: &GuideExpect) -> GuideAnswers {
        let answers = self.answers.clone();
        GuideAnswers {
            on: expect.on.or(answers.on),
            authority: expect.authority.clone().or(answers.authority),
            ..answers
        }
    }

    fn run(&self, trees: &Trees) -> Misses {
        let mut misses = Misses::default();
        for expect in &self.expect {
            let document = self.answers_on(expect);
            misses.on = document.on;
            match follow(trees, &document) {
                Ok(guided) => compare(&mut misses, expect, &guided),
                Err(unfit) => misses.same("guide", "-", &format!("{unfit:?}")),
            }
        }
        misses
    }
}

fn compare(misses: &mut Misses, expect: &GuideExpect, guided: &Guided<'_, '_>) {
    let name = |need: &GuideNeed| format!("{}: {}", need.place, lack_name(&need.lack));
    let needs: Vec<String> = guided.needs.iter().map(name).collect();
    misses.same("needs", &expect.needs.join(", "), &needs.join(", "));
    let outcome = guided.outcome().map(|outcome| outcome.id.as_str());
    misses.optional("outcome", expect.outcome.as_ref(), outcome);
    let asked: Vec<String> = guided
        .shown()
        .map(|(tree, question, _)| format!("{}.{}", tree.name, question.id))
        .collect();
    misses.contains("asked", &expect.asked, &asked, true);
    misses.contains("not-asked", &expect.not_asked, &asked, false);
    compare_law(misses, expect, guided);
    compare_dates(misses, expect, guided);
    let (assumptions, open) = guided.notes(Lang::Sv);
    for (what, expected, found) in [
        ("assumptions", expect.assumptions, assumptions.len()),
        ("open", expect.open, open.len()),
    ] {
        let expected = expected.map(|count| count.to_string());
        misses.optional(what, expected.as_ref(), Some(&found.to_string()));
    }
}

fn compare_law(misses: &mut Misses, expect: &GuideExpect, guided: &Guided<'_, '_>) {
    let (words_of, dates) = (guided.citer(Lang::Sv), guided.dates(Lang::Sv));
    let steps = guided.shown();
    let on_path = steps.flat_map(|(_, question, step)| guided.law_of(question, &step));
    let cited: Vec<String> = on_path.chain(guided.law_of_end()).collect();
    let words = cited.iter().map(|key| words_of.key(key));
    let words: Vec<String> = words
        .chain(dates.iter().flat_map(|due| due.cited.clone()))
        .collect();
    let keys = cited
        .into_iter()
        .chain(dates.into_iter().flat_map(|due| due.law));
    let keys: Vec<String> = keys.collect();
    misses.contains("cites", &expect.cites, &keys, true);
    misses.contains("never-cites", &expect.never_cites, &keys, false);
    misses.contains("says", &expect.says, &words, true);
}

fn compare_dates(misses: &mut Misses, expect: &GuideExpect, guided: &Guided<'_, '_>) {
    if expect.dates.is_empty() {
        return;
    }
    let told = |(id, day): (&String, &Date)| format!("{id} {day}");
    let expected: Vec<String> = expect.dates.iter().map(told).collect();
    let found: BTreeMap<String, Date> = guided
        .dates(Lang::Sv)
        .into_iter()
        .map(|due| (due.id, due.day))
        .collect();
    let found: Vec<String> = found.iter().map(told).collect();
    misses.same("dates", &expected.join(", "), &found.join(", "));
}

/// Reads and runs every case of the guides; a case that does not hold is a finding, and so is an outcome without a case.
#[must_use]
pub fn check(trees: &Trees, files: &Files) -> (usize, Vec<Finding>) {
    let (mut findings, mut reached) = (Vec::new(), Vec::new());
    let mut count = 0;
    for (name, text) in files.iter().filter(|(name, _)| name.starts_with(CASES)) {
        count += 1;
        match GuideCase::read(name, text) {
            Ok(case) => {
                let misses = case.run(trees);
                findings.extend(misses.list.iter().map(|miss| finding(name, miss)));
                reached.extend(outcomes(trees, &case));
            }
            Err(finding) => findings.push(*finding),
        }
    }
    let unreadable = findings
        .iter()
        .any(|finding| finding.code == Code::InvalidToml);
    if count > 0 && !unreadable {
        let all = trees.guides.trees();
        let named = all.map(|tree| (format!("guides/{}.toml", tree.name), tree));
        findings.extend(without_case(named, &reached, "guides/cases/"));
    }
    (count, findings)
}

fn outcomes(trees: &Trees, case: &GuideCase) -> Vec<String> {
    let mut reached = Vec::new();
    for expect in &case.expect {
        let document = case.answers_on(expect);
        let Ok(guided) = follow(trees, &document) else {
            continue;
        };
        let ends = guided.walks.iter();
        reached.extend(
            ends.filter_map(|(tree, walk)| Some(format!("{}.{}", tree.name, walk.outcome(tree)?))),
        );
    }
    reached
}
