//! Every metric, declared in one place.
//!
//! *In:* what the stream tells its [`Observer`]. *Out:* Prometheus text by [`Metrics::render`]. *Guaranteed:* counters
//! are raised only by [`Observer::batch_committed`], so that what was aborted or is repeated is never counted twice by
//! a living process; label values come only from closed vocabularies, anything else is counted as `other`, so that
//! the number of series has a bound that is known at start-up ([`Metrics::series_bound`]); small label sets exist
//! from the start with the value 0, so that `rate()` sees the first increase. The registry is the struct's own: two
//! services in one process do not meet. `lodestream timeline push` is a process of its own, with [`PushMetrics`].

mod declare;
mod process;
mod push;

pub use push::PushMetrics;

use crate::stream::{CommittedBatch, ConsumerFigures, Observer, RebalanceKind, TransactionOutcome};
use prometheus::{Gauge, Histogram, IntCounter, IntCounterVec, IntGauge, IntGaugeVec, Registry, TextEncoder};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The label of everything that the vocabulary does not know.
pub const OTHER: &str = "other";

/// The closed vocabularies from which label values come.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Ids of all commodities.
    pub commodities: FxHashSet<String>,
    /// ISO 3166-1 alpha-2 codes of all countries.
    pub countries: FxHashSet<String>,
    /// Version of the lexicon that they come from.
    pub lexicon_version: String,
}

/// All metrics of the service.
pub struct Metrics {
    registry: Registry,
    vocabulary: Vocabulary,
    /// The partitions that each worker holds.
    assignments: Mutex<FxHashMap<usize, FxHashSet<(String, i32)>>>,

    /// What each worker's consumer told last.
    figures: Mutex<FxHashMap<usize, ConsumerFigures>>,

    mineral_mentions: IntCounterVec,
    mineral_articles: IntCounterVec,
    commodity_mentions: IntCounterVec,
    place_mentions: IntCounterVec,
    entities: IntCounterVec,
    events: IntCounterVec,
    rejected_mentions: IntCounterVec,
    articles_consumed: IntCounterVec,
    articles_published: IntCounterVec,
    dead_letters: IntCounterVec,
    timeline_articles: IntCounterVec,
    stories: IntCounter,
    enrich_duration: Histogram,
    publish_delay: Histogram,
    article_age: Histogram,
    batch_commit_duration: Histogram,
    batch_articles: Histogram,
    transactions: IntCounterVec,
    consumer_lag: IntGaugeVec,
    assigned_partitions: IntGauge,
    last_commit: IntGauge,
    rebalances: IntCounterVec,
    worker_restarts: IntCounterVec,
    kafka_connections: IntGaugeVec,
    kafka_round_trip: Gauge,
    kafka_fetched_ahead: IntGauge,
    kafka_failed_requests: IntCounter,
}

impl Metrics {
    /// The metrics as text, in the Prometheus exposition format.
    ///
    /// # Errors
    /// When the registry holds a metric that cannot be written; that is a fault of this module.
    pub fn render(&self) -> Result<String, prometheus::Error> {
        render(&self.registry)
    }

    /// The greatest number of series that the lexicon allows, without those per topic, partition and refusal reason.
    pub fn series_bound(&self) -> usize {
        let commodities = self.vocabulary.commodities.len() + 1;
        let countries = self.vocabulary.countries.len() + 1;
        // `none` beside the countries and `other`, for mentions and for articles
        let minerals_by_country = 2 * commodities * (countries + 1);
        minerals_by_country + commodities + countries + declare::fixed_series()
    }

    fn known<'a>(known: &FxHashSet<String>, value: &'a str) -> &'a str {
        if known.contains(value) { value } else { OTHER }
    }

    fn country<'a>(&self, value: &'a str) -> &'a str {
        if value == crate::event::NO_COUNTRY { value } else { Self::known(&self.vocabulary.countries, value) }
    }
}

