//! How a machine is switched on: open to read, staff decide.

use actix_web::{HttpRequest, HttpResponse, get, put, web::Data};

use crate::{
    app::App,
    kernel::Result,
    machines::{policy::PowerPolicy, set_policy as deciding, store},
    people::caller::Staff,
    web::{
        check::Check,
        etag::{self, IfMatch},
        json::Json,
        ok,
        path::Path,
    },
};

/// The verb looks at the numbers: a file of a lab goes the same way.
impl Check for PowerPolicy {}

/// What the power of a machine asks and promises.
#[utoipa::path(tag = "power", params(("machine" = String, Path, description = "Slug or identifier")),
    responses((status = 200, body = PowerPolicy, headers(("ETag" = String)))))]
#[get("/machines/{machine}/power-policy")]
pub async fn show_policy(app: Data<App>, req: HttpRequest, key: Path<String>) -> Result<HttpResponse> {
    let read = app.store.read(move |db| {
        let machine = store::get(db, &key.0)?;
        let (policy, version) = store::policy(db, machine.id)?;
        Ok((deciding::tag(&machine, version), policy))
    });
    let (tag, policy) = read.await?;
    etag::respond(&req, &tag, || Ok(policy))
}

/// Decides all of it: what is left out is as usual in the house.
#[utoipa::path(tag = "power", params(("machine" = String, Path, description = "Slug or identifier"),
    ("If-Match" = Option<String>, Header, description = "The `ETag` the change is meant for")),
    request_body = PowerPolicy, security(("bearer" = [])),
    responses((status = 200, body = PowerPolicy, headers(("ETag" = String)))))]
#[put("/machines/{machine}/power-policy")]
pub async fn put_policy(
    app: Data<App>,
    by: Staff,
    key: Path<String>,
    seen: IfMatch,
    body: Json<PowerPolicy>,
) -> Result<HttpResponse> {
    let (now, Json(policy)) = (app.now(), body);
    let wanted = policy.clone();
    let written = app.store.write(move |db| deciding::set_policy(db, &key.0, (&wanted, &seen), by.0.id, now));
    let (machine, version) = written.await?;
    etag::tagged(ok(&policy)?, &deciding::tag(&machine, version))
}
