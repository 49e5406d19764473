//! One assessment: route → items → sending → closing, as a pure value of trees, answers and nothing else.
//!
//! [`assess`] replays an answers document as far as it reaches. What is missing or wrong comes back as [`Need`]s in the
//! order an official meets them: the interview asks the first, a script is told them all.

mod needs;
mod situation;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::rc::Rc;

use jiff::civil::Date;

pub use needs::{Lack, Need, is_other_law, unknown_answers, whole};
pub(crate) use needs::{UNKNOWN_DATE, is_kept, personal_data};
pub use situation::{ItemFacts, NONE, Secrecy, UNSURE};
use situation::{Setting, Situation};

use crate::answers::{AnswersDocument, Item, Words};
use crate::cite::Citer;
use crate::language::Lang;
use crate::law::Authority;
use crate::tree::{self, Kind, Question, Role, Tree};
pub use crate::tree::{DUTY, ItemOutcome, Whole};
use crate::trees::Trees;
use crate::walk::{Answers, End, Step, Walk, moment, walk};

/// Where in an answers document something stands, or should stand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The day.
    On,
    /// The authority.
    Authority,
    /// The report's own reference number.
    Case,
    /// Who assesses.
    Official,
    /// A question of the route tree.
    Route(String),
    /// The kinds of identity data.
    IdentityKinds,
    /// A question of the item tree about the standing first item.
    Identity(String),
    /// The provisions of the standing first item.
    IdentityProvisions,
    /// The list of items.
    Items,
    /// A field of an item.
    Field(usize, Field),
    /// A question of the item tree.
    Item(usize, String),
    /// A question of the sending tree.
    Sending(String),
    /// A question of the closing tree.
    Closing(String),
    /// The digest of the record that this assessment follows.
    Follows,
    /// A reason for keeping personal data.
    Kept(usize),
}

/// A field of an item that is asked for outside the trees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Its label.
    Label,
    /// Where it comes from.
    Origin,
    /// Whom it is about.
    About,
    /// The date of a document.
    Dated,
    /// The day it came in.
    Received,
    /// Its secrecy provisions.
    Provisions,
    /// The file's name in the outgoing folder.
    File,
    /// Its id.
    Id,
}

impl Place {
    /// The stage and the id of the question, for places in a tree.
    #[must_use]
    pub fn question(&self) -> Option<(Stage, &str)> {
        match self {
            Place::Route(id) => Some((Stage::Route, id)),
            Place::Identity(id) => Some((Stage::Identity, id)),
            Place::Item(at, id) => Some((Stage::Item(*at), id)),
            Place::Sending(id) => Some((Stage::Sending, id)),
            Place::Closing(id) => Some((Stage::Closing, id)),
            _ => None,
        }
    }
}

/// The answers of each stage, in order, as far as the document has the stage.
pub fn given<S: Words>(
    document: &AnswersDocument<S>,
) -> impl Iterator<Item = (Stage, &Answers<S>)> {
    let identity = document.identity.iter();
    let items = document.items.iter().enumerate();
    std::iter::once((Stage::Route, &document.route))
        .chain(identity.map(|identity| (Stage::Identity, &identity.answers)))
        .chain(items.map(|(at, item)| (Stage::Item(at), &item.answers)))
        .chain([
            (Stage::Sending, &document.sending),
            (Stage::Closing, &document.closing),
        ])
}

impl Field {
    const fn name(self) -> &'static str {
        match self {
            Field::Label => "label",
            Field::Origin => "origin",
            Field::About => "about",
            Field::Dated => "dated",
            Field::Received => "received",
            Field::Provisions => "provisions",
            Field::File => "file",
            Field::Id => "id",
        }
    }
}

