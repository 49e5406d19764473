//! Documents nobody thought of: random authorities, days, answers and items.
//!
//! What must hold on every path is proved by `tests/prove.rs` over the trees. Here the engine is held to the prover's own
//! reading of the same trees, and its records to what a record must show.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::too_many_lines,
    reason = "a test may stop at once"
)]

use std::collections::BTreeMap;

use jiff::civil::Date;
use proptest::prelude::*;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use sekretesskoll::answers::{
    About, AnswersDocument, Form, Identity, IdentityKind, Item, Official, Origin,
};
use sekretesskoll::assessment::{Assessment, ItemWalk, Lack, assess};
use sekretesskoll::case::Case;
use sekretesskoll::embedded;
use sekretesskoll::explain::explain;
use sekretesskoll::language::Lang;
use sekretesskoll::prove::Invariants;
use sekretesskoll::prove::diff::diff;
use sekretesskoll::prove::evaluate::{Coverage, evaluate};
use sekretesskoll::prove::mutate::Steps;
use sekretesskoll::record::{self, ItemRecord, Made, Record, StepRecord};
use sekretesskoll::tree::{Kind, Question, Tree};
use sekretesskoll::trees::Trees;
use sekretesskoll::walk::{Answers, Given};

/// Dice that fall the same way for the same seed.
struct Dice(u64);

impl Dice {
    fn next(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) >> 33).unwrap() % sides
    }

    fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.next(list.len())]
    }
}

/// An answer to every asked question of a tree, so that every path finds one.
fn answers(dice: &mut Dice, tree: &Tree, day: Date, items: usize) -> Answers {
    let asked = tree.questions.iter().filter(|question| question.is_asked());
    asked
        .map(|question| (question.id.clone(), answer(dice, question, day, items)))
        .collect()
}

fn answer(dice: &mut Dice, question: &Question, day: Date, items: usize) -> Given {
    match question.kind {
        Kind::Choice => {
            let open: Vec<_> = question
                .answers
                .iter()
                .filter(|answer| !answer.refuse)
                .collect();
            let answer = dice.of(&open);
            let text = answer
                .motivation
                .then(|| format!("En mening om {}.", question.id));
            Given {
                answer: Some(answer.key.clone()),
                text,
            }
        }
        Kind::Text => Given::text(&format!("En mening om {}.", question.id)),
        Kind::Day | Kind::Time => Given::text(&day.to_string()),
        Kind::Statement | Kind::Item => Given::text(&(dice.next(items.max(1)) + 1).to_string()),
    }
}

fn document(trees: &Trees, seed: u64) -> AnswersDocument {
    let mut dice = Dice(seed);
    let days: Vec<Date> = trees
        .laws
        .days_of_change()
        .into_iter()
        .flat_map(|day| [day.yesterday().unwrap(), day])
        .filter(|day| *day >= trees.laws.first_day)
        .collect();
    let day = *dice.of(&days);
    let authority = if dice.next(3) == 0 {
        &trees.laws.authorities[0]
    } else {
        dice.of(&trees.laws.authorities)
    };
    let secrecy: Vec<String> = trees
        .laws
        .provisions
        .values()
        .filter(|provision| provision.is_secrecy() && provision.on(day).is_some())
        .map(|provision| provision.key.clone())
        .collect();
    let count = 1 + dice.next(4);
    let provisions = |dice: &mut Dice| match dice.next(6) {
        0 => Some(vec!["unsure".to_owned()]),
        1 => Some(vec!["none".to_owned()]),
        2 => Some(vec![dice.of(&secrecy).clone()]),
        3 => Some(vec![dice.of(&secrecy).clone(), dice.of(&secrecy).clone()]),
        _ => None,
    };
    let items = (0..count)
        .map(|at| {
            let form = *dice.of(Form::ALL);
            Item {
                id: Some((at + 1).to_string()),
                label: format!("Sak {at}"),
                form,
                origin: Some(*dice.of(Origin::ALL)),
                about: Some(*dice.of(About::ALL)),
                dated: (form == Form::Document).then(|| "unknown".to_owned()),
                received: (dice.next(4) > 0).then(|| *dice.of(&days)),
                provisions: provisions(&mut dice),
                benefit: dice.next(4) == 0,
                file: None,
                answers: answers(&mut dice, &trees.item, day, count),
            }
        })
        .collect();
    let mut route = answers(&mut dice, &trees.route, day, count);
    if dice.next(3) > 0 {
        let whom = *dice.of(&["child", "child-acute", "adult", "unborn"]);
        for (question, key) in [
            ("whom", whom),
            ("recipient", "board"),
            ("learned", "service"),
        ] {
            route.insert(question.to_owned(), Given::answer(key));
        }
    }
    AnswersDocument {
        on: Some(day),
        authority: Some(authority.key.clone()),
        official: Some(Official {
            name: "Anna Exempel".to_owned(),
            title: "handläggare".to_owned(),
            unit: "Kontor".to_owned(),
        }),
        route,
        identity: Some(Identity {
            kinds: vec![IdentityKind::Name],
            protected: dice.next(4) == 0,
            provisions: provisions(&mut dice),
            answers: answers(&mut dice, &trees.item, day, count),
        }),
        items,
        sending: answers(&mut dice, &trees.sending, day, count),
        closing: answers(&mut dice, &trees.closing, day, count),
        follows: seed
            .is_multiple_of(3)
            .then(|| format!("sha256:{}", "0".repeat(64))),
        ..AnswersDocument::new()
    }
}

