//! Signed-in browsers and programs.

use diesel::{insert_into, prelude::*};

use crate::{
    kernel::{Instant, MemberId, Result, SessionId, secret::Fingerprint},
    people::model::Session,
    store::{Db, schema::session},
};

#[derive(Queryable, Selectable)]
#[diesel(table_name = session)]
struct Row {
    id: SessionId,
    label: Option<String>,
    created_at: Instant,
    last_seen_at: Instant,
    expires_at: Instant,
}

/// Keeps a new session under the fingerprint of its token.
pub fn insert(db: &mut Db, member: MemberId, new: &Session, token: Fingerprint) -> Result<()> {
    insert_into(session::table)
        .values((
            session::id.eq(new.id),
            session::member_id.eq(member),
            session::token_hash.eq(token.bytes().to_vec()),
            session::label.eq(new.label.clone()),
            session::created_at.eq(new.created_at),
            session::last_seen_at.eq(new.last_seen_at),
            session::expires_at.eq(new.expires_at),
        ))
        .execute(db)?;
    Ok(())
}

/// The live sessions of a member, the one seen last first.
pub fn list(db: &mut Db, member: MemberId, now: Instant) -> Result<Vec<Session>> {
    let rows: Vec<Row> = session::table
        .filter(session::member_id.eq(member).and(session::expires_at.gt(now)))
        .order((session::last_seen_at.desc(), session::id.desc()))
        .select(Row::as_select())
        .load(db)?;
    Ok(rows.into_iter().map(Row::session).collect())
}

/// Remembers that a session was seen, and lets it live on.
pub fn touch(db: &mut Db, id: SessionId, seen: Instant, expires_at: Instant) -> Result<()> {
    diesel::update(session::table.find(id))
        .set((session::last_seen_at.eq(seen), session::expires_at.eq(expires_at)))
        .execute(db)?;
    Ok(())
}

/// Ends one session of a member; whether there was one.
pub fn end(db: &mut Db, member: MemberId, id: SessionId) -> Result<bool> {
    let those = session::table.filter(session::id.eq(id).and(session::member_id.eq(member)));
    Ok(diesel::delete(those).execute(db)? > 0)
}

/// Ends every session of a member but one.
pub fn end_others(db: &mut Db, member: MemberId, but: Option<SessionId>) -> Result<()> {
    let those = session::table.filter(session::member_id.eq(member));
    match but {
        Some(kept) => diesel::delete(those.filter(session::id.ne(kept))).execute(db)?,
        None => diesel::delete(those).execute(db)?,
    };
    Ok(())
}

/// Forgets sessions that ended by themselves.
pub fn sweep(db: &mut Db, now: Instant) -> Result<()> {
    diesel::delete(session::table.filter(session::expires_at.le(now))).execute(db)?;
    Ok(())
}

impl Row {
    fn session(self) -> Session {
        Session {
            id: self.id,
            label: self.label,
            created_at: self.created_at,
            last_seen_at: self.last_seen_at,
            expires_at: self.expires_at,
        }
    }
}
