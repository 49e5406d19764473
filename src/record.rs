//! The record document: what was assessed, why, and what came of it, readable without the program.

mod answers;
mod parts;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::answers::{AnswersDocument, Form, Kept, Official, Sent};
use crate::assessment::{Assessment, ItemOutcome, ItemWalk, Stage, Whole, is_kept, is_shown};
use crate::cite::Citer;
use crate::language::{Lang, Text};
use crate::law::{self, Confidence, Laws};
use crate::source::hex;
use crate::tree::{Kind, Outcome, Question, Role, Tree};
use crate::trees::{Origin, Trees};
use crate::walk::{Step, Walk};

pub use answers::Unreadable;
pub use parts::said;

/// The format number of records. A field is never given a new meaning; a later format only adds.
pub const FORMAT: u32 = 1;

/// Never prints a text: it is about people.
impl<S: fmt::Debug> fmt::Debug for Record<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Record");
        shown
            .field("kind", &self.kind)
            .field("on", &self.on)
            .field("outcome", &self.outcome)
            .finish_non_exhaustive()
    }
}

/// A record (*prövningspost*). Never overwritten; a change is a new record that follows it.
#[derive(Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[serde(bound(deserialize = "S: Deserialize<'de> + Ord"))]
#[schemars(rename = "Record")]
pub struct Record<S = String> {
    /// Always `record`.
    pub kind: S,
    /// The format number, 1.
    pub format: u32,
    /// The language of all words in it: `sv` or `en`.
    pub language: S,
    /// The whole: `ready`, `refer`, `nothing-to-send` or `stopped`.
    pub outcome: S,
    /// The day whose law was applied, `yyyy-mm-dd`.
    pub on: S,
    /// The assessment was made after that day: it documents, it does not heal.
    pub retrospective: bool,
    /// When it was started, to the minute, with offset.
    pub started: S,
    /// When it was finished, to the minute, with offset.
    pub finished: S,
    /// The report's own reference number; null where none has been assigned.
    pub case: Option<S>,
    /// Digest of the record that this one follows.
    pub follows: Option<S>,
    /// The board's request, where this answers one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<RequestRecord<S>>,
    /// Who assessed.
    pub official: Person<S>,
    /// The authority.
    pub authority: Named<S>,
    /// The day of knowledge, `yyyy-mm-dd`: *genast* runs from it.
    pub known_since: S,
    /// The route.
    pub route: Route<S>,
    /// The standing first item; null where there was no route.
    pub identity: Option<IdentityRecord<S>>,
    /// The other items, in the order they were entered.
    pub items: Vec<ItemRecord<S>>,
    /// Ids of the items that may leave; the first item has the id `identity`.
    pub released: Vec<S>,
    /// Exactly which documents may leave; normally none.
    pub documents: Vec<DocumentRef<S>>,
    /// What was held back, and on what outcome; why stands in the item's steps.
    pub held_back: Vec<HeldBack<S>>,
    /// Urgent calls: disclosures of their own, made before the report.
    pub calls: Vec<CallRecord<S>>,
    /// Board, channel and time; null where nothing may be sent.
    pub sending: Option<SendingRecord<S>>,
    /// Marking, feedback, guardian, signing, data protection and floor; null where nothing may be sent.
    pub closing: Option<ClosingRecord<S>>,
    /// Keys of the provisions that the authority's own copy is marked with.
    pub marking: Vec<S>,
    /// Assumptions that the assessment rests on.
    pub assumptions: Vec<Note<S>>,
    /// Open legal questions. They hold nothing back but the items named.
    pub open: Vec<Note<S>>,
    /// Personal data that the official kept in a text, each with a reason.
    pub kept: Vec<KeptRecord<S>>,
    /// Every provision cited, in the wording of the day.
    pub law: BTreeMap<S, LawRecord<S>>,
    /// What it was made with.
    pub made_with: MadeWith<S>,
    /// SHA-256 of the record as one-line JSON in the order written, without this member.
    pub digest: S,
}

/// Who assessed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(bound(deserialize = "S: Deserialize<'de> + Ord"))]
#[schemars(rename = "Person")]
pub struct Person<S = String> {
    /// Name.
    pub name: S,
    /// Title.
    pub title: S,
    /// Unit.
    pub unit: S,
}

impl<S: fmt::Debug> fmt::Debug for Person<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Person")
    }
}

