//! `reconcile`: the outgoing folder against the record, and the dispatch, which alone says that something was sent.

use std::path::Path;

use anyhow::{Result, anyhow};
use clap::ArgMatches;

use sekretesskoll::alike::composed;
use sekretesskoll::answers::Official;
use sekretesskoll::language::Lang;
use sekretesskoll::people::look_through;
use sekretesskoll::reconcile::{
    Amiss, Dispatch, Lawful, Named, Own, Reconciled, Sent, SentFile, What, is_before, law_on,
    of_review, reconcile, released,
};
use sekretesskoll::record::{CallRecord, Person, Record, made_with};
use sekretesskoll::review::{Review, under_duty};
use sekretesskoll::trees::Trees;
use sekretesskoll::walk::{clean, moment};

use crate::cli::args::Usage;
use crate::cli::review::unfit_in_words;
use crate::cli::term::{Face, Prompt, Reply, Style};
use crate::cli::{Exit, assess, clock, files, guard, phrases, say, screen, term};

/// Runs the command.
pub(crate) fn run(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let trees = crate::cli::trees(lang, matches)?;
    let get = |name: &str| matches.get_one::<String>(name).map(String::as_str);
    let record = files::read_record(lang, get("record").unwrap_or("-"))?;
    let review = get("review")
        .map(|path| files::read_review(lang, path))
        .transpose()?;
    let command = Command {
        lang,
        matches,
        trees: &trees,
        record: &record,
        review,
    };
    command.check_out()?;
    match get("folder") {
        Some(folder) => command.folder(folder),
        None => command.oral(),
    }
}

struct Command<'a> {
    lang: Lang,
    matches: &'a ArgMatches,
    trees: &'a Trees,
    record: &'a Record,
    review: Option<Review>,
}

