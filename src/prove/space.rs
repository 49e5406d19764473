//! Everything that can be known before the first question of a tree: every combination of the facts that it reads.
//!
//! Worked out from the checked laws alone, and not by the code that walks an assessment: an oracle that asked the
//! walk what it knows could not notice that the walk is wrong.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use super::bits::Bits;
use super::claim::{Atom, Claim, KeySet, Subject, belongs};
use crate::answers::{About, Origin};
use crate::assessment::{NONE, UNSURE};
use crate::fact::{Fact, UNANSWERED};
use crate::law::{Authority, Laws, Provision};
use crate::tree::{Question, Tree};

/// Laws and a tree seen together. A proof has one view; a comparison has the old one and the new one.
#[derive(Clone, Copy)]
pub(super) struct View<'t> {
    pub(super) laws: &'t Laws,
    pub(super) tree: &'t Tree,
}

impl View<'_> {
    /// The known questions that the facts decide, in order.
    fn known(&self) -> impl Iterator<Item = &Question> {
        let questions = self.tree.questions.iter();
        questions.filter(|question| question.known.is_some() && !is_dynamic(self.tree, question))
    }
}

/// One authority on one day, as each view has it.
#[derive(Clone)]
pub(super) struct Setting<'t> {
    by_view: Vec<(&'t Laws, &'t Authority)>,
    pub(super) authority: &'t Authority,
    pub(super) day: Date,
}

impl<'t> Setting<'t> {
    /// Every authority that all have, on every day on which anything changes in any, and on the day before.
    pub(super) fn all(laws: &[&'t Laws], more: &[Date]) -> Vec<Self> {
        let changes = laws
            .iter()
            .flat_map(|laws| laws.days_of_change())
            .chain(more.iter().copied());
        let both = changes.flat_map(|day| day.yesterday().into_iter().chain([day]));
        let first = laws.iter().map(|laws| laws.first_day).max();
        let days: BTreeSet<Date> = both
            .filter(|day| first.is_some_and(|first| *day >= first))
            .collect();
        let named = laws.iter().flat_map(|laws| &laws.authorities);
        let shared = named
            .take(laws.first().map_or(0, |laws| laws.authorities.len()))
            .filter_map(|authority| {
                let by_view: Option<Vec<_>> = laws
                    .iter()
                    .map(|laws| Some((*laws, laws.authority(&authority.key)?)))
                    .collect();
                Some((authority, by_view?))
            });
        let on_each_day = shared.flat_map(|(authority, by_view)| {
            let each = days.iter().map(move |day| Setting {
                by_view: by_view.clone(),
                authority,
                day: *day,
            });
            each.collect::<Vec<_>>()
        });
        on_each_day.collect()
    }

    /// The same setting with only one of its views.
    pub(super) fn seen_by(&self, laws: &Laws) -> Self {
        let only = self
            .by_view
            .iter()
            .find(|(other, _)| std::ptr::eq(*other, laws));
        Self {
            by_view: only.copied().into_iter().collect(),
            ..self.clone()
        }
    }

    /// Since when the authority has been bound, as a view has it.
    fn began(&self, view: usize) -> Option<Date> {
        let (_, authority) = self.by_view.get(view)?;
        authority.bound_since(self.day)
    }

    /// Whether some view has the authority bound since an earlier day than this one has.
    fn began_later(&self, view: usize) -> bool {
        let others = (0..self.by_view.len()).filter_map(|other| self.began(other));
        let earliest = others.min();
        self.began(view)
            .zip(earliest)
            .is_some_and(|(here, earliest)| earliest < here)
    }

    fn gives_benefit_data(&self, view: usize) -> bool {
        self.fact(view, &Fact::ItemBenefit) == "yes"
    }

    fn fact(&self, view: usize, fact: &Fact) -> String {
        let Some((laws, authority)) = self.by_view.get(view) else {
            return UNANSWERED.to_owned();
        };
        setting_fact(laws, authority, self.day, fact)
    }
}

/// A fact that authority and day decide.
pub(super) fn setting_fact(laws: &Laws, authority: &Authority, day: Date, fact: &Fact) -> String {
    match fact {
        Fact::Authority => authority.key.clone(),
        Fact::AuthorityDuty => {
            let duty = authority.duty_on(day);
            duty.map_or("unclear", |duty| duty.bound.word()).to_owned()
        }
        Fact::AuthorityDutySection => authority.duty_section.clone(),
        Fact::AuthorityOsl => yes_no(authority.osl),
        Fact::AuthoritySigning => authority.signing_on(laws, day).word().to_owned(),
        Fact::InForce(key) => yes_no(laws.in_force(key, day)),
        Fact::ItemBenefit => yes_no(authority.gives_benefit_data(laws, day)),
        Fact::AuthorityDutyAfterKnowledge => yes_no(authority.bound_since(day).is_some()),
        _ => UNANSWERED.to_owned(),
    }
}

fn yes_no(flag: bool) -> String {
    if flag { "yes" } else { "no" }.to_owned()
}

/// What a set of secrecy provisions makes of an item on a day.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Secrecy {
    harm: &'static str,
    excluded_10_27: &'static str,
    excluded_10_15_a: bool,
    switches_off_10_28: bool,
    consentable: bool,
}

