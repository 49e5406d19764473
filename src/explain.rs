//! Why an outcome came out as it did, and the nearest single changes that would have changed it.
//!
//! There is no second evaluator. Every what-if is a copy of the answers document with one thing changed, replayed by the
//! same engine; where the replay stops at a question without an answer, the outcomes that can be reached from there are
//! looked up in the checked tree.
//!
//! **Exact:** where a changed walk ends, and which question it stops at. **Upper bounds:** the outcomes that can be
//! reached from such a question (see `walk::Reacher`), and whether something that the program knows decided: there the
//! other values of one fact are tried while the other facts stand, although facts can hang together.
//!
//! **Not tried:** two changes at once, another authority, what was said about another item, whether it is benefit data,
//! and the day it came in.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use crate::answers::{About, AnswersDocument, Form, Item, Origin};
use crate::assessment::{Assessment, ItemOutcome, NONE, Stage, UNSURE, replay};
use crate::fact::{Fact, UNANSWERED};
use crate::trees::Trees;
use crate::walk::{Answers, End, Given, Reach, Reacher, Step, Walk, clean};

/// Stands in for a motivation that the official would have to write. It is in no document but the ones tried.
const STAND_IN: &str = "motivering";

/// Why a stage came out as it did, as far as it has been decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Explanation {
    /// The stage.
    #[serde(skip)]
    pub stage: Stage,
    /// `route`, `identity`, or the id of the item.
    pub of: String,
    /// Where the walk ends, or what it waits for.
    #[serde(flatten)]
    pub then: Then,
    /// Keys of the sections that the outcome rests on; none while it is open.
    pub law: Vec<String>,
    /// The steps that decided, in order.
    pub deciding: Vec<Deciding>,
    /// Single changes that would have changed it, nearest first; of an open stage those that would have settled it.
    pub changes: Vec<WhatIf>,
}

/// Where a walk ends, or the question that it waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Then {
    /// Id of the question that has no sound answer; none where the walk ends.
    pub asks: Option<String>,
    /// Key of the outcome, or of every outcome that can be reached from the question.
    pub outcomes: Vec<String>,
}

/// A step without which the outcome could have been another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Deciding {
    /// Id of the question.
    pub question: String,
    /// The fact, where nobody was asked because the program knows.
    pub known: Option<String>,
    /// Key of the answer, or the value of the fact.
    pub answer: Option<String>,
    /// Keys of the sections that the step cites.
    pub law: Vec<String>,
    /// The step's place in the walk.
    #[serde(skip)]
    pub step: usize,
}

/// A single change, and what would have come of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct WhatIf {
    /// The change.
    #[serde(flatten)]
    pub change: Change,
    /// Where it would have led.
    #[serde(flatten)]
    pub then: Then,
    /// Ids of the questions whose text must be written on every way to a release; empty where none is reached.
    pub must_be_written: Vec<String>,
}

/// A single change of an answers document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum Change {
    /// Another answer to a question that was asked.
    Answer {
        /// The stage that asks.
        #[serde(skip)]
        stage: Stage,
        /// The place in the answers document.
        place: String,
        /// Id of the question.
        question: String,
        /// Key of the other answer.
        answer: String,
        /// Whether that answer needs a motivation.
        motivation: bool,
    },
    /// Another form of the item.
    Form {
        /// The item's place in the list.
        #[serde(skip)]
        at: usize,
        /// The other form.
        form: Form,
    },
    /// Another origin of the item.
    Origin {
        /// The item's place in the list.
        #[serde(skip)]
        at: usize,
        /// The other origin.
        origin: Origin,
    },
    /// Another person whom the item is about.
    About {
        /// The item's place in the list.
        #[serde(skip)]
        at: usize,
        /// The other person.
        about: About,
    },
    /// Another provision.
    Provision {
        /// The stage whose item it is.
        #[serde(skip)]
        stage: Stage,
        /// Key of the provision, `none` or `unsure`.
        provision: String,
    },
    /// Another day.
    Day {
        /// The day.
        on: Date,
    },
}

