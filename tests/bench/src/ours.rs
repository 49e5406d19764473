//! What is measured as ours, behind four functions. Everything else in the bench knows only these.

use anyhow::{Result, anyhow, bail};
use sekretesskoll::answers::{AnswersDocument, Read};
use sekretesskoll::assessment::{Assessment, Desk};
use sekretesskoll::check::{Checker, Grade, Replay, Verdict};
use sekretesskoll::json;
use sekretesskoll::trees::Trees;

/// The program's own checking of documents: all that `check` does with one between its bytes and the words on the screen.
pub struct Ours<'t> {
    desk: Desk<'t>,
    checker: Checker<'t>,
}

impl<'t> Ours<'t> {
    /// With a set of trees.
    #[must_use]
    pub fn new(trees: &'t Trees) -> Self {
        Self {
            desk: Desk::new(trees),
            checker: Checker::new(&[trees]),
        }
    }

    /// Answers from bytes to outcomes, each with its whole path; how many items were decided.
    pub fn decide(&self, bytes: &[u8]) -> Result<u64> {
        let text = simdutf8::basic::from_utf8(bytes)?;
        let document: AnswersDocument<Read<'_>> = json::read(text)?;
        let assessment = self.desk.assess(&document);
        let assessment = assessment.map_err(|need| anyhow!("it needs {need:?}"))?;
        if assessment.whole.is_none() {
            bail!("it needs {:?}", assessment.needs);
        }
        let decided = assessment.items.len() + usize::from(assessment.identity.is_some());
        std::hint::black_box(&assessment);
        Ok(decided as u64)
    }

    /// Answers from bytes to outcomes with their whole path and what was found; how many items were decided.
    pub fn answers(&mut self, bytes: &[u8]) -> Result<u64> {
        self.checked(bytes, |verdict, assessment| {
            if !verdict.needs.is_empty() {
                bail!("it needs {:?}", verdict.needs);
            }
            let decided = assessment.items.len() + usize::from(assessment.identity.is_some());
            std::hint::black_box(verdict);
            Ok(decided as u64)
        })
    }

    /// The outcomes of the first item and the others, for holding them against a peer's.
    pub fn outcomes(&mut self, bytes: &[u8]) -> Result<Vec<Option<&'static str>>> {
        self.checked(bytes, |_, assessment| {
            let items = assessment.identity.iter().chain(&assessment.items);
            let outcome = |item: &sekretesskoll::assessment::ItemWalk<'_, '_>| {
                item.outcome.map(sekretesskoll::tree::ItemOutcome::key)
            };
            Ok(items.map(outcome).collect())
        })
    }

    /// A record from bytes: its digest, a replay that must come to the same step by step, and what was found.
    pub fn record(&mut self, bytes: &[u8]) -> Result<u64> {
        self.checked(bytes, |verdict, assessment| {
            if verdict.grade != Grade::Pass || verdict.replay != Some(Replay::Replayed) {
                bail!("it does not pass: {:?}", verdict.findings);
            }
            std::hint::black_box(verdict);
            Ok(assessment.items.len() as u64)
        })
    }

    fn checked<R>(
        &self,
        bytes: &[u8],
        then: impl FnOnce(&Verdict<'_>, &Assessment<'_, '_>) -> Result<R>,
    ) -> Result<R> {
        let checked = self.checker.check(bytes, |verdict| {
            let assessment = verdict.assessment;
            then(verdict, assessment.ok_or_else(|| anyhow!("it was not walked"))?)
        });
        checked.map_err(|unreadable| anyhow!("it cannot be read: {unreadable:?}"))?
    }
}
