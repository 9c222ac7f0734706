//! Letters about accounts; pure.

use chrono::NaiveDate;

use super::model::{Contact, House, Suspension};
use crate::{
    kernel::{
        MembershipId, Name, Value,
        secret::Token,
        words::{Values, say},
    },
    outbox::{Addressee, NewLetter},
};

/// Asks somebody who signed up to prove that the address is theirs.
#[must_use]
pub fn confirm_email(to: &Contact, lab: &str, token: &Token) -> NewLetter {
    let values = vec![("lab", lab.into())];
    Words { to, values }.letter("confirm_email", &["asks", "otherwise"]).secret_link(
        say(to.locale, "letter-confirm_email-link", &[]),
        format!("/confirm-email/{}", token.reveal()),
    )
}

/// Tells a member that somebody signed up with their address, and how to come in again.
#[must_use]
pub fn already_member(to: &Contact, lab: &str, token: &Token) -> NewLetter {
    let values = vec![("lab", lab.into())];
    Words { to, values }
        .letter("already_member", &["tells", "asks", "otherwise"])
        .secret_link(say(to.locale, "letter-reset_password-link", &[]), reset_path(token))
}

/// Lets a member choose a new password.
#[must_use]
pub fn reset_password(to: &Contact, lab: &str, token: &Token) -> NewLetter {
    let values = vec![("lab", lab.into())];
    Words { to, values }
        .letter("reset_password", &["asks", "otherwise"])
        .secret_link(say(to.locale, "letter-reset_password-link", &[]), reset_path(token))
}

/// Tells a member that the password was changed.
#[must_use]
pub fn password_changed(to: &Contact, lab: &str) -> NewLetter {
    let values = vec![("lab", lab.into())];
    Words { to, values }.letter("password_changed", &["tells", "otherwise"])
}

/// Tells a member that a membership ends soon; once for each membership.
#[must_use]
pub fn membership_ending(
    to: &Contact,
    lab: &str,
    plan: &Name,
    last_day: (MembershipId, NaiveDate),
) -> NewLetter {
    let (membership, ends_on) = last_day;
    let values = vec![("lab", lab.into()), ("plan", plan.into()), ("date", Value::On(ends_on))];
    Words { to, values }
        .letter("membership_ending", &["tells", "asks"])
        .once(format!("membership_ending:{membership}"))
}

/// Tells a member that a membership was ended before its time: its last day, and why.
#[must_use]
pub fn membership_ended(
    to: &Contact,
    lab: &str,
    plan: &Name,
    (last_day, why): (NaiveDate, &str),
) -> NewLetter {
    let values = vec![
        ("lab", lab.into()),
        ("plan", plan.into()),
        ("date", Value::On(last_day)),
        ("reason", why.into()),
    ];
    Words { to, values }.letter("membership_ended", &["tells", "why", "asks"])
}

/// Tells a member that they may use no machine: why and until when, and not by whom.
#[must_use]
pub fn account_suspended(to: &Contact, house: &House, held: &Suspension) -> NewLetter {
    let mut values = vec![("lab", house.name.as_str().into()), ("reason", held.reason.as_str().into())];
    let how_long = match held.until {
        Some(until) => {
            values.push(("until", Value::At(until, house.zone)));
            "until"
        }
        None => "open",
    };
    Words { to, values }.letter("account_suspended", &["tells", "why", how_long, "asks"])
}

fn reset_path(token: &Token) -> String {
    format!("/reset-password/{}", token.reveal())
}

/// Who reads, and what the sentences speak of.
struct Words<'a> {
    to: &'a Contact,
    values: Values,
}

impl Words<'_> {
    /// A letter of this kind, made of these of its sentences.
    fn letter(&self, kind: &'static str, sentences: &[&str]) -> NewLetter {
        let to = Addressee {
            member: Some(self.to.id),
            email: self.to.email.clone(),
            name: self.to.display_name.clone(),
            locale: self.to.locale,
        };
        let blank = NewLetter::new(to, kind, self.sentence(kind, "subject"));
        sentences.iter().fold(blank, |letter, sentence| letter.says(self.sentence(kind, sentence)))
    }

    fn sentence(&self, kind: &str, which: &str) -> String {
        say(self.to.locale, &format!("letter-{kind}-{which}"), &self.values)
    }
}
