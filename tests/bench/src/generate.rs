//! Complete, valid answers documents nobody wrote, and their records.
//!
//! A *template* is a document whose answers were drawn for every question and then cut to the path that they gave, so
//! that [`assess`] needs nothing more. A document is a copy of a template with other texts, labels, official, reference
//! number and day (within days on which no law changes): what it comes to is what the template comes to, and no two are
//! equal bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use anyhow::{Context as _, Result, bail};
use jiff::Span;
use jiff::civil::{Date, date};
use sekretesskoll::answers::{
    About, AnswersDocument, Form, Identity, IdentityKind, Item, Official, Origin,
};
use sekretesskoll::assessment::{Assessment, NONE, Stage, UNSURE, assess};
use sekretesskoll::language::Lang;
use sekretesskoll::law::Authority;
use sekretesskoll::record::{self, Made, Record};
use sekretesskoll::tree::{Kind, Question, Role, Tree};
use sekretesskoll::trees::Trees;
use sekretesskoll::walk::{Answers, Given};

use crate::damage;
use crate::dice::Dice;
use crate::phrases::{self, Sort};

/// What to generate.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The same seed gives the same documents.
    pub seed: u64,
    /// How many items a document has, beside the first.
    pub items: RangeInclusive<usize>,
    /// How many templates are walked.
    pub distinct: usize,
    /// How many documents in a thousand are damaged.
    pub damaged: usize,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            seed: 1027,
            items: 2..=6,
            distinct: 2_000,
            damaged: 0,
        }
    }
}

/// The last day of a document: the day that the statutes were last worked with.
const LAST: Date = date(2026, 11, 20);

/// Makes documents.
pub struct Maker<'t> {
    trees: &'t Trees,
    plan: Plan,
    templates: Vec<Template>,
}

struct Template {
    document: AnswersDocument,
    /// How many days later it may be made under the same law.
    later: usize,
}

