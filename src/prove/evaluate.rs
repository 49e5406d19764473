//! A document evaluated by the prover's own reading of trees and laws.
//!
//! It is what the proof rests on, put so that it can be held against the engine: the two share the checked trees and
//! laws and nothing else. Where they differ one of them is wrong, and so is what was proved or what is written.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Prover;
use super::claim::Invariants;
use super::space::{Secrecy, Space, secrecy_of, setting_fact};
use crate::answers::{About, AnswersDocument, Item};
use crate::assessment::{ItemOutcome, NONE, UNSURE, whole};
use crate::fact::{Fact, UNANSWERED};
use crate::law::Authority;
use crate::tree::{Kind, Question, Role, Target, Tree};
use crate::trees::Trees;
use crate::walk::{Answers, Given};

/// What a document comes to. An outcome is missing where the answers do not reach one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evaluated {
    /// Outcome of the route.
    pub route: Option<String>,
    /// Outcome of the standing first item.
    pub identity: Option<String>,
    /// Outcomes of the other items, in order.
    pub items: Vec<Option<String>>,
    /// How the whole ends; missing where the duty sends back to the items too.
    pub whole: Option<String>,
}

/// Evaluates a document; none without a day or a known authority.
#[must_use]
pub fn evaluate(trees: &Trees, document: &AnswersDocument) -> Option<Evaluated> {
    let day = document.on?;
    let authority = trees.laws.authority(document.authority.as_deref()?)?;
    let report = Report {
        trees,
        document,
        authority,
        day,
    };
    Some(report.evaluate())
}

/// The combinations of facts that a proof goes through, for telling whether one that turns up is among them.
pub struct Coverage<'t> {
    trees: &'t Trees,
    item: Space<'t>,
}

impl<'t> Coverage<'t> {
    /// What a proof of these trees covers of items; none where the route itself is at fault.
    #[must_use]
    pub fn of(trees: &'t Trees, invariants: &'t Invariants) -> Option<Self> {
        let prover = Prover::new(trees, invariants);
        let handed = prover.handed_on().ok()?;
        Some(Self {
            trees,
            item: prover.space(&trees.item, &handed),
        })
    }

    /// Whether every item of a document starts from a combination of facts that the proof has gone through.
    #[must_use]
    pub fn has(&self, document: &AnswersDocument) -> bool {
        let Some(report) = Report::new(self.trees, document) else {
            return false;
        };
        let route = report.route();
        let outcome = route
            .outcome
            .as_deref()
            .and_then(|id| self.trees.route.find_outcome(id));
        if outcome.is_none_or(|outcome| outcome.goto_tree.is_none()) {
            return true;
        }
        let mut items = report
            .known(&route)
            .into_iter()
            .chain([report.of_identity()]);
        items.all(|known| self.item.has(0, &report.facts(&route, &known)))
    }
}

struct Report<'d> {
    trees: &'d Trees,
    document: &'d AnswersDocument,
    authority: &'d Authority,
    day: Date,
}

/// One way through a tree: the answers that were passed, by question, and the outcome.
#[derive(Clone, Default)]
struct Followed {
    keys: BTreeMap<String, String>,
    /// Items that were named.
    named: Vec<String>,
    known_since: Option<Date>,
    outcome: Option<String>,
}

/// What is known about an item before its first question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Known {
    form: &'static str,
    origin: &'static str,
    about: &'static str,
    about_any: &'static str,
    /// Its provisions and those it takes over, in no order; `unsure` among them.
    keys: Vec<String>,
    received: Option<Date>,
    benefit: bool,
}

impl<'d> Report<'d> {
    fn new(trees: &'d Trees, document: &'d AnswersDocument) -> Option<Self> {
        let day = document.on?;
        let authority = trees.laws.authority(document.authority.as_deref()?)?;
        Some(Self {
            trees,
            document,
            authority,
            day,
        })
    }

    fn evaluate(&self) -> Evaluated {
        let route = self.route();
        let outcome = route
            .outcome
            .as_deref()
            .and_then(|id| self.trees.route.find_outcome(id));
        let Some(outcome) = outcome else {
            return Evaluated::default();
        };
        let mut evaluated = Evaluated {
            route: Some(outcome.id.clone()),
            ..Evaluated::default()
        };
        if outcome.goto_tree.is_some() {
            evaluated.identity = self
                .item(&route, &self.of_identity(), &self.identity_answers())
                .outcome;
            evaluated.items = self
                .items(&route)
                .into_iter()
                .map(|followed| followed.outcome)
                .collect();
        }
        let parsed = |id: &Option<String>| id.as_deref().and_then(ItemOutcome::parse);
        let items: Vec<ItemOutcome> = evaluated.items.iter().filter_map(parsed).collect();
        evaluated.whole =
            whole(outcome, parsed(&evaluated.identity), &items).map(|whole| whole.key().to_owned());
        evaluated
    }

