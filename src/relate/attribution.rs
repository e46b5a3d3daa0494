//! Minerals by country: each mention of a mineral is attributed by the strongest ground that the article gives.
//!
//! Grounds, strongest first: the mention's own clause; the clause before it in the sentence; `the country` and its
//! like; the section's heading or the sentence before; the headline; what the article as a whole is
//! about. A clause that tells what is done in or with a country and names no mineral goes on about the last one.

use super::absence::{is_given_up, is_negated, parts_from};
use super::clauses::{Clause, Clauses, is_relative, starting_in};
use super::context::Context;
use super::countries::CountryMention;
use super::implied::add_implied;
use super::links::{Link, Linker};
use super::settle::{match_lists, settle};
use super::surroundings::GrammaticalCase;
use crate::extract::At;
use crate::lexicon::{CommodityIndex, CueClass, CueSet, PlaceIndex};
use crate::resolve::{Mention, Resolved};
use crate::vocabulary::{Basis, CommodityKind, PlaceType};

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
/// Farthest that a mineral stands before the region that it is in, in bytes.
const MOST_BETWEEN: usize = 32;
/// Most words, or Chinese characters, from `used in` to what something is used in, or to the last of such a list.
const MOST_BEFORE_USE: usize = 6;
/// On either side of a mention, in its clause.
pub(super) const MOST_COUNTRIES: usize = 12;

/// Prices and exchanges.
pub(super) const MARKET: CueSet = CueSet::of(&[CueClass::EVENT_PRICE_MOVE, CueClass::TOPIC_METALS_MARKET]);
/// What is done with a mineral in a place.
pub(super) const DOING: CueSet = CueSet::of(&[
    CueClass::STAGE_EXPLORE,
    CueClass::STAGE_MINE,
    CueClass::STAGE_REFINE,
    CueClass::STAGE_MANUFACTURE,
    CueClass::STAGE_RECYCLE,
    CueClass::ORE,
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
    CueClass::BUYER,
]);
/// Whose subject takes what comes from a place.
pub(super) const BRINGING_IN: CueSet = CueSet::of(&[CueClass::IMPORTER, CueClass::BUYER, CueClass::IMPORTING]);
/// What those who are named with `with` or `by` take part in.
const SHARED: CueSet = TRADING.union(CueSet::of(&[
    CueClass::STAGE_TRADE,
    CueClass::EVENT_TARIFF,
    CueClass::EVENT_SANCTION,
    CueClass::EVENT_EXPORT_CONTROL,
]));

/// Attributes every mention; agricultural commodities and mentions that no country explains get none.
pub(super) fn attribute(context: &Context<'_, '_>) -> Vec<Vec<Attribution>> {
    let (resolved, clauses) = (context.resolved, context.clauses);
    let attributer = Attributer { resolved, clauses, context };
    let mut attributions: Vec<Vec<Attribution>> =
        resolved.commodities.iter().map(|mention| attributer.attribute(mention)).collect();
    add_implied(context, &mut attributions);
    match_lists(resolved, &context.countries, &mut attributions);
    settle(resolved, &mut attributions);
    attributions
}

struct Attributer<'r, 'd> {
    resolved: &'r Resolved<'d>,
    clauses: &'r Clauses<'r>,
    context: &'r Context<'r, 'd>,
}

