//! Trainings, who may give them, and which machines ask for them.

use anyhow::Context;
use diesel::{
    BoolExpressionMethods, ExpressionMethods, Insertable, JoinOnDsl, OptionalExtension, QueryDsl, Queryable,
    RunQueryDsl, dsl::exists, select,
};

use crate::{
    kernel::{Code, Error, MachineId, MemberId, Name, PageRequest, Result, TrainingId},
    people::{Role, Roles},
    store::{
        Conflict, Db, conflict, on,
        schema::{machine, machine_training, member, member_role, training, training_trainer},
    },
    training::model::Training,
};

#[derive(Queryable, Insertable)]
#[diesel(table_name = training, treat_none_as_default_value = false)]
struct Row {
    id: TrainingId,
    slug: String,
    name_fr: String,
    name_en: String,
    valid_months: Option<i32>,
    version: i64,
}

impl From<Row> for Training {
    fn from(row: Row) -> Self {
        let name = Name { fr: row.name_fr, en: row.name_en };
        Self { id: row.id, slug: row.slug, name, valid_months: row.valid_months, version: row.version }
    }
}

/// The training of this slug or identifier, if there is one.
pub fn find(db: &mut Db, which: &str) -> Result<Option<Training>> {
    let row: Option<Row> = match which.parse::<TrainingId>() {
        Ok(id) => training::table.find(id).get_result(db).optional()?,
        Err(_) => training::table.filter(training::slug.eq(which)).get_result(db).optional()?,
    };
    Ok(row.map(Training::from))
}

/// The training of this identifier; a fault where a row points at nothing.
pub fn by_id(db: &mut Db, id: TrainingId) -> Result<Training> {
    Ok(training::table.find(id).get_result::<Row>(db)?.into())
}

/// These trainings.
pub fn by_ids(db: &mut Db, ids: &[TrainingId]) -> Result<Vec<Training>> {
    let rows: Vec<Row> = training::table.filter(training::id.eq_any(ids)).load(db)?;
    Ok(rows.into_iter().map(Training::from).collect())
}

/// A page of all trainings, by slug.
pub fn list(db: &mut Db, page: &PageRequest) -> Result<Vec<Training>> {
    let after = page.after.clone().unwrap_or_default();
    let rows: Vec<Row> =
        training::table.filter(training::slug.gt(after)).order(training::slug).limit(page.rows()).load(db)?;
    Ok(rows.into_iter().map(Training::from).collect())
}

/// Writes a new training; a slug somebody else has is refused.
pub fn insert(db: &mut Db, new: &Training) -> Result<()> {
    let row = Row {
        id: new.id,
        slug: new.slug.clone(),
        name_fr: new.name.fr.clone(),
        name_en: new.name.en.clone(),
        valid_months: new.valid_months,
        version: new.version,
    };
    diesel::insert_into(training::table).values(row).execute(db).map_err(slug_taken)?;
    Ok(())
}

/// Writes the next version of a training; a slug somebody else has is refused, and so is a version somebody else wrote.
pub fn update(db: &mut Db, changed: &Training) -> Result<()> {
    let before =
        training::table.filter(training::id.eq(changed.id)).filter(training::version.eq(changed.version - 1));
    let written = diesel::update(before)
        .set((
            training::slug.eq(&changed.slug),
            training::name_fr.eq(&changed.name.fr),
            training::name_en.eq(&changed.name.en),
            training::valid_months.eq(changed.valid_months),
            training::version.eq(changed.version),
        ))
        .execute(db)
        .map_err(slug_taken)?;
    if written == 0 {
        return Err(Error::refused(Code::PreconditionFailed));
    }
    Ok(())
}

fn slug_taken(error: diesel::result::Error) -> Error {
    match conflict(&error) {
        Some(Conflict::Duplicate(_)) => Error::refused(Code::SlugTaken),
        Some(Conflict::Overlap(_) | Conflict::Missing | Conflict::Retry) | None => error.into(),
    }
}

/// Every training a machine asks for, by slug.
pub fn required_by(db: &mut Db, machine: MachineId) -> Result<Vec<Training>> {
    let rows: Vec<Row> = on!(db, |c| training::table
        .inner_join(machine_training::table.on(machine_training::training_id.eq(training::id)))
        .filter(machine_training::machine_id.eq(machine))
        .order(training::slug)
        .select(training::all_columns)
        .load(c))?;
    Ok(rows.into_iter().map(Training::from).collect())
}

/// Every training these machines ask for, with the machine that asks; of each by slug.
pub fn required_by_each(db: &mut Db, machines: &[MachineId]) -> Result<Vec<(MachineId, Training)>> {
    let rows: Vec<(MachineId, Row)> = training::table
        .inner_join(machine_training::table.on(machine_training::training_id.eq(training::id)))
        .filter(machine_training::machine_id.eq_any(machines))
        .order(training::slug)
        .select((machine_training::machine_id, training::all_columns))
        .load(db)?;
    Ok(rows.into_iter().map(|(machine, row)| (machine, Training::from(row))).collect())
}

/// The machines that ask for each of these trainings: slug and name, in the order of the lab.
pub fn machines(db: &mut Db, trainings: &[TrainingId]) -> Result<Vec<(TrainingId, String, Name)>> {
    let rows: Vec<(TrainingId, String, String, String)> = machine_training::table
        .inner_join(machine::table)
        .filter(machine_training::training_id.eq_any(trainings))
        .order((machine::position, machine::slug))
        .select((machine_training::training_id, machine::slug, machine::name_fr, machine::name_en))
        .load(db)?;
    Ok(rows.into_iter().map(|(training, slug, fr, en)| (training, slug, Name { fr, en })).collect())
}

/// Whether this member may give this training.
pub fn is_trainer(db: &mut Db, training: TrainingId, member: MemberId) -> Result<bool> {
    let among = training_trainer::training_id.eq(training).and(training_trainer::member_id.eq(member));
    Ok(select(exists(training_trainer::table.filter(among))).get_result(db)?)
}

/// Whether a member has the role of a trainer, or one that includes it.
pub fn has_role(db: &mut Db, member: MemberId) -> Result<bool> {
    Ok(roles(db, member)?.is_trainer())
}

/// Whether a member is staff.
pub fn is_staff(db: &mut Db, member: MemberId) -> Result<bool> {
    Ok(roles(db, member)?.is_staff())
}

fn roles(db: &mut Db, member: MemberId) -> Result<Roles> {
    let held: Vec<String> =
        member_role::table.filter(member_role::member_id.eq(member)).select(member_role::role).load(db)?;
    let held: std::result::Result<Vec<Role>, _> = held.iter().map(|role| role.parse()).collect();
    Ok(held.context("read the roles of a member")?.into_iter().collect())
}

/// Who may give this training: identifier and name, by name.
pub fn trainers(db: &mut Db, training: TrainingId) -> Result<Vec<(MemberId, String)>> {
    Ok(training_trainer::table
        .inner_join(member::table)
        .filter(training_trainer::training_id.eq(training))
        .order((member::search_key, member::id))
        .select((member::id, member::display_name))
        .load(db)?)
}

/// Exactly these members may give this training from now on.
pub fn set_trainers(db: &mut Db, training: TrainingId, members: &[MemberId]) -> Result<()> {
    diesel::delete(training_trainer::table.filter(training_trainer::training_id.eq(training))).execute(db)?;
    for member in members {
        diesel::insert_into(training_trainer::table)
            .values((training_trainer::training_id.eq(training), training_trainer::member_id.eq(member)))
            .execute(db)?;
    }
    Ok(())
}
