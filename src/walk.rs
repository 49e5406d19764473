//! One tree under way: the answers are replayed from the start, keyed by question.
//!
//! There is no position to keep: going back is dropping an answer, and a stored answer counts only on the path that
//! asks for it.

mod given;
mod reach;

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::answers::Words;
use crate::fact::{Fact, Facts, UNANSWERED, Value};
use crate::source::two_digits;
use crate::tree::{Kind, Question, Target, Tree, same};

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

/// Never prints the text: it is about people.
impl fmt::Debug for Step<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let step = (self.question, self.answer, self.key);
        f.debug_tuple("Step").field(&step).finish()
    }
}

/// One step of a walk.
#[derive(Clone)]
pub struct Step<'t, 'd> {
    /// The question's place in the tree.
    pub question: usize,
    /// The answer's place in the question.
    pub answer: Option<usize>,
    /// The answer's key, or the value of the fact.
    pub key: Option<&'t str>,
    /// The motivation or the text, as it will stand in the record.
    pub text: Option<Cow<'d, str>>,
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

/// A walk through one tree; one that has not begun waits for the first question.
#[derive(Clone, Debug, Default)]
pub struct Walk<'t, 'd> {
    /// The steps, switches included.
    pub steps: Vec<Step<'t, 'd>>,
    /// How far it came.
    pub end: End,
}

impl Default for End {
    fn default() -> Self {
        End::Missing(0)
    }
}

impl<'t> Walk<'t, '_> {
    /// The same, with texts of its own: it no longer needs the document.
    pub(crate) fn detached(self) -> Walk<'t, 'static> {
        let own = |step: Step<'t, '_>| Step {
            question: step.question,
            answer: step.answer,
            key: step.key,
            text: step.text.map(|text| Cow::Owned(text.into_owned())),
        };
        Walk {
            steps: self.steps.into_iter().map(own).collect(),
            end: self.end,
        }
    }

    /// The outcome's id, where one was reached.
    #[must_use]
    pub fn outcome<'x>(&self, tree: &'x Tree) -> Option<&'x str> {
        match self.end {
            End::Outcome(at) => Some(tree.outcome(at).id.as_str()),
            _ => None,
        }
    }

    /// The key answered to a question, if the walk passed it.
    #[must_use]
    pub fn key_of(&self, tree: &Tree, id: &str) -> Option<&'t str> {
        let step = self
            .steps
            .iter()
            .find(|step| tree.question(step.question).id == id)?;
        step.key
    }
}

/// Walks a tree as far as the answers reach.
#[must_use]
pub fn walk<'t, 'd, S: Words>(
    tree: &'t Tree,
    given: &'d Answers<S>,
    facts: &dyn Facts<'t>,
) -> Walk<'t, 'd> {
    let mut steps = Vec::with_capacity(LONGEST_USUAL_PATH);
    let mut opened = UNANSWERED;
    let mut at = tree.start;
    let end = loop {
        let step = match take(tree, at, &steps, given, facts, opened) {
            Ok(step) => step,
            Err(end) => break end,
        };
        let (opens, target) = leads(tree.question(at), &step);
        opened = opens.unwrap_or(opened);
        steps.push(step);
        match target {
            Some(Target::Question(next)) => at = next,
            Some(Target::Outcome(end)) => break End::Outcome(end),
            None => break End::Missing(at),
        }
    };
    Walk { steps, end }
}

/// Room for the steps of nearly every path, so that a walk takes its memory once.
const LONGEST_USUAL_PATH: usize = 32;

/// What a step opens for a release, and where it leads.
fn leads<'q>(question: &'q Question, step: &Step<'_, '_>) -> (Option<&'q str>, Option<Target>) {
    match step.answer.and_then(|at| question.answers.get(at)) {
        Some(answer) => (answer.opens.as_deref(), answer.goto),
        None => (question.opens.as_deref(), question.goto),
    }
}

