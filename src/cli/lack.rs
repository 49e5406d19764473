//! What is missing or wrong, in a sentence with its place and a way out.

use std::fmt::Display;

use sekretesskoll::answers::AnswersDocument;
use sekretesskoll::assessment::{Assessment, Lack, Need, Place};
use sekretesskoll::cite::Citer;
use sekretesskoll::finding::nearest;
use sekretesskoll::language::Lang;
use sekretesskoll::tree::{Question, Tree};
use sekretesskoll::trees::Trees;
use sekretesskoll::walk::Wrong;

use crate::cli::phrases;

/// The sentence for a need, before there is an assessment.
pub(crate) fn sentence(
    lang: Lang,
    trees: &Trees,
    need: &Need,
    document: &AnswersDocument,
) -> String {
    let place = &need.place;
    match &need.lack {
        Lack::UnknownAuthority => {
            let key = document.authority.clone().unwrap_or_default();
            let hint = hint(
                lang,
                &key,
                trees
                    .laws
                    .authorities
                    .iter()
                    .map(|authority| authority.key.as_str()),
            );
            phrases::unknown_authority(lang, &key, &hint)
        }
        Lack::BeforeFirstDay(day) => phrases::lack_before_first_day(lang, place, day),
        Lack::NoSuchQuestion => {
            phrases::lack_no_such_question(lang, place, &question_hint(lang, trees, place))
        }
        Lack::NoSuchProvision => phrases::lack_no_such_provision(lang, place),
        Lack::Empty => phrases::lack_empty(lang, place),
        Lack::BadId => phrases::lack_bad_id(lang, place),
        Lack::BadDigest => phrases::lack_bad_digest(lang, place),
        Lack::SameId => phrases::lack_same_id(lang, place),
        Lack::Protected => phrases::lack_protected(lang, place),
        Lack::NothingReleased => phrases::lack_nothing_released(lang, place),
        Lack::OtherLaw(day) => phrases::lack_other_law(lang, place, day),
        Lack::Personal(what, from, to) => {
            phrases::lack_personal(lang, place, &what.text(lang), &(from + 1), to)
        }
        Lack::KnownLater => phrases::lack_known_later(lang, place),
        Lack::TreesAtFault(value) => phrases::lack_trees_at_fault(lang, place, value),
        Lack::Missing => phrases::lack_missing(lang, place, &""),
        Lack::Wrong(wrong) => wrong_sentence(lang, place, wrong, ""),
    }
}

/// The sentence for a need of an assessment, with the question in words.
pub(crate) fn in_words(
    lang: Lang,
    assessment: &Assessment<'_, '_>,
    need: &Need,
    document: &AnswersDocument,
) -> String {
    let found = question_at(assessment.trees, &need.place);
    let text = found
        .and_then(|(_, question)| question.text.as_ref())
        .map(|text| assessment.citer(lang).text(text));
    match (&need.lack, found) {
        (Lack::Missing, _) => {
            let question = text.map(|text| format!(" ({text})")).unwrap_or_default();
            phrases::lack_missing(lang, &need.place, &question)
        }
        (Lack::Wrong(Wrong::NoSuchAnswer), Some((_, question))) => {
            let keys: Vec<&str> = question
                .answers
                .iter()
                .filter(|answer| !answer.refuse)
                .map(|answer| answer.key.as_str())
                .collect();
            phrases::lack_no_such_answer(lang, &need.place, &keys.join(", "))
        }
        (Lack::Wrong(wrong), Some((_, question))) => {
            let says = question
                .answers
                .iter()
                .find(|answer| answer.refuse)
                .and_then(|answer| answer.says.as_ref());
            wrong_sentence(
                lang,
                &need.place,
                wrong,
                &says
                    .map(|says| assessment.citer(lang).text(says))
                    .unwrap_or_default(),
            )
        }
        _ => sentence(lang, assessment.trees, need, document),
    }
}

/// What is missing or wrong at a question of a tree that stands alone.
pub(crate) fn of_question(
    citer: &Citer<'_>,
    question: Option<&Question>,
    (place, lack): (&str, &Lack),
    hint: &str,
) -> String {
    let lang = citer.lang;
    let text = question.and_then(|question| question.text.as_ref());
    let answers = || question.into_iter().flat_map(|question| &question.answers);
    match lack {
        Lack::Missing => {
            let text = text.map(|text| format!(" ({})", citer.text(text)));
            phrases::lack_missing(lang, &place, &text.unwrap_or_default())
        }
        Lack::NoSuchQuestion => phrases::lack_no_such_question(lang, &place, &hint),
        Lack::Personal(what, from, to) => {
            phrases::lack_personal(lang, &place, &what.text(lang), &(from + 1), to)
        }
        Lack::TreesAtFault(value) => phrases::lack_trees_at_fault(lang, &place, value),
        Lack::Wrong(Wrong::NoSuchAnswer) => {
            let keys = answers().filter(|answer| !answer.refuse);
            let keys: Vec<&str> = keys.map(|answer| answer.key.as_str()).collect();
            phrases::lack_no_such_answer(lang, &place, &keys.join(", "))
        }
        Lack::Wrong(wrong) => {
            let says = answers()
                .filter(|answer| answer.refuse)
                .find_map(|answer| answer.says.as_ref());
            let says = says.map(|says| citer.text(says)).unwrap_or_default();
            wrong_sentence(lang, &place, wrong, &says)
        }
        _ => phrases::lack_empty(lang, &place),
    }
}

fn wrong_sentence(lang: Lang, place: &dyn Display, wrong: &Wrong, says: &str) -> String {
    match wrong {
        Wrong::NoSuchAnswer => phrases::lack_no_such_answer(lang, place, &"-"),
        Wrong::Refused => phrases::lack_refused(lang, place, &says),
        Wrong::NoMotivation => phrases::lack_no_motivation(lang, place),
        Wrong::NoText => phrases::lack_no_text(lang, place),
        Wrong::TextNotTaken => phrases::lack_text_not_taken(lang, place),
        Wrong::NotADay => phrases::lack_not_a_day(lang, place),
        Wrong::NotATime => phrases::lack_not_a_time(lang, place),
        Wrong::NotAnItem => phrases::lack_not_an_item(lang, place),
    }
}

fn question_at<'t>(trees: &'t Trees, place: &Place) -> Option<(&'t Tree, &'t Question)> {
    let (stage, id) = place.question()?;
    let tree = stage.tree(trees);
    Some((tree, tree.find(id)?))
}

fn question_hint(lang: Lang, trees: &Trees, place: &Place) -> String {
    let Some((stage, id)) = place.question() else {
        return String::new();
    };
    hint(
        lang,
        id,
        stage
            .tree(trees)
            .questions
            .iter()
            .filter(|question| question.is_asked())
            .map(|question| question.id.as_str()),
    )
}

/// "Did you mean", where a known word is near.
pub(crate) fn hint<'a>(
    lang: Lang,
    given: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> String {
    nearest(given, known)
        .map(|word| phrases::did_you_mean(lang, &word))
        .unwrap_or_default()
}
