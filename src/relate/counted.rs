//! What a figure counts: the commodity, or something beside it: waste, ore of a metal that is counted by what is in it, a line
//! of a company's books.

use super::figures::{FARTHEST, Figure, Figures, MOST_BYTES};
use crate::extract::{At, Cue};
use crate::lexicon::{CueClass, CueSet};

/// Farthest that what is weighed stands before its figure, in bytes, and most words after it.
const WEIGHED_BEFORE: u32 = 40;
const WEIGHED_AFTER: usize = 3;
/// Right before a sum, what a thing does, not what is spent.
const COSTS: &str = "costs";
/// What a mass may be of that is no commodity's.
const WEIGHED: CueSet = CueSet::of(&[CueClass::OTHER_MASS, CueClass::ORE_MASS]);

impl Figures<'_, '_> {
    /// Whether the mass, beside the commodity, is something else's: waste, water, or ore of a metal that is counted by what is
    /// in it.
    pub(super) fn is_of_something_else(&self, figure: &Figure<'_>, subject: usize) -> bool {
        if !figure.is_mass() {
            return false;
        }
        let (at, mineral) = (figure.at, self.resolved.commodities[subject].at);
        let bulk = self.cues(mineral, mineral.span.start.saturating_sub(WEIGHED_BEFORE), mineral.span.end);
        let bulk = bulk.iter().any(|cue| cue.class == CueClass::BULK && cue.at.overlaps(&mineral));
        if !bulk && self.is_graded(figure) {
            return true;
        }
        if !self.scan().said_in(at.sentence).intersects(WEIGHED) {
            return false;
        }
        let is_other = |cue: &&Cue| {
            (cue.class == CueClass::OTHER_MASS || cue.class == CueClass::ORE_MASS && !bulk) && !self.is_named(cue.at)
        };
        // `tonnes of waste`, 吨尾矿
        let end = self.member_end(figure);
        let minerals = self.clauses.minerals_in(at.sentence);
        let next = minerals.get(minerals.partition_point(|mineral| mineral.at.span.start < at.span.end));
        let end = next.map_or(end, |next| next.at.span.start.clamp(at.span.end, end));
        let leads = |cue: &&Cue| {
            let between = self.scan().slice(at.field, at.span.end, cue.at.span.start);
            between.split_whitespace().count() <= WEIGHED_AFTER && (between.is_ascii() || between.len() <= MOST_BYTES)
        };
        if self.cues(at, at.span.end, end).iter().filter(is_other).any(|cue| leads(&cue)) {
            return true;
        }
        if next.is_some_and(|_| self.is_of_next(figure, next)) {
            return false;
        }
        // `emissions of`, 剥离废石
        let start = self.member_limit(figure, 2 * WEIGHED_BEFORE);
        let start = self.last_break(at, start, at.span.start).map_or(start, |found| found.end);
        let before = |cue: &&Cue| cue.at.span.end <= at.span.start && at.span.start - cue.at.span.end <= WEIGHED_BEFORE;
        let particles = &self.scan().lexicon.particles.figure;
        // `emissions from the copper smelter`, but not 尾矿回收铜5万吨
        let lasts = |cue: &&Cue| {
            let between = self.scan().slice(at.field, cue.at.span.end.min(at.span.start), at.span.start);
            let whose =
                between.is_ascii() && between.split_whitespace().next().is_some_and(|word| particles.whose.has(word));
            whose || self.minerals(at, cue.at.span.end, at.span.start).is_empty()
        };
        self.cues(at, start, at.span.start).iter().filter(is_other).any(|cue| before(&cue) && lasts(&cue))
    }

