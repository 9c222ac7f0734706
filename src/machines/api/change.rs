//! Make workshops and machines: staff. They are changed in the room of reservations, which knows whom that hurts.

use actix_web::{HttpResponse, post, web::Data};
use serde::Deserialize;

use super::out::{MachineOut, WorkshopOut};
use crate::{
    app::App,
    kernel::{Instant, Locale, Name, NamePatch, Patch, Result},
    machines::{
        edit::{self, MachineChange, WorkshopChange},
        model::{Machine, Rules, RulesPatch},
        store,
    },
    people::caller::Staff,
    store::Db,
    web::{
        Reader,
        check::{Check, Fields},
        created, etag,
        json::Json,
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
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkshopChangeIn {
    #[serde(default)]
    #[schema(value_type = NamePatch)]
    name: Patch<NamePatch>,
    #[serde(default)]
    #[schema(value_type = i32, minimum = 1, maximum = 100_000)]
    area_m2: Patch<i32>,
    #[serde(default)]
    #[schema(value_type = i32, minimum = 1, maximum = 10_000)]
    capacity: Patch<i32>,
    #[serde(default)]
    #[schema(value_type = i32, minimum = 0, maximum = 10_000)]
    position: Patch<i32>,
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
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MachineChangeIn {
    #[serde(default)]
    #[schema(value_type = NamePatch)]
    name: Patch<NamePatch>,
    /// Slug or identifier.
    #[serde(default)]
    #[schema(value_type = String)]
    workshop: Patch<String>,
    /// Machines of one kind stand in for each other; null: no other does.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 60)]
    kind: Patch<Option<String>>,
    #[serde(default)]
    #[schema(value_type = i32, minimum = 0, maximum = 10_000)]
    position: Patch<i32>,
    /// What is left out of the rules stays as well.
    #[serde(default)]
    #[schema(value_type = RulesPatch)]
    rules: Patch<RulesPatch>,
    /// Slugs or identifiers of trainings required, all of them.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    trainings: Patch<Vec<String>>,
}

impl Check for WorkshopIn {
    fn check(&self, fields: &mut Fields) {
        fields.slug("slug", &self.slug);
        check_name(fields, &self.name.clone().into());
        check_sizes(fields, Some(self.area_m2), Some(self.capacity), self.position);
    }
}

impl From<WorkshopChangeIn> for WorkshopChange {
    fn from(body: WorkshopChangeIn) -> Self {
        let WorkshopChangeIn { name, area_m2, capacity, position } = body;
        Self { name: name.into_option().unwrap_or_default(), area_m2, capacity, position }
    }
}

impl From<MachineChangeIn> for MachineChange {
    fn from(body: MachineChangeIn) -> Self {
        let MachineChangeIn { name, workshop, kind, position, rules, trainings } = body;
        let (name, rules) = (name.into_option().unwrap_or_default(), rules.into_option().unwrap_or_default());
        Self { name, workshop, kind, position, rules, trainings }
    }
}

impl Check for WorkshopChangeIn {
    fn check(&self, fields: &mut Fields) {
        check_name(fields, self.name.get().unwrap_or(&NamePatch::default()));
        check_sizes(
            fields,
            self.area_m2.into_option(),
            self.capacity.into_option(),
            self.position.into_option(),
        );
    }
}

impl Check for MachineIn {
    fn check(&self, fields: &mut Fields) {
        fields.slug("slug", &self.slug);
        check_name(fields, &self.name.clone().into());
        check_sizes(fields, None, None, self.position);
        fields.length_if("kind", self.kind.as_deref(), 1..=60);
    }
}

impl Check for MachineChangeIn {
    fn check(&self, fields: &mut Fields) {
        check_name(fields, self.name.get().unwrap_or(&NamePatch::default()));
        check_sizes(fields, None, None, self.position.into_option());
        fields.length_if("kind", self.kind.value().map(String::as_str), 1..=60);
    }
}

fn check_name(fields: &mut Fields, name: &NamePatch) {
    fields.length_if("name.fr", name.fr.get().map(String::as_str), 1..=120);
    fields.length_if("name.en", name.en.get().map(String::as_str), 1..=120);
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
        name: body.name.into(),
        area_m2: Patch::Set(body.area_m2),
        capacity: Patch::Set(body.capacity),
        position: body.position.into(),
    };
    let made =
        app.store.write(move |db| edit::make_workshop(db, &body.slug, change.clone(), by.0.id, now)).await?;
    let location = format!("/api/v1/workshops/{}", made.slug);
    let tag = WorkshopOut::tag(&made, &[], reader.locale)?;
    etag::tagged(created(location, &WorkshopOut::new(&made, &[], reader.locale))?, &tag)
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
        name: body.name.into(),
        workshop: Patch::Set(body.workshop),
        kind: Patch::Set(body.kind),
        position: body.position.into(),
        rules: body.rules.unwrap_or_default().into(),
        trainings: body.trainings.into(),
    };
    let written = app.store.write(move |db| {
        let made = edit::make_machine(db, &body.slug, change.clone(), by.0.id, now)?;
        out(db, &made, reader.locale, now)
    });
    let (location, out, tag) = written.await?;
    etag::tagged(created(location, &out)?, &tag)
}

/// Where the machine is found, what is answered of it, and the tag of that.
///
/// # Errors
/// When the database fails.
pub fn out(
    db: &mut Db,
    machine: &Machine,
    locale: Locale,
    now: Instant,
) -> Result<(String, MachineOut, etag::Tag)> {
    let required = store::required_trainings(db, &[machine.id])?;
    let out = MachineOut::new(machine, &required, locale, now);
    let tag = MachineOut::tag(machine, &required, locale, now)?;
    Ok((format!("/api/v1/machines/{}", machine.slug), out, tag))
}
