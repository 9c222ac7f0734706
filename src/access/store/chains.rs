//! What controllers told, read from one end to the other.

use diesel::{dsl::min, prelude::*};

use super::events::{Row, whole};
use crate::{
    access::model::{Joint, Told},
    kernel::{ControllerId, Result},
    store::{
        Db,
        schema::{controller, controller_event},
    },
    wire::Link,
};

/// Every controller there ever was.
pub fn controllers(db: &mut Db) -> Result<Vec<ControllerId>> {
    Ok(controller::table.select(controller::id).load(db)?)
}

/// The starts of a controller.
pub fn boots(db: &mut Db, controller: ControllerId) -> Result<Vec<String>> {
    Ok(controller_event::table
        .filter(controller_event::controller_id.eq(controller))
        .select(controller_event::boot)
        .distinct()
        .load(db)?)
}

/// The first events of a start that followed from the end of another: their starts, and the hash each repeats.
pub fn starts(db: &mut Db, controller: ControllerId) -> Result<Vec<(String, Link)>> {
    let chained: &'static str = Joint::Chained.into();
    let rows: Vec<(String, Vec<u8>)> = controller_event::table
        .filter(controller_event::controller_id.eq(controller))
        .filter(controller_event::seq.eq(1))
        .filter(controller_event::link.eq(chained))
        .select((controller_event::boot, controller_event::prev))
        .load(db)?;
    rows.into_iter().map(|(boot, prev)| Ok((boot, whole(prev)?))).collect()
}

/// Events of a start after this number, in order: those of the next so many numbers.
pub fn after(
    db: &mut Db,
    controller: ControllerId,
    (boot, seq): (&str, i64),
    numbers: i64,
) -> Result<Vec<Told>> {
    let next: Option<i64> = controller_event::table
        .filter(controller_event::controller_id.eq(controller))
        .filter(controller_event::boot.eq(boot))
        .filter(controller_event::seq.gt(seq))
        .select(min(controller_event::seq))
        .get_result(db)?;
    let Some(next) = next else { return Ok(Vec::new()) };
    let rows: Vec<Row> = controller_event::table
        .filter(controller_event::controller_id.eq(controller))
        .filter(controller_event::boot.eq(boot))
        .filter(controller_event::seq.between(next, next.saturating_add(numbers - 1)))
        .order((controller_event::seq, controller_event::hash))
        .select(Row::as_select())
        .load(db)?;
    rows.into_iter().map(Row::told).collect()
}
