//! Training sessions ahead, with the names staff know them by.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::{
    kernel::{Instant, MachineId, MemberId, Result, TrainingSessionId, WorkshopId},
    machines::affected_sessions::{AffectedLearner, AffectedSession},
    store::{
        Db,
        schema::{enrolment, machine, member, training, training_session, training_session_machine as used},
    },
};

/// As the table of enrolments calls them.
const SEATED: &str = "enrolled";
const WAITS: &str = "waiting";

/// No session is longer than a fortnight: the search need not begin with the first one ever held.
const LONGEST: chrono::TimeDelta = chrono::TimeDelta::days(14);

/// Sessions that are neither over at `from` nor called off, in order of their start; a constant number of statements.
pub fn sessions_ahead(db: &mut Db, from: Instant) -> Result<Vec<AffectedSession>> {
    let rows: Vec<(TrainingSessionId, String, MemberId, String, Instant, Instant)> = training_session::table
        .inner_join(training::table)
        .inner_join(member::table)
        .filter(training_session::starts_at.gt(from - LONGEST))
        .filter(training_session::ends_at.gt(from))
        .filter(training_session::cancelled_at.is_null())
        .order((training_session::starts_at, training_session::id))
        .select((
            training_session::id,
            training::slug,
            member::id,
            member::display_name,
            training_session::starts_at,
            training_session::ends_at,
        ))
        .load(db)?;
    let ids: Vec<TrainingSessionId> = rows.iter().map(|row| row.0).collect();
    let (mut machines, mut learners) = (machines(db, &ids)?, learners(db, &ids)?);
    let session = |(session, training, trainer_id, trainer, starts_at, ends_at)| {
        let (places, names) = machines.remove(&session).unwrap_or_default().into_iter().unzip();
        AffectedSession {
            session,
            training,
            trainer_id,
            trainer,
            starts_at,
            ends_at,
            machines: names,
            learners: learners.remove(&session).unwrap_or_default(),
            places,
        }
    };
    Ok(rows.into_iter().map(session).collect())
}

type Used = ((WorkshopId, MachineId), String);

fn machines(db: &mut Db, sessions: &[TrainingSessionId]) -> Result<HashMap<TrainingSessionId, Vec<Used>>> {
    let rows: Vec<(TrainingSessionId, WorkshopId, MachineId, String)> = used::table
        .inner_join(machine::table)
        .filter(used::session_id.eq_any(sessions))
        .order((machine::position, machine::slug))
        .select((used::session_id, machine::workshop_id, machine::id, machine::slug))
        .load(db)?;
    let mut by_session: HashMap<TrainingSessionId, Vec<Used>> = HashMap::new();
    for (session, workshop, machine, slug) in rows {
        by_session.entry(session).or_default().push(((workshop, machine), slug));
    }
    Ok(by_session)
}

fn learners(
    db: &mut Db,
    sessions: &[TrainingSessionId],
) -> Result<HashMap<TrainingSessionId, Vec<AffectedLearner>>> {
    let rows: Vec<(TrainingSessionId, MemberId, String, String)> = enrolment::table
        .inner_join(member::table)
        .filter(enrolment::session_id.eq_any(sessions))
        .filter(enrolment::state.eq_any([SEATED, WAITS]))
        .order((enrolment::created_at, enrolment::id))
        .select((enrolment::session_id, member::id, member::display_name, enrolment::state))
        .load(db)?;
    let mut by_session: HashMap<TrainingSessionId, Vec<AffectedLearner>> = HashMap::new();
    for (session, member_id, member, state) in rows {
        let learner = AffectedLearner { member_id, member, waits: state == WAITS };
        by_session.entry(session).or_default().push(learner);
    }
    Ok(by_session)
}
