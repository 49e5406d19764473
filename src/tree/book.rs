//! A tree on paper: every question with its help, answers, sections and ways, in the order of the file, as Markdown.
//!
//! Questions are numbered by their place in the file, so that a printed page can be followed without its links. The
//! links are the headings' own anchors, which every Markdown reader makes.

use std::collections::BTreeSet;

use crate::fact::Fact;
use crate::guide::dates::{Count, DateRule};
use crate::language::Text;
use crate::law::Provision;
use crate::tree::draw::{Shape, shortened};
use crate::tree::excerpt::Excerpt;
use crate::tree::words::Words;
use crate::tree::{Answer, Kind, LawRef, Outcome, Question, Target, Whole};
use crate::trees::{outcome_keys, question_keys};

/// How much of a question stands beside its number where another leads to it, in characters.
const LONGEST_NAME: usize = 60;

/// The book of a tree.
#[must_use]
pub fn markdown(words: Words<'_>, excerpt: &Excerpt<'_>) -> String {
    format!("{}\n{}", preface(words, excerpt), chapters(words, excerpt))
}

/// The title, and how to read the book.
#[must_use]
pub fn preface(words: Words<'_>, excerpt: &Excerpt<'_>) -> String {
    let book = Book { words, excerpt };
    let title = escaped(&words.excerpt(excerpt));
    format!("# {title}\n\n{}\n", book.introduction().join("\n\n"))
}

/// The questions, the outcomes and the provisions.
#[must_use]
pub fn chapters(words: Words<'_>, excerpt: &Excerpt<'_>) -> String {
    let book = Book { words, excerpt };
    let questions = excerpt.questions();
    let outcomes = excerpt.outcomes();
    let mut blocks: Vec<String> = questions
        .flat_map(|(at, question)| book.question(at, question))
        .collect();
    blocks.extend(outcomes.flat_map(|(at, outcome)| book.outcome(at, outcome)));
    blocks.extend(book.provisions());
    blocks.join("\n\n") + "\n"
}

struct Book<'a, 't> {
    words: Words<'a>,
    excerpt: &'a Excerpt<'t>,
}

impl Book<'_, '_> {
    fn pick(&self, sv: &str, en: &str) -> String {
        self.words.lang.pick(sv, en).to_owned()
    }

    /// A label and what it labels.
    fn labelled(&self, sv: &str, en: &str, text: &str) -> String {
        format!("{}: {text}", self.words.lang.pick(sv, en))
    }

    fn introduction(&self) -> Vec<String> {
        let tree = self.excerpt.tree;
        let (name, day, version) = (&tree.name, self.words.day, &self.words.trees.laws.version);
        let start = self.link(Target::Question(tree.start));
        let mut blocks = vec![self.pick(
            &format!("Trädet `{name}` i version {version}. Lagrummen citeras som de gäller {day}. Ord inom ‹ › beror på myndigheten, dagen eller uppgiften. Frågorna står i trädets ordning och har samma nummer på bilden. Första frågan är {start}."),
            &format!("The tree `{name}` in version {version}. Sections are cited as in force on {day}. Words in ‹ › depend on the authority, the day or the item. The questions stand in the order of the tree and have the same numbers in the drawing. The first is {start}."),
        )];
        blocks.extend(self.excerpt.route.as_ref().map(|_| {
            self.pick(
                "Bara det som hör till den här vägen är med. Numren är hela trädets, och därför saknas några.",
                "Only what belongs to this route is here. The numbers are those of the whole tree, so some are missing.",
            )
        }));
        blocks
    }

    /// A question or an outcome by its number, as a link to its heading.
    fn link(&self, target: Target) -> String {
        format!(
            "[{}](#{})",
            self.words.number(target),
            anchor(&self.title(target))
        )
    }

    fn title(&self, target: Target) -> String {
        let tree = self.words.title(self.excerpt.tree);
        format!("{tree}, {}", self.words.number(target))
    }

    fn question(&self, at: usize, question: &Question) -> Vec<String> {
        let here = Target::Question(at);
        let text = self.words.question(self.excerpt.tree, question);
        let mut blocks = vec![
            format!("## {}", self.title(here)),
            format!("**{}**", escaped(&text)),
            self.sort(question),
        ];
        blocks.extend(self.known(question));
        blocks.extend(self.from(here));
        blocks.extend(self.shown_above(question));
        blocks.extend(question.hint.as_ref().map(|hint| {
            let hint = escaped(&self.words.text(hint));
            self.labelled("Under frågan står", "Below it stands", &hint)
        }));
        blocks.extend(question.help.as_ref().map(|help| self.help(help)));
        blocks.extend(self.law(&question.law));
        blocks.push(self.answers(question));
        blocks
    }

