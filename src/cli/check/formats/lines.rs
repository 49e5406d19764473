//! One JSON object on each line, for each document: the shape that filters and other engines take.

use serde::Serialize;

use sekretesskoll::assessment::{Assessment, ItemOutcome, ItemWalk, Stage};
use sekretesskoll::check::{Finding, Grade, Kind, Verdict};
use sekretesskoll::language::Lang;
use sekretesskoll::tree::Tree;
use sekretesskoll::walk::Walk;

use super::super::row::Missing;
use super::entry::TOGETHER;

/// A document as told.
#[derive(Serialize)]
pub(super) struct Line<'a> {
    document: &'a str,
    kind: Option<&'static str>,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    authority: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    route: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    replay: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    items: Vec<Item<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing: Vec<MissingLine<'a>>,
    findings: Vec<FindingLine>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    outcome: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    law: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    path: Vec<String>,
}

#[derive(Serialize)]
struct MissingLine<'a> {
    place: &'a str,
    sentence: &'a str,
}

/// A finding as told.
#[derive(Serialize)]
pub(super) struct FindingLine {
    code: &'static str,
    severity: &'static str,
    place: String,
    sentence: String,
    hint: &'static str,
    law: Vec<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    excepted: bool,
}

impl FindingLine {
    pub(super) fn of(lang: Lang, finding: &Finding) -> Self {
        let law = finding.code.entry().map(|entry| entry.law.clone());
        Self {
            code: finding.code.name(),
            severity: finding.code.severity().key(),
            place: finding.place.clone(),
            sentence: finding.sentence(lang),
            hint: finding.hint(lang),
            law: law.unwrap_or_default(),
            excepted: finding.excepted,
        }
    }
}

/// A document, without the end of the line.
pub(super) fn line<'a>(
    lang: Lang,
    explain: bool,
    name: &'a str,
    verdict: &'a Verdict<'_>,
    missing: &'a [Missing],
) -> Line<'a> {
    let assessment = verdict.assessment;
    let missing = missing.iter().map(|missing| MissingLine {
        place: &missing.place,
        sentence: &missing.sentence,
    });
    Line {
        document: name,
        kind: Some(verdict.kind.key()),
        verdict: verdict.grade.key(),
        authority: assessment.map(|assessment| assessment.authority.key.as_str()),
        on: assessment.map(|assessment| assessment.on.to_string()),
        route: assessment
            .and_then(Assessment::route_outcome)
            .map(|outcome| outcome.id.as_str()),
        outcome: verdict.whole.map(sekretesskoll::assessment::Whole::key),
        replay: verdict.replay.map(sekretesskoll::check::Replay::key),
        items: assessment
            .map(|assessment| items(assessment, verdict, explain))
            .unwrap_or_default(),
        missing: missing.collect(),
        findings: verdict
            .findings
            .iter()
            .map(|finding| FindingLine::of(lang, finding))
            .collect(),
        error: None,
    }
}

fn items<'a>(
    assessment: &'a Assessment<'_, '_>,
    verdict: &'a Verdict<'_>,
    explain: bool,
) -> Vec<Item<'a>> {
    let tree = &assessment.trees.item;
    let item = |stage: Stage, id: &'a str, walked: &ItemWalk<'_, '_>| Item {
        id,
        outcome: walked.outcome.map(ItemOutcome::key),
        law: if explain {
            assessment.ground_of(stage, tree, &walked.walk)
        } else {
            Vec::new()
        },
        path: if explain {
            path(tree, &walked.walk)
        } else {
            Vec::new()
        },
    };
    let first = assessment.identity.iter();
    let first = first.map(|walked| item(Stage::Identity, sekretesskoll::record::IDENTITY, walked));
    let others = assessment.items.iter().zip(&verdict.ids).enumerate();
    let others = others.map(|(at, (walked, id))| item(Stage::Item(at), id, walked));
    first.chain(others).collect()
}

/// Every question passed and what it came to, known ones too.
fn path(tree: &Tree, walk: &Walk<'_, '_>) -> Vec<String> {
    let step = |step: sekretesskoll::walk::Step<'_>| {
        let id = &tree.question(step.question).id;
        step.key
            .map_or_else(|| id.clone(), |key| format!("{id}={key}"))
    };
    walk.steps().map(step).collect()
}

/// As JSON. Nothing that is told here can fail to be written.
pub(super) fn object(told: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(told).unwrap_or_default()
}

fn written(line: &Line<'_>) -> Vec<u8> {
    let mut bytes = object(line);
    bytes.push(b'\n');
    bytes
}

pub(super) fn document(
    lang: Lang,
    explain: bool,
    name: &str,
    verdict: &Verdict<'_>,
    missing: &[Missing],
) -> Vec<u8> {
    written(&line(lang, explain, name, verdict, missing))
}

/// Something that cannot be read.
pub(super) fn broken<'a>(name: &'a str, kind: Option<Kind>, why: &'a str) -> Line<'a> {
    Line {
        document: name,
        kind: kind.map(Kind::key),
        verdict: Grade::Fail.key(),
        authority: None,
        on: None,
        route: None,
        outcome: None,
        replay: None,
        items: Vec::new(),
        missing: Vec::new(),
        findings: Vec::new(),
        error: Some(why),
    }
}

pub(super) fn unreadable(name: &str, kind: Option<Kind>, why: &str) -> Vec<u8> {
    written(&broken(name, kind, why))
}

/// What several documents tell of together: a line of its own, named after the document that it is about.
pub(super) fn chain(lang: Lang, name: &str, finding: &Finding) -> Vec<u8> {
    let mut bytes = object(&chained(lang, name, finding));
    bytes.push(b'\n');
    bytes
}

/// The same without the end of the line.
pub(super) fn chained<'a>(lang: Lang, name: &'a str, finding: &Finding) -> Chained<'a> {
    Chained {
        document: name,
        kind: TOGETHER,
        verdict: finding.grade().key(),
        findings: [FindingLine::of(lang, finding)],
    }
}

/// What several documents tell of together.
#[derive(Serialize)]
pub(super) struct Chained<'a> {
    document: &'a str,
    kind: &'static str,
    verdict: &'static str,
    findings: [FindingLine; 1],
}
