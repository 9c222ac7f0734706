//! What is answered.

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    kernel::{CertificationId, Instant, Locale, MemberId, Name, TrainingId, TrainingSessionId},
    machines::{Affected, MachineName},
    training::{
        model::{CertificationState, Enrolment, EnrolmentState, Place, Training},
        view::{CertificationView, SessionView, TrainingView},
    },
};

/// A training.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TrainingOut {
    /// Its identifier.
    pub id: TrainingId,
    /// Its readable name in addresses; goes wherever the identifier goes.
    pub slug: String,
    /// Its name in the reader's language.
    pub name: String,
    /// Its name in both languages.
    pub names: Name,
    /// How many months a certification holds; for ever where null.
    pub valid_months: Option<i32>,
    /// The machines that ask for it.
    pub machines: Vec<ThingOut>,
}

/// Something with a slug and a name in the reader's language.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = TrainingThingOut)]
pub struct ThingOut {
    /// Its readable name in addresses.
    pub slug: String,
    /// Its name in the reader's language.
    pub name: String,
}

/// Somebody.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = TrainingPersonOut)]
pub struct PersonOut {
    /// Which member.
    pub id: MemberId,
    /// What others call them.
    pub display_name: String,
}

/// The trainers of a training.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TrainersOut {
    /// Who may give it.
    pub items: Vec<PersonOut>,
}

/// A dated session.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TrainingSessionOut {
    /// Its identifier.
    pub id: TrainingSessionId,
    /// What is taught.
    pub training: ThingOut,
    /// The name of who teaches.
    pub trainer: String,
    /// From when.
    pub starts_at: Instant,
    /// Until when.
    pub ends_at: Instant,
    /// Where, if anything particular was said.
    pub place: Option<String>,
    /// The machines that are used meanwhile, and that nobody else can book.
    pub machines: Vec<ThingOut>,
    /// How many seats there are.
    pub seats: i32,
    /// How many are free.
    pub seats_left: i32,
    /// How many people wait for one.
    pub waiting: i64,
    /// Since when it is called off.
    pub cancelled_at: Option<Instant>,
    /// In lists, for whoever is signed in: whether they would be given a seat now, or a place in the waiting list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub takeable: Option<bool>,
    /// Who sits and who waits; only its trainer and staff see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roster: Option<Vec<RosterOut>>,
}

/// Somebody in a session.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RosterOut {
    /// Who.
    pub member: PersonOut,
    /// How their enrolment stands.
    pub state: EnrolmentState,
}

/// One's place in a session.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct EnrolmentOut {
    /// Which session.
    pub session: TrainingSessionId,
    /// Who.
    pub member: MemberId,
    /// How it stands.
    pub state: EnrolmentState,
    /// The place in the waiting list, from 1, for whoever waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<i64>,
}

/// One's place in a session, with the session.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MyEnrolmentOut {
    /// The session.
    pub session: TrainingSessionOut,
    /// How the place stands.
    pub state: EnrolmentState,
    /// The place in the waiting list, from 1, for whoever waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<i64>,
}

/// A certification.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct CertificationOut {
    /// Its identifier.
    pub id: CertificationId,
    /// Who holds it.
    pub member: MemberId,
    /// What for.
    pub training: ThingOut,
    /// Who gave it.
    pub given_by: Option<MemberId>,
    /// When it was given.
    pub given_at: Instant,
    /// The last day it holds, in the lab's zone; for ever where null.
    pub valid_until: Option<NaiveDate>,
    /// Whether that day is over.
    pub expired: bool,
    /// What the trainer wrote.
    pub note: Option<String>,
    /// The training session it comes from.
    pub session: Option<TrainingSessionId>,
    /// How it stands, its last day apart.
    pub state: CertificationState,
    /// Why it stands so.
    pub state_reason: Option<String>,
    /// Since when it stands so.
    pub state_at: Option<Instant>,
}

