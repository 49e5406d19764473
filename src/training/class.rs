//! Many attempts together: where a class goes wrong, by exercise and question.

use std::collections::{BTreeMap, BTreeSet};

use crate::assessment::assess;
use crate::language::Lang;
use crate::page::{Bar, Block, Chart, Entry, Figure, Page, Shape};
use crate::training::attempt::Attempt;
use crate::training::tell::{answer_in_words, met};
use crate::training::{Set, judge};
use crate::trees::Trees;
use crate::walk::clean;

/// The columns of the lines for a table calculator.
const COLUMNS: [&str; 12] = [
    "exercise",
    "title",
    "place",
    "question",
    "text",
    "item",
    "right",
    "of",
    "hints",
    "most-wrong",
    "most-wrong-text",
    "most-wrong-count",
];

/// What stands for a question that was never come to.
const NEVER: &str = "-";

/// One question of an exercise, as the class answered it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfQuestion {
    /// Its place in an answers document.
    pub place: String,
    /// `item.link`.
    pub question: String,
    /// What was asked, in words.
    pub text: String,
    /// The item it was about.
    pub item: Option<String>,
    /// How many answered right.
    pub right: usize,
    /// Of how many.
    pub of: usize,
    /// How many read a hint first.
    pub hints: usize,
    /// Wrong answers by key, and how many gave each.
    pub wrong: BTreeMap<String, usize>,
}

impl OfQuestion {
    /// The wrong answer that most gave.
    #[must_use]
    pub fn most_wrong(&self) -> Option<(&str, usize)> {
        let most = self
            .wrong
            .iter()
            .max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
        most.map(|(key, count)| (key.as_str(), *count))
    }
}

/// One exercise, as the class did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfExercise {
    /// Its name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How many did it.
    pub trainees: usize,
    /// The questions, in order.
    pub questions: Vec<OfQuestion>,
}

impl OfExercise {
    /// How many answers were right, and of how many.
    #[must_use]
    pub fn score(&self) -> (usize, usize) {
        let sum = |of: fn(&OfQuestion) -> usize| self.questions.iter().map(of).sum();
        (sum(|question| question.right), sum(|question| question.of))
    }

    /// The questions that somebody answered wrong, the worst first. What was only never come to is wrong elsewhere.
    #[must_use]
    pub fn worst(&self) -> Vec<&OfQuestion> {
        let answered = |question: &&OfQuestion| question.wrong.keys().any(|key| key != NEVER);
        let mut worst: Vec<&OfQuestion> = self.questions.iter().filter(answered).collect();
        worst.sort_by_key(|question| (question.right * 1000).checked_div(question.of));
        worst
    }
}

/// A class.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Class {
    /// How many trainees.
    pub trainees: usize,
    /// The exercises that somebody did, by name.
    pub exercises: Vec<OfExercise>,
}

/// Gathers attempts; what stands in them came from others and is cleaned of what a terminal would obey. Of each trainee's attempts at an exercise the first counts: the others knew the answers.
#[must_use]
pub fn gather(attempts: &[Attempt]) -> Class {
    let mut first: BTreeMap<(&str, &str), &Attempt> = BTreeMap::new();
    for attempt in attempts.iter().filter(|attempt| attempt.counts()) {
        let known = first
            .entry((&attempt.exercise, &attempt.trainee))
            .or_insert(attempt);
        if attempt.started < known.started {
            *known = attempt;
        }
    }
    let trainees: BTreeSet<&str> = first.keys().map(|(_, trainee)| *trainee).collect();
    let mut exercises: Vec<OfExercise> = Vec::new();
    for attempt in first.values() {
        let same = exercises
            .last()
            .is_some_and(|last| last.id == clean(&attempt.exercise));
        if !same {
            exercises.push(OfExercise {
                id: clean(&attempt.exercise),
                title: clean(&attempt.title),
                trainees: 0,
                questions: Vec::new(),
            });
        }
        if let Some(exercise) = exercises.last_mut() {
            add(exercise, attempt);
        }
    }
    Class {
        trainees: trainees.len(),
        exercises,
    }
}

fn add(exercise: &mut OfExercise, attempt: &Attempt) {
    exercise.trainees += 1;
    for asked in attempt.judged() {
        let at = exercise
            .questions
            .iter()
            .position(|known| known.place == asked.place);
        let at = at.unwrap_or_else(|| {
            exercise.questions.push(OfQuestion {
                place: asked.place.clone(),
                question: clean(&asked.question),
                text: clean(&asked.text),
                item: asked.item.as_deref().map(clean),
                right: 0,
                of: 0,
                hints: 0,
                wrong: BTreeMap::new(),
            });
            exercise.questions.len() - 1
        });
        let Some(question) = exercise.questions.get_mut(at) else {
            continue;
        };
        question.of += 1;
        question.right += usize::from(asked.right);
        question.hints += usize::from(asked.hint);
        if !asked.right {
            let counted = match attempt.mode {
                crate::training::Mode::Practice => asked.tries.first(),
                crate::training::Mode::Exam => asked.tries.last(),
            };
            let key = counted.map_or(NEVER, String::as_str);
            *question.wrong.entry(clean(key)).or_default() += 1;
        }
    }
}

