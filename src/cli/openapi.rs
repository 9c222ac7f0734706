//! `etabli openapi`: prints the description of the API.

use std::io::{self, Write};

use crate::server;

pub(super) fn run() -> anyhow::Result<()> {
    let text = server::openapi().to_pretty_json()?;
    writeln!(io::stdout(), "{text}")?;
    Ok(())
}
