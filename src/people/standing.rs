//! What other rooms ask about a member.

use chrono::NaiveDate;

use super::{
    model::{Contact, Member, Role, Standing},
    store,
};
use crate::{
    kernel::{Code, EmailAddress, Error, MemberId, PageRequest, Result},
    store::Db,
};

/// Everything the gates ask about a member, in two statements; memberships that ended before `from` are left out.
pub fn standing(db: &mut Db, id: MemberId, from: NaiveDate) -> Result<Option<Standing>> {
    let Some(member) = store::members::without_roles(db, id)? else { return Ok(None) };
    Ok(Some(Standing {
        contact: member.contact(),
        birth_date: member.details.birth_date,
        email_confirmed: member.email_confirmed_at.is_some(),
        suspension: member.suspension,
        charter_version: member.charter.map(|(version, _)| version),
        guardian_consent: member.consent.is_some(),
        memberships: store::memberships::held(db, id, from)?,
    }))
}

/// The member somebody means, by identifier or by address.
pub fn find(db: &mut Db, who: &str) -> Result<Option<Contact>> {
    let member = match (who.parse::<MemberId>(), who.parse::<EmailAddress>()) {
        (Ok(id), _) => store::members::without_roles(db, id)?,
        (_, Ok(email)) => store::members::with_email(db, &email)?,
        (Err(_), Err(_)) => None,
    };
    Ok(member.map(|member| member.contact()))
}

/// How to speak to a member. Refuses with `not_found` when there is no such member.
pub fn contact(db: &mut Db, id: MemberId) -> Result<Contact> {
    let member = store::members::without_roles(db, id)?;
    member.map(|member| member.contact()).ok_or_else(|| Error::refused(Code::NotFound))
}

/// Everybody who runs the lab from day to day.
pub fn staff(db: &mut Db) -> Result<Vec<Contact>> {
    let all = PageRequest { limit: u16::MAX, after: None };
    let found = store::members::search(db, "", Some(Role::Staff), &all)?;
    Ok(found.iter().map(Member::contact).collect())
}
