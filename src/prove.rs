//! Shows that the trees keep the law: every path of every tree, from every combination of facts, against every claim
//! of `invariants.toml`.
//!
//! Nothing here walks an assessment. The prover has only the checked trees and laws: it works out by itself what can
//! be known before a question (`space`), goes every way on from there (`search`) and asks of each end whether a
//! claim is broken.

mod bits;
pub mod claim;
pub mod diff;
pub mod evaluate;
pub mod mutate;
mod need;
mod reach;
mod search;
mod space;
pub mod tell;
mod whole;

use std::collections::{BTreeMap, BTreeSet};

use bits::Bits;
pub use claim::Invariants;
use claim::{Atom, Claim, Condition, Form, Subject, WHOLE};
use reach::{Reached, Visits};
use search::{Marks, Search, Stuck, satisfies};
use space::{Handed, Known, Setting, Space, View};

use crate::assessment::{ItemOutcome, Whole};
use crate::fact::{Fact, STAGES};
use crate::tree::Tree;
use crate::trees::Trees;

/// A conjunction to look for: what must be known, and what the path must hold.
struct Wanted<'c> {
    known: Known<'c>,
    /// Number of the atom's mark, the atom, and whether it is to hold.
    path: Vec<(usize, &'c Atom, bool)>,
}

/// A claim made ready for the search: all its atoms in order, and the conjunctions that break it.
struct Ready<'c> {
    claim: &'c Claim,
    atoms: Vec<&'c Atom>,
    /// Each of them breaks a claim of the forms `never` and `requires`.
    breaks: Vec<Wanted<'c>>,
    /// What its `when` points out: none of it means that the claim says nothing.
    when: Vec<Wanted<'c>>,
    /// What `always` asks for, where that is the form.
    always: Vec<Wanted<'c>>,
    /// For the form `always`, every way in which what is known can be: what it says of that must not be mixed up
    /// between situations that the tree alone cannot tell apart.
    cases: Vec<Known<'c>>,
}

impl<'c> Ready<'c> {
    fn new(claim: &'c Claim) -> Self {
        let atoms: Vec<&Atom> = claim.atoms().collect();
        let numbered = number(claim);
        let split = claim.when.len();
        let (when, said) = numbered.split_at(split.min(numbered.len()));
        let breaks = match &claim.form {
            Form::Never(_) => product(when.iter().chain(said).map(holds)),
            Form::Requires(_) => said
                .iter()
                .flat_map(|condition| product(when.iter().map(holds).chain(fails(condition))))
                .collect(),
            Form::Always(_) | Form::Offers(..) => Vec::new(),
        };
        let (always, cases) = match &claim.form {
            Form::Always(_) => (
                product(when.iter().chain(said).map(holds)),
                cases(when, said),
            ),
            _ => (Vec::new(), Vec::new()),
        };
        Self {
            claim,
            atoms,
            breaks,
            when: product(when.iter().map(holds)),
            always,
            cases,
        }
    }
}

/// A claim posed to one space: the cells of each of its conjunctions.
struct Posed<'c> {
    ready: Ready<'c>,
    when: Vec<Bits>,
    breaks: Vec<Bits>,
    /// For each case, the cells of `when` and of `always`.
    always: Vec<(Vec<Bits>, Vec<Bits>)>,
    /// All of them together: no other cell has to be searched.
    any: Bits,
}

