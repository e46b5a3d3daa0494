//! One worker: gather a batch, walk it, publish it, commit it; and start afresh when its clients are of no more use.

use crate::article::{RawRecord, Refusal};
use crate::pipeline::{Enriched, attempt, guarded, together};
use crate::stream::batch::Batch;
use crate::stream::dead_letter::{Reason, Size, dead_letter};
use crate::stream::health::{WorkerHealth, WorkerState};
use crate::stream::kept::Wanted;
use crate::stream::rebalance::Membership;
use crate::stream::timeline::Timelines;
use crate::stream::transaction::{Failure, Outgoing, Output};
use crate::stream::{CommittedBatch, Enrich, INTERNAL, Shared, TOO_LARGE_EVENT, TransactionOutcome};
use crate::timeline::Placement;
use jiff::Timestamp;
use rdkafka::Message;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::message::BorrowedMessage;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

/// Every reason for which a worker drops its clients and starts afresh, as told to the observer.
pub const RESTART_REASONS: &[&str] = &["fenced", "fatal", "aborts", "panic"];

/// So many batches given up in a row mean that these clients do not recover by themselves.
const MOST_ABORTS: u32 = 6;

/// A worker, on its own thread.
pub(super) struct Worker<E> {
    index: usize,
    shared: Arc<Shared<E>>,
    /// The state of the partitions that are held.
    timelines: Timelines,
    /// Records whose event, or whose dead letter, the broker refused for its size: what to send instead.
    too_large: HashMap<(i32, i64), (Reason, Size)>,
    /// Dead letters of the open batch, by index in the batch.
    dead: HashMap<usize, Reason>,
    /// The event that is being encoded; kept for its memory.
    encoded: Vec<u8>,
    /// What the observer wants of the events.
    wanted: Wanted,
}

/// Why a session of a worker with its clients ended before it was asked to stop.
enum Ended {
    Failed(Failure),
    TooManyAborts(Failure),
}

impl<E: Enrich> Worker<E> {
    pub(super) fn new(index: usize, shared: Arc<Shared<E>>) -> Self {
        let timelines = Timelines::new(&shared.settings.timeline);
        let wanted = shared.observer.wanted();
        Self { index, shared, timelines, too_large: HashMap::new(), dead: HashMap::new(), encoded: Vec::new(), wanted }
    }

    /// Works until asked to stop. Whatever happens in between, it comes back: a worker never dies silently.
    pub(super) fn run(mut self) {
        let settings = self.shared.settings.clone();
        let mut failures = 0;
        while !self.shared.shutdown.is_signalled() {
            self.set_state(WorkerState::Starting);
            let started = Instant::now();
            let (reason, message) = match attempt(|| self.session()) {
                Ok(Ok(())) => break,
                Ok(Err(Ended::Failed(failure @ Failure::Fenced { .. }))) => {
                    self.shared.observer.transaction_failed(TransactionOutcome::Fenced);
                    ("fenced", failure.to_string())
                }
                Ok(Err(Ended::Failed(failure))) => ("fatal", failure.to_string()),
                Ok(Err(Ended::TooManyAborts(failure))) => ("aborts", failure.to_string()),
                Err(said) => ("panic", said),
            };
            if self.shared.shutdown.is_signalled() {
                tracing::warn!(worker = self.index, reason, message, "worker failed while stopping");
                break;
            }
            // Clients that lived for long were well: the count starts anew.
            failures = if started.elapsed() > settings.backoff_max { 1 } else { failures + 1 };
            let pause = back_off(settings.backoff_min, settings.backoff_max, failures);
            tracing::warn!(worker = self.index, reason, message, ?pause, "worker starts afresh with new clients");
            self.shared.observer.worker_restarted(self.index, reason);
            self.shared.health.update(self.index, |worker| {
                worker.restarts += 1;
                worker.assigned.clear();
                worker.state = WorkerState::BackingOff;
                worker.turn(0);
            });
            self.shared.shutdown.wait_timeout(pause);
        }
        self.set_state(WorkerState::Stopped);
    }

