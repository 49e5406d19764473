//! An exercise as written: a situation, a desk, and the answers of an expert.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use crate::answers::{About, AnswersDocument, Form, Identity, IdentityKind, Item, Origin};
use crate::assessment::Stage;
use crate::case::{Case, Expect, Title};
use crate::language::{Lang, Text};
use crate::walk::{Answers, Given};

/// How hard an exercise is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// One thing at a time.
    Easy,
    /// Several items, or a ground that must be weighed.
    Medium,
    /// Everything together.
    Hard,
}

impl Level {
    /// The word on the screen.
    #[must_use]
    pub const fn text(self, lang: Lang) -> &'static str {
        match self {
            Level::Easy => lang.pick("lätt", "easy"),
            Level::Medium => lang.pick("medel", "medium"),
            Level::Hard => lang.pick("svår", "hard"),
        }
    }
}

/// A text that is the same in both languages (a day, an id), or one that is written in both.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Written {
    /// The same in both.
    Same(String),
    /// In both.
    Both(Text),
}

impl Written {
    /// The text in one language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match self {
            Written::Same(text) => text,
            Written::Both(text) => text.get(lang),
        }
    }
}

/// What an expert answers to a question, what else is accepted, and what is said about it here.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Model {
    /// The key of the answer.
    pub answer: Option<String>,
    /// The sentence, day or id.
    pub text: Option<Written>,
    /// Other answers that are right.
    #[serde(default)]
    pub also: Vec<String>,
    /// Why the accepted answers are right in this situation.
    pub why: Option<Text>,
    /// What to look for, in this situation.
    pub hint: Option<Text>,
    /// Why one of several accepted answers is right, instead of `why`.
    #[serde(default)]
    pub right: BTreeMap<String, Text>,
    /// Why another answer is wrong in this situation, by its key.
    #[serde(default)]
    pub wrong: BTreeMap<String, Text>,
}

/// Model answers by question.
pub type Models = BTreeMap<String, Model>;

/// The standing first item.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirstItem {
    /// Which kinds of data an expert lets go.
    pub kinds: Vec<IdentityKind>,
    /// Somebody has protected personal data.
    #[serde(default)]
    pub protected: bool,
    /// What is said about that.
    pub why: Option<Text>,
    /// Answers of the item tree.
    #[serde(default)]
    pub answers: Models,
}

/// Something on the desk.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Material {
    /// A short label, without names.
    pub label: Text,
    /// The extract that lies on the desk.
    pub extract: Text,
    /// Statement or document.
    pub form: Form,
    /// Where it comes from: asked for, and judged.
    pub origin: Origin,
    /// Whom it is about: asked for, and judged.
    pub about: About,
    /// The date of a document.
    pub dated: Option<String>,
    /// The day it came in.
    pub received: Option<Date>,
    /// Keys of its secrecy provisions; the authority's usual one where missing.
    pub provisions: Option<Vec<String>>,
    /// It says only which benefit, period, extent, amount or dates.
    #[serde(default)]
    pub benefit: bool,
    /// Why origin and person are so.
    pub why: Option<Text>,
    /// Why its provision is the one that it is, for whoever chooses another or the same.
    pub provision_why: Option<Text>,
    /// Answers of the item tree.
    #[serde(default)]
    pub answers: Models,
}

/// An exercise.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Exercise {
    /// Its name: the file's, without its ending.
    #[serde(skip)]
    pub id: String,
    /// Its place in the list, from the lowest.
    pub order: u16,
    /// What it is about.
    pub title: Text,
    /// How hard it is.
    pub level: Level,
    /// How many minutes it takes.
    pub minutes: u8,
    /// Where it comes from: a decision by its key in `laws.toml`, or a sentence.
    pub source: String,
    /// How much of the source was read, as for worked cases.
    pub verified: String,
    /// What has happened.
    pub situation: Text,
    /// What happened in reality, and what was said about it.
    pub reality: Text,
    /// The day.
    pub on: Date,
    /// Key of the authority.
    pub authority: String,
    /// Digest of the record that is followed, where the board has asked.
    pub follows: Option<String>,
    /// Answers of the route tree.
    #[serde(default)]
    pub route: Models,
    /// The standing first item.
    pub identity: Option<FirstItem>,
    /// What lies on the desk.
    #[serde(default)]
    pub items: Vec<Material>,
    /// Answers of the sending tree.
    #[serde(default)]
    pub sending: Models,
    /// Answers of the closing tree.
    #[serde(default)]
    pub closing: Models,
    /// What comes out, as a worked case says it.
    pub expect: Expect,
}

