//! The phrases of `selfcontrol`, in both languages.

use sekretesskoll::language::Lang;

crate::cli::phrases::phrases! {
    bad_day(flag, written) "`{written}` är ingen dag för `--{flag}`; skriv åååå-mm-dd" "`{written}` is no day for `--{flag}`; write yyyy-mm-dd";
    no_path() "ange en mapp eller filer med prövningar, till exempel: selfcontrol poster" "name a folder or files with records, for example: selfcontrol records";
    no_records() "där finns ingen prövning att räkna; är det rätt mapp och rätt tid?" "there is no record to count; is it the right folder, and the right time?";
    unreadable(many) "{many} filer går inte att läsa och är inte med i siffrorna. `check` säger varför för var och en." "{many} files cannot be read and are not in the figures. `check` says why for each.";
    written(file) "Skrivet: {file}" "Written: {file}";
    // ---- sample
    bad_seed() "fröet ska vara en rad text utan blanktecken först eller sist, till exempel \"2026 andra halvåret\"" "the seed is to be one line of text without spaces first or last, for example \"2026 second half\"";
    drawn(drawn, of) "{drawn} av {of} prövningar är dragna." "{drawn} of {of} records are drawn.";
    no_until() "Ange --until, så att stickprovet kan dras om när fler prövningar har kommit till." "Name --until, so that the sample can be drawn again when more records have come.";
    // ---- results
    at_line(path, line) "`{path}`, rad {line}" "`{path}`, line {line}";
    wrong_head(place, key) "{place}: raden `{key}` i huvudet saknas eller går inte att läsa; ta den ur den tomma checklistan" "{place}: the line `{key}` in the head is missing or cannot be read; take it from the empty checklist";
    wrong_question(place, key, hint) "{place}: frågan `{key}` finns inte{hint}" "{place}: there is no question `{key}`{hint}";
    wrong_answer(place, key) "{place}: svaret `{key}` finns inte; kryssa yes, no eller cannot-tell" "{place}: there is no answer `{key}`; tick yes, no or cannot-tell";
    wrong_twice(place) "{place}: två svar är kryssade på samma fråga; ta bort det ena krysset" "{place}: two answers to the same question are ticked; remove one cross";
    wrong_astray(place) "{place}: raden hör inte till någon fråga; prövningens kontrollsumma eller frågans rubrik saknas ovanför" "{place}: the line belongs to no question; the record's digest or the question's heading is missing above it";
    wrong_format(place, format) "{place}: checklistans format är {format}; det här programmet läser format 1" "{place}: the checklist's format is {format}; this program reads format 1";
    not_checklist(path, line, column, why) "`{path}` går inte att läsa som en checklista: rad {line}, kolumn {column}: {why}" "`{path}` cannot be read as a checklist: line {line}, column {column}: {why}";
    results_title() "Stickprovets resultat" "Results of the spot sample";
    results_lead(records) "{records} prövningar är genomgångna." "{records} records have been gone through.";
    results_answers() "Svaren" "The answers";
    results_columns() "Fråga|Ja|Nej|Går ej avgöra|Ej ifylld|Nej i alla" "Question|Yes|No|Cannot tell|Not filled|No among all";
    results_limits() "Sista kolumnen säger inom vilka gränser andelen nej i hela underlaget ligger, med minst 95 procents säkerhet (Clopper och Pearson). Få svar ger vida gränser: att inget fel hittades betyder inte att inget finns." "The last column tells within which limits the share of no among all the records lies, with 95 per cent certainty at least (Clopper and Pearson). Few answers give wide limits: that no fault was found does not mean that there is none.";
    results_deviations() "Besvarat med nej" "Answered no";
    results_differs() "Granskaren och handlingarna säger olika" "Reviewer and documents say different things";
    person_says_yes(which, question) "{which}: granskaren svarar ja, handlingarna säger nej: {question}" "{which}: the reviewer answers yes, the documents say no: {question}";
    person_says_no(which, question) "{which}: granskaren svarar nej, handlingarna visar inget fel: {question}" "{which}: the reviewer answers no, the documents show no fault: {question}";
    results_trouble() "Att reda ut" "To be settled";
    trouble_other_sample() "Checklistorna kommer ur olika stickprov och räknas inte ihop; bara de som hör till den första är med." "The checklists are of different samples and are not added up; only those of the first are in.";
    trouble_disagree(record, question) "{record}: två checklistor svarar olika på `{question}`; den första räknas." "{record}: two checklists answer `{question}` differently; the first counts.";
    trouble_no_reason(record, question) "{record}: nej på `{question}` utan skäl." "{record}: no to `{question}` without a reason.";
    trouble_unanswered(record, many) "{record}: {many} frågor är inte besvarade." "{record}: {many} questions are not answered.";
    trouble_other_number(now, then) "Stickprovet går inte att dra om: det finns {now} prövningar nu, och det fanns {then} då. Drogs det med --until, och är det rätt mapp?" "The sample cannot be drawn again: there are {now} records now, and there were {then} then. Was it drawn with --until, and is it the right folder?";
    trouble_not_drawn(record) "{record} står i checklistan, men samma frö drar inte den." "{record} stands in the checklist, but the same seed does not draw it.";
    trouble_left_out(record) "{record} dras av samma frö, men står inte i någon checklista." "{record} is drawn by the same seed, but stands in no checklist.";
    trouble_gone(record) "{record} står i checklistan och finns inte bland handlingarna." "{record} stands in the checklist and is not among the documents.";
    // ---- gaps
    no_units(path) "`{path}` har ingen enhet; skriv en på varje rad" "`{path}` holds no unit; write one on each line";
    gaps_title() "Luckor" "Gaps";
    gaps_lead(on, law, supplement) "Räknat från {on}. Lagtexten får ha kontrollerats för högst {law} dagar sedan, och det som hölls tillbaka får vänta på svar i högst {supplement} dagar; gränserna är era egna." "Counted from {on}. The law may have been checked {law} days ago at most, and what was held back may wait for an answer for {supplement} days; the limits are your own.";
    gaps_no_units() "Ange enheterna med --units för att se vilka som saknar prövningar." "Name the units with --units to see which have no records.";
    gaps_none() "Inga luckor." "No gaps.";
    gaps_heading(title, many) "{title} ({many})" "{title} ({many})";
    gaps_more(more) "Och {more} till; alla står i --format csv och json." "And {more} more; all of them stand in --format csv and json.";
}
