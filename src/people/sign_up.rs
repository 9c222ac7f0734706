//! Signing up: always the same answer, so that nobody learns who is a member.

use chrono::TimeDelta;

use super::{
    letters,
    model::{Contact, Details, House, Member, Purpose, Roles},
    passwords::Password,
    rules, store,
};
use crate::{
    app::App,
    kernel::{Code, EmailAddress, Error, FieldError, Instant, MemberId, Result, secret::Token},
    outbox,
    store::Db,
};

/// How long a link in a letter works.
pub const LINK_LIFE: TimeDelta = TimeDelta::hours(48);

/// Letters with a link that one member gets in an hour, however often somebody asks for them.
const LETTERS_AN_HOUR: i64 = 3;

/// What somebody fills in to become a member.
#[derive(Debug, Clone)]
pub struct Application {
    /// Where letters go.
    pub email: EmailAddress,
    /// The password they chose.
    pub password: Password,
    /// What they tell about themselves.
    pub details: Details,
    /// The version of the house rules they accept, if they do.
    pub charter: Option<Acceptance>,
}

/// How somebody accepts the house rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
#[serde(untagged)]
pub enum Acceptance {
    /// Those in force.
    InForce(bool),
    /// Those of a version, which must be the one in force.
    Version(i32),
}

/// Keeps a new member and asks them to confirm the address; whoever has an account gets a letter that says so.
pub async fn sign_up(app: &App, wanted: Application, now: Instant) -> Result<()> {
    let house = app.store.read(store::house::get).await?;
    let mut wrong = wrong_details(&wanted.details, &house, now);
    let charter = accepted(wanted.charter, &house).unwrap_or_else(|error| {
        wrong.push(error);
        None
    });
    let about = words_about(&wanted.details.display_name, &wanted.email, &house);
    if let Some(weak) = app.passwords.judge(&wanted.password, about).await? {
        wrong.push(weak.at("password"));
    }
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    // Hashed whether or not there is such a member, so that both take as long.
    let password_hash = app.passwords.hash(&wanted.password).await?;
    let new = Newcomer {
        member: Member {
            charter: charter.map(|version| (version, Some(now))),
            ..newcomer(MemberId::new(), wanted.email, wanted.details, now)
        },
        password_hash,
        token: Token::new()?,
        lab: house.name,
    };
    let again = new.clone();
    match app.store.write(move |db| new.settle(db, now)).await {
        // Two came at once with one address: for the second there is a member now.
        Err(error) if error.code() == Code::EmailTaken => {
            app.store.write(move |db| again.settle(db, now)).await
        }
        done => done,
    }
}

/// A member who has just come.
pub(super) fn newcomer(id: MemberId, email: EmailAddress, details: Details, now: Instant) -> Member {
    Member {
        id,
        email,
        email_confirmed_at: None,
        details,
        roles: Roles::default(),
        charter: None,
        suspension: None,
        consent: None,
        demo: false,
        created_at: now,
        version: 1,
    }
}

/// Everything that is needed to write, made beforehand: the write may run twice.
#[derive(Clone)]
struct Newcomer {
    member: Member,
    password_hash: String,
    token: Token,
    lab: String,
}

impl Newcomer {
    fn settle(&self, db: &mut Db, now: Instant) -> Result<()> {
        if let Some(known) = store::members::with_email(db, &self.member.email)? {
            let letter = letters::already_member(&known.contact(), &self.lab, &self.token);
            return offer_link(
                db,
                &known.contact(),
                Link { purpose: Purpose::ResetPassword, token: &self.token, letter },
                now,
            );
        }
        store::members::insert(db, &self.member, Some(&self.password_hash))?;
        let letter = letters::confirm_email(&self.member.contact(), &self.lab, &self.token);
        offer_link(
            db,
            &self.member.contact(),
            Link { purpose: Purpose::ConfirmEmail, token: &self.token, letter },
            now,
        )
    }
}

/// A link that works once, and the letter it stands in.
pub(super) struct Link<'a> {
    pub(super) purpose: Purpose,
    pub(super) token: &'a Token,
    pub(super) letter: outbox::NewLetter,
}

/// Keeps a link and posts its letter, unless the member already got enough of them in the last hour.
pub(super) fn offer_link(db: &mut Db, to: &Contact, link: Link<'_>, now: Instant) -> Result<()> {
    if store::tokens::made_since(db, to.id, link.purpose, now - TimeDelta::hours(1))? >= LETTERS_AN_HOUR {
        return Ok(());
    }
    store::tokens::insert(db, to.id, link.purpose, link.token.fingerprint(), (now, now + LINK_LIFE))?;
    outbox::post(db, link.letter, now)
}

/// What is wrong with what somebody tells about themselves.
pub(super) fn wrong_details(details: &Details, house: &House, now: Instant) -> Vec<FieldError> {
    let plausible = details.birth_date.is_none_or(|birth| rules::plausible_birth(birth, house.today(now)));
    if plausible { Vec::new() } else { vec![FieldError::new("birth_date", "birth_date_implausible")] }
}

/// The version of the house rules somebody accepts: the one in force, or none.
pub(super) fn accepted(
    charter: Option<Acceptance>,
    house: &House,
) -> std::result::Result<Option<i32>, FieldError> {
    match charter {
        None | Some(Acceptance::InForce(false)) => Ok(None),
        Some(Acceptance::InForce(true)) => Ok(Some(house.charter_version)),
        Some(Acceptance::Version(version)) if version == house.charter_version => Ok(Some(version)),
        Some(Acceptance::Version(_)) => Err(FieldError {
            path: "accepts_charter".to_owned(),
            code: "charter_not_in_force",
            values: vec![("version", crate::kernel::Value::Count(house.charter_version.into()))],
        }),
    }
}

/// Words about a person that a password must not lean on.
pub(super) fn words_about(name: &str, email: &EmailAddress, house: &House) -> Vec<String> {
    vec![name.to_owned(), email.as_str().to_owned(), house.name.clone()]
}
