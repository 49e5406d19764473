//! A tree in words for a reader and not for an official: facts and their values, and how questions are named on paper.

use jiff::civil::Date;

use crate::answers::{About, Form, Origin};
use crate::cite::Generic;
use crate::fact::{Fact, UNANSWERED};
use crate::language::{Lang, Text};
use crate::law::Harm;
use crate::tree::excerpt::Excerpt;
use crate::tree::{Answer, Question, Target, Tree};
use crate::trees::Trees;

/// How the trees are told: for no authority and no item, with the citations of a day, in a language.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    /// The trees: facts speak of other trees than their own.
    pub trees: &'a Trees,
    /// The day whose citations are used.
    pub day: Date,
    /// The language.
    pub lang: Lang,
}

impl<'a> Words<'a> {
    pub(crate) const fn generic(self) -> Generic<'a> {
        Generic {
            laws: &self.trees.laws,
            day: self.day,
            lang: self.lang,
        }
    }

    pub(crate) fn text(self, text: &Text) -> String {
        self.generic().text(text)
    }

    pub(crate) const fn pick(self, sv: &'a str, en: &'a str) -> &'a str {
        self.lang.pick(sv, en)
    }

    /// What the tree is about, as a title.
    #[must_use]
    pub fn title(self, tree: &'a Tree) -> &'a str {
        match tree.name.as_str() {
            "route" => self.pick("Vägen", "The route"),
            "item" => self.pick("Uppgiften", "The item"),
            "sending" => self.pick("Sändningen", "The sending"),
            "closing" => self.pick("Avslutningen", "The closing"),
            _ => {
                let guide = self.trees.guides.of(tree);
                guide.map_or(tree.name.as_str(), |guide| guide.title.get(self.lang))
            }
        }
    }

    /// The title of what is shown: of the tree, and of the route that it was cut to.
    #[must_use]
    pub fn excerpt(self, excerpt: &'a Excerpt<'_>) -> String {
        let title = self.title(excerpt.tree);
        match &excerpt.route {
            Some(route) => format!("{title}: {}", self.route(route)),
            None => title.to_owned(),
        }
    }

    fn route(self, key: &str) -> String {
        let outcome = self.trees.route.find_outcome(key);
        outcome.map_or_else(|| key.to_owned(), |outcome| self.text(&outcome.text))
    }

    fn authority(self, key: &str) -> String {
        let authority = self.trees.laws.authority(key);
        authority
            .map_or(key, |authority| authority.name.get(self.lang))
            .to_owned()
    }

    /// A question or an outcome by its number: the same in drawings and in the book, whole or cut to a route.
    #[must_use]
    pub fn number(self, target: Target) -> String {
        match target {
            Target::Question(at) => format!("{} {}", self.pick("fråga", "question"), at + 1),
            Target::Outcome(at) => format!("{} {}", self.pick("utfall", "outcome"), at + 1),
        }
    }

    /// A question in words: its text, or what it turns on.
    #[must_use]
    pub fn question(self, tree: &Tree, question: &Question) -> String {
        match (&question.text, &question.known) {
            (Some(text), _) => self.text(text),
            (None, Some(fact)) => self.fact(tree, fact),
            (None, None) => question.id.clone(),
        }
    }

    /// An answer in words: its text, or of a known question the value of the fact, whatever is shown for it.
    #[must_use]
    pub fn answer(self, question: &Question, answer: &Answer) -> String {
        match (&question.known, &answer.text) {
            (Some(fact), _) => self.value(fact, &answer.key),
            (None, Some(text)) => self.text(text),
            (None, None) => answer.key.clone(),
        }
    }

    /// What the program knows, as a question that it has answered itself. `here` is the tree in which it stands.
    #[must_use]
    pub fn fact(self, here: &Tree, fact: &Fact) -> String {
        match fact {
            Fact::Earlier { tree, question } => self.earlier(here, tree, question),
            Fact::InForce(key) => {
                let cite = self.generic().key(key);
                match self.lang {
                    Lang::Sv => format!("Gäller {cite} den dagen?"),
                    Lang::En => format!("Is {cite} in force on the day?"),
                }
            }
            fixed => {
                let (sv, en) = meaning(fixed);
                self.text(&Text::new(sv, en))
            }
        }
    }

    fn earlier(self, here: &Tree, tree: &str, id: &str) -> String {
        let other = self.trees.tree(tree).unwrap_or(here);
        let at = other.questions.iter().position(|asked| asked.id == id);
        let number = at.map_or_else(|| id.to_owned(), |at| self.number(Target::Question(at)));
        let elsewhere = if other.name == here.name {
            String::new()
        } else {
            format!(" ({})", self.title(other))
        };
        let answer_to = self.pick("Svaret på", "The answer to");
        let words = other.find(id).and_then(|asked| asked.text.as_ref());
        let words = words.map(|text| format!(": {}", self.text(text)));
        format!(
            "{answer_to} {number}{elsewhere}{}",
            words.unwrap_or_default()
        )
    }

    /// A value of a fact; `*` stands for all the others.
    #[must_use]
    pub fn value(self, fact: &Fact, key: &str) -> String {
        match (fact, key) {
            (_, "*") => self.pick("annars", "otherwise").to_owned(),
            (_, UNANSWERED) => self
                .pick("frågan ställdes inte", "it was not asked")
                .to_owned(),
            (Fact::Route, route) => self.route(route),
            (Fact::Authority, key) => self.authority(key),
            (Fact::AuthorityDutySection, section) => self.generic().key(section),
            (Fact::Earlier { tree, question }, key) => self.earlier_answer(tree, question, key),
            (fact, key) => named(fact, key, self.lang).unwrap_or(key).to_owned(),
        }
    }

    fn earlier_answer(self, tree: &str, id: &str, key: &str) -> String {
        let asked = self.trees.tree(tree).and_then(|tree| tree.find(id));
        let answer = asked.and_then(|asked| asked.answer(key));
        let text = answer.and_then(|(_, answer)| answer.text.as_ref());
        text.map_or_else(|| key.to_owned(), |text| self.text(text))
    }

    /// The citation of a provision on the day.
    #[must_use]
    pub fn cite(self, key: &str) -> String {
        self.generic().key(key)
    }

    /// What opens for a release, in words.
    #[must_use]
    pub fn opens(self, key: &str) -> String {
        self.value(&Fact::Opened, key)
    }
}

