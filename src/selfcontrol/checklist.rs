//! The sample as a checklist to fill in, as JSON or Markdown, and read back from either.
//!
//! In Markdown the program reads what stands in backquotes first on a line and nothing else: `` - `seed` … `` in the
//! head, the heading and `` `sha256:…` `` of each record, `` ### `key` `` for each question, a ticked box before an answer, and what
//! stands after `` - `text` ``. All else may be changed.

use std::fmt::{self, Write as _};

use serde::{Deserialize, Serialize};

use crate::assessment::{DUTY, GENERAL, ItemOutcome};
use crate::language::Lang;
use crate::page::tidy;
use crate::trees::Trees;

use super::catalogue::{Asks, CATALOGUE, QuestionEntry};
use super::facts::{Case, Joined};
use super::sample::{Sample, Stratify};

/// The format number of checklists.
pub const FORMAT: u32 = 1;

/// An answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// As it should be.
    Yes,
    /// Not as it should be; why is written.
    No,
    /// It cannot be told from the documents.
    CannotTell,
}

impl Answer {
    /// All of them, in the order they are shown.
    pub const ALL: [(Answer, &'static str); 3] = [
        (Answer::Yes, "yes"),
        (Answer::No, "no"),
        (Answer::CannotTell, "cannot-tell"),
    ];

    /// In words.
    #[must_use]
    pub const fn words(self, lang: Lang) -> &'static str {
        match self {
            Answer::Yes => lang.pick("Ja", "Yes"),
            Answer::No => lang.pick("Nej (skriv varför)", "No (write why)"),
            Answer::CannotTell => lang.pick("Går inte att avgöra", "Cannot be told"),
        }
    }
}

/// A question, and the answer once it is there.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filled {
    /// Key of the question.
    pub question: String,
    /// The answer; null until it is filled in.
    pub answer: Option<Answer>,
    /// Why; null where nothing is written.
    pub text: Option<String>,
}

/// Never prints the text.
impl fmt::Debug for Filled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Filled");
        shown
            .field("question", &self.question)
            .field("answer", &self.answer);
        shown.finish_non_exhaustive()
    }
}

/// A record of the sample.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drawn {
    /// Its digest.
    pub record: String,
    /// Where it lay.
    pub file: String,
    /// Its stratum; empty where nothing is stratified.
    pub stratum: String,
    /// What is asked about it.
    pub answers: Vec<Filled>,
}

/// A stratum as it was drawn from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stratum {
    /// Its name.
    pub name: String,
    /// How many records there were in it.
    pub of: usize,
    /// How many of them were drawn.
    pub drawn: usize,
}

/// How the sample was drawn: all that is needed to draw it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The day it was drawn.
    pub made: String,
    /// The language of its words: `sv` or `en`.
    pub language: String,
    /// What decides the draw.
    pub seed: String,
    /// How many were asked for.
    pub number: usize,
    /// `unit`, `route` or `outcome`; null where nothing is stratified.
    pub stratify: Option<String>,
    /// The first day on which a record was finished; null where all count.
    pub from: Option<String>,
    /// The last day.
    pub until: Option<String>,
    /// How many records it was drawn from.
    pub of: usize,
}

/// A checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checklist {
    /// The format number, 1.
    #[serde(rename = "checklist")]
    pub format: u32,
    /// How the sample was drawn.
    pub sample: Head,
    /// The strata by name; empty where nothing is stratified.
    pub strata: Vec<Stratum>,
    /// The records drawn.
    pub records: Vec<Drawn>,
}

/// Whether a question is asked about a record.
#[must_use]
pub fn is_asked(asks: Asks, joined: &Joined<'_>, case: &Case<'_>) -> bool {
    let row = case.row;
    let held = [
        ItemOutcome::Withhold,
        ItemOutcome::Barred,
        ItemOutcome::Refer,
    ];
    match asks {
        Asks::All => true,
        Asks::Ready => row.is_ready(),
        Asks::Duty => row.is_ready() && joined.route(case) == DUTY,
        Asks::GeneralClause => row.is_ready() && joined.route(case) == GENERAL,
        Asks::Documents => row.facts.documents > 0,
        Asks::HeldBack => held.into_iter().any(|outcome| row.with(outcome) > 0),
        Asks::Sent => case.dispatched,
        Asks::Reviewed => !case.reviews.is_empty(),
    }
}