impl<'c> Posed<'c> {
    fn new(claim: &'c Claim, space: &Space<'_>) -> Self {
        let ready = Ready::new(claim);
        let masks = |all: &[Wanted<'_>]| -> Vec<Bits> {
            all.iter().map(|wanted| space.mask(&wanted.known)).collect()
        };
        let (when, breaks) = (masks(&ready.when), masks(&ready.breaks));
        let within = |all: &[Wanted<'c>], case: &Known<'c>| -> Vec<Bits> {
            let both = |wanted: &Wanted<'c>| wanted.known.iter().chain(case).copied().collect();
            all.iter().map(|wanted| space.mask(&both(wanted))).collect()
        };
        let always: Vec<(Vec<Bits>, Vec<Bits>)> = ready
            .cases
            .iter()
            .map(|case| (within(&ready.when, case), within(&ready.always, case)))
            .collect();
        let mut any = Bits::none(space.size);
        when.iter().chain(&breaks).for_each(|cells| any.add(cells));
        Self {
            ready,
            when,
            breaks,
            always,
            any,
        }
    }
}

impl<'c> Posed<'c> {
    /// Cells where some path has what `when` says, and none of those what `always` asks for.
    fn without_way(
        &self,
        search: &Search<'_, '_>,
        ends: &[search::End],
    ) -> Option<(&Wanted<'c>, Bits)> {
        let ready = &self.ready;
        self.always.iter().find_map(|(when, always)| {
            let with = met(search, ends, &ready.always, always);
            let each = ready.when.iter().zip(when);
            let mut left = each.map(|(wanted, mask)| {
                let one = std::slice::from_ref(wanted);
                let there = met(search, ends, one, std::slice::from_ref(mask));
                (wanted, there.without(&with))
            });
            left.find(|(_, cells)| !cells.is_empty())
        })
    }
}

/// The cells of some conjunctions that an end satisfies.
fn met(
    search: &Search<'_, '_>,
    ends: &[search::End],
    wanted: &[Wanted<'_>],
    masks: &[Bits],
) -> Bits {
    let mut cells = Bits::none(search.space.size);
    for (wanted, mask) in wanted.iter().zip(masks) {
        let fitting = ends
            .iter()
            .filter(|end| satisfies(search.tree, (end.outcome, &end.state), &wanted.path));
        fitting.for_each(|end| cells.add(&end.cells.and(mask)));
    }
    cells
}

/// An atom with the number of its mark.
type Numbered<'c> = (usize, &'c Atom);

fn number(claim: &Claim) -> Vec<Vec<Numbered<'_>>> {
    let mut at = 0;
    let mut next = |condition: &'_ Condition| {
        let from = at;
        at += condition.alternatives.len();
        from..at
    };
    claim
        .conditions()
        .map(|condition| next(condition).zip(&condition.alternatives).collect())
        .collect()
}

/// The ways in which a condition holds: one for each alternative.
fn holds<'c>(condition: &Vec<Numbered<'c>>) -> Vec<(usize, &'c Atom, bool)> {
    condition
        .iter()
        .map(|(at, atom)| (*at, *atom, !atom.negated))
        .collect()
}

/// The way in which it fails: every alternative does.
fn fails<'c>(condition: &[Numbered<'c>]) -> impl Iterator<Item = Vec<(usize, &'c Atom, bool)>> {
    condition
        .iter()
        .map(|(at, atom)| vec![(*at, *atom, atom.negated)])
}

/// Every way in which those atoms about what is known can be that decide which paths a claim asks for.
fn cases<'c>(when: &[Vec<Numbered<'c>>], said: &[Vec<Numbered<'c>>]) -> Vec<Known<'c>> {
    let is_path = |(_, atom): &Numbered<'c>| atom.subject.is_path();
    let mixed = when.iter().filter(|one| one.iter().any(is_path));
    let known = mixed.chain(said).flatten().filter(|atom| !is_path(atom));
    known.fold(vec![Known::new()], |all, (_, atom)| {
        let with = |case: Known<'c>| {
            [true, false].map(|holds| case.iter().copied().chain([(*atom, holds)]).collect())
        };
        all.into_iter().flat_map(with).collect()
    })
}

/// One conjunction for each choice of an alternative from every condition.
fn product<'c>(conditions: impl Iterator<Item = Vec<(usize, &'c Atom, bool)>>) -> Vec<Wanted<'c>> {
    let mut all: Vec<Vec<(usize, &Atom, bool)>> = vec![Vec::new()];
    for condition in conditions {
        let with = |chosen: &Vec<(usize, &'c Atom, bool)>| -> Vec<Vec<(usize, &'c Atom, bool)>> {
            let one =
                |one: &(usize, &'c Atom, bool)| chosen.iter().copied().chain([*one]).collect();
            condition.iter().map(one).collect()
        };
        all = all.iter().flat_map(with).collect();
    }
    all.into_iter().map(Wanted::new).collect()
}

