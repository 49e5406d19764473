//! All of the disk: reading what is handed in, atomic writes that never overwrite, settings and drafts.

mod drafts;
mod register;

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Result, anyhow};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tempfile::NamedTempFile;

use sekretesskoll::answers::{AnswersDocument, FORMAT, Official};
use sekretesskoll::guide::{self, GuideAnswers, GuideRecord};
use sekretesskoll::language::Lang;
use sekretesskoll::reconcile::{Dispatch, Found, Kind};
use sekretesskoll::record::{self, Record};
use sekretesskoll::review::{self, Review, ReviewAnswers};
use sekretesskoll::selfcontrol::checklist::Checklist;
use sekretesskoll::trees::Files;
use sekretesskoll::walk::Answers;

use crate::cli::phrases;

pub(crate) use drafts::{A_DAY, Hold, KEEP_DAYS, age, hold, remove_draft};
pub(crate) use register::{Looked, append, folder_is_open, list_folder, look, read_register};

/// Largest document read, in MB. A real one is a few kB.
const LIMIT_MB: u64 = 16;

/// Reads a text file, or standard input for `-`: within the limit, UTF-8, without a BOM.
pub(crate) fn read_text(lang: Lang, path: &str) -> Result<String> {
    text_of(lang, path, &read_bytes(lang, path)?)
}

fn text_of(lang: Lang, path: &str, bytes: &[u8]) -> Result<String> {
    let bytes = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .to_vec();
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let before =
            String::from_utf8_lossy(error.as_bytes().get(..good).unwrap_or_default()).into_owned();
        let line = before.matches('\n').count() + 1;
        let column = before
            .rsplit('\n')
            .next()
            .map_or(0, |line| line.chars().count())
            + 1;
        anyhow!(phrases::not_utf8(lang, &path, &line, &column))
    })
}

/// Reads a file, or standard input for `-`, within the limit.
pub(crate) fn read_bytes(lang: Lang, path: &str) -> Result<Vec<u8>> {
    let limit = LIMIT_MB * 1024 * 1024;
    let mut bytes = Vec::new();
    let read = if path == "-" {
        std::io::stdin()
            .lock()
            .take(limit + 1)
            .read_to_end(&mut bytes)
    } else {
        fs::File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| anyhow!(phrases::cannot_read(lang, &path, &why(lang, &error))))?;
    if bytes.len() as u64 > limit {
        return Err(anyhow!(phrases::too_large(lang, &path, &LIMIT_MB)));
    }
    Ok(bytes)
}

/// What went wrong with a file, in words that an official can act on.
pub(crate) fn why(lang: Lang, error: &std::io::Error) -> String {
    use std::io::ErrorKind as Kind;
    let (sv, en) = match error.kind() {
        Kind::NotFound => (
            "filen eller mappen finns inte",
            "the file or folder does not exist",
        ),
        Kind::PermissionDenied => ("behörighet saknas", "permission is missing"),
        Kind::IsADirectory => ("det är en mapp", "it is a folder"),
        Kind::NotADirectory => (
            "en del av sökvägen är ingen mapp",
            "a part of the path is no folder",
        ),
        Kind::StorageFull | Kind::QuotaExceeded => ("disken är full", "the disk is full"),
        Kind::FileTooLarge => (
            "filen får inte bli så stor",
            "the file may not grow that large",
        ),
        Kind::ReadOnlyFilesystem => (
            "disken går inte att skriva på",
            "the disk cannot be written to",
        ),
        Kind::AlreadyExists => ("den finns redan", "it exists already"),
        Kind::BrokenPipe => ("mottagaren slutade läsa", "the reader stopped reading"),
        _ if is_loop(error) => (
            "länken leder tillbaka till sig själv",
            "the link leads back to itself",
        ),
        _ => return error.to_string(),
    };
    lang.pick(sv, en).to_owned()
}

/// The standard library has no stable name for it yet.
#[cfg(unix)]
fn is_loop(error: &std::io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error())
}

