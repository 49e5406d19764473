//! Going back and changing an answer: what comes after becomes a suggestion, shown as such, never carried over.

use anyhow::Result;

use sekretesskoll::answers::{Form, Kept};
use sekretesskoll::assessment::{Assessment, Field, Place, Stage, Whole};
use sekretesskoll::tree::Tree;
use sekretesskoll::walk::{Answers, Given, Walk, clean};

use crate::cli::interview::{Go, Interview, Said};
use crate::cli::term::Style;
use crate::cli::{phrases, screen};

/// A line of the list of answers.
#[derive(Clone)]
enum Entry {
    Add,
    Open(Place),
    Provision(Stage),
    Rename(usize),
    Remove(usize),
}

impl Interview<'_> {
    /// Every place answered so far, in the order an official meets them.
    fn answered(&self, assessment: &Assessment<'_, '_>) -> Vec<Place> {
        let mut places = asked_in(assessment, Stage::Route);
        if assessment.route_to_items().is_none() {
            return places;
        }
        if self.kinds_as_typed().is_some() {
            places.push(Place::IdentityKinds);
        }
        places.extend(asked_in(assessment, Stage::Identity));
        if !self.document.items.is_empty() && !self.list_open {
            places.push(Place::Items);
            let with_origin = self
                .document
                .items
                .iter()
                .enumerate()
                .filter(|(_, item)| item.origin.is_some());
            places.extend(with_origin.map(|(at, _)| Place::Field(at, Field::Origin)));
        }
        for form in [Form::Statement, Form::Document] {
            let of_form = self
                .document
                .items
                .iter()
                .enumerate()
                .filter(|(_, item)| item.form == form);
            places.extend(of_form.flat_map(|(at, _)| asked_in(assessment, Stage::Item(at))));
        }
        places.extend(asked_in(assessment, Stage::Sending));
        places.extend(asked_in(assessment, Stage::Closing));
        places
    }

    /// Where a place comes, in the order an official meets them.
    fn order(&self, place: &Place) -> (u8, usize) {
        let item = |at: usize| match self.document.items.get(at).map(|item| item.form) {
            Some(Form::Document) => (6, at),
            _ => (5, at),
        };
        match place {
            Place::IdentityKinds => (1, 0),
            Place::IdentityProvisions => (2, 0),
            Place::Items | Place::Field(_, Field::Dated) => (3, 0),
            Place::Field(at, Field::Origin | Field::About) => (4, *at),
            Place::Field(at, _) => item(*at),
            other => match other.question().map(|(stage, _)| stage) {
                Some(Stage::Route) => (0, 0),
                Some(Stage::Identity) => (2, 0),
                Some(Stage::Item(at)) => item(at),
                Some(Stage::Sending) => (7, 0),
                Some(Stage::Closing) => (8, 0),
                None => (9, 0),
            },
        }
    }

    /// Where the official is; none at the end.
    fn here(&self, assessment: &Assessment<'_, '_>) -> Option<(u8, usize)> {
        let need = assessment.needs.first().map(|need| self.order(&need.place));
        match (self.list_open, self.next_file(assessment)) {
            (true, _) => need.into_iter().chain([self.order(&Place::Items)]).min(),
            (false, Some(at)) => Some(self.order(&Place::Field(at, Field::File))),
            (false, None) => need,
        }
    }

    /// Drops the answer before, which becomes a suggestion. What stands after the question that is asked, because it was
    /// taken over from a record or an answer before it was opened again, stays.
    pub(super) fn back(&mut self, assessment: &Assessment<'_, '_>) -> Result<Go> {
        let here = self.here(assessment);
        let mut before = self.answered(assessment);
        before.retain(|place| here.is_none_or(|here| self.order(place) <= here));
        match before.pop() {
            Some(place) => self.reopen(assessment, &place),
            None => self.say(&phrases::nothing_before(self.lang))?,
        }
        Ok(Go::On)
    }

    /// Opens an answer again. What comes after it in the same walk becomes suggestions; after the route, everything.
    fn reopen(&mut self, assessment: &Assessment<'_, '_>, place: &Place) {
        match place {
            Place::Items => self.list_open = true,
            Place::IdentityKinds => self.set_aside_kinds(),
            Place::Field(at, _) => {
                self.set_aside_origin(*at);
                self.set_aside_walk(assessment, Stage::Item(*at), None);
            }
            Place::Route(id) => {
                self.set_aside_walk(assessment, Stage::Route, Some(id));
                let later: Vec<Stage> = assessment
                    .walks()
                    .map(|(stage, _, _)| stage)
                    .filter(|stage| *stage != Stage::Route)
                    .collect();
                for stage in later {
                    self.set_aside_walk(assessment, stage, None);
                }
            }
            other => {
                if let Some((stage, id)) = other.question() {
                    self.set_aside_walk(assessment, stage, Some(id));
                }
            }
        }
        self.shown.heading = None;
        let stage = match place {
            Place::IdentityKinds => Some(Stage::Identity),
            Place::Field(at, _) => Some(Stage::Item(*at)),
            other => other.question().map(|(stage, _)| stage),
        };
        // What is known of other items stands on the screen already.
        self.shown.lines.retain(|line| match stage {
            Some(Stage::Route) => false,
            Some(stage) => !line.starts_with(&format!("{stage:?} ")),
            None => line.to_lowercase().starts_with("route"),
        });
    }

    fn set_aside_kinds(&mut self) {
        let typed = self.kinds_as_typed().unwrap_or_default();
        self.suggestions
            .insert(Place::IdentityKinds.to_string(), Given::text(&typed));
        if let Some(identity) = &mut self.document.identity {
            identity.kinds.clear();
        }
    }

    /// Turns the answers of a walk into suggestions, from a question on.
    fn set_aside_walk(
        &mut self,
        assessment: &Assessment<'_, '_>,
        stage: Stage,
        from: Option<&str>,
    ) {
        let Some((_, tree, walk)) = assessment.walks().find(|(other, _, _)| *other == stage) else {
            return;
        };
        let ids: Vec<String> = asked(walk, tree)
            .skip_while(|id| from.is_some_and(|from| from != id))
            .collect();
        for place in ids.iter().map(|id| stage.place(id)) {
            let taken = self
                .slot(&place)
                .and_then(|(answers, id)| answers.remove(&id));
            self.forget_kept(&place);
            if let Some(given) = taken {
                self.suggestions.insert(place.to_string(), given);
            }
        }
    }

    /// Turns every answer of every tree into a suggestion.
    pub(super) fn set_aside_all(&mut self) {
        let mut aside = Answers::default();
        let mut take = |stage: Stage, answers: &mut Answers| {
            for (id, given) in std::mem::take(answers) {
                aside.insert(stage.place(&id).to_string(), given);
            }
        };
        take(Stage::Route, &mut self.document.route);
        if let Some(identity) = &mut self.document.identity {
            take(Stage::Identity, &mut identity.answers);
        }
        for (at, item) in self.document.items.iter_mut().enumerate() {
            take(Stage::Item(at), &mut item.answers);
        }
        take(Stage::Sending, &mut self.document.sending);
        take(Stage::Closing, &mut self.document.closing);
        self.document
            .kept
            .retain(|kept| aside.get(&kept.place).is_none());
        self.suggestions.extend(aside);
        self.shown.lines.clear();
        self.shown.heading = None;
    }

    /// Opens a text again because of what stands in it.
    pub(super) fn rewrite(&mut self, assessment: &Assessment<'_, '_>, place: &Place) -> Result<Go> {
        match place {
            Place::Case => {
                self.document.case = None;
                return self.ask_case();
            }
            Place::Kept(at) if *at < self.document.kept.len() => {
                self.document.kept.remove(*at);
            }
            Place::Field(at, Field::File) => {
                self.files_asked.remove(at);
                if let Some(item) = self.document.items.get_mut(*at) {
                    item.file = None;
                }
            }
            Place::Field(at, _) => return self.ask_label(*at),
            other => self.reopen(assessment, other),
        }
        Ok(Go::On)
    }

    /// Removes an item with everything that was said about it; gives its label. What stands after it keeps its own.
    pub(super) fn remove_item(&mut self, at: usize) -> String {
        let id = self.document.id_of(at);
        self.highest_id = self.highest_id.max(id.parse().unwrap_or(0));
        let label = self.document.items.remove(at).label;
        self.suggestions = std::mem::take(&mut self.suggestions)
            .into_iter()
            .filter_map(|(path, given)| Some((moved(&path, at)?, given)))
            .collect();
        let kept = std::mem::take(&mut self.document.kept).into_iter();
        self.document.kept = kept
            .filter_map(|kept| {
                Some(Kept {
                    place: moved(&kept.place, at)?,
                    ..kept
                })
            })
            .collect();
        self.files_asked.clear();
        self.shown.lines.clear();
        self.shown.latest = None;
        label
    }

    pub(super) fn ask_label(&mut self, at: usize) -> Result<Go> {
        let initial = self.document.items.get(at).map(|item| item.label.clone());
        match self.ask(
            &screen::wrap(&phrases::ask_new_label(self.lang)),
            Style::Sentence(initial.as_deref()),
            "",
        )? {
            Said::Leave => return Ok(Go::Leave),
            Said::Line(line) => {
                let label = clean(&line);
                self.forget_kept(&Place::Field(at, Field::Label));
                if let Some(item) = self
                    .document
                    .items
                    .get_mut(at)
                    .filter(|_| !label.is_empty())
                {
                    item.label = label;
                }
            }
            Said::Back => {}
        }
        Ok(Go::On)
    }

    /// A list of every answer, any of which can be opened again.
    pub(super) fn ask_reopen(&mut self, assessment: &Assessment<'_, '_>) -> Result<Go> {
        let entries = self.entries(assessment);
        let lines: Vec<String> = entries
            .iter()
            .map(|(_, line)| line.chars().take(screen::WIDTH - 4).collect())
            .collect();
        let picked = match self.ask(
            &screen::wrap(&phrases::ask_reopen(self.lang)),
            Style::Pick(&lines),
            "",
        )? {
            Said::Leave => return Ok(Go::Leave),
            Said::Line(at) => at
                .parse::<usize>()
                .ok()
                .and_then(|at| entries.get(at))
                .map(|(entry, _)| entry.clone()),
            Said::Back => None,
        };
        match picked {
            Some(Entry::Add) => self.list_open = true,
            Some(Entry::Open(place)) => self.reopen(assessment, &place),
            Some(Entry::Rename(at)) => return self.ask_label(at),
            Some(Entry::Remove(at)) => {
                let label = self.remove_item(at);
                self.list_open = self.document.items.is_empty();
                self.say(&phrases::row_removed(self.lang, &label))?;
            }
            Some(Entry::Provision(stage)) => {
                self.set_aside_walk(assessment, stage, None);
                return self.ask_provision(assessment, stage);
            }
            None => {}
        }
        Ok(Go::On)
    }

    fn entries(&self, assessment: &Assessment<'_, '_>) -> Vec<(Entry, String)> {
        let mut entries = Vec::new();
        if assessment.route_to_items().is_some() {
            entries.push((Entry::Add, phrases::add_item(self.lang)));
        }
        for place in self.answered(assessment) {
            entries.extend(
                self.line_of(assessment, &place)
                    .map(|line| (Entry::Open(place), line)),
            );
        }
        let first = assessment
            .identity
            .iter()
            .map(|item| (Stage::Identity, item));
        let items = assessment
            .items
            .iter()
            .enumerate()
            .map(|(at, item)| (Stage::Item(at), item));
        if self.coach.is_some() {
            entries.retain(|(entry, _)| matches!(entry, Entry::Open(_)));
            return entries;
        }
        for (stage, item) in first.chain(items) {
            let law = screen::cited(assessment, self.lang, &item.facts.secrecy.provisions);
            let line = match stage {
                Stage::Item(at) => phrases::provision_of(self.lang, &self.document.id_of(at), &law),
                _ => phrases::provision_of_first(self.lang, &law),
            };
            entries.push((Entry::Provision(stage), line));
        }
        for at in 0..self.document.items.len() {
            let label = screen::label(&self.document, at, self.lang);
            entries.push((Entry::Rename(at), phrases::rename_item(self.lang, &label)));
            entries.push((Entry::Remove(at), phrases::remove_item(self.lang, &label)));
        }
        entries
    }

    fn line_of(&self, assessment: &Assessment<'_, '_>, place: &Place) -> Option<String> {
        match place {
            Place::IdentityKinds => Some(phrases::kinds_of(self.lang)),
            Place::Field(at, _) => Some(phrases::origin_of(self.lang, &self.document.id_of(*at))),
            Place::Items => None,
            other => self.line_of_step(assessment, other),
        }
    }

    fn line_of_step(&self, assessment: &Assessment<'_, '_>, place: &Place) -> Option<String> {
        let steps = assessment.walks().flat_map(|(stage, tree, walk)| {
            walk.steps()
                .map(move |step| (stage, tree.question(step.question), step))
        });
        let (stage, question, step) = steps
            .into_iter()
            .find(|(stage, question, _)| stage.place(&question.id) == *place)?;
        let citer = assessment.citer_in(stage, self.lang);
        let answer = step
            .answer
            .and_then(|at| question.answers.get(at))
            .and_then(|answer| answer.text.as_ref());
        let words = answer
            .map(|text| citer.text(text))
            .or_else(|| step.text.map(str::to_owned))
            .unwrap_or_default();
        let number = if let Stage::Item(at) = stage {
            format!("{}: ", self.document.id_of(at))
        } else {
            String::new()
        };
        Some(format!(
            "{number}{} → {words}",
            citer.text(question.text.as_ref()?)
        ))
    }

    /// The end without a sending: a stop, nothing to send, or the legal department. True when the record is to be written.
    pub(super) fn ask_end(&mut self, assessment: &Assessment<'_, '_>) -> Result<(Go, bool)> {
        self.show_end(assessment)?;
        if self.coach.is_some() {
            return self.ask_end_of_exercise(assessment);
        }
        let lines = [
            phrases::stop_change(self.lang),
            phrases::stop_leave(self.lang),
            phrases::stop_write(self.lang),
        ];
        let mut text = lines.map(|line| format!("   {line}")).join("\n");
        let help = if assessment.route_to_items().is_some() {
            phrases::why_rows(self.lang)
        } else {
            self.shown.came_to(Stage::Route);
            String::new()
        };
        loop {
            match self.ask(&text, Style::Short, &help)? {
                Said::Leave => return Ok((Go::Leave, false)),
                Said::Back => return Ok((self.back(assessment)?, false)),
                Said::Line(line) => match line.as_str() {
                    "1" => return Ok((self.ask_reopen(assessment)?, false)),
                    "2" => return Ok((Go::Leave, false)),
                    "3" => return Ok((Go::On, true)),
                    _ => text = screen::wrap(&phrases::not_an_answer(self.lang, &3)),
                },
            }
        }
    }

    fn show_end(&mut self, assessment: &Assessment<'_, '_>) -> Result<()> {
        let after_items = matches!(assessment.whole, Some(Whole::Refer | Whole::NothingToSend))
            && assessment.route_to_items().is_some();
        if after_items {
            let plain = self.face.is_plain();
            self.face.say(&screen::review(
                assessment,
                &self.document,
                self.lang,
                plain,
            ))?;
            self.say(&phrases::why_rows(self.lang))?;
            return screen::what_now(assessment, &self.document, false, self.lang)
                .iter()
                .try_for_each(|line| self.say(line));
        }
        let Some(outcome) = assessment.route_outcome() else {
            return Ok(());
        };
        let citer = assessment.citer(self.lang);
        let next = outcome
            .next
            .as_ref()
            .map(|next| citer.text(next))
            .unwrap_or_default();
        let title = phrases::stop_title(self.lang, &citer.text(&outcome.text));
        self.face.say(&format!(
            "\n{}\n\n{}\n{}\n",
            screen::wrap(&title),
            screen::wrap(&phrases::stop_next(self.lang)),
            screen::wrap(&format!("{next}\n{}", phrases::why_keys(self.lang)))
        ))
    }
}

