//! A review (*granskning*): a second person goes through a record item by item and confirms or contests each.
//!
//! A review is a document of its own that names the record by its digest. It changes nothing in the record: a contested
//! item is held back, and a record that must be another is followed by a new one.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::alike::folded;
use crate::answers::{Official, Words};
use crate::assessment::DUTY;
use crate::language::Lang;
use crate::law::Signing;
use crate::people::look_through;
use crate::record::{IDENTITY, Made, MadeWith, Person, Record, StepRecord, digest_of};
use crate::walk::{Answers, clean};

/// The format number of reviews.
pub const FORMAT: u32 = 1;

/// What the reviewer says of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It is as it should be.
    Confirmed,
    /// It is not; why is written.
    Contested,
}

impl Verdict {
    /// The key that documents hold.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Verdict::Confirmed => "confirmed",
            Verdict::Contested => "contested",
        }
    }

    /// The verdict with this key.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        let all = [Verdict::Confirmed, Verdict::Contested];
        all.into_iter().find(|verdict| verdict.key() == key)
    }
}

/// A review. Never overwritten.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct Review {
    /// The format number, 1.
    #[serde(rename = "review")]
    pub format: u32,
    /// Digest of the record.
    pub record: String,
    /// Name of the record's file; null where it was read from standard input.
    pub record_file: Option<String>,
    /// What it was made with.
    pub made_with: MadeWith,
    /// The language of what was shown: `sv` or `en`.
    pub language: String,
    /// When it was started, to the minute, with offset.
    pub started: String,
    /// When it was finished, to the minute, with offset.
    pub finished: String,
    /// Who reviewed; never the official of the record.
    pub reviewer: Person,
    /// Every item of the record, the first item too.
    pub items: Vec<ReviewedItem>,
    /// `contested` where any item is.
    pub outcome: Verdict,
    /// What the reviewer was told about the duty or the guideline.
    pub says: Vec<String>,
    /// SHA-256 of the review as one-line JSON in the order written, without this member.
    pub digest: String,
}

impl fmt::Debug for Review {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Review")
            .field("record", &self.record)
            .field("outcome", &self.outcome)
            .finish_non_exhaustive()
    }
}

/// An item as reviewed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReviewedItem {
    /// Its id in the record; the first item has the id `identity`.
    pub id: String,
    /// Its label.
    pub label: String,
    /// Key of its outcome in the record.
    pub outcome: String,
    /// Confirmed or contested.
    pub answer: Verdict,
    /// Why, where it is contested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl fmt::Debug for ReviewedItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReviewedItem")
            .field("id", &self.id)
            .field("answer", &self.answer)
            .finish_non_exhaustive()
    }
}

/// What a script hands in: who reviews, and a verdict for each item by its id.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ReviewAnswers {
    /// The format number, 1.
    #[serde(rename = "review-answers")]
    pub format: u32,
    /// Digest of the record that the answers are about; checked where it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// Who reviews.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reviewer: Option<Official>,
    /// `confirmed` or `contested` by id, a contested one with its text.
    pub items: Answers,
}

/// Never prints a text.
impl fmt::Debug for ReviewAnswers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReviewAnswers")
            .field("items", &self.items)
            .finish_non_exhaustive()
    }
}

/// Why a review does not cover a record. Items are named by their id and never by their label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is of another record, or the record has been changed since.
    OtherRecord,
    /// The review itself has been changed since it was written.
    Changed,
    /// The reviewer is the official, or nobody.
    SamePerson,
    /// The item has no verdict.
    Missing(String),
    /// The record has no such item.
    Unknown(String),
    /// The verdict is neither of the two, or the outcome is not that of the record.
    Wrong(String),
    /// The item is contested and nothing says why, or it is confirmed and has a text.
    Text(String),
    /// The reason holds an identity number, a telephone number or the like.
    Personal(String),
}

/// What there is to review: the first item and the others, in the order of the record.
#[derive(Clone, PartialEq, Eq)]
pub struct Subject {
    /// Its id.
    pub id: String,
    /// Its label, of a document with its date.
    pub label: String,
    /// Key of its outcome.
    pub outcome: String,
}

/// Never prints the label.
impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Subject").field(&self.id).finish()
    }
}