impl Then {
    /// The outcome, where the walk ends.
    #[must_use]
    pub fn outcome(&self) -> Option<&str> {
        match self.outcomes.as_slice() {
            [outcome] if self.asks.is_none() => Some(outcome),
            _ => None,
        }
    }
}

impl Change {
    /// A copy of the document with the change made. A motivation that would have to be written is stood in for.
    #[must_use]
    pub fn apply(&self, document: &AnswersDocument) -> AnswersDocument {
        let mut document = document.clone();
        let mut item = |at: &usize, change: &dyn Fn(&mut Item)| {
            document.items.get_mut(*at).map(change);
        };
        match self {
            Change::Form { at, form } => item(at, &|item| item.form = *form),
            Change::Origin { at, origin } => item(at, &|item| item.origin = Some(*origin)),
            Change::About { at, about } => item(at, &|item| item.about = Some(*about)),
            Change::Day { on } => document.on = Some(*on),
            Change::Provision { stage, provision } => {
                set_provision(&mut document, *stage, provision);
            }
            Change::Answer {
                stage,
                question,
                answer,
                motivation,
                ..
            } => set_answer(&mut document, *stage, question, answer, *motivation),
        }
        document
    }
}

fn set_provision(document: &mut AnswersDocument, stage: Stage, provision: &str) {
    let chosen = Some(vec![provision.to_owned()]);
    match stage {
        Stage::Item(at) => {
            if let Some(item) = document.items.get_mut(at) {
                item.provisions = chosen;
            }
        }
        _ => document.identity.get_or_insert_default().provisions = chosen,
    }
}

fn set_answer(
    document: &mut AnswersDocument,
    stage: Stage,
    question: &str,
    answer: &str,
    motivation: bool,
) {
    let Some(answers) = answers_of(document, stage) else {
        return;
    };
    let before = answers.remove(question).and_then(|given| given.text);
    let given = Given {
        answer: Some(answer.to_owned()),
        text: motivation.then(|| before.unwrap_or_else(|| STAND_IN.to_owned())),
    };
    answers.insert(question.to_owned(), given);
}

fn answers_of(document: &mut AnswersDocument, stage: Stage) -> Option<&mut Answers> {
    Some(match stage {
        Stage::Route => &mut document.route,
        Stage::Identity => &mut document.identity.get_or_insert_default().answers,
        Stage::Item(at) => &mut document.items.get_mut(at)?.answers,
        Stage::Sending => &mut document.sending,
        Stage::Closing => &mut document.closing,
    })
}

/// Explains the route, the first item and every item, as far as they have come.
#[must_use]
pub fn explain(assessment: &Assessment<'_, '_>, document: &AnswersDocument) -> Vec<Explanation> {
    let explainer = Explainer::new(assessment, document);
    let stages = assessment.walks().map(|(stage, _, _)| stage);
    stages
        .filter(|stage| has_outcome(*stage))
        .filter_map(|stage| explainer.explain(stage))
        .collect()
}

/// Explains one stage; none where it has not been reached, or has no outcome of its own.
#[must_use]
pub fn explain_stage(
    assessment: &Assessment<'_, '_>,
    document: &AnswersDocument,
    stage: Stage,
) -> Option<Explanation> {
    let explainer = Explainer::new(assessment, document);
    has_outcome(stage).then(|| explainer.explain(stage))?
}

/// Sending and closing end in nothing that was decided.
const fn has_outcome(stage: Stage) -> bool {
    matches!(stage, Stage::Route | Stage::Identity | Stage::Item(_))
}

/// A copy without the answers of the items that have no bearing on a stage: those that name neither its item nor one
/// that does. So a long list costs little more than a short one.
fn alone(document: &AnswersDocument, stage: Stage) -> AnswersDocument {
    let Stage::Item(at) = stage else {
        return document.clone();
    };
    let mut kept = BTreeSet::from([at]);
    let mut ids = vec![document.id_of(at)];
    while let Some(id) = ids.pop() {
        let items = document.items.iter().enumerate();
        let naming = items.filter(|(_, item)| {
            let mut given = item.answers.values();
            given.any(|given| given.text.as_deref().map(clean).as_deref() == Some(&*id))
        });
        for (at, _) in naming {
            if kept.insert(at) {
                ids.push(document.id_of(at));
            }
        }
    }
    let mut document = document.clone();
    for (at, item) in document.items.iter_mut().enumerate() {
        if !kept.contains(&at) {
            item.answers.clear();
        }
    }
    document
}

