//! Every path of a tree, from every combination of facts it can start with.
//!
//! Paths that are at the same question and have the same marks are searched on together: what can still happen to them
//! is the same. Nothing is sampled and nothing is cut off; a search that would outgrow its bound says so.

use std::collections::{BTreeMap, HashMap};

use super::bits::Bits;
use super::claim::{Atom, Subject};
use super::space::Space;
use crate::fact::{Fact, OPENS, UNANSWERED};
use crate::tree::{Answer, Kind, LawRef, Question, Role, Target, Tree};

/// How many answers a search can remember, and in how many bits each.
const SLOTS: usize = 16;
const WIDTH: usize = 8;

/// More states than this at one question is no tree that a person wrote.
const BOUND: usize = 200_000;

/// What a search remembers of the way to a question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct State {
    /// Which of the atoms have come true.
    marks: u64,
    /// What opened last: 0, or a place in the list of what opens from 1.
    opened: u8,
    /// Whether the day of knowledge lies before the duty.
    known_earlier: bool,
    /// Answers that a later question reads, eight bits each: 0, or the place of the answer from 1.
    earlier: u128,
}

impl State {
    /// Whether the day of knowledge lies before the duty.
    pub(super) const fn knows_earlier(&self) -> bool {
        self.known_earlier
    }
}

/// One way on from a question.
struct Move<'s> {
    answer: Option<usize>,
    /// The cells that it is open for; all where there is none.
    cells: Option<&'s Bits>,
    target: Target,
    known_earlier: bool,
}

/// One way on from a question, as others see it.
pub(super) struct Way<'s> {
    pub(super) answer: Option<usize>,
    /// The cells that it is open for; all where there is none.
    pub(super) cells: Option<&'s Bits>,
    pub(super) target: Target,
    pub(super) state: State,
}

/// Where a set of paths ended.
pub(super) struct End {
    pub(super) outcome: usize,
    pub(super) state: State,
    pub(super) cells: Bits,
}

/// A search through one tree.
pub(super) struct Search<'s, 't> {
    pub(super) tree: &'t Tree,
    pub(super) space: &'s Space<'t>,
    /// Which of the space's views the tree is.
    view: usize,
    order: Vec<usize>,
    /// Questions whose answers are remembered.
    slots: Vec<usize>,
}

/// A search that met a question with no answer for what is known, or outgrew its bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stuck {
    /// The trees are at fault: a known question has no answer here.
    At(usize),
    /// Too many states.
    TooMany,
}

impl<'s, 't> Search<'s, 't> {
    /// A search that remembers the answers that the tree itself reads, and those asked for.
    pub(super) fn new(
        tree: &'t Tree,
        space: &'s Space<'t>,
        view: usize,
        remembered: &[String],
    ) -> Self {
        let read = tree
            .questions
            .iter()
            .filter_map(|question| match &question.known {
                Some(Fact::Earlier {
                    tree: name,
                    question,
                }) if *name == tree.name => Some(question),
                _ => None,
            });
        let mut slots: Vec<usize> = read
            .chain(remembered)
            .filter_map(|id| {
                tree.questions
                    .iter()
                    .position(|question| question.id == *id)
            })
            .collect();
        slots.sort_unstable();
        slots.dedup();
        Self {
            tree,
            space,
            view,
            order: in_order(tree),
            slots,
        }
    }

    /// All paths, from the given cells.
    pub(super) fn run(&self, from: &Bits, marks: &Marks) -> Result<Vec<End>, Stuck> {
        self.visit(from, marks, |_, _, _| {})
    }

    /// The same, and hands every step with the cells that take it to `seen`.
    pub(super) fn visit(
        &self,
        from: &Bits,
        marks: &Marks,
        seen: impl FnMut(usize, Option<usize>, &Bits),
    ) -> Result<Vec<End>, Stuck> {
        self.explore(from, marks, |_, _, _| {}, seen)
    }

