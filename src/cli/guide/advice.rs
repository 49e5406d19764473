//! Where a guide ended, in words: what to do now, the text to copy, the days and the support.

use jiff::civil::Date;

use sekretesskoll::guide::dates::next_working_day;
use sekretesskoll::guide::{Due, Guided};
use sekretesskoll::language::Lang;
use sekretesskoll::law::Confidence;

use super::phrases;
use crate::cli::screen;

/// The advice. Whoever has not seen the questions is told the answers too.
pub(super) fn text(guided: &Guided<'_, '_>, lang: Lang, today: Date, with_answers: bool) -> String {
    let advice = Advice { guided, lang };
    let mut blocks = vec![advice.heading()];
    if with_answers || guided.walks.len() > 1 {
        blocks.push(advice.answers(with_answers));
    }
    blocks.extend(advice.outcome());
    blocks.extend(advice.copy());
    blocks.extend(advice.days(today));
    blocks.extend(advice.notes());
    blocks.extend(advice.support());
    let blocks: Vec<String> = blocks
        .into_iter()
        .filter(|block| !block.is_empty())
        .collect();
    format!("{}\n", blocks.join("\n\n"))
}

struct Advice<'a, 't, 'd> {
    guided: &'a Guided<'t, 'd>,
    lang: Lang,
}

impl Advice<'_, '_, '_> {
    fn heading(&self) -> String {
        let (guided, lang) = (self.guided, self.lang);
        let authority = guided.authority.name.get(lang);
        screen::wrap(&phrases::starts(
            lang,
            &guided.guide.title.get(lang),
            &authority,
            &guided.on,
        ))
    }

    /// The path in words: all of it, or only that of the tree of the assessment that followed.
    fn answers(&self, all: bool) -> String {
        let (guided, citer) = (self.guided, self.guided.citer(self.lang));
        let own = guided.guide.tree.name.as_str();
        let steps = guided
            .shown()
            .filter(|(tree, _, _)| all || tree.name != own);
        let lines = steps.map(|(_, question, step)| {
            let asked = question
                .text
                .as_ref()
                .map(|text| citer.text(text))
                .unwrap_or_default();
            let answer = step.answer.and_then(|at| question.answers.get(at));
            let words = answer
                .and_then(|answer| answer.text.as_ref())
                .map(|text| citer.text(text));
            let said: Vec<String> = words
                .into_iter()
                .chain(step.text.map(str::to_owned))
                .collect();
            let said = said.join(": ");
            let line = if question.is_asked() {
                phrases::answered(self.lang, &asked, &said)
            } else {
                phrases::known(self.lang, &asked, &said)
            };
            screen::indented(&line, " - ", "   ")
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    fn outcome(&self) -> Vec<String> {
        let citer = self.guided.citer(self.lang);
        let Some(outcome) = self.guided.outcome() else {
            return Vec::new();
        };
        let next = outcome.next.as_ref().map(|next| citer.text(next));
        let next = next.map(|next| format!("{} {next}", phrases::now(self.lang)));
        let says = outcome.says.as_ref().map(|says| citer.text(says));
        let all = std::iter::once(citer.text(&outcome.text))
            .chain(says)
            .chain(next);
        all.map(|text| screen::wrap(&text)).collect()
    }

    /// Neither wrapped nor indented: it is to be copied.
    fn copy(&self) -> Vec<String> {
        let copy = self
            .guided
            .outcome()
            .and_then(|outcome| outcome.copy.as_ref());
        let copy = copy.map(|copy| self.guided.citer(self.lang).text(copy));
        let heading = copy
            .as_ref()
            .map(|_| screen::wrap(&phrases::to_copy(self.lang)));
        heading.into_iter().chain(copy).collect()
    }

    fn days(&self, today: Date) -> Vec<String> {
        let (lang, dates) = (self.lang, self.guided.dates(self.lang));
        if dates.is_empty() {
            return Vec::new();
        }
        let columns = [
            phrases::column_day(lang),
            phrases::column_what(lang),
            phrases::column_law(lang),
        ];
        let lines = dates
            .iter()
            .map(|due| [self.day(due, today), due.text.clone(), due.cited.join(", ")]);
        let table = crate::cli::rows(&columns, lines);
        let says = dates
            .iter()
            .filter_map(|due| due.says.as_ref().map(|says| format!("{}: {says}", due.day)));
        let says = says
            .map(|says| screen::indented(&says, " ", "   "))
            .collect::<Vec<_>>()
            .join("\n");
        vec![
            screen::wrap(&phrases::days(lang)),
            table.trim_end().to_owned(),
            says,
            screen::wrap(&phrases::days_rule(lang)),
        ]
    }

    fn day(&self, due: &Due, today: Date) -> String {
        let (lang, day) = (self.lang, due.day);
        if day < today {
            return phrases::passed(lang, &day);
        }
        match next_working_day(day) {
            Some(next) => {
                let number = day.weekday().to_monday_zero_offset();
                let weekday = phrases::weekday(lang, usize::try_from(number).unwrap_or_default());
                phrases::weekend(lang, &day, &weekday, &next)
            }
            None => day.to_string(),
        }
    }

    fn notes(&self) -> Vec<String> {
        let lang = self.lang;
        let (assumptions, open) = self.guided.notes(lang);
        let assumptions = assumptions
            .iter()
            .map(|note| crate::cli::phrases::assumption(lang, &note.text));
        let open = open
            .iter()
            .map(|note| crate::cli::phrases::open_question(lang, &note.text));
        assumptions
            .chain(open)
            .map(|line| screen::wrap(&line))
            .collect()
    }

    /// The sections of the outcome, and of each what is not certain about it.
    fn support(&self) -> Vec<String> {
        let (guided, lang) = (self.guided, self.lang);
        let citer = guided.citer(lang);
        let keys = guided.law_of_end();
        if keys.is_empty() {
            return Vec::new();
        }
        let sections: Vec<String> = keys.iter().map(|key| citer.key(key)).collect();
        let doubts = keys.iter().filter_map(|key| {
            let provision = guided.trees.laws.provision(key)?;
            let note = provision
                .note
                .as_ref()
                .map(|note| note.get(lang))
                .unwrap_or_default();
            let version = provision.on(guided.on)?;
            if version.unverified {
                Some(phrases::unread(lang, &version.cite, &note))
            } else {
                (provision.confidence == Confidence::Low)
                    .then(|| phrases::unsure(lang, &version.cite, &note))
            }
        });
        let doubts = doubts.map(|doubt| screen::indented(doubt.trim_end(), " ", "   "));
        let first = screen::indented(&phrases::sections(lang, &sections.join(", ")), " ", "   ");
        vec![
            std::iter::once(first)
                .chain(doubts)
                .collect::<Vec<_>>()
                .join("\n"),
        ]
    }
}
