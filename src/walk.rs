//! One tree under way: the answers are replayed from the start, keyed by question.
//!
//! There is no position to keep: going back is dropping an answer, and a stored answer counts only on the path that
//! asks for it.

mod given;
mod reach;

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use crate::answers::Words;
use crate::fact::{OPENS, UNANSWERED};
use crate::glance::{Glance, glance};
use crate::people::may_hold_any;
use crate::source::two_digits;
use crate::tree::compiled::{By, Compiled, NONE, Node, Slots, To};
use crate::tree::{Kind, Question, Role, Target, Tree};

pub use given::Answers;
pub(crate) use reach::{Reach, Reacher};

/// What was answered to a question: an answer, a text, or an answer with its motivation.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given<S = String> {
    /// The key of the answer; missing for a question without answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<S>,
    /// The motivation, or the answer to a question without answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<S>,
}

/// Never prints the text: it is about people.
impl<S: AsRef<str>> fmt::Debug for Given<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.text.as_ref().map(|text| text.as_ref().chars().count());
        f.debug_struct("Given")
            .field("answer", &self.answer.as_ref().map(AsRef::as_ref))
            .field("text-length", &text)
            .finish()
    }
}

impl Given {
    /// An answer without a text.
    #[must_use]
    pub fn answer(key: &str) -> Self {
        Self {
            answer: Some(key.to_owned()),
            text: None,
        }
    }

    /// A text without an answer.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self {
            answer: None,
            text: Some(text.to_owned()),
        }
    }
}

/// One step of a walk.
#[derive(Clone, Copy)]
pub struct Step<'w> {
    /// The question's place in the tree.
    pub question: usize,
    /// The answer's place in the question.
    pub answer: Option<usize>,
    /// The answer's key, or the value of the fact.
    pub key: Option<&'w str>,
    /// The motivation or the text, as it will stand in the record.
    pub text: Option<&'w str>,
}

/// Never prints the text: it is about people.
impl fmt::Debug for Step<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let step = (self.question, self.answer, self.key);
        f.debug_tuple("Step").field(&step).finish()
    }
}

/// What is wrong with a given answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// There is no such answer.
    NoSuchAnswer,
    /// The answer explains and is never stored.
    Refused,
    /// A motivation is required.
    NoMotivation,
    /// The question has no answers to choose among, or needs a text.
    NoText,
    /// An answer that takes no text was given one.
    TextNotTaken,
    /// Not a day.
    NotADay,
    /// Not a day with an hour.
    NotATime,
    /// Not the id of an item in the list, or not one that will do.
    NotAnItem,
}

/// How far a walk came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// To an outcome, by its place in the tree.
    Outcome(usize),
    /// To a question without an answer.
    Missing(usize),
    /// To a question with a wrong answer.
    Wrong(usize, Wrong),
    /// To a known question that has no answer for the value: the trees are at fault.
    Unknown(usize, String),
}

/// A step as a walk keeps it: small numbers, so that a path costs next to nothing to keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Move {
    pub(crate) question: u16,
    /// The answer's place, or [`NONE`].
    pub(crate) answer: u8,
    /// The place of the fact's value among its values.
    pub(crate) value: u8,
    /// The text's place among the walk's texts, counted from 1.
    pub(crate) text: u16,
}

impl Move {
    const fn of(question: u16) -> Self {
        Self {
            question,
            answer: NONE,
            value: NONE,
            text: 0,
        }
    }
}

/// The texts of a walk in the order given: the first few stand here as they stand in the document.
#[derive(Clone, Default)]
struct Texts<'d> {
    first: [Option<&'d str>; USUAL_TEXTS],
    rest: Vec<Cow<'d, str>>,
    count: u16,
    /// Which of them are to be looked through, bit by bit; those that have no bit are.
    may_hold: u32,
}

