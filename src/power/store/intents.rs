//! What power machines should have.

use diesel::{prelude::*, upsert::excluded};

use crate::{
    kernel::{Instant, MachineId, PowerSessionId, Result},
    power::{Intended, Intent},
    store::{Db, on, schema::power_intent},
};

#[derive(Queryable, Insertable)]
#[diesel(table_name = power_intent, treat_none_as_default_value = false)]
struct Row {
    machine_id: MachineId,
    is_on: bool,
    until: Option<Instant>,
    session_id: Option<PowerSessionId>,
    said_at: Instant,
    version: i64,
}

impl From<Row> for Intended {
    fn from(row: Row) -> Self {
        Self {
            machine: row.machine_id,
            on: row.is_on,
            until: row.until,
            session: row.session_id,
            said_at: row.said_at,
            version: row.version,
        }
    }
}

pub(in super::super) fn put_intent(
    db: &mut Db,
    machine: MachineId,
    intent: Intent,
    now: Instant,
) -> Result<()> {
    let Intent { on, until, session } = intent;
    let row = Row { machine_id: machine, is_on: on, until, session_id: session, said_at: now, version: 1 };
    let replaced = (
        power_intent::is_on.eq(excluded(power_intent::is_on)),
        power_intent::until.eq(excluded(power_intent::until)),
        power_intent::session_id.eq(excluded(power_intent::session_id)),
        power_intent::said_at.eq(excluded(power_intent::said_at)),
        power_intent::version.eq(power_intent::version + 1),
    );
    on!(db, |c| diesel::insert_into(power_intent::table)
        .values(&row)
        .on_conflict(power_intent::machine_id)
        .do_update()
        .set(replaced)
        .execute(c))?;
    Ok(())
}

pub(in super::super) fn intended(db: &mut Db, machine: MachineId) -> Result<Option<Intended>> {
    let row: Option<Row> = power_intent::table.find(machine).get_result(db).optional()?;
    Ok(row.map(Intended::from))
}

pub(in super::super) fn all_intended(db: &mut Db) -> Result<Vec<Intended>> {
    let rows: Vec<Row> = power_intent::table.load(db)?;
    Ok(rows.into_iter().map(Intended::from).collect())
}
