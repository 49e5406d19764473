//! What a tree may know without asking: a closed list of facts, each with a closed set of values.

use std::fmt;

/// A fact that a known question in a tree can turn on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fact {
    /// The route: the outcome of the route tree that leads to the items.
    Route,
    /// Whether the assessment follows an earlier record.
    Follows,
    /// `identity` (the standing first item), `statement` (*uppgift*) or `document` (*handling*).
    ItemForm,
    /// Where the item comes from.
    ItemOrigin,
    /// Whom the item is about.
    ItemAbout,
    /// Whom the item, or anything that it describes, is about: somebody outside the family if any of it is.
    ItemAboutAny,
    /// The strictest harm test among the item's provisions (7:3 OSL).
    ItemHarmTest,
    /// Whether 10:27 is closed for the item's secrecy on the day.
    ItemExcluded1027,
    /// Whether 10:15 a is closed for the item's secrecy on the day, or does not reach its chapter.
    ItemExcluded1015a,
    /// Whether the item's secrecy switches 10:28 itself off.
    ItemSwitchesOff1028,
    /// Whether the individual can consent: the secrecy protects an individual (12 kap. OSL).
    ItemConsentable,
    /// Whether the official says it is benefit data only, and the authority has a duty to give such.
    ItemBenefit,
    /// Whether somebody in the report has protected personal data.
    IdentityProtected,
    /// The key of the authority. Only guides turn on it: an assessment knows authorities by what holds for them.
    Authority,
    /// Whether the authority is bound to report on the day.
    AuthorityDuty,
    /// Whether its duty began after the day of knowledge: the suspicion is older than the duty.
    AuthorityDutyAfterKnowledge,
    /// The key of the section that makes its duty.
    AuthorityDutySection,
    /// Whether the authority is under OSL.
    AuthorityOsl,
    /// When the authority's own guideline wants a manager to read.
    AuthoritySigning,
    /// Whether a provision is in force on the day.
    InForce(String),
    /// The answer to an earlier question, or `unanswered`.
    Earlier {
        /// The tree.
        tree: String,
        /// The question.
        question: String,
    },
    /// What opened for a release on this very walk.
    Opened,
}

/// The value of an earlier answer that was never given.
pub const UNANSWERED: &str = "unanswered";

/// The trees of an assessment, in order.
pub const STAGES: [&str; 4] = ["route", "item", "sending", "closing"];

const NAMED: [(&str, Fact, &[&str]); 18] = [
    ("route", Fact::Route, &[]),
    ("follows", Fact::Follows, &["yes", "no"]),
    (
        "item.form",
        Fact::ItemForm,
        &["identity", "statement", "document"],
    ),
    (
        "item.origin",
        Fact::ItemOrigin,
        &[
            "own",
            "individual",
            "health-care",
            "authority",
            "third-person",
        ],
    ),
    (
        "item.about",
        Fact::ItemAbout,
        &["child", "guardian", "other", "informant"],
    ),
    (
        "item.about-any",
        Fact::ItemAboutAny,
        &["child", "guardian", "other", "informant"],
    ),
    (
        "item.harm-test",
        Fact::ItemHarmTest,
        &[
            "qualified",
            "straight",
            "reverse",
            "absolute",
            "unsure",
            "none",
        ],
    ),
    (
        "item.excluded-10-27",
        Fact::ItemExcluded1027,
        &["yes", "no", "unknown"],
    ),
    (
        "item.excluded-10-15-a",
        Fact::ItemExcluded1015a,
        &["yes", "no"],
    ),
    (
        "item.switches-off-10-28",
        Fact::ItemSwitchesOff1028,
        &["yes", "no"],
    ),
    ("item.consentable", Fact::ItemConsentable, &["yes", "no"]),
    ("item.benefit", Fact::ItemBenefit, &["yes", "no"]),
    (
        "identity.protected",
        Fact::IdentityProtected,
        &["yes", "no"],
    ),
    (
        "authority.duty",
        Fact::AuthorityDuty,
        &["yes", "no", "unclear"],
    ),
    (
        "authority.duty-after-knowledge",
        Fact::AuthorityDutyAfterKnowledge,
        &["yes", "no"],
    ),
    ("authority.osl", Fact::AuthorityOsl, &["yes", "no"]),
    (
        "authority.signing",
        Fact::AuthoritySigning,
        &["before", "after", "none"],
    ),
    ("opened", Fact::Opened, OPENS),
];

