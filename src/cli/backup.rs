//! `etabli backup FILE`: writes a copy of everything, while the house goes on working.

use std::path::Path;

use super::open;
use crate::{config::Config, store::backup};

pub(super) fn run(config: &Config, to: &Path) -> anyhow::Result<()> {
    backup::backup(&open::url(config)?, to)
}
