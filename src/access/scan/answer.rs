//! What is said to whoever showed a badge.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

use super::Outcome;
use crate::{
    access::{badge::Print, session::PowerSession, store},
    kernel::{
        BadgeId, Code, ControllerId, Instant, Locale, MachineId, MemberId, PowerSessionId, Refusal, Result,
        ScanId,
    },
    people,
    store::Db,
};

/// How long before its end a session says so.
const WARNING: TimeDelta = TimeDelta::minutes(5);

/// On, off, or as it is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema, EnumString, IntoStaticStr,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Verdict {
    /// Switch on.
    Grant,
    /// Change nothing.
    Deny,
    /// Switch off: the member of the session has shown the badge again.
    End,
}

/// One reason why not, in the language of whoever stands there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Reason {
    /// For programs.
    pub code: Code,
    /// For people.
    pub text: String,
}

/// The answer to a scan.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// What to do.
    pub verdict: Verdict,
    /// The session that began or ended.
    pub session: Option<PowerSession>,
    /// Every reason why not.
    pub reasons: Vec<Reason>,
    /// Whom to greet.
    pub name: Option<String>,
}

/// A scan as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its identifier.
    pub id: ScanId,
    /// At which controller.
    pub controller: ControllerId,
    /// How the controller named it.
    pub request: String,
    /// At which machine.
    pub machine: MachineId,
    /// When.
    pub at: Instant,
    /// The print of a card that nobody was given then.
    pub print: Option<Print>,
    /// The badge.
    pub badge: Option<BadgeId>,
    /// Whose it was.
    pub member: Option<MemberId>,
    /// What was said.
    pub verdict: Verdict,
    /// The session that began or ended.
    pub session: Option<PowerSessionId>,
    /// Every reason why not.
    pub reasons: Vec<Reason>,
}

impl Answer {
    /// The outcome in words; `locale` is for somebody nobody knows.
    #[must_use]
    pub fn of(outcome: Outcome, locale: Locale) -> Self {
        let (verdict, session, refusals, contact) = match outcome {
            Outcome::Started(session, contact) => (Verdict::Grant, Some(session), Vec::new(), Some(contact)),
            Outcome::Ended(session, contact) => (Verdict::End, Some(session), Vec::new(), Some(contact)),
            Outcome::Denied(refusals, contact) => (Verdict::Deny, None, refusals, contact),
        };
        let locale = contact.as_ref().map_or(locale, |contact| contact.locale);
        let reasons = refusals.iter().map(|refusal| Reason::new(refusal, locale)).collect();
        Self { verdict, session, reasons, name: contact.map(|contact| contact.display_name) }
    }
}

impl Reason {
    /// The reason in a language.
    #[must_use]
    pub fn new(refusal: &Refusal, locale: Locale) -> Self {
        Self { code: refusal.code, text: refusal.sentence(locale) }
    }
}

impl Kept {
    /// Whether this was the only thing in the way.
    #[must_use]
    pub fn lacked_only(&self, code: Code) -> bool {
        self.verdict == Verdict::Deny && self.reasons.iter().map(|reason| reason.code).eq([code])
    }
}

impl PowerSession {
    /// When to say that it will end.
    #[must_use]
    pub fn warn_at(&self) -> Instant {
        (self.until - WARNING).max(self.started_at)
    }
}

/// The answer that was given already. What was granted then is granted again only while that session is open: nothing
/// that is replayed switches anything on.
pub(super) fn again(db: &mut Db, kept: Kept, now: Instant) -> Result<Answer> {
    let session = kept.session.map(|id| store::sessions::find(db, id)).transpose()?.flatten();
    let whose = session.as_ref().map(|session| session.member).or(kept.member);
    let name = match whose {
        Some(member) => Some(people::contact(db, member)?),
        None => None,
    };
    let over = session.as_ref().is_some_and(|session| session.ended.is_some() || session.until <= now);
    let verdict = if kept.verdict == Verdict::Grant && over { Verdict::End } else { kept.verdict };
    let name = name.map(|contact| contact.display_name);
    Ok(Answer { verdict, session, reasons: kept.reasons, name })
}
