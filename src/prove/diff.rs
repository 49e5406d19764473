//! What a change of trees or laws changes: two sets walked together, answer by answer.
//!
//! Where both stand at the same question with the same rest before them nothing can differ, and the search goes no
//! further there. So a small change is told in little time, and what is told is exact.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::bits::Bits;
use super::search::{Search, State};
use super::space::{Handed, Setting, Space, View};
use super::{Prover, Witness, handed_to, joined, read_of_route};
use crate::fact::STAGES;
use crate::law::Laws;
use crate::tree::{Kind, Question, Target, Tree};
use crate::trees::Trees;

/// Answer combinations whose outcome changes in the same way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The tree.
    pub tree: String,
    /// The outcome before; none where the answers were not accepted.
    pub old: Option<String>,
    /// The outcome after; none where the answers are not accepted any more.
    pub new: Option<String>,
    /// The last question and answer that both had in common; none where they part from the start.
    pub at: Option<(String, String)>,
    /// In how many combinations of facts.
    pub facts: usize,
    /// How many pairs of an answer combination and a combination of facts.
    pub walks: u128,
    /// The shortest of them; its outcome is the new one.
    pub example: Option<Witness>,
}

/// A question that demands a text it did not, or does not demand one it did.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Demand {
    /// `tree.question`.
    pub question: String,
    /// The answer.
    pub answer: String,
    /// Whether a text is demanded now.
    pub now: bool,
}

/// What differs between two sets of trees.
#[derive(Debug, Default)]
pub struct Difference {
    /// Outcomes that change.
    pub groups: Vec<Group>,
    /// Texts demanded or no longer demanded on the way.
    pub demands: BTreeSet<Demand>,
    /// Keys of provisions, authorities and questions that are only in one, or whose days or lists differ.
    pub data: Vec<String>,
}

impl Difference {
    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.changes_outcomes() && self.data.is_empty()
    }

    /// Whether any answers lead elsewhere, or are accepted where they were not.
    #[must_use]
    pub fn changes_outcomes(&self) -> bool {
        !self.groups.is_empty() || !self.demands.is_empty()
    }
}

/// Compares two sets of trees, stage by stage.
#[must_use]
pub fn diff(old: &Trees, new: &Trees) -> Difference {
    let settings = Setting::all(&[&old.laws, &new.laws], &[]);
    let handed = handed_by_both(old, new, &settings);
    let mut difference = Difference {
        data: data(old, new),
        ..Difference::default()
    };
    for (old_tree, new_tree) in old.all().into_iter().zip(new.all()) {
        let stage = Stage::new((old, old_tree), (new, new_tree), &settings, &handed);
        stage.compare(&mut difference);
    }
    difference
}

/// Whether two sets of trees ever differ in an outcome or a demanded text, where they are alike but for one tree, or but
/// for the laws if none is given. Trees that are alike under the same laws go the same way, and are not compared.
pub(super) fn differ(old: &Trees, new: &Trees, but_for: Option<&str>) -> bool {
    let Some(stage) = but_for else {
        return diff(old, new).changes_outcomes();
    };
    let (Some(old_tree), Some(new_tree)) = (old.tree(stage), new.tree(stage)) else {
        return true;
    };
    let settings = Setting::all(&[&old.laws, &new.laws], &[]);
    let handed = if stage == STAGES[0] {
        Vec::new()
    } else {
        handed_by_both(old, new, &settings)
    };
    let mut difference = Difference::default();
    Stage::new((old, old_tree), (new, new_tree), &settings, &handed).compare(&mut difference);
    difference.changes_outcomes()
}

/// What either of them hands on from the route.
fn handed_by_both(old: &Trees, new: &Trees, settings: &[Setting<'_>]) -> Vec<Handed> {
    let both = old.all().into_iter().chain(new.all());
    let read: Vec<String> = both.flat_map(|tree| read_of_route(tree, &[])).collect();
    let of_one = |trees: &Trees| {
        let own = settings.iter().map(|setting| setting.seen_by(&trees.laws));
        let own: Vec<Setting<'_>> = own.collect();
        Prover::handed(trees, &own, &read).unwrap_or_default()
    };
    joined([old, new].into_iter().flat_map(of_one))
}

/// One tree before and after.
struct Stage<'t> {
    old: &'t Tree,
    new: &'t Tree,
    space: Space<'t>,
    settings: &'t [Setting<'t>],
}

/// Where one of the two stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Spot {
    At(usize),
    Ended(usize),
    /// The answer is not accepted.
    Nowhere,
}

