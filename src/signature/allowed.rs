//! The allowed-signers file of OpenSSH: who may sign, with which key, for what and when.
//!
//! What is not understood is refused with its line: an option that is passed over may be one that forbids.

use jiff::Timestamp;
use jiff::civil::DateTime;
use ssh_key::PublicKey;

use super::{During, Fault, NAMESPACE, Signer, ZONE, fingerprint};

/// Who may sign.
#[derive(Clone, Debug, Default)]
pub struct AllowedSigners {
    lines: Vec<Allowed>,
}

/// A line that lets a key sign.
#[derive(Clone, Debug)]
struct Allowed {
    principals: String,
    key: PublicKey,
    options: Options,
}

#[derive(Clone, Debug, Default)]
struct Options {
    namespaces: Option<String>,
    after: Option<Timestamp>,
    before: Option<Timestamp>,
}

/// A line that the file cannot be used with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub why: Unfit,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It lets a certificate authority choose who may sign.
    CertAuthority,
    /// An option that is not understood.
    Option(String),
    /// An option given twice.
    Twice(String),
    /// The value of an option cannot be read: no quotation marks, or no time that exists.
    Value(String),
    /// `valid-before` is not after `valid-after`.
    NeverValid,
    /// The key cannot be read, or is of an unknown sort.
    Key,
    /// The line is not principals, options and key.
    Shape,
}

impl AllowedSigners {
    /// Reads the file. Empty lines and lines that begin with `#` say nothing.
    ///
    /// # Errors
    /// The first line that is not understood: then nobody may sign.
    pub fn read(text: &str) -> Result<Self, Refused> {
        let lines = text.lines().enumerate();
        let lines = lines.map(|(at, line)| (at + 1, line.trim()));
        let said = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let read =
            said.map(|(at, line)| Allowed::read(line).map_err(|why| Refused { line: at, why }));
        Ok(Self {
            lines: read.collect::<Result<_, _>>()?,
        })
    }

    /// The line that lets a key sign; where none does, what stands in the way of the one that comes nearest.
    pub(super) fn find(
        &self,
        key: &PublicKey,
        signer: Option<&str>,
        during: During,
    ) -> Result<Signer, Fault> {
        let print = fingerprint(key).to_string();
        let of_key = |line: &&Allowed| line.key.key_data() == key.key_data();
        let judged = self.lines.iter().filter(of_key);
        let judged: Vec<_> = judged
            .map(|line| line.judge(&print, signer, during))
            .collect();
        let nearest = judged.iter().filter_map(|line| line.as_ref().err());
        let nearest = nearest.max_by_key(|fault| nearness(fault)).cloned();
        judged
            .into_iter()
            .find_map(Result::ok)
            .ok_or(nearest.unwrap_or(Fault::Unknown(print)))
    }
}

/// How far a line got before it said no.
fn nearness(fault: &Fault) -> u8 {
    match fault {
        Fault::NotYet(_) | Fault::Expired(_) => 2,
        Fault::NotForThis(_) => 1,
        _ => 0,
    }
}

impl Allowed {
    fn read(line: &str) -> Result<Self, Unfit> {
        let (principals, rest) = word(line).ok_or(Unfit::Shape)?;
        let principals = unquoted(principals).ok_or(Unfit::Shape)?;
        let (first, after) = word(rest).ok_or(Unfit::Shape)?;
        let (options, key) = if is_key_type(first) {
            (Options::default(), rest)
        } else {
            (Options::read(first)?, after)
        };
        if principals.is_empty() || key.is_empty() {
            return Err(Unfit::Shape);
        }
        let key = PublicKey::from_openssh(key).map_err(|_| Unfit::Key)?;
        Ok(Self {
            principals: principals.to_owned(),
            key,
            options,
        })
    }

    fn judge(&self, print: &str, signer: Option<&str>, during: During) -> Result<Signer, Fault> {
        let fault = |fault: fn(String) -> Fault| Err(fault(print.to_owned()));
        let options = &self.options;
        let for_this = |namespaces: &String| matches(namespaces, NAMESPACE);
        if !signer.is_none_or(|signer| matches(&self.principals, signer)) {
            return fault(Fault::SomebodyElse);
        }
        if !options.namespaces.as_ref().is_none_or(for_this) {
            return fault(Fault::NotForThis);
        }
        if options.after.is_some_and(|after| during.from < after) {
            return fault(Fault::NotYet);
        }
        if options.before.is_some_and(|before| during.until > before) {
            return fault(Fault::Expired);
        }
        Ok(Signer {
            principals: self.principals.clone(),
            fingerprint: print.to_owned(),
            algorithm: self.key.algorithm().as_str().to_owned(),
        })
    }
}

