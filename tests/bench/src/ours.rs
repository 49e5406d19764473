//! What is measured as ours, behind three functions. Everything else in the bench knows only these.

use anyhow::{Context as _, Result, bail};
use sekretesskoll::answers::{AnswersDocument, Read, Words};
use sekretesskoll::assessment::{Assessment, Desk};
use sekretesskoll::record::{Record, digest};
use sekretesskoll::trees::Trees;

/// The program's own checking of documents.
pub struct Ours<'t> {
    trees: &'t Trees,
    desk: Desk<'t>,
}

impl<'t> Ours<'t> {
    /// With a set of trees.
    #[must_use]
    pub fn new(trees: &'t Trees) -> Self {
        let desk = Desk::new(trees);
        Self { trees, desk }
    }

    /// Answers from bytes to outcomes with their whole path; how many items were decided.
    pub fn answers(&mut self, bytes: &[u8]) -> Result<u64> {
        let document: AnswersDocument<Read<'_>> = serde_json::from_slice(bytes)?;
        let assessment = self.assessment(&document)?;
        let decided = assessment.items.len() + usize::from(assessment.identity.is_some());
        std::hint::black_box(assessment);
        Ok(decided as u64)
    }

    /// The outcomes of the first item and the others, for holding them against a peer's.
    pub fn outcomes(&mut self, bytes: &[u8]) -> Result<Vec<Option<&'static str>>> {
        let document: AnswersDocument<Read<'_>> = serde_json::from_slice(bytes)?;
        let assessment = self.assessment(&document)?;
        let items = assessment.identity.iter().chain(&assessment.items);
        Ok(items
            .map(|item| item.outcome.map(sekretesskoll::tree::ItemOutcome::key))
            .collect())
    }

    /// A record from bytes: read, its digest, and a replay that must come to the same.
    pub fn record(&mut self, bytes: &[u8]) -> Result<u64> {
        let record: Record = serde_json::from_slice(bytes)?;
        let own = digest(&record).context("a record without a digest")?;
        if record.digest.strip_prefix("sha256:") != Some(own.as_str()) {
            bail!("the digest does not hold");
        }
        let document = record.answers(&self.trees.laws)?;
        let assessment = self.assessment(&document)?;
        if assessment
            .whole
            .is_none_or(|whole| whole.key() != record.outcome)
        {
            bail!("the record would now come to something else");
        }
        Ok(record.items.len() as u64)
    }

    fn assessment<'d, S: Words>(
        &self,
        document: &'d AnswersDocument<S>,
    ) -> Result<Assessment<'t, 'd>> {
        let assessment = self.desk.assess(document);
        let assessment = assessment.map_err(|need| anyhow::anyhow!("it needs {need:?}"))?;
        if !assessment.needs.is_empty() {
            bail!("it needs {:?}", assessment.needs);
        }
        Ok(assessment)
    }
}
