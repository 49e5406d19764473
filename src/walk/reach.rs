//! What can still come of a walk: the same steps as [`walk`](super::walk), with every answer tried where none is given.

use std::collections::{BTreeMap, BTreeSet};

use crate::fact::{Fact, Facts, UNANSWERED};
use crate::tree::{Kind, Question, Role, Target, Tree};
use crate::walk::{Answers, End, Step, leads, take};

/// What can be reached from a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reach {
    /// Outcomes, by their places in the tree.
    pub(crate) outcomes: BTreeSet<usize>,
    /// The questions that need a text on every way to a wanted outcome; none where no way leads to one.
    pub(crate) written: Option<BTreeSet<usize>>,
}

impl Reach {
    fn of_outcome(at: usize, wanted: bool) -> Self {
        Self {
            outcomes: BTreeSet::from([at]),
            written: wanted.then(BTreeSet::new),
        }
    }

    /// Either way can be taken: what must be written is what both ask for.
    fn or(self, other: Self) -> Self {
        let written = match (self.written, other.written) {
            (Some(one), Some(two)) => Some(one.intersection(&two).copied().collect()),
            (one, two) => one.or(two),
        };
        Self {
            outcomes: self.outcomes.into_iter().chain(other.outcomes).collect(),
            written,
        }
    }
}

/// All that the way behind a place can still mean for the way ahead.
type Behind = (usize, String, Vec<Option<String>>, bool);

/// Looks ahead in one tree.
///
/// Exact about the order of questions: given answers are kept, known questions are answered by the facts, and a place is
/// looked at once for each way behind it that can matter ahead, which is why the tens of thousands of paths of the item
/// tree cost a few hundred places. An upper bound in three ways: a question that wants an item of the list is passed
/// whether or not there is one, a day of knowledge that has not been given may be any, and facts are held as they are
/// although what is answered about one item can add to what is known about another.
pub(crate) struct Reacher<'t, 'a> {
    tree: &'t Tree,
    given: &'a Answers,
    facts: &'a dyn Facts<'t>,
    wanted: &'a dyn Fn(&str) -> bool,
    /// Questions of this tree that known questions ahead turn on.
    watched: Vec<&'t str>,
    seen: BTreeMap<Behind, Reach>,
}

impl<'t, 'a> Reacher<'t, 'a> {
    /// Looks ahead with answers, facts, and outcomes that are wanted.
    pub(crate) fn new(
        tree: &'t Tree,
        given: &'a Answers,
        facts: &'a dyn Facts<'t>,
        wanted: &'a dyn Fn(&str) -> bool,
    ) -> Self {
        let watched = tree.questions.iter().filter_map(|question| {
            let Some(Fact::Earlier {
                tree: name,
                question,
            }) = &question.known
            else {
                return None;
            };
            (*name == tree.name).then_some(question.as_str())
        });
        Self {
            watched: watched.collect(),
            seen: BTreeMap::new(),
            tree,
            given,
            facts,
            wanted,
        }
    }

    /// From the start of the tree.
    pub(crate) fn whole(&mut self) -> Reach {
        self.from(self.tree.start, &mut Vec::new(), UNANSWERED)
    }

    /// From the known question of a step, had it had another answer.
    pub(crate) fn had_it_been(
        &mut self,
        before: &[Step<'t, 'a>],
        at: usize,
        answer: usize,
    ) -> Reach {
        let mut opened = UNANSWERED;
        for step in before {
            let (opens, _) = leads(self.tree.question(step.question), step);
            opened = opens.unwrap_or(opened);
        }
        let step = self.step(at, answer);
        self.after(step, &mut before.to_vec(), opened)
    }

    fn from(&mut self, at: usize, steps: &mut Vec<Step<'t, 'a>>, opened: &'t str) -> Reach {
        let behind = self.behind(at, steps, opened);
        if let Some(seen) = self.seen.get(&behind) {
            return seen.clone();
        }
        let mut reach = Reach::default();
        for step in self.next(at, steps, opened) {
            reach = reach.or(self.after(step, steps, opened));
        }
        self.seen.insert(behind, reach.clone());
        reach
    }

    fn behind(&self, at: usize, steps: &[Step<'t, 'a>], opened: &'t str) -> Behind {
        let key = |id: &&str| {
            let step = steps
                .iter()
                .find(|step| self.tree.question(step.question).id == **id)?;
            step.key.map(str::to_owned)
        };
        let keys = self.watched.iter().map(key).collect();
        (at, opened.to_owned(), keys, self.any_day(steps))
    }

    /// The steps that can be taken: one where it is given or known, otherwise every answer that is not refused.
    fn next(&self, at: usize, steps: &[Step<'t, 'a>], opened: &'t str) -> Vec<Step<'t, 'a>> {
        let question = self.tree.question(at);
        if question.known == Some(Fact::AuthorityDutyAfterKnowledge) && self.any_day(steps) {
            return self.every_answer(at, question);
        }
        match take(self.tree, at, steps, self.given, self.facts, opened) {
            Ok(step) => vec![step],
            Err(End::Missing(_) | End::Wrong(..)) => self.every_answer(at, question),
            Err(_) => Vec::new(),
        }
    }

    /// Whether the day of knowledge was passed without having been given.
    fn any_day(&self, steps: &[Step<'t, 'a>]) -> bool {
        let mut steps = steps.iter();
        steps.any(|step| {
            step.text.is_none() && self.tree.question(step.question).role == Some(Role::KnownSince)
        })
    }

    fn every_answer(&self, at: usize, question: &Question) -> Vec<Step<'t, 'a>> {
        if question.kind != Kind::Choice {
            return vec![Step {
                question: at,
                answer: None,
                key: None,
                text: None,
            }];
        }
        let answers = question.answers.iter().enumerate();
        answers
            .filter(|(_, answer)| !answer.refuse)
            .map(|(answer, _)| self.step(at, answer))
            .collect()
    }

    fn step(&self, at: usize, answer: usize) -> Step<'t, 'a> {
        let chosen = self.tree.question(at).answers.get(answer);
        Step {
            question: at,
            answer: Some(answer),
            key: chosen.map(|answer| answer.key.as_str()),
            text: None,
        }
    }

    fn after(
        &mut self,
        step: Step<'t, 'a>,
        steps: &mut Vec<Step<'t, 'a>>,
        opened: &'t str,
    ) -> Reach {
        let (tree, at) = (self.tree, step.question);
        let question = tree.question(at);
        let (opens, target) = leads(question, &step);
        let writes = writes(question, &step);
        steps.push(step);
        let mut reach = match target {
            Some(Target::Question(next)) => self.from(next, steps, opens.unwrap_or(opened)),
            Some(Target::Outcome(end)) => {
                Reach::of_outcome(end, (self.wanted)(&tree.outcome(end).id))
            }
            None => Reach::default(),
        };
        steps.pop();
        if let Some(written) = reach.written.as_mut().filter(|_| writes) {
            written.insert(at);
        }
        reach
    }
}

/// Whether a step is taken with a text of the official's own.
fn writes(question: &Question, step: &Step<'_, '_>) -> bool {
    let answer = step.answer.and_then(|at| question.answers.get(at));
    answer.map_or(question.kind == Kind::Text, |answer| answer.motivation)
}
