//! Nothing is lost: Ctrl-C, a closed terminal, a killed process, going back, changing one's mind, coming back later.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::format_collect,
    clippy::too_many_lines,
    dead_code,
    reason = "a test may stop at once"
)]
#![cfg(unix)]

#[path = "harness/program.rs"]
mod program;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;
use std::time::{Duration, Instant};

use program::{Home, Terminal};
use serde_json::Value;

fn draft(home: &Home) -> Value {
    let drafts = home.drafts();
    assert_eq!(drafts.len(), 1, "{drafts:?}");
    assert_eq!(
        fs::metadata(&drafts[0]).unwrap().permissions().mode() & 0o777,
        0o600
    );
    serde_json::from_str(&fs::read_to_string(&drafts[0]).unwrap()).unwrap()
}

/// As far as the list of items.
fn until_the_list(terminal: &mut Terminal) {
    terminal.answer("Vem är du orolig för?", "1");
    terminal.answer("Vem ska få uppgifterna?", "1");
    terminal.answer("Har du fått veta det i tjänsten?", "1");
    terminal.answer("Vad ska stå i anmälan", "1 2 3");
}

/// As far as the first sentence.
fn until_the_link(terminal: &mut Terminal) {
    until_the_list(terminal);
    terminal.answer("Vad vill du berätta", "Barnet ensamt hemma");
    terminal.answer("", "");
    terminal.answer("Varifrån kommer uppgift 1", "2a");
    terminal.see("Har uppgiften betydelse");
    terminal.see(" > ");
}

/// From the first sentence to the record.
fn from_the_link(terminal: &mut Terminal) {
    terminal.answer(
        "Har uppgiften betydelse",
        "Ett litet barn har lämnats ensamt.",
    );
    terminal.answer("Kan uppgiften ha betydelse", "1");
    terminal.answer(
        "Skriv uppgiften",
        "Föräldern berättade att barnet varit ensamt hemma.",
    );
    terminal.answer("Kan det sägas kortare", "1");
    terminal.answer("Till vilken kommun?", "Exempelstads kommun");
    terminal.answer("Hur skickas anmälan?", "2");
    terminal.answer("När lämnas uppgifterna?", "");
    terminal.answer("Vet vårdnadshavaren", "2");
    terminal.answer("Framgår vem det gäller", "1");
    assert_eq!(terminal.end(), Some(0), "{}", terminal.seen);
}

fn signal(terminal: &Terminal, name: &str) {
    assert!(
        Command::new("kill")
            .args([&format!("-{name}"), &terminal.pid().to_string()])
            .status()
            .unwrap()
            .success()
    );
}

#[test]
fn control_c_at_a_short_reply_keeps_the_draft_and_shows_the_cursor() {
    let home = Home::of("forsakringskassan");
    let mut terminal = home.terminal(&["assess", "--on", "2026-11-22"]);
    terminal.answer("Vem är du orolig för?", "1");
    terminal.see("Vem ska få uppgifterna?");
    terminal.see(" > ");
    terminal.control('C');
    assert_eq!(terminal.end(), Some(130), "{}", terminal.seen);
    assert!(
        terminal.seen.contains("assess --resume"),
        "{}",
        terminal.seen
    );
    assert_eq!(draft(&home)["document"]["route"]["whom"]["answer"], "child");
    let (hidden, shown) = (
        terminal.seen.rfind("\u{1b}[?25l"),
        terminal.seen.rfind("\u{1b}[?25h"),
    );
    assert!(
        hidden <= shown,
        "the cursor is shown after it was last hidden"
    );
}

#[test]
fn control_c_in_the_middle_of_a_sentence_loses_only_the_sentence() {
    let home = Home::of("forsakringskassan");
    let mut terminal = home.terminal(&["assess", "--on", "2026-11-22"]);
    until_the_link(&mut terminal);
    terminal.keys("Barnet har");
    terminal.control('C');
    assert_eq!(terminal.end(), Some(130), "{}", terminal.seen);
    assert_eq!(draft(&home)["document"]["items"][0]["origin"], "individual");
    let mut terminal = home.terminal(&["assess", "--resume"]);
    from_the_link(&mut terminal);
    assert!(home.drafts().is_empty());
    assert_eq!(home.record()["outcome"], "ready");
}

#[test]
fn a_terminated_session_and_a_closed_terminal_keep_the_draft() {
    for name in ["TERM", "HUP"] {
        let home = Home::of("forsakringskassan");
        let mut terminal = home.terminal(&["assess", "--on", "2026-11-22"]);
        until_the_link(&mut terminal);
        signal(&terminal, name);
        assert_eq!(terminal.end(), Some(130), "{name}: {}", terminal.seen);
        assert_eq!(
            draft(&home)["document"]["items"][0]["label"],
            "Barnet ensamt hemma"
        );
    }
}

