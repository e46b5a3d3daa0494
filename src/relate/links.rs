//! How a country and a mineral of one clause hang together: read from the words between and around them.

use super::countries::CountryMention;
use super::surroundings::{GrammaticalCase, is_compared};
use crate::extract::{At, Scan};
use crate::lexicon::{CommodityIndex, MineralParticles};
use crate::resolve::Mention;
use std::borrow::Cow;

/// How close a mineral and a country are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Link {
    /// `China's rare earths`, 中国稀土.
    Modifies,
    /// `copper in Pakistan`, 在津巴布韦的锂矿.
    Located,
    /// The clause's subject.
    Subject,
    /// Where the mineral goes.
    Goal,
    /// Takes part, or stands in the clause without saying how.
    Present,
    /// Belongs to another mineral of the clause, and to this one only if nothing else does.
    Elsewhere,
    /// Nothing but a firm's seat.
    Firm,
}

/// Words after a mineral among which the word for its traders stands.
const MOST_BEFORE_TRADERS: usize = 2;
/// Words between a mineral and the place of its mines among which they are looked for.
const MOST_WORKS: usize = 4;
/// Members of a list that are looked at on either side of a mineral.
const LONGEST_LIST: usize = 12;

/// A mineral's mention among those of its sentence.
pub(super) struct Linker<'l, 'd> {
    pub scan: &'l Scan<'d>,
    pub mineral: At,
    /// The first byte of the mineral's clause.
    pub clause_start: u32,
    /// The minerals of the sentence, in order: members of a list count as nothing between a mineral and a country.
    pub others: &'l [Mention<CommodityIndex>],
    /// The countries of its clause, in order.
    pub here: &'l [&'l CountryMention],
}

impl Linker<'_, '_> {
    /// The link between the mineral and a country of the same clause; `subject` is the clause's first country.
    pub(super) fn link(&self, country: &CountryMention, subject: bool) -> Link {
        let (place, mineral) = (country.at, self.mineral);
        if country.firm {
            return if country.buys { Link::Goal } else { Link::Firm };
        }
        // `to Japanese steel mills`: whatever goes there.
        if self.touches(place, mineral) {
            return Link::Modifies;
        }
        // `to Belarus for potash, and to Gabon for manganese`
        if country.case == GrammaticalCase::Goal
            && let Some(other) = self.wanted_from(place)
        {
            return if self.same_list(other, mineral) { Link::Goal } else { Link::Elsewhere };
        }
        let modified = self.modified_by(country);
        let elsewhere = modified.is_some_and(|(other, _)| other != mineral && !self.same_list(other, mineral));
        if place.span.end <= mineral.span.start {
            if modified.is_some() && !elsewhere {
                return Link::Modifies;
            }
            // `Guinea's bauxite and Gabon's manganese`: what is held by another mineral's side has no part in this one.
            if elsewhere && let Some((other, true)) = modified {
                return if self.is_traders(other) { Link::Subject } else { Link::Elsewhere };
            }
            // `copper to China and gold to India`: China is the copper's.
            let others = |other: At| other.span.start >= self.clause_start && !self.same_list(other, mineral);
            let last = self.last_joined(place);
            let behind = |other: &At| {
                others(*other)
                    && (self.is_joined(last, mineral)
                        || self.is_right_behind(*other, place)
                        || self.is_placed() && self.is_in_works_of(*other, place))
            };
            if matches!(country.case, GrammaticalCase::Place | GrammaticalCase::Goal)
                && self.last_before(place).filter(behind).is_some()
            {
                return Link::Elsewhere;
            }
            // `dug in Western Australia and turned into lithium hydroxide in South Korea`
            if country.case == GrammaticalCase::Place
                && (self.is_made_elsewhere(place) || self.is_placed_after_others(place))
            {
                return Link::Elsewhere;
            }
            return match country.case {
                GrammaticalCase::Place => Link::Located,
                GrammaticalCase::Goal => Link::Goal,
                GrammaticalCase::Partner => Link::Present,
                GrammaticalCase::Bare if subject => Link::Subject,
                GrammaticalCase::Bare => Link::Present,
            };
        }
        if modified.is_some() && !elsewhere || self.is_called_producer(place) {
            return Link::Modifies;
        }
        // `copper to China and gold to Dubai`: a place belongs to the mineral before it. 澳大利亚的锂和智利的铜运到中国: both.
        let is_nearer =
            |other: At| other > mineral && !self.same_list(mineral, other) && !self.is_parallel(mineral, other);
        match country.case {
            // `China's tungsten exports dropped by half, and Vietnam's doubled`
            _ if country.elided => Link::Goal,
            _ if elsewhere || self.last_before(place).is_some_and(is_nearer) => Link::Elsewhere,
            GrammaticalCase::Place => Link::Located,
            GrammaticalCase::Goal => Link::Goal,
            // `more gold than South Africa`, `followed by Chile`: has its own part.
            GrammaticalCase::Bare if is_compared(self.scan, place) => Link::Goal,
            GrammaticalCase::Partner | GrammaticalCase::Bare => Link::Present,
        }
    }