/// The place as a path in the answers document.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::On => f.write_str("on"),
            Place::Authority => f.write_str("authority"),
            Place::Case => f.write_str("case"),
            Place::Official => f.write_str("official"),
            Place::Route(id) => write!(f, "route.{id}"),
            Place::IdentityKinds => f.write_str("identity.kinds"),
            Place::Identity(id) => write!(f, "identity.answers.{id}"),
            Place::IdentityProvisions => f.write_str("identity.provisions"),
            Place::Items => f.write_str("items"),
            Place::Field(at, field) => write!(f, "items[{at}].{}", field.name()),
            Place::Item(at, id) => write!(f, "items[{at}].answers.{id}"),
            Place::Sending(id) => write!(f, "sending.{id}"),
            Place::Closing(id) => write!(f, "closing.{id}"),
            Place::Follows => f.write_str("follows"),
            Place::Kept(at) => write!(f, "kept[{at}].reason"),
        }
    }
}

/// The walk of one item, with what the program knew about it.
#[derive(Clone, Debug)]
pub struct ItemWalk<'t, 'd> {
    /// What the program knew.
    pub facts: ItemFacts,
    /// The walk.
    pub walk: Walk<'t, 'd>,
    /// Where it ended, once it did.
    pub outcome: Option<ItemOutcome>,
    /// Places of the documents that it describes.
    pub describes: Vec<usize>,
}

impl<'t> ItemWalk<'t, '_> {
    fn detached(self) -> ItemWalk<'t, 'static> {
        ItemWalk {
            walk: self.walk.detached(),
            facts: self.facts,
            outcome: self.outcome,
            describes: self.describes,
        }
    }
}

/// Never prints what was said.
impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("day", &self.day)
            .finish_non_exhaustive()
    }
}

/// An urgent call made before the report.
#[derive(Clone)]
pub struct Call {
    /// The day of the call.
    pub day: Date,
    /// Day and hour as entered.
    pub when: String,
    /// Who took it.
    pub to: String,
    /// What was said.
    pub said: String,
    /// The route as it was on the day of the call; by the duty of that day where the answers do not reach.
    pub route: Option<String>,
    /// Keys of the sections that it rests on.
    pub law: Vec<String>,
}

/// An assessment as far as the answers reach.
#[derive(Clone, Debug)]
pub struct Assessment<'t, 'd> {
    /// The trees.
    pub trees: &'t Trees,
    /// The authority.
    pub authority: &'t Authority,
    /// The day whose law is used.
    pub on: Date,
    /// The route.
    pub route: Walk<'t, 'd>,
    /// The standing first item, once there is a route.
    pub identity: Option<ItemWalk<'t, 'd>>,
    /// The other items, in the order entered.
    pub items: Vec<ItemWalk<'t, 'd>>,
    /// The sending, once something may be sent.
    pub sending: Option<Walk<'t, 'd>>,
    /// The closing, once something may be sent.
    pub closing: Option<Walk<'t, 'd>>,
    /// The whole, once nothing is needed.
    pub whole: Option<Whole>,
    /// What is missing or wrong, in the order an official meets it.
    pub needs: Vec<Need>,
}

/// Replays an answers document as far as it reaches.
///
/// # Errors
/// A need without which nothing can be walked: no day, no authority, or a day outside the program.
pub fn assess<'t, 'd, S: Words>(
    trees: &'t Trees,
    document: &'d AnswersDocument<S>,
) -> Result<Assessment<'t, 'd>, Need> {
    Desk::new(trees).assess(document)
}

/// The walks alone, without what is missing: for trying many documents against each other.
///
/// # Errors
/// As [`assess`].
pub(crate) fn replay<'t, 'd, S: Words>(
    trees: &'t Trees,
    document: &'d AnswersDocument<S>,
) -> Result<Assessment<'t, 'd>, Need> {
    let (setting, on) = Desk::new(trees).setting(document)?;
    Ok(walk_stages(&setting, on, document))
}

/// A desk where many documents are assessed: what authority and day settle is settled once for every document of an
/// authority between two changes of the law.
pub struct Desk<'t> {
    trees: &'t Trees,
    /// The days on which the law changes.
    changes: Rc<[Date]>,
    /// By how many of them have come.
    settings: RefCell<BTreeMap<usize, Vec<Rc<Setting<'t>>>>>,
}

