//! What members are told about their reservations. Pure.

use super::model::Booked;
use crate::{
    kernel::{
        Locale, Name, Period, Zone, day_name,
        words::{Value, say},
    },
    outbox::{
        Addressee, NewLetter,
        calendar::{Event, Invitation, Method},
    },
    people::caller::Caller,
};

/// Booked: with an invitation for the calendar.
#[must_use]
pub fn confirmed(booked: &Booked, workshop: &Name, zone: Zone) -> NewLetter {
    letter(booked, "reservation_confirmed", zone)
        .says(sentence(booked, "reservation-confirmed-body", zone))
        .fact(label(booked, "reservation-where"), workshop.in_language(booked.member.locale))
        .invites(invitation(booked, Method::Request, workshop))
}

/// The story of a move.
#[derive(Debug, Clone, Copy)]
pub struct Move<'a> {
    /// Where it was.
    pub before: Period,
    /// By whom.
    pub by: &'a Caller,
    /// Why, if somebody said.
    pub reason: Option<&'a str>,
}

/// Moved from an old period to a new one, by whom and why: the calendar follows.
#[must_use]
pub fn moved(booked: &Booked, story: &Move<'_>, workshop: &Name, zone: Zone) -> NewLetter {
    let own = story.by.id == booked.reservation.member;
    let key = if own { "reservation-moved-by-you" } else { "reservation-moved-by-staff" };
    let before = day_name::period(story.before, zone, booked.member.locale);
    let letter = letter(booked, "reservation_moved", zone)
        .says(sentence(booked, key, zone))
        .fact(label(booked, "reservation-before"), before);
    explained(letter, booked, story.reason).invites(invitation(booked, Method::Request, workshop))
}

/// Cancelled, by whom and why: the calendar forgets it.
#[must_use]
pub fn cancelled(booked: &Booked, by: &Caller, zone: Zone) -> NewLetter {
    let own = by.id == booked.reservation.member;
    let key = if own { "reservation-cancelled-by-you" } else { "reservation-cancelled-by-staff" };
    let letter = letter(booked, "reservation_cancelled", zone).says(sentence(booked, key, zone));
    let reason = booked.reservation.cancelled.as_ref().and_then(|cancelled| cancelled.reason.as_deref());
    let nowhere = Name { fr: String::new(), en: String::new() };
    explained(letter, booked, reason).invites(invitation(booked, Method::Cancel, &nowhere))
}

/// Nobody came, and the place is free again: the calendar forgets it.
#[must_use]
pub fn released(booked: &Booked, zone: Zone) -> NewLetter {
    let of = &booked.reservation;
    let nowhere = Name { fr: String::new(), en: String::new() };
    letter(booked, "reservation_released", zone)
        .says(sentence(booked, "reservation-released-body", zone))
        .once(format!("reservation_released:{}", of.id))
        .invites(invitation(booked, Method::Cancel, &nowhere))
}

/// The day before.
#[must_use]
pub fn reminder(booked: &Booked, zone: Zone) -> NewLetter {
    let of = &booked.reservation;
    letter(booked, "reservation_reminder", zone)
        .says(sentence(booked, "reservation-reminder-body", zone))
        .once(format!("reservation_reminder:{}:{}", of.id, of.sequence))
}

fn letter(booked: &Booked, kind: &'static str, zone: Zone) -> NewLetter {
    let (member, of) = (&booked.member, &booked.reservation);
    let to = Addressee {
        member: Some(member.id),
        email: member.email.clone(),
        name: member.display_name.clone(),
        locale: member.locale,
    };
    let subject = sentence(booked, &format!("{}-subject", kind.replace('_', "-")), zone);
    NewLetter::new(to, kind, subject)
        .fact(label(booked, "reservation-what"), booked.machine.name.in_language(member.locale))
        .fact(label(booked, "reservation-when"), day_name::period(of.period, zone, member.locale))
}

fn explained(letter: NewLetter, booked: &Booked, reason: Option<&str>) -> NewLetter {
    match reason {
        Some(reason) => letter.fact(label(booked, "reservation-why"), reason),
        None => letter,
    }
}

fn sentence(booked: &Booked, key: &str, zone: Zone) -> String {
    let values = [
        ("machine", Value::from(&booked.machine.name)),
        ("starts_at", Value::At(booked.reservation.period.start(), zone)),
    ];
    say(booked.member.locale, key, &values)
}

fn label(booked: &Booked, key: &str) -> String {
    say(booked.member.locale, key, &[])
}

fn invitation(booked: &Booked, method: Method, workshop: &Name) -> Invitation {
    let (of, locale): (_, Locale) = (&booked.reservation, booked.member.locale);
    let event = Event {
        uid: of.id.to_string(),
        sequence: of.sequence,
        starts_at: of.period.start(),
        ends_at: of.period.end(),
        summary: booked.machine.name.in_language(locale).to_owned(),
        description: of.note.clone().unwrap_or_default(),
        location: workshop.in_language(locale).to_owned(),
        path: None,
    };
    Invitation { method, event }
}
