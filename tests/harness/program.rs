//! Runs the program from outside: a home of its own, no environment but what a test gives, and stories for a person.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use expectrl::process::unix::WaitStatus;
use expectrl::session::OsSession;
use expectrl::{Eof, Expect as _, Session};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A home folder and a working folder.
pub(crate) struct Home {
    folder: TempDir,
}

impl Home {
    /// A home where nobody has used the program yet.
    pub(crate) fn empty() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        fs::create_dir(folder.path().join("work")).expect("a working folder");
        Self { folder }
    }

    /// A home where an official of an authority has answered who they are.
    pub(crate) fn of(authority: &str) -> Self {
        let home = Self::empty();
        let official =
            json!({ "name": "Anna Exempel", "title": "handläggare", "unit": "Kontor Exempelstad" });
        let settings = json!({ "authority": authority, "official": official });
        let config = home.path().join(".config/sekretesskoll");
        fs::create_dir_all(&config).expect("a configuration folder");
        fs::write(config.join("settings.json"), settings.to_string()).expect("settings");
        home
    }

    /// The home folder.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The folder that the program is started in.
    pub(crate) fn work(&self) -> PathBuf {
        self.path().join("work")
    }

    /// A file in the working folder.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        fs::write(self.work().join(name), content).expect("a file");
        name.to_owned()
    }

    /// The program with arguments, in the working folder.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sekretesskoll"));
        command
            .env_clear()
            .env("HOME", self.path())
            .env("TERM", "xterm-256color")
            .env("LANG", "C.UTF-8")
            .current_dir(self.work())
            .args(args);
        command
    }

    /// Runs the program without a terminal.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        Run::of(
            self.command(args)
                .stdin(std::process::Stdio::null())
                .output()
                .expect("the program runs"),
        )
    }

    /// Runs the program with lines on standard input.
    pub(crate) fn pipe(&self, args: &[&str], input: &[u8]) -> Run {
        use std::io::Write as _;
        let mut command = self.command(args);
        command
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("standard input");
        // A program that has said what is wrong stops reading, and then the pipe is broken: no failure of the test.
        let _ = stdin.write_all(input);
        drop(stdin);
        Run::of(child.wait_with_output().expect("the program ends"))
    }

    /// The only record in the working folder.
    pub(crate) fn record(&self) -> Value {
        let files = self.records();
        assert_eq!(files.len(), 1, "one record: {files:?}");
        serde_json::from_str(&fs::read_to_string(&files[0]).expect("a record"))
            .expect("a record is JSON")
    }

    /// The records in the working folder.
    pub(crate) fn records(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.work())
            .expect("the working folder")
            .map(|entry| entry.expect("an entry").path());
        let mut files: Vec<PathBuf> = entries
            .filter(|path| {
                path.file_name()
                    .is_some_and(|name| name.to_string_lossy().starts_with("sekretessprovning-"))
            })
            .collect();
        files.sort();
        files
    }

    /// The saved drafts.
    pub(crate) fn drafts(&self) -> Vec<PathBuf> {
        let folder = self.path().join(".local/state/sekretesskoll/drafts");
        let Ok(entries) = fs::read_dir(folder) else {
            return Vec::new();
        };
        entries
            .map(|entry| entry.expect("an entry").path())
            .collect()
    }

    /// The program on a pseudo-terminal of 80 columns and 24 rows.
    pub(crate) fn terminal(&self, args: &[&str]) -> Terminal {
        let mut session = Session::spawn(self.command(args)).expect("a pseudo-terminal");
        session
            .get_process_mut()
            .set_window_size(80, 24)
            .expect("a window size");
        session.set_expect_timeout(Some(Duration::from_secs(20)));
        Terminal {
            session,
            prompts: 0,
            seen: String::new(),
            emulator: vt100::Parser::new(size(24), size(80), 0),
        }
    }
}

/// What a run gave.
#[derive(Debug)]
pub(crate) struct Run {
    /// Exit code.
    pub code: Option<i32>,
    /// Standard out.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Run {
    fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Self {
            code: output.status.code(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

/// A person at a terminal.
pub(crate) struct Terminal {
    session: OsSession,
    /// Places where the program stopped and waited.
    pub prompts: usize,
    /// Everything seen on the screen.
    pub seen: String,
    emulator: vt100::Parser,
}

impl Terminal {
    /// Waits until the words stand on the screen.
    pub(crate) fn see(&mut self, words: &str) {
        let captures = self
            .session
            .expect(words)
            .unwrap_or_else(|error| panic!("waited for `{words}`: {error}\n{}", self.seen));
        let found = captures.get(0).unwrap_or_default().to_vec();
        let before = captures.before().to_vec();
        self.take(&before);
        self.take(&found);
    }

    fn take(&mut self, bytes: &[u8]) {
        self.emulator.process(bytes);
        self.seen.push_str(&String::from_utf8_lossy(bytes));
    }

    /// The screen as a person sees it: 80 columns, 24 rows.
    pub(crate) fn screen(&self) -> String {
        self.emulator.screen().contents()
    }

    /// Reads what else has been written within a moment, so that the screen is whole.
    pub(crate) fn settle(&mut self) {
        std::thread::sleep(Duration::from_millis(60));
        let mut bytes = [0; 4096];
        while let Ok(count @ 1..) = self.session.try_read(&mut bytes) {
            self.take(&bytes[..count]);
        }
    }

    /// Reads a prompt that holds the words, and answers it.
    pub(crate) fn answer(&mut self, words: &str, reply: &str) {
        self.see(words);
        self.see(" > ");
        self.prompts += 1;
        self.session.send_line(reply).expect("the reply is sent");
    }

    /// Waits until what is typed is not shown: what was typed before that is thrown away, as for every passphrase.
    pub(crate) fn unseen(&mut self) {
        for _ in 0..4000 {
            let shown = self.session.get_process().get_echo();
            if !shown.expect("a terminal") {
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("what is typed is still shown\n{}", self.seen);
    }

    /// Sends a control character.
    pub(crate) fn control(&mut self, letter: char) {
        self.session
            .send(expectrl::ControlCode::try_from(letter).expect("a control character"))
            .expect("it is sent");
    }

    /// Sends keys as they are.
    pub(crate) fn keys(&mut self, keys: &str) {
        self.session.send(keys).expect("the keys are sent");
    }

    /// Process id.
    pub(crate) fn pid(&self) -> i32 {
        self.session.get_process().pid().as_raw()
    }

    /// Waits for the end and gives the exit code; none where a signal ended it.
    pub(crate) fn end(&mut self) -> Option<i32> {
        let captures = self
            .session
            .expect(Eof)
            .unwrap_or_else(|error| panic!("waited for the end: {error}\n{}", self.seen));
        let rest = captures.as_bytes().to_vec();
        self.take(&rest);
        match self.session.get_process().wait() {
            Ok(WaitStatus::Exited(_, code)) => Some(code),
            _ => None,
        }
    }
}

/// A record without what the clock decided.
pub(crate) fn without_time(mut record: Value) -> Value {
    for member in ["started", "finished", "digest"] {
        record.as_object_mut().expect("a record").remove(member);
    }
    record
}

fn size(count: u16) -> std::num::NonZeroU16 {
    std::num::NonZeroU16::new(count).expect("a size")
}