/// A certification that was withdrawn, and what that hurts.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct WithdrawnOut {
    /// The certification as it now stands.
    pub certification: CertificationOut,
    /// Others of the same training that the member had, and that went with it.
    pub also: Vec<CertificationOut>,
    /// Reservations ahead that would not be made any more. They stay unless somebody cancels them.
    pub affected: Vec<Affected>,
}

/// The results of a session.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ResultsOut {
    /// Everybody in the session, as they now stand.
    pub roster: Vec<RosterOut>,
    /// The certifications just given.
    pub certifications: Vec<CertificationOut>,
}

impl TrainingOut {
    /// As this reader sees it.
    #[must_use]
    pub fn new(view: TrainingView, locale: Locale) -> Self {
        let thing =
            |(slug, name): (String, Name)| ThingOut { slug, name: name.in_language(locale).to_owned() };
        Self {
            id: view.training.id,
            slug: view.training.slug,
            name: view.training.name.in_language(locale).to_owned(),
            names: view.training.name,
            valid_months: view.training.valid_months,
            machines: view.machines.into_iter().map(thing).collect(),
        }
    }
}

impl ThingOut {
    fn of(training: &Training, locale: Locale) -> Self {
        Self { slug: training.slug.clone(), name: training.name.in_language(locale).to_owned() }
    }
}

impl TrainersOut {
    /// These members.
    #[must_use]
    pub fn new(members: Vec<(MemberId, String)>) -> Self {
        let person = |(id, display_name)| PersonOut { id, display_name };
        Self { items: members.into_iter().map(person).collect() }
    }
}

impl TrainingSessionOut {
    /// As this reader sees it; with the roster for whoever may.
    #[must_use]
    pub fn new(view: SessionView, roster: Option<Vec<(Enrolment, String)>>, locale: Locale) -> Self {
        let session = view.session;
        let thing =
            |one: MachineName| ThingOut { slug: one.slug, name: one.name.in_language(locale).to_owned() };
        Self {
            id: session.id,
            training: ThingOut::of(&view.training, locale),
            trainer: view.trainer,
            starts_at: session.period.start(),
            ends_at: session.period.end(),
            machines: view.machines.into_iter().map(thing).collect(),
            seats: session.seats,
            seats_left: session.seats_left(),
            place: session.place,
            waiting: view.waiting,
            cancelled_at: session.cancelled_at,
            takeable: None,
            roster: roster.map(RosterOut::all),
        }
    }
}

impl MyEnrolmentOut {
    /// As this reader sees it.
    #[must_use]
    pub fn new((place, view): (Place, SessionView), locale: Locale) -> Self {
        Self {
            session: TrainingSessionOut::new(view, None, locale),
            state: place.enrolment.state,
            position: place.position,
        }
    }
}

impl RosterOut {
    /// Everybody.
    #[must_use]
    pub fn all(roster: Vec<(Enrolment, String)>) -> Vec<Self> {
        let one = |(enrolment, display_name): (Enrolment, String)| Self {
            member: PersonOut { id: enrolment.member, display_name },
            state: enrolment.state,
        };
        roster.into_iter().map(one).collect()
    }
}

impl From<Place> for EnrolmentOut {
    fn from(place: Place) -> Self {
        let enrolment = place.enrolment;
        Self {
            session: enrolment.session,
            member: enrolment.member,
            state: enrolment.state,
            position: place.position,
        }
    }
}

impl CertificationOut {
    /// As this reader sees it on this day.
    #[must_use]
    pub fn new(view: CertificationView, today: NaiveDate, locale: Locale) -> Self {
        let one = view.certification;
        Self {
            id: one.id,
            member: one.member,
            training: ThingOut::of(&view.training, locale),
            given_by: one.given_by,
            given_at: one.given_at,
            valid_until: one.valid_until,
            expired: one.valid_until.is_some_and(|last| last < today),
            note: one.note,
            session: one.session,
            state: one.state,
            state_reason: one.state_reason,
            state_at: one.state_at,
        }
    }
}
