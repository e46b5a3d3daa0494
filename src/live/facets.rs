//! By what an article can be found, read from its event once, so that a list need not read every event again.

use crate::article::PublishedAtBasis;
use jiff::Timestamp;
use serde::Deserialize;
use std::borrow::Cow;

/// What an event is found by. Small beside the event.
#[derive(Clone, Debug, Default)]
pub(super) struct Facets {
    pub(super) id: Box<str>,
    pub(super) published: Option<Timestamp>,
    pub(super) pairs: Box<[FacetPair]>,
    /// Every mineral and commodity; whether some mentions of it are attributed to no country.
    pub(super) minerals: Box<[(Box<str>, bool)]>,
    pub(super) countries: Box<[Box<str>]>,
    /// Id and name.
    pub(super) people: Box<[(Box<str>, Box<str>)]>,
    pub(super) organisations: Box<[(Box<str>, Box<str>)]>,
    pub(super) events: Box<[Box<str>]>,
}

/// A mineral, a country, and the mentions of the one that are attributed to the other.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct FacetPair {
    pub(super) mineral: Box<str>,
    pub(super) country: Box<str>,
    pub(super) mention_count: u32,
}

/// The part of an event that is read; the rest is passed over.
#[derive(Deserialize)]
struct Slim<'a> {
    #[serde(borrow)]
    article: SlimArticle<'a>,
    #[serde(borrow)]
    commodities: Vec<SlimCommodity<'a>>,
    #[serde(borrow)]
    places: Vec<SlimPlace<'a>>,
    #[serde(borrow)]
    people: Vec<SlimNamed<'a>>,
    #[serde(borrow)]
    organisations: Vec<SlimNamed<'a>>,
    mineral_countries: Box<[FacetPair]>,
    #[serde(borrow)]
    events: Vec<SlimEvent<'a>>,
}

#[derive(Deserialize)]
struct SlimArticle<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    published_at: Option<Timestamp>,
    published_at_basis: Option<PublishedAtBasis>,
}

#[derive(Deserialize)]
struct SlimCommodity<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    unattributed_count: u32,
}

#[derive(Deserialize)]
struct SlimPlace<'a> {
    #[serde(borrow)]
    country: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct SlimNamed<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow)]
    canonical_name: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct SlimEvent<'a> {
    #[serde(borrow, rename = "type")]
    kind: Cow<'a, str>,
}

impl Facets {
    /// Reads them from an event as it is published. `record_time`: a record's own time counts as the time of publication, where the
    /// article names none, as it does in the totals.
    pub(super) fn read(event: &[u8], record_time: bool) -> Result<Self, serde_json::Error> {
        let slim: Slim<'_> = serde_json::from_slice(event)?;
        let boxed = |text: Cow<'_, str>| -> Box<str> { text.into() };
        let named = |list: Vec<SlimNamed<'_>>| {
            list.into_iter().map(|one| (boxed(one.id), boxed(one.canonical_name.unwrap_or(one.name)))).collect()
        };
        let pairs = slim.mineral_countries;
        let places = slim.places.into_iter().filter_map(|place| place.country.map(boxed));
        let mut countries: Vec<Box<str>> = pairs.iter().map(|pair| pair.country.clone()).chain(places).collect();
        countries.sort_unstable();
        countries.dedup();
        let mut events: Vec<Box<str>> = slim.events.into_iter().map(|event| boxed(event.kind)).collect();
        events.sort_unstable();
        events.dedup();
        let by_record = slim.article.published_at_basis == Some(PublishedAtBasis::RecordTimestamp);
        Ok(Self {
            id: boxed(slim.article.id),
            published: slim.article.published_at.filter(|_| record_time || !by_record),
            minerals: slim.commodities.into_iter().map(|one| (boxed(one.id), one.unattributed_count > 0)).collect(),
            pairs,
            countries: countries.into(),
            people: named(slim.people),
            organisations: named(slim.organisations),
            events: events.into(),
        })
    }

    /// About how much memory they take.
    pub(super) fn bytes(&self) -> usize {
        const EACH: usize = 32;
        let named = |list: &[(Box<str>, Box<str>)]| list.iter().map(|(id, name)| id.len() + name.len() + EACH).sum();
        let names: [usize; 2] = [named(&self.people), named(&self.organisations)];
        let pairs: usize = self.pairs.iter().map(|pair| pair.mineral.len() + pair.country.len() + 2 * EACH).sum();
        let minerals: usize = self.minerals.iter().map(|(id, _)| id.len() + EACH).sum();
        let short: usize = self.countries.iter().chain(&self.events).map(|text| text.len() + EACH).sum();
        size_of::<Self>() + 2 * self.id.len() + names.iter().sum::<usize>() + pairs + minerals + short
    }
}
