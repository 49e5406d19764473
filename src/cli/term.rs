//! The two faces that talk to a person: rich on a terminal, plain on any reader and writer.
//!
//! Every reply is one line. `?`, `<` and `!` alone on a line mean the same everywhere, and so do `??` and `?` with a
//! number.

use std::fmt;
use std::io::{BufRead, IsTerminal as _, Write};

use anyhow::Result;
use dialoguer::theme::Theme;
use dialoguer::{FuzzySelect, Input};
use rustyline::error::ReadlineError;
use rustyline::history::MemHistory;

use sekretesskoll::language::Lang;

use crate::cli::phrases;

/// What kind of reply is awaited.
#[derive(Clone, Copy)]
pub(crate) enum Style<'a> {
    /// A digit or a word.
    Short,
    /// A sentence, perhaps with an earlier one to start from.
    Sentence(Option<&'a str>),
    /// One of a list of lines; the reply is its number from 0.
    Pick(&'a [String]),
}

/// One place where the program stops and waits.
pub(crate) struct Prompt<'a> {
    /// What stands above the line, ready to print.
    pub(crate) text: String,
    /// What kind of reply.
    pub(crate) style: Style<'a>,
}

/// A reply.
#[cfg_attr(test, derive(Debug))]
#[derive(PartialEq, Eq)]
pub(crate) enum Reply {
    /// What was written.
    Answer(String),
    /// `<`
    Back,
    /// `?`
    Why,
    /// `??`, or `?2` for one item: why an outcome came out as it did.
    Explain(Of),
    /// `!`
    Leave,
}

/// Which outcome is to be explained.
#[cfg_attr(test, derive(Debug))]
#[derive(PartialEq, Eq)]
pub(crate) enum Of {
    /// `??`: the latest.
    Latest,
    /// `?v` (väg) or `?r` (route).
    Route,
    /// `?0`
    First,
    /// `?2`: the item with this id.
    Item(String),
}

impl Of {
    /// What stands after the question mark; none where it is the beginning of something else.
    fn read(after: &str) -> Option<Self> {
        match after {
            "?" => Some(Of::Latest),
            "v" | "V" | "r" | "R" => Some(Of::Route),
            "0" => Some(Of::First),
            id if id.chars().all(|c| c.is_ascii_digit()) => Some(Of::Item(id.to_owned())),
            _ => None,
        }
    }
}

impl Reply {
    fn of(line: &str) -> Self {
        let line = line.trim();
        let asked = line.strip_prefix('?').map(str::trim);
        match (line, asked) {
            ("<", _) => Reply::Back,
            ("!", _) => Reply::Leave,
            (_, Some("")) => Reply::Why,
            (answer, asked) => asked
                .and_then(Of::read)
                .map_or_else(|| Reply::Answer(answer.to_owned()), Reply::Explain),
        }
    }
}

/// Ctrl-C.
#[derive(Debug)]
pub(crate) struct Interrupted;

impl fmt::Display for Interrupted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("interrupted")
    }
}

impl std::error::Error for Interrupted {}

/// The input ended.
#[derive(Debug)]
pub(crate) struct EndedEarly;

impl fmt::Display for EndedEarly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the input ended")
    }
}

impl std::error::Error for EndedEarly {}

/// A face of the interview.
pub(crate) trait Face {
    /// Prints a prompt and waits for one line.
    fn ask(&mut self, prompt: &Prompt<'_>) -> Result<Reply>;
    /// Prints lines.
    fn say(&mut self, text: &str) -> Result<()>;
    /// No box drawing and no tables.
    fn is_plain(&self) -> bool;
}

/// The face that fits: plain where it is asked for, rich on a terminal, and none where there is nobody to ask.
pub(crate) fn choose(lang: Lang, plain: bool) -> Result<Option<Box<dyn Face>>> {
    if plain {
        return Ok(Some(Box::new(Plain {
            input: std::io::stdin().lock(),
            output: std::io::stderr(),
        })));
    }
    if std::io::stdin().is_terminal() && std::io::stderr().is_terminal() {
        return Ok(Some(Box::new(Rich::new(lang)?)));
    }
    Ok(None)
}

/// Line by line, for screen readers, pipes and tests.
pub(crate) struct Plain<R, W> {
    /// Where replies come from.
    pub(crate) input: R,
    /// Where prompts go.
    pub(crate) output: W,
}

impl<R: BufRead, W: Write> Plain<R, W> {
    fn line(&mut self) -> Result<String> {
        write!(self.output, "> ")?;
        self.output.flush()?;
        let mut line = String::new();
        if self.input.read_line(&mut line)? == 0 {
            return Err(EndedEarly.into());
        }
        Ok(line.trim_start_matches('\u{feff}').to_owned())
    }

