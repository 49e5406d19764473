//! The report of concern itself: the released wordings, the first item and fixed sentences, and nothing else.
//!
//! What is held back, the reasons for secrecy and the individual's interest are never read here. Who it is about does
//! not stand in a record: it is handed in as [`Filled`], at the moment the letter is made, or left blank.

mod words;

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;

use crate::answers::{Form, IdentityKind};
use crate::assessment::{Assessment, ItemOutcome, assess, is_other_law};
use crate::cite::Citer;
use crate::language::{Lang, Text};
use crate::page::{Block, Entry, Field, Page, Value, tidy};
use crate::reconcile::{self, What};
use crate::record::{IDENTITY, ItemRecord, Record, RequestRecord, StepRecord, Unreadable};
use crate::review::Review;
use crate::tree::{Role, Tree, Whole};
use crate::trees::Trees;
use crate::walk::moment;

/// Why a record has no letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nothing may be sent: the whole is this and not `ready`.
    NotReady(String),
    /// A member that no answers document can hold.
    Unreadable(Unreadable),
    /// Under the trees as they are the same answers do not give what the record says.
    OtherOutcome,
    /// On this day, when the letter would leave, another law applies than the one assessed.
    OtherLaw(Date),
    /// A review must come first, does not fit, or leaves nothing to send.
    Review(What),
}

/// Whether a letter may be made from a record on a day. What must come before a letter is asked here and nowhere else.
///
/// # Errors
/// The first reason against it.
pub fn may_be_written(
    trees: &Trees,
    record: &Record,
    review: Option<&Review>,
    today: Date,
) -> Result<(), Reason> {
    if record.outcome != Whole::Ready.key() {
        return Err(Reason::NotReady(record.outcome.clone()));
    }
    let document = record.answers(&trees.laws).map_err(Reason::Unreadable)?;
    let replayed = assess(trees, &document).map_err(|_| Reason::OtherOutcome)?;
    if !is_same(record, &replayed) {
        return Err(Reason::OtherOutcome);
    }
    let day = leaves(record, today);
    if is_other_law(&replayed, &document, day) {
        return Err(Reason::OtherLaw(day));
    }
    of_review(record, review).map_or(Ok(()), |what| Err(Reason::Review(what)))
}

/// What a review, or the want of one, has against a letter. Under the duty nobody waits for a review; one that is handed
/// in all the same must be of this record, and what it contests is left out.
fn of_review(record: &Record, review: Option<&Review>) -> Option<What> {
    let unfit = review.and_then(|review| review.covers(record).err());
    if let Some(unfit) = unfit {
        return Some(What::ReviewUnfit(unfit));
    }
    let mut against = reconcile::of_review(record, review).into_iter();
    let left = reconcile::released(record, review);
    let nothing = left.iter().all(|id| *id == IDENTITY);
    against
        .next()
        .map(|amiss| amiss.what)
        .or_else(|| nothing.then_some(What::NothingLeft))
}

/// Whether the same answers give what the record says: route, first item, items and whole.
fn is_same(record: &Record, replayed: &Assessment<'_, '_>) -> bool {
    let key = |outcome: Option<ItemOutcome>| outcome.map(ItemOutcome::key);
    let route = replayed.route_outcome().map(|route| route.id.as_str());
    let first = replayed
        .identity
        .as_ref()
        .and_then(|item| key(item.outcome));
    let items = replayed.items.iter().map(|item| key(item.outcome));
    let recorded = record.items.iter().map(|item| Some(item.outcome.as_str()));
    route == Some(record.route.outcome.as_str())
        && first == record.identity.as_ref().map(|first| first.outcome.as_str())
        && items.eq(recorded)
        && replayed.whole == Some(Whole::Ready)
}

/// The day the letter leaves: the day of sending, or today where that has passed.
fn leaves(record: &Record, today: Date) -> Date {
    let sending = record.sending.as_ref();
    let planned = sending.and_then(|sending| moment(&sending.when));
    planned.map_or(today, |(day, _)| day.max(today))
}

