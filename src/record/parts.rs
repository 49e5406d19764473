//! Looking things up in a record that was read: what those need who review it, send it or compare with it.

use crate::answers::Words;
use crate::record::{ItemRecord, Record, StepRecord, digest};
use crate::tree::{Role, Tree};

impl<S: Words> Record<S> {
    /// The citations of keys, in the wording of the record's day.
    #[must_use]
    pub fn cites(&self, keys: &[S]) -> Vec<String> {
        let cite = |key: &S| {
            let law = self.law.get(key);
            law.map_or_else(|| key.to_string(), |law| law.citation.to_string())
        };
        keys.iter().map(cite).collect()
    }

    /// The item with an id.
    #[must_use]
    pub fn find_item(&self, id: &str) -> Option<&ItemRecord<S>> {
        self.items.iter().find(|item| *item.id == *id)
    }

    /// Whether something with this id may leave.
    #[must_use]
    pub fn releases(&self, id: &str) -> bool {
        self.released.iter().any(|released| **released == *id)
    }
}

impl Record {
    /// Whether the record is as it was written: its digest holds.
    #[must_use]
    pub fn is_as_written(&self) -> bool {
        digest(self).is_some_and(|digest| self.digest == format!("sha256:{digest}"))
    }
}

impl<S: Words> ItemRecord<S> {
    /// The label, of a document with its date: two certificates may have the same label.
    #[must_use]
    pub fn titled(&self) -> String {
        match self.dated.as_ref().and_then(Option::as_ref) {
            Some(day) => format!("{}, {}", &*self.label, &**day),
            None => self.label.to_string(),
        }
    }
}

/// What was written in the last step whose question has a role in the tree: ids are never given a new meaning, so
/// today's tree finds it in an older record too.
#[must_use]
pub fn said<'r, S: Words>(tree: &Tree, steps: &'r [StepRecord<S>], role: Role) -> Option<&'r str> {
    let mut steps = steps.iter().rev();
    let step = steps.find(|step| {
        let question = tree.find(&step.question);
        step.text.is_some() && question.is_some_and(|question| question.role == Some(role))
    });
    step.and_then(|step| step.text.as_deref())
}
