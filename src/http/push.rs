//! What a push shows: `/metrics`, `/livez`, `/readyz`.

use super::Probe;
use super::routes::{exposition, not_found, verdict};
use crate::metrics::PushMetrics;
use axum::Router;
use axum::routing::get;
use std::sync::Arc;

pub(super) fn router(metrics: Arc<PushMetrics>, probe: Arc<dyn Probe>) -> Router {
    let (live, ready) = (Arc::clone(&probe), probe);
    Router::new()
        .route("/metrics", get(async move || exposition(metrics.render())))
        .route("/livez", get(async move || verdict(live.live())))
        .route("/readyz", get(async move || verdict(ready.ready())))
        .fallback(not_found)
}
