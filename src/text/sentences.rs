//! Tokens → sentences, headings and sections.
//!
//! Lines first: a blank line ends everything, a single line feed ends a sentence unless the line was merely wrapped.
//! Within a line, stops end sentences, and so do dashes that begin a list item (`… [1] - The …`) or set off a heading.

use std::ops::Range;

use memchr::memchr3_iter;

use super::abbreviations::{Abbreviation, abbreviation, begins_sentence, follows_german_ordinal, goes_on_after};
use super::characters::{begins_character, is_bullet, is_dash, is_full_stop, is_opener, is_stop, sum};
use super::headings::Line;
use super::view::View;
use super::{Case, Language, Sentence, Span, Token, TokenKind};

/// Sentences are cut, at a token, once they reach so many bytes.
const LONGEST: u32 = 4096;
/// The width of lines that may have been wrapped.
const WRAPPED: Range<usize> = 50..120;
/// The same for Chinese, whose headlines would else look like wrapped lines.
const WRAPPED_CHINESE: Range<usize> = 64..120;

/// Parts a text into sentences; their language is still to be told, and their letters to be counted. A title has no headings.
pub(super) fn split(original: &str, tokens: &[Token], is_title: bool) -> Vec<Sentence> {
    let view = View { original, tokens };
    let lines = lines(view);
    let mut splitter =
        Splitter { view, is_title, sentences: Vec::with_capacity(tokens.len() / 16 + 1), open: None, section: 0 };
    for (i, line) in lines.iter().enumerate() {
        if line.blank_before {
            splitter.close(line.tokens.start);
            splitter.open_section_after_blank();
        } else if i > 0 && !splitter.goes_on(&lines[i - 1], line) {
            splitter.close(line.tokens.start);
        }
        if !is_title && splitter.open.is_none() && view.is_heading_line(line, lines.get(i + 1)) {
            splitter.heading(line.tokens.clone());
        } else {
            splitter.line(line.tokens.clone());
        }
    }
    splitter.close(tokens.len());
    splitter.sentences
}

/// The lines that are not blank.
fn lines(view: View<'_>) -> Vec<Line> {
    let bytes = view.original.as_bytes();
    let mut lines = Vec::new();
    let mut feeds = 0;
    let mut start = 0;
    let mut token = 0;
    let ends = memchr3_iter(b'\n', b'\r', 0xE2, bytes).filter_map(|at| match bytes[at..] {
        [b'\n', ..] => Some((at, at + 1)),
        [b'\r', b'\n', ..] => None,
        [b'\r', ..] => Some((at, at + 1)),
        // U+2028 and U+2029, the line and paragraph separators
        [0xE2, 0x80, 0xA8 | 0xA9, ..] => Some((at, at + 3)),
        _ => None,
    });
    for (end, next) in ends.chain([(bytes.len(), bytes.len())]) {
        let first = token;
        token += view.tokens[first..].partition_point(|token| (token.span.start as usize) < end);
        if first < token {
            lines.push(Line {
                tokens: first..token,
                width: width(&bytes[start..end]),
                blank_before: feeds > 1 && first > 0,
            });
            feeds = 0;
        }
        feeds += 1;
        start = next;
    }
    lines
}

/// Columns that a line takes: characters of three bytes and more are Chinese, nearly always, and take two.
fn width(line: &[u8]) -> usize {
    sum(line, |byte| u8::from(begins_character(byte)) + u8::from(byte >= 0xE0))
}

struct Splitter<'a> {
    view: View<'a>,
    is_title: bool,
    sentences: Vec<Sentence>,
    /// The first token of the sentence that is not yet closed.
    open: Option<usize>,
    section: u16,
}