    fn explore(
        &self,
        from: &Bits,
        marks: &Marks,
        mut came: impl FnMut(usize, &State, &Bits),
        mut seen: impl FnMut(usize, Option<usize>, &Bits),
    ) -> Result<Vec<End>, Stuck> {
        if !self.remembers_all() {
            return Err(Stuck::TooMany);
        }
        let mut waiting: Vec<HashMap<State, Bits>> =
            vec![HashMap::new(); self.tree.questions.len()];
        let mut ends: HashMap<(usize, State), Bits> = HashMap::new();
        if let Some(start) = waiting.get_mut(self.tree.start) {
            start.insert(State::default(), from.clone());
        }
        for at in &self.order {
            let here = waiting.get_mut(*at).map(std::mem::take).unwrap_or_default();
            if here.len() > BOUND {
                return Err(Stuck::TooMany);
            }
            for (state, cells) in here {
                came(*at, &state, &cells);
                let moves = self.moves(*at, &state);
                if !self.covers(*at, &moves, &cells) {
                    return Err(Stuck::At(*at));
                }
                for go in moves {
                    let open = go
                        .cells
                        .map_or_else(|| cells.clone(), |open| open.and(&cells));
                    if open.is_empty() {
                        continue;
                    }
                    seen(*at, go.answer, &open);
                    let next = self.after(*at, &go, state, marks);
                    match go.target {
                        Target::Question(to) => {
                            if let Some(waiting) = waiting.get_mut(to) {
                                add(waiting, next, open);
                            }
                        }
                        Target::Outcome(outcome) => add(&mut ends, (outcome, next), open),
                    }
                }
            }
        }
        let ends = ends.into_iter();
        Ok(ends
            .map(|((outcome, state), cells)| End {
                outcome,
                state,
                cells,
            })
            .collect())
    }

    /// Whether there is room for every answer that is to be remembered.
    fn remembers_all(&self) -> bool {
        let answers = |at: &usize| self.tree.question(*at).answers.len();
        self.slots.len() <= SLOTS && self.slots.iter().map(answers).all(|all| all >> WIDTH == 0)
    }

    /// Every question with every state and the cells that come to it.
    pub(super) fn everywhere(
        &self,
        from: &Bits,
        marks: &Marks,
    ) -> Result<Vec<(usize, State, Bits)>, Stuck> {
        let mut all = Vec::new();
        self.explore(
            from,
            marks,
            |at, state, cells| all.push((at, *state, cells.clone())),
            |_, _, _| {},
        )?;
        Ok(all)
    }

