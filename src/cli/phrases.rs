//! Every phrase of the interface, in both languages, side by side: complete by construction.
//!
//! Nothing about the law stands here; that is the trees' affair.

use sekretesskoll::language::Lang;

macro_rules! phrases {
    ($($name:ident ( $($arg:ident),* ) $sv:literal $en:literal ;)+) => {
        $(
            pub(crate) fn $name(lang: Lang $(, $arg: &dyn std::fmt::Display)*) -> String {
                match lang {
                    Lang::Sv => format!($sv),
                    Lang::En => format!($en),
                }
            }
        )+
    };
}

phrases! {
    // ---- the screen
    title() "Sekretessprövning" "Secrecy assessment";
    stage_route() "1 Väg (av 4)" "1 Route (of 4)";
    stage_items() "2 Uppgifter (av 4)" "2 Items (of 4)";
    stage_sending() "3 Sändning (av 4)" "3 Sending (of 4)";
    stage_closing() "4 Avslutning (av 4)" "4 Closing (of 4)";
    law_checked(day) "Lagtexten senast kontrollerad {day}." "Law last checked {day}.";
    later_day() "Dagen ligger framåt i tiden: lagen kan ändras till dess." "The day lies ahead: the law may change before it.";
    earlier_day() "Du prövar enligt den lag som gällde en tidigare dag. Prövningen märks som gjord i efterhand." "You assess by the law that applied on an earlier day. The record will say that it was made afterwards.";
    from_folder(folder) "Träden läses från {folder}, inte från programmet." "The trees are read from {folder}, not from the program.";
    danger() "Är någon i fara nu? Ring 112 först. Du kan be att få tala med socialjouren." "Is somebody in danger now? Ring 112 first. You can ask for the social emergency service.";
    no_names() "Skriv inga namn eller personnummer här: de hör hemma i brevet. Programmet kan hitta nummer och e-postadresser, men inte namn." "Write no names or identity numbers here: they belong in the letter. The program can find numbers and e-mail addresses, but not names.";
    keys() "? varför   ?? utfallet   < tillbaka   ! spara och avsluta   gäller överallt" "? why   ?? the outcome   < back   ! save and leave   works everywhere";
    earlier_answer(answer) "Tidigare svar: {answer}   (Enter = samma)" "Earlier answer: {answer}   (Enter = the same)";
    earlier_sentence(answer) "Tidigare svar: {answer}   (Enter = samma, pil upp = ändra i det)" "Earlier answer: {answer}   (Enter = the same, arrow up = change it)";
    item_heading(number, count, label) "Uppgift {number} av {count}: {label}" "Item {number} of {count}: {label}";
    first_item() "Den första uppgiften: vem det gäller" "The first item: who it is about";
    route_is_clear(outcome) "VÄGEN ÄR KLAR: {outcome}" "THE ROUTE IS CLEAR: {outcome}";
    item_outcome(outcome, law) "{outcome}: {law}" "{outcome}: {law}";
    assumption(text) "Antagande: {text}" "Assumption: {text}";
    open_question(text) "Öppen fråga: {text}" "Open question: {text}";
    another_provision() "b  En annan bestämmelse gäller" "b  Another provision applies";

    side_for() "FÖR" "FOR";
    side_against() "EMOT" "AGAINST";

    // ---- answers that cannot be taken
    not_an_answer(count) "Skriv en siffra mellan 1 och {count}, eller början av ett svar." "Write a number from 1 to {count}, or the beginning of an answer.";
    unclear_answer() "Menar du ett av svaren: skriv bara siffran. Menar du en mening: börja den med ett annat ord." "If you mean one of the answers: write the number alone. If you mean a sentence: begin it with another word.";
    pasted() "Du klistrade in flera rader. Här behövs bara ett kort svar; inget av det klistrade har räknats." "You pasted several lines. Only a short answer is needed here; nothing of what was pasted has counted.";
    several_answers() "Flera svar börjar så. Skriv siffran." "Several answers begin like that. Write the number.";
    write_why() "Skriv några ord:" "Write a few words:";
    takes_no_text() "Till det svaret hör ingen text. Skriv bara siffran." "That answer takes no text. Write the number alone.";
    write_something() "Skriv något, eller < för att gå tillbaka." "Write something, or < to go back.";
    not_a_day() "Skriv ett datum som finns: åååå-mm-dd." "Write a day that exists: yyyy-mm-dd.";
    not_a_moment() "Skriv dag och gärna klockslag: åååå-mm-dd tt:mm." "Write the day, and the hour if you can: yyyy-mm-dd hh:mm.";
    no_help() "Det finns ingen mer förklaring här. Svara med det som står ovanför, eller skriv < eller !." "There is no further explanation here. Answer with what stands above, or type < or !.";
    nothing_before() "Det här är den första frågan." "This is the first question.";
    no_such_item() "Skriv numret på en uppgift i listan." "Write the number of an item in the list.";

    // ---- the first item
    ask_kinds() "Vad ska stå i anmälan om vem det gäller och hur personen eller familjen nås? Skriv siffrorna." "What shall stand in the report about who it is and how the person or the family is reached? Write the numbers.";
    kinds_protected() "Någon av dem har skyddade personuppgifter" "One of them has protected personal data";
    kinds_hint() "Till exempel: 1 2 3. Själva uppgifterna skriver du först i brevet." "For example: 1 2 3. The data themselves you write only in the letter.";
    kinds_help() "Nämnden måste veta vem det gäller och hur personen eller familjen nås. Välj det som behövs och inget mer: för ett barn oftast namn, personnummer och vårdnadshavare. Har någon skyddade personuppgifter ska varken adress, telefon eller skola stå i brevet; ring nämnden först." "The board must know who it is about and how to reach the person or the family. Choose what is needed and no more: for a child most often name, identity number and guardians. If somebody has protected personal data, neither address, telephone nor school stands in the letter; ring the board first.";
    kinds_only_protected() "Skriv också vad som ska stå om vem det gäller, till exempel: 1 3 8." "Write also what shall stand about who it is, for example: 1 3 8.";
    kinds_protected_refused() "Någon har skyddade personuppgifter: ta bort adress, telefon och skola. Ring nämnden först." "Somebody has protected personal data: leave out address, telephone and school. Ring the board first.";
    kinds_wrong() "Skriv en eller flera av siffrorna ovanför, med mellanslag emellan." "Write one or more of the numbers above, with spaces between.";

    // ---- the list
    ask_rows() "Vad vill du berätta eller skicka? En rad för varje uppgift." "What do you want to tell or send? A line for each item.";
    rows_document() "Börja raden med h: om det är en handling, och skriv handlingens datum." "Begin the line with d: for a document, and write the document's date.";
    rows_benefit() "Börja med f: om raden bara säger vilken ersättning, period eller belopp." "Begin with b: if the line says only which benefit, period or amount.";
    rows_end() "Tom rad = klar. - och numret tar bort en rad, till exempel -2." "Empty line = done. - and the number removes a line, for example -2.";
    rows_help() "Skriv en kort rubrik för varje sak, inte själva texten: den kommer sedan. Till exempel: Barnet ensamt hemma. En handling per rad, till exempel: h: läkarintyg 2020-06-17. Huvudregeln är att inga handlingar skickas: du beskriver i stället. ?2 förklarar vad som har avgjorts om uppgift 2." "Write a short heading for each thing, not the text itself: that comes later. For example: Child alone at home. One document a line, for example: d: medical certificate 2020-06-17. As a rule no documents are sent: you describe instead. ?2 explains what has been decided about item 2.";
    row_removed(label) "Borttagen: {label}" "Removed: {label}";
    one_row_at_least() "Skriv minst en rad: vad har du sett eller hört?" "Write at least one line: what have you seen or heard?";
    ask_dated(label) "Vilket datum har handlingen \"{label}\"? Åååå-mm-dd, eller okänt." "What is the date of the document \"{label}\"? Yyyy-mm-dd, or unknown.";
    dated_help() "Efteråt ska det gå att se exakt vilka handlingar det gällde. Skriv okänt om datumet inte går att få fram." "Afterwards it must be possible to see exactly which documents it was. Write unknown if the date cannot be found.";
    ask_received(label) "När kom uppgiften \"{label}\" in till er? Åååå-mm-dd." "When did the item \"{label}\" come in to you? Yyyy-mm-dd.";
    received_help() "För den här bestämmelsen avgör dagen då uppgiften kom in vilken lydelse som gäller." "For this provision the day the item came in decides which wording applies.";
    ask_origin(number, label) "Varifrån kommer uppgift {number}, \"{label}\", och vem handlar den om?" "Where does item {number}, \"{label}\", come from, and whom is it about?";
    origin_short() "1 egen  2 den enskilde  3 vården (också intyg)  4 myndighet  5 annan   a barnet  b vårdnadshavare  c annan  d den som berättade" "1 own  2 individual  3 health care (also certificates)  4 authority  5 other   a child  b guardian  c other  d who told us";
    origin_hint() "Svara med siffra och bokstav, till exempel 2a." "Answer with a number and a letter, for example 2a.";
    origin_help() "Varifrån uppgiften kommer är inte detsamma som vilken sekretess den har. Ett läkarintyg som har kommit in i ett ärende hos er omfattas av er sekretess, men det kommer från vården. Handlar uppgiften om någon annan än den du är orolig för eller en vårdnadshavare får du en särskild fråga om varför den behövs." "Where an item comes from is not the same as which secrecy covers it. A medical certificate received in a case with you is covered by your secrecy, but it comes from health care. If the item is about somebody other than the one you worry about or a guardian, you are asked separately why it is needed.";
    ask_file(label) "Vilket filnamn har \"{label}\" i mappen som skickas? Enter = inte bestämt." "What is the file name of \"{label}\" in the outgoing folder? Enter = not settled.";
    file_help() "Med filnamnet kan mappen jämföras med prövningen innan något skickas. Använd inga namn på personer i filnamnet." "With the file name the folder can be compared with the assessment before anything is sent. Use no names of people in the file name.";
    date_unknown() "okänt datum" "date unknown";
    documents_last() "Uppgifterna prövas först, handlingarna sedan." "Statements are assessed first, documents after.";
    documents_rule() "Handlingar. Huvudregel: skicka inga. Socialnämnden kan begära dem senare." "Documents. As a rule send none. The board can ask for them later.";
    describes_it(number, label) "Ja, uppgift {number} beskriver den: \"{label}\"" "Yes, item {number} describes it: \"{label}\"";
    new_statement() "Ja, jag lägger till en uppgift som beskriver den" "Yes, I add a statement that describes it";
    new_item() "Jag lägger till en ny uppgift" "I add a new item";
    ask_new_label() "Rubrik för den nya uppgiften:" "Heading of the new item:";

    // ---- provisions
    ask_provision() "Vilken bestämmelse gäller för uppgiften?" "Which provision covers the item?";
    provision_none() "Ingen bestämmelse" "No provision";
    provision_unsure() "Osäker (räknas som sekretessbelagd)" "Unsure (counts as secret)";
    pick_back() "< tillbaka" "< back";
    pick_why() "? varför" "? why";
    pick_hint() "Skriv för att söka, eller använd pilarna. Enter väljer, Esc går tillbaka." "Type to search, or use the arrows. Enter chooses, Esc goes back.";
    pick_leave() "! spara och avsluta" "! save and leave";

    // ---- personal data
    personal_found(what, from, to, excerpt) "Texten verkar innehålla {what} (tecken {from}–{to}): {excerpt}" "The text seems to hold {what} (characters {from}–{to}): {excerpt}";
    personal_rewrite() "1  Jag skriver om" "1  I rewrite it";
    personal_keep() "2  Det ska stå kvar (skriv varför)" "2  It shall stay (write why)";
    personal_help() "Prövningen ska kunna läsas av den som inte ska få veta vem det gäller. Namn och nummer hör hemma i brevet. Måste något ändå stå kvar skriver du ett skäl, och skälet står i prövningen." "The record must be readable by somebody who is not to know who it is about. Names and numbers belong in the letter. If something must stay all the same you write a reason, and the reason stands in the record.";

    // ---- stops, review and the end
    stop_title(outcome) "STOPP: {outcome}" "STOP: {outcome}";
    stop_next() "Gör så här:" "Do this:";
    stop_change() "1  Ändra ett svar" "1  Change an answer";
    stop_leave() "2  Spara och avsluta: svaren finns kvar" "2  Save and leave: the answers are kept";
    stop_write() "3  Skriv prövningen som den är" "3  Write the record as it is";
    review_wordings() "Så står det i anmälan:" "So it stands in the report:";
    review_call(when, to) "Samtal: {when}, {to}." "Call: {when}, {to}.";
    review_protected() "Någon har skyddade personuppgifter." "Somebody has protected personal data.";
    review_unread(law) "Lydelsen den dagen är inte läst: {law}." "The wording of that day was not read: {law}.";
    review_title() "Granska innan du skriver" "Review before you write";
    column_number() "nr" "no";
    column_item() "uppgift" "item";
    column_secrecy() "sekretess" "secrecy";
    column_becomes() "blir" "becomes";
    column_ground() "grund" "ground";
    described_by(number) "beskrivs av {number}" "described by {number}";
    described_by_held(number) "beskrivs av {number}, som inte lämnas" "described by {number}, which does not go";
    goes_to(board, channel, when) "Till {board}. {channel}. {when}." "To {board}. {channel}. {when}.";
    any_board() "vilken socialnämnd som helst" "any board";
    documents_none() "Handlingar som skickas: inga." "Documents sent: none.";
    documents_some(list) "Handlingar som skickas: {list}." "Documents sent: {list}.";
    with_legal(list) "Lämnas inte nu, fråga rättsavdelningen: {list}. Kan lämnas senare, som komplettering." "Not disclosed now, ask the legal department: {list}. May follow later, as a supplement.";
    change_an_answer() "Ändra ett svar" "Change an answer";
    enter_case(case) "Skriv anmälans eget diarienummer (nu: {case})" "Enter the report's own reference number (now: {case})";
    no_case() "inte tilldelat" "none assigned";
    ask_case() "Anmälans eget diarienummer, inte ärendets. Enter = inte tilldelat." "The report's own reference number, not the case's. Enter = none assigned.";
    case_help() "Anmälan registreras för sig, skild från ärendet hos er. Ärendets nummer kan vara den enskildes personnummer och ska inte stå här." "The report is registered on its own, apart from the case with you. The case number may be the individual's identity number and must not stand here.";
    ask_reopen() "Vilket svar vill du ändra?" "Which answer do you want to change?";
    remove_item(label) "Ta bort: {label}" "Remove: {label}";
    rename_item(label) "Ny rubrik: {label}" "New heading: {label}";
    add_item() "Lägg till en uppgift" "Add an item";
    provision_of(number, law) "Bestämmelse för uppgift {number}: {law}" "Provision of item {number}: {law}";
    provision_of_first(law) "Bestämmelse för den första uppgiften: {law}" "Provision of the first item: {law}";
    document_heading(number, count, label) "Handling {number} av {count}: {label}" "Document {number} of {count}: {label}";
    origin_of(number) "Varifrån uppgift {number} kommer och vem den handlar om" "Where item {number} comes from and whom it is about";
    kinds_of() "Vad som ska stå om vem det gäller" "What shall stand about who it is";
    duty_stands() "Ingen uppgift lämnas, men skyldigheten att anmäla står kvar. Skriv med egna ord vad du har sett eller hört: en rad räcker." "No item goes, but the duty to report stands. Say in your own words what you have seen or heard: one line is enough.";
    other_law(day) "Den {day} gäller andra regler. Vägen prövas på nytt för den dagen; dina svar finns kvar som förslag." "Other rules apply on {day}. The route is assessed again for that day; your answers are kept as suggestions.";
    written(path) "Prövningen är skriven: {path}" "The record is written: {path}";
    summary() "Sammanfattning" "Summary";
    now() "Nu:" "Now:";
    now_afterwards() "Prövningen är gjord i efterhand. Den dokumenterar, men gör inte ett fel ogjort." "The assessment was made afterwards. It documents, but does not undo a fault.";
    now_sign(who) "Vänta med att skicka: {who}." "Do not send yet: {who}.";
    now_send(board, channel) "Lämna anmälan till {board}. {channel}." "Make the report to {board}. {channel}.";
    now_at_once() "Gör det nu: anmälan ska göras genast." "Do it now: the report is to be made at once.";
    now_register() "Registrera anmälan för sig, skild från ärendet hos er. Lägg prövningen tillsammans med anmälan." "Register the report on its own, apart from the case with you. File the record with the report.";
    now_mark(law) "Märk er kopia: {law}." "Mark your copy: {law}.";
    now_note() "Anteckna något i ärendet bara om det har betydelse där: högst att en anmälan har gjorts, och inget alls om det kan utsätta någon för risk." "Make a note in the case only if it matters there: at most that a report was made, and nothing at all if it can put anyone at risk.";
    now_ring() "Skyddade personuppgifter: ring nämnden först." "Protected personal data: ring the board first.";
    now_unnamed() "Du får inte säga vem det gäller. Ring nämnden och berätta bara det som får lämnas, så att den vet vad den kan fråga om." "You may not say who it is about. Ring the board and tell only what may be disclosed, so that it knows what to ask about.";
    now_legal() "Fråga rättsavdelningen om de öppna frågorna. Anmälan väntar inte på svaret." "Ask the legal department about the open questions. The report does not wait for the answer.";
    now_nothing() "Ingen anmälan skickas. Du kan ändå fråga nämnden till råds, om du utelämnar allt som gör att någon går att känna igen." "No report is sent. You can still ask the board for advice, if you leave out everything that identifies anybody.";
    now_refer() "Fråga rättsavdelningen i dag, och skicka inget innan du har fått svar. Är någon i fara nu: ring 112." "Ask the legal department today, and send nothing before you have the answer. If somebody is in danger now: ring 112.";
    draft_gone() "Utkastet är raderat. Det du skrev kan finnas kvar i fönstrets historik: stäng fönstret när du är klar." "The draft is deleted. What you typed may remain in the window's scrollback: close the window when you are done.";
    draft_kept(command) "Svaren är sparade. Fortsätt med: {command}" "The answers are kept. Go on with: {command}";
    draft_there(count, command) "Sparade utkast: {count}. Fortsätt med: {command}" "Saved drafts: {count}. Go on with: {command}";
    pick_draft() "Vilket utkast vill du fortsätta med?" "Which draft do you want to go on with?";
    discarded() "Utkastet är raderat." "The draft is deleted.";
    pick_discard() "Vilket utkast ska raderas?" "Which draft shall be deleted?";
    draft_line(started, day, authority, count) "påbörjat {started} · gäller {day} · {authority} · uppgifter: {count}" "started {started} · for {day} · {authority} · items: {count}";
    draft_damaged(path) "Utkastet {path} går inte att läsa och lämnas orört." "The draft {path} cannot be read and is left alone.";

    // ---- why, and what would have changed it
    why_keys() "?? = varför, och vad som hade ändrat det" "?? = why, and what would have changed it";
    why_rows() "?2 = varför uppgift 2 blev så   ?0 den första   ?v vägen   ?? det senaste" "?2 = why item 2 came out so   ?0 the first   ?r the route   ?? the latest";
    why_nothing_yet() "Inget är avgjort än. Skriv ?? när ett utfall har visats." "Nothing has been decided yet. Type ?? once an outcome has been shown.";
    why_not_reached(of) "{of}: inget är avgjort än, för vägen har inte lett till uppgifterna." "{of}: nothing has been decided yet, as the route has not led to the items.";
    why_unknown_item(id, hint) "det finns ingen uppgift `{id}`{hint}" "there is no item `{id}`{hint}";
    why_route() "Vägen" "The route";
    why_item(number, form) "Uppgift {number} ({form})" "Item {number} ({form})";
    why_open(question) "INTE AVGJORT: det saknas ett svar som godtas på frågan \"{question}\"" "NOT DECIDED: there is no answer that can be accepted to the question \"{question}\"";
    why_can_end(outcomes) "Utfallet kan bli: {outcomes}." "The outcome can be: {outcomes}.";
    why_deciding() "Det här avgjorde:" "This decided:";
    why_deciding_so_far() "Det här har avgjort så långt:" "This has decided so far:";
    why_answer(answer) "Svar: {answer}" "Answer: {answer}";
    why_known(known) "Känt av programmet: {known}" "Known by the program: {known}";
    why_entered(known) "Ur listan: {known}" "From the list: {known}";
    why_from_route(known) "Svar på vägen: {known}" "Answered on the route: {known}";
    why_law(text, law) "{text} ({law})" "{text} ({law})";
    why_else() "Annars hade utfallet blivit ett annat:" "Otherwise the outcome would have been another:";
    why_settled() "Det här hade avgjort det:" "This would have settled it:";
    why_more() "Annars hade fler frågor ställts:" "Otherwise more questions would have been asked:";
    why_nothing_else() "Ingen enskild ändring hade gett ett annat utfall." "No single change would have given another outcome.";
    why_if_answer(answers) "Om svaret hade varit {answers}" "If the answer had been {answers}";
    why_if_route(question, answers) "Om svaret på vägens fråga \"{question}\" hade varit {answers}" "If the answer to the route's question \"{question}\" had been {answers}";
    why_if_form(forms) "Om det hade varit en {forms}" "If it had been a {forms}";
    why_if_origin(origins) "Om ursprunget hade varit {origins}" "If the origin had been {origins}";
    why_if_about(abouts) "Om den hade handlat om {abouts}" "If it had been about {abouts}";
    why_if_provision(law) "Om {law} hade gällt" "If {law} had applied";
    why_if_unsure() "Om bestämmelsen inte hade varit fastställd" "If the provision had not been settled";
    why_if_no_provision() "Om ingen sekretessbestämmelse hade gällt" "If no secrecy provision had applied";
    why_if_day(days) "Med samma svar den {days}" "With the same answers on {days}";
    why_then(change, outcome) "{change}: {outcome}." "{change}: {outcome}.";
    why_then_asks(change, question, outcomes) "{change}: nästa fråga är \"{question}\" Utfallet kan bli: {outcomes}." "{change}: the next question is \"{question}\" The outcome can be: {outcomes}.";
    why_then_certain(change, question, outcome) "{change}: nästa fråga är \"{question}\" Utfallet blir: {outcome}." "{change}: the next question is \"{question}\" The outcome is: {outcome}.";
    why_written(list) "För att lämnas krävs att detta är skrivet: {list}." "To be disclosed, this must have been written: {list}.";
    why_written_link() "vad uppgiften betyder för oron" "how the item bears on the concern";
    why_written_individual() "den enskildes intresse av skydd" "the individual's interest in protection";
    why_written_wording() "ordalydelsen" "the wording";
    why_written_consent() "vem som har samtyckt, när och till vad" "who consented, when and to what";
    why_written_this() "skälet till svaret" "the reason for the answer";
    why_written_next() "skälet till svaret på den frågan" "the reason for the answer to that question";
    why_written_other(question) "skälet till svaret på \"{question}\"" "the reason for the answer to \"{question}\"";
    why_judgement() "Ett svar ändras bara om det inte stämmer. Bedömningen är handläggarens." "An answer is changed only if it is not true. The judgement is the official's.";
    why_quoted(text) "\"{text}\"" "\"{text}\"";
    why_or_apart(first, last) "{first}; eller {last}" "{first}; or {last}";
    why_or(first, last) "{first} eller {last}" "{first} or {last}";
    why_other_trees(path) "{path} gjordes med en annan version av träden. Förklaringen gäller träden som de är nu." "{path} was made with another version of the trees. The explanation is of the trees as they are now.";
    why_other_outcome(of, recorded, replayed) "{of}: i prövningen står `{recorded}`, men samma svar ger nu `{replayed}`." "{of}: the record says `{recorded}`, but the same answers now give `{replayed}`.";
    why_whole() "Helheten" "The whole";
    fact_route(outcome) "vägen är {outcome}" "the route is {outcome}";
    fact_form(form) "det är en {form}" "it is a {form}";
    fact_first() "det är den första uppgiften" "it is the first item";
    fact_origin(origin) "ursprung: {origin}" "origin: {origin}";
    fact_about(about) "handlar om: {about}" "about: {about}";
    fact_duty(bound) "myndigheten är den dagen: {bound}" "the authority is that day: {bound}";
    fact_osl(value) "myndigheten lyder under OSL: {value}" "the authority is under OSL: {value}";
    fact_in_force(law, value) "{law} gäller den dagen: {value}" "{law} is in force that day: {value}";
    fact_excluded(law, value) "undantagen från {law}: {value}" "excluded from {law}: {value}";
    fact_switches_off(law, value) "bestämmelsen stänger {law}: {value}" "the provision switches {law} off: {value}";
    fact_consentable(value) "sekretessen skyddar en enskild som kan samtycka: {value}" "the secrecy protects an individual who can consent: {value}";
    fact_benefit(value) "bara förmånsuppgift, och myndigheten har skyldighet att lämna sådana: {value}" "benefit data only, and the authority has a duty to give such: {value}";
    fact_protected(value) "någon har skyddade personuppgifter: {value}" "somebody has protected personal data: {value}";
    fact_harm_test(value) "skaderekvisit: {value}" "harm test: {value}";
    fact_other(fact, value) "{fact}: {value}" "{fact}: {value}";
    word_yes() "ja" "yes";
    word_no() "nej" "no";
    word_unclear() "oklart" "unclear";

    // ---- settings
    first_run() "Första gången: svara på fyra frågor om dig själv. Svaren sparas på den här datorn och kan ändras." "The first time: answer four questions about yourself. The answers are kept on this machine and can be changed.";
    ask_authority() "Vilken myndighet eller verksamhet arbetar du i?" "In which authority or activity do you work?";
    ask_name() "Ditt namn:" "Your name:";
    ask_title() "Din titel:" "Your title:";
    ask_unit() "Din enhet eller ditt kontor:" "Your unit or office:";
    settings_help() "Uppgifterna står i prövningen, så att det går att se vem som har gjort den. De sparas bara på den här datorn." "They stand in the record, so that it can be seen who made it. They are kept on this machine only.";
    settings_saved(path) "Sparat: {path}" "Saved: {path}";
    setting_authority() "Myndighet" "Authority";
    setting_official() "Handläggare" "Official";
    setting_out() "Prövningar skrivs i" "Records are written to";
    setting_lang() "Språk" "Language";
    setting_file() "Fil" "File";

    // ---- errors: lower-case, no final period
    no_terminal() "det finns ingen terminal att fråga i; använd `assess --plain` för att läsa svaren rad för rad, eller `assess --answers FIL` för ett svarsdokument" "there is no terminal to ask in; use `assess --plain` to read the answers line by line, or `assess --answers FILE` for an answers document";
    cannot_read(path, why) "kan inte läsa `{path}`: {why}" "cannot read `{path}`: {why}";
    cannot_write(path, why) "kan inte skriva `{path}`: {why}" "cannot write `{path}`: {why}";
    too_large(path, limit) "`{path}` är större än {limit} MB och läses inte; ett svarsdokument är några kB" "`{path}` is larger than {limit} MB and is not read; an answers document is a few kB";
    not_utf8(path, line, column) "`{path}` är inte UTF-8 (rad {line}, kolumn {column}); spara filen som UTF-8" "`{path}` is not UTF-8 (line {line}, column {column}); save the file as UTF-8";
    not_json(path, line, column, why) "`{path}` går inte att läsa som ett svarsdokument: rad {line}, kolumn {column}: {why}" "`{path}` cannot be read as an answers document: line {line}, column {column}: {why}";
    not_record(path, line, column, why) "`{path}` går inte att läsa som en prövning: rad {line}, kolumn {column}: {why}" "`{path}` cannot be read as a record: line {line}, column {column}: {why}";
    not_record_member(path, member) "`{path}` går inte att läsa som en prövning: `{member}` har ett värde som inte finns" "`{path}` cannot be read as a record: `{member}` has a value that does not exist";
    wrong_record_format(path, found) "`{path}` har formatet `format: {found}`; det här programmet läser 1" "`{path}` has the format `format: {found}`; this program reads 1";
    is_record(path) "`{path}` är en prövning, inte ett svarsdokument" "`{path}` is a record, not an answers document";
    wrong_format(path, found) "`{path}` har formatet `answers: {found}`; det här programmet läser 1" "`{path}` has the format `answers: {found}`; this program reads 1";
    exists(path) "`{path}` finns redan; en prövning skrivs aldrig över" "`{path}` exists already; a record is never overwritten";
    bad_day_argument(day) "`{day}` är inte ett datum som finns; skriv åååå-mm-dd" "`{day}` is not a day that exists; write yyyy-mm-dd";
    unknown_authority(key, hint) "`{key}` är ingen myndighet som programmet känner{hint}" "`{key}` is no authority that the program knows{hint}";
    did_you_mean(word) "; menade du `{word}`?" "; did you mean `{word}`?";
    unknown_provision(key, hint) "`{key}` finns inte bland bestämmelserna{hint}" "`{key}` is not among the provisions{hint}";
    unknown_tree(key, hint) "det finns inget träd `{key}`{hint}" "there is no tree `{key}`{hint}";
    unknown_route(key, hint) "det finns ingen väg `{key}`{hint}" "there is no route `{key}`{hint}";
    trees_unsound(count) "träden har {count} fel och används därför inte; kör `trees check`" "the trees have {count} defects and are not used; run `trees check`";
    not_finished(count) "svar som saknas eller är fel: {count}; ingen prövning är skriven" "answers missing or wrong: {count}; no record is written";
    unused_answers(list) "svar som inte behövdes på den här vägen: {list}" "answers that this path did not need: {list}";
    no_drafts() "det finns inga sparade utkast" "there are no saved drafts";
    no_home() "varken HOME eller XDG_CONFIG_HOME är satt, så inställningar och utkast har ingenstans att ligga" "neither HOME nor XDG_CONFIG_HOME is set, so settings and drafts have nowhere to lie";
    ended_early() "inmatningen tog slut innan prövningen var klar" "the input ended before the assessment was finished";
    settings_damaged(path, why) "inställningarna i `{path}` går inte att läsa ({why}); rätta filen eller ta bort den" "the settings in `{path}` cannot be read ({why}); mend the file or remove it";
    no_official() "uppgift om handläggare saknas: ange `official` i svaren eller --name, --title och --unit" "nobody is named: give `official` in the answers, or --name, --title and --unit";
    no_reason_with_people(what) "Skälet får inte självt innehålla {what}. Skriv om det." "The reason itself may not hold {what}. Rewrite it.";
    answer_dropped(place) "Ett sparat svar finns inte längre bland frågorna och är borttaget: {place}" "A saved answer is no longer among the questions and is removed: {place}";
    nothing_kept() "inget är sparat" "nothing has been kept";
    interrupted() "avbrutet" "interrupted";

    // ---- what is lacking, for scripts
    lack_missing(place, question) "{place}: svar saknas{question}" "{place}: the answer is missing{question}";
    lack_no_such_answer(place, answers) "{place}: inget sådant svar; välj bland {answers}" "{place}: no such answer; choose among {answers}";
    lack_refused(place, says) "{place}: svaret godtas inte: {says}" "{place}: the answer is not accepted: {says}";
    lack_no_motivation(place) "{place}: svaret kräver en motivering i `text`" "{place}: the answer needs a motivation in `text`";
    lack_no_text(place) "{place}: frågan besvaras med en text i `text`" "{place}: the question is answered with a text in `text`";
    lack_text_not_taken(place) "{place}: svaret tar ingen text" "{place}: the answer takes no text";
    lack_not_a_day(place) "{place}: inte ett datum som finns; skriv åååå-mm-dd" "{place}: not a day that exists; write yyyy-mm-dd";
    lack_not_a_time(place) "{place}: skriv åååå-mm-dd eller åååå-mm-dd tt:mm" "{place}: write yyyy-mm-dd or yyyy-mm-dd hh:mm";
    lack_not_an_item(place) "{place}: inte ett id i listan, eller inte en uppgift som kan stå där" "{place}: not an id in the list, or not an item that can stand there";
    lack_no_such_question(place, hint) "{place}: det finns ingen sådan fråga{hint}" "{place}: there is no such question{hint}";
    lack_no_such_provision(place) "{place}: bestämmelsen finns inte, eller gäller inte den dagen" "{place}: the provision does not exist, or is not in force that day";
    lack_before_first_day(place, day) "{place}: lagen före {day} finns inte i programmet (sekretesslagen 1980:100 gällde då)" "{place}: the law before {day} is not in the program (the Secrecy Act 1980:100 applied then)";
    lack_empty(place) "{place}: är tom" "{place}: is empty";
    lack_bad_id(place) "{place}: ett id är högst 20 tecken ur a–z, 0–9 och bindestreck, och inte `identity`" "{place}: an id is at most 20 characters of a–z, 0–9 and hyphens, and not `identity`";
    lack_bad_digest(place) "{place}: skriv `sha256:` och 64 hexadecimala siffror" "{place}: write `sha256:` and 64 hexadecimal digits";
    lack_same_id(place) "{place}: samma id som en annan uppgift" "{place}: the same id as another item";
    lack_protected(place) "{place}: adress, telefon eller skola får inte stå i brevet när någon har skyddade personuppgifter" "{place}: address, telephone or school may not stand in the letter when somebody has protected personal data";
    lack_nothing_released(place) "{place}: skyldigheten att anmäla står kvar men ingen uppgift lämnas; lägg till en uppgift med egna ord om vad som setts eller hörts" "{place}: the duty to report stands but no item goes; add a statement in one's own words of what was seen or heard";
    lack_other_law(place, day) "{place}: den {day}, när uppgifterna lämnas, gäller andra regler; pröva med on = {day}" "{place}: on {day}, when the information goes, other rules apply; assess with on = {day}";
    lack_personal(place, what, from, to) "{place}: texten verkar innehålla {what} (tecken {from}–{to}); skriv om, eller lägg ett skäl i `kept`" "{place}: the text seems to hold {what} (characters {from}–{to}); rephrase, or put a reason in `kept`";
    lack_known_later(place) "{place}: dagen ligger efter den dag då uppgifterna lämnas" "{place}: the day is later than the day the information leaves";
    lack_trees_at_fault(place, value) "{place}: träden har inget svar för det kända värdet `{value}`; kör `trees check`" "{place}: the trees have no answer for the known value `{value}`; run `trees check`";

    // ---- trees and law
    trees_sound(version, digest) "Träden är sunda. Version {version}, sha256:{digest}" "The trees are sound. Version {version}, sha256:{digest}";
    cases_hold(count) "{count} prövade fall håller." "{count} worked cases hold.";
    column_paths() "vägar" "paths";
    column_situations() "lägen" "situations";
    column_walks() "vägar × lägen" "paths × situations";
    column_on_days() "vägar × myndigheter × dagar" "paths × authorities × days";
    covered(authorities, days) "{authorities} myndigheter, {days} dagar: varje dag då något ändras, och dagen före." "{authorities} authorities, {days} days: every day on which anything changes, and the day before.";
    gave_up(tree) "INTE ALLT: trädet {tree} har fler vägar än sökningen klarar." "NOT ALL: the tree {tree} has more paths than the search can hold.";
    claim_broken() "BRUTET:" "BROKEN:";
    claim_idle(claim) "{claim}: ingen väg passar det som står i `when`, så påståendet säger inget" "{claim}: no path fits its `when`, so the claim says nothing";
    walk_stuck(place) "{place}: här finns inget svar för det som är känt, och prövningen kommer ingenstans" "{place}: there is no answer here for what is known, and the walk goes nowhere";
    never_reached(place) "{place}: ingen väg leder hit" "{place}: no path leads here";
    spare_answer(place) "{place}: svar för ett värde som ingen har i dag" "{place}: an answer for a value that nothing has today";
    asked_all_the_same() "Frågor som ställs fast inget svar ändrar var det slutar, i hur många av sina lägen, och varför:" "Questions asked although no answer changes where it ends, in how many of their situations, and why:";
    claims_hold(holding, count) "{holding} av {count} påståenden håller på varje väg." "{holding} of {count} claims hold on every path.";
    mutating() "Ändrar träden ett litet steg i taget och ser vad som märker det …" "Changing the trees one small step at a time, to see what notices …";
    column_change() "ändring" "change";
    column_mutants() "antal" "mutants";
    column_by_loader() "inläsningen" "the loader";
    column_by_claim() "påståenden" "claims";
    column_by_proof() "beviset i övrigt" "the rest of the proof";
    column_by_case() "prövade fall" "worked cases";
    column_survived() "inget märkte" "unnoticed";
    column_equivalent() "samma utfall" "same outcomes";
    change_retarget() "svar leder annorstädes" "answer leads elsewhere";
    change_drop() "svar borta" "answer dropped";
    change_swap() "två svar byter plats" "two answers swapped";
    change_motivation() "motivering krävs inte" "motivation not demanded";
    change_accept() "nekat svar godtas" "refused answer accepted";
    change_opens() "annat öppnar" "something else opens";
    change_day() "datum en dag fel" "day off by one";
    change_list() "borta ur en lista" "gone from a list";
    change_harm() "annat skydd" "another protection";
    change_bound() "annan skyldighet" "another duty";
    survived(change) "ingen märkte: {change}" "unnoticed: {change}";
    mutation_score(killed, matter, percent) "{killed} av {matter} ändringar som betyder något märktes: {percent} %." "{killed} of {matter} changes that matter were noticed: {percent} %.";
    difference_summary(groups, data) "{groups} grupper av svar får ett annat utfall. {data} ändringar i text, lagrum, dagar eller listor (+ ny, - borta, ~ ändrad)." "{groups} groups of answers get another outcome. {data} changes in texts, sections, days or lists (+ new, - gone, ~ changed).";
    findings_count(count) "{count} fel." "{count} defects.";
    column_tree() "träd" "tree";
    column_asked() "ställda" "asked";
    column_shown() "visade" "shown";
    column_switches() "växlar" "switches";
    column_outcomes() "utfall" "outcomes";
    column_key() "nyckel" "key";
    column_citation() "lagrum" "citation";
    column_since() "sedan" "since";
    column_checked() "kontrollerad" "checked";
    column_name() "namn" "name";
    law_not_in_force(day) "gäller inte {day}" "not in force on {day}";
    law_unverified() "lydelsen är inte läst" "the wording was not read";
    law_versions() "Lydelser" "Versions";
    law_link() "Länk" "Link";
    law_note() "Att veta" "To know";
    law_confidence(word) "Tillförlitlighet: {word}" "Confidence: {word}";
    law_excludes() "Undantar" "Excludes";
    law_harm(word) "Skaderekvisit: {word}" "Harm test: {word}";
    law_duty_title() "Anmälningsskyldighet" "Duty to report";
    law_duty_periods() "Skyldigheten genom tiden" "The duty over time";
    law_secrecy() "Sekretess" "Secrecy";
    law_checked_on(day) "Kontrollerad: {day}" "Checked: {day}";
    authority_duty(from, until, bound) "{from} – {until}: {bound}" "{from} – {until}: {bound}";
    bound_yes() "skyldig" "bound";
    bound_no() "inte skyldig" "not bound";
    bound_unclear() "oklart" "unclear";
    still() "tills vidare" "still";
    goes_on_to(target) "→ {target}" "→ {target}";
}
