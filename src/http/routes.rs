//! One handler for each path.

use super::api::{self, Api};
use super::{Status, page};
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;

/// The content type of the Prometheus text format.
const METRICS_TYPE: HeaderValue = HeaderValue::from_static(prometheus::TEXT_FORMAT);

pub(super) fn router(status: Status) -> Router {
    let router = Router::new().route("/metrics", get(metrics)).route("/livez", get(live)).route("/readyz", get(ready));
    let router = match &status.live {
        Some(_) => router.merge(page::router()),
        None => router.route("/", get(status_page)),
    };
    let api = status.live.clone().map(|live| Api {
        live,
        probe: status.probe.clone(),
        lexicon_version: status.lexicon_version.clone(),
    });
    let router = router.fallback(not_found).with_state(status);
    match api {
        Some(api) => router.merge(api::router(api)),
        None => router,
    }
}

async fn metrics(State(status): State<Status>) -> Response {
    exposition(status.metrics.render())
}

/// Metrics as Prometheus reads them.
pub(super) fn exposition(rendered: Result<String, prometheus::Error>) -> Response {
    match rendered {
        Ok(text) => ([(header::CONTENT_TYPE, METRICS_TYPE)], text).into_response(),
        Err(error) => {
            tracing::error!(%error, "metrics cannot be written");
            (StatusCode::INTERNAL_SERVER_ERROR, format!("metrics cannot be written: {error}\n")).into_response()
        }
    }
}

/// The answer of a probe.
#[derive(Serialize)]
struct Verdict {
    status: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reasons: Vec<String>,
}

pub(super) fn verdict(result: Result<(), Vec<String>>) -> Response {
    let (code, status, reasons) = match result {
        Ok(()) => (StatusCode::OK, "ok", Vec::new()),
        Err(reasons) => (StatusCode::SERVICE_UNAVAILABLE, "unavailable", reasons),
    };
    // A proxy that keeps an answer would report on the past.
    let no_store = (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    (code, [no_store], Json(Verdict { status, reasons })).into_response()
}

async fn live(State(status): State<Status>) -> Response {
    verdict(status.probe.live())
}

async fn ready(State(status): State<Status>) -> Response {
    verdict(status.probe.ready())
}

/// What stands at `/` where the live page is switched off.
async fn status_page(State(status): State<Status>) -> Response {
    let (class, readiness) = match status.probe.ready() {
        Ok(()) => ("good", "ready".to_owned()),
        Err(reasons) => ("bad", format!("not ready: {}", reasons.join("; "))),
    };
    let page = include_str!("status.html")
        .replace("{version}", env!("CARGO_PKG_VERSION"))
        .replace("{lexicon}", &escape(&status.lexicon_version))
        .replace("{class}", class)
        .replace("{readiness}", &escape(&readiness));
    let policy = HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'");
    ([(header::CONTENT_SECURITY_POLICY, policy)], Html(page)).into_response()
}

pub(super) async fn not_found(uri: Uri) -> Response {
    let help = format!(
        "there is nothing at {}\n\n/         the page\n/metrics  for Prometheus\n/livez    is it alive?\n/readyz   \
         is it working? with the reasons if not\n/api/v1/openapi.json  what can be asked\n",
        uri.path()
    );
    (StatusCode::NOT_FOUND, help).into_response()
}

/// Text as HTML text.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
