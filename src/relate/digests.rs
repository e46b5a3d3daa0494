//! Digests: labels, sentences that only name what the next ones are about (headings, `Ammonia`, and openings, `3. Helium.`, `Thermal coal
//! went the other way.`), and points, which a bullet or a word in brackets opens (▍, 【焦煤】).

use super::clauses::Clauses;
use crate::extract::Scan;
use crate::lexicon::CommodityIndex;
use crate::resolve::Resolved;
use crate::text::{FieldName, TokenKind};
use rustc_hash::FxHashSet;

/// Most words of a sentence that is a label.
const MOST_WORDS: usize = 6;
/// Farthest that its commodity stands from its beginning, in bytes: `3. Helium.`
const MOST_BEFORE: u32 = 6;
/// Han characters of a word, about.
const HAN_IN_WORD: usize = 2;

/// By sentence: which of the article's commodities it is about by the label that it stands under, or is: until its section or paragraph
/// ends, or another label follows. A label names one commodity and no place.
pub(super) fn labels(resolved: &Resolved<'_>, clauses: &Clauses<'_>) -> Vec<Option<usize>> {
    let scan = &resolved.scan;
    // The label, whether it is a heading, and the section that it stands in.
    let mut label: Option<(usize, bool)> = None;
    let mut section = None;
    let all = 0..scan.sentences.len() as u32;
    all.map(|number| {
        let sentence = scan.sentence(number);
        let here = Some((scan.sentence_at(number).field, sentence.section));
        let begins = scan.begins_line(number);
        if here != section || begins && label.is_some_and(|(_, heading)| !heading) {
            label = None;
        }
        section = here;
        if sentence.heading || begins && opens_with_mineral(scan, clauses, number) && is_short(scan, number) {
            label = only_mineral(clauses, number).map(|mention| (mention, sentence.heading));
        }
        label.map(|(mention, _)| mention)
    })
    .collect()
}

/// Commodities of which a digest tells under labels of their own, and of which its headline names none. An article with labels of one
/// commodity is no digest.
pub(super) fn stories(resolved: &Resolved<'_>, labels: &[Option<usize>]) -> FxHashSet<CommodityIndex> {
    let minerals = &resolved.commodities;
    let mut stories: FxHashSet<_> = labels.iter().flatten().map(|&label| minerals[label].entity).collect();
    if stories.len() < 2 {
        return FxHashSet::default();
    }
    let titled = minerals.iter().take_while(|mention| resolved.scan.field(mention.at).name == FieldName::Title);
    titled.for_each(|mention| {
        stories.remove(&mention.entity);
    });
    stories
}

/// By sentence: that with which the point of a digest begins that it belongs to, where a bullet or a word in brackets opens it.
pub(super) fn points(resolved: &Resolved<'_>) -> Vec<Option<u32>> {
    let mut current = None;
    let point = |sentence: u32| {
        let opens = opens_point(&resolved.scan, sentence);
        if opens || resolved.scan.begins_line(sentence) {
            current = opens.then_some(sentence);
        }
        current
    };
    (0..resolved.scan.sentences.len() as u32).map(point).collect()
}

/// ▍挪威就深海采矿举行听证, 【焦煤】: whether a sentence begins as a point of a digest does.
fn opens_point(scan: &Scan<'_>, sentence: u32) -> bool {
    scan.lexicon.particles.report.bullets.begins(scan.sentence_text(sentence).trim_start())
}

/// The first mention of a sentence that names one commodity and no place.
fn only_mineral(clauses: &Clauses<'_>, sentence: u32) -> Option<usize> {
    let minerals = clauses.minerals_in(sentence);
    let first = minerals.first()?;
    let alone = clauses.places_in(sentence).is_empty() && minerals.iter().all(|other| other.entity == first.entity);
    alone.then(|| clauses.minerals_before(sentence))
}

fn opens_with_mineral(scan: &Scan<'_>, clauses: &Clauses<'_>, sentence: u32) -> bool {
    let start = scan.sentence(sentence).span.start;
    clauses.minerals_in(sentence).first().is_some_and(|first| first.at.span.start - start <= MOST_BEFORE)
}

fn is_short(scan: &Scan<'_>, sentence: u32) -> bool {
    let at = scan.sentence_at(sentence);
    let words = scan.tokens(sentence).iter().map(|token| match token.kind {
        TokenKind::Word(_) => 1,
        TokenKind::Han => scan.slice(at.field, token.span.start, token.span.end).chars().count().div_ceil(HAN_IN_WORD),
        _ => 0,
    });
    words.sum::<usize>() <= MOST_WORDS
}
