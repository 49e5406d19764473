//! Small numbers kept out of what is published: one or two in a table can point at a child.
//!
//! A number below the limit is hidden, and so is whatever would tell it by subtraction: where a column's sum is known, a
//! larger number is hidden with the small ones. What stands in several tables hangs together by the records of a
//! unit, its authority and all. Nought is told: it is about nobody. What this does not reach is said in
//! `docs/selfcontrol.md`.

use std::collections::{BTreeMap, BTreeSet};

use super::sections::{Cell, Hangs, Section};

/// Hides what is below the limit in every table.
pub fn hide(sections: &mut [Section], fewest: u64) {
    let told = wholes(sections);
    let mut hidden_wholes = BTreeSet::new();
    for section in &mut *sections {
        let is_items = section.key == "items";
        for column in 0..section.columns.len() - 1 {
            in_column(section, column, fewest, &hidden_wholes);
        }
        with_the_first(section);
        changes(section);
        if section.key == "finding" {
            nearly_all(section, fewest, &told);
        }
        if !is_items {
            round(section, fewest, &told);
        }
        let hidden = section
            .rows
            .iter()
            .filter(|row| row.cells.first() == Some(&Cell::Hidden));
        hidden_wholes.extend(hidden.map(|row| (section.key, row.key.clone())));
    }
    counted_twice(sections);
}

/// Numbers of records that other numbers can be subtracted from: all, and those of each route and each end.
fn wholes(sections: &[Section]) -> Vec<u64> {
    let all = sections.iter().filter(|section| section.key == "overview");
    let all = all.filter_map(|section| section.rows.first());
    let parts = sections
        .iter()
        .filter(|section| matches!(section.key, "route" | "outcome"));
    let rows = all.chain(parts.flat_map(|section| &section.rows));
    let counts = rows.filter_map(|row| match row.cells.first() {
        Some(Cell::Count(count)) => Some(*count),
        _ => None,
    });
    counts.collect()
}

/// What is nearly one of these tells how few are left.
fn is_nearly(wholes: &[u64], part: u64, fewest: u64) -> bool {
    let mut left = wholes.iter().map(|whole| whole.saturating_sub(part));
    left.any(|left| is_small(left, fewest))
}

/// A finding in nearly all records tells in how few it is not.
fn nearly_all(section: &mut Section, fewest: u64, wholes: &[u64]) {
    for row in &mut section.rows {
        if let Some(cell @ Cell::Count(_)) = row.cells.first_mut()
            && matches!(cell, Cell::Count(count) if is_nearly(wholes, *count, fewest))
        {
            *cell = Cell::Hidden;
        }
    }
}

/// The findings about reviews are the rows of the table of reviews once more.
fn counted_twice(sections: &mut [Section]) {
    let reviews = sections.iter().filter(|section| section.key == "review");
    let mut cells = reviews
        .flat_map(|section| &section.rows)
        .flat_map(|row| &row.cells);
    if !cells.any(|cell| *cell == Cell::Hidden) {
        return;
    }
    let findings = sections
        .iter_mut()
        .filter(|section| section.key == "finding");
    for row in findings.flat_map(|section| &mut section.rows) {
        let is_one = matches!(row.key.as_str(), "no-review" | "review-after-sending");
        if let Some(cell) = row.cells.first_mut().filter(|_| is_one) {
            *cell = Cell::Hidden;
        }
    }
}

const fn is_small(count: u64, fewest: u64) -> bool {
    count > 0 && count < fewest
}

/// A cell as hiding sees it: how large it is, and whether it is small by itself.
fn seen(cell: &Cell, fewest: u64, is_split: bool) -> Option<(u64, bool)> {
    match cell {
        Cell::Count(count) => Some((*count, is_small(*count, fewest))),
        // Rows that share one whole are small by their own part; rows of their own by either side.
        Cell::Share(with, _) if is_split => Some((*with, is_small(*with, fewest))),
        Cell::Share(with, of) => {
            let rest = of - with;
            let is_told = is_small(*with, fewest) || is_small(rest, fewest);
            Some(((*with).min(rest), is_told))
        }
        _ => None,
    }
}

