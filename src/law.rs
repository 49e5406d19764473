//! Provisions and authorities as of a day.
//!
//! All days stand in `laws.toml` and `authorities.toml`; nothing here knows a section or a date.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::finding::{Code, Finding, Place};
use crate::language::{Lang, Text};
use crate::source::{At, Fields, Source};

/// What sort of source a provision is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A section of a statute.
    Statute,
    /// A decision by the Ombudsman or a court.
    Case,
    /// Preparatory works.
    PreparatoryWork,
    /// An authority's own guideline.
    Guideline,
}

/// How sure the research behind an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confidence {
    /// The text was read.
    High,
    /// Read in part, or a conclusion.
    Medium,
    /// A reading nobody has confirmed.
    Low,
}

impl Confidence {
    /// The word as written in the data.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Confidence::High => "high",
            Confidence::Medium => "medium",
            Confidence::Low => "low",
        }
    }

    /// The word for people.
    #[must_use]
    pub const fn text(self, lang: Lang) -> &'static str {
        match self {
            Confidence::High => lang.pick("hög", "high"),
            Confidence::Medium => lang.pick("medel", "medium"),
            Confidence::Low => lang.pick("låg", "low"),
        }
    }
}

/// The harm test (*skaderekvisit*) of a secrecy provision, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Harm {
    /// *Kvalificerat rakt*: a particular reason, or considerable harm.
    Qualified,
    /// *Rakt*: presumption of publicity.
    Straight,
    /// *Omvänt*: presumption of secrecy.
    Reverse,
    /// *Absolut*: no test.
    Absolute,
}

impl Harm {
    const WORDS: [(&'static str, Harm); 4] = [
        ("qualified", Harm::Qualified),
        ("straight", Harm::Straight),
        ("reverse", Harm::Reverse),
        ("absolute", Harm::Absolute),
    ];

    /// Every harm test, weakest first.
    #[must_use]
    pub fn all() -> [Self; 4] {
        Self::WORDS.map(|(_, harm)| harm)
    }

    /// The word as written in the data.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Harm::Qualified => "qualified",
            Harm::Straight => "straight",
            Harm::Reverse => "reverse",
            Harm::Absolute => "absolute",
        }
    }

    /// The harm test with this word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        let found = Self::WORDS.iter().find(|(known, _)| *known == word);
        found.map(|(_, harm)| *harm)
    }

    /// The words for people.
    #[must_use]
    pub const fn text(self, lang: Lang) -> &'static str {
        match self {
            Harm::Qualified => lang.pick(
                "kvalificerat rakt",
                "qualified straight (kvalificerat rakt)",
            ),
            Harm::Straight => lang.pick("rakt", "straight (rakt)"),
            Harm::Reverse => lang.pick("omvänt", "reverse (omvänt)"),
            Harm::Absolute => lang.pick("absolut sekretess", "absolute secrecy"),
        }
    }
}

/// A provision in the wording of some days.
#[derive(Clone, Debug)]
pub struct Version {
    /// First day in force.
    pub from: Date,
    /// Last day in force; none while it still is.
    pub until: Option<Date>,
    /// The citation an official writes on these days.
    pub cite: String,
    /// Number in the Swedish Code of Statutes, where known.
    pub sfs: Option<String>,
    /// The wording of these days was not read.
    pub unverified: bool,
    /// The harm test of these days.
    pub harm: Option<Harm>,
    /// Keys of the secrecy provisions that a rule breaking secrecy excludes on these days (10:27, 10:15 a).
    pub excludes: Vec<String>,
    /// First and last chapter of the secrecy that the rule can break at all (10:15 a).
    pub opens_chapters: Option<(i64, i64)>,
}