/// A later request of the board.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[serde(bound(deserialize = "S: Deserialize<'de> + Ord"))]
#[schemars(rename = "RequestRecord")]
pub struct RequestRecord<S = String> {
    /// How far the board had come: `clarify`, `preliminary`, `investigation` or `unsure`.
    pub phase: Named<S>,
    /// The board's decision to investigate, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<S>,
    /// What the board asked for.
    pub asked_for: S,
    /// What may have left before, according to the record that this one follows.
    pub sent: Vec<SentRecord<S>>,
    /// Ids of what is refused: a written decision, which the board can appeal (6:7 OSL).
    pub refused: Vec<S>,
}

impl<S: fmt::Debug> fmt::Debug for RequestRecord<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestRecord")
            .field("phase", &self.phase)
            .field("refused", &self.refused)
            .finish_non_exhaustive()
    }
}

/// An item that may have left before.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(bound(deserialize = "S: Deserialize<'de> + Ord"))]
#[schemars(rename = "SentRecord")]
pub struct SentRecord<S = String> {
    /// Its label.
    pub label: S,
    /// `statement` (*uppgift*) or `document` (*handling*).
    pub form: S,
    /// The date of a document; null where it is not known, or a statement.
    pub dated: Option<S>,
}

impl<S: fmt::Debug> fmt::Debug for SentRecord<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SentRecord")
            .field("form", &self.form)
            .finish_non_exhaustive()
    }
}

/// Something with a key and a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(bound(deserialize = "S: Deserialize<'de> + Ord"))]
#[schemars(rename = "Named")]
pub struct Named<S = String> {
    /// The key.
    pub key: S,
    /// The name in the record's language.
    pub name: S,
}

/// One step: what was asked or shown, and the answer.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(bound(deserialize = "S: Deserialize<'de> + Ord"))]
#[schemars(rename = "StepRecord")]
pub struct StepRecord<S = String> {
    /// Id of the question.
    pub question: S,
    /// The wording, where a person was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<S>,
    /// The wording, where the program knew and showed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<S>,
    /// The key of the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<S>,
    /// The answer in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<S>,
    /// The motivation or the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<S>,
    /// Keys of the sections.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub law: Vec<S>,
}

impl<S: fmt::Debug> fmt::Debug for StepRecord<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StepRecord")
            .field("question", &self.question)
            .field("answer", &self.answer)
            .finish_non_exhaustive()
    }
}

/// The route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(bound(deserialize = "S: Deserialize<'de> + Ord"))]
#[schemars(rename = "Route")]
pub struct Route<S = String> {
    /// Key of the outcome.
    pub outcome: S,
    /// The outcome in words.
    pub means: S,
    /// What it means for the official, or the next step at a stop.
    pub says: S,
    /// Keys of the sections.
    pub law: Vec<S>,
    /// The steps.
    pub steps: Vec<StepRecord<S>>,
}

/// The standing first item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[serde(bound(deserialize = "S: Deserialize<'de> + Ord"))]
#[schemars(rename = "IdentityRecord")]
pub struct IdentityRecord<S = String> {
    /// The kinds of identity data that go; never the values.
    pub kinds: Vec<Named<S>>,
    /// Somebody has protected personal data.
    pub protected: bool,
    /// Keys of its secrecy provisions.
    pub provisions: Vec<S>,
    /// The harm test.
    pub harm_test: S,
    /// Key of the outcome.
    pub outcome: S,
    /// The outcome in words.
    pub means: S,
    /// Keys of the sections that the outcome rests on.
    pub law: Vec<S>,
    /// The steps.
    pub steps: Vec<StepRecord<S>>,
}

/// One item.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[serde(bound(deserialize = "S: Deserialize<'de> + Ord"))]
#[schemars(rename = "ItemRecord")]
pub struct ItemRecord<S = String> {
    /// Its id.
    pub id: S,
    /// Its label.
    pub label: S,
    /// `statement` (*uppgift*) or `document` (*handling*).
    pub form: S,
    /// Where it comes from.
    pub origin: Named<S>,
    /// Whom it is about.
    pub about: Named<S>,
    /// The date of a document; null where it was asked for and is not known.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[expect(
        clippy::option_option,
        reason = "absent, asked for and unknown (null), and known are three things"
    )]
    pub dated: Option<Option<S>>,
    /// The day it came in, where the provision counts from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<S>,
    /// The file's name in the outgoing folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<S>,
    /// Keys of its secrecy provisions, the strictest first.
    pub provisions: Vec<S>,
    /// The harm test: `qualified`, `straight`, `reverse`, `absolute`, `unsure` or `none`.
    pub harm_test: S,
    /// The official says that it is benefit data only.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub benefit: bool,
    /// Ids of the documents that it describes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub describes: Vec<S>,
    /// Key of the outcome.
    pub outcome: S,
    /// The outcome in words.
    pub means: S,
    /// Keys of the sections that the outcome rests on.
    pub law: Vec<S>,
    /// The steps; the wording sent stands in the step with that question.
    pub steps: Vec<StepRecord<S>>,
}

