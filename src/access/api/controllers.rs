//! What staff do with controllers.

use actix_web::{HttpRequest, HttpResponse, get, patch, post, web::Data};
use serde::{Deserialize, Serialize};

use super::out::ControllerOut;
use crate::{
    access::{
        accept::{Accepting, accept},
        change::{self as edit, Change},
        revoke as trust,
    },
    app::App,
    kernel::{ControllerId, Patch, Result},
    people::caller::Staff,
    web::{self, Check, Fields, IfMatch, Json, Path, etag},
};

/// How many machines one controller can act on.
const MACHINES: usize = 32;

/// The device in front of staff.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ControllerIn {
    /// The code on its display.
    #[schema(example = "K7QX4M")]
    code: String,
    /// What it is to be called, 1 to 120 characters.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// The machines it acts on, by slug or identifier.
    #[schema(max_items = 32)]
    machines: Vec<String>,
}

/// Changes to a controller; what is absent stays as it is.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ControllerChangeIn {
    #[serde(default)]
    #[schema(value_type = String, min_length = 1, max_length = 120)]
    name: Patch<String>,
    /// All machines it acts on from now on.
    #[serde(default)]
    #[schema(value_type = Vec<String>, max_items = 32)]
    machines: Patch<Vec<String>>,
}

/// Why.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RevocationIn {
    /// 1 to 500 characters.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

/// Every controller.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ControllersOut {
    items: Vec<ControllerOut>,
    /// Always absent: there is one page.
    next: Option<String>,
}

impl Check for ControllerIn {
    fn check(&self, fields: &mut Fields) {
        fields.length("code", &self.code, 6..=20);
        fields.length("name", self.name.trim(), 1..=120);
        fields.require(self.machines.len() <= MACHINES, "machines", "too_many");
    }
}

impl Check for ControllerChangeIn {
    fn check(&self, fields: &mut Fields) {
        fields.length_if("name", self.name.get().map(|name| name.trim()), 1..=120);
        let many = self.machines.get().map_or(0, Vec::len);
        fields.require(many <= MACHINES, "machines", "too_many");
    }
}

impl Check for RevocationIn {
    fn check(&self, fields: &mut Fields) {
        fields.length("reason", self.reason.trim(), 1..=500);
    }
}

/// Every controller, those that wait to be accepted included.
#[utoipa::path(tag = "access", security(("bearer" = [])), responses((status = 200, body = ControllersOut)))]
#[get("/controllers")]
pub async fn list(app: Data<App>, _: Staff) -> Result<HttpResponse> {
    let now = app.now();
    let all = app.store.read(move |db| edit::list(db, now)).await?;
    web::ok(&ControllersOut { items: all.into_iter().map(ControllerOut::from).collect(), next: None })
}

/// One controller.
#[utoipa::path(
    tag = "access", security(("bearer" = [])), responses((status = 200, body = ControllerOut)),
    params(("id" = ControllerId, Path, description = "Which controller"))
)]
#[get("/controllers/{id}")]
pub async fn show(
    app: Data<App>,
    _: Staff,
    req: HttpRequest,
    Path(id): Path<ControllerId>,
) -> Result<HttpResponse> {
    let record = app.store.read(move |db| edit::get(db, id)).await?;
    let tag = edit::tag_of(&record);
    etag::respond(&req, &tag, || Ok(ControllerOut::from(record)))
}

/// Accepts the device that shows this code, for these machines.
#[utoipa::path(
    tag = "access", security(("bearer" = [])), request_body = ControllerIn,
    responses((status = 201, body = ControllerOut))
)]
#[post("/controllers")]
pub async fn make(
    app: Data<App>,
    Staff(staff): Staff,
    Json(wanted): Json<ControllerIn>,
) -> Result<HttpResponse> {
    let now = app.now();
    let accepting =
        Accepting { code: wanted.code, name: wanted.name.trim().to_owned(), machines: wanted.machines };
    let record = app.store.write(move |db| accept(db, staff.id, &accepting, now)).await?;
    let tag = edit::tag_of(&record);
    let place = format!("/api/v1/controllers/{}", record.id);
    etag::tagged(web::created(place, &ControllerOut::from(record))?, &tag)
}

/// Renames a controller, or binds it to other machines.
#[utoipa::path(
    tag = "access", security(("bearer" = [])), request_body = ControllerChangeIn,
    responses((status = 200, body = ControllerOut)),
    params(("id" = ControllerId, Path, description = "Which controller"))
)]
#[patch("/controllers/{id}")]
pub async fn change(
    app: Data<App>,
    Staff(staff): Staff,
    Path(id): Path<ControllerId>,
    unchanged: IfMatch,
    Json(wanted): Json<ControllerChangeIn>,
) -> Result<HttpResponse> {
    let now = app.now();
    let name = wanted.name.into_option().map(|name| name.trim().to_owned());
    let change = Change { name, machines: wanted.machines.into_option() };
    let record =
        app.store.write(move |db| edit::change(db, staff.id, (id, &unchanged), &change, now)).await?;
    app.power.ring();
    let tag = edit::tag_of(&record);
    etag::tagged(web::ok(&ControllerOut::from(record))?, &tag)
}

/// Takes the trust in a controller back, for good.
#[utoipa::path(
    tag = "access", security(("bearer" = [])), request_body = RevocationIn,
    responses((status = 200, body = ControllerOut)),
    params(("id" = ControllerId, Path, description = "Which controller"))
)]
#[post("/controllers/{id}/revocation")]
pub async fn revoke(
    app: Data<App>,
    Staff(staff): Staff,
    Path(id): Path<ControllerId>,
    Json(why): Json<RevocationIn>,
) -> Result<HttpResponse> {
    let now = app.now();
    let record = app.store.write(move |db| trust::revoke(db, staff.id, id, why.reason.trim(), now)).await?;
    app.power.ring();
    web::ok(&ControllerOut::from(record))
}