#[test]
fn a_killed_session_loses_at_most_the_answer_being_typed() {
    let home = Home::of("forsakringskassan");
    let mut terminal = home.terminal(&["assess", "--on", "2026-11-22"]);
    until_the_link(&mut terminal);
    signal(&terminal, "KILL");
    let _ = terminal.end();
    let mut terminal = home.terminal(&["assess", "--resume"]);
    from_the_link(&mut terminal);
    assert_eq!(home.record()["items"][0]["label"], "Barnet ensamt hemma");
}

#[test]
fn killed_at_any_moment_the_draft_is_whole() {
    let home = Home::of("forsakringskassan");
    let lines: String = ["1", "1", "1", "1 2 3"]
        .iter()
        .map(|line| format!("{line}\n"))
        .collect::<String>()
        + &"En rad\n".repeat(400);
    for wait in 0..20_u64 {
        let mut command = home.command(&["assess", "--plain", "--on", "2026-11-22"]);
        command
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null());
        let mut child = command.spawn().unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), lines.as_bytes()).unwrap();
        let started = Instant::now();
        while started.elapsed() < Duration::from_millis(60 + wait * 20) {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let drafts: Vec<_> = home
        .drafts()
        .into_iter()
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    assert!(!drafts.is_empty());
    for path in drafts {
        let text = fs::read_to_string(&path).unwrap();
        // The name is reserved empty before the first answer is saved: nothing had been entered yet.
        assert!(
            text.is_empty() || serde_json::from_str::<Value>(&text).is_ok(),
            "{text}"
        );
    }
}

#[test]
fn back_goes_all_the_way_to_the_first_question_and_every_answer_is_offered_again() {
    let home = Home::of("forsakringskassan");
    let mut terminal = home.terminal(&["assess", "--on", "2026-11-22"]);
    terminal.answer("Vem är du orolig för?", "3");
    terminal.answer("Vem ska få uppgifterna?", "1");
    terminal.answer("Har du fått veta det i tjänsten?", "<");
    terminal.answer("Tidigare svar: Socialnämnden", "<");
    terminal.answer("Tidigare svar: Någon som har fyllt 18 år", "<");
    terminal.answer("Det här är den första frågan.", "1");
    terminal.answer("Tidigare svar: Socialnämnden", "");
    terminal.answer("Har du fått veta det i tjänsten?", "!");
    assert_eq!(terminal.end(), Some(0));
    let route = &draft(&home)["document"]["route"];
    assert_eq!(
        (&route["whom"]["answer"], &route["recipient"]["answer"]),
        (&"child".into(), &"board".into())
    );
}

#[test]
fn a_changed_route_carries_nothing_over_in_silence() {
    let home = Home::of("forsakringskassan");
    let mut terminal = home.terminal(&["assess", "--on", "2026-11-22"]);
    until_the_link(&mut terminal);
    terminal.keys("Ett litet barn har lämnats ensamt.\r");
    terminal.answer("Kan uppgiften ha betydelse", "1");
    for words in [
        "Skriv uppgiften",
        "Kan uppgiften ha betydelse",
        "Har uppgiften betydelse",
        "Varifrån kommer uppgift 1",
    ] {
        terminal.answer(words, "\u{15}<");
    }
    terminal.answer("Vad vill du berätta", "<");
    terminal.answer("Vad ska stå i anmälan", "<");
    terminal.answer("Har du fått veta det i tjänsten?", "!");
    assert_eq!(terminal.end(), Some(0), "{}", terminal.seen);
    let draft = draft(&home);
    assert_eq!(
        draft["document"]["items"][0]["label"], "Barnet ensamt hemma",
        "going back removes nothing"
    );
    assert!(
        draft["document"]["items"][0]["answers"]
            .as_object()
            .unwrap()
            .is_empty()
    );
    assert_eq!(
        draft["suggestions"]["items[0].answers.link"]["text"],
        "Ett litet barn har lämnats ensamt."
    );
}