/// What is written into the letter and nowhere else: who it is about, and how the official is reached.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Filled(BTreeMap<Asked, String>);

/// Never prints a value: it says who the child is.
impl fmt::Debug for Filled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Filled {
    /// Fills in a value; an empty one is a blank.
    pub fn set(&mut self, asked: Asked, value: &str) {
        let value = tidy(value);
        if value.is_empty() {
            self.0.remove(&asked);
        } else {
            self.0.insert(asked, value);
        }
    }

    /// What was filled in.
    #[must_use]
    pub fn get(&self, asked: Asked) -> Option<&str> {
        self.0.get(&asked).map(String::as_str)
    }

    /// Whether anything is left to fill in by hand.
    #[must_use]
    pub fn lacks(&self, asked: &[Asked]) -> bool {
        asked.iter().any(|one| !self.0.contains_key(one))
    }
}

/// What is asked for when the letter is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asked {
    /// The name of the one it is about.
    Name,
    /// The personal identity number.
    IdentityNumber,
    /// Who the guardians are.
    Guardians,
    /// The address.
    Address,
    /// The telephone number.
    Telephone,
    /// The school or preschool.
    School,
    /// How the board reaches the official.
    Contact,
}

impl Asked {
    const fn of(kind: IdentityKind) -> Option<Self> {
        match kind {
            IdentityKind::Name => Some(Asked::Name),
            IdentityKind::IdentityNumber => Some(Asked::IdentityNumber),
            IdentityKind::Guardians => Some(Asked::Guardians),
            IdentityKind::Address => Some(Asked::Address),
            IdentityKind::Telephone => Some(Asked::Telephone),
            IdentityKind::School => Some(Asked::School),
            IdentityKind::Case => None,
        }
    }
}

/// Whom the report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum About {
    Child,
    Adult,
    Unborn,
}

/// A report of concern that may be written.
#[derive(Clone, Copy)]
pub struct Letter<'a> {
    record: &'a Record,
    trees: &'a Trees,
    citer: Citer<'a>,
    about: About,
    /// A review that covers the record.
    review: Option<&'a Review>,
}

impl<'a> Letter<'a> {
    /// The letter of a record, as it may leave today or later.
    ///
    /// # Errors
    /// Why there is none: see [`may_be_written`].
    pub fn of(
        trees: &'a Trees,
        record: &'a Record,
        review: Option<&'a Review>,
        today: Date,
    ) -> Result<Self, Reason> {
        may_be_written(trees, record, review, today)?;
        let authority = trees.laws.authority(&record.authority.key);
        let citer = Citer {
            laws: &trees.laws,
            authority: authority.ok_or(Reason::OtherOutcome)?,
            day: leaves(record, today),
            lang: Lang::from_tag(&record.language).unwrap_or_default(),
            provisions: &[],
            received: None,
        };
        Ok(Self {
            record,
            trees,
            citer,
            about: about(record),
            review,
        })
    }

    /// The language: the record's, since the released wordings stand in it.
    #[must_use]
    pub const fn lang(&self) -> Lang {
        self.citer.lang
    }

    /// The day it leaves.
    #[must_use]
    pub const fn day(&self) -> Date {
        self.citer.day
    }

    /// Whether somebody has protected personal data: the board is told by telephone first.
    #[must_use]
    pub fn is_protected(&self) -> bool {
        self.record
            .identity
            .as_ref()
            .is_some_and(|first| first.protected)
    }

    /// What is to be filled in: the kinds of identity data that were released, and how the official is reached.
    #[must_use]
    pub fn asks(&self) -> Vec<Asked> {
        let kinds = self.kinds().into_iter().filter_map(Asked::of);
        kinds.chain([Asked::Contact]).collect()
    }

    /// What a blank is called.
    #[must_use]
    pub fn name_of(&self, asked: Asked) -> String {
        self.say(words::of_asked(asked, self.about == About::Child))
    }

