//! Numbers with their units: percentages, masses, sums of money, prices.
//!
//! [`figures`] read the number, [`reader`] what stands around it, both make a [`Part`], [`ranges`] complete the ends of `40 to 45 million tonnes`.

mod figures;
mod parts;
mod ranges;
mod reader;

use super::At;
use super::scan::{Cue, Scan};
use crate::lexicon::{CueClass, Dimension, FigureWord, Measure, Period};
use crate::text::{Span, Token, TokenKind};
use parts::Part;
use reader::Reader;

/// A number with its unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// From the number (or its sign) to the unit.
    pub at: At,
    /// What it says.
    pub amount: Amount,
}

/// What a quantity says, in normalised units.
#[derive(Clone, Debug, PartialEq)]
pub enum Amount {
    /// Percent; a sign before it is a cue of a rise or a fall.
    Percent(f64),
    /// A measure: value, unit id (`tonne`, `tonne/day`), dimension; `per year` is a cue.
    Measure(f64, String, Dimension),
    /// Money: value, ISO 4217 code.
    Money(f64, String),
    /// Money per unit: value, ISO 4217 code, unit id.
    Price(f64, String, String),
}

/// Finds every number that a unit, a percent sign or a currency makes a quantity, and in the figures the cues that are no
/// words: the ends of a range are approximate, `tpa` is per year, a sign tells a rise or a fall.
pub(super) fn find(scan: &Scan<'_>) -> (Vec<Quantity>, Vec<Cue>) {
    let (mut found, mut cues): (Vec<Quantity>, Vec<Cue>) = (Vec::new(), Vec::new());
    let glued = glued_currencies(scan);
    let mut parts = Vec::new();
    for sentence in 0..scan.sentences.len() as u32 {
        read_sentence(&Reader { scan, at: scan.sentence_at(sentence) }, &glued, &mut parts);
        for part in parts.drain(..) {
            let Some(amount) = part.amount() else { continue };
            let at = scan.sentence_at(sentence);
            cues.extend(part.cues().map(|(class, span)| Cue { at: At { span, ..at }, class }));
            found.push(Quantity { at: At { span: part.span, ..at }, amount });
        }
    }
    found.extend(fractions(scan, &mut cues));
    found.sort_by_key(|quantity| quantity.at);
    found.dedup_by(|later, earlier| later.at.overlaps(&earlier.at));
    (found, cues)
}

/// The figures of a sentence with what stands around them, the ends of ranges completed.
fn read_sentence<'d>(reader: &Reader<'_, 'd>, glued: &[(At, u32)], parts: &mut Vec<Part<'d>>) {
    let mut done = 0;
    for token in reader.scan.tokens(reader.at.sentence) {
        match token.kind {
            TokenKind::Number if token.span.start >= done => parts.extend(reader.figure(token.span, done)),
            TokenKind::Word(_) if !glued.is_empty() => {
                let place = (reader.at.field, token.span.start);
                let sum = glued.binary_search_by_key(&place, |(at, _)| (at.field, at.span.start));
                parts.extend(sum.ok().and_then(|sum| reader.sum(glued[sum].0.span, done)));
            }
            TokenKind::Han => reader.in_words(token.span, done, parts),
            _ => continue,
        }
        done = parts.last().map_or(done, |part| part.span.end.max(done));
    }
    ranges::complete(reader, parts);
}

/// Whether a word is the sign of a currency and a figure, or its beginning: `USD20m`, the `R32` of `R32.1bn`. `sentence` is
/// where it stands.
pub(super) fn is_sum(scan: &Scan<'_>, sentence: At, word: &Token) -> bool {
    let place = (sentence.field, word.span.start);
    let text = scan.slice(sentence.field, word.span.start, word.span.end);
    text.bytes().any(|byte| byte.is_ascii_digit()) && {
        let [_, from] = scan.measures_around(sentence.field, word.span.start);
        let mut here = from.iter().take_while(|(at, _)| (at.field, at.span.start) == place);
        here.any(|measure| {
            is_glued(scan, measure) && Reader { scan, at: sentence }.sum(measure.0.span, word.span.start).is_some()
        })
    }
}

/// The signs of currencies that make one word with the figure after them: `USD20m`, `R5.2 billion`.
fn glued_currencies(scan: &Scan<'_>) -> Vec<(At, u32)> {
    scan.measures.iter().filter(|measure| is_glued(scan, measure)).copied().collect()
}

/// Whether a word of measure is a currency in letters, directly before a digit.
fn is_glued(scan: &Scan<'_>, (at, measure): &(At, u32)) -> bool {
    let text = scan.document.fields[at.field as usize].original.as_bytes();
    text.get(at.span.end as usize).is_some_and(u8::is_ascii_digit)
        && text[at.span.start as usize].is_ascii_alphabetic()
        && matches!(scan.lexicon.measures[*measure as usize], Measure::Currency { .. })
}

/// Words that are a number: 一半, `a third of`.
fn fractions(scan: &Scan<'_>, cues: &mut Vec<Cue>) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut hidden = 0;
    let mut field = 0;
    for &(at, measure) in &scan.measures {
        if at.field != field {
            (field, hidden) = (at.field, 0);
        }
        match scan.lexicon.measures[measure as usize] {
            Measure::Word(FigureWord::Nothing) => hidden = at.span.end.max(hidden),
            Measure::Word(FigureWord::Fraction { percent, rough }) if at.span.start >= hidden => {
                let text = scan.text(at);
                let length = [" of", " the", "-of"].iter().filter_map(|word| text.rfind(word)).min();
                let span = Span { end: length.map_or(at.span.end, |length| at.span.start + length as u32), ..at.span };
                if rough {
                    let span = Span { end: at.span.start, ..at.span };
                    cues.push(Cue { at: At { span, ..at }, class: CueClass::APPROXIMATE });
                }
                found.push(Quantity { at: At { span, ..at }, amount: Amount::Percent(percent) });
                hidden = at.span.end;
            }
            _ => {}
        }
    }
    found
}

/// Whether a unit's period makes another unit; that of a year is told by a cue.
fn unit_name(id: &str, period: Option<Period>) -> String {
    match period {
        Some(period @ (Period::Day | Period::Month)) => [id, "/", period.as_str()].concat(),
        Some(Period::Year) | None => id.to_owned(),
    }
}

#[cfg(test)]
mod tests;
