//! The oracle: is every input record the source of exactly one enriched event or one dead letter?
//!
//! Reads the three topics from the outside, with `read_committed`, as any other reader would. Memory: three bits for
//! each offset of the range, whatever the articles' size.

mod ledger;

use crate::stream::client::Connection;
use crate::stream::reader::TopicReader;
use crate::stream::{StreamError, StreamSettings};
use ledger::Ledger;
use rdkafka::Message;
use rdkafka::message::Headers;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::ControlFlow;

pub use crate::stream::reader::Progress;

/// The clients' name.
const PURPOSE: &str = "verify";

/// Where the range that is proved ends; it begins with the first record that the input topic still keeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Until {
    /// At the group's committed offsets: what the service says is done.
    #[default]
    Committed,
    /// At the end of the input, as it is now: proves also that nothing is left to do.
    HighWatermark,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// By input partition.
    pub partitions: Vec<PartitionReport>,
    /// Records of the output and the dead-letter topic that do not say where they came from.
    pub unreadable: u64,
    /// Outcomes of records of other input topics.
    pub foreign: u64,
}

/// What was found for one input partition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PartitionReport {
    /// Its number; -1 in a total.
    pub partition: i32,
    /// First offset of the range.
    pub start: i64,
    /// One past its last offset.
    pub end: i64,
    /// Records in the range (offsets have gaps: this is no subtraction).
    pub records: u64,
    /// Enriched events from it.
    pub events: u64,
    /// Dead letters from it.
    pub dead_letters: u64,
    /// Records without an outcome.
    pub missing: u64,
    /// Records with more than one outcome.
    pub duplicated: u64,
    /// Outcomes of offsets at which there is no record.
    pub unexpected: u64,
    /// Outcomes from before the range (the record is no longer kept) or after it (done meanwhile): no fault.
    pub outside: u64,
    /// The first offsets that are missing.
    pub first_missing: Vec<i64>,
    /// The first offsets that are duplicated.
    pub first_duplicated: Vec<i64>,
    /// The first offsets that are unexpected.
    pub first_unexpected: Vec<i64>,
}

impl Report {
    /// Whether every record of the range has exactly one outcome, and every outcome a record.
    pub fn holds(&self) -> bool {
        let total = self.total();
        total.missing + total.duplicated + total.unexpected + self.unreadable == 0
    }

    /// The sums over all partitions.
    pub fn total(&self) -> PartitionReport {
        let mut total = PartitionReport { partition: -1, ..PartitionReport::default() };
        for partition in &self.partitions {
            total.records += partition.records;
            total.events += partition.events;
            total.dead_letters += partition.dead_letters;
            total.missing += partition.missing;
            total.duplicated += partition.duplicated;
            total.unexpected += partition.unexpected;
            total.outside += partition.outside;
        }
        total
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:>9} {:>12} {:>12} {:>10} {:>10} {:>12} {:>8} {:>10} {:>10} {:>8}",
            "partition",
            "from",
            "to",
            "records",
            "events",
            "dead letters",
            "missing",
            "duplicated",
            "unexpected",
            "outside"
        )?;
        for row in &self.partitions {
            row.write_row(f, &row.partition.to_string(), &row.start.to_string(), &row.end.to_string())?;
        }
        self.total().write_row(f, "all", "", "")?;
        for row in &self.partitions {
            for (what, offsets) in [
                ("missing", &row.first_missing),
                ("duplicated", &row.first_duplicated),
                ("unexpected", &row.first_unexpected),
            ] {
                if !offsets.is_empty() {
                    writeln!(f, "partition {}: first {what} offsets {offsets:?}", row.partition)?;
                }
            }
        }
        if self.unreadable > 0 {
            writeln!(f, "{} records do not say where they came from", self.unreadable)?;
        }
        Ok(())
    }
}

impl PartitionReport {
    fn write_row(&self, f: &mut fmt::Formatter<'_>, name: &str, start: &str, end: &str) -> fmt::Result {
        writeln!(
            f,
            "{name:>9} {start:>12} {end:>12} {:>10} {:>10} {:>12} {:>8} {:>10} {:>10} {:>8}",
            self.records, self.events, self.dead_letters, self.missing, self.duplicated, self.unexpected, self.outside
        )
    }
}

