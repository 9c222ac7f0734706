//! What is asked of the rule book, what it knows, what it answers.

use std::sync::Arc;

use chrono::NaiveDate;
use uuid::Uuid;

use super::presence::Presence;
use crate::{
    kernel::{Code, Instant, Period, Refusal, Zone},
    lab::Timetable,
    machines::{Machine, Workshop, claims::Claim},
    people::{Held, Rights, Standing},
    training::{Certification, Engagement, Training},
};

/// A use somebody would like to make of a machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// When.
    pub period: Period,
    /// The holder of the claim this use would replace, when it is a move.
    pub replaces: Option<Uuid>,
    /// Whether the start stays where it was: a running use may then be made longer or shorter.
    pub keeps_start: bool,
    /// Gates that staff let pass by decision, with a written reason.
    pub overrides: Vec<Code>,
}

/// Everything the gates look at. Read in one transaction, before the decision.
#[derive(Debug, Clone)]
pub struct Facts {
    /// When the lab is open, and its house rules.
    pub timetable: Arc<Timetable>,
    /// The machine.
    pub machine: Machine,
    /// The workshop it stands in.
    pub workshop: Workshop,
    /// Claims on the machine around the period.
    pub on_machine: Vec<Claim>,
    /// Claims in the workshop around the period, where this use brings somebody there.
    pub in_workshop: Vec<Claim>,
    /// The member.
    pub standing: Standing,
    /// The member's own claims, from the start of the week of the period or from now, whichever is earlier.
    pub own: Vec<Claim>,
    /// Training sessions in the period that the member teaches or has a seat in.
    pub engagements: Vec<Engagement>,
    /// Trainings the machine requires.
    pub required: Vec<Training>,
    /// The member's certifications in these trainings.
    pub certifications: Vec<Certification>,
    /// The scene at the machine, when a badge is shown there; nothing for a booking.
    pub presence: Option<Presence>,
}

/// One case before the rule book: the question, the facts, the time.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The question.
    pub proposal: &'a Proposal,
    /// The facts.
    pub facts: &'a Facts,
    /// The present.
    pub now: Instant,
}

/// A proposal that passed every gate. Only the review makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    pub(super) period: Period,
    pub(super) hold: Period,
    pub(super) people: i32,
}

/// What one gate found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The gate.
    pub code: Code,
    /// Why not, where it does not pass.
    pub refusal: Option<Refusal>,
}

impl Accepted {
    /// When the machine is used.
    #[must_use]
    pub const fn period(&self) -> Period {
        self.period
    }

    /// When it is held: the use and the clean-up after it.
    #[must_use]
    pub const fn hold(&self) -> Period {
        self.hold
    }

    /// How many people stand in the workshop meanwhile.
    #[must_use]
    pub const fn people(&self) -> i32 {
        self.people
    }
}

impl<'a> Case<'a> {
    /// When the use would be.
    #[must_use]
    pub const fn period(&self) -> Period {
        self.proposal.period
    }

    /// The lab's zone.
    #[must_use]
    pub fn zone(&self) -> Zone {
        self.facts.timetable.lab.zone
    }

    /// Claims other than the one this use would replace.
    pub fn others(&self, claims: &'a [Claim]) -> impl Iterator<Item = &'a Claim> {
        let replaced = self.proposal.replaces;
        claims.iter().filter(move |claim| Some(claim.holder) != replaced)
    }

    /// Rights of every membership that holds on the day the use starts.
    pub fn rights(&self) -> impl Iterator<Item = &'a Rights> {
        let date = self.zone().day_of(self.period().start()).date;
        self.held_on(date).map(|held| &held.plan)
    }

    /// The memberships that hold on a date: it is the date of use that counts, not today.
    pub fn held_on(&self, date: NaiveDate) -> impl Iterator<Item = &'a Held> {
        self.facts
            .standing
            .memberships
            .iter()
            .filter(move |held| held.starts_on <= date && date <= held.ends_on)
    }
}