/// What opens for a release (domain table, rows 2 to 10): the values of the fact `opened`.
pub const OPENS: &[&str] = &[
    "duty",
    "investigation",
    "addiction",
    "not-secret",
    "benefit-duty",
    "consent",
    "exchange",
    "evident",
];

impl Fact {
    /// The fact of this name, if it is on the list.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "authority" => return Some(Fact::Authority),
            "authority.duty-section" => return Some(Fact::AuthorityDutySection),
            _ => {}
        }
        if let Some((_, fact, _)) = NAMED.iter().find(|(known, _, _)| *known == name) {
            return Some(fact.clone());
        }
        let (first, rest) = name.split_once('.')?;
        match first {
            "in-force" => Some(Fact::InForce(rest.to_owned())),
            tree if STAGES.contains(&tree) => Some(Fact::Earlier {
                tree: tree.to_owned(),
                question: rest.to_owned(),
            }),
            _ => None,
        }
    }

    /// The fact of this name in a tree: on the list, or the answer to an earlier question of the tree itself.
    #[must_use]
    pub fn parse_in(tree: &str, name: &str) -> Option<Self> {
        let own = || {
            let (first, question) = name.split_once('.')?;
            (first == tree).then(|| Fact::Earlier {
                tree: tree.to_owned(),
                question: question.to_owned(),
            })
        };
        Self::parse(name).or_else(own)
    }

    /// Whether a guide can know it: what authority and day decide, and what was answered before.
    #[must_use]
    pub const fn is_known_in_guides(&self) -> bool {
        matches!(
            self,
            Fact::Authority
                | Fact::AuthorityDuty
                | Fact::AuthorityDutySection
                | Fact::AuthorityOsl
                | Fact::AuthoritySigning
                | Fact::InForce(_)
        )
    }

    /// The closed values, where they do not depend on other data; none for routes, sections and earlier answers.
    #[must_use]
    pub fn fixed_values(&self) -> Option<&'static [&'static str]> {
        if let Fact::InForce(_) = self {
            return Some(&["yes", "no"]);
        }
        NAMED
            .iter()
            .find(|(_, fact, values)| fact == self && !values.is_empty())
            .map(|(_, _, values)| *values)
    }

    /// The key of the rule that the fact is about: without it the fact would be a guess.
    #[must_use]
    pub const fn rule(&self) -> Option<&'static str> {
        match self {
            Fact::ItemExcluded1027 => Some("osl-10-27"),
            Fact::ItemExcluded1015a => Some("osl-10-15-a"),
            Fact::ItemSwitchesOff1028 => Some("osl-10-28"),
            _ => None,
        }
    }

    /// Whether it is a property of one item.
    #[must_use]
    pub fn is_about_item(&self) -> bool {
        let named = NAMED.iter().find(|(_, fact, _)| fact == self);
        named.is_some_and(|(name, _, _)| name.starts_with("item."))
    }

    /// Names of the facts with a fixed name, for hints and the manual.
    pub fn names() -> impl Iterator<Item = &'static str> + Clone {
        NAMED
            .iter()
            .map(|(name, _, _)| *name)
            .chain(["authority", "authority.duty-section"])
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fact::InForce(key) => write!(f, "in-force.{key}"),
            Fact::Earlier { tree, question } => write!(f, "{tree}.{question}"),
            Fact::Authority => f.write_str("authority"),
            Fact::AuthorityDutySection => f.write_str("authority.duty-section"),
            fixed => {
                let named = NAMED.iter().find(|(_, fact, _)| fact == fixed);
                f.write_str(named.map_or("", |(name, _, _)| name))
            }
        }
    }
}
