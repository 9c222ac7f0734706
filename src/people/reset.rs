//! A forgotten password: a link by letter, then a new one.

use super::{
    confirm::take_for_proven,
    letters,
    model::{Member, Purpose},
    passwords::Password,
    patience,
    sign_up::{Link, offer_link, words_about},
    store,
};
use crate::{
    app::App,
    kernel::{Code, EmailAddress, Error, Instant, Result, SessionId, secret::Fingerprint, secret::Token},
    outbox,
    store::{Db, Row, lock},
};

/// Sends a link to the member of this address, if there is one; the answer does not tell.
pub async fn ask(app: &App, email: EmailAddress, now: Instant) -> Result<()> {
    let token = Token::new()?;
    app.store
        .write(move |db| {
            let house = store::house::get(db)?;
            let Some(member) = store::members::with_email(db, &email)? else { return Ok(()) };
            let letter = letters::reset_password(&member.contact(), &house.name, &token);
            offer_link(
                db,
                &member.contact(),
                Link { purpose: Purpose::ResetPassword, token: &token, letter },
                now,
            )
        })
        .await
}

/// Takes a new password for the link of a letter, and ends every sign-in of the member.
///
/// Whoever holds the link reads the mailbox: it proves the address as well.
///
/// # Errors
/// `token_invalid` when the link was used, has expired or never was; a field error when the password is not good enough,
/// and then the link still works.
pub async fn choose(app: &App, token: &str, password: &Password, now: Instant) -> Result<()> {
    let print = Fingerprint::of(token);
    let (member, house) = app
        .store
        .read(move |db| {
            let id = store::tokens::owner(db, Purpose::ResetPassword, print, now)?;
            let member = id.map(|id| store::members::find(db, id)).transpose()?.flatten();
            Ok((member.ok_or_else(refused)?, store::house::get(db)?))
        })
        .await?;
    let about = words_about(&member.details.display_name, &member.email, &house);
    if let Some(weak) = app.passwords.judge(password, about).await? {
        return Err(Error::Invalid(vec![weak.at("password")]));
    }
    let hash = app.passwords.hash(password).await?;
    app.store.write(move |db| with_token(db, print, &hash, now)).await
}

fn refused() -> Error {
    Error::refused(Code::TokenInvalid)
}

fn with_token(db: &mut Db, token: Fingerprint, hash: &str, now: Instant) -> Result<()> {
    let id = store::tokens::consume(db, Purpose::ResetPassword, token, now)?.ok_or_else(refused)?;
    lock(db, Row::Member, id.uuid())?;
    let member = store::members::find(db, id)?.ok_or_else(refused)?;
    let member = take_for_proven(db, member, now)?;
    replace_password(db, &member, hash, None)?;
    let house = store::house::get(db)?;
    outbox::post(db, letters::password_changed(&member.contact(), &house.name), now)
}

/// Keeps another password: sign-ins (but one), links and failed tries of before are worth nothing any more.
pub(super) fn replace_password(
    db: &mut Db,
    member: &Member,
    hash: &str,
    but: Option<SessionId>,
) -> Result<()> {
    store::members::set_password(db, member.id, hash)?;
    store::sessions::end_others(db, member.id, but)?;
    store::tokens::void(db, member.id, Purpose::ResetPassword)?;
    store::attempts::forget(db, patience::print_of(&member.email))
}
