//! A text with its tokens, as the passes that part it into sentences look at it.

use std::ops::Range;

use super::characters::{is_bullet, is_closer, is_dash, is_opener, is_stop};
use super::{Case, Token, TokenKind};

/// How many closing signs a sentence may end in.
const MOST_CLOSERS: usize = 32;

/// A text and its tokens.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    pub(super) original: &'a str,
    pub(super) tokens: &'a [Token],
}

impl<'a> View<'a> {
    pub(super) fn kind(&self, i: usize) -> Option<TokenKind> {
        self.tokens.get(i).map(|token| token.kind)
    }

    pub(super) fn str(&self, i: usize) -> &'a str {
        self.tokens.get(i).map_or("", |token| &self.original[token.span.start as usize..token.span.end as usize])
    }

    pub(super) fn sign(&self, i: usize) -> Option<char> {
        match self.kind(i) {
            Some(TokenKind::Punctuation(c)) => Some(c),
            _ => None,
        }
    }

    pub(super) fn ends_in_dot(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|token| self.original.as_bytes().get(token.span.end as usize - 1) == Some(&b'.'))
    }

    /// Whether anything, if only white space, parts token `i` from the one before it.
    pub(super) fn gap_before(&self, i: usize) -> bool {
        match (i.checked_sub(1).and_then(|before| self.tokens.get(before)), self.tokens.get(i)) {
            (Some(before), Some(token)) => before.span.end < token.span.start,
            _ => true,
        }
    }

    /// Whether token `i` can be a sentence's first: anything but a lower-case word and punctuation that goes on.
    pub(super) fn can_begin(&self, i: usize) -> bool {
        match self.kind(i) {
            Some(TokenKind::Word(Case::Lower)) => {
                !self.str(i).starts_with(|c: char| c.is_lowercase() || c == '\'' || c == '’')
            }
            Some(TokenKind::Word(_) | TokenKind::Number | TokenKind::Han) => true,
            Some(TokenKind::Punctuation(c)) if is_dash(c) => self.is_item_dash(i),
            Some(TokenKind::Punctuation(c)) if is_opener(c) => {
                !matches!(self.kind(i + 1), Some(TokenKind::Word(Case::Lower))) || self.can_begin_word(i + 1)
            }
            Some(TokenKind::Punctuation(c)) => {
                is_bullet(c)
                    || matches!(c, '$' | '€' | '£' | '¥' | '￥' | '#' | '@' | '*' | '·')
                    || !(c.is_ascii() || is_closer(c) || is_stop(c) || is_mild(c))
            }
            Some(TokenKind::Citation) | None => false,
        }
    }

    fn can_begin_word(&self, i: usize) -> bool {
        !self.str(i).starts_with(char::is_lowercase)
    }

    /// Whether token `i` is a dash that stands free before something that begins a sentence: ` - The …`.
    pub(super) fn is_item_dash(&self, i: usize) -> bool {
        self.sign(i).is_some_and(|c| is_dash(c) || c == '·')
            && self.gap_before(i)
            && self.gap_before(i + 1)
            && match self.kind(i + 1) {
                Some(TokenKind::Word(_)) => self.can_begin_word(i + 1),
                Some(TokenKind::Number | TokenKind::Han) => true,
                Some(TokenKind::Punctuation(c)) => is_opener(c) || matches!(c, '$' | '€' | '£' | '¥'),
                Some(TokenKind::Citation) | None => false,
            }
    }

    /// Whether a line's first token is the mark of a list item: `-`, `•`, `1.`, `（1）`, `一、`
    pub(super) fn is_list_item(&self, line: &Range<usize>) -> bool {
        let first = line.start;
        match self.kind(first) {
            Some(TokenKind::Punctuation(c)) if is_bullet(c) => true,
            Some(TokenKind::Punctuation(c)) if is_dash(c) || matches!(c, '*' | '·' | '>' | '+') => {
                self.gap_before(first + 1)
            }
            Some(TokenKind::Punctuation(c)) if ('①'..='⒛').contains(&c) => true,
            Some(TokenKind::Punctuation('(' | '（')) => {
                let figure =
                    matches!(self.kind(first + 1), Some(TokenKind::Number)) || self.is_chinese_figure(first + 1);
                figure && self.str(first + 1).len() <= 6 && matches!(self.sign(first + 2), Some(')' | '）'))
            }
            Some(TokenKind::Number) => {
                let after = self.sign(first + 1);
                self.str(first).len() <= 3
                    && !self.gap_before(first + 1)
                    && (matches!(after, Some('、' | '．' | ')' | '）')) || after == Some('.'))
            }
            Some(TokenKind::Han) => self.is_chinese_figure(first) && self.sign(first + 1) == Some('、'),
            _ => false,
        }
    }

    /// Whether token `i` is a figure in Chinese characters.
    pub(super) fn is_chinese_figure(&self, i: usize) -> bool {
        let figure = self.str(i);
        (1..=9).contains(&figure.len()) && figure.chars().all(|c| "一二三四五六七八九十".contains(c))
    }

    /// Where the closing quotes and brackets, further stops and citation marks end that follow a stop.
    pub(super) fn after_closers(&self, mut i: usize, end: usize) -> usize {
        let end = end.min(i + MOST_CLOSERS);
        while i < end {
            let belongs = match self.kind(i) {
                Some(TokenKind::Citation) => true,
                Some(TokenKind::Punctuation(c)) => !self.gap_before(i) && (is_closer(c) || is_stop(c)),
                _ => false,
            };
            if !belongs {
                break;
            }
            i += 1;
        }
        i
    }

    /// Whether the last tokens of a line are a stop, with or without closing quotes, brackets and citation marks.
    pub(super) fn ends_with_stop(&self, line: &Range<usize>) -> bool {
        let last = line.clone().rev().find(|&i| match self.kind(i) {
            Some(TokenKind::Citation) => false,
            Some(TokenKind::Punctuation(c)) => !is_closer(c),
            _ => true,
        });
        last.and_then(|i| self.sign(i)).is_some_and(is_stop)
    }
}

/// Punctuation within a sentence that is not ASCII.
fn is_mild(c: char) -> bool {
    matches!(
        c,
        '，' | '、'
            | '：'
            | '·'
            | '—'
            | '–'
            | '％'
            | '~'
            | '～'
            | '…'
            | '،'
            | '؛'
            | '°'
            | '℃'
            | '™'
            | '®'
            | '’'
            | '”'
    )
}
