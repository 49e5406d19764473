//! `review`: somebody else than the official goes through a record item by item and confirms or contests each.
//!
//! A review is done in one go and never saved half: a reading that stopped at item 3 is no reading of the record, and
//! what a reviewer writes is left in no more places than it must.

use std::path::Path;

use anyhow::{Result, anyhow};
use clap::ArgMatches;

use sekretesskoll::answers::{Form, Official};
use sekretesskoll::assessment::ItemOutcome;
use sekretesskoll::language::Lang;
use sekretesskoll::people::look_through;
use sekretesskoll::record::{IDENTITY, ItemRecord, Made, Record, StepRecord, made_with, said};
use sekretesskoll::review::{
    Review, Subject, Unfit, Verdict, Verdicts, held_back, is_same_person, needed_before_sending,
    signing_law, signing_step, subjects, under_duty,
};
use sekretesskoll::tree::Role;
use sekretesskoll::trees::Trees;
use sekretesskoll::walk::{Answers, Given, clean};

use crate::cli::args::Usage;
use crate::cli::reply::{Choice, Meaning, understand};
use crate::cli::term::{Face, Prompt, Reply, Style};
use crate::cli::{Exit, assess, clock, files, guard, phrases, say, screen, settings, term};

/// Runs the command.
pub(crate) fn run(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let trees = crate::cli::trees(lang, matches)?;
    let get = |name: &str| matches.get_one::<String>(name).map(String::as_str);
    let (path, answers) = (get("record").unwrap_or("-"), get("answers"));
    if path == "-" && answers.is_none_or(|answers| answers == "-") {
        return Err(Usage(phrases::review_one_input(lang)).into());
    }
    let record = files::read_record(lang, path)?;
    if subjects(&record, lang).is_empty() {
        return Err(anyhow!(phrases::review_no_items(lang, &record.outcome)));
    }
    if let Some(folder) = assess::folder(lang, matches)? {
        files::check_folder(lang, &folder)?;
    }
    let command = Command {
        lang,
        matches,
        trees: &trees,
        record: &record,
        file: file_name(path),
        started: clock::to_the_minute(&clock::now()?),
    };
    match answers {
        Some(answers) => command.with_answers(answers),
        None => command.with_a_person(),
    }
}

/// The name alone: where it lies is nobody's business.
fn file_name(path: &str) -> Option<String> {
    let name = Path::new(path).file_name().filter(|_| path != "-");
    name.map(|name| name.to_string_lossy().into_owned())
}

struct Command<'a> {
    lang: Lang,
    matches: &'a ArgMatches,
    trees: &'a Trees,
    record: &'a Record,
    file: Option<String>,
    started: String,
}