impl Command<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        self.matches.get_one::<String>(name).map(String::as_str)
    }

    /// What is written must not land among what is sent.
    fn check_out(&self) -> Result<()> {
        let Some(out) = assess::folder(self.lang, self.matches)? else {
            return Ok(());
        };
        files::check_folder(self.lang, &out)?;
        let outgoing = self.get("folder").map(Path::new);
        if outgoing.is_some_and(|folder| files::is_same_folder(folder, &out)) {
            return Err(Usage(phrases::out_is_outgoing(self.lang)).into());
        }
        Ok(())
    }

    fn folder(&self, folder: &str) -> Result<Exit> {
        let lang = self.lang;
        let found = files::scan(lang, folder)?;
        let named = self.named()?;
        let reconciled = reconcile(
            self.record,
            self.trees,
            self.review.as_ref(),
            &found,
            &named,
        );
        self.unfit_under_duty();
        if !reconciled.amiss.is_empty() {
            return Ok(self.tell(&reconciled.amiss));
        }
        say(&screen::wrap(&self.in_order(&reconciled)));
        let Some(sent) = self.sent()? else {
            self.lawful(&clock::now()?.strftime("%Y-%m-%d %H:%M").to_string())?;
            say(&screen::wrap(&phrases::no_dispatch(lang)));
            return Ok(Exit::Done);
        };
        self.write(sent, reconciled.files)
    }

    /// Under the duty a review that does not fit stops nothing, and is not named as if it did.
    fn unfit_under_duty(&self) {
        let unfit = self
            .review
            .as_ref()
            .and_then(|review| review.covers(self.record).err());
        if let Some(unfit) = unfit.filter(|_| under_duty(self.record)) {
            say(&screen::wrap(&unfit_in_words(self.lang, &unfit)));
        }
    }

    fn named(&self) -> Result<Named> {
        let mut named = Named {
            letter: self.get("letter").map(str::to_owned),
            ..Named::default()
        };
        for pair in self
            .matches
            .get_many::<String>("file")
            .into_iter()
            .flatten()
        {
            let (id, name) = pair
                .split_once('=')
                .filter(|(id, name)| !id.is_empty() && !name.is_empty())
                .ok_or_else(|| Usage(phrases::bad_pair(self.lang)))?;
            named.documents.insert(id.to_owned(), name.to_owned());
        }
        Ok(named)
    }

    /// One line for each thing amiss. That nobody reads on is no reason to call it well.
    fn tell(&self, amiss: &[Amiss]) -> Exit {
        let lines: Vec<String> = amiss.iter().map(|amiss| self.line(amiss)).collect();
        let _ = crate::cli::out_findings(&lines);
        say(&screen::wrap(&phrases::amiss_count(
            self.lang,
            &amiss.len(),
        )));
        Exit::Found
    }

    fn line(&self, amiss: &Amiss) -> String {
        let what = self.what(amiss);
        match &amiss.file {
            Some(name) => format!("{}: {what}", printable(name)),
            None => what,
        }
    }

    fn what(&self, amiss: &Amiss) -> String {
        let lang = self.lang;
        let name = amiss.file.as_deref().map(printable).unwrap_or_default();
        match &amiss.what {
            What::NothingToSend(outcome) => phrases::amiss_nothing(lang, outcome),
            What::NoLetter if amiss.file.is_some() => phrases::amiss_not_there(lang),
            What::NoLetter => phrases::amiss_no_letter(lang),
            What::SeveralLetters(names) => {
                phrases::amiss_letters(lang, &printable(&names.join(", ")))
            }
            What::NotThere(id) => phrases::amiss_document_gone(lang, id),
            What::Unnamed(id, names) => self.unnamed(id, names),
            What::NotReleased(id) => phrases::amiss_not_released(lang, &printable(id)),
            What::NamedTwice => phrases::amiss_twice(lang),
            What::Folder => phrases::amiss_folder(lang),
            What::Link => phrases::amiss_link(lang),
            What::NoFile => phrases::amiss_no_file(lang),
            What::Unreadable(why) => phrases::amiss_unreadable(lang, why),
            What::Hidden => phrases::amiss_hidden(lang),
            What::System => phrases::amiss_system(lang),
            What::Backup => phrases::amiss_backup(lang),
            What::Empty => phrases::amiss_empty(lang),
            What::SameAs(other) => phrases::amiss_same(lang, &printable(other)),
            What::Own(own) => self.own(*own),
            What::Extra(ids) => self.extra(ids, &name),
            What::Lacks(id) => phrases::amiss_lacks(lang, id),
            What::Holds(id) => self.holds(id),
            what => review_in_words(lang, what),
        }
    }

    fn own(&self, own: Own) -> String {
        let lang = self.lang;
        match own {
            Own::Record => phrases::amiss_record(lang),
            Own::Review => phrases::amiss_a_review(lang),
            Own::Dispatch => phrases::amiss_a_dispatch(lang),
            Own::Answers => phrases::amiss_answers(lang),
            Own::Note => phrases::amiss_note(lang),
        }
    }

    fn unnamed(&self, id: &str, names: &[String]) -> String {
        match names {
            [only] => phrases::amiss_unnamed_like(self.lang, &id, &printable(only)),
            _ => phrases::amiss_unnamed(self.lang, &id),
        }
    }

    fn holds(&self, id: &str) -> String {
        if id == sekretesskoll::record::IDENTITY {
            return phrases::amiss_holds_first(self.lang);
        }
        if self.goes(id) {
            phrases::amiss_holds_reason(self.lang, &id)
        } else {
            phrases::amiss_holds(self.lang, &id)
        }
    }

    fn goes(&self, id: &str) -> bool {
        let review = self
            .review
            .as_ref()
            .filter(|review| review.covers(self.record).is_ok());
        released(self.record, review).contains(&id)
    }

    /// What a file that may not go seems to be, and what to do with it.
    fn extra(&self, ids: &[String], name: &str) -> String {
        let lang = self.lang;
        if let Some(id) = ids.iter().find(|id| self.goes(id)) {
            return phrases::amiss_extra_released(lang, id, &name);
        }
        match ids {
            [] => phrases::amiss_extra(lang),
            [only] => {
                let means = self.record.find_item(only).map(|item| item.means.as_str());
                let contested = self.record.releases(only);
                let means = if contested {
                    phrases::amiss_contested(lang)
                } else {
                    screen::lower_first(means.unwrap_or_default())
                };
                phrases::amiss_extra_item(lang, only, &means)
            }
            several => phrases::amiss_extra_items(lang, &several.join(", ")),
        }
    }

    fn in_order(&self, reconciled: &Reconciled) -> String {
        let lang = self.lang;
        let mut lines = vec![phrases::in_order(lang, &reconciled.files.len())];
        let files = reconciled.files.iter();
        lines.extend(files.map(|file| {
            let name = printable(&file.name);
            match &file.item {
                Some(id) => phrases::in_order_document(lang, &name, id),
                None if self.record.request.is_some() => phrases::in_order_answer(lang, &name),
                None => phrases::in_order_letter(lang, &name),
            }
        }));
        let unread = reconciled.unread.iter();
        lines.extend(unread.map(|name| phrases::not_looked_at(lang, &printable(name))));
        let blank = reconciled.blank.as_ref();
        lines.extend(blank.map(|name| phrases::blanks_left(lang, &printable(name))));
        lines.join("\n")
    }

    /// Day, hour, by whom and receipt: from the flags, else asked where there is somebody to ask.
    fn sent(&self) -> Result<Option<Sent>> {
        let lang = self.lang;
        if let Some(when) = self.get("sent") {
            return Ok(Some(Sent {
                when: self.moment(when).map_err(Usage)?,
                by: self.by()?,
                receipt: self
                    .get("receipt")
                    .map(clean)
                    .filter(|receipt| !receipt.is_empty()),
                oral: None,
            }));
        }
        let Some(mut face) = self.face()? else {
            return Ok(None);
        };
        let face = &mut *face;
        let Some(when) = self.ask_when(face, &phrases::ask_sent(lang))? else {
            return Ok(None);
        };
        let Some(by) = self.ask_by(face)? else {
            return Ok(None);
        };
        let Some(receipt) = ask(
            face,
            &phrases::ask_receipt(lang),
            &phrases::receipt_help(lang),
        )?
        else {
            return Ok(None);
        };
        Ok(Some(Sent {
            when,
            by,
            receipt: Some(receipt).filter(|receipt| !receipt.is_empty()),
            oral: None,
        }))
    }

    fn face(&self) -> Result<Option<Box<dyn Face>>> {
        let plain = self.matches.get_flag("plain");
        let face = term::choose(self.lang, plain)?;
        if face.is_some() {
            let lang = self.lang;
            guard::watch_and_say(move || Some(screen::wrap(&phrases::no_dispatch(lang))))?;
        }
        Ok(face)
    }

    /// Day and hour, not ahead of the clock: a dispatch says what has happened.
    fn moment(&self, written: &str) -> std::result::Result<String, String> {
        let lang = self.lang;
        let written = clean(written).replace('T', " ");
        let whole = moment(&written).filter(|(_, hour)| hour.is_some());
        if whole.is_none() {
            return Err(phrases::bad_moment(lang));
        }
        let now = clock::now().map_err(|error| error.to_string())?;
        if written > now.strftime("%Y-%m-%d %H:%M").to_string() {
            return Err(phrases::moment_ahead(lang));
        }
        Ok(written)
    }

    /// Who sent: the flag, else the settings.
    fn by(&self) -> Result<Person> {
        if let Some(by) = self.get("by") {
            let person = person(by);
            return person.ok_or_else(|| Usage(phrases::bad_by(self.lang)).into());
        }
        let saved = files::read_settings(self.lang)?.official;
        saved
            .map(of_official)
            .ok_or_else(|| Usage(phrases::no_by(self.lang)).into())
    }

    fn ask_when(&self, face: &mut dyn Face, question: &str) -> Result<Option<String>> {
        let lang = self.lang;
        let mut text = question.to_owned();
        loop {
            let line = ask(face, &text, &phrases::sent_help(lang))?;
            let Some(line) = line.filter(|line| !line.is_empty()) else {
                return Ok(None);
            };
            let now = ["nu", "now"].contains(&line.to_lowercase().as_str());
            let moment = if now {
                Ok(clock::now()?.strftime("%Y-%m-%d %H:%M").to_string())
            } else {
                self.moment(&line)
            };
            match moment {
                Ok(moment) => return Ok(Some(moment)),
                Err(why) => text = why,
            }
        }
    }

    fn ask_by(&self, face: &mut dyn Face) -> Result<Option<Person>> {
        let lang = self.lang;
        let saved = files::read_settings(lang)?.official.map(of_official);
        let mut text = match &saved {
            Some(Person { name, title, unit }) => phrases::ask_by_saved(lang, name, title, unit),
            None => phrases::ask_by(lang),
        };
        loop {
            let Some(line) = ask(face, &text, &phrases::settings_help(lang))? else {
                return Ok(None);
            };
            let by = if line.is_empty() {
                saved.clone()
            } else {
                person(&line)
            };
            if by.is_some() {
                return Ok(by);
            }
            text = phrases::bad_by(lang);
        }
    }

    /// Whether the assessment holds on the day of sending; where it does not, nothing is written.
    fn lawful(&self, when: &str) -> Result<()> {
        let lang = self.lang;
        match law_on(self.record, self.trees, when) {
            Lawful::Same => Ok(()),
            Lawful::Other(day) => Err(anyhow!(phrases::sent_other_law(
                lang,
                &day,
                &self.record.on
            ))),
            Lawful::Unanswered => Err(anyhow!(phrases::sent_unanswered(lang))),
        }
    }

    fn write(&self, sent: Sent, files: Vec<SentFile>) -> Result<Exit> {
        self.lawful(&sent.when)?;
        self.put(sent, files)
    }

    fn put(&self, sent: Sent, files: Vec<SentFile>) -> Result<Exit> {
        let lang = self.lang;
        let review = self
            .review
            .as_ref()
            .filter(|review| review.covers(self.record).is_ok());
        let finished = clock::to_the_minute(&clock::now()?);
        let with = (made_with(self.trees), lang, finished);
        let dispatch = Dispatch::of(self.record, review, sent, files, with);
        let text = format!("{}\n", serde_json::to_string_pretty(&dispatch)?);
        if dispatch.retrospective {
            say(&screen::wrap(&phrases::dispatch_afterwards(lang)));
        }
        if review.is_some_and(|review| is_before(&dispatch.when, &review.finished)) {
            say(&screen::wrap(&phrases::reviewed_afterwards(lang)));
        }
        let Some(folder) = assess::folder(lang, self.matches)? else {
            crate::cli::out(&text).map_err(|error| assess::cannot_print(lang, &error))?;
            return Ok(Exit::Done);
        };
        let day: String = dispatch.when.chars().take(10).collect();
        let name = format!("expediering-{day}");
        let path = files::write_document(lang, &folder, &name, &dispatch.digest, &text)?;
        // The dispatch is written: that nobody reads its path is no failure.
        let _ = crate::cli::out(&format!("{}\n", path.display()));
        say(&screen::wrap(&phrases::dispatch_written(
            lang,
            &path.display(),
        )));
        Ok(Exit::Done)
    }

    /// What was said by telephone or at a visit: the call of the record, or another.
    fn oral(&self) -> Result<Exit> {
        let amiss = of_review(self.record, self.review.as_ref());
        let urgent = self.record.calls.first();
        self.unfit_under_duty();
        if self.get("sent").is_some() {
            if !amiss.is_empty() {
                return Ok(self.tell(&amiss));
            }
            return self.write(self.oral_from_flags()?, Vec::new());
        }
        let Some(mut face) = self.face()? else {
            let call = urgent.ok_or_else(|| Usage(phrases::oral_no_terminal(self.lang)))?;
            return self.put(self.of_call(call), Vec::new());
        };
        let face = &mut *face;
        let of_record = match urgent {
            Some(call) => self.is_this_call(face, call)?,
            None => Some(false),
        };
        match (of_record, urgent) {
            (None, _) => Ok(self.left()),
            (Some(true), Some(call)) => self.put(self.of_call(call), Vec::new()),
            _ if !amiss.is_empty() => Ok(self.tell(&amiss)),
            _ => match self.ask_oral(face)? {
                Some(sent) => self.write(sent, Vec::new()),
                None => Ok(self.left()),
            },
        }
    }

    fn left(&self) -> Exit {
        say(&screen::wrap(&phrases::no_dispatch(self.lang)));
        Exit::Done
    }

    /// The call that the route holds: made before the report, on the law of its own day.
    fn of_call(&self, call: &CallRecord) -> Sent {
        Sent {
            when: call.when.clone(),
            by: self.record.official.clone(),
            receipt: None,
            oral: Some((call.to.clone(), call.said.clone())),
        }
    }

    fn is_this_call(&self, face: &mut dyn Face, call: &CallRecord) -> Result<Option<bool>> {
        let lang = self.lang;
        let question = phrases::ask_call(lang, &call.when, &call.to);
        let mut text = question.clone();
        loop {
            match ask(face, &text, &question)?.as_deref() {
                None => return Ok(None),
                Some("1") => return Ok(Some(true)),
                Some("2") => return Ok(Some(false)),
                Some(_) => text = phrases::review_one_or_two(lang),
            }
        }
    }

    fn oral_from_flags(&self) -> Result<Sent> {
        let lang = self.lang;
        let both = self.get("to").zip(self.get("said"));
        let (to, said) = both.ok_or_else(|| Usage(phrases::oral_flags(lang)))?;
        let said = clean(&files::read_text(lang, said)?);
        if said.is_empty() {
            return Err(anyhow!(phrases::oral_empty(lang)));
        }
        let to = clean(to);
        if let Some(hit) = look_through(&said)
            .into_iter()
            .chain(look_through(&to))
            .next()
        {
            return Err(anyhow!(phrases::oral_personal(lang, &hit.what.text(lang))));
        }
        let when = self.get("sent").unwrap_or_default();
        Ok(Sent {
            when: self.moment(when).map_err(Usage)?,
            by: self.by()?,
            receipt: None,
            oral: Some((to, said)),
        })
    }

    fn ask_oral(&self, face: &mut dyn Face) -> Result<Option<Sent>> {
        let lang = self.lang;
        face.say(&screen::wrap(&phrases::no_names(lang)))?;
        let Some(when) = self.ask_when(face, &phrases::ask_called(lang))? else {
            return Ok(None);
        };
        let Some(to) = self.ask_text(face, &phrases::ask_called_to(lang))? else {
            return Ok(None);
        };
        let Some(said) = self.ask_text(face, &phrases::ask_called_said(lang))? else {
            return Ok(None);
        };
        let Some(by) = self.ask_by(face)? else {
            return Ok(None);
        };
        Ok(Some(Sent {
            when,
            by,
            receipt: None,
            oral: Some((to, said)),
        }))
    }

    /// A sentence without personal numbers.
    fn ask_text(&self, face: &mut dyn Face, question: &str) -> Result<Option<String>> {
        let lang = self.lang;
        let mut text = question.to_owned();
        loop {
            let Some(line) = ask(face, &text, question)? else {
                return Ok(None);
            };
            let hits = look_through(&line);
            match hits.first() {
                Some(hit) => text = phrases::review_personal(lang, &hit.what.text(lang)),
                None if line.is_empty() => text = phrases::write_something(lang),
                None => return Ok(Some(line)),
            }
        }
    }
}

