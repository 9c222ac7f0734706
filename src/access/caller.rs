//! Which controller is speaking. Having [`Controller`] in its arguments is the proof that a handler needs: the request
//! was signed by a paired device, over the bytes as they came, less than a minute ago. What it asks is done through
//! [`Controller::act`], which uses up the nonce in the same transaction, so that nothing is done twice.
//!
//! The order of the checks is the order of their cost. What is wrong before the signature is known to be right is told
//! to anybody; whether a controller waits or is revoked, only to the owner of its key; what the body says, last.

use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::header::HeaderMap,
    web::{Bytes, Data},
};
use futures_util::future::LocalBoxFuture;
use serde::Deserialize;

use super::{
    frame::{self, Frame},
    model::{Device, State},
    rules, store,
};
use crate::{
    app::App,
    kernel::{Code, ControllerId, Error, Instant, Refusal, Result},
    store::Db,
    web::{check::Check, json::collected, limits::Limits},
    wire::{PublicKey, Seal, Signature, seal::is_nonce},
};

/// The headers of a signed request.
const CONTROLLER: &str = "x-controller";
const TIMESTAMP: &str = "x-timestamp";
const NONCE: &str = "x-nonce";
const SIGNATURE: &str = "x-signature";

/// A request of a paired controller, and what it says. Needs `app.store` for its effect: see [`Controller::act`].
#[derive(Debug)]
pub struct Controller<T = Nothing> {
    knock: Knock,
    body: T,
    ignored: Vec<String>,
}

/// A request of a device whose pairing may not be settled: its signature is right, and that is all.
#[derive(Debug)]
pub struct Newcomer(Knock);

/// The body of a request that has none.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

impl Check for Nothing {}

impl Frame for Nothing {}

/// A signature that holds.
#[derive(Debug)]
struct Knock {
    id: ControllerId,
    key: PublicKey,
    state: State,
    nonce: String,
    now: Instant,
}

impl<T: Send + 'static> Controller<T> {
    /// Does what the controller asks, in one write, once. The nonce stays used when the verb refuses; only a fault
    /// undoes everything.
    ///
    /// # Errors
    /// `nonce_used` when this request, or another with its nonce, came before; `controller_revoked` when it was
    /// revoked, or its key replaced, since the signature was checked; then whatever the verb answers.
    pub async fn act<R: Send + 'static>(
        self,
        app: &App,
        verb: impl Fn(&mut Db, &Device, &T, Instant) -> Result<R> + Send + 'static,
    ) -> Result<R> {
        let Self { knock, body, .. } = self;
        let written = app.store.write_first(move |db| {
            let device = knock.enter(db)?;
            let done = match settled(db.savepoint(|db| verb(db, &device, &body, knock.now)))? {
                // The same question was being answered at this moment, and is now: the answer is there.
                Err(error) if error.code() == Code::IdempotencyInProgress => {
                    settled(db.savepoint(|db| verb(db, &device, &body, knock.now)))?
                }
                done => done,
            };
            Ok(done)
        });
        counted(written.await.and_then(|outcome| outcome))
    }
}

impl<T> Controller<T> {
    /// The fields of its body that were passed over.
    #[must_use]
    pub fn ignored(&self) -> Vec<String> {
        self.ignored.clone()
    }

    /// Reads for what the controller asks, before [`Self::act`] does it: what takes long does not hold up whoever
    /// writes. Nothing is believed of it that `act` does not look at again.
    ///
    /// # Errors
    /// `controller_revoked` as in [`Self::act`]; then whatever the verb answers.
    pub async fn read<R: Send + 'static>(
        &self,
        app: &App,
        verb: impl FnOnce(&mut Db, &Device, Instant) -> Result<R> + Send + 'static,
    ) -> Result<R> {
        let Knock { id, key, now, .. } = self.knock;
        let read = app.store.read(move |db| {
            let found = store::controllers::device(db, id, &key)?;
            let (device, _) = found.ok_or_else(|| Error::refused(Code::ControllerRevoked))?;
            verb(db, &device, now)
        });
        counted(read.await)
    }
}

impl Newcomer {
    /// Reads, in one write that uses up the nonce, what became of this device.
    pub async fn look<R: Send + 'static>(
        self,
        app: &App,
        verb: impl Fn(&mut Db, ControllerId) -> Result<R> + Send + 'static,
    ) -> Result<R> {
        let knock = self.0;
        let written = app.store.write(move |db| {
            store::nonces::burn(db, knock.id, &knock.nonce, rules::nonce_expires(knock.now))?;
            verb(db, knock.id)
        });
        counted(written.await)
    }
}

/// A refusal is an outcome that is kept; a fault is not.
fn settled<R>(outcome: Result<R>) -> Result<Result<R>> {
    match outcome {
        Err(Error::Fault(fault)) => Err(Error::Fault(fault)),
        told => Ok(told),
    }
}

/// Refused frames are counted by their code.
pub(super) fn counted<R>(outcome: Result<R>) -> Result<R> {
    if let Err(error @ (Error::Refused(_) | Error::Invalid(_))) = &outcome {
        metrics::counter!("etabli_controller_frames_refused_total", "code" => error.code().as_str())
            .increment(1);
    }
    outcome
}

