//! A request to stop, shared by all who must heed it.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A request to stop that can be cloned, asked and waited for. Once signalled it stays so.
#[derive(Clone, Debug, Default)]
pub struct Shutdown(Arc<(Mutex<Option<Instant>>, Condvar)>);

impl Shutdown {
    /// Not yet signalled.
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks everyone to stop.
    pub fn signal(&self) {
        let (since, changed) = &*self.0;
        since.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_with(Instant::now);
        changed.notify_all();
    }

    /// Whether everyone is asked to stop.
    pub fn is_signalled(&self) -> bool {
        self.since().is_some()
    }

    /// Sleeps until signalled, `duration` at most; whether it is signalled.
    pub fn wait_timeout(&self, duration: Duration) -> bool {
        let (since, changed) = &*self.0;
        let guard = since.lock().unwrap_or_else(PoisonError::into_inner);
        let (guard, _) = changed
            .wait_timeout_while(guard, duration, |since| since.is_none())
            .unwrap_or_else(PoisonError::into_inner);
        guard.is_some()
    }

    /// When it was signalled.
    pub(super) fn since(&self) -> Option<Instant> {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether it was signalled longer ago than `budget`.
    pub(super) fn is_over(&self, budget: Duration) -> bool {
        self.since().is_some_and(|since| since.elapsed() >= budget)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signal_wakes_those_who_wait() {
        let shutdown = Shutdown::new();
        assert!(!shutdown.wait_timeout(Duration::from_millis(1)));
        let waiting = std::thread::spawn({
            let shutdown = shutdown.clone();
            move || shutdown.wait_timeout(Duration::from_secs(60))
        });
        shutdown.signal();
        assert!(waiting.join().unwrap());
        assert!(shutdown.is_over(Duration::ZERO) && !shutdown.is_over(Duration::from_secs(60)));
    }
}
