//! What becomes of a controller's requests: the weather on the line, and what a bystander hears.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use etabli::{
    kernel::Instant,
    simulator::{
        core::{Call, Reply},
        weather::{Fate, Weather},
    },
};
use serde_json::Value as Json;

use crate::world::controller::Frame;

/// A verdict is none after so long.
pub const PATIENCE: TimeDelta = TimeDelta::milliseconds(500);
/// After so long without an answer a controller gives a request up.
const SILENCE: TimeDelta = TimeDelta::seconds(5);
/// The sky counts as clear so long after the last trouble.
const CLEARING: TimeDelta = TimeDelta::seconds(90);
/// For so long after it every heartbeat travels.
const CAREFUL: TimeDelta = TimeDelta::seconds(30);

/// An answer on its way.
pub struct Coming {
    pub at: Instant,
    pub call: u64,
    pub reply: Reply,
    /// Too late for a verdict.
    pub late: bool,
}

/// The line between one controller and the house.
pub struct Line {
    pub weather: Weather,
    /// Since when and until when nothing passes.
    pub dark: Option<(Instant, Instant)>,
    troubled: Option<Instant>,
    held: Option<(Call, Instant)>,
    pub coming: Vec<Coming>,
    /// What travelled last, as anybody may have overheard it.
    pub overheard: Option<Frame>,
    /// Until when the house lets each session run, as far as the controller was told.
    pub leases: BTreeMap<String, Instant>,
    /// The last heartbeat that travelled: of which session, when, and its answer.
    beat: Option<(String, Instant, String)>,
    /// Something happened: the next heartbeat travels.
    pub anew: bool,
    /// For so long heartbeats may be answered from memory.
    pub memory: TimeDelta,
    pub sent: usize,
    /// The last answer that said no.
    pub refused: Option<String>,
}

impl Line {
    pub fn new(memory: TimeDelta) -> Self {
        Self {
            weather: Weather::default(),
            dark: None,
            troubled: None,
            held: None,
            coming: Vec::new(),
            overheard: None,
            leases: BTreeMap::new(),
            beat: None,
            anew: false,
            memory,
            sent: 0,
            refused: None,
        }
    }

    /// Whether nothing was wrong with it for a while.
    pub fn is_clear(&self, now: Instant) -> bool {
        self.dark.is_none() && self.troubled.is_none_or(|at| now - at > CLEARING)
    }

    /// Whether nothing is going wrong with it any more.
    fn is_calm(&self, now: Instant) -> bool {
        self.dark.is_none() && self.troubled.is_none_or(|at| now - at > CAREFUL)
    }

    pub fn trouble(&mut self, now: Instant) {
        self.troubled = Some(now);
        self.anew = true;
    }

    /// The power of the controller failed: answers on their way find nobody.
    pub fn cut(&mut self) {
        self.coming.clear();
        self.held = None;
    }

    /// What leaves now, and with which fate.
    pub fn leaving(&mut self, call: Call, now: Instant) -> Vec<(Call, Fate)> {
        if self.dark.is_some_and(|(_, until)| until <= now) {
            self.dark = None;
            self.trouble(now);
        }
        let fate = if self.dark.is_some() { Fate::Drop } else { self.weather.fate() };
        if fate != Fate::Pass {
            self.trouble(now);
        }
        if fate == Fate::HoldBack {
            return self.held.replace((call, now)).map(|(held, _)| (held, Fate::Pass)).into_iter().collect();
        }
        let held = self.held.take().map(|(held, _)| (held, Fate::Pass));
        [(call, fate)].into_iter().chain(held).collect()
    }

    /// What memory answers, where nothing can have changed.
    pub fn remembered(&self, call: &Call, now: Instant) -> Option<Reply> {
        let session = beaten(&call.path)?;
        let (of, at, answer) = self.beat.as_ref()?;
        let fresh = !self.anew && of == session && now - *at < self.memory && self.is_calm(now);
        fresh.then(|| Reply::Said(200, answer.clone()))
    }

    /// Whether memory will answer the next heartbeats.
    pub fn lulls(&self, now: Instant) -> bool {
        let told = self.beat.as_ref().is_some_and(|(_, at, _)| now - *at < self.memory - SILENCE);
        self.is_calm(now) && told && !self.anew && self.coming.is_empty() && self.held.is_none()
    }

    /// Keeps what the answer to a request was.
    pub fn keep(&mut self, call: &Call, reply: &Reply, now: Instant) {
        let Reply::Said(200, letters) = reply else {
            if let Reply::Said(status, letters) = reply {
                self.refused = Some(format!("{now} {} {status} {letters}", call.path));
            }
            return;
        };
        let said: Json = serde_json::from_str(letters).unwrap_or_default();
        if let Some(session) = beaten(&call.path) {
            let lives = said["desired"] == "on";
            self.beat = lives.then(|| (session.to_owned(), now, letters.clone()));
            self.anew = false;
        }
    }

    /// What the controller hears with an answer: how long a session may run, or that it may not.
    pub fn hear(&mut self, reply: &Reply) {
        let Reply::Said(200, letters) = reply else { return };
        let said: Json = serde_json::from_str(letters).unwrap_or_default();
        let Some(session) = said["session"].as_str() else { return };
        let lives = said["verdict"] == "grant" || said["desired"] == "on";
        match said["until"].as_str().and_then(|until| until.parse().ok()) {
            Some(until) if lives => drop(self.leases.insert(session.to_owned(), until)),
            _ => drop(self.leases.remove(session)),
        }
    }

    /// When the answer of a request with this fate arrives, and whether it still brings something.
    pub fn arrival(fate: Fate, now: Instant) -> Option<(Instant, bool)> {
        match fate {
            Fate::Drop | Fate::DropAnswer | Fate::Stall => Some((now + SILENCE, false)),
            Fate::Delay(millis) => {
                Some((now + TimeDelta::milliseconds(i64::try_from(millis).unwrap()), true))
            }
            Fate::Pass | Fate::Twice | Fate::HoldBack | Fate::StolenNonce => None,
        }
    }

    /// Answers that have arrived.
    pub fn arrived(&mut self, now: Instant) -> Vec<Coming> {
        let (arrived, coming) = self.coming.drain(..).partition(|coming| coming.at <= now);
        self.coming = coming;
        arrived
    }

    /// What was held back for long enough: nothing else came to overtake it.
    pub fn let_go(&mut self, now: Instant) -> Option<Call> {
        self.held.take_if(|(_, since)| now - *since >= SILENCE).map(|(call, _)| call)
    }

    pub const fn holds_back(&self) -> bool {
        self.held.is_some()
    }
}

/// The session of a heartbeat's path.
fn beaten(path: &str) -> Option<&str> {
    path.strip_prefix("sessions/")?.strip_suffix("/heartbeat")
}
