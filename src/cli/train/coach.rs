//! Who sits beside the trainee: judges, explains, hints, and notes what was answered.

use anyhow::Result;

use sekretesskoll::answers::AnswersDocument;
use sekretesskoll::assessment::{Assessment, Field, Place, Stage, assess};
use sekretesskoll::language::Lang;
use sekretesskoll::training::exercise::Written;
use sekretesskoll::training::feedback::sort;
use sekretesskoll::training::tell::{asked, met};
use sekretesskoll::training::{Asked, Attempt, Exercise, Mode, Set, judge};
use sekretesskoll::tree::{Kind, Role};
use sekretesskoll::trees::Trees;

use crate::cli::interview::Coach;
use crate::cli::screen;
use crate::cli::term::{Face, Prompt, Reply, Style};
use crate::cli::train::progress::Progress;
use crate::cli::train::words;

/// Beside a trainee in an exercise.
pub(crate) struct Beside<'a> {
    set: &'a Set,
    trees: &'a Trees,
    exercise: &'a Exercise,
    lang: Lang,
    /// What was answered so far.
    pub(crate) attempt: Attempt,
    /// The place that a hint was read at.
    hinted: Option<Place>,
}

impl<'a> Beside<'a> {
    pub(crate) fn new(
        set: &'a Set,
        trees: &'a Trees,
        exercise: &'a Exercise,
        lang: Lang,
        attempt: Attempt,
    ) -> Self {
        Self {
            set,
            trees,
            exercise,
            lang,
            attempt,
            hinted: None,
        }
    }

    /// Judges an answer and notes it; none where the exercise has nothing to judge it by.
    fn note(
        &mut self,
        assessment: &Assessment<'_, '_>,
        place: &Place,
        answer: &str,
    ) -> Option<(bool, String)> {
        let accepted = judge::accepted(self.exercise, self.trees, place)?;
        let right = judge::is_right(self.trees, place, &accepted, answer);
        let said = judge::said(
            self.set,
            self.exercise,
            assessment,
            place,
            (answer, right),
            self.lang,
        );
        self.attempt.answered(Asked {
            place: place.to_string(),
            question: judge::name(self.trees, place),
            text: asked(assessment, place, self.lang),
            item: self.label(place),
            accepted,
            tries: vec![answer.to_owned()],
            feedback: said.clone(),
            hint: self.hinted.take().is_some_and(|at| at == *place),
            right,
        });
        Some((right, said))
    }

    fn label(&self, place: &Place) -> Option<String> {
        let at = match (place, place.question()) {
            (Place::Field(at, _), _) => Some(*at),
            (_, Some((Stage::Item(at), _))) => Some(at),
            _ => None,
        };
        let item = self.exercise.items.get(at?)?;
        Some(item.label.get(self.lang).to_owned())
    }

    /// A day or an hour that is not the exercise's: the situation is what it is, and nothing is judged.
    fn is_another_day(&self, place: &Place, answer: &str) -> bool {
        let is_time = judge::question(self.trees, place)
            .is_some_and(|(_, question)| question.kind == Kind::Time);
        let accepted = judge::accepted(self.exercise, self.trees, place);
        is_time
            && accepted
                .is_some_and(|accepted| !judge::is_right(self.trees, place, &accepted, answer))
    }

