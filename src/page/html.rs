//! A document as one HTML file: no script, nothing fetched, readable without its style.

use crate::language::Lang;
use crate::page::{Block, Entry, Field, Figure, LINE, LONG_NAME, Page, Table, Value, blank};

/// Light and dark on the screen; black on white on A4. Nothing carries meaning by colour alone.
const STYLE: &str = include_str!("page.css");

/// A cell of so few characters, such as a day, is never broken.
const SHORT_CELL: usize = 12;

pub(super) fn html(page: &Page) -> String {
    let (lang, title) = (page.lang.tag(), escaped(&page.title));
    let blocks = page.blocks.iter().map(|part| block(page.lang, part));
    let body: String = blocks.collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n\
         {body}</main>\n</body>\n</html>\n"
    )
}

fn block(lang: Lang, block: &Block) -> String {
    match block {
        Block::Section(heading) => format!("<h2>{}</h2>\n", escaped(heading)),
        Block::Part(heading) => format!("<h3>{}</h3>\n", escaped(heading)),
        Block::Paragraph(text) => paragraph(text),
        Block::Notice(lines) => format!(
            "<div class=\"notice\">\n{}</div>\n",
            each(lines, |line| paragraph(line))
        ),
        Block::Lines(lines) => {
            let lines: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
            format!("<p>{}</p>\n", lines.join("<br>\n"))
        }
        Block::Bullets(list) => format!("<ul>\n{}</ul>\n", each(list, entry)),
        Block::Numbered(list) => format!("<ol>\n{}</ol>\n", each(list, entry)),
        Block::Fields(list) => fields(lang, list),
        Block::Table(shown) => table(shown, ""),
        Block::Figure(shown) => figure(shown),
    }
}

fn each<T>(list: &[T], one: impl Fn(&T) -> String) -> String {
    list.iter().map(one).collect()
}

fn paragraph(text: &str) -> String {
    format!("<p>{}</p>\n", escaped(text))
}

fn entry(entry: &Entry) -> String {
    if entry.with.is_empty() {
        return format!("<li>{}</li>\n", escaped(&entry.text));
    }
    let with = |(lead, text): &(String, String)| {
        let (lead, text) = (escaped(lead), escaped(text));
        format!("<p class=\"with\"><strong>{lead}:</strong> {text}</p>\n")
    };
    format!(
        "<li>\n{}{}</li>\n",
        paragraph(&entry.text),
        each(&entry.with, with)
    )
}

fn fields(lang: Lang, list: &[Field]) -> String {
    let has_long = list
        .iter()
        .any(|field| field.name.chars().count() > LONG_NAME);
    let class = if has_long { " class=\"long\"" } else { "" };
    format!("<dl{class}>\n{}</dl>\n", each(list, |one| field(lang, one)))
}

fn field(lang: Lang, field: &Field) -> String {
    let value = match &field.value {
        Value::Text(text) => escaped(text),
        Value::Blank(what) => format!(
            "<span class=\"blank\">{}</span>",
            escaped(&blank(lang, what))
        ),
        Value::Line => format!("<span class=\"line\">{LINE}</span>"),
    };
    format!(
        "<div><dt>{}</dt><dd>{value}</dd></div>\n",
        escaped(&field.name)
    )
}

/// The drawing first, then the table, which says all of it.
fn figure(figure: &Figure) -> String {
    let drawn = figure.chart.as_ref().map(super::figure::Chart::svg);
    let table = table(&figure.table(), " class=\"figures\"");
    let (drawn, name) = (drawn.unwrap_or_default(), escaped(&figure.caption));
    // Columns stay beside each other on a telephone too: the table is pushed aside there, by keys as well.
    format!(
        "<figure>\n{drawn}<div class=\"wide\" role=\"region\" aria-label=\"{name}\" tabindex=\"0\">\n{table}</div>\n</figure>\n"
    )
}

fn table(table: &Table, class: &str) -> String {
    let heads = each(&table.columns, |column| {
        format!(
            "<th role=\"columnheader\" scope=\"col\">{}</th>",
            escaped(column)
        )
    });
    let rows = each(&table.rows, |cells| row(&table.columns, cells));
    format!(
        "<table role=\"table\"{class}>\n<caption>{}</caption>\n<thead>\n<tr role=\"row\">{heads}</tr>\n</thead>\n<tbody>\n{rows}</tbody>\n</table>\n",
        escaped(&table.caption)
    )
}

/// Each cell repeats the head of its column for narrow screens, where a row stands as a list; the roles keep it a table
/// for screen readers there too.
fn row(columns: &[String], cells: &[String]) -> String {
    let cell = |(at, (column, cell)): (usize, (&String, &String))| {
        let short = cell.chars().count() <= SHORT_CELL;
        let class = if short { " class=\"short\"" } else { "" };
        let (column, cell) = (escaped(column), escaped(cell));
        if at == 0 {
            format!(
                "<th role=\"rowheader\" scope=\"row\" data-head=\"{column}\"{class}>{cell}</th>"
            )
        } else {
            format!("<td role=\"cell\" data-head=\"{column}\"{class}>{cell}</td>")
        }
    };
    let cells: String = columns.iter().zip(cells).enumerate().map(cell).collect();
    format!("<tr role=\"row\">{cells}</tr>\n")
}

/// A text as HTML shows it.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}
