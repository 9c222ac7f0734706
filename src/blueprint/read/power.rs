//! `power` of a machine, and of `[defaults]`.

use super::{sheet::Sheet, value::Word};
use crate::machines::PowerPolicy;

/// How a machine is switched on: its own word over the usual one of the file over that of the house. Nothing where
/// neither the machine nor the file speaks of it.
pub fn read(sheet: &mut Sheet<'_>, usual: Option<&PowerPolicy>) -> Option<PowerPolicy> {
    let start = usual.cloned().unwrap_or_default();
    let own = sheet.may_table("power", |sheet| Some(policy(sheet, start.clone())));
    own.or_else(|| usual.cloned())
}

fn policy(sheet: &mut Sheet<'_>, mut own: PowerPolicy) -> PowerPolicy {
    own.reservation = sheet.may("reservation").map_or(own.reservation, |Word(word)| word);
    own.risk_class = sheet.may_number("risk_class", 0..=4).unwrap_or(own.risk_class);
    own.no_show_minutes = sheet.may_number("no_show_minutes", 1..=1440).unwrap_or(own.no_show_minutes);
    own.max_session_minutes =
        sheet.may_number("max_session_minutes", 1..=10_080).unwrap_or(own.max_session_minutes);
    own.grace_minutes = sheet.may_number("grace_minutes", 0..=240).unwrap_or(own.grace_minutes);
    own.link_loss_running = sheet.may("link_loss_running").map_or(own.link_loss_running, |Word(word)| word);
    own.link_loss_minutes = sheet.may_number("link_loss_minutes", 0..=1440).unwrap_or(own.link_loss_minutes);
    own.link_loss_start = sheet.may("link_loss_start").map_or(own.link_loss_start, |Word(word)| word);
    own.supervision = sheet.may("supervision").map_or(own.supervision, |Word(word)| word);
    own.idle_watts = sheet.may_number("idle_watts", 1..=100_000).or(own.idle_watts);
    own.idle_minutes = sheet.may_number("idle_minutes", 1..=1440).or(own.idle_minutes);
    own.service_hours = sheet.may_number("service_hours", 1..=100_000).or(own.service_hours);
    match (own.idle_watts, own.idle_minutes) {
        (Some(_), None) => sheet.wrong("idle_watts", "idle-by-halves", Vec::new()),
        (None, Some(_)) => sheet.wrong("idle_minutes", "idle-by-halves", Vec::new()),
        (Some(_), Some(_)) | (None, None) => {}
    }
    if own.without_server() != own.link_loss_start {
        sheet.wrong("link_loss_start", "start-needs-server", Vec::new());
    }
    own
}
