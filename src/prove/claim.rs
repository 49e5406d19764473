//! `invariants.toml`: what must hold on every path, as data a lawyer can read.
//!
//! A claim names questions, answers, facts and outcomes of one tree. That every name exists is checked here; whether
//! the claim holds is for the search.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;

use crate::assessment::{ItemOutcome, Whole};
use crate::fact::{Fact, OPENS, STAGES, UNANSWERED};
use crate::finding::{Code, Finding, Place};
use crate::language::Text;
use crate::law;
use crate::source::{At, Fields, Source, day};
use crate::tree::{LawRef, Tree};
use crate::trees::{Files, Trees, normal};

/// The file's name in the folder of trees.
pub const FILE: &str = crate::embedded::INVARIANTS_FILE;

/// The scope of claims about what all items together lead to.
pub(super) const WHOLE: &str = "whole";

/// A search remembers what has come true of a claim in the bits of one word.
const MOST_ATOMS: usize = 64;

/// Everything in `invariants.toml`, with every name checked against a set of trees.
#[derive(Clone, Debug)]
pub struct Invariants {
    /// The claims in the order of the file.
    pub claims: Vec<Claim>,
    /// By key of a provision, the first day of each of its wordings, where they are not the program's first day alone.
    pub(super) wordings: BTreeMap<String, Vec<Date>>,
    /// Days that the claims name: each is proved, and the day before it.
    pub(super) days: Vec<Date>,
}

/// Which trees a file of claims is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// Those of an assessment, and all of them together.
    Stages,
    /// The guides.
    Guides,
}

impl Scope {
    /// The trees that a claim can name.
    fn trees(self, trees: &Trees) -> Vec<&str> {
        let guides = trees.guides.trees().map(|tree| tree.name.as_str());
        match self {
            Scope::Stages => STAGES.into_iter().chain([WHOLE]).collect(),
            Scope::Guides => guides.collect(),
        }
    }
}

/// One claim.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Its id.
    pub id: String,
    /// Numbers of the statements of "What must hold on every path" that it is a part of.
    pub holds: Vec<u8>,
    /// The claim in words.
    pub text: Text,
    /// Keys of the sections behind it.
    pub law: Vec<String>,
    /// The tree it is about: one of the four, or `whole`; or a guide.
    pub tree: String,
    /// Where it stands.
    pub place: Place,
    pub(super) when: Vec<Condition>,
    pub(super) form: Form,
}

/// What a claim says of the paths that its `when` points out.
#[derive(Clone, Debug)]
pub(super) enum Form {
    /// No path has all of this.
    Never(Vec<Condition>),
    /// Every path has all of this.
    Requires(Vec<Condition>),
    /// For every combination of facts some path has all of this.
    Always(Vec<Condition>),
    /// Every asked choice of the tree has this answer, but for these questions.
    Offers(String, Vec<String>),
}

/// One line of a claim: it holds when one of its alternatives does.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    pub(super) alternatives: Vec<Atom>,
}

/// The smallest part of a condition.
#[derive(Clone, Debug)]
pub(super) struct Atom {
    pub(super) subject: Subject,
    /// Written with `!=`.
    pub(super) negated: bool,
    place: Place,
}

/// A set of keys, some of them on some days only.
pub(super) type KeySet = Vec<Listed>;

/// Keys that belong to a list on some days.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    keys: Vec<String>,
    from: Option<Date>,
    until: Option<Date>,
}

/// Whether a key belongs to a set on a day.
pub(super) fn belongs(set: &[Listed], key: &str, day: Date) -> bool {
    set.iter().any(|listed| {
        listed.from.is_none_or(|from| from <= day)
            && listed.until.is_none_or(|until| day <= until)
            && listed.keys.iter().any(|other| other == key)
    })
}

