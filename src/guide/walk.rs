//! A guide under way: its tree, and the tree of the assessment that follows it, replayed from the start.

use jiff::civil::Date;

use super::dates::{DateRule, Due, ON, day_after};
use super::record::GuideNote;
use super::{Guide, GuideAnswers};
use crate::answers::Kept;
use crate::assessment::{Lack, is_shown};
use crate::cite::Citer;
use crate::fact::{Fact, UNANSWERED};
use crate::language::{Lang, Text};
use crate::law::Authority;
use crate::people::look_through;
use crate::source::day;
use crate::tree::{Outcome, Question, Role, Tree};
use crate::trees::Trees;
use crate::walk::{Answers, End, Step, Walk, clean, walk};

/// The place of a case number among needs.
pub const CASE: &str = "case";

/// What keeps a guide from being started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// There is no guide of this name.
    NoSuchGuide,
    /// The authority is not named.
    NoAuthority,
    /// There is no authority with this key.
    UnknownAuthority(String),
    /// The day is not named.
    NoDay,
    /// The day lies before the first that the laws know.
    BeforeFirstDay(Date),
}

/// What is missing or wrong, and where: the id of a question, `case` or `kept[0]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuideNeed {
    /// Where.
    pub place: String,
    /// What.
    pub lack: Lack,
}

/// A guide as far as the answers reach.
#[derive(Clone, Debug)]
pub struct Guided<'t, 'd> {
    /// The trees that the guide was loaded with.
    pub trees: &'t Trees,
    /// The guide.
    pub guide: &'t Guide,
    /// The authority.
    pub authority: &'t Authority,
    /// The day.
    pub on: Date,
    /// The guide's own walk, and that of the tree that follows.
    pub walks: Vec<(&'t Tree, Walk<'t, 'd>)>,
    /// What is missing or wrong, the first first; empty where the guide came to its end.
    pub needs: Vec<GuideNeed>,
    usual: Vec<String>,
}

/// Follows a guide as far as the answers reach.
///
/// # Errors
/// What keeps it from being started.
pub fn follow<'t, 'd>(
    trees: &'t Trees,
    document: &'d GuideAnswers,
) -> Result<Guided<'t, 'd>, Unfit> {
    let guide = trees
        .guides
        .find(&document.guide)
        .ok_or(Unfit::NoSuchGuide)?;
    let key = document.authority.as_deref().ok_or(Unfit::NoAuthority)?;
    let authority = trees.laws.authority(key);
    let authority = authority.ok_or_else(|| Unfit::UnknownAuthority(key.to_owned()))?;
    let on = document.on.ok_or(Unfit::NoDay)?;
    if on < trees.laws.first_day {
        return Err(Unfit::BeforeFirstDay(trees.laws.first_day));
    }
    let usual = authority.usual_provision(&trees.laws, on);
    let mut guided = Guided {
        trees,
        guide,
        authority,
        on,
        walks: Vec::new(),
        needs: Vec::new(),
        usual: usual.into_iter().map(str::to_owned).collect(),
    };
    guided.walk_all(&document.answers);
    guided.needs = guided.all_needs(document);
    Ok(guided)
}

impl<'t, 'd> Guided<'t, 'd> {
    fn walk_all(&mut self, answers: &'d Answers) {
        let first = &self.guide.tree;
        self.walks
            .push((first, walk(first, answers, &self.known(first))));
        let follows = self
            .end()
            .and_then(|(_, outcome)| outcome.goto_tree.as_deref());
        if let Some(tree) = follows.and_then(|name| self.trees.tree(name)) {
            self.walks
                .push((tree, walk(tree, answers, &self.known(tree))));
        }
    }

    /// The place of the value of each fact that a tree turns on.
    fn known(&self, tree: &Tree) -> Vec<u8> {
        let facts = tree.facts();
        facts
            .map(|(fact, question)| question.value(self.value(fact)))
            .collect()
    }

    fn value(&self, fact: &Fact) -> &str {
        let (authority, laws) = (self.authority, &self.trees.laws);
        let yes_no = |flag: bool| if flag { "yes" } else { "no" };
        match fact {
            Fact::Authority => &authority.key,
            Fact::AuthorityDuty => {
                let duty = authority.duty_on(self.on);
                duty.map_or("unclear", |duty| duty.bound.word())
            }
            Fact::AuthorityDutySection => &authority.duty_section,
            Fact::AuthorityOsl => yes_no(authority.osl),
            Fact::AuthoritySigning => authority.signing_on(laws, self.on).word(),
            Fact::InForce(key) => yes_no(laws.in_force(key, self.on)),
            Fact::IdentityProtected => self.answer_with_role(Role::Protected),
            _ => UNANSWERED,
        }
    }

