//! Self-control (*egenkontroll*): figures, deviations, spot samples and gaps over many records, reviews and dispatches.
//!
//! Of each document only a small row is kept ([`facts`]): where it lies, what it came to, and when. No free text, no
//! name of a person and no reference number is in it, so none can come out of it. What is counted, what is asked about a
//! sample and what is missing has its words and its law in `selfcontrol.toml` ([`catalogue`]).
//!
//! | module | what it is |
//! | --- | --- |
//! | [`facts`] | what is kept of a document, and all of them joined: a record with its reviews and dispatches |
//! | [`exact`] | the statistics: exact tests and limits, quantiles |
//! | [`sections`] | tables of figures, whatever face they get |
//! | [`deviations`] | groups and records that differ from one's own baseline |
//! | [`hide`] | small numbers kept out of what is published |
//! | [`report`] | all of it as a page, as CSV and as JSON |
//! | [`sample`] | a random sample that anybody can draw again |
//! | [`checklist`] | the sample as a document to fill in, and read back |
//! | [`results`] | what the filled-in checklists say, beside what the documents say |
//! | [`gaps`] | what the duty asks of the organisation, and is not there |

pub mod catalogue;
pub mod checklist;
pub mod deviations;
pub mod exact;
pub mod facts;
pub mod gaps;
pub mod hide;
pub mod report;
pub mod results;
pub mod sample;
pub mod sections;
