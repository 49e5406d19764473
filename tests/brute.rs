//! The proof's coverage of the route, the sending and the closing counted again: every path of every authority and day,
//! one at a time and with no paths merged.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at once"
)]

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use sekretesskoll::embedded;
use sekretesskoll::fact::{Fact, UNANSWERED};
use sekretesskoll::law::{Authority, Laws};
use sekretesskoll::prove::{Covered, Invariants, prove};
use sekretesskoll::tree::{Kind, Role, Target, Tree};
use sekretesskoll::trees::Trees;

/// Question and answer by their places; a text is a place that no answer has.
type Path = Vec<(usize, usize)>;
type Facts = BTreeMap<String, String>;

struct Going<'t> {
    tree: &'t Tree,
    facts: &'t Facts,
    bound: bool,
    found: Vec<(Path, usize)>,
}

impl Going<'_> {
    fn on(&mut self, target: Target, path: &mut Path, opened: &str, early: bool) {
        match target {
            Target::Outcome(end) => self.found.push((path.clone(), end)),
            Target::Question(at) => self.ask(at, path, opened, early),
        }
    }

    fn ask(&mut self, at: usize, path: &mut Path, opened: &str, early: bool) {
        let question = &self.tree.questions[at];
        if let Some(fact) = &question.known {
            let value = self.value(fact, path, opened, early);
            let (place, _) = question.answer(&value).unwrap();
            return self.take(at, place, path, opened, early);
        }
        if question.kind == Kind::Choice {
            for place in 0..question.answers.len() {
                self.take(at, place, path, opened, early);
            }
            return;
        }
        let opened = question.opens.as_deref().unwrap_or(opened);
        let ways = if question.role != Some(Role::KnownSince) {
            vec![early]
        } else if self.bound {
            vec![false, true]
        } else {
            vec![false]
        };
        for early in ways {
            path.push((at, usize::MAX - usize::from(early)));
            self.on(question.goto.unwrap(), path, opened, early);
            path.pop();
        }
    }

    fn take(&mut self, at: usize, place: usize, path: &mut Path, opened: &str, early: bool) {
        let answer = &self.tree.questions[at].answers[place];
        let Some(goto) = answer.goto else { return };
        path.push((at, place));
        self.on(goto, path, answer.opens.as_deref().unwrap_or(opened), early);
        path.pop();
    }

    fn value(&self, fact: &Fact, path: &Path, opened: &str, early: bool) -> String {
        match fact {
            Fact::Opened => opened.to_owned(),
            Fact::AuthorityDutyAfterKnowledge => if early { "yes" } else { "no" }.to_owned(),
            Fact::Earlier { tree, question } if *tree == self.tree.name => {
                answered(self.tree, path, question)
            }
            fact => self.facts[&fact.to_string()].clone(),
        }
    }
}

fn answered(tree: &Tree, path: &Path, id: &str) -> String {
    let step = path.iter().find(|(at, _)| tree.questions[*at].id == id);
    let answer = step.and_then(|(at, place)| tree.questions[*at].answers.get(*place));
    answer.map_or(UNANSWERED, |answer| &answer.key).to_owned()
}

fn paths(tree: &Tree, facts: &Facts, bound: bool) -> Vec<(Path, usize)> {
    let mut going = Going {
        tree,
        facts,
        bound,
        found: Vec::new(),
    };
    going.ask(tree.start, &mut Vec::new(), UNANSWERED, false);
    going.found
}

fn yes_no(flag: bool) -> String {
    if flag { "yes" } else { "no" }.to_owned()
}

/// What authority and day decide.
fn setting(laws: &Laws, authority: &Authority, day: Date) -> Facts {
    let duty = authority.duty_on(day).unwrap().bound.word();
    let mut facts: Facts = laws
        .provisions
        .keys()
        .map(|key| (format!("in-force.{key}"), yes_no(laws.in_force(key, day))))
        .collect();
    facts.insert("authority.duty".into(), duty.into());
    facts.insert("authority.osl".into(), yes_no(authority.osl));
    facts.insert(
        "authority.duty-section".into(),
        authority.duty_section.clone(),
    );
    facts.insert(
        "authority.signing".into(),
        authority.signing_on(laws, day).word().into(),
    );
    facts
}

