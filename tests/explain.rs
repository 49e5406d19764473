//! Why, why not and what if: stories from worked cases, and that every suggestion is what the engine really gives.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::too_many_lines,
    reason = "a test may stop at once"
)]

use std::collections::BTreeSet;

use jiff::civil::Date;
use sekretesskoll::answers::{AnswersDocument, Form, Origin};
use sekretesskoll::assessment::{Assessment, ItemOutcome, Stage, assess};
use sekretesskoll::case::Case;
use sekretesskoll::embedded;
use sekretesskoll::explain::{Change, Explanation, WhatIf, explain, explain_stage};
use sekretesskoll::language::Lang;
use sekretesskoll::record::{self, Made, Record};
use sekretesskoll::tree::{Kind, Question};
use sekretesskoll::trees::Trees;
use sekretesskoll::walk::{End, Given, Walk};

fn trees() -> Trees {
    Trees::built_in().unwrap()
}

fn case(name: &str) -> AnswersDocument {
    let file = format!("{name}.toml");
    let (_, text) = embedded::CASES
        .iter()
        .find(|(known, _)| *known == file)
        .unwrap_or_else(|| panic!("no case `{name}`"));
    Case::read(name, text).unwrap().answers
}

/// Every worked case on each of its days.
fn worked() -> Vec<(String, AnswersDocument)> {
    let cases = embedded::CASES.iter().flat_map(|(name, text)| {
        let case = Case::read(name, text).unwrap();
        let days: Vec<AnswersDocument> = case
            .expect
            .iter()
            .map(|expect| case.answers_on(expect))
            .collect();
        days.into_iter()
            .map(move |document| (format!("{name} {:?}", document.on), document))
    });
    cases.collect()
}

fn on(document: &AnswersDocument, day: Date) -> AnswersDocument {
    AnswersDocument {
        on: Some(day),
        ..document.clone()
    }
}

fn explained(trees: &Trees, document: &AnswersDocument, stage: Stage) -> Explanation {
    let assessment = assess(trees, document).unwrap();
    explain_stage(&assessment, document, stage).unwrap()
}

fn walk_of<'w, 'd>(assessment: &'w Assessment<'_, 'd>, stage: Stage) -> Option<&'w Walk<'w, 'd>> {
    let walked = assessment.walks().find(|(other, _, _)| *other == stage);
    walked.map(|(_, _, walk)| walk)
}

/// What the engine gives for a stage: its outcome, or the question that it waits for.
fn gives(
    trees: &Trees,
    document: &AnswersDocument,
    stage: Stage,
) -> Option<Result<String, String>> {
    let assessment = assess(trees, document).ok()?;
    let tree = stage.tree(trees);
    match &walk_of(&assessment, stage)?.end {
        End::Outcome(at) => Some(Ok(tree.outcome(*at).id.clone())),
        End::Missing(at) | End::Wrong(at, _) => Some(Err(tree.question(*at).id.clone())),
        End::Unknown(..) => None,
    }
}

/// The answers that decided, and those after a change, as `question answer`.
fn decided(explanation: &Explanation) -> Vec<String> {
    let deciding = explanation.deciding.iter();
    deciding
        .map(|step| {
            format!(
                "{} {}",
                step.question,
                step.answer.as_deref().unwrap_or("-")
            )
        })
        .collect()
}

fn answer<'e>(explanation: &'e Explanation, question: &str, key: &str) -> &'e WhatIf {
    let found = explanation.changes.iter().find(|what_if| {
        matches!(&what_if.change, Change::Answer { question: of, answer, .. } if of == question && answer == key)
    });
    found.unwrap_or_else(|| panic!("no `{question}` = `{key}` in {:#?}", explanation.changes))
}

fn days(explanation: &Explanation) -> Vec<(Date, Option<&str>)> {
    let changes = explanation.changes.iter();
    changes
        .filter_map(|what_if| match what_if.change {
            Change::Day { on } => Some((on, what_if.then.outcome())),
            _ => None,
        })
        .collect()
}

// ---- stories

