//! The interview: asks for what the assessment needs, one line at a time, and loses nothing.
//!
//! The assessment is replayed after every answer, so there is no position to keep: the next prompt is the first need,
//! going back drops the last answer, and a session resumed is a document replayed.

mod ask;
mod change;
mod coach;
mod list;

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Result, anyhow};

use sekretesskoll::answers::AnswersDocument;
use sekretesskoll::assessment::{
    Assessment, Field, ItemOutcome, Lack, Need, Place, Stage, Whole, assess, is_shown,
};
use sekretesskoll::explain::explain_stage;
use sekretesskoll::fact::Fact;
use sekretesskoll::language::Lang;
use sekretesskoll::request;
use sekretesskoll::trees::Trees;
use sekretesskoll::walk::{Answers, Given};

pub(crate) use coach::Coach;

use crate::cli::files::{self, Draft};
use crate::cli::term::{Face, Of, Prompt, Reply, Style};
use crate::cli::{explain, phrases, screen};

/// Whether the session goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Go {
    /// On to the next prompt.
    On,
    /// Save and leave.
    Leave,
}

/// What was said at a prompt: `?` has been answered.
#[derive(PartialEq, Eq)]
pub(crate) enum Said {
    /// A line.
    Line(String),
    /// `<`
    Back,
    /// `!`
    Leave,
}

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// The assessment is finished; write the record.
    Finished,
    /// The official left; the draft is kept.
    Left,
}

/// A session.
pub(crate) struct Interview<'a> {
    trees: &'a Trees,
    lang: Lang,
    face: &'a mut dyn Face,
    /// The answers so far.
    pub(crate) document: AnswersDocument,
    /// Earlier answers by place.
    suggestions: Answers,
    draft: Option<PathBuf>,
    started: String,
    list_open: bool,
    files_asked: BTreeSet<usize>,
    /// The highest id that a removed item had.
    highest_id: usize,
    /// The answers come from a record that is followed, and why has not been said.
    is_carried: bool,
    shown: Shown,
    /// In training, somebody looks at each answer before it counts.
    coach: Option<&'a mut dyn Coach>,
    /// What is asked for just now.
    asking: Option<Place>,
}

/// What already stands on the screen.
#[derive(Default)]
struct Shown {
    /// Lines about what is known, each printed once.
    lines: BTreeSet<String>,
    /// A draft is being resumed: what was known before is not printed again.
    quiet: bool,
    /// The list of origins stands above the first of the items and not above each.
    origins: bool,
    /// Who, when and 112 stand on the first screen and not again.
    first_screen: bool,
    /// The stage and the item of the last header.
    heading: Option<(Stage, String)>,
    /// The stage whose outcome was the last to become known: `??` is about it.
    latest: Option<Stage>,
    /// The same while it stands right above the prompt: then `?` is about it too, where there is no other help.
    fresh: Option<Stage>,
}

impl Shown {
    fn came_to(&mut self, stage: Stage) {
        self.latest = Some(stage);
        self.fresh = Some(stage);
    }
}

impl<'a> Interview<'a> {
    /// A session over a document, with a draft that is saved after every answer.
    pub(crate) fn new(
        trees: &'a Trees,
        lang: Lang,
        face: &'a mut dyn Face,
        saved: Draft,
        draft: Option<PathBuf>,
    ) -> Self {
        let list_open = saved
            .document
            .items
            .iter()
            .all(|item| item.origin.is_none());
        let resumed = !saved.document.route.is_empty();
        let is_carried =
            saved.document.follows.is_some() && !request::is_said(trees, &saved.document);
        Self {
            trees,
            shown: Shown {
                quiet: resumed,
                ..Shown::default()
            },
            lang,
            face,
            document: saved.document,
            suggestions: saved.suggestions,
            draft,
            started: saved.started,
            list_open,
            files_asked: BTreeSet::new(),
            highest_id: 0,
            is_carried,
            coach: None,
            asking: None,
        }
    }

    /// Asks until the assessment is finished or the official leaves.
    pub(crate) fn run(&mut self) -> Result<Ended> {
        self.save()?;
        loop {
            let trees = self.trees;
            let document = self.document.clone();
            let assessment = assess(trees, &document).map_err(|need| {
                anyhow!(
                    "{}",
                    crate::cli::lack::sentence(self.lang, trees, &need, &self.document)
                )
            })?;
            self.show_progress(&assessment)?;
            self.shown.quiet = false;
            if assessment.whole == Some(Whole::Ready)
                && self.next_file(&assessment).is_none()
                && !self.list_open
            {
                return Ok(Ended::Finished);
            }
            match self.next(&assessment)? {
                (Go::Leave, _) => {
                    self.save()?;
                    return Ok(Ended::Left);
                }
                (Go::On, true) => return Ok(Ended::Finished),
                (Go::On, false) => self.save()?,
            }
        }
    }

