//! The cast of the table, the things they ask about, and the words they ask with.

use reqwest::Method;
use serde_json::{Value as Json, json};

use super::machine_access::Devices;
use crate::world::{
    Answer, World,
    bookings::wish,
    people::{PASSWORD, Person},
    training::Course,
};

/// Everybody, and the things of which somebody is the owner.
pub struct Cast<'w> {
    world: &'w World,
    people: Vec<(&'static str, Person<'w>)>,
    course: Course<'w>,
    target: Person<'w>,
    reservation: String,
    certification: String,
    session: String,
    held: String,
    letter: String,
    devices: Devices<'w>,
}

impl<'w> Cast<'w> {
    /// An owner who booked, is trained and enrolled; the others with nothing.
    pub async fn of(world: &'w World) -> Self {
        let course = world.training("securite").await;
        let owner = world.maker("owner").await;
        let booked = owner.books("scie", "2026-03-03 10:00-11:00").await.expect(201);
        world.trained_on(owner.id, "securite").await;
        let held = owner.get("me/certifications").await.expect(200);
        let session = course.session(20).await;
        let earlier = json!({ "training": "securite", "seats": 1,
            "starts_at": "2026-03-04T09:00:00Z", "ends_at": "2026-03-04T11:00:00Z" });
        let held_session = id(&course.trainer.post("training-sessions", earlier).await.expect(201));
        owner.post(&format!("training-sessions/{held_session}/enrolments"), json!({})).await.expect(201);
        let staff = world.staff().await;
        let target = world.member("target").born("2010-05-17").await;
        let seat = json!({ "member": target.id });
        staff.post(&format!("training-sessions/{session}/enrolments"), seat).await.expect(201);
        let devices = Devices::of(world, &staff).await;
        let letters = staff.get("letters").await.expect(200);
        let people = vec![
            ("member", world.maker("member").await),
            ("owner", owner),
            ("leader", world.member("leader").leader().await),
            ("other", world.training("laser-2").await.trainer),
            ("staff", staff),
            ("admin", world.admin().await),
        ];
        Self {
            world,
            people,
            course,
            target,
            reservation: id(&booked),
            certification: id(&held["items"][0]),
            session,
            held: held_session,
            letter: id(&letters["items"][0]),
            devices,
        }
    }

    /// What the answer is when somebody of this kind asks.
    pub async fn ask(&self, kind: &str, method: &str, template: &str) -> Answer {
        let method: Method = method.parse().unwrap();
        let path = self.path(kind, &method, template).await;
        if template == "/members/{id}/suspension" && method == Method::DELETE {
            // What the one before lifted can be lifted again.
            self.person("staff").unwrap().post(&path, json!({ "reason": "essai" })).await.expect(200);
        }
        if template == "/machines/{machine}/lockouts/clearance" {
            let smell = json!({ "class": "defect", "reason": "essai" });
            self.person("staff").unwrap().post("machines/scie/lockouts", smell).await.expect(200);
        }
        let person = self.person(kind);
        let nobody = self.world.stranger();
        let body = match self.devices.body(method.as_str(), template) {
            Json::Null => body((self.person("owner").unwrap(), &self.target), method.as_str(), template),
            body => body,
        };
        if kind == "controller" {
            return self.devices.ask(method, &path, &body).await;
        }
        let request = person.map_or(&nobody, |person| &**person).request(method.clone(), &path);
        let request = match body {
            Json::Null => request,
            body => request.json(&body),
        };
        Answer::to(request).await
    }

    /// What an admin is answered who changes the thing of a path.
    pub async fn change(&self, template: &str, change: &Json) -> Answer {
        let path = self.path("admin", &Method::PATCH, template).await;
        Answer::to(self.person("admin").unwrap().request(Method::PATCH, &path).json(change)).await
    }