#[test]
fn the_certificate_of_2020_was_described_because_a_description_was_enough() {
    let trees = trees();
    let certificate = explained(&trees, &case("jo-fk-2020"), Stage::Item(2));
    assert_eq!(certificate.of, "3");
    assert_eq!(certificate.then.outcome(), Some("describe-instead"));
    assert_eq!(certificate.law, ["jo-fk-orosanmalan"]);
    assert_eq!(
        decided(&certificate),
        [
            "form document",
            "describe-route general-clause",
            "describe yes"
        ]
    );
    let not_needed = answer(&certificate, "describe", "not-needed");
    assert_eq!(not_needed.then.outcome(), Some("withhold"));
    assert_eq!(
        certificate.changes[0], *not_needed,
        "what is settled stands first"
    );
    // From health care a document is never released, whatever is answered: refer and withhold are all that is left.
    let whole = answer(&certificate, "describe", "no");
    assert_eq!(whole.then.asks.as_deref(), Some("link"));
    assert_eq!(whole.then.outcomes, ["withhold", "refer"]);
    assert!(whole.must_be_written.is_empty());
}

#[test]
fn another_origin_opens_what_a_document_from_health_care_never_reaches() {
    let trees = trees();
    let mut document = case("jo-fk-2020");
    let part = document.items[2].answers.get_mut("describe").unwrap();
    *part = Given {
        answer: Some("no".to_owned()),
        text: Some("Det är ett foto.".to_owned()),
    };
    let answers = document.items[0].answers.clone();
    document.items[2].answers.extend(answers);
    let certificate = explained(&trees, &document, Stage::Item(2));
    assert_eq!(certificate.then.outcome(), Some("refer"));
    let own = certificate.changes.iter().find(
        |what_if| matches!(what_if.change, Change::Origin { origin, .. } if origin == Origin::Own),
    );
    let own = own.expect("another origin");
    assert_eq!(own.then.outcome(), Some("disclose"));
    assert_eq!(
        own.must_be_written,
        ["describe", "link", "individual"],
        "a release names the reasons that it rests on"
    );
}

#[test]
fn the_route_names_the_day_on_which_the_duty_began_and_the_last_day_without_it() {
    let trees = trees();
    let before = Date::constant(2026, 1, 14);
    let after = Date::constant(2026, 1, 15);
    let document = case("jo-fk-2020");
    let general = explained(&trees, &on(&document, before), Stage::Route);
    assert_eq!(general.then.outcome(), Some("general-clause"));
    assert!(decided(&general).contains(&"duty no".to_owned()));
    assert!(days(&general).contains(&(after, Some("duty-to-report"))));
    let duty = explained(&trees, &on(&document, after), Stage::Route);
    assert_eq!(duty.then.outcome(), Some("duty-to-report"));
    assert_eq!(days(&duty), [(before, Some("general-clause"))]);
    let known = duty.deciding.iter().find(|step| step.question == "duty");
    assert_eq!(
        known.and_then(|step| step.known.as_deref()),
        Some("authority.duty")
    );
}

/// A statement at Försäkringskassan on the last day without the duty, covered by the secrecy of health care.
fn barred() -> AnswersDocument {
    let mut document = on(&case("jo-fk-2020"), Date::constant(2026, 1, 14));
    document.items.truncate(1);
    document.items[0].provisions = Some(vec!["osl-25-1".to_owned()]);
    let harm = Given::answer("no");
    document.items[0]
        .answers
        .insert("harm-reverse".to_owned(), harm);
    document
}

#[test]
fn a_barred_item_names_its_provision_and_the_day_on_which_the_duty_would_break_it() {
    let trees = trees();
    let item = explained(&trees, &barred(), Stage::Item(0));
    assert_eq!(item.then.outcome(), Some("barred"));
    assert_eq!(item.law, ["osl-10-27"]);
    let excluded = item
        .deciding
        .iter()
        .find(|step| step.question == "excluded");
    let excluded = excluded.expect("the exclusion list decided");
    assert_eq!(excluded.known.as_deref(), Some("item.excluded-10-27"));
    assert_eq!(excluded.answer.as_deref(), Some("yes"));
    assert_eq!(
        days(&item),
        [(Date::constant(2026, 1, 15), Some("disclose"))]
    );
    let usual = item.changes.iter().find(|what_if| {
        matches!(&what_if.change, Change::Provision { provision, .. } if provision == "osl-28-1")
    });
    assert_eq!(
        usual.and_then(|usual| usual.then.outcome()),
        Some("disclose")
    );
}

