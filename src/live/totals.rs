//! The totals that are shown, and how they stand.

use super::answers::{ChangedPair, ChangedPairs, Counts, PairRow, Point, Span, SumRow, TotalsFrom, TotalsState};
use crate::stream::Kept;
use crate::timeline::{Bucket, Hour, Timeline, TimelineRecord, Totals};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// So many changed pairs are named at once.
const NAMED_CHANGES: usize = 100;

/// A mineral and a country.
type Pair = (Arc<str>, Arc<str>);

/// The totals of the page.
#[derive(Debug)]
pub(super) struct Board {
    pub(super) from: TotalsFrom,
    pub(super) state: TotalsState,
    pub(super) reason: Option<String>,
    pub(super) undated: u64,
    pub(super) complete_from: Option<Hour>,
    timeline: Timeline,
    /// What is read anew, while what was read before is still shown.
    aside: Option<Timeline>,
    most_buckets: usize,
    changed: FxHashSet<Pair>,
    more_changed: usize,
}

impl Board {
    pub(super) fn new(from: TotalsFrom, most_buckets: usize) -> Self {
        let state = match from {
            TotalsFrom::Timeline => TotalsState::CatchingUp,
            TotalsFrom::ThisInstance => TotalsState::Current,
        };
        Self {
            from,
            state,
            reason: None,
            undated: 0,
            complete_from: None,
            timeline: Timeline::default(),
            aside: None,
            most_buckets,
            changed: FxHashSet::default(),
            more_changed: 0,
        }
    }

    /// Adds what a batch has committed.
    pub(super) fn add(&mut self, kept: &Kept) {
        self.undated += kept.undated;
        for (bucket, totals) in &kept.totals {
            self.timeline.add(bucket, *totals);
            self.note((bucket.mineral.clone(), bucket.country.clone()));
        }
        self.complete_from = self.timeline.forget_oldest(self.most_buckets);
    }

    /// The timeline's topic is read from its beginning, perhaps again.
    pub(super) fn begin(&mut self) {
        self.state = TotalsState::CatchingUp;
        self.aside = self.timeline.extent().is_some().then(Timeline::default);
    }

    /// A record of the timeline's topic.
    pub(super) fn apply(&mut self, partition: i32, record: &TimelineRecord<'_>) {
        let timeline = self.aside.as_mut().unwrap_or(&mut self.timeline);
        let changed = timeline.apply(partition, record);
        let forgotten = timeline.forget_oldest(self.most_buckets);
        if self.aside.is_none() {
            self.complete_from = forgotten;
            if let Some(Bucket { mineral, country, .. }) = changed.filter(|_| self.state == TotalsState::Current) {
                self.note((mineral, country));
            }
        }
    }

    /// Whether all that stood on the topic has been read; whether that is new.
    pub(super) fn turn(&mut self, complete: bool) -> bool {
        if !complete || self.state == TotalsState::Current {
            return false;
        }
        if let Some(mut read) = self.aside.take() {
            self.complete_from = read.forget_oldest(self.most_buckets);
            self.timeline = read;
        }
        (self.state, self.reason) = (TotalsState::Current, None);
        true
    }

    /// The topic cannot be read.
    pub(super) fn fail(&mut self, reason: &str) {
        (self.state, self.reason) = (TotalsState::Unavailable, Some(reason.to_owned()));
    }

    fn note(&mut self, pair: Pair) {
        if self.changed.len() < NAMED_CHANGES || self.changed.contains(&pair) {
            self.changed.insert(pair);
        } else {
            self.more_changed += 1;
        }
    }

    /// The pairs that changed since the last call, if any.
    pub(super) fn take_changes(&mut self) -> Option<ChangedPairs> {
        if self.changed.is_empty() {
            return None;
        }
        let pair =
            |(mineral, country): Pair| ChangedPair { mineral: mineral.to_string(), country: country.to_string() };
        let mut pairs: Vec<_> = std::mem::take(&mut self.changed).into_iter().map(pair).collect();
        pairs.sort_unstable();
        Some(ChangedPairs { pairs, more: std::mem::take(&mut self.more_changed) })
    }

    pub(super) fn extent(&self) -> Option<(Hour, Hour)> {
        self.timeline.extent()
    }

