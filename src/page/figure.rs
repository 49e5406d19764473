//! Figures: a table of numbers, and the same drawn. The drawing says nothing that the table does not.

use std::borrow::Cow;

use crate::page::Table;
use crate::page::html::escaped;
use crate::tree::draw::shortened;

/// A table of numbers with a chart above it.
#[derive(Clone, PartialEq)]
pub struct Figure {
    /// What it shows.
    pub caption: String,
    /// The heads of its columns; the first column names its row.
    pub columns: Vec<String>,
    /// Its rows, each as long as the columns.
    pub rows: Vec<Vec<String>>,
    /// The chart, where there is something to draw.
    pub chart: Option<Chart>,
}

/// A chart: a bar for each row, in their order.
#[derive(Clone, PartialEq)]
pub struct Chart {
    /// How it is drawn where there is room for a drawing.
    pub shape: Shape,
    /// What is drawn, as a screen reader says it.
    pub says: String,
    /// What a full bar stands for; the longest bar where there is no such thing.
    pub full: Option<f64>,
    /// The bars.
    pub bars: Vec<Bar>,
}

/// How a chart is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Lying bars, each with its name: groups.
    Bars,
    /// Standing bars beside each other: months.
    Columns,
}

/// A bar.
#[derive(Clone, PartialEq)]
pub struct Bar {
    /// What it stands for.
    pub name: String,
    /// How long it is; none where the value is not shown or not known.
    pub length: Option<f64>,
    /// The value in words.
    pub shown: String,
}

/// How bars are drawn with letters.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Bars {
    /// With a sign that every screen, printer and mail has.
    Ascii,
    /// With block elements, in eighths of a letter.
    Blocks,
    /// Not at all.
    None,
}

impl Bars {
    /// A bar of so much of a width.
    fn drawn(self, share: f64, width: usize) -> String {
        let eighths = eighths(share, width);
        match self {
            Bars::None => String::new(),
            Bars::Ascii => "#".repeat(eighths.div_ceil(8)),
            Bars::Blocks => {
                let rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
                let rest = rest.get(eighths % 8).copied().unwrap_or_default();
                "█".repeat(eighths / 8) + rest
            }
        }
    }
}

/// What is not nothing is seen: at least an eighth.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "between 0 and 8 times a width of some tens"
)]
fn eighths(share: f64, width: usize) -> usize {
    let eighths = (share.clamp(0.0, 1.0) * (width * 8) as f64).round() as usize;
    eighths.max(usize::from(share > 0.0))
}

/// Narrower bars say nothing.
const NARROWEST_BAR: usize = 6;
const WIDEST_BAR: usize = 24;
/// A name of a row may take so much before it is broken.
const WIDEST_NAME: usize = 34;
const NARROWEST_NAME: usize = 14;

impl Chart {
    /// What a full bar stands for, never nothing.
    fn longest(&self) -> f64 {
        if let Some(full) = self.full {
            return full;
        }
        let lengths = self.bars.iter().filter_map(|bar| bar.length);
        let longest = lengths.fold(0.0_f64, f64::max);
        if longest > 0.0 { longest } else { 1.0 }
    }
}

impl Figure {
    /// The numbers alone.
    pub(super) fn table(&self) -> Table {
        Table {
            caption: self.caption.clone(),
            columns: self.columns.clone(),
            rows: self.rows.clone(),
        }
    }

    /// As lines within a width, numbers under each other, bars at the end where there is room.
    pub(super) fn lines(&self, width: usize, bars: Bars) -> String {
        let widths = self.widths(width);
        let taken: usize = widths.iter().map(|column| column + 2).sum();
        let room = width.saturating_sub(taken).min(WIDEST_BAR);
        let chart = self.chart.as_ref().filter(|_| room >= NARROWEST_BAR);
        let heads = aligned(&self.columns, &widths);
        let rule = widths.iter().map(|width| "-".repeat(*width));
        let rule = rule.collect::<Vec<_>>().join("  ");
        let rows = self.rows.iter().enumerate().map(|(at, cells)| {
            let row = aligned(cells, &widths);
            let drawn = chart.and_then(|chart| {
                let length = chart.bars.get(at)?.length?;
                Some(bars.drawn(length / chart.longest(), room))
            });
            match drawn {
                Some(drawn) if !drawn.is_empty() => with_bar(&row, taken, &drawn),
                _ => row,
            }
        });
        let all: Vec<String> = [heads, rule].into_iter().chain(rows).collect();
        all.join("\n")
    }

