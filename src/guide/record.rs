//! The short record of a guide: what was asked, what was answered, what came of it. Readable without the program.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::walk::Guided;
use super::{Due, GuideAnswers};
use crate::answers::{Kept, Official};
use crate::language::Lang;
use crate::record::{KeptRecord, LawRecord, Named, Person, StepRecord, digest_of, made_with};
use crate::tree::Question;
use crate::walk::{Given, Step, clean};

/// The format number of records of guides.
pub const FORMAT: u32 = 1;

/// What `kind` says of such a record.
pub const KIND: &str = "guide";

/// The record of a guide. Never overwritten.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct GuideRecord {
    /// Always `guide`.
    pub kind: String,
    /// The format number, 1.
    pub format: u32,
    /// The language of all words in it: `sv` or `en`.
    pub language: String,
    /// The guide.
    pub guide: Named,
    /// Where it ended.
    pub outcome: GuideOutcome,
    /// The day whose law was used, and from which dates are counted, `yyyy-mm-dd`.
    pub on: String,
    /// When it was finished, to the minute, with offset.
    pub finished: String,
    /// A reference number; null where none was given.
    pub case: Option<String>,
    /// Who asked; null where nobody was named.
    pub official: Option<Person>,
    /// The authority.
    pub authority: Named,
    /// What was asked or shown, and the answers, those of the tree that follows included.
    pub steps: Vec<StepRecord>,
    /// Dates that follow from the answers.
    pub dates: Vec<GuideDate>,
    /// Assumptions that the advice rests on.
    pub assumptions: Vec<GuideNote>,
    /// Open legal questions.
    pub open: Vec<GuideNote>,
    /// Personal data that was kept in a text, each with a reason.
    pub kept: Vec<KeptRecord>,
    /// Every provision cited, in the wording of the day.
    pub law: BTreeMap<String, LawRecord>,
    /// What it was made with.
    pub made_with: GuideMadeWith,
    /// SHA-256 of the record as one-line JSON in the order written, without this member.
    pub digest: String,
}

/// Never prints a text: it is about people.
impl fmt::Debug for GuideRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GuideRecord")
            .field("guide", &self.guide.key)
            .field("on", &self.on)
            .field("outcome", &self.outcome.key)
            .finish_non_exhaustive()
    }
}

/// Where a guide ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GuideOutcome {
    /// Key of the outcome.
    pub key: String,
    /// The outcome in words.
    pub means: String,
    /// What it means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub says: Option<String>,
    /// The next step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// A text to copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy: Option<String>,
    /// Keys of the sections.
    pub law: Vec<String>,
}

/// A date that follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GuideDate {
    /// Its id.
    pub id: String,
    /// The day, `yyyy-mm-dd`.
    pub day: String,
    /// The day that it was counted from, `yyyy-mm-dd`.
    pub from: String,
    /// What is to have happened by then.
    pub text: String,
    /// Keys of the sections.
    pub law: Vec<String>,
}

/// A note, and the question that it stands at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GuideNote {
    /// Id of the question.
    pub question: String,
    /// The note.
    pub text: String,
}

/// What a record of a guide was made with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct GuideMadeWith {
    /// Name and version of the program.
    pub tool: String,
    /// `built-in` or `folder`.
    pub source: String,
    /// The lawyers' version of the guides.
    pub guides: String,
    /// Digest of the files of the guides.
    pub guides_digest: String,
    /// The lawyers' version of the trees.
    pub trees: String,
    /// Digest of the files of the trees: their laws and authorities, and the tree that may follow.
    pub trees_digest: String,
}

impl GuideRecord {
    /// The record of a guide that came to its end; none before that.
    #[must_use]
    pub fn of(
        guided: &Guided<'_, '_>,
        document: &GuideAnswers,
        finished: &str,
        lang: Lang,
    ) -> Option<Self> {
        guided.outcome()?;
        let writer = Writer { guided, lang };
        let mut record = writer.record(document, finished)?;
        record.digest = format!("sha256:{}", digest_of(&record)?);
        Some(record)
    }

    /// Whether the record is as it was written.
    #[must_use]
    pub fn is_as_written(&self) -> bool {
        digest_of(self).is_some_and(|digest| self.digest == format!("sha256:{digest}"))
    }

    /// The answers that it was made from. None where its day is no day.
    #[must_use]
    pub fn answers(&self) -> Option<GuideAnswers> {
        let mut document = GuideAnswers::new(&self.guide.key);
        document.on = Some(crate::source::day(&self.on)?);
        document.authority = Some(self.authority.key.clone());
        document.case.clone_from(&self.case);
        document.official = self.official.as_ref().map(|person| Official {
            name: person.name.clone(),
            title: person.title.clone(),
            unit: person.unit.clone(),
        });
        for step in self.steps.iter().filter(|step| step.asked.is_some()) {
            let given = Given {
                answer: step.answer.clone(),
                text: step.text.clone(),
            };
            document.answers.insert(step.question.clone(), given);
        }
        let kept = self.kept.iter().map(|kept| Kept {
            place: kept.place.clone(),
            what: kept.what.clone(),
            reason: kept.reason.clone(),
        });
        document.kept = kept.collect();
        Some(document)
    }

