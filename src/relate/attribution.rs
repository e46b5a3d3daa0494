//! Minerals by country: each mention of a mineral is attributed by the strongest ground that the article gives.
//!
//! Grounds, strongest first: the mention's own clause; the clause before it in the sentence; `the country` and its
//! like; the section's heading or the sentence before; the headline; what the article as a whole is
//! about. A clause that tells what is done in or with a country and names no mineral goes on about the last one.

use super::absence::{is_given_up, is_negated, parts_from};
use super::clauses::Clauses;
use super::countries::{CountryMention, GrammaticalCase, country_mentions};
use super::implied::add_implied;
use super::links::{Link, Linker};
use super::lists::{Matched, matched};
use crate::extract::{Amount, At};
use crate::lexicon::{CommodityIndex, CueClass, CueSet, Dimension, PlaceIndex};
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
pub(super) const MARKET: CueSet = CueSet::of(&[CueClass::EVENT_PRICE_MOVE, CueClass::TOPIC_METALS_MARKET]);
/// Rises and falls.
const MOVING: CueSet = CueSet::of(&[CueClass::RISE, CueClass::FALL]);
/// What is done with a mineral in a place.
pub(super) const DOING: CueSet = CueSet::of(&[
    CueClass::STAGE_EXPLORE,
    CueClass::STAGE_MINE,
    CueClass::STAGE_REFINE,
    CueClass::STAGE_MANUFACTURE,
    CueClass::STAGE_RECYCLE,
]);
/// What firms do with one another.
const TRADING: CueSet =
    CueSet::of(&[CueClass::BUYER, CueClass::IMPORTER, CueClass::EXPORTER, CueClass::EVENT_AGREEMENT]);
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
    add_implied(resolved, clauses, &attributer.countries, &mut attributions);
    attributer.match_lists(&mut attributions);
    attributer.settle_headline(&mut attributions);
    attributions
}

struct Attributer<'r, 'd> {
    resolved: &'r Resolved<'d>,
    clauses: &'r Clauses,
    countries: Vec<CountryMention>,
    /// Lists of minerals that stand against lists of countries.
    lists: Vec<Matched>,
    /// By sentence: the heading of its section.
    headings: Vec<Option<u32>>,
    /// By sentence: a company is named in it.
    with_company: Vec<bool>,
    /// By sentence: a mass is given in it.
    with_mass: Vec<bool>,
}

impl<'r, 'd> Attributer<'r, 'd> {
    fn new(resolved: &'r Resolved<'d>, clauses: &'r Clauses) -> Self {
        let countries = country_mentions(resolved, clauses);
        Self {
            resolved,
            clauses,
            lists: matched(resolved, &countries),
            countries,
            headings: headings(resolved),
            with_company: with_company(resolved),
            with_mass: with_mass(resolved),
        }
    }

