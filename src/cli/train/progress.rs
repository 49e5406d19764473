//! What a trainee has done, kept between sessions: finished attempts, and how far one that was left had come.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;
use serde::{Deserialize, Serialize};

use sekretesskoll::answers::AnswersDocument;
use sekretesskoll::language::Lang;
use sekretesskoll::training::Attempt;

use crate::cli::train::words;
use crate::cli::{files, say, screen};

/// The format number of the file.
const FORMAT: u32 = 1;

/// An exercise that was left before its end.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnderWay {
    /// The answers so far.
    pub(crate) document: AnswersDocument,
    /// What was judged so far.
    pub(crate) attempt: Attempt,
}

/// What was done in an exercise.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Entry {
    /// The first attempt that was finished.
    first: Option<Attempt>,
    /// The latest, where there was more than one.
    latest: Option<Attempt>,
    /// One that goes on.
    under_way: Option<UnderWay>,
}

/// The file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Progress {
    training: u32,
    says: String,
    /// Digits by chance: nobody's name.
    pub(crate) trainee: String,
    exercises: BTreeMap<String, Entry>,
}

fn path(lang: Lang) -> Result<PathBuf> {
    Ok(files::state_folder(lang)?.join("training.json"))
}

impl Progress {
    fn new(lang: Lang) -> Self {
        Self {
            training: FORMAT,
            says: sekretesskoll::training::says(lang).to_owned(),
            trainee: files::by_chance(),
            exercises: BTreeMap::new(),
        }
    }

    /// What is kept, or a beginning. A damaged file is set aside, and that is said.
    pub(crate) fn read(lang: Lang) -> Result<Self> {
        let path = path(lang)?;
        if path.symlink_metadata().is_err() {
            return Ok(Self::new(lang));
        }
        let read: Option<Self> = files::read_text(lang, &path.to_string_lossy())
            .ok()
            .and_then(|text| serde_json::from_str(&text).ok());
        if let Some(progress) = read.filter(|progress| progress.training == FORMAT) {
            return Ok(progress);
        }
        let aside = set_aside(lang, &path)?;
        say(&screen::wrap(&words::damaged(lang, &aside.display())));
        Ok(Self::new(lang))
    }

    /// Reads, changes and writes.
    pub(crate) fn change(lang: Lang, change: impl FnOnce(&mut Self)) -> Result<()> {
        let mut progress = Self::read(lang)?;
        change(&mut progress);
        let text = serde_json::to_string_pretty(&progress)?;
        files::replace(lang, &path(lang)?, &format!("{text}\n"))
    }

    fn entry(&mut self, exercise: &str) -> &mut Entry {
        self.exercises.entry(exercise.to_owned()).or_default()
    }

    /// An exercise that was left.
    pub(crate) fn under_way(&self, exercise: &str) -> Option<UnderWay> {
        self.exercises.get(exercise)?.under_way.clone()
    }

    /// Keeps how far an exercise has come.
    pub(crate) fn keep(&mut self, document: &AnswersDocument, attempt: &Attempt) {
        self.trainee.clone_from(&attempt.trainee);
        let under_way = UnderWay {
            document: document.clone(),
            attempt: attempt.clone(),
        };
        self.entry(&attempt.exercise).under_way = Some(under_way);
    }

    /// Keeps a finished attempt.
    pub(crate) fn finished(&mut self, attempt: &Attempt) {
        self.trainee.clone_from(&attempt.trainee);
        let entry = self.entry(&attempt.exercise);
        entry.under_way = None;
        if entry.first.is_none() {
            entry.first = Some(attempt.clone());
        } else {
            entry.latest = Some(attempt.clone());
        }
    }

    /// Whether an answer has been given: then the solution may be seen.
    pub(crate) fn has_tried(&self, exercise: &str) -> bool {
        let Some(entry) = self.exercises.get(exercise) else {
            return false;
        };
        let answered = |under_way: &UnderWay| !under_way.attempt.questions.is_empty();
        entry.first.is_some() || entry.under_way.as_ref().is_some_and(answered)
    }

    /// Whether it has been finished.
    pub(crate) fn is_done(&self, exercise: &str) -> bool {
        self.exercises
            .get(exercise)
            .is_some_and(|entry| entry.first.is_some())
    }

    /// What stands in the list.
    pub(crate) fn status(&self, lang: Lang, exercise: &str) -> String {
        let Some(entry) = self.exercises.get(exercise) else {
            return String::new();
        };
        if entry
            .under_way
            .as_ref()
            .is_some_and(|left| !left.attempt.questions.is_empty())
        {
            return words::begun(lang);
        }
        let counts = entry.latest.as_ref().or(entry.first.as_ref());
        counts.map_or_else(String::new, |attempt| {
            let (right, of) = attempt.score();
            words::done(lang, &right, &of)
        })
    }

    /// Every finished attempt.
    pub(crate) fn attempts(&self) -> impl Iterator<Item = &Attempt> {
        self.exercises
            .values()
            .flat_map(|entry| entry.first.iter().chain(&entry.latest))
    }

    /// Forgets an exercise.
    pub(crate) fn forget(&mut self, exercise: &str) {
        self.exercises.remove(exercise);
    }

    /// Forgets everything.
    pub(crate) fn forget_all(&mut self) {
        self.exercises.clear();
    }
}

/// Gives a damaged file another name that is free: nothing is lost, and nothing stands in the way.
fn set_aside(lang: Lang, path: &Path) -> Result<PathBuf> {
    let free = (1..).map(|number| path.with_file_name(format!("training-damaged-{number}.json")));
    let mut free = free.filter(|path| path.symlink_metadata().is_err());
    let aside = free
        .next()
        .unwrap_or_else(|| path.with_extension("damaged"));
    files::rename(lang, path, &aside)?;
    Ok(aside)
}
