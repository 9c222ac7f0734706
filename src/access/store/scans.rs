//! Every badge that was shown.

use anyhow::Context;
use chrono::TimeDelta;
use diesel::{dsl::exists, insert_into, prelude::*, select};

use crate::{
    access::{
        badge::Print,
        scan::{Kept, Verdict, lines::Which},
    },
    kernel::{
        BadgeId, Code, ControllerId, Error, Instant, MachineId, MemberId, PowerSessionId, Result, ScanId,
    },
    store::{Conflict, Db, MultiBackend, conflict, schema::scan},
};

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = scan, treat_none_as_default_value = false)]
struct Row {
    id: ScanId,
    controller_id: ControllerId,
    request: String,
    machine_id: MachineId,
    at: Instant,
    print: Option<Vec<u8>>,
    badge_id: Option<BadgeId>,
    member_id: Option<MemberId>,
    verdict: String,
    session_id: Option<PowerSessionId>,
    reasons: String,
    untold: i32,
}

impl TryFrom<Row> for Kept {
    type Error = anyhow::Error;

    fn try_from(row: Row) -> anyhow::Result<Self> {
        let verdict: Verdict = row.verdict.parse().context("scan.verdict")?;
        let print = row.print.map(|print| print.try_into().ok().context("scan.print of 32 bytes"));
        Ok(Self {
            id: row.id,
            controller: row.controller_id,
            request: row.request,
            machine: row.machine_id,
            at: row.at,
            print: print.transpose()?.map(Print::kept),
            badge: row.badge_id,
            member: row.member_id,
            verdict,
            session: row.session_id,
            reasons: serde_json::from_str(&row.reasons).context("scan.reasons as JSON")?,
            untold: row.untold,
        })
    }
}

impl TryFrom<&Kept> for Row {
    type Error = anyhow::Error;

    fn try_from(of: &Kept) -> anyhow::Result<Self> {
        let verdict: &'static str = of.verdict.into();
        Ok(Self {
            id: of.id,
            controller_id: of.controller,
            request: of.request.clone(),
            machine_id: of.machine,
            at: of.at,
            print: of.print.map(|print| print.bytes().to_vec()),
            badge_id: of.badge,
            member_id: of.member,
            verdict: verdict.to_owned(),
            session_id: of.session,
            reasons: serde_json::to_string(&of.reasons)?,
            untold: of.untold,
        })
    }
}

/// Writes down what was shown and answered.
///
/// # Errors
/// `idempotency_in_progress` when the same question is being answered at this moment.
pub fn insert(db: &mut Db, new: &Kept) -> Result<()> {
    match insert_into(scan::table).values(Row::try_from(new)?).execute(db) {
        Ok(_) => Ok(()),
        Err(error) if matches!(conflict(&error), Some(Conflict::Duplicate(_))) => {
            Err(Error::refused(Code::IdempotencyInProgress))
        }
        Err(error) => Err(Error::from(error)),
    }
}

/// Forgets the prints of cards that nobody was given in time.
pub fn forget_prints(db: &mut Db, before: Instant) -> Result<()> {
    let old = scan::table.filter(scan::at.lt(before)).filter(scan::print.is_not_null());
    diesel::update(old).set(scan::print.eq(None::<Vec<u8>>)).execute(db)?;
    Ok(())
}

/// What was answered to a request of a controller.
pub fn answered(db: &mut Db, controller: ControllerId, request: &str) -> Result<Option<Kept>> {
    let row: Option<Row> = scan::table
        .filter(scan::controller_id.eq(controller))
        .filter(scan::request.eq(request))
        .select(Row::as_select())
        .get_result(db)
        .optional()?;
    Ok(row.map(Kept::try_from).transpose()?)
}

/// Whether a member showed a badge at a machine since then, whatever was answered.
pub fn shown_since(db: &mut Db, machine: MachineId, member: MemberId, since: Instant) -> Result<bool> {
    let shown = scan::table
        .filter(scan::machine_id.eq(machine))
        .filter(scan::at.ge(since))
        .filter(scan::member_id.eq(member));
    Ok(select(exists(shown)).get_result(db)?)
}

