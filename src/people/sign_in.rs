//! Signing in: a password for a token.

use super::{
    caller,
    model::{Session, SignedIn},
    passwords::{Password, Verdict},
    patience,
    store::{self, members::Known},
};
use crate::{
    app::App,
    kernel::{
        Code, EmailAddress, Error, Instant, MemberId, Refusal, Result, SessionId, secret::Fingerprint,
        secret::Token,
    },
    store::{Db, Row, lock},
};

/// Characters of a `User-Agent` worth keeping.
const LABEL: usize = 120;

/// How often a password is compared when it changes under our eyes.
const TRIES: usize = 3;

/// Somebody at the door.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// Who they say they are.
    pub email: EmailAddress,
    /// What they show for it.
    pub password: Password,
    /// What their program calls itself.
    pub label: Option<String>,
}

/// Lets a member in.
///
/// # Errors
/// `wrong_credentials`, after the same time whether or not there is such a member; `too_many_tries` while the address has
/// to wait, whatever the password.
pub async fn sign_in(app: &App, attempt: Attempt, now: Instant) -> Result<SignedIn> {
    for _ in 0..TRIES {
        if let Some(signed_in) = try_once(app, attempt.clone(), now).await? {
            return Ok(signed_in);
        }
    }
    Err(Error::refused(Code::WrongCredentials))
}

/// Nothing where the password was changed while it was being compared: what is shown has to be compared anew.
async fn try_once(app: &App, attempt: Attempt, now: Instant) -> Result<Option<SignedIn>> {
    let (address, email) = (patience::print_of(&attempt.email), attempt.email.clone());
    let known = app
        .store
        .read(move |db| {
            patience::check(db, address, now)?;
            store::members::with_secret(db, &email)
        })
        .await?;
    let kept = known.as_ref().and_then(|known| known.secret.as_deref());
    let verdict = app.passwords.verify(&attempt.password, kept).await?;
    let right = known.filter(|_| verdict != Verdict::Wrong);
    let Some(Known { id, secret }) = right else { return Err(turn_away(app, address, now).await?) };
    let new_hash = match verdict {
        Verdict::RightButOld => Some(app.passwords.hash(&attempt.password).await?),
        Verdict::Right | Verdict::Wrong => None,
    };
    enter(app, Entry { id, address, verified: secret, new_hash }, attempt.label, now).await
}

async fn turn_away(app: &App, address: Fingerprint, now: Instant) -> Result<Error> {
    let wrong = Refusal::new(Code::WrongCredentials);
    Ok(app.store.write(move |db| patience::count(db, address, &wrong, now)).await?.into())
}

/// A member who showed the right password.
#[derive(Clone)]
struct Entry {
    id: MemberId,
    address: Fingerprint,
    /// The kept text the password was compared with.
    verified: Option<String>,
    new_hash: Option<String>,
}

async fn enter(app: &App, entry: Entry, label: Option<String>, now: Instant) -> Result<Option<SignedIn>> {
    let label = label.map(|text| text.chars().filter(|c| !c.is_control()).take(LABEL).collect());
    let session = Session {
        id: SessionId::new(),
        label,
        created_at: now,
        last_seen_at: now,
        expires_at: now + caller::life(app),
    };
    let token = Token::new()?;
    let print = token.fingerprint();
    let kept = session.clone();
    let member = app
        .store
        .write(move |db: &mut Db| {
            lock(db, Row::Member, entry.id.uuid())?;
            if store::members::secret(db, entry.id)? != entry.verified {
                return Ok(None);
            }
            patience::forgive(db, entry.address, now)?;
            if let Some(hash) = &entry.new_hash {
                store::members::set_password(db, entry.id, hash)?;
            }
            store::sessions::insert(db, entry.id, &kept, print)?;
            store::members::find(db, entry.id)
        })
        .await?;
    Ok(member.map(|member| SignedIn { token, session, member }))
}
