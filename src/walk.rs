//! One tree under way: the answers are replayed from the start, keyed by question.
//!
//! There is no position to keep: going back is dropping an answer, and a stored answer counts only on the path that
//! asks for it.

mod reach;

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::fact::{Fact, Facts, UNANSWERED};
use crate::tree::{Answer, Kind, Question, Target, Tree};

pub(crate) use reach::{Reach, Reacher};

/// What was answered to a question: an answer, a text, or an answer with its motivation.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// The key of the answer; missing for a question without answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// The motivation, or the answer to a question without answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// Never prints the text: it is about people.
impl fmt::Debug for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.text.as_ref().map(|text| text.chars().count());
        f.debug_struct("Given")
            .field("answer", &self.answer)
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

/// Answers by question.
pub type Answers = BTreeMap<String, Given>;

/// Never prints the text: it is about people.
impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let step = (self.question, self.answer, &self.key);
        f.debug_tuple("Step").field(&step).finish()
    }
}

/// One step of a walk.
#[derive(Clone)]
pub struct Step {
    /// The question's place in the tree.
    pub question: usize,
    /// The answer's place in the question.
    pub answer: Option<usize>,
    /// The answer's key, or the value of the fact.
    pub key: Option<String>,
    /// The motivation or the text.
    pub text: Option<String>,
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

/// A walk through one tree.
#[derive(Clone, Debug)]
pub struct Walk {
    /// The steps, switches included.
    pub steps: Vec<Step>,
    /// How far it came.
    pub end: End,
}

impl Walk {
    /// The outcome's id, where one was reached.
    #[must_use]
    pub fn outcome<'t>(&self, tree: &'t Tree) -> Option<&'t str> {
        match self.end {
            End::Outcome(at) => Some(tree.outcome(at).id.as_str()),
            _ => None,
        }
    }

    /// The key answered to a question, if the walk passed it.
    #[must_use]
    pub fn key_of(&self, tree: &Tree, id: &str) -> Option<&str> {
        let step = self
            .steps
            .iter()
            .find(|step| tree.question(step.question).id == id)?;
        step.key.as_deref()
    }
}

/// Walks a tree as far as the answers reach.
#[must_use]
pub fn walk(tree: &Tree, given: &Answers, facts: &dyn Facts) -> Walk {
    let mut walk = Walk {
        steps: Vec::new(),
        end: End::Missing(tree.start),
    };
    let mut opened = UNANSWERED.to_owned();
    let mut at = tree.start;
    loop {
        let question = tree.question(at);
        let step = match take(tree, at, &walk.steps, given, facts, &opened) {
            Ok(step) => step,
            Err(end) => return Walk { end, ..walk },
        };
        let (opens, target) = leads(question, &step);
        if let Some(opens) = opens {
            opens.clone_into(&mut opened);
        }
        walk.steps.push(step);
        match target {
            Some(Target::Question(next)) => at = next,
            Some(Target::Outcome(end)) => {
                return Walk {
                    end: End::Outcome(end),
                    ..walk
                };
            }
            None => {
                return Walk {
                    end: End::Missing(at),
                    ..walk
                };
            }
        }
    }
}

/// What a step opens for a release, and where it leads.
fn leads<'q>(question: &'q Question, step: &Step) -> (Option<&'q str>, Option<Target>) {
    match step.answer.and_then(|at| question.answers.get(at)) {
        Some(answer) => (answer.opens.as_deref(), answer.goto),
        None => (question.opens.as_deref(), question.goto),
    }
}

fn take(
    tree: &Tree,
    at: usize,
    steps: &[Step],
    given: &Answers,
    facts: &dyn Facts,
    opened: &str,
) -> Result<Step, End> {
    let question = tree.question(at);
    let Some(fact) = &question.known else {
        let given = given.get(&question.id).ok_or(End::Missing(at))?;
        return judge(question, given)
            .map_err(|wrong| End::Wrong(at, wrong))
            .map(|(answer, text)| Step {
                question: at,
                answer,
                key: given.answer.clone().filter(|_| answer.is_some()),
                text,
            });
    };
    let value = match fact {
        Fact::Opened => opened.to_owned(),
        Fact::Earlier {
            tree: name,
            question,
        } if *name == tree.name => earlier(tree, steps, question),
        other => facts.value(other),
    };
    match question.answer(&value) {
        Some((answer, _)) => Ok(Step {
            question: at,
            answer: Some(answer),
            key: Some(value),
            text: None,
        }),
        None => Err(End::Unknown(at, value)),
    }
}

fn earlier(tree: &Tree, steps: &[Step], id: &str) -> String {
    let step = steps
        .iter()
        .find(|step| tree.question(step.question).id == id);
    step.and_then(|step| step.key.clone())
        .unwrap_or_else(|| UNANSWERED.to_owned())
}

/// A sentence with fewer letters says nothing: most often a digit typed one line too late.
const FEWEST_LETTERS: usize = 3;

/// Judges an answer to an asked question: the answer's place and the text to keep.
///
/// # Errors
/// What is wrong with it.
pub fn judge(question: &Question, given: &Given) -> Result<(Option<usize>, Option<String>), Wrong> {
    let text = given
        .text
        .as_deref()
        .map(clean)
        .filter(|text| !text.is_empty());
    let says_something =
        |text: &String| text.chars().filter(|c| c.is_alphabetic()).count() >= FEWEST_LETTERS;
    let sentence = matches!(question.kind, Kind::Text | Kind::Choice);
    let text = text.filter(|text| !sentence || says_something(text));
    if question.kind != Kind::Choice {
        return judge_text(question.kind, given, text).map(|text| (None, Some(text)));
    }
    let key = given.answer.as_deref().ok_or(Wrong::NoSuchAnswer)?;
    let (at, answer) = question.answer(key).ok_or(Wrong::NoSuchAnswer)?;
    judge_motivation(answer, text).map(|text| (Some(at), text))
}

fn judge_motivation(answer: &Answer, text: Option<String>) -> Result<Option<String>, Wrong> {
    match (answer.refuse, answer.motivation, &text) {
        (true, _, _) => Err(Wrong::Refused),
        (_, true, None) => Err(Wrong::NoMotivation),
        (_, false, Some(_)) => Err(Wrong::TextNotTaken),
        _ => Ok(text),
    }
}

fn judge_text(kind: Kind, given: &Given, text: Option<String>) -> Result<String, Wrong> {
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
    let five = hour.len() == 5 && hour.as_bytes().get(2) == Some(&b':');
    five.then(|| jiff::civil::Time::strptime("%H:%M", hour).ok())
        .flatten()
        .map(|time| (day, Some(time)))
}

/// A text without control characters, with every run of white space as one space: a pasted paragraph is one sentence.
#[must_use]
pub fn clean(text: &str) -> String {
    text.split_whitespace()
        .map(|word| {
            word.chars()
                .filter(|c| !c.is_control() && *c != '\u{feff}')
                .collect::<String>()
        })
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
