//! `selfcontrol results`: what the filled-in checklists say, beside what the documents say.

use anyhow::{Result, anyhow};
use clap::ArgMatches;
use serde_json::{Value, json};

use sekretesskoll::language::Lang;
use sekretesskoll::page::{Block, Entry, Figure, Page};
use sekretesskoll::selfcontrol::catalogue::CATALOGUE;
use sekretesskoll::selfcontrol::checklist::{Checklist, Wrong, WrongWhat, from_markdown};
use sekretesskoll::selfcontrol::facts::Joined;
use sekretesskoll::selfcontrol::results::{Results, Tally, Trouble, results};

use super::{Target, Unreadable, gather, phrases, text};
use crate::cli::check::inputs::Inputs;
use crate::cli::{Exit, check, files, lack};

/// Runs the command.
pub(super) fn run(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let target = Target::of(lang, matches, &["table", "json"])?;
    let named = matches
        .get_many::<String>("checklist")
        .into_iter()
        .flatten();
    let checklists = named
        .map(|path| checklist(lang, path))
        .collect::<Result<Vec<Checklist>>>()?;
    let found = match of_records(matches) {
        None => (results(&checklists, None), Unreadable::default()),
        Some(paths) => with_records(lang, matches, &paths, &checklists)?,
    };
    let (results, unreadable) = found;
    let told = match target.format {
        "json" => format!("{:#}\n", as_json(lang, &results)),
        _ => text(&page(lang, &results)),
    };
    target.write(lang, &told)?;
    let is_clean =
        results.deviations.is_empty() && results.differs.is_empty() && results.trouble.is_empty();
    match unreadable.exit(lang) {
        Exit::Done if !is_clean => Ok(Exit::Found),
        exit => Ok(exit),
    }
}

fn of_records(matches: &ArgMatches) -> Option<Vec<String>> {
    let paths: Vec<String> = matches.get_many::<String>("records")?.cloned().collect();
    Some(paths)
}

/// Reads the documents that the sample was drawn from, over the same time.
fn with_records(
    lang: Lang,
    matches: &ArgMatches,
    paths: &[String],
    checklists: &[Checklist],
) -> Result<(Results, Unreadable)> {
    let sets = check::sets(lang, matches)?;
    let inputs = Inputs::over(lang, paths)?;
    let mut read = gather(lang, inputs, &sets, check::cores())?;
    let head = checklists.first().map(|checklist| &checklist.sample);
    let day = |written: Option<&String>| written.and_then(|day| day.parse().ok());
    let from = day(head.and_then(|head| head.from.as_ref()));
    read.ledger
        .keep(from, day(head.and_then(|head| head.until.as_ref())));
    let found = sets.first().map(|present| {
        let joined: Joined<'_> = read.ledger.joined(&present.laws);
        results(checklists, Some(&joined))
    });
    Ok((found.unwrap_or_default(), read.unreadable))
}

/// A checklist in either form, told by how it begins.
fn checklist(lang: Lang, path: &str) -> Result<Checklist> {
    let text = files::read_text(lang, path)?;
    let wrong = |wrong: &Wrong| anyhow!(in_words(lang, path, wrong));
    if !text.trim_start().starts_with('{') {
        return from_markdown(&text).map_err(|error| wrong(&error));
    }
    let read: Checklist = files::checklist_in(lang, path, &text)?;
    read.sound().map_err(|what| wrong(&Wrong { line: 0, what }))
}

fn in_words(lang: Lang, path: &str, wrong: &Wrong) -> String {
    let place = match wrong.line {
        0 => path.to_owned(),
        line => phrases::at_line(lang, &path, &line),
    };
    match &wrong.what {
        WrongWhat::Head(key) => phrases::wrong_head(lang, &place, key),
        WrongWhat::Question(key) => {
            let known = CATALOGUE
                .questions
                .iter()
                .map(|question| question.key.as_str());
            phrases::wrong_question(lang, &place, key, &lack::hint(lang, key, known))
        }
        WrongWhat::Answer(key) => phrases::wrong_answer(lang, &place, key),
        WrongWhat::Twice => phrases::wrong_twice(lang, &place),
        WrongWhat::Astray => phrases::wrong_astray(lang, &place),
        WrongWhat::Format(format) => phrases::wrong_format(lang, &place, format),
    }
}

fn page(lang: Lang, results: &Results) -> Page {
    let mut page = Page::new(lang, phrases::results_title(lang));
    page.blocks.push(Block::Paragraph(phrases::results_lead(
        lang,
        &results.records,
    )));
    page.section(&phrases::results_answers(lang), answers(lang, results));
    let deviations = results.deviations.iter().map(|one| {
        let which = which(&one.record, &one.file);
        Entry::from(format!("{which}: {}", question(lang, &one.question)))
    });
    page.section(
        &phrases::results_deviations(lang),
        bullets(deviations.collect()),
    );
    let differs = results.differs.iter().map(|one| {
        let (which, question) = (which(&one.record, &one.file), question(lang, &one.question));
        Entry::from(if one.person_says_yes {
            phrases::person_says_yes(lang, &which, &question)
        } else {
            phrases::person_says_no(lang, &which, &question)
        })
    });
    page.section(&phrases::results_differs(lang), bullets(differs.collect()));
    let trouble = results
        .trouble
        .iter()
        .map(|one| Entry::from(trouble(lang, results, one)));
    page.section(&phrases::results_trouble(lang), bullets(trouble.collect()));
    page
}