impl<'d> Texts<'d> {
    /// Adds a text, and says its number, from 1.
    fn push(&mut self, Written { text, may_hold }: Written<'d>) -> u16 {
        let bit = u32::from(may_hold).checked_shl(u32::from(self.count));
        self.may_hold |= bit.unwrap_or_default();
        match (self.first.get_mut(usize::from(self.count)), text) {
            (Some(place), Cow::Borrowed(text)) if self.rest.is_empty() => *place = Some(text),
            (_, text) => self.rest.push(text),
        }
        self.count = self.count.saturating_add(1);
        self.count
    }

    /// Whether any of them is to be looked through.
    fn any_may_hold(&self) -> bool {
        self.may_hold != 0 || u32::from(self.count) > u32::BITS
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        let first = self.first.iter().flatten().copied();
        first.chain(self.rest.iter().map(AsRef::as_ref))
    }

    /// Each with whether it is to be looked through.
    fn seen(&self) -> impl Iterator<Item = (&str, bool)> {
        let bit = |at: u32| {
            self.may_hold
                .checked_shr(at)
                .is_none_or(|bits| bits & 1 == 1)
        };
        self.iter().zip(0..).map(move |(text, at)| (text, bit(at)))
    }

    fn detached(&self) -> Texts<'static> {
        let own = |text: &str| Cow::Owned(text.to_owned());
        Texts {
            first: [None; USUAL_TEXTS],
            rest: self.iter().map(own).collect(),
            count: self.count,
            may_hold: self.may_hold,
        }
    }
}

/// A walk through one tree.
#[derive(Clone)]
pub struct Walk<'t, 'd> {
    tree: &'t Tree,
    moves: SmallVec<[Move; LONGEST_USUAL_PATH]>,
    texts: Texts<'d>,
    /// How many of its questions a person answered.
    asked: u16,
    /// A text of it is the id of an item in the list.
    names_item: bool,
    /// How far it came.
    pub end: End,
}

impl fmt::Debug for Walk<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.steps())
            .entry(&self.end)
            .finish()
    }
}

impl<'t> Walk<'t, '_> {
    /// The steps, switches included.
    #[must_use]
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = Step<'_>> + ExactSizeIterator {
        self.moves.iter().map(|taken| self.step(*taken))
    }

    /// The steps as they are kept.
    pub(crate) fn moves(&self) -> &[Move] {
        &self.moves
    }

    fn step(&self, taken: Move) -> Step<'_> {
        let question = self.tree.question(usize::from(taken.question));
        let answer = (taken.answer != NONE).then_some(usize::from(taken.answer));
        let chosen = answer.and_then(|at| question.answers.get(at));
        let text = usize::from(taken.text).checked_sub(1);
        Step {
            question: usize::from(taken.question),
            answer,
            key: chosen.map(|answer| match question.known {
                None => answer.key.as_str(),
                Some(_) => value_of(self.tree, taken.question, taken.value),
            }),
            text: text.and_then(|at| self.texts.iter().nth(at)),
        }
    }

    /// The texts, in the order given, each with the place of its question.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (usize, &str)> {
        self.texts_seen().map(|(at, text, _)| (at, text))
    }

    /// The same, with whether each is to be looked through for personal data.
    pub(crate) fn texts_seen(&self) -> impl Iterator<Item = (usize, &str, bool)> {
        let written = self.moves.iter().filter(|taken| taken.text > 0);
        let texts = written.zip(self.texts.seen());
        texts.map(|(taken, (text, seen))| (usize::from(taken.question), text, seen))
    }

    /// What was written last in answer to a question with a role.
    pub(crate) fn said(&self, role: Role) -> Option<&str> {
        let compiled = &self.tree.compiled;
        let has_role = |taken: &Move| {
            let node = compiled.at(taken.question);
            node.is_some_and(|node| node.role == Some(role))
        };
        let mut written = self.moves.iter().rev().filter(|taken| taken.text > 0);
        let taken = written.find(|taken| has_role(taken))?;
        self.texts
            .iter()
            .nth(usize::from(taken.text).checked_sub(1)?)
    }

    /// The end of a walk whose last step leads to no question.
    fn end_at(&self, to: To) -> End {
        match to.target() {
            Some(Target::Outcome(at)) => End::Outcome(at),
            Some(Target::Question(at)) => End::Missing(at),
            None => End::Missing(
                self.moves
                    .last()
                    .map_or(0, |last| usize::from(last.question)),
            ),
        }
    }

    /// Whether a step of it opened for a release in one of these ways.
    pub(crate) fn opened_by_any(&self, ways: &[&str]) -> bool {
        let compiled = &self.tree.compiled;
        self.moves.iter().any(|taken| {
            let node = compiled.at(taken.question);
            let opens = node.map_or(NONE, |node| compiled.leads(node, taken.answer).0);
            OPENS
                .get(usize::from(opens))
                .is_some_and(|way| ways.contains(way))
        })
    }

    /// How many of its questions a person answered.
    pub(crate) fn asked(&self) -> usize {
        usize::from(self.asked)
    }

    /// Whether a text of it is the id of an item in the list.
    pub(crate) const fn names_item(&self) -> bool {
        self.names_item
    }

    /// Whether any text of it is to be looked through for personal data.
    pub(crate) fn may_hold_any(&self) -> bool {
        self.texts.any_may_hold()
    }

    /// The outcome's id, where one was reached.
    #[must_use]
    pub fn outcome<'x>(&self, tree: &'x Tree) -> Option<&'x str> {
        match self.end {
            End::Outcome(at) => Some(tree.outcome(at).id.as_str()),
            _ => None,
        }
    }

    /// The same, with texts of its own: it no longer needs the document.
    pub(crate) fn detached(self) -> Walk<'t, 'static> {
        Walk {
            tree: self.tree,
            moves: self.moves,
            texts: self.texts.detached(),
            asked: self.asked,
            names_item: self.names_item,
            end: self.end,
        }
    }
}

