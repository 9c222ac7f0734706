//! Letters about sessions and certifications; pure.

use super::{
    model::{Certification, CertificationState, Enrolment, EnrolmentState, Training},
    scene::Scene,
};
use crate::{
    kernel::{
        Locale, Refusal, Value, day_name,
        words::{self, Values},
    },
    lab::Lab,
    outbox::{
        Addressee, NewLetter,
        calendar::{self, Event},
    },
    people::Contact,
};

/// What has happened to a place in a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News<'a> {
    /// There was a seat.
    Confirmed,
    /// There was none; this is the place in the waiting list.
    Waiting {
        /// From 1.
        position: i64,
    },
    /// A seat became free.
    Promoted,
    /// The session has another time or place.
    Changed,
    /// The seat was given back.
    Left,
    /// Whoever leads the session took the seat back.
    Removed {
        /// Why, in their words.
        reason: &'a str,
    },
    /// The session does not take place.
    CalledOff {
        /// Why, in the words of whoever decided.
        reason: &'a str,
    },
}

impl News<'_> {
    const fn kind(self) -> &'static str {
        match self {
            Self::Confirmed => "training_confirmed",
            Self::Waiting { .. } => "training_waiting",
            Self::Promoted => "training_promoted",
            Self::Changed => "training_changed",
            Self::Left => "training_left",
            Self::Removed { .. } => "training_removed",
            Self::CalledOff { .. } => "training_cancelled",
        }
    }
}

/// The letter that tells a learner what has happened. Whoever has, or had, a seat finds it in the calendar as well.
#[must_use]
pub fn news(news: &News<'_>, to: &Contact, enrolment: &Enrolment, scene: &Scene) -> NewLetter {
    let locale = to.locale;
    let session = &scene.session;
    let mut values: Values = vec![
        ("training", Value::from(&scene.training.name)),
        ("starts_at", Value::At(session.period.start(), scene.lab.zone)),
    ];
    match news {
        News::Waiting { position } => values.push(("position", Value::Count(*position))),
        News::CalledOff { reason } | News::Removed { reason } => {
            values.push(("reason", Value::from(*reason)));
        }
        News::Confirmed | News::Promoted | News::Changed | News::Left => {}
    }
    let letter = facts(written(to, news.kind(), &values), scene, locale);
    if enrolment.state != EnrolmentState::Enrolled {
        return letter;
    }
    let event = event(enrolment.id.to_string(), scene, locale);
    letter.invites(match news {
        News::Left | News::Removed { .. } | News::CalledOff { .. } => calendar::cancel(event),
        News::Confirmed | News::Waiting { .. } | News::Promoted | News::Changed => calendar::request(event),
    })
}

/// What is taught, when, where and by whom.
fn facts(letter: NewLetter, scene: &Scene, locale: Locale) -> NewLetter {
    let label = |name: &str| words::say(locale, &format!("letter-training-{name}"), &[]);
    letter
        .fact(label("what"), scene.training.name.in_language(locale))
        .fact(label("when"), day_name::period(scene.session.period, scene.lab.zone, locale))
        .fact(label("where"), place(scene))
        .fact(label("who"), scene.trainer.as_str())
}

fn event(uid: String, scene: &Scene, locale: Locale) -> Event {
    let session = &scene.session;
    Event {
        uid,
        sequence: i32::try_from(session.version).unwrap_or(i32::MAX),
        starts_at: session.period.start(),
        ends_at: session.period.end(),
        summary: scene.training.name.in_language(locale).to_owned(),
        description: words::say(
            locale,
            "letter-training-with",
            &[("trainer", Value::from(scene.trainer.as_str()))],
        ),
        location: place(scene).to_owned(),
        path: Some(format!("/api/v1/training-sessions/{}", session.id)),
    }
}

/// What has happened to a session for whoever teaches it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duty<'a> {
    /// It is theirs.
    Given,
    /// Somebody else teaches it.
    TakenOver,
    /// It has another time or place.
    Changed,
    /// It does not take place.
    CalledOff {
        /// Why, in the words of whoever decided.
        reason: &'a str,
    },
}