impl From<Target> for Spot {
    fn from(target: Target) -> Self {
        match target {
            Target::Question(at) => Spot::At(at),
            Target::Outcome(at) => Spot::Ended(at),
        }
    }
}

/// Where both stand, and what has been answered that only one has asked.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Pair {
    old: (Spot, State),
    new: (Spot, State),
    pending: BTreeMap<String, String>,
    /// The last common answer before they parted.
    parted: Option<(String, String)>,
    apart: bool,
}

type Trail = Vec<(String, String)>;

/// A day of knowledge before the duty began: the only text whose content decides anything.
const BEFORE_THE_DUTY: &str = "before-the-duty";
/// One before the duty began in one of the two, and not in the other.
const BEFORE_ONE_DUTY: &str = "before-one-duty";

struct Compare<'s, 't> {
    old: Search<'s, 't>,
    new: Search<'s, 't>,
    marks: (Vec<u64>, Vec<u64>),
    waiting: BTreeMap<(usize, Pair), BTreeMap<Bits, (u128, Trail)>>,
    found: BTreeMap<Found, Ways>,
    demands: BTreeSet<Demand>,
}

/// The answers that come to the same: their cells, how many there are, and the shortest with a cell that it is for.
struct Ways {
    cells: Bits,
    walks: u128,
    shortest: Trail,
    cell: usize,
}

/// One answer, as each of the two takes it, and the cells where it can be given.
struct Reply {
    key: String,
    old: String,
    new: String,
    cells: Bits,
}

/// Outcome before, outcome after, and where they parted.
type Found = (Option<String>, Option<String>, Option<(String, String)>);

impl<'t> Stage<'t> {
    fn new(
        old: (&'t Trees, &'t Tree),
        new: (&'t Trees, &'t Tree),
        settings: &'t [Setting<'t>],
        handed: &[Handed],
    ) -> Self {
        let views = vec![
            View {
                laws: &old.0.laws,
                tree: old.1,
            },
            View {
                laws: &new.0.laws,
                tree: new.1,
            },
        ];
        let read = read_of_route(old.1, &[])
            .into_iter()
            .chain(read_of_route(new.1, &[]))
            .collect();
        let handed = handed_to(old.1, handed, &read, settings.len());
        Self {
            old: old.1,
            new: new.1,
            space: Space::new(views, settings, handed, &[]),
            settings,
        }
    }

    fn compare(&self, difference: &mut Difference) {
        let (old, new) = (
            Search::new(self.old, &self.space, 0, &[]),
            Search::new(self.new, &self.space, 1, &[]),
        );
        let marks = fingerprints(&old, &new);
        let mut compare = Compare {
            old,
            new,
            marks,
            waiting: BTreeMap::new(),
            found: BTreeMap::new(),
            demands: BTreeSet::new(),
        };
        let start = Pair {
            old: (Spot::At(self.old.start), State::default()),
            new: (Spot::At(self.new.start), State::default()),
            pending: BTreeMap::new(),
            parted: None,
            apart: false,
        };
        compare.put(start, self.space.valid.clone(), 1, Trail::new());
        while let Some(((_, pair), here)) = compare.waiting.pop_first() {
            for (cells, (count, trail)) in here {
                compare.go(&pair, &cells, count, &trail);
            }
        }
        difference
            .demands
            .extend(std::mem::take(&mut compare.demands));
        difference.groups.extend(
            compare
                .found
                .into_iter()
                .map(|(found, ways)| self.group(found, ways)),
        );
    }

    fn group(&self, (old, new, at): Found, ways: Ways) -> Group {
        let Ways {
            cells,
            walks,
            shortest: trail,
            cell,
        } = ways;
        let example = self.space.example(cell, &Vec::new());
        let witness = example.and_then(|example| {
            let setting = example.setting(self.settings)?;
            let steps = trail.iter().map(|(question, answer)| {
                (
                    question.clone(),
                    Some(answer.clone()).filter(|key| !key.is_empty()),
                )
            });
            Some(Witness {
                tree: self.old.name.clone(),
                authority: setting.authority.key.clone(),
                day: setting.day,
                facts: example.facts(),
                provisions: example.provisions,
                steps: steps.collect(),
                outcome: new.clone().unwrap_or_default(),
            })
        });
        Group {
            tree: self.old.name.clone(),
            old,
            new,
            at,
            facts: cells.iter().count(),
            walks,
            example: witness,
        }
    }
}

