//! The published schemas: of records from their type, of answers from the trees, so that a script author is told the
//! questions and their answers.

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::answers::{About, FORMAT, Form, IdentityKind, Origin};
use crate::guide::{Guide, GuideRecord};
use crate::language::Lang;
use crate::people::What;
use crate::reconcile::Dispatch;
use crate::record::Record;
use crate::review::Review;
use crate::tree::{Kind, Question, Tree};
use crate::trees::Trees;

/// The schema of records.
#[must_use]
pub fn record() -> Value {
    of_type::<Record>()
}

/// The schema of reviews.
#[must_use]
pub fn review() -> Value {
    of_type::<Review>()
}

/// The schema of dispatches.
#[must_use]
pub fn dispatch() -> Value {
    of_type::<Dispatch>()
}

/// The schema of records of guides.
#[must_use]
pub fn guide() -> Value {
    of_type::<GuideRecord>()
}

/// The schema of answers to guides: every question of every guide, and of the tree that follows it, with its answers.
#[must_use]
pub fn guide_answers(trees: &Trees) -> Value {
    let authorities = trees
        .laws
        .authorities
        .iter()
        .map(|authority| authority.key.as_str());
    let one_of: Vec<Value> = trees
        .guides
        .all()
        .iter()
        .map(|guide| of_guide(trees, guide))
        .collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "GuideAnswers",
        "type": "object",
        "required": ["guide-answers", "guide"],
        "additionalProperties": false,
        "properties": {
            "guide-answers": { "const": crate::guide::answers::FORMAT },
            "guide": text(),
            "on": day("The day whose law is used, and from which dates are counted; today where missing"),
            "authority": keys(authorities),
            "case": { "type": "string", "description": "A reference number" },
            "official": object(&["name", "title", "unit"], json!({ "name": text(), "title": text(), "unit": text() })),
            "answers": { "type": "object" },
            "kept": { "type": "array", "items": object(&["place", "what", "reason"], json!({
                "place": text(),
                "what": keys(What::ALL.iter().map(|what| what.key())),
                "reason": text(),
            })) },
        },
        "oneOf": one_of,
    })
}

fn of_guide(trees: &Trees, guide: &Guide) -> Value {
    let follow = guide.tree.outcomes.iter();
    let follow = follow.filter_map(|outcome| trees.tree(outcome.goto_tree.as_deref()?));
    let mut answers = answers_of(&guide.tree);
    for tree in follow {
        let more = answers_of(tree).get_mut("properties").map(Value::take);
        let own = answers.get_mut("properties").and_then(Value::as_object_mut);
        if let (Some(own), Some(Value::Object(more))) = (own, more) {
            own.extend(more);
        }
    }
    json!({ "properties": {
        "guide": keys(guide.names.iter().map(String::as_str)),
        "answers": answers,
    } })
}

fn of_type<T: schemars::JsonSchema>() -> Value {
    let schema = SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<T>();
    schema.to_value()
}

/// The schema of answers documents: every question of every tree with its answers.
#[must_use]
pub fn answers(trees: &Trees) -> Value {
    let authorities: Vec<&str> = trees
        .laws
        .authorities
        .iter()
        .map(|authority| authority.key.as_str())
        .collect();
    let item_answers = answers_of(&trees.item);
    let provisions = json!({ "type": "array", "minItems": 1, "items": { "type": "string" }, "description": "Keys of secrecy provisions, `none` or `unsure`; the authority's usual one where missing" });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "AnswersDocument",
        "type": "object",
        "required": ["answers"],
        "additionalProperties": false,
        "properties": {
            "answers": { "const": FORMAT },
            "on": day("The day the information leaves the authority; today where missing"),
            "authority": { "enum": authorities },
            "case": { "type": "string", "description": "The report's own reference number, never the benefit case's" },
            "official": object(&["name", "title", "unit"], json!({ "name": text(), "title": text(), "unit": text() })),
            "follows": { "type": "string", "description": "Digest of the record that this assessment follows" },
            "sent": { "type": "array", "description": "What may have left before, according to the record that a request follows", "items": object(&["label", "form"], json!({
                "label": text(),
                "form": keys(Form::ALL.iter().map(|form| form.key())),
                "dated": text(),
            })) },
            "route": answers_of(&trees.route),
            "identity": object(&["kinds"], json!({
                "kinds": { "type": "array", "items": keys(IdentityKind::ALL.iter().map(|kind| kind.key())) },
                "protected": { "type": "boolean" },
                "provisions": provisions.clone(),
                "answers": item_answers.clone(),
            })),
            "items": { "type": "array", "items": object(&["label", "form"], json!({
                "id": text(),
                "label": text(),
                "form": keys(Form::ALL.iter().map(|form| form.key())),
                "origin": keys(Origin::ALL.iter().map(|origin| origin.key())),
                "about": keys(About::ALL.iter().map(|about| about.key())),
                "dated": { "type": "string", "description": "yyyy-mm-dd, or `unknown`; documents only" },
                "received": day("The day the item came in, for provisions that count from it"),
                "provisions": provisions,
                "benefit": { "type": "boolean" },
                "file": text(),
                "answers": item_answers,
            })) },
            "sending": answers_of(&trees.sending),
            "closing": answers_of(&trees.closing),
            "kept": { "type": "array", "items": object(&["place", "what", "reason"], json!({
                "place": text(),
                "what": keys(What::ALL.iter().map(|what| what.key())),
                "reason": text(),
            })) },
        },
    })
}

fn text() -> Value {
    json!({ "type": "string", "minLength": 1 })
}

fn day(description: &str) -> Value {
    json!({ "type": "string", "format": "date", "description": description })
}

fn keys<'a>(keys: impl Iterator<Item = &'a str>) -> Value {
    json!({ "enum": keys.collect::<Vec<_>>() })
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the value is written where it is used"
)]
fn object(required: &[&str], properties: Value) -> Value {
    json!({ "type": "object", "required": required, "additionalProperties": false, "properties": properties })
}

fn answers_of(tree: &Tree) -> Value {
    let asked = tree.questions.iter().filter(|question| question.is_asked());
    let properties: Map<String, Value> = asked
        .map(|question| (question.id.clone(), answer_of(question)))
        .collect();
    object(&[], Value::Object(properties))
}

fn answer_of(question: &Question) -> Value {
    let wording = question
        .text
        .as_ref()
        .map(|text| text.get(Lang::En).to_owned())
        .unwrap_or_default();
    let mut schema = match question.kind {
        Kind::Choice => {
            let answers = question
                .answers
                .iter()
                .filter(|answer| !answer.refuse)
                .map(|answer| answer.key.as_str());
            object(
                &["answer"],
                json!({ "answer": keys(answers), "text": { "type": "string" } }),
            )
        }
        Kind::Day => object(&["text"], json!({ "text": day("yyyy-mm-dd") })),
        Kind::Time => object(
            &["text"],
            json!({ "text": { "type": "string", "description": "yyyy-mm-dd or yyyy-mm-dd hh:mm" } }),
        ),
        Kind::Statement | Kind::Item => object(
            &["text"],
            json!({ "text": { "type": "string", "description": "The id of an item" } }),
        ),
        Kind::Text => object(&["text"], json!({ "text": text() })),
    };
    if let Some(schema) = schema.as_object_mut() {
        schema.insert("description".to_owned(), Value::String(wording));
    }
    schema
}