    /// The expert's sentence at a place, where it is one.
    fn expert(&self, place: &Place) -> Option<&'a str> {
        let (stage, id) = place.question()?;
        match self.exercise.model(stage, id)?.text.as_ref()? {
            Written::Both(text) => Some(text.get(self.lang)),
            Written::Same(_) => None,
        }
    }

    fn role(&self, place: &Place) -> Option<Role> {
        judge::question(self.trees, place)?.1.role
    }

    /// The sentence, the expert's, and the three questions; none where there is nothing to compare with.
    fn beside(&self, place: &Place, text: &str) -> Option<String> {
        let expert = self.expert(place)?;
        let mut lines = vec![
            screen::indented(text, &words::yours(self.lang), "           "),
            screen::indented(expert, &words::experts(self.lang), "           "),
        ];
        let questions = self.set.feedback.questions(self.role(place));
        lines.extend(questions.map(|_| screen::wrap(&words::compare(self.lang))));
        for (at, question) in questions.into_iter().flatten().enumerate() {
            lines.push(screen::numbered(
                &(at + 1).to_string(),
                question.get(self.lang),
            ));
        }
        Some(lines.join("\n"))
    }

    /// Notes every answer of a document, as if it had been given at the prompts.
    pub(crate) fn note_all(&mut self, assessment: &Assessment<'_, '_>, document: &AnswersDocument) {
        for place in met(assessment, document) {
            if let Some(answer) = given(assessment, document, &place) {
                self.note(assessment, &place, &answer);
            }
        }
        self.only_what_stands(assessment);
    }

    /// Drops what the finished path does not ask for, and adds what it never came to.
    pub(crate) fn only_what_stands(&mut self, assessment: &Assessment<'_, '_>) {
        let solution = self.exercise.solution(self.lang);
        let Ok(model) = assess(self.trees, &solution) else {
            return;
        };
        let stands = met(assessment, &solution);
        let stands: Vec<String> = stands.iter().map(ToString::to_string).collect();
        // A provision is chosen only by whoever thinks that another applies: no solution comes to it, and it counts.
        let stands = |place: &str| {
            place.ends_with(".provisions") || stands.iter().any(|known| known == place)
        };
        self.attempt.keep(stands);
        for place in met(&model, &solution) {
            let known = self
                .attempt
                .questions
                .iter()
                .any(|asked| asked.place == place.to_string());
            let accepted = judge::accepted(self.exercise, self.trees, &place);
            if let (false, Some(accepted)) = (known, accepted) {
                let asked = self.never_met(&model, &place, accepted);
                self.attempt.questions.extend(asked);
            }
        }
    }

    /// A question of the solution that was not come to. In practice that is another accepted way, and nothing is amiss.
    fn never_met(
        &self,
        model: &Assessment<'_, '_>,
        place: &Place,
        accepted: Vec<String>,
    ) -> Option<Asked> {
        (self.attempt.mode == Mode::Exam).then(|| Asked {
            place: place.to_string(),
            question: judge::name(self.trees, place),
            text: asked(model, place, self.lang),
            item: self.label(place),
            accepted,
            tries: Vec::new(),
            feedback: words::never_met(self.lang),
            hint: false,
            right: false,
        })
    }

    /// At the end of an exam: every question with what was answered, and every sentence beside the expert's.
    pub(crate) fn tell_all(
        &mut self,
        face: &mut dyn Face,
        assessment: &Assessment<'_, '_>,
        document: &AnswersDocument,
    ) -> Result<()> {
        face.say(&format!("\n{}", screen::wrap(&words::feedback(self.lang))))?;
        let told = self
            .attempt
            .judged()
            .map(|asked| words::told(asked, self.lang));
        for told in told.collect::<Vec<_>>() {
            face.say(&told)?;
        }
        for place in met(assessment, document) {
            let text = place
                .question()
                .and_then(|(stage, id)| text_at(document, stage, id));
            if let Some(beside) = text.and_then(|text| self.beside(&place, &text)) {
                let heading = asked(assessment, &place, self.lang);
                face.say(&format!("\n{}\n{beside}", screen::wrap(&heading)))?;
                self.attempt
                    .wrote(&place.to_string(), &judge::name(self.trees, &place), None);
            }
        }
        Ok(())
    }
}

