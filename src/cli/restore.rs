//! `etabli restore FILE`: puts a copy made by `etabli backup` where there is no database yet.

use std::path::Path;

use super::open;
use crate::{config::Config, store::backup};

pub(super) fn run(config: &Config, from: &Path) -> anyhow::Result<()> {
    backup::restore(&open::url(config)?, from)
}
