//! Minerals by country: each mention of a mineral is attributed by the strongest ground that the article gives.
//!
//! Grounds, strongest first: the mention's own clause; the clause before it in the sentence; `the country` and its like;
//! the section's heading or the sentence before; the headline; what the article as a whole is about.

use super::clauses::Clauses;
use super::links::{CountryMention, GrammaticalCase, Link, country_mentions, link};
use crate::extract::At;
use crate::lexicon::{CommodityIndex, CueClass, CueSet, PlaceIndex};
use crate::resolve::{Mention, Resolved};
use crate::text::FieldName;
use crate::vocabulary::{Basis, CommodityKind, OrganisationType, Stage};
use rustc_hash::FxHashMap;

/// A country that a mention of a mineral is attributed to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attribution {
    /// The country.
    pub country: PlaceIndex,
    /// How sure, 0 to 1.
    pub score: f64,
    /// On what ground.
    pub basis: Basis,
}

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

/// Below this, two that share a clause are a mere co-occurrence.
const WEAKEST: f64 = 0.5;
/// What is this much weaker than the strongest link of the clause is not meant.
const WEAKER: f64 = 0.35;
/// A country must have this part of the article's attention to explain a mention by itself.
const DOMINANT: f64 = 0.5;
/// On either side of a mention, in its clause.
const MOST_COUNTRIES: usize = 12;

/// Prices and exchanges.
const MARKET: CueSet = CueSet::of(&[CueClass::EVENT_PRICE_MOVE, CueClass::TOPIC_METALS_MARKET]);
/// Rises and falls.
const MOVING: CueSet = CueSet::of(&[CueClass::RISE, CueClass::FALL]);
/// What is done with a mineral in a place.
const DOING: CueSet = CueSet::of(&[
    CueClass::STAGE_EXPLORE,
    CueClass::STAGE_MINE,
    CueClass::STAGE_REFINE,
    CueClass::STAGE_MANUFACTURE,
    CueClass::STAGE_RECYCLE,
]);
/// What states do to a mineral's trade.
const ACTING: CueSet = CueSet::of(&[
    CueClass::EVENT_EXPORT_CONTROL,
    CueClass::EVENT_TARIFF,
    CueClass::EVENT_SANCTION,
    CueClass::EVENT_POLICY,
    CueClass::EVENT_SEIZURE,
    CueClass::EVENT_LICENCE,
    CueClass::STAGE_TRADE,
    CueClass::STAGE_POLICY,
    CueClass::EXPORTER,
    CueClass::IMPORTER,
]);

/// Attributes every mention; agricultural commodities and mentions that no country explains get none.
pub(super) fn attribute(resolved: &Resolved<'_>, clauses: &Clauses) -> Vec<Vec<Attribution>> {
    let attributer = Attributer::new(resolved, clauses);
    resolved.commodities.iter().map(|mention| attributer.attribute(mention)).collect()
}

struct Attributer<'r, 'd> {
    resolved: &'r Resolved<'d>,
    clauses: &'r Clauses,
    countries: Vec<CountryMention>,
    /// By sentence: the heading of its section.
    headings: Vec<Option<u32>>,
    /// By sentence: a company is named in it.
    with_company: Vec<bool>,
}

impl<'r, 'd> Attributer<'r, 'd> {
    fn new(resolved: &'r Resolved<'d>, clauses: &'r Clauses) -> Self {
        Self {
            resolved,
            clauses,
            countries: country_mentions(resolved, clauses),
            headings: headings(resolved),
            with_company: with_company(resolved),
        }
    }

