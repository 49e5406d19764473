//! Many attempts together: where a class goes wrong, by exercise and question.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::assessment::assess;
use crate::language::Lang;
use crate::page::escaped;
use crate::training::attempt::Attempt;
use crate::training::chart::{Bar, bars};
use crate::training::tell::{answer_in_words, met};
use crate::training::{Set, judge};
use crate::trees::Trees;
use crate::walk::clean;

/// The style of a page on paper and screen.
const STYLE: &str = include_str!("../page/page.css");

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
        let mut csv = String::from(
            "exercise,title,place,question,text,item,right,of,hints,most-wrong,most-wrong-text,most-wrong-count\n",
        );
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
                csv.push_str(&fields.map(|field| quoted(&field)).join(","));
                csv.push('\n');
            }
        }
        csv
    }

    /// One HTML page with a chart for each exercise: no script, nothing fetched.
    #[must_use]
    pub fn html(&self) -> String {
        let lang = self.lang;
        let title = lang.pick(
            "Övning: klassens resultat",
            "Exercise: the results of the class",
        );
        let says = crate::training::says(lang);
        let trainees = self.class.trainees;
        let intro = match lang {
            Lang::Sv => format!(
                "{trainees} deltagare. Första försöket räknas. Stapeln visar hur stor del som svarade rätt; den som aldrig kom till frågan svarade inte rätt."
            ),
            Lang::En => format!(
                "{trainees} trainees. The first attempt counts. The bar shows how large a part answered right; whoever never came to the question did not."
            ),
        };
        let all = self.class.exercises.iter().map(|exercise| {
            let (right, of) = exercise.score();
            bar(&exercise.title, right, of)
        });
        let all = bars(title, &all.collect::<Vec<_>>());
        let each: String = self
            .class
            .exercises
            .iter()
            .map(|exercise| self.section(exercise))
            .collect();
        format!(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n\
             <div class=\"notice\"><p>{}</p></div>\n<p>{intro}</p>\n{all}{each}</main>\n</body>\n</html>\n",
            lang.tag(),
            escaped(says),
        )
    }

    fn section(&self, exercise: &OfExercise) -> String {
        let lang = self.lang;
        let chart: Vec<Bar> = exercise
            .questions
            .iter()
            .map(|question| bar(&label(question), question.right, question.of))
            .collect();
        let mut html = format!(
            "<h2>{}</h2>\n{}",
            escaped(&exercise.title),
            bars(&exercise.title, &chart)
        );
        let worst = exercise.worst();
        if worst.is_empty() {
            let _ = writeln!(
                html,
                "<p>{}</p>",
                lang.pick(
                    "Alla svarade rätt på allt.",
                    "Everybody answered everything right."
                )
            );
            return html;
        }
        let _ = writeln!(
            html,
            "<h3>{}</h3>\n<ol>",
            lang.pick("Att tala om", "To talk about")
        );
        for question in worst {
            html.push_str(&self.talk(exercise, question));
        }
        html.push_str("</ol>\n");
        html
    }

    fn talk(&self, exercise: &OfExercise, question: &OfQuestion) -> String {
        let lang = self.lang;
        let wrong = question.of - question.right;
        let count = match lang {
            Lang::Sv => format!("{wrong} av {} svarade fel.", question.of),
            Lang::En => format!("{wrong} of {} answered wrong.", question.of),
        };
        let most = question.most_wrong().map(|(key, count)| {
            let (words, said) = self.answer(&exercise.id, question, key);
            let lead = lang.pick("Vanligast", "Most common");
            format!(
                "<p><strong>{lead}:</strong> {} ({count})</p>\n<p>{}</p>\n",
                escaped(&words),
                escaped(&said)
            )
        });
        format!(
            "<li><p>{} {count}</p>\n{}</li>\n",
            escaped(&label(question)),
            most.unwrap_or_default()
        )
    }
}

fn label(question: &OfQuestion) -> String {
    match &question.item {
        Some(item) => format!("{item}: {}", question.text),
        None => question.text.clone(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of people are small")]
fn bar(label: &str, right: usize, of: usize) -> Bar {
    Bar {
        label: label.to_owned(),
        share: if of == 0 {
            0.0
        } else {
            right as f64 / of as f64
        },
        figure: format!("{right}/{of}"),
    }
}

/// A field of a CSV line. What a spreadsheet would take for a formula is made a text.
fn quoted(field: &str) -> String {
    let field = if field.starts_with(['=', '+', '-', '@', '\t']) && field.len() > 1 {
        format!("'{field}")
    } else {
        field.to_owned()
    };
    if field.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field
    }
}

#[cfg(test)]
mod tests {
    use super::{gather, quoted};
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

    #[test]
    fn no_field_is_a_formula() {
        assert_eq!(quoted("=1+1"), "'=1+1");
        assert_eq!(quoted("-"), "-");
        assert_eq!(quoted("a, \"b\""), "\"a, \"\"b\"\"\"");
    }
}
