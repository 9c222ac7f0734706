//! A member in order who asks for a machine in order.

use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};
use uuid::Uuid;

use crate::{
    gates::{Facts, Proposal, review},
    kernel::{Code, Id, Instant, Locale, MachineId, Name, Period, Refusal, Zone},
    lab::{Closure, Lab, OpeningSpan, Scope, Timetable, model::Day},
    machines::{
        Machine, Rules, Workshop,
        claims::{Claim, Kind},
    },
    people::{Contact, Held, Rights, Standing},
    training::{Certification, CertificationState, Training},
};

pub(super) struct World {
    pub(super) proposal: Proposal,
    pub(super) facts: Facts,
    pub(super) now: Instant,
}

pub(super) fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

/// A period of Tuesday 3 March 2026, in UTC; the lab stands in Paris, an hour ahead.
pub(super) fn tuesday(from: &str, to: &str) -> Period {
    Period::new(at(&format!("2026-03-03T{from}:00Z")), at(&format!("2026-03-03T{to}:00Z"))).unwrap()
}

pub(super) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn name(text: &str) -> Name {
    Name { fr: text.into(), en: text.into() }
}

pub(super) fn timetable() -> Timetable {
    let span = |weekday, opens, closes, staffed| OpeningSpan {
        weekday: Day::numbered(weekday).unwrap(),
        opens,
        closes,
        staffed,
        valid_from: None,
        valid_to: None,
    };
    let lab = Lab {
        id: Id::new(),
        slug: "lab".into(),
        name: "Lab".into(),
        zone: Zone::PARIS,
        charter_version: 3,
        charter: name("charter"),
        french_holidays: true,
        demo: false,
        calendar_version: 1,
    };
    // Tuesday 07:00–22:00, staffed from 09:00 to 19:00.
    Timetable { lab, spans: vec![span(2, 540, 1140, true), span(2, 420, 1320, false)], closures: Vec::new() }
}

pub(super) fn machine(workshop: &Workshop) -> Machine {
    Machine {
        id: MachineId::new(),
        slug: "tour-metal".into(),
        name: name("lathe"),
        workshop: workshop.id,
        kind: None,
        position: 1,
        outage: None,
        rules: Rules { notice_minutes: 30, buffer_minutes: 30, min_age: Some(18), ..Rules::default() },
        calendar_version: 1,
        version: 1,
    }
}

pub(super) fn certification(training: &Training, valid_until: Option<NaiveDate>) -> Certification {
    Certification {
        id: Id::new(),
        member: Id::new(),
        training: training.id,
        given_by: None,
        given_at: at("2025-03-03T09:00:00Z"),
        valid_until,
        note: None,
        session: None,
        state: CertificationState::Valid,
        state_reason: None,
        state_by: None,
        state_at: None,
    }
}

fn standing() -> Standing {
    Standing {
        contact: Contact {
            id: Id::new(),
            email: "ada@example.org".parse().unwrap(),
            display_name: "Ada".into(),
            locale: Locale::Fr,
        },
        birth_date: Some(date("1990-01-01")),
        email_confirmed: true,
        suspension: None,
        charter_version: Some(3),
        guardian_consent: false,
        memberships: vec![Held {
            starts_on: date("2026-01-01"),
            ends_on: date("2026-12-31"),
            plan: Rights {
                slug: "maker".into(),
                weekly_minutes: Some(600),
                reservations_ahead: Some(3),
                unstaffed_hours: false,
            },
        }],
    }
}

/// Tuesday 08:00 UTC; a member in order asks for 10:00 to 11:00.
pub(super) fn world() -> World {
    let workshop = Workshop {
        id: Id::new(),
        slug: "metal".into(),
        name: name("metal"),
        area_m2: 110,
        capacity: 2,
        position: 1,
        version: 1,
    };
    let training = Training {
        id: Id::new(),
        slug: "securite-metal".into(),
        name: name("metal"),
        valid_months: None,
        version: 1,
    };
    let facts = Facts {
        timetable: Arc::new(timetable()),
        machine: machine(&workshop),
        workshop,
        on_machine: Vec::new(),
        in_workshop: Vec::new(),
        standing: standing(),
        own: Vec::new(),
        engagements: Vec::new(),
        certifications: vec![certification(&training, None)],
        required: vec![training],
        presence: None,
    };
    let proposal = Proposal {
        period: tuesday("10:00", "11:00"),
        replaces: None,
        keeps_start: false,
        overrides: Vec::new(),
    };
    World { proposal, facts, now: at("2026-03-03T08:00:00Z") }
}

pub(super) fn claim(machine: MachineId, period: Period, people: i32) -> Claim {
    let hold = period.extended(TimeDelta::minutes(30));
    Claim { machine, period, hold, kind: Kind::Reservation, holder: Uuid::now_v7(), member: None, people }
}

impl World {
    pub(super) fn refusals(&self) -> Vec<Refusal> {
        review(&self.proposal, &self.facts, self.now).err().unwrap_or_default()
    }

    pub(super) fn codes(&self) -> Vec<Code> {
        self.refusals().iter().map(|refusal| refusal.code).collect()
    }

    pub(super) fn plan(&mut self) -> &mut Rights {
        &mut self.facts.standing.memberships[0].plan
    }

    pub(super) fn certified(&mut self) -> &mut Certification {
        &mut self.facts.certifications[0]
    }

    pub(super) fn closes(&mut self, scope: Scope) {
        let closure =
            Closure { id: Id::new(), scope, period: tuesday("10:30", "10:45"), reason: "inventaire".into() };
        Arc::make_mut(&mut self.facts.timetable).closures.push(closure);
    }
}
