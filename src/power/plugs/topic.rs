//! Which texts may stand in a topic.

use super::model::{Adapter, Wiring};

/// Whether a text is a topic of one device: one to ten levels of visible characters, no wildcard, nobody else's place.
///
/// ```
/// use etabli::power::plugs::topic::is_topic;
/// assert!(is_topic("scie") && is_topic("atelier/bois/scie-ruban"));
/// for text in ["", "#", "scie/+", "/scie", "scie/", "a//b", "$SYS/broker", "etabli/rpc", "la scie", "sci\u{e9}"] {
///     assert!(!is_topic(text), "{text}");
/// }
/// ```
#[must_use]
pub fn is_topic(text: &str) -> bool {
    let levels = || text.split('/');
    text.len() <= 120
        && levels().count() <= 10
        && !text.starts_with('$')
        && levels().next() != Some(super::adapters::shelly::US)
        && levels().all(|level| {
            !level.is_empty() && level.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '#' | '+' | '/'))
        })
}

/// Whether a text names one relay of a device of this kind.
#[must_use]
pub fn is_channel(adapter: Adapter, text: &str) -> bool {
    let number =
        |least: u8| text.parse::<u8>().is_ok_and(|relay| (least..=32).contains(&relay) && plain(text));
    match adapter {
        Adapter::Tasmota => text.is_empty() || number(1),
        Adapter::Shelly => number(0),
        Adapter::Esphome => is_name(text),
    }
}

/// Whether a text is the name of a component of ESPHome.
#[must_use]
pub fn is_name(text: &str) -> bool {
    let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
    (1..=60).contains(&text.len()) && text.chars().all(letter)
}

/// One way to write each number.
fn plain(text: &str) -> bool {
    text == "0" || (!text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit()))
}

impl Wiring {
    /// The relay where staff say nothing.
    #[must_use]
    pub const fn usual_channel(adapter: Adapter) -> &'static str {
        match adapter {
            Adapter::Tasmota => "",
            Adapter::Shelly => "0",
            Adapter::Esphome => "relay",
        }
    }
}
