//! The devices of the cast, and what is said to them and by them.

use etabli::wire::seal;
use reqwest::Method;
use serde_json::{Value as Json, json};

use crate::world::{
    Answer, World,
    controller::{Device, fresh_code},
    people::Person,
};

/// A controller that asks, one to be revoked, and one that waits.
pub struct Devices<'w> {
    world: &'w World,
    asking: Device<'w>,
    spare: Device<'w>,
    code: String,
}

impl<'w> Devices<'w> {
    pub async fn of(world: &'w World, staff: &Person<'_>) -> Self {
        Self {
            world,
            asking: world.controller(staff, &["scie"]).await,
            spare: world.controller(staff, &["laser"]).await,
            code: world.device().paired().await.1,
        }
    }

    /// Which controller a path is about.
    pub fn id(&self, template: &str) -> String {
        if template.ends_with("/revocation") { self.spare.id.clone() } else { self.asking.id.clone() }
    }

    /// Asks as the controller does.
    pub async fn ask(&self, method: Method, path: &str, body: &Json) -> Answer {
        let path = if path.starts_with('/') { path.to_owned() } else { format!("/api/v1/{path}") };
        let frame = self.asking.frame(method, "", body);
        self.asking.send(&crate::world::controller::Frame { path, ..frame }).await
    }

    /// A request about controllers, or by one, that would do what it says; nothing where it is about something else.
    pub fn body(&self, method: &str, template: &str) -> Json {
        match (method, template) {
            ("POST", "/controllers") => json!({ "code": self.code, "name": "Porte", "machines": ["scie"] }),
            ("POST", "/controllers/{id}/revocation") => json!({ "reason": "essai" }),
            ("POST", "/controller/v1/pairings") => {
                json!({ "public_key": self.asking.key.public(), "code": fresh_code(), "firmware": "essai" })
            }
            ("POST", "/controller/v1/events") => {
                json!({ "boot_id": "b1", "mono_ms": 5, "events": [{ "seq": 1, "boot_id": "b1", "mono_ms": 1,
                    "wall": null, "type": "boot", "data": {}, "prev": "0".repeat(64) }] })
            }
            ("POST", "/controller/v1/keys") => {
                let key = self.world.device().key;
                let proof = key.sign(&seal::of_new_key(&self.asking.id, &key.public()));
                json!({ "public_key": key.public(), "proof": proof })
            }
            _ => Json::Null,
        }
    }
}
