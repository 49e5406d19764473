//! The register on the disk: what lies in its folder, reading it whole, and appending to it.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use sha2::{Digest as _, Sha256};

use sekretesskoll::language::Lang;
use sekretesskoll::register::{FILE, Folder, OnDisk, What};
use sekretesskoll::seal::{self, Sealed};
use sekretesskoll::source::hex;

use super::{LIMIT_MB, cannot_write, sync_folder, why};
use crate::cli::phrases;

/// A document that was looked at.
pub(crate) struct Looked {
    /// SHA-256 of its bytes.
    pub(crate) sha256: String,
    /// What it says of itself.
    pub(crate) sealed: Option<Sealed>,
}

/// Looks at a document in the folder; one that is a link or no file cannot be entered.
pub(crate) fn look(lang: Lang, path: &Path) -> Result<Looked> {
    let shown = path.display();
    let cannot = |error: &io::Error| anyhow!(phrases::cannot_read(lang, &shown, &why(lang, error)));
    let metadata = fs::symlink_metadata(path).map_err(|error| cannot(&error))?;
    if metadata.is_symlink() {
        return Err(anyhow!(phrases::register_link(lang, &shown)));
    }
    if !metadata.is_file() {
        return Err(anyhow!(phrases::register_no_file(lang, &shown)));
    }
    looked(path, metadata.len()).map_err(|error| cannot(&error))
}

/// A document that holds a digest is a few kB; a larger file is only summed, bit by bit.
fn looked(path: &Path, length: u64) -> io::Result<Looked> {
    if length > LIMIT_MB * 1024 * 1024 {
        return Ok(Looked {
            sha256: sum(path)?,
            sealed: None,
        });
    }
    let bytes = fs::read(path)?;
    Ok(Looked {
        sha256: seal::of_bytes(&bytes),
        sealed: seal::sealed(&bytes),
    })
}

fn sum(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok(hex(&hasher.finalize()));
        }
        hasher.update(buffer.get(..read).unwrap_or_default());
    }
}

/// Everything in the folder, by name.
pub(crate) fn list_folder(lang: Lang, folder: &Path) -> Result<Folder> {
    let cannot = |error: io::Error| {
        anyhow!(phrases::cannot_read(
            lang,
            &folder.display(),
            &why(lang, &error)
        ))
    };
    let mut found = Folder::new();
    for entry in fs::read_dir(folder).map_err(cannot)? {
        let entry = entry.map_err(cannot)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        found.insert(name, on_disk(&entry.path()));
    }
    Ok(found)
}

fn on_disk(path: &Path) -> OnDisk {
    let Ok(metadata) = fs::symlink_metadata(path) else {
        return OnDisk {
            what: What::Closed,
            shared: false,
        };
    };
    let what = match &metadata {
        link if link.is_symlink() => What::Link,
        file if file.is_file() => sum(path).map_or(What::Closed, What::Bytes),
        _ => What::NoFile,
    };
    // A link has no permissions of its own.
    let shared = what != What::Link && is_shared(&metadata, 0o077);
    OnDisk { what, shared }
}

/// Whether others than the owner have any of these permissions.
#[cfg(unix)]
fn is_shared(metadata: &Metadata, bits: u32) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    metadata.permissions().mode() & bits != 0
}

#[cfg(not(unix))]
fn is_shared(_metadata: &Metadata, _bits: u32) -> bool {
    false
}

/// Whether others than the owner can put files in the folder, or remove them.
pub(crate) fn folder_is_open(folder: &Path) -> bool {
    fs::metadata(folder).is_ok_and(|metadata| is_shared(&metadata, 0o022))
}

/// The register as it stands, after those who add to it are done; none where there is no register yet.
pub(crate) fn read_register(lang: Lang, folder: &Path) -> Result<Option<Vec<u8>>> {
    let path = register_path(lang, folder)?;
    let read = File::open(&path).and_then(|mut file| {
        file.lock_shared()?;
        whole(&mut file)
    });
    match read {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(anyhow!(phrases::cannot_read(
            lang,
            &path.display(),
            &why(lang, &error)
        ))),
    }
}

/// The path of the register, in a folder that exists.
fn register_path(lang: Lang, folder: &Path) -> Result<PathBuf> {
    let is_folder = fs::metadata(folder).map_err(|error| {
        let why = why(lang, &error);
        anyhow!(phrases::cannot_read(lang, &folder.display(), &why))
    })?;
    if !is_folder.is_dir() {
        let why = why(lang, &io::ErrorKind::NotADirectory.into());
        return Err(anyhow!(phrases::cannot_read(lang, &folder.display(), &why)));
    }
    let path = folder.join(FILE);
    if path.is_symlink() {
        return Err(anyhow!(phrases::register_link(lang, &path.display())));
    }
    Ok(path)
}

/// Reads the register, lets the caller say what to add, and appends it in one write, while nobody else adds.
///
/// What was written is taken back where the disk does not take all of it.
pub(crate) fn append(
    lang: Lang,
    folder: &Path,
    add: &mut dyn FnMut(&[u8]) -> Result<String>,
) -> Result<()> {
    let path = register_path(lang, folder)?;
    let cannot = |error: &io::Error| cannot_write(lang, &path, error);
    let mut file = open(&path).map_err(|error| cannot(&error))?;
    file.lock().map_err(|error| cannot(&error))?;
    let before = whole(&mut file).map_err(|error| cannot(&error))?;
    let lines = add(&before)?;
    if lines.is_empty() {
        return Ok(());
    }
    let written = file
        .write_all(lines.as_bytes())
        .and_then(|()| file.sync_all());
    written.map_err(|error| {
        let _ = file.set_len(before.len() as u64);
        cannot(&error)
    })?;
    sync_folder(&path);
    Ok(())
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).read(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn whole(file: &mut File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.rewind()?;
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}
