//! The library behind `sekretesskoll`: it decides, and never speaks.
//!
//! A walk is determined by trees, day, authority and answers and by nothing else. The library reads no file, no clock,
//! no environment and no terminal, and prints nothing; the lints below hold it to that.
//!
//! | module | what it is |
//! | --- | --- |
//! | [`language`] | the two languages, and a text in both |
//! | [`finding`] | a defect in data: code, place, sentence, hint |
//! | [`law`] | provisions and authorities as of a day |
//! | [`tree`] | a checked decision tree, and [`fact`] what it may know |
//! | [`trees`] | laws, authorities and the four trees, loaded together |
//! | [`walk`](mod@walk) | one tree under way |
//! | [`answers`] | the answers document |
//! | [`json`] | documents read quickly where they are as they should be |
//! | [`assessment`] | the stages: route, items, sending, closing |
//! | [`explain`](mod@explain) | why an outcome came out as it did, and what would have changed it |
//! | [`people`] | looks for personal data in free text |
//! | [`record`] | the record document, its digest and its schema |
//! | [`review`] | a second person's review of a record |
//! | [`reconcile`](mod@reconcile) | the outgoing folder against a record, and what was sent |
//! | [`alike`] | texts and names compared as people do |
//! | [`csv`] | lines of comma-separated values, where no field is a formula |
//! | [`seal`] | the digest that a document ends in, whatever document it is |
//! | [`signature`] | detached SSH signatures, and who may sign |
//! | [`register`] | the append-only register: lines in, findings out |
//! | [`letter`] | the report of concern from a record: released wordings and the first item |
//! | [`note`](mod@note) | the case note from a record, for registration |
//! | [`guide`] | stand-alone trees for what stands around a report: walked, dated, recorded |
//! | [`page`] | a document for people as text, Markdown and HTML |
//! | [`check`] | many documents → verdicts, and what is found in them |
//! | [`selfcontrol`] | figures, deviations, spot samples and gaps over many documents |
//! | [`case`] | worked cases, and whether they hold |
//! | [`training`] | exercises as data, and what a trainee did; names nothing that a record is made of |
#![deny(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::print_stderr
)]

pub mod alike;
pub mod answers;
pub mod assessment;
pub mod case;
pub mod check;
pub mod cite;
pub mod csv;
pub mod embedded;
pub mod explain;
pub mod fact;
pub mod finding;
mod glance;
pub mod guide;
pub mod json;
pub mod language;
pub mod law;
pub mod letter;
pub mod note;
pub mod page;
pub mod people;
pub mod prove;
pub mod reconcile;
pub mod record;
pub mod register;
pub mod request;
pub mod review;
pub mod schema;
pub mod seal;
pub mod selfcontrol;
pub mod signature;
pub mod source;
pub mod training;
pub mod tree;
pub mod trees;
pub mod walk;
