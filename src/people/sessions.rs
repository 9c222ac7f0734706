//! Where a member is signed in, and how to end it.

use super::{Caller, model::Session, store};
use crate::{
    app::App,
    kernel::{Code, Error, Instant, Result, SessionId},
};

/// The live sign-ins of the caller, the one seen last first.
pub async fn list(app: &App, caller: &Caller, now: Instant) -> Result<Vec<Session>> {
    let id = caller.id;
    app.store.read(move |db| store::sessions::list(db, id, now)).await
}

/// Ends one sign-in of the caller. Somebody else's answers as if it were not there.
pub async fn end(app: &App, caller: &Caller, session: SessionId) -> Result<()> {
    let id = caller.id;
    let ended = app.store.write(move |db| store::sessions::end(db, id, session)).await?;
    if ended { Ok(()) } else { Err(Error::refused(Code::NotFound)) }
}
