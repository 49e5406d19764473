//! A checked decision tree: a flat list of questions addressed by id.
//!
//! `TreeFile` is a tree as written, [`Tree`] a tree as checked: every target exists, every known question
//! answers every value of its fact, and every walk ends. A bad file never becomes a [`Tree`].

pub mod book;
pub(crate) mod check;
pub(crate) mod compiled;
pub mod draw;
pub mod excerpt;
pub(crate) mod file;
pub mod words;

use std::fmt;

use crate::fact::Fact;
use crate::language::Text;

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One of its answers.
    Choice,
    /// A sentence.
    Text,
    /// A day, `yyyy-mm-dd`.
    Day,
    /// A day, with the hour if known: `yyyy-mm-dd` or `yyyy-mm-dd hh:mm`.
    Time,
    /// The id of a statement in the list.
    Statement,
    /// The id of another item in the list.
    Item,
}

/// What the program needs an answer for beyond recording it. The id of a question is the lawyers' affair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// How the item bears on the concern.
    Link,
    /// The individual's interest in secrecy.
    Individual,
    /// Whether describing a document is enough; if not, which pages go, or why the whole does.
    Describe,
    /// The wording that will stand in the report.
    Wording,
    /// The day of knowledge.
    KnownSince,
    /// Who consented, when, to what.
    Consent,
    /// The municipality.
    Board,
    /// The channel.
    Channel,
    /// Day and hour of sending.
    When,
    /// Day and hour of the urgent call.
    CallWhen,
    /// Who took the urgent call.
    CallTo,
    /// What was said.
    CallSaid,
    /// The marking of the authority's own copy.
    Marking,
    /// Whether feedback is asked for.
    Feedback,
    /// Whether the guardian, or the adult, knows.
    Guardian,
    /// When a manager reads.
    Signing,
    /// The floor: is the report good enough to act on?
    Enough,
    /// Why an assessment follows another: the same report anew, or a request of the board.
    Request,
    /// How far the board has come when it asks.
    Phase,
    /// The board's decision to investigate.
    Reference,
    /// What the board asks for.
    AskedFor,
    /// In a guide: whether somebody has protected personal data.
    Protected,
}

impl Role {
    pub(crate) const WORDS: [(&'static str, Role); 22] = [
        ("link", Role::Link),
        ("individual", Role::Individual),
        ("describe", Role::Describe),
        ("wording", Role::Wording),
        ("known-since", Role::KnownSince),
        ("consent", Role::Consent),
        ("board", Role::Board),
        ("channel", Role::Channel),
        ("when", Role::When),
        ("call-when", Role::CallWhen),
        ("call-to", Role::CallTo),
        ("call-said", Role::CallSaid),
        ("marking", Role::Marking),
        ("feedback", Role::Feedback),
        ("guardian", Role::Guardian),
        ("signing", Role::Signing),
        ("enough", Role::Enough),
        ("request", Role::Request),
        ("phase", Role::Phase),
        ("reference", Role::Reference),
        ("asked-for", Role::AskedFor),
        ("protected", Role::Protected),
    ];
}

/// Where an answer leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// To a question, by its place in [`Tree::questions`].
    Question(usize),
    /// To an outcome, by its place in [`Tree::outcomes`].
    Outcome(usize),
}

/// A section cited by a question, an answer or an outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LawRef {
    /// A key in `laws.toml`.
    Key(String),
    /// The secrecy provisions of the item.
    Provision,
    /// The section that makes the authority's duty.
    DutySection,
    /// The authority's duty to give benefit data.
    BenefitDuty,
    /// The authority's guideline on signing.
    Signing,
    /// The act that governs a body outside OSL.
    OtherLaw,
    /// The authority's own chapter on personal data.
    DataProtection,
    /// The authority's duty to inform the police.
    PoliceDuty,
}