    fn person(&self, kind: &str) -> Option<&Person<'w>> {
        match kind {
            "stranger" | "controller" => None,
            "trainer" => Some(&self.course.trainer),
            _ => Some(&self.people.iter().find(|(known, _)| *known == kind).unwrap().1),
        }
    }

    /// The path with the things of this world in it.
    async fn path(&self, kind: &str, method: &Method, template: &str) -> String {
        let segments: Vec<&str> = template.trim_start_matches('/').split('/').collect();
        let id = match segments[0] {
            "reservations" => self.reservation.clone(),
            "certifications" => self.certification.clone(),
            "training-sessions" if template.ends_with("/results") => {
                // Results are told once the session has begun.
                self.world.clock.set("2026-03-04T09:30:00Z".parse().unwrap());
                self.held.clone()
            }
            "training-sessions" => self.session.clone(),
            "letters" => self.letter.clone(),
            "controllers" | "controller" | "badges" | "power-sessions" => self.devices.id(template),
            "plugs" if template.contains("{id}") => self.plug().await,
            "members" => self.target.id.to_string(),
            "memberships" => self.membership().await,
            "closures" if method == Method::DELETE => self.closure().await,
            "me" if template.contains("power-sessions/{id}") => self.phoned().await,
            "me" if template.contains("{id}") => self.spare_session(kind).await,
            _ => String::new(),
        };
        let week = "from=2026-03-02&days=2";
        let hour = "starts_at=2026-03-04T09:00:00Z&ends_at=2026-03-04T10:00:00Z";
        let machine = if template.ends_with("/power-sessions") { "scie-2" } else { "scie" };
        let filled = template
            .replace("{id}", &id)
            .replace("{member}", &self.target.id.to_string())
            .replace("{machine}", machine)
            .replace("{workshop}", "bois");
        let filled =
            filled.replace("{t}", "securite").replace("{plan}", "maker").replace("{token}", &"0".repeat(43));
        let rooted = ["health", "metrics", "api", "controller"].contains(&segments[0]);
        match segments[segments.len() - 1] {
            _ if rooted => filled,
            "calendar" => format!("{}?{week}", &filled[1..]),
            "gates" => format!("{}?{hour}", &filled[1..]),
            _ => filled[1..].to_owned(),
        }
    }

    /// A closure that nobody has taken away yet.
    async fn closure(&self) -> String {
        let staff = self.person("staff").unwrap();
        let wanted = body((self.person("owner").unwrap(), &self.target), "POST", "/closures");
        let made = staff.post("closures", wanted.clone()).await;
        let known = staff.get("lab").await.expect(200);
        let mut closures = known["closures"].as_array().unwrap().iter();
        id(closures
            .find(|closure| closure["reason"] == wanted["reason"])
            .unwrap_or_else(|| panic!("{}", made.text())))
    }

    /// A plug that nobody has taken away yet.
    async fn plug(&self) -> String {
        let staff = self.person("staff").unwrap();
        let made = staff.post("plugs", plug("laser")).await;
        let known = staff.get("plugs").await.expect(200);
        let mut plugs = known["items"].as_array().unwrap().iter();
        id(plugs.find(|plug| plug["machine"] == "laser").unwrap_or_else(|| panic!("{}", made.text())))
    }

    /// What the member switched on by phone.
    async fn phoned(&self) -> String {
        let sessions = self.person("member").unwrap().get("me/power-sessions").await.expect(200);
        id(&sessions["items"][0])
    }

    /// A membership that nobody has ended yet; one was given already from the first days on.
    async fn membership(&self) -> String {
        let path = format!("members/{}/memberships", self.target.id);
        for day in 2..=28 {
            let given = json!({ "plan": "maker", "starts_on": format!("2026-03-{day:02}") });
            let answer = self.person("staff").unwrap().post(&path, given).await;
            if answer.status != 409 {
                return id(&answer.expect(201));
            }
        }
        panic!("a membership from every day of the month is given")
    }

    /// Another sign-in of the same person, to be revoked.
    async fn spare_session(&self, kind: &str) -> String {
        let Some(person) = self.person(kind) else { return uuid::Uuid::now_v7().to_string() };
        let credentials = json!({ "email": person.email, "password": PASSWORD });
        self.world.stranger().post("sessions", credentials).await.expect(201);
        let sessions = person.get("me/sessions").await.expect(200);
        let sessions = sessions["items"].as_array().unwrap();
        id(sessions.iter().find(|session| session["current"] == false).unwrap())
    }
}

pub fn id(thing: &Json) -> String {
    thing["id"].as_str().unwrap_or_else(|| panic!("no id in {thing}")).to_owned()
}

