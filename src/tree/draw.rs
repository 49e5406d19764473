//! Drawings of trees: a flowchart for Mermaid, a graph for Graphviz.
//!
//! Edges carry the answers. An answer that is refused is left out: it leads nowhere, the question is asked again.

use textwrap::WordSplitter;

use crate::tree::excerpt::Excerpt;
use crate::tree::words::Words;
use crate::tree::{Answer, Question, Target, Tree};

/// The widest line of a label, in characters: Mermaid breaks wider ones anew.
const WIDTH: usize = 26;

/// The longest an answer gets on an edge, in characters; the book has the whole of it.
const LONGEST_ANSWER: usize = 60;

/// What a node stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A question that is asked.
    Asked,
    /// A question that the program answers and shows.
    Shown,
    /// A question that the program answers in silence.
    Switch,
    /// An outcome.
    Outcome,
}

impl Shape {
    /// The shape of a question.
    #[must_use]
    pub const fn of(question: &Question) -> Self {
        match (&question.known, &question.text) {
            (None, _) => Shape::Asked,
            (Some(_), Some(_)) => Shape::Shown,
            (Some(_), None) => Shape::Switch,
        }
    }

    const fn mermaid(self) -> (&'static str, &'static str) {
        match self {
            Shape::Asked => ("[\"", "\"]"),
            Shape::Shown => ("[[\"", "\"]]"),
            Shape::Switch => ("{{\"", "\"}}"),
            Shape::Outcome => ("([\"", "\"])"),
        }
    }

    const fn dot(self) -> &'static str {
        match self {
            Shape::Asked => "shape=box",
            Shape::Shown => "shape=box, peripheries=2",
            Shape::Switch => "shape=hexagon",
            Shape::Outcome => "shape=box, style=\"rounded,bold\"",
        }
    }
}

/// What the shapes mean, in a sentence.
#[must_use]
pub fn legend(words: Words<'_>) -> &str {
    words.pick(
        "Rektangel: frågan ställs. Rektangel med dubbla kanter: programmet vet svaret och visar det. Sexhörning: programmet vet svaret och visar inget. Rundade hörn: utfall. Svar som inte godtas är inte med, för då ställs frågan igen. Numren är frågornas och utfallens ordning i trädet.",
        "Rectangle: the question is asked. Rectangle with double edges: the program knows the answer and shows it. Hexagon: the program knows the answer and shows nothing. Rounded corners: outcome. Answers that are refused are left out, since the question is then asked again. The numbers are the order of the questions and the outcomes in the tree.",
    )
}

/// A Mermaid flowchart of one tree.
#[must_use]
pub fn mermaid(words: Words<'_>, excerpt: &Excerpt<'_>) -> String {
    let route = excerpt.route.as_ref();
    let route = route.map(|route| format!(", {route}")).unwrap_or_default();
    let title = words.title(excerpt.tree);
    let nodes = nodes(words, excerpt).into_iter().map(|(id, shape, label)| {
        let (open, close) = shape.mermaid();
        let (id, label) = (mermaid_id(&id), mermaid_label(&label));
        format!("    {id}{open}{label}{close}\n")
    });
    let edges = edges(words, excerpt).into_iter().map(|(from, to, label)| {
        let arrow = mermaid_arrow(&mermaid_label(&label));
        format!("    {} {arrow} {}\n", mermaid_id(&from), mermaid_id(&to))
    });
    let head = format!("flowchart TD\n    accTitle: {title}{route}\n");
    head + &nodes.chain(edges).collect::<String>()
}

fn mermaid_arrow(label: &str) -> String {
    if label.is_empty() {
        return "-->".to_owned();
    }
    format!("-->|\"{label}\"|")
}

/// The drawing as a section of a Markdown document, with its title and what the shapes mean.
#[must_use]
pub fn section(words: Words<'_>, excerpt: &Excerpt<'_>) -> String {
    let title = words.excerpt(excerpt);
    let drawn = words.pick("Bild", "Drawing");
    format!(
        "## {drawn}: {title}\n\n{}\n\n```mermaid\n{}```\n",
        legend(words),
        mermaid(words, excerpt)
    )
}

/// A Graphviz graph with a cluster for each tree.
#[must_use]
pub fn dot(words: Words<'_>, excerpts: &[Excerpt<'_>]) -> String {
    let clusters: String = excerpts
        .iter()
        .map(|excerpt| cluster(words, excerpt))
        .collect();
    format!("digraph sekretesskoll {{\n{DOT_STYLE}{clusters}}}\n")
}

