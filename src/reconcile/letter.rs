//! What stands in the letter, against what may leave. Layout and mark-up do not matter: only letters and digits count.

use crate::alike::letters;
use crate::reconcile::{Comparison, Found, What};
use crate::record::{ItemRecord, StepRecord, said};
use crate::tree::{Kind, Role};

/// A shorter text than this stands in any letter.
const SHORTEST: usize = 8;

/// Texts that may stand in the letter, and by item those that may not.
struct Texts {
    may: Vec<String>,
    must: Vec<(String, String)>,
    never: Vec<(String, String)>,
}

impl Comparison<'_> {
    /// What the letter lacks, and what it holds that is held back.
    pub(super) fn in_letter(&self, found: &Found) -> Vec<What> {
        let Some(text) = &found.text else {
            return Vec::new();
        };
        let texts = self.texts();
        let (seen, hidden) = read(found, text);
        let (seen, hidden) = (letters(&seen), letters(&hidden));
        let lacks = texts.must.iter().filter(|(_, text)| !seen.contains(text));
        let mut whats: Vec<What> = lacks.map(|(id, _)| What::Lacks(id.clone())).collect();
        // What no reader sees goes too: comments, and what stands inside the mark-up.
        let all = [seen, hidden];
        for (id, never) in &texts.never {
            let holds = What::Holds(id.clone());
            let stands = all.iter().any(|all| stands(all, never, &texts.may));
            if stands && !whats.contains(&holds) {
                whats.push(holds);
            }
        }
        whats
    }

    /// Whether every wording that goes stands there.
    pub(super) fn is_whole_letter(&self, found: &Found) -> bool {
        let Some(text) = &found.text else {
            return false;
        };
        let (seen, texts) = (letters(&read(found, text).0), self.texts());
        !texts.must.is_empty() && texts.must.iter().all(|(_, text)| seen.contains(text))
    }

    fn texts(&self) -> Texts {
        let mut texts = Texts {
            may: Vec::new(),
            must: Vec::new(),
            never: Vec::new(),
        };
        for item in &self.record.items {
            if self.released.contains(&item.id.as_str()) {
                self.of_released(item, &mut texts);
            } else {
                self.of_held(item, &mut texts);
            }
        }
        let first = self.record.identity.iter().flat_map(|first| &first.steps);
        let first = first.filter_map(|step| self.free_text(step));
        texts
            .never
            .extend(first.map(|text| (crate::record::IDENTITY.to_owned(), text)));
        let long = |text: &str| text.chars().count() >= SHORTEST;
        texts.never.retain(|(_, text)| long(text));
        texts
    }

    /// Wording, how it bears on the concern and the label may stand there, the other reasons not.
    fn of_released(&self, item: &ItemRecord, texts: &mut Texts) {
        let tree = &self.trees.item;
        let asked = self.record.request.is_some();
        let wording = said(tree, &item.steps, Role::Wording).map(letters);
        texts
            .must
            .extend(wording.clone().map(|text| (item.id.clone(), text)));
        texts
            .may
            .extend([letters(&item.label), letters(&item.titled())]);
        for step in &item.steps {
            let role = tree.find(&step.question).and_then(|question| question.role);
            let text = self.free_text(step);
            let may = role == Some(Role::Wording) || role == Some(Role::Link) && !asked;
            if may {
                texts.may.extend(text);
            } else {
                texts.never.extend(text.map(|text| (item.id.clone(), text)));
            }
        }
        texts.may.extend(wording);
    }

    fn of_held(&self, item: &ItemRecord, texts: &mut Texts) {
        let label = Some(letters(&item.label));
        let said = item.steps.iter().filter_map(|step| self.free_text(step));
        let all = label.into_iter().chain(said);
        texts.never.extend(all.map(|text| (item.id.clone(), text)));
    }

    /// What the official wrote in a step, in words of their own: no day, no hour and no id.
    fn free_text(&self, step: &StepRecord) -> Option<String> {
        let question = self.trees.item.find(&step.question);
        let kind = question.map_or(Kind::Text, |question| question.kind);
        let is_free = matches!(kind, Kind::Text | Kind::Choice);
        step.text.as_deref().filter(|_| is_free).map(letters)
    }
}