/// A document that was tried, replayed.
struct Tried<'t> {
    change: Change,
    document: AnswersDocument,
    assessment: Assessment<'t, 'static>,
}

/// What came of a stage.
#[derive(PartialEq, Eq)]
struct Came {
    then: Then,
    written: Vec<String>,
}

struct Explainer<'a, 't> {
    assessment: &'a Assessment<'t, 'a>,
    document: AnswersDocument,
    /// The days before and the days after, the nearest first.
    days: [Vec<Tried<'t>>; 2],
    /// The other answers of the route: what the program knows about an item can turn on them.
    route: Vec<Tried<'t>>,
}

impl<'a, 't> Explainer<'a, 't> {
    fn new(assessment: &'a Assessment<'t, 'a>, document: &AnswersDocument) -> Self {
        let document = document.clone();
        let days = days(assessment).map(|days| {
            let changes = days.into_iter().map(|on| Change::Day { on });
            try_all(assessment.trees, &document, changes)
        });
        let answers = other_answers(assessment, Stage::Route);
        let route = try_all(assessment.trees, &document, answers);
        Self {
            assessment,
            document,
            days,
            route,
        }
    }

    fn explain(&self, stage: Stage) -> Option<Explanation> {
        let came = came(self.assessment, &self.document, stage)?;
        let mut changes = self.changes(stage, &came.then);
        let (_, tree, walk) = walk_of(self.assessment, stage)?;
        let ended = came.then.asks.is_none();
        let law = match (ended, stage) {
            (false, _) => Vec::new(),
            (true, Stage::Route) => self.law_of_route(),
            (true, _) => self.assessment.ground_of(stage, tree, walk),
        };
        let deciding = self.deciding(stage, walk, &came.then, &changes);
        // While it is open anything can come of anything: only what would have settled it says something.
        changes.retain(|what_if| ended || what_if.then.asks.is_none());
        Some(Explanation {
            stage,
            of: match stage {
                Stage::Route => "route".to_owned(),
                Stage::Item(at) => self.document.id_of(at).into_owned(),
                _ => "identity".to_owned(),
            },
            law,
            deciding,
            then: came.then,
            changes,
        })
    }

    fn law_of_route(&self) -> Vec<String> {
        let citer = self.assessment.citer(crate::language::Lang::Sv);
        let outcome = self.assessment.route_outcome();
        let law = outcome.into_iter().flat_map(|outcome| &outcome.law);
        law.flat_map(|law| citer.keys(law)).collect()
    }

    /// What ends otherwise before what depends on new answers; within each the last question on the path first, then
    /// what was said about the item, then the route, then the day.
    fn changes(&self, stage: Stage, now: &Then) -> Vec<WhatIf> {
        let answers = other_answers(self.assessment, stage).into_iter();
        let own = answers.chain(self.other_fields(stage));
        let document = alone(&self.document, stage);
        let mut changes: Vec<WhatIf> = try_all(self.assessment.trees, &document, own)
            .iter()
            .filter_map(|tried| what_if(tried, stage, now))
            .collect();
        if stage != Stage::Route {
            let of_route = self.route.iter();
            let of_route = of_route.filter_map(|tried| what_if(tried, stage, now));
            changes.extend(of_route.filter(|what_if| what_if.then.asks.is_none()));
        }
        let nearest = self.days.iter().filter_map(|days| {
            let mut days = days.iter();
            days.find_map(|tried| what_if(tried, stage, now))
        });
        changes.extend(nearest);
        changes.sort_by_key(|what_if| what_if.then.asks.is_some());
        changes
    }

