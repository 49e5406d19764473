//! Answers by question, in the order of their ids: a handful for each tree, so they stand in one row.

use std::borrow::Borrow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Given;
use crate::answers::Words;
use crate::tree::same;

/// Answers by question.
#[derive(Clone, PartialEq, Eq)]
pub struct Answers<S = String>(Vec<(S, Given<S>)>);

impl<S> Default for Answers<S> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// Never prints a text: it is about people.
impl<S: Words> fmt::Debug for Answers<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<S> Answers<S> {
    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Question and answer, by id.
    pub fn iter(&self) -> impl Iterator<Item = (&S, &Given<S>)> {
        self.0.iter().map(|(id, given)| (id, given))
    }

    /// The questions.
    pub fn keys(&self) -> impl Iterator<Item = &S> {
        self.0.iter().map(|(id, _)| id)
    }

    /// The answers.
    pub fn values(&self) -> impl Iterator<Item = &Given<S>> {
        self.0.iter().map(|(_, given)| given)
    }

    /// Drops every answer.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Drops the answers that are not to be kept.
    pub fn retain(&mut self, mut keep: impl FnMut(&S, &Given<S>) -> bool) {
        self.0.retain(|(id, given)| keep(id, given));
    }
}

impl<S: Words> Answers<S> {
    /// The answer to a question.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Given<S>> {
        let found = self.0.iter().find(|(key, _)| same(key, id));
        found.map(|(_, given)| given)
    }

    /// The same, to be changed.
    pub fn get_mut(&mut self, id: &str) -> Option<&mut Given<S>> {
        let found = self.0.iter_mut().find(|(key, _)| key.as_ref() == id);
        found.map(|(_, given)| given)
    }

    /// Answers a question; what it was answered before is handed back.
    pub fn insert(&mut self, id: S, given: Given<S>) -> Option<Given<S>> {
        match self.place(&id) {
            Ok(at) => self
                .0
                .get_mut(at)
                .map(|(_, old)| std::mem::replace(old, given)),
            Err(at) => {
                self.0.insert(at, (id, given));
                None
            }
        }
    }

    /// Drops the answer to a question, and hands it back.
    pub fn remove(&mut self, id: &str) -> Option<Given<S>> {
        let at = self.place(id).ok()?;
        Some(self.0.remove(at).1)
    }

    fn place(&self, id: &str) -> Result<usize, usize> {
        self.0
            .binary_search_by(|(key, _)| Borrow::<str>::borrow(key).cmp(id))
    }
}

impl<S> IntoIterator for Answers<S> {
    type Item = (S, Given<S>);
    type IntoIter = std::vec::IntoIter<(S, Given<S>)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<S: Words> Extend<(S, Given<S>)> for Answers<S> {
    fn extend<I: IntoIterator<Item = (S, Given<S>)>>(&mut self, answers: I) {
        for (id, given) in answers {
            self.insert(id, given);
        }
    }
}

impl<S: Words> FromIterator<(S, Given<S>)> for Answers<S> {
    fn from_iter<I: IntoIterator<Item = (S, Given<S>)>>(answers: I) -> Self {
        let mut all = Self::default();
        all.extend(answers);
        all
    }
}

impl<S: Serialize> Serialize for Answers<S> {
    fn serialize<W: Serializer>(&self, serializer: W) -> Result<W::Ok, W::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de, S: Words + Deserialize<'de> + Default> Deserialize<'de> for Answers<S> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Reading(PhantomData))
    }
}

struct Reading<S>(PhantomData<S>);

/// Room for the answers of nearly every tree, so that they take their memory once.
const USUAL_ANSWERS: usize = 8;

impl<'de, S: Words + Deserialize<'de> + Default> Visitor<'de> for Reading<S> {
    type Value = Answers<S>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map of answers by question")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Answers<S>, A::Error> {
        let mut all: Vec<(S, Given<S>)> = Vec::new();
        while let Some(answer) = map.next_entry()? {
            if all.is_empty() {
                all.reserve(USUAL_ANSWERS);
            }
            all.push(answer);
        }
        let before = |one: &(S, _), two: &(S, _)| one.0 < two.0;
        if !all.is_sorted_by(before) {
            all.sort_unstable_by(|one, two| one.0.cmp(&two.0));
        }
        if all.is_sorted_by(before) {
            Ok(Answers(all))
        } else {
            Err(A::Error::custom("duplicate field"))
        }
    }
}
