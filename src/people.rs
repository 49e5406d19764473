//! Looks for personal data in free text: what a program can find, and nothing it cannot. Names cannot be found.

use std::ops::Range;

use crate::glance::{Glance, glance};
use crate::language::Lang;

/// What sort of personal data was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A personal identity number (*personnummer*).
    IdentityNumber,
    /// A coordination number (*samordningsnummer*).
    CoordinationNumber,
    /// A telephone number.
    Telephone,
    /// An e-mail address.
    Email,
    /// A word about protected personal data.
    ProtectedAddress,
}

impl What {
    /// Every sort.
    pub const ALL: [What; 5] = [
        What::IdentityNumber,
        What::CoordinationNumber,
        What::Telephone,
        What::Email,
        What::ProtectedAddress,
    ];

    /// The key that documents hold.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            What::IdentityNumber => "identity-number",
            What::CoordinationNumber => "coordination-number",
            What::Telephone => "telephone",
            What::Email => "e-mail",
            What::ProtectedAddress => "protected-address",
        }
    }

    /// The word on the screen.
    #[must_use]
    pub const fn text(self, lang: Lang) -> &'static str {
        match self {
            What::IdentityNumber => lang.pick("ett personnummer", "a personal identity number"),
            What::CoordinationNumber => lang.pick("ett samordningsnummer", "a coordination number"),
            What::Telephone => lang.pick("ett telefonnummer", "a telephone number"),
            What::Email => lang.pick("en e-postadress", "an e-mail address"),
            What::ProtectedAddress => lang.pick(
                "ord om skyddade personuppgifter",
                "words about protected personal data",
            ),
        }
    }
}

/// Something found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What sort.
    pub what: What,
    /// Where, in characters from 0.
    pub at: Range<usize>,
}

const PROTECTED: [&str; 7] = [
    "skyddad adress",
    "skyddad identitet",
    "skyddade personuppgifter",
    "sekretessmarkering",
    "skyddad folkbokföring",
    "kvarskrivning",
    "protected address",
];

/// The fewest digits of an identity number, and of a telephone number.
const FEWEST_DIGITS: [usize; 2] = [10, 7];

/// Whether there can be a number to find: enough digits with nothing but signs between.
fn may_hold_number(bytes: &[u8]) -> bool {
    let [identity, telephone] = FEWEST_DIGITS;
    let (mut run, mut dialled, mut before) = (0, 0, b' ');
    for byte in bytes {
        let begins = matches!(byte, b'0' | b'+') && !before.is_ascii_alphanumeric();
        match byte {
            b'0'..=b'9' | b'+' => {
                run += 1;
                dialled += usize::from(dialled > 0 || begins);
            }
            b' ' | b'-' | b'(' | b')' | b'/' | b'.' | 0x80.. => {}
            _ => (run, dialled) = (0, 0),
        }
        if run >= identity || dialled >= telephone {
            return true;
        }
        before = *byte;
    }
    false
}

/// Looks for one sort of data.
type Look = fn(&[char]) -> Vec<Hit>;

/// Everything found in a text, in order.
#[must_use]
pub fn look_through(text: &str) -> Vec<Hit> {
    let seen = glance(text);
    if may_hold_any(seen) {
        look(text, seen)
    } else {
        Vec::new()
    }
}

/// Whether a text that was seen at a glance is to be looked through.
pub(crate) const fn may_hold_any(seen: Glance) -> bool {
    seen.digits >= FEWEST_DIGITS[1] || seen.may_hold_word
}

fn look(text: &str, seen: Glance) -> Vec<Hit> {
    let number = seen.digits >= FEWEST_DIGITS[1] && may_hold_number(text.as_bytes());
    look_for(text, [number, seen.may_hold_word, seen.may_hold_word])
}

/// Everything found in a text, whatever a glance says.
#[cfg(test)]
pub(crate) fn look_at_every_sign(text: &str) -> Vec<Hit> {
    look_for(text, [true; 3])
}

/// Looks for numbers, e-mail addresses and words about protection.
fn look_for(text: &str, may: [bool; 3]) -> Vec<Hit> {
    if may == [false; 3] {
        return Vec::new();
    }
    let chars: Vec<char> = text.chars().collect();
    let looks: [Look; 3] = [numbers, emails, protected];
    let looks = looks.into_iter().zip(may).filter(|(_, may)| *may);
    let mut hits: Vec<Hit> = looks.flat_map(|(look, _)| look(&chars)).collect();
    hits.sort_by_key(|hit| hit.at.start);
    hits
}