    /// Every way on from a question.
    pub(super) fn ways(&self, at: usize, state: &State) -> Vec<Way<'_>> {
        let moves = self.moves(at, state).into_iter();
        moves
            .map(|go| Way {
                answer: go.answer,
                cells: go.cells,
                target: go.target,
                state: self.after(at, &go, *state, &Marks::default()),
            })
            .collect()
    }

    /// Where a question comes in the order of the search: after every question that leads to it.
    pub(super) fn rank(&self, at: usize) -> usize {
        self.order
            .iter()
            .position(|other| *other == at)
            .unwrap_or_default()
    }

    /// The questions, each before those it leads to.
    pub(super) fn order(&self) -> &[usize] {
        &self.order
    }

    /// For each answer of a question that the facts decide, the cells that select it.
    pub(super) fn select(&self, at: usize) -> Option<&[Bits]> {
        self.space.select.get(self.view)?.get(at)?.as_deref()
    }

    /// What is remembered, in words that mean the same in another tree.
    pub(super) fn told(&self, state: &State) -> (&'static str, bool, Vec<(String, String)>) {
        let ids = self
            .slots
            .iter()
            .map(|at| self.tree.question(*at).id.clone());
        let earlier = ids
            .map(|id| (self.earlier(&id, state), id))
            .map(|(answer, id)| (id, answer));
        (
            opened(state),
            state.known_earlier,
            earlier.filter(|(_, answer)| answer != UNANSWERED).collect(),
        )
    }

    /// Whether every cell has somewhere to go.
    fn covers(&self, at: usize, moves: &[Move<'_>], cells: &Bits) -> bool {
        if moves.iter().any(|go| go.cells.is_none()) {
            return true;
        }
        let mut left = cells.clone();
        for go in moves {
            left = go
                .cells
                .map_or_else(|| left.clone(), |open| left.without(open));
        }
        left.is_empty() && (!moves.is_empty() || self.tree.questions.get(at).is_none())
    }

    fn moves(&self, at: usize, state: &State) -> Vec<Move<'_>> {
        let question = self.tree.question(at);
        let to = |answer: usize, cells| {
            let target = question.answers.get(answer)?.goto?;
            Some(Move {
                answer: Some(answer),
                cells,
                target,
                known_earlier: state.known_earlier,
            })
        };
        if question.known.is_none() {
            return self.asked(question, state);
        }
        if let Some(select) = self.select(at) {
            let each = select.iter().enumerate();
            return each
                .filter_map(|(answer, cells)| to(answer, Some(cells)))
                .collect();
        }
        let value = self.remembered(question, state);
        let answer = question.answer(&value).map(|(answer, _)| answer);
        answer
            .and_then(|answer| to(answer, None))
            .into_iter()
            .collect()
    }

    /// Every answer that is not refused; a text leads one way, but for the day of knowledge, which leads two.
    fn asked(&self, question: &Question, state: &State) -> Vec<Move<'_>> {
        if question.kind == Kind::Choice {
            let answers = question.answers.iter().enumerate();
            let open = answers.filter_map(|(at, answer)| {
                let target = answer.goto?;
                Some(Move {
                    answer: Some(at),
                    cells: None,
                    target,
                    known_earlier: state.known_earlier,
                })
            });
            return open.collect();
        }
        let Some(target) = question.goto else {
            return Vec::new();
        };
        let way = |known_earlier, cells| Move {
            answer: None,
            cells,
            target,
            known_earlier,
        };
        if question.role == Some(Role::KnownSince) {
            let earlier = self.space.bound.get(self.view);
            let earlier = earlier.map(|bound| way(true, Some(bound)));
            return std::iter::once(way(false, None)).chain(earlier).collect();
        }
        vec![way(state.known_earlier, None)]
    }

    /// The value of a fact that the walk itself makes.
    fn remembered(&self, question: &Question, state: &State) -> String {
        match &question.known {
            Some(Fact::Opened) => opened(state).to_owned(),
            Some(Fact::AuthorityDutyAfterKnowledge) => {
                if state.known_earlier { "yes" } else { "no" }.to_owned()
            }
            Some(Fact::Earlier { question, .. }) => self.earlier(question, state),
            _ => UNANSWERED.to_owned(),
        }
    }

    /// The remembered answer to a question, or `unanswered`.
    pub(super) fn earlier(&self, id: &str, state: &State) -> String {
        let slot = self
            .slots
            .iter()
            .position(|at| self.tree.question(*at).id == id);
        let answered = slot.and_then(|slot| {
            let place = (state.earlier >> (slot * WIDTH)) & ((1 << WIDTH) - 1);
            let place = usize::try_from(place).ok()?;
            let at = *self.slots.get(slot)?;
            self.tree.question(at).answers.get(place.checked_sub(1)?)
        });
        answered
            .map_or(UNANSWERED, |answer| answer.key.as_str())
            .to_owned()
    }

    fn after(&self, at: usize, go: &Move<'_>, state: State, marks: &Marks) -> State {
        let question = self.tree.question(at);
        let answer = go.answer.and_then(|answer| question.answers.get(answer));
        let opens = answer.map_or(&question.opens, |answer| &answer.opens);
        let mut next = State {
            known_earlier: go.known_earlier,
            ..state
        };
        if let Some(opens) = opens {
            next.opened = OPENS
                .iter()
                .position(|other| other == opens)
                .map_or(0, |at| u8::try_from(at + 1).unwrap_or(0));
        }
        if let (Some(slot), Some(answer)) =
            (self.slots.iter().position(|slot| *slot == at), go.answer)
        {
            next.earlier |= ((answer as u128) + 1) << (slot * WIDTH);
        }
        next.marks = marks.after(at, go.answer, state.marks);
        next
    }

    /// The shortest path from any of the cells to an end that is `wanted`, with a cell that takes it: fewest asked
    /// questions, then fewest steps.
    pub(super) fn shortest(
        &self,
        from: &Bits,
        marks: &Marks,
        wanted: impl Fn(usize, &State) -> bool,
    ) -> Option<(usize, Path)> {
        let mut best: Vec<BTreeMap<State, Vec<(Path, Bits)>>> =
            vec![BTreeMap::new(); self.tree.questions.len()];
        let start = vec![(Path::default(), from.clone())];
        best.get_mut(self.tree.start)?
            .insert(State::default(), start);
        let mut found: Option<(usize, Path)> = None;
        for at in &self.order {
            let here = best.get_mut(*at).map(std::mem::take).unwrap_or_default();
            for (state, ways) in here {
                for go in self.moves(*at, &state) {
                    let next = self.after(*at, &go, state, marks);
                    for (path, cells) in &ways {
                        let open = go
                            .cells
                            .map_or_else(|| cells.clone(), |open| open.and(cells));
                        let Some(cell) = open.iter().next() else {
                            continue;
                        };
                        let longer = path.and(*at, go.answer, self.tree.question(*at).is_asked());
                        match go.target {
                            Target::Question(to) => {
                                keep(best.get_mut(to)?.entry(next).or_default(), longer, open);
                            }
                            Target::Outcome(outcome) if wanted(outcome, &next) => {
                                let longer = Path { outcome, ..longer };
                                if found
                                    .as_ref()
                                    .is_none_or(|(_, found)| longer.cost() < found.cost())
                                {
                                    found = Some((cell, longer));
                                }
                            }
                            Target::Outcome(_) => {}
                        }
                    }
                }
            }
        }
        found
    }

    /// How many paths there are, each with at least one cell, how many pairs of a path and a cell, and how many of a path
    /// and a setting.
    pub(super) fn count(&self) -> (u128, u128, u128) {
        let mut waiting: Vec<HashMap<(State, Bits), u128>> =
            vec![HashMap::new(); self.tree.questions.len()];
        if let Some(start) = waiting.get_mut(self.tree.start) {
            start.insert((State::default(), self.space.valid.clone()), 1);
        }
        let (mut paths, mut pairs) = (0, 0);
        let mut ends: HashMap<Bits, u128> = HashMap::new();
        let marks = Marks::default();
        for at in &self.order {
            let here = waiting.get_mut(*at).map(std::mem::take).unwrap_or_default();
            for ((state, cells), count) in here {
                for go in self.moves(*at, &state) {
                    let open = go
                        .cells
                        .map_or_else(|| cells.clone(), |open| open.and(&cells));
                    if open.is_empty() {
                        continue;
                    }
                    let next = self.after(*at, &go, state, &marks);
                    match go.target {
                        Target::Question(to) => {
                            if let Some(waiting) = waiting.get_mut(to) {
                                *waiting.entry((next, open)).or_default() += count;
                            }
                        }
                        Target::Outcome(_) => {
                            paths += count;
                            pairs += count * open.iter().count() as u128;
                            *ends.entry(open).or_default() += count;
                        }
                    }
                }
            }
        }
        let settings = ends
            .iter()
            .map(|(cells, count)| self.space.settings(cells).iter().count() as u128 * count);
        (paths, pairs, settings.sum())
    }
}