/// What an atom is about.
#[derive(Clone, Debug)]
pub(super) enum Subject {
    /// The day, from and until.
    Day(Option<Date>, Option<Date>),
    /// The authority.
    Authority(KeySet),
    /// A fact from outside the tree.
    Fact(Fact, Vec<String>),
    /// At least one of the item's provisions.
    Provision(KeySet),
    /// All of the item's provisions, and there is one.
    Provisions(KeySet),
    /// A question passed with one of these answers; any answer where there is none.
    Answer(String, Vec<String>),
    /// One of these questions was passed: asked, shown or a switch.
    Asked(Vec<String>),
    /// A text was demanded at one of these questions.
    Written(Vec<String>),
    /// An assumption or an open question stands in the record from one of these questions.
    Noted(Vec<String>),
    /// A step cites one of these.
    Cites(Vec<String>),
    /// The last step that cites anything cites one of these.
    RestsOn(Vec<String>),
    /// The last question that stands in the record.
    Last(Vec<String>),
    /// The outcome.
    Outcome(Vec<String>),
    /// What opened last.
    Opened(Vec<String>),
    /// `whole` only: an item with one of these outcomes is among them.
    Items(Vec<String>),
    /// `whole` only: the outcome of the standing first item.
    Identity(Vec<String>),
    /// `whole` only: how the whole ends; `open` where the duty sends the official back to the items.
    Whole(Vec<String>),
}

impl Subject {
    /// Whether it is about the path, and not about what is known before the first question.
    pub(super) const fn is_path(&self) -> bool {
        matches!(
            self,
            Subject::Answer(..)
                | Subject::Asked(_)
                | Subject::Written(_)
                | Subject::Noted(_)
                | Subject::Cites(_)
                | Subject::RestsOn(_)
                | Subject::Last(_)
                | Subject::Outcome(_)
                | Subject::Opened(_)
        )
    }
}

impl Invariants {
    /// The invariants of a folder of trees.
    ///
    /// # Errors
    /// Everything that is wrong with the file, or that it is missing.
    pub fn of(files: &Files, trees: &Trees) -> Result<Self, Vec<Finding>> {
        match files.get(FILE) {
            Some(text) => Self::read(text, trees),
            None => Err(vec![crate::trees::missing_file(FILE)]),
        }
    }

    /// What must hold on every path of the guides of a folder, which must have been loaded with the trees.
    ///
    /// # Errors
    /// Everything that is wrong with the file, or that it is missing.
    pub fn of_guides(files: &Files, trees: &Trees) -> Result<Self, Vec<Finding>> {
        let file = crate::guide::INVARIANTS;
        match files.get(file) {
            Some(text) => Self::read_for(file, Scope::Guides, text, trees),
            None => Err(vec![crate::trees::missing_file(file)]),
        }
    }

    /// Reads the file and checks its names against the trees.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(text: &str, trees: &Trees) -> Result<Self, Vec<Finding>> {
        Self::read_for(FILE, Scope::Stages, text, trees)
    }

    fn read_for(file: &str, scope: Scope, text: &str, trees: &Trees) -> Result<Self, Vec<Finding>> {
        let text = normal(text);
        let source = Source::new(file, &text);
        let invariants = read(&source, scope, trees);
        let mut findings = source.into_findings();
        if findings.is_empty() {
            findings = invariants.unknown_names(trees);
        }
        findings.sort_by(|a, b| (&a.place, a.code).cmp(&(&b.place, b.code)));
        if findings.is_empty() {
            Ok(invariants)
        } else {
            Err(findings)
        }
    }

    /// Names of questions, answers and outcomes that the trees do not have: what a claim needs is gone.
    #[must_use]
    pub fn unknown_names(&self, trees: &Trees) -> Vec<Finding> {
        let claims = self.claims.iter();
        claims
            .filter_map(|claim| Some((claim, trees.tree(&claim.tree)?)))
            .flat_map(|(claim, tree)| claim.unknown_names(tree))
            .collect()
    }
}

impl Claim {
    pub(super) fn conditions(&self) -> impl Iterator<Item = &Condition> {
        let said = match &self.form {
            Form::Never(said) | Form::Requires(said) | Form::Always(said) => said.as_slice(),
            Form::Offers(..) => &[],
        };
        self.when.iter().chain(said)
    }

    pub(super) fn atoms(&self) -> impl Iterator<Item = &Atom> {
        self.conditions()
            .flat_map(|condition| &condition.alternatives)
    }

    pub(super) fn unknown_names(&self, tree: &Tree) -> Vec<Finding> {
        self.atoms()
            .flat_map(|atom| {
                atom.names(tree)
                    .into_iter()
                    .map(|name| unknown(&atom.place, &name, tree))
            })
            .collect()
    }
}

