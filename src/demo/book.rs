//! Two months of bookings around today. Each passes the rule book as it stood when it was made.

use chrono::{NaiveDate, TimeDelta};

use super::{
    cast::Standing,
    stage::{Actor, Stage},
};
use crate::{
    gates::{self, Accepted, Proposal, facts::Purpose},
    kernel::{Instant, MachineId, Period, ReservationId, Result},
    lab::{self, Timetable, rules::usable},
    machines::{self, Machine, claims, store::MachineTraining},
    reservations::{
        self,
        model::{Cancelled, Reservation, State},
    },
    store::Db,
};

/// Days before and after today.
const REACH: i64 = 30;

const NOTES: [&str; 8] = [
    "Enseigne du café associatif",
    "Pièces pour un vélo cargo",
    "Étagère de la bibliothèque",
    "Costumes du carnaval",
    "Prototype de boîtier",
    "Cadeau d'anniversaire",
    "Réparation d'un volet",
    "Maquette du quartier",
];

const EXCUSES: [&str; 4] = ["Empêchement", "Matière pas encore livrée", "Malade", "Projet reporté"];

/// The machine that the README shows being switched on: today nobody has booked it.
const SHOWN: &str = "scie-ruban";

/// A machine with those who may use it.
struct Bench {
    machine: Machine,
    users: Vec<Actor>,
}

/// Books, machine by machine and day by day.
pub fn book(db: &mut Db, stage: &mut Stage) -> Result<()> {
    let timetable = lab::timetable(db)?;
    let machines = machines::list(db, None)?;
    let ids: Vec<MachineId> = machines.iter().map(|machine| machine.id).collect();
    let required = machines::store::required_trainings(db, &ids)?;
    let benches: Vec<Bench> = machines.into_iter().map(|machine| bench(stage, machine, &required)).collect();
    for days in -REACH..=REACH {
        let date = stage.date(days);
        for bench in benches.iter().filter(|bench| days != 0 || bench.machine.slug != SHOWN) {
            let often = if bench.machine.rules.unattended { 34 } else { 17 };
            for _ in 0..2 {
                if stage.chance.percent(often) {
                    try_one(db, stage, &timetable, (bench, date))?;
                }
            }
        }
    }
    Ok(())
}

fn bench(stage: &Stage, machine: Machine, required: &[(MachineId, MachineTraining)]) -> Bench {
    let trainings: Vec<&str> = required
        .iter()
        .filter(|(of, _)| *of == machine.id)
        .map(|(_, training)| training.slug.as_str())
        .collect();
    let least = i64::from(machine.rules.min_age.unwrap_or(0));
    let users = stage.who(|person| {
        person.in_order()
            && person.membership != Standing::In("decouverte")
            && !["novice", "minor", "admin"].contains(&person.login)
            && person.age >= least
            && (person.age > 17 || person.consent)
            && trainings.iter().all(|training| person.passed(training))
    });
    Bench { machine, users }
}

/// Somebody would like to use the machine that day; what the gates refuse is not written.
fn try_one(
    db: &mut Db,
    stage: &mut Stage,
    timetable: &Timetable,
    (bench, date): (&Bench, NaiveDate),
) -> Result<()> {
    let Some(user) = stage.chance.one(&bench.users).copied() else { return Ok(()) };
    let Some(period) = wish(stage, timetable, (bench, date), user) else { return Ok(()) };
    let ahead = TimeDelta::minutes(stage.chance.between(60 * 20, 60 * 24 * 18));
    let asked_at = period.start().min(stage.now) - ahead;
    let proposal = Proposal { period, replaces: None, keeps_start: false, overrides: Vec::new() };
    let facts = gates::gather(db, &proposal, (bench.machine.clone(), user.id), Purpose::Book, asked_at)?;
    match gates::review(&proposal, &facts, asked_at) {
        Ok(accepted) => write(db, stage, &accepted, (bench, user, asked_at)),
        Err(_) => Ok(()),
    }
}

/// A period in the opening hours of the user, on the grid of the machine.
fn wish(
    stage: &mut Stage,
    timetable: &Timetable,
    (bench, date): (&Bench, NaiveDate),
    user: Actor,
) -> Option<Period> {
    let (machine, rules) = (&bench.machine, &bench.machine.rules);
    let unstaffed = user.person.membership == Standing::In("autonome") && !rules.supervised;
    let day = stage.zone.day(date).period();
    let hours = usable(&timetable.open(day, machine.workshop, machine.id), unstaffed);
    let span = *stage.chance.one(&hours)?;
    let grid = i64::from(rules.grid_minutes);
    let length = grid * length(stage, rules.unattended, user);
    let room = if rules.unattended { span.minutes() - grid } else { span.minutes() - length };
    let start = span.start() + TimeDelta::minutes(grid * stage.chance.below(room.max(0) / grid + 1));
    Period::starting(start, TimeDelta::minutes(length))
}

/// How many steps of the grid: prints run for hours, people do not.
fn length(stage: &mut Stage, unattended: bool, user: Actor) -> i64 {
    let limited = matches!(user.person.membership, Standing::In("maker" | "solidaire"));
    match (unattended, limited) {
        (true, true) => stage.chance.between(2, 9),
        (true, false) => stage.chance.between(5, 22),
        (false, _) => stage.chance.between(2, 5),
    }
}

fn write(
    db: &mut Db,
    stage: &mut Stage,
    accepted: &Accepted,
    (bench, user, asked_at): (&Bench, Actor, Instant),
) -> Result<()> {
    let note =
        if stage.chance.percent(35) { stage.chance.one(&NOTES).map(|note| (*note).to_owned()) } else { None };
    let cancelled = if stage.chance.percent(7) { cancelled(stage, user, asked_at) } else { None };
    let reservation = Reservation {
        id: ReservationId::new(),
        machine: bench.machine.id,
        member: user.id,
        period: accepted.period(),
        state: if cancelled.is_some() { State::Cancelled } else { State::Confirmed },
        note,
        created_by: user.id,
        created_at: asked_at,
        moved_at: None,
        sequence: i32::from(cancelled.is_some()),
        cancelled,
        exception: None,
        version: 1,
    };
    if reservation.cancelled.is_none() {
        claims::insert(db, &reservation.claim(accepted))?;
    }
    reservations::store::insert(db, &reservation)
}

/// Thought better of it a few hours after booking.
fn cancelled(stage: &mut Stage, user: Actor, asked_at: Instant) -> Option<Cancelled> {
    let at = asked_at + TimeDelta::hours(stage.chance.between(1, 15));
    let reason = stage.chance.one(&EXCUSES).map(|reason| (*reason).to_owned());
    (at < stage.now).then_some(Cancelled { at, by: user.id, reason })
}
