//! A record: is it as it was written, does it come to the same again, does it show what it must.

use super::catalogue::Code;
use super::{Checker, Finding, Kind, Replay, Unreadable, Verdict, chain, findings};
use crate::answers::{AnswersDocument, Read};
use crate::assessment::{Assessment, Desk, ItemOutcome, Stage, Whole, is_shown};
use crate::json;
use crate::record::{self, ItemRecord, Record, StepRecord};
use crate::trees::Trees;
use crate::walk::{Walk, moment};

impl<'t> Checker<'t> {
    pub(super) fn record<R>(
        &self,
        text: &str,
        then: impl FnOnce(&Verdict<'_>) -> R,
    ) -> Result<R, Unreadable> {
        let unreadable = Unreadable(Some(Kind::Record));
        let record: Record<Read<'_>> = json::read(text).map_err(|_| unreadable)?;
        if record.format != record::FORMAT {
            return Err(unreadable);
        }
        let (trees, desk, own) = self.set_for(&record).ok_or(unreadable)?;
        let mut found = Vec::new();
        if !crate::seal::is_as_written(text.as_bytes()) {
            found.push(Finding::new(Code::NotAsWritten, "digest"));
        }
        incomplete(&mut found, &record);
        law_older(&mut found, &record);
        let document = record.answers(&trees.laws);
        let Ok(document) = document else {
            let place = document.err().map(|place| place.to_string());
            found.push(Finding::new(Code::Incomplete, place.unwrap_or_default()));
            let verdict = Verdict {
                record: Some(&record),
                findings: found,
                link: Some(chain::Link::of_record(&record)),
                ..Verdict::of(Kind::Record)
            };
            return Ok(then(&verdict.graded()));
        };
        let assessment = desk.assess(&document).map_err(|_| unreadable)?;
        let replay = replay(&mut found, &record, &assessment, own);
        refused_channel(&mut found, &record, trees);
        found.extend(findings::of(&assessment, &document));
        Ok(then(&told(&record, &assessment, &document, found, replay)))
    }

    /// The trees that the record was made with, or else the present ones.
    fn set_for(&self, record: &Record<Read<'_>>) -> Option<(&'t Trees, &Desk<'t>, bool)> {
        let digest = record.made_with.trees_digest.strip_prefix("sha256:");
        let own = self
            .sets
            .iter()
            .find(|(trees, _)| Some(trees.digest.as_str()) == digest);
        let set = own.or_else(|| self.sets.first());
        set.map(|(trees, desk)| (*trees, desk, own.is_some()))
    }
}

fn told<'v>(
    record: &'v Record<Read<'v>>,
    assessment: &'v Assessment<'v, 'v>,
    document: &'v AnswersDocument<Read<'v>>,
    mut found: Vec<Finding>,
    replay: Replay,
) -> Verdict<'v> {
    if record.retrospective {
        found.push(Finding::new(Code::Retrospective, "finished"));
    }
    let whole = [
        Whole::Ready,
        Whole::Refer,
        Whole::NothingToSend,
        Whole::Stopped,
    ];
    Verdict {
        record: Some(record),
        assessment: Some(assessment),
        ids: (0..document.items.len())
            .map(|at| document.id_of(at))
            .collect(),
        whole: whole
            .into_iter()
            .find(|whole| *whole.key() == *record.outcome),
        findings: found,
        replay: Some(replay),
        link: Some(chain::Link::of_record(record)),
        ..Verdict::of(Kind::Record)
    }
    .graded()
}

fn replay(
    found: &mut Vec<Finding>,
    record: &Record<Read<'_>>,
    assessment: &Assessment<'_, '_>,
    own: bool,
) -> Replay {
    if let Some(place) = differs(record, assessment, own) {
        found.push(Finding::new(Code::WouldDiffer, place.clone()).detail(place));
        return Replay::WouldDiffer;
    }
    if own {
        return Replay::Replayed;
    }
    let trees = record.made_with.trees.to_string();
    found.push(Finding::new(Code::OtherTrees, "made-with.trees").detail(trees));
    Replay::OtherTrees
}

/// The first place where the record says something else than the walk. Under its own trees every step is compared,
/// under others only where it ends.
fn differs(
    record: &Record<Read<'_>>,
    assessment: &Assessment<'_, '_>,
    own: bool,
) -> Option<String> {
    if assessment
        .whole
        .is_none_or(|whole| *whole.key() != *record.outcome)
    {
        return Some("outcome".to_owned());
    }
    let route = assessment.route_outcome().map(|outcome| &*outcome.id);
    if route != Some(&record.route.outcome) {
        return Some("route.outcome".to_owned());
    }
    let first = assessment.identity.as_ref().and_then(|item| item.outcome);
    let recorded = record.identity.as_ref().map(|first| &*first.outcome);
    if first.map(ItemOutcome::key) != recorded {
        return Some("identity.outcome".to_owned());
    }
    let items = assessment.items.iter().zip(&record.items);
    let mut items = items.enumerate();
    let other = items
        .find(|(_, (walked, item))| walked.outcome.map(ItemOutcome::key) != Some(&*item.outcome));
    if let Some((at, _)) = other {
        return Some(format!("items[{at}].outcome"));
    }
    lists_differ(record).or_else(|| own.then(|| steps_differ(record, assessment)).flatten())
}

