//! Proves a set of exercises: each can be solved, its solution agrees with the trees, every answer that a trainee can
//! give has something said about it, and nothing is written that nobody will read. Counts what the set exercises.

use std::collections::BTreeSet;

use crate::answers::AnswersDocument;
use crate::assessment::{Assessment, Field, ItemOutcome, Place, Stage, assess, is_shown};
use crate::case::name_of;
use crate::cite::unknown_placeholders;
use crate::language::{Lang, Text};
use crate::training::exercise::{Exercise, Model, Written};
use crate::training::feedback::{ANY, HINT, LIST, SORTS, sort};
use crate::training::judge;
use crate::training::set::{Fault, Set};
use crate::tree::{Kind, LawRef, Outcome, Question, Role, Tree};
use crate::trees::Trees;
use crate::walk::{Given, Step};

/// The longest that an exercise may take: under ten minutes.
const MINUTES: u8 = 9;

/// What a trainee is reckoned to need: words read in a minute, seconds for a choice and for a sentence.
const WORDS_A_MINUTE: usize = 200;
const A_CHOICE: usize = 6;
const A_SENTENCE: usize = 30;

/// What a set exercises, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// What is exercised, by tree.
    pub trees: Vec<OfTree>,
    /// Sections that the trees cite: how many are exercised, and of how many.
    pub sections: Count,
    /// How many questions each exercise asks, in the order of the list.
    pub asks: Vec<usize>,
    /// How many answers a trainee can give, each with something said about it.
    pub answers: usize,
}

/// How many of how many, and which are lacking.
#[derive(Clone, Debug, Default)]
pub struct Count {
    /// Exercised.
    pub done: usize,
    /// All there are.
    pub all: usize,
    /// Those that no exercise comes to.
    pub lacking: Vec<String>,
}

impl Count {
    fn of(all: &BTreeSet<String>, done: &BTreeSet<String>) -> Self {
        let lacking = all.difference(done).cloned();
        Self {
            done: all.intersection(done).count(),
            all: all.len(),
            lacking: lacking.collect(),
        }
    }
}

/// What is exercised of one tree.
#[derive(Clone, Debug)]
pub struct OfTree {
    /// Its name.
    pub name: String,
    /// Questions that a person is asked.
    pub asked: Count,
    /// Lines that are known and shown.
    pub shown: Count,
    /// Switches, which nobody sees.
    pub switches: Count,
    /// Where it can end.
    pub outcomes: Count,
}

/// What the exercises have come to.
#[derive(Default)]
struct Seen {
    questions: BTreeSet<String>,
    outcomes: BTreeSet<String>,
    sections: BTreeSet<String>,
    notes: BTreeSet<(String, String, String)>,
    answers: usize,
}

/// Proves a set. A whole set must also come to every question and every section, and use every note that it has.
#[must_use]
pub fn check(set: &Set, trees: &Trees, whole: bool) -> Report {
    let mut seen = Seen::default();
    let mut report = Report::default();
    for exercise in &set.exercises {
        let mut proof = Proof {
            set,
            trees,
            exercise,
            faults: Vec::new(),
        };
        let asks = proof.run(&mut seen);
        report.faults.append(&mut proof.faults);
        report.asks.push(asks);
    }
    report.faults.extend(same_order(set));
    report.trees = trees.all().map(|tree| of_tree(tree, &seen)).into();
    report.sections = Count::of(&cited_by(trees), &seen.sections);
    report.answers = seen.answers;
    if whole {
        let faults = not_exercised(&report);
        report.faults.extend(faults);
        report.faults.extend(unread_notes(set, &seen));
    }
    report.faults.extend(shared_texts(set, trees));
    report
}

fn same_order(set: &Set) -> Vec<Fault> {
    let pairs = set.exercises.windows(2).filter_map(|pair| match pair {
        [a, b] if a.order == b.order => Some((a, b)),
        _ => None,
    });
    let fault = |(a, b): (&Exercise, &Exercise)| {
        let (file, order, other) = (file(b), a.order, file(a));
        let sv = format!("samma `order` ({order}) som {other}");
        Fault::new(file, sv, format!("the same `order` ({order}) as {other}"))
    };
    pairs.map(fault).collect()
}

