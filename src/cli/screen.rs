//! What stands on the screen: 80 columns, lines that scroll, nothing redrawn.

use comfy_table::{ContentArrangement, Table, presets};

use sekretesskoll::answers::AnswersDocument;
use sekretesskoll::assessment::{Assessment, ItemOutcome, ItemWalk, Stage, Whole, is_shown};
use sekretesskoll::fact::Fact;
use sekretesskoll::language::Lang;
use sekretesskoll::record;
use sekretesskoll::request;
use sekretesskoll::tree::Role;

use crate::cli::phrases;

/// The width that everything keeps within, so that 80 columns always do.
pub(crate) const WIDTH: usize = 78;

/// The width of the screen, where it is narrower than what everything keeps within.
fn width() -> usize {
    let columns = dialoguer::console::Term::stderr()
        .size_checked()
        .map_or(WIDTH + 2, |(_, columns)| columns.into());
    columns.saturating_sub(2).clamp(30, WIDTH)
}

/// Wraps a text at the width, with an indent of one.
pub(crate) fn wrap(text: &str) -> String {
    indented(text, " ", " ")
}

/// Wraps a text with a first and a following indent; line breaks in the text are kept.
pub(crate) fn indented(text: &str, first: &str, rest: &str) -> String {
    let options = textwrap::Options::new(width())
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .initial_indent(first)
        .subsequent_indent(rest)
        .break_words(true);
    text.lines()
        .map(|line| textwrap::fill(line, &options))
        .collect::<Vec<_>>()
        .join("\n")
}

/// A left and a right part on one line, or on two where one is too short.
pub(crate) fn header(left: &str, right: &str) -> String {
    match (width() - 1).checked_sub(left.chars().count() + right.chars().count()) {
        Some(room @ 1..) => format!(" {left}{}{right}", " ".repeat(room)),
        _ => format!("{}\n {right}", wrap(left)),
    }
}

/// A numbered answer.
pub(crate) fn numbered(number: &str, text: &str) -> String {
    let first = format!("{number:>4}  ");
    let rest = " ".repeat(first.chars().count());
    indented(text, &first, &rest)
}

/// The name of a stage in the header.
pub(crate) fn stage_name(lang: Lang, stage: Stage) -> String {
    match stage {
        Stage::Route => phrases::stage_route(lang),
        Stage::Identity | Stage::Item(_) => phrases::stage_items(lang),
        Stage::Sending => phrases::stage_sending(lang),
        Stage::Closing => phrases::stage_closing(lang),
    }
}

/// The citations of keys, in words.
pub(crate) fn cited(assessment: &Assessment<'_, '_>, lang: Lang, keys: &[String]) -> String {
    let citer = assessment.citer(lang);
    let cite = |key: &String| {
        if *key == assessment.authority.duty_section {
            citer.duty()
        } else {
            citer.key(key)
        }
    };
    keys.iter().map(cite).collect::<Vec<_>>().join(", ")
}

/// A section after a chapter, `10:28`, needs no sign; one without a chapter does: `3 § förordningen`.
fn without_signs(cites: &str, sign: &str) -> String {
    let mut shorter = String::new();
    for part in cites.split_inclusive(sign) {
        let before = part.strip_suffix(sign);
        let in_chapter = |before: &&str| {
            let last = before.rsplit(' ').next();
            last.is_some_and(|last| last.contains(':'))
        };
        match before.filter(in_chapter) {
            Some(before) => shorter.extend([before, " "]),
            None => shorter.push_str(part),
        }
    }
    shorter
}

/// Citations as they are said, for narrow columns: `10 kap. 28 § OSL` is `10:28 OSL`.
fn short(cites: &str) -> String {
    let mut short = String::new();
    let mut rest = cites;
    while let Some((before, after)) = rest.split_once(" (") {
        short.push_str(before);
        rest = after.split_once(')').map_or("", |(_, after)| after);
    }
    short.push_str(rest);
    let short = without_signs(&without_signs(&short.replace(" kap. ", ":"), " §§ "), " § ");
    let points = short
        .split("första stycket ")
        .enumerate()
        .map(|(at, part)| {
            let is_point = part.chars().next().is_some_and(|c| c.is_ascii_digit());
            let joint = if is_point { "p. " } else { "första stycket " };
            if at == 0 {
                part.to_owned()
            } else {
                format!("{joint}{part}")
            }
        });
    points.collect()
}

