//! Whether an answer at a place is one that an expert accepts, and what is said about it.

use crate::answers::{About, IdentityKind, Origin};
use crate::assessment::{Assessment, Field, Place, Stage};
use crate::cite::Citer;
use crate::language::{Lang, Text};
use crate::training::Set;
use crate::training::exercise::{Exercise, Model};
use crate::training::feedback::{ANY, HINT, LIST};
use crate::tree::{Kind, Question, Role};
use crate::trees::Trees;
use crate::walk::moment;

/// An answer outside the trees, in the words of the answers document: `health-care/guardian`.
#[must_use]
pub fn origin_key(origin: Origin, about: About) -> String {
    format!("{}/{}", origin.key(), about.key())
}

/// The ticked kinds as one answer: `name identity-number`, with `protected` last.
#[must_use]
pub fn kinds_key(kinds: &[IdentityKind], protected: bool) -> String {
    let mut keys: Vec<&str> = kinds.iter().map(|kind| kind.key()).collect();
    keys.extend(protected.then_some("protected"));
    keys.join(" ")
}

/// The question of the trees at a place.
#[must_use]
pub fn question<'t>(trees: &'t Trees, place: &Place) -> Option<(Stage, &'t Question)> {
    let (stage, id) = place.question()?;
    Some((stage, stage.tree(trees).find(id)?))
}

/// The name of what is asked at a place: `item.link`, `list.origin`.
#[must_use]
pub fn name(trees: &Trees, place: &Place) -> String {
    match place.question() {
        Some((stage, id)) => format!("{}.{id}", stage.tree(trees).name),
        None => format!("{LIST}.{}", outside(place)),
    }
}

const fn outside(place: &Place) -> &'static str {
    match place {
        Place::IdentityKinds => "kinds",
        Place::Field(_, Field::Origin | Field::About) => "origin",
        Place::Field(_, Field::Dated | Field::Received) => "dated",
        _ => "provision",
    }
}

/// The answers that an expert accepts at a place; none where it is a sentence, or where the exercise does not come.
#[must_use]
pub fn accepted(exercise: &Exercise, trees: &Trees, place: &Place) -> Option<Vec<String>> {
    if let Some((stage, question)) = question(trees, place) {
        return of_question(exercise, stage, question);
    }
    let material = match place {
        Place::Field(at, _) => exercise.items.get(*at),
        _ => None,
    };
    match place {
        Place::IdentityKinds => {
            let first = exercise.identity.as_ref()?;
            Some(vec![kinds_key(&first.kinds, first.protected)])
        }
        Place::Field(_, Field::Origin | Field::About) => {
            let material = material?;
            Some(vec![origin_key(material.origin, material.about)])
        }
        Place::Field(_, Field::Provisions) | Place::IdentityProvisions => Some(provisions(
            exercise,
            trees,
            material.and_then(|item| item.provisions.as_ref()),
        )),
        _ => None,
    }
}

/// The provisions of an item, or the one that usually covers what the authority has.
fn provisions(exercise: &Exercise, trees: &Trees, own: Option<&Vec<String>>) -> Vec<String> {
    own.cloned().unwrap_or_else(|| {
        let authority = trees.laws.authority(&exercise.authority);
        let usual = authority.and_then(|known| known.usual_provision(&trees.laws, exercise.on));
        usual.map(str::to_owned).into_iter().collect()
    })
}

fn of_question(exercise: &Exercise, stage: Stage, question: &Question) -> Option<Vec<String>> {
    let model = exercise.model(stage, &question.id)?;
    let first = match question.kind {
        Kind::Choice => model.answer.clone()?,
        Kind::Text => return None,
        Kind::Time if question.role == Some(Role::When) => exercise.on.to_string(),
        Kind::Day | Kind::Time | Kind::Statement | Kind::Item => {
            model.text.as_ref()?.get(Lang::Sv).to_owned()
        }
    };
    Some(
        std::iter::once(first)
            .chain(model.also.iter().cloned())
            .collect(),
    )
}

/// Whether an answer is among the accepted. Of a moment the day counts; of the kinds, that the name goes and that
/// protected data are told.
#[must_use]
pub fn is_right(trees: &Trees, place: &Place, accepted: &[String], answer: &str) -> bool {
    let day = |text: &str| moment(text).map(|(day, _)| day);
    let is_time = question(trees, place).is_some_and(|(_, question)| question.kind == Kind::Time);
    let same = |accepted: &String| match place {
        Place::IdentityKinds => same_kinds(accepted, answer),
        _ if is_time => day(accepted).is_some() && day(accepted) == day(answer),
        _ => accepted == answer,
    };
    accepted.iter().any(same)
}

fn same_kinds(accepted: &str, answer: &str) -> bool {
    let has = |text: &str, key: &str| text.split(' ').any(|word| word == key);
    ["name", "protected"]
        .iter()
        .all(|key| has(accepted, key) == has(answer, key))
}