impl Knock {
    /// Inside the write: the controller is still trusted under this key, and this word was not used before.
    fn enter(&self, db: &mut Db) -> Result<Device> {
        let found = store::controllers::device(db, self.id, &self.key)?;
        let (device, seen) = found.ok_or_else(|| Error::refused(Code::ControllerRevoked))?;
        store::nonces::burn(db, self.id, &self.nonce, rules::nonce_expires(self.now))?;
        if rules::worth_noting(seen, self.now) {
            store::controllers::touch(db, self.id, self.now)?;
        }
        Ok(device)
    }
}

/// What the headers say, before anything is believed.
struct Shown {
    id: ControllerId,
    stamp: Stamp,
}

/// The signed parts that stand in headers, and the signature.
#[derive(Debug)]
pub struct Stamp {
    timestamp: i64,
    nonce: String,
    signature: Signature,
}

impl Stamp {
    /// Reads the three headers that every signed request has.
    ///
    /// # Errors
    /// `unauthenticated`, with the name of the first `header` that is missing or cannot be read.
    pub fn of(headers: &HeaderMap) -> Result<Self> {
        let timestamp = text(headers, TIMESTAMP)?.parse().map_err(|_| unread(TIMESTAMP))?;
        let nonce = text(headers, NONCE).ok().filter(|nonce| is_nonce(nonce)).ok_or_else(|| unread(NONCE))?;
        let signature = text(headers, SIGNATURE)?.parse().map_err(|_| unread(SIGNATURE))?;
        Ok(Self { timestamp, nonce: nonce.to_owned(), signature })
    }

    /// The word it uses up.
    #[must_use]
    pub fn into_nonce(self) -> String {
        self.nonce
    }

    /// Passes when `key` signed this request now.
    ///
    /// # Errors
    /// `clock_skew`, or `signature_invalid`.
    pub fn proves(&self, key: &PublicKey, request: &HttpRequest, body: &[u8], now: Instant) -> Result<()> {
        rules::in_time(self.timestamp, now)?;
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        let method = request.method().as_str();
        let seal = Seal { method, path, timestamp: self.timestamp, nonce: &self.nonce };
        if seal.holds(key, &self.signature, body) {
            Ok(())
        } else {
            Err(Error::refused(Code::SignatureInvalid))
        }
    }
}

fn unread(header: &'static str) -> Error {
    Refusal::new(Code::Unauthenticated).with("header", header).into()
}

fn text<'a>(headers: &'a HeaderMap, name: &'static str) -> Result<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok()).ok_or_else(|| unread(name))
}

fn shown(request: &HttpRequest, now: Instant) -> Result<Shown> {
    let headers = request.headers();
    let id = text(headers, CONTROLLER)?.parse().map_err(|_| unread(CONTROLLER))?;
    let stamp = Stamp::of(headers)?;
    rules::in_time(stamp.timestamp, now)?;
    Ok(Shown { id, stamp })
}

async fn knock(request: &HttpRequest, body: &[u8]) -> Result<Knock> {
    patiently(request, prove(request, body).await)
}

/// Whoever is not believed again and again is told to wait. A clock that is wrong is no offence: the answer is how a
/// device without a clock learns the time.
pub(super) fn patiently<R>(request: &HttpRequest, outcome: Result<R>) -> Result<R> {
    match (&outcome, request.app_data::<Data<Limits>>()) {
        (Err(Error::Refused(why)), _) if why.iter().all(|refusal| refusal.code == Code::ClockSkew) => outcome,
        (Err(Error::Refused(_) | Error::Invalid(_)), Some(limits)) => limits.refused(request).and(outcome),
        _ => outcome,
    }
}

async fn prove(request: &HttpRequest, body: &[u8]) -> Result<Knock> {
    let app = request.app_data::<Data<App>>().ok_or_else(|| anyhow::anyhow!("the server has no App"))?;
    let now = app.now();
    let Shown { id, stamp } = shown(request, now)?;
    let known = app.store.look(move |db| store::controllers::key_of(db, id)).await?;
    let (key, state) = known.ok_or_else(|| Error::refused(Code::ControllerUnknown))?;
    stamp.proves(&key, request, body, now)?;
    if let Some(limits) = request.app_data::<Data<Limits>>() {
        limits.believed(id.uuid())?;
    }
    Ok(Knock { id, key, state, nonce: stamp.nonce, now })
}

impl<T: Frame + 'static> FromRequest for Controller<T> {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, body) = (request.clone(), Bytes::from_request(request, payload));
        Box::pin(async move {
            let bytes = collected(body.await);
            let said = async {
                let bytes = bytes?;
                let knock = knock(&request, &bytes).await?;
                rules::trusted(knock.state)?;
                let (body, ignored) = frame::of_request(&request, &bytes)?;
                Ok(Self { knock, body, ignored })
            };
            counted(said.await)
        })
    }
}

impl FromRequest for Newcomer {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, body) = (request.clone(), Bytes::from_request(request, payload));
        Box::pin(async move {
            let said = async { knock(&request, &collected(body.await)?).await.map(Self) };
            counted(said.await)
        })
    }
}
