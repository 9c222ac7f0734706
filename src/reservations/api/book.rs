//! Make, move, cancel.

use actix_web::{HttpResponse, patch, post, web::Data};
use serde::Deserialize;

use super::out::ReservationOut;
use crate::{
    app::App,
    kernel::{Code, Error, Exception, Instant, Patch, Period, ReservationId, Result},
    people::caller::Member,
    reservations::{
        cancel as cancelling,
        make::{self as making, Wish},
        reschedule::{self as moving, Change},
        rules,
    },
    web::{
        self, Reader,
        check::{Check, Fields},
        etag::{self, IfMatch},
        json::{Json, MaybeJson},
        path::Path,
    },
};

/// What to book.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReservationIn {
    /// Slug or identifier of the machine.
    #[schema(example = "decoupe-laser", min_length = 1, max_length = 80)]
    machine: String,
    starts_at: Instant,
    ends_at: Instant,
    /// A word beside it, up to 500 characters.
    #[schema(max_length = 500)]
    note: Option<String>,
    /// Staff only: for whom, as an identifier or an e-mail address.
    #[schema(max_length = 254)]
    member: Option<String>,
    /// Staff only: gates to let pass, and why.
    #[serde(rename = "override")]
    exception: Option<Exception>,
}

impl Check for ReservationIn {
    fn check(&self, fields: &mut Fields) {
        fields.length("machine", &self.machine, 1..=80);
        fields.require(self.starts_at < self.ends_at, "ends_at", "after_start");
        fields.length_if("note", self.note.as_deref(), 0..=500);
        fields.length_if("member", self.member.as_deref(), 1..=254);
        check_exception(fields, self.exception.as_ref());
    }
}

fn check_exception(fields: &mut Fields, exception: Option<&Exception>) {
    let Some(exception) = exception else { return };
    fields.length("override.reason", &exception.reason, 1..=500);
    fields.require((1..=5).contains(&exception.gates.len()), "override.gates", "one_to_five");
}

/// Where to move it; what is left out stays.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeIn {
    #[serde(default)]
    #[schema(value_type = Instant)]
    starts_at: Patch<Instant>,
    #[serde(default)]
    #[schema(value_type = Instant)]
    ends_at: Patch<Instant>,
    /// Why, up to 500 characters; the member reads it. Null says nothing.
    #[serde(default)]
    #[schema(value_type = Option<String>, max_length = 500)]
    reason: Patch<Option<String>>,
    /// Staff only: gates to let pass for the new period, and why. What was let pass for the old one does not move along.
    /// Null lets none pass.
    #[serde(default, rename = "override")]
    #[schema(value_type = Option<Exception>)]
    exception: Patch<Option<Exception>>,
}

impl Check for ChangeIn {
    fn check(&self, fields: &mut Fields) {
        fields.require(self.starts_at.is_set() || self.ends_at.is_set(), "starts_at", "nothing_to_change");
        fields.length_if("reason", self.reason.value().map(String::as_str), 0..=500);
        if let (Some(start), Some(end)) = (self.starts_at.get(), self.ends_at.get()) {
            fields.require(start < end, "ends_at", "after_start");
        }
        check_exception(fields, self.exception.value());
    }
}

/// Why it is cancelled, if somebody says.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancellationIn {
    /// Up to 500 characters; the member reads it.
    #[schema(max_length = 500)]
    reason: Option<String>,
}

impl Check for CancellationIn {
    fn check(&self, fields: &mut Fields) {
        fields.length_if("reason", self.reason.as_deref(), 0..=500);
    }
}

/// Books a machine, or says every reason why not.
#[utoipa::path(tag = "reservations", request_body = ReservationIn, security(("bearer" = [])),
    responses((status = 201, body = ReservationOut, headers(("Location" = String), ("ETag" = String)))))]
#[post("/reservations")]
pub async fn make(
    app: Data<App>,
    by: Member,
    reader: Reader,
    body: Json<ReservationIn>,
) -> Result<HttpResponse> {
    let (Member(caller), Json(body)) = (by, body);
    let staff = caller.roles.is_staff();
    rules::may_except(body.exception.as_ref(), staff)?;
    if body.member.is_some() && !staff {
        return Err(Error::refused(Code::Forbidden));
    }
    let period =
        Period::new(body.starts_at, body.ends_at).ok_or_else(|| Error::field("ends_at", "after_start"))?;
    let (machine, member, note, exception) = (body.machine, body.member, body.note, body.exception);
    let wish = Wish { machine, member, period, note, exception, by: caller.id };
    let now = app.now();
    let booked = making::make(&app.store, wish, now).await?;
    let out = ReservationOut::new(&booked, reader.locale, now);
    let location = format!("/api/v1/reservations/{}", booked.reservation.id);
    etag::tagged(web::created(location, &out)?, &booked.tag(now).in_language(reader.locale))
}

/// Moves a reservation: all gates are asked again, the old period is freed in the same instant.
#[utoipa::path(tag = "reservations", params(("id" = ReservationId, Path)), request_body = ChangeIn,
    security(("bearer" = [])), responses((status = 200, body = ReservationOut, headers(("ETag" = String)))))]
#[patch("/reservations/{id}")]
pub async fn reschedule(
    app: Data<App>,
    (by, reader): (Member, Reader),
    id: Path<ReservationId>,
    seen: IfMatch,
    body: Json<ChangeIn>,
) -> Result<HttpResponse> {
    let now = app.now();
    let Json(ChangeIn { starts_at, ends_at, reason, exception }) = body;
    let (starts_at, ends_at) = (starts_at.into_option(), ends_at.into_option());
    let (reason, exception) = (reason.into_option().flatten(), exception.into_option().flatten());
    rules::may_except(exception.as_ref(), by.0.roles.is_staff())?;
    let change = Change { id: id.0, starts_at, ends_at, reason, exception, seen, by: by.0 };
    let booked = moving::reschedule(&app.store, change, now).await?;
    etag::tagged(
        web::ok(&ReservationOut::new(&booked, reader.locale, now))?,
        &booked.tag(now).in_language(reader.locale),
    )
}

/// Cancels a reservation. Refused after the machine's cancelling notice; staff may until the end.
#[utoipa::path(tag = "reservations", params(("id" = ReservationId, Path)), request_body = Option<CancellationIn>,
    security(("bearer" = [])), responses((status = 200, body = ReservationOut)))]
#[post("/reservations/{id}/cancellation")]
pub async fn cancel(
    app: Data<App>,
    by: Member,
    reader: Reader,
    id: Path<ReservationId>,
    body: MaybeJson<CancellationIn>,
) -> Result<HttpResponse> {
    let now = app.now();
    let (Member(caller), MaybeJson(CancellationIn { reason })) = (by, body);
    let id = id.0;
    let booked =
        app.store.write(move |db| cancelling::cancel(db, id, &caller, reason.as_deref(), now)).await?;
    web::ok(&ReservationOut::new(&booked, reader.locale, now))
}