impl Command<'_> {
    fn with_answers(&self, path: &str) -> Result<Exit> {
        let lang = self.lang;
        let handed = files::read_verdicts(lang, path)?;
        let other = handed
            .record
            .as_ref()
            .is_some_and(|of| *of != self.record.digest);
        if other {
            return Err(anyhow!(phrases::unfit_other_record(lang)));
        }
        let reviewer = self.known(handed.reviewer)?;
        if [&reviewer.name, &reviewer.title, &reviewer.unit]
            .iter()
            .any(|field| field.is_empty())
        {
            say(&phrases::review_nobody(lang));
            return Ok(Exit::Undetermined);
        }
        match self.review(&reviewer, &handed.items)? {
            Ok(review) => self.write(&review).map(|_| Exit::Done),
            Err(unfit) if unfit.contains(&Unfit::SamePerson) => Err(self.same_person()),
            Err(unfit) => {
                for unfit in &unfit {
                    say(&unfit_in_words(lang, unfit));
                }
                say(&phrases::review_not_written(lang));
                Ok(Exit::Undetermined)
            }
        }
    }

    fn with_a_person(&self) -> Result<Exit> {
        let lang = self.lang;
        let face = term::choose(
            lang,
            self.matches.get_flag("plain") || assess::wants_plain(),
        )?;
        let mut face = face.ok_or_else(|| Usage(phrases::review_no_terminal(lang)))?;
        guard::watch_and_say(move || Some(screen::wrap(&phrases::review_not_kept(lang))))?;
        let done = self.session(&mut *face);
        if done.is_err() {
            say("");
        }
        if !matches!(done, Ok(true)) {
            say(&screen::wrap(&phrases::review_not_kept(lang)));
        }
        done.map(|_| Exit::Done)
    }

    /// Who reviews, as far as flags, the answers and the settings say. The settings of a machine are somebody's own: on
    /// the official's machine they are the official's, and then they say nothing about the reviewer.
    fn known(&self, handed: Option<Official>) -> Result<Official> {
        let name = self.matches.get_one::<String>("name");
        let saved = files::read_settings(self.lang)?.official;
        let saved = saved.filter(|saved| {
            let other = name.is_some_and(|name| !is_same_person(name, &saved.name));
            !other && !is_same_person(&saved.name, &self.record.official.name)
        });
        let known = handed.or(saved).unwrap_or_default();
        let reviewer = settings::with_flags(self.matches, known);
        if is_same_person(&reviewer.name, &self.record.official.name) {
            return Err(self.same_person());
        }
        Ok(reviewer)
    }

    fn same_person(&self) -> anyhow::Error {
        anyhow!(phrases::unfit_same_person(self.lang))
    }

    /// The whole session; true when the review was written.
    fn session(&self, face: &mut dyn Face) -> Result<bool> {
        let lang = self.lang;
        let known = self.known(None)?;
        let first = [screen::wrap(&phrases::review_first(lang)), self.opening()];
        face.say(&first.join("\n\n"))?;
        let Some(reviewer) = self.reviewer(face, known)? else {
            return Ok(false);
        };
        let mut session = Session {
            command: self,
            face,
            subjects: subjects(self.record, lang),
            answers: Answers::default(),
        };
        if !session.run()? {
            return Ok(false);
        }
        let answers = session.answers;
        let review = self.review(&reviewer, &answers)?.map_err(|unfit| {
            let first = unfit.first().map(|unfit| unfit_in_words(lang, unfit));
            anyhow!(first.unwrap_or_default())
        })?;
        let written = self.write(&review)?;
        if let Some(path) = written {
            face.say(&format!(
                "\n{}",
                screen::wrap(&phrases::review_written(lang, &path))
            ))?;
        }
        face.say(&format!("\n{}", screen::wrap(&phrases::now(lang))))?;
        for (at, line) in self.now(&review).iter().enumerate() {
            face.say(&screen::numbered(&format!("{}.", at + 1), line))?;
        }
        Ok(true)
    }

    fn reviewer(&self, face: &mut dyn Face, known: Official) -> Result<Option<Official>> {
        let lang = self.lang;
        let whole = ![&known.name, &known.title, &known.unit]
            .iter()
            .any(|field| field.is_empty());
        if !whole {
            face.say(&format!("\n{}", screen::wrap(&phrases::review_who(lang))))?;
        }
        let Some(reviewer) = settings::ask_official(lang, face, known)? else {
            return Ok(None);
        };
        if is_same_person(&reviewer.name, &self.record.official.name) {
            return Err(self.same_person());
        }
        let Official { name, title, unit } = &reviewer;
        face.say(&screen::wrap(&phrases::review_as(lang, name, title, unit)))?;
        Ok(Some(reviewer))
    }

    /// On one line what goes, on what ground, what is asked; then what the law says of a review.
    fn opening(&self) -> String {
        let lang = self.lang;
        let count = subjects(self.record, lang).len();
        let mut lines = vec![self.goes(), phrases::review_asked(lang, &count)];
        lines.extend(self.says());
        screen::wrap(&lines.join("\n"))
    }

    fn goes(&self) -> String {
        let (lang, record) = (self.lang, self.record);
        let Some(sending) = &record.sending else {
            return phrases::review_nothing_goes(lang, &record.route.means);
        };
        let ids = record.released.iter().filter(|id| *id != IDENTITY);
        let statements = ids.count().saturating_sub(record.documents.len());
        let board = sending
            .board
            .clone()
            .unwrap_or_else(|| phrases::any_board(lang));
        let statements = match statements {
            1 => phrases::review_one_statement(lang),
            count => phrases::review_statements(lang, &count),
        };
        let documents = match record.documents.len() {
            0 => phrases::review_no_documents(lang),
            1 => phrases::review_one_document(lang),
            count => phrases::review_documents(lang, &count),
        };
        phrases::review_goes(lang, &statements, &documents, &board, &self.grounds())
    }

    /// The sections on which anything goes, each once.
    fn grounds(&self) -> String {
        let record = self.record;
        let items = record.items.iter().filter(|item| record.releases(&item.id));
        let first = record.identity.iter().filter(|_| record.releases(IDENTITY));
        let keys = first
            .flat_map(|first| &first.law)
            .chain(items.flat_map(|item| &item.law));
        let mut once: Vec<String> = Vec::new();
        for key in keys {
            if !once.contains(key) {
                once.push(key.clone());
            }
        }
        record.cites(&once).join(", ")
    }

    /// What the reviewer is told about the duty or the guideline, in the record's own words and sections.
    fn says(&self) -> Vec<String> {
        let (lang, record) = (self.lang, self.record);
        let Some(step) = signing_step(record) else {
            return Vec::new();
        };
        let told = step
            .answered
            .as_ref()
            .map(|answered| format!("{answered}."));
        let law = signing_law(record);
        let then = if under_duty(record) {
            phrases::review_duty(lang, &law)
        } else if needed_before_sending(record).is_some() {
            phrases::review_before(lang)
        } else {
            phrases::review_otherwise(lang)
        };
        told.into_iter().chain([then]).collect()
    }

    /// What happens now, in order.
    fn now(&self, review: &Review) -> Vec<String> {
        let (lang, record) = (self.lang, self.record);
        let (held, duty) = (held_back(review), under_duty(record));
        let mut now = Vec::new();
        if record.sending.is_none() {
            now.push(phrases::review_now_nothing(lang));
        } else if duty {
            now.push(phrases::review_now_duty(lang, &signing_law(record)));
        } else if review.outcome == Verdict::Confirmed {
            now.push(if record.request.is_some() {
                phrases::review_now_answer(lang)
            } else {
                phrases::review_now_send(lang)
            });
        }
        let goes_not: Vec<&str> = held
            .iter()
            .copied()
            .filter(|id| record.releases(id))
            .collect();
        if !goes_not.is_empty() {
            now.push(phrases::review_now_held(lang, &goes_not.join(", ")));
        }
        let mut goes = record.released.iter().filter(|id| *id != IDENTITY);
        if duty && goes.all(|id| held.contains(&id.as_str())) {
            now.push(phrases::review_now_all(lang));
        }
        if review.contests_identity() {
            now.push(phrases::review_now_identity(lang));
        }
        if review.outcome == Verdict::Contested {
            now.push(phrases::review_now_follow(lang));
        }
        now.push(phrases::review_now_file(lang));
        now
    }

    fn review(
        &self,
        reviewer: &Official,
        items: &Answers,
    ) -> Result<std::result::Result<Review, Vec<Unfit>>> {
        let now = clock::now()?;
        let made = Made {
            started: self.started.clone(),
            finished: clock::to_the_minute(&now),
            day: now.date(),
        };
        Ok(Review::of(Verdicts {
            record: self.record,
            record_file: self.file.clone(),
            reviewer,
            items,
            says: self.says(),
            made: &made,
            made_with: made_with(self.trees),
            lang: self.lang,
        }))
    }

    /// Writes the review, or prints it; where it was written.
    fn write(&self, review: &Review) -> Result<Option<String>> {
        let lang = self.lang;
        let text = format!("{}\n", serde_json::to_string_pretty(review)?);
        let Some(folder) = assess::folder(lang, self.matches)? else {
            crate::cli::out(&text).map_err(|error| assess::cannot_print(lang, &error))?;
            return Ok(None);
        };
        let day: String = review.finished.chars().take(10).collect();
        let name = format!("granskning-{day}");
        let path = files::write_document(lang, &folder, &name, &review.digest, &text)?;
        let path = path.display().to_string();
        // The review is written: that nobody reads its path is no failure.
        let _ = crate::cli::out(&format!("{path}\n"));
        Ok(Some(path))
    }
}

