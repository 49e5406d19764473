//! `register`: enter documents, check the folder against them, and print the head to keep elsewhere.

use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use clap::ArgMatches;

use sekretesskoll::language::Lang;
use sekretesskoll::register::{Document, Entry, FILE, Finding, Head, Kind, Register, is_name};
use sekretesskoll::seal::Sealed;

use crate::cli::args::Usage;
use crate::cli::files::{self, Looked};
use crate::cli::{Exit, clock, out, phrases, say, screen};

/// Runs the command.
pub(crate) fn run(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let folder = matches.get_one::<String>("folder").map(PathBuf::from);
    let folder = folder.unwrap_or_default();
    match matches.subcommand() {
        Some(("add", matches)) => add(lang, matches, &folder),
        Some(("check", matches)) => check(lang, matches, &folder),
        _ => head(lang, &folder),
    }
}

/// Why documents were not entered, where the register or a document is at fault and not the disk.
#[derive(Default)]
struct Refusal(Vec<String>);

fn add(lang: Lang, matches: &ArgMatches, folder: &Path) -> Result<Exit> {
    let given = matches.get_one::<String>("kind");
    let kind = given
        .and_then(|kind| Kind::from_key(kind))
        .unwrap_or(Kind::Other);
    let paths = matches.get_many::<String>("file").into_iter().flatten();
    let looked = paths.map(|path| looked(lang, folder, path, kind));
    let looked: Vec<(Document, bool)> = looked.collect::<Result<_>>()?;
    let broken = looked.iter().filter(|(_, holds)| !holds);
    let broken = broken.map(|(document, _)| phrases::verify_digest_wrong(lang, &document.file));
    let broken: Vec<String> = broken.collect();
    if !broken.is_empty() {
        return not_added(lang, &broken);
    }
    let documents = looked.into_iter().map(|(document, _)| document).collect();
    enter(lang, folder, documents)
}

/// Appends the lines, unless the register does not hold or has the file already.
fn enter(lang: Lang, folder: &Path, documents: Vec<Document>) -> Result<Exit> {
    let mut documents = Some(documents);
    let (mut refusal, mut entered) = (Refusal::default(), Vec::new());
    files::append(lang, folder, &mut |before| {
        let register = Register::read(before);
        let documents = wanted(
            lang,
            &register,
            documents.take().unwrap_or_default(),
            &mut refusal,
        );
        if !refusal.0.is_empty() {
            return Ok(String::new());
        }
        entered = register.next(documents, &clock::to_the_minute(&clock::now()?));
        Ok(entered.iter().map(Entry::line).collect())
    })?;
    if !refusal.0.is_empty() {
        return not_added(lang, &refusal.0);
    }
    for entry in &entered {
        let kind = kind_in_words(lang, entry.kind);
        say(&phrases::register_added(
            lang,
            &entry.number,
            &entry.file,
            &kind,
        ));
    }
    entered
        .last()
        .map_or(Ok(Exit::Done), |last| print_head(lang, last))
}

/// The documents that are not entered already; what stands in the way is put in the refusal.
fn wanted(
    lang: Lang,
    register: &Register,
    documents: Vec<Document>,
    refusal: &mut Refusal,
) -> Vec<Document> {
    let lines = register.findings.iter();
    refusal
        .0
        .extend(lines.map(|finding| in_words(lang, finding)));
    let mut wanted: Vec<Document> = Vec::new();
    for document in documents {
        match register.entry_of(&document.file) {
            Some(entry) if entry.sha256 == document.sha256 => {
                say(&phrases::register_there(lang, &entry.number, &entry.file));
            }
            Some(entry) => refusal
                .0
                .push(phrases::register_other_bytes(lang, &entry.file)),
            None if wanted.contains(&document) => {}
            None => wanted.push(document),
        }
    }
    wanted
}

fn not_added(lang: Lang, why: &[String]) -> Result<Exit> {
    print(why)?;
    say(&phrases::register_not_added(lang));
    Ok(Exit::Found)
}

fn print(lines: &[String]) -> Result<()> {
    crate::cli::out_findings(lines)
}

/// A document in the folder, and whether the digest in it holds.
fn looked(lang: Lang, folder: &Path, path: &str, kind: Kind) -> Result<(Document, bool)> {
    let (name, path) = in_folder(lang, folder, path)?;
    let Looked { sha256, sealed } = files::look(lang, &path)?;
    let of_itself = sealed.as_ref().and_then(|sealed| sealed.kind.as_deref());
    let of_itself = of_itself.and_then(Kind::from_key);
    let holds = sealed.as_ref().is_none_or(Sealed::holds);
    let document = Document {
        kind: of_itself.unwrap_or(kind),
        file: name,
        sha256,
        digest: sealed.map(|sealed| sealed.computed),
    };
    Ok((document, holds))
}

/// The name and the path of a file that lies in the folder, given by its path or by its name there.
fn in_folder(lang: Lang, folder: &Path, given: &str) -> Result<(String, PathBuf)> {
    let path = Path::new(given);
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    let real = |path: &Path| path.canonicalize().ok();
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let here = parent.is_none() || parent.and_then(real) == real(folder);
    if !here {
        return Err(anyhow!(phrases::register_elsewhere(
            lang,
            &given,
            &folder.display()
        )));
    }
    if name == FILE || !is_name(&name) {
        return Err(Usage(phrases::register_bad_name(lang)).into());
    }
    let path = folder.join(&name);
    Ok((name, path))
}

