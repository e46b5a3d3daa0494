//! The totals of all partitions, summed: what is asked and exported.

use super::names::Names;
use super::record::{Kind, TimelineRecord};
use super::{Bucket, Fate, Hour, TimelineSettings, Totals, fate};
use crate::event::{EnrichedArticle, minerals};
use crate::vocabulary::StoryRole;
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::Bound;
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
    /// Everything before this hour was forgotten.
    forgotten: Option<Hour>,
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

    /// Takes in a record of a partition of the timeline's topic; a later one of the same key replaces the earlier. The bucket that
    /// it spoke of, if that is wanted.
    pub fn apply(&mut self, partition: i32, record: &TimelineRecord<'_>) -> Option<Bucket> {
        let Kind::Total { hour, mineral, country, part, totals } = &record.0 else { return None };
        if !self.filter.wants(*hour, mineral, country) {
            return None;
        }
        let bucket = Bucket { hour: *hour, mineral: self.names.get(mineral), country: self.names.get(country) };
        let key = (partition, *part, bucket.clone());
        let before = match totals {
            Some(totals) => self.parts.insert(key, *totals),
            None => self.parts.remove(&key),
        };
        let sum = self.sums.entry(bucket.clone()).or_default();
        sum.replace(before.unwrap_or_default(), totals.unwrap_or_default());
        Some(bucket)
    }

    /// Adds to a bucket what no record of a topic speaks of.
    pub fn add(&mut self, bucket: &Bucket, totals: Totals) {
        if self.filter.wants(bucket.hour, &bucket.mineral, &bucket.country) {
            let (mineral, country) = (self.names.get(&bucket.mineral), self.names.get(&bucket.country));
            *self.sums.entry(Bucket { hour: bucket.hour, mineral, country }).or_default() += totals;
        }
    }

    /// Counts an event by itself, as the partition that it came from did; what became of it.
    pub fn count(&mut self, event: &EnrichedArticle, settings: &TimelineSettings) -> Fate {
        let fate = fate(event, settings);
        if let Fate::Counted(hour) = fate {
            let founds = event.article.story_role == Some(StoryRole::Founder);
            for (mineral, country, count) in minerals(event) {
                if self.filter.wants(hour, mineral, country) {
                    let (mineral, country) = (self.names.get(mineral), self.names.get(country));
                    *self.sums.entry(Bucket { hour, mineral, country }).or_default() += Totals::of(count, founds);
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

    /// The buckets of the hours from `from` on and before `to`, in the order of time.
    pub fn between(&self, from: Option<Hour>, to: Option<Hour>) -> impl Iterator<Item = (&Bucket, &Totals)> {
        let first = |hour| Bucket { hour, mineral: "".into(), country: "".into() };
        let from = from.map_or(Bound::Unbounded, |hour| Bound::Included(first(hour)));
        let buckets = self.sums.range((from, Bound::Unbounded));
        let buckets = buckets.take_while(move |(bucket, _)| to.is_none_or(|to| bucket.hour < to));
        buckets.filter(|(_, totals)| totals.articles > 0)
    }

    /// The first and the last hour with anything in them.
    pub fn extent(&self) -> Option<(Hour, Hour)> {
        let counts = |(bucket, totals): (&Bucket, &Totals)| (totals.articles > 0).then_some(bucket.hour);
        Some((self.sums.iter().find_map(counts)?, self.sums.iter().rev().find_map(counts)?))
    }

    /// When there are more buckets than `most`, forgets the oldest hours until a tenth of the room is free, and takes in nothing
    /// of them any more. The first hour that is still whole, if ever one was forgotten.
    pub fn forget_oldest(&mut self, most: usize) -> Option<Hour> {
        if self.sums.len() > most {
            let excess = self.sums.len() - (most - most / 10);
            // The hour after the last that goes: no hour is kept by half.
            let cut = self.sums.keys().nth(excess).map(|bucket| bucket.hour.next());
            if let Some(cut) = cut {
                self.sums = self.sums.split_off(&Bucket { hour: cut, mineral: "".into(), country: "".into() });
                self.parts.retain(|(_, _, bucket), _| bucket.hour >= cut);
                self.parts.shrink_to_fit();
                self.filter.from = Some(cut);
                self.forgotten = Some(cut);
            }
        }
        self.forgotten
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
