//! The case note (*tjänsteanteckning*) for registration: the whole record in words, readable without the program.
//!
//! Unlike the letter it holds what was held back and why. It is filed with the report, never in the benefit case, and
//! says so first.

mod words;

use crate::answers::Form;
use crate::assessment::{NONE, UNSURE};
use crate::cite::Generic;
use crate::language::Lang;
use crate::law::Harm;
use crate::letter::{releases, with_role};
use crate::page::{Block, Entry, Field, Page, Table, tidy};
use crate::record::{
    CallRecord, HeldBack, IDENTITY, IdentityRecord, ItemRecord, LawRecord, Note, Record,
    SentRecord, StepRecord,
};
use crate::request;
use crate::tree::{Role, Whole};
use crate::trees::Trees;
use words::Both;

/// The case note of a record, whatever its outcome; the record's file by its name, where it has one.
#[must_use]
pub fn note(trees: &Trees, record: &Record, file: Option<&str>) -> Page {
    let lang = Lang::from_tag(&record.language).unwrap_or_default();
    let writer = Writer {
        trees,
        record,
        lang,
    };
    writer.page(file)
}

struct Writer<'a> {
    trees: &'a Trees,
    record: &'a Record,
    lang: Lang,
}

impl Writer<'_> {
    fn page(&self, file: Option<&str>) -> Page {
        let mut page = Page::new(self.lang, self.say(words::title(self.is_answer())));
        page.blocks.extend([self.marking(), self.facts()]);
        page.section(&self.say(words::REQUEST), self.request());
        page.section(&self.say(words::ROUTE), self.route());
        page.section(&self.say(words::OVERVIEW), self.overview());
        page.section(&self.say(words::GOES), self.goes());
        page.section(&self.say(words::HELD_BACK), self.held_back());
        page.section(&self.say(words::CALLS), self.calls());
        page.section(&self.say(words::EACH), self.each());
        page.section(&self.say(words::NOTES), self.notes());
        page.section(&self.say(words::REST), self.rest());
        page.section(&self.say(words::KEPT), self.kept());
        page.section(&self.say(words::FILING), self.filing());
        page.section(&self.say(words::LAW), self.law());
        page.section(&self.say(words::FILE), [self.file(file)]);
        page
    }

    /// Whether the assessment answers a request of the board.
    const fn is_answer(&self) -> bool {
        self.record.request.is_some()
    }

    /// What the board asked for, what it had before, and what is refused.
    fn request(&self) -> Vec<Block> {
        let Some(request) = &self.record.request else {
            return Vec::new();
        };
        let sent: Vec<String> = request.sent.iter().map(sent).collect();
        let refused = Some(request.refused.join(", ")).filter(|ids| !ids.is_empty());
        let fields = [
            (words::PHASE, Some(request.phase.name.clone())),
            (words::REFERENCE, request.reference.clone()),
            (words::ASKED_FOR, Some(request.asked_for.clone())),
            (words::SENT_BEFORE, Some(sent.join("; "))),
            (words::REFUSED, refused.clone()),
        ];
        let fields = fields.into_iter().filter_map(|(name, value)| {
            let value = value.filter(|value| !value.is_empty())?;
            Some(self.field(name, &value))
        });
        let mut blocks = vec![Block::Fields(fields.collect())];
        let appeal = self
            .say(words::APPEAL)
            .replace("{}", &self.cite(request::APPEAL));
        blocks.extend(refused.map(|_| Block::Paragraph(appeal)));
        blocks
    }

    fn say(&self, (sv, en): Both) -> String {
        self.lang.pick(sv, en).to_owned()
    }

    fn field(&self, name: Both, value: &str) -> Field {
        Field::new(self.say(name), value)
    }

    /// The citation as it stands in the record, else as it is on the day.
    fn cite(&self, key: &str) -> String {
        if let Some(law) = self.record.law.get(key) {
            return law.citation.clone();
        }
        let day = crate::source::day(&self.record.on);
        let generic = day.map(|day| Generic {
            laws: &self.trees.laws,
            day,
            lang: self.lang,
        });
        generic.map_or_else(|| key.to_owned(), |generic| generic.key(key))
    }

    fn cites(&self, keys: &[String]) -> String {
        let cites: Vec<String> = keys.iter().map(|key| self.cite(key)).collect();
        cites.join(", ")
    }

    /// The note of secrecy, with who made it and when, and where the note is kept.
    fn marking(&self) -> Block {
        let record = self.record;
        let (secret, authority) = (self.cites(&record.marking), tidy(&record.authority.name));
        let day: String = record.finished.chars().take(10).collect();
        let secrecy = self.say(words::SECRECY);
        let secrecy =
            (!secret.is_empty()).then(|| format!("{secrecy}: {secret}. {authority}, {day}."));
        let kept = words::never_in_the_case(self.is_answer());
        let lines = secrecy.into_iter().chain([self.say(kept)]);
        Block::Notice(lines.collect())
    }

    fn facts(&self) -> Block {
        let (record, official) = (self.record, &self.record.official);
        let case = self.say(words::CASE);
        let case = match &record.case {
            Some(number) => Field::new(case, number),
            None => Field::blank(case, self.say(words::CASE_BLANK)),
        };
        let by = format!("{}, {}, {}", official.name, official.title, official.unit);
        let when = format!("{} – {}", minute(&record.started), minute(&record.finished));
        let afterwards = if record.retrospective {
            words::IS_AFTERWARDS
        } else {
            words::NOT_AFTERWARDS
        };
        Block::Fields(vec![
            case,
            self.field(words::OUTCOME, &self.whole()),
            self.field(words::BY, &by),
            self.field(words::AUTHORITY, &record.authority.name),
            self.field(words::WHEN, &when),
            self.field(words::ON, &record.on),
            self.field(words::AFTERWARDS, &self.say(afterwards)),
            self.field(words::KNOWN_SINCE, &record.known_since),
        ])
    }

    fn whole(&self) -> String {
        let known = [
            Whole::Ready,
            Whole::Refer,
            Whole::NothingToSend,
            Whole::Stopped,
        ];
        let whole = known
            .into_iter()
            .find(|whole| whole.key() == self.record.outcome);
        whole.map_or_else(
            || self.record.outcome.clone(),
            |whole| self.say(words::whole(whole, self.is_answer())),
        )
    }

    fn route(&self) -> Vec<Block> {
        let route = &self.record.route;
        let mut fields = vec![self.field(words::ROUTE_IS, &route.means)];
        if !route.law.is_empty() {
            fields.push(self.field(words::SECTIONS, &self.cites(&route.law)));
        }
        let mut blocks = vec![Block::Fields(fields)];
        if !route.says.is_empty() {
            blocks.push(Block::Paragraph(tidy(&route.says)));
        }
        blocks.extend(steps(&route.steps));
        blocks
    }

    fn overview(&self) -> Option<Block> {
        let record = self.record;
        let first = record.identity.iter().map(|first| self.first_row(first));
        let items = record.items.iter().map(|item| self.row(item));
        let rows: Vec<Vec<String>> = first.chain(items).collect();
        let columns = words::COLUMNS.map(|column| self.say(column)).to_vec();
        (!rows.is_empty()).then(|| {
            Block::Table(Table {
                caption: self.say(words::OVERVIEW_CAPTION),
                columns,
                rows,
            })
        })
    }

    fn first_row(&self, first: &IdentityRecord) -> Vec<String> {
        vec![
            "0".to_owned(),
            self.say(words::FIRST_ITEM),
            self.secrecy(&first.provisions, &first.harm_test),
            first.means.clone(),
            self.cites(&first.law),
        ]
    }

    fn row(&self, item: &ItemRecord) -> Vec<String> {
        vec![
            item.id.clone(),
            self.label(item),
            self.secrecy(&item.provisions, &item.harm_test),
            item.means.clone(),
            self.cites(&item.law),
        ]
    }

    /// The label of an item; a document with its date.
    fn label(&self, item: &ItemRecord) -> String {
        let label = tidy(&item.label);
        match &item.dated {
            Some(Some(day)) => format!("{label}, {}", tidy(day)),
            Some(None) => format!("{label}, {}", self.say(words::NO_DATE)),
            None => label,
        }
    }

    fn secrecy(&self, provisions: &[String], harm_test: &str) -> String {
        let test = match harm_test {
            UNSURE => self.say(words::HARM_UNSURE),
            NONE => self.say(words::HARM_NONE),
            known => Harm::parse(known)
                .map_or(known, |harm| harm.text(self.lang))
                .to_owned(),
        };
        if provisions.is_empty() {
            return test;
        }
        format!("{} ({test})", self.cites(provisions))
    }

    fn is_ready(&self) -> bool {
        self.record.outcome == Whole::Ready.key()
    }

    /// What may leave, to whom, how and when; that it has left is for the one who sends it to fill in.
    fn goes(&self) -> Vec<Block> {
        if !self.is_ready() {
            return vec![Block::Paragraph(self.say(words::NOTHING_GOES))];
        }
        let mut fields = self.recipient();
        fields.push(self.field(words::KINDS, &self.kinds()));
        fields.push(self.field(words::DOCUMENTS, &self.documents()));
        fields.push(Field::blank(
            self.say(words::SENT),
            self.say(words::SENT_BLANK),
        ));
        let goes =
            |item: &&ItemRecord| releases(&item.outcome) && item.form != Form::Document.key();
        let wordings: Vec<Entry> = self
            .record
            .items
            .iter()
            .filter(goes)
            .filter_map(|item| self.wording(item))
            .collect();
        vec![
            Block::Paragraph(self.say(words::GOES_MEANS)),
            Block::Fields(fields),
            Block::Paragraph(self.say(words::wordings(self.is_answer()))),
            Block::Bullets(wordings),
        ]
    }

    fn recipient(&self) -> Vec<Field> {
        let Some(sending) = &self.record.sending else {
            return Vec::new();
        };
        let any = self.say(words::ANY_BOARD);
        let board = sending.board.as_deref().unwrap_or(&any);
        vec![
            self.field(words::TO, &format!("{}, {board}", self.say(words::BOARD))),
            self.field(words::HOW, &sending.channel.name),
            self.field(words::AT, &sending.when),
        ]
    }

    fn kinds(&self) -> String {
        let first = self
            .record
            .identity
            .as_ref()
            .filter(|first| releases(&first.outcome));
        let Some(first) = first else {
            return self.say(words::NO_KINDS);
        };
        let protected = first.protected.then(|| self.say(words::PROTECTED));
        let kinds = first.kinds.iter().map(|kind| kind.name.clone());
        kinds.chain(protected).collect::<Vec<_>>().join("; ")
    }

    fn documents(&self) -> String {
        let documents = self.record.documents.iter();
        let documents: Vec<String> = documents
            .map(|document| {
                let day = document
                    .dated
                    .clone()
                    .unwrap_or_else(|| self.say(words::NO_DATE));
                let file = document.file.iter().map(|file| format!(" ({file})"));
                let why = document.why.iter().map(|why| format!(": {why}"));
                format!(
                    "{} {}, {day}{}",
                    document.id,
                    document.label,
                    file.chain(why).collect::<String>()
                )
            })
            .collect();
        if documents.is_empty() {
            return self.say(words::NO_DOCUMENTS);
        }
        documents.join("; ")
    }

    fn wording(&self, item: &ItemRecord) -> Option<Entry> {
        let text = |role| {
            let step = with_role(&self.trees.item, &item.steps, role)?;
            step.text.as_deref().map(tidy)
        };
        let link = text(Role::Link).map(|link| (self.say(words::link(self.is_answer())), link));
        Some(Entry {
            text: format!("{}: {}", self.called(item), text(Role::Wording)?),
            with: link.into_iter().collect(),
        })
    }

    fn held_back(&self) -> Vec<Block> {
        let held_back: Vec<Entry> = self
            .record
            .held_back
            .iter()
            .map(|held| self.held(held))
            .collect();
        if held_back.is_empty() {
            return vec![Block::Paragraph(self.say(words::NOTHING_HELD_BACK))];
        }
        vec![Block::Bullets(held_back)]
    }

    /// What was held back, on what outcome, and the answer that it ended on.
    fn held(&self, held: &HeldBack) -> Entry {
        let item = self.record.items.iter().find(|item| item.id == held.id);
        let label = match item {
            Some(item) => format!("{}: {}", self.called(item), self.label(item)),
            None if held.id == IDENTITY => self.say(words::FIRST_ITEM),
            None => held.id.clone(),
        };
        let first = self.record.identity.as_ref().map(|first| &first.steps);
        let last = item
            .map(|item| &item.steps)
            .or(first)
            .and_then(|steps| steps.last());
        let why = last.map(|step| {
            let (question, answer) = told(step);
            (self.say(words::WHY), format!("{question} {answer}"))
        });
        let becomes = (self.say(words::BECOMES), held.means.clone());
        Entry {
            text: label,
            with: std::iter::once(becomes).chain(why).collect(),
        }
    }

    fn calls(&self) -> Vec<Block> {
        let calls = self.record.calls.iter();
        calls.map(|call| Block::Fields(self.call(call))).collect()
    }

    fn call(&self, call: &CallRecord) -> Vec<Field> {
        vec![
            self.field(words::CALL_WHEN, &call.when),
            self.field(words::CALL_TO, &call.to),
            self.field(words::CALL_SAID, &call.said),
            self.field(words::SECTIONS, &self.cites(&call.law)),
        ]
    }

    fn each(&self) -> Vec<Block> {
        let record = self.record;
        let first = record.identity.iter().flat_map(|first| self.first(first));
        let items = record.items.iter().flat_map(|item| self.item(item));
        first.chain(items).collect()
    }

    fn first(&self, first: &IdentityRecord) -> Vec<Block> {
        let kinds: Vec<String> = first.kinds.iter().map(|kind| kind.name.clone()).collect();
        let mut fields = vec![self.field(words::KINDS, &kinds.join("; "))];
        fields.extend(self.outcome(
            (&first.provisions, &first.harm_test),
            &first.means,
            &first.law,
        ));
        let heading = Block::Part(self.say(words::FIRST_ITEM));
        [heading, Block::Fields(fields)]
            .into_iter()
            .chain(steps(&first.steps))
            .collect()
    }

    /// An item by its form and id, as in `Handling 3`.
    fn called(&self, item: &ItemRecord) -> String {
        let form = if item.form == Form::Document.key() {
            words::DOCUMENT
        } else {
            words::STATEMENT
        };
        format!("{} {}", self.say(form), tidy(&item.id))
    }

    fn item(&self, item: &ItemRecord) -> Vec<Block> {
        let heading = format!("{}: {}", self.called(item), self.label(item));
        let form = Form::ALL.iter().find(|form| form.key() == item.form);
        let form = form.map_or(item.form.as_str(), |form| form.text(self.lang));
        let mut fields = vec![
            self.field(words::FORM, form),
            self.field(words::ORIGIN, &item.origin.name),
            self.field(words::ABOUT, &item.about.name),
        ];
        let more = [
            (words::RECEIVED, item.received.clone()),
            (words::FILE_NAME, item.file.clone()),
            (
                words::DESCRIBES,
                Some(item.describes.join(", ")).filter(|list| !list.is_empty()),
            ),
        ];
        let more = more
            .into_iter()
            .filter_map(|(name, value)| Some(self.field(name, &value?)));
        fields.extend(more);
        fields.extend(self.outcome((&item.provisions, &item.harm_test), &item.means, &item.law));
        let blocks = [Block::Part(heading), Block::Fields(fields)];
        blocks.into_iter().chain(steps(&item.steps)).collect()
    }

    fn outcome(
        &self,
        (provisions, harm_test): (&[String], &str),
        means: &str,
        law: &[String],
    ) -> [Field; 3] {
        [
            self.field(words::SECRECY, &self.secrecy(provisions, harm_test)),
            self.field(words::BECOMES, means),
            self.field(words::GROUND, &self.cites(law)),
        ]
    }

    fn notes(&self) -> Vec<Block> {
        let (assumptions, open) = (&self.record.assumptions, &self.record.open);
        if assumptions.is_empty() && open.is_empty() {
            return vec![Block::Paragraph(self.say(words::NO_NOTES))];
        }
        let line = |kind: Both, note: &Note| {
            let sure = words::confidence(&note.confidence)
                .map_or(note.confidence.clone(), |word| self.say(word));
            format!(
                "{}: {} ({}: {sure})",
                self.say(kind),
                tidy(&note.text),
                self.say(words::CONFIDENCE)
            )
        };
        let assumptions = assumptions.iter().map(|note| line(words::ASSUMPTION, note));
        let open = open.iter().map(|note| line(words::OPEN, note));
        vec![Block::Bullets(
            assumptions.chain(open).map(Entry::from).collect(),
        )]
    }

    fn rest(&self) -> Vec<Block> {
        let (sending, closing) = (&self.record.sending, &self.record.closing);
        let sending = sending.iter().filter_map(|sending| steps(&sending.steps));
        let closing = closing.iter().filter_map(|closing| steps(&closing.steps));
        sending.chain(closing).collect()
    }

    fn kept(&self) -> Option<Block> {
        let kept = self.record.kept.iter();
        let kept: Vec<Entry> = kept
            .map(|kept| {
                format!(
                    "{} ({}): {}",
                    tidy(&kept.what),
                    tidy(&kept.place),
                    tidy(&kept.reason)
                )
                .into()
            })
            .collect();
        (!kept.is_empty()).then_some(Block::Bullets(kept))
    }

    fn filing(&self) -> Vec<Block> {
        let register = self
            .say(words::register(self.is_answer()))
            .replace("{}", &self.cite(words::REGISTER_LAW));
        let lines = [
            words::filed(self.is_answer()),
            words::IN_THE_CASE,
            words::RETENTION,
        ]
        .map(|line| self.say(line));
        let lines = [register].into_iter().chain(lines);
        vec![Block::Bullets(lines.map(Entry::from).collect())]
    }

    fn law(&self) -> Option<Block> {
        let rows: Vec<Vec<String>> = self
            .record
            .law
            .values()
            .map(|law| self.law_row(law))
            .collect();
        (!rows.is_empty()).then(|| {
            Block::Table(Table {
                caption: self.say(words::LAW_CAPTION),
                columns: words::LAW_COLUMNS.map(|column| self.say(column)).to_vec(),
                rows,
            })
        })
    }

    fn law_row(&self, law: &LawRecord) -> Vec<String> {
        let unread = law.unverified.then(|| self.say(words::UNREAD));
        let sure = words::confidence(&law.confidence)
            .map_or(law.confidence.clone(), |word| self.say(word));
        vec![
            tidy(&law.citation),
            law.from.clone().unwrap_or_default(),
            law.until.clone().unwrap_or_default(),
            law.sfs.clone().unwrap_or_default(),
            unread
                .into_iter()
                .fold(sure, |sure, unread| format!("{sure}; {unread}")),
        ]
    }

    fn file(&self, file: Option<&str>) -> Block {
        let (record, made) = (self.record, &self.record.made_with);
        let name = file.map(|file| self.field(words::FILE_NAME, file));
        let follows = record
            .follows
            .as_ref()
            .map(|digest| self.field(words::FOLLOWS, digest));
        let with = format!(
            "{}; {} {} ({})",
            made.tool,
            self.say(words::TREES),
            made.trees,
            made.trees_digest
        );
        let fields = [
            self.field(words::DIGEST, &record.digest),
            self.field(words::MADE_WITH, &with),
        ];
        Block::Fields(name.into_iter().chain(fields).chain(follows).collect())
    }
}

