//! What the documents say is what the program does: schemas, lists, examples and screens are fresh.
//!
//! `UPDATE_DOCS=1 cargo test --test docs` writes them anew.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::format_collect,
    clippy::format_push_string,
    clippy::too_many_lines,
    clippy::needless_pass_by_value,
    dead_code,
    reason = "a test may stop at once"
)]
#![cfg(unix)]

#[path = "harness/program.rs"]
mod program;

use std::fs;
use std::process::Command;

use program::Home;
use sekretesskoll::answers::{AnswersDocument, Read};
use sekretesskoll::assessment::assess;
use sekretesskoll::case::Case;
use sekretesskoll::cite::PLACEHOLDERS;
use sekretesskoll::embedded;
use sekretesskoll::fact::Fact;
use sekretesskoll::finding::Code;
use sekretesskoll::json;
use sekretesskoll::language::Lang;
use sekretesskoll::record::{self, Made, Record};
use sekretesskoll::schema;
use sekretesskoll::seal;
use sekretesskoll::tree::excerpt::Excerpt;
use sekretesskoll::tree::words::Words;
use sekretesskoll::tree::{Tree, book, draw};
use sekretesskoll::trees::Trees;
use serde_json::Value;

fn trees() -> Trees {
    Trees::built_in().unwrap()
}

fn with_guides() -> Trees {
    trees().with_guides(&embedded::guides()).unwrap()
}

/// A generated document is as the program would write it today.
fn fresh(path: &str, content: &str) {
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(path, content).unwrap();
    }
    let written = fs::read_to_string(path).unwrap_or_default();
    assert!(
        written == content,
        "{path} is stale: run `UPDATE_DOCS=1 cargo test --test docs`"
    );
}

fn pretty(value: &Value) -> String {
    format!("{}\n", serde_json::to_string_pretty(value).unwrap())
}

#[test]
fn the_published_schemas_are_fresh_and_printed_by_the_program() {
    let home = Home::empty();
    for (which, schema) in [
        ("record", schema::record()),
        ("answers", schema::answers(&trees())),
        ("review", schema::review()),
        ("dispatch", schema::dispatch()),
        ("guide", schema::guide()),
        ("guide-answers", schema::guide_answers(&with_guides())),
    ] {
        fresh(&format!("docs/{which}.schema.json"), &pretty(&schema));
        assert_eq!(home.run(&["schema", which]).out, pretty(&schema));
    }
}

/// A tree as a document: how to read it, its drawings (the items' one more for each route), and the book.
fn tree_page(words: Words<'_>, tree: &Tree) -> String {
    let whole = Excerpt::whole(tree);
    let mut page = book::preface(words, &whole);
    page += "\nSidan skrivs av ett test.\n";
    let routes = words.trees.routes().filter(|_| tree.name == "item");
    let cut = routes.map(|route| Excerpt::of_route(tree, &route.id));
    for excerpt in std::iter::once(whole.clone()).chain(cut) {
        page += &format!("\n{}", draw::section(words, &excerpt));
    }
    page + "\n" + &book::chapters(words, &whole)
}

#[test]
fn the_trees_in_the_documents_are_drawn_and_told_as_they_are() {
    let trees = trees();
    let words = Words {
        trees: &trees,
        day: trees.laws.version.parse().unwrap(),
        lang: Lang::Sv,
    };
    for tree in trees.all() {
        let path = format!("docs/trees/{}.md", tree.name);
        fresh(&path, &tree_page(words, tree));
    }
    let trees = with_guides();
    let words = Words {
        trees: &trees,
        ..words
    };
    for tree in trees.guides.trees() {
        let path = format!("docs/trees/guides/{}.md", tree.name);
        fresh(&path, &tree_page(words, tree));
    }
}

