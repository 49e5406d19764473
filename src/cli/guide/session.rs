//! A guide with a person: one question at a time. The guide is followed from the start after every answer, so going
//! back is dropping the last one.

use std::collections::BTreeSet;

use anyhow::Result;

use sekretesskoll::answers::Kept;
use sekretesskoll::assessment::Lack;
use sekretesskoll::guide::walk::GuideNeed;
use sekretesskoll::guide::{Guide, GuideAnswers, Guided, follow};
use sekretesskoll::language::Lang;
use sekretesskoll::people::What;
use sekretesskoll::tree::{Answer, Kind, Question, Role, Tree};
use sekretesskoll::trees::Trees;
use sekretesskoll::walk::{Given, Wrong, clean, judge};

use super::phrases as own;
use crate::cli::reply::{Choice, Meaning, understand};
use crate::cli::term::{EndedEarly, Face, Prompt, Reply, Style};
use crate::cli::{files, phrases, screen};

/// Picks a line of a list by number from 0; none when the person leaves.
pub(super) fn pick(
    face: &mut dyn Face,
    question: &str,
    lines: &[String],
    help: &str,
) -> Result<Option<usize>> {
    let mut text = screen::wrap(question);
    loop {
        match face.ask(&Prompt {
            text,
            style: Style::Pick(lines),
        })? {
            Reply::Answer(at) => return Ok(at.parse().ok()),
            Reply::Why | Reply::Explain(_) => text = screen::wrap(help),
            Reply::Back | Reply::Leave => return Ok(None),
        }
    }
}

/// Asks for the name of a new file with an ending; none for none.
pub(super) fn ask_file(
    lang: Lang,
    face: &mut dyn Face,
    (question, help): (&str, &str),
    ending: &str,
) -> Result<Option<String>> {
    let mut text = format!("\n{}", screen::wrap(question));
    loop {
        let asked = face.ask(&Prompt {
            text,
            style: Style::Sentence(None),
        });
        let line = match asked {
            Ok(Reply::Answer(line)) => line.trim().to_owned(),
            // The advice has been given: an input that ends here has nothing to add.
            Err(error) if error.is::<EndedEarly>() => return Ok(None),
            Err(error) => return Err(error),
            Ok(Reply::Why | Reply::Explain(_)) => {
                text = screen::wrap(help);
                continue;
            }
            Ok(Reply::Back | Reply::Leave) => return Ok(None),
        };
        match named(&line, ending) {
            Named::None => return Ok(None),
            Named::Unsaid => text = screen::wrap(&own::file_name_wanted(lang, &ending)),
            Named::File(name) => match files::check_new(lang, std::path::Path::new(&name)) {
                Ok(()) => return Ok(Some(name)),
                Err(error) => text = screen::wrap(&error.to_string()),
            },
        }
    }
}

/// What was said where a file's name was asked for.
enum Named {
    /// No file.
    None,
    /// A yes or a digit: a name is still missing.
    Unsaid,
    /// The name, with its ending.
    File(String),
}

fn named(line: &str, ending: &str) -> Named {
    let said = line.to_lowercase();
    if ["", "n", "nej", "no"].contains(&said.as_str()) {
        return Named::None;
    }
    let is_yes = ["j", "ja", "y", "yes"].contains(&said.as_str());
    if is_yes || !said.contains(char::is_alphabetic) {
        return Named::Unsaid;
    }
    let ends = said.ends_with(&format!(".{ending}"));
    Named::File(if ends {
        line.to_owned()
    } else {
        format!("{line}.{ending}")
    })
}

/// Where a prompt leads.
enum Go {
    On,
    Back,
    Leave,
}

/// What was said at a prompt, `?` answered.
enum Said {
    Line(String),
    Go(Go),
}

/// A session.
pub(super) struct Session<'a> {
    trees: &'a Trees,
    lang: Lang,
    face: &'a mut dyn Face,
    /// The answers so far.
    pub(super) document: GuideAnswers,
    told: BTreeSet<String>,
}

impl<'a> Session<'a> {
    pub(super) const fn new(
        trees: &'a Trees,
        lang: Lang,
        face: &'a mut dyn Face,
        document: GuideAnswers,
    ) -> Self {
        Self {
            trees,
            lang,
            face,
            document,
            told: BTreeSet::new(),
        }
    }

    fn say(&mut self, text: &str) -> Result<()> {
        self.face.say(&screen::wrap(text))
    }

