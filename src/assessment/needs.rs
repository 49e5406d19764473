//! What is missing or wrong, in the order an official meets it.

use std::borrow::Cow;

use jiff::civil::Date;
use smallvec::SmallVec;

use crate::answers::{AnswersDocument, Form, Item, Words};
use crate::assessment::situation::Chosen;
use crate::assessment::{
    Assessment, DUTY, Desk, Field, ItemOutcome, NONE, Place, Setting, Stage, UNSURE, Whole, given,
    period, walk_stages,
};
use crate::people::{self, What};
use crate::tree::{Kind, Outcome, Question, Role, Tree};
use crate::walk::{Answers, End, Walk, Written, Wrong};

/// What is lacking at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// Nothing is there.
    Missing,
    /// What is there is wrong.
    Wrong(Wrong),
    /// There is no such question.
    NoSuchQuestion,
    /// There is no such provision, or it is not in force on the day.
    NoSuchProvision,
    /// There is no such authority.
    UnknownAuthority,
    /// The day lies before the first day of the program.
    BeforeFirstDay(Date),
    /// The text is empty.
    Empty,
    /// An id that is not lower-case letters, digits and hyphens, or is reserved.
    BadId,
    /// Not a digest: `sha256:` and 64 hexadecimal digits.
    BadDigest,
    /// Two items have the same id.
    SameId,
    /// Address, telephone or school is ticked although somebody has protected personal data.
    Protected,
    /// The duty stands and no item is released: say in your own words what you have seen or heard.
    NothingReleased,
    /// The law is another on the day of sending: the route is opened again on that day.
    OtherLaw(Date),
    /// Personal data in the text, from character to character.
    Personal(What, usize, usize),
    /// The day of knowledge is later than the day the information leaves.
    KnownLater,
    /// The trees have no answer for a known value.
    TreesAtFault(String),
}

/// Something missing or wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// Where.
    pub place: Place,
    /// What.
    pub lack: Lack,
}

impl Need {
    pub(super) const fn new(place: Place, lack: Lack) -> Self {
        Self { place, lack }
    }

    pub(super) const fn missing(place: Place) -> Self {
        Self::new(place, Lack::Missing)
    }
}

/// Collects every need of an assessment, and settles the whole when there is none.
pub(super) fn collect(
    assessment: &mut Assessment<'_, '_>,
    document: &AnswersDocument<impl Words>,
    desk: &Desk<'_>,
) {
    let mut needs = Vec::new();
    of_walk(
        &mut needs,
        Stage::Route,
        &assessment.trees.route,
        &assessment.route,
        document,
    );
    if assessment.known_since() > assessment.on {
        let asked = assessment.trees.route.with_role(Role::KnownSince);
        needs.extend(
            asked.map(|question| Need::new(Place::Route(question.id.clone()), Lack::KnownLater)),
        );
    }
    if assessment.route_to_items().is_some() {
        of_identity(&mut needs, assessment, document);
        of_list(&mut needs, assessment, document);
        of_items(&mut needs, assessment, document);
        of_rest(&mut needs, assessment, document, desk);
    }
    if document
        .follows
        .as_deref()
        .is_some_and(|digest| !is_digest(digest))
    {
        needs.push(Need::new(Place::Follows, Lack::BadDigest));
    }
    if !only_asked(assessment, document) {
        needs.extend(unknown_answers(assessment.trees, document));
    }
    needs.extend(personal(assessment, document));
    if needs.is_empty() {
        settle(assessment, &mut needs);
    }
    assessment.needs = needs;
}

fn settle(assessment: &mut Assessment<'_, '_>, needs: &mut Vec<Need>) {
    let Some(route) = assessment.route_outcome() else {
        return;
    };
    let items = assessment.items.iter();
    let items: SmallVec<[ItemOutcome; 16]> = items.filter_map(|item| item.outcome).collect();
    let identity = assessment.identity.as_ref().and_then(|item| item.outcome);
    assessment.whole = whole(route, identity, &items);
    if assessment.whole.is_none() {
        needs.push(Need::new(Place::Items, Lack::NothingReleased));
    }
}

