//! Generated documents are what they are said to be.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may stop at once"
)]

use std::collections::BTreeSet;

use bench::generate::{Maker, Plan};
use bench::ours::Ours;
use sekretesskoll::trees::Trees;

fn plan() -> Plan {
    Plan {
        distinct: 300,
        ..Plan::default()
    }
}

#[test]
fn every_document_is_finished_and_no_two_are_equal() {
    let trees = Trees::built_in().unwrap();
    let maker = Maker::new(&trees, plan()).unwrap();
    let mut seen = BTreeSet::new();
    let mut outcomes = BTreeSet::new();
    for number in 0..3_000 {
        let document = maker.document(number).unwrap();
        let assessment = maker.assess(&document).unwrap();
        outcomes.insert(assessment.whole.map(sekretesskoll::assessment::Whole::key));
        assert!(
            seen.insert(maker.line(number).unwrap()),
            "document {number} is there twice"
        );
    }
    let all = ["ready", "refer", "nothing-to-send", "stopped"].map(Some);
    assert_eq!(outcomes, BTreeSet::from(all));
}

#[test]
fn the_same_seed_gives_the_same_documents_in_any_order() {
    let trees = Trees::built_in().unwrap();
    let (one, other) = (
        Maker::new(&trees, plan()).unwrap(),
        Maker::new(&trees, plan()).unwrap(),
    );
    for number in [900, 3, 77] {
        assert_eq!(one.line(number).unwrap(), other.line(number).unwrap());
    }
    let another = Maker::new(&trees, Plan { seed: 1, ..plan() }).unwrap();
    assert_ne!(one.line(5).unwrap(), another.line(5).unwrap());
}

#[test]
fn records_replay_whichever_way_they_are_written() {
    let trees = Trees::built_in().unwrap();
    let maker = Maker::new(&trees, plan()).unwrap();
    let mut ours = Ours::new(&trees);
    for number in 0..200 {
        for pretty in [false, true] {
            ours.record(&maker.record_bytes(number, pretty).unwrap())
                .unwrap();
        }
    }
}

#[test]
fn damaged_documents_are_not_finished_and_damaged_records_do_not_hold() {
    let trees = Trees::built_in().unwrap();
    let maker = Maker::new(
        &trees,
        Plan {
            damaged: 1_000,
            ..plan()
        },
    )
    .unwrap();
    let mut ours = Ours::new(&trees);
    for number in 0..500 {
        let damaged = maker.line(number).unwrap();
        assert!(
            ours.answers(&damaged).is_err(),
            "{}",
            String::from_utf8_lossy(&damaged)
        );
        assert!(
            ours.record(&maker.record_bytes(number, false).unwrap())
                .is_err(),
            "record {number}"
        );
    }
}
