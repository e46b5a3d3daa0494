//! Entries as people see them: one shape for every kind.

use super::{Listing, Origin, Survey};
use crate::lexicon::{CueClass, EntryKind, Measure, What};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// An entry and all that is known of it.
#[derive(Clone, Debug)]
pub struct Entry<'s> {
    /// What it is.
    pub what: What,
    /// Its kind.
    pub kind: EntryKind,
    /// Its id; of a cue the class, of a role the office, of a unit what a claim shows.
    pub id: String,
    /// Its name in English.
    pub name: String,
    /// Its type within its kind: `mineral`, `country`, `company`, `mass` …
    pub class: String,
    /// The country that it lies in (a country lies in itself), has its seat in or acts for.
    pub country: Option<String>,
    /// The commodities that it rolls up to.
    pub parents: Vec<String>,
    /// The critical-mineral lists that name it.
    pub critical_lists: Vec<String>,
    /// Where it is declared; a cue class has no such place.
    pub origin: Option<Origin>,
    /// All its names, in the order of the files.
    pub listings: Vec<&'s Listing>,
}

impl Entry<'_> {
    /// Its names by language, each once; the language is empty where the list has none.
    pub fn names(&self) -> BTreeMap<&str, Vec<&str>> {
        let mut names = BTreeMap::<&str, Vec<&str>>::new();
        for listing in &self.listings {
            let of_language = names.entry(&listing.language).or_default();
            if !of_language.contains(&listing.name.as_str()) {
                of_language.push(&listing.name);
            }
        }
        names
    }
}

