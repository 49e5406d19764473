//! The fixed sentences of the letter, Swedish and English side by side. What they cite stands as placeholders and comes
//! from the laws as of the day; what the trees name stands as keys, and a test holds them to the trees.

use crate::letter::{About, Asked};

/// A sentence in both languages.
pub(super) type Both = (&'static str, &'static str);

/// The question of the route that asks whom the report is about, and its answers.
pub(super) const WHOM_ASKED: &str = "whom";
pub(super) const ADULT: &str = "adult";
pub(super) const UNBORN: &str = "unborn";
/// The question that follows an unsure answer, and the answer that points to an adult.
pub(super) const UNSURE_WHOM: &str = "unsure";
pub(super) const POINTS_TO_ADULT: &str = "age-adult";
/// The channel that a letter confirms.
pub(super) const TELEPHONE: &str = "telephone";
/// The answer that lets a part of a document go.
pub(super) const PART: &str = "part";
/// The profile of health care, and those that are health care themselves.
pub(super) const HEALTH_CARE: &str = "halso-och-sjukvard";
pub(super) const HEALTH_CARE_ITSELF: [&str; 3] = [HEALTH_CARE, "privat-vard", "tandvard"];

pub(super) const fn title(about: About) -> Both {
    match about {
        About::Child => (
            "Orosanmälan som gäller ett barn",
            "Report of concern about a child (orosanmälan)",
        ),
        About::Adult => (
            "Anmälan om oro för en vuxen",
            "Report of concern about an adult",
        ),
        About::Unborn => (
            "Anmälan om oro för ett väntat barn",
            "Report of concern about an unborn child",
        ),
    }
}

pub(super) const BOARD: Both = (
    "Till socialnämnden",
    "To the social welfare board (socialnämnden)",
);

pub(super) const fn function(about: About) -> Both {
    match about {
        About::Child => (
            "Mottagningen för orosanmälningar, barn och unga",
            "Intake of reports of concern, children and young people",
        ),
        About::Adult | About::Unborn => (
            "Mottagningen, vuxna och familj",
            "Intake, adults and family",
        ),
    }
}

pub(super) const DAY: Both = ("Datum", "Date");
pub(super) const CASE: Both = ("Vårt diarienummer", "Our reference number");

/// Why the letter is written, and under what.
pub(super) const fn basis(about: About, is_duty: bool) -> Both {
    match (about, is_duty) {
        (_, true) => (
            "Vi är oroliga för ett barn på grund av det som vi har fått veta i vår verksamhet. \
             Anmälan görs enligt {duty}.",
            "We are worried about a child because of what we have learned in our work. \
             The report is made under {duty}.",
        ),
        (About::Child, false) => (
            "Vi är oroliga för ett barn på grund av det som vi har fått veta i vår verksamhet. \
             Anmälan görs enligt {sol-bor-anmala}.",
            "We are worried about a child because of what we have learned in our work. \
             The report is made under {sol-bor-anmala}.",
        ),
        (About::Adult, false) => (
            "Vi är oroliga för en person på grund av det som vi har fått veta i vår verksamhet. \
             Vi berättar det för att nämnden ska kunna ta ställning till om personen behöver stöd eller hjälp.",
            "We are worried about a person because of what we have learned in our work. \
             We tell it so that the board can judge whether the person needs support or help.",
        ),
        (About::Unborn, false) => (
            "Vi är oroliga för ett väntat barn på grund av det som vi har fått veta i vår verksamhet. \
             Vi berättar det för att nämnden ska kunna ta ställning till om den gravida behöver stöd eller hjälp.",
            "We are worried about an unborn child because of what we have learned in our work. \
             We tell it so that the board can judge whether the expectant parent needs support or help.",
        ),
    }
}

/// The title of an answer to a request.
pub(super) const ANSWER: Both = (
    "Svar på socialnämndens begäran om uppgifter",
    "Answer to the social welfare board's request for information",
);

