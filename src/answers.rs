//! The answers document: what scripts hand in, what an interrupted session saves, and what a record can be rebuilt from.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::ops::Deref;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, de};

use crate::language::Lang;
use crate::walk::Answers;

/// The format number of answers documents.
pub const FORMAT: u32 = 1;

/// A text of a document: owned where the document is edited, borrowed where it is only read.
pub trait Words: Deref<Target = str> + AsRef<str> + Borrow<str> + Ord + fmt::Debug {}

impl<S: Deref<Target = str> + AsRef<str> + Borrow<str> + Ord + fmt::Debug> Words for S {}

/// A text of a document that is only read: borrowed from the bytes wherever it stands there as it is.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Read<'d>(Cow<'d, str>);

impl Deref for Read<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// Never prints the text: it may be about people.
impl fmt::Debug for Read<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Read")
    }
}

impl AsRef<str> for Read<'_> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Read<'_> {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// A word that the program puts in.
impl From<&'static str> for Read<'_> {
    fn from(word: &'static str) -> Self {
        Self(Cow::Borrowed(word))
    }
}

impl<'de: 'd, 'd> Deserialize<'de> for Read<'d> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Reading)
    }
}

struct Reading;

impl<'de> de::Visitor<'de> for Reading {
    type Value = Read<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Read<'de>, E> {
        Ok(Read(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Read<'de>, E> {
        Ok(Read(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Read<'de>, E> {
        Ok(Read(Cow::Owned(text)))
    }
}

/// An answers document. Unknown fields are rejected: a misspelt answer must not be lost in silence.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "S: Deserialize<'de> + Default + Words"))]
pub struct AnswersDocument<S = String> {
    /// The format number, 1.
    pub answers: u32,
    /// The day the information leaves the authority; today where it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// Key of the authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<S>,
    /// The report's own reference number, never the benefit case's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<S>,
    /// Who assesses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub official: Option<Official<S>>,
    /// Digest of the record that this assessment follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<S>,
    /// What may have left before, according to the record that a request follows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sent: Vec<Sent>,
    /// Answers of the route tree.
    #[serde(default)]
    pub route: Answers<S>,
    /// The standing first item: who the child and the guardians are and how they are reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<Identity<S>>,
    /// The other items, in the order they were entered.
    #[serde(default)]
    pub items: Vec<Item<S>>,
    /// Answers of the sending tree.
    #[serde(default)]
    pub sending: Answers<S>,
    /// Answers of the closing tree.
    #[serde(default)]
    pub closing: Answers<S>,
    /// Personal data in free text that the official keeps, each with a reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<Kept<S>>,
}

/// Never prints a text: it is about people.
impl<S: Words> fmt::Debug for AnswersDocument<S> {
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
#[serde(bound(deserialize = "S: Deserialize<'de> + Default + Words"))]
pub struct Official<S = String> {
    /// Name.
    pub name: S,
    /// Title.
    pub title: S,
    /// Unit.
    pub unit: S,
}

impl<S> fmt::Debug for Official<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Official")
    }
}

/// The standing first item. Kinds are ticked, values never entered.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "S: Deserialize<'de> + Default + Words"))]
pub struct Identity<S = String> {
    /// Which kinds of data go.
    pub kinds: Vec<IdentityKind>,
    /// Somebody in the report has protected personal data.
    #[serde(default)]
    pub protected: bool,
    /// Keys of its secrecy provisions, `none` or `unsure`; the authority's usual one where missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provisions: Option<Vec<S>>,
    /// Answers of the item tree.
    #[serde(default)]
    pub answers: Answers<S>,
}

impl<S: Words> fmt::Debug for Identity<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity")
            .field("kinds", &self.kinds)
            .field("answers", &self.answers)
            .finish_non_exhaustive()
    }
}

/// An item (*uppgift* or *handling*).
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[serde(bound(deserialize = "S: Deserialize<'de> + Default + Words"))]
pub struct Item<S = String> {
    /// Its id; its number in the list where missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<S>,
    /// A short label, without names.
    pub label: S,
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
    pub dated: Option<S>,
    /// The day the item came in, for provisions that count from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<Date>,
    /// Keys of its secrecy provisions, `none` or `unsure`; the authority's usual one where missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provisions: Option<Vec<S>>,
    /// It says only which benefit, period, extent, amount or dates.
    #[serde(default, skip_serializing_if = "is_false")]
    pub benefit: bool,
    /// The file's name in the outgoing folder, for a document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<S>,
    /// Answers of the item tree.
    #[serde(default)]
    pub answers: Answers<S>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

impl<S: Words> fmt::Debug for Item<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Item")
            .field("form", &self.form)
            .field("answers", &self.answers)
            .finish_non_exhaustive()
    }
}

/// An item that may have left before. Its label was looked through when its own record was made.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sent {
    /// Its label.
    pub label: String,
    /// `statement` (*uppgift*) or `document` (*handling*).
    pub form: String,
    /// The date of a document, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated: Option<String>,
}

impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sent")
            .field("form", &self.form)
            .finish_non_exhaustive()
    }
}

/// Personal data that the official keeps in a text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(bound(deserialize = "S: Deserialize<'de> + Default + Words"))]
pub struct Kept<S = String> {
    /// The place in the answers document, as the program names it.
    pub place: S,
    /// What sort of data.
    pub what: S,
    /// Why it stays.
    pub reason: S,
}

impl<S: Words> fmt::Debug for Kept<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kept")
            .field("place", &self.place.as_ref())
            .field("what", &self.what.as_ref())
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
}

/// The numbers of nearly every list, written out: documents by the hundred thousand take no memory for them.
const NUMBERS: [&str; 16] = [
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16",
];

impl<S: Words> AnswersDocument<S> {
    /// The id of an item: its own, or its number in the list.
    #[must_use]
    pub fn id_of(&self, at: usize) -> Cow<'_, str> {
        let own = self.items.get(at).and_then(|item| item.id.as_ref());
        let number = || match NUMBERS.get(at) {
            Some(number) => Cow::Borrowed(*number),
            None => Cow::Owned((at + 1).to_string()),
        };
        own.map_or_else(number, |id| Cow::Borrowed(id.as_ref()))
    }

    fn has_id(&self, at: usize, id: &str) -> bool {
        let own = self.items.get(at).and_then(|item| item.id.as_deref());
        let is_number = || !id.starts_with(['0', '+']) && id.parse() == Ok(at + 1);
        own.map_or_else(is_number, |own| own == id)
    }

    /// The place of the item with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<usize> {
        (0..self.items.len()).find(|at| self.has_id(*at, id))
    }
}
