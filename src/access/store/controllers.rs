//! Rows of controllers and of the machines they act on.

use anyhow::Context;
use diesel::{
    dsl::{exists, select},
    insert_into,
    prelude::*,
};

use crate::{
    access::model::{Device, Record, State, Waiting},
    kernel::{Code, ControllerId, Error, Instant, MachineId, Result},
    store::{
        Db, conflict,
        schema::{controller, controller_machine, controller_nonce},
    },
    wire::PublicKey,
};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = controller, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    id: ControllerId,
    name: Option<String>,
    public_key: Vec<u8>,
    state: String,
    code: Option<String>,
    code_until: Option<Instant>,
    firmware: String,
    asked_at: Instant,
    accepted_at: Option<Instant>,
    revoked_at: Option<Instant>,
    revoked_reason: Option<String>,
    key_since: Instant,
    last_seen_at: Option<Instant>,
    version: i64,
}

impl Row {
    fn of(record: &Record) -> Self {
        let state: &'static str = record.state.into();
        let revoked = record.revoked.clone();
        Self {
            id: record.id,
            name: record.name.clone(),
            public_key: record.public_key.bytes().to_vec(),
            state: state.to_owned(),
            code: record.waiting.as_ref().map(|waiting| waiting.code.clone()),
            code_until: record.waiting.as_ref().map(|waiting| waiting.until),
            firmware: record.firmware.clone(),
            asked_at: record.asked_at,
            accepted_at: record.accepted_at,
            revoked_at: revoked.as_ref().map(|(at, _)| *at),
            revoked_reason: revoked.map(|(_, reason)| reason),
            key_since: record.key_since,
            last_seen_at: record.last_seen_at,
            version: record.version,
        }
    }

    fn record(self, machines: Vec<MachineId>) -> anyhow::Result<Record> {
        Ok(Record {
            id: self.id,
            name: self.name,
            public_key: PublicKey::from_bytes(&self.public_key)?,
            state: self.state.parse().with_context(|| format!("controller state {}", self.state))?,
            waiting: self.code.zip(self.code_until).map(|(code, until)| Waiting { code, until }),
            firmware: self.firmware,
            asked_at: self.asked_at,
            accepted_at: self.accepted_at,
            revoked: self.revoked_at.map(|at| (at, self.revoked_reason.unwrap_or_default())),
            key_since: self.key_since,
            last_seen_at: self.last_seen_at,
            machines,
            version: self.version,
        })
    }
}

/// Keeps a controller that asks to be paired. Refuses with `pairing_code_taken` when another shows the same code.
pub fn insert(db: &mut Db, new: &Record) -> Result<()> {
    insert_into(controller::table).values(Row::of(new)).execute(db).map_err(taken)?;
    Ok(())
}

/// Writes what changed in a controller and lets its version grow; refuses where somebody else wrote that version.
pub fn update(db: &mut Db, changed: &Record) -> Result<Record> {
    let next = Record { version: changed.version + 1, ..changed.clone() };
    let before = controller::table
        .filter(controller::id.eq(changed.id))
        .filter(controller::version.eq(changed.version));
    if diesel::update(before).set(Row::of(&next)).execute(db).map_err(taken)? == 0 {
        return Err(Error::refused(Code::PreconditionFailed));
    }
    Ok(next)
}

fn taken(error: diesel::result::Error) -> Error {
    match conflict(&error) {
        Some(found) if found.is_about("code") => Error::refused(Code::PairingCodeTaken),
        _ => error.into(),
    }
}

/// The key of a controller and whether it is trusted.
pub fn key_of(db: &mut Db, id: ControllerId) -> Result<Option<(PublicKey, State)>> {
    let row: Option<(Vec<u8>, String)> = controller::table
        .find(id)
        .select((controller::public_key, controller::state))
        .get_result(db)
        .optional()?;
    let Some((key, state)) = row else { return Ok(None) };
    let state = state.parse().with_context(|| format!("controller state {state}"))?;
    Ok(Some((PublicKey::from_bytes(&key).context("read the key of a controller")?, state)))
}

/// The controller as the verbs see it, as long as it is trusted under this very key.
pub fn device(db: &mut Db, id: ControllerId, key: &PublicKey) -> Result<Option<(Device, Option<Instant>)>> {
    let active: &'static str = State::Active.into();
    let row: Option<(Option<String>, Option<Instant>)> = controller::table
        .find(id)
        .filter(controller::state.eq(active))
        .filter(controller::public_key.eq(key.bytes().to_vec()))
        .select((controller::name, controller::last_seen_at))
        .get_result(db)
        .optional()?;
    let Some((name, seen)) = row else { return Ok(None) };
    Ok(Some((Device { id, name: name.unwrap_or_default(), machines: machines_of(db, id)? }, seen)))
}

