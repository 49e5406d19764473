//! What documents say about each other: a record, the review of it, and the dispatch that says that it was sent.
//!
//! For each document only what is needed here is kept: some hundred bytes, whatever its size.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;
use sha2::{Digest, Sha256};

use super::catalogue::Code;
use super::{Finding, Kind, Unreadable, Verdict};
use crate::alike::folded;
use crate::answers::Read;
use crate::assessment::Whole;
use crate::reconcile::Dispatch;
use crate::record::Record;
use crate::review::{Review, Verdict as Said, wants_review};
use crate::seal;

/// What stands for a digest or a name: compared with others, and never shown. Half of a SHA-256: no two that anybody will
/// meet are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mark(u128);

impl Mark {
    /// Of a digest, or of a name as it is to be compared.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let hash = Sha256::digest(text);
        let half = hash.first_chunk().copied().unwrap_or_default();
        Self(u128::from_be_bytes(half))
    }
}

/// Day, hour and minute as a dispatch writes them: `2026-11-22 10:15`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Minute([u8; 16]);

impl Minute {
    /// Of a time written with more.
    fn of(written: &str) -> Self {
        let mut minute = [b' '; 16];
        for (place, byte) in minute.iter_mut().zip(written.bytes()) {
            *place = if byte == b'T' { b' ' } else { byte };
        }
        Self(minute)
    }

    /// As it was written.
    #[must_use]
    pub fn shown(self) -> String {
        String::from_utf8_lossy(self.0.trim_ascii()).into_owned()
    }
}

/// What a document says about others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// A record.
    Record {
        /// Its digest.
        digest: Mark,
        /// The official, folded.
        official: Mark,
        /// When it was finished.
        finished: Minute,
        /// Something may be sent.
        ready: bool,
        /// The guideline wants it read before it is sent.
        wants_review: bool,
    },
    /// A review.
    Review {
        /// Its digest.
        digest: Mark,
        /// The record's.
        record: Mark,
        /// The reviewer, folded.
        reviewer: Mark,
        /// When it was finished.
        finished: Minute,
        /// It contests an item.
        contests: bool,
    },
    /// A dispatch.
    Dispatch {
        /// The record's digest.
        record: Mark,
        /// The review's, where there was one.
        review: Option<Mark>,
        /// Day and hour.
        when: Minute,
        /// It left before the record was finished, and says so.
        retrospective: bool,
        /// It was sent in writing: a call needs no review.
        in_writing: bool,
    },
}

impl Link {
    pub(super) fn of_record(record: &Record<Read<'_>>) -> Self {
        Link::Record {
            digest: Mark::of(&record.digest),
            official: Mark::of(&folded(&record.official.name)),
            finished: Minute::of(&record.finished),
            ready: *record.outcome == *Whole::Ready.key(),
            wants_review: wants_review(record),
        }
    }
}

