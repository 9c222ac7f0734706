//! What happened to it, told to the server.

use serde_json::{Value as Json, json};

use super::{Core, answers::text, words::Matter};

/// So many events travel at once.
const BATCH: usize = 100;

impl Core {
    /// Tells the server what happened, the oldest first.
    pub(super) fn upload(&mut self) {
        if self.memory.events.is_empty() || self.waits_for(|matter| *matter == Matter::Events) {
            return;
        }
        let events: Vec<_> = self.memory.events.iter().take(BATCH).collect();
        let said = json!({ "boot_id": self.boot, "mono_ms": self.now, "events": events });
        self.call(Matter::Events, "POST", "events", &said);
    }

    /// The events that the server cannot take are given up, or it would never hear the others; a gap shows.
    pub(super) fn drop_events(&mut self, said: &Json) {
        let fields = said.get("fields").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
        let place = |path: &str| path.strip_prefix("events[")?.split_once(']')?.0.parse::<usize>().ok();
        let wrong: Vec<usize> = fields.iter().filter_map(|field| place(text(field, "/path"))).collect();
        let (before, mut place) = (self.memory.events.len(), 0..);
        self.memory.events.retain(|_| place.next().is_none_or(|place| !wrong.contains(&place)));
        if self.memory.events.len() < before {
            self.upload();
        }
    }

    /// Whether the house has not heard of something that happened.
    pub(super) fn keeps_back(&self, kind: &str) -> bool {
        self.memory.events.iter().any(|event| event.kind == kind)
    }
}
