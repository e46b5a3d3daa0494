//! `[page]`: what the live page and its API hold in memory.

use serde::{Deserialize, Serialize};

/// The page and what it may hold.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct PageSettings {
    /// The page and its API are served. They show articles' texts to everybody who can reach `http.listen`.
    pub enabled: bool,
    /// The newest articles that are held, at most so many,
    pub articles: usize,
    /// and at most so many bytes of their events.
    pub bytes: usize,
    /// Hours × minerals × countries that are held; beyond them the oldest hours are left out, and the page says so.
    pub buckets: usize,
    /// Readers of the stream of changes at the same time.
    pub viewers: usize,
}

impl Default for PageSettings {
    fn default() -> Self {
        Self { enabled: true, articles: 500, bytes: 8 << 20, buckets: 200_000, viewers: 64 }
    }
}

impl PageSettings {
    /// Everything that is wrong: the key, and what it must be.
    pub fn validate(&self) -> Vec<(&'static str, &'static str)> {
        let checks = [
            ("articles", (1..=20_000).contains(&self.articles), "must be 1 to 20000"),
            ("bytes", (1 << 20..=1 << 30).contains(&self.bytes), "must be 1048576 (1 MiB) to 1073741824 (1 GiB)"),
            ("buckets", (1_000..=10_000_000).contains(&self.buckets), "must be 1000 to 10000000"),
            ("viewers", (1..=10_000).contains(&self.viewers), "must be 1 to 10000"),
        ];
        checks.into_iter().filter(|(_, holds, _)| !holds).map(|(key, _, message)| (key, message)).collect()
    }
}