impl<'t> Desk<'t> {
    /// A desk with a set of trees on it.
    #[must_use]
    pub fn new(trees: &'t Trees) -> Self {
        Self {
            trees,
            changes: trees.laws.days_of_change().into(),
            settings: RefCell::default(),
        }
    }

    /// Replays an answers document as far as it reaches.
    ///
    /// # Errors
    /// As [`assess`].
    pub fn assess<'d, S: Words>(
        &self,
        document: &'d AnswersDocument<S>,
    ) -> Result<Assessment<'t, 'd>, Need> {
        let (setting, on) = self.setting(document)?;
        let mut assessment = walk_stages(&setting, on, document);
        needs::collect(&mut assessment, document, self);
        Ok(assessment)
    }

    fn setting<S: Words>(
        &self,
        document: &AnswersDocument<S>,
    ) -> Result<(Rc<Setting<'t>>, Date), Need> {
        let laws = &self.trees.laws;
        let on = document.on.ok_or_else(|| Need::missing(Place::On))?;
        if on < laws.first_day {
            return Err(Need::new(Place::On, Lack::BeforeFirstDay(laws.first_day)));
        }
        let key = document.authority.as_ref();
        let key = key.ok_or_else(|| Need::missing(Place::Authority))?.as_ref();
        Ok((self.setting_of(key, on)?, on))
    }

    /// What an authority and a day settle.
    fn setting_of(&self, key: &str, on: Date) -> Result<Rc<Setting<'t>>, Need> {
        let mut settings = self.settings.borrow_mut();
        let of_time = settings.entry(period(&self.changes, on)).or_default();
        if let Some(setting) = of_time.iter().find(|setting| setting.authority.key == key) {
            return Ok(Rc::clone(setting));
        }
        let authority = self.trees.laws.authority(key);
        let authority = authority.ok_or(Need::new(Place::Authority, Lack::UnknownAuthority))?;
        let setting = Rc::new(Setting::new(self.trees, authority, on, &self.changes));
        of_time.push(Rc::clone(&setting));
        Ok(setting)
    }
}

/// How many changes have come by a day: between two of them the law is the same.
fn period(changes: &[Date], day: Date) -> usize {
    changes.partition_point(|change| *change <= day)
}

fn walk_stages<'t, 'd, S: Words>(
    setting: &Setting<'t>,
    on: Date,
    document: &'d AnswersDocument<S>,
) -> Assessment<'t, 'd> {
    let route = walk_route(setting, document);
    let situation = Situation {
        route: Some(&route),
        ..Situation::new(setting, document)
    };
    let rest = leads_to_items(setting.trees, &route).then(|| walk_rest(&situation));
    let (identity, items, [sending, closing]) = rest.unwrap_or_default();
    Assessment {
        trees: setting.trees,
        authority: setting.authority,
        on,
        identity,
        items,
        sending,
        closing,
        whole: None,
        needs: Vec::new(),
        route,
    }
}

fn leads_to_items(trees: &Trees, route: &Walk<'_, '_>) -> bool {
    let End::Outcome(at) = route.end else {
        return false;
    };
    trees.route.outcome(at).goto_tree.is_some()
}

/// First item, other items, sending and closing.
type Rest<'t, 'd> = (
    Option<ItemWalk<'t, 'd>>,
    Vec<ItemWalk<'t, 'd>>,
    [Option<Walk<'t, 'd>>; 2],
);

fn walk_rest<'t, 'd, S: Words>(situation: &Situation<'t, 'd, '_, S>) -> Rest<'t, 'd> {
    let (setting, document) = (situation.setting, situation.document);
    let trees = setting.trees;
    let mut known = situation.known(ITEM);
    let facts = ItemFacts::of_identity(setting, document);
    let identity = match &document.identity {
        Some(identity) => walk_item(setting, &mut known, facts, &identity.answers),
        None => walk_item(setting, &mut known, facts, &Answers::<S>::default()).detached(),
    };
    let items = walk_items(setting, &mut known, document);
    let goes = |item: &ItemWalk<'_, '_>| item.outcome.is_none_or(ItemOutcome::releases);
    let something_may_go = items.is_empty() || items.iter().any(goes);
    let last = something_may_go.then(|| {
        let sending = walk(&trees.sending, &document.sending, &situation.known(SENDING));
        let closing = walk(&trees.closing, &document.closing, &situation.known(CLOSING));
        [sending, closing].map(Some)
    });
    (Some(identity), items, last.unwrap_or_default())
}