fn file(exercise: &Exercise) -> String {
    format!("{}.toml", exercise.id)
}

/// One exercise under proof.
struct Proof<'a> {
    set: &'a Set,
    trees: &'a Trees,
    exercise: &'a Exercise,
    faults: Vec<Fault>,
}

impl Proof<'_> {
    fn fault(&mut self, at: &str, sv: impl Into<String>, en: impl Into<String>) {
        let place = if at.is_empty() {
            file(self.exercise)
        } else {
            format!("{}: {at}", file(self.exercise))
        };
        let fault = Fault::new(place, sv, en);
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }

    /// How many questions are asked on the way that the solution takes.
    fn run(&mut self, seen: &mut Seen) -> usize {
        self.head();
        self.models();
        let solution = self.exercise.solution(Lang::Sv);
        let misses = self.exercise.case().run(self.trees);
        let solved = misses.is_empty();
        for miss in misses {
            let (what, expected, found) = (&miss.what, &miss.expected, &miss.found);
            let sv = format!(
                "lösningen stämmer inte med trädens utfall: väntat `{expected}`, blev `{found}`"
            );
            let en = format!(
                "the solution does not agree with the trees: expected `{expected}`, found `{found}`"
            );
            self.fault(what, sv, en);
        }
        let Ok(assessment) = assess(self.trees, &solution) else {
            return 0;
        };
        if solved {
            self.english();
            self.time(&assessment);
        }
        let mut met = BTreeSet::new();
        self.meet(&assessment, seen, &mut met);
        let asks = met.len();
        // What follows from an unsound solution is guesswork.
        for (place, answer) in self.alternatives().into_iter().filter(|_| solved) {
            self.alternative(&assessment, &solution, (&place, &answer), seen, &mut met);
        }
        if solved {
            self.unmet(&met);
        }
        asks
    }

    /// The English solution is as sound as the Swedish one.
    fn english(&mut self) {
        let document = self.exercise.solution(Lang::En);
        let needs = assess(self.trees, &document).map(|assessment| assessment.needs);
        for need in needs.unwrap_or_default() {
            let name = name_of(&need);
            let sv = format!("den engelska lösningen: {name}");
            self.fault("", sv, format!("the English solution: {name}"));
        }
    }

    /// The minutes that it says it takes are enough.
    fn time(&mut self, assessment: &Assessment<'_, '_>) {
        let exercise = self.exercise;
        let texts = exercise
            .items
            .iter()
            .map(|item| &item.extract)
            .chain([&exercise.situation]);
        let words: usize = texts.map(|text| text.sv.split_whitespace().count()).sum();
        let steps = |sentence: bool| {
            let walks = assessment.walks();
            let steps = walks.flat_map(|(_, tree, walk)| {
                walk.steps()
                    .map(|step| (tree.question(step.question), step.text.is_some()))
            });
            steps
                .filter(|(question, written)| {
                    question.is_asked() && question.kind != Kind::Time && *written == sentence
                })
                .count()
        };
        let seconds =
            words * 60 / WORDS_A_MINUTE + steps(false) * A_CHOICE + steps(true) * A_SENTENCE;
        let minutes = seconds.div_ceil(60);
        if minutes > usize::from(exercise.minutes) {
            let sv = format!("det tar omkring {minutes} minuter");
            self.fault("minutes", sv, format!("it takes about {minutes} minutes"));
        }
    }

    fn head(&mut self) {
        let exercise = self.exercise;
        if exercise.minutes == 0 || exercise.minutes > MINUTES {
            let sv = format!("en övning tar 1–{MINUTES} minuter");
            self.fault(
                "minutes",
                sv,
                format!("an exercise takes 1–{MINUTES} minutes"),
            );
        }
        let sentence = exercise.source.contains(' ');
        if !sentence && self.trees.laws.provision(&exercise.source).is_none() {
            let sv = "källan är varken en nyckel i laws.toml eller en mening";
            self.fault(
                "source",
                sv,
                "the source is neither a key in laws.toml nor a sentence",
            );
        }
        let texts = [&exercise.title, &exercise.situation, &exercise.reality];
        for (at, text) in ["title", "situation", "reality"].into_iter().zip(texts) {
            self.text(at, text);
        }
        for (at, item) in exercise.items.iter().enumerate() {
            self.text(&format!("items[{at}].label"), &item.label);
            self.text(&format!("items[{at}].extract"), &item.extract);
            for why in item.why.iter().chain(&item.provision_why) {
                self.text(&format!("items[{at}].why"), why);
            }
        }
    }

    fn text(&mut self, at: &str, text: &Text) {
        if text.sv.trim().is_empty() || text.en.trim().is_empty() {
            self.fault(
                at,
                "texten saknas på ett av språken",
                "the text is missing in one language",
            );
        }
        for name in unknown_placeholders(text, &self.trees.laws) {
            let sv = format!("platshållaren {{{name}}} finns inte");
            self.fault(at, sv, format!("there is no placeholder {{{name}}}"));
        }
    }

    /// Every model answer names a question, answers of it, and says what it says in both languages.
    fn models(&mut self) {
        let exercise = self.exercise;
        for (stage, models) in exercise.stages() {
            for (id, model) in models {
                let at = stage.place(id).to_string();
                match stage.tree(self.trees).find(id) {
                    Some(question) if question.is_asked() => self.model(&at, question, model),
                    _ => self.fault(
                        &at,
                        "frågan finns inte eller ställs aldrig",
                        "there is no such question, or it is never asked",
                    ),
                }
            }
        }
    }

    fn model(&mut self, at: &str, question: &Question, model: &Model) {
        let texts = model.why.iter().chain(&model.hint);
        let own = model.right.values().chain(model.wrong.values());
        for text in texts.chain(own) {
            self.text(at, text);
        }
        self.also(at, question, model);
        self.own_words(at, question, model);
        self.both_languages(at, question, model);
    }

    /// Other accepted answers are answers, and other ones.
    fn also(&mut self, at: &str, question: &Question, model: &Model) {
        let is_choice = question.kind == Kind::Choice;
        for key in model.also.iter().filter(|_| is_choice) {
            let known = question.answer(key);
            if known.is_none_or(|(_, answer)| answer.refuse) || Some(key) == model.answer.as_ref() {
                let sv = format!("`{key}` i `also` är inget annat svar som kan godtas");
                let en = format!("`{key}` in `also` is no other answer that can be accepted");
                self.fault(at, sv, en);
            }
        }
    }

    /// What is said about one answer can be said: that it is right of an accepted one, that it is wrong of another.
    fn own_words(&mut self, at: &str, question: &Question, model: &Model) {
        let is_choice = question.kind == Kind::Choice;
        let accepted =
            |key: &String| model.answer.as_ref() == Some(key) || model.also.contains(key);
        for key in model.right.keys().filter(|key| !accepted(key)) {
            let sv = format!("`right.{key}` visas aldrig: svaret godtas inte");
            let en = format!("`right.{key}` is never shown: the answer is not accepted");
            self.fault(at, sv, en);
        }
        let dead = |key: &&String| accepted(key) || (is_choice && question.answer(key).is_none());
        for key in model.wrong.keys().filter(dead) {
            let sv = format!("`wrong.{key}` visas aldrig: svaret finns inte, eller så är det rätt");
            let en = format!("`wrong.{key}` is never shown: no such answer, or a right one");
            self.fault(at, sv, en);
        }
    }

    /// A sentence is written in both languages; the name of a municipality is the same in both.
    fn both_languages(&mut self, at: &str, question: &Question, model: &Model) {
        let is_name = question.role == Some(Role::Board);
        let is_sentence = !is_name && (question.kind == Kind::Text || model.answer.is_some());
        if let (true, Some(Written::Same(_))) = (is_sentence, &model.text) {
            self.fault(
                at,
                "meningen står bara på ett språk",
                "the sentence stands in one language only",
            );
        }
    }

    /// Every other accepted answer.
    fn alternatives(&self) -> Vec<(Place, String)> {
        let of = |(stage, id, model): (Stage, &String, &Model)| -> Vec<(Place, String)> {
            let place = stage.place(id);
            model
                .also
                .iter()
                .map(|key| (place.clone(), key.clone()))
                .collect()
        };
        let models = self.exercise.stages();
        let models = models
            .flat_map(|(stage, models)| models.iter().map(move |(id, model)| (stage, id, model)));
        models.flat_map(of).collect()
    }

    /// Another accepted answer leads to the same end, and can be answered all the way.
    fn alternative(
        &mut self,
        expected: &Assessment<'_, '_>,
        solution: &AnswersDocument,
        (place, answer): (&Place, &str),
        seen: &mut Seen,
        met: &mut BTreeSet<Place>,
    ) {
        let mut document = solution.clone();
        put(&mut document, self.trees, place, answer);
        let Ok(assessment) = assess(self.trees, &document) else {
            return;
        };
        let at = place.to_string();
        for need in &assessment.needs {
            let name = name_of(need);
            let sv = format!("med `{answer}` saknas ett svar: {name}");
            self.fault(
                &at,
                sv,
                format!("with `{answer}` an answer is missing: {name}"),
            );
        }
        if assessment.needs.is_empty() && !same_end(expected, &assessment) {
            let sv = format!("`{answer}` godtas, men leder till ett annat utfall än lösningen");
            self.fault(
                &at,
                sv,
                format!("`{answer}` is accepted but leads to another outcome than the solution"),
            );
        }
        self.meet(&assessment, seen, met);
    }

    /// Notes what is met on a way through the trees, and that everything which can be answered there has its feedback.
    fn meet(
        &mut self,
        assessment: &Assessment<'_, '_>,
        seen: &mut Seen,
        met: &mut BTreeSet<Place>,
    ) {
        for (stage, tree, walk) in assessment.walks() {
            for step in walk.steps() {
                let question = tree.question(step.question);
                seen.note_step(assessment, stage, tree, question, &step);
                if question.is_asked() && met.insert(stage.place(&question.id)) {
                    self.feedback(stage, tree, question, seen);
                }
            }
            seen.outcomes
                .extend(walk.outcome(tree).map(|id| format!("{}.{id}", tree.name)));
        }
        let outcome = assessment.route_outcome();
        let citer = assessment.citer(Lang::Sv);
        let laws = outcome.into_iter().flat_map(|outcome| &outcome.law);
        seen.sections.extend(
            laws.filter(|law| !citer.keys(law).is_empty())
                .map(ToString::to_string),
        );
        if assessment.route_to_items().is_some() {
            self.outside(seen, met);
        }
    }

    /// Something is said about every answer of a question, and there is a hint.
    fn feedback(&mut self, stage: Stage, tree: &Tree, question: &Question, seen: &mut Seen) {
        let at = stage.place(&question.id).to_string();
        let Some(model) = self.exercise.model(stage, &question.id) else {
            return;
        };
        self.note(
            &at,
            (&tree.name, &question.id, HINT),
            model.hint.is_some(),
            seen,
        );
        let keys: Vec<&str> = match question.kind {
            Kind::Choice => question
                .answers
                .iter()
                .map(|answer| answer.key.as_str())
                .collect(),
            Kind::Text => Vec::new(),
            _ => vec![ANY],
        };
        seen.answers += keys.len();
        for key in keys {
            self.note(&at, (&tree.name, &question.id, key), false, seen);
        }
        if sort(question.role).is_some() && self.set.feedback.questions(question.role).is_none() {
            self.fault(
                &at,
                "självkontroll saknas i feedback.toml",
                "self-check questions are missing in feedback.toml",
            );
        }
    }

    /// That a note exists; what is missing is a fault unless the exercise says something itself.
    fn note(
        &mut self,
        at: &str,
        (tree, question, key): (&str, &str, &str),
        own: bool,
        seen: &mut Seen,
    ) {
        let found = self.set.feedback.note(tree, question, key).is_some();
        seen.notes
            .insert((tree.to_owned(), question.to_owned(), key.to_owned()));
        if !found && !own {
            let sv =
                format!("svaret `{key}` på {tree}.{question} saknar återkoppling i feedback.toml");
            self.fault(
                at,
                sv,
                format!("the answer `{key}` of {tree}.{question} has no feedback in feedback.toml"),
            );
        }
    }

    /// What is asked outside the trees has its notes too.
    fn outside(&mut self, seen: &mut Seen, met: &mut BTreeSet<Place>) {
        let exercise = self.exercise;
        if exercise.identity.is_some() && met.insert(Place::IdentityKinds) {
            for key in [ANY, "protected", HINT] {
                self.note("identity.kinds", (LIST, "kinds", key), false, seen);
            }
            seen.answers += 2;
        }
        for at in 0..exercise.items.len() {
            let place = Place::Field(at, Field::Origin);
            let name = place.to_string();
            if !met.insert(place) {
                continue;
            }
            let origins = crate::answers::Origin::ALL
                .iter()
                .map(|origin| origin.key());
            let people = crate::answers::About::ALL.iter().map(|about| about.key());
            for key in origins.chain(people).chain([HINT]) {
                self.note(&name, (LIST, "origin", key), false, seen);
            }
            self.note(&name, (LIST, "provision", ANY), false, seen);
            seen.answers += crate::answers::Origin::ALL.len() * crate::answers::About::ALL.len();
        }
    }

    /// Answers that no accepted way asks for are dead.
    fn unmet(&mut self, met: &BTreeSet<Place>) {
        let exercise = self.exercise;
        for (stage, models) in exercise.stages() {
            for id in models.keys().filter(|id| !met.contains(&stage.place(id))) {
                let at = stage.place(id).to_string();
                self.fault(
                    &at,
                    "svaret behövs aldrig: ingen godtagen väg ställer frågan",
                    "the answer is never needed: no accepted path asks the question",
                );
            }
        }
    }
}