/// How the whole ends; none where the duty stands and nothing is released, so that the official goes back to the items.
#[must_use]
pub fn whole(
    route: &Outcome,
    identity: Option<ItemOutcome>,
    items: &[ItemOutcome],
) -> Option<Whole> {
    let refers = items
        .iter()
        .chain(&identity)
        .any(|outcome| *outcome == ItemOutcome::Refer);
    match route.whole {
        Some(stop) => Some(stop),
        None if items.iter().any(|outcome| outcome.releases()) => Some(Whole::Ready),
        None if route.id == DUTY => None,
        None if refers => Some(Whole::Refer),
        None => Some(Whole::NothingToSend),
    }
}

/// A day of sending that the program does not cover: most often a year mistyped.
fn before_the_first_day(
    needs: &mut Vec<Need>,
    assessment: &Assessment<'_, '_>,
    sent: Option<Date>,
) -> bool {
    let first = assessment.trees.laws.first_day;
    let early = sent.is_some_and(|day| day < first);
    let asked = assessment
        .trees
        .sending
        .with_role(Role::When)
        .filter(|_| early);
    needs.extend(asked.map(|question| {
        Need::new(
            Place::Sending(question.id.clone()),
            Lack::BeforeFirstDay(first),
        )
    }));
    early
}

/// What is disclosed was known by then.
fn known_before_sending(
    needs: &mut Vec<Need>,
    assessment: &Assessment<'_, '_>,
    sent: Option<Date>,
) {
    if sent.is_some_and(|day| day < assessment.known_since()) {
        let asked = assessment.trees.sending.with_role(Role::When);
        needs.extend(
            asked.map(|question| Need::new(Place::Sending(question.id.clone()), Lack::KnownLater)),
        );
    }
}

/// The day of sending, if the law that the assessment rests on is another on that day.
fn other_law(
    assessment: &Assessment<'_, '_>,
    document: &AnswersDocument<impl Words>,
    sent: Option<Date>,
    desk: &Desk<'_>,
) -> Option<Date> {
    let day = sent.filter(|day| *day != assessment.on)?;
    if period(&desk.changes, day) == period(&desk.changes, assessment.on) {
        return None;
    }
    let setting = desk.setting_of(&assessment.authority.key, day).ok()?;
    ends_otherwise(assessment, document, &setting, day).then_some(day)
}

/// Whether the law that the assessment rests on is another on a day: the same answers end elsewhere, or cite another
/// version of anything.
#[must_use]
pub fn is_other_law(
    assessment: &Assessment<'_, '_>,
    document: &AnswersDocument<impl Words>,
    day: Date,
) -> bool {
    if day == assessment.on {
        return false;
    }
    let changes = assessment.trees.laws.days_of_change().into();
    let setting = Setting::new(assessment.trees, assessment.authority, day, &changes);
    ends_otherwise(assessment, document, &setting, day)
}

fn ends_otherwise(
    assessment: &Assessment<'_, '_>,
    document: &AnswersDocument<impl Words>,
    setting: &Setting<'_>,
    day: Date,
) -> bool {
    let then = walk_stages(setting, day, document);
    let outcomes = |assessment: &Assessment<'_, '_>| -> Vec<End> {
        assessment
            .walks()
            .map(|(_, _, walk)| walk.end.clone())
            .collect()
    };
    outcomes(assessment) != outcomes(&then) || assessment.cited() != then.cited()
}

fn of_walk(
    needs: &mut Vec<Need>,
    stage: Stage,
    tree: &Tree,
    walk: &Walk<'_, '_>,
    document: &AnswersDocument<impl Words>,
) {
    let place = |at: usize| stage.place(&tree.question(at).id);
    let named = walk.names_item().then(|| walk.texts());
    for (at, named) in named.into_iter().flatten() {
        let kind = tree.question(at).kind;
        let names_item = matches!(kind, Kind::Statement | Kind::Item);
        if names_item && !names_another(document, stage, kind, named) {
            needs.push(Need::new(place(at), Lack::Wrong(Wrong::NotAnItem)));
        }
    }
    match &walk.end {
        End::Outcome(_) => {}
        End::Missing(at) => needs.push(Need::missing(place(*at))),
        End::Wrong(at, wrong) => needs.push(Need::new(place(*at), Lack::Wrong(wrong.clone()))),
        End::Unknown(at, value) => {
            needs.push(Need::new(place(*at), Lack::TreesAtFault(value.clone())));
        }
    }
}