impl Version {
    /// Whether it is in force on the day.
    #[must_use]
    pub fn covers(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// A provision, a case, a preparatory work or a guideline that the trees cite.
#[derive(Clone, Debug)]
pub struct Provision {
    /// The key that trees cite.
    pub key: String,
    /// What sort of source.
    pub kind: Kind,
    /// A short name.
    pub name: Text,
    /// Link to the official text.
    pub link: Option<String>,
    /// How sure the research is.
    pub confidence: Confidence,
    /// The day of the text that was read.
    pub checked_on: Date,
    /// What is unclear or unverified.
    pub note: Option<Text>,
    /// Whether the secrecy protects an individual, who then can consent (12 kap. OSL).
    pub protects_individual: bool,
    /// Chapter in OSL, for secrecy provisions.
    pub chapter: Option<i64>,
    /// The version is chosen by the day the item came in and not by the day of disclosure (28:11).
    pub counts_from_received: bool,
    /// Keys of the rules that may not be applied to this secrecy (15:1 a third paragraph).
    pub switches_off: Vec<String>,
    /// The dated versions, in order and without gaps.
    pub versions: Vec<Version>,
    place: Place,
    mentions: Vec<At<String>>,
}

impl Provision {
    /// The version in force on the day. Where the day an item came in decides, what came in before the first version
    /// follows that one.
    #[must_use]
    pub fn on(&self, day: Date) -> Option<&Version> {
        let first = self
            .versions
            .first()
            .filter(|first| self.counts_from_received && day < first.from);
        first.or_else(|| self.versions.iter().find(|version| version.covers(day)))
    }

    pub(crate) const fn place(&self) -> &Place {
        &self.place
    }

    /// Whether it is a secrecy provision.
    #[must_use]
    pub fn is_secrecy(&self) -> bool {
        self.versions.iter().any(|version| version.harm.is_some())
    }
}

/// Whether an authority is bound to report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Bound.
    Yes,
    /// Not bound.
    No,
    /// The law does not say; the activity decides.
    Unclear,
}

impl Bound {
    /// The word as written in the data.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Bound::Yes => "yes",
            Bound::No => "no",
            Bound::Unclear => "unclear",
        }
    }
}

/// A period during which an authority was bound, not bound, or unclear.
#[derive(Clone, Debug)]
pub struct Duty {
    /// First day.
    pub from: Date,
    /// Last day; none while it lasts.
    pub until: Option<Date>,
    /// Bound or not.
    pub bound: Bound,
    /// Where in the section the authority stands.
    pub point: Option<Text>,
}

/// When the authority's own guideline wants a manager to read a report made without the duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signing {
    /// Before sending.
    Before,
    /// After sending.
    After,
    /// No guideline is known.
    None,
}

impl Signing {
    /// The word as written in the data.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Signing::Before => "before",
            Signing::After => "after",
            Signing::None => "none",
        }
    }
}

/// An authority or body that reports.
#[derive(Clone, Debug)]
pub struct Authority {
    /// The key that answers name.
    pub key: String,
    /// Its name.
    pub name: Text,
    /// Under OSL; otherwise another act governs.
    pub osl: bool,
    /// Which act governs instead, and what to do.
    pub other_law: Option<Text>,
    /// Key of the act that governs instead.
    pub other_law_section: Option<String>,
    /// Key of the authority's own chapter on personal data.
    pub data_protection: Option<String>,
    /// Keys of the secrecy that usually covers its data, the most usual first.
    pub secrecy: Vec<String>,
    /// Key of the section that makes the duty for this authority.
    pub duty_section: String,
    /// Key of the duty to give benefit data, where there is one (15:10 `SoL`).
    pub benefit_duty: Option<String>,
    /// Key of the duty to inform the police, where the authority is listed.
    pub police_duty: Option<String>,
    /// When a manager reads a report made without the duty.
    pub signing: Signing,
    /// Key of the guideline that says so.
    pub signing_source: Option<String>,
    /// How sure the research is.
    pub confidence: Confidence,
    /// The day of the text that was read.
    pub checked_on: Date,
    /// What is unclear.
    pub note: Option<Text>,
    /// Periods of the duty, in order and without gaps.
    pub duties: Vec<Duty>,
    place: Place,
    mentions: Vec<At<String>>,
}

impl Authority {
    /// Every provision that the profile names, beside its secrecy.
    pub fn named(&self) -> impl Iterator<Item = &String> {
        let some = [
            &self.benefit_duty,
            &self.police_duty,
            &self.signing_source,
            &self.other_law_section,
            &self.data_protection,
        ];
        some.into_iter().flatten().chain([&self.duty_section])
    }

    /// The first of the usual secrecy provisions that is in force on the day.
    #[must_use]
    pub fn usual_provision(&self, laws: &Laws, day: Date) -> Option<&str> {
        let mut usual = self.secrecy.iter().map(String::as_str);
        usual.find(|key| laws.in_force(key, day))
    }

    /// What the authority's guideline asks, on days when there is one.
    #[must_use]
    pub fn signing_on(&self, laws: &Laws, day: Date) -> Signing {
        let source = self.signing_source.as_deref();
        if source.is_none_or(|key| laws.in_force(key, day)) {
            self.signing
        } else {
            Signing::None
        }
    }