impl<'c> Wanted<'c> {
    fn new(all: Vec<(usize, &'c Atom, bool)>) -> Self {
        let (path, known): (Vec<_>, Vec<_>) = all
            .into_iter()
            .partition(|(_, atom, _)| atom.subject.is_path());
        Self {
            known: known
                .into_iter()
                .map(|(_, atom, wanted)| (atom, wanted))
                .collect(),
            path,
        }
    }
}

/// What a proof came to.
#[derive(Debug)]
pub struct Proof {
    /// What was covered, stage by stage.
    pub covered: Vec<Covered>,
    /// Number of authorities.
    pub authorities: usize,
    /// Number of days.
    pub days: usize,
    /// Number of claims.
    pub claims: usize,
    /// Claims that do not hold, each with a way to break it.
    pub broken: Vec<Broken>,
    /// Claims whose `when` points out no path: they say nothing.
    pub idle: Vec<String>,
    /// Where a walk would have nowhere to go, as `tree.question`.
    pub stuck: Vec<String>,
    /// What no path reaches: questions, answers, outcomes, provisions and their versions.
    pub unreached: Vec<String>,
    /// Answers of known questions for values that no authority, day or item has today.
    pub spare: Vec<String>,
    /// Questions that are asked where no answer changes where the walk goes.
    pub needless: Vec<Needless>,
    /// Trees that the search gave up on. Empty, or the proof is partial.
    pub given_up: Vec<String>,
}

impl Proof {
    /// Whether everything was covered and everything holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        let kept = |needless: &Needless| !needless.because.is_empty();
        self.broken.is_empty()
            && self.idle.is_empty()
            && self.stuck.is_empty()
            && self.unreached.is_empty()
            && self.given_up.is_empty()
            && self.needless.iter().all(kept)
    }
}

/// What was covered of one tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Covered {
    /// The tree, or `whole`.
    pub tree: String,
    /// Paths that some combination of facts can take.
    pub paths: u128,
    /// Combinations of the facts that the tree reads.
    pub facts: usize,
    /// Pairs of a path and a combination that takes it.
    pub walks: u128,
    /// Triples of a path, an authority and a day on which it can be taken there.
    pub on_days: u128,
}

/// A claim that does not hold.
#[derive(Clone, Debug)]
pub struct Broken {
    /// The claim's id.
    pub claim: String,
    /// The shortest way to break it, where there is a path.
    pub witness: Option<Witness>,
}

/// One concrete way through a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// The tree.
    pub tree: String,
    /// Key of the authority.
    pub authority: String,
    /// The day.
    pub day: jiff::civil::Date,
    /// What is known besides: fact → value.
    pub facts: Vec<(String, String)>,
    /// Keys of the item's provisions, `none` or `unsure`; empty outside items.
    pub provisions: Vec<String>,
    /// Question and answer, as ids, in order; switches left out.
    pub steps: Vec<(String, Option<String>)>,
    /// Where it ends.
    pub outcome: String,
}

/// A question that is asked although no answer to it changes where the walk goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needless {
    /// `tree.question`.
    pub question: String,
    /// In how many of the combinations of facts that reach it.
    pub facts: usize,
    /// Of how many.
    pub of: usize,
    /// Why it is asked all the same; empty where nothing needs it.
    pub because: Vec<Because>,
}

/// Why a question is asked although it changes no outcome of its own tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// A later tree, or a later question of the same tree, reads the answer.
    ReadLater,
    /// The record holds a text from it.
    Text,
    /// The program uses its answer, through a role.
    Role,
    /// The answers differ in what they put in the record: an assumption, an open question or a section.
    Note,
    /// An answer is refused: it keeps something from happening.
    Refusal,
}