/// Reads input, output and dead letters, and compares.
///
/// # Errors
/// When the broker or a topic cannot be reached, or an open transaction keeps the end of a topic out of reach for longer
/// than it may live. What is found is never an error: see [`Report::holds`].
pub fn verify(
    connection: &Connection,
    settings: &StreamSettings,
    until: Until,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<Report, StreamError> {
    let mut turn = |now: Progress<'_>| {
        progress(now);
        ControlFlow::Continue(())
    };
    let input = TopicReader::new(connection, settings, PURPOSE, &settings.input_topic)?;
    // The range is fixed first, so that all outcomes of it are already there when the other topics are read.
    let ranges = match until {
        Until::Committed => input.committed_ranges()?,
        Until::HighWatermark => input.whole_ranges()?,
    };
    let mut ledger = Ledger::new(&ranges);
    _ = input.read(&ranges, &mut turn, |message| ledger.record(message.partition(), message.offset()))?;

    let (mut unreadable, mut foreign) = (0, 0);
    for topic in [&settings.output_topic, &settings.dead_letter_topic] {
        let reader = TopicReader::new(connection, settings, PURPOSE, topic)?;
        let dead = topic == &settings.dead_letter_topic;
        _ = reader.read(&reader.whole_ranges()?, &mut turn, |message| {
            let source = if dead {
                message.headers().and_then(source_of_dead_letter)
            } else {
                message.payload().and_then(source_of_event)
            };
            match source {
                Some(source) if source.topic == settings.input_topic => {
                    ledger.outcome(source.partition, source.offset, dead);
                }
                Some(_) => foreign += 1,
                None => unreadable += 1,
            }
        })?;
    }
    Ok(Report { partitions: ledger.close(), unreadable, foreign })
}

/// Where an event or a dead letter came from.
#[derive(Debug, PartialEq, Eq, Deserialize)]
struct Source {
    topic: String,
    partition: i32,
    offset: i64,
}

fn source_of_event(value: &[u8]) -> Option<Source> {
    #[derive(Deserialize)]
    struct Event {
        provenance: Source,
    }
    Some(serde_json::from_slice::<Event>(value).ok()?.provenance)
}

/// The last header of a name counts: a dead letter that was fed again carries those of its first time too.
fn source_of_dead_letter(headers: &impl Headers) -> Option<Source> {
    let text = |name: &str| {
        let header = headers.iter().filter(|header| header.key == name).last()?;
        std::str::from_utf8(header.value?).ok()
    };
    Some(Source {
        topic: text("lodestream.source.topic")?.to_owned(),
        partition: text("lodestream.source.partition")?.parse().ok()?,
        offset: text("lodestream.source.offset")?.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rdkafka::message::{Header, OwnedHeaders};

    #[test]
    fn the_source_of_an_event_is_its_provenance() {
        let event = br#"{"article":{"id":"a"},"provenance":{"version":"1","topic":"raw","partition":2,"offset":7}}"#;
        assert_eq!(source_of_event(event), Some(Source { topic: "raw".into(), partition: 2, offset: 7 }));
        assert_eq!(source_of_event(br#"{"provenance":{"version":"1"}}"#), None);
        assert_eq!(source_of_event(b"\xff"), None);
    }

    #[test]
    fn the_source_of_a_dead_letter_is_in_its_last_headers() {
        let mut headers = OwnedHeaders::new();
        for (key, value) in [
            ("lodestream.source.topic", "old"),
            ("lodestream.source.topic", "raw"),
            ("lodestream.source.partition", "2"),
            ("lodestream.source.offset", "7"),
        ] {
            headers = headers.insert(Header { key, value: Some(value) });
        }
        assert_eq!(source_of_dead_letter(&headers), Some(Source { topic: "raw".into(), partition: 2, offset: 7 }));
        assert_eq!(source_of_dead_letter(&OwnedHeaders::new()), None);
    }
}
