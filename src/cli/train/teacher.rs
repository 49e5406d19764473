//! For whoever leads a group: proves the exercises, begins a new one, gathers results.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use clap::ArgMatches;
use sha2::{Digest as _, Sha256};

use sekretesskoll::language::Lang;
use sekretesskoll::training::check::{self, Count, Report};
use sekretesskoll::training::class::{self, Class, Told};
use sekretesskoll::training::{Attempt, Exercise, Set, gift, scaffold, xapi};

use crate::cli::args::Usage;
use crate::cli::train::progress::Progress;
use crate::cli::train::{exercises, named, words};
use crate::cli::{Exit, files, out, say, screen};

/// The longest name that a trainee may choose.
const ALIAS: usize = 40;

/// Proves the exercises and shows what they exercise.
pub(crate) fn check(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let trees = crate::cli::trees(lang, matches)?;
    let set = exercises(lang, matches)?;
    let whole = !matches.contains_id("exercises");
    let report = check::check(&set, &trees, whole);
    let columns = [
        words::column_file(lang),
        words::column_level(lang),
        words::column_minutes(lang),
        words::column_asks(lang),
    ];
    let rows = set
        .exercises
        .iter()
        .zip(&report.asks)
        .map(|(exercise, asks)| {
            [
                exercise.id.clone(),
                exercise.level.text(lang).to_owned(),
                exercise.minutes.to_string(),
                asks.to_string(),
            ]
        });
    out(&crate::cli::rows(&columns, rows))?;
    coverage(lang, &report, whole)?;
    if report.faults.is_empty() {
        say(&screen::wrap(&words::sound(lang, &set.exercises.len())));
        return Ok(Exit::Done);
    }
    let lines: Vec<String> = report.faults.iter().map(|fault| fault.line(lang)).collect();
    crate::cli::out_findings(&lines)?;
    say(&words::faults(lang, &report.faults.len()));
    Ok(Exit::Found)
}

fn coverage(lang: Lang, report: &Report, whole: bool) -> Result<()> {
    let columns = [
        words::column_tree(lang),
        words::column_asked(lang),
        words::column_shown(lang),
        words::column_switches(lang),
        words::column_outcomes(lang),
    ];
    let of = |count: &Count| format!("{}/{}", count.done, count.all);
    let rows = report.trees.iter().map(|tree| {
        [
            tree.name.clone(),
            of(&tree.asked),
            of(&tree.shown),
            of(&tree.switches),
            of(&tree.outcomes),
        ]
    });
    out(&crate::cli::rows(&columns, rows))?;
    let told = [
        words::sections(lang, &report.sections.done, &report.sections.all),
        words::answers_told(lang, &report.answers),
    ];
    out(&told.map(|line| format!("{line}\n")).concat())?;
    let lacking = report
        .trees
        .iter()
        .flat_map(|tree| [&tree.asked, &tree.shown, &tree.switches, &tree.outcomes]);
    let lacking: Vec<&str> = lacking
        .chain([&report.sections])
        .flat_map(|count| &count.lacking)
        .map(String::as_str)
        .collect();
    if whole && !lacking.is_empty() {
        out(&format!(
            "{}\n",
            screen::wrap(&words::lacking(lang, &lacking.join(", ")))
        ))?;
    }
    Ok(())
}

/// Puts finished attempts in a folder. One that lies there already is the same one.
pub(crate) fn hand_in(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let folder = matches
        .get_one::<String>("folder")
        .map(PathBuf::from)
        .unwrap_or_default();
    let alias = alias(lang, matches)?;
    let progress = Progress::read(lang)?;
    let who = alias.unwrap_or_else(|| progress.trainee.clone());
    let attempts: Vec<Attempt> = progress
        .attempts()
        .map(|attempt| Attempt {
            trainee: who.clone(),
            ..attempt.clone()
        })
        .collect();
    if attempts.is_empty() {
        return Err(anyhow!(words::nothing_to_hand_in(lang)));
    }
    files::check_folder(lang, &folder)?;
    for attempt in &attempts {
        let text = format!("{}\n", serde_json::to_string_pretty(attempt)?);
        let path = folder.join(name_of(attempt, &text));
        if path.symlink_metadata().is_err() {
            files::write_new(lang, &path, &text)?;
        }
    }
    say(&screen::wrap(&words::handed_in(
        lang,
        &attempts.len(),
        &folder.display(),
        &who,
    )));
    Ok(Exit::Done)
}

fn alias(lang: Lang, matches: &ArgMatches) -> Result<Option<String>> {
    let Some(alias) = matches.get_one::<String>("as") else {
        return Ok(None);
    };
    let alias = alias.trim();
    let plain = |sign: char| sign.is_alphanumeric() || matches!(sign, ' ' | '-' | '_');
    if alias.is_empty() || alias.chars().count() > ALIAS || !alias.chars().all(plain) {
        return Err(Usage(words::bad_alias(lang, &alias)).into());
    }
    Ok(Some(alias.to_owned()))
}

/// What it is, which exercise, and digits of its content: nobody's name. Only signs that a file may have go in.
fn name_of(attempt: &Attempt, text: &str) -> String {
    let digest = sekretesskoll::source::hex(&Sha256::digest(text.as_bytes()));
    let plain = |sign: &char| sign.is_ascii_alphanumeric() || *sign == '-';
    let exercise: String = attempt.exercise.chars().filter(plain).collect();
    format!("ovning-{exercise}-{}.json", files::short(&digest))
}