impl<'t> Maker<'t> {
    /// Walks the templates, on both cores where there are two.
    pub fn new(trees: &'t Trees, plan: Plan) -> Result<Self> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let each = |thread: usize| -> Result<Vec<(usize, Template)>> {
            let own = (0..plan.distinct).filter(|number| number % threads == thread);
            own.map(|number| Ok((number, template(trees, &plan, number)?)))
                .collect()
        };
        let mut numbered = std::thread::scope(|scope| -> Result<Vec<(usize, Template)>> {
            let started: Vec<_> = (0..threads)
                .map(|thread| scope.spawn(move || each(thread)))
                .collect();
            let mut all = Vec::new();
            for thread in started {
                all.extend(
                    thread
                        .join()
                        .ok()
                        .context("a thread of the generator stopped")??,
                );
            }
            Ok(all)
        })?;
        numbered.sort_by_key(|(number, _)| *number);
        let templates = numbered.into_iter().map(|(_, template)| template).collect();
        Ok(Self {
            trees,
            plan,
            templates,
        })
    }

    /// The document with a number: the same for the same plan, whatever was asked for before it.
    pub fn document(&self, number: u64) -> Result<AnswersDocument> {
        let mut dice = Dice::of_number(self.plan.seed, number);
        let template = dice.pick(&self.templates).context("no templates")?;
        let mut document = template.document.clone();
        let (from, days) = (
            document.on.context("no day")?,
            dice.below(template.later + 1),
        );
        let on = from.checked_add(Span::new().days(i64::try_from(days)?))?;
        document.on = Some(on);
        document.case = Some(phrases::case(on.year(), number));
        let [name, title, unit] = phrases::official(&mut dice);
        document.official = Some(Official { name, title, unit });
        for item in &mut document.items {
            item.label = label(&mut dice, item.form);
        }
        let days = (from.to_string(), on.to_string());
        retext(&mut dice, &self.trees.route, &mut document.route, &days);
        if let Some(identity) = &mut document.identity {
            retext(&mut dice, &self.trees.item, &mut identity.answers, &days);
        }
        for item in &mut document.items {
            retext(&mut dice, &self.trees.item, &mut item.answers, &days);
        }
        retext(&mut dice, &self.trees.sending, &mut document.sending, &days);
        retext(&mut dice, &self.trees.closing, &mut document.closing, &days);
        Ok(document)
    }

    /// The document as one line without its end; damaged as often as the plan says.
    pub fn line(&self, number: u64) -> Result<Vec<u8>> {
        let document = self.document(number)?;
        let line = serde_json::to_vec(&document)?;
        self.perhaps_damaged(number, line, damage::answers)
    }

    /// The record of a document, as the program writes it.
    pub fn record(&self, number: u64) -> Result<Record> {
        let document = self.document(number)?;
        let assessment = self.assess(&document)?;
        let day = document.on.context("no day")?;
        let made = Made {
            started: format!("{day}T10:{:02}+01:00", number % 30),
            finished: format!("{day}T10:{:02}+01:00", 30 + number % 30),
            day,
        };
        record::record(&assessment, &document, &made, Lang::Sv)
            .with_context(|| format!("document {number} gives no record: {:?}", assessment.needs))
    }

    /// The record as one line without its end, or pretty with one as the program writes it.
    pub fn record_bytes(&self, number: u64, pretty: bool) -> Result<Vec<u8>> {
        let record = self.record(number)?;
        let bytes = if pretty {
            format!("{}\n", serde_json::to_string_pretty(&record)?).into_bytes()
        } else {
            serde_json::to_vec(&record)?
        };
        self.perhaps_damaged(number, bytes, damage::record)
    }

    fn perhaps_damaged(
        &self,
        number: u64,
        bytes: Vec<u8>,
        damage: damage::Damage,
    ) -> Result<Vec<u8>> {
        let mut dice = Dice::of_number(!self.plan.seed, number);
        if dice.per_mille(self.plan.damaged) {
            damage(&mut dice, bytes)
        } else {
            Ok(bytes)
        }
    }

    /// The assessment of a document, which must be finished.
    pub fn assess<'d>(&self, document: &'d AnswersDocument) -> Result<Assessment<'t, 'd>> {
        match assess(self.trees, document) {
            Ok(assessment) if assessment.needs.is_empty() => Ok(assessment),
            Ok(assessment) => bail!(
                "a document that should be complete needs {:?}",
                assessment.needs
            ),
            Err(need) => bail!("a document that should be complete needs {need:?}"),
        }
    }
}

fn label(dice: &mut Dice, form: Form) -> String {
    match form {
        Form::Statement => phrases::label(dice),
        Form::Document => phrases::paper(dice),
    }
}

/// New sentences where sentences stand, and the new day where the old one stands.
fn retext(dice: &mut Dice, tree: &Tree, answers: &mut Answers, (from, on): &(String, String)) {
    let new = |(id, mut given): (String, Given)| {
        if let (Some(question), Some(text)) = (tree.find(&id), &mut given.text) {
            match question.kind {
                Kind::Choice | Kind::Text => *text = phrases::text(dice, sort(question)),
                Kind::Time => *text = text.replace(from.as_str(), on),
                Kind::Day | Kind::Statement | Kind::Item => {}
            }
        }
        (id, given)
    };
    *answers = std::mem::take(answers).into_iter().map(new).collect();
}

fn sort(question: &Question) -> Sort {
    match question.role {
        Some(Role::Wording | Role::CallSaid) => Sort::Wording,
        Some(Role::Link) => Sort::Link,
        Some(Role::Individual) => Sort::Individual,
        Some(Role::Describe) => Sort::Pages,
        Some(Role::Board) => Sort::Board,
        Some(Role::CallTo) => Sort::Taker,
        Some(Role::Consent) => Sort::Consent,
        _ => Sort::Reason,
    }
}

