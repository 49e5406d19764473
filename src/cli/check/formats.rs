//! The formats: each writes what is told of a document by itself, so that all cores write at once.

mod lines;

use std::io::Write;

use anyhow::Result;
use clap::ArgMatches;

use sekretesskoll::check::{Finding, Grade, Kind, Verdict};
use sekretesskoll::language::Lang;

use super::inputs::Inputs;
use super::row::{Missing, Summary};
use super::work::Told;

/// A format, with what was asked for.
pub(super) struct Format {
    shape: Shape,
    pub(super) lang: Lang,
    /// Documents that pass are told of too.
    passes: bool,
    /// The path to each outcome is told.
    explain: bool,
}

/// What is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Lines,
}

impl Format {
    pub(super) fn of(_: &str, lang: Lang, matches: &ArgMatches) -> Self {
        Self {
            shape: Shape::Lines,
            lang,
            passes: matches.get_flag("passes"),
            explain: matches.get_flag("explain"),
        }
    }

    /// What stands before everything.
    pub(super) fn begin(&self, _: &mut impl Write) -> Result<()> {
        Ok(())
    }

    /// What stands between two.
    pub(super) const fn between(&self) -> &'static [u8] {
        b""
    }

    /// What is told of a document.
    pub(super) fn document(
        &self,
        name: &str,
        verdict: &Verdict<'_>,
        missing: &[Missing],
    ) -> Vec<u8> {
        match self.shape {
            Shape::Lines => lines::document(self.lang, self.explain, name, verdict, missing),
        }
    }

    /// What is told of something that cannot be read.
    pub(super) fn unreadable(&self, name: &str, kind: Option<Kind>, why: &str) -> Vec<u8> {
        match self.shape {
            Shape::Lines => lines::unreadable(name, kind, why),
        }
    }

    /// What several documents tell of together.
    pub(super) fn chain(&self, name: &str, finding: &Finding) -> Vec<u8> {
        match self.shape {
            Shape::Lines => lines::chain(self.lang, name, finding),
        }
    }

    /// What stands after everything.
    pub(super) fn end(&self, _: &mut impl Write, _: &Summary) -> Result<()> {
        Ok(())
    }

    /// Whether a document with this verdict is told of.
    fn tells(&self, grade: Grade, findings: &[Finding]) -> bool {
        self.passes || grade != Grade::Pass || !findings.is_empty()
    }
}

/// How far the work has come, for those who watch.
pub(super) struct Progress;

impl Progress {
    pub(super) fn new(_: &Inputs) -> Self {
        Self
    }

    pub(super) fn tick(&mut self, _: &Told) {}

    pub(super) fn done(&self) {}
}
