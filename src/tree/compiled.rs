//! A checked tree as small numbers: what a walk needs stands close together, and what it does not need is left out.
//!
//! Texts, helps and sections stay in [`Question`]; a walk never looks at them. A known question costs one look into a
//! table, an asked one a comparison of keys.

use crate::fact::{Fact, OPENS, UNANSWERED};
use crate::tree::{Answer, Kind, Question, Role, Target, same};

/// In place of an answer: none.
pub(crate) const NONE: u8 = u8::MAX;

/// Where something leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum To {
    Question(u16),
    Outcome(u16),
    Nowhere,
}

impl To {
    fn of(target: Option<Target>) -> Self {
        let small = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
        match target {
            Some(Target::Question(at)) => To::Question(small(at)),
            Some(Target::Outcome(at)) => To::Outcome(small(at)),
            None => To::Nowhere,
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

/// A question.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    pub(crate) by: By,
    pub(crate) kind: Kind,
    pub(crate) role: Option<Role>,
    /// Where its arms begin and how many they are.
    arms: (u16, u8),
    /// Where its table begins: for each value of the fact, and last for none, the place of the answer.
    table: (u16, u8),
    /// Where it leads and what it opens, where it has no arms.
    pub(crate) to: To,
    pub(crate) opens: u8,
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
        compiled
    }

    fn node(&mut self, tree: &str, at: usize, question: &Question, all: &[Question]) -> Node {
        let by = self.by(tree, at, question, all);
        let arms = (small(self.arms.len()), tiny(question.answers.len()));
        for answer in &question.answers {
            let arm = self.arm(answer);
            self.arms.push(arm);
        }
        Node {
            by,
            kind: question.kind,
            role: question.role,
            arms,
            table: self.table(question, by, all),
            to: To::of(question.goto),
            opens: opens(question.opens.as_ref()),
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

    /// The questions whose answers other questions of the tree turn on.
    pub(crate) fn watched(&self) -> Vec<u16> {
        let own = self.nodes.iter().filter_map(|node| match node.by {
            By::Own(question) => Some(question),
            _ => None,
        });
        own.collect()
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
    pub(crate) fn leads(&self, node: &Node, answer: u8) -> (u8, To) {
        let at = usize::from(node.arms.0) + usize::from(answer);
        let arm = self.arms.get(at).filter(|_| answer < node.arms.1);
        arm.map_or((node.opens, node.to), |arm| (arm.opens, arm.to))
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
