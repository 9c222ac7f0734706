//! Now and then: letters about memberships that end soon, and forgetting what is of no use any more.

use chrono::TimeDelta;

use super::{letters, rules, store};
use crate::{
    kernel::{Instant, Result},
    outbox,
    store::Db,
};

/// Posts a letter, once, to every member whose last membership ends within thirty days.
pub fn due(db: &mut Db, now: Instant) -> Result<()> {
    let Some(house) = store::house::find(db)? else { return Ok(()) };
    let today = house.today(now);
    let horizon = today.checked_add_days(rules::TELL_BEFORE_END).unwrap_or(today);
    for ending in store::memberships::ending(db, today, horizon)? {
        let last_day = (ending.id, ending.ends_on);
        outbox::post(
            db,
            letters::membership_ending(&ending.contact, &house.name, &ending.plan, last_day),
            now,
        )?;
    }
    Ok(())
}

/// Forgets sign-ins that ended by themselves, links that expired a while ago and failures nobody counts any more.
pub fn sweep(db: &mut Db, now: Instant) -> Result<()> {
    store::sessions::sweep(db, now)?;
    store::tokens::sweep(db, now - TimeDelta::days(7))?;
    store::attempts::sweep(db, rules::Failures::forgotten_before(now))
}
