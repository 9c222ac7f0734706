//! Reads the subcommand and calls it.

use std::process::ExitCode;

use clap::Parser;
use etabli::cli::{self, Cli};

fn main() -> ExitCode {
    cli::run(&Cli::parse())
}
