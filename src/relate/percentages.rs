//! Percentages → what they say: a change, a share, or neither. And what merely moved by an amount.

use super::claims::{LONGEST, NEAR, Reader, Told};
use super::clauses::starting_in;
use crate::extract::{At, Cue};
use crate::lexicon::{CueClass, CueSet};
use crate::vocabulary::ClaimKind;

/// Farthest that `its share` stands before the level that it rose to.
const PART_BEFORE: u32 = 120;
/// Longest that stands between a company and the move of its share in a script without spaces, in bytes: 隔晚.
const LAPSE: usize = 12;

impl<'d> Reader<'_, 'd> {
    /// A percentage is a change beside `rose` or `fell`, a share beside `of` or `accounts for`; a duty, a grade and a part of a
    /// company are neither, and a level that something rose to is no change.
    pub(super) fn percent(&self, at: At, value: f64, told: &mut Told) -> Option<(ClaimKind, f64, String)> {
        let said = self.scan().said_in(at.sentence);
        // `holds the other 50%`: the rest of what is owned
        told.owned = said.contains(CueClass::OWNERSHIP) && (self.is_owned(at) || told.owned && self.is_held(at));
        if told.owned
            || said.contains(CueClass::EVENT_TARIFF) && self.is_beside(at, CueClass::EVENT_TARIFF)
            || said.contains(CueClass::GRADE) && self.is_grade(at)
        {
            return None;
        }
        let unit = "percent".to_owned();
        let field = self.scan().field(at);
        let after = field.original.get(at.span.end as usize..).unwrap_or_default();
        let of = after.starts_with(" of") || after.starts_with('的') || after.starts_with("以上的");
        let level = self.level(at);
        if level == Some(Level::Left) {
            return None;
        }
        if let Some(moves) = self.nearest_move(at) {
            if level.is_some() {
                return (of || self.is_part(at)).then_some((ClaimKind::Share, value, unit));
            }
            let change = || (ClaimKind::Change, if moves.class == CueClass::FALL { -value } else { value }, unit);
            return (!told.of_the_books && !self.is_moved_firm(at, moves)).then(change);
        }
        let shares = of || said.contains(CueClass::SHARE);
        shares.then_some((ClaimKind::Share, value, unit))
    }

    /// What stands before a figure, and before its `about`.
    fn before(&self, at: At) -> &'d str {
        let scan = self.scan();
        let mut about = self.beside(at, 8).filter(|cue| cue.class == CueClass::APPROXIMATE);
        let directly =
            |cue: &&Cue| scan.slice(at.field, cue.at.span.end.min(at.span.start), at.span.start).trim().is_empty();
        let end = about.find(|cue| cue.at.span.end <= at.span.start && directly(cue)).map_or(at, |cue| cue.at);
        scan.tail_before(end, 16).trim_end()
    }

    /// `fell to 69% from 90%`: the figure is where something came to or from.
    fn level(&self, at: At) -> Option<Level> {
        let before = self.before(at);
        let particles = &self.scan().lexicon.particles.figure;
        if particles.from.ends(before) {
            return Some(Level::Left);
        }
        let to = particles.to.iter().find(|to| before.ends_with(to))?;
        let rate = before.trim_end_matches(['达', '到']);
        let amounts = before.ends_with("达") || before.ends_with("达到");
        let is_rate = to != " to"
            && (rate.len() < before.len() && particles.rate.ends(rate) || amounts && particles.moved.ends(rate));
        (!is_rate).then_some(Level::Reached)
    }

    /// `fell by $20 a tonne`, 下跌50元/吨: what something moved by is no price.
    pub(super) fn is_difference(&self, at: At) -> bool {
        if !self.scan().said_in(at.sentence).intersects(CueSet::MOVING) {
            return false;
        }
        let scan = self.scan();
        let rest = &scan.field(at).original[at.span.end as usize..];
        scan.lexicon.particles.figure.higher.begins(rest)
            || self.beside(at, NEAR).filter(|cue| CueSet::MOVING.contains(cue.class)).any(|cue| {
                cue.at.span.end <= at.span.start && self.is_by(scan.slice(at.field, cue.at.span.end, at.span.start))
            })
    }

    /// `Lynas rose 8%`: what moved is a company's share.
    fn is_moved_firm(&self, at: At, moves: &Cue) -> bool {
        let scan = self.scan();
        let particles = &scan.lexicon.particles.figure;
        moves.at.span.end <= at.span.start
            && self.is_by(scan.slice(at.field, moves.at.span.end, at.span.start))
            && self.stages.body_before(moves.at).is_some_and(|(body, company)| {
                let starts = body.sentence == at.sentence && body.span.end <= moves.at.span.start;
                company && starts && {
                    let between = scan.slice(at.field, body.span.end, moves.at.span.start);
                    let directly = if between.is_ascii() { between.len() <= 1 } else { between.len() <= LAPSE };
                    let before = scan.tail_before(body, 16).trim_end();
                    let place = before.strip_suffix(" the").unwrap_or(before);
                    directly && !particles.of_output.is_in(between) && !particles.quoted_at.ends(place)
                }
            })
    }

    /// `owns 66% of the mine`, 持股60%: a part of a company or a project, not of the world's output.
    fn is_owned(&self, at: At) -> bool {
        let scan = self.scan();
        let from = at.span.start.saturating_sub(LONGEST);
        let near = starting_in(self.clauses().cues_in(at.sentence), from, at.span.end + NEAR);
        let worldwide = near.iter().any(|cue| cue.class == CueClass::WORLDWIDE);
        !worldwide
            && near.iter().filter(|cue| cue.class == CueClass::OWNERSHIP).any(|cue| {
                let (span, clause) = (cue.at.span, self.clauses().span(at));
                cue.at.covers(&at)
                    || span.end <= at.span.start && at.span.start - span.end <= NEAR && span.start >= clause.start
                    || span.start >= at.span.end
                        && span.end <= clause.end
                        && !scan.slice(at.field, at.span.end, span.start).contains([',', '，', '、'])
            })
    }

    /// A verb of holding stands before the figure.
    fn is_held(&self, at: At) -> bool {
        let mut before = self.beside(at, NEAR).filter(|cue| cue.at.span.end <= at.span.start);
        before.any(|cue| matches!(cue.class, CueClass::SHARE | CueClass::OWNERSHIP))
    }

    /// `grading 1.2%`, 回收率提升至92%: how much metal the ore holds, or how much of it is won.
    fn is_grade(&self, at: At) -> bool {
        self.beside(at, NEAR).any(|cue| {
            let before = cue.at.span.end <= at.span.start;
            cue.class == CueClass::GRADE
                && if before {
                    // 品位62%铁矿石价格下跌0.8%
                    self.figures.minerals(at, cue.at.span.end, at.span.start).is_empty()
                        && !self.scan().slice(at.field, cue.at.span.end, at.span.start).contains([',', '，', '、'])
                } else {
                    self.scan().slice(at.field, at.span.end, cue.at.span.start).trim().is_empty()
                }
        })
    }

    /// `China's share of output fell to 69%`: a word for a part stands before the level.
    fn is_part(&self, at: At) -> bool {
        let from = self.clauses().span(at).start.max(at.span.start.saturating_sub(PART_BEFORE));
        starting_in(self.clauses().cues_in(at.sentence), from, at.span.start)
            .iter()
            .any(|cue| cue.class == CueClass::PART)
    }

    fn is_beside(&self, at: At, class: CueClass) -> bool {
        self.beside(at, NEAR).any(|cue| cue.class == class)
    }

    /// The word for a rise or a fall that stands nearest; of two as near, the one before.
    fn nearest_move(&self, at: At) -> Option<&Cue> {
        if !self.scan().said_in(at.sentence).intersects(CueSet::MOVING) {
            return None;
        }
        let distance = |cue: &&Cue| {
            let before = at.span.start.saturating_sub(cue.at.span.end);
            before.max(cue.at.span.start.saturating_sub(at.span.end))
        };
        // `60% of the world's nickel, up from 30%`: of what comes after
        let is_later = |cue: &&Cue| {
            cue.at.span.start >= at.span.end
                && self.scan().field(at).original[cue.at.span.end as usize..].starts_with(" from")
                && self.scan().slice(at.field, at.span.end, cue.at.span.start).contains(',')
        };
        let moves = self.beside(at, NEAR).filter(|cue| CueSet::MOVING.contains(cue.class) && !is_later(cue));
        moves.min_by_key(distance)
    }

    /// Whether the words between a rise or fall and a figure leave it what something moved by.
    fn is_by(&self, between: &str) -> bool {
        let particles = &self.scan().lexicon.particles.figure;
        if between.is_ascii() {
            between.split_whitespace().all(|word| particles.by.has(word))
        } else {
            between.chars().all(|c| particles.by_characters.has(c.encode_utf8(&mut [0; 4])))
        }
    }
}

/// Where a level stands in a rise or fall.
#[derive(Clone, Copy, PartialEq)]
enum Level {
    /// `to 69%`
    Reached,
    /// `from 90%`
    Left,
}
