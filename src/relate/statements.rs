//! Whether a trigger tells what happened: not what is denied, feared, given up or still to come, nor another thing
//! altogether (`electricity tariff`, `opened a probe`).

use super::clauses::{Clauses, figures_in, starting_in};
use super::objects::words;
use crate::extract::{Amount, At, Cue, Quantity, Scan};
use crate::lexicon::{CueClass, CueSet, Dimension};
use crate::text::TokenKind;
use crate::vocabulary::EventType;

/// A negation reaches this many bytes forward.
const NEGATED: u32 = 16;
/// `has not been`, 尚未 and `called off` stand this near after the trigger.
const AFTER: u32 = 28;
/// Farthest that a hypothesis reaches in a clause without end, in bytes.
const FARTHEST: u32 = 600;
/// No expression that holds a trigger begins farther before it.
const LONGEST: u32 = 64;
/// Farthest that a word for a rise, a fall or an output stands from its figure, in bytes.
pub(super) const NEAR: u32 = 56;
/// More money than this is no price of a unit.
const HIGHEST_PRICE: f64 = 1e6;
/// Less money is no investment that the trade reports.
const LEAST_FUNDS: f64 = 1e6;
/// Words after a sum among which is what it goes into.
const WORDS_TO_PURPOSE: usize = 4;
/// Beside a trigger, these may say that it tells of no event.
const UNDOING: CueSet = CueSet::of(&[
    CueClass::NO_EVENT,
    CueClass::HYPOTHESIS,
    CueClass::NEGATION,
    CueClass::UNFULFILLED,
    CueClass::DROPPED,
    CueClass::PLANNED_FIGURE,
    CueClass::PLANNED,
]);
/// What has an amount or a rate that moves as prices do.
const OF_AMOUNTS: CueSet = CueSet::of(&[
    CueClass::OTHER_FIGURE,
    CueClass::OUTPUT,
    CueClass::STAGE_MINE,
    CueClass::EVENT_TARIFF,
    CueClass::EVENT_PRODUCTION,
]);
/// A condition stands this near after what it is a condition of, in bytes, and this near before it a word that makes it one.
pub(super) const CONDITION: u32 = 96;
/// Nothing that happened before this year is news.
const LONG_PAST: i16 = 2020;

/// The statements of a document.
pub(super) struct Statements<'s, 'd> {
    pub scan: &'s Scan<'d>,
    pub clauses: &'s Clauses<'s>,
    /// Year of publication, where it is known.
    pub year: Option<i16>,
    /// The figures of the document, in order.
    pub quantities: &'s [Quantity],
}

impl Statements<'_, '_> {
    /// Whether a trigger states that the event took place.
    pub(super) fn holds(&self, kind: EventType, at: At) -> bool {
        if self.scan.said_in(at.sentence).contains(CueClass::DENIAL) || self.is_supposed(at) {
            return false;
        }
        // a cue with a gap ends where its sentence half does
        let text = self.scan.text(at);
        if text.bytes().any(|byte| byte == b';') || !text.is_ascii() && text.contains('；') {
            return false;
        }
        if self.runs_into_another_clause(text) {
            return false;
        }
        let once = must_have_come_about(kind);
        if (once || is_soon_over(kind)) && self.is_of_another_year(at, once) {
            return false;
        }
        if self.is_conditional(at)
            || self.is_asked(at)
            || self.is_still_to_be(kind, text)
            || self.is_in_passing(kind, at)
        {
            return false;
        }
        match kind {
            EventType::MineOpening if self.starts_something_else(at) => return false,
            EventType::MineSuspension | EventType::Licence if self.is_of_another_thing(at) => return false,
            EventType::Investment if self.ends_in_goods(at) => return false,
            EventType::PriceMove if self.is_amount_of(at) => return false,
            _ => {}
        }
        if !self.scan.said_in(at.sentence).intersects(UNDOING) {
            return true;
        }
        let (clause, trigger) = (self.clauses.span(at), at.span);
        let from = clause.start.min(trigger.start.saturating_sub(LONGEST)).max(trigger.start.saturating_sub(FARTHEST));
        let around = starting_in(self.clauses.cues_in(at.sentence), from, trigger.end + AFTER);
        !around.iter().any(|cue| {
            let span = cue.at.span;
            let before = span.start >= clause.start && span.end <= trigger.start;
            let after = span.start >= trigger.end && span.end <= clause.end;
            // between the halves of a cue with a gap: 锡矿仍未复产
            let inside = trigger.start < span.start && span.end < trigger.end;
            // `may shut` before `shut … mine`, `would reopen` at the end of `mine … reopen`
            let into = span.start >= clause.start && span.start < trigger.start && span.end > trigger.start;
            let at_end = trigger.start < span.start && span.end == trigger.end;
            match cue.class {
                CueClass::NO_EVENT => span.start < trigger.end && trigger.end <= span.end,
                CueClass::HYPOTHESIS => before || inside || into,
                CueClass::NEGATION => inside || before && trigger.start - span.end <= NEGATED,
                CueClass::UNFULFILLED => inside || into || before && trigger.start - span.end <= 2 * NEGATED || after,
                CueClass::DROPPED => may_be_given_up(kind) && (before || after),
                CueClass::PLANNED_FIGURE => {
                    let within = trigger.start <= span.start && span.end < trigger.end;
                    kind == EventType::Production && (before || within || into)
                }
                CueClass::PLANNED => {
                    let opens = kind == EventType::MineOpening && (into || at_end || after);
                    must_have_come_about(kind) && (before || inside || opens)
                }
                _ => false,
            }
        })
    }

