//! What the training room says, in both languages.

use sekretesskoll::answers::{AnswersDocument, Form};
use sekretesskoll::assessment::{Assessment, Place, Stage};
use sekretesskoll::cite::Citer;
use sekretesskoll::language::{Lang, Text};
use sekretesskoll::training::exercise::Material;
use sekretesskoll::training::tell::{answer_in_words, asked, met};
use sekretesskoll::training::{Asked, Attempt, Exercise, Mode, Set, judge};
use sekretesskoll::tree::Kind;
use sekretesskoll::trees::Trees;

use crate::cli::phrases::phrases;
use crate::cli::screen;

phrases! {
    // ---- on the way
    title() "Övning" "Exercise";
    keys() "+ ledtråd   ++ skrivbordet   ? varför   < tillbaka   ! spara och gå" "+ hint   ++ the desk   ? why   < back   ! save and leave";
    begin() "Tryck Enter när du har läst." "Press Enter when you have read.";
    resumed() "Du fortsätter där du slutade förra gången." "You go on where you left off.";
    right(said) "RÄTT. {said}" "RIGHT. {said}";
    wrong(said) "INTE HÄR. {said}" "NOT HERE. {said}";
    again() "Svara en gång till. (+ ger en ledtråd, ++ visar skrivbordet igen.)" "Answer once more. (+ gives a hint, ++ shows the desk again.)";
    hint(said) "LEDTRÅD: {said}" "HINT: {said}";
    no_hint() "Här finns ingen ledtråd. ? förklarar vad frågan betyder." "There is no hint here. ? explains what the question means.";
    another_day(day) "I övningen är det {day}. Tryck Enter, eller skriv den dagen." "In the exercise it is {day}. Press Enter, or write that day.";
    yours() " Du:       " " You:      ";
    experts() " Experten: " " Expert:   ";
    compare() "Ingen maskin bedömer dina ord, och det finns många bra sätt. Läs dem själv:" "No machine judges your words, and there are many good ways. Read them yourself:";
    how_many() "Hur många ja? 0–3. Enter = vidare, < = skriv om." "How many yes? 0–3. Enter = go on, < = write it again.";
    look_again() "Titta en gång till på:" "Look once more at:";
    no_other_item() "Det finns ingen annan uppgift på skrivbordet. Skriv < och välj ett annat svar." "There is no other item on the desk. Type < and choose another answer.";
    end() "Övningen slutar här. Enter = klar, < = ändra ett svar." "The exercise ends here. Enter = done, < = change an answer.";
    kept() "Övningen är sparad så långt du kom. Kör samma kommando igen för att fortsätta." "The exercise is kept as far as you came. Run the same command again to go on.";
    no_terminal() "det finns ingen terminal att fråga i: använd --plain, eller --answers FIL (--document skriver ut filen att fylla i)" "there is no terminal to ask in: use --plain, or --answers FILE (--document prints the file to fill in)";
    // ---- at the end
    outcome() "SÅ BLEV DET" "WHAT CAME OUT";
    feedback() "ÅTERKOPPLING" "FEEDBACK";
    never_met() "Din väg kom aldrig till den här frågan." "Your path never came to this question.";
    score_practice(right, of) "KLART. {right} av {of} rätt på första försöket." "DONE. {right} of {of} right at the first try.";
    score_exam(right, of) "KLART. {right} av {of} rätt." "DONE. {right} of {of} right.";
    reality() "I VERKLIGHETEN" "IN REALITY";
    source_of(source) "Källa: {source}" "Source: {source}";
    source_made_up() "Fallet är påhittat." "The case is made up.";
    source_summary() "Bara en sammanfattning av källan är läst." "Only a summary of the source was read.";
    source_invented() "Utdragen och meningarna i övningen är påhittade." "The extracts and sentences of the exercise are invented.";
    solution_is(id) "Hela lösningen: sekretesskoll train solution {id}" "The whole solution: sekretesskoll train solution {id}";
    hand_in_is() "Ska gruppledaren få ditt resultat: sekretesskoll train hand-in MAPP" "If the group leader is to have your result: sekretesskoll train hand-in FOLDER";
    next(number) "Nästa övning: sekretesskoll train {number}" "Next exercise: sekretesskoll train {number}";
    last() "Det var den sista övningen i listan." "That was the last exercise of the list.";
    // ---- the list
    column_number() "Nr" "No";
    column_exercise() "Övning" "Exercise";
    column_level() "Nivå" "Level";
    column_minutes() "Min" "Min";
    column_status() "Hur det har gått" "How it went";
    begun() "påbörjad" "begun";
    done(right, of) "klar, {right} av {of}" "done, {right} of {of}";
    how_to_begin(number) "Börja eller fortsätt: sekretesskoll train {number}" "Begin or go on: sekretesskoll train {number}";
    all_done() "Du har gjort alla övningar. Gör om en med dess nummer." "You have done all exercises. Do one again by its number.";
    // ---- what went wrong
    no_such_exercise(name, count, hint) "det finns ingen övning `{name}`: skriv ett nummer från 1 till {count} eller ett namn{hint}" "there is no exercise `{name}`: write a number from 1 to {count}, or a name{hint}";
    unreadable(count) "övningarna går inte att läsa: {count} fel" "the exercises cannot be read: {count} faults";
    try_first(id) "lösningen visas när du har försökt: sekretesskoll train {id}" "the solution is shown once you have tried: sekretesskoll train {id}";
    other_exercise(path, id, what) "`{path}` hör inte till övningen {id}: `{what}` stämmer inte; skriv ut rätt dokument med --document" "`{path}` does not belong to the exercise {id}: `{what}` differs; print the right document with --document";
    damaged(path) "Filen med dina tidigare övningar gick inte att läsa. Den ligger kvar som {path}, och listan börjar om." "The file with your earlier exercises could not be read. It is kept as {path}, and the list begins anew.";
    forgotten(title) "Glömt: {title}" "Forgotten: {title}";
    forgotten_all() "Alla övningar är glömda." "All exercises are forgotten.";
    reset_what() "skriv vilken övning, eller --all" "name an exercise, or --all";
    // ---- the teacher
    column_tree() "Träd" "Tree";
    column_asked() "Frågor" "Questions";
    column_shown() "Visade rader" "Shown lines";
    column_switches() "Växlar" "Switches";
    column_outcomes() "Utfall" "Outcomes";
    column_asks() "Frågor" "Questions";
    column_file() "Namn" "Name";
    column_of_question() "Fråga" "Question";
    column_item() "Uppgift" "Item";
    column_right() "Rätt" "Right";
    column_wrong() "Vanligaste fel" "Most common wrong";
    column_attempts() "Deltagare" "Trainees";
    sections(done, all) "Lagrum som träden nämner: {done} av {all}" "Sections that the trees name: {done} of {all}";
    answers_told(count) "Svar som kan ges, alla med återkoppling: {count}" "Answers that can be given, all with feedback: {count}";
    lacking(what) "Kommer ingen övning till: {what}" "No exercise comes to: {what}";
    sound(count) "{count} övningar: alla går att lösa, och lösningarna stämmer med träden." "{count} exercises: all can be solved, and the solutions agree with the trees.";
    faults(count) "{count} fel" "{count} faults";
    no_results(folder) "det finns inga resultat i `{folder}`: be deltagarna köra `sekretesskoll train hand-in` dit" "there are no results in `{folder}`: ask the trainees to run `sekretesskoll train hand-in` there";
    not_result(path) "`{path}` är inget resultat av en övning och räknas inte" "`{path}` is no result of an exercise and is not counted";
    handed_in(count, folder, who) "{count} resultat ligger i {folder}. Där heter du {who}." "{count} results lie in {folder}. There you are {who}.";
    nothing_to_hand_in() "du har ingen avslutad övning att lämna in" "you have no finished exercise to hand in";
    bad_name(name) "`{name}` kan inte vara ett namn: använd a–z, 0–9 och bindestreck, och börja med en bokstav" "`{name}` cannot be a name: use a–z, 0–9 and hyphens, and begin with a letter";
    bad_alias(name) "`{name}` kan inte användas: skriv högst 40 bokstäver, siffror, mellanslag eller bindestreck" "`{name}` cannot be used: write at most 40 letters, digits, spaces or hyphens";
    bad_home(url) "`{url}` är ingen webbadress: den börjar med https:// eller http:// och har inga mellanslag" "`{url}` is no web address: it begins with https:// or http:// and has no spaces";
    scaffolded(path, folder) "{path} är skriven. Den går att lösa redan nu. Ändra den, och pröva: sekretesskoll train check --exercises {folder}" "{path} is written. It can be solved already. Change it, and try: sekretesskoll train check --exercises {folder}";
}