    fn sort(&self, question: &Question) -> String {
        let (sv, en) = match Shape::of(question) {
            Shape::Shown => (
                "Ställs inte: programmet vet svaret och visar det.",
                "Not asked: the program knows the answer and shows it.",
            ),
            Shape::Switch => (
                "Ställs inte och visas inte: programmet vet svaret.",
                "Neither asked nor shown: the program knows the answer.",
            ),
            Shape::Asked | Shape::Outcome => ("Ställs.", "Asked."),
        };
        format!("{} Id: `{}`.", self.words.lang.pick(sv, en), question.id)
    }

    /// What the program knows, in words and by name. The words of a switch stand already as its title.
    fn known(&self, question: &Question) -> Option<String> {
        let fact = question.known.as_ref()?;
        if question.text.is_none() {
            return Some(self.labelled("Faktum", "Fact", &format!("`{fact}`.")));
        }
        let meaning = escaped(&self.words.fact(self.excerpt.tree, fact));
        let known = format!("{meaning} (`{fact}`)");
        Some(self.labelled("Vad programmet vet", "What the program knows", &known))
    }

    fn from(&self, here: Target) -> Option<String> {
        let from = self.excerpt.from(here).into_iter();
        let links: Vec<String> = from.map(|at| self.link(Target::Question(at))).collect();
        if here == Target::Question(self.excerpt.tree.start) {
            return Some(self.pick("Här börjar trädet.", "Here the tree starts."));
        }
        let leads_here = self.words.lang.pick("Hit leder", "Reached from");
        (!links.is_empty()).then(|| format!("{leads_here} {}.", links.join(", ")))
    }

    fn shown_above(&self, question: &Question) -> Option<String> {
        let place = |id: &String| {
            let all = &self.excerpt.tree.questions;
            all.iter().position(|question| question.id == *id)
        };
        let shown = question
            .shows
            .iter()
            .filter_map(place)
            .map(Target::Question);
        let links: Vec<String> = shown
            .filter(|target| self.excerpt.holds(*target))
            .map(|target| self.link(target))
            .collect();
        let label = || {
            self.labelled(
                "Ovanför visas svaren på",
                "Above it stand the answers to",
                &format!("{}.", links.join(", ")),
            )
        };
        (!links.is_empty()).then(label)
    }

    /// The help behind `?`, line by line as on the screen.
    fn help(&self, help: &crate::language::Text) -> String {
        let help = self.words.text(help);
        let lines: Vec<String> = help.trim().lines().map(escaped).collect();
        format!("> {}", lines.join("\\\n> "))
    }

    fn law(&self, law: &[LawRef]) -> Option<String> {
        let cited: Vec<String> = law
            .iter()
            .filter_map(|law| self.words.generic().law(law))
            .map(|cited| escaped(&cited))
            .collect();
        let label = || self.labelled("Lagrum", "Sections", &cited.join("; "));
        (!cited.is_empty()).then(label)
    }

    fn answers(&self, question: &Question) -> String {
        if question.answers.is_empty() {
            return self.written(question);
        }
        let items: Vec<String> = question
            .answers
            .iter()
            .enumerate()
            .map(|(at, answer)| self.answer(question, at, answer))
            .collect();
        items.join("\n")
    }

    /// How a question without answers is answered, what it opens and where it leads.
    fn written(&self, question: &Question) -> String {
        let kind = match question.kind {
            Kind::Choice | Kind::Text => self.pick("en text", "a text"),
            Kind::Day => self.pick("ett datum", "a day"),
            Kind::Time => self.pick(
                "ett datum, gärna med klockslag",
                "a day, with the hour if known",
            ),
            Kind::Statement => self.pick("en uppgift i listan", "a statement in the list"),
            Kind::Item => self.pick("en annan rad i listan", "another item in the list"),
        };
        let answered = self.labelled("Besvaras med", "Answered with", &kind);
        let goto = question.goto.map(|goto| self.leads_to(goto));
        let mut lines = vec![format!("- {answered} {}", goto.unwrap_or_default())];
        lines.extend(self.opens(question.opens.as_ref()));
        lines.join("\n    - ")
    }

    fn answer(&self, question: &Question, at: usize, answer: &Answer) -> String {
        let text = escaped(&self.words.answer(question, answer));
        let mark = if question.is_asked() {
            format!("{}.", at + 1)
        } else {
            "-".to_owned()
        };
        let open = answer.goto.filter(|_| self.leads_on(question, answer));
        let goto = match (open, answer.refuse) {
            (Some(goto), _) => self.leads_to(goto),
            (None, true) => self.pick(
                "→ godtas inte, frågan ställs igen",
                "→ refused, asked again",
            ),
            (None, false) => self.pick("→ hör inte till den här vägen", "→ not on this route"),
        };
        let mut lines = vec![format!("{mark} **{text}** (`{}`) {goto}", answer.key)];
        lines.extend(self.under(question, answer));
        lines.join("\n    - ")
    }