    /// Asks for the day of the guide; false when the person leaves.
    pub(super) fn ask_day(&mut self, guide: &Guide) -> Result<bool> {
        let today = self
            .document
            .on
            .map(|day| day.to_string())
            .unwrap_or_default();
        let question = guide
            .day
            .as_ref()
            .map(|day| day.get(self.lang))
            .unwrap_or_default();
        let lines = [
            screen::wrap(question),
            screen::wrap(&own::enter_day(self.lang, &today)),
        ];
        let mut text = lines.join("\n");
        loop {
            match self.line(&text, Style::Short, &own::help_day(self.lang))? {
                Said::Go(Go::Back) => text = screen::wrap(&phrases::nothing_before(self.lang)),
                Said::Go(_) => return Ok(false),
                Said::Line(line) if line.is_empty() => return Ok(true),
                Said::Line(line) => match line.parse() {
                    Ok(day) => {
                        self.document.on = Some(day);
                        return Ok(true);
                    }
                    Err(_) => text = screen::wrap(&phrases::not_a_day(self.lang)),
                },
            }
        }
    }

    /// Asks until the guide has come to its end; false when the person leaves.
    pub(super) fn run(&mut self) -> Result<bool> {
        self.opening()?;
        loop {
            let (trees, document) = (self.trees, self.document.clone());
            let Ok(guided) = follow(trees, &document) else {
                return Ok(false);
            };
            self.tell_known(&guided)?;
            let personal = guided
                .needs
                .iter()
                .find(|need| matches!(need.lack, Lack::Personal(..)));
            let go = match (personal, guided.next()) {
                (Some(need), _) => self.ask_personal(&guided, need)?,
                (None, Some((tree, question))) => self.ask(&guided, tree, question)?,
                (None, None) => return Ok(true),
            };
            match go {
                Go::On => {}
                Go::Back => self.back(&guided)?,
                Go::Leave => return Ok(false),
            }
        }
    }

    fn opening(&mut self) -> Result<()> {
        let (lang, document) = (self.lang, self.document.clone());
        let Ok(guided) = follow(self.trees, &document) else {
            return Ok(());
        };
        let guide = guided.guide;
        let checked = self
            .trees
            .laws
            .checked_on()
            .map(|day| day.to_string())
            .unwrap_or_default();
        let authority = guided.authority.name.get(lang);
        let lines = [
            own::starts(lang, &guide.title.get(lang), &authority, &guided.on),
            own::checked(lang, &checked),
            own::danger(lang),
            own::keys(lang),
        ];
        let lines = lines.map(|line| screen::wrap(&line));
        self.face.say(&lines.join("\n"))
    }

    /// What the program knows, each line once.
    fn tell_known(&mut self, guided: &Guided<'_, '_>) -> Result<()> {
        let citer = guided.citer(self.lang);
        let known: Vec<String> = guided
            .shown()
            .filter(|(_, question, _)| !question.is_asked())
            .filter_map(|(_, question, step)| {
                let answer = question.answers.get(step.answer?)?;
                let (asked, said) = (question.text.as_ref()?, answer.text.as_ref()?);
                Some(own::known(self.lang, &citer.text(asked), &citer.text(said)))
            })
            .collect();
        for line in known {
            if self.told.insert(line.clone()) {
                self.face.say("")?;
                self.say(&line)?;
            }
        }
        Ok(())
    }

    /// Drops the last answer that was given.
    fn back(&mut self, guided: &Guided<'_, '_>) -> Result<()> {
        let asked = guided
            .steps()
            .filter(|(_, question, _)| question.is_asked())
            .last();
        match asked {
            Some((_, question, _)) => drop(self.document.answers.remove(&question.id)),
            None => self.say(&phrases::nothing_before(self.lang))?,
        }
        Ok(())
    }

    fn line(&mut self, text: &str, style: Style<'_>, help: &str) -> Result<Said> {
        let mut text = format!("\n{text}");
        loop {
            match self.face.ask(&Prompt { text, style })? {
                Reply::Answer(line) => return Ok(Said::Line(clean(&line))),
                Reply::Back => return Ok(Said::Go(Go::Back)),
                Reply::Leave => return Ok(Said::Go(Go::Leave)),
                Reply::Why | Reply::Explain(_) => text = screen::indented(help, " ", " "),
            }
        }
    }

    fn ask(&mut self, guided: &Guided<'_, '_>, tree: &Tree, question: &Question) -> Result<Go> {
        match question.kind {
            Kind::Choice => self.ask_choice(guided, question),
            _ => self.ask_text(guided, tree, question),
        }
    }

