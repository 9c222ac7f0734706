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

/// The database answers too.
#[utoipa::path(tag = "ops", responses((status = 200, description = "It can work", body = HealthOut)))]
#[get("/health/ready")]
pub async fn ready(app: Data<App>) -> Result<HttpResponse> {
    match app.store.read(store::probe).await {
        Ok(()) => answer::ok(&HealthOut { status: "ok" }),
        Err(error) => {
            localize::log(&error);
            Err(Error::from(Refusal::new(Code::Overloaded).retry_after(5)))
        }
    }
}