    fn save(&mut self) -> Result<()> {
        if let Some(coach) = &mut self.coach {
            return coach.keep(&self.document);
        }
        let Some(path) = &self.draft else {
            return Ok(());
        };
        let draft = Draft {
            format: 1,
            started: self.started.clone(),
            saved: crate::cli::clock::to_the_minute(&crate::cli::clock::now()?),
            document: self.document.clone(),
            suggestions: self.suggestions.clone(),
        };
        files::replace(
            self.lang,
            path,
            &format!("{}\n", serde_json::to_string_pretty(&draft)?),
        )
    }

    /// Handles what comes next; true when the record shall be written.
    fn next(&mut self, assessment: &Assessment<'_, '_>) -> Result<(Go, bool)> {
        let personal = assessment
            .needs
            .iter()
            .find(|need| matches!(need.lack, Lack::Personal(..)));
        if let Some(need) = personal {
            return Ok((self.ask_personal(assessment, &need.clone())?, false));
        }
        let need = assessment.needs.first().cloned();
        let past_identity = need.as_ref().is_none_or(|need| {
            !matches!(
                need.place,
                Place::Route(_) | Place::IdentityKinds | Place::Identity(_)
            )
        });
        if assessment.route_to_items().is_some() && past_identity && self.list_open {
            return Ok((self.ask_rows(assessment)?, false));
        }
        if let Some(at) = self.next_file(assessment) {
            return Ok((self.ask_file(assessment, at)?, false));
        }
        match need {
            Some(need) => Ok((self.meet(assessment, &need)?, false)),
            None => self.ask_end(assessment),
        }
    }

    /// A released document whose file name has not been asked for.
    pub(super) fn next_file(&self, assessment: &Assessment<'_, '_>) -> Option<usize> {
        let goes = |at: &usize| {
            assessment.items.get(*at).is_some_and(|item| {
                item.facts.form == "document" && item.outcome.is_some_and(ItemOutcome::releases)
            })
        };
        let unnamed = |at: &usize| {
            self.document
                .items
                .get(*at)
                .is_some_and(|item| item.file.is_none())
                && !self.files_asked.contains(at)
        };
        (0..assessment.items.len()).find(|at| goes(at) && unnamed(at))
    }

    fn meet(&mut self, assessment: &Assessment<'_, '_>, need: &Need) -> Result<Go> {
        match (&need.place, &need.lack) {
            (place, Lack::NoSuchQuestion) => {
                self.forget(place);
                self.say(&phrases::answer_dropped(self.lang, place))?;
            }
            (place, Lack::KnownLater | Lack::BeforeFirstDay(_)) => {
                self.say(&crate::cli::lack::sentence(
                    self.lang,
                    self.trees,
                    need,
                    &self.document,
                ))?;
                self.forget(place);
            }
            (_, Lack::OtherLaw(day)) => self.open_route_on(*day)?,
            (_, Lack::NothingReleased) => {
                self.say(&phrases::duty_stands(self.lang))?;
                return self.ask_reopen(assessment);
            }
            (Place::IdentityKinds, _) => return self.ask_kinds(assessment),
            (Place::Items, _) => self.list_open = true,
            (Place::Field(at, Field::Dated), _) => return self.ask_dated(assessment, *at),
            (Place::Field(at, Field::Received), _) => return self.ask_received(assessment, *at),
            (Place::Field(at, Field::Origin | Field::About), _) => {
                return self.ask_origin(assessment, *at);
            }
            (Place::Field(at, Field::Provisions), _) => {
                return self.ask_provision(assessment, Stage::Item(*at));
            }
            (Place::IdentityProvisions, _) => {
                return self.ask_provision(assessment, Stage::Identity);
            }
            (
                Place::Route(_)
                | Place::Identity(_)
                | Place::Item(..)
                | Place::Sending(_)
                | Place::Closing(_),
                _,
            ) => {
                if let Some((stage, id)) = need.place.question() {
                    return self.ask_question(assessment, stage, id);
                }
            }
            (Place::Field(at, Field::Label), Lack::Empty) => return self.ask_label(*at),
            (Place::Field(at, Field::Id | Field::Label), _) => self.renumber(*at),
            (Place::Follows, _) => self.document.follows = None,
            (Place::Case | Place::Kept(_) | Place::Field(_, Field::File), _) => {
                self.forget(&need.place);
            }
            (Place::On | Place::Authority | Place::Official, _) => {
                return Err(anyhow!(crate::cli::lack::sentence(
                    self.lang,
                    self.trees,
                    need,
                    &self.document
                )));
            }
        }
        Ok(Go::On)
    }

