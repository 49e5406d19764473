//! The training room from outside: every exercise walked by a person at a pseudo-terminal, and what a group leader does.
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

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use program::{Home, Run, Terminal};
use sekretesskoll::answers::{About, AnswersDocument, Form, IdentityKind, Origin};
use sekretesskoll::assessment::{Assessment, Field, ItemOutcome, Place, Stage, assess};
use sekretesskoll::language::Lang;
use sekretesskoll::training::feedback::sort;
use sekretesskoll::training::{Exercise, Set, judge};
use sekretesskoll::tree::{Kind, Question, Target};
use sekretesskoll::trees::Trees;
use sekretesskoll::walk::Given;
use serde_json::Value;

/// What a trainee meets and does: words on the screen, a reply, and whether the reply is a wrong answer.
struct Does {
    sees: String,
    reply: String,
    wrong: bool,
}

/// A trainee who answers as the expert, and first with every wrong answer if asked to.
struct Trainee<'a> {
    trees: &'a Trees,
    exercise: &'a Exercise,
    solution: AnswersDocument,
    document: AnswersDocument,
    wrong_first: bool,
    does: Vec<Does>,
}

impl<'a> Trainee<'a> {
    fn new(trees: &'a Trees, exercise: &'a Exercise, wrong_first: bool) -> Self {
        Self {
            trees,
            exercise,
            solution: exercise.solution(Lang::Sv),
            document: exercise.begun(Lang::Sv),
            wrong_first,
            does: Vec::new(),
        }
    }

    /// Everything that is met, worked out from the trees by the library and not from the screen.
    fn walk(mut self) -> Vec<Does> {
        self.do_it("Tryck Enter", "", false);
        loop {
            let document = self.document.clone();
            let assessment = assess(self.trees, &document).unwrap();
            let Some(need) = assessment.needs.first() else {
                break;
            };
            match &need.place {
                Place::IdentityKinds => self.kinds(),
                Place::Field(at, Field::Origin | Field::About) => self.origin(*at),
                place => {
                    let (stage, id) = place.question().unwrap_or_else(|| panic!("{place}"));
                    self.question(&assessment, stage, id);
                }
            }
        }
        let document = self.document.clone();
        let stopped = assess(self.trees, &document)
            .unwrap()
            .route_to_items()
            .is_none();
        if stopped {
            self.do_it("Övningen slutar här", "", false);
        }
        self.does
    }

    fn do_it(&mut self, sees: &str, reply: &str, wrong: bool) {
        let sees = sees.chars().take(24).collect();
        self.does.push(Does {
            sees,
            reply: reply.to_owned(),
            wrong,
        });
    }

    fn kinds(&mut self) {
        let identity = self.solution.identity.clone().unwrap();
        let number = |kind: &IdentityKind| {
            IdentityKind::ALL
                .iter()
                .position(|other| other == kind)
                .unwrap()
                + 1
        };
        let mut numbers: Vec<String> = identity
            .kinds
            .iter()
            .map(|kind| number(kind).to_string())
            .collect();
        numbers.extend(identity.protected.then(|| "8".to_owned()));
        if self.wrong_first {
            self.do_it("Vad ska stå i anmälan", "2", true);
        }
        let sees = if self.solution.follows.is_some() {
            "Vad ska stå"
        } else {
            "Vad ska stå i anmälan"
        };
        self.do_it(sees, &numbers.join(" "), false);
        self.document.identity = Some(sekretesskoll::answers::Identity {
            answers: sekretesskoll::walk::Answers::default(),
            ..identity
        });
    }

    fn origin(&mut self, at: usize) {
        let (origin, about) = (
            self.solution.items[at].origin.unwrap(),
            self.solution.items[at].about.unwrap(),
        );
        let digit = Origin::ALL
            .iter()
            .position(|other| *other == origin)
            .unwrap()
            + 1;
        let letter = ('a'..)
            .nth(About::ALL.iter().position(|other| *other == about).unwrap())
            .unwrap();
        let sees = format!("Varifrån kommer uppgift {}", self.document.id_of(at));
        if self.wrong_first {
            let other = if digit == 4 { 1 } else { 4 };
            self.do_it(&sees, &format!("{other}{letter}"), true);
        }
        self.do_it(&sees, &format!("{digit}{letter}"), false);
        let item = &mut self.document.items[at];
        (item.origin, item.about) = (Some(origin), Some(about));
    }

    fn question(&mut self, assessment: &Assessment<'_, '_>, stage: Stage, id: &str) {
        let tree = stage.tree(self.trees);
        let question = tree.find(id).unwrap();
        let sees = assessment
            .citer_in(stage, Lang::Sv)
            .text(question.text.as_ref().unwrap());
        let given = self
            .given(stage, id)
            .unwrap_or_else(|| panic!("{}: {stage:?} {id}", self.exercise.id));
        match question.kind {
            Kind::Choice => self.choice(assessment, stage, question, &sees, &given),
            Kind::Time if question.id == "when" => {
                if self.wrong_first {
                    self.do_it(&sees, "2011-01-01", true);
                }
                self.do_it(&sees, "", false);
            }
            _ => self.do_it(&sees, given.text.as_ref().unwrap(), false),
        }
        self.compared(stage, question, &given);
        self.put(stage, id, given);
    }