#[test]
fn an_item_withheld_because_it_is_not_needed_says_what_a_need_would_ask() {
    let trees = trees();
    let mut document = on(&case("jo-fk-2020"), Date::constant(2026, 1, 14));
    let answers = &mut document.items[0].answers;
    answers.insert("need-meaningful".to_owned(), Given::answer("no"));
    for question in [
        "harm-straight",
        "individual",
        "evident",
        "wording",
        "shorter",
    ] {
        answers.remove(question);
    }
    let item = explained(&trees, &document, Stage::Item(0));
    assert_eq!(item.then.outcome(), Some("withhold"));
    let needed = answer(&item, "need-meaningful", "yes");
    assert_eq!(needed.then.asks.as_deref(), Some("harm-straight"));
    assert!(
        needed
            .then
            .outcomes
            .iter()
            .any(|outcome| outcome == "disclose")
    );
    assert!(
        needed
            .then
            .outcomes
            .iter()
            .any(|outcome| outcome == "refer")
    );
    for question in ["link", "wording"] {
        assert!(needed.must_be_written.iter().any(|id| id == question));
    }
    assert!(
        !needed.must_be_written.iter().any(|id| id == "individual"),
        "what is not secret goes without weighing: only what every way asks for is told"
    );
    let unsure = item.changes.iter().any(
        |what_if| matches!(&what_if.change, Change::Answer { answer, .. } if answer == "unsure"),
    );
    assert!(!unsure, "unsure counts as no here: it changes nothing");
}

#[test]
fn an_item_referred_because_of_doubt_says_what_each_certain_answer_gives() {
    let trees = trees();
    let mut document = case("jo-fk-2020");
    let answers = &mut document.items[0].answers;
    answers.insert("evident".to_owned(), Given::answer("unsure"));
    let item = explained(&trees, &document, Stage::Item(0));
    assert_eq!(item.then.outcome(), Some("refer"));
    let yes = answer(&item, "evident", "yes");
    assert_eq!(yes.then.outcome(), Some("disclose"));
    assert_eq!(yes.must_be_written, ["link", "individual", "wording"]);
    let no = answer(&item, "evident", "no");
    assert_eq!(no.then.outcome(), Some("withhold"));
    let first: Vec<&Change> = item.changes.iter().map(|what_if| &what_if.change).collect();
    assert!(
        matches!(first[0], Change::Answer { question, .. } if question == "evident"),
        "the last question on the path is the nearest"
    );
}

#[test]
fn a_stop_is_explained_and_a_refused_answer_never_suggested() {
    let trees = trees();
    let mut document = AnswersDocument::new();
    document.on = Some(Date::constant(2026, 11, 22));
    document.authority = Some("forsakringskassan".to_owned());
    for (question, key) in [("whom", "child"), ("recipient", "private")] {
        document
            .route
            .insert(question.to_owned(), Given::answer(key));
    }
    let route = explained(&trees, &document, Stage::Route);
    assert_eq!(route.then.outcome(), Some("no-route"));
    assert_eq!(decided(&route), ["whom child", "recipient private"]);
    let board = answer(&route, "recipient", "board");
    assert_eq!(board.then.asks.as_deref(), Some("learned"));
    let police = answer(&route, "recipient", "police");
    assert_eq!(police.then.asks.as_deref(), Some("police-child"));
    assert!(
        !police
            .then
            .outcomes
            .iter()
            .any(|outcome| outcome == "police-route"),
        "the police never replace the board"
    );
    let assessment = assess(&trees, &document).unwrap();
    assert!(explain_stage(&assessment, &document, Stage::Item(0)).is_none());
    assert_eq!(explain(&assessment, &document).len(), 1);
}

#[test]
fn what_is_not_finished_says_what_is_missing_and_what_can_come_of_it() {
    let trees = trees();
    let mut document = case("jo-fk-2020");
    document.items[0].answers.remove("evident");
    let item = explained(&trees, &document, Stage::Item(0));
    assert_eq!(item.then.asks.as_deref(), Some("evident"));
    assert_eq!(
        item.then.outcomes,
        ["disclose", "withhold", "barred", "refer"]
    );
    assert!(item.law.is_empty(), "nothing rests on anything yet");
    let needed = answer(&item, "need-meaningful", "no");
    assert_eq!(needed.then.outcome(), Some("withhold"));
}

