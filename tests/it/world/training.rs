//! Trainings of a world: who gives them, when, and who holds them.

use chrono::TimeDelta;
use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use etabli::{
    kernel::{Id, MemberId, Name},
    lab::{self, OpeningSpan, model::Day},
    store::schema::{journal, letter},
    training,
};
use serde_json::{Value as Json, json};

use super::{Answer, World, bookings::paris, people::Person};

/// A training and its trainer.
pub struct Course<'w> {
    pub slug: String,
    pub trainer: Person<'w>,
    world: &'w World,
}

/// A letter as the outbox keeps it.
#[derive(Debug, Clone)]
pub struct Kept {
    pub locale: String,
    pub kind: String,
    pub subject: String,
    pub body: String,
    pub invitation: Option<Json>,
}

impl World {
    /// A training of two years, and somebody who gives it, called as the training and `-trainer`.
    pub async fn training(&self, slug: &str) -> Course<'_> {
        let trainer = self.member(&format!("{slug}-trainer")).trainer().await;
        let (now, draft) = (self.app.now(), draft(slug));
        let email = trainer.email.clone();
        let make = move |db: &mut etabli::store::Db| {
            if lab::timetable(db)?.spans.is_empty() {
                lab::store::replace_spans(db, &day_and_night())?;
            }
            let made = training::define::put(db, &draft, None, now)?;
            training::appoint::appoint(db, &made, std::slice::from_ref(&email), None, now)
        };
        self.app.store.write(make).await.unwrap();
        Course { slug: slug.to_owned(), trainer, world: self }
    }

    /// Gives a member a certification that began just now.
    pub async fn trained_on(&self, member: MemberId, slug: &str) {
        let (now, slug) = (self.app.now(), slug.to_owned());
        let give = move |db: &mut etabli::store::Db| {
            let found = training::find(db, &slug)?.expect("a training of this slug");
            let today = lab::get(db)?.zone.day_of(now).date;
            let grant = training::certify::Grant {
                member,
                valid_until: training::rules::valid_until(today, found.valid_months),
                training: found,
                note: None,
                session: None,
            };
            training::certify::give(db, grant, None, now)
        };
        self.app.store.write(give).await.unwrap();
    }

    /// Every letter to this address, the oldest first.
    pub async fn posted_to(&self, address: &str) -> Vec<Kept> {
        let address = address.to_owned();
        let columns = (letter::locale, letter::kind, letter::subject, letter::body, letter::invitation);
        let read = move |db: &mut etabli::store::Db| {
            let rows: Vec<(String, String, String, String, Option<String>)> = letter::table
                .filter(letter::recipient.eq(&address))
                .order(letter::id)
                .select(columns)
                .load(db)?;
            Ok(rows)
        };
        let rows = self.app.store.read(read).await.unwrap();
        let kept = |(locale, kind, subject, body, invitation): (_, _, _, _, Option<String>)| Kept {
            locale,
            kind,
            subject,
            body,
            invitation: invitation.map(|text| serde_json::from_str(&text).unwrap()),
        };
        rows.into_iter().map(kept).collect()
    }

    /// What the journal says was done to a thing, the oldest first: action and reason.
    pub async fn journal_of(&self, subject: &str) -> Vec<(String, Option<String>)> {
        let subject: Id<()> = subject.parse().unwrap();
        let read = move |db: &mut etabli::store::Db| {
            Ok(journal::table
                .filter(journal::subject_id.eq(subject))
                .order(journal::id)
                .select((journal::action, journal::reason))
                .load(db)?)
        };
        self.app.store.read(read).await.unwrap()
    }
}

impl Course<'_> {
    /// Puts a session for one learner on the calendar, for a period of winter time in Paris, on these machines.
    pub async fn teaches(&self, period: &str, machines: &[&str]) -> Answer {
        let (starts_at, ends_at) = paris(period);
        let body = json!({ "training": self.slug, "seats": 1, "machines": machines,
            "starts_at": starts_at, "ends_at": ends_at });
        self.trainer.post("training-sessions", body).await
    }

    /// The identifier of a session in three days, with so many seats.
    pub async fn session(&self, seats: i32) -> String {
        let starts_at = self.world.app.now() + TimeDelta::days(3);
        let body = json!({ "training": self.slug, "starts_at": starts_at, "seats": seats,
            "ends_at": starts_at + TimeDelta::hours(3), "place": "Atelier bois" });
        let made = self.trainer.post("training-sessions", body).await.expect(201);
        made["id"].as_str().unwrap().to_owned()
    }
}

/// A lab that never shuts, for tests that speak of no hours.
fn day_and_night() -> Vec<OpeningSpan> {
    let span = |weekday| OpeningSpan {
        weekday: Day::numbered(weekday).unwrap(),
        opens: 0,
        closes: 1440,
        staffed: true,
        valid_from: None,
        valid_to: None,
    };
    (1..=7).map(span).collect()
}

fn draft(slug: &str) -> training::define::Draft {
    let name = Name { fr: format!("Formation {slug}"), en: format!("Training {slug}") };
    training::define::Draft { slug: slug.to_owned(), name, valid_months: Some(24) }
}
