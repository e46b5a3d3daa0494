//! What is told to those who watch: a bounded queue for all of them, and whoever does not keep up is let go.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::broadcast::{self, error::RecvError};

/// Messages that wait for a slow reader. One of each kind is sent in a second at most.
const WAITING: usize = 64;

/// A message: its kind, and its JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// `hello`, `articles`, `pairs`, `lagged`.
    pub kind: &'static str,
    /// The data, as JSON.
    pub data: Arc<str>,
}

/// The sending side.
#[derive(Debug)]
pub(super) struct Updates {
    /// `None`: closed.
    sender: Mutex<Option<broadcast::Sender<Message>>>,
    viewers: Arc<AtomicUsize>,
    most_viewers: usize,
}

/// A reader's place; it is free again when dropped.
#[derive(Debug)]
pub struct Viewer {
    receiver: broadcast::Receiver<Message>,
    viewers: Arc<AtomicUsize>,
    gone: bool,
}

impl Updates {
    pub(super) fn new(most_viewers: usize) -> Self {
        let sender = Mutex::new(Some(broadcast::Sender::new(WAITING)));
        Self { sender, viewers: Arc::default(), most_viewers }
    }

    fn with_sender<T>(&self, act: impl FnOnce(&broadcast::Sender<Message>) -> T) -> Option<T> {
        self.sender.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(act)
    }

    /// Whether anybody watches.
    pub(super) fn are_watched(&self) -> bool {
        self.with_sender(|sender| sender.receiver_count() > 0).unwrap_or(false)
    }

    pub(super) fn send(&self, kind: &'static str, data: &impl serde::Serialize) {
        match serde_json::to_string(data) {
            // nobody watches: nothing is lost
            Ok(data) => _ = self.with_sender(|sender| sender.send(Message { kind, data: data.into() })),
            Err(error) => tracing::error!(%error, kind, "a message for the page cannot be written"),
        }
    }

    /// A place for one more; `None` where there is none left, or all is over.
    pub(super) fn watch(&self) -> Option<Viewer> {
        let viewers = self.viewers.clone();
        let free = |count: usize| (count < self.most_viewers).then_some(count + 1);
        viewers.fetch_update(Ordering::SeqCst, Ordering::SeqCst, free).ok()?;
        match self.with_sender(broadcast::Sender::subscribe) {
            Some(receiver) => Some(Viewer { receiver, viewers, gone: false }),
            None => {
                viewers.fetch_sub(1, Ordering::SeqCst);
                None
            }
        }
    }

    /// Every stream ends.
    pub(super) fn close(&self) {
        self.sender.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

impl Viewer {
    /// The next message; `None` when it is over. The last one may say that the reader was too slow.
    pub async fn next(&mut self) -> Option<Message> {
        if self.gone {
            return None;
        }
        match self.receiver.recv().await {
            Ok(message) => Some(message),
            Err(RecvError::Closed) => None,
            Err(RecvError::Lagged(missed)) => {
                self.gone = true;
                let data = serde_json::to_string(&super::answers::Lagged { missed }).unwrap_or_default();
                Some(Message { kind: "lagged", data: data.into() })
            }
        }
    }
}

impl Drop for Viewer {
    fn drop(&mut self) {
        self.viewers.fetch_sub(1, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run<T>(future: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
    }

    #[test]
    fn a_slow_reader_is_told_and_let_go_and_holds_up_nobody() {
        let updates = Updates::new(2);
        let (mut slow, mut quick) = (updates.watch().unwrap(), updates.watch().unwrap());
        for number in 0..WAITING + 10 {
            updates.send("articles", &number);
            assert_eq!(run(quick.next()).unwrap().data.as_ref(), number.to_string());
        }
        let notice = run(slow.next()).unwrap();
        assert_eq!((notice.kind, notice.data.as_ref()), ("lagged", r#"{"missed":10}"#));
        assert_eq!(run(slow.next()), None);
    }

    #[test]
    fn places_are_few_and_become_free_again() {
        let updates = Updates::new(1);
        let viewer = updates.watch().unwrap();
        assert!(updates.watch().is_none());
        drop(viewer);
        let mut viewer = updates.watch().unwrap();
        updates.close();
        assert_eq!(run(viewer.next()), None);
        assert!(updates.watch().is_none());
    }
}
