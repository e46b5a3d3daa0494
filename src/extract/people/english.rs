//! People in text of Latin letters.

use super::is_place;
use crate::extract::At;
use crate::extract::proper::{Known, run_at};
use crate::extract::scan::Scan;
use crate::text::{Token, TokenKind};

/// Most words of a name.
const LONGEST_NAME: usize = 5;
/// Most words between a title and the comma before it, or between a country and the title.
const NEAR: usize = 4;

/// `Prime Minister Shehbaz Sharif`, `President of Chile Gabriel Boric`
pub(super) fn after_title(scan: &Scan<'_>, role: At) -> Option<At> {
    let tokens = scan.tokens(role.sentence);
    let mut first = tokens.iter().position(|token| token.span.start >= role.span.end)?;
    if matches!(word(scan, role.field, &tokens[first]), "of" | "for") {
        first += 1;
        while let Some(token) = tokens.get(first) {
            let Some(name) = scan.name_over(role.field, token.span.start).filter(|name| is_place(name)) else {
                if word(scan, role.field, token) != "the" {
                    break;
                }
                first += 1;
                continue;
            };
            first += tokens[first..].iter().take_while(|token| token.span.start < name.at.span.end).count();
        }
        // `Minister of Mines`, with nothing of a place passed over, has no name here.
        scan.name_over(role.field, tokens.get(first)?.span.start.checked_sub(2)?)?;
    }
    let start = tokens.get(first)?;
    let gap = scan.slice(role.field, role.span.end.min(start.span.start), start.span.start);
    if !matches!(gap, " " | ", " | "") && first == 0 || gap.contains(['.', ';', ':', '\n']) {
        return None;
    }
    run_of_names(scan, role, tokens, first)
}

/// `Jakob Stausholm, chief executive of …`, `Sharif, Pakistan's prime minister`
pub(super) fn before_title(scan: &Scan<'_>, role: At) -> Option<At> {
    let tokens = scan.tokens(role.sentence);
    let role_token = tokens.iter().position(|token| token.span.start >= role.span.start)?;
    let comma = (role_token.saturating_sub(NEAR)..role_token)
        .rev()
        .find(|&at| tokens[at].kind == TokenKind::Punctuation(','))?;
    let ends_here = |first: usize| {
        run_of_names(scan, role, tokens, first)
            .filter(|name| Some(name.span.end) == comma.checked_sub(1).map(|at| tokens[at].span.end))
    };
    (comma.saturating_sub(2 * LONGEST_NAME)..comma.saturating_sub(1))
        .find_map(ends_here)
        .filter(|name| scan.text(*name).contains([' ', '-']))
}

/// The run of capitalised words that begins at a token, as far as it may be a person's name: a place or a metal alone is
/// none (`Minister Indonesia`), with another word it is (`Chad Sterling`, `Amber Lead`).
fn run_of_names(scan: &Scan<'_>, near: At, tokens: &[Token], first: usize) -> Option<At> {
    let run = run_at(scan, At { span: scan.sentence(near.sentence).span, ..near }, tokens, first)?;
    let own = run.words.iter().any(|word| word.known == Known::Own && !word.upper);
    let named = run.words.len() > 1 && run.words.iter().any(|word| word.is_name(scan, |_| true));
    (run.tokens.start == first && run.words.len() <= LONGEST_NAME && (own || named)).then_some(run.at)
}

fn word<'d>(scan: &Scan<'d>, field: u8, token: &Token) -> &'d str {
    scan.slice(field, token.span.start, token.span.end)
}