/// A set of provisions that makes the same of an item as any other in its class.
#[derive(Clone, Debug)]
struct Kind {
    /// By view.
    secrecy: Vec<Secrecy>,
    /// For each key set asked about: whether any of the provisions, and whether all of them, belong to it.
    belongs: Vec<(bool, bool)>,
    example: Vec<String>,
}

/// The stricter of two harm tests: the order of 7:3 OSL is absolute, reverse, straight, qualified; where one was not
/// settled nothing else can be.
fn stricter(a: &'static str, b: &'static str) -> &'static str {
    let order = [
        "none",
        "qualified",
        "straight",
        "reverse",
        "absolute",
        UNSURE,
    ];
    let strength = |word: &str| order.iter().position(|other| *other == word);
    if strength(a) >= strength(b) { a } else { b }
}

/// Closed where either closes; where one cannot be known and the other does not close, it cannot be known.
fn more_closed(a: &'static str, b: &'static str) -> &'static str {
    let either = |word| a == word || b == word;
    match (either("yes"), either("unknown")) {
        (true, _) => "yes",
        (_, true) => "unknown",
        _ => "no",
    }
}

/// Every class of provision sets on a day: each provision alone, none, unsure, and what sets of them come to.
fn kinds(laws: &[&Laws], day: Date, sets: &[&KeySet]) -> Vec<Kind> {
    let blank = |secrecy: Secrecy| Kind {
        example: vec![secrecy.harm.to_owned()],
        secrecy: vec![secrecy; laws.len()],
        belongs: vec![(false, false); sets.len()],
    };
    let mut kinds = singles(laws, day, sets);
    kinds.push(blank(Secrecy::unsure()));
    let mut at = 0;
    while let Some(kind) = kinds.get(at).cloned() {
        for other in 0..at {
            let both = kinds.get(other).map(|other| together(&kind, other));
            if let Some(both) = both {
                join(&mut kinds, both);
            }
        }
        at += 1;
    }
    kinds.push(blank(Secrecy::none()));
    kinds
}

fn join(kinds: &mut Vec<Kind>, kind: Kind) {
    let same = |other: &Kind| other.secrecy == kind.secrecy && other.belongs == kind.belongs;
    if !kinds.iter().any(same) {
        kinds.push(kind);
    }
}

/// Each secrecy provision alone; where one counts from the day the item came in, once for each wording so far.
fn singles(laws: &[&Laws], day: Date, sets: &[&KeySet]) -> Vec<Kind> {
    let mut kinds = Vec::new();
    let keys = laws
        .first()
        .into_iter()
        .flat_map(|laws| laws.provisions.values());
    for provision in keys.filter(|provision| provision.is_secrecy()) {
        for received in received_days(laws, provision, day) {
            let secrecy: Option<Vec<Secrecy>> = laws
                .iter()
                .map(|laws| secrecy_of(laws, &provision.key, received, day))
                .collect();
            let Some(secrecy) = secrecy else { continue };
            let belongs = sets
                .iter()
                .map(|set| belongs(set, &provision.key, day))
                .map(|is| (is, is))
                .collect();
            join(
                &mut kinds,
                Kind {
                    secrecy,
                    belongs,
                    example: vec![provision.key.clone()],
                },
            );
        }
    }
    kinds
}

fn received_days(laws: &[&Laws], provision: &Provision, day: Date) -> Vec<Date> {
    if !provision.counts_from_received {
        return vec![day];
    }
    let changes = laws.iter().flat_map(|laws| laws.days_of_change());
    changes
        .filter(|received| *received <= day)
        .chain([day])
        .collect()
}

/// What one provision alone makes of an item.
pub(super) fn secrecy_of(laws: &Laws, key: &str, received: Date, day: Date) -> Option<Secrecy> {
    let provision = laws.provision(key)?;
    let counted = if provision.counts_from_received {
        received
    } else {
        day
    };
    let harm = provision.on(counted)?.harm?;
    let off = |rule: &str| provision.switches_off.iter().any(|key| key == rule);
    let closed = |rule: &str| off(rule) || !reaches(laws, rule, provision, day);
    Some(Secrecy {
        harm: harm.word(),
        excluded_10_27: if closed("osl-10-27") { "yes" } else { "no" },
        excluded_10_15_a: closed("osl-10-15-a"),
        switches_off_10_28: off("osl-10-28"),
        consentable: provision.protects_individual,
    })
}

