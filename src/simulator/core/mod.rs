//! What a controller does about what happens to it. It is told the time and does no I/O: whatever it wants done, it
//! answers as [`Deed`]s.
//!
//! Read in this order: this file (what can happen, and the walk through it), `badge` (starting and stopping), `answers`
//! (what the server says), `events` (what it is told), `lease` (what time does).

mod answers;
mod badge;
mod events;
mod lease;
mod words;

#[cfg(test)]
mod tests;

use serde_json::{Value as Json, json};

use super::memory::Memory;
use crate::kernel::{Locale, Value, words::say};
pub use words::{Call, Deed, Fittings, Happening, Reply};
use words::{Matter, Policy, Run};

/// A verdict that comes later, in milliseconds, is no verdict.
pub const PATIENCE: i64 = 500;
/// What runs is told about so often, in milliseconds.
pub const BEAT: i64 = 10_000;
/// A controller at rest says hello so often, in milliseconds.
pub const HELLO: i64 = 30_000;
/// After so many milliseconds without an answer the link counts as lost.
pub const LOST: i64 = 25_000;

/// A controller of one machine.
#[derive(Debug)]
pub struct Core {
    /// Slug of its machine.
    pub machine: String,
    /// The language of the display.
    locale: Locale,
    /// Whether it holds the relay, or only reads badges.
    switches: bool,
    /// What survives.
    pub memory: Memory,
    /// The word of this start.
    pub boot: String,
    relay: bool,
    run: Option<Run>,
    asked: Vec<(u64, Matter)>,
    calls: u64,
    now: i64,
    /// Milliseconds since 1970 at the start of the device, once the server told the time.
    epoch: Option<i64>,
    policy: Policy,
    heard: i64,
    next: i64,
    watts: Option<f64>,
    idle_since: Option<i64>,
    deeds: Vec<Deed>,
}

impl Core {
    /// Switches the controller on: outputs off, whatever was before. The server is told what a power cut ended.
    #[must_use]
    pub fn start(fitted: impl Into<Fittings>, mut memory: Memory) -> (Self, Vec<Deed>) {
        let (Fittings { machine, relay: switches, locale }, boot) = (fitted.into(), memory.boot());
        let mut core = Self {
            machine,
            locale,
            switches,
            memory,
            boot,
            relay: false,
            run: None,
            asked: Vec::new(),
            calls: 0,
            now: 0,
            epoch: None,
            policy: Policy::default(),
            heard: 0,
            next: 0,
            watts: None,
            idle_since: None,
            deeds: if switches { vec![Deed::Relay(false)] } else { Vec::new() },
        };
        core.write_down("boot", &json!({}));
        if let Some(session) = core.memory.open.take() {
            core.tell_end(session, "power");
        }
        if std::mem::take(&mut core.memory.offline) {
            let said = json!({ "machine": core.machine, "reason": "power" });
            core.write_down("offline_end", &said);
        }
        core.at_rest();
        let deeds = core.happen(0, Happening::Tick);
        (core, deeds)
    }

    /// Lives through something, `now` milliseconds after the start.
    pub fn happen(&mut self, now: i64, what: Happening) -> Vec<Deed> {
        self.now = now.max(self.now);
        match what {
            Happening::Badge(badge) => self.badge(badge, None),
            Happening::BadgeAndPin(badge, pin) => self.badge(badge, Some(pin)),
            Happening::Button => self.stop("button"),
            Happening::LockOut(class) => self.lock_out(&class),
            Happening::Watts(watts) => self.measure(watts),
            Happening::Answer(call, reply) => {
                // What comes too late is late even where nobody looked at the clock meanwhile.
                self.impatience();
                self.answered(call, reply);
            }
            Happening::Tick => {}
        }
        self.pass_time();
        std::mem::take(&mut self.deeds)
    }

    /// Whether the machine has power.
    #[must_use]
    pub const fn is_on(&self) -> bool {
        self.relay
    }

    /// Whether something may be due within a second: the end of a lease, or of its patience.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        self.run.is_some() || !self.asked.is_empty()
    }

    /// Whether it is locked out, and for what.
    #[must_use]
    pub fn lockout(&self) -> Option<&str> {
        self.memory.lockout.as_deref()
    }

    /// Seconds since 1970, once the server told the time.
    #[must_use]
    pub fn wall(&self) -> Option<i64> {
        self.epoch.map(|epoch| epoch.saturating_add(self.now).div_euclid(1000))
    }

    /// Somebody moves its clock, by so many seconds.
    pub fn jump(&mut self, seconds: i64) {
        self.epoch = self.epoch.map(|epoch| epoch.saturating_add(seconds.saturating_mul(1000)));
    }

    fn call(&mut self, matter: Matter, method: &'static str, path: &str, body: &Json) {
        self.calls += 1;
        self.asked.push((self.calls, matter));
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.deeds.push(Deed::Call(Call { id: self.calls, method, path: path.to_owned(), body }));
    }

    fn display(&mut self, text: impl Into<String>) {
        self.deeds.push(Deed::Show(text.into()));
    }

    /// Shows a sentence about its machine, in the language of the display.
    fn show_words(&mut self, key: &str, values: &[(&'static str, Value)]) {
        let machine = ("machine", Value::from(self.machine.as_str()));
        let values: Vec<_> = values.iter().cloned().chain([machine]).collect();
        let text = say(self.locale, key, &values);
        self.display(text);
    }

    fn switch(&mut self, on: bool) {
        if self.relay != on {
            self.relay = on;
            self.deeds.push(Deed::Relay(on));
            self.write_down(if on { "relay_on" } else { "relay_off" }, &json!({}));
        }
    }

    fn write_down(&mut self, kind: &str, data: &Json) {
        let at = (self.now, self.wall());
        self.memory.write_down(&self.boot, at, kind, data);
    }

    fn waits_for(&self, matter: impl Fn(&Matter) -> bool) -> bool {
        self.asked.iter().any(|(_, asked)| matter(asked))
    }

    fn at_rest(&mut self) {
        match self.memory.lockout.clone() {
            Some(class) => {
                let why = say(self.locale, &format!("sim-class-{class}"), &[]);
                self.show_words("sim-locked", &[("why", why.into())]);
            }
            None => self.show_words("sim-rest", &[]),
        }
    }
}