#[cfg(not(unix))]
fn is_loop(_error: &std::io::Error) -> bool {
    false
}

fn cannot_write(lang: Lang, path: &Path, error: &std::io::Error) -> anyhow::Error {
    anyhow!(phrases::cannot_write(
        lang,
        &path.display(),
        &why(lang, error)
    ))
}

/// What was handed in, told by its content.
pub(crate) enum Handed {
    /// An answers document.
    Answers(Box<AnswersDocument>),
    /// A record.
    Record(Box<Record>),
}

/// What was handed in to a guide, told by its content.
pub(crate) enum GuideInput {
    /// Answers.
    Answers(Box<GuideAnswers>),
    /// A record of a guide.
    Record(Box<GuideRecord>),
}

/// Reads answers to a guide, or the record of one.
pub(crate) fn read_guide(lang: Lang, path: &str) -> Result<GuideInput> {
    use crate::cli::guide::phrases::{not_answers, other_format};
    let text = read_text(lang, path)?;
    let kind = serde_json::from_str::<Kinded>(&text).ok();
    if kind.is_some_and(|kinded| kinded.kind == guide::record::KIND) {
        let record = guide_record(lang, path, &text)?;
        return Ok(GuideInput::Record(Box::new(record)));
    }
    let sentence =
        |line: usize, column: usize, why: &str| not_answers(lang, &path, &line, &column, &why);
    let answers: GuideAnswers = json(lang, &text, &sentence)?;
    if answers.format != guide::answers::FORMAT {
        return Err(anyhow!(other_format(lang, &path)));
    }
    Ok(GuideInput::Answers(Box::new(answers)))
}

/// The record of a guide, from bytes.
pub(crate) fn guide_record_in(lang: Lang, path: &str, bytes: &[u8]) -> Result<GuideRecord> {
    guide_record(lang, path, &text_of(lang, path, bytes)?)
}

fn guide_record(lang: Lang, path: &str, text: &str) -> Result<GuideRecord> {
    json(lang, text, &|line, column, why| {
        crate::cli::guide::phrases::not_record(lang, &path, &line, &column, &why)
    })
}

/// What a document says that it is.
#[derive(serde::Deserialize)]
struct Kinded {
    kind: String,
}

/// Reads an answers document.
pub(crate) fn read_answers(lang: Lang, path: &str) -> Result<AnswersDocument> {
    let text = read_text(lang, path)?;
    if is_record(&text) {
        return Err(anyhow!(phrases::is_record(lang, &path)));
    }
    answers_in(lang, path, &text)
}

/// Reads an answers document or a record.
pub(crate) fn read_handed(lang: Lang, path: &str) -> Result<Handed> {
    handed_in(lang, path, &read_text(lang, path)?)
}

fn handed_in(lang: Lang, path: &str, text: &str) -> Result<Handed> {
    if !is_record(text) {
        let document = answers_in(lang, path, text)?;
        return Ok(Handed::Answers(Box::new(document)));
    }
    let record = record_in(lang, path, text)?;
    Ok(Handed::Record(Box::new(record)))
}

fn record_in(lang: Lang, path: &str, text: &str) -> Result<Record> {
    let record: Record = json(lang, text, &|line, column, why| {
        phrases::not_record(lang, &path, &line, &column, &why)
    })?;
    if record.format != record::FORMAT {
        let found = phrases::wrong_record_format(lang, &path, &record.format);
        return Err(anyhow!(found));
    }
    Ok(record)
}

/// Reads a record and nothing else, as it was written: what is reviewed or sent is what was assessed.
pub(crate) fn read_record(lang: Lang, path: &str) -> Result<Record> {
    whole_record(lang, path, &read_text(lang, path)?)
}

