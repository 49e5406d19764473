//! A proof, its witnesses and a comparison of trees, in words that a lawyer can read.

use super::claim::{Claim, Invariants, WHOLE};
use super::diff::{Demand, Difference, Group};
use super::{Because, Broken, Needless, Witness};
use crate::assessment::{NONE, UNSURE, Whole};
use crate::fact::Fact;
use crate::language::Lang;
use crate::tree::words::Words;
use crate::tree::{Kind, Question, Tree};

/// Lines about a claim that does not hold: the claim, the sections behind it, and the shortest way to break it.
#[must_use]
pub fn broken(words: Words<'_>, invariants: &Invariants, broken: &Broken) -> Vec<String> {
    let claim = invariants
        .claims
        .iter()
        .find(|claim| claim.id == broken.claim);
    let mut lines = vec![claim.map_or_else(
        || wording(words, &broken.claim),
        |claim| heading(words, claim),
    )];
    lines.extend(claim.and_then(|claim| sections(words, claim)));
    lines.extend(broken.witness.iter().flat_map(|one| witness(words, one)));
    lines
}

fn heading(words: Words<'_>, claim: &Claim) -> String {
    format!("{}: {}", claim.id, claim.text.get(words.lang))
}

/// The claim behind the days: they are repeated and have no words of their own.
fn wording(words: Words<'_>, id: &str) -> String {
    let said = words.pick(
        "lydelserna börjar inte de dagar som invariants.toml upprepar",
        "the wordings do not start on the days that invariants.toml repeats",
    );
    format!("{id}: {said}")
}

fn sections(words: Words<'_>, claim: &Claim) -> Option<String> {
    let cited: Vec<String> = claim.law.iter().map(|key| words.cite(key)).collect();
    (!cited.is_empty())
        .then(|| format!("  {}: {}", words.pick("Stöd", "Support"), cited.join(", ")))
}

/// One concrete way through a tree, a line for each step.
#[must_use]
pub fn witness(words: Words<'_>, witness: &Witness) -> Vec<String> {
    let tree = words.trees.tree(&witness.tree);
    let authority = words.trees.laws.authority(&witness.authority);
    let name = authority.map_or(witness.authority.as_str(), |authority| {
        authority.name.get(words.lang)
    });
    let mut lines = vec![format!("  {name}, {}", witness.day)];
    lines.extend(
        witness
            .facts
            .iter()
            .map(|(fact, value)| format!("  {}", known(words, tree, fact, value))),
    );
    lines.extend(provisions(words, &witness.provisions));
    lines.extend(
        tree.into_iter()
            .flat_map(|tree| steps(words, tree, &witness.steps)),
    );
    lines.push(format!(
        "  → {}",
        outcome(words, &witness.tree, &witness.outcome)
    ));
    lines
}

fn known(words: Words<'_>, tree: Option<&Tree>, name: &str, value: &str) -> String {
    let Some((fact, tree)) = Fact::parse(name).zip(tree) else {
        return together(words, name, value);
    };
    format!(
        "{} – {}",
        words.fact(tree, &fact),
        words.value(&fact, value)
    )
}

/// What is known where all items are seen together: there are no questions to tell it by.
fn together(words: Words<'_>, name: &str, value: &str) -> String {
    let (of, tree) = match name {
        "route" => (words.pick("Väg", "Route"), "route"),
        "identity" => (words.pick("Den första uppgiften", "The first item"), "item"),
        _ => (
            words.pick("De andra uppgifterna", "The other items"),
            "item",
        ),
    };
    let told: Vec<String> = value
        .split(", ")
        .filter(|key| !key.is_empty() && *key != "-")
        .map(|key| outcome(words, tree, key))
        .collect();
    let told = if told.is_empty() {
        words.pick("(prövas inte)", "(not assessed)").to_owned()
    } else {
        told.join("; ")
    };
    format!("{of}: {told}")
}

fn provisions(words: Words<'_>, keys: &[String]) -> Option<String> {
    let cite = |key: &String| match key.as_str() {
        NONE => words.pick("ingen bestämmelse", "no provision").to_owned(),
        UNSURE => words
            .pick(
                "bestämmelsen är inte fastställd",
                "the provision is not settled",
            )
            .to_owned(),
        key => words.cite(key),
    };
    let cited: Vec<String> = keys.iter().map(cite).collect();
    (!cited.is_empty()).then(|| {
        format!(
            "  {}: {}",
            words.pick("Sekretess", "Secrecy"),
            cited.join(", ")
        )
    })
}

fn steps(words: Words<'_>, tree: &Tree, steps: &[(String, Option<String>)]) -> Vec<String> {
    let mut asked = 0;
    let mut line = |(id, key): &(String, Option<String>)| {
        let question = tree.find(id)?;
        asked += usize::from(question.is_asked());
        let mark = if question.is_asked() {
            format!("{asked}.")
        } else {
            "·".to_owned()
        };
        let text = words.question(tree, question);
        Some(format!(
            "  {mark:>3} {text} – {}",
            given(words, question, key.as_deref())
        ))
    };
    steps.iter().filter_map(&mut line).collect()
}

