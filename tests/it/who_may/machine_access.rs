//! The devices of the cast, and what is said to them and by them.

use etabli::wire::seal;
use reqwest::Method;
use serde_json::{Value as Json, json};

use crate::world::{
    Answer, World,
    badges::{number, walk_in},
    controller::{Device, fresh_code},
    people::Person,
};

/// A controller that asks, one to be revoked, and one that waits.
pub struct Devices<'w> {
    world: &'w World,
    asking: Device<'w>,
    spare: Device<'w>,
    code: String,
    card: String,
    badge: String,
    session: String,
}

impl<'w> Devices<'w> {
    pub async fn of(world: &'w World, staff: &Person<'_>) -> Self {
        let asking = world.controller(staff, &["scie"]).await;
        world.powered("scie", walk_in()).await;
        // The one that is switched on by phone.
        world.powered("scie-2", walk_in()).await;
        let plug = json!({ "machine": "scie-2", "adapter": "tasmota", "topic": "phone" });
        staff.post("plugs", plug).await.expect(201);
        world.plug_answers("scie-2").await;
        let ada = world.maker("ada").await;
        world.badged(&ada).await;
        let scan = |number: String| {
            asking.post(
                "scans",
                json!({ "request": fresh_code(), "machine": "scie",
            "badge": number, "mono_ms": 1 }),
            )
        };
        let session = scan(number(ada.id)).await.expect(200);
        scan("04112233".into()).await.expect(200);
        let fresh = staff.get("badges/fresh").await.expect(200);
        let badges = staff.get(&format!("members/{}/badges", ada.id)).await.expect(200);
        let text = |value: &Json| value.as_str().unwrap().to_owned();
        Self {
            world,
            card: text(&fresh["items"][0]["scan"]),
            badge: text(&badges["items"][0]["id"]),
            session: text(&session["session"]),
            asking,
            spare: world.controller(staff, &["laser"]).await,
            code: world.device().paired().await.1,
        }
    }

    /// Which controller a path is about.
    pub fn id(&self, template: &str) -> String {
        if template.contains("sessions/{id}") {
            self.session.clone()
        } else if template.starts_with("/badges") {
            self.badge.clone()
        } else if template.ends_with("/revocation") {
            self.spare.id.clone()
        } else {
            self.asking.id.clone()
        }
    }

    /// Asks as the controller does.
    pub async fn ask(&self, method: Method, path: &str, body: &Json) -> Answer {
        let query = if path.ends_with("/allow-list") { "?machine=scie" } else { "" };
        let path = if path.starts_with('/') { format!("{path}{query}") } else { format!("/api/v1/{path}") };
        let frame = self.asking.frame(method, "", body);
        self.asking.send(&crate::world::controller::Frame { path, ..frame }).await
    }

    /// A request about controllers, or by one, that would do what it says; nothing where it is about something else.
    pub fn body(&self, method: &str, template: &str) -> Json {
        match (method, template) {
            ("POST", "/controllers") => json!({ "code": self.code, "name": "Porte", "machines": ["scie"] }),
            ("POST", "/controllers/{id}/revocation") => json!({ "reason": "essai" }),
            ("POST", "/badges") => json!({ "scan": self.card, "member": "target@example.org" }),
            ("POST", "/badges/{id}/revocation" | "/machines/{machine}/lockouts/clearance") => {
                json!({ "reason": "essai" })
            }
            ("POST", "/machines/{machine}/lockouts") => json!({ "class": "defect", "reason": "essai" }),
            ("POST", "/machines/{machine}/services") => json!({ "note": "courroie" }),
            ("PUT", "/badges/{id}/card") => json!({ "key": "00".repeat(16) }),
            ("PUT", "/me/power-pin") => json!({ "pin": "4711" }),
            ("POST", "/me/power-approvals") => json!({ "machine": "scie" }),
            ("POST", "/controller/v1/hello") => {
                json!({ "firmware": "essai", "boot_id": "b1", "reset_reason": "power", "list_version": 0,
                    "outputs": [], "lockouts": [] })
            }
            ("POST", "/controller/v1/scans") => {
                json!({ "request": fresh_code(), "machine": "scie", "badge": "04445566", "mono_ms": 1 })
            }
            ("POST", "/controller/v1/sessions/{id}/heartbeat") => json!({ "outputs": [] }),
            ("POST", "/controller/v1/sessions/{id}/end") => json!({ "reason": "button" }),
            ("POST", "/controller/v1/lockouts") => json!({ "machine": "scie", "class": "to_check" }),
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
