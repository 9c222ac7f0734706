//! What every letter about a session speaks of.

use super::{
    model::{Session, Training},
    store::{sessions, trainings},
};
use crate::{
    kernel::{Result, TrainingSessionId},
    lab::{self, Lab},
    people,
    store::Db,
};

/// A session with everything around it.
#[derive(Debug, Clone)]
pub struct Scene {
    /// Where it takes place.
    pub lab: Lab,
    /// What is taught.
    pub training: Training,
    /// When, and how full it is.
    pub session: Session,
    /// The name of who teaches.
    pub trainer: String,
}

impl Scene {
    /// Reads it as it now is.
    pub fn of(db: &mut Db, session: TrainingSessionId) -> Result<Self> {
        let session = sessions::get(db, session)?;
        Ok(Self {
            lab: lab::get(db)?,
            training: trainings::by_id(db, session.training)?,
            trainer: people::contact(db, session.trainer)?.display_name,
            session,
        })
    }
}