/// What stands there, null too: serde alone takes null for absent.
#[expect(
    clippy::option_option,
    reason = "absent and null are two things, and this tells them apart"
)]
fn present<'de, D: serde::Deserializer<'de>, S: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<Option<S>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

impl<S: fmt::Debug> fmt::Debug for ItemRecord<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemRecord")
            .field("id", &self.id)
            .field("outcome", &self.outcome)
            .finish_non_exhaustive()
    }
}

/// A document that may leave.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(bound(deserialize = "S: Deserialize<'de> + Ord"))]
#[schemars(rename = "DocumentRef")]
pub struct DocumentRef<S = String> {
    /// Id of the item.
    pub id: S,
    /// Its label.
    pub label: S,
    /// Its date; null where unknown.
    pub dated: Option<S>,
    /// The file's name in the outgoing folder; null where none was named.
    pub file: Option<S>,
    /// Which pages go, or why the whole does, in the official's words.
    pub why: Option<S>,
}

impl<S: fmt::Debug> fmt::Debug for DocumentRef<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DocumentRef")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// An item held back. The first item has the id `identity`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(bound(deserialize = "S: Deserialize<'de> + Ord"))]
#[schemars(rename = "HeldBack")]
pub struct HeldBack<S = String> {
    /// Id of the item.
    pub id: S,
    /// Key of the outcome.
    pub outcome: S,
    /// The outcome in words.
    pub means: S,
}

/// An urgent call.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(bound(deserialize = "S: Deserialize<'de> + Ord"))]
#[schemars(rename = "CallRecord")]
pub struct CallRecord<S = String> {
    /// Day and hour as entered.
    pub when: S,
    /// Who took it.
    pub to: S,
    /// What was said.
    pub said: S,
    /// The route as it was on the day of the call.
    pub route: Option<S>,
    /// Keys of the sections that it rested on that day.
    pub law: Vec<S>,
}

impl<S: fmt::Debug> fmt::Debug for CallRecord<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallRecord")
            .field("route", &self.route)
            .finish_non_exhaustive()
    }
}

/// Never prints a text: it is about people.
impl<S: fmt::Debug> fmt::Debug for SendingRecord<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("SendingRecord");
        shown
            .field("channel", &self.channel)
            .finish_non_exhaustive()
    }
}

/// Board, channel and time.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(bound(deserialize = "S: Deserialize<'de> + Ord"))]
#[schemars(rename = "SendingRecord")]
pub struct SendingRecord<S = String> {
    /// The municipality whose board receives it; null where any board is told by telephone.
    pub board: Option<S>,
    /// The channel.
    pub channel: Named<S>,
    /// Day, and hour where known.
    pub when: S,
    /// The steps.
    pub steps: Vec<StepRecord<S>>,
}

/// The closing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(bound(deserialize = "S: Deserialize<'de> + Ord"))]
#[schemars(rename = "ClosingRecord")]
pub struct ClosingRecord<S = String> {
    /// Whether the guardian, or the adult, knows.
    pub guardian: Named<S>,
    /// When a manager reviews.
    pub signing: Named<S>,
    /// Feedback is asked for.
    pub feedback: bool,
    /// The steps.
    pub steps: Vec<StepRecord<S>>,
}

/// An assumption or an open legal question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(bound(deserialize = "S: Deserialize<'de> + Ord"))]
#[schemars(rename = "Note")]
pub struct Note<S = String> {
    /// Where it arose, as a path in the answers document.
    pub place: S,
    /// In words.
    pub text: S,
    /// How sure the reading is: `high`, `medium` or `low`.
    pub confidence: S,
}