fn plug(machine: &str) -> Json {
    json!({ "machine": machine, "adapter": "tasmota", "topic": machine })
}

/// Whether somebody was let in, and if not, how they were refused.
pub fn verdict(answer: &Answer) -> &'static str {
    assert!(answer.status < 500, "{} {}", answer.status, answer.text());
    let problem = answer.header("content-type") == "application/problem+json";
    let code = if problem { answer.json()["code"].as_str().unwrap().to_owned() } else { String::new() };
    match (answer.status, code.as_str()) {
        (401, "unauthenticated") => "401",
        (403, "forbidden") => "403",
        (404, _) => "404",
        _ => "yes",
    }
}

/// A request that would do what it says, if it is let in.
fn body((owner, target): (&Person<'_>, &Person<'_>), method: &str, template: &str) -> Json {
    let email = &target.email;
    let name = json!({ "fr": "Essai", "en": "Trial" });
    let hours = json!({ "starts_at": "2026-03-05T09:00:00Z", "ends_at": "2026-03-05T11:00:00Z" });
    match (method, template) {
        ("PUT", "/lab/opening-hours") => {
            json!({ "spans": [{ "weekday": 4, "opens": "08:00", "closes": "20:00", "staffed": true }] })
        }
        ("POST", "/closures") => {
            json!({ "starts_at": "2026-04-05T09:00:00Z", "ends_at": "2026-04-05T11:00:00Z",
            "reason": "inventaire" })
        }
        ("POST", "/workshops") => json!({ "slug": "essai", "name": name, "area_m2": 20, "capacity": 2 }),
        ("POST", "/machines") => json!({ "slug": "essai", "name": name, "workshop": "bois" }),
        ("POST", "/machines/{machine}/state") => {
            json!({ "state": "in_service", "reason": "courroie changée" })
        }
        ("PUT", "/machines/{machine}/power-policy") => json!({ "reservation": "walk_in" }),
        ("POST", "/reservations") => wish("scie-2", "2026-03-05 14:00-15:00"),
        ("PATCH", "/reservations/{id}" | "/training-sessions/{id}") => hours,
        ("POST", "/trainings") => json!({ "slug": "essai", "name": name }),
        ("PUT", "/trainings/{t}/trainers") => json!({ "members": ["securite-trainer@example.org"] }),
        ("POST", "/training-sessions") => json!({ "training": "securite", "seats": 4,
            "starts_at": "2026-03-12T09:00:00Z", "ends_at": "2026-03-12T11:00:00Z" }),
        ("POST", "/training-sessions/{id}/results") => {
            json!({ "results": [{ "member": owner.id, "passed": true }] })
        }
        (
            "POST",
            "/training-sessions/{id}/cancellation"
            | "/training-sessions/{id}/enrolments/{member}/removal"
            | "/certifications/{id}/suspension"
            | "/certifications/{id}/revocation"
            | "/members/{id}/suspension"
            | "/memberships/{id}/end",
        ) => json!({ "reason": "essai" }),
        ("POST", "/members/{id}/certifications") => {
            json!({ "training": "securite", "note": "vue à l’œuvre" })
        }
        ("POST", "/members/{id}/memberships") => json!({ "plan": "maker", "starts_on": "2026-03-02" }),
        ("POST", "/members/{id}/guardian-consent") => json!({ "guardian_name": "Parent" }),
        // Nobody has it on.
        ("POST", "/plugs") => plug("imprimante"),
        ("POST", "/plans") => json!({ "slug": "essai", "name": name, "duration_days": 30 }),
        ("POST", "/members") => {
            json!({ "email": "new@example.org", "password": PASSWORD, "display_name": "New" })
        }
        ("POST", "/members/confirmations") => json!({ "token": "0".repeat(43) }),
        ("POST", "/password-resets") => json!({ "email": email }),
        ("POST", "/password-resets/{token}") => json!({ "password": PASSWORD }),
        ("POST", "/sessions") => json!({ "email": email, "password": PASSWORD }),
        ("POST", "/reservations/{id}/cancellation") | ("PATCH", _) => json!({}),
        _ => Json::Null,
    }
}