fn add<K: std::hash::Hash + Eq>(waiting: &mut HashMap<K, Bits>, key: K, cells: Bits) {
    match waiting.get_mut(&key) {
        Some(there) => there.add(&cells),
        None => {
            waiting.insert(key, cells);
        }
    }
}

/// Keeps a path for the cells that no path as short has come to.
fn keep(ways: &mut Vec<(Path, Bits)>, path: Path, mut cells: Bits) {
    for (_, there) in ways.iter().filter(|(other, _)| other.cost() <= path.cost()) {
        cells = cells.without(there);
    }
    if !cells.is_empty() {
        ways.push((path, cells));
    }
}

/// What opened last, as the fact `opened` has it.
pub(super) fn opened(state: &State) -> &'static str {
    usize::from(state.opened)
        .checked_sub(1)
        .and_then(|at| OPENS.get(at))
        .copied()
        .unwrap_or(UNANSWERED)
}

/// A concrete path: questions and answers by their places.
#[derive(Clone, Debug, Default)]
pub(super) struct Path {
    pub(super) steps: Vec<(usize, Option<usize>)>,
    pub(super) outcome: usize,
    asked: usize,
}

impl Path {
    fn and(&self, at: usize, answer: Option<usize>, asked: bool) -> Self {
        let mut steps = self.steps.clone();
        steps.push((at, answer));
        Self {
            steps,
            outcome: self.outcome,
            asked: self.asked + usize::from(asked),
        }
    }

    /// Fewest asked, then fewest steps, then the answers that stand first.
    pub(super) const fn cost(&self) -> (usize, usize) {
        (self.asked, self.steps.len())
    }
}

/// Questions so that each comes before those it leads to.
fn in_order(tree: &Tree) -> Vec<usize> {
    let mut order = Vec::new();
    let mut seen = vec![false; tree.questions.len()];
    place(tree, tree.start, &mut seen, &mut order);
    order.reverse();
    order
}