    /// Whether it has a duty to give benefit data on the day.
    #[must_use]
    pub fn gives_benefit_data(&self, laws: &Laws, day: Date) -> bool {
        let duty = self.benefit_duty.as_deref();
        duty.is_some_and(|key| laws.in_force(key, day))
    }

    /// The first day of the unbroken time that the authority has been bound, on a day when it is.
    #[must_use]
    pub fn bound_since(&self, day: Date) -> Option<Date> {
        let until_then = self.duties.iter().rev().skip_while(|duty| duty.from > day);
        until_then
            .take_while(|duty| duty.bound == Bound::Yes)
            .last()
            .map(|duty| duty.from)
    }

    /// The duty period of a day.
    #[must_use]
    pub fn duty_on(&self, day: Date) -> Option<&Duty> {
        self.duties
            .iter()
            .find(|duty| duty.from <= day && duty.until.is_none_or(|until| day <= until))
    }
}

/// Everything in `laws.toml` and `authorities.toml`.
#[derive(Clone, Debug)]
pub struct Laws {
    /// The version that the lawyers give this set of trees.
    pub version: String,
    /// The first day that can be assessed at all.
    pub first_day: Date,
    /// The provisions by key.
    pub provisions: BTreeMap<String, Provision>,
    /// The authorities in the order of the file.
    pub authorities: Vec<Authority>,
}

impl Laws {
    /// The provision with this key.
    #[must_use]
    pub fn provision(&self, key: &str) -> Option<&Provision> {
        self.provisions.get(key)
    }

    /// The authority with this key.
    #[must_use]
    pub fn authority(&self, key: &str) -> Option<&Authority> {
        self.authorities
            .iter()
            .find(|authority| authority.key == key)
    }

    /// Whether a provision is in force on the day.
    #[must_use]
    pub fn in_force(&self, key: &str, day: Date) -> bool {
        self.provision(key)
            .is_some_and(|provision| provision.on(day).is_some())
    }

