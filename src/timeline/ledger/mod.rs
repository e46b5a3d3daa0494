//! What a store that cannot overwrite has been told: the ledger of `lodestream timeline push`.
//!
//! Prometheus keeps the first value that it was given for an instant, and says nothing about a second one. So a bucket's total is
//! never sent: what is sent are additions, each at an instant of its own within the bucket's hour (its *slot*, in milliseconds), and
//! the sum over time is the total. The ledger notes which addition was given which slot ([`Posting`]) *before* it is sent; whoever
//! goes on after a crash sends what was noted last once more, the same value at the same instant, which changes nothing.
//!
//! Postings are noted and sent in numbered *batches*, one after the other: a batch is noted only when the one before it was
//! confirmed. So there is one open batch at most, and one line for each bucket says all.

mod record;
#[cfg(test)]
mod tests;

pub use record::LedgerRecord;

use super::names::Names;
use super::{Bucket, Hour, RecordError, Timeline, Totals};
use jiff::{SignedDuration, Timestamp};
use record::Kind;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// The first slot. Not 0: Prometheus 2 counts a sample at the very edge of a range in both ranges that meet there.
const FIRST_SLOT: u32 = 1;
/// The last millisecond of an hour.
const LAST_SLOT: u32 = 3_600_000 - 1;

/// What is added to a bucket. Below zero only when a timeline was begun anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addition {
    /// Mentions.
    pub mentions: i64,
    /// Articles with at least one.
    pub articles: i64,
    /// Articles of these that were the first to tell their story.
    pub stories: i64,
}

impl Addition {
    fn between(before: Totals, after: Totals) -> Self {
        // Counts of articles: far below 2⁶³.
        let change = |before: u64, after: u64| after.wrapping_sub(before) as i64;
        Self {
            mentions: change(before.mentions, after.mentions),
            articles: change(before.articles, after.articles),
            stories: change(before.stories, after.stories),
        }
    }

    /// Metric by metric, without those to which nothing is added.
    pub fn parts(self) -> impl Iterator<Item = (&'static str, i64)> {
        let parts = [("mentions", self.mentions), ("articles", self.articles), ("stories", self.stories)];
        parts.into_iter().filter(|(_, value)| *value != 0)
    }
}

/// One addition to a bucket, with its place in time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    /// What is added to.
    pub bucket: Bucket,
    /// What is added.
    pub addition: Addition,
    slot: u32,
    /// The bucket's total with it.
    total: Totals,
    /// It was sent, nobody knows whether it arrived, and now it is too late to send it again.
    held: bool,
}

impl Posting {
    /// The instant that is its own.
    pub fn time(&self) -> Timestamp {
        instant(self.bucket.hour, self.slot)
    }

    /// How many samples it becomes.
    pub fn samples(&self) -> usize {
        self.addition.parts().count()
    }

    /// The same, kept for the backfill.
    pub fn hold(self) -> Self {
        Self { held: true, ..self }
    }

    /// The same, for the backfill that takes it.
    pub fn settle(self) -> Self {
        Self { held: false, ..self }
    }
}

/// Where a total stands that is told as a whole.
pub(super) fn first_instant(hour: Hour) -> Timestamp {
    instant(hour, FIRST_SLOT)
}

fn instant(hour: Hour, slot: u32) -> Timestamp {
    let start = hour.start();
    start.saturating_add(SignedDuration::from_millis(i64::from(slot))).unwrap_or(start)
}

/// Key and value of a record.
pub type KeyedValue = (Vec<u8>, Vec<u8>);

/// What is to be sent.
#[derive(Debug, Default)]
pub struct Plan {
    /// Now.
    pub due: Vec<Posting>,
    /// Too late for a running store: for the backfill.
    pub late: Vec<Posting>,
}

/// The ledger of one store.
#[derive(Debug, Default)]
pub struct Ledger {
    names: Names,
    lines: FxHashMap<Bucket, Line>,
    /// The last batch that arrived.
    confirmed: u64,
}

/// The last posting of a bucket, and the batch that it belongs to.
#[derive(Clone, Copy, Debug)]
struct Line {
    addition: Addition,
    slot: u32,
    total: Totals,
    held: bool,
    batch: u64,
}

impl Ledger {
    /// Takes in a record of the ledger's topic; a later one of the same key replaces the earlier.
    pub fn apply(&mut self, record: &LedgerRecord<'_>) {
        match &record.0 {
            Kind::Confirmed(batch) => self.confirmed = self.confirmed.max(*batch),
            Kind::Line { hour, mineral, country, line } => {
                let bucket = Bucket { hour: *hour, mineral: self.names.get(mineral), country: self.names.get(country) };
                match line {
                    Some(line) => _ = self.lines.insert(bucket, *line),
                    None => _ = self.lines.remove(&bucket),
                }
            }
        }
    }

    /// The batch that was noted and never confirmed, in the order of time.
    pub fn open(&self) -> Vec<Posting> {
        self.postings(|line| line.batch > self.confirmed && !line.held)
    }

    /// What the timeline holds beyond the ledger: additions from `oldest` on are due, earlier ones late; those of hours that
    /// have not begun wait. The open batch must have been dealt with.
    pub fn plan(&self, timeline: &Timeline, oldest: Timestamp, now: Timestamp) -> Plan {
        let mut plan = Plan { late: self.postings(|line| line.held), due: Vec::new() };
        for (bucket, total) in timeline.sums() {
            let line = self.lines.get(bucket);
            let before = line.map_or_else(Totals::default, |line| line.total);
            // A held one comes first: a line holds one posting.
            if before == *total || line.is_some_and(|line| line.held) {
                continue;
            }
            let slot = line.map_or(FIRST_SLOT, |line| line.slot + 1);
            let addition = Addition::between(before, *total);
            let posting = Posting { bucket: bucket.clone(), addition, slot, total: *total, held: false };
            match posting.time() {
                time if time > now => {}
                time if time < oldest || slot > LAST_SLOT => plan.late.push(posting),
                _ => plan.due.push(posting),
            }
        }
        plan
    }

    /// The records that note a batch: its postings, and that the batches before it arrived. They are to be safe on the topic
    /// before [`Self::note`], and before the batch is sent.
    ///
    /// # Errors
    /// When a record cannot be written; that is a fault of this module.
    pub fn records(&self, postings: &[Posting]) -> Result<Vec<KeyedValue>, RecordError> {
        let lines = postings.iter().map(|posting| record::line(&posting.bucket, &self.line(posting)));
        lines.chain([record::confirmed(self.confirmed)]).collect()
    }

    /// Takes in a batch whose records are safe.
    pub fn note(&mut self, postings: &[Posting]) {
        for posting in postings {
            let line = self.line(posting);
            self.lines.insert(posting.bucket.clone(), line);
        }
    }

    /// The open batch arrived.
    pub fn confirm(&mut self) {
        self.confirmed += 1;
    }

    fn line(&self, posting: &Posting) -> Line {
        let Posting { addition, slot, total, held, .. } = *posting;
        Line { addition, slot, total, held, batch: self.confirmed + 1 }
    }

    fn postings(&self, wanted: impl Fn(&Line) -> bool) -> Vec<Posting> {
        let lines = self.lines.iter().filter(|(_, line)| wanted(line));
        let posting = |(bucket, line): (&Bucket, &Line)| {
            let Line { addition, slot, total, held, .. } = *line;
            Posting { bucket: bucket.clone(), addition, slot, total, held }
        };
        let mut postings: Vec<Posting> = lines.map(posting).collect();
        postings.sort_unstable_by(|one, other| one.bucket.cmp(&other.bucket));
        postings
    }
}
