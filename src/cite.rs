//! Puts citations, authority and day into texts, so that a text names the section in force on the day.

use jiff::civil::Date;

use crate::language::{Lang, Text};
use crate::law::{Authority, Laws, Provision};
use crate::tree::LawRef;

/// Placeholders that are not keys of provisions.
pub const PLACEHOLDERS: [&str; 7] = [
    "authority",
    "day",
    "provision",
    "duty",
    "benefit-duty",
    "signing",
    "other-law",
];

/// How the keys of sections in OSL begin: a body outside OSL is never cited one.
const UNDER_OSL: &str = "osl-";

/// What texts are expanded against.
#[derive(Clone, Copy)]
pub struct Citer<'a> {
    /// The laws.
    pub laws: &'a Laws,
    /// The authority.
    pub authority: &'a Authority,
    /// The day whose law is used.
    pub day: Date,
    /// The language.
    pub lang: Lang,
    /// Keys of the item's secrecy provisions; empty outside items.
    pub provisions: &'a [String],
    /// The day the item came in, for provisions that count from it.
    pub received: Option<Date>,
}

impl<'a> Citer<'a> {
    /// The same citer for an item.
    #[must_use]
    pub const fn for_item(self, provisions: &'a [String], received: Option<Date>) -> Self {
        Self {
            provisions,
            received,
            ..self
        }
    }

    /// The text in this language with its placeholders filled in. A text that begins with a name begins with a capital.
    #[must_use]
    pub fn text(&self, text: &Text) -> String {
        expanded(text.get(self.lang), |name| self.placeholder(name))
    }

    fn placeholder(&self, name: &str) -> String {
        match name {
            "authority" => self.authority.name.get(self.lang).to_owned(),
            "day" => self.day.to_string(),
            "provision" => self.provisions_cited(),
            "duty" => self.duty(),
            "benefit-duty" => self
                .authority
                .benefit_duty
                .as_deref()
                .map(|key| self.key(key))
                .unwrap_or_default(),
            "signing" => self
                .authority
                .signing_source
                .as_deref()
                .map(|key| self.key(key))
                .unwrap_or_default(),
            "other-law" => self
                .authority
                .other_law
                .as_ref()
                .map(|text| self.text(text))
                .unwrap_or_default(),
            key => self.key(key),
        }
    }

    fn provisions_cited(&self) -> String {
        if self.provisions.is_empty() {
            return self.lang.pick("Bestämmelsen", "The provision").to_owned();
        }
        self.provisions
            .iter()
            .map(|key| self.key(key))
            .collect::<Vec<_>>()
            .join(self.lang.pick(" och ", " and "))
    }

    /// The citation of a provision on the day, or its name where it is not in force.
    #[must_use]
    pub fn key(&self, key: &str) -> String {
        self.laws.provision(key).map_or_else(
            || key.to_owned(),
            |provision| citation(provision, self.day_for(provision), self.lang),
        )
    }

    /// The day that chooses the version of a provision.
    #[must_use]
    pub fn day_for(&self, provision: &Provision) -> Date {
        self.received
            .filter(|_| provision.counts_from_received)
            .unwrap_or(self.day)
    }

    /// The section that makes the authority's duty, with the point it stands in.
    #[must_use]
    pub fn duty(&self) -> String {
        let cite = self.key(&self.authority.duty_section);
        let point = self
            .authority
            .duty_on(self.day)
            .and_then(|duty| duty.point.as_ref());
        match (point, cite.split_once(" SoL")) {
            (Some(point), Some((section, act))) => {
                format!("{section} {} SoL{act}", point.get(self.lang))
            }
            _ => cite,
        }
    }

    /// The keys that a section reference stands for, here and on this day. What is not in force is left out.
    #[must_use]
    pub fn keys(&self, law: &LawRef) -> Vec<String> {
        let one = |key: &Option<String>| key.iter().cloned().collect();
        let keys: Vec<String> = match law {
            LawRef::Key(key) => vec![key.clone()],
            LawRef::Provision => self.provisions.to_vec(),
            LawRef::DutySection => vec![self.authority.duty_section.clone()],
            LawRef::BenefitDuty => one(&self.authority.benefit_duty),
            LawRef::Signing => one(&self.authority.signing_source),
            LawRef::OtherLaw => one(&self.authority.other_law_section),
            LawRef::DataProtection => one(&self.authority.data_protection),
            LawRef::PoliceDuty => one(&self.authority.police_duty),
        };
        let in_force = |key: &String| {
            self.laws
                .provision(key)
                .is_some_and(|p| p.on(self.day_for(p)).is_some())
        };
        let applies = |key: &String| self.authority.osl || !key.starts_with(UNDER_OSL);
        keys.into_iter().filter(in_force).filter(applies).collect()
    }
}

