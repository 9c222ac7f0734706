//! `[[plan]]` and `[[training]]`: what gives the right to use machines.

use super::{desk::Kind, sheet::Sheet};
use crate::{blueprint::model::PlanDraft, people::Terms, training::define::Draft};

/// Reads a plan.
pub fn plan(sheet: &mut Sheet<'_>) -> Option<PlanDraft> {
    let slug = sheet.slug(Kind::Plan);
    let name = sheet.name("name");
    let duration_days = sheet.number("duration_days", 1..=3660);
    let weekly_minutes = sheet.may_number("weekly_minutes", 1..=10_080);
    let reservations_ahead = sheet.may_number("reservations_ahead", 1..=1000);
    let unstaffed_hours = sheet.may("unstaffed_hours").unwrap_or(false);
    let active = sheet.may("active").unwrap_or(true);
    let (name, duration_days) = (name?, duration_days?);
    let terms = Terms { name, duration_days, weekly_minutes, reservations_ahead, unstaffed_hours, active };
    Some(PlanDraft { slug: slug?, terms })
}

/// Reads a training.
pub fn training(sheet: &mut Sheet<'_>) -> Option<Draft> {
    let slug = sheet.slug(Kind::Training);
    let name = sheet.name("name");
    let valid_months = sheet.may_number("valid_months", 1..=120);
    Some(Draft { slug: slug?, name: name?, valid_months })
}
