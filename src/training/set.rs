//! All exercises with their feedback: sound enough to be walked, or everything that cannot be read is said.

use serde::de::DeserializeOwned;

use crate::language::{Lang, Text};
use crate::source::{Files, Source};
use crate::training::embedded;
use crate::training::exercise::Exercise;
use crate::training::feedback::{self, Feedback};

/// Something wrong with the set: where, and what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file, and the line where it is known.
    pub place: String,
    /// What is wrong.
    pub says: Text,
}

impl Fault {
    /// A fault.
    pub fn new(place: impl Into<String>, sv: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            says: Text::new(sv, en),
        }
    }

    /// The fault in one line.
    #[must_use]
    pub fn line(&self, lang: Lang) -> String {
        format!("{}: {}", self.place, self.says.get(lang))
    }
}

/// The exercises, in the order of the list: the easy first.
#[derive(Clone, Debug, Default)]
pub struct Set {
    /// The exercises.
    pub exercises: Vec<Exercise>,
    /// What they share.
    pub feedback: Feedback,
}

impl Set {
    /// The exercises built into the program.
    ///
    /// # Errors
    /// The faults, should the program have been built with unreadable exercises; a test keeps that from happening.
    pub fn built_in() -> Result<Self, Vec<Fault>> {
        Self::from_files(&embedded::files())
    }

    /// Exercises from the files of a folder. A folder without a feedback file of its own shares the built-in one.
    ///
    /// # Errors
    /// Everything that cannot be read, with its place.
    pub fn from_files(files: &Files) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let shared = files
            .get(feedback::FILE)
            .map_or(embedded::FEEDBACK, String::as_str);
        let feedback = read(feedback::FILE, shared, &mut faults).unwrap_or_default();
        let named = files.iter().filter(|(name, _)| *name != feedback::FILE);
        let mut exercises: Vec<Exercise> = named
            .filter_map(|(name, text)| {
                let exercise: Exercise = read(name, text, &mut faults)?;
                let id = name.trim_end_matches(".toml").to_owned();
                Some(Exercise { id, ..exercise })
            })
            .collect();
        exercises.sort_by(|a, b| (a.level, a.order, &a.id).cmp(&(b.level, b.order, &b.id)));
        if faults.is_empty() {
            Ok(Self {
                exercises,
                feedback,
            })
        } else {
            Err(faults)
        }
    }

    /// The exercise of this name, or at this place in the list, from 1.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Exercise> {
        let by_name = self.exercises.iter().find(|exercise| exercise.id == name);
        by_name.or_else(|| {
            let at: usize = name.parse().ok()?;
            self.exercises.get(at.checked_sub(1)?)
        })
    }
}

fn read<T: DeserializeOwned>(file: &str, text: &str, faults: &mut Vec<Fault>) -> Option<T> {
    let text = &crate::trees::normal(text);
    let error = match toml::from_str(text) {
        Ok(read) => return Some(read),
        Err(error) => error,
    };
    let source = Source::new(file, text);
    let place = source.place(error.span().map_or(0, |span| span.start));
    let message = error.message().replace('\n', "; ");
    faults.push(Fault::new(
        format!("{file}:{}:{}", place.line, place.column),
        format!("går inte att läsa: {message}"),
        format!("cannot be read: {message}"),
    ));
    None
}