/// Runs of digits with the signs that people put between them. A run may hold more than the number: every end at a
/// group of digits is tried, identity numbers first.
fn numbers(chars: &[char]) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut at = 0;
    while let Some(start) = (at..chars.len()).find(|i| starts_number(chars, *i)) {
        let ends = ends_of_groups(chars, start, end_of_run(chars, start));
        let hit = [identity as Judge, telephone as Judge]
            .into_iter()
            .find_map(|judge| best(chars, start, &ends, judge));
        at = hit.as_ref().map_or_else(
            || ends.last().copied().unwrap_or(start + 1),
            |hit| hit.at.end,
        );
        hits.extend(hit);
    }
    hits
}

type Judge = fn(&[char], &[u32]) -> Option<What>;

fn best(chars: &[char], start: usize, ends: &[usize], judge: Judge) -> Option<Hit> {
    ends.iter().find_map(|end| {
        let run = chars.get(start..*end)?;
        let digits: Vec<u32> = run.iter().filter_map(|c| c.to_digit(10)).collect();
        Some(Hit {
            what: judge(run, &digits)?,
            at: start..*end,
        })
    })
}

/// The ends of the groups of digits in a run, the longest run first.
fn ends_of_groups(chars: &[char], start: usize, end: usize) -> Vec<usize> {
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    (start + 1..=end)
        .rev()
        .filter(|at| digit(at - 1) && !digit(*at))
        .collect()
}

fn starts_number(chars: &[char], at: usize) -> bool {
    let here = chars.get(at).copied().unwrap_or(' ');
    let before = at
        .checked_sub(1)
        .and_then(|at| chars.get(at))
        .copied()
        .unwrap_or(' ');
    (here.is_ascii_digit() || here == '+') && !before.is_alphanumeric() && before != '+'
}

/// The end of the run: digits, with single separators between digits.
fn end_of_run(chars: &[char], start: usize) -> usize {
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let separator = |at: usize| chars.get(at).is_some_and(|c| is_separator(*c));
    let mut end = start + 1;
    loop {
        match () {
            () if digit(end) => end += 1,
            () if separator(end) && digit(end + 1) => end += 2,
            () if separator(end) && separator(end + 1) && digit(end + 2) => end += 3,
            () => return end,
        }
    }
}

fn is_separator(c: char) -> bool {
    is_hyphen(c) || matches!(c, ' ' | '\u{a0}' | '+' | '(' | ')' | '/' | '.')
}

/// The hyphens that keyboards and word processors write.
const fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '–' | '\u{2212}')
}

/// Ten or twelve digits, a real month and day (day + 60 for coordination numbers), and a right check digit unless the
/// sign before the last four says what it is.
fn identity(run: &[char], digits: &[u32]) -> Option<What> {
    if run.first() == Some(&'+') || run.contains(&'/') || run.contains(&'.') {
        return None;
    }
    let ten = match digits.len() {
        10 => digits,
        12 if matches!(digits.get(..2)?, [1, 8 | 9] | [2, 0]) => digits.get(2..)?,
        _ => return None,
    };
    let two = |at: usize| Some(ten.get(at)? * 10 + ten.get(at + 1)?);
    let (month, day) = (two(2)?, two(4)?);
    // Written with its sign before the last four, a number is meant as one even where a digit was mistyped.
    let signed = run
        .iter()
        .rev()
        .nth(4)
        .is_some_and(|c| *c == '+' || is_hyphen(*c));
    let real = (1..=12).contains(&month) && (signed || luhn(ten));
    match day {
        1..=31 if real => Some(What::IdentityNumber),
        61..=91 if real => Some(What::CoordinationNumber),
        _ => None,
    }
}

/// The check digit of Swedish numbers: every other digit doubled, digit sums added, a multiple of ten.
fn luhn(ten: &[u32]) -> bool {
    let doubled = |(at, digit): (usize, &u32)| {
        if at % 2 == 0 {
            digit * 2 / 10 + digit * 2 % 10
        } else {
            *digit
        }
    };
    ten.iter().enumerate().map(doubled).sum::<u32>() % 10 == 0
}

/// A Swedish telephone number: a leading 0 or a country code, and eight to thirteen digits.
fn telephone(run: &[char], digits: &[u32]) -> Option<What> {
    let international = run.first() == Some(&'+') || digits.starts_with(&[0, 0]);
    let national = digits.first() == Some(&0) && digits.get(1) != Some(&0);
    let long_enough = if international { 9..=15 } else { 7..=11 };
    ((international || national) && long_enough.contains(&digits.len()) && !run.contains(&'–'))
        .then_some(What::Telephone)
}

