//! `etabli backup FILE`: writes a copy of everything, while the house goes on working.

use std::path::Path;

use anyhow::bail;

use super::open;
use crate::{
    access::Secrets,
    config::{Config, language},
    kernel::words::say,
    store::backup,
};

pub(super) fn run(config: &Config, to: &Path) -> anyhow::Result<()> {
    if to.exists() {
        bail!(say(language(), "cli-backup-exists", &[("file", to.display().to_string().into())]));
    }
    backup::backup(&open::url(config)?, to)?;
    println!("{} holds a copy of the database", to.display());
    if Secrets::is_in(&config.data_dir) {
        println!(
            "secret.key is not in it: keep a copy of {}/secret.key too, somewhere else",
            config.data_dir.display()
        );
    }
    Ok(())
}
