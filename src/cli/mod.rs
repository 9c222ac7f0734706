//! The command line: one file for each subcommand.
//!
//! A wrong setting ends with code 2 and one sentence; anything else that goes wrong with code 1 and one sentence.

mod backup;
mod chain;
mod controller_sim;
mod demo;
mod lab;
mod log;
mod member;
mod migrate;
mod open;
mod openapi;
mod plug_sim;
mod restore;
mod serve;
mod sorry;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Parser, Subcommand};

use self::sorry::sorry;
use crate::config::{Config, Mistake};

/// Booking and machine access for a makerspace.
#[derive(Debug, Parser)]
#[command(name = "etabli", version, about)]
pub struct Cli {
    /// A file of settings; every setting is explained in config/default.toml.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a demonstration lab in the data folder, or open it again, and serve it.
    Demo {
        /// Words for the demonstration that runs already, as typed in its terminal: `badge scie-ruban maker`.
        words: Vec<String>,
    },
    /// Serve the lab.
    Serve,
    /// Bring the database to the shape this version needs.
    Migrate,
    /// Describe a lab in a file: config/lab.toml shows and explains one.
    Lab {
        #[command(subcommand)]
        deed: lab::Deed,
    },
    /// Write a copy of the database into a new file, while the house goes on working.
    Backup {
        /// The file to write; it must not exist.
        file: PathBuf,
    },
    /// Put such a copy where there is no database yet.
    Restore {
        /// The file to read.
        file: PathBuf,
    },
    /// The log of power: who switched what on, chained line by line.
    Log {
        #[command(subcommand)]
        deed: chain::Deed,
    },
    /// Make members and let them in.
    Member {
        #[command(subcommand)]
        deed: member::Deed,
    },
    /// Be a controller in the terminal: reader, relay and display as lines of text.
    ControllerSim(controller_sim::Simulated),
    /// Be a plug on an MQTT broker: Tasmota, Shelly or ESPHome, with a button to type.
    PlugSim(plug_sim::Simulated),
    /// Print the description of the API (OpenAPI 3.1).
    Openapi,
}

/// Does what the command line says.
#[must_use]
pub fn run(cli: &Cli) -> ExitCode {
    let file = cli.config.as_deref();
    let outcome = match &cli.command {
        Command::Openapi => openapi::run(),
        Command::ControllerSim(wanted) => controller_sim::run(wanted),
        Command::PlugSim(wanted) => plug_sim::run(wanted),
        Command::Demo { words } => with_settings(file, |config| demo::run(config, words)),
        Command::Lab { deed: lab::Deed::Check(read) } => lab::check(read),
        Command::Lab { deed: lab::Deed::Apply(read) } => {
            with_settings(file, |config| lab::apply(config, read))
        }
        Command::Serve => with_settings(file, serve::run),
        Command::Migrate => with_settings(file, migrate::run),
        Command::Log { deed } => with_settings(file, |config| chain::run(config, *deed)),
        Command::Member { deed } => with_settings(file, |config| member::run(config, deed)),
        Command::Backup { file: to } => with_settings(file, |config| backup::run(&config, to)),
        Command::Restore { file: from } => with_settings(file, |config| restore::run(&config, from)),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("etabli: {error:#}");
            ExitCode::from(if error.is::<Mistake>() { 2 } else { 1 })
        }
    }
}

fn with_settings(file: Option<&Path>, work: impl FnOnce(Config) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let config = Config::load(file)?;
    log::start(&config.log);
    work(config)
}
