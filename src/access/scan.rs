//! A badge is shown at a machine: on, off, or every reason why not.
//!
//! One write, which holds the machine, of about two dozen short statements. Read [`answer`] (what is said), [`known`]
//! (a badge somebody was given), [`supervise`] (two badges for one session).

pub mod answer;
pub mod known;
pub mod supervise;

use chrono::TimeDelta;
use serde_json::json;

pub use answer::{Answer, Kept, Reason, Verdict};

use super::{
    badge::{Badge, BadgeKey, Print},
    model::Device,
    session::PowerSession,
    store::{self, scenes::Scene},
    sun::Tap,
    tags,
};
use crate::{
    gates::rules::badge::holder,
    kernel::{Code, Error, Instant, Locale, Refusal, Result, ScanId},
    people::Contact,
    power::log::{self, Event},
    store::Db,
};

/// So many badges that nobody was given may be shown at one controller in a minute.
const UNKNOWN_A_MINUTE: i64 = 20;

/// What a controller tells of a badge.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Named by the controller; the same again gets the same answer.
    pub request: String,
    /// Slug or identifier of the machine.
    pub machine: String,
    /// The number in the card, as the reader writes it.
    pub badge: String,
    /// What was typed beside it.
    pub pin: Option<String>,
    /// What the card itself said, if it is one that signs.
    pub tap: Option<Tap>,
    /// In which language to speak to somebody nobody knows.
    pub locale: Locale,
}

/// Where and when a badge is shown.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// At which controller.
    pub device: &'a Device,
    /// The key of the badges' numbers.
    pub key: &'a BadgeKey,
    /// The key of this controller's list.
    pub listing: &'a [u8; 32],
    /// When.
    pub now: Instant,
}

/// What comes of it.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// On, for the member of this session.
    Started(PowerSession, Contact),
    /// Off.
    Ended(PowerSession, Contact),
    /// It stays as it is.
    Denied(Vec<Refusal>, Option<Contact>),
}

/// Decides and does it.
///
/// # Errors
/// `machine_not_bound` for a machine of another controller; a field error for a number that is none;
/// `too_many_tries` after many unknown badges.
pub fn scan(db: &mut Db, place: &Place<'_>, asked: &Asked) -> Result<Answer> {
    if let Some(kept) = store::scans::answered(db, place.device.id, &asked.request)? {
        return answer::again(db, kept, place.now);
    }
    let print = Print::of(place.key, &asked.badge).ok_or_else(|| Error::field("badge", "badge_number"))?;
    let scene = store::scenes::held(db, &asked.machine)?;
    let scene = scene.ok_or_else(|| Error::refused(Code::MachineNotBound))?;
    place.device.owns(scene.machine.id)?;
    let badge = store::badges::with_print(db, &print)?;
    let holder = holder(badge.as_ref().map(Badge::shown), place.now);
    let outcome = match (&badge, holder) {
        (Some(badge), Ok(_)) => {
            tags::learn(db, place, &scene, (badge, asked))?;
            known::known(db, place, &scene, (badge, asked))?
        }
        (_, Err(refusal)) => Outcome::Denied(vec![refusal], None),
        (None, Ok(_)) => Outcome::Denied(vec![Refusal::new(Code::BadgeUnknown)], None),
    };
    if badge.is_none() {
        patience(db, place)?;
    }
    keep(db, place, &scene, (badge.as_ref().ok_or(print), asked), outcome)
}

/// Refuses to write down ever more cards of nobody.
fn patience(db: &mut Db, place: &Place<'_>) -> Result<()> {
    let since = place.now - TimeDelta::minutes(1);
    if store::scans::unknown_since(db, place.device.id, since)? < UNKNOWN_A_MINUTE {
        return Ok(());
    }
    Err(Refusal::new(Code::TooManyTries).retry_after(60).into())
}

/// Writes down what was shown and answered, whether granted or not.
fn keep(
    db: &mut Db,
    place: &Place<'_>,
    scene: &Scene,
    (badge, asked): (std::result::Result<&Badge, Print>, &Asked),
    outcome: Outcome,
) -> Result<Answer> {
    let answer = Answer::of(outcome, asked.locale);
    let kept = Kept {
        id: ScanId::new(),
        controller: place.device.id,
        request: asked.request.clone(),
        machine: scene.machine.id,
        at: place.now,
        print: badge.err(),
        badge: badge.ok().map(|badge| badge.id),
        member: badge.ok().map(|badge| badge.member),
        verdict: answer.verdict,
        session: answer.session.as_ref().map(|session| session.id),
        reasons: answer.reasons.clone(),
    };
    store::scans::insert(db, &kept)?;
    let codes: Vec<Code> = kept.reasons.iter().map(|reason| reason.code).collect();
    let data = match (&answer.session, answer.verdict) {
        (Some(session), Verdict::Grant) => json!({
            "scan": kept.id, "until": session.until, "reservation": session.reservation,
            "supervisor": session.supervisor,
        }),
        _ => json!({ "scan": kept.id, "codes": codes }),
    };
    let event = Event {
        at: place.now,
        kind: match answer.verdict {
            Verdict::Grant => "session_started",
            Verdict::End => "badge_ended",
            Verdict::Deny => "badge_denied",
        },
        machine: Some(kept.machine),
        session: kept.session,
        controller: Some(kept.controller),
        member: answer.session.as_ref().map(|session| session.member).or(kept.member),
        data,
    };
    log::append(db, event)?;
    Ok(answer)
}
