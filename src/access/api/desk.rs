//! What is on now: everybody sees the words, staff see who, and end or lock.

use actix_web::{HttpResponse, get, post, web::Data};
use serde::{Deserialize, Serialize};

use super::seen::{LockoutOut, PowerOut, PowerSessionOut};
use crate::{
    access::{
        finish::{End, finish},
        lock::{Alarm, lock, unlock},
        read,
        session::EndReason,
        standing,
    },
    app::App,
    kernel::{PowerSessionId, Result},
    machines,
    people::caller::{Member, Staff},
    power::LockClass,
    web::{self, Check, Fields, Json, Path},
};

/// Every open session.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct OpenSessionsOut {
    items: Vec<PowerSessionOut>,
    /// Always absent: there is one page.
    next: Option<String>,
}

/// "It smells burnt."
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AlarmIn {
    class: LockClass,
    /// In words, 1 to 500 characters.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

/// Why.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnlockIn {
    /// 1 to 500 characters.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

impl Check for AlarmIn {
    fn check(&self, fields: &mut Fields) {
        fields.length("reason", self.reason.trim(), 1..=500);
    }
}

impl Check for UnlockIn {
    fn check(&self, fields: &mut Fields) {
        fields.length("reason", self.reason.trim(), 1..=500);
    }
}

/// What is going on at a machine: never by whom.
#[utoipa::path(tag = "power", params(("machine" = String, Path, description = "Slug or identifier")),
    responses((status = 200, body = PowerOut)))]
#[get("/machines/{machine}/power")]
pub async fn power(app: Data<App>, key: Path<String>) -> Result<HttpResponse> {
    let now = app.now();
    let (scene, state) = app.store.read(move |db| standing::at(db, &key.0, now)).await?;
    web::ok(&PowerOut::new(&scene, state))
}

/// Every power session that is open.
#[utoipa::path(tag = "access", security(("bearer" = [])), responses((status = 200, body = OpenSessionsOut)))]
#[get("/power-sessions")]
pub async fn open(app: Data<App>, _: Staff) -> Result<HttpResponse> {
    let open = app.store.read(read::open).await?;
    web::ok(&OpenSessionsOut { items: open.into_iter().map(PowerSessionOut::from).collect(), next: None })
}

/// Ends a power session; one that is over stays as it ended.
#[utoipa::path(tag = "access", security(("bearer" = [])), responses((status = 200, body = PowerSessionOut)),
    params(("id" = PowerSessionId, Path, description = "Which session")))]
#[post("/power-sessions/{id}/end")]
pub async fn end(app: Data<App>, Staff(by): Staff, Path(id): Path<PowerSessionId>) -> Result<HttpResponse> {
    let now = app.now();
    let written = app.store.write(move |db| {
        let session = read::get(db, id)?;
        finish(db, &session, End { at: now, reason: EndReason::Staff, by: Some(by.id) }, now)?;
        read::get(db, id)
    });
    let session = written.await?;
    app.power.ring();
    web::ok(&PowerSessionOut::from(session))
}

/// Locks a machine out: any member may say that it must not run. What runs on it ends at once.
#[utoipa::path(tag = "power", params(("machine" = String, Path, description = "Slug or identifier")),
    request_body = AlarmIn, security(("bearer" = [])), responses((status = 200, body = LockoutOut)))]
#[post("/machines/{machine}/lockouts")]
pub async fn lock_out(
    app: Data<App>,
    Member(by): Member,
    key: Path<String>,
    Json(said): Json<AlarmIn>,
) -> Result<HttpResponse> {
    let now = app.now();
    let written = app.store.write(move |db| {
        let machine = machines::get(db, &key.0)?.id;
        let reason = Some(said.reason.trim().to_owned());
        let alarm = Alarm { machine, class: said.class, reason, by: Some(by.id), controller: None };
        lock(db, alarm, now)
    });
    let locked = written.await?;
    app.power.ring();
    web::ok(&LockoutOut::from(locked))
}

/// Takes the lockout of a machine back.
#[utoipa::path(tag = "power", params(("machine" = String, Path, description = "Slug or identifier")),
    request_body = UnlockIn, security(("bearer" = [])), responses((status = 204)))]
#[post("/machines/{machine}/lockouts/clearance")]
pub async fn unlock_it(
    app: Data<App>,
    Staff(by): Staff,
    key: Path<String>,
    Json(why): Json<UnlockIn>,
) -> Result<HttpResponse> {
    let now = app.now();
    let written = app.store.write(move |db| {
        let machine = machines::get(db, &key.0)?.id;
        unlock(db, machine, by.id, why.reason.trim(), now)
    });
    written.await?;
    app.power.ring();
    web::no_content()
}
