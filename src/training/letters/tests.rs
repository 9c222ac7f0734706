//! Every letter, in both languages.

use super::{
    Certification, CertificationState, Contact, Duty, Enrolment, EnrolmentState, Lab, Locale, News, Refusal,
    Scene, Training, duty, expiring, given, news, reminder, turned,
};
use crate::{
    kernel::{
        CertificationId, Code, EnrolmentId, Id, Instant, MemberId, Name, Period, TrainingId,
        TrainingSessionId, Zone,
    },
    training::model::Session,
};

fn contact(locale: Locale) -> Contact {
    let email = "ada@example.org".parse().unwrap();
    Contact { id: MemberId::new(), email, display_name: "Ada".into(), locale }
}

fn scene() -> Scene {
    let training = Training {
        id: TrainingId::new(),
        slug: "securite-bois".into(),
        name: Name { fr: "Sécurité bois".into(), en: "Wood safety".into() },
        valid_months: Some(24),
        version: 1,
    };
    let instant = |text: &str| text.parse::<Instant>().unwrap();
    let session = Session {
        id: TrainingSessionId::new(),
        training: training.id,
        trainer: MemberId::new(),
        period: Period::new(instant("2026-12-03T13:00:00Z"), instant("2026-12-03T16:00:00Z")).unwrap(),
        place: None,
        seats: 6,
        taken: 6,
        cancelled_at: None,
        exception: None,
        version: 7,
    };
    let lab = Lab {
        id: Id::new(),
        slug: "etabli".into(),
        name: "L’Établi".into(),
        zone: Zone::PARIS,
        charter_version: 1,
        charter: Name { fr: String::new(), en: String::new() },
        french_holidays: true,
        demo: false,
        calendar_version: 1,
    };
    Scene { lab, training, session, trainer: "Grace".into() }
}

fn enrolment(scene: &Scene, state: EnrolmentState) -> Enrolment {
    let created_at = "2026-11-24T09:00:00Z".parse().unwrap();
    Enrolment {
        id: EnrolmentId::new(),
        session: scene.session.id,
        member: MemberId::new(),
        state,
        created_at,
    }
}

fn certification(scene: &Scene, state: CertificationState) -> Certification {
    Certification {
        id: CertificationId::new(),
        member: MemberId::new(),
        training: scene.training.id,
        given_by: None,
        given_at: "2026-12-03T16:00:00Z".parse().unwrap(),
        valid_until: Some("2028-12-03".parse().unwrap()),
        note: None,
        session: None,
        state,
        state_reason: Some("Lunettes oubliées deux fois.".into()),
        state_by: None,
        state_at: None,
    }
}

/// Every letter of the room as the outbox keeps it.
fn all(locale: Locale) -> Vec<String> {
    let (to, scene) = (contact(locale), scene());
    let told = [
        (News::Confirmed, EnrolmentState::Enrolled),
        (News::Waiting { position: 2 }, EnrolmentState::Waiting),
        (News::Promoted, EnrolmentState::Enrolled),
        (News::Changed, EnrolmentState::Enrolled),
        (News::Left, EnrolmentState::Enrolled),
        (News::Removed { reason: "Panne de chauffage." }, EnrolmentState::Enrolled),
        (News::CalledOff { reason: "Panne de chauffage." }, EnrolmentState::Enrolled),
    ];
    let told = told.iter().map(|(one, state)| news(one, &to, &enrolment(&scene, *state), &scene));
    let states = [CertificationState::Valid, CertificationState::Suspended, CertificationState::Revoked];
    let turns = states.map(|state| turned(&to, &scene.training, &certification(&scene, state), &scene.lab));
    let valid = certification(&scene, CertificationState::Valid);
    let others =
        [given(&to, &scene.training, &valid, &scene.lab), expiring(&to, &scene.training, &valid, &scene.lab)];
    let duties = [Duty::Given, Duty::TakenOver, Duty::Changed, Duty::CalledOff { reason: "Grippe." }];
    let duties = duties.iter().map(|one| duty(one, &to, &scene));
    let against = [Refusal::new(Code::LabClosed)];
    let reminders = [&[][..], &against[..]].map(|against| reminder(&to, &scene, against));
    told.chain(turns)
        .chain(others)
        .chain(duties)
        .chain(reminders)
        .map(|letter| format!("{letter:?}"))
        .collect()
}

#[test]
fn no_letter_lacks_a_sentence_or_a_value() {
    for locale in [Locale::Fr, Locale::En] {
        for letter in all(locale) {
            assert!(!letter.contains("letter-"), "{letter}");
            assert!(!letter.contains("{$") && !letter.contains("{ $"), "{letter}");
        }
    }
}

#[test]
fn letters_speak_the_language_of_their_reader_and_the_time_of_the_lab() {
    let scene = scene();
    let said = |locale| {
        let news =
            news(&News::Confirmed, &contact(locale), &enrolment(&scene, EnrolmentState::Enrolled), &scene);
        format!("{news:?}")
    };
    let (french, english) = (said(Locale::Fr), said(Locale::En));
    assert!(french.contains("«\\u{a0}Sécurité bois\\u{a0}» du jeudi 3 décembre 2026 à 14:00"), "{french}");
    assert!(english.contains("“Wood safety” on Thursday 3 December 2026 at 14:00"), "{english}");
    assert!(french.contains("jeudi 3 décembre 2026, 14:00 – 17:00"), "{french}");
}

#[test]
fn the_calendar_hears_of_seats_and_not_of_waiting() {
    let scene = scene();
    let asks = |one: News<'_>, state| {
        let enrolment = enrolment(&scene, state);
        let letter = format!("{:?}", news(&one, &contact(Locale::Fr), &enrolment, &scene));
        let method =
            ["Request", "Cancel"].into_iter().find(|method| letter.contains(&format!("method: {method}")));
        assert_eq!(method.is_some(), letter.contains(&format!("uid: \"{}\", sequence: 7", enrolment.id)));
        method
    };
    let reason = "Panne de chauffage.";
    assert_eq!(asks(News::Confirmed, EnrolmentState::Enrolled), Some("Request"));
    assert_eq!(asks(News::Promoted, EnrolmentState::Enrolled), Some("Request"));
    assert_eq!(asks(News::Changed, EnrolmentState::Enrolled), Some("Request"));
    assert_eq!(asks(News::Left, EnrolmentState::Enrolled), Some("Cancel"));
    assert_eq!(asks(News::CalledOff { reason }, EnrolmentState::Enrolled), Some("Cancel"));
    assert_eq!(asks(News::Waiting { position: 1 }, EnrolmentState::Waiting), None);
    assert_eq!(asks(News::CalledOff { reason }, EnrolmentState::Waiting), None);
}

#[test]
fn reasons_are_in_the_letter() {
    let suspended = certification(&scene(), CertificationState::Suspended);
    let letter = turned(&contact(Locale::En), &scene().training, &suspended, &scene().lab);
    assert!(format!("{letter:?}").contains("Reason: Lunettes oubliées deux fois."));
}