    /// Works with one pair of clients until asked to stop, or until they are of no more use.
    fn session(&mut self) -> Result<(), Ended> {
        let shared = Arc::clone(&self.shared);
        let (settings, shutdown) = (&shared.settings, &shared.shutdown);
        // The producer comes first: it ends what a predecessor of the same name left open, whose offsets decide where
        // the consumer begins.
        let output = match Output::open(&shared.connection, settings, self.index, shared.largest_batch, shutdown) {
            Ok(output) => output,
            Err(Failure::OutOfTime) => return Ok(()),
            Err(failure) => return Err(Ended::Failed(failure)),
        };
        self.timelines = Timelines::new(&settings.timeline);
        let membership = Membership::new(
            self.index,
            settings.input_topic.clone(),
            settings.timeline.enabled,
            Arc::clone(&shared.observer),
            Arc::clone(&shared.health),
        );
        let fatal = |doing| move |source| Ended::Failed(Failure::Fatal { doing, source });
        let consumer: BaseConsumer<Membership> = shared
            .connection
            .consumer(settings, self.index)
            .create_with_context(membership)
            .map_err(fatal("cannot create the consumer"))?;
        consumer.subscribe(&[&settings.input_topic]).map_err(fatal("cannot subscribe"))?;

        let mut batch = Batch::new();
        let mut aborts = 0;
        while !shutdown.is_signalled() {
            let stop = || shutdown.is_signalled() || consumer.context().has_assigned();
            batch.gather(&consumer, settings, stop).map_err(fatal("cannot read"))?;
            self.timelines.settle(self.index, &consumer, &mut batch, &shared).map_err(Ended::Failed)?;
            shared.health.update(self.index, |worker| worker.turn(batch.messages.len()));
            if batch.messages.is_empty() {
                if aborts == 0 {
                    shared.health.update(self.index, WorkerHealth::owes_nothing);
                }
                continue;
            }
            match self.publish(&batch, &output, &consumer) {
                Ok(committed) => {
                    consumer.context().committed(batch.offsets());
                    self.too_large.retain(|(partition, offset), _| {
                        batch.offsets().all(|(done, next)| done != *partition || *offset >= next)
                    });
                    batch.finish();
                    aborts = 0;
                    self.tell(&committed);
                }
                Err(Failure::OutOfTime) => {
                    tracing::warn!(worker = self.index, "the drain budget is used up; the open batch is given up");
                    _ = output.abort();
                    shared.observer.transaction_failed(TransactionOutcome::Aborted);
                    return Ok(());
                }
                Err(failure @ Failure::Abort { .. }) => {
                    output.abort().map_err(Ended::Failed)?;
                    self.timelines.roll_back();
                    shared.observer.transaction_failed(TransactionOutcome::Aborted);
                    let learnt = self.learn_too_large(&batch, &output);
                    batch.give_up(&consumer, &settings.input_topic).map_err(fatal("cannot read the batch again"))?;
                    aborts += 1;
                    if aborts >= MOST_ABORTS {
                        return Err(Ended::TooManyAborts(failure));
                    }
                    tracing::warn!(worker = self.index, %failure, learnt, "batch given up; its records are read again");
                    if learnt == 0 {
                        shutdown.wait_timeout(back_off(settings.backoff_min, settings.backoff_max, aborts));
                    }
                }
                Err(failure) => return Err(Ended::Failed(failure)),
            }
        }
        Ok(())
    }