    fn attribute(&self, mention: &Mention<CommodityIndex>) -> Vec<Attribution> {
        let lexicon = self.resolved.scan.lexicon;
        if lexicon.commodity(mention.entity).kind == CommodityKind::Agricultural || self.is_negated(mention.at) {
            return Vec::new();
        }
        let grounds: [fn(&Self, At) -> Vec<Attribution>; 5] =
            [Self::by_clause, Self::by_sentence, Self::by_anaphora, Self::by_section, Self::by_article];
        let mut attributions =
            grounds.iter().map(|ground| ground(self, mention.at)).find(|found| !found.is_empty()).unwrap_or_default();
        attributions.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.country.cmp(&b.country)));
        attributions
    }

    /// `no lithium deposits`, 没有锂矿: directly before the mineral.
    fn is_negated(&self, at: At) -> bool {
        let scan = &self.resolved.scan;
        scan.cues_in(at.sentence).iter().any(|cue| {
            cue.class == CueClass::NEGATION && cue.at.span.end <= at.span.start && {
                let between = scan.slice(at.field, cue.at.span.end, at.span.start);
                between.split_whitespace().count() <= 1 && between.len() <= 12
            }
        })
    }

    fn countries_in(&self, sentence: u32) -> &[CountryMention] {
        let start = self.countries.partition_point(|mention| mention.at.sentence < sentence);
        let length = self.countries[start..].partition_point(|mention| mention.at.sentence == sentence);
        &self.countries[start..start + length]
    }

    /// Countries of the mention's own clause, by how they hang together with it.
    fn by_clause(&self, at: At) -> Vec<Attribution> {
        let here = self.nearest(at, self.clauses.number(at));
        let others = Resolved::in_sentence(&self.resolved.commodities, at.sentence);
        let mut links: Vec<(PlaceIndex, Link)> = Vec::with_capacity(here.len());
        for (place, country) in here.iter().enumerate() {
            let subject = place == 0 || country.joined && links.last().is_some_and(|(_, link)| *link == Link::Subject);
            let mut found = link(&self.resolved.scan, at, country, subject, others);
            if country.joined
                && let Some((_, previous)) = links.last()
            {
                found = found.min(*previous);
            }
            links.push((country.country, found));
        }
        // `Chile and Peru's copper`: what holds for the last of joined countries holds for those before it.
        for place in (1..here.len()).rev() {
            if here[place].joined && links[place].1 == Link::Modifies && links[place - 1].1 > Link::Modifies {
                links[place - 1].1 = Link::Modifies;
            }
        }
        let mut found = self.weigh(at, &links);
        // 卖稀土矿给美国: a clause whose only country is a goal has its subject in the clause before.
        if !found.is_empty()
            && here.iter().all(|country| matches!(country.case, GrammaticalCase::Goal | GrammaticalCase::Partner))
        {
            let carried = self
                .by_sentence(at)
                .into_iter()
                .filter(|a| !found.iter().any(|f| f.country == a.country))
                .collect::<Vec<_>>();
            found.extend(carried);
        }
        found
    }

    /// The countries of a clause around a mention; of a list without end only those near it.
    fn nearest(&self, at: At, clause: usize) -> Vec<&CountryMention> {
        let here: Vec<&CountryMention> = self
            .countries_in(at.sentence)
            .iter()
            .filter(|country| country.clause == clause && !country.visited)
            .collect();
        let middle = here.partition_point(|country| country.at < at);
        let (start, end) = (middle.saturating_sub(MOST_COUNTRIES), (middle + MOST_COUNTRIES).min(here.len()));
        here[start..end].to_vec()
    }

    fn weigh(&self, at: At, links: &[(PlaceIndex, Link)]) -> Vec<Attribution> {
        let located = links.iter().any(|(_, link)| *link == Link::Located);
        let owned = located || links.iter().any(|(_, link)| *link == Link::Modifies);
        let acts = self.resolved.scan.sentence_cues[at.sentence as usize].intersects(ACTING);
        let mut attributions: Vec<Attribution> = Vec::with_capacity(links.len());
        for &(country, link) in links {
            let score = match link {
                Link::Modifies => 0.95,
                Link::Located => 0.92,
                Link::Subject if owned && !acts => 0.45,
                Link::Subject => 0.8,
                Link::Goal => 0.62,
                Link::Present if owned => 0.45,
                Link::Present => 0.6,
                Link::Firm if links.len() == 1 => 0.55,
                Link::Firm => 0.4,
            };
            match attributions.iter_mut().find(|known| known.country == country) {
                Some(known) => known.score = known.score.max(score),
                None => attributions.push(Attribution { country, score, basis: Basis::Sentence }),
            }
        }
        let best = attributions.iter().map(|attribution| attribution.score).fold(0.0, f64::max);
        attributions.retain(|attribution| attribution.score >= WEAKEST && attribution.score >= best - WEAKER);
        attributions
    }

    /// Countries of the nearest clause before the mention's in its sentence: its subject goes on.
    fn by_sentence(&self, at: At) -> Vec<Attribution> {
        let clause = self.clauses.number(at);
        let countries = self.countries_in(at.sentence);
        let before = countries
            .iter()
            .filter(|country| country.clause < clause && !country.visited)
            .map(|country| country.clause)
            .max();
        let Some(before) = before else { return Vec::new() };
        let of_clause = countries.iter().filter(|country| country.clause == before && !country.visited);
        distinct(of_clause.map(|country| country.country), 0.65, Basis::Sentence)
    }

    /// `the country`, 该国: the last country that was spoken of before.
    fn by_anaphora(&self, at: At) -> Vec<Attribution> {
        let refers = self.resolved.scan.cues_in(at.sentence).iter().any(|cue| cue.class == CueClass::ANAPHORA);
        let before = self.countries.partition_point(|country| country.at.sentence < at.sentence);
        match before.checked_sub(1).filter(|_| refers) {
            Some(_) => {
                let sentence = self.countries[before - 1].at.sentence;
                let first = self.countries_in(sentence).iter().find(|country| !country.visited);
                distinct(first.map(|country| country.country).into_iter(), 0.7, Basis::Sentence)
            }
            None => Vec::new(),
        }
    }

    /// The heading of the section, else the sentence before in the same section.
    fn by_section(&self, at: At) -> Vec<Attribution> {
        if self.is_market_news(at) || self.has_own_firm(at) {
            return Vec::new();
        }
        let scan = &self.resolved.scan;
        let section = scan.sentence(at.sentence).section;
        let same_section = |sentence: u32| {
            scan.sentences[sentence as usize].0 == at.field && scan.sentence(sentence).section == section
        };
        let heading = self.headings[at.sentence as usize].filter(|&heading| heading < at.sentence);
        let before = at.sentence.checked_sub(1).filter(|&before| same_section(before));
        for (sentence, score) in heading.map(|at| (at, 0.55)).into_iter().chain(before.map(|at| (at, 0.5))) {
            let countries =
                self.countries_in(sentence).iter().filter(|country| !country.visited).map(|country| country.country);
            let found = distinct(countries, score, Basis::Section);
            if (1..=2).contains(&found.len()) {
                return found;
            }
        }
        Vec::new()
    }

    /// The headline's countries, else the one country that the article is about.
    fn by_article(&self, at: At) -> Vec<Attribution> {
        if self.is_market_news(at) {
            return Vec::new();
        }
        let scan = &self.resolved.scan;
        let in_title = |country: &&CountryMention| scan.field(country.at).name == FieldName::Title && !country.visited;
        let titled =
            distinct(self.countries.iter().filter(in_title).map(|country| country.country), 0.45, Basis::Title);
        if (1..=2).contains(&titled.len()) {
            return titled;
        }
        let dominant = self.resolved.focus.first().filter(|focus| focus.score >= DOMINANT);
        distinct(dominant.map(|focus| focus.country).into_iter(), 0.35, Basis::Document)
    }

    /// A sentence on a company's own business goes on with no one else's country.
    fn has_own_firm(&self, at: At) -> bool {
        self.with_company[at.sentence as usize]
    }

    /// A price on an exchange is no country's; nor is a rise or fall of nothing that is done anywhere.
    fn is_market_news(&self, at: At) -> bool {
        let cues = self.resolved.scan.sentence_cues[at.sentence as usize];
        cues.intersects(MARKET) || cues.intersects(MOVING) && !cues.intersects(DOING)
    }
}