impl Atom {
    /// Whether it is about a question.
    pub(super) fn is_about(&self, question: &str) -> bool {
        match &self.subject {
            Subject::Asked(ids)
            | Subject::Written(ids)
            | Subject::Noted(ids)
            | Subject::Last(ids) => ids.iter().any(|id| id == question),
            Subject::Answer(id, _) => id == question,
            _ => false,
        }
    }

    /// The names of an atom that the tree does not have.
    fn names(&self, tree: &Tree) -> Vec<String> {
        let no_question = |ids: &[String]| -> Vec<String> {
            ids.iter()
                .filter(|id| tree.find(id).is_none())
                .cloned()
                .collect()
        };
        match &self.subject {
            Subject::Asked(ids)
            | Subject::Written(ids)
            | Subject::Noted(ids)
            | Subject::Last(ids) => no_question(ids),
            Subject::Outcome(ids) => ids
                .iter()
                .filter(|id| tree.find_outcome(id).is_none())
                .cloned()
                .collect(),
            Subject::Answer(id, keys) => {
                let Some(question) = tree.find(id) else {
                    return vec![id.clone()];
                };
                let has =
                    |key: &&String| !question.answers.iter().any(|answer| answer.key == **key);
                keys.iter()
                    .filter(has)
                    .map(|key| format!("{id} = {key}"))
                    .collect()
            }
            _ => Vec::new(),
        }
    }
}

fn unknown(place: &Place, name: &str, tree: &Tree) -> Finding {
    let known = tree.questions.iter().map(|question| question.id.as_str());
    Finding::new(
        Code::UnknownValue,
        place,
        format!("`{name}` finns inte i trädet {}", tree.name),
        format!("there is no `{name}` in the tree {}", tree.name),
    )
    .did_you_mean(name, known)
}

fn read(source: &Source<'_>, scope: Scope, trees: &Trees) -> Invariants {
    let table = source.parse();
    let top = Fields::new(source, table.get_ref(), &(0..0));
    let wordings = top
        .tables("days")
        .into_iter()
        .map(|fields| read_wordings(source, fields, trees))
        .collect();
    let mut lists: BTreeMap<String, KeySet> = BTreeMap::new();
    for fields in top.tables("list") {
        let (name, listed) = read_list(source, fields, trees);
        lists.entry(name).or_default().push(listed);
    }
    let mut reader = Reader {
        source,
        scope,
        trees,
        lists,
        days: Vec::new(),
    };
    let mut claims: Vec<Claim> = Vec::new();
    for fields in top.tables("invariant") {
        let claim = reader.claim(fields);
        if claims.iter().any(|other| other.id == claim.id) {
            source.push(law::duplicate(&claim.place, &claim.id));
        }
        claims.push(claim);
    }
    top.finish();
    let listed = reader.lists.values().flatten().flat_map(|listed| {
        let after = listed.until.and_then(|until| until.tomorrow().ok());
        listed.from.into_iter().chain(after)
    });
    let days = listed.chain(reader.days.iter().copied()).collect();
    Invariants {
        claims,
        wordings,
        days,
    }
}

fn read_wordings(
    source: &Source<'_>,
    fields: Fields<'_, '_>,
    trees: &Trees,
) -> (String, Vec<Date>) {
    let key = fields.str("key");
    if trees.laws.provision(&key.value).is_none() {
        source.push(law::unknown_law(&trees.laws, &key));
    }
    let written = fields.strings("from");
    let days = written
        .iter()
        .filter_map(|from| day(&from.value))
        .collect::<Vec<_>>();
    if days.len() != written.len() {
        fields.wrong_shape(
            "from",
            "skriv dagarna \"åååå-mm-dd\"",
            "write the days \"yyyy-mm-dd\"",
        );
    }
    fields.finish();
    (key.value, days)
}

