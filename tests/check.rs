//! `check` from outside: every finding and the document just beside it, every format, and everything that can be wrong.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::too_many_lines,
    dead_code,
    reason = "a test may stop at once"
)]
#![cfg(unix)]

#[path = "harness/program.rs"]
mod program;
#[path = "harness/records.rs"]
mod records;

use std::collections::{BTreeMap, BTreeSet};
use std::process::Stdio;

use program::{Home, Run};
use records::{case, made, manager, record_of, review, trees, verdicts};
use sekretesskoll::answers::AnswersDocument;
use sekretesskoll::check::catalogue::{Code, entries};
use sekretesskoll::check::chain::Chain;
use sekretesskoll::check::{Checker, Finding, Grade, Replay};
use sekretesskoll::language::Lang;
use sekretesskoll::reconcile::{Dispatch, Sent};
use sekretesskoll::record::{Record, digest_of, made_with};
use sekretesskoll::trees::Trees;
use serde_json::{Value, json};

const EXAMPLE: &str = include_str!("../docs/examples/answers.json");

// ---- findings of one document ---------------------------------------------------------------------

/// A document with the digest that belongs to it.
fn sealed(mut document: Value) -> String {
    let digest = digest_of(&document).unwrap();
    document["digest"] = json!(format!("sha256:{digest}"));
    document.to_string()
}

/// The record of a worked case, edited and sealed anew.
fn record(name: &str, edit: impl Fn(&mut Value)) -> String {
    let mut value = serde_json::to_value(record_of(&case(name))).unwrap();
    edit(&mut value);
    sealed(value)
}

/// The example for scripts, edited.
fn answers(edit: impl Fn(&mut Value)) -> String {
    let mut value: Value = serde_json::from_str(EXAMPLE).unwrap();
    edit(&mut value);
    value.to_string()
}

/// The example with a second statement like the first, and its link.
fn two(link: &str) -> String {
    answers(|value| {
        let mut second = value["items"][0].clone();
        second["answers"]["link"]["text"] = json!(link);
        second["answers"]["wording"]["text"] = json!("Barnet kom till kontoret utan jacka.");
        value["items"][1] = second;
    })
}

fn checked(document: &str) -> (Grade, Option<Replay>, Vec<Finding>) {
    let checker = Checker::new(&[trees()]);
    let told = checker.check(document.as_bytes(), |verdict| {
        (verdict.grade, verdict.replay, verdict.findings.clone())
    });
    told.unwrap_or_else(|why| panic!("{why:?}: {document}"))
}

fn codes(document: &str) -> BTreeSet<&'static str> {
    let found = checked(document).2;
    found.iter().map(|finding| finding.code.name()).collect()
}

fn set(value: &mut Value, pointer: &str, to: Value) {
    *value
        .pointer_mut(pointer)
        .unwrap_or_else(|| panic!("no {pointer}")) = to;
}