/// Whether a rule that breaks secrecy reaches a provision on the day.
fn reaches(laws: &Laws, rule: &str, provision: &Provision, day: Date) -> bool {
    let Some(rule) = laws.provision(rule).and_then(|rule| rule.on(day)) else {
        return false;
    };
    let within = |(first, last): (i64, i64)| {
        provision
            .chapter
            .is_some_and(|chapter| first <= chapter && chapter <= last)
    };
    !rule.excludes.contains(&provision.key) && rule.opens_chapters.is_none_or(within)
}

fn together(a: &Kind, b: &Kind) -> Kind {
    let mut example = a.example.clone();
    example.extend(
        b.example
            .iter()
            .filter(|key| !a.example.contains(key))
            .cloned(),
    );
    Kind {
        secrecy: a
            .secrecy
            .iter()
            .zip(&b.secrecy)
            .map(|(a, b)| a.with(b))
            .collect(),
        belongs: a
            .belongs
            .iter()
            .zip(&b.belongs)
            .map(|(a, b)| (a.0 || b.0, a.1 && b.1))
            .collect(),
        example,
    }
}

impl Secrecy {
    /// What no provision makes of an item.
    pub(super) const fn none() -> Self {
        Self {
            harm: NONE,
            excluded_10_27: "no",
            excluded_10_15_a: false,
            switches_off_10_28: false,
            consentable: true,
        }
    }

    /// What an unsettled provision makes of an item.
    pub(super) const fn unsure() -> Self {
        Self {
            harm: UNSURE,
            excluded_10_27: "unknown",
            excluded_10_15_a: true,
            switches_off_10_28: false,
            consentable: false,
        }
    }

    /// What two provisions together make of an item: the stricter test, and closed where either closes.
    pub(super) fn with(&self, other: &Self) -> Self {
        Self {
            harm: stricter(self.harm, other.harm),
            excluded_10_27: more_closed(self.excluded_10_27, other.excluded_10_27),
            excluded_10_15_a: self.excluded_10_15_a || other.excluded_10_15_a,
            switches_off_10_28: self.switches_off_10_28 || other.switches_off_10_28,
            consentable: self.consentable && other.consentable,
        }
    }

    pub(super) fn fact(&self, fact: &Fact) -> Option<String> {
        Some(match fact {
            Fact::ItemHarmTest => self.harm.to_owned(),
            Fact::ItemExcluded1027 => self.excluded_10_27.to_owned(),
            Fact::ItemExcluded1015a => yes_no(self.excluded_10_15_a),
            Fact::ItemSwitchesOff1028 => yes_no(self.switches_off_10_28),
            Fact::ItemConsentable => yes_no(self.consentable),
            _ => return None,
        })
    }
}

/// What the route hands on: its outcome, and the answers that later trees read.
#[derive(Clone)]
pub(super) struct Handed {
    pub(super) route: String,
    /// Question of the route → answer, or `unanswered`.
    pub(super) answers: BTreeMap<String, String>,
    /// The settings that it is possible in.
    pub(super) settings: Bits,
}

impl Handed {
    /// How much more than the plain case it is: examples are taken from the plainest first.
    fn claimed(&self) -> usize {
        let plain = ["no", "none", "unsure", UNANSWERED];
        self.answers
            .values()
            .filter(|answer| !plain.contains(&answer.as_str()))
            .count()
    }

    fn fact(&self, fact: &Fact) -> Option<&str> {
        match fact {
            Fact::Route => Some(&self.route),
            Fact::Earlier { tree, question } if tree == "route" => Some(
                self.answers
                    .get(question)
                    .map_or(UNANSWERED, String::as_str),
            ),
            _ => None,
        }
    }
}

/// Facts that go with one item or one report, whatever the law: its form, where it comes from, whom it is about.
#[derive(Clone, Debug)]
struct Local(Vec<(Fact, &'static str)>);

impl Local {
    fn fact(&self, fact: &Fact) -> Option<&'static str> {
        self.0
            .iter()
            .find(|(known, _)| known == fact)
            .map(|(_, value)| *value)
    }
}

fn locals(stage: &str) -> Vec<Local> {
    let of_one = |fact: Fact| ["no", "yes"].map(|value| Local(vec![(fact.clone(), value)]));
    match stage {
        "route" => of_one(Fact::Follows).to_vec(),
        "item" => items(),
        "sending" => of_one(Fact::IdentityProtected).to_vec(),
        _ => vec![Local(Vec::new())],
    }
}

fn items() -> Vec<Local> {
    let local = |form, origin, about, any| {
        Local(vec![
            (Fact::ItemForm, form),
            (Fact::ItemOrigin, origin),
            (Fact::ItemAbout, about),
            (Fact::ItemAboutAny, any),
        ])
    };
    let mut all = vec![local("identity", "own", "child", "child")];
    for form in ["statement", "document"] {
        for origin in Origin::ALL {
            for about in About::ALL {
                let outside = [About::Other, About::Informant];
                let own = [*about];
                let any = if outside.contains(about) {
                    own.iter().chain(&[])
                } else {
                    own.iter().chain(&outside)
                };
                all.extend(any.map(|any| local(form, origin.key(), about.key(), any.key())));
            }
        }
    }
    all
}

/// A class of settings that neither the trees nor a claim tells apart.
struct Class<'t> {
    example: Setting<'t>,
    settings: Bits,
    /// Which table of kinds its day has.
    table: usize,
}

