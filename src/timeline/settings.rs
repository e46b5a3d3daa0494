//! What an operator can set about the timeline.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The table `[timeline]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TimelineSettings {
    /// Whether totals by time of publication are kept, and stories told apart.
    pub enabled: bool,
    /// Compacted topic that totals and state are kept in; as many partitions as the input topic has.
    pub topic: String,
    /// Articles published before this day (UTC) are left out.
    pub oldest: Date,
    /// Articles published on this day (UTC) or later are left out.
    pub newest: Date,
    /// Whether articles count whose only time is that of their record: right for live news, wrong for a backfill.
    pub record_time: bool,
    /// Buckets of a partition that are held in memory; of others a new part is begun.
    pub buckets: usize,
    /// The same article (id and content) counts once among so many articles of its partition,
    pub articles: usize,
    /// and within this time.
    #[serde(with = "humantime_serde")]
    pub articles_window: Duration,
    /// Stories of a partition that are told apart.
    pub stories: usize,
    /// An article tells a story again only when it was published within this time of the story's first.
    #[serde(with = "humantime_serde")]
    pub stories_window: Duration,
}

impl Default for TimelineSettings {
    fn default() -> Self {
        let day = Duration::from_secs(86_400);
        Self {
            enabled: true,
            topic: "lodestream.timeline".into(),
            oldest: Date::constant(1990, 1, 1),
            newest: Date::constant(2100, 1, 1),
            record_time: true,
            buckets: 50_000,
            articles: 50_000,
            articles_window: 30 * day,
            stories: 10_000,
            stories_window: 7 * day,
        }
    }
}

/// One setting that cannot be used, and why. The topic's name is judged by the room that knows Kafka's rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingFault {
    /// The key in the table `[timeline]`.
    pub key: &'static str,
    /// What is wrong, and what to do.
    pub message: &'static str,
}

impl TimelineSettings {
    /// Everything that is wrong.
    pub fn validate(&self) -> Vec<SettingFault> {
        let count = 1..=10_000_000;
        let hour = Duration::from_secs(3_600);
        let checks = [
            ("newest", self.newest > self.oldest, "must be later than timeline.oldest, or no article would count"),
            ("buckets", (1_000..=10_000_000).contains(&self.buckets), "must be 1000 to 10000000"),
            ("articles", count.contains(&self.articles), "must be 1 to 10000000"),
            ("articles_window", self.articles_window >= hour, "must be at least 1h"),
            ("stories", count.contains(&self.stories), "must be 1 to 10000000"),
            ("stories_window", self.stories_window >= hour, "must be at least 1h"),
        ];
        let faults = checks.into_iter().filter(|(_, holds, _)| !holds);
        faults.map(|(key, _, message)| SettingFault { key, message }).collect()
    }
}