fn write(assessment: &Assessment<'_, '_>, document: &AnswersDocument) -> Option<Record> {
    let made = Made {
        started: String::new(),
        finished: String::new(),
        day: assessment.on,
    };
    record::record(assessment, document, &made, Lang::Sv)
}

fn step<'r>(steps: &'r [StepRecord], id: &str) -> Option<&'r StepRecord> {
    steps.iter().find(|step| step.question == id)
}

fn goes(outcome: &str) -> bool {
    matches!(outcome, "disclose" | "disclose-summarised")
}

/// Everything that leaves names a section that allows it, and the record tells what that section was on the day.
fn check_sections(record: &Record) {
    let first = record
        .identity
        .iter()
        .map(|first| (&first.outcome, &first.law));
    let items = record.items.iter().map(|item| (&item.outcome, &item.law));
    for (_, law) in first.chain(items).filter(|(outcome, _)| goes(outcome)) {
        let told = law.iter().all(|key| record.law.contains_key(key));
        assert!(!law.is_empty() && told, "12: a section, in force that day");
    }
    for law in record.law.values() {
        let begun = law.from.as_ref().is_none_or(|from| *from <= record.on);
        assert!(
            begun || law.citation.contains("28 kap. 11"),
            "21: {} cited on {}",
            law.citation,
            record.on
        );
    }
}

/// A document that is described instead names a statement that carries its provisions.
fn check_described(record: &Record, item: &ItemRecord) {
    let by = step(&item.steps, "described-by").and_then(|step| step.text.clone());
    let by = by.expect("13: a name");
    let statement = record.items.iter().find(|other| other.id == by);
    let statement = statement.expect("13: an item");
    assert_eq!(statement.form, "statement", "13");
    assert!(statement.describes.contains(&item.id), "13");
    let carries =
        |key: &String| statement.provisions.contains(key) || statement.harm_test == "unsure";
    assert!(
        item.provisions.iter().all(carries),
        "13: the provision goes along"
    );
}

/// The engine and the prover's own reading of the trees come to the same.
fn check_against_the_prover(
    trees: &Trees,
    document: &AnswersDocument,
    assessment: &Assessment<'_, '_>,
) {
    let own = evaluate(trees, document).expect("an authority and a day");
    let outcome = |item: &ItemWalk| item.outcome.map(|outcome| outcome.key().to_owned());
    assert_eq!(
        own.route.as_deref(),
        assessment
            .route_outcome()
            .map(|outcome| outcome.id.as_str())
    );
    assert_eq!(own.identity, assessment.identity.as_ref().and_then(outcome));
    let items: Vec<Option<String>> = assessment.items.iter().map(outcome).collect();
    assert_eq!(own.items, items);
    let whole = assessment.whole.map(|whole| whole.key().to_owned());
    assert!(
        whole.is_none() || whole == own.whole,
        "{whole:?} {:?}",
        own.whole
    );
}

/// What the record alone gives again.
fn replayed(trees: &Trees, record: &Record) -> Option<Record> {
    let again = record.answers(&trees.laws).ok()?;
    write(&assess(trees, &again).ok()?, &again)
}

/// Checks one random document; true when it was finished and written.
fn check(trees: &Trees, seed: u64) -> bool {
    let document = document(trees, seed);
    let assessment = assess(trees, &document).expect("an authority and a day");
    let fault = assessment
        .needs
        .iter()
        .find(|need| matches!(need.lack, Lack::TreesAtFault(_)));
    assert!(fault.is_none(), "{fault:?}");
    check_against_the_prover(trees, &document, &assessment);
    let Some(record) = write(&assessment, &document) else {
        return false;
    };
    check_sections(&record);
    let described = record
        .items
        .iter()
        .filter(|item| item.outcome == "describe-instead");
    described.for_each(|item| check_described(&record, item));
    let whole: Vec<&str> = record
        .items
        .iter()
        .filter(|item| item.form == "document" && goes(&item.outcome))
        .map(|item| item.id.as_str())
        .collect();
    let listed: Vec<&str> = record
        .documents
        .iter()
        .map(|document| document.id.as_str())
        .collect();
    assert_eq!(listed, whole, "6: exactly the documents that go");
    assert!(
        record
            .documents
            .iter()
            .all(|document| document.why.is_some()),
        "6: why each goes whole"
    );
    assert_eq!(
        replayed(trees, &record).as_ref(),
        Some(&record),
        "a record replays"
    );
    true
}

