//! `letter` and `note`: from a record to the report of concern, and to the case note for registration.

use std::ffi::OsStr;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use clap::ArgMatches;

use sekretesskoll::language::Lang;
use sekretesskoll::letter::{Asked, Filled, Letter, Reason};
use sekretesskoll::note::note as note_of;
use sekretesskoll::page::Page;
#[cfg(feature = "pdf")]
use sekretesskoll::page::{Attachment, PdfError};
use sekretesskoll::people::{self, What};
use sekretesskoll::record::Record;
use sekretesskoll::trees::Trees;

use crate::cli::files::{self, Read};
use crate::cli::reconcile::review_in_words;
use crate::cli::term::{Face, Plain, Prompt, Reply, Rich, Style};
use crate::cli::{Exit, assess, clock, guard, phrases, say, screen};

/// What the files are called, before day and digest.
const LETTER: &str = "orosanmalan";
const ANSWER: &str = "svar-pa-begaran";
const NOTE: &str = "anteckning";

/// Runs `letter`.
pub(crate) fn letter(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let trees = trees(lang, matches)?;
    let (path, read) = record(lang, matches)?;
    let review = matches.get_one::<String>("review");
    let review = review
        .map(|path| files::read_review(lang, path))
        .transpose()?;
    let asked = read.record.request.is_some();
    let letter = Letter::of(&trees, &read.record, review.as_ref(), clock::today()?)
        .map_err(|reason| anyhow!(refused(lang, &path, &reason, asked)))?;
    let what = if asked { ANSWER } else { LETTER };
    let name = named(what, &letter.day().to_string(), &read.record);
    let target = Target::of(lang, matches, &name)?;
    if letter.is_protected() {
        say(&screen::wrap(&phrases::now_ring(lang)));
    }
    let Some(filled) = fill(lang, matches, &letter)? else {
        say(&screen::wrap(&phrases::letter_left(lang)));
        return Ok(Exit::Interrupted);
    };
    target.write(lang, &letter.page(&filled), None)?;
    if filled.lacks(&letter.asks()) {
        say(&screen::wrap(&phrases::letter_blanks(lang)));
    }
    say(&screen::wrap(&phrases::letter_now(lang)));
    Ok(Exit::Done)
}

/// Runs `note`.
pub(crate) fn note(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let trees = trees(lang, matches)?;
    let (path, read) = record(lang, matches)?;
    let name = named(NOTE, &read.record.on, &read.record);
    let target = Target::of(lang, matches, &name)?;
    let file = Path::new(&path).file_name().and_then(OsStr::to_str);
    let page = note_of(&trees, &read.record, file.filter(|_| path != "-"));
    target.write(lang, &page, Some(&read))?;
    say(&screen::wrap(&phrases::note_now(lang)));
    Ok(Exit::Done)
}

fn trees(lang: Lang, matches: &ArgMatches) -> Result<Trees> {
    let trees = crate::cli::trees(lang, matches)?;
    if let Some(folder) = matches.get_one::<String>("trees") {
        say(&phrases::from_folder(lang, folder));
    }
    Ok(trees)
}

fn record(lang: Lang, matches: &ArgMatches) -> Result<(String, Read)> {
    let path = matches.get_one::<String>("record").cloned();
    let path = path.unwrap_or_else(|| "-".to_owned());
    let read = files::read_record_file(lang, &path)?;
    Ok((path, read))
}

/// A name without personal data: what it is, the day, and the record's digest.
fn named(what: &str, day: &str, record: &Record) -> String {
    format!("{what}-{day}-{}", files::short(&record.digest))
}

/// Why there is no letter, and the way out.
fn refused(lang: Lang, path: &str, reason: &Reason, asked: bool) -> String {
    match reason {
        Reason::NotReady(outcome) => match outcome.as_str() {
            "refer" => phrases::letter_refer(lang, &path),
            "nothing-to-send" if asked => phrases::letter_refused(lang, &path),
            "nothing-to-send" => phrases::letter_nothing(lang, &path),
            _ => phrases::letter_stopped(lang, &path),
        },
        Reason::Unreadable(member) => phrases::not_record_member(lang, &path, member),
        Reason::OtherOutcome => phrases::letter_other_outcome(lang, &path),
        Reason::OtherLaw(day) => phrases::letter_other_law(lang, &path, day),
        Reason::Review(what) => phrases::letter_review(lang, &path, &review_in_words(lang, what)),
    }
}

/// How a page is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
    Markdown,
    Html,
    Pdf,
}

impl Format {
    const ALL: [(&str, &str, Format); 4] = [
        ("text", "txt", Format::Text),
        ("md", "md", Format::Markdown),
        ("html", "html", Format::Html),
        ("pdf", "pdf", Format::Pdf),
    ];

    /// `--format`, else by the end of the file's name, else text.
    fn of(matches: &ArgMatches, out: Option<&Path>) -> Self {
        let given = matches.get_one::<String>("format").map(String::as_str);
        let end = out.and_then(Path::extension).and_then(OsStr::to_str);
        let known = Self::ALL.into_iter();
        let found = known.into_iter().find(|(name, extension, _)| match given {
            Some(given) => given == *name,
            None => end.is_some_and(|end| end.eq_ignore_ascii_case(extension)),
        });
        found.map_or(Format::Text, |(_, _, format)| format)
    }

    fn extension(self) -> &'static str {
        let found = Self::ALL.iter().find(|(_, _, format)| *format == self);
        found.map_or("txt", |(_, extension, _)| extension)
    }
}

/// Where a page goes, found out before anybody has typed anything.
struct Target {
    format: Format,
    path: Option<PathBuf>,
}