    fn choice(
        &mut self,
        assessment: &Assessment<'_, '_>,
        stage: Stage,
        question: &Question,
        sees: &str,
        given: &Given,
    ) {
        let key = given.answer.clone().unwrap();
        let tree = stage.tree(self.trees);
        let first = question.answers.first().unwrap();
        let names = matches!(first.goto, Some(Target::Question(next)) if tree.question(next).kind == Kind::Statement);
        let statements = self.statements(assessment, stage);
        let extra = if names { statements.len() - 1 } else { 0 };
        let number = |at: usize| at + 1 + if at > 0 { extra } else { 0 };
        if self.wrong_first {
            let accepted =
                judge::accepted(self.exercise, self.trees, &stage.place(&question.id)).unwrap();
            for (at, answer) in question.answers.iter().enumerate() {
                if !accepted.contains(&answer.key) {
                    self.do_it(sees, &number(at).to_string(), true);
                }
            }
        }
        let at = question
            .answers
            .iter()
            .position(|answer| answer.key == key)
            .unwrap();
        let answer = &question.answers[at];
        let text = given.text.clone().unwrap_or_default();
        if names && at == 0 {
            let Some(Target::Question(next)) = answer.goto else {
                unreachable!()
            };
            let next = &tree.question(next).id;
            let id = self.given(stage, next).unwrap();
            let place = statements
                .iter()
                .position(|known| Some(known) == id.text.as_ref())
                .unwrap();
            self.put(stage, next, id);
            return self.do_it(sees, &(place + 1).to_string(), false);
        }
        let reply = if answer.sentence {
            text
        } else {
            format!("{} {text}", number(at))
        };
        self.do_it(sees, reply.trim(), false);
    }

    /// Statements that a document can be described by, as they are listed.
    fn statements(&self, assessment: &Assessment<'_, '_>, stage: Stage) -> Vec<String> {
        let items = self.document.items.iter().enumerate();
        let fits = items.filter(|(at, item)| {
            let outcome = assessment.items.get(*at).and_then(|item| item.outcome);
            item.form == Form::Statement
                && Stage::Item(*at) != stage
                && outcome.is_none_or(ItemOutcome::releases)
        });
        fits.map(|(at, _)| self.document.id_of(at).into_owned())
            .collect()
    }

    /// A sentence is laid beside the expert's, and three questions are put.
    fn compared(&mut self, stage: Stage, question: &Question, given: &Given) {
        let model = self.exercise.model(stage, &question.id).unwrap();
        let both = matches!(
            model.text,
            Some(sekretesskoll::training::exercise::Written::Both(_))
        );
        if given.text.is_some() && both && sort(question.role).is_some() {
            self.do_it("Hur många ja?", "2", false);
        }
    }

    fn given(&self, stage: Stage, id: &str) -> Option<Given> {
        let mut all = sekretesskoll::assessment::given(&self.solution);
        all.find(|(other, _)| *other == stage)?.1.get(id).cloned()
    }

    fn put(&mut self, stage: Stage, id: &str, given: Given) {
        let document = &mut self.document;
        let answers = match stage {
            Stage::Route => &mut document.route,
            Stage::Identity => &mut document.identity.as_mut().unwrap().answers,
            Stage::Item(at) => &mut document.items[at].answers,
            Stage::Sending => &mut document.sending,
            Stage::Closing => &mut document.closing,
        };
        answers.insert(id.to_owned(), given);
    }
}

fn trees() -> Trees {
    Trees::built_in().expect("sound trees")
}

fn set() -> Set {
    Set::built_in().expect("readable exercises")
}

/// Does everything at a pseudo-terminal.
fn at_a_terminal(home: &Home, exercise: &Exercise, does: &[Does], flags: &[&str]) -> Terminal {
    let mut terminal = home.terminal(&[&["train", &exercise.id], flags].concat());
    for does in does {
        terminal.answer(&does.sees, &does.reply);
        if does.wrong {
            let said = if does.reply == "2011-01-01" {
                "I övningen är det"
            } else {
                "INTE HÄR."
            };
            terminal.see(said);
        }
    }
    terminal
}