impl Compare<'_, '_> {
    fn put(&mut self, pair: Pair, cells: Bits, count: u128, trail: Trail) {
        if cells.is_empty() || self.alike(&pair) {
            return;
        }
        let rank = rank(&self.old, pair.old.0) + rank(&self.new, pair.new.0);
        let there = self.waiting.entry((rank, pair)).or_default().entry(cells);
        let (counted, shortest) = there.or_insert_with(|| (0, trail.clone()));
        *counted += count;
        if trail.len() < shortest.len() {
            *shortest = trail;
        }
    }

    /// Whether nothing can differ any more.
    fn alike(&self, pair: &Pair) -> bool {
        let (Spot::At(old), Spot::At(new)) = (pair.old.0, pair.new.0) else {
            return false;
        };
        self.marks.0.get(old) == self.marks.1.get(new)
            && self.old.told(&pair.old.1) == self.new.told(&pair.new.1)
    }

    fn go(&mut self, pair: &Pair, cells: &Bits, count: u128, trail: &Trail) {
        let old = known_ways(&self.old, pair.old, cells);
        let new = || known_ways(&self.new, pair.new, cells);
        let next: Vec<(Pair, Bits)> = if let Some(ways) = old {
            let moved = |old| Pair {
                old,
                ..pair.clone()
            };
            ways.into_iter()
                .map(|(to, cells)| (moved(to), cells))
                .collect()
        } else if let Some(ways) = new() {
            let moved = |new| Pair {
                new,
                ..pair.clone()
            };
            ways.into_iter()
                .map(|(to, cells)| (moved(to), cells))
                .collect()
        } else {
            return self.ask(pair, cells, count, trail);
        };
        for (pair, cells) in next {
            self.put(pair, cells, count, trail.clone());
        }
    }

    /// Both stand where somebody is asked, or at an end.
    fn ask(&mut self, pair: &Pair, cells: &Bits, count: u128, trail: &Trail) {
        let (old, new) = (
            question_of(&self.old, pair.old.0),
            question_of(&self.new, pair.new.0),
        );
        let Some(question) = old.or(new) else {
            return self.ended(pair, cells, count, trail);
        };
        let id = question.id.clone();
        let both = old.is_some_and(|old| new.is_some_and(|new| old.id == new.id));
        let (by_old, by_new) = (
            old.is_some_and(|old| old.id == id),
            new.is_some_and(|new| new.id == id),
        );
        let old_ways = if by_old {
            answers(&self.old, pair.old)
        } else {
            BTreeMap::new()
        };
        let new_ways = if by_new {
            answers(&self.new, pair.new)
        } else {
            BTreeMap::new()
        };
        if both {
            self.demanded(&id, &old_ways, &new_ways);
        }
        let given = pair.pending.get(&id).cloned();
        let keys: BTreeSet<String> = old_ways.keys().chain(new_ways.keys()).cloned().collect();
        let replies = keys
            .into_iter()
            .flat_map(|key| self.replies(key, cells))
            .filter(|reply| given.as_ref().is_none_or(|given| *given == reply.key));
        for reply in replies.collect::<Vec<_>>() {
            let moved = |asked: bool,
                         ways: &BTreeMap<String, (Spot, State, bool)>,
                         key: &String,
                         stays: (Spot, State)| {
                if !asked {
                    return stays;
                }
                ways.get(key)
                    .map_or((Spot::Nowhere, State::default()), |(spot, state, _)| {
                        (*spot, *state)
                    })
            };
            let mut next = Pair {
                old: moved(by_old, &old_ways, &reply.old, pair.old),
                new: moved(by_new, &new_ways, &reply.new, pair.new),
                ..pair.clone()
            };
            let key = reply.key;
            if !both && given.is_none() {
                next.pending.insert(id.clone(), key.clone());
            }
            let mut longer = trail.clone();
            if given.is_none() {
                longer.push((id.clone(), key.clone()));
            }
            if !next.apart && !self.together(&next) {
                next.apart = true;
                next.parted = Some((id.clone(), key.clone()));
            }
            self.put(next, reply.cells, count, longer);
        }
    }