/// Where the trees stand in the order of stages.
const ROUTE: usize = 0;
const ITEM: usize = 1;
const SENDING: usize = 2;
const CLOSING: usize = 3;

/// Walks the route, and once more where the route itself turns on a day of knowledge that it asked for.
fn walk_route<'t, 'd, S: Words>(
    setting: &Setting<'t>,
    document: &'d AnswersDocument<S>,
) -> Walk<'t, 'd> {
    let (tree, situation) = (&setting.trees.route, Situation::new(setting, document));
    let first = walk(tree, &document.route, &situation.known(ROUTE));
    let known_since = known_since(tree, &first);
    if known_since.is_none() {
        return first;
    }
    let knowing = Situation {
        known_since,
        ..situation
    };
    walk(tree, &document.route, &knowing.known(ROUTE))
}

fn known_since(tree: &Tree, walk: &Walk<'_, '_>) -> Option<Date> {
    let asked = |at: usize| tree.question(at).role == Some(Role::KnownSince);
    let (_, text) = walk.texts().find(|(at, _)| asked(*at))?;
    crate::source::day(text)
}

fn walk_item<'t, 'd, S: Words>(
    setting: &Setting<'t>,
    known: &mut [u8],
    facts: ItemFacts,
    answers: &'d Answers<S>,
) -> ItemWalk<'t, 'd> {
    let tree = &setting.trees.item;
    facts.make_known(setting, known);
    let walk = walk(tree, answers, known);
    let outcome = walk.outcome(tree).and_then(ItemOutcome::parse);
    ItemWalk {
        facts,
        walk,
        outcome,
        describes: Vec::new(),
    }
}

/// Each item for itself, then again with what follows along from those that it takes over or describes, until nothing
/// more follows: provisions only gather, so it ends.
fn walk_items<'t, 'd, S: Words>(
    setting: &Setting<'t>,
    known: &mut [u8],
    document: &'d AnswersDocument<S>,
) -> Vec<ItemWalk<'t, 'd>> {
    let own = document.items.iter().map(|item| {
        let facts = ItemFacts::of_item(setting, item, &[]);
        walk_item(setting, known, facts, &item.answers)
    });
    let mut walks: Vec<ItemWalk<'t, 'd>> = own.collect();
    let mut followed = BTreeSet::new();
    for _ in 0..walks.len() {
        let named = named(document, &setting.trees.item, &walks);
        if named.is_empty() && followed.is_empty() {
            break;
        }
        followed.extend(named.iter().map(|named| named.item));
        let following = followed.iter().filter_map(|at| {
            let item = document.items.get(*at)?;
            Some((*at, item, following(setting, item, *at, &walks, &named)))
        });
        let following: Vec<_> = following.collect();
        let mut settled = true;
        for (at, item, (facts, describes)) in following {
            let Some(walk) = walks.get_mut(at) else {
                continue;
            };
            settled &= walk.facts == facts && walk.describes == describes;
            if walk.facts != facts {
                *walk = walk_item(setting, known, facts, &item.answers);
            }
            walk.describes = describes;
        }
        if settled {
            break;
        }
    }
    walks
}

/// An item that another names: one that it describes, or that takes over a part of it.
struct Named {
    item: usize,
    by: usize,
    describes: bool,
}

