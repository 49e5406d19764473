//! `sekretesskoll`: the binary that talks to the world. It parses, runs and exits.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main(std::env::args_os().collect())
}
