//! A tree as written, with the place of everything that can be wrong.

use crate::finding::Place;
use crate::language::Text;
use crate::law;
use crate::source::{At, Fields, Source};
use crate::tree::{Kind, Role, Whole};

/// A tree file as written.
#[derive(Clone)]
pub(crate) struct TreeFile {
    pub(crate) name: At<String>,
    pub(crate) start: At<String>,
    pub(crate) questions: Vec<QuestionFile>,
    pub(crate) outcomes: Vec<OutcomeFile>,
}

#[derive(Clone)]
pub(crate) struct QuestionFile {
    pub(crate) id: String,
    pub(crate) place: Place,
    pub(crate) kind: Kind,
    pub(crate) known: Option<At<String>>,
    pub(crate) role: Option<Role>,
    pub(crate) text: Option<Text>,
    pub(crate) hint: Option<Text>,
    pub(crate) help: Option<Text>,
    pub(crate) help_place: Place,
    pub(crate) law: Vec<At<String>>,
    pub(crate) shows: Vec<At<String>>,
    pub(crate) goto: Option<At<String>>,
    pub(crate) opens: Option<At<String>>,
    pub(crate) answers: Vec<AnswerFile>,
}

#[derive(Clone)]
pub(crate) struct AnswerFile {
    pub(crate) key: At<String>,
    pub(crate) goto: Option<At<String>>,
    pub(crate) text: Option<Text>,
    pub(crate) motivation: bool,
    pub(crate) sentence: bool,
    pub(crate) refuse: bool,
    pub(crate) says: Option<Text>,
    pub(crate) assumes: Option<Text>,
    pub(crate) open: Option<Text>,
    pub(crate) opens: Option<At<String>>,
    pub(crate) law: Vec<At<String>>,
    pub(crate) place: Place,
}

#[derive(Clone)]
pub(crate) struct OutcomeFile {
    pub(crate) id: String,
    pub(crate) place: Place,
    pub(crate) text: Text,
    pub(crate) says: Option<Text>,
    pub(crate) next: Option<Text>,
    pub(crate) law: Vec<At<String>>,
    pub(crate) goto_tree: Option<At<String>>,
    pub(crate) whole: Option<Whole>,
    /// Only in guides: a text to copy.
    pub(crate) copy: Option<Text>,
    /// Only in guides: the ids of the dates that are computed.
    pub(crate) dates: Vec<At<String>>,
}

/// A guide as written: a tree with a name and, where dates follow from its answers, how they are computed.
#[derive(Clone)]
pub(crate) struct GuideFile {
    pub(crate) tree: TreeFile,
    pub(crate) names: Vec<At<String>>,
    pub(crate) title: Text,
    pub(crate) about: Text,
    pub(crate) day: Option<Text>,
    pub(crate) dates: Vec<DateFile>,
}

/// A date that is computed, as written.
#[derive(Clone)]
pub(crate) struct DateFile {
    pub(crate) id: String,
    pub(crate) place: Place,
    pub(crate) from: Vec<At<String>>,
    pub(crate) days: Option<i64>,
    pub(crate) months: Option<i64>,
    pub(crate) text: Text,
    pub(crate) says: Option<Text>,
    pub(crate) law: Vec<At<String>>,
}

const KINDS: [(&str, Kind); 6] = [
    ("choice", Kind::Choice),
    ("text", Kind::Text),
    ("day", Kind::Day),
    ("time", Kind::Time),
    ("statement", Kind::Statement),
    ("item", Kind::Item),
];

/// Reads a tree file; what is wrong with its form goes to the source.
pub(crate) fn read(source: &Source<'_>) -> TreeFile {
    let table = source.parse();
    let top = Fields::new(source, table.get_ref(), &(0..0));
    let tree = tree_of(source, &top);
    top.finish();
    tree
}

/// Reads the file of a guide; what is wrong with its form goes to the source.
pub(crate) fn read_guide(source: &Source<'_>) -> GuideFile {
    let table = source.parse();
    let top = Fields::new(source, table.get_ref(), &(0..0));
    let dates = top.tables("date").into_iter();
    let guide = GuideFile {
        tree: tree_of(source, &top),
        names: top.strings("names"),
        title: top.text("title"),
        about: top.text("about"),
        day: top.opt_text("day"),
        dates: dates.map(|fields| date(source, fields)).collect(),
    };
    top.finish();
    guide
}

fn date(source: &Source<'_>, fields: Fields<'_, '_>) -> DateFile {
    let date = DateFile {
        id: law::id(source, &fields, "id"),
        place: fields.place.clone(),
        from: fields.strings("from"),
        days: fields.opt_number("days"),
        months: fields.opt_number("months"),
        text: fields.text("text"),
        says: fields.opt_text("says"),
        law: fields.strings("law"),
    };
    fields.finish();
    date
}

fn tree_of(source: &Source<'_>, top: &Fields<'_, '_>) -> TreeFile {
    TreeFile {
        name: top.str("tree"),
        start: top.str("start"),
        questions: top
            .tables("question")
            .into_iter()
            .map(|fields| question(source, fields))
            .collect(),
        outcomes: top
            .tables("outcome")
            .into_iter()
            .map(|fields| outcome(source, fields))
            .collect(),
    }
}

fn question(source: &Source<'_>, fields: Fields<'_, '_>) -> QuestionFile {
    let question = QuestionFile {
        id: law::id(source, &fields, "id"),
        place: fields.place.clone(),
        kind: fields.opt_word("kind", &KINDS).unwrap_or(Kind::Choice),
        known: fields.opt_str("known"),
        role: fields.opt_word("role", &Role::WORDS),
        text: fields.opt_text("text"),
        hint: fields.opt_text("hint"),
        help: fields.opt_text("help"),
        help_place: fields.place_of("help"),
        law: fields.strings("law"),
        shows: fields.strings("shows"),
        goto: fields.opt_str("goto"),
        opens: fields.opt_str("opens"),
        answers: fields.tables("answer").into_iter().map(answer).collect(),
    };
    fields.finish();
    question
}

fn answer(fields: Fields<'_, '_>) -> AnswerFile {
    let answer = AnswerFile {
        key: fields.str("key"),
        goto: fields.opt_str("goto"),
        text: fields.opt_text("text"),
        motivation: fields.flag("motivation"),
        sentence: fields.flag("sentence"),
        refuse: fields.flag("refuse"),
        says: fields.opt_text("says"),
        assumes: fields.opt_text("assumes"),
        open: fields.opt_text("open"),
        opens: fields.opt_str("opens"),
        law: fields.strings("law"),
        place: fields.place.clone(),
    };
    fields.finish();
    answer
}

fn outcome(source: &Source<'_>, fields: Fields<'_, '_>) -> OutcomeFile {
    let outcome = OutcomeFile {
        id: law::id(source, &fields, "id"),
        place: fields.place.clone(),
        text: fields.text("text"),
        says: fields.opt_text("says"),
        next: fields.opt_text("next"),
        law: fields.strings("law"),
        goto_tree: fields.opt_str("goto-tree"),
        whole: fields.opt_word(
            "whole",
            &[("stopped", Whole::Stopped), ("refer", Whole::Refer)],
        ),
        copy: fields.opt_text("copy"),
        dates: fields.strings("dates"),
    };
    fields.finish();
    outcome
}
