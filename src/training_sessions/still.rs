//! Everything around a session stands still before it is looked at.

use crate::{
    gates::session_facts::Still,
    kernel::{MachineId, MemberId, Result, TrainingSessionId},
    store::{Db, Row, lock},
    training::{
        EnrolmentState, Session,
        store::{enrolments, sessions},
    },
};

/// Holds a session still, with its trainer, its machines, who waits, and `more` members and machines. Answers the
/// session as it is then.
pub(super) fn hold_still(
    db: &mut Db,
    id: TrainingSessionId,
    (members, machines): (&[MemberId], &[MachineId]),
) -> Result<Session> {
    let seen = sessions::get(db, id)?;
    if !db.shares_writing() {
        return Ok(seen);
    }
    let mut still = Still { members: members.to_vec(), machines: machines.to_vec(), session: Some(id) };
    still.members.push(seen.trainer);
    still.members.extend(waiting(db, id)?);
    still.machines.extend(sessions::machines_of(db, id)?);
    let held = still.members.clone();
    still.hold(db)?;
    // Whoever began to wait meanwhile is locked late: at worst two writes meet, and one of them is tried again.
    for late in waiting(db, id)?.into_iter().filter(|one| !held.contains(one)) {
        lock(db, Row::Member, late.uuid())?;
    }
    sessions::get(db, id)
}

fn waiting(db: &mut Db, id: TrainingSessionId) -> Result<Vec<MemberId>> {
    let waiting = enrolments::in_state(db, id, EnrolmentState::Waiting)?;
    Ok(waiting.into_iter().map(|enrolment| enrolment.member).collect())
}
