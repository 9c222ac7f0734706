//! Trainings are given: everybody learned what they know, in sessions of the past, and sessions are to come.

use chrono::{Datelike, Months, NaiveDate, TimeDelta, Weekday};

use super::{
    accounts::address,
    cast::{Person, Standing},
    stage::{Actor, Stage},
};
use crate::{
    kernel::{Code, Error, Id, Instant, MachineId, PageRequest, Period, Result, TrainingSessionId},
    lab, machines,
    store::Db,
    training::{
        self, Training,
        certify::{self, give},
        grade::{Grade, grade},
        rules::valid_until,
    },
    training_sessions::{
        enrol::enrol,
        schedule::{Proposal, schedule},
    },
};

/// Learners in one session of the past.
const CLASS: usize = 6;

/// Days between two sessions of one training, in the past.
const APART: i64 = 45;

/// More trainings than any lab has.
const ALL: PageRequest = PageRequest { limit: u16::MAX, after: None };

/// Gives every training.
pub fn teach(db: &mut Db, stage: &mut Stage) -> Result<()> {
    let trainers = [stage.actor("trainer")?, stage.actor("nadia.rousseau")?];
    let names = trainers.map(|trainer| address(trainer.person.login));
    let by = stage.actor("admin")?.id;
    for (training, place) in training::list(db, &ALL)?.iter().zip(0..) {
        training::appoint::appoint(db, training, &names, Some(by), stage.at(stage.date(-500), 9))?;
        let own: Vec<Actor> = trainers.into_iter().filter(|one| one.person.passed(&training.slug)).collect();
        let trainer = stage.chance.one(&own).copied().unwrap_or(trainers[0]);
        past(db, stage, training, trainer)?;
        long_ago(db, stage, training, trainer)?;
        ahead(db, stage, (training, place), trainer)?;
    }
    Ok(())
}

/// Sessions in which today's members learned what they know; somebody else came too and did not pass.
fn past(db: &mut Db, stage: &mut Stage, training: &Training, trainer: Actor) -> Result<()> {
    let passing = stage.who(|person| person.in_order() && person.passed(&training.slug));
    let untrained = stage.who(|person| wants(person, training) && person.age > 17);
    for (class, count) in passing.chunks(CLASS).zip(0..) {
        let first = stage.some_date(-49 - APART * count, -40 - APART * count);
        let seats = i32::try_from(CLASS + 2).unwrap_or(8);
        let class_of = Class { training, trainer, seats, learners: class, machines: Vec::new() };
        let (session, period) = hold(db, stage, &class_of, first, |start| start - TimeDelta::days(30))?;
        let unlucky = stage.chance.one(&at_leisure(db, &untrained, period)?).copied();
        let learners: Vec<(Actor, bool)> =
            class.iter().map(|actor| (*actor, true)).chain(unlucky.map(|actor| (actor, false))).collect();
        for (actor, _) in &learners {
            enrol(db, session, actor.id, actor.id, period.start() - TimeDelta::days(20))?;
        }
        let grades: Vec<Grade> = learners
            .iter()
            .map(|(actor, passed)| Grade { member: actor.id, passed: *passed, note: None })
            .collect();
        grade(db, session, &grades, trainer.id, period.end() + TimeDelta::minutes(20))?;
    }
    Ok(())
}

/// What former members learned; where it ends at all, it has ended.
fn long_ago(db: &mut Db, stage: &mut Stage, training: &Training, trainer: Actor) -> Result<()> {
    let former = |person: &Person| matches!(person.membership, Standing::Out(_));
    for actor in stage.who(|person| former(person) && person.passed(&training.slug)) {
        let months = u32::try_from(training.valid_months.unwrap_or(24)).unwrap_or(24);
        let given_on = stage.some_date(-90, -45);
        let given_on = given_on.checked_sub_months(Months::new(months)).unwrap_or(given_on);
        let grant = certify::Grant {
            member: actor.id,
            training: training.clone(),
            valid_until: valid_until(given_on, training.valid_months),
            note: None,
            session: None,
        };
        give(db, grant, Some(trainer.id), stage.at(given_on, 17))?;
    }
    Ok(())
}

