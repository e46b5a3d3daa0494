//! Grounds of trade: where goods go, who has signed for them, whose trade a total is of.

use super::attribution::{Attribution, MOST_COUNTRIES};
use super::context::{Context, distinct};
use super::countries::CountryMention;
use super::surroundings::GrammaticalCase;
use crate::extract::At;
use crate::lexicon::{CueClass, PlaceIndex};
use crate::vocabulary::Basis;

/// Farthest that the word for its trade stands behind a country, in bytes: 中国10月进口.
const TRADER_BEFORE: usize = 27;

impl Context<'_, '_> {
    /// 精矿将运往四川的基地，用于生产碳酸锂: what something is made into is made where the clause before says that it goes.
    pub(super) fn by_destination(&self, at: At, clause: usize) -> Vec<Attribution> {
        let Some(before) = clause.checked_sub(1) else { return Vec::new() };
        if !self.clauses.nth(at.sentence, before).cues.contains(CueClass::IMPORTER) {
            return Vec::new();
        }
        let is_reached = |country: &&CountryMention| {
            country.clause == before && !country.firm && country.case != GrammaticalCase::Bare
        };
        let there = self.stated_in(at.sentence).filter(is_reached).last();
        distinct(at, there.map(|country| country.country).into_iter(), 0.65, Basis::Sentence)
    }

    /// 加拿大企业宣布，已与韩国电池厂签约，每年供应石墨1万吨: in a clause that says what is supplied, those who have signed before it, firms
    /// among them; 向孟方供应: one of whom may be named in it.
    pub(super) fn parties_before(&self, at: At, clause: usize) -> Vec<Attribution> {
        let scan = &self.resolved.scan;
        let own = self.clauses.nth(at.sentence, clause);
        let before = scan.slice(at.field, own.start, at.span.start.max(own.start));
        if before.is_ascii() || !scan.lexicon.particles.sentence.delivery.is_in(before) {
            return Vec::new();
        }
        let earlier = || self.stated_in(at.sentence).filter(|country| country.clause < clause);
        let partner = earlier().filter(|country| country.case == GrammaticalCase::Partner).last();
        let is_taker = |country: &CountryMention| country.clause == clause && country.case == GrammaticalCase::Goal;
        let Some(first) = earlier().next() else { return Vec::new() };
        // 与法国企业签约，在法国建厂，供应日本: where the goods come from is said.
        if earlier().any(|country| country.case == GrammaticalCase::Place) {
            return Vec::new();
        }
        if partner.is_none() && !self.stated_in(at.sentence).any(is_taker) {
            return Vec::new();
        }
        // Where the goods come from counts first: of whoever buys, the other side.
        let buys = scan.lexicon.particles.sentence.purchase.is_in(before);
        let mut parties: Vec<PlaceIndex> = std::iter::once(first).chain(partner).map(|party| party.country).collect();
        if buys {
            parties.reverse();
        }
        let mut found = distinct(at, parties.into_iter(), 0.65, Basis::Sentence);
        found.iter_mut().skip(1).for_each(|second| second.score = 0.6);
        found
    }

    /// 同月碳酸锂进口2.3万吨，日本是最大买家: what is imported or exported in all, in a sentence that does not say by whom, is traded by the
    /// country whose trade the article has told of before.
    pub(super) fn by_trade(&self, at: At) -> Vec<Attribution> {
        let scan = &self.resolved.scan;
        let particles = &scan.lexicon.particles.mineral;
        // 稀土（未锻造产品）出口4390吨
        let after = scan.rest_after(at);
        let bracket = after.strip_prefix('（').and_then(|inner| inner.split_once('）'));
        let after = bracket.map_or(after, |(_, after)| after);
        let amount = particles.traded.iter().find_map(|traded| after.strip_prefix(traded)).is_some_and(|amount| {
            amount.starts_with(|c: char| c.is_ascii_digit()) || particles.traded_amount.begins(amount)
        });
        if !amount {
            return Vec::new();
        }
        let before = self.countries.partition_point(|country| country.at < at);
        let trader = self.countries[..before].iter().rev().take(MOST_COUNTRIES).find(|country| {
            let rest = scan.rest_after(country.at);
            let near = &rest[..rest.floor_char_boundary(TRADER_BEFORE)];
            let stated = country.case == GrammaticalCase::Bare && !country.firm && !country.passing;
            stated && particles.traded.is_in(near)
        });
        distinct(at, trader.map(|country| country.country).into_iter(), 0.65, Basis::Section)
    }
}