fn whole_record(lang: Lang, path: &str, text: &str) -> Result<Record> {
    let value: Option<serde_json::Value> = serde_json::from_str(text).ok();
    if let Some(value) = value.as_ref().filter(|_| !is_record(text)) {
        let other = match value.get("answers") {
            Some(_) => phrases::is_answers,
            None => phrases::no_record,
        };
        return Err(anyhow!(other(lang, &path)));
    }
    let record = record_in(lang, path, text)?;
    // Over what was read: a member that somebody has put in is a change too.
    let digest = value.as_ref().and_then(sekretesskoll::record::digest_of);
    if digest.is_none_or(|digest| record.digest != format!("sha256:{digest}")) {
        return Err(anyhow!(phrases::record_changed(lang, &path)));
    }
    Ok(record)
}

/// A review, from bytes that are no file of their own.
pub(crate) fn review_in(lang: Lang, name: &str, bytes: &[u8]) -> Result<Review> {
    json(lang, &text_of(lang, name, bytes)?, &|line, column, why| {
        phrases::not_review(lang, &name, &line, &column, &why)
    })
}

/// A dispatch, from bytes that are no file of their own.
pub(crate) fn dispatch_in(lang: Lang, name: &str, bytes: &[u8]) -> Result<Dispatch> {
    json(lang, &text_of(lang, name, bytes)?, &|line, column, why| {
        phrases::check_not_dispatch(lang, &name, &line, &column, &why)
    })
}

/// A record, from bytes that are no file of their own.
pub(crate) fn record_bytes(lang: Lang, name: &str, bytes: &[u8]) -> Result<Record> {
    record_in(lang, name, &text_of(lang, name, bytes)?)
}

/// An answers document, from bytes that are no file of their own.
pub(crate) fn answers_bytes(lang: Lang, name: &str, bytes: &[u8]) -> Result<AnswersDocument> {
    answers_in(lang, name, &text_of(lang, name, bytes)?)
}

/// Any JSON at all, from bytes that are no file of their own.
pub(crate) fn json_in(lang: Lang, name: &str, bytes: &[u8]) -> Result<serde::de::IgnoredAny> {
    json(lang, &text_of(lang, name, bytes)?, &|line, column, why| {
        phrases::check_not_json(lang, &name, &line, &column, &why)
    })
}

/// A filled-in checklist, from the text of its file.
pub(crate) fn checklist_in(lang: Lang, path: &str, text: &str) -> Result<Checklist> {
    json(lang, text, &|line, column, why| {
        super::selfcontrol::phrases::not_checklist(lang, &path, &line, &column, &why)
    })
}

/// Reads a review. Whether it covers a record is another question.
pub(crate) fn read_review(lang: Lang, path: &str) -> Result<Review> {
    let text = read_text(lang, path)?;
    json(lang, &text, &|line, column, why| {
        phrases::not_review(lang, &path, &line, &column, &why)
    })
}

/// Reads the verdicts of a review.
pub(crate) fn read_verdicts(lang: Lang, path: &str) -> Result<ReviewAnswers> {
    let text = read_text(lang, path)?;
    let verdicts: ReviewAnswers = json(lang, &text, &|line, column, why| {
        phrases::not_review(lang, &path, &line, &column, &why)
    })?;
    if verdicts.format != review::FORMAT {
        let found = phrases::wrong_verdicts_format(lang, &path, &verdicts.format);
        return Err(anyhow!(found));
    }
    Ok(verdicts)
}

/// A record, and its file as it was read.
pub(crate) struct Read {
    /// The record.
    pub(crate) record: Record,
    /// The bytes of its file, which a PDF carries.
    #[cfg(feature = "pdf")]
    pub(crate) bytes: Vec<u8>,
}

/// Reads a record that is as it was written, with its file.
pub(crate) fn read_record_file(lang: Lang, path: &str) -> Result<Read> {
    let bytes = read_bytes(lang, path)?;
    let record = whole_record(lang, path, &text_of(lang, path, &bytes)?)?;
    Ok(Read {
        record,
        #[cfg(feature = "pdf")]
        bytes,
    })
}

