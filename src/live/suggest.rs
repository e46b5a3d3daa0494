//! What the words in a search box may mean: names of the lexicon in any of its languages, people and organisations of the articles
//! that are held, types of events.

use super::answers::{Kind, Suggestion};
use super::store::Store;
use crate::lexicon::{Lexicon, What};
use crate::vocabulary::PlaceType;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;

/// Every type of event, as events name it.
pub(super) const EVENT_TYPES: [&str; 16] = [
    "agreement",
    "export_control",
    "tariff",
    "sanction",
    "acquisition",
    "investment",
    "discovery",
    "mine_opening",
    "mine_suspension",
    "accident",
    "labour_action",
    "price_move",
    "policy",
    "production",
    "licence",
    "seizure",
];

/// How well words fit a name: all of it, its beginning, the beginning of a word in it, or a part.
fn fit(folded: &str, name: &str) -> Option<u8> {
    if name == folded {
        return Some(3);
    }
    let at = name.find(folded)?;
    let word = name[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
    Some(if at == 0 { 2 } else { u8::from(word) })
}

/// The likeliest meanings, at most so many.
pub(super) fn suggest(lexicon: &Lexicon, store: &Store, words: &str, limit: usize) -> Vec<Suggestion> {
    let folded = lexicon.folding().fold_pattern(words.trim());
    if folded.is_empty() {
        return Vec::new();
    }
    let counts = Counts::new(store);
    let mut found: FxHashMap<(Kind, String), (u8, String)> = FxHashMap::default();
    let mut add = |kind, id: &str, name: &str, fits: Option<u8>| {
        let Some(fits) = fits else { return };
        let entry = found.entry((kind, id.to_owned())).or_insert_with(|| (fits, name.to_owned()));
        entry.0 = entry.0.max(fits);
    };
    let fold = |name: &str| lexicon.folding().fold_pattern(name);
    let countries = lexicon.places.iter().filter(|place| place.kind == PlaceType::Country);
    for entry in &lexicon.commodities {
        let fits = fit(&folded, &fold(&entry.name)).max(fit(&folded, &entry.id));
        add(Kind::Mineral, &entry.id, &entry.name, fits);
    }
    for entry in countries.clone() {
        let code = (folded == fold(&entry.id)).then_some(3);
        add(Kind::Country, &entry.id, &entry.name, fit(&folded, &fold(&entry.name)).max(code));
    }
    for ((kind, id), (name, _)) in &counts.named {
        add(*kind, id, name, fit(&folded, &fold(name)));
    }
    for id in EVENT_TYPES {
        let name = id.replace('_', " ");
        add(Kind::Event, id, &name, fit(&folded, &name));
    }
    exact(lexicon, words.trim(), |kind, id, name| add(kind, id, name, Some(3)));

    let suggestion = |((kind, id), (fits, name)): ((Kind, String), (u8, String))| {
        (fits, Suggestion { articles: counts.of(kind, &id), kind, id, name })
    };
    let mut all: Vec<_> = found.into_iter().map(suggestion).collect();
    all.sort_by(|(fits, one), (other_fits, other)| {
        let rank = |fits: u8, one: &Suggestion| (Reverse(fits), Reverse(one.articles), one.kind);
        rank(*fits, one).cmp(&rank(*other_fits, other)).then_with(|| one.name.cmp(&other.name))
    });
    all.truncate(limit);
    all.into_iter().map(|(_, suggestion)| suggestion).collect()
}

/// What the lexicon reads the whole of the words as, in any language.
fn exact(lexicon: &Lexicon, words: &str, mut found: impl FnMut(Kind, &str, &str)) {
    let folded = lexicon.folding().fold(words);
    let haystack = Lexicon::haystack(&folded);
    let mut hits = Vec::new();
    lexicon.find(&folded, &haystack, words, |hit| hits.push(hit));
    for hit in hits.iter().filter(|hit| hit.span.start == 0 && hit.span.end as usize == words.len()) {
        match hit.reading.what {
            What::Commodity(index) => {
                let entry = lexicon.commodity(index);
                found(Kind::Mineral, &entry.id, &entry.name);
            }
            What::Place(index) => {
                // Its country: that is what can be asked for.
                let entry = lexicon.place(index);
                if let Some(country) = entry.country.map(|country| lexicon.place(country)) {
                    found(Kind::Country, &country.id, &country.name);
                }
            }
            What::Organisation(index) => {
                let entry = &lexicon.organisations[index.0 as usize];
                found(Kind::Organisation, &entry.id, &entry.name);
            }
            What::Leader(index) => {
                let entry = &lexicon.leaders[index.0 as usize];
                found(Kind::Person, &entry.id, &entry.name);
            }
            _ => {}
        }
    }
}

/// How many of the articles that are held have what.
struct Counts {
    plain: FxHashMap<(Kind, String), usize>,
    /// People and organisations, with their names.
    named: FxHashMap<(Kind, String), (String, usize)>,
}

impl Counts {
    fn new(store: &Store) -> Self {
        let mut counts = Self { plain: FxHashMap::default(), named: FxHashMap::default() };
        for held in store.iter() {
            let facets = &held.facets;
            let minerals = facets.minerals.iter().map(|(id, _)| (Kind::Mineral, id));
            let countries = facets.countries.iter().map(|id| (Kind::Country, id));
            let events = facets.events.iter().map(|id| (Kind::Event, id));
            for (kind, id) in minerals.chain(countries).chain(events) {
                *counts.plain.entry((kind, id.to_string())).or_default() += 1;
            }
            let people = facets.people.iter().map(|one| (Kind::Person, one));
            let bodies = facets.organisations.iter().map(|one| (Kind::Organisation, one));
            for (kind, (id, name)) in people.chain(bodies) {
                let entry = counts.named.entry((kind, id.to_string())).or_insert_with(|| (name.to_string(), 0));
                entry.1 += 1;
            }
        }
        counts
    }

    fn of(&self, kind: Kind, id: &str) -> usize {
        let key = (kind, id.to_owned());
        self.plain.get(&key).copied().or_else(|| self.named.get(&key).map(|(_, count)| *count)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::EventType;

    #[test]
    fn every_type_of_event_can_be_asked_for() {
        let schema = schemars::schema_for!(EventType);
        let listed = schema.get("oneOf").and_then(|all| all.as_array()).unwrap();
        let names: Vec<_> = listed.iter().map(|one| one["const"].as_str().unwrap()).collect();
        assert_eq!(names, EVENT_TYPES);
    }
}