#[test]
fn a_removed_row_takes_what_was_said_about_it_with_it() {
    let home = Home::of("forsakringskassan");
    let mut terminal = home.terminal(&["assess", "--on", "2026-11-22"]);
    until_the_link(&mut terminal);
    terminal.keys("Ett litet barn har lämnats ensamt.\r");
    for words in [
        "Kan uppgiften ha betydelse",
        "Har uppgiften betydelse",
        "Varifrån kommer uppgift 1",
    ] {
        terminal.answer(words, "<");
    }
    terminal.answer("Vad vill du berätta", "-1");
    terminal.answer("Borttagen: Barnet ensamt hemma", "Blåmärken");
    terminal.answer("", "");
    terminal.answer("Varifrån kommer uppgift 2", "1a");
    terminal.answer("Har uppgiften betydelse", "!");
    assert_eq!(terminal.end(), Some(0), "{}", terminal.seen);
    let draft = draft(&home);
    assert_eq!(
        draft["document"]["items"][0]["id"], "2",
        "an id is never used again"
    );
    assert!(
        draft["suggestions"]
            .as_object()
            .unwrap()
            .keys()
            .all(|path| !path.starts_with("items[0].answers"))
    );
}

#[test]
fn signs_are_signs_also_where_an_earlier_sentence_is_offered() {
    let home = Home::of("forsakringskassan");
    let mut terminal = home.terminal(&["assess", "--on", "2026-11-22"]);
    until_the_link(&mut terminal);
    terminal.keys("Ett litet barn har lämnats ensamt.\r");
    terminal.answer("Kan uppgiften ha betydelse", "1");
    terminal.answer("Skriv uppgiften", "Barnet har varit ensamt.");
    terminal.answer("Kan det sägas kortare", "<");
    terminal.answer("Tidigare svar: Barnet har varit ensamt.", "?");
    terminal.answer("Bra:", "<");
    terminal.answer("Tidigare svar: Ja", "");
    terminal.see("Tidigare svar: Barnet har varit ensamt.");
    terminal.see(" > ");
    terminal.keys("\u{1b}[A");
    terminal.keys(" Ofta.\r");
    terminal.answer("Kan det sägas kortare", "!");
    assert_eq!(terminal.end(), Some(0), "{}", terminal.seen);
    let wording = &draft(&home)["document"]["items"][0]["answers"]["wording"]["text"];
    assert_eq!(wording, "Barnet har varit ensamt. Ofta.");
}

#[test]
fn a_paragraph_pasted_at_a_short_question_answers_nothing() {
    let home = Home::of("forsakringskassan");
    let mut terminal = home.terminal(&["assess", "--on", "2026-11-22"]);
    terminal.see("Vem är du orolig för?");
    terminal.see(" > ");
    terminal.keys("1\r1\r1\r");
    terminal.answer("Du klistrade in flera rader", "!");
    assert_eq!(terminal.end(), Some(0), "{}", terminal.seen);
    assert!(
        draft(&home)["document"]["route"]
            .as_object()
            .unwrap()
            .is_empty()
    );
}

#[test]
fn any_answer_can_be_opened_again_from_the_review() {
    let home = Home::of("forsakringskassan");
    let mut terminal = home.terminal(&["assess", "--on", "2026-11-22"]);
    until_the_link(&mut terminal);
    terminal.keys("Ett litet barn har lämnats ensamt.\r");
    terminal.answer("Kan uppgiften ha betydelse", "1");
    terminal.answer("Skriv uppgiften", "Barnet har varit ensamt.");
    terminal.answer("Kan det sägas kortare", "1");
    terminal.answer("Till vilken kommun?", "Exempelstads kommun");
    terminal.answer("Hur skickas anmälan?", "2");
    terminal.answer("När lämnas uppgifterna?", "");
    terminal.answer("Vet vårdnadshavaren", "2");
    terminal.answer("Framgår vem det gäller", "3");
    terminal.see("Vilket svar vill du ändra?");
    terminal.keys("Hur skickas");
    terminal.keys("\r");
    terminal.answer("Tidigare svar: SDK", "5");
    terminal.answer("När lämnas uppgifterna?", "");
    terminal.answer("Framgår vem det gäller", "1");
    assert_eq!(terminal.end(), Some(0), "{}", terminal.seen);
    assert_eq!(home.record()["sending"]["channel"]["key"], "letter");
}

#[test]
fn a_pasted_paragraph_is_one_answer() {
    let home = Home::of("forsakringskassan");
    let mut terminal = home.terminal(&["assess", "--on", "2026-11-22"]);
    until_the_link(&mut terminal);
    terminal.keys("\u{1b}[200~Ett litet barn\nhar lämnats ensamt\n\nflera kvällar.\u{1b}[201~");
    terminal.keys("\r");
    terminal.answer("Kan uppgiften ha betydelse", "!");
    assert_eq!(terminal.end(), Some(0), "{}", terminal.seen);
    assert_eq!(
        draft(&home)["document"]["items"][0]["answers"]["link"]["text"],
        "Ett litet barn har lämnats ensamt flera kvällar."
    );
}