    /// Whether the answer leads on within what is shown.
    fn leads_on(&self, question: &Question, answer: &Answer) -> bool {
        let leads = self.excerpt.leads(question);
        let mut answers = leads.iter().flat_map(|(_, answers)| answers);
        answers.any(|led| led.key == answer.key)
    }

    fn leads_to(&self, target: Target) -> String {
        let tree = self.excerpt.tree;
        let name = match target {
            Target::Question(at) => self.words.question(tree, tree.question(at)),
            Target::Outcome(at) => self.words.text(&tree.outcome(at).text),
        };
        let name = escaped(&shortened(&name, LONGEST_NAME));
        format!("→ {}: {name}", self.link(target))
    }

    /// What an answer asks for, says, opens and puts in the record.
    fn under(&self, question: &Question, answer: &Answer) -> Vec<String> {
        let mut lines = Vec::new();
        lines.extend(
            answer
                .motivation
                .then(|| self.pick("En motivering krävs.", "A motivation is required.")),
        );
        lines.extend(answer.sentence.then(|| {
            self.pick(
                "En rad som inte är något annat svar räknas som det här svaret, med raden som motivering.",
                "A line that is no other answer counts as this one, with the line as its motivation.",
            )
        }));
        let shown = answer.text.clone().filter(|_| !question.is_asked());
        let texts = [
            ("På skärmen står", "The screen says", &shown),
            ("På skärmen står", "The screen says", &answer.says),
            (
                "Antagande i prövningen",
                "Assumption in the record",
                &answer.assumes,
            ),
            (
                "Öppen fråga i prövningen",
                "Open question in the record",
                &answer.open,
            ),
        ];
        let said = |(sv, en, text): (&str, &str, &Option<_>)| {
            let text = text.as_ref().map(|text| escaped(&self.words.text(text)));
            text.map(|text| self.labelled(sv, en, &text))
        };
        lines.extend(texts.into_iter().filter_map(said));
        lines.extend(self.opens(answer.opens.as_ref()));
        lines.extend(self.law(&answer.law));
        lines
    }

    fn opens(&self, opens: Option<&String>) -> Option<String> {
        let opened = self.words.opens(opens?);
        Some(self.labelled("Öppnar för att lämna", "Opens for a release", &opened))
    }

    fn outcome(&self, at: usize, outcome: &Outcome) -> Vec<String> {
        let here = Target::Outcome(at);
        let mut blocks = vec![
            format!("## {}", self.title(here)),
            format!("**{}**", escaped(&self.words.text(&outcome.text))),
            format!("{}Id: `{}`.", self.end(outcome), outcome.id),
        ];
        blocks.extend(self.from(here));
        let said = |sv, en, text: &Option<_>| {
            let text = text.as_ref().map(|text| escaped(&self.words.text(text)));
            text.map(|text| self.labelled(sv, en, &text))
        };
        blocks.extend(said("På skärmen står", "The screen says", &outcome.says));
        blocks.extend(said("Vad man gör nu", "What to do now", &outcome.next));
        blocks.extend(outcome.copy.as_ref().map(|copy| self.copy(copy)));
        blocks.extend(self.dates(outcome));
        blocks.extend(self.law(&outcome.law));
        blocks
    }

    /// A text to copy, set apart.
    fn copy(&self, copy: &Text) -> String {
        let text = self.words.text(copy);
        let lines = text.lines().map(|line| format!("> {}\\", escaped(line)));
        let lines: Vec<String> = lines.collect();
        let heading = self.labelled("Text att kopiera", "A text to copy", "");
        format!(
            "{}\n\n{}",
            heading.trim_end(),
            lines.join("\n").trim_end_matches('\\')
        )
    }

    /// The dates of an outcome of a guide, and how each is computed.
    fn dates(&self, outcome: &Outcome) -> Option<String> {
        let guide = self.words.trees.guides.of(self.excerpt.tree)?;
        let rules = guide
            .dates
            .iter()
            .filter(|rule| outcome.dates.contains(&rule.id));
        let lines: Vec<String> = rules.map(|rule| self.date(rule)).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }

    fn date(&self, rule: &DateRule) -> String {
        let (count, unit) = match rule.count {
            Count::Days(days) => (days, self.pick("dagar", "days")),
            Count::Months(months) => (months, self.pick("månader", "months")),
        };
        let base = rule.from.join(&self.pick(", annars ", ", otherwise "));
        let after = self.pick("efter", "after");
        let text = escaped(&self.words.text(&rule.text));
        format!("- `{}`: {count} {unit} {after} {base}: {text}", rule.id)
    }

