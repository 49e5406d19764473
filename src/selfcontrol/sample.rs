//! A random sample that anybody can draw again: an auditor, by hand or in ten lines of any language.
//!
//! Each record gets a key: SHA-256 of the seed, a line feed and the record's digest as it stands in the record, in UTF-8.
//! The records with the smallest keys are drawn. Whoever settles the seed before anybody has looked cannot choose the
//! sample, nor can whoever made the records, since a record's digest is settled when it is written. By strata, each gets
//! its share of the number: whole parts first, then one more for the largest remainders; among equal ones for the larger
//! stratum, then by name.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::source::hex;

use super::facts::Joined;

/// By what the sample is shared out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stratify {
    /// Authority and unit.
    Unit,
    /// The route's outcome.
    Route,
    /// How the whole ends.
    Outcome,
}

impl Stratify {
    /// All of them by key.
    pub const ALL: [(Stratify, &'static str); 3] = [
        (Stratify::Unit, "unit"),
        (Stratify::Route, "route"),
        (Stratify::Outcome, "outcome"),
    ];

    /// The one with a key.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(_, known)| *known == key);
        found.map(|(stratify, _)| *stratify)
    }

    /// Its key.
    #[must_use]
    pub fn key(self) -> &'static str {
        let found = Self::ALL.iter().find(|(known, _)| *known == self);
        found.map_or("", |(_, key)| key)
    }
}

/// The key that a record is drawn by.
#[must_use]
pub fn key(seed: &str, digest: &str) -> String {
    hex(&Sha256::digest(format!("{seed}\n{digest}").as_bytes()))
}

/// A stratum and its share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stratum {
    /// Its name.
    pub name: String,
    /// How many records there are in it.
    pub of: usize,
    /// How many of them are drawn.
    pub drawn: usize,
}

/// A sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// How many records there were.
    pub of: usize,
    /// The strata by name; one without a name where nothing is stratified.
    pub strata: Vec<Stratum>,
    /// The places of the records drawn, by stratum and key.
    pub drawn: Vec<usize>,
}

/// Draws so many of the records.
#[must_use]
pub fn draw(joined: &Joined<'_>, seed: &str, number: usize, stratify: Option<Stratify>) -> Sample {
    let named = joined.cases.iter().map(|case| {
        let stratum = match stratify {
            None => String::new(),
            Some(Stratify::Unit) => format!("{} · {}", joined.authority(case), joined.unit(case)),
            Some(Stratify::Route) => joined.route(case).to_owned(),
            Some(Stratify::Outcome) => {
                let whole = case.row.facts.whole;
                whole
                    .map_or("unknown", crate::assessment::Whole::key)
                    .to_owned()
            }
        };
        (&*case.row.digest, stratum)
    });
    let named: Vec<(&str, String)> = named.collect();
    draw_from(&named, seed, number)
}

/// The same from digests, each with its stratum.
#[must_use]
pub fn draw_from(records: &[(&str, String)], seed: &str, number: usize) -> Sample {
    let mut strata: BTreeMap<&str, Vec<(String, usize)>> = BTreeMap::new();
    for (at, (digest, stratum)) in records.iter().enumerate() {
        strata
            .entry(stratum)
            .or_default()
            .push((key(seed, digest), at));
    }
    let sizes: Vec<usize> = strata.values().map(Vec::len).collect();
    let shares = shares(&sizes, number);
    let mut sample = Sample {
        of: records.len(),
        strata: Vec::new(),
        drawn: Vec::new(),
    };
    for ((name, mut keys), drawn) in strata.into_iter().zip(shares) {
        keys.sort_unstable();
        let of = keys.len();
        sample
            .drawn
            .extend(keys.into_iter().take(drawn).map(|(_, at)| at));
        sample.strata.push(Stratum {
            name: name.to_owned(),
            of,
            drawn,
        });
    }
    sample
}

/// So many shared out by size: whole parts, and one more for the largest remainders. In whole numbers, hence exact.
#[must_use]
pub fn shares(sizes: &[usize], number: usize) -> Vec<usize> {
    let all: usize = sizes.iter().sum();
    if all == 0 {
        return vec![0; sizes.len()];
    }
    let number = number.min(all);
    let mut shares: Vec<usize> = sizes.iter().map(|size| number * size / all).collect();
    let left = number - shares.iter().sum::<usize>();
    let mut order: Vec<(usize, usize)> = sizes.iter().copied().enumerate().collect();
    order.sort_by_key(|(at, size)| (std::cmp::Reverse((number * size % all, *size)), *at));
    for (at, _) in order.into_iter().take(left) {
        if let Some(share) = shares.get_mut(at) {
            *share += 1;
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_exact_and_add_up() {
        assert_eq!(shares(&[50, 30, 20], 10), [5, 3, 2]);
        assert_eq!(shares(&[1, 1, 1], 2), [1, 1, 0]);
        assert_eq!(shares(&[7, 2, 1], 5), [4, 1, 0]);
        assert_eq!(shares(&[3, 0], 10), [3, 0]);
        assert_eq!(shares(&[], 10), Vec::<usize>::new());
        for number in 0..40 {
            for sizes in [[17, 5, 11, 2], [1, 1, 1, 33], [9, 9, 9, 9]] {
                let shares = shares(&sizes, number);
                let all: usize = sizes.iter().sum();
                assert_eq!(shares.iter().sum::<usize>(), number.min(all));
                for (share, size) in shares.iter().zip(sizes) {
                    let exact = number.min(all) * size;
                    assert!(
                        share * all < exact + all && (share + 1) * all > exact,
                        "{number} {sizes:?}"
                    );
                    assert!(*share <= size);
                }
            }
        }
    }

    /// What `printf '%s\n%s' SEED DIGEST | sha256sum` gives.
    #[test]
    fn the_key_is_one_that_a_shell_can_make() {
        let digest = "sha256:0000000000000000000000000000000000000000000000000000000000000000";
        assert_eq!(
            key("2026", digest),
            "9bd6e9c061b947f28689fc5336c0f663f06a52106f4cc33e972d6e2bfa5c5721"
        );
    }
}