/// Every code of one document: what provokes it, and what stands just beside and does not.
fn pairs() -> BTreeMap<&'static str, (String, String)> {
    let same = |_: &mut Value| {};
    let link = EXAMPLE
        .split("\"link\": { \"answer\": \"some\", \"text\": \"")
        .nth(1)
        .unwrap();
    let link = link.split('"').next().unwrap();
    let whole = record("jo-fk-2020", same);
    let attached = serde_json::to_value(records::with_a_document()).unwrap();
    let three = |short: bool| {
        answers(|value| {
            let first = value["items"][0].clone();
            let item = |link: &str| {
                let mut item = first.clone();
                item["answers"]["link"]["text"] = json!(link);
                item
            };
            value["items"] = json!([
                item("Barnet är litet."),
                item("Det sker ofta."),
                item("Ingen ser till barnet.")
            ]);
            if short {
                let mut held = first.clone();
                held["answers"] = json!({ "link": { "answer": "none" } });
                value["items"][2] = held;
            }
        })
    };
    let wording =
        |text: &str| answers(|value| set(value, "/items/0/answers/wording/text", json!(text)));
    let law_until = |until: &str| {
        record("duty-guardian-board", |value| {
            let laws = value["law"].as_object_mut().unwrap();
            let first = laws.values_mut().next().unwrap();
            first["until"] = json!(until);
        })
    };
    let origin = |origin: &str| answers(|value| set(value, "/items/0/origin", json!(origin)));
    BTreeMap::from([
        (
            "same-motivation",
            (
                two(&format!("{} 2", link.to_uppercase())),
                two("Kläderna är för tunna."),
            ),
        ),
        ("everything-released", (three(false), three(true))),
        ("document-attached", (sealed(attached), whole.clone())),
        (
            "health-care-released",
            (origin("health-care"), origin("individual")),
        ),
        (
            "says-nothing",
            (
                wording("Barnet är ensamt."),
                wording("Barnet är ensamt hemma tre kvällar i veckan sedan oktober."),
            ),
        ),
        (
            "refused-channel",
            (
                record("duty-guardian-board", |value| {
                    set(value, "/sending/channel/key", json!("open"));
                }),
                record("duty-guardian-board", same),
            ),
        ),
        (
            "not-as-written",
            (
                whole.replacen("Anna Exempel", "Anna Annan", 1),
                whole.clone(),
            ),
        ),
        (
            "would-differ",
            (
                record("jo-fk-2020", |value| {
                    set(value, "/items/0/outcome", json!("withhold"));
                }),
                whole.clone(),
            ),
        ),
        (
            "other-trees",
            (
                record("jo-fk-2020", |value| {
                    set(
                        value,
                        "/made-with/trees-digest",
                        json!(format!("sha256:{}", "0".repeat(64))),
                    );
                }),
                whole.clone(),
            ),
        ),
        (
            "incomplete",
            (
                record("jo-fk-2020", |value| {
                    set(value, "/official/title", json!(""));
                }),
                whole.clone(),
            ),
        ),
        (
            "law-older",
            (law_until("2020-01-01"), law_until("2099-01-01")),
        ),
        (
            "retrospective",
            (
                record("jo-fk-2020", |value| {
                    set(value, "/retrospective", json!(true));
                }),
                record("jo-fk-2020", |value| {
                    set(value, "/retrospective", json!(false));
                }),
            ),
        ),
        (
            "personal-data",
            (
                serde_json::to_string(&case("personal-data-kept")).unwrap(),
                serde_json::to_string(&case("duty-guardian-board")).unwrap(),
            ),
        ),
    ])
}

