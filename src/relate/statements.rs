//! Whether a trigger tells what happened: not what is denied, feared, given up or still to come, nor another thing
//! altogether (`electricity tariff`, `opened a probe`).

use super::clauses::{Clauses, figures_in, starting_in};
use crate::extract::{Amount, At, Cue, Quantity, Scan};
use crate::lexicon::{CueClass, CueSet, Dimension};
use crate::text::TokenKind;
use crate::vocabulary::EventType;
use smallvec::SmallVec;

/// A negation reaches this many bytes forward.
const NEGATED: u32 = 16;
/// `has not been`, 尚未 and `called off` stand this near after the trigger.
const AFTER: u32 = 28;
/// Farthest that a hypothesis reaches in a clause without end, in bytes.
const FARTHEST: u32 = 600;
/// No expression that holds a trigger begins farther before it.
const LONGEST: u32 = 64;
/// Farthest that a word for a rise, a fall or an output stands from its figure, in bytes.
const NEAR: u32 = 56;
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
/// What stands right after a commodity whose price has moved.
const REPRICED_AFTER: [&str; 15] = [
    "",
    "in",
    "at",
    "on",
    "from",
    "has",
    "have",
    "had",
    "prices",
    "futures",
    "was",
    "is",
    "also",
    "delivered",
    "itself",
];
/// A condition stands this near after what it is a condition of, in bytes, and this near before it a word that makes it one.
const CONDITION: u32 = 96;
/// Nothing that happened before this year is news.
const LONG_PAST: i16 = 2020;
/// Between the halves of a trigger, what is opened, suspended or approved is not the mine or plant that comes after.
const DEEDS: &str = "loan loans financing funding purchase sale acquisition takeover merger strike strikes blockade protest talks \
    negotiations road study probe inquiry investigation search drilling stake lawsuit investment spending budget \
    grant grants debt payment bonus law bill act code decree placement";
/// Where things are mined and made, first in a trigger.
const SITES: &str = "mine mines plant plants smelter smelters refinery refineries works pit pits concentrator factory mill colliery \
    quarry kiln kilns furnace furnaces potline potlines shaft shafts";
/// Words that make what follows them depend on a condition.
const MODAL: &str = "will would may shall to could might";
/// Verbs of a beginning, first or last in a trigger.
const BEGINS: &str = "begin begins began begun start starts started starting beginning";
/// Words that open a question which may be denied.
const ASKS: &str = "would will could can should is are was were do does did has have had may might";
/// Verbs of an opening.
const OPENS: &str =
    "open opens opened opening launch launches launched inaugurate inaugurates inaugurated unveil unveils unveiled";
/// What begins with these is built, and not yet at work.
const BUILDING: &str = "building construction constructing build groundworks earthworks";
/// Right after `began to`, what a mine or plant does when it opens.
const WORKS: &str = "produce make mine ship export deliver load smelt refine process pour operate work extract dig crush mill turn \
    churn yield hoist feed supply sell run roast";
/// What begins at a mine or plant that opens.
const WORK: &str = "third quarter fifth tenth most many some several dozens hundreds number two three parts sections units lines \
    shafts capacity blocks much production output mining operation operations commissioning smelting refining \
    processing shipments deliveries loading extraction exports milling crushing digging work stage phase line unit \
    half part both all one";
/// Prepositions that put a mine or plant into a phrase about something else.
const LINKS: &str = "at of on in outside near around against by from over to for into";
/// Those of them that put it beside what is opened.
const NEARBY: &str = "near outside beside around at against";
const ARTICLES: &str = "the a an its their his";
/// What a commodity has that rises and falls and is no price.
const AMOUNTS: &str = "output production exports imports shipments sales deliveries stocks stockpiles inventories supplies supply \
    demand consumption use usage mining reserves holdings volume volumes purchases arrivals export appetite orders \
    smelting refining";
/// Right after a verb that says how a price moved.
const AFTER_MOVE: &str =
    "as on after in at to by ahead amid despite while but above again further slightly and with before up";
/// Verbs by which something changes hands.
const BUYS: &str = "buy buys bought buying purchase purchases purchased acquire acquires acquired acquiring sell sells sold \
    selling take took";
/// Words between such a verb and the amount that is bought.
const QUALIFIERS: &str = "up to about around some more than at least nearly almost roughly over a an additional further another extra \
    the half third quarter of all most annually its their his";
/// The forms in which goods are bought, after the name of what they are of.
const GOODS: &str = "concentrate concentrates ore ores cathode cathodes scrap bars supplies supply cargoes output production \
    material metal metals products stones";
