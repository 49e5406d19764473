//! The answers document: what scripts hand in, what an interrupted session saves, and what a record can be rebuilt from.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::language::Lang;
use crate::walk::{Answers, clean};

/// The format number of answers documents.
pub const FORMAT: u32 = 1;

/// An answers document. Unknown fields are rejected: a misspelt answer must not be lost in silence.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswersDocument {
    /// The format number, 1.
    pub answers: u32,
    /// The day the information leaves the authority; today where it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// Key of the authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
    /// The report's own reference number, never the benefit case's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// Who assesses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub official: Option<Official>,
    /// Digest of the record that this assessment follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<String>,
    /// Answers of the route tree.
    #[serde(default)]
    pub route: Answers,
    /// The standing first item: who the child and the guardians are and how they are reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<Identity>,
    /// The other items, in the order they were entered.
    #[serde(default)]
    pub items: Vec<Item>,
    /// Answers of the sending tree.
    #[serde(default)]
    pub sending: Answers,
    /// Answers of the closing tree.
    #[serde(default)]
    pub closing: Answers,
    /// Personal data in free text that the official keeps, each with a reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<Kept>,
}

/// Never prints a text: it is about people.
impl fmt::Debug for AnswersDocument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("AnswersDocument");
        shown
            .field("on", &self.on)
            .field("authority", &self.authority)
            .field("route", &self.route);
        shown.field("items", &self.items).finish_non_exhaustive()
    }
}

/// Who assesses. Personal data of the official: kept in settings and records, never in file names.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Official {
    /// Name.
    pub name: String,
    /// Title.
    pub title: String,
    /// Unit.
    pub unit: String,
}

impl fmt::Debug for Official {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Official")
    }
}

/// The standing first item. Kinds are ticked, values never entered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// Which kinds of data go.
    pub kinds: Vec<IdentityKind>,
    /// Somebody in the report has protected personal data.
    #[serde(default)]
    pub protected: bool,
    /// Keys of its secrecy provisions, `none` or `unsure`; the authority's usual one where missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provisions: Option<Vec<String>>,
    /// Answers of the item tree.
    #[serde(default)]
    pub answers: Answers,
}

/// An item (*uppgift* or *handling*).
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Item {
    /// Its id; its number in the list where missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// A short label, without names.
    pub label: String,
    /// Statement or document.
    pub form: Form,
    /// Where it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// Whom it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
    /// The date of a document; `unknown` when it was asked for and is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated: Option<String>,
    /// The day the item came in, for provisions that count from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<Date>,
    /// Keys of its secrecy provisions, `none` or `unsure`; the authority's usual one where missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provisions: Option<Vec<String>>,
    /// It says only which benefit, period, extent, amount or dates.
    #[serde(default, skip_serializing_if = "is_false")]
    pub benefit: bool,
    /// The file's name in the outgoing folder, for a document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Answers of the item tree.
    #[serde(default)]
    pub answers: Answers,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

impl fmt::Debug for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Item")
            .field("form", &self.form)
            .field("answers", &self.answers)
            .finish_non_exhaustive()
    }
}

/// Personal data that the official keeps in a text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// The place in the answers document, as the program names it.
    pub place: String,
    /// What sort of data.
    pub what: String,
    /// Why it stays.
    pub reason: String,
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kept")
            .field("place", &self.place)
            .field("what", &self.what)
            .finish_non_exhaustive()
    }
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident $key:literal $sv:literal $en:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $(#[doc = $en] $variant,)+ }

        impl $name {
            /// All of them, in the order shown.
            pub const ALL: &[$name] = &[$($name::$variant,)+];

            /// The key that documents hold.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $($name::$variant => $key,)+ }
            }

            /// The word on the screen and in the record.
            #[must_use]
            pub const fn text(self, lang: Lang) -> &'static str {
                match self { $($name::$variant => lang.pick($sv, $en),)+ }
            }
        }
    };
}

words! {
    /// Statement (*uppgift*) or document (*handling*).
    Form {
        Statement "statement" "uppgift" "statement",
        Document "document" "handling" "document",
    }
}

#[expect(
    clippy::derivable_impls,
    reason = "the words macro writes the enum, and only this one has a default"
)]
impl Default for Form {
    fn default() -> Self {
        Self::Statement
    }
}

impl Form {
    /// Whether items of this form carry a date.
    #[must_use]
    pub const fn is_dated(self) -> bool {
        matches!(self, Form::Document)
    }
}

words! {
    /// Where an item comes from. Origin is not provision: a certificate received in a benefit case is covered by 28:1.
    Origin {
        Own "own" "Egen iakttagelse" "Own observation",
        Individual "individual" "Den enskilde har berättat eller lämnat in (inte intyg från vården)" "The individual told or handed in (not papers from health care)",
        HealthCare "health-care" "Hälso- och sjukvården, också intyg som den enskilde har lämnat in" "Health care, also certificates that the individual handed in",
        Authority "authority" "En annan myndighet" "Another authority",
        ThirdPerson "third-person" "Någon annan person" "Another person",
    }
}

words! {
    /// Whom an item is about.
    About {
        Child "child" "Barnet (eller den du är orolig för)" "The child (or the one you worry about)",
        Guardian "guardian" "En vårdnadshavare" "A guardian",
        Other "other" "Någon annan, till exempel en släkting eller granne" "Somebody else, for example a relative or neighbour",
        Informant "informant" "Den privatperson som berättade för oss" "The private person who told us",
    }
}

words! {
    /// A kind of identity data. Only kinds are ticked; the values stand in the letter.
    IdentityKind {
        Name "name" "Namn på den det gäller" "Name of the one it is about",
        IdentityNumber "identity-number" "Personnummer" "Personal identity number",
        Guardians "guardians" "Vilka vårdnadshavarna är" "Who the guardians are",
        Address "address" "Adress" "Address",
        Telephone "telephone" "Telefon" "Telephone",
        School "school" "Skola eller förskola" "School or preschool",
        Case "case" "Att det finns ett ärende hos oss" "That there is a case with us",
    }
}

impl IdentityKind {
    /// Kinds that never stand in a letter about somebody with protected personal data.
    #[must_use]
    pub const fn reveals_whereabouts(self) -> bool {
        matches!(
            self,
            IdentityKind::Address | IdentityKind::Telephone | IdentityKind::School
        )
    }
}

impl AnswersDocument {
    /// An empty document.
    #[must_use]
    pub fn new() -> Self {
        Self {
            answers: FORMAT,
            ..Self::default()
        }
    }

    /// The document with every text as it will stand in the record: what is looked through is what is written.
    #[must_use]
    pub fn cleaned(&self) -> Self {
        let mut document = self.clone();
        document.case = document.case.as_deref().map(clean);
        if let Some(official) = &mut document.official {
            for field in [&mut official.name, &mut official.title, &mut official.unit] {
                *field = clean(field);
            }
        }
        for item in &mut document.items {
            item.label = clean(&item.label);
            item.file = item.file.as_deref().map(clean);
        }
        for kept in &mut document.kept {
            kept.reason = clean(&kept.reason);
        }
        document
    }

    /// The id of an item: its own, or its number in the list.
    #[must_use]
    pub fn id_of(&self, at: usize) -> String {
        self.items
            .get(at)
            .and_then(|item| item.id.clone())
            .unwrap_or_else(|| (at + 1).to_string())
    }

    /// The place of the item with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<usize> {
        (0..self.items.len()).find(|at| self.id_of(*at) == id)
    }
}
