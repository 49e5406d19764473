//! Tables in Markdown, and the document that they are written into.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use jiff::tz::TimeZone;

use crate::rounds::Timed;

const BEGIN: &str = "<!-- bench: begin -->";
const END: &str = "<!-- bench: end -->";

/// A report under way.
#[derive(Default)]
pub struct Report {
    text: String,
}

impl Report {
    /// A heading.
    pub fn heading(&mut self, heading: &str) {
        self.line(&format!("### {heading}"));
        self.line("");
    }

    /// A paragraph.
    pub fn says(&mut self, sentence: &str) {
        self.line(sentence);
        self.line("");
    }

    /// A table.
    pub fn table(&mut self, head: &[&str], rows: &[Vec<String>]) {
        self.line(&format!("| {} |", head.join(" | ")));
        let rule: Vec<&str> = head
            .iter()
            .enumerate()
            .map(|(at, _)| if at == 0 { "---" } else { "---:" })
            .collect();
        self.line(&format!("| {} |", rule.join(" | ")));
        for row in rows {
            self.line(&format!("| {} |", row.join(" | ")));
        }
        self.line("");
    }

    /// What contenders took in turns; the first is what the others are held against.
    pub fn turns(&mut self, timed: &[Timed], bytes: f64) {
        let Some(floor) = timed.first() else { return };
        let row = |contender: &Timed| {
            let (least, most) = contender.spread();
            let median = contender.median();
            vec![
                contender.name.clone(),
                format!("{median:.2}"),
                format!("{least:.2}–{most:.2}"),
                thousands(1_000_000.0 / median),
                format!("{:.0}", bytes / median),
                format!("{:.2}", 1.0 / contender.ratio(floor)),
            ]
        };
        let rows: Vec<Vec<String>> = timed.iter().map(row).collect();
        let head = [
            "",
            "µs a document, median",
            "min–max",
            "documents/s",
            "MB/s",
            "times as fast as the floor",
        ];
        self.table(&head, &rows);
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
        eprintln!("{line}");
    }

    /// Writes the report between the markers of a document.
    pub fn write(&self, file: &Path) -> Result<()> {
        let before = fs::read_to_string(file)
            .with_context(|| format!("could not read {}", file.display()))?;
        let (head, rest) = before
            .split_once(BEGIN)
            .context("the document has no place for the figures")?;
        let (_, tail) = rest
            .split_once(END)
            .context("the place for the figures does not end")?;
        let after = format!("{head}{BEGIN}\n\n{}\n\n{END}{tail}", self.text.trim_end());
        fs::write(file, after.replace("\n\n\n", "\n\n"))
            .with_context(|| format!("could not write {}", file.display()))
    }
}

/// A whole number with its thousands apart.
#[must_use]
pub fn thousands(number: f64) -> String {
    let digits = format!("{number:.0}");
    let first = digits.len() % 3;
    let groups = digits.as_bytes().iter().enumerate().map(|(at, digit)| {
        let apart = at > 0 && at % 3 == first;
        format!("{}{}", if apart { "," } else { "" }, char::from(*digit))
    });
    groups.collect()
}

/// A size in memory.
#[must_use]
pub fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1_000_000.0)
}

/// Today, the processor, its cores and how much else is running.
#[must_use]
pub fn machine() -> String {
    let today = jiff::Timestamp::now().to_zoned(TimeZone::UTC).date();
    let information = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = information
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or("an unnamed processor", |(_, model)| model.trim());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or("?");
    format!("{today}, {model}, {cores} cores; load when it began {load}")
}