/// Proves a set of trees against its invariants.
#[must_use]
pub fn prove(trees: &Trees, invariants: &Invariants) -> Proof {
    let prover = Prover::new(trees, invariants);
    let mut proof = prover.empty();
    let handed = match prover.handed_on() {
        Ok(handed) => handed,
        Err(stuck) => {
            note(&mut proof, &trees.route, &stuck);
            return proof;
        }
    };
    let mut reached = Reached::default();
    for tree in trees.all() {
        prover.stage(tree, &handed, &mut proof, &mut reached);
    }
    prover.whole(&mut proof);
    let wordings = prover.other_wordings().into_iter();
    proof.broken.extend(wordings.map(|key| Broken {
        claim: format!("days.{key}"),
        witness: None,
    }));
    if proof.stuck.is_empty() && proof.given_up.is_empty() {
        proof.unreached = reached.missing(trees);
        proof.spare = reached.spare.into_iter().collect();
    }
    proof
}

/// Proves the guides that were loaded with a set of trees against their invariants.
#[must_use]
pub fn prove_guides(trees: &Trees, invariants: &Invariants) -> Proof {
    let prover = Prover::new(trees, invariants);
    let mut proof = prover.empty();
    let mut reached = Reached::default();
    let from = everywhere(prover.settings.len());
    for tree in trees.guides.trees() {
        prover.stage(tree, &from, &mut proof, &mut reached);
    }
    let own = |key: &&str| trees.guides.provisions.contains(*key);
    let wordings = prover.other_wordings().into_iter().filter(own);
    proof.broken.extend(wordings.map(|key| Broken {
        claim: format!("days.{key}"),
        witness: None,
    }));
    if proof.stuck.is_empty() && proof.given_up.is_empty() {
        proof.unreached = reached.missing_of_guides(trees);
        proof.spare = reached.spare.into_iter().collect();
    }
    proof
}

/// One claim about a tree, if it does not hold; none where it does, or the search cannot tell.
#[must_use]
pub fn broken(trees: &Trees, invariants: &Invariants, claim: &str) -> Option<Broken> {
    let claim = invariants.claims.iter().find(|other| other.id == claim)?;
    // What only other claims tell apart is one: the claim alone has far fewer situations.
    let alone = Invariants {
        claims: vec![claim.clone()],
        ..invariants.clone()
    };
    let prover = Prover::new(trees, &alone);
    let tree = trees.tree(&claim.tree)?;
    let handed = if tree.name == STAGES[0] {
        Vec::new()
    } else {
        prover.handed_on().ok()?
    };
    let space = prover.space(tree, &handed);
    prover.broken(
        &Search::new(tree, &space, 0, &[]),
        &Posed::new(claim, &space),
    )
}

/// The claims about the whole that another rule than the program's own would break.
#[must_use]
pub fn broken_by(trees: &Trees, invariants: &Invariants, rule: WholeRule) -> Vec<Broken> {
    let prover = Prover::new(trees, invariants);
    prover.judge_whole(&whole::all(trees, rule)).0
}

/// How the whole follows from the route, the outcome of the first item and those of the others.
pub type WholeRule =
    fn(&crate::tree::Outcome, Option<ItemOutcome>, &[ItemOutcome]) -> Option<Whole>;

fn note(proof: &mut Proof, tree: &Tree, stuck: &Stuck) {
    match stuck {
        Stuck::At(at) => {
            let id = &tree.question(*at).id;
            proof.stuck.push(format!("{}.{id}", tree.name));
        }
        Stuck::TooMany => proof.given_up.push(tree.name.clone()),
    }
}

struct Prover<'t> {
    trees: &'t Trees,
    invariants: &'t Invariants,
    settings: Vec<Setting<'t>>,
}

impl<'t> Prover<'t> {
    fn new(trees: &'t Trees, invariants: &'t Invariants) -> Self {
        Self {
            trees,
            invariants,
            settings: Setting::all(&[&trees.laws], &invariants.days),
        }
    }