/// Puts another answer in a document, with the motivation that stands there or one that says that it was tried.
fn put(document: &mut AnswersDocument, trees: &Trees, place: &Place, answer: &str) {
    let Some((stage, question)) = judge::question(trees, place) else {
        return;
    };
    let answers = match stage {
        Stage::Route => &mut document.route,
        Stage::Identity => &mut document.identity.get_or_insert_default().answers,
        Stage::Item(at) => match document.items.get_mut(at) {
            Some(item) => &mut item.answers,
            None => return,
        },
        Stage::Sending => &mut document.sending,
        Stage::Closing => &mut document.closing,
    };
    if question.kind != Kind::Choice {
        answers.insert(question.id.clone(), Given::text(answer));
        return;
    }
    let motivated = question
        .answer(answer)
        .is_some_and(|(_, answer)| answer.motivation);
    let text = answers
        .get(&question.id)
        .and_then(|given| given.text.clone());
    let text = motivated.then(|| text.unwrap_or_else(|| "prövat".to_owned()));
    let answer = Some(answer.to_owned());
    answers.insert(question.id.clone(), Given { answer, text });
}

fn same_end(one: &Assessment<'_, '_>, other: &Assessment<'_, '_>) -> bool {
    let released = |assessment: &Assessment<'_, '_>| -> Vec<Option<bool>> {
        let items = assessment.identity.iter().chain(&assessment.items);
        items
            .map(|item| item.outcome.map(ItemOutcome::releases))
            .collect()
    };
    let route = |assessment: &Assessment<'_, '_>| {
        assessment.route_outcome().map(|outcome| outcome.id.clone())
    };
    route(one) == route(other) && one.whole == other.whole && released(one) == released(other)
}

