//! A checked tree as small numbers: what a walk needs stands close together, and what it does not need is left out.
//!
//! Texts, helps and sections stay in [`Question`]; a walk never looks at them. A known question costs one look into a
//! table, an asked one a comparison of keys.

use crate::fact::{Fact, OPENS, UNANSWERED};
use crate::tree::{Answer, Kind, Question, Role, Target, same};

/// In place of an answer: none.
pub(crate) const NONE: u8 = u8::MAX;

/// Where something leads: to a question by its place, or further off to an outcome, so that one look at the questions
/// tells whether a walk goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct To(u16);

impl To {
    /// The places of outcomes begin here.
    const OUTCOMES: u16 = 1 << 15;
    const NOWHERE: Self = Self(u16::MAX);

    /// To a question.
    pub(crate) fn question(at: usize) -> Self {
        Self(small(at))
    }

    fn of(target: Option<Target>) -> Self {
        match target {
            Some(Target::Question(at)) => Self::question(at),
            Some(Target::Outcome(at)) => Self(small(at).saturating_add(Self::OUTCOMES)),
            None => Self::NOWHERE,
        }
    }

    /// The place of the question, where it leads to one.
    pub(crate) const fn place(self) -> u16 {
        self.0
    }

    /// What it leads to.
    pub(crate) fn target(self) -> Option<Target> {
        match self.0.checked_sub(Self::OUTCOMES) {
            None => Some(Target::Question(usize::from(self.0))),
            Some(at) => (self != Self::NOWHERE).then_some(Target::Outcome(usize::from(at))),
        }
    }
}

/// What settles a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// A person.
    Person,
    /// A fact, by its place in [`Compiled::facts`].
    Fact(u8),
    /// What opened on this walk.
    Opened,
    /// The answer to an earlier question of the same tree.
    Own(u16),
}

impl By {
    const fn own(self) -> Option<u16> {
        match self {
            By::Own(question) => Some(question),
            _ => None,
        }
    }
}

/// A slot that nothing is read from.
const UNREAD: u8 = u8::MAX;
/// The slot of what is open.
const OPENED: u8 = UNREAD - 1;
/// A slot that nothing is written to.
const EMPTY: u8 = OPENED - 1;

/// What known questions turn on, as far as a walk has come: facts, what is open, and answers given before. Each has a
/// slot, so that every known question is one look away, whatever it turns on.
#[derive(Clone)]
pub(crate) struct Slots([u8; 1 << u8::BITS]);

impl Slots {
    /// At the start, with the values of a tree's facts.
    #[inline]
    pub(crate) fn new(facts: &[u8]) -> Self {
        let mut slots = [NONE; 1 << u8::BITS];
        for (slot, fact) in slots.iter_mut().take(usize::from(EMPTY)).zip(facts) {
            *slot = *fact;
        }
        Self(slots)
    }

    /// The value that a known question turns on.
    #[inline]
    pub(crate) fn value(&self, node: &Node) -> u8 {
        let slot = self.0.get(usize::from(node.slot));
        slot.copied().unwrap_or(NONE)
    }

    /// Takes a step from a question.
    #[inline]
    pub(crate) fn take(&mut self, node: &Node, answer: u8, opens: u8) {
        if let Some(slot) = self.0.get_mut(usize::from(node.keeps)) {
            *slot = answer;
        }
        if let Some(opened) = self.0.get_mut(usize::from(OPENED)) {
            *opened = if opens == NONE { *opened } else { opens };
        }
    }

    /// All that can still matter: what the unread slot holds does not.
    pub(crate) fn read(&self) -> &[u8] {
        self.0.get(..usize::from(UNREAD)).unwrap_or_default()
    }
}

/// A question.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    pub(crate) by: By,
    /// Where among the slots of a walk its value stands, and where its answer is kept for others.
    slot: u8,
    keeps: u8,
    pub(crate) kind: Kind,
    pub(crate) role: Option<Role>,
    /// Where its arms begin and how many they are. Behind them stands one for a question without answers.
    arms: (u16, u8),
    /// Where its table begins: for each value of the fact, and last for none, the place of the answer.
    table: (u16, u8),
    id: (u32, u16),
}

/// An answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arm {
    key: (u32, u16),
    pub(crate) to: To,
    pub(crate) opens: u8,
    pub(crate) motivation: bool,
    pub(crate) refuse: bool,
}

/// The whole tree.
#[derive(Clone, Debug, Default)]
pub(crate) struct Compiled {
    nodes: Vec<Node>,
    arms: Vec<Arm>,
    tables: Vec<u8>,
    /// All ids and keys, end to end.
    letters: String,
    /// The facts that nothing on the walk itself decides, each once.
    pub(crate) facts: Vec<Fact>,
    /// For each of those facts, a question that turns on it: there its values stand.
    pub(crate) asked_by: Vec<u16>,
}

fn opens(opens: Option<&String>) -> u8 {
    let place = opens.and_then(|opens| OPENS.iter().position(|known| known == opens));
    place.and_then(|at| u8::try_from(at).ok()).unwrap_or(NONE)
}

impl Compiled {
    /// Compiles the questions of a tree of this name.
    pub(crate) fn new(name: &str, questions: &[Question]) -> Self {
        let mut compiled = Self::default();
        for (at, question) in questions.iter().enumerate() {
            let node = compiled.node(name, at, question, questions);
            compiled.nodes.push(node);
        }
        compiled.give_slots();
        compiled
    }

