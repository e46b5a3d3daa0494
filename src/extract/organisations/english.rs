//! Organisations in text of Latin letters.

use super::{FoundOrganisation, country_of, is_han, pattern};
use crate::extract::At;
use crate::extract::scan::Scan;
use crate::lexicon::{OrganisationWord, What};
use crate::text::{Case, Token, TokenKind};

/// Most words of an English name before its last.
const LONGEST_EN: usize = 6;

/// `Piedmont Lithium`, `Hudbay Minerals Inc`: capitalised words to the left.
pub(super) fn before(scan: &Scan<'_>, at: At, word: &OrganisationWord) -> Option<FoundOrganisation> {
    let tokens = scan.tokens(at.sentence);
    let last = tokens.iter().position(|token| token.span.end >= at.span.end)?;
    let head = tokens.iter().position(|token| token.span.start >= at.span.start)?;
    let mut first = head;
    while first > 0 && head - first < LONGEST_EN && joins(scan, at.field, tokens, first - 1) {
        first -= 1;
    }
    while first < head && (!is_capitalised(&tokens[first]) || is_no_name(scan, at.field, &tokens[first])) {
        first += 1;
    }
    if first == head || word.weak && (is_headline(tokens) || !has_own_word(scan, at.field, &tokens[first..head])) {
        return None;
    }
    Some(pattern(at, tokens[first].span.start, tokens[last].span.end.max(at.span.end), word.kind, None))
}

/// `Ministry of Mines and Energy`, `University of Queensland`.
pub(super) fn after(scan: &Scan<'_>, at: At, word: &OrganisationWord) -> Option<FoundOrganisation> {
    if is_han(scan, at) {
        return None;
    }
    let tokens = scan.tokens(at.sentence);
    let first = tokens.iter().position(|token| token.span.start >= at.span.end)?;
    let mut end = None;
    for (taken, token) in tokens[first..].iter().enumerate().take(LONGEST_EN) {
        let text = scan.slice(at.field, token.span.start, token.span.end);
        let adjacent = taken == 0 || gap(scan, at.field, &tokens[first + taken - 1], token) == " ";
        let small = matches!(text, "of" | "the" | "and" | "&" | "for");
        if !adjacent || !(is_capitalised(token) || small) {
            break;
        }
        if !small {
            end = Some(token.span.end);
        }
    }
    // `Georgia Department of Transportation`: the place before it is part of the name.
    let before = at.span.start.checked_sub(2).and_then(|byte| scan.name_over(at.field, byte)).filter(|name| {
        let is_place = name.readings.iter().any(|reading| matches!(reading.what, What::Place(_)));
        is_place && name.at.sentence == at.sentence && scan.slice(at.field, name.at.span.end, at.span.start) == " "
    });
    let start = before.map_or(at.span.start, |name| name.at.span.start);
    Some(pattern(at, start, end?, word.kind, before.and_then(|name| country_of(scan, name))))
}

/// Whether the token belongs to the name that goes on right of it.
fn joins(scan: &Scan<'_>, field: u8, tokens: &[Token], place: usize) -> bool {
    let token = &tokens[place];
    let between = gap(scan, field, token, &tokens[place + 1]);
    let connector = matches!(token.kind, TokenKind::Punctuation('&' | '-' | '\'' | '’'));
    matches!(between, "" | " ") && (is_capitalised(token) || connector)
}

fn gap<'d>(scan: &Scan<'d>, field: u8, left: &Token, right: &Token) -> &'d str {
    scan.slice(field, left.span.end, right.span.start)
}

fn is_capitalised(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Word(Case::Title | Case::Upper | Case::Mixed))
}

fn is_no_name(scan: &Scan<'_>, field: u8, token: &Token) -> bool {
    scan.lexicon.people.not_names.contains(&scan.folded_word(field, token))
}

/// A name needs a word of its own beside places and commodities.
fn has_own_word(scan: &Scan<'_>, field: u8, tokens: &[Token]) -> bool {
    tokens.iter().any(|token| {
        is_capitalised(token) && !is_no_name(scan, field, token) && scan.name_over(field, token.span.start).is_none()
    })
}

/// A headline in title case: capital letters tell nothing there.
pub(in crate::extract) fn is_headline(tokens: &[Token]) -> bool {
    let (mut words, mut capitalised) = (0, 0);
    for token in tokens {
        if let TokenKind::Word(case) = token.kind {
            words += 1;
            capitalised += usize::from(case != Case::Lower);
        }
    }
    words >= 4 && capitalised * 10 >= words * 7
}