fn is_record(text: &str) -> bool {
    serde_json::from_str::<serde_json::Value>(text)
        .is_ok_and(|value| value.get("kind").is_some_and(|kind| kind == "record"))
}

fn answers_in(lang: Lang, path: &str, text: &str) -> Result<AnswersDocument> {
    let document: AnswersDocument = json(lang, text, &|line, column, why| {
        phrases::not_json(lang, &path, &line, &column, &why)
    })?;
    if document.answers != FORMAT {
        return Err(anyhow!(phrases::wrong_format(
            lang,
            &path,
            &document.answers
        )));
    }
    Ok(document)
}

/// Reads JSON; what is wrong is told with line, column and member, and without what stands there.
fn json<T: DeserializeOwned>(
    lang: Lang,
    text: &str,
    sentence: &dyn Fn(usize, usize, &str) -> String,
) -> Result<T> {
    let told =
        |error: &serde_json::Error, why: &str| anyhow!(sentence(error.line(), error.column(), why));
    let mut parser = serde_json::Deserializer::from_str(text);
    let parsed = serde_path_to_error::deserialize(&mut parser).map_err(
        |error: serde_path_to_error::Error<serde_json::Error>| {
            let (inner, member) = (error.inner(), error.path().to_string());
            let problem = json_problem(lang, inner);
            if inner.is_data() && member != "." {
                told(inner, &format!("`{member}`: {problem}"))
            } else {
                told(inner, &problem)
            }
        },
    )?;
    parser
        .end()
        .map_err(|error| told(&error, &json_problem(lang, &error)))?;
    Ok(parsed)
}

/// The parser's sentence without its own place. It may name a field, but never repeats a text.
fn json_problem(lang: Lang, error: &serde_json::Error) -> String {
    use serde_json::error::Category;
    let message = error.to_string();
    let sentence = message.split(" at line ").next().unwrap_or_default();
    match error.classify() {
        Category::Eof => lang
            .pick("filen tar slut för tidigt", "the file ends too early")
            .to_owned(),
        Category::Syntax => lang
            .pick("det är inte giltig JSON", "it is not valid JSON")
            .to_owned(),
        Category::Io => sentence.to_owned(),
        Category::Data => without_values(lang, sentence),
    }
}

/// serde names unknown fields and variants; a value of a wrong type is described without its content.
fn without_values(lang: Lang, sentence: &str) -> String {
    let field = |prefix: &str| {
        sentence
            .strip_prefix(prefix)
            .and_then(|rest| rest.split('`').next())
            .map(str::to_owned)
    };
    if let Some(name) = field("unknown field `") {
        return match lang {
            Lang::Sv => format!("fältet `{name}` finns inte i formatet"),
            Lang::En => format!("there is no field `{name}` in the format"),
        };
    }
    if let Some(name) = field("missing field `") {
        return match lang {
            Lang::Sv => format!("fältet `{name}` saknas"),
            Lang::En => format!("the field `{name}` is missing"),
        };
    }
    if let Some(known) = sentence
        .strip_prefix("unknown variant")
        .and_then(|rest| rest.split("expected ").nth(1))
    {
        let known = known.trim_start_matches("one of ").replace(" or ", ", ");
        return match lang {
            Lang::Sv => format!("värdet finns inte; välj bland {known}"),
            Lang::En => format!("there is no such value; choose among {known}"),
        };
    }
    if sentence.starts_with("invalid type") || sentence.starts_with("invalid length") {
        return lang
            .pick("värdet är av fel slag", "the value is of the wrong kind")
            .to_owned();
    }
    lang.pick(
        "värdet går inte att läsa; ett datum skrivs åååå-mm-dd och måste finnas",
        "the value cannot be read; a day is written yyyy-mm-dd and must exist",
    )
    .to_owned()
}

/// Writes a file that must not exist: a temporary file beside it, flushed to the disk, then put in place.
pub(crate) fn write_new(lang: Lang, path: &Path, text: &str) -> Result<()> {
    write_new_bytes(lang, path, text.as_bytes())
}

