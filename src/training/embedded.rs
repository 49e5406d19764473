//! The exercises as they were when the program was built. They decide no assessment and are no part of any digest.

use crate::source::Files;

/// What all exercises share.
pub const FEEDBACK: &str = include_str!("../../decision-trees/exercises/feedback.toml");

macro_rules! exercises {
    ($($name:literal)+) => {
        /// Name and content of the exercises.
        pub const EXERCISES: &[(&str, &str)] = &[
            $(($name, include_str!(concat!("../../decision-trees/exercises/", $name))),)+
        ];
    };
}

exercises! {
    "first-report.toml"
    "too-thin.toml"
    "disproved.toml"
    "number-to-mother.toml"
    "placement.toml"
    "seized-watch.toml"
    "clinic.toml"
    "meeting.toml"
    "independent-school.toml"
    "neighbour.toml"
    "police-instead.toml"
    "plain-e-mail.toml"
    "acute.toml"
    "manager.toml"
    "unknown-age.toml"
    "day-before.toml"
    "day-after.toml"
    "adult.toml"
    "certificate-trap.toml"
    "ward.toml"
    "journal.toml"
    "library.toml"
    "consent-withdrawn.toml"
    "drawing.toml"
    "fk-2020.toml"
    "exchange.toml"
    "informant.toml"
    "preliminary.toml"
    "investigation.toml"
    "addiction.toml"
    "register.toml"
}

/// Everything by name, as a folder of exercises has it.
#[must_use]
pub fn files() -> Files {
    let all = EXERCISES
        .iter()
        .chain([&(crate::training::feedback::FILE, FEEDBACK)]);
    all.map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect()
}