/// What a fact is about, as a question. Complete by construction: a fact without words does not compile.
const fn meaning(fact: &Fact) -> (&'static str, &'static str) {
    match fact {
        Fact::Route => ("Vilken väg blev det?", "Which route was it?"),
        Fact::Follows => (
            "Följer prövningen på en tidigare?",
            "Does the assessment follow an earlier one?",
        ),
        Fact::ItemForm => (
            "Är det den första uppgiften (vem det gäller), en uppgift eller en handling?",
            "Is it the first item (who it is about), a statement or a document?",
        ),
        Fact::ItemOrigin => (
            "Varifrån kommer uppgiften?",
            "Where does the item come from?",
        ),
        Fact::ItemAbout => ("Vem handlar uppgiften om?", "Whom is the item about?"),
        Fact::ItemAboutAny => (
            "Vem handlar uppgiften om, eller något som den beskriver?",
            "Whom is the item, or anything that it describes, about?",
        ),
        Fact::ItemHarmTest => (
            "Vilket är det strängaste skaderekvisitet bland uppgiftens bestämmelser?",
            "Which is the strictest harm test among the item's provisions?",
        ),
        Fact::ItemExcluded1027 => (
            "Är uppgiftens sekretess undantagen från {osl-10-27} den dagen?",
            "Is the item's secrecy excluded from {osl-10-27} on the day?",
        ),
        Fact::ItemExcluded1015a => (
            "Är uppgiftens sekretess undantagen från {osl-10-15-a} den dagen, eller utanför dess kapitel?",
            "Is the item's secrecy excluded from {osl-10-15-a} on the day, or outside its chapters?",
        ),
        Fact::ItemSwitchesOff1028 => (
            "Hindrar uppgiftens bestämmelse att {osl-10-28} används?",
            "Does the item's provision keep {osl-10-28} from being used?",
        ),
        Fact::ItemConsentable => (
            "Skyddar sekretessen en enskild, som kan samtycka?",
            "Does the secrecy protect an individual, who can consent?",
        ),
        Fact::ItemBenefit => (
            "Är det bara en förmånsuppgift, och ska {authority} lämna sådana enligt {benefit-duty}?",
            "Is it benefit data only, and has {authority} a duty to give such under {benefit-duty}?",
        ),
        Fact::IdentityProtected => (
            "Har någon i anmälan skyddade personuppgifter?",
            "Has somebody in the report protected personal data?",
        ),
        Fact::Authority => ("Vilken myndighet är det?", "Which authority is it?"),
        Fact::AuthorityDuty => (
            "Är {authority} skyldig att anmäla den dagen?",
            "Is {authority} bound to report on the day?",
        ),
        Fact::AuthorityDutyAfterKnowledge => (
            "Började skyldigheten gälla efter den dag då man fick veta?",
            "Did the duty begin after the day of knowledge?",
        ),
        Fact::AuthorityDutySection => (
            "Vilket lagrum gör {authority} skyldig att anmäla?",
            "Which section makes the duty of {authority}?",
        ),
        Fact::AuthorityOsl => ("Lyder {authority} under OSL?", "Is {authority} under OSL?"),
        Fact::AuthoritySigning => (
            "När ska en chef läsa anmälan, enligt {signing}?",
            "When is a manager to read the report, under {signing}?",
        ),
        Fact::Opened => (
            "Vad öppnade för att lämna uppgiften?",
            "What opened for a release?",
        ),
        // These two name a provision or a question, and are told by `Words::fact`.
        Fact::InForce(_) => (
            "Gäller lagrummet den dagen?",
            "Is the section in force on the day?",
        ),
        Fact::Earlier { .. } => ("Ett tidigare svar", "An earlier answer"),
    }
}

