//! `explain`: why it came out so, and what would have changed it, in words or as JSON; the interview says the same.

use std::collections::BTreeMap;

use anyhow::{Result, anyhow};
use clap::ArgMatches;
use serde::Serialize;

use sekretesskoll::answers::{AnswersDocument, Form};
use sekretesskoll::assessment::{Assessment, ItemOutcome, NONE, Stage, UNSURE, assess, is_shown};
use sekretesskoll::cite::Citer;
use sekretesskoll::explain::{Change, Deciding, Explanation, WhatIf, explain, explain_stage};
use sekretesskoll::fact::Fact;
use sekretesskoll::language::Lang;
use sekretesskoll::record::Record;
use sekretesskoll::tree::{Question, Role};
use sekretesskoll::trees::Trees;
use sekretesskoll::walk::Step;

use crate::cli::args::Usage;
use crate::cli::files::{self, Handed};
use crate::cli::{Exit, clock, lack, phrases, say, screen};

/// What `--item` calls the first item and the route.
const IDENTITY: &str = "identity";
const ROUTE: &str = "route";

/// Runs the command.
pub(crate) fn run(lang: Lang, matches: &ArgMatches) -> Result<Exit> {
    let trees = crate::cli::trees(lang, matches)?;
    if let Some(folder) = matches.get_one::<String>("trees") {
        say(&phrases::from_folder(lang, folder));
    }
    let path = matches
        .get_one::<String>("file")
        .map_or("-", String::as_str);
    let (document, record) = read(lang, &trees, path)?;
    if let Some(record) = record.as_ref().filter(|record| !is_same(record, &trees)) {
        say(&phrases::why_other_trees(lang, &made_as(path, record)));
    }
    let stage = chosen(lang, matches, &document)?;
    let assessment = match assess(&trees, &document) {
        Ok(assessment) => assessment,
        Err(need) => {
            say(&lack::sentence(lang, &trees, &need, &document));
            return Ok(Exit::Undetermined);
        }
    };
    for line in record
        .iter()
        .flat_map(|record| differences(lang, record, &assessment))
    {
        say(&line);
    }
    print(lang, matches, &assessment, &document, stage)?;
    Ok(missing(lang, &assessment, &document))
}

/// A record is named by its file; from standard input by its digest.
fn made_as(path: &str, record: &Record) -> String {
    if path == "-" {
        record.digest.clone()
    } else {
        format!("`{path}`")
    }
}

fn is_same(record: &Record, trees: &Trees) -> bool {
    record.made_with.trees_digest == format!("sha256:{}", trees.digest)
}

/// The answers, and the record that they were read from.
fn read(lang: Lang, trees: &Trees, path: &str) -> Result<(AnswersDocument, Option<Box<Record>>)> {
    match files::read_handed(lang, path)? {
        Handed::Answers(document) => Ok((completed(lang, *document)?, None)),
        Handed::Record(record) => {
            let document = record
                .answers(&trees.laws)
                .map_err(|member| anyhow!(phrases::not_record_member(lang, &path, &member)))?;
            Ok((document, Some(record)))
        }
    }
}

/// What an answers document may leave out is today and the settings' authority, as for `assess`.
fn completed(lang: Lang, document: AnswersDocument) -> Result<AnswersDocument> {
    let authority = match document.authority {
        Some(authority) => Some(authority),
        None => files::read_settings(lang)?.authority,
    };
    let on = match document.on {
        Some(day) => Some(day),
        None => Some(clock::today()?),
    };
    Ok(AnswersDocument {
        on,
        authority,
        ..document
    })
}

/// The stage asked for; a name that nothing has is wrong usage.
fn chosen(lang: Lang, matches: &ArgMatches, document: &AnswersDocument) -> Result<Option<Stage>> {
    let Some(id) = matches.get_one::<String>("item") else {
        return Ok(None);
    };
    match id.as_str() {
        ROUTE => Ok(Some(Stage::Route)),
        IDENTITY => Ok(Some(Stage::Identity)),
        other => match document.find(other) {
            Some(at) => Ok(Some(Stage::Item(at))),
            None => Err(Usage(unknown_item(lang, document, other)).into()),
        },
    }
}

fn unknown_item(lang: Lang, document: &AnswersDocument, id: &str) -> String {
    let ids: Vec<String> = (0..document.items.len())
        .map(|at| document.id_of(at).into_owned())
        .chain([IDENTITY.to_owned(), ROUTE.to_owned()])
        .collect();
    let hint = lack::hint(lang, id, ids.iter().map(String::as_str));
    phrases::why_unknown_item(lang, &id, &hint)
}

