//! A lab with a database and a mail server, and nothing else.

use std::sync::Arc;

use chrono::TimeDelta;
use diesel::{connection::SimpleConnection, prelude::*};
use etabli::{
    app::App,
    config::Config,
    kernel::{Clock, Instant, LetterId, Locale, Result, clock::HandClock},
    outbox::{self, Addressee, Courier, Mailer, NewLetter, calendar, deliver::Round},
    store::{DatabaseUrl, Db, Store, StoreOptions, migrate, schema::letter},
};
use mailparse::{MailHeaderMap, ParsedMail, parse_mail};
use tempfile::TempDir;
use tokio::sync::watch;

use crate::world::smtp::{MailServer, Received};

pub struct Office {
    pub app: App,
    pub clock: Arc<HandClock>,
    pub server: MailServer,
    pub folder: TempDir,
    courier: Courier,
    /// Dropped after the store.
    _database: Option<Database>,
}

/// A letter as it stands in the database.
#[derive(Debug, Queryable)]
pub struct Row {
    pub id: LetterId,
    pub state: String,
    pub attempts: i32,
    pub next_at: Instant,
    pub last_error: Option<String>,
    pub body: String,
}

struct Database {
    server: DatabaseUrl,
    name: String,
}

impl Drop for Database {
    fn drop(&mut self) {
        let drop = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        Db::open(&self.server).unwrap().batch_execute(&drop).unwrap();
    }
}

impl Office {
    pub fn open() -> Self {
        Self::with(|_, _| {})
    }

    /// An office whose mails become files.
    pub fn of_files() -> Self {
        Self::with(|config, folder| {
            config.mail_url = format!("file://{}", folder.path().join("mail").display()).into();
        })
    }

    fn with(change: impl FnOnce(&mut Config, &TempDir)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let server = MailServer::start();
        let (url, database) = fresh_database(&folder);
        migrate(&mut Db::open(&url).unwrap()).unwrap();
        let store = Store::open(&url, &StoreOptions::default()).unwrap();
        let clock = Arc::new(HandClock::at("2026-11-23T09:00:00Z".parse().unwrap()));
        let mut config = Config::usual().unwrap();
        config.mail_url = server.url().into();
        config.mail_from = "lab@example.org".into();
        config.public_url = "https://lab.example.org".into();
        change(&mut config, &folder);
        let app = App::new(store, clock.clone(), config).unwrap();
        let courier = courier(&app);
        Self { app, clock, server, folder, courier, _database: database }
    }

    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    pub fn pass(&self, time: TimeDelta) {
        self.clock.advance(time);
    }

    pub async fn post(&self, letter: NewLetter) {
        let now = self.now();
        self.app.store.write(move |db| outbox::post(db, letter.clone(), now)).await.unwrap();
    }

    /// One round of the courier.
    pub async fn round(&self) -> Round {
        round(&self.courier).await
    }

    pub async fn letters(&self) -> Vec<Row> {
        let rows = self.app.store.read(|db| -> Result<Vec<Row>> {
            let columns = (
                letter::id,
                letter::state,
                letter::attempts,
                letter::next_at,
                letter::last_error,
                letter::body,
            );
            Ok(letter::table.order(letter::id).select(columns).load(db)?)
        });
        rows.await.unwrap()
    }

    /// The only letter there is.
    pub async fn letter(&self) -> Row {
        let mut rows = self.letters().await;
        assert_eq!(rows.len(), 1, "{rows:?}");
        rows.remove(0)
    }

    /// The only mail that came.
    pub fn mail(&self) -> Received {
        let mut mails = self.server.received();
        assert_eq!(mails.len(), 1);
        mails.remove(0)
    }
}

pub async fn round(courier: &Courier) -> Round {
    let (_stop, stopped) = watch::channel(false);
    courier.round(&stopped).await.unwrap()
}

pub fn courier(app: &App) -> Courier {
    Courier::new(app)
}

/// The same house with another mailer.
pub fn courier_with(app: &App, mailer: Arc<dyn Mailer>) -> Courier {
    courier(&App { mailer, ..app.clone() })
}

/// SQLite, or PostgreSQL where `TEST_DATABASE_URL` names a server.
fn fresh_database(folder: &TempDir) -> (DatabaseUrl, Option<Database>) {
    #[expect(clippy::disallowed_methods, reason = "names the server to test on")]
    let Ok(server) = std::env::var("TEST_DATABASE_URL") else {
        return (format!("sqlite://{}", folder.path().join("etabli.db").display()).parse().unwrap(), None);
    };
    let name = format!("etabli_outbox_{}", uuid::Uuid::now_v7().simple());
    let mut url = url::Url::parse(&server).unwrap();
    url.set_path(&name);
    let server: DatabaseUrl = server.parse().unwrap();
    Db::open(&server).unwrap().batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
    (url.as_str().parse().unwrap(), Some(Database { server, name }))
}

pub fn ada() -> Addressee {
    Addressee {
        member: None,
        email: "ada@example.org".parse().unwrap(),
        name: "Ada Lovelace".into(),
        locale: Locale::Fr,
    }
}

/// A letter without an invitation.
pub fn note() -> NewLetter {
    NewLetter::new(ada(), "note", "Une note à vous").says("Le four à céramique est réparé.")
}

/// A letter that invites.
pub fn confirmation() -> NewLetter {
    let event = calendar::Event {
        uid: "reservation-1@etabli".into(),
        sequence: 0,
        starts_at: "2026-11-24T08:00:00Z".parse().unwrap(),
        ends_at: "2026-11-24T09:30:00Z".parse().unwrap(),
        summary: "Découpe laser".into(),
        description: String::new(),
        location: "Makerspace, atelier bois".into(),
        path: Some("/reservations/1".into()),
    };
    NewLetter::new(ada(), "reservation_confirmed", "Réservation confirmée : découpe laser")
        .says("Votre réservation est confirmée.")
        .fact("Machine", "Découpe laser")
        .link("Voir la réservation", "/reservations/1")
        .invites(calendar::request(event))
}

pub fn header(mail: &ParsedMail<'_>, name: &str) -> String {
    mail.headers.get_first_value(name).unwrap_or_default()
}

/// The Message-ID of every mail that came, in order.
pub fn message_ids(mails: &[Received]) -> Vec<String> {
    mails.iter().map(|received| header(&parse_mail(&received.mail).unwrap(), "Message-ID")).collect()
}
