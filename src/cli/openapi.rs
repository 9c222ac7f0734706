//! `etabli openapi`: prints the description of the API.

use std::io::{self, Write};

use crate::routes;

pub(super) fn run() -> anyhow::Result<()> {
    let text = routes::openapi().to_pretty_json()?;
    writeln!(io::stdout(), "{text}")?;
    Ok(())
}
