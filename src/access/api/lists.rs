//! Whom a controller may let in without the server.

use actix_web::{HttpResponse, get, web::Data};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use crate::{
    access::{
        allow::{draw_up, publish},
        caller::Controller,
    },
    app::App,
    kernel::Result,
    web::{self, Check, Fields, Query},
    wire::list::AllowList,
};

/// Which list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListIn {
    /// Slug or identifier of one of the controller's machines.
    machine: String,
}

/// A list and the signature over its letters, as `docs/CONTROLLER.md` tells.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = SealedList)]
pub struct SealedOut {
    list: AllowList,
    #[schema(pattern = "^[0-9a-f]{128}$")]
    signature: String,
}

impl Check for ListIn {
    fn check(&self, fields: &mut Fields) {
        fields.length("machine", &self.machine, 1..=60);
    }
}

/// The allow-list of one machine, for this controller, signed by the house.
#[utoipa::path(
    tag = "controller", params(ListIn), security(("controller" = [])),
    responses((status = 200, body = SealedOut))
)]
#[get("/allow-list")]
pub async fn show(
    app: Data<App>,
    wanted: Result<Query<ListIn>>,
    controller: Controller,
) -> Result<HttpResponse> {
    // What is wrong with the question is told only to who may ask.
    let Query(wanted) = wanted?;
    let draft = controller.read(&app, move |db, device, now| draw_up(db, device, &wanted.machine, now)).await;
    let drawn = draft.as_ref().ok().cloned();
    let published = controller.act(&app, move |db, device, _, _| {
        // Where none could be drawn up, the nonce is used up all the same.
        let version = drawn.as_ref().map_or(Ok(0), |drawn| publish(db, device, drawn))?;
        Ok((device.id, version))
    });
    let (device, version) = published.await?;
    web::ok(&draft?.sealed(device, version, &app.secrets)?)
}
