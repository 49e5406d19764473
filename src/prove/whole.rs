//! What all items together lead to: every combination there can be.

use jiff::civil::Date;

use super::claim::{OPEN, Subject};
use super::{Wanted, WholeRule, Witness};
use crate::assessment::{ItemOutcome, Whole};
use crate::law::Authority;
use crate::tree::Outcome;
use crate::trees::Trees;

/// A route, the outcome of the first item, and which outcomes there are among the others.
pub(super) struct Together<'t> {
    route: &'t Outcome,
    identity: Option<ItemOutcome>,
    items: Vec<ItemOutcome>,
    whole: Option<Whole>,
}

/// Every set of item outcomes, for every route; a stop has none.
pub(super) fn all(trees: &Trees, rule: WholeRule) -> Vec<Together<'_>> {
    let outcomes: Vec<ItemOutcome> = ItemOutcome::KEYS
        .iter()
        .map(|(_, outcome)| *outcome)
        .collect();
    let together = |route, identity, items: Vec<ItemOutcome>| Together {
        route,
        identity,
        whole: rule(route, identity, &items),
        items,
    };
    let mut all = Vec::new();
    for route in &trees.route.outcomes {
        if route.goto_tree.is_none() {
            all.push(together(route, None, Vec::new()));
            continue;
        }
        for set in 1..1_u32 << outcomes.len() {
            let chosen = outcomes
                .iter()
                .enumerate()
                .filter(|(at, _)| set & (1 << at) != 0);
            let items: Vec<ItemOutcome> = chosen.map(|(_, outcome)| *outcome).collect();
            all.extend(
                outcomes
                    .iter()
                    .map(|identity| together(route, Some(*identity), items.clone())),
            );
        }
    }
    all
}

impl Together<'_> {
    pub(super) fn satisfies(&self, wanted: &Wanted<'_>) -> bool {
        let of_path = wanted.path.iter().map(|(_, atom, holds)| (*atom, *holds));
        let mut all = wanted.known.iter().copied().chain(of_path);
        all.all(|(atom, holds)| self.is(&atom.subject) == holds)
    }

    fn is(&self, subject: &Subject) -> bool {
        let has =
            |keys: &[String], outcome: &ItemOutcome| keys.iter().any(|key| key == outcome.key());
        match subject {
            Subject::Outcome(ids) => ids.contains(&self.route.id),
            Subject::Items(keys) => self.items.iter().any(|outcome| has(keys, outcome)),
            Subject::Identity(keys) => self.identity.iter().any(|outcome| has(keys, outcome)),
            Subject::Whole(keys) => keys.iter().any(|key| key == self.end()),
            _ => false,
        }
    }

    fn end(&self) -> &'static str {
        self.whole.map_or(OPEN, Whole::key)
    }

    pub(super) fn witness(&self, authority: &Authority, day: Date) -> Witness {
        let items: Vec<&str> = self.items.iter().map(|outcome| outcome.key()).collect();
        let identity = self.identity.map_or("-", ItemOutcome::key);
        let facts = [
            ("route", self.route.id.as_str()),
            ("identity", identity),
            ("items", &items.join(", ")),
        ];
        Witness {
            tree: super::WHOLE.to_owned(),
            authority: authority.key.clone(),
            day,
            facts: facts
                .map(|(fact, value)| (fact.to_owned(), value.to_owned()))
                .to_vec(),
            provisions: Vec::new(),
            steps: Vec::new(),
            outcome: self.end().to_owned(),
        }
    }
}
