//! How well the law is guarded: changes the trees one small step at a time and sees what notices.

mod edit;

use std::collections::BTreeMap;

use rayon::prelude::*;

use self::edit::{Edit, InLaws, InQuestion, Part};
use super::claim::{Claim, Invariants};
use super::diff;
use super::search::Search;
use super::space::{Handed, Space};
use super::{Judged, Posed, Prover, judge};
use crate::case::Case;
use crate::fact::STAGES;
use crate::finding::Place;
use crate::law::{self, Laws};
use crate::source::Source;
use crate::tree::{Question, Tree};
use crate::trees::{Files, Trees, Written};

/// What a mutant changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operator {
    /// An answer, or a question without answers, leads elsewhere.
    Retarget,
    /// An answer is gone.
    Drop,
    /// Two answers have changed places in all but their keys and words.
    Swap,
    /// A motivation is no longer demanded.
    Motivation,
    /// An answer that is refused is accepted.
    Accept,
    /// Something else opens, or nothing.
    Opens,
    /// A day of the law or of a duty is another by one.
    Day,
    /// A provision is gone from an exclusion list, or no longer closes a rule.
    List,
    /// A provision has another harm test, or protects somebody else.
    Harm,
    /// An authority is bound where it was not, or not where it was.
    Bound,
}

impl Operator {
    /// All of them, in the order of the table.
    pub const ALL: [Operator; 10] = [
        Operator::Retarget,
        Operator::Drop,
        Operator::Swap,
        Operator::Motivation,
        Operator::Accept,
        Operator::Opens,
        Operator::Day,
        Operator::List,
        Operator::Harm,
        Operator::Bound,
    ];
}

/// What noticed a mutant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Killer {
    /// The files are not sound.
    Loader,
    /// A claim, by its id.
    Claim(String),
    /// The proof beside the claims: something unreached, stuck or asked for nothing.
    Proof,
    /// A worked case, by its file.
    Case(String),
}

/// What became of a mutant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Something noticed it.
    Killed(Killer),
    /// Nothing noticed, and an outcome or a demanded text changes.
    Survived,
    /// No outcome and no demanded text changes.
    Equivalent,
}

/// One mutant and its fate.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// What it changes.
    pub operator: Operator,
    /// Where and how, as ids.
    pub change: String,
    /// What became of it.
    pub fate: Fate,
}

/// Makes every mutant of a set of trees and sees what notices it. The result is the same however many cores there are.
#[must_use]
pub fn mutate(trees: &Trees, files: &Files, invariants: &Invariants) -> Vec<Mutant> {
    let written = Written::read(files);
    let prover = Prover::new(trees, invariants);
    let Some(base) = Base::new(&prover, &written, files) else {
        return Vec::new();
    };
    let edits = edit::all(&written);
    edits.par_iter().map(|edit| base.try_out(edit)).collect()
}

/// Every small step away from a set of trees, by name.
pub struct Steps {
    written: Written,
    edits: BTreeMap<String, Edit>,
}

impl Steps {
    /// The steps away from sound files.
    #[must_use]
    pub fn of(files: &Files) -> Self {
        let written = Written::read(files);
        let edits = edit::all(&written)
            .into_iter()
            .map(|edit| (edit.change.clone(), edit))
            .collect();
        Self { written, edits }
    }

    /// The name of every step.
    pub fn names(&self) -> impl Iterator<Item = String> {
        self.edits.keys().cloned()
    }

    /// The trees with some steps taken, each named as [`Mutant::change`] names it; none where there is no such step or
    /// the files are not sound with it.
    #[must_use]
    pub fn take(&self, trees: &Trees, changes: &[String]) -> Option<Trees> {
        let mut written = self.written.clone();
        for change in changes {
            match &self.edits.get(change)?.of {
                Part::Laws(step) => step.apply(&mut written.laws),
                Part::Tree(stage, question, step) => {
                    step.apply(
                        written
                            .trees
                            .get_mut(*stage)?
                            .questions
                            .get_mut(*question)?,
                    );
                }
            }
        }
        let mut trees = trees.clone();
        for stage in STAGES {
            put(
                &mut trees,
                stage,
                written.checked(stage, written.trees.get(stage)?)?,
            );
        }
        trees.laws = written.laws;
        sound(&trees.laws).then_some(trees)
    }
}