fn given(models: &Models, lang: Lang) -> Answers {
    let given = |(id, model): (&String, &Model)| {
        let text = model.text.as_ref().map(|text| text.get(lang).to_owned());
        let answer = model.answer.clone();
        (id.clone(), Given { answer, text })
    };
    models.iter().map(given).collect()
}

impl Material {
    /// The item as it lies on the desk: what it is and when it is dated, and nothing of what is asked for.
    fn unanswered(&self, lang: Lang) -> Item {
        Item {
            label: self.label.get(lang).to_owned(),
            form: self.form,
            dated: self.dated.clone(),
            received: self.received,
            provisions: self.provisions.clone(),
            benefit: self.benefit,
            ..Item::default()
        }
    }

    fn answered(&self, lang: Lang) -> Item {
        Item {
            origin: Some(self.origin),
            about: Some(self.about),
            answers: given(&self.answers, lang),
            ..self.unanswered(lang)
        }
    }
}

impl Exercise {
    /// What a trainee begins with: day, authority, and the desk.
    #[must_use]
    pub fn begun(&self, lang: Lang) -> AnswersDocument {
        AnswersDocument {
            on: Some(self.on),
            authority: Some(self.authority.clone()),
            follows: self.follows.clone(),
            items: self
                .items
                .iter()
                .map(|item| item.unanswered(lang))
                .collect(),
            ..AnswersDocument::new()
        }
    }

    /// The model solution: the answers document of an expert.
    #[must_use]
    pub fn solution(&self, lang: Lang) -> AnswersDocument {
        let identity = self.identity.as_ref().map(|first| Identity {
            kinds: first.kinds.clone(),
            protected: first.protected,
            provisions: None,
            answers: given(&first.answers, lang),
        });
        AnswersDocument {
            route: given(&self.route, lang),
            identity,
            items: self.items.iter().map(|item| item.answered(lang)).collect(),
            sending: given(&self.sending, lang),
            closing: given(&self.closing, lang),
            ..self.begun(lang)
        }
    }

    /// The model answers of a stage.
    #[must_use]
    pub fn models(&self, stage: Stage) -> Option<&Models> {
        match stage {
            Stage::Route => Some(&self.route),
            Stage::Identity => self.identity.as_ref().map(|first| &first.answers),
            Stage::Item(at) => self.items.get(at).map(|item| &item.answers),
            Stage::Sending => Some(&self.sending),
            Stage::Closing => Some(&self.closing),
        }
    }

    /// Every stage that the exercise has answers for.
    pub fn stages(&self) -> impl Iterator<Item = (Stage, &Models)> {
        let items = (0..self.items.len()).map(Stage::Item);
        let stages = [Stage::Route, Stage::Identity].into_iter().chain(items);
        let stages = stages.chain([Stage::Sending, Stage::Closing]);
        stages.filter_map(|stage| Some((stage, self.models(stage)?)))
    }

    /// The model answer to a question.
    #[must_use]
    pub fn model(&self, stage: Stage, question: &str) -> Option<&Model> {
        self.models(stage)?.get(question)
    }

    /// The exercise as a worked case: its solution, and what must come out of it.
    #[must_use]
    pub fn case(&self) -> Case {
        Case {
            title: Title {
                sv: self.title.sv.clone(),
                en: self.title.en.clone(),
            },
            source: self.source.clone(),
            verified: self.verified.clone(),
            holds: Vec::new(),
            note: None,
            answers: self.solution(Lang::Sv),
            expect: vec![self.expect.clone()],
        }
    }
}
