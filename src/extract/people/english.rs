//! People in text of Latin letters.

use super::{FoundPerson, is_commodity, is_organisation, is_place};
use crate::extract::At;
use crate::extract::organisations::is_headline;
use crate::extract::scan::Scan;
use crate::lexicon::CueClass;
use crate::text::{Case, Span, Token, TokenKind};

/// Small words inside of names.
const PARTICLES: [&str; 22] = [
    "de", "da", "do", "dos", "del", "della", "di", "du", "la", "le", "van", "von", "der", "den", "bin", "bint", "ibn",
    "al", "el", "ul", "ur", "ben",
];
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
    let mut first = comma;
    while first > 0 && comma - first < LONGEST_NAME && is_name_word(scan, role.field, &tokens[first - 1]) {
        first -= 1;
    }
    let name = run_of_names(scan, role, tokens, first)?;
    (comma - first >= 2 && name.span.end == tokens[comma - 1].span.end).then_some(name)
}

/// `Robert Friedland`: a known given name, and a capitalised word after it.
pub(super) fn by_given_name(scan: &Scan<'_>, sentence: u32, found: &mut Vec<FoundPerson>) {
    let tokens = scan.tokens(sentence);
    let at = scan.sentence_at(sentence);
    if is_headline(tokens) && tokens.len() > 12 {
        return;
    }
    let mut next = 0;
    while next + 1 < tokens.len() {
        let token = &tokens[next];
        next += 1;
        if token.kind != TokenKind::Word(Case::Title) {
            continue;
        }
        if !scan.lexicon.people.given_names.contains(&scan.folded_word(at.field, token)) {
            continue;
        }
        if let Some(name) = run_of_names(scan, at, tokens, next - 1).filter(|name| scan.text(*name).contains(' ')) {
            next += tokens[next..].iter().take_while(|token| token.span.end <= name.span.end).count();
            found.push(FoundPerson { at: name, leader: None, role: None, country: None, confidence: 0.85 });
        }
    }
}

/// `Kizito Pakabomba said`, `said Kizito Pakabomba`
pub(super) fn by_speaking(scan: &Scan<'_>, sentence: u32, found: &mut Vec<FoundPerson>) {
    let tokens = scan.tokens(sentence);
    for cue in scan.cues_in(sentence).iter().filter(|cue| cue.class == CueClass::SAID) {
        let Some(verb) = tokens.iter().position(|token| token.span.start >= cue.at.span.start) else { continue };
        let mut first = verb;
        while first > 0 && verb - first < LONGEST_NAME && is_name_word(scan, cue.at.field, &tokens[first - 1]) {
            first -= 1;
        }
        let after = tokens.iter().position(|token| token.span.start >= cue.at.span.end);
        let before_verb = (verb - first >= 2).then(|| run_of_names(scan, cue.at, tokens, first)).flatten();
        let before_verb = before_verb.map(|name| from_given_name(scan, name));
        let name = before_verb.or_else(|| after.and_then(|first| run_of_names(scan, cue.at, tokens, first)));
        if let Some(name) = name.filter(|name| scan.text(*name).split(' ').count() >= 2) {
            found.push(FoundPerson { at: name, leader: None, role: None, country: None, confidence: 0.8 });
        }
    }
}

/// `Keeper Tom Ashworth`: a known given name inside of a run begins it.
fn from_given_name(scan: &Scan<'_>, name: At) -> At {
    let words: Vec<&Token> = scan
        .tokens(name.sentence)
        .iter()
        .filter(|token| name.span.start <= token.span.start && token.span.end <= name.span.end)
        .collect();
    let given = |token: &&Token| scan.lexicon.people.given_names.contains(&scan.folded_word(name.field, token));
    let first = words.iter().take(words.len().saturating_sub(1)).copied().find(given);
    first.map_or(name, |first| At { span: Span { start: first.span.start, end: name.span.end }, ..name })
}

/// The run of capitalised words that begins at a token, as far as it may be a person's name.
fn run_of_names(scan: &Scan<'_>, near: At, tokens: &[Token], first: usize) -> Option<At> {
    let mut end = None;
    let mut previous: Option<&Token> = None;
    for token in tokens.get(first..)?.iter().take(2 * LONGEST_NAME) {
        let gap = previous.map_or("", |previous| scan.slice(near.field, previous.span.end, token.span.start));
        if previous.is_some() && !matches!(gap, " " | "" | ". ") {
            break;
        }
        let text = word(scan, near.field, token);
        let inside = previous.is_some()
            && (PARTICLES.contains(&text) || matches!(token.kind, TokenKind::Punctuation('-' | '.')));
        // `Min-jun`: the part after the hyphen needs no capital.
        let hyphenated = gap.is_empty()
            && token.kind == TokenKind::Word(Case::Lower)
            && previous.is_some_and(|previous| previous.kind == TokenKind::Punctuation('-'));
        if is_name_word(scan, near.field, token) || hyphenated {
            end = Some(token.span.end);
        } else if !inside {
            break;
        }
        previous = Some(token);
    }
    let span = Span { start: tokens[first].span.start, end: end? };
    let words = scan.slice(near.field, span.start, span.end).split(' ').count();
    (words <= LONGEST_NAME).then_some(At { span, ..near })
}

/// A capitalised word that is neither listed as no name nor part of a place, a commodity or a title.
fn is_name_word(scan: &Scan<'_>, field: u8, token: &Token) -> bool {
    let TokenKind::Word(case) = token.kind else { return false };
    let text = word(scan, field, token);
    let shaped = match case {
        Case::Title | Case::Mixed => true,
        Case::Upper => text.chars().count() == 1 || text.ends_with('.') && text.chars().count() == 2,
        Case::Lower => false,
    };
    shaped
        && !scan.lexicon.people.not_names.contains(&scan.folded_word(field, token))
        && scan
            .name_over(field, token.span.start)
            .is_none_or(|name| !is_place(name) && !is_commodity(name) && !is_organisation(name))
        && !is_title(scan, field, token)
}

fn is_title(scan: &Scan<'_>, field: u8, token: &Token) -> bool {
    let after = scan.roles.partition_point(|(at, _)| (at.field, at.span.start) <= (field, token.span.start));
    after.checked_sub(1).is_some_and(|last| {
        let (at, _) = scan.roles[last];
        at.field == field && token.span.end <= at.span.end
    })
}

fn word<'d>(scan: &Scan<'d>, field: u8, token: &Token) -> &'d str {
    scan.slice(field, token.span.start, token.span.end)
}