impl Coach for Beside<'_> {
    fn look(
        &mut self,
        face: &mut dyn Face,
        assessment: &Assessment<'_, '_>,
        place: &Place,
        answer: &str,
    ) -> Result<bool> {
        if self.is_another_day(place, answer) {
            face.say(&screen::wrap(&words::another_day(
                self.lang,
                &self.exercise.on,
            )))?;
            return Ok(false);
        }
        let Some((right, said)) = self.note(assessment, place, answer) else {
            return Ok(true);
        };
        if self.attempt.mode == Mode::Exam {
            return Ok(true);
        }
        let said = if right {
            words::right(self.lang, &said)
        } else {
            words::wrong(self.lang, &said)
        };
        face.say(&format!("\n{}", screen::wrap(&said)))?;
        if !right {
            face.say(&format!("{}\n", screen::wrap(&words::again(self.lang))))?;
        }
        Ok(right)
    }

    fn compare(&mut self, face: &mut dyn Face, place: &Place, text: &str) -> Result<bool> {
        if self.attempt.mode == Mode::Exam {
            return Ok(true);
        }
        let Some(beside) = self.beside(place, text) else {
            return Ok(true);
        };
        face.say(&format!("\n{beside}"))?;
        let asks = sort(self.role(place)).is_some();
        let held = match asks.then(|| self_check(face, self.lang)).transpose()? {
            Some(Checked::Again) => return Ok(false),
            Some(Checked::Held(held)) => held,
            None => None,
        };
        self.attempt
            .wrote(&place.to_string(), &judge::name(self.trees, place), held);
        Ok(true)
    }

    fn hint(&mut self, assessment: &Assessment<'_, '_>, place: &Place) -> String {
        self.hinted = Some(place.clone());
        let hint = judge::hint(self.set, self.exercise, assessment, place, self.lang);
        hint.map_or_else(
            || words::no_hint(self.lang),
            |hint| words::hint(self.lang, &hint),
        )
    }

    fn desk(&self) -> String {
        words::desk(self.set, self.trees, self.exercise, self.lang)
    }

    fn extract(&self, at: usize) -> Option<String> {
        let item = self.exercise.items.get(at)?;
        Some(screen::indented(item.extract.get(self.lang), "   ", "   "))
    }

    fn keep(&mut self, document: &AnswersDocument) -> Result<()> {
        Progress::change(self.lang, |progress| progress.keep(document, &self.attempt))
    }
}

/// What a trainee found when a sentence lay beside the expert's.
enum Checked {
    /// So many of the three questions got a yes; none where that was passed over.
    Held(Option<u8>),
    /// It is to be written again.
    Again,
}

/// How many of the three questions the trainee can say yes to. Whatever else is typed passes it over.
fn self_check(face: &mut dyn Face, lang: Lang) -> Result<Checked> {
    let text = screen::wrap(&words::how_many(lang));
    let reply = face.ask(&Prompt {
        text,
        style: Style::Short,
    })?;
    Ok(match reply {
        Reply::Back => Checked::Again,
        Reply::Answer(line) => Checked::Held(line.trim().parse().ok().filter(|count| *count <= 3)),
        _ => Checked::Held(None),
    })
}

/// What was answered at a place of a document.
fn given(
    assessment: &Assessment<'_, '_>,
    document: &AnswersDocument,
    place: &Place,
) -> Option<String> {
    match place {
        Place::IdentityKinds => {
            let identity = document.identity.as_ref()?;
            Some(judge::kinds_key(&identity.kinds, identity.protected))
        }
        Place::Field(at, Field::Origin) => {
            let item = document.items.get(*at)?;
            Some(judge::origin_key(item.origin?, item.about?))
        }
        Place::Field(at, Field::Provisions) => document
            .items
            .get(*at)?
            .provisions
            .as_ref()?
            .first()
            .cloned(),
        _ => {
            let (stage, id) = place.question()?;
            let (_, question) = judge::question(assessment.trees, place)?;
            if question.kind == Kind::Choice {
                key_at(document, stage, id)
            } else {
                text_at(document, stage, id)
            }
        }
    }
}

fn key_at(document: &AnswersDocument, stage: Stage, id: &str) -> Option<String> {
    let mut stages = sekretesskoll::assessment::given(document);
    let (_, answers) = stages.find(|(other, _)| *other == stage)?;
    answers.get(id)?.answer.clone()
}

fn text_at(document: &AnswersDocument, stage: Stage, id: &str) -> Option<String> {
    let mut stages = sekretesskoll::assessment::given(document);
    let (_, answers) = stages.find(|(other, _)| *other == stage)?;
    answers.get(id)?.text.clone()
}