/// The outcome in words.
pub(crate) fn outcome_text(
    assessment: &Assessment<'_, '_>,
    lang: Lang,
    outcome: ItemOutcome,
) -> String {
    let found = assessment.trees.item.find_outcome(outcome.key());
    found
        .map(|outcome| outcome.text.get(lang).to_owned())
        .unwrap_or_default()
}

struct ReviewRow {
    number: String,
    label: String,
    secrecy: String,
    becomes: String,
    ground: String,
}

fn review_rows(
    assessment: &Assessment<'_, '_>,
    document: &AnswersDocument,
    lang: Lang,
) -> Vec<ReviewRow> {
    let identity = assessment.identity.iter().map(|item| {
        review_row(
            assessment,
            lang,
            Stage::Identity,
            item,
            ("–".to_owned(), phrases::first_item(lang)),
        )
    });
    let items = assessment.items.iter().enumerate().map(|(at, item)| {
        let label = label(document, at, lang);
        let mut row = review_row(
            assessment,
            lang,
            Stage::Item(at),
            item,
            (document.id_of(at).into_owned(), label),
        );
        let describing = assessment
            .items
            .iter()
            .position(|other| other.describes.contains(&at));
        if let Some((by, other)) = describing.and_then(|by| Some((by, assessment.items.get(by)?))) {
            let id = document.id_of(by);
            let goes = other.outcome.is_some_and(ItemOutcome::releases);
            row.becomes = if goes {
                phrases::described_by(lang, &id)
            } else {
                phrases::described_by_held(lang, &id)
            };
        }
        row
    });
    identity.chain(items).collect()
}

fn review_row(
    assessment: &Assessment<'_, '_>,
    lang: Lang,
    stage: Stage,
    item: &ItemWalk<'_, '_>,
    (number, label): (String, String),
) -> ReviewRow {
    let becomes = item
        .outcome
        .map(|outcome| outcome_text(assessment, lang, outcome))
        .unwrap_or_default();
    let releases = item.outcome.is_some_and(ItemOutcome::releases);
    let ground = assessment.ground_of(stage, &assessment.trees.item, &item.walk);
    ReviewRow {
        number,
        label,
        secrecy: short(&cited(assessment, lang, &item.facts.secrecy.provisions)),
        becomes: if releases {
            becomes.to_uppercase()
        } else {
            becomes
        },
        ground: if releases || item.outcome == Some(ItemOutcome::Barred) {
            short(&cited(assessment, lang, &ground))
        } else {
            String::new()
        },
    }
}

/// The label of an item; a document with its date.
pub(crate) fn label(document: &AnswersDocument, at: usize, lang: Lang) -> String {
    let Some(item) = document.items.get(at) else {
        return String::new();
    };
    match item.dated.as_deref() {
        Some("unknown") => format!("{}, {}", item.label, phrases::date_unknown(lang)),
        Some(day) => format!("{}, {day}", item.label),
        None => item.label.clone(),
    }
}

/// What goes, what stays and on what ground: the table alone, and where it goes.
pub(crate) fn summary(
    assessment: &Assessment<'_, '_>,
    document: &AnswersDocument,
    lang: Lang,
    plain: bool,
) -> String {
    let table = items_table(assessment, document, lang, plain);
    let lines: Vec<String> = std::iter::once(documents(assessment, document, lang))
        .chain(goes_to(assessment, lang))
        .collect();
    format!("{table}\n\n{}", wrap(&lines.join("\n")))
}

/// The review table with everything known below it; as lines of words in the plain face.
pub(crate) fn review(
    assessment: &Assessment<'_, '_>,
    document: &AnswersDocument,
    lang: Lang,
    plain: bool,
) -> String {
    let table = items_table(assessment, document, lang, plain);
    [table, below_table(assessment, document, lang).join("\n")].join("\n\n")
}

fn items_table(
    assessment: &Assessment<'_, '_>,
    document: &AnswersDocument,
    lang: Lang,
    plain: bool,
) -> String {
    let rows = review_rows(assessment, document, lang);
    if plain {
        plain_rows(&rows, lang)
    } else {
        table_of(&rows, lang)
    }
}

