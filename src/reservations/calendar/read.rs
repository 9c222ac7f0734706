//! Which facts a calendar needs: none where nothing changed since it was written out, else a constant number of
//! statements, however many bookings there are.

use std::collections::HashMap;

use actix_web::web::Bytes;
use anyhow::Context;
use serde::Serialize;

use super::{
    asked::{Asked, Calendar, Which},
    cache, store,
    versions::{self, Versions},
    view::{self, AllDaysOut, MachineDaysOut},
};
use crate::{
    kernel::{MachineId, Result},
    lab::{self, Timetable},
    machines::{
        self, Machine,
        claims::{self, Claim},
    },
    store::{Db, Store},
};

/// The days that are asked for.
///
/// Most readers ask for what has not changed: memory tells so where only this program writes, else one statement.
///
/// # Errors
/// `not_found` when there is no such machine, a field error when there is no such workshop.
pub async fn read(store: &Store, asked: Asked) -> Result<Calendar> {
    if let Some(known) = versions::recent(store, &asked.which).and_then(|current| answer(&asked, &current)) {
        return Ok(known);
    }
    let (number, moment) = (store.number(), store.moment());
    let which = asked.which.clone();
    if let Some(current) = store.look(move |db| store::versions(db, &which)).await? {
        let known = answer(&asked, &current);
        versions::remember((number, asked.which.clone()), moment, current);
        if let Some(known) = known {
            return Ok(known);
        }
    }
    store.read(move |db| write(db, &asked)).await
}

/// What these versions of the calendar are, where it needs no reading.
fn answer(asked: &Asked, current: &Versions) -> Option<Calendar> {
    let tag = asked.tag(current);
    if asked.held.has(&tag) { Some(Calendar::Known(tag)) } else { cache::find(&tag).map(Calendar::Fresh) }
}

fn write(db: &mut Db, asked: &Asked) -> Result<Calendar> {
    let timetable = lab::timetable(db)?;
    let machines = match &asked.which {
        Which::Machine(key) => vec![machines::get(db, key)?],
        Which::Workshop(key) => {
            let workshop = machines::store::named_workshop(db, key)?;
            machines::list(db, Some(workshop.id))?
        }
        Which::All => machines::list(db, None)?,
    };
    let current = Versions::of(&timetable, &machines);
    if let Some(known) = answer(asked, &current) {
        return Ok(known);
    }
    let days = days(db, asked, &timetable, &machines)?;
    let tag = asked.tag(&current);
    match &asked.which {
        Which::Machine(_) => body(tag, &days.first()),
        Which::Workshop(_) | Which::All => {
            body(tag, &AllDaysOut { time_zone: timetable.lab.zone, machines: days })
        }
    }
}

fn days(
    db: &mut Db,
    asked: &Asked,
    timetable: &Timetable,
    machines: &[Machine],
) -> Result<Vec<MachineDaysOut>> {
    let within = asked.within(timetable.lab.zone);
    let claims = match machines {
        [only] => claims::on_machine(db, only.id, within)?,
        many => {
            let ids: Vec<MachineId> = many.iter().map(|machine| machine.id).collect();
            claims::on_machines(db, &ids, within)?
        }
    };
    let mut of: HashMap<MachineId, Vec<&Claim>> = HashMap::new();
    for claim in &claims {
        of.entry(claim.machine).or_default().push(claim);
    }
    let days = |machine: &Machine| {
        let claims = of.remove(&machine.id).unwrap_or_default();
        view::days(timetable, machine, &claims, within, asked.now)
    };
    Ok(machines.iter().map(days).collect())
}

fn body(tag: crate::web::Tag, days: &impl Serialize) -> Result<Calendar> {
    let body = serde_json::to_vec(days).context("write a calendar as JSON")?;
    Ok(Calendar::Fresh(cache::keep(tag, Bytes::from(body))))
}
