//! `etabli log verify`: whether the log of power still says what was written.

use anyhow::bail;
use clap::Subcommand;

use super::open;
use crate::{config::Config, kernel::Locale, power::log};

/// What to do with the log of power.
#[derive(Debug, Clone, Copy, Subcommand)]
pub(super) enum Deed {
    /// Read the whole log and check that no line was changed, removed or added.
    Verify,
}

#[expect(clippy::needless_pass_by_value, reason = "every subcommand owns its settings")]
pub(super) fn run(config: Config, deed: Deed) -> anyhow::Result<()> {
    let Deed::Verify = deed;
    let mut db = open::database(&config)?;
    let verified = log::verify(&mut db).map_err(|error| super::sorry(error, Locale::En))?;
    if let Some(broken) = verified.broken {
        bail!("the log of power is broken: {broken}; the {} lines before it are whole", verified.lines);
    }
    println!("{} lines, all as they were written; the log ends at {}", verified.lines, verified.head);
    Ok(())
}