/// The same, for what is no text.
pub(crate) fn write_new_bytes(lang: Lang, path: &Path, bytes: &[u8]) -> Result<()> {
    let file = temporary(path, bytes).map_err(|error| cannot_write(lang, path, &error))?;
    file.persist_noclobber(path).map_err(|error| {
        if error.error.kind() == std::io::ErrorKind::AlreadyExists {
            anyhow!(phrases::exists(lang, &path.display()))
        } else {
            cannot_write(lang, path, &error.error)
        }
    })?;
    sync_folder(path);
    Ok(())
}

/// Replaces a file of our own (settings, drafts) in one step.
pub(crate) fn replace(lang: Lang, path: &Path, text: &str) -> Result<()> {
    temporary(path, text.as_bytes())
        .map_err(|error| cannot_write(lang, path, &error))?
        .persist(path)
        .map_err(|error| cannot_write(lang, path, &error.error))?;
    sync_folder(path);
    Ok(())
}

/// A temporary file in the same folder, owner-only, with the bytes on the disk.
fn temporary(path: &Path, bytes: &[u8]) -> std::io::Result<NamedTempFile> {
    let folder = folder_of(path);
    let mut file = tempfile::Builder::new()
        .prefix(TEMPORARY)
        .tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

fn folder_of(path: &Path) -> &Path {
    path.parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or_else(|| Path::new("."))
}

const TEMPORARY: &str = ".sekretesskoll-";

/// So that the new name survives a power cut. A file system that cannot is no reason to fail.
fn sync_folder(path: &Path) {
    if let Some(folder) = path.parent() {
        let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
    }
}

fn own_folder(lang: Lang, xdg: &str, home: &[&str]) -> Result<PathBuf> {
    let absolute = |name: &str| {
        std::env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    let base = absolute(xdg)
        .or_else(|| {
            absolute("HOME").map(|base| home.iter().fold(base, |path, part| path.join(part)))
        })
        .or_else(|| absolute("LOCALAPPDATA"));
    Ok(base
        .ok_or_else(|| anyhow!(phrases::no_home(lang)))?
        .join("sekretesskoll"))
}

fn create_private(lang: Lang, folder: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(folder)
        .map_err(|error| cannot_write(lang, folder, &error))
}

/// Who the official is and where records go; asked once.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// Key of the authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) authority: Option<String>,
    /// Name, title, unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) official: Option<Official>,
    /// Folder that records are written to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) out: Option<PathBuf>,
    /// `sv` or `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) lang: Option<String>,
    /// How many days a draft is kept after it was last saved.
    #[serde(
        default,
        rename = "keep-drafts",
        skip_serializing_if = "Option::is_none"
    )]
    pub(crate) keep_drafts: Option<u16>,
}

/// The file that settings are kept in.
pub(crate) fn settings_path(lang: Lang) -> Result<PathBuf> {
    Ok(own_folder(lang, "XDG_CONFIG_HOME", &[".config"])?.join("settings.json"))
}

/// Reads the settings; none where there are none yet.
pub(crate) fn read_settings(lang: Lang) -> Result<Settings> {
    let Ok(path) = settings_path(lang) else {
        return Ok(Settings::default());
    };
    let shown = path.display().to_string();
    match fs::read_to_string(&path) {
        Ok(text) => serde_json::from_str(&text).map_err(|error| {
            anyhow!(phrases::settings_damaged(
                lang,
                &shown,
                &json_problem(lang, &error)
            ))
        }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Settings::default()),
        Err(error) => Err(anyhow!(phrases::settings_damaged(
            lang,
            &shown,
            &why(lang, &error)
        ))),
    }
}

/// Saves the settings.
pub(crate) fn write_settings(lang: Lang, settings: &Settings) -> Result<PathBuf> {
    let path = settings_path(lang)?;
    create_private(lang, path.parent().unwrap_or(Path::new(".")))?;
    replace(
        lang,
        &path,
        &format!("{}\n", serde_json::to_string_pretty(settings)?),
    )?;
    Ok(path)
}

