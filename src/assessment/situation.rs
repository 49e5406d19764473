//! What the program knows: the facts that known questions turn on.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{Hash as _, Hasher as _};
use std::rc::Rc;

use jiff::civil::Date;
use rustc_hash::{FxBuildHasher, FxHasher};
use smallvec::SmallVec;

use crate::answers::{About, AnswersDocument, Item, Origin, Words};
use crate::assessment::period;
use crate::fact::{Fact, STAGES, UNANSWERED};
use crate::law::{Authority, Bound, Laws, Provision};
use crate::tree::{Question, Tree, same};
use crate::trees::Trees;
use crate::walk::{End, Walk};

/// In place of provisions: the official has not been able to settle which one applies. Counts as secret.
pub const UNSURE: &str = "unsure";
/// In place of provisions: no secrecy provision covers the item.
pub const NONE: &str = "none";

const GENERAL_CLAUSE: &str = "osl-10-27";
const EXCHANGE: &str = "osl-10-15-a";
const DUTY_BREAKS: &str = "osl-10-28";

/// What the secrecy provisions of an item mean on the day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Secrecy {
    /// Keys of the provisions in force on the day, the strictest first; empty when unsure or none.
    pub provisions: Vec<String>,
    /// `qualified`, `straight`, `reverse`, `absolute`, `unsure` or `none`.
    pub harm_test: &'static str,
    /// `yes`, `no` or `unknown`.
    pub excluded_10_27: &'static str,
    /// Whether 10:15 a is closed.
    pub excluded_10_15_a: bool,
    /// Whether it switches 10:28 off.
    pub switches_off_10_28: bool,
    /// Whether an individual can consent.
    pub consentable: bool,
    /// Whether there is anything to ask about those chosen.
    pub(super) chosen: Chosen,
    /// What it makes known in the item tree: a fact's place, and the value's place among its values.
    known: Vec<(usize, u8)>,
}

/// Whether there is anything to ask about the provisions chosen for an item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Chosen {
    /// Each is a secrecy provision in force on the day, and none needs the day the item came in.
    Sound,
    /// One is not, or nothing was chosen.
    #[default]
    Doubtful,
}

impl Secrecy {
    fn value(&self, fact: &Fact) -> Option<&'static str> {
        Some(match fact {
            Fact::ItemHarmTest => self.harm_test,
            Fact::ItemExcluded1027 => self.excluded_10_27,
            Fact::ItemExcluded1015a => yes_no(self.excluded_10_15_a),
            Fact::ItemSwitchesOff1028 => yes_no(self.switches_off_10_28),
            Fact::ItemConsentable => yes_no(self.consentable),
            _ => return None,
        })
    }

    /// One provision more that nobody has settled: counts as secret, opens nothing, and takes nothing from what the
    /// others close.
    fn but_unsure(self) -> Self {
        let barred = self.excluded_10_27 == "yes";
        Self {
            harm_test: UNSURE,
            excluded_10_27: if barred { "yes" } else { "unknown" },
            excluded_10_15_a: true,
            consentable: false,
            ..self
        }
    }
}

/// What is known about an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemFacts {
    /// `identity`, `statement` or `document`.
    pub form: &'static str,
    /// The key of its origin.
    pub origin: &'static str,
    /// The key of whom it is about.
    pub about: &'static str,
    /// The key of whom it, or anything that it describes, is about.
    pub about_any: &'static str,
    /// The day it came in.
    pub received: Option<Date>,
    /// What its secrecy provisions mean: one for every item with the same ones.
    pub secrecy: Rc<Secrecy>,
    /// Benefit data, and the authority has a duty to give such on the day.
    pub benefit: bool,
    /// Form, origin, about and about any, each by its place among the fact's values.
    places: (u8, u8, u8, u8),
}

/// The place of a word among the values of the fact that it is a value of.
fn place(fact: &Fact, word: &str) -> u8 {
    let values = fact.fixed_values().unwrap_or_default();
    let place = values.iter().position(|value| same(value, word));
    place
        .and_then(|at| u8::try_from(at).ok())
        .unwrap_or(UNANSWERED_PLACE)
}

/// After the last of the values: nobody has answered.
const UNANSWERED_PLACE: u8 = 5;

