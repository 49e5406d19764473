//! The answers document that a record was made from: a record can be replayed without it.

use std::fmt;

use jiff::civil::Date;
use serde::de::DeserializeOwned;

use crate::answers::{AnswersDocument, FORMAT, Identity, Item, Kept, Official, Sent};
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

impl Record {
    /// The answers that the record was made from. Under the same trees they give the same record, but for what the
    /// clock decides. The laws say which provisions follow the day that an item came in.
    ///
    /// What the program knew is left out, since it knows it again: under other trees it knows what they say.
    ///
    /// # Errors
    /// The first member that is no day, or no word that answers documents know.
    pub fn answers(&self, laws: &Laws) -> Result<AnswersDocument, Unreadable> {
        Ok(AnswersDocument {
            answers: FORMAT,
            on: Some(day("on", &self.on)?),
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
            label: sent.label.clone(),
            form: sent.form.clone(),
            dated: sent.dated.clone(),
        });
        sent.collect()
    }

    fn items(&self, laws: &Laws) -> Result<Vec<Item>, Unreadable> {
        let items = self.items.iter().enumerate();
        items
            .map(|(at, recorded)| self.item(laws, at, recorded))
            .collect()
    }

    fn item(&self, laws: &Laws, at: usize, item: &ItemRecord) -> Result<Item, Unreadable> {
        let path = |member: &str| format!("items[{at}].{member}");
        let form = word(&path("form"), &item.form)?;
        let received = item.received.as_deref();
        let received = received.map(|written| day(&path("received"), written));
        let received = received.transpose()?;
        Ok(Item {
            id: Some(item.id.clone()),
            label: item.label.clone(),
            form,
            origin: Some(word(&path("origin.key"), &item.origin.key)?),
            about: Some(word(&path("about.key"), &item.about.key)?),
            dated: item
                .dated
                .clone()
                .map(|dated| dated.unwrap_or_else(|| UNKNOWN_DATE.to_owned())),
            received,
            provisions: Some(self.provisions_of(laws, item, received)),
            benefit: item.benefit,
            file: item.file.clone(),
            answers: given(&item.steps),
        })
    }

    /// The provisions of an item, without those that follow along from another item and whose wording the day that
    /// item came in chooses: they must go on following it, since this item has no such day of its own.
    fn provisions_of(&self, laws: &Laws, item: &ItemRecord, received: Option<Date>) -> Vec<String> {
        let all = provisions(&item.provisions, &item.harm_test);
        let own_day = received.is_some_and(|day| day.to_string() <= self.on);
        let others = self.items.iter().filter(|other| other.id != item.id);
        let carriers = others.filter(|other| !own_day && names(other, &item.id));
        let follows: Vec<&String> = carriers.flat_map(|other| &other.provisions).collect();
        let counts = |key: &String| {
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
fn names(item: &ItemRecord, id: &str) -> bool {
    let mut asked = item.steps.iter().filter(|step| step.asked.is_some());
    asked.any(|step| step.answer.is_none() && step.text.as_deref() == Some(id))
}

fn identity(recorded: &IdentityRecord) -> Result<Identity, Unreadable> {
    let kinds = recorded.kinds.iter().enumerate();
    let kinds = kinds.map(|(at, kind)| word(&format!("identity.kinds[{at}].key"), &kind.key));
    Ok(Identity {
        kinds: kinds.collect::<Result<_, _>>()?,
        protected: recorded.protected,
        provisions: Some(provisions(&recorded.provisions, &recorded.harm_test)),
        answers: given(&recorded.steps),
    })
}

/// The harm test says whether one was not settled, and where no provision stands whether none applies.
fn provisions(keys: &[String], harm_test: &str) -> Vec<String> {
    let unsettled = (harm_test == UNSURE).then(|| UNSURE.to_owned());
    let all: Vec<String> = keys.iter().cloned().chain(unsettled).collect();
    if all.is_empty() {
        vec![NONE.to_owned()]
    } else {
        all
    }
}

fn steps(steps: Option<&Vec<StepRecord>>) -> Answers {
    steps.map(|steps| given(steps)).unwrap_or_default()
}

/// The answers of the steps that somebody was asked; what was shown is known again.
fn given(steps: &[StepRecord]) -> Answers {
    let asked = steps.iter().filter(|step| step.asked.is_some());
    let answer = |step: &StepRecord| Given {
        answer: step.answer.clone(),
        text: step.text.clone(),
    };
    asked
        .map(|step| (step.question.clone(), answer(step)))
        .collect()
}

fn kept(kept: &KeptRecord) -> Kept {
    Kept {
        place: kept.place.clone(),
        what: kept.what.clone(),
        reason: kept.reason.clone(),
    }
}

fn day(path: &str, written: &str) -> Result<Date, Unreadable> {
    crate::source::day(written).ok_or_else(|| Unreadable(path.to_owned()))
}

/// A word of the answers document, by its key.
fn word<T: DeserializeOwned>(path: &str, key: &str) -> Result<T, Unreadable> {
    let key = serde_json::Value::String(key.to_owned());
    serde_json::from_value(key).map_err(|_| Unreadable(path.to_owned()))
}
