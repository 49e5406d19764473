//! `train`: exercises walked by the interview of `assess`. Nothing here can write a record.

mod coach;
mod progress;
mod teacher;
pub(crate) mod words;

use std::io::IsTerminal as _;

use anyhow::{Result, anyhow};
use clap::ArgMatches;

use sekretesskoll::answers::AnswersDocument;
use sekretesskoll::assessment::{Assessment, assess};
use sekretesskoll::language::Lang;
use sekretesskoll::training::{Attempt, Exercise, Mode, Set};
use sekretesskoll::trees::Trees;

use crate::cli::args::Usage;
use crate::cli::assess::wants_plain;
use crate::cli::files::{self, Draft};
use crate::cli::interview::{Ended, Interview};
use crate::cli::term::{self, Face, Prompt, Reply, Style};
use crate::cli::train::coach::Beside;
use crate::cli::train::progress::{Progress, UnderWay};
use crate::cli::{Exit, clock, guard, lack, out, say, screen};

/// Runs the command.
pub(crate) fn run(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    match matches.subcommand() {
        Some(("solution", matches)) => solution(lang, matches),
        Some(("hand-in", matches)) => teacher::hand_in(lang, matches),
        Some(("reset", matches)) => reset(lang, matches),
        Some(("export", matches)) => teacher::export(lang, matches),
        Some(("new", matches)) => teacher::new(lang, matches),
        Some(("check", matches)) => teacher::check(lang, matches),
        _ if matches.contains_id("class") => teacher::class(lang, matches),
        _ => match matches.get_one::<String>("exercise") {
            Some(name) => walk(lang, matches, name),
            None => list(lang, matches),
        },
    }
}

/// The exercises to use: built in, of a folder, or those that lie with trees of a folder.
pub(crate) fn exercises(lang: Lang, matches: &ArgMatches) -> Result<Set> {
    let read = match folder(matches) {
        Some(folder) => Set::from_files(&files::read_exercises(lang, &folder)?),
        None => Set::built_in(),
    };
    read.map_err(|faults| {
        for fault in &faults {
            say(&fault.line(lang));
        }
        anyhow!(words::unreadable(lang, &faults.len()))
    })
}

/// The folder of exercises, if they are not the built-in ones.
fn folder(matches: &ArgMatches) -> Option<String> {
    let own = matches.get_one::<String>("exercises").cloned();
    own.or_else(|| {
        let trees = matches.get_one::<String>("trees")?;
        let folder = std::path::Path::new(trees).join("exercises");
        folder
            .is_dir()
            .then(|| folder.to_string_lossy().into_owned())
    })
}

/// The exercise of a name or a number.
fn named<'s>(lang: Lang, set: &'s Set, name: &str) -> Result<&'s Exercise> {
    set.find(name).ok_or_else(|| {
        let known = set.exercises.iter().map(|exercise| exercise.id.as_str());
        let hint = lack::hint(lang, name, known);
        Usage(words::no_such_exercise(
            lang,
            &name,
            &set.exercises.len(),
            &hint,
        ))
        .into()
    })
}

fn list(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let set = exercises(lang, matches)?;
    let progress = Progress::read(lang)?;
    let columns = [
        words::column_number(lang),
        words::column_exercise(lang),
        words::column_level(lang),
        words::column_minutes(lang),
        words::column_status(lang),
    ];
    let rows = set.exercises.iter().enumerate().map(|(at, exercise)| {
        [
            (at + 1).to_string(),
            exercise.title.get(lang).to_owned(),
            exercise.level.text(lang).to_owned(),
            exercise.minutes.to_string(),
            progress.status(lang, &exercise.id),
        ]
    });
    out(&if std::io::stdout().is_terminal() {
        let lines = std::iter::once(columns).chain(rows);
        lines.map(words::list_line).collect()
    } else {
        crate::cli::rows(&columns, rows)
    })?;
    let next = set
        .exercises
        .iter()
        .position(|exercise| !progress.is_done(&exercise.id));
    say(&screen::wrap(&match next {
        Some(at) => words::how_to_begin(lang, &(at + 1)),
        None => words::all_done(lang),
    }));
    Ok(Exit::Done)
}

fn walk(lang: Lang, matches: &ArgMatches, name: &str) -> Result<Exit> {
    let trees = crate::cli::trees(lang, matches)?;
    let set = exercises(lang, matches)?;
    let exercise = named(lang, &set, name)?;
    let room = Room {
        lang,
        trees: &trees,
        set: &set,
        exercise,
    };
    if matches.get_flag("document") {
        let document = exercise.begun(lang);
        out(&format!("{}\n", serde_json::to_string_pretty(&document)?))?;
        return Ok(Exit::Done);
    }
    if let Some(path) = matches.get_one::<String>("answers") {
        return room.judge_file(path);
    }
    let plain = matches.get_flag("plain") || wants_plain();
    let mode = if matches.get_flag("exam") {
        Mode::Exam
    } else {
        Mode::Practice
    };
    let terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    if !plain && !terminal {
        return Err(Usage(words::no_terminal(lang)).into());
    }
    guard::watch_and_say(move || Some(screen::wrap(&words::kept(lang))))?;
    match term::choose(lang, plain)? {
        Some(mut face) => room.session(face.as_mut(), mode),
        None => Err(Usage(words::no_terminal(lang)).into()),
    }
}

