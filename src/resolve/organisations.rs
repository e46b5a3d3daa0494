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
            OrganisationName::Pattern { .. } => Key::Named(scan.text(found.full.unwrap_or(found.at)).to_lowercase()),
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
    join_short_forms(organisations)
}

/// `Sininen` is `Sininen Lithium Oyj`, where the article names that too: a name that another one begins with.
fn join_short_forms(mut organisations: Vec<Organisation>) -> Vec<Organisation> {
    let mut by_first_word: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (place, organisation) in organisations.iter().enumerate() {
        by_first_word.entry(first_word(&organisation.name)).or_default().push(place);
    }
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for (place, short) in organisations.iter().enumerate() {
        let begins = |long: &&usize| {
            let rest = organisations[**long].name.strip_prefix(short.name.as_str());
            rest.is_some_and(|rest| rest.starts_with(' '))
        };
        let same_name = by_first_word.get(&first_word(&short.name));
        // Bounded: a text of a thousand bodies with one first word joins none of them.
        let long = same_name.filter(|same| same.len() <= 16).and_then(|same| same.iter().find(begins));
        joined.extend(long.map(|&long| (place, long)));
    }
    for &(short, long) in joined.iter().rev() {
        let Organisation { mentions, listed, kind, country, .. } = organisations[short].clone();
        let whole = &mut organisations[long];
        whole.mentions.extend(mentions);
        whole.mentions.sort();
        if whole.listed.is_none() && listed.is_some() {
            (whole.listed, whole.kind) = (listed, kind);
        }
        whole.country = whole.country.or(country);
    }
    for (short, _) in joined.into_iter().rev() {
        organisations.remove(short);
    }
    organisations
}

fn first_word(name: &str) -> String {
    name.split(' ').next().unwrap_or(name).to_owned()
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
