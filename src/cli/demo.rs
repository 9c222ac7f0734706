//! `etabli demo`: makes a demonstration lab in the data folder, or opens it again, and serves it.

use std::{
    io::{self, Write},
    net::SocketAddr,
    sync::Arc,
};

use actix_web::rt::System;
use anyhow::{Context, anyhow};
use secrecy::ExposeSecret;

use super::{migrate, open, serve, sorry};
use crate::{
    app::App,
    blueprint,
    config::{Config, MailTo},
    demo::{
        self, ACCOUNTS, Opened, PASSWORD, Refused, accounts,
        alive::{
            Front, Hall, Home, cards, front,
            settle::{Settled, settle},
            suggest::{Try, suggest},
        },
    },
    kernel::{Error, Locale, Result, Value, words::say},
    lab,
    people::Password,
    simulator::broker::Broker,
    store::conflict,
};

pub(super) fn run(config: Config, words: &[String]) -> anyhow::Result<()> {
    if words.is_empty() {
        return open_and_serve(config);
    }
    let told = front::say_to(&Home::door_of(&config.data_dir), &words.join(" "))?;
    Ok(write!(io::stdout(), "{told}")?)
}

fn open_and_serve(mut config: Config) -> anyhow::Result<()> {
    migrate::run(config.clone())?;
    if config.mail_from.is_empty() {
        config.mail_from = accounts::address("makerspace");
    }
    let home = Home::enter(&config.data_dir).context("the folder of the demonstration's devices")?;
    let broker = broker(&mut config, home.as_ref())?;
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
    let life = System::new().block_on(wake(&app, home)).map_err(|error| sorry(error, Locale::Fr))?;
    serve::serve(app.clone(), |address| {
        if let Some(broker) = broker {
            tokio::spawn(broker.run());
        }
        let (hint, devices) = life;
        let started = devices.map(|(home, settled)| start(&app, home, settled, address)).transpose()?;
        greet(&title, &mail, (address, started.is_some()))?;
        say_how(&hint, started.as_ref().map(|(_, machines)| machines.as_str()))?;
        Ok(started.map(|(home, _)| home))
    })
}

/// Without a broker of the settings the plugs get one of this program's own, if their life is this program's affair.
fn broker(config: &mut Config, home: Option<&Home>) -> anyhow::Result<Option<Broker>> {
    if home.is_none() || !config.mqtt_url.expose_secret().is_empty() {
        return Ok(None);
    }
    let broker = Broker::bind().context("a port for the demonstration's MQTT broker")?;
    config.mqtt_url = broker.url().into();
    Ok(Some(broker))
}

/// What to try first, and the devices as they are paired, if they are this program's.
async fn wake(app: &App, home: Option<Home>) -> Result<(Try, Option<(Home, Vec<Settled>)>)> {
    let devices = match home {
        Some(home) => {
            let settled = settle(app, &home).await?;
            Some((home, settled))
        }
        None => None,
    };
    Ok((suggest(app).await?, devices))
}

/// Switches the devices on; which machines have one.
fn start(app: &App, home: Home, settled: Vec<Settled>, address: SocketAddr) -> io::Result<(Home, String)> {
    let hall = Hall::start(&home, settled, address, app.broker.as_ref());
    let machines = hall.machines().join(", ");
    front::listen(Arc::new(Front::new(hall, app.clone())), &home.door())?;
    Ok((home, machines))
}

/// Makes the demonstration or finds it; also says what the lab is called.
async fn ready(app: &App) -> Result<(Opened, String)> {
    // A password is only hashed for people who are yet to be made: it takes its time, and its memory.
    let known = app.store.read(|db| Ok(lab::store::find(db)?.is_some())).await?;
    let hash = if known { String::new() } else { app.passwords.hash(&Password::new(PASSWORD)).await? };
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

fn greet(title: &str, mail: &str, (address, alive): (SocketAddr, bool)) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "\n{title}\n")?;
    writeln!(out, "  http://{address}/api  {}", both("demo-reference", &[]))?;
    writeln!(out, "  {mail}\n")?;
    writeln!(out, "{}\n", both("demo-password", &[("password", PASSWORD.into())]))?;
    for login in ACCOUNTS {
        let (fr, en) = (accounts::about(login, Locale::Fr), accounts::about(login, Locale::En));
        let badge = cards::number(login).filter(|_| alive).unwrap_or_default();
        writeln!(out, "  {:<20} {badge:<9} {fr} / {en}", accounts::address(login))?;
    }
    writeln!(out)?;
    out.flush()
}

/// How to badge, with a line that works now.
fn say_how(hint: &Try, machines: Option<&str>) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let Some(machines) = machines else { return writeln!(out, "{}\n", both("demo-alive-elsewhere", &[])) };
    writeln!(out, "{}\n  {machines}\n", both("demo-alive", &[]))?;
    let (line, why) = match hint {
        Try::Badge(machine, login) => (format!("badge {machine} {login}"), both("demo-try", &[])),
        Try::OpenFirst => ("open".to_owned(), both("demo-try-open", &[])),
    };
    writeln!(out, "{why}\n  {line}\n{}\n  etabli demo {line}\n", both("demo-other-terminal", &[]))?;
    out.flush()
}

/// In French, then in English.
fn both(key: &str, values: &[(&'static str, Value)]) -> String {
    format!("{} / {}", say(Locale::Fr, key, values), say(Locale::En, key, values))
}