/// The letter that tells a trainer what somebody else decided; the session goes into, or out of, their calendar.
#[must_use]
pub fn duty(duty: &Duty<'_>, to: &Contact, scene: &Scene) -> NewLetter {
    let mut values: Values = vec![
        ("training", Value::from(&scene.training.name)),
        ("starts_at", Value::At(scene.session.period.start(), scene.lab.zone)),
    ];
    let kind = match duty {
        Duty::Given => "lesson_given",
        Duty::TakenOver => "lesson_taken_over",
        Duty::Changed => "lesson_changed",
        Duty::CalledOff { reason } => {
            values.push(("reason", Value::from(*reason)));
            "lesson_cancelled"
        }
    };
    let letter = facts(written(to, kind, &values), scene, to.locale);
    let event = event(scene.session.id.to_string(), scene, to.locale);
    letter.invites(match duty {
        Duty::Given | Duty::Changed => calendar::request(event),
        Duty::TakenOver | Duty::CalledOff { .. } => calendar::cancel(event),
    })
}

/// The letter of the day before, to a learner or to whoever teaches; with everything that speaks against it as things
/// stand. Written once for each time of a session, and once more where something has come up since.
#[must_use]
pub fn reminder(to: &Contact, scene: &Scene, against: &[Refusal]) -> NewLetter {
    let values: Values = vec![
        ("training", Value::from(&scene.training.name)),
        ("starts_at", Value::At(scene.session.period.start(), scene.lab.zone)),
    ];
    let kind = if against.is_empty() { "training_reminder" } else { "training_doubtful" };
    let letter = against
        .iter()
        .fold(written(to, kind, &values), |letter, refusal| letter.says(refusal.sentence(to.locale)));
    let start = scene.session.period.start().micros();
    let key = format!("{kind}/{}/{start}/{}", scene.session.id, to.id);
    facts(letter, scene, to.locale).once(key)
}

fn place(scene: &Scene) -> &str {
    scene.session.place.as_deref().unwrap_or(&scene.lab.name)
}

/// The letter that comes with a certification.
#[must_use]
pub fn given(to: &Contact, training: &Training, certification: &Certification, lab: &Lab) -> NewLetter {
    about(to, "certification_given", training, certification, lab)
}

/// The letter that warns of the last day of a certification; written once for each, whoever tries.
#[must_use]
pub fn expiring(to: &Contact, training: &Training, certification: &Certification, lab: &Lab) -> NewLetter {
    about(to, "certification_expiring", training, certification, lab)
        .link(
            words::say(to.locale, "letter-training-sessions", &[]),
            format!("/api/v1/trainings/{}/sessions", training.slug),
        )
        .once(format!("certification-expiring/{}", certification.id))
}

/// The letter that tells that a certification was suspended, given back or revoked, and why.
#[must_use]
pub fn turned(to: &Contact, training: &Training, certification: &Certification, lab: &Lab) -> NewLetter {
    let kind = match certification.state {
        CertificationState::Valid => "certification_restored",
        CertificationState::Suspended => "certification_suspended",
        CertificationState::Revoked => "certification_revoked",
    };
    about(to, kind, training, certification, lab)
}

fn about(
    to: &Contact,
    kind: &'static str,
    training: &Training,
    certification: &Certification,
    lab: &Lab,
) -> NewLetter {
    let until = match certification.valid_until {
        Some(last) => day_name::date(last, to.locale),
        None => words::say(to.locale, "letter-certification-for-ever", &[]),
    };
    let values = vec![
        ("training", Value::from(&training.name)),
        ("lab", Value::from(lab.name.as_str())),
        ("reason", Value::from(certification.state_reason.clone().unwrap_or_default())),
        ("until", Value::from(until.as_str())),
    ];
    written(to, kind, &values)
        .fact(words::say(to.locale, "letter-training-what", &[]), training.name.in_language(to.locale))
        .fact(words::say(to.locale, "letter-certification-until", &[]), until)
}

/// Subject and sentences stand in `letters-training.ftl` under the kind of the letter.
fn written(to: &Contact, kind: &'static str, values: &Values) -> NewLetter {
    let key = format!("letter-{}", kind.replace('_', "-"));
    let addressee = Addressee {
        member: Some(to.id),
        email: to.email.clone(),
        name: to.display_name.clone(),
        locale: to.locale,
    };
    NewLetter::new(addressee, kind, words::say(to.locale, &format!("{key}-subject"), values))
        .says(words::say(to.locale, &key, values))
        .says(words::say(to.locale, &format!("{key}-next"), values))
}

#[cfg(test)]
mod tests;
