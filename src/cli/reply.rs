//! One line of reply, understood: a digit, the beginning of an answer, or an answer with its sentence.

use std::ops::Range;

/// What can be answered, as shown with numbers from 1.
pub(crate) struct Choice {
    /// The text shown.
    pub(crate) text: String,
    /// The key, understood too.
    pub(crate) key: String,
    /// A sentence may follow the digit or the word.
    pub(crate) takes_text: bool,
    /// A line that is nothing else is this answer's sentence.
    pub(crate) sentence: bool,
}

/// What a line means.
#[cfg_attr(test, derive(Debug))]
#[derive(PartialEq, Eq)]
pub(crate) enum Meaning {
    /// An answer by its place, and the sentence that followed it.
    Answer(usize, Option<String>),
    /// More than one answer begins like that.
    Several,
    /// A sentence, or another answer with words after it.
    Unclear,
    /// The answer takes no sentence.
    NoTextTaken,
    /// Nothing that can be understood.
    Nothing,
}

/// Understands a line.
pub(crate) fn understand(line: &str, choices: &[&Choice]) -> Meaning {
    let line = line.trim();
    let Some(at) = choices.iter().position(|choice| choice.sentence) else {
        return match bare(line, choices) {
            Meaning::Nothing => with_text(line, choices),
            meaning => meaning,
        };
    };
    match bare(line, choices) {
        Meaning::Nothing if line.is_empty() || line.parse::<usize>().is_ok() => Meaning::Nothing,
        Meaning::Nothing => sentence(line, choices, at),
        meaning => meaning,
    }
}

/// Where a sentence is awaited. Where several answers take one, a leading number says which: `2 Exempelstad`. A line
/// that begins like another answer may be either, and a no must not become a yes: it is asked again.
fn sentence(line: &str, choices: &[&Choice], at: usize) -> Meaning {
    let several = choices.iter().filter(|choice| choice.takes_text).count() > 1;
    let starts_with_digit = line.chars().next().is_some_and(|c| c.is_ascii_digit());
    if several && starts_with_digit {
        return with_text(line, choices);
    }
    let first = first_word(line).to_lowercase();
    let like_another = choices
        .iter()
        .enumerate()
        .any(|(other, choice)| other != at && first_word(&choice.text).to_lowercase() == first);
    if starts_with_digit || like_another {
        return Meaning::Unclear;
    }
    Meaning::Answer(at, Some(line.to_owned()))
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default()
}

/// The words that a single letter stands for: `j` is *ja* and never the beginning of something else.
const SINGLE: [&str; 6] = ["ja", "nej", "osäker", "yes", "no", "unsure"];

/// A digit, a key, or the beginning of exactly one answer.
fn bare(line: &str, choices: &[&Choice]) -> Meaning {
    if let Ok(number) = line.trim_end_matches('.').parse::<usize>() {
        let at = number.checked_sub(1).filter(|at| *at < choices.len());
        return at.map_or(Meaning::Nothing, |at| Meaning::Answer(at, None));
    }
    if let Some(at) = choices
        .iter()
        .position(|choice| !line.is_empty() && choice.key == line)
    {
        return Meaning::Answer(at, None);
    }
    let word = line.to_lowercase();
    let whole = choices.iter().any(|choice| choice.sentence);
    let fits = |choice: &&Choice| begins(&choice.text.to_lowercase(), &word, whole);
    let found: Vec<usize> = choices
        .iter()
        .enumerate()
        .filter(|(_, choice)| fits(choice))
        .map(|(at, _)| at)
        .collect();
    match found.as_slice() {
        [at] => Meaning::Answer(*at, None),
        [] => Meaning::Nothing,
        _ => Meaning::Several,
    }
}

/// Where a sentence is awaited only a whole first word or the whole answer counts, so that a sentence stays a sentence.
fn begins(text: &str, word: &str, whole: bool) -> bool {
    let first = first_word(text);
    match word.chars().count() {
        0 => false,
        1 => SINGLE.contains(&first) && first.starts_with(word),
        _ if whole => text == word || first == word,
        _ => text.starts_with(word),
    }
}

/// `2 därför att …` or `nej, därför att …`.
fn with_text(line: &str, choices: &[&Choice]) -> Meaning {
    let Some(end) = line.find(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | '.')) else {
        return Meaning::Nothing;
    };
    let (head, text) = line.split_at(end);
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | '.'));
    match bare(head, choices) {
        Meaning::Answer(at, _) if choices.get(at).is_some_and(|choice| choice.takes_text) => {
            Meaning::Answer(at, Some(text.to_owned()))
        }
        Meaning::Answer(..) => Meaning::NoTextTaken,
        other => other,
    }
}

