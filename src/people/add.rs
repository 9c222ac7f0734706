//! Members made without a sign-up: by the command line, and for the demonstration.

use serde_json::json;

use super::{
    confirm::take_for_proven,
    model::{Consent, Details, Member, Roles},
    reset::replace_password,
    sign_up::newcomer,
    store,
};
use crate::{
    journal::{self, Entry},
    kernel::{EmailAddress, Instant, MemberId, Result},
    store::{Db, Row, lock},
};

/// A member to be made.
#[derive(Debug, Clone)]
pub struct NewMember {
    /// Where letters go.
    pub email: EmailAddress,
    /// What is known about them.
    pub details: Details,
    /// What they do besides making things.
    pub roles: Roles,
    /// The kept text of their password; without one they ask for a link by letter.
    pub password_hash: Option<String>,
    /// Whether the address is taken for proven.
    pub confirmed: bool,
    /// The version of the house rules they accepted.
    pub charter_version: Option<i32>,
    /// A guardian's signature.
    pub consent: Option<Consent>,
    /// Belongs to the demonstration.
    pub demo: bool,
}

impl NewMember {
    /// A maker with a confirmed address, about whom nothing else is known.
    #[must_use]
    pub fn new(email: EmailAddress, details: Details) -> Self {
        Self {
            email,
            details,
            roles: Roles::default(),
            password_hash: None,
            confirmed: true,
            charter_version: None,
            consent: None,
            demo: false,
        }
    }
}

/// Makes a member. Refuses with `email_taken` when the address has one.
pub fn add(db: &mut Db, new: &NewMember, now: Instant) -> Result<MemberId> {
    let member = Member {
        email_confirmed_at: new.confirmed.then_some(now),
        roles: new.roles.clone(),
        charter: new.charter_version.map(|version| (version, Some(now))),
        consent: new.consent.clone(),
        demo: new.demo,
        ..newcomer(MemberId::new(), new.email.clone(), new.details.clone(), now)
    };
    store::members::insert(db, &member, new.password_hash.as_deref())?;
    if !new.demo {
        let (subject, details) = (member.id.uuid(), json!({ "roles": member.roles }));
        let entry = Entry {
            at: now,
            actor: None,
            action: "member_added",
            subject_kind: "member",
            subject,
            reason: None,
            details,
        };
        journal::note(db, entry)?;
    }
    Ok(member.id)
}

/// Gives a member another password and ends every sign-in. Whoever may do this vouches for the address as well.
pub fn set_password(db: &mut Db, id: MemberId, password_hash: &str, now: Instant) -> Result<()> {
    lock(db, Row::Member, id.uuid())?;
    let member = store::members::get(db, id)?;
    let member = take_for_proven(db, member, now)?;
    replace_password(db, &member, password_hash, None)?;
    let (subject, details) = (id.uuid(), json!({}));
    let entry = Entry {
        at: now,
        actor: None,
        action: "password_reset",
        subject_kind: "member",
        subject,
        reason: None,
        details,
    };
    journal::note(db, entry)
}