    /// Days on which anything changes, in order, each once: the first day of every wording and every duty, and the day
    /// after the last of one that nothing follows.
    #[must_use]
    pub fn days_of_change(&self) -> Vec<Date> {
        let versions = self
            .provisions
            .values()
            .flat_map(|provision| provision.versions.iter().map(|v| (v.from, v.until)));
        let duties = self
            .authorities
            .iter()
            .flat_map(|authority| authority.duties.iter().map(|duty| (duty.from, duty.until)));
        let mut days: Vec<Date> = versions
            .chain(duties)
            .flat_map(|(from, until)| {
                let after = until.and_then(|until| until.tomorrow().ok());
                std::iter::once(from).chain(after)
            })
            .collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// The oldest day on which a provision of a statute was last compared with the law.
    #[must_use]
    pub fn checked_on(&self) -> Option<Date> {
        let statutes = self
            .provisions
            .values()
            .filter(|provision| provision.kind == Kind::Statute);
        statutes.map(|provision| provision.checked_on).min()
    }
}

/// Reads `laws.toml` and `authorities.toml`; what is wrong goes to the sources.
pub(crate) fn read(laws: &Source<'_>, authorities: &Source<'_>) -> Laws {
    let table = laws.parse();
    let top = Fields::new(laws, table.get_ref(), &(0..0));
    let version = top.str("version");
    let first_day = top.day("first-day").value;
    let mut provisions = BTreeMap::new();
    for fields in top.tables("provision") {
        let provision = read_provision(laws, fields);
        let (key, place) = (provision.key.clone(), provision.place.clone());
        if provisions.insert(key.clone(), provision).is_some() {
            laws.push(duplicate(&place, &key));
        }
    }
    top.finish();
    let read = Laws {
        version: version.value,
        first_day,
        provisions,
        authorities: read_authorities(authorities),
    };
    check(&read, laws, authorities, &version.place);
    read
}

/// Reads further provisions beside those of `laws.toml`: all of them together, and the version of these. What is wrong
/// goes to the source; a key that is there already is wrong.
pub(crate) fn read_more(base: &Laws, source: &Source<'_>) -> (Laws, String) {
    let table = source.parse();
    let top = Fields::new(source, table.get_ref(), &(0..0));
    let version = top.str("version");
    let as_of = day_of_version(source, &version.value, &version.place);
    let (mut all, mut own) = (base.clone(), Vec::new());
    for fields in top.tables("provision") {
        let provision = read_provision(source, fields);
        if all.provisions.contains_key(&provision.key) {
            source.push(duplicate(&provision.place, &provision.key));
        }
        own.push(provision.key.clone());
        all.provisions.insert(provision.key.clone(), provision);
    }
    top.finish();
    for provision in own.iter().filter_map(|key| all.provision(key)) {
        check_provision(&all, source, provision, as_of.as_ref());
    }
    (all, version.value)
}

fn read_provision(source: &Source<'_>, fields: Fields<'_, '_>) -> Provision {
    let key = id(source, &fields, "key");
    let harm = fields.opt_word("harm", &Harm::WORDS);
    let protects = fields.opt_word("protects", &[("individual", true), ("public", false)]);
    let switches_off = fields.strings("switches-off");
    let mut mentions = switches_off.clone();
    let versions = fields
        .tables("version")
        .into_iter()
        .map(|version| read_version(version, harm, &mut mentions))
        .collect();
    let provision = Provision {
        key,
        kind: fields.word("kind", &KINDS).unwrap_or(Kind::Statute),
        name: fields.text("name"),
        link: fields.opt_str("link").map(|link| link.value),
        confidence: confidence(&fields),
        checked_on: fields.day("checked-on").value,
        note: fields.opt_text("note"),
        protects_individual: protects.unwrap_or(true),
        chapter: fields.opt_number("chapter"),
        counts_from_received: fields
            .opt_word("counts-from", &[("received", true)])
            .unwrap_or(false),
        switches_off: values(switches_off),
        versions,
        place: fields.place.clone(),
        mentions,
    };
    fields.finish();
    provision
}

const KINDS: [(&str, Kind); 4] = [
    ("statute", Kind::Statute),
    ("case", Kind::Case),
    ("preparatory-work", Kind::PreparatoryWork),
    ("guideline", Kind::Guideline),
];

fn read_version(
    fields: Fields<'_, '_>,
    harm: Option<Harm>,
    mentions: &mut Vec<At<String>>,
) -> Version {
    let excludes = fields.strings("excludes");
    mentions.extend(excludes.iter().cloned());
    let chapters = fields.numbers("opens-chapters");
    if fields.has("opens-chapters") && two_in_order(&chapters).is_none() {
        fields.wrong_shape(
            "opens-chapters",
            "`opens-chapters` ska vara första och sista kapitlet",
            "`opens-chapters` must be the first and the last chapter",
        );
    }
    let version = Version {
        from: fields.day("from").value,
        until: fields.opt_day("until").map(|day| day.value),
        cite: fields.str("cite").value,
        sfs: fields.opt_str("sfs").map(|sfs| sfs.value),
        unverified: fields.flag("unverified"),
        harm: fields.opt_word("harm", &Harm::WORDS).or(harm),
        excludes: values(excludes),
        opens_chapters: two_in_order(&chapters),
    };
    fields.finish();
    version
}

/// First and last chapter.
fn two_in_order(chapters: &[i64]) -> Option<(i64, i64)> {
    match chapters {
        [first, last] if first <= last => Some((*first, *last)),
        _ => None,
    }
}

fn read_authorities(source: &Source<'_>) -> Vec<Authority> {
    let table = source.parse();
    let top = Fields::new(source, table.get_ref(), &(0..0));
    let mut authorities: Vec<Authority> = Vec::new();
    for fields in top.tables("authority") {
        let authority = read_authority(source, fields);
        if authorities.iter().any(|other| other.key == authority.key) {
            source.push(duplicate(&authority.place, &authority.key));
        }
        authorities.push(authority);
    }
    top.finish();
    authorities
}

fn read_authority(source: &Source<'_>, fields: Fields<'_, '_>) -> Authority {
    let key = id(source, &fields, "key");
    let secrecy = fields.strings("secrecy");
    let duty_section = fields.str("duty-section");
    let optional = |key| fields.opt_str(key);
    let (benefit_duty, police_duty) = (optional("benefit-duty"), optional("police-duty"));
    let (signing, signing_source) = read_signing(&fields);
    let mut mentions = secrecy.clone();
    mentions.push(duty_section.clone());
    let (other_law_section, data_protection) =
        (optional("other-law-section"), optional("data-protection"));
    let all = [
        &benefit_duty,
        &police_duty,
        &signing_source,
        &other_law_section,
        &data_protection,
    ];
    mentions.extend(all.into_iter().flatten().cloned());
    let authority = Authority {
        key,
        name: fields.text("name"),
        osl: fields.flag("osl"),
        other_law: fields.opt_text("other-law"),
        other_law_section: other_law_section.map(|key| key.value),
        data_protection: data_protection.map(|key| key.value),
        secrecy: values(secrecy),
        duty_section: duty_section.value,
        benefit_duty: benefit_duty.map(|key| key.value),
        police_duty: police_duty.map(|key| key.value),
        signing,
        signing_source: signing_source.map(|key| key.value),
        confidence: confidence(&fields),
        checked_on: fields.day("checked-on").value,
        note: fields.opt_text("note"),
        duties: fields.tables("duty").into_iter().map(read_duty).collect(),
        place: fields.place.clone(),
        mentions,
    };
    fields.finish();
    authority
}

fn read_signing(fields: &Fields<'_, '_>) -> (Signing, Option<At<String>>) {
    let Some(table) = fields.opt_table("signing") else {
        return (Signing::None, None);
    };
    let words = [
        ("before", Signing::Before),
        ("after", Signing::After),
        ("none", Signing::None),
    ];
    let when = table.opt_word("when", &words).unwrap_or(Signing::None);
    let source = table.opt_str("source");
    table.finish();
    (when, source)
}

fn read_duty(fields: Fields<'_, '_>) -> Duty {
    let words = [
        ("yes", Bound::Yes),
        ("no", Bound::No),
        ("unclear", Bound::Unclear),
    ];
    let duty = Duty {
        from: fields.day("from").value,
        until: fields.opt_day("until").map(|day| day.value),
        bound: fields.word("bound", &words).unwrap_or(Bound::Unclear),
        point: fields.opt_text("point"),
    };
    fields.finish();
    duty
}

fn confidence(fields: &Fields<'_, '_>) -> Confidence {
    let words = [
        ("high", Confidence::High),
        ("medium", Confidence::Medium),
        ("low", Confidence::Low),
    ];
    fields.word("confidence", &words).unwrap_or(Confidence::Low)
}

fn values(list: Vec<At<String>>) -> Vec<String> {
    list.into_iter().map(|at| at.value).collect()
}

/// An id: ASCII kebab-case.
pub(crate) fn id(source: &Source<'_>, fields: &Fields<'_, '_>, key: &'static str) -> String {
    let written = fields.str(key);
    if fields.has(key) {
        check_id(source, &written);
    }
    written.value
}

/// Says when something is no id: lower-case letters and digits in groups, with single hyphens between.
pub(crate) fn check_id(source: &Source<'_>, written: &At<String>) {
    let group = |group: &str| {
        !group.is_empty()
            && group
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    if written.value.split('-').all(group) {
        return;
    }
    let given = &written.value;
    let finding = Finding::new(
        Code::BadId,
        &written.place,
        format!("`{given}` är inget id"),
        format!("`{given}` is not an id"),
    );
    source.push(finding.hint(
        "bara a–z, 0–9 och enstaka bindestreck",
        "only a–z, 0–9 and single hyphens",
    ));
}

pub(crate) fn duplicate(place: &Place, id: &str) -> Finding {
    Finding::new(
        Code::DuplicateId,
        place,
        format!("`{id}` finns två gånger"),
        format!("`{id}` stands twice"),
    )
    .hint(
        "ett id återanvänds aldrig för något annat",
        "an id is never reused for something else",
    )
}

pub(crate) fn check(read: &Laws, laws: &Source<'_>, authorities: &Source<'_>, version: &Place) {
    let as_of = day_of_version(laws, &read.version, version);
    for provision in read.provisions.values() {
        check_provision(read, laws, provision, as_of.as_ref());
    }
    for authority in &read.authorities {
        check_mentions(read, authorities, &authority.mentions);
        check_periods(
            authorities,
            &authority.place,
            authority.duties.iter().map(|d| (d.from, d.until)),
        );
        check_day_of_check(
            authorities,
            &authority.place,
            authority.checked_on,
            as_of.as_ref(),
        );
        let last = authority.duties.last().and_then(|duty| duty.until);
        if let Some(until) = last {
            authorities.push(Finding::new(
                Code::ValidityGap,
                &authority.place,
                format!(
                    "`{}`: den sista tiden slutar {until}, och sedan sägs inget",
                    authority.key
                ),
                format!(
                    "`{}`: the last period ends on {until}, and nothing is said after it",
                    authority.key
                ),
            ));
        }
        let not_secrecy = |key: &&String| {
            read.provision(key)
                .is_some_and(|provision| !provision.is_secrecy())
        };
        for key in authority.secrecy.iter().filter(not_secrecy) {
            authorities.push(Finding::new(
                Code::UnknownLaw,
                &authority.place,
                format!("`{key}` är ingen sekretessbestämmelse: den har inget skaderekvisit"),
                format!("`{key}` is no secrecy provision: it has no harm test"),
            ));
        }
        if authority
            .duties
            .first()
            .is_none_or(|duty| duty.from > read.first_day)
        {
            authorities.push(gap(&authority.place, read.first_day));
        }
        for unknown in authority
            .other_law
            .iter()
            .flat_map(|text| crate::cite::unknown_placeholders(text, read))
        {
            authorities.push(Finding::new(
                Code::UnknownPlaceholder,
                &authority.place,
                format!("platshållaren `{{{unknown}}}` finns inte"),
                format!("there is no placeholder `{{{unknown}}}`"),
            ));
        }
        if authority.osl == authority.other_law.is_some() {
            authorities.push(Finding::new(
                Code::WrongShape,
                &authority.place,
                "`other-law` ska finnas när `osl = false`, och bara då".to_owned(),
                "`other-law` must be there when `osl = false`, and only then".to_owned(),
            ));
        }
    }
}

/// The day that a version is; another one is a finding.
fn day_of_version(source: &Source<'_>, version: &str, place: &Place) -> Option<Date> {
    let day = version.parse::<Date>().ok();
    if day.is_none() {
        source.push(Finding::new(
            Code::BadDay,
            place,
            "`version` ska vara dagen då träden fastställdes".to_owned(),
            "`version` must be the day the trees were settled".to_owned(),
        ));
    }
    day
}

fn check_provision(read: &Laws, source: &Source<'_>, provision: &Provision, as_of: Option<&Date>) {
    let place = &provision.place;
    check_mentions(read, source, &provision.mentions);
    let periods = provision.versions.iter();
    check_periods(source, place, periods.map(|v| (v.from, v.until)));
    check_day_of_check(source, place, provision.checked_on, as_of);
}

fn check_mentions(read: &Laws, source: &Source<'_>, mentions: &[At<String>]) {
    for mention in mentions
        .iter()
        .filter(|mention| !read.provisions.contains_key(&mention.value))
    {
        source.push(unknown_law(read, mention));
    }
}

pub(crate) fn unknown_law(read: &Laws, mention: &At<String>) -> Finding {
    let key = &mention.value;
    Finding::new(
        Code::UnknownLaw,
        &mention.place,
        format!("bestämmelsen `{key}` finns inte i laws.toml"),
        format!("there is no provision `{key}` in laws.toml"),
    )
    .did_you_mean(key, read.provisions.keys().map(String::as_str))
}

fn check_periods(
    source: &Source<'_>,
    place: &Place,
    periods: impl Iterator<Item = (Date, Option<Date>)>,
) {
    let periods: Vec<_> = periods.collect();
    if periods.is_empty() {
        source.push(Finding::new(
            Code::ValidityGap,
            place,
            "ingen giltighetstid är angiven".to_owned(),
            "no period of validity is given".to_owned(),
        ));
    }
    for (from, until) in periods
        .iter()
        .filter_map(|(from, until)| until.map(|until| (from, until)))
    {
        if until < *from {
            source.push(Finding::new(
                Code::ValidityGap,
                place,
                format!("en tid slutar {until}, före den dag då den börjar, {from}"),
                format!("a period ends on {until}, before the day it starts, {from}"),
            ));
        }
    }
    for pair in periods.windows(2) {
        let [(_, until), (from, _)] = pair else {
            continue;
        };
        if until.and_then(|until| until.tomorrow().ok()) != Some(*from) {
            source.push(gap(place, *from));
        }
    }
}

fn gap(place: &Place, day: Date) -> Finding {
    Finding::new(
        Code::ValidityGap,
        place,
        format!("glapp eller överlappning vid {day}"),
        format!("a gap or an overlap at {day}"),
    )
    .hint(
        "nästa tid börjar dagen efter att den förra slutar",
        "the next period starts the day after the last one ends",
    )
}

fn check_day_of_check(source: &Source<'_>, place: &Place, checked: Date, as_of: Option<&Date>) {
    if as_of.is_some_and(|as_of| checked > *as_of) {
        source.push(Finding::new(
            Code::CheckedInFuture,
            place,
            format!("kontrolldagen {checked} ligger efter trädens version"),
            format!("the day of the check, {checked}, is after the version of the trees"),
        ));
    }
}