#[test]
fn personal_data_is_pointed_out_and_kept_only_with_a_reason() {
    let home = Home::of("forsakringskassan");
    let mut terminal = home.terminal(&["assess", "--on", "2026-11-22"]);
    until_the_link(&mut terminal);
    terminal.keys("Ett litet barn har lämnats ensamt, ring 070-123 45 67.\r");
    terminal.answer("ett telefonnummer", "2");
    terminal.answer("Skriv några ord", "Det är socialjourens nummer.");
    terminal.answer("Kan uppgiften ha betydelse", "1");
    terminal.answer("Skriv uppgiften", "Barnet 121212-1212 har varit ensamt.");
    terminal.answer("ett personnummer", "1");
    terminal.answer(
        "Tidigare svar: Barnet 121212-1212",
        "\u{15}Barnet har varit ensamt.",
    );
    terminal.answer("Kan det sägas kortare", "!");
    assert_eq!(terminal.end(), Some(0), "{}", terminal.seen);
    let document = &draft(&home)["document"];
    assert_eq!(
        document["items"][0]["answers"]["wording"]["text"],
        "Barnet har varit ensamt."
    );
    assert_eq!(
        document["kept"][0]["reason"],
        "Det är socialjourens nummer."
    );
    assert_eq!(document["kept"].as_array().unwrap().len(), 1);
}

#[test]
fn the_first_run_asks_who_the_official_is_and_keeps_it() {
    let home = Home::empty();
    let mut terminal = home.terminal(&["assess", "--on", "2026-11-22"]);
    terminal.see("Vilken myndighet");
    terminal.keys("Kriminal");
    terminal.keys("\r");
    terminal.answer("Ditt namn:", "Bo Exempel");
    terminal.answer("Din titel:", "handläggare");
    terminal.answer("Din enhet", "Frivården Exempelstad");
    terminal.answer("Vem är du orolig för?", "!");
    assert_eq!(terminal.end(), Some(0), "{}", terminal.seen);
    let shown = home.run(&["settings"]);
    assert!(
        shown.out.contains("Kriminalvården")
            && shown
                .out
                .contains("Bo Exempel, handläggare, Frivården Exempelstad"),
        "{}",
        shown.out
    );
    let settings = home.path().join(".config/sekretesskoll/settings.json");
    assert_eq!(
        fs::metadata(settings).unwrap().permissions().mode() & 0o777,
        0o600
    );
}

#[test]
fn another_law_on_the_day_of_sending_opens_the_route_again() {
    let home = Home::of("forsakringskassan");
    let mut terminal = home.terminal(&["assess", "--on", "2026-01-14"]);
    terminal.answer("Vem är du orolig för?", "1");
    terminal.answer("Vem ska få uppgifterna?", "1");
    terminal.answer("Har du fått veta det i tjänsten?", "1");
    terminal.answer("Behöver nämnden uppgifterna", "1");
    terminal.answer("Har den enskilde redan samtyckt", "1");
    terminal.answer("Vad ska stå i anmälan", "1 2 3");
    terminal.answer("Är det uppenbart", "1");
    terminal.answer("Vad vill du berätta", "Barnet ensamt hemma");
    terminal.answer("", "");
    terminal.answer("Varifrån kommer uppgift 1", "2a");
    terminal.answer(
        "Har uppgiften betydelse",
        "Ett litet barn har lämnats ensamt.",
    );
    terminal.answer("Behövs uppgiften", "1");
    terminal.answer("kan det antas", "1");
    terminal.answer(
        "Vilket intresse har den enskilde",
        "Det berättades för att få ersättning.",
    );
    terminal.answer("Är det uppenbart", "1");
    terminal.answer("Skriv uppgiften", "Barnet har varit ensamt.");
    terminal.answer("Kan det sägas kortare", "1");
    terminal.answer("Till vilken kommun?", "Exempelstads kommun");
    terminal.answer("Hur skickas anmälan?", "2");
    terminal.answer("När lämnas uppgifterna?", "2026-01-15 09:00");
    terminal.see("Den 2026-01-15 gäller andra regler");
    terminal.answer("Tidigare svar: Ett barn", "");
    terminal.answer("Tidigare svar: Socialnämnden", "");
    terminal.answer("Har du fått veta det i tjänsten?", "2");
    terminal.answer("Vilken dag", "2026-01-14");
    terminal.see("19 kap. 1 §");
    terminal.answer("Har uppgiften betydelse", "");
    terminal.answer("Kan uppgiften ha betydelse", "1");
    terminal.answer("Skriv uppgiften", "");
    terminal.answer("Kan det sägas kortare", "");
    terminal.answer("Till vilken kommun?", "");
    terminal.answer("Hur skickas anmälan?", "");
    terminal.answer("När lämnas uppgifterna?", "09:00");
    terminal.answer("Vet vårdnadshavaren", "2");
    terminal.answer("Framgår vem det gäller", "1");
    assert_eq!(terminal.end(), Some(0), "{}", terminal.seen);
    let record = home.record();
    assert_eq!(
        (&record["on"], &record["route"]["outcome"]),
        (&"2026-01-15".into(), &"duty-to-report".into())
    );
}