/// Whether the id names another item that will do: a statement, or a document where it takes over a part of one.
fn names_another(
    document: &AnswersDocument<impl Words>,
    stage: Stage,
    kind: Kind,
    id: &str,
) -> bool {
    let Some(at) = document.find(id) else {
        return false;
    };
    let form = |at: usize| document.items.get(at).map(|item| item.form);
    let own = if let Stage::Item(own) = stage {
        form(own)
    } else {
        None
    };
    let part_of_document = kind == Kind::Item && own == Some(Form::Document);
    stage != Stage::Item(at) && (form(at) == Some(Form::Statement) || part_of_document)
}

fn of_identity(
    needs: &mut Vec<Need>,
    assessment: &Assessment<'_, '_>,
    document: &AnswersDocument<impl Words>,
) {
    let kinds = document
        .identity
        .as_ref()
        .map(|identity| (identity.kinds.as_slice(), identity.protected));
    match kinds {
        None | Some(([], _)) => needs.push(Need::missing(Place::IdentityKinds)),
        Some((kinds, true)) if kinds.iter().any(|kind| kind.reveals_whereabouts()) => {
            needs.push(Need::new(Place::IdentityKinds, Lack::Protected));
        }
        Some(_) => {}
    }
    let chosen = document
        .identity
        .as_ref()
        .and_then(|identity| identity.provisions.as_deref());
    let walked = assessment.identity.as_ref();
    if walked.is_none_or(|walked| walked.facts.secrecy.chosen != Chosen::Sound) {
        provisions(needs, assessment, chosen, None, &Place::IdentityProvisions);
    }
    if let Some(item) = &assessment.identity {
        of_walk(
            needs,
            Stage::Identity,
            &assessment.trees.item,
            &item.walk,
            document,
        );
    }
}

fn of_list(
    needs: &mut Vec<Need>,
    assessment: &Assessment<'_, '_>,
    document: &AnswersDocument<impl Words>,
) {
    if document.items.is_empty() {
        needs.push(Need::missing(Place::Items));
    }
    let doubled = doubled(document);
    for (at, item) in document.items.iter().enumerate() {
        of_row(needs, doubled.contains(&at), at, item);
    }
    for (at, item) in document.items.iter().enumerate() {
        if item.origin.is_none() {
            needs.push(Need::missing(Place::Field(at, Field::Origin)));
        }
        if item.about.is_none() {
            needs.push(Need::missing(Place::Field(at, Field::About)));
        }
        let walked = assessment.items.get(at);
        if walked.is_none_or(|walked| walked.facts.secrecy.chosen != Chosen::Sound) {
            provisions(
                needs,
                assessment,
                item.provisions.as_deref(),
                Some((at, item)),
                &Place::Field(at, Field::Provisions),
            );
        }
    }
}

/// An id says nothing about a person: letters, digits and hyphens, and few of them.
fn is_id(id: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=20).contains(&id.len())
        && id.chars().all(plain)
        && id != "identity"
        && people::look_through(id).is_empty()
}