/// Under what a request is answered, by the route.
pub(super) fn answers_under(route: &str) -> Option<Both> {
    match route {
        "request-investigation" => Some((
            "Nämnden har beslutat om en utredning och begärt uppgifter av oss. \
             Vi lämnar uppgifterna enligt {sol-uppgiftsskyldighet}.",
            "The board has decided to investigate and has asked us for information. \
             We give it under {sol-uppgiftsskyldighet}.",
        )),
        "request-addiction" => Some((
            "Nämnden har beslutat om en utredning och begärt uppgifter av oss. \
             Vi lämnar uppgifterna enligt {lvm-7}.",
            "The board has decided to investigate and has asked us for information. \
             We give it under {lvm-7}.",
        )),
        "request-clarification" | "request-general" => Some((
            "Nämnden har begärt uppgifter av oss med anledning av vår anmälan. \
             Vi har prövat varje uppgift för sig.",
            "The board has asked us for information because of our report. \
             We have assessed each item on its own.",
        )),
        _ => None,
    }
}

pub(super) const REFERENCE: Both = ("Nämndens beslut", "The board's decision");
pub(super) const GIVEN: Both = ("Uppgifter", "Information");
pub(super) const REFUSED: Both = ("Det som inte lämnas", "What is not given");
pub(super) const SOME_REFUSED: Both = (
    "En del av det som nämnden har begärt lämnas inte. Nämnden kan få ett skriftligt beslut om det. \
     I beslutet står hur det överklagas ({osl-6-7}).",
    "Some of what the board has asked for is not given. The board can have a written decision on it. \
     The decision says how it is appealed ({osl-6-7}).",
);
pub(super) const SOME_WAIT: Both = (
    "En del av det som nämnden har begärt prövas fortfarande. Vi återkommer om det.",
    "Some of what the board has asked for is still being assessed. We will come back on it.",
);
pub(super) const ASK_AGAIN: Both = (
    "Behöver nämnden mer kan den begära det. Vi prövar då på nytt vad som kan lämnas.",
    "If the board needs more it can ask for it. We then assess anew what can be disclosed.",
);

pub(super) const CONFIRMS: Both = (
    "Det här är den skriftliga bekräftelsen av den anmälan som görs per telefon",
    "This is the confirmation in writing of the report made by telephone on",
);

pub(super) const CONFIRMS_ANSWER: Both = (
    "Det här är den skriftliga bekräftelsen av det svar som ges per telefon",
    "This is the confirmation in writing of the answer given by telephone on",
);

pub(super) const WHOM: Both = ("Vem begäran gäller", "Whom the request is about");
pub(super) const UNNAMED_ANSWER: Both = (
    "Vem begäran gäller står inte i brevet. Nämnden kan fråga oss.",
    "Whom the request is about does not stand in the letter. The board can ask us.",
);
pub(super) const WHO: Both = ("Vem anmälan gäller", "Whom the report is about");
pub(super) const UNNAMED: Both = (
    "Vem anmälan gäller står inte i brevet. Nämnden kan fråga oss.",
    "Whom the report is about does not stand in the letter. The board can ask us.",
);
pub(super) const CASE_WITH_US: Both = ("Det finns ett ärende hos oss.", "There is a case with us.");
pub(super) const PROTECTED: Both = (
    "Skyddade personuppgifter: adress, telefonnummer och skola står därför inte i brevet. \
     Ring oss om ni behöver veta hur familjen eller personen nås.",
    "Protected personal data: for that reason address, telephone number and school do not stand in the letter. \
     Ring us if you need to know how to reach the family or the person.",
);

/// What a field is called; about a child where it can be said.
pub(super) const fn of_asked(asked: Asked, child: bool) -> Both {
    match (asked, child) {
        (Asked::Name, true) => ("Barnets namn", "The child's name"),
        (Asked::Name, false) => ("Namn", "Name"),
        (Asked::IdentityNumber, true) => (
            "Barnets personnummer",
            "The child's personal identity number",
        ),
        (Asked::IdentityNumber, false) => ("Personnummer", "Personal identity number"),
        (Asked::Guardians, _) => ("Vårdnadshavare", "Guardians"),
        (Asked::Address, _) => ("Adress", "Address"),
        (Asked::Telephone, true) => ("Telefon till familjen", "Telephone to the family"),
        (Asked::Telephone, false) => ("Telefon", "Telephone"),
        (Asked::School, _) => ("Skola eller förskola", "School or preschool"),
        (Asked::Contact, _) => ("Telefon till mig", "Telephone to me"),
    }
}

