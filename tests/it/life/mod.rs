//! A week of the lab, lived in a minute: 300 members, 25 machines, and everything that goes wrong in a week.
//!
//! Read in this order: this file (the week), [`chance`] (the seed), [`place`] (the lab and who comes), [`reader`],
//! [`line`] and [`bystander`] (controllers, what becomes of their requests, what is seen of them), [`week`] (the agenda
//! and the clock), [`visits`], [`staff`] and [`sky`] (what happens), [`watch`] (what must be true all the time),
//! [`audit`] (what must be true in the end), [`meter`] (hours and energy), [`chains`].
//!
//! The clock of the house is moved by hand; controllers are those of the simulator, their requests go through HTTP,
//! signed. What is abbreviated, because 27 controllers say more than half a million things in a week: a heartbeat of a
//! machine where nothing happens is answered from memory for up to ten minutes (100 s where watts are measured), and
//! travels again as soon as anything happens to its machine, its member or its line; a controller at rest says hello
//! every three hours, by night every six, not every half minute; controllers look at their deadlines every ten seconds,
//! every twenty while all is calm; the jobs of the house run every ten minutes, not every half. Nothing of what is
//! looked at in the end is abbreviated.
//!
//! The same seed lives the same week, but for who wins a race; `LIFE_SEED=7` lives another.

mod audit;
mod bystander;
mod chains;
mod chance;
mod line;
mod meter;
mod place;
mod reader;
mod sky;
mod staff;
mod visits;
mod watch;
mod week;

use std::env;

use chance::Chance;
use week::Week;

use crate::world::World;

/// The week that CI lives.
const SEED: u64 = 20_260_302;

#[expect(clippy::disallowed_methods, reason = "not a setting of the house: which week a test lives")]
fn seed() -> u64 {
    let asked = env::var("LIFE_SEED").ok();
    asked.map_or(SEED, |text| text.parse().expect("LIFE_SEED is a number"))
}

#[tokio::test]
async fn a_week_of_the_lab_ends_as_it_should() {
    let seed = seed();
    println!("LIFE_SEED={seed}");
    let world = World::uncounted().furnished().await;
    let mut week = Week::begin(&world, Chance::new(seed)).await;
    week.live().await;
    week.settle().await;
    println!("{:?}", week.tally);
    audit::sessions(&week).await;
    audit::reservations(&week).await;
    chains::whole(&week).await;
    meter::adds_up(&week).await;
}
