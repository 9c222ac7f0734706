//! Two who change workshops and machines at once: on PostgreSQL the second waits for the first, and sees what it did.

use std::{thread, time::Duration};

use etabli::{
    blueprint::{self, Birth},
    kernel::Result,
    machines::{
        self, State,
        change_state::{Said, change_state},
        edit::{WorkshopChange, change_workshop},
    },
    store::Db,
};
use serde_json::json;

use crate::world::World;

const HOUSE: &str = include_str!("../../../config/lab.toml");

/// A write that is not committed until others have read what it changes, and asked to change it too.
fn slowly(
    work: impl Fn(&mut Db) -> Result<()> + Send + 'static,
) -> impl Fn(&mut Db) -> Result<()> + Send + 'static {
    move |db| {
        work(db)?;
        thread::sleep(Duration::from_millis(800));
        Ok(())
    }
}

async fn a_little_later() {
    tokio::time::sleep(Duration::from_millis(300)).await;
}

async fn apply(world: &World, text: &str) {
    let (file, now) = (blueprint::read(text).unwrap(), world.app.now());
    world.app.store.write(move |db| blueprint::apply(db, &file, Birth::Production, now)).await.unwrap();
}

#[actix_web::test]
async fn a_machine_that_breaks_while_a_file_is_applied_stays_broken() {
    let world = World::start();
    apply(&world, HOUSE).await;
    let (now, by) = (world.app.now(), world.staff().await.id);
    let said = Said { state: State::Broken, reason: "lame cassée".into(), until: None, by };
    let breaks =
        world.app.store.write(slowly(move |db| change_state(db, "scie-ruban", &said, now).map(drop)));
    let applied = async {
        a_little_later().await;
        apply(&world, &HOUSE.replacen("fr = \"Scie à ruban\"", "fr = \"Scie\"", 1)).await;
    };
    let (broken, ()) = tokio::join!(breaks, applied);
    broken.unwrap();
    let saw = world.app.store.read(|db| machines::get(db, "scie-ruban")).await.unwrap();
    assert_eq!(saw.name.fr, "Scie", "applied");
    assert_eq!(saw.outage.map(|outage| outage.reason).as_deref(), Some("lame cassée"));
}

#[actix_web::test]
async fn a_machine_that_moves_takes_nothing_back_from_a_workshop_that_changes() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let (now, by) = (world.app.now(), staff.id);
    let larger = WorkshopChange { capacity: Some(7).into(), ..WorkshopChange::default() };
    let grows = world.app.store.write(slowly(move |db| {
        change_workshop(db, "bois", (larger.clone(), |_, _| Ok(())), by, now).map(drop)
    }));
    let moves = async {
        a_little_later().await;
        staff.patch("machines/imprimante", json!({ "workshop": "bois" })).await
    };
    let (grown, moved) = tokio::join!(grows, moves);
    grown.unwrap();
    moved.expect(200);
    let wood = staff.get("workshops/bois").await.expect(200);
    assert_eq!(wood["capacity"], 7, "{wood}");
    assert!(wood["machines"].as_array().unwrap().contains(&json!("imprimante")), "{wood}");
}