/// The attempts of a folder. What is no attempt is told, and counts for nothing.
fn attempts(lang: Lang, folder: &str) -> Result<Vec<Attempt>> {
    let mut attempts = Vec::new();
    for path in files::json_files(lang, folder)? {
        let text = files::read_text(lang, &path.to_string_lossy());
        let attempt: Option<Attempt> = text.ok().and_then(|text| serde_json::from_str(&text).ok());
        match attempt.filter(Attempt::counts) {
            Some(attempt) => attempts.push(attempt),
            None => say(&screen::wrap(&words::not_result(lang, &path.display()))),
        }
    }
    if attempts.is_empty() {
        return Err(anyhow!(words::no_results(lang, &folder)));
    }
    Ok(attempts)
}

/// Where the class goes wrong.
pub(crate) fn class(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let folder = matches
        .get_one::<String>("class")
        .map(String::as_str)
        .unwrap_or_default();
    let trees = crate::cli::trees(lang, matches)?;
    let set = exercises(lang, matches)?;
    let class = class::gather(&attempts(lang, folder)?);
    let told = Told {
        class: &class,
        set: &set,
        trees: &trees,
        lang,
    };
    let text = match matches.get_one::<String>("format").map(String::as_str) {
        Some("csv") => told.csv(),
        Some("html") => told.page().html(),
        _ => table(&told),
    };
    put(lang, matches, &text)?;
    Ok(Exit::Done)
}

/// A result: in a new file, or on standard out.
fn put(lang: Lang, matches: &ArgMatches, text: &str) -> Result<()> {
    match matches.get_one::<String>("out").map(Path::new) {
        Some(path) => files::write_new(lang, path, text),
        None => out(text),
    }
}

/// The exercises, and under them the questions that somebody got wrong, the worst first.
fn table(told: &Told<'_>) -> String {
    let lang = told.lang;
    let columns = [
        words::column_exercise(lang),
        words::column_attempts(lang),
        words::column_right(lang),
    ];
    let rows = told.class.exercises.iter().map(|exercise| {
        let (right, of) = exercise.score();
        [
            exercise.title.clone(),
            exercise.trainees.to_string(),
            format!("{right}/{of}"),
        ]
    });
    let sums = crate::cli::rows(&columns, rows);
    let columns = [
        words::column_exercise(lang),
        words::column_of_question(lang),
        words::column_item(lang),
        words::column_right(lang),
        words::column_wrong(lang),
    ];
    format!(
        "{sums}{}",
        crate::cli::rows(&columns, wrong_rows(told, told.class))
    )
}

fn wrong_rows<'a>(told: &'a Told<'_>, class: &'a Class) -> impl Iterator<Item = [String; 5]> + 'a {
    class.exercises.iter().flat_map(move |exercise| {
        exercise.worst().into_iter().map(move |question| {
            let most = question.most_wrong().map(|(key, count)| {
                let (words, _) = told.answer(&exercise.id, question, key);
                format!("{words} ({count})")
            });
            [
                exercise.id.clone(),
                question.text.clone(),
                question.item.clone().unwrap_or_default(),
                format!("{}/{}", question.right, question.of),
                most.unwrap_or_default(),
            ]
        })
    })
}

/// Exercises for Moodle, or results for a learning record store.
pub(crate) fn export(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let only: Vec<&String> = matches
        .get_many::<String>("only")
        .unwrap_or_default()
        .collect();
    let text = if let Some(folder) = matches.get_one::<String>("xapi") {
        let home = matches
            .get_one::<String>("home")
            .map_or(xapi::HOME, String::as_str);
        if !xapi::is_home(home) {
            return Err(Usage(words::bad_home(lang, &home)).into());
        }
        let mut attempts = attempts(lang, folder)?;
        attempts.retain(|attempt| only.is_empty() || only.contains(&&attempt.exercise));
        format!(
            "{}\n",
            serde_json::to_string_pretty(&xapi::statements(&attempts, home))?
        )
    } else {
        let trees = crate::cli::trees(lang, matches)?;
        let set = exercises(lang, matches)?;
        gift::gift(&set, chosen(lang, &set, &only)?, &trees, lang)
    };
    put(lang, matches, &text)?;
    Ok(Exit::Done)
}

fn chosen<'s>(lang: Lang, set: &'s Set, only: &[&String]) -> Result<Vec<&'s Exercise>> {
    if only.is_empty() {
        return Ok(set.exercises.iter().collect());
    }
    only.iter().map(|name| named(lang, set, name)).collect()
}

/// A new exercise.
pub(crate) fn new(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let name = matches
        .get_one::<String>("name")
        .map(String::as_str)
        .unwrap_or_default();
    if !scaffold::is_name(name) {
        return Err(Usage(words::bad_name(lang, &name)).into());
    }
    let folder = matches.get_one::<String>("out").map_or(".", String::as_str);
    let path = Path::new(folder).join(format!("{name}.toml"));
    files::write_new(lang, &path, scaffold::scaffold())?;
    say(&screen::wrap(&words::scaffolded(
        lang,
        &path.display(),
        &folder,
    )));
    Ok(Exit::Done)
}
