//! Make and change workshops and machines: staff.

use actix_web::{HttpResponse, patch, post, web::Data};
use serde::Deserialize;

use super::out::{MachineOut, WorkshopOut};
use crate::{
    app::App,
    kernel::{Instant, Locale, Name, Result},
    machines::{
        edit::{self, MachineChange, WorkshopChange},
        model::{Machine, Rules, Workshop},
        store,
    },
    people::caller::Staff,
    store::Db,
    web::{
        Reader,
        check::{Check, Fields},
        created,
        etag::{self, IfMatch},
        json::Json,
        ok,
        path::Path,
    },
};

/// A workshop to make.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkshopIn {
    /// Lower-case letters, digits and hyphens, 1 to 60.
    #[schema(pattern = "^[a-z0-9](-?[a-z0-9]){0,59}$", max_length = 60)]
    slug: String,
    name: Name,
    #[schema(minimum = 1, maximum = 100_000)]
    area_m2: i32,
    #[schema(minimum = 1, maximum = 10_000)]
    capacity: i32,
    #[schema(minimum = 0, maximum = 10_000)]
    position: Option<i32>,
}

/// What to change of a workshop; what is left out stays.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkshopChangeIn {
    name: Option<Name>,
    #[schema(minimum = 1, maximum = 100_000)]
    area_m2: Option<i32>,
    #[schema(minimum = 1, maximum = 10_000)]
    capacity: Option<i32>,
    #[schema(minimum = 0, maximum = 10_000)]
    position: Option<i32>,
}

/// A machine to make.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MachineIn {
    /// Lower-case letters, digits and hyphens, 1 to 60.
    #[schema(pattern = "^[a-z0-9](-?[a-z0-9]){0,59}$", max_length = 60)]
    slug: String,
    name: Name,
    /// Slug or identifier.
    workshop: String,
    /// Machines of one kind stand in for each other.
    #[schema(max_length = 60)]
    kind: Option<String>,
    #[schema(minimum = 0, maximum = 10_000)]
    position: Option<i32>,
    /// What is left out is as usual in the house.
    rules: Option<Rules>,
    /// Slugs or identifiers of trainings required, all of them.
    trainings: Option<Vec<String>>,
}

/// What to change of a machine; what is left out stays.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MachineChangeIn {
    name: Option<Name>,
    /// Slug or identifier.
    workshop: Option<String>,
    #[schema(max_length = 60)]
    kind: Option<String>,
    #[schema(minimum = 0, maximum = 10_000)]
    position: Option<i32>,
    /// All the rules: what is left out is as usual in the house.
    rules: Option<Rules>,
    /// Slugs or identifiers of trainings required, all of them.
    trainings: Option<Vec<String>>,
}

impl Check for WorkshopIn {
    fn check(&self, fields: &mut Fields) {
        fields.slug("slug", &self.slug);
        check_name(fields, Some(&self.name));
        check_sizes(fields, Some(self.area_m2), Some(self.capacity), self.position);
    }
}

impl Check for WorkshopChangeIn {
    fn check(&self, fields: &mut Fields) {
        check_name(fields, self.name.as_ref());
        check_sizes(fields, self.area_m2, self.capacity, self.position);
    }
}

impl Check for MachineIn {
    fn check(&self, fields: &mut Fields) {
        fields.slug("slug", &self.slug);
        check_name(fields, Some(&self.name));
        check_sizes(fields, None, None, self.position);
        fields.length_if("kind", self.kind.as_deref(), 1..=60);
    }
}

impl Check for MachineChangeIn {
    fn check(&self, fields: &mut Fields) {
        check_name(fields, self.name.as_ref());
        check_sizes(fields, None, None, self.position);
        fields.length_if("kind", self.kind.as_deref(), 1..=60);
    }
}

fn check_name(fields: &mut Fields, name: Option<&Name>) {
    if let Some(name) = name {
        fields.length("name.fr", &name.fr, 1..=120);
        fields.length("name.en", &name.en, 1..=120);
    }
}

fn check_sizes(fields: &mut Fields, area: Option<i32>, capacity: Option<i32>, position: Option<i32>) {
    fields.within("area_m2", area.unwrap_or(1), 1..=100_000);
    fields.within("capacity", capacity.unwrap_or(1), 1..=10_000);
    fields.within("position", position.unwrap_or(0), 0..=10_000);
}

/// Makes a workshop.
#[utoipa::path(tag = "machines", request_body = WorkshopIn, security(("bearer" = [])),
    responses((status = 201, body = WorkshopOut, headers(("Location" = String), ("ETag" = String)))))]
