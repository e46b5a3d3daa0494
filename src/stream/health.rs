//! Whether the workers are alive and at work, for `/livez` and `/readyz`.
//!
//! *Live* means that a restart would not help: every worker turns its loop, and none holds records for
//! `stall_timeout` without committing any. *Ready* means that every worker is a member of its group.

use crate::stream::settings::StreamSettings;
use serde::Serialize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

/// The health of all workers of a stream.
#[derive(Debug)]
pub struct Health {
    stall_timeout: Duration,
    workers: Vec<Mutex<WorkerHealth>>,
}

/// The health of one worker.
#[derive(Clone, Debug, Serialize)]
pub struct WorkerHealth {
    /// The worker's number.
    pub worker: usize,
    /// What it is doing.
    pub state: WorkerState,
    /// Partitions of the input that it holds.
    pub assigned: Vec<i32>,
    /// Records that it has read and not yet committed.
    pub waiting: usize,
    /// When it last committed.
    pub last_commit: Option<SystemTime>,
    /// How often it dropped its clients and started afresh.
    pub restarts: u64,
    /// Since when it has owed a commit: the first record after the last one.
    #[serde(skip)]
    owes_since: Option<Instant>,
    /// When its loop last turned.
    #[serde(skip)]
    last_turn: Instant,
}

/// What a worker is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkerState {
    /// Not yet a member of the group.
    Starting,
    /// A member of the group, reading the state of the partitions that it was given.
    Restoring,
    /// A member of the group.
    Running,
    /// Waiting before it starts afresh.
    BackingOff,
    /// Stopped, because it was asked to.
    Stopped,
}

impl Health {
    /// The health of a stream that is about to start.
    pub fn new(settings: &StreamSettings) -> Arc<Self> {
        let worker = |worker| {
            Mutex::new(WorkerHealth {
                worker,
                state: WorkerState::Starting,
                assigned: Vec::new(),
                waiting: 0,
                last_commit: None,
                restarts: 0,
                owes_since: None,
                last_turn: Instant::now(),
            })
        };
        Arc::new(Self { stall_timeout: settings.stall_timeout, workers: (0..settings.workers).map(worker).collect() })
    }

    /// Whether the service is alive.
    ///
    /// # Errors
    /// The reasons why it is not, in words.
    pub fn live(&self) -> Result<(), Vec<String>> {
        let reasons: Vec<String> =
            self.workers().iter().filter_map(|worker| worker.stall(self.stall_timeout)).collect();
        if reasons.is_empty() { Ok(()) } else { Err(reasons) }
    }

    /// Whether the service does its work.
    ///
    /// # Errors
    /// The reasons why it does not, in words.
    pub fn ready(&self) -> Result<(), Vec<String>> {
        let reasons: Vec<String> = self
            .workers()
            .iter()
            .filter_map(|worker| {
                let doing = match worker.state {
                    WorkerState::Running => return None,
                    WorkerState::Starting => "has not yet joined its consumer group",
                    WorkerState::Restoring => "restores the timeline of its partitions",
                    WorkerState::BackingOff => "waits before it starts afresh after a failure",
                    WorkerState::Stopped => "is stopped",
                };
                Some(format!("worker {} {doing}", worker.worker))
            })
            .collect();
        if reasons.is_empty() { Ok(()) } else { Err(reasons) }
    }

    /// A copy of every worker's health.
    pub fn workers(&self) -> Vec<WorkerHealth> {
        self.workers.iter().map(|worker| lock(worker).clone()).collect()
    }

    /// Changes one worker's health; a worker that `new` was not told of changes nothing.
    pub(super) fn update(&self, worker: usize, change: impl FnOnce(&mut WorkerHealth)) {
        if let Some(health) = self.workers.get(worker) {
            change(&mut lock(health));
        }
    }
}

impl WorkerHealth {
    /// The loop turned, with this many records in hand.
    pub(super) fn turn(&mut self, waiting: usize) {
        self.last_turn = Instant::now();
        self.waiting = waiting;
        if waiting > 0 {
            self.owes_since.get_or_insert(self.last_turn);
        }
    }

    /// A batch was committed, or all that was in hand now belongs to another worker.
    pub(super) fn owes_nothing(&mut self) {
        self.waiting = 0;
        self.owes_since = None;
        self.last_turn = Instant::now();
    }

    fn stall(&self, timeout: Duration) -> Option<String> {
        if self.state == WorkerState::Stopped {
            return None;
        }
        if let Some(since) = self.owes_since.filter(|since| since.elapsed() > timeout) {
            let secs = since.elapsed().as_secs();
            return Some(format!("worker {} has held records for {secs}s and committed none", self.worker));
        }
        let idle = self.last_turn.elapsed();
        (idle > timeout).then(|| format!("worker {} has not turned its loop for {}s", self.worker, idle.as_secs()))
    }
}

fn lock(worker: &Mutex<WorkerHealth>) -> MutexGuard<'_, WorkerHealth> {
    worker.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn health() -> Arc<Health> {
        Health::new(&StreamSettings { stall_timeout: Duration::from_millis(20), ..StreamSettings::default() })
    }

    #[test]
    fn records_in_hand_and_no_commit_are_a_stall_even_while_the_loop_turns() {
        let health = health();
        health.update(0, |worker| worker.turn(3));
        std::thread::sleep(Duration::from_millis(30));
        health.update(0, |worker| worker.turn(0));
        assert!(health.live().is_err(), "an abort and an empty batch are no progress");
        health.update(0, WorkerHealth::owes_nothing);
        assert_eq!(health.live(), Ok(()));
    }

    #[test]
    fn an_idle_worker_that_turns_is_live_and_a_hung_one_is_not() {
        let health = health();
        std::thread::sleep(Duration::from_millis(30));
        assert!(health.live().is_err());
        health.update(0, |worker| worker.turn(0));
        assert_eq!(health.live(), Ok(()));
    }

    #[test]
    fn ready_once_every_worker_has_joined() {
        let health = health();
        assert_eq!(health.ready().unwrap_err(), ["worker 0 has not yet joined its consumer group"]);
        health.update(0, |worker| worker.state = WorkerState::Running);
        assert_eq!(health.ready(), Ok(()));
    }
}