    /// *oro peruano*: the mineral right before a country, where attributes follow their nouns; of a list, all of it.
    fn modified_behind(&self, country: &CountryMention) -> Option<(At, bool)> {
        let at = country.at;
        let language = self.scan.field(at).language_at(at.span.start);
        let before = self.last_before(at).filter(|_| self.scan.lexicon.languages().attribute_follows(language))?;
        let touches =
            before.span.end <= at.span.start && self.scan.slice(at.field, before.span.end, at.span.start) == " ";
        let mine = self.mineral <= before && self.same_list(before, self.mineral);
        touches.then_some((if mine { self.mineral } else { before }, true))
    }

    /// The first mineral after a country, if the country stands as its attribute, and whether nothing is between.
    fn modified_by(&self, country: &CountryMention) -> Option<(At, bool)> {
        if country.case == GrammaticalCase::Goal || is_compared(self.scan, country.at) {
            return None;
        }
        if let Some(behind) = self.modified_behind(country) {
            return Some(behind);
        }
        let end = country.at.span.end;
        let first = self.others.partition_point(|other| other.at.span.start < end);
        let attribute_of = |mineral: At| {
            let between = self.without_list(end, mineral.span.start, first);
            is_short(&between) && !parts(&self.scan.lexicon.particles.mineral, &between)
        };
        let next = self.others.get(first)?.at;
        if attribute_of(next) {
            let touches = matches!(self.scan.slice(next.field, end, next.span.start).trim(), "" | "'s" | "’s" | "的");
            // The list goes on: `Chile's copper, molybdenum`.
            let mine = end <= self.mineral.span.start && self.same_list(next, self.mineral);
            return Some((if mine { self.mineral } else { next }, touches));
        }
        (end <= self.mineral.span.start && attribute_of(self.mineral)).then_some((self.mineral, false))
    }

    /// 第二大铜*生产国*赞比亚: the country that the words before it are about.
    pub(super) fn is_called_producer(&self, place: At) -> bool {
        let between = self.scan.slice(place.field, self.mineral.span.end.min(place.span.start), place.span.start);
        self.scan.lexicon.particles.mineral.producing_country.has(between)
    }

    /// Nothing but an `and` or a comma between a country and the next mineral.
    fn is_joined(&self, place: At, mineral: At) -> bool {
        let between = self.scan.slice(place.field, place.span.end, mineral.span.start.max(place.span.end));
        self.scan.lexicon.particles.mineral.joining.has(between.trim())
    }

    /// `copper in Chile and zinc`, `bauxite from Guinea is refined into alumina`: nothing but a preposition stands between a mineral and
    /// a place, and another word between that and the next mineral.
    fn is_right_behind(&self, mineral: At, place: At) -> bool {
        let between = self.scan.slice(place.field, mineral.span.end.min(place.span.start), place.span.start);
        self.scan.lexicon.particles.mineral.behind.has(between)
    }

    /// The last country of the list that a place stands in.
    fn last_joined(&self, place: At) -> At {
        let after = self.here.iter().skip_while(|country| country.at <= place).take_while(|country| country.joined);
        after.last().map_or(place, |country| country.at)
    }

    fn is_made_elsewhere(&self, place: At) -> bool {
        let between = self.scan.slice(place.field, place.span.end, self.mineral.span.start.max(place.span.end));
        between.contains(" into ") && self.is_placed()
    }

    /// A place stands after the mineral, and before the next that is of no list with it.
    fn is_placed(&self) -> bool {
        let next = self.others.iter().find(|other| other.at > self.mineral && !self.same_list(self.mineral, other.at));
        let end = next.map_or(u32::MAX, |next| next.at.span.start);
        self.here.iter().any(|country| {
            let start = country.at.span.start;
            country.case == GrammaticalCase::Place && start > self.mineral.span.start && start < end
        })
    }

    /// `Australia's lithium and Chile's copper`: members of a list with a country each.
    fn is_parallel(&self, one: At, two: At) -> bool {
        self.here.iter().filter(|country| country.at > one && country.at < two).any(|country| {
            let place = country.at.span;
            let before = self.scan.slice(one.field, one.span.end.min(place.start), place.start);
            let after = self.scan.slice(one.field, place.end.min(two.span.start), two.span.start);
            self.scan.lexicon.particles.mineral.joining.has(before.trim()) && matches!(after, "的" | "'s " | "’s ")
        })
    }

    /// Each of several minerals has a place of its own after it: `Gold was found in Sudan, tin in Uganda and graphite in Malawi`.
    fn is_placed_after_others(&self, place: At) -> bool {
        let first = self.others.partition_point(|other| other.at < place);
        first > 0
            && self.others[first..]
                .iter()
                .take_while(|other| other.at < self.mineral)
                .any(|other| !self.same_list(other.at, self.mineral))
            && self.is_placed()
    }