const DOT_STYLE: &str = "    node [fontname=\"Helvetica\", fontsize=11];
    edge [fontname=\"Helvetica\", fontsize=9];
";

fn cluster(words: Words<'_>, excerpt: &Excerpt<'_>) -> String {
    let name = &excerpt.tree.name;
    let title = dot_label(&words.excerpt(excerpt));
    let nodes = nodes(words, excerpt).into_iter().map(|(id, shape, label)| {
        let (label, shape) = (dot_label(&label), shape.dot());
        format!("        \"{name}.{id}\" [{shape}, label=\"{label}\"];\n")
    });
    let edges = edges(words, excerpt).into_iter().map(|(from, to, label)| {
        let label = dot_label(&label);
        format!("        \"{name}.{from}\" -> \"{name}.{to}\" [label=\"{label}\"];\n")
    });
    let lines: String = nodes.chain(edges).collect();
    format!(
        "    subgraph \"cluster_{name}\" {{\n        label=\"{title}\";\n        fontname=\"Helvetica\";\n{lines}    }}\n"
    )
}

/// Questions and outcomes: id, shape and wrapped label.
fn nodes(words: Words<'_>, excerpt: &Excerpt<'_>) -> Vec<(String, Shape, String)> {
    let questions = excerpt.questions().map(|(at, question)| {
        let text = asked(words, excerpt.tree, question);
        let label = wrapped(&format!("{} · {text}", at + 1));
        (question.id.clone(), Shape::of(question), label)
    });
    let outcomes = excerpt.outcomes().map(|(at, outcome)| {
        let number = words.number(Target::Outcome(at));
        let label = wrapped(&format!("{number} · {}", words.text(&outcome.text)));
        (outcome.id.clone(), Shape::Outcome, label)
    });
    questions.chain(outcomes).collect()
}

/// A question in words. A heading that is shown says nothing of what its answers turn on, so that is said too.
fn asked(words: Words<'_>, tree: &Tree, question: &Question) -> String {
    let text = words.question(tree, question);
    match (&question.text, &question.known) {
        (Some(_), Some(fact)) if !text.ends_with('?') => {
            format!("{text}: {}", words.fact(tree, fact))
        }
        _ => text,
    }
}

/// Arrows: from, to and wrapped label.
fn edges(words: Words<'_>, excerpt: &Excerpt<'_>) -> Vec<(String, String, String)> {
    let of = |question| {
        let leads = excerpt.leads(question).into_iter();
        leads.map(move |(target, answers)| (question, target, answers))
    };
    excerpt
        .questions()
        .flat_map(|(_, question)| of(question))
        .map(|(question, target, answers)| {
            let label = wrapped(&answered(words, question, &answers));
            (question.id.clone(), id_of(excerpt.tree, target), label)
        })
        .collect()
}

/// The answers on an edge, each wording once.
fn answered(words: Words<'_>, question: &Question, answers: &[&Answer]) -> String {
    let mut told: Vec<String> = Vec::new();
    for answer in answers {
        let text = shortened(&words.answer(question, answer), LONGEST_ANSWER);
        if !told.contains(&text) {
            told.push(text);
        }
    }
    told.join(" / ")
}

fn id_of(tree: &Tree, target: Target) -> String {
    match target {
        Target::Question(at) => tree.question(at).id.clone(),
        Target::Outcome(at) => tree.outcome(at).id.clone(),
    }
}

/// A text cut after a whole word.
pub(crate) fn shortened(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let cut: String = text.chars().take(longest).collect();
    let words = cut
        .rsplit_once(' ')
        .map_or(cut.as_str(), |(words, _)| words);
    let end = |sign: char| sign.is_ascii_punctuation() && sign != ')';
    format!("{}\u{a0}…", words.trim_end_matches(end))
}

fn wrapped(text: &str) -> String {
    let options = textwrap::Options::new(WIDTH)
        .word_splitter(WordSplitter::NoHyphenation)
        .break_words(false);
    textwrap::fill(text, options)
}

/// An id that is no word of the language: `end` is one.
fn mermaid_id(id: &str) -> String {
    format!("n_{}", id.replace('-', "_"))
}

/// Mermaid reads some signs as its own, or as Markdown; as character references they are themselves.
fn mermaid_label(text: &str) -> String {
    text.chars()
        .map(|sign| match sign {
            '\n' => "<br/>".to_owned(),
            '"' | '#' | '&' | '<' | '>' | '*' | '_' | '`' | '\\' | '$' => {
                format!("#{};", u32::from(sign))
            }
            sign => sign.to_string(),
        })
        .collect()
}

/// In a quoted string of Graphviz quotes and backslashes are escaped, and character references are read.
fn dot_label(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('&', "&amp;")
        .replace('\n', "\\n")
}
