//! Plugs as clients write and read them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    kernel::{Error, Instant, Locale, Patch, PlugId, Result},
    machines::Machine,
    power::{
        Fault, Observed,
        plugs::{
            Adapter, Plug, Wiring,
            check::{Mistake, by_hand, mistakes},
            topic::{is_channel, is_name, is_topic, is_written_out, kept},
            words::Complaint,
        },
    },
    web::{Check, Fields},
};

/// A plug to be put before a machine.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlugIn {
    /// Slug or identifier.
    machine: String,
    adapter: Adapter,
    /// Its MQTT topic or prefix. For a Tasmota whose `FullTopic` is not `%prefix%/%topic%/`, that with its topic written
    /// out: `bois/scie/%prefix%`.
    #[schema(
        max_length = 120,
        example = "bois/scie",
        pattern = "^[!\"%-*,-.0-~][!\"$-*,-.0-~]*(/[!\"$-*,-.0-~]+){0,9}$"
    )]
    topic: String,
    /// Which relay: nothing or `2` for Tasmota, `0` for Shelly, the name of the switch for ESPHome.
    #[schema(pattern = "^[a-z0-9_-]{0,60}$")]
    channel: Option<String>,
    /// The name of its power sensor, for ESPHome.
    #[schema(pattern = "^[a-z0-9_-]{1,60}$")]
    meter: Option<String>,
    /// Seconds until it switches itself off without a word from us. Only where that is safe.
    #[schema(minimum = 15, maximum = 3600)]
    lease_seconds: Option<i32>,
}

/// Changes to a plug; what is absent stays as it is, and null takes the meter or the lease away.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlugChangeIn {
    #[serde(default)]
    #[schema(value_type = String, max_length = 120, pattern = "^[!\"%-*,-.0-~][!\"$-*,-.0-~]*(/[!\"$-*,-.0-~]+){0,9}$")]
    topic: Patch<String>,
    #[serde(default)]
    #[schema(value_type = String, pattern = "^[a-z0-9_-]{0,60}$")]
    channel: Patch<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>, pattern = "^[a-z0-9_-]{1,60}$")]
    meter: Patch<Option<String>>,
    #[serde(default)]
    #[schema(value_type = Option<i32>, minimum = 15, maximum = 3600)]
    lease_seconds: Patch<Option<i32>>,
}

/// A plug.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlugOut {
    id: PlugId,
    /// Slug of the machine behind it.
    machine: String,
    adapter: Adapter,
    topic: String,
    channel: String,
    meter: Option<String>,
    lease_seconds: Option<i32>,
    /// What is known of its power; absent until it was heard of.
    power: Option<PlugPowerOut>,
    /// How many of its settings are not as they must be.
    mistakes: usize,
    /// What is wrong with the device, by its own word or as it was seen.
    complaints: Vec<ComplaintOut>,
}

/// Something that is wrong with a device.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComplaintOut {
    /// The device's own word, `rpc_error` where it refuses a call, or `too_large` for a message that no plug sends.
    #[schema(example = "overtemp")]
    code: String,
    /// The same in the reader's language.
    text: String,
}

/// What is known of a machine's power.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlugPowerOut {
    online: bool,
    /// Unknown where the device did not say.
    on: Option<bool>,
    watts: Option<f64>,
    fault: Option<Fault>,
    seen_at: Instant,
    /// Since when it is on or off as it is.
    since: Instant,
    idle_since: Option<Instant>,
    /// All the energy it was ever seen to draw.
    watt_hours: f64,
}

/// Every plug.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlugsOut {
    pub(super) items: Vec<PlugOut>,
    /// Always absent: there is one page.
    pub(super) next: Option<String>,
}

/// What is wrong with the settings of a plug.
#[derive(Debug, Serialize, ToSchema)]
pub struct CheckOut {
    /// When it last told its settings; absent where it never did.
    told_at: Option<Instant>,
    mistakes: Vec<MistakeOut>,
    /// What is wrong with the device, by its own word or as it was seen.
    complaints: Vec<ComplaintOut>,
    /// What to look after by hand, because the device does not tell.
    by_hand: Vec<&'static str>,
}

/// A setting that is not as it must be.
#[derive(Debug, Serialize, ToSchema)]
pub struct MistakeOut {
    #[schema(example = "PowerOnState")]
    setting: String,
    /// What it is; absent where the device never said.
    found: Option<serde_json::Value>,
    /// What it must be.
    expected: serde_json::Value,
}