/// What one provision makes of an item, and which of the key sets it belongs to.
type Mark = (Vec<Secrecy>, Vec<(bool, bool)>);

/// Days with the same secrecy.
struct Table {
    day: Date,
    /// Places in [`Space::secrecies`].
    secrecies: Vec<usize>,
}

/// One combination of what is handed on, a class of settings, a kind of secrecy and whether it is benefit data.
struct Fine {
    handed: usize,
    class: usize,
    secrecy: usize,
    benefit: bool,
    outer: usize,
}

/// A conjunction of atoms about what is known, each to hold or not.
pub(super) type Known<'c> = Vec<(&'c Atom, bool)>;

/// Every combination of facts that a tree can start with, as numbered cells.
pub(super) struct Space<'t> {
    views: Vec<View<'t>>,
    handed: Vec<Handed>,
    classes: Vec<Class<'t>>,
    tables: Vec<Table>,
    /// By view; one without any outside items.
    secrecies: Vec<Vec<Secrecy>>,
    fine: Vec<Fine>,
    /// The settings of each outer.
    by_outer: Vec<Bits>,
    locals: Vec<Local>,
    /// Number of cells.
    pub(super) size: usize,
    /// The cells that exist.
    pub(super) valid: Bits,
    /// By view: the cells whose authority is bound on the day, so that a suspicion can be older than the duty.
    pub(super) bound: Vec<Bits>,
    /// By view: those of them that another view has bound since an earlier day, so that a suspicion can be older than
    /// the one duty and not the other.
    pub(super) later: Vec<Bits>,
    /// By view and question: the cells that each of its answers is for; none where it is asked or depends on the walk.
    pub(super) select: Vec<Vec<Option<Vec<Bits>>>>,
}

/// Whether a known question depends on the walk under way and not on what is known before it.
pub(super) fn is_dynamic(tree: &Tree, question: &Question) -> bool {
    match &question.known {
        Some(Fact::Opened | Fact::AuthorityDutyAfterKnowledge) => true,
        Some(Fact::Earlier { tree: name, .. }) => *name == tree.name,
        _ => false,
    }
}

impl<'t> Space<'t> {
    pub(super) fn new(
        views: Vec<View<'t>>,
        settings: &[Setting<'t>],
        mut handed: Vec<Handed>,
        claims: &[&Claim],
    ) -> Self {
        handed.sort_by_key(Handed::claimed);
        let mut space = Self {
            views,
            handed,
            classes: Vec::new(),
            tables: Vec::new(),
            secrecies: Vec::new(),
            fine: Vec::new(),
            by_outer: Vec::new(),
            locals: Vec::new(),
            size: 0,
            valid: Bits::none(0),
            bound: Vec::new(),
            later: Vec::new(),
            select: Vec::new(),
        };
        let atoms: Vec<&Atom> = claims.iter().flat_map(|claim| claim.atoms()).collect();
        let tables = space.make_tables(settings, &atoms);
        space.sort_settings(settings, &tables, &atoms);
        let outers = space.combine();
        let stage = space
            .views
            .first()
            .map_or("", |view| view.tree.name.as_str());
        space.locals = few_locals(locals(stage), &space.views, &atoms);
        space.number(&outers);
        space
    }

    fn about_items(&self) -> bool {
        self.views
            .first()
            .is_some_and(|view| view.tree.name == "item")
    }

    fn laws(&self) -> Vec<&'t Laws> {
        self.views.iter().map(|view| view.laws).collect()
    }