fn take<'t, 'd, S: Words>(
    tree: &'t Tree,
    at: usize,
    steps: &[Step<'t, 'd>],
    given: &'d Answers<S>,
    facts: &dyn Facts<'t>,
    opened: &'t str,
) -> Result<Step<'t, 'd>, End> {
    let question = tree.question(at);
    let Some(fact) = &question.known else {
        let given = given.get(question.id.as_str()).ok_or(End::Missing(at))?;
        let (answer, text) = judge(question, given).map_err(|wrong| End::Wrong(at, wrong))?;
        let key = answer.and_then(|at| question.answers.get(at));
        return Ok(Step {
            question: at,
            answer,
            key: key.map(|answer| answer.key.as_str()),
            text,
        });
    };
    let value = match fact {
        Fact::Opened => Value::of(opened),
        Fact::Earlier {
            tree: name,
            question,
        } if *name == tree.name => Value::of(earlier(tree, steps, question)),
        other => facts.value(at, other),
    };
    match value.answer.or_else(|| question.answer_for(value.key)) {
        Some(answer) => Ok(Step {
            question: at,
            answer: Some(answer),
            key: Some(value.key),
            text: None,
        }),
        None => Err(End::Unknown(at, value.key.to_owned())),
    }
}

fn earlier<'t>(tree: &Tree, steps: &[Step<'t, '_>], id: &str) -> &'t str {
    let mut steps = steps.iter();
    let step = steps.find(|step| same(&tree.question(step.question).id, id));
    step.and_then(|step| step.key).unwrap_or(UNANSWERED)
}

/// A sentence with fewer letters says nothing: most often a digit typed one line too late.
const FEWEST_LETTERS: usize = 3;

fn says_something(text: &str) -> bool {
    text.chars()
        .filter(|c| c.is_alphabetic())
        .nth(FEWEST_LETTERS - 1)
        .is_some()
}

/// An answer's place, and the text to keep.
pub type Judged<'a> = (Option<usize>, Option<Cow<'a, str>>);

/// Judges an answer to an asked question: the answer's place and the text to keep.
///
/// # Errors
/// What is wrong with it.
pub fn judge<'a, S: Words>(question: &Question, given: &'a Given<S>) -> Result<Judged<'a>, Wrong> {
    let sentence = matches!(question.kind, Kind::Text | Kind::Choice);
    let text = given.text.as_ref().map(|text| cleaned(text.as_ref()));
    let text = text.filter(|text| !text.is_empty() && (!sentence || says_something(text)));
    if question.kind != Kind::Choice {
        return judge_text(question.kind, given, text).map(|text| (None, Some(text)));
    }
    let key = given.answer.as_ref().ok_or(Wrong::NoSuchAnswer)?;
    let (at, answer) = question.answer(key.as_ref()).ok_or(Wrong::NoSuchAnswer)?;
    match (answer.refuse, answer.motivation, &text) {
        (true, _, _) => Err(Wrong::Refused),
        (_, true, None) => Err(Wrong::NoMotivation),
        (_, false, Some(_)) => Err(Wrong::TextNotTaken),
        _ => Ok((Some(at), text)),
    }
}

fn judge_text<'a, S>(
    kind: Kind,
    given: &Given<S>,
    text: Option<Cow<'a, str>>,
) -> Result<Cow<'a, str>, Wrong> {
    if given.answer.is_some() {
        return Err(Wrong::NoSuchAnswer);
    }
    let text = text.ok_or(Wrong::NoText)?;
    match kind {
        Kind::Day if crate::source::day(&text).is_none() => Err(Wrong::NotADay),
        Kind::Time if moment(&text).is_none() => Err(Wrong::NotATime),
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
    if is_clean(text) {
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

/// Whether cleaning would change nothing. Nearly every text is told by its bytes alone; one with a sign that begins as
/// odd spaces and marks do is looked at sign by sign.
fn is_clean(text: &str) -> bool {
    let (mut odd, mut before) = (false, b' ');
    for byte in text.bytes() {
        let may_be_dropped = matches!(byte, 0..0x20 | 0x7f | 0xc2 | 0xe1..=0xe3 | 0xef);
        odd |= may_be_dropped | (byte == b' ' && before == b' ');
        before = byte;
    }
    let whole = !odd && (before != b' ' || text.is_empty());
    whole || is_clean_sign_by_sign(text)
}

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
