//! Which lines, and which runs of words within a line, are section headings.

use std::ops::Range;

use super::abbreviations::joins_title;
use super::characters::{is_dash, is_stop};
use super::view::View;
use super::{Case, TokenKind};

/// The most words that a heading within a line may have.
const MOST_WORDS: usize = 6;

/// A line of the text that is not blank.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) tokens: Range<usize>,
    /// Columns, a Chinese character taking two.
    pub(super) width: usize,
    pub(super) blank_before: bool,
}

impl View<'_> {
    /// The end of a heading that begins at token `i` and is set off by a dash from the text below it, in the same line:
    /// `Economic Context - Pakistan is …`. The dash begins the next sentence.
    pub(super) fn heading_before_dash(&self, i: usize, end: usize, begins_line: bool) -> Option<usize> {
        let mut words = 0;
        let mut joined = false;
        let mut capitals_only = true;
        for j in i..end.min(i + 4 * MOST_WORDS) {
            match self.kind(j)? {
                TokenKind::Word(Case::Lower) => {
                    if j == i || !joins_title(self.str(j)) {
                        return None;
                    }
                    joined = self.gap_before(j);
                }
                TokenKind::Word(case) => {
                    words += 1;
                    joined = false;
                    capitals_only &= case == Case::Upper;
                }
                TokenKind::Number if j > i => joined = false,
                TokenKind::Punctuation(c) if is_dash(c) && self.gap_before(j) => {
                    // `NEW YORK - Gold fell` is a dateline.
                    let dateline = begins_line && capitals_only;
                    let heading = (2..=MOST_WORDS).contains(&words) && !joined && !dateline && self.is_item_dash(j);
                    return heading.then_some(j);
                }
                TokenKind::Punctuation(c) if j > i && (is_dash(c) || matches!(c, '&' | '/' | ',' | '\'' | '’')) => {}
                _ => return None,
            }
            if words > MOST_WORDS {
                return None;
            }
        }
        None
    }

    /// Whether a line of its own is a heading.
    pub(super) fn is_heading_line(&self, line: &Line, next: Option<&Line>) -> bool {
        let Range { start, end } = line.tokens;
        let last = end - 1;
        if self.is_marked_up(start, last) {
            return true;
        }
        let Some(next) = next else { return false };
        if self.sign(start) == Some('【') && self.sign(last) == Some('】') {
            return true;
        }
        if line.width > 80 || self.ends_unfinished(last) {
            return false;
        }
        if self.is_numbered_in_chinese(start) {
            return true;
        }
        if self.is_list_item(&line.tokens) || !self.begins_with_name(start) {
            return false;
        }
        // A by-line, or a date.
        let figures = line.tokens.clone().filter(|&i| self.kind(i) == Some(TokenKind::Number)).count();
        if figures > 2 || self.str(start) == "By" {
            return false;
        }
        if self.is_title_case(line.tokens.clone()) {
            return next.width > line.width || line.blank_before || next.blank_before;
        }
        // A short line over a long one. A colon within it tells of a label and its value.
        let mut signs = line.tokens.clone().filter_map(|i| self.sign(i));
        let plain = !signs.any(|c| matches!(c, ':' | '：' | '|' | '·' | '@' | '©' | '?' | '？' | '!' | '！'));
        plain && line.width <= 60 && next.width >= 40 && next.width >= 2 * line.width
    }

    /// `## Heading`, `**Heading**`
    fn is_marked_up(&self, start: usize, last: usize) -> bool {
        match self.sign(start) {
            Some('#') => {
                let after = (start..=last).find(|&i| self.sign(i) != Some('#')).unwrap_or(last + 1);
                after <= last && after - start <= 6 && self.gap_before(after)
            }
            Some('*') => {
                last > start + 3
                    && [start + 1, last - 1, last].iter().all(|&i| self.sign(i) == Some('*'))
                    && !(start + 2..last - 1).any(|i| self.sign(i) == Some('*'))
            }
            _ => false,
        }
    }

    /// Ends with a stop, or in the middle of a thought. A question or a colon may end a heading.
    fn ends_unfinished(&self, last: usize) -> bool {
        match self.kind(last) {
            Some(TokenKind::Punctuation(c)) => {
                is_stop(c) && !matches!(c, '?' | '？' | '!' | '！')
                    || is_dash(c)
                    || matches!(c, ',' | '，' | '、' | ';' | '"' | '”')
            }
            Some(TokenKind::Citation) => true,
            _ => false,
        }
    }

    /// `一、…`, `（二）…`, `第三章 …`
    fn is_numbered_in_chinese(&self, start: usize) -> bool {
        match self.kind(start) {
            Some(TokenKind::Han) if self.is_chinese_figure(start) => self.sign(start + 1) == Some('、'),
            Some(TokenKind::Han) => {
                let mut chars = self.str(start).chars();
                chars.next() == Some('第') && chars.take(4).any(|c| matches!(c, '章' | '节' | '節' | '部'))
            }
            Some(TokenKind::Punctuation('（' | '(')) => {
                self.is_chinese_figure(start + 1) && matches!(self.sign(start + 2), Some('）' | ')'))
            }
            _ => false,
        }
    }

    fn begins_with_name(&self, start: usize) -> bool {
        match self.kind(start) {
            Some(TokenKind::Word(_)) => self.can_begin(start),
            Some(TokenKind::Number | TokenKind::Han) => true,
            Some(TokenKind::Punctuation(c)) => matches!(c, '“' | '"' | '‘' | '「' | '《'),
            _ => false,
        }
    }

    /// Whether every word but the small ones has a capital.
    fn is_title_case(&self, tokens: Range<usize>) -> bool {
        let mut words = 0;
        for i in tokens {
            match self.kind(i) {
                Some(TokenKind::Word(Case::Lower)) if joins_title(self.str(i)) => {}
                Some(TokenKind::Word(Case::Lower) | TokenKind::Han | TokenKind::Citation) => return false,
                Some(TokenKind::Word(_)) => words += 1,
                Some(TokenKind::Number | TokenKind::Punctuation(_)) | None => {}
            }
        }
        (1..=2 * MOST_WORDS).contains(&words)
    }
}
