//! A document as parts that flow down the sheets: each a paragraph with its place in the structure.

use crate::language::Lang;
use crate::page::{Block, Entry, Field, LINE, Page, Table, Value, blank};

/// What a part is in the structure of the document.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A heading of this level, from 1.
    Heading(u16),
    /// A paragraph.
    Paragraph,
    /// The beginning of an entry of a list; the first of a list begins it.
    Entry { first: bool, numbered: bool },
    /// What belongs to the entry above.
    With,
}

/// A run of text in one weight.
pub(super) struct Run {
    pub(super) text: String,
    pub(super) bold: bool,
}

/// A paragraph.
pub(super) struct Part {
    pub(super) kind: Kind,
    /// The number or sign of an entry.
    pub(super) sign: Option<String>,
    pub(super) runs: Vec<Run>,
    pub(super) size: f32,
    /// Indent of the text, in points.
    pub(super) indent: f32,
    /// Room above, in points.
    pub(super) above: f32,
    /// It stays on the sheet of the part after it.
    pub(super) keep: bool,
}

const SIZE: f32 = 10.0;
const INDENT: f32 = 18.0;

fn run(text: &str, bold: bool) -> Run {
    Run {
        text: text.to_owned(),
        bold,
    }
}

fn part(kind: Kind, runs: Vec<Run>, above: f32) -> Part {
    Part {
        kind,
        sign: None,
        runs,
        size: SIZE,
        indent: 0.0,
        above,
        keep: false,
    }
}

/// Parts that stay on one sheet.
fn together(mut parts: Vec<Part>) -> Vec<Part> {
    if let Some((_, rest)) = parts.split_last_mut() {
        for part in rest {
            part.keep = true;
        }
    }
    parts
}

fn heading(level: u16, text: &str, size: f32, above: f32) -> Part {
    Part {
        size,
        keep: true,
        ..part(Kind::Heading(level), vec![run(text, true)], above)
    }
}

pub(super) fn parts(page: &Page) -> Vec<Part> {
    let title = heading(1, &page.title, 15.0, 0.0);
    let blocks = page.blocks.iter().flat_map(|one| block(page.lang, one));
    std::iter::once(title).chain(blocks).collect()
}

fn block(lang: Lang, block: &Block) -> Vec<Part> {
    match block {
        Block::Section(text) => vec![heading(2, text, 12.0, 14.0)],
        Block::Part(text) => vec![heading(3, text, 10.5, 10.0)],
        Block::Paragraph(text) => vec![part(Kind::Paragraph, vec![run(text, false)], 6.0)],
        Block::Notice(list) => lines(list, true, 5.0),
        Block::Lines(list) => lines(list, false, 1.0),
        Block::Bullets(list) => entries(list, false),
        Block::Numbered(list) => entries(list, true),
        Block::Fields(list) => fields(lang, list),
        Block::Table(shown) => table(shown),
        Block::Figure(figure) => table(&figure.table()),
    }
}

fn lines(list: &[String], bold: bool, between: f32) -> Vec<Part> {
    let lines = list.iter().enumerate();
    lines
        .map(|(at, line)| {
            let above = if at == 0 { 8.0 } else { between };
            part(Kind::Paragraph, vec![run(line, bold)], above)
        })
        .collect()
}

fn entries(list: &[Entry], numbered: bool) -> Vec<Part> {
    let one = |(at, entry): (usize, &Entry)| {
        let sign = if numbered {
            format!("{}.", at + 1)
        } else {
            "-".to_owned()
        };
        let first = at == 0;
        let text = Part {
            sign: Some(sign),
            indent: INDENT,
            ..part(
                Kind::Entry { first, numbered },
                vec![run(&entry.text, false)],
                5.0,
            )
        };
        let with = entry.with.iter().map(|(lead, text)| Part {
            indent: INDENT,
            ..part(
                Kind::With,
                vec![run(&format!("{lead}: "), true), run(text, false)],
                2.0,
            )
        });
        together(std::iter::once(text).chain(with).collect())
    };
    list.iter().enumerate().flat_map(one).collect()
}

/// A signature stays with what it stands under.
fn fields(lang: Lang, list: &[Field]) -> Vec<Part> {
    let fields = list.iter().enumerate();
    let parts: Vec<Part> = fields.map(|(at, one)| field(lang, one, at == 0)).collect();
    if list.iter().any(|field| field.value == Value::Line) {
        return together(parts);
    }
    parts
}

fn field(lang: Lang, field: &Field, first: bool) -> Part {
    let (value, bold, room) = match &field.value {
        Value::Text(text) => (text.clone(), false, 0.0),
        Value::Blank(what) => (blank(lang, what), true, 0.0),
        Value::Line => (LINE.to_owned(), false, 22.0),
    };
    let ends = field.name.ends_with(['?', '.', ':']);
    let joint = if ends { " " } else { ": " };
    let name = run(&format!("{}{joint}", field.name), true);
    let above = if first { 6.0 } else { 2.5 };
    part(Kind::Paragraph, vec![name, run(&value, bold)], above + room)
}

/// A row is an entry, with the cells that hold anything below its first.
fn table(table: &Table) -> Vec<Part> {
    let caption = part(
        Kind::Paragraph,
        vec![run(&format!("{}:", table.caption), false)],
        6.0,
    );
    let row = |(at, row): (usize, &Vec<String>)| {
        let cells = table.columns.iter().zip(row);
        let filled = cells.filter(|(_, cell)| !cell.is_empty()).enumerate();
        let cells = filled.map(move |(cell, (column, text))| {
            let first = at == 0;
            let (kind, above) = if cell == 0 {
                (
                    Kind::Entry {
                        first,
                        numbered: false,
                    },
                    5.0,
                )
            } else {
                (Kind::With, 1.0)
            };
            Part {
                indent: INDENT,
                ..part(
                    kind,
                    vec![run(&format!("{column}: "), true), run(text, false)],
                    above,
                )
            }
        });
        together(cells.collect())
    };
    let rows = table.rows.iter().enumerate().flat_map(row);
    std::iter::once(caption).chain(rows).collect()
}