    /// Narrows the list by what was written until one line is left.
    fn pick(&mut self, lines: &[String]) -> Result<Reply> {
        let mut shown: Vec<usize> = (0..lines.len()).collect();
        loop {
            for (number, at) in shown.iter().enumerate() {
                writeln!(
                    self.output,
                    "{}  {}",
                    number + 1,
                    lines.get(*at).map_or("", String::as_str)
                )?;
            }
            let reply = Reply::of(&self.line()?);
            let Reply::Answer(written) = reply else {
                return Ok(reply);
            };
            let by_number = written
                .parse::<usize>()
                .ok()
                .and_then(|number| shown.get(number.checked_sub(1)?));
            if let Some(at) = by_number {
                return Ok(Reply::Answer(at.to_string()));
            }
            let word = written.to_lowercase();
            let found = |at: &usize| {
                lines
                    .get(*at)
                    .is_some_and(|line| line.to_lowercase().contains(&word))
            };
            let matching: Vec<usize> = (0..lines.len()).filter(|at| found(at)).collect();
            match matching.as_slice() {
                [only] => return Ok(Reply::Answer(only.to_string())),
                [] => shown = (0..lines.len()).collect(),
                _ => shown = matching,
            }
        }
    }
}

impl<R: BufRead, W: Write> Face for Plain<R, W> {
    fn ask(&mut self, prompt: &Prompt<'_>) -> Result<Reply> {
        if !prompt.text.is_empty() {
            self.say(&prompt.text)?;
        }
        match prompt.style {
            Style::Pick(lines) => self.pick(lines),
            Style::Short | Style::Sentence(_) => Ok(Reply::of(&self.line()?)),
        }
    }

    fn say(&mut self, text: &str) -> Result<()> {
        Ok(writeln!(self.output, "{text}")?)
    }

    fn is_plain(&self) -> bool {
        true
    }
}

/// On a terminal: short replies and pick lists through dialoguer, sentences through rustyline.
pub(crate) struct Rich {
    editor: rustyline::Editor<(), MemHistory>,
    lang: Lang,
}

impl Rich {
    /// Takes hold of the terminal.
    pub(crate) fn new(lang: Lang) -> Result<Self> {
        let config = rustyline::Config::builder()
            .behavior(rustyline::config::Behavior::PreferTerm)
            .auto_add_history(false)
            .build();
        Ok(Self {
            editor: rustyline::Editor::with_history(config, MemHistory::new())?,
            lang,
        })
    }

    /// An earlier sentence is behind the up arrow and not in the line: a sign alone must stay alone.
    fn sentence(&mut self, earlier: Option<&str>) -> Result<Reply> {
        self.editor.clear_history()?;
        if let Some(earlier) = earlier {
            self.editor.add_history_entry(earlier)?;
        }
        match self.editor.readline(" > ") {
            Ok(line) => Ok(Reply::of(&line)),
            Err(ReadlineError::Interrupted) => Err(Interrupted.into()),
            Err(ReadlineError::Eof) => Err(EndedEarly.into()),
            Err(other) => Err(other.into()),
        }
    }

    /// A short reply. Lines that are already waiting were pasted: they answer nothing.
    fn short(&self) -> Result<Reply> {
        loop {
            let line = Input::<String>::with_theme(&Arrow)
                .allow_empty(true)
                .interact_text()
                .map_err(interrupted)?;
            if !more_is_waiting() {
                return Ok(Reply::of(&line));
            }
            writeln!(std::io::stderr().lock(), " {}", phrases::pasted(self.lang))?;
        }
    }

    fn pick(&self, lines: &[String]) -> Result<Reply> {
        writeln!(
            std::io::stderr().lock(),
            " {}",
            phrases::pick_hint(self.lang)
        )?;
        let mut shown = lines.to_vec();
        shown.extend([
            phrases::pick_back(self.lang),
            phrases::pick_leave(self.lang),
            phrases::pick_why(self.lang),
        ]);
        let select = FuzzySelect::with_theme(&Arrow)
            .items(&shown)
            .default(0)
            .max_length(10)
            .report(false);
        let picked = select.interact_opt().map_err(interrupted)?;
        Ok(
            match picked.map(|at| at.checked_sub(lines.len()).ok_or(at)) {
                Some(Err(at)) => Reply::Answer(at.to_string()),
                Some(Ok(1)) => Reply::Leave,
                Some(Ok(2)) => Reply::Why,
                _ => Reply::Back,
            },
        )
    }
}

/// Whether input is waiting right after a line was read, as it is when several lines were pasted. It is thrown away.
#[cfg(unix)]
fn more_is_waiting() -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::termios::{QueueSelector, tcflush};
    let stdin = std::io::stdin();
    let mut fds = [PollFd::new(&stdin, PollFlags::IN)];
    let moment = Timespec {
        tv_sec: 0,
        tv_nsec: 15_000_000,
    };
    let mut pasted = false;
    while poll(&mut fds, Some(&moment)).is_ok_and(|ready| ready > 0)
        && tcflush(&stdin, QueueSelector::IFlush).is_ok()
    {
        pasted = true;
    }
    pasted
}

