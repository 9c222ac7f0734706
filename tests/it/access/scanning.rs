//! A badge is shown: on, off, or why not.

use chrono::TimeDelta;
use etabli::{
    access::{
        read,
        scan::{Answer, Verdict},
        session::EndReason,
    },
    kernel::Code,
    machines::{PowerPolicy, policy::Supervision},
    power,
};
use futures_util::future::join;

use crate::world::{
    World,
    badges::{asked, walk_in},
};

fn codes(answer: &Answer) -> Vec<Code> {
    assert_eq!(answer.verdict, Verdict::Deny, "{answer:?}");
    answer.reasons.iter().map(|reason| reason.code).collect()
}

#[actix_web::test]
async fn a_badge_switches_on_and_the_same_badge_switches_off() {
    let world = World::with_lab().await;
    world.powered("scie", walk_in()).await;
    let (ada, reader) = (world.maker("Ada").await, world.reader(&["scie"]).await);
    let unknown = world.shows(&reader, "scie", &ada).await.unwrap();
    assert_eq!(codes(&unknown), [Code::BadgeUnknown]);
    world.badged(&ada).await;

    let on = world.shows(&reader, "scie", &ada).await.unwrap();
    let session = on.session.clone().unwrap();
    assert_eq!((on.verdict, on.name.as_deref()), (Verdict::Grant, Some("Ada")));
    assert_eq!(session.until.to_string(), "2026-03-02T16:00:00Z", "eight hours, the longest session");
    let machine = session.machine;
    let intended = world.app.store.read(move |db| power::intended(db, machine)).await.unwrap().unwrap();
    assert_eq!(
        (intended.on, intended.until, intended.session),
        (true, Some(session.until), Some(session.id))
    );

    let off = world.shows(&reader, "scie", &ada).await.unwrap();
    assert_eq!(off.verdict, Verdict::End);
    let kept = world.app.store.read(move |db| read::get(db, session.id)).await.unwrap();
    assert_eq!(kept.ended, Some((world.app.now(), EndReason::Badge)));
    let intended = world.app.store.read(move |db| power::intended(db, machine)).await.unwrap().unwrap();
    assert!(!intended.on);
    world.app.store.read(power::log::verify).await.unwrap();
}

#[actix_web::test]
async fn a_refused_badge_learns_every_reason_in_its_language() {
    let world = World::with_lab().await;
    world.powered("laser", PowerPolicy { risk_class: 2, ..PowerPolicy::default() }).await;
    let (ada, reader) = (world.maker("Ada").await, world.reader(&["laser"]).await);
    world.badged(&ada).await;
    let answer = world.shows(&reader, "laser", &ada).await.unwrap();
    assert_eq!(codes(&answer), [Code::TrainingMissing, Code::ReservationMissing, Code::SecondFactorMissing]);
    assert!(answer.reasons[1].text.starts_with("Cette machine s’utilise sur réservation"));
    assert_eq!(answer.session, None);
}

#[actix_web::test]
async fn the_same_question_again_gets_the_same_answer_and_a_late_grant_none() {
    let world = World::with_lab().await;
    world.powered("scie", walk_in()).await;
    let (ada, reader) = (world.maker("Ada").await, world.reader(&["scie"]).await);
    world.badged(&ada).await;
    let question = asked("scie", ada.id);
    let first = world.asks(&reader, question.clone()).await.unwrap();
    assert_eq!(world.asks(&reader, question.clone()).await.unwrap(), first);
    assert_eq!(world.app.store.read(read::open).await.unwrap().len(), 1);
    world.shows(&reader, "scie", &ada).await.unwrap();
    let late = world.asks(&reader, question).await.unwrap();
    assert_eq!(late.verdict, Verdict::End, "nothing that is replayed switches anything on");
    assert_eq!(world.app.store.read(read::open).await.unwrap().len(), 0);
}

#[actix_web::test]
async fn a_reservation_opens_its_machine_for_its_member_and_nobody_else() {
    let world = World::with_lab().await;
    let (ada, bob) = (world.maker("Ada").await, world.maker("Bob").await);
    let reader = world.reader(&["scie"]).await;
    world.powered("scie", walk_in()).await;
    for person in [&ada, &bob] {
        world.badged(person).await;
    }
    ada.books("scie", "2026-03-02 09:00-10:00").await.expect(201);
    let other = world.shows(&reader, "scie", &bob).await.unwrap();
    assert_eq!(codes(&other), [Code::ReservedForOther]);
    let own = world.shows(&reader, "scie", &ada).await.unwrap();
    assert_eq!(own.session.unwrap().until.to_string(), "2026-03-02T09:10:00Z", "and ten minutes of grace");
    let busy = world.shows(&reader, "scie", &bob).await.unwrap();
    assert_eq!(codes(&busy), [Code::ReservedForOther, Code::MachineInUse]);
    assert_eq!(world.app.store.read(read::open).await.unwrap().len(), 1, "nobody was disturbed");
}

