//! What `guide` says, in both languages. Nothing about the law stands here; that is the guides' affair.

use sekretesskoll::language::Lang;

use crate::cli::phrases::phrases;

phrases! {
    column_guide() "vägledning" "guide";
    column_also() "även" "also";
    column_about() "vad den svarar på" "what it answers";
    column_day() "dag" "day";
    column_what() "vad" "what";
    column_law() "lagrum" "section";
    guides_sound(version, digest) "Vägledningarna är sunda. Version {version}, sha256 {digest}" "The guides are sound. Version {version}, sha256 {digest}";
    guides_proof() "Vägledningarna:" "The guides:";
    none_there() "mappen har inga vägledningar: de ligger i undermappen guides/" "the folder has no guides: they lie in the folder guides/ in it";
    no_such(name, hint) "det finns ingen vägledning `{name}`{hint}; `guide` listar dem" "there is no guide `{name}`{hint}; `guide` lists them";
    other_guide(given, written) "filen gäller vägledningen `{written}`, inte `{given}`" "the file is about the guide `{written}`, not `{given}`";
    pick() "Vad gäller det?" "What is it about?";
    keys() "? varför   < tillbaka   ! avsluta   gäller överallt" "? why   < back   ! leave   works everywhere";
    starts(title, authority, day) "{title} ({authority}, {day})" "{title} ({authority}, {day})";
    checked(day) "Lagtexten senast kontrollerad {day}." "Law last checked {day}.";
    danger() "Är någon i fara nu: ring 112 först." "If somebody is in danger now: ring 112 first.";
    enter_day(day) "Enter = {day}. Annars åååå-mm-dd." "Enter = {day}. Otherwise yyyy-mm-dd.";
    help_day() "Lagen den dagen används, och dagarna räknas från den. Vet du bara ungefär: ta den tidigaste dagen." "The law of that day is used, and the days are counted from it. If you know it only roughly: take the earliest day.";
    help_pick() "Skriv en siffra eller ett ord ur raden. Varje vägledning tar några minuter och slutar i vad du gör nu." "Write a number or a word of the line. Each guide takes a few minutes and ends in what to do now.";
    before_first(day) "lagen före {day} finns inte i programmet" "the law before {day} is not in the program";
    not_kept() "Inget är sparat." "Nothing was saved.";
    known(question, answer) "{question}: {answer}." "{question}: {answer}.";
    now() "Nu:" "Now:";
    to_copy() "Text att kopiera. Fyll i det som står inom hakparentes:" "A text to copy. Fill in what stands in square brackets:";
    days() "Dagarna, räknade från den dag anmälan kom in eller nämnden beslutade:" "The days, counted from when the report came in or the board decided:";
    days_rule() "Kalenderdagar. Faller en dag på en lördag eller söndag flyttas den inte; fråga då nästa vardag." "Days of the calendar. One that falls on a Saturday or a Sunday is not moved; then ask on the next working day.";
    passed(day) "{day} (har passerat)" "{day} (has passed)";
    weekend(day, weekday, next) "{day} ({weekday}; fråga {next})" "{day} ({weekday}; ask {next})";
    sections(cites) "Stöd: {cites}." "Support: {cites}.";
    unread(cite, note) "{cite}: lydelsen är inte läst. {note}" "{cite}: the wording was not read. {note}";
    unsure(cite, note) "{cite}: osäkert. {note}" "{cite}: uncertain. {note}";
    answered(question, answer) "{question} {answer}" "{question} {answer}";
    from_folder(folder) "Vägledningen läses ur {folder}." "The guide is read from {folder}.";
    ask_record() "Spara som en kort JSON-fil? Skriv ett nytt filnamn, eller bara Enter." "Save as a short JSON file? Write a new file name, or just Enter.";
    ask_calendar() "Skriv dagarna till en kalenderfil (.ics)? Skriv ett nytt filnamn, eller bara Enter." "Write the days to a calendar file (.ics)? Write a new file name, or just Enter.";
    file_name_wanted(ending) "Skriv vad filen ska heta, till exempel barn-i-exempelstad.{ending}. Bara Enter: ingen fil." "Write what the file is to be called, for example child-in-exempelstad.{ending}. Just Enter: no file.";
    help_record() "Filen säger vad som frågades, vad du svarade och vad det blev, med lagrum. Den skrivs aldrig över, och bara du kan läsa den. Ett namn utan namn på personer är bäst." "The file says what was asked, what you answered and what came of it, with sections. It is never overwritten, and only you can read it. A file name without anybody's name is best.";
    help_calendar() "Filen kan öppnas i Outlook och andra kalendrar. I den står vad som ska följas upp och lagrum, inga namn. Händelserna är privata, men titta efter vem som ser din kalender." "The file can be opened in Outlook and other calendars. It says what to follow up and the sections, no names. The events are private, but see who can read your calendar.";
    record_written(path) "Sparat: {path}" "Saved: {path}";
    calendar_written(path) "Kalenderfil: {path}. Öppna den i kalendern för att lägga in dagarna." "Calendar file: {path}. Open it in the calendar to add the days.";
    no_dates_in(guide) "vägledningen `{guide}` räknar inte ut några dagar; --ics gäller after" "the guide `{guide}` computes no days; --ics is for after";
    no_dates_here() "Det här utfallet har inga dagar: ingen kalenderfil skrevs." "This outcome has no days: no calendar file was written.";
    both_out() "bara en av --record och --ics kan skrivas till standard out" "only one of --record and --ics can go to standard output";
    no_terminal() "det finns ingen terminal att fråga i; använd `guide NAMN --plain` för att svara rad för rad, eller `guide NAMN --answers FIL`" "there is no terminal to ask in; use `guide NAME --plain` to answer line by line, or `guide NAME --answers FILE`";
    no_authority() "myndigheten är inte angiven: --authority, fältet `authority` eller `settings --authority`" "the authority is not named: --authority, the field `authority` or `settings --authority`";
    not_finished(count) "Vägledningen är inte klar: {count} svar saknas eller är fel." "The guide is not finished: {count} answers are missing or wrong.";
    unused(places) "Svar som inte behövdes på den här vägen: {places}." "Answers that were not needed on this path: {places}.";
    not_answers(path, line, column, why) "`{path}` går inte att läsa som svar till en vägledning: rad {line}, kolumn {column}: {why}" "`{path}` cannot be read as answers to a guide: line {line}, column {column}: {why}";
    not_record(path, line, column, why) "`{path}` går inte att läsa som en vägledning som sparats: rad {line}, kolumn {column}: {why}" "`{path}` cannot be read as the record of a guide: line {line}, column {column}: {why}";
    other_format(path) "`{path}` har ett annat format än det programmet kan (guide-answers ska vara 1)" "`{path}` has another format than the program knows (guide-answers must be 1)";
    changed(path) "`{path}` har ändrats sedan den skrevs: kontrollsumman stämmer inte" "`{path}` has been changed since it was written: the digest does not hold";
    flags_of_record() "det är en sparad vägledning: den gås igenom som den är, utan --on, --authority och --case" "it is the record of a guide: it is replayed as it is, without --on, --authority and --case";
    same() "Samma svar ger samma råd i dag." "The same answers give the same advice today.";
    differs() "Samma svar ger inte längre samma råd: vägledningen har ändrats sedan den sparades." "The same answers no longer give the same advice: the guide has been changed since it was saved.";
    no_longer() "Svaren räcker inte längre till ett utfall: vägledningen har ändrats sedan den sparades." "The answers no longer reach an outcome: the guide has been changed since it was saved.";
}

/// The days of the week in the order of their numbers from Monday.
pub(crate) fn weekday(lang: Lang, number: usize) -> &'static str {
    let days = match lang {
        Lang::Sv => [
            "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag",
        ],
        Lang::En => [
            "Monday",
            "Tuesday",
            "Wednesday",
            "Thursday",
            "Friday",
            "Saturday",
            "Sunday",
        ],
    };
    days.get(number).copied().unwrap_or_default()
}
