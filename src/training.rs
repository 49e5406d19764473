//! The training room: exercises as data, an answer judged against what an expert would have answered, and results.
//!
//! An exercise is an answers document (the expert's) with a situation and a desk full of material around it. It is walked
//! by the same interview as a real assessment. Nothing here can write a record: a trainee's answers end in an
//! [`Attempt`], and an attempt says of itself that it is an exercise.
//!
//! | module | what it is |
//! | --- | --- |
//! | `exercise` | an exercise as written; the desk; the model solution |
//! | `feedback` | what is said about an answer, by question of the trees; hints; self-check questions |
//! | `tell` | questions and answers in words |
//! | `set` | all exercises with their feedback; which are built in |
//! | `judge` | whether an answer at a place is one that an expert accepts |
//! | `attempt` | what a trainee did: the only document that training writes |
//! | `check` | proves the set, and counts what it exercises |
//! | `class` | many attempts together: where a class goes wrong |
//! | `gift`, `xapi` | what other systems of learning read |
//! | `scaffold` | a new exercise to fill in |

pub mod attempt;
pub mod check;
pub mod class;
pub mod embedded;
pub mod exercise;
pub mod feedback;
pub mod gift;
pub mod judge;
pub mod scaffold;
pub mod set;
pub mod tell;
pub mod xapi;

pub use attempt::{Asked, Attempt, Mode, Sentence};
pub use exercise::{Exercise, Level};
pub use feedback::Feedback;
pub use set::{Fault, Set};

/// What every document of the training room says about itself.
#[must_use]
pub const fn says(lang: crate::language::Lang) -> &'static str {
    lang.pick(
        "ÖVNING: påhittade personer, ingen sekretessprövning och inget utlämnande.",
        "EXERCISE (övning): invented people, no secrecy assessment and no disclosure.",
    )
}
