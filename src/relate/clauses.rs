//! Sentences → clauses: the stretch of text within which a country and a mineral belong together without saying so.

use crate::extract::{At, Scan};
use crate::lexicon::CueClass;
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

fn is_participle(scan: &Scan<'_>, at: At, span: Span, kind: TokenKind) -> bool {
    let word = scan.slice(at.field, span.start, span.end);
    kind == TokenKind::Word(Case::Lower) && word.len() > 5 && word.ends_with("ing")
}
