//! Signing in: a password for a token.

use super::{
    caller,
    model::{Session, SignedIn},
    passwords::{Password, Verdict},
    patience, store,
};
use crate::{
    app::App,
    kernel::{
        Code, EmailAddress, Error, Instant, MemberId, Refusal, Result, SessionId, secret::Fingerprint,
        secret::Token,
    },
    store::Db,
};

/// Characters of a `User-Agent` worth keeping.
const LABEL: usize = 120;

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
    let (address, email) = (patience::print_of(&attempt.email), attempt.email.clone());
    let known = app
        .store
        .read(move |db| {
            patience::check(db, address, now)?;
            store::members::with_secret(db, &email)
        })
        .await?;
    let (id, kept) = known.unzip();
    let verdict = app.passwords.verify(&attempt.password, kept.flatten().as_deref()).await?;
    let new_hash = match verdict {
        Verdict::RightButOld => Some(app.passwords.hash(&attempt.password).await?),
        Verdict::Right | Verdict::Wrong => None,
    };
    match id {
        Some(id) if verdict != Verdict::Wrong => {
            enter(app, Entry { id, address, new_hash }, attempt.label, now).await
        }
        _ => Err(turn_away(app, address, now).await?),
    }
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
    new_hash: Option<String>,
}

async fn enter(app: &App, entry: Entry, label: Option<String>, now: Instant) -> Result<SignedIn> {
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
            patience::forgive(db, entry.address, now)?;
            if let Some(hash) = &entry.new_hash {
                store::members::set_password(db, entry.id, hash)?;
            }
            store::sessions::insert(db, entry.id, &kept, print)?;
            store::members::find(db, entry.id)?.ok_or_else(|| Error::refused(Code::WrongCredentials))
        })
        .await?;
    Ok(SignedIn { token, session, member })
}
