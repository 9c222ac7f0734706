//! What controllers tell that happened to them.

use actix_web::{HttpResponse, get, post, web::Data};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::{
    access::{
        caller::Controller,
        change,
        frame::Frame,
        model::{Chain, Joint, Told},
        tell::{self, Heard, Telling},
    },
    app::App,
    kernel::{ControllerId, Instant, Result},
    people::caller::Staff,
    web::{self, Check, Fields, Path},
    wire::Event,
};

/// How many events one upload holds.
const EVENTS: usize = 200;
/// How long the data of one event is, in bytes.
const LONGEST: usize = 4096;

/// Events, the oldest first.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EventsIn {
    /// This start of the device.
    #[schema(pattern = "^[A-Za-z0-9_-]{1,40}$")]
    boot_id: String,
    /// Milliseconds since that start, now.
    #[schema(minimum = 0)]
    mono_ms: i64,
    /// 1 to 200.
    #[schema(min_items = 1, max_items = 200)]
    events: Vec<Event>,
}

/// What the house knows now.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct HeardOut {
    /// Where the chain ends: the device may forget what is before.
    head: HeadOut,
    /// Events that were new.
    new: u32,
    /// Events that were known already.
    known: u32,
    /// New ones that did not hang on the one before; staff see them.
    loose: u32,
    /// The last ones of this upload, for which there is no room today: keep them, and tell them later.
    put_off: u32,
    /// The fields that do not fit or are not known here: nothing was done about them.
    ignored: Vec<String>,
}

/// Where a chain ends.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct HeadOut {
    boot_id: String,
    seq: i64,
    hash: String,
}

/// What a controller told last.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ControllerLogOut {
    /// Where its chain ends; absent where it told nothing.
    head: Option<HeadOut>,
    /// How often events were missing.
    gaps: i64,
    /// How often the device began anew, without a memory.
    resets: i64,
    /// How often it told two stories about the same number.
    forks: i64,
    /// The last 200, the newest first.
    items: Vec<ToldOut>,
}

/// One event.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ToldOut {
    seq: i64,
    boot_id: String,
    /// When it happened, as far as that can be told.
    at: Instant,
    received_at: Instant,
    #[serde(rename = "type")]
    #[schema(example = "session_started")]
    kind: String,
    #[schema(value_type = Object)]
    data: Box<RawValue>,
    link: Joint,
    hash: String,
}

/// An event is written into a chain as it is: nothing of it is passed over.
impl Frame for EventsIn {}

impl Check for EventsIn {
    fn check(&self, fields: &mut Fields) {
        fields.require(is_word(&self.boot_id), "boot_id", "invalid_value");
        fields.within("mono_ms", self.mono_ms, 0..=i64::MAX);
        fields.require((1..=EVENTS).contains(&self.events.len()), "events", "too_many");
        for (at, event) in self.events.iter().enumerate() {
            check_event(fields, &format!("events[{at}]"), event);
        }
    }
}

fn check_event(fields: &mut Fields, place: &str, event: &Event) {
    let kind =
        is_word(&event.kind) && !event.kind.bytes().any(|byte| byte.is_ascii_uppercase() || byte == b'-');
    let data = event.data.get();
    fields.within(&format!("{place}.seq"), event.seq, 1..=i64::MAX);
    fields.within(&format!("{place}.mono_ms"), event.mono_ms, 0..=i64::MAX);
    fields.require(is_word(&event.boot_id), &format!("{place}.boot_id"), "invalid_value");
    fields.require(kind, &format!("{place}.type"), "invalid_value");
    let kept = data.starts_with('{') && data.len() <= LONGEST;
    fields.require(kept, &format!("{place}.data"), "invalid_value");
    fields.require(!web::json::has_nul(data.as_bytes()), &format!("{place}.data"), "invalid_character");
}

fn is_word(text: &str) -> bool {
    (1..=40).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

impl From<&Chain> for HeadOut {
    fn from(chain: &Chain) -> Self {
        Self { boot_id: chain.boot.clone(), seq: chain.seq, hash: chain.hash.to_string() }
    }
}

impl ToldOut {
    fn of(told: Told) -> anyhow::Result<Self> {
        Ok(Self {
            seq: told.seq,
            boot_id: told.boot,
            at: told.at,
            received_at: told.received_at,
            kind: told.kind,
            data: RawValue::from_string(told.details)?,
            link: told.link,
            hash: told.hash.to_string(),
        })
    }
}

/// Takes events in; telling twice is telling once.
#[utoipa::path(
    tag = "controller", request_body = EventsIn, security(("controller" = [])),
    responses((status = 200, body = HeardOut))
)]
#[post("/events")]
pub async fn upload(app: Data<App>, controller: Controller<EventsIn>) -> Result<HttpResponse> {
    let ignored = controller.ignored();
    let outcome = controller
        .act(&app, |db, device, said, now| {
            let telling = Telling { boot: said.boot_id.clone(), mono_ms: said.mono_ms };
            tell::tell(db, device, &telling, &said.events, now)
        })
        .await?;
    app.power.ring();
    let Heard { chain, new, known, loose, put_off } = outcome;
    web::ok(&HeardOut { head: HeadOut::from(&chain), new, known, loose, put_off, ignored })
}

/// What a controller told last, and whether its chain is whole.
#[utoipa::path(
    tag = "access", security(("bearer" = [])), responses((status = 200, body = ControllerLogOut)),
    params(("id" = ControllerId, Path, description = "Which controller"))
)]
#[get("/controllers/{id}/events")]
pub async fn list(app: Data<App>, _: Staff, Path(id): Path<ControllerId>) -> Result<HttpResponse> {
    let (chain, told) = app
        .store
        .read(move |db| {
            change::get(db, id)?;
            tell::told(db, id)
        })
        .await?;
    let items = told.into_iter().map(ToldOut::of).collect::<anyhow::Result<_>>()?;
    let known = chain.clone().unwrap_or_default();
    let head = chain.as_ref().map(HeadOut::from);
    web::ok(&ControllerLogOut { head, gaps: known.gaps, resets: known.resets, forks: known.forks, items })
}
