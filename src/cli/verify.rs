//! `verify` and `sign`: detached SSH signatures on documents.

use std::io::IsTerminal as _;
use std::path::Path;

use anyhow::{Result, anyhow};
use clap::ArgMatches;

use sekretesskoll::language::Lang;
use sekretesskoll::register::SIGNATURE;
use sekretesskoll::seal::{self, Sealed};
use sekretesskoll::signature::{
    self, AllowedSigners, During, Fault, Key, Refused, Signer, Unfit, Unusable,
};

use crate::cli::args::Usage;
use crate::cli::{Exit, clock, files, out, phrases, say, term};

/// Runs `verify`.
pub(crate) fn run(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let given = |name: &str| matches.get_one::<String>(name).map(String::as_str);
    let path = given("file").unwrap_or_default();
    let allowed = allowed(lang, given("allowed-signers").unwrap_or_default())?;
    let bytes = files::read_bytes(lang, path)?;
    let signature = given("signature").map_or_else(|| format!("{path}{SIGNATURE}"), str::to_owned);
    let signature = files::read_bytes(lang, &signature)?;
    let during = during(lang, matches)?;
    let verified = signature::verify(&bytes, &signature, &allowed, given("signer"), during);
    if let Err(Fault::Algorithm(name)) = &verified {
        // Nothing was found: it could not be checked.
        return Err(anyhow!(phrases::fault_algorithm(lang, &path, name)));
    }
    let sealed = seal::sealed(&bytes);
    let broken = sealed.as_ref().filter(|sealed| !sealed.holds());
    let broken = broken.map(|_| phrases::verify_digest_wrong(lang, &path));
    let fault = verified
        .as_ref()
        .err()
        .map(|f| fault_in_words(lang, path, f));
    let findings: Vec<String> = fault.into_iter().chain(broken).collect();
    match verified {
        Ok(signer) if findings.is_empty() => good(lang, path, &signer, sealed.as_ref()),
        _ => found(&findings),
    }
}

fn found(findings: &[String]) -> Result<Exit> {
    crate::cli::out_findings(findings)?;
    Ok(Exit::Found)
}

/// Who, with which key, which file, and that its digest is right.
fn good(lang: Lang, path: &str, signer: &Signer, sealed: Option<&Sealed>) -> Result<Exit> {
    let key = format!("{} ({})", signer.fingerprint, signer.algorithm);
    let digest = match sealed {
        Some(sealed) => phrases::verify_digest_right(lang, &sealed.computed),
        None => phrases::verify_no_digest(lang),
    };
    let lines = [
        phrases::verify_good(lang),
        phrases::verify_who(lang, &signer.principals),
        phrases::verify_key(lang, &key),
        phrases::verify_file(lang, &path),
        digest,
    ];
    out(&format!("{}\n", lines.join("\n")))?;
    Ok(Exit::Done)
}

fn allowed(lang: Lang, path: &str) -> Result<AllowedSigners> {
    let text = files::read_text(lang, path)?;
    AllowedSigners::read(&text).map_err(|refused| anyhow!(refused_in_words(lang, path, &refused)))
}

fn refused_in_words(lang: Lang, path: &str, refused: &Refused) -> String {
    let why = match &refused.why {
        Unfit::CertAuthority => phrases::allowed_cert_authority(lang),
        Unfit::Option(name) => phrases::allowed_option(lang, name),
        Unfit::Twice(name) => phrases::allowed_twice(lang, name),
        Unfit::Value(name) => phrases::allowed_value(lang, name),
        Unfit::NeverValid => phrases::allowed_never(lang),
        Unfit::Key => phrases::allowed_key(lang),
        Unfit::Shape => phrases::allowed_shape(lang),
    };
    phrases::allowed_refused(lang, &path, &refused.line, &why)
}

/// The whole of the day asked for, else now.
fn during(lang: Lang, matches: &ArgMatches) -> Result<During> {
    let Some(day) = clock::day(lang, matches)? else {
        return Ok(During::moment(clock::now()?.timestamp()));
    };
    During::day(day).ok_or_else(|| Usage(phrases::bad_day_argument(lang, &day)).into())
}

fn fault_in_words(lang: Lang, path: &str, fault: &Fault) -> String {
    match fault {
        Fault::Garbage => phrases::fault_garbage(lang, &path),
        Fault::Namespace => phrases::fault_namespace(lang, &path, &signature::NAMESPACE),
        Fault::Hash => phrases::fault_hash(lang, &path),
        Fault::Algorithm(name) => phrases::fault_algorithm(lang, &path, name),
        Fault::Changed => phrases::fault_changed(lang, &path),
        Fault::Unknown(key) => phrases::fault_unknown(lang, &path, key),
        Fault::SomebodyElse(key) => phrases::fault_somebody_else(lang, &path, key),
        Fault::NotForThis(key) => phrases::fault_not_for_this(lang, &path, key),
        Fault::NotYet(key) => phrases::fault_not_yet(lang, &path, key),
        Fault::Expired(key) => phrases::fault_expired(lang, &path, key),
    }
}

/// Runs `sign`.
pub(crate) fn sign(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let given = |name: &str| matches.get_one::<String>(name).map_or("", String::as_str);
    let (path, key_path) = (given("file"), given("key"));
    let bytes = files::read_bytes(lang, path)?;
    if seal::sealed(&bytes).is_some_and(|sealed| !sealed.holds()) {
        return found(&[phrases::verify_digest_wrong(lang, &path)]);
    }
    let key = key(lang, key_path)?;
    let signed = key.sign(&bytes);
    let signed = signed.map_err(|why| unusable(lang, key_path, why))?;
    let signature = format!("{path}{SIGNATURE}");
    files::write_new(lang, Path::new(&signature), &signed)?;
    say(&phrases::signed(lang, &path, &key.fingerprint()));
    out(&format!("{signature}\n"))?;
    Ok(Exit::Done)
}

/// The key, unlocked with the passphrase that the one at the terminal gives.
fn key(lang: Lang, path: &str) -> Result<Key> {
    let read = Key::read(&files::read_bytes(lang, path)?);
    let key = read.map_err(|why| unusable(lang, path, why))?;
    if !key.is_encrypted() {
        return Ok(key);
    }
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Err(Usage(phrases::key_needs_terminal(lang, &path)).into());
    }
    let passphrase = term::passphrase(&phrases::ask_passphrase(lang, &path))?;
    let unlocked = key.unlocked(&passphrase);
    unlocked.map_err(|why| unusable(lang, path, why))
}

fn unusable(lang: Lang, path: &str, why: Unusable) -> anyhow::Error {
    anyhow!(match why {
        Unusable::NotAKey => phrases::key_not_a_key(lang, &path),
        Unusable::Algorithm => phrases::key_algorithm(lang, &path),
        Unusable::Passphrase => phrases::key_passphrase(lang, &path),
    })
}
