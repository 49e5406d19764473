//! The fixed words of the case note, Swedish and English side by side. What the record says stands in its own words.

use crate::tree::Whole;

/// Words in both languages.
pub(super) type Both = (&'static str, &'static str);

/// The provision on what the register shows.
pub(super) const REGISTER_LAW: &str = "osl-5-2";

pub(super) const fn title(is_answer: bool) -> Both {
    if is_answer {
        (
            "Anteckning om sekretessprövning inför svar på socialnämndens begäran",
            "Note of a secrecy assessment before an answer to a request of the social welfare board",
        )
    } else {
        (
            "Anteckning om sekretessprövning inför anmälan till socialnämnden",
            "Note of a secrecy assessment before a report to the social welfare board",
        )
    }
}
pub(super) const SECRECY: Both = ("Sekretess", "Secrecy");
pub(super) const fn never_in_the_case(is_answer: bool) -> Both {
    if is_answer {
        (
            "Förvaras tillsammans med begäran, svaret och anmälan, aldrig i ärendet hos myndigheten. Skickas inte till nämnden.",
            "Kept with the request, the answer and the report, never in the case with the authority. Not sent to the board.",
        )
    } else {
        (
            "Förvaras tillsammans med anmälan, aldrig i ärendet hos myndigheten. Skickas inte till nämnden.",
            "Kept with the report, never in the case with the authority. Not sent to the board.",
        )
    }
}

pub(super) const CASE: Both = ("Anmälans diarienummer", "The report's reference number");
pub(super) const CASE_BLANK: Both = (
    "anmälans eget nummer, aldrig ärendets",
    "the report's own number, never the case's",
);
pub(super) const OUTCOME: Both = ("Utfall", "Outcome");
pub(super) const BY: Both = ("Prövad av", "Assessed by");
pub(super) const AUTHORITY: Both = ("Myndighet eller verksamhet", "Authority or body");
pub(super) const WHEN: Both = ("Prövningen gjord", "Assessment made");
pub(super) const ON: Both = ("Enligt den lag som gällde", "By the law in force on");
pub(super) const AFTERWARDS: Both = ("Gjord i efterhand", "Made afterwards");
pub(super) const NOT_AFTERWARDS: Both = ("Nej", "No");
pub(super) const IS_AFTERWARDS: Both = (
    "Ja. Prövningen dokumenterar, men gör inte ett fel ogjort.",
    "Yes. The assessment documents, but does not undo a fault.",
);
pub(super) const KNOWN_SINCE: Both = ("Oron känd sedan", "Concern known since");

pub(super) const fn whole(whole: Whole, is_answer: bool) -> Both {
    match whole {
        Whole::Ready if is_answer => ("Nämnden får ett svar", "The board gets an answer"),
        Whole::Ready => ("Anmälan lämnas", "The report is made"),
        Whole::Refer => (
            "Rättsavdelningen tillfrågas innan något lämnas",
            "The legal department is asked before anything is disclosed",
        ),
        Whole::NothingToSend => ("Ingen uppgift lämnas", "Nothing is disclosed"),
        Whole::Stopped => (
            "Prövningen ledde inte till någon anmälan",
            "The assessment did not lead to a report",
        ),
    }
}

pub(super) const REQUEST: Both = ("Nämndens begäran", "The board's request");
pub(super) const PHASE: Both = (
    "Vad nämnden vill, och hur långt den har kommit",
    "What the board wants, and how far it has come",
);
pub(super) const REFERENCE: Both = ("Nämndens beslut", "The board's decision");
pub(super) const ASKED_FOR: Both = ("Begäran", "The request");
pub(super) const SENT_BEFORE: Both = (
    "Lämnat tidigare, enligt den prövning som den här följer på",
    "Disclosed before, according to the record that this one follows",
);
pub(super) const REFUSED: Both = ("Nekas, uppgift nummer", "Refused, item number");
pub(super) const APPEAL: Both = (
    "Nekas något görs det i ett skriftligt beslut, som nämnden kan överklaga ({}). Beslutet fattas av den som får besluta om det hos myndigheten.",
    "What is refused is refused in a written decision that the board can appeal ({}). The decision is made by whoever may decide on it at the authority.",
);