    /// `Licences for the deposit will be issued`, the demand that `the concession be withdrawn`.
    fn is_still_to_be(&self, kind: EventType, trigger: &str) -> bool {
        matches!(kind, EventType::Licence | EventType::Agreement | EventType::Seizure | EventType::Acquisition)
            && trigger.contains(" be ")
    }

    /// `The pit closed when prices collapsed`, `jobs created since the mine reopened`: told as the time of something else.
    fn is_in_passing(&self, kind: EventType, at: At) -> bool {
        let event = &self.scan.lexicon.particles.event;
        matches!(kind, EventType::PriceMove | EventType::MineOpening) && {
            let before = self.scan.tail_before(at, NEGATED).to_ascii_lowercase();
            let last = before.split_whitespace().rev().find(|word| !event.articles.has(word));
            before.ends_with(' ') && last.is_some_and(|last| event.passing.has(last))
        }
    }

    /// `dear to make, and a plant below 40,000 tonnes`, `told to stop, two smelters said`: the halves of a cue with a gap stand in two clauses.
    fn runs_into_another_clause(&self, trigger: &str) -> bool {
        let event = &self.scan.lexicon.particles.event;
        let Some((first, rest)) = trigger.split_once(',') else { return false };
        let verb_alone = || !first.contains(' ') && words(rest).last().is_some_and(|last| event.sites.has(last));
        event.next_clause.begins(rest) || verb_alone()
    }

    /// `Suppose that a government, short of cash, forbade exports`, 假如雅加达停止出口: from the supposition to the end of its sentence.
    fn is_supposed(&self, at: At) -> bool {
        self.scan.said_in(at.sentence).contains(CueClass::SUPPOSITION) && {
            let before =
                starting_in(self.clauses.cues_in(at.sentence), at.span.start.saturating_sub(FARTHEST), at.span.start);
            before.iter().any(|cue| cue.class == CueClass::SUPPOSITION)
        }
    }

    /// `will shut the smelter unless power gets cheaper`, `may close the mine if the court says so`: what will be done is not.
    fn is_conditional(&self, at: At) -> bool {
        let event = &self.scan.lexicon.particles.event;
        let after = self.scan.rest_after(at);
        let near = &after[..after.floor_char_boundary(CONDITION as usize)];
        near.split(' ').any(|word| matches!(word, "unless" | "if")) && {
            let from = self.clauses.span(at).start.min(at.span.start);
            let said = self.scan.slice(at.field, from, at.span.end);
            words(said).any(|word| event.modal.has(word))
        }
    }

    /// `Would a takeover be lawful?`: whether it happened is asked; `Why has China stopped exports?` says that it did.
    fn is_asked(&self, at: At) -> bool {
        let event = &self.scan.lexicon.particles.event;
        let sentence = self.scan.text(self.scan.sentence_at(at.sentence));
        sentence.trim_end().ends_with('?')
            && words(sentence).next().is_some_and(|first| event.asks.has(&first.to_ascii_lowercase()))
    }