    /// The letter, with what was filled in.
    #[must_use]
    pub fn page(&self, filled: &Filled) -> Page {
        if self.answers().is_some() {
            return self.answer(filled);
        }
        let mut page = Page::new(self.lang(), self.say(words::title(self.about)));
        page.blocks.extend(self.opening());
        page.section(&self.say(words::WHO), self.who(filled));
        page.section(&self.say(words::WHY), self.why());
        page.section(&self.say(words::DOCUMENTS), self.documents());
        page.section(&self.say(words::MORE), self.more());
        page.section(&self.say(words::FEEDBACK), self.feedback());
        page.section(&self.say(words::SIGNED), self.signature(filled));
        page
    }

    /// The board's request that the letter answers, where it answers one.
    const fn answers(&self) -> Option<&'a RequestRecord> {
        self.record.request.as_ref()
    }

    /// An answer to a request: no report, and nothing of what is refused but that something is.
    fn answer(&self, filled: &Filled) -> Page {
        let mut page = Page::new(self.lang(), self.say(words::ANSWER));
        page.blocks.extend(self.opening());
        page.section(&self.say(words::WHOM), self.who(filled));
        page.section(&self.say(words::GIVEN), self.why());
        page.section(&self.say(words::DOCUMENTS), self.documents());
        page.section(&self.say(words::REFUSED), self.not_given());
        page.section(&self.say(words::MORE), [self.paragraph(words::ASK_AGAIN)]);
        page.section(&self.say(words::SIGNED), self.signature(filled));
        page
    }

    fn paragraph(&self, words: words::Both) -> Block {
        Block::Paragraph(self.say(words))
    }

    /// That something is refused, and that something waits: never what.
    fn not_given(&self) -> Vec<Block> {
        let refused = self
            .answers()
            .is_some_and(|request| !request.refused.is_empty());
        let left = reconcile::released(self.record, self.review);
        let waits = |item: &ItemRecord| {
            let contested = releases(&item.outcome) && !left.contains(&item.id.as_str());
            contested || item.outcome == ItemOutcome::Refer.key()
        };
        let waits = self.record.items.iter().any(waits);
        let said = [
            refused.then_some(words::SOME_REFUSED),
            waits.then_some(words::SOME_WAIT),
        ];
        said.into_iter()
            .flatten()
            .map(|words| self.paragraph(words))
            .collect()
    }

    /// The same in a language of choice, for whoever fills it in.
    #[must_use]
    pub fn name_in(&self, asked: Asked, lang: Lang) -> String {
        let (sv, en) = words::of_asked(asked, self.about == About::Child);
        lang.pick(sv, en).to_owned()
    }

    fn say(&self, (sv, en): (&str, &str)) -> String {
        self.citer.text(&Text::new(sv, en))
    }

    /// The kinds that were released; none that tells where somebody with protected data is.
    fn kinds(&self) -> Vec<IdentityKind> {
        let first = self.record.identity.as_ref();
        let first = first.filter(|first| releases(&first.outcome));
        let keys: Vec<&str> = first
            .into_iter()
            .flat_map(|first| &first.kinds)
            .map(|kind| kind.key.as_str())
            .collect();
        let kinds = IdentityKind::ALL.iter().copied();
        kinds
            .filter(|kind| keys.contains(&kind.key()))
            .filter(|kind| !self.is_protected() || !kind.reveals_whereabouts())
            .collect()
    }

    /// From whom, to whom, when, and on what the report rests.
    fn opening(&self) -> Vec<Block> {
        let record = self.record;
        let board = record
            .sending
            .as_ref()
            .and_then(|sending| sending.board.clone());
        let mut to = vec![
            self.say(words::BOARD),
            self.say(words::function(self.about)),
        ];
        to.extend(board.map(|board| tidy(&board)));
        let mut blocks = vec![
            Block::Lines(vec![
                tidy(&record.authority.name),
                tidy(&record.official.unit),
            ]),
            Block::Lines(to),
            Block::Fields(self.date_and_number()),
            self.paragraph(self.basis()),
        ];
        blocks.extend(self.confirms_a_call().map(Block::Paragraph));
        blocks
    }

    fn date_and_number(&self) -> Vec<Field> {
        let day = Field::new(self.say(words::DAY), &self.day().to_string());
        let case = self.record.case.as_deref();
        let case = case.map(|case| Field::new(self.say(words::CASE), case));
        let reference = self
            .answers()
            .and_then(|request| request.reference.as_deref());
        let reference = reference.map(|text| Field::new(self.say(words::REFERENCE), text));
        std::iter::once(day).chain(case).chain(reference).collect()
    }

    fn basis(&self) -> words::Both {
        let answer = words::answers_under(&self.record.route.outcome);
        answer.unwrap_or_else(|| words::basis(self.about, self.is_duty()))
    }

    fn is_duty(&self) -> bool {
        self.record.route.outcome == crate::assessment::DUTY
    }

    /// So that the board does not take a call and its confirmation for two reports.
    fn confirms_a_call(&self) -> Option<String> {
        let sending = self.record.sending.as_ref()?;
        let by_telephone = sending.channel.key == words::TELEPHONE;
        let confirms = if self.answers().is_some() {
            words::CONFIRMS_ANSWER
        } else {
            words::CONFIRMS
        };
        by_telephone.then(|| format!("{} {}.", self.say(confirms), tidy(&sending.when)))
    }

    fn who(&self, filled: &Filled) -> Vec<Block> {
        let kinds = self.kinds();
        let fields: Vec<Field> = kinds
            .iter()
            .filter_map(|kind| Asked::of(*kind))
            .map(|asked| self.field(asked, filled))
            .collect();
        let mut blocks = Vec::new();
        if kinds.is_empty() {
            blocks.push(self.paragraph(if self.answers().is_some() {
                words::UNNAMED_ANSWER
            } else {
                words::UNNAMED
            }));
        }
        if !fields.is_empty() {
            blocks.push(Block::Fields(fields));
        }
        if kinds.contains(&IdentityKind::Case) {
            blocks.push(Block::Paragraph(self.say(words::CASE_WITH_US)));
        }
        if self.is_protected() && !kinds.is_empty() {
            blocks.push(Block::Notice(vec![self.say(words::PROTECTED)]));
        }
        blocks
    }

    fn field(&self, asked: Asked, filled: &Filled) -> Field {
        let name = self.name_of(asked);
        match filled.get(asked) {
            Some(value) => Field::new(name, value),
            None => Field::blank(name.clone(), name.to_lowercase()),
        }
    }

    /// The items that were released and that no review holds back.
    fn released(&self) -> impl Iterator<Item = &'a ItemRecord> {
        let record = self.record;
        let left = reconcile::released(record, self.review);
        let goes =
            move |item: &&ItemRecord| releases(&item.outcome) && left.contains(&item.id.as_str());
        record.items.iter().filter(goes)
    }

    fn why(&self) -> Vec<Block> {
        let statements = self.released().filter(|item| !is_document(item));
        let entries: Vec<Entry> = statements
            .filter_map(|item| {
                let wording = self.text_of(item, Role::Wording)?;
                Some(self.entry(wording, item))
            })
            .collect();
        if entries.is_empty() {
            return Vec::new();
        }
        vec![Block::Numbered(entries)]
    }

    fn entry(&self, text: String, item: &ItemRecord) -> Entry {
        let link = self.text_of(item, Role::Link);
        let link = link.filter(|_| self.answers().is_none());
        let lead = self.say(words::link(self.about));
        Entry {
            text,
            with: link.map(|link| (lead, link)).into_iter().collect(),
        }
    }

    fn text_of(&self, item: &ItemRecord, role: Role) -> Option<String> {
        let step = with_role(&self.trees.item, &item.steps, role)?;
        step.text.as_deref().map(tidy)
    }

    fn documents(&self) -> Vec<Block> {
        let documents = self.released().filter(|item| is_document(item));
        let entries: Vec<Entry> = documents
            .map(|item| self.entry(self.document(item), item))
            .collect();
        if entries.is_empty() {
            return vec![Block::Paragraph(self.say(words::NO_DOCUMENTS))];
        }
        vec![
            Block::Paragraph(self.say(words::SOME_DOCUMENTS)),
            Block::Numbered(entries),
        ]
    }

    /// A document by its label and date. Which pages go, or why the whole does, was written for the record.
    fn document(&self, item: &ItemRecord) -> String {
        let step = with_role(&self.trees.item, &item.steps, Role::Describe);
        let is_part = step.is_some_and(|step| step.answer.as_deref() == Some(words::PART));
        let day = item.dated.clone().flatten();
        let day = day.unwrap_or_else(|| self.say(words::NO_DATE));
        let part = is_part.then(|| format!(" ({})", self.say(words::PART_OF_IT)));
        format!(
            "{}, {}{}",
            tidy(&item.label),
            tidy(&day),
            part.unwrap_or_default()
        )
    }

    /// That the board can ask for more; that health care has a duty of its own, where it has and is not the sender.
    fn more(&self) -> Vec<Block> {
        let health_care = self.citer.laws.authority(words::HEALTH_CARE);
        let bound = health_care.and_then(|authority| authority.duty_on(self.day()));
        let bound = bound.is_some_and(|duty| duty.bound == crate::law::Bound::Yes);
        let is_sender = words::HEALTH_CARE_ITSELF.contains(&self.record.authority.key.as_str());
        let says_so = self.about == About::Child && bound && !is_sender;
        let paragraphs = [
            Some(words::ASK_US),
            says_so.then_some(words::ASK_HEALTH_CARE),
        ];
        let paragraphs = paragraphs.into_iter().flatten();
        paragraphs
            .map(|words| Block::Paragraph(self.say(words)))
            .collect()
    }

    fn feedback(&self) -> Vec<Block> {
        let closing = self.record.closing.as_ref();
        let wanted = closing.is_some_and(|closing| closing.feedback);
        let paragraph = wanted.then(|| Block::Paragraph(self.say(words::FEEDBACK_WANTED)));
        paragraph.into_iter().collect()
    }

    fn signature(&self, filled: &Filled) -> Vec<Block> {
        let (record, official) = (self.record, &self.record.official);
        let fields = vec![
            Field {
                name: self.say(words::SIGNATURE),
                value: Value::Line,
            },
            Field::new(self.say(words::NAME), &official.name),
            Field::new(self.say(words::TITLE), &official.title),
            Field::new(self.say(words::UNIT), &official.unit),
            Field::new(self.say(words::AUTHORITY), &record.authority.name),
            self.field(Asked::Contact, filled),
            Field::new(self.say(words::DAY), &self.day().to_string()),
        ];
        vec![Block::Fields(fields)]
    }
}

pub(crate) fn releases(outcome: &str) -> bool {
    ItemOutcome::parse(outcome).is_some_and(ItemOutcome::releases)
}

fn is_document(item: &ItemRecord) -> bool {
    item.form == Form::Document.key()
}

/// The last step whose question has a role and a text or an answer.
pub(crate) fn with_role<'s>(
    tree: &Tree,
    steps: &'s [StepRecord],
    role: Role,
) -> Option<&'s StepRecord> {
    let has = |step: &&StepRecord| {
        let question = tree.find(&step.question);
        question.is_some_and(|question| question.role == Some(role))
    };
    steps.iter().rev().find(has)
}

/// Whom it is about: as answered on the route, else a child.
fn about(record: &Record) -> About {
    let answer = |question: &str| {
        let steps = record.route.steps.iter();
        let step = steps.into_iter().find(|step| step.question == question);
        step.and_then(|step| step.answer.as_deref())
    };
    match (answer(words::WHOM_ASKED), answer(words::UNSURE_WHOM)) {
        (Some(words::ADULT), _) | (_, Some(words::POINTS_TO_ADULT)) => About::Adult,
        (Some(words::UNBORN), _) => About::Unborn,
        _ => About::Child,
    }
}