impl Seen {
    fn note_step(
        &mut self,
        assessment: &Assessment<'_, '_>,
        stage: Stage,
        tree: &Tree,
        question: &Question,
        step: &Step<'_>,
    ) {
        if question.is_asked() || question.text.is_none() || is_shown(question, step) {
            self.questions
                .insert(format!("{}.{}", tree.name, question.id));
        }
        let citer = assessment.citer_in(stage, Lang::Sv);
        let answer = step.answer.and_then(|at| question.answers.get(at));
        let law = question
            .law
            .iter()
            .chain(answer.into_iter().flat_map(|answer| &answer.law));
        let in_force = law.filter(|law| !citer.keys(law).is_empty());
        self.sections.extend(in_force.map(ToString::to_string));
    }
}

fn of_tree(tree: &Tree, seen: &Seen) -> OfTree {
    let name = |id: &str| format!("{}.{id}", tree.name);
    let count = |which: &dyn Fn(&Question) -> bool| {
        let questions = tree.questions.iter().filter(|question| which(question));
        Count::of(
            &questions.map(|question| name(&question.id)).collect(),
            &seen.questions,
        )
    };
    let outcomes: BTreeSet<String> = tree
        .outcomes
        .iter()
        .map(|outcome| name(&outcome.id))
        .collect();
    OfTree {
        name: tree.name.clone(),
        asked: count(&|question| question.is_asked()),
        shown: count(&|question| !question.is_asked() && question.text.is_some()),
        switches: count(&|question| question.text.is_none()),
        outcomes: Count::of(&outcomes, &seen.outcomes),
    }
}