/// The values of a tree's facts, each by its place among the fact's values, in the order of the tree's facts.
pub(crate) type Known = [u8];

/// Walks a tree as far as the answers reach.
#[must_use]
pub(crate) fn walk<'t, 'd, S: Words>(
    tree: &'t Tree,
    given: &'d Answers<S>,
    known: &Known,
) -> Walk<'t, 'd> {
    let compiled = &tree.compiled;
    let mut walk = Walk {
        tree,
        moves: SmallVec::new(),
        texts: Texts::default(),
        asked: 0,
        names_item: false,
        end: End::Missing(tree.start),
    };
    let mut slots = Slots::new(known);
    let mut to = To::question(tree.start);
    walk.end = loop {
        let at = to.place();
        let Some(node) = compiled.at(at) else {
            break walk.end_at(to);
        };
        let mut taken = Move::of(at);
        if node.by == By::Person {
            match ask(compiled, node, given) {
                Ok((answer, text)) => {
                    taken.answer = answer;
                    taken.text = text.map_or(0, |text| walk.texts.push(text));
                }
                Err(wrong) => break unanswered(at, wrong),
            }
            walk.asked += 1;
            walk.names_item |= matches!(node.kind, Kind::Statement | Kind::Item);
        } else {
            taken.value = slots.value(node);
            taken.answer = compiled.answer(node, taken.value);
            if taken.answer == NONE {
                break unknown(tree, taken);
            }
        }
        walk.moves.push(taken);
        let (opens, leads_to) = compiled.leads(node, taken.answer);
        slots.take(node, taken.answer, opens);
        to = leads_to;
    };
    walk
}

/// Room for the steps and the texts of nearly every path, so that a walk takes no memory of its own.
const LONGEST_USUAL_PATH: usize = 32;
const USUAL_TEXTS: usize = 4;

type Taken<'d> = (Move, Option<Written<'d>>);

