//! `etabli log verify`: whether the log of power, and what controllers told, still say what was written.

use anyhow::bail;
use clap::Subcommand;

use super::open;
use crate::{access::verify as chains, config::Config, kernel::Locale, power::log};

/// What to do with the log of power.
#[derive(Debug, Clone, Copy, Subcommand)]
pub(super) enum Deed {
    /// Read the whole log and what controllers told, and check that nothing was changed, removed or added.
    Verify,
}

#[expect(clippy::needless_pass_by_value, reason = "every subcommand owns its settings")]
pub(super) fn run(config: Config, deed: Deed) -> anyhow::Result<()> {
    let Deed::Verify = deed;
    let mut db = open::database(&config)?;
    let read = db.still(|db| Ok((log::verify(db)?, chains::verify(db)?)));
    let (log, told) = read.map_err(|error| super::sorry(error, Locale::En))?;
    let mut wrong = Vec::new();
    match log.broken {
        Some(broken) => {
            wrong.push(format!(
                "the log of power is broken: {broken}; the {} lines before it are whole",
                log.lines
            ));
        }
        None => println!("{} lines, all as they were written; the log ends at {}", log.lines, log.head),
    }
    wrong.extend(told.broken.iter().map(|(id, broken)| format!("the chain of controller {id}: {broken}")));
    if !wrong.is_empty() {
        bail!("{}", wrong.join("\n"));
    }
    let chains::Verified { controllers, events, gaps, resets, forks, .. } = told;
    println!(
        "{events} events of {controllers} controllers, all as they were told; \
         as they came, {gaps} gaps, {resets} new beginnings and {forks} forks were seen"
    );
    Ok(())
}
