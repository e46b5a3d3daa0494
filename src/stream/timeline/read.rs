//! Reading the timeline from the outside, and comparing it with the events.

use crate::event::EnrichedArticle;
use crate::stream::reader::{Progress, TopicReader};
use crate::stream::{Connection, StreamError, StreamSettings};
use crate::timeline::{Difference, Fate, Filter, RecordError, Timeline, TimelineRecord, Totals};
use rdkafka::Message;
use rdkafka::message::BorrowedMessage;
use serde::Serialize;
use std::fmt;
use std::ops::ControlFlow;

/// So many differences are named.
const NAMED: usize = 10;

/// Reads the timeline's topic from its beginning to its end as it is now, with `read_committed`: what the filter wants of it.
///
/// # Errors
/// When the broker or the topic cannot be reached or read to its end, or holds what is no timeline.
pub fn read(
    connection: &Connection,
    settings: &StreamSettings,
    filter: Filter,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<Timeline, StreamError> {
    let mut reader = TimelineReader::new(connection, settings, filter);
    reader.catch_up(progress)?;
    Ok(reader.timeline)
}

/// Follows the timeline's topic: each time, from where it ended the time before to the end as it is then.
#[derive(Debug)]
pub struct TimelineReader {
    connection: Connection,
    settings: StreamSettings,
    timeline: Timeline,
    /// Where to go on, by partition.
    next: Vec<i64>,
}

impl TimelineReader {
    /// Nothing is read yet.
    pub fn new(connection: &Connection, settings: &StreamSettings, filter: Filter) -> Self {
        let (connection, settings) = (connection.clone(), settings.clone());
        Self { connection, settings, timeline: Timeline::new(filter), next: Vec::new() }
    }

    /// What is read so far.
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// Reads to the end as it is now, with `read_committed`.
    ///
    /// # Errors
    /// As [`read`]. What was read before stays; it is read on from where it was.
    pub fn catch_up(&mut self, progress: &mut dyn FnMut(Progress<'_>)) -> Result<(), StreamError> {
        let topic = &self.settings.timeline.topic;
        // Each time anew: the topic may have got more partitions.
        let reader = TopicReader::new(&self.connection, &self.settings, "timeline", topic)?;
        let mut ranges = reader.whole_ranges()?;
        self.next.resize(ranges.len(), 0);
        for (range, next) in ranges.iter_mut().zip(&self.next) {
            range.start = range.start.max(*next);
        }
        let mut fault = None;
        let mut turn = |now: Progress<'_>| {
            progress(now);
            ControlFlow::Continue(())
        };
        _ = reader.read(&ranges, &mut turn, |message| {
            match TimelineRecord::read(message.key().unwrap_or_default(), message.payload()) {
                Ok(record) => _ = self.timeline.apply(message.partition(), &record),
                Err(source) => _ = fault.get_or_insert_with(|| not_a_record(topic, message, source)),
            }
        })?;
        if let Some(fault) = fault {
            return Err(fault);
        }
        self.next = ranges.into_iter().map(|range| range.end).collect();
        Ok(())
    }
}

/// A record that does not belong on its topic.
pub(super) fn not_a_record(topic: &str, message: &BorrowedMessage<'_>, source: RecordError) -> StreamError {
    let (partition, offset) = (message.partition(), message.offset());
    StreamError::NotATimeline { topic: topic.to_owned(), partition, offset, source }
}

/// What the comparison of the timeline with the events found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// Events read.
    pub events: u64,
    /// Events that count.
    pub counted: u64,
    /// Events that repeat an article, or were published when there was no timeline.
    pub repeated: u64,
    /// Events without a usable time of publication.
    pub undated: u64,
    /// Events of articles published outside the accepted range.
    pub out_of_range: u64,
    /// Records of the output topic that are no events.
    pub unreadable: u64,
    /// Buckets of the timeline.
    pub buckets: usize,
    /// The sum over the timeline.
    pub timeline: Totals,
    /// The sum over the events.
    pub sum: Totals,
    /// Buckets on which the two do not agree.
    pub differing: usize,
    /// The first of them: `one` is the timeline, `other` the events.
    pub differences: Vec<Difference>,
}

impl Comparison {
    /// Whether the timeline is the sum over the events.
    pub fn holds(&self) -> bool {
        self.differing == 0 && self.unreadable == 0
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { events, counted, repeated, undated, out_of_range, buckets, .. } = self;
        writeln!(
            f,
            "timeline: {events} events: {counted} counted, {repeated} repeated, {undated} undated, {out_of_range} out of range"
        )?;
        for (what, Totals { mentions, articles, stories }) in [("timeline", self.timeline), ("events", self.sum)] {
            writeln!(f, "  {what:>8}: {mentions} mentions, {articles} articles, {stories} stories")?;
        }
        match self.differing {
            0 => writeln!(f, "  the same in each of {buckets} buckets")?,
            differing => writeln!(f, "  {differing} buckets differ; the first:")?,
        }
        for Difference { hour, mineral, country, one, other } in &self.differences {
            writeln!(f, "    {} {mineral} {country}: timeline {one:?}, events {other:?}", hour.start())?;
        }
        if self.unreadable > 0 {
            writeln!(f, "  {} records of the output topic are no events", self.unreadable)?;
        }
        Ok(())
    }
}

/// Compares the timeline with the sum over the enriched events. Right when nothing is being written meanwhile.
///
/// # Errors
/// As [`read`].
pub fn compare(
    connection: &Connection,
    settings: &StreamSettings,
    progress: &mut dyn FnMut(Progress<'_>),
) -> Result<Comparison, StreamError> {
    let timeline = read(connection, settings, Filter::default(), progress)?;
    let reader = TopicReader::new(connection, settings, "timeline", &settings.output_topic)?;
    let (mut found, mut sums) = (Comparison::default(), Timeline::default());
    let mut turn = |now: Progress<'_>| {
        progress(now);
        ControlFlow::Continue(())
    };
    _ = reader.read(&reader.whole_ranges()?, &mut turn, |message| {
        found.events += 1;
        let event = message.payload().and_then(|value| serde_json::from_slice::<EnrichedArticle>(value).ok());
        let Some(event) = event else {
            found.unreadable += 1;
            return;
        };
        let count = match sums.count(&event, &settings.timeline) {
            Fate::Counted(_) => &mut found.counted,
            Fate::Repeated => &mut found.repeated,
            Fate::Undated => &mut found.undated,
            Fate::OutOfRange => &mut found.out_of_range,
        };
        *count += 1;
    })?;
    let mut differences = timeline.differences(&sums);
    found.buckets = timeline.buckets();
    (found.timeline, found.sum) = (timeline.total(), sums.total());
    found.differing = differences.len();
    differences.truncate(NAMED);
    found.differences = differences;
    Ok(found)
}
