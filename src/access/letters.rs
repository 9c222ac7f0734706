//! What staff are told about machines. Pure.

use super::usage::Upkeep;
use crate::{
    kernel::words::{Value, say},
    machines::MachineName,
    outbox::{Addressee, NewLetter},
    people::Contact,
};

/// A machine wants to be looked after; once to each member of the staff for each service.
#[must_use]
pub fn service_due(to: &Contact, machine: &MachineName, service: &Upkeep) -> NewLetter {
    let values = [
        ("machine", Value::from(&machine.name)),
        ("hours", Value::Count(service.on.num_hours())),
        ("limit", Value::Count(service.after_hours.unwrap_or(0).into())),
    ];
    let addressee = Addressee {
        member: Some(to.id),
        email: to.email.clone(),
        name: to.display_name.clone(),
        locale: to.locale,
    };
    let last = service.last_at.map_or(0, crate::kernel::Instant::micros);
    NewLetter::new(addressee, "machine_service_due", say(to.locale, "service-due-subject", &values))
        .says(say(to.locale, "service-due-body", &values))
        .once(format!("machine_service_due:{}:{last}:{}", machine.id, to.id))
}