pub(super) const ROUTE: Both = ("Vägen", "The route");
pub(super) const ROUTE_IS: Both = ("Väg", "Route");
pub(super) const SECTIONS: Both = ("Lagrum", "Sections");

pub(super) const OVERVIEW: Both = ("Prövningen i korthet", "The assessment in brief");
pub(super) const OVERVIEW_CAPTION: Both = (
    "Varje uppgift och handling, och vad det blev av den",
    "Each item, and what came of it",
);
pub(super) const COLUMNS: [Both; 5] = [
    ("Nr", "No"),
    ("Uppgift eller handling", "Item"),
    ("Sekretess", "Secrecy"),
    ("Utfall", "Outcome"),
    ("Stöd", "Ground"),
];
pub(super) const FIRST_ITEM: Both = (
    "Den första uppgiften: vem det gäller",
    "The first item: whom it is about",
);
pub(super) const NO_DATE: Both = ("okänt datum", "date unknown");
pub(super) const HARM_UNSURE: Both = (
    "osäkert, räknas som sekretessbelagd",
    "unsure, counts as secret",
);
pub(super) const HARM_NONE: Both = ("ingen sekretessbestämmelse", "no secrecy provision");

pub(super) const GOES: Both = ("Det som lämnas", "What is disclosed");
pub(super) const NOTHING_GOES: Both = ("Inget lämnas.", "Nothing is disclosed.");
pub(super) const GOES_MEANS: Both = (
    "Här står vad som lämnas enligt prövningen. Fyll i nedan när det har lämnats.",
    "Here stands what is disclosed according to the assessment. Fill in below when it has been disclosed.",
);
pub(super) const TO: Both = ("Till", "To");
pub(super) const BOARD: Both = ("socialnämnden", "the social welfare board (socialnämnden)");
pub(super) const ANY_BOARD: Both = ("vilken som helst", "any");
pub(super) const HOW: Both = ("Hur", "How");
pub(super) const AT: Both = ("När", "When");
pub(super) const KINDS: Both = ("Vem det gäller", "Whom it is about");
pub(super) const NO_KINDS: Both = ("lämnas inte", "not disclosed");
pub(super) const PROTECTED: Both = (
    "skyddade personuppgifter: nämnden rings upp först",
    "protected personal data: the board is rung first",
);
pub(super) const DOCUMENTS: Both = ("Handlingar", "Documents");
pub(super) const NO_DOCUMENTS: Both = ("Inga", "None");
pub(super) const SENT: Both = ("Lämnat", "Disclosed");
pub(super) const SENT_BLANK: Both = (
    "dag, klockslag, och kvitto eller vem som tog emot",
    "day, hour, and receipt or who received it",
);
pub(super) const fn wordings(is_answer: bool) -> Both {
    if is_answer {
        ("Ordalydelser i svaret:", "Wordings in the answer:")
    } else {
        ("Ordalydelser i anmälan:", "Wordings in the report:")
    }
}
pub(super) const fn link(is_answer: bool) -> Both {
    if is_answer {
        (
            "Vad nämnden behöver det till",
            "What the board needs it for",
        )
    } else {
        ("Betydelse för oron", "Bearing on the concern")
    }
}
pub(super) const STATEMENT: Both = ("Uppgift", "Statement");
pub(super) const DOCUMENT: Both = ("Handling", "Document");

pub(super) const HELD_BACK: Both = ("Det som hålls tillbaka", "What is held back");
pub(super) const NOTHING_HELD_BACK: Both = ("Inget hålls tillbaka.", "Nothing is held back.");
pub(super) const WHY: Both = ("Avgörande svar", "Deciding answer");
pub(super) const BECOMES: Both = ("Utfall", "Outcome");

pub(super) const CALLS: Both = ("Akut samtal före anmälan", "Urgent call before the report");
pub(super) const CALL_WHEN: Both = ("När", "When");
pub(super) const CALL_TO: Both = ("Till", "To");
pub(super) const CALL_SAID: Both = ("Vad som sades", "What was said");

