//! The metrics of `lodestream timeline push`: a process of its own, with a registry of its own.

use super::declare::{PREFIX, information, keep};
use super::render;
use prometheus::{Histogram, HistogramOpts, IntCounterVec, IntGauge, Opts, Registry};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// 5 ms to 30 s: one request of remote write.
const REQUEST_BUCKETS: &[f64] = &[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];

/// What a push tells about itself.
pub struct PushMetrics {
    registry: Registry,
    samples: IntCounterVec,
    requests: IntCounterVec,
    duration: Histogram,
    too_old: IntGauge,
    open: IntGauge,
    last_success: IntGauge,
}

impl PushMetrics {
    /// Declares and registers them.
    ///
    /// # Errors
    /// When two metrics have the same name or a name is malformed; that is a fault of this module.
    pub fn new() -> Result<Self, prometheus::Error> {
        let registry = Registry::new();
        let counter = |name: &str, help: &str| {
            keep(&registry, IntCounterVec::new(Opts::new(name, help).namespace(PREFIX), &["outcome"])?)
        };
        let gauge =
            |name: &str, help: &str| keep(&registry, IntGauge::with_opts(Opts::new(name, help).namespace(PREFIX))?);
        let metrics = Self {
            samples: counter("push_samples_total", "Samples of the timeline, by what the store did with them.")?,
            requests: counter("push_requests_total", "Requests of remote write, by how they ended.")?,
            duration: keep(
                &registry,
                Histogram::with_opts(
                    HistogramOpts::new("push_request_duration_seconds", "Duration of a request that was taken.")
                        .namespace(PREFIX)
                        .buckets(REQUEST_BUCKETS.to_vec()),
                )?,
            )?,
            too_old: gauge(
                "push_too_old_samples",
                "Samples that are older than the store takes and stand in no backfill yet.",
            )?,
            open: gauge("push_open_samples", "Samples that were noted on the ledger and are not confirmed yet.")?,
            last_success: gauge(
                "push_last_success_timestamp_seconds",
                "When a push last came to its end, in seconds since 1970; 0 before the first.",
            )?,
            registry: registry.clone(),
        };
        for outcome in ["sent", "refused"] {
            metrics.samples.with_label_values(&[outcome]);
        }
        for outcome in ["taken", "refused", "unavailable"] {
            metrics.requests.with_label_values(&[outcome]);
        }
        // Not `build_info`, by which the instances of the service are counted.
        information(&registry, "push_info", "Version of this program.", env!("CARGO_PKG_VERSION"))?;
        Ok(metrics)
    }

    /// The metrics as text, in the Prometheus exposition format.
    ///
    /// # Errors
    /// When the registry holds a metric that cannot be written; that is a fault of this module.
    pub fn render(&self) -> Result<String, prometheus::Error> {
        render(&self.registry)
    }

    /// The store took so many samples.
    pub fn taken(&self, samples: usize, took: Duration) {
        self.samples.with_label_values(&["sent"]).inc_by(samples as u64);
        self.requests.with_label_values(&["taken"]).inc();
        self.duration.observe(took.as_secs_f64());
    }

    /// The store refused so many samples.
    pub fn refused(&self, samples: usize) {
        self.samples.with_label_values(&["refused"]).inc_by(samples as u64);
        self.requests.with_label_values(&["refused"]).inc();
    }

    /// The store did not answer, or not just now.
    pub fn unavailable(&self) {
        self.requests.with_label_values(&["unavailable"]).inc();
    }

    /// So many samples are older than the store takes.
    pub fn too_old(&self, samples: usize) {
        set(&self.too_old, samples);
    }

    /// So many samples are noted and not confirmed.
    pub fn open(&self, samples: usize) {
        set(&self.open, samples);
    }

    /// A push came to its end.
    pub fn succeeded(&self) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        self.last_success.set(now.as_secs().try_into().unwrap_or(i64::MAX));
    }
}

fn set(gauge: &IntGauge, value: usize) {
    gauge.set(value.try_into().unwrap_or(i64::MAX));
}