/// What there is to review in a record.
#[must_use]
pub fn subjects(record: &Record, lang: Lang) -> Vec<Subject> {
    let first = record.identity.iter().map(|first| Subject {
        id: IDENTITY.to_owned(),
        label: lang.pick("Vem det gäller", "Who it is about").to_owned(),
        outcome: first.outcome.clone(),
    });
    let items = record.items.iter().map(|item| Subject {
        id: item.id.clone(),
        label: item.titled(),
        outcome: item.outcome.clone(),
    });
    first.chain(items).collect()
}

/// Whether two names are one person's, as far as a program can tell.
#[must_use]
pub fn is_same_person(one: &str, other: &str) -> bool {
    folded(one) == folded(other)
}

/// The step in which a record says when a manager reviews.
#[must_use]
pub fn signing_step(record: &Record) -> Option<&StepRecord> {
    let closing = record.closing.as_ref()?;
    let signing = &closing.signing;
    closing.steps.iter().find(|step| {
        step.answer.as_ref() == Some(&signing.key) && step.answered.as_ref() == Some(&signing.name)
    })
}

/// The sections that say when a manager reviews, in the wording of the record's day.
#[must_use]
pub fn signing_law(record: &Record) -> String {
    let step = signing_step(record);
    let cites = step.map(|step| record.cites(&step.law));
    cites.unwrap_or_default().join(", ")
}

/// Whether a record was made under the duty to report.
#[must_use]
pub fn under_duty<S: Words>(record: &Record<S>) -> bool {
    *record.route.outcome == *DUTY
}

/// Whether a guideline wants the record read before anything is sent.
#[must_use]
pub fn wants_review<S: Words>(record: &Record<S>) -> bool {
    let closing = record.closing.as_ref();
    let before = closing.is_some_and(|closing| *closing.signing.key == *Signing::Before.word());
    before && !under_duty(record)
}

/// The guideline that demands a review before sending; none under the duty, where nobody waits for a reviewer, none
/// where it is urgent, and none where no guideline demands it.
#[must_use]
pub fn needed_before_sending(record: &Record) -> Option<String> {
    let signing = &record.closing.as_ref()?.signing;
    let law = signing_law(record);
    let law = if law.is_empty() {
        signing.name.clone()
    } else {
        law
    };
    wants_review(record).then_some(law)
}

/// Ids of the items that a review holds back. Who it is about is never among them: without it there is no report, and a
/// reviewer holds back items, not reports. That it is contested is told by [`Review::contests_identity`].
#[must_use]
pub fn held_back(review: &Review) -> Vec<&str> {
    let contested = review.items.iter().filter(|item| item.is_contested());
    let ids = contested.map(|item| item.id.as_str());
    ids.filter(|id| *id != IDENTITY).collect()
}

/// All that a review is made from.
pub struct Verdicts<'a> {
    /// The record.
    pub record: &'a Record,
    /// Name of its file.
    pub record_file: Option<String>,
    /// Who reviews.
    pub reviewer: &'a Official,
    /// A verdict for each item by its id.
    pub items: &'a Answers,
    /// What the reviewer was told.
    pub says: Vec<String>,
    /// When.
    pub made: &'a Made,
    /// With what.
    pub made_with: MadeWith,
    /// In which language.
    pub lang: Lang,
}

impl ReviewedItem {
    /// Whether the reviewer contests it.
    #[must_use]
    pub fn is_contested(&self) -> bool {
        self.answer == Verdict::Contested
    }
}

impl Review {
    /// The review that the verdicts make.
    ///
    /// # Errors
    /// All that keeps the verdicts from being a review of the record.
    pub fn of(from: Verdicts<'_>) -> Result<Self, Vec<Unfit>> {
        let items = reviewed(from.record, from.items, from.lang)?;
        let contested = items.iter().any(ReviewedItem::is_contested);
        let mut review = Review {
            format: FORMAT,
            record: from.record.digest.clone(),
            record_file: from.record_file,
            made_with: from.made_with,
            language: from.lang.tag().to_owned(),
            started: from.made.started.clone(),
            finished: from.made.finished.clone(),
            reviewer: Person {
                name: clean(&from.reviewer.name),
                title: clean(&from.reviewer.title),
                unit: clean(&from.reviewer.unit),
            },
            items,
            outcome: outcome(contested),
            says: from.says,
            digest: String::new(),
        };
        let digest = digest_of(&review).unwrap_or_default();
        review.digest = format!("sha256:{digest}");
        review.covers(from.record).map_err(|unfit| vec![unfit])?;
        Ok(review)
    }

