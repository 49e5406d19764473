//! Realistic documents, whole and damaged, from the bench's generator: the engine and the prover's own reading of the
//! trees come to the same for each.
//!
//! `GENERATED=1000000 cargo test --release --test generated` tries a million; without it a test tries few enough to be
//! quick.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    clippy::missing_errors_doc,
    reason = "a test may stop at once, and uses a part of the generator"
)]

#[path = "bench/src/damage.rs"]
pub mod damage;
#[path = "bench/src/dice.rs"]
pub mod dice;
#[path = "bench/src/generate.rs"]
pub mod generate;
#[path = "bench/src/phrases.rs"]
pub mod phrases;

use generate::{Maker, Plan};
use sekretesskoll::answers::AnswersDocument;
use sekretesskoll::assessment::{ItemWalk, assess};
use sekretesskoll::prove::evaluate::evaluate;
use sekretesskoll::trees::Trees;

/// What came of one document.
#[derive(Clone, Copy, Default)]
struct Tried {
    finished: u64,
    unfinished: u64,
    unreadable: u64,
}

/// Compares the two readings of a document.
fn agree(trees: &Trees, bytes: &[u8], number: u64) -> Tried {
    let Ok(document) = serde_json::from_slice::<AnswersDocument>(bytes) else {
        return Tried {
            unreadable: 1,
            ..Tried::default()
        };
    };
    let (assessment, own) = match (assess(trees, &document), evaluate(trees, &document)) {
        (Ok(assessment), Some(own)) => (assessment, own),
        // The prover knows no first day: such a document the engine turns away.
        (Err(_), _) => {
            return Tried {
                unfinished: 1,
                ..Tried::default()
            };
        }
        (Ok(_), None) => panic!("document {number}: the prover does not know its day or authority"),
    };
    let route = assessment
        .route_outcome()
        .map(|outcome| outcome.id.as_str());
    assert_eq!(
        own.route.as_deref(),
        route,
        "document {number}: {document:?}"
    );
    let outcome = |item: &ItemWalk<'_, '_>| item.outcome.map(|outcome| outcome.key().to_owned());
    let identity = assessment.identity.as_ref().and_then(outcome);
    assert_eq!(own.identity, identity, "document {number}: {document:?}");
    let items: Vec<Option<String>> = assessment.items.iter().map(outcome).collect();
    assert_eq!(own.items, items, "document {number}: {document:?}");
    let whole = assessment.whole.map(|whole| whole.key().to_owned());
    assert!(
        whole.is_none() || whole == own.whole,
        "document {number}: {document:?}"
    );
    let finished = u64::from(whole.is_some());
    Tried {
        finished,
        unfinished: 1 - finished,
        unreadable: 0,
    }
}

#[test]
fn generated_documents_are_what_the_prover_says() {
    let count = std::env::var("GENERATED")
        .ok()
        .and_then(|count| count.parse().ok());
    let count: u64 = count.unwrap_or(1_500);
    let plan = Plan {
        distinct: usize::try_from(count / 10).unwrap().min(20_000),
        damaged: 400,
        ..Plan::default()
    };
    let trees = Trees::built_in().unwrap();
    let maker = Maker::new(&trees, plan).unwrap();
    let threads = std::thread::available_parallelism().map_or(1, usize::from) as u64;
    let share = |thread: u64| {
        let own = (0..count).filter(move |number| number % threads == thread);
        own.map(|number| agree(&trees, &maker.line(number).unwrap(), number))
            .fold(Tried::default(), |all, one| Tried {
                finished: all.finished + one.finished,
                unfinished: all.unfinished + one.unfinished,
                unreadable: all.unreadable + one.unreadable,
            })
    };
    let tried: Vec<Tried> = std::thread::scope(|scope| {
        let share = &share;
        let started: Vec<_> = (0..threads)
            .map(|thread| scope.spawn(move || share(thread)))
            .collect();
        started
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    let finished: u64 = tried.iter().map(|tried| tried.finished).sum();
    let unfinished: u64 = tried.iter().map(|tried| tried.unfinished).sum();
    let unreadable: u64 = tried.iter().map(|tried| tried.unreadable).sum();
    assert_eq!(finished + unfinished + unreadable, count);
    // Four in ten are damaged; more than half of all are whole, and damage of both sorts is there.
    assert!(
        finished > count / 2 && unfinished > count / 20 && unreadable > count / 20,
        "{finished} {unfinished} {unreadable}"
    );
}