impl LawRef {
    const PLACEHOLDERS: [(&'static str, LawRef); 7] = [
        ("{provision}", LawRef::Provision),
        ("{duty-section}", LawRef::DutySection),
        ("{benefit-duty}", LawRef::BenefitDuty),
        ("{signing}", LawRef::Signing),
        ("{other-law-section}", LawRef::OtherLaw),
        ("{police-duty}", LawRef::PoliceDuty),
        ("{data-protection}", LawRef::DataProtection),
    ];

    /// The reference that is settled by authority or item, by its placeholder.
    pub(crate) fn placeholder(name: &str) -> Option<Self> {
        let mut all = Self::PLACEHOLDERS.into_iter();
        all.find(|(known, _)| *known == name).map(|(_, law)| law)
    }
}

/// As written in a tree.
impl fmt::Display for LawRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let LawRef::Key(key) = self {
            return f.write_str(key);
        }
        let written = Self::PLACEHOLDERS.iter().find(|(_, law)| law == self);
        f.write_str(written.map_or("", |(name, _)| name))
    }
}

/// One answer of a question.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The key that documents hold; `*` on a known question stands for all other values.
    pub key: String,
    /// Where it leads; none on an answer that is refused.
    pub goto: Option<Target>,
    /// The wording. Missing only on switches.
    pub text: Option<Text>,
    /// A motivation must be written.
    pub motivation: bool,
    /// Any line that is no other answer is taken as this one, with the line as its motivation.
    pub sentence: bool,
    /// Explains, asks again, and is never stored.
    pub refuse: bool,
    /// Said on the screen when it is chosen.
    pub says: Option<Text>,
    /// An assumption that stands in the record.
    pub assumes: Option<Text>,
    /// An open legal question that stands in the record.
    pub open: Option<Text>,
    /// What it opens for a release.
    pub opens: Option<String>,
    /// Sections on top of the question's.
    pub law: Vec<LawRef>,
}

/// One question, shown line or switch.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its id, unique in the tree.
    pub id: String,
    /// How it is answered.
    pub kind: Kind,
    /// The fact it turns on instead of being asked.
    pub known: Option<Fact>,
    /// Every value that the fact can have, with the place of the answer that it gets.
    pub(crate) values: Vec<(String, usize)>,
    /// What the program needs its answer for.
    pub role: Option<Role>,
    /// The wording; missing on a switch, which is neither shown nor recorded.
    pub text: Option<Text>,
    /// A line under the question.
    pub hint: Option<Text>,
    /// The help behind `?`.
    pub help: Option<Text>,
    /// Sections.
    pub law: Vec<LawRef>,
    /// Earlier questions whose answers are shown above it.
    pub shows: Vec<String>,
    /// Where a question without answers leads.
    pub goto: Option<Target>,
    /// What a question without answers opens for a release.
    pub opens: Option<String>,
    /// Its answers, in the order shown.
    pub answers: Vec<Answer>,
}

impl Question {
    /// Whether a person is asked.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.known.is_none()
    }

    /// The place of a value among those of the fact; for none of them the place after the last.
    pub(crate) fn value(&self, value: &str) -> u8 {
        let place = self.values.iter().position(|(known, _)| same(known, value));
        u8::try_from(place.unwrap_or(self.values.len())).unwrap_or(u8::MAX)
    }

    /// The answer with this key, or on a known question the one that stands for it.
    #[must_use]
    pub fn answer(&self, key: &str) -> Option<(usize, &Answer)> {
        let exact = self
            .answers
            .iter()
            .enumerate()
            .find(|(_, answer)| same(&answer.key, key));
        let other = || {
            self.answers
                .iter()
                .enumerate()
                .find(|(_, answer)| self.known.is_some() && answer.key == "*")
        };
        exact.or_else(other)
    }
}

/// Whether two keys are the same. Most that differ do so in length or in the first letter, which costs no call to tell.
pub(crate) fn same(one: &str, two: &str) -> bool {
    one.len() == two.len() && one.as_bytes().first() == two.as_bytes().first() && one == two
}

/// How an assessment ends as a whole. A stop of the route ends it as stopped or referred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whole {
    /// Something may be sent. Open items are listed and do not hold it.
    Ready,
    /// Outside the duty only: the legal department decides.
    Refer,
    /// Outside the duty only: nothing may be sent.
    NothingToSend,
    /// There is no route; the next step is named.
    Stopped,
}

impl Whole {
    /// The key that records hold.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Whole::Ready => "ready",
            Whole::Refer => "refer",
            Whole::NothingToSend => "nothing-to-send",
            Whole::Stopped => "stopped",
        }
    }
}

