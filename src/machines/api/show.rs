//! Read workshops and machines: open to all.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};
use serde::{Deserialize, Serialize};

use super::out::{MachineOut, WorkshopOut};
use crate::{
    app::App,
    kernel::Result,
    machines::store,
    people::caller::Anybody,
    web::{Reader, check::Check, etag, ok, path::Path, query::Query},
};

/// Every workshop. There are few: one page holds them all.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct WorkshopsOut {
    items: Vec<WorkshopOut>,
    /// Always absent: there is one page.
    next: Option<String>,
}

/// Every machine. There are few: one page holds them all.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MachinesOut {
    items: Vec<MachineOut>,
    /// Always absent: there is one page.
    next: Option<String>,
}

/// Which machines.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MachinesQuery {
    /// Slug or identifier of a workshop; all of them where nothing is said.
    workshop: Option<String>,
}

impl Check for MachinesQuery {}

/// Every workshop with its machines.
#[utoipa::path(tag = "machines", responses((status = 200, body = WorkshopsOut)))]
#[get("/workshops")]
pub async fn list_workshops(app: Data<App>, (_anybody, reader): (Anybody, Reader)) -> Result<HttpResponse> {
    let (workshops, machines) =
        app.store.read(|db| Ok((store::list_workshops(db)?, store::list(db, None)?))).await?;
    let items =
        workshops.iter().map(|workshop| WorkshopOut::new(workshop, &machines, reader.locale)).collect();
    ok(&WorkshopsOut { items, next: None })
}

/// One workshop with its machines.
#[utoipa::path(tag = "machines", params(("workshop" = String, Path, description = "Slug or identifier")),
    responses((status = 200, body = WorkshopOut, headers(("ETag" = String)))))]
#[get("/workshops/{workshop}")]
pub async fn show_workshop(
    app: Data<App>,
    req: HttpRequest,
    (_anybody, reader): (Anybody, Reader),
    workshop: Path<String>,
) -> Result<HttpResponse> {
    let read = app.store.read(move |db| {
        let workshop = store::get_workshop(db, &workshop.0)?;
        let machines = store::list(db, Some(workshop.id))?;
        Ok((workshop, machines))
    });
    let (workshop, machines) = read.await?;
    let tag = WorkshopOut::tag(&workshop, &machines, reader.locale)?;
    etag::respond(&req, &tag, || Ok(WorkshopOut::new(&workshop, &machines, reader.locale)))
}

/// Every machine, or those of one workshop: rules of booking, required trainings, state.
#[utoipa::path(tag = "machines", params(MachinesQuery), responses((status = 200, body = MachinesOut)))]
#[get("/machines")]
pub async fn list_machines(
    app: Data<App>,
    (_anybody, reader): (Anybody, Reader),
    query: Query<MachinesQuery>,
) -> Result<HttpResponse> {
    let now = app.now();
    let read = app.store.read(move |db| {
        let workshop = query.0.workshop.as_deref().map(|key| store::named_workshop(db, key)).transpose()?;
        Ok((store::list(db, workshop.map(|workshop| workshop.id))?, store::required_trainings(db)?))
    });
    let (machines, required) = read.await?;
    let items =
        machines.iter().map(|machine| MachineOut::new(machine, &required, reader.locale, now)).collect();
    ok(&MachinesOut { items, next: None })
}

/// One machine: rules of booking, required trainings, state.
#[utoipa::path(tag = "machines", params(("machine" = String, Path, description = "Slug or identifier")),
    responses((status = 200, body = MachineOut, headers(("ETag" = String)))))]
#[get("/machines/{machine}")]
pub async fn show_machine(
    app: Data<App>,
    req: HttpRequest,
    (_anybody, reader): (Anybody, Reader),
    machine: Path<String>,
) -> Result<HttpResponse> {
    let now = app.now();
    let read = app.store.read(move |db| Ok((store::get(db, &machine.0)?, store::required_trainings(db)?)));
    let (machine, required) = read.await?;
    let tag = MachineOut::tag(&machine, &required, reader.locale, now)?;
    etag::respond(&req, &tag, || Ok(MachineOut::new(&machine, &required, reader.locale, now)))
}
