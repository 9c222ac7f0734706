//! A controller replaces its key.

use etabli::wire::{SigningKey, seal};
use serde_json::{Value as Json, json};

use crate::world::{
    World,
    controller::{Device, fresh_code},
};

fn proven(device: &Device<'_>, new: &SigningKey) -> Json {
    let proof = new.sign(&seal::of_new_key(&device.id, &new.public()));
    json!({ "public_key": new.public(), "proof": proof })
}

#[tokio::test]
async fn the_new_key_opens_and_the_old_one_does_not() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let old = world.controller(&staff, &["scie"]).await;
    let mine = format!("pairings/{}", old.id);
    let new = old.rekeyed();
    old.post("keys", proven(&old, &new.key)).await.expect(200);
    new.get(&mine).await.expect(200);
    old.get(&mine).await.problem(401, "signature_invalid");
    let told = staff.get(&format!("controllers/{}", old.id)).await.expect(200);
    assert_eq!(told["public_key"], new.key.public().to_string());
    // It stays bound to its machines, and the old key is gone for good.
    assert_eq!(told["machines"].as_array().unwrap().len(), 1);
    old.pair(&fresh_code()).await.problem(403, "controller_revoked");
    new.post("keys", proven(&new, &old.key)).await.problem(403, "controller_revoked");
}

#[tokio::test]
async fn nobody_takes_a_key_that_is_not_theirs() {
    let world = World::with_lab().await;
    let staff = world.staff().await;
    let device = world.controller(&staff, &["scie"]).await;
    let other = world.controller(&staff, &["laser"]).await;
    let theirs = json!({ "public_key": other.key.public(), "proof": "0".repeat(128) });
    device.post("keys", theirs).await.problem(401, "signature_invalid");
    device.post("keys", proven(&device, &other.key)).await.problem(403, "controller_revoked");
    // A proof made for one controller is none for another.
    let fresh = world.device().key;
    device.post("keys", proven(&other, &fresh)).await.problem(401, "signature_invalid");
}
