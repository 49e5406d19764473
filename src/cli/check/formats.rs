//! The formats: each writes what is told of a document by itself, so that all cores write at once.

mod csv;
mod entry;
mod junit;
mod lines;
mod progress;
mod sarif;
mod summary;
mod table;

use std::io::Write;

use anyhow::Result;
use clap::ArgMatches;

use sekretesskoll::check::{Finding, Kind, Verdict};
use sekretesskoll::language::Lang;

use super::row::{Missing, Summary};
use super::work::Tell;
use entry::Row;
pub(in crate::cli) use progress::Progress;
pub(super) use table::Pages;

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
    Table,
    Json,
    Lines,
    Csv,
    Sarif,
    Junit,
}

impl Format {
    pub(super) fn of(word: &str, lang: Lang, matches: &ArgMatches) -> Self {
        let shape = match word {
            "json" => Shape::Json,
            "jsonl" => Shape::Lines,
            "csv" => Shape::Csv,
            "sarif" => Shape::Sarif,
            "junit" => Shape::Junit,
            _ => Shape::Table,
        };
        Self {
            shape,
            lang,
            passes: matches.get_flag("passes"),
            explain: matches.get_flag("explain"),
        }
    }

    /// Whether people read it, row by row.
    pub(super) fn is_table(&self) -> bool {
        self.shape == Shape::Table
    }

    /// What stands before everything.
    pub(super) fn begin(&self, out: &mut impl Write) -> Result<()> {
        let begin = match self.shape {
            Shape::Table | Shape::Lines => Vec::new(),
            Shape::Json => b"{\"documents\":[\n".to_vec(),
            Shape::Csv => csv::header(),
            Shape::Sarif => sarif::begin(self.lang),
            Shape::Junit => junit::begin(),
        };
        Ok(out.write_all(&begin)?)
    }

    /// What stands between two.
    pub(super) const fn between(&self) -> &'static [u8] {
        match self.shape {
            Shape::Json | Shape::Sarif => b",\n",
            Shape::Table | Shape::Lines | Shape::Csv | Shape::Junit => b"",
        }
    }

    /// What several documents tell of together.
    pub(super) fn chain(&self, name: &str, finding: &Finding) -> Vec<u8> {
        match self.shape {
            Shape::Lines => lines::chain(self.lang, name, finding),
            Shape::Json => lines::object(&lines::chained(self.lang, name, finding)),
            _ => self.row(&Row::of_chain(self.lang, name, finding)),
        }
    }

    fn row(&self, row: &Row<'_>) -> Vec<u8> {
        match self.shape {
            Shape::Csv => csv::rows(row),
            Shape::Sarif => sarif::results(self.lang, row),
            Shape::Junit => junit::testcase(row),
            Shape::Table | Shape::Json | Shape::Lines => table::rows(self.lang, self.passes, row),
        }
    }

    /// What stands after everything.
    pub(super) fn end(&self, out: &mut impl Write, summary: &Summary) -> Result<()> {
        let end = match self.shape {
            Shape::Lines | Shape::Csv => Vec::new(),
            Shape::Table => table::summary(self.lang, summary).into_bytes(),
            Shape::Json => summary::json(summary),
            Shape::Sarif => sarif::END.to_vec(),
            Shape::Junit => junit::END.to_vec(),
        };
        Ok(out.write_all(&end)?)
    }
}

impl Tell for Format {
    type Of = Vec<u8>;

    fn document(&self, name: &str, verdict: &Verdict<'_>, missing: &[Missing]) -> Vec<u8> {
        match self.shape {
            Shape::Lines => lines::document(self.lang, self.explain, name, verdict, missing),
            Shape::Json => lines::object(&lines::line(
                self.lang,
                self.explain,
                name,
                verdict,
                missing,
            )),
            _ => self.row(&Row::of_document(self.lang, name, verdict, missing)),
        }
    }

    fn unreadable(&self, name: &str, kind: Option<Kind>, why: &str) -> Vec<u8> {
        match self.shape {
            Shape::Lines => lines::unreadable(name, kind, why),
            Shape::Json => lines::object(&lines::broken(name, kind, why)),
            _ => self.row(&Row::of_unreadable(name, kind, why)),
        }
    }
}
