//! Titles of works: what a film, a song or a book is called says nothing of metals and places. A law or a report named in
//! the same marks does, and a newspaper stays the body that it is.

use super::At;
use super::scan::Scan;
use crate::text::{Case, Span, Token, TokenKind};

/// Longest title, in bytes.
const LONGEST: usize = 120;
/// Words of an English title: one in quotes may be any word.
const WORDS: std::ops::RangeInclusive<usize> = 2..=7;

/// Hides the names within the titles of works.
pub(super) fn hide(scan: &mut Scan<'_>) {
    let mut works: Vec<(At, bool)> = Vec::new();
    for sentence in 0..scan.sentences.len() as u32 {
        let tokens = scan.tokens(sentence);
        let at = scan.sentence_at(sentence);
        let mut open: Option<(usize, char)> = None;
        for (place, token) in tokens.iter().enumerate() {
            let TokenKind::Punctuation(mark) = token.kind else { continue };
            let closed = open.filter(|(_, opening)| matches!((opening, mark), ('《', '》') | ('“', '”') | ('"', '"')));
            if let Some((first, opening)) = closed {
                let span = Span { start: tokens[first].span.end, end: token.span.start };
                let inside = &tokens[first + 1..place];
                if span.start < span.end && is_work(scan, at, span, opening, inside) {
                    works.push((At { span, ..at }, false));
                }
                open = None;
            } else if matches!(mark, '《' | '“' | '"') {
                open = Some((place, mark));
            }
        }
    }
    // A newspaper, or what else a list knows as a body, stays.
    scan.hide_names(&works, |name, _| name.is_organisation());
}

fn is_work(scan: &Scan<'_>, at: At, span: Span, opening: char, inside: &[Token]) -> bool {
    let title = scan.slice(at.field, span.start, span.end);
    if title.len() > LONGEST {
        return false;
    }
    if opening == '《' {
        let documents = &scan.lexicon.people.contexts.document_zh;
        return !documents.iter().any(|word| title.contains(word.as_str()));
    }
    // `"Copper Wire Blues"`: every word but the small ones is capitalised, and none ends a sentence.
    let words = inside.iter().filter(|token| matches!(token.kind, TokenKind::Word(_))).count();
    WORDS.contains(&words)
        && inside.iter().all(|token| match token.kind {
            TokenKind::Word(Case::Lower) => {
                token.span.end - token.span.start <= 3
                    || scan.slice(at.field, token.span.start, token.span.end).starts_with(['\'', '’'])
            }
            TokenKind::Word(_) | TokenKind::Number => true,
            TokenKind::Punctuation(mark) => matches!(mark, '-' | '\'' | '’' | ':' | '&'),
            _ => false,
        })
        && inside.first().is_some_and(|token| matches!(token.kind, TokenKind::Word(Case::Title | Case::Mixed)))
}