fn plain_rows(rows: &[ReviewRow], lang: Lang) -> String {
    let line = |row: &ReviewRow| {
        let fields = [
            (phrases::column_number(lang), &row.number),
            (phrases::column_item(lang), &row.label),
            (phrases::column_secrecy(lang), &row.secrecy),
            (phrases::column_becomes(lang), &row.becomes),
            (phrases::column_ground(lang), &row.ground),
        ];
        let filled = fields.into_iter().filter(|(_, value)| !value.is_empty());
        filled
            .map(|(name, value)| format!("{name}: {value}"))
            .collect::<Vec<_>>()
            .join("\n")
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n\n")
}

fn table_of(rows: &[ReviewRow], lang: Lang) -> String {
    let mut table = new_table(&[
        phrases::column_number(lang),
        phrases::column_item(lang),
        phrases::column_secrecy(lang),
        phrases::column_becomes(lang),
        phrases::column_ground(lang),
    ]);
    for row in rows {
        table.add_row([
            &row.number,
            &row.label,
            &row.secrecy,
            &row.becomes,
            &row.ground,
        ]);
    }
    table.to_string()
}

/// A table that keeps within the width.
pub(crate) fn new_table(header: &[String]) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic);
    table
        .set_width(u16::try_from(width()).unwrap_or(78))
        .set_header(header);
    table
}

fn below_table(
    assessment: &Assessment<'_, '_>,
    document: &AnswersDocument,
    lang: Lang,
) -> Vec<String> {
    let mut lines = vec![documents(assessment, document, lang)];
    lines.extend(goes_to(assessment, lang));
    if document
        .identity
        .as_ref()
        .is_some_and(|identity| identity.protected)
    {
        lines.push(phrases::review_protected(lang));
    }
    let call = assessment.call(document);
    lines.extend(call.map(|call| phrases::review_call(lang, &call.when, &call.to)));
    let referred = labels(assessment, document, lang, ItemOutcome::Refer);
    if !referred.is_empty() {
        lines.push(phrases::with_legal(lang, &referred.join(", ")));
    }
    lines.extend(closing_lines(assessment, lang));
    let unread = unread(assessment);
    if !unread.is_empty() {
        lines.push(phrases::review_unread(
            lang,
            &cited(assessment, lang, &unread),
        ));
    }
    let notes = record::notes(assessment, lang);
    lines.extend(
        notes
            .assumptions
            .iter()
            .map(|note| phrases::assumption(lang, &note.text)),
    );
    lines.extend(
        notes
            .open
            .iter()
            .map(|note| phrases::open_question(lang, &note.text)),
    );
    let lines = lines.iter().map(|line| wrap(line));
    wordings(assessment, document, lang)
        .into_iter()
        .chain(lines)
        .collect()
}

fn labels(
    assessment: &Assessment<'_, '_>,
    document: &AnswersDocument,
    lang: Lang,
    wanted: ItemOutcome,
) -> Vec<String> {
    let of = assessment
        .items
        .iter()
        .enumerate()
        .filter(|(_, item)| item.outcome == Some(wanted));
    of.map(|(at, _)| format!("{} {}", document.id_of(at), label(document, at, lang)))
        .collect()
}

/// Keys of the statutes that the outcome rests on and whose wording on the day was not read.
fn unread(assessment: &Assessment<'_, '_>) -> Vec<String> {
    let trees = assessment.trees;
    let grounds = assessment
        .walks()
        .filter(|(stage, _, _)| *stage == Stage::Route || assessment.item(*stage).is_some());
    let grounds = grounds.flat_map(|(stage, tree, walk)| assessment.ground_of(stage, tree, walk));
    let secrecy = assessment
        .items
        .iter()
        .flat_map(|item| item.facts.secrecy.provisions.clone());
    let duty = [assessment.authority.duty_section.clone()]
        .into_iter()
        .filter(|_| assessment.under_duty());
    let is_unread = |key: &String| {
        let statute = trees
            .laws
            .provision(key)
            .filter(|provision| provision.kind == sekretesskoll::law::Kind::Statute);
        statute
            .and_then(|statute| statute.on(assessment.on))
            .is_some_and(|version| version.unverified)
    };
    let mut unread: Vec<String> = duty
        .into_iter()
        .chain(secrecy)
        .chain(grounds)
        .filter(is_unread)
        .collect();
    unread.sort();
    unread.dedup();
    unread
}

