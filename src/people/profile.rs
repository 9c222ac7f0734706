//! What members change about themselves.

use chrono::NaiveDate;

use super::{
    Caller, letters,
    model::{Audience, House, Member},
    passwords::{Password, Verdict},
    patience,
    reset::replace_password,
    rules,
    sign_up::{Acceptance, accepted, words_about},
    store,
};
use crate::{
    app::App,
    kernel::{Code, Error, FieldError, Instant, Locale, Refusal, Result},
    outbox,
    store::{Db, Row, lock},
    web::{IfMatch, etag},
};

/// Changes to a profile; what is absent stays as it is.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// The name others see.
    pub display_name: Option<String>,
    /// The language of their letters.
    pub locale: Option<Locale>,
    /// Only where none is known: members do not grow older by a click.
    pub birth_date: Option<Option<NaiveDate>>,
    /// Where they live, or nothing any more.
    pub commune: Option<Option<String>>,
    /// Which public they belong to, or none in particular.
    pub audience: Option<Option<Audience>>,
    /// Accepting the house rules.
    pub accepts_charter: Option<Acceptance>,
    /// A new password, and the one it replaces.
    pub password: Option<(Password, Password)>,
}

/// The version of a member as readers hold it.
#[must_use]
pub fn tag_of(member: &Member) -> etag::Tag {
    etag::tag(&[&"member", &member.id, &member.version])
}

/// Changes the caller's own profile.
pub async fn change(app: &App, caller: &Caller, wanted: (Changes, IfMatch), now: Instant) -> Result<Member> {
    let (mut changes, unchanged) = wanted;
    let password = changes.password.take();
    let hash = match &password {
        Some((new, current)) => Some(new_password(app, caller, (new, current), now).await?),
        None => None,
    };
    let caller = caller.clone();
    app.store
        .write(move |db| {
            lock(db, Row::Member, caller.id.uuid())?;
            let house = store::house::get(db)?;
            let mut member =
                store::members::find(db, caller.id)?.ok_or_else(|| Error::refused(Code::Unauthenticated))?;
            unchanged.allows(&tag_of(&member))?;
            if let Some((_, shown)) = &hash
                && store::members::secret(db, caller.id)? != *shown
            {
                return Err(Error::field("current_password", "wrong_password"));
            }
            apply(&mut member, &changes, &house, now)?;
            let member = store::members::update(db, &member)?;
            if let Some((hash, _)) = &hash {
                replace_password(db, &member, hash, caller.session)?;
                outbox::post(db, letters::password_changed(&member.contact(), &house.name), now)?;
            }
            Ok(member)
        })
        .await
}

fn apply(member: &mut Member, changes: &Changes, house: &House, now: Instant) -> Result<()> {
    let mut wrong = Vec::new();
    let known = &mut member.details.birth_date;
    if let Some(wanted) = changes.birth_date.filter(|wanted| wanted != known) {
        match wanted {
            Some(birth) if known.is_none() && rules::plausible_birth(birth, house.today(now)) => {
                *known = Some(birth);
            }
            Some(_) if known.is_none() => wrong.push(FieldError::new("birth_date", "birth_date_implausible")),
            Some(_) | None => wrong.push(FieldError::new("birth_date", "birth_date_fixed")),
        }
    }
    match accepted(changes.accepts_charter, house) {
        Ok(Some(version)) => member.charter = Some((version, Some(now))),
        Ok(None) => {}
        Err(error) => wrong.push(error),
    }
    tell(member, changes);
    if wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong)) }
}

fn tell(member: &mut Member, changes: &Changes) {
    let details = &mut member.details;
    if let Some(name) = &changes.display_name {
        details.display_name.clone_from(name);
    }
    if let Some(commune) = &changes.commune {
        details.commune.clone_from(commune);
    }
    details.locale = changes.locale.unwrap_or(details.locale);
    details.audience = changes.audience.unwrap_or(details.audience);
}

/// The text to keep of a new password, and that of the old one, which was shown; a wrong old one counts like a failed
/// sign-in.
async fn new_password(
    app: &App,
    caller: &Caller,
    pair: (&Password, &Password),
    now: Instant,
) -> Result<(String, Option<String>)> {
    let (new, current) = pair;
    let id = caller.id;
    let (email, kept, house) = app
        .store
        .read(move |db: &mut Db| {
            let gone = || Error::refused(Code::Unauthenticated);
            let email = store::members::without_roles(db, id)?.ok_or_else(gone)?.email;
            patience::check(db, patience::print_of(&email), now)?;
            let kept = store::members::secret(db, id)?;
            Ok((email, kept, store::house::get(db)?))
        })
        .await?;
    if app.passwords.verify(current, kept.as_deref()).await? == Verdict::Wrong {
        return Err(wrong_current(app, &email, now).await?);
    }
    let about = words_about(&caller.display_name, &email, &house);
    if let Some(weak) = app.passwords.judge(new, about).await? {
        return Err(Error::Invalid(vec![weak.at("password")]));
    }
    Ok((app.passwords.hash(new).await?, kept))
}

async fn wrong_current(app: &App, email: &crate::kernel::EmailAddress, now: Instant) -> Result<Error> {
    let address = patience::print_of(email);
    let wrong = Refusal::new(Code::WrongCredentials);
    let refusal = app.store.write(move |db| patience::count(db, address, &wrong, now)).await?;
    if refusal.code == Code::WrongCredentials {
        return Ok(Error::field("current_password", "wrong_password"));
    }
    Ok(refusal.into())
}
