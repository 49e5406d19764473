//! What documents say about each other: a record, the review of it, and the dispatch that says that it was sent.
//!
//! For each document only what is needed here is kept: some two hundred bytes, whatever its size.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::catalogue::Code;
use super::{Finding, Kind, Unreadable, Verdict};
use crate::alike::folded;
use crate::answers::Read;
use crate::assessment::Whole;
use crate::reconcile::Dispatch;
use crate::record::Record;
use crate::review::{Review, Verdict as Said, wants_review};
use crate::seal;

/// What a document says about others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// A record.
    Record {
        /// Its digest.
        digest: String,
        /// The official, folded: compared and never shown.
        official: String,
        /// When it was finished, to the minute, with offset.
        finished: String,
        /// Something may be sent.
        ready: bool,
        /// The guideline wants it read before it is sent.
        wants_review: bool,
    },
    /// A review.
    Review {
        /// Its digest.
        digest: String,
        /// The record's.
        record: String,
        /// The reviewer, folded: compared and never shown.
        reviewer: String,
        /// When it was finished.
        finished: String,
        /// It contests an item.
        contests: bool,
    },
    /// A dispatch.
    Dispatch {
        /// The record's digest.
        record: String,
        /// The review's, where there was one.
        review: Option<String>,
        /// Day and hour.
        when: String,
        /// It left before the record was finished, and says so.
        retrospective: bool,
        /// It was sent in writing: a call needs no review.
        in_writing: bool,
    },
}

impl Link {
    pub(super) fn of_record(record: &Record<Read<'_>>) -> Self {
        Link::Record {
            digest: record.digest.to_string(),
            official: folded(&record.official.name),
            finished: minute(&record.finished),
            ready: *record.outcome == *Whole::Ready.key(),
            wants_review: wants_review(record),
        }
    }
}

/// Day, hour and minute as a dispatch writes them.
fn minute(written: &str) -> String {
    let minute = written.get(..16).unwrap_or(written);
    minute.replace('T', " ")
}