    /// What an answer is to each of the two: the same, but for a day of knowledge, which can lie before the duty of the
    /// one and not of the other.
    fn replies(&self, key: String, cells: &Bits) -> Vec<Reply> {
        if key != BEFORE_THE_DUTY {
            let (old, new, cells) = (key.clone(), key.clone(), cells.clone());
            return vec![Reply {
                key,
                old,
                new,
                cells,
            }];
        }
        let space = self.old.space;
        let (bound, later) = (space.bound.as_slice(), space.later.as_slice());
        let ([old, new], [old_later, new_later]) = (bound, later) else {
            return Vec::new();
        };
        let all = [
            (BEFORE_THE_DUTY, true, true, old.and(new)),
            (BEFORE_THE_DUTY, true, false, old.without(new)),
            (BEFORE_THE_DUTY, false, true, new.without(old)),
            (BEFORE_ONE_DUTY, true, false, old_later.clone()),
            (BEFORE_ONE_DUTY, false, true, new_later.clone()),
        ];
        let side = |before: bool| if before { BEFORE_THE_DUTY } else { "" }.to_owned();
        all.map(|(key, old, new, open)| Reply {
            key: key.to_owned(),
            old: side(old),
            new: side(new),
            cells: open.and(cells),
        })
        .into()
    }

    /// Whether both still stand at the same place, by name.
    fn together(&self, pair: &Pair) -> bool {
        let same_spot = match (pair.old.0, pair.new.0) {
            (Spot::At(old), Spot::At(new)) => {
                self.old.tree.question(old).id == self.new.tree.question(new).id
            }
            (Spot::Ended(old), Spot::Ended(new)) => {
                self.old.tree.outcome(old).id == self.new.tree.outcome(new).id
            }
            _ => false,
        };
        same_spot && self.old.told(&pair.old.1) == self.new.told(&pair.new.1)
    }

    fn demanded(
        &mut self,
        id: &str,
        old: &BTreeMap<String, (Spot, State, bool)>,
        new: &BTreeMap<String, (Spot, State, bool)>,
    ) {
        for (key, (_, _, before)) in old {
            let now = new
                .get(key)
                .map(|(_, _, now)| *now)
                .filter(|now| now != before);
            self.demands.extend(now.map(|now| Demand {
                question: format!("{}.{id}", self.old.tree.name),
                answer: key.clone(),
                now,
            }));
        }
    }

    fn ended(&mut self, pair: &Pair, cells: &Bits, count: u128, trail: &Trail) {
        let name = |search: &Search<'_, '_>, spot| match spot {
            Spot::Ended(at) => Some(search.tree.outcome(at).id.clone()),
            _ => None,
        };
        let (old, new) = (name(&self.old, pair.old.0), name(&self.new, pair.new.0));
        if old == new {
            return;
        }
        let Some(cell) = cells.iter().next() else {
            return;
        };
        let size = self.old.space.size;
        let there = self.found.entry((old, new, pair.parted.clone()));
        let ways = there.or_insert_with(|| Ways {
            cells: Bits::none(size),
            walks: 0,
            shortest: trail.clone(),
            cell,
        });
        if trail.len() < ways.shortest.len() {
            (ways.shortest, ways.cell) = (trail.clone(), cell);
        }
        ways.cells.add(cells);
        ways.walks += count * cells.iter().count() as u128;
    }
}

/// How far a spot lies from the start: after everything that leads to it.
fn rank(search: &Search<'_, '_>, spot: Spot) -> usize {
    match spot {
        Spot::At(at) => search.rank(at),
        Spot::Ended(_) | Spot::Nowhere => search.tree.questions.len(),
    }
}

/// Where a known question leads, and with which of the cells; none where somebody is asked, or at an end.
fn known_ways(
    search: &Search<'_, '_>,
    (spot, state): (Spot, State),
    cells: &Bits,
) -> Option<Vec<((Spot, State), Bits)>> {
    let Spot::At(at) = spot else { return None };
    if search.tree.question(at).is_asked() {
        return None;
    }
    let ways = search.ways(at, &state).into_iter().map(|way| {
        let open = way
            .cells
            .map_or_else(|| cells.clone(), |open| open.and(cells));
        ((way.target.into(), way.state), open)
    });
    Some(ways.collect())
}

fn question_of<'t>(search: &Search<'_, 't>, spot: Spot) -> Option<&'t Question> {
    match spot {
        Spot::At(at) => Some(search.tree.question(at)),
        _ => None,
    }
}

/// What each answer leads to, by key, and whether it demands a text.
fn answers(
    search: &Search<'_, '_>,
    (spot, state): (Spot, State),
) -> BTreeMap<String, (Spot, State, bool)> {
    let Spot::At(at) = spot else {
        return BTreeMap::new();
    };
    let question = search.tree.question(at);
    let ways = search.ways(at, &state).into_iter().map(|way| {
        let answer = way.answer.and_then(|answer| question.answers.get(answer));
        let early = if way.cells.is_some() {
            BEFORE_THE_DUTY
        } else {
            ""
        };
        let key = answer.map_or(early.to_owned(), |answer| answer.key.clone());
        let text = answer.map_or(question.kind != Kind::Choice, |answer| answer.motivation);
        (key, (way.target.into(), way.state, text))
    });
    ways.collect()
}

