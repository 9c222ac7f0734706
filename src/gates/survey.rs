//! What the gates look at for one member on several machines over many days: to tell, never to book.

use std::{collections::HashMap, sync::Arc};

use super::model::Facts;
use crate::{
    kernel::{Code, Error, Instant, MachineId, MemberId, Period, Result, TrainingId, WorkshopId},
    lab::{self, Timetable},
    machines::{
        self, Machine, Workshop,
        claims::{self, Claim},
    },
    people::{self, Standing},
    store::Db,
    training::{self, Certification, Engagement, Training},
};

/// Everything known of one member, some machines and the people around them over some days.
#[derive(Debug)]
pub struct Survey {
    timetable: Arc<Timetable>,
    standing: Standing,
    own: Vec<Claim>,
    engagements: Vec<Engagement>,
    workshops: Vec<Workshop>,
    /// By workshop, in order of their start.
    claims: HashMap<WorkshopId, Vec<Claim>>,
    required: HashMap<MachineId, Vec<Training>>,
    certifications: Vec<Certification>,
}

impl Survey {
    /// Reads it in a constant number of statements, however many machines and days.
    ///
    /// # Errors
    /// `not_found` when there is no such member.
    pub fn of(
        db: &mut Db,
        member: MemberId,
        machines: &[Machine],
        within: Period,
        now: Instant,
    ) -> Result<Self> {
        let timetable = lab::timetable(db)?;
        let zone = timetable.lab.zone;
        let from = zone.day_of(within.start()).date;
        let standing = people::standing(db, member, from)?.ok_or_else(|| Error::refused(Code::NotFound))?;
        let own = claims::ahead(db, member, zone.week_of(within.start()).start().min(now))?;
        let engagements = training::engaged(db, member, within)?;
        let mut workshops = machines::store::list_workshops(db)?;
        workshops.retain(|workshop| machines.iter().any(|machine| machine.workshop == workshop.id));
        let those: Vec<WorkshopId> = workshops.iter().map(|workshop| workshop.id).collect();
        let buffer = machines.iter().map(|machine| machine.rules.buffer()).max().unwrap_or_default();
        let mut around: HashMap<WorkshopId, Vec<Claim>> = HashMap::new();
        for (workshop, claim) in claims::in_workshops(db, &those, within.extended(buffer))? {
            around.entry(workshop).or_default().push(claim);
        }
        let ids: Vec<MachineId> = machines.iter().map(|machine| machine.id).collect();
        let mut required: HashMap<MachineId, Vec<Training>> = HashMap::new();
        let mut asked: Vec<TrainingId> = Vec::new();
        for (machine, training) in training::required_by_each(db, &ids)? {
            asked.push(training.id);
            required.entry(machine).or_default().push(training);
        }
        asked.sort_unstable();
        asked.dedup();
        let certifications = training::held(db, member, &asked)?;
        Ok(Self {
            timetable,
            standing,
            own,
            engagements,
            workshops,
            claims: around,
            required,
            certifications,
        })
    }

    /// When the lab is open.
    #[must_use]
    pub fn timetable(&self) -> &Timetable {
        &self.timetable
    }

    /// What is held around the machines.
    pub fn claims(&self) -> impl Iterator<Item = &Claim> {
        self.claims.values().flatten()
    }

    /// The facts of every use of a surveyed machine inside `within`, of those days and no others.
    #[must_use]
    pub fn facts(&self, machine: &Machine, within: Period) -> Option<Facts> {
        let workshop = self.workshops.iter().find(|workshop| workshop.id == machine.workshop)?;
        let hold = machine.hold(within);
        let around = self.claims.get(&workshop.id).map_or(&[][..], Vec::as_slice);
        // No claim is longer than this, so that the walk need not begin with the first day of all.
        let first = around.partition_point(|claim| claim.hold.start() < hold.start() - claims::LONGEST);
        let meeting = || {
            let near = around.iter().skip(first).take_while(|claim| claim.hold.start() < hold.end());
            near.filter(|claim| claim.hold.overlaps(hold))
        };
        let beside = !machine.rules.unattended;
        Some(Facts {
            timetable: Arc::clone(&self.timetable),
            on_machine: meeting().filter(|claim| claim.machine == machine.id).cloned().collect(),
            in_workshop: meeting().filter(|_| beside).cloned().collect(),
            standing: self.standing.clone(),
            own: self.own.clone(),
            engagements: self.engagements.clone(),
            required: self.required.get(&machine.id).cloned().unwrap_or_default(),
            certifications: self.certifications.clone(),
            presence: None,
            workshop: workshop.clone(),
            machine: machine.clone(),
        })
    }
}