#[test]
fn an_empty_document_can_come_to_every_outcome_of_the_route_for_its_authority_and_day() {
    let trees = trees();
    for (authority, day) in [
        ("forsakringskassan", Date::constant(2026, 11, 22)),
        ("forsakringskassan", Date::constant(2025, 12, 24)),
        ("csn", Date::constant(2026, 11, 22)),
    ] {
        let mut document = AnswersDocument::new();
        document.on = Some(day);
        document.authority = Some(authority.to_owned());
        let route = explained(&trees, &document, Stage::Route);
        let promised: BTreeSet<String> = route.then.outcomes.into_iter().collect();
        let mut found = BTreeSet::new();
        every_way(&trees, &mut document, Stage::Route, &mut found);
        assert_eq!(promised, found, "{authority} {day}");
    }
}

#[test]
fn the_outcomes_that_an_item_can_reach_are_those_that_every_way_of_answering_gives() {
    let trees = trees();
    for day in [Date::constant(2025, 12, 24), Date::constant(2026, 11, 22)] {
        for (form, origin) in [
            (Form::Statement, Origin::Own),
            (Form::Document, Origin::HealthCare),
            (Form::Document, Origin::Individual),
        ] {
            let mut document = on(&case("jo-fk-2020"), day);
            document.items.truncate(2);
            let purpose = Given::answer("some");
            document.route.insert("purpose".to_owned(), purpose);
            let item = &mut document.items[0];
            (item.form, item.origin) = (form, Some(origin));
            item.answers.clear();
            let promised = explained(&trees, &document, Stage::Item(0)).then.outcomes;
            let promised: BTreeSet<String> = promised.into_iter().collect();
            let mut found = BTreeSet::new();
            every_way(&trees, &mut document, Stage::Item(0), &mut found);
            assert_eq!(promised, found, "{day} {form:?} {origin:?}");
        }
    }
}

/// Answers every missing question in every way, with the real engine.
fn every_way(
    trees: &Trees,
    document: &mut AnswersDocument,
    stage: Stage,
    found: &mut BTreeSet<String>,
) {
    let question = match gives(trees, document, stage) {
        Some(Ok(outcome)) => {
            found.insert(outcome);
            return;
        }
        Some(Err(question)) => question,
        None => return,
    };
    let asked = stage.tree(trees).find(&question).unwrap();
    for given in ways(asked, document.on.unwrap()) {
        slot(document, stage).insert(question.clone(), given);
        every_way(trees, document, stage, found);
    }
    slot(document, stage).remove(&question);
}

fn slot(document: &mut AnswersDocument, stage: Stage) -> &mut sekretesskoll::walk::Answers {
    match stage {
        Stage::Route => &mut document.route,
        Stage::Identity => &mut document.identity.get_or_insert_default().answers,
        Stage::Item(at) => &mut document.items[at].answers,
        _ => panic!("no outcome"),
    }
}

/// Every sound answer to a question.
fn ways(question: &Question, day: Date) -> Vec<Given> {
    match question.kind {
        Kind::Choice => {
            let open = question.answers.iter().filter(|answer| !answer.refuse);
            open.map(|answer| Given {
                answer: Some(answer.key.clone()),
                text: answer.motivation.then(|| "En mening.".to_owned()),
            })
            .collect()
        }
        Kind::Text => vec![Given::text("En mening.")],
        Kind::Day => vec![Given::text(&day.to_string()), Given::text("2010-05-05")],
        Kind::Time => vec![Given::text(&day.to_string())],
        Kind::Statement | Kind::Item => vec![Given::text("2")],
    }
}

// ---- what must hold for every suggestion