/// A line, cleaned; none when the official goes back or leaves.
fn ask(face: &mut dyn Face, question: &str, help: &str) -> Result<Option<String>> {
    let mut text = format!("\n{}", screen::wrap(question));
    loop {
        let style = Style::Sentence(None);
        match face.ask(&Prompt { text, style })? {
            Reply::Answer(line) => return Ok(Some(clean(&line))),
            Reply::Why | Reply::Explain(_) => text = screen::wrap(help),
            Reply::Back | Reply::Leave => return Ok(None),
        }
    }
}

/// A name on one line, whatever it holds: a file's name is somebody else's text.
fn printable(name: &str) -> String {
    let whole = composed(name);
    whole
        .chars()
        .map(|sign| if sign.is_control() { '\u{fffd}' } else { sign })
        .collect()
}

/// `name, title, unit`
fn person(written: &str) -> Option<Person> {
    let mut parts = written
        .splitn(3, ',')
        .map(clean)
        .filter(|part| !part.is_empty());
    Some(Person {
        name: parts.next()?,
        title: parts.next()?,
        unit: parts.next()?,
    })
}

fn of_official(official: Official) -> Person {
    Person {
        name: official.name,
        title: official.title,
        unit: official.unit,
    }
}

/// What a review, or the want of one, has against sending; nothing for what is about a file.
pub(crate) fn review_in_words(lang: Lang, what: &What) -> String {
    match what {
        What::ReviewNeeded(law) => phrases::amiss_review(lang, law),
        What::ReviewUnfit(unfit) => unfit_in_words(lang, unfit),
        What::IdentityContested => phrases::amiss_identity(lang),
        What::NothingLeft => phrases::amiss_nothing_left(lang),
        _ => String::new(),
    }
}
