//! A later request of the board: what an assessment that follows a record keeps of it, what was sent before, and what is
//! refused.
//!
//! A request is assessed by the law of the day it is answered. Nothing of the first assessment is taken over but whom it
//! is about, who assesses for which authority, and where the answer goes.

use std::collections::BTreeSet;

use crate::answers::{AnswersDocument, Sent};
use crate::assessment::{Assessment, ItemOutcome, Place, assess};
use crate::record::Record;
use crate::tree::Role;
use crate::trees::Trees;

/// The answer that says that the board has asked for information.
pub const BOARD: &str = "board";

/// The provision on how a refusal is appealed (6:7 OSL).
pub const APPEAL: &str = "osl-6-7";

/// Whether an assessment answers a request.
#[must_use]
pub fn is_request(assessment: &Assessment<'_, '_>) -> bool {
    let tree = &assessment.trees.route;
    let step = assessment.step_with_role(tree, &assessment.route, Role::Request);
    step.is_some_and(|(_, step)| step.key == Some(BOARD))
}

/// Whether an answers document says that the board has asked for information.
#[must_use]
pub fn asks(trees: &Trees, document: &AnswersDocument) -> bool {
    let mut questions = trees.route.with_role(Role::Request);
    questions.any(|question| {
        let given = document.route.get(&question.id);
        given.is_some_and(|given| given.answer.as_deref() == Some(BOARD))
    })
}

/// Whether it has been said why an assessment follows another.
#[must_use]
pub fn is_said(trees: &Trees, document: &AnswersDocument) -> bool {
    let mut questions = trees.route.with_role(Role::Request);
    questions.any(|question| document.route.get(&question.id).is_some())
}

/// Leaves of the answers carried over from a record what holds for a request too: whom it is about, and the way to the
/// board.
pub fn begin(trees: &Trees, document: &mut AnswersDocument) {
    document.items.clear();
    document.closing.clear();
    if let Some(identity) = &mut document.identity {
        identity.answers.clear();
    }
    let case = Place::Case.to_string();
    document.kept.retain(|kept| kept.place == case);
    let Ok(assessment) = assess(trees, document) else {
        return;
    };
    let steps = assessment.route.steps();
    let passed: BTreeSet<&str> = steps
        .map(|step| trees.route.question(step.question).id.as_str())
        .collect();
    document.route.retain(|id, _| passed.contains(id.as_str()));
}

/// What may have left according to a record, and before it.
#[must_use]
pub fn sent(record: &Record) -> Vec<Sent> {
    let before = record.request.iter().flat_map(|request| &request.sent);
    let before = before.map(|sent| Sent {
        label: sent.label.clone(),
        form: sent.form.clone(),
        dated: sent.dated.clone(),
    });
    let goes = |id: &String| record.released.contains(id);
    let now = record.items.iter().filter(|item| goes(&item.id));
    let now = now.map(|item| Sent {
        label: item.label.clone(),
        form: item.form.clone(),
        dated: item.dated.clone().flatten(),
    });
    before.chain(now).collect()
}

/// Whether an outcome refuses what was asked for. What the legal department is asked about may still follow.
#[must_use]
pub const fn refuses(outcome: ItemOutcome) -> bool {
    matches!(outcome, ItemOutcome::Withhold | ItemOutcome::Barred)
}

/// Whether an assessment refuses anything that was asked for.
#[must_use]
pub fn refuses_any(assessment: &Assessment<'_, '_>) -> bool {
    let mut items = assessment.items.iter();
    is_request(assessment) && items.any(|item| item.outcome.is_some_and(refuses))
}

#[cfg(test)]
mod tests {
    use super::{APPEAL, BOARD};
    use crate::tree::Role;
    use crate::trees::Trees;

    #[test]
    fn what_is_named_of_the_trees_is_there() {
        let Ok(trees) = Trees::built_in() else {
            panic!("the trees are sound");
        };
        let mut asked = trees.route.with_role(Role::Request);
        assert!(asked.any(|question| question.answer(BOARD).is_some()));
        assert!(trees.laws.provision(APPEAL).is_some());
        for role in [Role::Phase, Role::Reference, Role::AskedFor] {
            assert_eq!(trees.route.with_role(role).count(), 1);
        }
    }
}
