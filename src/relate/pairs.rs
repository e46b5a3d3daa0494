//! Attributions summed up: minerals by country, with stages and evidence.

use super::attribution::Attribution;
use super::clauses::{Clauses, starting_in};
use crate::extract::{At, Cue};
use crate::lexicon::{CommodityIndex, CueClass, CueSet, PlaceIndex};
use crate::resolve::Resolved;
use crate::vocabulary::{Basis, OrganisationType, Stage};
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
    /// How sure, 0 to 1: how often such a ground was right, see [`measured`].
    pub score: f64,
    /// Strongest ground.
    pub basis: Basis,
    /// Mentions of the mineral that are attributed to the country.
    pub mention_count: u32,
    /// Sentences that say so, in order.
    pub evidence: Vec<At>,
}

/// What is done, by the cues that say so, in the order of the vocabulary.
const STAGES: [(CueClass, Stage); 8] = [
    (CueClass::STAGE_EXPLORE, Stage::Explore),
    (CueClass::STAGE_MINE, Stage::Mine),
    (CueClass::STAGE_REFINE, Stage::Refine),
    (CueClass::STAGE_MANUFACTURE, Stage::Manufacture),
    (CueClass::STAGE_TRADE, Stage::Trade),
    (CueClass::STAGE_RESERVE, Stage::Reserve),
    (CueClass::STAGE_POLICY, Stage::Policy),
    (CueClass::STAGE_RECYCLE, Stage::Recycle),
];
/// Grounds weaker than the first are right as often as the second says.
const MEASURED: [(f64, f64); 8] =
    [(0.4, 0.7), (0.58, 0.73), (0.61, 0.82), (0.64, 0.91), (0.68, 0.83), (0.75, 0.88), (0.85, 0.95), (0.94, 0.91)];
/// The strongest ground.
const SUREST: f64 = 0.97;
/// No expression that holds a cue begins farther before it.
const LONGEST: u32 = 96;
/// From this strength on, a sentence says so itself.
const TOLD: f64 = 0.6;
/// Said so by two sentences or more.
const TOLD_AGAIN: f64 = 0.96;
/// All of these cues.
const STAGED: CueSet = {
    let (mut all, mut at) = (CueSet::of(&[]), 0);
    while at < STAGES.len() {
        all = all.union(CueSet::of(&[STAGES[at].0]));
        at += 1;
    }
    all
};

/// Sums the attributions up, mineral by country.
pub(super) fn pairs(resolved: &Resolved<'_>, named: &Stages, attributions: &[Vec<Attribution>]) -> Vec<Pair> {
    let scan = &resolved.scan;
    let mut pairs: Vec<Pair> = Vec::with_capacity(attributions.len());
    let mut told: Vec<CueSet> = Vec::with_capacity(attributions.len());
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
                told.push(CueSet::default());
                pairs.len() - 1
            });
            let pair = &mut pairs[place];
            pair.score = pair.score.max(attribution.score);
            pair.basis = pair.basis.min(attribution.basis);
            pair.mention_count += 1;
            told[place] = told[place].union(named.told_near(attribution.at));
            let sentence = attribution.at.sentence;
            if pair.evidence.last().is_none_or(|last| last.sentence != sentence) {
                pair.evidence.push(scan.sentence_at(sentence));
            }
        }
    }
    for (pair, told) in pairs.iter_mut().zip(told) {
        pair.score = measured(pair.score, pair.mention_count);
        pair.stages = stages(told).collect();
        pair.evidence.sort();
        pair.evidence.dedup();
    }
    let id = |pair: &Pair| (&scan.lexicon.commodity(pair.mineral).id, &scan.lexicon.place(pair.country).id);
    pairs.sort_by(|a, b| b.mention_count.cmp(&a.mention_count).then_with(|| id(a).cmp(&id(b))));
    pairs
}