    /// Each column as wide as its widest word in the head and its widest cell; the first gets what is left.
    fn widths(&self, width: usize) -> Vec<usize> {
        let columns = self.columns.iter().enumerate();
        let mut widths: Vec<usize> = columns
            .map(|(at, head)| {
                let words = head.split_whitespace().map(letters).max().unwrap_or(0);
                let cells = self.rows.iter().filter_map(|row| row.get(at));
                let cells = cells.map(|cell| letters(cell)).max().unwrap_or(0);
                words.max(cells)
            })
            .collect();
        let others: usize = widths.iter().skip(1).map(|width| width + 2).sum();
        if let Some(name) = widths.first_mut() {
            let room = width.saturating_sub(others).max(NARROWEST_NAME);
            *name = (*name).min(room).min(WIDEST_NAME);
        }
        widths
    }
}

fn letters(text: &str) -> usize {
    text.chars().count()
}

/// The bar stands on the first line of its row.
fn with_bar(row: &str, at: usize, bar: &str) -> String {
    let (first, rest) = row.split_once('\n').unwrap_or((row, ""));
    let gap = " ".repeat(at.saturating_sub(letters(first)));
    let rest = if rest.is_empty() {
        String::new()
    } else {
        format!("\n{rest}")
    };
    format!("{first}{gap}{bar}{rest}")
}

/// Cells of a row beside each other: the first to the left, the others to the right, long ones on several lines.
fn aligned(cells: &[String], widths: &[usize]) -> String {
    let broken: Vec<Vec<String>> = cells.iter().zip(widths).map(broken).collect();
    let height = broken.iter().map(Vec::len).max().unwrap_or(0);
    let line = |at: usize| {
        let cells = broken.iter().zip(widths).enumerate();
        let cells = cells.map(|(column, (lines, width))| {
            let text = lines.get(at).map_or("", String::as_str);
            let gap = " ".repeat(width.saturating_sub(letters(text)));
            if column == 0 {
                format!("{text}{gap}")
            } else {
                format!("{gap}{text}")
            }
        });
        let line = cells.collect::<Vec<_>>().join("  ");
        line.trim_end().to_owned()
    };
    let lines: Vec<String> = (0..height).map(line).collect();
    lines.join("\n")
}

fn broken((cell, width): (&String, &usize)) -> Vec<String> {
    let options = textwrap::Options::new((*width).max(1))
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .break_words(true);
    let lines = textwrap::wrap(cell, options);
    lines.into_iter().map(Cow::into_owned).collect()
}

/// Units of the drawing. So wide that letters are read on a telephone and are no posters on a desk.
const WIDE: f64 = 360.0;
const BAR_ROW: f64 = 34.0;
const COLUMN_HIGH: f64 = 110.0;
/// A longer name would be cut off by the edge; all of it stands in the table.
const LONGEST_NAME: usize = 52;
/// Room for the value that stands beside the longest bar.
const VALUE_ROOM: f64 = 96.0;
/// So many months beside each other; earlier ones stand in the table.
const MOST_COLUMNS: usize = 36;

impl Chart {
    /// As a drawing that stands in a page.
    pub(super) fn svg(&self) -> String {
        let (high, drawn) = match self.shape {
            Shape::Bars => self.lying(),
            Shape::Columns => self.standing(),
        };
        let says = escaped(&self.says);
        format!(
            "<svg class=\"chart\" role=\"img\" aria-label=\"{says}\" \
             viewBox=\"0 0 {WIDE} {high}\" width=\"480\" font-size=\"12\" font-family=\"Arial, Helvetica, sans-serif\">\n\
             <title>{says}</title>\n{drawn}</svg>\n"
        )
    }