impl Options {
    fn read(written: &str) -> Result<Self, Unfit> {
        let mut options = Self::default();
        for option in pieces(written, ',') {
            options.take(option)?;
        }
        match (options.after, options.before) {
            (Some(after), Some(before)) if before <= after => Err(Unfit::NeverValid),
            _ => Ok(options),
        }
    }

    fn take(&mut self, option: &str) -> Result<(), Unfit> {
        let (name, value) = option.split_once('=').unwrap_or((option, ""));
        let name = name.to_ascii_lowercase();
        let unfit = || Unfit::Value(name.clone());
        let quoted = || quoted(value).ok_or_else(unfit);
        let time = || quoted().and_then(|value| time(value).ok_or_else(unfit));
        let before = match name.as_str() {
            "namespaces" => self.namespaces.replace(quoted()?.to_owned()).is_some(),
            "valid-after" => self.after.replace(time()?).is_some(),
            "valid-before" => self.before.replace(time()?).is_some(),
            "cert-authority" => return Err(Unfit::CertAuthority),
            _ => return Err(Unfit::Option(name)),
        };
        if before {
            return Err(Unfit::Twice(name));
        }
        Ok(())
    }
}

/// The first word, up to white space that stands outside quotation marks, and what follows it.
fn word(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start();
    let mut inside = false;
    let end = line.find(|c: char| {
        inside ^= c == '"';
        c.is_whitespace() && !inside
    });
    let (first, rest) = line.split_at_checked(end.unwrap_or(line.len()))?;
    Some((first, rest.trim_start())).filter(|_| !first.is_empty())
}

/// The parts between a sign that stands outside quotation marks.
fn pieces(text: &str, sign: char) -> impl Iterator<Item = &str> {
    let mut inside = false;
    text.split(move |c: char| {
        inside ^= c == '"';
        c == sign && !inside
    })
}

/// What stands between quotation marks, which an option must have.
fn quoted(value: &str) -> Option<&str> {
    let inner = value.strip_prefix('"')?.strip_suffix('"')?;
    Some(inner).filter(|inner| !inner.is_empty() && !inner.contains(['"', '\\']))
}

/// A word with or without quotation marks around the whole of it.
fn unquoted(word: &str) -> Option<&str> {
    if word.contains('"') {
        quoted(word)
    } else {
        Some(word)
    }
}

/// What the names of key types begin with: a line may have its key right after the principals.
fn is_key_type(word: &str) -> bool {
    ["ssh-", "ecdsa-", "sk-ssh-", "sk-ecdsa-"]
        .iter()
        .any(|start| word.starts_with(start))
}

/// `YYYYMMDD`, `YYYYMMDDHHMM` or `YYYYMMDDHHMMSS`; with `Z` in UTC, else in Swedish time.
fn time(written: &str) -> Option<Timestamp> {
    let (digits, zone) = match written.strip_suffix(['Z', 'z']) {
        Some(digits) => (digits, "UTC"),
        None => (written, ZONE),
    };
    let whole = match digits.len() {
        8 => format!("{digits}000000"),
        12 => format!("{digits}00"),
        14 => digits.to_owned(),
        _ => return None,
    };
    if !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let time = DateTime::strptime("%Y%m%d%H%M%S", &whole).ok()?;
    Some(time.in_tz(zone).ok()?.timestamp())
}

/// Whether a word matches a list of patterns: one of them does, and none that begins with `!`.
fn matches(patterns: &str, word: &str) -> bool {
    let (mut some, word) = (false, word.as_bytes());
    for pattern in patterns.split(',') {
        match pattern.strip_prefix('!') {
            Some(forbidden) if fits(forbidden.as_bytes(), word) => return false,
            Some(_) => {}
            None => some |= fits(pattern.as_bytes(), word),
        }
    }
    some
}

/// `*` is any run of characters and `?` any one; upper and lower case differ, as in OpenSSH.
fn fits(pattern: &[u8], word: &[u8]) -> bool {
    let (mut pattern, mut word) = (pattern, word);
    // Where to go on when what follows the latest `*` does not fit: only the latest can matter.
    let mut again: Option<(&[u8], &[u8])> = None;
    loop {
        match (pattern.split_first(), word.split_first()) {
            (None, None) => return true,
            (Some((b'*', rest)), _) => {
                again = Some((rest, word));
                pattern = rest;
            }
            (Some((p, rest)), Some((w, words))) if *p == b'?' || p == w => {
                (pattern, word) = (rest, words);
            }
            _ => {
                let Some((rest, [_, words @ ..])) = again else {
                    return false;
                };
                again = Some((rest, words));
                (pattern, word) = (rest, words);
            }
        }
    }
}