impl ItemFacts {
    pub(super) fn of_identity<S: Words>(
        setting: &Setting<'_>,
        document: &AnswersDocument<S>,
    ) -> Self {
        let identity = document.identity.as_ref();
        let chosen = identity.and_then(|identity| identity.provisions.as_deref());
        Self {
            form: "identity",
            origin: "own",
            about: "child",
            about_any: "child",
            secrecy: setting.secrecy(chosen, &[], None),
            places: (0, 0, 0, 0),
            received: None,
            benefit: false,
        }
    }

    /// An item; `carried` are the items whose content it takes over or describes: their provisions and the day they
    /// came in follow along.
    pub(super) fn of_item<S: Words>(
        setting: &Setting<'_>,
        item: &Item<S>,
        carried: &[ItemFacts],
    ) -> Self {
        let carried_days = carried.iter().filter_map(|facts| facts.received);
        let received = item.received.into_iter().chain(carried_days).min();
        let about_any = about_any(item, carried);
        let own = item.about.map_or(UNANSWERED, About::key);
        let carried_place = (about_any != own).then(|| place(&Fact::ItemAboutAny, about_any));
        let about = |about: Option<About>| about.map_or(UNANSWERED_PLACE, |about| about as u8);
        Self {
            form: item.form.key(),
            origin: item.origin.map_or(UNANSWERED, Origin::key),
            about: own,
            about_any,
            places: (
                item.form as u8 + 1,
                item.origin.map_or(UNANSWERED_PLACE, |origin| origin as u8),
                about(item.about),
                carried_place.unwrap_or_else(|| about(item.about)),
            ),
            received,
            secrecy: setting.secrecy(item.provisions.as_deref(), carried, received),
            benefit: item.benefit && setting.gives_benefit_data,
        }
    }

    /// The place of what it makes known among the fact's values.
    const fn place(&self, of: OfItem) -> u8 {
        match of {
            OfItem::Form => self.places.0,
            OfItem::Origin => self.places.1,
            OfItem::About => self.places.2,
            OfItem::AboutAny => self.places.3,
            OfItem::Benefit => !self.benefit as u8,
        }
    }
}

/// What an item itself makes known, beside its secrecy.
#[derive(Clone, Copy)]
enum OfItem {
    Form,
    Origin,
    About,
    AboutAny,
    Benefit,
}

impl OfItem {
    const fn of(fact: &Fact) -> Option<Self> {
        Some(match fact {
            Fact::ItemForm => OfItem::Form,
            Fact::ItemOrigin => OfItem::Origin,
            Fact::ItemAbout => OfItem::About,
            Fact::ItemAboutAny => OfItem::AboutAny,
            Fact::ItemBenefit => OfItem::Benefit,
            _ => return None,
        })
    }
}

fn about_any<S>(item: &Item<S>, carried: &[ItemFacts]) -> &'static str {
    let outside = |about: &str| matches!(about, "other" | "informant");
    let own = item.about.map_or(UNANSWERED, |about| about.key());
    let carried = carried
        .iter()
        .map(|facts| facts.about_any)
        .find(|about| outside(about));
    carried.filter(|_| !outside(own)).unwrap_or(own)
}

/// What authority and day settle, once for every document that has them.
pub(super) struct Setting<'t> {
    pub(super) trees: &'t Trees,
    pub(super) authority: &'t Authority,
    pub(super) on: Date,
    gives_benefit_data: bool,
    /// The usual secrecy provision.
    usual: Option<&'t str>,
    /// The first day of the duty, while it lasts.
    bound_since: Option<Date>,
    /// What is known in each tree: the values that nothing else decides, and room for the rest.
    settled: [Vec<u8>; STAGES.len()],
    /// The facts that the report makes known, by tree.
    of_report: [Vec<(usize, OfReport)>; STAGES.len()],
    /// The days on which the law changes.
    changes: Rc<[Date]>,
    /// The facts of the item tree that the item itself makes known, beside its secrecy: where each stands, and where its
    /// values stand among all that a question knows.
    of_item: Vec<(usize, OfItem, [u8; 6])>,
    /// What provisions mean, as far as anybody asked.
    remembered: RefCell<Remembered>,
}