/// What `check` can say, for those who read its verdicts: the catalogue as a page.
fn findings_page() -> String {
    let laws = trees().laws;
    let mut page = String::from(
        "# Fynden\n\nDet här kan `check` säga om ett svarsdokument, en prövning, en granskning eller en expediering, och om \
         flera av dem\ntillsammans. Ett fynd är något att läsa; programmet avgör aldrig om någon har gjort fel. Fel underkänner \
         dokumentet,\nvarningar och upplysningar gör det bara med `--fail-on`. Ett undantag som dokumentet självt ger skäl för \
         räknas för\nsig. `…` står för det som gör fyndet till just detta: en dag, ett id, en nyckel. Fritext visas aldrig.\n\n\
         Sidan skrivs av ett test ur `decision-trees/findings.toml`.\n",
    );
    for entry in sekretesskoll::check::catalogue::entries() {
        let severity = match entry.severity.key() {
            "error" => "fel",
            "warning" => "varning",
            _ => "upplysning",
        };
        let cite = |key: &String| {
            let version = laws.provision(key).and_then(|known| known.versions.last());
            version.map_or_else(|| key.clone(), |version| version.cite.clone())
        };
        let law: Vec<String> = entry.law.iter().map(cite).collect();
        let law = if law.is_empty() {
            "ingen rättskälla; det är programmets egen kontroll".to_owned()
        } else {
            law.join(" · ")
        };
        let text = entry.text.get(Lang::Sv).replace("{detail}", "…");
        page += &format!(
            "\n## `{}`\n\n**{text}.**\n\n- Grad: {severity} (`{}`)\n- Vad du gör: {}\n- Stöd: {law}\n",
            entry.code,
            entry.severity.key(),
            entry.hint.get(Lang::Sv),
        );
    }
    page
}

#[test]
fn the_findings_of_check_stand_in_the_documents() {
    fresh("docs/findings.md", &findings_page());
}

/// Every worked case on each of its days: the answers, and the record where the assessment is finished.
fn worked() -> Vec<(String, AnswersDocument, Option<Record>)> {
    let trees = trees();
    let mut worked = Vec::new();
    for (name, text) in embedded::CASES {
        let case = Case::read(name, text).unwrap();
        for expect in &case.expect {
            let document = case.answers_on(expect);
            let day = document.on.unwrap();
            let made = Made {
                started: "2026-11-22T10:12+01:00".to_owned(),
                finished: "2026-11-22T10:41+01:00".to_owned(),
                day,
            };
            let record = assess(&trees, &document)
                .ok()
                .and_then(|assessment| record::record(&assessment, &document, &made, Lang::Sv));
            worked.push((format!("{name} {day}"), document, record));
        }
    }
    worked
}

#[test]
fn every_worked_case_holds_to_the_published_schemas() {
    let answers = jsonschema::validator_for(&schema::answers(&trees())).unwrap();
    let records = jsonschema::validator_for(&schema::record()).unwrap();
    let mut written = 0;
    for (name, document, record) in worked() {
        let refused = document
            .sending
            .get("channel")
            .is_some_and(|given| given.answer.as_deref() == Some("open"));
        let value = serde_json::to_value(&document).unwrap();
        let wrong: Vec<String> = answers
            .iter_errors(&value)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        let expected_wrong =
            refused || name.contains("police-only") || name.contains("link-unsure");
        assert!(
            wrong.is_empty() || expected_wrong || document_is_wrong_on_purpose(&document),
            "{name}: {wrong:?}"
        );
        if let Some(record) = record {
            written += 1;
            let value = serde_json::to_value(&record).unwrap();
            let wrong: Vec<String> = records
                .iter_errors(&value)
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect();
            assert!(wrong.is_empty(), "{name}: {wrong:?}");
        }
    }
    assert!(written > 100, "{written} records");
}

/// Cases that show how a wrong answer is met: the assessment itself says that something is wrong.
fn document_is_wrong_on_purpose(document: &AnswersDocument) -> bool {
    assess(&trees(), document).map_or(true, |assessment| !assessment.needs.is_empty())
}

