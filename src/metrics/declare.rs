//! Names, labels, buckets and meanings of the metrics, and their registration.

use super::process::{self, Process};
use super::{Metrics, Vocabulary};
use crate::stream::{RESTART_REASONS, RebalanceKind, TransactionOutcome, dead_letter_codes};
use crate::timeline::Outcomes;
use crate::vocabulary::EventType;
use prometheus::core::Collector;
use prometheus::{Gauge, Histogram, HistogramOpts, IntCounter, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry};
use rustc_hash::FxHashMap;
use std::sync::Mutex;

/// Every metric's prefix.
pub(super) const PREFIX: &str = "lodestream";

/// 10 µs to 100 ms: the walk of one article.
const ENRICH_BUCKETS: &[f64] =
    &[10e-6, 25e-6, 50e-6, 100e-6, 250e-6, 500e-6, 1e-3, 2.5e-3, 5e-3, 10e-3, 25e-3, 50e-3, 100e-3];
/// 1 ms to 10 minutes: from the record's timestamp to the commit.
const DELAY_BUCKETS: &[f64] =
    &[0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 600.0];
/// 5 minutes to a year: live news is told from a backfill.
const AGE_BUCKETS: &[f64] = &[
    300.0,
    900.0,
    3_600.0,
    21_600.0,
    86_400.0,
    259_200.0,
    604_800.0,
    2_592_000.0,
    7_776_000.0,
    15_552_000.0,
    31_536_000.0,
];
/// 1 ms to 30 s: one transaction; brokers give up on transactions at about the latter.
const COMMIT_BUCKETS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];
/// Records in one batch.
const BATCH_BUCKETS: &[f64] = &[1.0, 5.0, 10.0, 50.0, 100.0, 500.0, 1_000.0, 2_000.0, 5_000.0, 10_000.0, 50_000.0];

/// Entity types, as [`crate::event::Tally`] names them.
const ENTITY_TYPES: [&str; 4] = ["commodity", "place", "person", "organisation"];
const OUTCOMES: [TransactionOutcome; 3] =
    [TransactionOutcome::Committed, TransactionOutcome::Aborted, TransactionOutcome::Fenced];
const CONNECTION_STATES: [&str; 2] = ["up", "down"];
const REBALANCES: [RebalanceKind; 3] = [RebalanceKind::Assigned, RebalanceKind::Revoked, RebalanceKind::Lost];

