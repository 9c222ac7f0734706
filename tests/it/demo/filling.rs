//! What is filled and what is not.

use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use etabli::{
    background::{self, JOBS},
    blueprint::{self, Birth},
    demo::{Opened, Refused},
    kernel::Instant,
    store::schema::{enrolment, letter, member, membership, reservation},
};

use crate::world::World;

#[actix_web::test]
async fn an_empty_database_is_filled_with_life() {
    let world = World::start();
    assert_eq!(world.demonstrate().await, Opened::Filled);
    let now = world.app.now();
    let count = move |db: &mut etabli::store::Db| {
        let of = |state: &'static str| enrolment::table.filter(enrolment::state.eq(state)).count();
        Ok([
            member::table.count().get_result::<i64>(db)?,
            membership::table.count().get_result(db)?,
            reservation::table.filter(reservation::ends_at.le(now)).count().get_result(db)?,
            reservation::table.filter(reservation::starts_at.gt(now)).count().get_result(db)?,
            of("passed").get_result(db)?,
            of("failed").get_result(db)?,
            of("enrolled").get_result(db)?,
            of("waiting").get_result(db)?,
        ])
    };
    let [members, memberships, past, ahead, passed, failed, enrolled, waiting] =
        world.app.store.read(count).await.unwrap();
    assert!(members == 52 && memberships == 50, "{members} members, {memberships} memberships");
    assert!((70..=250).contains(&past) && (70..=250).contains(&ahead), "{past} past, {ahead} ahead");
    assert!((150..=420).contains(&(past + ahead)), "{past} past, {ahead} ahead");
    assert!(
        passed > 60 && failed > 5 && enrolled > 15 && waiting > 3,
        "{passed} {failed} {enrolled} {waiting}"
    );
}

#[actix_web::test]
async fn it_works_on_every_day_of_the_year() {
    for day in
        ["2026-01-01", "2026-03-29", "2026-05-08", "2026-08-15", "2026-10-25", "2026-12-27", "2028-02-29"]
    {
        let world = World::start();
        world.clock.set(format!("{day}T22:30:00Z").parse::<Instant>().unwrap());
        assert_eq!(world.demonstrate().await, Opened::Filled, "{day}");
        let count = |db: &mut etabli::store::Db| Ok(reservation::table.count().get_result::<i64>(db)?);
        let reservations = world.app.store.read(count).await.unwrap();
        assert!((140..=420).contains(&reservations), "{reservations} on {day}");
    }
}

#[actix_web::test]
async fn a_demonstration_is_found_as_it_was() {
    let world = World::start();
    world.demonstrate().await;
    let before = world.dump().await;
    world.clock.advance(chrono::TimeDelta::days(3));
    assert_eq!(world.demonstrate().await, Opened::Found);
    assert_eq!(world.dump().await, before);
}

#[actix_web::test]
async fn a_real_lab_is_left_alone() {
    let world = World::start();
    let (file, now) = (blueprint::read(blueprint::DEMONSTRATION).unwrap(), world.app.now());
    world.app.store.write(move |db| blueprint::apply(db, &file, Birth::Production, now)).await.unwrap();
    let before = world.dump().await;
    assert_eq!(world.demonstrate().await, Opened::Refused(Refused::Lab));
    assert_eq!(world.dump().await, before);
}

#[actix_web::test]
async fn real_people_without_a_lab_are_left_alone() {
    let world = World::start();
    let details = etabli::people::Details {
        display_name: "Ada".into(),
        locale: etabli::kernel::Locale::Fr,
        birth_date: None,
        commune: None,
        audience: None,
    };
    let new = etabli::people::NewMember::new("ada@example.org".parse().unwrap(), details);
    let now = world.app.now();
    world.app.store.write(move |db| etabli::people::add(db, &new, now)).await.unwrap();
    assert_eq!(world.demonstrate().await, Opened::Refused(Refused::People));
}

#[actix_web::test]
async fn nobody_is_written_to_when_it_starts() {
    let world = World::start();
    world.demonstrate().await;
    for job in JOBS {
        background::once(&world.app, *job).await;
    }
    let waiting = |db: &mut etabli::store::Db| {
        Ok(letter::table.filter(letter::state.eq("waiting")).select(letter::kind).load::<String>(db)?)
    };
    assert_eq!(world.app.store.read(waiting).await.unwrap(), Vec::<String>::new());
    assert!(world.mails().await.is_empty());
}
