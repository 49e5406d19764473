//! `assess`: three faces of one engine, and the record.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use clap::ArgMatches;

use sekretesskoll::answers::{AnswersDocument, Official};
use sekretesskoll::assessment::{Assessment, Stage, assess, given};
use sekretesskoll::language::Lang;
use sekretesskoll::record::{self, Made};
use sekretesskoll::request;
use sekretesskoll::tree::Role;
use sekretesskoll::trees::Trees;
use sekretesskoll::walk::Answers;

use crate::cli::args::Usage;
use crate::cli::files::{self, Draft, Hold};
use crate::cli::interview::{Ended, Interview};
use crate::cli::term::{Face, Plain, Prompt, Reply, Rich, Style};
use crate::cli::{Exit, clock, guard, lack, phrases, say, screen, settings};

const RESUME: &str = "sekretesskoll assess --resume";

/// Runs the command.
pub(crate) fn run(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let trees = crate::cli::trees(lang, matches)?;
    if let Some(folder) = matches.get_one::<String>("trees") {
        say(&phrases::from_folder(lang, folder));
    }
    clock::day(lang, matches)?;
    if let Some(folder) = folder(lang, matches)? {
        files::check_folder(lang, &folder)?;
        files::sweep(&folder, files::A_DAY);
    }
    age_drafts(lang, matches)?;
    match matches.get_one::<String>("answers") {
        Some(path) => from_file(lang, matches, &trees, path),
        None => with_a_person(lang, matches, &trees),
    }
}

/// Deletes drafts that have lain too long and says so; but not while somebody has come to take one up again.
fn age_drafts(lang: Lang, matches: &ArgMatches) -> Result<()> {
    if matches.get_flag("resume") || matches.get_flag("discard") {
        return Ok(());
    }
    let days = settings::keep_drafts(lang)?;
    for saved in files::age(lang, clock::today()?, days)? {
        let days = settings::days(lang, days);
        say(&screen::wrap(&phrases::draft_aged(lang, &saved, &days)));
    }
    Ok(())
}

/// That the draft is kept, for how long, and how to go on.
fn kept(lang: Lang) -> Result<String> {
    let days = settings::days(lang, settings::keep_drafts(lang)?);
    Ok(screen::wrap(&phrases::draft_kept(lang, &days, &RESUME)))
}

/// Flags win over the document, the document over the settings.
fn complete(lang: Lang, matches: &ArgMatches, document: &mut AnswersDocument) -> Result<()> {
    let saved = files::read_settings(lang)?;
    let flag = |name: &str| matches.get_one::<String>(name).cloned();
    document.on = clock::day(lang, matches)?
        .or(document.on)
        .or(Some(clock::today()?));
    document.authority = flag("authority")
        .or_else(|| document.authority.take())
        .or(saved.authority);
    document.case = flag("case").or_else(|| document.case.take());
    let known = document
        .official
        .take()
        .or(saved.official)
        .unwrap_or_default();
    document.official = Some(settings::with_flags(matches, known))
        .filter(|official| *official != Official::default());
    Ok(())
}

fn from_file(lang: Lang, matches: &ArgMatches, trees: &Trees, path: &str) -> Result<Exit> {
    let started = clock::now()?;
    let mut document = files::read_answers(lang, path)?;
    complete(lang, matches, &mut document)?;
    let assessment = match assess(trees, &document) {
        Ok(assessment) => assessment,
        Err(need) => {
            say(&lack::sentence(lang, trees, &need, &document));
            return Ok(Exit::Undetermined);
        }
    };
    if assessment.whole.is_none() || document.official.is_none() {
        return Ok(not_finished(lang, &assessment, &document));
    }
    let unused = unused(&assessment, &document);
    if !unused.is_empty() {
        say(&phrases::unused_answers(lang, &unused.join(", ")));
    }
    write(
        lang,
        matches,
        &assessment,
        &document,
        &clock::to_the_minute(&started),
    )?;
    Ok(Exit::Done)
}

/// Names everything that is missing or wrong.
fn not_finished(lang: Lang, assessment: &Assessment<'_, '_>, document: &AnswersDocument) -> Exit {
    let mut sentences: Vec<String> = assessment
        .needs
        .iter()
        .map(|need| lack::in_words(lang, assessment, need, document))
        .collect();
    sentences.extend(
        document
            .official
            .is_none()
            .then(|| phrases::no_official(lang)),
    );
    for sentence in &sentences {
        say(sentence);
    }
    say(&phrases::not_finished(lang, &sentences.len()));
    Exit::Undetermined
}