    fn identity_answers(&self) -> Answers {
        let identity = self.document.identity.as_ref();
        identity
            .map(|identity| identity.answers.clone())
            .unwrap_or_default()
    }

    /// The day of knowledge is an answer of the route that the route itself turns on.
    fn route(&self) -> Followed {
        let follow = |since: Option<Date>| {
            follow(
                &self.trees.route,
                &self.document.route,
                &|fact| match fact {
                    Fact::AuthorityDutyAfterKnowledge => self.older(since),
                    Fact::Follows => self.follows(),
                    fact => setting_fact(&self.trees.laws, self.authority, self.day, fact),
                },
            )
        };
        follow(follow(None).known_since)
    }

    fn follows(&self) -> String {
        let follows = self.document.follows.is_some();
        if follows { "yes" } else { "no" }.to_owned()
    }

    fn older(&self, since: Option<Date>) -> String {
        let began = self.authority.bound_since(self.day);
        let older = since.zip(began).is_some_and(|(since, began)| since < began);
        if older { "yes" } else { "no" }.to_owned()
    }

    fn item(&self, route: &Followed, known: &Known, answers: &Answers) -> Followed {
        follow(&self.trees.item, answers, &self.facts(route, known))
    }

    /// Every fact of an item, once the route is known.
    fn facts<'r>(&'r self, route: &'r Followed, known: &'r Known) -> impl Fn(&Fact) -> String + 'r {
        let secrecy = self.secrecy(known);
        move |fact| match fact {
            Fact::Route => route.outcome.clone().unwrap_or_default(),
            Fact::Earlier { question, .. } => {
                let answer = route.keys.get(question).cloned();
                answer.unwrap_or_else(|| UNANSWERED.to_owned())
            }
            Fact::ItemForm => known.form.to_owned(),
            Fact::ItemOrigin => known.origin.to_owned(),
            Fact::ItemAbout => known.about.to_owned(),
            Fact::ItemAboutAny => known.about_any.to_owned(),
            Fact::ItemBenefit => if known.benefit { "yes" } else { "no" }.to_owned(),
            fact => secrecy
                .fact(fact)
                .unwrap_or_else(|| setting_fact(&self.trees.laws, self.authority, self.day, fact)),
        }
    }

    /// What all provisions of an item together make of it.
    fn secrecy(&self, known: &Known) -> Secrecy {
        let unsure = known.keys.iter().any(|key| key == UNSURE);
        let received = known.received.unwrap_or(self.day);
        let each = known
            .keys
            .iter()
            .filter_map(|key| secrecy_of(&self.trees.laws, key, received, self.day));
        let each = each.chain(unsure.then(Secrecy::unsure));
        each.reduce(|all, one| all.with(&one))
            .unwrap_or_else(Secrecy::none)
    }

    fn own_keys(&self, chosen: Option<&[String]>) -> Vec<String> {
        let usual = self
            .authority
            .secrecy
            .iter()
            .find(|key| self.trees.laws.in_force(key, self.day));
        match chosen {
            Some(keys) => keys.iter().filter(|key| *key != NONE).cloned().collect(),
            None => vec![usual.cloned().unwrap_or_else(|| UNSURE.to_owned())],
        }
    }

    fn of_identity(&self) -> Known {
        let identity = self.document.identity.as_ref();
        let chosen = identity.and_then(|identity| identity.provisions.as_deref());
        Known {
            form: "identity",
            origin: "own",
            about: "child",
            about_any: "child",
            keys: self.own_keys(chosen),
            ..Known::default()
        }
    }

    fn of_item(&self, item: &Item) -> Known {
        let about = item.about.map_or(UNANSWERED, About::key);
        Known {
            form: item.form.key(),
            origin: item.origin.map_or(UNANSWERED, |origin| origin.key()),
            about,
            about_any: about,
            keys: self.own_keys(item.provisions.as_deref()),
            received: item.received,
            benefit: item.benefit
                && self
                    .authority
                    .gives_benefit_data(&self.trees.laws, self.day),
        }
    }

    fn items(&self, route: &Followed) -> Vec<Followed> {
        self.walk(route, &self.known(route))
    }

    fn walk(&self, route: &Followed, known: &[Known]) -> Vec<Followed> {
        let both = known.iter().zip(&self.document.items);
        both.map(|(known, item)| self.item(route, known, &item.answers))
            .collect()
    }

    /// What is known about every item, again and again until what follows along from the items that name it has come
    /// all the way.
    fn known(&self, route: &Followed) -> Vec<Known> {
        let own: Vec<Known> = self
            .document
            .items
            .iter()
            .map(|item| self.of_item(item))
            .collect();
        let mut known = own.clone();
        for _ in 0..=own.len() {
            let followed = self.walk(route, &known);
            let each = own.iter().enumerate();
            known = each
                .map(|(at, own)| self.taking_over(own, at, &known, &followed))
                .collect();
        }
        known
    }

    fn taking_over(&self, own: &Known, at: usize, known: &[Known], followed: &[Followed]) -> Known {
        let id = self.document.id_of(at).into_owned();
        let mut all = own.clone();
        let others = known
            .iter()
            .zip(followed)
            .enumerate()
            .filter(|(other, _)| *other != at);
        for (_, (other, followed)) in others {
            if followed.named.contains(&id) {
                all.keys.extend(other.keys.iter().cloned());
                all.received = [all.received, other.received].into_iter().flatten().min();
                if outside(other.about_any) && !outside(all.about_any) {
                    all.about_any = other.about_any;
                }
            }
        }
        all.keys.sort();
        all.keys.dedup();
        all
    }
}

