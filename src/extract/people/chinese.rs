//! People in Chinese text.

use super::{FoundPerson, is_commodity, is_organisation, is_place};
use crate::extract::At;
use crate::extract::scan::Scan;
use crate::lexicon::is_word_char;
use crate::text::Span;

/// `总理谢里夫`, `部长王文涛`
pub(super) fn after_title(scan: &Scan<'_>, role: At) -> Option<At> {
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
pub(super) fn before_title(scan: &Scan<'_>, role: At) -> Option<At> {
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
pub(super) fn by_middle_dot(scan: &Scan<'_>, sentence: u32, found: &mut Vec<FoundPerson>) {
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
