//! What readers see: things of this room with what stands around them, in a constant number of queries.

use std::collections::HashMap;

use super::{
    model::{Certification, Enrolment, EnrolmentState, Place, Session, Training},
    store::{certifications, enrolments, sessions, trainings},
};
use crate::{
    kernel::{
        Code, Error, Instant, MemberId, Name, Page, PageRequest, Result, TrainingId, TrainingSessionId,
    },
    machines::MachineName,
    store::Db,
};

/// A training and the machines that ask for it.
#[derive(Debug, Clone)]
pub struct TrainingView {
    /// The training.
    pub training: Training,
    /// Slug and name of each machine.
    pub machines: Vec<(String, Name)>,
}

/// A session as everybody sees it.
#[derive(Debug, Clone)]
pub struct SessionView {
    /// The session.
    pub session: Session,
    /// What is taught.
    pub training: Training,
    /// The name of who teaches.
    pub trainer: String,
    /// The machines it uses.
    pub machines: Vec<MachineName>,
    /// How many wait.
    pub waiting: i64,
}

/// A certification and what it is for.
#[derive(Debug, Clone)]
pub struct CertificationView {
    /// The certification.
    pub certification: Certification,
    /// What for.
    pub training: Training,
}

/// The training of this slug or identifier; refuses if there is none.
pub fn training(db: &mut Db, which: &str) -> Result<TrainingView> {
    let found = trainings::find(db, which)?.ok_or_else(|| Error::refused(Code::NotFound))?;
    surround(db, vec![found])?.pop().ok_or_else(|| Error::refused(Code::NotFound))
}

/// A page of all trainings.
pub fn trainings(db: &mut Db, page: &PageRequest) -> Result<Page<TrainingView>> {
    let found = trainings::list(db, page)?;
    Ok(page.page(surround(db, found)?, |view| view.training.slug.clone()))
}

fn surround(db: &mut Db, found: Vec<Training>) -> Result<Vec<TrainingView>> {
    let ids: Vec<TrainingId> = found.iter().map(|training| training.id).collect();
    let mut machines: HashMap<TrainingId, Vec<(String, Name)>> = HashMap::new();
    for (training, slug, name) in trainings::machines(db, &ids)? {
        machines.entry(training).or_default().push((slug, name));
    }
    let view = |training: Training| TrainingView {
        machines: machines.remove(&training.id).unwrap_or_default(),
        training,
    };
    Ok(found.into_iter().map(view).collect())
}

/// A page of the sessions of a training that are not over at `from`.
pub fn sessions(
    db: &mut Db,
    training: &Training,
    from: Instant,
    page: &PageRequest,
) -> Result<Page<SessionView>> {
    let found = sessions::list(db, Some(training.id), from, page)?;
    Ok(page.page(around(db, found)?, |view| sessions::key(&view.session)))
}

/// These sessions with what stands around them, in their order.
pub fn around(db: &mut Db, found: Vec<Session>) -> Result<Vec<SessionView>> {
    let ids: Vec<_> = found.iter().map(|session| session.id).collect();
    let trainers: Vec<MemberId> = found.iter().map(|session| session.trainer).collect();
    let taught: Vec<TrainingId> = found.iter().map(|session| session.training).collect();
    let waiting: HashMap<_, _> = enrolments::waiting(db, &ids)?.into_iter().collect();
    let names: HashMap<_, _> = sessions::names(db, &trainers)?.into_iter().collect();
    let known: HashMap<_, _> = trainings::by_ids(db, &taught)?.into_iter().map(|one| (one.id, one)).collect();
    let mut machines: HashMap<TrainingSessionId, Vec<MachineName>> = HashMap::new();
    for (session, machine) in sessions::machines(db, &ids)? {
        machines.entry(session).or_default().push(machine);
    }
    let view = |session: Session| {
        Some(SessionView {
            training: known.get(&session.training)?.clone(),
            trainer: names.get(&session.trainer).cloned().unwrap_or_default(),
            machines: machines.remove(&session.id).unwrap_or_default(),
            waiting: waiting.get(&session.id).copied().unwrap_or_default(),
            session,
        })
    };
    Ok(found.into_iter().filter_map(view).collect())
}

/// A page of the places a member has in sessions that are not over at `from`, each with its session.
pub fn places(
    db: &mut Db,
    member: MemberId,
    from: Instant,
    page: &PageRequest,
) -> Result<Page<(Place, SessionView)>> {
    let found = enrolments::of_member(db, member, from, page)?;
    let ids: Vec<TrainingSessionId> = found.iter().map(|(_, session)| *session).collect();
    let all = sessions::by_ids(db, &ids)?;
    let mut views: HashMap<_, _> = around(db, all)?.into_iter().map(|view| (view.session.id, view)).collect();
    let mut places = Vec::with_capacity(found.len());
    for (enrolment, session) in found {
        let waits = enrolment.state == EnrolmentState::Waiting;
        let position = if waits { Some(enrolments::position(db, &enrolment)?) } else { None };
        places.extend(views.remove(&session).map(|view| (Place { enrolment, position }, view)));
    }
    Ok(page.page(places, |(_, view)| sessions::key(&view.session)))
}

/// One session, called off or over as it may be.
pub fn session(db: &mut Db, session: Session) -> Result<SessionView> {
    let waiting = enrolments::waiting(db, &[session.id])?.into_iter().map(|(_, number)| number).sum();
    let trainer = sessions::names(db, &[session.trainer])?.pop().map(|(_, name)| name).unwrap_or_default();
    let machines = sessions::machines(db, &[session.id])?.into_iter().map(|(_, machine)| machine).collect();
    let training = trainings::by_id(db, session.training)?;
    Ok(SessionView { session, training, trainer, machines, waiting })
}

/// Everybody in a session, in the order they asked.
pub fn roster(db: &mut Db, session: &Session) -> Result<Vec<(Enrolment, String)>> {
    enrolments::roster(db, session.id)
}

/// A page of what a member ever held, the latest first.
pub fn certifications(db: &mut Db, member: MemberId, page: &PageRequest) -> Result<Page<CertificationView>> {
    let found = certifications::of_member(db, member, page)?;
    let ids: Vec<TrainingId> = found.iter().map(|one| one.training).collect();
    let known: HashMap<_, _> = trainings::by_ids(db, &ids)?.into_iter().map(|one| (one.id, one)).collect();
    let view = |certification: Certification| {
        let training = known.get(&certification.training)?.clone();
        Some(CertificationView { certification, training })
    };
    Ok(page.page(found.into_iter().filter_map(view).collect(), |view| view.certification.id.to_string()))
}

/// One certification.
pub fn certification(db: &mut Db, certification: Certification) -> Result<CertificationView> {
    Ok(CertificationView { training: trainings::by_id(db, certification.training)?, certification })
}
