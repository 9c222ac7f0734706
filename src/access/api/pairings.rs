//! A device asks to be paired, and what became of it.

use actix_web::{
    FromRequest, HttpRequest, HttpResponse,
    dev::Payload,
    get, post,
    web::{Bytes, Data},
};
use futures_util::future::LocalBoxFuture;
use serde::{Deserialize, Serialize};

use crate::{
    access::{
        Secrets,
        caller::{Newcomer, Stamp, counted, patiently},
        change,
        model::{Record, State},
        pair::{self, Asking},
        rules,
    },
    app::App,
    kernel::{Code, ControllerId, Error, Instant, Result},
    web::{
        self, Check, Fields, Path,
        json::{collected, read_or_nothing},
        limits::Limits,
    },
    wire::PublicKey,
};

/// What a device says of itself.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PairingIn {
    /// The Ed25519 key it made, in hexadecimal; the request is signed with it.
    #[schema(value_type = String, pattern = "^[0-9a-f]{64}$")]
    public_key: PublicKey,
    /// The code it will show once it has the answer.
    #[schema(pattern = "^[A-HJ-NP-Z2-9]{6}$", example = "K7QX4M")]
    code: String,
    /// What runs on it: name and version, 1 to 120 characters.
    #[schema(min_length = 1, max_length = 120, example = "etabli-esp32 1.0")]
    firmware: String,
}

/// How far a pairing is.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PairingOut {
    /// From now on the value of `X-Controller`.
    id: ControllerId,
    state: State,
    /// What staff call it, once they accepted it.
    name: Option<String>,
    /// The start of the SHA-256 of the key, for the display.
    fingerprint: String,
    /// Until when staff may accept it by its code.
    code_until: Option<Instant>,
    /// The key the house signs its allow-lists with.
    server_key: String,
    /// The key under which this controller looks badges up in its allow-lists, in hexadecimal; its secret, told once
    /// staff accepted it.
    device_key: Option<String>,
    /// The clock of the server.
    time: Instant,
}

impl Check for PairingIn {
    fn check(&self, fields: &mut Fields) {
        let code = rules::code(&self.code);
        fields.require(code.as_deref() == Some(&self.code), "code", "pairing_code");
        fields.length("firmware", self.firmware.trim(), 1..=120);
    }
}

impl PairingOut {
    fn of(record: Record, secrets: &Secrets, time: Instant) -> Self {
        let trusted = record.state == State::Active;
        Self {
            id: record.id,
            state: record.state,
            name: record.name,
            fingerprint: record.public_key.fingerprint(),
            code_until: record.waiting.map(|waiting| waiting.until),
            server_key: secrets.public().to_string(),
            device_key: trusted.then(|| hex::encode(secrets.device(record.id))),
            time,
        }
    }
}

/// A request signed with the very key that it brings.
pub struct Introduction {
    asking: Asking,
    nonce: String,
    now: Instant,
}

impl FromRequest for Introduction {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, body) = (request.clone(), Bytes::from_request(request, payload));
        Box::pin(async move {
            let bytes = collected(body.await);
            let introduced = bytes.and_then(|bytes| introduced(&request, &bytes));
            counted(patiently(&request, introduced))
        })
    }
}

fn introduced(request: &HttpRequest, bytes: &[u8]) -> Result<Introduction> {
    // A key that anybody can make is no proof: introductions are counted by address.
    if let Some(limits) = request.app_data::<Data<Limits>>() {
        limits.introduced(request)?;
    }
    let now = request.app_data::<Data<App>>().map(|app| app.now());
    let now = now.ok_or_else(|| anyhow::anyhow!("the server has no App"))?;
    let stamp = Stamp::of(request.headers())?;
    let PairingIn { public_key, code, firmware } = read_or_nothing(request, bytes)?;
    stamp.proves(&public_key, request, bytes, now)?;
    let asking = Asking { public_key, code, firmware: firmware.trim().to_owned() };
    Ok(Introduction { asking, nonce: stamp.into_nonce(), now })
}

/// A device asks to be paired. It shows its code once it has this answer, and acts once staff have accepted it.
#[utoipa::path(
    tag = "controller", request_body = PairingIn, security(("controller" = [])),
    responses((status = 200, body = PairingOut))
)]
#[post("/pairings")]
pub async fn ask(app: Data<App>, introduction: Introduction) -> Result<HttpResponse> {
    let Introduction { asking, nonce, now } = introduction;
    let written = app.store.write(move |db| pair::ask(db, &asking, &nonce, now));
    web::ok(&PairingOut::of(counted(written.await)?, &app.secrets, now))
}

/// What became of a device's own pairing.
#[utoipa::path(
    tag = "controller", security(("controller" = [])), responses((status = 200, body = PairingOut)),
    params(("id" = ControllerId, Path, description = "The device itself"))
)]
#[get("/pairings/{id}")]
pub async fn show(app: Data<App>, newcomer: Newcomer, Path(id): Path<ControllerId>) -> Result<HttpResponse> {
    let now = app.now();
    let record = newcomer.look(&app, move |db, own| {
        if own == id { change::get(db, id) } else { Err(Error::refused(Code::NotFound)) }
    });
    web::ok(&PairingOut::of(record.await?, &app.secrets, now))
}