/// How often an answer is given, where not all are equally common.
#[expect(
    clippy::match_same_arms,
    reason = "a table by question reads better than one by weight"
)]
fn weight(question: &str, answer: &str) -> usize {
    match (question, answer) {
        ("whom", "child") => 80,
        ("whom", "child-acute" | "adult") => 7,
        ("whom", "nobody" | "unsure" | "unborn") => 2,
        ("recipient", "board") => 100,
        ("recipient", "board-and-police") => 6,
        ("recipient", _) => 1,
        ("learned", "service") => 90,
        ("learned", "service-earlier" | "both") => 6,
        ("learned", _) => 1,
        ("unsure", "concern") => 0,
        ("link" | "link-other", "some") => 82,
        ("link" | "link-other", "partly") => 6,
        ("link" | "link-other", _) => 12,
        ("describe", "yes") => 60,
        ("describe", "unsure" | "not-needed") => 14,
        ("describe", _) => 6,
        ("need-duty" | "need-meaningful", "yes") => 80,
        ("need-duty" | "need-meaningful", _) => 10,
        ("evident" | "evident-identity", "yes") => 60,
        ("evident" | "evident-identity", "no" | "unsure") => 17,
        ("evident" | "evident-identity", _) => 6,
        ("consent" | "purpose", "none") => 70,
        ("consent" | "purpose", _) => 10,
        ("shorter", "no") => 60,
        ("shorter", _) => 20,
        ("board", "lives") => 80,
        ("board", _) => 4,
        _ => 10,
    }
}

/// A share of the documents that stop before the items is kept: they are short, and few.
const STOPPED: usize = 250;

fn template(trees: &Trees, plan: &Plan, number: usize) -> Result<Template> {
    let mut dice = Dice::of_number(plan.seed.rotate_left(17), number as u64);
    for _ in 0..10_000 {
        let Some((document, stopped)) = attempt(&mut dice, trees, plan) else {
            continue;
        };
        if stopped && !dice.per_mille(STOPPED) {
            continue;
        }
        let from = document.on.context("no day")?;
        let changes = trees.laws.days_of_change();
        let next = changes.into_iter().find(|day| *day > from).unwrap_or(LAST);
        let until = next.min(LAST);
        let later = usize::try_from(from.until(until)?.get_days().max(1) - 1)?.min(60);
        return Ok(Template { document, later });
    }
    bail!("template {number}: no answers lead to a finished document")
}

/// One throw: a document with an answer to every question, cut to its path; none where something is missing or wrong.
fn attempt(dice: &mut Dice, trees: &Trees, plan: &Plan) -> Option<(AnswersDocument, bool)> {
    let on = day(dice);
    let authority = authority(dice, trees)?;
    let mut document = drawn(dice, trees, plan, on, authority);
    let assessment = finished(trees, &document)?;
    let stopped = assessment.route_to_items().is_none();
    let asked = asked(&assessment);
    cut(&asked, &mut document);
    finished(trees, &document)?;
    Some((document, stopped))
}

fn finished<'t, 'd>(trees: &'t Trees, document: &'d AnswersDocument) -> Option<Assessment<'t, 'd>> {
    let assessment = assess(trees, document).ok()?;
    assessment.needs.is_empty().then_some(assessment)
}

/// A day: most on either side of 2026-01-15, some from earlier years.
fn day(dice: &mut Dice) -> Date {
    let (first, days) = match dice.below(10) {
        0..=4 => (date(2026, 1, 15), 309),
        5..=7 => (date(2025, 7, 1), 198),
        _ => (date(2016, 1, 1), 3460),
    };
    let later = i64::try_from(dice.below(days)).unwrap_or(0);
    first.checked_add(Span::new().days(later)).unwrap_or(first)
}

/// Half of them Försäkringskassan, the rest any other.
fn authority<'t>(dice: &mut Dice, trees: &'t Trees) -> Option<&'t Authority> {
    if dice.per_mille(500) {
        trees.laws.authorities.first()
    } else {
        dice.pick(&trees.laws.authorities)
    }
}

