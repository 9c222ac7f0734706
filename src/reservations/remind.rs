//! The day before, a letter reminds the member. Run now and then; every letter is written once.

use chrono::TimeDelta;

use super::{
    letters,
    model::State,
    store::{self, Filter},
};
use crate::{
    kernel::{Instant, PageRequest, Result},
    lab, outbox,
    store::Db,
};

/// Whoever booked or moved so shortly before the reminder was due still has that letter in mind.
const FRESH: TimeDelta = TimeDelta::hours(6);

/// Reminds members of what starts within a day of the calendar, up to this hour of the wall clock tomorrow, and was not booked just before.
pub fn due(db: &mut Db, now: Instant) -> Result<()> {
    let zone = lab::get(db)?.zone;
    let tomorrow = zone.days_from(now, 1);
    let filter =
        Filter { from: Some(now), to: Some(tomorrow), state: Some(State::Confirmed), ..Filter::default() };
    let all = PageRequest { limit: u16::MAX, after: None };
    for booked in store::list(db, &filter, &all, now)? {
        let of = &booked.reservation;
        let early = of.settled_at() < zone.days_from(of.period.start(), -1) - FRESH;
        if early && of.period.start() > now {
            outbox::post(db, letters::reminder(&booked, zone), now)?;
        }
    }
    Ok(())
}
