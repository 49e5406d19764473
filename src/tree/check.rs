//! From a tree as written to a checked tree, or everything that is wrong with it.

use std::collections::{BTreeMap, BTreeSet};

use crate::cite;
use crate::fact::{Fact, OPENS, UNANSWERED};
use crate::finding::{Code, Finding, Place};
use crate::language::Text;
use crate::law::{self, Laws};
use crate::source::{At, Source, unknown_value};
use crate::tree::compiled::Compiled;
use crate::tree::file::{AnswerFile, OutcomeFile, QuestionFile, TreeFile};
use crate::tree::{Answer, DUTY, ItemOutcome, Kind, LawRef, Outcome, Question, Role, Target, Tree};

const HELP_LINES: usize = 12;
const HELP_WIDTH: usize = 78;

/// What a tree is checked against.
pub(crate) struct Context<'a> {
    pub(crate) laws: &'a Laws,
    /// All trees by name, for facts about earlier answers and for trees that follow.
    pub(crate) files: &'a BTreeMap<String, TreeFile>,
    /// Whether the tree is a guide: it stands alone and knows less.
    pub(crate) is_guide: bool,
}

/// Checks one tree. The tree returned is good only if the source has no findings.
pub(crate) fn check(
    stage: &str,
    file: &TreeFile,
    source: &Source<'_>,
    context: &Context<'_>,
) -> Tree {
    let checker = Checker {
        stage,
        file,
        source,
        context,
    };
    checker.names();
    checker.needed_outcomes();
    checker.help();
    let questions: Vec<Question> = file
        .questions
        .iter()
        .map(|question| checker.question(question))
        .collect();
    let tree = Tree {
        name: file.name.value.clone(),
        start: checker.start(),
        compiled: Compiled::new(&file.name.value, &questions),
        questions,
        outcomes: file
            .outcomes
            .iter()
            .map(|outcome| checker.outcome(outcome))
            .collect(),
    };
    checker.paths(&tree);
    tree
}

struct Checker<'a, 's, 'i> {
    /// The tree that the file must hold: `route.toml` is the route.
    stage: &'a str,
    file: &'a TreeFile,
    source: &'s Source<'i>,
    context: &'a Context<'a>,
}

