//! Where and when the demonstration plays, and who is in it.

use chrono::{Datelike, Days, NaiveDate, NaiveTime};

use super::{cast::Person, chance::Chance};
use crate::{
    kernel::{Instant, MemberId, Result, Zone},
    lab,
    store::Db,
};

/// The day the demonstration is made.
#[derive(Debug)]
pub struct Stage {
    /// The present.
    pub now: Instant,
    /// The day on the wall of the lab.
    pub today: NaiveDate,
    /// Where its days are counted.
    pub zone: Zone,
    /// The version of the house rules that everybody accepted.
    pub charter_version: i32,
    /// The dice of the day.
    pub chance: Chance,
    /// Who is there already.
    pub actors: Vec<Actor>,
}

/// Somebody with an account.
#[derive(Debug, Clone, Copy)]
pub struct Actor {
    /// Their identifier.
    pub id: MemberId,
    /// Who they are.
    pub person: &'static Person,
}

impl Stage {
    /// Today, in the lab of this database.
    pub fn set(db: &mut Db, now: Instant) -> Result<Self> {
        let lab = lab::get(db)?;
        let today = lab.zone.day_of(now).date;
        let seed = u64::try_from(today.num_days_from_ce()).unwrap_or(0);
        let (zone, charter_version) = (lab.zone, lab.charter_version);
        Ok(Self { now, today, zone, charter_version, chance: Chance::seeded(seed), actors: Vec::new() })
    }

    /// The date so many days after today, or before.
    #[must_use]
    pub fn date(&self, days: i64) -> NaiveDate {
        let by = Days::new(days.unsigned_abs());
        let date = if days < 0 { self.today.checked_sub_days(by) } else { self.today.checked_add_days(by) };
        date.unwrap_or(self.today)
    }

    /// Some date between so many days after today, or before, and so many.
    pub fn some_date(&mut self, least: i64, most: i64) -> NaiveDate {
        let days = self.chance.between(least, most);
        self.date(days)
    }

    /// The instant of a full hour on a date.
    #[must_use]
    pub fn at(&self, date: NaiveDate, hour: u32) -> Instant {
        self.zone.day(date).at_or_after(NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or(NaiveTime::MIN))
    }

    /// The actor of this login.
    pub fn actor(&self, login: &str) -> Result<Actor> {
        let found = self.actors.iter().find(|actor| actor.person.login == login).copied();
        Ok(found.ok_or_else(|| anyhow::anyhow!("the demonstration has no {login}"))?)
    }

    /// Those of whom this is true.
    pub fn who(&self, is: impl Fn(&Person) -> bool) -> Vec<Actor> {
        self.actors.iter().filter(|actor| is(actor.person)).copied().collect()
    }
}