impl<'t> Setting<'t> {
    pub(super) fn new(
        trees: &'t Trees,
        authority: &'t Authority,
        on: Date,
        changes: &Rc<[Date]>,
    ) -> Self {
        let mut setting = Self {
            trees,
            authority,
            on,
            gives_benefit_data: authority.gives_benefit_data(&trees.laws, on),
            usual: authority.usual_provision(&trees.laws, on),
            bound_since: authority.bound_since(on),
            settled: Default::default(),
            of_report: Default::default(),
            changes: Rc::clone(changes),
            of_item: of_item(&trees.item),
            remembered: RefCell::default(),
        };
        setting.settled = trees.all().map(|tree| {
            let settled = tree
                .facts()
                .map(|(fact, question)| setting.settle(fact, question));
            settled.collect()
        });
        setting.of_report = [0, 1, 2, 3].map(|at| setting.left(at));
        setting
    }

    const fn laws(&self) -> &'t Laws {
        &self.trees.laws
    }

    /// The facts of a tree that the setting has not settled and that belong to no item.
    fn left(&self, tree: usize) -> Vec<(usize, OfReport)> {
        let settled = self.settled.get(tree).into_iter().flatten();
        let facts = self
            .trees
            .all()
            .into_iter()
            .nth(tree)
            .into_iter()
            .flat_map(Tree::facts);
        let left = settled
            .zip(facts)
            .enumerate()
            .filter(|(_, (settled, (fact, _)))| **settled == NOT_SETTLED && !fact.is_about_item());
        left.map(|(at, (_, (fact, question)))| {
            (at, OfReport::of(&self.trees.route, fact, question))
        })
        .collect()
    }

    fn settle(&self, fact: &Fact, question: &Question) -> u8 {
        let duty = self.authority.duty_on(self.on);
        let value = match fact {
            Fact::AuthorityDuty => duty.map_or(Bound::Unclear, |duty| duty.bound).word(),
            Fact::AuthorityDutySection => &self.authority.duty_section,
            Fact::AuthorityOsl => yes_no(self.authority.osl),
            Fact::AuthoritySigning => self.authority.signing_on(self.laws(), self.on).word(),
            Fact::InForce(key) => yes_no(self.laws().in_force(key, self.on)),
            _ => return NOT_SETTLED,
        };
        question.value(value)
    }

    /// What provisions mean: those chosen, the usual one where none was, and those that follow along.
    fn secrecy<S: Words>(
        &self,
        chosen: Option<&[S]>,
        carried: &[ItemFacts],
        received: Option<Date>,
    ) -> Rc<Secrecy> {
        let usual = [self.usual.unwrap_or(UNSURE)];
        match chosen {
            _ if !carried.is_empty() || received.is_some() => {
                let keys = chosen.map(|keys| keys.iter().map(AsRef::as_ref).collect());
                let keys: SmallVec<[&str; 8]> = keys.unwrap_or_else(|| usual.into_iter().collect());
                self.secrecy_following(&keys, carried, received)
            }
            Some(keys) => self.remembered(keys, None, |keys| self.secrecy_of(keys, &[], None)),
            None => self.remembered(&usual, None, |keys| self.secrecy_of(keys, &[], None)),
        }
    }

    /// What provisions mean with those that follow along. Between two changes of the law it is all the same on which
    /// day something came in.
    fn secrecy_following(
        &self,
        own: &[&str],
        carried: &[ItemFacts],
        received: Option<Date>,
    ) -> Rc<Secrecy> {
        let of_carried = carried.iter().flat_map(|carried| {
            let provisions = carried.secrecy.provisions.iter().map(String::as_str);
            [BESIDE, carried.secrecy.harm_test]
                .into_iter()
                .chain(provisions)
        });
        let all = own.iter().copied().chain(of_carried);
        let all: SmallVec<[&str; 16]> = all.collect();
        let period = received.map(|day| period(&self.changes, day));
        self.remembered(&all, period, |_| self.secrecy_of(own, carried, received))
    }

    /// What provisions mean, found out only where nobody has asked before.
    fn remembered<K: AsRef<str>>(
        &self,
        keys: &[K],
        period: Option<usize>,
        secrecy: impl Fn(&[&str]) -> Secrecy,
    ) -> Rc<Secrecy> {
        let asked = || keys.iter().map(AsRef::as_ref);
        let is_it = |known: &&Known| {
            let same_many = known.period == period && known.many == keys.len();
            same_many && is_joined(&known.keys, asked())
        };
        let mut hasher = FxHasher::default();
        for key in keys {
            key.as_ref().hash(&mut hasher);
        }
        period.hash(&mut hasher);
        let hash = hasher.finish();
        if let Some(known) = self.remembered.borrow().get(&hash).filter(is_it) {
            return Rc::clone(&known.secrecy);
        }
        let keys: Vec<&str> = asked().collect();
        let secrecy = Rc::new(secrecy(&keys));
        let mut remembered = self.remembered.borrow_mut();
        let plain = !keys.iter().any(|key| key.contains(BEHIND));
        if plain && remembered.len() < REMEMBERED {
            remembered.entry(hash).or_insert_with(|| Known {
                keys: keys.iter().flat_map(|key| [*key, BEHIND]).collect(),
                many: keys.len(),
                period,
                secrecy: Rc::clone(&secrecy),
            });
        }
        secrecy
    }

    fn secrecy_of(&self, own: &[&str], carried: &[ItemFacts], received: Option<Date>) -> Secrecy {
        let of_carried = || carried.iter().map(|facts| &facts.secrecy);
        let unsure =
            own.contains(&UNSURE) || of_carried().any(|carried| carried.harm_test == UNSURE);
        let carried =
            of_carried().flat_map(|carried| carried.provisions.iter().map(String::as_str));
        let keys = own
            .iter()
            .copied()
            .chain(carried)
            .filter(|key| *key != NONE);
        let mut provisions: Vec<&Provision> = Vec::new();
        for provision in keys.filter_map(|key| self.laws().provision(key)) {
            let there = provisions.iter().any(|other| other.key == provision.key);
            if !there && provision.on(self.day_for(provision, received)).is_some() {
                provisions.push(provision);
            }
        }
        let harm = |provision: &Provision| {
            let version = provision.on(self.day_for(provision, received));
            version.and_then(|version| version.harm)
        };
        provisions.sort_by_key(|provision| std::cmp::Reverse(harm(provision)));
        let strictest = provisions.first().and_then(|strictest| harm(strictest));
        let strictest = strictest.map_or(NONE, crate::law::Harm::word);
        let sound = !own.is_empty() && own.iter().all(|key| self.is_sound(key));
        let known = Secrecy {
            chosen: if sound {
                Chosen::Sound
            } else {
                Chosen::Doubtful
            },
            ..self.known(&provisions, strictest)
        };
        let secrecy = if unsure { known.but_unsure() } else { known };
        Secrecy {
            known: self.made_known(|fact| secrecy.value(fact)),
            ..secrecy
        }
    }

    /// What somebody who knows the values of some facts makes known in the item tree.
    fn made_known(&self, value: impl Fn(&Fact) -> Option<&'static str>) -> Vec<(usize, u8)> {
        let facts = self.trees.item.facts().enumerate();
        let known =
            facts.filter_map(|(at, (fact, question))| Some((at, question.value(value(fact)?))));
        known.collect()
    }

    /// Whether there is nothing to ask about a chosen provision.
    fn is_sound(&self, key: &str) -> bool {
        let provision = self.laws().provision(key);
        let is_sound = |provision: &Provision| {
            let in_force = provision.on(self.on).is_some();
            in_force && provision.is_secrecy() && !provision.counts_from_received
        };
        [UNSURE, NONE].contains(&key) || provision.is_some_and(is_sound)
    }

    fn day_for(&self, provision: &Provision, received: Option<Date>) -> Date {
        let received = received.filter(|_| provision.counts_from_received);
        received.unwrap_or(self.on)
    }

    fn known(&self, provisions: &[&Provision], harm_test: &'static str) -> Secrecy {
        let any =
            |test: &dyn Fn(&Provision) -> bool| provisions.iter().any(|provision| test(provision));
        let switches_off =
            |rule: &str| any(&|provision| provision.switches_off.iter().any(|key| key == rule));
        let closed =
            |rule: &str| any(&|provision| self.excludes(rule, provision)) || switches_off(rule);
        Secrecy {
            harm_test,
            excluded_10_27: yes_no(closed(GENERAL_CLAUSE)),
            excluded_10_15_a: closed(EXCHANGE),
            switches_off_10_28: switches_off(DUTY_BREAKS),
            consentable: !any(&|provision| !provision.protects_individual),
            chosen: Chosen::default(),
            known: Vec::new(),
            provisions: provisions
                .iter()
                .map(|provision| provision.key.clone())
                .collect(),
        }
    }

    /// Whether a rule that breaks secrecy is closed for a provision on the day: by its list, or because the rule does
    /// not reach the chapter.
    fn excludes(&self, rule: &str, provision: &Provision) -> bool {
        let Some(version) = self
            .laws()
            .provision(rule)
            .and_then(|rule| rule.on(self.on))
        else {
            return true;
        };
        let outside = version.opens_chapters.is_some_and(|(first, last)| {
            provision
                .chapter
                .is_none_or(|chapter| chapter < first || last < chapter)
        });
        outside || version.excludes.contains(&provision.key)
    }
}