    /// `which began operations in 2021`, `first ore in 2027`: told in passing, or still to come.
    fn is_of_another_year(&self, at: At, once: bool) -> bool {
        // Where nobody says when it was told, it was told not long ago.
        let (now, last) = self.year.map_or((i16::MAX, LONG_PAST), |now| (now, now - 1));
        let clause = self.clauses.span(at);
        self.scan
            .tokens(at.sentence)
            .iter()
            .filter(|token| token.kind == TokenKind::Number)
            .filter(|token| clause.start <= token.span.start && token.span.end <= clause.end)
            .filter_map(|token| {
                let year = self.scan.slice(at.field, token.span.start, token.span.end).parse::<i16>().ok()?;
                let before = self.scan.slice(at.field, clause.start, token.span.start);
                // A number that is as large may be anything: only `in 1892` is a year.
                let is_year = (1950..2100).contains(&year) || (1700..1950).contains(&year) && before.ends_with(" in ");
                // `the mine, shut since 1998, reopened`
                is_year.then(|| (year, year < last && before.ends_with("since ")))
            })
            .any(|(year, since)| once && year > now || year < last && !since)
    }

    /// A figure that is an event by itself: a price that rose or fell, a mass that was mined or made.
    pub(super) fn figure(&self, quantity: &Quantity) -> Option<EventType> {
        let at = quantity.at;
        match &quantity.amount {
            // `operating cost of A$742/t, 8% lower`: what it costs is no price.
            Amount::Price(..)
                if (self.moves(at) || self.is_compared(quantity)) && !self.near_before(at, CueClass::BOOKS) =>
            {
                Some(EventType::PriceMove)
            }
            Amount::Money(value, _) if *value < HIGHEST_PRICE && self.moves(at) && !self.is_of_the_books(at) => {
                Some(EventType::PriceMove)
            }
            Amount::Money(value, _) if *value >= LEAST_FUNDS && self.is_put_in(at) => Some(EventType::Investment),
            Amount::Percent(_) if self.follows_commodity(at) => Some(EventType::PriceMove),
            Amount::Measure(_, _, Dimension::Mass | Dimension::Volume) if self.near_before(at, CueClass::OUTPUT) => {
                Some(EventType::Production)
            }
            Amount::Percent(_)
                if self.moves(at) && self.near_before(at, CueClass::OUTPUT) && !self.is_of_trade_before(at) =>
            {
                Some(EventType::Production)
            }
            _ => None,
        }
    }

    /// The cues of the figure's clause that stand near it.
    fn near(&self, at: At) -> impl Iterator<Item = &Cue> {
        let clause = self.clauses.span(at);
        let from = clause.start.max(at.span.start.saturating_sub(NEAR));
        starting_in(self.clauses.cues_in(at.sentence), from, clause.end.min(at.span.end + NEAR)).iter()
    }

    fn moves(&self, at: At) -> bool {
        // `without a fall` is no move
        self.scan.said_in(at.sentence).intersects(CueSet::MOVING)
            && self.near(at).filter(|cue| CueSet::MOVING.contains(cue.class)).any(|cue| {
                let tail = self.scan.tail_before(cue.at, 12);
                !self.scan.lexicon.particles.figure.no_move.ends(tail)
            })
    }

    fn near_before(&self, at: At, class: CueClass) -> bool {
        self.scan.said_in(at.sentence).contains(class)
            && self.near(at).any(|cue| cue.class == class && cue.at.span.end <= at.span.start)
    }

    /// `exports of refined tin slipped 11%`: what moved is no output.
    fn is_of_trade_before(&self, at: At) -> bool {
        let clause = self.scan.slice(at.field, self.clauses.span(at).start.min(at.span.start), at.span.start);
        words(clause).any(|word| self.scan.lexicon.particles.figure.traded.has(word))
    }

    /// `put a further £25 million into the venture`, `approved $64 million for ore sorting`.
    fn is_put_in(&self, at: At) -> bool {
        let mut after = self.scan.rest_after(at).split_whitespace().take(WORDS_TO_PURPOSE);
        self.near_before(at, CueClass::FUNDS)
            && (after.next().is_some_and(|first| matches!(first, "for" | "into")) || after.any(|word| word == "into"))
    }

    /// `$58 a tonne, against $51 a month earlier`, `from $340 to more than $1,100`: beside another price.
    fn is_compared(&self, quantity: &Quantity) -> bool {
        let at = quantity.at;
        let around = (at.span.start.saturating_sub(2 * NEAR), at.span.end + 2 * NEAR);
        let figures = figures_in(self.quantities, at.sentence, around.0, around.1);
        let mut money = figures.filter(|figure| matches!(figure.amount, Amount::Price(..) | Amount::Money(..)));
        money.any(|other| {
            let (one, two) = (other.at.min(at), other.at.max(at));
            let between = self.scan.slice(at.field, one.span.end.min(two.span.start), two.span.start);
            one != two
                && between.len() <= NEAR as usize
                && (self.scan.lexicon.particles.figure.against.is_in(between)
                    || between.ends_with('(') && is_same_price(&quantity.amount, &other.amount))
        })
    }