/// Places of answers that the path did not need: pointed out, so that nobody believes they counted.
fn unused(assessment: &Assessment<'_, '_>, document: &AnswersDocument) -> Vec<String> {
    let passed = |stage: Stage, id: &String| {
        let walked = assessment.walks().find(|(other, _, _)| *other == stage);
        walked.is_some_and(|(_, tree, walk)| {
            let mut steps = walk.steps();
            steps.any(|step| tree.question(step.question).id == *id)
        })
    };
    let unused = |(stage, answers): (Stage, &Answers)| -> Vec<String> {
        let ids = answers.keys().filter(|id| !passed(stage, id));
        ids.map(|id| stage.place(id).to_string()).collect()
    };
    given(document).flat_map(unused).collect()
}

/// Writes the record and gives its path, or prints it.
fn write(
    lang: Lang,
    matches: &ArgMatches,
    assessment: &Assessment<'_, '_>,
    document: &AnswersDocument,
    started: &str,
) -> Result<Option<PathBuf>> {
    let now = clock::now()?;
    let made = Made {
        started: started.to_owned(),
        finished: clock::to_the_minute(&now),
        day: now.date(),
    };
    let record = record::record(assessment, document, &made, lang)
        .ok_or_else(|| anyhow!(phrases::not_finished(lang, &1)))?;
    let text = format!("{}\n", serde_json::to_string_pretty(&record)?);
    let Some(folder) = folder(lang, matches)? else {
        crate::cli::out(&text).map_err(|error| cannot_print(lang, &error))?;
        return Ok(None);
    };
    let path = files::write_record(lang, &folder, &record.on, &record.digest, &text)?;
    // The record is written: that nobody reads its path is no failure.
    let _ = crate::cli::out(&format!("{}\n", path.display()));
    Ok(Some(path))
}

/// A record that could not be printed is lost, whoever stopped reading.
pub(crate) fn cannot_print(lang: Lang, error: &anyhow::Error) -> anyhow::Error {
    let io = error.downcast_ref::<std::io::Error>();
    let why = io.map_or_else(|| error.to_string(), |error| files::why(lang, error));
    anyhow!(phrases::cannot_write(lang, &"-", &why))
}

/// The folder for the record; none for standard out.
pub(crate) fn folder(lang: Lang, matches: &ArgMatches) -> Result<Option<PathBuf>> {
    let out = matches
        .get_one::<String>("out")
        .map(PathBuf::from)
        .or(files::read_settings(lang)?.out);
    let folder = out.unwrap_or_else(|| PathBuf::from("."));
    Ok(Some(folder).filter(|folder| folder.as_path() != Path::new("-")))
}

fn with_a_person(lang: Lang, matches: &ArgMatches, trees: &Trees) -> Result<Exit> {
    let plain = matches.get_flag("plain") || wants_plain();
    let terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    if !plain && !terminal {
        return Err(Usage(phrases::no_terminal(lang)).into());
    }
    if let Some(day) = clock::day(lang, matches)?.filter(|day| *day < trees.laws.first_day) {
        return Err(Usage(phrases::lack_before_first_day(
            lang,
            &day,
            &trees.laws.first_day,
        ))
        .into());
    }
    guard::watch(
        lang,
        settings::days(lang, settings::keep_drafts(lang)?),
        RESUME,
    )?;
    if plain {
        let mut face = Plain {
            input: std::io::stdin().lock(),
            output: std::io::stderr(),
        };
        session(lang, matches, trees, &mut face)
    } else {
        session(lang, matches, trees, &mut Rich::new(lang)?)
    }
}

/// Screen readers cannot be detected: `ACCESSIBLE` says so, and so does a dumb terminal.
pub(crate) fn wants_plain() -> bool {
    let accessible = std::env::var("ACCESSIBLE")
        .is_ok_and(|value| !matches!(value.as_str(), "" | "0" | "false"));
    accessible || std::env::var("TERM").is_ok_and(|term| term == "dumb")
}