pub(super) fn review<R>(text: &str, then: impl FnOnce(&Verdict<'_>) -> R) -> Result<R, Unreadable> {
    let unreadable = Unreadable(Some(Kind::Review));
    let review: Review = serde_json::from_str(text).map_err(|_| unreadable)?;
    let link = Link::Review {
        record: Mark::of(&review.record),
        reviewer: Mark::of(&folded(&review.reviewer.name)),
        finished: Minute::of(&review.finished),
        contests: review.outcome == Said::Contested,
        digest: Mark::of(&review.digest),
    };
    Ok(then(&sealed(Kind::Review, text, Some(link))))
}

pub(super) fn dispatch<R>(
    text: &str,
    then: impl FnOnce(&Verdict<'_>) -> R,
) -> Result<R, Unreadable> {
    let unreadable = Unreadable(Some(Kind::Dispatch));
    let dispatch: Dispatch = serde_json::from_str(text).map_err(|_| unreadable)?;
    let link = Link::Dispatch {
        record: Mark::of(&dispatch.record),
        review: dispatch.review.as_deref().map(Mark::of),
        when: Minute::of(&dispatch.when),
        retrospective: dispatch.retrospective,
        in_writing: dispatch.channel.is_some(),
    };
    Ok(then(&sealed(Kind::Dispatch, text, Some(link))))
}

pub(super) fn sealed(kind: Kind, text: &str, link: Option<Link>) -> Verdict<'static> {
    let mut verdict = Verdict {
        link,
        ..Verdict::of(kind)
    };
    if !seal::is_as_written(text.as_bytes()) {
        verdict
            .findings
            .push(Finding::new(Code::NotAsWritten, "digest"));
    }
    verdict.graded()
}

/// Gathers what documents say about each other, in the order they come, each under a name of the caller's sort.
pub struct Chain<N> {
    documents: Vec<(N, Link)>,
}

impl<N> Default for Chain<N> {
    fn default() -> Self {
        Self {
            documents: Vec::new(),
        }
    }
}

/// Where the documents about a record stand.
#[derive(Default)]
struct About {
    record: Option<usize>,
    reviews: Vec<usize>,
    dispatches: Vec<usize>,
}

impl<N> Chain<N> {
    /// Takes in a document by its name.
    pub fn take(&mut self, name: N, link: Link) {
        self.documents.push((name, link));
    }

    /// What was found, by document, in the order they came.
    #[must_use]
    pub fn findings(&self) -> Vec<(&N, Finding)> {
        let any_dispatch = self
            .documents
            .iter()
            .any(|(_, link)| matches!(link, Link::Dispatch { .. }));
        let mut found: Vec<(usize, Finding)> = Vec::new();
        for about in self.by_record().into_values() {
            found.extend(without_record(&about));
            self.reviewed(&mut found, &about);
            self.sent(&mut found, &about);
            if any_dispatch {
                self.unsent(&mut found, &about);
            }
        }
        found.sort_by_key(|(at, finding)| (*at, finding.code));
        let named = |(at, finding): (usize, Finding)| Some((&self.documents.get(at)?.0, finding));
        found.into_iter().filter_map(named).collect()
    }

    fn by_record(&self) -> HashMap<Mark, About, FxBuildHasher> {
        let mut all: HashMap<Mark, About, FxBuildHasher> = HashMap::default();
        for (at, (_, link)) in self.documents.iter().enumerate() {
            match link {
                Link::Record { digest, .. } => all.entry(*digest).or_default().record = Some(at),
                Link::Review { record, .. } => all.entry(*record).or_default().reviews.push(at),
                Link::Dispatch { record, .. } => {
                    all.entry(*record).or_default().dispatches.push(at);
                }
            }
        }
        all
    }

    fn link(&self, at: usize) -> Option<&Link> {
        self.documents.get(at).map(|(_, link)| link)
    }

    /// The reviewer is never the official.
    fn reviewed(&self, found: &mut Vec<(usize, Finding)>, about: &About) {
        let Some(Link::Record { official, .. }) = about.record.and_then(|at| self.link(at)) else {
            return;
        };
        for at in &about.reviews {
            if let Some(Link::Review { reviewer, .. }) = self.link(*at)
                && reviewer == official
            {
                found.push((*at, Finding::new(Code::ReviewerIsOfficial, "reviewer")));
            }
        }
    }

    /// What was sent was assessed first, reviewed where a guideline demands it, and rests on the review.
    fn sent(&self, found: &mut Vec<(usize, Finding)>, about: &About) {
        let record = about.record.and_then(|at| self.link(at));
        let Some(Link::Record {
            finished,
            wants_review,
            ..
        }) = record
        else {
            return;
        };
        let reviews = about.reviews.iter().filter_map(|at| self.review(*at));
        let reviews: Vec<Reviewed> = reviews.collect();
        for at in &about.dispatches {
            let Some(sent) = self.dispatched(*at) else {
                continue;
            };
            let too_early = sent.when < *finished && !sent.retrospective;
            let too_early = too_early.then_some((Code::SentBeforeAssessed, Some(sent.when)));
            let unread = unread(&sent, &reviews).filter(|_| *wants_review);
            let told = too_early
                .into_iter()
                .chain(unread)
                .chain(contested(&sent, &reviews));
            found.extend(told.map(|(code, day)| {
                let detail = day.map(Minute::shown).unwrap_or_default();
                (*at, Finding::new(code, "when").detail(detail))
            }));
        }
    }

    fn dispatched(&self, at: usize) -> Option<Sent> {
        match *self.link(at)? {
            Link::Dispatch {
                review,
                when,
                retrospective,
                in_writing,
                ..
            } => Some(Sent {
                review,
                when,
                retrospective,
                in_writing,
            }),
            _ => None,
        }
    }

    fn review(&self, at: usize) -> Option<Reviewed> {
        match *self.link(at)? {
            Link::Review {
                digest,
                finished,
                contests,
                ..
            } => Some(Reviewed {
                digest,
                finished,
                contests,
            }),
            _ => None,
        }
    }

    fn unsent(&self, found: &mut Vec<(usize, Finding)>, about: &About) {
        if let Some(at) = about.record
            && let Some(Link::Record { ready: true, .. }) = self.link(at)
            && about.dispatches.is_empty()
        {
            found.push((at, Finding::new(Code::NoDispatch, "")));
        }
    }
}

/// A dispatch, as far as it is held against reviews.
struct Sent {
    review: Option<Mark>,
    when: Minute,
    retrospective: bool,
    in_writing: bool,
}

/// A review, as far as a dispatch is held against it.
struct Reviewed {
    digest: Mark,
    finished: Minute,
    contests: bool,
}

fn without_record(about: &About) -> Vec<(usize, Finding)> {
    let orphans = about.reviews.iter().chain(&about.dispatches);
    let orphans = orphans.filter(|_| about.record.is_none());
    let finding = |at: &usize| (*at, Finding::new(Code::NoRecord, "record"));
    orphans.map(finding).collect()
}

/// Sent in writing without a review before it, where one is wanted. A call waits for nobody.
fn unread(sent: &Sent, reviews: &[Reviewed]) -> Option<(Code, Option<Minute>)> {
    let in_time = reviews.iter().any(|review| review.finished <= sent.when);
    let late = reviews.first().filter(|_| !in_time);
    match late {
        _ if !sent.in_writing || in_time => None,
        Some(late) => Some((Code::ReviewAfterSending, Some(late.finished))),
        None => Some((Code::NoReview, None)),
    }
}

/// A review before the sending contests an item, and what was sent rests on another or none.
fn contested(sent: &Sent, reviews: &[Reviewed]) -> Option<(Code, Option<Minute>)> {
    let mut reviews = reviews.iter().filter(|review| review.finished <= sent.when);
    let passed_over = reviews.find(|review| review.contests && sent.review != Some(review.digest));
    passed_over.map(|review| (Code::ContestedSent, Some(review.finished)))
}
