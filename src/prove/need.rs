//! Questions that are asked where no answer changes where the walk goes: each must have another reason.

use super::bits::Bits;
use super::search::{Marks, Search, State, opened};
use super::{Because, Needless};
use crate::fact::Fact;
use crate::tree::{Kind, Question, Target, Tree};
use crate::trees::Trees;

/// Every asked question of a tree that, for some facts, changes nothing.
pub(super) fn needless(trees: &Trees, search: &Search<'_, '_>) -> Vec<Needless> {
    let mut found: Vec<Option<(Bits, Bits)>> = vec![None; search.tree.questions.len()];
    let waiting = search.everywhere(&search.space.valid, &Marks::default());
    for (at, state, cells) in waiting.unwrap_or_default() {
        if !search.tree.question(at).is_asked() {
            continue;
        }
        let idle = same_for_all(search, at, &state, &cells);
        if let Some(entry) = found.get_mut(at) {
            let (all, without) = entry.get_or_insert_with(|| {
                (Bits::none(search.space.size), Bits::none(search.space.size))
            });
            all.add(&cells);
            without.add(&idle);
        }
    }
    let found = search.tree.questions.iter().zip(found);
    let idle = found.filter_map(|(question, found)| {
        Some((question, found.filter(|(_, idle)| !idle.is_empty())?))
    });
    idle.map(|(question, (all, idle))| Needless {
        question: format!("{}.{}", search.tree.name, question.id),
        facts: idle.iter().count(),
        of: all.iter().count(),
        because: because(trees, search.tree, question),
    })
    .collect()
}

/// Where a walk next stands still.
type Stop = (Target, &'static str, bool);

/// The cells for which every answer leads to the same next question, with the same opened.
fn same_for_all(search: &Search<'_, '_>, at: usize, state: &State, cells: &Bits) -> Bits {
    let ways = search.ways(at, state);
    let mut stops = ways.into_iter().map(|way| {
        let mut stops: Vec<(Stop, Bits)> = Vec::new();
        follow(search, way.target, &way.state, cells.clone(), &mut stops);
        stops
    });
    let first = stops.next().unwrap_or_default();
    let rest: Vec<Vec<(Stop, Bits)>> = stops.collect();
    let mut idle = Bits::none(search.space.size);
    for (stop, cells) in first {
        let together = rest.iter().fold(cells, |cells, stops| {
            let mut same = Bits::none(search.space.size);
            stops
                .iter()
                .filter(|(other, _)| *other == stop)
                .for_each(|(_, other)| same.add(other));
            cells.and(&same)
        });
        idle.add(&together);
    }
    idle
}

/// Goes through what is known until somebody is asked or the walk ends.
fn follow(
    search: &Search<'_, '_>,
    target: Target,
    state: &State,
    cells: Bits,
    stops: &mut Vec<(Stop, Bits)>,
) {
    let known = match target {
        Target::Question(at) if !search.tree.question(at).is_asked() => at,
        _ => return stops.push(((target, opened(state), state.knows_earlier()), cells)),
    };
    for way in search.ways(known, state) {
        let open = way
            .cells
            .map_or_else(|| cells.clone(), |open| open.and(&cells));
        if !open.is_empty() {
            follow(search, way.target, &way.state, open, stops);
        }
    }
}

fn because(trees: &Trees, tree: &Tree, question: &Question) -> Vec<Because> {
    let read = |other: &Question| matches!(&other.known, Some(Fact::Earlier { tree: name, question: id }) if *name == tree.name && *id == question.id);
    let stages = trees.all().into_iter();
    let mut all = stages.chain(trees.guides.trees());
    let read_later = all.any(|tree| tree.questions.iter().any(read));
    let writes =
        question.kind != Kind::Choice || question.answers.iter().any(|answer| answer.motivation);
    let notes = question
        .answers
        .iter()
        .any(|answer| answer.assumes.is_some() || answer.open.is_some() || !answer.law.is_empty());
    let refuses = question.answers.iter().any(|answer| answer.refuse);
    let all = [
        (read_later, Because::ReadLater),
        (writes, Because::Text),
        (question.role.is_some(), Because::Role),
        (notes, Because::Note),
        (refuses, Because::Refusal),
    ];
    all.into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, because)| because)
        .collect()
}
