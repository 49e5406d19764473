//! A document as Markdown (`CommonMark`, with the tables of GitHub). What a person wrote is escaped, so that no sign in
//! it becomes a heading, a list, a link or a tag.

use crate::language::Lang;
use crate::page::{Block, Entry, Field, LINE, Page, Table, Value, blank};

pub(super) fn markdown(page: &Page) -> String {
    let title = format!("# {}", escaped(&page.title));
    let blocks = page.blocks.iter().map(|part| block(page.lang, part));
    let parts: Vec<String> = std::iter::once(title).chain(blocks).collect();
    format!("{}\n", parts.join("\n\n"))
}

fn block(lang: Lang, block: &Block) -> String {
    match block {
        Block::Section(heading) => format!("## {}", escaped(heading)),
        Block::Part(heading) => format!("### {}", escaped(heading)),
        Block::Paragraph(text) => escaped(text),
        Block::Notice(lines) => joined(lines, ">\n", |line| format!("> **{}**\n", escaped(line))),
        // A backslash at the end of a line breaks it where two spaces would be lost.
        Block::Lines(lines) => joined(lines, "\\\n", |line| escaped(line)),
        Block::Bullets(list) => entries(list, |_| "- ".to_owned()),
        Block::Numbered(list) => entries(list, |number| format!("{number}. ")),
        Block::Fields(fields) => joined(fields, "\n", |one| format!("- {}", field(lang, one))),
        Block::Table(shown) => table(shown),
        Block::Figure(figure) => table(&figure.table()),
    }
}

fn joined<T>(list: &[T], between: &str, one: impl Fn(&T) -> String) -> String {
    let list: Vec<String> = list.iter().map(one).collect();
    list.join(between).trim_end().to_owned()
}

fn entries(list: &[Entry], sign: impl Fn(usize) -> String) -> String {
    let one = |(at, entry): (usize, &Entry)| {
        let sign = sign(at + 1);
        let indent = " ".repeat(sign.len());
        let with = entry.with.iter();
        let with = with
            .map(|(lead, text)| format!("\n\n{indent}**{}:** {}", escaped(lead), escaped(text)));
        format!("{sign}{}{}", escaped(&entry.text), with.collect::<String>())
    };
    let apart = list.iter().any(|entry| !entry.with.is_empty());
    let list: Vec<String> = list.iter().enumerate().map(one).collect();
    list.join(if apart { "\n\n" } else { "\n" })
}

fn field(lang: Lang, field: &Field) -> String {
    let joint = if field.name.ends_with(['?', '.', ':']) {
        ""
    } else {
        ":"
    };
    let name = format!("**{}{joint}**", escaped(&field.name));
    match &field.value {
        Value::Text(text) => format!("{name} {}", escaped(text)),
        Value::Blank(what) => format!("{name} **{}**", escaped(&blank(lang, what))),
        Value::Line => format!("{name} {}", escaped(LINE)),
    }
}

fn table(table: &Table) -> String {
    let row = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
        format!("| {} |", cells.join(" | "))
    };
    let line = vec!["---"; table.columns.len()].join(" | ");
    let rows: Vec<String> = table.rows.iter().map(|cells| row(cells)).collect();
    format!(
        "{}:\n\n{}\n| {line} |\n{}",
        escaped(&table.caption),
        row(&table.columns),
        rows.join("\n")
    )
}

/// What means something anywhere is escaped everywhere; what means something only first on a line, there.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' | '$'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    first_on_a_line(out)
}

fn first_on_a_line(text: String) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    if digits > 0 && rest.starts_with(['.', ')']) {
        return format!("{number}\\{rest}");
    }
    if text.starts_with(['-', '+', '=', ':']) {
        return format!("\\{text}");
    }
    text
}