impl Splitter<'_> {
    /// Ends the open sentence before token `end`.
    fn close(&mut self, end: usize) {
        if let Some(start) = self.open.take() {
            self.push(start..end, false);
        }
    }

    fn push(&mut self, tokens: Range<usize>, heading: bool) {
        let [first, .., last] = match &self.view.tokens[tokens.clone()] {
            [] => return,
            [only] => [*only, *only],
            [first, .., last] => [*first, *last],
        };
        self.sentences.push(Sentence {
            span: Span { start: first.span.start, end: last.span.end },
            tokens: tokens.start as u32..tokens.end as u32,
            section: self.section,
            heading,
            language: Language::UNDETERMINED,
            letters: 0,
        });
    }

    fn heading(&mut self, tokens: Range<usize>) {
        self.open_section();
        self.push(tokens, true);
    }

    fn open_section(&mut self) {
        if self.sentences.last().is_some_and(|last| last.section == self.section) {
            self.section = self.section.saturating_add(1);
        }
    }

    /// A blank line opens a section, unless it only sets a heading off from the text below it.
    fn open_section_after_blank(&mut self) {
        if self.sentences.last().is_some_and(|last| !last.heading) {
            self.open_section();
        }
    }

    /// Whether the open sentence goes on from one line into the next.
    fn goes_on(&self, line: &Line, next: &Line) -> bool {
        let view = self.view;
        if self.open.is_none() || !WRAPPED.contains(&line.width) || view.is_list_item(&next.tokens) {
            return false;
        }
        let last = line.tokens.end - 1;
        if view.ends_with_stop(&line.tokens) {
            return view.sign(last) == Some('.') && abbreviation(view.str(last - 1)) == Some(Abbreviation::GoesOn);
        }
        let unfinished = match view.kind(last) {
            Some(TokenKind::Word(_)) => goes_on_after(view.str(last)),
            Some(TokenKind::Punctuation(c)) => {
                is_dash(c) || is_opener(c) && c != '"' && c != '\'' || matches!(c, ',' | '，' | '、')
            }
            _ => false,
        };
        match view.kind(next.tokens.start) {
            Some(TokenKind::Han) => {
                unfinished || matches!(view.kind(last), Some(TokenKind::Han)) && WRAPPED_CHINESE.contains(&line.width)
            }
            Some(TokenKind::Word(Case::Lower)) => true,
            _ => unfinished,
        }
    }

    /// Reads one line; its last sentence stays open.
    fn line(&mut self, line: Range<usize>) {
        let view = self.view;
        let mut i = line.start;
        while i < line.end {
            let start = match self.open {
                Some(start) => start,
                None => {
                    if let Some(end) = self.heading_end(i, &line) {
                        self.heading(i..end);
                        i = end;
                    }
                    *self.open.insert(i)
                }
            };
            let mut next = i + 1;
            let ends = match view.tokens[i].kind {
                TokenKind::Punctuation(c) if is_stop(c) => {
                    next = view.after_closers(next, line.end);
                    next < line.end && self.ends_at_stop(c, start, i, next)
                }
                TokenKind::Punctuation(c) if is_bullet(c) && i > start && view.gap_before(i) => {
                    self.close(i);
                    self.open = Some(i);
                    false
                }
                TokenKind::Citation => {
                    next = view.after_closers(next, line.end);
                    next < line.end && self.begins_after_citation(next, &line)
                }
                TokenKind::Word(_) if view.ends_in_dot(i) => {
                    next = view.after_closers(next, line.end);
                    let cited = view.kind(next - 1) == Some(TokenKind::Citation);
                    next < line.end
                        && view.gap_before(next)
                        && if cited { self.begins_after_citation(next, &line) } else { self.begins_after_dots(next) }
                        && !matches!(view.str(i), "e.g." | "i.e.")
                }
                _ => false,
            };
            let too_long = view.tokens[next - 1].span.end - view.tokens[start].span.start >= LONGEST;
            if ends || too_long {
                self.close(next);
            }
            i = next;
        }
    }

    /// The end of a heading that is followed by a dash, if one begins at token `i`.
    fn heading_end(&self, i: usize, line: &Range<usize>) -> Option<usize> {
        if self.is_title { None } else { self.view.heading_before_dash(i, line.end, i == line.start) }
    }

    /// After `U.S.` and its like only a word that typically begins a sentence does so.
    fn begins_after_dots(&self, next: usize) -> bool {
        begins_sentence(self.view.str(next)) || self.view.is_item_dash(next)
    }

    /// After a citation mark without a stop, a new sentence is told by how it begins.
    fn begins_after_citation(&self, next: usize, line: &Range<usize>) -> bool {
        let view = self.view;
        view.is_item_dash(next)
            || begins_sentence(view.str(next))
            || self.heading_end(next, line).is_some()
            || view.sign(next - 1).is_some_and(is_stop) && view.can_begin(next)
    }

    /// Whether the stop at token `i` ends the sentence that began at `start`, given what comes `next`.
    fn ends_at_stop(&self, stop: char, start: usize, i: usize, next: usize) -> bool {
        let view = self.view;
        if is_full_stop(stop) {
            return true;
        }
        let gap = view.gap_before(next);
        let next_is_han = view.kind(next) == Some(TokenKind::Han);
        if stop == '…' || next > i + 1 && view.sign(i + 1) == Some('.') {
            // Three dots are a pause more often than an end.
            return gap && !next_is_han && view.can_begin(next);
        }
        let after_han = i > start && view.kind(i - 1) == Some(TokenKind::Han);
        if matches!(stop, '!' | '?' | '‼' | '⁇' | '⁈' | '⁉') {
            return next_is_han || (gap || after_han) && view.can_begin(next);
        }
        // What remains is the dot.
        if self.is_item_number(start, i) {
            return false;
        }
        let closed = next > i + 1;
        if !gap {
            let glued = view.kind(next) == Some(TokenKind::Word(Case::Title)) && begins_sentence(view.str(next));
            return next_is_han || (glued || closed) && view.can_begin(next) && !view.gap_before(i);
        }
        view.can_begin(next) && (closed || view.gap_before(i) || self.ends_after_word(start, i - 1, next))
    }

    /// Whether the dot at token `i` belongs to the number of a list item: `1. Lithium`, `- 2. Cobalt`.
    fn is_item_number(&self, start: usize, i: usize) -> bool {
        let view = self.view;
        let Some(number) = i.checked_sub(1).filter(|&number| number >= start) else { return false };
        let leads = number == start || number == start + 1 && view.sign(start).is_some();
        leads && view.kind(number) == Some(TokenKind::Number) && view.str(number).len() <= 3
    }

    /// Whether a token stands after a unit of mass.
    fn is_after_unit(&self, start: usize, word: usize) -> bool {
        let before = word.checked_sub(1).filter(|&before| before >= start);
        before.is_some_and(|before| matches!(self.view.str(before), "kg" | "lb" | "mtu" | "dmtu" | "tonne" | "ton"))
    }

    /// Whether a dot right after token `word` ends the sentence.
    fn ends_after_word(&self, start: usize, word: usize, next: usize) -> bool {
        let view = self.view;
        let next_is_figure = view.kind(next) == Some(TokenKind::Number);
        match view.kind(word) {
            Some(TokenKind::Word(case)) => match abbreviation(view.str(word)) {
                Some(Abbreviation::GoesOn) => false,
                Some(Abbreviation::BeforeFigure) => !next_is_figure,
                Some(Abbreviation::EndsName) if case != Case::Lower => self.begins_after_dots(next),
                Some(Abbreviation::EndsName) => true,
                // `$96 per kg W. The`: the symbol of what is weighed
                None if self.is_after_unit(start, word) => true,
                // An initial: `J. Smith`
                None if case == Case::Upper && view.str(word).chars().nth(1).is_none() => self.begins_after_dots(next),
                None => true,
            },
            Some(TokenKind::Number) if word > start && view.str(word).len() <= 2 => {
                !follows_german_ordinal(view.str(next))
            }
            _ => true,
        }
    }
}