/// An interrupted session: the answers, and what was answered before something changed.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Draft {
    /// The format number, 1.
    #[serde(rename = "draft")]
    pub(crate) format: u32,
    /// When the session was started.
    pub(crate) started: String,
    /// When the draft was last saved; it is kept for so many days after.
    #[serde(default)]
    pub(crate) saved: String,
    /// The answers so far.
    pub(crate) document: AnswersDocument,
    /// Earlier answers by place, offered again and never carried over in silence.
    #[serde(default)]
    pub(crate) suggestions: Answers,
}

/// The folder of what the program remembers, created where it is missing.
pub(crate) fn state_folder(lang: Lang) -> Result<PathBuf> {
    let folder = own_folder(lang, "XDG_STATE_HOME", &[".local", "state"])?;
    create_private(lang, &folder)?;
    Ok(folder)
}

/// The folder of drafts, created where it is missing.
pub(crate) fn drafts_folder(lang: Lang) -> Result<PathBuf> {
    let folder = state_folder(lang)?.join("drafts");
    create_private(lang, &folder)?;
    Ok(folder)
}

/// Removes temporary files of our own that a killed process left behind longer ago than this.
pub(crate) fn sweep(folder: &Path, age: Duration) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let own = entries.filter(|entry| is_temporary(&entry.file_name().to_string_lossy()));
    for path in own.map(|entry| entry.path()) {
        if is_older(&path, age) {
            let _ = fs::remove_file(&path);
        }
    }
}

