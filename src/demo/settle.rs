//! People make accounts and become members.

use chrono::{Months, NaiveDate, TimeDelta};

use super::{
    accounts::address,
    cast::{self, Person, Standing},
    stage::{Actor, Stage},
};
use crate::{
    kernel::{EmailAddress, Instant, Locale, Result},
    people::{self, Consent, Details, Grant, NewMember},
    store::Db,
};

/// How long ago the youngest account was made, in days: before the first booking.
const LATEST: i64 = 40;

/// Makes everybody's account and gives them their membership.
pub fn settle(db: &mut Db, stage: &mut Stage, password_hash: &str) -> Result<()> {
    for person in cast::everybody() {
        let joined = match person.membership {
            Standing::In(_) | Standing::Curious => stage.some_date(-300, -LATEST),
            Standing::Out(_) => stage.some_date(-700, -420 - LATEST),
        };
        let (joined, birth) = (stage.at(joined, 10), birth(stage, person));
        let new = newcomer(stage, person, (joined, birth), password_hash)?;
        let id = people::add(db, &new, joined)?;
        let actor = Actor { id, person };
        stage.actors.push(actor);
        enter(db, stage, actor, joined)?;
    }
    Ok(())
}

/// A birthday that has passed this year, so that the age holds for a while.
fn birth(stage: &mut Stage, person: &Person) -> NaiveDate {
    let years = u32::try_from(person.age * 12).unwrap_or(0);
    let day = stage.some_date(-200, -20);
    day.checked_sub_months(Months::new(years)).unwrap_or(day)
}

fn newcomer(
    stage: &Stage,
    person: &Person,
    (joined, birth): (Instant, NaiveDate),
    password_hash: &str,
) -> Result<NewMember> {
    let email: EmailAddress = address(person.login).parse().map_err(anyhow::Error::from)?;
    let details = Details {
        display_name: person.name.to_owned(),
        locale: Locale::Fr,
        birth_date: Some(birth),
        commune: Some(person.commune.to_owned()),
        audience: Some(person.audience),
    };
    let guardian = || Consent { guardian_name: guardian_of(person), given_at: joined };
    Ok(NewMember {
        roles: person.roles.iter().copied().collect(),
        password_hash: Some(password_hash.to_owned()),
        charter_version: Some(stage.charter_version),
        consent: person.consent.then(guardian),
        demo: true,
        ..NewMember::new(email, details)
    })
}

fn guardian_of(person: &Person) -> String {
    let family = person.name.split_once(' ').map_or(person.name, |(_, family)| family);
    format!("Dominique {family}")
}

fn enter(db: &mut Db, stage: &mut Stage, actor: Actor, joined: Instant) -> Result<()> {
    let (plan, starts_on) = match actor.person.membership {
        Standing::Curious => return Ok(()),
        Standing::In("decouverte") => ("decouverte", stage.some_date(3, 10)),
        Standing::In(plan) => (plan, stage.zone.day_of(joined).date),
        // A year that ended at least a month ago.
        Standing::Out(plan) => (plan, stage.some_date(-400 - LATEST, -365 - LATEST)),
    };
    let by = stage.actor("staff").ok().map(|staff| staff.id);
    let at = stage.at(starts_on, 10).min(stage.now - TimeDelta::days(1));
    let wanted = Grant { member: actor.id, plan: plan.to_owned(), starts_on, paid: true, by };
    people::grant(db, &wanted, at)?;
    Ok(())
}
