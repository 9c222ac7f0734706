//! A house with one room, for tests of manners only.

use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post, web::Data};
use etabli::{
    app::App,
    kernel::{Code, Error, Instant, Page, Refusal, Remedy, Result, Value},
    web::{
        Check, Fields, IfMatch, Json, MaybeJson, Path, Query, Reader, accepted, created, etag, no_content,
        not_kept, ok, page, page_request, reader,
    },
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::{scope, service_config::ServiceConfig};
use uuid::Uuid;

use crate::world::World;

pub fn world() -> World {
    World::start_with(rooms)
}

fn rooms(config: &mut ServiceConfig<'_>) {
    let things = |config: &mut ServiceConfig<'_>| {
        config.service(list).service(add).service(show).service(change).service(remove).service(cancel);
    };
    let troubles = |config: &mut ServiceConfig<'_>| {
        config
            .service(slow)
            .service(secret)
            .service(breaks)
            .service(panics)
            .service(refuses)
            .service(english)
            .service(long);
    };
    config.service(scope("/api/v1").configure(things).configure(troubles));
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ThingIn {
    name: String,
    seats: Option<u8>,
}

impl Check for ThingIn {
    fn check(&self, fields: &mut Fields) {
        fields.length("name", &self.name, 1..=10);
        fields.require(self.seats != Some(13), "seats", "invalid_value");
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ThingOut {
    id: Uuid,
    name: String,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct ListIn {
    limit: Option<u16>,
    after: Option<String>,
    #[param(value_type = Option<String>)]
    from: Option<Instant>,
}

impl Check for ListIn {}

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelIn {
    reason: Option<String>,
}

impl Check for CancelIn {}

#[utoipa::path(tag = "things", params(ListIn), responses((status = 200, body = Page<String>)))]
#[get("/things")]
async fn list(request: HttpRequest, Query(asked): Query<ListIn>) -> Result<HttpResponse> {
    let wanted = page_request(asked.limit, asked.after.as_deref())?;
    let first: u16 = wanted.after.as_deref().map_or(0, |after| after.parse().unwrap());
    let from = asked.from.map_or(String::new(), |from| from.to_string());
    let rows = (first + 1..=5).take(usize::from(wanted.limit) + 1).map(|n| format!("{n}{from}")).collect();
    page(&request, &wanted.page(rows, |row: &String| row[..1].to_owned()))
}

#[utoipa::path(tag = "things", responses((status = 201, body = ThingOut)), security(("bearer" = [])))]
#[post("/things")]
async fn add(Json(thing): Json<ThingIn>) -> Result<HttpResponse> {
    let thing = ThingOut { id: Uuid::now_v7(), name: thing.name };
    created(format!("/api/v1/things/{}", thing.id), &thing)
}

#[utoipa::path(tag = "things", responses((status = 200, body = ThingOut)))]
#[get("/things/{id}")]
async fn show(request: HttpRequest, Path(id): Path<Uuid>) -> Result<HttpResponse> {
    etag::respond(&request, &etag::tag(&[&id]), || Ok(ThingOut { id, name: "thing".into() }))
}

#[utoipa::path(tag = "things", responses((status = 200, body = ThingOut)))]
#[patch("/things/{id}")]
async fn change(Path(id): Path<Uuid>, held: IfMatch, Json(thing): Json<ThingIn>) -> Result<HttpResponse> {
    held.allows(&etag::tag(&[&id]))?;
    ok(&ThingOut { id, name: thing.name })
}

#[utoipa::path(tag = "things", responses((status = 204)))]
#[delete("/things/{id}")]
async fn remove(Path(_id): Path<Uuid>) -> Result<HttpResponse> {
    no_content()
}

#[utoipa::path(tag = "things", request_body = CancelIn, responses((status = 202, body = String)))]
#[post("/things/{id}/cancellation")]
async fn cancel(Path(_id): Path<Uuid>, MaybeJson(cancel): MaybeJson<CancelIn>) -> Result<HttpResponse> {
    accepted(&cancel.reason.unwrap_or_else(|| "no reason".into()))
}

#[utoipa::path(tag = "things", responses((status = 201, body = ThingOut)))]
#[post("/slow")]
async fn slow(app: Data<App>) -> Result<HttpResponse> {
    actix_web::rt::time::sleep(Duration::from_millis(1500)).await;
    created("/api/v1/slow", &ThingOut { id: Uuid::now_v7(), name: app.now().to_string() })
}

#[utoipa::path(tag = "things", responses((status = 201, body = ThingOut)))]
#[post("/secrets")]
async fn secret() -> Result<HttpResponse> {
    Ok(not_kept(created("/api/v1/secrets", &ThingOut { id: Uuid::now_v7(), name: "secret".into() })?))
}

#[utoipa::path(tag = "things", responses((status = 200)))]
#[post("/breaks")]
async fn breaks() -> Result<HttpResponse> {
    Err(Error::Fault(anyhow::anyhow!("the database said: secret number 4711")))
}

#[utoipa::path(tag = "things", responses((status = 200)))]
#[get("/panics")]
async fn panics() -> Result<HttpResponse> {
    panic!("a mistake of ours: secret number 4711")
}

#[utoipa::path(tag = "things", responses((status = 200)))]
#[get("/refuses")]
async fn refuses() -> Result<HttpResponse> {
    Err(Error::Refused(vec![
        Refusal::new(Code::TooLong).with("max_minutes", Value::Minutes(90)),
        Refusal::new(Code::MachineTaken).remedied_by(Remedy {
            key: "none",
            values: vec![],
            href: "/x".into(),
        }),
    ]))
}

#[utoipa::path(tag = "things", responses((status = 200)))]
#[get("/english")]
async fn english(request: HttpRequest, reader: Reader) -> Result<HttpResponse> {
    reader::remember(&request, etabli::kernel::Locale::En);
    if reader.locale == reader::locale_of(&request) {
        ok("as asked")
    } else {
        Err(Error::refused(Code::Forbidden))
    }
}

#[utoipa::path(tag = "things", responses((status = 200)))]
#[get("/long")]
async fn long() -> Result<HttpResponse> {
    ok(&"établi ".repeat(1000))
}
