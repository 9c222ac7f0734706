//! Change what reservations rest on, a workshop or a machine: staff. The answer says whom it hurts.

use actix_web::{HttpResponse, patch, web::Data};
use serde::Serialize;

use super::out::AffectedOut;
use crate::{
    app::App,
    kernel::Result,
    machines::{
        Machine, Workshop,
        api::{MachineChangeIn, MachineOut, WorkshopChangeIn, WorkshopOut, machine_out},
        edit, store,
    },
    people::caller::Staff,
    reservations::reask,
    store::Db,
    web::{
        Links, Reader,
        etag::{self, IfMatch},
        json::Json,
        ok,
        path::Path,
    },
};

/// The workshop as it is now, and the reservations that this hurts.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct WorkshopChangedOut {
    #[serde(flatten)]
    workshop: WorkshopOut,
    /// Reservations ahead in it that the rule book would refuse today: keep or cancel each.
    affected: Vec<AffectedOut>,
}

/// The machine as it is now, and the reservations that this hurts.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MachineChangedOut {
    #[serde(flatten)]
    machine: MachineOut,
    /// Reservations ahead on it that the rule book would refuse today: keep or cancel each.
    affected: Vec<AffectedOut>,
}

/// Changes a workshop; the answer lists the reservations ahead that this hurts.
#[utoipa::path(tag = "machines", params(("workshop" = String, Path, description = "Slug or identifier")),
    request_body = WorkshopChangeIn, security(("bearer" = [])),
    responses((status = 200, body = WorkshopChangedOut, headers(("ETag" = String)))))]
#[patch("/workshops/{workshop}")]
pub async fn change_workshop(
    app: Data<App>,
    (by, reader, links): (Staff, Reader, Links),
    key: Path<String>,
    seen: IfMatch,
    Json(body): Json<WorkshopChangeIn>,
) -> Result<HttpResponse> {
    let (now, change) = (app.now(), edit::WorkshopChange::from(body));
    let written = app.store.write(move |db| {
        let current = |db: &mut Db, before: &Workshop| {
            let machines = store::list(db, Some(before.id))?;
            seen.allows(&WorkshopOut::tag(before, &machines, reader.locale)?)
        };
        let changed = edit::change_workshop(db, &key.0, (change.clone(), current), by.0.id, now)?;
        let machines = store::list(db, Some(changed.id))?;
        Ok((changed, machines))
    });
    let (changed, machines) = written.await?;
    let inside: Vec<_> = machines.iter().map(|machine| machine.id).collect();
    let hurt = app.store.read(move |db| reask::on_machines(db, &inside, &[], now)).await?;
    let out = WorkshopChangedOut {
        workshop: WorkshopOut::new(&changed, &machines, reader.locale),
        affected: hurt.iter().map(|hurt| AffectedOut::new(hurt, reader.locale, &links, now)).collect(),
    };
    etag::tagged(ok(&out)?, &WorkshopOut::tag(&changed, &machines, reader.locale)?)
}

/// Changes a machine; the answer lists the reservations ahead that this hurts.
#[utoipa::path(tag = "machines", params(("machine" = String, Path, description = "Slug or identifier")),
    request_body = MachineChangeIn, security(("bearer" = [])),
    responses((status = 200, body = MachineChangedOut, headers(("ETag" = String)))))]
#[patch("/machines/{machine}")]
pub async fn change_machine(
    app: Data<App>,
    (by, reader, links): (Staff, Reader, Links),
    key: Path<String>,
    seen: IfMatch,
    Json(body): Json<MachineChangeIn>,
) -> Result<HttpResponse> {
    let (now, change) = (app.now(), edit::MachineChange::from(body));
    let written = app.store.write(move |db| {
        let current =
            |db: &mut Db, before: &Machine| seen.allows(&machine_out(db, before, reader.locale, now)?.2);
        let (changed, clashing) = edit::change_machine(db, &key.0, (change.clone(), current), by.0.id, now)?;
        Ok((changed.id, clashing, machine_out(db, &changed, reader.locale, now)?))
    });
    let (id, clashing, (_, machine, tag)) = written.await?;
    let hurt = app.store.read(move |db| reask::on_machines(db, &[id], &clashing, now)).await?;
    let affected = hurt.iter().map(|hurt| AffectedOut::new(hurt, reader.locale, &links, now)).collect();
    etag::tagged(ok(&MachineChangedOut { machine, affected })?, &tag)
}
