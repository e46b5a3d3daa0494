//! Minerals by country over the time of *publication*: what Prometheus, which counts when it reads, cannot say.
//!
//! *In:* enriched events with their fingerprints, in the order of their partition ([`Partition`]); the records that other instances
//! wrote ([`Timeline`]).
//! *Out:* totals by [`Bucket`] (hour of publication in UTC, mineral, country), as records of a compacted topic; the sums over
//! all partitions, in any step, and as OpenMetrics, CSV or JSON lines; what of it a store has not been told yet ([`Ledger`]).
//! *Guaranteed:*
//! - a total is the sum of the `Tally` numbers of the events whose `story_role` is not `repeat` and whose time of publication is
//!   accepted ([`fate`]): it can be computed again from the events alone;
//! - an open batch is kept apart until [`Partition::commit`]; after [`Partition::roll_back`] it was never there;
//! - a partition that is restored from its records is the partition that wrote them;
//! - memory is bounded by settings: buckets, articles and stories beyond them are forgotten, the oldest first.
//!
//! *Parts.* A bucket that was forgotten to save memory and is needed again must not start from zero under the same key: it gets a
//! new *part*, with a key of its own, and the total is the sum over the parts. *Pieces.* What de-duplication and stories
//! remember is written in pieces of a thousand entries, each a record, which gets a tombstone when it leaves the window.
//! Numbers of parts and pieces come from one counter of the partition that never goes back.
//!
//! No Kafka here: the records are read and written by `stream::timeline`.

mod bucket;
mod export;
mod fold;
mod ledger;
mod names;
mod record;
mod remember;
mod settings;
mod state;
mod sums;
mod window;

#[cfg(test)]
mod tests;

pub use bucket::{Bucket, Hour, Totals};
pub use export::{ExportError, Format, Labels, export, export_postings};
pub use fold::{Fate, fate, fate_by_time};
pub use ledger::{Addition, KeyedValue, Ledger, LedgerRecord, Plan, Posting};
pub use record::{RecordError, TimelineRecord};
pub use settings::{SettingFault, TimelineSettings};
pub use state::{Changes, Outcomes, Partition, Placement};
pub use sums::{Difference, Filter, Row, Timeline};