/// What goes and what is held back follow from the outcomes.
fn lists_differ(record: &Record<Read<'_>>) -> Option<String> {
    let goes = |outcome: &str| ItemOutcome::parse(outcome).is_some_and(ItemOutcome::releases);
    let first = record
        .identity
        .iter()
        .map(|first| (record::IDENTITY, &*first.outcome));
    let items = record.items.iter().map(|item| (&*item.id, &*item.outcome));
    let ready = *record.outcome == *Whole::Ready.key();
    let all = || first.clone().chain(items.clone());
    let released =
        all().filter(|(id, outcome)| goes(outcome) && (ready || *id != record::IDENTITY));
    if !released
        .map(|(id, _)| id)
        .eq(record.released.iter().map(AsRef::as_ref))
    {
        return Some("released".to_owned());
    }
    let held = all()
        .filter(|(_, outcome)| !goes(outcome))
        .map(|(id, _)| id);
    if !held.eq(record.held_back.iter().map(|held| &*held.id)) {
        return Some("held-back".to_owned());
    }
    let document = |item: &&ItemRecord<Read<'_>>| *item.form == *"document" && goes(&item.outcome);
    let documents = record.items.iter().filter(document).map(|item| &*item.id);
    let listed = record.documents.iter().map(|document| &*document.id);
    (!documents.eq(listed)).then(|| "documents".to_owned())
}

fn steps_differ(record: &Record<Read<'_>>, assessment: &Assessment<'_, '_>) -> Option<String> {
    let steps = |stage: Stage| -> Option<&[StepRecord<Read<'_>>]> {
        match stage {
            Stage::Route => Some(&record.route.steps),
            Stage::Identity => record.identity.as_ref().map(|first| first.steps.as_slice()),
            Stage::Item(at) => record.items.get(at).map(|item| item.steps.as_slice()),
            Stage::Sending => record
                .sending
                .as_ref()
                .map(|sending| sending.steps.as_slice()),
            Stage::Closing => record
                .closing
                .as_ref()
                .map(|closing| closing.steps.as_slice()),
        }
    };
    for (stage, tree, walk) in assessment.walks() {
        let recorded = steps(stage).unwrap_or_default();
        if !same_steps(tree, walk, recorded) {
            let stage = match stage {
                Stage::Item(at) => format!("items[{at}].steps"),
                Stage::Route => "route.steps".to_owned(),
                Stage::Identity => "identity.steps".to_owned(),
                Stage::Sending => "sending.steps".to_owned(),
                Stage::Closing => "closing.steps".to_owned(),
            };
            return Some(stage);
        }
    }
    None
}

fn same_steps(
    tree: &crate::tree::Tree,
    walk: &Walk<'_, '_>,
    recorded: &[StepRecord<Read<'_>>],
) -> bool {
    let walked = walk
        .steps()
        .map(|step| (tree.question(step.question), step));
    let shown = walked.filter(|(question, step)| is_shown(question, step));
    let walked = shown.map(|(question, step)| (&*question.id, step.key));
    let recorded = recorded
        .iter()
        .map(|step| (&*step.question, step.answer.as_deref()));
    walked.eq(recorded)
}

/// What a record must show ("What the record must show" in the project's rules), as far as a program can tell.
fn incomplete(found: &mut Vec<Finding>, record: &Record<Read<'_>>) {
    let mut missing = |is_missing: bool, place: &str| {
        if is_missing {
            found.push(Finding::new(Code::Incomplete, place));
        }
    };
    let ready = *record.outcome == *Whole::Ready.key();
    missing(record.official.name.is_empty(), "official.name");
    missing(record.official.title.is_empty(), "official.title");
    missing(record.official.unit.is_empty(), "official.unit");
    missing(record.authority.name.is_empty(), "authority.name");
    missing(crate::source::day(&record.on).is_none(), "on");
    missing(
        crate::source::day(&record.known_since).is_none(),
        "known-since",
    );
    missing(
        record.made_with.trees_digest.is_empty(),
        "made-with.trees-digest",
    );
    missing(record.route.means.is_empty(), "route.means");
    missing(ready && record.route.law.is_empty(), "route.law");
    missing(ready && record.identity.is_none(), "identity");
    missing(ready && record.sending.is_none(), "sending");
    missing(ready && record.closing.is_none(), "closing");
    let cited = record.items.iter().flat_map(|item| &item.law);
    let uncited = cited.filter(|key| !record.law.contains_key(*key)).count();
    missing(uncited > 0, "law");
    for (at, item) in record.items.iter().enumerate() {
        let releases = ItemOutcome::parse(&item.outcome).is_some_and(ItemOutcome::releases);
        let place = |member: &str| format!("items[{at}].{member}");
        missing(item.means.is_empty(), &place("means"));
        missing(item.label.is_empty(), &place("label"));
        missing(releases && item.law.is_empty(), &place("law"));
    }
}

/// A wording that had ended when the information left.
fn law_older(found: &mut Vec<Finding>, record: &Record<Read<'_>>) {
    let sent = record
        .sending
        .as_ref()
        .and_then(|sending| moment(&sending.when));
    let day = sent.map_or_else(|| record.on.to_string(), |(day, _)| day.to_string());
    for (key, law) in &record.law {
        let received = key.contains('@') || record.items.iter().any(|item| item.received.is_some());
        let ended = law.until.as_ref().is_some_and(|until| **until < *day);
        if ended && !received {
            let place = format!("law.{}", &**key);
            found.push(Finding::new(Code::LawOlder, place).detail(day.clone()));
        }
    }
}

/// A channel that the trees refuse, in a record made under others.
fn refused_channel(found: &mut Vec<Finding>, record: &Record<Read<'_>>, trees: &Trees) {
    let Some(sending) = &record.sending else {
        return;
    };
    let asked = trees.sending.with_role(crate::tree::Role::Channel);
    let answers: Vec<_> = asked.flat_map(|question| &question.answers).collect();
    let accepted = answers
        .iter()
        .any(|answer| *answer.key == *sending.channel.key && !answer.refuse);
    if !accepted {
        let key = sending.channel.key.to_string();
        found.push(Finding::new(Code::RefusedChannel, "sending.channel").detail(key));
    }
}
