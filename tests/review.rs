//! A review covers a record when somebody else has answered for each item, and nothing has been changed since.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    dead_code,
    reason = "a test may stop at once"
)]

#[path = "harness/records.rs"]
mod records;

use records::{case, manager, record_of, review, verdicts};
use sekretesskoll::record::digest_of;
use sekretesskoll::review::{Review, Unfit, Verdict, held_back, needed_before_sending, subjects};
use sekretesskoll::schema;
use sekretesskoll::walk::Given;

#[test]
fn every_item_is_reviewed_the_first_too_and_a_contested_one_is_held_back() {
    let record = record_of(&case("jo-fk-2020"));
    let made = review(&record, &manager(), &verdicts(&record, &["2", "4"])).unwrap();
    let ids: Vec<&str> = made.items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(ids, ["identity", "1", "2", "3", "4", "5", "6"]);
    assert_eq!(made.outcome, Verdict::Contested);
    assert_eq!(held_back(&made), ["2", "4"]);
    assert_eq!(made.covers(&record), Ok(()));
    let labels: Vec<&str> = made.items.iter().map(|item| item.label.as_str()).collect();
    assert_eq!(labels[4], "Komplettering av läkarintyg, 2020-06-17");
    let plain = review(&record, &manager(), &verdicts(&record, &[])).unwrap();
    assert_eq!(plain.outcome, Verdict::Confirmed);
    assert!(held_back(&plain).is_empty());
}

#[test]
fn who_it_is_about_is_contested_and_never_held_back() {
    let record = record_of(&case("jo-fk-2020"));
    let made = review(&record, &manager(), &verdicts(&record, &["identity"])).unwrap();
    assert!(made.contests_identity() && held_back(&made).is_empty());
    assert_eq!(made.outcome, Verdict::Contested);
}

#[test]
fn what_is_lacking_is_said_all_at_once() {
    let record = record_of(&case("jo-fk-2020"));
    let mut items = verdicts(&record, &["5"]);
    items.remove("identity");
    items.insert("1".to_owned(), Given::answer("yes"));
    items.insert("2".to_owned(), Given::answer("contested"));
    items.insert("9".to_owned(), Given::answer("confirmed"));
    items.get_mut("3").unwrap().text = Some("Bra.".to_owned());
    items.get_mut("5").unwrap().text = Some("Ring 070-123 45 67.".to_owned());
    let of = |id: &str| id.to_owned();
    let expected = vec![
        Unfit::Missing(of("identity")),
        Unfit::Wrong(of("1")),
        Unfit::Text(of("2")),
        Unfit::Text(of("3")),
        Unfit::Personal(of("5")),
        Unfit::Unknown(of("9")),
    ];
    assert_eq!(review(&record, &manager(), &items), Err(expected));
}

#[test]
fn the_official_cannot_review_however_the_name_is_written() {
    let record = record_of(&case("jo-fk-2020"));
    for name in ["Anna Exempel", "  anna\u{a0}EXEMPEL", "", " "] {
        let mut reviewer = manager();
        reviewer.name = name.to_owned();
        let made = review(&record, &reviewer, &verdicts(&record, &[]));
        assert_eq!(made, Err(vec![Unfit::SamePerson]), "{name:?}");
    }
}

/// The review as somebody edited it, with a digest that holds.
fn edited(review: &Review, edit: impl Fn(&mut Review)) -> Review {
    let mut edited = review.clone();
    edit(&mut edited);
    edited.digest = format!("sha256:{}", digest_of(&edited).unwrap());
    edited
}

#[test]
fn a_review_that_does_not_cover_is_found() {
    let record = record_of(&case("jo-fk-2020"));
    let good = review(&record, &manager(), &verdicts(&record, &["2"])).unwrap();

    let mut changed = good.clone();
    changed.items[2].text = Some("Annat.".to_owned());
    assert_eq!(changed.covers(&record), Err(Unfit::Changed));

    let mut other = case("jo-fk-2020");
    other.case = Some("2026/17".to_owned());
    assert_eq!(good.covers(&record_of(&other)), Err(Unfit::OtherRecord));

    let mut altered = record.clone();
    altered.items[0].label = "Något annat".to_owned();
    assert_eq!(
        good.covers(&altered),
        Err(Unfit::OtherRecord),
        "the record was edited"
    );

    let missing = edited(&good, |review| drop(review.items.remove(0)));
    assert_eq!(
        missing.covers(&record),
        Err(Unfit::Missing("identity".to_owned()))
    );
    let twice = edited(&good, |review| review.items.push(review.items[1].clone()));
    assert_eq!(twice.covers(&record), Err(Unfit::Wrong("1".to_owned())));
    let more = edited(&good, |review| review.items[1].id = "17".to_owned());
    assert_eq!(more.covers(&record), Err(Unfit::Missing("1".to_owned())));
    let outcome = edited(&good, |review| {
        review.items[3].outcome = "disclose".to_owned();
    });
    assert_eq!(outcome.covers(&record), Err(Unfit::Wrong("3".to_owned())));
    let silent = edited(&good, |review| review.items[2].text = None);
    assert_eq!(silent.covers(&record), Err(Unfit::Text("2".to_owned())));
    let all_well = edited(&good, |review| review.outcome = Verdict::Confirmed);
    assert_eq!(all_well.covers(&record), Err(Unfit::Changed));
    let same = edited(&good, |review| {
        review.reviewer.name = "ANNA EXEMPEL".to_owned();
    });
    assert_eq!(same.covers(&record), Err(Unfit::SamePerson));
    assert_eq!(edited(&good, |_| ()).covers(&record), Ok(()));
}

#[test]
fn a_guideline_demands_a_review_and_neither_the_duty_nor_an_emergency_waits_for_one() {
    let general = record_of(&case("jo-fk-2020"));
    let cite = needed_before_sending(&general).unwrap();
    assert!(cite.contains("2016:02"), "{cite}");

    let duty = record_of(&case("jo-fk-as-of-2026-01-15"));
    assert_eq!(duty.route.outcome, "duty-to-report");
    assert_eq!(needed_before_sending(&duty), None);

    let mut urgent = case("jo-fk-2020");
    urgent
        .route
        .insert("whom".to_owned(), Given::answer("child-acute"));
    urgent.route.insert("call".to_owned(), Given::answer("yes"));
    for (question, text) in [
        ("call-when", "2020-06-26 09:10"),
        ("call-to", "socialjouren i Exempelstad"),
        ("call-said", "Barnet är ensamt och har feber."),
    ] {
        urgent.route.insert(question.to_owned(), Given::text(text));
    }
    assert_eq!(needed_before_sending(&record_of(&urgent)), None);
}

#[test]
fn a_review_holds_to_its_schema_and_comes_back_as_it_was() {
    let record = record_of(&case("jo-fk-2020"));
    let made = review(&record, &manager(), &verdicts(&record, &["2"])).unwrap();
    let value = serde_json::to_value(&made).unwrap();
    assert!(
        jsonschema::validator_for(&schema::review())
            .unwrap()
            .is_valid(&value)
    );
    let members: Vec<&String> = value.as_object().unwrap().keys().collect();
    assert_eq!(members.first().unwrap().as_str(), "review");
    assert_eq!(members.last().unwrap().as_str(), "digest");
    let back: Review = serde_json::from_value(value).unwrap();
    assert_eq!(back, made);
    let shown = format!(
        "{made:?} {:?}",
        subjects(&record, sekretesskoll::language::Lang::Sv)
    );
    assert!(
        !shown.contains("Berit") && !shown.contains("läkarintyg"),
        "{shown}"
    );
}
