//! What a batch keeps of its events for those who show them: the newest as they were published, and totals by time of
//! publication where no timeline holds them. Bounded by what was asked for, whatever the batch holds.

use crate::event::EnrichedArticle;
use crate::timeline::{Bucket, Fate, TimelineSettings, Totals, fate_by_time};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;
use std::sync::Arc;

/// What an observer wants to be kept of each batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// At most so many of the newest events,
    pub events: usize,
    /// and at most so many bytes of them.
    pub bytes: usize,
    /// Totals by time of publication, of all events.
    pub totals: bool,
}

impl Wanted {
    /// What both want.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            events: self.events.max(other.events),
            bytes: self.bytes.max(other.bytes),
            totals: self.totals || other.totals,
        }
    }
}

/// What a batch has kept.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// The newest events, as they were published; the newest last.
    pub events: VecDeque<Arc<[u8]>>,
    /// Totals by time of publication, each article as if read for the first time.
    pub totals: FxHashMap<Bucket, Totals>,
    /// Articles that are in no total, for they have no usable time of publication.
    pub undated: u64,
    bytes: usize,
}

impl Kept {
    /// Takes an event in that was sent. `left` records of the batch come after it: where they alone fill the room, nothing is
    /// copied.
    pub(super) fn take(&mut self, wanted: Wanted, left: usize, encoded: &[u8]) {
        if left >= wanted.events || encoded.len() > wanted.bytes {
            return;
        }
        self.bytes += encoded.len();
        self.events.push_back(encoded.into());
        while self.bytes > wanted.bytes || self.events.len() > wanted.events {
            self.bytes -= self.events.pop_front().map_or(self.bytes, |event| event.len());
        }
    }

    /// Counts an event.
    pub(super) fn count(&mut self, event: &EnrichedArticle, settings: &TimelineSettings) {
        let Fate::Counted(hour) = fate_by_time(event, settings) else {
            self.undated += 1;
            return;
        };
        for (mineral, country, count) in crate::event::minerals(event) {
            let bucket = Bucket { hour, mineral: mineral.into(), country: country.into() };
            *self.totals.entry(bucket).or_default() += Totals::of(count, false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_stay_within_both_bounds() {
        let wanted = Wanted { events: 3, bytes: 10, totals: false };
        let mut kept = Kept::default();
        for (at, event) in ["aaaa", "bb", "cccc", "ddddddddddddd", "ee", "f"].iter().enumerate() {
            kept.take(wanted, 5 - at, event.as_bytes());
        }
        let held: Vec<_> = kept.events.iter().map(|event| String::from_utf8_lossy(event).into_owned()).collect();
        assert_eq!(held, ["ee", "f"], "the first three are pushed out by their number, the long one fits nowhere");
        kept.take(wanted, 0, b"gggggggg");
        assert_eq!((kept.events.len(), kept.bytes), (2, 9));
    }

    #[test]
    fn nothing_is_kept_that_nobody_wants() {
        let mut kept = Kept::default();
        kept.take(Wanted::default(), 0, b"a");
        assert!(kept.events.is_empty());
    }
}