/// Why a review does not cover a record, in a sentence that names items by their id.
pub(crate) fn unfit_in_words(lang: Lang, unfit: &Unfit) -> String {
    match unfit {
        Unfit::OtherRecord => phrases::unfit_other_record(lang),
        Unfit::Changed => phrases::unfit_changed(lang),
        Unfit::SamePerson => phrases::unfit_same_person(lang),
        Unfit::Missing(id) => phrases::unfit_missing(lang, id),
        Unfit::Unknown(id) => phrases::unfit_unknown(lang, id),
        Unfit::Wrong(id) => phrases::unfit_wrong(lang, id),
        Unfit::Text(id) => phrases::unfit_text(lang, id),
        Unfit::Personal(id) => phrases::unfit_personal(lang, id),
    }
}

/// Where a prompt leads.
enum Go {
    On,
    Back,
    Leave,
}

struct Session<'a> {
    command: &'a Command<'a>,
    face: &'a mut dyn Face,
    subjects: Vec<Subject>,
    answers: Answers,
}

impl Session<'_> {
    /// Each item in order; true when the review is to be written.
    fn run(&mut self) -> Result<bool> {
        let mut at = 0;
        loop {
            let subject = self.subjects.get(at).cloned();
            let last = subject.is_none();
            let go = match subject {
                Some(subject) => self.item(at, &subject)?,
                None => self.end()?,
            };
            match go {
                Go::On if last => return Ok(true),
                Go::On => at += 1,
                Go::Back if at == 0 => self.say(&phrases::nothing_before(self.command.lang))?,
                Go::Back => at -= 1,
                Go::Leave => return Ok(false),
            }
        }
    }

    fn say(&mut self, text: &str) -> Result<()> {
        self.face.say(&screen::wrap(text))
    }

    fn item(&mut self, at: usize, subject: &Subject) -> Result<Go> {
        let lang = self.command.lang;
        let place = phrases::review_place(lang, &(at + 1), &self.subjects.len());
        let header = screen::header(&phrases::review_title_short(lang), &place);
        let shown = Shown {
            lang,
            trees: self.command.trees,
            record: self.command.record,
        };
        let lines = [String::new(), header, shown.subject(subject), String::new()];
        self.face.say(&lines.join("\n"))?;
        let choices = [phrases::review_confirm(lang), phrases::review_contest(lang)];
        let help = || shown.steps_of(subject);
        match self.choose(&phrases::review_keys(lang), &choices, true, &help)? {
            Ok((0, _)) => {
                let given = Given::answer(Verdict::Confirmed.key());
                self.answers.insert(subject.id.clone(), given);
                Ok(Go::On)
            }
            Ok((_, text)) => self.contest(at, subject, text),
            Err(go) => Ok(go),
        }
    }

    /// Takes the reviewer's own sentence, asked for where it did not stand on the line.
    fn contest(&mut self, at: usize, subject: &Subject, written: Option<String>) -> Result<Go> {
        let lang = self.command.lang;
        let mut text = written.map(|text| clean(&text)).unwrap_or_default();
        let mut asked = screen::wrap(&phrases::review_why(lang));
        let earlier = self
            .answers
            .get(&subject.id)
            .and_then(|given| given.text.clone());
        loop {
            let hits = look_through(&text);
            if let Some(hit) = hits.first() {
                asked = screen::wrap(&phrases::review_personal(lang, &hit.what.text(lang)));
            } else if !text.is_empty() {
                break;
            }
            let prompt = Prompt {
                text: asked,
                style: Style::Sentence(earlier.as_deref()),
            };
            match self.face.ask(&prompt)? {
                Reply::Answer(line) => text = clean(&line),
                Reply::Why | Reply::Explain(_) => text.clear(),
                Reply::Back => return self.item(at, subject),
                Reply::Leave => return Ok(Go::Leave),
            }
            asked = screen::wrap(&phrases::review_why(lang));
        }
        let given = Given {
            answer: Some(Verdict::Contested.key().to_owned()),
            text: Some(text),
        };
        self.answers.insert(subject.id.clone(), given);
        Ok(Go::On)
    }

    /// What was answered, and whether it is to be written.
    fn end(&mut self) -> Result<Go> {
        let lang = self.command.lang;
        let mut lines = vec![String::new(), screen::wrap(&phrases::review_all(lang))];
        for subject in &self.subjects {
            let given = self.answers.get(&subject.id);
            let number = shown_id(&subject.id);
            let text = given.and_then(|given| given.text.as_deref());
            let line = match text {
                Some(text) => phrases::review_contested_line(lang, &subject.label, &text),
                None => phrases::review_confirmed_line(lang, &subject.label),
            };
            lines.push(screen::numbered(number, &line));
        }
        lines.push(String::new());
        lines.extend(self.command.says().iter().map(|line| screen::wrap(line)));
        lines.push(String::new());
        self.face.say(&lines.join("\n"))?;
        let choices = [phrases::review_write(lang), phrases::review_change(lang)];
        let help = || screen::wrap(&phrases::no_help(lang));
        Ok(match self.choose("", &choices, false, &help)? {
            Ok((0, _)) => Go::On,
            Ok(_) => Go::Back,
            Err(go) => go,
        })
    }

    /// One of two numbered answers. Enter alone is no answer, and what was pasted answers nothing.
    fn choose(
        &mut self,
        keys: &str,
        answers: &[String; 2],
        takes_text: bool,
        help: &dyn Fn() -> String,
    ) -> Result<std::result::Result<(usize, Option<String>), Go>> {
        let lang = self.command.lang;
        let choice = |(at, text): (usize, &String)| Choice {
            text: text.clone(),
            key: String::new(),
            takes_text: takes_text && at == 1,
            sentence: false,
        };
        let choices: Vec<Choice> = answers.iter().enumerate().map(choice).collect();
        let numbers = ["1", "2"].iter().zip(answers);
        let mut lines: Vec<String> = numbers
            .map(|(number, answer)| screen::numbered(number, answer))
            .collect();
        lines.extend((!keys.is_empty()).then(|| screen::wrap(keys)));
        let asked = lines.join("\n");
        let mut text = asked.clone();
        loop {
            let style = Style::Short;
            match self.face.ask(&Prompt { text, style })? {
                Reply::Answer(line) => {
                    let refs: Vec<&Choice> = choices.iter().collect();
                    match understand(&line, &refs) {
                        Meaning::Answer(at, written) => return Ok(Ok((at, written))),
                        Meaning::NoTextTaken => text = phrases::takes_no_text(lang),
                        _ => text = phrases::review_one_or_two(lang),
                    }
                    text = screen::wrap(&text);
                }
                Reply::Why | Reply::Explain(_) => text = format!("\n{}\n\n{asked}", help()),
                Reply::Back => return Ok(Err(Go::Back)),
                Reply::Leave => return Ok(Err(Go::Leave)),
            }
        }
    }
}

