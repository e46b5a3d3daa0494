//! Attributions set against each other, once each mention has its own.

use super::attribution::Attribution;
use super::countries::CountryMention;
use super::lists::matched;
use crate::extract::At;
use crate::lexicon::{CommodityIndex, PlaceIndex};
use crate::resolve::Resolved;
use crate::text::FieldName;
use crate::vocabulary::Basis;
use rustc_hash::FxHashMap;

/// Two lists that stand against each other: each mineral has its own member of the countries' list, and no other.
pub(super) fn match_lists(
    resolved: &Resolved<'_>,
    countries: &[CountryMention],
    attributions: &mut [Vec<Attribution>],
) {
    for list in matched(resolved, countries) {
        let members = &countries[list.countries.clone()];
        for (&mineral, own) in list.minerals.iter().zip(members) {
            let known = &mut attributions[mineral];
            known.retain(|known| {
                known.country == own.country
                    || known.at.sentence != own.at.sentence
                    || !members.iter().any(|member| member.country == known.country)
            });
            if !known.iter().any(|known| known.country == own.country) {
                let basis = if list.earlier { Basis::Section } else { Basis::Sentence };
                known.push(Attribution { country: own.country, score: 0.9, basis, at: own.at });
            }
        }
    }
}

/// What one mention shows of the others of its mineral.
///
/// `Zambia and Zimbabwe compare notes on lithium and copper`: where a headline has several countries and minerals, the text
/// says which belong together. And the other way round: where the headline says whose the mineral is, a mention that has no
/// ground but the headline is not everyone's whom it names. What only the article as a whole suggests gives way to what a
/// sentence says.
pub(super) fn settle(resolved: &Resolved<'_>, attributions: &mut [Vec<Attribution>]) {
    let mentions = &resolved.commodities;
    let in_title = |at: At| resolved.scan.field(at).name == FieldName::Title;
    let titled = mentions.partition_point(|mention| in_title(mention.at));
    let several = mentions[..titled].windows(2).any(|pair| pair[0].entity != pair[1].entity);
    let grounded = |known: &Attribution| matches!(known.basis, Basis::Sentence | Basis::Section);
    if !several && attributions.iter().flatten().all(grounded) {
        return;
    }
    let mut told: FxHashMap<CommodityIndex, Told> = FxHashMap::default();
    for (place, (mention, its)) in mentions.iter().zip(&*attributions).enumerate() {
        let told = told.entry(mention.entity).or_default();
        let countries = if place < titled { &mut told.by_headline } else { &mut told.by_text };
        for known in its.iter().filter(|known| known.basis == Basis::Sentence) {
            if !countries.contains(&known.country) {
                countries.push(known.country);
            }
        }
    }
    for (place, (mention, its)) in mentions.iter().zip(attributions).enumerate() {
        let Some(told) = told.get(&mention.entity) else { continue };
        if place < titled && several && its.len() > 1 && its.iter().any(|known| told.by_text.contains(&known.country)) {
            its.retain(|known| known.score > 0.9 || known.at != mention.at || told.by_text.contains(&known.country));
        }
        its.retain(|known| match known.basis {
            Basis::Title => told.by_headline.is_empty() || told.by_headline.contains(&known.country),
            Basis::Document => place >= titled || told.by_text.is_empty(),
            Basis::Sentence | Basis::Section => true,
        });
    }
}

/// The countries that sentences connect with a mineral.
#[derive(Default)]
struct Told {
    by_headline: Vec<PlaceIndex>,
    by_text: Vec<PlaceIndex>,
}
