//! What stands right beside a found name and belongs to the same person, or says that nobody of the story is meant: given names
//! before a listed surname, the same name in other letters in brackets after it, a byline's phrase before it.

use super::FoundPerson;
use crate::extract::At;
use crate::extract::proper::run_at;
use crate::extract::scan::Scan;
use crate::lexicon::is_unspaced;
use crate::text::{Case, Span, Token, TokenKind};

/// Most tokens of a line that names the authors, and the common words that it may hold.
const LONGEST_BYLINE: usize = 16;
/// How much is looked at before a name for a byline's phrase, in bytes.
const BYLINE: u32 = 200;

/// `James H. Litinsky`, where the list has `Litinsky`: the given names and initials before a listed surname are the same person's,
/// or make another of it, if the listed one is called otherwise (`Boris Litinsky`).
pub(super) fn with_given_names(scan: &Scan<'_>, person: FoundPerson) -> FoundPerson {
    let Some(leader) = person.leader.filter(|_| scan.text(person.at).bytes().all(|byte| byte.is_ascii_alphabetic()))
    else {
        return person;
    };
    let field = person.at.field;
    let tokens = scan.tokens(person.at.sentence);
    let last = tokens.partition_point(|token| token.span.start < person.at.span.start);
    let mut first = last;
    while let Some(before) = first.checked_sub(1).filter(|&before| is_initial(scan, field, &tokens[before])) {
        first = before;
    }
    let Some(given) = first.checked_sub(1).map(|before| &tokens[before]) else { return person };
    let near =
        |from: u32| scan.slice(field, from, person.at.span.start).bytes().all(|byte| byte != b',' && byte != b'\n');
    let name = scan.folded_word(field, given);
    if given.kind != TokenKind::Word(Case::Title)
        || !near(given.span.end)
        || scan.name_over(field, given.span.start).is_some()
    {
        return person;
    }
    let entry = &scan.lexicon.leaders[leader.0 as usize];
    let own =
        entry.name.split([' ', '-']).next().is_some_and(|first| scan.lexicon.folding().fold_pattern(first) == name);
    let at = At { span: Span { start: given.span.start, end: person.at.span.end }, ..person.at };
    // Without an initial between, only a name that people have makes another person: `President Litinsky`.
    match own {
        true => FoundPerson { at, ..person },
        false if scan.lexicon.people.given_names.contains(&name) => FoundPerson { at, leader: None, ..person },
        false => person,
    }
}

/// `H`, `H.`, or the dot alone.
fn is_initial(scan: &Scan<'_>, field: u8, token: &Token) -> bool {
    match token.kind {
        TokenKind::Punctuation(mark) => mark == '.',
        TokenKind::Word(Case::Upper) => {
            scan.slice(field, token.span.start, token.span.end).trim_end_matches('.').chars().count() == 1
        }
        _ => false,
    }
}

/// 彼得·坎宁安（Peter Cunningham）: the Latin name in the bracket after a Chinese one is the same person's.
pub(super) fn in_brackets(scan: &Scan<'_>, found: &[FoundPerson]) -> Vec<FoundPerson> {
    found.iter().filter_map(|person| in_bracket(scan, person)).collect()
}

fn in_bracket(scan: &Scan<'_>, person: &FoundPerson) -> Option<FoundPerson> {
    if !scan.text(person.at).chars().next_back().is_some_and(is_unspaced) {
        return None;
    }
    let sentence = scan.sentence_at(person.at.sentence);
    let tokens = scan.tokens(person.at.sentence);
    let open = tokens.partition_point(|token| token.span.start < person.at.span.end);
    let bracket = tokens.get(open).filter(|token| {
        matches!(token.kind, TokenKind::Punctuation('(' | '（')) && token.span.start == person.at.span.end
    })?;
    let first = tokens.get(open + 1).filter(|token| token.span.start >= bracket.span.end)?;
    let at = match run_at(scan, sentence, tokens, open + 1) {
        Some(run) if run.words.len() > 1 => run.at,
        // A name that the list has.
        _ => scan.name_over(person.at.field, first.span.start).filter(|name| super::listed(name).is_some())?.at,
    };
    let close = tokens.get(tokens.partition_point(|token| token.span.start < at.span.end))?;
    let closes = matches!(close.kind, TokenKind::Punctuation(')' | '）' | ',' | '，'));
    closes.then(|| FoundPerson { at, same: Some(person.at), role: None, ..person.clone() })
}

/// `(Reporting by Lewis Jackson in Beijing …; editing by Tony Munroe)`: the authors are no people of the story.
pub(in crate::extract) fn is_author(scan: &Scan<'_>, at: At) -> bool {
    let before = scan.tail_before(at, BYLINE);
    let lower = before.to_ascii_lowercase();
    scan.lexicon.people.contexts.byline.iter().any(|phrase| {
        let Some(from) = phrase.find_iter(lower.as_bytes()).last() else { return false };
        let lead = before[..from].trim_end();
        let opens = lead.is_empty()
            || lead.ends_with(['(', ';', '[', '|', '.', '—', '–'])
            || before[from..].starts_with(|c: char| c.is_ascii_uppercase());
        opens && !before[from + phrase.needle().len()..].contains([')', ']', ':', '"', '“'])
    })
}

/// `By Jane Doe`, `By Jane Doe and Paul Roe in Lima`: lines that name nobody but the authors. One who goes on in the first person tells
/// of themselves.
pub(in crate::extract) fn bylines(scan: &Scan<'_>) -> Vec<At> {
    (0..scan.sentences.len() as u32)
        .filter(|&sentence| is_byline(scan, sentence))
        .map(|sentence| scan.sentence_at(sentence))
        .collect()
}

fn is_byline(scan: &Scan<'_>, sentence: u32) -> bool {
    let at = scan.sentence_at(sentence);
    let tokens = scan.tokens(sentence);
    let text = |token: &Token| scan.slice(at.field, token.span.start, token.span.end);
    let begins = tokens.first().is_some_and(|first| matches!(text(first), "By" | "BY"));
    if !begins || !(3..=LONGEST_BYLINE).contains(&tokens.len()) {
        return false;
    }
    let names = tokens[1..]
        .iter()
        .take_while(|token| matches!(token.kind, TokenKind::Word(Case::Title | Case::Mixed | Case::Upper)));
    let plain = tokens[1..].iter().all(|token| match token.kind {
        TokenKind::Word(Case::Lower) => scan.lexicon.particles.name.byline.has(text(token)),
        TokenKind::Punctuation('.' | '?' | '!') => is_initial(scan, at.field, token) && token.span.end < at.span.end,
        _ => true,
    });
    let somebody = tokens
        .get(1)
        .is_some_and(|first| scan.lexicon.people.latin_names.contains_key(&scan.folded_word(at.field, first)));
    let of_self = || {
        let same_field = scan.sentences.get(sentence as usize + 1).is_some_and(|(field, _)| *field == at.field);
        let next = if same_field { scan.tokens(sentence + 1) } else { &[] };
        let own = next.iter().take_while(|token| !matches!(token.kind, TokenKind::Punctuation('"' | '“')));
        own.map(text).any(|word| matches!(word, "I" | "me" | "my" | "My" | "we" | "We" | "us" | "our" | "Our"))
    };
    plain && somebody && (2..=4).contains(&names.count()) && !of_self()
}