    fn forget(&mut self, place: &Place) {
        match place {
            Place::Field(at, Field::Received) => self.change(*at, |item| item.received = None),
            Place::Field(at, Field::File) => self.change(*at, |item| item.file = None),
            Place::Kept(at) if *at < self.document.kept.len() => {
                self.document.kept.remove(*at);
            }
            _ => {}
        }
        if let Some((answers, id)) = self.slot(place) {
            answers.remove(&id);
        }
    }

    fn open_route_on(&mut self, day: jiff::civil::Date) -> Result<()> {
        self.say(&phrases::other_law(self.lang, &day))?;
        self.set_aside_all();
        self.forget_answers_about_the_day();
        self.document.on = Some(day);
        Ok(())
    }

    /// An answer that names the day would mean another day now: it is not offered again.
    fn forget_answers_about_the_day(&mut self) {
        let route = &self.trees.route;
        let about_day = |path: &str, given: &Given| {
            let question = path.strip_prefix("route.").and_then(|id| route.find(id));
            let answer = question.and_then(|question| question.answer(given.answer.as_deref()?));
            answer.is_some_and(|(_, answer)| {
                answer
                    .text
                    .as_ref()
                    .is_some_and(|text| text.sv.contains("{day}"))
            })
        };
        self.suggestions
            .retain(|path, given| !about_day(path, given));
    }

    /// The answers and the id behind a place in one of the trees.
    fn slot(&mut self, place: &Place) -> Option<(&mut Answers, String)> {
        let (stage, id) = place.question()?;
        let document = &mut self.document;
        let answers = match stage {
            Stage::Route => &mut document.route,
            Stage::Identity => &mut document.identity.get_or_insert_default().answers,
            Stage::Item(at) => &mut document.items.get_mut(at)?.answers,
            Stage::Sending => &mut document.sending,
            Stage::Closing => &mut document.closing,
        };
        Some((answers, id.to_owned()))
    }

    fn store(&mut self, place: &Place, given: Given) {
        if let Some((answers, id)) = self.slot(place) {
            answers.insert(id, given);
        }
        self.begin_request();
        self.suggestions.remove(&place.to_string());
        self.forget_kept(place);
    }

    /// The first time that the board's request is given as the reason, what was carried over from the record goes: it was
    /// about the report. What has been written since stays.
    fn begin_request(&mut self) {
        if self.is_carried && request::asks(self.trees, &self.document) {
            self.is_carried = false;
            request::begin(self.trees, &mut self.document);
            self.suggestions.clear();
            self.list_open = true;
        }
    }

    /// A reason was for the text that stood there: another text needs another reason.
    fn forget_kept(&mut self, place: &Place) {
        let path = place.to_string();
        self.document.kept.retain(|kept| kept.place != path);
    }

    fn suggestion(&self, place: &Place) -> Option<&Given> {
        self.suggestions.get(&place.to_string())
    }

    fn say(&mut self, text: &str) -> Result<()> {
        self.face.say(&screen::wrap(text))
    }

    /// Prints the header when the stage or the item changes.
    fn head(&mut self, assessment: &Assessment<'_, '_>, stage: Stage, label: &str) -> Result<()> {
        if self
            .shown
            .heading
            .as_ref()
            .is_some_and(|(s, l)| *s == stage && l == label)
        {
            return self.face.say("");
        }
        self.shown.origins = false;
        let first = !std::mem::replace(&mut self.shown.first_screen, true);
        self.shown.heading = Some((stage, label.to_owned()));
        let left = format!(
            "{} · {} · {}",
            self.title(),
            assessment.authority.name.get(self.lang),
            assessment.on
        );
        let mut lines = vec![
            String::new(),
            screen::header(&left, &screen::stage_name(self.lang, stage)),
        ];
        if first {
            lines.push(screen::wrap(&self.first_screen(assessment)));
        }
        if !label.is_empty() {
            lines.push(screen::wrap(label));
        }
        lines.extend(self.extract(stage));
        if is_first_document(assessment, stage) {
            lines.push(screen::wrap(&phrases::documents_rule(self.lang)));
        }
        lines.extend([screen::wrap(&self.keys()), String::new()]);
        self.face.say(&lines.join("\n"))
    }