    fn lying(&self) -> (f64, String) {
        let longest = self.longest();
        let mut at = 0.0;
        let bar = |bar: &Bar| {
            let name = escaped(&shortened(&bar.name, LONGEST_NAME));
            let shown = escaped(&bar.shown);
            let long = bar.length.unwrap_or(0.0) / longest * (WIDE - VALUE_ROOM);
            let (text, top, value) = (at + 11.0, at + 15.0, at + 25.0);
            at += BAR_ROW;
            format!(
                "<g><text x=\"0\" y=\"{text:.0}\">{name}</text>\
                 <rect class=\"track\" x=\"0\" y=\"{top:.0}\" width=\"{:.0}\" height=\"12\" fill-opacity=\"0.12\"/>\
                 <rect class=\"bar\" x=\"0\" y=\"{top:.0}\" width=\"{long:.1}\" height=\"12\"/>\
                 <text x=\"{:.1}\" y=\"{value:.0}\">{shown}</text></g>\n",
                WIDE - VALUE_ROOM,
                WIDE - VALUE_ROOM + 6.0,
            )
        };
        let drawn: String = self.bars.iter().map(bar).collect();
        (at.max(BAR_ROW), drawn)
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "some tens of bars beside each other"
    )]
    fn standing(&self) -> (f64, String) {
        let skipped = self.bars.len().saturating_sub(MOST_COLUMNS);
        let bars = self.bars.get(skipped..).unwrap_or_default();
        let longest = self.longest();
        let step = WIDE / (bars.len().max(6)) as f64;
        let column = |(at, bar): (usize, &Bar)| {
            let high = bar.length.unwrap_or(0.0) / longest * COLUMN_HIGH;
            let (x, y) = (at as f64 * step, 18.0 + COLUMN_HIGH - high);
            let (name, shown) = (escaped(&bar.name), escaped(&bar.shown));
            format!(
                "<rect class=\"bar\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{high:.1}\">\
                 <title>{name}: {shown}</title></rect>\n",
                step * 0.78
            )
        };
        let drawn: String = bars.iter().enumerate().map(column).collect();
        let floor = 18.0 + COLUMN_HIGH;
        let line = format!(
            "<line class=\"axis\" x1=\"0\" y1=\"{floor}\" x2=\"{WIDE}\" y2=\"{floor}\" stroke=\"currentColor\"/>\n"
        );
        let drawn = drawn + &line + &named(bars, step, floor) + &top(bars);
        (floor + 20.0, drawn)
    }
}

/// The first and the last have their names below; the others are told by the table, and by a pointer that rests on them.
#[expect(
    clippy::cast_precision_loss,
    reason = "some tens of bars beside each other"
)]
fn named(bars: &[Bar], step: f64, floor: f64) -> String {
    let text = |x: f64, anchor: &str, bar: &Bar| {
        let name = escaped(&bar.name);
        let y = floor + 15.0;
        format!("<text x=\"{x:.1}\" y=\"{y}\" text-anchor=\"{anchor}\">{name}</text>\n")
    };
    let first = bars.first().map(|bar| text(0.0, "start", bar));
    let end = (bars.len() as f64 * step).max(120.0);
    let last = bars.last().filter(|_| bars.len() > 1);
    let last = last.map(|bar| text(end, "end", bar));
    first.into_iter().chain(last).collect()
}

/// What the highest of them is.
fn top(bars: &[Bar]) -> String {
    let known = bars.iter().filter(|bar| bar.length.is_some());
    let highest = known.max_by(|one, other| {
        let (one, other) = (one.length.unwrap_or(0.0), other.length.unwrap_or(0.0));
        one.total_cmp(&other)
    });
    let said = highest.map(|bar| {
        let words = format!("{}: {}", bar.name, bar.shown);
        format!("<text x=\"0\" y=\"11\">{}</text>\n", escaped(&words))
    });
    said.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Bar, Bars, Chart, Figure, Shape};

    fn figure(full: Option<f64>) -> Figure {
        let row = |name: &str| vec![name.to_owned(), "1/2".to_owned()];
        let bar = |length: f64| Bar {
            name: "<b>".to_owned(),
            length: Some(length),
            shown: "1/2".to_owned(),
        };
        Figure {
            caption: "c".to_owned(),
            columns: vec!["f".to_owned(), "r".to_owned()],
            rows: vec![row("x"), row("y")],
            chart: Some(Chart {
                shape: Shape::Bars,
                says: "s & t".to_owned(),
                full,
                bars: vec![bar(0.5), bar(0.25)],
            }),
        }
    }

    #[test]
    fn a_full_bar_is_the_longest_or_what_it_is_said_to_stand_for() {
        for (full, most) in [(None, 24), (Some(1.0), 12)] {
            let lines = figure(full).lines(78, Bars::Ascii);
            let drawn: Vec<usize> = lines
                .lines()
                .map(|line| line.matches('#').count())
                .collect();
            assert_eq!(drawn, [0, 0, most, most / 2], "{lines}");
        }
    }

    #[test]
    fn nothing_in_a_drawing_is_markup() {
        let svg = figure(None)
            .chart
            .map(|chart| chart.svg())
            .unwrap_or_default();
        assert!(svg.contains("s &amp; t") && !svg.contains("<b>"));
    }
}