/// Where the same answers do not give what the record says.
fn differences(lang: Lang, record: &Record, assessment: &Assessment<'_, '_>) -> Vec<String> {
    let outcome = |stage: Stage| {
        let item = assessment.item(stage).and_then(|item| item.outcome);
        item.map(|outcome| outcome.key().to_owned())
    };
    let route = assessment.route_outcome();
    let whole = assessment.whole.map(|whole| whole.key().to_owned());
    let items = record.items.iter().enumerate();
    let items = items.map(|(at, item)| {
        let of = phrases::why_item(lang, &item.id, &item.form);
        (of, item.outcome.clone(), outcome(Stage::Item(at)))
    });
    let identity = record.identity.iter().map(|first| {
        let of = phrases::first_item(lang);
        (of, first.outcome.clone(), outcome(Stage::Identity))
    });
    let route = (
        phrases::why_route(lang),
        record.route.outcome.clone(),
        route.map(|route| route.id.clone()),
    );
    let whole = (phrases::why_whole(lang), record.outcome.clone(), whole);
    std::iter::once(route)
        .chain(identity)
        .chain(items)
        .chain([whole])
        .filter(|(_, recorded, replayed)| Some(recorded) != replayed.as_ref())
        .map(|(of, recorded, replayed)| {
            let replayed = replayed.unwrap_or_else(|| "-".to_owned());
            phrases::why_other_outcome(lang, &of, &recorded, &replayed)
        })
        .collect()
}

/// What scripts read.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Explained<'a> {
    kind: &'static str,
    format: u32,
    on: String,
    authority: &'a str,
    explanations: Vec<Explanation>,
    missing: Vec<String>,
}

fn print(
    lang: Lang,
    matches: &ArgMatches,
    assessment: &Assessment<'_, '_>,
    document: &AnswersDocument,
    stage: Option<Stage>,
) -> Result<()> {
    let explanations = match stage {
        Some(stage) => explain_stage(assessment, document, stage)
            .into_iter()
            .collect(),
        None => explain(assessment, document),
    };
    let as_json = matches
        .get_one::<String>("format")
        .is_some_and(|f| f == "json");
    if as_json {
        let explained = Explained {
            kind: "explanation",
            format: 1,
            on: assessment.on.to_string(),
            authority: &assessment.authority.key,
            explanations,
            missing: assessment
                .needs
                .iter()
                .map(|need| need.place.to_string())
                .collect(),
        };
        return crate::cli::out(&format!("{}\n", serde_json::to_string_pretty(&explained)?));
    }
    if let (Some(stage), []) = (stage, explanations.as_slice()) {
        let of = heading(lang, document, stage);
        return crate::cli::out(&format!(
            "{}\n",
            screen::wrap(&phrases::why_not_reached(lang, &of))
        ));
    }
    crate::cli::out(&format!(
        "{}\n",
        told(lang, assessment, document, &explanations)
    ))
}

/// Names what is missing or wrong, as `assess --answers` does.
fn missing(lang: Lang, assessment: &Assessment<'_, '_>, document: &AnswersDocument) -> Exit {
    for need in &assessment.needs {
        say(&lack::in_words(lang, assessment, need, document));
    }
    if assessment.needs.is_empty() {
        Exit::Done
    } else {
        Exit::Undetermined
    }
}

/// What an explanation is of. The item's own label is free text and is not repeated.
pub(crate) fn heading(lang: Lang, document: &AnswersDocument, stage: Stage) -> String {
    let Stage::Item(at) = stage else {
        return match stage {
            Stage::Identity => phrases::first_item(lang),
            _ => phrases::why_route(lang),
        };
    };
    let form = document
        .items
        .get(at)
        .map_or(Form::Statement, |item| item.form);
    phrases::why_item(lang, &document.id_of(at), &form.text(lang))
}

/// Explanations in words, wrapped, and once that the judgement is the official's.
pub(crate) fn told(
    lang: Lang,
    assessment: &Assessment<'_, '_>,
    document: &AnswersDocument,
    explanations: &[Explanation],
) -> String {
    let mut blocks: Vec<String> = explanations
        .iter()
        .map(|explanation| {
            let teller = Teller {
                lang,
                assessment,
                explanation,
            };
            teller.tell(&heading(lang, document, explanation.stage))
        })
        .collect();
    blocks.push(screen::wrap(&phrases::why_judgement(lang)));
    blocks.join("\n\n")
}