/// Notes that a controller spoke.
pub fn touch(db: &mut Db, id: ControllerId, now: Instant) -> Result<()> {
    diesel::update(controller::table.find(id)).set(controller::last_seen_at.eq(Some(now))).execute(db)?;
    Ok(())
}

/// The controller of this identifier.
pub fn find(db: &mut Db, id: ControllerId) -> Result<Option<Record>> {
    let row = controller::table.find(id).select(Row::as_select()).get_result(db).optional()?;
    complete(db, row)
}

/// The controller of this key.
pub fn by_key(db: &mut Db, key: &PublicKey) -> Result<Option<Record>> {
    let those = controller::table.filter(controller::public_key.eq(key.bytes().to_vec()));
    let row = those.select(Row::as_select()).get_result(db).optional()?;
    complete(db, row)
}

/// The controller that shows this code.
pub fn by_code(db: &mut Db, code: &str) -> Result<Option<Record>> {
    let row = controller::table
        .filter(controller::code.eq(code))
        .select(Row::as_select())
        .get_result(db)
        .optional()?;
    complete(db, row)
}

fn complete(db: &mut Db, row: Option<Row>) -> Result<Option<Record>> {
    let Some(row) = row else { return Ok(None) };
    let machines = machines_of(db, row.id)?;
    Ok(Some(row.record(machines)?))
}

/// Every controller, the newest first.
pub fn list(db: &mut Db) -> Result<Vec<Record>> {
    let rows: Vec<Row> = controller::table.order(controller::id.desc()).select(Row::as_select()).load(db)?;
    let bound: Vec<(ControllerId, MachineId)> =
        controller_machine::table.order(controller_machine::machine_id).load(db)?;
    let machines = |id| bound.iter().filter(|(of, _)| *of == id).map(|(_, machine)| *machine).collect();
    Ok(rows
        .into_iter()
        .map(|row| {
            let machines = machines(row.id);
            row.record(machines)
        })
        .collect::<anyhow::Result<_>>()?)
}

/// How many wait to be accepted.
pub fn waiting(db: &mut Db) -> Result<i64> {
    Ok(controller::table.filter(controller::code.is_not_null()).count().get_result(db)?)
}

/// Forgets those that waited in vain, and the nonces they used.
pub fn sweep(db: &mut Db, now: Instant) -> Result<()> {
    let late: Vec<ControllerId> =
        controller::table.filter(controller::code_until.le(now)).select(controller::id).load(db)?;
    for id in late {
        diesel::delete(controller_nonce::table.filter(controller_nonce::controller_id.eq(id))).execute(db)?;
        diesel::delete(controller::table.find(id)).execute(db)?;
    }
    Ok(())
}

/// Binds a controller to these machines and no others; what it said of relays before is forgotten.
pub fn bind(db: &mut Db, id: ControllerId, machines: &[MachineId]) -> Result<()> {
    super::outputs::forget(db, id)?;
    diesel::delete(controller_machine::table.filter(controller_machine::controller_id.eq(id))).execute(db)?;
    for machine in machines {
        insert_into(controller_machine::table)
            .values((controller_machine::controller_id.eq(id), controller_machine::machine_id.eq(*machine)))
            .execute(db)?;
    }
    Ok(())
}

/// The machines of a controller.
fn machines_of(db: &mut Db, id: ControllerId) -> Result<Vec<MachineId>> {
    Ok(controller_machine::table
        .filter(controller_machine::controller_id.eq(id))
        .order(controller_machine::machine_id)
        .select(controller_machine::machine_id)
        .load(db)?)
}

/// The machines that some trusted controller switches.
pub fn bound(db: &mut Db) -> Result<Vec<MachineId>> {
    let active: &'static str = State::Active.into();
    Ok(controller_machine::table
        .inner_join(controller::table)
        .filter(controller::state.eq(active))
        .order(controller_machine::machine_id)
        .select(controller_machine::machine_id)
        .distinct()
        .load(db)?)
}

/// Whether some trusted controller of this machine was heard of since then.
pub fn heard_since(db: &mut Db, machine: MachineId, since: Instant) -> Result<bool> {
    let active: &'static str = State::Active.into();
    let heard = controller_machine::table
        .inner_join(controller::table)
        .filter(controller_machine::machine_id.eq(machine))
        .filter(controller::state.eq(active))
        .filter(controller::last_seen_at.ge(since));
    Ok(select(exists(heard)).get_result(db)?)
}
