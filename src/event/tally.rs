//! What an article adds to the counters and to the timeline.

use super::{CommodityKind, EnrichedArticle, PlaceType};
use rustc_hash::FxHashMap;

/// The country label of mentions that no country explains.
pub const NO_COUNTRY: &str = "none";

/// Mentions, and the articles that have at least one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Mentions.
    pub mentions: u64,
    /// Articles with at least one mention.
    pub articles: u64,
}

/// What a number of articles add to the counters. Keys come only from closed vocabularies (lexicon ids, ISO codes,
/// types, reasons).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// (mineral, country or `none`) → mentions and articles.
    pub minerals: FxHashMap<(String, String), Count>,
    /// Commodity → mentions, whatever the country.
    pub commodities: FxHashMap<String, u64>,
    /// Country → mentions of the country itself.
    pub places: FxHashMap<String, u64>,
    /// Entity type (`commodity`, `place`, `person`, `organisation`) → entities.
    pub entities: FxHashMap<&'static str, u64>,
    /// Type of event → events.
    pub events: FxHashMap<&'static str, u64>,
    /// Reason → readings refused.
    pub rejected: FxHashMap<&'static str, u64>,
}

impl Tally {
    /// Adds one published event. Readings refused are counted by [`Tally::reject`], since an event carries them only
    /// where `explain` asks for it.
    pub fn add(&mut self, event: &EnrichedArticle) {
        for (mineral, country, count) in minerals(event) {
            let total = self.minerals.entry((mineral.to_owned(), country.to_owned())).or_default();
            total.mentions += count.mentions;
            total.articles += count.articles;
        }
        for commodity in &event.commodities {
            add_to(&mut self.commodities, &commodity.id, commodity.mention_count);
        }
        for place in event.places.iter().filter(|place| place.kind == PlaceType::Country) {
            add_to(&mut self.places, &place.id, place.mention_count);
        }
        for (kind, count) in [
            ("commodity", event.commodities.len()),
            ("place", event.places.len()),
            ("person", event.people.len()),
            ("organisation", event.organisations.len()),
        ] {
            if count > 0 {
                *self.entities.entry(kind).or_default() += count as u64;
            }
        }
        for event in &event.events {
            *self.events.entry(event.kind.as_str()).or_default() += 1;
        }
    }

    /// Adds one refused reading.
    pub fn reject(&mut self, reason: &'static str) {
        *self.rejected.entry(reason).or_default() += 1;
    }

    /// Adds all of another tally.
    pub fn merge(&mut self, other: Tally) {
        for (key, count) in other.minerals {
            let total = self.minerals.entry(key).or_default();
            total.mentions += count.mentions;
            total.articles += count.articles;
        }
        merge_counts(&mut self.commodities, other.commodities);
        merge_counts(&mut self.places, other.places);
        merge_counts(&mut self.entities, other.entities);
        merge_counts(&mut self.events, other.events);
        merge_counts(&mut self.rejected, other.rejected);
    }
}

/// What one event adds to the counts of minerals: mineral, country or [`NO_COUNTRY`], mentions.
pub fn minerals(event: &EnrichedArticle) -> impl Iterator<Item = (&str, &str, Count)> {
    let pairs = event.mineral_countries.iter().map(|pair| (&*pair.mineral, &*pair.country, pair.mention_count));
    let unattributed = event
        .commodities
        .iter()
        .filter(|commodity| commodity.kind != CommodityKind::Agricultural && commodity.unattributed_count > 0)
        .map(|commodity| (&*commodity.id, NO_COUNTRY, commodity.unattributed_count));
    let count = |mentions: u32| Count { mentions: mentions.into(), articles: 1 };
    pairs.chain(unattributed).map(move |(mineral, country, mentions)| (mineral, country, count(mentions)))
}

fn merge_counts<K: std::hash::Hash + Eq>(into: &mut FxHashMap<K, u64>, from: FxHashMap<K, u64>) {
    for (key, count) in from {
        *into.entry(key).or_default() += count;
    }
}

/// Adds to a total, allocating the key only when it is new.
fn add_to(totals: &mut FxHashMap<String, u64>, key: &str, count: u32) {
    match totals.get_mut(key) {
        Some(total) => *total += u64::from(count),
        None => _ = totals.insert(key.to_owned(), u64::from(count)),
    }
}
