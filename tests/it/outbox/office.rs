//! A lab with a database and a mail server, and nothing else.

use std::sync::Arc;

use chrono::TimeDelta;
use diesel::{QueryDsl, Queryable, RunQueryDsl};
use etabli::{
    app::App,
    config::Config,
    kernel::{Instant, LetterId, Locale, Result},
    outbox::{self, Addressee, Courier, Mailer, NewLetter, calendar, deliver::Round},
    people::{self, NewMember, Password, Role, model::Details},
    store::schema::letter,
};
use mailparse::{MailHeaderMap, ParsedMail, parse_mail};
use serde_json::json;
use tokio::sync::watch;

use crate::world::{
    Visitor, World,
    smtp::{MailServer, Received},
};

pub struct Office {
    pub world: World,
    /// The house, with the mail server of this office.
    pub app: App,
    pub server: MailServer,
    courier: Courier,
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

impl Office {
    pub fn open() -> Self {
        Self::with(|config, server| config.mail_url = server.url().into())
    }

    /// An office whose mails become files, in the folder `mail` of the world.
    pub fn of_files() -> Self {
        Self::with(|_, _| {})
    }

    fn with(change: impl FnOnce(&mut Config, &MailServer)) -> Self {
        let world = World::start();
        world.clock.set("2026-11-23T09:00:00Z".parse().unwrap());
        let server = MailServer::start();
        let mut config = (*world.app.config).clone();
        config.public_url = "https://lab.example.org".into();
        change(&mut config, &server);
        let app = App::new(world.app.store.clone(), world.clock.clone(), config).unwrap();
        let courier = courier(&app);
        Self { world, app, server, courier }
    }

    pub fn now(&self) -> Instant {
        self.app.now()
    }

    pub fn pass(&self, time: TimeDelta) {
        self.world.clock.advance(time);
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

    /// Somebody of this role, signed in.
    pub async fn signed_in(&self, email: &str, role: Option<Role>) -> Visitor<'_> {
        let (words, now) = ("a long enough password", self.now());
        let password: Password = serde_json::from_value(json!(words)).unwrap();
        let details = Details {
            display_name: "Somebody".into(),
            locale: Locale::En,
            birth_date: None,
            commune: None,
            audience: None,
        };
        let mut member = NewMember::new(email.parse().unwrap(), details);
        member.roles = role.into_iter().collect();
        member.password_hash = Some(self.app.passwords.hash_here(&password).unwrap());
        self.app.store.write(move |db| people::add(db, &member, now)).await.unwrap();
        let answer =
            self.world.stranger().post("sessions", json!({ "email": email, "password": words })).await;
        let token = answer.json()["token"].as_str().unwrap().to_owned();
        self.world.bearer(&token)
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
    confirmation_of("reservation-1@etabli")
}

/// A letter that invites to something.
pub fn confirmation_of(uid: &str) -> NewLetter {
    NewLetter::new(ada(), "reservation_confirmed", "Réservation confirmée : découpe laser")
        .says("Votre réservation est confirmée.")
        .fact("Machine", "Découpe laser")
        .link("Voir la réservation", "/reservations/1")
        .invites(calendar::request(event(uid)))
}

/// What stands in the calendar.
pub fn event(uid: &str) -> calendar::Event {
    calendar::Event {
        uid: uid.into(),
        sequence: 0,
        starts_at: "2026-11-24T08:00:00Z".parse().unwrap(),
        ends_at: "2026-11-24T09:30:00Z".parse().unwrap(),
        summary: "Découpe laser".into(),
        description: String::new(),
        location: "Makerspace, atelier bois".into(),
        path: Some("/reservations/1".into()),
    }
}

pub fn header(mail: &ParsedMail<'_>, name: &str) -> String {
    mail.headers.get_first_value(name).unwrap_or_default()
}

/// The Message-ID of every mail that came, in order.
pub fn message_ids(mails: &[Received]) -> Vec<String> {
    mails.iter().map(|received| header(&parse_mail(&received.mail).unwrap(), "Message-ID")).collect()
}
