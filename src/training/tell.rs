//! Questions and answers of an exercise in words, in the order an official meets them.

use crate::answers::{About, AnswersDocument, IdentityKind, Origin};
use crate::assessment::{Assessment, Field, Place, Stage};
use crate::language::Lang;
use crate::training::judge;

/// Every place that is judged or written at on a path, in the order an official meets them.
#[must_use]
pub fn met(assessment: &Assessment<'_, '_>, document: &AnswersDocument) -> Vec<Place> {
    let mut places = Vec::new();
    let listed = assessment.route_to_items().is_some();
    for (stage, tree, walk) in assessment.walks() {
        if stage == Stage::Identity && listed {
            places.push(Place::IdentityKinds);
        }
        if let Stage::Item(at) = stage {
            places.push(Place::Field(at, Field::Origin));
            let other = document
                .items
                .get(at)
                .is_some_and(|item| item.provisions.is_some());
            places.extend(other.then_some(Place::Field(at, Field::Provisions)));
        }
        let asked = walk.steps().map(|step| tree.question(step.question));
        places.extend(
            asked
                .filter(|question| question.is_asked())
                .map(|question| stage.place(&question.id)),
        );
    }
    places
}

/// What was asked at a place, in words.
#[must_use]
pub fn asked(assessment: &Assessment<'_, '_>, place: &Place, lang: Lang) -> String {
    let Some((stage, question)) = judge::question(assessment.trees, place) else {
        return outside(lang, place);
    };
    let citer = assessment.citer_in(stage, lang);
    question
        .text
        .as_ref()
        .map(|text| citer.text(text))
        .unwrap_or_default()
}

/// An answer in words.
#[must_use]
pub fn answer_in_words(
    assessment: &Assessment<'_, '_>,
    place: &Place,
    answer: &str,
    lang: Lang,
) -> String {
    let Some((stage, question)) = judge::question(assessment.trees, place) else {
        return outside_in_words(answer, lang);
    };
    let text = question
        .answer(answer)
        .and_then(|(_, answer)| answer.text.as_ref());
    text.map_or_else(
        || answer.to_owned(),
        |text| assessment.citer_in(stage, lang).text(text),
    )
}

fn outside_in_words(answer: &str, lang: Lang) -> String {
    let word = |key: &str| {
        let origin = Origin::ALL
            .iter()
            .find(|origin| origin.key() == key)
            .map(|origin| origin.text(lang));
        let about = || {
            About::ALL
                .iter()
                .find(|about| about.key() == key)
                .map(|about| about.text(lang))
        };
        let kind = || {
            IdentityKind::ALL
                .iter()
                .find(|kind| kind.key() == key)
                .map(|kind| kind.text(lang))
        };
        origin
            .or_else(about)
            .or_else(kind)
            .unwrap_or(key)
            .to_owned()
    };
    let words: Vec<String> = answer.split(['/', ' ']).map(word).collect();
    words.join(", ")
}

/// What is asked outside the trees.
fn outside(lang: Lang, place: &Place) -> String {
    let (sv, en) = match place {
        Place::IdentityKinds => (
            "Vad ska stå om vem det gäller?",
            "What shall stand about who it is about?",
        ),
        Place::Field(_, Field::Origin | Field::About) => (
            "Varifrån kommer uppgiften, och vem handlar den om?",
            "Where does the item come from, and whom is it about?",
        ),
        _ => (
            "Vilken bestämmelse omfattar uppgiften?",
            "Which provision covers the item?",
        ),
    };
    lang.pick(sv, en).to_owned()
}
