//! `Bolivia and Rwanda … tin and tungsten respectively`, 分别: two lists of one length, member by member.

use super::countries::CountryMention;
use crate::extract::Scan;
use crate::lexicon::{CommodityIndex, CueClass};
use crate::resolve::{Mention, Resolved};
use std::ops::Range;

/// A longer list is none that a reader could follow.
const LONGEST: usize = 8;

/// A list of minerals that stands against a list of countries.
pub(super) struct Matched {
    /// Places among the minerals of the article.
    pub minerals: Vec<usize>,
    /// Places among the country mentions of the article; as many.
    pub countries: Range<usize>,
    /// Whether the minerals stand in a sentence before.
    pub earlier: bool,
}

/// The matched lists of every sentence that says so.
pub(super) fn matched(resolved: &Resolved<'_>, countries: &[CountryMention]) -> Vec<Matched> {
    let scan = &resolved.scan;
    let told = |&sentence: &u32| scan.said_in(sentence).contains(CueClass::RESPECTIVELY);
    (0..scan.sentences.len() as u32)
        .filter(told)
        .filter_map(|sentence| {
            let list = longest_list(sentence, countries)?;
            let minerals = of_sentence(&resolved.commodities, sentence);
            let here = runs(scan, &resolved.commodities, minerals).into_iter().find(|run| run.len() == list.len());
            if let Some(run) = here {
                return Some(Matched { minerals: run.collect(), countries: list, earlier: false });
            }
            let before = sentence.checked_sub(1)?;
            let mut named: Vec<usize> = Vec::new();
            for place in of_sentence(&resolved.commodities, before) {
                if !named.iter().any(|&known| resolved.commodities[known].entity == resolved.commodities[place].entity)
                {
                    named.push(place);
                }
            }
            (named.len() == list.len()).then_some(Matched { minerals: named, countries: list, earlier: true })
        })
        .collect()
}

/// The minerals of a sentence, as places among the article's, that stand one by one against so many others of it.
pub(super) fn respective_minerals(resolved: &Resolved<'_>, sentence: u32, count: usize) -> Option<Range<usize>> {
    let minerals = of_sentence(&resolved.commodities, sentence);
    let told = is_told(&resolved.scan, sentence, count);
    told.then(|| runs(&resolved.scan, &resolved.commodities, minerals).into_iter().find(|run| run.len() == count))?
}

/// The same for the countries.
pub(super) fn respective_countries(
    scan: &Scan<'_>,
    countries: &[CountryMention],
    sentence: u32,
    count: usize,
) -> Option<Range<usize>> {
    let told = is_told(scan, sentence, count);
    told.then(|| longest_list(sentence, countries).filter(|list| list.len() == count))?
}

/// Whether a sentence sets lists of so many members against each other.
fn is_told(scan: &Scan<'_>, sentence: u32, count: usize) -> bool {
    (2..=LONGEST).contains(&count) && scan.said_in(sentence).contains(CueClass::RESPECTIVELY)
}

fn of_sentence(mentions: &[Mention<CommodityIndex>], sentence: u32) -> Range<usize> {
    let start = mentions.partition_point(|mention| mention.at.sentence < sentence);
    start..mentions.partition_point(|mention| mention.at.sentence <= sentence)
}

/// The longest run of countries of a sentence in which each is joined to the one before.
fn longest_list(sentence: u32, countries: &[CountryMention]) -> Option<Range<usize>> {
    let start = countries.partition_point(|country| country.at.sentence < sentence);
    let end = countries.partition_point(|country| country.at.sentence <= sentence);
    let mut longest = start..start;
    let mut first = start;
    for (place, country) in countries.iter().enumerate().take(end).skip(start) {
        if !country.joined {
            first = place;
        }
        if place + 1 - first > longest.len() {
            longest = first..place + 1;
        }
    }
    (2..=LONGEST).contains(&longest.len()).then_some(longest)
}

/// The runs of minerals that nothing but a comma or an `and` parts.
fn runs(scan: &Scan<'_>, mentions: &[Mention<CommodityIndex>], sentence: Range<usize>) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for place in sentence.clone() {
        let joined = place > sentence.start && {
            let (before, at) = (mentions[place - 1].at, mentions[place].at);
            before.span.end <= at.span.start
                && scan
                    .lexicon
                    .particles
                    .mineral
                    .joining
                    .has(scan.slice(at.field, before.span.end, at.span.start).trim())
        };
        match runs.last_mut().filter(|_| joined) {
            Some(run) => run.end = place + 1,
            None => runs.push(place..place + 1),
        }
    }
    runs
}