fn is_digest(digest: &str) -> bool {
    let hex = digest.strip_prefix("sha256:").unwrap_or_default();
    hex.len() == 64
        && hex
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// The items whose id an earlier one has.
fn doubled(document: &AnswersDocument<impl Words>) -> Vec<usize> {
    if document.items.iter().all(|item| item.id.is_none()) {
        return Vec::new();
    }
    let all = 0..document.items.len();
    let mut ids: Vec<(Cow<'_, str>, usize)> = all.map(|at| (document.id_of(at), at)).collect();
    ids.sort_unstable();
    let pairs = ids.iter().zip(ids.iter().skip(1));
    let same = pairs.filter(|((one, _), (two, _))| one == two);
    same.map(|(_, (_, at))| *at).collect()
}

/// What stands in an item's own row: its label, its id, and the date of a document.
fn of_row(needs: &mut Vec<Need>, is_doubled: bool, at: usize, item: &Item<impl Words>) {
    let mut lack = |field, lack| needs.push(Need::new(Place::Field(at, field), lack));
    if item.label.trim().is_empty() {
        lack(Field::Label, Lack::Empty);
    }
    if is_doubled {
        lack(Field::Label, Lack::SameId);
    }
    if item.id.as_deref().is_some_and(|id| !is_id(id)) {
        lack(Field::Id, Lack::BadId);
    }
    match item.dated.as_deref() {
        None if item.form.is_dated() => lack(Field::Dated, Lack::Missing),
        Some(dated) if !is_date_of_document(dated) => {
            lack(Field::Dated, Lack::Wrong(Wrong::NotADay));
        }
        _ => {}
    }
}

/// In place of a document's date: it was asked for and is not known.
pub(crate) const UNKNOWN_DATE: &str = "unknown";

fn is_date_of_document(dated: &str) -> bool {
    dated == UNKNOWN_DATE || dated.parse::<Date>().is_ok()
}

/// The provisions exist, are secrecy provisions and in force; one that counts from the day the item came in needs it.
fn provisions<S: Words>(
    needs: &mut Vec<Need>,
    assessment: &Assessment<'_, '_>,
    chosen: Option<&[S]>,
    item: Option<(usize, &Item<S>)>,
    place: &Place,
) {
    let laws = &assessment.trees.laws;
    let usual = assessment.authority.usual_provision(laws, assessment.on);
    let keys: Vec<&str> = chosen.map_or_else(
        || usual.into_iter().collect(),
        |keys| keys.iter().map(AsRef::as_ref).collect(),
    );
    if chosen.is_some_and(<[S]>::is_empty) {
        needs.push(Need::new(place.clone(), Lack::Empty));
    }
    for key in keys
        .into_iter()
        .filter(|key| *key != UNSURE && *key != NONE)
    {
        let provision = laws
            .provision(key)
            .filter(|provision| provision.is_secrecy());
        let counts = provision.is_some_and(|provision| provision.counts_from_received);
        let in_force = laws.in_force(key, assessment.on) || counts;
        match (provision, item) {
            (Some(_), Some((at, item))) if counts && item.received.is_none() => {
                needs.push(Need::missing(Place::Field(at, Field::Received)));
            }
            (Some(_), Some((at, item))) if counts && item.received > Some(assessment.on) => {
                needs.push(Need::new(
                    Place::Field(at, Field::Received),
                    Lack::KnownLater,
                ));
            }
            (Some(_), _) if in_force => {}
            _ => needs.push(Need::new(place.clone(), Lack::NoSuchProvision)),
        }
    }
}

/// Statements first, then documents.
fn of_items(
    needs: &mut Vec<Need>,
    assessment: &Assessment<'_, '_>,
    document: &AnswersDocument<impl Words>,
) {
    for form in [Form::Statement, Form::Document] {
        for (at, item) in assessment.items.iter().enumerate() {
            if document.items.get(at).is_some_and(|item| item.form == form) {
                of_walk(
                    needs,
                    Stage::Item(at),
                    &assessment.trees.item,
                    &item.walk,
                    document,
                );
            }
        }
    }
}

fn of_rest(
    needs: &mut Vec<Need>,
    assessment: &Assessment<'_, '_>,
    document: &AnswersDocument<impl Words>,
    desk: &Desk<'_>,
) {
    if let Some(walk) = &assessment.sending {
        of_walk(
            needs,
            Stage::Sending,
            &assessment.trees.sending,
            walk,
            document,
        );
    }
    if needs.is_empty() {
        let sent = assessment.moment_of_sending().map(|(_, day)| day);
        if before_the_first_day(needs, assessment, sent) {
            return;
        }
        match other_law(assessment, document, sent, desk) {
            Some(day) => needs.push(Need::new(Place::On, Lack::OtherLaw(day))),
            None => known_before_sending(needs, assessment, sent),
        }
    }
    if let Some(walk) = &assessment.closing {
        of_walk(
            needs,
            Stage::Closing,
            &assessment.trees.closing,
            walk,
            document,
        );
    }
}

/// Whether every answer was asked for on the way: then none can be about a question that does not exist.
fn only_asked(assessment: &Assessment<'_, '_>, document: &AnswersDocument<impl Words>) -> bool {
    let asked: usize = assessment.walks().map(|(_, _, walk)| walk.asked()).sum();
    given(document)
        .map(|(_, answers)| answers.len())
        .sum::<usize>()
        == asked
}

/// Answers to questions that do not exist: a misspelt id must not be lost in silence.
#[must_use]
pub fn unknown_answers<S: Words>(
    trees: &crate::trees::Trees,
    document: &AnswersDocument<S>,
) -> Vec<Need> {
    let unknown = |(stage, answers): (Stage, &Answers<S>)| -> Vec<Need> {
        let is_asked = |id: &&S| stage.tree(trees).find(id).is_some_and(Question::is_asked);
        let ids = answers.keys().filter(|id| !is_asked(id));
        ids.map(|id| Need::new(stage.place(id), Lack::NoSuchQuestion))
            .collect()
    };
    given(document).flat_map(unknown).collect()
}

/// Personal data in texts that will stand in the record and that nobody has given a reason to keep.
fn personal(assessment: &Assessment<'_, '_>, document: &AnswersDocument<impl Words>) -> Vec<Need> {
    let found = found(assessment, document, false);
    let open = found
        .into_iter()
        .filter(|(place, hit)| !is_reasoned(document, place, hit.what));
    open.map(|(place, hit)| {
        let lack = Lack::Personal(hit.what, hit.at.start, hit.at.end);
        Need::new(place, lack)
    })
    .collect()
}

fn is_reasoned(document: &AnswersDocument<impl Words>, place: &Place, what: What) -> bool {
    let path = place.to_string();
    let mut kept = document.kept.iter();
    kept.any(|kept| {
        *kept.place == *path && *kept.what == *what.key() && !kept.reason.trim().is_empty()
    })
}

fn found(
    assessment: &Assessment<'_, '_>,
    document: &AnswersDocument<impl Words>,
    all: bool,
) -> Vec<(Place, people::Hit)> {
    let texts = texts(assessment, document, all);
    let found = texts.flat_map(|(spot, text)| {
        let hits = people::look_through(&text).into_iter();
        hits.map(move |hit| (spot.place(), hit))
    });
    found.collect()
}

/// Every place with personal data, whether or not there is a reason to keep them.
pub(crate) fn personal_data(
    assessment: &Assessment<'_, '_>,
    document: &AnswersDocument<impl Words>,
) -> Vec<(String, What)> {
    let found = found(assessment, document, true).into_iter();
    found
        .map(|(place, hit)| (place.to_string(), hit.what))
        .collect()
}

/// Whether something is kept that is there: a reason for what is gone is not written.
pub(crate) fn is_kept(
    assessment: &Assessment<'_, '_>,
    document: &AnswersDocument<impl Words>,
    place: &str,
    what: &str,
) -> bool {
    let mut there = texts(assessment, document, true)
        .filter(|(spot, _)| spot.place().to_string() == place)
        .flat_map(|(_, text)| people::look_through(&text));
    there.any(|hit| hit.what.key() == what)
}

/// Where a free text stands. A place with a path is made of it only where something is found.
#[derive(Clone, Copy)]
pub(crate) enum Spot<'a> {
    Case,
    Row(usize, Field),
    Kept(usize),
    Step(Stage, &'a str),
}

impl Spot<'_> {
    pub(crate) fn place(self) -> Place {
        match self {
            Spot::Case => Place::Case,
            Spot::Row(at, field) => Place::Field(at, field),
            Spot::Kept(at) => Place::Kept(at),
            Spot::Step(stage, id) => stage.place(id),
        }
    }
}

/// Every free text as it will stand in the record, with its place; all of them, or those to be looked through.
pub(crate) fn texts<'d>(
    assessment: &'d Assessment<'_, '_>,
    document: &'d AnswersDocument<impl Words>,
    all: bool,
) -> impl Iterator<Item = (Spot<'d>, Cow<'d, str>)> {
    let case = document.case.iter().map(|case| (Spot::Case, &**case));
    let rows = document.items.iter().enumerate();
    let labels = rows.map(|(at, item)| (Spot::Row(at, Field::Label), &*item.label));
    let rows = document.items.iter().enumerate();
    let files =
        rows.filter_map(|(at, item)| Some((Spot::Row(at, Field::File), &**item.file.as_ref()?)));
    let kept = document.kept.iter().enumerate();
    let kept = kept.map(|(at, kept)| (Spot::Kept(at), &*kept.reason));
    let beside = case.chain(labels).chain(files).chain(kept);
    let beside = beside.map(|(spot, text)| (spot, Written::of(text)));
    let beside = beside.filter(move |(_, text)| all || text.may_hold);
    let beside = beside.map(|(spot, text)| (spot, text.text));
    let walks = assessment.walks();
    let walks = walks.filter(move |(_, _, walk)| all || walk.may_hold_any());
    beside.chain(walks.flat_map(move |(stage, tree, walk)| {
        let seen = walk
            .texts_seen()
            .filter(move |(_, _, may_hold)| all || *may_hold);
        seen.filter_map(move |(at, text, _)| {
            let question = tree.question(at);
            let free = matches!(question.kind, Kind::Text | Kind::Choice);
            free.then_some((Spot::Step(stage, &question.id), Cow::Borrowed(text)))
        })
    }))
}