fn place(tree: &Tree, at: usize, seen: &mut [bool], order: &mut Vec<usize>) {
    match seen.get_mut(at) {
        Some(seen) if !*seen => *seen = true,
        _ => return,
    }
    let question = tree.question(at);
    for target in question
        .answers
        .iter()
        .filter_map(|answer| answer.goto)
        .chain(question.goto)
    {
        if let Target::Question(next) = target {
            place(tree, next, seen, order);
        }
    }
    order.push(at);
}

/// For each question and answer, which marks a step sets and which it takes away.
#[derive(Default)]
pub(super) struct Marks {
    /// By question; the last entry of each is for a question without answers.
    effects: Vec<Vec<(u64, u64)>>,
}

impl Marks {
    /// The marks of these atoms, in their order.
    pub(super) fn new(tree: &Tree, atoms: &[&Atom]) -> Self {
        let of_question = |question: &Question| {
            let answers = question.answers.iter().map(Some).chain([None]);
            answers
                .map(|answer| effect(question, answer, atoms))
                .collect()
        };
        Self {
            effects: tree.questions.iter().map(of_question).collect(),
        }
    }

    fn after(&self, at: usize, answer: Option<usize>, marks: u64) -> u64 {
        let Some(of_question) = self.effects.get(at) else {
            return marks;
        };
        let entry = answer.map_or_else(|| of_question.last(), |answer| of_question.get(answer));
        entry.map_or(marks, |(set, clear)| (marks & !clear) | set)
    }
}

fn effect(question: &Question, answer: Option<&Answer>, atoms: &[&Atom]) -> (u64, u64) {
    let (mut set, mut clear) = (0, 0);
    for (bit, atom) in atoms
        .iter()
        .enumerate()
        .map(|(at, atom)| (1_u64 << at, atom))
    {
        let has = sets(question, answer, &atom.subject);
        if has {
            set |= bit;
        } else if starts_over(question, answer, &atom.subject) {
            clear |= bit;
        }
    }
    (set, clear)
}

fn sets(question: &Question, answer: Option<&Answer>, subject: &Subject) -> bool {
    let named = |ids: &[String]| ids.contains(&question.id);
    match subject {
        Subject::Answer(id, keys) => {
            *id == question.id
                && (keys.is_empty() || answer.is_some_and(|answer| keys.contains(&answer.key)))
        }
        Subject::Asked(ids) => named(ids),
        Subject::Written(ids) => {
            named(ids) && answer.map_or(question.kind != Kind::Choice, |answer| answer.motivation)
        }
        Subject::Noted(ids) => {
            named(ids)
                && answer.is_some_and(|answer| answer.assumes.is_some() || answer.open.is_some())
        }
        Subject::Last(ids) => named(ids) && recorded(question, answer),
        Subject::Cites(keys) | Subject::RestsOn(keys) => {
            cited(question, answer).any(|law| keys.iter().any(|key| names(law, key)))
        }
        _ => false,
    }
}

/// Whether a step takes away a mark that an earlier step set: the last of something is no longer the last.
fn starts_over(question: &Question, answer: Option<&Answer>, subject: &Subject) -> bool {
    match subject {
        Subject::Last(_) => recorded(question, answer),
        Subject::RestsOn(_) => cited(question, answer).next().is_some(),
        _ => false,
    }
}

pub(super) fn recorded(question: &Question, answer: Option<&Answer>) -> bool {
    question.text.is_some() && answer.is_none_or(|answer| answer.text.is_some())
}

fn cited<'q>(
    question: &'q Question,
    answer: Option<&'q Answer>,
) -> impl Iterator<Item = &'q LawRef> {
    question
        .law
        .iter()
        .chain(answer.into_iter().flat_map(|answer| &answer.law))
}

fn names(law: &LawRef, key: &str) -> bool {
    law.to_string() == key
}

/// Whether an end satisfies the path atoms of a conjunction.
pub(super) fn satisfies(tree: &Tree, end: (usize, &State), path: &[(usize, &Atom, bool)]) -> bool {
    let (outcome, state) = end;
    path.iter().all(|(bit, atom, wanted)| {
        let holds = match &atom.subject {
            Subject::Outcome(ids) => ids.contains(&tree.outcome(outcome).id),
            Subject::Opened(values) => values.iter().any(|value| value == opened(state)),
            _ => state.marks & (1 << bit) != 0,
        };
        holds == *wanted
    })
}