/// Keys are of provisions or of authorities.
fn read_list(source: &Source<'_>, fields: Fields<'_, '_>, trees: &Trees) -> (String, Listed) {
    let name = law::id(source, &fields, "name");
    let keys = fields.strings("keys");
    let _ = fields.opt_text("text");
    for key in &keys {
        if trees.laws.provision(&key.value).is_none() && trees.laws.authority(&key.value).is_none()
        {
            source.push(law::unknown_law(&trees.laws, key));
        }
    }
    let listed = Listed {
        keys: keys.into_iter().map(|key| key.value).collect(),
        from: fields.opt_day("from").map(|day| day.value),
        until: fields.opt_day("until").map(|day| day.value),
    };
    fields.finish();
    (name, listed)
}

struct Reader<'s, 'i> {
    source: &'s Source<'i>,
    scope: Scope,
    trees: &'s Trees,
    lists: BTreeMap<String, KeySet>,
    days: Vec<Date>,
}

impl Reader<'_, '_> {
    fn claim(&mut self, fields: Fields<'_, '_>) -> Claim {
        let tree = fields.str("tree");
        let known = self.scope.trees(self.trees);
        if !known.contains(&tree.value.as_str()) {
            let finding = crate::source::unknown_value("tree", &tree, known.into_iter());
            self.source.push(finding);
        }
        let law = fields.strings("law");
        for key in law
            .iter()
            .filter(|key| self.trees.laws.provision(&key.value).is_none())
        {
            self.source.push(law::unknown_law(&self.trees.laws, key));
        }
        let when = self.conditions(&tree.value, &fields.strings("when"));
        let form = self.form(&tree.value, &fields);
        self.form_fits(&tree.value, &form, &fields);
        let claim = Claim {
            id: law::id(self.source, &fields, "id"),
            holds: fields
                .numbers("holds")
                .into_iter()
                .filter_map(|number| u8::try_from(number).ok())
                .collect(),
            text: fields.text("text"),
            law: law.into_iter().map(|key| key.value).collect(),
            tree: tree.value,
            place: fields.place.clone(),
            when,
            form,
        };
        if claim.atoms().count() > MOST_ATOMS {
            fields.wrong_shape(
                "id",
                "ett påstående har högst 64 villkor, räknat med alternativen: dela det",
                "a claim has at most 64 conditions, counting alternatives: divide it",
            );
        }
        fields.finish();
        claim
    }

    /// A claim that says nothing, or something that nothing looks at, would pass for proved.
    fn form_fits(&self, tree: &str, form: &Form, fields: &Fields<'_, '_>) {
        match form {
            Form::Never(said) | Form::Requires(said) | Form::Always(said) if said.is_empty() => {
                fields.wrong_shape("id", "påståendet säger inget", "the claim says nothing");
            }
            Form::Always(_) | Form::Offers(..) if tree == WHOLE => fields.wrong_shape(
                "id",
                "om allt tillsammans sägs bara `never` eller `requires`",
                "of the whole only `never` or `requires` is said",
            ),
            Form::Offers(..) if fields.has("when") => fields.wrong_shape(
                "when",
                "`offers` gäller varje fråga och har inget `when`",
                "`offers` is about every question and has no `when`",
            ),
            Form::Offers(_, except) => self.asked(tree, except, fields),
            _ => {}
        }
    }

    fn asked(&self, tree: &str, ids: &[String], fields: &Fields<'_, '_>) {
        let tree = self.trees.tree(tree);
        let missing = |id: &&String| tree.is_some_and(|tree| tree.find(id).is_none());
        if ids.iter().any(|id| missing(&id)) {
            fields.wrong_shape(
                "except",
                "`except` nämner en fråga som inte finns",
                "`except` names a question that is not there",
            );
        }
    }

    fn form(&mut self, tree: &str, fields: &Fields<'_, '_>) -> Form {
        let forms = ["never", "requires", "always", "offers"];
        if forms.iter().filter(|form| fields.has(form)).count() != 1 {
            fields.wrong_shape(
                "id",
                "ett påstående har antingen `never`, `requires`, `always` eller `offers`",
                "a claim has either `never`, `requires`, `always` or `offers`",
            );
        }
        if let Some(offers) = fields.opt_str("offers") {
            let except = fields
                .strings("except")
                .into_iter()
                .map(|at| at.value)
                .collect();
            return Form::Offers(offers.value, except);
        }
        let never = self.conditions(tree, &fields.strings("never"));
        let requires = self.conditions(tree, &fields.strings("requires"));
        let always = self.conditions(tree, &fields.strings("always"));
        match (never.is_empty(), requires.is_empty()) {
            (false, _) => Form::Never(never),
            (_, false) => Form::Requires(requires),
            _ => Form::Always(always),
        }
    }