/// The class with words for what was answered.
pub struct Told<'a> {
    /// The class.
    pub class: &'a Class,
    /// The exercises.
    pub set: &'a Set,
    /// The trees.
    pub trees: &'a Trees,
    /// The language.
    pub lang: Lang,
}

impl Told<'_> {
    /// An answer in words, and what is said about it; the key where the exercise is another.
    #[must_use]
    pub fn answer(&self, exercise: &str, question: &OfQuestion, key: &str) -> (String, String) {
        if key == NEVER {
            let never = self
                .lang
                .pick("kom aldrig till frågan", "never came to the question");
            return (never.to_owned(), String::new());
        }
        self.in_words(exercise, question, key)
            .unwrap_or_else(|| (key.to_owned(), String::new()))
    }

    fn in_words(
        &self,
        exercise: &str,
        question: &OfQuestion,
        key: &str,
    ) -> Option<(String, String)> {
        let exercise = self.set.find(exercise)?;
        let document = exercise.solution(self.lang);
        let assessment = assess(self.trees, &document).ok()?;
        let mut places = met(&assessment, &document).into_iter();
        let place = places.find(|place| place.to_string() == question.place)?;
        let words = answer_in_words(&assessment, &place, key, self.lang);
        let accepted = judge::accepted(exercise, self.trees, &place)?;
        let right = judge::is_right(self.trees, &place, &accepted, key);
        let said = judge::said(
            self.set,
            exercise,
            &assessment,
            &place,
            (key, right),
            self.lang,
        );
        Some((words, said))
    }

    /// Comma-separated lines, one for each question.
    #[must_use]
    pub fn csv(&self) -> String {
        let mut csv = crate::csv::line(&COLUMNS);
        for exercise in &self.class.exercises {
            for question in &exercise.questions {
                let most = question.most_wrong();
                let words = most.map(|(key, _)| self.answer(&exercise.id, question, key).0);
                let fields = [
                    exercise.id.clone(),
                    exercise.title.clone(),
                    question.place.clone(),
                    question.question.clone(),
                    question.text.clone(),
                    question.item.clone().unwrap_or_default(),
                    question.right.to_string(),
                    question.of.to_string(),
                    question.hints.to_string(),
                    most.map(|(key, _)| key.to_owned()).unwrap_or_default(),
                    words.unwrap_or_default(),
                    most.map(|(_, count)| count.to_string()).unwrap_or_default(),
                ];
                csv.push_str(&crate::csv::line(&fields));
            }
        }
        csv
    }

    /// One page with a chart for each exercise.
    #[must_use]
    pub fn page(&self) -> Page {
        let lang = self.lang;
        let title = lang.pick(
            "Övning: klassens resultat",
            "Exercise: the results of the class",
        );
        let trainees = self.class.trainees;
        let intro = match lang {
            Lang::Sv => format!(
                "{trainees} deltagare. Första försöket räknas. Stapeln visar hur stor del som svarade rätt; den som aldrig kom till frågan svarade inte rätt."
            ),
            Lang::En => format!(
                "{trainees} trainees. The first attempt counts. The bar shows how large a part answered right; whoever never came to the question did not."
            ),
        };
        let rows = self.class.exercises.iter().map(|exercise| {
            let (right, of) = exercise.score();
            (exercise.title.clone(), right, of)
        });
        let all = self.figure(title, lang.pick("Övning", "Exercise"), rows.collect());
        let mut blocks = vec![
            Block::Notice(vec![crate::training::says(lang).to_owned()]),
            Block::Paragraph(intro),
            Block::Figure(all),
        ];
        let each = self.class.exercises.iter();
        blocks.extend(each.flat_map(|exercise| self.section(exercise)));
        Page {
            lang,
            title: title.to_owned(),
            blocks,
        }
    }

    /// How many answered right, row by row.
    fn figure(&self, caption: &str, first: &str, rows: Vec<(String, usize, usize)>) -> Figure {
        let right = self.lang.pick("Rätt", "Right");
        let bar = |(name, right, of): &(String, usize, usize)| Bar {
            name: name.clone(),
            length: share(*right, *of),
            shown: format!("{right}/{of}"),
        };
        let bars: Vec<Bar> = rows.iter().map(bar).collect();
        let cells = |(name, right, of): (String, usize, usize)| vec![name, format!("{right}/{of}")];
        Figure {
            caption: caption.to_owned(),
            columns: [first, right].map(str::to_owned).to_vec(),
            rows: rows.into_iter().map(cells).collect(),
            chart: Some(Chart {
                shape: Shape::Bars,
                says: caption.to_owned(),
                full: Some(1.0),
                bars,
            }),
        }
    }

    fn section(&self, exercise: &OfExercise) -> Vec<Block> {
        let lang = self.lang;
        let questions = exercise.questions.iter();
        let rows = questions.map(|question| (label(question), question.right, question.of));
        let first = lang.pick("Fråga", "Question");
        let mut blocks = vec![
            Block::Section(exercise.title.clone()),
            Block::Figure(self.figure(&exercise.title, first, rows.collect())),
        ];
        let worst = exercise.worst();
        if worst.is_empty() {
            let all = lang.pick(
                "Alla svarade rätt på allt.",
                "Everybody answered everything right.",
            );
            blocks.push(Block::Paragraph(all.to_owned()));
            return blocks;
        }
        let talk = lang.pick("Att tala om", "To talk about");
        let worst = worst.into_iter();
        blocks.push(Block::Part(talk.to_owned()));
        blocks.push(Block::Numbered(
            worst
                .map(|question| self.talk(exercise, question))
                .collect(),
        ));
        blocks
    }

    fn talk(&self, exercise: &OfExercise, question: &OfQuestion) -> Entry {
        let lang = self.lang;
        let wrong = question.of - question.right;
        let count = match lang {
            Lang::Sv => format!("{wrong} av {} svarade fel.", question.of),
            Lang::En => format!("{wrong} of {} answered wrong.", question.of),
        };
        let most = question.most_wrong().map(|(key, count)| {
            let (words, said) = self.answer(&exercise.id, question, key);
            let lead = lang.pick("Vanligast", "Most common");
            vec![
                (lead.to_owned(), format!("{words} ({count})")),
                (lang.pick("Varför", "Why").to_owned(), said),
            ]
        });
        Entry {
            text: format!("{} {count}", label(question)),
            with: most.unwrap_or_default(),
        }
    }
}

