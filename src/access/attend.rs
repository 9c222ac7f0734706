//! A machine passes its service hours: staff get a letter, once for each service.

use super::{letters, usage};
use crate::{
    kernel::{Instant, Result},
    machines, outbox, people,
    store::Db,
};

/// Writes to staff about every machine that wants to be looked after. Run now and then.
pub fn due(db: &mut Db, now: Instant) -> Result<()> {
    for (machine, policy) in machines::policies(db)? {
        if policy.service_hours.is_none() {
            continue;
        }
        let service = usage::service(db, machine, now)?;
        if !service.is_due() {
            continue;
        }
        let named = machines::get_by_id(db, machine)?.called();
        for contact in people::staff(db)? {
            outbox::post(db, letters::service_due(&contact, &named, &service), now)?;
        }
    }
    Ok(())
}

/// Machines that were on for longer than they should be without a look, as staff see them.
pub fn listed(db: &mut Db, now: Instant) -> Result<Vec<(machines::MachineName, usage::Upkeep)>> {
    let policies = machines::policies(db)?;
    let mut listed = Vec::new();
    for (machine, _) in policies.into_iter().filter(|(_, policy)| policy.service_hours.is_some()) {
        listed.push((machines::get_by_id(db, machine)?.called(), usage::service(db, machine, now)?));
    }
    Ok(listed)
}
