//! `etabli serve`: serves the lab until told to stop.

use std::{
    io::{self, Write},
    net::{SocketAddr, TcpListener},
    sync::Arc,
};

use actix_web::rt::System;
use anyhow::{Context, bail};
use secrecy::ExposeSecret;
use tokio::signal::unix::{SignalKind, signal};

use super::{open, sorry};
use crate::{
    app::App,
    background::{Background, JOBS},
    config::{Config, Mistake, language},
    kernel::words::say,
    lab, server,
};

pub(super) fn run(config: Config) -> anyhow::Result<()> {
    for_real(&config)?;
    serve(open::app(config)?, |_| Ok(()))
}

/// A production lab has a sender for its letters, a place they go to, and nobody with a password that everybody knows.
fn for_real(config: &Config) -> anyhow::Result<()> {
    if config.mail_from.is_empty() {
        bail!(Mistake::new("mail_from is not set: a production lab needs an address to send letters from"));
    }
    if config.mail_url.expose_secret().is_empty() {
        bail!(Mistake::new(
            "mail_url is not set: a production lab needs a mail server, or file://FOLDER to keep letters as files",
        ));
    }
    let mut db = open::real(config)?;
    if lab::store::find(&mut db).map_err(|error| sorry(error, language()))?.is_none() {
        bail!(say(language(), "cli-no-lab", &[]));
    }
    Ok(())
}

/// Listens, says where, and answers until SIGTERM or SIGINT; requests under way are finished first. What the greeting
/// gives back is kept until then.
pub(super) fn serve<Kept>(
    app: App,
    greet: impl FnOnce(SocketAddr) -> io::Result<Kept>,
) -> anyhow::Result<()> {
    let address = app.config.listen;
    let listener = TcpListener::bind(address)
        .map_err(|error| Mistake::new(format!("listen: the address {address} cannot be used: {error}")))?;
    let address = listener.local_addr().context("the listening address cannot be read")?;
    // Links in letters name the port that was really taken.
    let config = Config { listen: address, ..(*app.config).clone() };
    let app = App { config: Arc::new(config), ..app };
    System::new().block_on(async move {
        let (store, live) = (app.store.clone(), app.live.clone());
        let background = Background::start(&app, JOBS);
        let server = server::build(app, listener)?;
        let handle = server.handle();
        let (mut terminate, mut interrupt) =
            (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        actix_web::rt::spawn(async move {
            tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
            tracing::info!("stopping");
            live.close();
            handle.stop(true).await;
        });
        writeln!(io::stdout(), "listening on http://{address}")?;
        io::stdout().flush()?;
        let _kept = greet(address)?;
        server.await?;
        background.stop().await;
        store.close();
        Ok(())
    })
}
