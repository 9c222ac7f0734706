//! The key of a controller in somebody else's hands.

use etabli::{
    access::session::EndReason,
    simulator::core::{BEAT, HELLO},
};
use serde_json::{Value as Json, json};

use super::{
    simulated::{at_the_saw, ended, is_intended},
    telling::Diary,
};
use crate::world::{
    World,
    badges::{number, walk_in},
};

#[tokio::test]
async fn a_stolen_key_shows_as_a_fork_and_is_worth_nothing_once_revoked() {
    let world = World::with_lab().await;
    let (ada, mut saw) = at_the_saw(&world, walk_in()).await;
    saw.wait(2 * HELLO).await;
    saw.badge(&ada).await;
    assert!(is_intended(&world).await);

    // The thief signs as the controller does, and tells a story of the same start that is another one.
    let mut thief = Diary::of(saw.device.clone(), &saw.core.boot);
    let story = thief.events(1);
    thief.tell(&story).await;
    let boss = world.member("boss").staff().await;
    let path = format!("controllers/{}", saw.device.id);
    let log = boss.get(&format!("{path}/events")).await.expect(200);
    assert_eq!(log["forks"], json!(1));
    let forked = log["items"].as_array().unwrap().iter().filter(|one| one["link"] == "fork").count();
    assert_eq!(forked, 1);

    boss.post(&format!("{path}/revocation"), json!({ "reason": "volé" })).await.expect(200);
    assert_eq!(ended(&world, &ada).await, Some(EndReason::Staff), "what it had begun is over at once");
    assert!(!is_intended(&world).await);
    let scan = json!({ "request": "r", "machine": "scie", "badge": number(ada.id), "mono_ms": 1 });
    for (path, body) in [
        ("scans", scan),
        (
            "hello",
            json!({ "firmware": "x", "boot_id": "b", "reset_reason": "power", "list_version": 0,
            "log_head": null, "outputs": [], "lockouts": [] }),
        ),
        ("lockouts", json!({ "machine": "scie", "class": "defect" })),
    ] {
        thief.device.post(path, body).await.problem(403, "controller_revoked");
    }
    thief.device.get("allow-list?machine=scie").await.problem(403, "controller_revoked");
    saw.wait(2 * BEAT).await;
    assert!(!saw.core.is_on(), "the controller itself lets go");
    let power = world.stranger().get("machines/scie/power").await.expect(200);
    assert_eq!(power["lockout"], Json::Null, "nobody locks out with a key that was revoked");
}

#[tokio::test]
async fn a_machine_that_is_taken_from_a_controller_ends_what_ran_there() {
    let world = World::with_lab().await;
    let (ada, mut saw) = at_the_saw(&world, walk_in()).await;
    saw.badge(&ada).await;
    let boss = world.member("boss").staff().await;
    let path = format!("controllers/{}", saw.device.id);
    boss.patch(&path, json!({ "machines": ["scie-2"] })).await.expect(200);
    assert_eq!(ended(&world, &ada).await, Some(EndReason::Staff));
    saw.wait(2 * BEAT).await;
    assert!(!saw.core.is_on() && !is_intended(&world).await);
}