    fn answer_with_role(&self, role: Role) -> &str {
        let mut steps = self.steps();
        let step = steps.find(|(_, question, _)| question.role == Some(role));
        let answer = step.and_then(|(_, question, step)| question.answers.get(step.answer?));
        answer.map_or(UNANSWERED, |answer| answer.key.as_str())
    }

    /// Every step with its tree and its question, switches included.
    pub fn steps(&self) -> impl Iterator<Item = (&'t Tree, &'t Question, Step<'_>)> {
        self.walks.iter().flat_map(|(tree, walk)| {
            let steps = walk.steps();
            steps.map(|step| (*tree, tree.question(step.question), step))
        })
    }

    /// The same without switches: what stands on the screen and in a record.
    pub fn shown(&self) -> impl Iterator<Item = (&'t Tree, &'t Question, Step<'_>)> {
        self.steps()
            .filter(|(_, question, step)| is_shown(question, step))
    }

    /// Where the guide ended, and in which tree; none before its end.
    #[must_use]
    pub fn end(&self) -> Option<(&'t Tree, &'t Outcome)> {
        let (tree, walk) = self.walks.last()?;
        match walk.end {
            End::Outcome(at) => Some((*tree, tree.outcome(at))),
            _ => None,
        }
    }

    /// The outcome, once nothing is missing or wrong.
    #[must_use]
    pub fn outcome(&self) -> Option<&'t Outcome> {
        let (_, outcome) = self.end().filter(|_| self.needs.is_empty())?;
        Some(outcome)
    }

    /// The question that is to be answered next, and its tree.
    #[must_use]
    pub fn next(&self) -> Option<(&'t Tree, &'t Question)> {
        let (tree, walk) = self.walks.last()?;
        match walk.end {
            End::Missing(at) | End::Wrong(at, _) => Some((*tree, tree.question(at))),
            _ => None,
        }
    }