/// In place of a value: it is not the setting that settles it.
const NOT_SETTLED: u8 = u8::MAX;

/// Stands between an item's own provisions and those that follow along, when both are remembered.
const BESIDE: &str = "+";

/// What some provisions mean.
struct Known {
    /// Their keys, and what follows along, in one text: one look into memory, and not one for each.
    keys: String,
    many: usize,
    /// Between which changes of the law the item came in.
    period: Option<usize>,
    secrecy: Rc<Secrecy>,
}

/// Stands behind each key that is remembered, and in none.
const BEHIND: &str = "\0";

/// Whether these keys are those, each with [`BEHIND`] behind it.
fn is_joined<'k>(joined: &str, mut keys: impl Iterator<Item = &'k str>) -> bool {
    let mut rest = Some(joined);
    let mut is_next = |key| {
        let behind = rest.and_then(|rest| rest.strip_prefix(key)?.strip_prefix(BEHIND));
        rest = behind;
        rest.is_some()
    };
    keys.all(&mut is_next) && rest == Some("")
}

/// What provisions mean, by the hash of their keys. The first of those with the same hash is remembered.
type Remembered = HashMap<u64, Known, FxBuildHasher>;

/// More sets of provisions than this are not remembered.
const REMEMBERED: usize = 4096;