    fn other_fields(&self, stage: Stage) -> Vec<Change> {
        let mut changes = Vec::new();
        if let Stage::Item(at) = stage
            && let Some(item) = self.document.items.get(at)
        {
            let forms = Form::ALL.iter().filter(|form| **form != item.form);
            changes.extend(forms.map(|form| Change::Form { at, form: *form }));
            let origins = Origin::ALL.iter().map(|origin| Some(*origin));
            let origins = origins.filter(|origin| *origin != item.origin).flatten();
            changes.extend(origins.map(|origin| Change::Origin { at, origin }));
            let abouts = About::ALL.iter().map(|about| Some(*about));
            let abouts = abouts.filter(|about| *about != item.about).flatten();
            changes.extend(abouts.map(|about| Change::About { at, about }));
        }
        changes.extend(self.other_provisions(stage));
        changes
    }

    fn other_provisions(&self, stage: Stage) -> Vec<Change> {
        let Some(facts) = self.assessment.item(stage).map(|item| &item.facts) else {
            return Vec::new();
        };
        let laws = &self.assessment.trees.laws;
        let usual = self.assessment.authority;
        let usual = usual.usual_provision(laws, self.assessment.on);
        let is_now = |key: &str| match facts.secrecy.provisions.as_slice() {
            [] => key == facts.secrecy.harm_test,
            [only] => key == only,
            _ => false,
        };
        let keys = usual.into_iter().chain([NONE, UNSURE]);
        keys.filter(|key| !is_now(key))
            .map(|key| Change::Provision {
                stage,
                provision: key.to_owned(),
            })
            .collect()
    }

    fn deciding(
        &self,
        stage: Stage,
        walk: &Walk<'_, '_>,
        now: &Then,
        changes: &[WhatIf],
    ) -> Vec<Deciding> {
        let mut facts: BTreeSet<Fact> = BTreeSet::new();
        let mut deciding = Vec::new();
        for (at, step) in walk.steps().enumerate() {
            let question = stage.tree(self.assessment.trees).question(step.question);
            let decides = match &question.known {
                None => changes
                    .iter()
                    .any(|what_if| what_if.asks_about(stage, &question.id)),
                Some(fact) => {
                    is_told(fact, &stage.tree(self.assessment.trees).name, step)
                        && self.known_decides(stage, walk, at, now)
                        && facts.insert(fact.clone())
                }
            };
            if decides {
                deciding.push(Deciding {
                    question: question.id.clone(),
                    known: question.known.as_ref().map(Fact::to_string),
                    answer: step.key.map(str::to_owned),
                    law: self.assessment.law_of(stage, question, &step),
                    step: at,
                });
            }
        }
        deciding
    }

