//! A defect in the data of the lawyers' room: code, place, sentence, hint.

use std::fmt;

use crate::language::{Lang, Text};

/// Where in a file something stands. Lines and columns start at 1; columns count characters.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// File name relative to the folder of trees.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

macro_rules! codes {
    ($($variant:ident $name:literal $sv:literal $en:literal,)+) => {
        /// What kind of defect it is. The code never changes its meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $(#[doc = $en] $variant,)+ }

        impl Code {
            /// Every code there is, in alphabetical order.
            pub const ALL: &[Code] = &[$(Code::$variant,)+];

            /// The code as written: ASCII kebab-case.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)+ }
            }

            /// What the code means, in a phrase.
            #[must_use]
            pub const fn meaning(self, lang: Lang) -> &'static str {
                match self { $(Code::$variant => lang.pick($sv, $en),)+ }
            }
        }
    };
}

codes! {
    BadDay "bad-day" "Ett datum som inte finns." "A day that does not exist.",
    BadId "bad-id" "Ett id som inte är ASCII med små bokstäver och bindestreck." "An id that is not ASCII kebab-case.",
    CaseFails "case-fails" "Ett prövat fall som trädet inte längre ger rätt utfall för." "A worked case that does not hold.",
    CheckedInFuture "checked-in-future" "En kontrolldag efter trädens egen version." "A check dated after the version of the trees.",
    DuplicateHelp "duplicate-help" "Två frågor med samma hjälptext." "Two questions with the same help.",
    DuplicateId "duplicate-id" "Samma id två gånger." "The same id twice.",
    HelpTooLong "help-too-long" "Hjälptext med fler än tolv rader eller rader över 78 tecken." "Help of more than twelve lines, or lines over 78 characters.",
    InvalidToml "invalid-toml" "Filen är inte giltig TOML." "The file is not valid TOML.",
    Loop "loop" "En fråga som kan leda tillbaka till sig själv." "A question that can lead back to itself.",
    MissingFile "missing-file" "En fil som ska finnas saknas." "A file that must be there is missing.",
    MissingHelp "missing-help" "En ställd fråga utan hjälptext." "An asked question without help.",
    MissingKey "missing-key" "Ett fält som måste finnas saknas." "A field that must be there is missing.",
    MissingText "missing-text" "En text som saknas på ett av språken." "A text missing in one of the languages.",
    MissingValue "missing-value" "En känd fråga utan svar för ett av faktumets värden." "A known question without an answer for a value of its fact.",
    OutcomeWithoutCase "outcome-without-case" "Ett utfall som inget prövat fall slutar i." "An outcome that no worked case ends in.",
    UnknownFact "unknown-fact" "Ett faktum som inte finns på listan." "A fact that is not on the list.",
    UnknownGoto "unknown-goto" "Ett svar som leder till något som inte finns." "An answer that leads to something that does not exist.",
    UnknownKey "unknown-key" "Ett fält som inte finns i formatet." "A field that the format does not have.",
    UnknownLaw "unknown-law" "En bestämmelse eller myndighet som inte finns." "A provision or authority that does not exist.",
    UnknownPlaceholder "unknown-placeholder" "En platshållare som inte finns." "A placeholder that does not exist.",
    UnknownShows "unknown-shows" "En fråga som visar svaret på en fråga som inte finns." "A question that shows the answer to one that does not exist.",
    UnknownValue "unknown-value" "Ett värde som inte är tillåtet här." "A value that is not allowed here.",
    UnreachableOutcome "unreachable-outcome" "Ett utfall som inget svar leder till." "An outcome that no answer leads to.",
    UnreachableQuestion "unreachable-question" "En fråga som inget svar leder till." "A question that no answer leads to.",
    UnusedLaw "unused-law" "En bestämmelse som inget använder." "A provision that nothing uses.",
    ValidityGap "validity-gap" "Ett glapp eller en överlappning mellan giltighetstider." "A gap or an overlap between periods of validity.",
    WrongShape "wrong-shape" "En fråga, ett svar eller ett utfall som är felaktigt uppbyggt." "A question, an answer or an outcome that is put together wrongly.",
    WrongType "wrong-type" "Ett värde av fel slag." "A value of the wrong kind.",
}

/// One defect, with everything a lawyer needs to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind of defect.
    pub code: Code,
    /// Where.
    pub place: Place,
    /// What is wrong, in a sentence.
    pub sentence: Text,
    /// The way out, where there is one to name.
    pub hint: Option<Text>,
}

impl Finding {
    /// A finding without a hint.
    #[must_use]
    pub fn new(code: Code, place: &Place, sv: String, en: String) -> Self {
        Self {
            code,
            place: place.clone(),
            sentence: Text { sv, en },
            hint: None,
        }
    }

    /// The same finding with a way out.
    #[must_use]
    pub fn hint(mut self, sv: impl Into<String>, en: impl Into<String>) -> Self {
        self.hint = Some(Text::new(sv, en));
        self
    }

    /// The same finding with "did you mean" where one of the known words is near.
    #[must_use]
    pub fn did_you_mean<'a>(self, given: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(given, known) {
            Some(near) => self.hint(
                format!("menade du `{near}`?"),
                format!("did you mean `{near}`?"),
            ),
            None => self,
        }
    }

    /// One line: place, code, sentence, hint.
    #[must_use]
    pub fn line(&self, lang: Lang) -> String {
        let hint = self
            .hint
            .as_ref()
            .map(|hint| format!(" ({})", hint.get(lang)))
            .unwrap_or_default();
        format!(
            "{}: {}: {}{hint}",
            self.place,
            self.code.name(),
            self.sentence.get(lang)
        )
    }
}

/// The known word nearest to the given one, if any is near enough to be meant.
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|word| (strsim::jaro_winkler(given, word), word))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, word)| word)
}
