//! Ctrl-C and a closed terminal: the cursor comes back, the line is as it was, and the draft is whole.
//!
//! The draft is saved after every answer, so there is nothing to write here; a signal only has to leave well.

#[cfg(unix)]
use std::io::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Result;
use sekretesskoll::language::Lang;

use crate::cli::phrases;
#[cfg(unix)]
use crate::cli::{Exit, say};

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

/// Watches for signals until the program ends; says how to go on with the draft, where there is one.
pub(crate) fn watch(lang: Lang, days: String, resume: &'static str) -> Result<()> {
    watch_and_say(move || {
        let kept = DRAFT.load(Ordering::Relaxed);
        kept.then(|| phrases::draft_kept(lang, &days, &resume))
    })
}

/// Watches for signals until the program ends, and then says something.
#[cfg(unix)]
pub(crate) fn watch_and_say(says: impl Fn() -> Option<String> + Send + 'static) -> Result<()> {
    use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

    let before = tcgetattr(std::io::stdin()).ok();
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    std::thread::spawn(move || {
        if signals.forever().next().is_some() {
            if let Some(before) = &before {
                let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, before);
            }
            leave(says());
        }
    });
    Ok(())
}

/// Elsewhere the terminal's own handling stands.
#[cfg(not(unix))]
pub(crate) fn watch_and_say(_says: impl Fn() -> Option<String> + Send + 'static) -> Result<()> {
    Ok(())
}

/// Shows the cursor, says what there is to say, and exits.
#[cfg(unix)]
fn leave(says: Option<String>) -> ! {
    if std::io::IsTerminal::is_terminal(&std::io::stderr()) {
        let _ = std::io::stderr()
            .lock()
            .write_all(b"\x1b[?25h\x1b[?2004l\n");
    }
    if let Some(says) = says {
        say(&says);
    }
    std::process::exit(Exit::Interrupted as i32)
}