/// Personal data kept in a text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(bound(deserialize = "S: Deserialize<'de> + Ord"))]
#[schemars(rename = "KeptRecord")]
pub struct KeptRecord<S = String> {
    /// Where, as a path in the answers document.
    pub place: S,
    /// What sort.
    pub what: S,
    /// Why.
    pub reason: S,
}

impl<S: fmt::Debug> fmt::Debug for KeptRecord<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeptRecord")
            .field("place", &self.place)
            .field("what", &self.what)
            .finish_non_exhaustive()
    }
}

/// A provision in the wording of the day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[serde(bound(deserialize = "S: Deserialize<'de> + Ord"))]
#[schemars(rename = "LawRecord")]
pub struct LawRecord<S = String> {
    /// The citation.
    pub citation: S,
    /// First day of this wording; none for cases and preparatory works, which guide whatever the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<S>,
    /// Last day of this wording; null while it is in force.
    pub until: Option<S>,
    /// Number in the Swedish Code of Statutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sfs: Option<S>,
    /// The day of the text that was read.
    pub checked_on: S,
    /// How sure the research is.
    pub confidence: S,
    /// The wording of these days was not read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unverified: bool,
    /// What is unclear.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<S>,
}

/// What a record was made with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[serde(bound(deserialize = "S: Deserialize<'de> + Ord"))]
#[schemars(rename = "MadeWith")]
pub struct MadeWith<S = String> {
    /// Name and version of the program.
    pub tool: S,
    /// The lawyers' version of the trees.
    pub trees: S,
    /// `built-in` or `folder`.
    pub source: S,
    /// Digest of the files that decide.
    pub trees_digest: S,
}

impl LawRecord {
    /// A provision in the wording of a day; none where it is not in force.
    #[must_use]
    pub fn of(laws: &Laws, key: &str, day: Date, lang: Lang) -> Option<Self> {
        let provision = laws.provision(key)?;
        let version = provision.on(day)?;
        let is_dated = !matches!(provision.kind, law::Kind::Case | law::Kind::PreparatoryWork);
        let note = provision.note.as_ref();
        Some(Self {
            citation: version.cite.clone(),
            from: is_dated.then(|| version.from.to_string()),
            until: version.until.map(|day| day.to_string()),
            sfs: version.sfs.clone(),
            checked_on: provision.checked_on.to_string(),
            confidence: provision.confidence.word().to_owned(),
            unverified: version.unverified,
            note: note.map(|note| note.get(lang).to_owned()),
        })
    }
}

/// When an assessment was made. The library reads no clock: the caller says.
#[derive(Clone, Debug)]
pub struct Made {
    /// Start, to the minute, with offset.
    pub started: String,
    /// End, to the minute, with offset.
    pub finished: String,
    /// The day of the end.
    pub day: Date,
}

/// Assumptions and open legal questions on the path.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    /// Assumptions.
    pub assumptions: Vec<Note>,
    /// Open legal questions.
    pub open: Vec<Note>,
}

/// Collects assumptions and open questions in the order they arose.
#[must_use]
pub fn notes(assessment: &Assessment<'_, '_>, lang: Lang) -> Notes {
    let mut notes = Notes::default();
    for (stage, tree, walk) in assessment.walks() {
        let citer = assessment.citer_in(stage, lang);
        for step in walk.steps() {
            let question = tree.question(step.question);
            let Some(answer) = step.answer.and_then(|at| question.answers.get(at)) else {
                continue;
            };
            let note = |text: &Text, confidence: Confidence| Note {
                place: stage.place(&question.id).to_string(),
                text: citer.text(text),
                confidence: confidence.word().to_owned(),
            };
            notes.assumptions.extend(
                answer
                    .assumes
                    .iter()
                    .map(|text| note(text, Confidence::Medium)),
            );
            notes
                .open
                .extend(answer.open.iter().map(|text| note(text, Confidence::Low)));
        }
    }
    notes
}

/// Writes the record of a finished assessment; none while something is missing, or nobody is named.
#[must_use]
pub fn record(
    assessment: &Assessment<'_, '_>,
    document: &AnswersDocument,
    made: &Made,
    lang: Lang,
) -> Option<Record> {
    let writer = Writer {
        assessment,
        document,
        lang,
    };
    let mut record = writer.record(assessment.whole?, document.official.as_ref()?, made)?;
    record.digest = format!("sha256:{}", digest(&record)?);
    Some(record)
}

