//! What staff change about a member. Every change is in the journal.

use chrono::NaiveDate;
use serde_json::json;

use super::{
    Caller, letters,
    model::{Audience, Consent, House, Member, Role, Roles, Suspension},
    profile::tag_of,
    rules, store,
};
use crate::{
    app::App,
    journal::{self, Entry},
    kernel::{Code, Error, FieldError, Instant, Locale, MemberId, Result},
    outbox,
    store::{Db, Row, lock},
    web::IfMatch,
};

/// Changes to a member by staff; what is absent stays as it is.
#[derive(Debug, Clone, Default)]
pub struct Corrections {
    /// The name others see.
    pub display_name: Option<String>,
    /// The language of their letters.
    pub locale: Option<Locale>,
    /// When they were born.
    pub birth_date: Option<Option<NaiveDate>>,
    /// Where they live, or nothing any more.
    pub commune: Option<Option<String>>,
    /// Which public they belong to, or none in particular.
    pub audience: Option<Option<Audience>>,
    /// Exactly these roles; only admins may.
    pub roles: Option<Roles>,
}

/// What staff do to a member's right to be here.
#[derive(Debug, Clone)]
pub enum Measure {
    /// No machines until then, or until it is lifted.
    Suspend {
        /// First instant when it no longer holds.
        until: Option<Instant>,
        /// Why, in words the member reads.
        reason: String,
    },
    /// The end of a suspension.
    Lift,
    /// A guardian signed for a minor.
    Consent {
        /// Who signed.
        guardian_name: String,
        /// On which day; today where nobody says.
        signed_on: Option<NaiveDate>,
    },
}

/// Corrects what is known about a member.
pub async fn correct(
    app: &App,
    staff: &Caller,
    id: MemberId,
    wanted: (Corrections, IfMatch),
    now: Instant,
) -> Result<Member> {
    let (staff, (changes, unchanged)) = (staff.clone(), wanted);
    app.store
        .write(move |db| {
            if changes.roles.is_some() {
                hold_admins(db)?;
            }
            let (mut member, house) = open(db, &staff, id)?;
            unchanged.allows(&tag_of(&member))?;
            if let Some(roles) = changes.roles.as_ref().filter(|roles| **roles != member.roles) {
                give_roles(db, &staff, &mut member, roles, now)?;
            }
            let fields = apply(&mut member, &changes, &house, now)?;
            if !fields.is_empty() {
                note(
                    db,
                    &staff,
                    &member,
                    Deed { action: "member_changed", reason: None, details: json!({ "fields": fields }) },
                    now,
                )?;
            }
            store::members::update(db, &member)
        })
        .await
}

/// Suspends a member, lifts a suspension, or notes a guardian's consent.
pub async fn take(app: &App, staff: &Caller, id: MemberId, measure: Measure, now: Instant) -> Result<Member> {
    let staff = staff.clone();
    app.store
        .write(move |db| {
            let (mut member, house) = open(db, &staff, id)?;
            let deed = carry_out(&mut member, &measure, &house, now)?;
            note(db, &staff, &member, deed, now)?;
            if let (Measure::Suspend { .. }, Some(held)) = (&measure, &member.suspension) {
                outbox::post(db, letters::account_suspended(&member.contact(), &house, held), now)?;
            }
            store::members::update(db, &member)
        })
        .await
}

/// The member, locked against other changes. Nobody but an admin touches an admin.
fn open(db: &mut Db, staff: &Caller, id: MemberId) -> Result<(Member, House)> {
    lock(db, Row::Member, id.uuid())?;
    let member = store::members::get(db, id)?;
    if member.roles.is_admin() && !staff.roles.is_admin() {
        return Err(Error::refused(Code::Forbidden));
    }
    Ok((member, store::house::get(db)?))
}

fn give_roles(db: &mut Db, staff: &Caller, member: &mut Member, roles: &Roles, now: Instant) -> Result<()> {
    if !staff.roles.is_admin() {
        return Err(Error::refused(Code::Forbidden));
    }
    if member.roles.is_admin() && !roles.is_admin() {
        keep_an_admin(db, member.id)?;
    }
    store::roles::set(db, member.id, roles)?;
    let details = json!({ "before": member.roles, "after": roles });
    member.roles = roles.clone();
    note(db, staff, member, Deed { action: "roles_changed", reason: None, details }, now)
}