fn given(words: Words<'_>, question: &Question, key: Option<&str>) -> String {
    let answer = key.and_then(|key| question.answers.iter().find(|answer| answer.key == key));
    match answer {
        Some(answer) if answer.key == "*" => words.pick("något annat", "something else").to_owned(),
        Some(answer) => words.answer(question, answer),
        None => key.unwrap_or_else(|| entered(words, question)).to_owned(),
    }
}

/// What is entered where there are no answers to choose among.
fn entered(words: Words<'_>, question: &Question) -> &'static str {
    match question.kind {
        Kind::Day => words.lang.pick("(en dag)", "(a day)"),
        Kind::Time => words.lang.pick("(en tidpunkt)", "(a time)"),
        Kind::Statement | Kind::Item => words
            .lang
            .pick("(en uppgift i listan)", "(an item of the list)"),
        Kind::Choice | Kind::Text => words.lang.pick("(en text)", "(a text)"),
    }
}

/// An outcome of a tree in words, or of the whole.
fn outcome(words: Words<'_>, tree: &str, id: &str) -> String {
    if tree == WHOLE {
        return whole(words.lang, id).to_owned();
    }
    let found = words
        .trees
        .tree(tree)
        .and_then(|tree| tree.find_outcome(id));
    found.map_or_else(|| id.to_owned(), |outcome| words.text(&outcome.text))
}

fn whole(lang: Lang, id: &str) -> &str {
    let all = [
        (Whole::Ready, "anmälan är klar", "the report is ready"),
        (
            Whole::Refer,
            "fråga rättsavdelningen",
            "ask the legal department",
        ),
        (
            Whole::NothingToSend,
            "inget ska skickas",
            "nothing is to be sent",
        ),
        (Whole::Stopped, "stopp", "a stop"),
    ];
    let found = all.iter().find(|(whole, ..)| whole.key() == id);
    found.map_or(
        lang.pick("tillbaka till uppgifterna", "back to the items"),
        |(_, sv, en)| lang.pick(sv, en),
    )
}

/// A question that is asked although no answer changes where the walk goes, and why.
#[must_use]
pub fn needless(words: Words<'_>, needless: &Needless) -> String {
    let why: Vec<&str> = needless
        .because
        .iter()
        .map(|because| reason(words.lang, *because))
        .collect();
    let why = if why.is_empty() {
        words.pick("inget skäl", "no reason").to_owned()
    } else {
        why.join(", ")
    };
    let Needless {
        question,
        facts,
        of,
        ..
    } = needless;
    format!("{question} ({facts}/{of}): {why}")
}

const fn reason(lang: Lang, because: Because) -> &'static str {
    match because {
        Because::ReadLater => lang.pick("svaret används senare", "the answer is used later"),
        Because::Text => lang.pick("texten står i prövningen", "the text stands in the record"),
        Because::Role => lang.pick(
            "prövningen eller brevet behöver svaret",
            "the record or the letter needs it",
        ),
        Because::Note => lang.pick(
            "svaren antecknar olika saker",
            "the answers note different things",
        ),
        Because::Refusal => lang.pick(
            "ett svar nekas och förklaras",
            "one answer is refused and explained",
        ),
    }
}

/// All that differs between two sets of trees, line by line. `words` speak of the new ones.
#[must_use]
pub fn difference(words: Words<'_>, difference: &Difference) -> Vec<String> {
    let groups = difference.groups.iter().flat_map(|one| group(words, one));
    let demands = difference.demands.iter().map(|one| demand(words.lang, one));
    groups
        .chain(demands)
        .chain(difference.data.clone())
        .collect()
}

/// Lines about answer combinations whose outcome changes in the same way. `words` speak of the new trees.
fn group(words: Words<'_>, group: &Group) -> Vec<String> {
    let none = words.pick("(svaret godtas inte)", "(the answer is not accepted)");
    let name = |id: &Option<String>| {
        id.as_ref()
            .map_or_else(|| none.to_owned(), |id| outcome(words, &group.tree, id))
    };
    let tree = words.trees.tree(&group.tree);
    let title = tree.map_or(group.tree.as_str(), |tree| words.title(tree));
    let count = match words.lang {
        Lang::Sv => format!("{} lägen, {} svarskombinationer", group.facts, group.walks),
        Lang::En => format!(
            "{} situations, {} answer combinations",
            group.facts, group.walks
        ),
    };
    let mut lines = vec![format!(
        "{title}: {} → {} ({count})",
        name(&group.old),
        name(&group.new)
    )];
    lines.extend(group.at.as_ref().map(|(question, answer)| {
        let after = words.pick("efter", "after");
        format!(
            "  {after} {question} = {}",
            if answer.is_empty() { "…" } else { answer }
        )
    }));
    lines.extend(
        group
            .example
            .iter()
            .flat_map(|example| witness(words, example)),
    );
    lines
}

/// A text that is demanded now, or not any more.
fn demand(lang: Lang, demand: &Demand) -> String {
    let Demand {
        question,
        answer,
        now,
    } = demand;
    let says = if *now {
        lang.pick("kräver nu en motivering", "now demands a motivation")
    } else {
        lang.pick(
            "kräver inte längre en motivering",
            "no longer demands a motivation",
        )
    };
    format!("{question} = {answer}: {says}")
}
