//! Ctrl-C and a closed terminal: the cursor comes back, the line is as it was, and the draft is whole.
//!
//! The draft is saved after every answer, so there is nothing to write here; a signal only has to leave well.

#[cfg(unix)]
use std::io::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Result;
use sekretesskoll::language::Lang;

#[cfg(unix)]
use crate::cli::{Exit, phrases, say};

/// Whether there is a draft to go on with.
static DRAFT: AtomicBool = AtomicBool::new(false);

/// From now on there is a draft.
pub(crate) fn draft_exists() {
    DRAFT.store(true, Ordering::Relaxed);
}

/// The draft has been removed.
pub(crate) fn draft_gone() {
    DRAFT.store(false, Ordering::Relaxed);
}

/// Watches for signals until the program ends.
#[cfg(unix)]
pub(crate) fn watch(lang: Lang, resume: &'static str) -> Result<()> {
    use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

    let before = tcgetattr(std::io::stdin()).ok();
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    std::thread::spawn(move || {
        if signals.forever().next().is_some() {
            if let Some(before) = &before {
                let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, before);
            }
            leave(lang, resume);
        }
    });
    Ok(())
}

/// Elsewhere the terminal's own handling stands.
#[cfg(not(unix))]
pub(crate) fn watch(_lang: Lang, _resume: &'static str) -> Result<()> {
    Ok(())
}

/// Shows the cursor, says how to go on, and exits.
#[cfg(unix)]
fn leave(lang: Lang, resume: &str) -> ! {
    if std::io::IsTerminal::is_terminal(&std::io::stderr()) {
        let _ = std::io::stderr()
            .lock()
            .write_all(b"\x1b[?25h\x1b[?2004l\n");
    }
    if DRAFT.load(Ordering::Relaxed) {
        say(&phrases::draft_kept(lang, &resume));
    }
    std::process::exit(Exit::Interrupted as i32)
}
