//! The stream as a whole: checks first, then workers, then an orderly end.

use crate::stream::worker::Worker;
use crate::stream::{Connection, Enrich, Health, Observer, Shared, Shutdown, StreamError, StreamSettings, admin};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Runs the stream until `shutdown` is signalled and every worker has finished or given up its batch.
///
/// Blocks; give it a thread of its own. `health` must have been made from the same settings.
///
/// # Errors
/// - [`StreamError::Settings`] and [`StreamError::Broker`] before anything is read: all faults at once;
/// - [`StreamError::DrainBudget`] when workers had not stopped in time. What they had open is given up by the broker.
///
/// Failures of single records, batches or clients are no errors: they are told to the observer, and mended.
pub fn run<E: Enrich + 'static>(
    enrich: Arc<E>,
    connection: &Connection,
    settings: &StreamSettings,
    observer: Arc<dyn Observer>,
    health: Arc<Health>,
    shutdown: &Shutdown,
) -> Result<(), StreamError> {
    let faults = settings.validate(connection.properties());
    if !faults.is_empty() {
        return Err(StreamError::Settings(faults));
    }
    let report = admin::check(connection, settings).map_err(StreamError::Broker)?;
    let shared = Arc::new(Shared {
        enrich,
        connection: connection.clone(),
        settings: settings.clone(),
        observer,
        health,
        shutdown: shutdown.clone(),
        largest_batch: report.largest_batch(settings),
    });
    let mut workers = Vec::with_capacity(settings.workers);
    for index in 0..settings.workers {
        let worker = Worker::new(index, Arc::clone(&shared));
        let spawned = thread::Builder::new().name(format!("worker-{index}")).spawn(move || worker.run());
        match spawned {
            Ok(handle) => workers.push(handle),
            Err(source) => {
                shutdown.signal();
                _ = join(workers, settings.drain_budget);
                return Err(StreamError::System { doing: "start a worker's thread", source });
            }
        }
    }
    tracing::info!(
        workers = settings.workers,
        input = settings.input_topic,
        output = settings.output_topic,
        group = settings.group_id,
        delivery = ?settings.delivery,
        "stream started"
    );
    while !shutdown.wait_timeout(Duration::from_secs(3600)) {}
    tracing::info!("stream is stopping");
    match join(workers, settings.drain_budget) {
        0 => Ok(()),
        workers => Err(StreamError::DrainBudget { workers, budget: settings.drain_budget }),
    }
}

/// Waits for the workers, `budget` at most; how many had not ended by then.
fn join(mut workers: Vec<JoinHandle<()>>, budget: Duration) -> usize {
    let deadline = Instant::now() + budget;
    loop {
        workers.retain(|worker| !worker.is_finished());
        if workers.is_empty() || Instant::now() >= deadline {
            return workers.len();
        }
        thread::sleep(Duration::from_millis(10));
    }
}
