//! Figures → the commodity that each figure of a sentence belongs to.
//!
//! A sentence with several figures is a list. Its members part at commas, at `and` and its like and where a clause begins; what
//! stands in a member belongs to its figure, and nothing beyond.

use super::clauses::{Clauses, starting_in};
use super::context::Context;
use super::lists::respective_minerals;
use crate::extract::{Amount, At, Cue, Quantity, Scan};
use crate::lexicon::{CommodityIndex, CueClass, Dimension};
use crate::resolve::{Mention, Resolved};
use crate::text::Span;

/// Most words between a figure and the commodity that it is of: `of the world's refined high-purity`.
const MOST_WORDS: usize = 6;
/// The same in a script without spaces, in bytes.
pub(super) const MOST_BYTES: usize = 36;
/// What stands farther off than this, in bytes, is of another member.
pub(super) const FARTHEST: u32 = 400;
/// A word for the whole stands this near before its part.
const PART_BEFORE: u32 = 64;

/// A figure within its sentence.
#[derive(Clone, Copy)]
pub(super) struct Figure<'q> {
    pub at: At,
    /// None for a date.
    pub amount: Option<&'q Amount>,
    /// Where the figure before it ends, else the start of the sentence.
    pub left: u32,
    /// Where the figure after it begins, else the end of the sentence.
    pub right: u32,
    /// Another figure stands before it in the sentence.
    pub follows: bool,
    /// Which of the sentence's figures it is, and of how many.
    pub place: usize,
    pub count: usize,
    /// The figure after it is a percentage.
    pub before_percent: bool,
}

/// What an article's figures belong to.
pub(super) struct Figures<'r, 'd> {
    pub context: &'r Context<'r, 'd>,
    pub resolved: &'r Resolved<'d>,
    pub clauses: &'r Clauses<'r>,
}

/// Every quantity with its neighbours, in order.
pub(super) fn figures<'q>(scan: &Scan<'_>, quantities: &'q [Quantity]) -> impl Iterator<Item = Figure<'q>> {
    let neighbour = move |place: Option<usize>, at: At| {
        place.and_then(|place| quantities.get(place)).filter(move |other| other.at.sentence == at.sentence)
    };
    let sentence = |at: At| scan.sentence(at.sentence).span;
    quantities.iter().enumerate().map(move |(place, quantity)| {
        let at = quantity.at;
        let (before, after) = (neighbour(place.checked_sub(1), at), neighbour(Some(place + 1), at));
        let first = quantities.partition_point(|quantity| quantity.at.sentence < at.sentence);
        let end = quantities.partition_point(|quantity| quantity.at.sentence <= at.sentence);
        Figure {
            at,
            amount: Some(&quantity.amount),
            left: before.map_or(sentence(at).start, |before| before.at.span.end).min(at.span.start),
            right: after.map_or(sentence(at).end, |after| after.at.span.start).max(at.span.end),
            follows: before.is_some(),
            place: place - first,
            count: end - first,
            before_percent: after.is_some_and(|after| matches!(after.amount, Amount::Percent(_))),
        }
    })
}

impl<'q> Figure<'q> {
    /// A figure that stands alone in its sentence: a date.
    pub(super) fn alone(scan: &Scan<'_>, at: At) -> Self {
        let Span { start, end } = scan.sentence(at.sentence).span;
        let (left, right) = (start.min(at.span.start), end.max(at.span.end));
        Self { at, amount: None, left, right, follows: false, place: 0, count: 1, before_percent: false }
    }

    pub(super) fn is_measured(&self) -> bool {
        matches!(self.amount, Some(Amount::Measure(..) | Amount::Percent(_)))
    }

    pub(super) fn is_mass(&self) -> bool {
        matches!(self.amount, Some(Amount::Measure(_, _, Dimension::Mass | Dimension::Volume)))
    }
}