    fn end(&self, outcome: &Outcome) -> String {
        let (sv, en) = match (&outcome.goto_tree, outcome.whole) {
            (Some(_), _) if self.words.trees.guides.of(self.excerpt.tree).is_some() => (
                "Sedan följer ett av prövningens träd. ",
                "One of the trees of the assessment follows. ",
            ),
            (Some(_), _) => (
                "En väg: sedan prövas uppgifterna. ",
                "A route: the items follow. ",
            ),
            (None, Some(Whole::Refer)) => (
                "Ett stopp: rättsavdelningen avgör. ",
                "A stop: the legal department decides. ",
            ),
            (None, Some(_)) => ("Ett stopp. ", "A stop. "),
            (None, None) => ("", ""),
        };
        self.pick(sv, en)
    }

    /// Every provision that the questions and outcomes name, as a table.
    fn provisions(&self) -> Vec<String> {
        let title = self.words.title(self.excerpt.tree);
        let named = self.pick("källor", "sources");
        let header = self.pick(
            "| Källa | Namn | Kontrollerad | Tillförlitlighet | Att veta |",
            "| Source | Name | Checked | Confidence | To know |",
        );
        let mut rows = vec![header, "| --- | --- | --- | --- | --- |".to_owned()];
        let laws = &self.words.trees.laws;
        let cited = self.cited();
        let provisions = cited.iter().filter_map(|key| laws.provision(key));
        rows.extend(provisions.map(|provision| self.row(provision)));
        vec![
            format!("## {title}, {named}"),
            self.pick(
                "Varje lagrum, avgörande, förarbete och riktlinje som nämns ovan. Det som beror på myndigheten eller uppgiften står inte här: `sekretesskoll law` visar det.",
                "Every section, ruling, preparatory work and guideline that is named above. What depends on the authority or the item is not here: `sekretesskoll law` shows it.",
            ),
            rows.join("\n"),
        ]
    }

    fn cited(&self) -> BTreeSet<String> {
        let questions = self.excerpt.questions();
        let outcomes = self.excerpt.outcomes();
        questions
            .flat_map(|(_, question)| {
                question_keys(question)
                    .into_iter()
                    .chain(known_keys(question))
            })
            .chain(outcomes.flat_map(|(_, outcome)| outcome_keys(outcome)))
            .collect()
    }

    fn row(&self, provision: &Provision) -> String {
        let lang = self.words.lang;
        let version = provision.on(self.words.day);
        let cite = version.map_or_else(
            || {
                let day = self.words.day;
                self.pick(
                    &format!("gäller inte {day}"),
                    &format!("not in force on {day}"),
                )
            },
            |version| version.cite.clone(),
        );
        let unread = version.is_some_and(|version| version.unverified);
        let unread =
            unread.then(|| self.pick("Lydelsen är inte läst.", "The wording was not read."));
        let note = provision.note.as_ref().map(|note| self.words.text(note));
        let notes: Vec<String> = unread.into_iter().chain(note).collect();
        let cells = [
            cite,
            provision.name.get(lang).to_owned(),
            provision.checked_on.to_string(),
            provision.confidence.text(lang).to_owned(),
            notes.join(" "),
        ];
        format!("| {} |", cells.map(|cell| escaped(&cell)).join(" | "))
    }
}

/// The keys that a fact names: the rule that it is about, or the sections that are its values.
fn known_keys(question: &Question) -> Vec<String> {
    match &question.known {
        Some(Fact::AuthorityDutySection) => {
            let values = question.answers.iter().map(|answer| answer.key.clone());
            values.collect()
        }
        Some(fact) => fact.rule().into_iter().map(str::to_owned).collect(),
        None => Vec::new(),
    }
}

/// The anchor that Markdown readers make of a heading.
fn anchor(heading: &str) -> String {
    heading
        .to_lowercase()
        .chars()
        .filter(|sign| sign.is_alphanumeric() || matches!(sign, ' ' | '-'))
        .map(|sign| if sign == ' ' { '-' } else { sign })
        .collect()
}

/// A text on one line in which no sign is Markdown's own.
fn escaped(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let signs = line.chars().map(|sign| match sign {
        '\\' | '`' | '*' | '_' | '<' | '>' | '[' | ']' | '#' | '|' | '&' | '~' => {
            format!("\\{sign}")
        }
        sign => sign.to_string(),
    });
    no_list(&signs.collect::<String>())
}

/// A line that begins as an item of a list is a line all the same.
fn no_list(line: &str) -> String {
    let first = line.split(' ').next().unwrap_or_default();
    let number = first.strip_suffix(['.', ')']).unwrap_or_default();
    let is_number = !number.is_empty() && number.chars().all(|sign| sign.is_ascii_digit());
    if is_number || matches!(first, "-" | "+") {
        let (head, rest) = line.split_at(number.len());
        return format!("{head}\\{rest}");
    }
    line.to_owned()
}