fn label(question: &OfQuestion) -> String {
    match &question.item {
        Some(item) => format!("{item}: {}", question.text),
        None => question.text.clone(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of people are small")]
fn share(right: usize, of: usize) -> Option<f64> {
    (of > 0).then(|| right as f64 / of as f64)
}

#[cfg(test)]
mod tests {
    use super::gather;
    use crate::language::Lang;
    use crate::training::{Asked, Attempt, Mode, Set};

    fn attempt(trainee: &str, started: &str, mode: Mode, tries: &[&str]) -> Option<Attempt> {
        let set = Set::built_in().ok()?;
        let mut attempt = Attempt::begun(trainee, set.exercises.first()?, mode, Lang::Sv);
        attempt.started = started.to_owned();
        attempt.finished = started.to_owned();
        for answer in tries {
            attempt.answered(Asked {
                place: "route.whom".to_owned(),
                question: "route.whom".to_owned(),
                text: "Vem?".to_owned(),
                item: None,
                accepted: vec!["child".to_owned()],
                tries: vec![(*answer).to_owned()],
                feedback: String::new(),
                hint: false,
                right: *answer == "child",
            });
        }
        Some(attempt)
    }

    #[test]
    fn the_first_attempt_of_each_counts_and_in_it_the_first_answer_or_in_an_exam_the_last() {
        let attempts = [
            attempt("a", "2026-11-02T10:00+01:00", Mode::Practice, &["child"]),
            attempt(
                "a",
                "2026-11-01T10:00+01:00",
                Mode::Practice,
                &["adult", "child"],
            ),
            attempt(
                "b",
                "2026-11-01T10:00+01:00",
                Mode::Exam,
                &["adult", "child"],
            ),
            attempt(
                "c",
                "2026-11-01T10:00+01:00",
                Mode::Exam,
                &["child", "nobody"],
            ),
            attempt("d", "", Mode::Exam, &["nobody"]),
        ];
        let class = gather(&attempts.into_iter().flatten().collect::<Vec<_>>());
        assert_eq!((class.trainees, class.exercises.len()), (3, 1));
        let exercise = class.exercises.first();
        let question = exercise.and_then(|exercise| exercise.questions.first());
        let wrong = question.map(|question| (question.right, question.of, question.wrong.clone()));
        let expected = [("adult".to_owned(), 1), ("nobody".to_owned(), 1)];
        assert_eq!(wrong, Some((1, 3, expected.into_iter().collect())));
    }
}