#[test]
fn every_suggestion_gives_what_it_promises_and_none_is_missing_in_any_worked_case() {
    let trees = trees();
    let (mut settled, mut open) = (0, 0);
    for (name, document) in worked() {
        let Ok(assessment) = assess(&trees, &document) else {
            continue;
        };
        for explanation in explain(&assessment, &document) {
            let stage = explanation.stage;
            let name = format!("{name} {}", explanation.of);
            for what_if in &explanation.changes {
                if let Change::Answer {
                    stage,
                    question,
                    answer,
                    ..
                } = &what_if.change
                {
                    let asked = stage.tree(&trees).find(question).unwrap();
                    let (_, suggested) = asked.answer(answer).unwrap();
                    assert!(!suggested.refuse, "{name}: {question} {answer} is refused");
                }
                let changed = what_if.change.apply(&document);
                let came = gives(&trees, &changed, stage);
                match (&what_if.then.asks, came) {
                    (None, Some(Ok(outcome))) => {
                        settled += 1;
                        assert_eq!(what_if.then.outcome(), Some(outcome.as_str()), "{name}");
                        assert_ne!(explanation.then.outcomes, [outcome], "{name}");
                    }
                    (Some(asks), Some(Err(question))) => {
                        open += 1;
                        assert_eq!(*asks, question, "{name}");
                        let outcomes = what_if.then.outcomes.iter();
                        assert!(outcomes.clone().count() > 0, "{name}");
                        assert_ne!(explanation.then.outcomes, what_if.then.outcomes, "{name}");
                    }
                    (promised, came) => panic!("{name}: {promised:?} but {came:?}"),
                }
                let releases =
                    what_if.then.outcomes.iter().any(|outcome| {
                        matches!(outcome.as_str(), "disclose" | "disclose-summarised")
                    });
                assert!(
                    !releases || stage == Stage::Identity || !what_if.must_be_written.is_empty(),
                    "{name}: a release says what must be written"
                );
            }
            let order: Vec<bool> = explanation
                .changes
                .iter()
                .map(|what_if| what_if.then.asks.is_some())
                .collect();
            assert!(order.is_sorted(), "{name}: what is settled stands first");
            nothing_is_missing(&trees, &document, &explanation, &name);
        }
    }
    assert!(settled > 2000 && open > 1000, "{settled} {open}");
}

/// Every other answer to every asked question, by another way than the library's: what gives another outcome is told.
fn nothing_is_missing(
    trees: &Trees,
    document: &AnswersDocument,
    explanation: &Explanation,
    name: &str,
) {
    let stage = explanation.stage;
    let assessment = assess(trees, document).unwrap();
    let tree = stage.tree(trees);
    let walk = walk_of(&assessment, stage).unwrap();
    for step in walk.steps() {
        let question = tree.question(step.question);
        if !question.is_asked() || question.kind != Kind::Choice {
            continue;
        }
        let mut decides = false;
        for given in ways(question, assessment.on) {
            let mut changed = document.clone();
            slot(&mut changed, stage).insert(question.id.clone(), given.clone());
            let Some(Ok(outcome)) = gives(trees, &changed, stage) else {
                continue;
            };
            if explanation.then.outcome() == Some(outcome.as_str()) {
                continue;
            }
            if explanation.then.outcome().is_none()
                && explanation.then.outcomes == [outcome.clone()]
            {
                continue;
            }
            decides = true;
            let told = answer(explanation, &question.id, given.answer.as_deref().unwrap());
            assert_eq!(told.then.outcome(), Some(outcome.as_str()), "{name}");
        }
        let named = explanation
            .deciding
            .iter()
            .any(|step| step.question == question.id);
        assert!(!decides || named, "{name}: {} decided", question.id);
    }
}

#[test]
fn whatever_is_answered_after_a_change_the_outcome_is_among_those_it_could_be() {
    let trees = trees();
    for (name, document) in worked().into_iter().step_by(5) {
        let Ok(assessment) = assess(&trees, &document) else {
            continue;
        };
        for explanation in explain(&assessment, &document) {
            let open = explanation.changes.iter();
            let open = open.filter(|what_if| what_if.then.asks.is_some());
            for (seed, what_if) in open.enumerate() {
                let mut changed = what_if.change.apply(&document);
                let mut turn = seed;
                let outcome = loop {
                    match gives(&trees, &changed, explanation.stage) {
                        Some(Ok(outcome)) => break outcome,
                        Some(Err(question)) => {
                            let asked = explanation.stage.tree(&trees).find(&question).unwrap();
                            let ways = ways(asked, changed.on.unwrap());
                            turn = turn.wrapping_mul(31).wrapping_add(7);
                            let given = ways[turn % ways.len()].clone();
                            slot(&mut changed, explanation.stage).insert(question, given);
                        }
                        None => panic!("{name}"),
                    }
                };
                assert!(
                    what_if.then.outcomes.contains(&outcome),
                    "{name}: {outcome}"
                );
            }
        }
    }
}

// ---- records

fn written(trees: &Trees, document: &AnswersDocument) -> Option<Record> {
    let assessment = assess(trees, document).ok()?;
    let made = Made {
        started: "2026-11-22T10:12+01:00".to_owned(),
        finished: "2026-11-22T10:41+01:00".to_owned(),
        day: document.on?,
    };
    record::record(&assessment, document, &made, Lang::Sv)
}

