//! Members.

use chrono::NaiveDate;
use diesel::{dsl::exists, insert_into, prelude::*};

use super::{
    roles,
    words::{self, Wanted},
};
use crate::{
    kernel::{Code, EmailAddress, Error, Instant, MemberId, PageRequest, Result},
    people::model::{Audience, Consent, Details, Member, Role, Roles, Suspension},
    store::{
        Db, conflict, on,
        schema::{member, member_role, member_word},
    },
};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = member, treat_none_as_default_value = false, treat_none_as_null = true)]
struct Row {
    id: MemberId,
    email: String,
    display_name: String,
    search_key: String,
    locale: String,
    birth_date: Option<NaiveDate>,
    commune: Option<String>,
    audience: Option<String>,
    email_confirmed_at: Option<Instant>,
    charter_version: Option<i32>,
    charter_accepted_at: Option<Instant>,
    suspended_at: Option<Instant>,
    suspended_until: Option<Instant>,
    suspended_reason: Option<String>,
    guardian_name: Option<String>,
    guardian_consent_at: Option<Instant>,
    demo: bool,
    created_at: Instant,
    version: i64,
}

/// Keeps a new member. Refuses with `email_taken` when the address has one.
pub fn insert(db: &mut Db, new: &Member, password_hash: Option<&str>) -> Result<()> {
    let row = Row::of(new);
    insert_into(member::table).values((row, member::password_hash.eq(password_hash))).execute(db).map_err(
        |error| match conflict(&error) {
            Some(found) if found.is_about("email") => Error::refused(Code::EmailTaken),
            _ => error.into(),
        },
    )?;
    words::set(db, new.id, &key_of(new))?;
    roles::set(db, new.id, &new.roles)
}

/// Writes what changed in a member (roles apart) and lets its version grow.
pub fn update(db: &mut Db, changed: &Member) -> Result<Member> {
    let next = Member { version: changed.version + 1, ..changed.clone() };
    diesel::update(member::table.find(changed.id)).set(Row::of(&next)).execute(db)?;
    words::set(db, changed.id, &key_of(changed))?;
    Ok(next)
}

/// The member of this identifier.
pub fn find(db: &mut Db, id: MemberId) -> Result<Option<Member>> {
    let row = member::table.find(id).select(Row::as_select()).get_result(db).optional()?;
    row.map(|row| with_roles(db, row)).transpose()
}

/// The member of this identifier. Refuses with `not_found` when there is none.
pub fn get(db: &mut Db, id: MemberId) -> Result<Member> {
    find(db, id)?.ok_or_else(|| Error::refused(Code::NotFound))
}

/// The member of this identifier, roles left out, in one statement.
pub fn without_roles(db: &mut Db, id: MemberId) -> Result<Option<Member>> {
    let row: Option<Row> =
        on!(db, |c| member::table.find(id).select(Row::as_select()).get_result(c)).optional()?;
    row.map(|row| row.member(Roles::default())).transpose()
}

/// The member of this address.
pub fn with_email(db: &mut Db, email: &EmailAddress) -> Result<Option<Member>> {
    let row = member::table
        .filter(member::email.eq(email.as_str()))
        .select(Row::as_select())
        .get_result(db)
        .optional()?;
    row.map(|row| with_roles(db, row)).transpose()
}

/// Somebody an address belongs to.
#[derive(Queryable)]
pub struct Known {
    /// Who.
    pub id: MemberId,
    /// The kept text of the password.
    pub secret: Option<String>,
}

/// What a sign-in asks about an address.
pub fn with_secret(db: &mut Db, email: &EmailAddress) -> Result<Option<Known>> {
    let found =
        member::table.filter(member::email.eq(email.as_str())).select((member::id, member::password_hash));
    Ok(found.get_result(db).optional()?)
}

/// The kept text of the password.
pub fn secret(db: &mut Db, id: MemberId) -> Result<Option<String>> {
    let kept: Option<Option<String>> =
        member::table.find(id).select(member::password_hash).get_result(db).optional()?;
    Ok(kept.flatten())
}

/// Keeps another password text.
pub fn set_password(db: &mut Db, id: MemberId, password_hash: &str) -> Result<()> {
    diesel::update(member::table.find(id)).set(member::password_hash.eq(password_hash)).execute(db)?;
    Ok(())
}

