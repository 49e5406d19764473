//! The table that people read: what does not pass and what was found, and below it how it all adds up.

use std::io::IsTerminal as _;

use comfy_table::{ColumnConstraint, Width};

use sekretesskoll::check::{Grade, Kind};
use sekretesskoll::language::Lang;

use super::super::row::Summary;
use super::entry::{Entry, Row, TOGETHER};
use crate::cli::{phrases, screen};

/// Rows shown together: so many are held, whatever there is.
const ROWS: usize = 500;

/// Document, verdict, code, place and sentence, with tabs between them and a line for each thing told.
pub(super) fn rows(lang: Lang, passes: bool, row: &Row<'_>) -> Vec<u8> {
    if row.entries.is_empty() {
        let quiet = row.grade == Grade::Pass && !passes;
        let line = line(lang, row, None);
        return if quiet { Vec::new() } else { line.into_bytes() };
    }
    let told = row.entries.iter().map(|entry| line(lang, row, Some(entry)));
    told.collect::<String>().into_bytes()
}

fn line(lang: Lang, row: &Row<'_>, entry: Option<&Entry<'_>>) -> String {
    let verdict = match row.kind {
        TOGETHER => phrases::check_together(lang),
        _ => grade(lang, row.grade),
    };
    let (code, place, sentence) = match entry {
        None => ("", "", String::new()),
        Some(entry) => (entry.what.code(), entry.place, said(lang, entry)),
    };
    let fields = [row.name, &verdict, code, place, &sentence].map(clean);
    fields.join("\t") + "\n"
}

fn said(lang: Lang, entry: &Entry<'_>) -> String {
    if entry.what.is_excepted() {
        phrases::check_excepted(lang, &entry.sentence)
    } else {
        entry.sentence.clone()
    }
}

/// No character that would move the cursor, or end the field or the line.
fn clean(field: &str) -> String {
    let letter = |letter: char| if letter.is_control() { ' ' } else { letter };
    field.chars().map(letter).collect()
}

fn grade(lang: Lang, grade: Grade) -> String {
    match grade {
        Grade::Pass => phrases::check_pass(lang),
        Grade::Undetermined => phrases::check_undetermined(lang),
        Grade::Fail => phrases::check_fail(lang),
    }
}

/// Rows on their way to the screen, where there is one.
pub(crate) struct Pages {
    lang: Lang,
    rows: Vec<String>,
    on_screen: bool,
}

impl Pages {
    pub(crate) fn new(lang: Lang, is_table: bool) -> Self {
        Self {
            lang,
            rows: Vec::new(),
            on_screen: is_table && std::io::stdout().is_terminal(),
        }
    }

    /// Whether rows are gathered to a table here.
    pub(crate) const fn is_on_screen(&self) -> bool {
        self.on_screen
    }

    /// Takes in rows; true when there are enough for a table.
    pub(crate) fn take(&mut self, bytes: &[u8]) -> bool {
        let text = String::from_utf8_lossy(bytes);
        self.rows.extend(text.lines().map(str::to_owned));
        self.rows.len() >= ROWS
    }

    /// The rows so far as a table. A document is named once, and code and place stand under each other.
    pub(crate) fn table(&mut self) -> String {
        if self.rows.is_empty() {
            return String::new();
        }
        let columns = [
            phrases::check_column_document(self.lang),
            phrases::check_column_found(self.lang),
            phrases::check_column_says(self.lang),
        ];
        let mut table = screen::new_table(&columns);
        // So wide that most places stand on one line.
        let room = ColumnConstraint::LowerBoundary(Width::Fixed(28));
        if let Some(column) = table.column_mut(1) {
            column.set_constraint(room);
        }
        let mut before = String::new();
        for row in std::mem::take(&mut self.rows) {
            let mut fields = row.split('\t');
            let mut next = || fields.next().unwrap_or_default();
            let (name, verdict) = (next(), next());
            let document = format!("{name}\n{verdict}");
            let found = format!("{}\n{}", next(), next());
            let named = if document == before { "" } else { &document };
            table.add_row([named, found.trim_end(), next()]);
            before = document;
        }
        format!("{table}\n")
    }
}

/// How many of each sort, how they did, and what was found, the recorded exceptions apart.
pub(super) fn summary(lang: Lang, summary: &Summary) -> String {
    let mut lines = vec![kinds(lang, summary), grades(lang, summary)];
    if summary.told > 0 {
        lines.insert(0, String::new());
    }
    for (code, (count, _)) in &summary.codes {
        let Some(entry) = code.entry().filter(|_| *count > 0) else {
            continue;
        };
        let severity = match code.severity().key() {
            "error" => phrases::check_error(lang),
            "warning" => phrases::check_warning(lang),
            _ => phrases::check_note(lang),
        };
        lines.push(format!("{count:>7}  {code} ({severity})"));
        lines.push(screen::indented(
            entry.hint.get(lang),
            "         ",
            "         ",
        ));
    }
    if summary.excepted() > 0 {
        lines.push(phrases::check_exceptions(lang, &summary.excepted()));
        let codes = summary
            .codes
            .iter()
            .filter(|(_, (_, excepted))| *excepted > 0);
        lines.extend(codes.map(|(code, (_, excepted))| format!("{excepted:>7}  {code}")));
    }
    lines.join("\n") + "\n"
}

fn kinds(lang: Lang, summary: &Summary) -> String {
    // What cannot be read comes last.
    let known = summary.kinds.iter().filter(|(kind, _)| kind.is_some());
    let unknown = summary.kinds.iter().filter(|(kind, _)| kind.is_none());
    let kinds = known.chain(unknown).map(|(kind, count)| match kind {
        Some(Kind::Answers) => phrases::check_answers(lang, count),
        Some(Kind::Record) => phrases::check_records(lang, count),
        Some(Kind::Review) => phrases::check_reviews(lang, count),
        Some(Kind::Dispatch) => phrases::check_dispatches(lang, count),
        Some(Kind::Guide) => phrases::check_guides(lang, count),
        None => phrases::check_unknown(lang, count),
    });
    let kinds = kinds.collect::<Vec<_>>().join(", ");
    screen::wrap(&phrases::check_documents(lang, &summary.documents, &kinds))
}

fn grades(lang: Lang, summary: &Summary) -> String {
    let of = |grade| summary.grade(grade);
    let (pass, fail) = (of(Grade::Pass), of(Grade::Fail));
    screen::wrap(&phrases::check_grades(
        lang,
        &pass,
        &fail,
        &of(Grade::Undetermined),
    ))
}