/// The numbers of a row of ticks; none where one of them is no number on the list.
pub(crate) fn ticks(line: &str, count: usize) -> Option<Vec<usize>> {
    let parts = line.split([' ', ',', ';']).filter(|part| !part.is_empty());
    let numbers: Option<Vec<usize>> = parts
        .map(|part| {
            part.parse::<usize>()
                .ok()
                .filter(|number| (1..=count).contains(number))
        })
        .collect();
    numbers.map(|mut numbers| {
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    })
}

/// A digit and a letter, in either order: `2a`, `2 a`, `a2`.
pub(crate) fn digit_and_letter(
    line: &str,
    digits: usize,
    letters: usize,
) -> Option<(usize, usize)> {
    let mut digit = None;
    let mut letter = None;
    for c in line
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, ',' | '.'))
    {
        match c.to_ascii_lowercase() {
            c @ '1'..='9' if digit.is_none() => digit = Some(c as usize - '1' as usize),
            c @ 'a'..='z' if letter.is_none() => letter = Some(c as usize - 'a' as usize),
            _ => return None,
        }
    }
    digit
        .zip(letter)
        .filter(|(digit, letter)| *digit < digits && *letter < letters)
}

/// A row of the list: what it is, its label and its date.
#[cfg_attr(test, derive(Debug))]
#[derive(PartialEq, Eq)]
pub(crate) struct Row {
    /// The prefix letter, if there was one of those awaited.
    pub(crate) prefix: Option<char>,
    /// The label without prefix and date.
    pub(crate) label: String,
    /// A date found in the row.
    pub(crate) dated: Option<String>,
}

/// Reads a row: `h: läkarintyg 2020-06-17`.
pub(crate) fn row(line: &str, prefixes: &[char]) -> Row {
    let line = line.trim();
    let prefix = line
        .chars()
        .next()
        .map(|c| c.to_ascii_lowercase())
        .filter(|c| prefixes.contains(c) && line.chars().nth(1) == Some(':'));
    let rest = if prefix.is_some() {
        line.get(2..).unwrap_or_default().trim()
    } else {
        line
    };
    match prefix.and_then(|_| date_in(rest)) {
        Some(range) => {
            let dated = rest.get(range.clone()).map(str::to_owned);
            let label = [rest.get(..range.start), rest.get(range.end..)]
                .into_iter()
                .flatten()
                .map(str::trim)
                .collect::<Vec<_>>()
                .join(" ");
            Row {
                prefix,
                label: label.trim().trim_end_matches(',').to_owned(),
                dated,
            }
        }
        None => Row {
            prefix,
            label: rest.to_owned(),
            dated: None,
        },
    }
}

fn date_in(text: &str) -> Option<Range<usize>> {
    let starts = text.char_indices().map(|(at, _)| at);
    starts
        .filter_map(|at| text.get(at..at + 10).map(|part| (at, part)))
        .find(|(_, part)| part.parse::<jiff::civil::Date>().is_ok())
        .map(|(at, part)| at..at + part.len())
}

#[cfg(test)]
mod tests {
    use super::{Choice, Meaning, Row, digit_and_letter, row, ticks, understand};