/// An exercise with everything that it needs.
struct Room<'a> {
    lang: Lang,
    trees: &'a Trees,
    set: &'a Set,
    exercise: &'a Exercise,
}

impl Room<'_> {
    fn assess<'d>(&self, document: &'d AnswersDocument) -> Result<Assessment<'_, 'd>> {
        assess(self.trees, document)
            .map_err(|need| anyhow!(lack::sentence(self.lang, self.trees, &need, document)))
    }

    fn session(&self, face: &mut dyn Face, mode: Mode) -> Result<Exit> {
        let lang = self.lang;
        let begun = self.begin(face, mode)?;
        face.say(&words::desk(self.set, self.trees, self.exercise, lang))?;
        face.say(&screen::wrap(&words::rules(lang, mode)))?;
        if let Reply::Leave = face.ask(&Prompt {
            text: screen::wrap(&words::begin(lang)),
            style: Style::Short,
        })? {
            return Ok(Exit::Done);
        }
        let draft = Draft {
            format: 1,
            document: begun.document,
            ..Draft::default()
        };
        let mut beside = Beside::new(self.set, self.trees, self.exercise, lang, begun.attempt);
        let (ended, document) = {
            let interview = Interview::new(self.trees, lang, face, draft, None);
            let mut interview = interview.coached(&mut beside);
            (interview.run(), interview.document)
        };
        match ended {
            Ok(Ended::Finished) => self.finish(face, beside.attempt, &document),
            Ok(Ended::Left) => {
                say(&screen::wrap(&words::kept(lang)));
                Ok(Exit::Done)
            }
            Err(error) => {
                say("");
                say(&screen::wrap(&words::kept(lang)));
                Err(error)
            }
        }
    }

    /// A new attempt, or the one that was left.
    fn begin(&self, face: &mut dyn Face, mode: Mode) -> Result<UnderWay> {
        let lang = self.lang;
        let progress = Progress::read(lang)?;
        let left = progress.under_way(&self.exercise.id);
        let fits = |left: &UnderWay| {
            let same = left.document.items.len() == self.exercise.items.len();
            same && left.attempt.mode == mode && left.attempt.trees == self.trees.digest
        };
        if let Some(left) = left.filter(fits) {
            face.say(&screen::wrap(&words::resumed(lang)))?;
            return Ok(left);
        }
        let mut attempt = Attempt::begun(&progress.trainee, self.exercise, mode, lang);
        attempt.started = clock::to_the_minute(&clock::now()?);
        attempt.trees.clone_from(&self.trees.digest);
        Ok(UnderWay {
            document: self.exercise.begun(lang),
            attempt,
        })
    }

    fn finish(
        &self,
        face: &mut dyn Face,
        attempt: Attempt,
        document: &AnswersDocument,
    ) -> Result<Exit> {
        let lang = self.lang;
        let assessment = self.assess(document)?;
        let mut beside = Beside::new(self.set, self.trees, self.exercise, lang, attempt);
        beside.only_what_stands(&assessment);
        if beside.attempt.mode == Mode::Exam {
            beside.tell_all(face, &assessment, document)?;
        }
        let plain = face.is_plain();
        if assessment.route_to_items().is_some() {
            face.say(&format!("\n{}", screen::wrap(&words::outcome(lang))))?;
            face.say(&screen::summary(&assessment, document, lang, plain))?;
        }
        let attempt = self.done(beside.attempt)?;
        face.say(&self.end(&attempt))?;
        Ok(Exit::Done)
    }

    /// Keeps a finished attempt.
    fn done(&self, mut attempt: Attempt) -> Result<Attempt> {
        attempt.finished = clock::to_the_minute(&clock::now()?);
        Progress::change(self.lang, |progress| progress.finished(&attempt))?;
        Ok(attempt)
    }

    /// The score, what happened in reality, and what comes next.
    fn end(&self, attempt: &Attempt) -> String {
        let lang = self.lang;
        let (right, of) = attempt.score();
        let score = match attempt.mode {
            Mode::Practice => words::score_practice(lang, &right, &of),
            Mode::Exam => words::score_exam(lang, &right, &of),
        };
        let exercise = self.exercise;
        let source = words::source(self.trees, exercise, lang);
        let at = self
            .set
            .exercises
            .iter()
            .position(|other| other.id == exercise.id);
        let next = at
            .map(|at| at + 2)
            .filter(|next| *next <= self.set.exercises.len());
        let next = next.map_or_else(|| words::last(lang), |next| words::next(lang, &next));
        let reality = words::text(self.trees, exercise, &exercise.reality, lang);
        let parts = [
            words::reality(lang),
            reality,
            source,
            String::new(),
            words::solution_is(lang, &exercise.id),
            words::hand_in_is(lang),
            next,
            sekretesskoll::training::says(lang).to_owned(),
        ];
        let lines: Vec<String> = parts.iter().map(|part| screen::wrap(part)).collect();
        let score = screen::wrap(&score);
        let wrong = words::wrong_at_first(attempt, lang);
        format!("\n{score}\n{wrong}\n{}", lines.join("\n"))
    }

    /// The face without prompts: an answers document, judged as in an exam; what is said is a result.
    fn judge_file(&self, path: &str) -> Result<Exit> {
        let lang = self.lang;
        let given = files::read_answers(lang, path)?;
        let document = self.of_exercise(path, given)?;
        let assessment = self.assess(&document)?;
        let progress = Progress::read(lang)?;
        let mut attempt = Attempt::begun(&progress.trainee, self.exercise, Mode::Exam, lang);
        attempt.started = clock::to_the_minute(&clock::now()?);
        attempt.trees.clone_from(&self.trees.digest);
        let mut beside = Beside::new(self.set, self.trees, self.exercise, lang, attempt);
        beside.note_all(&assessment, &document);
        for need in &assessment.needs {
            say(&lack::in_words(lang, &assessment, need, &document));
        }
        let mut face = Printed(String::new());
        beside.tell_all(&mut face, &assessment, &document)?;
        if !assessment.needs.is_empty() {
            out(&face.0)?;
            return Ok(Exit::Undetermined);
        }
        let attempt = self.done(beside.attempt)?;
        out(&format!("{}{}\n", face.0, self.end(&attempt)))?;
        let (right, of) = attempt.score();
        Ok(if right == of { Exit::Done } else { Exit::Found })
    }

    /// The answers belong to this exercise: its day, its authority, and what lies on its desk.
    fn of_exercise(&self, path: &str, given: AnswersDocument) -> Result<AnswersDocument> {
        let begun = self.exercise.begun(self.lang);
        let same_items = given.items.len() == begun.items.len();
        let other = |what: &str| {
            anyhow!(words::other_exercise(
                self.lang,
                &path,
                &self.exercise.id,
                &what
            ))
        };
        if given.on.is_some_and(|on| Some(on) != begun.on) {
            return Err(other("on"));
        }
        if given.authority.is_some() && given.authority != begun.authority {
            return Err(other("authority"));
        }
        if !same_items {
            return Err(other("items"));
        }
        let items = given
            .items
            .into_iter()
            .zip(begun.items)
            .map(|(item, begun)| sekretesskoll::answers::Item {
                origin: item.origin,
                about: item.about,
                answers: item.answers,
                provisions: item.provisions.or(begun.provisions.clone()),
                ..begun
            });
        Ok(AnswersDocument {
            items: items.collect(),
            on: begun.on,
            authority: begun.authority,
            follows: begun.follows,
            ..given
        })
    }
}