/// Whether a text stands somewhere outside the texts that may stand there and hold it.
fn stands(all: &str, never: &str, may: &[String]) -> bool {
    let within = |at: usize, may: &String| {
        let mut inside = may.match_indices(never);
        inside.any(|(before, _)| {
            let from = at.checked_sub(before);
            from.is_some_and(|from| all.get(from..from + may.len()) == Some(may.as_str()))
        })
    };
    let mut places = all.match_indices(never);
    places.any(|(at, _)| !may.iter().any(|may| within(at, may)))
}

/// How a letter marks what is still to be filled in, in either language.
const BLANKS: [&str; 2] = ["[FYLL I:", "[FILL IN:"];

/// Whether blanks are left in a letter that can be read.
pub(super) fn has_blanks(found: &Found) -> bool {
    let text = found.text.as_deref().unwrap_or_default();
    BLANKS.iter().any(|blank| text.contains(blank))
}

/// What a reader of the file sees, and what stands there without being seen.
fn read(found: &Found, text: &str) -> (String, String) {
    let extension = found
        .name
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_lowercase());
    if matches!(extension.as_deref(), Some("html" | "htm")) {
        let (seen, hidden) = parted(text);
        (decoded(&seen), decoded(&hidden))
    } else {
        (decoded(text), String::new())
    }
}

/// Text, and mark-up: comments, styles, scripts and tags.
fn parted(text: &str) -> (String, String) {
    let (mut seen, mut hidden, mut rest) = (String::new(), String::new(), text);
    while let Some((before, after)) = rest.split_once('<') {
        seen.push_str(before);
        rest = after_tag(after);
        let tag = after.len() - rest.len();
        hidden.push_str(after.get(..tag).unwrap_or_default());
    }
    (seen + rest, hidden)
}

fn after_tag(after: &str) -> &str {
    let begins = |word: &str| {
        let start = after.get(..word.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    let behind = |end: &str| {
        let lower = after.to_ascii_lowercase();
        let at = lower.find(end).map_or(after.len(), |at| at + end.len());
        after.get(at..).unwrap_or_default()
    };
    if begins("!--") {
        behind("-->")
    } else if begins("style") {
        behind("</style>")
    } else if begins("script") {
        behind("</script>")
    } else {
        behind(">")
    }
}

/// Names of signs in HTML, as those who write Swedish meet them.
const SIGNS: [(&str, &str); 12] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("nbsp", " "),
    ("shy", ""),
    ("aring", "å"),
    ("auml", "ä"),
    ("ouml", "ö"),
    ("Aring", "Å"),
    ("Auml", "Ä"),
    ("Ouml", "Ö"),
];

/// Signs written as `&auml;` or `&#228;` put back.
fn decoded(text: &str) -> String {
    let (mut whole, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once('&') {
        whole.push_str(before);
        let name = after.split_once(';').filter(|(name, _)| name.len() <= 8);
        let sign = name.and_then(|(name, behind)| Some((sign(name)?, behind)));
        match sign {
            Some((sign, behind)) => {
                whole.push_str(&sign);
                rest = behind;
            }
            None => rest = after,
        }
    }
    whole + rest
}

fn sign(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']);
        let code = hex.map_or_else(
            || number.parse().ok(),
            |hex| u32::from_str_radix(hex, 16).ok(),
        );
        return code.and_then(char::from_u32).map(String::from);
    }
    let found = SIGNS.iter().find(|(known, _)| *known == name);
    found.map(|(_, sign)| (*sign).to_owned())
}

#[cfg(test)]
mod tests {
    use super::{decoded, parted};

    #[test]
    fn a_reader_sees_neither_tags_nor_comments_nor_styles() {
        let page =
            "<style>p { color: red }</style><p>Barn<b>et</b> &auml;r &#228;ldst<!-- x > y --></p>";
        let (seen, hidden) = parted(page);
        assert_eq!(decoded(&seen), "Barnet är äldst");
        assert!(hidden.contains("x > y") && hidden.contains("color"));
        let open = ("a ".to_owned(), " b".to_owned());
        assert_eq!(parted("a < b"), open, "an open tag hides the rest");
        assert_eq!(
            decoded("A & B; C &okänt; &#x110000;"),
            "A  B; C okänt; #x110000;"
        );
    }
}
