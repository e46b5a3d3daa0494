//! The totals of all partitions, summed: what is asked and exported.

use super::names::Names;
use super::record::{Kind, TimelineRecord};
use super::{Bucket, Fate, Hour, TimelineSettings, Totals, fate};
use crate::event::{EnrichedArticle, Tally};
use crate::vocabulary::StoryRole;
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is asked for; all of it when nothing is said.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Ids of minerals.
    pub minerals: Vec<String>,
    /// ISO 3166-1 alpha-2 codes, or `none`.
    pub countries: Vec<String>,
    /// First hour.
    pub from: Option<Hour>,
    /// First hour that is no longer wanted.
    pub to: Option<Hour>,
}

impl Filter {
    fn wants(&self, hour: Hour, mineral: &str, country: &str) -> bool {
        let listed = |list: &[String], name: &str| list.is_empty() || list.iter().any(|wanted| wanted == name);
        self.from.is_none_or(|from| hour >= from)
            && self.to.is_none_or(|to| hour < to)
            && listed(&self.minerals, mineral)
            && listed(&self.countries, country)
    }
}

/// The totals of a whole timeline, or of the part of it that a filter wants.
#[derive(Debug, Default)]
pub struct Timeline {
    filter: Filter,
    names: Names,
    /// What each record of the topic says now, by partition and part.
    parts: FxHashMap<(i32, u64, Bucket), Totals>,
    sums: BTreeMap<Bucket, Totals>,
}

/// A row of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Beginning of the step, in UTC.
    pub time: Hour,
    /// Id of the mineral.
    pub mineral: Arc<str>,
    /// ISO 3166-1 alpha-2, or `none`.
    pub country: Arc<str>,
    /// What is counted.
    #[serde(flatten)]
    pub totals: Totals,
}

/// A bucket on which two timelines do not agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Beginning of the hour, in UTC.
    pub hour: Hour,
    /// Id of the mineral.
    pub mineral: Arc<str>,
    /// ISO 3166-1 alpha-2, or `none`.
    pub country: Arc<str>,
    /// What the first says.
    pub one: Totals,
    /// What the other says.
    pub other: Totals,
}

impl Timeline {
    /// An empty timeline that takes in only what is wanted.
    pub fn new(filter: Filter) -> Self {
        Self { filter, ..Self::default() }
    }

    /// Takes in a record of a partition of the timeline's topic; a later one of the same key replaces the earlier.
    pub fn apply(&mut self, partition: i32, record: &TimelineRecord<'_>) {
        let Kind::Total { hour, mineral, country, part, totals } = &record.0 else { return };
        if !self.filter.wants(*hour, mineral, country) {
            return;
        }
        let bucket = Bucket { hour: *hour, mineral: self.names.get(mineral), country: self.names.get(country) };
        let key = (partition, *part, bucket.clone());
        let before = match totals {
            Some(totals) => self.parts.insert(key, *totals),
            None => self.parts.remove(&key),
        };
        let sum = self.sums.entry(bucket).or_default();
        sum.replace(before.unwrap_or_default(), totals.unwrap_or_default());
    }

    /// Counts an event by itself, as the partition that it came from did; what became of it.
    pub fn count(&mut self, event: &EnrichedArticle, settings: &TimelineSettings) -> Fate {
        let fate = fate(event, settings);
        if let Fate::Counted(hour) = fate {
            let founds = event.article.story_role == Some(StoryRole::Founder);
            let mut tally = Tally::default();
            tally.add(event);
            for ((mineral, country), count) in &tally.minerals {
                if self.filter.wants(hour, mineral, country) {
                    let (mineral, country) = (self.names.get(mineral), self.names.get(country));
                    *self.sums.entry(Bucket { hour, mineral, country }).or_default() += Totals::of(*count, founds);
                }
            }
        }
        fate
    }

    /// Bucket by bucket, in the order of time.
    pub(super) fn sums(&self) -> impl Iterator<Item = (&Bucket, &Totals)> {
        self.sums.iter()
    }

    /// The totals in steps of so many hours, in the order of time, then mineral, then country. Steps without any are left out.
    pub fn rows(&self, step_hours: u32) -> Vec<Row> {
        let mut steps: BTreeMap<Bucket, Totals> = BTreeMap::new();
        for (Bucket { hour, mineral, country }, totals) in self.sums.iter().filter(|(_, totals)| totals.articles > 0) {
            let step = Bucket { hour: hour.step(step_hours), mineral: mineral.clone(), country: country.clone() };
            *steps.entry(step).or_default() += *totals;
        }
        let row = |(bucket, totals): (Bucket, Totals)| {
            let Bucket { hour: time, mineral, country } = bucket;
            Row { time, mineral, country, totals }
        };
        steps.into_iter().map(row).collect()
    }

    /// Buckets that are not the same in both.
    pub fn differences(&self, other: &Self) -> Vec<Difference> {
        let of = |timeline: &Self, bucket: &Bucket| timeline.sums.get(bucket).copied().unwrap_or_default();
        let mut buckets: Vec<&Bucket> = self.sums.keys().chain(other.sums.keys()).collect();
        buckets.sort_unstable();
        buckets.dedup();
        let differs = buckets.into_iter().filter(|bucket| of(self, bucket) != of(other, bucket));
        let difference = |bucket: &Bucket| {
            let Bucket { hour, mineral, country } = bucket.clone();
            Difference { hour, mineral, country, one: of(self, bucket), other: of(other, bucket) }
        };
        differs.map(difference).collect()
    }

    /// The sum over everything.
    pub fn total(&self) -> Totals {
        self.sums.values().fold(Totals::default(), |mut sum, totals| {
            sum += *totals;
            sum
        })
    }

    /// How many buckets there are.
    pub fn buckets(&self) -> usize {
        self.sums.values().filter(|totals| totals.articles > 0).count()
    }
}
