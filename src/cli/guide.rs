//! `guide`: the stand-alone trees. Prompts on standard error, the advice on standard output.

mod advice;
pub(crate) mod phrases;
mod session;

use std::path::Path;

use anyhow::{Result, anyhow};
use clap::ArgMatches;

use sekretesskoll::answers::Official;
use sekretesskoll::guide::calendar::Calendar;
use sekretesskoll::guide::walk::GuideNeed;
use sekretesskoll::guide::{Guide, GuideAnswers, GuideRecord, Guided, Unfit, follow};
use sekretesskoll::language::Lang;
use sekretesskoll::trees::Trees;

use crate::cli::args::Usage;
use crate::cli::files::GuideInput;
use crate::cli::term::Face;
use crate::cli::{Exit, assess, clock, files, guard, lack, out, rows, say, screen, settings, term};

/// Runs the command.
pub(crate) fn run(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let trees = crate::cli::trees_with_guides(lang, matches)?;
    if trees.guides.all().is_empty() {
        return Err(anyhow!(phrases::none_there(lang)));
    }
    let command = Command {
        lang,
        matches,
        trees: &trees,
    };
    if let Some(folder) = command.get("trees") {
        say(&phrases::from_folder(lang, &folder));
    }
    if let Some(name) = command.get("guide") {
        command.named(name)?;
    }
    clock::day(lang, matches)?;
    command.check_outputs()?;
    match command.get("answers") {
        Some(path) => command.with_answers(path),
        None => command.with_a_person(),
    }
}

struct Command<'a> {
    lang: Lang,
    matches: &'a ArgMatches,
    trees: &'a Trees,
}

