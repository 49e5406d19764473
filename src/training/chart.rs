//! Bars as one SVG that stands in a page: no script, nothing fetched, and every figure written out beside its bar.

use std::fmt::Write as _;

use crate::page::escaped;

/// A bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// What it is about.
    pub label: String,
    /// How long it is, from 0 to 1.
    pub share: f64,
    /// The figure beside it.
    pub figure: String,
}

const ROW: usize = 26;
const LABEL: usize = 330;
const LENGTH: f64 = 220.0;
const WIDTH: usize = 640;
/// As many signs as have room in a label.
const SIGNS: usize = 48;

/// A chart of bars under a title, which is also what a screen reader says.
#[must_use]
pub fn bars(title: &str, bars: &[Bar]) -> String {
    let height = bars.len() * ROW + 6;
    let title = escaped(title);
    let mut svg = format!(
        "<svg role=\"img\" aria-label=\"{title}\" viewBox=\"0 0 {WIDTH} {height}\" width=\"100%\" \
         font-family=\"Arial, Helvetica, sans-serif\" font-size=\"13\" fill=\"currentColor\">\n<title>{title}</title>\n"
    );
    for (at, bar) in bars.iter().enumerate() {
        row(&mut svg, at * ROW, bar);
    }
    svg.push_str("</svg>\n");
    svg
}

fn row(svg: &mut String, top: usize, bar: &Bar) {
    let share = if bar.share.is_finite() {
        bar.share.clamp(0.0, 1.0)
    } else {
        0.0
    };
    let (length, middle) = (share * LENGTH, top + 17);
    let (label, whole, figure) = (
        escaped(&shortened(&bar.label)),
        escaped(&bar.label),
        escaped(&bar.figure),
    );
    let figure_at = LABEL + 238;
    let _ = writeln!(
        svg,
        "<g><title>{whole}: {figure}</title><text x=\"0\" y=\"{middle}\">{label}</text>\
         <rect x=\"{LABEL}\" y=\"{}\" width=\"{LENGTH}\" height=\"16\" fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.35\"/>\
         <rect x=\"{LABEL}\" y=\"{}\" width=\"{length:.1}\" height=\"16\" fill-opacity=\"0.65\"/>\
         <text x=\"{figure_at}\" y=\"{middle}\">{figure}</text></g>",
        top + 4,
        top + 4,
    );
}

fn shortened(label: &str) -> String {
    if label.chars().count() <= SIGNS {
        return label.to_owned();
    }
    let short: String = label.chars().take(SIGNS - 1).collect();
    format!("{}…", short.trim_end())
}

#[cfg(test)]
mod tests {
    use super::{Bar, bars};

    #[test]
    fn a_bar_is_as_long_as_its_share_and_nothing_in_it_is_markup() {
        let bar = |share: f64| Bar {
            label: "<b>\"fråga\"</b>".to_owned(),
            share,
            figure: "1 av 2".to_owned(),
        };
        let svg = bars("a & b", &[bar(0.5), bar(7.0), bar(f64::NAN)]);
        for width in ["width=\"110.0\"", "width=\"220.0\"", "width=\"0.0\""] {
            assert!(svg.contains(width), "{svg}");
        }
        assert!(svg.contains("aria-label=\"a &amp; b\"") && !svg.contains("<b>"));
    }
}