#[actix_web::test]
async fn a_longer_reservation_lengthens_the_session_and_a_cancelled_one_ends_it() {
    let world = World::with_lab().await;
    let (ada, staff, reader) = (world.maker("Ada").await, world.staff().await, world.reader(&["scie"]).await);
    world.badged(&ada).await;
    let made = ada.books("scie", "2026-03-02 09:00-10:00").await.expect(201);
    let session = world.shows(&reader, "scie", &ada).await.unwrap().session.unwrap();
    let path = format!("reservations/{}", made["id"].as_str().unwrap());
    ada.patch(&path, serde_json::json!({ "ends_at": "2026-03-02T10:00:00Z" })).await.expect(200);
    let now = world.app.now();
    world.runs("power_leases").await;
    let id = session.id;
    let longer = world.app.store.read(move |db| read::get(db, id)).await.unwrap();
    assert_eq!(longer.until.to_string(), "2026-03-02T10:10:00Z");
    staff.post(&format!("{path}/cancellation"), serde_json::json!({})).await.expect(200);
    world.runs("power_leases").await;
    let over = world.app.store.read(move |db| read::get(db, id)).await.unwrap();
    assert_eq!(over.ended, Some((now, EndReason::Lease)));
}

#[actix_web::test]
async fn a_session_nobody_renews_ends_where_it_was_to_end() {
    let world = World::with_lab().await;
    let (ada, reader) = (world.maker("Ada").await, world.reader(&["scie"]).await);
    world.badged(&ada).await;
    ada.books("scie", "2026-03-02 09:00-10:00").await.expect(201);
    let session = world.shows(&reader, "scie", &ada).await.unwrap().session.unwrap();
    world.clock.advance(TimeDelta::hours(3));
    world.runs("power_leases").await;
    let over = world.app.store.read(move |db| read::get(db, session.id)).await.unwrap();
    assert_eq!(over.ended, Some((session.until, EndReason::BookingEnd)));
}

#[actix_web::test]
async fn who_uses_a_machine_hands_over_to_who_just_asked() {
    let world = World::with_lab().await;
    world.powered("scie", walk_in()).await;
    let (ada, bob) = (world.maker("Ada").await, world.maker("Bob").await);
    let reader = world.reader(&["scie"]).await;
    for person in [&ada, &bob] {
        world.badged(person).await;
    }
    let first = world.shows(&reader, "scie", &ada).await.unwrap().session.unwrap();
    assert_eq!(codes(&world.shows(&reader, "scie", &bob).await.unwrap()), [Code::MachineInUse]);
    world.clock.advance(TimeDelta::seconds(14));
    let next = world.shows(&reader, "scie", &ada).await.unwrap();
    assert_eq!((next.verdict, next.name.as_deref()), (Verdict::Grant, Some("Bob")));
    let before = world.app.store.read(move |db| read::get(db, first.id)).await.unwrap();
    assert_eq!(before.ended.unwrap().1, EndReason::Takeover);

    assert_eq!(codes(&world.shows(&reader, "scie", &ada).await.unwrap()), [Code::MachineInUse]);
    world.clock.advance(TimeDelta::seconds(16));
    let late = world.shows(&reader, "scie", &bob).await.unwrap();
    assert_eq!(late.verdict, Verdict::End, "too late to hand over: it only ends");
}

