//! What the program knows: the facts that known questions turn on.

use jiff::civil::Date;

use crate::answers::{AnswersDocument, Item, Words};
use crate::fact::{Fact, Facts, UNANSWERED};
use crate::law::{Authority, Bound, Laws, Provision};
use crate::trees::Trees;
use crate::walk::Walk;

/// In place of provisions: the official has not been able to settle which one applies. Counts as secret.
pub const UNSURE: &str = "unsure";
/// In place of provisions: no secrecy provision covers the item.
pub const NONE: &str = "none";

const GENERAL_CLAUSE: &str = "osl-10-27";
const EXCHANGE: &str = "osl-10-15-a";
const DUTY_BREAKS: &str = "osl-10-28";

/// What is known about an item.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own that a known question turns on"
)]
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
    /// Keys of its secrecy provisions in force on the day, the strictest first; empty when unsure or none.
    pub provisions: Vec<String>,
    /// The day it came in.
    pub received: Option<Date>,
    /// `qualified`, `straight`, `reverse`, `absolute`, `unsure` or `none`.
    pub harm_test: &'static str,
    /// `yes`, `no` or `unknown`.
    pub excluded_10_27: &'static str,
    /// Whether 10:15 a is closed.
    pub excluded_10_15_a: bool,
    /// Whether its secrecy switches 10:28 off.
    pub switches_off_10_28: bool,
    /// Whether an individual can consent.
    pub consentable: bool,
    /// Benefit data, and the authority has a duty to give such on the day.
    pub benefit: bool,
}

impl ItemFacts {
    pub(super) fn of_identity<S: Words>(
        situation: &Situation<'_, '_, '_, S>,
        document: &AnswersDocument<S>,
    ) -> Self {
        let facts = Self {
            form: "identity",
            origin: "own",
            about: "child",
            about_any: "child",
            ..Self::default()
        };
        let identity = document.identity.as_ref();
        let chosen = identity.and_then(|identity| identity.provisions.as_deref());
        facts.with_provisions(situation, chosen, &[])
    }

    /// An item; `carried` are the items whose content it takes over or describes: their provisions and the day they
    /// came in follow along.
    pub(super) fn of_item<S: Words>(
        situation: &Situation<'_, '_, '_, S>,
        item: &Item<S>,
        carried: &[ItemFacts],
    ) -> Self {
        let facts = Self {
            form: item.form.key(),
            origin: item.origin.map_or(UNANSWERED, |origin| origin.key()),
            about: item.about.map_or(UNANSWERED, |about| about.key()),
            about_any: about_any(item, carried),
            received: item
                .received
                .into_iter()
                .chain(carried.iter().filter_map(|facts| facts.received))
                .min(),
            benefit: item.benefit
                && situation
                    .authority
                    .gives_benefit_data(situation.laws(), situation.on),
            ..Self::default()
        };
        facts.with_provisions(situation, item.provisions.as_deref(), carried)
    }