struct Teller<'a, 't> {
    lang: Lang,
    assessment: &'a Assessment<'t, 'a>,
    explanation: &'a Explanation,
}

/// What one line of a change stands for: the changes of one thing that lead to the same are told together.
struct Together<'w> {
    lead: String,
    number: String,
    values: Vec<String>,
    what_if: &'w WhatIf,
}

impl Teller<'_, '_> {
    fn tell(&self, heading: &str) -> String {
        let mut lines = vec![screen::wrap(heading), screen::wrap(&self.outcome())];
        let ended = self.explanation.then.asks.is_none();
        if !self.explanation.deciding.is_empty() {
            let title = if ended {
                phrases::why_deciding(self.lang)
            } else {
                phrases::why_deciding_so_far(self.lang)
            };
            lines.extend([String::new(), screen::wrap(&title)]);
            lines.extend(self.deciding());
        }
        lines.extend(self.changes());
        lines.join("\n")
    }

    fn citer(&self) -> Citer<'_> {
        self.assessment.citer_in(self.explanation.stage, self.lang)
    }

    fn outcome(&self) -> String {
        let then = &self.explanation.then;
        if let Some(question) = &then.asks {
            let open = phrases::why_open(self.lang, &self.question(question, &self.citer()));
            let can = phrases::why_can_end(self.lang, &self.outcomes(&then.outcomes));
            return format!("{open}\n{can}");
        }
        let outcome = self.outcomes(&then.outcomes).to_uppercase();
        let law = screen::cited(self.assessment, self.lang, &self.explanation.law);
        if law.is_empty() {
            return outcome;
        }
        phrases::item_outcome(self.lang, &outcome, &law)
    }

    fn outcomes(&self, keys: &[String]) -> String {
        let tree = self.explanation.stage.tree(self.assessment.trees);
        let citer = self.citer();
        let names = keys.iter().filter_map(|key| tree.find_outcome(key));
        let names: Vec<String> = names.map(|outcome| citer.text(&outcome.text)).collect();
        self.or(&names)
    }

    /// `a, b eller c`; what holds a comma, and no quotation marks around it, is kept apart by semicolons.
    fn or(&self, words: &[String]) -> String {
        match words.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, rest)) => {
                let runs_together = |word: &String| word.contains(',') && !word.starts_with('"');
                if words.iter().any(runs_together) {
                    return phrases::why_or_apart(self.lang, &rest.join("; "), last);
                }
                phrases::why_or(self.lang, &rest.join(", "), last)
            }
            None => String::new(),
        }
    }

    fn question(&self, id: &str, citer: &Citer<'_>) -> String {
        let question = self.explanation.stage.tree(self.assessment.trees).find(id);
        question
            .and_then(|question| question.text.as_ref())
            .map(|text| citer.text(text))
            .unwrap_or_default()
    }

    fn steps(&self) -> impl Iterator<Item = (&Deciding, &Question, Step<'_>)> {
        let stage = self.explanation.stage;
        let walked = self.assessment.walks();
        let walked = walked
            .filter(move |(other, _, _)| *other == stage)
            .collect::<Vec<_>>();
        self.explanation
            .deciding
            .iter()
            .filter_map(move |deciding| {
                let (_, tree, walk) = walked.first()?;
                let step = walk.steps().nth(deciding.step)?;
                Some((deciding, tree.question(step.question), step))
            })
    }

    fn deciding(&self) -> Vec<String> {
        let (citer, mut number) = (self.citer(), 0);
        let mut lines = Vec::new();
        for (deciding, question, step) in self.steps() {
            let law = screen::cited(self.assessment, self.lang, &deciding.law);
            if let Some(fact) = &question.known {
                let known = self.with_law(&self.known(question, fact, step), &law);
                let line = match fact {
                    Fact::Earlier { .. } => phrases::why_from_route(self.lang, &known),
                    fact if is_entered(fact, step) => phrases::why_entered(self.lang, &known),
                    _ => phrases::why_known(self.lang, &known),
                };
                lines.push(screen::numbered("–", &line));
                continue;
            }
            number += 1;
            let answer = answer_in_words(question, step.key.unwrap_or_default(), &citer);
            let answer = phrases::why_answer(self.lang, &answer);
            let asked = self.question(&question.id, &citer);
            lines.push(screen::numbered(&number.to_string(), &asked));
            lines.push(screen::numbered("", &self.with_law(&answer, &law)));
        }
        lines
    }

    /// A text with its sections, where it does not name them itself.
    fn with_law(&self, text: &str, law: &str) -> String {
        if law.is_empty() || text.contains(law) {
            return text.to_owned();
        }
        phrases::why_law(self.lang, &text, &law)
    }

    /// What was known: in the words of the tree where it has any, else the fact in words.
    fn known(&self, question: &Question, fact: &Fact, step: Step<'_>) -> String {
        let (citer, value) = (self.citer(), step.key.unwrap_or_default());
        let entered = *fact == Fact::ItemForm && is_entered(fact, step);
        let Some(text) = question.text.as_ref().filter(|_| !entered) else {
            return self.fact(fact, value);
        };
        let answer = if is_shown(question, &step) {
            answer_in_words(question, value, &citer)
        } else {
            self.word(value)
        };
        let text = citer.text(text);
        let joint = if text.ends_with('?') { " " } else { ": " };
        format!("{text}{joint}{answer}")
    }

    fn fact(&self, fact: &Fact, value: &str) -> String {
        let (lang, word) = (self.lang, self.word(value));
        let rule = fact
            .rule()
            .map(|rule| self.citer().key(rule))
            .unwrap_or_default();
        match fact {
            Fact::Route => phrases::fact_route(lang, &self.route_named(value)),
            Fact::ItemForm if value == IDENTITY => phrases::fact_first(lang),
            Fact::ItemForm => phrases::fact_form(lang, &of_item(lang, fact, value)),
            Fact::ItemOrigin => phrases::fact_origin(lang, &of_item(lang, fact, value)),
            Fact::ItemAbout | Fact::ItemAboutAny => {
                phrases::fact_about(lang, &of_item(lang, fact, value))
            }
            Fact::ItemHarmTest => phrases::fact_harm_test(lang, &word),
            Fact::ItemExcluded1027 | Fact::ItemExcluded1015a => {
                phrases::fact_excluded(lang, &rule, &word)
            }
            Fact::ItemSwitchesOff1028 => phrases::fact_switches_off(lang, &rule, &word),
            Fact::ItemConsentable => phrases::fact_consentable(lang, &word),
            Fact::ItemBenefit => phrases::fact_benefit(lang, &word),
            Fact::IdentityProtected => phrases::fact_protected(lang, &word),
            Fact::AuthorityDuty => phrases::fact_duty(lang, &self.bound(value)),
            Fact::AuthorityOsl => phrases::fact_osl(lang, &word),
            Fact::Follows => phrases::fact_follows(lang, &word),
            Fact::InForce(key) => phrases::fact_in_force(lang, &self.citer().key(key), &word),
            Fact::Earlier { tree, question } => self.earlier(tree, question, value),
            Fact::AuthorityDutyAfterKnowledge
            | Fact::AuthorityDutySection
            | Fact::AuthoritySigning
            | Fact::Authority
            | Fact::Opened => phrases::fact_other(lang, fact, &word),
        }
    }

    fn route_named(&self, outcome: &str) -> String {
        let outcome = self.assessment.trees.route.find_outcome(outcome);
        outcome
            .map(|outcome| screen::lower_first(outcome.text.get(self.lang)))
            .unwrap_or_default()
    }

    fn earlier(&self, tree: &str, id: &str, value: &str) -> String {
        let question = self.assessment.trees.tree(tree);
        let Some(question) = question.and_then(|tree| tree.find(id)) else {
            return String::new();
        };
        let citer = self.citer();
        let text = question.text.as_ref().map(|text| citer.text(text));
        let text = text.unwrap_or_default();
        format!("{text} {}", answer_in_words(question, value, &citer))
    }

    fn bound(&self, value: &str) -> String {
        match value {
            "yes" => phrases::bound_yes(self.lang),
            "no" => phrases::bound_no(self.lang),
            _ => phrases::bound_unclear(self.lang),
        }
    }

    fn word(&self, value: &str) -> String {
        match value {
            "yes" => phrases::word_yes(self.lang),
            "no" => phrases::word_no(self.lang),
            "unknown" | UNSURE => phrases::word_unclear(self.lang),
            other => other.to_owned(),
        }
    }

    fn changes(&self) -> Vec<String> {
        let together = self.together();
        let mut lines = Vec::new();
        let ended = self.explanation.then.asks.is_none();
        let otherwise = if ended {
            phrases::why_else(self.lang)
        } else {
            phrases::why_settled(self.lang)
        };
        for (title, ends) in [(otherwise, true), (phrases::why_more(self.lang), false)] {
            let of: Vec<String> = together
                .iter()
                .filter(|one| one.what_if.then.asks.is_none() == ends)
                .map(|one| self.change(one))
                .collect();
            if !of.is_empty() {
                lines.extend([String::new(), screen::wrap(&title)]);
                lines.extend(of);
            }
        }
        if lines.is_empty() && ended {
            let none = phrases::why_nothing_else(self.lang);
            lines.extend([String::new(), screen::wrap(&none)]);
        }
        lines
    }

    /// The changes of one thing that lead to the same, where the first of them stands.
    fn together(&self) -> Vec<Together<'_>> {
        let numbers = self.numbers();
        let mut all: Vec<Together<'_>> = Vec::new();
        for what_if in &self.explanation.changes {
            let (lead, value) = self.lead(&what_if.change);
            let same = all.iter_mut().find(|one| {
                one.lead == lead
                    && one.what_if.then == what_if.then
                    && one.what_if.must_be_written == what_if.must_be_written
            });
            if let Some(one) = same {
                one.values.push(value);
                continue;
            }
            let number = match &what_if.change {
                Change::Answer {
                    stage, question, ..
                } if *stage == self.explanation.stage => numbers.get(question.as_str()),
                _ => None,
            };
            all.push(Together {
                lead,
                number: number.map_or_else(|| "–".to_owned(), usize::to_string),
                values: vec![value],
                what_if,
            });
        }
        all
    }

    /// The numbers of the asked questions among what decided.
    fn numbers(&self) -> BTreeMap<&str, usize> {
        let deciding = self.explanation.deciding.iter();
        let asked = deciding.filter(|deciding| deciding.known.is_none());
        asked
            .zip(1..)
            .map(|(deciding, number)| (deciding.question.as_str(), number))
            .collect()
    }

    /// What is changed, told apart from other things, and what it is changed to.
    fn lead(&self, change: &Change) -> (String, String) {
        let lang = self.lang;
        let quoted = |text: &str| phrases::why_quoted(lang, &text);
        match change {
            Change::Answer {
                stage,
                question,
                answer,
                ..
            } => {
                let citer = self.assessment.citer_in(*stage, lang);
                let asked = stage.tree(self.assessment.trees).find(question);
                let value = asked.map(|asked| answer_in_words(asked, answer, &citer));
                let lead = format!("{stage:?} {question}");
                (lead, quoted(&value.unwrap_or_default()))
            }
            Change::Form { form, .. } => ("form".to_owned(), form.text(lang).to_owned()),
            Change::Origin { origin, .. } => ("origin".to_owned(), quoted(origin.text(lang))),
            Change::About { about, .. } => ("about".to_owned(), quoted(about.text(lang))),
            Change::Provision { provision, .. } => (
                format!("provision {provision}"),
                self.citer().key(provision),
            ),
            Change::Day { on } => ("day".to_owned(), on.to_string()),
        }
    }

    fn change(&self, one: &Together<'_>) -> String {
        let (what_if, values) = (one.what_if, self.or(&one.values));
        let mut line = self.then(&self.changed(&what_if.change, &values), what_if);
        let written = self.written(what_if);
        if !written.is_empty() {
            line += " ";
            line += &phrases::why_written(self.lang, &written);
        }
        screen::numbered(&one.number, &line)
    }

    fn changed(&self, change: &Change, values: &str) -> String {
        let lang = self.lang;
        match change {
            Change::Answer {
                stage, question, ..
            } if *stage != self.explanation.stage => {
                phrases::why_if_route(lang, &self.route_question(question), &values)
            }
            Change::Answer { .. } => phrases::why_if_answer(lang, &values),
            Change::Form { .. } => phrases::why_if_form(lang, &values),
            Change::Origin { .. } => phrases::why_if_origin(lang, &values),
            Change::About { .. } => phrases::why_if_about(lang, &values),
            Change::Provision { provision, .. } => match provision.as_str() {
                NONE => phrases::why_if_no_provision(lang),
                UNSURE => phrases::why_if_unsure(lang),
                _ => phrases::why_if_provision(lang, &values),
            },
            Change::Day { .. } => phrases::why_if_day(lang, &values),
        }
    }

    fn route_question(&self, id: &str) -> String {
        let question = self.assessment.trees.route.find(id);
        let text = question.and_then(|question| question.text.as_ref());
        text.map(|text| self.assessment.citer(self.lang).text(text))
            .unwrap_or_default()
    }

    fn then(&self, change: &str, what_if: &WhatIf) -> String {
        let (lang, then) = (self.lang, &what_if.then);
        let outcomes = self.outcomes(&then.outcomes);
        let Some(question) = &then.asks else {
            return phrases::why_then(lang, &change, &outcomes);
        };
        let citer = match what_if.change {
            Change::Day { on } => Citer {
                day: on,
                ..self.citer()
            },
            _ => self.citer(),
        };
        let question = self.question(question, &citer);
        if then.outcomes.len() == 1 {
            phrases::why_then_certain(lang, &change, &question, &outcomes)
        } else {
            phrases::why_then_asks(lang, &change, &question, &outcomes)
        }
    }

    /// Questions with a text that a release already rests on: they are not told again for another release.
    fn written_already(&self) -> Vec<&str> {
        let stage = self.explanation.stage;
        let released = self.assessment.item(stage).and_then(|item| item.outcome);
        if !released.is_some_and(ItemOutcome::releases) {
            return Vec::new();
        }
        let walked = self
            .assessment
            .walks()
            .filter(|(other, _, _)| *other == stage);
        let steps = walked.flat_map(|(_, tree, walk)| walk.steps().map(move |s| (tree, s)));
        steps
            .filter(|(_, step)| step.text.is_some())
            .map(|(tree, step)| tree.question(step.question).id.as_str())
            .collect()
    }

    /// What must have been written, named by what it is and not by the whole question.
    fn written(&self, what_if: &WhatIf) -> String {
        let tree = self.explanation.stage.tree(self.assessment.trees);
        let there = self.written_already();
        let ids = what_if.must_be_written.iter();
        let named = ids
            .filter(|id| !there.contains(&id.as_str()))
            .filter_map(|id| tree.find(id))
            .map(|question| self.text_of(question, what_if));
        named.collect::<Vec<_>>().join("; ")
    }

    fn text_of(&self, question: &Question, what_if: &WhatIf) -> String {
        let lang = self.lang;
        match question.role {
            Some(Role::Link) => phrases::why_written_link(lang),
            Some(Role::Individual) => phrases::why_written_individual(lang),
            Some(Role::Wording) => phrases::why_written_wording(lang),
            Some(Role::Consent) => phrases::why_written_consent(lang),
            _ if what_if.asks_about(self.explanation.stage, &question.id) => {
                phrases::why_written_this(lang)
            }
            _ if what_if.then.asks.as_ref() == Some(&question.id) => {
                phrases::why_written_next(lang)
            }
            _ => {
                let text = self.question(&question.id, &self.citer());
                phrases::why_written_other(lang, &text)
            }
        }
    }
}

