//! `etabli migrate`: brings the database to the shape this version needs.

use anyhow::Context;

use super::open;
use crate::{
    config::Config,
    store::{self, Db},
};

#[expect(clippy::needless_pass_by_value, reason = "every subcommand owns its settings")]
pub(super) fn run(config: Config) -> anyhow::Result<()> {
    let url = open::url(&config)?;
    let mut db = Db::open(&url).context("the database cannot be opened")?;
    store::migrate(&mut db).context("the database cannot be migrated")
}
