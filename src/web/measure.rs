//! Figures for whoever runs the server, in the text format of Prometheus.

use std::{
    num::NonZeroU32,
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use actix_web::{HttpResponse, body::BoxBody, dev::ServiceResponse, get, http::Method};
use metrics_exporter_prometheus::{
    BuildError, Matcher, PrometheusBuilder, PrometheusHandle, PrometheusRecorder,
};

/// Upper ends of the steps of the histograms, in seconds.
const STEPS: &[f64] = &[0.000_25, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];
const REQUESTS: &str = "etabli_http_request_seconds";
const JOBS: &str = "etabli_store_job_seconds";
/// What is told of every other time: its median, and what one in a hundred goes beyond.
const QUANTILES: &[f64] = &[0.5, 0.99];
/// Over the last hour, forgotten in six parts.
const PART: Duration = Duration::from_mins(10);
const PARTS: NonZeroU32 = NonZeroU32::MIN.saturating_add(5);
/// Samples wait in memory until somebody sorts them; we do so every so many requests.
const SORT_EVERY: u32 = 4096;

static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();
static SINCE_SORTED: AtomicU32 = AtomicU32::new(0);

/// Starts recording; further calls change nothing.
pub fn install() {
    RECORDER.get_or_init(|| {
        let recorder = recorder().unwrap_or_else(|error| {
            tracing::error!(%error, "figures are recorded in the library's own way");
            PrometheusBuilder::new().build_recorder()
        });
        let handle = recorder.handle();
        if metrics::set_global_recorder(recorder).is_err() {
            tracing::warn!("something else records the figures: /metrics will be empty");
        }
        metrics::describe_histogram!(REQUESTS, "Time from request to answer, by route, method and status.");
        metrics::describe_histogram!(JOBS, "Time from asking the database to its answer, waiting included.");
        handle
    });
}

fn recorder() -> Result<PrometheusRecorder, BuildError> {
    let mut builder = PrometheusBuilder::new();
    for stepped in [REQUESTS, JOBS] {
        builder = builder.set_buckets_for_metric(Matcher::Full(stepped.to_owned()), STEPS)?;
    }
    let builder = builder.set_quantiles(QUANTILES)?.set_bucket_duration(PART)?;
    Ok(builder.set_bucket_count(PARTS).build_recorder())
}

/// Notes an answer.
pub(super) fn note(response: &ServiceResponse<BoxBody>, took: Duration) {
    let route = response.request().match_pattern().unwrap_or_else(|| "elsewhere".to_owned());
    let method = known(response.request().method());
    let status = response.status().as_str().to_owned();
    metrics::histogram!(REQUESTS, "route" => route, "method" => method, "status" => status).record(took);
    sort_sometimes();
}

/// Notes a request whose handler broke down.
pub(super) fn fault(took: Duration) {
    metrics::histogram!(REQUESTS, "route" => "broken", "method" => "ANY", "status" => "500").record(took);
}

/// Strangers may invent methods; every new label costs memory for ever.
fn known(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "OTHER",
    }
}

fn sort_sometimes() {
    let turn = SINCE_SORTED.fetch_add(1, Ordering::Relaxed).is_multiple_of(SORT_EVERY);
    if let Some(handle) = RECORDER.get().filter(|_| turn) {
        handle.run_upkeep();
    }
}

/// The figures, for Prometheus.
#[utoipa::path(tag = "ops", responses((status = 200, description = "Figures", body = String, content_type = "text/plain")))]
#[get("/metrics")]
pub async fn figures() -> HttpResponse {
    let text = RECORDER.get().map(PrometheusHandle::render).unwrap_or_default();
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(text)
}