    /// Days with the same secrecy share a table. Outside items there is one, with nothing in it.
    fn make_tables(&mut self, settings: &[Setting<'_>], atoms: &[&Atom]) -> HashMap<Date, usize> {
        let (laws, sets) = (self.laws(), key_sets(atoms));
        let mut marks: Vec<Vec<Mark>> = Vec::new();
        let mut table_of = HashMap::new();
        if !self.about_items() {
            self.secrecies.push(Vec::new());
            let day = settings.first().map_or(Date::ZERO, |setting| setting.day);
            self.tables.push(Table {
                day,
                secrecies: vec![0],
            });
            return settings.iter().map(|setting| (setting.day, 0)).collect();
        }
        for day in settings
            .iter()
            .map(|setting| setting.day)
            .collect::<BTreeSet<_>>()
        {
            let alone: Vec<_> = singles(&laws, day, &sets)
                .into_iter()
                .map(|kind| (kind.secrecy, kind.belongs))
                .collect();
            let table = marks
                .iter()
                .position(|other| *other == alone)
                .unwrap_or_else(|| {
                    marks.push(alone);
                    let here = kinds(&laws, day, &[])
                        .into_iter()
                        .map(|kind| self.place_of(kind.secrecy))
                        .collect();
                    self.tables.push(Table {
                        day,
                        secrecies: here,
                    });
                    self.tables.len() - 1
                });
            table_of.insert(day, table);
        }
        table_of
    }

    fn place_of(&mut self, secrecy: Vec<Secrecy>) -> usize {
        let there = self.secrecies.iter().position(|other| *other == secrecy);
        there.unwrap_or_else(|| {
            self.secrecies.push(secrecy);
            self.secrecies.len() - 1
        })
    }

    /// Puts settings that nothing tells apart into one class.
    fn sort_settings(
        &mut self,
        settings: &[Setting<'t>],
        tables: &HashMap<Date, usize>,
        atoms: &[&Atom],
    ) {
        let mut found: HashMap<Vec<String>, usize> = HashMap::new();
        for (at, setting) in settings.iter().enumerate() {
            let table = tables.get(&setting.day).copied().unwrap_or_default();
            let mut signature = vec![table.to_string()];
            for (view, seen) in self.views.iter().enumerate() {
                let besides = [Fact::AuthorityDutyAfterKnowledge, Fact::ItemBenefit];
                let facts = seen
                    .known()
                    .filter_map(|question| question.known.as_ref())
                    .chain(&besides);
                signature.extend(facts.map(|fact| setting.fact(view, fact)));
                signature.push(yes_no(setting.began_later(view)));
            }
            signature.extend(
                atoms
                    .iter()
                    .filter_map(|atom| of_setting(setting, &atom.subject))
                    .map(yes_no),
            );
            let next = self.classes.len();
            let class = *found.entry(signature).or_insert(next);
            if class == next {
                self.classes.push(Class {
                    example: setting.clone(),
                    settings: Bits::none(settings.len()),
                    table,
                });
            }
            if let Some(class) = self.classes.get_mut(class) {
                class.settings.insert(at);
            }
        }
    }

    /// Every combination outside the locals; those with the same answers at every known question are one outer.
    fn combine(&mut self) -> Vec<Vec<Option<usize>>> {
        let mut outers: HashMap<Vec<Option<usize>>, usize> = HashMap::new();
        let mut fine: Vec<Fine> = Vec::new();
        for mut entry in self.combinations() {
            let chosen = self.chosen(&entry);
            let next = outers.len();
            entry.outer = *outers.entry(chosen).or_insert(next);
            fine.push(entry);
        }
        self.by_outer = vec![
            Bits::none(
                self.classes
                    .first()
                    .map_or(0, |class| class.settings.size())
            );
            outers.len()
        ];
        for entry in &fine {
            let places = (
                self.classes.get(entry.class),
                self.handed.get(entry.handed),
                self.by_outer.get_mut(entry.outer),
            );
            if let (Some(class), Some(handed), Some(there)) = places {
                there.add(&class.settings.and(&handed.settings));
            }
        }
        self.fine = fine;
        let mut list: Vec<_> = outers.into_iter().collect();
        list.sort_by_key(|(_, at)| *at);
        list.into_iter().map(|(chosen, _)| chosen).collect()
    }

    fn combinations(&self) -> Vec<Fine> {
        let mut all = Vec::new();
        for (handed, passed) in self.handed.iter().enumerate() {
            let classes = self.classes.iter().enumerate();
            for (class, one) in classes.filter(|(_, class)| class.settings.meets(&passed.settings))
            {
                let any = (0..self.views.len()).any(|view| one.example.gives_benefit_data(view));
                let gives = self.about_items() && any;
                let secrecies = self
                    .tables
                    .get(one.table)
                    .map_or(&[][..], |table| &table.secrecies);
                for secrecy in secrecies.iter().copied() {
                    let flags: &[bool] = if gives { &[false, true] } else { &[false] };
                    all.extend(flags.iter().map(|benefit| Fine {
                        handed,
                        class,
                        secrecy,
                        benefit: *benefit,
                        outer: 0,
                    }));
                }
            }
        }
        all
    }

    /// What a combination selects at every known question of every view, and for each view whether its authority is
    /// bound, and bound since a later day than in another.
    fn chosen(&self, fine: &Fine) -> Vec<Option<usize>> {
        let views = self.views.iter().enumerate();
        let mut chosen: Vec<Option<usize>> = views
            .flat_map(|(at, view)| {
                view.known()
                    .map(move |question| self.outer_answer(at, question, fine))
            })
            .collect();
        if let Some(class) = self.classes.get(fine.class) {
            let setting = &class.example;
            chosen.extend((0..self.views.len()).flat_map(|view| {
                let flags = [setting.began(view).is_some(), setting.began_later(view)];
                flags.map(|flag| flag.then_some(0))
            }));
        }
        chosen
    }

    /// The answer that a combination selects at a known question; none where a local fact decides.
    fn outer_answer(&self, view: usize, question: &Question, fine: &Fine) -> Option<usize> {
        let value = self.outer_fact(view, question.known.as_ref()?, fine)?;
        Some(question.answer(&value).map_or(usize::MAX, |(at, _)| at))
    }

    fn outer_fact(&self, view: usize, fact: &Fact, fine: &Fine) -> Option<String> {
        if let Some(value) = self.handed.get(fine.handed)?.fact(fact) {
            return Some(value.to_owned());
        }
        let secrecy = self
            .secrecies
            .get(fine.secrecy)
            .and_then(|by_view| by_view.get(view));
        if let Some(value) = secrecy.and_then(|secrecy| secrecy.fact(fact)) {
            return Some(value);
        }
        match fact {
            Fact::ItemBenefit => {
                let class = self.classes.get(fine.class)?;
                Some(yes_no(
                    fine.benefit && class.example.gives_benefit_data(view),
                ))
            }
            fact if is_of_setting(fact) => {
                Some(self.classes.get(fine.class)?.example.fact(view, fact))
            }
            _ => None,
        }
    }

    /// Numbers the cells and works out which of them select each answer.
    fn number(&mut self, outers: &[Vec<Option<usize>>]) {
        let width = self.locals.len();
        self.size = outers.len() * width;
        self.valid = Bits::none(self.size);
        for fine in &self.fine {
            for (at, local) in self.locals.iter().enumerate() {
                if !(fine.benefit && local.fact(&Fact::ItemForm) == Some("identity")) {
                    self.valid.insert(fine.outer * width + at);
                }
            }
        }
        let mut column = 0;
        for view in self.views.clone() {
            let mut by_question = Vec::new();
            for question in &view.tree.questions {
                let is_known = question.known.is_some() && !is_dynamic(view.tree, question);
                by_question.push(is_known.then(|| self.cells_by_answer(question, column, outers)));
                column += usize::from(is_known);
            }
            self.select.push(by_question);
        }
        for _ in 0..self.views.len() {
            self.bound.push(self.cells_flagged(column, outers));
            self.later.push(self.cells_flagged(column + 1, outers));
            column += 2;
        }
    }

    /// The cells of all outers with a flag in a column.
    fn cells_flagged(&self, column: usize, outers: &[Vec<Option<usize>>]) -> Bits {
        let mut cells = Bits::none(self.size);
        let width = self.locals.len();
        for (outer, chosen) in outers.iter().enumerate() {
            if chosen.get(column) == Some(&Some(0)) {
                (0..width).for_each(|local| cells.insert(outer * width + local));
            }
        }
        cells
    }

    fn cells_by_answer(
        &self,
        question: &Question,
        column: usize,
        outers: &[Vec<Option<usize>>],
    ) -> Vec<Bits> {
        let by_local: Vec<Option<usize>> = self
            .locals
            .iter()
            .map(|local| {
                let value = local.fact(question.known.as_ref()?)?;
                question.answer(value).map(|(answer, _)| answer)
            })
            .collect();
        let mut cells = vec![Bits::none(self.size); question.answers.len()];
        for (outer, chosen) in outers.iter().enumerate() {
            for (at, local) in by_local.iter().enumerate() {
                let answer = chosen.get(column).copied().flatten().or(*local);
                if let Some(cells) = answer.and_then(|answer| cells.get_mut(answer)) {
                    cells.insert(outer * self.locals.len() + at);
                }
            }
        }
        cells
    }

    /// The cells for which some combination has all of this.
    pub(super) fn mask(&self, known: &Known<'_>) -> Bits {
        let mut mask = Bits::none(self.size);
        let locals: Vec<usize> = (0..self.locals.len())
            .filter(|at| self.local_holds(*at, known))
            .collect();
        let ok = self.holding(known);
        for fine in self
            .fine
            .iter()
            .filter(|fine| self.fine_holds(fine, known, &ok))
        {
            for local in &locals {
                mask.insert(fine.outer * self.locals.len() + local);
            }
        }
        mask.and(&self.valid)
    }

    fn local_holds(&self, at: usize, known: &Known<'_>) -> bool {
        let Some(local) = self.locals.get(at) else {
            return false;
        };
        known.iter().all(|(atom, wanted)| match &atom.subject {
            Subject::Fact(fact, values) => local
                .fact(fact)
                .is_none_or(|value| values.iter().any(|other| other == value) == *wanted),
            _ => true,
        })
    }

    /// For each part of a combination, whether what the atoms say of that part alone holds.
    fn holding(&self, known: &Known<'_>) -> Holding {
        let classes = self.classes.iter().map(|class| {
            known.iter().all(|(atom, wanted)| {
                of_setting(&class.example, &atom.subject).is_none_or(|holds| holds == *wanted)
            })
        });
        let handed = self.handed.iter().map(|handed| {
            known.iter().all(|(atom, wanted)| match &atom.subject {
                Subject::Fact(fact, values) => handed
                    .fact(fact)
                    .is_none_or(|value| values.iter().any(|other| other == value) == *wanted),
                _ => true,
            })
        });
        Holding {
            classes: classes.collect(),
            handed: handed.collect(),
            secrecy: self.secrecies_holding(known),
        }
    }

    /// By table of kinds: whether some set of provisions with all of this makes each of the secrecies.
    fn secrecies_holding(&self, known: &Known<'_>) -> Vec<Vec<bool>> {
        let by_table = self.tables.iter().map(|table| {
            let mut holds = vec![!self.about_items(); self.secrecies.len()];
            for kind in self.kinds_holding(table.day, known) {
                let place = self
                    .secrecies
                    .iter()
                    .position(|other| *other == kind.secrecy);
                if let Some(holds) = place.and_then(|place| holds.get_mut(place)) {
                    *holds = true;
                }
            }
            holds
        });
        by_table.collect()
    }

    fn kinds_holding(&self, day: Date, known: &Known<'_>) -> Vec<Kind> {
        if !self.about_items() {
            return Vec::new();
        }
        let atoms: Vec<&Atom> = known.iter().map(|(atom, _)| *atom).collect();
        let mut kinds = kinds(&self.laws(), day, &key_sets(&atoms));
        kinds.retain(|kind| kind_holds(kind, known));
        kinds
    }

    fn fine_holds(&self, fine: &Fine, known: &Known<'_>, ok: &Holding) -> bool {
        let table = self.classes.get(fine.class).map_or(0, |class| class.table);
        ok.handed.get(fine.handed) == Some(&true)
            && ok.classes.get(fine.class) == Some(&true)
            && ok.secrecy.get(table).and_then(|all| all.get(fine.secrecy)) == Some(&true)
            && known.iter().all(|(atom, wanted)| match &atom.subject {
                Subject::Fact(Fact::ItemBenefit, values) => {
                    values.contains(&yes_no(fine.benefit)) == *wanted
                }
                _ => true,
            })
    }

    /// An example of a combination in a cell that has all of this, in words of the data.
    pub(super) fn example(&self, cell: usize, known: &Known<'_>) -> Option<Example> {
        let ok = self.holding(known);
        let width = self.locals.len();
        let here = |fine: &&Fine| fine.outer == cell / width && self.fine_holds(fine, known, &ok);
        let fine = self.fine.iter().find(here)?;
        let class = self.classes.get(fine.class)?;
        let handed = self.handed.get(fine.handed)?;
        let day = self.tables.get(class.table)?.day;
        let mut kinds = self.kinds_holding(day, known).into_iter();
        let kind = kinds.find(|kind| self.secrecies.get(fine.secrecy) == Some(&kind.secrecy));
        Some(Example {
            settings: class.settings.and(&handed.settings),
            handed: handed.clone(),
            local: self.locals.get(cell % width)?.0.clone(),
            provisions: kind.map(|kind| kind.example).unwrap_or_default(),
            benefit: fine.benefit,
        })
    }

    /// Whether some cell has these facts, as far as a view's tree reads them.
    pub(super) fn has(&self, view: usize, fact: &dyn Fn(&Fact) -> String) -> bool {
        let (Some(seen), Some(select)) = (self.views.get(view), self.select.get(view)) else {
            return false;
        };
        let known = seen.tree.questions.iter().zip(select);
        let mut cells = self.valid.clone();
        for (question, by_answer) in
            known.filter_map(|(question, select)| Some((question, select.as_ref()?)))
        {
            let answer = question
                .known
                .as_ref()
                .and_then(|known| question.answer(&fact(known)));
            match answer.and_then(|(at, _)| by_answer.get(at)) {
                Some(selected) => cells = cells.and(selected),
                None => return false,
            }
        }
        !cells.is_empty()
    }

    /// The settings of a set of cells.
    pub(super) fn settings(&self, cells: &Bits) -> Bits {
        let width = self.locals.len();
        let size = self
            .classes
            .first()
            .map_or(0, |class| class.settings.size());
        let mut settings = Bits::none(size);
        let mut last = None;
        for outer in cells.iter().map(|cell| cell / width) {
            if last != Some(outer) {
                self.by_outer
                    .get(outer)
                    .into_iter()
                    .for_each(|there| settings.add(there));
                last = Some(outer);
            }
        }
        settings
    }
}

struct Holding {
    handed: Vec<bool>,
    classes: Vec<bool>,
    secrecy: Vec<Vec<bool>>,
}

/// One concrete situation that a path can be walked in.
pub(super) struct Example {
    /// The settings that it is possible in.
    settings: Bits,
    pub(super) handed: Handed,
    pub(super) local: Vec<(Fact, &'static str)>,
    pub(super) provisions: Vec<String>,
    pub(super) benefit: bool,
}

impl Example {
    /// The first authority that it is possible for, on the last of its days.
    pub(super) fn setting<'s, 't>(&self, settings: &'s [Setting<'t>]) -> Option<&'s Setting<'t>> {
        let mut possible = self.settings.iter().filter_map(|at| settings.get(at));
        let first = possible.next()?;
        let later = possible.take_while(|setting| setting.authority.key == first.authority.key);
        Some(later.last().unwrap_or(first))
    }

    /// What is known, as fact and value; the settings' own left out.
    pub(super) fn facts(&self) -> Vec<(String, String)> {
        let answered = self
            .handed
            .answers
            .iter()
            .filter(|(_, answer)| *answer != UNANSWERED);
        let answers =
            answered.map(|(question, answer)| (format!("route.{question}"), answer.clone()));
        let route = Some(self.handed.route.clone()).filter(|route| !route.is_empty());
        let local = self
            .local
            .iter()
            .map(|(fact, value)| (fact.to_string(), (*value).to_owned()));
        let benefit = self
            .benefit
            .then(|| (Fact::ItemBenefit.to_string(), yes_no(true)));
        route
            .map(|route| (Fact::Route.to_string(), route))
            .into_iter()
            .chain(answers)
            .chain(local)
            .chain(benefit)
            .collect()
    }
}

const fn is_of_setting(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Authority
            | Fact::AuthorityDuty
            | Fact::AuthorityDutySection
            | Fact::AuthorityOsl
            | Fact::AuthoritySigning
            | Fact::InForce(_)
    )
}

/// What an atom says of a setting, where it says anything. A claim is about the first view.
fn of_setting(setting: &Setting<'_>, subject: &Subject) -> Option<bool> {
    match subject {
        Subject::Day(from, until) => Some(
            from.is_none_or(|from| from <= setting.day)
                && until.is_none_or(|until| setting.day <= until),
        ),
        Subject::Authority(set) => Some(belongs(set, &setting.authority.key, setting.day)),
        Subject::Fact(fact, values) => {
            is_of_setting(fact).then(|| values.contains(&setting.fact(0, fact)))
        }
        _ => None,
    }
}

fn key_sets<'c>(atoms: &[&'c Atom]) -> Vec<&'c KeySet> {
    let set = |atom: &&'c Atom| match &atom.subject {
        Subject::Provision(set) | Subject::Provisions(set) => Some(set),
        _ => None,
    };
    atoms.iter().filter_map(set).collect()
}

