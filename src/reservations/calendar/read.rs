//! Which facts a calendar needs: a constant number of statements, however many bookings there are.

use std::collections::HashMap;

use actix_web::web::Bytes;
use anyhow::Context;
use chrono::NaiveDate;
use serde::Serialize;

use super::{
    cache::{self, Written},
    view::{self, AllDaysOut, MachineDaysOut},
};
use crate::{
    kernel::{Instant, MachineId, Period, Result},
    lab::{self, Timetable},
    machines::{
        self, Machine,
        claims::{self, Claim},
    },
    store::Db,
    web::etag::{self, Tag},
};

/// Which days are asked for.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// The first; today where nothing is said.
    pub from: Option<NaiveDate>,
    /// How many, 1 to 31.
    pub days: u32,
    /// The present.
    pub now: Instant,
}

/// A calendar, or the news that the reader has it already.
#[derive(Debug)]
pub enum Calendar {
    /// The reader's tag is the current one.
    Known(Tag),
    /// The days.
    Fresh(Written),
}

/// The days of one machine. `known` tells whether the reader holds a tag.
pub fn one(db: &mut Db, machine: &str, asked: Asked, known: impl Fn(&Tag) -> bool) -> Result<Calendar> {
    let timetable = lab::timetable(db)?;
    let machine = machines::get(db, machine)?;
    let within = asked.within(&timetable);
    let tag = asked.tag(&timetable, within, &machine.id.to_string(), std::slice::from_ref(&machine));
    answer(
        tag,
        known,
        |now| {
            let claims = claims::on_machine(db, machine.id, within)?;
            Ok(view::days(&timetable, &machine, &claims.iter().collect::<Vec<_>>(), within, now))
        },
        asked.now,
    )
}

/// The days of every machine, or of those of one workshop.
pub fn all(
    db: &mut Db,
    workshop: Option<&str>,
    asked: Asked,
    known: impl Fn(&Tag) -> bool,
) -> Result<Calendar> {
    let timetable = lab::timetable(db)?;
    let inside = workshop.map(|key| machines::store::named_workshop(db, key)).transpose()?;
    let machines = machines::list(db, inside.map(|workshop| workshop.id))?;
    let within = asked.within(&timetable);
    let tag = asked.tag(&timetable, within, workshop.unwrap_or("all"), &machines);
    answer(
        tag,
        known,
        |now| {
            let ids: Vec<MachineId> = machines.iter().map(|machine| machine.id).collect();
            let claims = claims::on_machines(db, &ids, within)?;
            let mut of: HashMap<MachineId, Vec<&Claim>> = HashMap::new();
            for claim in &claims {
                of.entry(claim.machine).or_default().push(claim);
            }
            let days = |machine: &Machine| {
                let claims = of.remove(&machine.id).unwrap_or_default();
                view::days(&timetable, machine, &claims, within, now)
            };
            let machines: Vec<MachineDaysOut> = machines.iter().map(days).collect();
            Ok(AllDaysOut { time_zone: timetable.lab.zone, machines })
        },
        asked.now,
    )
}

fn answer<T: Serialize>(
    tag: Tag,
    known: impl Fn(&Tag) -> bool,
    days: impl FnOnce(Instant) -> Result<T>,
    now: Instant,
) -> Result<Calendar> {
    if known(&tag) {
        return Ok(Calendar::Known(tag));
    }
    let written = cache::body(&tag, || {
        let body = serde_json::to_vec(&days(now)?).context("write a calendar as JSON")?;
        crate::kernel::Result::Ok(Bytes::from(body))
    })?;
    Ok(Calendar::Fresh(written))
}

impl Asked {
    fn within(&self, timetable: &Timetable) -> Period {
        let zone = timetable.lab.zone;
        let first = self.from.map_or_else(|| zone.day_of(self.now), |date| zone.day(date));
        let last = first.plus(u64::from(self.days.max(1)));
        Period::new(first.start(), last.start()).unwrap_or_else(|| first.period())
    }

    /// Everything the answer depends on: versions, days, and the minute where the present lies inside the days.
    fn tag(&self, timetable: &Timetable, within: Period, which: &str, machines: &[Machine]) -> Tag {
        let present = self.now.max(within.start()).min(within.end()).micros() / 60_000_000;
        let versions: Vec<String> = machines
            .iter()
            .map(|machine| format!("{}:{}", machine.version, machine.calendar_version))
            .collect();
        let versions = versions.join(" ");
        let lab = &timetable.lab;
        etag::tag(&[
            &lab.id,
            &lab.calendar_version,
            &within.start(),
            &within.end(),
            &present,
            &which,
            &versions,
        ])
    }
}