/// SHA-256 of the record as one-line JSON in the order written, without the member `digest`.
///
/// `jq -cj 'del(.digest)' FILE | sha256sum` gives the same.
#[must_use]
pub fn digest(record: &Record) -> Option<String> {
    digest_of(record)
}

/// The same of any document that ends in its digest.
#[must_use]
pub fn digest_of(document: &impl Serialize) -> Option<String> {
    let mut value = serde_json::to_value(document).ok()?;
    value.as_object_mut()?.shift_remove("digest");
    let line = serde_json::to_string(&value).ok()?;
    Some(hex(&Sha256::digest(line.as_bytes())))
}

struct Writer<'a, 't> {
    assessment: &'a Assessment<'t, 'a>,
    document: &'a AnswersDocument,
    lang: Lang,
}

impl<'a, 't> Writer<'a, 't> {
    fn record(&self, whole: Whole, official: &Official, made: &Made) -> Option<Record> {
        let assessment = self.assessment;
        let notes = notes(assessment, self.lang);
        let items: Vec<ItemRecord> = assessment
            .items
            .iter()
            .enumerate()
            .filter_map(|(at, item)| self.item(at, item))
            .collect();
        let identity = assessment
            .identity
            .as_ref()
            .and_then(|item| self.identity(item));
        Some(Record {
            kind: "record".to_owned(),
            format: FORMAT,
            language: self.lang.tag().to_owned(),
            outcome: whole.key().to_owned(),
            on: assessment.on.to_string(),
            retrospective: assessment.day_it_leaves() < made.day,
            started: made.started.clone(),
            finished: made.finished.clone(),
            case: self.document.case.as_deref().map(crate::walk::clean),
            follows: self.document.follows.clone(),
            request: self.request(),
            official: Person {
                name: official.name.clone(),
                title: official.title.clone(),
                unit: official.unit.clone(),
            },
            authority: Named {
                key: assessment.authority.key.clone(),
                name: assessment.authority.name.get(self.lang).to_owned(),
            },
            known_since: assessment.known_since().to_string(),
            route: self.route()?,
            released: released(whole, identity.as_ref(), &items),
            documents: items
                .iter()
                .filter(|item| item.form == Form::Document.key() && goes(&item.outcome))
                .map(|item| self.document_ref(item))
                .collect(),
            held_back: held_back(identity.as_ref(), &items),
            identity,
            items,
            calls: self.calls(),
            sending: assessment
                .sending
                .as_ref()
                .and_then(|walk| self.sending(walk)),
            closing: assessment
                .closing
                .as_ref()
                .and_then(|walk| self.closing(walk)),
            marking: marking(assessment),
            assumptions: notes.assumptions,
            open: notes.open,
            kept: self.kept(),
            law: self.law(),
            made_with: made_with(self.assessment.trees),
            digest: String::new(),
        })
    }