fn in_column(section: &mut Section, column: usize, fewest: u64, wholes: &BTreeSet<(&str, String)>) {
    let is_split = is_split(section, column);
    let mut groups: BTreeMap<Option<String>, Vec<usize>> = BTreeMap::new();
    for (at, row) in section.rows.iter().enumerate() {
        groups.entry(row.within.clone()).or_default().push(at);
    }
    for (within, rows) in groups {
        let whole_is_hidden = within.is_some_and(|key| wholes.contains(&("authority", key)));
        let cells = rows.iter().filter_map(|at| {
            let cell = section.rows.get(*at)?.cells.get(column)?;
            Some((*at, seen(cell, fewest, is_split)?))
        });
        let cells: Vec<(usize, (u64, bool))> = cells.collect();
        let hidden = if whole_is_hidden {
            cells.iter().map(|(at, _)| *at).collect()
        } else {
            hidden(&cells, fewest, section.hangs)
        };
        for at in hidden {
            if let Some(cell) = section
                .rows
                .get_mut(at)
                .and_then(|row| row.cells.get_mut(column))
            {
                *cell = Cell::Hidden;
            }
        }
    }
}

/// The rows share one whole: their parts add up to it.
fn is_split(section: &Section, column: usize) -> bool {
    let cells = section.rows.iter().filter_map(|row| row.cells.get(column));
    let shares = cells.filter_map(|cell| match cell {
        Cell::Share(with, of) => Some((*with, *of)),
        _ => None,
    });
    let shares: Vec<(u64, u64)> = shares.collect();
    let sum: u64 = shares.iter().map(|(with, _)| with).sum();
    shares.len() > 1 && shares.iter().all(|(_, of)| *of == sum)
}

/// Which of the cells are hidden: the small ones; where a sum is known also the smallest that is not small, so that what
/// is hidden together could be split in more than one way; and where there is none, all of them.
fn hidden(cells: &[(usize, (u64, bool))], fewest: u64, hangs: Hangs) -> Vec<usize> {
    let small = |(_, (_, is_small)): &&(usize, (u64, bool))| *is_small;
    let mut hidden: Vec<usize> = cells.iter().filter(small).map(|(at, _)| *at).collect();
    if hidden.is_empty() || hangs == Hangs::Apart {
        return hidden;
    }
    let large = cells
        .iter()
        .filter(|(_, (size, is_small))| !is_small && *size >= fewest);
    match large.min_by_key(|(_, (size, _))| *size) {
        Some((at, _)) => hidden.push(*at),
        None => hidden = cells.iter().map(|(at, _)| *at).collect(),
    }
    hidden
}

/// Of a row whose number is hidden nothing else is told.
fn with_the_first(section: &mut Section) {
    for row in &mut section.rows {
        if row.cells.first() == Some(&Cell::Hidden) {
            let told = row
                .cells
                .iter_mut()
                .filter(|cell| matches!(cell, Cell::Share(..) | Cell::Change(_)));
            told.for_each(|cell| *cell = Cell::Hidden);
        }
    }
}

/// A change on the month before would tell a hidden number.
fn changes(section: &mut Section) {
    let hidden: Vec<bool> = section
        .rows
        .iter()
        .map(|row| row.cells.first() == Some(&Cell::Hidden))
        .collect();
    let before = std::iter::once(false).chain(hidden.iter().copied());
    for (row, (before, own)) in section
        .rows
        .iter_mut()
        .zip(before.zip(hidden.iter().copied()))
    {
        let changes = row
            .cells
            .iter_mut()
            .filter(|cell| matches!(cell, Cell::Change(_)));
        changes
            .filter(|_| before || own)
            .for_each(|cell| *cell = Cell::Hidden);
    }
}