#[cfg(not(unix))]
fn more_is_waiting() -> bool {
    false
}

/// Asks for the passphrase of a key, which is not shown.
pub(crate) fn passphrase(prompt: &str) -> Result<String> {
    let asked = dialoguer::Password::new()
        .with_prompt(prompt)
        .report(false)
        .interact();
    asked.map_err(interrupted)
}

fn interrupted(error: dialoguer::Error) -> anyhow::Error {
    let dialoguer::Error::IO(error) = error;
    match error.kind() {
        std::io::ErrorKind::Interrupted => Interrupted.into(),
        std::io::ErrorKind::UnexpectedEof => EndedEarly.into(),
        _ => error.into(),
    }
}

impl Face for Rich {
    fn ask(&mut self, prompt: &Prompt<'_>) -> Result<Reply> {
        if !prompt.text.is_empty() {
            self.say(&prompt.text)?;
        }
        match prompt.style {
            Style::Pick(lines) => self.pick(lines),
            Style::Sentence(earlier) => self.sentence(earlier),
            Style::Short => self.short(),
        }
    }

    fn say(&mut self, text: &str) -> Result<()> {
        Ok(writeln!(std::io::stderr().lock(), "{text}")?)
    }

    fn is_plain(&self) -> bool {
        false
    }
}

/// The prompt is an arrow and nothing else: the question stands above it.
struct Arrow;

impl Theme for Arrow {
    fn format_input_prompt(
        &self,
        f: &mut dyn fmt::Write,
        _prompt: &str,
        _default: Option<&str>,
    ) -> fmt::Result {
        f.write_str(" > ")
    }

    fn format_input_prompt_selection(
        &self,
        f: &mut dyn fmt::Write,
        _prompt: &str,
        written: &str,
    ) -> fmt::Result {
        write!(f, " > {written}")
    }
}

#[cfg(test)]
mod tests {
    use super::{Face, Of, Plain, Prompt, Reply, Style};

    fn reply(input: &str, style: Style<'_>) -> Reply {
        let mut face = Plain {
            input: input.as_bytes(),
            output: Vec::new(),
        };
        face.ask(&Prompt {
            text: String::new(),
            style,
        })
        .unwrap_or(Reply::Leave)
    }

    #[test]
    fn the_three_signs_work_in_every_kind_of_prompt() {
        let lines = ["en rad".to_owned()];
        for (sign, expected) in [("<", Reply::Back), ("?", Reply::Why), ("!", Reply::Leave)] {
            let input = format!("  {sign} \r\n");
            assert_eq!(reply(&input, Style::Short), expected);
            assert_eq!(reply(&input, Style::Sentence(None)), expected);
            assert_eq!(reply(&input, Style::Pick(&lines)), expected);
        }
    }

    #[test]
    fn a_question_mark_with_a_number_asks_about_an_item_and_with_a_word_nothing() {
        for (line, of) in [
            ("??", Of::Latest),
            ("? ?", Of::Latest),
            ("?v", Of::Route),
            ("?r", Of::Route),
            ("?0", Of::First),
            (" ? 12 ", Of::Item("12".to_owned())),
        ] {
            let input = format!("{line}\n");
            assert_eq!(reply(&input, Style::Short), Reply::Explain(of), "{line}");
        }
        for line in ["???", "?vet inte", "?2a", "2?"] {
            let expected = Reply::Answer(line.to_owned());
            assert_eq!(reply(&format!("{line}\n"), Style::Short), expected);
        }
    }

    #[test]
    fn a_long_list_is_narrowed_by_a_word_and_then_a_number() {
        let lines = [
            "28 kap. 1 § OSL".to_owned(),
            "28 kap. 3 § OSL".to_owned(),
            "25 kap. 1 § OSL".to_owned(),
        ];
        assert_eq!(
            reply("28 kap\n2\n", Style::Pick(&lines)),
            Reply::Answer("1".to_owned())
        );
        assert_eq!(
            reply("25 KAP\n", Style::Pick(&lines)),
            Reply::Answer("2".to_owned())
        );
    }
}
