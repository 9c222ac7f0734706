//! What staff see of the outbox.

use actix_web::{HttpRequest, HttpResponse, get, post, web::Data};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Letter, State, layout, retry, store};
use crate::{
    app::App,
    kernel::{Code, EmailAddress, Error, Instant, LetterId, MemberId, Page, Result},
    people::caller::Staff,
    web::{self, Check, Path, Query},
};

/// Which letters.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LettersIn {
    /// Only letters that are this far.
    state: Option<State>,
    /// How many at most.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u16>,
    /// The `next` of the page before.
    after: Option<String>,
}

impl Check for LettersIn {}

/// A letter; what it says is shown where one letter is asked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct LetterOut {
    id: LetterId,
    /// The member it is for, where the address belongs to one.
    member: Option<MemberId>,
    #[schema(example = "reservation_confirmed")]
    kind: String,
    to: EmailAddress,
    subject: String,
    state: State,
    /// Tries so far.
    attempts: i32,
    /// What the mail server said last.
    last_error: Option<String>,
    created_at: Instant,
    /// The next try; nothing when there is none.
    next_at: Option<Instant>,
    sent_at: Option<Instant>,
}

/// A letter and what it says.
#[derive(Debug, Serialize, ToSchema)]
pub struct LetterWithTextOut {
    #[serde(flatten)]
    letter: LetterOut,
    /// The words of the letter, without the links that only its reader may hold.
    text: String,
}

impl From<Letter> for LetterOut {
    fn from(letter: Letter) -> Self {
        Self {
            id: letter.id,
            member: letter.member,
            kind: letter.kind,
            to: letter.to,
            subject: letter.subject,
            state: letter.state,
            attempts: letter.attempts,
            last_error: letter.last_error,
            created_at: letter.created_at,
            next_at: (letter.state == State::Waiting).then_some(letter.next_at),
            sent_at: letter.sent_at,
        }
    }
}

/// Letters, newest first.
#[utoipa::path(
    tag = "letters",
    params(LettersIn),
    responses((status = 200, description = "A page of letters", body = Page<LetterOut>)),
    security(("bearer" = []))
)]
#[get("/letters")]
pub async fn list(
    app: Data<App>,
    _: Staff,
    request: HttpRequest,
    Query(wanted): Query<LettersIn>,
) -> Result<HttpResponse> {
    let page = web::page_request(wanted.limit, wanted.after.as_deref())?;
    let letters = app.store.read(move |db| store::list(db, wanted.state, &page)).await?;
    web::page(&request, &letters.map(LetterOut::from))
}

/// One letter and what it says.
#[utoipa::path(
    tag = "letters",
    params(("id" = LetterId, Path, description = "The letter")),
    responses((status = 200, description = "The letter", body = LetterWithTextOut)),
    security(("bearer" = []))
)]
#[get("/letters/{id}")]
pub async fn show(app: Data<App>, _: Staff, Path(id): Path<LetterId>) -> Result<HttpResponse> {
    let found = app.store.read(move |db| {
        Ok((store::find(db, id)?, store::written(db, id)?, store::lab_name(db)?.unwrap_or_default()))
    });
    let (Some(letter), Some(mut written), lab) = found.await? else {
        return Err(Error::refused(Code::NotFound));
    };
    written.body = written.body.without_secrets();
    let head = layout::Letterhead { lab, public_url: app.config.public_address() };
    let text = layout::lay(&written, &head)?.text;
    web::ok(&LetterWithTextOut { letter: letter.into(), text })
}

/// Try a letter again at once, and for another day.
#[utoipa::path(
    tag = "letters",
    params(("id" = LetterId, Path, description = "A letter that has not gone")),
    responses((status = 200, description = "The letter, waiting again", body = LetterOut)),
    security(("bearer" = []))
)]
#[post("/letters/{id}/retry")]
pub async fn try_again(app: Data<App>, Staff(by): Staff, Path(id): Path<LetterId>) -> Result<HttpResponse> {
    let now = app.now();
    let letter = app.store.write(move |db| retry::retry(db, id, by.id, now)).await?;
    web::ok(&LetterOut::from(letter))
}
