//! A controller on a bench: the test is its server, its clock and its hands.

use serde_json::{Value as Json, json};

use super::super::{Call, Core, Deed, HELLO, Happening, Reply};
use crate::{
    simulator::memory::Memory,
    wire::{
        SigningKey,
        list::{AllowList, Entry, Sealed, tag},
    },
};

pub const ADA: &str = "04A2B3C4";
/// Monday morning, in seconds since 1970.
pub const MONDAY: i64 = 1_772_438_400;
pub const DEVICE: &str = "01939000-0000-7000-8000-000000000001";

pub struct Bench {
    pub core: Core,
    pub now: i64,
    pub calls: Vec<Call>,
}

impl Bench {
    pub fn start(memory: Memory) -> Self {
        let (core, deeds) = Core::start("scie", memory);
        let mut bench = Self { core, now: 0, calls: Vec::new() };
        bench.keep(deeds);
        bench
    }

    /// A controller that knows its machine's policy and the time.
    pub fn ready(policy: &Json) -> Self {
        let mut bench = Self::start(memory());
        bench.greet(policy, &json!(null), &json!(null));
        bench
    }

    pub fn keep(&mut self, deeds: Vec<Deed>) {
        self.calls.extend(deeds.into_iter().filter_map(|deed| match deed {
            Deed::Call(call) => Some(call),
            Deed::Relay(_) | Deed::Show(_) => None,
        }));
    }

    pub fn live(&mut self, what: Happening) {
        let deeds = self.core.happen(self.now, what);
        self.keep(deeds);
    }

    pub fn wait(&mut self, millis: i64) {
        let until = self.now + millis;
        while self.now < until {
            self.now = until.min(self.now + 100);
            self.live(Happening::Tick);
        }
    }

    /// Takes the last request to this path.
    pub fn asked(&mut self, path: &str) -> Call {
        let at = self.calls.iter().rposition(|call| call.path.contains(path));
        self.calls.remove(at.unwrap_or_else(|| panic!("nothing asked of {path}: {:?}", self.calls)))
    }

    pub fn answer(&mut self, path: &str, status: u16, said: &Json) {
        let call = self.asked(path);
        self.live(Happening::Answer(call.id, Reply::Said(status, said.to_string())));
    }

    pub fn time(&self, seconds: i64) -> String {
        let millis = MONDAY * 1000 + self.now + seconds * 1000;
        chrono::DateTime::from_timestamp_millis(millis).unwrap().to_rfc3339()
    }

    pub fn greet(&mut self, policy: &Json, lockout: &Json, session: &Json) {
        let time = self.time(0);
        self.answer(
            "hello",
            200,
            &json!({ "time": time, "machines": [
            { "slug": "scie", "desired": "off", "session": session, "lockout": lockout, "policy": policy }
        ] }),
        );
    }

    pub fn grant(&self, seconds: i64) -> Json {
        json!({ "verdict": "grant", "session": "s-1", "until": self.time(seconds), "member_name": "Ada" })
    }

    pub fn running(policy: &Json) -> Self {
        let mut bench = Self::ready(policy);
        bench.live(Happening::Badge(ADA.into()));
        let grant = bench.grant(3600);
        bench.answer("scans", 200, &grant);
        assert!(bench.core.is_on());
        bench
    }

    pub fn kinds(&self) -> Vec<&str> {
        self.core.memory.events.iter().map(|event| event.kind.as_str()).collect()
    }
}

impl Bench {
    pub fn greet_again(&mut self, start: &str) {
        self.wait(HELLO);
        self.greet(&json!({ "link_loss_start": start }), &json!(null), &json!(null));
    }
}

pub fn memory() -> Memory {
    let mut memory = Memory::new(&[7; 32]);
    memory.id = DEVICE.into();
    memory.server_key = Some(SigningKey::from_seed(&[1; 32]).public());
    memory.device_key = Some(hex::encode([2; 32]));
    memory
}

/// A list as it travels, letter by letter.
pub fn letters(version: i64, not_after: i64) -> String {
    let entry = Entry { tag: tag(&[2; 32], &[4, 0xa2, 0xb3, 0xc4]), until: MONDAY + 50_000 };
    let (machine, not_before, entries) = ("scie".to_owned(), MONDAY - 3600, vec![entry]);
    let list = AllowList { version, machine, not_before, not_after, entries };
    serde_json::to_string(&Sealed::of(&list, DEVICE, &SigningKey::from_seed(&[1; 32])).unwrap()).unwrap()
}