/// A name as `temporary` makes them, and nobody else: what begins alike is somebody's own.
fn is_temporary(name: &str) -> bool {
    let random = name.strip_prefix(TEMPORARY);
    random.is_some_and(|random| {
        random.len() == 6 && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// Whether a file, and not a link or a folder, was last written longer ago than this.
fn is_older(path: &Path, age: Duration) -> bool {
    let file = fs::symlink_metadata(path)
        .ok()
        .filter(fs::Metadata::is_file);
    let written = file.and_then(|file| file.modified().ok());
    let elapsed = written.and_then(|written| written.elapsed().ok());
    elapsed.is_some_and(|elapsed| elapsed > age)
}

/// A free name for a new draft: day and random digits, nothing about the person.
pub(crate) fn new_draft_path(lang: Lang, day: &str) -> Result<PathBuf> {
    let folder = drafts_folder(lang)?;
    sweep(&folder, Duration::from_hours(1));
    let named = tempfile::Builder::new()
        .prefix(&format!("utkast-{day}-"))
        .suffix(".json")
        .tempfile_in(&folder);
    let file = named.map_err(|error| cannot_write(lang, &folder, &error))?;
    Ok(file.path().to_owned())
}

/// The saved drafts with their paths, and the damaged ones.
pub(crate) type Drafts = (Vec<(PathBuf, Draft)>, Vec<PathBuf>);

/// The saved drafts with their paths, newest first; a damaged one is reported and left alone.
pub(crate) fn drafts(lang: Lang) -> Result<Drafts> {
    let mut sound = Vec::new();
    let mut damaged = Vec::new();
    let entries = fs::read_dir(drafts_folder(lang)?)
        .into_iter()
        .flatten()
        .flatten();
    for path in entries.map(|entry| entry.path()).filter(|path| {
        path.extension()
            .is_some_and(|extension| extension == "json")
    }) {
        match read_draft(&path) {
            Some(draft) => sound.push((path, draft)),
            None => damaged.push(path),
        }
    }
    sound.sort_by(|a, b| b.1.started.cmp(&a.1.started).then(a.0.cmp(&b.0)));
    Ok((sound, damaged))
}

/// A draft; none where it cannot be read.
pub(crate) fn read_draft(path: &Path) -> Option<Draft> {
    let text = fs::read_to_string(path).ok()?;
    let draft: Draft = serde_json::from_str(&text).ok()?;
    (draft.format == 1 && draft.document.answers == FORMAT).then_some(draft)
}

/// The files of a folder of trees: those at its top, and its worked cases.
pub(crate) fn read_trees(lang: Lang, folder: &str) -> Result<Files> {
    read_parts(lang, folder, &[("", ""), ("cases", "cases/")])
}

/// The same, and its guides with their worked cases.
pub(crate) fn read_trees_and_guides(lang: Lang, folder: &str) -> Result<Files> {
    let parts = [
        ("", ""),
        ("cases", "cases/"),
        ("guides", guide::FOLDER),
        ("guides/cases", guide::CASES),
    ];
    read_parts(lang, folder, &parts)
}

/// The files of a folder and of folders in it, which need not be there, each with what comes before its names.
fn read_parts(lang: Lang, folder: &str, parts: &[(&str, &str)]) -> Result<Files> {
    let mut files = Files::new();
    for (part, prefix) in parts {
        let path = Path::new(folder).join(part);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(_) if !part.is_empty() => continue,
            Err(error) => {
                return Err(anyhow!(phrases::cannot_read(
                    lang,
                    &folder,
                    &why(lang, &error)
                )));
            }
        };
        for path in entries
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        {
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default();
            files.insert(
                format!("{prefix}{name}"),
                read_text(lang, &path.to_string_lossy())?,
            );
        }
    }
    Ok(files)
}

/// Whether records can be written to a folder, found out before anybody has answered anything.
pub(crate) fn check_folder(lang: Lang, folder: &Path) -> Result<()> {
    let probe = tempfile::Builder::new()
        .prefix(TEMPORARY)
        .tempfile_in(folder);
    probe
        .map(|_| ())
        .map_err(|error| cannot_write(lang, folder, &error))
}

/// The digits of a digest that names of files hold.
pub(crate) fn short(digest: &str) -> String {
    let digits = digest.trim_start_matches("sha256:");
    digits
        .chars()
        .filter(char::is_ascii_hexdigit)
        .take(8)
        .collect()
}

/// Whether a new file can be written there, found out before anybody has typed what is to stand in it.
pub(crate) fn check_new(lang: Lang, path: &Path) -> Result<()> {
    if path.symlink_metadata().is_ok() {
        return Err(anyhow!(phrases::exists(lang, &path.display())));
    }
    check_folder(lang, folder_of(path))
}

/// Puts a new record in a folder under a name without personal data.
pub(crate) fn write_record(
    lang: Lang,
    folder: &Path,
    on: &str,
    digest: &str,
    text: &str,
) -> Result<PathBuf> {
    write_document(
        lang,
        folder,
        &format!("sekretessprovning-{on}"),
        digest,
        text,
    )
}

/// Puts a new document in a folder: what it is, a day and digits of its digest, nothing about a person.
pub(crate) fn write_document(
    lang: Lang,
    folder: &Path,
    name: &str,
    digest: &str,
    text: &str,
) -> Result<PathBuf> {
    let path = folder.join(format!("{name}-{}.json", short(digest)));
    write_new(lang, &path, text)?;
    Ok(path)
}

/// The largest text that is looked into, and all of them together: a letter is a few kB, and a folder may hold anything.
const TEXT_LIMIT: u64 = 1024 * 1024;
const TEXTS_LIMIT: u64 = 16 * TEXT_LIMIT;

/// What lies in a folder, by name. Nothing is opened but ordinary files, and no more than a little of any is held.
pub(crate) fn scan(lang: Lang, folder: &str) -> Result<Vec<Found>> {
    let cannot =
        |error: std::io::Error| anyhow!(phrases::cannot_read(lang, &folder, &why(lang, &error)));
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(cannot)? {
        entries.push(entry.map_err(cannot)?.path());
    }
    entries.sort();
    let mut room = TEXTS_LIMIT;
    let found = entries.iter().map(|path| {
        let found = look_at(lang, path, room);
        let held = found.text.as_ref().map_or(0, |text| text.len() as u64);
        room = room.saturating_sub(held);
        found
    });
    Ok(found.collect())
}

/// One thing in a folder. What cannot be read is told and stops nothing.
fn look_at(lang: Lang, path: &Path, room: u64) -> Found {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let mut found = Found {
        name: name.unwrap_or_default(),
        kind: Kind::File,
        bytes: 0,
        sha256: String::new(),
        text: None,
    };
    let told = fs::symlink_metadata(path).and_then(|data| {
        found.kind = kind_of(data.file_type());
        if found.kind == Kind::File {
            let fits = data.len() <= room.min(TEXT_LIMIT);
            read_found(path, fits, &mut found)?;
        }
        Ok(())
    });
    if let Err(error) = told {
        found.kind = Kind::Unreadable(why(lang, &error));
    }
    found
}

fn kind_of(of: fs::FileType) -> Kind {
    if of.is_symlink() {
        Kind::Link
    } else if of.is_dir() {
        Kind::Folder
    } else if of.is_file() {
        Kind::File
    } else {
        Kind::Other
    }
}

/// Size, digest and, of a small text, what stands there.
fn read_found(path: &Path, fits: bool, found: &mut Found) -> std::io::Result<()> {
    let extension = path
        .extension()
        .map(|end| end.to_string_lossy().to_lowercase());
    let texts = ["html", "htm", "md", "markdown", "txt", "json"];
    let is_text = extension.is_some_and(|end| texts.contains(&end.as_str()));
    let mut text = (is_text && fits).then(Vec::new);
    let (mut file, mut sha) = (fs::File::open(path)?, Sha256::new());
    let mut part = vec![0; 64 * 1024];
    loop {
        let count = match file.read(&mut part) {
            Ok(0) => break,
            Ok(count) => count,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let read = part.get(..count).unwrap_or_default();
        sha.update(read);
        found.bytes += count as u64;
        if let Some(text) = text.as_mut().filter(|_| found.bytes <= TEXT_LIMIT) {
            text.extend_from_slice(read);
        }
    }
    let whole = text.filter(|text| text.len() as u64 == found.bytes);
    found.text = whole.and_then(|text| String::from_utf8(text).ok());
    found.sha256 = format!("sha256:{}", sekretesskoll::source::hex(&sha.finalize()));
    Ok(())
}

/// Whether two folders are the same.
pub(crate) fn is_same_folder(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| fs::canonicalize(path).ok();
    whole(one).is_some_and(|one| whole(other) == Some(one))
}

/// The exercises of a folder.
pub(crate) fn read_exercises(lang: Lang, folder: &str) -> Result<Files> {
    let cannot =
        |error: std::io::Error| anyhow!(phrases::cannot_read(lang, &folder, &why(lang, &error)));
    let mut files = Files::new();
    for entry in fs::read_dir(folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let is_exercise = path.extension().is_some_and(|kind| kind == "toml");
        if let Some(name) = name.filter(|_| is_exercise) {
            files.insert(name, read_text(lang, &path.to_string_lossy())?);
        }
    }
    Ok(files)
}

/// The JSON files of a folder, by name.
pub(crate) fn json_files(lang: Lang, folder: &str) -> Result<Vec<PathBuf>> {
    let cannot =
        |error: std::io::Error| anyhow!(phrases::cannot_read(lang, &folder, &why(lang, &error)));
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        if path.extension().is_some_and(|kind| kind == "json") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Gives a file of our own another name.
pub(crate) fn rename(lang: Lang, from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).map_err(|error| cannot_write(lang, from, &error))
}

/// Eight digits by chance, as the system's hasher is seeded: a name that says nothing about anybody.
pub(crate) fn by_chance() -> String {
    use std::hash::{BuildHasher as _, RandomState};
    let chance = RandomState::new().hash_one(std::process::id());
    format!("{:08x}", chance >> 32)
}
