//! What members hold, and what they held.

use anyhow::Context;
use chrono::NaiveDate;
use diesel::{ExpressionMethods, Insertable, JoinOnDsl, OptionalExtension, QueryDsl, Queryable, RunQueryDsl};

use crate::{
    kernel::{
        CertificationId, Code, Error, Instant, MachineId, MemberId, PageRequest, Result, TrainingId,
        TrainingSessionId,
    },
    store::{
        Db, on,
        schema::{certification, machine_training},
    },
    training::model::{Certification, CertificationState},
};

#[derive(Queryable, Insertable)]
#[diesel(table_name = certification, treat_none_as_default_value = false)]
struct Row {
    id: CertificationId,
    member_id: MemberId,
    training_id: TrainingId,
    given_by: Option<MemberId>,
    given_at: Instant,
    valid_until: Option<NaiveDate>,
    note: Option<String>,
    session_id: Option<TrainingSessionId>,
    state: String,
    state_reason: Option<String>,
    state_by: Option<MemberId>,
    state_at: Option<Instant>,
}

impl TryFrom<Row> for Certification {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            member: row.member_id,
            training: row.training_id,
            given_by: row.given_by,
            given_at: row.given_at,
            valid_until: row.valid_until,
            note: row.note,
            session: row.session_id,
            state: row.state.parse().context("read the state of a certification")?,
            state_reason: row.state_reason,
            state_by: row.state_by,
            state_at: row.state_at,
        })
    }
}

/// The certification of this identifier; refuses if there is none.
pub fn get(db: &mut Db, id: CertificationId) -> Result<Certification> {
    let row: Option<Row> = certification::table.find(id).get_result(db).optional()?;
    row.ok_or_else(|| Error::refused(Code::NotFound))?.try_into()
}

/// Every certification a member ever had for these trainings, whatever its state.
pub fn held(db: &mut Db, member: MemberId, trainings: &[TrainingId]) -> Result<Vec<Certification>> {
    if trainings.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = certification::table
        .filter(certification::member_id.eq(member))
        .filter(certification::training_id.eq_any(trainings))
        .order(certification::id)
        .load(db)?;
    rows.into_iter().map(Certification::try_from).collect()
}

/// Every certification a member ever had for the trainings a machine asks for, whatever its state.
pub fn held_for(db: &mut Db, member: MemberId, machine: MachineId) -> Result<Vec<Certification>> {
    let asked = machine_training::training_id.eq(certification::training_id);
    let rows: Vec<Row> = on!(db, |c| certification::table
        .inner_join(machine_training::table.on(asked))
        .filter(machine_training::machine_id.eq(machine))
        .filter(certification::member_id.eq(member))
        .order(certification::id)
        .select(certification::all_columns)
        .load(c))?;
    rows.into_iter().map(Certification::try_from).collect()
}

/// A page of what a member ever held, the latest first.
pub fn of_member(db: &mut Db, member: MemberId, page: &PageRequest) -> Result<Vec<Certification>> {
    let mut query = certification::table
        .filter(certification::member_id.eq(member))
        .order(certification::id.desc())
        .limit(page.rows())
        .into_boxed();
    if let Some(after) = page.last_read(|key| key.parse::<CertificationId>().ok())? {
        query = query.filter(certification::id.lt(after));
    }
    let rows: Vec<Row> = query.load(db)?;
    rows.into_iter().map(Certification::try_from).collect()
}

/// Those that count today and end between two days, both included.
pub fn ending(db: &mut Db, first: NaiveDate, last: NaiveDate) -> Result<Vec<Certification>> {
    let valid: &'static str = CertificationState::Valid.into();
    let rows: Vec<Row> = certification::table
        .filter(certification::valid_until.between(first, last))
        .filter(certification::state.eq(valid))
        .order((certification::valid_until, certification::id))
        .load(db)?;
    rows.into_iter().map(Certification::try_from).collect()
}

/// Writes a new certification.
pub fn insert(db: &mut Db, new: &Certification) -> Result<()> {
    let row = Row {
        id: new.id,
        member_id: new.member,
        training_id: new.training,
        given_by: new.given_by,
        given_at: new.given_at,
        valid_until: new.valid_until,
        note: new.note.clone(),
        session_id: new.session,
        state: text(new.state).to_owned(),
        state_reason: new.state_reason.clone(),
        state_by: new.state_by,
        state_at: new.state_at,
    };
    diesel::insert_into(certification::table).values(row).execute(db)?;
    Ok(())
}

/// Writes the state of a certification, why, by whom and since when; nothing else of it ever changes.
pub fn set_state(db: &mut Db, changed: &Certification) -> Result<()> {
    diesel::update(certification::table.find(changed.id))
        .set((
            certification::state.eq(text(changed.state)),
            certification::state_reason.eq(&changed.state_reason),
            certification::state_by.eq(changed.state_by),
            certification::state_at.eq(changed.state_at),
        ))
        .execute(db)?;
    Ok(())
}

fn text(state: CertificationState) -> &'static str {
    state.into()
}