#[test]
fn a_mistyped_year_of_sending_is_asked_again_and_kills_no_draft() {
    let home = Home::of("forsakringskassan");
    let mut terminal = home.terminal(&["assess", "--on", "2026-11-22"]);
    until_the_link(&mut terminal);
    terminal.keys("Ett litet barn har lämnats ensamt.\r");
    terminal.answer("Kan uppgiften ha betydelse", "1");
    terminal.answer("Skriv uppgiften", "Barnet har varit ensamt.");
    terminal.answer("Kan det sägas kortare", "1");
    terminal.answer("Till vilken kommun?", "Exempelstads kommun");
    terminal.answer("Hur skickas anmälan?", "2");
    terminal.answer("När lämnas uppgifterna?", "2006-11-22");
    terminal.see("2009-06-30");
    terminal.answer("När lämnas uppgifterna?", "");
    terminal.answer("Vet vårdnadshavaren", "2");
    terminal.answer("Framgår vem det gäller", "1");
    assert_eq!(terminal.end(), Some(0), "{}", terminal.seen);
    assert_eq!(home.record()["sending"]["when"], "2026-11-22");
}

#[test]
fn a_row_without_a_heading_is_no_row() {
    let home = Home::of("forsakringskassan");
    let mut terminal = home.terminal(&["assess", "--on", "2026-11-22"]);
    until_the_list(&mut terminal);
    terminal.answer("Vad vill du berätta", "h: 2020-06-17");
    terminal.answer("Skriv minst ett ord", "!");
    assert_eq!(terminal.end(), Some(0), "{}", terminal.seen);
    assert!(
        draft(&home)["document"]["items"]
            .as_array()
            .unwrap()
            .is_empty()
    );
}

#[test]
fn a_resumed_list_shows_its_rows_as_they_were_written() {
    let home = Home::of("forsakringskassan");
    let mut terminal = home.terminal(&["assess", "--on", "2026-11-22"]);
    until_the_list(&mut terminal);
    terminal.answer("Vad vill du berätta", "h: läkarintyg 2026-11-01");
    terminal.answer("", "Barnen är hungriga");
    terminal.answer("", "!");
    assert_eq!(terminal.end(), Some(0), "{}", terminal.seen);
    let mut again = home.terminal(&["assess", "--resume"]);
    again.see("h: läkarintyg, 2026-11-01");
    again.answer("Barnen är hungriga", "!");
    assert_eq!(again.end(), Some(0), "{}", again.seen);
}

#[test]
fn a_session_finished_on_the_day_of_sending_was_not_made_afterwards() {
    let home = Home::of("forsakringskassan");
    let today = jiff::Zoned::now().in_tz("Europe/Stockholm").unwrap().date();
    let yesterday = today.yesterday().unwrap().to_string();
    let mut terminal = home.terminal(&["assess", "--on", &yesterday]);
    until_the_link(&mut terminal);
    terminal.keys("Ett litet barn har lämnats ensamt.\r");
    terminal.answer("Kan uppgiften ha betydelse", "1");
    terminal.answer("Skriv uppgiften", "Barnet har varit ensamt.");
    terminal.answer("Kan det sägas kortare", "1");
    terminal.answer("Till vilken kommun?", "Exempelstads kommun");
    terminal.answer("Hur skickas anmälan?", "2");
    terminal.answer("När lämnas uppgifterna?", &today.to_string());
    terminal.answer("Vet vårdnadshavaren", "2");
    terminal.answer("Framgår vem det gäller", "1");
    assert_eq!(terminal.end(), Some(0), "{}", terminal.seen);
    assert_eq!(home.record()["retrospective"], false);
    assert!(
        terminal.seen.contains("Registrera anmälan"),
        "{}",
        terminal.seen
    );
}
