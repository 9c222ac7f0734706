//! What a refused person can do: read only after a refusal, so that an accepted booking pays nothing for it.

use chrono::TimeDelta;
use serde_json::json;

use super::{model::Proposal, session::review_seat, session_facts::gather_seat};
use crate::{
    kernel::{Code, Instant, MemberId, Period, Refusal, Remedy, Result, Value, Zone},
    lab::{self, rules::usable},
    machines::{self, Machine, claims, free::Situation},
    store::Db,
    training,
};

/// How many days after the wanted one are searched for a free period.
const DAYS_AHEAD: u64 = 7;

/// How many sessions with a free seat are looked at until one is found that the member may take.
const SESSIONS: i64 = 20;

/// Adds to each refusal the way forward, where there is one.
pub fn attach(
    db: &mut Db,
    refusals: Vec<Refusal>,
    proposal: &Proposal,
    (machine, member): (&Machine, MemberId),
    now: Instant,
) -> Result<Vec<Refusal>> {
    refusals.into_iter().map(|refusal| help(db, refusal, proposal, (machine, member), now)).collect()
}

fn help(
    db: &mut Db,
    refusal: Refusal,
    proposal: &Proposal,
    (machine, member): (&Machine, MemberId),
    now: Instant,
) -> Result<Refusal> {
    let is = |codes: [Code; 2]| codes.contains(&refusal.code);
    if is([Code::TrainingMissing, Code::TrainingExpired]) {
        next_session(db, refusal, member, now)
    } else if is([Code::MachineTaken, Code::MachineOutOfService]) {
        free_elsewhere(db, refusal, proposal, machine, now)
    } else if refusal.code == Code::MembershipMissing {
        Ok(refusal.remedied_by(link("membership-desk", "/api/v1/plans")))
    } else if refusal.code == Code::CharterUnsigned {
        Ok(refusal.remedied_by(link("sign-charter", "/api/v1/lab")))
    } else if refusal.fact("birth_date").is_some() {
        Ok(refusal.remedied_by(link("tell-birth-date", "/api/v1/me")))
    } else {
        Ok(refusal)
    }
}

fn link(key: &'static str, href: &str) -> Remedy {
    Remedy { key, values: Vec::new(), href: href.to_owned() }
}

/// Offers the next session of the training in which this member would be given a seat.
fn next_session(db: &mut Db, refusal: Refusal, member: MemberId, now: Instant) -> Result<Refusal> {
    let Some(Value::Text(slug)) = refusal.fact("training").cloned() else { return Ok(refusal) };
    let Some(training) = training::find(db, &slug)? else { return Ok(refusal) };
    for session in training::store::sessions::with_seats(db, training.id, now, SESSIONS)? {
        let (_, facts) = gather_seat(db, session, member)?;
        if review_seat(&facts, now).is_err() {
            continue;
        }
        let (session, zone) = (&facts.session, facts.timetable.lab.zone);
        return Ok(refusal.remedied_by(Remedy {
            key: "next-session",
            values: vec![
                ("starts_at", Value::At(session.period.start(), zone)),
                ("seats_left", Value::Count(session.seats_left().into())),
            ],
            href: format!("/api/v1/training-sessions/{}", session.id),
        }));
    }
    Ok(refusal)
}

/// Offers the nearest free period on this machine and on each of its twins.
fn free_elsewhere(
    db: &mut Db,
    refusal: Refusal,
    proposal: &Proposal,
    machine: &Machine,
    now: Instant,
) -> Result<Refusal> {
    let timetable = lab::timetable(db)?;
    let zone = timetable.lab.zone;
    let mut twins = machines::list(db, Some(machine.workshop))?;
    twins.retain(|twin| twin.id == machine.id || (twin.kind.is_some() && twin.kind == machine.kind));
    let mut offers = Vec::new();
    for twin in twins {
        let window = window(proposal.period, zone);
        let open = usable(&timetable.open(window, twin.workshop, twin.id), false);
        let others = claims::on_machine(db, twin.id, window)?;
        let mut held: Vec<Period> =
            others.iter().filter(|c| Some(c.holder) != proposal.replaces).map(|c| c.hold).collect();
        held.extend(twin.outage.as_ref().and_then(|outage| outage.within(window)));
        let shut = timetable.closed(window, twin.workshop, twin.id);
        // What is offered shall not be refused for coming too soon.
        let now = now + TimeDelta::minutes(twin.rules.notice_minutes.into());
        let situation = Situation { machine: &twin, open: &open, held: &held, shut: &shut, now };
        let free = situation.nearest(proposal.period, lab::rules::days(zone, window));
        offers.extend(free.map(|period| (twin, period)));
    }
    offers.sort_by_key(|(_, period)| ((period.start() - proposal.period.start()).abs(), period.start()));
    let Some((first, period)) = offers.first() else { return Ok(refusal) };
    let remedy = Remedy {
        key: "free-period",
        values: vec![("machine", Value::from(&first.name)), ("starts_at", Value::At(period.start(), zone))],
        href: format!(
            "/api/v1/machines/{}/calendar?from={}&days=1",
            first.slug,
            zone.day_of(period.start()).date
        ),
    };
    let listed = offers.iter().map(
        |(twin, free)| json!({ "machine": twin.slug, "starts_at": free.start(), "ends_at": free.end() }),
    );
    Ok(refusal.with("alternatives", Value::Listing(listed.collect())).remedied_by(remedy))
}

/// The wanted local days and the week after.
fn window(wanted: Period, zone: Zone) -> Period {
    let (first, last) =
        (zone.day_of(wanted.start()).start(), zone.day_of(wanted.end()).plus(DAYS_AHEAD).start());
    Period::new(first, last).unwrap_or(wanted)
}