    fn conditions(&mut self, tree: &str, lines: &[At<String>]) -> Vec<Condition> {
        lines
            .iter()
            .map(|line| self.condition(tree, line))
            .collect()
    }

    fn condition(&mut self, tree: &str, line: &At<String>) -> Condition {
        let parts = line.value.split(" | ");
        Condition {
            alternatives: parts
                .filter_map(|part| self.atom(tree, part, &line.place))
                .collect(),
        }
    }

    fn atom(&mut self, tree: &str, part: &str, place: &Place) -> Option<Atom> {
        let operators = [" >= ", " <= ", " != ", " = "];
        let cut = operators.iter().find_map(|operator| {
            let (subject, values) = part.split_once(operator)?;
            Some((subject.trim(), *operator, values))
        });
        let Some((name, operator, values)) = cut else {
            self.wrong(place, part);
            return None;
        };
        let values: Vec<String> = values
            .split(',')
            .map(|value| value.trim().to_owned())
            .collect();
        let subject = if operator.contains('>') || operator.contains('<') {
            (tree != WHOLE)
                .then(|| self.range(name, operator, &values))
                .flatten()
        } else {
            self.subject(tree, name, values)
        };
        if subject.is_none() {
            self.wrong(place, part);
        }
        Some(Atom {
            subject: subject?,
            negated: operator == " != ",
            place: place.clone(),
        })
    }

    fn wrong(&self, place: &Place, part: &str) {
        let finding = Finding::new(
            Code::WrongShape,
            place,
            format!("villkoret `{part}` går inte att läsa"),
            format!("the condition `{part}` cannot be read"),
        );
        self.source.push(finding.hint(
            "skriv `fråga = svar`, `faktum != värde`, `day >= åååå-mm-dd` eller `outcome = utfall`; ` | ` är eller",
            "write `question = answer`, `fact != value`, `day >= yyyy-mm-dd` or `outcome = outcome`; ` | ` is or",
        ));
    }

    fn range(&mut self, name: &str, operator: &str, values: &[String]) -> Option<Subject> {
        let [value] = values else { return None };
        let limit = day(value).filter(|_| name == "day")?;
        let next = if operator == " >= " {
            Some(limit)
        } else {
            limit.tomorrow().ok()
        };
        self.days.extend(next);
        Some(if operator == " >= " {
            Subject::Day(Some(limit), None)
        } else {
            Subject::Day(None, Some(limit))
        })
    }

    fn subject(&self, tree: &str, name: &str, values: Vec<String>) -> Option<Subject> {
        if tree == WHOLE {
            return whole_subject(self.trees, name, values);
        }
        match name {
            "authority" => self
                .keys(&values, |key| self.trees.laws.authority(key).is_some())
                .map(Subject::Authority),
            "provision" => self
                .keys(&values, |key| self.is_secrecy(key))
                .map(Subject::Provision),
            "provisions" => self
                .keys(&values, |key| self.is_secrecy(key))
                .map(Subject::Provisions),
            "asked" => Some(Subject::Asked(values)),
            "written" => Some(Subject::Written(values)),
            "noted" => Some(Subject::Noted(values)),
            "cites" => self.cited(values).map(Subject::Cites),
            "rests-on" => self.cited(values).map(Subject::RestsOn),
            "last" => Some(Subject::Last(values)),
            "outcome" => Some(Subject::Outcome(values)),
            "opened" => opened(values),
            _ => self.answer_or_fact(tree, name, values),
        }
    }

    fn is_secrecy(&self, key: &str) -> bool {
        self.trees
            .laws
            .provision(key)
            .is_some_and(law::Provision::is_secrecy)
    }

    fn cited(&self, values: Vec<String>) -> Option<Vec<String>> {
        let known = |value: &String| {
            LawRef::placeholder(value).is_some() || self.trees.laws.provision(value).is_some()
        };
        values.iter().all(known).then_some(values)
    }

