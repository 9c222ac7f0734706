//! Along what one controller told, in the order of its numbers.

use std::collections::HashMap;

use serde_json::value::RawValue;

use super::Broken;
use crate::{
    access::model::{Joint, Told},
    kernel::ControllerId,
    wire::{Event, Link},
};

/// Somebody who reads the events of a controller, start after start.
pub(super) struct Walk {
    controller: String,
    /// What first events of a start repeat, and of which start: each must turn up.
    starts: HashMap<Link, String>,
    boot: String,
    /// The number that is being read, and what was told under it.
    here: (i64, Vec<Link>),
    /// The same of the number before.
    before: (i64, Vec<Link>),
    broken: Option<Broken>,
    pub(super) events: i64,
    pub(super) gaps: i64,
    pub(super) resets: i64,
    pub(super) forks: i64,
}

impl Walk {
    /// At the beginning; `starts` are the first events of a start that followed from the end of another, with the hash
    /// that each repeats.
    pub(super) fn new(controller: ControllerId, starts: Vec<(String, Link)>) -> Self {
        let starts = starts.into_iter().filter(|(_, prev)| *prev != Link::NONE);
        Self {
            controller: controller.to_string(),
            starts: starts.map(|(boot, prev)| (prev, boot)).collect(),
            boot: String::new(),
            here: (0, Vec::new()),
            before: (0, Vec::new()),
            broken: None,
            events: 0,
            gaps: 0,
            resets: 0,
            forks: 0,
        }
    }

    /// The next event.
    pub(super) fn take(&mut self, told: &Told) {
        if self.boot != told.boot {
            (self.boot, self.here) = (told.boot.clone(), (0, Vec::new()));
        }
        if self.here.0 != told.seq {
            self.before = std::mem::replace(&mut self.here, (told.seq, Vec::new()));
        }
        self.here.1.push(told.hash);
        self.starts.remove(&told.hash);
        self.events += 1;
        match told.link {
            Joint::Chained | Joint::Late => {}
            Joint::Gap => self.gaps += 1,
            Joint::Reset => self.resets += 1,
            Joint::Fork => self.forks += 1,
        }
        if self.broken.is_none() {
            self.broken = self.wrong(told);
        }
    }

    /// The first bad place.
    pub(super) fn broken(self) -> Option<Broken> {
        let start = self.starts.into_values().min().map(|boot| Broken::Loose(boot, 1));
        self.broken.or(start)
    }

    fn wrong(&self, told: &Told) -> Option<Broken> {
        if hash(told, &self.controller) != Some(told.hash) {
            return Some(Broken::Changed(told.boot.clone(), told.seq));
        }
        // What came late, or did not fit as it came, says so itself.
        if told.link != Joint::Chained || told.seq == 1 {
            return None;
        }
        if self.before.0 != told.seq - 1 {
            return Some(Broken::Missing(told.boot.clone(), told.seq - 1));
        }
        (!self.before.1.contains(&told.prev)).then(|| Broken::Loose(told.boot.clone(), told.seq))
    }
}

/// The hash of what stands there; nothing where that is no event, letter by letter.
fn hash(told: &Told, controller: &str) -> Option<Link> {
    // Spaces around it would be dropped in silence.
    let data = RawValue::from_string(told.details.clone()).ok().filter(|data| data.get() == told.details)?;
    let event = Event {
        seq: told.seq,
        boot_id: told.boot.clone(),
        mono_ms: told.mono_ms,
        wall: told.wall,
        kind: told.kind.clone(),
        data,
        prev: told.prev,
    };
    Some(event.hash(controller))
}