fn session(lang: Lang, matches: &ArgMatches, trees: &Trees, face: &mut dyn Face) -> Result<Exit> {
    let Some((mut draft, path, hold)) = open(lang, matches, trees, face)? else {
        return Ok(Exit::Done);
    };
    if draft.started.is_empty() {
        draft.started = clock::to_the_minute(&clock::now()?);
    }
    let (started, kept) = (draft.started.clone(), kept(lang)?);
    guard::draft_exists();
    let mut interview = Interview::new(trees, lang, face, draft, Some(path.clone()));
    let ended = interview.run();
    let document = interview.document.clone();
    match ended {
        Ok(Ended::Finished) => {}
        Ok(Ended::Left) => {
            say(&kept);
            return Ok(Exit::Done);
        }
        Err(error) => {
            say("");
            say(&kept);
            return Err(error);
        }
    }
    let assessment = assess(trees, &document)
        .map_err(|need| anyhow!(lack::sentence(lang, trees, &need, &document)))?;
    let written = write(lang, matches, &assessment, &document, &started).inspect_err(|_| {
        say(&kept);
    })?;
    if assessment.route_to_items().is_some() {
        files::remove_draft(lang, &path, hold)?;
        guard::draft_gone();
    }
    farewell(lang, face, &assessment, &document, written.as_deref())?;
    Ok(Exit::Done)
}

/// The summary, and what to do now.
fn farewell(
    lang: Lang,
    face: &mut dyn Face,
    assessment: &Assessment<'_, '_>,
    document: &AnswersDocument,
    written: Option<&Path>,
) -> Result<()> {
    if assessment.route_to_items().is_some() {
        face.say(&format!("\n{}", screen::wrap(&phrases::summary(lang))))?;
        let plain = face.is_plain();
        face.say(&screen::summary(assessment, document, lang, plain))?;
    }
    if let Some(path) = written {
        face.say(&format!(
            "\n{}",
            screen::wrap(&phrases::written(lang, &path.display()))
        ))?;
    }
    let now = screen::what_now(assessment, document, written.is_some(), lang);
    if !now.is_empty() {
        face.say(&format!("\n{}", screen::wrap(&phrases::now(lang))))?;
    }
    for (at, line) in now.iter().enumerate() {
        face.say(&screen::numbered(&format!("{}.", at + 1), line))?;
    }
    let end = if assessment.route_to_items().is_some() {
        screen::wrap(&phrases::draft_gone(lang))
    } else {
        kept(lang)?
    };
    face.say(&format!("\n{end}"))
}

/// A draft, where it lies, and the hold on it that keeps other sessions away.
type Opened = (Draft, PathBuf, Hold);

/// Takes hold of a draft that no other session has.
fn held(lang: Lang, path: &Path) -> Result<Hold> {
    files::hold(lang, path)?.ok_or_else(|| anyhow!(phrases::draft_in_use(lang)))
}

/// A new draft, or a saved one; none when the official left.
fn open(
    lang: Lang,
    matches: &ArgMatches,
    trees: &Trees,
    face: &mut dyn Face,
) -> Result<Option<Opened>> {
    let (drafts, damaged) = files::drafts(lang)?;
    for path in &damaged {
        say(&screen::wrap(&phrases::draft_damaged(
            lang,
            &path.display(),
        )));
    }
    if matches.get_flag("discard") {
        return discard(lang, trees, face, &drafts).map(|()| None);
    }
    if matches.get_flag("resume") {
        let mut resumed = resume(lang, trees, face, drafts)?;
        if let Some((draft, ..)) = &mut resumed {
            complete(lang, matches, &mut draft.document)?;
        }
        return Ok(resumed);
    }
    if !drafts.is_empty() {
        face.say(&screen::wrap(&phrases::draft_there(
            lang,
            &drafts.len(),
            &settings::days(lang, settings::keep_drafts(lang)?),
            &RESUME,
        )))?;
    }
    let Some(()) = settings::first_run(lang, matches, trees, face)? else {
        return Ok(None);
    };
    let mut document = match matches.get_one::<String>("follows") {
        Some(path) => following(lang, trees, path)?,
        None => AnswersDocument::new(),
    };
    complete(lang, matches, &mut document)?;
    let on = document.on.map(|day| day.to_string()).unwrap_or_default();
    let known = trees
        .laws
        .authority(document.authority.as_deref().unwrap_or_default());
    if known.is_none() || document.on.is_none_or(|day| day < trees.laws.first_day) {
        let need = assess(trees, &document)
            .err()
            .ok_or_else(|| anyhow!("authority"))?;
        return Err(Usage(lack::sentence(lang, trees, &need, &document)).into());
    }
    let path = files::new_draft_path(lang, &on)?;
    let hold = held(lang, &path)?;
    let draft = Draft {
        format: 1,
        document,
        ..Draft::default()
    };
    Ok(Some((draft, path, hold)))
}

