//! What people look like on the wire.

use chrono::NaiveDate;
use serde::Serialize;

use crate::{
    kernel::{EmailAddress, Instant, Locale, MemberId, MembershipId, Name, PlanId, SessionId},
    people::model::{Audience, Member, Membership, Plan, Role, Session},
};

/// A member as they themselves and staff see them; nobody else does.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MemberOut {
    id: MemberId,
    email: EmailAddress,
    email_confirmed: bool,
    display_name: String,
    locale: Locale,
    birth_date: Option<NaiveDate>,
    commune: Option<String>,
    audience: Option<Audience>,
    /// None for a maker.
    roles: Vec<Role>,
    /// The version of the house rules accepted last.
    charter_version: Option<i32>,
    suspension: Option<SuspensionOut>,
    guardian_consent: Option<ConsentOut>,
    created_at: Instant,
}

/// A suspension; it may be over.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SuspensionOut {
    since: Instant,
    /// Absent: until somebody lifts it.
    until: Option<Instant>,
    reason: String,
}

/// A guardian's signature.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ConsentOut {
    guardian_name: String,
    given_at: Instant,
}

/// A browser or a program that is signed in.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SessionOut {
    id: SessionId,
    /// What it calls itself.
    label: Option<String>,
    created_at: Instant,
    /// To the hour.
    last_seen_at: Instant,
    expires_at: Instant,
    /// Whether this request comes from it.
    current: bool,
}

/// What memberships are given under.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PlanOut {
    id: PlanId,
    slug: String,
    name: Name,
    duration_days: i32,
    /// Minutes a week on one machine; absent: no limit.
    weekly_minutes: Option<i32>,
    /// Live reservations ahead; absent: no limit.
    reservations_ahead: Option<i32>,
    /// Whether it opens the hours without staff.
    unstaffed_hours: bool,
    /// Whether new memberships are given under it.
    active: bool,
}

/// The right to use the lab from one date to another.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MembershipOut {
    id: MembershipId,
    plan: MembershipPlanOut,
    starts_on: NaiveDate,
    /// The last day it holds.
    ends_on: NaiveDate,
    paid: bool,
    created_at: Instant,
}

/// The plan of a membership.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MembershipPlanOut {
    slug: String,
    name: Name,
}

/// Something is on its way; the words tell nothing about who is a member.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct NoticeOut {
    /// The sentence for the person.
    pub detail: String,
}

impl From<&Member> for MemberOut {
    fn from(member: &Member) -> Self {
        let details = member.details.clone();
        let suspension = member.suspension.clone();
        let consent = member.consent.clone();
        Self {
            id: member.id,
            email: member.email.clone(),
            email_confirmed: member.email_confirmed_at.is_some(),
            display_name: details.display_name,
            locale: details.locale,
            birth_date: details.birth_date,
            commune: details.commune,
            audience: details.audience,
            roles: member.roles.iter().collect(),
            charter_version: member.charter.map(|(version, _)| version),
            suspension: suspension.map(|held| SuspensionOut {
                since: held.since,
                until: held.until,
                reason: held.reason,
            }),
            guardian_consent: consent
                .map(|given| ConsentOut { guardian_name: given.guardian_name, given_at: given.given_at }),
            created_at: member.created_at,
        }
    }
}

impl SessionOut {
    /// A session, seen from the one that asks.
    #[must_use]
    pub fn new(session: Session, asking: Option<SessionId>) -> Self {
        Self {
            current: asking == Some(session.id),
            id: session.id,
            label: session.label,
            created_at: session.created_at,
            last_seen_at: session.last_seen_at,
            expires_at: session.expires_at,
        }
    }
}

impl From<Plan> for PlanOut {
    fn from(plan: Plan) -> Self {
        let terms = plan.terms;
        Self {
            id: plan.id,
            slug: plan.slug,
            name: terms.name,
            duration_days: terms.duration_days,
            weekly_minutes: terms.weekly_minutes,
            reservations_ahead: terms.reservations_ahead,
            unstaffed_hours: terms.unstaffed_hours,
            active: terms.active,
        }
    }
}

impl From<Membership> for MembershipOut {
    fn from(held: Membership) -> Self {
        let (slug, name) = held.plan;
        Self {
            id: held.id,
            plan: MembershipPlanOut { slug, name },
            starts_on: held.starts_on,
            ends_on: held.ends_on,
            paid: held.paid,
            created_at: held.created_at,
        }
    }
}
