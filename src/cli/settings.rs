//! Who the official is and where records go: asked once, shown and changed here.

use std::path::PathBuf;

use anyhow::Result;
use clap::ArgMatches;

use sekretesskoll::answers::Official;
use sekretesskoll::language::Lang;
use sekretesskoll::trees::Trees;
use sekretesskoll::walk::clean;

use crate::cli::args::Usage;
use crate::cli::files::{self, Settings};
use crate::cli::term::{Face, Prompt, Reply, Style};
use crate::cli::{Exit, lack, phrases, screen};

/// Runs `settings`: shows, or changes what the flags name and shows.
pub(crate) fn run(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let trees = crate::cli::built_in(lang)?;
    let mut settings = files::read_settings(lang)?;
    let flag = |name: &str| matches.get_one::<String>(name).cloned();
    if let Some(key) = flag("authority") {
        known_authority(lang, &trees, &key)?;
        settings.authority = Some(key);
    }
    let official = with_flags(matches, settings.official.clone().unwrap_or_default());
    settings.official = Some(official).filter(|official| *official != Official::default());
    if let Some(folder) = flag("out") {
        files::check_folder(lang, std::path::Path::new(&folder))?;
    }
    settings.out = flag("out")
        .map(PathBuf::from)
        .map(absolute)
        .or(settings.out);
    settings.lang = flag("language").or(settings.lang);
    let keep = flag("keep-drafts").map(|days| keep_of(lang, &days));
    settings.keep_drafts = keep.transpose()?.or(settings.keep_drafts);
    if [
        "authority",
        "name",
        "title",
        "unit",
        "out",
        "language",
        "keep-drafts",
    ]
    .iter()
    .any(|name| matches.contains_id(name))
    {
        files::write_settings(lang, &settings)?;
    }
    crate::cli::out(&shown(lang, &trees, &settings)?)?;
    Ok(Exit::Done)
}

fn keep_of(lang: Lang, written: &str) -> Result<u16> {
    let days = written.parse().ok();
    days.filter(|days| (1..=365).contains(days))
        .ok_or_else(|| Usage(phrases::bad_keep(lang, &written)).into())
}

/// How many days a draft is kept.
pub(crate) fn keep_drafts(lang: Lang) -> Result<u16> {
    let saved = files::read_settings(lang)?.keep_drafts;
    Ok(saved.unwrap_or(files::KEEP_DAYS))
}

/// A number of days in words.
pub(crate) fn days(lang: Lang, count: u16) -> String {
    match count {
        1 => phrases::days_one(lang),
        _ => phrases::days_many(lang, &count),
    }
}

/// So that the folder means the same wherever the program is started.
fn absolute(path: PathBuf) -> PathBuf {
    std::path::absolute(&path).unwrap_or(path)
}

fn known_authority(lang: Lang, trees: &Trees, key: &str) -> Result<()> {
    if trees.laws.authority(key).is_some() {
        return Ok(());
    }
    let hint = lack::hint(
        lang,
        key,
        trees
            .laws
            .authorities
            .iter()
            .map(|authority| authority.key.as_str()),
    );
    Err(Usage(phrases::unknown_authority(lang, &key, &hint)).into())
}

fn shown(lang: Lang, trees: &Trees, settings: &Settings) -> Result<String> {
    let authority = settings.authority.as_deref().map(|key| {
        trees
            .laws
            .authority(key)
            .map_or(key, |authority| authority.name.get(lang))
            .to_owned()
    });
    let official = settings
        .official
        .as_ref()
        .map(|official| format!("{}, {}, {}", official.name, official.title, official.unit));
    let out = settings.out.as_ref().map(|out| out.display().to_string());
    let entries = [
        (phrases::setting_authority(lang), authority),
        (phrases::setting_official(lang), official),
        (phrases::setting_out(lang), out),
        (phrases::setting_lang(lang), settings.lang.clone()),
        (
            phrases::setting_keep(lang),
            Some(days(lang, settings.keep_drafts.unwrap_or(files::KEEP_DAYS))),
        ),
        (
            phrases::setting_file(lang),
            Some(files::settings_path(lang)?.display().to_string()),
        ),
    ];
    Ok(entries
        .into_iter()
        .map(|(name, value)| format!("{name}: {}\n", value.unwrap_or_else(|| "–".to_owned())))
        .collect())
}

/// The official with what the flags name.
pub(crate) fn with_flags(matches: &ArgMatches, official: Official) -> Official {
    let flag = |name: &str, otherwise: String| {
        matches
            .get_one::<String>(name)
            .map_or(otherwise, |given| clean(given))
    };
    Official {
        name: flag("name", official.name),
        title: flag("title", official.title),
        unit: flag("unit", official.unit),
    }
}

