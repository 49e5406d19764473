//! What the bytes of a text tell at a glance: nearly every text is clean, and free of what is looked for in it.
//!
//! A text is taken thirty-two bytes at a time, without a branch, so that the processor takes many bytes at once. One in
//! twenty holds something strange and is looked at byte by byte; what that cannot rule out either is looked at sign by
//! sign, in [`walk`](mod@crate::walk) and in [`people`](crate::people).

/// What a glance tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Glance {
    /// No sign that is dropped, no odd space, no space twice or at an end.
    pub(crate) is_clean: bool,
    /// How many digits, up to some two hundred.
    pub(crate) digits: usize,
    /// Something that an e-mail address or a word about protection cannot be without.
    pub(crate) may_hold_word: bool,
}

/// Bytes looked at in one go, and those behind them that a word may reach into.
const LANE: usize = 32;
const BEHIND: usize = 3;
const WINDOW: usize = LANE + BEHIND;

/// Stands where a text has ended: strange neither alone nor behind anything.
const FILL: u8 = b'x';

/// Looks at a text.
pub(crate) fn glance(text: &str) -> Glance {
    let bytes = text.as_bytes();
    let (mut seen, mut rest) = (Seen::default(), bytes);
    while let Some(window) = rest.first_chunk() {
        seen.look(window);
        rest = rest.get(LANE..).unwrap_or_default();
    }
    while !rest.is_empty() {
        let mut window = [FILL; WINDOW];
        if let Some(last) = window.get_mut(..rest.len()) {
            last.copy_from_slice(rest);
        }
        seen.look(&window);
        rest = rest.get(LANE..).unwrap_or_default();
    }
    let ends = bytes.first() == Some(&b' ') || bytes.last() == Some(&b' ');
    let strange = any(&seen.strange);
    Glance {
        is_clean: !(ends || strange && is_odd_anywhere(bytes)),
        digits: few(&seen.digits),
        may_hold_word: (strange || any(&seen.words)) && may_hold_word(bytes),
    }
}

/// What was seen so far, in each of the places of a window.
#[derive(Default)]
struct Seen {
    strange: [u8; LANE],
    words: [u8; LANE],
    digits: [u8; LANE],
}

impl Seen {
    #[inline]
    fn look(&mut self, window: &[u8; WINDOW]) {
        let [own, next, fourth] = [0, 1, 3].map(|on| {
            let from = window.get(on..).and_then(<[u8]>::first_chunk::<LANE>);
            from.unwrap_or(&[FILL; LANE])
        });
        let bytes = own.iter().zip(next).zip(fourth);
        let seen = self.strange.iter_mut().zip(&mut self.words);
        let seen = seen.zip(&mut self.digits);
        for (((byte, next), fourth), ((strange, words), digits)) in bytes.zip(seen) {
            *strange |= u8::from(is_strange(*byte, *next));
            *words |= u8::from(is_in_word(*byte, *next, *fourth));
            *digits = digits.saturating_add(u8::from(byte.wrapping_sub(b'0') < 10));
        }
    }
}

fn any(places: &[u8; LANE]) -> bool {
    places.iter().fold(0, |any, own| any | own) != 0
}

/// So many, of each place no more than [`ENOUGH`]: together they fit into a byte.
fn few(places: &[u8; LANE]) -> usize {
    let few = places.iter().map(|own| (*own).min(ENOUGH));
    usize::from(few.fold(0, u8::wrapping_add))
}

const ENOUGH: u8 = 7;

/// Everything that [`is_odd`] knows, in what can be told of many bytes at once, and the sign of an e-mail address.
/// Letters beyond `ÿ` are strange, and so are control characters: one range, around the end.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "without a branch, many bytes are told at once"
)]
#[inline]
const fn is_strange(byte: u8, next: u8) -> bool {
    let beyond = byte.wrapping_sub(0xc4) < 0x5c;
    let sign = (byte == 0xc2) | (byte == 0x7f) | (byte == b'@');
    beyond | sign | ((byte == b' ') & (next == b' '))
}

/// Two letters of each of [`WORDS`], the second behind the first or the third behind it.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "without a branch, many bytes are told at once"
)]
#[inline]
const fn is_in_word(byte: u8, next: u8, fourth: u8) -> bool {
    let [byte, next, fourth] = [byte | SMALL, next | SMALL, fourth | SMALL];
    let behind_k = (next == b'y') | (fourth == b'i') | (fourth == b'v');
    ((byte == b'k') & behind_k) | ((byte == b'c') & (next == b't'))
}

/// Makes ASCII letters small; what is no letter becomes no letter.
const SMALL: u8 = 0x20;

fn is_odd_anywhere(bytes: &[u8]) -> bool {
    let next = bytes.iter().skip(1).chain(&[FILL]);
    let mut pairs = bytes.iter().zip(next);
    pairs.any(|(byte, next)| is_odd(*byte, *next))
}

/// Control characters, the first bytes of odd spaces and marks, and a space before a space.
const fn is_odd(byte: u8, next: u8) -> bool {
    match byte {
        ..0x20 | 0x7f | 0xc2 | 0xe1..=0xe3 | 0xef => true,
        b' ' => next == b' ',
        _ => false,
    }
}