    fn first_screen(&self, assessment: &Assessment<'_, '_>) -> String {
        if self.coach.is_some() {
            return sekretesskoll::training::says(self.lang).to_owned();
        }
        let mut lines = Vec::new();
        if let Some(official) = &self.document.official {
            lines.push(format!(
                "{}, {}, {}",
                official.name, official.title, official.unit
            ));
        }
        lines.extend(
            self.trees
                .laws
                .checked_on()
                .map(|day| phrases::law_checked(self.lang, &day)),
        );
        let unsure = assessment.authority.confidence != sekretesskoll::law::Confidence::High;
        let note = assessment.authority.note.as_ref().filter(|_| unsure);
        lines.extend(note.map(|note| note.get(self.lang).to_owned()));
        if crate::cli::clock::today().is_ok_and(|today| assessment.on < today) {
            lines.push(phrases::earlier_day(self.lang));
        }
        if crate::cli::clock::today().is_ok_and(|today| assessment.on > today) {
            lines.push(phrases::later_day(self.lang));
        }
        lines.extend([
            String::new(),
            phrases::danger(self.lang),
            phrases::no_names(self.lang),
        ]);
        lines.join("\n")
    }

    /// Prints what has become known since the last answer: shown lines with their sections, the route, outcomes.
    fn show_progress(&mut self, assessment: &Assessment<'_, '_>) -> Result<()> {
        for (stage, tree, walk) in assessment.walks() {
            if matches!(stage, Stage::Route | Stage::Identity | Stage::Item(_)) {
                for step in walk.steps() {
                    let question = tree.question(step.question);
                    let known = question
                        .known
                        .as_ref()
                        .is_some_and(|fact| *fact != Fact::Opened);
                    let law = assessment.law_of(stage, question, &step);
                    let line = format!("{stage:?} {} {:?}", question.id, step.key);
                    if known
                        && is_shown(question, &step)
                        && !law.is_empty()
                        && self.shown.lines.insert(line)
                        && !self.shown.quiet
                    {
                        self.show_known(assessment, stage, question, step.answer)?;
                    }
                }
            }
            self.show_outcome(assessment, stage)?;
        }
        Ok(())
    }

    fn show_known(
        &mut self,
        assessment: &Assessment<'_, '_>,
        stage: Stage,
        question: &sekretesskoll::tree::Question,
        answer: Option<usize>,
    ) -> Result<()> {
        let answer = answer.and_then(|at| question.answers.get(at));
        let citer = assessment.citer(self.lang);
        let facts = assessment.item(stage).map(|item| &item.facts);
        let citer = facts.map_or(citer, |facts| {
            citer.for_item(&facts.secrecy.provisions, facts.received)
        });
        let texts = [
            question.text.as_ref(),
            answer.and_then(|answer| answer.text.as_ref()),
        ];
        let texts: Vec<String> = texts
            .into_iter()
            .flatten()
            .map(|text| citer.text(text))
            .collect();
        let joint = if texts.first().is_some_and(|text| text.ends_with('?')) {
            " "
        } else {
            ": "
        };
        if self.coach.is_some() {
            self.face.say("")?;
        }
        self.say(&texts.join(joint))?;
        let notes = answer
            .into_iter()
            .flat_map(|answer| {
                [answer
                    .assumes
                    .as_ref()
                    .map(|text| phrases::assumption(self.lang, &citer.text(text)))]
            })
            .flatten();
        let notes: Vec<String> = notes.collect();
        notes.iter().try_for_each(|note| self.say(note))
    }

    fn show_outcome(&mut self, assessment: &Assessment<'_, '_>, stage: Stage) -> Result<()> {
        if stage == Stage::Route {
            return self.show_route(assessment);
        }
        let Some((item, outcome)) = assessment
            .item(stage)
            .and_then(|item| Some((item, item.outcome?)))
        else {
            return Ok(());
        };
        let ordinary = stage == Stage::Identity && outcome.releases();
        let line = format!("{stage:?} outcome {outcome:?}");
        if ordinary || !self.shown.lines.insert(line) {
            return Ok(());
        }
        self.shown.came_to(stage);
        if self.shown.quiet {
            return Ok(());
        }
        let law = screen::cited(
            assessment,
            self.lang,
            &assessment.ground_of(stage, &assessment.trees.item, &item.walk),
        );
        let text = screen::outcome_text(assessment, self.lang, outcome).to_uppercase();
        self.say(&phrases::item_outcome(self.lang, &text, &law))?;
        self.say(&phrases::why_keys(self.lang))
    }