pub(super) const WHY: Both = ("Varför vi är oroliga", "Why we are worried");

pub(super) const fn link(about: About) -> Both {
    match about {
        About::Child | About::Unborn => {
            ("Vad det betyder för barnet", "What it means for the child")
        }
        About::Adult => (
            "Vad det betyder för personen",
            "What it means for the person",
        ),
    }
}

pub(super) const DOCUMENTS: Both = ("Handlingar", "Documents");
pub(super) const NO_DOCUMENTS: Both = ("Inga handlingar bifogas.", "No documents are attached.");
pub(super) const SOME_DOCUMENTS: Both = (
    "De här handlingarna bifogas, inga andra:",
    "These documents are attached, no others:",
);
pub(super) const NO_DATE: Both = ("okänt datum", "date unknown");
pub(super) const PART_OF_IT: Both = ("en del av handlingen", "a part of the document");

pub(super) const MORE: Both = (
    "Om nämnden behöver veta mer",
    "If the board needs to know more",
);
pub(super) const ASK_US: Both = (
    "Nämnden kan begära fler uppgifter eller handlingar från oss. Vi prövar då på nytt vad som kan lämnas.",
    "The board can ask us for more information or for documents. We then assess anew what can be disclosed.",
);
pub(super) const ASK_HEALTH_CARE: Both = (
    "Hälso- och sjukvården har en egen skyldighet att anmäla oro för barn ({sol-anmalningsskyldighet}). \
     Nämnden kan vända sig direkt dit.",
    "Health care has a duty of its own to report concern for children ({sol-anmalningsskyldighet}). \
     The board can turn there directly.",
);

pub(super) const FEEDBACK: Both = ("Återkoppling", "Feedback");
pub(super) const FEEDBACK_WANTED: Both = (
    "Vi ber nämnden om återkoppling på anmälan ({sol-aterkoppling}).",
    "We ask the board for feedback on the report ({sol-aterkoppling}).",
);

pub(super) const SIGNED: Both = ("Underskrift", "Signature");
pub(super) const SIGNATURE: Both = ("Underskrift", "Signature");
pub(super) const NAME: Both = ("Namn", "Name");
pub(super) const TITLE: Both = ("Titel", "Title");
pub(super) const UNIT: Both = ("Enhet", "Unit");
pub(super) const AUTHORITY: Both = ("Myndighet eller verksamhet", "Authority or body");

#[cfg(test)]
mod tests {
    use super::{
        ADULT, HEALTH_CARE_ITSELF, PART, POINTS_TO_ADULT, TELEPHONE, UNBORN, UNSURE_WHOM,
        WHOM_ASKED, answers_under,
    };
    use crate::tree::{Role, Tree};
    use crate::trees::Trees;

    fn has(tree: &Tree, question: &str, answer: &str) -> bool {
        let question = tree.find(question);
        question.is_some_and(|question| question.answers.iter().any(|known| known.key == answer))
    }

    fn role_has(tree: &Tree, role: Role, answer: &str) -> bool {
        let mut with_role = tree.questions.iter().filter(|q| q.role == Some(role));
        with_role.any(|question| has(tree, &question.id, answer))
    }

    #[test]
    fn what_the_letter_names_in_the_trees_is_there() {
        let Ok(trees) = Trees::built_in() else {
            panic!("the trees are sound");
        };
        for (question, answer) in [
            (WHOM_ASKED, ADULT),
            (WHOM_ASKED, UNBORN),
            (UNSURE_WHOM, POINTS_TO_ADULT),
        ] {
            assert!(has(&trees.route, question, answer), "{question} {answer}");
        }
        assert!(role_has(&trees.sending, Role::Channel, TELEPHONE));
        assert!(role_has(&trees.item, Role::Describe, PART));
        for route in trees.routes() {
            let is_report = answers_under(&route.id).is_none();
            assert_eq!(is_report, !route.id.starts_with("request"), "{}", route.id);
        }
        for key in HEALTH_CARE_ITSELF {
            assert!(trees.laws.authority(key).is_some(), "{key}");
        }
    }
}
