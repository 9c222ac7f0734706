//! Confirming an address with the link of a letter.

use super::{
    model::{Member, Purpose},
    store,
};
use crate::{
    app::App,
    kernel::{Code, Error, Instant, Result, secret::Fingerprint},
    store::{Db, Row, lock},
};

/// Takes an address for proven. Refuses with `token_invalid` when the link was used, has expired or never was.
pub async fn confirm(app: &App, token: &str, now: Instant) -> Result<()> {
    let print = Fingerprint::of(token);
    app.store.write(move |db| with_token(db, print, now)).await
}

fn with_token(db: &mut Db, token: Fingerprint, now: Instant) -> Result<()> {
    let refused = || Error::refused(Code::TokenInvalid);
    let id = store::tokens::consume(db, Purpose::ConfirmEmail, token, now)?.ok_or_else(refused)?;
    lock(db, Row::Member, id.uuid())?;
    let member = store::members::find(db, id)?.ok_or_else(refused)?;
    take_for_proven(db, member, now).map(drop)
}

/// The member with an address that is proven: from now on, or as it was before.
pub(super) fn take_for_proven(db: &mut Db, member: Member, now: Instant) -> Result<Member> {
    if member.email_confirmed_at.is_some() {
        return Ok(member);
    }
    store::members::update(db, &Member { email_confirmed_at: Some(now), ..member })
}
