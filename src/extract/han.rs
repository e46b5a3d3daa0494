//! A stretch of Han characters as the dictionary reads it: simplified characters with their places, and the words that begin or
//! end at them.

use super::At;
use super::scan::Scan;
use crate::lexicon::{HanClass, HanWords, is_unspaced};
use crate::text::Span;

/// A stretch of one sentence, character by character.
pub(super) struct HanText<'s> {
    words: &'s HanWords,
    at: At,
    /// The characters, simplified.
    pub(super) chars: Vec<char>,
    /// Where each character begins, in bytes of the field, and where the last one ends.
    bytes: Vec<u32>,
}

impl<'s> HanText<'s> {
    /// Reads a place of the text, which lies in one sentence.
    pub(super) fn new(scan: &'s Scan<'_>, at: At) -> Self {
        let text = scan.text(at);
        let folding = scan.lexicon.folding();
        // About as many as there are: nearly all take three bytes.
        let about = text.len() / 3 + 8;
        let (mut chars, mut bytes) = (Vec::with_capacity(about), Vec::with_capacity(about));
        for (offset, c) in text.char_indices() {
            chars.push(folding.fold_character(c));
            bytes.push(at.span.start + offset as u32);
        }
        bytes.push(at.span.end);
        Self { words: &scan.lexicon.han, at, chars, bytes }
    }

    /// Number of characters.
    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    /// Where a character begins, in bytes of the field.
    pub(super) fn byte(&self, index: usize) -> u32 {
        self.bytes[index.min(self.chars.len())]
    }

    /// The place of some characters.
    pub(super) fn at(&self, from: usize, to: usize) -> At {
        At { span: Span { start: self.byte(from), end: self.byte(to) }, ..self.at }
    }

    /// The characters at a place, or none where the stretch does not reach so far.
    pub(super) fn slice(&self, from: usize, to: usize) -> &[char] {
        self.chars.get(from..to).unwrap_or_default()
    }

    /// Whether a character of a script without spaces stands there.
    pub(super) fn is_han(&self, index: usize) -> bool {
        self.chars.get(index).is_some_and(|&c| is_unspaced(c))
    }

    /// Class of the word that the characters are.
    pub(super) fn class(&self, from: usize, to: usize) -> Option<HanClass> {
        self.words.class(self.slice(from, to))
    }

    /// Words of at least `shortest` characters that begin at a place, with their ends; the longest first.
    pub(super) fn words_from(&self, from: usize, shortest: usize) -> impl Iterator<Item = (usize, HanClass)> {
        let rest = self.chars.get(from..).unwrap_or_default();
        self.words.classes().words_in(rest, shortest).map(move |(length, class)| (from + length, class))
    }

    /// Words of at least `shortest` characters that end at a place, with their starts; the longest first.
    pub(super) fn words_to(&self, to: usize, shortest: usize) -> impl DoubleEndedIterator<Item = (usize, HanClass)> {
        let starts = to.saturating_sub(HanWords::LONGEST)..(to + 1).saturating_sub(shortest);
        starts.filter_map(move |from| Some((from, self.class(from, to)?)))
    }

    /// Whether a word of two or more characters begins before a place and ends behind it.
    pub(super) fn word_crosses(&self, place: usize) -> bool {
        self.crosses(place, 2)
    }

    /// Whether a word of at least `shortest` characters begins before a place and ends behind it.
    pub(super) fn crosses(&self, place: usize, shortest: usize) -> bool {
        let from = place.saturating_sub(HanWords::LONGEST - 1);
        (from..place).any(|start| self.words_from(start, shortest.max(place + 1 - start)).next().is_some())
    }

    /// Whether a character is a function word, and part of few names.
    pub(super) fn is_function_word(&self, c: char) -> bool {
        matches!(c, '和' | '为' | '等' | '到' | '至' | '往' | '赴') || c != '之' && self.words.never_given.contains(&c)
    }

    /// Whether one of the characters stands in a given name only after a title.
    pub(super) fn has_seldom_given(&self, from: usize, to: usize) -> bool {
        self.slice(from, to).iter().any(|c| self.words.seldom_given.contains(c))
    }

    /// Whether one of the characters may not stand in a given name.
    pub(super) fn has_never_given(&self, from: usize, to: usize) -> bool {
        self.slice(from, to).iter().any(|c| self.words.never_given.contains(c))
    }
}

impl Scan<'_> {
    /// Whether a common word of Han characters holds the place and more: 金 in 资金.
    pub(crate) fn is_within_han_word(&self, at: At) -> bool {
        let reach = HanWords::LONGEST - 1;
        let sentence = self.sentence(at.sentence).span;
        let before = self.slice(at.field, sentence.start.min(at.span.start), at.span.start);
        let start = before.char_indices().rev().nth(reach - 1).map_or(0, |(byte, _)| byte);
        let after = self.slice(at.field, at.span.end, sentence.end.max(at.span.end));
        let end = after.char_indices().nth(reach).map_or(after.len(), |(byte, _)| byte);
        let (first, length) = (before[start..].chars().count(), self.text(at).chars().count());
        let span = Span { start: at.span.start - (before.len() - start) as u32, end: at.span.end + end as u32 };
        let text = HanText::new(self, At { span, ..at });
        (0..=first).any(|from| text.words_from(from, 2).any(|(to, _)| to >= first + length && to - from > length))
    }
}