fn drawn(
    dice: &mut Dice,
    trees: &Trees,
    plan: &Plan,
    on: Date,
    authority: &Authority,
) -> AnswersDocument {
    let span = plan.items.end().saturating_sub(*plan.items.start());
    let count = plan.items.start() + dice.below(span + 1);
    // The first two are statements, so that there is always one to describe a document.
    let forms: Vec<Form> = (0..count)
        .map(|at| {
            if at < 2 || dice.per_mille(820) {
                Form::Statement
            } else {
                Form::Document
            }
        })
        .collect();
    let named = dice.per_mille(150);
    let ids: Vec<String> = (1..=count)
        .map(|number| {
            if named {
                format!("uppgift-{number}")
            } else {
                number.to_string()
            }
        })
        .collect();
    let secrecy = Secrecy::on(trees, on);
    let items = forms
        .iter()
        .enumerate()
        .map(|(at, form)| {
            let provisions = secrecy.chosen(dice);
            let dated = day(dice).min(on);
            Item {
                id: named.then(|| ids.get(at).cloned()).flatten(),
                label: label(dice, *form),
                form: *form,
                origin: Some(origin(dice, *form)),
                about: Some(about(dice)),
                dated: (*form == Form::Document).then(|| {
                    if dice.per_mille(100) {
                        "unknown".to_owned()
                    } else {
                        dated.to_string()
                    }
                }),
                received: (provisions.counts || dice.per_mille(150)).then_some(dated),
                provisions: provisions.keys,
                benefit: dice.per_mille(60),
                file: (*form == Form::Document && dice.per_mille(300))
                    .then(|| format!("handling-{}.pdf", at + 1)),
                answers: answers(dice, &trees.item, on, &others(&ids, &forms, at)),
            }
        })
        .collect();
    let protected = dice.per_mille(80);
    AnswersDocument {
        on: Some(on),
        authority: Some(authority.key.clone()),
        case: Some(phrases::case(on.year(), 0)),
        official: Some(Official::default()),
        route: answers(dice, &trees.route, on, &[]),
        identity: Some(Identity {
            kinds: kinds(dice, protected),
            protected,
            provisions: secrecy.chosen(dice).without_received(),
            answers: answers(dice, &trees.item, on, &[]),
        }),
        items,
        sending: answers(dice, &trees.sending, on, &[]),
        closing: answers(dice, &trees.closing, on, &[]),
        ..AnswersDocument::new()
    }
}

/// The ids of the other statements.
fn others(ids: &[String], forms: &[Form], own: usize) -> Vec<String> {
    let both = ids.iter().zip(forms).enumerate();
    both.filter(|(at, (_, form))| *at != own && **form == Form::Statement)
        .map(|(_, (id, _))| id.clone())
        .collect()
}

fn kinds(dice: &mut Dice, protected: bool) -> Vec<IdentityKind> {
    let all = IdentityKind::ALL.iter().copied();
    all.filter(|kind| *kind == IdentityKind::Name || dice.per_mille(550))
        .filter(|kind| !(protected && kind.reveals_whereabouts()))
        .collect()
}

fn origin(dice: &mut Dice, form: Form) -> Origin {
    let weights = if form == Form::Document {
        [5, 30, 45, 15, 5]
    } else {
        [35, 40, 8, 7, 10]
    };
    Origin::ALL
        .get(dice.weighted(&weights))
        .copied()
        .unwrap_or(Origin::Own)
}

fn about(dice: &mut Dice) -> About {
    About::ALL
        .get(dice.weighted(&[45, 42, 8, 5]))
        .copied()
        .unwrap_or(About::Child)
}

/// The secrecy provisions in force on a day.
struct Secrecy {
    keys: Vec<(String, bool)>,
}

#[derive(Default)]
struct Chosen {
    keys: Option<Vec<String>>,
    /// One of them counts from the day that the item came in.
    counts: bool,
}

impl Chosen {
    /// What can be chosen for the first item, which has no day on which it came in.
    fn without_received(self) -> Option<Vec<String>> {
        self.keys.filter(|_| !self.counts)
    }
}

