//! People: listed, after or before a title, by a given name, or by what people do (`said`).

use super::organisations::{FoundOrganisation, is_headline};
use super::scan::Scan;
use super::{At, Name, overlaps_any};
use crate::lexicon::{CueClass, LeaderIndex, RoleIndex, What, is_word_char};
use crate::text::{Case, Span, Token, TokenKind};

/// A person's mention.
#[derive(Clone, Debug)]
pub struct FoundPerson {
    /// Where the name stands.
    pub at: At,
    /// The listed person that the name is known for.
    pub leader: Option<LeaderIndex>,
    /// Office or title beside the name.
    pub role: Option<RoleIndex>,
    /// Where the country beside the title stands.
    pub country: Option<At>,
    /// How sure the pattern is, 0 to 1.
    pub confidence: f64,
}

/// Small words inside of names.
const PARTICLES: [&str; 22] = [
    "de", "da", "do", "dos", "del", "della", "di", "du", "la", "le", "van", "von", "der", "den", "bin", "bint", "ibn",
    "al", "el", "ul", "ur", "ben",
];
/// Most words of a name.
const LONGEST_NAME: usize = 5;
/// Most words between a title and the comma before it, or between a country and the title.
const NEAR: usize = 4;

/// Finds people; the names within theirs are hidden.
pub(super) fn find(scan: &mut Scan<'_>, organisations: &[FoundOrganisation]) -> Vec<FoundPerson> {
    let mut found = Vec::new();
    found.extend(scan.names.iter().filter_map(listed));
    let roles = std::mem::take(&mut scan.roles);
    for &(at, role) in roles.iter().filter(|(at, _)| is_free(scan, organisations, *at)) {
        let country = country_beside(scan, at);
        let by_title =
            english_after(scan, at).map(|name| (name, 0.95)).or_else(|| chinese_after(scan, at).map(|n| (n, 0.93)));
        let by_title = by_title
            .or_else(|| english_before(scan, at).map(|name| (name, 0.93)))
            .or_else(|| chinese_before(scan, at).map(|name| (name, 0.85)));
        if let Some((name, confidence)) = by_title {
            found.push(FoundPerson { at: name, leader: None, role: Some(role), country, confidence });
        }
    }
    scan.roles = roles;
    for sentence in 0..scan.sentences.len() as u32 {
        by_given_name(scan, sentence, &mut found);
        by_speaking(scan, sentence, &mut found);
        by_middle_dot(scan, sentence, &mut found);
    }
    for person in found.iter_mut().filter(|person| person.country.is_none() && person.role.is_some()) {
        person.country = country_after(scan, person.at);
    }
    found.retain(|person| !overlaps_any(organisations, |organisation| organisation.at, person.at));
    join_overlapping(&mut found);
    inherit_countries(scan, &mut found);
    let spans: Vec<(At, bool)> = found.iter().map(|person| (person.at, false)).collect();
    scan.hide_names(&spans, |name, cover| name.at == *cover && listed(name).is_some());
    found
}

fn listed(name: &Name) -> Option<FoundPerson> {
    name.readings.iter().find_map(|reading| match reading.what {
        What::Leader(leader) => {
            Some(FoundPerson { at: name.at, leader: Some(leader), role: None, country: None, confidence: 0.98 })
        }
        _ => None,
    })
}

/// A title inside of a name is none: `General Motors`, `DR Congo`.
fn is_free(scan: &Scan<'_>, organisations: &[FoundOrganisation], at: At) -> bool {
    let in_name = scan.name_over(at.field, at.span.start).is_some_and(|name| name.at.overlaps(&at));
    !in_name && !overlaps_any(organisations, |organisation| organisation.at, at)
}

/// One person for one place: the longest name, with what each pattern knew about it.
fn join_overlapping(found: &mut Vec<FoundPerson>) {
    found.sort_by_key(|person| (person.at.field, person.at.span.start, std::cmp::Reverse(person.at.span.end)));
    found.dedup_by(|later, kept| {
        if !kept.at.overlaps(&later.at) {
            return false;
        }
        kept.leader = kept.leader.or(later.leader);
        kept.role = kept.role.or(later.role);
        kept.country = kept.country.or(later.country);
        kept.confidence = kept.confidence.max(later.confidence);
        if later.at.span.end > kept.at.span.end && later.at.span.start == kept.at.span.start {
            kept.at = later.at;
        }
        true
    });
}