#[test]
fn every_record_of_a_worked_case_gives_itself_again_from_its_file() {
    let trees = trees();
    let mut replayed = 0;
    for (name, document) in worked() {
        let Some(record) = written(&trees, &document) else {
            continue;
        };
        let text = serde_json::to_string(&record).unwrap();
        let read: Record = serde_json::from_str(&text).unwrap();
        assert_eq!(read, record, "{name}");
        let again = written(&trees, &read.answers(&trees.laws).unwrap());
        assert_eq!(again.as_ref(), Some(&record), "{name}");
        replayed += 1;
    }
    assert!(replayed > 100, "{replayed} records");
}

#[test]
fn a_record_and_its_answers_are_explained_alike() {
    let trees = trees();
    let document = case("jo-fk-2020");
    let record = written(&trees, &document).unwrap();
    let again = record.answers(&trees.laws).unwrap();
    let one = explain(&assess(&trees, &document).unwrap(), &document);
    let two = explain(&assess(&trees, &again).unwrap(), &again);
    // A record holds the answers on its path and no others: what would have come after another answer is open in it.
    for (one, two) in one.iter().zip(&two) {
        let asked = |explanation: &Explanation| -> Vec<String> {
            let asked = explanation.deciding.iter();
            let asked = asked.filter(|step| step.known.is_none());
            asked.map(|step| step.question.clone()).collect()
        };
        assert_eq!((&one.of, &one.then), (&two.of, &two.then));
        assert_eq!((&one.law, asked(one)), (&two.law, asked(two)));
    }
    assert_eq!(one.len(), two.len());
}

#[test]
fn a_record_with_a_word_that_does_not_exist_names_the_member_and_not_the_word() {
    let trees = trees();
    let mut record = written(&trees, &case("jo-fk-2020")).unwrap();
    record.items[1].origin.key = "hemlig".to_owned();
    let unreadable = record.answers(&trees.laws).unwrap_err();
    assert_eq!(unreadable.to_string(), "items[1].origin.key");
    record.items[1].origin.key = "own".to_owned();
    record.on = "i går".to_owned();
    assert_eq!(record.answers(&trees.laws).unwrap_err().to_string(), "on");
}

#[test]
fn a_provision_that_follows_along_goes_on_following_the_day_that_its_document_came_in() {
    let trees = trees();
    let mut document = case("jo-fk-2020");
    document.authority = Some("arbetsformedlingen".to_owned());
    document.items.truncate(3);
    for (at, item) in document.items.iter_mut().enumerate() {
        item.provisions = Some(vec![["osl-28-1", "none", "osl-28-11"][at].to_owned()]);
        let text = Some("En mening.".to_owned());
        for question in ["harm-straight", "harm-reverse"] {
            item.answers
                .insert(question.to_owned(), Given::answer("unsure"));
        }
        let answer = Some("no".to_owned());
        item.answers
            .insert("consent-item".to_owned(), Given { answer, text });
    }
    document.items[2].received = Some(Date::constant(2020, 6, 1));
    document.items[2].provisions = Some(vec!["osl-28-11".to_owned()]);
    document.items[1].answers.remove("consent-item");
    let record = written(&trees, &document).expect("a record");
    assert_eq!(record.items[1].provisions, ["osl-28-11"]);
    assert_eq!(record.items[1].received, None);
    let again = record.answers(&trees.laws).unwrap();
    assert_eq!(
        again.items[1].provisions.as_deref(),
        Some(&["none".to_owned()][..])
    );
    assert_eq!(written(&trees, &again), Some(record));
}

#[test]
fn nothing_that_was_written_stands_in_an_explanation() {
    let trees = trees();
    let document = case("jo-fk-2020");
    let explanations = explain(&assess(&trees, &document).unwrap(), &document);
    let shown = format!(
        "{explanations:?} {}",
        serde_json::to_string(&explanations).unwrap()
    );
    for item in &document.items {
        let texts = item
            .answers
            .values()
            .filter_map(|given| given.text.as_ref());
        for text in texts
            .filter(|text| text.chars().count() > 3)
            .chain([&item.label])
        {
            assert!(!shown.contains(text.as_str()), "{text}");
        }
    }
    let releases = explanations.iter().filter(|one| {
        let outcome = one.then.outcome();
        outcome.is_some_and(|outcome| outcome == ItemOutcome::Disclose.key())
    });
    assert!(releases.count() > 0);
}