#[actix_web::test]
async fn a_learner_waits_for_a_trainer_and_a_buddy_for_another() {
    let world = World::with_lab().await;
    let course = world.training("securite").await;
    let (ada, bob) = (world.maker("Ada").await, world.maker("Bob").await);
    let staff = world.staff().await;
    let reader = world.reader(&["scie", "scie-2"]).await;
    world.powered("scie", PowerPolicy { supervision: Supervision::Trainer, ..walk_in() }).await;
    world.powered("scie-2", PowerPolicy { supervision: Supervision::Buddy, ..walk_in() }).await;
    for person in [&ada, &bob, &staff, &course.trainer] {
        world.badged(person).await;
    }
    assert_eq!(codes(&world.shows(&reader, "scie", &ada).await.unwrap()), [Code::SupervisorMissing]);
    assert_eq!(codes(&world.shows(&reader, "scie", &bob).await.unwrap()), [Code::SupervisorMissing]);
    assert_eq!(codes(&world.shows(&reader, "scie", &ada).await.unwrap()), [Code::SupervisorMissing]);
    world.clock.advance(TimeDelta::seconds(29));
    let together = world.shows(&reader, "scie", &staff).await.unwrap();
    let session = together.session.unwrap();
    assert_eq!((session.member, session.supervisor), (ada.id, Some(staff.id)));

    assert_eq!(codes(&world.shows(&reader, "scie-2", &ada).await.unwrap()), [Code::SupervisorMissing]);
    world.clock.advance(TimeDelta::seconds(31));
    assert_eq!(codes(&world.shows(&reader, "scie-2", &bob).await.unwrap()), [Code::SupervisorMissing]);
    let two = world.shows(&reader, "scie-2", &ada).await.unwrap().session.unwrap();
    assert_eq!((two.member, two.supervisor), (bob.id, Some(ada.id)));
}

#[actix_web::test]
async fn two_controllers_race_for_one_machine_and_one_session_is_open() {
    let world = World::with_lab().await;
    world.powered("scie", walk_in()).await;
    let (ada, bob) = (world.maker("Ada").await, world.maker("Bob").await);
    let (left, right) = (world.reader(&["scie"]).await, world.reader(&["scie"]).await);
    for person in [&ada, &bob] {
        world.badged(person).await;
    }
    for round in 0..20 {
        world.clock.advance(TimeDelta::seconds(60));
        let (one, two) = join(world.shows(&left, "scie", &ada), world.shows(&right, "scie", &bob)).await;
        let (one, two) = (one.unwrap(), two.unwrap());
        let open = world.app.store.read(read::open).await.unwrap();
        assert_eq!(open.len(), 1, "round {round}");
        let (winner, loser) = if one.verdict == Verdict::Grant { (&ada, two) } else { (&bob, one) };
        assert_eq!(open[0].member, winner.id, "round {round}");
        assert_eq!(codes(&loser), [Code::MachineInUse], "round {round}");
        world.clock.advance(TimeDelta::seconds(60));
        let over = world.shows(&left, "scie", winner).await.unwrap();
        assert_eq!(over.verdict, Verdict::End, "round {round}");
    }
    world.app.store.read(power::log::verify).await.unwrap();
}

#[actix_web::test]
async fn one_question_asked_twice_at_once_opens_one_session() {
    let world = World::with_lab().await;
    world.powered("scie", walk_in()).await;
    let (ada, reader) = (world.maker("Ada").await, world.reader(&["scie"]).await);
    world.badged(&ada).await;
    for round in 0..10 {
        let question = asked("scie", ada.id);
        let (one, two) =
            join(world.asks(&reader, question.clone()), world.asks(&reader, question.clone())).await;
        for answer in [one, two] {
            match answer {
                Ok(answer) => assert_eq!(answer.verdict, Verdict::Grant, "round {round}"),
                Err(error) => assert_eq!(error.code(), Code::IdempotencyInProgress, "round {round}"),
            }
        }
        assert_eq!(world.app.store.read(read::open).await.unwrap().len(), 1, "round {round}");
        world.shows(&reader, "scie", &ada).await.unwrap();
    }
}

#[actix_web::test]
async fn a_scan_is_few_statements_however_full_the_lab_is() {
    let world = World::with_lab().await;
    world.powered("scie", walk_in()).await;
    let (ada, bob, reader) =
        (world.maker("Ada").await, world.maker("Bob").await, world.reader(&["scie"]).await);
    world.badged(&ada).await;
    let mut counts = Vec::new();
    for day in [3, 4] {
        for hour in 9..18 {
            bob.books("scie-2", &format!("2026-03-{day:02} {hour:02}:00-{:02}:00", hour + 1)).await;
        }
        let before = world.app.store.statements();
        assert_eq!(world.shows(&reader, "scie", &ada).await.unwrap().verdict, Verdict::Grant);
        counts.push(world.app.store.statements() - before);
        world.shows(&reader, "scie", &ada).await.unwrap();
    }
    assert_eq!(counts[0], counts[1]);
    assert!(counts[0] <= 24, "{counts:?}");
}
