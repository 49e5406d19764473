//! `explain` from outside, and the same at the prompt: why it came out so, and what would have changed it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::format_collect,
    dead_code,
    reason = "a test may stop at once"
)]
#![cfg(unix)]

#[path = "harness/program.rs"]
mod program;

use std::process::Command;

use program::{Home, Run};
use sekretesskoll::case::Case;
use sekretesskoll::embedded;
use serde_json::{Value, json};

/// The answers of the case of 2020, as a script would hand them in.
fn case_2020() -> Value {
    let (name, text) = embedded::CASES
        .iter()
        .find(|(name, _)| *name == "jo-fk-2020.toml")
        .unwrap();
    serde_json::to_value(Case::read(name, text).unwrap().answers).unwrap()
}

/// One statement on the last day without the duty, covered by the secrecy of health care.
fn barred() -> Value {
    let mut document = case_2020();
    document["on"] = json!("2026-01-14");
    document["sending"]["when"] = json!({ "text": "2026-01-14" });
    document["items"].as_array_mut().unwrap().truncate(1);
    document["items"][0]["provisions"] = json!(["osl-25-1"]);
    document["items"][0]["answers"]["harm-reverse"] = json!({ "answer": "no" });
    document
}

fn open() -> Value {
    let mut document = case_2020();
    let answers = document["items"][0]["answers"].as_object_mut().unwrap();
    answers.remove("evident");
    document
}

fn explain(document: &Value, args: &[&str]) -> Run {
    let home = Home::empty();
    home.file("handed.json", document.to_string());
    home.run(&[&["explain", "handed.json"], args].concat())
}