/// Right after goods: where they come from, on what terms.
const FROM: &str =
    "that which from for over under until through worth direct directly mined produced each to in abroad";
/// Rises and falls.
const MOVING: CueSet = CueSet::of(&[CueClass::RISE, CueClass::FALL]);

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
        let once = must_have_come_about(kind);
        if (once || is_soon_over(kind)) && self.is_of_another_year(at, once) {
            return false;
        }
        if self.is_conditional(at) || self.is_asked(at) {
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
        let end = self.scan.sentence(at.sentence).span.end.max(at.span.end);
        let after = self.scan.slice(at.field, at.span.end, end);
        let condition = [" unless ", " if "].iter().filter_map(|word| after.find(word)).min();
        condition.is_some_and(|byte| byte <= CONDITION as usize) && {
            let from = self.clauses.span(at).start.min(at.span.start);
            let said = self.scan.slice(at.field, from, at.span.end);
            words(said).any(|word| is_one_of(MODAL, word))
        }
    }

    /// `Would a takeover be lawful?`: whether it happened is asked; `Why has China stopped exports?` says that it did.
    fn is_asked(&self, at: At) -> bool {
        let sentence = self.scan.text(self.scan.sentence_at(at.sentence));
        sentence.trim_end().ends_with('?')
            && words(sentence).next().is_some_and(|first| is_one_of(ASKS, &first.to_ascii_lowercase()))
    }

    /// `began construction of the plant`, `the strike at the mine began`, `the drought has begun to hurt the mine`: what begins is no
    /// work of a mine.
    fn starts_something_else(&self, at: At) -> bool {
        let text = self.scan.text(at).to_ascii_lowercase();
        let all: SmallVec<[&str; 12]> = words(&text).collect();
        let (Some(first), Some(last)) = (all.first(), all.last()) else { return false };
        let within = &all[1..all.len().saturating_sub(1).max(1)];
        if within.iter().any(|word| is_one_of(BUILDING, word) || is_one_of(DEEDS, word)) {
            return true;
        }
        if is_one_of(BEGINS, last) {
            let sentence = self.scan.sentence(at.sentence).span;
            let after = self.scan.slice(at.field, at.span.end, sentence.end.max(at.span.end));
            let mut after = words(after);
            match after.next() {
                Some("to") => return !after.next().is_some_and(|verb| is_one_of(WORKS, verb)),
                Some("building" | "constructing") => return true,
                _ => {}
            }
            return !is_one_of(BEGINS, first) && self.is_of_a_phrase(at);
        }
        // `opened a school near the mine`
        let links = match first {
            first if is_one_of(BEGINS, first) => LINKS,
            first if is_one_of(OPENS, first) => NEARBY,
            _ => "",
        };
        within.iter().any(|word| is_one_of(links, word)) && !within.iter().any(|word| is_one_of(WORK, word))
            || within.windows(2).any(|pair| pair == ["work", "on"])
    }

    /// `approved a loan for the mine`, `suspends strike at the mine`, `the developer of the mine closed a loan`: another thing is
    /// approved or suspended, another party closes it.
    fn is_of_another_thing(&self, at: At) -> bool {
        let text = self.scan.text(at).to_ascii_lowercase();
        let all: SmallVec<[&str; 12]> = words(&text).collect();
        let Some(first) = all.first() else { return false };
        all[1..].iter().rev().skip(1).any(|word| is_one_of(DEEDS, word))
            || is_one_of(SITES, first) && self.is_of_a_phrase(at) && !all.contains(&"been")
            || all.last() == Some(&"granted") && self.is_before_money(at)
    }

    /// `has been granted C$20 million`: no right.
    fn is_before_money(&self, at: At) -> bool {
        figures_in(self.quantities, at.sentence, at.span.end, at.span.end + 2)
            .any(|figure| matches!(figure.amount, Amount::Money(..)))
    }

    /// `pumped 1.4 million barrels`: the sum is none of money.
    fn ends_in_goods(&self, at: At) -> bool {
        figures_in(self.quantities, at.sentence, at.span.start, at.span.end).any(|figure| {
            matches!(figure.amount, Amount::Measure(_, _, Dimension::Mass | Dimension::Volume))
                && figure.at.span.end >= at.span.end
        })
    }

    /// Whether a trigger's first word is not what its verb tells of: the mine of `a strike at the copper mine began`, but not of
    /// `production at the copper mine began`.
    fn is_of_a_phrase(&self, at: At) -> bool {
        let before = self.scan.tail_before(at, CONDITION).to_ascii_lowercase();
        let before = before.rsplit([',', ';', ':', '(']).next().unwrap_or_default();
        let before: SmallVec<[&str; 12]> = words(before).collect();
        let Some(link) = before.iter().rposition(|word| is_one_of(LINKS, word)) else { return false };
        // `after a year of delays the mine began`
        let named_anew = before[link + 1..].iter().skip(1).any(|word| is_one_of(ARTICLES, word));
        let head = link.checked_sub(1).map(|head| before[head]);
        !named_anew
            && head.is_some_and(|head| {
                !is_one_of(WORK, head) && !is_one_of(SITES, head) || head == "work" && before[link] == "on"
            })
    }

    /// `output of copper fell`, `demand for gold rose`: the move of an amount, not of a price. `at` begins with the commodity.
    fn is_amount_of(&self, at: At) -> bool {
        if self.is_extreme_of_amount(at) || self.is_of_firms(at) {
            return true;
        }
        let mut minerals = self.clauses.minerals_in(at.sentence).iter().map(|mineral| mineral.at);
        let begins = |mineral: &At| mineral.span.start <= at.span.start && at.span.start < mineral.span.end;
        let Some(commodity) = minerals.find(begins) else { return false };
        let before = self.scan.tail_before(commodity, NEAR).to_ascii_lowercase();
        let before: SmallVec<[&str; 12]> = words(before.rsplit([',', ';']).next().unwrap_or_default()).collect();
        let link = before.iter().rposition(|word| matches!(*word, "of" | "for"));
        link.is_some_and(|link| link > 0 && before.len() - link <= 3 && is_one_of(AMOUNTS, before[link - 1]))
    }

    /// The firms of `put two gold firms under sanctions`, not those of `gold firms on weak dollar`.
    fn is_of_firms(&self, at: At) -> bool {
        self.scan.text(at).ends_with("firms") && {
            let end = self.scan.sentence(at.sentence).span.end.max(at.span.end);
            let after = self.scan.slice(at.field, at.span.end, end);
            !after.starts_with([',', ';', ':'])
                && words(after)
                    .next()
                    .is_some_and(|next| !is_one_of(AFTER_MOVE, next) && !next.starts_with(|c: char| c.is_ascii_digit()))
        }
    }

    /// `copper output dropped to its lowest`, `wages at the mine are the highest in`: an amount, or another thing's price.
    fn is_extreme_of_amount(&self, at: At) -> bool {
        let text = self.scan.text(at).to_ascii_lowercase();
        let extreme = text.contains("lowest") || text.contains("highest");
        extreme && !text.contains("price") && {
            let start = self.clauses.span(at).start;
            let mineral = self.clauses.mineral_before(at).filter(|mineral| mineral.span.start >= start);
            let from = mineral.map_or(start, |mineral| mineral.span.end).min(at.span.start);
            let of_site = words(self.scan.slice(at.field, from, at.span.start)).next();
            let told = starting_in(self.clauses.cues_in(at.sentence), from, at.span.start);
            mineral.is_some_and(|mineral| self.is_amount_of(mineral))
                || of_site.is_some_and(|word| is_one_of(SITES, word))
                || told.iter().any(|cue| matches!(cue.class, CueClass::OTHER_FIGURE | CueClass::OUTPUT))
        }
    }

    /// Whether what is bought, by a trigger of a takeover, is goods: `agreed to buy 20,000 tonnes of zinc`, `buys gold from`.
    pub(super) fn is_of_goods(&self, at: At) -> bool {
        let text = self.scan.text(at).to_ascii_lowercase();
        let ends_in_verb = words(&text).last().is_some_and(|last| is_one_of(BUYS, last));
        let start = if ends_in_verb { at.span.end } else { at.span.start };
        let sentence = self.scan.sentence(at.sentence).span;
        let rest = self.scan.slice(at.field, start, sentence.end.max(start));
        let (mut byte, mut object) = (0, None);
        for word in rest.split_inclusive(' ') {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
            let skipped = bare.is_empty()
                || is_one_of(QUALIFIERS, bare.as_str())
                || object.is_none() && (is_one_of(BUYS, bare.as_str()) || bare.starts_with("agree"));
            if !skipped {
                if is_one_of(GOODS, &bare) {
                    return true;
                }
                object = Some(start + byte);
                break;
            }
            byte += word.len() as u32;
        }
        let Some(object) = object else { return false };
        let mut amounts = figures_in(self.quantities, at.sentence, start, object + 2);
        if amounts.any(|figure| matches!(figure.amount, Amount::Measure(_, _, Dimension::Mass | Dimension::Volume))) {
            return true;
        }
        let mineral = self.clauses.minerals_in(at.sentence).iter().find(|mineral| mineral.at.span.start == object);
        mineral.is_some_and(|mineral| {
            let mut after =
                words(self.scan.slice(at.field, mineral.at.span.end, sentence.end.max(mineral.at.span.end)));
            let next = after.find(|word| !is_one_of(GOODS, word));
            next.is_none_or(|word| is_one_of(FROM, word))
        })
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
                // `the mine, shut since 1998, reopened`
                let since = || self.scan.slice(at.field, clause.start, token.span.start).ends_with("since ");
                Some((year, year < last && since()))
            })
            .any(|(year, since)| (1950..2100).contains(&year) && (once && year > now || year < last && !since))
    }

    /// A figure that is an event by itself: a price that rose or fell, a mass that was mined or made.
    pub(super) fn figure(&self, quantity: &Quantity) -> Option<EventType> {
        let at = quantity.at;
        match &quantity.amount {
            Amount::Price(..) if self.moves(at) || self.is_compared(at) => Some(EventType::PriceMove),
            Amount::Money(value, _) if *value < HIGHEST_PRICE && self.moves(at) && !self.is_of_the_books(at) => {
                Some(EventType::PriceMove)
            }
            Amount::Money(value, _) if *value >= LEAST_FUNDS && self.is_put_in(at) => Some(EventType::Investment),
            Amount::Percent(_) if self.follows_commodity(at) => Some(EventType::PriceMove),
            Amount::Measure(_, _, Dimension::Mass | Dimension::Volume) if self.near_before(at, CueClass::OUTPUT) => {
                Some(EventType::Production)
            }
            Amount::Percent(_) if self.moves(at) && self.near_before(at, CueClass::OUTPUT) => {
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
        self.scan.said_in(at.sentence).intersects(MOVING)
            && self.near(at).filter(|cue| MOVING.contains(cue.class)).any(|cue| {
                let tail = self.scan.tail_before(cue.at, 12);
                !["without a ", "without ", " no ", "not ", "未", "没有"].iter().any(|no| tail.ends_with(no))
            })
    }

    fn near_before(&self, at: At, class: CueClass) -> bool {
        self.scan.said_in(at.sentence).contains(class)
            && self.near(at).any(|cue| cue.class == class && cue.at.span.end <= at.span.start)
    }

    /// `put a further £25 million into the venture`, `approved $64 million for ore sorting`.
    fn is_put_in(&self, at: At) -> bool {
        let end = self.scan.sentence(at.sentence).span.end.max(at.span.end);
        let mut after = self.scan.slice(at.field, at.span.end, end).split_whitespace().take(WORDS_TO_PURPOSE);
        self.near_before(at, CueClass::FUNDS)
            && (after.next().is_some_and(|first| matches!(first, "for" | "into")) || after.any(|word| word == "into"))
    }

    /// `$58 a tonne, against $51 a month earlier`, `from $340 to more than $1,100`: beside another price.
    fn is_compared(&self, at: At) -> bool {
        let around = (at.span.start.saturating_sub(2 * NEAR), at.span.end + 2 * NEAR);
        let figures = figures_in(self.quantities, at.sentence, around.0, around.1);
        let mut money = figures.filter(|figure| matches!(figure.amount, Amount::Price(..) | Amount::Money(..)));
        money.any(|other| {
            let (one, two) = (other.at.min(at), other.at.max(at));
            let between = self.scan.slice(at.field, one.span.end.min(two.span.start), two.span.start);
            one != two
                && between.len() <= NEAR as usize
                && [" against ", " compared with ", " up from ", " down from "]
                    .iter()
                    .any(|word| between.contains(word))
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
            && (!between.is_ascii() || REPRICED_AFTER.contains(&first))
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
        if !self.scan.said_in(at.sentence).intersects(MOVING) {
            return false;
        }
        let Some(commodity) = self.clauses.mineral_before(at).filter(|commodity| !self.is_amount_of(*commodity)) else {
            return false;
        };
        let moves = self.near(at).find(|cue| {
            MOVING.contains(cue.class) && cue.at.span.start >= commodity.span.end && cue.at.span.end <= at.span.start
        });
        moves.is_some_and(|moves| {
            let between = self.scan.slice(at.field, commodity.span.end, moves.at.span.start).trim();
            matches!(between, "" | "has" | "also" | "futures" | "prices" | "期货" | "价格" | "主力合约" | "主力")
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

/// Whether a list of words, parted by spaces, holds a word.
pub(super) fn is_one_of(list: &str, word: &str) -> bool {
    list.split(' ').any(|listed| listed == word)
}

/// The words of a text, without what stands around them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
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