    /// Citations for the authority and the day.
    #[must_use]
    pub fn citer(&self, lang: Lang) -> Citer<'_> {
        Citer {
            laws: &self.trees.laws,
            authority: self.authority,
            day: self.on,
            lang,
            provisions: &self.usual,
            received: None,
        }
    }

    /// The sections that a step cites, in force on the day.
    #[must_use]
    pub fn law_of(&self, question: &Question, step: &Step<'_>) -> Vec<String> {
        let citer = self.citer(Lang::Sv);
        let answer = step.answer.and_then(|at| question.answers.get(at));
        let answers = answer.into_iter().flat_map(|answer| &answer.law);
        let mut keys = Vec::new();
        for key in question
            .law
            .iter()
            .chain(answers)
            .flat_map(|law| citer.keys(law))
        {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }

    /// The sections of the outcome, in force on the day.
    #[must_use]
    pub fn law_of_end(&self) -> Vec<String> {
        let citer = self.citer(Lang::Sv);
        let law = self.end().into_iter().flat_map(|(_, outcome)| &outcome.law);
        law.flat_map(|law| citer.keys(law)).collect()
    }

    /// The dates of the outcome, in the order that it names them.
    #[must_use]
    pub fn dates(&self, lang: Lang) -> Vec<Due> {
        let named = self
            .end()
            .into_iter()
            .flat_map(|(_, outcome)| &outcome.dates);
        let rules = named.filter_map(|id| self.rule(id));
        rules.filter_map(|rule| self.due(rule, lang)).collect()
    }

    fn rule(&self, id: &str) -> Option<&'t DateRule> {
        self.guide.dates.iter().find(|rule| rule.id == id)
    }

    fn due(&self, rule: &DateRule, lang: Lang) -> Option<Due> {
        let from = self.base(rule)?;
        let citer = Citer {
            day: from,
            ..self.citer(lang)
        };
        let law: Vec<String> = rule.law.iter().flat_map(|law| citer.keys(law)).collect();
        let first_applies = rule
            .law
            .first()
            .is_none_or(|first| !citer.keys(first).is_empty());
        first_applies.then(|| Due {
            id: rule.id.clone(),
            from,
            day: day_after(from, rule.count).unwrap_or(Date::MAX),
            text: citer.text(&rule.text),
            says: rule.says.as_ref().map(|says| citer.text(says)),
            cited: law.iter().map(|key| citer.key(key)).collect(),
            law,
        })
    }

    /// The day that a date is counted from. A rule counts only from rules above it, so this ends.
    fn base(&self, rule: &DateRule) -> Option<Date> {
        rule.from.iter().find_map(|from| self.day_of(from))
    }

    fn day_of(&self, name: &str) -> Option<Date> {
        if name == ON {
            return Some(self.on);
        }
        if let Some(rule) = self.rule(name) {
            return day_after(self.base(rule)?, rule.count);
        }
        let mut steps = self.steps();
        let (_, _, step) = steps.find(|(_, question, _)| question.id == name)?;
        step.text.and_then(day)
    }

    /// Assumptions and open questions on the path.
    #[must_use]
    pub fn notes(&self, lang: Lang) -> (Vec<GuideNote>, Vec<GuideNote>) {
        let citer = self.citer(lang);
        let (mut assumptions, mut open) = (Vec::new(), Vec::new());
        for (_, question, step) in self.steps() {
            let answer = step.answer.and_then(|at| question.answers.get(at));
            let note = |text: &Text| GuideNote {
                question: question.id.clone(),
                text: citer.text(text),
            };
            assumptions.extend(answer.and_then(|answer| answer.assumes.as_ref()).map(note));
            open.extend(answer.and_then(|answer| answer.open.as_ref()).map(note));
        }
        (assumptions, open)
    }

    /// Whether an answer was needed on the path.
    #[must_use]
    pub fn passed(&self, id: &str) -> bool {
        self.steps().any(|(_, question, _)| question.id == *id)
    }

    fn all_needs(&self, document: &GuideAnswers) -> Vec<GuideNeed> {
        let misspelt = document
            .answers
            .keys()
            .filter(|id| !self.is_asked_somewhere(id));
        let misspelt = misspelt.map(|id| GuideNeed {
            place: id.clone(),
            lack: Lack::NoSuchQuestion,
        });
        misspelt
            .chain(self.personal(document))
            .chain(self.stopped_at())
            .collect()
    }

    fn is_asked_somewhere(&self, id: &str) -> bool {
        let ends = self.guide.tree.outcomes.iter();
        let after = ends.filter_map(|end| self.trees.tree(end.goto_tree.as_deref()?));
        let mut all = std::iter::once(&self.guide.tree).chain(after);
        all.any(|tree| tree.find(id).is_some_and(Question::is_asked))
    }

    fn stopped_at(&self) -> Option<GuideNeed> {
        let (tree, walk) = self.walks.last()?;
        let (at, lack) = match &walk.end {
            End::Outcome(_) => return None,
            End::Missing(at) => (at, Lack::Missing),
            End::Wrong(at, wrong) => (at, Lack::Wrong(wrong.clone())),
            End::Unknown(at, value) => (at, Lack::TreesAtFault(value.clone())),
        };
        let place = tree.question(*at).id.clone();
        Some(GuideNeed { place, lack })
    }

    /// Personal data in texts on the path that nobody has given a reason to keep.
    fn personal(&self, document: &GuideAnswers) -> Vec<GuideNeed> {
        let case = document
            .case
            .iter()
            .map(|case| (CASE.to_owned(), clean(case)));
        let reasons = document.kept.iter().enumerate();
        let reasons = reasons.map(|(at, kept)| (format!("kept[{at}]"), clean(&kept.reason)));
        let texts = self
            .steps()
            .filter_map(|(_, question, step)| Some((question.id.clone(), step.text?.to_owned())));
        let is_kept = |place: &str, what: &str| {
            let kept = |kept: &Kept| kept.place == place && kept.what == what;
            document
                .kept
                .iter()
                .any(|one| kept(one) && !clean(&one.reason).is_empty())
        };
        let all = case.chain(reasons).chain(texts);
        let needs = all.flat_map(|(place, text)| {
            let hits = look_through(&text).into_iter();
            let left: Vec<GuideNeed> = hits
                .filter(|hit| !is_kept(&place, hit.what.key()))
                .map(|hit| GuideNeed {
                    place: place.clone(),
                    lack: Lack::Personal(hit.what, hit.at.start, hit.at.end),
                })
                .collect();
            left
        });
        needs.collect()
    }
}