    /// A slot for each fact, then one for each question that others turn on.
    fn give_slots(&mut self) {
        let mut watched: Vec<u16> = self.nodes.iter().filter_map(|node| node.by.own()).collect();
        watched.sort_unstable();
        watched.dedup();
        let facts = self.facts.len();
        let of_own = |at: u16| {
            let own = watched.iter().position(|question| *question == at);
            own.map(|own| facts + own)
                .filter(|slot| *slot < usize::from(EMPTY))
        };
        for (node, at) in self.nodes.iter_mut().zip(0..) {
            node.keeps = of_own(at).map_or(UNREAD, tiny);
            node.slot = match node.by {
                By::Person => EMPTY,
                By::Fact(fact) => fact.min(EMPTY),
                By::Opened => OPENED,
                By::Own(question) => of_own(question).map_or(EMPTY, tiny),
            };
        }
    }

    fn node(&mut self, tree: &str, at: usize, question: &Question, all: &[Question]) -> Node {
        let by = self.by(tree, at, question, all);
        let arms = (small(self.arms.len()), tiny(question.answers.len()));
        for answer in &question.answers {
            let arm = self.arm(answer);
            self.arms.push(arm);
        }
        self.arms.push(Arm {
            key: (0, 0),
            to: To::of(question.goto),
            opens: opens(question.opens.as_ref()),
            motivation: false,
            refuse: false,
        });
        Node {
            by,
            slot: EMPTY,
            keeps: UNREAD,
            kind: question.kind,
            role: question.role,
            arms,
            table: self.table(question, by, all),
            id: self.write(&question.id),
        }
    }

    fn by(&mut self, tree: &str, at: usize, question: &Question, all: &[Question]) -> By {
        match &question.known {
            None => By::Person,
            Some(Fact::Opened) => By::Opened,
            Some(Fact::Earlier {
                tree: name,
                question,
            }) if name == tree => {
                let place = all.iter().position(|other| other.id == *question);
                By::Own(small(place.unwrap_or(usize::MAX)))
            }
            Some(fact) => By::Fact(self.fact(fact, at)),
        }
    }

    fn fact(&mut self, fact: &Fact, at: usize) -> u8 {
        let found = self.facts.iter().position(|known| known == fact);
        tiny(found.unwrap_or_else(|| {
            self.facts.push(fact.clone());
            self.asked_by.push(small(at));
            self.facts.len() - 1
        }))
    }

    fn arm(&mut self, answer: &Answer) -> Arm {
        Arm {
            key: self.write(&answer.key),
            to: To::of(answer.goto),
            opens: opens(answer.opens.as_ref()),
            motivation: answer.motivation,
            refuse: answer.refuse,
        }
    }

    /// By value of the fact, or by answer to the earlier question.
    fn table(&mut self, question: &Question, by: By, all: &[Question]) -> (u16, u8) {
        let from = small(self.tables.len());
        let answer = |key: &str| question.answer(key).map_or(NONE, |(at, _)| tiny(at));
        let earlier = if let By::Own(at) = by {
            all.get(usize::from(at))
        } else {
            None
        };
        let answers: Vec<u8> = match (by, earlier) {
            (By::Person, _) => return (from, 0),
            (_, Some(earlier)) => earlier
                .answers
                .iter()
                .map(|other| answer(&other.key))
                .collect(),
            (By::Opened, _) => OPENS.iter().map(|opens| answer(opens)).collect(),
            _ => question
                .values
                .iter()
                .map(|(_, answer)| tiny(*answer))
                .collect(),
        };
        self.tables
            .extend(answers.into_iter().chain([answer(UNANSWERED)]));
        (from, tiny(self.tables.len() - usize::from(from)))
    }

    fn write(&mut self, text: &str) -> (u32, u16) {
        let from = u32::try_from(self.letters.len()).unwrap_or(u32::MAX);
        self.letters.push_str(text);
        (from, small(text.len()))
    }

    fn read(&self, (from, length): (u32, u16)) -> &str {
        let from = from as usize;
        self.letters
            .get(from..from + usize::from(length))
            .unwrap_or_default()
    }

    /// The question at a place.
    pub(crate) fn at(&self, at: u16) -> Option<&Node> {
        self.nodes.get(usize::from(at))
    }

    /// The id of a question.
    pub(crate) fn id(&self, node: &Node) -> &str {
        self.read(node.id)
    }

    /// The answers of a question.
    pub(crate) fn arms(&self, node: &Node) -> &[Arm] {
        let from = usize::from(node.arms.0);
        self.arms
            .get(from..from + usize::from(node.arms.1))
            .unwrap_or_default()
    }

    /// What an answer, or a question without answers, opens for a release, and where it leads.
    #[inline]
    pub(crate) fn leads(&self, node: &Node, answer: u8) -> (u8, To) {
        let at = usize::from(node.arms.0) + usize::from(answer.min(node.arms.1));
        let arm = self.arms.get(at);
        arm.map_or((NONE, To::NOWHERE), |arm| (arm.opens, arm.to))
    }

    /// The answer with a key, and its place.
    pub(crate) fn arm_with(&self, node: &Node, key: &str) -> Option<(u8, &Arm)> {
        let mut arms = self.arms(node).iter().zip(0..);
        let found = arms
            .find(|(arm, _)| usize::from(arm.key.1) == key.len() && same(self.read(arm.key), key));
        found.map(|(arm, at)| (at, arm))
    }

    /// The place of the answer that a value gets, by the value's place among those of the fact; none is the last.
    pub(crate) fn answer(&self, node: &Node, value: u8) -> u8 {
        let last = node.table.1.saturating_sub(1);
        let at = usize::from(node.table.0) + usize::from(value.min(last));
        self.tables.get(at).copied().unwrap_or(NONE)
    }
}

/// Trees have some hundred questions, and what does not fit here would not fit on a screen either.
fn small(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

fn tiny(number: usize) -> u8 {
    u8::try_from(number).unwrap_or(NONE)
}