impl Survey<'_> {
    /// The entries of all kinds but decoys, bars and parts of names, in the order of their kinds and of the files.
    pub fn entries(&self) -> Vec<Entry<'_>> {
        let lexicon = &self.lexicon;
        let of = |count: usize, what: fn(u32) -> What| (0..count as u32).map(what);
        let entities = of(lexicon.commodities.len(), |at| What::Commodity(crate::lexicon::CommodityIndex(at)))
            .chain(of(lexicon.places.len(), |at| What::Place(crate::lexicon::PlaceIndex(at))))
            .chain(of(lexicon.organisations.len(), |at| What::Organisation(crate::lexicon::OrganisationIndex(at))))
            .chain(of(lexicon.leaders.len(), |at| What::Leader(crate::lexicon::LeaderIndex(at))))
            .chain(of(lexicon.roles.len(), |at| What::Role(crate::lexicon::RoleIndex(at))))
            .chain(of(lexicon.measures.len(), What::Measure));
        let cues = self.listings.iter().filter_map(|listing| match listing.reading.what {
            What::Cue(class) | What::CueHead(_, class) => Some(class),
            _ => None,
        });
        let cues: std::collections::BTreeSet<CueClass> = cues.collect();
        let mut listings = self.listings_by_entry();
        let entries = entities.chain(cues.into_iter().map(What::Cue));
        let entries = entries.filter_map(|what| self.describe(what, listings.remove(&what).unwrap_or_default()));
        // a unit's words and its prefixes are two measures, of which one is often empty
        entries.filter(|entry| entry.kind != EntryKind::Unit || !entry.listings.is_empty()).collect()
    }

    /// The entries of this id, whatever their kind.
    pub fn entries_called(&self, id: &str) -> Vec<Entry<'_>> {
        self.entries().into_iter().filter(|entry| entry.id == id).collect()
    }

    /// Ids of the commodities that roll up to this one directly.
    pub fn children(&self, id: &str) -> Vec<&str> {
        let is_child = |entry: &&crate::lexicon::CommodityEntry| entry.parents.iter().any(|parent| parent == id);
        self.lexicon.commodities.iter().filter(is_child).map(|entry| entry.id.as_str()).collect()
    }

    /// Ids of the commodities that roll up to this one, in any number of steps.
    pub fn descendants(&self, id: &str) -> FxHashSet<&str> {
        let mut descendants = FxHashSet::default();
        let mut open = self.children(id);
        while let Some(next) = open.pop() {
            if descendants.insert(next) {
                open.extend(self.children(next));
            }
        }
        descendants
    }

    /// Id and name of what a reading names, in words: `lithium (commodity)`.
    pub fn named(&self, what: What) -> String {
        let kind = what.kind().as_str();
        match what {
            What::Decoy(reason) => format!("decoy ({})", reason.as_str()),
            What::CueTail(_) => "the end of a cue with a gap".to_owned(),
            What::Bar => "a word that bars the single characters in it".to_owned(),
            What::OrganisationWord(_) => "a word of organisations' names".to_owned(),
            _ => self.describe(what, Vec::new()).map_or_else(String::new, |entry| match entry.class.as_str() {
                "" => format!("{kind} {}", entry.id),
                class => format!("{kind} {} ({class})", entry.id),
            }),
        }
    }

    fn listings_by_entry(&self) -> FxHashMap<What, Vec<&Listing>> {
        let mut by_entry = FxHashMap::<What, Vec<&Listing>>::default();
        let mut class_of_gap = FxHashMap::default();
        for listing in &self.listings {
            let what = match listing.reading.what {
                What::CueHead(gap, class) => {
                    class_of_gap.insert(gap, class);
                    What::Cue(class)
                }
                What::CueTail(gap) => class_of_gap.get(&gap).map_or(What::CueTail(gap), |class| What::Cue(*class)),
                what => what,
            };
            by_entry.entry(what).or_default().push(listing);
        }
        by_entry
    }

    fn describe<'s>(&'s self, what: What, listings: Vec<&'s Listing>) -> Option<Entry<'s>> {
        let lexicon = &self.lexicon;
        let mut entry = Entry {
            what,
            kind: what.kind(),
            id: String::new(),
            name: String::new(),
            class: String::new(),
            country: None,
            parents: Vec::new(),
            critical_lists: Vec::new(),
            origin: self.entry_origins.get(&what).cloned(),
            listings,
        };
        match what {
            What::Commodity(index) => {
                let commodity = lexicon.commodity(index);
                (entry.id, entry.name) = (commodity.id.clone(), commodity.name.clone());
                entry.class = in_words(&commodity.kind);
                (entry.parents, entry.critical_lists) = (commodity.parents.clone(), commodity.critical_lists.clone());
            }
            What::Place(index) => {
                let place = lexicon.place(index);
                (entry.id, entry.name) = (place.id.clone(), place.name.clone());
                entry.class = if place.mining { "mining place".to_owned() } else { in_words(&place.kind) };
                entry.country = place.country.map(|country| lexicon.place(country).id.clone());
            }
            What::Organisation(index) => {
                let organisation = &lexicon.organisations[index.0 as usize];
                (entry.id, entry.name) = (organisation.id.clone(), organisation.name.clone());
                entry.class = in_words(&organisation.kind);
                entry.country = organisation.country.clone();
            }
            What::Leader(index) => {
                let leader = &lexicon.leaders[index.0 as usize];
                (entry.id, entry.name) = (leader.id.clone(), leader.name.clone());
                entry.class = leader.role.clone().unwrap_or_default();
                entry.country = leader.country.clone();
            }
            What::Role(index) => {
                let role = &lexicon.roles[index.0 as usize];
                (entry.id, entry.name) = (role.role.clone(), role.role.clone());
                entry.class = match (role.government, role.role.is_empty()) {
                    (true, _) => "government",
                    (false, true) => "form of address",
                    (false, false) => "",
                }
                .to_owned();
            }
            What::Measure(index) => (entry.id, entry.class) = measure(&lexicon.measures[index as usize]),
            What::Cue(class) | What::CueHead(_, class) => entry.id = class.name().to_owned(),
            _ => return None,
        }
        Some(entry)
    }
}

fn measure(measure: &Measure) -> (String, String) {
    match measure {
        Measure::Unit { id, dimension, factor, .. } => {
            let factor = if *factor == 1.0 { String::new() } else { format!(" × {factor}") };
            (id.clone(), format!("{}{factor}", format!("{dimension:?}").to_lowercase()))
        }
        Measure::Multiplier(factor) => (format!("× {factor}"), "multiplier".to_owned()),
        Measure::Currency { code } => (code.clone(), "currency".to_owned()),
        Measure::Word(word) => (format!("{word:?}").to_lowercase(), "figure word".to_owned()),
    }
}

/// The name that a closed vocabulary has in files and events.
fn in_words(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
