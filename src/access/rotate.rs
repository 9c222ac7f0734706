//! A controller replaces its key.

use serde_json::json;

use super::{
    change::{get, note},
    model::{Device, Record},
    store,
};
use crate::{
    kernel::{Code, Error, Instant, Result},
    store::Db,
    wire::{PublicKey, Signature, seal},
};

/// From now on the controller signs with `key`; `proof` is the new key's signature over [`seal::of_new_key`]. The old
/// key works no more, not even for a repetition of this request: a device that did not hear the answer tries the new
/// key first.
///
/// # Errors
/// `signature_invalid` when the new key did not sign; `controller_revoked` for a key that was used before.
pub fn rotate(
    db: &mut Db,
    device: &Device,
    key: &PublicKey,
    proof: &Signature,
    now: Instant,
) -> Result<Record> {
    if !key.made(proof, &seal::of_new_key(&device.id.to_string(), key)) {
        return Err(Error::refused(Code::SignatureInvalid));
    }
    if store::keys::is_retired(db, key)? || store::controllers::by_key(db, key)?.is_some() {
        return Err(Error::refused(Code::ControllerRevoked));
    }
    let before = get(db, device.id)?;
    store::keys::retire(db, device.id, &before.public_key, now)?;
    let record = store::controllers::update(db, &Record { public_key: *key, key_since: now, ..before })?;
    note(db, (None, device.id), "controller_key_replaced", json!({ "public_key": key }), now)?;
    Ok(record)
}