/// Members who have, for each of these words, one in their name or address that begins so, and who have this role; in the
/// order of their search key. What is shown costs, not how many members there are.
pub fn search(db: &mut Db, typed: &str, role: Option<Role>, page: &PageRequest) -> Result<Vec<Member>> {
    let wanted = Wanted::of(typed, role);
    let mut query =
        member::table.select(Row::as_select()).order(member::search_key).limit(page.rows()).into_boxed();
    if let Some(those) = wanted.rarest(db)? {
        query = query.filter(member::id.eq_any(those));
    }
    for word in &wanted.words {
        let such = member_word::table
            .filter(member_word::member_id.eq(member::id))
            .filter(member_word::word.ge(word.clone()))
            .filter(member_word::word.lt(words::after(word)));
        query = query.filter(exists(such));
    }
    if let Some(role) = wanted.role {
        let role: &str = role.into();
        let such = member_role::table
            .filter(member_role::member_id.eq(member::id))
            .filter(member_role::role.eq(role));
        query = query.filter(exists(such));
    }
    if let Some(after) = &page.after {
        query = query.filter(member::search_key.gt(after.clone()));
    }
    let rows: Vec<Row> = query.load(db)?;
    let ids: Vec<MemberId> = rows.iter().map(|row| row.id).collect();
    let mut roles = roles::of(db, &ids)?;
    rows.into_iter()
        .map(|row| {
            let roles = roles.remove(&row.id).unwrap_or_default();
            row.member(roles)
        })
        .collect()
}

/// What staff search a member by; unique, because addresses are.
pub fn key_of(one: &Member) -> String {
    words::folded(&format!("{} {}", one.details.display_name, one.email.as_str()))
}

fn with_roles(db: &mut Db, row: Row) -> Result<Member> {
    let roles = roles::of(db, &[row.id])?.remove(&row.id).unwrap_or_default();
    row.member(roles)
}

impl Row {
    fn of(one: &Member) -> Self {
        let (locale, audience): (&str, Option<&str>) =
            (one.details.locale.into(), one.details.audience.map(Into::into));
        Self {
            id: one.id,
            email: one.email.as_str().to_owned(),
            display_name: one.details.display_name.clone(),
            search_key: key_of(one),
            locale: locale.to_owned(),
            birth_date: one.details.birth_date,
            commune: one.details.commune.clone(),
            audience: audience.map(str::to_owned),
            email_confirmed_at: one.email_confirmed_at,
            charter_version: one.charter.map(|(version, _)| version),
            charter_accepted_at: one.charter.and_then(|(_, at)| at),
            suspended_at: one.suspension.as_ref().map(|held| held.since),
            suspended_until: one.suspension.as_ref().and_then(|held| held.until),
            suspended_reason: one.suspension.as_ref().map(|held| held.reason.clone()),
            guardian_name: one.consent.as_ref().map(|consent| consent.guardian_name.clone()),
            guardian_consent_at: one.consent.as_ref().map(|consent| consent.given_at),
            demo: one.demo,
            created_at: one.created_at,
            version: one.version,
        }
    }

    fn member(self, roles: Roles) -> Result<Member> {
        let audience = self.audience.as_deref().map(|text| super::parse::<Audience>(text, "kind of public"));
        let reason = self.suspended_reason.unwrap_or_default();
        Ok(Member {
            id: self.id,
            email: super::parse(&self.email, "address")?,
            email_confirmed_at: self.email_confirmed_at,
            details: Details {
                display_name: self.display_name,
                locale: super::parse(&self.locale, "language")?,
                birth_date: self.birth_date,
                commune: self.commune,
                audience: audience.transpose()?,
            },
            roles,
            charter: self.charter_version.map(|version| (version, self.charter_accepted_at)),
            suspension: self.suspended_at.map(|since| Suspension {
                since,
                until: self.suspended_until,
                reason,
            }),
            consent: self
                .guardian_name
                .zip(self.guardian_consent_at)
                .map(|(guardian_name, given_at)| Consent { guardian_name, given_at }),
            demo: self.demo,
            created_at: self.created_at,
            version: self.version,
        })
    }
}