/// Makes whoever else changes roles wait, so that of two admins who resign at once the second looks again.
fn hold_admins(db: &mut Db) -> Result<()> {
    for admin in store::roles::admins(db)? {
        lock(db, Row::Member, admin.uuid())?;
    }
    Ok(())
}

/// Refuses with `last_admin` where nobody else is one.
fn keep_an_admin(db: &mut Db, leaving: MemberId) -> Result<()> {
    let others = store::roles::admins(db)?.into_iter().any(|admin| admin != leaving);
    if others { Ok(()) } else { Err(Error::refused(Code::LastAdmin)) }
}

fn apply(
    member: &mut Member,
    changes: &Corrections,
    house: &House,
    now: Instant,
) -> Result<Vec<&'static str>> {
    let before = member.details.clone();
    let details = &mut member.details;
    if let Some(birth) = changes.birth_date {
        if birth.is_some_and(|birth| !rules::plausible_birth(birth, house.today(now))) {
            return Err(Error::field("birth_date", "birth_date_implausible"));
        }
        details.birth_date = birth;
    }
    if let Some(name) = &changes.display_name {
        details.display_name.clone_from(name);
    }
    if let Some(commune) = &changes.commune {
        details.commune.clone_from(commune);
    }
    details.locale = changes.locale.unwrap_or(details.locale);
    details.audience = changes.audience.unwrap_or(details.audience);
    let all = [
        ("display_name", before.display_name != details.display_name),
        ("locale", before.locale != details.locale),
        ("birth_date", before.birth_date != details.birth_date),
        ("commune", before.commune != details.commune),
        ("audience", before.audience != details.audience),
    ];
    Ok(all.into_iter().filter(|(_, changed)| *changed).map(|(field, _)| field).collect())
}

/// Something done to a member, as the journal tells it: which fields, never what is in them.
struct Deed {
    action: &'static str,
    reason: Option<String>,
    details: serde_json::Value,
}

fn carry_out(member: &mut Member, measure: &Measure, house: &House, now: Instant) -> Result<Deed> {
    match measure {
        Measure::Suspend { until, reason } => {
            if until.is_some_and(|until| until <= now) {
                return Err(Error::field("until", "in_the_past"));
            }
            member.suspension = Some(Suspension { since: now, until: *until, reason: reason.clone() });
            let details = json!({ "until": until });
            Ok(Deed { action: "member_suspended", reason: Some(reason.clone()), details })
        }
        Measure::Lift => {
            member.suspension.take().ok_or_else(|| Error::refused(Code::NotFound))?;
            Ok(Deed { action: "suspension_lifted", reason: None, details: json!({}) })
        }
        Measure::Consent { guardian_name, signed_on } => {
            let given_at = signing_instant(*signed_on, house, now)?;
            member.consent = Some(Consent { guardian_name: guardian_name.clone(), given_at });
            Ok(Deed {
                action: "guardian_consent_given",
                reason: None,
                details: json!({ "given_at": given_at }),
            })
        }
    }
}

/// When a consent was signed: now, or at the start of a day that is not to come.
fn signing_instant(signed_on: Option<NaiveDate>, house: &House, now: Instant) -> Result<Instant> {
    let Some(day) = signed_on else { return Ok(now) };
    let wrong = |code| Error::Invalid(vec![FieldError::new("signed_on", code)]);
    if day > house.today(now) {
        return Err(wrong("in_the_future"));
    }
    if !rules::plausible_start(day, house.today(now)) {
        return Err(wrong("date_implausible"));
    }
    Ok(house.zone.day(day).start().min(now))
}

fn note(db: &mut Db, staff: &Caller, member: &Member, deed: Deed, now: Instant) -> Result<()> {
    let Deed { action, reason, details } = deed;
    let (actor, subject) = (Some(staff.id), member.id.uuid());
    journal::note(db, Entry { at: now, actor, action, subject_kind: "member", subject, reason, details })
}

/// The roles of a member gain one more; for the command line.
pub fn promote(db: &mut Db, id: MemberId, role: Role, now: Instant) -> Result<()> {
    lock(db, Row::Member, id.uuid())?;
    let mut member = store::members::get(db, id)?;
    member.roles.add(role);
    store::roles::set(db, id, &member.roles)?;
    store::members::update(db, &member)?;
    let (subject, details) = (id.uuid(), json!({ "after": member.roles }));
    journal::note(
        db,
        Entry {
            at: now,
            actor: None,
            action: "roles_changed",
            subject_kind: "member",
            subject,
            reason: None,
            details,
        },
    )
}
