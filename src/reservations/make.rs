//! Make a reservation.

use std::sync::Arc;

use serde_json::json;

use super::{
    letters,
    model::{Booked, Reservation, State},
    store,
};
use crate::{
    gates::{
        self, Proposal,
        facts::Purpose,
        remedies::{self, Refused},
    },
    journal,
    kernel::{Error, Exception, Instant, MemberId, Period, ReservationId, Result},
    machines::{self, MachineName, claims},
    outbox, people,
    store::{Db, Store},
};

/// What somebody would like to book.
#[derive(Debug, Clone)]
pub struct Wish {
    /// Slug or identifier of the machine.
    pub machine: String,
    /// Who will use it, as an identifier or an e-mail address; the asker where nothing is said.
    pub member: Option<String>,
    /// When.
    pub period: Period,
    /// A word beside it.
    pub note: Option<String>,
    /// Gates that staff let pass.
    pub exception: Option<Exception>,
    /// Who asks.
    pub by: MemberId,
}

/// Books, or says every reason why not, with what to do about each.
pub async fn make(store: &Store, wish: Wish, now: Instant) -> Result<Booked> {
    let wish = Arc::new(wish);
    let asked = Arc::clone(&wish);
    match store.write(move |db| book(db, &asked, now)).await {
        Err(Error::Refused(refusals)) => {
            let helped = store.read(move |db| {
                let machine = machines::get(db, &wish.machine)?;
                let Ok(member) = whom(db, &wish) else { return Ok(refusals) };
                let proposal = wish.proposal();
                let refused = Refused { proposal: &proposal, machine: &machine, member, now };
                remedies::attach(db, refusals, &refused)
            });
            Err(Error::Refused(helped.await?))
        }
        answer => answer,
    }
}

impl Wish {
    fn proposal(&self) -> Proposal {
        let overrides = self.exception.as_ref().map(|exception| exception.gates.clone()).unwrap_or_default();
        Proposal { period: self.period, replaces: None, keeps_start: false, overrides }
    }

    fn reservation(&self, machine: &MachineName, member: MemberId, now: Instant) -> Reservation {
        Reservation {
            id: ReservationId::new(),
            machine: machine.id,
            member,
            period: self.period,
            state: State::Confirmed,
            note: self.note.clone(),
            created_by: self.by,
            created_at: now,
            moved_at: None,
            sequence: 0,
            cancelled: None,
            exception: self.exception.clone(),
            version: 1,
        }
    }
}

fn book(db: &mut Db, wish: &Wish, now: Instant) -> Result<Booked> {
    let machine = machines::store::find(db, &wish.machine)?;
    let machine = machine.ok_or_else(|| Error::field("machine", "unknown_machine"))?;
    let name = machine.called();
    let member = whom(db, wish)?;
    let proposal = wish.proposal();
    let facts = gates::gather(db, &proposal, (machine, member), Purpose::Book, now)?;
    let accepted = gates::review(&proposal, &facts, now).map_err(Error::Refused)?;

    let reservation = wish.reservation(&name, member, now);
    claims::insert(db, &reservation.claim(&accepted))?;
    store::insert(db, &reservation)?;
    let zone = facts.timetable.lab.zone;
    let booked = Booked { reservation, machine: name, member: facts.standing.contact };
    outbox::post(db, letters::confirmed(&booked, &facts.workshop.name, zone), now)?;
    note(db, wish, &booked, now)?;
    Ok(booked)
}

fn whom(db: &mut Db, wish: &Wish) -> Result<MemberId> {
    let Some(who) = &wish.member else { return Ok(wish.by) };
    let found = people::find(db, who)?;
    found.map(|contact| contact.id).ok_or_else(|| Error::field("member", "unknown_member"))
}

/// Writes down what staff did for somebody else, or against a gate.
fn note(db: &mut Db, wish: &Wish, booked: &Booked, now: Instant) -> Result<()> {
    let of = &booked.reservation;
    if of.member == wish.by && of.exception.is_none() {
        return Ok(());
    }
    let details = json!({
        "machine": booked.machine.slug, "member": of.member, "starts_at": of.period.start(), "ends_at": of.period.end(),
        "overrides": of.exception.as_ref().map(|exception| &exception.gates),
    });
    let entry = journal::Entry {
        at: now,
        actor: Some(wish.by),
        action: "reservation_made",
        subject_kind: "reservation",
        subject: of.id.uuid(),
        reason: of.exception.as_ref().map(|exception| exception.reason.clone()),
        details,
    };
    journal::note(db, entry)
}
