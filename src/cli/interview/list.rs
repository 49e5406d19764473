//! The list of items and what is asked about them outside the trees: rows, dates, origin, provision, identity data.

use anyhow::Result;

use sekretesskoll::answers::{About, Form, IdentityKind, Item, Origin};
use sekretesskoll::assessment::{Assessment, Field, NONE, Place, Stage, UNSURE};
use sekretesskoll::request;
use sekretesskoll::source::day;
use sekretesskoll::walk::{Given, clean};

use crate::cli::interview::{Go, Interview, Said};
use crate::cli::reply::{digit_and_letter, row, ticks};
use crate::cli::term::Style;
use crate::cli::{phrases, screen};

impl Interview<'_> {
    pub(super) fn ask_kinds(&mut self, assessment: &Assessment<'_, '_>) -> Result<Go> {
        self.head(assessment, Stage::Identity, &phrases::first_item(self.lang))?;
        let mut lines = vec![screen::wrap(&phrases::ask_kinds(self.lang))];
        lines.extend(
            IdentityKind::ALL
                .iter()
                .enumerate()
                .map(|(at, kind)| screen::numbered(&(at + 1).to_string(), kind.text(self.lang))),
        );
        lines.push(screen::numbered(
            &(IdentityKind::ALL.len() + 1).to_string(),
            &phrases::kinds_protected(self.lang),
        ));
        lines.push(screen::wrap(&phrases::kinds_hint(self.lang)));
        let help = phrases::kinds_help(self.lang);
        self.until(
            assessment,
            lines,
            &Place::IdentityKinds,
            &help,
            Self::take_kinds,
        )
    }

    /// Asks until a short reply can be taken; an earlier one is offered, and Enter takes it.
    fn until(
        &mut self,
        assessment: &Assessment<'_, '_>,
        mut lines: Vec<String>,
        place: &Place,
        help: &str,
        mut take: impl FnMut(&mut Self, &str) -> Result<(), String>,
    ) -> Result<Go> {
        let earlier = self.suggestion(place).and_then(|given| given.text.clone());
        let offered = earlier
            .iter()
            .map(|earlier| phrases::earlier_answer(self.lang, earlier));
        lines.extend(offered.map(|line| screen::wrap(&line)));
        self.asking = Some(place.clone());
        let mut text = lines.join("\n");
        loop {
            let line = match self.line(assessment, &text, Style::Short, help)? {
                Ok(line) if line.is_empty() => earlier.clone().unwrap_or_default(),
                Ok(line) => line,
                Err(go) => return Ok(go),
            };
            match take(self, &line) {
                Ok(()) => {
                    if !self.listed_stands(assessment, place)? {
                        text = lines.join("\n");
                        continue;
                    }
                    self.suggestions.remove(&place.to_string());
                    return Ok(Go::On);
                }
                Err(again) => text = screen::wrap(&again),
            }
        }
    }

    fn take_kinds(&mut self, line: &str) -> Result<(), String> {
        let last = IdentityKind::ALL.len() + 1;
        let numbers = ticks(line, last).unwrap_or_default();
        let protected = numbers.contains(&last);
        let kinds: Vec<IdentityKind> = numbers
            .iter()
            .filter_map(|number| IdentityKind::ALL.get(number.checked_sub(1)?).copied())
            .collect();
        if kinds.is_empty() {
            return Err(if protected {
                phrases::kinds_only_protected(self.lang)
            } else {
                phrases::kinds_wrong(self.lang)
            });
        }
        if protected && kinds.iter().any(|kind| kind.reveals_whereabouts()) {
            return Err(phrases::kinds_protected_refused(self.lang));
        }
        let identity = self.document.identity.get_or_insert_default();
        identity.kinds = kinds;
        identity.protected = protected;
        Ok(())
    }

    /// The ticked kinds as they were typed.
    pub(super) fn kinds_as_typed(&self) -> Option<String> {
        let identity = self
            .document
            .identity
            .as_ref()
            .filter(|identity| !identity.kinds.is_empty())?;
        let number = |kind: &IdentityKind| {
            IdentityKind::ALL
                .iter()
                .position(|other| other == kind)
                .map(|at| (at + 1).to_string())
        };
        let mut numbers: Vec<String> = identity.kinds.iter().filter_map(number).collect();
        numbers.extend(
            identity
                .protected
                .then(|| (IdentityKind::ALL.len() + 1).to_string()),
        );
        Some(numbers.join(" "))
    }

    /// Rows until an empty one. A pasted list is as many rows as it has lines.
    pub(super) fn ask_rows(&mut self, assessment: &Assessment<'_, '_>) -> Result<Go> {
        self.head(assessment, Stage::Identity, "")?;
        let benefit = assessment
            .authority
            .gives_benefit_data(&self.trees.laws, assessment.on);
        let mut text = self.rows_text(benefit);
        loop {
            match self.ask(&text, Style::Sentence(None), &phrases::rows_help(self.lang))? {
                Said::Leave => return Ok(Go::Leave),
                Said::Back if self.is_reopened() => {
                    self.list_open = false;
                    return Ok(Go::On);
                }
                Said::Back => return self.back(assessment),
                Said::Line(line) if line.is_empty() && self.document.items.is_empty() => {
                    text = screen::wrap(&phrases::one_row_at_least(self.lang));
                }
                Said::Line(line) if line.is_empty() => {
                    self.list_open = false;
                    let forms: Vec<Form> =
                        self.document.items.iter().map(|item| item.form).collect();
                    if forms.contains(&Form::Document) && forms.contains(&Form::Statement) {
                        self.say(&phrases::documents_last(self.lang))?;
                    }
                    return Ok(Go::On);
                }
                Said::Line(lines) => {
                    text = String::new();
                    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
                        text += &self.take_row(line, benefit);
                    }
                    self.save()?;
                }
            }
        }
    }

    /// Whether the list was opened again after its items had been assessed: then `<` just closes it.
    fn is_reopened(&self) -> bool {
        !self.document.items.is_empty()
            && self.document.items.iter().all(|item| item.origin.is_some())
    }

    fn rows_text(&self, benefit: bool) -> String {
        let mut lines = self.sent_before();
        lines.extend([self.rows_title(), phrases::rows_document(self.lang)]);
        lines.extend(benefit.then(|| phrases::rows_benefit(self.lang)));
        lines.push(phrases::rows_end(self.lang));
        let mut text: Vec<String> = lines.iter().map(|line| screen::wrap(line)).collect();
        text.extend(
            (0..self.document.items.len())
                .map(|at| screen::numbered(&self.document.id_of(at), &self.row_as_written(at))),
        );
        text.join("\n")
    }

    fn rows_title(&self) -> String {
        if request::asks(self.trees, &self.document) {
            phrases::rows_request(self.lang)
        } else {
            phrases::ask_rows(self.lang)
        }
    }

    /// What went before, above the list of what the board asks for now.
    fn sent_before(&self) -> Vec<String> {
        if !request::asks(self.trees, &self.document) {
            return Vec::new();
        }
        if self.document.sent.is_empty() {
            return vec![phrases::rows_nothing_sent(self.lang)];
        }
        let sent = self.document.sent.iter().map(|sent| {
            let dated = sent.dated.iter().map(|day| format!(", {day}"));
            format!("- {}{}", sent.label, dated.collect::<String>())
        });
        std::iter::once(phrases::rows_sent(self.lang))
            .chain(sent)
            .collect()
    }

    /// The letters that begin a row about a document, and one that is benefit data only.
    fn row_letters(&self) -> (char, char) {
        match self.lang {
            sekretesskoll::language::Lang::Sv => ('h', 'f'),
            sekretesskoll::language::Lang::En => ('d', 'b'),
        }
    }

    /// A row with its letter, as the official wrote it.
    fn row_as_written(&self, at: usize) -> String {
        let (document, money) = self.row_letters();
        let letter = self.document.items.get(at).and_then(|item| {
            (item.form == Form::Document)
                .then_some(document)
                .or(item.benefit.then_some(money))
        });
        let label = self.label_at(at);
        letter.map_or_else(|| label.clone(), |letter| format!("{letter}: {label}"))
    }

    /// A new row, or `-2` to remove the second; gives what to say about it.
    fn take_row(&mut self, line: &str, benefit: bool) -> String {
        let removed = line
            .trim()
            .strip_prefix('-')
            .map(str::trim)
            .and_then(|id| self.document.find(id));
        if let Some(at) = removed {
            screen::wrap(&phrases::row_removed(self.lang, &self.remove_item(at)))
        } else {
            if !self.add_row(line, benefit) {
                return screen::wrap(&phrases::write_something(self.lang));
            }
            String::new()
        }
    }

    /// Adds a row; false where it has no label.
    fn add_row(&mut self, line: &str, benefit: bool) -> bool {
        let (document, money) = self.row_letters();
        let prefixes: Vec<char> = std::iter::once(document)
            .chain(benefit.then_some(money))
            .collect();
        let row = row(line, &prefixes);
        if clean(&row.label).is_empty() {
            return false;
        }
        let form = if row.prefix == Some(document) {
            Form::Document
        } else {
            Form::Statement
        };
        let id = Some(self.next_id());
        self.document.items.push(Item {
            id,
            label: clean(&row.label),
            form,
            dated: row.dated,
            benefit: row.prefix == Some(money),
            ..Item::default()
        });
        true
    }

    /// An id that no item has or has had: what was said about one that is gone is never taken for another.
    fn next_id(&self) -> String {
        let ids = (0..self.document.items.len()).map(|at| self.document.id_of(at).into_owned());
        let named = self
            .document
            .items
            .iter()
            .flat_map(|item| item.answers.values())
            .filter_map(|given| given.text.clone());
        let taken = ids
            .chain(named)
            .filter_map(|id| id.parse::<usize>().ok())
            .filter(|id| *id < 10_000)
            .max();
        taken
            .unwrap_or(0)
            .max(self.highest_id)
            .saturating_add(1)
            .to_string()
    }

    /// A new statement, by its label; its id, or what was said instead.
    pub(super) fn ask_new_item(&mut self, from: Stage) -> Result<Said> {
        let mut text = screen::wrap(&phrases::ask_new_label(self.lang));
        loop {
            match self.ask(&text, Style::Sentence(None), &phrases::rows_help(self.lang))? {
                Said::Line(line) if clean(&line).is_empty() => {
                    text = screen::wrap(&phrases::write_something(self.lang));
                }
                Said::Line(line) => {
                    let id = self.next_id();
                    let item = Item {
                        id: Some(id.clone()),
                        label: clean(&line),
                        ..Item::default()
                    };
                    self.document.items.push(item);
                    self.take_over(from);
                    return Ok(Said::Line(id));
                }
                other => return Ok(other),
            }
        }
    }

    /// Gives an item a new id, where its own will not do.
    pub(super) fn renumber(&mut self, at: usize) {
        let id = self.next_id();
        self.change(at, |item| item.id = Some(id));
    }

    /// What describes an item, or takes over a part of it, has its origin and is about the same person.
    fn take_over(&mut self, from: Stage) {
        let Stage::Item(at) = from else { return };
        let known = self
            .document
            .items
            .get(at)
            .map(|item| (item.origin, item.about));
        if let (Some((origin, about)), Some(item)) = (known, self.document.items.last_mut()) {
            item.origin = origin;
            item.about = about;
        }
    }

    pub(super) fn ask_dated(&mut self, assessment: &Assessment<'_, '_>, at: usize) -> Result<Go> {
        self.head(assessment, Stage::Identity, "")?;
        let text = screen::wrap(&phrases::ask_dated(self.lang, &self.label_at(at)));
        let (place, help) = (
            Place::Field(at, Field::Dated),
            phrases::dated_help(self.lang),
        );
        self.until(assessment, vec![text], &place, &help, |interview, line| {
            let written = match line.to_lowercase().as_str() {
                "okänt" | "okant" | "unknown" => "unknown".to_owned(),
                other => day(other)
                    .ok_or_else(|| phrases::not_a_day_or_unknown(interview.lang))?
                    .to_string(),
            };
            interview.change(at, |item| item.dated = Some(written));
            Ok(())
        })
    }

    pub(super) fn ask_received(
        &mut self,
        assessment: &Assessment<'_, '_>,
        at: usize,
    ) -> Result<Go> {
        self.head(assessment, Stage::Identity, "")?;
        let text = screen::wrap(&phrases::ask_received(self.lang, &self.label_at(at)));
        let (place, help) = (
            Place::Field(at, Field::Received),
            phrases::received_help(self.lang),
        );
        self.until(assessment, vec![text], &place, &help, |interview, line| {
            let received = day(line).ok_or_else(|| phrases::not_a_day(interview.lang))?;
            interview.change(at, |item| item.received = Some(received));
            Ok(())
        })
    }

    pub(super) fn change(&mut self, at: usize, change: impl FnOnce(&mut Item)) {
        if let Some(item) = self.document.items.get_mut(at) {
            change(item);
        }
    }

    fn label_at(&self, at: usize) -> String {
        screen::label(&self.document, at, self.lang)
    }

    /// Origin and person in one line: `2a`.
    pub(super) fn ask_origin(&mut self, assessment: &Assessment<'_, '_>, at: usize) -> Result<Go> {
        self.head(assessment, Stage::Identity, "")?;
        let mut lines = vec![screen::wrap(&phrases::ask_origin(
            self.lang,
            &self.document.id_of(at),
            &self.label_at(at),
        ))];
        if std::mem::replace(&mut self.shown.origins, true) {
            lines.push(screen::wrap(&phrases::origin_short(self.lang)));
        } else {
            lines.extend(Origin::ALL.iter().enumerate().map(|(number, origin)| {
                screen::numbered(&(number + 1).to_string(), origin.text(self.lang))
            }));
            lines.extend(About::ALL.iter().zip('a'..).map(|(about, letter)| {
                screen::numbered(&letter.to_string(), about.text(self.lang))
            }));
            lines.push(screen::wrap(&phrases::origin_hint(self.lang)));
        }
        let (place, help) = (
            Place::Field(at, Field::Origin),
            phrases::origin_help(self.lang),
        );
        self.until(assessment, lines, &place, &help, |interview, line| {
            let pair = digit_and_letter(line, Origin::ALL.len(), About::ALL.len());
            let Some((origin, about)) = pair else {
                interview.shown.origins = false;
                return Err(phrases::origin_hint(interview.lang));
            };
            interview.change(at, |item| {
                item.origin = Origin::ALL.get(origin).copied();
                item.about = About::ALL.get(about).copied();
            });
            Ok(())
        })
    }

    /// Keeps origin and person as a suggestion.
    pub(super) fn set_aside_origin(&mut self, at: usize) {
        let Some(item) = self.document.items.get_mut(at) else {
            return;
        };
        let digit = item
            .origin
            .take()
            .and_then(|origin| Origin::ALL.iter().position(|other| *other == origin));
        let letter = item
            .about
            .take()
            .and_then(|about| {
                About::ALL
                    .iter()
                    .zip('a'..)
                    .find(|(other, _)| **other == about)
            })
            .map(|(_, letter)| letter);
        if let (Some(digit), Some(letter)) = (digit, letter) {
            self.suggestions.insert(
                Place::Field(at, Field::Origin).to_string(),
                Given::text(&format!("{}{letter}", digit + 1)),
            );
        }
    }

    /// The provisions in force on the day, in a list that is not a judgement: the judgement is the harm question.
    pub(super) fn ask_provision(
        &mut self,
        assessment: &Assessment<'_, '_>,
        stage: Stage,
    ) -> Result<Go> {
        let entries = self.provisions(assessment);
        let lines: Vec<String> = entries
            .iter()
            .map(|(_, line)| line.chars().take(screen::WIDTH - 4).collect())
            .collect();
        let at = match self.ask(
            &screen::wrap(&phrases::ask_provision(self.lang)),
            Style::Pick(&lines),
            "",
        )? {
            Said::Leave => return Ok(Go::Leave),
            Said::Line(at) => at,
            Said::Back => return Ok(Go::On),
        };
        let chosen = at
            .parse::<usize>()
            .ok()
            .and_then(|at| entries.get(at))
            .map(|(key, _)| vec![key.clone()]);
        if !self.provision_stands(assessment, stage, chosen.as_deref())? {
            return Ok(Go::On);
        }
        match stage {
            Stage::Identity => self.document.identity.get_or_insert_default().provisions = chosen,
            Stage::Item(at) => {
                if let Some(item) = self.document.items.get_mut(at) {
                    item.provisions = chosen;
                }
            }
            _ => {}
        }
        Ok(Go::On)
    }

    /// Key and line of every secrecy provision that can apply on the day, the authority's usual ones first.
    fn provisions(&self, assessment: &Assessment<'_, '_>) -> Vec<(String, String)> {
        let citer = assessment.citer(self.lang);
        let can_apply = |provision: &&sekretesskoll::law::Provision| {
            provision.is_secrecy()
                && (provision.on(assessment.on).is_some() || provision.counts_from_received)
        };
        let line = |provision: &sekretesskoll::law::Provision| {
            (
                provision.key.clone(),
                format!(
                    "{}, {}",
                    citer.key(&provision.key),
                    provision.name.get(self.lang)
                ),
            )
        };
        let mut entries: Vec<(String, String)> = self
            .trees
            .laws
            .provisions
            .values()
            .filter(can_apply)
            .map(line)
            .collect();
        entries.sort_by_key(|(key, _)| {
            assessment
                .authority
                .secrecy
                .iter()
                .position(|usual| usual == key)
                .unwrap_or(usize::MAX)
        });
        entries.push((NONE.to_owned(), phrases::provision_none(self.lang)));
        entries.push((UNSURE.to_owned(), phrases::provision_unsure(self.lang)));
        entries
    }

    /// The file name of a document that goes.
    pub(super) fn ask_file(&mut self, assessment: &Assessment<'_, '_>, at: usize) -> Result<Go> {
        let heading = self.label(Stage::Item(at));
        self.head(assessment, Stage::Item(at), &heading)?;
        let text = screen::wrap(&phrases::ask_file(self.lang, &self.label_at(at)));
        match self.ask(&text, Style::Short, &phrases::file_help(self.lang))? {
            Said::Leave => return Ok(Go::Leave),
            Said::Back => return self.back(assessment),
            Said::Line(line) => {
                self.files_asked.insert(at);
                self.forget_kept(&Place::Field(at, Field::File));
                if let Some(item) = self.document.items.get_mut(at) {
                    item.file = Some(clean(&line)).filter(|file| !file.is_empty());
                }
            }
        }
        Ok(Go::On)
    }

    /// The report's own reference number.
    pub(super) fn ask_case(&mut self) -> Result<Go> {
        match self.ask(
            &screen::wrap(&phrases::ask_case(self.lang)),
            Style::Short,
            &phrases::case_help(self.lang),
        )? {
            Said::Leave => return Ok(Go::Leave),
            Said::Line(line) => {
                self.forget_kept(&Place::Case);
                self.document.case = Some(clean(&line)).filter(|case| !case.is_empty());
            }
            Said::Back => {}
        }
        Ok(Go::On)
    }
}
