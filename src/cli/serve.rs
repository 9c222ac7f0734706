//! `etabli serve`: serves the lab until told to stop.

use std::{
    io::{self, Write},
    net::TcpListener,
    sync::Arc,
};

use actix_web::rt::System;
use anyhow::Context;
use tokio::signal::unix::{SignalKind, signal};

use super::open;
use crate::{
    app::App,
    background::{Background, JOBS},
    config::{Config, Mistake},
    server,
};

pub(super) fn run(config: Config) -> anyhow::Result<()> {
    serve(open::app(config)?)
}

/// Listens, says where, and answers until SIGTERM or SIGINT; requests under way are finished first.
pub(super) fn serve(app: App) -> anyhow::Result<()> {
    let address = app.config.listen;
    let listener = TcpListener::bind(address)
        .map_err(|error| Mistake::new(format!("listen: the address {address} cannot be used: {error}")))?;
    let address = listener.local_addr().context("the listening address cannot be read")?;
    // Links in letters name the port that was really taken.
    let config = Config { listen: address, ..(*app.config).clone() };
    let app = App { config: Arc::new(config), ..app };
    System::new().block_on(async move {
        let store = app.store.clone();
        let background = Background::start(&app, JOBS);
        let server = server::build(app, listener)?;
        let handle = server.handle();
        let (mut terminate, mut interrupt) =
            (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        actix_web::rt::spawn(async move {
            tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
            tracing::info!("stopping");
            handle.stop(true).await;
        });
        writeln!(io::stdout(), "listening on http://{address}")?;
        io::stdout().flush()?;
        server.await?;
        background.stop().await;
        store.close();
        Ok(())
    })
}