    /// `tonnes grading 1.2 %`, `tonnes at 1.2 g/t`: ore, not metal.
    fn is_graded(&self, figure: &Figure<'_>) -> bool {
        let at = figure.at;
        let between = self.scan().slice(at.field, at.span.end, figure.right);
        let rest = self.scan().rest_after(at);
        let particles = &self.scan().lexicon.particles.figure;
        let by_weight = particles.by_weight.iter().any(|word| {
            let number = rest.strip_prefix(word).unwrap_or_default();
            number.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim_start().starts_with("g/t")
        });
        let told = || {
            let end = figure.right.min(at.span.end + WEIGHED_BEFORE);
            self.cues(at, at.span.end, end).iter().any(|cue| {
                cue.class == CueClass::GRADE && {
                    let between = self.scan().slice(at.field, at.span.end, cue.at.span.start);
                    between.trim_matches([' ', ',', '，', '(', '（']).is_empty()
                }
            })
        };
        by_weight || figure.before_percent && particles.graded.has(between) || told()
    }

    /// Whether a cue's word is a part of a commodity's name, or of a compound with it: the ore of `copper ore`.
    fn is_named(&self, at: At) -> bool {
        let minerals = self.clauses.minerals_in(at.sentence);
        let next = minerals.partition_point(|mineral| mineral.at.span.start <= at.span.start);
        next.checked_sub(1).is_some_and(|place| {
            let mineral = minerals[place].at;
            mineral.overlaps(&at)
                || self.scan().lexicon.particles.mineral.ore.has_in_any_case(self.scan().text(at))
                    && mineral.span.end <= at.span.start
                    && matches!(self.scan().slice(at.field, mineral.span.end, at.span.start), "" | " " | "-")
        })
    }

    /// Whether a figure is one of the books: `EBITDA fell 8% at the copper mine`, 股价上涨5%. Where its member of the list does
    /// not say what it is of, it is what the figure before it was (`previous`).
    pub(super) fn is_of_the_books(&self, figure: &Figure<'_>, previous: bool) -> bool {
        let at = figure.at;
        if !self.scan().said_in(at.sentence).contains(CueClass::BOOKS) {
            return false;
        }
        let start = self.member_limit(figure, FARTHEST);
        let mut end = at.span.start;
        let mut parted = false;
        loop {
            let found = self.last_break(at, start, end);
            let from = found.map_or(start, |found| found.end);
            if let Some(told) = self.books_lead(at, from, end) {
                return told;
            }
            match found {
                Some(found) => (end, parted) = (found.start, true),
                None => break,
            }
        }
        if figure.follows && !parted {
            return previous;
        }
        let end = self.clauses.span(at).end.min(figure.right).max(at.span.end);
        let end = self.first_break(at, at.span.end, end, true).map_or(end, |found| found.start);
        let book = self.cues(at, at.span.end, end).iter().find(|cue| cue.class == CueClass::BOOKS);
        let mineral = self.minerals(at, at.span.end, end).first();
        match (book, mineral) {
            (Some(book), Some(mineral)) => book.at < mineral.at,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => previous,
        }
    }

    /// Whether the books or a commodity are what a stretch before a figure speaks of, if it speaks of either.
    fn books_lead(&self, at: At, from: u32, to: u32) -> Option<bool> {
        // `copper costs $9,742 a tonne`
        let is_verb = |cue: &Cue| {
            self.scan().text(cue.at) == COSTS
                && self.scan().slice(at.field, cue.at.span.end.min(at.span.start), at.span.start).trim().is_empty()
        };
        let book = self.cues(at, from, to).iter().rfind(|cue| cue.class == CueClass::BOOKS && !is_verb(cue));
        let mineral = self.minerals(at, from, to).last();
        let (book, mineral) = match (book, mineral) {
            (None, None) => return None,
            (Some(book), Some(mineral)) => (book.at, mineral.at),
            (book, _) => return Some(book.is_some()),
        };
        if book.span.start >= mineral.span.start {
            return Some(true);
        }
        let whose = &self.scan().lexicon.particles.figure.whose;
        // `costs at the gold mine`, but not `costs cut copper output`
        let between = self.scan().slice(at.field, book.span.end, mineral.span.start.max(book.span.end));
        Some(!between.is_ascii() || between.split_whitespace().next().is_none_or(|word| whose.has(word)))
    }
}