    fn empty(&self) -> Proof {
        let days: BTreeSet<_> = self.settings.iter().map(|setting| setting.day).collect();
        Proof {
            covered: Vec::new(),
            authorities: self.trees.laws.authorities.len(),
            days: days.len(),
            claims: self.invariants.claims.len(),
            broken: Vec::new(),
            idle: Vec::new(),
            stuck: Vec::new(),
            unreached: Vec::new(),
            spare: Vec::new(),
            needless: Vec::new(),
            given_up: Vec::new(),
        }
    }

    fn claims(&self, tree: &str) -> Vec<&'t Claim> {
        let all = self.invariants.claims.iter();
        all.filter(|claim| claim.tree == tree).collect()
    }

    /// Questions of the route that a tree or a claim about it reads.
    fn read(&self, tree: &Tree) -> BTreeSet<String> {
        read_of_route(tree, &self.claims(&tree.name))
    }

    /// What the route hands on to the items and to all that follows.
    fn handed_on(&self) -> Result<Vec<Handed>, Stuck> {
        let read: Vec<String> = self
            .trees
            .all()
            .into_iter()
            .flat_map(|tree| self.read(tree))
            .collect();
        Self::handed(self.trees, &self.settings, &read)
    }

    fn handed(
        trees: &'t Trees,
        settings: &[Setting<'t>],
        read: &[String],
    ) -> Result<Vec<Handed>, Stuck> {
        let tree = &trees.route;
        let views = vec![View {
            laws: &trees.laws,
            tree,
        }];
        let space = Space::new(views, settings, everywhere(settings.len()), &[]);
        let search = Search::new(tree, &space, 0, read);
        let ends = search.run(&space.valid, &Marks::default())?.into_iter();
        let handed = ends.filter_map(|end| {
            let outcome = tree.outcome(end.outcome);
            outcome.goto_tree.as_ref()?;
            let answer = |id: &String| (id.clone(), search.earlier(id, &end.state));
            Some(Handed {
                route: outcome.id.clone(),
                answers: read.iter().map(answer).collect(),
                settings: space.settings(&end.cells),
            })
        });
        Ok(joined(handed))
    }

    fn views(&self, tree: &'t Tree) -> Vec<View<'t>> {
        vec![View {
            laws: &self.trees.laws,
            tree,
        }]
    }

    fn space(&self, tree: &'t Tree, handed: &[Handed]) -> Space<'t> {
        let claims = self.claims(&tree.name);
        Space::new(
            self.views(tree),
            &self.settings,
            handed_to(tree, handed, &self.read(tree), self.settings.len()),
            &claims,
        )
    }

    fn stage(&self, tree: &'t Tree, handed: &[Handed], proof: &mut Proof, reached: &mut Reached) {
        let space = self.space(tree, handed);
        let search = Search::new(tree, &space, 0, &[]);
        let mut visits = Visits::new();
        let ends = search.visit(
            &space.valid,
            &Marks::default(),
            |question, answer, cells| {
                let there = visits.entry((question, answer));
                there
                    .and_modify(|all| all.add(cells))
                    .or_insert_with(|| cells.clone());
            },
        );
        let ends = match ends {
            Ok(ends) => ends,
            Err(stuck) => return note(proof, tree, &stuck),
        };
        let (paths, walks, on_days) = search.count();
        proof.covered.push(Covered {
            tree: tree.name.clone(),
            paths,
            facts: space.valid.iter().count(),
            walks,
            on_days,
        });
        reached.gather(
            &self.settings,
            &self.trees.guides,
            &search,
            (&visits, &ends),
        );
        proof.needless.extend(need::needless(self.trees, &search));
        for claim in self.claims(&tree.name) {
            let posed = Posed::new(claim, &space);
            match judge(&search, &posed) {
                Judged::Holds => {}
                Judged::Idle => proof.idle.push(claim.id.clone()),
                Judged::GivenUp(stuck) => note(proof, tree, &stuck),
                Judged::Broken(_) => proof.broken.extend(self.broken(&search, &posed)),
            }
        }
    }

    /// The claim and the shortest way to break it, if it is broken.
    fn broken(&self, search: &Search<'_, 't>, posed: &Posed<'t>) -> Option<Broken> {
        let Judged::Broken(cells) = judge(search, posed) else {
            return None;
        };
        let witness =
            cells.and_then(|(wanted, cells)| self.witness(search, &posed.ready, wanted, &cells));
        Some(Broken {
            claim: posed.ready.claim.id.clone(),
            witness,
        })
    }

    /// The shortest way from any of the cells that break the claim.
    fn witness(
        &self,
        search: &Search<'_, 't>,
        ready: &Ready<'t>,
        wanted: &Wanted<'t>,
        cells: &Bits,
    ) -> Option<Witness> {
        let marks = &Marks::new(search.tree, &ready.atoms);
        let fits = |outcome: usize, state: &search::State| {
            satisfies(search.tree, (outcome, state), &wanted.path)
        };
        let (cell, path) = search.shortest(cells, marks, fits)?;
        let example = search.space.example(cell, &wanted.known)?;
        let setting = example.setting(&self.settings)?;
        let tree = search.tree;
        let told = path.steps.iter().filter_map(|(at, answer)| {
            let question = tree.question(*at);
            let answer = answer.and_then(|answer| question.answers.get(answer));
            let key = answer.map(|answer| answer.key.clone());
            search::recorded(question, answer).then(|| (question.id.clone(), key))
        });
        Some(Witness {
            tree: tree.name.clone(),
            authority: setting.authority.key.clone(),
            day: setting.day,
            facts: example.facts(),
            provisions: example.provisions,
            steps: told.collect(),
            outcome: tree.outcome(path.outcome).id.clone(),
        })
    }

    /// What all items together lead to: every route, every set of item outcomes, every outcome of the first item.
    fn whole(&self, proof: &mut Proof) {
        let all = whole::all(self.trees, crate::assessment::whole);
        let count = all.len();
        proof.covered.push(Covered {
            tree: WHOLE.to_owned(),
            paths: count as u128,
            facts: count,
            walks: count as u128,
            on_days: count as u128,
        });
        let (broken, idle) = self.judge_whole(&all);
        proof.broken.extend(broken);
        proof.idle.extend(idle);
    }

    fn judge_whole(&self, all: &[whole::Together<'_>]) -> (Vec<Broken>, Vec<String>) {
        let (mut broken, mut idle) = (Vec::new(), Vec::new());
        for claim in self.claims(WHOLE) {
            let ready = Ready::new(claim);
            if !all
                .iter()
                .any(|one| ready.when.iter().any(|wanted| one.satisfies(wanted)))
            {
                idle.push(claim.id.clone());
            }
            let breaks = |one: &&whole::Together<'_>| {
                ready.breaks.iter().any(|wanted| one.satisfies(wanted))
            };
            broken.extend(all.iter().find(breaks).map(|one| {
                Broken {
                    claim: claim.id.clone(),
                    witness: self
                        .settings
                        .last()
                        .map(|setting| one.witness(setting.authority, setting.day)),
                }
            }));
        }
        (broken, idle)
    }

    /// Provisions whose wordings do not start on the days that the invariants repeat.
    fn other_wordings(&self) -> Vec<&'t str> {
        let laws = &self.trees.laws;
        let differs = |provision: &&crate::law::Provision| {
            let written = provision.versions.iter().map(|version| version.from);
            match self.invariants.wordings.get(&provision.key) {
                Some(days) => !written.eq(days.iter().copied()),
                None => !written.eq([laws.first_day]),
            }
        };
        laws.provisions
            .values()
            .filter(differs)
            .map(|provision| provision.key.as_str())
            .collect()
    }

    /// The first claim about a tree that does not hold.
    fn first_broken(&self, tree: &'t Tree, space: &Space<'t>) -> Option<String> {
        let search = Search::new(tree, space, 0, &[]);
        let mut claims = self.claims(&tree.name).into_iter();
        let breaks =
            |claim: &&Claim| !matches!(judge(&search, &Posed::new(claim, space)), Judged::Holds);
        claims.find(breaks).map(|claim| claim.id.clone())
    }
}

fn everywhere(settings: usize) -> Vec<Handed> {
    let settings = Bits::all(settings);
    vec![Handed {
        route: String::new(),
        answers: BTreeMap::new(),
        settings,
    }]
}

fn read_of_route(tree: &Tree, claims: &[&Claim]) -> BTreeSet<String> {
    let by_tree = tree
        .questions
        .iter()
        .filter_map(|question| question.known.as_ref());
    let by_claims = claims
        .iter()
        .flat_map(|claim| claim.atoms())
        .filter_map(|atom| match &atom.subject {
            Subject::Fact(fact, _) => Some(fact),
            _ => None,
        });
    let earlier = by_tree.chain(by_claims).filter_map(|fact| match fact {
        Fact::Earlier {
            tree: name,
            question,
        } if name == STAGES[0] && *name != tree.name => Some(question.clone()),
        _ => None,
    });
    earlier.collect()
}

/// What one tree gets of what is handed on: nothing that is not read.
fn handed_to(
    tree: &Tree,
    handed: &[Handed],
    read: &BTreeSet<String>,
    settings: usize,
) -> Vec<Handed> {
    if tree.name == STAGES[0] {
        return everywhere(settings);
    }
    let few = handed.iter().cloned().map(|mut one| {
        one.answers.retain(|id, _| read.contains(id));
        one
    });
    joined(few)
}

/// What is handed on in the same way stands once, with all its settings.
fn joined(handed: impl Iterator<Item = Handed>) -> Vec<Handed> {
    let mut all: BTreeMap<(String, BTreeMap<String, String>), Bits> = BTreeMap::new();
    for one in handed {
        let there = all.entry((one.route, one.answers));
        there
            .and_modify(|settings| settings.add(&one.settings))
            .or_insert(one.settings);
    }
    let all = all.into_iter();
    all.map(|((route, answers), settings)| Handed {
        route,
        answers,
        settings,
    })
    .collect()
}

/// How a claim stands. What breaks it: one of its conjunctions and the cells where it is met.
enum Judged<'p> {
    Holds,
    Idle,
    Broken(Option<(&'p Wanted<'p>, Bits)>),
    GivenUp(Stuck),
}

