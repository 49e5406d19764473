//! The interview from outside: a person at a real pseudo-terminal, lines through a pipe, and an answers file.
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

use program::{Home, without_time};
use sekretesskoll::record::Record;
use sekretesskoll::trees::Trees;
use serde_json::Value;

/// What stands on the screen, and what the official answers.
type Story = &'static [(&'static str, &'static str)];

/// One statement at Försäkringskassan on a day with the duty.
const DUTY: Story = &[
    ("Vem är du orolig för?", "1"),
    ("Vem ska få uppgifterna?", "1"),
    ("Har du fått veta det i tjänsten?", "1"),
    ("Vad ska stå i anmälan om vem det gäller", "1 2 3"),
    ("Vad vill du berätta eller skicka?", "Barnet ensamt hemma"),
    ("", ""),
    ("Varifrån kommer uppgift 1", "2a"),
    (
        "Har uppgiften betydelse för oron",
        "Ett barn i förskoleåldern har lämnats utan tillsyn flera gånger.",
    ),
    ("Kan uppgiften ha betydelse", "ja"),
    (
        "Skriv uppgiften som den ska stå i anmälan",
        "Föräldern berättade i telefon den 20 november att barnet varit ensamt hemma tre kvällar i veckan sedan oktober.",
    ),
    ("Kan det sägas kortare", "1"),
    ("Till vilken kommun?", "Exempelstads kommun"),
    ("Hur skickas anmälan?", "2"),
    ("När lämnas uppgifterna?", ""),
    ("Vet vårdnadshavaren om anmälan?", "2"),
    ("Framgår vem det gäller", "1"),
];

/// The same on the last day without it.
const GENERAL: Story = &[
    ("Vem är du orolig för?", "1"),
    ("Vem ska få uppgifterna?", "1"),
    ("Har du fått veta det i tjänsten?", "1"),
    ("Behöver nämnden uppgifterna för att stoppa", "n"),
    ("Har den enskilde redan samtyckt", "1"),
    ("Vad ska stå i anmälan om vem det gäller", "1 2 3"),
    ("Är det uppenbart att nämndens intresse av att veta", "j"),
    ("Vad vill du berätta eller skicka?", "Barnet ensamt hemma"),
    ("", ""),
    ("Varifrån kommer uppgift 1", "2a"),
    (
        "Har uppgiften betydelse för oron",
        "Ett barn i förskoleåldern har lämnats utan tillsyn flera gånger.",
    ),
    ("Behövs uppgiften för att anmälan ska bli meningsfull?", "1"),
    ("kan det antas att den enskilde", "j"),
    (
        "Vilket intresse har den enskilde",
        "Föräldern har berättat det för att få ersättning, inte för att det ska spridas.",
    ),
    ("Är det uppenbart att intresset", "j"),
    (
        "Skriv uppgiften som den ska stå i anmälan",
        "Föräldern berättade i telefon att barnet varit ensamt hemma tre kvällar i veckan.",
    ),
    ("Kan det sägas kortare", "2"),
    ("Till vilken kommun?", "Exempelstads kommun"),
    ("Hur skickas anmälan?", "5"),
    ("När lämnas uppgifterna?", ""),
    ("Vet vårdnadshavaren om anmälan?", "2"),
    ("Framgår vem det gäller", "1"),
];

