//! Results as xAPI statements (1.0.3): `answered` for each judged question, with what was said about the answer, and
//! `completed` for the exercise. The same result gives the same statements, so that sending them twice does no harm.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::training::attempt::{Asked, Attempt, Mode};

/// The address that statements are named by where no other is given. Nobody lives there, and that is said by its end.
pub const HOME: &str = "https://sekretesskoll.invalid";

/// Whether this can be the address that statements are named by.
#[must_use]
pub fn is_home(url: &str) -> bool {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    let host = rest
        .and_then(|rest| rest.split('/').next())
        .unwrap_or_default();
    let plain = |sign: char| sign.is_ascii_graphic() && !"<>\"{}|\\^`".contains(sign);
    !host.is_empty() && url.chars().all(plain) && !url.contains(['?', '#'])
}

/// The statements of attempts.
#[must_use]
pub fn statements(attempts: &[Attempt], home: &str) -> Vec<Value> {
    let home = home.trim_end_matches('/');
    let counted = attempts.iter().filter(|attempt| attempt.counts());
    counted
        .flat_map(|attempt| of_attempt(attempt, home))
        .collect()
}

fn of_attempt(attempt: &Attempt, home: &str) -> Vec<Value> {
    let answered = attempt.judged().filter(|asked| !asked.tries.is_empty());
    let answered = answered.map(|asked| answered_statement(attempt, asked, home));
    answered.chain([completed(attempt, home)]).collect()
}

fn answered_statement(attempt: &Attempt, asked: &Asked, home: &str) -> Value {
    let counted = match attempt.mode {
        Mode::Practice => asked.tries.first(),
        Mode::Exam => asked.tries.last(),
    };
    let activity = activity(attempt, home);
    let extension = |name: &str| format!("{home}/xapi/{name}");
    let mut statement = frame(attempt, home, &asked.place);
    set(&mut statement, "verb", verb("answered", attempt));
    set(
        &mut statement,
        "object",
        json!({
            "objectType": "Activity",
            "id": format!("{activity}/{}", encoded(&asked.place)),
            "definition": {
                "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
                "name": { &attempt.language: named(asked) },
                "description": { &attempt.language: &asked.text },
                "interactionType": "other",
                "correctResponsesPattern": &asked.accepted,
            },
        }),
    );
    set(
        &mut statement,
        "result",
        json!({
            "response": counted,
            "success": asked.right,
            "extensions": {
                extension("feedback"): &asked.feedback,
                extension("tries"): &asked.tries,
                extension("hint"): asked.hint,
            },
        }),
    );
    set(&mut statement, "context", context(attempt, Some(&activity)));
    statement
}

fn named(asked: &Asked) -> String {
    match &asked.item {
        Some(item) => format!("{}: {item}", asked.question),
        None => asked.question.clone(),
    }
}

fn completed(attempt: &Attempt, home: &str) -> Value {
    let (right, of) = attempt.score();
    let mut statement = frame(attempt, home, "");
    set(&mut statement, "verb", verb("completed", attempt));
    set(
        &mut statement,
        "object",
        json!({
            "objectType": "Activity",
            "id": activity(attempt, home),
            "definition": {
                "type": "http://adlnet.gov/expapi/activities/simulation",
                "name": { &attempt.language: &attempt.title },
                "description": { &attempt.language: &attempt.says },
            },
        }),
    );
    let mut result = json!({ "completion": true });
    if of > 0 {
        set(
            &mut result,
            "score",
            json!({ "raw": right, "min": 0, "max": of, "scaled": scaled(right, of) }),
        );
    }
    set(&mut statement, "result", result);
    set(&mut statement, "context", context(attempt, None));
    statement
}

#[expect(clippy::cast_precision_loss, reason = "an exercise has few questions")]
fn scaled(right: usize, of: usize) -> f64 {
    right as f64 / of as f64
}

fn set(object: &mut Value, member: &str, value: Value) {
    if let Some(object) = object.as_object_mut() {
        object.insert(member.to_owned(), value);
    }
}

/// What all statements of an attempt share.
fn frame(attempt: &Attempt, home: &str, place: &str) -> Value {
    json!({
        "id": id(attempt, home, place),
        "version": "1.0.3",
        "timestamp": seconds(&attempt.finished),
        "actor": {
            "objectType": "Agent",
            "account": { "homePage": home, "name": &attempt.trainee },
        },
    })
}

fn context(attempt: &Attempt, parent: Option<&str>) -> Value {
    let mut context = json!({
        "platform": "sekretesskoll",
        "language": &attempt.language,
    });
    if let Some(parent) = parent {
        let parent = json!({ "parent": [{ "objectType": "Activity", "id": parent }] });
        set(&mut context, "contextActivities", parent);
    }
    context
}

fn verb(name: &str, attempt: &Attempt) -> Value {
    let word = match (name, attempt.language.as_str()) {
        ("answered", "sv") => "svarade på",
        (_, "sv") => "slutförde",
        _ => name,
    };
    json!({
        "id": format!("http://adlnet.gov/expapi/verbs/{name}"),
        "display": { &attempt.language: word },
    })
}

fn activity(attempt: &Attempt, home: &str) -> String {
    format!("{home}/xapi/exercises/{}", encoded(&attempt.exercise))
}

/// As it may stand in an address.
fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// The clock goes to the minute; a timestamp needs seconds.
fn seconds(minute: &str) -> String {
    match (minute.get(..16), minute.get(16..)) {
        (Some(moment), Some(zone)) => format!("{moment}:00{zone}"),
        _ => minute.to_owned(),
    }
}

/// An id that follows from what the statement is about: as random as a digest is.
fn id(attempt: &Attempt, home: &str, place: &str) -> String {
    let mut hasher = Sha256::new();
    for part in [
        home,
        &attempt.trainee,
        &attempt.exercise,
        &attempt.started,
        &attempt.finished,
        place,
    ] {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    let digest = hasher.finalize();
    let hex = crate::source::hex(&digest);
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    let variant = match part(16, 17) {
        "0" | "4" | "8" | "c" => "8",
        "1" | "5" | "9" | "d" => "9",
        "2" | "6" | "a" | "e" => "a",
        _ => "b",
    };
    format!(
        "{}-{}-4{}-{variant}{}-{}",
        part(0, 8),
        part(8, 12),
        part(13, 16),
        part(17, 20),
        part(20, 32)
    )
}

#[cfg(test)]
mod tests {
    use super::{encoded, is_home, seconds};

    #[test]
    fn an_address_is_an_address_and_a_moment_has_seconds() {
        assert!(is_home("https://larare.example") && is_home("http://x/y"));
        for wrong in [
            "larare.example",
            "https://",
            "https://a b",
            "https://a/?q",
            "mailto:x@y",
        ] {
            assert!(!is_home(wrong), "{wrong}");
        }
        assert_eq!(encoded("items[0].answers.å"), "items%5B0%5D.answers.%C3%A5");
        assert_eq!(
            seconds("2026-11-22T10:12+01:00"),
            "2026-11-22T10:12:00+01:00"
        );
    }
}