impl Checklist {
    /// The empty checklist of a sample.
    #[must_use]
    pub fn of(
        joined: &Joined<'_>,
        sample: &Sample,
        head: Head,
        stratify: Option<Stratify>,
    ) -> Self {
        let strata = sample.strata.iter().map(|stratum| Stratum {
            name: stratum.name.clone(),
            of: stratum.of,
            drawn: stratum.drawn,
        });
        let places = sample
            .strata
            .iter()
            .flat_map(|stratum| std::iter::repeat_n(stratum, stratum.drawn));
        let drawn = sample
            .drawn
            .iter()
            .filter_map(|at| joined.cases.get(*at))
            .zip(places);
        let records = drawn.map(|(case, stratum)| Drawn {
            record: case.row.digest.to_string(),
            file: case.row.file.to_string(),
            stratum: stratum.name.clone(),
            answers: asked(joined, case),
        });
        Self {
            format: FORMAT,
            sample: head,
            records: records.collect(),
            strata: strata.filter(|_| stratify.is_some()).collect(),
        }
    }

    /// As Markdown to fill in.
    #[must_use]
    pub fn markdown(&self, trees: &Trees) -> String {
        let lang = Lang::from_tag(&self.sample.language).unwrap_or_default();
        let mut out = head(&self.sample, lang);
        if !self.strata.is_empty() {
            out += &strata(&self.strata, lang);
        }
        for (at, drawn) in self.records.iter().enumerate() {
            out += &record(drawn, at + 1, lang, trees);
        }
        out
    }
}

fn asked(joined: &Joined<'_>, case: &Case<'_>) -> Vec<Filled> {
    let asked = CATALOGUE
        .questions
        .iter()
        .filter(|question| is_asked(question.asks, joined, case));
    let empty = asked.map(|question| Filled {
        question: question.key.clone(),
        answer: None,
        text: None,
    });
    empty.collect()
}

fn head(head: &Head, lang: Lang) -> String {
    let title = lang.pick("Stickprov", "Spot sample");
    let how = lang.pick(
        "Varje prövning i underlaget har fått en nyckel: SHA-256 av fröet, en radbrytning och prövningens kontrollsumma. De\nmed de minsta nycklarna är dragna. Vem som helst kan dra om det: se docs/selfcontrol.md.\n\nLäs prövningen, granskningen, expedieringen och det som ligger i diariet. Sätt ett kryss, `[x]`, vid ett svar på varje\nfråga. Skriv varför efter `text` när svaret är nej: inga namn, inga personnummer. Det andra får stå kvar som det är.",
        "Each record there was got a key: SHA-256 of the seed, a line feed and the record's digest. Those with the smallest\nkeys are drawn. Anybody can draw it again: see docs/selfcontrol.md.\n\nRead the record, the review, the dispatch and what lies in the register. Put a cross, `[x]`, at one answer to each\nquestion. Write why after `text` where the answer is no: no names, no identity numbers. Leave the rest as it is.",
    );
    let day = |day: &Option<String>| day.clone().unwrap_or_else(|| "-".to_owned());
    let stratify = head.stratify.clone().unwrap_or_else(|| "-".to_owned());
    format!(
        "# {title}\n\n{how}\n\n- `checklist` {FORMAT}\n- `seed` {}\n- `number` {}\n- `of` {}\n- `stratify` {stratify}\n- `from` {}\n- `until` {}\n- `made` {}\n- `language` {}\n",
        tidy(&head.seed),
        head.number,
        head.of,
        day(&head.from),
        day(&head.until),
        head.made,
        head.language,
    )
}

fn strata(strata: &[Stratum], lang: Lang) -> String {
    let rows = strata.iter().map(|stratum| {
        format!(
            "- `stratum` {} {} {}\n",
            stratum.drawn,
            stratum.of,
            tidy(&stratum.name)
        )
    });
    let title = lang.pick(
        "Dragna och alla i varje grupp",
        "Drawn and all of each group",
    );
    format!("\n{title}:\n\n{}", rows.collect::<String>())
}