fn judge<'p>(search: &Search<'_, '_>, posed: &'p Posed<'p>) -> Judged<'p> {
    let ready = &posed.ready;
    if let Form::Offers(key, except) = &ready.claim.form {
        return offers(search.tree, key, except);
    }
    let ends = match search.run(&posed.any, &Marks::new(search.tree, &ready.atoms)) {
        Ok(ends) => ends,
        Err(stuck) => return Judged::GivenUp(stuck),
    };
    let when = met(search, &ends, &ready.when, &posed.when);
    if when.is_empty() {
        return Judged::Idle;
    }
    for (wanted, mask) in ready.breaks.iter().zip(&posed.breaks) {
        let cells = met(
            search,
            &ends,
            std::slice::from_ref(wanted),
            std::slice::from_ref(mask),
        );
        if !cells.is_empty() {
            return Judged::Broken(Some((wanted, cells)));
        }
    }
    if ready.always.is_empty() {
        return Judged::Holds;
    }
    let left = posed.without_way(search, &ends);
    left.map_or(Judged::Holds, |left| Judged::Broken(Some(left)))
}

/// Whether every asked choice has the answer, but for those named.
fn offers<'p>(tree: &Tree, key: &str, except: &[String]) -> Judged<'p> {
    let mut choices = tree.questions.iter().filter(|question| {
        question.is_asked() && !question.answers.is_empty() && !except.contains(&question.id)
    });
    let missing = choices.find(|question| question.answer(key).is_none());
    missing.map_or(Judged::Holds, |_| Judged::Broken(None))
}
