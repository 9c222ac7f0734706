//! Plugs that staff took away or wired anew: each is told to be off until it says that it is.
//!
//! A machine must not run on because nobody speaks with its plug any more. Whoever takes a plug away while the broker is
//! away, or pulls it out of the wall first, is not waited for: after a while it is given up.

use std::time::Duration;

use tokio::time::Instant as Tick;

use super::decide::INSIST;
use crate::power::plugs::{Plug, Wiring};

/// A plug that does not answer for so long is not there any more.
const GIVEN_UP: Duration = Duration::from_mins(10);

/// Those that are being seen off.
#[derive(Default)]
pub(super) struct Leaving(Vec<Goodbye>);

struct Goodbye {
    plug: Plug,
    since: Tick,
    told: Option<Tick>,
}

impl Leaving {
    /// One more.
    pub(super) fn see_off(&mut self, plug: Plug) {
        self.0.push(Goodbye { plug, since: Tick::now(), told: None });
    }

    /// A relay that switches a machine again is left alone.
    pub(super) fn keep_from(&mut self, ours: &[&Plug]) {
        self.0.retain(|gone| !ours.iter().any(|plug| is_same_relay(&plug.wiring, &gone.plug.wiring)));
    }

    /// Those to be told now; they count as told.
    pub(super) fn due(&mut self) -> impl Iterator<Item = &Plug> {
        self.0.retain(|gone| gone.since.elapsed() < GIVEN_UP);
        let due = self.0.iter_mut().filter(|gone| gone.told.is_none_or(|told| told.elapsed() >= INSIST));
        due.map(|gone| {
            gone.told = Some(Tick::now());
            &gone.plug
        })
    }

    /// What came from the broker: whoever says now that it is off is off.
    pub(super) fn hear(&mut self, topic: &str, payload: &[u8], retained: bool) {
        let off = |gone: &Goodbye| gone.plug.hear(topic, payload, retained).on == Some(false);
        self.0.retain(|gone| retained || gone.told.is_none() || !off(gone));
    }
}

fn is_same_relay(one: &Wiring, other: &Wiring) -> bool {
    (one.adapter, &one.topic, &one.channel) == (other.adapter, &other.topic, &other.channel)
}

#[cfg(test)]
mod tests {
    use super::{Leaving, Plug, Wiring};
    use crate::{kernel::Id, power::plugs::Adapter};

    fn plug(topic: &str) -> Plug {
        let (adapter, channel) = (Adapter::Esphome, "relay".to_owned());
        Plug {
            id: Id::new(),
            machine: Id::new(),
            wiring: Wiring { adapter, topic: topic.to_owned(), channel, meter: None, lease_seconds: None },
            settings: serde_json::Map::new(),
            settings_at: None,
            created_at: "2026-03-03T10:00:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn whoever_leaves_is_told_to_be_off_until_it_says_so_now() {
        let mut leaving = Leaving::default();
        leaving.see_off(plug("scie"));
        let state = "scie/switch/relay/state";
        leaving.hear(state, b"OFF", false);
        assert_eq!(leaving.due().count(), 1, "a word from before it was told says nothing");
        assert_eq!(leaving.due().count(), 0, "not twice at once");
        leaving.hear(state, b"OFF", true);
        leaving.hear(state, b"ON", false);
        assert_eq!(leaving.0.len(), 1, "what lay there is older, and on is not off");
        leaving.hear(state, b"OFF", false);
        assert!(leaving.0.is_empty());
    }

    #[test]
    fn a_relay_that_is_wired_again_is_left_alone() {
        let mut leaving = Leaving::default();
        leaving.see_off(plug("scie"));
        leaving.see_off(plug("tour"));
        leaving.keep_from(&[&plug("scie")]);
        assert_eq!(leaving.due().map(|plug| plug.wiring.topic.as_str()).collect::<Vec<_>>(), ["tour"]);
    }
}
