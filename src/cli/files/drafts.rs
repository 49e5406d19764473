//! Drafts that nobody else may touch, and drafts that have lain too long.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::{Result, anyhow};
use jiff::civil::Date;
use jiff::{Timestamp, tz};

use sekretesskoll::language::Lang;

use super::{Draft, cannot_write, create_private, own_folder, read_draft};
use crate::cli::phrases;

/// How many days a draft is kept where the settings say nothing.
pub(crate) const KEEP_DAYS: u16 = 30;

/// A day: what a session left behind is not swept before.
pub(crate) const A_DAY: Duration = Duration::from_hours(24);

/// A session's hold on a draft. The system lets go of it when the process ends, however it ends.
pub(crate) struct Hold {
    path: PathBuf,
    _lock: File,
}

/// Takes hold of a draft; none where another session has it.
///
/// The lock is a file of its own, since the draft is replaced after every answer. It is empty.
pub(crate) fn hold(lang: Lang, draft: &Path) -> Result<Option<Hold>> {
    let path = lock_of(draft).ok_or_else(|| anyhow!(phrases::no_home(lang)))?;
    create_private(lang, path.parent().unwrap_or(Path::new(".")))?;
    let cannot = |error: &io::Error| cannot_write(lang, &path, error);
    let lock = open(&path).map_err(|error| cannot(&error))?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(None),
        // A disk that cannot lock is no reason not to assess.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
        Err(TryLockError::Error(error)) => return Err(cannot(&error)),
    }
    Ok(Some(Hold { path, _lock: lock }))
}

/// Removes a draft that is held, and what it was held with.
pub(crate) fn remove_draft(lang: Lang, draft: &Path, hold: Hold) -> Result<()> {
    fs::remove_file(draft).map_err(|error| cannot_write(lang, draft, &error))?;
    let _ = fs::remove_file(&hold.path);
    drop(hold);
    Ok(())
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn lock_of(draft: &Path) -> Option<PathBuf> {
    let name = draft.file_stem()?.to_string_lossy();
    let state = draft.parent()?.parent()?;
    Some(state.join("locks").join(format!("{name}.lock")))
}

/// Deletes the drafts that have lain untouched for longer than the days, and gives the days on which they were saved.
///
/// One that another session holds is left alone, and so is everything where there is no folder of drafts yet.
pub(crate) fn age(lang: Lang, today: Date, days: u16) -> Result<Vec<Date>> {
    let Ok(state) = own_folder(lang, "XDG_STATE_HOME", &[".local", "state"]) else {
        return Ok(Vec::new());
    };
    sweep_locks(&state);
    let entries = fs::read_dir(state.join("drafts")).into_iter().flatten();
    let paths = entries.flatten().map(|entry| entry.path());
    let drafts = paths.filter(|path| path.extension().is_some_and(|kind| kind == "json"));
    let aged = |path: &Path| saved_on(path).filter(|saved| is_aged(*saved, today, days));
    let mut deleted = Vec::new();
    for path in drafts.filter(|path| aged(path).is_some()) {
        let Some(hold) = hold(lang, &path)? else {
            continue;
        };
        // Another session may have saved it until it was held.
        if let Some(saved) = aged(&path) {
            remove_draft(lang, &path, hold)?;
            deleted.push(saved);
        }
    }
    deleted.sort();
    Ok(deleted)
}

/// Whether a draft has lain for longer than the days. One from a day to come is not old: a clock was wrong.
fn is_aged(saved: Date, today: Date, days: u16) -> bool {
    let last = saved.checked_add(jiff::Span::new().days(i32::from(days)));
    last.is_ok_and(|last| last < today)
}

/// The day a draft was saved: its own word, or for one that cannot be read that of the disk.
fn saved_on(path: &Path) -> Option<Date> {
    let own = read_draft(path).and_then(|draft| saved_day(&draft));
    own.or_else(|| {
        let modified = fs::symlink_metadata(path).ok()?.modified().ok()?;
        day_of(modified)
    })
}

/// Drafts of earlier versions say only when they were started.
fn saved_day(draft: &Draft) -> Option<Date> {
    let written = [draft.saved.as_str(), draft.started.as_str()];
    let written = written.into_iter().find(|written| !written.is_empty())?;
    written.get(..10)?.parse().ok()
}

fn day_of(moment: SystemTime) -> Option<Date> {
    let moment = Timestamp::try_from(moment).ok()?;
    let zone = tz::TimeZone::get("Europe/Stockholm").ok()?;
    Some(moment.to_zoned(zone).date())
}

/// Removes locks that nobody holds and whose draft is gone: of sessions that were left before their first answer.
fn sweep_locks(state: &Path) {
    let entries = fs::read_dir(state.join("locks")).into_iter().flatten();
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path.file_stem().unwrap_or_default().to_owned();
        let draft = state.join("drafts").join(name).with_extension("json");
        let free = |path: &Path| File::open(path).is_ok_and(|lock| lock.try_lock().is_ok());
        if super::is_older(&path, A_DAY) && !draft.exists() && free(&path) {
            let _ = fs::remove_file(&path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Draft, is_aged, saved_day};
    use jiff::civil::{Date, date};

    /// The clock is an argument: days on which a draft of 1 October is there, and the first on which it is not.
    #[test]
    fn a_draft_is_kept_for_all_of_its_days_and_not_one_more() {
        let saved = date(2026, 10, 1);
        for (days, last) in [
            (1, date(2026, 10, 2)),
            (30, date(2026, 10, 31)),
            (365, date(2027, 10, 1)),
        ] {
            assert!(!is_aged(saved, saved, days));
            assert!(!is_aged(saved, last, days), "{days}");
            assert!(
                is_aged(saved, last.tomorrow().unwrap_or_default(), days),
                "{days}"
            );
        }
    }

    #[test]
    fn a_clock_that_was_wrong_deletes_nothing() {
        assert!(!is_aged(date(2126, 10, 1), date(2026, 10, 1), 30));
        assert!(!is_aged(Date::MAX, Date::MAX, 30));
    }

    #[test]
    fn what_counts_is_when_it_was_saved_and_before_that_was_kept_when_it_was_started() {
        let draft = |started: &str, saved: &str| Draft {
            started: started.to_owned(),
            saved: saved.to_owned(),
            ..Draft::default()
        };
        let (early, late) = ("2026-10-01T23:59+02:00", "2026-10-20T08:00+02:00");
        assert_eq!(saved_day(&draft(early, late)), Some(date(2026, 10, 20)));
        assert_eq!(saved_day(&draft(early, "")), Some(date(2026, 10, 1)));
        assert_eq!(saved_day(&draft("", "")), None);
        assert_eq!(saved_day(&draft("å", "…")), None);
    }
}