    fn question_lines(&self, guided: &Guided<'_, '_>, question: &Question) -> Vec<String> {
        let citer = guided.citer(self.lang);
        let shown = guided
            .shown()
            .filter(|(_, earlier, _)| question.shows.contains(&earlier.id));
        let shown = shown.filter_map(|(_, earlier, step)| {
            let asked = earlier.text.as_ref().map(|text| citer.text(text));
            Some(screen::indented(
                &format!("{} {}", asked?, step.text?),
                " - ",
                "   ",
            ))
        });
        let text = question
            .text
            .iter()
            .map(|text| screen::wrap(&citer.text(text)));
        shown.chain(text).collect()
    }

    fn hint(&self, guided: &Guided<'_, '_>, question: &Question) -> Option<String> {
        let hint = question.hint.as_ref()?;
        Some(screen::wrap(&guided.citer(self.lang).text(hint)))
    }

    fn help(&self, guided: &Guided<'_, '_>, question: &Question) -> String {
        let help = question.help.as_ref();
        help.map(|help| guided.citer(self.lang).text(help))
            .unwrap_or_default()
    }

    fn ask_choice(&mut self, guided: &Guided<'_, '_>, question: &Question) -> Result<Go> {
        let (citer, help) = (guided.citer(self.lang), self.help(guided, question));
        let choices: Vec<Choice> = question
            .answers
            .iter()
            .map(|answer| Choice {
                text: answer
                    .text
                    .as_ref()
                    .map(|text| citer.text(text))
                    .unwrap_or_default(),
                key: answer.key.clone(),
                takes_text: answer.motivation,
                sentence: answer.sentence,
            })
            .collect();
        let mut lines = self.question_lines(guided, question);
        let numbered = choices.iter().enumerate();
        lines.extend(
            numbered.map(|(at, choice)| screen::numbered(&(at + 1).to_string(), &choice.text)),
        );
        lines.extend(self.hint(guided, question));
        let asked = lines.join("\n");
        let takes_text = choices.iter().any(|choice| choice.takes_text);
        let style = if takes_text {
            Style::Sentence(None)
        } else {
            Style::Short
        };
        let all: Vec<&Choice> = choices.iter().collect();
        let mut text = asked.clone();
        loop {
            let line = match self.line(&text, style, &help)? {
                Said::Line(line) => line,
                Said::Go(go) => return Ok(go),
            };
            text = match understand(&line, &all) {
                Meaning::Answer(at, written) => {
                    let Some(answer) = question.answers.get(at) else {
                        return Ok(Go::On);
                    };
                    match self.take(guided, (question, answer), written, &help)? {
                        Some(go) => return Ok(go),
                        None => asked.clone(),
                    }
                }
                Meaning::Unclear => screen::wrap(&phrases::unclear_answer(self.lang)),
                Meaning::Several => screen::wrap(&phrases::several_answers(self.lang)),
                Meaning::NoTextTaken => screen::wrap(&phrases::takes_no_text(self.lang)),
                Meaning::Nothing => {
                    screen::wrap(&phrases::not_an_answer(self.lang, &choices.len()))
                }
            };
        }
    }

    /// Takes an answer, with its sentence where it needs one; none where the question is to be asked again.
    fn take(
        &mut self,
        guided: &Guided<'_, '_>,
        (question, answer): (&Question, &Answer),
        written: Option<String>,
        help: &str,
    ) -> Result<Option<Go>> {
        if answer.refuse {
            self.tell(guided, answer)?;
            return Ok(None);
        }
        let mut text = written
            .map(|text| clean(&text))
            .filter(|text| !text.is_empty());
        let mut prompt = screen::wrap(&phrases::write_why(self.lang));
        loop {
            let given = Given {
                answer: Some(answer.key.clone()),
                text: text.take().filter(|_| answer.motivation),
            };
            if judge(question, &given).is_ok() {
                self.document.answers.insert(question.id.clone(), given);
                self.tell(guided, answer)?;
                return Ok(Some(Go::On));
            }
            if given.text.is_some() {
                prompt = screen::wrap(&phrases::write_something(self.lang));
            }
            match self.line(&prompt, Style::Sentence(None), help)? {
                Said::Line(line) => text = Some(line),
                Said::Go(Go::Back) => return Ok(None),
                Said::Go(go) => return Ok(Some(go)),
            }
        }
    }

    fn tell(&mut self, guided: &Guided<'_, '_>, answer: &Answer) -> Result<()> {
        let (lang, citer) = (self.lang, guided.citer(self.lang));
        let says = answer.says.as_ref().map(|text| citer.text(text));
        let assumes = answer
            .assumes
            .as_ref()
            .map(|text| phrases::assumption(lang, &citer.text(text)));
        let open = answer
            .open
            .as_ref()
            .map(|text| phrases::open_question(lang, &citer.text(text)));
        let mut lines = [says, assumes, open].into_iter().flatten();
        lines.try_for_each(|line| self.say(&line))
    }