/// Puts citations into texts for nobody in particular: what depends on the authority, the day of an assessment or the
/// item stands as words in angle brackets, `‹myndigheten›`.
#[derive(Clone, Copy)]
pub struct Generic<'a> {
    /// The laws.
    pub laws: &'a Laws,
    /// The day whose citations are used.
    pub day: Date,
    /// The language.
    pub lang: Lang,
}

impl Generic<'_> {
    /// The text in this language with its placeholders filled in. A text that begins with a name begins with a capital.
    #[must_use]
    pub fn text(&self, text: &Text) -> String {
        expanded(text.get(self.lang), |name| {
            stand_in(name, self.lang).unwrap_or_else(|| self.key(name))
        })
    }

    /// The citation of a provision on the day, or its name where it is not in force.
    #[must_use]
    pub fn key(&self, key: &str) -> String {
        self.laws.provision(key).map_or_else(
            || key.to_owned(),
            |provision| citation(provision, self.day, self.lang),
        )
    }

    /// The section in words; none where it is not in force on the day.
    #[must_use]
    pub fn law(&self, law: &LawRef) -> Option<String> {
        match law {
            LawRef::Key(key) => self.laws.in_force(key, self.day).then(|| self.key(key)),
            LawRef::Provision => stand_in("provision", self.lang),
            LawRef::DutySection => stand_in("duty", self.lang),
            LawRef::BenefitDuty => stand_in("benefit-duty", self.lang),
            LawRef::Signing => stand_in("signing", self.lang),
            LawRef::OtherLaw => stand_in("other-law-section", self.lang),
            LawRef::DataProtection => stand_in("data-protection", self.lang),
            LawRef::PoliceDuty => stand_in("police-duty", self.lang),
        }
    }
}

/// The words for a placeholder that is not a provision.
fn stand_in(name: &str, lang: Lang) -> Option<String> {
    let (sv, en) = match name {
        "authority" => ("myndigheten", "the authority"),
        "day" => ("dagen", "the day"),
        "provision" => ("uppgiftens bestämmelse", "the item's provision"),
        "duty" => (
            "lagrummet om anmälningsskyldighet",
            "the section on the duty to report",
        ),
        "benefit-duty" => (
            "lagrummet om förmånsuppgifter",
            "the section on benefit data",
        ),
        "signing" => ("myndighetens riktlinje", "the authority's guideline"),
        "other-law" => ("Vad den andra lagen innebär.", "What the other act means."),
        "other-law-section" => (
            "lagen som gäller i stället för OSL",
            "the act that applies instead of OSL",
        ),
        "data-protection" => (
            "myndighetens regler om personuppgifter",
            "the authority's rules on personal data",
        ),
        "police-duty" => (
            "lagrummet om uppgifter till polisen",
            "the section on informing the police",
        ),
        _ => return None,
    };
    Some(format!("‹{}›", lang.pick(sv, en)))
}

/// The citation of a provision on the day, or its name where it is not in force.
fn citation(provision: &Provision, day: Date, lang: Lang) -> String {
    provision.on(day).map_or_else(
        || provision.name.get(lang).to_owned(),
        |version| version.cite.clone(),
    )
}

fn expanded(text: &str, placeholder: impl Fn(&str) -> String) -> String {
    let mut out = String::new();
    for part in parts(text) {
        match part {
            Part::Plain(plain) => out.push_str(plain),
            Part::Name(name) if out.is_empty() => out.push_str(&capital(&placeholder(name))),
            Part::Name(name) => out.push_str(&placeholder(name)),
        }
    }
    out
}

fn capital(text: &str) -> String {
    let (bracket, word) = text.split_at(text.strip_prefix('‹').map_or(0, |_| '‹'.len_utf8()));
    let mut chars = word.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    bracket.chars().chain(first).chain(chars).collect()
}

enum Part<'t> {
    Plain(&'t str),
    Name(&'t str),
}

/// Cuts a text at its `{placeholders}`.
fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else {
            break;
        };
        parts.push(Part::Plain(before));
        parts.push(Part::Name(name));
        rest = tail;
    }
    parts.push(Part::Plain(rest));
    parts
}

/// The placeholders of a text that do not exist.
pub(crate) fn unknown_placeholders(text: &Text, laws: &Laws) -> Vec<String> {
    let known = |name: &str| PLACEHOLDERS.contains(&name) || laws.provision(name).is_some();
    let names = [&text.sv, &text.en]
        .into_iter()
        .flat_map(|text| parts(text))
        .filter_map(|part| match part {
            Part::Name(name) if !known(name) => Some(name.to_owned()),
            _ => None,
        });
    names.collect()
}

/// The placeholders of a text.
pub(crate) fn placeholders(text: &Text) -> Vec<String> {
    let names = [&text.sv, &text.en]
        .into_iter()
        .flat_map(|text| parts(text))
        .filter_map(|part| match part {
            Part::Name(name) => Some(name.to_owned()),
            Part::Plain(_) => None,
        });
    names.collect()
}
