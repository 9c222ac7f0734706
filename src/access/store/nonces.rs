//! Words that signed requests have used up.

use diesel::{insert_into, prelude::*};

use crate::{
    kernel::{Code, ControllerId, Error, Instant, Result},
    store::{Db, on, schema::controller_nonce},
};

/// Uses up a nonce. Refuses with `nonce_used` when it was used before; of two who come at once, one waits for the
/// other and is refused.
pub fn burn(db: &mut Db, controller: ControllerId, nonce: &str, expires_at: Instant) -> Result<()> {
    let row = (
        controller_nonce::controller_id.eq(controller),
        controller_nonce::nonce.eq(nonce),
        controller_nonce::expires_at.eq(expires_at),
    );
    let fresh =
        on!(db, |c| insert_into(controller_nonce::table).values(row).on_conflict_do_nothing().execute(c))?;
    if fresh == 1 { Ok(()) } else { Err(Error::refused(Code::NonceUsed)) }
}

/// Forgets the nonces of requests that would not be believed any more.
pub fn sweep(db: &mut Db, now: Instant) -> Result<()> {
    diesel::delete(controller_nonce::table.filter(controller_nonce::expires_at.lt(now))).execute(db)?;
    Ok(())
}