fn kind_holds(kind: &Kind, known: &Known<'_>) -> bool {
    let mut at = 0;
    known.iter().all(|(atom, wanted)| {
        let (any, all) = kind.belongs.get(at).copied().unwrap_or_default();
        let holds = match &atom.subject {
            Subject::Provision(_) => any,
            Subject::Provisions(_) => all,
            Subject::Fact(fact, values) => {
                match kind.secrecy.first().and_then(|secrecy| secrecy.fact(fact)) {
                    Some(value) => values.contains(&value),
                    None => *wanted,
                }
            }
            _ => *wanted,
        };
        at += usize::from(matches!(
            atom.subject,
            Subject::Provision(_) | Subject::Provisions(_)
        ));
        holds == *wanted
    })
}

/// Locals that neither the tree nor a claim tells apart are one.
fn few_locals(locals: Vec<Local>, views: &[View<'_>], atoms: &[&Atom]) -> Vec<Local> {
    let mut seen = BTreeSet::new();
    let known: Vec<&Question> = views.iter().flat_map(View::known).collect();
    let signature = |local: &Local| -> Vec<usize> {
        let by_tree = known.iter().map(|question| {
            let value = question.known.as_ref().and_then(|fact| local.fact(fact));
            value
                .and_then(|value| question.answer(value))
                .map_or(usize::MAX, |(at, _)| at)
        });
        let by_claims = atoms.iter().map(|atom| match &atom.subject {
            Subject::Fact(fact, values) => local
                .fact(fact)
                .map_or(2, |value| usize::from(values.iter().any(|v| v == value))),
            _ => 2,
        });
        by_tree
            .chain(by_claims)
            .chain([usize::from(local.fact(&Fact::ItemForm) == Some("identity"))])
            .collect()
    };
    locals
        .into_iter()
        .filter(|local| seen.insert(signature(local)))
        .collect()
}