/// What will stand in the report, each wording with how it bears on the concern: the floor is asked with it in view.
fn wordings(
    assessment: &Assessment<'_, '_>,
    document: &AnswersDocument,
    lang: Lang,
) -> Vec<String> {
    let tree = &assessment.trees.item;
    let written = assessment
        .items
        .iter()
        .enumerate()
        .filter_map(|(at, item)| {
            item.outcome.filter(|outcome| outcome.releases())?;
            let wording = record::wording(assessment, item)?;
            let link = assessment.step_with_role(tree, &item.walk, Role::Link);
            let link = link.and_then(|(_, step)| step.text);
            let link = link.filter(|_| !request::is_request(assessment));
            let id = document.id_of(at);
            let first = format!(" {id}  ");
            let rest = " ".repeat(first.chars().count());
            let link = link.map(|link| indented(link, &rest, &rest));
            let wording = indented(wording, &first, &rest);
            Some(
                std::iter::once(wording)
                    .chain(link)
                    .collect::<Vec<_>>()
                    .join("\n"),
            )
        });
    let written: Vec<String> = written.collect();
    if written.is_empty() {
        return written;
    }
    let title = if request::is_request(assessment) {
        phrases::review_wordings_request(lang)
    } else {
        phrases::review_wordings(lang)
    };
    let title = std::iter::once(wrap(&title));
    title.chain(written).collect()
}

/// That a manager reads before sending, said where the route is shown and not only at the end.
pub(crate) fn signing_first(assessment: &Assessment<'_, '_>, lang: Lang) -> Option<String> {
    let signing = assessment
        .authority
        .signing_on(&assessment.trees.laws, assessment.on);
    let before = signing == sekretesskoll::law::Signing::Before;
    let question = assessment
        .trees
        .closing
        .with_role(Role::Signing)
        .find(|question| question.known == Some(Fact::AuthoritySigning))?;
    let (_, answer) = question
        .answer("before")
        .filter(|_| before && !assessment.under_duty() && !request::is_request(assessment))?;
    Some(assessment.citer(lang).text(answer.text.as_ref()?))
}

/// An answer as said: without what the official was asked to write.
pub(crate) fn said(text: &str) -> &str {
    let asks = [" (skriv", " (välj", " (write", " (choose"];
    let cut = asks.iter().filter_map(|ask| text.find(ask)).min();
    cut.and_then(|cut| text.get(..cut)).unwrap_or(text)
}

fn documents(assessment: &Assessment<'_, '_>, document: &AnswersDocument, lang: Lang) -> String {
    let goes = assessment.items.iter().enumerate().filter(|(_, item)| {
        item.facts.form == "document" && item.outcome.is_some_and(ItemOutcome::releases)
    });
    let list: Vec<String> = goes.map(|(at, _)| label(document, at, lang)).collect();
    if list.is_empty() {
        phrases::documents_none(lang)
    } else {
        phrases::documents_some(lang, &list.join(", "))
    }
}

/// Board and channel in words.
pub(crate) fn board_and_channel(
    assessment: &Assessment<'_, '_>,
    lang: Lang,
) -> Option<(String, String)> {
    let walk = assessment.sending.as_ref()?;
    let tree = &assessment.trees.sending;
    let board = assessment
        .step_with_role(tree, walk, Role::Board)
        .and_then(|(_, step)| step.text.map(str::to_owned));
    let (question, step) = assessment.step_with_role(tree, walk, Role::Channel)?;
    let channel = step
        .answer
        .and_then(|at| question.answers.get(at))
        .and_then(|answer| answer.text.as_ref())?;
    Some((
        board.unwrap_or_else(|| phrases::any_board(lang)),
        said(&assessment.citer(lang).text(channel)).to_owned(),
    ))
}

fn goes_to(assessment: &Assessment<'_, '_>, lang: Lang) -> Option<String> {
    let (board, channel) = board_and_channel(assessment, lang)?;
    let (when, _) = assessment.sending_moment()?;
    Some(phrases::goes_to(lang, &board, &channel, &when))
}

