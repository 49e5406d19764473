//! `assess --follows` from outside: the board asks for more, at a terminal, and what is written from the record.
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

use std::fs;

use program::Home;
use sekretesskoll::case::Case;
use sekretesskoll::embedded;
use serde_json::{Value, json};

/// The answers of a worked case, as a script would hand them in, to leave today.
fn case(name: &str) -> Value {
    let file = format!("{name}.toml");
    let found = embedded::CASES.iter().find(|(known, _)| *known == file);
    let case = Case::read(name, found.unwrap().1).unwrap();
    let mut document = case.answers_on(&case.expect[0]);
    let today = jiff::Zoned::now()
        .with_time_zone(jiff::tz::TimeZone::get("Europe/Stockholm").unwrap())
        .date();
    document.on = Some(today);
    if let Some(when) = document.sending.get_mut("when") {
        when.text = Some(today.to_string());
    }
    document.official = Some(sekretesskoll::answers::Official {
        name: "Anna Exempel".to_owned(),
        title: "handläggare".to_owned(),
        unit: "Kontor Exempelstad".to_owned(),
    });
    serde_json::to_value(document).unwrap()
}

fn record(home: &Home, document: &Value) -> String {
    home.file("answers.json", document.to_string());
    let run = home.run(&["assess", "--answers", "answers.json", "--out", "."]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    fs::remove_file(home.work().join("answers.json")).unwrap();
    run.out.trim().trim_start_matches("./").to_owned()
}

fn report(home: &Home) -> String {
    let mut document = case("jo-fk-as-of-2026-01-15");
    document["items"].as_array_mut().unwrap().truncate(1);
    record(home, &document)
}

/// The record that is not the first.
fn second(home: &Home, first: &str) -> (String, Value) {
    let names = home.records().into_iter();
    let names = names.map(|path| path.file_name().unwrap().to_str().unwrap().to_owned());
    let name = names.into_iter().find(|name| name != first).unwrap();
    let text = fs::read_to_string(home.work().join(&name)).unwrap();
    (name, serde_json::from_str(&text).unwrap())
}

#[test]
fn a_request_during_an_investigation_at_the_terminal() {
    let home = Home::of("forsakringskassan");
    let first = report(&home);
    let before = home.record();
    let mut terminal = home.terminal(&["assess", "--follows", &first]);
    terminal.answer("Varför gör du en ny prövning?", "2");
    let story = [
        ("Vad vill nämnden, och hur långt har den kommit?", "3"),
        (
            "Vilket är nämndens beslut",
            "dnr SN 123, beslut 10 februari",
        ),
        (
            "Vad begär nämnden?",
            "Hur föräldern mår, och något om skolan.",
        ),
        ("Vad har nämnden begärt?", "Hur föräldern mår"),
        ("", "Något om skolan"),
        ("", ""),
        ("Varifrån kommer", "2b"),
        ("Något om skolan", "2a"),
        (
            "Kan uppgiften ha betydelse för nämndens utredning?",
            "Måendet avgör vilken hjälp som behövs.",
        ),
        (
            "Skriv uppgiften som den ska stå i svaret",
            "Föräldern har berättat att hon inte orkar stiga upp.",
        ),
        ("Kan uppgiften ha betydelse för nämndens utredning?", "nej"),
        ("kan det antas att den enskilde", "ja"),
        ("När lämnas uppgifterna?", ""),
        ("Svarar det du lämnar på det nämnden har begärt", "1"),
    ];
    let prompts = story.len();
    for (words, reply) in story {
        if words == "Vad har nämnden begärt?" {
            terminal.see("Det här lämnades redan");
            terminal.see("Egen beskrivning av det som oroar");
        }
        terminal.answer(words, reply);
        let wide = terminal.screen();
        assert!(
            wide.lines().all(|line| line.chars().count() <= 80),
            "{wide}"
        );
    }
    assert_eq!(terminal.end(), Some(0), "{}", terminal.seen);
    assert!(prompts < 16, "{prompts} and the first");
    for said in [
        "skriftligt beslut",
        "6 kap. 7 § andra stycket OSL",
        "20 kap. 6 § SoL",
    ] {
        assert!(terminal.seen.contains(said), "{said}");
    }
    assert!(!terminal.seen.contains("anmälan ska göras genast"));
    let (name, after) = second(&home, &first);
    assert_eq!(after["follows"], before["digest"]);
    assert_eq!(after["route"]["outcome"], "request-investigation");
    assert_eq!(after["authority"], before["authority"]);
    assert_eq!(after["identity"]["kinds"], before["identity"]["kinds"]);
    assert_eq!(after["sending"]["board"], before["sending"]["board"]);
    assert_eq!(after["items"].as_array().unwrap().len(), 2);
    let request = &after["request"];
    assert_eq!(request["phase"]["key"], "investigation");
    assert_eq!(request["reference"], "dnr SN 123, beslut 10 februari");
    assert_eq!(
        request["sent"][0]["label"],
        "Egen beskrivning av det som oroar"
    );
    assert_eq!(request["refused"], json!(["2"]));
    let letter = home.run(&[
        "letter", &name, "--blanks", "--out", "-", "--format", "text",
    ]);
    assert_eq!(letter.code, Some(0), "{}", letter.err);
    for there in [
        "Svar på socialnämndens begäran",
        "dnr SN 123",
        "20 kap. 6 § SoL",
        "inte orkar stiga upp",
        "skriftligt beslut",
    ] {
        assert!(letter.out.contains(there), "{there}\n{}", letter.out);
    }
    for gone in [
        "skolan",
        "Måendet avgör",
        "Orosanmälan",
        "återkoppling",
        "hälso- och sjukvården",
        "Hälso- och sjukvården",
    ] {
        assert!(!letter.out.contains(gone), "{gone}\n{}", letter.out);
    }
    let note = home.run(&["note", &name, "--out", "-", "--format", "text"]);
    assert_eq!(note.code, Some(0), "{}", note.err);
    for there in [
        "Nämndens begäran",
        "Något om skolan",
        "Nekas",
        "6 kap. 7 § andra stycket OSL",
        "Egen beskrivning",
    ] {
        assert!(note.out.contains(there), "{there}\n{}", note.out);
    }
}

/// A refusal of everything is the authority's own decision: no letter, and the way on is named.
#[test]
fn a_refusal_of_all_has_no_letter_but_a_next_step() {
    let home = Home::of("forsakringskassan");
    let name = record(&home, &case("request-refused"));
    assert_eq!(home.record()["outcome"], "nothing-to-send");
    assert_eq!(home.record()["request"]["refused"], json!(["1"]));
    let letter = home.run(&[
        "letter", &name, "--blanks", "--out", "-", "--format", "text",
    ]);
    assert_eq!(letter.code, Some(1));
    assert!(letter.err.contains("skriftligt beslut"), "{}", letter.err);
    let note = home.run(&["note", &name, "--out", "-", "--format", "text"]);
    assert!(note.out.contains("nämnden kan överklaga"), "{}", note.out);
}

/// Nothing is asked about requests where nothing is followed, and the record says nothing of one.
#[test]
fn a_report_knows_of_no_request() {
    let home = Home::of("forsakringskassan");
    let first = report(&home);
    assert!(home.record().get("request").is_none());
    let mut terminal = home.terminal(&["assess"]);
    terminal.see("Vem är du orolig för?");
    assert!(!terminal.seen.contains("Varför gör du en ny prövning?"));
    drop(terminal);
    let mut anew = home.terminal(&["assess", "--follows", &first]);
    anew.answer("Varför gör du en ny prövning?", "1");
    anew.answer("När lämnas uppgifterna?", "");
    anew.answer("Framgår vem det gäller", "1");
    assert_eq!(anew.end(), Some(0), "{}", anew.seen);
    let (_, after) = second(&home, &first);
    assert!(after.get("request").is_none());
    assert_eq!(after["route"]["outcome"], "duty-to-report");
}

/// What was carried over is left behind once, and what has been written since stays.
#[test]
fn items_written_for_a_request_survive_going_back() {
    let home = Home::of("forsakringskassan");
    let first = report(&home);
    let mut terminal = home.terminal(&["assess", "--follows", &first]);
    terminal.answer("Varför gör du en ny prövning?", "2");
    terminal.answer("Vad vill nämnden", "1");
    terminal.answer("Vad begär nämnden?", "Vilka kvällar det gällde.");
    terminal.answer("Behöver nämnden uppgifterna för att stoppa", "1");
    terminal.answer("Har den enskilde redan samtyckt", "1");
    terminal.answer("Vad har nämnden begärt?", "Vilka kvällar");
    terminal.answer("", "");
    terminal.answer("Varifrån kommer", "2b");
    terminal.answer("kan det antas att den enskilde", "!");
    assert_eq!(terminal.end(), Some(0), "{}", terminal.seen);
    let mut again = home.terminal(&["assess", "--resume"]);
    again.answer("kan det antas att den enskilde", "ja");
    again.answer(
        "Förtydligar uppgiften något",
        "1 Anmälan säger flera kvällar.",
    );
    // What was taken over and comes later, the board and the channel, is not what one goes back to.
    again.answer("Skriv uppgiften som den ska stå i svaret", "<");
    again.answer("Förtydligar uppgiften något", "");
    again.answer(
        "Skriv uppgiften som den ska stå i svaret",
        "Det gällde tisdagar och torsdagar.",
    );
    again.answer("När lämnas uppgifterna?", "");
    again.answer("Svarar det du lämnar", "1");
    assert_eq!(again.end(), Some(0), "{}", again.seen);
    let (_, after) = second(&home, &first);
    assert_eq!(after["route"]["outcome"], "request-clarification");
    assert_eq!(after["items"][0]["outcome"], "disclose");
    assert_eq!(
        after["items"][0]["law"],
        json!(["osl-10-28", "sol-anmalningsskyldighet"])
    );
    assert!(
        after["marking"]
            .as_array()
            .unwrap()
            .contains(&json!("osl-40-7-g"))
    );
}