    /// Walks a batch and commits what came of it.
    fn publish(
        &mut self,
        batch: &Batch<'_>,
        output: &Output,
        consumer: &BaseConsumer<Membership>,
    ) -> Result<CommittedBatch, Failure> {
        let shared = Arc::clone(&self.shared);
        let settings = &shared.settings;
        let started = Instant::now();
        let count = batch.messages.len();
        let mut done = CommittedBatch {
            input_topic: settings.input_topic.clone(),
            output_topic: settings.output_topic.clone(),
            consumed: count as u64,
            enrich_durations: Vec::with_capacity(count),
            record_times: Vec::with_capacity(count),
            published_times: Vec::with_capacity(count),
            ..CommittedBatch::default()
        };
        self.dead.clear();
        self.timelines.require(batch.offsets().map(|(partition, _)| partition))?;
        output.begin()?;
        for range in together(&batch.messages, |message| message.payload_len()) {
            output.serve(Duration::ZERO);
            if output.is_out_of_time() {
                return Err(Failure::OutOfTime);
            }
            let messages = &batch.messages[range.clone()];
            // What the broker refused for its size is not walked again.
            let fresh: Vec<_> =
                messages.iter().filter(|message| !self.too_large.contains_key(&place(message))).collect();
            let started = Instant::now();
            let mut walked = self.walk(&fresh).into_iter();
            let share = started.elapsed() / fresh.len().max(1) as u32;
            for (index, message) in range.zip(messages) {
                done.record_times.extend(timestamp(message).and_then(|at| SystemTime::try_from(at).ok()));
                let published = match self.too_large.get(&place(message)) {
                    Some((reason, size)) => Err((reason.clone(), *size)),
                    None => {
                        let walked = walked.next().unwrap_or_else(|| unreachable!("a record in, an outcome out"));
                        let started = Instant::now();
                        let completed = walked.and_then(|enriched| self.complete(message, enriched));
                        done.enrich_durations.push(share + started.elapsed());
                        let published = match completed {
                            Ok(event) => self.publish_event((index, count), event, message, output, &mut done)?,
                            Err(reason) => Err(reason),
                        };
                        published.map_err(|reason| (reason, Size::Whole))
                    }
                };
                if let Err((reason, size)) = published {
                    self.publish_dead_letter(index, message, output, reason, size, &mut done)?;
                }
            }
        }
        let written = self.timelines.send(output)?;
        let offsets = batch
            .offset_list(&settings.input_topic)
            .map_err(|source| Failure::Fatal { doing: "cannot list the offsets", source })?;
        output.commit(consumer, &offsets)?;
        done.timeline = self.timelines.commit(written);
        done.commit_duration = started.elapsed();
        Ok(done)
    }