fn take<'d, S: Words>(
    tree: &Tree,
    at: u16,
    given: &'d Answers<S>,
    slots: &Slots,
) -> Result<Taken<'d>, End> {
    let compiled = &tree.compiled;
    let node = compiled.at(at).ok_or(End::Missing(usize::from(at)))?;
    let mut taken = Move::of(at);
    if node.by == By::Person {
        let asked = ask(compiled, node, given);
        let (answer, text) = asked.map_err(|wrong| unanswered(at, wrong))?;
        taken.answer = answer;
        return Ok((taken, text));
    }
    taken.value = slots.value(node);
    taken.answer = compiled.answer(node, taken.value);
    match taken.answer {
        NONE => Err(unknown(tree, taken)),
        _ => Ok((taken, None)),
    }
}

/// The answer that a person gave, and its text; what is wrong with it, or nothing where none was given.
#[inline]
fn ask<'d, S: Words>(
    compiled: &Compiled,
    node: &Node,
    given: &'d Answers<S>,
) -> Result<(u8, Option<Written<'d>>), Option<Wrong>> {
    let given = given.get(compiled.id(node)).ok_or(None)?;
    let arm = |key: &str| {
        let (at, arm) = compiled.arm_with(node, key)?;
        Some((usize::from(at), arm.refuse, arm.motivation))
    };
    let (answer, text) = judge_by((node.kind, node.role), arm, given).map_err(Some)?;
    let answer = answer.and_then(|at| u8::try_from(at).ok());
    Ok((answer.unwrap_or(NONE), text))
}

/// The end of a walk at a question that a person answered wrongly, or not at all.
fn unanswered(at: u16, wrong: Option<Wrong>) -> End {
    let at = usize::from(at);
    wrong.map_or(End::Missing(at), |wrong| End::Wrong(at, wrong))
}

/// The end of a walk at a known question that has no answer for what is known.
fn unknown(tree: &Tree, taken: Move) -> End {
    let value = value_of(tree, taken.question, taken.value);
    End::Unknown(usize::from(taken.question), value.to_owned())
}

/// A value of what a known question turns on.
fn value_of(tree: &Tree, question: u16, value: u8) -> &str {
    let value = usize::from(value);
    let key = match tree.compiled.at(question).map(|node| node.by) {
        Some(By::Opened) => OPENS.get(value).copied(),
        Some(By::Own(earlier)) => {
            let earlier = tree.question(usize::from(earlier));
            earlier.answers.get(value).map(|answer| answer.key.as_str())
        }
        _ => {
            let values = &tree.question(usize::from(question)).values;
            values.get(value).map(|(key, _)| key.as_str())
        }
    };
    key.unwrap_or(UNANSWERED)
}

/// A text with fewer letters says nothing: most often a digit typed one line too late.
const FEWEST_LETTERS: usize = 3;

/// Whether a text says something: a sentence has letters, a reference number letters or digits.
fn says_something(text: &str, kind: Kind, role: Option<Role>) -> bool {
    let counts: fn(&char) -> bool = match (kind, role) {
        (Kind::Text, Some(Role::Reference)) => |sign| sign.is_alphanumeric(),
        (Kind::Text | Kind::Choice, _) => |sign| sign.is_alphabetic(),
        _ => return !text.is_empty(),
    };
    let mut counted = text.chars().filter(counts);
    counted.nth(FEWEST_LETTERS - 1).is_some()
}

/// An answer's place, and the text to keep.
pub type Judged<'a> = (Option<usize>, Option<Cow<'a, str>>);

/// Judges an answer to an asked question: the answer's place and the text to keep.
///
/// # Errors
/// What is wrong with it.
pub fn judge<'a, S: Words>(question: &Question, given: &'a Given<S>) -> Result<Judged<'a>, Wrong> {
    let arm = |key: &str| {
        let (at, answer) = question.answer(key)?;
        Some((at, answer.refuse, answer.motivation))
    };
    let (at, text) = judge_by((question.kind, question.role), arm, given)?;
    Ok((at, text.map(|text| text.text)))
}

/// A text as it will stand in the record.
pub(crate) struct Written<'a> {
    pub(crate) text: Cow<'a, str>,
    /// It is to be looked through for personal data: a glance has not ruled that out.
    pub(crate) may_hold: bool,
}

