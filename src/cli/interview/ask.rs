//! Questions of the trees: printed with numbered answers, read as one line.

use anyhow::Result;

use sekretesskoll::answers::{Form, Kept};
use sekretesskoll::assessment::{Assessment, Field, Lack, Need, Place, Stage, is_shown};
use sekretesskoll::cite::Citer;
use sekretesskoll::people::What;
use sekretesskoll::tree::{Answer, Kind, Question, Role, Target, Tree};
use sekretesskoll::walk::{Given, Wrong, clean, judge};

use crate::cli::interview::{Go, Interview, Said};
use crate::cli::reply::{Choice, Meaning, understand};
use crate::cli::term::Style;
use crate::cli::train::words;
use crate::cli::{phrases, screen};

/// What a numbered line stands for.
#[derive(Clone)]
enum Means {
    /// An answer of the question.
    Answer(usize),
    /// An answer, and the item that the next question asks for.
    Names(usize, String),
    /// An answer, and an item still to be added.
    Adds(usize),
    /// Change an answer, in the review.
    Change,
    /// Enter the report's own reference number, in the review.
    Case,
}

/// A numbered line.
struct Numbered {
    choice: Choice,
    means: Means,
}

impl Numbered {
    const fn plain(text: String, means: Means) -> Self {
        Self {
            choice: Choice {
                text,
                key: String::new(),
                takes_text: false,
                sentence: false,
            },
            means,
        }
    }
}

/// A question under way.
struct Asked<'a, 't> {
    assessment: &'a Assessment<'t, 'a>,
    stage: Stage,
    tree: &'t Tree,
    question: &'t Question,
    citer: Citer<'a>,
    place: Place,
}

