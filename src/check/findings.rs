//! What a supervisor would stop at in an assessment, whether it is still answers or a record.

use std::fmt::Write as _;

use super::Finding;
use super::catalogue::Code;
use crate::answers::{AnswersDocument, Form, Item, Origin, Words};
use crate::assessment::{Assessment, ItemOutcome, ItemWalk, Whole, personal_data};
use crate::tree::Role;

/// Fewer letters than this in all that is disclosed say nothing that a board can act on.
const FEWEST_LETTERS: usize = 40;

/// So many items all disclosed are worth a note.
const MANY: usize = 3;

/// What is found in a whole assessment.
pub(super) fn of<S: Words>(
    assessment: &Assessment<'_, '_>,
    document: &AnswersDocument<S>,
) -> Vec<Finding> {
    let mut found = Vec::new();
    let rows = assessment.items.iter().zip(&document.items).enumerate();
    for (at, (walked, item)) in rows {
        if walked.outcome.is_some_and(ItemOutcome::releases) {
            found.extend(of_released(walked, item, at));
        }
    }
    if assessment.whole == Some(Whole::Ready) {
        same_motivation(&mut found, assessment, document);
        everything_released(&mut found, assessment);
        says_nothing(&mut found, assessment);
    }
    found.extend(kept(assessment, document));
    found
}

fn of_released<S: Words>(
    walked: &ItemWalk<'_, '_>,
    item: &Item<S>,
    at: usize,
) -> impl Iterator<Item = Finding> {
    let said = |role| walked.walk.said(role).is_some();
    let links = said(Role::Link) || walked.walk.opened_by_any(&OPEN_WITHOUT_A_LINK);
    let is = |form| item.form == form;
    let of_health_care = item.origin == Some(Origin::HealthCare);
    let stops = [
        (!links, Code::NoLink, false),
        (
            is(Form::Statement) && !said(Role::Wording),
            Code::NoWording,
            false,
        ),
        (
            is(Form::Document),
            Code::DocumentAttached,
            is(Form::Document) && said(Role::Describe),
        ),
        (of_health_care, Code::HealthCareReleased, false),
    ];
    let stops = stops.into_iter().filter(|(stops, ..)| *stops);
    stops.map(move |(_, code, excepted)| {
        Finding::new(code, format!("items[{at}]")).excepted(excepted)
    })
}

/// A later request is answered with what is not secret, and with benefit data, whatever it means for the concern.
const OPEN_WITHOUT_A_LINK: [&str; 2] = ["not-secret", "benefit-duty"];

/// The same sentence on several items, whatever its case, spaces and digits.
fn same_motivation<S: Words>(
    found: &mut Vec<Finding>,
    assessment: &Assessment<'_, '_>,
    document: &AnswersDocument<S>,
) {
    for role in [Role::Link, Role::Individual] {
        let items = assessment.items.iter().enumerate();
        let said = items.filter_map(|(at, item)| Some((item.walk.said(role)?, at)));
        let mut said: Vec<(String, usize)> = beginning_alike(said.collect());
        said.sort_unstable();
        for alike in said.chunk_by(|one, two| one.0 == two.0) {
            if alike.len() > 1 {
                let mut ids = String::new();
                for (place, (_, at)) in alike.iter().enumerate() {
                    let comma = if place == 0 { "" } else { ", " };
                    let _ = write!(ids, "{comma}{}", document.id_of(*at));
                }
                let first = alike.first().map_or(0, |(_, at)| *at);
                let place = format!("items[{first}]");
                found.push(Finding::new(Code::SameMotivation, place).detail(ids));
            }
        }
    }
}

/// The folded texts of those that begin with the same letters as another: nearly always none.
fn beginning_alike(said: Vec<(&str, usize)>) -> Vec<(String, usize)> {
    if said.len() < 2 {
        return Vec::new();
    }
    let begins = |text: &str| -> [char; 8] {
        let mut letters = letters(text);
        [(); 8].map(|()| letters.next().unwrap_or(' '))
    };
    let beginnings: Vec<[char; 8]> = said.iter().map(|(text, _)| begins(text)).collect();
    let alone = |own: &[char; 8]| beginnings.iter().filter(|other| *other == own).count() < 2;
    let texts = said
        .into_iter()
        .zip(&beginnings)
        .filter(|(_, own)| !alone(own));
    texts
        .map(|((text, at), _)| (letters(text).collect(), at))
        .collect()
}

/// Small letters alone: what is left of a sentence without case, spaces, digits and signs.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter_map(|sign| match sign {
        'a'..='z' | 'å' | 'ä' | 'ö' => Some(sign),
        'A'..='Z' => Some(sign.to_ascii_lowercase()),
        ..'\u{80}' => None,
        _ if sign.is_alphabetic() => sign.to_lowercase().next(),
        _ => None,
    })
}

fn everything_released(found: &mut Vec<Finding>, assessment: &Assessment<'_, '_>) {
    let items = &assessment.items;
    let whole = |item: &ItemWalk<'_, '_>| item.outcome == Some(ItemOutcome::Disclose);
    if items.len() >= MANY && items.iter().all(whole) {
        let many = items.len().to_string();
        found.push(Finding::new(Code::EverythingReleased, "items").detail(many));
    }
}

/// A floor as well as a ceiling.
fn says_nothing(found: &mut Vec<Finding>, assessment: &Assessment<'_, '_>) {
    let goes = |item: &&ItemWalk<'_, '_>| item.outcome.is_some_and(ItemOutcome::releases);
    let released = || assessment.items.iter().filter(goes);
    if released().any(|item| item.facts.form == Form::Document.key()) {
        return;
    }
    let words = released().filter_map(|item| item.walk.said(Role::Wording));
    let letters = words.flat_map(letters).take(FEWEST_LETTERS).count();
    if letters < FEWEST_LETTERS {
        found.push(Finding::new(Code::SaysNothing, "items").detail(letters.to_string()));
    }
}

/// Personal data that somebody has given a reason to keep: an exception, told apart.
fn kept<S: Words>(assessment: &Assessment<'_, '_>, document: &AnswersDocument<S>) -> Vec<Finding> {
    if document.kept.is_empty() {
        return Vec::new();
    }
    let there = personal_data(assessment, document);
    let finding = |(place, what): (String, crate::people::What)| {
        let finding = Finding::new(Code::PersonalData, place).detail(what.key());
        finding.excepted(true)
    };
    there.into_iter().map(finding).collect()
}