pub(super) const EACH: Both = ("Varje uppgift för sig", "Each item");
pub(super) const FORM: Both = ("Slag", "Form");
pub(super) const ORIGIN: Both = ("Kommer från", "Comes from");
pub(super) const ABOUT: Both = ("Handlar om", "Is about");
pub(super) const RECEIVED: Both = ("Kom in", "Received");
pub(super) const DESCRIBES: Both = ("Beskriver handling", "Describes document");
pub(super) const GROUND: Both = ("Stöd", "Ground");

pub(super) const NOTES: Both = (
    "Antaganden och öppna frågor",
    "Assumptions and open questions",
);
pub(super) const NO_NOTES: Both = ("Inga.", "None.");
pub(super) const ASSUMPTION: Both = ("Antagande", "Assumption");
pub(super) const OPEN: Both = ("Öppen fråga", "Open question");
pub(super) const CONFIDENCE: Both = ("tillförlitlighet", "confidence");

/// How sure, in words.
pub(super) fn confidence(key: &str) -> Option<Both> {
    match key {
        "high" => Some(("hög", "high")),
        "medium" => Some(("medel", "medium")),
        "low" => Some(("låg", "low")),
        _ => None,
    }
}

pub(super) const REST: Both = ("Sändning och avslutning", "Sending and closing");
pub(super) const KEPT: Both = (
    "Personuppgifter som står kvar i texten, och varför",
    "Personal data left in the text, and why",
);

pub(super) const FILING: Both = ("Registrering och förvaring", "Registration and filing");
pub(super) const fn register(is_answer: bool) -> Both {
    if is_answer {
        (
            "Svaret registreras tillsammans med begäran. I det öppna diariet står varken avsändarens namn eller vem det gäller ({}).",
            "The answer is registered with the request. The public register shows neither the sender's name nor whom it is about ({}).",
        )
    } else {
        (
            "Anmälan registreras för sig. I det öppna diariet står varken avsändarens namn eller vem det gäller ({}).",
            "The report is registered on its own. The public register shows neither the sender's name nor whom it is about ({}).",
        )
    }
}
pub(super) const fn filed(is_answer: bool) -> Both {
    if is_answer {
        (
            "Begäran, svaret, prövningen och den här anteckningen förvaras tillsammans med anmälan.",
            "The request, the answer, the record and this note are kept with the report.",
        )
    } else {
        (
            "Anmälan, prövningen och den här anteckningen förvaras tillsammans.",
            "The report, the record and this note are kept together.",
        )
    }
}
pub(super) const IN_THE_CASE: Both = (
    "I ärendet hos myndigheten antecknas något bara om det har betydelse där: högst att en anmälan har gjorts, och inget alls om det kan utsätta någon för risk.",
    "In the case with the authority a note is made only if it matters there: at most that a report was made, and nothing at all if it can put anyone at risk.",
);
pub(super) const RETENTION: Both = (
    "Hur länge handlingarna bevaras avgörs av myndighetens egen plan för bevarande och gallring.",
    "How long the documents are kept is settled by the authority's own plan for retention.",
);

pub(super) const LAW: Both = ("Lagrum och andra källor", "Sections and other sources");
pub(super) const LAW_CAPTION: Both = (
    "Det som prövningen hänvisar till, i den lydelse som gällde",
    "What the assessment cites, in the wording in force",
);
pub(super) const LAW_COLUMNS: [Both; 5] = [
    ("Källa", "Source"),
    ("Från", "From"),
    ("Till", "Until"),
    ("SFS", "SFS"),
    ("Tillförlitlighet", "Confidence"),
];
pub(super) const UNREAD: Both = ("lydelsen är inte läst", "the wording was not read");

pub(super) const FILE: Both = ("Prövningens fil", "The record's file");
pub(super) const FILE_NAME: Both = ("Filnamn", "File name");
pub(super) const DIGEST: Both = ("Kontrollsumma", "Digest");
pub(super) const MADE_WITH: Both = ("Gjord med", "Made with");
pub(super) const TREES: Both = ("träden av", "the trees of");
pub(super) const FOLLOWS: Both = ("Följer på prövningen", "Follows the record");
