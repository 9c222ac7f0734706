//! What to do next with one plug.

use std::time::Duration;

use crate::power::Fault;

/// How long a plug has to say that it did as it was told.
pub const PATIENCE: Duration = Duration::from_secs(2);
/// How often a plug of which anything but "off" is known is told again, whether it seems to be there or not.
pub const INSIST: Duration = Duration::from_secs(10);
/// How often a plug is told before that is a fault.
pub const TRIES: u32 = 2;

/// Everything that decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Scene {
    /// Whether the machine should be on.
    pub wants: bool,
    /// Whether that was said so lately that a start is still meant.
    pub fresh: bool,
    /// Whether the plug can be reached.
    pub online: bool,
    /// What it said of its relay since it was last told to switch; a state older than a command says nothing.
    pub on: Option<bool>,
    /// What it said last of its relay, before or after a command: why it is unknown, never what is.
    pub said: Option<bool>,
    /// Whether it has been on since it should be.
    pub lit: bool,
    /// What is wrong already.
    pub fault: Option<Fault>,
    /// What it was told last and has not yet done.
    pub told: Option<Told>,
    /// Whether its lease wants to be renewed.
    pub lease_due: bool,
}

/// A command on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// On or off.
    pub on: bool,
    /// How often it was said.
    pub tries: u32,
    /// How long ago it was said last.
    pub ago: Duration,
}

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Nothing.
    Rest,
    /// Tell it to switch.
    Switch(bool),
    /// Tell it once more to stay on.
    Renew,
    /// Write down what is wrong; a start that went wrong is not tried again.
    Fail(Fault),
    /// What was wrong is over: it is off, as it should be.
    Recover,
}

/// What to do next.
///
/// ```
/// use etabli::power::{Fault, reconcile::decide::{Scene, Step, Told, decide}};
/// let idle = Scene {
///     wants: false, fresh: false, online: true, on: Some(false), said: Some(false), lit: false, fault: None, told: None, lease_due: false,
/// };
/// assert_eq!(decide(&idle), Step::Rest);
/// assert_eq!(decide(&Scene { wants: true, fresh: true, ..idle }), Step::Switch(true));
/// assert_eq!(decide(&Scene { wants: true, lit: true, ..idle }), Step::Fail(Fault::OffInSession));
/// assert_eq!(decide(&Scene { on: Some(true), ..idle }), Step::Switch(false), "on for nobody");
/// ```
#[must_use]
pub fn decide(scene: &Scene) -> Step {
    let given_up = matches!(scene.fault, Some(Fault::NoAnswer | Fault::OffInSession));
    if scene.wants && !given_up { start(scene) } else { stop(scene) }
}

fn start(scene: &Scene) -> Step {
    match (scene.on, scene.lit) {
        (Some(true), _) if scene.lease_due && scene.online => Step::Renew,
        (Some(false), true) => Step::Fail(Fault::OffInSession),
        (Some(true), _) | (None, true) => Step::Rest,
        (Some(false) | None, false) if !scene.fresh => Step::Fail(Fault::NoAnswer),
        (Some(false) | None, false) => match scene.told.filter(|told| told.on) {
            _ if !scene.online => Step::Rest,
            None => Step::Switch(true),
            Some(told) if told.ago < PATIENCE => Step::Rest,
            Some(told) if told.tries < TRIES => Step::Switch(true),
            Some(_) => Step::Fail(Fault::NoAnswer),
        },
    }
}

/// Presence is no gate here: a last will may be late, wrong, or left from long ago, and an order to be off harms nobody.
fn stop(scene: &Scene) -> Step {
    if scene.on == Some(false) {
        return if scene.fault.is_some() && !scene.wants { Step::Recover } else { Step::Rest };
    }
    let Some(told) = scene.told.filter(|told| !told.on) else { return Step::Switch(false) };
    let answers = scene.online && told.tries < TRIES;
    match scene.fault {
        _ if told.ago < PATIENCE => Step::Rest,
        _ if answers => Step::Switch(false),
        None if scene.online && scene.said == Some(true) => Step::Fail(Fault::OnWithoutSession),
        None if scene.online => Step::Fail(Fault::NoAnswer),
        _ if told.ago < INSIST => Step::Rest,
        _ => Step::Switch(false),
    }
}

#[cfg(test)]
mod tests;
