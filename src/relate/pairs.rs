//! Attributions summed up: minerals by country, with stages and evidence.

use super::attribution::Attribution;
use super::clauses::Clauses;
use crate::extract::At;
use crate::lexicon::{CommodityIndex, CueClass, PlaceIndex};
use crate::resolve::Resolved;
use crate::vocabulary::{Basis, Stage};
use rustc_hash::FxHashMap;

/// A mineral spoken of in connection with a country.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The mineral.
    pub mineral: CommodityIndex,
    /// The country.
    pub country: PlaceIndex,
    /// What is done, in the order of the vocabulary.
    pub stages: Vec<Stage>,
    /// How sure, 0 to 1.
    pub score: f64,
    /// Strongest ground.
    pub basis: Basis,
    /// Mentions of the mineral that are attributed to the country.
    pub mention_count: u32,
    /// Sentences that say so, in order.
    pub evidence: Vec<At>,
}

/// Sums the attributions up, mineral by country.
pub(super) fn pairs(resolved: &Resolved<'_>, clauses: &Clauses, attributions: &[Vec<Attribution>]) -> Vec<Pair> {
    let scan = &resolved.scan;
    let mut pairs: Vec<Pair> = Vec::new();
    let mut place_of: FxHashMap<(CommodityIndex, PlaceIndex), usize> = FxHashMap::default();
    for (mention, its) in resolved.commodities.iter().zip(attributions) {
        for attribution in its {
            let place = *place_of.entry((mention.entity, attribution.country)).or_insert_with(|| {
                pairs.push(Pair {
                    mineral: mention.entity,
                    country: attribution.country,
                    stages: Vec::new(),
                    score: 0.0,
                    basis: attribution.basis,
                    mention_count: 0,
                    evidence: Vec::new(),
                });
                pairs.len() - 1
            });
            let pair = &mut pairs[place];
            pair.score = pair.score.max(attribution.score);
            pair.basis = pair.basis.min(attribution.basis);
            pair.mention_count += 1;
            pair.stages.extend(stages(resolved, clauses, attribution.at));
            pair.evidence.push(scan.sentence_at(attribution.at.sentence));
        }
    }
    for pair in &mut pairs {
        pair.stages.sort();
        pair.stages.dedup();
        pair.evidence.sort();
        pair.evidence.dedup();
    }
    let id = |pair: &Pair| (&scan.lexicon.commodity(pair.mineral).id, &scan.lexicon.place(pair.country).id);
    pairs.sort_by(|a, b| b.mention_count.cmp(&a.mention_count).then_with(|| id(a).cmp(&id(b))));
    pairs
}

/// What the mention's clause, or else its sentence, says is done.
pub(super) fn stages(resolved: &Resolved<'_>, clauses: &Clauses, at: At) -> Vec<Stage> {
    let clause = clauses.span(at);
    let cues = resolved.scan.cues_in(at.sentence);
    let of = |inside: bool| {
        let mut stages: Vec<Stage> = cues
            .iter()
            .filter(|cue| !inside || clause.start <= cue.at.span.start && cue.at.span.end <= clause.end)
            .filter_map(|cue| stage(cue.class))
            .collect();
        stages.sort();
        stages.dedup();
        stages
    };
    Some(of(true)).filter(|stages| !stages.is_empty()).unwrap_or_else(|| of(false))
}

fn stage(class: CueClass) -> Option<Stage> {
    Some(match class {
        CueClass::STAGE_EXPLORE => Stage::Explore,
        CueClass::STAGE_MINE => Stage::Mine,
        CueClass::STAGE_REFINE => Stage::Refine,
        CueClass::STAGE_MANUFACTURE => Stage::Manufacture,
        CueClass::STAGE_TRADE => Stage::Trade,
        CueClass::STAGE_RESERVE => Stage::Reserve,
        CueClass::STAGE_POLICY => Stage::Policy,
        CueClass::STAGE_RECYCLE => Stage::Recycle,
        _ => return None,
    })
}
