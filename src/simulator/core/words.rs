//! What can happen to a controller, and what it can want done.

use serde_json::Value as Json;

use crate::kernel::Locale;

/// What a controller is made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fittings {
    /// Slug of its machine.
    pub machine: String,
    /// Whether it holds the relay. Without one it only reads badges, and a plug switches the machine.
    pub relay: bool,
    /// The language of its display.
    pub locale: Locale,
}

impl From<&str> for Fittings {
    /// Reader and relay, in French.
    fn from(machine: &str) -> Self {
        Self { machine: machine.to_owned(), relay: true, locale: Locale::Fr }
    }
}

impl From<&String> for Fittings {
    fn from(machine: &String) -> Self {
        Self::from(machine.as_str())
    }
}

/// Something that happens.
#[derive(Debug, Clone, PartialEq)]
pub enum Happening {
    /// A badge is shown.
    Badge(String),
    /// A badge is shown, and a PIN typed beside it.
    BadgeAndPin(String, String),
    /// The button of the controller is pressed.
    Button,
    /// Somebody locks the machine out: `defect`, `emergency`, `maintenance`, `to_check`.
    LockOut(String),
    /// The meter shows so many watts.
    Watts(f64),
    /// A request is answered.
    Answer(u64, Reply),
    /// Some time has gone by.
    Tick,
}

/// What comes back of a request.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// A status and what was said, letter by letter.
    Said(u16, String),
    /// Nothing.
    Silence,
}

/// Something to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Ask the server.
    Call(Call),
    /// Switch the relay.
    Relay(bool),
    /// Show this on the display.
    Show(String),
}

/// A request, to be signed and sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// By which its answer is known.
    pub id: u64,
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Below `/controller/v1/`.
    pub path: String,
    /// JSON, or nothing.
    pub body: String,
}

/// Why something was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Matter {
    Hello,
    Scan { badge: String, at: i64 },
    Beat,
    End(String),
    Events,
    List,
    LockOut,
}

/// A session that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    /// As the server calls it; nothing for one that was started without the server.
    pub session: Option<String>,
    /// Whether it was started without the server.
    pub offline: bool,
    /// Whoever shows it again stops the machine, server or not.
    pub badge: String,
    /// When the lease is over, in milliseconds since the start of the device.
    pub until: i64,
    pub warned: bool,
    /// Whether the server had heard of its begin when it was last asked what should be.
    pub told: bool,
    /// Since when the link is lost.
    pub lost: Option<i64>,
}

/// What the machine does without the server. Until the server tells, the strictest.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Policy {
    pub running: String,
    pub minutes: i64,
    pub start: String,
    pub idle_watts: f64,
    pub idle_ms: Option<i64>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            running: "stop".to_owned(),
            minutes: 0,
            start: "deny".to_owned(),
            idle_watts: 0.0,
            idle_ms: None,
        }
    }
}

impl Policy {
    /// Whether a signed list may stand in for the server. Whom it names is the server's affair: everybody who may, or
    /// staff only.
    pub fn reads_lists(&self) -> bool {
        matches!(self.start.as_str(), "allow_list" | "staff_only")
    }

    /// As `hello` tells it; what is not told is as strict as before.
    pub fn of(told: &Json) -> Self {
        let strict = Self::default();
        let word =
            |name: &str, usual: String| told.get(name).and_then(Json::as_str).map_or(usual, str::to_owned);
        Self {
            running: word("link_loss_running", strict.running),
            minutes: told.get("link_loss_minutes").and_then(Json::as_i64).unwrap_or_default(),
            start: word("link_loss_start", strict.start),
            idle_watts: told.get("idle_watts").and_then(Json::as_f64).unwrap_or_default(),
            idle_ms: told
                .get("idle_minutes")
                .and_then(Json::as_i64)
                .map(|minutes| minutes.saturating_mul(60_000)),
        }
    }
}
