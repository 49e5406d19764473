//! What the bytes of a text tell at a glance: nearly every text is clean, and free of what is looked for in it.
//!
//! A text is taken thirty-two bytes at a time, without a branch, so that the processor takes many bytes at once. What
//! a glance cannot rule out is looked at sign by sign, in [`walk`](mod@crate::walk) and in [`people`](crate::people).

/// What a glance tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Glance {
    /// No sign that is dropped, no odd space, no space twice or at an end.
    pub(crate) is_clean: bool,
    /// How many digits.
    pub(crate) digits: usize,
    /// Something that an e-mail address or a word about protection cannot be without.
    pub(crate) may_hold_word: bool,
}

/// Bytes looked at in one go, and those behind them that a word may reach into.
const LANE: usize = 32;
const BEHIND: usize = 5;
const WINDOW: usize = LANE + BEHIND;

/// Stands where a text has ended: in nothing that is looked for.
const FILL: u8 = b'x';

/// Looks at a text.
pub(crate) fn glance(text: &str) -> Glance {
    let bytes = text.as_bytes();
    let (mut odd, mut word, mut digits) = (Lane::NONE, Lane::NONE, 0);
    let mut rest = bytes;
    while !rest.is_empty() {
        let mut window = [FILL; WINDOW];
        window
            .iter_mut()
            .zip(rest)
            .for_each(|(place, byte)| *place = *byte);
        let lanes = [0, 1, 2, 3, 4, 5].map(|on| Lane::of(&window, on));
        let [byte, next, ..] = lanes;
        odd = odd.or(is_odd(byte, next));
        word = word.or(is_word(lanes));
        digits += byte.within(b'0', 10).count();
        rest = rest.get(LANE..).unwrap_or_default();
    }
    let ends = bytes.first() == Some(&b' ') || bytes.last() == Some(&b' ');
    Glance {
        is_clean: !odd.any() && !ends,
        digits,
        may_hold_word: word.any(),
    }
}

/// Control characters, the first bytes of odd spaces and marks, and a space before a space.
fn is_odd(byte: Lane, next: Lane) -> Lane {
    let control = byte.within(0, 0x20).or(byte.is(0x7f));
    let lead = byte.is(0xc2).or(byte.is(0xef)).or(byte.within(0xe1, 3));
    let space = byte.is(b' ').and(next.is(b' '));
    control.or(lead).or(space)
}

/// Three letters of each word about protection at their places, in small letters; the sign of an e-mail address; and
/// the two signs that become an ASCII letter when they are made small, `İ` and the Kelvin sign.
fn is_word(lanes: [Lane; 6]) -> Lane {
    let [byte, next, ..] = lanes;
    let dotted = byte.is(0xc4).and(next.is(0xb0));
    let kelvin = byte.is(0xe2).and(next.is(0x84));
    let sign = byte.is(b'@').or(dotted).or(kelvin);
    let [first, second, third, fourth, fifth, sixth] = lanes.map(Lane::small);
    let address = first.is(b'k').and(second.is(b'y')).and(fourth.is(b'd'));
    let marked = first.is(b'e').and(fourth.is(b'm')).and(sixth.is(b'r'));
    let registered = first.is(b'v').and(fourth.is(b's')).and(sixth.is(b'r'));
    let in_english = first.is(b'r').and(third.is(b't')).and(fifth.is(b'c'));
    sign.or(address).or(marked).or(registered).or(in_english)
}

/// Thirty-two bytes side by side.
#[derive(Clone, Copy)]
struct Lane([u8; LANE]);

impl Lane {
    const NONE: Self = Self([0; LANE]);

    /// The bytes that stand so many places into a window.
    fn of(window: &[u8; WINDOW], on: usize) -> Self {
        let from = window.get(on..).and_then(|from| from.first_chunk());
        Self(from.copied().unwrap_or([FILL; LANE]))
    }

    /// Where the byte is this one: all bits set.
    fn is(self, byte: u8) -> Self {
        Self(self.0.map(|own| if own == byte { 0xff } else { 0 }))
    }

    /// Where the byte is one of so many from this one on.
    fn within(self, first: u8, many: u8) -> Self {
        Self(self.0.map(|own| {
            if own.wrapping_sub(first) < many {
                0xff
            } else {
                0
            }
        }))
    }

    /// ASCII letters made small; what is no letter becomes no letter.
    fn small(self) -> Self {
        Self(self.0.map(|own| own | 0x20))
    }

    fn and(mut self, other: Self) -> Self {
        self.0
            .iter_mut()
            .zip(other.0)
            .for_each(|(own, other)| *own &= other);
        self
    }

    fn or(mut self, other: Self) -> Self {
        self.0
            .iter_mut()
            .zip(other.0)
            .for_each(|(own, other)| *own |= other);
        self
    }

    fn any(self) -> bool {
        self.0.iter().fold(0, |any, own| any | own) != 0
    }

    fn count(self) -> usize {
        let ones = self.0.iter().fold(0_u8, |ones, own| ones + (own & 1));
        usize::from(ones)
    }
}

#[cfg(test)]
mod tests {
    use super::glance;

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
    }
}
