//! Texts and names compared as people do: case, spaces and the way a letter is put together do not matter.

/// The letters that some systems write as two signs: `å` as `a` and a ring.
const COMPOSED: [(char, char, char); 12] = [
    ('a', '\u{30a}', 'å'),
    ('a', '\u{308}', 'ä'),
    ('o', '\u{308}', 'ö'),
    ('e', '\u{301}', 'é'),
    ('u', '\u{308}', 'ü'),
    ('e', '\u{308}', 'ë'),
    ('A', '\u{30a}', 'Å'),
    ('A', '\u{308}', 'Ä'),
    ('O', '\u{308}', 'Ö'),
    ('E', '\u{301}', 'É'),
    ('U', '\u{308}', 'Ü'),
    ('E', '\u{308}', 'Ë'),
];

/// The text with each letter as one sign: names of files come apart on some systems.
#[must_use]
pub fn composed(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    for sign in text.chars() {
        let found = whole.chars().next_back().and_then(|last| {
            let mut pairs = COMPOSED.iter();
            pairs.find(|(letter, mark, _)| (*letter, *mark) == (last, sign))
        });
        if let Some((_, _, letter)) = found {
            whole.pop();
            whole.push(*letter);
        } else {
            whole.push(sign);
        }
    }
    whole
}

/// A name folded for comparison: one space between words, no difference between small and capital letters.
#[must_use]
pub fn folded(name: &str) -> String {
    let words: Vec<String> = composed(name)
        .split_whitespace()
        .map(str::to_lowercase)
        .collect();
    words.join(" ")
}

/// The letters and digits of a text, folded: what is left when layout, quotation marks and mark-up are taken away.
#[must_use]
pub fn letters(text: &str) -> String {
    let whole = composed(text).to_lowercase();
    whole
        .chars()
        .filter(|sign| sign.is_alphanumeric())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{composed, folded, letters};

    #[test]
    fn names_are_the_same_whatever_case_spaces_and_signs() {
        assert_eq!(folded("  Åsa\u{a0} ÖBERG "), folded("a\u{30a}sa öberg"));
        assert_ne!(folded("Åsa Öberg"), folded("Asa Oberg"));
        assert_eq!(composed("la\u{308}karintyg"), "läkarintyg");
    }

    #[test]
    fn layout_does_not_hide_a_text() {
        assert_eq!(
            letters("”Barnet\n  är – ensamt.”"),
            letters("barnet är ensamt")
        );
    }
}
