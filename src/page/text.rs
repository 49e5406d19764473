//! A document as plain text: wrapped, with headings underlined and tables as names with values.

use crate::language::Lang;
use crate::page::{Bars, Block, Entry, Field, LINE, LONG_NAME, Page, Table, Value, blank};

/// The width that lines keep within.
const WIDTH: usize = 78;

pub(super) fn text(page: &Page, bars: Bars) -> String {
    let mut parts = vec![underlined(&page.title, "=")];
    parts.extend(page.blocks.iter().map(|part| block(page.lang, part, bars)));
    format!("{}\n", parts.join("\n\n"))
}

fn block(lang: Lang, block: &Block, bars: Bars) -> String {
    match block {
        Block::Section(heading) => format!("\n{}", underlined(heading, "-")),
        Block::Part(heading) => underlined(heading, "."),
        Block::Paragraph(text) => wrapped(text, "", ""),
        Block::Notice(lines) => joined(lines, |line| wrapped(line, "| ", "| ")),
        Block::Lines(lines) => joined(lines, |line| wrapped(line, "", "  ")),
        Block::Bullets(list) => entries(list, |_| "- ".to_owned()),
        Block::Numbered(list) => entries(list, |number| format!("{number}. ")),
        Block::Fields(fields) => joined(fields, |one| field(lang, one)),
        Block::Table(shown) => table(shown),
        // The heading above it says what a figure shows.
        Block::Figure(figure) => figure.lines(WIDTH, bars),
    }
}

fn joined<T>(list: &[T], one: impl Fn(&T) -> String) -> String {
    list.iter().map(one).collect::<Vec<_>>().join("\n")
}

fn wrapped(text: &str, first: &str, rest: &str) -> String {
    let options = textwrap::Options::new(WIDTH)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .initial_indent(first)
        .subsequent_indent(rest);
    textwrap::fill(text, &options)
}

fn underlined(heading: &str, sign: &str) -> String {
    let heading = wrapped(heading, "", "");
    let width = heading.lines().map(|line| line.chars().count()).max();
    format!("{heading}\n{}", sign.repeat(width.unwrap_or_default()))
}

/// Entries stand apart where anything belongs to them.
fn entries(list: &[Entry], sign: impl Fn(usize) -> String) -> String {
    let one = |(at, entry): (usize, &Entry)| {
        let sign = sign(at + 1);
        let indent = " ".repeat(sign.chars().count());
        let with = entry.with.iter();
        let with = with.map(|(lead, text)| wrapped(&format!("{lead}: {text}"), &indent, &indent));
        let lines: Vec<String> = std::iter::once(wrapped(&entry.text, &sign, &indent))
            .chain(with)
            .collect();
        lines.join("\n")
    };
    let apart = list.iter().any(|entry| !entry.with.is_empty());
    let list: Vec<String> = list.iter().enumerate().map(one).collect();
    list.join(if apart { "\n\n" } else { "\n" })
}

fn field(lang: Lang, field: &Field) -> String {
    match &field.value {
        Value::Text(text) => named(&field.name, text),
        Value::Blank(what) => named(&field.name, &blank(lang, what)),
        Value::Line => format!("\n{}\n", named(&field.name, LINE)),
    }
}

fn named(name: &str, value: &str) -> String {
    let joint = if name.ends_with(['?', '.', ':']) {
        ""
    } else {
        ":"
    };
    if name.chars().count() > LONG_NAME {
        let (name, value) = (
            wrapped(&format!("{name}{joint}"), "", ""),
            wrapped(value, "    ", "    "),
        );
        return format!("{name}\n{value}");
    }
    wrapped(&format!("{name}{joint} {value}"), "", "    ")
}

/// A line for each cell that holds anything, named by its column.
fn table(table: &Table) -> String {
    let row = |row: &Vec<String>| {
        let cells = table.columns.iter().zip(row);
        let filled = cells.filter(|(_, cell)| !cell.is_empty());
        let lines =
            filled.map(|(column, cell)| wrapped(&format!("{column}: {cell}"), "  ", "      "));
        lines.collect::<Vec<_>>().join("\n")
    };
    let rows: Vec<String> = table.rows.iter().map(row).collect();
    let caption = wrapped(&format!("{}:", table.caption), "", "");
    format!("{caption}\n\n{}", rows.join("\n\n"))
}