#[test]
fn random_documents_are_what_the_prover_says_and_their_records_hold() {
    let trees = Trees::built_in().unwrap();
    let written = std::cell::Cell::new(0_u32);
    let config = ProptestConfig {
        cases: 3000,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    proptest!(config, |(seed: u64)| {
        written.set(written.get() + u32::from(check(&trees, seed)));
    });
    assert!(
        written.get() > 1000,
        "{} of 3000 documents were finished",
        written.get()
    );
}

#[test]
fn every_what_if_of_a_random_document_is_what_the_engine_gives() {
    let trees = Trees::built_in().unwrap();
    let mut held = 0;
    for seed in 0..400 {
        let document = document(&trees, seed);
        let assessment = assess(&trees, &document).expect("an authority and a day");
        for explanation in explain(&assessment, &document) {
            for what_if in &explanation.changes {
                let changed = what_if.change.apply(&document);
                let assessment = assess(&trees, &changed).expect("an authority and a day");
                let walked = assessment.walks();
                let (_, tree, walk) = walked
                    .into_iter()
                    .find(|(stage, _, _)| *stage == explanation.stage)
                    .expect("the stage");
                let outcome = walk.outcome(tree);
                assert_eq!(what_if.then.outcome(), outcome, "{seed} {what_if:?}");
                held += 1;
            }
        }
    }
    assert!(held > 5000, "{held} what-ifs");
}

/// Whether a known question has no answer for what is known: a failure is no outcome.
fn is_at_fault(trees: &Trees, document: &AnswersDocument) -> bool {
    let assessment = assess(trees, document).expect("an authority and a day");
    let mut needs = assessment.needs.iter();
    needs.any(|need| matches!(need.lack, Lack::TreesAtFault(_)))
}

/// What a comparison of trees says is what documents come to under both.
#[test]
fn every_outcome_that_differs_between_two_sets_of_trees_is_told_by_their_difference() {
    let trees = Trees::built_in().unwrap();
    let steps = Steps::of(&embedded::files());
    let names: Vec<String> = steps.names().collect();
    let mut dice = Dice(7);
    let names: Vec<String> = (0..90).map(|_| dice.of(&names).clone()).collect();
    let seen: usize = names
        .par_iter()
        .map(|name| told_differences(&trees, &steps, name))
        .sum();
    assert!(seen > 20, "{seen} differences");
}

/// How many outcomes of random documents differ after a step away from the trees: each must be told.
fn told_differences(trees: &Trees, steps: &Steps, name: &String) -> usize {
    let Some(new) = steps.take(trees, std::slice::from_ref(name)) else {
        return 0;
    };
    let difference = diff(trees, &new);
    let told = |tree: &str, old: &Option<String>, new: &Option<String>| {
        let mut groups = difference.groups.iter();
        groups.any(|group| group.tree == tree && group.old == *old && group.new == *new)
    };
    let mut seen = 0;
    for seed in 0..30 {
        let document = document(trees, seed);
        if is_at_fault(&new, &document) {
            continue;
        }
        let (old, new) = (
            evaluate(trees, &document).unwrap(),
            evaluate(&new, &document).unwrap(),
        );
        if old.route != new.route {
            seen += 1;
            assert!(told("route", &old.route, &new.route), "{name} {seed}");
            continue;
        }
        let items = old.items.iter().zip(&new.items);
        for (old, new) in items.filter(|(old, new)| old != new) {
            seen += 1;
            assert!(told("item", old, new), "{name} {seed}: {old:?} {new:?}");
        }
    }
    seen
}

/// A proof is worth no more than the situations it goes through.
#[test]
fn every_item_of_a_random_document_is_a_situation_that_the_proof_goes_through() {
    let trees = Trees::built_in().unwrap();
    let invariants = Invariants::read(embedded::INVARIANTS, &trees).unwrap();
    let coverage = Coverage::of(&trees, &invariants).unwrap();
    for seed in 0..3000 {
        assert!(coverage.has(&document(&trees, seed)), "{seed}");
    }
}

#[test]
fn every_worked_case_is_what_the_prover_says() {
    let trees = Trees::built_in().unwrap();
    for (name, text) in embedded::CASES {
        let case = Case::read(name, text).unwrap();
        for expect in &case.expect {
            let document = case.answers_on(expect);
            if let Ok(assessment) = assess(&trees, &document) {
                check_against_the_prover(&trees, &document, &assessment);
            }
        }
    }
}

#[test]
fn each_of_the_twenty_five_statements_has_a_worked_case_that_would_fail() {
    let mut cases: BTreeMap<u8, Vec<&str>> = BTreeMap::new();
    for (name, text) in embedded::CASES {
        for number in Case::read(name, text).unwrap().holds {
            cases.entry(number).or_default().push(name);
        }
    }
    let missing: Vec<u8> = (1..=25)
        .filter(|number| !cases.contains_key(number))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(
        cases.keys().all(|number| (1..=25).contains(number)),
        "{cases:?}"
    );
}

#[test]
fn the_same_trees_day_language_and_answers_give_the_same_record() {
    let trees = Trees::built_in().unwrap();
    for seed in 0..200 {
        let document = document(&trees, seed);
        let once = assess(&trees, &document)
            .ok()
            .and_then(|assessment| write(&assessment, &document));
        let twice = assess(&trees, &document)
            .ok()
            .and_then(|assessment| write(&assessment, &document));
        assert_eq!(once, twice);
    }
}