impl Secrecy {
    fn on(trees: &Trees, day: Date) -> Self {
        let all = trees.laws.provisions.values();
        let in_force =
            all.filter(|provision| provision.is_secrecy() && provision.on(day).is_some());
        Self {
            keys: in_force
                .map(|provision| (provision.key.clone(), provision.counts_from_received))
                .collect(),
        }
    }

    fn chosen(&self, dice: &mut Dice) -> Chosen {
        let word = |word: &str| Chosen {
            keys: Some(vec![word.to_owned()]),
            counts: false,
        };
        match dice.weighted(&[76, 5, 4, 11, 4]) {
            1 => word(UNSURE),
            2 => word(NONE),
            count @ 3.. => {
                let keys: BTreeMap<String, bool> = (2..count)
                    .filter_map(|_| dice.pick(&self.keys).cloned())
                    .collect();
                let counts = keys.values().any(|counts| *counts);
                Chosen {
                    keys: Some(keys.into_keys().collect()),
                    counts,
                }
            }
            _ => Chosen::default(),
        }
    }
}

/// An answer to every asked question of a tree, so that every path finds one.
fn answers(dice: &mut Dice, tree: &Tree, on: Date, others: &[String]) -> Answers {
    let asked = tree.questions.iter().filter(|question| question.is_asked());
    asked
        .map(|question| (question.id.clone(), answer(dice, question, on, others)))
        .collect()
}

fn answer(dice: &mut Dice, question: &Question, on: Date, others: &[String]) -> Given {
    match question.kind {
        Kind::Choice => {
            let open: Vec<_> = question
                .answers
                .iter()
                .filter(|answer| !answer.refuse)
                .collect();
            let weights: Vec<usize> = open
                .iter()
                .map(|answer| weight(&question.id, &answer.key))
                .collect();
            let Some(answer) = open.get(dice.weighted(&weights)) else {
                return Given::default();
            };
            let text = answer
                .motivation
                .then(|| phrases::text(dice, sort(question)));
            Given {
                answer: Some(answer.key.clone()),
                text,
            }
        }
        Kind::Text => Given::text(&phrases::text(dice, sort(question))),
        Kind::Day => {
            let most = if dice.per_mille(150) { 400 } else { 14 };
            let earlier = i64::try_from(dice.below(most)).unwrap_or(0);
            Given::text(
                &on.checked_sub(Span::new().days(earlier))
                    .unwrap_or(on)
                    .to_string(),
            )
        }
        Kind::Time => Given::text(&format!(
            "{on} {:02}:{:02}",
            8 + dice.below(9),
            dice.below(60)
        )),
        Kind::Statement | Kind::Item => Given::text(dice.pick(others).map_or("1", String::as_str)),
    }
}

/// The questions on the path, stage by stage.
type Asked = BTreeMap<Stage, BTreeSet<String>>;

fn asked(assessment: &Assessment<'_, '_>) -> Asked {
    let walks = assessment.walks();
    let ids = walks.map(|(stage, tree, walk)| {
        let steps = walk.steps();
        (
            stage,
            steps
                .map(|step| tree.question(step.question).id.clone())
                .collect(),
        )
    });
    ids.collect()
}

/// Keeps the answers on the path and drops the rest.
fn cut(asked: &Asked, document: &mut AnswersDocument) {
    let keep = |stage: Stage, answers: &mut Answers| {
        let ids = asked.get(&stage);
        answers.retain(|id, _| ids.is_some_and(|ids| ids.contains(id)));
    };
    keep(Stage::Route, &mut document.route);
    if !asked.contains_key(&Stage::Identity) {
        document.identity = None;
        document.items = Vec::new();
    }
    if let Some(identity) = &mut document.identity {
        keep(Stage::Identity, &mut identity.answers);
    }
    for (at, item) in document.items.iter_mut().enumerate() {
        keep(Stage::Item(at), &mut item.answers);
    }
    keep(Stage::Sending, &mut document.sending);
    keep(Stage::Closing, &mut document.closing);
}
