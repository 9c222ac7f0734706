//! What a refused person can do: read only after a refusal, so that an accepted booking pays nothing for it.

use chrono::TimeDelta;
use serde_json::json;

use super::{
    model::{Facts, Proposal},
    review,
    session::review_seat,
    session_facts::gather_seat,
    survey::Survey,
};
use crate::{
    kernel::{Code, Instant, LocalDay, MemberId, Period, Refusal, Remedy, Result, Value, Zone},
    lab,
    machines::{self, Machine, free},
    store::Db,
    training,
};

/// How many days after the wanted one are searched for a free period.
const DAYS_AHEAD: u64 = 7;

/// How many sessions with a free seat are looked at until one is found that the member may take.
const SESSIONS: i64 = 20;

/// What was refused: to whom, on which machine, when.
#[derive(Debug, Clone, Copy)]
pub struct Refused<'a> {
    /// The use somebody asked for.
    pub proposal: &'a Proposal,
    /// The machine.
    pub machine: &'a Machine,
    /// Who would have used it.
    pub member: MemberId,
    /// The present.
    pub now: Instant,
}

/// Adds to each refusal the way forward, where there is one.
pub fn attach(db: &mut Db, refusals: Vec<Refusal>, case: &Refused<'_>) -> Result<Vec<Refusal>> {
    refusals.into_iter().map(|refusal| help(db, refusal, case)).collect()
}

fn help(db: &mut Db, refusal: Refusal, case: &Refused<'_>) -> Result<Refusal> {
    let is = |codes: [Code; 2]| codes.contains(&refusal.code);
    if is([Code::TrainingMissing, Code::TrainingExpired]) {
        next_session(db, refusal, case.member, case.now)
    } else if is([Code::MachineTaken, Code::MachineOutOfService]) {
        free_elsewhere(db, refusal, case)
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

/// Offers the nearest period on this machine and on each of its twins that this member may book for as long: the rule
/// book said yes to each of them.
fn free_elsewhere(db: &mut Db, refusal: Refusal, case: &Refused<'_>) -> Result<Refusal> {
    let (wanted, machine) = (case.proposal.period, case.machine);
    let zone = lab::get(db)?.zone;
    let mut twins = machines::list(db, Some(machine.workshop))?;
    twins.retain(|twin| twin.id == machine.id || (twin.kind.is_some() && twin.kind == machine.kind));
    let window = window(wanted, zone);
    let survey = Survey::of(db, case.member, &twins, window.extended(wanted.duration()), case.now)?;
    let mut offers: Vec<(&Machine, Period)> = twins
        .iter()
        .filter_map(|twin| {
            let facts = survey.facts(twin, window.extended(wanted.duration()))?;
            Some((twin, nearest(&facts, case, lab::rules::days(zone, window))?))
        })
        .collect();
    offers.sort_by_key(|(_, period)| distance(*period, wanted));
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

/// The accepted period as long as the one wanted that starts nearest to it, on the days given.
fn nearest(facts: &Facts, case: &Refused<'_>, days: impl Iterator<Item = LocalDay>) -> Option<Period> {
    let wanted = case.proposal.period;
    let starts = days.flat_map(|day| free::starts(&facts.machine.rules, day));
    let mut candidates: Vec<Period> =
        starts.filter_map(|start| Period::starting(start, wanted.duration())).collect();
    candidates.sort_by_key(|period| distance(*period, wanted));
    candidates.into_iter().find(|period| {
        let proposal = Proposal { period: *period, keeps_start: false, ..case.proposal.clone() };
        review(&proposal, facts, case.now).is_ok()
    })
}

/// How far one period lies from another, the earlier of two first.
fn distance(period: Period, wanted: Period) -> (TimeDelta, Instant) {
    ((period.start() - wanted.start()).abs(), period.start())
}

/// The wanted local days and the week after.
fn window(wanted: Period, zone: Zone) -> Period {
    let (first, last) =
        (zone.day_of(wanted.start()).start(), zone.day_of(wanted.end()).plus(DAYS_AHEAD).start());
    Period::new(first, last).unwrap_or(wanted)
}
