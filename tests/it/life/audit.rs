//! What must be true in the end: no session is lost, none is invented, none overlaps another; bookings know what came
//! of them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use etabli::{
    kernel::{ControllerId, Instant, MachineId, MemberId, PowerSessionId, ReservationId},
    store::schema::{journal, power_event, power_session, reservation},
};

use super::{
    bystander::Run,
    reader::{Reader, TICK},
    week::Week,
};

/// A session as the house remembers it.
#[derive(Debug, Clone, diesel::Queryable)]
pub struct Kept {
    pub id: PowerSessionId,
    pub machine: MachineId,
    pub member: MemberId,
    pub controller: Option<ControllerId>,
    pub reservation: Option<ReservationId>,
    pub started_at: Instant,
    pub ended_at: Option<Instant>,
    pub reason: Option<String>,
    pub from: Option<f64>,
    pub to: Option<f64>,
}

impl Kept {
    pub fn end(&self) -> Instant {
        self.ended_at.unwrap_or_else(|| panic!("still open: {self:?}"))
    }
}

pub async fn kept(week: &Week<'_>) -> Vec<Kept> {
    let read = |db: &mut etabli::store::Db| {
        Ok(power_session::table
            .order((power_session::machine_id, power_session::started_at))
            .select((
                power_session::id,
                power_session::machine_id,
                power_session::member_id,
                power_session::controller_id,
                power_session::reservation_id,
                power_session::started_at,
                power_session::ended_at,
                power_session::end_reason,
                power_session::meter_from,
                power_session::meter_to,
            ))
            .load(db)?)
    };
    week.world.app.store.read(read).await.unwrap()
}