fn check(lang: Lang, matches: &ArgMatches, folder: &Path) -> Result<Exit> {
    let written = matches.get_one::<String>("head");
    let head = written
        .map(|written| read_head(lang, written))
        .transpose()?;
    let register = read(lang, folder)?;
    let mut findings = register.check(&files::list_folder(lang, folder)?, head.as_ref());
    if files::folder_is_open(folder) {
        findings.push(Finding::Shared(folder.display().to_string()));
    }
    print(
        &findings
            .iter()
            .map(|finding| in_words(lang, finding))
            .collect::<Vec<_>>(),
    )?;
    if findings.is_empty() {
        say(&phrases::register_holds(lang, &register.entries.len()));
    } else {
        say(&phrases::findings_count(lang, &findings.len()));
    }
    match head {
        None => say(&screen::wrap(&phrases::register_without_head(lang))),
        Some(_) if findings.is_empty() => say(&phrases::register_head_right(lang)),
        Some(_) => {}
    }
    Ok(if findings.is_empty() {
        Exit::Done
    } else {
        Exit::Found
    })
}

fn read_head(lang: Lang, written: &str) -> Result<Head> {
    Head::read(written).ok_or_else(|| Usage(phrases::register_bad_head(lang)).into())
}

fn read(lang: Lang, folder: &Path) -> Result<Register> {
    let bytes = files::read_register(lang, folder)?;
    let bytes = bytes.ok_or_else(|| anyhow!(phrases::register_none(lang, &folder.display())))?;
    Ok(Register::read(&bytes))
}

fn head(lang: Lang, folder: &Path) -> Result<Exit> {
    let register = read(lang, folder)?;
    let findings = register.findings.iter();
    let findings: Vec<String> = findings.map(|finding| in_words(lang, finding)).collect();
    if !findings.is_empty() {
        print(&findings)?;
        say(&phrases::findings_count(lang, &findings.len()));
        return Ok(Exit::Found);
    }
    match register.entries.last() {
        Some(last) => print_head(lang, last),
        None => Err(anyhow!(phrases::register_none(lang, &folder.display()))),
    }
}

/// The head whole on standard out, and as it is written on paper.
fn print_head(lang: Lang, last: &Entry) -> Result<Exit> {
    out(&format!("{}\n", last.head()))?;
    say(&phrases::register_paper(lang));
    say(&format!("  {}", last.on_paper()));
    Ok(Exit::Done)
}

fn kind_in_words(lang: Lang, kind: Kind) -> String {
    match kind {
        Kind::Record => phrases::kind_record(lang),
        Kind::Review => phrases::kind_review(lang),
        Kind::Dispatch => phrases::kind_dispatch(lang),
        Kind::Letter => phrases::kind_letter(lang),
        Kind::Note => phrases::kind_note(lang),
        Kind::Other => phrases::kind_other(lang),
    }
}

fn in_words(lang: Lang, finding: &Finding) -> String {
    match finding {
        Finding::Unreadable(line) => phrases::reg_unreadable(lang, line),
        Finding::Half(line) => phrases::reg_half(lang, line),
        Finding::Changed(line, file) => phrases::reg_changed(lang, line, file),
        Finding::Repeated(line, first) => phrases::reg_repeated(lang, line, first),
        Finding::Gone(line, from, to) => gone(lang, *line, *from, *to),
        Finding::Moved(line, number) => phrases::reg_moved(lang, line, number),
        Finding::Unbound(line) => phrases::reg_unbound(lang, line),
        Finding::Again(line, file) => phrases::reg_again(lang, line, file),
        Finding::CutOff(head, last) => phrases::reg_cut_off(lang, head, last),
        Finding::OtherHead(number) => phrases::reg_other_head(lang, number),
        Finding::NoHead => phrases::reg_no_head(lang),
        of_a_file => file_in_words(lang, of_a_file),
    }
}

fn gone(lang: Lang, line: usize, from: u64, to: u64) -> String {
    if from == to {
        phrases::reg_one_gone(lang, &line, &from)
    } else {
        phrases::reg_gone(lang, &line, &from, &to)
    }
}

fn file_in_words(lang: Lang, finding: &Finding) -> String {
    match finding {
        Finding::Missing(file, number) => phrases::reg_missing(lang, &shown(file), number),
        Finding::Differs(file, number) => phrases::reg_differs(lang, &shown(file), number),
        Finding::Link(file) => phrases::register_link(lang, &shown(file)),
        Finding::Closed(file) => phrases::reg_closed(lang, &shown(file)),
        Finding::Stray(file, None) => phrases::reg_stray(lang, &shown(file)),
        Finding::Stray(file, Some(of)) => phrases::reg_copy(lang, &shown(file), of),
        Finding::Shared(file) => phrases::reg_shared(lang, &shown(file)),
        _ => String::new(),
    }
}

/// A name that somebody else may have chosen, without what a terminal would obey.
fn shown(file: &str) -> String {
    let plain = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    file.chars().map(plain).collect()
}