/// Asks what is missing about the official, and keeps it; none when the official left.
pub(crate) fn first_run(
    lang: Lang,
    matches: &ArgMatches,
    trees: &Trees,
    face: &mut dyn Face,
) -> Result<Option<()>> {
    let mut settings = files::read_settings(lang)?;
    let official = with_flags(matches, settings.official.clone().unwrap_or_default());
    let has_authority = matches.contains_id("authority") || settings.authority.is_some();
    let complete =
        !official.name.is_empty() && !official.title.is_empty() && !official.unit.is_empty();
    if has_authority && complete {
        return Ok(Some(()));
    }
    face.say(&screen::wrap(&phrases::danger(lang)))?;
    face.say(&screen::wrap(&phrases::first_run(lang)))?;
    if !has_authority {
        let Some(key) = ask_authority(lang, trees, face)? else {
            return left(lang, face);
        };
        settings.authority = Some(key);
    }
    let Some(official) = ask_official(lang, face, official)? else {
        return left(lang, face);
    };
    settings.official = Some(official);
    let path = files::write_settings(lang, &settings)?;
    face.say(&screen::wrap(&phrases::settings_saved(
        lang,
        &path.display(),
    )))?;
    Ok(Some(()))
}

/// Asks which authority, and keeps it; none when the person leaves.
pub(crate) fn authority(lang: Lang, trees: &Trees, face: &mut dyn Face) -> Result<Option<String>> {
    let Some(key) = ask_authority(lang, trees, face)? else {
        return Ok(None);
    };
    let mut settings = files::read_settings(lang)?;
    settings.authority = Some(key.clone());
    let path = files::write_settings(lang, &settings)?;
    face.say(&screen::wrap(&phrases::settings_saved(
        lang,
        &path.display(),
    )))?;
    Ok(Some(key))
}

fn ask_authority(lang: Lang, trees: &Trees, face: &mut dyn Face) -> Result<Option<String>> {
    let lines: Vec<String> = trees
        .laws
        .authorities
        .iter()
        .map(|authority| authority.name.get(lang).to_owned())
        .collect();
    let mut text = screen::wrap(&phrases::ask_authority(lang));
    loop {
        match face.ask(&Prompt {
            text,
            style: Style::Pick(&lines),
        })? {
            Reply::Answer(at) => {
                return Ok(at
                    .parse::<usize>()
                    .ok()
                    .and_then(|at| trees.laws.authorities.get(at))
                    .map(|authority| authority.key.clone()));
            }
            Reply::Why | Reply::Explain(_) => text = screen::wrap(&phrases::settings_help(lang)),
            Reply::Back | Reply::Leave => return Ok(None),
        }
    }
}

/// Leaving before everything is answered keeps nothing, and says so.
fn left(lang: Lang, face: &mut dyn Face) -> Result<Option<()>> {
    face.say(&screen::wrap(&phrases::nothing_kept(lang)))?;
    Ok(None)
}

/// Name, title and unit, one after the other; `<` goes back to the one before.
pub(crate) fn ask_official(
    lang: Lang,
    face: &mut dyn Face,
    known: Official,
) -> Result<Option<Official>> {
    let questions = [
        phrases::ask_name(lang),
        phrases::ask_title(lang),
        phrases::ask_unit(lang),
    ];
    let given = [known.name, known.title, known.unit];
    let mut fields = given.clone();
    let missing: Vec<usize> = given
        .iter()
        .enumerate()
        .filter(|(_, field)| field.is_empty())
        .map(|(at, _)| at)
        .collect();
    let mut next = 0;
    while let Some(at) = missing.get(next) {
        let question = questions.get(*at).cloned().unwrap_or_default();
        match ask_word(lang, face, &question)? {
            Reply::Answer(written) => {
                if let Some(field) = fields.get_mut(*at) {
                    *field = written;
                }
                next += 1;
            }
            Reply::Back if next > 0 => next -= 1,
            _ => return Ok(None),
        }
    }
    let [name, title, unit] = fields;
    Ok(Some(Official { name, title, unit }))
}

fn ask_word(lang: Lang, face: &mut dyn Face, question: &str) -> Result<Reply> {
    let mut text = screen::wrap(question);
    loop {
        match face.ask(&Prompt {
            text,
            style: Style::Sentence(None),
        })? {
            Reply::Answer(line) if clean(&line).is_empty() => {
                text = screen::wrap(&phrases::write_something(lang));
            }
            Reply::Answer(line) => return Ok(Reply::Answer(clean(&line))),
            Reply::Why | Reply::Explain(_) => text = screen::wrap(&phrases::settings_help(lang)),
            other => return Ok(other),
        }
    }
}