    fn citer(&self, stage: Stage) -> Citer<'a> {
        self.assessment.citer_in(stage, self.lang)
    }

    fn keys(&self, outcome: &Outcome, stage: Stage) -> Vec<String> {
        outcome
            .law
            .iter()
            .flat_map(|law| self.citer(stage).keys(law))
            .collect()
    }

    fn steps(&self, stage: Stage, tree: &'t Tree, walk: &Walk<'_, '_>) -> Vec<StepRecord> {
        let steps = walk
            .steps()
            .map(|step| (tree.question(step.question), step));
        steps
            .filter(|(question, step)| is_shown(question, step))
            .map(|(question, step)| self.step(stage, question, &step))
            .collect()
    }

    fn step(&self, stage: Stage, question: &Question, step: &Step<'_>) -> StepRecord {
        let citer = self.citer(stage);
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
            law: self.assessment.law_of(stage, question, step),
        }
    }

    fn route(&self) -> Option<Route> {
        let assessment = self.assessment;
        let outcome = assessment.route_outcome()?;
        let citer = self.citer(Stage::Route);
        let says = outcome.says.as_ref().or(outcome.next.as_ref());
        Some(Route {
            outcome: outcome.id.clone(),
            means: citer.text(&outcome.text),
            says: says.map(|text| citer.text(text)).unwrap_or_default(),
            law: self.keys(outcome, Stage::Route),
            steps: self.steps(Stage::Route, &assessment.trees.route, &assessment.route),
        })
    }

    fn request(&self) -> Option<RequestRecord> {
        let assessment = self.assessment;
        let (tree, walk) = (&assessment.trees.route, &assessment.route);
        let text = |role| {
            let step = assessment.step_with_role(tree, walk, role);
            step.and_then(|(_, step)| step.text.map(str::to_owned))
        };
        Some(RequestRecord {
            phase: self.named(tree, walk, Role::Phase)?,
            reference: text(Role::Reference),
            asked_for: text(Role::AskedFor)?,
            sent: self.document.sent.iter().map(sent).collect(),
            refused: self.refused(),
        })
    }

    fn refused(&self) -> Vec<String> {
        let items = self.assessment.items.iter().enumerate();
        let refused = items.filter(|(_, item)| item.outcome.is_some_and(crate::request::refuses));
        refused
            .map(|(at, _)| self.document.id_of(at).into_owned())
            .collect()
    }

    fn means(&self, item: &ItemWalk<'_, '_>) -> Option<(String, String)> {
        let key = item.outcome?.key();
        let outcome = self.assessment.trees.item.find_outcome(key)?;
        Some((key.to_owned(), outcome.text.get(self.lang).to_owned()))
    }

    fn identity(&self, item: &ItemWalk<'_, '_>) -> Option<IdentityRecord> {
        let identity = self.document.identity.as_ref()?;
        let (outcome, means) = self.means(item)?;
        let tree = &self.assessment.trees.item;
        let named = |kind: &crate::answers::IdentityKind| Named {
            key: kind.key().to_owned(),
            name: kind.text(self.lang).to_owned(),
        };
        Some(IdentityRecord {
            kinds: identity.kinds.iter().map(named).collect(),
            protected: identity.protected,
            provisions: item.facts.secrecy.provisions.clone(),
            harm_test: item.facts.secrecy.harm_test.to_owned(),
            outcome,
            means,
            law: self.assessment.ground_of(Stage::Identity, tree, &item.walk),
            steps: self.steps(Stage::Identity, tree, &item.walk),
        })
    }

    fn item(&self, at: usize, walked: &ItemWalk<'_, '_>) -> Option<ItemRecord> {
        let item = self.document.items.get(at)?;
        let (outcome, means) = self.means(walked)?;
        let (origin, about) = (item.origin?, item.about?);
        let tree = &self.assessment.trees.item;
        Some(ItemRecord {
            id: self.document.id_of(at).into_owned(),
            label: crate::walk::clean(&item.label),
            form: item.form.key().to_owned(),
            origin: Named {
                key: origin.key().to_owned(),
                name: origin.text(self.lang).to_owned(),
            },
            about: Named {
                key: about.key().to_owned(),
                name: about.text(self.lang).to_owned(),
            },
            dated: (item.form.is_dated() || item.dated.is_some())
                .then(|| date_of(item.dated.as_deref())),
            received: item.received.map(|day| day.to_string()),
            file: item.file.clone(),
            provisions: walked.facts.secrecy.provisions.clone(),
            harm_test: walked.facts.secrecy.harm_test.to_owned(),
            benefit: item.benefit,
            describes: walked
                .describes
                .iter()
                .map(|at| self.document.id_of(*at).into_owned())
                .collect(),
            outcome,
            means,
            law: self
                .assessment
                .ground_of(Stage::Item(at), tree, &walked.walk),
            steps: self.steps(Stage::Item(at), tree, &walked.walk),
        })
    }

    fn document_ref(&self, item: &ItemRecord) -> DocumentRef {
        let tree = &self.assessment.trees.item;
        let at = self.document.find(&item.id);
        let walked = at.and_then(|at| self.assessment.items.get(at));
        let why = walked.and_then(|item| {
            self.assessment
                .step_with_role(tree, &item.walk, Role::Describe)
        });
        DocumentRef {
            id: item.id.clone(),
            label: item.label.clone(),
            dated: item.dated.clone().flatten(),
            file: item.file.clone(),
            why: why.and_then(|(_, step)| step.text.map(str::to_owned)),
        }
    }

    fn calls(&self) -> Vec<CallRecord> {
        let call = self.assessment.call(self.document);
        call.into_iter()
            .map(|call| CallRecord {
                when: call.when,
                to: call.to,
                said: call.said,
                route: call.route,
                law: call.law,
            })
            .collect()
    }

    fn named(&self, tree: &'t Tree, walk: &Walk<'_, '_>, role: Role) -> Option<Named> {
        let (question, step) = self.assessment.step_with_role(tree, walk, role)?;
        let answer = step.answer.and_then(|at| question.answers.get(at))?;
        let name = answer
            .text
            .as_ref()
            .map(|text| self.citer(Stage::Closing).text(text))
            .unwrap_or_default();
        Some(Named {
            key: step.key.unwrap_or_default().to_owned(),
            name,
        })
    }

    fn sending(&self, walk: &Walk<'_, '_>) -> Option<SendingRecord> {
        let tree = &self.assessment.trees.sending;
        let board = self.assessment.step_with_role(tree, walk, Role::Board);
        Some(SendingRecord {
            board: board.and_then(|(_, step)| step.text.map(str::to_owned)),
            channel: self.named(tree, walk, Role::Channel)?,
            when: self.assessment.sending_moment()?.0,
            steps: self.steps(Stage::Sending, tree, walk),
        })
    }

    fn closing(&self, walk: &Walk<'_, '_>) -> Option<ClosingRecord> {
        let tree = &self.assessment.trees.closing;
        Some(ClosingRecord {
            guardian: self.named(tree, walk, Role::Guardian)?,
            signing: self.named(tree, walk, Role::Signing)?,
            feedback: self
                .assessment
                .step_with_role(tree, walk, Role::Feedback)
                .is_some(),
            steps: self.steps(Stage::Closing, tree, walk),
        })
    }

    fn kept(&self) -> Vec<KeptRecord> {
        let there =
            |entry: &&Kept| is_kept(self.assessment, self.document, &entry.place, &entry.what);
        self.document.kept.iter().filter(there).map(kept).collect()
    }

    fn law(&self) -> BTreeMap<String, LawRecord> {
        let assessment = self.assessment;
        let mut keys: BTreeSet<String> =
            assessment.cited().into_iter().map(|(key, _)| key).collect();
        keys.extend(
            assessment
                .route_outcome()
                .into_iter()
                .flat_map(|outcome| self.keys(outcome, Stage::Route)),
        );
        keys.extend(
            assessment
                .items
                .iter()
                .chain(&assessment.identity)
                .flat_map(|item| item.facts.secrecy.provisions.clone()),
        );
        let received = |key: &str| {
            let mut items = assessment.items.iter();
            let with_key =
                items.find(|item| item.facts.secrecy.provisions.iter().any(|p| p == key));
            with_key.and_then(|item| item.facts.received)
        };
        let of_key = |key: String| Some((key.clone(), self.law_record(&key, received(&key))?));
        let mut law: BTreeMap<String, LawRecord> = keys.into_iter().filter_map(of_key).collect();
        law.extend(self.other_versions(&law));
        law
    }

    /// Where items that came in on different days are covered by different wordings of one provision, the others
    /// stand beside the first with their first day in the key.
    fn other_versions(&self, law: &BTreeMap<String, LawRecord>) -> Vec<(String, LawRecord)> {
        let cited = self.assessment.cited().into_iter();
        let others = cited.filter(|(key, from)| {
            let shown = law.get(key).and_then(|law| law.from.as_ref());
            shown.is_some_and(|shown| *shown != from.to_string())
        });
        others
            .filter_map(|(key, from)| {
                Some((format!("{key}@{from}"), self.law_record(&key, Some(from))?))
            })
            .collect()
    }

    fn law_record(&self, key: &str, received: Option<Date>) -> Option<LawRecord> {
        let provision = self.assessment.trees.laws.provision(key)?;
        let citer = Citer {
            received,
            ..self.assessment.citer(self.lang)
        };
        let day = citer.day_for(provision);
        let written = LawRecord::of(&self.assessment.trees.laws, key, day, self.lang)?;
        let is_duty = key == self.assessment.authority.duty_section;
        let of_duty = (is_duty && self.assessment.under_duty()).then(|| citer.duty());
        Some(LawRecord {
            citation: of_duty.unwrap_or(written.citation),
            ..written
        })
    }
}