    fn attribute(&self, mention: &Mention<CommodityIndex>) -> Vec<Attribution> {
        if !self.is_attributable(mention) {
            return Vec::new();
        }
        let given_up = is_given_up(self.clauses, mention.at);
        let grounds: [fn(&Self, At) -> Vec<Attribution>; 8] = [
            Self::by_clause,
            Self::by_order,
            Self::by_clause_before,
            Self::by_anaphora,
            Self::by_trading_firm,
            Self::by_section,
            Self::by_article,
            Self::by_firm,
        ];
        let mut attributions =
            grounds[..if given_up { 1 } else { grounds.len() }]
                .iter()
                .map(|ground| ground(self, mention.at))
                .find(|found| !found.is_empty())
                .unwrap_or_default();
        attributions.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.country.cmp(&b.country)));
        attributions
    }

    /// Minerals of which the article does not say that there are none.
    fn is_attributable(&self, mention: &Mention<CommodityIndex>) -> bool {
        let kind = self.resolved.scan.lexicon.commodity(mention.entity).kind;
        kind != CommodityKind::Agricultural && !is_negated(self.resolved, self.clauses, mention.at)
    }

    fn countries_in(&self, sentence: u32) -> &[CountryMention] {
        let start = self.countries.partition_point(|mention| mention.at.sentence < sentence);
        let length = self.countries[start..].partition_point(|mention| mention.at.sentence == sentence);
        &self.countries[start..start + length]
    }

    /// Countries of the mention's own clause, by how they hang together with it.
    fn by_clause(&self, at: At) -> Vec<Attribution> {
        let here = self.nearest(at, self.clauses.number(at));
        let links = self.links(at, &here);
        // 该国锂矿多属中国公司: what is mined in the country may be a foreign firm's.
        if links.iter().all(|(_, link)| *link == Link::Firm) {
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

    fn links(&self, at: At, here: &[&CountryMention]) -> Vec<(PlaceIndex, Link)> {
        let others = Resolved::in_sentence(&self.resolved.commodities, at.sentence);
        let linker = Linker { scan: &self.resolved.scan, mineral: at, others };
        let given_up = is_given_up(self.clauses, at);
        let mut links: Vec<(PlaceIndex, Link)> = Vec::with_capacity(here.len());
        for (place, country) in here.iter().enumerate() {
            let subject = place == 0 || country.joined && links.last().is_some_and(|(_, link)| *link == Link::Subject);
            let mut found = linker.link(country, subject);
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
        // `the letter from a Korean mill lapsed`: who merely took part has no part any more.
        links.retain(|(_, link)| !given_up || *link < Link::Goal);
        links
    }

    /// A firm that sells, buys or signs does so from its home.
    fn by_trading_firm(&self, at: At) -> Vec<Attribution> {
        if self.clauses.cues(at).intersects(TRADING) { self.by_firm(at) } else { Vec::new() }
    }

    /// All that the clause gives is the seat of a firm, and nothing else in the article explains the mention.
    fn by_firm(&self, at: At) -> Vec<Attribution> {
        let here = self.nearest(at, self.clauses.number(at));
        let links = self.links(at, &here);
        if self.refers_back(at) { Vec::new() } else { self.weigh(at, &links) }
    }

    /// `the latter`, 前者: the last, or last but one, of the countries named before.
    fn by_order(&self, at: At) -> Vec<Attribution> {
        let clause = self.clauses.cues(at);
        let back = match (clause.contains(CueClass::LATTER), clause.contains(CueClass::FORMER)) {
            (true, _) => 0,
            (_, true) => 1,
            _ => return Vec::new(),
        };
        let start = self.clauses.span(at).start;
        let before = self.countries.partition_point(|country| {
            (country.at.sentence, country.at.span.start) < (at.sentence, start)
        });
        let mut named: Vec<PlaceIndex> = Vec::new();
        for country in self.countries[..before].iter().rev().take(MOST_COUNTRIES) {
            if !country.passing && !named.contains(&country.country) {
                named.push(country.country);
            }
        }
        distinct(at, named.into_iter().skip(back).take(1), 0.7, Basis::Sentence)
    }

    /// The countries of a clause around a mention; of a list without end only those near it.
    fn nearest(&self, at: At, clause: usize) -> Vec<&CountryMention> {
        // `a record in Rotterdam`: the port of a quotation is not where the mineral is.
        let at_market = self.resolved.scan.sentence_cues[at.sentence as usize].intersects(MARKET.union(MOVING));
        let done_here = self.clauses.cues(at).intersects(DOING);
        let here: Vec<&CountryMention> = self
            .countries_in(at.sentence)
            .iter()
            .filter(|country| country.clause == clause && !country.passing)
            .filter(|country| !(at_market && (country.market_place || country.exchange_seat)))
            .filter(|country| !country.exchange_seat || done_here)
            .filter(|country| !parts_from(self.resolved, at, country.at))
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
        let before = self.stated_in(at.sentence).filter(|country| country.clause < clause && !country.firm);
        self.of_clause(at, before.map(|country| country.clause).max(), 0.65)
    }

    fn of_clause(&self, at: At, clause: Option<usize>, score: f64) -> Vec<Attribution> {
        let countries = self.stated_in(at.sentence).filter(|country| Some(country.clause) == clause);
        distinct(at, countries.map(|country| country.country), score, Basis::Sentence)
    }

    /// The countries of a sentence that are more than the goal of a journey.
    fn stated_in(&self, sentence: u32) -> impl Iterator<Item = &CountryMention> {
        self.countries_in(sentence).iter().filter(|country| !country.passing)
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
            .find(|country| country.leads && !country.passing);
        distinct(at, led.map(|country| country.country).into_iter(), 0.7, Basis::Sentence)
    }

    /// The heading of the section, else what the sentence before in the same section is about.
    fn by_section(&self, at: At) -> Vec<Attribution> {
        let before = at.sentence.checked_sub(1).filter(|&before| self.same_section(before, at));
        // `包头、赣州多家分离厂报价如下：`: what a colon leads to belongs to who stands before it.
        if let Some(before) = before.filter(|&before| self.ends_with_colon(before)) {
            let found = distinct(at, self.stated_in(before).map(|country| country.country), 0.6, Basis::Sentence);
            if (1..=2).contains(&found.len()) {
                return found;
            }
        }
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
        let topics = before.into_iter().flat_map(|before| self.topics_of(before)).map(|country| country.country);
        distinct(at, topics, 0.5, Basis::Section)
    }

    fn ends_with_colon(&self, sentence: u32) -> bool {
        self.resolved.scan.text(self.resolved.scan.sentence_at(sentence)).trim_end().ends_with([':', '：'])
    }

    fn same_section(&self, sentence: u32, at: At) -> bool {
        let scan = &self.resolved.scan;
        scan.sentences[sentence as usize].0 == at.field
            && scan.sentence(sentence).section == scan.sentence(at.sentence).section
    }

    /// Two lists that stand against each other: each mineral has its own member of the countries' list, and no other.
    fn match_lists(&self, attributions: &mut [Vec<Attribution>]) {
        for list in &self.lists {
            let members = &self.countries[list.countries.clone()];
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

    /// `Zambia and Zimbabwe compare notes on lithium and copper`: where a headline has several countries and minerals, the
    /// text says which belong together.
    fn settle_headline(&self, attributions: &mut [Vec<Attribution>]) {
        let mentions = &self.resolved.commodities;
        let in_title = |at: At| self.resolved.scan.field(at).name == FieldName::Title;
        let titled = mentions.partition_point(|mention| in_title(mention.at));
        let mut told: FxHashMap<CommodityIndex, Vec<PlaceIndex>> =
            mentions[..titled].iter().map(|mention| (mention.entity, Vec::new())).collect();
        if told.len() < 2 {
            return;
        }
        for (mention, its) in mentions.iter().zip(&*attributions).skip(titled) {
            let Some(told) = told.get_mut(&mention.entity) else { continue };
            for known in its.iter().filter(|known| known.basis == Basis::Sentence) {
                if !told.contains(&known.country) {
                    told.push(known.country);
                }
            }
        }
        for (mention, its) in mentions[..titled].iter().zip(attributions) {
            let Some(told) = told.get(&mention.entity) else { continue };
            if its.len() > 1 && its.iter().any(|known| told.contains(&known.country)) {
                its.retain(|known| known.score > 0.9 || known.at != mention.at || told.contains(&known.country));
            }
        }
    }

    /// The headline's countries, else the one country that the article is about.
    fn by_article(&self, at: At) -> Vec<Attribution> {
        if self.is_market_news(at) {
            return Vec::new();
        }
        let scan = &self.resolved.scan;
        let in_title = |country: &&CountryMention| {
            scan.field(country.at).name == FieldName::Title && !country.passing && !country.firm
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

    fn has_mass(&self, at: At) -> bool {
        self.with_mass[at.sentence as usize]
    }

    /// A price on an exchange is no country's; nor is a rise or fall of nothing that is done anywhere.
    fn is_market_news(&self, at: At) -> bool {
        let cues = self.resolved.scan.sentence_cues[at.sentence as usize];
        cues.intersects(MARKET) || cues.intersects(MOVING) && !cues.intersects(DOING) && !self.has_mass(at)
    }
}

/// By sentence: a mass is given in it, so that what rises and falls is no price.
fn with_mass(resolved: &Resolved<'_>) -> Vec<bool> {
    let mut with_mass = vec![false; resolved.scan.sentences.len()];
    for quantity in &resolved.quantities {
        if matches!(quantity.amount, Amount::Measure(_, _, Dimension::Mass | Dimension::Volume)) {
            with_mass[quantity.at.sentence as usize] = true;
        }
    }
    with_mass
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