/// What the timeline makes of an article, as labels.
pub(super) fn timeline_outcomes(outcomes: &Outcomes) -> [(&'static str, u64); 4] {
    let Outcomes { counted, repeated, undated, out_of_range, .. } = *outcomes;
    [("counted", counted), ("repeated", repeated), ("undated", undated), ("out_of_range", out_of_range)]
}

/// Series that depend neither on the lexicon nor on topics: the small label sets, gauges, and the histograms with their
/// `+Inf` bucket, sum and count; those of the process.
pub(super) fn fixed_series() -> usize {
    ENTITY_TYPES.len()
        + EventType::ALL.len()
        + OUTCOMES.len()
        + REBALANCES.len()
        + CONNECTION_STATES.len()
        + RESTART_REASONS.len()
        + dead_letter_codes().count()
        + timeline_outcomes(&Outcomes::default()).len()
        + (ENRICH_BUCKETS.len() + DELAY_BUCKETS.len() + AGE_BUCKETS.len() + COMMIT_BUCKETS.len() + BATCH_BUCKETS.len())
        + 5 * 3
        + 8
        + process::SERIES
}

impl Metrics {
    /// Declares and registers all metrics, in a registry of their own.
    ///
    /// # Errors
    /// When two metrics have the same name or a name is malformed; that is a fault of this module.
    pub fn new(vocabulary: Vocabulary) -> Result<Self, prometheus::Error> {
        let registry = Registry::new();
        let counter = |name: &str, help: &str, labels: &[&str]| {
            keep(&registry, IntCounterVec::new(Opts::new(name, help).namespace(PREFIX), labels)?)
        };
        let histogram = |name: &str, help: &str, buckets: &[f64]| {
            let options = HistogramOpts::new(name, help).namespace(PREFIX).buckets(buckets.to_vec());
            keep(&registry, Histogram::with_opts(options)?)
        };
        let gauge =
            |name: &str, help: &str| keep(&registry, IntGauge::with_opts(Opts::new(name, help).namespace(PREFIX))?);
        let metrics = Self {
            mineral_mentions: counter(
                "mineral_mentions_total",
                "Mentions of a mineral attributed to a country (ISO 3166-1 alpha-2; none where no country explains it), in published events.",
                &["mineral", "country"],
            )?,
            mineral_articles: counter(
                "mineral_articles_total",
                "Published articles with at least one mention of the mineral attributed to the country.",
                &["mineral", "country"],
            )?,
            commodity_mentions: counter(
                "commodity_mentions_total",
                "Mentions of a commodity in published events, whatever the country.",
                &["commodity"],
            )?,
            place_mentions: counter(
                "place_mentions_total",
                "Mentions of a country in published events.",
                &["country"],
            )?,
            entities: counter("entities_total", "Entities found in published events, by type.", &["type"])?,
            events: counter("events_total", "Events that published articles tell of, by type.", &["type"])?,
            rejected_mentions: counter(
                "rejected_mentions_total",
                "Readings refused in published events, by reason.",
                &["reason"],
            )?,
            articles_consumed: counter(
                "articles_consumed_total",
                "Records read from the topic and committed, dead letters included.",
                &["topic"],
            )?,
            articles_published: counter(
                "articles_published_total",
                "Enriched events published to the topic and committed.",
                &["topic"],
            )?,
            dead_letters: counter(
                "dead_letters_total",
                "Records that could not be read as articles, by stage and code.",
                &["stage", "code"],
            )?,
            timeline_articles: counter(
                "timeline_articles_total",
                "Published events, by what the timeline made of them.",
                &["outcome"],
            )?,
            stories: keep(
                &registry,
                IntCounter::with_opts(
                    Opts::new("stories_total", "Stories told for the first time in published events.")
                        .namespace(PREFIX),
                )?,
            )?,
            enrich_duration: histogram(
                "enrich_duration_seconds",
                "Time to enrich one article, decode to encode.",
                ENRICH_BUCKETS,
            )?,
            publish_delay: histogram(
                "publish_delay_seconds",
                "Time from the raw record's timestamp to the commit of its event.",
                DELAY_BUCKETS,
            )?,
            article_age: histogram(
                "article_age_seconds",
                "Time from an article's publication to the commit of its event.",
                AGE_BUCKETS,
            )?,
            batch_commit_duration: histogram(
                "batch_commit_duration_seconds",
                "Duration of one batch's transaction, begin to commit.",
                COMMIT_BUCKETS,
            )?,
            batch_articles: histogram("batch_articles", "Records in one committed batch.", BATCH_BUCKETS)?,
            transactions: counter("transactions_total", "Transactions, by how they ended.", &["outcome"])?,
            consumer_lag: keep(
                &registry,
                IntGaugeVec::new(
                    Opts::new("consumer_lag", "Records behind the partition's high watermark.").namespace(PREFIX),
                    &["topic", "partition"],
                )?,
            )?,
            assigned_partitions: gauge("assigned_partitions", "Partitions that this process holds.")?,
            last_commit: gauge(
                "last_commit_timestamp_seconds",
                "When this process last committed a batch, in seconds since 1970; 0 before the first.",
            )?,
            rebalances: counter("rebalances_total", "Changes of a worker's assignment, by type.", &["type"])?,
            worker_restarts: counter(
                "worker_restarts_total",
                "Workers that dropped their Kafka clients and started afresh, by reason.",
                &["reason"],
            )?,
            kafka_connections: keep(
                &registry,
                IntGaugeVec::new(
                    Opts::new("kafka_connections", "Connections of the consumers to brokers; down: wanted, and not there.")
                        .namespace(PREFIX),
                    &["state"],
                )?,
            )?,
            kafka_round_trip: keep(
                &registry,
                Gauge::with_opts(
                    Opts::new(
                        "kafka_round_trip_seconds",
                        "Mean time from a consumer's request to its answer over the last seconds, of the slowest broker; a fetch waits there for records.",
                    )
                    .namespace(PREFIX),
                )?,
            )?,
            kafka_fetched_ahead: gauge("kafka_fetched_ahead_records", "Records that are fetched and not yet in a batch.")?,
            kafka_failed_requests: keep(
                &registry,
                IntCounter::with_opts(
                    Opts::new(
                        "kafka_failed_requests_total",
                        "Requests of the consumers that failed or were not answered in time.",
                    )
                    .namespace(PREFIX),
                )?,
            )?,
            assignments: Mutex::new(FxHashMap::default()),
            figures: Mutex::new(FxHashMap::default()),
            registry: registry.clone(),
            vocabulary,
        };
        metrics.start_at_zero();
        metrics.register_information()?;
        registry.register(Box::new(Process::new()?))?;
        Ok(metrics)
    }

    /// Creates the series of the small label sets, so that `rate()` sees their first increase.
    fn start_at_zero(&self) {
        for kind in ENTITY_TYPES {
            self.entities.with_label_values(&[kind]);
        }
        for kind in EventType::ALL {
            self.events.with_label_values(&[kind.as_str()]);
        }
        for (stage, code) in dead_letter_codes() {
            self.dead_letters.with_label_values(&[stage, code]);
        }
        for reason in RESTART_REASONS {
            self.worker_restarts.with_label_values(&[reason]);
        }
        for outcome in OUTCOMES {
            self.transactions.with_label_values(&[outcome.as_str()]);
        }
        for (outcome, _) in timeline_outcomes(&Outcomes::default()) {
            self.timeline_articles.with_label_values(&[outcome]);
        }
        for state in CONNECTION_STATES {
            self.kafka_connections.with_label_values(&[state]);
        }
        for kind in REBALANCES {
            self.rebalances.with_label_values(&[kind.as_str()]);
        }
    }

    /// `build_info` and `lexicon_info`: always 1, the label is the information.
    fn register_information(&self) -> Result<(), prometheus::Error> {
        let lexicon = &self.vocabulary.lexicon_version;
        information(&self.registry, "build_info", "Version of this program.", env!("CARGO_PKG_VERSION"))?;
        information(&self.registry, "lexicon_info", "Version of the lexicon: a hash of its files.", lexicon)
    }
}

/// A metric that is always 1: its label is the information.
pub(super) fn information(registry: &Registry, name: &str, help: &str, version: &str) -> Result<(), prometheus::Error> {
    let options = Opts::new(name, help).namespace(PREFIX).const_label("version", version);
    keep(registry, IntGauge::with_opts(options)?)?.set(1);
    Ok(())
}

/// Registers a metric and gives it back: the registry keeps a handle of its own.
pub(super) fn keep<T: Collector + Clone + 'static>(registry: &Registry, metric: T) -> Result<T, prometheus::Error> {
    registry.register(Box::new(metric.clone()))?;
    Ok(metric)
}
