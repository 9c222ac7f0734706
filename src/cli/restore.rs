//! `etabli restore FILE`: puts a copy made by `etabli backup` where there is no database yet.

use std::path::Path;

use super::open;
use crate::{access::Secrets, config::Config, store::backup};

pub(super) fn run(config: &Config, from: &Path) -> anyhow::Result<()> {
    let url = open::url(config)?;
    backup::restore(&url, from)?;
    println!("{url} is restored");
    if !Secrets::is_in(&config.data_dir) {
        println!(
            "its secret.key is not: put the copy of it into {} before you serve",
            config.data_dir.display()
        );
    }
    Ok(())
}
