//! Whole programs run from start to end.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result};
use wait4::Wait4 as _;

/// What one run of a program took.
#[derive(Clone, Copy, Debug)]
pub struct Ran {
    /// Seconds from start to end.
    pub seconds: f64,
    /// Seconds of processor time, all cores together.
    pub processor: f64,
    /// Peak memory, in bytes. A child's peak begins with that of whoever started it: the driver makes no documents
    /// itself, so that this stays small.
    pub peak: u64,
    /// How it ended.
    pub code: Option<i32>,
}

/// Runs a program with its output thrown away.
pub fn run(command: &mut Command) -> Result<Ran> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let start = Instant::now();
    let child = command
        .spawn()
        .with_context(|| format!("could not start {}", command.get_program().display()))?;
    let ended = child.wait4()?;
    Ok(Ran {
        seconds: start.elapsed().as_secs_f64(),
        processor: (ended.rusage.utime + ended.rusage.stime).as_secs_f64(),
        peak: ended.rusage.maxrss,
        code: ended.status.code(),
    })
}

/// Runs a program and counts the lines it writes, none of which is kept.
pub fn lines_of(command: &mut Command) -> Result<u64> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut child = command.spawn().context("could not start the program")?;
    let mut out = child.stdout.take().context("no standard output")?;
    let mut buffer = vec![0; 65_536];
    let mut lines = 0;
    loop {
        let read = out.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        let part = buffer.get(..read).unwrap_or_default();
        lines += part.iter().filter(|byte| **byte == b'\n').count() as u64;
    }
    child.wait()?;
    Ok(lines)
}

/// Where a program is: as given, else on the path.
#[must_use]
pub fn find(given: Option<PathBuf>, name: &str) -> Option<PathBuf> {
    let on_path = || {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path)
            .map(|folder| folder.join(name))
            .find(|file| file.is_file())
    };
    given.or_else(on_path).filter(|file| file.is_file())
}

/// Builds a package in release mode and gives its executables by name.
pub fn build(manifest: &Path) -> Result<Vec<(String, PathBuf)>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args([
        "build",
        "--release",
        "--quiet",
        "--bins",
        "--message-format=json-render-diagnostics",
    ]);
    command
        .arg("--manifest-path")
        .arg(manifest)
        .stderr(Stdio::inherit());
    let output = command.output().context("could not start cargo")?;
    anyhow::ensure!(
        output.status.success(),
        "could not build {}",
        manifest.display()
    );
    let messages = output
        .stdout
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty());
    let mut built = Vec::new();
    for message in messages {
        let message: serde_json::Value = serde_json::from_slice(message)?;
        let name = message
            .pointer("/target/name")
            .and_then(serde_json::Value::as_str);
        let file = message
            .get("executable")
            .and_then(serde_json::Value::as_str);
        built.extend(
            name.zip(file)
                .map(|(name, file)| (name.to_owned(), PathBuf::from(file))),
        );
    }
    Ok(built)
}
