//! `/training-sessions/affected`.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};
use serde::Serialize;

use crate::{
    app::App,
    kernel::{Locale, Page, Result},
    people::caller::Staff,
    training::api::{PageIn, out::TrainingSessionOut},
    training_sessions::reask::{self, Hurt},
    web::{self, Links, Query, Reader, problem::RefusalOut},
};

/// A training session ahead that would not be put on the calendar like this today.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SessionRefusedOut {
    /// The session, with who is in it.
    session: TrainingSessionOut,
    /// Every reason.
    refusals: Vec<RefusalOut>,
}

impl SessionRefusedOut {
    fn new(hurt: Hurt, locale: Locale, links: &Links) -> Self {
        let refusals = hurt.refusals.iter().map(|refusal| RefusalOut::of(refusal, locale, links)).collect();
        Self { session: TrainingSessionOut::new(hurt.view, Some(hurt.roster), locale), refusals }
    }
}

/// Training sessions ahead that the rule book would refuse today, with every reason and everybody in them: the lab is
/// closed then, a machine is broken, who was to teach gives the training no longer. Call each off, move it, give it to
/// somebody else, or leave it. A page may be short of items and still have a next one.
#[utoipa::path(tag = "trainings", params(PageIn), security(("bearer" = [])),
    responses((status = 200, body = Page<SessionRefusedOut>)))]
#[get("/training-sessions/affected")]
pub async fn affected(
    app: Data<App>,
    req: HttpRequest,
    _by: Staff,
    (reader, links): (Reader, Links),
    query: Query<PageIn>,
) -> Result<HttpResponse> {
    let now = app.now();
    let page = query.0.page()?;
    let found = app.store.read(move |db| reask::reask(db, &page, now)).await?;
    web::page(&req, &found.map(|hurt| SessionRefusedOut::new(hurt, reader.locale, &links)))
}
