//! Kafka: raw articles are read, enriched, and published together with the offsets that they end.
//!
//! *In:* records of the input topic, a walk ([`Enrich`]), settings, someone who watches ([`Observer`]).
//! *Out:* for every record one enriched event or one dead letter, and committed offsets.
//!
//! *Guaranteed,* with [`Delivery::ExactlyOnce`], to readers with `isolation.level=read_committed`:
//! - every input record has exactly one outcome, through crashes, restarts, rebalances and zombies: events, dead letters
//!   and offsets of a batch are committed as one transaction, or given up whole and read again;
//! - a record that cannot be read, or makes the walk panic, ends as a dead letter and stops nothing;
//! - the observer is told of a batch only after its commit;
//! - memory is bounded by configuration, not by what is sent.
//!
//! With [`Delivery::AtLeastOnce`] a failure may publish a batch again.
//!
//! Totals by time of publication are part of the same transaction ([`timeline`]).
//!
//! A worker ([`worker`]) is one thread with its own consumer and producer, and workers share nothing. It polls only
//! while no transaction is open, so that a rebalance never meets one ([`rebalance`]). [`verify`] proves the guarantee
//! from the outside.

use crate::article::{RawRecord, Refusal, RefusalCode};
use crate::pipeline::{Enriched, Pipeline};
use std::sync::Arc;

pub mod admin;
mod batch;
mod client;
mod dead_letter;
mod error;
pub mod feed;
mod health;
mod kept;
pub mod mock;
mod observer;
mod reader;
mod rebalance;
mod run;
mod settings;
mod shutdown;
mod statistics;
pub mod timeline;
mod transaction;
pub mod verify;
mod worker;

pub use client::Connection;
pub use error::StreamError;
pub use health::{Health, WorkerHealth, WorkerState};
pub use kept::{Kept, Wanted};
pub use observer::{CommittedBatch, ConsumerFigures, Observer, Observers, RebalanceKind, TransactionOutcome};
pub use run::run;
pub use settings::{Delivery, SettingFault, StreamSettings};
pub use shutdown::Shutdown;
pub use worker::RESTART_REASONS;

/// The walk as the stream sees it: pure, and shared by all workers.
pub trait Enrich: Send + Sync {
    /// Walks records together, each to its event, or to a [`Refusal`] when it cannot be read as an article. Topic, partition,
    /// offset and time of the event's provenance are filled in by the stream.
    fn enrich_all(&self, records: &[RawRecord<'_>]) -> Vec<Result<Enriched, Refusal>>;
}

impl Enrich for Pipeline {
    fn enrich_all(&self, records: &[RawRecord<'_>]) -> Vec<Result<Enriched, Refusal>> {
        Pipeline::enrich_all(self, records)
    }
}

impl<F: Fn(&RawRecord<'_>) -> Result<Enriched, Refusal> + Send + Sync> Enrich for F {
    fn enrich_all(&self, records: &[RawRecord<'_>]) -> Vec<Result<Enriched, Refusal>> {
        records.iter().map(self).collect()
    }
}

/// Stage and code of the dead letter of a record that made the walk panic.
const INTERNAL: (&str, &str) = ("enrich", "internal");
/// Stage and code of the dead letter of an article whose event is larger than the output topic takes.
const TOO_LARGE_EVENT: (&str, &str) = ("publish", "too_large_event");

/// Every (stage, code) that a dead letter can have: the closed list for metrics and documentation.
pub fn dead_letter_codes() -> impl Iterator<Item = (&'static str, &'static str)> {
    let refusals = RefusalCode::ALL.into_iter().map(|code| (code.stage(), code.as_str()));
    refusals.chain([INTERNAL, TOO_LARGE_EVENT])
}

/// What all workers of a stream share; nothing of it changes while they run.
struct Shared<E> {
    enrich: Arc<E>,
    connection: Connection,
    settings: StreamSettings,
    observer: Arc<dyn Observer>,
    health: Arc<Health>,
    shutdown: Shutdown,
    /// The smallest `max.message.bytes` of the topics that are written to, where the broker tells it.
    largest_batch: Option<usize>,
}
