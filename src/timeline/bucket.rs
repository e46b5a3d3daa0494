//! What is counted, and where.

use crate::event::Count;
use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::ops::AddAssign;
use std::sync::Arc;

const SECONDS: i64 = 3_600;

/// An hour of publication, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hour(i32);

impl Hour {
    /// The hour that holds an instant.
    pub fn of(instant: Timestamp) -> Self {
        // jiff's years end at 9999: some 88 million hours.
        Self(instant.as_second().div_euclid(SECONDS) as i32)
    }

    /// Its beginning.
    pub fn start(self) -> Timestamp {
        Timestamp::from_second(i64::from(self.0) * SECONDS).unwrap_or_default()
    }

    /// The hour after it.
    pub fn next(self) -> Self {
        self.plus(1)
    }

    /// So many hours later.
    pub fn plus(self, hours: i32) -> Self {
        Self(self.0.saturating_add(hours))
    }

    /// Hours from an earlier one to this.
    pub fn since(self, earlier: Self) -> i32 {
        self.0.saturating_sub(earlier.0)
    }

    /// The first hour of the step of so many hours that it lies in; steps are counted from 1970-01-01T00:00Z.
    pub fn step(self, hours: u32) -> Self {
        let hours = i32::try_from(hours.max(1)).unwrap_or(i32::MAX);
        Self(self.0.div_euclid(hours).saturating_mul(hours))
    }
}

impl Serialize for Hour {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.start().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Hour {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Timestamp::deserialize(deserializer).map(Self::of)
    }
}

/// Where something is counted. In the order of time.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Bucket {
    /// Hour of publication.
    pub hour: Hour,
    /// Id of the mineral.
    pub mineral: Arc<str>,
    /// ISO 3166-1 alpha-2, or `none` where no country explains a mention.
    pub country: Arc<str>,
}

/// What is counted. All of it can be added up over hours, countries and minerals alike, but for articles that name several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Mentions.
    pub mentions: u64,
    /// Articles with at least one.
    pub articles: u64,
    /// Articles of these that were the first to tell their story.
    pub stories: u64,
}

impl Totals {
    /// What one article adds, as the metrics' tally has it.
    pub fn of(count: Count, founds_a_story: bool) -> Self {
        let stories = if founds_a_story { count.articles } else { 0 };
        Self { mentions: count.mentions, articles: count.articles, stories }
    }

    /// Takes one summand out and puts another in.
    pub(super) fn replace(&mut self, before: Self, after: Self) {
        let change = |sum: &mut u64, before: u64, after: u64| *sum = sum.saturating_sub(before).saturating_add(after);
        change(&mut self.mentions, before.mentions, after.mentions);
        change(&mut self.articles, before.articles, after.articles);
        change(&mut self.stories, before.stories, after.stories);
    }
}

impl AddAssign for Totals {
    fn add_assign(&mut self, other: Self) {
        self.mentions += other.mentions;
        self.articles += other.articles;
        self.stories += other.stories;
    }
}
