//! Which story each article tells, in the order of the input, and the timeline of all of them: what `run` does for a
//! partition, without Kafka.

use crate::cli::Problem;
use crate::pipeline::Enriched;
use crate::timeline::{Partition, Timeline, TimelineSettings};
use std::sync::Arc;

/// The articles so far.
pub(super) struct Stories {
    settings: Arc<TimelineSettings>,
    partition: Partition,
    /// Kept only where it is asked for.
    timeline: Option<Timeline>,
}

impl Stories {
    /// `None` when the timeline is off.
    pub(super) fn new(settings: &TimelineSettings, keep_timeline: bool) -> Option<Self> {
        let settings = Arc::new(settings.clone());
        let timeline = keep_timeline.then(Timeline::default);
        let partition = Partition::new(settings.clone());
        settings.enabled.then_some(Self { settings, partition, timeline })
    }

    /// Writes into each event which story it tells, and counts it.
    pub(super) fn tell(&mut self, articles: &mut [Enriched]) -> Result<(), Problem> {
        for enriched in articles {
            let placement = self.partition.place_and_tell(enriched);
            self.partition.take(placement, enriched, None);
            if let Some(timeline) = &mut self.timeline {
                timeline.count(&enriched.event, &self.settings);
            }
        }
        // Nothing is written anywhere: this bounds what is remembered.
        let changes = self.partition.changes().map_err(Problem::failure)?;
        self.partition.commit(changes);
        Ok(())
    }

    /// The timeline of all articles.
    pub(super) fn into_timeline(self) -> Option<Timeline> {
        self.timeline
    }
}