/// The program and the trees, as documents name them.
#[must_use]
pub fn made_with(trees: &Trees) -> MadeWith {
    let source = if trees.origin == Origin::BuiltIn {
        "built-in"
    } else {
        "folder"
    };
    MadeWith {
        tool: concat!("sekretesskoll ", env!("CARGO_PKG_VERSION")).to_owned(),
        trees: trees.laws.version.clone(),
        source: source.to_owned(),
        trees_digest: format!("sha256:{}", trees.digest),
    }
}

/// Keys of the provisions that the authority's own copy is marked with: those of the report, and those under which
/// anything in it is secret.
#[must_use]
pub fn marking(assessment: &Assessment<'_, '_>) -> Vec<String> {
    let tree = &assessment.trees.closing;
    let report = assessment
        .closing
        .as_ref()
        .and_then(|walk| assessment.step_with_role(tree, walk, Role::Marking));
    let of_report = report
        .into_iter()
        .flat_map(|(question, step)| assessment.law_of(Stage::Closing, question, &step));
    let secret = |key: &String| {
        let provision = assessment.trees.laws.provision(key);
        provision.is_some_and(crate::law::Provision::is_secrecy)
    };
    if !assessment.something_goes() {
        return Vec::new();
    }
    let goes = |item: &&ItemWalk<'_, '_>| item.outcome.is_some_and(ItemOutcome::releases);
    let is_secret = |item: &&ItemWalk<'_, '_>| !is_not_secret(&assessment.trees.item, &item.walk);
    let items = assessment
        .identity
        .iter()
        .chain(&assessment.items)
        .filter(goes)
        .filter(is_secret);
    let mut marking: Vec<String> = Vec::new();
    for key in of_report
        .filter(secret)
        .chain(items.flat_map(|item| item.facts.secrecy.provisions.clone()))
    {
        if !marking.contains(&key) {
            marking.push(key);
        }
    }
    marking
}

