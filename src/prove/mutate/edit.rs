//! Every small step away from a set of trees.

use jiff::civil::Date;

use super::Operator;
use crate::fact::{OPENS, STAGES};
use crate::finding::Place;
use crate::law::{Authority, Bound, Duty, Harm, Laws, Provision, Version};
use crate::source::At;
use crate::tree::file::{AnswerFile, QuestionFile, TreeFile};
use crate::trees::Written;

/// One small step.
pub(super) struct Edit {
    pub(super) operator: Operator,
    /// Where and how, as ids.
    pub(super) change: String,
    pub(super) of: Part,
}

/// What a step changes.
pub(super) enum Part {
    /// A question of a tree, by its place.
    Tree(&'static str, usize, InQuestion),
    /// The laws or the authorities.
    Laws(InLaws),
}

/// A step in a question. Answers are named by their places; none means the question itself.
pub(super) enum InQuestion {
    Point(Option<usize>, String),
    Drop(usize),
    Swap(usize, usize),
    NoMotivation(usize),
    Accept(usize),
    Opens(Option<usize>, Option<String>),
}

/// A step in the laws.
pub(super) enum InLaws {
    Version(String, usize, InVersion),
    /// A provision does not close a rule any more.
    LeaveOpen(String, String),
    ProtectAnother(String),
    Duty(usize, usize, InDuty),
}

pub(super) enum InVersion {
    Move(Way),
    Without(String),
    Harm(Harm),
}

pub(super) enum InDuty {
    Move(Way),
    Bound(Bound),
}

/// A day earlier or a day later.
#[derive(Clone, Copy)]
pub(super) enum Way {
    Earlier,
    Later,
}

impl Way {
    const BOTH: [(Way, &'static str); 2] = [(Way::Earlier, "-1"), (Way::Later, "+1")];

    fn moved(self, day: Date) -> Date {
        let moved = match self {
            Way::Earlier => day.yesterday(),
            Way::Later => day.tomorrow(),
        };
        moved.unwrap_or(day)
    }
}

/// Every step there is.
pub(super) fn all(written: &Written) -> Vec<Edit> {
    let trees = STAGES
        .iter()
        .filter_map(|stage| Some((*stage, written.trees.get(*stage)?)));
    let of_trees = trees.flat_map(|(stage, file)| of_tree(stage, file));
    let provisions = written.laws.provisions.values().flat_map(of_provision);
    let authorities = written.laws.authorities.iter().enumerate();
    let of_authorities = authorities.flat_map(|(place, authority)| of_authority(place, authority));
    of_trees.chain(provisions).chain(of_authorities).collect()
}

fn of_tree(stage: &'static str, file: &TreeFile) -> Vec<Edit> {
    let questions = file.questions.iter().map(|question| &question.id);
    let outcomes = file.outcomes.iter().map(|outcome| &outcome.id);
    let ids: Vec<&String> = questions.chain(outcomes).collect();
    let of_one = |(at, question): (usize, &QuestionFile)| -> Vec<Edit> {
        let own = std::iter::once(of_target(question, None, &ids)).flatten();
        let answers = question.answers.iter().enumerate();
        let theirs = answers.flat_map(|(place, answer)| of_answer(question, place, answer, &ids));
        let edit = |(operator, how, step): Made| Edit {
            operator,
            change: format!("{stage}.{} {how}", question.id),
            of: Part::Tree(stage, at, step),
        };
        own.chain(theirs).map(edit).collect()
    };
    file.questions.iter().enumerate().flat_map(of_one).collect()
}

type Made = (Operator, String, InQuestion);

/// Another target and another opening, of an answer or of a question without answers.
fn of_target(question: &QuestionFile, place: Option<usize>, ids: &[&String]) -> Vec<Made> {
    let answer = place.and_then(|place| question.answers.get(place));
    let (goto, opens) = answer.map_or((&question.goto, &question.opens), |answer| {
        (&answer.goto, &answer.opens)
    });
    let key = answer
        .map(|answer| format!("= {} ", answer.key.value))
        .unwrap_or_default();
    let elsewhere = goto.iter().flat_map(|goto| {
        ids.iter()
            .filter(|id| ***id != goto.value && ***id != question.id)
    });
    let retarget = elsewhere.map(|id| {
        (
            Operator::Retarget,
            format!("{key}→ {id}"),
            InQuestion::Point(place, (*id).clone()),
        )
    });
    let others = opens.iter().flat_map(|now| {
        let others = OPENS.iter().filter(|other| **other != now.value);
        others.map(|other| Some((*other).to_owned())).chain([None])
    });
    let opens = others.map(|other| {
        let how = format!("{key}opens {}", other.as_deref().unwrap_or("-"));
        (Operator::Opens, how, InQuestion::Opens(place, other))
    });
    retarget.chain(opens).collect()
}

fn of_answer(
    question: &QuestionFile,
    place: usize,
    answer: &AnswerFile,
    ids: &[&String],
) -> Vec<Made> {
    let key = &answer.key.value;
    let mut made = of_target(question, Some(place), ids);
    made.push((
        Operator::Drop,
        format!("= {key} dropped"),
        InQuestion::Drop(place),
    ));
    let others = question.answers.iter().enumerate().skip(place + 1);
    made.extend(others.map(|(other, with)| {
        (
            Operator::Swap,
            format!("= {key} ⇄ {}", with.key.value),
            InQuestion::Swap(place, other),
        )
    }));
    if answer.motivation {
        made.push((
            Operator::Motivation,
            format!("= {key} without motivation"),
            InQuestion::NoMotivation(place),
        ));
    }
    if answer.refuse {
        made.push((
            Operator::Accept,
            format!("= {key} accepted"),
            InQuestion::Accept(place),
        ));
    }
    made
}

fn of_provision(provision: &Provision) -> Vec<Edit> {
    let key = &provision.key;
    let edit = |operator, how: String, of| Edit {
        operator,
        change: format!("{key} {how}"),
        of: Part::Laws(of),
    };
    let versions = provision.versions.iter().enumerate();
    let of_versions = versions.flat_map(|(place, version)| {
        let steps = of_version(version).into_iter();
        steps.map(move |(operator, how, step)| {
            edit(
                operator,
                format!("{} {how}", version.from),
                InLaws::Version(key.clone(), place, step),
            )
        })
    });
    let closed = provision.switches_off.iter().map(|rule| {
        edit(
            Operator::List,
            format!("leaves {rule} open"),
            InLaws::LeaveOpen(key.clone(), rule.clone()),
        )
    });
    let another = provision.is_secrecy().then(|| {
        edit(
            Operator::Harm,
            "protects another".to_owned(),
            InLaws::ProtectAnother(key.clone()),
        )
    });
    of_versions.chain(closed).chain(another).collect()
}

fn of_version(version: &Version) -> Vec<(Operator, String, InVersion)> {
    let days = Way::BOTH.map(|(way, sign)| (Operator::Day, sign.to_owned(), InVersion::Move(way)));
    let lists = version.excludes.iter().map(|gone| {
        (
            Operator::List,
            format!("without {gone}"),
            InVersion::Without(gone.clone()),
        )
    });
    let harms = Harm::all()
        .into_iter()
        .filter(|harm| version.harm.is_some_and(|now| now != *harm));
    let harms = harms.map(|harm| {
        (
            Operator::Harm,
            harm.word().to_owned(),
            InVersion::Harm(harm),
        )
    });
    days.into_iter().chain(lists).chain(harms).collect()
}

fn of_authority(place: usize, authority: &Authority) -> Vec<Edit> {
    let of_duty = |(at, duty): (usize, &Duty)| -> Vec<Edit> {
        let days = Way::BOTH.map(|(way, sign)| (Operator::Day, sign, InDuty::Move(way)));
        let others = [Bound::Yes, Bound::No, Bound::Unclear]
            .into_iter()
            .filter(|bound| *bound != duty.bound);
        let bound = others.map(|bound| (Operator::Bound, bound.word(), InDuty::Bound(bound)));
        let steps = days.into_iter().chain(bound);
        let edit = |(operator, how, step)| Edit {
            operator,
            change: format!("{} {} {how}", authority.key, duty.from),
            of: Part::Laws(InLaws::Duty(place, at, step)),
        };
        steps.map(edit).collect()
    };
    authority
        .duties
        .iter()
        .enumerate()
        .flat_map(of_duty)
        .collect()
}

impl InQuestion {
    pub(super) fn apply(&self, question: &mut QuestionFile) {
        match self {
            InQuestion::Point(None, to) => question.goto = Some(at(to)),
            InQuestion::Opens(None, opens) => question.opens = opens.as_deref().map(at),
            InQuestion::Drop(place) => drop(question.answers.remove(*place)),
            InQuestion::Swap(a, b) => swap(question, *a, *b),
            InQuestion::Accept(place) => accept(question, *place),
            InQuestion::Point(Some(place), _)
            | InQuestion::Opens(Some(place), _)
            | InQuestion::NoMotivation(place) => {
                if let Some(answer) = question.answers.get_mut(*place) {
                    self.apply_to(answer);
                }
            }
        }
    }

    fn apply_to(&self, answer: &mut AnswerFile) {
        match self {
            InQuestion::Point(_, to) => answer.goto = Some(at(to)),
            InQuestion::Opens(_, opens) => answer.opens = opens.as_deref().map(at),
            _ => (answer.motivation, answer.sentence) = (false, false),
        }
    }
}

fn at(value: &str) -> At<String> {
    At {
        value: value.to_owned(),
        place: Place::default(),
    }
}

/// Keys and words stay; what the answers do changes places.
fn swap(question: &mut QuestionFile, a: usize, b: usize) {
    let named: Vec<_> = question
        .answers
        .iter()
        .map(|answer| (answer.key.clone(), answer.text.clone()))
        .collect();
    question.answers.swap(a, b);
    for (answer, (key, text)) in question.answers.iter_mut().zip(named) {
        (answer.key, answer.text) = (key, text);
    }
}

/// The refused answer leads where the first accepted one does.
fn accept(question: &mut QuestionFile, place: usize) {
    let neighbour = question
        .answers
        .iter()
        .find_map(|answer| answer.goto.clone());
    if let Some(answer) = question.answers.get_mut(place) {
        (answer.refuse, answer.goto) = (false, neighbour);
    }
}

impl InLaws {
    pub(super) fn apply(&self, laws: &mut Laws) {
        match self {
            InLaws::Duty(authority, place, step) => {
                if let Some(authority) = laws.authorities.get_mut(*authority) {
                    step.apply(&mut authority.duties, *place);
                }
            }
            InLaws::Version(key, ..) | InLaws::LeaveOpen(key, _) | InLaws::ProtectAnother(key) => {
                if let Some(provision) = laws.provisions.get_mut(key) {
                    self.apply_to(provision);
                }
            }
        }
    }

    fn apply_to(&self, provision: &mut Provision) {
        match self {
            InLaws::Version(_, place, step) => step.apply(&mut provision.versions, *place),
            InLaws::LeaveOpen(_, rule) => provision.switches_off.retain(|other| other != rule),
            _ => provision.protects_individual = !provision.protects_individual,
        }
    }
}

impl InVersion {
    fn apply(&self, versions: &mut [Version], place: usize) {
        if let InVersion::Move(way) = self {
            let days = versions
                .iter_mut()
                .map(|version| (&mut version.from, &mut version.until));
            return shift(days, place, *way);
        }
        let Some(version) = versions.get_mut(place) else {
            return;
        };
        match self {
            InVersion::Without(gone) => version.excludes.retain(|other| other != gone),
            InVersion::Harm(harm) => version.harm = Some(*harm),
            InVersion::Move(_) => {}
        }
    }
}

impl InDuty {
    fn apply(&self, duties: &mut [Duty], place: usize) {
        match self {
            InDuty::Move(way) => {
                let days = duties
                    .iter_mut()
                    .map(|duty| (&mut duty.from, &mut duty.until));
                shift(days, place, *way);
            }
            InDuty::Bound(bound) => {
                if let Some(duty) = duties.get_mut(place) {
                    duty.bound = *bound;
                }
            }
        }
    }
}

/// The first day of a period moves, and the last day of the one before it.
fn shift<'d>(
    days: impl Iterator<Item = (&'d mut Date, &'d mut Option<Date>)>,
    place: usize,
    way: Way,
) {
    for (at, (from, until)) in days.enumerate() {
        if at == place {
            *from = way.moved(*from);
        }
        if at + 1 == place {
            *until = until.map(|until| way.moved(until));
        }
    }
}