/// The attempts that a home keeps, by exercise.
fn progress(home: &Home) -> Value {
    let path = home.path().join(".local/state/sekretesskoll/training.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn every_exercise_is_walked_at_a_terminal_as_the_expert_would() {
    let (trees, set) = (trees(), set());
    assert!(set.exercises.len() >= 16);
    for exercise in &set.exercises {
        let home = Home::empty();
        let does = Trainee::new(&trees, exercise, false).walk();
        let mut terminal = at_a_terminal(&home, exercise, &does, &[]);
        assert_eq!(terminal.end(), Some(0), "{}", terminal.seen);
        assert!(terminal.seen.contains("KLART."), "{}", exercise.id);
        assert!(
            !terminal.seen.contains("INTE HÄR"),
            "{}: {}",
            exercise.id,
            terminal.seen
        );
        let first = &progress(&home)["exercises"][&exercise.id]["first"];
        let questions = first["questions"].as_array().unwrap();
        assert!(
            !questions.is_empty() && questions.iter().all(|asked| asked["right"] == true),
            "{}",
            exercise.id
        );
        assert_eq!(
            home.records(),
            Vec::<std::path::PathBuf>::new(),
            "training writes no record"
        );
        assert!(home.drafts().is_empty(), "and no draft of one");
    }
}

#[test]
fn every_exercise_is_walked_in_english_line_by_line_and_judged_from_a_file() {
    let (trees, set) = (trees(), set());
    for exercise in &set.exercises {
        let home = Home::empty();
        let does = Trainee::new(&trees, exercise, false).walk();
        let lines: String = does
            .iter()
            .map(|does| format!("{}\n", does.reply))
            .collect();
        let english = ["train", &exercise.id, "--plain", "--lang", "en"];
        let run = home.pipe(&english, lines.as_bytes());
        assert_eq!(run.code, Some(0), "{}", run.err);
        assert!(
            run.err.contains("DONE.") && !run.err.contains("NOT HERE"),
            "{}",
            run.err
        );
        assert!(
            !run.err.contains("RÄTT") && !run.err.contains("Ledtråd"),
            "{}",
            run.err
        );
        let solution = serde_json::to_string(&exercise.solution(Lang::Sv)).unwrap();
        home.file("svar.json", solution);
        let run = home.run(&["train", &exercise.id, "--answers", "svar.json"]);
        assert_eq!(
            run.code,
            Some(0),
            "{}: {} {}",
            exercise.id,
            run.out,
            run.err
        );
    }
}

#[test]
fn every_wrong_answer_has_its_feedback_and_the_trainee_answers_again() {
    let (trees, set) = (trees(), set());
    for id in ["first-report", "fk-2020"] {
        let exercise = set.find(id).unwrap();
        let home = Home::empty();
        let does = Trainee::new(&trees, exercise, true).walk();
        let wrong = does.iter().filter(|does| does.wrong).count();
        assert!(wrong >= 20, "{wrong} wrong answers");
        let mut terminal = at_a_terminal(&home, exercise, &does, &[]);
        assert_eq!(terminal.end(), Some(0), "{}", terminal.seen);
        let first = &progress(&home)["exercises"][id]["first"];
        let questions = first["questions"].as_array().unwrap();
        let with_a_wrong = questions
            .iter()
            .filter(|asked| asked["tries"].as_array().unwrap().len() > 1);
        assert!(
            with_a_wrong.clone().all(|asked| asked["right"] == false),
            "the first answer counts"
        );
        for asked in with_a_wrong {
            assert!(asked["feedback"].as_str().unwrap().len() > 20, "{asked}");
        }
    }
}

#[test]
fn an_exam_tells_nothing_until_the_end_and_then_everything() {
    let (trees, set) = (trees(), set());
    let exercise = set.find("day-after").unwrap();
    let home = Home::empty();
    let mut does = Trainee::new(&trees, exercise, false).walk();
    does.retain(|does| does.sees != "Hur många ja?");
    let mut terminal = at_a_terminal(&home, exercise, &does, &["--exam"]);
    assert_eq!(terminal.end(), Some(0), "{}", terminal.seen);
    let (before, after) = terminal
        .seen
        .split_once("ÅTERKOPPLING")
        .expect("feedback at the end");
    assert!(
        !before.contains("RÄTT.") && !before.contains("Experten:"),
        "{before}"
    );
    assert!(after.contains("Experten:"), "{after}");
    let of = progress(&home)["exercises"]["day-after"]["first"]["questions"]
        .as_array()
        .unwrap()
        .len();
    assert!(after.contains(&format!("{of} av {of} rätt.")), "{after}");
}

#[test]
fn an_exam_that_stops_too_early_is_judged_by_what_it_never_came_to() {
    let home = Home::empty();
    let run = home.pipe(
        &["train", "first-report", "--exam", "--plain"],
        "\n6\n\n".as_bytes(),
    );
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.err.contains("0 av 15 rätt."), "{}", run.err);
    assert!(run.err.contains("Din väg kom aldrig till den här frågan."));
}

#[test]
fn an_exercise_that_was_left_goes_on_where_it_was_and_its_hint_is_remembered() {
    let home = Home::empty();
    let run = home.pipe(
        &["train", "first-report", "--plain"],
        "\n+\n5\n1\n!\n".as_bytes(),
    );
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(
        run.err.contains("LEDTRÅD:") && run.err.contains("Övningen är sparad"),
        "{}",
        run.err
    );
    assert!(home.run(&["train"]).out.contains("påbörjad"));
    let run = home.pipe(&["train", "first-report", "--plain"], "\n1\n!\n".as_bytes());
    assert!(
        run.err.contains("Du fortsätter där du slutade"),
        "{}",
        run.err
    );
    assert!(!run.err.contains("Vem är du orolig för?"), "{}", run.err);
    let questions =
        progress(&home)["exercises"]["first-report"]["under-way"]["attempt"]["questions"].clone();
    assert_eq!(
        questions[0]["tries"],
        serde_json::json!(["unsure", "child"])
    );
    assert_eq!(
        (&questions[0]["hint"], &questions[0]["right"]),
        (&Value::Bool(true), &Value::Bool(false))
    );
    assert_eq!(questions[1]["place"], "route.recipient");
}