/// For each question of both trees a number over all that can follow; the same number means the same rest.
fn fingerprints(old: &Search<'_, '_>, new: &Search<'_, '_>) -> (Vec<u64>, Vec<u64>) {
    (rests(old, new, 0), rests(new, old, 1))
}

fn rests(search: &Search<'_, '_>, other: &Search<'_, '_>, side: u8) -> Vec<u64> {
    let mut rests = vec![0; search.tree.questions.len()];
    for at in search.order().iter().rev() {
        let question = search.tree.question(*at);
        let mut hasher = DefaultHasher::new();
        (
            &question.id,
            &question.known,
            question.kind as u8,
            question.role.map(|role| role as u8),
            &question.opens,
        )
            .hash(&mut hasher);
        let there = other
            .tree
            .questions
            .iter()
            .position(|other| other.id == question.id);
        if search.select(*at) != there.and_then(|there| other.select(there)) {
            side.hash(&mut hasher);
        }
        question
            .goto
            .map(|goto| rest_of(search.tree, goto, &rests))
            .hash(&mut hasher);
        for answer in &question.answers {
            (&answer.key, answer.refuse, answer.motivation, &answer.opens).hash(&mut hasher);
            answer
                .goto
                .map(|goto| rest_of(search.tree, goto, &rests))
                .hash(&mut hasher);
        }
        if let Some(rest) = rests.get_mut(*at) {
            *rest = hasher.finish();
        }
    }
    rests
}

fn rest_of(tree: &Tree, target: Target, rests: &[u64]) -> (u64, String) {
    match target {
        Target::Question(at) => (rests.get(at).copied().unwrap_or_default(), String::new()),
        Target::Outcome(at) => (0, tree.outcome(at).id.clone()),
    }
}

/// What is only in one of them, or differs in days, lists or duties.
fn data(old: &Trees, new: &Trees) -> Vec<String> {
    let mut names = named(&old.laws, &new.laws);
    for (old, new) in old.all().into_iter().zip(new.all()) {
        let ids = |tree: &Tree| -> BTreeMap<String, String> {
            let questions = tree.questions.iter();
            questions
                .map(|question| (format!("{}.{}", tree.name, question.id), texts(question)))
                .collect()
        };
        names.extend(unlike(&ids(old), &ids(new)));
    }
    names
}

/// All that a question says, so that a change of words is told too.
fn texts(question: &Question) -> String {
    let answers = question.answers.iter().map(|answer| {
        (
            &answer.key,
            &answer.text,
            &answer.says,
            &answer.assumes,
            &answer.open,
            &answer.law,
        )
    });
    format!(
        "{:?}",
        (
            &question.text,
            &question.hint,
            &question.help,
            &question.law,
            answers.collect::<Vec<_>>()
        )
    )
}

fn named(old: &Laws, new: &Laws) -> Vec<String> {
    let provisions = |laws: &Laws| -> BTreeMap<String, String> {
        let all = laws.provisions.values();
        all.map(|one| {
            (
                one.key.clone(),
                format!(
                    "{:?}",
                    (
                        &one.versions,
                        &one.switches_off,
                        one.chapter,
                        one.protects_individual
                    )
                ),
            )
        })
        .collect()
    };
    let authorities = |laws: &Laws| -> BTreeMap<String, String> {
        let all = laws.authorities.iter();
        all.map(|one| {
            (
                one.key.clone(),
                format!(
                    "{:?}",
                    (
                        &one.duties,
                        &one.secrecy,
                        one.osl,
                        &one.signing,
                        one.named().collect::<Vec<_>>()
                    )
                ),
            )
        })
        .collect()
    };
    let provisions = unlike(&provisions(old), &provisions(new));
    provisions
        .into_iter()
        .chain(unlike(&authorities(old), &authorities(new)))
        .collect()
}

fn unlike(old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> Vec<String> {
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let sign = |key: &String| match (old.get(key), new.get(key)) {
        (Some(old), Some(new)) if old == new => None,
        (Some(_), Some(_)) => Some(format!("~ {key}")),
        (Some(_), None) => Some(format!("- {key}")),
        _ => Some(format!("+ {key}")),
    };
    keys.into_iter().filter_map(sign).collect()
}
