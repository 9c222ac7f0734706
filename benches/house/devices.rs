//! Controllers of the bench: machines of their own, keys, and requests signed as a device signs them.

use std::sync::atomic::{AtomicU64, Ordering};

use etabli::{
    access::{
        BadgeKey, Device, Secrets, badges,
        scan::{self, Asked, Place},
    },
    kernel::{ControllerId, Instant, Locale, MemberId},
    machines::{self, PowerPolicy, policy::Need},
    people::{self, model::Role},
    store::Db,
    wire::{Seal, SigningKey},
};
use serde_json::{Value as Json, json};

use crate::{
    house::House,
    lab::{self, Bookable, Lab, Person},
    wire::{Answer, Wire, post},
};

static NONCE: AtomicU64 = AtomicU64::new(1);

/// A controller that staff accepted, at one machine, with somebody in front of it.
pub struct Reader {
    key: SigningKey,
    id: String,
    machine: String,
    badge: String,
    now: i64,
    /// What runs there.
    session: Option<String>,
}

impl Reader {
    /// Shows the badge of whoever stands there.
    pub fn scan(&self) -> Vec<u8> {
        let request = NONCE.fetch_add(1, Ordering::Relaxed).to_string();
        let said = json!({ "request": request, "machine": self.machine, "badge": self.badge, "mono_ms": 1 });
        self.signed("scans", &said)
    }

    /// Says that its session goes on.
    pub fn beat(&self) -> Vec<u8> {
        let outputs = json!([{ "machine": self.machine, "on": true }]);
        let session = self.session.as_deref().unwrap();
        self.signed(&format!("sessions/{session}/heartbeat"), &json!({ "outputs": outputs, "watts": 740.0 }))
    }

    /// Switches on, and knows its session.
    pub fn start(&mut self, client: &mut Wire) {
        let answer = told(&client.ask(&self.scan()), 200);
        assert_eq!(answer["verdict"], "grant", "{answer}");
        self.session = Some(answer["session"].as_str().unwrap().to_owned());
    }

    fn signed(&self, path: &str, said: &Json) -> Vec<u8> {
        let (path, body) = (format!("/controller/v1/{path}"), said.to_string());
        let nonce = format!("nonce-{:020}", NONCE.fetch_add(1, Ordering::Relaxed));
        let seal = Seal { method: "POST", path: &path, timestamp: self.now, nonce: &nonce };
        let (id, now, signature) = (&self.id, self.now, seal.sign(&self.key, body.as_bytes()));
        let headers = format!(
            "X-Controller: {id}\r\nX-Timestamp: {now}\r\nX-Nonce: {nonce}\r\nX-Signature: {signature}\r\n"
        );
        post(&path, &headers, &body)
    }
}

/// So many more machines that anybody may switch on who comes by, each with a controller, and a member with a badge.
pub fn readers(house: &House, lab: &Lab, count: usize) -> Vec<Reader> {
    let (workshop, people) = (lab.machines[0].workshop, lab.members[..count].to_vec());
    let (now, secrets) = (lab.now, Secrets::of(&house.folder).unwrap());
    let staff = people[0].id;
    let machines = house.write(move |db| {
        people::administer::promote(db, staff, Role::Staff, now)?;
        let machines = lab::more_machines(db, workshop, count);
        for (machine, person) in machines.iter().zip(&people) {
            let policy = PowerPolicy { reservation: Need::WalkIn, ..PowerPolicy::default() };
            machines::store::put_policy(db, machine.id, &policy, 1)?;
            give_badge(db, &secrets, machine, person, now);
        }
        Ok(machines)
    });
    let mut client = house.client();
    let all = machines.iter().zip(&lab.members);
    all.map(|(machine, person)| pair(&mut client, lab, machine, person)).collect()
}

fn pair(client: &mut Wire, lab: &Lab, machine: &Bookable, person: &Person) -> Reader {
    let number = NONCE.fetch_add(1, Ordering::Relaxed);
    let mut seed = [7; 32];
    seed[..8].copy_from_slice(&number.to_be_bytes());
    let mut reader = Reader {
        key: SigningKey::from_seed(&seed),
        id: String::new(),
        machine: machine.slug.clone(),
        badge: badge_number(person.id),
        now: lab.now.utc().timestamp(),
        session: None,
    };
    let code = code(number);
    let asking = json!({ "public_key": reader.key.public(), "code": code, "firmware": "bench" });
    let pairing = told(&client.ask(&reader.signed("pairings", &asking)), 200);
    pairing["id"].as_str().unwrap().clone_into(&mut reader.id);
    let accepted = json!({ "code": code, "name": machine.slug, "machines": [machine.slug] });
    let staff = format!("Authorization: Bearer {}\r\n", lab.members[0].token);
    told(&client.ask(&post("/api/v1/controllers", &staff, &accepted.to_string())), 201);
    reader
}

/// Six letters, another six for each device.
fn code(number: u64) -> String {
    let letter = |place: u32| char::from(b'A' + (number / 8_u64.pow(place) % 8) as u8);
    (0..6).map(letter).collect()
}

/// Staff read the fresh card at a controller and give it to the member.
fn give_badge(db: &mut Db, secrets: &Secrets, machine: &Bookable, person: &Person, now: Instant) {
    let device = Device { id: ControllerId::new(), name: "bench".into(), machines: vec![machine.id] };
    let asked = Asked {
        request: "fresh".into(),
        machine: machine.slug.clone(),
        badge: badge_number(person.id),
        pin: None,
        tap: None,
        on: None,
        locale: Locale::Fr,
    };
    let (key, listing) = (BadgeKey::of(secrets), secrets.device(device.id));
    scan::scan(db, &Place { device: &device, key: &key, listing: &listing, now }, &asked).unwrap();
    let seen = badges::fresh(db, now).unwrap().into_iter().find(|(scan, _)| scan.controller == device.id);
    let (member, by) = (person.id, person.id);
    let giving = badges::Giving { scan: seen.unwrap().0.id, member, label: None, until: None, by };
    badges::give(db, &key, giving, now).unwrap();
}

fn badge_number(member: MemberId) -> String {
    hex::encode(&member.uuid().as_bytes()[9..])
}

fn told(answer: &Answer, wanted: u16) -> Json {
    let text = String::from_utf8_lossy(&answer.body);
    assert!(answer.status == wanted, "{} instead of {wanted}: {text}", answer.status);
    serde_json::from_str(&text).unwrap()
}