#[test]
fn a_sentence_that_does_not_hold_is_written_again() {
    let home = Home::empty();
    let lines = "\n1\n1\n1\n1 2\n2a\n2b\njag vet inte\n<\nBarnet är ensamt om kvällarna.\n3\n!\n";
    let run = home.pipe(&["train", "first-report", "--plain"], lines.as_bytes());
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(
        run.err
            .contains("Tidigare svar: Den har betydelse, så här: jag vet inte"),
        "{}",
        run.err
    );
    let kept = &progress(&home)["exercises"]["first-report"]["under-way"];
    let link = &kept["document"]["items"][0]["answers"]["link"];
    assert_eq!(link["text"], "Barnet är ensamt om kvällarna.");
    let sentences = kept["attempt"]["sentences"].as_array().unwrap();
    assert_eq!(
        (sentences.len(), &sentences[0]["self-check"]),
        (1, &Value::from(3))
    );
}

#[test]
fn the_trap_of_the_certificate_is_explained_and_counts() {
    let home = Home::empty();
    let lines = "\n1\n1\n1\n1\n1 2 3\n1\n3a\n3a\nR skadar sig.\n3\n1\nb\n25 kap. 1 §\n1\n!\n";
    let run = home.pipe(&["train", "certificate-trap", "--plain"], lines.as_bytes());
    assert_eq!(run.code, Some(0), "{}", run.err);
    let (_, after) = run.err.split_once("59  Osäker").unwrap();
    assert!(
        after.contains("INTE HÄR. Uppgiften finns hos Försäkringskassan"),
        "{after}"
    );
    assert!(
        after.contains("RÄTT."),
        "the harm question goes on with the usual provision: {after}"
    );
    let kept =
        &progress(&home)["exercises"]["certificate-trap"]["under-way"]["attempt"]["questions"];
    let chosen = kept
        .as_array()
        .unwrap()
        .iter()
        .find(|asked| asked["place"] == "items[0].provisions")
        .unwrap();
    assert_eq!(chosen["tries"], serde_json::json!(["osl-25-1"]));
    assert_eq!(
        (&chosen["accepted"], &chosen["right"]),
        (&serde_json::json!(["osl-28-1"]), &Value::Bool(false))
    );
}