/// Every item that another names.
fn named<S: Words>(
    document: &AnswersDocument<S>,
    tree: &Tree,
    walks: &[ItemWalk<'_, '_>],
) -> Vec<Named> {
    let naming = |(by, walk): (usize, &ItemWalk<'_, '_>)| -> Vec<Named> {
        let steps = walk.walk.texts().filter_map(|(at, text)| {
            let kind = Some(tree.question(at).kind);
            let kind = kind.filter(|kind| matches!(kind, Kind::Statement | Kind::Item))?;
            Some(Named {
                item: document.find(text)?,
                by,
                describes: kind == Kind::Statement,
            })
        });
        steps.filter(|named| named.item != by).collect()
    };
    let walks = walks.iter().enumerate();
    let naming_any = walks.filter(|(_, walk)| walk.walk.names_item());
    naming_any.flat_map(naming).collect()
}

/// What is known about an item with what follows along from those that name it, and which documents it describes.
fn following<S: Words>(
    setting: &Setting<'_>,
    item: &Item<S>,
    at: usize,
    walks: &[ItemWalk<'_, '_>],
    named: &[Named],
) -> (ItemFacts, Vec<usize>) {
    let naming = || named.iter().filter(|named| named.item == at);
    let mut from: Vec<usize> = naming().map(|named| named.by).collect();
    from.dedup();
    let carried = from.iter().filter_map(|by| walks.get(*by));
    let carried: Vec<ItemFacts> = carried.map(|walk| walk.facts.clone()).collect();
    let describes = naming().filter(|named| named.describes);
    let mut describes: Vec<usize> = describes.map(|named| named.by).collect();
    describes.dedup();
    (ItemFacts::of_item(setting, item, &carried), describes)
}

impl<'t, 'd> Assessment<'t, 'd> {
    /// The same, with texts of its own: it no longer needs the document.
    pub(crate) fn detached(self) -> Assessment<'t, 'static> {
        let items = self.items.into_iter().map(ItemWalk::detached);
        Assessment {
            trees: self.trees,
            authority: self.authority,
            on: self.on,
            route: self.route.detached(),
            identity: self.identity.map(ItemWalk::detached),
            items: items.collect(),
            sending: self.sending.map(Walk::detached),
            closing: self.closing.map(Walk::detached),
            whole: self.whole,
            needs: self.needs,
        }
    }