#[test]
fn every_finding_of_one_document_is_found_there_and_not_just_beside() {
    let mut wrong = Vec::new();
    for (code, (with, without)) in pairs() {
        let (with, without) = (codes(&with), codes(&without));
        if !with.contains(code) || without.contains(code) {
            wrong.push(format!("{code}: {with:?}, beside: {without:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The built-in trees ask for both, so no document that is whole under them lacks either. Under others one may.
const BY_OTHER_TREES: [&str; 2] = ["no-link", "no-wording"];

/// The codes of the example under trees where no question has a role.
fn codes_without(role: &str) -> BTreeSet<&'static str> {
    let mut files = sekretesskoll::embedded::files();
    let item = files.get_mut("item.toml").unwrap();
    let is_role = |line: &&str| {
        line.split('=').next().unwrap().trim() == "role" && line.contains(&format!("\"{role}\""))
    };
    let kept: Vec<&str> = item.lines().filter(|line| !is_role(line)).collect();
    *item = kept.join("\n");
    let trees = Trees::from_files(&files).unwrap_or_else(|findings| panic!("{findings:?}"));
    let checker = Checker::new(&[&trees]);
    let found = checker.check(EXAMPLE.as_bytes(), |verdict| verdict.findings.clone());
    found
        .unwrap()
        .iter()
        .map(|finding| finding.code.name())
        .collect()
}

#[test]
fn what_the_trees_ask_for_is_missed_under_trees_that_do_not() {
    for (role, code) in [("link", "no-link"), ("wording", "no-wording")] {
        assert!(codes_without(role).contains(code), "{role}");
        assert!(!codes(EXAMPLE).contains(code), "{role}");
    }
}

/// What several documents tell of together.
const TOGETHER: [&str; 7] = [
    "no-review",
    "review-after-sending",
    "reviewer-is-official",
    "contested-sent",
    "sent-before-assessed",
    "no-dispatch",
    "no-record",
];

#[test]
fn every_code_has_its_pair_or_its_story() {
    let pairs = pairs();
    let tried = pairs.keys().copied().chain(TOGETHER).chain(BY_OTHER_TREES);
    let tried: BTreeSet<&str> = tried.collect();
    let all: BTreeSet<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    assert_eq!(tried, all);
}

#[test]
fn the_catalogue_and_the_codes_agree_and_every_law_is_known() {
    let entries = entries();
    let named: Vec<&str> = entries.iter().map(|entry| entry.code.as_str()).collect();
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    assert_eq!(named, codes);
    for entry in &entries {
        for lang in Lang::ALL {
            assert!(!entry.text.get(lang).is_empty() && !entry.hint.get(lang).is_empty());
        }
        for key in &entry.law {
            assert!(
                trees().laws.provision(key).is_some(),
                "{}: {key}",
                entry.code
            );
        }
    }
}

#[test]
fn a_recorded_exception_is_counted_apart_and_fails_nothing() {
    let kept = serde_json::to_string(&case("personal-data-kept")).unwrap();
    let (grade, _, found) = checked(&kept);
    assert_eq!(grade, Grade::Pass);
    assert!(found.iter().any(|finding| finding.excepted));
    let attached = sealed(serde_json::to_value(records::with_a_document()).unwrap());
    let found = checked(&attached).2;
    let attached = found
        .iter()
        .find(|finding| finding.code == Code::DocumentAttached);
    assert!(attached.unwrap().excepted);
}

#[test]
fn a_record_made_under_other_trees_is_undetermined_and_one_that_would_differ_fails() {
    let pairs = pairs();
    let (grade, replay, _) = checked(&pairs["other-trees"].0);
    assert_eq!(
        (grade, replay),
        (Grade::Undetermined, Some(Replay::OtherTrees))
    );
    let (grade, replay, _) = checked(&pairs["would-differ"].0);
    assert_eq!((grade, replay), (Grade::Fail, Some(Replay::WouldDiffer)));
    let (grade, replay, _) = checked(&pairs["would-differ"].1);
    assert_eq!((grade, replay), (Grade::Pass, Some(Replay::Replayed)));
}

#[test]
fn the_worked_cases_lack_no_link_and_no_wording() {
    for (name, _) in sekretesskoll::embedded::CASES {
        let document = case(name.strip_suffix(".toml").unwrap());
        let text = serde_json::to_string(&document).unwrap();
        let checker = Checker::new(&[trees()]);
        let found = checker.check(text.as_bytes(), |verdict| verdict.findings.clone());
        for finding in found.unwrap_or_default() {
            assert!(
                !BY_OTHER_TREES.contains(&finding.code.name()),
                "{name}: {finding:?}"
            );
        }
    }
}

// ---- what several documents tell of together ------------------------------------------------------

/// A record that the guideline wants reviewed before it is sent, finished at 10:41.
fn wanting() -> Record {
    let record = record_of(&case("jo-fk-2020"));
    assert!(sekretesskoll::review::needed_before_sending(&record).is_some());
    record
}

fn dispatch(
    record: &Record,
    reviewed: Option<&sekretesskoll::review::Review>,
    when: &str,
) -> String {
    let sent = Sent {
        when: when.to_owned(),
        by: record.official.clone(),
        receipt: None,
        oral: None,
    };
    let with = (made_with(trees()), Lang::Sv, made().finished);
    let dispatch = Dispatch::of(record, reviewed, sent, Vec::new(), with);
    let mut value = serde_json::to_value(dispatch).unwrap();
    value["retrospective"] = json!(false);
    sealed(value)
}

/// What documents tell of together: the code, and the place in the list of the document that it stands at.
fn story(documents: &[&str]) -> Vec<(&'static str, usize)> {
    let checker = Checker::new(&[trees()]);
    let mut chain = Chain::default();
    for (at, document) in documents.iter().enumerate() {
        let link = checker.check(document.as_bytes(), |verdict| verdict.link);
        chain.take(at, link.unwrap().unwrap());
    }
    let found = chain.findings().into_iter();
    found
        .map(|(at, finding)| (finding.code.name(), *at))
        .collect()
}

fn written(document: &impl serde::Serialize) -> String {
    serde_json::to_string(document).unwrap()
}

#[test]
fn record_review_and_dispatch_in_the_right_order_are_silent() {
    let record = wanting();
    let review = review(&record, &manager(), &verdicts(&record, &[])).unwrap();
    let sent = dispatch(&record, Some(&review), "2026-11-22 14:05");
    let (record, review) = (written(&record), written(&review));
    assert_eq!(story(&[&record, &review, &sent]), []);
    assert_eq!(story(&[&sent, &review, &record]), [], "in any order");
    assert_eq!(
        story(&[&record]),
        [],
        "a folder of records alone says nothing of what was sent"
    );
}

#[test]
fn sent_without_review_or_before_it_is_found() {
    let record = wanting();
    let review = review(&record, &manager(), &verdicts(&record, &[])).unwrap();
    let text = written(&record);
    let sent = dispatch(&record, None, "2026-11-22 14:05");
    assert_eq!(story(&[&text, &sent]), [("no-review", 1)]);
    let mut late = serde_json::to_value(&review).unwrap();
    late["finished"] = json!("2026-11-22T14:06+01:00");
    assert_eq!(
        story(&[&text, &sealed(late.clone()), &sent]),
        [("review-after-sending", 2)]
    );
    late["finished"] = json!("2026-11-22T14:05+01:00");
    assert_eq!(story(&[&text, &sealed(late), &sent]), []);
}

#[test]
fn a_reviewer_with_the_name_of_the_official_is_found() {
    let record = wanting();
    let review = review(&record, &manager(), &verdicts(&record, &[])).unwrap();
    let mut own = serde_json::to_value(&review).unwrap();
    own["reviewer"]["name"] = json!("  anna  EXEMPEL ");
    let found = story(&[&written(&record), &sealed(own)]);
    assert_eq!(found, [("reviewer-is-official", 1)]);
}

#[test]
fn what_was_contested_and_sent_without_resting_on_the_review_is_found() {
    let record = wanting();
    let contesting = review(&record, &manager(), &verdicts(&record, &["1"])).unwrap();
    let (text, contested) = (written(&record), written(&contesting));
    let blind = dispatch(&record, None, "2026-11-22 14:05");
    assert_eq!(story(&[&text, &contested, &blind]), [("contested-sent", 2)]);
    let resting = dispatch(&record, Some(&contesting), "2026-11-22 14:05");
    assert_eq!(story(&[&text, &contested, &resting]), []);
}

#[test]
fn sent_before_assessed_is_found_unless_it_says_so_itself() {
    let record = wanting();
    let review = review(&record, &manager(), &verdicts(&record, &[])).unwrap();
    let mut early = serde_json::to_value(&review).unwrap();
    early["finished"] = json!("2026-11-22T10:00+01:00");
    let early = sealed(early);
    let text = written(&record);
    let sent = dispatch(&record, None, "2026-11-22 10:40");
    assert_eq!(
        story(&[&text, &early, &sent]),
        [("sent-before-assessed", 2)]
    );
    let mut honest: Value = serde_json::from_str(&sent).unwrap();
    honest["retrospective"] = json!(true);
    assert_eq!(story(&[&text, &early, &sealed(honest)]), []);
    let sent = dispatch(&record, None, "2026-11-22 10:41");
    assert_eq!(story(&[&text, &early, &sent]), []);
}

#[test]
fn what_has_no_record_or_no_dispatch_beside_others_is_found() {
    let record = wanting();
    let other = record_of(&case("duty-guardian-board"));
    let review = review(&record, &manager(), &verdicts(&record, &[])).unwrap();
    let sent = dispatch(&record, Some(&review), "2026-11-22 14:05");
    let review = written(&review);
    assert_eq!(
        story(&[&review, &sent]),
        [("no-record", 0), ("no-record", 1)]
    );
    let documents = [&written(&other), &written(&record), &review, &sent];
    assert_eq!(story(&documents.map(String::as_str)), [("no-dispatch", 0)]);
}

// ---- the program ----------------------------------------------------------------------------------

/// A folder as it lies somewhere: answers that pass, that lack an answer and that are wrong, a record, a broken file,
/// and what is none of ours.
fn folder() -> Home {
    let home = Home::empty();
    std::fs::create_dir_all(home.work().join("poster/under")).unwrap();
    let lacking = answers(|value| {
        value["items"][0]["answers"]
            .as_object_mut()
            .unwrap()
            .remove("shorter");
    });
    let wrong = answers(|value| set(value, "/items/0/answers/shorter/answer", json!("kanske")));
    home.file("poster/a.json", EXAMPLE);
    home.file("poster/b.json", &lacking);
    home.file("poster/c.json", &wrong);
    home.file("poster/d <&>\".json", "{\"answers\": 1, ");
    home.file("poster/under/e.json", record("jo-fk-2020", |_| {}));
    home.file(
        "poster/under/f.json",
        sealed(serde_json::to_value(records::with_a_document()).unwrap()),
    );
    home.file(
        "poster/under/g.jsonl",
        format!(
            "{}\n\n{{}}\n",
            serde_json::to_string(&case("duty-guardian-board")).unwrap()
        ),
    );
    home.file("poster/brev.html", "<p>inget</p>");
    home
}

fn run(home: &Home, args: &[&str]) -> Run {
    home.run(&[&["check"], args].concat())
}

#[test]
fn every_format_tells_the_same_whatever_the_number_of_threads() {
    let home = folder();
    for format in ["table", "json", "jsonl", "csv", "sarif", "junit"] {
        let with =
            |threads: &str| run(&home, &["poster", "--format", format, "--threads", threads]);
        let (one, many) = (with("1"), with("5"));
        assert_eq!(one.out, many.out, "{format}");
        assert_eq!((one.code, one.err.as_str()), (Some(3), ""), "{format}");
        let told: AnswersDocument = serde_json::from_str(EXAMPLE).unwrap();
        let text = told.items[0]
            .answers
            .get("wording")
            .unwrap()
            .text
            .clone()
            .unwrap();
        assert!(
            !one.out.contains(&text),
            "{format} repeats what was written"
        );
    }
}

fn lines(home: &Home, args: &[&str]) -> Vec<Value> {
    let out = run(home, args).out;
    out.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn a_line_for_every_document_in_order() {
    let home = folder();
    let told = lines(&home, &["poster", "--format", "jsonl"]);
    let told: Vec<(&str, &str)> = told
        .iter()
        .map(|line| {
            (
                line["document"].as_str().unwrap(),
                line["verdict"].as_str().unwrap_or(""),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("poster/a.json", "pass"),
            ("poster/b.json", "undetermined"),
            ("poster/c.json", "fail"),
            ("poster/d <&>\".json", "fail"),
            ("poster/under/e.json", "pass"),
            ("poster/under/f.json", "pass"),
            ("poster/under/g.jsonl:1", "pass"),
            ("poster/under/g.jsonl:3", "fail"),
        ]
    );
}

#[test]
fn json_is_one_object_with_the_same_documents_and_their_sum() {
    let home = folder();
    let run = run(&home, &["poster", "--format", "json"]);
    let told: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(
        told["documents"],
        json!(lines(&home, &["poster", "--format", "jsonl"]))
    );
    let summary = &told["summary"];
    assert_eq!(summary["documents"], 8);
    assert_eq!(
        summary["verdicts"],
        json!({ "pass": 4, "undetermined": 1, "fail": 3 })
    );
    assert_eq!(
        summary["kinds"],
        json!({ "unknown": 1, "answers": 5, "record": 2 })
    );
    assert_eq!(summary["excepted"], 1);
}

/// Fields of a CSV text, read by its rules.
fn csv(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let (mut quoted, mut letters) = (false, text.chars().peekable());
    while let Some(letter) = letters.next() {
        let row = rows.last_mut().unwrap();
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                row.last_mut().unwrap().extend(letters.next());
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\r' if !quoted => {}
            '\n' if !quoted => rows.push(vec![String::new()]),
            _ => row.last_mut().unwrap().push(letter),
        }
    }
    rows.pop();
    rows
}

#[test]
fn csv_has_a_row_for_each_thing_told_and_one_for_a_document_without() {
    let home = folder();
    let rows = csv(&run(&home, &["poster", "--format", "csv"]).out);
    let columns = "document,kind,verdict,code,severity,place,excepted,law,sentence";
    assert_eq!(rows[0].join(","), columns);
    assert!(rows.iter().all(|row| row.len() == 9));
    let of = |name: &str| {
        rows.iter()
            .filter(|row| row[0] == name)
            .map(|row| row[3].as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(of("poster/b.json"), ["missing-answer"]);
    assert_eq!(of("poster/c.json"), ["wrong-answer"]);
    assert_eq!(of("poster/d <&>\".json"), ["unreadable"]);
    assert_eq!(of("poster/a.json").len(), 1);
}

#[test]
fn sarif_has_rules_places_and_suppressions() {
    let home = folder();
    let told: Value =
        serde_json::from_str(&run(&home, &["poster", "--format", "sarif"]).out).unwrap();
    assert_eq!(told["version"], "2.1.0");
    let rules = told["runs"][0]["tool"]["driver"]["rules"]
        .as_array()
        .unwrap();
    let rules: BTreeSet<&str> = rules
        .iter()
        .map(|rule| rule["id"].as_str().unwrap())
        .collect();
    assert_eq!(rules.len(), Code::ALL.len() + 3);
    let results = told["runs"][0]["results"].as_array().unwrap();
    for result in results {
        assert!(rules.contains(result["ruleId"].as_str().unwrap()));
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
    }
    let at = |uri: &str| {
        let uri = json!(uri);
        results
            .iter()
            .find(|result| {
                result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri
            })
            .unwrap()
    };
    assert_eq!(at("poster/d%20%3C%26%3E%22.json")["ruleId"], "unreadable");
    let line = &at("poster/under/g.jsonl")["locations"][0]["physicalLocation"]["region"];
    assert!(line["startLine"] == 1 || line["startLine"] == 3);
    let suppressed: Vec<&Value> = results
        .iter()
        .filter(|result| result["suppressions"].is_array())
        .collect();
    assert_eq!(suppressed.len(), 1);
    assert_eq!(suppressed[0]["suppressions"][0]["kind"], "inSource");
}

#[test]
fn junit_is_xml_with_a_case_for_each_document() {
    let home = folder();
    let out = run(&home, &["poster", "--format", "junit"]).out;
    assert_eq!(out.matches("<testcase ").count(), 8);
    assert_eq!(out.matches("<failure ").count(), 3);
    assert_eq!(out.matches("<skipped ").count(), 1);
    assert!(out.contains("name=\"poster/d &lt;&amp;&gt;&quot;.json\""));
    assert!(out.ends_with("</testsuite>\n</testsuites>\n"));
    assert!(
        !out.chars()
            .any(|letter| letter.is_control() && letter != '\n')
    );
}

#[test]
fn the_table_tells_of_what_does_not_pass_and_sums_it_up() {
    let home = folder();
    let out = run(&home, &["poster"]).out;
    assert!(
        out.contains("poster/b.json\toavgjort\tmissing-answer\titems[0].answers.shorter\t"),
        "{out}"
    );
    assert!(
        out.contains("8 dokument: svarsdokument 5, prövningar 2, går inte att läsa 1"),
        "{out}"
    );
    assert!(out.contains("Godkänt 4, underkänt 3, oavgjort 1"), "{out}");
    assert!(
        out.contains("Undantag med skäl, räknade för sig: 1"),
        "{out}"
    );
    assert!(!out.contains("duty-guardian"), "{out}");
    let home = Home::empty();
    home.file("a.json", EXAMPLE);
    assert!(!run(&home, &["a.json"]).out.contains("a.json"));
    assert!(
        run(&home, &["a.json", "--passes"])
            .out
            .contains("a.json\tgodkänt")
    );
}

#[test]
fn the_table_fits_a_terminal_of_eighty_columns() {
    let home = folder();
    let mut terminal = home.terminal(&["check", "poster"]);
    assert_eq!(terminal.end(), Some(3));
    for line in terminal.seen.lines() {
        assert!(line.trim_end_matches('\r').chars().count() <= 80, "{line}");
    }
    assert!(terminal.seen.contains("Dokument"), "{}", terminal.seen);
    assert!(!terminal.seen.contains('░'), "short work shows no bar");
}

/// A bar while one waits, gone when it is done, in no colour; and none where nobody watches.
#[cfg(unix)]
#[test]
fn long_work_shows_how_far_it_has_come() {
    let home = Home::empty();
    let line = serde_json::to_string(&case("duty-guardian-board")).unwrap();
    let made = std::process::Command::new("mkfifo")
        .arg(home.work().join("slow.jsonl"))
        .status();
    assert!(made.unwrap().success());
    let pipe = home.work().join("slow.jsonl");
    let many = format!("{line}\n").repeat(2_000);
    // Whoever writes takes longer over it than work is quiet for.
    let writer = std::thread::spawn(move || {
        let mut pipe = std::fs::OpenOptions::new().write(true).open(pipe).unwrap();
        for part in [&many, &many, &many] {
            std::io::Write::write_all(&mut pipe, part.as_bytes()).unwrap();
            std::thread::sleep(std::time::Duration::from_millis(700));
        }
    });
    let mut terminal = home.terminal(&["check", "slow.jsonl"]);
    assert_eq!(terminal.end(), Some(0));
    writer.join().unwrap();
    assert!(!terminal.seen.contains("\u{1b}[3"), "{}", terminal.seen);
    let screen = terminal.screen();
    let count = |seen: &str| seen.matches(" dokument").count();
    assert!(count(&terminal.seen) > count(&screen), "{}", terminal.seen);
    assert!(screen.contains("Godkänt 6000"), "{screen}");
    assert_eq!(count(&screen), 1, "{screen}");
    home.file("many.jsonl", format!("{line}\n").repeat(2_000));
    let run = run(&home, &["many.jsonl"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
}

#[test]
fn a_named_file_without_an_ending_is_told_by_its_first_line() {
    let home = Home::empty();
    let line = serde_json::to_string(&case("duty-guardian-board")).unwrap();
    home.file("many", format!("{line}\n{line}\n"));
    home.file(
        "one",
        serde_json::to_string_pretty(&case("duty-guardian-board")).unwrap(),
    );
    assert_eq!(lines(&home, &["many", "--format", "jsonl"]).len(), 2);
    assert_eq!(lines(&home, &["one", "--format", "jsonl"]).len(), 1);
}

#[test]
fn the_path_to_each_outcome_is_told_on_request() {
    let home = Home::empty();
    home.file("a.json", EXAMPLE);
    let path = |args: &[&str]| lines(&home, args)[0]["items"][1]["path"].clone();
    assert!(path(&["a.json", "--format", "jsonl"]).is_null());
    let told = path(&["a.json", "--format", "jsonl", "--explain"]);
    assert!(
        told.as_array().unwrap().contains(&json!("link=some")),
        "{told}"
    );
}

#[test]
fn exit_codes_follow_what_was_asked() {
    let home = Home::empty();
    let lacking = answers(|value| {
        value["items"][0]["answers"]
            .as_object_mut()
            .unwrap()
            .remove("shorter");
    });
    home.file("clean.json", EXAMPLE);
    home.file("note.json", pairs()["everything-released"].0.clone());
    home.file("warning.json", two(&answers_link()));
    home.file("undetermined.json", lacking);
    home.file("error.json", pairs()["not-as-written"].0.clone());
    let told = |file: &str, fail_on: &str| run(&home, &[file, "--fail-on", fail_on]).code.unwrap();
    let row = |file: &str| {
        ["never", "error", "undetermined", "warning", "note"].map(|fail_on| told(file, fail_on))
    };
    assert_eq!(row("clean.json"), [0; 5]);
    assert_eq!(row("note.json"), [0, 0, 0, 0, 3]);
    assert_eq!(row("warning.json"), [0, 0, 0, 3, 3]);
    assert_eq!(row("undetermined.json"), [0, 4, 3, 3, 3]);
    assert_eq!(row("error.json"), [0, 3, 3, 3, 3]);
    assert_eq!(
        run(&home, &["clean.json", "--format", "yaml"]).code,
        Some(2)
    );
    assert_eq!(
        run(&home, &["clean.json", "--fail-on", "all"]).code,
        Some(2)
    );
    let threads = run(&home, &["clean.json", "--threads", "0"]);
    assert_eq!(threads.code, Some(2));
    assert!(threads.err.contains("välj bland 1–256"), "{}", threads.err);
}

fn answers_link() -> String {
    let value: Value = serde_json::from_str(EXAMPLE).unwrap();
    value["items"][0]["answers"]["link"]["text"]
        .as_str()
        .unwrap()
        .to_owned()
}

#[test]
fn nothing_to_check_and_nothing_there_are_errors_of_one_sentence() {
    let home = Home::empty();
    std::fs::create_dir(home.work().join("tom")).unwrap();
    home.file("tom/brev.txt", "inget");
    home.file("tom.jsonl", "\n\n");
    for args in [
        &["tom"][..],
        &["finns-inte.json"],
        &["*.json"],
        &["tom.jsonl"],
        &["tom.jsonl", "--format", "csv"],
    ] {
        let run = run(&home, args);
        assert_eq!(run.code, Some(1), "{args:?}: {}", run.err);
        assert_eq!(run.err.lines().count(), 1, "{args:?}: {}", run.err);
    }
    let json = run(&home, &["tom.jsonl", "--format", "json"]);
    assert_eq!(json.code, Some(1));
    assert_eq!(
        serde_json::from_str::<Value>(&json.out).unwrap()["summary"]["documents"],
        0
    );
}

#[test]
fn every_bad_input_gets_one_sentence_with_its_name_and_the_others_are_checked() {
    let home = Home::empty();
    let huge = format!("{{\"answers\":1,\"x\":\"{}\"}}", "a".repeat(17 << 20));
    home.file("1-tom.json", "");
    home.file("2-halv.json", &EXAMPLE[..EXAMPLE.len() / 2]);
    home.file("3-bytes.json", b"{\"answers\":\xff\xfe}");
    home.file("4-annat.json", "[1, 2]");
    home.file("5-stor.json", &huge);
    home.file(
        "6-rad.ndjson",
        format!(
            "{huge}\n{}\n",
            serde_json::to_string(&case("duty-guardian-board")).unwrap()
        ),
    );
    home.file("7-bom.json", format!("\u{feff}{EXAMPLE}"));
    home.file(
        "8-nyare.json",
        answers(|value| set(value, "/answers", json!(99))),
    );
    let told = lines(&home, &[".", "--format", "jsonl"]);
    let verdicts: Vec<&str> = told
        .iter()
        .map(|line| line["verdict"].as_str().unwrap())
        .collect();
    assert_eq!(
        verdicts,
        [
            "fail", "fail", "fail", "fail", "fail", "fail", "pass", "pass", "fail"
        ]
    );
    for line in told.iter().filter(|line| line["verdict"] == "fail") {
        let error = line["error"].as_str().unwrap();
        let file = line["document"].as_str().unwrap();
        assert!(
            error.contains(file) && error.chars().count() < 250,
            "{error}"
        );
    }
}

#[test]
fn an_unreadable_file_fails_and_the_others_are_checked() {
    use std::os::unix::fs::symlink;
    let home = Home::empty();
    home.file("a.json", EXAMPLE);
    for gone in ["b.json", "c.jsonl"] {
        symlink("ingenstans", home.work().join(gone)).unwrap();
    }
    let told = lines(&home, &[".", "--format", "jsonl"]);
    let verdicts: Vec<&str> = told
        .iter()
        .map(|line| line["verdict"].as_str().unwrap())
        .collect();
    assert_eq!(verdicts, ["pass", "fail", "fail"]);
}

#[test]
fn standard_input_is_one_document_or_one_on_each_line() {
    let home = Home::empty();
    let pipe = |input: &str| {
        home.pipe(
            &["check", "--format", "jsonl", "--fail-on", "never"],
            input.as_bytes(),
        )
    };
    let whole = pipe(EXAMPLE);
    assert_eq!(whole.out.lines().count(), 1);
    assert!(
        whole.out.starts_with("{\"document\":\"-\","),
        "{}",
        whole.out
    );
    let line = serde_json::to_string(&case("duty-guardian-board")).unwrap();
    let many = pipe(&format!("{line}\n{line}\n"));
    assert_eq!(many.out.lines().count(), 2);
    assert!(many.out.contains("\"-:2\""));
}

#[test]
fn a_pattern_that_no_shell_has_expanded_is_matched() {
    let home = folder();
    let told = lines(&home, &["poster/[ab].json", "--format", "jsonl"]);
    assert_eq!(told.len(), 2);
}

/// Who reads may stop: that is no error, and nothing hangs.
#[test]
fn a_reader_that_stops_ends_it_in_silence() {
    let home = Home::empty();
    let line = serde_json::to_string(&case("duty-guardian-board")).unwrap();
    home.file("many.jsonl", format!("{line}\n").repeat(20_000));
    let mut command = home.command(&["check", "many.jsonl", "--format", "jsonl"]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty());
}

#[test]
fn a_mixed_folder_is_read_and_what_stands_together_is_told() {
    let home = Home::empty();
    let record = wanting();
    home.file("prövning.json", written(&record));
    home.file("utskick.json", dispatch(&record, None, "2026-11-22 14:05"));
    home.file("svar.json", EXAMPLE);
    home.file("brev.html", "<p>inget</p>");
    let run = run(&home, &["."]);
    assert_eq!(run.code, Some(3));
    assert!(
        run.out.contains("./utskick.json\ttillsammans\tno-review\t"),
        "{}",
        run.out
    );
    let lines = lines(&home, &[".", "--format", "jsonl"]);
    let last = lines.last().unwrap();
    assert_eq!(
        (&last["kind"], &last["verdict"]),
        (&json!("chain"), &json!("fail"))
    );
}

#[test]
fn the_record_of_a_guide_is_told_apart_and_held_to_its_digest() {
    let home = Home::empty();
    let answers = json!({ "guide-answers": 1, "guide": "after", "on": "2026-11-20",
        "authority": "skola-kommunal", "answers": { "violence": { "answer": "no" }, "decided": { "answer": "no" } } });
    home.file("svar.json", answers.to_string());
    let made = home.run(&[
        "guide",
        "after",
        "--answers",
        "svar.json",
        "--record",
        "efter.json",
    ]);
    assert_eq!(made.code, Some(0), "{}", made.err);
    let told = &lines(&home, &["efter.json", "--format", "jsonl"])[0];
    assert_eq!(
        (&told["kind"], &told["verdict"]),
        (&json!("guide"), &json!("pass"))
    );
    let text = std::fs::read_to_string(home.work().join("efter.json")).unwrap();
    home.file("rörd.json", text.replace("2026-11-20", "2026-11-19"));
    let told = &lines(&home, &["rörd.json", "--format", "jsonl"])[0];
    assert_eq!(told["findings"][0]["code"], "not-as-written");
    home.file("bruten.json", r#"{"kind": "guide", "format": 1}"#);
    let broken = run(&home, &["bruten.json", "--lang", "en"]);
    assert!(
        broken
            .out
            .contains("cannot be read as the record of a guide"),
        "{}",
        broken.out
    );
}

#[test]
fn a_name_that_a_table_calculator_would_take_for_a_formula_is_held_back() {
    let home = folder();
    let name = "=1+cmd.json";
    home.file(name, "{}");
    let rows = csv(&run(&home, &[name, "--format", "csv"]).out);
    assert_eq!(rows[1][0], format!("'{name}"));
}