impl Interview<'_> {
    pub(super) fn ask_question(
        &mut self,
        assessment: &Assessment<'_, '_>,
        stage: Stage,
        id: &str,
    ) -> Result<Go> {
        let tree = stage.tree(assessment.trees);
        let Some(question) = tree.find(id) else {
            return Ok(Go::On);
        };
        let label = self.label(stage);
        self.head(assessment, stage, &label)?;
        if question.role == Some(Role::Enough) {
            self.show_review(assessment)?;
        }
        let asked = Asked {
            assessment,
            stage,
            tree,
            question,
            citer: assessment.citer_in(stage, self.lang),
            place: stage.place(id),
        };
        self.asking = Some(asked.place.clone());
        match question.kind {
            Kind::Choice => self.ask_choice(&asked),
            Kind::Statement | Kind::Item => self.ask_item(&asked),
            Kind::Text | Kind::Day | Kind::Time => self.ask_text(&asked),
        }
    }

    fn show_review(&mut self, assessment: &Assessment<'_, '_>) -> Result<()> {
        let plain = self.face.is_plain();
        self.say(&phrases::review_title(self.lang))?;
        let afterwards =
            crate::cli::clock::today().is_ok_and(|today| assessment.day_it_leaves() < today);
        if afterwards && self.coach.is_none() {
            self.say(&phrases::now_afterwards(self.lang))?;
        }
        self.face.say(&screen::review(
            assessment,
            &self.document,
            self.lang,
            plain,
        ))?;
        self.say(&phrases::why_rows(self.lang))?;
        self.face.say("")
    }

    /// The heading of an item.
    pub(super) fn label(&self, stage: Stage) -> String {
        match stage {
            Stage::Identity => phrases::first_item(self.lang),
            Stage::Item(at) => {
                let label = screen::label(&self.document, at, self.lang);
                let (id, count) = (self.document.id_of(at), self.document.items.len());
                match self.document.items.get(at).map(|item| item.form) {
                    Some(Form::Document) => {
                        phrases::document_heading(self.lang, &id, &count, &label)
                    }
                    _ => phrases::item_heading(self.lang, &id, &count, &label),
                }
            }
            _ => String::new(),
        }
    }

    fn ask_choice(&mut self, asked: &Asked<'_, '_>) -> Result<Go> {
        let options = self.options(asked);
        let mut text = self.choice_text(asked);
        let style = if options.iter().any(|option| option.choice.takes_text) {
            Style::Sentence(None)
        } else {
            Style::Short
        };
        let help = help(asked);
        loop {
            let line = match self.line(asked.assessment, &text, style, &help)? {
                Ok(line) => line,
                Err(go) => return Ok(go),
            };
            match self.read_choice(asked, &options, &line)? {
                Ok(go) => return Ok(go),
                Err(again) => text = again,
            }
        }
    }

    /// The question with its numbered lines.
    fn choice_text(&self, asked: &Asked<'_, '_>) -> String {
        let options = self.options(asked);
        let mut lines = self.question_lines(asked);
        lines.extend(
            options
                .iter()
                .enumerate()
                .map(|(at, option)| screen::numbered(&(at + 1).to_string(), &option.choice.text)),
        );
        if names_provision(asked.question) {
            lines.push(format!("   {}", phrases::another_provision(self.lang)));
        }
        lines.extend(self.hint_and_suggestion(asked));
        lines.join("\n")
    }

    /// Reads a line as an answer; what to print before it is asked again, where it was none.
    fn read_choice(
        &mut self,
        asked: &Asked<'_, '_>,
        options: &[Numbered],
        line: &str,
    ) -> Result<std::result::Result<Go, String>> {
        if line.is_empty() && self.accept_suggestion(asked)? {
            return Ok(Ok(Go::On));
        }
        if names_provision(asked.question) && line.eq_ignore_ascii_case("b") {
            return self.ask_provision(asked.assessment, asked.stage).map(Ok);
        }
        let choices: Vec<&Choice> = options.iter().map(|option| &option.choice).collect();
        let again = |text: String| Ok(Err(screen::wrap(&text)));
        match understand(line, &choices) {
            Meaning::Answer(at, written) => match options.get(at) {
                Some(option) => self.take(asked, option.means.clone(), written),
                None => again(phrases::not_an_answer(self.lang, &options.len())),
            },
            Meaning::Unclear => again(phrases::unclear_answer(self.lang)),
            Meaning::Several => again(phrases::several_answers(self.lang)),
            Meaning::NoTextTaken => again(phrases::takes_no_text(self.lang)),
            Meaning::Nothing => again(phrases::not_an_answer(self.lang, &options.len())),
        }
    }

    fn take(
        &mut self,
        asked: &Asked<'_, '_>,
        means: Means,
        written: Option<String>,
    ) -> Result<std::result::Result<Go, String>> {
        match means {
            Means::Answer(at) => self.take_answer(asked, at, written),
            Means::Names(at, id) => self.take_named(asked, at, &id),
            Means::Adds(at) => Ok(match self.ask_new_item(asked.stage)? {
                Said::Line(id) => return self.take_named(asked, at, &id),
                Said::Leave => Ok(Go::Leave),
                Said::Back => Err(self.choice_text(asked)),
            }),
            Means::Change => self.ask_reopen(asked.assessment).map(Ok),
            Means::Case => self.ask_case().map(Ok),
        }
    }

    fn take_answer(
        &mut self,
        asked: &Asked<'_, '_>,
        at: usize,
        written: Option<String>,
    ) -> Result<std::result::Result<Go, String>> {
        let Some(answer) = asked.question.answers.get(at) else {
            return Ok(Err(String::new()));
        };
        if !self.stands(asked.assessment, &asked.place, &answer.key)? {
            return Ok(Err(self.choice_text(asked)));
        }
        if answer.refuse {
            self.say_about(answer, &asked.citer)?;
            let floor = asked.question.role == Some(Role::Enough);
            return if floor {
                self.ask_reopen(asked.assessment).map(Ok)
            } else {
                Ok(Err(String::new()))
            };
        }
        let text = match (
            answer.motivation,
            written
                .map(|text| clean(&text))
                .filter(|text| !text.is_empty()),
        ) {
            (false, _) => None,
            (true, Some(text)) => Some(text),
            (true, None) => match self.ask_why(&asked.place, &help(asked))? {
                Said::Line(text) => Some(text),
                Said::Leave => return Ok(Ok(Go::Leave)),
                Said::Back => return Ok(Err(self.choice_text(asked))),
            },
        };
        let given = Given {
            answer: Some(answer.key.clone()),
            text,
        };
        if judge(asked.question, &given).is_err() {
            return Ok(Err(screen::wrap(&phrases::write_something(self.lang))));
        }
        if !self.compare(&asked.place, &given)? {
            return Ok(Ok(Go::On));
        }
        self.store(&asked.place, given);
        self.say_about(answer, &asked.citer)?;
        Ok(Ok(Go::On))
    }

    /// Asks for the sentence of an answer; the help is that of the question.
    fn ask_why(&mut self, place: &Place, help: &str) -> Result<Said> {
        let initial = self.suggestion(place).and_then(|given| given.text.clone());
        let mut text = screen::wrap(&phrases::write_why(self.lang));
        loop {
            match self.ask(&text, Style::Sentence(initial.as_deref()), help)? {
                Said::Line(line) if clean(&line).is_empty() => {
                    text = screen::wrap(&phrases::write_something(self.lang));
                }
                Said::Line(line) => return Ok(Said::Line(clean(&line))),
                other => return Ok(other),
            }
        }
    }

    fn say_about(&mut self, answer: &Answer, citer: &Citer<'_>) -> Result<()> {
        let lines = [
            answer.says.as_ref().map(|text| citer.text(text)),
            answer
                .assumes
                .as_ref()
                .map(|text| phrases::assumption(self.lang, &citer.text(text))),
            answer
                .open
                .as_ref()
                .map(|text| phrases::open_question(self.lang, &citer.text(text))),
        ];
        lines
            .into_iter()
            .flatten()
            .try_for_each(|line| self.say(&line))
    }

    fn take_named(
        &mut self,
        asked: &Asked<'_, '_>,
        at: usize,
        id: &str,
    ) -> Result<std::result::Result<Go, String>> {
        let Some(answer) = asked.question.answers.get(at) else {
            return Ok(Ok(Go::On));
        };
        if !self.stands(asked.assessment, &asked.place, &answer.key)? {
            return Ok(Err(self.choice_text(asked)));
        }
        if let Some(Target::Question(next)) = answer.goto {
            let place = asked.stage.place(&asked.tree.question(next).id);
            if !self.stands(asked.assessment, &place, id)? {
                return Ok(Err(self.choice_text(asked)));
            }
            self.store(&place, Given::text(id));
        }
        self.store(&asked.place, Given::answer(&answer.key));
        Ok(Ok(Go::On))
    }

    /// The numbered lines: the answers; where the first of them asks for a statement, one line for each statement.
    fn options(&self, asked: &Asked<'_, '_>) -> Vec<Numbered> {
        let mut options = Vec::new();
        for (at, answer) in asked.question.answers.iter().enumerate() {
            let names = at == 0
                && matches!(answer.goto, Some(Target::Question(next)) if asked.tree.question(next).kind == Kind::Statement);
            if names {
                options.extend(self.naming_options(asked, answer, at));
                continue;
            }
            let text = answer
                .text
                .as_ref()
                .map(|text| asked.citer.text(text))
                .unwrap_or_default();
            let choice = Choice {
                text,
                key: answer.key.clone(),
                takes_text: answer.motivation,
                sentence: answer.sentence,
            };
            options.push(Numbered {
                choice,
                means: Means::Answer(at),
            });
        }
        if asked.question.role == Some(Role::Enough) && self.coach.is_none() {
            let case = self
                .document
                .case
                .clone()
                .unwrap_or_else(|| phrases::no_case(self.lang));
            options.push(Numbered::plain(
                phrases::change_an_answer(self.lang),
                Means::Change,
            ));
            options.push(Numbered::plain(
                phrases::enter_case(self.lang, &case),
                Means::Case,
            ));
        }
        options
    }

    fn naming_options(&self, asked: &Asked<'_, '_>, answer: &Answer, at: usize) -> Vec<Numbered> {
        let goes = |place: usize| {
            let outcome = asked
                .assessment
                .items
                .get(place)
                .and_then(|item| item.outcome);
            outcome.is_none_or(sekretesskoll::assessment::ItemOutcome::releases)
        };
        let items = self.document.items.iter().enumerate();
        let statements = items.filter(|(place, item)| {
            item.form == Form::Statement && Stage::Item(*place) != asked.stage && goes(*place)
        });
        let naming = statements.map(|(place, item)| {
            let id = self.document.id_of(place);
            Numbered::plain(
                phrases::describes_it(self.lang, &id, &item.label),
                Means::Names(at, id.into_owned()),
            )
        });
        let mut options: Vec<Numbered> = naming.collect();
        if self.coach.is_some() {
            return options;
        }
        let choice = Choice {
            text: phrases::new_statement(self.lang),
            key: answer.key.clone(),
            takes_text: false,
            sentence: false,
        };
        options.push(Numbered {
            choice,
            means: Means::Adds(at),
        });
        options
    }

    fn question_lines(&self, asked: &Asked<'_, '_>) -> Vec<String> {
        let mut lines = self.shown_above(asked);
        lines.extend(
            asked
                .question
                .text
                .as_ref()
                .map(|text| screen::wrap(&asked.citer.text(text))),
        );
        lines
    }

    /// Earlier answers that the question wants in view: both sides of the scale, or the wording.
    fn shown_above(&self, asked: &Asked<'_, '_>) -> Vec<String> {
        let Some(item) = asked.assessment.item(asked.stage) else {
            return Vec::new();
        };
        let steps = item
            .walk
            .steps()
            .map(|step| (asked.tree.question(step.question), step));
        let shown = steps.filter(|(earlier, step)| {
            asked.question.shows.contains(&earlier.id) && is_shown(earlier, step)
        });
        let line = |(earlier, text): (&Question, &str)| {
            let side = match earlier.role {
                Some(Role::Link) => phrases::side_for(self.lang),
                Some(Role::Individual) => phrases::side_against(self.lang),
                _ => String::new(),
            };
            screen::indented(text, &format!(" {side:<7} "), "         ")
        };
        shown
            .filter_map(|(earlier, step)| Some(line((earlier, step.text?))))
            .collect()
    }

    fn hint_and_suggestion(&self, asked: &Asked<'_, '_>) -> Vec<String> {
        let mut lines: Vec<String> = asked
            .question
            .hint
            .iter()
            .map(|hint| screen::wrap(&asked.citer.text(hint)))
            .collect();
        if let Some(given) = self.sound_suggestion(asked) {
            let answer = given
                .answer
                .as_deref()
                .and_then(|key| asked.question.answer(key))
                .and_then(|(_, answer)| answer.text.as_ref());
            let words: Vec<String> = [
                answer.map(|text| asked.citer.text(text)),
                given.text.clone(),
            ]
            .into_iter()
            .flatten()
            .collect();
            let words = words.join(": ");
            let in_history = asked.question.kind == Kind::Text && !self.face.is_plain();
            lines.push(screen::wrap(&if in_history {
                phrases::earlier_sentence(self.lang, &words)
            } else {
                phrases::earlier_answer(self.lang, &words)
            }));
        }
        lines
    }

    /// An earlier answer that can be given again. Never where Enter would write the record or already means the day.
    fn sound_suggestion(&self, asked: &Asked<'_, '_>) -> Option<&Given> {
        let given = self.suggestion(&asked.place)?;
        let offered = !matches!(asked.question.role, Some(Role::Enough | Role::When));
        (offered && judge(asked.question, given).is_ok()).then_some(given)
    }

    fn accept_suggestion(&mut self, asked: &Asked<'_, '_>) -> Result<bool> {
        let Some(given) = self.sound_suggestion(asked).cloned() else {
            return Ok(false);
        };
        let judged = given.answer.as_ref().or(given.text.as_ref());
        let judged = judged.filter(|_| asked.question.kind != Kind::Text);
        let stands = match judged {
            Some(answer) => self.stands(asked.assessment, &asked.place, answer)?,
            None => true,
        };
        if stands {
            self.store(&asked.place, given);
        }
        Ok(stands)
    }

    fn ask_text(&mut self, asked: &Asked<'_, '_>) -> Result<Go> {
        let mut lines = self.question_lines(asked);
        lines.extend(self.hint_and_suggestion(asked));
        let is_sentence = asked.question.kind == Kind::Text;
        let initial = self
            .suggestion(&asked.place)
            .and_then(|given| given.text.clone())
            .filter(|_| is_sentence);
        let style = if is_sentence {
            Style::Sentence(initial.as_deref())
        } else {
            Style::Short
        };
        let mut text = lines.join("\n");
        loop {
            let line = match self.line(asked.assessment, &text, style, &help(asked))? {
                Ok(line) => line,
                Err(go) => return Ok(go),
            };
            if line.is_empty() && self.accept_suggestion(asked)? {
                return Ok(Go::On);
            }
            let given = Given::text(&match asked.question.role {
                Some(Role::When) => when(asked.assessment.on, &clean(&line)),
                _ => clean(&line),
            });
            text = match judge(asked.question, &given) {
                Ok(_) if is_sentence => {
                    if self.compare(&asked.place, &given)? {
                        self.store(&asked.place, given);
                    }
                    return Ok(Go::On);
                }
                Ok(_) => {
                    let day = given.text.clone().unwrap_or_default();
                    if self.stands(asked.assessment, &asked.place, &day)? {
                        self.store(&asked.place, given);
                        return Ok(Go::On);
                    }
                    lines.join("\n")
                }
                Err(Wrong::NotADay) => screen::wrap(&phrases::not_a_day(self.lang)),
                Err(Wrong::NotATime) => screen::wrap(&phrases::not_a_moment(self.lang)),
                Err(_) => screen::wrap(&phrases::write_something(self.lang)),
            };
        }
    }

    /// A question that wants an item: one of the list, or a new one.
    fn ask_item(&mut self, asked: &Asked<'_, '_>) -> Result<Go> {
        let statements_only = asked.question.kind == Kind::Statement;
        let items = self.document.items.iter().enumerate();
        let held_back = |at: usize| {
            let outcome = asked.assessment.items.get(at).and_then(|item| item.outcome);
            statements_only && outcome.is_some_and(|outcome| !outcome.releases())
        };
        let fitting = items.filter(|(at, item)| {
            Stage::Item(*at) != asked.stage && item.form == Form::Statement && !held_back(*at)
        });
        let named: Vec<String> = fitting
            .map(|(at, _)| self.document.id_of(at).into_owned())
            .collect();
        let mut lines = self.question_lines(asked);
        let shown = named
            .iter()
            .filter_map(|id| Some((id, self.document.find(id)?)));
        lines.extend(
            shown.map(|(id, at)| {
                screen::numbered(id, &screen::label(&self.document, at, self.lang))
            }),
        );
        match self.coach {
            None => lines.push(screen::numbered("0", &phrases::new_item(self.lang))),
            Some(_) if named.is_empty() => {
                lines.push(screen::wrap(&words::no_other_item(self.lang)));
            }
            Some(_) => {}
        }
        let earlier = self
            .suggestion(&asked.place)
            .and_then(|given| given.text.clone());
        let earlier = earlier.filter(|id| named.contains(id));
        lines.extend(
            earlier
                .iter()
                .map(|id| screen::wrap(&phrases::earlier_answer(self.lang, id))),
        );
        let mut text = lines.join("\n");
        loop {
            let line = match self.line(asked.assessment, &text, Style::Short, &help(asked))? {
                Ok(line) => line,
                Err(go) => return Ok(go),
            };
            let id = match line.as_str() {
                "" => earlier.clone(),
                "0" if self.coach.is_none() => match self.ask_new_item(asked.stage)? {
                    Said::Line(id) => Some(id),
                    Said::Leave => return Ok(Go::Leave),
                    Said::Back => None,
                },
                number => named.iter().find(|id| *id == number).cloned(),
            };
            if let Some(id) = id {
                if self.stands(asked.assessment, &asked.place, &id)? {
                    self.store(&asked.place, Given::text(&id));
                    return Ok(Go::On);
                }
                text = lines.join("\n");
                continue;
            }
            text = screen::wrap(&phrases::no_such_item(self.lang));
        }
    }

    /// Points personal data out; the official rephrases, or keeps it with a reason.
    pub(super) fn ask_personal(
        &mut self,
        assessment: &Assessment<'_, '_>,
        need: &Need,
    ) -> Result<Go> {
        let Lack::Personal(what, from, to) = need.lack else {
            return Ok(Go::On);
        };
        if let Place::Kept(_) = need.place {
            self.say(&phrases::no_reason_with_people(
                self.lang,
                &what.text(self.lang),
            ))?;
            return self.rewrite(assessment, &need.place);
        }
        let excerpt: String = self
            .text_at(&need.place)
            .chars()
            .skip(from)
            .take(to - from)
            .collect();
        let found =
            phrases::personal_found(self.lang, &what.text(self.lang), &(from + 1), &to, &excerpt);
        let choices = [
            phrases::personal_rewrite(self.lang),
            phrases::personal_keep(self.lang),
        ]
        .map(|line| format!("   {line}"));
        let mut text = format!("{}\n{}", screen::wrap(&found), choices.join("\n"));
        loop {
            let line = match self.ask(
                &text,
                Style::Sentence(None),
                &phrases::personal_help(self.lang),
            )? {
                Said::Leave => return Ok(Go::Leave),
                Said::Back => return self.rewrite(assessment, &need.place),
                Said::Line(line) if line == "1" => return self.rewrite(assessment, &need.place),
                Said::Line(line) => line,
            };
            let Some(reason) = line.strip_prefix('2').map(clean) else {
                text = screen::wrap(&phrases::not_an_answer(self.lang, &2));
                continue;
            };
            if !reason.is_empty() {
                return Ok(self.keep(&need.place, what, reason));
            }
            match self.ask_why(&need.place, &phrases::personal_help(self.lang))? {
                Said::Line(reason) => return Ok(self.keep(&need.place, what, reason)),
                Said::Leave => return Ok(Go::Leave),
                Said::Back => {}
            }
        }
    }

    fn keep(&mut self, place: &Place, what: What, reason: String) -> Go {
        self.document.kept.push(Kept {
            place: place.to_string(),
            what: what.key().to_owned(),
            reason,
        });
        Go::On
    }

    fn text_at(&mut self, place: &Place) -> String {
        let text = match place {
            Place::Case => self.document.case.clone().unwrap_or_default(),
            Place::Kept(at) => self
                .document
                .kept
                .get(*at)
                .map(|kept| kept.reason.clone())
                .unwrap_or_default(),
            Place::Field(at, Field::File) => {
                let item = self.document.items.get(*at);
                item.and_then(|item| item.file.clone()).unwrap_or_default()
            }
            Place::Field(at, _) => self
                .document
                .items
                .get(*at)
                .map(|item| item.label.clone())
                .unwrap_or_default(),
            other => self
                .slot(other)
                .and_then(|(answers, id)| answers.get(&id).and_then(|given| given.text.clone()))
                .unwrap_or_default(),
        };
        clean(&text)
    }
}

/// A day, or the day assessed: Enter alone, or an hour alone.
fn when(on: jiff::civil::Date, line: &str) -> String {
    let hour_alone = line.len() == 5 && line.as_bytes().get(2) == Some(&b':');
    match line {
        "" => on.to_string(),
        hour if hour_alone => format!("{on} {hour}"),
        other => other.to_owned(),
    }
}

fn help(asked: &Asked<'_, '_>) -> String {
    asked
        .question
        .help
        .as_ref()
        .map(|help| asked.citer.text(help))
        .unwrap_or_default()
}

/// Whether the question's own words name the item's provision: then another can be chosen.
fn names_provision(question: &Question) -> bool {
    question
        .text
        .as_ref()
        .is_some_and(|text| text.sv.contains("{provision}"))
}