/// The record that the answers give.
fn record_of(document: &Value) -> Value {
    let home = Home::empty();
    home.file("answers.json", document.to_string());
    let run = home.run(&["assess", "--answers", "answers.json", "--out", "-"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    serde_json::from_str(&run.out).unwrap()
}

#[test]
fn explanations_read_well_in_both_languages_and_keep_within_the_screen() {
    for (name, document, item) in [
        ("certificate", case_2020(), "3"),
        ("route", case_2020(), "route"),
        ("barred", barred(), "1"),
        ("open", open(), "1"),
    ] {
        for lang in ["sv", "en"] {
            let run = explain(&document, &["--item", item, "--lang", lang]);
            assert!(run.out.lines().all(|line| line.chars().count() <= 80));
            insta::assert_snapshot!(format!("{name}-{lang}"), run.out);
        }
    }
}

#[test]
fn the_whole_is_explained_and_nothing_is_said_beside_it() {
    let run = explain(&case_2020(), &[]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    for heading in [
        "Vägen",
        "Den första uppgiften",
        "Uppgift 1 (",
        "Uppgift 6 (",
    ] {
        assert!(run.out.contains(&format!(" {heading}")), "{heading}");
    }
    let judgement = "Bedömningen är handläggarens.";
    assert_eq!(run.out.matches(judgement).count(), 1, "said once");
    assert!(
        !run.out.contains("psykiska hälsa"),
        "no label and no motivation"
    );
}

#[test]
fn a_record_is_explained_as_the_answers_that_it_was_made_from() {
    let document = case_2020();
    let from_answers = explain(&document, &["--item", "3"]);
    let from_record = explain(&record_of(&document), &["--item", "3"]);
    assert_eq!((from_record.code, from_record.err.as_str()), (Some(0), ""));
    assert_eq!(from_record.out, from_answers.out);
}

#[test]
fn a_record_made_under_other_trees_is_explained_under_these_and_that_is_said() {
    let mut record = record_of(&case_2020());
    record["made-with"]["trees-digest"] = json!("sha256:0000");
    record["items"][2]["outcome"] = json!("withhold");
    let run = explain(&record, &["--item", "3"]);
    assert_eq!(run.code, Some(0));
    assert!(
        run.err.contains("en annan version av träden"),
        "{}",
        run.err
    );
    assert!(
        run.err
            .contains("i prövningen står `withhold`, men samma svar ger nu `describe-instead`"),
        "{}",
        run.err
    );
    assert!(run.out.contains("LÄMNAS INTE, BESKRIVS I STÄLLET"));
}

#[test]
fn a_lawyers_own_trees_are_used_and_named() {
    let home = Home::empty();
    let folder = home.work().join("trees");
    std::fs::create_dir(&folder).unwrap();
    for (name, text) in embedded::FILES {
        let name = folder.join(name);
        let withheld = "{ key = \"yes\",        goto = \"described-by\"";
        let text = text.replace(withheld, &withheld.replace("described-by", "withhold"));
        std::fs::write(name, text).unwrap();
    }
    home.file("record.json", record_of(&case_2020()).to_string());
    let run = home.run(&["explain", "record.json", "--trees", "trees", "--item", "3"]);
    assert!(run.err.contains("Träden läses från trees"), "{}", run.err);
    assert!(
        run.err.contains("en annan version av träden"),
        "{}",
        run.err
    );
    assert!(run.err.contains("ger nu `withhold`"), "{}", run.err);
    assert!(run.out.contains(" LÄMNAS INTE: "), "{}", run.out);
}

#[test]
fn standard_input_and_the_swedish_name_work_too() {
    let home = Home::empty();
    let document = case_2020().to_string();
    let run = home.pipe(&["forklara", "-", "--item", "route"], document.as_bytes());
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.out.contains("GENERALKLAUSULEN"), "{}", run.out);
}

#[test]
fn what_is_missing_is_named_and_gives_four() {
    let run = explain(&open(), &[]);
    assert_eq!(run.code, Some(4));
    assert!(
        run.err.contains("items[0].answers.evident: svar saknas"),
        "{}",
        run.err
    );
    assert!(run.out.contains("INTE AVGJORT"), "{}", run.out);
    let mut nobody = case_2020();
    nobody.as_object_mut().unwrap().remove("authority");
    let run = explain(&nobody, &[]);
    assert_eq!((run.code, run.out.as_str()), (Some(4), ""));
    assert!(run.err.contains("authority"), "{}", run.err);
}

#[test]
fn an_item_that_is_not_there_is_wrong_usage_with_the_nearest_name() {
    let run = explain(&case_2020(), &["--item", "identty"]);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    assert!(run.err.contains("menade du `identity`?"), "{}", run.err);
    let run = explain(&case_2020(), &["--item", "7"]);
    assert_eq!(run.code, Some(2));
    assert!(
        run.err.contains("det finns ingen uppgift `7`"),
        "{}",
        run.err
    );
}

#[test]
fn an_item_behind_a_stop_says_that_the_route_has_not_led_there() {
    let mut document = case_2020();
    document["route"]["recipient"] = json!({ "answer": "private" });
    let run = explain(&document, &["--item", "3"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("vägen har inte lett till"), "{}", run.out);
}

#[test]
fn files_that_cannot_be_read_get_one_sentence() {
    let mut later = record_of(&case_2020());
    later["format"] = json!(2);
    let mut word = record_of(&case_2020());
    word["items"][0]["about"]["key"] = json!("Anna");
    let mut half = record_of(&case_2020());
    half.as_object_mut().unwrap().remove("route");
    for (content, says) in [
        (String::new(), "tar slut för tidigt"),
        ("[1, 2, 3]".to_owned(), "svarsdokument"),
        ("Hej!".to_owned(), "inte giltig JSON"),
        ("[".repeat(100_000), "svarsdokument"),
        (later.to_string(), "har formatet `format: 2`"),
        (
            word.to_string(),
            "`items[0].about.key` har ett värde som inte finns",
        ),
        (half.to_string(), "som en prövning"),
    ] {
        let home = Home::empty();
        home.file("handed.json", content);
        let run = home.run(&["explain", "handed.json"]);
        assert_eq!((run.code, run.out.as_str()), (Some(1), ""), "{}", run.err);
        assert!(run.err.contains(says), "{says}: {}", run.err);
        assert_eq!(run.err.lines().count(), 1, "{}", run.err);
        assert!(!run.err.contains("Anna"), "{}", run.err);
    }
    let run = Home::empty().run(&["explain", "finns-inte.json"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("finns inte"), "{}", run.err);
}

#[test]
fn scripts_get_keys_and_no_texts() {
    let run = explain(&barred(), &["--format", "json", "--lang", "en"]);
    let other = explain(&barred(), &["--format", "json"]);
    assert_eq!(run.out, other.out, "the language changes no key");
    let explained: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(explained["kind"], "explanation");
    assert_eq!(explained["authority"], "forsakringskassan");
    let item = &explained["explanations"][2];
    assert_eq!(
        (&item["of"], &item["outcomes"], &item["asks"]),
        (&json!("1"), &json!(["barred"]), &Value::Null)
    );
    let known = item["deciding"].as_array().unwrap().iter();
    let excluded = known.filter(|step| step["known"] == "item.excluded-10-27");
    assert_eq!(excluded.count(), 1);
    let day = item["changes"].as_array().unwrap().iter();
    let day: Vec<&Value> = day.filter(|change| change["change"] == "day").collect();
    assert_eq!(day.len(), 1);
    assert_eq!(day[0]["on"], "2026-01-15");
    assert_eq!(day[0]["outcomes"], json!(["disclose"]));
    assert_eq!(day[0]["must-be-written"], json!(["link", "wording"]));
}

#[test]
fn a_reader_that_stops_reading_is_no_fault() {
    let home = Home::empty();
    home.file("handed.json", case_2020().to_string());
    let shell = format!(
        "set -o pipefail; {} explain handed.json | head -1",
        env!("CARGO_BIN_EXE_sekretesskoll")
    );
    let output = Command::new("bash")
        .args(["-c", &shell])
        .current_dir(home.work())
        .env("HOME", home.path())
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), " Vägen\n");
}

// ---- at the prompt

#[test]
fn two_question_marks_explain_the_latest_outcome_and_ask_again() {
    let home = Home::of("forsakringskassan");
    let mut terminal = home.terminal(&["assess", "--on", "2026-11-22"]);
    terminal.answer("Vem är du orolig för?", "??");
    terminal.see("Inget är avgjort än");
    terminal.answer("", "1");
    terminal.answer("Vem ska få uppgifterna?", "1");
    terminal.answer("Har du fått veta det i tjänsten?", "1");
    terminal.see("?? = varför, och vad som hade ändrat det");
    terminal.answer("Vad ska stå i anmälan", "??");
    terminal.see("ANMÄLNINGSSKYLDIGHET");
    terminal.see("Med samma svar den 2026-01-14");
    terminal.answer("Vad ska stå i anmälan", "1 2 3");
    terminal.answer("Vad vill du berätta", "Barnet ensamt hemma");
    terminal.answer("", "Gamla skulder");
    terminal.answer("", "?2");
    terminal.see("INTE AVGJORT");
    terminal.answer("Bedömningen är handläggarens.", "");
    terminal.answer("Varifrån kommer uppgift 1", "2a");
    terminal.answer("Varifrån kommer uppgift 2", "2b");
    terminal.answer(
        "Har uppgiften betydelse",
        "Ett litet barn har lämnats ensamt.",
    );
    terminal.answer("Kan uppgiften ha betydelse", "1");
    terminal.answer(
        "Skriv uppgiften",
        "Föräldern berättade att barnet varit ensamt.",
    );
    terminal.answer("Kan det sägas kortare", "1");
    terminal.answer("Har uppgiften betydelse", "3");
    terminal.see("LÄMNAS INTE");
    terminal.answer("Till vilken kommun?", "??");
    terminal.see("Uppgift 2 (uppgift)");
    terminal.see("Nej, den saknar betydelse");
    terminal.answer("Till vilken kommun?", "Exempelstads kommun");
    terminal.answer("Hur skickas anmälan?", "2");
    terminal.answer("När lämnas uppgifterna?", "");
    terminal.answer("Vet vårdnadshavaren", "2");
    terminal.see("?2 = varför uppgift 2 blev så");
    for (of, says) in [
        ("?1", "Uppgift 1 (uppgift)"),
        ("?0", "Den första uppgiften"),
        ("?v", "ANMÄLNINGSSKYLDIGHET"),
        ("?7", "Skriv numret på en uppgift i listan."),
    ] {
        terminal.answer("", of);
        terminal.see(says);
    }
    terminal.answer("", "1");
    assert_eq!(terminal.end(), Some(0), "{}", terminal.seen);
    assert_eq!(home.record()["outcome"], "ready");
}

#[test]
fn a_stop_is_explained_by_a_single_question_mark() {
    let home = Home::of("forsakringskassan");
    let mut terminal = home.terminal(&["assess", "--on", "2026-11-22"]);
    terminal.answer("Vem är du orolig för?", "1");
    terminal.answer("Vem ska få uppgifterna?", "6");
    terminal.see("STOPP");
    terminal.answer("3  Skriv prövningen", "?");
    terminal.see("INGEN VÄG");
    terminal.see("Om svaret hade varit");
    terminal.answer("3  Skriv prövningen", "2");
    assert_eq!(terminal.end(), Some(0), "{}", terminal.seen);
}

#[test]
fn a_resumed_session_explains_what_was_decided_before() {
    let home = Home::of("forsakringskassan");
    let lines = "1\n1\n1\n!\n";
    let args = ["assess", "--plain", "--on", "2026-11-22"];
    assert_eq!(home.pipe(&args, lines.as_bytes()).code, Some(0));
    let run = home.pipe(&["assess", "--plain", "--resume"], "??\n!\n".as_bytes());
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.err.contains("ANMÄLNINGSSKYLDIGHET:"), "{}", run.err);
    assert!(!run.err.contains('\u{1b}'), "the plain face stays plain");
}