    /// Walks records together. A panic is a fault of ours: the article is set aside, and the stream goes on.
    fn walk(&self, messages: &[&BorrowedMessage<'_>]) -> Vec<Result<Enriched, Reason>> {
        let records: Vec<RawRecord<'_>> = messages.iter().map(|message| record(message)).collect();
        let refused = |refusal: Refusal| Reason {
            stage: refusal.code.stage(),
            code: refusal.code.as_str(),
            message: refusal.message,
        };
        let enrich = &self.shared.enrich;
        let walk =
            |records: &[_]| enrich.enrich_all(records).into_iter().map(|walked| walked.map_err(refused)).collect();
        guarded(&records, walk, |index, said| Err(self.fault(messages[index], said)))
    }

    /// What stands for the event of a record on which our code panicked.
    fn fault(&self, message: &BorrowedMessage<'_>, said: &str) -> Reason {
        let (partition, offset) = (message.partition(), message.offset());
        tracing::error!(worker = self.index, partition, offset, said, "the walk failed on a record; set aside");
        internal(format!("a fault in lodestream, please report it: {said}"))
    }

    /// Sends the event of the record `index` of a batch of `count`; or says why the record is a dead letter.
    fn publish_event(
        &mut self,
        (index, count): (usize, usize),
        (enriched, placement): (Enriched, Option<Placement>),
        message: &BorrowedMessage<'_>,
        output: &Output,
        done: &mut CommittedBatch,
    ) -> Result<Result<(), Reason>, Failure> {
        let sent = output.send(Outgoing {
            topic: &self.shared.settings.output_topic,
            partition: None,
            key: Some(enriched.event.article.id.as_bytes()),
            value: Some(&self.encoded),
            headers: None,
            index,
        })?;
        if !sent {
            return Ok(Err(too_large_event()));
        }
        if let Some(placement) = placement {
            self.timelines.take(message.partition(), placement, &enriched, timestamp(message));
        }
        done.published += 1;
        done.kept.take(self.wanted, count - 1 - index, &self.encoded);
        if self.wanted.totals {
            done.kept.count(&enriched.event, &self.shared.settings.timeline);
        }
        done.published_times.extend(enriched.event.article.published_at.and_then(|at| SystemTime::try_from(at).ok()));
        done.tally.add(&enriched.event);
        enriched.refused.iter().for_each(|reason| done.tally.reject(reason));
        Ok(Ok(()))
    }

    /// Where the event comes from, its story, and its encoding into `self.encoded`; a panic in it is a fault of ours, too.
    fn complete(
        &mut self,
        message: &BorrowedMessage<'_>,
        mut enriched: Enriched,
    ) -> Result<(Enriched, Option<Placement>), Reason> {
        let (timelines, encoded) = (&self.timelines, &mut self.encoded);
        let completed = attempt(|| {
            let provenance = &mut enriched.event.provenance;
            provenance.topic = Some(message.topic().to_owned());
            provenance.partition = Some(message.partition());
            provenance.offset = Some(message.offset());
            provenance.enriched_at = Some(Timestamp::now());
            let placement = timelines.place(message.partition(), &mut enriched);
            encoded.clear();
            serde_json::to_writer(encoded, &enriched.event)
                .map_err(|error| internal(format!("the event cannot be encoded: {error}")))?;
            Ok((enriched, placement))
        });
        completed.unwrap_or_else(|said| Err(self.fault(message, &said)))
    }

    fn publish_dead_letter(
        &mut self,
        index: usize,
        message: &BorrowedMessage<'_>,
        output: &Output,
        reason: Reason,
        size: Size,
        done: &mut CommittedBatch,
    ) -> Result<(), Failure> {
        let topic = &self.shared.settings.dead_letter_topic;
        if !output.send(dead_letter(topic, message, index, &reason, size))? {
            // Too large for librdkafka itself; cut, it is not.
            output.send(dead_letter(topic, message, index, &reason, Size::Cut))?;
        }
        tracing::debug!(
            partition = message.partition(),
            offset = message.offset(),
            code = reason.code,
            stage = reason.stage,
            "record set aside as a dead letter"
        );
        done.dead_letters.push((reason.stage, reason.code));
        self.dead.insert(index, reason);
        Ok(())
    }

    /// Remembers which records of a batch that was given up the broker refused for their size; how many.
    fn learn_too_large(&mut self, batch: &Batch<'_>, output: &Output) -> usize {
        let refused = output.take_too_large();
        for index in &refused {
            let Some(message) = batch.messages.get(*index) else { continue };
            let (partition, offset) = (message.partition(), message.offset());
            let instead = match self.dead.remove(index) {
                Some(reason) => (reason, Size::Cut),
                None => (too_large_event(), Size::Whole),
            };
            tracing::warn!(worker = self.index, partition, offset, instead = ?instead.1, "too large for its topic");
            self.too_large.insert((partition, offset), instead);
        }
        refused.len()
    }

    fn tell(&self, committed: &CommittedBatch) {
        self.shared.health.update(self.index, |worker| {
            worker.owes_nothing();
            worker.last_commit = Some(SystemTime::now());
        });
        self.shared.observer.batch_committed(committed);
        tracing::debug!(
            worker = self.index,
            consumed = committed.consumed,
            published = committed.published,
            dead_letters = committed.dead_letters.len(),
            "batch committed"
        );
    }

    fn set_state(&self, state: WorkerState) {
        self.shared.health.update(self.index, |worker| {
            worker.state = state;
            worker.turn(0);
        });
    }
}

fn internal(message: String) -> Reason {
    let (stage, code) = INTERNAL;
    Reason { stage, code, message }
}

fn too_large_event() -> Reason {
    let (stage, code) = TOO_LARGE_EVENT;
    let message = "the enriched event is larger than the output topic takes; raise its max.message.bytes, or set \
                   include_text = false";
    Reason { stage, code, message: message.into() }
}

fn place(message: &BorrowedMessage<'_>) -> (i32, i64) {
    (message.partition(), message.offset())
}

fn record<'m>(message: &'m BorrowedMessage<'_>) -> RawRecord<'m> {
    RawRecord { key: message.key(), value: message.payload(), timestamp: timestamp(message) }
}

fn timestamp(message: &BorrowedMessage<'_>) -> Option<Timestamp> {
    Timestamp::from_millisecond(message.timestamp().to_millis()?).ok()
}

/// The pause before attempt `failures` + 1: doubles from `min` up to `max`.
fn back_off(min: Duration, max: Duration, failures: u32) -> Duration {
    min.saturating_mul(1 << failures.saturating_sub(1).min(16)).min(max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest() {
        let pause = |failures| back_off(Duration::from_millis(250), Duration::from_secs(3), failures).as_millis();
        assert_eq!([1, 2, 3, 4, 5, 60].map(pause), [250, 500, 1000, 2000, 3000, 3000]);
    }
}