    /// Whether another record says the same: everything but when and with what it was made.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        let bare = |record: &Self| Self {
            finished: String::new(),
            digest: String::new(),
            made_with: self.made_with.clone(),
            ..record.clone()
        };
        bare(self) == bare(other)
    }
}

struct Writer<'a, 't> {
    guided: &'a Guided<'t, 'a>,
    lang: Lang,
}

impl Writer<'_, '_> {
    fn record(&self, document: &GuideAnswers, finished: &str) -> Option<GuideRecord> {
        let (guided, lang) = (self.guided, self.lang);
        let dates = guided.dates(lang);
        let (assumptions, open) = guided.notes(lang);
        Some(GuideRecord {
            kind: KIND.to_owned(),
            format: FORMAT,
            language: lang.tag().to_owned(),
            guide: Named {
                key: guided.guide.name().to_owned(),
                name: guided.guide.title.get(lang).to_owned(),
            },
            outcome: self.outcome()?,
            on: guided.on.to_string(),
            finished: finished.to_owned(),
            case: document.case.as_deref().map(clean),
            official: document.official.as_ref().map(person),
            authority: Named {
                key: guided.authority.key.clone(),
                name: guided.authority.name.get(lang).to_owned(),
            },
            steps: guided
                .shown()
                .map(|(_, question, step)| self.step(question, &step))
                .collect(),
            law: self.law(&dates),
            dates: dates.into_iter().map(date).collect(),
            assumptions,
            open,
            kept: document
                .kept
                .iter()
                .filter(|kept| self.is_there(kept))
                .map(kept)
                .collect(),
            made_with: self.made_with(),
            digest: String::new(),
        })
    }

    fn outcome(&self) -> Option<GuideOutcome> {
        let outcome = self.guided.outcome()?;
        let citer = self.guided.citer(self.lang);
        let text = |text: &Option<_>| text.as_ref().map(|text| citer.text(text));
        Some(GuideOutcome {
            key: outcome.id.clone(),
            means: citer.text(&outcome.text),
            says: text(&outcome.says),
            next: text(&outcome.next),
            copy: text(&outcome.copy),
            law: self.guided.law_of_end(),
        })
    }

    fn step(&self, question: &Question, step: &Step<'_>) -> StepRecord {
        let citer = self.guided.citer(self.lang);
        let wording = question.text.as_ref().map(|text| citer.text(text));
        let answer = step.answer.and_then(|at| question.answers.get(at));
        let (asked, shown) = if question.is_asked() {
            (wording, None)
        } else {
            (None, wording)
        };
        StepRecord {
            question: question.id.clone(),
            asked,
            shown,
            answer: step.key.map(str::to_owned),
            answered: answer
                .and_then(|answer| answer.text.as_ref())
                .map(|text| citer.text(text)),
            text: step.text.map(str::to_owned),
            law: self.guided.law_of(question, step),
        }
    }

    /// A reason for what is gone is not written.
    fn is_there(&self, kept: &Kept) -> bool {
        kept.place == super::walk::CASE || self.guided.passed(&kept.place)
    }

    fn law(&self, dates: &[Due]) -> BTreeMap<String, LawRecord> {
        let guided = self.guided;
        let mut law = BTreeMap::new();
        let on_path = guided
            .shown()
            .flat_map(|(_, question, step)| guided.law_of(question, &step));
        let keys: BTreeSet<String> = on_path.chain(guided.law_of_end()).collect();
        for key in keys {
            let written = LawRecord::of(&guided.trees.laws, &key, guided.on, self.lang);
            law.extend(written.map(|written| (key, written)));
        }
        for due in dates {
            for key in due
                .law
                .iter()
                .filter(|key| !law.contains_key(*key))
                .collect::<Vec<_>>()
            {
                let written = LawRecord::of(&guided.trees.laws, key, due.from, self.lang);
                law.extend(written.map(|written| (key.clone(), written)));
            }
        }
        law
    }

    fn made_with(&self) -> GuideMadeWith {
        let trees = self.guided.trees;
        let made = made_with(trees);
        GuideMadeWith {
            tool: made.tool,
            source: made.source,
            guides: trees.guides.version.clone(),
            guides_digest: format!("sha256:{}", trees.guides.digest),
            trees: made.trees,
            trees_digest: made.trees_digest,
        }
    }
}

fn person(official: &Official) -> Person {
    Person {
        name: official.name.clone(),
        title: official.title.clone(),
        unit: official.unit.clone(),
    }
}

fn date(due: Due) -> GuideDate {
    GuideDate {
        id: due.id,
        day: due.day.to_string(),
        from: due.from.to_string(),
        text: due.text,
        law: due.law,
    }
}

fn kept(kept: &Kept) -> KeptRecord {
    KeptRecord {
        place: kept.place.clone(),
        what: kept.what.clone(),
        reason: clean(&kept.reason),
    }
}