fn record(drawn: &Drawn, number: usize, lang: Lang, trees: &Trees) -> String {
    let file = tidy(&drawn.file).replace('`', "'");
    let mut out = format!("\n## {number} {file}\n\n`{}`\n", drawn.record);
    if !drawn.stratum.is_empty() {
        let _ = write!(out, "\n- `of-stratum` {}\n", tidy(&drawn.stratum));
    }
    for filled in &drawn.answers {
        if let Some(question) = CATALOGUE.question(&filled.question) {
            out += &asked_in_words(question, filled, lang, trees);
        }
    }
    out
}

fn asked_in_words(question: &QuestionEntry, filled: &Filled, lang: Lang, trees: &Trees) -> String {
    let boxes = Answer::ALL.iter().map(|(answer, key)| {
        let cross = if filled.answer == Some(*answer) {
            "x"
        } else {
            " "
        };
        format!("- [{cross}] `{key}` {}\n", answer.words(lang))
    });
    let law = citations(question, trees);
    let help = format!("{}{law}", question.help.get(lang));
    let text = filled.text.as_deref().map(tidy).unwrap_or_default();
    format!(
        "\n### `{}` {}\n\n{help}\n\n{}- `text` {text}\n",
        question.key,
        question.text.get(lang),
        boxes.collect::<String>(),
    )
}

/// What a question rests on, in the newest wording known.
fn citations(question: &QuestionEntry, trees: &Trees) -> String {
    let cites = question.law.iter().filter_map(|key| {
        let provision = trees.laws.provision(key)?;
        Some(provision.versions.last()?.cite.clone())
    });
    let cites: Vec<String> = cites.collect();
    if cites.is_empty() {
        return String::new();
    }
    format!(" ({})", cites.join("; "))
}

/// What is wrong with a checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The line; 0 where it is the whole.
    pub line: usize,
    /// What.
    pub what: WrongWhat,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WrongWhat {
    /// A line of the head is missing, or says nothing that can be read.
    Head(&'static str),
    /// No such question.
    Question(String),
    /// No such answer.
    Answer(String),
    /// Two answers are ticked.
    Twice,
    /// Something stands where no record or question has begun.
    Astray,
    /// Another format number.
    Format(u32),
}

/// Reads a checklist from Markdown.
///
/// # Errors
/// The first thing wrong, with its line.
pub fn from_markdown(text: &str) -> Result<Checklist, Wrong> {
    let mut reader = Reader::default();
    for (at, line) in text.lines().enumerate() {
        let told = reader.line(line.trim());
        told.map_err(|what| Wrong { line: at + 1, what })?;
    }
    reader.end().map_err(|what| Wrong { line: 0, what })
}

#[derive(Default)]
struct Reader {
    /// What the last heading of a record says after its number: where the record lay.
    file: String,
    head: Vec<(String, String)>,
    strata: Vec<Stratum>,
    records: Vec<Drawn>,
}

/// A word in backquotes first on a line, after what a list, a heading or a box has before it, and what follows it.
fn marked<'l>(line: &'l str, before: &str) -> Option<(&'l str, &'l str)> {
    let rest = line.strip_prefix(before)?.trim_start().strip_prefix('`')?;
    let (word, rest) = rest.split_once('`')?;
    Some((word, rest.trim()))
}