    fn choices(list: &[(&str, bool, bool)]) -> Vec<&'static Choice> {
        let choice = |(text, takes_text, sentence): &(&str, bool, bool)| Choice {
            text: (*text).to_owned(),
            key: String::new(),
            takes_text: *takes_text,
            sentence: *sentence,
        };
        list.iter()
            .map(choice)
            .map(|choice| &*Box::leak(Box::new(choice)))
            .collect()
    }

    #[test]
    fn swedish_letters_words_and_digits_answer_a_judgement() {
        let list = choices(&[
            ("Ja, uppenbart", false, false),
            ("Nej", false, false),
            ("Osäker: fråga", false, false),
        ]);
        for (line, at) in [
            ("j", 0),
            ("J", 0),
            ("ja", 0),
            ("1", 0),
            ("n", 1),
            ("nej", 1),
            ("2", 1),
            ("o", 2),
            ("osäker", 2),
            ("OSÄKER", 2),
            ("3.", 2),
        ] {
            assert_eq!(understand(line, &list), Meaning::Answer(at, None), "{line}");
        }
        for line in ["", "4", "0", "kanske", "-1", "12"] {
            assert_eq!(understand(line, &list), Meaning::Nothing, "{line}");
        }
    }

    #[test]
    fn a_sentence_may_follow_the_digit_or_the_word() {
        let list = choices(&[("Ja", false, false), ("Nej (skriv varför)", true, false)]);
        assert_eq!(
            understand("2 det är redan känt", &list),
            Meaning::Answer(1, Some("det är redan känt".to_owned()))
        );
        assert_eq!(
            understand("nej, det är redan känt", &list),
            Meaning::Answer(1, Some("det är redan känt".to_owned()))
        );
        assert_eq!(understand("1 men kanske inte", &list), Meaning::NoTextTaken);
    }

    #[test]
    fn what_begins_more_than_one_answer_is_asked_again() {
        let list = choices(&[
            ("Ja, till allt", false, false),
            ("Ja, till en del", false, false),
        ]);
        assert_eq!(understand("ja", &list), Meaning::Several);
    }

    #[test]
    fn where_a_sentence_is_awaited_a_no_never_becomes_a_yes() {
        let list = choices(&[
            ("Den har betydelse", true, true),
            ("Delvis: en del", false, false),
            ("Nej, den saknar betydelse", false, false),
            ("Osäker", false, false),
        ]);
        let sentence = "Barnet har lämnats ensamt 3 gånger, nej fler.";
        assert_eq!(
            understand(sentence, &list),
            Meaning::Answer(0, Some(sentence.to_owned()))
        );
        for (line, at) in [
            ("nej", 2),
            ("n", 2),
            ("N", 2),
            ("3", 2),
            ("delvis", 1),
            ("o", 3),
            ("osäker", 3),
        ] {
            assert_eq!(understand(line, &list), Meaning::Answer(at, None), "{line}");
        }
        for line in [
            "nej, det rör inte barnet",
            "3 saknar betydelse",
            "osäker, men kanske",
            "3 gånger har barnet lämnats",
        ] {
            assert_eq!(understand(line, &list), Meaning::Unclear, "{line}");
        }
        for line in ["5", "0", ""] {
            assert_eq!(understand(line, &list), Meaning::Nothing, "{line}");
        }
    }

    #[test]
    fn a_single_letter_is_yes_no_or_unsure_and_nothing_else() {
        let list = choices(&[
            ("Ett barn", false, false),
            ("Jag är osäker på åldern", false, false),
            ("Någon annan", false, false),
        ]);
        for line in ["j", "n", "e"] {
            assert_eq!(understand(line, &list), Meaning::Nothing, "{line}");
        }
        assert_eq!(understand("jag", &list), Meaning::Answer(1, None));
    }

    #[test]
    fn where_several_answers_take_a_sentence_a_number_says_which() {
        let list = choices(&[
            ("Bostaden är känd", true, true),
            ("Placerad", true, false),
            ("Utomlands", false, false),
        ]);
        assert_eq!(
            understand("Exempelstad", &list),
            Meaning::Answer(0, Some("Exempelstad".to_owned()))
        );
        assert_eq!(
            understand("1 Exempelstad", &list),
            Meaning::Answer(0, Some("Exempelstad".to_owned()))
        );
        assert_eq!(
            understand("2 Exempelstad", &list),
            Meaning::Answer(1, Some("Exempelstad".to_owned()))
        );
        assert_eq!(understand("3 Exempelstad", &list), Meaning::NoTextTaken);
        assert_eq!(understand("3", &list), Meaning::Answer(2, None));
        assert_eq!(understand("7", &list), Meaning::Nothing);
    }

    #[test]
    fn ticks_and_pairs() {
        assert_eq!(ticks("3, 1 1", 8), Some(vec![1, 3]));
        assert_eq!(ticks("9", 8), None);
        assert_eq!(ticks("", 8), Some(vec![]));
        assert_eq!(digit_and_letter("2 B", 5, 4), Some((1, 1)));
        assert_eq!(digit_and_letter("b2", 5, 4), Some((1, 1)));
        assert_eq!(digit_and_letter("2", 5, 4), None);
        assert_eq!(digit_and_letter("6a", 5, 4), None);
    }

    #[test]
    fn rows_carry_prefix_and_date() {
        let expected = Row {
            prefix: Some('h'),
            label: "komplettering av läkarintyg".to_owned(),
            dated: Some("2020-06-17".to_owned()),
        };
        assert_eq!(
            row(
                "h: komplettering av läkarintyg 2020-06-17",
                &['h', 'd', 'f']
            ),
            expected
        );
        assert_eq!(row("H:läkarintyg", &['h']).label, "läkarintyg");
        assert_eq!(
            row("Barnet ensamt 2026-11-20", &['h']),
            Row {
                prefix: None,
                label: "Barnet ensamt 2026-11-20".to_owned(),
                dated: None
            }
        );
    }
}