    /// The mineral that is wanted from a country: `to Belarus for potash`.
    fn wanted_from(&self, place: At) -> Option<At> {
        let next = self.others.get(self.others.partition_point(|other| other.at < place))?.at;
        (self.scan.slice(place.field, place.span.end, next.span.start.max(place.span.end)) == " for ").then_some(next)
    }

    /// `the Swedish zinc producer, …`
    pub(super) fn names_trader(&self) -> bool {
        let after = self.scan.rest_after(self.mineral);
        let trader = after.split_once(',').and_then(|(before, _)| before.strip_prefix(' '));
        trader.is_some_and(|trader| self.scan.lexicon.particles.mineral.traders.has(trader))
    }

    /// `copper mines in Montana`
    fn is_in_works_of(&self, mineral: At, place: At) -> bool {
        let particles = &self.scan.lexicon.particles.mineral;
        let between = self.scan.slice(place.field, mineral.span.end.min(place.span.start), place.span.start);
        particles.behind.ends(between)
            && between.split_whitespace().take(MOST_WORKS).any(|word| particles.works.has(word))
            && !between.contains([',', ';'])
    }

    /// A country's adjective right before a mineral, in a script with spaces.
    pub(super) fn touches(&self, place: At, mineral: At) -> bool {
        place.span.end < mineral.span.start && self.scan.slice(place.field, place.span.end, mineral.span.start) == " "
    }

    /// `India's fertiliser importers`: the mineral only says what somebody trades in, makes or uses.
    fn is_traders(&self, mineral: At) -> bool {
        let after = self.scan.rest_after(mineral);
        let mut words = after.split([' ', ',', '.']).filter(|word| !word.is_empty()).take(MOST_BEFORE_TRADERS);
        after.starts_with(' ') && words.any(|word| self.scan.lexicon.particles.mineral.traders.has(word))
    }

    fn last_before(&self, place: At) -> Option<At> {
        let after = self.others.partition_point(|other| other.at.span.start < place.span.start);
        Some(self.others[after.checked_sub(1)?].at)
    }

    /// Whether nothing but other members of one list stands between two minerals: `copper, gold and tungsten`.
    fn same_list(&self, a: At, b: At) -> bool {
        let (first, last) = (a.min(b), a.max(b));
        let from = self.others.partition_point(|other| other.at < first);
        let to = self.others.partition_point(|other| other.at <= last);
        let members = &self.others[from..to];
        members.len() <= LONGEST_LIST
            && members.windows(2).all(|pair| {
                let between =
                    self.scan.slice(first.field, pair[0].at.span.end, pair[1].at.span.start.max(pair[0].at.span.end));
                between.is_empty() || self.scan.lexicon.particles.mineral.joining.has(between.trim())
            })
    }

    /// The words between, without the list's other members and their separators.
    fn without_list(&self, start: u32, end: u32, first: usize) -> Cow<'_, str> {
        let field = self.mineral.field;
        let within = self.others[first..].iter().map(|other| other.at).take(LONGEST_LIST);
        let mut within = within.take_while(|other| other.span.end <= end).peekable();
        if within.peek().is_none() {
            return Cow::Borrowed(self.scan.slice(field, start, end.max(start)));
        }
        let (mut text, mut from) = (String::new(), start);
        for other in within {
            text.push_str(
                self.scan.slice(field, from, other.span.start.max(from)).trim_end_matches(['、', ',', '，', ' ']),
            );
            from = other.span.end.max(from);
        }
        let tail = self.scan.slice(field, from, end.max(from));
        let tail = if from > start {
            let tail = tail.trim_start_matches([',', '、', '，', ' ']);
            let conjunctions = &self.scan.lexicon.particles.mineral.conjunction;
            conjunctions.iter().find_map(|and| tail.strip_prefix(and)).unwrap_or(tail)
        } else {
            tail
        };
        text.push_str(tail);
        Cow::Owned(text)
    }
}

/// Four words at most; Chinese parts none, and there the characters are few as well.
fn is_short(between: &str) -> bool {
    if between.is_ascii() {
        let words = between.as_bytes().split(|byte| matches!(byte, b'\t'..=b'\r' | b' '));
        return words.filter(|word| !word.is_empty()).nth(4).is_none();
    }
    between.chars().nth(8).is_none() && between.split_whitespace().nth(4).is_none()
}

fn parts(particles: &MineralParticles, between: &str) -> bool {
    let is_parting = |word: &str| particles.parting.has_in_any_case(word);
    if between.is_ascii() {
        return between.bytes().any(|byte| matches!(byte, b',' | b';' | b'(' | b':'))
            || between.split([' ', '-']).any(is_parting);
    }
    // Chinese parts no words.
    particles.parting_within.is_in(between) || between.split(' ').any(is_parting)
}