impl Target {
    fn of(lang: Lang, matches: &ArgMatches, name: &str) -> Result<Self> {
        let out = matches.get_one::<String>("out").map(PathBuf::from);
        let out = out.filter(|out| out.as_path() != Path::new("-"));
        let format = Format::of(matches, out.as_deref());
        if format == Format::Pdf {
            built_with_pdf(lang)?;
        }
        let path = out.map(|out| {
            if out.is_dir() {
                out.join(format!("{name}.{}", format.extension()))
            } else {
                out
            }
        });
        if let Some(path) = &path {
            files::check_new(lang, path)?;
        }
        if format == Format::Pdf && path.is_none() && std::io::stdout().is_terminal() {
            return Err(anyhow!(phrases::pdf_to_a_terminal(lang)));
        }
        Ok(Self { format, path })
    }

    fn write(&self, lang: Lang, page: &Page, record: Option<&Read>) -> Result<()> {
        let bytes = match self.format {
            Format::Text => page.text().into_bytes(),
            Format::Markdown => page.markdown().into_bytes(),
            Format::Html => page.html().into_bytes(),
            Format::Pdf => pdf(lang, page, record)?,
        };
        let Some(path) = &self.path else {
            return crate::cli::out_bytes(&bytes);
        };
        files::write_new_bytes(lang, path, &bytes)?;
        // The file is written: that nobody reads its path is no failure.
        let _ = crate::cli::out(&format!("{}\n", path.display()));
        Ok(())
    }
}

fn built_with_pdf(lang: Lang) -> Result<()> {
    if cfg!(feature = "pdf") {
        return Ok(());
    }
    Err(anyhow!(phrases::no_pdf(lang)))
}

#[cfg(not(feature = "pdf"))]
fn pdf(lang: Lang, _page: &Page, _record: Option<&Read>) -> Result<Vec<u8>> {
    Err(anyhow!(phrases::no_pdf(lang)))
}

/// The case note carries the record that it was made from; a letter never does.
#[cfg(feature = "pdf")]
fn pdf(lang: Lang, page: &Page, record: Option<&Read>) -> Result<Vec<u8>> {
    let what = phrases::title(page.lang);
    let attached = record.map(|read| Attachment {
        name: "sekretessprovning.json",
        what: &what,
        bytes: &read.bytes,
    });
    page.pdf(clock::today()?, attached)
        .map_err(|error| match error {
            PdfError::Missing(_) => anyhow!(phrases::pdf_lacks(lang, &error)),
            PdfError::Refused(_) => anyhow!(phrases::pdf_refused(lang, &error)),
        })
}

/// Asks who it is about; blanks where nobody can be asked or wants to be. None when the official left.
fn fill(lang: Lang, matches: &ArgMatches, letter: &Letter<'_>) -> Result<Option<Filled>> {
    let terminal = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    if matches.get_flag("blanks") || !terminal {
        return Ok(Some(Filled::default()));
    }
    guard::watch_and_say(|| None)?;
    if matches.get_flag("plain") || assess::wants_plain() {
        let mut face = Plain {
            input: std::io::stdin().lock(),
            output: std::io::stderr(),
        };
        ask(lang, letter, &mut face)
    } else {
        ask(lang, letter, &mut Rich::new(lang)?)
    }
}

/// One line for each value, and once more to look it over. What is typed is kept here and nowhere else.
fn ask(lang: Lang, letter: &Letter<'_>, face: &mut dyn Face) -> Result<Option<Filled>> {
    face.say(&screen::wrap(&phrases::letter_intro(lang)))?;
    let asks = letter.asks();
    let (mut filled, mut at) = (Filled::default(), 0);
    loop {
        let asked = asks.get(at).copied();
        let text = asked.map_or_else(
            || phrases::letter_check(lang),
            |asked| question(lang, letter, &filled, asked),
        );
        let prompt = Prompt {
            text: format!("\n{}", screen::wrap(&text)),
            style: Style::Sentence(None),
        };
        match (face.ask(&prompt)?, asked) {
            (Reply::Leave, _) => return Ok(None),
            (Reply::Why | Reply::Explain(_), _) => {
                face.say(&screen::wrap(&phrases::letter_help(lang)))?;
            }
            (Reply::Back, _) => at = at.saturating_sub(1),
            (Reply::Answer(_), None) => return Ok(Some(filled)),
            (Reply::Answer(value), Some(asked)) => {
                fill_in(&mut filled, asked, &value);
                doubt(lang, face, asked, &value)?;
                at += 1;
            }
        }
    }
}

fn question(lang: Lang, letter: &Letter<'_>, filled: &Filled, asked: Asked) -> String {
    let name = letter.name_in(asked, lang);
    match (filled.get(asked), asked) {
        (Some(value), _) => phrases::letter_ask_again(lang, &name, &value),
        (None, Asked::Name | Asked::IdentityNumber) => phrases::letter_ask_several(lang, &name),
        (None, _) => phrases::letter_ask(lang, &name),
    }
}

/// An empty line keeps what stands there, and a hyphen takes it away.
fn fill_in(filled: &mut Filled, asked: Asked, value: &str) {
    match value.trim() {
        "" => {}
        "-" => filled.set(asked, ""),
        value => filled.set(asked, value),
    }
}

/// A number that is none would point to nobody, or to somebody else.
fn doubt(lang: Lang, face: &mut dyn Face, asked: Asked, value: &str) -> Result<()> {
    let is_number =
        |hit: &people::Hit| matches!(hit.what, What::IdentityNumber | What::CoordinationNumber);
    let sound = people::look_through(value).iter().any(is_number);
    if asked == Asked::IdentityNumber && !sound && !matches!(value.trim(), "" | "-") {
        face.say(&screen::wrap(&phrases::letter_doubtful_number(lang)))?;
    }
    Ok(())
}