    fn with_provisions<S: Words>(
        self,
        situation: &Situation<'_, '_, '_, S>,
        chosen: Option<&[S]>,
        carried: &[ItemFacts],
    ) -> Self {
        let usual = situation
            .authority
            .usual_provision(situation.laws(), situation.on);
        let own: Vec<&str> = match chosen {
            Some(keys) => keys.iter().map(AsRef::as_ref).collect(),
            None => vec![usual.unwrap_or(UNSURE)],
        };
        let unsure = own.contains(&UNSURE) || carried.iter().any(|facts| facts.harm_test == UNSURE);
        let received = self.received;
        let day = |provision: &Provision| {
            received
                .filter(|_| provision.counts_from_received)
                .unwrap_or(situation.on)
        };
        let carried = carried
            .iter()
            .flat_map(|facts| facts.provisions.iter().map(String::as_str));
        let keys = own.into_iter().chain(carried).filter(|key| *key != NONE);
        let mut provisions: Vec<&Provision> = Vec::new();
        for provision in keys.filter_map(|key| situation.laws().provision(key)) {
            if provision.on(day(provision)).is_some()
                && !provisions.iter().any(|other| other.key == provision.key)
            {
                provisions.push(provision);
            }
        }
        let harm = |provision: &Provision| {
            provision
                .on(day(provision))
                .and_then(|version| version.harm)
        };
        provisions.sort_by_key(|provision| std::cmp::Reverse(harm(provision)));
        let strictest = provisions
            .first()
            .and_then(|strictest| harm(strictest))
            .map_or(NONE, crate::law::Harm::word);
        let known = self.known(situation, &provisions, strictest);
        if unsure { known.but_unsure() } else { known }
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

    fn known<S: Words>(
        self,
        situation: &Situation<'_, '_, '_, S>,
        provisions: &[&Provision],
        harm_test: &'static str,
    ) -> Self {
        let any =
            |test: &dyn Fn(&Provision) -> bool| provisions.iter().any(|provision| test(provision));
        let switches_off =
            |rule: &str| any(&|provision| provision.switches_off.iter().any(|key| key == rule));
        let excluded = any(&|provision| situation.excludes(GENERAL_CLAUSE, provision))
            || switches_off(GENERAL_CLAUSE);
        Self {
            harm_test,
            excluded_10_27: if excluded { "yes" } else { "no" },
            excluded_10_15_a: any(&|provision| situation.excludes(EXCHANGE, provision))
                || switches_off(EXCHANGE),
            switches_off_10_28: switches_off(DUTY_BREAKS),
            consentable: provisions
                .iter()
                .all(|provision| provision.protects_individual),
            provisions: provisions
                .iter()
                .map(|provision| provision.key.clone())
                .collect(),
            ..self
        }
    }

    fn value(&self, fact: &Fact) -> Option<&'static str> {
        Some(match fact {
            Fact::ItemForm => self.form,
            Fact::ItemOrigin => self.origin,
            Fact::ItemAbout => self.about,
            Fact::ItemAboutAny => self.about_any,
            Fact::ItemHarmTest => self.harm_test,
            Fact::ItemExcluded1027 => self.excluded_10_27,
            Fact::ItemExcluded1015a => yes_no(self.excluded_10_15_a),
            Fact::ItemSwitchesOff1028 => yes_no(self.switches_off_10_28),
            Fact::ItemConsentable => yes_no(self.consentable),
            Fact::ItemBenefit => yes_no(self.benefit),
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

/// Trees, authority, day and what has been answered.
pub(super) struct Situation<'t, 'd, 'r, S> {
    pub(super) trees: &'t Trees,
    pub(super) authority: &'t Authority,
    pub(super) on: Date,
    pub(super) document: &'d AnswersDocument<S>,
    pub(super) route: Option<&'r Walk<'t, 'd>>,
    item: Option<&'r ItemFacts>,
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
    pub(super) const fn new(
        trees: &'t Trees,
        authority: &'t Authority,
        on: Date,
        document: &'d AnswersDocument<S>,
    ) -> Self {
        Self {
            trees,
            authority,
            on,
            document,
            route: None,
            item: None,
            known_since: None,
        }
    }

    pub(super) const fn laws(&self) -> &'t Laws {
        &self.trees.laws
    }

    pub(super) fn for_item<'b>(&self, item: &'b ItemFacts) -> Situation<'t, 'd, 'b, S>
    where
        'r: 'b,
    {
        Situation {
            item: Some(item),
            ..*self
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

    fn duty_after_knowledge(&self) -> bool {
        let began = self.authority.bound_since(self.on);
        self.known_since
            .zip(began)
            .is_some_and(|(known, began)| known < began)
    }

    fn earlier(&self, tree: &str, question: &str) -> &'t str {
        let walked = self.route.filter(|_| tree == self.trees.route.name);
        walked
            .and_then(|walk| walk.key_of(&self.trees.route, question))
            .unwrap_or(UNANSWERED)
    }
}

impl<'t, S: Words> Facts<'t> for Situation<'t, '_, '_, S> {
    fn value(&self, fact: &Fact) -> &'t str {
        if let Some(value) = self.item.and_then(|item| item.value(fact)) {
            return value;
        }
        match fact {
            Fact::Route => self
                .route
                .and_then(|walk| walk.outcome(&self.trees.route))
                .unwrap_or(UNANSWERED),
            Fact::IdentityProtected => yes_no(
                self.document
                    .identity
                    .as_ref()
                    .is_some_and(|identity| identity.protected),
            ),
            Fact::AuthorityDuty => self
                .authority
                .duty_on(self.on)
                .map_or(Bound::Unclear, |duty| duty.bound)
                .word(),
            Fact::AuthorityDutyAfterKnowledge => yes_no(self.duty_after_knowledge()),
            Fact::AuthorityDutySection => &self.authority.duty_section,
            Fact::AuthorityOsl => yes_no(self.authority.osl),
            Fact::AuthoritySigning => self.authority.signing_on(self.laws(), self.on).word(),
            Fact::InForce(key) => yes_no(self.laws().in_force(key, self.on)),
            Fact::Earlier { tree, question } => self.earlier(tree, question),
            _ => UNANSWERED,
        }
    }
}

const fn yes_no(flag: bool) -> &'static str {
    if flag { "yes" } else { "no" }
}