    fn ask_text(
        &mut self,
        guided: &Guided<'_, '_>,
        tree: &Tree,
        question: &Question,
    ) -> Result<Go> {
        let help = self.help(guided, question);
        let mut lines = self.question_lines(guided, question);
        lines.extend(self.hint(guided, question));
        let mut text = lines.join("\n");
        let style = if question.kind == Kind::Text {
            Style::Sentence(None)
        } else {
            Style::Short
        };
        loop {
            let line = match self.line(&text, style, &help)? {
                Said::Line(line) => line,
                Said::Go(go) => return Ok(go),
            };
            let on = guided.on.to_string();
            // The sending says itself that Enter is the day.
            let is_when = question.role == Some(Role::When) && tree.name != guided.guide.tree.name;
            let written = if is_when && line.is_empty() { on } else { line };
            let given = Given::text(&written);
            text = match judge(question, &given) {
                Ok(_) => {
                    self.document.answers.insert(question.id.clone(), given);
                    return Ok(Go::On);
                }
                Err(Wrong::NotADay) => screen::wrap(&phrases::not_a_day(self.lang)),
                Err(Wrong::NotATime) => screen::wrap(&phrases::not_a_moment(self.lang)),
                Err(_) => screen::wrap(&phrases::write_something(self.lang)),
            };
        }
    }

    /// Points personal data out; the person rephrases, or keeps it with a reason.
    fn ask_personal(&mut self, guided: &Guided<'_, '_>, need: &GuideNeed) -> Result<Go> {
        let lang = self.lang;
        let Lack::Personal(what, from, to) = need.lack else {
            return Ok(Go::On);
        };
        let Some(text) = text_at(guided, &need.place) else {
            let what = what.text(lang);
            self.say(&phrases::lack_personal(
                lang,
                &need.place,
                &what,
                &(from + 1),
                &to,
            ))?;
            self.forget(&need.place);
            return Ok(Go::On);
        };
        let excerpt: String = text.chars().skip(from).take(to - from).collect();
        let found = phrases::personal_found(lang, &what.text(lang), &(from + 1), &to, &excerpt);
        let choices = [
            phrases::personal_rewrite(lang),
            phrases::personal_keep(lang),
        ];
        let choices = choices.map(|line| format!("   {line}"));
        let mut prompt = format!("{}\n{}", screen::wrap(&found), choices.join("\n"));
        loop {
            let line = match self.line(
                &prompt,
                Style::Sentence(None),
                &phrases::personal_help(lang),
            )? {
                Said::Line(line) => line,
                Said::Go(Go::Leave) => return Ok(Go::Leave),
                Said::Go(_) => "1".to_owned(),
            };
            if line == "1" {
                self.forget(&need.place);
                return Ok(Go::On);
            }
            let reason = line.strip_prefix('2').map(clean);
            match reason.filter(|reason| !reason.is_empty()) {
                Some(reason) => {
                    self.keep(&need.place, what, reason);
                    return Ok(Go::On);
                }
                None if line == "2" => prompt = screen::wrap(&phrases::personal_keep(lang)),
                None => prompt = screen::wrap(&phrases::not_an_answer(lang, &2)),
            }
        }
    }

    fn keep(&mut self, place: &str, what: What, reason: String) {
        self.document.kept.push(Kept {
            place: place.to_owned(),
            what: what.key().to_owned(),
            reason,
        });
    }

    /// Drops what stands at a place: it is asked for again, or was no answer.
    fn forget(&mut self, place: &str) {
        self.document.answers.remove(place);
        if place == sekretesskoll::guide::walk::CASE {
            self.document.case = None;
        }
        if place.starts_with("kept[") {
            self.document.kept.pop();
        }
    }
}

/// The text that was answered at a question.
fn text_at(guided: &Guided<'_, '_>, place: &str) -> Option<String> {
    let mut steps = guided.steps();
    let step = steps.find(|(_, question, _)| question.id == *place);
    step.and_then(|(_, _, step)| step.text.map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::{Named, named};

    fn told(line: &str) -> String {
        match named(line, "json") {
            Named::None => "none".to_owned(),
            Named::Unsaid => "unsaid".to_owned(),
            Named::File(name) => name,
        }
    }

    #[test]
    fn a_no_is_no_file_and_a_yes_is_no_name() {
        let said = ["", "nej", "N", "ja", "1", "oro", "a/b.json", "Oro.JSON"].map(told);
        let meant = [
            "none", "none", "none", "unsaid", "unsaid", "oro.json", "a/b.json", "Oro.JSON",
        ];
        assert_eq!(said, meant);
    }
}
