//! Organisations: the mentions of one name joined, short forms judged by their context.

use super::{Mention, Resolved};
use crate::extract::{At, FoundOrganisation, OrganisationName, Scan};
use crate::lexicon::{CommodityIndex, CueSet, OrganisationIndex, PlaceIndex};
use crate::vocabulary::OrganisationType;
use rustc_hash::FxHashMap;

/// An organisation with its mentions.
#[derive(Clone, Debug)]
pub struct Organisation {
    /// The lexicon's entry, if it has one.
    pub listed: Option<OrganisationIndex>,
    /// The longest form of the name in the article.
    pub name: String,
    /// Kind.
    pub kind: OrganisationType,
    /// The country whose body it is, for bodies told by their pattern.
    pub country: Option<PlaceIndex>,
    /// Where, in order.
    pub mentions: Vec<At>,
    /// How sure the reading is, 0 to 1.
    pub confidence: f64,
}

#[derive(PartialEq, Eq, Hash)]
enum Key {
    Listed(OrganisationIndex),
    Named(String),
}

/// Joins what was found.
pub(super) fn resolve(
    scan: &Scan<'_>,
    found: Vec<FoundOrganisation>,
    commodities: &[Mention<CommodityIndex>],
) -> Vec<Organisation> {
    let named: Vec<OrganisationName> =
        found.iter().filter(|found| !found.in_context).map(|found| found.name.clone()).collect();
    let carried = |found: &FoundOrganisation| {
        !found.in_context
            || named.contains(&found.name)
            || scan.sentence_cues[found.at.sentence as usize].intersects(CueSet::TRADE)
            || !Resolved::in_sentence(commodities, found.at.sentence).is_empty()
    };
    let mut organisations: Vec<Organisation> = Vec::new();
    let mut places: FxHashMap<Key, usize> = FxHashMap::default();
    for found in found.iter().filter(|found| carried(found)) {
        let written = scan.text(found.at);
        let key = match &found.name {
            OrganisationName::Listed(organisation) => Key::Listed(*organisation),
            OrganisationName::Pattern { .. } => Key::Named(written.to_lowercase()),
        };
        let place = *places.entry(key).or_insert_with(|| {
            organisations.push(new(scan, found, written));
            organisations.len() - 1
        });
        let organisation = &mut organisations[place];
        organisation.mentions.push(found.at);
        if written.chars().count() > organisation.name.chars().count() {
            organisation.name = written.to_owned();
        }
    }
    organisations
}

fn new(scan: &Scan<'_>, found: &FoundOrganisation, written: &str) -> Organisation {
    match &found.name {
        OrganisationName::Listed(index) => {
            let entry = &scan.lexicon.organisations[index.0 as usize];
            Organisation {
                listed: Some(*index),
                name: written.to_owned(),
                kind: entry.kind,
                country: entry.country.as_deref().and_then(|code| scan.lexicon.country(code)),
                mentions: Vec::new(),
                confidence: if found.in_context { 0.85 } else { 0.97 },
            }
        }
        OrganisationName::Pattern { kind, country } => Organisation {
            listed: None,
            name: written.to_owned(),
            kind: *kind,
            country: *country,
            mentions: Vec::new(),
            confidence: 0.75,
        },
    }
}
