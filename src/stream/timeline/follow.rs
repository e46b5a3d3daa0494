//! Following the timeline: every total of every partition, and every change of one as it is committed.

use crate::stream::reader::TopicReader;
use crate::stream::{Connection, Shutdown, StreamError, StreamSettings};
use crate::timeline::TimelineRecord;
use rdkafka::Message;
use std::ops::ControlFlow;
use std::time::Duration;

/// Pauses after a failure: the first, and the longest.
const PAUSES: (Duration, Duration) = (Duration::from_millis(250), Duration::from_secs(10));
/// Failures in a row of which nobody is warned: the topic may be about to be created.
const QUIET_FAILURES: u32 = 4;

/// Someone who follows the timeline. Told on the follower's own thread.
pub trait Follower {
    /// The reading begins, perhaps again: what was told before is told once more.
    fn begins(&mut self);
    /// A record of a partition.
    fn record(&mut self, partition: i32, record: &TimelineRecord<'_>);
    /// Several times a second; whether everything that stood on the topic at the beginning has been told.
    fn turn(&mut self, complete: bool);
    /// The reading failed, for this reason; it is tried again.
    fn failed(&mut self, reason: &str);
}

/// Reads the timeline's topic with `read_committed`, from its beginning and then for as long as nobody asks to stop. Blocks; give it
/// a thread of its own. Failures are told and mended; a record that is none of a timeline is left out, with a warning.
pub fn follow(connection: &Connection, settings: &StreamSettings, follower: &mut dyn Follower, shutdown: &Shutdown) {
    let mut failures = 0;
    while !shutdown.is_signalled() {
        let Err(error) = read_on(connection, settings, follower, shutdown, &mut failures) else { return };
        let topic = &settings.timeline.topic;
        failures += 1;
        if failures > QUIET_FAILURES {
            tracing::warn!(%topic, %error, "the timeline cannot be followed; trying again");
        }
        follower.failed(&error.to_string());
        let pause = PAUSES.0.saturating_mul(1 << failures.min(16)).min(PAUSES.1);
        shutdown.wait_timeout(pause);
    }
}

fn read_on(
    connection: &Connection,
    settings: &StreamSettings,
    follower: &mut dyn Follower,
    shutdown: &Shutdown,
    failures: &mut u32,
) -> Result<(), StreamError> {
    let topic = &settings.timeline.topic;
    let reader = TopicReader::new(connection, settings, "page", topic)?;
    follower.begins();
    // Both closures tell the same follower, one after the other.
    let follower = std::cell::RefCell::new(follower);
    let mut turn = |complete: bool| {
        if complete {
            *failures = 0;
        }
        follower.borrow_mut().turn(complete);
        if shutdown.is_signalled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    reader.follow(&mut turn, |message| {
        match TimelineRecord::read(message.key().unwrap_or_default(), message.payload()) {
            Ok(record) => follower.borrow_mut().record(message.partition(), &record),
            Err(error) => {
                let (partition, offset) = (message.partition(), message.offset());
                tracing::warn!(%topic, partition, offset, %error, "no record of a timeline; left out");
            }
        }
    })
}