    fn show_route(&mut self, assessment: &Assessment<'_, '_>) -> Result<()> {
        let Some(outcome) = assessment
            .route_outcome()
            .filter(|outcome| outcome.goto_tree.is_some())
        else {
            return Ok(());
        };
        if !self
            .shown
            .lines
            .insert(format!("route {} {}", outcome.id, assessment.on))
        {
            return Ok(());
        }
        self.shown.came_to(Stage::Route);
        let citer = assessment.citer(self.lang);
        let says = outcome
            .says
            .as_ref()
            .map(|says| citer.text(says))
            .unwrap_or_default();
        let heading = phrases::route_is_clear(self.lang, &outcome.text.get(self.lang));
        let mut lines = vec![String::new(), screen::wrap(&heading), screen::wrap(&says)];
        lines.extend(screen::signing_first(assessment, self.lang).map(|line| screen::wrap(&line)));
        lines.push(screen::wrap(&phrases::why_keys(self.lang)));
        self.face.say(&lines.join(
            "
",
        ))
    }

    /// Asks with `?` answered by the help, and `??` by why the latest outcome came out as it did.
    fn ask(&mut self, asked: &str, style: Style<'_>, help: &str) -> Result<Said> {
        let mut text = asked.to_owned();
        loop {
            let reply = self.face.ask(&Prompt { text, style })?;
            text = match reply {
                Reply::Explain(of) => self.why(&of, asked)?,
                Reply::Why if !help.is_empty() => screen::wrap(help),
                Reply::Why if self.shown.fresh.is_some() => self.why(&Of::Latest, asked)?,
                Reply::Why => screen::wrap(&phrases::no_help(self.lang)),
                Reply::Answer(line) => {
                    let Some(told) = self.asked_of_coach(&line, asked)? else {
                        self.shown.fresh = None;
                        return Ok(Said::Line(line));
                    };
                    told
                }
                Reply::Back => return Ok(Said::Back),
                Reply::Leave => return Ok(Said::Leave),
            }
        }
    }

    /// Why an outcome came out as it did, and then the question that waits, which has scrolled away.
    fn why(&self, of: &Of, asked: &str) -> Result<String> {
        let stage = match of {
            Of::Latest => self.shown.latest,
            Of::Route => Some(Stage::Route),
            Of::First => Some(Stage::Identity),
            Of::Item(id) => self.document.find(id).map(Stage::Item),
        };
        let Some(stage) = stage else {
            let nothing = match of {
                Of::Latest => phrases::why_nothing_yet(self.lang),
                _ => phrases::no_such_item(self.lang),
            };
            return Ok(screen::wrap(&nothing));
        };
        let explained = self.explained(stage)?;
        Ok(format!("\n{explained}\n\n{asked}").trim_end().to_owned())
    }

    fn explained(&self, stage: Stage) -> Result<String> {
        let (lang, trees, document) = (self.lang, self.trees, &self.document);
        let assessment = assess(trees, document)
            .map_err(|need| anyhow!(crate::cli::lack::sentence(lang, trees, &need, document)))?;
        let Some(explanation) = explain_stage(&assessment, document, stage) else {
            let of = explain::heading(lang, document, stage);
            return Ok(screen::wrap(&phrases::why_not_reached(lang, &of)));
        };
        Ok(explain::told(lang, &assessment, document, &[explanation]))
    }

    /// Asks for a line; where the official goes back or leaves instead, that is done.
    fn line(
        &mut self,
        assessment: &Assessment<'_, '_>,
        text: &str,
        style: Style<'_>,
        help: &str,
    ) -> Result<std::result::Result<String, Go>> {
        Ok(match self.ask(text, style, help)? {
            Said::Line(line) => Ok(line),
            Said::Back => Err(self.back(assessment)?),
            Said::Leave => Err(Go::Leave),
        })
    }
}

/// The rule about documents stands above the first of them.
fn is_first_document(assessment: &Assessment<'_, '_>, stage: Stage) -> bool {
    let first = assessment
        .items
        .iter()
        .position(|item| item.facts.form == "document");
    first.is_some_and(|first| stage == Stage::Item(first))
}
