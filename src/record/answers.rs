//! The answers document that a record was made from: a record can be replayed without it.

use std::fmt;

use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::de::value::{self, StrDeserializer};

use crate::answers::{AnswersDocument, FORMAT, Identity, Item, Kept, Official, Sent, Words};
use crate::assessment::{NONE, UNKNOWN_DATE, UNSURE};
use crate::law::Laws;
use crate::record::{IdentityRecord, ItemRecord, KeptRecord, Record, StepRecord};
use crate::walk::{Answers, Given};

/// A member of a record that no answers document can hold: the path to it, and nothing of what stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable(pub String);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unreadable {}

impl<S: Words + Clone + From<&'static str>> Record<S> {
    /// The answers that the record was made from. Under the same trees they give the same record, but for what the
    /// clock decides. The laws say which provisions follow the day that an item came in.
    ///
    /// What the program knew is left out, since it knows it again: under other trees it knows what they say.
    ///
    /// # Errors
    /// The first member that is no day, or no word that answers documents know.
    pub fn answers(&self, laws: &Laws) -> Result<AnswersDocument<S>, Unreadable> {
        Ok(AnswersDocument {
            answers: FORMAT,
            on: Some(day(&self.on, || "on".to_owned())?),
            authority: Some(self.authority.key.clone()),
            case: self.case.clone(),
            official: Some(Official {
                name: self.official.name.clone(),
                title: self.official.title.clone(),
                unit: self.official.unit.clone(),
            }),
            follows: self.follows.clone(),
            sent: self.sent(),
            route: given(&self.route.steps),
            identity: self.identity.as_ref().map(identity).transpose()?,
            items: self.items(laws)?,
            sending: steps(self.sending.as_ref().map(|sending| &sending.steps)),
            closing: steps(self.closing.as_ref().map(|closing| &closing.steps)),
            kept: self.kept.iter().map(kept).collect(),
        })
    }

    fn sent(&self) -> Vec<Sent> {
        let sent = self.request.iter().flat_map(|request| &request.sent);
        let sent = sent.map(|sent| Sent {
            label: sent.label.to_string(),
            form: sent.form.to_string(),
            dated: sent.dated.as_deref().map(str::to_owned),
        });
        sent.collect()
    }

    fn items(&self, laws: &Laws) -> Result<Vec<Item<S>>, Unreadable> {
        let items = self.items.iter().enumerate();
        items
            .map(|(at, recorded)| self.item(laws, at, recorded))
            .collect()
    }

    fn item(&self, laws: &Laws, at: usize, item: &ItemRecord<S>) -> Result<Item<S>, Unreadable> {
        let path = |member: &'static str| move || format!("items[{at}].{member}");
        let received = item.received.as_deref();
        let received = received.map(|written| day(written, path("received")));
        let form = word(&item.form, path("form"))?;
        let received = received.transpose()?;
        let unknown = || S::from(UNKNOWN_DATE);
        let dated = item.dated.as_ref();
        Ok(Item {
            id: Some(item.id.clone()),
            label: item.label.clone(),
            form,
            origin: Some(word(&item.origin.key, path("origin.key"))?),
            about: Some(word(&item.about.key, path("about.key"))?),
            dated: dated.map(|dated| dated.clone().unwrap_or_else(unknown)),
            received,
            provisions: Some(self.provisions_of(laws, item, received)),
            benefit: item.benefit,
            file: item.file.clone(),
            answers: given(&item.steps),
        })
    }

    /// The provisions of an item, without those that follow along from another item and whose wording the day that
    /// item came in chooses: they must go on following it, since this item has no such day of its own.
    fn provisions_of(&self, laws: &Laws, item: &ItemRecord<S>, received: Option<Date>) -> Vec<S> {
        let all = provisions(&item.provisions, &item.harm_test);
        let own_day = received.is_some_and(|day| *day.to_string() <= *self.on);
        let others = self.items.iter().filter(|other| other.id != item.id);
        let carriers = others.filter(|other| !own_day && names(other, &item.id));
        let follows: Vec<&S> = carriers.flat_map(|other| &other.provisions).collect();
        let counts = |key: &str| {
            let provision = laws.provision(key);
            provision.is_some_and(|provision| provision.counts_from_received)
        };
        // What follows along stands after what is the item's own, harm test by harm test: so does the rest of its row.
        let mut behind = false;
        let own = all.into_iter().filter(|key| {
            behind = follows.contains(&key) && (behind || counts(key));
            !behind
        });
        provisions(&own.collect::<Vec<_>>(), NONE)
    }
}

/// Whether an item names another in an answer: a statement that describes it, or the item that takes over a part.
fn names<S: Words>(item: &ItemRecord<S>, id: &str) -> bool {
    let mut asked = item.steps.iter().filter(|step| step.asked.is_some());
    asked.any(|step| step.answer.is_none() && step.text.as_deref() == Some(id))
}

fn identity<S: Words + Clone + From<&'static str>>(
    recorded: &IdentityRecord<S>,
) -> Result<Identity<S>, Unreadable> {
    let kinds = recorded.kinds.iter().enumerate();
    let kinds = kinds.map(|(at, kind)| word(&kind.key, || format!("identity.kinds[{at}].key")));
    Ok(Identity {
        kinds: kinds.collect::<Result<_, _>>()?,
        protected: recorded.protected,
        provisions: Some(provisions(&recorded.provisions, &recorded.harm_test)),
        answers: given(&recorded.steps),
    })
}

/// The harm test says whether one was not settled, and where no provision stands whether none applies.
fn provisions<S: Clone + From<&'static str>>(keys: &[S], harm_test: &str) -> Vec<S> {
    let unsettled = (harm_test == UNSURE).then(|| S::from(UNSURE));
    let mut all: Vec<S> = keys.iter().cloned().chain(unsettled).collect();
    if all.is_empty() {
        all.push(S::from(NONE));
    }
    all
}

fn steps<S: Words + Clone>(steps: Option<&Vec<StepRecord<S>>>) -> Answers<S> {
    steps.map(|steps| given(steps)).unwrap_or_default()
}

/// The answers of the steps that somebody was asked; what was shown is known again.
fn given<S: Words + Clone>(steps: &[StepRecord<S>]) -> Answers<S> {
    let asked = steps.iter().filter(|step| step.asked.is_some());
    let answer = |step: &StepRecord<S>| Given {
        answer: step.answer.clone(),
        text: step.text.clone(),
    };
    asked
        .map(|step| (step.question.clone(), answer(step)))
        .collect()
}

fn kept<S: Clone>(kept: &KeptRecord<S>) -> Kept<S> {
    Kept {
        place: kept.place.clone(),
        what: kept.what.clone(),
        reason: kept.reason.clone(),
    }
}

fn day(written: &str, path: impl FnOnce() -> String) -> Result<Date, Unreadable> {
    crate::source::day(written).ok_or_else(|| Unreadable(path()))
}

/// A word of the answers document, by its key.
fn word<T: DeserializeOwned>(key: &str, path: impl FnOnce() -> String) -> Result<T, Unreadable> {
    let key = StrDeserializer::<'_, value::Error>::new(key);
    T::deserialize(key).map_err(|_| Unreadable(path()))
}
