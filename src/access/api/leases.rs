//! A controller speaks of its machines: hello, heartbeats, ends, lockouts.

use actix_web::{HttpResponse, post, web::Data};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::seen::{DesiredOut, LeaseOut, LockoutOut, PowerSessionOut};
use crate::{
    access::{
        BadgeKey, badges,
        caller::Controller,
        frame::{Frame, FrameOut},
        heartbeat::{self, Beat},
        hello::{self, Greeting, Latched, Seen},
        lock::{Alarm, lock},
        session::EndReason,
    },
    app::App,
    kernel::{Instant, PowerSessionId, Result},
    power::LockClass,
    web::{self, Check, Fields, Path},
};

/// One relay.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutputIn {
    /// Slug or identifier.
    #[schema(max_length = 60)]
    machine: String,
    /// Whether it is closed.
    on: bool,
}

/// A lockout that a controller holds.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LatchedIn {
    /// Slug or identifier.
    #[schema(max_length = 60)]
    machine: String,
    /// A class that is not known here is a `defect`.
    #[serde(default = "defect")]
    class: LockClass,
    /// Whether the house has told the controller that it knows of it: then staff may have taken it back since. Absent
    /// where the firmware does not keep that in mind.
    told: Option<bool>,
}

/// What a controller says of itself.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HelloIn {
    #[schema(max_length = 120)]
    #[serde(default)]
    firmware: String,
    #[schema(max_length = 40)]
    #[serde(default)]
    boot_id: String,
    /// Why it started: `power`, `watchdog`, `update`…
    #[schema(max_length = 40)]
    #[serde(default)]
    reset_reason: String,
    /// The version of the allow-list it holds; 0 for none.
    #[schema(minimum = 0)]
    #[serde(default)]
    list_version: i64,
    /// The hash of its last event.
    #[schema(max_length = 64)]
    log_head: Option<String>,
    /// Its relays.
    #[schema(max_items = 32)]
    outputs: Vec<OutputIn>,
    /// The lockouts it holds.
    #[schema(max_items = 32)]
    lockouts: Vec<LatchedIn>,
}

/// What its machines should be.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct HelloOut {
    /// The clock of the server.
    time: Instant,
    machines: Vec<DesiredOut>,
    /// The words of this hello that name no machine of the controller's own, and its fields that do not fit or are not
    /// known here: nothing was done about them.
    ignored: Vec<String>,
}

/// A session runs.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BeatIn {
    /// Its relays; one of them is the session's, unless a plug switches its machine.
    #[schema(max_items = 32)]
    outputs: Vec<OutputIn>,
    /// What the machine draws.
    #[schema(minimum = 0, maximum = 100_000)]
    watts: Option<f64>,
    /// For how many seconds it has drawn next to nothing.
    #[schema(minimum = 0)]
    idle_s: Option<i64>,
}

/// A session ended.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndIn {
    /// Any but `takeover` and `staff`, which happen here; any other, or none, counts as `link`.
    reason: Option<EndReason>,
}

/// A machine must not run.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LockoutIn {
    /// Slug or identifier.
    #[schema(max_length = 60)]
    machine: String,
    /// A class that is not known here is a `defect`.
    #[serde(default = "defect")]
    class: LockClass,
    /// Who says so, if a badge was shown: the number in the card.
    #[schema(max_length = 40)]
    badge: Option<String>,
}

impl Check for HelloIn {
    fn check(&self, fields: &mut Fields) {
        fields.length("firmware", &self.firmware, 0..=120);
        fields.length("boot_id", &self.boot_id, 0..=40);
        fields.length("reset_reason", &self.reset_reason, 0..=40);
        fields.length_if("log_head", self.log_head.as_deref(), 0..=64);
        fields.within("list_version", self.list_version, 0..=i64::MAX);
        fields.require(self.outputs.len() <= 32, "outputs", "too_many");
        fields.require(self.lockouts.len() <= 32, "lockouts", "too_many");
    }
}

impl Check for BeatIn {
    fn check(&self, fields: &mut Fields) {
        fields.require(self.outputs.len() <= 32, "outputs", "too_many");
        let watts = self.watts.is_none_or(|watts| (0.0..=100_000.0).contains(&watts));
        fields.require(watts, "watts", "invalid_value");
        fields.within("idle_s", self.idle_s.unwrap_or(0), 0..=31_536_000);
    }
}

impl Check for EndIn {
    fn check(&self, fields: &mut Fields) {
        let elsewhere = matches!(self.reason, Some(EndReason::Takeover | EndReason::Staff));
        fields.require(!elsewhere, "reason", "invalid_value");
    }
}

impl Check for LockoutIn {
    fn check(&self, fields: &mut Fields) {
        fields.length("machine", &self.machine, 1..=60);
        fields.length_if("badge", self.badge.as_deref(), 1..=40);
    }
}