/// The case of 2020: two statements and four documents.
const CASE_2020: Story = &[
    ("Vem är du orolig för?", "1"),
    ("Vem ska få uppgifterna?", "1"),
    ("Har du fått veta det i tjänsten?", "1"),
    ("Har den enskilde redan samtyckt", "1"),
    ("Vad ska stå i anmälan om vem det gäller", "1 2 3"),
    ("Är det uppenbart att nämndens intresse av att veta", "1"),
    ("Vad vill du berätta eller skicka?", "Varför jag är orolig"),
    ("", "Förälderns mående"),
    ("", "h: läkarintyg"),
    ("", "h: komplettering av läkarintyg 2020-06-17"),
    ("", "h: komplettering av läkarintyg 2020-06-23"),
    ("", "h: begäran om omprövning 2020-06-11"),
    ("", ""),
    ("Vilket datum har handlingen", "okänt"),
    ("Varifrån kommer uppgift 1", "1a"),
    ("Varifrån kommer uppgift 2", "3b"),
    ("Varifrån kommer uppgift 3", "3b"),
    ("Varifrån kommer uppgift 4", "3b"),
    ("Varifrån kommer uppgift 5", "3b"),
    ("Varifrån kommer uppgift 6", "2b"),
    (
        "Har uppgiften betydelse för oron",
        "Det är själva oron: jag vet inte vem som ser till barnen de dagar föräldern inte orkar.",
    ),
    ("Behövs uppgiften", "1"),
    ("kan det antas", "1"),
    (
        "Vilket intresse har den enskilde",
        "Föräldern har berättat om sin vardag för att få sjukpenning, inte för att någon annan ska få veta det.",
    ),
    ("Är det uppenbart", "1"),
    (
        "Skriv uppgiften",
        "I kontakter med mig under juni 2020 har föräldern beskrivit dagar då hon inte orkar med hemmet. Det bor barn där.",
    ),
    ("Kan det sägas kortare", "1"),
    (
        "Har uppgiften betydelse för oron",
        "Måendet påverkar hur mycket föräldern orkar ta hand om barnen.",
    ),
    ("Behövs uppgiften", "1"),
    ("kan det antas", "1"),
    (
        "Vilket intresse har den enskilde",
        "Uppgifter om psykisk hälsa är bland det mest känsliga som finns i ärendet.",
    ),
    ("Är det uppenbart", "1"),
    (
        "Skriv uppgiften",
        "Underlaget i ärendet visar att föräldern mår psykiskt dåligt och har svårt att klara vardagen.",
    ),
    ("Kan det sägas kortare", "2"),
    ("Räcker det att du beskriver", "2"),
    ("Räcker det att du beskriver", "2"),
    ("Räcker det att du beskriver", "2"),
    ("Räcker det att du beskriver", "1"),
    ("Till vilken kommun?", "Exempelstads kommun"),
    ("Hur skickas anmälan?", "5"),
    ("När lämnas uppgifterna?", ""),
    ("Vet vårdnadshavaren om anmälan?", "2"),
    ("Framgår vem det gäller", "1"),
];

/// Walks a story at a terminal; gives the record and the number of prompts.
fn rich(on: &str, story: Story) -> (Value, usize) {
    let home = Home::of("forsakringskassan");
    let mut terminal = home.terminal(&["assess", "--on", on]);
    for (words, reply) in story {
        terminal.answer(words, reply);
    }
    assert_eq!(terminal.end(), Some(0), "{}", terminal.seen);
    assert!(
        home.drafts().is_empty(),
        "the draft goes when the record is written"
    );
    (home.record(), terminal.prompts)
}

fn plain(on: &str, story: Story) -> Value {
    let home = Home::of("forsakringskassan");
    let lines: String = story
        .iter()
        .map(|(_, reply)| format!("{reply}\n"))
        .collect();
    let run = home.pipe(&["assess", "--plain", "--on", on], lines.as_bytes());
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(
        !run.err.contains(['─', '│', '\u{1b}']),
        "no box drawing and no escapes"
    );
    home.record()
}

fn file(document: &Value) -> Value {
    let home = Home::of("forsakringskassan");
    home.file("answers.json", document.to_string());
    let run = home.run(&["assess", "--answers", "answers.json"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(run.err, "", "nothing is left unused");
    home.record()
}

/// The answers document that a record was made from.
fn answers_of(record: &Value) -> Value {
    let record: Record = serde_json::from_value(record.clone()).unwrap();
    let answers = record.answers(&Trees::built_in().unwrap().laws);
    serde_json::to_value(answers.unwrap()).unwrap()
}

/// Rich, plain and file give the same record, byte for byte but for time.
fn the_three_faces_agree(on: &str, story: Story, most: usize) {
    let (rich, prompts) = rich(on, story);
    assert!(prompts <= most, "{prompts} prompts on {on}, at most {most}");
    let plain = plain(on, story);
    let file = file(&answers_of(&rich));
    let text = |record: Value| serde_json::to_string_pretty(&without_time(record)).unwrap();
    let rich = text(rich);
    assert_eq!(rich, text(plain));
    assert_eq!(rich, text(file));
}

#[test]
fn the_shortest_lawful_report_under_the_duty_takes_at_most_eighteen_prompts() {
    the_three_faces_agree("2026-11-22", DUTY, 18);
}

#[test]
fn the_shortest_lawful_report_under_the_general_clause_takes_at_most_twenty_two_prompts() {
    the_three_faces_agree("2026-01-14", GENERAL, 22);
}

#[test]
fn the_case_of_2020_takes_at_most_forty_five_prompts_and_six_sentences() {
    the_three_faces_agree("2020-06-26", CASE_2020, 45);
    let sentences = CASE_2020
        .iter()
        .filter(|(words, reply)| !words.is_empty() && reply.ends_with('.'))
        .count();
    assert_eq!(sentences, 6);
}
