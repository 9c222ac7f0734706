//! The badge desk: staff.

use actix_web::{HttpResponse, get, post, put, web::Data};
use serde::{Deserialize, Serialize};

use super::seen::BadgeOut;
use crate::{
    access::{
        BadgeKey,
        badge::Badge,
        badges::{self, Giving},
        scan::Kept,
    },
    app::App,
    kernel::{BadgeId, ControllerId, Error, Instant, MachineId, MemberId, Result, ScanId},
    people::{self, caller::Staff},
    web::{self, Check, Fields, Json, Path},
};

/// Cards that were just shown and that nobody has, the newest first.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct FreshOut {
    items: Vec<CardOut>,
    /// Always absent: there is one page.
    next: Option<String>,
}

/// A card that was shown.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct CardOut {
    /// To give it, name this.
    scan: ScanId,
    controller: ControllerId,
    machine: MachineId,
    at: Instant,
    /// The badge that it was before, with the reason why it was taken back; absent for a card nobody ever had.
    before: Option<BadgeOut>,
}

/// A card to be given.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BadgeIn {
    /// When it was shown, in the last half hour.
    scan: ScanId,
    /// To whom: identifier or e-mail address.
    #[schema(max_length = 254)]
    member: String,
    /// A word by which people tell one from another.
    #[schema(min_length = 1, max_length = 60)]
    label: Option<String>,
    /// The end of a temporary badge.
    until: Option<Instant>,
}

/// Why.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BadgeRevocationIn {
    /// 1 to 500 characters.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

/// Badges, the newest first.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct BadgesOut {
    items: Vec<BadgeOut>,
    /// Always absent: there is one page.
    next: Option<String>,
}

impl Check for BadgeIn {
    fn check(&self, fields: &mut Fields) {
        fields.length("member", &self.member, 1..=254);
        fields.length_if("label", self.label.as_deref(), 1..=60);
    }
}

impl Check for BadgeRevocationIn {
    fn check(&self, fields: &mut Fields) {
        fields.length("reason", self.reason.trim(), 1..=500);
    }
}

/// Cards that were just shown at a controller and that nobody has.
#[utoipa::path(tag = "access", security(("bearer" = [])), responses((status = 200, body = FreshOut)))]
#[get("/badges/fresh")]
pub async fn fresh(app: Data<App>, _: Staff) -> Result<HttpResponse> {
    let now = app.now();
    let scans = app.store.read(move |db| badges::fresh(db, now)).await?;
    let card = |(scan, before): (Kept, Option<Badge>)| CardOut {
        scan: scan.id,
        controller: scan.controller,
        machine: scan.machine,
        at: scan.at,
        before: before.map(BadgeOut::from),
    };
    web::ok(&FreshOut { items: scans.into_iter().map(card).collect(), next: None })
}

/// Gives a card to a member: staff hold it at any controller first.
#[utoipa::path(
    tag = "access", security(("bearer" = [])), request_body = BadgeIn,
    responses((status = 201, body = BadgeOut))
)]
#[post("/badges")]
pub async fn give(app: Data<App>, Staff(by): Staff, Json(wanted): Json<BadgeIn>) -> Result<HttpResponse> {
    let (now, house) = (app.now(), BadgeKey::of(&app.secrets));
    let written = app.store.write(move |db| {
        let found = people::find(db, &wanted.member)?;
        let member = found.ok_or_else(|| Error::field("member", "unknown_member"))?.id;
        let (label, until) = (wanted.label.clone(), wanted.until);
        badges::give(db, &house, Giving { scan: wanted.scan, member, label, until, by: by.id }, now)
    });
    let badge = written.await?;
    web::created(format!("/api/v1/members/{}/badges", badge.member), &BadgeOut::from(badge))
}

/// Every badge a member was ever given.
#[utoipa::path(
    tag = "access", security(("bearer" = [])), responses((status = 200, body = BadgesOut)),
    params(("id" = MemberId, Path, description = "Whose"))
)]
#[get("/members/{id}/badges")]
pub async fn list(app: Data<App>, _: Staff, Path(id): Path<MemberId>) -> Result<HttpResponse> {
    let read = app.store.read(move |db| {
        people::contact(db, id)?;
        badges::of_member(db, id)
    });
    let items = read.await?.into_iter().map(BadgeOut::from).collect();
    web::ok(&BadgesOut { items, next: None })
}

/// The key of a card that signs.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CardKeyIn {
    /// `SDMFileReadKey` of the card (NTAG 424 DNA), 16 bytes in hexadecimal.
    #[schema(pattern = "^[0-9A-Fa-f]{32}$")]
    key: String,
}

impl Check for CardKeyIn {
    fn check(&self, fields: &mut Fields) {
        fields.require(hex::decode_to_slice(&self.key, &mut [0; 16]).is_ok(), "key", "card_key");
    }
}

/// Says that a badge is a card that signs: it proves itself from now on, and a copy of its number raises an alarm.
#[utoipa::path(
    tag = "access", security(("bearer" = [])), request_body = CardKeyIn,
    responses((status = 200, body = BadgeOut)),
    params(("id" = BadgeId, Path, description = "Which badge"))
)]
#[put("/badges/{id}/card")]
pub async fn signs(
    app: Data<App>,
    Staff(by): Staff,
    Path(id): Path<BadgeId>,
    Json(said): Json<CardKeyIn>,
) -> Result<HttpResponse> {
    let mut key = [0; 16];
    hex::decode_to_slice(&said.key, &mut key).map_err(|_| Error::field("key", "card_key"))?;
    let (now, house) = (app.now(), BadgeKey::of(&app.secrets));
    let badge = app.store.write(move |db| badges::signs(db, &house, (id, key), by.id, now)).await?;
    web::ok(&BadgeOut::from(badge))
}

/// Takes a badge back: it opens nothing from now on.
#[utoipa::path(
    tag = "access", security(("bearer" = [])), request_body = BadgeRevocationIn,
    responses((status = 200, body = BadgeOut)),
    params(("id" = BadgeId, Path, description = "Which badge"))
)]
#[post("/badges/{id}/revocation")]
pub async fn revoke(
    app: Data<App>,
    Staff(by): Staff,
    Path(id): Path<BadgeId>,
    Json(why): Json<BadgeRevocationIn>,
) -> Result<HttpResponse> {
    let now = app.now();
    let badge = app.store.write(move |db| badges::revoke(db, id, by.id, why.reason.trim(), now)).await?;
    web::ok(&BadgeOut::from(badge))
}
