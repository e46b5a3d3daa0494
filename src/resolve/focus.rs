//! Which countries the article is about: mentions weighed by where they stand and by their part in the sentence, after
//! the ranking of centering theory (Grosz, Joshi and Weinstein 1995): a subject counts more than an object, and both
//! more than the goal of a journey.

use super::datelines::Dateline;
use super::{Mention, weight};
use crate::extract::{At, Scan};
use crate::lexicon::{CueClass, PlaceIndex};
use crate::text::FieldName;
use rustc_hash::FxHashMap;

/// A country that the article is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Focus {
    /// The country.
    pub country: PlaceIndex,
    /// Its part of the article's attention, 0 to 1.
    pub score: f64,
}

/// A country with a smaller part of the attention is in the article, but not what it is about.
const SMALLEST: f64 = 0.05;

/// Characters before a country that leads its sentence.
const MOST_BEFORE: usize = 12;

/// Weighs the countries.
///
/// A desk from which all the world is reported on is not what a report is about.
pub(super) fn focus(scan: &Scan<'_>, places: &[Mention<PlaceIndex>], datelines: &[Dateline]) -> Vec<Focus> {
    let counts = |at: At| !datelines.iter().any(|dateline| dateline.is_desk && dateline.at == at);
    let mut weights: FxHashMap<PlaceIndex, f64> = FxHashMap::default();
    let mut total = 0.0;
    let mut last_sentence = None;
    for mention in places.iter().filter(|mention| counts(mention.at)) {
        let Some(country) = scan.lexicon.place(mention.entity).country else { continue };
        let first = last_sentence.replace(mention.at.sentence) != Some(mention.at.sentence);
        let seat = scan.field(mention.at).original[mention.at.span.end as usize..].starts_with("-based");
        let visited = seat
            || scan.said_in(mention.at.sentence).contains(CueClass::VISIT)
                && scan.cues_in(mention.at.sentence).iter().any(|cue| {
                    cue.class == CueClass::VISIT
                        && (cue.at.covers(&mention.at)
                            || cue.at.span.end <= mention.at.span.start && mention.at.span.start - cue.at.span.end <= 5)
                });
        let share = weight(scan, mention.at) * part(scan, mention, first, visited);
        *weights.entry(country).or_default() += share;
        total += share;
    }
    let mut focus: Vec<Focus> = weights
        .into_iter()
        .map(|(country, weight)| Focus { country, score: weight / total })
        .filter(|focus| focus.score >= SMALLEST)
        .collect();
    focus.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then_with(|| scan.lexicon.place(a.country).id.cmp(&scan.lexicon.place(b.country).id))
    });
    focus
}

/// The factor for a mention's part in its sentence.
fn part(scan: &Scan<'_>, mention: &Mention<PlaceIndex>, first: bool, visited: bool) -> f64 {
    let sentence = scan.sentence(mention.at.sentence);
    let mut before = scan.tail_before(mention.at, 64).trim_end();
    while let Some(rest) = without(before, " the") {
        before = rest;
    }
    let before = before.trim_end();
    let oblique = scan.lexicon.particles.country.oblique.iter().any(|word| {
        without(before, word).is_some_and(|rest| !word.is_ascii() || !rest.ends_with(char::is_alphanumeric))
    });
    let leads = first && before.chars().flat_map(char::to_lowercase).nth(MOST_BEFORE).is_none();
    match (visited, oblique, leads) {
        (true, ..) => 0.3,
        (_, true, _) => 0.6,
        (_, _, true) if scan.field(mention.at).name == FieldName::Title || !sentence.heading => 2.0,
        _ => 1.0,
    }
}

/// What stands before the words that a text ends with, in whatever case.
fn without<'t>(text: &'t str, end: &str) -> Option<&'t str> {
    let (rest, last) = text.split_at_checked(text.len().checked_sub(end.len())?)?;
    last.eq_ignore_ascii_case(end).then_some(rest)
}