    /// Whether this is a whole review of the record, by somebody else than the official, as it was written.
    ///
    /// # Errors
    /// The first thing that keeps it from being one.
    pub fn covers(&self, record: &Record) -> Result<(), Unfit> {
        let digest = digest_of(self).unwrap_or_default();
        if self.digest != format!("sha256:{digest}") || self.format != FORMAT {
            return Err(Unfit::Changed);
        }
        if self.record != record.digest || !record.is_as_written() {
            return Err(Unfit::OtherRecord);
        }
        let nobody = folded(&self.reviewer.name).is_empty();
        if nobody || is_same_person(&self.reviewer.name, &record.official.name) {
            return Err(Unfit::SamePerson);
        }
        self.answers_each(record)?;
        if self.outcome != outcome(self.items.iter().any(ReviewedItem::is_contested)) {
            return Err(Unfit::Changed);
        }
        Ok(())
    }

    fn answers_each(&self, record: &Record) -> Result<(), Unfit> {
        let subjects = subjects(record, Lang::Sv);
        for subject in &subjects {
            let mut with_id = self.items.iter().filter(|item| item.id == subject.id);
            let item = with_id.next();
            let item = item.ok_or_else(|| Unfit::Missing(subject.id.clone()))?;
            if with_id.next().is_some() || item.outcome != subject.outcome {
                return Err(Unfit::Wrong(subject.id.clone()));
            }
            let reason = item
                .text
                .as_deref()
                .is_some_and(|text| !clean(text).is_empty());
            if reason != item.is_contested() {
                return Err(Unfit::Text(subject.id.clone()));
            }
        }
        let known = |item: &&ReviewedItem| subjects.iter().any(|subject| subject.id == item.id);
        let unknown = self.items.iter().find(|item| !known(item));
        unknown.map_or(Ok(()), |item| Err(Unfit::Unknown(item.id.clone())))
    }

    /// Whether the reviewer contests what stands about who it is.
    #[must_use]
    pub fn contests_identity(&self) -> bool {
        let mut items = self.items.iter();
        items.any(|item| item.id == IDENTITY && item.is_contested())
    }
}

const fn outcome(contested: bool) -> Verdict {
    if contested {
        Verdict::Contested
    } else {
        Verdict::Confirmed
    }
}

/// The items with their verdicts, or all that is lacking.
fn reviewed(
    record: &Record,
    answers: &Answers,
    lang: Lang,
) -> Result<Vec<ReviewedItem>, Vec<Unfit>> {
    let subjects = subjects(record, lang);
    let (mut items, mut unfit) = (Vec::new(), Vec::new());
    for subject in &subjects {
        match verdict(subject, answers) {
            Ok(item) => items.push(item),
            Err(lack) => unfit.push(lack),
        }
    }
    let known = |id: &&String| subjects.iter().any(|subject| subject.id == **id);
    let unknown = answers.keys().filter(|id| !known(id));
    unfit.extend(unknown.map(|id| Unfit::Unknown(id.clone())));
    if unfit.is_empty() {
        Ok(items)
    } else {
        Err(unfit)
    }
}

fn verdict(subject: &Subject, answers: &Answers) -> Result<ReviewedItem, Unfit> {
    let id = || subject.id.clone();
    let given = answers
        .get(&subject.id)
        .ok_or_else(|| Unfit::Missing(id()))?;
    let answer = given.answer.as_deref().and_then(Verdict::parse);
    let answer = answer.ok_or_else(|| Unfit::Wrong(id()))?;
    let text = given.text.as_deref().map(clean);
    let text = text.filter(|text| !text.is_empty());
    if text.is_some() != (answer == Verdict::Contested) {
        return Err(Unfit::Text(id()));
    }
    if text
        .as_deref()
        .is_some_and(|text| !look_through(text).is_empty())
    {
        return Err(Unfit::Personal(id()));
    }
    Ok(ReviewedItem {
        id: id(),
        label: subject.label.clone(),
        outcome: subject.outcome.clone(),
        answer,
        text,
    })
}