/// The last badge that was shown at a machine within this time.
pub fn last_at(db: &mut Db, machine: MachineId, within: TimeDelta, now: Instant) -> Result<Option<Kept>> {
    let row: Option<Row> = scan::table
        .filter(scan::machine_id.eq(machine))
        .filter(scan::at.gt(now - within))
        .order((scan::at.desc(), scan::id.desc()))
        .limit(1)
        .select(Row::as_select())
        .get_result(db)
        .optional()?;
    Ok(row.map(Kept::try_from).transpose()?)
}

/// How many badges that nobody was given a controller has shown since.
pub fn unknown_since(db: &mut Db, controller: ControllerId, since: Instant) -> Result<i64> {
    Ok(scan::table
        .filter(scan::controller_id.eq(controller))
        .filter(scan::at.gt(since))
        .filter(scan::print.is_not_null())
        .filter(scan::badge_id.is_null())
        .count()
        .get_result(db)?)
}

/// Cards that were shown since and that opened nothing for anybody then, the newest first.
pub fn fresh(db: &mut Db, since: Instant) -> Result<Vec<Kept>> {
    let rows: Vec<Row> = scan::table
        .filter(scan::at.gt(since))
        .filter(scan::print.is_not_null())
        .order((scan::at.desc(), scan::id.desc()))
        .limit(200)
        .select(Row::as_select())
        .load(db)?;
    Ok(rows.into_iter().map(Kept::try_from).collect::<anyhow::Result<_>>()?)
}

/// The scan of this identifier.
pub fn find(db: &mut Db, id: ScanId) -> Result<Option<Kept>> {
    let row: Option<Row> = scan::table.find(id).select(Row::as_select()).get_result(db).optional()?;
    Ok(row.map(Kept::try_from).transpose()?)
}

/// Refusals of a card at a machine since, of which the log speaks; the newest of them.
pub fn told(db: &mut Db, card: (MachineId, Which), since: Instant) -> Result<Vec<Kept>> {
    let rows: Vec<Row> = refused(card)
        .filter(scan::at.gt(since))
        .filter(scan::untold.eq(0))
        .order((scan::at.desc(), scan::id.desc()))
        .limit(50)
        .select(Row::as_select())
        .load(db)?;
    Ok(rows.into_iter().map(Kept::try_from).collect::<anyhow::Result<_>>()?)
}

/// How many refusals of a card at a machine since have no line of the log after the last one that has.
pub fn untold(db: &mut Db, card: (MachineId, Which), since: Instant) -> Result<i32> {
    let last: Option<i32> = refused(card)
        .filter(scan::at.gt(since))
        .order((scan::at.desc(), scan::id.desc()))
        .limit(1)
        .select(scan::untold)
        .get_result(db)
        .optional()?;
    Ok(last.unwrap_or(0))
}

/// Every refusal of a card at a machine.
fn refused((machine, which): (MachineId, Which)) -> scan::BoxedQuery<'static, MultiBackend> {
    let denied: &'static str = Verdict::Deny.into();
    let all = scan::table.filter(scan::machine_id.eq(machine)).filter(scan::verdict.eq(denied)).into_boxed();
    match which {
        Which::Given(badge) => all.filter(scan::badge_id.eq(badge)),
        Which::Nobodys(print) => {
            all.filter(scan::print.eq(print.bytes().to_vec())).filter(scan::badge_id.is_null())
        }
    }
}

/// Forgets refusals before, of which the log does not speak.
pub fn sweep_untold(db: &mut Db, before: Instant) -> Result<()> {
    diesel::delete(scan::table.filter(scan::at.lt(before)).filter(scan::untold.gt(0))).execute(db)?;
    Ok(())
}

/// Forgets what was shown before.
pub fn sweep(db: &mut Db, before: Instant) -> Result<()> {
    diesel::delete(scan::table.filter(scan::at.lt(before))).execute(db)?;
    Ok(())
}