/// How an id stands on the screen: the first item has no number.
fn shown_id(id: &str) -> &str {
    if id == IDENTITY { "–" } else { id }
}

/// An item of a record on the screen.
struct Shown<'a> {
    lang: Lang,
    trees: &'a Trees,
    record: &'a Record,
}

impl Shown<'_> {
    fn subject(&self, subject: &Subject) -> String {
        let lines = match self.record.find_item(&subject.id) {
            Some(item) => self.item(item),
            None => self.first(),
        };
        let wrapped = lines.iter().map(|line| {
            let rest = if line.starts_with('–') { "   " } else { " " };
            screen::indented(line, " ", rest)
        });
        wrapped.collect::<Vec<_>>().join("\n")
    }

    fn told_of_kinds(&self, kinds: &str) -> String {
        if self.record.request.is_some() {
            phrases::review_kinds_answer(self.lang, &kinds)
        } else {
            phrases::review_kinds(self.lang, &kinds)
        }
    }

    fn told_of_wording(&self, text: &str) -> String {
        if self.record.request.is_some() {
            phrases::review_wording_answer(self.lang, &text)
        } else {
            phrases::review_wording(self.lang, &text)
        }
    }

    fn told_of_link(&self, text: &str) -> String {
        if self.record.request.is_some() {
            phrases::review_link_answer(self.lang, &text)
        } else {
            phrases::review_link(self.lang, &text)
        }
    }

    fn first(&self) -> Vec<String> {
        let lang = self.lang;
        let Some(first) = &self.record.identity else {
            return Vec::new();
        };
        let kinds: Vec<&str> = first.kinds.iter().map(|kind| kind.name.as_str()).collect();
        let mut lines = vec![
            phrases::first_item(lang),
            self.outcome(&first.means, &first.outcome, &first.law),
            self.told_of_kinds(&kinds.join(", ")),
            self.secrecy(&first.provisions),
        ];
        if first.protected {
            lines.push(phrases::review_protected(lang));
        }
        lines.extend(self.why_held(&first.outcome, &first.steps));
        lines
    }

    fn item(&self, item: &ItemRecord) -> Vec<String> {
        let (lang, tree) = (self.lang, &self.trees.item);
        let heading = if item.form == Form::Document.key() {
            phrases::review_document(lang, &item.id, &item.titled())
        } else {
            phrases::review_statement(lang, &item.id, &item.titled())
        };
        let mut lines = vec![
            heading,
            self.outcome(&item.means, &item.outcome, &item.law),
            phrases::review_facts(lang, &item.origin.name, &item.about.name),
            self.secrecy(&item.provisions),
        ];
        let told = |role| said(tree, &item.steps, role);
        let file = item
            .file
            .as_deref()
            .filter(|_| self.record.releases(&item.id));
        lines.extend(told(Role::Wording).map(|text| self.told_of_wording(text)));
        lines.extend(file.map(|name| phrases::review_file(lang, &name)));
        lines.extend(told(Role::Link).map(|text| self.told_of_link(text)));
        lines.extend(told(Role::Individual).map(|text| phrases::review_individual(lang, &text)));
        if self.record.releases(&item.id) {
            lines.extend(told(Role::Describe).map(|text| phrases::review_whole(lang, &text)));
        }
        lines.extend(self.why_held(&item.outcome, &item.steps));
        lines
    }

    fn outcome(&self, means: &str, outcome: &str, law: &[String]) -> String {
        let releases = [ItemOutcome::Disclose, ItemOutcome::DiscloseSummarised];
        let goes = releases.iter().any(|releases| releases.key() == outcome);
        let means = if goes {
            means.to_uppercase()
        } else {
            means.to_owned()
        };
        let law = self.record.cites(law).join(", ");
        if law.is_empty() {
            return phrases::review_outcome(self.lang, &means);
        }
        phrases::review_outcome(self.lang, &phrases::item_outcome(self.lang, &means, &law))
    }

    fn secrecy(&self, provisions: &[String]) -> String {
        let law = self.record.cites(provisions).join(", ");
        let law = if law.is_empty() {
            "–".to_owned()
        } else {
            law
        };
        phrases::review_secrecy(self.lang, &law)
    }

    /// Why an item is held back: what was asked about it and what was answered, but for what already stands there.
    fn why_held(&self, outcome: &str, steps: &[StepRecord]) -> Vec<String> {
        let releases = [ItemOutcome::Disclose, ItemOutcome::DiscloseSummarised];
        if releases.iter().any(|releases| releases.key() == outcome) {
            return Vec::new();
        }
        let shown = [Role::Wording, Role::Link, Role::Individual];
        let role = |step: &StepRecord| self.trees.item.find(&step.question)?.role;
        let steps = steps.iter().filter(|step| {
            let stands =
                role(step).is_some_and(|role| shown.contains(&role)) && step.text.is_some();
            let decides = step.asked.is_some() || !step.law.is_empty();
            decides && !stands
        });
        let lines: Vec<String> = steps.map(said_in).collect();
        let title = (!lines.is_empty()).then(|| phrases::review_held(self.lang));
        title
            .into_iter()
            .chain(lines.into_iter().map(|line| format!("– {line}")))
            .collect()
    }

    /// All that was asked and shown about an item.
    fn steps_of(&self, subject: &Subject) -> String {
        let steps = match self.record.find_item(&subject.id) {
            Some(item) => &item.steps,
            None => match &self.record.identity {
                Some(first) => &first.steps,
                None => return String::new(),
            },
        };
        let line = |step: &StepRecord| screen::numbered("–", &self.step(step));
        steps.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    fn step(&self, step: &StepRecord) -> String {
        let said = said_in(step);
        let law = self.record.cites(&step.law).join(", ");
        if law.is_empty() || said.contains(&law) {
            return said;
        }
        phrases::why_law(self.lang, &said, &law)
    }
}

/// What was asked or shown, and what was answered.
fn said_in(step: &StepRecord) -> String {
    let question = step
        .asked
        .as_deref()
        .or(step.shown.as_deref())
        .unwrap_or_default();
    let answered = step.answered.as_deref().map(screen::said);
    let answer: Vec<&str> = answered.into_iter().chain(step.text.as_deref()).collect();
    let joint = if question.ends_with(['?', '.']) {
        ""
    } else {
        ":"
    };
    format!("{question}{joint} {}", answer.join(": "))
}
