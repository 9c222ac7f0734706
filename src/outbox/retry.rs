//! Staff have a letter tried again.

use serde_json::json;

use super::{Letter, State, store};
use crate::{
    journal,
    kernel::{Code, Error, Instant, LetterId, MemberId, Result},
    store::Db,
};

/// Has a letter tried again at once, and for another day.
///
/// # Errors
/// Refused when there is no such letter, or when it has gone already.
pub fn retry(db: &mut Db, id: LetterId, by: MemberId, now: Instant) -> Result<Letter> {
    let letter = get(db, id)?;
    if letter.state == State::Sent || !store::retry(db, id, now)? {
        return Err(Error::refused(Code::LetterNotRetryable));
    }
    let details = json!({ "kind": letter.kind, "attempts": letter.attempts });
    journal::note(
        db,
        journal::Entry {
            at: now,
            actor: Some(by),
            action: "letter_retried",
            subject_kind: "letter",
            subject: id.uuid(),
            reason: None,
            details,
        },
    )?;
    get(db, id)
}

fn get(db: &mut Db, id: LetterId) -> Result<Letter> {
    store::find(db, id)?.ok_or_else(|| Error::refused(Code::NotFound))
}
