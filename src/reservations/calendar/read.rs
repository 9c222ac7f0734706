//! Which facts a calendar needs: none where nothing changed since it was written out, else a constant number of
//! statements, however many bookings there are.

use std::collections::HashMap;

use anyhow::Context;

use super::{
    asked::{Asked, Calendar, Which},
    cache::{Kept, Written},
    store,
    versions::Versions,
    view::{self, AllDaysOut, Eyes, Look, MachineDaysOut},
};
use crate::{
    gates::Survey,
    kernel::{MachineId, Page, Result},
    lab::{self, Timetable},
    machines::{
        self, Machine,
        claims::{self, Claim, LONGEST},
    },
    store::{Db, Store},
    web::etag,
};

/// The days that are asked for.
///
/// Most readers ask for what has not changed: memory tells so where only this program writes, else one statement. What
/// somebody in particular may take is looked up each time.
///
/// # Errors
/// `not_found` when there is no such machine, a field error when there is no such workshop.
pub async fn read(store: &Store, kept: &Kept, asked: Asked) -> Result<Calendar> {
    let mine = kept.clone();
    if asked.by.is_some() {
        return store.read(move |db| write(db, &mine, &asked)).await;
    }
    let recent = kept.recent(store, &asked.which);
    if let Some(known) = recent.and_then(|read| answer(kept, &asked, &read.versions)) {
        return Ok(known);
    }
    let (number, moment) = (store.number(), store.moment());
    let which = asked.which.clone();
    if let Some(current) = store.look(move |db| store::versions(db, &which)).await? {
        let known = answer(kept, &asked, &current);
        kept.remember(number, asked.which.clone(), moment, current);
        if let Some(known) = known {
            return Ok(known);
        }
    }
    store.read(move |db| write(db, &mine, &asked)).await
}

/// What these versions of the calendar are, where it needs no reading.
fn answer(kept: &Kept, asked: &Asked, current: &Versions) -> Option<Calendar> {
    let tag = asked.tag(current);
    if asked.held.has(&tag) { Some(Calendar::Known(tag)) } else { kept.find(&tag).map(Calendar::Fresh) }
}

fn write(db: &mut Db, kept: &Kept, asked: &Asked) -> Result<Calendar> {
    let timetable = lab::timetable(db)?;
    let (machines, page) = match &asked.which {
        Which::Machine(key) => (vec![machines::get(db, key)?], None),
        Which::Machines(workshop, page) => {
            let workshop =
                workshop.as_deref().map(|key| machines::store::named_workshop(db, key)).transpose()?;
            (machines::store::page(db, workshop.map(|workshop| workshop.id), page)?, Some(page))
        }
    };
    let current = Versions::of(&timetable, &machines);
    if asked.by.is_none()
        && let Some(known) = answer(kept, asked, &current)
    {
        return Ok(known);
    }
    let body = match page {
        None => serde_json::to_vec(&days(db, asked, &timetable, &machines)?.first()),
        Some(page) => {
            let Page { items, next } = page.page(machines, machines::store::key);
            let machines = days(db, asked, &timetable, &items)?;
            serde_json::to_vec(&AllDaysOut { time_zone: timetable.lab.zone, machines, next })
        }
    };
    let body = body.context("write a calendar as JSON")?;
    if asked.by.is_none() {
        return Ok(Calendar::Fresh(kept.keep(asked.tag(&current), body)));
    }
    // What one member may take depends on more than versions tell: the tag is of what is said.
    let tag = etag::of_bytes(&body);
    let written = Written { tag: tag.clone(), body: body.into() };
    Ok(if asked.held.has(&tag) { Calendar::Known(tag) } else { Calendar::Fresh(written) })
}

fn days(
    db: &mut Db,
    asked: &Asked,
    timetable: &Timetable,
    machines: &[Machine],
) -> Result<Vec<MachineDaysOut>> {
    let within = asked.within(timetable.lab.zone);
    let survey = match asked.by {
        Some((member, _)) => Some(Survey::of(db, member, machines, within.extended(LONGEST), asked.now)?),
        None => None,
    };
    let claims = match (&survey, machines) {
        (Some(survey), _) => survey.claims().filter(|claim| claim.hold.overlaps(within)).cloned().collect(),
        (None, [only]) => claims::on_machine(db, only.id, within)?,
        (None, many) => {
            let ids: Vec<MachineId> = many.iter().map(|machine| machine.id).collect();
            claims::on_machines(db, &ids, within)?
        }
    };
    let mut of: HashMap<MachineId, Vec<&Claim>> = HashMap::new();
    for claim in &claims {
        of.entry(claim.machine).or_default().push(claim);
    }
    let eyes = survey.as_ref().zip(asked.by).map(|(survey, (_, locale))| Eyes { survey, locale });
    let look = Look { timetable, within, slots: asked.slots, now: asked.now, eyes };
    let days = |machine: &Machine| view::days(&look, machine, &of.remove(&machine.id).unwrap_or_default());
    Ok(machines.iter().map(days).collect())
}
