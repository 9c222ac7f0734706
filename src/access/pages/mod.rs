//! The protocol of controllers as a page: `docs/CONTROLLER.md`, compiled in, so that firmware authors read what this
//! very server speaks. Nothing is loaded from elsewhere.

mod writing;

use actix_web::{HttpResponse, get, http::header::CACHE_CONTROL};

const REFERENCE: &str = include_str!("../../../docs/CONTROLLER.md");
const VECTORS: &str = include_str!("../../../docs/vectors/controller-v1.json");

/// The reference.
#[get("/controller")]
pub async fn reference() -> HttpResponse {
    let mut answer = HttpResponse::Ok();
    answer.content_type("text/html; charset=utf-8").insert_header((CACHE_CONTROL, "public, max-age=3600"));
    answer.body(writing::page("The controller protocol", REFERENCE))
}

/// Keys, bytes, signatures and hashes to compare with.
#[get("/controller/vectors.json")]
pub async fn vectors() -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(VECTORS)
}