/// What the route hands on: its outcome and every answer of it, as facts.
fn handed(tree: &Tree, path: &Path, end: usize) -> Option<Facts> {
    tree.outcomes[end].goto_tree.as_ref()?;
    let read = [
        "whom",
        "unsure",
        "recipient",
        "consent",
        "consent-from",
        "purpose",
    ];
    let mut facts: Facts = read
        .iter()
        .map(|id| (format!("route.{id}"), answered(tree, path, id)))
        .collect();
    facts.insert("route".into(), tree.outcomes[end].id.clone());
    Some(facts)
}

#[derive(Default)]
struct Counted {
    paths: BTreeSet<Path>,
    on_days: usize,
}

impl Counted {
    fn add(&mut self, here: BTreeSet<Path>, settings: usize) {
        self.on_days += here.len() * settings;
        self.paths.extend(here);
    }

    fn is(&self, covered: &Covered) {
        let counted = (self.paths.len() as u128, self.on_days as u128);
        let told = (covered.paths, covered.on_days);
        assert_eq!(told, counted, "{}", covered.tree);
    }
}

fn only(paths: Vec<(Path, usize)>) -> BTreeSet<Path> {
    paths.into_iter().map(|(path, _)| path).collect()
}

/// Facts that some tree reads.
fn read(trees: &[&Tree]) -> BTreeSet<String> {
    let questions = trees.iter().flat_map(|tree| &tree.questions);
    let known = questions.filter_map(|question| question.known.as_ref());
    known.map(ToString::to_string).collect()
}

/// What a setting is to the trees, and how many settings are so.
type Settings = BTreeMap<(Facts, bool), usize>;

fn settings(trees: &Trees) -> Settings {
    let laws = &trees.laws;
    let changes = laws.days_of_change().into_iter();
    let days: BTreeSet<Date> = changes
        .flat_map(|day| [day.yesterday().unwrap(), day])
        .filter(|day| *day >= laws.first_day)
        .collect();
    let read = read(&trees.all());
    let mut settings = Settings::new();
    for day in &days {
        for authority in &laws.authorities {
            let mut facts = setting(laws, authority, *day);
            facts.retain(|fact, _| read.contains(fact));
            let bound = authority.bound_since(*day).is_some();
            *settings.entry((facts, bound)).or_default() += 1;
        }
    }
    settings
}

#[test]
fn one_path_at_a_time_comes_to_as_many_as_the_proof() {
    let trees = Trees::built_in().unwrap();
    let invariants = Invariants::read(embedded::INVARIANTS, &trees).unwrap();
    let proof = prove(&trees, &invariants);
    let mut counted: [Counted; 3] = Default::default();
    for ((facts, bound), settings) in settings(&trees) {
        let both = ["no", "yes"].map(|follows| {
            let mut facts = facts.clone();
            facts.insert("follows".into(), follows.into());
            paths(&trees.route, &facts, bound)
        });
        let ways = both.concat();
        let onward: BTreeSet<Facts> = ways
            .iter()
            .filter_map(|(path, end)| handed(&trees.route, path, *end))
            .collect();
        let (mut sent, mut closed) = (BTreeSet::new(), BTreeSet::new());
        for onward in onward {
            let mut all = facts.clone();
            all.extend(onward.clone());
            closed.extend(only(paths(&trees.closing, &all, false)));
            for protected in [false, true] {
                all.insert("identity.protected".into(), yes_no(protected));
                sent.extend(only(paths(&trees.sending, &all, false)));
            }
        }
        for (counted, found) in counted.iter_mut().zip([only(ways), sent, closed]) {
            counted.add(found, settings);
        }
    }
    let [route, _, sending, closing, _] = proof.covered.as_slice() else {
        unreachable!("five stages");
    };
    for (counted, covered) in counted.iter().zip([route, sending, closing]) {
        counted.is(covered);
    }
}