impl PlugIn {
    pub(super) fn machine(&self) -> &str {
        &self.machine
    }

    pub(super) fn wiring(&self) -> Wiring {
        let usual = Wiring::usual_channel(self.adapter).to_owned();
        Wiring {
            adapter: self.adapter,
            topic: kept(&self.topic).to_owned(),
            channel: self.channel.clone().unwrap_or(usual),
            meter: self.meter.clone(),
            lease_seconds: self.lease_seconds,
        }
    }
}

impl Check for PlugIn {
    fn check(&self, fields: &mut Fields) {
        let topic = kept(&self.topic);
        fields.require(is_topic(topic), "topic", "topic");
        fields.require(!is_topic(topic) || is_written_out(self.adapter, topic), "topic", "written_out");
        fields.require(is_channel(self.adapter, &self.wiring().channel), "channel", "channel");
        fields.require(self.meter.as_deref().is_none_or(is_name), "meter", "invalid_value");
        if let Some(seconds) = self.lease_seconds {
            fields.within("lease_seconds", seconds, 15..=3600);
        }
    }
}

impl PlugChangeIn {
    pub(super) fn applied(&self, to: &Wiring) -> Result<Wiring> {
        let mut wiring = to.clone();
        if let Some(channel) = self.channel.get() {
            if !is_channel(wiring.adapter, channel) {
                return Err(Error::field("channel", "channel"));
            }
            wiring.channel.clone_from(channel);
        }
        self.topic.clone().apply(&mut wiring.topic);
        wiring.topic = kept(&wiring.topic).to_owned();
        if !is_written_out(wiring.adapter, &wiring.topic) {
            return Err(Error::field("topic", "written_out"));
        }
        self.meter.clone().apply(&mut wiring.meter);
        self.lease_seconds.apply(&mut wiring.lease_seconds);
        Ok(wiring)
    }
}

impl Check for PlugChangeIn {
    fn check(&self, fields: &mut Fields) {
        fields.require(self.topic.get().is_none_or(|topic| is_topic(kept(topic))), "topic", "topic");
        fields.require(self.meter.value().is_none_or(|meter| is_name(meter)), "meter", "invalid_value");
        if let Some(seconds) = self.lease_seconds.value() {
            fields.within("lease_seconds", *seconds, 15..=3600);
        }
    }
}

impl PlugOut {
    pub(super) fn new(plug: &Plug, machine: &Machine, observed: Option<&Observed>, locale: Locale) -> Self {
        Self {
            id: plug.id,
            machine: machine.slug.clone(),
            adapter: plug.wiring.adapter,
            topic: plug.wiring.topic.clone(),
            channel: plug.wiring.channel.clone(),
            meter: plug.wiring.meter.clone(),
            lease_seconds: plug.wiring.lease_seconds,
            power: observed.map(PlugPowerOut::from),
            mistakes: mistakes(plug).len(),
            complaints: complaints(plug, locale),
        }
    }

    pub(super) const fn id(&self) -> PlugId {
        self.id
    }
}

impl From<&Observed> for PlugPowerOut {
    fn from(of: &Observed) -> Self {
        Self {
            online: of.online,
            on: of.on,
            watts: of.watts,
            fault: of.fault,
            seen_at: of.seen_at,
            since: of.since,
            idle_since: of.idle_since,
            watt_hours: of.watt_hours,
        }
    }
}

impl CheckOut {
    pub(super) fn of(plug: &Plug, locale: Locale) -> Self {
        Self {
            told_at: plug.settings_at,
            mistakes: mistakes(plug).into_iter().map(MistakeOut::from).collect(),
            complaints: complaints(plug, locale),
            by_hand: by_hand(plug.wiring.adapter).to_vec(),
        }
    }
}

fn complaints(plug: &Plug, locale: Locale) -> Vec<ComplaintOut> {
    let out = |Complaint { code, text }| ComplaintOut { code, text };
    plug.complaints(locale).into_iter().map(out).collect()
}

impl From<Mistake> for MistakeOut {
    fn from(mistake: Mistake) -> Self {
        let Mistake { setting, found, expected } = mistake;
        Self { setting, found, expected }
    }
}
