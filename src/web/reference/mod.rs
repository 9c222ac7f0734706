//! The description for programs and the readable reference page. Everything the page loads is compiled in.

use std::sync::Arc;

use actix_web::{HttpResponse, get, http::header::CACHE_CONTROL, web, web::Data};
use utoipa::openapi::OpenApi;
use utoipa_swagger_ui::Config;

use crate::kernel::{Code, Error, Result};

const PAGE: &str = include_str!("page.html");
const SCRIPT: &str = include_str!("start.js");

/// The description, written once.
#[derive(Debug, Clone)]
pub struct Description(web::Bytes);

impl Description {
    /// Writes it.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn of(api: &OpenApi) -> serde_json::Result<Self> {
        serde_json::to_vec(api).map(|text| Self(text.into()))
    }
}

/// The description of this API (OpenAPI 3.1).
#[utoipa::path(tag = "ops", responses((status = 200, description = "OpenAPI 3.1", body = Object)))]
#[get("/api/openapi.json")]
pub async fn description(description: Data<Description>) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(description.0.clone())
}

/// The readable reference page.
#[get("/api")]
pub async fn page() -> HttpResponse {
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(PAGE)
}

/// A file of that page.
#[get("/api/reference/{file}")]
pub async fn file(name: super::Path<String>) -> Result<HttpResponse> {
    let (content_type, bytes) = match name.0.as_str() {
        "start.js" => ("text/javascript".to_owned(), SCRIPT.as_bytes().to_vec()),
        "swagger-ui.css" | "swagger-ui-bundle.js" => {
            match utoipa_swagger_ui::serve(&name.0, Arc::new(Config::default())) {
                Ok(Some(file)) => (file.content_type, file.bytes.into_owned()),
                Ok(None) | Err(_) => return Err(Error::refused(Code::NotFound)),
            }
        }
        _ => return Err(Error::refused(Code::NotFound)),
    };
    let mut response = HttpResponse::Ok();
    response.content_type(content_type).insert_header((CACHE_CONTROL, "public, max-age=3600"));
    Ok(response.body(bytes))
}