    fn keys(&self, values: &[String], known: impl Fn(&str) -> bool) -> Option<KeySet> {
        let mut set = KeySet::new();
        for value in values {
            if let Some(name) = value.strip_prefix('@') {
                let listed = self.lists.get(name)?;
                if !listed
                    .iter()
                    .flat_map(|one| &one.keys)
                    .all(|key| known(key))
                {
                    return None;
                }
                set.extend(listed.iter().cloned());
            } else if known(value) {
                set.push(Listed {
                    keys: vec![value.clone()],
                    from: None,
                    until: None,
                });
            } else {
                return None;
            }
        }
        Some(set)
    }

    fn answer_or_fact(&self, tree: &str, name: &str, values: Vec<String>) -> Option<Subject> {
        if self.trees.tree(tree)?.find(name).is_some() {
            let any = values.iter().any(|value| value == "any");
            return Some(Subject::Answer(
                name.to_owned(),
                if any { Vec::new() } else { values },
            ));
        }
        let fact = Fact::parse(name).filter(|fact| match self.scope {
            Scope::Stages => is_known_before(tree, fact),
            Scope::Guides => fact.is_known_in_guides(),
        })?;
        let known = self.values_of(&fact)?;
        let all = values.iter().all(|value| known.contains(&value.as_str()));
        all.then_some(Subject::Fact(fact, values))
    }

    /// Every value that a fact can have; none where what it is about does not exist.
    fn values_of(&self, fact: &Fact) -> Option<Vec<&str>> {
        let route = &self.trees.route;
        match fact {
            Fact::Route => {
                let onward = route.outcomes.iter().filter(|one| one.goto_tree.is_some());
                Some(onward.map(|outcome| outcome.id.as_str()).collect())
            }
            Fact::AuthorityDutySection => {
                let authorities = self.trees.laws.authorities.iter();
                Some(authorities.map(|one| one.duty_section.as_str()).collect())
            }
            Fact::Earlier { question, .. } => {
                let asked = route
                    .find(question)
                    .filter(|question| question.is_asked())?;
                let answers = asked.answers.iter().filter(|answer| !answer.refuse);
                let keys = answers.map(|answer| answer.key.as_str());
                Some(keys.chain([UNANSWERED]).collect())
            }
            Fact::InForce(key) if self.trees.laws.provision(key).is_none() => None,
            fact => fact.fixed_values().map(<[&str]>::to_vec),
        }
    }
}

fn opened(values: Vec<String>) -> Option<Subject> {
    let known = |value: &String| value == UNANSWERED || OPENS.contains(&value.as_str());
    values.iter().all(known).then_some(Subject::Opened(values))
}

/// Whether a fact has a value before the first question of a tree.
fn is_known_before(tree: &str, fact: &Fact) -> bool {
    match fact {
        Fact::Opened | Fact::AuthorityDutyAfterKnowledge => false,
        Fact::Route => tree != "route",
        Fact::Follows => tree == "route",
        Fact::IdentityProtected => tree == "sending",
        Fact::Earlier { tree: earlier, .. } => earlier == "route" && tree != "route",
        fact if fact.is_about_item() => tree == "item",
        _ => true,
    }
}

fn whole_subject(trees: &Trees, name: &str, values: Vec<String>) -> Option<Subject> {
    let item = |value: &String| ItemOutcome::parse(value).is_some();
    let whole = |value: &String| value == OPEN || WHOLES.iter().any(|whole| whole.key() == value);
    let route = |value: &String| trees.route.find_outcome(value).is_some();
    match name {
        "route" => values.iter().all(route).then_some(Subject::Outcome(values)),
        "items" => values.iter().all(item).then_some(Subject::Items(values)),
        "identity" => values.iter().all(item).then_some(Subject::Identity(values)),
        "whole" => values.iter().all(whole).then_some(Subject::Whole(values)),
        _ => None,
    }
}

/// How the whole stands when the duty sends the official back to the items.
pub(super) const OPEN: &str = "open";

const WHOLES: [Whole; 4] = [
    Whole::Ready,
    Whole::Refer,
    Whole::NothingToSend,
    Whole::Stopped,
];

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.id)
    }
}