impl Frame for HelloIn {
    const OPTIONAL: &'static [&'static str] = &[
        "firmware",
        "boot_id",
        "reset_reason",
        "list_version",
        "log_head",
        "outputs[]",
        "lockouts[].told",
        "lockouts[].class",
        "lockouts[]",
    ];
}

impl Frame for BeatIn {
    const OPTIONAL: &'static [&'static str] = &["watts", "idle_s", "outputs[]"];
}

impl Frame for EndIn {
    const OPTIONAL: &'static [&'static str] = &["reason"];
}

impl Frame for LockoutIn {
    const OPTIONAL: &'static [&'static str] = &["class", "badge"];
}

/// What a machine is locked out for where the house does not know the word.
const fn defect() -> LockClass {
    LockClass::Defect
}

/// Says hello: what is, against what should be.
#[utoipa::path(
    tag = "controller", request_body = HelloIn, security(("controller" = [])),
    responses((status = 200, body = HelloOut))
)]
#[post("/hello")]
pub async fn greet(app: Data<App>, controller: Controller<HelloIn>) -> Result<HttpResponse> {
    let passed_over = controller.ignored();
    let told = controller.act(&app, |db, device, said, now| {
        tracing::debug!(controller = %device.id, ?said, "a controller says hello");
        let outputs: Vec<Seen> = said.outputs.iter().cloned().map(Seen::from).collect();
        let latched: Vec<Latched> = said.lockouts.iter().cloned().map(Latched::from).collect();
        Ok((hello::hello(db, device, (&outputs, &latched), now)?, now))
    });
    let (Greeting { desired, ignored }, time) = told.await?;
    app.power.ring();
    let ignored = ignored.into_iter().chain(passed_over).collect();
    web::ok(&HelloOut { time, machines: desired.into_iter().map(DesiredOut::from).collect(), ignored })
}

/// Renews the lease of a running session.
#[utoipa::path(
    tag = "controller", request_body = BeatIn, security(("controller" = [])),
    params(("id" = PowerSessionId, Path, description = "Which session")),
    responses((status = 200, body = LeaseOut))
)]
#[post("/sessions/{id}/heartbeat")]
pub async fn beat(
    app: Data<App>,
    Path(id): Path<PowerSessionId>,
    controller: Controller<BeatIn>,
) -> Result<HttpResponse> {
    let ignored = controller.ignored();
    let renewed = controller.act(&app, move |db, device, said, now| {
        let outputs = said.outputs.iter().cloned().map(Seen::from).collect();
        let beat = Beat { outputs, watts: said.watts, idle: said.idle_s.map(TimeDelta::seconds) };
        heartbeat::heartbeat(db, device, id, &beat, now)
    });
    let renewed = renewed.await?;
    app.power.ring();
    web::ok(&LeaseOut::new(renewed, ignored))
}

/// Says that a session ended: a stop is local, this only tells of it.
#[utoipa::path(
    tag = "controller", request_body = EndIn, security(("controller" = [])),
    params(("id" = PowerSessionId, Path, description = "Which session")),
    responses((status = 200, body = FrameOut<PowerSessionOut>))
)]
#[post("/sessions/{id}/end")]
pub async fn end(
    app: Data<App>,
    Path(id): Path<PowerSessionId>,
    controller: Controller<EndIn>,
) -> Result<HttpResponse> {
    let ignored = controller.ignored();
    let ended = controller.act(&app, move |db, device, said, now| {
        heartbeat::end(db, device, id, said.reason.unwrap_or(EndReason::Link), now)
    });
    let ended = ended.await?;
    app.power.ring();
    web::ok(&FrameOut::new(PowerSessionOut::from(ended), ignored))
}

/// Locks a machine out; only staff take it back.
#[utoipa::path(
    tag = "controller", request_body = LockoutIn, security(("controller" = [])),
    responses((status = 200, body = FrameOut<LockoutOut>))
)]
#[post("/lockouts")]
pub async fn lock_out(app: Data<App>, controller: Controller<LockoutIn>) -> Result<HttpResponse> {
    let key = BadgeKey::of(&app.secrets);
    let ignored = controller.ignored();
    let locked = controller.act(&app, move |db, device, said, now| {
        let machine = hello::own(db, device, &said.machine)?;
        let by = badges::holder_of(db, &key, said.badge.as_deref())?;
        let alarm = Alarm { machine, class: said.class, reason: None, by, controller: Some(device.id) };
        lock(db, alarm, now)
    });
    let locked = locked.await?;
    app.power.ring();
    web::ok(&FrameOut::new(LockoutOut::from(locked), ignored))
}

impl From<OutputIn> for Seen {
    fn from(output: OutputIn) -> Self {
        Self { machine: output.machine, on: output.on }
    }
}

impl From<LatchedIn> for Latched {
    fn from(latched: LatchedIn) -> Self {
        Self { machine: latched.machine, class: latched.class, told: latched.told }
    }
}
