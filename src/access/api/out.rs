//! A controller as staff read it.

use serde::Serialize;

use crate::{
    access::model::{Record, State},
    kernel::{ControllerId, Instant, MachineId},
};

/// A controller.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ControllerOut {
    id: ControllerId,
    /// Given by staff; absent while it waits.
    name: Option<String>,
    state: State,
    /// The code on its display, while it waits.
    #[schema(example = "K7QX4M")]
    code: Option<String>,
    /// Until when it may be accepted by its code.
    code_until: Option<Instant>,
    /// Ed25519, in hexadecimal.
    public_key: String,
    /// What its display shows too: the start of the key's SHA-256.
    fingerprint: String,
    /// As the device says.
    firmware: String,
    /// The machines it acts on.
    machines: Vec<MachineId>,
    asked_at: Instant,
    accepted_at: Option<Instant>,
    key_since: Instant,
    /// To about ten seconds.
    last_seen_at: Option<Instant>,
    revoked_at: Option<Instant>,
    revoked_reason: Option<String>,
}

impl From<Record> for ControllerOut {
    fn from(record: Record) -> Self {
        let (code, code_until) =
            record.waiting.map_or((None, None), |waiting| (Some(waiting.code), Some(waiting.until)));
        let (revoked_at, revoked_reason) =
            record.revoked.map_or((None, None), |(at, why)| (Some(at), Some(why)));
        Self {
            id: record.id,
            name: record.name,
            state: record.state,
            code,
            code_until,
            public_key: record.public_key.to_string(),
            fingerprint: record.public_key.fingerprint(),
            firmware: record.firmware,
            machines: record.machines,
            asked_at: record.asked_at,
            accepted_at: record.accepted_at,
            key_since: record.key_since,
            last_seen_at: record.last_seen_at,
            revoked_at,
            revoked_reason,
        }
    }
}
