//! A reservation as clients read it.

use serde::Serialize;

use crate::{
    kernel::{Code, Instant, Locale, MachineId, MemberId, ReservationId},
    reservations::{
        model::{Booked, State},
        reask::Hurt,
    },
    web::{Links, problem::RefusalOut},
};

/// A reservation.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ReservationOut {
    id: ReservationId,
    machine: MachineRef,
    member: MemberRef,
    starts_at: Instant,
    ends_at: Instant,
    state: State,
    note: Option<String>,
    created_at: Instant,
    created_by: MemberId,
    /// Grows with every change; the `SEQUENCE` of the calendar invitation.
    sequence: i32,
    cancelled_at: Option<Instant>,
    cancel_reason: Option<String>,
    /// Gates that staff let pass.
    overrides: Vec<Code>,
}

/// The machine, by its names.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MachineRef {
    id: MachineId,
    slug: String,
    name: String,
}

/// The member, by what others may know.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MemberRef {
    id: MemberId,
    display_name: String,
}

/// A reservation ahead that the rule book would refuse today.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct AffectedOut {
    reservation: ReservationOut,
    /// Every reason.
    refusals: Vec<RefusalOut>,
}

impl AffectedOut {
    /// The reservation and the reasons, in the reader's language.
    #[must_use]
    pub fn new(hurt: &Hurt, locale: Locale, links: &Links, now: Instant) -> Self {
        Self {
            reservation: ReservationOut::new(&hurt.booked, locale, now),
            refusals: hurt.refusals.iter().map(|refusal| RefusalOut::of(refusal, locale, links)).collect(),
        }
    }
}

impl ReservationOut {
    /// The reservation in the reader's language at this instant.
    #[must_use]
    pub fn new(booked: &Booked, locale: Locale, now: Instant) -> Self {
        let of = &booked.reservation;
        Self {
            id: of.id,
            machine: MachineRef {
                id: booked.machine.id,
                slug: booked.machine.slug.clone(),
                name: booked.machine.name.in_language(locale).to_owned(),
            },
            member: MemberRef { id: of.member, display_name: booked.member.display_name.clone() },
            starts_at: of.period.start(),
            ends_at: of.period.end(),
            state: of.seen(now),
            note: of.note.clone(),
            created_at: of.created_at,
            created_by: of.created_by,
            sequence: of.sequence,
            cancelled_at: of.cancelled.as_ref().map(|cancelled| cancelled.at),
            cancel_reason: of.cancelled.as_ref().and_then(|cancelled| cancelled.reason.clone()),
            overrides: of.exception.as_ref().map(|exception| exception.gates.clone()).unwrap_or_default(),
        }
    }
}
