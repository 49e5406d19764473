//! `selfcontrol` from outside: figures counted by hand, small numbers hidden, samples that anybody can draw again,
//! checklists filled in and read back, gaps, and what can be wrong.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    dead_code,
    reason = "a test may stop at once"
)]
#![cfg(unix)]

#[path = "harness/program.rs"]
mod program;
#[path = "harness/records.rs"]
mod records;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use program::{Home, Run};
use records::{case, made, manager, record_of, review, trees, verdicts, with_a_document};
use sekretesskoll::language::Lang;
use sekretesskoll::reconcile::{Dispatch, Sent};
use sekretesskoll::record::{Record, digest_of, made_with};
use sekretesskoll::selfcontrol::catalogue;
use sekretesskoll::selfcontrol::sample::{draw_from, key};
use sekretesskoll::selfcontrol::sections::Measure;
use serde_json::{Value, json};

// ---- a folder of documents ------------------------------------------------------------------------

/// A document with the digest that belongs to it.
fn sealed(mut document: Value) -> Value {
    let digest = digest_of(&document).unwrap();
    document["digest"] = json!(format!("sha256:{digest}"));
    document
}

/// A record of a worked case, made by a unit on a day. The number makes it another than every other.
fn made_by(record: &Record, number: usize, unit: &str, day: &str) -> Value {
    let mut value = serde_json::to_value(record).unwrap();
    value["official"]["unit"] = json!(unit);
    value["case"] = json!(format!("ORO-{number}"));
    value["retrospective"] = json!(false);
    value["started"] = json!(format!("{day}T08:00+01:00"));
    value["finished"] = json!(format!("{day}T09:00+01:00"));
    sealed(value)
}

/// A dispatch of a record.
fn sent(record: &Value, when: &str) -> Value {
    let record: Record = serde_json::from_value(record.clone()).unwrap();
    let sent = Sent {
        when: when.to_owned(),
        by: record.official.clone(),
        receipt: None,
        oral: None,
    };
    let made = (
        made_with(trees()),
        Lang::Sv,
        "2026-11-22T17:00+01:00".to_owned(),
    );
    serde_json::to_value(Dispatch::of(&record, None, sent, Vec::new(), made)).unwrap()
}

/// A review of a record, finished at a moment.
fn read(record: &Value, contested: &[&str], finished: &str) -> Value {
    let record: Record = serde_json::from_value(record.clone()).unwrap();
    let made = review(&record, &manager(), &verdicts(&record, contested)).unwrap();
    let mut value = serde_json::to_value(made).unwrap();
    value["finished"] = json!(finished);
    sealed(value)
}

/// The example for scripts: a report under the duty, one document described.
fn duty() -> Record {
    record_of(&serde_json::from_str(include_str!("../docs/examples/answers.json")).unwrap())
}

/// The report of the case of 2020: under the general clause.
fn clause() -> Record {
    record_of(&case("jo-fk-2020"))
}

fn lines(documents: &[Value]) -> String {
    documents
        .iter()
        .map(|document| format!("{document}\n"))
        .collect()
}

fn figures(home: &Home, args: &[&str]) -> Value {
    let run = home.run(&[&["selfcontrol"], args, &["--format", "json"]].concat());
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{}", run.err);
    serde_json::from_str(&run.out).unwrap()
}

/// A row of a table by its key.
fn row<'f>(figures: &'f Value, table: &str, key: &str) -> &'f Value {
    let rows = figures["sections"][table].as_array().unwrap();
    let found = rows.iter().find(|row| row["key"] == key);
    found.unwrap_or_else(|| panic!("no {key} in {table}: {rows:?}"))
}

/// Three units over two months, reviews and dispatches: small enough to count on one's fingers.
fn a_small_folder() -> Vec<Value> {
    let (duty, clause, document) = (duty(), clause(), with_a_document());
    let mut all = Vec::new();
    for number in 0..6 {
        let record = made_by(&duty, number, "Kontor Ett", "2026-10-05");
        all.push(sent(&record, "2026-10-05 10:00"));
        all.push(record);
    }
    for number in 6..10 {
        let record = made_by(&clause, number, "kontor  TVÅ", "2026-11-02");
        if number < 8 {
            all.push(read(&record, &[], "2026-11-02T09:30+01:00"));
        }
        if number == 8 {
            all.push(read(&record, &["1"], "2026-11-09T09:30+01:00"));
        }
        all.push(sent(&record, "2026-11-02 10:00"));
        all.push(record);
    }
    all.push(made_by(&document, 10, "Kontor Två", "2026-11-03"));
    all
}

// ---- figures --------------------------------------------------------------------------------------

#[test]
fn a_small_folder_is_counted_as_one_counts_it_by_hand() {
    let home = Home::of("forsakringskassan");
    home.file("all.jsonl", lines(&a_small_folder()));
    let told = figures(&home, &["all.jsonl"]);
    let count = |table: &str, key: &str, column: &str| row(&told, table, key)[column].clone();
    assert_eq!(count("overview", "records", "count"), 11);
    assert_eq!(count("overview", "reviews", "count"), 3);
    assert_eq!(count("overview", "dispatches", "count"), 10);
    assert_eq!(count("authority", "forsakringskassan", "records"), 11);
    assert_eq!(count("route", "duty-to-report", "records"), 6);
    assert_eq!(count("route", "general-clause", "records"), 5);
    assert_eq!(count("month", "2026-10", "records"), 6);
    assert_eq!(count("month", "2026-11", "change"), -1);
    // Case and spaces make no other unit.
    assert_eq!(told["sections"]["unit"].as_array().unwrap().len(), 2);
    assert_eq!(count("unit", "kontor TVÅ", "records"), 5);
    assert_eq!(
        count("unit", "kontor TVÅ", "attached"),
        json!({ "with": 1, "of": 5 })
    );
    assert_eq!(
        count("documents", "1", "records"),
        json!({ "with": 1, "of": 11 })
    );
    // Two reviewed in time, one after, one never; the duty waits for nobody.
    assert_eq!(
        count("review", "before", "wanted"),
        json!({ "with": 2, "of": 4 })
    );
    assert_eq!(
        count("review", "after", "wanted"),
        json!({ "with": 1, "of": 4 })
    );
    assert_eq!(
        count("review", "never", "wanted"),
        json!({ "with": 1, "of": 4 })
    );
    assert_eq!(
        count("review", "never", "not-wanted"),
        json!({ "with": 6, "of": 6 })
    );
    assert_eq!(
        count("measure", "contested", "records"),
        json!({ "with": 1, "of": 3 })
    );
    assert_eq!(
        count("measure", "unsent", "records"),
        json!({ "with": 1, "of": 11 })
    );
    assert_eq!(count("finding", "no-review", "records"), 1);
    assert_eq!(count("finding", "review-after-sending", "records"), 1);
    assert_eq!(count("finding", "no-dispatch", "records"), 1);
}