/// A face that only collects what is said.
struct Printed(String);

impl Face for Printed {
    fn ask(&mut self, _prompt: &Prompt<'_>) -> Result<Reply> {
        Ok(Reply::Answer(String::new()))
    }

    fn say(&mut self, text: &str) -> Result<()> {
        self.0.push_str(text);
        self.0.push('\n');
        Ok(())
    }

    fn is_plain(&self) -> bool {
        true
    }
}

/// The model solution, for whoever has tried.
fn solution(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let trees = crate::cli::trees(lang, matches)?;
    let set = exercises(lang, matches)?;
    let name = matches
        .get_one::<String>("exercise")
        .map(String::as_str)
        .unwrap_or_default();
    let exercise = named(lang, &set, name)?;
    if !Progress::read(lang)?.has_tried(&exercise.id) {
        return Err(anyhow!(words::try_first(lang, &exercise.id)));
    }
    let document = exercise.solution(lang);
    let room = Room {
        lang,
        trees: &trees,
        set: &set,
        exercise,
    };
    let assessment = room.assess(&document)?;
    out(&words::solution(&assessment, exercise, &document, lang))?;
    Ok(Exit::Done)
}

fn reset(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    if matches.get_flag("all") {
        Progress::change(lang, Progress::forget_all)?;
        say(&words::forgotten_all(lang));
        return Ok(Exit::Done);
    }
    let Some(name) = matches.get_one::<String>("exercise") else {
        return Err(Usage(words::reset_what(lang)).into());
    };
    let set = exercises(lang, matches)?;
    let exercise = named(lang, &set, name)?;
    Progress::change(lang, |progress| progress.forget(&exercise.id))?;
    say(&words::forgotten(lang, &exercise.title.get(lang)));
    Ok(Exit::Done)
}
