//! Restoring the partitions that a worker was given, before it processes any record of them.
//!
//! Everything that the worker holds is paused meanwhile, and the worker goes on polling: a rebalance in the middle is heeded,
//! and the group does not take the worker for dead. What is read reaches to the end of the partition as it is *after* the
//! assignment, with every transaction that is still open there waited for. A former owner cannot add to it any more: the
//! group refuses the offsets of a member that it has left behind, and without its offsets no transaction of it commits.

use super::Timelines;
use crate::stream::batch::Batch;
use crate::stream::health::WorkerState;
use crate::stream::reader::{Progress, TopicReader};
use crate::stream::rebalance::Membership;
use crate::stream::transaction::Failure;
use crate::stream::{Shared, StreamError};
use crate::timeline::{Partition, TimelineRecord};
use rdkafka::Message;
use rdkafka::consumer::{BaseConsumer, Consumer};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

impl Timelines {
    /// Drops the partitions that were taken from the worker since the last call, and restores those that were given.
    pub(in crate::stream) fn settle<'c, E>(
        &mut self,
        worker: usize,
        consumer: &'c BaseConsumer<Membership>,
        batch: &mut Batch<'c>,
        shared: &Shared<E>,
    ) -> Result<(), Failure> {
        let fatal = |doing| move |source| Failure::Fatal { doing, source };
        self.forget(&batch.take_forgotten());
        if !consumer.context().has_assigned() {
            return Ok(());
        }
        shared.health.update(worker, |health| health.state = WorkerState::Restoring);
        loop {
            let assigned = consumer.context().take_assigned();
            let held = consumer.assignment().map_err(fatal("cannot ask for the assignment"))?;
            if assigned.is_empty() {
                shared.health.update(worker, |health| health.state = WorkerState::Running);
                return consumer.resume(&held).map_err(fatal("cannot resume partitions"));
            }
            consumer.pause(&held).map_err(fatal("cannot pause partitions"))?;
            let mut polled = Ok(false);
            self.restore(&assigned, shared, &mut || {
                polled = batch.poll(consumer, Duration::ZERO);
                shared.health.update(worker, |health| health.turn(batch.messages.len()));
                if polled.is_err() || shared.shutdown.is_signalled() {
                    return ControlFlow::Break(());
                }
                ControlFlow::Continue(())
            })?;
            polled.map_err(fatal("cannot read"))?;
            // Taken again while they were restored.
            self.forget(&batch.take_forgotten());
        }
    }

    /// Restores partitions. `turn` is told several times a second; when it breaks off, nothing is restored.
    fn restore<E>(
        &mut self,
        assigned: &[i32],
        shared: &Shared<E>,
        turn: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<(), Failure> {
        let started = Instant::now();
        let first = assigned.first().copied().unwrap_or_default();
        let failed = |error: StreamError| Failure::Timeline { partition: first, reason: error.to_string() };
        let topic = &self.settings.topic;
        let reader = TopicReader::new(&shared.connection, &shared.settings, "timeline", topic).map_err(failed)?;
        let ranges = reader.ranges_of(|partition| assigned.contains(&partition)).map_err(failed)?;
        if let Some(&partition) = assigned.iter().find(|&&partition| partition as usize >= ranges.len()) {
            let reason = format!(
                "topic `{topic}` has only {} partitions; give it as many as `{}` has",
                ranges.len(),
                shared.settings.input_topic
            );
            return Err(Failure::Timeline { partition, reason });
        }
        let new = |&partition: &i32| (partition, Partition::new(Arc::clone(&self.settings)));
        let mut restored: BTreeMap<i32, Partition> = assigned.iter().map(new).collect();
        let (mut records, mut fault) = (0_u64, None);
        let mut turn = |_: Progress<'_>| turn();
        let ended = reader
            .read(&ranges, &mut turn, |message| {
                records += 1;
                match TimelineRecord::read(message.key().unwrap_or_default(), message.payload()) {
                    Ok(record) => {
                        if let Some(state) = restored.get_mut(&message.partition()) {
                            state.restore(record);
                        }
                    }
                    Err(error) => {
                        let reason = format!("offset {} of topic `{topic}`: {error}", message.offset());
                        fault.get_or_insert(Failure::Timeline { partition: message.partition(), reason });
                    }
                }
            })
            .map_err(failed)?;
        if ended.is_break() {
            return Ok(());
        }
        if let Some(fault) = fault {
            return Err(fault);
        }
        for (&partition, state) in &mut restored {
            state.restored().map_err(|error| Failure::Timeline { partition, reason: error.to_string() })?;
        }
        let seconds = started.elapsed().as_secs_f64();
        tracing::info!(partitions = ?assigned, records, seconds, "timeline restored");
        self.partitions.append(&mut restored);
        Ok(())
    }
}