    /// Whether another value of what is known could have led elsewhere.
    fn known_decides(&self, stage: Stage, walk: &Walk<'_, '_>, at: usize, now: &Then) -> bool {
        let tree = stage.tree(self.assessment.trees);
        let moves = walk.moves();
        let Some((before, taken)) = moves.get(..at).zip(moves.get(at)) else {
            return false;
        };
        let question = tree.question(usize::from(taken.question));
        let others = 0..question.answers.len();
        self.assessment.look(&self.document, stage, |given, known| {
            let mut reacher = Reacher::new(tree, given, known, &releases);
            others
                .filter(|other| *other != usize::from(taken.answer))
                .any(|other| {
                    let reach = reacher.had_it_been(before, taken.question, other);
                    names(stage, self.assessment.trees, &reach) != now.outcomes
                })
        })
    }
}

impl WhatIf {
    /// Whether the change is another answer to this question.
    #[must_use]
    pub fn asks_about(&self, of: Stage, id: &str) -> bool {
        matches!(&self.change, Change::Answer { stage, question, .. } if *stage == of && question == id)
    }
}

/// What the walk itself made known is told by the answer behind it, and what nobody has answered is told by nothing;
/// nor is it told of most assessments that they follow no other.
fn is_told(fact: &Fact, tree: &str, step: Step<'_>) -> bool {
    let own = matches!(fact, Fact::Earlier { tree: of, .. } if of == tree);
    let follows_none = *fact == Fact::Follows && step.key == Some("no");
    let own = own || follows_none || *fact == Fact::Opened;
    !own && step.key != Some(UNANSWERED)
}

/// The days on which the law was another, as the day before and the day of each change: before the day assessed and
/// after it, the nearest first.
fn days(assessment: &Assessment<'_, '_>) -> [Vec<Date>; 2] {
    let laws = &assessment.trees.laws;
    let changes = laws.days_of_change();
    let (past, coming): (Vec<Date>, Vec<Date>) =
        changes.into_iter().partition(|day| *day <= assessment.on);
    let before = past.iter().rev().filter_map(|day| day.yesterday().ok());
    [
        before.filter(|day| *day >= laws.first_day).collect(),
        coming,
    ]
}

/// Every other answer to the asked questions of a walk, the last question first. A refused answer is no other answer.
fn other_answers(assessment: &Assessment<'_, '_>, stage: Stage) -> Vec<Change> {
    let Some((_, tree, walk)) = walk_of(assessment, stage) else {
        return Vec::new();
    };
    let steps = walk.steps().rev();
    let asked = steps.map(|step| (tree.question(step.question), step));
    asked
        .filter(|(question, _)| question.is_asked())
        .flat_map(|(question, step)| {
            let others = question.answers.iter();
            let others =
                others.filter(move |answer| !answer.refuse && step.key != Some(&answer.key));
            others.map(move |answer| Change::Answer {
                stage,
                place: stage.place(&question.id).to_string(),
                question: question.id.clone(),
                answer: answer.key.clone(),
                motivation: answer.motivation,
            })
        })
        .collect()
}

fn walk_of<'w, 't, 'd>(
    assessment: &'w Assessment<'t, 'd>,
    stage: Stage,
) -> Option<(Stage, &'t crate::tree::Tree, &'w Walk<'t, 'd>)> {
    assessment.walks().find(|(other, _, _)| *other == stage)
}

fn try_all<'t>(
    trees: &'t Trees,
    document: &AnswersDocument,
    changes: impl IntoIterator<Item = Change>,
) -> Vec<Tried<'t>> {
    let tried = |change: Change| {
        let document = change.apply(document);
        let assessment = replay(trees, &document).ok()?.detached();
        Some(Tried {
            change,
            document,
            assessment,
        })
    };
    changes.into_iter().filter_map(tried).collect()
}

/// What came of a change, where that is something else than what is.
fn what_if(tried: &Tried<'_>, stage: Stage, now: &Then) -> Option<WhatIf> {
    let came = came(&tried.assessment, &tried.document, stage)?;
    (came.then.outcomes != now.outcomes && !came.then.outcomes.is_empty()).then(|| WhatIf {
        change: tried.change.clone(),
        then: came.then,
        must_be_written: came.written,
    })
}

/// What came of a stage; none where it was not reached.
fn came(assessment: &Assessment<'_, '_>, document: &AnswersDocument, stage: Stage) -> Option<Came> {
    let (_, tree, walk) = walk_of(assessment, stage)?;
    let reach = assessment.look(document, stage, |given, facts| {
        Reacher::new(tree, given, facts, &releases).whole()
    });
    let question = |at: usize| tree.question(at).id.clone();
    let (asks, outcomes) = match &walk.end {
        End::Outcome(at) => (None, vec![tree.outcome(*at).id.clone()]),
        End::Missing(at) | End::Wrong(at, _) => {
            (Some(question(*at)), names(stage, assessment.trees, &reach))
        }
        End::Unknown(at, _) => (Some(question(*at)), Vec::new()),
    };
    Some(Came {
        then: Then { asks, outcomes },
        written: reach
            .written
            .iter()
            .flatten()
            .copied()
            .map(question)
            .collect(),
    })
}

/// The outcomes in the order of the tree.
fn names(stage: Stage, trees: &Trees, reach: &Reach) -> Vec<String> {
    let tree = stage.tree(trees);
    let ids = reach.outcomes.iter().map(|at| tree.outcome(*at).id.clone());
    ids.collect()
}

/// Whether an outcome of the item tree lets something leave. No outcome of the route is called so.
fn releases(outcome: &str) -> bool {
    ItemOutcome::parse(outcome).is_some_and(ItemOutcome::releases)
}
