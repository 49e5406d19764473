//! How far the work has come, for those who watch.

use std::io::IsTerminal as _;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use sekretesskoll::language::Lang;

use super::super::inputs::Inputs;

/// Shorter work shows nothing.
const QUIET: Duration = Duration::from_millis(500);

/// A bar on standard error, where somebody watches and only after a while.
pub(crate) struct Progress {
    bar: ProgressBar,
    /// None once it is shown, and where nobody watches.
    since: Option<Instant>,
    /// Bytes are counted, not documents.
    in_bytes: bool,
}

impl Progress {
    /// What is written line by line on the same screen shows by itself how far it has come.
    pub(crate) fn new(lang: Lang, inputs: &Inputs, by_line: bool) -> Self {
        let in_bytes = inputs.bytes > 0;
        let bar = ProgressBar::with_draw_target(
            in_bytes.then_some(inputs.bytes),
            ProgressDrawTarget::hidden(),
        );
        let template = if in_bytes {
            "  {wide_bar} {percent} %  {eta}"
        } else {
            lang.pick("  {pos} dokument", "  {pos} documents")
        };
        // No colours, so nothing to take away under NO_COLOR.
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        let is_watched =
            std::io::stderr().is_terminal() && !(by_line && std::io::stdout().is_terminal());
        Self {
            bar,
            since: is_watched.then(Instant::now),
            in_bytes,
        }
    }

    pub(crate) fn tick(&mut self, bytes_read: usize) {
        let more = if self.in_bytes { bytes_read } else { 1 };
        self.bar.inc(u64::try_from(more).unwrap_or_default());
        if self.since.is_some_and(|since| since.elapsed() >= QUIET) {
            self.since = None;
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// Takes the bar away while something is written on the screen.
    pub(crate) fn aside<R>(&self, write: impl FnOnce() -> R) -> R {
        self.bar.suspend(write)
    }

    pub(crate) fn done(&self) {
        self.bar.finish_and_clear();
    }
}