/// Whether the walk found the item not to be secret.
fn is_not_secret(tree: &Tree, walk: &Walk<'_, '_>) -> bool {
    let opens = |step: &Step| {
        let question = tree.question(step.question);
        let answer = step.answer.and_then(|at| question.answers.get(at));
        answer
            .map_or(question.opens.as_deref(), |answer| answer.opens.as_deref())
            .map(str::to_owned)
    };
    walk.steps()
        .any(|step| opens(&step).as_deref() == Some("not-secret"))
}

fn goes(outcome: &str) -> bool {
    ItemOutcome::parse(outcome).is_some_and(ItemOutcome::releases)
}

/// The id that the standing first item has in lists.
pub const IDENTITY: &str = "identity";

fn released(whole: Whole, first: Option<&IdentityRecord>, items: &[ItemRecord]) -> Vec<String> {
    let first = first
        .filter(|first| whole == Whole::Ready && goes(&first.outcome))
        .map(|_| IDENTITY.to_owned());
    let items = items
        .iter()
        .filter(|item| goes(&item.outcome))
        .map(|item| item.id.clone());
    first.into_iter().chain(items).collect()
}

fn held_back(identity: Option<&IdentityRecord>, items: &[ItemRecord]) -> Vec<HeldBack> {
    let first = identity.map(|first| (IDENTITY.to_owned(), &first.outcome, &first.means));
    let rest = items
        .iter()
        .map(|item| (item.id.clone(), &item.outcome, &item.means));
    let all = first
        .into_iter()
        .chain(rest)
        .filter(|(_, outcome, _)| !goes(outcome));
    all.map(|(id, outcome, means)| HeldBack {
        id,
        outcome: outcome.clone(),
        means: means.clone(),
    })
    .collect()
}

fn date_of(dated: Option<&str>) -> Option<String> {
    dated
        .filter(|dated| dated.parse::<Date>().is_ok())
        .map(str::to_owned)
}

fn sent(sent: &Sent) -> SentRecord {
    SentRecord {
        label: crate::walk::clean(&sent.label),
        form: sent.form.clone(),
        dated: sent.dated.clone(),
    }
}

fn kept(kept: &Kept) -> KeptRecord {
    KeptRecord {
        place: kept.place.clone(),
        what: kept.what.clone(),
        reason: crate::walk::clean(&kept.reason),
    }
}

/// The wording of an item that stands in the report, where one was written.
#[must_use]
pub fn wording<'w>(assessment: &Assessment<'_, '_>, item: &'w ItemWalk<'_, 'w>) -> Option<&'w str> {
    let tree = &assessment.trees.item;
    let step = item.walk.steps().find(|step| {
        tree.question(step.question).role == Some(Role::Wording)
            && tree.question(step.question).kind == Kind::Text
    })?;
    step.text
}