/// The closed values of the facts that name nothing else in the data.
fn named(fact: &Fact, key: &str, lang: Lang) -> Option<&'static str> {
    let in_words = match fact {
        Fact::ItemForm => word(Form::ALL, key, lang, Form::key, Form::text),
        Fact::ItemOrigin => word(Origin::ALL, key, lang, Origin::key, Origin::text),
        Fact::ItemAbout | Fact::ItemAboutAny => {
            word(About::ALL, key, lang, About::key, About::text)
        }
        Fact::ItemHarmTest if key == "none" => Some(lang.pick("ingen bestämmelse", "no provision")),
        Fact::ItemHarmTest => Harm::parse(key).map(|harm| harm.text(lang)),
        _ => None,
    };
    let found = VALUES.iter().find(|(value, _, _)| *value == key);
    in_words.or_else(|| found.map(|(_, sv, en)| lang.pick(sv, en)))
}

fn word<T: Copy>(
    all: &[T],
    key: &str,
    lang: Lang,
    key_of: fn(T) -> &'static str,
    text_of: fn(T, Lang) -> &'static str,
) -> Option<&'static str> {
    let found = all.iter().find(|one| key_of(**one) == key);
    found.map(|one| text_of(*one, lang))
}

const VALUES: [(&str, &str, &str); 17] = [
    ("yes", "ja", "yes"),
    ("no", "nej", "no"),
    ("unclear", "oklart", "unclear"),
    ("unknown", "går inte att veta", "cannot be known"),
    (
        "unsure",
        "bestämmelsen är inte fastställd",
        "the provision is not settled",
    ),
    ("none", "ingen är känd", "none is known"),
    ("identity", "den första uppgiften", "the first item"),
    ("before", "innan den skickas", "before it is sent"),
    (
        "after",
        "efter att den har skickats",
        "after it has been sent",
    ),
    ("duty", "skyldigheten att anmäla", "the duty to report"),
    (
        "investigation",
        "uppgiftsskyldigheten under utredning",
        "the duty to inform during an investigation",
    ),
    (
        "addiction",
        "uppgiftsskyldigheten i en utredning om tvångsvård",
        "the duty to inform in an investigation of compulsory care",
    ),
    (
        "not-secret",
        "uppgiften är inte sekretessbelagd",
        "the item is not secret",
    ),
    (
        "benefit-duty",
        "skyldigheten att lämna förmånsuppgifter",
        "the duty to give benefit data",
    ),
    ("consent", "samtycke", "consent"),
    (
        "exchange",
        "det utökade informationsutbytet",
        "the extended exchange",
    ),
    ("evident", "det är uppenbart", "it is evident"),
];
