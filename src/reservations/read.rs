//! Read reservations: one's own, and for staff, everybody's.

use super::{
    model::{Booked, State},
    store::{self, Filter},
};
use crate::{
    kernel::{Code, Error, Instant, MachineId, Page, PageRequest, Period, ReservationId, Result},
    people::caller::Caller,
    store::{Db, Row, lock},
};

/// The reservation, if the caller may see it. Somebody else's does not exist for them.
pub fn get(db: &mut Db, id: ReservationId, by: &Caller) -> Result<Booked> {
    let found =
        store::find(db, id)?.filter(|booked| booked.reservation.member == by.id || by.roles.is_staff());
    found.ok_or_else(|| Error::refused(Code::NotFound))
}

/// The same, to be changed: locks its member and itself first and reads it after, so that two changes of one
/// reservation wait for each other and the second sees what the first did.
pub fn get_to_change(db: &mut Db, id: ReservationId, by: &Caller) -> Result<Booked> {
    let owner = get(db, id, by)?.reservation.member;
    lock(db, Row::Member, owner.uuid())?;
    store::hold_still(db, id)?;
    get(db, id, by)
}

/// A page of reservations; a caller who is not staff sees their own.
pub fn list(
    db: &mut Db,
    mut filter: Filter,
    page: &PageRequest,
    by: &Caller,
    now: Instant,
) -> Result<Page<Booked>> {
    if !by.roles.is_staff() {
        if filter.member.is_some_and(|member| member != by.id) {
            return Ok(Page { items: Vec::new(), next: None });
        }
        filter.member = Some(by.id);
    }
    Ok(page.page(store::list(db, &filter, page, now)?, store::key))
}

/// When a machine was booked in a period, and the place not given back: what was cancelled or released does not count.
pub fn held(db: &mut Db, machine: MachineId, within: Period, now: Instant) -> Result<Vec<Period>> {
    let filter = Filter {
        machine: Some(machine),
        from: Some(within.start()),
        to: Some(within.end()),
        ..Filter::default()
    };
    let all = PageRequest { limit: u16::MAX, after: None };
    let found = store::list(db, &filter, &all, now)?.into_iter().map(|booked| booked.reservation);
    let kept = found.filter(|one| !matches!(one.state, State::Cancelled | State::Released));
    Ok(kept.map(|one| one.period).collect())
}