/// How often a ground of this strength was right on the labelled articles of `eval/dev`, rounded; the held-back ones agree
/// within a few hundredths (`lodestream eval` prints the table, `eval/results` keeps it). Several mentions that say the same
/// are seldom wrong, unless all that they have is their neighbours'.
fn measured(strength: f64, mentions: u32) -> f64 {
    let once = MEASURED.iter().find(|(below, _)| strength < *below).map_or(SUREST, |(_, right)| *right);
    if mentions > 1 && strength >= TOLD { once.max(TOLD_AGAIN) } else { once }
}

/// What is done, as the cues around a mention tell it.
pub(super) struct Stages<'r, 'd> {
    resolved: &'r Resolved<'d>,
    clauses: &'r Clauses<'r>,
    /// Where organisations are named, in order, and whether they are companies.
    bodies: Vec<(At, bool)>,
}

impl<'r, 'd> Stages<'r, 'd> {
    pub(super) fn new(resolved: &'r Resolved<'d>, clauses: &'r Clauses<'r>) -> Self {
        let named = resolved.organisations.iter().flat_map(|organisation| {
            let company = organisation.kind == OrganisationType::Company;
            organisation.mentions.iter().map(move |mention| (*mention, company))
        });
        let mut bodies: Vec<(At, bool)> = named.collect();
        bodies.sort_unstable();
        Self { resolved, clauses, bodies }
    }

    /// The last organisation that is named at or before a place of a field, and whether it is a company.
    pub(super) fn body_before(&self, at: At) -> Option<(At, bool)> {
        let next = self.bodies.partition_point(|(body, _)| (body.field, body.span.start) <= (at.field, at.span.start));
        next.checked_sub(1).map(|place| self.bodies[place]).filter(|(body, _)| body.field == at.field)
    }

    /// The cues that tell what is done: those of the mention's clause, or else its sentence. 金矿, 铜矿 are mines themselves.
    pub(super) fn told_near(&self, at: At) -> CueSet {
        let mut told = self.cues_near(at);
        if self.resolved.scan.text(at).ends_with(['矿', '礦']) {
            told.insert(CueClass::STAGE_MINE);
        }
        told
    }

    fn cues_near(&self, at: At) -> CueSet {
        let clause = self.clauses.find(at).1;
        let cues = self.clauses.cues_in(at.sentence);
        if clause.cues.intersects(STAGED) {
            let inside = starting_in(cues, clause.start, clause.end);
            let inside = self.said(at.sentence, inside.iter().filter(|cue| cue.at.span.end <= clause.end));
            if !inside.is_empty() {
                return inside;
            }
        }
        if self.resolved.scan.said_in(at.sentence).intersects(STAGED) {
            return self.said(at.sentence, cues.iter());
        }
        CueSet::default()
    }

    /// What those cues tell that say what they mean: `Cascabel Exploration` explores nothing by its name, nor does a
    /// `net smelter return` smelt.
    fn said<'c>(&self, sentence: u32, cues: impl Iterator<Item = &'c Cue>) -> CueSet {
        let unmeant = self.resolved.scan.said_in(sentence).contains(CueClass::NO_STAGE);
        let mut said = CueSet::default();
        for cue in cues.filter(|cue| STAGED.contains(cue.class)) {
            let named = self.body_before(cue.at).is_some_and(|(body, _)| body.covers(&cue.at));
            if !(said.contains(cue.class) || named || unmeant && self.is_unmeant(cue.at)) {
                said.insert(cue.class);
            }
        }
        said
    }

    /// Whether an expression that holds the cue means something else.
    fn is_unmeant(&self, at: At) -> bool {
        let around =
            starting_in(self.clauses.cues_in(at.sentence), at.span.start.saturating_sub(LONGEST), at.span.start + 1);
        around.iter().any(|cue| cue.class == CueClass::NO_STAGE && cue.at.covers(&at))
    }
}

/// What such cues say is done.
pub(super) fn stages(told: CueSet) -> impl Iterator<Item = Stage> {
    STAGES.iter().filter(move |(class, _)| told.contains(*class)).map(|(_, stage)| *stage)
}