/// `Pakistan's Prime Minister Sharif and Army Chief Munir`: both are Pakistan's.
fn inherit_countries(scan: &Scan<'_>, found: &mut [FoundPerson]) {
    for at in 1..found.len() {
        let (earlier, later) = found.split_at_mut(at);
        let (Some(previous), Some(person)) = (earlier.last(), later.first_mut()) else { continue };
        let of_state = person.role.is_some_and(|role| scan.lexicon.roles[role.0 as usize].government);
        if !of_state || person.country.is_some() || previous.at.sentence != person.at.sentence {
            continue;
        }
        let between = scan.slice(person.at.field, previous.at.span.end, person.at.span.start);
        let joined = [" and ", "、", "和", "与", "及"].iter().any(|and| between.starts_with(and))
            && between.chars().count() < 40;
        if joined {
            person.country = previous.country;
        }
    }
}

// ── English ──

/// `Prime Minister Shehbaz Sharif`, `President of Chile Gabriel Boric`
fn english_after(scan: &Scan<'_>, role: At) -> Option<At> {
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
fn english_before(scan: &Scan<'_>, role: At) -> Option<At> {
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
fn by_given_name(scan: &Scan<'_>, sentence: u32, found: &mut Vec<FoundPerson>) {
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
fn by_speaking(scan: &Scan<'_>, sentence: u32, found: &mut Vec<FoundPerson>) {
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

fn is_place(name: &Name) -> bool {
    name.readings.iter().any(|reading| matches!(reading.what, What::Place(_)))
}

fn is_commodity(name: &Name) -> bool {
    name.readings.iter().any(|reading| matches!(reading.what, What::Commodity(_)))
}

fn is_organisation(name: &Name) -> bool {
    name.readings.iter().any(|reading| matches!(reading.what, What::Organisation(_)))
}

// ── Chinese ──

/// `总理谢里夫`, `部长王文涛`
fn chinese_after(scan: &Scan<'_>, role: At) -> Option<At> {
    let sentence_end = scan.sentence(role.sentence).span.end;
    if !is_unspaced(scan.text(role).chars().next_back()) {
        return None;
    }
    let rest = scan.slice(role.field, role.span.end, sentence_end);
    let length = chinese_name(scan, rest)?;
    let span = Span { start: role.span.end, end: role.span.end + length as u32 };
    scan.name_over(role.field, span.start)
        .is_none_or(|name| !is_place(name) && !is_commodity(name) && !is_organisation(name))
        .then_some(At { span, ..role })
}

/// `王文涛部长`: the name begins where a sentence, a clause or another name ends.
fn chinese_before(scan: &Scan<'_>, role: At) -> Option<At> {
    let sentence_start = scan.sentence(role.sentence).span.start;
    if !is_unspaced(scan.text(role).chars().next()) {
        return None;
    }
    let before = scan.slice(role.field, sentence_start, role.span.start);
    let starts: Vec<usize> = before.char_indices().rev().take(4).map(|(at, _)| at).collect();
    starts.iter().skip(1).rev().find_map(|&start| {
        let bounded = before[..start].chars().next_back().is_none_or(|c| !c.is_alphanumeric())
            || ends_with_function_word(scan, &before[..start])
            || scan.name_over(role.field, (sentence_start + start as u32).checked_sub(1)?).is_some();
        let whole = chinese_name(scan, &before[start..]) == Some(before.len() - start);
        let span = Span { start: sentence_start + start as u32, end: role.span.start };
        let free = scan.name_over(role.field, span.start).is_none();
        (bounded && whole && free).then_some(At { span, ..role })
    })
}

/// `唐纳德·特朗普`: the dot joins the parts of a foreign name.
fn by_middle_dot(scan: &Scan<'_>, sentence: u32, found: &mut Vec<FoundPerson>) {
    let at = scan.sentence_at(sentence);
    let text = scan.text(at);
    if !text.contains('·') {
        return;
    }
    let is_part = |c: char| scan.lexicon.people.transliteration_zh.contains(&c);
    let mut from = 0;
    while let Some(dot) = text[from..].find('·').map(|dot| from + dot) {
        from = dot + '·'.len_utf8();
        let left = text[..dot].chars().rev().take_while(|&c| is_part(c)).take(7).map(char::len_utf8).sum::<usize>();
        let right: usize =
            text[from..].chars().take_while(|&c| is_part(c) || c == '·').take(14).map(char::len_utf8).sum();
        let right = name_end(scan, &text[from..], right);
        // 总理尤利娅·…: the last character of a title is none of the name.
        let from_byte = at.span.start + (dot - left) as u32;
        let title_end = scan
            .roles_in(sentence)
            .iter()
            .map(|(role, _)| role.span.end)
            .filter(|end| (from_byte..at.span.start + dot as u32).contains(end))
            .max();
        let left = title_end.map_or(left, |end| (at.span.start + dot as u32 - end) as usize);
        if left == 0 || right < 3 {
            continue;
        }
        let span = Span { start: at.span.start + (dot - left) as u32, end: at.span.start + (from + right) as u32 };
        from += right;
        found.push(FoundPerson { at: At { span, ..at }, leader: None, role: None, country: None, confidence: 0.9 });
    }
}

/// Length in bytes of the Chinese or transliterated name that a text begins with.
fn chinese_name(scan: &Scan<'_>, text: &str) -> Option<usize> {
    let people = &scan.lexicon.people;
    if starts_with_function_word(scan, text) {
        return None;
    }
    let foreign: usize = text
        .chars()
        .take_while(|c| people.transliteration_zh.contains(c) || *c == '·')
        .take(12)
        .map(char::len_utf8)
        .sum();
    let foreign = name_end(scan, text, foreign);
    let ends = |count: usize| text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
    let surname = [2, 1].into_iter().map(|count| &text[..ends(count)]).find(|part| people.surnames_zh.contains(*part));
    let native = surname.map_or(0, |surname| {
        let given: usize =
            text[surname.len()..].chars().take_while(|&c| is_unspaced(Some(c))).take(2).map(char::len_utf8).sum();
        let end = name_end(scan, text, surname.len() + given);
        if end > surname.len() { end } else { 0 }
    });
    let length = foreign.max(native);
    (text[..length].chars().count() >= 2).then_some(length)
}

/// Cuts a name where a word begins that is no part of names.
fn name_end(scan: &Scan<'_>, text: &str, longest: usize) -> usize {
    text[..longest]
        .char_indices()
        .skip(1)
        .map(|(at, _)| at)
        .find(|&at| starts_with_function_word(scan, &text[at..]))
        .unwrap_or(longest)
}

fn starts_with_function_word(scan: &Scan<'_>, text: &str) -> bool {
    let people = &scan.lexicon.people;
    let mut ends = text.char_indices().skip(1).map(|(at, _)| at).chain([text.len()]);
    (0..people.longest_not_name.min(4)).any(|_| ends.next().is_some_and(|end| people.not_names.contains(&text[..end])))
}

fn ends_with_function_word(scan: &Scan<'_>, text: &str) -> bool {
    text.char_indices().rev().take(4).any(|(at, _)| scan.lexicon.people.not_names.contains(&text[at..]))
}

fn is_unspaced(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_alphabetic() && !is_word_char(c))
}

// ── both ──

/// The country that stands directly before a title (`Pakistan's Prime Minister`, `巴铁总理`) or after it (`President of Chile`).
fn country_beside(scan: &Scan<'_>, role: At) -> Option<At> {
    let names = &scan.names[scan.names_in(role.sentence)];
    let before = names.iter().rev().find(|name| name.at.span.end <= role.span.start).filter(|name| {
        let between = scan.slice(role.field, name.at.span.end, role.span.start);
        let between = between.trim_start_matches("'s").trim_start_matches("’s").trim_start_matches(['的', '国']).trim();
        let few =
            between.split_whitespace().count() <= 2 && between.chars().all(|c| c.is_ascii_lowercase() || c == ' ');
        few || matches!(between, "现任" | "前" | "新任")
    });
    before.filter(|name| is_place(name)).map(|name| name.at).or_else(|| country_after(scan, role))
}

/// `of Pakistan`, directly after a title or a name.
fn country_after(scan: &Scan<'_>, at: At) -> Option<At> {
    let names = &scan.names[scan.names_in(at.sentence)];
    let after = names.iter().find(|name| name.at.span.start >= at.span.end)?;
    let between = scan.slice(at.field, at.span.end, after.at.span.start);
    (is_place(after) && matches!(between, " of " | " of the " | " for ")).then_some(after.at)
}
