//! A small lab to book in: open Monday to Saturday 09:00–19:00 with staff, 07:00–22:00 without.
//!
//! Wood: `scie` and its twin `scie-2` (nothing required), `laser` (requires the training `laser`, half an hour of
//! cleaning up), for two people at once; printing: `imprimante`, which runs alone for up to a day.

use etabli::{
    kernel::{Id, Instant, MachineId, Name, Result, WorkshopId, Zone},
    lab::{self, Lab, OpeningSpan, model::Day},
    machines::{Machine, Rules, Workshop, store as machines},
    people::{Terms, plans},
    store::Db,
    training::define::{self, Draft},
};

use super::World;

impl World {
    /// The same world with a lab in it.
    pub async fn with_lab() -> Self {
        Self::start().furnished().await
    }

    /// This world with the same lab in it.
    pub async fn furnished(self) -> Self {
        let now = self.app.now();
        self.app.store.write(move |db| furnish(db, now)).await.unwrap();
        self
    }
}

pub fn name(text: &str) -> Name {
    Name { fr: text.into(), en: text.into() }
}

fn furnish(db: &mut Db, now: Instant) -> Result<()> {
    lab::store::save(db, &the_lab())?;
    let span = |weekday, opens, closes, staffed| OpeningSpan {
        weekday: Day::numbered(weekday).unwrap(),
        opens,
        closes,
        staffed,
        valid_from: None,
        valid_to: None,
    };
    let hours: Vec<_> =
        (1..=6).flat_map(|day| [span(day, 540, 1140, true), span(day, 420, 1320, false)]).collect();
    lab::store::replace_spans(db, &hours)?;
    plans::put(db, "maker", &terms(Some(600), false), now)?;
    plans::put(db, "autonome", &terms(None, true), now)?;

    let wood = workshop(db, "bois", 2)?;
    let printing = workshop(db, "impression", 6)?;
    let usual = Rules { cancel_minutes: 120, ..Rules::default() };
    machine(db, wood, "scie", usual.clone())?;
    machine(db, wood, "scie-2", usual.clone())?;
    let laser = machine(db, wood, "laser", Rules { buffer_minutes: 30, ..usual.clone() })?;
    let alone = Rules { grid_minutes: 60, min_minutes: 60, max_minutes: 1440, unattended: true, ..usual };
    machine(db, printing, "imprimante", alone)?;
    let draft = Draft { slug: "laser".into(), name: name("Laser"), valid_months: Some(24) };
    let training = define::put(db, &draft, None, now)?;
    machines::require(db, laser, &[training.id])
}

fn the_lab() -> Lab {
    Lab {
        id: Id::new(),
        slug: "essai".into(),
        name: "Le lab d’essai".into(),
        zone: Zone::PARIS,
        charter_version: 1,
        charter: name("Rangez."),
        french_holidays: true,
        demo: false,
        calendar_version: 0,
    }
}

fn terms(weekly_minutes: Option<i32>, unstaffed_hours: bool) -> Terms {
    Terms {
        name: name("Formule"),
        duration_days: 365,
        weekly_minutes,
        reservations_ahead: None,
        unstaffed_hours,
        active: true,
    }
}

fn workshop(db: &mut Db, slug: &str, capacity: i32) -> Result<WorkshopId> {
    let workshop = Workshop {
        id: WorkshopId::new(),
        slug: slug.into(),
        name: name(slug),
        area_m2: 50,
        capacity,
        position: 0,
        version: 1,
    };
    machines::insert_workshop(db, &workshop)?;
    Ok(workshop.id)
}

fn machine(db: &mut Db, workshop: WorkshopId, slug: &str, rules: Rules) -> Result<MachineId> {
    let kind = slug.starts_with("scie").then(|| "scie".to_owned());
    let machine = Machine {
        id: MachineId::new(),
        slug: slug.into(),
        name: name(slug),
        workshop,
        kind,
        position: 0,
        outage: None,
        rules,
        calendar_version: 0,
        version: 1,
    };
    machines::insert(db, &machine)?;
    Ok(machine.id)
}