/// A line of the list of exercises, on a terminal.
pub(crate) fn list_line([number, title, level, minutes, status]: [String; 5]) -> String {
    let line = format!("{number:>3}  {title:<45} {level:<6} {minutes:>3}  {status}");
    format!("{}\n", line.trim_end())
}

/// The questions whose first answer was wrong, ready to print with a line after; nothing where there were none.
pub(crate) fn wrong_at_first(attempt: &Attempt, lang: Lang) -> String {
    let wrong = attempt.judged().filter(|asked| !asked.right);
    let lines: Vec<String> = wrong
        .map(|asked| {
            let item = asked.item.as_ref().map(|item| format!("{item}: "));
            format!("- {}{}", item.unwrap_or_default(), asked.text)
        })
        .collect();
    if lines.is_empty() || attempt.mode == Mode::Exam {
        return String::new();
    }
    let lines = lines.iter().map(|line| screen::indented(line, " ", "   "));
    let lines: Vec<String> = lines.collect();
    format!(
        "{}\n{}\n",
        screen::wrap(&look_again(lang)),
        lines.join("\n")
    )
}

/// How the exercise works.
pub(crate) fn rules(lang: Lang, mode: Mode) -> String {
    let feedback = match mode {
        Mode::Practice => lang.pick(
            "Svarar du fel får du veta varför, och svarar igen. Det stannar hos dig.",
            "If you answer wrong you are told why, and answer again. It stays with you.",
        ),
        Mode::Exam => lang.pick(
            "Återkopplingen kommer när övningen är klar.",
            "The feedback comes when the exercise is done.",
        ),
    };
    let same = lang.pick(
        "Nu kommer samma frågor som i en riktig prövning. Svara med en siffra, ett ord eller en mening, och Enter.",
        "Now come the same questions as in a real assessment. Answer with a digit, a word or a sentence, and Enter.",
    );
    format!("\n{same} {feedback}\n{}", keys(lang))
}