pub(super) fn review<R>(text: &str, then: impl FnOnce(&Verdict<'_>) -> R) -> Result<R, Unreadable> {
    let unreadable = Unreadable(Some(Kind::Review));
    let review: Review = serde_json::from_str(text).map_err(|_| unreadable)?;
    let link = Link::Review {
        record: review.record.clone(),
        reviewer: folded(&review.reviewer.name),
        finished: minute(&review.finished),
        contests: review.outcome == Said::Contested,
        digest: review.digest.clone(),
    };
    Ok(then(&sealed(Kind::Review, text, link)))
}

pub(super) fn dispatch<R>(
    text: &str,
    then: impl FnOnce(&Verdict<'_>) -> R,
) -> Result<R, Unreadable> {
    let unreadable = Unreadable(Some(Kind::Dispatch));
    let dispatch: Dispatch = serde_json::from_str(text).map_err(|_| unreadable)?;
    let link = Link::Dispatch {
        record: dispatch.record.clone(),
        review: dispatch.review.clone(),
        when: minute(&dispatch.when),
        retrospective: dispatch.retrospective,
        in_writing: dispatch.channel.is_some(),
    };
    Ok(then(&sealed(Kind::Dispatch, text, link)))
}

fn sealed(kind: Kind, text: &str, link: Link) -> Verdict<'static> {
    let mut verdict = Verdict {
        link: Some(link),
        ..Verdict::of(kind)
    };
    if !seal::is_as_written(text.as_bytes()) {
        verdict
            .findings
            .push(Finding::new(Code::NotAsWritten, "digest"));
    }
    verdict.graded()
}

/// Gathers what documents say about each other, in the order they come.
#[derive(Default)]
pub struct Chain {
    documents: Vec<(String, Link)>,
}

/// Where the documents about a record stand.
#[derive(Default)]
struct About {
    record: Option<usize>,
    reviews: Vec<usize>,
    dispatches: Vec<usize>,
}

impl Chain {
    /// Takes in a document by its name.
    pub fn take(&mut self, name: &str, link: Link) {
        self.documents.push((name.to_owned(), link));
    }

    /// What was found, by document, in the order they came.
    #[must_use]
    pub fn findings(&self) -> Vec<(&str, Finding)> {
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
        let named =
            |(at, finding): (usize, Finding)| Some((self.documents.get(at)?.0.as_str(), finding));
        found.into_iter().filter_map(named).collect()
    }

    fn by_record(&self) -> HashMap<&str, About, FxBuildHasher> {
        let mut all: HashMap<&str, About, FxBuildHasher> = HashMap::default();
        for (at, (_, link)) in self.documents.iter().enumerate() {
            match link {
                Link::Record { digest, .. } => all.entry(digest).or_default().record = Some(at),
                Link::Review { record, .. } => all.entry(record).or_default().reviews.push(at),
                Link::Dispatch { record, .. } => all.entry(record).or_default().dispatches.push(at),
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
        let reviews: Vec<Reviewed<'_>> = reviews.collect();
        for at in &about.dispatches {
            let Some(sent) = self.dispatched(*at) else {
                continue;
            };
            let too_early = sent.when < finished.as_str() && !sent.retrospective;
            let too_early = too_early.then_some((Code::SentBeforeAssessed, sent.when));
            let unread = unread(&sent, &reviews).filter(|_| *wants_review);
            let told = too_early
                .into_iter()
                .chain(unread)
                .chain(contested(&sent, &reviews));
            found.extend(
                told.map(|(code, detail)| (*at, Finding::new(code, "when").detail(detail))),
            );
        }
    }

    fn dispatched(&self, at: usize) -> Option<Sent<'_>> {
        match self.link(at)? {
            Link::Dispatch {
                review,
                when,
                retrospective,
                in_writing,
                ..
            } => Some(Sent {
                review: review.as_deref(),
                when,
                retrospective: *retrospective,
                in_writing: *in_writing,
            }),
            _ => None,
        }
    }

    fn review(&self, at: usize) -> Option<Reviewed<'_>> {
        match self.link(at)? {
            Link::Review {
                digest,
                finished,
                contests,
                ..
            } => Some(Reviewed {
                digest,
                finished,
                contests: *contests,
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
struct Sent<'a> {
    review: Option<&'a str>,
    when: &'a str,
    retrospective: bool,
    in_writing: bool,
}

/// A review, as far as a dispatch is held against it.
struct Reviewed<'a> {
    digest: &'a str,
    finished: &'a str,
    contests: bool,
}

fn without_record(about: &About) -> Vec<(usize, Finding)> {
    let orphans = about.reviews.iter().chain(&about.dispatches);
    let orphans = orphans.filter(|_| about.record.is_none());
    let finding = |at: &usize| (*at, Finding::new(Code::NoRecord, "record"));
    orphans.map(finding).collect()
}

/// Sent in writing without a review before it, where one is wanted. A call waits for nobody.
fn unread<'a>(sent: &Sent<'a>, reviews: &[Reviewed<'a>]) -> Option<(Code, &'a str)> {
    let in_time = reviews.iter().any(|review| review.finished <= sent.when);
    let late = reviews.first().filter(|_| !in_time);
    match late {
        _ if !sent.in_writing || in_time => None,
        Some(late) => Some((Code::ReviewAfterSending, late.finished)),
        None => Some((Code::NoReview, "")),
    }
}

/// A review before the sending contests an item, and what was sent rests on another or none.
fn contested<'a>(sent: &Sent<'a>, reviews: &[Reviewed<'a>]) -> Option<(Code, &'a str)> {
    let mut reviews = reviews.iter().filter(|review| review.finished <= sent.when);
    let passed_over = reviews.find(|review| review.contests && sent.review != Some(review.digest));
    passed_over.map(|review| (Code::ContestedSent, review.finished))
}
