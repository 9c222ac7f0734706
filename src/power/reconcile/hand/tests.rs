//! What is believed of messages that lay on the broker, in whatever order they come.

use super::{Hand, Heard, Plug};
use crate::{
    kernel::Id,
    power::plugs::{Adapter, Wiring},
};

fn hand() -> Hand {
    let wiring = Wiring {
        adapter: Adapter::Esphome,
        topic: "scie".into(),
        channel: "relay".into(),
        meter: None,
        lease_seconds: None,
    };
    let now = "2026-11-23T06:00:00Z".parse().unwrap();
    let (settings, settings_at) = (serde_json::Map::new(), None);
    let plug = Plug { id: Id::new(), machine: Id::new(), wiring, settings, settings_at, created_at: now };
    Hand::new(plug, None, None, now)
}

fn on(on: bool) -> Heard {
    Heard { on: Some(on), ..Heard::default() }
}

fn there(online: bool) -> Heard {
    Heard { online: Some(online), ..Heard::default() }
}

#[test]
fn a_state_that_lay_there_counts_beside_a_status_that_lay_there() {
    let mut hand = hand();
    assert_eq!(hand.weigh(on(true), true), Heard::default());
    assert_eq!(hand.weigh(there(true), true), Heard { online: Some(true), ..on(true) });
    hand.online = true;
    assert_eq!(hand.weigh(on(false), true), on(false), "the status came first");
}

#[test]
fn a_state_that_lay_there_does_not_count_for_whoever_left_or_comes_back() {
    for (status, lay) in [(there(false), true), (there(false), false), (there(true), false)] {
        let mut hand = hand();
        hand.weigh(on(true), true);
        assert_eq!(hand.weigh(status.clone(), lay), status);
        assert_eq!(hand.weigh(there(true), true), there(true), "it is forgotten");
    }
}

#[test]
fn what_is_said_now_counts_more_than_what_lay_there() {
    let mut hand = hand();
    hand.weigh(on(true), true);
    assert_eq!(hand.weigh(on(false), false), on(false));
    assert_eq!(hand.weigh(there(true), true), there(true));
}

#[test]
fn a_command_that_cannot_be_taken_away_is_news_once() {
    let mut hand = hand();
    assert!(hand.finds("scie/switch/relay/command"));
    assert!(!hand.finds("scie/switch/relay/command"));
    hand.cleared("scie/switch/relay/command");
    assert!(hand.finds("scie/switch/relay/command"));
}
