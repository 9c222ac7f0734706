//! `etabli demo`: makes a demonstration lab in the data folder, or opens it again, and serves it.

use std::{
    io::{self, Write},
    net::SocketAddr,
};

use actix_web::rt::System;
use anyhow::anyhow;

use super::{migrate, open, serve, sorry};
use crate::{
    app::App,
    blueprint,
    config::{Config, MailTo},
    demo::{self, ACCOUNTS, Opened, PASSWORD, Refused, accounts},
    kernel::{Error, Locale, Result, Value, words::say},
    lab,
    people::Password,
    store::conflict,
};

pub(super) fn run(mut config: Config) -> anyhow::Result<()> {
    migrate::run(config.clone())?;
    if config.mail_from.is_empty() {
        config.mail_from = accounts::address("makerspace");
    }
    let app = open::app(config)?;
    let opened = System::new().block_on(ready(&app)).map_err(|error| sorry(error, Locale::Fr))?;
    let key = match opened.0 {
        Opened::Filled => "demo-filled",
        Opened::Found => "demo-found",
        Opened::Refused(Refused::Lab) => return Err(anyhow!(both("demo-refused-lab", &[]))),
        Opened::Refused(Refused::People) => return Err(anyhow!(both("demo-refused-people", &[]))),
    };
    let title = both(key, &[("lab", opened.1.into())]);
    let mail = mail(&app.config);
    serve::serve(app, |address| greet(&title, &mail, address))
}

/// Makes the demonstration or finds it; also says what the lab is called.
async fn ready(app: &App) -> Result<(Opened, String)> {
    let hash = app.passwords.hash(&Password::new(PASSWORD)).await?;
    let opened = match fill(app, &hash).await {
        // Another instance made it at the same time.
        Err(error) if met_another(&error) => fill(app, &hash).await?,
        opened => opened?,
    };
    let name = app.store.read(|db| Ok(lab::store::find(db)?.map(|lab| lab.name))).await?;
    Ok((opened, name.unwrap_or_default()))
}

async fn fill(app: &App, hash: &str) -> Result<Opened> {
    let (hash, now) = (hash.to_owned(), app.now());
    let lab =
        blueprint::read(blueprint::DEMONSTRATION).map_err(|_| anyhow!("config/lab.toml has mistakes"))?;
    app.store.write(move |db| demo::open(db, &lab, &hash, now)).await
}

fn met_another(error: &Error) -> bool {
    match error {
        Error::Fault(fault) => fault.downcast_ref().is_some_and(|cause| conflict(cause).is_some()),
        Error::Refused(_) | Error::Invalid(_) => false,
    }
}

fn mail(config: &Config) -> String {
    match config.mail_to() {
        MailTo::Folder(folder) => format!("{}/*.eml  {}", folder.display(), both("demo-mail", &[])),
        MailTo::Server(_) => both("demo-mail-server", &[]),
    }
}

fn greet(title: &str, mail: &str, address: SocketAddr) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "\n{title}\n")?;
    writeln!(out, "  http://{address}/api  {}", both("demo-reference", &[]))?;
    writeln!(out, "  {mail}\n")?;
    writeln!(out, "{}\n", both("demo-password", &[("password", PASSWORD.into())]))?;
    for login in ACCOUNTS {
        let (fr, en) = (accounts::about(login, Locale::Fr), accounts::about(login, Locale::En));
        writeln!(out, "  {:<22} {fr} / {en}", accounts::address(login))?;
    }
    writeln!(out)?;
    out.flush()
}

/// In French, then in English.
fn both(key: &str, values: &[(&'static str, Value)]) -> String {
    format!("{} / {}", say(Locale::Fr, key, values), say(Locale::En, key, values))
}