/// A text of an exercise with its placeholders filled in.
pub(crate) fn text(trees: &Trees, exercise: &Exercise, text: &Text, lang: Lang) -> String {
    let authority = trees.laws.authority(&exercise.authority);
    let Some(authority) = authority.or_else(|| trees.laws.authorities.first()) else {
        return text.get(lang).to_owned();
    };
    let citer = Citer {
        laws: &trees.laws,
        authority,
        day: exercise.on,
        lang,
        provisions: &[],
        received: None,
    };
    citer.text(text)
}

/// The situation and the desk.
pub(crate) fn desk(set: &Set, trees: &Trees, exercise: &Exercise, lang: Lang) -> String {
    let number = set
        .exercises
        .iter()
        .position(|other| other.id == exercise.id)
        .map_or(0, |at| at + 1);
    let authority = trees.laws.authority(&exercise.authority);
    let authority = authority.map_or(exercise.authority.as_str(), |known| known.name.get(lang));
    let (title, level) = (exercise.title.get(lang), exercise.level.text(lang));
    let minutes = exercise.minutes;
    let mut lines = vec![
        String::new(),
        screen::wrap(&match lang {
            Lang::Sv => format!("ÖVNING {number}: {title} ({level}, {minutes} minuter)"),
            Lang::En => format!("EXERCISE {number}: {title} ({level}, {minutes} minutes)"),
        }),
        screen::wrap(&match lang {
            Lang::Sv => format!("Myndighet: {authority}. Dag: {}.", exercise.on),
            Lang::En => format!("Authority: {authority}. Day: {}.", exercise.on),
        }),
        String::new(),
        screen::wrap(&text(trees, exercise, &exercise.situation, lang)),
    ];
    if !exercise.items.is_empty() {
        let heading = screen::wrap(lang.pick("PÅ SKRIVBORDET", "ON THE DESK"));
        lines.extend([String::new(), heading]);
    }
    let items = exercise.items.iter().enumerate();
    lines.extend(items.map(|(at, item)| on_the_desk(at, item, lang)));
    lines.join("\n")
}

/// What lies on the desk, with its extract.
fn on_the_desk(at: usize, item: &Material, lang: Lang) -> String {
    let dated = item.dated.as_ref().map(|day| format!(", {day}"));
    let form = match item.form {
        Form::Document => item.form.text(lang),
        Form::Statement => lang.pick("uppgift, inte skriven än", "statement, not written yet"),
    };
    let label = format!(
        "{}{} ({form})",
        item.label.get(lang),
        dated.unwrap_or_default()
    );
    let label = screen::numbered(&(at + 1).to_string(), &label);
    let extract = screen::indented(item.extract.get(lang), "      ", "      ");
    format!("{label}\n{extract}")
}