/// What all mutants are held against.
struct Base<'b> {
    prover: &'b Prover<'b>,
    written: &'b Written,
    cases: Vec<(String, Case)>,
    handed: Vec<Handed>,
    spaces: BTreeMap<&'static str, Space<'b>>,
    posed: BTreeMap<&'static str, Vec<Posed<'b>>>,
}

impl<'b> Base<'b> {
    fn new(prover: &'b Prover<'b>, written: &'b Written, files: &Files) -> Option<Self> {
        let handed = prover.handed_on().ok()?;
        let spaces: BTreeMap<_, _> = STAGES
            .iter()
            .zip(prover.trees.all())
            .map(|(stage, tree)| (*stage, prover.space(tree, &handed)))
            .collect();
        let posed = spaces.iter().map(|(stage, space)| {
            let claims = prover.claims(stage).into_iter();
            (
                *stage,
                claims.map(|claim| Posed::new(claim, space)).collect(),
            )
        });
        let posed = posed.collect();
        let cases = files.iter().filter(|(name, _)| name.starts_with("cases/"));
        let cases =
            cases.filter_map(|(name, text)| Some((name.clone(), Case::read(name, text).ok()?)));
        Some(Self {
            prover,
            written,
            cases: cases.collect(),
            handed,
            spaces,
            posed,
        })
    }

    fn try_out(&self, edit: &Edit) -> Mutant {
        let fate = match &edit.of {
            Part::Tree(stage, question, step) => self.try_tree(stage, *question, step),
            Part::Laws(step) => self.try_laws(step),
        };
        Mutant {
            operator: edit.operator,
            change: edit.change.clone(),
            fate,
        }
    }

    fn try_tree(&self, stage: &'static str, question: usize, step: &InQuestion) -> Fate {
        let Some(mut file) = self.written.trees.get(stage).cloned() else {
            return Fate::Killed(Killer::Loader);
        };
        if let Some(question) = file.questions.get_mut(question) {
            step.apply(question);
        }
        let Some(tree) = self.written.checked(stage, &file) else {
            return Fate::Killed(Killer::Loader);
        };
        if let Some(claim) = self.claim_without_names(&tree, stage) {
            return Fate::Killed(Killer::Claim(claim));
        }
        let changed = tree.question(question);
        let same_facts = changed.known.is_none() || self.selects_alike(stage, question, changed);
        let broken = if same_facts {
            self.broken(&tree, stage, &changed.id)
        } else {
            None
        };
        if let Some(claim) = broken {
            return Fate::Killed(Killer::Claim(claim));
        }
        let mut trees = self.prover.trees.clone();
        put(&mut trees, stage, tree);
        let anew = (!same_facts)
            .then(|| self.broken_anew(&trees, stage))
            .flatten();
        let broken = anew.or_else(|| {
            (stage == STAGES[0])
                .then(|| self.broken_later(&trees))
                .flatten()
        });
        match broken {
            Some(claim) => Fate::Killed(Killer::Claim(claim)),
            None => self.rest(&trees, Some(stage)),
        }
    }

    /// Whether every value still selects the answer at the same place.
    fn selects_alike(&self, stage: &str, question: usize, changed: &Question) -> bool {
        let keys = |question: &Question| -> Vec<String> {
            question
                .answers
                .iter()
                .map(|answer| answer.key.clone())
                .collect()
        };
        let before = self.prover.trees.tree(stage);
        before.is_some_and(|tree| keys(tree.question(question)) == keys(changed))
    }

    fn claim_without_names(&self, tree: &Tree, stage: &str) -> Option<String> {
        let claims = self.prover.claims(stage).into_iter();
        claims
            .map(|claim| (claim, claim.unknown_names(tree)))
            .find(|(_, names)| !names.is_empty())
            .map(|(claim, _)| claim.id.clone())
    }