impl Attributer<'_, '_> {
    fn attribute(&self, mention: &Mention<CommodityIndex>) -> Vec<Attribution> {
        if !self.is_attributable(mention) {
            return Vec::new();
        }
        let (at, context) = (mention.at, self.context);
        let (number, clause) = self.clauses.find(at);
        let here = self.nearest(at, number, clause);
        let links = self.links(at, clause, &here);
        let grounds: [&dyn Fn() -> Vec<Attribution>; 11] = [
            &|| context.by_host(at, number, clause),
            &|| self.by_clause(at, number, &here, &links),
            &|| context.by_order(at, clause),
            &|| self.by_trading_firm(at, clause, &links),
            &|| context.by_clause_before(at, number),
            &|| context.by_anaphora(at),
            &|| context.by_trade(at),
            &|| context.by_section(at),
            &|| context.by_named_works(at),
            &|| context.by_article(at, mention.entity),
            &|| self.by_firm(at, &links),
        ];
        // Of what was given up, only its own clause says where it was; and so of what is somewhere else, in no country, and of
        // what something is used for.
        let used = self.is_end_use(at, clause);
        let alone = used || is_given_up(clause) || self.is_in_region(at, clause);
        let most = if alone { 2 } else { grounds.len() };
        let mut attributions =
            grounds[..most].iter().map(|ground| ground()).find(|found| !found.is_empty()).unwrap_or_default();
        if used && attributions.is_empty() {
            attributions = context.by_destination(at, number);
        }
        attributions.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.country.cmp(&b.country)));
        attributions
    }

    /// Minerals of which the article does not say that there are none.
    fn is_attributable(&self, mention: &Mention<CommodityIndex>) -> bool {
        let kind = self.resolved.scan.lexicon.commodity(mention.entity).kind;
        kind != CommodityKind::Agricultural
            && !is_negated(self.resolved, self.clauses, mention)
            && !self.is_only_talked_of(mention.at)
    }

    /// `a panel on lithium in Lisbon`, `scrap at 80% of the APT value`: talked about, or what another's price is told by.
    fn is_only_talked_of(&self, at: At) -> bool {
        let scan = &self.resolved.scan;
        let (before, particles) = (scan.tail_before(at, 24), &scan.lexicon.particles.mineral);
        particles.talk_of.ends(before)
            || particles.priced_by.ends(before) && particles.price_after.begins(scan.rest_after(at))
    }

    /// Countries of the mention's own clause, by how they hang together with it.
    fn by_clause(
        &self,
        at: At,
        number: usize,
        here: &[&CountryMention],
        links: &[(PlaceIndex, Link)],
    ) -> Vec<Attribution> {
        // `Its copper shipments increased too.`
        if here.is_empty() {
            return self.context.by_possessive(at, number);
        }
        // 该国锂矿多属中国公司: what is mined in the country may be a foreign firm's.
        if links.iter().all(|(_, link)| *link == Link::Firm) {
            return Vec::new();
        }
        let mut found = self.weigh(at, links);
        if found.is_empty() {
            return found;
        }
        let new = |a: &Attribution| !links.iter().any(|(country, _)| *country == a.country);
        if number > 0 && is_relative(&self.resolved.scan, at, self.clauses.nth(at.sentence, number).start) {
            // `South Korea, which smelts a lot of zinc, relies on Peru for the concentrate`
            if self.tells_of_subject(at, number) {
                found.extend(self.context.by_clause_before(at, number).into_iter().filter(new));
            }
            // `the Kansanshi mine in Zambia, which produced 181,000 tonnes of copper, and the Cobre mine in Panama`
            if self.clauses.nth(at.sentence, number - 1).cues.intersects(DOING) {
                let mut antecedent = self.context.by_clause_before(at, number);
                if !antecedent.is_empty() && links.iter().all(|(_, link)| *link == Link::Elsewhere) {
                    return antecedent;
                }
                antecedent.retain(|a| !found.iter().any(|known| known.country == a.country));
                found.extend(antecedent);
            }
        }
        // `The smelter is in Sweden. It processes copper concentrate from Chile.`
        if number == 0 {
            found.extend(self.context.by_works(at).into_iter().filter(new));
        }
        found.extend(self.context.by_possessive(at, number).into_iter().filter(new));
        // 卖稀土矿给美国: a clause whose only country is a goal has its subject in the clause before.
        if here.iter().all(|country| {
            matches!(country.case, GrammaticalCase::Goal | GrammaticalCase::Partner)
                    // 从智利进口铜，从印尼进口镍
                    || country.case == GrammaticalCase::Place && self.clauses.cues(at).intersects(BRINGING_IN)
        }) {
            let acting = |country: PlaceIndex| {
                let mut mentions = self.context.countries_in(at.sentence).iter();
                mentions.any(|mention| mention.country == country && mention.case == GrammaticalCase::Bare)
            };
            let placed = here.iter().any(|country| country.case == GrammaticalCase::Place);
            let before = self.context.by_clause_before(at, number);
            // 蒙古国向俄罗斯出口萤石，向中国出口铜精矿: who acts, where somebody does, and not whom the first goods went to
            let only_acting = placed || before.iter().any(|a| acting(a.country));
            let carried: Vec<Attribution> =
                before.into_iter().filter(|a| new(a) && (!only_acting || acting(a.country))).collect();
            // 中国从几内亚进口铝土矿，从印尼进口镍铁，从智利进口铜精矿
            if carried.is_empty() {
                let mut earlier = self.context.countries_in(at.sentence).iter();
                let subject = earlier.rfind(|country| country.clause < number && country.opens && !country.passing);
                let subject = subject.map(|country| Attribution {
                    country: country.country,
                    score: 0.65,
                    basis: Basis::Sentence,
                    at,
                });
                let named = subject.is_some();
                found.extend(subject.filter(new));
                if !named && number == 0 && here.iter().all(|country| country.case == GrammaticalCase::Goal) {
                    found.extend(self.context.by_pronoun(at).into_iter().filter(new));
                    // `Tambo Metals reports on its mine in Namibia. … 300 tonnes of tin went to Finland.`
                    let source =
                        self.context.setting.filter(|source| !found.iter().any(|known| known.country == *source));
                    found.extend(source.map(|country| Attribution { country, score: 0.5, basis: Basis::Document, at }));
                }
            } else {
                found.extend(carried);
            }
        }
        found
    }

    fn links(&self, at: At, clause: &Clause, here: &[&CountryMention]) -> Vec<(PlaceIndex, Link)> {
        if here.is_empty() {
            return Vec::new();
        }
        let others = self.clauses.minerals_in(at.sentence);
        let linker = Linker { scan: &self.resolved.scan, mineral: at, clause_start: clause.start, others, here };
        let given_up = is_given_up(clause);
        let mut links: Vec<(PlaceIndex, Link)> = Vec::with_capacity(here.len());
        for (place, country) in here.iter().enumerate() {
            let subject = place == 0 || country.joined && links.last().is_some_and(|(_, link)| *link == Link::Subject);
            let mut found = linker.link(country, subject);
            // `China refines most of the cobalt mined in the DRC`: who works on it has a part beside where it is.
            if found == Link::Subject && self.works_on(country.at, at) {
                found = Link::Goal;
            }
            if found == Link::Present && country.case == GrammaticalCase::Partner && clause.cues.intersects(SHARED) {
                found = Link::Goal;
            }
            if country.joined
                && let Some((_, previous)) = links.last()
            {
                // `gold mines in Mali and Senegal and a lithium mine in Ghana`: Senegal goes with Mali.
                let elsewhere = *previous == Link::Elsewhere && country.at < at && found != Link::Modifies;
                found = if elsewhere { Link::Elsewhere } else { found.min(*previous) };
            }
            links.push((country.country, found));
        }
        // `Poland's KGHM will supply copper to Germany's Aurubis`: both ends of a trade have a part in it.
        if (here.iter().skip(1).any(|country| country.party) || self.is_supplied(at, here))
            && let Some((_, seller)) = links.first_mut().filter(|(_, link)| *link == Link::Firm)
        {
            *seller = Link::Goal;
        }
        // `The loan for the graphite mine in Tanzania came from Germany`
        if self.is_of_equipment(at, clause) {
            let own = here.iter().position(|country| country.at > at);
            links.truncate(own.map_or(links.len(), |own| own + 1));
            return links;
        }
        // `Boliden, the Swedish zinc producer, also owns a nickel mine in Finland`: the zinc only says who Boliden is.
        if let Some(own) =
            here.iter().position(|country| linker.touches(country.at, at)).filter(|_| linker.names_trader())
        {
            return vec![links[own]];
        }
        // `Zambian cobalt goes into superalloys`: what something is made into has a country only where its own is said.
        if self.is_end_use(at, clause) {
            let mut countries = here.iter();
            links.retain(|(_, link)| {
                let own = countries.next().is_some_and(|country| country.at > at || linker.touches(country.at, at));
                own && *link <= Link::Located
            });
            return links;
        }
        // `Chile and Peru's copper`: what holds for the last of joined countries holds for those before it.
        for place in (1..here.len()).rev() {
            if here[place].joined && links[place].1 == Link::Modifies && links[place - 1].1 > Link::Modifies {
                links[place - 1].1 = Link::Modifies;
            }
        }
        self.part_segments(at, clause, here, &mut links);
        // `to Chinese steel mills and aluminium fluoride plants`: an adjective holds for what is joined.
        if let Some(joined) = self.joined_before(at, others)
            && let Some(own) = here.iter().position(|country| linker.touches(country.at, joined))
        {
            return vec![(links[own].0, Link::Modifies)];
        }
        // `Mongolia's coal … Chinese steel mills`: what has an adjective of its own is not the subject's, whose mineral is another.
        let touching = here.iter().find(|country| linker.touches(country.at, at)).map(|country| country.at);
        if let Some(touching) = touching {
            let own = |country: &CountryMention| {
                let after = others.partition_point(|other| other.at.span.start < country.at.span.end);
                country.at >= touching || others.get(after).is_some_and(|other| other.at >= at)
            };
            for ((_, link), country) in links.iter_mut().zip(here) {
                if *link == Link::Subject && !own(country) {
                    *link = Link::Elsewhere;
                }
            }
        }
        // 日本与最大铀生产国哈萨克斯坦签署协议: the mineral only says who the other is.
        if here.iter().any(|country| linker.is_called_producer(country.at)) {
            links.retain(|(_, link)| *link == Link::Modifies);
            return links;
        }
        // `the letter from a Korean mill lapsed`: who merely took part has no part any more. Nor has a partner in what is no
        // trade, nor who is only asked about.
        let shared = clause.cues.intersects(SHARED);
        let asked = self.is_question(at);
        let alone = links.len() == 1;
        let mut countries = here.iter();
        links.retain(|(_, link)| {
            let partner = countries.next().is_some_and(|country| country.case == GrammaticalCase::Partner);
            let weak = given_up || asked || partner && !shared && !alone;
            !weak || *link < Link::Goal
        });
        links
    }

    /// `steel mills and *aluminium fluoride* plants`: the mineral whose works are joined to those of this one.
    fn joined_before(&self, at: At, others: &[Mention<CommodityIndex>]) -> Option<At> {
        let scan = &self.resolved.scan;
        let before = others.iter().rev().find(|other| other.at.span.end <= at.span.start)?.at;
        let mut words = scan.slice(at.field, before.span.end, at.span.start).split_whitespace();
        let works = words.next().is_some_and(|word| scan.lexicon.particles.mineral.works.has(word));
        (works && words.next() == Some("and") && words.next().is_none()).then_some(before)
    }

    /// 坦桑尼亚发石墨证、摩洛哥签磷肥单、波兰减铜税: where each member of a list tells of a country and a mineral, a country of another member has
    /// no part in this one's.
    fn part_segments(&self, at: At, clause: &Clause, here: &[&CountryMention], links: &mut [(PlaceIndex, Link)]) {
        let text = self.resolved.scan.slice(at.field, clause.start, clause.end);
        if here.len() < 2 || !text.contains('、') {
            return;
        }
        let segment = |byte: u32| {
            let before = &text[..(byte.saturating_sub(clause.start) as usize).min(text.len())];
            before.matches('、').count()
        };
        let minerals = self.clauses.minerals_in(at.sentence).iter().filter(|other| other.at.span.start >= clause.start);
        let minerals: Vec<usize> = minerals.map(|other| segment(other.at.span.start)).collect();
        let own = segment(at.span.start);
        let countries: Vec<usize> = here.iter().map(|country| segment(country.at.span.start)).collect();
        let each =
            countries.windows(2).all(|two| two[0] < two[1]) && countries.iter().all(|number| minerals.contains(number));
        if each && countries.contains(&own) {
            for ((_, link), number) in links.iter_mut().zip(countries) {
                if number != own {
                    *link = Link::Elsewhere;
                }
            }
        }
    }

    /// `Canada's Cameco will supply uranium to two reactors in Bulgaria`
    fn is_supplied(&self, at: At, here: &[&CountryMention]) -> bool {
        let (scan, particles) = (&self.resolved.scan, &self.resolved.scan.lexicon.particles);
        here.len() > 1 && here[0].at < at && {
            let between = scan.slice(at.field, here[0].at.span.end.min(at.span.start), at.span.start);
            let end = self.clauses.span(at).end.max(at.span.end);
            let after = scan.slice(at.field, at.span.end, end);
            between.split(' ').any(|word| particles.sentence.supplying.has(word))
                && after.split(' ').skip(1).take(3).any(|word| word == "to")
                && !after.split(' ').skip(1).take(2).any(|word| particles.mineral.works.has(word))
        }
    }

    /// Whether a relative clause, which is no sentence's first, tells of the country that is all of the clause before it.
    fn tells_of_subject(&self, at: At, clause: usize) -> bool {
        let before = self.clauses.nth(at.sentence, clause - 1);
        let mut opening = self.context.countries_in(at.sentence).iter().filter(|country| country.clause + 1 == clause);
        opening.any(|country| country.opens && before.end.saturating_sub(country.at.span.end) <= 2)
    }

    /// `The loan for the graphite mine in Tanzania`: the mineral only says what for.
    fn is_of_equipment(&self, at: At, clause: &Clause) -> bool {
        let scan = &self.resolved.scan;
        let before = scan.slice(at.field, clause.start, at.span.start.max(clause.start));
        let particles = &scan.lexicon.particles.mineral;
        before.is_ascii()
            && before
                .split(' ')
                .zip(before.split(' ').skip(1))
                .any(|(thing, joint)| matches!(joint, "for" | "at") && particles.equipment.has_in_any_case(thing))
    }

    /// `used in steel furnaces`, `competes with barite`, 用于生产钢: not dug or made here, but what something else is for.
    fn is_end_use(&self, at: At, clause: &Clause) -> bool {
        clause.cues.contains(CueClass::END_USE) && {
            let before = starting_in(self.clauses.cues_in(at.sentence), clause.start, at.span.start);
            let mut leading =
                before.iter().filter(|cue| cue.class == CueClass::END_USE && cue.at.span.end <= at.span.start);
            leading.next_back().is_some_and(|cue| {
                let between = self.resolved.scan.slice(at.field, cue.at.span.end, at.span.start);
                let words =
                    if between.is_ascii() { between.split_whitespace().count() } else { between.chars().count() };
                words <= MOST_BEFORE_USE && !between.contains([';', '；', '，']) && !between.ends_with('的')
            })
        }
    }

    /// Whether what makes something of a mineral stands between a country and the mineral.
    fn works_on(&self, country: At, mineral: At) -> bool {
        const WORKING: CueSet =
            CueSet::of(&[CueClass::STAGE_REFINE, CueClass::STAGE_MANUFACTURE, CueClass::STAGE_RECYCLE]);
        country.span.end <= mineral.span.start
            && self.clauses.cues(mineral).intersects(WORKING)
            && starting_in(self.clauses.cues_in(mineral.sentence), country.span.end, mineral.span.start)
                .iter()
                .any(|cue| WORKING.contains(cue.class))
    }

    /// `steel mills in Europe`: a region after the mineral, and nothing between that parts them.
    fn is_in_region(&self, mineral: At, clause: &Clause) -> bool {
        let scan = &self.resolved.scan;
        let after = self.clauses.places_in(mineral.sentence).iter().find(|place| place.at > mineral);
        after.filter(|place| place.at.span.end <= clause.end).is_some_and(|place| {
            let between = scan.slice(mineral.field, mineral.span.end, place.at.span.start);
            let particles = &scan.lexicon.particles.mineral;
            scan.lexicon.place(place.entity).kind == PlaceType::Region
                && between.len() <= MOST_BETWEEN
                && !between.contains(',')
                && particles.in_region.ends(particles.compass.strip_end(between))
        })
    }

    fn is_question(&self, at: At) -> bool {
        let scan = &self.resolved.scan;
        scan.sentence_text(at.sentence).trim_end().ends_with(['?', '？'])
    }

    /// A firm that sells, buys or signs does so from its home.
    fn by_trading_firm(&self, at: At, clause: &Clause, links: &[(PlaceIndex, Link)]) -> Vec<Attribution> {
        if clause.cues.intersects(TRADING) { self.by_firm(at, links) } else { Vec::new() }
    }

    /// All that the clause gives is the seat of a firm, and nothing else in the article explains the mention.
    fn by_firm(&self, at: At, links: &[(PlaceIndex, Link)]) -> Vec<Attribution> {
        if self.context.refers_back(at) { Vec::new() } else { self.weigh(at, links) }
    }

    /// The countries of a mention's clause; of a list without end only those near it.
    fn nearest(&self, at: At, number: usize, clause: &Clause) -> Vec<&CountryMention> {
        let countries = self.context.countries_in(at.sentence);
        if countries.is_empty() {
            return Vec::new();
        }
        // `a record in Rotterdam`: the port of a quotation is not where the mineral is.
        let at_market = self.resolved.scan.said_in(at.sentence).intersects(MARKET.union(CueSet::MOVING));
        let done_here = clause.cues.intersects(DOING);
        let mut here: Vec<&CountryMention> = countries
            .iter()
            .filter(|country| country.clause == number && !country.passing)
            .filter(|country| !(at_market && (country.market_place || country.exchange_seat)))
            .filter(|country| !country.exchange_seat || done_here || country.buys || country.listed)
            .filter(|country| !parts_from(self.resolved, at, country.at))
            .collect();
        let middle = here.partition_point(|country| country.at < at);
        here.truncate(middle + MOST_COUNTRIES);
        here.drain(..middle.saturating_sub(MOST_COUNTRIES));
        here
    }

    fn weigh(&self, at: At, links: &[(PlaceIndex, Link)]) -> Vec<Attribution> {
        let located = links.iter().any(|(_, link)| *link == Link::Located);
        let owned = located || links.iter().any(|(_, link)| *link == Link::Modifies);
        // Who puts money into a foreign mine has no part in what is mined there.
        let cues = self.resolved.scan.said_in(at.sentence);
        let acts = cues.intersects(ACTING) && !self.clauses.cues(at).contains(CueClass::EVENT_INVESTMENT);
        let taken = links.iter().any(|(_, link)| *link < Link::Elsewhere);
        let mut attributions: Vec<Attribution> = Vec::with_capacity(links.len());
        for &(country, link) in links {
            let score = match link {
                Link::Modifies => 0.95,
                Link::Located => 0.92,
                Link::Subject if owned && !acts => 0.45,
                Link::Subject => 0.8,
                Link::Goal => 0.62,
                Link::Present if owned => 0.45,
                Link::Elsewhere if taken => 0.2,
                Link::Present | Link::Elsewhere => 0.6,
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
}
