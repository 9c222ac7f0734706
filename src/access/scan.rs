//! A badge is shown at a machine: on, off, or every reason why not.
//!
//! One write, which holds the machine, of about two dozen short statements. Read [`answer`] (what is said), [`known`]
//! (a badge somebody was given), [`own`] (of whoever has the machine on), [`supervise`] (two badges for one session),
//! [`lines`] (how often the log speaks of it).

pub mod answer;
pub mod known;
pub mod lines;
pub mod own;
pub mod supervise;

use chrono::TimeDelta;
use serde_json::json;

pub use answer::{Answer, Kept, Reason, Verdict};
use lines::{Line, Which};

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
    kernel::{Code, Error, Instant, Locale, MemberId, Refusal, Result, ScanId},
    people::{self, Contact},
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
    /// Whether the machine is on as the badge is shown, where the controller says.
    pub on: Option<bool>,
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
    /// On, for the member of this session: the answer that granted it was lost.
    Again(PowerSession, Contact),
    /// Off.
    Ended(PowerSession, Contact),
    /// It stays as it is.
    Denied(Vec<Refusal>, Option<Contact>),
}

/// Decides and does it.
///
/// # Errors
/// `machine_not_bound` for a machine of another controller; a field error for a number that is none;
/// `idempotency_key_reused` for a question named like another one; `too_many_tries` after many unknown badges.
pub fn scan(db: &mut Db, place: &Place<'_>, asked: &Asked) -> Result<Answer> {
    let print = Print::of(place.key, &asked.badge).ok_or_else(|| Error::field("badge", "badge_number"))?;
    if let Some(kept) = store::scans::answered(db, place.device.id, &asked.request)? {
        answer::is_same(db, &kept, &print, asked)?;
        return answer::again(db, kept, place.now);
    }
    let scene = store::scenes::held(db, &asked.machine)?;
    let scene = scene.ok_or_else(|| Error::refused(Code::MachineNotBound))?;
    place.device.owns(scene.machine.id)?;
    let badge = store::badges::with_print(db, &print)?;
    let shown = Shown { print, holder: holder(badge.as_ref().map(Badge::shown), place.now), badge };
    let (outcome, locale) = decide(db, place, &scene, &shown, asked)?;
    keep(db, place, &scene, (shown, asked), (&outcome, locale))
}

/// A card, and what is known of it.
struct Shown {
    print: Print,
    badge: Option<Badge>,
    holder: std::result::Result<MemberId, Refusal>,
}

/// What comes of it, and in which language to speak of that where nobody is greeted.
fn decide(
    db: &mut Db,
    place: &Place<'_>,
    scene: &Scene,
    shown: &Shown,
    asked: &Asked,
) -> Result<(Outcome, Locale)> {
    match (&shown.badge, &shown.holder) {
        (Some(badge), Ok(_)) => {
            tags::learn(db, place, scene, (badge, asked))?;
            Ok((known::known(db, place, scene, (badge, asked))?, asked.locale))
        }
        // Whoever found it learns no name.
        (Some(badge), Err(refusal)) => {
            let locale = people::contact(db, badge.member)?.locale;
            Ok((Outcome::Denied(vec![refusal.clone()], None), locale))
        }
        (None, told) => {
            patience(db, place)?;
            Ok((Outcome::Denied(told.clone().err().into_iter().collect(), None), asked.locale))
        }
    }
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
    (shown, asked): (Shown, &Asked),
    (outcome, locale): (&Outcome, Locale),
) -> Result<Answer> {
    let answer = Answer::of(outcome, locale);
    let mut kept = Kept {
        id: ScanId::new(),
        controller: place.device.id,
        request: asked.request.clone(),
        machine: scene.machine.id,
        at: place.now,
        // Nobody has a card that opens nothing any more: staff may give it anew.
        print: shown.holder.is_err().then_some(shown.print),
        badge: shown.badge.as_ref().map(|badge| badge.id),
        member: shown.badge.as_ref().map(|badge| badge.member),
        verdict: answer.verdict,
        session: answer.session.as_ref().map(|session| session.id),
        reasons: answer.reasons.clone(),
        untold: 0,
    };
    let which = kept.badge.map_or(Which::Nobodys(shown.print), Which::Given);
    let codes: Vec<Code> = kept.codes().collect();
    let line = match answer.verdict {
        Verdict::Deny => lines::next(db, (kept.machine, which), &codes, place.now)?,
        Verdict::Grant | Verdict::End => Line { due: true, untold: 0 },
    };
    kept.untold = if line.due { 0 } else { line.untold.saturating_add(1) };
    store::scans::insert(db, &kept)?;
    if line.due {
        log::append(db, event(&kept, outcome, (&codes, line.untold)))?;
    }
    Ok(answer)
}

/// The line of the log about what was shown and answered, whether granted or not.
fn event(kept: &Kept, outcome: &Outcome, (codes, untold): (&[Code], i32)) -> Event {
    let granted = |session: &PowerSession| {
        json!({
            "scan": kept.id, "until": session.until, "reservation": session.reservation,
            "supervisor": session.supervisor,
        })
    };
    let (kind, member, data) = match outcome {
        Outcome::Started(session, _) => ("session_started", Some(session.member), granted(session)),
        Outcome::Again(session, _) => ("session_granted_again", Some(session.member), granted(session)),
        Outcome::Ended(session, _) => {
            ("badge_ended", Some(session.member), json!({ "scan": kept.id, "codes": codes }))
        }
        Outcome::Denied(..) => {
            ("badge_denied", kept.member, json!({ "scan": kept.id, "codes": codes, "untold": untold }))
        }
    };
    Event {
        at: kept.at,
        kind,
        machine: Some(kept.machine),
        session: kept.session,
        controller: Some(kept.controller),
        member,
        data,
    }
}