#[test]
fn the_solution_is_shown_after_a_try_and_not_before() {
    let home = Home::empty();
    let run = home.run(&["train", "solution", "first-report"]);
    assert_eq!((run.code, run.out.as_str()), (Some(1), ""));
    assert!(run.err.contains("när du har försökt"), "{}", run.err);
    home.pipe(&["train", "first-report", "--plain"], "\n1\n!\n".as_bytes());
    let run = home.run(&["train", "solution", "first-report"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(
        run.out.starts_with("ÖVNING, expertens lösning")
            && run.out.contains("tre kvällar i veckan"),
        "{}",
        run.out
    );
}

#[test]
fn a_damaged_file_is_set_aside_in_one_sentence_and_nothing_is_lost() {
    let home = Home::empty();
    home.pipe(&["train", "first-report", "--plain"], "\n1\n!\n".as_bytes());
    let folder = home.path().join(".local/state/sekretesskoll");
    let path = folder.join("training.json");
    let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);
    for damage in ["{\"training\":1,", "", "\u{feff}[]", "{\"training\":9}"] {
        fs::write(&path, damage).unwrap();
        let run = home.run(&["train"]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        assert!(
            run.err.contains("gick inte att läsa"),
            "{damage}: {}",
            run.err
        );
        assert!(!path.exists());
    }
    fs::write(&path, b"\xff\xfe").unwrap();
    assert!(home.run(&["train"]).err.contains("gick inte att läsa"));
    let aside: Vec<String> = (1..=5)
        .map(|number| format!("training-damaged-{number}.json"))
        .collect();
    for (name, damage) in aside.iter().zip(["{\"training\":1,", "", "\u{feff}[]"]) {
        assert_eq!(fs::read_to_string(folder.join(name)).unwrap(), damage);
    }
    assert!(folder.join(&aside[4]).exists());
}

#[test]
fn an_answers_document_is_judged_as_in_an_exam() {
    let home = Home::empty();
    let set = set();
    let exercise = set.find("journal").unwrap();
    let solution = serde_json::to_value(exercise.solution(Lang::Sv)).unwrap();
    let judged = |document: &Value| -> Run {
        home.file("svar.json", document.to_string());
        home.run(&["train", "journal", "--answers", "svar.json"])
    };
    let run = judged(&solution);
    assert_eq!(run.code, Some(0), "{} {}", run.out, run.err);
    assert!(run.out.contains("ÅTERKOPPLING") && run.out.contains("Experten:"));
    let mut wrong = solution.clone();
    wrong["items"][1]["answers"]["describe"] =
        serde_json::json!({ "answer": "no", "text": "Alltihop." });
    for (question, answer) in [("link", "some"), ("need-duty", "yes")] {
        wrong["items"][1]["answers"][question] = serde_json::json!({ "answer": answer });
    }
    wrong["items"][1]["answers"]["link"]["text"] = "Allt hör ihop.".into();
    let run = judged(&wrong);
    assert_eq!(run.code, Some(3), "{} {}", run.out, run.err);
    assert!(run.out.contains("85 sidor som inte rör U"), "{}", run.out);
    let mut lacking = solution.clone();
    lacking["closing"] = serde_json::json!({});
    assert_eq!(judged(&lacking).code, Some(4));
    let mut other = solution.clone();
    other["on"] = "2026-01-14".into();
    let run = judged(&other);
    assert_eq!(
        (run.code, run.err.contains("--document")),
        (Some(1), true),
        "{}",
        run.err
    );
    let blank = home.run(&["train", "journal", "--document"]);
    assert_eq!(
        judged(&serde_json::from_str(&blank.out).unwrap()).code,
        Some(4)
    );
}

/// A class of three: two who practised, one of them with a wrong answer, and one in an exam.
fn class() -> Home {
    let home = Home::empty();
    fs::create_dir(home.work().join("klass")).unwrap();
    let trees = trees();
    let set = set();
    let exercise = set.find("manager").unwrap();
    let right: String = Trainee::new(&trees, exercise, false)
        .walk()
        .iter()
        .map(|does| format!("{}\n", does.reply))
        .collect();
    let wrong = right.replacen("1\n", "6\n5\n1\n", 1);
    for (who, lines) in [("Röd", &right), ("Blå", &wrong), ("Gul", &wrong)] {
        let run = home.pipe(&["train", "manager", "--plain"], lines.as_bytes());
        assert_eq!(run.code, Some(0), "{}", run.err);
        let run = home.run(&["train", "hand-in", "klass", "--as", who]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        assert_eq!(home.run(&["train", "reset", "--all"]).code, Some(0));
    }
    home
}

#[test]
fn the_group_leader_sees_where_the_class_goes_wrong() {
    let home = class();
    let run = home.run(&["train", "--class", "klass"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(
        run.out
            .contains("Vem är du orolig för?\t\t1/3\tIngen just nu (2)"),
        "{}",
        run.out
    );
    let csv = home.run(&["train", "--class", "klass", "--format", "csv"]);
    assert!(
        csv.out
            .contains("route.whom,route.whom,Vem är du orolig för?,,1,3,0,nobody,Ingen just nu,2"),
        "{}",
        csv.out
    );
    let html = home.run(&[
        "train",
        "--class",
        "klass",
        "--format",
        "html",
        "-o",
        "klass.html",
    ]);
    assert_eq!(
        (html.code, html.out.as_str()),
        (Some(0), ""),
        "{}",
        html.err
    );
    let page = fs::read_to_string(home.work().join("klass.html")).unwrap();
    assert!(
        page.contains("ÖVNING") && page.contains("<svg") && page.contains(">1/3</text>"),
        "{page}"
    );
    assert!(
        page.contains("kan inte upphäva din skyldighet"),
        "the feedback stands there too"
    );
    for fetched in ["<script", "http://", "https://", "url(", "@import", "src="] {
        assert!(!page.contains(fetched), "{fetched}");
    }
    let again = home.run(&[
        "train",
        "--class",
        "klass",
        "--format",
        "html",
        "-o",
        "klass.html",
    ]);
    assert_eq!(again.code, Some(1), "a file is never overwritten");
}

#[test]
fn what_is_no_result_is_told_and_not_counted() {
    let home = class();
    home.file("klass/trasig.json", b"\xff{");
    home.file("klass/annat.json", "{\"kind\":\"record\"}");
    let entries = fs::read_dir(home.work().join("klass")).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.to_string_lossy().contains("ovning-"));
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let text = text.replace("Chefen som vill stoppa", "Chefen\\u001b[2J<script>");
        fs::write(path, text).unwrap();
    }
    let run = home.run(&["train", "--class", "klass"]);
    assert_eq!(run.code, Some(0));
    assert_eq!(
        run.err.matches("är inget resultat").count(),
        2,
        "{}",
        run.err
    );
    assert!(
        run.out.contains("\t3\t") && !run.out.contains('\u{1b}'),
        "{}",
        run.out
    );
    let page = home
        .run(&["train", "--class", "klass", "--format", "html"])
        .out;
    assert!(
        page.contains("&lt;script&gt;") && !page.contains("<script"),
        "{page}"
    );
    fs::create_dir(home.work().join("tom")).unwrap();
    for folder in ["tom", "finns-inte"] {
        let run = home.run(&["train", "--class", folder]);
        assert_eq!((run.code, run.out.as_str()), (Some(1), ""), "{folder}");
    }
}

#[test]
fn handing_in_twice_changes_nothing_and_no_name_is_told() {
    let home = Home::empty();
    fs::create_dir(home.work().join("klass")).unwrap();
    assert_eq!(
        home.run(&["train", "hand-in", "klass"]).code,
        Some(1),
        "nothing done yet"
    );
    home.pipe(&["train", "disproved", "--plain"], "\n6\n\n".as_bytes());
    let files = || -> BTreeSet<_> {
        fs::read_dir(home.work().join("klass"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect()
    };
    assert_eq!(home.run(&["train", "hand-in", "klass"]).code, Some(0));
    let first = files();
    assert_eq!(home.run(&["train", "hand-in", "klass"]).code, Some(0));
    assert_eq!((first.len(), &files()), (1, &first));
    let path = first.first().unwrap();
    let text = fs::read_to_string(path).unwrap();
    let document: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (
            &document["kind"],
            document["trainee"].as_str().unwrap().len()
        ),
        (&"exercise".into(), 8)
    );
    assert!(document["says"].as_str().unwrap().starts_with("ÖVNING"));
    assert!(
        path.file_name()
            .unwrap()
            .to_string_lossy()
            .starts_with("ovning-disproved-")
    );
    assert_eq!(
        fs::metadata(path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let bad = home.run(&["train", "hand-in", "klass", "--as", "A\u{202e}B/.."]);
    assert_eq!(bad.code, Some(2), "{}", bad.err);
}

#[test]
fn statements_follow_the_rules_of_xapi_and_are_the_same_each_time() {
    let home = class();
    let export =
        |args: &[&str]| home.run(&[&["train", "export", "--xapi", "klass"], args].concat());
    let run = export(&["--home", "https://kurs.example"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let statements: Vec<Value> = serde_json::from_str(&run.out).unwrap();
    let of = |verb: &str| {
        let verb = format!("http://adlnet.gov/expapi/verbs/{verb}");
        statements
            .iter()
            .filter(move |statement| statement["verb"]["id"] == verb.as_str())
    };
    assert_eq!(of("completed").count(), 3);
    assert_eq!(of("answered").count() + 3, statements.len());
    let ids: BTreeSet<&str> = statements
        .iter()
        .map(|statement| statement["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), statements.len());
    for statement in &statements {
        let parts: Vec<usize> = statement["id"]
            .as_str()
            .unwrap()
            .split('-')
            .map(str::len)
            .collect();
        assert_eq!(parts, [8, 4, 4, 4, 12]);
        let moment = statement["timestamp"].as_str().unwrap();
        assert!(moment.parse::<jiff::Timestamp>().is_ok(), "{moment}");
        assert!(
            statement["object"]["id"]
                .as_str()
                .unwrap()
                .starts_with("https://kurs.example/")
        );
    }
    let wrong = of("answered")
        .find(|statement| statement["result"]["success"] == false)
        .unwrap();
    let feedback = &wrong["result"]["extensions"]["https://kurs.example/xapi/feedback"];
    assert!(
        feedback
            .as_str()
            .unwrap()
            .contains("upphäva din skyldighet"),
        "{wrong}"
    );
    let scaled =
        of("completed").map(|statement| statement["result"]["score"]["scaled"].as_f64().unwrap());
    assert!(scaled.clone().all(|scaled| (0.0..=1.0).contains(&scaled)) && scaled.count() == 3);
    assert_eq!(run.out, export(&["--home", "https://kurs.example"]).out);
    assert_eq!(export(&["--home", "kurs"]).code, Some(2));
}

/// Its mark, the answer, and what is said about it.
type GiftAnswer = (char, String, String);

/// A reader of GIFT as Moodle documents it, with nothing in common with the writer: escapes are undone, braces matched.
fn gift_questions(gift: &str) -> Vec<(String, Vec<GiftAnswer>)> {
    let mut hidden = String::new();
    let mut signs = gift.chars();
    while let Some(sign) = signs.next() {
        if sign == '\\' {
            let escaped = signs.next().unwrap();
            assert!("~=#{}:\\n".contains(escaped), "\\{escaped}");
            hidden.push('\u{1}');
        } else {
            hidden.push(sign);
        }
    }
    let blocks = hidden.split("\n\n").filter(|block| block.starts_with("::"));
    let read = |block: &str| {
        let (_, rest) = block[2..].split_once("::").unwrap();
        assert!(
            rest.matches('{').count() <= 1
                && rest.matches('{').count() == rest.matches('}').count(),
            "{block}"
        );
        let Some((stem, answers)) = rest.split_once('{') else {
            return (rest.to_owned(), Vec::new());
        };
        let answers = answers.trim_end().strip_suffix('}').unwrap();
        let lines = answers
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty());
        let answers = lines.map(|line| {
            let mark = line.chars().next().unwrap();
            let (text, said) = line[1..].split_once('#').unwrap();
            (mark, text.to_owned(), said.to_owned())
        });
        (stem.to_owned(), answers.collect())
    };
    blocks.map(read).collect()
}

#[test]
fn every_exercise_is_written_for_moodle_with_feedback_for_every_answer() {
    let home = Home::empty();
    for lang in ["sv", "en"] {
        let run = home.run(&["train", "export", "--gift", "--lang", lang]);
        assert_eq!(run.code, Some(0), "{}", run.err);
        assert_eq!(run.out.matches("$CATEGORY:").count(), set().exercises.len());
        let questions = gift_questions(&run.out);
        let choices = questions.iter().filter(|(_, answers)| answers.len() > 1);
        assert!(choices.clone().count() > 300, "{}", choices.count());
        for (stem, answers) in choices {
            assert!(answers.iter().any(|(mark, ..)| *mark == '='), "{stem}");
            assert!(answers.iter().any(|(mark, ..)| *mark == '~'), "{stem}");
            assert!(
                answers.iter().all(|(mark, text, said)| "=~".contains(*mark)
                    && !text.is_empty()
                    && said.len() > 15),
                "{stem} {answers:?}"
            );
        }
    }
    let one = home.run(&[
        "train",
        "export",
        "--gift",
        "--only",
        "disproved",
        "-o",
        "ovning.gift",
    ]);
    assert_eq!(one.code, Some(0), "{}", one.err);
    assert_eq!(
        home.run(&["train", "export", "--gift", "--only", "finns-inte"])
            .code,
        Some(2)
    );
}

#[test]
fn the_set_is_proved_and_comes_to_every_question_and_every_section() {
    let home = Home::empty();
    let run = home.run(&["train", "check"]);
    assert_eq!(run.code, Some(0), "{}\n{}", run.out, run.err);
    for covered in [
        "route\t21/21\t3/3",
        "item\t27/27\t14/14",
        "sending\t6/6\t1/1",
        "closing\t4/4\t10/10",
    ] {
        assert!(run.out.contains(covered), "{}", run.out);
    }
    let sections = run
        .out
        .lines()
        .find(|line| line.starts_with("Lagrum"))
        .unwrap();
    let numbers: Vec<&str> = sections
        .split_whitespace()
        .filter(|word| word.parse::<usize>().is_ok())
        .collect();
    assert!(numbers.len() == 2 && numbers[0] == numbers[1], "{sections}");
}

/// Changes to a sound exercise, and words of the fault that each must give.
const FAULTS: &[(&str, &str, &str)] = &[
    (
        "answer = \"child\"",
        "answer = \"adult\"",
        "stämmer inte med trädens utfall",
    ),
    (
        "route = \"duty-to-report\"",
        "route = \"general-clause\"",
        "väntat `general-clause`, blev `duty-to-report`",
    ),
    ("wrong.nobody", "wrong.child", "`wrong.child` visas aldrig"),
    ("wrong.nobody", "wrong.alla", "`wrong.alla` visas aldrig"),
    (
        "wrong.nobody",
        "right.nobody",
        "`right.nobody` visas aldrig",
    ),
    (
        "also = [\"told\"]",
        "also = [\"board\"]",
        "`board` i `also`",
    ),
    (
        "also = [\"unsure\"]",
        "also = [\"no\"]",
        "med `no` saknas ett svar",
    ),
    (
        "enough   = { answer = \"yes\" }",
        "enough   = { answer = \"yes\", also = [\"no\"] }",
        "`no` i `also`",
    ),
    (
        "learned   = { answer = \"service\" }",
        "",
        "route.learned: missing",
    ),
    (
        "learned   = { answer = \"service\" }",
        "learned   = { answer = \"service\" }\nconsent = { answer = \"none\" }",
        "svaret behövs aldrig",
    ),
    ("minutes  = 8", "minutes  = 30", "en övning tar 1–9 minuter"),
    ("minutes  = 8", "minutes  = 1", "det tar omkring"),
    (
        "source   = \"Påhittat fall\"",
        "source   = \"jo-finns-inte\"",
        "källan är varken",
    ),
    (
        "en = \"The child who is not fetched\"",
        "en = \"\"",
        "texten saknas på ett av språken",
    ),
    (
        "på två veckor",
        "på {finns-inte}",
        "platshållaren {finns-inte} finns inte",
    ),
    (
        "level    = \"easy\"",
        "level    = \"enkel\"",
        "går inte att läsa",
    ),
    (
        "on        = \"2026-11-20\"",
        "on        = \"2026-02-30\"",
        "går inte att läsa",
    ),
    (
        "authority = \"forskola\"",
        "authority = \"dagis\"",
        "authority: unknown-authority",
    ),
    (
        "text = { sv = \"B, tre år, har",
        "text = { se = \"B, tre år, har",
        "går inte att läsa",
    ),
];

#[test]
fn what_is_wrong_with_an_exercise_is_said_with_its_place() {
    let home = Home::empty();
    assert_eq!(home.run(&["train", "new", "eget-fall"]).code, Some(0));
    let sound = fs::read_to_string(home.work().join("eget-fall.toml")).unwrap();
    assert_eq!(
        home.run(&["train", "check", "--exercises", "."]).code,
        Some(0)
    );
    for (from, to, says) in FAULTS {
        assert!(sound.contains(from), "{from}");
        home.file("eget-fall.toml", sound.replacen(from, to, 1));
        let run = home.run(&["train", "check", "--exercises", "."]);
        let said = format!("{}{}", run.out, run.err);
        assert!(matches!(run.code, Some(1 | 3)), "{from} → {to}: {said}");
        assert!(
            said.contains(says) && said.contains("eget-fall.toml"),
            "{from} → {to}: {said}"
        );
    }
}

#[test]
fn a_new_exercise_is_walked_and_never_overwritten() {
    let home = Home::empty();
    assert_eq!(home.run(&["train", "new", "eget-fall"]).code, Some(0));
    assert_eq!(home.run(&["train", "new", "eget-fall"]).code, Some(1));
    for wrong in ["Eget", "../x", "a b", ""] {
        assert_eq!(home.run(&["train", "new", wrong]).code, Some(2), "{wrong}");
    }
    let list = home.run(&["train", "--exercises", "."]);
    assert!(
        list.out.contains("Barnet som inte blir hämtat"),
        "{}",
        list.out
    );
    let run = home.pipe(
        &["train", "eget-fall", "--exercises", ".", "--plain"],
        "\n6\n1\n!\n".as_bytes(),
    );
    assert!(run.err.contains("Tre timmar utan hämtning"), "{}", run.err);
}

#[test]
fn wrong_usage_is_told_in_a_sentence() {
    let home = Home::empty();
    for (args, code, says) in [
        (vec!["train", "99"], 2, "från 1 till"),
        (vec!["train", "0"], 2, "från 1 till"),
        (vec!["train", "first-raport"], 2, "first-report"),
        (vec!["train", "1"], 2, "--plain"),
        (vec!["train", "--exercises", "finns-inte"], 1, "finns inte"),
        (vec!["train", "reset"], 2, "--all"),
        (vec!["train", "export"], 2, "--gift"),
        (
            vec!["train", "1", "--answers", "finns-inte.json"],
            1,
            "finns inte",
        ),
    ] {
        let run = home.run(&args);
        assert_eq!(
            (run.code, run.out.as_str()),
            (Some(code), ""),
            "{args:?}: {}",
            run.err
        );
        assert!(run.err.contains(says), "{args:?}: {}", run.err);
    }
    let empty = home.pipe(&["train", "first-report", "--plain"], b"");
    assert_eq!(empty.code, Some(1), "{}", empty.err);
}

#[test]
fn ctrl_c_leaves_a_whole_exercise_to_go_on_with() {
    let home = Home::empty();
    let mut terminal = home.terminal(&["train", "first-report"]);
    terminal.answer("Tryck Enter", "");
    terminal.answer("Vem är du orolig för?", "1");
    terminal.see("Vem ska få uppgifterna?");
    terminal.see(" > ");
    terminal.control('C');
    assert_eq!(terminal.end(), Some(130), "{}", terminal.seen);
    assert!(
        terminal.seen.contains("Övningen är sparad"),
        "{}",
        terminal.seen
    );
    assert!(home.run(&["train"]).out.contains("påbörjad"));
}

/// Training has no path to the record writer: nothing in it names what a record is made of.
#[test]
fn nothing_in_the_training_room_can_make_a_record() {
    let mut files: Vec<_> = vec![
        "src/training.rs".into(),
        "src/cli/train.rs".into(),
        "src/cli/interview/coach.rs".into(),
    ];
    for folder in ["src/training", "src/cli/train"] {
        files.extend(
            fs::read_dir(folder)
                .unwrap()
                .map(|entry| entry.unwrap().path()),
        );
    }
    assert!(files.len() > 15);
    for file in files {
        let source = fs::read_to_string(&file).unwrap();
        for word in [
            "record::",
            "Made",
            "write_record",
            "Record",
            "Letter",
            "Dispatch",
            "note::note",
        ] {
            let named = source
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .any(|line| line.contains(word));
            assert!(!named, "{} names {word}", file.display());
        }
    }
}

#[test]
fn every_exercise_in_the_folder_is_built_in_and_none_is_part_of_the_trees() {
    let names: BTreeSet<String> = fs::read_dir("decision-trees/exercises")
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    let built_in: BTreeSet<String> = sekretesskoll::training::embedded::files()
        .into_keys()
        .collect();
    assert_eq!(names, built_in);
    assert!(
        sekretesskoll::embedded::FILES
            .iter()
            .all(|(name, _)| !built_in.contains(*name))
    );
}

/// The lesson names exercises by number and name, and says what they are about: both hold.
#[test]
fn the_commands_of_the_lesson_are_commands_and_its_exercises_are_there() {
    let lesson = fs::read_to_string("docs/ovningspass.md").unwrap();
    let set = set();
    let home = Home::empty();
    let mut named = 0;
    for rest in lesson.split("sekretesskoll train ").skip(1) {
        let word = rest.split([' ', '\n', '`']).next().unwrap();
        let is_command = home.run(&["train", word, "--help"]).code == Some(0);
        if word.starts_with("--") || (is_command && set.find(word).is_none()) {
            continue;
        }
        assert!(set.find(word).is_some(), "{word}");
        named += 1;
    }
    assert!(named >= 6, "{named}");
    let at = |number: &str| set.find(number).map(|exercise| exercise.id.as_str());
    assert_eq!(
        (at("1"), at("2"), at("3")),
        (Some("first-report"), Some("too-thin"), Some("disproved"))
    );
    for id in ["day-before", "day-after", "certificate-trap", "fk-2020"] {
        assert!(lesson.contains(id) && set.find(id).is_some(), "{id}");
    }
}