/// The answer as shown, without what the official was asked to write.
fn answer_in_words(question: &Question, key: &str, citer: &Citer<'_>) -> String {
    let answer = question
        .answer(key)
        .and_then(|(_, answer)| answer.text.as_ref());
    let text = answer.map(|text| citer.text(text)).unwrap_or_default();
    screen::said(&text).to_owned()
}

/// Whether the official said it in the list, and not the program.
fn is_entered(fact: &Fact, step: Step<'_>) -> bool {
    let first = step.key == Some(IDENTITY);
    matches!(
        fact,
        Fact::ItemForm | Fact::ItemOrigin | Fact::ItemAbout | Fact::ItemAboutAny
    ) && !first
}

/// The words of a field of an item.
fn of_item(lang: Lang, fact: &Fact, value: &str) -> String {
    use sekretesskoll::answers::{About, Origin};
    let form = Form::ALL.iter().map(|form| (form.key(), form.text(lang)));
    let origin = Origin::ALL.iter().map(|o| (o.key(), o.text(lang)));
    let about = About::ALL
        .iter()
        .map(|about| (about.key(), about.text(lang)));
    let words: Vec<(&str, &str)> = match fact {
        Fact::ItemForm => form.collect(),
        Fact::ItemOrigin => origin.collect(),
        _ => about.collect(),
    };
    let found = words.iter().find(|(key, _)| *key == value);
    found.map_or(value, |(_, word)| word).to_owned()
}