fn asked_in(assessment: &Assessment<'_, '_>, stage: Stage) -> Vec<Place> {
    let walked = assessment.walks().find(|(other, _, _)| *other == stage);
    walked
        .map(|(_, tree, walk)| asked(walk, tree).map(|id| stage.place(&id)).collect())
        .unwrap_or_default()
}

/// Ids of the asked questions of a walk, in order.
fn asked<'w>(walk: &'w Walk, tree: &'w Tree) -> impl Iterator<Item = String> + 'w {
    walk.steps()
        .map(|step| tree.question(step.question))
        .filter(|question| question.is_asked())
        .map(|question| question.id.clone())
}

/// A path in the answers document after an item is gone: none for the item itself, one less for those after it.
fn moved(path: &str, removed: usize) -> Option<String> {
    let Some((at, rest)) = path
        .strip_prefix("items[")
        .and_then(|rest| rest.split_once(']'))
    else {
        return Some(path.to_owned());
    };
    match at.parse::<usize>() {
        Ok(at) if at == removed => None,
        Ok(at) if at > removed => Some(format!("items[{}]{rest}", at - 1)),
        _ => Some(path.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::moved;

    #[test]
    fn what_was_said_about_an_item_goes_with_it_and_with_no_other() {
        assert_eq!(moved("items[1].answers.link", 1), None);
        assert_eq!(
            moved("items[2].label", 1).as_deref(),
            Some("items[1].label")
        );
        assert_eq!(
            moved("items[0].label", 1).as_deref(),
            Some("items[0].label")
        );
        assert_eq!(moved("route.whom", 1).as_deref(), Some("route.whom"));
    }
}
