//! Short names of a body: those that an article gives to it right after its full one, `Molibdenos y Metales S.A. (Molymet)`,
//! `Barrow Peak Minerals Limited (ASX: BPK) ("Barrow Peak")`, and what is left of a firm's without its legal form, `Indian Potash`
//! of `Indian Potash Limited`. They stand for it wherever they are written.

use super::FoundOrganisation;
use crate::extract::scan::Scan;
use crate::extract::{At, overlaps_any};
use crate::lexicon::NamePosition;
use crate::text::{Case, Span, Token, TokenKind};
use crate::vocabulary::OrganisationType;
use rustc_hash::FxHashMap;

/// Most tokens of a short name.
const LONGEST: usize = 4;

/// Finds the short names, where they are given and wherever they stand.
pub(super) fn find(scan: &Scan<'_>, found: &mut Vec<FoundOrganisation>) {
    let mut full_of: FxHashMap<&str, FoundOrganisation> = FxHashMap::default();
    for organisation in found.iter().filter(|organisation| !organisation.in_context) {
        for alias in given_after(scan, organisation.at).into_iter().chain(without_form(scan, organisation.at)) {
            let full = FoundOrganisation { full: Some(organisation.at), ..organisation.clone() };
            full_of.entry(scan.text(alias)).or_insert(full);
        }
    }
    if full_of.is_empty() {
        return;
    }
    let mut aliases = Vec::new();
    for sentence in 0..scan.sentences.len() as u32 {
        let at = scan.sentence_at(sentence);
        let tokens = scan.tokens(sentence);
        for (place, token) in tokens.iter().enumerate().filter(|(_, token)| is_name_word(token)) {
            let ends = tokens[place..]
                .iter()
                .take(LONGEST)
                .take_while(|token| is_name_word(token))
                .map(|token| token.span.end);
            let known = ends.filter_map(|end| {
                let at = At { span: Span { start: token.span.start, end }, ..at };
                full_of.get(scan.text(at)).map(|full| FoundOrganisation { at, ..full.clone() })
            });
            aliases.extend(known.last().filter(|alias| !overlaps_any(found, |other| other.at, alias.at)));
        }
    }
    found.extend(aliases);
}

/// A firm's name of two words or more before its legal form.
fn without_form(scan: &Scan<'_>, organisation: At) -> Option<At> {
    let words = &scan.organisation_words;
    let from =
        words.partition_point(|(at, _)| (at.field, at.span.start) <= (organisation.field, organisation.span.start));
    let (form, _) = words[from..].iter().take_while(|(at, _)| at.overlaps(&organisation)).find(|(at, word)| {
        let word = &scan.lexicon.organisation_words[*word as usize];
        word.kind == OrganisationType::Company
            && word.position == NamePosition::End
            && !word.weak
            // The dot of `Ltd.` may be the sentence's.
            && at.span.end + 1 >= organisation.span.end
    })?;
    let name = At { span: Span { start: organisation.span.start, end: form.span.start }, ..organisation };
    let text = scan.text(name).trim_end();
    let end = name.span.start + text.len() as u32;
    (text.is_ascii() && text.contains(' ')).then_some(At { span: Span { start: name.span.start, end }, ..name })
}

/// The names in the brackets that follow at once.
fn given_after(scan: &Scan<'_>, organisation: At) -> Vec<At> {
    let tokens = scan.tokens(organisation.sentence);
    let mut next = tokens.partition_point(|token| token.span.start < organisation.span.end);
    let mut aliases = Vec::new();
    // 必和必拓首席执行官韩慕睿（Mike Henry）: the bracket is a person's.
    let near = tokens.get(next).map(|token| scan.slice(organisation.field, organisation.span.end, token.span.start));
    if near.is_some_and(|near| !near.trim().is_empty()) {
        return aliases;
    }
    let sign = |place: usize| match tokens.get(place).map(|token| token.kind) {
        Some(TokenKind::Punctuation(mark)) => Some(mark),
        _ => None,
    };
    // A ticker may come first.
    for _ in 0..2 {
        if sign(next) != Some('(') {
            break;
        }
        let Some(close) = (next + 1..tokens.len().min(next + 16)).find(|&place| sign(place) == Some(')')) else {
            break;
        };
        let quoted = usize::from(matches!(sign(next + 1), Some('"' | '“' | '\'' | '‘')));
        let first = next + 1 + quoted;
        let last = (first..close).take_while(|&place| is_name_word(&tokens[place])).last();
        if let Some(last) = last.filter(|last| last - first < LONGEST && (quoted == 1 || last + 1 == close)) {
            let span = Span { start: tokens[first].span.start, end: tokens[last].span.end };
            aliases.push(At { span, ..organisation });
        }
        next = close + 1;
    }
    aliases
}

fn is_name_word(token: &Token) -> bool {
    matches!(token.kind, TokenKind::Word(Case::Title | Case::Upper | Case::Mixed))
        && token.span.end - token.span.start > 1
}
