//! What some path reaches: questions, answers, outcomes, and of the law every provision and every wording.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use super::bits::Bits;
use super::search::{End, Search};
use super::space::Setting;
use crate::cite;
use crate::guide::{Guides, date_keys};
use crate::language::Text;
use crate::law::{Authority, Laws, Provision};
use crate::tree::{LawRef, Question, Tree};
use crate::trees::Trees;

/// The cells that take each step: a question, and the answer where there is one.
pub(super) type Visits = HashMap<(usize, Option<usize>), Bits>;

/// What has been reached so far.
#[derive(Default)]
pub(super) struct Reached {
    names: BTreeSet<String>,
    /// Key of a provision → the days on which a path names it.
    days: BTreeMap<String, BTreeSet<Date>>,
    /// Answers to known questions for values that nothing has today.
    pub(super) spare: BTreeSet<String>,
}

impl Reached {
    /// Gathers what one tree's paths pass.
    pub(super) fn gather(
        &mut self,
        settings: &[Setting<'_>],
        guides: &Guides,
        search: &Search<'_, '_>,
        (visits, ends): (&Visits, &[End]),
    ) {
        let tree = search.tree;
        let rules = guides.of(tree).map_or(&[][..], |guide| &guide.dates);
        for ((at, answer), cells) in visits {
            let question = tree.question(*at);
            self.names.insert(format!("{}.{}", tree.name, question.id));
            let answer = answer.and_then(|answer| question.answers.get(answer));
            if let Some(answer) = answer {
                self.names
                    .insert(format!("{}.{}.{}", tree.name, question.id, answer.key));
            }
            let said = named_by(question, answer.map(|answer| answer.key.as_str()));
            self.name(settings, &search.space.settings(cells), &said);
        }
        self.spare.extend(spare(search));
        let mut by_outcome: BTreeMap<usize, Bits> = BTreeMap::new();
        for end in ends {
            let there = by_outcome.entry(end.outcome);
            there
                .and_modify(|cells| cells.add(&end.cells))
                .or_insert_with(|| end.cells.clone());
        }
        for (outcome, cells) in by_outcome {
            let outcome = tree.outcome(outcome);
            self.names.insert(format!("{}.{}", tree.name, outcome.id));
            let texts = [
                Some(&outcome.text),
                outcome.says.as_ref(),
                outcome.next.as_ref(),
                outcome.copy.as_ref(),
            ];
            let mut said = names(&outcome.law, texts.into_iter().flatten());
            let dates = rules.iter().filter(|rule| outcome.dates.contains(&rule.id));
            said.extend(dates.flat_map(date_keys));
            self.name(settings, &search.space.settings(&cells), &said);
        }
    }

    fn name(&mut self, settings: &[Setting<'_>], there: &Bits, said: &BTreeSet<String>) {
        let of_authority = said.iter().any(|name| {
            LawRef::placeholder(&format!("{{{name}}}")).is_some()
                || name == "duty"
                || name == "other-law"
        });
        let all: BTreeSet<Date> = there
            .iter()
            .filter_map(|at| settings.get(at))
            .map(|setting| setting.day)
            .collect();
        for key in said {
            self.days.entry(key.clone()).or_default().extend(&all);
        }
        if !of_authority {
            return;
        }
        for setting in there.iter().filter_map(|at| settings.get(at)) {
            let keys = said
                .iter()
                .flat_map(|name| of_profile(setting.authority, name));
            for key in keys.collect::<BTreeSet<_>>() {
                self.days.entry(key).or_default().insert(setting.day);
            }
        }
    }

    /// Everything of the guides that no path reaches.
    pub(super) fn missing_of_guides(&self, trees: &Trees) -> Vec<String> {
        let own = |provision: &Provision| trees.guides.provisions.contains(&provision.key);
        let places = self.missing_places(trees.guides.trees());
        let law = self.missing_law(&trees.laws, own);
        places.into_iter().chain(law).collect()
    }

    fn missing_places<'t>(&self, trees: impl Iterator<Item = &'t Tree>) -> Vec<String> {
        let places = trees.flat_map(places);
        let missing = |name: &String| !self.names.contains(name) && !self.spare.contains(name);
        places.filter(missing).collect()
    }

    /// Everything that no path reaches.
    pub(super) fn missing(&self, trees: &Trees) -> Vec<String> {
        let places = self.missing_places(trees.all().into_iter());
        let law = self.missing_law(&trees.laws, |_| true);
        places.into_iter().chain(law).collect()
    }

    /// Secrecy is reached by every item that names it, and with it the rules that it closes; the rest must be named by a
    /// path, each wording on one of its days.
    fn missing_law(&self, laws: &Laws, asked: impl Fn(&Provision) -> bool) -> Vec<String> {
        let none = BTreeSet::new();
        let closed: BTreeSet<&String> = laws
            .provisions
            .values()
            .flat_map(|provision| &provision.switches_off)
            .collect();
        let by_item =
            |provision: &&Provision| provision.is_secrecy() || closed.contains(&provision.key);
        let named = laws
            .provisions
            .values()
            .filter(|provision| asked(provision) && !by_item(provision));
        let wordings = named.flat_map(|provision| {
            let days = self.days.get(&provision.key).unwrap_or(&none);
            let unread = provision
                .versions
                .iter()
                .filter(|version| !days.iter().any(|day| version.covers(*day)));
            unread
                .map(|version| format!("{} {}", provision.key, version.from))
                .collect::<Vec<_>>()
        });
        wordings.collect()
    }
}

/// A known question answers every value that its fact can have; some values nothing has today.
fn spare(search: &Search<'_, '_>) -> Vec<String> {
    let tree = search.tree;
    let of_question = |(at, question): (usize, &Question)| -> Vec<String> {
        let selected = search
            .select(at)
            .unwrap_or_default()
            .iter()
            .zip(&question.answers);
        let none = selected.filter(|(cells, _)| cells.is_empty());
        none.map(|(_, answer)| format!("{}.{}.{}", tree.name, question.id, answer.key))
            .collect()
    };
    tree.questions
        .iter()
        .enumerate()
        .flat_map(of_question)
        .collect()
}

/// The names of every place in a tree that can be reached; an answer that is refused cannot.
fn places(tree: &Tree) -> Vec<String> {
    let of_question = |question: &Question| {
        let id = format!("{}.{}", tree.name, question.id);
        let open = question.answers.iter().filter(|answer| !answer.refuse);
        let answers: Vec<String> = open.map(|answer| format!("{id}.{}", answer.key)).collect();
        std::iter::once(id).chain(answers).collect::<Vec<_>>()
    };
    let outcomes = tree
        .outcomes
        .iter()
        .map(|outcome| format!("{}.{}", tree.name, outcome.id));
    tree.questions
        .iter()
        .flat_map(of_question)
        .chain(outcomes)
        .collect()
}

/// Keys and placeholders that a question names, with those of the answer that was given, or that it refuses.
fn named_by(question: &Question, key: Option<&str>) -> BTreeSet<String> {
    let given = |answer: &&crate::tree::Answer| answer.refuse || Some(answer.key.as_str()) == key;
    let answers: Vec<_> = question.answers.iter().filter(given).collect();
    let law: Vec<LawRef> = question
        .law
        .iter()
        .chain(answers.iter().flat_map(|answer| &answer.law))
        .cloned()
        .collect();
    let own = [&question.text, &question.hint, &question.help];
    let theirs = answers
        .iter()
        .flat_map(|answer| [&answer.text, &answer.says, &answer.assumes, &answer.open]);
    names(&law, own.into_iter().chain(theirs).flatten())
}

fn names<'t>(law: &[LawRef], texts: impl Iterator<Item = &'t Text>) -> BTreeSet<String> {
    let law = law
        .iter()
        .map(|law| law.to_string().trim_matches(['{', '}']).to_owned());
    law.chain(texts.flat_map(cite::placeholders)).collect()
}

/// The keys that a placeholder stands for at an authority.
fn of_profile(authority: &Authority, name: &str) -> Vec<String> {
    let one = |key: &Option<String>| key.iter().cloned().collect();
    match name {
        "duty" | "duty-section" => vec![authority.duty_section.clone()],
        "benefit-duty" => one(&authority.benefit_duty),
        "signing" => one(&authority.signing_source),
        "other-law-section" => one(&authority.other_law_section),
        "other-law" => authority
            .other_law
            .iter()
            .flat_map(cite::placeholders)
            .collect(),
        "data-protection" => one(&authority.data_protection),
        "police-duty" => one(&authority.police_duty),
        _ => Vec::new(),
    }
}
