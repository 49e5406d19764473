//! What can still come of a walk: the same steps as [`walk`](super::walk), with every answer tried where none is given.

use std::collections::{BTreeMap, BTreeSet};

use crate::fact::Fact;
use crate::tree::compiled::{NONE, Slots, To};
use crate::tree::{Kind, Question, Role, Target, Tree};
use crate::walk::{Answers, End, Known, Move, take};

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
type Behind = (u16, Vec<u8>, bool);

/// Looks ahead in one tree.
///
/// Exact about the order of questions: given answers are kept, known questions are answered by the facts, and a place is
/// looked at once for each way behind it that can matter ahead, which is why the tens of thousands of paths of the item
/// tree cost a few hundred places. An upper bound in three ways: a question that wants an item of the list is passed
/// whether or not there is one, a day of knowledge that has not been given may be any, and facts are held as they are
/// although what is answered about one item can add to what is known about another.
pub(crate) struct Reacher<'a> {
    tree: &'a Tree,
    given: &'a Answers,
    known: &'a Known,
    wanted: &'a dyn Fn(&str) -> bool,
    seen: BTreeMap<Behind, Reach>,
}

impl<'a> Reacher<'a> {
    /// Looks ahead with answers, with what is known, and with outcomes that are wanted.
    pub(crate) fn new(
        tree: &'a Tree,
        given: &'a Answers,
        known: &'a Known,
        wanted: &'a dyn Fn(&str) -> bool,
    ) -> Self {
        Self {
            seen: BTreeMap::new(),
            tree,
            given,
            known,
            wanted,
        }
    }

    /// From the start of the tree.
    pub(crate) fn whole(&mut self) -> Reach {
        let start = To::question(self.tree.start);
        self.from(start.place(), &mut Vec::new(), &Slots::new(self.known))
    }

    /// From the known question of a step, had it had another answer.
    pub(crate) fn had_it_been(&mut self, before: &[Move], at: u16, answer: usize) -> Reach {
        let mut slots = Slots::new(self.known);
        for taken in before {
            self.leads(*taken, &mut slots);
        }
        let taken = chosen(at, u8::try_from(answer).unwrap_or(NONE));
        self.after(taken, &mut before.to_vec(), slots)
    }

    fn from(&mut self, at: u16, moves: &mut Vec<Move>, slots: &Slots) -> Reach {
        let behind = (at, slots.read().to_vec(), self.any_day(moves));
        if let Some(seen) = self.seen.get(&behind) {
            return seen.clone();
        }
        let mut reach = Reach::default();
        for taken in self.next(at, moves, slots) {
            reach = reach.or(self.after(taken, moves, slots.clone()));
        }
        self.seen.insert(behind, reach.clone());
        reach
    }

    /// The steps that can be taken: one where it is given or known, otherwise every answer that is not refused.
    fn next(&self, at: u16, moves: &[Move], slots: &Slots) -> Vec<Move> {
        let question = self.tree.question(usize::from(at));
        if question.known == Some(Fact::AuthorityDutyAfterKnowledge) && self.any_day(moves) {
            return self.every_answer(at);
        }
        match take(self.tree, at, self.given, slots) {
            Ok((taken, text)) => vec![Move {
                text: u16::from(text.is_some()),
                ..taken
            }],
            Err(End::Missing(_) | End::Wrong(..)) => self.every_answer(at),
            Err(_) => Vec::new(),
        }
    }

    /// Takes a step, and says where it leads.
    fn leads(&self, taken: Move, slots: &mut Slots) -> Option<To> {
        let compiled = &self.tree.compiled;
        let node = compiled.at(taken.question)?;
        let (opens, to) = compiled.leads(node, taken.answer);
        slots.take(node, taken.answer, opens);
        Some(to)
    }

    /// Whether the day of knowledge was passed without having been given.
    fn any_day(&self, moves: &[Move]) -> bool {
        let role = |at: u16| self.tree.question(usize::from(at)).role;
        let mut moves = moves.iter();
        moves.any(|taken| taken.text == 0 && role(taken.question) == Some(Role::KnownSince))
    }

    fn every_answer(&self, at: u16) -> Vec<Move> {
        let question = self.tree.question(usize::from(at));
        if question.kind != Kind::Choice {
            return vec![chosen(at, NONE)];
        }
        let answers = question.answers.iter().zip(0..);
        answers
            .filter(|(answer, _)| !answer.refuse)
            .map(|(_, answer)| chosen(at, answer))
            .collect()
    }

    fn after(&mut self, taken: Move, moves: &mut Vec<Move>, mut slots: Slots) -> Reach {
        let to = self.leads(taken, &mut slots);
        moves.push(taken);
        let mut reach = match to.and_then(To::target) {
            Some(Target::Question(_)) => self.from(to.map_or(0, To::place), moves, &slots),
            Some(Target::Outcome(end)) => {
                Reach::of_outcome(end, (self.wanted)(&self.tree.outcome(end).id))
            }
            None => Reach::default(),
        };
        moves.pop();
        let at = usize::from(taken.question);
        let writes = writes(self.tree.question(at), taken.answer);
        if let Some(written) = reach.written.as_mut().filter(|_| writes) {
            written.insert(at);
        }
        reach
    }
}

const fn chosen(question: u16, answer: u8) -> Move {
    Move {
        question,
        answer,
        value: NONE,
        text: 0,
    }
}

/// Whether a step is taken with a text of the official's own.
fn writes(question: &Question, answer: u8) -> bool {
    let answer = question.answers.get(usize::from(answer));
    answer.map_or(question.kind == Kind::Text, |answer| answer.motivation)
}
