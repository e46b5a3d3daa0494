//! People in text of Latin letters.

use crate::extract::At;
use crate::extract::proper::{Known, is_title, run_at};
use crate::extract::scan::Scan;
use crate::lexicon::RoleIndex;
use crate::text::{Case, Token, TokenKind};
use rustc_hash::FxHashSet;

/// Most words of a name.
const LONGEST_NAME: usize = 5;
/// Before a firm for which somebody works, in bytes.
const LONGEST_WORKPLACE: u32 = 8;
/// Most words between a title and the comma before it, or between a country and the title.
const NEAR: usize = 4;

/// `Prime Minister Shehbaz Sharif`, `President of Chile Gabriel Boric`
pub(super) fn after_title(scan: &Scan<'_>, role: At) -> Option<At> {
    // `the head of Fertiglobe`: what comes is what somebody heads.
    if scan.text(role).ends_with(" of") {
        return None;
    }
    let tokens = scan.tokens(role.sentence);
    let mut first = tokens.iter().position(|token| token.span.start >= role.span.end)?;
    if matches!(word(scan, role.field, &tokens[first]), "of" | "for") {
        first += 1;
        while let Some(token) = tokens.get(first) {
            let Some(name) = scan.name_over(role.field, token.span.start).filter(|name| name.is_place()) else {
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
    // `Vice President Exploration Tom Hill`
    let departments = tokens[first..].iter().take_while(|token| is_department(scan, role.field, token)).count();
    if departments > 0 && !is_name_word(tokens.get(first + departments)?) {
        return None;
    }
    first += departments;
    let start = tokens.get(first)?;
    let gap = scan.slice(role.field, role.span.end.min(start.span.start), start.span.start);
    if !matches!(gap, " " | ", " | "") && first == 0 || gap.contains(['.', ';', ':', '\n']) {
        return None;
    }
    // `Broker Canaccord cut …`: a firm's word as well, before one word that nobody is called by; `an analyst at broker Quay Lane`.
    let works_there = || scan.lexicon.particles.name.workplace.ends(scan.tail_before(role, LONGEST_WORKPLACE));
    let firm = scan.lexicon.people.contexts.organisation_noun.contains(&scan.text(role).to_lowercase())
        && (works_there()
            || !tokens.get(first + 1).is_some_and(is_name_word)
                && !scan.lexicon.people.latin_names.contains_key(&scan.folded_word(role.field, start)));
    if firm {
        return None;
    }
    listed_from(scan, role.field, start)
        .or_else(|| run_of_names(scan, role, tokens, first))
        .or_else(|| metal_surname(scan, role, tokens, first))
}

/// `Ms. Silver`: after a form of address that is no doctor's (`Dr Copper` is copper).
fn metal_surname(scan: &Scan<'_>, role: At, tokens: &[Token], first: usize) -> Option<At> {
    let addressed = matches!(scan.text(role).trim_end_matches('.'), "Mr" | "Ms" | "Mrs" | "Miss");
    let run =
        run_at(scan, At { span: scan.sentence(role.sentence).span, ..role }, tokens, first).filter(|_| addressed)?;
    let metal = run.words.len() == 1 && run.words[0].known == Known::Commodity && !run.words[0].upper;
    (metal && run.tokens.start == first).then_some(run.at)
}

/// A word for a department of a firm, with the capital letter of a title.
fn is_department(scan: &Scan<'_>, field: u8, token: &Token) -> bool {
    is_name_word(token) && scan.lexicon.people.contexts.department.contains(&scan.folded_word(field, token))
}

/// The listed person whose name begins with a token.
fn listed_from(scan: &Scan<'_>, field: u8, token: &Token) -> Option<At> {
    let name = scan.name_over(field, token.span.start)?;
    (name.at.span.start == token.span.start && super::listed(name).is_some()).then_some(name.at)
}

/// `Newmont names Natascha Viljoen CEO`, `appointed Ruben Fernandes as chief operating officer`, `Ana Ruiz was named chief executive`
pub(super) fn appointed(scan: &Scan<'_>, role: At) -> Option<At> {
    let contexts = &scan.lexicon.people.contexts;
    let tokens = scan.tokens(role.sentence);
    let is = |token: &Token, words: &FxHashSet<String>| words.contains(&scan.folded_word(role.field, token));
    let role_token = tokens.iter().position(|token| token.span.start >= role.span.start)?;
    let links = tokens[..role_token].iter().rev().take(NEAR).take_while(|token| is(token, &contexts.appoint_link));
    let mut end = role_token - links.count();
    let passive = end.checked_sub(1).filter(|&verb| is(&tokens[verb], &contexts.appoint_verb));
    if let Some(verb) = passive {
        let before = tokens[..verb].iter().rev().take(NEAR);
        let auxiliary =
            before.take_while(|token| matches!(word(scan, role.field, token), "was" | "has" | "been" | "is")).count();
        end = verb - auxiliary;
    }
    let begins = |&first: &usize| {
        let mut before = tokens[..first].iter().rev();
        if passive.is_some() {
            return before.next().is_none_or(|token| !is_name_word(token));
        }
        // `Mr. Young`
        before
            .find(|token| !is_title(scan, role.field, token) && token.kind != TokenKind::Punctuation('.'))
            .is_some_and(|token| is(token, &contexts.appoint_verb))
    };
    let mut starts = (end.saturating_sub(2 * LONGEST_NAME)..end).rev().filter(|&first| is_name_word(&tokens[first]));
    let first = starts.find(begins)?;
    let name = listed_from(scan, role.field, &tokens[first]).or_else(|| run_of_names(scan, role, tokens, first))?;
    // A firm appoints as well as it is named: somebody who is named has a name that people have.
    let somebody =
        passive.is_none() || scan.lexicon.people.given_names.contains(&scan.folded_word(role.field, &tokens[first]));
    let ends_here = Some(name.span.end) == end.checked_sub(1).map(|last| tokens[last].span.end);
    (somebody && ends_here && scan.text(name).contains([' ', '-'])).then_some(name)
}

fn is_name_word(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Word(Case::Title | Case::Upper | Case::Mixed))
}

/// `Former Barrick CEO`: the office that somebody held once, with the firm's name between the words.
pub(super) fn as_former(scan: &Scan<'_>, at: At, role: RoleIndex) -> RoleIndex {
    let tokens = scan.tokens(at.sentence);
    let first = tokens.partition_point(|token| token.span.start < at.span.start);
    let before = tokens[..first].iter().rev().take(LONGEST_NAME);
    let lead = before.take_while(|token| {
        !matches!(token.kind, TokenKind::Word(Case::Lower))
            && !matches!(token.kind, TokenKind::Punctuation(',' | '.' | ';' | ':'))
    });
    let reach = first - lead.count();
    let is_former = |token: &Token| matches!(scan.folded_word(at.field, token).as_str(), "former" | "ex");
    let former = tokens[reach.saturating_sub(1)..first].iter().any(is_former);
    let former = former.then(|| format!("Former {}", scan.lexicon.roles[role.0 as usize].role));
    let known = former.and_then(|former| scan.lexicon.roles.iter().position(|entry| entry.role == former));
    known.map_or(role, |known| RoleIndex(known as u32))
}

/// `Jakob Stausholm, chief executive of …`, `Sharif, Pakistan's prime minister`
pub(super) fn before_title(scan: &Scan<'_>, role: At) -> Option<At> {
    let tokens = scan.tokens(role.sentence);
    let role_token = tokens.iter().position(|token| token.span.start >= role.span.start)?;
    let comma = (role_token.saturating_sub(NEAR)..role_token)
        .rev()
        .find(|&at| tokens[at].kind == TokenKind::Punctuation(','))?;
    // `Mostafa Terrab, met the president`: the office is somebody else's.
    if scan.lexicon.people.contexts.person_verb.contains(word(scan, role.field, tokens.get(comma + 1)?)) {
        return None;
    }
    let ends_here = |first: usize| {
        listed_from(scan, role.field, &tokens[first])
            .or_else(|| run_of_names(scan, role, tokens, first))
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
    // `Vice President, Investor Relations`; but `Paul Sales`
    let department = tokens[run.tokens.clone()].last().is_some_and(|last| is_department(scan, near.field, last))
        && !scan.lexicon.people.given_names.contains(&run.words[0].folded);
    (!department && run.tokens.start == first && run.words.len() <= LONGEST_NAME && (own || named)).then_some(run.at)
}

fn word<'d>(scan: &Scan<'d>, field: u8, token: &Token) -> &'d str {
    scan.slice(field, token.span.start, token.span.end)
}