    /// The route that leads to the items, if there is one.
    #[must_use]
    pub fn route_to_items(&self) -> Option<&'t str> {
        let outcome = self.route_outcome()?;
        outcome.goto_tree.as_ref().map(|_| outcome.id.as_str())
    }

    /// The outcome of the route tree, once reached.
    #[must_use]
    pub fn route_outcome(&self) -> Option<&'t tree::Outcome> {
        match self.route.end {
            End::Outcome(at) => Some(self.trees.route.outcome(at)),
            _ => None,
        }
    }

    /// Whether the report is made under a duty.
    #[must_use]
    pub fn under_duty(&self) -> bool {
        self.route_to_items() == Some(DUTY)
    }

    /// Whether an item beside the first is released.
    #[must_use]
    pub fn something_goes(&self) -> bool {
        self.items
            .iter()
            .any(|item| item.outcome.is_some_and(ItemOutcome::releases))
    }

    /// Texts with the citations of this assessment's day.
    #[must_use]
    pub fn citer(&self, lang: Lang) -> Citer<'t> {
        Citer {
            laws: &self.trees.laws,
            authority: self.authority,
            day: self.on,
            lang,
            provisions: &[],
            received: None,
        }
    }

    /// The same, in a stage: an item's texts name its own provisions.
    #[must_use]
    pub fn citer_in(&self, stage: Stage, lang: Lang) -> Citer<'_> {
        let citer = self.citer(lang);
        self.item(stage).map_or(citer, |item| {
            citer.for_item(&item.facts.secrecy.provisions, item.facts.received)
        })
    }

    /// The stages with their trees and walks, in order; items by number from 0.
    pub fn walks(&self) -> impl Iterator<Item = (Stage, &'t Tree, &Walk<'t, 'd>)> {
        let trees = self.trees;
        let identity = self
            .identity
            .iter()
            .map(move |item| (Stage::Identity, &trees.item, &item.walk));
        let items = self
            .items
            .iter()
            .enumerate()
            .map(move |(at, item)| (Stage::Item(at), &trees.item, &item.walk));
        let sending = self
            .sending
            .iter()
            .map(move |walk| (Stage::Sending, &trees.sending, walk));
        let closing = self
            .closing
            .iter()
            .map(move |walk| (Stage::Closing, &trees.closing, walk));
        std::iter::once((Stage::Route, &trees.route, &self.route))
            .chain(identity)
            .chain(items)
            .chain(sending)
            .chain(closing)
    }

    /// The item behind a stage.
    #[must_use]
    pub fn item(&self, stage: Stage) -> Option<&ItemWalk<'t, 'd>> {
        match stage {
            Stage::Identity => self.identity.as_ref(),
            Stage::Item(at) => self.items.get(at),
            _ => None,
        }
    }

    /// Looks at a stage with its answers and with what the program knows there.
    pub(crate) fn look<R>(
        &self,
        document: &AnswersDocument,
        stage: Stage,
        look: impl FnOnce(&Answers, &[u8]) -> R,
    ) -> R {
        let answers = given(document).find(|(other, _)| *other == stage);
        let none = Answers::default();
        let answers = answers.map_or(&none, |(_, answers)| answers);
        let changes = self.trees.laws.days_of_change().into();
        let setting = Setting::new(self.trees, self.authority, self.on, &changes);
        let situation = Situation {
            known_since: known_since(&self.trees.route, &self.route),
            route: (stage != Stage::Route).then_some(&self.route),
            ..Situation::new(&setting, document)
        };
        let known = match stage {
            Stage::Route => situation.known(ROUTE),
            Stage::Identity | Stage::Item(_) => situation.known(ITEM),
            Stage::Sending => situation.known(SENDING),
            Stage::Closing => situation.known(CLOSING),
        };
        match self.item(stage) {
            Some(item) => {
                let mut known = known;
                item.facts.make_known(&setting, &mut known);
                look(answers, &known)
            }
            None => look(answers, &known),
        }
    }

    /// The last step whose question has a role, in one of the walks.
    #[must_use]
    #[expect(
        clippy::unused_self,
        reason = "tree and walk are this assessment's own"
    )]
    pub fn step_with_role<'w>(
        &self,
        tree: &'t Tree,
        walk: &'w Walk<'t, 'd>,
        role: Role,
    ) -> Option<(&'t Question, Step<'w>)> {
        let steps = walk.steps().rev();
        let mut steps = steps.map(|step| (tree.question(step.question), step));
        steps.find(|(question, step)| question.role == Some(role) && is_shown(question, step))
    }

    /// The sections that a step cites, in force on the day.
    #[must_use]
    pub fn law_of(&self, stage: Stage, question: &Question, step: &Step<'_>) -> Vec<String> {
        let answer = step.answer.and_then(|at| question.answers.get(at));
        let refs = question
            .law
            .iter()
            .chain(answer.into_iter().flat_map(|answer| &answer.law));
        let citer = self.citer_in(stage, Lang::Sv);
        let mut keys = Vec::new();
        for key in refs.flat_map(|law| citer.keys(law)) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }

    /// The sections of the last step that cites any: what the outcome rests on.
    #[must_use]
    pub fn ground_of(&self, stage: Stage, tree: &'t Tree, walk: &Walk) -> Vec<String> {
        let steps = walk.steps().rev();
        let mut law = steps.map(|step| self.law_of(stage, tree.question(step.question), &step));
        law.find(|law| !law.is_empty()).unwrap_or_default()
    }

    /// Key and first day of every version that the assessment cites.
    #[must_use]
    pub fn cited(&self) -> BTreeSet<(String, Date)> {
        let mut versions = BTreeSet::new();
        for (stage, tree, walk) in self.walks() {
            for step in walk.steps() {
                let keys = self.law_of(stage, tree.question(step.question), &step);
                let citer = self.citer_in(stage, Lang::Sv);
                let of_step = keys.into_iter().filter_map(|key| {
                    let provision = self.trees.laws.provision(&key)?;
                    let from = provision.on(citer.day_for(provision))?.from;
                    Some((key, from))
                });
                versions.extend(of_step);
            }
        }
        versions
    }

    /// The day of knowledge: as entered, or the day itself.
    #[must_use]
    pub fn known_since(&self) -> Date {
        known_since(&self.trees.route, &self.route).unwrap_or(self.on)
    }

    /// The day the information leaves: the day of sending where one is given, otherwise the day assessed.
    #[must_use]
    pub fn day_it_leaves(&self) -> Date {
        self.sending_moment().map_or(self.on, |(_, day)| day)
    }

    /// Day and hour of sending as entered, and the day.
    #[must_use]
    pub fn sending_moment(&self) -> Option<(String, Date)> {
        let (text, day) = self.moment_of_sending()?;
        Some((text.to_owned(), day))
    }

    fn moment_of_sending(&self) -> Option<(&str, Date)> {
        let walk = self.sending.as_ref()?;
        let (_, step) = self.step_with_role(&self.trees.sending, walk, Role::When)?;
        let text = step.text?;
        let (day, _) = moment(text)?;
        Some((text, day))
    }

    /// The urgent call, once it has been entered.
    #[must_use]
    pub fn call(&self, document: &AnswersDocument<impl Words>) -> Option<Call> {
        let tree = &self.trees.route;
        let text = |role| {
            self.step_with_role(tree, &self.route, role)
                .and_then(|(_, step)| step.text.map(str::to_owned))
        };
        let (when, to, said) = (
            text(Role::CallWhen)?,
            text(Role::CallTo)?,
            text(Role::CallSaid)?,
        );
        let (day, _) = moment(&when)?;
        let changes = self.trees.laws.days_of_change().into();
        let setting = Setting::new(self.trees, self.authority, day, &changes);
        let route = walk_route(&setting, document);
        let walked = route.outcome(tree).map(str::to_owned);
        let bound = self
            .authority
            .duty_on(day)
            .is_some_and(|duty| duty.bound == crate::law::Bound::Yes);
        let by_day = if bound { DUTY } else { GENERAL };
        let outcome = tree.find_outcome(walked.as_deref().unwrap_or(by_day));
        let citer = Citer {
            day,
            ..self.citer(Lang::Sv)
        };
        let law = outcome
            .into_iter()
            .flat_map(|outcome| &outcome.law)
            .flat_map(|law| citer.keys(law))
            .collect();
        Some(Call {
            day,
            when,
            to,
            said,
            route: outcome.map(|outcome| outcome.id.clone()),
            law,
        })
    }
}