    /// The first claim that does not hold, those that name the changed question first.
    fn broken(&self, tree: &Tree, stage: &str, question: &str) -> Option<String> {
        let space = self.spaces.get(stage)?;
        let search = Search::new(tree, space, 0, &[]);
        let (near, far): (Vec<_>, Vec<_>) = self
            .posed
            .get(stage)?
            .iter()
            .partition(|posed| posed.ready.claim.names(question));
        let mut all = near.into_iter().chain(far);
        all.find(|posed| !matches!(judge(&search, posed), Judged::Holds))
            .map(|posed| posed.ready.claim.id.clone())
    }

    /// The same with facts worked out anew, where what is known selects other answers.
    fn broken_anew(&self, trees: &Trees, stage: &str) -> Option<String> {
        let prover = Prover {
            trees,
            invariants: self.prover.invariants,
            settings: Prover::new(trees, self.prover.invariants).settings,
        };
        let tree = trees.tree(stage)?;
        let space = prover.space(tree, &self.handed);
        prover.first_broken(tree, &space)
    }

    /// Claims of later trees, where the route hands on something else.
    fn broken_later(&self, trees: &Trees) -> Option<String> {
        let prover = Prover::new(trees, self.prover.invariants);
        let Ok(handed) = prover.handed_on() else {
            return Some(String::new());
        };
        if same_handed(&handed, &self.handed) {
            return None;
        }
        let mut later = trees.all().into_iter().skip(1);
        later.find_map(|tree| prover.first_broken(tree, &prover.space(tree, &handed)))
    }

    fn try_laws(&self, step: &InLaws) -> Fate {
        let mut trees = self.prover.trees.clone();
        step.apply(&mut trees.laws);
        if !sound(&trees.laws) {
            return Fate::Killed(Killer::Loader);
        }
        let prover = Prover::new(&trees, self.prover.invariants);
        if let Some(key) = prover.other_wordings().first() {
            return Fate::Killed(Killer::Claim(format!("days.{key}")));
        }
        let Ok(handed) = prover.handed_on() else {
            return Fate::Killed(Killer::Proof);
        };
        let mut stages = trees.all().into_iter();
        match stages.find_map(|tree| prover.first_broken(tree, &prover.space(tree, &handed))) {
            Some(claim) => Fate::Killed(Killer::Claim(claim)),
            None => self.rest(&trees, None),
        }
    }

    /// What no claim has noticed: the rest of the proof, the worked cases, and whether it changes anything at all.
    fn rest(&self, trees: &Trees, changed: Option<&str>) -> Fate {
        let failed = self
            .cases
            .iter()
            .find(|(_, case)| !case.run(trees).is_empty());
        if let Some((name, _)) = failed {
            return Fate::Killed(Killer::Case(name.clone()));
        }
        if !diff::differ(self.prover.trees, trees, changed) {
            return Fate::Equivalent;
        }
        if super::prove(trees, self.prover.invariants).holds() {
            Fate::Survived
        } else {
            Fate::Killed(Killer::Proof)
        }
    }
}

fn same_handed(a: &[Handed], b: &[Handed]) -> bool {
    a.len() == b.len()
        && a.iter()
            .zip(b)
            .all(|(a, b)| a.route == b.route && a.answers == b.answers && a.settings == b.settings)
}

fn put(trees: &mut Trees, stage: &str, tree: Tree) {
    match stage {
        "route" => trees.route = tree,
        "item" => trees.item = tree,
        "sending" => trees.sending = tree,
        _ => trees.closing = tree,
    }
}

fn sound(laws: &Laws) -> bool {
    let (read, authorities) = (Source::new("", ""), Source::new("", ""));
    law::check(laws, &read, &authorities, &Place::default());
    read.into_findings().is_empty() && authorities.into_findings().is_empty()
}

impl Claim {
    /// Whether one of its atoms is about the question.
    fn names(&self, question: &str) -> bool {
        self.atoms().any(|atom| atom.is_about(question))
    }
}