/// What the words about protection begin with, each with where the first of its two letters stands.
const WORDS: [(&str, usize); 4] = [
    ("skyddad", 1),
    ("sekretessmarkeri", 12),
    ("kvarskriv", 5),
    ("protect", 5),
];

/// One of [`WORDS`] in small or large letters; the sign of an e-mail address; or one of the two signs that become an
/// ASCII letter when they are made small, `İ` and the Kelvin sign.
fn may_hold_word(bytes: &[u8]) -> bool {
    let next = bytes.iter().skip(1).chain(&[FILL]);
    let mut pairs = bytes.iter().zip(next).enumerate();
    pairs.any(|(at, pair)| match pair {
        (b'@', _) | (0xc4, 0xb0) | (0xe2, 0x84) => true,
        (b'k' | b'K' | b'c' | b'C', _) => WORDS.iter().any(|(word, letter)| {
            let from = at.checked_sub(*letter);
            let there = from.and_then(|from| bytes.get(from..from + word.len()));
            there.is_some_and(|there| there.eq_ignore_ascii_case(word.as_bytes()))
        }),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{WORDS, glance, is_in_word, is_odd, is_strange};
    use crate::people::{Hit, look_at_every_sign};

    #[test]
    fn what_stands_where_one_go_ends_is_seen() {
        for length in 0..80 {
            let before = "ab ".repeat(30)[..length].to_owned();
            let at_end = format!("{}skyddad adress", before.trim_end());
            assert!(glance(&at_end).may_hold_word, "{length}");
            assert!(!glance(&format!("{before}c  d")).is_clean, "{length}");
            assert!(!glance(&format!("{before}c\u{a0}d")).is_clean, "{length}");
            assert_eq!(glance(&format!("{before}1 2 3")).digits, 3, "{length}");
        }
    }

    #[test]
    fn an_ordinary_sentence_needs_no_second_look() {
        let seen = glance("Sonen, åtta år, lagar sin egen mat sedan den 3 mars.");
        assert!(seen.is_clean && !seen.may_hold_word && seen.digits == 1);
        assert!(!glance("Han är skyldig att passa småbarn i stadsnätet.").may_hold_word);
    }

    #[test]
    fn digits_of_a_long_text_are_enough() {
        assert!(glance(&"1".repeat(100_000)).digits > 100);
    }

    #[test]
    fn each_word_has_its_two_letters() {
        for (word, at) in WORDS {
            let mut letters = word.bytes().skip(at).chain([b'x'; 3]);
            let [first, second, _, fourth] = [(); 4].map(|()| letters.next().unwrap_or_default());
            assert!(is_in_word(first, second, fourth), "{word}");
        }
    }

    #[test]
    fn what_is_odd_is_strange() {
        for (byte, next) in
            (0..=u8::MAX).flat_map(|byte| (0..=u8::MAX).map(move |next| (byte, next)))
        {
            assert!(
                !is_odd(byte, next) || is_strange(byte, next),
                "{byte} {next}"
            );
        }
    }

    /// Texts of what is looked for, whole and in pieces, in any letters, and of what stands around it.
    fn texts() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            prop::sample::select(&[
                "skyddad adress",
                "skyddad İdentitet",
                "s\u{212a}yddade personuppgifter",
                "sekretessmarkering",
                "kvarskrivning",
                "protected address",
                "skyddad",
                "adress",
                "SKYDDAD FOLKBOKFÖRING",
                "anna@example.se",
                "070-123 45 67",
                "121212-1212",
                "19121212+1212",
                "+46 8 123 456",
                " ",
                "  ",
                "\u{a0}",
                "\t",
                "–",
                "”",
                "\u{feff}",
                "\u{85}",
                "\u{2028}",
                "\u{1680}",
                "\u{3000}",
                "ky",
                "sm",
                "vn",
                "ct",
                "1",
                "@",
                ".",
            ])
            .prop_map(str::to_owned),
            "[a-zåäö ]{0,40}",
            "\\PC{0,6}",
            any::<char>().prop_map(String::from),
        ];
        prop::collection::vec((piece, any::<bool>()), 0..6).prop_map(|pieces| {
            let large =
                |(text, large): (String, bool)| if large { text.to_uppercase() } else { text };
            pieces.into_iter().map(large).collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn nothing_is_ruled_out_that_a_look_at_every_sign_finds(text in texts()) {
            let found: Vec<Hit> = look_at_every_sign(&text);
            prop_assert_eq!(crate::people::look_through(&text), found);
        }

        #[test]
        fn a_text_that_is_clean_at_a_glance_is_clean(text in texts()) {
            let dropped = |c: char| c.is_control() || c == '\u{feff}';
            let odd = |c: char| dropped(c) || (c.is_whitespace() && c != ' ');
            let is_clean = !text.contains(odd) && !text.contains("  ") && text.trim() == text;
            prop_assert!(is_clean || !glance(&text).is_clean);
        }
    }
}