/// Two sessions ahead: one soon, small and sought after for every third training, one later with many seats.
fn ahead(db: &mut Db, stage: &mut Stage, (training, place): (&Training, i64), trainer: Actor) -> Result<()> {
    let mut wanting = stage.who(|person| wants(person, training));
    for (soon, seats) in [(4 + place, if place % 3 == 0 { 3 } else { 6 }), (24 + place, 8)] {
        let first = stage.date(soon);
        let announced = stage.now - TimeDelta::days(12);
        let (machines, seats) = used(db, training, seats)?;
        let class = Class { training, trainer, seats, learners: &[], machines };
        let (session, period) = hold(db, stage, &class, first, |_| announced)?;
        let many = if seats == 3 { 5 } else { stage.chance.between(1, 3) };
        let mut free = at_leisure(db, &wanting, period)?;
        for hours in 1..=many {
            let Some(learner) = stage.chance.one(&free).copied() else { continue };
            free.retain(|one| one.id != learner.id);
            wanting.retain(|one| one.id != learner.id);
            enrol(db, session, learner.id, learner.id, announced + TimeDelta::hours(hours * 7))?;
        }
    }
    Ok(())
}

/// Whether somebody might want this training; those whom visitors of the demonstration play decide for themselves.
fn wants(person: &Person, training: &Training) -> bool {
    let played = ["novice", "minor", "admin"].contains(&person.login);
    person.in_order() && person.age > 15 && !played && !person.passed(&training.slug)
}

/// The first machine that asks for a training, and as many seats as its workshop has room for beside the trainer.
fn used(db: &mut Db, training: &Training, seats: i32) -> Result<(Vec<MachineId>, i32)> {
    let asking = training::store::trainings::machines(db, &[training.id])?;
    let Some((_, slug, _)) = asking.first() else { return Ok((Vec::new(), seats)) };
    let machine = machines::get(db, slug)?;
    let workshop = machines::store::get_workshop_by_id(db, machine.workshop)?;
    Ok((vec![machine.id], seats.min(workshop.capacity - 1).max(1)))
}

/// Those of them whom no other training expects then.
fn at_leisure(db: &mut Db, all: &[Actor], period: Period) -> Result<Vec<Actor>> {
    let mut free = Vec::with_capacity(all.len());
    for actor in all {
        if training::engaged(db, actor.id, period)?.is_empty() {
            free.push(*actor);
        }
    }
    Ok(free)
}

/// What a session is made of.
struct Class<'a> {
    training: &'a Training,
    trainer: Actor,
    seats: i32,
    learners: &'a [Actor],
    machines: Vec<MachineId>,
}

/// Why a session waits for another day.
const ANOTHER_DAY: [Code; 6] = [
    Code::LabClosed,
    Code::MachineOutOfService,
    Code::MachineTaken,
    Code::WorkshopFull,
    Code::MemberElsewhere,
    Code::TrainerBusy,
];

/// Puts a session on the first day, from this one on, on which the lab is open and everybody free.
fn hold(
    db: &mut Db,
    stage: &Stage,
    class: &Class<'_>,
    first: NaiveDate,
    announced: impl Fn(Instant) -> Instant,
) -> Result<(TrainingSessionId, Period)> {
    for date in first.iter_days().take(30) {
        let Some(period) = lesson(db, stage, date)? else { continue };
        if at_leisure(db, class.learners, period)?.len() < class.learners.len() {
            continue;
        }
        let proposal = Proposal {
            training: class.training.id,
            trainer: class.trainer.id,
            period,
            place: Some(format!("Makerspace, {}", class.training.name.fr.to_lowercase())),
            seats: class.seats,
            machines: class.machines.clone(),
            exception: None,
        };
        match schedule(db, &proposal, class.trainer.id, announced(period.start())) {
            Ok(session) => return Ok((session.id, period)),
            Err(error) if ANOTHER_DAY.contains(&error.code()) => {}
            Err(error) => return Err(error),
        }
    }
    Err(Error::from(anyhow::anyhow!("no day for a session of {} after {first}", class.training.slug)))
}

/// Three hours on this date while a fab manager is there, unless the lab is closed.
fn lesson(db: &mut Db, stage: &Stage, date: NaiveDate) -> Result<Option<Period>> {
    let hour = match date.weekday() {
        Weekday::Mon | Weekday::Sun => return Ok(None),
        Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Fri => 14,
        Weekday::Sat => 10,
    };
    let period = Period::new(stage.at(date, hour), stage.at(date, hour + 3));
    let open = |period: &Period| {
        let timetable = lab::timetable(db)?;
        Ok::<_, Error>(!timetable.open(*period, Id::new(), Id::new()).is_empty())
    };
    Ok(match period.as_ref().map(open).transpose()? {
        Some(true) => period,
        Some(false) | None => None,
    })
}