impl<'a> Written<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        let seen = glance(text);
        let text = cleaned_as_seen(text, seen);
        Self {
            // What was seen is not what stands there once something has been dropped.
            may_hold: may_hold_any(seen) || matches!(text, Cow::Owned(_)),
            text,
        }
    }
}

fn judge_by<S: Words>(
    (kind, role): (Kind, Option<Role>),
    arm: impl Fn(&str) -> Option<(usize, bool, bool)>,
    given: &Given<S>,
) -> Result<(Option<usize>, Option<Written<'_>>), Wrong> {
    let text = given.text.as_ref().map(|text| Written::of(text));
    let text = text.filter(|text| says_something(&text.text, kind, role));
    if kind != Kind::Choice {
        return judge_text(kind, given, text).map(|text| (None, Some(text)));
    }
    let key = given.answer.as_ref().ok_or(Wrong::NoSuchAnswer)?;
    let (at, refuse, motivation) = arm(key.as_ref()).ok_or(Wrong::NoSuchAnswer)?;
    match (refuse, motivation, &text) {
        (true, _, _) => Err(Wrong::Refused),
        (_, true, None) => Err(Wrong::NoMotivation),
        (_, false, Some(_)) => Err(Wrong::TextNotTaken),
        _ => Ok((Some(at), text)),
    }
}

fn judge_text<'a, S>(
    kind: Kind,
    given: &Given<S>,
    text: Option<Written<'a>>,
) -> Result<Written<'a>, Wrong> {
    if given.answer.is_some() {
        return Err(Wrong::NoSuchAnswer);
    }
    let text = text.ok_or(Wrong::NoText)?;
    match kind {
        Kind::Day if crate::source::day(&text.text).is_none() => Err(Wrong::NotADay),
        Kind::Time if moment(&text.text).is_none() => Err(Wrong::NotATime),
        _ => Ok(text),
    }
}

/// A day and, where written, an hour: `yyyy-mm-dd`, `yyyy-mm-dd hh:mm` or with a `T` between.
#[must_use]
pub fn moment(text: &str) -> Option<(jiff::civil::Date, Option<jiff::civil::Time>)> {
    let (day, hour) = match text.split_once([' ', 'T']) {
        Some((day, hour)) => (day, Some(hour)),
        None => (text, None),
    };
    let day = crate::source::day(day)?;
    let Some(hour) = hour else {
        return Some((day, None));
    };
    let [h1, h2, b':', m1, m2] = *hour.as_bytes() else {
        return None;
    };
    let (hour, minute) = (two_digits(h1, h2)?, two_digits(m1, m2)?);
    let time = jiff::civil::Time::new(hour, minute, 0, 0).ok()?;
    Some((day, Some(time)))
}

/// A text without control characters, with every run of white space as one space: a pasted paragraph is one sentence.
#[must_use]
pub fn clean(text: &str) -> String {
    cleaned(text).into_owned()
}

/// The same, without a copy of a text that is clean already.
#[must_use]
pub fn cleaned(text: &str) -> Cow<'_, str> {
    cleaned_as_seen(text, glance(text))
}

fn cleaned_as_seen(text: &str, seen: Glance) -> Cow<'_, str> {
    if seen.is_clean || is_clean_sign_by_sign(text) {
        return Cow::Borrowed(text);
    }
    let words = text.split_whitespace().map(|word| {
        let kept = word.chars().filter(|c| !is_dropped(*c));
        kept.collect::<String>()
    });
    let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    Cow::Owned(words.join(" "))
}

fn is_dropped(c: char) -> bool {
    c.is_control() || c == '\u{feff}'
}

/// Whether cleaning would change nothing, for a text that a glance does not settle.
fn is_clean_sign_by_sign(text: &str) -> bool {
    let mut before = ' ';
    for c in text.chars() {
        if is_dropped(c) || (c.is_whitespace() && (c != ' ' || before == ' ')) {
            return false;
        }
        before = c;
    }
    before != ' ' || text.is_empty()
}