#[test]
fn a_record_is_the_same_after_a_round_trip_and_its_digest_holds_for_jq_too() {
    let home = Home::empty();
    for (name, _, record) in worked()
        .into_iter()
        .filter(|(_, _, record)| record.is_some())
        .take(40)
    {
        let record = record.unwrap();
        let text = serde_json::to_string_pretty(&record).unwrap();
        let read: Record = serde_json::from_str(&text).unwrap();
        assert_eq!(read, record, "{name}");
        assert_eq!(
            record.digest,
            format!("sha256:{}", record::digest(&read).unwrap()),
            "{name}"
        );
        home.file("record.json", &text);
        home.file("line.json", serde_json::to_string(&record).unwrap());
        for file in ["record.json", "line.json"] {
            let shell = format!("jq -cj 'del(.digest)' {file} | sha256sum");
            let output = Command::new("bash")
                .args(["-c", &shell])
                .current_dir(home.work())
                .output()
                .unwrap();
            let sum = String::from_utf8(output.stdout).unwrap();
            let has_jq = Command::new("jq").arg("--version").output().is_ok();
            assert!(
                !has_jq || record.digest == format!("sha256:{}", sum.split(' ').next().unwrap()),
                "{name} {file}: {sum}"
            );
        }
    }
}

#[test]
fn a_record_is_read_the_same_where_it_stands() {
    let laws = &trees().laws;
    for (name, _, record) in worked() {
        let Some(record) = record else { continue };
        let answers = serde_json::to_value(record.answers(laws).unwrap()).unwrap();
        let line = serde_json::to_string(&record).unwrap();
        for text in [serde_json::to_string_pretty(&record).unwrap(), line] {
            let read: Record<Read<'_>> = json::read(&text).unwrap();
            let same =
                serde_json::to_string(&read).unwrap() == serde_json::to_string(&record).unwrap();
            assert!(same, "{name}");
            let read = read.answers(laws).unwrap();
            assert_eq!(serde_json::to_value(read).unwrap(), answers, "{name}");
            assert!(seal::is_as_written(text.as_bytes()), "{name}");
        }
    }
}

#[test]
fn a_damaged_record_is_not_as_it_was_written() {
    for (name, _, record) in worked().into_iter().step_by(40) {
        let Some(record) = record else { continue };
        let (line, pretty) = (
            serde_json::to_string(&record),
            serde_json::to_string_pretty(&record),
        );
        for text in [line.unwrap().into_bytes(), pretty.unwrap().into_bytes()] {
            for at in (0..text.len())
                .step_by(997)
                .chain((text.len() - 90..text.len()).step_by(7))
            {
                for put in [b' ', b'x', b'"', b'\\'] {
                    let mut damaged = text.clone();
                    damaged[at] = put;
                    let slow = seal::sealed(&damaged).is_some_and(|sealed| sealed.holds());
                    assert_eq!(seal::is_as_written(&damaged), slow, "{name} {at}");
                }
            }
        }
    }
}

#[test]
fn every_case_in_the_folder_is_built_in() {
    let mut names: Vec<String> = fs::read_dir("decision-trees/cases")
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let embedded: Vec<String> = embedded::CASES
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    assert_eq!(names, embedded);
}

#[test]
fn the_lawyers_manual_lists_every_fact_code_and_placeholder() {
    let manual = fs::read_to_string("decision-trees/README.md").unwrap();
    let missing = |word: &str| !manual.contains(&format!("`{word}`"));
    let facts: Vec<&str> = Fact::names().filter(|name| missing(name)).collect();
    let codes: Vec<&str> = Code::ALL
        .iter()
        .map(|code| code.name())
        .filter(|name| missing(name))
        .collect();
    let placeholders: Vec<&str> = PLACEHOLDERS
        .into_iter()
        .filter(|name| missing(&format!("{{{name}}}")))
        .collect();
    assert!(
        facts.is_empty() && codes.is_empty() && placeholders.is_empty(),
        "{facts:?} {codes:?} {placeholders:?}"
    );
}

