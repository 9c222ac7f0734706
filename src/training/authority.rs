//! Who may act on a training: its trainers; and staff, who stand in for them.

use super::{model::Session, store::trainings};
use crate::{
    kernel::{Code, Error, MachineId, MemberId, Result, TrainingId},
    people::Caller,
    store::Db,
};

/// Refuses whoever is neither a trainer of this training nor staff.
pub fn over_training(db: &mut Db, caller: &Caller, training: TrainingId) -> Result<()> {
    let may = caller.roles.is_staff()
        || (caller.roles.is_trainer() && trainings::is_trainer(db, training, caller.id)?);
    if may { Ok(()) } else { Err(Error::refused(Code::Forbidden)) }
}

/// Whether a member may stand by somebody who learns to use this machine: staff, and the trainers of what it requires.
pub fn teaches_for(db: &mut Db, member: MemberId, machine: MachineId) -> Result<bool> {
    if trainings::is_staff(db, member)? {
        return Ok(true);
    }
    if !trainings::has_role(db, member)? {
        return Ok(false);
    }
    for training in trainings::required_by(db, machine)? {
        if trainings::is_trainer(db, training.id, member)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Refuses whoever is neither the trainer of this session nor staff.
pub fn over_session(caller: &Caller, session: &Session) -> Result<()> {
    if leads(caller, session) { Ok(()) } else { Err(Error::refused(Code::Forbidden)) }
}

/// Whether this is the session's trainer, or staff: who sees its roster.
#[must_use]
pub fn leads(caller: &Caller, session: &Session) -> bool {
    caller.roles.is_staff() || (caller.roles.is_trainer() && caller.id == session.trainer)
}
