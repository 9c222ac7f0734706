//! Who presents a token: one statement for each request.

use diesel::prelude::*;

use crate::{
    kernel::{Instant, MemberId, Result, SessionId, secret::Fingerprint},
    people::{Caller, model::Roles},
    store::{
        Db, on,
        schema::{member, member_role, session},
    },
};

type Row = ((SessionId, Instant), (MemberId, String, String), Option<String>);

/// The caller behind a live token, and when they were last seen. One row for each role, one where there is none.
pub fn behind(db: &mut Db, token: Fingerprint, now: Instant) -> Result<Option<(Caller, Instant)>> {
    let rows: Vec<Row> = on!(db, |c| session::table
        .inner_join(member::table.left_join(member_role::table))
        .filter(session::token_hash.eq(token.bytes().to_vec()).and(session::expires_at.gt(now)))
        .select((
            (session::id, session::last_seen_at),
            (member::id, member::display_name, member::locale),
            member_role::role.nullable(),
        ))
        .load(c))?;
    let roles = rows.iter().filter_map(|(_, _, role)| role.as_deref());
    let roles = roles.map(|role| super::parse(role, "role")).collect::<Result<Roles>>()?;
    let Some(((session, seen), (id, display_name, locale), _)) = rows.into_iter().next() else {
        return Ok(None);
    };
    let locale = super::parse(&locale, "language")?;
    Ok(Some((Caller { id, display_name, roles, locale, session: Some(session) }, seen)))
}