impl Checker<'_, '_, '_> {
    fn push(&self, code: Code, place: &Place, sv: impl Into<String>, en: impl Into<String>) {
        self.source
            .push(Finding::new(code, place, sv.into(), en.into()));
    }

    fn names(&self) {
        let mut seen = BTreeSet::new();
        let questions = self
            .file
            .questions
            .iter()
            .map(|question| (&question.id, &question.place));
        let outcomes = self
            .file
            .outcomes
            .iter()
            .map(|outcome| (&outcome.id, &outcome.place));
        for (id, place) in questions.chain(outcomes) {
            if !seen.insert(id) {
                self.source.push(law::duplicate(place, id));
            }
        }
        if self.file.name.value != self.stage {
            let only = std::iter::once(self.stage);
            self.source
                .push(unknown_value("tree", &self.file.name, only));
        }
    }

    /// The outcomes that the program itself asks for: under a duty other things follow.
    fn needed_outcomes(&self) {
        let has = |id: &str| self.file.outcomes.iter().any(|outcome| outcome.id == id);
        if self.stage == "route" && !has(DUTY) {
            let id = DUTY;
            let (sv, en) = (
                format!("utfallet `{id}` måste finnas"),
                format!("the outcome `{id}` must be there"),
            );
            self.push(Code::WrongShape, &self.file.name.place, sv, en);
        }
    }

    fn help(&self) {
        let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
        for question in &self.file.questions {
            let asked = question.known.is_none();
            match &question.help {
                None if asked => self.push(
                    Code::MissingHelp,
                    &question.place,
                    format!("frågan `{}` har ingen hjälptext", question.id),
                    format!("the question `{}` has no help", question.id),
                ),
                Some(help) => {
                    self.help_size(question, help);
                    if let Some(other) = seen.insert(&help.sv, &question.id) {
                        self.push(
                            Code::DuplicateHelp,
                            &question.help_place,
                            format!("`{}` har samma hjälptext som `{other}`", question.id),
                            format!("`{}` has the same help as `{other}`", question.id),
                        );
                    }
                }
                None => {}
            }
        }
    }

    fn help_size(&self, question: &QuestionFile, help: &Text) {
        for text in [&help.sv, &help.en] {
            let lines = text.lines().count();
            let widest = text
                .lines()
                .map(|line| line.chars().count())
                .max()
                .unwrap_or(0);
            if lines > HELP_LINES || widest > HELP_WIDTH {
                self.push(
                    Code::HelpTooLong,
                    &question.help_place,
                    format!("hjälptexten har {lines} rader och är som mest {widest} tecken bred"),
                    format!("the help has {lines} lines and is {widest} characters at its widest"),
                );
            }
        }
    }

    fn start(&self) -> usize {
        match self.target(&self.file.start) {
            Some(Target::Question(at)) => at,
            Some(Target::Outcome(_)) => {
                let (sv, en) = (
                    "`start` ska vara en fråga, inte ett utfall",
                    "`start` must be a question, not an outcome",
                );
                self.push(Code::WrongShape, &self.file.start.place, sv, en);
                0
            }
            None => 0,
        }
    }

    fn target(&self, goto: &At<String>) -> Option<Target> {
        let questions = &self.file.questions;
        if let Some(at) = questions
            .iter()
            .position(|question| question.id == goto.value)
        {
            return Some(Target::Question(at));
        }
        if let Some(at) = self
            .file
            .outcomes
            .iter()
            .position(|outcome| outcome.id == goto.value)
        {
            return Some(Target::Outcome(at));
        }
        let ids = questions
            .iter()
            .map(|q| q.id.as_str())
            .chain(self.file.outcomes.iter().map(|o| o.id.as_str()));
        let given = &goto.value;
        self.source.push(
            Finding::new(
                Code::UnknownGoto,
                &goto.place,
                format!("`{given}` är varken en fråga eller ett utfall i trädet"),
                format!("`{given}` is neither a question nor an outcome of this tree"),
            )
            .did_you_mean(given, ids),
        );
        None
    }

    fn question(&self, written: &QuestionFile) -> Question {
        let known = written.known.as_ref().and_then(|name| self.fact(name));
        self.shape(written);
        if let Some(fact) = &known {
            self.values(written, fact);
        }
        self.texts(
            &written.place,
            [&written.text, &written.hint, &written.help],
        );
        self.shows(written);
        Question {
            id: written.id.clone(),
            kind: written.kind,
            values: known
                .iter()
                .flat_map(|fact| self.answered_values(written, fact))
                .collect(),
            known,
            role: written.role,
            text: written.text.clone(),
            hint: written.hint.clone(),
            help: written.help.clone(),
            law: self.law(&written.law),
            shows: written.shows.iter().map(|at| at.value.clone()).collect(),
            goto: written.goto.as_ref().and_then(|goto| self.target(goto)),
            opens: self.opens(written.opens.as_ref()),
            answers: written
                .answers
                .iter()
                .map(|answer| self.answer(written, answer))
                .collect(),
        }
    }

    fn fact(&self, name: &At<String>) -> Option<Fact> {
        let fact = Fact::parse_in(self.stage, &name.value).filter(|fact| self.fact_exists(fact));
        if fact.is_none() {
            let given = &name.value;
            self.source.push(
                Finding::new(
                    Code::UnknownFact,
                    &name.place,
                    format!("faktumet `{given}` finns inte på listan"),
                    format!("the fact `{given}` is not on the list"),
                )
                .did_you_mean(given, Fact::names()),
            );
        }
        fact
    }

    /// Whether the fact exists and can have a value in this tree: facts about an item only in the item tree, the route
    /// only after it, and earlier answers only of the route or of the tree itself.
    fn fact_exists(&self, fact: &Fact) -> bool {
        match fact {
            Fact::Authority if !self.context.is_guide => false,
            Fact::Earlier { tree, .. } if tree != self.stage && self.context.is_guide => false,
            Fact::InForce(key) => self.context.laws.provision(key).is_some(),
            Fact::Earlier { tree, question } => self.earlier_exists(tree, question),
            fact if self.context.is_guide => fact.is_known_in_guides(),
            Fact::ItemExcluded1027 | Fact::ItemExcluded1015a | Fact::ItemSwitchesOff1028 => {
                self.stage == "item"
                    && fact
                        .rule()
                        .is_some_and(|key| self.context.laws.provision(key).is_some())
            }
            Fact::Route => self.stage != "route",
            Fact::AuthorityDutyAfterKnowledge | Fact::Follows => self.stage == "route",
            Fact::IdentityProtected => self.stage == "sending",
            Fact::Opened => self.stage == "item",
            fact if fact.is_about_item() => self.stage == "item",
            _ => true,
        }
    }

    /// Whether an earlier question can be read here: one that is asked, of the tree itself or of the route.
    fn earlier_exists(&self, tree: &str, id: &str) -> bool {
        let file = self.context.files.get(tree);
        let file = file.filter(|_| tree == self.stage || tree == "route");
        file.is_some_and(|file| {
            let mut asked = file.questions.iter().filter(|q| q.known.is_none());
            asked.any(|q| q.id == id)
        })
    }

    /// The closed values of a fact, with those that depend on other data looked up.
    fn closed_values(&self, fact: &Fact) -> Vec<String> {
        let owned = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
        match fact {
            Fact::Route => {
                let outcomes = self.context.files.get("route").map(|file| &file.outcomes);
                let routes = outcomes
                    .into_iter()
                    .flatten()
                    .filter(|outcome| outcome.goto_tree.is_some());
                routes.map(|outcome| outcome.id.clone()).collect()
            }
            Fact::Authority => {
                let authorities = self.context.laws.authorities.iter();
                authorities.map(|authority| authority.key.clone()).collect()
            }
            Fact::AuthorityDutySection => {
                let sections = self
                    .context
                    .laws
                    .authorities
                    .iter()
                    .map(|authority| authority.duty_section.clone());
                sections.collect::<BTreeSet<_>>().into_iter().collect()
            }
            Fact::Earlier { tree, question } => self.earlier_values(tree, question),
            fixed => fixed.fixed_values().map(owned).unwrap_or_default(),
        }
    }

    /// Every value of the fact of a known question, with the place of the answer that it gets.
    fn answered_values(&self, written: &QuestionFile, fact: &Fact) -> Vec<(String, usize)> {
        let place = |key: &str| {
            written
                .answers
                .iter()
                .position(|answer| answer.key.value == key)
        };
        let answered = |value: String| Some((place(&value).or_else(|| place("*"))?, value));
        let values = self.closed_values(fact).into_iter().filter_map(answered);
        values.map(|(answer, value)| (value, answer)).collect()
    }

    fn earlier_values(&self, tree: &str, id: &str) -> Vec<String> {
        let file = self.context.files.get(tree);
        let question =
            file.and_then(|file| file.questions.iter().find(|question| question.id == id));
        let answers = question
            .into_iter()
            .flat_map(|question| &question.answers)
            .filter(|answer| !answer.refuse);
        answers
            .map(|answer| answer.key.value.clone())
            .chain([UNANSWERED.to_owned()])
            .collect()
    }

    /// A known question answers every value of its fact, by name or with `*`.
    fn values(&self, written: &QuestionFile, fact: &Fact) {
        let values = self.closed_values(fact);
        let keys: Vec<&str> = written
            .answers
            .iter()
            .map(|answer| answer.key.value.as_str())
            .collect();
        for answer in &written.answers {
            let known = answer.key.value == "*" || values.contains(&answer.key.value);
            if !known {
                self.source.push(unknown_value(
                    &fact.to_string(),
                    &answer.key,
                    values.iter().map(String::as_str),
                ));
            }
        }
        let missing = values
            .iter()
            .filter(|value| !keys.contains(&value.as_str()));
        for value in missing.filter(|_| !keys.contains(&"*")) {
            self.source.push(
                Finding::new(
                    Code::MissingValue,
                    &written.place,
                    format!(
                        "frågan `{}` har inget svar för `{fact}` = `{value}`",
                        written.id
                    ),
                    format!(
                        "the question `{}` has no answer for `{fact}` = `{value}`",
                        written.id
                    ),
                )
                .hint(
                    "lägg till ett svar, eller `*` för de andra värdena",
                    "add an answer, or `*` for the other values",
                ),
            );
        }
    }

    fn shape(&self, written: &QuestionFile) {
        if !written.answers.is_empty() && written.answers.iter().all(|answer| answer.refuse) {
            let id = &written.id;
            let (sv, en) = (
                format!("`{id}`: alla svar nekas"),
                format!("`{id}`: every answer is refused"),
            );
            self.push(Code::WrongShape, &written.place, sv, en);
        }
        let wrong = |sv: &str, en: &str| {
            self.push(
                Code::WrongShape,
                &written.place,
                format!("`{}`: {sv}", written.id),
                format!("`{}`: {en}", written.id),
            );
        };
        let is_choice = written.kind == Kind::Choice;
        let of_items = matches!(written.kind, Kind::Statement | Kind::Item);
        let role = written.role.is_some_and(|role| role != Role::Protected);
        if self.context.is_guide && (of_items || role || written.opens.is_some()) {
            wrong(
                "i en vägledning finns inga uppgifter, inget som öppnas och bara rollen `protected`",
                "a guide has no items, opens nothing and knows only the role `protected`",
            );
        }
        if !self.context.is_guide && written.role == Some(Role::Protected) {
            wrong(
                "rollen `protected` finns bara i vägledningar",
                "only guides have the role `protected`",
            );
        }
        if is_choice && written.answers.is_empty() {
            wrong(
                "en fråga med val måste ha svar",
                "a choice must have answers",
            );
        }
        if is_choice && written.goto.is_some() {
            wrong(
                "`goto` står på svaren när frågan har svar",
                "`goto` stands on the answers when there are any",
            );
        }
        if !is_choice && (!written.answers.is_empty() || written.goto.is_none()) {
            wrong(
                "en fråga utan val har `goto` och inga svar",
                "a question without a choice has `goto` and no answers",
            );
        }
        if !is_choice && written.known.is_some() {
            wrong("en känd fråga har svar", "a known question has answers");
        }
        if written.known.is_none() && written.text.is_none() {
            wrong(
                "en fråga som ställs måste ha en text",
                "a question that is asked must have a text",
            );
        }
        if written
            .answers
            .iter()
            .filter(|answer| answer.sentence)
            .count()
            > 1
        {
            wrong(
                "bara ett svar kan ta emot en mening",
                "only one answer can take a sentence",
            );
        }
    }

    fn answer(&self, question: &QuestionFile, written: &AnswerFile) -> Answer {
        let same = question
            .answers
            .iter()
            .filter(|other| other.key.value == written.key.value)
            .count();
        if same > 1 {
            self.source
                .push(law::duplicate(&written.place, &written.key.value));
        }
        self.answer_shape(question, written);
        if !(written.key.value == "*" && question.known.is_some()) {
            law::check_id(self.source, &written.key);
        }
        self.texts(
            &written.place,
            [&written.text, &written.says, &written.assumes],
        );
        self.texts(&written.place, [&written.open]);
        Answer {
            key: written.key.value.clone(),
            goto: written.goto.as_ref().and_then(|goto| self.target(goto)),
            text: written.text.clone(),
            motivation: written.motivation,
            sentence: written.sentence,
            refuse: written.refuse,
            says: written.says.clone(),
            assumes: written.assumes.clone(),
            open: written.open.clone(),
            opens: self.opens(written.opens.as_ref()),
            law: self.law(&written.law),
        }
    }

    fn answer_shape(&self, question: &QuestionFile, written: &AnswerFile) {
        let key = &written.key.value;
        let wrong = |sv: &str, en: &str| {
            self.push(
                Code::WrongShape,
                &written.place,
                format!("svaret `{key}`: {sv}"),
                format!("the answer `{key}`: {en}"),
            );
        };
        if written.refuse == written.goto.is_some() {
            wrong(
                "antingen `goto` eller `refuse = true`",
                "either `goto` or `refuse = true`",
            );
        }
        if written.refuse && written.says.is_none() {
            wrong(
                "ett svar som inte godtas ska förklara varför (`says`)",
                "an answer that is refused must explain why (`says`)",
            );
        }
        if question.known.is_none() && written.text.is_none() {
            wrong("texten saknas", "the text is missing");
        }
        if written.sentence && !written.motivation {
            wrong(
                "`sentence` kräver `motivation`",
                "`sentence` requires `motivation`",
            );
        }
        if written.motivation && question.known.is_some() {
            wrong(
                "ett känt svar har ingen motivering",
                "a known answer has no motivation",
            );
        }
    }

    fn opens(&self, written: Option<&At<String>>) -> Option<String> {
        let written = written?;
        if !OPENS.contains(&written.value.as_str()) {
            self.source
                .push(unknown_value("opens", written, OPENS.iter().copied()));
        }
        Some(written.value.clone())
    }

    fn outcome(&self, written: &OutcomeFile) -> Outcome {
        self.texts(
            &written.place,
            [&Some(written.text.clone()), &written.says, &written.next],
        );
        self.texts(&written.place, [&written.copy]);
        let follows = written.goto_tree.as_ref();
        let may_follow = match (self.stage, self.context.is_guide) {
            (_, true) => Some("sending"),
            ("route", _) => Some("item"),
            _ => None,
        };
        if let Some(tree) = follows.filter(|tree| may_follow != Some(tree.value.as_str())) {
            self.source
                .push(unknown_value("goto-tree", tree, may_follow.into_iter()));
        }
        self.outcome_shape(written);
        Outcome {
            id: written.id.clone(),
            text: written.text.clone(),
            says: written.says.clone(),
            next: written.next.clone(),
            law: self.law(&written.law),
            goto_tree: follows.map(|tree| tree.value.clone()),
            whole: written.whole,
            copy: written.copy.clone(),
            dates: written
                .dates
                .iter()
                .map(|date| date.value.clone())
                .collect(),
        }
    }

    fn outcome_shape(&self, written: &OutcomeFile) {
        let id = &written.id;
        if self.context.is_guide {
            return self.end_of_guide(written);
        }
        if written.copy.is_some() || !written.dates.is_empty() {
            self.push(
                Code::WrongShape,
                &written.place,
                format!("`{id}`: `copy` och `dates` finns bara i vägledningar"),
                format!("`{id}`: only guides have `copy` and `dates`"),
            );
        }
        let is_stop = self.stage == "route" && written.goto_tree.is_none();
        if is_stop != (written.whole.is_some() && written.next.is_some()) {
            self.push(
                Code::WrongShape,
                &written.place,
                format!("`{id}`: ett stopp har `whole` och `next`, en väg har `goto-tree`"),
                format!("`{id}`: a stop has `whole` and `next`, a route has `goto-tree`"),
            );
        }
        if self.stage == "item" && ItemOutcome::parse(id).is_none() {
            let written = At {
                value: id.clone(),
                place: written.place.clone(),
            };
            self.source
                .push(unknown_value("outcome", &written, ItemOutcome::keys()));
        }
    }

    /// A guide ends in a next step, or in a tree of the assessment.
    fn end_of_guide(&self, written: &OutcomeFile) {
        let id = &written.id;
        if written.whole.is_some() || written.next.is_some() == written.goto_tree.is_some() {
            self.push(
                Code::WrongShape,
                &written.place,
                format!("`{id}`: ett utfall i en vägledning har `next` eller `goto-tree`, och inget `whole`"),
                format!("`{id}`: an outcome of a guide has `next` or `goto-tree`, and no `whole`"),
            );
        }
    }

    fn law(&self, keys: &[At<String>]) -> Vec<LawRef> {
        let mut refs = Vec::new();
        for key in keys {
            match LawRef::placeholder(&key.value) {
                Some(law) => refs.push(law),
                None if self.context.laws.provision(&key.value).is_some() => {
                    refs.push(LawRef::Key(key.value.clone()));
                }
                None => self.source.push(law::unknown_law(self.context.laws, key)),
            }
        }
        refs
    }

    fn texts<'t>(&self, place: &Place, texts: impl IntoIterator<Item = &'t Option<Text>>) {
        for text in texts.into_iter().flatten() {
            let unknown: BTreeSet<String> = cite::unknown_placeholders(text, self.context.laws)
                .into_iter()
                .collect();
            for unknown in unknown {
                self.source.push(
                    Finding::new(
                        Code::UnknownPlaceholder,
                        place,
                        format!("platshållaren `{{{unknown}}}` finns inte"),
                        format!("there is no placeholder `{{{unknown}}}`"),
                    )
                    .did_you_mean(
                        &unknown,
                        self.context
                            .laws
                            .provisions
                            .keys()
                            .map(String::as_str)
                            .chain(cite::PLACEHOLDERS),
                    ),
                );
            }
        }
    }

    fn shows(&self, written: &QuestionFile) {
        for shown in written
            .shows
            .iter()
            .filter(|shown| !self.file.questions.iter().any(|q| q.id == shown.value))
        {
            let given = &shown.value;
            self.source.push(
                Finding::new(
                    Code::UnknownShows,
                    &shown.place,
                    format!("frågan `{given}` finns inte i trädet"),
                    format!("there is no question `{given}` in this tree"),
                )
                .did_you_mean(given, self.file.questions.iter().map(|q| q.id.as_str())),
            );
        }
    }

    fn paths(&self, tree: &Tree) {
        if tree.questions.is_empty() {
            return;
        }
        let mut state = vec![Mark::New; tree.questions.len()];
        let mut outcomes = vec![false; tree.outcomes.len()];
        self.visit(tree, tree.start, &mut state, &mut outcomes);
        for (written, _) in self
            .file
            .questions
            .iter()
            .zip(&state)
            .filter(|(_, mark)| **mark == Mark::New)
        {
            self.push(
                Code::UnreachableQuestion,
                &written.place,
                format!("inget svar leder till frågan `{}`", written.id),
                format!("no answer leads to the question `{}`", written.id),
            );
        }
        for (written, _) in self
            .file
            .outcomes
            .iter()
            .zip(&outcomes)
            .filter(|(_, reached)| !**reached)
        {
            self.push(
                Code::UnreachableOutcome,
                &written.place,
                format!("inget svar leder till utfallet `{}`", written.id),
                format!("no answer leads to the outcome `{}`", written.id),
            );
        }
        self.day_of_knowledge_first(tree);
    }

    /// The day of knowledge is given once on a path, and before anything turns on it: what comes before the question
    /// cannot depend on its answer.
    fn day_of_knowledge_first(&self, tree: &Tree) {
        let gives = |question: &Question| question.role == Some(Role::KnownSince);
        let reads = |question: &Question| question.known == Some(Fact::AuthorityDutyAfterKnowledge);
        let written = self.file.questions.iter().zip(&tree.questions).enumerate();
        for (at, (written, _)) in written.filter(|(_, (_, one))| gives(one) || reads(one)) {
            if follow(tree, at).any(|after| gives(tree.question(after))) {
                let id = &written.id;
                let (sv, en) = (
                    format!("`{id}` kan komma före frågan om dagen man fick veta"),
                    format!("`{id}` can come before the question of the day of knowledge"),
                );
                self.push(Code::WrongShape, &written.place, sv, en);
            }
        }
    }

    fn visit(&self, tree: &Tree, at: usize, state: &mut [Mark], outcomes: &mut [bool]) {
        match state.get(at) {
            Some(Mark::Done) | None => return,
            Some(Mark::Open) => return self.loop_at(tree, at),
            Some(Mark::New) => {}
        }
        set(state, at, Mark::Open);
        let question = tree.question(at);
        for target in question
            .answers
            .iter()
            .filter_map(|answer| answer.goto)
            .chain(question.goto)
        {
            match target {
                Target::Question(next) => self.visit(tree, next, state, outcomes),
                Target::Outcome(end) => set(outcomes, end, true),
            }
        }
        set(state, at, Mark::Done);
    }

    fn loop_at(&self, tree: &Tree, at: usize) {
        let id = &tree.question(at).id;
        let place = self
            .file
            .questions
            .get(at)
            .map(|question| question.place.clone())
            .unwrap_or_default();
        self.push(
            Code::Loop,
            &place,
            format!("frågan `{id}` kan leda tillbaka till sig själv"),
            format!("the question `{id}` can lead back to itself"),
        );
    }
}

/// The questions that can come after one.
fn follow(tree: &Tree, from: usize) -> impl Iterator<Item = usize> {
    let (mut seen, mut waiting) = (BTreeSet::new(), vec![from]);
    while let Some(at) = waiting.pop() {
        let question = tree.question(at);
        let answers = question.answers.iter().filter_map(|answer| answer.goto);
        for target in answers.chain(question.goto) {
            if let Target::Question(next) = target
                && seen.insert(next)
            {
                waiting.push(next);
            }
        }
    }
    seen.into_iter()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    Open,
    Done,
}

fn set<T>(list: &mut [T], at: usize, value: T) {
    if let Some(entry) = list.get_mut(at) {
        *entry = value;
    }
}