/// Every run of every controller is a session, from its begin to its end; every session is a run, or one that its
/// controller never began and said so.
pub async fn sessions(week: &Week<'_>) {
    let kept = kept(week).await;
    let (mut found, mut dark, mut wrong) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for reader in &week.readers {
        for run in &reader.runs {
            let session = session_of(week, reader, run, &kept);
            assert!(found.insert(session.id), "two runs of one session: {run:?}");
            if run.offline {
                dark.insert(session.id);
            }
            wrong.extend(different(run, session).map(|how| (how, &reader.core.machine, run, session)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let strays: Vec<&Kept> = kept.iter().filter(|session| !found.contains(&session.id)).collect();
    for stray in &strays {
        let brief = stray.end() - stray.started_at;
        assert!(brief <= TimeDelta::minutes(45), "a session of nobody, {brief}: {stray:?}");
    }
    let offline = dark.len();
    assert!(offline > 0, "nobody began without the house");
    let mut reasons = BTreeMap::<&str, usize>::new();
    for session in &kept {
        *reasons.entry(session.reason.as_deref().unwrap_or_default()).or_default() += 1;
    }
    println!(
        "{} sessions, {offline} began without the house, {} never began: {reasons:?}",
        kept.len(),
        strays.len()
    );
    for pair in kept.windows(2).filter(|pair| pair[0].machine == pair[1].machine) {
        let apart = pair[0].end() <= pair[1].started_at + TICK;
        // Of two controllers at one machine, one that began without the house does not know of the other.
        let unheard =
            pair.iter().any(|one| dark.contains(&one.id)) && pair[0].controller != pair[1].controller;
        assert!(apart || unheard, "at the same time: {pair:?}");
    }
    told(week, &kept).await;
}

fn session_of<'k>(week: &Week<'_>, reader: &Reader<'_>, run: &Run, kept: &'k [Kept]) -> &'k Kept {
    let machine = week.spots[reader.spot].id;
    let mut here = kept.iter().filter(|session| session.machine == machine);
    let own = |session: &&Kept| session.controller.is_some_and(|id| id.to_string() == reader.device.id);
    let found = match &run.session {
        Some(session) => here.find(|kept| kept.id.to_string() == *session),
        None => here.filter(own).find(|kept| apart(kept.started_at, run.began) <= TimeDelta::seconds(2)),
    };
    found.unwrap_or_else(|| {
        let near = kept.iter().filter(|kept| kept.machine == machine);
        let near: Vec<_> =
            near.filter(|kept| apart(kept.started_at, run.began) < TimeDelta::hours(3)).collect();
        panic!("lost at {} of {}: {run:?} beside {near:#?}", reader.core.machine, reader.device.id)
    })
}

/// How a session is not what the controller did.
fn different(run: &Run, session: &Kept) -> Option<&'static str> {
    let (ended, slack) = (run.ended.expect("everything is off"), TimeDelta::seconds(2));
    if apart(session.started_at, run.began) > slack {
        return Some("another begin");
    }
    if session.end() > ended + slack {
        return Some("a later end");
    }
    // What the house ended while the controller could not hear it may have run on until its lease.
    (!run.rough && ended > session.end() + TICK + TICK).then_some("an earlier end")
}

fn apart(one: Instant, other: Instant) -> TimeDelta {
    (one - other).abs()
}

/// Every session has one line of its begin and one of its end in the log.
async fn told(week: &Week<'_>, kept: &[Kept]) {
    let read = |db: &mut etabli::store::Db| {
        let lines: Vec<(Option<PowerSessionId>, String)> =
            power_event::table.select((power_event::session_id, power_event::kind)).load(db)?;
        Ok(lines)
    };
    let mut lines: BTreeMap<PowerSessionId, [usize; 2]> = BTreeMap::new();
    for (session, kind) in week.world.app.store.read(read).await.unwrap() {
        let Some(session) = session else { continue };
        let counts = lines.entry(session).or_default();
        counts[0] += usize::from(kind == "session_started" || kind == "session_adopted");
        counts[1] += usize::from(kind == "session_ended");
    }
    for session in kept {
        assert_eq!(lines.get(&session.id), Some(&[1, 1]), "{session:?}");
    }
}

/// A reservation somebody came for is used; one that gave its place back is one nobody came for.
pub async fn reservations(week: &Week<'_>) {
    let read = |db: &mut etabli::store::Db| {
        let rows: Vec<(ReservationId, MachineId, MemberId, Instant, Instant, String)> = reservation::table
            .select((
                reservation::id,
                reservation::machine_id,
                reservation::member_id,
                reservation::starts_at,
                reservation::ends_at,
                reservation::state,
            ))
            .load(db)?;
        Ok(rows)
    };
    let (sessions, released, dark) = (kept(week).await, released(week).await, adopted(week).await);
    let mut states = BTreeMap::<String, usize>::new();
    for (id, machine, member, starts_at, ends_at, state) in week.world.app.store.read(read).await.unwrap() {
        let came = sessions.iter().any(|session| session.reservation == Some(id));
        let theirs = sessions.iter().filter(|one| one.machine == machine && one.member == member);
        let there: Vec<_> = theirs.filter(|one| one.started_at < ends_at && starts_at < one.end()).collect();
        *states.entry(state.clone()).or_default() += 1;
        match state.as_str() {
            "confirmed" => assert!(!came, "{id} was used"),
            "used" => assert!(came || !there.is_empty(), "{id} was not used"),
            "released" => {
                // Whoever comes after that walks in; what ran in the dark the house did not know.
                let at = released[&id];
                let there: Vec<_> =
                    there.iter().filter(|one| one.started_at < at && !dark.contains(&one.id)).collect();
                assert!(
                    !came && there.is_empty(),
                    "{id} of {starts_at} was given back at {at} under {there:?}"
                );
            }
            _ => {}
        }
    }
    println!("{states:?}");
    assert!(states.contains_key("used") && states.contains_key("released"), "{states:?}");
}

/// When each reservation nobody came for gave its place back.
async fn released(week: &Week<'_>) -> BTreeMap<ReservationId, Instant> {
    let read = |db: &mut etabli::store::Db| {
        let entries: Vec<(ReservationId, Instant)> = journal::table
            .filter(journal::action.eq("reservation_released"))
            .select((journal::subject_id, journal::at))
            .load(db)?;
        Ok(entries)
    };
    week.world.app.store.read(read).await.unwrap().into_iter().collect()
}

/// The sessions that began without the house.
async fn adopted(week: &Week<'_>) -> BTreeSet<PowerSessionId> {
    let read = |db: &mut etabli::store::Db| {
        let lines: Vec<Option<PowerSessionId>> = power_event::table
            .filter(power_event::kind.eq("session_adopted"))
            .select(power_event::session_id)
            .load(db)?;
        Ok(lines)
    };
    week.world.app.store.read(read).await.unwrap().into_iter().flatten().collect()
}