    /// `gallium in Rotterdam has doubled`: the commodity, where its price is quoted, and the move.
    pub(super) fn is_repriced(&self, cue: &Cue) -> bool {
        let at = cue.at;
        let Some(commodity) = self.clauses.mineral_before(at).filter(|commodity| !self.is_amount_of(*commodity)) else {
            return false;
        };
        let (from, clause) = (commodity.span.end, self.clauses.span(at));
        let between = self.scan.slice(at.field, from.min(at.span.start), at.span.start);
        let first = between.split_whitespace().next().unwrap_or_default();
        from <= at.span.start
            && commodity.span.start >= clause.start
            && between.len() <= NEAR as usize
            && !between.contains([',', '，', '、'])
            // 铜*出口*回落, but 铜出口价回落
            && (!self.scan.lexicon.particles.mineral.amounts.is_in(between)
                || self.scan.lexicon.particles.mineral.price_words.is_in(between))
            && (!between.is_ascii()
                || first.is_empty()
                || self.scan.lexicon.particles.mineral.repriced_after.has(first))
            && !starting_in(self.clauses.cues_in(at.sentence), clause.start, clause.end)
                .iter()
                .any(|cue| OF_AMOUNTS.contains(cue.class))
            && !self.has_mass_after(at, clause.end)
    }

    /// 黄金突破100吨: what rose is an amount.
    fn has_mass_after(&self, at: At, end: u32) -> bool {
        figures_in(self.quantities, at.sentence, at.span.end, end)
            .any(|figure| matches!(figure.amount, Amount::Measure(_, _, Dimension::Mass)))
    }

    fn is_of_the_books(&self, at: At) -> bool {
        self.clauses.cues(at).contains(CueClass::OTHER_FIGURE)
    }

    /// `palladium gained 4.6 %`, 期货下跌6%: nothing but the market's own words between the metal and the move.
    fn follows_commodity(&self, at: At) -> bool {
        if !self.scan.said_in(at.sentence).intersects(CueSet::MOVING) {
            return false;
        }
        let Some(commodity) = self.clauses.mineral_before(at).filter(|commodity| !self.is_amount_of(*commodity)) else {
            return false;
        };
        let moves = self.near(at).find(|cue| {
            CueSet::MOVING.contains(cue.class)
                && cue.at.span.start >= commodity.span.end
                && cue.at.span.end <= at.span.start
        });
        moves.is_some_and(|moves| {
            let between = self.scan.slice(at.field, commodity.span.end, moves.at.span.start).trim();
            // `copper, which had priced in a duty, fell as much as 6.2%`
            let aside = between.strip_prefix(", which").and_then(|rest| rest.strip_suffix(','));
            let aside = aside.is_some_and(|aside| !aside.contains([',', ':', ';']));
            (between.is_empty() || aside || self.scan.lexicon.particles.mineral.market_words.has(between))
                && !self.is_of_the_books_before(at)
        })
    }

    /// `profit at the gold miner rose 5 %`, but not `iron ore fell 2 % as demand for steel weakened`.
    fn is_of_the_books_before(&self, at: At) -> bool {
        self.is_of_the_books(at) && {
            let cues = starting_in(self.clauses.cues_in(at.sentence), self.clauses.span(at).start, at.span.start);
            cues.iter().any(|cue| cue.class == CueClass::OTHER_FIGURE)
        }
    }
}

/// `US$1,312/dmt (US$948/dmt)`: two amounts of one currency; of two currencies the one is the other.
fn is_same_price(one: &Amount, two: &Amount) -> bool {
    match (one, two) {
        (Amount::Price(_, currency, unit), Amount::Price(_, other, of)) => currency == other && unit == of,
        _ => false,
    }
}

/// What was told at the time: `lost its permit in 2008`; a mine that shut then may be shut still.
fn is_soon_over(kind: EventType) -> bool {
    matches!(kind, EventType::Accident | EventType::LabourAction | EventType::Licence | EventType::Seizure)
}

/// Deals, projects and finds are given up; a measure that is lifted is an event of its own.
fn may_be_given_up(kind: EventType) -> bool {
    matches!(
        kind,
        EventType::Agreement
            | EventType::Acquisition
            | EventType::Investment
            | EventType::Discovery
            | EventType::MineOpening
            | EventType::Production
    )
}

/// What is news only once it is done; of a closure, a strike, a measure or an investment the decision is.
fn must_have_come_about(kind: EventType) -> bool {
    matches!(kind, EventType::MineOpening | EventType::Acquisition | EventType::Discovery)
}