impl Reader {
    fn line(&mut self, line: &str) -> Result<(), WrongWhat> {
        if let Some((digest, _)) = marked(line, "").filter(|(word, _)| word.starts_with("sha256:"))
        {
            self.records.push(Drawn {
                record: digest.to_owned(),
                file: std::mem::take(&mut self.file),
                stratum: String::new(),
                answers: Vec::new(),
            });
            return Ok(());
        }
        if let Some((_, file)) = line
            .strip_prefix("## ")
            .and_then(|rest| rest.split_once(' '))
        {
            file.clone_into(&mut self.file);
            return Ok(());
        }
        if let Some((key, _)) = marked(line, "###") {
            return self.question(key);
        }
        if let Some((cross, rest)) = line
            .strip_prefix("- [")
            .and_then(|rest| rest.split_once(']'))
        {
            let (key, _) = marked(rest, "").ok_or(WrongWhat::Astray)?;
            let is_ticked = !cross.trim().is_empty();
            return if is_ticked { self.answer(key) } else { Ok(()) };
        }
        match marked(line, "-") {
            Some(("text", text)) => self.text(text),
            Some(("stratum", rest)) => self.stratum(rest),
            Some(("of-stratum", rest)) => {
                let drawn = self.records.last_mut().ok_or(WrongWhat::Astray)?;
                rest.clone_into(&mut drawn.stratum);
                Ok(())
            }
            Some((key, value)) if self.records.is_empty() => {
                self.head.push((key.to_owned(), value.to_owned()));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn question(&mut self, key: &str) -> Result<(), WrongWhat> {
        let known = CATALOGUE.question(key);
        let known = known.ok_or_else(|| WrongWhat::Question(key.to_owned()))?;
        let drawn = self.records.last_mut().ok_or(WrongWhat::Astray)?;
        drawn.answers.push(Filled {
            question: known.key.clone(),
            answer: None,
            text: None,
        });
        Ok(())
    }

    fn filled(&mut self) -> Result<&mut Filled, WrongWhat> {
        let drawn = self.records.last_mut();
        drawn
            .and_then(|drawn| drawn.answers.last_mut())
            .ok_or(WrongWhat::Astray)
    }

    fn answer(&mut self, key: &str) -> Result<(), WrongWhat> {
        let known = Answer::ALL.iter().find(|(_, known)| *known == key);
        let (answer, _) = known.ok_or_else(|| WrongWhat::Answer(key.to_owned()))?;
        let filled = self.filled()?;
        if filled.answer.is_some() {
            return Err(WrongWhat::Twice);
        }
        filled.answer = Some(*answer);
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), WrongWhat> {
        let filled = self.filled()?;
        filled.text = (!text.is_empty()).then(|| text.to_owned());
        Ok(())
    }

    fn stratum(&mut self, rest: &str) -> Result<(), WrongWhat> {
        let mut words = rest.splitn(3, ' ');
        let mut next = || words.next().unwrap_or_default();
        let (drawn, of, name) = (next().parse(), next().parse(), next());
        let (Ok(drawn), Ok(of)) = (drawn, of) else {
            return Err(WrongWhat::Head("stratum"));
        };
        self.strata.push(Stratum {
            name: name.to_owned(),
            of,
            drawn,
        });
        Ok(())
    }

    fn end(self) -> Result<Checklist, WrongWhat> {
        let get = |key: &'static str| {
            let found = self.head.iter().find(|(known, _)| known == key);
            let found = found.map(|(_, value)| value.clone());
            found
                .filter(|value| !value.is_empty())
                .ok_or(WrongWhat::Head(key))
        };
        let number = |key: &'static str| get(key)?.parse().map_err(|_| WrongWhat::Head(key));
        let perhaps = |key: &'static str| Ok(Some(get(key)?).filter(|value| value != "-"));
        let format = u32::try_from(number("checklist")?).unwrap_or(u32::MAX);
        let sample = Head {
            made: get("made")?,
            language: get("language")?,
            seed: get("seed")?,
            number: number("number")?,
            stratify: perhaps("stratify")?,
            from: perhaps("from")?,
            until: perhaps("until")?,
            of: number("of")?,
        };
        Checklist {
            format,
            sample,
            strata: self.strata,
            records: self.records,
        }
        .sound()
    }
}

impl Checklist {
    /// The checklist, where its format and questions are known.
    ///
    /// # Errors
    /// What is not.
    pub fn sound(self) -> Result<Self, WrongWhat> {
        if self.format != FORMAT {
            return Err(WrongWhat::Format(self.format));
        }
        let answers = self.records.iter().flat_map(|drawn| &drawn.answers);
        let unknown = answers
            .map(|filled| &filled.question)
            .find(|key| CATALOGUE.question(key).is_none());
        match unknown {
            Some(key) => Err(WrongWhat::Question(key.clone())),
            None => Ok(self),
        }
    }
}