/// What the closing knows: marking, feedback, signing.
fn closing_lines(assessment: &Assessment<'_, '_>, lang: Lang) -> Vec<String> {
    let Some(walk) = &assessment.closing else {
        return Vec::new();
    };
    let tree = &assessment.trees.closing;
    let shown = walk
        .steps()
        .map(|step| (tree.question(step.question), step))
        .filter(|(question, step)| !question.is_asked() && is_shown(question, step));
    shown
        .filter_map(|(question, step)| {
            let citer = assessment.citer(lang);
            let answer = step
                .answer
                .and_then(|at| question.answers.get(at))?
                .text
                .as_ref()?;
            Some(format!(
                "{}: {}.",
                citer.text(question.text.as_ref()?),
                citer.text(answer)
            ))
        })
        .collect()
}

/// What to do now, as a numbered list; a letter can be written once the record has been.
pub(crate) fn what_now(
    assessment: &Assessment<'_, '_>,
    document: &AnswersDocument,
    written: bool,
    lang: Lang,
) -> Vec<String> {
    let mut now = Vec::new();
    let past = crate::cli::clock::today().is_ok_and(|today| assessment.day_it_leaves() < today);
    if past {
        now.push(phrases::now_afterwards(lang));
    }
    let letter = written && !past;
    match assessment.whole {
        Some(Whole::Ready) => now.extend(now_ready(assessment, document, letter, lang)),
        Some(whole) if request::is_request(assessment) => now.extend(now_unanswered(whole, lang)),
        Some(Whole::Refer) => now.push(phrases::now_refer(lang)),
        Some(Whole::NothingToSend) => now.push(phrases::now_nothing(lang)),
        _ => {}
    }
    if request::refuses_any(assessment) {
        let law = assessment.citer(lang).key(request::APPEAL);
        now.push(phrases::now_refused(lang, &law));
    }
    now
}

/// Where nothing goes yet, the board is told so.
fn now_unanswered(whole: Whole, lang: Lang) -> Option<String> {
    match whole {
        Whole::Refer => Some(phrases::now_answer_refer(lang)),
        Whole::NothingToSend => Some(phrases::now_answer_nothing(lang)),
        _ => None,
    }
}

fn now_ready(
    assessment: &Assessment<'_, '_>,
    document: &AnswersDocument,
    letter: bool,
    lang: Lang,
) -> Vec<String> {
    let mut now = Vec::new();
    let asked = request::is_request(assessment);
    let closing = assessment.closing.as_ref();
    let role = |role| {
        closing.and_then(|walk| assessment.step_with_role(&assessment.trees.closing, walk, role))
    };
    if document
        .identity
        .as_ref()
        .is_some_and(|identity| identity.protected)
    {
        now.push(phrases::now_ring(lang));
    }
    if assessment
        .identity
        .as_ref()
        .is_some_and(|item| item.outcome.is_some_and(|outcome| !outcome.releases()))
    {
        now.push(phrases::now_unnamed(lang));
    }
    if let Some((question, step)) =
        role(Role::Signing).filter(|(_, step)| step.key == Some("before"))
    {
        let text = step
            .answer
            .and_then(|at| question.answers.get(at))
            .and_then(|answer| answer.text.as_ref());
        now.extend(
            text.map(|text| {
                phrases::now_sign(lang, &lower_first(&assessment.citer(lang).text(text)))
            }),
        );
    }
    if letter {
        now.push(phrases::now_letter(lang));
    }
    if let Some((board, channel)) = board_and_channel(assessment, lang) {
        now.push(if asked {
            phrases::now_answer(lang, &board, &channel)
        } else {
            phrases::now_send(lang, &board, &channel)
        });
    }
    if asked {
        now.push(phrases::now_give_at_once(lang));
    }
    if assessment.under_duty() {
        now.push(phrases::now_at_once(lang));
    }
    now.push(if asked {
        phrases::now_answer_register(lang)
    } else {
        phrases::now_register(lang)
    });
    let marking = record::marking(assessment);
    if !marking.is_empty() {
        now.push(phrases::now_mark(lang, &cited(assessment, lang, &marking)));
    }
    if !asked {
        now.push(phrases::now_note(lang));
    }
    let notes = record::notes(assessment, lang);
    let refers = assessment
        .items
        .iter()
        .any(|item| item.outcome == Some(ItemOutcome::Refer));
    if !notes.open.is_empty() || refers {
        now.push(if asked {
            phrases::now_answer_legal(lang)
        } else {
            phrases::now_legal(lang)
        });
    }
    now
}

pub(crate) fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|first| first.to_lowercase().chain(chars).collect())
        .unwrap_or_default()
}
