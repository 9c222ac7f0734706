//! A world for one test: the real server on a free port, its own fresh database, a clock that the test moves.
//!
//! Read in this order: this file (its birth and its end), [`visitor`] (who asks), [`answer`] (what comes back),
//! [`mailbox`], [`people`], [`training`], [`database`], [`smtp`], [`twin`] (a second server). Rooms that need more add a file here.

pub mod answer;
pub mod badges;
pub mod bookings;
pub mod controller;
pub mod database;
pub mod dump;
pub mod lab;
pub mod mailbox;
pub mod people;
pub mod simulated;
pub mod smtp;
pub mod training;
pub mod twin;
pub mod visitor;

use std::{mem, net::TcpListener, sync::Arc, sync::mpsc, thread};

use actix_web::{dev::ServerHandle, rt::System};
use etabli::{
    app::App,
    config::{Config, Switch},
    kernel::{Instant, clock::HandClock},
    routes,
    server::{self, Routes},
    store::{Store, StoreOptions, Synchronous},
};

pub use answer::Answer;
use database::Database;
pub use visitor::Visitor;

/// A Monday, 09:00 in Paris.
pub const MORNING: &str = "2026-03-02T08:00:00Z";

/// Everything a test touches.
pub struct World {
    /// Where the server listens: `http://127.0.0.1:PORT`.
    pub address: String,
    /// What the server leans on.
    pub app: App,
    /// The clock of the server.
    pub clock: Arc<HandClock>,
    client: reqwest::Client,
    server: Option<(ServerHandle, thread::JoinHandle<()>)>,
    database: Database,
}

impl World {
    /// The house as it is.
    pub fn start() -> Self {
        Self::start_with(routes::rooms)
    }

    /// The same house with other rooms.
    pub fn start_with(rooms: Routes) -> Self {
        Self::open(rooms, &options())
    }

    /// The house for those who ask it thousands of things: nobody counts its statements, which costs as much as they do.
    pub fn uncounted() -> Self {
        Self::open(routes::rooms, &StoreOptions { count_statements: false, ..options() })
    }

    /// The house behind a proxy that gives it this address.
    pub fn known_as(public_url: &str) -> Self {
        let database = Database::fresh();
        let config = Config { public_url: public_url.to_owned(), ..config(&database) };
        Self::on(database, config, routes::rooms, &options())
    }

    fn open(rooms: Routes, options: &StoreOptions) -> Self {
        let database = Database::fresh();
        let config = config(&database);
        Self::on(database, config, rooms, options)
    }

    fn on(database: Database, config: Config, rooms: Routes, options: &StoreOptions) -> Self {
        let clock = Arc::new(HandClock::at(MORNING.parse::<Instant>().unwrap()));
        let store = Store::open(&database.url, options).unwrap();
        let app = App::new(store, clock.clone(), config).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let server = Some(serve(app.clone(), listener, rooms));
        Self { address, app, clock, client: reqwest::Client::new(), server, database }
    }

    /// Where this world is kept.
    pub const fn database(&self) -> &Database {
        &self.database
    }

    /// The end of this world; what stays is its database, for somebody else to open.
    pub fn leave(mut self) -> Database {
        mem::replace(&mut self.database, Database::nowhere())
    }

    /// Somebody who is not signed in.
    pub fn stranger(&self) -> Visitor<'_> {
        Visitor::new(self, None)
    }

    /// Somebody with a token.
    pub fn bearer(&self, token: &str) -> Visitor<'_> {
        Visitor::new(self, Some(token.to_owned()))
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if let Some((handle, thread)) = self.server.take() {
            // The command is sent at once; the future only waits for its end.
            drop(handle.stop(false));
            let _ = thread.join();
        }
        self.app.store.close();
        self.database.forget();
    }
}

fn options() -> StoreOptions {
    StoreOptions {
        readers: 1,
        postgres_threads: 4,
        // Nobody cuts the power of a test; those that kill a server have one of their own.
        sqlite_synchronous: Synchronous::Normal,
        count_statements: true,
        ..StoreOptions::default()
    }
}

/// Settings for tests: no limits, cheap passwords, letters in the database's own folder.
fn config(database: &Database) -> Config {
    let mut config = Config::usual().unwrap();
    config.rate_limits = Switch::Off;
    config.data_dir = database.folder.path().to_path_buf();
    config.mail_from = "lab@example.org".into();
    (config.passwords.memory_kib, config.passwords.iterations) = (8, 1);
    config
}

fn serve(app: App, listener: TcpListener, rooms: Routes) -> (ServerHandle, thread::JoinHandle<()>) {
    let (born, handle) = mpsc::channel();
    let thread = thread::spawn(move || {
        System::new().block_on(async move {
            let server = server::build_with(app, listener, rooms).unwrap();
            born.send(server.handle()).unwrap();
            server.await.unwrap();
        });
    });
    (handle.recv().unwrap(), thread)
}