#[test]
fn outcomes_of_items_are_those_of_the_records() {
    let home = Home::of("forsakringskassan");
    let documents = a_small_folder();
    home.file("all.jsonl", lines(&documents));
    let told = figures(&home, &["all.jsonl"]);
    let mut counted: BTreeMap<String, u64> = BTreeMap::new();
    let items = documents
        .iter()
        .filter(|document| document["kind"] == "record");
    for item in items.flat_map(|record| record["items"].as_array().unwrap()) {
        *counted
            .entry(item["outcome"].as_str().unwrap().to_owned())
            .or_default() += 1;
    }
    let all: u64 = counted.values().sum();
    for row in told["sections"]["items"].as_array().unwrap() {
        let own = counted
            .get(row["key"].as_str().unwrap())
            .copied()
            .unwrap_or(0);
        assert_eq!(row["items"], json!({ "with": own, "of": all }), "{row}");
    }
}

/// *Genast* runs from the day of knowledge, at the earliest from the first day of the duty; a call counts.
#[test]
fn days_run_from_knowledge_and_never_from_before_the_duty() {
    let home = Home::of("forsakringskassan");
    let known = |number: usize, since: &str, call: Option<&str>| {
        let mut value = made_by(&duty(), number, "Kontor Ett", "2026-11-20");
        value["known-since"] = json!(since);
        if let Some(when) = call {
            value["calls"] = json!([{ "when": when, "to": "socialjouren", "said": "…", "route": null, "law": [] }]);
        }
        sealed(value)
    };
    let cases = [
        (known(0, "2026-11-20", None), "2026-11-20 10:00", "0"),
        (known(1, "2026-11-19", None), "2026-11-20 10:00", "1"),
        (known(2, "2026-11-10", None), "2026-11-20 10:00", "8-30"),
        // Known since long before the duty: counted from 2026-01-15, 309 days.
        (known(3, "2020-01-01", None), "2026-11-20 10:00", "31+"),
        (known(4, "2025-12-31", None), "2026-01-15 10:00", "0"),
        // The board was told by telephone the same day.
        (
            known(5, "2026-11-10", Some("2026-11-10 08:30")),
            "2026-11-20 10:00",
            "0",
        ),
    ];
    let mut counted: BTreeMap<&str, u64> = BTreeMap::new();
    let mut all = Vec::new();
    for (record, when, step) in &cases {
        all.push(sent(record, when));
        all.push(record.clone());
        *counted.entry(step).or_default() += 1;
    }
    home.file("all.jsonl", lines(&all));
    let told = figures(&home, &["all.jsonl"]);
    for row in told["sections"]["days"].as_array().unwrap() {
        let own = counted
            .get(row["key"].as_str().unwrap())
            .copied()
            .unwrap_or(0);
        assert_eq!(row["reports"], json!({ "with": own, "of": 6 }), "{row}");
    }
}

#[test]
fn the_same_figures_whatever_the_cores_the_order_and_the_copies() {
    let home = Home::of("forsakringskassan");
    let mut documents = a_small_folder();
    home.file("one.jsonl", lines(&documents));
    let one = figures(&home, &["one.jsonl", "--threads", "1"]);
    let four = figures(&home, &["one.jsonl", "--threads", "4"]);
    assert_eq!(one, four);
    documents.reverse();
    let twice = [documents.clone(), documents].concat();
    home.file("two.jsonl", lines(&twice));
    let copied = figures(&home, &["two.jsonl"]);
    assert_eq!(row(&copied, "overview", "copies")["count"], 24);
    for table in [
        "route",
        "month",
        "items",
        "review",
        "days",
        "measure",
        "documents",
    ] {
        assert_eq!(copied["sections"][table], one["sections"][table], "{table}");
    }
}

#[test]
fn a_time_is_by_the_day_that_a_record_was_finished() {
    let home = Home::of("forsakringskassan");
    home.file("all.jsonl", lines(&a_small_folder()));
    let november = figures(
        &home,
        &["all.jsonl", "--from", "2026-11-01", "--until", "2026-11-02"],
    );
    assert_eq!(row(&november, "overview", "records")["count"], 4);
    assert_eq!(row(&november, "overview", "dispatches")["count"], 4);
    // Dispatches of records of another time are nobody's orphans.
    let rows = november["sections"]["overview"].as_array().unwrap();
    assert!(rows.iter().all(|row| row["key"] != "orphans"));
    let nothing = home.run(&["selfcontrol", "all.jsonl", "--from", "2027-01-01"]);
    assert_eq!(nothing.code, Some(1));
    assert!(nothing.err.contains("ingen prövning"), "{}", nothing.err);
}

// ---- deviations -----------------------------------------------------------------------------------

/// Two units of sixty: one attaches documents in a third of its records, the other never.
fn two_units() -> Vec<Value> {
    let (without, with) = (clause(), with_a_document());
    let record = |number: usize| {
        let lax = number < 60 && number.is_multiple_of(3);
        let unit = if number < 60 {
            "Kontor Ett"
        } else {
            "Kontor Två"
        };
        let day = format!("2026-{:02}-10", 1 + number % 10);
        made_by(if lax { &with } else { &without }, number, unit, &day)
    };
    (0..120).map(record).collect()
}