/// What may have left before: its label, and a document's date.
fn sent(sent: &SentRecord) -> String {
    let day = sent.dated.iter().map(|day| format!(", {}", tidy(day)));
    format!("{}{}", tidy(&sent.label), day.collect::<String>())
}

/// A moment as people write it: day and minute.
fn minute(moment: &str) -> String {
    let minute: String = moment.chars().take(16).collect();
    minute.replace('T', " ")
}

/// The questions that were asked or shown, with the answers.
fn steps(steps: &[StepRecord]) -> Option<Block> {
    let fields: Vec<Field> = steps
        .iter()
        .map(|step| {
            let (question, answer) = told(step);
            Field::new(question, &answer)
        })
        .collect();
    (!fields.is_empty()).then_some(Block::Fields(fields))
}

/// A step in words: the question, and the answer with its reason.
fn told(step: &StepRecord) -> (String, String) {
    let question = step.asked.as_ref().or(step.shown.as_ref());
    let question = question.map_or_else(|| step.question.clone(), |question| tidy(question));
    let answered = step.answered.as_ref().or(step.answer.as_ref());
    let parts = [answered, step.text.as_ref()].into_iter().flatten();
    let answer: Vec<String> = parts.map(|part| tidy(part)).collect();
    (question, answer.join(": "))
}