impl<'a> Command<'a> {
    fn get(&self, name: &str) -> Option<&'a str> {
        self.matches.get_one::<String>(name).map(String::as_str)
    }

    fn named(&self, name: &str) -> Result<&'a Guide> {
        self.trees.guides.find(name).ok_or_else(|| {
            let all = self.trees.guides.all().iter();
            let known = all.flat_map(|guide| guide.names.iter().map(String::as_str));
            let hint = lack::hint(self.lang, name, known);
            Usage(phrases::no_such(self.lang, &name, &hint)).into()
        })
    }

    /// What cannot be written is said before anybody has answered anything.
    fn check_outputs(&self) -> Result<()> {
        let lang = self.lang;
        let (record, calendar) = (self.get("record"), self.get("ics"));
        if record == Some("-") && calendar == Some("-") {
            return Err(Usage(phrases::both_out(lang)).into());
        }
        if let (Some(_), Some(name)) = (calendar, self.get("guide")) {
            self.has_dates(self.named(name)?)?;
        }
        for path in [record, calendar]
            .into_iter()
            .flatten()
            .filter(|path| *path != "-")
        {
            files::check_new(lang, Path::new(path))?;
        }
        Ok(())
    }

    /// Whether the file is about the guide that was named, where one was, and can give what is asked for.
    fn is_meant(&self, guide: &Guide) -> Result<()> {
        let named = self.get("guide");
        let other = named.filter(|name| !guide.names.iter().any(|known| known == name));
        match other {
            Some(name) => Err(Usage(phrases::other_guide(self.lang, &name, &guide.name())).into()),
            None => self.has_dates(guide),
        }
    }

    fn has_dates(&self, guide: &Guide) -> Result<()> {
        if guide.has_dates() || self.get("ics").is_none() {
            return Ok(());
        }
        Err(Usage(phrases::no_dates_in(self.lang, &guide.name())).into())
    }

    /// The guides on standard output, for those who read and for scripts.
    fn list(&self) -> Result<Exit> {
        let lang = self.lang;
        let columns = [
            phrases::column_guide(lang),
            phrases::column_also(lang),
            phrases::column_about(lang),
        ];
        let also = |guide: &Guide| guide.names.get(1..).unwrap_or_default().join(", ");
        let all = self.trees.guides.all().iter();
        let lines = all.map(|guide| {
            let about = guide.about.get(lang).to_owned();
            [guide.name().to_owned(), also(guide), about]
        });
        out(&rows(&columns, lines))?;
        Ok(Exit::Done)
    }

    fn with_answers(&self, path: &str) -> Result<Exit> {
        match files::read_guide(self.lang, path)? {
            GuideInput::Answers(document) => self.advise(*document),
            GuideInput::Record(record) => self.replay(path, &record),
        }
    }

    /// Flags win over the document, the document over the settings.
    fn complete(&self, document: &mut GuideAnswers) -> Result<()> {
        let saved = files::read_settings(self.lang)?;
        let flag = |name: &str| self.get(name).map(str::to_owned);
        let on = clock::day(self.lang, self.matches)?.or(document.on);
        document.on = Some(on.map_or_else(clock::today, Ok)?);
        document.authority = flag("authority")
            .or_else(|| document.authority.take())
            .or(saved.authority);
        document.case = flag("case").or_else(|| document.case.take());
        let known = document
            .official
            .take()
            .or(saved.official)
            .unwrap_or_default();
        document.official = Some(settings::with_flags(self.matches, known))
            .filter(|official| *official != Official::default());
        Ok(())
    }

    fn advise(&self, mut document: GuideAnswers) -> Result<Exit> {
        let lang = self.lang;
        let guide = self.named(&document.guide)?;
        self.is_meant(guide)?;
        self.complete(&mut document)?;
        let guided = match follow(self.trees, &document) {
            Ok(guided) => guided,
            Err(unfit) => {
                say(&self.unfit(&unfit));
                return Ok(Exit::Undetermined);
            }
        };
        if guided.outcome().is_none() {
            return Ok(self.not_finished(&guided));
        }
        let ids = document.answers.keys().filter(|id| !guided.passed(id));
        let unused: Vec<&str> = ids.map(String::as_str).collect();
        if !unused.is_empty() {
            say(&phrases::unused(lang, &unused.join(", ")));
        }
        self.give(&guided, &document, None)?;
        Ok(Exit::Done)
    }

    fn not_finished(&self, guided: &Guided<'_, '_>) -> Exit {
        for need in &guided.needs {
            say(&self.need(guided, need));
        }
        say(&phrases::not_finished(self.lang, &guided.needs.len()));
        Exit::Undetermined
    }

    fn unfit(&self, unfit: &Unfit) -> String {
        let lang = self.lang;
        match unfit {
            Unfit::NoSuchGuide => phrases::no_such(lang, &"", &""),
            Unfit::NoAuthority | Unfit::NoDay => phrases::no_authority(lang),
            Unfit::UnknownAuthority(key) => {
                let known = self.trees.laws.authorities.iter();
                let hint = lack::hint(lang, key, known.map(|authority| authority.key.as_str()));
                crate::cli::phrases::unknown_authority(lang, key, &hint)
            }
            Unfit::BeforeFirstDay(day) => phrases::before_first(lang, day),
        }
    }

    fn need(&self, guided: &Guided<'_, '_>, need: &GuideNeed) -> String {
        let mut walked = guided.walks.iter().map(|(tree, _)| *tree);
        let question = walked.find_map(|tree| tree.find(&need.place));
        let trees = guided.walks.iter().map(|(tree, _)| *tree);
        let asked = trees
            .flat_map(|tree| &tree.questions)
            .filter(|question| question.is_asked());
        let hint = lack::hint(
            self.lang,
            &need.place,
            asked.map(|question| question.id.as_str()),
        );
        lack::of_question(
            &guided.citer(self.lang),
            question,
            (&need.place, &need.lack),
            &hint,
        )
    }

    /// The answers of a record once more: whether the advice is the same today.
    fn replay(&self, path: &str, record: &GuideRecord) -> Result<Exit> {
        let lang = self.lang;
        if ["on", "authority", "case"]
            .iter()
            .any(|flag| self.get(flag).is_some())
        {
            return Err(Usage(phrases::flags_of_record(lang)).into());
        }
        if !record.is_as_written() {
            return Err(anyhow!(phrases::changed(lang, &path)));
        }
        let written = Lang::from_tag(&record.language).unwrap_or(lang);
        let document = record
            .answers()
            .unwrap_or_else(|| GuideAnswers::new(&record.guide.key));
        let Some(guided) = follow(self.trees, &document)
            .ok()
            .filter(|guided| guided.outcome().is_some())
        else {
            say(&phrases::no_longer(lang));
            return Ok(Exit::Found);
        };
        self.is_meant(guided.guide)?;
        let again = GuideRecord::of(&guided, &document, &record.finished, written);
        let same = again.is_some_and(|again| again.says_the_same(record));
        self.give(&guided, &document, None)?;
        say(&if same {
            phrases::same(lang)
        } else {
            phrases::differs(lang)
        });
        Ok(if same { Exit::Done } else { Exit::Found })
    }

    fn with_a_person(&self) -> Result<Exit> {
        let lang = self.lang;
        let plain = self.matches.get_flag("plain") || assess::wants_plain();
        let Some(mut face) = term::choose(lang, plain)? else {
            return match self.get("guide") {
                Some(_) => Err(Usage(phrases::no_terminal(lang)).into()),
                None => self.list(),
            };
        };
        guard::watch_and_say(move || Some(screen::wrap(&phrases::not_kept(lang))))?;
        let done = self.session(&mut *face);
        if !matches!(done, Ok(true)) {
            say("");
            say(&screen::wrap(&phrases::not_kept(lang)));
        }
        done.map(|_| Exit::Done)
    }

    /// The whole session; true when it came to an outcome.
    fn session(&self, face: &mut dyn Face) -> Result<bool> {
        let guide = match self.get("guide") {
            Some(name) => self.named(name)?,
            None => match self.pick(face)? {
                Some(guide) => guide,
                None => return Ok(false),
            },
        };
        self.has_dates(guide)?;
        let mut document = GuideAnswers::new(guide.name());
        self.complete(&mut document)?;
        if document.authority.is_none() {
            let Some(key) = settings::authority(self.lang, self.trees, face)? else {
                return Ok(false);
            };
            document.authority = Some(key);
        }
        let asks_day = guide.day.is_some() && clock::day(self.lang, self.matches)?.is_none();
        let mut session = session::Session::new(self.trees, self.lang, face, document);
        if asks_day && !session.ask_day(guide)? {
            return Ok(false);
        }
        if let Err(unfit) = follow(self.trees, &session.document) {
            return Err(Usage(self.unfit(&unfit)).into());
        }
        if !session.run()? {
            return Ok(false);
        }
        let document = session.document.clone();
        let guided = follow(self.trees, &document).map_err(|unfit| anyhow!(self.unfit(&unfit)))?;
        if let Some(need) = guided.needs.first() {
            return Err(anyhow!(self.need(&guided, need)));
        }
        self.give(&guided, &document, Some(face))?;
        Ok(true)
    }

    fn pick(&self, face: &mut dyn Face) -> Result<Option<&'a Guide>> {
        let all = self.trees.guides.all();
        let line = |guide: &Guide| format!("{}: {}", guide.name(), guide.title.get(self.lang));
        let lines: Vec<String> = all.iter().map(line).collect();
        let help = phrases::help_pick(self.lang);
        let picked = session::pick(face, &phrases::pick(self.lang), &lines, &help)?;
        Ok(picked.and_then(|at| all.get(at)))
    }

    /// Gives the advice, and writes what was asked for; asks a person about what was not.
    fn give(
        &self,
        guided: &Guided<'_, '_>,
        document: &GuideAnswers,
        face: Option<&mut dyn Face>,
    ) -> Result<()> {
        let lang = self.lang;
        let text = advice::text(guided, lang, clock::today()?, face.is_none());
        if face.is_some() {
            say("");
        }
        let taken = [self.get("record"), self.get("ics")].contains(&Some("-"));
        if taken {
            say(text.trim_end());
        } else {
            out(&text)?;
        }
        let (mut record, mut calendar) = (
            self.get("record").map(str::to_owned),
            self.get("ics").map(str::to_owned),
        );
        if let Some(face) = face {
            let has_dates = !guided.dates(lang).is_empty();
            if calendar.is_none() && has_dates {
                calendar = session::ask_file(
                    lang,
                    face,
                    (&phrases::ask_calendar(lang), &phrases::help_calendar(lang)),
                    "ics",
                )?;
            }
            if record.is_none() {
                record = session::ask_file(
                    lang,
                    face,
                    (&phrases::ask_record(lang), &phrases::help_record(lang)),
                    "json",
                )?;
            }
        }
        if let Some(path) = record {
            self.write_record(guided, document, &path)?;
        }
        if let Some(path) = calendar {
            self.write_calendar(guided, document, &path)?;
        }
        Ok(())
    }

    fn write_record(
        &self,
        guided: &Guided<'_, '_>,
        document: &GuideAnswers,
        path: &str,
    ) -> Result<()> {
        let finished = clock::to_the_minute(&clock::now()?);
        let record = GuideRecord::of(guided, document, &finished, self.lang);
        let record = record.ok_or_else(|| anyhow!(phrases::not_finished(self.lang, &1)))?;
        let text = format!("{}\n", serde_json::to_string_pretty(&record)?);
        if self.write(path, &text)? {
            say(&screen::wrap(&phrases::record_written(self.lang, &path)));
        }
        Ok(())
    }

    fn write_calendar(
        &self,
        guided: &Guided<'_, '_>,
        document: &GuideAnswers,
        path: &str,
    ) -> Result<()> {
        let lang = self.lang;
        let dates = guided.dates(lang);
        if dates.is_empty() {
            say(&screen::wrap(&phrases::no_dates_here(lang)));
            return Ok(());
        }
        let made = clock::now()?;
        // Two children's days must not become one in a calendar: the moment tells them apart.
        let seed = format!("{made}{}", document.case.as_deref().unwrap_or_default());
        let calendar = Calendar {
            title: guided.guide.title.get(lang),
            case: document.case.as_deref(),
            seed: &seed,
            made: &made,
            lang,
        };
        if self.write(path, &calendar.text(&dates))? {
            say(&screen::wrap(&phrases::calendar_written(lang, &path)));
        }
        Ok(())
    }

    /// Writes a new file, or prints it; whether it became a file.
    fn write(&self, path: &str, text: &str) -> Result<bool> {
        if path == "-" {
            out(text).map_err(|error| assess::cannot_print(self.lang, &error))?;
            return Ok(false);
        }
        files::write_new(self.lang, Path::new(path), text)?;
        Ok(true)
    }
}