#[test]
fn a_unit_that_differs_is_found_and_its_records_are_named() {
    let home = Home::of("forsakringskassan");
    home.file("all.jsonl", lines(&two_units()));
    let told = figures(&home, &["all.jsonl"]);
    let deviations = told["deviations"].as_array().unwrap();
    let own = deviations
        .iter()
        .find(|one| one["unit"] == "Kontor Ett" && one["measure"] == "attached")
        .unwrap();
    let counts = ["with", "of", "rest-with", "rest-of"].map(|key| own[key].as_u64().unwrap());
    assert_eq!(counts, [20, 60, 0, 60]);
    assert_eq!(own["records"].as_array().unwrap().len(), 20);
    assert_eq!(own["records"][0], "all.jsonl:1");
    // What is alike in both is no deviation, and a month where nothing is otherwise is none either.
    let measures: BTreeSet<&str> = deviations
        .iter()
        .map(|one| one["measure"].as_str().unwrap())
        .collect();
    assert!(
        deviations.iter().all(|one| one.get("month").is_none()),
        "{measures:?}"
    );
    assert!(!measures.contains("referred"), "{measures:?}");
}

#[test]
fn too_few_are_compared_with_nothing() {
    let home = Home::of("forsakringskassan");
    let few: Vec<Value> = two_units().into_iter().step_by(7).collect();
    home.file("few.jsonl", lines(&few));
    let told = figures(&home, &["few.jsonl"]);
    assert_eq!(
        (&told["deviations"], &told["compared"]),
        (&json!([]), &json!(0))
    );
    assert!(told["too-few"].as_u64().unwrap() >= 2);
}

#[test]
fn a_record_far_out_is_named() {
    let home = Home::of("forsakringskassan");
    let mut all = Vec::new();
    for number in 0..30 {
        let mut record = made_by(&duty(), number, "Kontor Ett", "2026-11-20");
        record["known-since"] = json!(if number == 7 {
            "2026-06-01"
        } else {
            "2026-11-19"
        });
        let record = sealed(record);
        all.push(record.clone());
        all.push(sent(&record, "2026-11-20 10:00"));
    }
    home.file("all.jsonl", lines(&all));
    let told = figures(&home, &["all.jsonl"]);
    let far = json!([{ "record": "all.jsonl:15", "what": "days", "value": 172, "limit": 4 }]);
    assert_eq!(told["far-out"], far);
}

// ---- what is published ----------------------------------------------------------------------------