fn emails(chars: &[char]) -> Vec<Hit> {
    let part = |c: &char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%');
    let ats = chars
        .iter()
        .enumerate()
        .filter(|(_, c)| **c == '@')
        .map(|(at, _)| at);
    ats.filter_map(|at| {
        let before = chars
            .get(..at)?
            .iter()
            .rev()
            .take_while(|c| part(c))
            .count();
        let after: Vec<char> = chars
            .get(at + 1..)?
            .iter()
            .take_while(|c| part(c))
            .copied()
            .collect();
        let dotted = after
            .iter()
            .rposition(|c| *c == '.')
            .is_some_and(|dot| dot > 0 && dot + 2 < after.len());
        (before > 0 && dotted).then(|| Hit {
            what: What::Email,
            at: at - before..at + 1 + after.len(),
        })
    })
    .collect()
}

fn protected(chars: &[char]) -> Vec<Hit> {
    let lower: Vec<char> = chars
        .iter()
        .map(|c| c.to_lowercase().next().unwrap_or(*c))
        .collect();
    let mut hits = Vec::new();
    for words in PROTECTED {
        let words: Vec<char> = words.chars().collect();
        let starts = lower
            .windows(words.len())
            .enumerate()
            .filter(|(_, window)| *window == words)
            .map(|(at, _)| at);
        hits.extend(starts.map(|start| Hit {
            what: What::ProtectedAddress,
            at: start..start + words.len(),
        }));
    }
    hits
}

#[cfg(test)]
mod tests {
    use super::{PROTECTED, What, look_through};

    #[test]
    fn no_word_about_protection_is_passed_over() {
        for word in PROTECTED {
            for text in [
                word.to_owned(),
                word.to_uppercase(),
                format!("Familjen har {word}."),
            ] {
                assert_eq!(found(&text), [What::ProtectedAddress], "{text}");
            }
        }
        assert_eq!(found("s\u{212a}yddad adress"), [What::ProtectedAddress]);
    }

    fn found(text: &str) -> Vec<What> {
        look_through(text).into_iter().map(|hit| hit.what).collect()
    }

    #[test]
    fn identity_numbers_with_a_right_check_digit_are_found_however_they_are_written() {
        for text in [
            "Barnet 121212-1212 bor",
            "19121212-1212",
            "191212121212",
            "1212121212",
            "121212+1212",
            "12 12 12 12 12",
            "tolv: 20121212-1212.",
        ] {
            assert_eq!(found(text), [What::IdentityNumber], "{text}");
        }
    }

    #[test]
    fn coordination_numbers_are_found() {
        assert_eq!(
            found("samordningsnummer 701063-2391"),
            [What::CoordinationNumber]
        );
    }

    #[test]
    fn a_wrong_check_digit_is_pointed_out_where_the_number_is_written_as_one() {
        assert_eq!(found("121212-1213"), [What::IdentityNumber]);
        assert_eq!(found("1212121213"), []);
    }

    #[test]
    fn digits_that_follow_hide_nothing() {
        for text in [
            "121212-1212 (8 år)",
            "121212-1212 3 gånger",
            "121212-1212 20 november",
            "19121212-1212 2026-11-20",
            "121212\u{2011}1212",
            "121212 1212 och 2026-11-20",
        ] {
            assert_eq!(found(text), [What::IdentityNumber], "{text}");
        }
        assert_eq!(found("070-123 45 67 112 ringdes"), [What::Telephone]);
        assert_eq!(found("070.123.45.67"), [What::Telephone]);
    }

    #[test]
    fn telephone_numbers_are_found() {
        for text in [
            "ring 070-123 45 67",
            "08-123 456 78",
            "+46 70 123 45 67",
            "0046701234567",
            "(060) 12 34 56",
        ] {
            assert_eq!(found(text), [What::Telephone], "{text}");
        }
    }

    #[test]
    fn e_mail_and_protected_address_are_found() {
        assert_eq!(
            found("skriv till anna.exempel@example.se i dag"),
            [What::Email]
        );
        assert_eq!(found("Hon har Skyddad Adress."), [What::ProtectedAddress]);
    }

    #[test]
    fn ordinary_sentences_days_and_reference_numbers_are_left_alone() {
        for text in [
            "Föräldern ringde den 20 november 2026 klockan 14.30.",
            "2020-06-17 och 2020-06-23",
            "SFS 2025:1501",
            "dnr 2026/001234",
            "tre gånger i veckan, 10–12 timmar",
            "e-post @ jobbet",
            "112",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
