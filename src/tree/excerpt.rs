//! A whole tree, or what of it lies on one route: what is drawn and what is told on paper.

use std::collections::BTreeSet;

use crate::fact::{Fact, OPENS};
use crate::tree::{Answer, Outcome, Question, Target, Tree};

/// The questions and outcomes of a tree that are shown. They keep their places and so their numbers.
#[derive(Clone, Debug)]
pub struct Excerpt<'t> {
    /// The tree.
    pub tree: &'t Tree,
    /// The route that it was cut to.
    pub route: Option<String>,
    questions: BTreeSet<usize>,
    outcomes: BTreeSet<usize>,
}

impl<'t> Excerpt<'t> {
    /// The whole tree.
    #[must_use]
    pub fn whole(tree: &'t Tree) -> Self {
        Self {
            tree,
            route: None,
            questions: (0..tree.questions.len()).collect(),
            outcomes: (0..tree.outcomes.len()).collect(),
        }
    }

    /// What can be reached when the fact `route` has this value. In the tree that ends in the route, what lies on some
    /// way to it.
    #[must_use]
    pub fn of_route(tree: &'t Tree, route: &str) -> Self {
        let mut excerpt = Self {
            tree,
            route: Some(route.to_owned()),
            questions: BTreeSet::new(),
            outcomes: BTreeSet::new(),
        };
        excerpt.reach(tree.start);
        let end = tree.outcomes.iter().position(|outcome| outcome.id == route);
        if let Some(end) = end {
            excerpt.keep_ways_to(end);
        }
        excerpt
    }

    fn reach(&mut self, at: usize) {
        if !self.questions.insert(at) {
            return;
        }
        for (_, target) in self.ways(self.tree.question(at)) {
            match target {
                Target::Question(next) => self.reach(next),
                Target::Outcome(end) => {
                    self.outcomes.insert(end);
                }
            }
        }
    }

    /// Leaves out what leads nowhere but to other outcomes, until nothing more falls away.
    fn keep_ways_to(&mut self, end: usize) {
        self.outcomes.retain(|outcome| *outcome == end);
        loop {
            let here = self.clone();
            self.questions
                .retain(|at| !here.leads(here.tree.question(*at)).is_empty());
            if self.questions.len() == here.questions.len() {
                return;
            }
        }
    }

    /// The ways out of a question that the route does not close: answers with their targets, or the one way of a
    /// question without answers.
    fn ways(&self, question: &'t Question) -> Vec<(Option<&'t Answer>, Target)> {
        let chosen = self
            .route
            .as_deref()
            .filter(|_| question.known == Some(Fact::Route))
            .and_then(|route| question.answer(route));
        let answers = question.answers.iter().enumerate();
        let open = answers.filter(|(at, _)| chosen.is_none_or(|(chosen, _)| chosen == *at));
        open.filter_map(|(_, answer)| Some((Some(answer), answer.goto?)))
            .chain(question.goto.map(|goto| (None, goto)))
            .collect()
    }

    /// The questions with their places, in the order of the file.
    pub fn questions(&self) -> impl Iterator<Item = (usize, &'t Question)> {
        let tree = self.tree;
        self.questions.iter().map(|at| (*at, tree.question(*at)))
    }

    /// The outcomes with their places, in the order of the file.
    pub fn outcomes(&self) -> impl Iterator<Item = (usize, &'t Outcome)> {
        let tree = self.tree;
        self.outcomes.iter().map(|at| (*at, tree.outcome(*at)))
    }

    /// Whether it holds a question or an outcome.
    #[must_use]
    pub fn holds(&self, target: Target) -> bool {
        match target {
            Target::Question(at) => self.questions.contains(&at),
            Target::Outcome(at) => self.outcomes.contains(&at),
        }
    }

    /// Where a question leads within the excerpt: each target once, with the answers that lead to it. A question
    /// without answers has a target and no answers; an answer that is refused leads nowhere.
    #[must_use]
    pub fn leads(&self, question: &'t Question) -> Vec<(Target, Vec<&'t Answer>)> {
        let mut leads: Vec<(Target, Vec<&Answer>)> = Vec::new();
        for (answer, target) in self.ways(question) {
            if !self.holds(target) || self.never_opened(question, answer) {
                continue;
            }
            match leads.iter_mut().find(|(known, _)| *known == target) {
                Some((_, answers)) => answers.extend(answer),
                None => leads.push((target, answer.into_iter().collect())),
            }
        }
        leads
    }

    /// Whether an answer turns on what nothing on the route opens.
    fn never_opened(&self, question: &Question, answer: Option<&Answer>) -> bool {
        let value = answer.map(|answer| answer.key.as_str());
        let value = value.filter(|value| OPENS.contains(value) && self.route.is_some());
        let opened = |value| self.questions().any(|(_, other)| self.opens(other, value));
        question.known == Some(Fact::Opened) && value.is_some_and(|value| !opened(value))
    }

    fn opens(&self, question: &'t Question, value: &str) -> bool {
        let ways = self.ways(question).into_iter();
        let mut opened = ways.filter_map(|(answer, _)| {
            let opens = answer.map_or(&question.opens, |answer| &answer.opens);
            opens.as_deref()
        });
        opened.any(|opened| opened == value)
    }

    /// The places of the questions that lead here.
    #[must_use]
    pub fn from(&self, here: Target) -> Vec<usize> {
        let leads_here = |question| self.leads(question).iter().any(|(to, _)| *to == here);
        self.questions()
            .filter(|(_, question)| leads_here(question))
            .map(|(at, _)| at)
            .collect()
    }
}