fn of_item(tree: &Tree) -> Vec<(usize, OfItem, [u8; 6])> {
    let facts = tree.facts().enumerate();
    let own = facts.filter_map(|(at, (fact, question))| {
        let values = fact.fixed_values().unwrap_or_default();
        let mut known = [question.value(UNANSWERED); 6];
        for (place, value) in known.iter_mut().zip(values) {
            *place = question.value(value);
        }
        Some((at, OfItem::of(fact)?, known))
    });
    own.collect()
}

impl ItemFacts {
    /// Makes known in the item tree what this item makes known.
    pub(super) fn make_known(&self, setting: &Setting<'_>, known: &mut [u8]) {
        let own = setting
            .of_item
            .iter()
            .filter_map(|(at, of, values)| Some((*at, *values.get(usize::from(self.place(*of)))?)));
        for (at, value) in own.chain(self.secrecy.known.iter().copied()) {
            if let Some(place) = known.get_mut(at) {
                *place = value;
            }
        }
    }
}

/// What the report makes known, each with the places of its values among those of the fact.
enum OfReport {
    /// The outcome of the route, by its place in the tree; and none.
    Route(Vec<u8>, u8),
    Follows(YesNo),
    IdentityProtected(YesNo),
    DutyAfterKnowledge(YesNo),
    /// The answer to a question of the route, by its place in the question; and none.
    Earlier(u16, Vec<u8>, u8),
    Unanswered(u8),
}

impl OfReport {
    fn of(route: &Tree, fact: &Fact, question: &Question) -> Self {
        let (values, none) = (YesNo::of(question), question.value(UNANSWERED));
        match fact {
            Fact::Route => {
                let outcomes = route.outcomes.iter();
                Self::Route(outcomes.map(|end| question.value(&end.id)).collect(), none)
            }
            Fact::Follows => Self::Follows(values),
            Fact::IdentityProtected => Self::IdentityProtected(values),
            Fact::AuthorityDutyAfterKnowledge => Self::DutyAfterKnowledge(values),
            Fact::Earlier { tree, question: id } if *tree == route.name => {
                let mut questions = route.questions.iter().zip(0..);
                let earlier = questions.find(|(earlier, _)| earlier.id == *id);
                let Some((earlier, at)) = earlier else {
                    return Self::Unanswered(none);
                };
                let answers = earlier.answers.iter();
                let values = answers.map(|answer| question.value(&answer.key));
                Self::Earlier(at, values.collect(), none)
            }
            _ => Self::Unanswered(none),
        }
    }
}