fn bullets(entries: Vec<Entry>) -> Option<Block> {
    (!entries.is_empty()).then_some(Block::Bullets(entries))
}

fn which(record: &str, file: &str) -> String {
    if file.is_empty() {
        files::short(record)
    } else {
        file.to_owned()
    }
}

fn question(lang: Lang, key: &str) -> String {
    let known = CATALOGUE.question(key);
    known.map_or_else(|| key.to_owned(), |known| known.text.get(lang).to_owned())
}

fn answers(lang: Lang, results: &Results) -> Vec<Block> {
    let rows = results.tallies.iter().map(|tally| {
        vec![
            tally.question.clone(),
            tally.yes.to_string(),
            tally.no.to_string(),
            tally.cannot_tell.to_string(),
            tally.unanswered.to_string(),
            limits(tally),
        ]
    });
    let figure = Figure {
        caption: phrases::results_answers(lang),
        columns: phrases::results_columns(lang)
            .split('|')
            .map(str::to_owned)
            .collect(),
        rows: rows.collect(),
        chart: None,
    };
    let asked = results.tallies.iter().map(|tally| Entry {
        text: format!("{}: {}", tally.question, question(lang, &tally.question)),
        with: Vec::new(),
    });
    vec![
        Block::Paragraph(phrases::results_limits(lang)),
        Block::Bullets(asked.collect()),
        Block::Figure(figure),
    ]
}

fn limits(tally: &Tally) -> String {
    if tally.yes + tally.no == 0 {
        return "–".to_owned();
    }
    let (low, high) = tally.limits;
    format!(
        "{:.0}–{:.0} %",
        (low * 100.0).floor(),
        (high * 100.0).ceil()
    )
}

fn trouble(lang: Lang, results: &Results, one: &Trouble) -> String {
    let short = |record: &str| {
        let file = results.files.get(record);
        which(record, file.map_or("", String::as_str))
    };
    match one {
        Trouble::OtherSample => phrases::trouble_other_sample(lang),
        Trouble::Disagree { record, question } => {
            phrases::trouble_disagree(lang, &short(record), question)
        }
        Trouble::NoReason { record, question } => {
            phrases::trouble_no_reason(lang, &short(record), question)
        }
        Trouble::Unanswered { record, many } => {
            phrases::trouble_unanswered(lang, &short(record), many)
        }
        Trouble::OtherNumber { now, then } => phrases::trouble_other_number(lang, now, then),
        Trouble::NotDrawn(record) => phrases::trouble_not_drawn(lang, &short(record)),
        Trouble::LeftOut(record) => phrases::trouble_left_out(lang, &short(record)),
        Trouble::Gone(record) => phrases::trouble_gone(lang, &short(record)),
    }
}

fn code(one: &Trouble) -> &'static str {
    match one {
        Trouble::OtherSample => "other-sample",
        Trouble::Disagree { .. } => "disagree",
        Trouble::NoReason { .. } => "no-reason",
        Trouble::Unanswered { .. } => "unanswered",
        Trouble::OtherNumber { .. } => "other-number",
        Trouble::NotDrawn(_) => "not-drawn",
        Trouble::LeftOut(_) => "left-out",
        Trouble::Gone(_) => "gone",
    }
}

fn as_json(lang: Lang, results: &Results) -> Value {
    let tallies = results.tallies.iter().map(|tally| {
        let (low, high) = tally.limits;
        json!({
            "question": tally.question,
            "yes": tally.yes,
            "no": tally.no,
            "cannot-tell": tally.cannot_tell,
            "unanswered": tally.unanswered,
            "no-share-95": [low, high],
        })
    });
    let deviations = results.deviations.iter();
    let deviations = deviations
        .map(|one| json!({ "record": one.record, "file": one.file, "question": one.question }));
    let differs = results.differs.iter().map(|one| {
        let (person, documents) = if one.person_says_yes { ("yes", "no") } else { ("no", "yes") };
        json!({ "record": one.record, "file": one.file, "question": one.question, "person": person, "documents": documents })
    });
    let trouble = results.trouble.iter();
    let trouble = trouble
        .map(|one| json!({ "code": code(one), "sentence": self::trouble(lang, results, one) }));
    json!({
        "results": 1,
        "records": results.records,
        "questions": tallies.collect::<Vec<Value>>(),
        "deviations": deviations.collect::<Vec<Value>>(),
        "compared": results.compared,
        "differs": differs.collect::<Vec<Value>>(),
        "trouble": trouble.collect::<Vec<Value>>(),
    })
}
