//! The lab and the people of the week.

use etabli::{
    kernel::MachineId,
    machines::{
        self, Machine, PowerPolicy, Rules, Workshop,
        policy::{NewStart, Supervision, WhileRunning},
    },
    store::Db,
};

use super::reader::Reader;
use crate::world::{World, badges::walk_in, lab::name, people::Person};

/// How many come.
pub const MEMBERS: usize = 300;
/// How many machines there are; the first two have two controllers each.
pub const MACHINES: usize = 25;

/// A machine.
pub struct Spot {
    pub slug: String,
    pub id: MachineId,
    pub policy: PowerPolicy,
    /// Whether its controller measures what it draws.
    pub metered: bool,
}

/// The machines: four of the small lab, and a workshop full of others.
pub async fn furnish(world: &World) -> Vec<Spot> {
    let slugs = world.app.store.write(fill).await.unwrap();
    let mut spots = Vec::new();
    for (at, slug) in slugs.into_iter().enumerate() {
        let policy = policy(at);
        world.powered(&slug, policy.clone()).await;
        let key = slug.clone();
        let id = world.app.store.read(move |db| Ok(machines::get(db, &key)?.id)).await.unwrap();
        spots.push(Spot { slug, id, policy, metered: at % 5 == 2 });
    }
    assert_eq!(spots.len(), MACHINES);
    spots
}

fn fill(db: &mut Db) -> etabli::kernel::Result<Vec<String>> {
    let workshop = Workshop {
        id: etabli::kernel::WorkshopId::new(),
        slug: "metal".into(),
        name: name("Métal"),
        area_m2: 110,
        capacity: 60,
        position: 2,
        version: 1,
    };
    machines::store::insert_workshop(db, &workshop)?;
    let mut slugs: Vec<String> = ["scie", "scie-2", "laser", "imprimante"].map(str::to_owned).to_vec();
    for number in slugs.len()..MACHINES {
        let slug = format!("machine-{number}");
        let rules = Rules { buffer_minutes: if number % 6 == 0 { 15 } else { 0 }, ..Rules::default() };
        let machine = Machine {
            id: MachineId::new(),
            slug: slug.clone(),
            name: name(&slug),
            workshop: workshop.id,
            kind: None,
            position: 0,
            outage: None,
            rules,
            calendar_version: 0,
            version: 1,
        };
        machines::store::insert(db, &machine)?;
        slugs.push(slug);
    }
    Ok(slugs)
}

/// Every kind of policy a lab has.
fn policy(at: usize) -> PowerPolicy {
    let usual = PowerPolicy { max_session_minutes: 240, ..PowerPolicy::default() };
    let free = PowerPolicy { max_session_minutes: 180, ..walk_in() };
    let listed = PowerPolicy { link_loss_start: NewStart::AllowList, ..free.clone() };
    match at {
        9 => PowerPolicy { risk_class: 2, ..free },
        14 => PowerPolicy { supervision: Supervision::Buddy, ..free },
        19 => PowerPolicy { supervision: Supervision::Trainer, ..free },
        // Those with a meter, and with a limit to idleness.
        2 | 7 | 12 | 17 | 22 => PowerPolicy { idle_watts: Some(20), idle_minutes: Some(10), ..free },
        _ => match at % 4 {
            0 => usual,
            1 => PowerPolicy { link_loss_running: WhileRunning::ContinueFor, link_loss_minutes: 5, ..listed },
            2 => PowerPolicy { link_loss_running: WhileRunning::Stop, ..free },
            _ => listed,
        },
    }
}

/// Everybody: most in order, some without a membership, some not trained for the laser, a few without a badge.
pub async fn crowd(world: &World) -> Vec<Person<'_>> {
    let mut people = Vec::new();
    for number in 0..MEMBERS {
        let name = format!("membre-{number}");
        let person = match number {
            _ if number % 29 == 0 => world.member(&name).await,
            _ if number % 5 == 0 => world.member(&name).on_plan("autonome", "2026-01-01").await,
            _ => world.maker(&name).await,
        };
        if has_badge(number) {
            world.badged(&person).await;
        }
        if number % 3 == 0 {
            world.trained_on(person.id, "laser").await;
        }
        people.push(person);
    }
    people
}

/// Whether somebody was given a badge.
pub const fn has_badge(member: usize) -> bool {
    member % 41 != 7
}

/// One controller for each machine, two for the first two.
pub async fn readers<'w>(world: &'w World, staff: &Person<'_>, spots: &[Spot]) -> Vec<Reader<'w>> {
    let mut readers = Vec::new();
    for spot in (0..MACHINES).chain(0..2) {
        readers.push(Reader::switched_on(world, staff, (spot, &spots[spot])).await);
    }
    readers
}
