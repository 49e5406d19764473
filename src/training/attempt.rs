//! What a trainee did in an exercise: the only document that training writes. It holds keys of answers and no sentence
//! that anybody wrote.

use serde::{Deserialize, Serialize};

use crate::language::Lang;

/// The format number of attempts.
pub const FORMAT: u32 = 1;

/// The kind that every attempt says it is.
pub const KIND: &str = "exercise";

/// When feedback is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// After each answer; a wrong one is given again. The first answer counts.
    #[default]
    Practice,
    /// At the end. The last answer counts.
    Exam,
}

/// A question that was answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Asked {
    /// Its place in an answers document.
    pub place: String,
    /// `item.link`, or `list.origin` for what stands outside the trees.
    pub question: String,
    /// What was asked, in words.
    pub text: String,
    /// The label of the item it was about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// The accepted answers; empty where the path had left the exercise.
    pub accepted: Vec<String>,
    /// What was answered, in order.
    pub tries: Vec<String>,
    /// What was said about the answer that counts.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub feedback: String,
    /// A hint was read before the first answer.
    #[serde(default)]
    pub hint: bool,
    /// Whether the answer that counts was right.
    pub right: bool,
}

/// A sentence that was written: not judged, and not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Sentence {
    /// Its place in an answers document.
    pub place: String,
    /// `item.link`.
    pub question: String,
    /// How many of the three self-check questions the trainee could say yes to; none where that was passed over.
    pub self_check: Option<u8>,
}

/// An attempt at an exercise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Attempt {
    /// Always `exercise`.
    pub kind: String,
    /// The format number, 1.
    pub format: u32,
    /// That this is an exercise, in words.
    pub says: String,
    /// Who: digits by chance, or a name that was chosen.
    pub trainee: String,
    /// The exercise.
    pub exercise: String,
    /// Its title.
    pub title: String,
    /// When feedback was given.
    pub mode: Mode,
    /// `sv` or `en`.
    pub language: String,
    /// When it was begun, to the minute.
    pub started: String,
    /// When it was finished; empty while it goes on.
    pub finished: String,
    /// Digest of the trees that it was walked by.
    pub trees: String,
    /// What was answered, in order.
    pub questions: Vec<Asked>,
    /// What was written.
    pub sentences: Vec<Sentence>,
}

impl Attempt {
    /// An attempt that begins.
    #[must_use]
    pub fn begun(
        trainee: &str,
        exercise: &crate::training::Exercise,
        mode: Mode,
        lang: Lang,
    ) -> Self {
        Self {
            kind: KIND.to_owned(),
            format: FORMAT,
            says: crate::training::says(lang).to_owned(),
            trainee: trainee.to_owned(),
            exercise: exercise.id.clone(),
            title: exercise.title.get(lang).to_owned(),
            mode,
            language: lang.tag().to_owned(),
            started: String::new(),
            finished: String::new(),
            trees: String::new(),
            questions: Vec::new(),
            sentences: Vec::new(),
        }
    }

    /// Whether this is a document that can be counted: finished, of this format, and an exercise.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.kind == KIND && self.format == FORMAT && !self.finished.is_empty()
    }

    /// The questions that are judged.
    pub fn judged(&self) -> impl Iterator<Item = &Asked> {
        self.questions
            .iter()
            .filter(|asked| !asked.accepted.is_empty())
    }

    /// How many were right, and of how many.
    #[must_use]
    pub fn score(&self) -> (usize, usize) {
        let right = self.judged().filter(|asked| asked.right).count();
        (right, self.judged().count())
    }

    /// Notes an answer; in practice the first counts, in an exam the last.
    pub fn answered(&mut self, asked: Asked) {
        let Some(known) = self
            .questions
            .iter_mut()
            .find(|known| known.place == asked.place)
        else {
            self.questions.push(asked);
            return;
        };
        known.tries.extend(asked.tries);
        if self.mode == Mode::Exam || known.tries.len() == 1 {
            known.right = asked.right;
            known.feedback = asked.feedback;
        }
        known.hint |= asked.hint;
    }

    /// Notes a sentence, and how many of the three questions held.
    pub fn wrote(&mut self, place: &str, question: &str, self_check: Option<u8>) {
        self.sentences.retain(|sentence| sentence.place != place);
        self.sentences.push(Sentence {
            place: place.to_owned(),
            question: question.to_owned(),
            self_check,
        });
    }

    /// Drops what the path no longer asks: an exam is judged by the answers that stand.
    pub fn keep(&mut self, stands: impl Fn(&str) -> bool) {
        self.questions.retain(|asked| stands(&asked.place));
        self.sentences.retain(|sentence| stands(&sentence.place));
    }
}
