//! Plugs over HTTP, for staff.

mod wire;

use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post, web::Data};
use anyhow::Context;

pub use self::wire::{CheckOut, PlugChangeIn, PlugIn, PlugOut, PlugsOut};
use super::plugs::{Plug, Wiring, edit};
use crate::{
    app::App,
    kernel::{Locale, PlugId, Result},
    machines,
    people::caller::Staff,
    store::Db,
    web::{
        self, IfMatch, Json, Path, Reader,
        etag::{self, Tag},
    },
};

/// Every plug.
#[utoipa::path(tag = "power", responses((status = 200, body = PlugsOut)), security(("bearer" = [])))]
#[get("/plugs")]
pub async fn list(app: Data<App>, _: Staff, reader: Reader) -> Result<HttpResponse> {
    let outs = app.store.read(move |db| {
        edit::list(db)?.iter().map(|plug| out(db, plug, reader.locale)).collect::<Result<_>>()
    });
    web::ok(&PlugsOut { items: outs.await?, next: None })
}

/// Puts a plug before a machine.
#[utoipa::path(tag = "power", request_body = PlugIn, responses((status = 201, body = PlugOut)),
    security(("bearer" = [])))]
#[post("/plugs")]
pub async fn add(
    app: Data<App>,
    Staff(by): Staff,
    reader: Reader,
    Json(wish): Json<PlugIn>,
) -> Result<HttpResponse> {
    let now = app.now();
    let written = app.store.write(move |db| {
        let plug = edit::add(db, wish.machine(), wish.wiring(), by.id, now)?;
        tagged(db, &plug, reader.locale)
    });
    let (made, tag) = written.await?;
    app.power.ring();
    etag::tagged(web::created(format!("/api/v1/plugs/{}", made.id()), &made)?, &tag)
}

/// One plug, and what is known of its power.
#[utoipa::path(tag = "power", responses((status = 200, body = PlugOut)), security(("bearer" = [])),
    params(("id" = PlugId, Path)))]
#[get("/plugs/{id}")]
pub async fn show(
    app: Data<App>,
    _: Staff,
    req: HttpRequest,
    reader: Reader,
    Path(id): Path<PlugId>,
) -> Result<HttpResponse> {
    let found = app.store.read(move |db| {
        let plug = edit::get(db, id)?;
        tagged(db, &plug, reader.locale)
    });
    let (found, tag) = found.await?;
    etag::respond(&req, &tag, || Ok(found))
}

/// Finds a plug elsewhere on the broker.
#[utoipa::path(tag = "power", request_body = PlugChangeIn, responses((status = 200, body = PlugOut)),
    security(("bearer" = [])), params(("id" = PlugId, Path)))]
#[patch("/plugs/{id}")]
pub async fn change(
    app: Data<App>,
    (by, reader): (Staff, Reader),
    Path(id): Path<PlugId>,
    unchanged: IfMatch,
    Json(wish): Json<PlugChangeIn>,
) -> Result<HttpResponse> {
    let now = app.now();
    let written = app.store.write(move |db| {
        let change = |plug: &Plug| {
            unchanged.allows(&version(plug))?;
            wish.applied(&plug.wiring)
        };
        let plug = edit::change(db, id, change, by.0.id, now)?;
        tagged(db, &plug, reader.locale)
    });
    let (changed, tag) = written.await?;
    app.power.ring();
    etag::tagged(web::ok(&changed)?, &tag)
}

/// Takes a plug away; it is switched off first where it can be reached.
#[utoipa::path(tag = "power", responses((status = 204)), security(("bearer" = [])), params(("id" = PlugId, Path),
    ("If-Match" = Option<String>, Header, description = "The `ETag` of what is to be taken away")))]
#[delete("/plugs/{id}")]
pub async fn remove(
    app: Data<App>,
    Staff(by): Staff,
    Path(id): Path<PlugId>,
    unchanged: IfMatch,
) -> Result<HttpResponse> {
    let now = app.now();
    let removed =
        app.store.write(move |db| edit::remove(db, id, |plug| unchanged.allows(&version(plug)), by.id, now));
    removed.await?;
    app.power.ring();
    web::no_content()
}

/// What is wrong with the settings of a plug, as far as it told them.
#[utoipa::path(tag = "power", responses((status = 200, body = CheckOut)), security(("bearer" = [])),
    params(("id" = PlugId, Path)))]
#[get("/plugs/{id}/check")]
pub async fn check(app: Data<App>, _: Staff, reader: Reader, Path(id): Path<PlugId>) -> Result<HttpResponse> {
    let plug = app.store.read(move |db| edit::get(db, id)).await?;
    web::ok(&CheckOut::of(&plug, reader.locale))
}

fn out(db: &mut Db, plug: &Plug, locale: Locale) -> Result<PlugOut> {
    let machine = machines::get_by_id(db, plug.machine)?;
    let observed = super::observed(db, plug.machine)?;
    Ok(PlugOut::new(plug, &machine, observed.as_ref(), locale))
}

/// What staff write of a plug, as one version.
fn version(plug: &Plug) -> Tag {
    let Wiring { adapter, topic, channel, meter, lease_seconds } = &plug.wiring;
    let adapter: &'static str = adapter.into();
    let (meter, lease) = (meter.as_deref().unwrap_or_default(), lease_seconds.unwrap_or(0));
    etag::tag(&[&"plug", &plug.id, &adapter, topic, channel, &meter, &lease])
}

/// A plug as it is read, and its tag: that of its version, beside what it says itself.
fn tagged(db: &mut Db, plug: &Plug, locale: Locale) -> Result<(PlugOut, Tag)> {
    let out = out(db, plug, locale)?;
    let read = serde_json::to_string(&out).context("write a plug")?;
    Ok((out, version(plug).beside(&etag::tag(&[&read]))))
}
