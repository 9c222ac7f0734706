//! Plugs over HTTP, for staff.

mod wire;

use actix_web::{HttpResponse, delete, get, patch, post, web::Data};

pub use self::wire::{CheckOut, PlugChangeIn, PlugIn, PlugOut, PlugsOut};
use super::plugs::{Plug, edit};
use crate::{
    app::App,
    kernel::{PlugId, Result},
    machines,
    people::caller::Staff,
    store::Db,
    web::{self, Json, Path},
};

/// Every plug.
#[utoipa::path(tag = "power", responses((status = 200, body = PlugsOut)), security(("bearer" = [])))]
#[get("/plugs")]
pub async fn list(app: Data<App>, _: Staff) -> Result<HttpResponse> {
    let outs = app.store.read(|db| edit::list(db)?.iter().map(|plug| out(db, plug)).collect::<Result<_>>());
    web::ok(&PlugsOut { items: outs.await?, next: None })
}

/// Puts a plug before a machine.
#[utoipa::path(tag = "power", request_body = PlugIn, responses((status = 201, body = PlugOut)),
    security(("bearer" = [])))]
#[post("/plugs")]
pub async fn add(app: Data<App>, Staff(by): Staff, Json(wish): Json<PlugIn>) -> Result<HttpResponse> {
    let now = app.now();
    let written = app.store.write(move |db| {
        let plug = edit::add(db, wish.machine(), wish.wiring(), by.id, now)?;
        out(db, &plug)
    });
    let made = written.await?;
    app.power.ring();
    web::created(format!("/api/v1/plugs/{}", made.id()), &made)
}

/// One plug, and what is known of its power.
#[utoipa::path(tag = "power", responses((status = 200, body = PlugOut)), security(("bearer" = [])),
    params(("id" = PlugId, Path)))]
#[get("/plugs/{id}")]
pub async fn show(app: Data<App>, _: Staff, Path(id): Path<PlugId>) -> Result<HttpResponse> {
    let found = app.store.read(move |db| {
        let plug = edit::get(db, id)?;
        out(db, &plug)
    });
    web::ok(&found.await?)
}

/// Finds a plug elsewhere on the broker.
#[utoipa::path(tag = "power", request_body = PlugChangeIn, responses((status = 200, body = PlugOut)),
    security(("bearer" = [])), params(("id" = PlugId, Path)))]
#[patch("/plugs/{id}")]
pub async fn change(
    app: Data<App>,
    Staff(by): Staff,
    Path(id): Path<PlugId>,
    Json(wish): Json<PlugChangeIn>,
) -> Result<HttpResponse> {
    let now = app.now();
    let written = app.store.write(move |db| {
        let plug = edit::change(db, id, |wiring| wish.apply(wiring), by.id, now)?;
        out(db, &plug)
    });
    let changed = written.await?;
    app.power.ring();
    web::ok(&changed)
}

/// Takes a plug away; it is switched off first where it can be reached.
#[utoipa::path(tag = "power", responses((status = 204)), security(("bearer" = [])), params(("id" = PlugId, Path)))]
#[delete("/plugs/{id}")]
pub async fn remove(app: Data<App>, Staff(by): Staff, Path(id): Path<PlugId>) -> Result<HttpResponse> {
    let now = app.now();
    app.store.write(move |db| edit::remove(db, id, by.id, now)).await?;
    app.power.ring();
    web::no_content()
}

/// What is wrong with the settings of a plug, as far as it told them.
#[utoipa::path(tag = "power", responses((status = 200, body = CheckOut)), security(("bearer" = [])),
    params(("id" = PlugId, Path)))]
#[get("/plugs/{id}/check")]
pub async fn check(app: Data<App>, _: Staff, Path(id): Path<PlugId>) -> Result<HttpResponse> {
    let plug = app.store.read(move |db| edit::get(db, id)).await?;
    web::ok(&CheckOut::of(&plug))
}

fn out(db: &mut Db, plug: &Plug) -> Result<PlugOut> {
    let machine = machines::get_by_id(db, plug.machine)?;
    let observed = super::observed(db, plug.machine)?;
    Ok(PlugOut::new(plug, &machine, observed.as_ref()))
}