#[post("/workshops")]
pub async fn make_workshop(
    app: Data<App>,
    by: Staff,
    reader: Reader,
    body: Json<WorkshopIn>,
) -> Result<HttpResponse> {
    let (now, Json(body)) = (app.now(), body);
    let change = WorkshopChange {
        name: Some(body.name),
        area_m2: Some(body.area_m2),
        capacity: Some(body.capacity),
        position: body.position,
    };
    let made =
        app.store.write(move |db| edit::make_workshop(db, &body.slug, change.clone(), by.0.id, now)).await?;
    let location = format!("/api/v1/workshops/{}", made.slug);
    let tag = WorkshopOut::tag(&made, &[], reader.locale)?;
    etag::tagged(created(location, &WorkshopOut::new(&made, &[], reader.locale))?, &tag)
}

/// Changes a workshop.
#[utoipa::path(tag = "machines", params(("workshop" = String, Path, description = "Slug or identifier")),
    request_body = WorkshopChangeIn, security(("bearer" = [])),
    responses((status = 200, body = WorkshopOut, headers(("ETag" = String)))))]
#[patch("/workshops/{workshop}")]
pub async fn change_workshop(
    app: Data<App>,
    (by, reader): (Staff, Reader),
    key: Path<String>,
    seen: IfMatch,
    body: Json<WorkshopChangeIn>,
) -> Result<HttpResponse> {
    let (now, Json(WorkshopChangeIn { name, area_m2, capacity, position })) = (app.now(), body);
    let change = WorkshopChange { name, area_m2, capacity, position };
    let written = app.store.write(move |db| {
        let current = |db: &mut Db, before: &Workshop| {
            let machines = store::list(db, Some(before.id))?;
            seen.allows(&WorkshopOut::tag(before, &machines, reader.locale)?)
        };
        let changed = edit::change_workshop(db, &key.0, (change.clone(), current), by.0.id, now)?;
        let machines = store::list(db, Some(changed.id))?;
        Ok((changed, machines))
    });
    let (changed, machines): (Workshop, Vec<Machine>) = written.await?;
    let tag = WorkshopOut::tag(&changed, &machines, reader.locale)?;
    etag::tagged(ok(&WorkshopOut::new(&changed, &machines, reader.locale))?, &tag)
}

/// Makes a machine.
#[utoipa::path(tag = "machines", request_body = MachineIn, security(("bearer" = [])),
    responses((status = 201, body = MachineOut, headers(("Location" = String), ("ETag" = String)))))]
#[post("/machines")]
pub async fn make_machine(
    app: Data<App>,
    by: Staff,
    reader: Reader,
    body: Json<MachineIn>,
) -> Result<HttpResponse> {
    let (now, Json(body)) = (app.now(), body);
    let change = MachineChange {
        name: Some(body.name),
        workshop: Some(body.workshop),
        kind: body.kind,
        position: body.position,
        rules: body.rules,
        trainings: body.trainings,
    };
    let written = app.store.write(move |db| {
        let made = edit::make_machine(db, &body.slug, change.clone(), by.0.id, now)?;
        out(db, &made, reader.locale, now)
    });
    let (location, out, tag) = written.await?;
    etag::tagged(created(location, &out)?, &tag)
}

/// Changes a machine.
#[utoipa::path(tag = "machines", params(("machine" = String, Path, description = "Slug or identifier")),
    request_body = MachineChangeIn, security(("bearer" = [])),
    responses((status = 200, body = MachineOut, headers(("ETag" = String)))))]
#[patch("/machines/{machine}")]
pub async fn change_machine(
    app: Data<App>,
    (by, reader): (Staff, Reader),
    key: Path<String>,
    seen: IfMatch,
    body: Json<MachineChangeIn>,
) -> Result<HttpResponse> {
    let (now, Json(body)) = (app.now(), body);
    let MachineChangeIn { name, workshop, kind, position, rules, trainings } = body;
    let change = MachineChange { name, workshop, kind, position, rules, trainings };
    let written = app.store.write(move |db| {
        let current = |db: &mut Db, before: &Machine| seen.allows(&out(db, before, reader.locale, now)?.2);
        let changed = edit::change_machine(db, &key.0, (change.clone(), current), by.0.id, now)?;
        out(db, &changed, reader.locale, now)
    });
    let (_, out, tag) = written.await?;
    etag::tagged(ok(&out)?, &tag)
}

/// Where the machine is found, what is answered of it, and the tag of that.
fn out(
    db: &mut Db,
    machine: &Machine,
    locale: Locale,
    now: Instant,
) -> Result<(String, MachineOut, etag::Tag)> {
    let required = store::required_trainings(db)?;
    let out = MachineOut::new(machine, &required, locale, now);
    let tag = MachineOut::tag(machine, &required, locale, now)?;
    Ok((format!("/api/v1/machines/{}", machine.slug), out, tag))
}