fn outside(about: &str) -> bool {
    [About::Other, About::Informant]
        .iter()
        .any(|one| one.key() == about)
}

/// Follows a tree from its start.
fn follow(tree: &Tree, answers: &Answers, value: &dyn Fn(&Fact) -> String) -> Followed {
    let mut followed = Followed::default();
    let mut opened = UNANSWERED.to_owned();
    let mut at = tree.start;
    loop {
        let question = tree.question(at);
        let Some((key, goto, opens)) = step(tree, question, answers, &followed, &opened, value)
        else {
            return followed;
        };
        remember(&mut followed, question, &key, answers);
        opened = opens.unwrap_or(opened);
        match goto {
            Target::Question(next) => at = next,
            Target::Outcome(end) => {
                followed.outcome = Some(tree.outcome(end).id.clone());
                return followed;
            }
        }
    }
}

/// The key taken, where it leads and what it opens; none where there is no answer that will do.
fn step(
    tree: &Tree,
    question: &Question,
    answers: &Answers,
    followed: &Followed,
    opened: &str,
    value: &dyn Fn(&Fact) -> String,
) -> Option<(String, Target, Option<String>)> {
    let key = match &question.known {
        None if question.kind != Kind::Choice => {
            let text = answers.get(&question.id)?;
            return fits(question, text).then_some((
                String::new(),
                question.goto?,
                question.opens.clone(),
            ));
        }
        None => chosen(question, answers.get(&question.id)?)?,
        Some(Fact::Opened) => opened.to_owned(),
        Some(Fact::Earlier {
            tree: name,
            question,
        }) if *name == tree.name => followed
            .keys
            .get(question)
            .cloned()
            .unwrap_or_else(|| UNANSWERED.to_owned()),
        Some(fact) => value(fact),
    };
    let exact = question.answers.iter().find(|answer| answer.key == key);
    let any = || {
        question
            .answers
            .iter()
            .find(|answer| question.known.is_some() && answer.key == "*")
    };
    let answer = exact.or_else(any)?;
    Some((key, answer.goto?, answer.opens.clone()))
}

/// The key of a given answer, if it is one that will do.
fn chosen(question: &Question, given: &Given) -> Option<String> {
    let answer = question
        .answers
        .iter()
        .find(|answer| Some(&answer.key) == given.answer.as_ref())?;
    let written = given.text.as_deref().is_some_and(says_something);
    let takes = answer.motivation == written;
    (!answer.refuse && takes).then(|| answer.key.clone())
}

fn says_something(text: &str) -> bool {
    text.chars().filter(|letter| letter.is_alphabetic()).count() >= 3
}

fn fits(question: &Question, given: &Given) -> bool {
    let text = given.text.as_deref().unwrap_or_default().trim();
    given.answer.is_none()
        && match question.kind {
            Kind::Text if question.role == Some(Role::Reference) => {
                text.chars().filter(|sign| sign.is_alphanumeric()).count() >= 3
            }
            Kind::Text => says_something(text),
            Kind::Day => text.parse::<Date>().is_ok(),
            Kind::Time => text
                .get(..10)
                .is_some_and(|day| day.parse::<Date>().is_ok()),
            Kind::Choice | Kind::Statement | Kind::Item => !text.is_empty(),
        }
}

fn remember(followed: &mut Followed, question: &Question, key: &str, answers: &Answers) {
    if !key.is_empty() {
        followed.keys.insert(question.id.clone(), key.to_owned());
    }
    let text = answers
        .get(&question.id)
        .and_then(|given| given.text.clone())
        .unwrap_or_default();
    if matches!(question.kind, Kind::Statement | Kind::Item) {
        followed.named.push(text);
    } else if question.role == Some(Role::KnownSince) {
        followed.known_since = text.parse().ok();
    }
}