/// Every section that a question, an answer or an outcome of the trees names.
fn cited_by(trees: &Trees) -> BTreeSet<String> {
    let of_question = |question: &Question| -> Vec<LawRef> {
        let answers = question.answers.iter().flat_map(|answer| &answer.law);
        question.law.iter().chain(answers).cloned().collect()
    };
    let of_outcome = |outcome: &Outcome| outcome.law.clone();
    let all = trees.all().into_iter();
    let law = all.flat_map(|tree| {
        let questions = tree.questions.iter().flat_map(of_question);
        questions
            .chain(tree.outcomes.iter().flat_map(of_outcome))
            .collect::<Vec<_>>()
    });
    law.map(|law| law.to_string()).collect()
}

fn not_exercised(report: &Report) -> Vec<Fault> {
    let fault = |what: &String, sv: &str, en: &str| {
        Fault::new(
            "exercises",
            format!("{sv} `{what}`"),
            format!("{en} `{what}`"),
        )
    };
    let asked = report
        .trees
        .iter()
        .flat_map(|tree| tree.asked.lacking.iter().chain(&tree.shown.lacking));
    let questions = asked.map(|id| {
        fault(
            id,
            "ingen övning kommer till frågan",
            "no exercise comes to the question",
        )
    });
    let sections = report.sections.lacking.iter();
    let sections = sections.map(|key| {
        fault(
            key,
            "ingen övning kommer till lagrummet",
            "no exercise comes to the section",
        )
    });
    questions.chain(sections).collect()
}