#[test]
fn the_example_for_scripts_works_and_stands_in_the_readme() {
    let example = fs::read_to_string("docs/examples/answers.json").unwrap();
    assert!(
        fs::read_to_string("README.md")
            .unwrap()
            .contains(example.trim())
    );
    let home = Home::empty();
    home.file("answers.json", &example);
    let run = home.run(&["assess", "--answers", "answers.json", "--out", "-"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert_eq!(
        serde_json::from_str::<Value>(&run.out).unwrap()["outcome"],
        "ready"
    );
}

#[test]
fn help_is_complete_in_both_languages_and_fits_the_screen() {
    let home = Home::empty();
    let commands: &[&[&str]] = &[
        &[],
        &["assess"],
        &["check"],
        &["explain"],
        &["letter"],
        &["note"],
        &["review"],
        &["reconcile"],
        &["verify"],
        &["sign"],
        &["register"],
        &["register", "add"],
        &["register", "check"],
        &["register", "head"],
        &["train"],
        &["train", "solution"],
        &["train", "hand-in"],
        &["train", "reset"],
        &["train", "export"],
        &["train", "new"],
        &["train", "check"],
        &["trees", "prove"],
        &["trees", "diff"],
        &["trees"],
        &["trees", "list"],
        &["trees", "show"],
        &["trees", "check"],
        &["trees", "draw"],
        &["trees", "book"],
        &["law"],
        &["selfcontrol"],
        &["selfcontrol", "sample"],
        &["selfcontrol", "results"],
        &["selfcontrol", "gaps"],
        &["settings"],
        &["schema"],
        &["completions"],
        &["man"],
    ];
    for command in commands {
        let help = |lang: &str| home.run(&[*command, &["--help", "--lang", lang]].concat());
        let (sv, en) = (help("sv"), help("en"));
        assert_eq!((sv.code, en.code), (Some(0), Some(0)), "{command:?}");
        let flags = |help: &str| -> Vec<String> {
            let words = help
                .split_whitespace()
                .filter(|word| word.starts_with("--"));
            words.map(str::to_owned).collect()
        };
        assert_eq!(flags(&sv.out), flags(&en.out), "{command:?}");
        for line in sv.out.lines().chain(en.out.lines()) {
            assert!(line.chars().count() <= 80, "{line}");
        }
        for english in ["Usage", "Options", "Commands", "Print", "[OPTIONS]"] {
            assert!(!sv.out.contains(english), "{command:?}: {}", sv.out);
        }
    }
}

#[test]
fn every_phrase_and_every_text_is_there_in_both_languages() {
    let trees = trees();
    for tree in trees.all() {
        for question in &tree.questions {
            let texts = [&question.text, &question.hint, &question.help]
                .into_iter()
                .chain(
                    question
                        .answers
                        .iter()
                        .flat_map(|a| [&a.text, &a.says, &a.assumes, &a.open]),
                );
            for text in texts.flatten() {
                assert!(
                    !text.sv.is_empty() && !text.en.is_empty(),
                    "{} {}",
                    tree.name,
                    question.id
                );
            }
        }
    }
    // Phrases are complete by construction: a phrase without one of its languages does not compile.
}

/// Screens of 80 by 24 as an official sees them.
#[test]
fn the_screens_in_the_documents_are_what_a_terminal_shows() {
    let home = Home::of("forsakringskassan");
    let mut terminal = home.terminal(&["assess", "--on", "2026-11-22"]);
    let mut screens = String::from(
        "# Skärmarna\n\nSå ser intervjun ut i ett fönster med 80 kolumner och 24 rader. Sidan skrivs av ett test.\n",
    );
    let mut show = |title: &str, terminal: &program::Terminal| {
        screens += &format!(
            "\n## {title}\n\n```text\n{}\n```\n",
            terminal.screen().trim_end()
        );
    };
    let mut stop = |terminal: &mut program::Terminal, words: &str, title: &str, reply: &str| {
        terminal.see(words);
        terminal.see(" > ");
        terminal.settle();
        show(title, terminal);
        terminal.keys(&format!("{reply}\r"));
    };
    stop(&mut terminal, "Vem är du orolig för?", "Första frågan", "1");
    stop(&mut terminal, "Vem ska få uppgifterna?", "Mottagare", "1");
    stop(
        &mut terminal,
        "Har du fått veta det i tjänsten?",
        "I tjänsten",
        "1",
    );
    stop(
        &mut terminal,
        "Vad ska stå i anmälan",
        "Vägen är klar, och vem det gäller",
        "1 2 3",
    );
    stop(
        &mut terminal,
        "Vad vill du berätta",
        "Listan",
        "Barnet ensamt hemma",
    );
    terminal.see(" > ");
    terminal.keys("\r");
    stop(
        &mut terminal,
        "Varifrån kommer uppgift 1",
        "Varifrån och om vem",
        "2a",
    );
    stop(
        &mut terminal,
        "Har uppgiften betydelse",
        "Betydelse",
        "Ett barn i förskoleåldern har lämnats utan tillsyn flera gånger.",
    );
    stop(&mut terminal, "Kan uppgiften ha betydelse", "Behov", "1");
    stop(
        &mut terminal,
        "Skriv uppgiften",
        "Ordalydelse",
        "Föräldern berättade att barnet varit ensamt hemma tre kvällar i veckan sedan oktober.",
    );
    stop(&mut terminal, "Kan det sägas kortare", "Kortare", "?");
    stop(&mut terminal, "Frågan gäller", "Hjälp (?)", "1");
    stop(
        &mut terminal,
        "Till vilken kommun?",
        "Nämnden",
        "Exempelstads kommun",
    );
    stop(&mut terminal, "Hur skickas anmälan?", "Kanal", "2");
    stop(&mut terminal, "När lämnas uppgifterna?", "Tid", "");
    stop(&mut terminal, "Vet vårdnadshavaren", "Vårdnadshavaren", "2");
    stop(&mut terminal, "Framgår vem det gäller", "Granskning", "1");
    assert_eq!(terminal.end(), Some(0));
    let end = terminal.screen();
    let end: String = end
        .lines()
        .map(|line| {
            if line.contains("sekretessprovning-") {
                " Prövningen är skriven: ./sekretessprovning-2026-11-22-….json\n".to_owned()
            } else {
                format!("{line}\n")
            }
        })
        .collect();
    screens += &format!(
        "\n## Sammanfattning, och vad du gör nu\n\n```text\n{}\n```\n",
        end.trim_end()
    );
    screens += &guide_screens(&home);
    fresh("docs/skarmar.md", &screens);
}

/// A guide, from its first question to the text to copy.
fn guide_screens(home: &Home) -> String {
    let mut terminal = home.terminal(&["guide", "kontakt", "--on", "2026-11-22"]);
    let mut screens = String::new();
    for (words, title, reply) in [
        ("sätta någon i fara?", "Vägledningen om kontakt", "1"),
        ("Vem vill du nå?", "Vägledning: vem", "1"),
        ("Vad ska meddelandet säga?", "Vägledning: innehåll", "1"),
        ("Har personen sagt ja", "Vägledning: samtycke", "3"),
        ("ett brev kommer för sent?", "Vägledning: brådska", "2"),
        (
            "Spara som en kort",
            "Vägledning: rådet och texten att kopiera",
            "",
        ),
    ] {
        terminal.see(words);
        terminal.see(" > ");
        terminal.settle();
        let screen = terminal.screen();
        screens += &format!("\n## {title}\n\n```text\n{}\n```\n", screen.trim_end());
        terminal.keys(&format!("{reply}\r"));
    }
    assert_eq!(terminal.end(), Some(0));
    screens
}