/// The places of yes and no among the values of a fact.
struct YesNo(u8, u8);

impl YesNo {
    fn of(question: &Question) -> Self {
        Self(question.value("yes"), question.value("no"))
    }

    const fn of_flag(&self, flag: bool) -> u8 {
        if flag { self.0 } else { self.1 }
    }
}

/// Setting, document and what has been answered so far.
pub(super) struct Situation<'t, 'd, 'r, S> {
    pub(super) setting: &'r Setting<'t>,
    pub(super) document: &'d AnswersDocument<S>,
    pub(super) route: Option<&'r Walk<'t, 'd>>,
    /// The day of knowledge: an answer of the route that the route itself turns on.
    pub(super) known_since: Option<Date>,
}

impl<S> Clone for Situation<'_, '_, '_, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for Situation<'_, '_, '_, S> {}

impl<'t, 'd, 'r, S: Words> Situation<'t, 'd, 'r, S> {
    pub(super) const fn new(setting: &'r Setting<'t>, document: &'d AnswersDocument<S>) -> Self {
        Self {
            setting,
            document,
            route: None,
            known_since: None,
        }
    }

    /// What is known in one of [`STAGES`], but for what belongs to one item.
    pub(super) fn known(&self, stage: usize) -> SmallVec<[u8; 64]> {
        let settled = self.setting.settled.get(stage).map(Vec::as_slice);
        let mut known = SmallVec::from_slice(settled.unwrap_or_default());
        for (at, of) in self.setting.of_report.get(stage).into_iter().flatten() {
            if let Some(place) = known.get_mut(*at) {
                *place = self.value(of);
            }
        }
        known
    }

    fn value(&self, of: &OfReport) -> u8 {
        match of {
            OfReport::Route(values, none) => {
                let outcome = self.route.and_then(|route| match route.end {
                    End::Outcome(at) => values.get(at),
                    _ => None,
                });
                outcome.copied().unwrap_or(*none)
            }
            OfReport::Follows(values) => values.of_flag(self.document.follows.is_some()),
            OfReport::IdentityProtected(values) => values.of_flag(self.somebody_is_protected()),
            OfReport::DutyAfterKnowledge(values) => values.of_flag(self.duty_after_knowledge()),
            OfReport::Earlier(question, values, none) => {
                let moves = self.route.map(Walk::moves).unwrap_or_default();
                let mut moves = moves.iter();
                let taken = moves.find(|taken| taken.question == *question);
                let value = taken.and_then(|taken| values.get(usize::from(taken.answer)));
                value.copied().unwrap_or(*none)
            }
            OfReport::Unanswered(none) => *none,
        }
    }

    fn duty_after_knowledge(&self) -> bool {
        let since = self.known_since.zip(self.setting.bound_since);
        since.is_some_and(|(known, began)| known < began)
    }

    fn somebody_is_protected(&self) -> bool {
        let identity = self.document.identity.as_ref();
        identity.is_some_and(|identity| identity.protected)
    }
}

const fn yes_no(flag: bool) -> &'static str {
    if flag { "yes" } else { "no" }
}

#[cfg(test)]
mod tests {
    use super::place;
    use crate::answers::{About, Form, Origin};
    use crate::fact::Fact;

    #[test]
    fn words_stand_in_the_order_of_the_facts_values() {
        for origin in Origin::ALL {
            assert_eq!(place(&Fact::ItemOrigin, origin.key()), *origin as u8);
        }
        for about in About::ALL {
            assert_eq!(place(&Fact::ItemAbout, about.key()), *about as u8);
            assert_eq!(place(&Fact::ItemAboutAny, about.key()), *about as u8);
        }
        for form in Form::ALL {
            assert_eq!(place(&Fact::ItemForm, form.key()), *form as u8 + 1);
        }
        assert_eq!(place(&Fact::ItemForm, "identity"), 0);
        assert_eq!(place(&Fact::ItemBenefit, "yes"), 0);
    }
}