/// Notes that no trainee can ever read.
fn unread_notes(set: &Set, seen: &Seen) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (tree, questions) in &set.feedback.notes {
        for (question, notes) in questions {
            let unread = notes.keys().filter(|key| {
                !seen
                    .notes
                    .contains(&(tree.clone(), question.clone(), (*key).clone()))
            });
            faults.extend(unread.map(|key| {
                let at = format!("feedback.toml: {tree}.{question}.{key}");
                Fault::new(at, "visas aldrig för någon", "is never shown to anybody")
            }));
        }
    }
    let sorts = set
        .feedback
        .self_check
        .keys()
        .filter(|sort| !SORTS.contains(&sort.as_str()));
    let unknown = |sort: &String| {
        let at = format!("feedback.toml: self-check.{sort}");
        Fault::new(at, "sorten finns inte", "there is no such sort")
    };
    faults.extend(sorts.map(unknown));
    faults
}

/// What is shared is written in both languages and names nothing that is not there.
fn shared_texts(set: &Set, trees: &Trees) -> Vec<Fault> {
    let notes = set.feedback.notes.iter().flat_map(|(tree, questions)| {
        questions.iter().flat_map(move |(question, notes)| {
            notes
                .iter()
                .map(move |(key, text)| (format!("{tree}.{question}.{key}"), text))
        })
    });
    let mut faults = Vec::new();
    for (at, text) in notes {
        let at = format!("feedback.toml: {at}");
        if text.sv.trim().is_empty() || text.en.trim().is_empty() {
            faults.push(Fault::new(
                at.clone(),
                "texten saknas på ett av språken",
                "the text is missing in one language",
            ));
        }
        faults.extend(
            unknown_placeholders(text, &trees.laws)
                .into_iter()
                .map(|name| {
                    let sv = format!("platshållaren {{{name}}} finns inte");
                    Fault::new(
                        at.clone(),
                        sv,
                        format!("there is no placeholder {{{name}}}"),
                    )
                }),
        );
    }
    faults
}