impl<'d> Figures<'_, 'd> {
    pub(super) fn scan(&self) -> &Scan<'d> {
        &self.resolved.scan
    }

    /// Place, among the mentions, of the commodity that a figure is about: the one that it is `of`; else the one of its member
    /// of the list; else the last one before it, or the only one of the sentence.
    pub(super) fn subject(&self, figure: &Figure<'_>) -> Option<usize> {
        let at = figure.at;
        let first = self.clauses.minerals_before(at.sentence);
        let minerals = self.clauses.minerals_in(at.sentence);
        if minerals.is_empty() {
            return None;
        }
        let split = minerals.partition_point(|mention| mention.at.span.start < at.span.end);
        if self.is_of_next(figure, minerals.get(split)) {
            return Some(first + split);
        }
        // `copper and zinc output rose 5% and 3% respectively`
        let list = respective_minerals(self.resolved, at.sentence, figure.count);
        if let Some(list) = list.filter(|list| self.resolved.commodities[list.end - 1].at < at) {
            return Some(list.start + figure.place);
        }
        let clause = self.clauses.number(at);
        let last_before = split.checked_sub(1).filter(|&place| minerals[place].at.span.end <= at.span.start);
        let in_clause = |place: &usize| self.clauses.number(minerals[*place].at) == clause;
        let before = last_before.filter(in_clause);
        // 有色金属产量2656万吨，其中铜: the whole is not its part's.
        let stands_for = |place: &usize| !self.is_part(at, minerals[*place].at);
        let after = Some(split).filter(|&place| place < minerals.len()).filter(in_clause).filter(stands_for);
        let close = |place: usize, from: u32, to: u32, after: bool| {
            let near = !after || minerals[place].at.span.start < figure.right;
            near && to - from <= FARTHEST && self.first_break(at, from, to, after).is_none()
        };
        let nearer = match (before, after) {
            (Some(before), Some(after)) => {
                let (back, forth) = (minerals[before].at.span.end, minerals[after].at.span.start);
                let closer = at.span.start - back < forth - at.span.end;
                // `silver rose to $49, platinum gained`, `30% more copper, 20% more zinc`: the one of its own member.
                let own_before = close(before, back, at.span.start, false);
                let own_after = close(after, at.span.end, forth, true);
                let is_before = if own_before == own_after { !own_after || closer } else { own_before };
                Some(if is_before { before } else { after })
            }
            (before, after) => before.or(after),
        };
        let only = || Some(0).filter(|place| minerals.len() == 1 && stands_for(place));
        nearer.or(last_before).or_else(only).map(|place| first + place)
    }

    /// `tonnes of zinc`, 吨锌, `90 % of the world's cobalt`: nothing but words that belong to the commodity stand between.
    pub(super) fn is_of_next(&self, figure: &Figure<'_>, next: Option<&Mention<CommodityIndex>>) -> bool {
        let (at, Some(next)) = (figure.at, next) else { return false };
        let start = next.at.span.start;
        if figure.amount.is_none() || start < at.span.end || start >= figure.right {
            return false;
        }
        let between = self.scan().slice(at.field, at.span.end, start);
        if figure.is_measured() && matches!(between, "" | " " | "-" | "的") {
            return true;
        }
        let of = between.starts_with(" of ") || between.starts_with('的');
        of && between.split_whitespace().count() <= MOST_WORDS
            && (between.is_ascii() || between.len() <= MOST_BYTES)
            && self.first_break(at, at.span.end, start, true).is_none()
    }

    /// Whether a commodity after a figure is told as a part of it: `of which`, 其中.
    fn is_part(&self, at: At, mineral: At) -> bool {
        self.scan().said_in(at.sentence).contains(CueClass::THEREOF)
            && self
                .cues(at, at.span.end.max(mineral.span.start.saturating_sub(PART_BEFORE)), mineral.span.start)
                .iter()
                .any(|cue| cue.class == CueClass::THEREOF)
    }

    /// Where the stretch of its clause before a figure begins that may speak of it.
    pub(super) fn member_limit(&self, figure: &Figure<'_>, longest: u32) -> u32 {
        let at = figure.at;
        let farthest = at.span.start - self.scan().tail_before(at, longest).len() as u32;
        farthest.max(figure.left).max(self.clauses.span(at).start).min(at.span.start)
    }

    /// Where the member of a figure ends, at the next figure at the latest.
    pub(super) fn member_end(&self, figure: &Figure<'_>) -> u32 {
        let found = self.first_break(figure.at, figure.at.span.end, figure.right, true);
        found.map_or(figure.right, |found| found.start)
    }

    pub(super) fn several_figures(&self, figure: &Figure<'_>) -> bool {
        let sentence = self.scan().sentence(figure.at.sentence).span;
        figure.follows || figure.right < sentence.end
    }

    pub(super) fn cues(&self, at: At, from: u32, to: u32) -> &[Cue] {
        starting_in(self.clauses.cues_in(at.sentence), from, to)
    }

    /// The commodities that begin in a stretch of a sentence.
    pub(super) fn minerals(&self, at: At, from: u32, to: u32) -> &[Mention<CommodityIndex>] {
        let minerals = self.clauses.minerals_in(at.sentence);
        let start = minerals.partition_point(|mineral| mineral.at.span.start < from);
        let end = minerals.partition_point(|mineral| mineral.at.span.start < to);
        &minerals[start..end.max(start)]
    }

    /// The first place in a stretch of a sentence where members part; `after` a figure, some more words do so.
    pub(super) fn first_break(&self, at: At, from: u32, to: u32, after: bool) -> Option<Span> {
        self.breaks(at, from, to, after).next()
    }

    pub(super) fn last_break(&self, at: At, from: u32, to: u32) -> Option<Span> {
        self.breaks(at, from, to, false).last()
    }

    fn breaks(&self, at: At, from: u32, to: u32, after: bool) -> impl Iterator<Item = Span> {
        let text = self.scan().slice(at.field, from, to.max(from));
        let clause_at = move |byte: u32| self.clauses.span(At { span: Span { start: byte, end: byte }, ..at });
        let one_clause = clause_at(from).end >= to;
        let clause = move |byte: u32| !one_clause && byte > from && clause_at(byte).start == byte;
        let minerals = self.clauses.minerals_in(at.sentence);
        let names_mineral =
            move |byte: u32| minerals.binary_search_by_key(&byte, |mineral| mineral.at.span.start).is_ok();
        let particles = &self.scan().lexicon.particles.figure;
        text.char_indices().filter_map(move |(place, c)| {
            let (start, rest) = (from + place as u32, &text[place + c.len_utf8()..]);
            let span = |length: usize| Some(Span { start, end: start + (c.len_utf8() + length) as u32 });
            match c {
                // not within a number
                ',' if rest.starts_with(|next: char| next.is_ascii_digit()) => None,
                ',' | '，' | '、' | ';' | '；' | ':' | '：' => span(0),
                ' ' => {
                    let word = rest.split([' ', ',']).next().unwrap_or_default();
                    let parts = particles.parting.has(word) || after && particles.leading_away.has(word);
                    if parts { span(word.len()) } else { None }
                }
                _ if clause(start) => Some(Span { start, end: start }),
                '和' | '与' | '及' | '以' | '并' | '而' => {
                    let joints = particles.joint.iter().filter(|joint| text[place..].starts_with(*joint));
                    let joint = joints.max_by_key(|joint| joint.len())?;
                    let next = start + joint.len() as u32;
                    (place == 0 || names_mineral(next)).then_some(Span { start, end: next })
                }
                _ => None,
            }
        })
    }
}
