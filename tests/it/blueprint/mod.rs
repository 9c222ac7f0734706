//! A lab as a file, applied to a database.

use etabli::{
    blueprint::{self, Birth, Outcome, apply::Kind},
    kernel::Error,
    lab, machines,
};

use crate::world::World;

const HOUSE: &str = include_str!("../../../config/lab.toml");

async fn apply(world: &World, text: &str) -> Outcome {
    let (file, now) = (blueprint::read(text).unwrap(), world.app.now());
    world.app.store.write(move |db| blueprint::apply(db, &file, Birth::Production, now)).await.unwrap()
}

fn words(things: &[blueprint::apply::Thing]) -> Vec<(Kind, &str)> {
    things.iter().map(|thing| (thing.kind, thing.called.as_str())).collect()
}

#[actix_web::test]
async fn the_same_file_again_changes_nothing() {
    let world = World::start();
    let first = apply(&world, HOUSE).await;
    assert_eq!(first.made.iter().filter(|thing| thing.kind == Kind::Machine).count(), 23);
    let before = world.dump().await;
    let again = apply(&world, HOUSE).await;
    assert!(again.is_nothing() && again.left.is_empty(), "{again:?}");
    assert_eq!(world.dump().await, before);
}

#[actix_web::test]
async fn what_changed_is_changed_and_what_is_new_is_added() {
    let world = World::start();
    apply(&world, HOUSE).await;
    let text = HOUSE
        .replacen("capacity = 4", "capacity = 3", 1)
        .replacen("valid_months = 36", "valid_months = 12", 1)
        .replacen("name = \"Makerspace du Pays Noyonnais\"", "name = \"Le Makerspace\"", 1)
        .replacen("closes = \"21:00\"", "closes = \"20:00\"", 1)
        .replacen("trainings = [\"securite-metal\", \"tour-metal\"]", "trainings = [\"tour-metal\"]", 1)
        .replacen("weekly_minutes = 600", "weekly_minutes = 480", 1);
    let text = format!(
        "{text}\n[[closure]]\nfrom = 2026-12-24\nto = 2026-12-31\nreason = \"Fêtes\"\n\
         [[workshop]]\nslug = \"cowork\"\nname = \"Co-working\"\narea_m2 = 20\ncapacity = 8\n"
    );
    let outcome = apply(&world, &text).await;
    assert_eq!(words(&outcome.made), [(Kind::Workshop, "cowork"), (Kind::Closure, "Fêtes")]);
    let expected = [
        (Kind::Lab, "makerspace-noyonnais"),
        (Kind::Training, "securite-metal"),
        (Kind::Plan, "maker"),
        (Kind::Workshop, "metal"),
        (Kind::Machine, "tour-metal"),
        (Kind::Hours, ""),
    ];
    assert_eq!(words(&outcome.changed), expected);
    assert!(apply(&world, &text).await.is_nothing());
    let read = world.app.store.read(|db| {
        let ids: Vec<_> = machines::list(db, None)?.iter().map(|machine| machine.id).collect();
        machines::store::required_trainings(db, &ids)
    });
    let lathe = read.await.unwrap();
    let count = |slug: &str| lathe.iter().filter(|(_, training)| training.slug == slug).count();
    assert_eq!((count("securite-metal"), count("tour-metal")), (4, 1));
}

#[actix_web::test]
async fn what_left_the_file_stays_and_is_told() {
    let world = World::start();
    apply(&world, HOUSE).await;
    let scanner = HOUSE.rfind("[[workshop.machine]]").unwrap();
    let outcome = apply(&world, &HOUSE[..scanner]).await;
    assert!(outcome.is_nothing(), "{outcome:?}");
    assert_eq!(words(&outcome.left), [(Kind::Machine, "scanner-3d")]);
    world.app.store.read(|db| machines::get(db, "scanner-3d")).await.unwrap();
}

#[actix_web::test]
async fn a_lab_stays_what_it_was_made_as() {
    let world = World::start();
    let (file, now) = (blueprint::read(HOUSE).unwrap(), world.app.now());
    world.app.store.write(move |db| blueprint::apply(db, &file, Birth::Demonstration, now)).await.unwrap();
    apply(&world, &HOUSE.replacen("Makerspace du Pays", "Fablab du Pays", 1)).await;
    let lab = world.app.store.read(lab::get).await.unwrap();
    assert!(lab.demo && lab.name == "Fablab du Pays Noyonnais");
}

#[actix_web::test]
async fn new_hours_name_the_reservations_they_leave_outside() {
    let world = World::start();
    world.demonstrate().await;
    let text = HOUSE.replacen("days = [\"lundi\", \"mardi\",", "days = [\"lundi\",", 1).replacen(
        "days = [\"mardi\", \"jeudi\", \"vendredi\"]",
        "days = [\"jeudi\", \"vendredi\"]",
        1,
    );
    let outcome = apply(&world, &text).await;
    assert_eq!(words(&outcome.changed), [(Kind::Hours, "")]);
    assert!(!outcome.hurt.is_empty());
}

#[actix_web::test]
async fn the_file_of_another_lab_is_refused_whole() {
    let world = World::start();
    apply(&world, HOUSE).await;
    let before = world.dump().await;
    let text = HOUSE.replacen("slug = \"makerspace-noyonnais\"", "slug = \"ailleurs\"", 1);
    let (file, now) = (blueprint::read(&text).unwrap(), world.app.now());
    let answer = world.app.store.write(move |db| blueprint::apply(db, &file, Birth::Production, now)).await;
    let Err(Error::Invalid(fields)) = answer else { panic!("applied, or not for the file") };
    assert_eq!((fields[0].path.as_str(), fields[0].code), ("lab.slug", "other_lab"));
    assert_eq!(world.dump().await, before);
}