/// The route without a duty.
pub(crate) const GENERAL: &str = "general-clause";

/// Whether a step is shown and recorded: a switch is neither.
#[must_use]
pub fn is_shown(question: &Question, step: &Step<'_>) -> bool {
    let answer = step.answer.and_then(|at| question.answers.get(at));
    question.text.is_some() && answer.is_none_or(|answer| answer.text.is_some())
}

/// A stage of the assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The route.
    Route,
    /// The standing first item.
    Identity,
    /// An item, by number from 0.
    Item(usize),
    /// The sending.
    Sending,
    /// The closing.
    Closing,
}

impl Stage {
    /// The tree that the stage walks.
    #[must_use]
    pub const fn tree(self, trees: &Trees) -> &Tree {
        match self {
            Stage::Route => &trees.route,
            Stage::Identity | Stage::Item(_) => &trees.item,
            Stage::Sending => &trees.sending,
            Stage::Closing => &trees.closing,
        }
    }

    /// The place of a question in this stage.
    #[must_use]
    pub fn place(self, question: &str) -> Place {
        let id = question.to_owned();
        match self {
            Stage::Route => Place::Route(id),
            Stage::Identity => Place::Identity(id),
            Stage::Item(at) => Place::Item(at, id),
            Stage::Sending => Place::Sending(id),
            Stage::Closing => Place::Closing(id),
        }
    }
}
