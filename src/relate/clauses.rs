//! Sentences → clauses: the stretch of text within which a country and a mineral belong together without saying so.

use crate::extract::{At, Scan};
use crate::lexicon::{CueClass, What};
use crate::text::{Case, Span, TokenKind};

/// The clauses of every sentence.
pub(super) struct Clauses {
    /// By sentence: the first byte of each clause; the first is the sentence's.
    starts: Vec<Vec<u32>>,
    ends: Vec<u32>,
}

impl Clauses {
    /// Splits every sentence at semicolons, Chinese commas, clause-opening words (`while`, `但`), and commas before a
    /// participle (`…, controlling 90 %`).
    pub(super) fn new(scan: &Scan<'_>) -> Self {
        let mut clauses = Self { starts: Vec::with_capacity(scan.sentences.len()), ends: Vec::new() };
        for sentence in 0..scan.sentences.len() as u32 {
            let at = scan.sentence_at(sentence);
            let cues = scan.cues_in(sentence);
            let includes =
                |byte: u32| cues.iter().any(|cue| cue.class == CueClass::INCLUDING && cue.at.span.start == byte);
            let mut starts = vec![at.span.start];
            starts.extend(cues.iter().filter(|cue| cue.class == CueClass::CLAUSE).map(|cue| cue.at.span.start));
            let tokens = scan.tokens(sentence);
            for (place, token) in tokens.iter().enumerate() {
                let TokenKind::Punctuation(mark) = token.kind else { continue };
                let Some(next) = tokens.get(place + 1) else { continue };
                let previous_is_han = place > 0 && matches!(tokens[place - 1].kind, TokenKind::Han);
                let splits = match mark {
                    ';' | '；' | ':' | '：' => true,
                    '，' => !includes(next.span.start),
                    ',' if previous_is_han => !includes(next.span.start),
                    ',' if opens_with_country(scan, at, next.span.start, token.span.start) => true,
                    ',' => is_participle(scan, at, next.span, next.kind) && !includes(next.span.start),
                    _ => false,
                };
                if splits {
                    starts.push(next.span.start);
                }
            }
            starts.sort_unstable();
            starts.dedup();
            clauses.starts.push(starts);
            clauses.ends.push(at.span.end);
        }
        clauses
    }

    /// Number of the clause, within its sentence, that a place begins in.
    pub(super) fn number(&self, at: At) -> usize {
        self.starts[at.sentence as usize].partition_point(|&start| start <= at.span.start).saturating_sub(1)
    }

    /// Bytes of the clause that a place begins in.
    pub(super) fn span(&self, at: At) -> Span {
        let starts = &self.starts[at.sentence as usize];
        let number = self.number(at);
        Span { start: starts[number], end: starts.get(number + 1).copied().unwrap_or(self.ends[at.sentence as usize]) }
    }
}

/// `Finland refines its own cobalt, Sweden its rare earths`: after a mineral, a comma and a country begin anew.
fn opens_with_country(scan: &Scan<'_>, at: At, next: u32, comma: u32) -> bool {
    let is = |byte: u32, wanted: fn(What) -> bool| {
        let name = scan.name_over(at.field, byte);
        name.is_some_and(|name| name.readings.iter().any(|reading| wanted(reading.what)))
    };
    let after_mineral = comma > at.span.start && is(comma - 1, |what| matches!(what, What::Commodity(_)));
    let mineral_later = scan.names[scan.names_in(at.sentence)].iter().any(|name| {
        name.at.span.start > next && name.readings.iter().any(|reading| matches!(reading.what, What::Commodity(_)))
    });
    after_mineral && mineral_later && is(next, |what| matches!(what, What::Place(_)))
}

fn is_participle(scan: &Scan<'_>, at: At, span: Span, kind: TokenKind) -> bool {
    let word = scan.slice(at.field, span.start, span.end);
    kind == TokenKind::Word(Case::Lower) && word.len() > 5 && word.ends_with("ing")
}
