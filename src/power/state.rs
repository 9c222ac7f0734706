//! The state of a machine's power, as people see it.

use strum::IntoStaticStr;

use super::model::{Intended, LockClass, Observed, Source};
use crate::kernel::{Instant, PowerSessionId};

/// What is going on at a machine. Public screens say the word and never by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum PowerState {
    /// Nobody knows: its device cannot be reached, or it has none.
    Offline,
    /// Something is wrong with its power.
    Fault,
    /// Nobody may start it: somebody locked it out, or it is out of service.
    Locked(LockClass),
    /// Anybody who may can start it.
    Free,
    /// Kept for the member whose reservation starts, or has started, then.
    Reserved(Instant),
    /// A session is open and the power is on its way.
    Starting(PowerSessionId),
    /// Somebody is using it.
    InUse(PowerSessionId),
    /// It is on, and nothing has moved for a while.
    Idle(PowerSessionId),
    /// Somebody should have a look before it is used again.
    ToCheck,
}

/// What decides the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Facts {
    /// Whether its device can be reached.
    pub online: bool,
    /// Whether something is wrong.
    pub fault: bool,
    /// Whether it has power.
    pub on: Option<bool>,
    /// Whether it draws next to nothing.
    pub idle: bool,
    /// Whether it may still be on its way to what was said last.
    pub settling: bool,
    /// Why nobody may start it.
    pub lock: Option<LockClass>,
    /// The open session.
    pub session: Option<PowerSessionId>,
    /// The reservation it is kept for.
    pub reserved: Option<Instant>,
}

impl Facts {
    /// What this room knows; locks, sessions and reservations are for others to add.
    #[must_use]
    pub fn of(intended: Option<&Intended>, observed: Option<&Observed>, now: Instant) -> Self {
        let by = observed.map_or(Source::Plug, |observed| observed.source);
        let settling = intended.is_some_and(|intended| intended.settling(by, now));
        // A plug that does not say whether its relay is on may have it on: nobody knows, however present it seems.
        let tells = |observed: &&Observed| by == Source::Native || observed.on.is_some() || settling;
        Self {
            online: observed.filter(tells).is_some_and(|observed| observed.is_there(now)),
            fault: observed.is_some_and(|observed| observed.fault.is_some()),
            on: observed.and_then(|observed| observed.on),
            idle: observed.is_some_and(|observed| observed.idle_since.is_some()),
            settling,
            ..Self::default()
        }
    }
}

impl PowerState {
    /// The state these facts make; what keeps people's fingers comes first.
    ///
    /// ```
    /// use etabli::{kernel::Id, power::{Facts, LockClass, PowerState}};
    /// let session = Id::new();
    /// let running = Facts { online: true, on: Some(true), session: Some(session), ..Facts::default() };
    /// assert_eq!(PowerState::of(&running), PowerState::InUse(session));
    /// assert_eq!(PowerState::of(&Facts { session: None, ..running }), PowerState::Fault, "on for nobody");
    /// let smoke = Facts { lock: Some(LockClass::Emergency), ..running };
    /// assert_eq!(PowerState::of(&smoke), PowerState::Locked(LockClass::Emergency));
    /// ```
    #[must_use]
    pub fn of(facts: &Facts) -> Self {
        match (facts.lock, facts.session) {
            (Some(class), _) if class != LockClass::ToCheck => Self::Locked(class),
            _ if !facts.online => Self::Offline,
            _ if facts.fault => Self::Fault,
            (_, Some(session)) => Self::in_session(session, facts),
            (_, None) if facts.on == Some(true) && !facts.settling => Self::Fault,
            (Some(_), None) => Self::ToCheck,
            (None, None) => facts.reserved.map_or(Self::Free, Self::Reserved),
        }
    }

    fn in_session(session: PowerSessionId, facts: &Facts) -> Self {
        match facts.on {
            Some(true) if facts.idle => Self::Idle(session),
            Some(true) => Self::InUse(session),
            Some(false) | None if facts.settling => Self::Starting(session),
            Some(false) | None => Self::Fault,
        }
    }

    /// Why nobody may start it, if that is what the word says.
    #[must_use]
    pub const fn lock(self) -> Option<LockClass> {
        match self {
            Self::Locked(class) => Some(class),
            Self::ToCheck => Some(LockClass::ToCheck),
            Self::Offline
            | Self::Fault
            | Self::Free
            | Self::Reserved(_)
            | Self::Starting(_)
            | Self::InUse(_)
            | Self::Idle(_) => None,
        }
    }

    /// The word on the wire: `in_use`.
    #[must_use]
    pub fn word(self) -> &'static str {
        self.into()
    }
}

#[cfg(test)]
mod tests;
