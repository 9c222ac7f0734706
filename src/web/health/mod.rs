//! Whether the server lives, and whether it can work.

mod store;

use actix_web::{HttpResponse, get, web::Data};
use serde::Serialize;

use super::{answer, localize};
use crate::{
    app::App,
    kernel::{Code, Error, Refusal, Result},
};

/// All is well.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct HealthOut {
    /// Always `ok`; when it is not, the answer is a problem.
    #[schema(example = "ok")]
    status: &'static str,
}

/// The process answers.
#[utoipa::path(tag = "ops", responses((status = 200, description = "It lives", body = HealthOut)))]
#[get("/health/live")]
pub async fn live() -> Result<HttpResponse> {
    answer::ok(&HealthOut { status: "ok" })
}

/// It can work.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ReadyOut {
    /// Always `ok`; when it is not, the answer is a problem.
    #[schema(example = "ok")]
    status: &'static str,
    /// Letters in the outbox that have not left yet; a number that only grows means that mail is away.
    letters_waiting: i64,
}

/// The database and the outbox in it answer too.
#[utoipa::path(tag = "ops", responses((status = 200, description = "It can work", body = ReadyOut)))]
#[get("/health/ready")]
pub async fn ready(app: Data<App>) -> Result<HttpResponse> {
    match app.store.read(store::letters_waiting).await {
        Ok(letters_waiting) => answer::ok(&ReadyOut { status: "ok", letters_waiting }),
        Err(error) => {
            localize::log(&error);
            Err(Error::from(Refusal::new(Code::Overloaded).retry_after(5)))
        }
    }
}
