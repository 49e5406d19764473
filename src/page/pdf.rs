//! A document as PDF/A-3a: text with its structure, in embedded fonts, and where wanted a file that it was made from.
//!
//! Everything flows in one column, in the order and the words of the plain text. krilla checks what it can of the
//! standard and refuses otherwise; no independent validator has looked at the result.

mod flow;
mod set;

use std::fmt;

use jiff::civil::Date;
use krilla::configure::{Archival, ConfigurationBuilder};
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::metadata::{DateTime, Metadata};
use krilla::{Document, SerializeSettings};

use crate::page::Page;

/// A file that travels in the PDF, byte for byte.
#[derive(Clone, Copy)]
pub struct Attachment<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it is, for people.
    pub what: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// Why there is no PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PdfError {
    /// The fonts lack this character: nothing may be lost in silence.
    Missing(char),
    /// krilla refused. No text of the document stands in its reason.
    Refused(&'static str),
}

impl fmt::Display for PdfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PdfError::Missing(c) => write!(f, "U+{:04X}", u32::from(*c)),
            PdfError::Refused(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for PdfError {}

pub(super) fn pdf(
    page: &Page,
    day: Date,
    attached: Option<Attachment<'_>>,
) -> Result<Vec<u8>, PdfError> {
    let fonts = set::Fonts::new()?;
    let sheets = set::sheets(&fonts, &flow::parts(page))?;
    let mut document = Document::new_with(settings()?);
    let tree = set::draw(&mut document, &fonts, &sheets, page.lang)?;
    document.set_tag_tree(tree);
    document.set_metadata(metadata(page, day));
    if let Some(file) = attached {
        attach(&mut document, file, day)?;
    }
    document.finish().map_err(|_| PdfError::Refused("PDF/A-3a"))
}

fn settings() -> Result<SerializeSettings, PdfError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_A)
        .finish()
        .map_err(|_| PdfError::Refused("PDF/A-3a"))?;
    Ok(SerializeSettings {
        configuration,
        enable_tagging: true,
        ..SerializeSettings::default()
    })
}

fn metadata(page: &Page, day: Date) -> Metadata {
    Metadata::new()
        .title(page.title.clone())
        .language(page.lang.tag().to_owned())
        .creator(concat!("sekretesskoll ", env!("CARGO_PKG_VERSION")).to_owned())
        .creation_date(date_time(day))
}

/// The day alone: the hour would say when somebody sat at the machine.
fn date_time(day: Date) -> DateTime {
    let number = |value: i8| u8::try_from(value).unwrap_or(1);
    DateTime::new(u16::try_from(day.year()).unwrap_or_default())
        .month(number(day.month()))
        .day(number(day.day()))
}

fn attach(document: &mut Document, file: Attachment<'_>, day: Date) -> Result<(), PdfError> {
    let embedded = EmbeddedFile {
        path: file.name.to_owned(),
        mime_type: MimeType::new("application/json"),
        description: Some(file.what.to_owned()),
        association_kind: AssociationKind::Source,
        data: file.bytes.to_vec().into(),
        modification_date: Some(date_time(day)),
        // As it is: a reader that knows nothing of compression finds it too.
        compress: Some(false),
        location: None,
    };
    let once = document.embed_file(embedded);
    once.ok_or(PdfError::Refused("attachment"))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Attachment, PdfError, flow};
    use crate::language::Lang;
    use crate::page::{Block, Entry, Field, Page, Table, Value};

    fn page(word: &str) -> Page {
        let text = || {
            format!(
                "{word} å § – ”citat” i en rad som är lång nog för att brytas, {}",
                "ord ".repeat(30)
            )
        };
        let mut page = Page::new(Lang::Sv, "Rubrik".to_owned());
        let entry = Entry {
            text: text(),
            with: vec![("Ledord".to_owned(), text())],
        };
        let line = Field {
            name: "Underskrift".to_owned(),
            value: Value::Line,
        };
        let fields = vec![
            Field::new("Namn", &text()),
            Field::blank("Fråga?", "svar"),
            line,
        ];
        for _ in 0..4 {
            page.section(
                "Avsnitt",
                [
                    Block::Paragraph(text()),
                    Block::Numbered(vec![entry.clone(), entry.clone()]),
                ],
            );
            page.blocks.push(Block::Part("Del".to_owned()));
            page.blocks.push(Block::Notice(vec![text()]));
            page.blocks.push(Block::Lines(vec![text(), text()]));
            page.blocks.push(Block::Fields(fields.clone()));
            page.blocks.push(Block::Table(Table {
                caption: "Tabell".to_owned(),
                columns: vec!["Ett".to_owned(), "Två".to_owned()],
                rows: vec![vec![text(), String::new()], vec![text(), text()]],
            }));
        }
        page
    }

    /// The words of the plain text, without lines that are only drawn there.
    fn words(text: &str) -> Vec<&str> {
        let drawn = |word: &&str| {
            !(word.len() > 2 && word.chars().all(|c| matches!(c, '=' | '-' | '.'))) && *word != "|"
        };
        text.split_whitespace().filter(drawn).collect()
    }

    #[test]
    fn what_is_set_is_the_plain_text_in_its_order() {
        let page = page("ord");
        let mut set = String::new();
        for part in flow::parts(&page) {
            set.push_str(part.sign.as_deref().unwrap_or_default());
            set.push(' ');
            set.extend(part.runs.iter().map(|run| run.text.as_str()));
            set.push(' ');
        }
        assert_eq!(words(&set), words(&page.text()));
    }

    fn holds(pdf: &[u8], bytes: &[u8]) -> bool {
        pdf.windows(bytes.len()).any(|window| window == bytes)
    }

    #[test]
    fn an_attachment_is_there_byte_for_byte_and_nothing_else_is() {
        let bytes = "{\n  \"kind\": \"record\", \"text\": \"å\"\n}\n".as_bytes();
        let file = Attachment {
            name: "fil.json",
            what: "fil",
            bytes,
        };
        let with = page("ord")
            .pdf(date(2026, 11, 22), Some(file))
            .unwrap_or_default();
        assert!(
            with.starts_with(b"%PDF-1.7")
                && holds(&with, bytes)
                && holds(&with, b"/AFRelationship")
        );
        let without = page("ord")
            .pdf(date(2026, 11, 22), None)
            .unwrap_or_default();
        assert!(without.starts_with(b"%PDF-1.7"));
        assert!(!holds(&without, b"EmbeddedFile") && !holds(&without, b"AFRelationship"));
    }

    #[test]
    fn a_character_without_a_letter_in_the_font_is_told_and_never_lost() {
        let error = page("\u{627}").pdf(date(2026, 11, 22), None);
        assert_eq!(error, Err(PdfError::Missing('\u{627}')));
        assert_eq!(
            error.map_err(|error| error.to_string()),
            Err("U+0627".to_owned())
        );
    }

    #[test]
    fn a_word_wider_than_the_sheet_is_broken() {
        let wide = "x".repeat(3000);
        assert!(page(&wide).pdf(date(2026, 11, 22), None).is_ok());
    }
}
