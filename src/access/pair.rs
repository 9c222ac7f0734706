//! A device asks to be paired.

use super::{
    model::{Record, State, Waiting},
    rules, store,
};
use crate::{
    kernel::{Code, ControllerId, Error, Instant, Refusal, Result},
    store::Db,
    wire::PublicKey,
};

/// What the device says of itself.
#[derive(Debug, Clone)]
pub struct Asking {
    /// The key it made.
    pub public_key: PublicKey,
    /// The code it will show once it has the answer.
    pub code: String,
    /// What runs on it.
    pub firmware: String,
}

/// Takes a device in to wait for staff. Asking again with the same key is the same request: a device that was accepted
/// meanwhile, or that forgot its identifier, learns what became of it.
///
/// # Errors
/// `pairing_code_taken` when another device shows the same code; `controller_revoked` for a key that is no longer
/// trusted; `too_many_tries` when many wait already.
pub fn ask(db: &mut Db, asking: &Asking, nonce: &str, now: Instant) -> Result<Record> {
    store::controllers::sweep(db, now)?;
    let record = take_in(db, asking, now)?;
    store::nonces::burn(db, record.id, nonce, rules::nonce_expires(now))?;
    Ok(record)
}

fn take_in(db: &mut Db, asking: &Asking, now: Instant) -> Result<Record> {
    if store::keys::is_retired(db, &asking.public_key)? {
        return Err(Error::refused(Code::ControllerRevoked));
    }
    let waiting = Some(Waiting { code: asking.code.clone(), until: now + rules::CODE_LIVES });
    match store::controllers::by_key(db, &asking.public_key)? {
        Some(known) => match known.state {
            State::Active => Ok(known),
            State::Revoked => Err(Error::refused(Code::ControllerRevoked)),
            State::Waiting => {
                let firmware = asking.firmware.clone();
                store::controllers::update(db, &Record { waiting, firmware, ..known })
            }
        },
        None if store::controllers::waiting(db)? >= rules::WAITING_AT_ONCE => {
            Err(Refusal::new(Code::TooManyTries).retry_after(60).into())
        }
        None => {
            let new = newcomer(asking, waiting, now);
            store::controllers::insert(db, &new)?;
            Ok(new)
        }
    }
}

fn newcomer(asking: &Asking, waiting: Option<Waiting>, now: Instant) -> Record {
    Record {
        id: ControllerId::new(),
        name: None,
        public_key: asking.public_key,
        state: State::Waiting,
        waiting,
        firmware: asking.firmware.clone(),
        asked_at: now,
        accepted_at: None,
        revoked: None,
        key_since: now,
        last_seen_at: None,
        machines: Vec::new(),
        version: 1,
    }
}
