//! What the article says is not there: minerals that a country does not have, countries that take no part.

use super::clauses::{Clause, Clauses, starting_in};
use crate::extract::{At, Scan};
use crate::lexicon::{CommodityIndex, CueClass, CueSet};
use crate::resolve::{Mention, Resolved};

/// A word of absence reaches this many bytes forward.
const REACH: u32 = 40;
/// Words between a mineral and what may be done with it: `no spodumene or petalite concentrate may`.
const WORDS_TO_MODAL: usize = 6;
/// What may say of a mineral that it is not there.
const NEGATING: CueSet = CueSet::of(&[CueClass::NEGATION, CueClass::ABSENCE, CueClass::DENIAL]);
/// What makes a clause say that nothing is there.
const ABSENT: CueSet = CueSet::of(&[CueClass::ABSENCE, CueClass::DROPPED]);

/// `no lithium deposits`, `does not mine any copper`, 不产钴: the mineral is said not to be there. A plain negation must
/// stand directly before it, or before a noun that it belongs to; a word of absence in its clause.
pub(super) fn is_negated(resolved: &Resolved<'_>, clauses: &Clauses, mention: &Mention<CommodityIndex>) -> bool {
    let (scan, at) = (&resolved.scan, mention.at);
    if !scan.said_in(at.sentence).intersects(NEGATING) || is_confined(scan, at) {
        return false;
    }
    let start = clauses.span(at).start;
    let from = start.max(at.span.start.saturating_sub(2 * REACH));
    starting_in(clauses.cues_in(at.sentence), from, at.span.start)
        .iter()
        .filter(|cue| cue.at.span.end <= at.span.start)
        .any(|cue| {
            let between = scan.slice(at.field, cue.at.span.end, at.span.start);
            match cue.class {
                // `no known deposits of potash`, `no trade in holmium`
                CueClass::NEGATION => {
                    between.split_whitespace().count() <= 1 && between.len() <= 12
                        // `is not planning to mine uranium`
                        || between.split(' ').skip(1).take(2).any(|word| scan.lexicon.particles.sentence.plans.has(word))
                            && !scan.lexicon.particles.sentence.own.is_in(between)
                        || scan.text(cue.at).eq_ignore_ascii_case("no")
                            && between.len() as u32 <= REACH
                            // `no proposal to restrict exports of uranium`
                            && !between.contains(',')
                            && !between.contains(" to ")
                            && [" of ", " in "].iter().any(|joint| between.ends_with(joint))
                }
                // `has no nickel mines and imports all of its nickel`: the second is another matter.
                CueClass::ABSENCE => {
                    between.len() as u32 <= REACH
                        && !between.contains([',', '，', '、'])
                        && !clauses.minerals_in(at.sentence).iter().any(|other| {
                            other.entity == mention.entity
                                && other.at.span.start >= cue.at.span.end
                                && other.at.span.end <= at.span.start
                        })
                }
                // `denied that it was planning to mine uranium`
                CueClass::DENIAL => {
                    let particles = &scan.lexicon.particles.sentence;
                    between.split(' ').any(|word| particles.plans.has(word)) && !particles.own.is_in(between)
                }
                _ => false,
            }
        })
}

/// `no antimony may leave China`: what may not leave is there.
fn is_confined(scan: &Scan<'_>, at: At) -> bool {
    let mut after = scan.rest_after(at).split_whitespace().take(WORDS_TO_MODAL);
    after.any(|word| word == "may") && after.next().is_some_and(|verb| matches!(verb, "leave" | "cross" | "be"))
}

/// `gets it from the Philippines and has no works in Indonesia`: the absence stands between the mineral and the country.
pub(super) fn parts_from(resolved: &Resolved<'_>, mineral: At, country: At) -> bool {
    resolved.scan.said_in(mineral.sentence).contains(CueClass::ABSENCE) && {
        let from = mineral.span.end.max(country.span.start.saturating_sub(REACH));
        starting_in(resolved.scan.cues_in(mineral.sentence), from, country.span.start)
            .iter()
            .any(|cue| cue.class == CueClass::ABSENCE && cue.at.span.end <= country.span.start)
    }
}

/// Whether a clause says that something is not there, or was given up.
pub(super) fn is_absent(clause: &Clause) -> bool {
    clause.cues.intersects(ABSENT)
}

/// Whether a clause tells of something that was given up.
pub(super) fn is_given_up(clause: &Clause) -> bool {
    clause.cues.contains(CueClass::DROPPED)
}
