//! Minerals by country: each mention of a mineral is attributed by the strongest ground that the article gives.
//!
//! Grounds, strongest first: the mention's own clause; the clause before it in the sentence; `the country` and its
//! like; the section's heading or the sentence before; the headline; what the article as a whole is
//! about. A clause that tells what is done in or with a country and names no mineral goes on about the last one.

use super::clauses::Clauses;
use super::links::{CountryMention, GrammaticalCase, Link, country_mentions, link};
use crate::extract::At;
use crate::lexicon::{CommodityIndex, CueClass, CueSet, PlaceIndex};
use crate::resolve::{Mention, Resolved};
use crate::text::FieldName;
use crate::vocabulary::{Basis, CommodityKind, OrganisationType};
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
    /// Where the article says so: the mention, or the clause that goes on about it.
    pub at: At,
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
/// What is done with a mineral, trade included.
const DONE: CueSet = DOING.union(CueSet::of(&[CueClass::STAGE_TRADE, CueClass::STAGE_RESERVE]));
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
    let mut attributions: Vec<Vec<Attribution>> =
        resolved.commodities.iter().map(|mention| attributer.attribute(mention)).collect();
    attributer.add_implied(&mut attributions);
    attributions
}

struct Attributer<'r, 'd> {
    resolved: &'r Resolved<'d>,
    clauses: &'r Clauses,
    countries: Vec<CountryMention>,
    /// Mentions of each commodity in the article.
    counts: FxHashMap<CommodityIndex, u32>,
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
            counts: resolved.commodities.iter().fold(FxHashMap::default(), |mut counts, mention| {
                *counts.entry(mention.entity).or_default() += 1;
                counts
            }),
            headings: headings(resolved),
            with_company: with_company(resolved),
        }
    }

    fn attribute(&self, mention: &Mention<CommodityIndex>) -> Vec<Attribution> {
        if !self.is_attributable(mention) {
            return Vec::new();
        }
        let grounds: [fn(&Self, At) -> Vec<Attribution>; 5] =
            [Self::by_clause, Self::by_clause_before, Self::by_anaphora, Self::by_section, Self::by_article];
        let mut attributions =
            grounds.iter().map(|ground| ground(self, mention.at)).find(|found| !found.is_empty()).unwrap_or_default();
        attributions.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.country.cmp(&b.country)));
        attributions
    }

    /// Minerals of which the article does not say that there are none.
    fn is_attributable(&self, mention: &Mention<CommodityIndex>) -> bool {
        let kind = self.resolved.scan.lexicon.commodity(mention.entity).kind;
        kind != CommodityKind::Agricultural && !self.is_negated(mention.at)
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
        // 该国锂矿多属中国公司: what is mined in the country may be a foreign firm's.
        if self.refers_back(at) && links.iter().all(|(_, link)| *link == Link::Firm) {
            return Vec::new();
        }
        let mut found = self.weigh(at, &links);
        // 卖稀土矿给美国: a clause whose only country is a goal has its subject in the clause before.
        if !found.is_empty()
            && here.iter().all(|country| matches!(country.case, GrammaticalCase::Goal | GrammaticalCase::Partner))
        {
            let carried = self
                .by_clause_before(at)
                .into_iter()
                .filter(|a| !found.iter().any(|f| f.country == a.country))
                .collect::<Vec<_>>();
            found.extend(carried);
        }
        found
    }

    /// The countries of a clause around a mention; of a list without end only those near it.
    fn nearest(&self, at: At, clause: usize) -> Vec<&CountryMention> {
        // `a record in Rotterdam`: the port of a quotation is not where the mineral is.
        let at_market = self.resolved.scan.sentence_cues[at.sentence as usize].intersects(MARKET.union(MOVING));
        let here: Vec<&CountryMention> = self
            .countries_in(at.sentence)
            .iter()
            .filter(|country| country.clause == clause && !country.visited && !(at_market && country.market_place))
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
                None => attributions.push(Attribution { country, score, basis: Basis::Sentence, at }),
            }
        }
        let best = attributions.iter().map(|attribution| attribution.score).fold(0.0, f64::max);
        attributions.retain(|attribution| attribution.score >= WEAKEST && attribution.score >= best - WEAKER);
        attributions
    }

    /// Countries of the nearest clause before the mention's in its sentence: its subject goes on.
    fn by_clause_before(&self, at: At) -> Vec<Attribution> {
        let clause = self.clauses.number(at);
        let before = self.stated_in(at.sentence).filter(|country| country.clause < clause);
        self.of_clause(at, before.map(|country| country.clause).max(), 0.65)
    }

    fn of_clause(&self, at: At, clause: Option<usize>, score: f64) -> Vec<Attribution> {
        let countries = self.stated_in(at.sentence).filter(|country| Some(country.clause) == clause);
        distinct(at, countries.map(|country| country.country), score, Basis::Sentence)
    }

    /// The countries of a sentence that are more than the goal of a journey.
    fn stated_in(&self, sentence: u32) -> impl Iterator<Item = &CountryMention> {
        self.countries_in(sentence).iter().filter(|country| !country.visited)
    }

    /// The countries that a sentence is about: those that lead it.
    fn topics_of(&self, sentence: u32) -> impl Iterator<Item = &CountryMention> {
        self.stated_in(sentence).filter(|country| country.leads)
    }

    fn refers_back(&self, at: At) -> bool {
        self.resolved.scan.sentence_cues[at.sentence as usize].contains(CueClass::ANAPHORA)
    }

    /// `the country`, 该国: the last country that a sentence was about.
    fn by_anaphora(&self, at: At) -> Vec<Attribution> {
        if !self.refers_back(at) {
            return Vec::new();
        }
        let before = self.countries.partition_point(|country| country.at.sentence < at.sentence);
        let led = self.countries[..before]
            .iter()
            .rev()
            .take(MOST_COUNTRIES)
            .find(|country| country.leads && !country.visited);
        distinct(at, led.map(|country| country.country).into_iter(), 0.7, Basis::Sentence)
    }

    /// The heading of the section, else what the sentence before in the same section is about.
    fn by_section(&self, at: At) -> Vec<Attribution> {
        if self.is_market_news(at) || self.has_own_firm(at) {
            return Vec::new();
        }
        let heading = self.headings[at.sentence as usize].filter(|&heading| heading < at.sentence);
        if let Some(heading) = heading {
            let named = self.stated_in(heading).map(|country| country.country);
            let found = distinct(at, named, 0.55, Basis::Section);
            if (1..=2).contains(&found.len()) {
                return found;
            }
        }
        let before = at.sentence.checked_sub(1).filter(|&before| self.same_section(before, at));
        let topics = before.into_iter().flat_map(|before| self.topics_of(before)).map(|country| country.country);
        distinct(at, topics, 0.5, Basis::Section)
    }

    fn same_section(&self, sentence: u32, at: At) -> bool {
        let scan = &self.resolved.scan;
        scan.sentences[sentence as usize].0 == at.field
            && scan.sentence(sentence).section == scan.sentence(at.sentence).section
    }

    /// `Refiners in Switzerland took nearly all of it`: a clause with countries, with a cue for what is done, without a
    /// mineral of its own, goes on about the last mineral of its sentence or of the one before.
    fn add_implied(&self, attributions: &mut [Vec<Attribution>]) {
        for country in
            self.countries.iter().filter(|country| !country.visited && !country.firm && !country.market_place)
        {
            let takes_part = country.leads || matches!(country.case, GrammaticalCase::Place | GrammaticalCase::Goal);
            let clause = self.clauses.span(country.at);
            let within = |at: At| {
                at.sentence == country.at.sentence && clause.start <= at.span.start && at.span.end <= clause.end
            };
            let done = self
                .resolved
                .scan
                .cues_in(country.at.sentence)
                .iter()
                .any(|cue| within(cue.at) && DONE.contains(cue.class));
            if !takes_part || !done || self.resolved.scan.sentence_cues[country.at.sentence as usize].intersects(MARKET)
            {
                continue;
            }
            let mentions = &self.resolved.commodities;
            let own = Resolved::in_sentence(mentions, country.at.sentence).iter().any(|mention| within(mention.at));
            let Some(place) = self.antecedent(country.at).filter(|_| !own) else { continue };
            let known = &mut attributions[place];
            if !self.is_attributable(&mentions[place]) || known.iter().any(|known| known.country == country.country) {
                continue;
            }
            let same_sentence = mentions[place].at.sentence == country.at.sentence;
            let basis = if same_sentence { Basis::Sentence } else { Basis::Section };
            known.push(Attribution { country: country.country, score: 0.55, basis, at: country.at });
        }
    }

    /// The mention that a clause without a mineral goes on about: the last of its sentence, else of the sentences just
    /// before the one that the article speaks of most.
    fn antecedent(&self, at: At) -> Option<usize> {
        let mentions = &self.resolved.commodities;
        let before = mentions.partition_point(|mention| mention.at < at);
        let near = (0..before).rev().take(MOST_COUNTRIES).take_while(|&place| {
            mentions[place].at.field == at.field && mentions[place].at.sentence + 2 >= at.sentence
        });
        let last = before.checked_sub(1).filter(|&last| mentions[last].at.sentence == at.sentence);
        last.or_else(|| near.min_by_key(|&place| std::cmp::Reverse(self.counts.get(&mentions[place].entity).copied())))
    }

    /// The headline's countries, else the one country that the article is about.
    fn by_article(&self, at: At) -> Vec<Attribution> {
        if self.is_market_news(at) {
            return Vec::new();
        }
        let scan = &self.resolved.scan;
        let in_title = |country: &&CountryMention| {
            scan.field(country.at).name == FieldName::Title && !country.visited && !country.firm
        };
        let titled =
            distinct(at, self.countries.iter().filter(in_title).map(|country| country.country), 0.45, Basis::Title);
        if (1..=2).contains(&titled.len()) {
            return titled;
        }
        let dominant = self.resolved.focus.first().filter(|focus| focus.score >= DOMINANT);
        distinct(at, dominant.map(|focus| focus.country).into_iter(), 0.35, Basis::Document)
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

fn distinct(at: At, countries: impl Iterator<Item = PlaceIndex>, score: f64, basis: Basis) -> Vec<Attribution> {
    let mut found: Vec<Attribution> = Vec::new();
    for country in countries {
        if !found.iter().any(|known| known.country == country) {
            found.push(Attribution { country, score, basis, at });
        }
    }
    found
}
