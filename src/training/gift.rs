//! Exercises as Moodle reads them (GIFT): the situation as a description, each judged question with feedback for each
//! answer, each sentence as an essay with the expert's words as general feedback.

use crate::answers::{About, Origin};
use crate::assessment::{Assessment, Field, Place, Stage, assess};
use crate::language::Lang;
use crate::training::exercise::{Exercise, Written};
use crate::training::tell::{answer_in_words, asked, met};
use crate::training::{Set, judge};
use crate::tree::Kind;
use crate::trees::Trees;

/// The exercises of a set, in the order of the list.
#[must_use]
pub fn gift<'a>(
    set: &Set,
    exercises: impl IntoIterator<Item = &'a Exercise>,
    trees: &Trees,
    lang: Lang,
) -> String {
    let mut gift = format!("// {}\n", crate::training::says(lang));
    for exercise in exercises {
        let document = exercise.solution(lang);
        if let Ok(assessment) = assess(trees, &document) {
            let one = One {
                set,
                exercise,
                assessment: &assessment,
                lang,
            };
            gift.push_str(&one.gift(&met(&assessment, &document)));
        }
    }
    gift
}

struct One<'a> {
    set: &'a Set,
    exercise: &'a Exercise,
    assessment: &'a Assessment<'a, 'a>,
    lang: Lang,
}

impl One<'_> {
    fn gift(&self, places: &[Place]) -> String {
        let exercise = self.exercise;
        let title = exercise.title.get(self.lang);
        let mut gift = format!(
            "\n$CATEGORY: $course$/sekretesskoll/{}\n\n::{}::{}\n",
            category(title),
            escaped(&exercise.id),
            escaped(&self.situation())
        );
        for place in places {
            gift.push_str(&self.question(place).unwrap_or_default());
        }
        gift
    }

    fn situation(&self) -> String {
        let (lang, exercise) = (self.lang, self.exercise);
        let citer = self.assessment.citer(lang);
        let authority = self.assessment.authority.name.get(lang);
        let mut lines = vec![
            crate::training::says(lang).to_owned(),
            format!("{authority}, {}", exercise.on),
            citer.text(&exercise.situation),
        ];
        lines.extend(exercise.items.iter().enumerate().map(|(at, item)| {
            format!(
                "{}. {}: {}",
                at + 1,
                item.label.get(lang),
                item.extract.get(lang)
            )
        }));
        lines.join("\n")
    }

    /// One question; none where every answer is right, for then there is nothing to choose.
    fn question(&self, place: &Place) -> Option<String> {
        let answers = self.answers(place)?;
        let stem = self.stem(place);
        let name = format!("{} {place}", self.exercise.id);
        Some(format!(
            "\n::{}::{} {{{answers}}}\n",
            escaped(&name),
            escaped(&stem)
        ))
    }

    fn stem(&self, place: &Place) -> String {
        let at = match (place, place.question()) {
            (Place::Field(at, _), _) => Some(*at),
            (_, Some((Stage::Item(at), _))) => Some(at),
            _ => None,
        };
        let item = at.and_then(|at| self.exercise.items.get(at));
        let about = item.map(|item| {
            format!(
                "{}: {}\n",
                item.label.get(self.lang),
                item.extract.get(self.lang)
            )
        });
        let title = self.exercise.title.get(self.lang);
        format!(
            "{title}\n{}{}",
            about.unwrap_or_default(),
            asked(self.assessment, place, self.lang)
        )
    }

    fn answers(&self, place: &Place) -> Option<String> {
        let question = judge::question(self.assessment.trees, place);
        match question.map(|(_, question)| question.kind) {
            Some(Kind::Text) => Some(self.essay(place)),
            Some(Kind::Choice) => {
                let (_, question) = question?;
                {
                    let keys: Vec<String> = question
                        .answers
                        .iter()
                        .map(|answer| answer.key.clone())
                        .collect();
                    self.choices(place, &keys)
                }
            }
            None if matches!(place, Place::Field(_, Field::Origin)) => {
                let pairs = Origin::ALL.iter().flat_map(|origin| {
                    About::ALL
                        .iter()
                        .map(|about| judge::origin_key(*origin, *about))
                });
                self.choices(place, &self.near(place, pairs.collect()))
            }
            _ => None,
        }
    }

    /// Of twenty pairs, those that share a half with the right one.
    fn near(&self, place: &Place, pairs: Vec<String>) -> Vec<String> {
        let right =
            judge::accepted(self.exercise, self.assessment.trees, place).unwrap_or_default();
        let halves =
            |pair: &String| -> Vec<String> { pair.split('/').map(str::to_owned).collect() };
        let shares = |pair: &String| {
            right.iter().any(|right| {
                let (a, b) = (halves(right), halves(pair));
                a.first() == b.first() || a.last() == b.last()
            })
        };
        pairs.into_iter().filter(shares).collect()
    }

    fn choices(&self, place: &Place, keys: &[String]) -> Option<String> {
        let trees = self.assessment.trees;
        let accepted = judge::accepted(self.exercise, trees, place)?;
        let is_right = |key: &String| judge::is_right(trees, place, &accepted, key);
        if keys.iter().all(is_right) {
            return None;
        }
        let line = |key: &String| {
            let right = is_right(key);
            let words = answer_in_words(self.assessment, place, key, self.lang);
            let said = judge::said(
                self.set,
                self.exercise,
                self.assessment,
                place,
                (key, right),
                self.lang,
            );
            let mark = if right { '=' } else { '~' };
            format!("\n\t{mark}{}#{}", escaped(&words), escaped(&said))
        };
        Some(format!("{}\n", keys.iter().map(line).collect::<String>()))
    }

    /// A sentence is not graded: an essay, with what the expert wrote.
    fn essay(&self, place: &Place) -> String {
        let model = place
            .question()
            .and_then(|(stage, id)| self.exercise.model(stage, id));
        let text = model.and_then(|model| model.text.as_ref());
        match text {
            Some(Written::Both(text)) => format!("####{}", escaped(text.get(self.lang))),
            _ => String::new(),
        }
    }
}

/// A text in which nothing is a sign of GIFT. A line break is written as one.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for sign in text.trim().chars() {
        match sign {
            '\\' | '~' | '=' | '#' | '{' | '}' | ':' => {
                out.push('\\');
                out.push(sign);
            }
            '\n' => out.push_str("\\n"),
            '\r' => {}
            other => out.push(other),
        }
    }
    out
}

/// The name of a category: a slash would begin another.
fn category(title: &str) -> String {
    title.replace(['/', '\n', '\r'], " ").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn no_text_can_end_its_question() {
        assert_eq!(escaped("a{b}=~#:\\\nc"), "a\\{b\\}\\=\\~\\#\\:\\\\\\nc");
    }
}
