//! What a bystander writes down: when a machine was on, for whom, until when at most, and what it drew.

use chrono::TimeDelta;
use etabli::{
    kernel::Instant,
    wire::list::{Sealed, tag},
};
use serde_json::Value as Json;

use super::reader::Reader;

/// A machine was on.
#[derive(Debug, Clone)]
pub struct Run {
    /// As the house calls it, once the controller knows.
    pub session: Option<String>,
    /// Whether it began without the house.
    pub offline: bool,
    pub began: Instant,
    pub ended: Option<Instant>,
    /// The end that the house, or its list, gave it at first.
    pub until: Instant,
    /// Whether anything was wrong meanwhile.
    pub rough: bool,
    /// What it drew, in watt hours.
    pub drawn: f64,
}

impl Reader<'_> {
    /// Writes down what a bystander sees at the machine.
    pub fn notice(&mut self) {
        self.count();
        let now = self.now();
        let (on, open) = (self.core.is_on(), self.core.memory.open.clone());
        let clear = self.line.is_clear(now);
        let Some(run) = self.runs.last_mut().filter(|run| run.ended.is_none()) else {
            if on {
                self.begin_run(open);
            }
            return;
        };
        run.rough |= !clear;
        if !on {
            return self.end_run();
        }
        match (&run.session, open) {
            // What began without the house is a session now.
            (None, Some(open)) if self.core.memory.offline => run.session = Some(open),
            // Somebody else took the machine over.
            (None, Some(open)) => {
                self.end_run();
                self.begin_run(Some(open));
            }
            (Some(session), Some(open)) if *session != open => {
                self.end_run();
                self.begin_run(Some(open));
            }
            _ => {}
        }
    }

    fn begin_run(&mut self, session: Option<String>) {
        let now = self.now();
        let offline = session.is_none();
        let until = match &session {
            Some(session) => *self.line.leases.get(session).expect("the house granted this"),
            None => self.listed(),
        };
        let rough = !self.line.is_clear(now);
        // Whoever starts a machine has not begun to work, and its controller forgets what it measured before.
        self.meter = (0.0, now);
        self.started_by.clone_from(&self.shown);
        self.runs.push(Run { session, offline, began: now, ended: None, until, rough, drawn: 0.0 });
    }

    pub fn end_run(&mut self) {
        self.count();
        let now = self.now();
        if let Some(run) = self.runs.last_mut().filter(|run| run.ended.is_none()) {
            run.ended = Some(now);
        }
    }

    /// Counts what was drawn since the last time.
    pub fn count(&mut self) {
        let now = self.now();
        let (watts, since) = (self.meter.0, std::mem::replace(&mut self.meter.1, now));
        if let Some(run) = self.runs.last_mut().filter(|run| run.ended.is_none()) {
            run.drawn += watts * (now - since).as_seconds_f64() / 3600.0;
        }
    }

    /// Until when its list lets in whoever was let in just now. The list is opened again, by other eyes.
    fn listed(&self) -> Instant {
        let memory = &self.core.memory;
        let told = memory.events.iter().rev().find(|event| event.kind == "offline_start");
        let told: Json = serde_json::from_str(told.expect("an event of it").data.get()).unwrap();
        let sealed: &Sealed = memory.list.as_ref().expect("a list");
        let list = sealed.open(&self.device.id, &memory.server_key.unwrap(), memory.list_version).unwrap();
        assert_eq!(told["tag"], self.tag_of(&self.shown), "somebody else's card");
        let wall = self.core.wall().expect("a time");
        assert!((list.not_before..list.not_after).contains(&wall), "a list that does not hold");
        let entry = list.entries.iter().find(|entry| entry.tag == told["tag"]).expect("on the list");
        let until = entry.until.min(list.not_after);
        assert!(until > wall, "an entry that is over");
        self.now() + TimeDelta::seconds(until - wall)
    }

    /// How this number stands on its lists.
    fn tag_of(&self, number: &str) -> String {
        let mut key = [0; 32];
        hex::decode_to_slice(self.core.memory.device_key.as_ref().unwrap(), &mut key).unwrap();
        tag(&key, &hex::decode(number).unwrap())
    }
}
