//! One event → does it count, and in which hour? By the event alone, so that anybody can do it again.

use super::{Hour, TimelineSettings};
use crate::article::PublishedAtBasis;
use crate::event::EnrichedArticle;
use crate::vocabulary::StoryRole;
use jiff::tz::Offset;

/// What the timeline makes of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It counts in this hour.
    Counted(Hour),
    /// It was counted before; or nobody has said that it was not, for the event is older than the timeline.
    Repeated,
    /// It has no usable time of publication.
    Undated,
    /// It was published before or after the accepted range.
    OutOfRange,
}

/// What the timeline makes of an article whose story is known.
pub fn fate(event: &EnrichedArticle, settings: &TimelineSettings) -> Fate {
    match event.article.story_role {
        Some(StoryRole::Founder | StoryRole::Copy) => fate_by_time(event, settings),
        _ => Fate::Repeated,
    }
}

/// What its time of publication alone makes of it, whether it was read before or not.
pub fn fate_by_time(event: &EnrichedArticle, settings: &TimelineSettings) -> Fate {
    let by_record = event.article.published_at_basis == Some(PublishedAtBasis::RecordTimestamp);
    match event.article.published_at {
        Some(at) if !by_record || settings.record_time => {
            let day = Offset::UTC.to_datetime(at).date();
            let accepted = (settings.oldest..settings.newest).contains(&day);
            if accepted { Fate::Counted(Hour::of(at)) } else { Fate::OutOfRange }
        }
        _ => Fate::Undated,
    }
}