/// What is said about an answer: the exercise's own words, the shared note, and the sections.
#[must_use]
pub fn said(
    set: &Set,
    exercise: &Exercise,
    assessment: &Assessment<'_, '_>,
    place: &Place,
    (answer, right): (&str, bool),
    lang: Lang,
) -> String {
    let stage = place.question().map(|(stage, _)| stage);
    let citer = citer(assessment, stage, place, lang);
    let own = own(exercise, place, answer, right);
    let notes = notes(set, exercise, assessment.trees, place, (answer, right));
    let words = own.into_iter().chain(notes).map(|text| citer.text(text));
    let mut said: Vec<String> = words.collect();
    let law = law(assessment, place, answer, lang);
    said.extend((!law.is_empty()).then(|| format!("({})", law.join(", "))));
    said.join(" ")
}

fn citer<'a>(
    assessment: &'a Assessment<'_, '_>,
    stage: Option<Stage>,
    place: &Place,
    lang: Lang,
) -> Citer<'a> {
    let of_field = match place {
        Place::Field(at, _) => Some(Stage::Item(*at)),
        _ => None,
    };
    let stage = stage.or(of_field).unwrap_or(Stage::Route);
    assessment.citer_in(stage, lang)
}

/// What the exercise itself says.
fn own<'e>(exercise: &'e Exercise, place: &Place, answer: &str, right: bool) -> Option<&'e Text> {
    let Some((stage, id)) = place.question() else {
        return match place {
            Place::IdentityKinds => exercise.identity.as_ref()?.why.as_ref(),
            Place::Field(at, Field::Origin | Field::About) => exercise.items.get(*at)?.why.as_ref(),
            Place::Field(at, Field::Provisions) => exercise.items.get(*at)?.provision_why.as_ref(),
            _ => None,
        };
    };
    let model: &Model = exercise.model(stage, id)?;
    if right {
        model.right.get(answer).or(model.why.as_ref())
    } else {
        model.wrong.get(answer)
    }
}

/// The keys that an answer has notes under: its own, or one for whatever was answered.
fn keys(trees: &Trees, place: &Place, answer: &str) -> Vec<String> {
    match (place, question(trees, place)) {
        (_, Some((_, question))) if question.kind == Kind::Choice => vec![answer.to_owned()],
        (_, Some(_)) | (Place::Field(_, Field::Dated | Field::Received), _) => vec![ANY.to_owned()],
        (Place::Field(_, Field::Origin | Field::About), _) => {
            answer.split('/').map(str::to_owned).collect()
        }
        (Place::IdentityKinds, _) => {
            let protected = answer.split(' ').any(|key| key == "protected");
            vec![if protected { "protected" } else { ANY }.to_owned()]
        }
        _ => vec![ANY.to_owned()],
    }
}

/// Of an answer in two parts, only the part that is wrong is spoken of where the whole is wrong.
fn notes<'s>(
    set: &'s Set,
    exercise: &Exercise,
    trees: &Trees,
    place: &Place,
    (answer, right): (&str, bool),
) -> Vec<&'s Text> {
    let name = name(trees, place);
    let Some((tree, question)) = name.split_once('.') else {
        return Vec::new();
    };
    let accepted = accepted(exercise, trees, place).unwrap_or_default();
    let is_right = |key: &String| {
        accepted
            .iter()
            .any(|known| known.split('/').any(|part| part == key))
    };
    let in_parts = answer.contains('/');
    let keys = keys(trees, place, answer);
    keys.iter()
        .filter(|key| right || !in_parts || !is_right(key))
        .filter_map(|key| set.feedback.note(tree, question, key))
        .collect()
}

/// The sections that the question and the answer cite, in force that day.
fn law(assessment: &Assessment<'_, '_>, place: &Place, answer: &str, lang: Lang) -> Vec<String> {
    let Some((stage, question)) = question(assessment.trees, place) else {
        return Vec::new();
    };
    let of_answer = question
        .answer(answer)
        .into_iter()
        .flat_map(|(_, answer)| &answer.law);
    let citer = assessment.citer_in(stage, lang);
    let mut words: Vec<String> = Vec::new();
    for key in question
        .law
        .iter()
        .chain(of_answer)
        .flat_map(|law| citer.keys(law))
    {
        let cite = if key == assessment.authority.duty_section {
            citer.duty()
        } else {
            citer.key(&key)
        };
        if !words.contains(&cite) {
            words.push(cite);
        }
    }
    words
}

/// What to look for at a place.
#[must_use]
pub fn hint(
    set: &Set,
    exercise: &Exercise,
    assessment: &Assessment<'_, '_>,
    place: &Place,
    lang: Lang,
) -> Option<String> {
    let own = place
        .question()
        .and_then(|(stage, id)| exercise.model(stage, id)?.hint.as_ref());
    let name = name(assessment.trees, place);
    let (tree, question) = name.split_once('.')?;
    let shared = set.feedback.note(tree, question, HINT);
    let stage = place.question().map(|(stage, _)| stage);
    let text = own.or(shared)?;
    Some(citer(assessment, stage, place, lang).text(text))
}