impl Observer for Metrics {
    fn batch_committed(&self, batch: &CommittedBatch) {
        for ((mineral, country), count) in &batch.tally.minerals {
            let labels = [Self::known(&self.vocabulary.commodities, mineral), self.country(country)];
            self.mineral_mentions.with_label_values(&labels).inc_by(count.mentions);
            self.mineral_articles.with_label_values(&labels).inc_by(count.articles);
        }
        for (commodity, mentions) in &batch.tally.commodities {
            let commodity = Self::known(&self.vocabulary.commodities, commodity);
            self.commodity_mentions.with_label_values(&[commodity]).inc_by(*mentions);
        }
        for (country, mentions) in &batch.tally.places {
            let country = Self::known(&self.vocabulary.countries, country);
            self.place_mentions.with_label_values(&[country]).inc_by(*mentions);
        }
        for (kind, count) in &batch.tally.entities {
            self.entities.with_label_values(&[*kind]).inc_by(*count);
        }
        for (kind, count) in &batch.tally.events {
            self.events.with_label_values(&[*kind]).inc_by(*count);
        }
        for (reason, count) in &batch.tally.rejected {
            self.rejected_mentions.with_label_values(&[*reason]).inc_by(*count);
        }
        for (stage, code) in &batch.dead_letters {
            self.dead_letters.with_label_values(&[*stage, *code]).inc();
        }
        self.articles_consumed.with_label_values(&[&batch.input_topic]).inc_by(batch.consumed);
        self.articles_published.with_label_values(&[&batch.output_topic]).inc_by(batch.published);

        for (outcome, count) in declare::timeline_outcomes(&batch.timeline) {
            self.timeline_articles.with_label_values(&[outcome]).inc_by(count);
        }
        self.stories.inc_by(batch.timeline.founders);

        let now = SystemTime::now();
        observe_all(&self.enrich_duration, batch.enrich_durations.iter().copied());
        observe_all(&self.publish_delay, batch.record_times.iter().map(|time| age(now, *time)));
        observe_all(&self.article_age, batch.published_times.iter().map(|time| age(now, *time)));
        self.batch_commit_duration.observe(batch.commit_duration.as_secs_f64());
        self.batch_articles.observe(batch.consumed as f64);
        self.transactions.with_label_values(&[TransactionOutcome::Committed.as_str()]).inc();
        self.last_commit.set(age(now, UNIX_EPOCH).as_secs().try_into().unwrap_or(i64::MAX));
    }

    fn transaction_failed(&self, outcome: TransactionOutcome) {
        self.transactions.with_label_values(&[outcome.as_str()]).inc();
    }

    fn rebalanced(&self, worker: usize, kind: RebalanceKind, partitions: &[(String, i32)]) {
        self.rebalances.with_label_values(&[kind.as_str()]).inc();
        let mut assignments = self.assignments.lock().unwrap_or_else(PoisonError::into_inner);
        let before = assignments.insert(worker, partitions.iter().cloned().collect()).unwrap_or_default();
        let held = |partition: &(String, i32)| assignments.values().any(|partitions| partitions.contains(partition));
        for gone in before.iter().filter(|partition| !held(partition)) {
            // never reported at all, or removed already: both leave nothing to remove
            _ = self.consumer_lag.remove_label_values(&[&gone.0, &gone.1.to_string()]);
        }
        let total: usize = assignments.values().map(FxHashSet::len).sum();
        self.assigned_partitions.set(total.try_into().unwrap_or(i64::MAX));
    }

    fn lag(&self, topic: &str, partition: i32, records: i64) {
        // Statistics may arrive after the partition was taken away: a gauge that nobody updates would mislead.
        let assignments = self.assignments.lock().unwrap_or_else(PoisonError::into_inner);
        let held = assignments.values().flatten().any(|(name, number)| *number == partition && name == topic);
        if held {
            self.consumer_lag.with_label_values(&[topic, &partition.to_string()]).set(records);
        }
    }

    fn consumer_figures(&self, worker: usize, figures: &ConsumerFigures) {
        let mut all = self.figures.lock().unwrap_or_else(PoisonError::into_inner);
        let before = all.insert(worker, *figures).unwrap_or_default();
        // A consumer that began anew counts from 0 again.
        let new = figures.failed_requests.checked_sub(before.failed_requests).unwrap_or(figures.failed_requests);
        self.kafka_failed_requests.inc_by(new);
        let sum = |of: fn(&ConsumerFigures) -> u64| all.values().map(of).sum::<u64>().try_into().unwrap_or(i64::MAX);
        self.kafka_connections.with_label_values(&["up"]).set(sum(|figures| figures.connected));
        self.kafka_connections.with_label_values(&["down"]).set(sum(|figures| figures.disconnected));
        self.kafka_fetched_ahead.set(sum(|figures| figures.fetched_ahead));
        let slowest = all.values().map(|figures| figures.round_trip).max().unwrap_or_default();
        self.kafka_round_trip.set(slowest.as_secs_f64());
    }

    fn worker_restarted(&self, _worker: usize, reason: &'static str) {
        self.worker_restarts.with_label_values(&[reason]).inc();
    }
}

fn render(registry: &Registry) -> Result<String, prometheus::Error> {
    TextEncoder::new().encode_to_string(&registry.gather())
}

/// Adds many values at the price of one: a local histogram needs no atomic operation for each.
fn observe_all(histogram: &Histogram, values: impl Iterator<Item = Duration>) {
    let local = histogram.local();
    for value in values {
        local.observe(value.as_secs_f64());
    }
    local.flush();
}

/// Time from `then` to `now`; 0 where a clock elsewhere runs ahead.
fn age(now: SystemTime, then: SystemTime) -> Duration {
    now.duration_since(then).unwrap_or_default()
}

#[cfg(test)]
mod tests;
