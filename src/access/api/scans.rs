//! A badge is shown at a controller.

use std::time::Instant as Tick;

use actix_web::{HttpResponse, post, web::Data};
use serde::{Deserialize, Serialize};

use crate::{
    access::{
        BadgeKey,
        caller::Controller,
        frame::Frame,
        scan::{self, Answer, Asked, Place, Reason, Verdict},
        session::PowerSession,
        sun::Tap,
    },
    app::App,
    kernel::{Instant, PowerSessionId, Result},
    web::{self, Check, Fields, Reader},
};

/// A badge.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScanIn {
    /// A name for this question, never used before by this controller; the same question again gets the same answer,
    /// another one none.
    #[schema(min_length = 1, max_length = 64)]
    request: String,
    /// Slug or identifier.
    #[schema(max_length = 60)]
    machine: String,
    /// The number in the card, in hexadecimal.
    #[schema(max_length = 40, example = "04A2B3C4D5E6F7")]
    badge: String,
    /// What was typed beside it, 4 to 8 digits.
    #[schema(pattern = "^[0-9]{4,8}$")]
    pin: Option<String>,
    /// What a card that signs has said (NTAG 424 DNA).
    sun: Option<SunIn>,
    /// Whether the machine is on as the badge is shown. With `false` a grant whose answer was lost is given again to the
    /// card that opened the session.
    on: Option<bool>,
    /// Milliseconds since the controller started.
    #[schema(minimum = 0)]
    mono_ms: i64,
}

/// What a card that signs has said at this tap, as it mirrors it.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SunIn {
    /// `SDMReadCtr`, the highest byte first.
    #[schema(pattern = "^[0-9A-Fa-f]{6}$")]
    count: String,
    /// `SDMMAC` over nothing but number and count.
    #[schema(pattern = "^[0-9A-Fa-f]{16}$")]
    mac: String,
}

/// On, off, or as it is.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ScanOut {
    request: String,
    verdict: Verdict,
    /// The session that began or ended.
    session: Option<PowerSessionId>,
    /// When to switch off, if nothing else is heard.
    until: Option<Instant>,
    /// When to say so on the display.
    warn_at: Option<Instant>,
    /// Every reason why not, in the language of whoever stands there.
    reasons: Vec<Reason>,
    /// Whom to greet.
    member_name: Option<String>,
    /// The fields that do not fit or are not known here: nothing was done about them.
    ignored: Vec<String>,
}

impl Check for ScanIn {
    fn check(&self, fields: &mut Fields) {
        fields.length("request", &self.request, 1..=64);
        fields.length("machine", &self.machine, 1..=60);
        fields.length("badge", &self.badge, 1..=40);
        let digits =
            |pin: &String| (4..=8).contains(&pin.len()) && pin.bytes().all(|digit| digit.is_ascii_digit());
        fields.require(self.pin.as_ref().is_none_or(digits), "pin", "pin");
        let tapped = self.sun.is_none() || self.tap().is_some();
        fields.require(tapped, "sun", "card_tap");
        fields.within("mono_ms", self.mono_ms, 0..=i64::MAX);
    }
}

impl Frame for ScanIn {
    const OPTIONAL: &'static [&'static str] = &["on"];
}

impl ScanIn {
    fn tap(&self) -> Option<Tap> {
        let sun = self.sun.as_ref()?;
        Tap::read(&self.badge, &sun.count, &sun.mac)
    }
}

impl ScanOut {
    fn new((request, answer): (String, Answer), ignored: Vec<String>) -> Self {
        let live = answer.session.as_ref().filter(|_| answer.verdict == Verdict::Grant);
        Self {
            request,
            verdict: answer.verdict,
            until: live.map(|session| session.until),
            warn_at: live.map(PowerSession::warn_at),
            session: answer.session.map(|session| session.id),
            reasons: answer.reasons,
            member_name: answer.name,
            ignored,
        }
    }
}

/// Asks whether a badge switches a machine on. A verdict that comes later than 500 ms is none.
#[utoipa::path(
    tag = "controller", request_body = ScanIn, security(("controller" = [])),
    responses((status = 200, body = ScanOut))
)]
#[post("/scans")]
pub async fn show(app: Data<App>, reader: Reader, controller: Controller<ScanIn>) -> Result<HttpResponse> {
    let (key, secrets) = (BadgeKey::of(&app.secrets), app.secrets.clone());
    let ignored = controller.ignored();
    let told = controller.act(&app, move |db, device, said, now| {
        let started = Tick::now();
        let asked = Asked {
            request: said.request.clone(),
            machine: said.machine.clone(),
            badge: said.badge.clone(),
            pin: said.pin.clone(),
            tap: said.tap(),
            on: said.on,
            locale: reader.locale,
        };
        let answer =
            scan::scan(db, &Place { device, key: &key, listing: &secrets.device(device.id), now }, &asked);
        metrics::histogram!("etabli_scan_decision_seconds").record(started.elapsed());
        Ok((said.request.clone(), answer?))
    });
    let told = told.await?;
    let verdict: &'static str = told.1.verdict.into();
    metrics::counter!("etabli_scans_total", "verdict" => verdict).increment(1);
    app.power.ring();
    web::ok(&ScanOut::new(told, ignored))
}
