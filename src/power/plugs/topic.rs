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

/// Where the three prefixes of Tasmota stand in its `FullTopic`.
pub(super) const PREFIX: &str = "%prefix%";

/// A topic as it is kept. Staff may write the whole `FullTopic` of a Tasmota, with its topic and `%prefix%` in it:
/// `%prefix%/scie/` is the usual place of `scie`, and `scie/%prefix%/` has the topic first.
///
/// ```
/// use etabli::power::plugs::topic::kept;
/// assert_eq!(kept("%prefix%/bois/scie/"), "bois/scie");
/// assert_eq!(kept("bois/scie/%prefix%/"), "bois/scie/%prefix%");
/// assert_eq!(kept("bois/scie"), "bois/scie");
/// ```
#[must_use]
pub fn kept(text: &str) -> &str {
    let whole = text.contains(PREFIX);
    let text = text.strip_suffix('/').filter(|_| whole).unwrap_or(text);
    text.strip_prefix(PREFIX).and_then(|text| text.strip_prefix('/')).unwrap_or(text)
}

/// Whether a device of this kind can have this topic: only Tasmota has a place for its prefixes, and whatever else stands
/// between two `%` is what the device puts in there, and staff have to write out.
///
/// ```
/// use etabli::power::plugs::{Adapter, topic::is_written_out};
/// assert!(is_written_out(Adapter::Tasmota, "scie/%prefix%") && is_written_out(Adapter::Shelly, "scie"));
/// assert!(!is_written_out(Adapter::Tasmota, "%prefix%/%topic%") && !is_written_out(Adapter::Tasmota, "%prefix%"));
/// assert!(!is_written_out(Adapter::Tasmota, "%prefix%/a/%prefix%") && !is_written_out(Adapter::Shelly, "scie/%prefix%"));
/// ```
#[must_use]
pub fn is_written_out(adapter: Adapter, text: &str) -> bool {
    let places = text.split('/').filter(|level| *level == PREFIX).count();
    let most = usize::from(adapter == Adapter::Tasmota);
    places <= most && text != PREFIX && !text.replace(PREFIX, "").contains('%')
}

/// Whether a topic is one of those that a filter asks for.
///
/// ```
/// use etabli::power::plugs::topic::matches;
/// assert!(matches("cmnd/scie/#", "cmnd/scie/POWER") && matches("cmnd/scie/#", "cmnd/scie"));
/// assert!(matches("stat/+", "stat/POWER") && !matches("stat/+", "stat/a/b") && !matches("stat/#", "statue"));
/// ```
#[must_use]
pub fn matches(filter: &str, topic: &str) -> bool {
    if let Some(place) = filter.strip_suffix("/#") {
        return topic.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    }
    if let Some(place) = filter.strip_suffix("/+") {
        let last = topic.strip_prefix(place).and_then(|rest| rest.strip_prefix('/'));
        return last.is_some_and(|last| !last.contains('/'));
    }
    filter == topic
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