/// By sentence: the heading that opened its section.
fn headings(resolved: &Resolved<'_>) -> Vec<Option<u32>> {
    let scan = &resolved.scan;
    let mut current: Option<(u8, u16, u32)> = None;
    (0..scan.sentences.len() as u32)
        .map(|number| {
            let (field, _) = scan.sentences[number as usize];
            let sentence = scan.sentence(number);
            if sentence.heading {
                current = Some((field, sentence.section, number));
            }
            current.filter(|(of, section, _)| (*of, *section) == (field, sentence.section)).map(|(.., heading)| heading)
        })
        .collect()
}

fn with_company(resolved: &Resolved<'_>) -> Vec<bool> {
    let mut with_company = vec![false; resolved.scan.sentences.len()];
    for company in resolved.organisations.iter().filter(|organisation| organisation.kind == OrganisationType::Company) {
        company.mentions.iter().for_each(|mention| with_company[mention.sentence as usize] = true);
    }
    with_company
}

fn distinct(countries: impl Iterator<Item = PlaceIndex>, score: f64, basis: Basis) -> Vec<Attribution> {
    let mut found: Vec<Attribution> = Vec::new();
    for country in countries {
        if !found.iter().any(|known| known.country == country) {
            found.push(Attribution { country, score, basis });
        }
    }
    found
}

/// Sums the attributions up, mineral by country.
pub(super) fn pairs(resolved: &Resolved<'_>, clauses: &Clauses, attributions: &[Vec<Attribution>]) -> Vec<Pair> {
    let scan = &resolved.scan;
    let mut pairs: Vec<Pair> = Vec::new();
    let mut place_of: FxHashMap<(CommodityIndex, PlaceIndex), usize> = FxHashMap::default();
    for (mention, its) in resolved.commodities.iter().zip(attributions) {
        let stages = stages(resolved, clauses, mention.at);
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
            pair.stages.extend(&stages);
            let sentence = scan.sentence_at(mention.at.sentence);
            if pair.evidence.last() != Some(&sentence) {
                pair.evidence.push(sentence);
            }
        }
    }
    for pair in &mut pairs {
        pair.stages.sort();
        pair.stages.dedup();
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