/// Where the exercise comes from, and how much of that was read.
pub(crate) fn source(trees: &Trees, exercise: &Exercise, lang: Lang) -> String {
    let known = trees.laws.provision(&exercise.source).is_some();
    let cite = Text::new(
        format!("{{{}}}", exercise.source),
        format!("{{{}}}", exercise.source),
    );
    let name = if known {
        text(trees, exercise, &cite, lang)
    } else {
        exercise.source.clone()
    };
    let how = match exercise.verified.as_str() {
        "made-up" => return source_made_up(lang),
        "full-text" => String::new(),
        _ => format!(" {}", source_summary(lang)),
    };
    format!("{}.{how} {}", source_of(lang, &name), source_invented(lang))
}

/// One question at the end of an exam.
pub(crate) fn told(asked: &Asked, lang: Lang) -> String {
    let mark = if asked.right {
        lang.pick("Rätt", "Right")
    } else {
        lang.pick("Fel", "Wrong")
    };
    let item = asked
        .item
        .as_ref()
        .map(|label| format!("{label}: "))
        .unwrap_or_default();
    let head = screen::indented(&format!("{mark:<6} {item}{}", asked.text), " ", "        ");
    if asked.right {
        return head;
    }
    format!(
        "{head}\n{}",
        screen::indented(&asked.feedback, "        ", "        ")
    )
}

/// The model solution, question by question.
pub(crate) fn solution(
    assessment: &Assessment<'_, '_>,
    exercise: &Exercise,
    document: &AnswersDocument,
    lang: Lang,
) -> String {
    let mut lines = vec![format!(
        "{}: {}",
        lang.pick(
            "ÖVNING, expertens lösning",
            "EXERCISE, the expert's solution"
        ),
        exercise.title.get(lang)
    )];
    let mut heading = None;
    for place in met(assessment, document) {
        let stage = match (&place, place.question()) {
            (_, Some((stage, _))) => stage,
            (Place::Field(at, _), _) => Stage::Item(*at),
            _ => Stage::Identity,
        };
        if heading != Some(stage) {
            heading = Some(stage);
            lines.extend([
                String::new(),
                screen::wrap(&of_stage(stage, document, lang)),
            ]);
        }
        lines.extend(solved(
            assessment,
            exercise,
            (&place, stage),
            document,
            lang,
        ));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// One question of the solution: the accepted answers, the expert's sentence, and why.
fn solved(
    assessment: &Assessment<'_, '_>,
    exercise: &Exercise,
    (place, stage): (&Place, Stage),
    document: &AnswersDocument,
    lang: Lang,
) -> Vec<String> {
    let accepted = judge::accepted(exercise, assessment.trees, place).unwrap_or_default();
    let in_words = |answer: &String| {
        let item = document
            .find(answer)
            .filter(|_| names_item(assessment, place));
        match item {
            Some(at) => format!("{answer}: {}", screen::label(document, at, lang)),
            None => answer_in_words(assessment, place, answer, lang),
        }
    };
    let answers: Vec<String> = accepted.iter().map(in_words).collect();
    let answers = answers.join(lang.pick(" · eller: ", " · or: "));
    let model = place
        .question()
        .and_then(|(stage, id)| exercise.model(stage, id));
    let text = model
        .and_then(|model| model.text.as_ref())
        .map(|text| text.get(lang));
    let written = text.filter(|text| !accepted.iter().any(|known| known == text));
    let of_item = match place {
        Place::Field(at, _) => exercise.items.get(*at).and_then(|item| item.why.as_ref()),
        Place::IdentityKinds => exercise
            .identity
            .as_ref()
            .and_then(|first| first.why.as_ref()),
        _ => None,
    };
    let why = model.and_then(|model| model.why.as_ref()).or(of_item);
    let why = why.map(|why| assessment.citer_in(stage, lang).text(why));
    let mut lines = vec![screen::indented(
        &asked(assessment, place, lang),
        "  ",
        "    ",
    )];
    lines.extend((!answers.is_empty()).then(|| screen::indented(&answers, "    → ", "      ")));
    lines.extend(written.map(|text| screen::indented(text, "    ” ", "      ")));
    lines.extend(why.map(|why| screen::indented(&why, "      ", "      ")));
    lines
}

fn names_item(assessment: &Assessment<'_, '_>, place: &Place) -> bool {
    let question = judge::question(assessment.trees, place);
    question.is_some_and(|(_, question)| matches!(question.kind, Kind::Statement | Kind::Item))
}

fn of_stage(stage: Stage, document: &AnswersDocument, lang: Lang) -> String {
    match stage {
        Stage::Item(at) => format!(
            "{}: {}",
            document.id_of(at),
            screen::label(document, at, lang)
        ),
        Stage::Identity => crate::cli::phrases::first_item(lang),
        other => screen::stage_name(lang, other),
    }
}