/// A share of nearly all would tell how few it is not a share of.
fn round(section: &mut Section, fewest: u64, wholes: &[u64]) {
    for row in &mut section.rows {
        let own = match row.cells.first() {
            Some(Cell::Count(count)) => vec![*count],
            _ => Vec::new(),
        };
        let wholes = if own.is_empty() { wholes } else { &own };
        for cell in &mut row.cells {
            if let Cell::Share(with, of) = cell
                && is_nearly(wholes, *of, fewest)
            {
                *cell = Cell::Percent((*with * 200 + *of) / (*of * 2).max(1));
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::indexing_slicing, reason = "a test may stop at once")]
mod tests {
    use super::*;
    use crate::selfcontrol::sections::Line;

    fn table(
        key: &'static str,
        hangs: Hangs,
        rows: Vec<(&str, Option<&str>, Vec<Cell>)>,
    ) -> Section {
        let columns = rows.first().map_or(1, |row| row.2.len() + 1);
        Section {
            key,
            title: String::new(),
            about: Vec::new(),
            columns: vec![(String::new(), String::new()); columns],
            rows: rows
                .into_iter()
                .map(|(key, within, cells)| Line {
                    key: key.to_owned(),
                    name: key.to_owned(),
                    within: within.map(str::to_owned),
                    cells,
                })
                .collect(),
            hangs,
            chart: None,
        }
    }

    fn counts(counts: &[u64]) -> Vec<Option<u64>> {
        let rows = counts
            .iter()
            .map(|count| ("x", None, vec![Cell::Count(*count)]));
        let mut sections = [table("route", Hangs::Parts, rows.collect())];
        hide(&mut sections, 3);
        sections[0]
            .rows
            .iter()
            .map(|row| match row.cells[0] {
                Cell::Count(count) => Some(count),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn a_small_number_takes_a_larger_with_it() {
        assert_eq!(
            counts(&[50, 20, 7, 1, 0]),
            [Some(50), Some(20), None, None, Some(0)]
        );
        assert_eq!(counts(&[50, 20, 7]), [Some(50), Some(20), Some(7)]);
        assert_eq!(counts(&[2, 1, 0]), [None, None, None]);
    }

    /// Whoever knows the sum and what is shown can never work out a hidden number: there are always several ways.
    #[test]
    fn what_is_hidden_cannot_be_worked_out_from_the_sum() {
        for first in 0..12_u64 {
            for second in 0..12 {
                for third in 0..12 {
                    let all = [first, second, third];
                    let shown = counts(&all);
                    let hidden: Vec<usize> = (0..3).filter(|at| shown[*at].is_none()).collect();
                    let small = |count: u64| count > 0 && count < 3;
                    assert_eq!(
                        hidden.is_empty(),
                        !all.iter().copied().any(small),
                        "{all:?}"
                    );
                    let left: u64 = hidden.iter().map(|at| all[*at]).sum();
                    // The hidden ones that hold a large number: another split with a small one elsewhere fits as well.
                    if hidden.iter().any(|at| all[*at] >= 3) {
                        let ways = ways(left, hidden.len());
                        for place in 0..hidden.len() {
                            let values: BTreeSet<u64> = ways.iter().map(|way| way[place]).collect();
                            assert!(values.len() > 1, "{all:?} {shown:?}");
                        }
                    }
                }
            }
        }
    }

    /// Every way to split what is left on so many, with a small one among them.
    fn ways(left: u64, many: usize) -> Vec<Vec<u64>> {
        let mut ways: Vec<Vec<u64>> = vec![Vec::new()];
        for _ in 0..many {
            let longer = ways.iter().flat_map(|way| {
                let next = |next| way.iter().copied().chain([next]).collect::<Vec<u64>>();
                (0..=left).map(next)
            });
            ways = longer.collect();
        }
        let fits = |way: &Vec<u64>| way.iter().sum::<u64>() == left;
        let has_small = |way: &Vec<u64>| way.iter().any(|count| *count > 0 && *count < 3);
        ways.retain(|way| fits(way) && has_small(way));
        ways
    }

    #[test]
    fn the_units_of_a_hidden_authority_are_hidden() {
        let count = |count| vec![Cell::Count(count)];
        let mut sections = [
            table("overview", Hangs::Apart, vec![("records", None, count(61))]),
            table(
                "authority",
                Hangs::Parts,
                vec![
                    ("a", None, count(50)),
                    ("b", None, count(9)),
                    ("c", None, count(2)),
                ],
            ),
            table(
                "unit",
                Hangs::Parts,
                vec![
                    ("1", Some("a"), count(30)),
                    ("2", Some("a"), count(20)),
                    ("3", Some("b"), count(9)),
                    ("4", Some("c"), count(2)),
                ],
            ),
        ];
        hide(&mut sections, 3);
        let shown = |at: usize| -> Vec<bool> {
            sections[at]
                .rows
                .iter()
                .map(|row| row.cells[0] != Cell::Hidden)
                .collect()
        };
        assert_eq!(shown(1), [true, false, false]);
        assert_eq!(shown(2), [true, true, false, false]);
    }

    #[test]
    fn what_two_tables_tell_of_the_same_records_gives_nothing_away() {
        let share = |with, of| vec![Cell::Share(with, of)];
        let count = |count| vec![Cell::Count(count)];
        let mut sections = [
            table("overview", Hangs::Apart, vec![("records", None, count(90))]),
            table(
                "outcome",
                Hangs::Parts,
                vec![("ready", None, count(60)), ("refer", None, count(30))],
            ),
            // Two reviewed too late, five never: the two take the five with them.
            table(
                "review",
                Hangs::Parts,
                vec![
                    ("before", None, share(40, 47)),
                    ("after", None, share(2, 47)),
                    ("never", None, share(5, 47)),
                ],
            ),
            table(
                "measure",
                Hangs::Apart,
                vec![("slow", None, share(10, 58)), ("fails", None, share(9, 90))],
            ),
            table(
                "finding",
                Hangs::Apart,
                vec![
                    ("no-review", None, count(5)),
                    ("same-motivation", None, count(59)),
                    ("no-dispatch", None, count(13)),
                ],
            ),
        ];
        hide(&mut sections, 3);
        let first = |at: usize| -> Vec<&Cell> {
            sections[at].rows.iter().map(|row| &row.cells[0]).collect()
        };
        assert_eq!(
            first(2),
            [&Cell::Share(40, 47), &Cell::Hidden, &Cell::Hidden]
        );
        // Two of the sixty are in no share; of the ninety none is missing.
        assert_eq!(first(3), [&Cell::Percent(17), &Cell::Share(9, 90)]);
        assert_eq!(first(4), [&Cell::Hidden, &Cell::Hidden, &Cell::Count(13)]);
    }

    #[test]
    fn a_share_is_small_from_either_side_and_nearly_all_is_told_in_percent() {
        let row = |with, of| vec![Cell::Count(40), Cell::Share(with, of)];
        let mut sections = [
            table(
                "overview",
                Hangs::Apart,
                vec![("records", None, vec![Cell::Count(160)])],
            ),
            table(
                "unit",
                Hangs::Parts,
                vec![
                    ("1", None, row(39, 40)),
                    ("2", None, row(20, 40)),
                    ("3", None, row(10, 39)),
                    ("4", None, row(0, 20)),
                ],
            ),
        ];
        hide(&mut sections, 3);
        let cells: Vec<&Cell> = sections[1].rows.iter().map(|row| &row.cells[1]).collect();
        assert_eq!(
            cells,
            [
                &Cell::Hidden,
                &Cell::Share(20, 40),
                &Cell::Hidden,
                &Cell::Share(0, 20)
            ]
        );
        let mut sections = [
            table(
                "overview",
                Hangs::Apart,
                vec![("records", None, vec![Cell::Count(100)])],
            ),
            table(
                "measure",
                Hangs::Apart,
                vec![("attached", None, vec![Cell::Share(24, 99)])],
            ),
        ];
        hide(&mut sections, 3);
        assert_eq!(sections[1].rows[0].cells[0], Cell::Percent(24));
    }
}
