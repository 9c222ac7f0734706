//! A controller replaces its key.

use actix_web::{HttpResponse, post, web::Data};
use serde::{Deserialize, Serialize};

use crate::{
    access::{caller::Controller, frame::Frame, rotate::rotate},
    app::App,
    kernel::{Instant, Result},
    web::{self, Check},
    wire::{PublicKey, Signature},
};

/// A new key.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyIn {
    /// Ed25519, in hexadecimal.
    #[schema(value_type = String, pattern = "^[0-9a-f]{64}$")]
    public_key: PublicKey,
    /// The new key's signature over `etabli-controller-key-v1`, the controller's identifier and the new key, each on
    /// a line of its own.
    #[schema(value_type = String, pattern = "^[0-9a-f]{128}$")]
    proof: Signature,
}

/// The key that counts from now on.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct KeyOut {
    /// The new key.
    public_key: String,
    /// Since when.
    since: Instant,
}

impl Check for KeyIn {}

impl Frame for KeyIn {}

/// Replaces the key of a controller; the old one works no more. Signed with the old one.
#[utoipa::path(
    tag = "controller", request_body = KeyIn, security(("controller" = [])),
    responses((status = 200, body = KeyOut))
)]
#[post("/keys")]
pub async fn replace(app: Data<App>, controller: Controller<KeyIn>) -> Result<HttpResponse> {
    let record = controller
        .act(&app, |db, device, wanted, now| rotate(db, device, &wanted.public_key, &wanted.proof, now))
        .await?;
    web::ok(&KeyOut { public_key: record.public_key.to_string(), since: record.key_since })
}
