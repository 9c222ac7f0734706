//! What is said to whoever showed a badge.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

use super::{Asked, Outcome};
use crate::{
    access::{badge::Print, session::PowerSession, store},
    kernel::{
        BadgeId, Code, ControllerId, Error, Instant, Locale, MachineId, MemberId, PowerSessionId, Refusal,
        Result, ScanId,
    },
    machines, people,
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
    /// The print of a card that was nobody's then, or nobody's any more.
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
    /// How many refusals of this card here, this one included, no line of the log speaks of.
    pub untold: i32,
}

impl Answer {
    /// The outcome in words; `locale` is for somebody nobody greets.
    #[must_use]
    pub fn of(outcome: &Outcome, locale: Locale) -> Self {
        let (verdict, session, refusals, contact) = match outcome {
            Outcome::Started(session, contact) | Outcome::Again(session, contact) => {
                (Verdict::Grant, Some(session.clone()), &[][..], Some(contact))
            }
            Outcome::Ended(session, contact) => (Verdict::End, Some(session.clone()), &[][..], Some(contact)),
            Outcome::Denied(refusals, contact) => {
                (Verdict::Deny, None, refusals.as_slice(), contact.as_ref())
            }
        };
        let locale = contact.map_or(locale, |contact| contact.locale);
        let reasons = refusals.iter().map(|refusal| Reason::new(refusal, locale)).collect();
        Self { verdict, session, reasons, name: contact.map(|contact| contact.display_name.clone()) }
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
    /// Every reason why not, for programs.
    pub fn codes(&self) -> impl Iterator<Item = Code> {
        self.reasons.iter().map(|reason| reason.code)
    }

    /// Whether this was the only thing in the way.
    #[must_use]
    pub fn lacked_only(&self, code: Code) -> bool {
        self.verdict == Verdict::Deny && self.codes().eq([code])
    }
}

impl PowerSession {
    /// When to say that it will end.
    #[must_use]
    pub fn warn_at(&self) -> Instant {
        (self.until - WARNING).max(self.started_at)
    }
}

/// Whether a question that was named like one before is the same question: about the same machine, and the same card.
///
/// # Errors
/// `idempotency_key_reused`, also where the house no longer knows which card it was: firmware that counts anew after a
/// start must not be told what somebody else was.
pub(super) fn is_same(db: &mut Db, kept: &Kept, print: &Print, asked: &Asked) -> Result<()> {
    let machine = machines::store::find(db, &asked.machine)?.map(|machine| machine.id);
    let card = match (kept.print, kept.badge) {
        (Some(shown), _) => shown == *print,
        (None, Some(badge)) => store::badges::is_of(db, badge, print)?,
        (None, None) => false,
    };
    let same = machine == Some(kept.machine) && card;
    if same { Ok(()) } else { Err(Error::refused(Code::IdempotencyKeyReused)) }
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
