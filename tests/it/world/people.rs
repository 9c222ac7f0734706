//! Members of a world: made in the database itself, signed in from the start.

use std::{
    future::{Future, IntoFuture},
    ops::Deref,
    pin::Pin,
};

use chrono::{NaiveDate, TimeDelta};
use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl, insert_into};
use etabli::{
    kernel::{Clock, EmailAddress, Instant, Locale, MemberId, Name, Result, SessionId, secret::Token},
    people::{self, Consent, Details, Grant, NewMember, Password, Role, Terms},
    store::{
        Db,
        schema::{lab, letter, session},
    },
};
use serde_json::Value as Json;
use uuid::Uuid;

use super::{Visitor, World};

/// The password of everybody who has one.
pub const PASSWORD: &str = "girafe tournevis dimanche";

/// A member to be made; made when awaited.
pub struct Making<'w> {
    world: &'w World,
    new: NewMember,
    plans: Vec<(String, NaiveDate)>,
}

/// A member who is signed in, and asks like a [`Visitor`].
pub struct Person<'w> {
    pub id: MemberId,
    pub email: String,
    pub token: String,
    visitor: Visitor<'w>,
}

impl World {
    /// A house with a lab in it: Paris, house rules of version 1, nothing else.
    pub async fn founded() -> Self {
        let world = Self::start();
        world.app.store.write(found).await.unwrap();
        world
    }

    /// A confirmed member, born in 1990, who accepted the house rules; `NAME@example.org`.
    pub fn member(&self, name: &str) -> Making<'_> {
        let email: EmailAddress = format!("{name}@example.org").parse().unwrap();
        let details = Details {
            display_name: name.to_owned(),
            locale: Locale::Fr,
            birth_date: Some("1990-05-17".parse().unwrap()),
            commune: None,
            audience: None,
        };
        let new = NewMember { charter_version: Some(1), ..NewMember::new(email, details) };
        Making { world: self, new, plans: Vec::new() }
    }

    /// The letters to an address, the oldest first: kind and words.
    pub async fn letters_to(&self, email: &str) -> Vec<(String, Json)> {
        let email = email.to_owned();
        let rows: Vec<(String, String)> = self
            .app
            .store
            .read(move |db| {
                Ok(letter::table
                    .filter(letter::recipient.eq(email))
                    .order(letter::id)
                    .select((letter::kind, letter::body))
                    .load(db)?)
            })
            .await
            .unwrap();
        rows.into_iter().map(|(kind, body)| (kind, serde_json::from_str(&body).unwrap())).collect()
    }

    /// The token in the link of the last letter to an address, which must be of this kind.
    pub async fn token_for(&self, email: &str, kind: &str) -> String {
        let letters = self.letters_to(email).await;
        let (last, body) = letters.last().unwrap_or_else(|| panic!("no letter to {email}"));
        assert_eq!(last, kind);
        body["action"]["path"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()
    }
}

impl Making<'_> {
    pub fn role(mut self, role: Role) -> Self {
        self.new.roles.add(role);
        self
    }

    pub fn leader(self) -> Self {
        self.role(Role::Leader)
    }

    pub fn trainer(self) -> Self {
        self.role(Role::Trainer)
    }

    pub fn staff(self) -> Self {
        self.role(Role::Staff)
    }

    pub fn admin(self) -> Self {
        self.role(Role::Admin)
    }

    pub fn speaks(mut self, locale: Locale) -> Self {
        self.new.details.locale = locale;
        self
    }

    pub fn born(mut self, date: &str) -> Self {
        self.new.details.birth_date = Some(date.parse().unwrap());
        self
    }

    /// With a guardian's signature.
    pub fn with_consent(mut self) -> Self {
        let given_at = self.world.clock.now();
        self.new.consent = Some(Consent { guardian_name: "Parent".into(), given_at });
        self
    }

    pub fn unconfirmed(mut self) -> Self {
        self.new.confirmed = false;
        self
    }

    pub fn without_charter(mut self) -> Self {
        self.new.charter_version = None;
        self
    }

    /// With a membership of a year under this plan since that day; the plan is made if there is none.
    pub fn on_plan(mut self, slug: &str, since: &str) -> Self {
        self.plans.push((slug.to_owned(), since.parse().unwrap()));
        self
    }
}

impl<'w> IntoFuture for Making<'w> {
    type Output = Person<'w>;
    type IntoFuture = Pin<Box<dyn Future<Output = Person<'w>> + Send + 'w>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let (world, now, token) = (self.world, self.world.clock.now(), Token::new().unwrap());
            let hash = world.app.passwords.hash(&Password::new(PASSWORD)).await.unwrap();
            let new = NewMember { password_hash: Some(hash), ..self.new };
            let (email, print, plans) = (new.email.as_str().to_owned(), token.fingerprint(), self.plans);
            let write = move |db: &mut Db| {
                found(db)?;
                let id = people::add(db, &new, now)?;
                for (slug, since) in &plans {
                    give(db, id, (slug, *since), now)?;
                }
                insert_into(session::table)
                    .values((
                        session::id.eq(SessionId::new()),
                        session::member_id.eq(id),
                        session::token_hash.eq(print.bytes().to_vec()),
                        session::label.eq(None::<String>),
                        session::created_at.eq(now),
                        session::last_seen_at.eq(now),
                        session::expires_at.eq(now + TimeDelta::days(3650)),
                    ))
                    .execute(db)?;
                Ok(id)
            };
            let id = world.app.store.write(write).await.unwrap();
            let token = token.reveal().to_owned();
            Person { id, email, visitor: world.bearer(&token), token }
        })
    }
}

impl<'w> Deref for Person<'w> {
    type Target = Visitor<'w>;

    fn deref(&self) -> &Self::Target {
        &self.visitor
    }
}

/// A lab, unless there is one.
fn found(db: &mut Db) -> Result<()> {
    if lab::table.count().get_result::<i64>(db)? > 0 {
        return Ok(());
    }
    insert_into(lab::table)
        .values((
            lab::id.eq(etabli::kernel::Id::<()>::from_uuid(Uuid::now_v7())),
            lab::singleton.eq(true),
            lab::slug.eq("essai"),
            lab::name.eq("Atelier d’essai"),
            lab::time_zone.eq("Europe/Paris"),
            lab::charter_version.eq(1),
            lab::charter_fr.eq("Soyez prudents."),
            lab::charter_en.eq("Be careful."),
            lab::french_holidays.eq(false),
            lab::demo.eq(false),
            lab::calendar_version.eq(1_i64),
            lab::version.eq(1_i64),
        ))
        .execute(db)?;
    Ok(())
}

fn give(db: &mut Db, member: MemberId, plan: (&str, NaiveDate), now: Instant) -> Result<()> {
    let (slug, starts_on) = plan;
    if people::plans::get(db, slug).is_err() {
        people::plans::put(db, slug, &terms(slug), now)?;
    }
    people::grant(db, &Grant { member, plan: slug.to_owned(), starts_on, paid: true, by: None }, now)?;
    Ok(())
}

/// A plan of a year without limits.
pub fn terms(name: &str) -> Terms {
    Terms {
        name: Name { fr: name.to_owned(), en: name.to_owned() },
        duration_days: 365,
        weekly_minutes: None,
        reservations_ahead: None,
        unstaffed_hours: false,
        active: true,
    }
}
