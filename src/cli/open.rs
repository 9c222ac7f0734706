//! Opens what the settings name.

use std::{fs::DirBuilder, os::unix::fs::DirBuilderExt, sync::Arc};

use anyhow::Context;

use super::sorry;
use crate::{
    access::Secrets,
    app::App,
    config::{Config, Mistake, language},
    demo,
    kernel::{Clock, clock::SystemClock},
    store::{self, DatabaseUrl, Db, Store},
};

/// The database of the settings; the data folder is made if it is not there, for nobody else to look into.
pub(super) fn url(config: &Config) -> anyhow::Result<DatabaseUrl> {
    let folder = &config.data_dir;
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(|error| {
        Mistake::new(format!("the data folder {} cannot be made: {error}", folder.display()))
    })?;
    Ok(config.database().map_err(|error| Mistake::new(format!("database_url is not right: {error}")))?)
}

/// One connection to the database of the settings, which must have the shape this version needs.
pub(super) fn database(config: &Config) -> anyhow::Result<Db> {
    let mut db = Db::open(&url(config)?).context("the database cannot be opened")?;
    if store::pending(&mut db).context("the database cannot be read")? {
        anyhow::bail!("the database is not of this version: run `etabli migrate` first");
    }
    Ok(db)
}

/// The database of a real lab: not one that holds the demonstration, or its people.
pub(super) fn real(config: &Config) -> anyhow::Result<Db> {
    let mut db = database(config)?;
    match demo::stands_in(&mut db, language()).map_err(|error| sorry(error, language()))? {
        None => Ok(db),
        Some(why) => anyhow::bail!("{why}"),
    }
}

/// Everything the house leans on; the database must have the shape this version needs.
pub(super) fn app(config: Config) -> anyhow::Result<App> {
    let mut db = database(&config)?;
    Secrets::belong(&config.data_dir, &mut db, SystemClock.now())?;
    drop(db);
    let url = url(&config)?;
    let store = Store::open(&url, &config.store_options()).context("the database cannot be opened")?;
    Ok(App::new(store, Arc::new(SystemClock), config)?)
}