    /// Sums over a span: by pair with at most `limit` rows, by mineral, by country.
    pub(super) fn pairs(&self, filter: &PairFilter, span: &Span, limit: usize) -> Pairs {
        let mut sums: FxHashMap<(&str, &str), (Totals, Hour, Hour)> = FxHashMap::default();
        let (mut minerals, mut countries) = (FxHashMap::<&str, u64>::default(), FxHashMap::<&str, u64>::default());
        let mut mentions = 0;
        for (Bucket { hour, mineral, country }, totals) in self.wanted(filter, span) {
            let (sum, _, last) = sums.entry((mineral, country)).or_insert((Totals::default(), *hour, *hour));
            *sum += *totals;
            *last = *hour;
            *minerals.entry(mineral).or_default() += totals.mentions;
            *countries.entry(country).or_default() += totals.mentions;
            mentions += totals.mentions;
        }
        let mut rows: Vec<_> = sums.into_iter().collect();
        rows.sort_unstable_by(|(pair, (sum, ..)), (other_pair, (other, ..))| {
            other.mentions.cmp(&sum.mentions).then(pair.cmp(other_pair))
        });
        let more = rows.len().saturating_sub(limit);
        rows.truncate(limit);
        // Only those that are shown get a series.
        let mut series: FxHashMap<(&str, &str), Vec<u64>> =
            rows.iter().map(|(pair, _)| (*pair, vec![0; span.points as usize])).collect();
        for (bucket, totals) in self.wanted(filter, span) {
            let series = series.get_mut(&(&*bucket.mineral, &*bucket.country));
            if let Some(point) = series.and_then(|series| series.get_mut(span.index(bucket.hour))) {
                *point += totals.mentions;
            }
        }
        let rows = rows.into_iter().map(|((mineral, country), (sum, first, last))| PairRow {
            series: series.remove(&(mineral, country)).unwrap_or_default(),
            mineral: mineral.to_owned(),
            country: country.to_owned(),
            counts: Counts::new(sum, self.from),
            first,
            last,
        });
        let rows = rows.collect();
        Pairs { rows, more, minerals: sum_rows(minerals), countries: sum_rows(countries), mentions }
    }

    /// Every step of a span, their sum, and when there were mentions first and last, whatever the span.
    pub(super) fn series(&self, filter: &PairFilter, span: &Span) -> (Vec<Point>, Totals, Option<(Hour, Hour)>) {
        let mut steps = vec![Totals::default(); span.points as usize];
        let (mut sum, mut ever) = (Totals::default(), None);
        for (bucket, totals) in self.timeline.between(None, None).filter(|(bucket, _)| filter.wants(bucket)) {
            let (_, last) = ever.get_or_insert((bucket.hour, bucket.hour));
            *last = bucket.hour;
            if bucket.hour >= span.from && bucket.hour < span.to {
                sum += *totals;
                if let Some(step) = steps.get_mut(span.index(bucket.hour)) {
                    *step += *totals;
                }
            }
        }
        let step = i32::try_from(span.step_hours).unwrap_or(i32::MAX);
        let point = |(at, totals): (i32, Totals)| Point {
            time: span.first_step.plus(at.saturating_mul(step)),
            counts: Counts::new(totals, self.from),
        };
        ((0..).zip(steps).map(point).collect(), sum, ever)
    }

    fn wanted<'a>(&'a self, filter: &'a PairFilter, span: &Span) -> impl Iterator<Item = (&'a Bucket, &'a Totals)> {
        self.timeline.between(Some(span.from), Some(span.to)).filter(|(bucket, _)| filter.wants(bucket))
    }
}

/// Which pairs are wanted.
#[derive(Clone, Debug, Default)]
pub struct PairFilter {
    /// Id of a mineral.
    pub mineral: Option<String>,
    /// ISO 3166-1 alpha-2, or `none`.
    pub country: Option<String>,
}

impl PairFilter {
    fn wants(&self, bucket: &Bucket) -> bool {
        self.mineral.as_deref().is_none_or(|wanted| wanted == &*bucket.mineral)
            && self.country.as_deref().is_none_or(|wanted| wanted == &*bucket.country)
    }
}

/// Sums over a span.
pub(super) struct Pairs {
    pub(super) rows: Vec<PairRow>,
    pub(super) more: usize,
    pub(super) minerals: Vec<SumRow>,
    pub(super) countries: Vec<SumRow>,
    pub(super) mentions: u64,
}

fn sum_rows(sums: FxHashMap<&str, u64>) -> Vec<SumRow> {
    let mut rows: Vec<_> = sums.into_iter().map(|(id, mentions)| SumRow { id: id.to_owned(), mentions }).collect();
    rows.sort_unstable_by(|one, other| other.mentions.cmp(&one.mentions).then_with(|| one.id.cmp(&other.id)));
    rows
}
