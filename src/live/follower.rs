//! The timeline's records on their way to the totals.

use super::Live;
use crate::stream::timeline::Follower;
use crate::timeline::TimelineRecord;
use std::sync::Arc;

struct Reader(Arc<Live>);

impl Live {
    /// Takes the timeline's records in, for [`crate::stream::timeline::follow`].
    pub fn follower(self: &Arc<Self>) -> impl Follower + Send + use<> {
        Reader(Arc::clone(self))
    }
}

impl Follower for Reader {
    fn begins(&mut self) {
        self.0.board_mut().begin();
    }

    fn record(&mut self, partition: i32, record: &TimelineRecord<'_>) {
        self.0.board_mut().apply(partition, record);
    }

    fn turn(&mut self, complete: bool) {
        if self.0.board_mut().turn(complete) {
            // Whoever watched the totals grow asks for them once more.
            self.0.updates.send("hello", &self.0.coverage());
            tracing::info!("the page shows the whole timeline");
        }
    }

    fn failed(&mut self, reason: &str) {
        self.0.board_mut().fail(reason);
    }
}