/// The answers of a record, for a new one that follows it: its day, why it is made, the day of sending and the last word
/// are asked again, and whoever assesses now is named.
fn following(lang: Lang, trees: &Trees, path: &str) -> Result<AnswersDocument> {
    let record = files::read_record(lang, path)?;
    let mut document = record
        .answers(&trees.laws)
        .map_err(|member| anyhow!(phrases::not_record_member(lang, &path, &member)))?;
    for question in trees.route.with_role(Role::Request) {
        document.route.remove(&question.id);
    }
    for question in trees.sending.with_role(Role::When) {
        document.sending.remove(&question.id);
    }
    for question in trees.closing.with_role(Role::Enough) {
        document.closing.remove(&question.id);
    }
    Ok(AnswersDocument {
        on: None,
        official: None,
        follows: Some(record.digest.clone()),
        sent: request::sent(&record),
        ..document
    })
}

fn resume(
    lang: Lang,
    trees: &Trees,
    face: &mut dyn Face,
    mut drafts: Vec<(PathBuf, Draft)>,
) -> Result<Option<Opened>> {
    if drafts.is_empty() {
        return Err(anyhow!(phrases::no_drafts(lang)));
    }
    let at = if drafts.len() == 1 {
        0
    } else {
        let lines: Vec<String> = drafts
            .iter()
            .map(|(_, draft)| draft_line(lang, trees, draft))
            .collect();
        match pick_draft(face, &phrases::pick_draft(lang), &lines)? {
            Some(at) => at,
            None => return Ok(None),
        }
    };
    let (path, _) = drafts.swap_remove(at);
    let hold = held(lang, &path)?;
    // Another session may have saved it, or finished, until it was held.
    let draft = files::read_draft(&path).ok_or_else(|| anyhow!(phrases::no_drafts(lang)))?;
    Ok(Some((draft, path, hold)))
}

/// The draft that the official picks, by number from 0.
fn pick_draft(face: &mut dyn Face, question: &str, lines: &[String]) -> Result<Option<usize>> {
    loop {
        let prompt = Prompt {
            text: screen::wrap(question),
            style: Style::Pick(lines),
        };
        match face.ask(&prompt)? {
            Reply::Answer(at) => return Ok(at.parse().ok()),
            Reply::Why | Reply::Explain(_) => {}
            Reply::Back | Reply::Leave => return Ok(None),
        }
    }
}

/// Deletes a draft that the official picks.
fn discard(
    lang: Lang,
    trees: &Trees,
    face: &mut dyn Face,
    drafts: &[(PathBuf, Draft)],
) -> Result<()> {
    if drafts.is_empty() {
        return Err(anyhow!(phrases::no_drafts(lang)));
    }
    let lines: Vec<String> = drafts
        .iter()
        .map(|(_, draft)| draft_line(lang, trees, draft))
        .collect();
    let picked = pick_draft(face, &phrases::pick_discard(lang), &lines)?;
    if let Some((path, _)) = picked.and_then(|at| drafts.get(at)) {
        let hold = held(lang, path)?;
        files::remove_draft(lang, path, hold)?;
        face.say(&screen::wrap(&phrases::discarded(lang)))?;
    }
    Ok(())
}

/// Day, authority and number of items: nothing that tells who it is about.
fn draft_line(lang: Lang, trees: &Trees, draft: &Draft) -> String {
    let authority = draft
        .document
        .authority
        .as_deref()
        .and_then(|key| trees.laws.authority(key));
    let name = authority
        .map(|authority| authority.name.get(lang))
        .unwrap_or_default();
    let started: String = draft.started.replace('T', " ").chars().take(16).collect();
    let day = draft
        .document
        .on
        .map(|day| day.to_string())
        .unwrap_or_default();
    phrases::draft_line(lang, &started, &day, &name, &draft.document.items.len())
}