/// Everything that somebody wrote in a record, a review or a dispatch, but for the name of the unit.
fn written(documents: &[Value]) -> BTreeSet<String> {
    fn texts(value: &Value, under: &str, found: &mut BTreeSet<String>) {
        let written = [
            "text", "label", "name", "title", "case", "said", "to", "reason", "why", "receipt",
            "board",
        ];
        match value {
            Value::String(text) if written.contains(&under) && text.chars().count() > 3 => {
                found.insert(text.clone());
            }
            Value::Array(list) => list.iter().for_each(|value| texts(value, under, found)),
            Value::Object(map) => map.iter().for_each(|(key, value)| texts(value, key, found)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    for document in documents {
        for member in [
            "items", "sending", "calls", "reviewer", "by", "case", "request", "kept",
        ] {
            texts(&document[member], member, &mut found);
        }
        for member in ["name", "title"] {
            texts(&document["official"][member], member, &mut found);
        }
    }
    // Words of the trees and of the program's own vocabulary are nobody's free text.
    let own: BTreeSet<&str> =
        BTreeSet::from(["Försäkringskassan", "den enskilde", "hälso- och sjukvården"]);
    found.retain(|text| !own.contains(text.as_str()));
    found
}

#[test]
fn nothing_that_somebody_wrote_comes_out_in_any_format() {
    let home = Home::of("forsakringskassan");
    let documents = a_small_folder();
    home.file("all.jsonl", lines(&documents));
    let texts = written(&documents);
    assert!(texts.len() > 20, "{texts:?}");
    for format in ["table", "html", "csv", "json"] {
        for suppress in ["0", "3"] {
            let run = home.run(&[
                "selfcontrol",
                "all.jsonl",
                "--format",
                format,
                "--suppress",
                suppress,
            ]);
            assert_eq!(run.code, Some(0), "{}", run.err);
            let name = |text: &&String| run.out.contains(text.as_str());
            // Names of origins and channels are the program's own words and stand in no figure either.
            let leaked: Vec<&String> = texts.iter().filter(name).collect();
            assert!(leaked.is_empty(), "{format} {suppress}: {leaked:?}");
        }
    }
}

#[test]
fn what_is_published_hides_small_numbers_and_names_no_record() {
    let home = Home::of("forsakringskassan");
    home.file(
        "all.jsonl",
        lines(&[a_small_folder(), two_units()].concat()),
    );
    for format in ["html", "csv"] {
        let run = home.run(&["selfcontrol", "all.jsonl", "--format", format]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        assert!(!run.out.contains("all.jsonl"), "{format}");
        assert!(run.out.contains(".."), "{format}");
        let all = home.run(&[
            "selfcontrol",
            "all.jsonl",
            "--format",
            format,
            "--suppress",
            "0",
        ]);
        assert_eq!(all.out.contains("all.jsonl:"), format == "html", "{format}");
    }
    let shown = figures(&home, &["all.jsonl", "--suppress", "3"]);
    for (table, rows) in shown["sections"].as_object().unwrap() {
        for row in rows.as_array().unwrap() {
            for (column, value) in row.as_object().unwrap() {
                let small =
                    |value: &Value| value.as_u64().is_some_and(|count| count > 0 && count < 3);
                let with = value.get("with").zip(value.get("of"));
                let is_told =
                    small(value) && column != "change" || with.is_some_and(|(with, _)| small(with));
                assert!(!is_told, "{table} {row}");
            }
        }
    }
    assert_eq!(shown["far-out"], json!([]));
    let named = shown["deviations"]
        .as_array()
        .unwrap()
        .iter()
        .any(|one| one["records"] != json!([]));
    assert!(!named);
}

#[test]
fn the_page_is_one_file_that_can_be_read_without_colour_script_or_style() {
    let home = Home::of("forsakringskassan");
    home.file("all.jsonl", lines(&two_units()));
    let run = home.run(&["selfcontrol", "all.jsonl", "--out", "egenkontroll.html"]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{}", run.err);
    let page = fs::read_to_string(home.work().join("egenkontroll.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"sv\">"));
    for never in [
        "<script", "http://", "https://", "<img", "<link", "@import", "url(",
    ] {
        let found = page.replace("http://www.w3.org/2000/svg", "");
        assert!(!found.contains(never), "{never}");
    }
    assert!(page.contains("prefers-color-scheme: dark") && page.contains("size: A4"));
    // Every drawing says what it is, and stands in a figure with the table that says the same.
    let figures: Vec<&str> = page.split("<figure>").skip(1).collect();
    assert!(figures.len() >= 10);
    for figure in figures {
        let figure = figure.split("</figure>").next().unwrap();
        let drawn = figure.matches("<svg").count();
        assert_eq!(figure.matches("<table").count(), 1);
        assert_eq!(
            (
                figure.matches("role=\"img\"").count(),
                figure.matches("<title>").count() >= drawn
            ),
            (drawn, true)
        );
        assert!(figure.contains("<caption>") && figure.contains("scope=\"col\""));
    }
    let mode = std::os::unix::fs::PermissionsExt::mode(
        &fs::metadata(home.work().join("egenkontroll.html"))
            .unwrap()
            .permissions(),
    );
    assert_eq!(mode & 0o777, 0o600);
    let again = home.run(&["selfcontrol", "all.jsonl", "--out", "egenkontroll.html"]);
    assert_eq!(again.code, Some(1), "{}", again.err);
}

#[test]
fn a_unit_that_looks_like_a_formula_is_a_text_in_a_spreadsheet() {
    let home = Home::of("forsakringskassan");
    let units = ["=1+1", "@SUM(A1)", "-Ett, \"Två\""];
    let record = |(number, unit): (usize, &&str)| made_by(&clause(), number, unit, "2026-11-02");
    let all: Vec<Value> = units.iter().enumerate().map(record).collect();
    home.file("all.jsonl", lines(&all));
    let run = home.run(&[
        "selfcontrol",
        "all.jsonl",
        "--format",
        "csv",
        "--suppress",
        "0",
    ]);
    assert_eq!(run.code, Some(0));
    assert!(run.out.starts_with("table,row,name,measure,value,of\r\n"));
    assert!(
        run.out.contains("unit,'=1+1,'=1+1,records,1,\r\n"),
        "{}",
        run.out
    );
    assert!(run.out.contains("unit,'@SUM(A1),"), "{}", run.out);
    assert!(
        run.out.contains("unit,\"'-Ett, \"\"Två\"\"\","),
        "{}",
        run.out
    );
    let page = home.run(&[
        "selfcontrol",
        "all.jsonl",
        "--format",
        "html",
        "--suppress",
        "0",
    ]);
    assert!(page.out.contains("-Ett, &quot;Två&quot;"));
}

#[test]
fn a_terminal_shows_blocks_and_everything_else_plain_signs() {
    let home = Home::of("forsakringskassan");
    home.file("all.jsonl", lines(&two_units()));
    let piped = home.run(&["selfcontrol", "all.jsonl"]);
    assert!(piped.out.contains("####") && !piped.out.contains('█'));
    assert!(piped.out.lines().all(|line| line.chars().count() <= 80));
    let mut terminal = home.terminal(&["selfcontrol", "all.jsonl"]);
    assert_eq!(terminal.end(), Some(0));
    assert!(
        terminal.seen.contains('█') && !terminal.seen.contains("####"),
        "{}",
        terminal.seen
    );
    let mut read_out = home.command(&["selfcontrol", "all.jsonl"]);
    let read_out = read_out.env("ACCESSIBLE", "1").output().unwrap();
    assert!(!String::from_utf8(read_out.stdout).unwrap().contains("##"));
    // What is a row on the screen has its bar, however many there are.
    let unit =
        |number: usize| made_by(&clause(), number, &format!("Kontor {number}"), "2026-11-02");
    home.file(
        "units.jsonl",
        lines(&(0..15).map(unit).collect::<Vec<Value>>()),
    );
    let units = home.run(&["selfcontrol", "units.jsonl"]).out;
    let units = units
        .lines()
        .filter(|line| line.starts_with("Kontor ") && line.contains(" 1 "));
    assert!(units.clone().count() == 15 && units.into_iter().all(|line| line.contains('#')));
    let english = home.run(&["selfcontrol", "all.jsonl", "--lang", "en"]);
    assert!(english.out.contains("Deviations") && !english.out.contains("Avvikelser"));
}

// ---- the sample -----------------------------------------------------------------------------------

/// Digests as records have them, so many.
fn digests(many: usize) -> Vec<String> {
    (0..many)
        .map(|number| key("digest", &number.to_string()))
        .map(|digits| format!("sha256:{digits}"))
        .collect()
}

/// Each record is as likely as any other: how often each of 40 is among the 10 that 4,000 seeds draw.
///
/// Drawn without putting back, the counts hang together; divided by the variance that simple random sampling gives and
/// scaled by (N - 1) / N, the squares add up to chi-square with N - 1 = 39 degrees of freedom. The limits are its 0.1
/// and 99.9 percentiles. The seeds are fixed, so that the answer always is the same.
#[test]
fn every_record_is_as_likely_to_be_drawn_as_any_other() {
    let (many, number, seeds) = (40, 10, 4000);
    let digests = digests(many);
    let records: Vec<(&str, String)> = digests
        .iter()
        .map(|digest| (digest.as_str(), String::new()))
        .collect();
    let mut counts = vec![0_u32; many];
    for seed in 0..seeds {
        for at in draw_from(&records, &format!("frö {seed}"), number).drawn {
            counts[at] += 1;
        }
    }
    let share = number as f64 / many as f64;
    let (expected, variance) = (
        f64::from(seeds) * share,
        f64::from(seeds) * share * (1.0 - share),
    );
    let squares: f64 = counts
        .iter()
        .map(|count| (f64::from(*count) - expected).powi(2) / variance)
        .sum();
    let chi_square = squares * (many - 1) as f64 / many as f64;
    assert!(
        (16.27..72.05).contains(&chi_square),
        "{chi_square} {counts:?}"
    );
}

/// The two that stand first in the folder, or that were drawn last time, are drawn together as often as any two.
#[test]
fn the_place_of_a_record_says_nothing_of_whether_it_is_drawn() {
    let digests = digests(40);
    let records: Vec<(&str, String)> = digests
        .iter()
        .map(|digest| (digest.as_str(), String::new()))
        .collect();
    let mut turned = records.clone();
    turned.reverse();
    for seed in ["a", "b", "2026"] {
        let drawn = |records: &[(&str, String)]| -> BTreeSet<String> {
            draw_from(records, seed, 10)
                .drawn
                .iter()
                .map(|at| records[*at].0.to_owned())
                .collect()
        };
        assert_eq!(drawn(&records), drawn(&turned));
    }
}

fn sample(home: &Home, args: &[&str]) -> Value {
    let run = home.run(
        &[
            &[
                "selfcontrol",
                "sample",
                "all.jsonl",
                "--until",
                "2026-12-31",
                "--format",
                "json",
            ],
            args,
        ]
        .concat(),
    );
    assert_eq!(run.code, Some(0), "{}", run.err);
    serde_json::from_str(&run.out).unwrap()
}

#[test]
fn a_sample_can_be_drawn_again_with_a_shell() {
    let home = Home::of("forsakringskassan");
    let documents = two_units();
    home.file("all.jsonl", lines(&documents));
    let drawn = sample(&home, &["-n", "15", "--seed", "Revision 2026"]);
    assert_eq!(
        drawn,
        sample(&home, &["-n", "15", "--seed", "Revision 2026"])
    );
    assert_ne!(
        drawn["records"],
        sample(&home, &["-n", "15", "--seed", "Revision 2027"])["records"]
    );
    let own: BTreeSet<&str> = drawn["records"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["record"].as_str().unwrap())
        .collect();
    let digests: Vec<&str> = documents
        .iter()
        .map(|document| document["digest"].as_str().unwrap())
        .collect();
    home.file("digests", digests.join("\n") + "\n");
    let shell = "while read d; do printf '%s %s\\n' \"$(printf '%s\\n%s' 'Revision 2026' $d | sha256sum | cut -c1-64)\" $d; done < digests | sort | head -15 | cut -d' ' -f2";
    let output = Command::new("bash")
        .args(["-c", shell])
        .current_dir(home.work())
        .output()
        .unwrap();
    let by_shell = String::from_utf8(output.stdout).unwrap();
    assert_eq!(own, by_shell.lines().collect::<BTreeSet<&str>>());
}

/// The ten lines that stand in the documents, run as they stand there.
#[test]
fn the_lines_in_the_documents_draw_the_same_sample() {
    let home = Home::of("forsakringskassan");
    home.file(
        "all.jsonl",
        lines(&[two_units(), a_small_folder()].concat()),
    );
    let page = fs::read_to_string("docs/selfcontrol.md").unwrap();
    let lines = page
        .split("```python\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    home.file("draw.py", lines);
    let drawn = sample(&home, &["-n", "12", "--seed", "2026 andra halvåret"]);
    let own: BTreeSet<&str> = drawn["records"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["record"].as_str().unwrap())
        .collect();
    let shell = "python3 draw.py '2026 andra halvåret' 12 2026-12-31 < all.jsonl";
    let output = Command::new("bash")
        .args(["-c", shell])
        .current_dir(home.work())
        .output()
        .unwrap();
    let has_python = Command::new("python3").arg("--version").output().is_ok();
    let by_python = String::from_utf8(output.stdout).unwrap();
    let by_python: BTreeSet<&str> = by_python.lines().collect();
    assert!(
        !has_python || own == by_python,
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn strata_get_their_share_exactly() {
    let home = Home::of("forsakringskassan");
    let unit = |number: usize| {
        ["Kontor Ett", "Kontor Två", "Kontor Tre"]
            [usize::from(number >= 50) + usize::from(number >= 80)]
    };
    let record = |number: usize| made_by(&clause(), number, unit(number), "2026-11-02");
    home.file(
        "all.jsonl",
        lines(&(0..99).map(record).collect::<Vec<Value>>()),
    );
    let drawn = sample(&home, &["-n", "20", "--seed", "x", "--stratify", "unit"]);
    // 20 * 50 / 99 = 10.10, 20 * 30 / 99 = 6.06, 20 * 19 / 99 = 3.84: ten, six, three, and one more for the largest rest.
    let strata: BTreeMap<&str, (u64, u64)> = drawn["strata"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (
                one["name"].as_str().unwrap(),
                (one["of"].as_u64().unwrap(), one["drawn"].as_u64().unwrap()),
            )
        })
        .collect();
    let expected = [
        ("forsakringskassan · Kontor Ett", (50, 10)),
        ("forsakringskassan · Kontor Två", (30, 6)),
        ("forsakringskassan · Kontor Tre", (19, 4)),
    ];
    assert_eq!(strata, BTreeMap::from(expected));
    for (name, (_, many)) in strata {
        let records = drawn["records"].as_array().unwrap();
        assert_eq!(
            records.iter().filter(|one| one["stratum"] == name).count() as u64,
            many
        );
    }
    // All of them, where more are asked for than there are.
    let all = sample(&home, &["-n", "500", "--seed", "x", "--stratify", "route"]);
    assert_eq!(all["records"].as_array().unwrap().len(), 99);
}

/// A checklist with every question answered yes, edited.
fn filled(checklist: &Value, edit: impl Fn(usize, &str) -> (Value, Value)) -> Value {
    let mut checklist = checklist.clone();
    for (at, record) in checklist["records"]
        .as_array_mut()
        .unwrap()
        .iter_mut()
        .enumerate()
    {
        for filled in record["answers"].as_array_mut().unwrap() {
            let (answer, text) = edit(at, filled["question"].as_str().unwrap());
            (filled["answer"], filled["text"]) = (answer, text);
        }
    }
    checklist
}

fn results(home: &Home, args: &[&str]) -> (Run, Value) {
    let run = home.run(&[&["selfcontrol", "results"], args, &["--format", "json"]].concat());
    let told = serde_json::from_str(&run.out).unwrap_or(Value::Null);
    (run, told)
}

fn codes(told: &Value) -> Vec<&str> {
    told["trouble"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["code"].as_str().unwrap())
        .collect()
}

#[test]
fn filled_in_checklists_are_added_up_and_held_against_the_documents() {
    let home = Home::of("forsakringskassan");
    // Without the last one, whose items share a motivation: there the documents themselves say no.
    let documents = a_small_folder();
    home.file("all.jsonl", lines(&documents[..documents.len() - 1]));
    let empty = sample(&home, &["-n", "8", "--seed", "x"]);
    let yes = |_: usize, _: &str| (json!("yes"), Value::Null);
    home.file("yes.json", filled(&empty, yes).to_string());
    let (run, told) = results(&home, &["yes.json", "--records", "all.jsonl"]);
    assert_eq!(run.code, Some(0), "{told:#}");
    assert_eq!(
        (&told["records"], &told["deviations"], &told["trouble"]),
        (&json!(8), &json!([]), &json!([]))
    );
    assert!(told["compared"].as_u64().unwrap() > 0);

    let no = |at: usize, question: &str| match (at, question) {
        (0, "concern") => (json!("no"), json!("Det står inte när.")),
        (1, "concern") => (json!("no"), Value::Null),
        (2, "concern") => (json!("cannot-tell"), Value::Null),
        (_, "link") => (json!("no"), json!("Samma mening överallt.")),
        _ => (json!("yes"), Value::Null),
    };
    home.file("no.json", filled(&empty, no).to_string());
    let (run, told) = results(&home, &["no.json", "--records", "all.jsonl"]);
    assert_eq!(run.code, Some(3));
    let concern = told["questions"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["question"] == "concern")
        .unwrap();
    let counts =
        ["yes", "no", "cannot-tell", "unanswered"].map(|key| concern[key].as_u64().unwrap());
    assert_eq!(counts, [5, 2, 1, 0]);
    // Two of seven: the printed tables of Clopper and Pearson say 3.7 to 71.0 per cent.
    let limits = ["0", "1"].map(|at| {
        concern["no-share-95"][at.parse::<usize>().unwrap()]
            .as_f64()
            .unwrap()
    });
    assert!(
        (limits[0] - 0.0367).abs() < 1e-4 && (limits[1] - 0.7096).abs() < 1e-4,
        "{limits:?}"
    );
    assert_eq!(codes(&told), ["no-reason"]);
    assert_eq!(told["deviations"].as_array().unwrap().len(), 2 + 8);
    // The documents see no fault in the links: told, and left to people.
    assert!(
        told["differs"]
            .as_array()
            .unwrap()
            .iter()
            .all(|one| one["question"] == "link" && one["documents"] == "yes")
    );
    // What was written stays in the checklist.
    assert!(!run.out.contains("Samma mening") && !run.err.contains("Samma mening"));
}

/// A dispatch that somebody has changed afterwards: the person sees nothing wrong, the documents do.
#[test]
fn where_person_and_documents_differ_both_are_told() {
    let home = Home::of("forsakringskassan");
    let record = made_by(&duty(), 0, "Kontor Ett", "2026-11-20");
    let mut dispatch = sent(&record, "2026-11-20 14:00");
    dispatch["board"] = json!("En annan kommun");
    home.file("all.jsonl", lines(&[record, dispatch]));
    let empty = sample(&home, &["-n", "1", "--seed", "x"]);
    home.file(
        "yes.json",
        filled(&empty, |_, _| (json!("yes"), Value::Null)).to_string(),
    );
    let (run, told) = results(&home, &["yes.json", "--records", "all.jsonl"]);
    let differs = told["differs"].as_array().unwrap();
    assert_eq!((run.code, differs.len()), (Some(3), 1), "{told:#}");
    let said =
        ["question", "person", "documents", "file"].map(|key| differs[0][key].as_str().unwrap());
    assert_eq!(said, ["sent-as-assessed", "yes", "no", "all.jsonl:1"]);
    // A checklist that is not filled in at all names what is left.
    home.file("empty.json", empty.to_string());
    let run = home.run(&["selfcontrol", "results", "empty.json"]);
    assert_eq!(run.code, Some(3));
    assert!(
        run.out.contains("all.jsonl:1: ") && run.out.contains("inte besvarade"),
        "{}",
        run.out
    );
}

#[test]
fn a_checklist_on_paper_comes_back_the_same() {
    let home = Home::of("forsakringskassan");
    home.file("all.jsonl", lines(&a_small_folder()));
    let args = [
        "selfcontrol",
        "sample",
        "all.jsonl",
        "--until",
        "2026-12-31",
        "-n",
        "4",
        "--seed",
        "x",
        "--stratify",
        "route",
    ];
    let run = home.run(&args);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let all = run.out.replace("- [ ] `yes`", "- [x] `yes`");
    home.file("all.md", &all);
    let (run, told) = results(&home, &["all.md", "--records", "all.jsonl"]);
    assert_eq!(run.code, Some(0), "{told:#}");
    assert_eq!(told["records"], 4);
    let one_no = all
        .replacen(
            "- [x] `yes` Ja\n- [ ] `no`",
            "- [ ] `yes` Ja\n- [X] `no`",
            1,
        )
        .replacen("- `text` \n", "- `text` Anteckningen är äldre.\n", 1);
    home.file("no.md", one_no);
    let (run, told) = results(&home, &["no.md"]);
    assert_eq!((run.code, codes(&told)), (Some(3), vec![]));
    let deviation = &told["deviations"][0];
    assert!(
        deviation["file"]
            .as_str()
            .unwrap()
            .starts_with("all.jsonl:"),
        "{deviation}"
    );
    // Two that share the sample, and do not agree.
    let (run, told) = results(&home, &["all.md", "no.md"]);
    assert_eq!((run.code, codes(&told)), (Some(3), vec!["disagree"]));
}

#[test]
fn a_sample_that_somebody_has_chosen_is_seen() {
    let home = Home::of("forsakringskassan");
    let documents = two_units();
    home.file("all.jsonl", lines(&documents));
    let empty = sample(&home, &["-n", "5", "--seed", "x"]);
    let mut chosen = filled(&empty, |_, _| (json!("yes"), Value::Null));
    let drawn: Vec<String> = chosen["records"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["record"].as_str().unwrap().to_owned())
        .collect();
    let other = documents
        .iter()
        .map(|document| document["digest"].as_str().unwrap())
        .find(|digest| !drawn.iter().any(|one| one == digest))
        .unwrap();
    chosen["records"][0]["record"] = json!(other);
    home.file("chosen.json", chosen.to_string());
    let (run, told) = results(&home, &["chosen.json", "--records", "all.jsonl"]);
    assert_eq!(
        (run.code, codes(&told)),
        (Some(3), vec!["not-drawn", "left-out"])
    );
    home.file("fewer.jsonl", lines(&documents[..100]));
    let (_, told) = results(&home, &["chosen.json", "--records", "fewer.jsonl"]);
    assert!(codes(&told).contains(&"other-number"), "{told:#}");
}

#[test]
fn what_is_wrong_with_a_checklist_is_said_with_its_line() {
    let home = Home::of("forsakringskassan");
    home.file("all.jsonl", lines(&a_small_folder()));
    let run = home.run(&[
        "selfcontrol",
        "sample",
        "all.jsonl",
        "--until",
        "2026-12-31",
        "-n",
        "2",
        "--seed",
        "x",
    ]);
    let good = run.out;
    let cases = [
        (
            good.replacen("### `concern`", "### `koncern`", 1),
            "frågan `koncern` finns inte; menade du `concern`?",
        ),
        (
            good.replacen("- [ ] `yes`", "- [x] `ja`", 1),
            "svaret `ja` finns inte",
        ),
        (
            good.replacen(
                "- [ ] `yes` Ja\n- [ ] `no`",
                "- [x] `yes` Ja\n- [x] `no`",
                1,
            ),
            "två svar är kryssade",
        ),
        (
            good.replacen("- `seed` x\n", "", 1),
            "raden `seed` i huvudet saknas",
        ),
        (
            good.replacen("- `checklist` 1\n", "- `checklist` 9\n", 1),
            "format är 9",
        ),
        ("- [x] `yes` Ja\n".to_owned(), "hör inte till någon fråga"),
        (
            "{\"checklist\": 1}".to_owned(),
            "går inte att läsa som en checklista",
        ),
        (String::new(), "raden `checklist` i huvudet saknas"),
    ];
    for (text, sentence) in cases {
        home.file("bad.md", &text);
        let run = home.run(&["selfcontrol", "results", "bad.md"]);
        assert_eq!(run.code, Some(1), "{sentence}");
        assert!(run.err.contains(sentence), "{sentence}: {}", run.err);
        assert!(run.out.is_empty());
    }
}

// ---- gaps -----------------------------------------------------------------------------------------

fn gaps(home: &Home, args: &[&str]) -> (Option<i32>, Vec<(String, String, String)>) {
    let run = home.run(&[&["selfcontrol", "gaps"], args, &["--format", "json"]].concat());
    let told: Value = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}", run.err));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let gaps = told["gaps"].as_array().unwrap().iter();
    let gaps = gaps.map(|gap| {
        (
            text(&gap["code"]),
            text(&gap["record"]),
            text(&gap["detail"]),
        )
    });
    (run.code, gaps.collect())
}

#[test]
fn what_is_missing_is_told_with_where() {
    let home = Home::of("forsakringskassan");
    home.file("all.jsonl", lines(&a_small_folder()));
    home.file("units", "# Enheterna\nkontor ett\n\nKontor Tre\n");
    let (code, found) = gaps(
        &home,
        &["all.jsonl", "--units", "units", "--on", "2026-11-22"],
    );
    assert_eq!(code, Some(3));
    let of = |code: &str| -> Vec<(&str, &str)> {
        let own = found.iter().filter(|(own, ..)| own == code);
        own.map(|(_, record, detail)| (record.as_str(), detail.as_str()))
            .collect()
    };
    assert_eq!(of("unit-without-records"), [("", "Kontor Tre")]);
    assert_eq!(of("unknown-unit"), [("", "kontor TVÅ")]);
    // The ninth record has no review and its guideline demands one; the six under the duty have none and need none.
    assert_eq!(of("unreviewed").len(), 1);
    assert_eq!(of("never-reviewed").len(), 6);
    assert!(of("feedback-not-asked").is_empty());
    assert!(of("law-check-old").is_empty());
}

#[test]
fn law_that_was_checked_too_long_ago_is_told_once_for_each_day() {
    let home = Home::of("forsakringskassan");
    home.file("all.jsonl", lines(&a_small_folder()));
    let (_, found) = gaps(
        &home,
        &["all.jsonl", "--law-age", "100", "--on", "2026-11-22"],
    );
    let days: Vec<&str> = found
        .iter()
        .filter(|(code, ..)| code == "law-check-old")
        .map(|(.., day)| day.as_str())
        .collect();
    assert_eq!(days, ["2026-02-12"]);
    // Each record was made more than a hundred days after as well.
    assert_eq!(
        found
            .iter()
            .filter(|(code, ..)| code == "law-check-old-then")
            .count(),
        11
    );
}

#[test]
fn what_was_held_back_for_an_answer_is_asked_for_until_something_follows() {
    let home = Home::of("forsakringskassan");
    let first = made_by(&clause(), 0, "Kontor Ett", "2026-09-01");
    let contested = read(&first, &["1"], "2026-09-01T09:30+01:00");
    let mut next = made_by(&clause(), 1, "Kontor Ett", "2026-10-20");
    home.file("open.jsonl", lines(&[first.clone(), contested.clone()]));
    let (_, found) = gaps(&home, &["open.jsonl", "--on", "2026-10-21"]);
    let waits = (
        "supplement-missing".to_owned(),
        "open.jsonl:1".to_owned(),
        "1".to_owned(),
    );
    assert!(found.contains(&waits), "{found:?}");
    let (_, found) = gaps(&home, &["open.jsonl", "--on", "2026-09-15"]);
    assert!(!found.contains(&waits), "{found:?}");
    next["follows"] = first["digest"].clone();
    home.file("closed.jsonl", lines(&[first, contested, sealed(next)]));
    let (_, found) = gaps(&home, &["closed.jsonl", "--on", "2026-10-21"]);
    assert!(
        found.iter().all(|(code, ..)| code != "supplement-missing"),
        "{found:?}"
    );
}

#[test]
fn a_report_under_the_duty_that_asks_for_no_feedback_is_told() {
    let home = Home::of("forsakringskassan");
    let mut record = made_by(&duty(), 0, "Kontor Ett", "2026-11-02");
    record["closing"]["feedback"] = json!(false);
    home.file(
        "all.jsonl",
        lines(&[
            sealed(record),
            made_by(&duty(), 1, "Kontor Ett", "2026-11-02"),
        ]),
    );
    let (code, found) = gaps(&home, &["all.jsonl", "--on", "2026-11-22"]);
    let asked: Vec<&str> = found
        .iter()
        .filter(|(code, ..)| code == "feedback-not-asked")
        .map(|(_, record, _)| record.as_str())
        .collect();
    assert_eq!((code, asked), (Some(3), vec!["all.jsonl:1"]));
}

// ---- what can be wrong ----------------------------------------------------------------------------

#[test]
fn what_cannot_be_read_is_said_and_is_in_no_figure() {
    let home = Home::of("forsakringskassan");
    let folder = home.work().join("poster");
    fs::create_dir(&folder).unwrap();
    fs::write(
        folder.join("a.json"),
        made_by(&clause(), 0, "Kontor Ett", "2026-11-02").to_string(),
    )
    .unwrap();
    fs::write(folder.join("b.json"), "{\"kind\":\"record\",").unwrap();
    fs::write(
        folder.join("c.json"),
        b"{\"kind\":\"record\",\"x\":\"\xff\"}",
    )
    .unwrap();
    fs::write(folder.join("d.json"), "[]").unwrap();
    fs::write(folder.join("brev.txt"), "Ett brev.").unwrap();
    let run = home.run(&["selfcontrol", "poster", "--format", "json"]);
    assert_eq!(run.code, Some(3), "{}", run.err);
    let told: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(row(&told, "overview", "records")["count"], 1);
    assert_eq!(row(&told, "overview", "unreadable")["count"], 3);
    assert!(
        run.err.contains("poster/b.json") && run.err.contains("3 filer går inte att läsa"),
        "{}",
        run.err
    );
}

#[test]
fn wrong_usage_is_one_sentence_with_a_way_out() {
    let home = Home::of("forsakringskassan");
    home.file("all.jsonl", lines(&a_small_folder()));
    home.file("empty", "# inga\n");
    fs::create_dir(home.work().join("tom")).unwrap();
    let cases: [(&[&str], i32, &str); 11] = [
        (&["selfcontrol"], 2, "ange en mapp"),
        (&["selfcontrol", "finns-inte"], 1, "finns inte"),
        (
            &["selfcontrol", "tom"],
            1,
            "det finns inget att kontrollera",
        ),
        (
            &["selfcontrol", "all.jsonl", "--from", "2026-02-30"],
            2,
            "ingen dag för `--from`",
        ),
        (&["selfcontrol", "all.jsonl", "--suppress", "-1"], 2, ""),
        (
            &["selfcontrol", "all.jsonl", "--format", "pdf"],
            2,
            "är inget värde",
        ),
        (&["selfcontrol", "sample", "all.jsonl"], 2, "--seed"),
        (
            &["selfcontrol", "sample", "all.jsonl", "--seed", " x"],
            2,
            "fröet",
        ),
        (
            &[
                "selfcontrol",
                "sample",
                "all.jsonl",
                "--seed",
                "x",
                "-n",
                "0",
            ],
            2,
            "1–1000",
        ),
        (
            &["selfcontrol", "gaps", "all.jsonl", "--units", "empty"],
            1,
            "har ingen enhet",
        ),
        (&["selfcontrol", "results"], 2, "saknas"),
    ];
    for (args, code, sentence) in cases {
        let run = home.run(args);
        assert_eq!(run.code, Some(code), "{args:?} {}", run.err);
        assert!(run.err.contains(sentence), "{args:?}: {}", run.err);
        assert!(run.out.is_empty(), "{args:?}: {}", run.out);
    }
}

#[test]
fn the_swedish_names_do_the_same() {
    let home = Home::of("forsakringskassan");
    home.file("all.jsonl", lines(&a_small_folder()));
    for (swedish, english) in [
        (
            vec!["egenkontroll", "all.jsonl"],
            vec!["selfcontrol", "all.jsonl"],
        ),
        (
            vec!["egenkontroll", "stickprov", "all.jsonl", "--seed", "x"],
            vec!["selfcontrol", "sample", "all.jsonl", "--seed", "x"],
        ),
        (
            vec!["egenkontroll", "luckor", "all.jsonl"],
            vec!["selfcontrol", "gaps", "all.jsonl"],
        ),
    ] {
        let (one, other) = (home.run(&swedish), home.run(&english));
        assert_eq!((one.code, one.out), (other.code, other.out));
    }
}

// ---- the lawyers' file ----------------------------------------------------------------------------

#[test]
fn the_file_says_all_that_is_counted_asked_and_missed() {
    let file = catalogue::read(sekretesskoll::embedded::SELFCONTROL).unwrap();
    let measures: Vec<&str> = file
        .measures
        .iter()
        .map(|entry| entry.key.as_str())
        .collect();
    let known: Vec<&str> = Measure::ALL.iter().map(|(_, key)| *key).collect();
    assert_eq!(measures, known);
    let gaps: BTreeSet<&str> = file.gaps.iter().map(|entry| entry.code.as_str()).collect();
    let source = include_str!("../src/selfcontrol/gaps.rs");
    assert!(
        gaps.iter()
            .all(|code| source.contains(&format!("\"{code}\""))),
        "{gaps:?}"
    );
    let named = source
        .split("gap(\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap());
    assert!(named.into_iter().all(|code| gaps.contains(code)));
    let laws = &trees().laws;
    let cited = file.measures.iter().flat_map(|entry| &entry.law);
    let cited = cited
        .chain(file.gaps.iter().flat_map(|entry| &entry.law))
        .chain(file.questions.iter().flat_map(|entry| &entry.law));
    let unknown: Vec<&String> = cited.filter(|key| laws.provision(key).is_none()).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    let keys: BTreeSet<&str> = file
        .questions
        .iter()
        .map(|entry| entry.key.as_str())
        .collect();
    assert_eq!(keys.len(), file.questions.len());
    assert_eq!(made().day.to_string(), "2026-11-22");
}
