//! The newest articles: as many as the settings allow, by number and by bytes, the last that came in last.

use super::facets::Facets;
use crate::event::NO_COUNTRY;
use crate::timeline::Hour;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An article that is held.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) facets: Arc<Facets>,
    /// The event, as it was published.
    pub(super) event: Arc<[u8]>,
    bytes: usize,
}

/// The articles that are held.
#[derive(Debug)]
pub(super) struct Store {
    most: usize,
    most_bytes: usize,
    record_time: bool,
    bytes: usize,
    /// By the order in which they came in.
    held: BTreeMap<u64, Held>,
    by_id: FxHashMap<Box<str>, u64>,
    next: u64,
}

/// Which articles are wanted; all of them when nothing is said.
#[derive(Clone, Debug, Default)]
pub struct ArticleFilter {
    /// Id of a commodity.
    pub mineral: Option<String>,
    /// ISO 3166-1 alpha-2, or `none` for mentions that no country explains.
    pub country: Option<String>,
    /// Id of a person.
    pub person: Option<String>,
    /// Id of an organisation.
    pub organisation: Option<String>,
    /// A type of event.
    pub event: Option<String>,
    /// Published in or after this hour,
    pub from: Option<Hour>,
    /// and before this one.
    pub to: Option<Hour>,
}

/// In which order articles are listed, newest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By their time of publication; those that name none come last.
    #[default]
    Published,
    /// In the order in which this process committed them.
    Read,
}

/// A place in a list: what comes after it is older.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    pub(super) second: i64,
    pub(super) number: u64,
}

impl Cursor {
    /// Reads what [`Cursor::to_string`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        let (second, number) = text.split_once('.')?;
        Some(Self { second: second.parse().ok()?, number: number.parse().ok()? })
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.second, self.number)
    }
}

impl Store {
    /// Room for so many articles and bytes; `record_time` as in [`Facets::read`].
    pub(super) fn new(most: usize, most_bytes: usize, record_time: bool) -> Self {
        Self { most, most_bytes, record_time, bytes: 0, held: BTreeMap::new(), by_id: FxHashMap::default(), next: 0 }
    }

    /// Takes an article in; an earlier one of the same id goes. What it is found by, unless it is no event.
    pub(super) fn add(&mut self, event: Arc<[u8]>) -> Option<Arc<Facets>> {
        let facets = match Facets::read(&event, self.record_time) {
            Ok(facets) => Arc::new(facets),
            Err(error) => {
                tracing::warn!(%error, "an event cannot be shown");
                return None;
            }
        };
        let number = self.next;
        self.next += 1;
        if let Some(before) = self.by_id.insert(facets.id.clone(), number) {
            self.remove(before);
        }
        let bytes = event.len() + facets.bytes();
        self.bytes += bytes;
        self.held.insert(number, Held { facets: facets.clone(), event, bytes });
        while self.held.len() > self.most || self.bytes > self.most_bytes {
            let Some((&oldest, _)) = self.held.first_key_value() else { break };
            if let Some(gone) = self.remove(oldest) {
                self.by_id.remove(&gone.facets.id);
            }
        }
        Some(facets)
    }

    fn remove(&mut self, number: u64) -> Option<Held> {
        let gone = self.held.remove(&number)?;
        self.bytes -= gone.bytes;
        Some(gone)
    }

    pub(super) fn len(&self) -> usize {
        self.held.len()
    }

    /// The article of this id.
    pub(super) fn get(&self, id: &str) -> Option<Held> {
        self.held.get(self.by_id.get(id)?).cloned()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Held> {
        self.held.values()
    }

    /// Those that the filter wants, newest first.
    pub(super) fn list(&self, filter: &ArticleFilter, order: Order) -> Vec<(Cursor, Held)> {
        let wanted = self.held.iter().filter(|(_, held)| filter.wants(&held.facets));
        let mut found: Vec<_> = wanted.map(|(number, held)| (cursor(*number, held, order), held.clone())).collect();
        found.sort_unstable_by_key(|(cursor, _)| Reverse(*cursor));
        found
    }
}

fn cursor(number: u64, held: &Held, order: Order) -> Cursor {
    let published = held.facets.published.map_or(i64::MIN, |at| at.as_second());
    Cursor { second: if order == Order::Published { published } else { 0 }, number }
}

impl ArticleFilter {
    fn wants(&self, facets: &Facets) -> bool {
        let has = |list: &[Box<str>], wanted: &Option<String>| {
            wanted.as_ref().is_none_or(|wanted| list.iter().any(|one| **one == **wanted))
        };
        let named = |list: &[(Box<str>, Box<str>)], wanted: &Option<String>| {
            wanted.as_ref().is_none_or(|wanted| list.iter().any(|(id, _)| **id == **wanted))
        };
        self.wants_pair(facets)
            && named(&facets.people, &self.person)
            && named(&facets.organisations, &self.organisation)
            && has(&facets.events, &self.event)
            && self.wants_time(facets)
    }

    fn wants_pair(&self, facets: &Facets) -> bool {
        let mineral = |id: &str| self.mineral.as_deref().is_none_or(|wanted| wanted == id);
        match self.country.as_deref() {
            None => self.mineral.is_none() || facets.minerals.iter().any(|(id, _)| mineral(id)),
            Some(NO_COUNTRY) => facets.minerals.iter().any(|(id, unattributed)| *unattributed && mineral(id)),
            Some(country) if self.mineral.is_none() => facets.countries.iter().any(|code| **code == *country),
            // Both: they must stand together.
            Some(country) => facets.pairs.iter().any(|pair| mineral(&pair.mineral) && *pair.country == *country),
        }
    }

    fn wants_time(&self, facets: &Facets) -> bool {
        if self.from.is_none() && self.to.is_none() {
            return true;
        }
        let hour = facets.published.map(Hour::of);
        hour.is_some_and(|hour| self.from.is_none_or(|from| hour >= from) && self.to.is_none_or(|to| hour < to))
    }
}