/// The outcome of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemOutcome {
    /// Disclosed.
    Disclose,
    /// Disclosed in a wording with details left out.
    DiscloseSummarised,
    /// Not disclosed; a statement describes it.
    DescribeInstead,
    /// Withheld.
    Withhold,
    /// Barred by an exclusion list or another statute.
    Barred,
    /// With the legal department; may follow as a supplement.
    Refer,
}

impl ItemOutcome {
    pub(crate) const KEYS: [(&'static str, ItemOutcome); 6] = [
        ("disclose", ItemOutcome::Disclose),
        ("disclose-summarised", ItemOutcome::DiscloseSummarised),
        ("describe-instead", ItemOutcome::DescribeInstead),
        ("withhold", ItemOutcome::Withhold),
        ("barred", ItemOutcome::Barred),
        ("refer", ItemOutcome::Refer),
    ];

    /// The key that records hold.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::KEYS
            .iter()
            .find(|(_, outcome)| *outcome == self)
            .map_or("", |(key, _)| key)
    }

    /// The key of every outcome: the item tree has exactly these.
    pub(crate) fn keys() -> impl Iterator<Item = &'static str> {
        Self::KEYS.iter().map(|(key, _)| *key)
    }

    pub(crate) fn parse(key: &str) -> Option<Self> {
        Self::KEYS
            .iter()
            .find(|(known, _)| *known == key)
            .map(|(_, outcome)| *outcome)
    }

    /// Whether something leaves the authority.
    #[must_use]
    pub const fn releases(self) -> bool {
        matches!(
            self,
            ItemOutcome::Disclose | ItemOutcome::DiscloseSummarised
        )
    }
}

/// The route under which a duty breaks the secrecy.
pub const DUTY: &str = "duty-to-report";

/// Where a walk ends.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Its id.
    pub id: String,
    /// The outcome in words.
    pub text: Text,
    /// What it means, shown when it is reached.
    pub says: Option<Text>,
    /// What to do next and whom to ring, at a stop.
    pub next: Option<Text>,
    /// Sections.
    pub law: Vec<LawRef>,
    /// The tree that follows.
    pub goto_tree: Option<String>,
    /// How the whole ends, at a stop.
    pub whole: Option<Whole>,
    /// In a guide: a text to copy.
    pub copy: Option<Text>,
    /// In a guide: the ids of the dates that follow.
    pub dates: Vec<String>,
}

/// A checked tree.
#[derive(Clone, Debug)]
pub struct Tree {
    /// `route`, `item`, `sending` or `closing`, or that of a guide.
    pub name: String,
    /// The question that a walk starts with.
    pub start: usize,
    /// The questions in the order of the file.
    pub questions: Vec<Question>,
    /// The outcomes in the order of the file.
    pub outcomes: Vec<Outcome>,
    /// The same for a walk.
    pub(crate) compiled: compiled::Compiled,
}

impl Tree {
    /// The question at a place. Places come from the tree itself.
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "targets are resolved when the tree is checked"
    )]
    pub fn question(&self, at: usize) -> &Question {
        &self.questions[at]
    }

    /// The outcome at a place. Places come from the tree itself.
    #[must_use]
    #[expect(
        clippy::indexing_slicing,
        reason = "targets are resolved when the tree is checked"
    )]
    pub fn outcome(&self, at: usize) -> &Outcome {
        &self.outcomes[at]
    }

    /// The facts that nothing on the walk itself decides, each with a question that turns on it.
    pub(crate) fn facts(&self) -> impl Iterator<Item = (&Fact, &Question)> {
        let asked_by = self.compiled.asked_by.iter();
        let facts = self.compiled.facts.iter().zip(asked_by);
        facts.map(|(fact, at)| (fact, self.question(usize::from(*at))))
    }

    /// The question with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// The outcome with this id.
    #[must_use]
    pub fn find_outcome(&self, id: &str) -> Option<&Outcome> {
        self.outcomes.iter().find(|outcome| outcome.id == id)
    }

    /// The questions with a role.
    pub fn with_role(&self, role: Role) -> impl Iterator<Item = &Question> {
        self.questions
            .iter()
            .filter(move |question| question.role == Some(role))
    }
}
