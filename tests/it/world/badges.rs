//! Badges of a world, shown at the machines of its lab by the verbs themselves.

use etabli::{
    access::{
        BadgeKey, Device, badges,
        scan::{self, Answer, Asked, Place},
    },
    background,
    kernel::{ControllerId, Instant, Locale, MemberId, Result},
    machines::{self, PowerPolicy, policy::Need},
    power::{self, Observation, Source},
    store::Db,
};
use uuid::Uuid;

use super::{World, people::Person};

/// The number in a person's card.
pub fn number(member: MemberId) -> String {
    hex::encode(&member.uuid().as_bytes()[9..])
}

/// Where anybody who may come by may switch on.
pub fn walk_in() -> PowerPolicy {
    PowerPolicy { reservation: Need::WalkIn, ..PowerPolicy::default() }
}

impl World {
    /// A controller at these machines, as a verb sees it.
    pub async fn reader(&self, machines: &[&str]) -> Device {
        let keys: Vec<String> = machines.iter().map(|key| (*key).to_owned()).collect();
        let found = self.app.store.read(move |db| {
            keys.iter().map(|key| Ok(machines::get(db, key)?.id)).collect::<Result<Vec<_>>>()
        });
        Device { id: ControllerId::new(), name: "Lecteur".into(), machines: found.await.unwrap() }
    }

    /// Decides how a machine is switched on.
    pub async fn powered(&self, machine: &str, policy: PowerPolicy) {
        let key = machine.to_owned();
        let write = move |db: &mut Db| {
            let id = machines::get(db, &key)?.id;
            let (_, version) = machines::power_policy(db, id)?;
            machines::store::put_policy(db, id, &policy, version + 1)
        };
        self.app.store.write(write).await.unwrap();
    }

    /// The plug before a machine says that it is there and off.
    pub async fn plug_answers(&self, machine: &str) {
        self.plug_seen(machine, true, Some(false)).await;
    }

    /// Its last will says that it is gone.
    pub async fn plug_is_away(&self, machine: &str) {
        self.plug_seen(machine, false, None).await;
    }

    async fn plug_seen(&self, machine: &str, online: bool, on: Option<bool>) {
        let (key, now) = (machine.to_owned(), self.app.now());
        let seen = Observation { source: Source::Plug, online, on, watts: None, fault: None };
        let write = move |db: &mut Db| {
            let id = machines::get(db, &key)?.id;
            power::observe(db, id, seen, now)
        };
        self.app.store.write(write).await.unwrap();
    }

    /// Gives a person the card of their number.
    pub async fn badged(&self, person: &Person<'_>) {
        let (member, now) = (person.id, self.app.now());
        let reader = self.reader(&["scie"]).await;
        self.shows(&reader, "scie", person).await.unwrap();
        let key = BadgeKey::of(&self.app.secrets);
        let write = move |db: &mut Db| {
            let seen = badges::fresh(db, now)?.into_iter().find(|(scan, _)| scan.controller == reader.id);
            let giving =
                badges::Giving { scan: seen.unwrap().0.id, member, label: None, until: None, by: member };
            badges::give(db, &key, giving, now)
        };
        self.app.store.write(write).await.unwrap();
    }

    /// Does now what the house does every so often.
    pub async fn runs(&self, job: &str) {
        let job = background::JOBS.iter().find(|known| known.name == job).expect("a job of this name");
        background::run(&self.app, *job).await.unwrap();
    }

    /// Shows a person's card.
    pub async fn shows(&self, reader: &Device, machine: &str, person: &Person<'_>) -> Result<Answer> {
        self.asks(reader, asked(machine, person.id)).await
    }

    /// Asks what a controller asks.
    pub async fn asks(&self, reader: &Device, asked: Asked) -> Result<Answer> {
        let (reader, now): (Device, Instant) = (reader.clone(), self.app.now());
        let key = BadgeKey::of(&self.app.secrets);
        let listing = self.app.secrets.device(reader.id);
        let write = move |db: &mut Db| {
            scan::scan(db, &Place { device: &reader, key: &key, listing: &listing, now }, &asked)
        };
        self.app.store.write(write).await
    }
}

/// A fresh question about a person's card.
pub fn asked(machine: &str, member: MemberId) -> Asked {
    Asked {
        request: Uuid::now_v7().to_string(),
        machine: machine.to_owned(),
        badge: number(member),
        pin: None,
        tap: None,
        on: None,
        locale: Locale::Fr,
    }
}
