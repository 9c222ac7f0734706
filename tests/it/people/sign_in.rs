//! Passwords for tokens, and the patience of those who guess.

use std::time::Duration;

use chrono::TimeDelta;
use etabli::{
    kernel::Clock,
    people::{self, Password},
};
use serde_json::json;

use crate::world::{Answer, World, people::PASSWORD};

async fn attempt(world: &World, email: &str, password: &str) -> Answer {
    world.stranger().post("sessions", json!({ "email": email, "password": password })).await
}

#[tokio::test]
async fn a_password_typed_on_another_keyboard_is_the_same() {
    let world = World::founded().await;
    let form = json!({ "email": "ada@example.org", "password": "trois copeaux de he\u{302}tre", "display_name": "Ada" });
    world.stranger().post("members", form).await.expect(202);
    attempt(&world, "ada@example.org", "trois copeaux de h\u{ea}tre").await.expect(201);
}

#[tokio::test]
async fn wrong_password_and_unknown_address_look_alike() {
    let world = World::founded().await;
    let ada = world.member("ada").await;
    let wrong = attempt(&world, &ada.email, "pas le bon mot de passe").await;
    let unknown = attempt(&world, "nobody@example.org", "pas le bon mot de passe").await;
    assert_eq!(wrong.problem(401, "wrong_credentials"), unknown.problem(401, "wrong_credentials"));
    assert_eq!(wrong.header("www-authenticate"), unknown.header("www-authenticate"));
}

#[tokio::test]
async fn delays_grow_with_failures_and_end_with_a_success() {
    let world = World::founded().await;
    let ada = world.member("ada").await;
    for _ in 0..5 {
        attempt(&world, &ada.email, "faux").await.problem(401, "wrong_credentials");
    }
    for (wait, waits) in [("1", 1), ("2", 2), ("4", 4)] {
        let refused = attempt(&world, &ada.email, PASSWORD).await;
        refused.problem(429, "too_many_tries");
        assert_eq!(refused.header("retry-after"), wait, "the right password has to wait as well");
        world.clock.advance(TimeDelta::seconds(waits));
        attempt(&world, &ada.email, "faux").await.problem(401, "wrong_credentials");
    }
    world.clock.advance(TimeDelta::seconds(8));
    attempt(&world, &ada.email, PASSWORD).await.expect(201);
    for _ in 0..4 {
        attempt(&world, &ada.email, "faux").await.problem(401, "wrong_credentials");
    }
    attempt(&world, &ada.email, PASSWORD).await.expect(201);
}

#[tokio::test]
async fn an_unknown_address_waits_like_a_known_one() {
    let world = World::founded().await;
    for _ in 0..5 {
        attempt(&world, "nobody@example.org", "faux").await.problem(401, "wrong_credentials");
    }
    attempt(&world, "nobody@example.org", "faux").await.problem(429, "too_many_tries");
    attempt(&world, "somebody@example.org", "faux").await.problem(401, "wrong_credentials");
}

#[tokio::test]
async fn guesses_at_once_learn_no_more_than_guesses_in_a_row() {
    let world = World::founded().await;
    let ada = world.member("ada").await;
    let guesses = (0..30).map(|_| attempt(&world, &ada.email, "faux"));
    let answers = futures_util::future::join_all(guesses).await;
    let told = answers.iter().filter(|answer| answer.status == 401).count();
    assert_eq!(told, 5, "{:?}", answers.iter().map(|answer| answer.status).collect::<Vec<_>>());
    assert!(answers.iter().all(|answer| matches!(answer.status, 401 | 429)));
}

#[tokio::test]
async fn many_who_know_the_password_come_in_at_once() {
    let world = World::founded().await;
    let ada = world.member("ada").await;
    let answers =
        futures_util::future::join_all((0..16).map(|_| attempt(&world, &ada.email, PASSWORD))).await;
    assert!(answers.iter().all(|answer| answer.status == 201));
}

#[tokio::test]
async fn a_token_is_never_answered_twice() {
    let world = World::founded().await;
    let ada = world.member("ada").await;
    let body = json!({ "email": ada.email, "password": PASSWORD });
    let ask = || {
        let request = world.stranger().request(reqwest::Method::POST, "sessions");
        Answer::to(request.header("Idempotency-Key", "once").json(&body))
    };
    let (first, second) = (ask().await.expect(201), ask().await);
    // Whatever the second says, it does not hold the first one's token.
    assert!(!second.text().contains(first["token"].as_str().unwrap()));
}

#[tokio::test]
async fn whoever_runs_the_house_vouches_for_an_address() {
    let world = World::founded().await;
    let ada = world.member("ada").unconfirmed().await;
    let before = attempt(&world, &ada.email, PASSWORD).await.expect(201);
    assert_eq!(before["member"]["email_confirmed"], false, "they may look around, and book nothing");
    let hash = world.app.passwords.hash(&Password::new("trois copeaux de hêtre")).await.unwrap();
    let (id, now) = (ada.id, world.clock.now());
    world.app.store.write(move |db| people::set_password(db, id, &hash, now)).await.unwrap();
    let signed_in = attempt(&world, &ada.email, "trois copeaux de hêtre").await.expect(201);
    assert_eq!(signed_in["member"]["email_confirmed"], true);
}

#[tokio::test]
async fn a_password_that_is_reset_while_it_is_compared_opens_nothing() {
    let world = World::founded().await;
    let ada = world.member("ada").await;
    let hash = world.app.passwords.hash(&Password::new("trois copeaux de hêtre")).await.unwrap();
    let (id, now) = (ada.id, world.clock.now());
    let reset = world.app.store.write(move |db| {
        people::set_password(db, id, &hash, now)?;
        // The sign-in reads, compares, and waits for this to be committed.
        std::thread::sleep(Duration::from_millis(600));
        Ok(())
    });
    let late = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        attempt(&world, &ada.email, PASSWORD).await
    };
    let (done, late) = tokio::join!(reset, late);
    done.unwrap();
    late.problem(401, "wrong_credentials");
    attempt(&world, &ada.email, PASSWORD).await.problem(401, "wrong_credentials");
    attempt(&world, &ada.email, "trois copeaux de hêtre").await.expect(201);
}
