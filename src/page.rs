//! A document for people to read: headings, paragraphs, lists, fields, tables and blanks, and nothing of how they look.
//!
//! | renderer | gives |
//! | --- | --- |
//! | [`Page::text`] | plain text, wrapped |
//! | [`Page::markdown`] | Markdown; what a person wrote is escaped |
//! | [`Page::html`] | one HTML file without scripts and without anything fetched, for screen and A4 |
//! | `Page::pdf` | PDF/A-3a with its structure, in a build with the feature `pdf` |

mod figure;
mod html;
mod markdown;
#[cfg(feature = "pdf")]
mod pdf;
mod text;

use std::fmt;

use crate::language::Lang;
use crate::walk::clean;

pub use figure::{Bar, Bars, Chart, Figure, Shape};
#[cfg(feature = "pdf")]
pub use pdf::{Attachment, PdfError};

/// A document.
#[derive(Clone, PartialEq)]
pub struct Page {
    /// The language of its words.
    pub lang: Lang,
    /// What it is. Never a name: it stands in the window's title and in the browser's history.
    pub title: String,
    /// What it holds, in order.
    pub blocks: Vec<Block>,
}

/// Never prints a text: it is about people.
impl fmt::Debug for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page")
            .field("title", &self.title)
            .field("blocks", &self.blocks.len())
            .finish_non_exhaustive()
    }
}

/// A part of a document.
#[derive(Clone, PartialEq)]
pub enum Block {
    /// A heading of a section, under the title.
    Section(String),
    /// A heading within a section.
    Part(String),
    /// A paragraph.
    Paragraph(String),
    /// What must be seen first, such as a note of secrecy.
    Notice(Vec<String>),
    /// Lines that stand each for itself, such as an address.
    Lines(Vec<String>),
    /// A list.
    Bullets(Vec<Entry>),
    /// A list whose order counts.
    Numbered(Vec<Entry>),
    /// Names with their values.
    Fields(Vec<Field>),
    /// A table.
    Table(Table),
    /// Numbers, and the same drawn.
    Figure(Figure),
}

/// An entry of a list, with what belongs to it.
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    /// The entry.
    pub text: String,
    /// What belongs to it: a lead and a sentence.
    pub with: Vec<(String, String)>,
}

/// A name with its value.
#[derive(Clone, PartialEq, Eq)]
pub struct Field {
    /// The name.
    pub name: String,
    /// The value.
    pub value: Value,
}

/// The value of a field.
#[derive(Clone, PartialEq, Eq)]
pub enum Value {
    /// A text.
    Text(String),
    /// To be filled in by hand; what is to be written there.
    Blank(String),
    /// A line to sign on.
    Line,
}

/// A table. The first column names its row.
#[derive(Clone, PartialEq, Eq)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// The heads of its columns.
    pub columns: Vec<String>,
    /// Its rows, each as long as the columns.
    pub rows: Vec<Vec<String>>,
}

impl Page {
    /// An empty document.
    #[must_use]
    pub const fn new(lang: Lang, title: String) -> Self {
        Self {
            lang,
            title,
            blocks: Vec::new(),
        }
    }

    /// Adds a section with what it holds; none where it holds nothing.
    pub fn section(&mut self, heading: &str, blocks: impl IntoIterator<Item = Block>) {
        let blocks: Vec<Block> = blocks.into_iter().collect();
        if blocks.is_empty() {
            return;
        }
        self.blocks.push(Block::Section(heading.to_owned()));
        self.blocks.extend(blocks);
    }

    /// As plain text of 78 columns.
    #[must_use]
    pub fn text(&self) -> String {
        text::text(self, Bars::Ascii)
    }

    /// The same, with bars drawn as the reader's screen can.
    #[must_use]
    pub fn text_with(&self, bars: Bars) -> String {
        text::text(self, bars)
    }

    /// As Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        markdown::markdown(self)
    }

    /// As PDF/A-3a, dated on a day, with a file that it was made from where one is handed in.
    ///
    /// # Errors
    /// A character that the fonts lack, or what krilla refused.
    #[cfg(feature = "pdf")]
    pub fn pdf(
        &self,
        day: jiff::civil::Date,
        attached: Option<Attachment<'_>>,
    ) -> Result<Vec<u8>, PdfError> {
        pdf::pdf(self, day, attached)
    }

    /// As one HTML file.
    #[must_use]
    pub fn html(&self) -> String {
        html::html(self)
    }
}

impl From<String> for Entry {
    fn from(text: String) -> Self {
        Self {
            text,
            with: Vec::new(),
        }
    }
}

impl Field {
    /// A field with a text; what controls a terminal or turns the direction of writing is left out.
    #[must_use]
    pub fn new(name: impl Into<String>, value: &str) -> Self {
        Self {
            name: name.into(),
            value: Value::Text(tidy(value)),
        }
    }

    /// A field to be filled in by hand.
    #[must_use]
    pub fn blank(name: impl Into<String>, what: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            value: Value::Blank(what.into()),
        }
    }
}

/// A name longer than this, such as a question, takes a line or a wide column of its own.
const LONG_NAME: usize = 34;

/// The line to sign on, for those who see no style too.
const LINE: &str = "________________________________";

/// How a blank stands on paper, in every format: it must be found by an eye, a search and a screen reader.
fn blank(lang: Lang, what: &str) -> String {
    let fill_in = lang.pick("FYLL I", "FILL IN");
    format!("[{fill_in}: {what}]")
}

/// A text on one line, without what controls a terminal or turns the direction of writing.
#[must_use]
pub fn tidy(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    clean(&text.replace(turns, ""))
}
