//! Move a reservation: every gate is asked again, and the old period is free in the same instant.

use std::sync::Arc;

use serde_json::json;

use super::{
    letters,
    model::{Booked, Reservation, State},
    read, rules, store,
};
use crate::{
    gates::{
        self, Proposal,
        facts::Purpose,
        remedies::{self, Refused},
    },
    journal,
    kernel::{Error, Exception, Instant, Period, ReservationId, Result},
    machines::{self, claims},
    outbox,
    people::caller::Caller,
    store::{Db, Store},
    web::etag::IfMatch,
};

/// Where a reservation should go.
#[derive(Debug, Clone)]
pub struct Change {
    /// Which one.
    pub id: ReservationId,
    /// The new start; the old one where nothing is said.
    pub starts_at: Option<Instant>,
    /// The new end; the old one where nothing is said.
    pub ends_at: Option<Instant>,
    /// Why, if somebody says; the member reads it.
    pub reason: Option<String>,
    /// Gates that staff let pass for the new period.
    pub exception: Option<Exception>,
    /// The version the caller has seen.
    pub seen: IfMatch,
    /// Who asks.
    pub by: Caller,
}

/// Moves, or says every reason why not, with what to do about each.
pub async fn reschedule(store: &Store, change: Change, now: Instant) -> Result<Booked> {
    let change = Arc::new(change);
    let asked = Arc::clone(&change);
    match store.write(move |db| shift(db, &asked, now)).await {
        Err(Error::Refused(refusals)) => {
            let helped = store.read(move |db| {
                let Ok(booked) = read::get(db, change.id, &change.by) else { return Ok(refusals) };
                let Ok(proposal) = change.proposal(&booked) else { return Ok(refusals) };
                let machine = machines::get(db, &booked.machine.slug)?;
                let member = booked.reservation.member;
                let refused = Refused { proposal: &proposal, machine: &machine, member, now };
                remedies::attach(db, refusals, &refused)
            });
            Err(Error::Refused(helped.await?))
        }
        answer => answer,
    }
}

impl Change {
    fn proposal(&self, booked: &Booked) -> Result<Proposal> {
        let of = &booked.reservation;
        let (start, end) = (
            self.starts_at.unwrap_or_else(|| of.period.start()),
            self.ends_at.unwrap_or_else(|| of.period.end()),
        );
        Ok(Proposal {
            period: Period::new(start, end).ok_or_else(|| Error::field("ends_at", "after_start"))?,
            replaces: Some(of.id.uuid()),
            keeps_start: start == of.period.start(),
            overrides: self.excepted(of, start, end).map(|exception| exception.gates).unwrap_or_default(),
        })
    }

    /// What staff let pass, they let pass for the period they saw: another period needs another word of theirs.
    fn excepted(&self, of: &Reservation, start: Instant, end: Instant) -> Option<Exception> {
        let stays = (start, end) == (of.period.start(), of.period.end());
        self.exception.clone().or_else(|| of.exception.clone().filter(|_| stays))
    }
}

fn shift(db: &mut Db, change: &Change, now: Instant) -> Result<Booked> {
    let mut booked = read::get_to_change(db, change.id, &change.by)?;
    change.seen.allows(&booked.tag(now))?;
    rules::still_live(&booked.reservation, now)?;
    let proposal = change.proposal(&booked)?;
    let of = &mut booked.reservation;
    let machine = machines::get_by_id(db, of.machine)?;
    let facts = gates::gather(db, &proposal, (machine, of.member), Purpose::Book, now)?;
    let zone = facts.timetable.lab.zone;
    if !proposal.keeps_start {
        // To move away is to give the place up: the same notice holds as for cancelling.
        rules::in_time_to_cancel(of, &facts.machine.rules, zone, change.by.roles.is_staff(), now)?;
    }
    let accepted = gates::review(&proposal, &facts, now).map_err(Error::Refused)?;

    let (before, after) = (of.period, accepted.period());
    claims::shift(db, of.machine, of.id.uuid(), after, accepted.hold())?;
    of.exception = change.excepted(of, after.start(), after.end());
    if !proposal.keeps_start {
        // Whoever came for the old time has yet to come for the new one.
        of.state = State::Confirmed;
    }
    (of.period, of.sequence, of.version, of.moved_at) = (after, of.sequence + 1, of.version + 1, Some(now));
    store::update(db, of)?;
    let story = letters::Move { before, by: &change.by, reason: change.reason.as_deref() };
    outbox::post(db, letters::moved(&booked, &story, &facts.workshop.name, zone), now)?;
    note(db, change, &booked, before, now)?;
    Ok(booked)
}

fn note(db: &mut Db, change: &Change, booked: &Booked, before: Period, now: Instant) -> Result<()> {
    let of = &booked.reservation;
    if change.by.id == of.member && change.exception.is_none() {
        return Ok(());
    }
    let because = change.exception.as_ref().map(|exception| exception.reason.clone());
    let entry = journal::Entry {
        at: now,
        actor: Some(change.by.id),
        action: "reservation_moved",
        subject_kind: "reservation",
        subject: of.id.uuid(),
        reason: because.or_else(|| change.reason.clone()),
        details: json!({
            "from": before, "to": of.period,
            "overrides": change.exception.as_ref().map(|exception| &exception.gates),
        }),
    };
    journal::note(db, entry)
}
