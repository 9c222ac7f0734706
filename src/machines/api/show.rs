//! Read workshops and machines: open to all.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};
use serde::{Deserialize, Serialize};

use super::out::{MachineOut, WorkshopOut};
use crate::{
    app::App,
    kernel::{MachineId, Page, Result},
    machines::store,
    people::caller::Anybody,
    web::{self, Reader, check::Check, etag, ok, path::Path, query::Query},
};

/// Every workshop. There are few: one page holds them all.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct WorkshopsOut {
    items: Vec<WorkshopOut>,
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
    /// How many on the page, 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u16>,
    /// The `next` of the page before.
    after: Option<String>,
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

/// The machines, or those of one workshop, in the order of the lab: rules of booking, required trainings, state.
#[utoipa::path(tag = "machines", params(MachinesQuery), responses((status = 200, body = Page<MachineOut>)))]
#[get("/machines")]
pub async fn list_machines(
    app: Data<App>,
    req: HttpRequest,
    (_anybody, reader): (Anybody, Reader),
    query: Query<MachinesQuery>,
) -> Result<HttpResponse> {
    let now = app.now();
    let MachinesQuery { workshop, limit, after } = query.0;
    let page = web::page_request(limit, after.as_deref())?;
    let read = app.store.read(move |db| {
        let workshop = workshop.as_deref().map(|key| store::named_workshop(db, key)).transpose()?;
        let machines = page.page(store::page(db, workshop.map(|workshop| workshop.id), &page)?, store::key);
        let ids: Vec<MachineId> = machines.items.iter().map(|machine| machine.id).collect();
        let required = store::required_trainings(db, &ids)?;
        Ok((machines, required))
    });
    let (machines, required) = read.await?;
    let shown = machines.map(|machine| MachineOut::new(&machine, &required, reader.locale, now));
    web::page(&req, &shown)
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
    let read = app.store.read(move |db| {
        let machine = store::get(db, &machine.0)?;
        let required = store::required_trainings(db, &[machine.id])?;
        Ok((machine, required))
    });
    let (machine, required) = read.await?;
    let tag = MachineOut::tag(&machine, &required, reader.locale, now)?;
    etag::respond(&req, &tag, || Ok(MachineOut::new(&machine, &required, reader.locale, now)))
}
