//! Original text → tokens, in one pass.
//!
//! - A word runs on through letters, marks, and digits after a letter (`U3O8`, `NdFeB`); inner apostrophes stay
//!   (`O'Brien`, `don't`), but `'s` is a token of its own and so are French and Italian articles (`l'`, `d'`).
//! - Hyphens part words. Dots part them too, save in `U.S.`, `D.R.C.`, `e.g.`, `EE.UU.`
//! - A number takes its separators; the unit that follows at once is another token (`5t`, `3.5bn`, `$4.2bn`), but `6N`,
//!   `3D`, `2Q25`, `19th` and `1990s` are words.
//! - Han, kana, Hangul and the other alphabets never share a token.

use super::characters::{
    Class, ascii_class, begins_common_han, is_apostrophe, is_closer, is_dash, is_digit, is_stop, run_length,
};
use super::letters::Letters;
use super::{Case, Span, Token, TokenKind};

/// Longer runs are cut, so that no text makes a token that later rooms must fear.
const LONGEST: usize = 1024;

/// The tokens of a text.
pub(super) fn tokenise(text: &str) -> Vec<Token> {
    let mut scanner = Scanner { text, bytes: text.as_bytes(), tokens: Vec::with_capacity(text.len() / 5 + 4) };
    let mut at = 0;
    while at < text.len() {
        at = scanner.step(at);
    }
    scanner.tokens
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    tokens: Vec<Token>,
}

impl Scanner<'_> {
    /// Reads what begins at `at`; returns where the next thing begins.
    fn step(&mut self, at: usize) -> usize {
        let Some((c, class, next)) = self.char_at(at) else { return self.text.len() };
        match class {
            Class::Space | Class::Invisible => next,
            Class::Upper | Class::Lower | Class::Letter | Class::Kana | Class::Hangul => self.word(at),
            Class::Digit => self.number(at),
            Class::Han => self.han(at),
            Class::Fraction => self.push(at, next, TokenKind::Number),
            Class::Superscript => self.superscript(at, next, c),
            Class::Subscript | Class::Mark => self.push(at, next, TokenKind::Punctuation(c)),
            Class::Other => {
                if is_apostrophe(c) && self.touches_before(at) {
                    if let Some(end) = self.possessive(next) {
                        return self.push(at, end, TokenKind::Word(Case::Lower));
                    }
                } else if let Some(end) = self.citation(at, c) {
                    return self.push(at, end, TokenKind::Citation);
                }
                self.push(at, next, TokenKind::Punctuation(c))
            }
        }
    }

    fn push(&mut self, start: usize, end: usize, kind: TokenKind) -> usize {
        self.tokens.push(Token { span: Span { start: start as u32, end: end as u32 }, kind });
        end
    }

    #[inline]
    fn char_at(&self, at: usize) -> Option<(char, Class, usize)> {
        match self.bytes.get(at) {
            Some(&byte) if byte < 0x80 => Some((char::from(byte), ascii_class(byte), at + 1)),
            Some(_) => self.wide_char_at(at),
            None => None,
        }
    }

    /// Kept apart, so that the look at an ASCII character stays small enough to be written out where it is taken.
    #[inline(never)]
    fn wide_char_at(&self, at: usize) -> Option<(char, Class, usize)> {
        self.text[at..].chars().next().map(|c| (c, Class::of(c), at + c.len_utf8()))
    }

    /// Whether a letter, digit or the like stands here, so that what ends here does not end a word.
    fn goes_on(&self, at: usize) -> bool {
        self.char_at(at).is_some_and(|(_, class, _)| class.is_letter() || matches!(class, Class::Digit | Class::Mark))
    }

    /// Whether the last token, a word or number, ends exactly here.
    fn touches_before(&self, at: usize) -> bool {
        self.tokens.last().is_some_and(|last| {
            last.span.end as usize == at && matches!(last.kind, TokenKind::Word(_) | TokenKind::Number | TokenKind::Han)
        })
    }

    /// The end of the `s` of `'s`, if it stands here.
    fn possessive(&self, at: usize) -> Option<usize> {
        let is_s = matches!(self.bytes.get(at), Some(b's' | b'S'));
        (is_s && !self.goes_on(at + 1)).then_some(at + 1)
    }

    fn word(&mut self, start: usize) -> usize {
        if let Some((end, case)) = self.plain_word(start) {
            return self.push(start, end, TokenKind::Word(case));
        }
        if let Some(end) = self.dotted(start) {
            let case = if self.text[start..end].contains(char::is_uppercase) { Case::Upper } else { Case::Lower };
            return self.push(start, end, TokenKind::Word(case));
        }
        let mut letters = Letters::default();
        let mut group = None;
        let mut end = start;
        let mut at = start;
        loop {
            if group.is_none_or(|group| group == 0) {
                // Most letters by far: not worth the full look.
                let rest = &self.bytes[at..];
                let run = run_length(&rest[..rest.len().min(LONGEST)], |byte| byte.is_ascii_lowercase());
                if run > 0 {
                    group = Some(0);
                    letters.lower += run as u32;
                    at += run;
                    end = at;
                    if end - start >= LONGEST {
                        break;
                    }
                }
            }
            let Some((c, class, next)) = self.char_at(at) else { break };
            match class {
                Class::Upper | Class::Lower | Class::Letter | Class::Kana | Class::Hangul => {
                    let own = group_of(class);
                    if *group.get_or_insert(own) != own {
                        break;
                    }
                    letters.add(class);
                }
                // 量は12.4％: kana and Hangul take no figures in.
                Class::Digit if group.is_some_and(|group| group != 0) => break,
                Class::Digit | Class::Subscript | Class::Mark => {}
                // `m²` is a unit, but in `lithium²` the figure points to a note.
                Class::Superscript if letters.count() < 4 => {}
                Class::Invisible => {
                    at = next;
                    continue;
                }
                _ if is_apostrophe(c) && self.char_at(next).is_some_and(|(_, class, _)| class.is_letter()) => {
                    if self.possessive(next).is_some() {
                        break;
                    }
                    if is_elided_article(&self.text[start..at]) {
                        end = next;
                        break;
                    }
                }
                _ => break,
            }
            end = next;
            at = next;
            if end - start >= LONGEST {
                break;
            }
        }
        self.push(start, end, TokenKind::Word(letters.case()))
    }

    /// The end of a word of ASCII letters of which only the first may be a capital, as nearly all of English are: what
    /// [`Scanner::word`] would find, at less cost.
    fn plain_word(&self, start: usize) -> Option<(usize, Case)> {
        let rest = &self.bytes[start..self.bytes.len().min(start + LONGEST)];
        let case = match rest {
            [b'A'..=b'Z', b'a'..=b'z', ..] => Case::Title,
            [b'a'..=b'z', b'a'..=b'z', ..] => Case::Lower,
            _ => return None,
        };
        let end = 2 + run_length(&rest[2..], |byte| byte.is_ascii_lowercase());
        let ends = rest.get(end).is_some_and(|&next| match ascii_class(next) {
            Class::Space => true,
            Class::Other => next.is_ascii() && next != b'\'',
            _ => false,
        });
        ends.then_some((start + end, case))
    }

    /// The end of an abbreviation with dots, if one begins here: at least two parts of one letter (or of one doubled, as
    /// in `EE.UU.`), each with its dot; the last dot may be missing (`U.S`).
    fn dotted(&self, start: usize) -> Option<usize> {
        let mut parts = 0;
        let mut at = start;
        let mut end = start;
        while let Some(after) = self.short_part(at) {
            parts += 1;
            end = after;
            if self.bytes.get(after) != Some(&b'.') {
                break;
            }
            end = after + 1;
            at = end;
            if end - start >= LONGEST {
                break;
            }
        }
        (parts >= 2).then_some(end)
    }

    /// The end of a part of an abbreviation: one letter, or one upper-case letter doubled.
    fn short_part(&self, at: usize) -> Option<usize> {
        // The commonest answer is no, and the second byte gives it.
        if self.bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase) {
            return None;
        }
        let (first, class, next) = self.char_at(at)?;
        if !matches!(class, Class::Upper | Class::Lower) {
            return None;
        }
        let end = match self.char_at(next) {
            Some((second, Class::Upper, after)) if second == first => after,
            _ => next,
        };
        (!self.goes_on(end)).then_some(end)
    }

    fn number(&mut self, start: usize) -> usize {
        let head = self.digits(start);
        if let Some(end) = self.figure_word(start, head) {
            return self.push(start, end, TokenKind::Word(Letters::of(&self.text[start..end]).case()));
        }
        let mut end = head;
        let mut decimal = false;
        while let Some((separator, _, next)) = self.char_at(end) {
            let after = self.digits(next);
            let count = self.text[next..after].chars().count();
            // Chinese sets the wide comma between clauses, also after a figure; it separates thousands only among wide digits.
            let wide = self.text[next..].starts_with(|c| matches!(c, '０'..='９'));
            let joins = match separator {
                '.' => count > 0,
                '．' => count > 0 && wide,
                ',' if count == 3 => !decimal && self.text[start..head].chars().count() <= 3,
                // A decimal comma; the figure before it is no list then, and the figure ends with it.
                ',' => (count == 1 || count == 2) && end == head && self.bytes.get(after) != Some(&b','),
                '，' => count == 3 && wide && !decimal,
                '\u{2009}' | '\u{202F}' | '\u{A0}' | '’' => {
                    count == 3 && !decimal && self.text[start..head].chars().count() <= 3
                }
                _ => false,
            };
            if !joins || after - start > LONGEST {
                break;
            }
            decimal |= matches!(separator, '.' | '．') || separator == ',' && count < 3;
            end = after;
        }
        if let Some((_, Class::Fraction, next)) = self.char_at(end) {
            end = next;
        }
        self.push(start, end, TokenKind::Number)
    }

    /// The end of the digits that begin here.
    fn digits(&self, start: usize) -> usize {
        let mut end = start;
        while let Some((c, _, next)) = self.char_at(end) {
            if !is_digit(c) || end - start >= LONGEST {
                break;
            }
            end = next;
        }
        end
    }

    /// The end of a word that begins with the digits `start..head`: `6N`, `2Q25`, `19th`, `1990s`.
    fn figure_word(&self, start: usize, head: usize) -> Option<usize> {
        let digits = head - start;
        let rest = &self.bytes[head..];
        let word = match (digits, rest) {
            (4, [b's', ..]) if self.bytes[head - 1] == b'0' => 1,
            (1..=4, [b's', b't', ..] | [b'n' | b'r', b'd', ..] | [b't', b'h', ..]) => 2,
            // `5M`, `20K`, `2B` and `3T` are amounts.
            (1..=2, [b'A'..=b'Z', ..]) if !matches!(rest, [b'K' | b'M' | b'B' | b'T', ..]) => rest
                .iter()
                .take(9)
                .position(|b| !b.is_ascii_digit() && !b.is_ascii_uppercase())
                .unwrap_or(rest.len().min(9)),
            _ => return None,
        };
        let ends_in_letters = rest[..word.min(8)].iter().take(2).filter(|b| b.is_ascii_uppercase()).count() > 1;
        let end = head + word;
        // `20MW`, `5GWh`: an amount with its unit.
        (word <= 8 && !ends_in_letters && !self.goes_on(end)).then_some(end)
    }

    fn han(&mut self, start: usize) -> usize {
        let mut end = start;
        let mut at = start;
        loop {
            while at - start < LONGEST && begins_common_han(&self.bytes[at..]) {
                at += 3;
                end = at;
            }
            let Some((_, class, next)) = self.char_at(at).filter(|_| end - start < LONGEST) else { break };
            match class {
                Class::Han | Class::Mark => end = next,
                Class::Invisible => {}
                _ => break,
            }
            at = next;
        }
        self.push(start, end, TokenKind::Han)
    }

    /// Superscript figures: a note's number after a word or stop, else (`10⁶`) each a sign.
    fn superscript(&mut self, at: usize, next: usize, c: char) -> usize {
        let noted = self.tokens.last().is_some_and(|last| {
            last.span.end as usize == at
                && match last.kind {
                    TokenKind::Word(_) | TokenKind::Han | TokenKind::Citation => true,
                    TokenKind::Punctuation(before) => {
                        is_stop(before) || is_closer(before) || matches!(before, ',' | '，')
                    }
                    TokenKind::Number => false,
                }
        });
        if !noted {
            return self.push(at, next, TokenKind::Punctuation(c));
        }
        let mut end = next;
        while let Some((_, Class::Superscript, after)) = self.char_at(end) {
            if end - at >= LONGEST {
                break;
            }
            end = after;
        }
        self.push(at, end, TokenKind::Citation)
    }

    /// The end of a citation mark such as `[4]`, `[1, 7]`, `［３］`, `【1】`, `[12–14]`, if one begins here.
    fn citation(&self, at: usize, opening: char) -> Option<usize> {
        let closing = match opening {
            '[' => ']',
            '［' => '］',
            '【' => '】',
            _ => return None,
        };
        let mut figures = 0;
        let mut between = true;
        for (offset, c) in self.text[at + opening.len_utf8()..].char_indices().take(40) {
            if is_digit(c) {
                figures = if between { 1 } else { figures + 1 };
                between = false;
                // Four figures are a year.
                if figures > 3 {
                    return None;
                }
            } else if c == closing {
                return (figures > 0).then_some(at + opening.len_utf8() + offset + c.len_utf8());
            } else if matches!(c, ',' | ';' | ' ' | '，' | '、' | '；' | '~' | '～') || is_dash(c) {
                between = true;
            } else {
                return None;
            }
        }
        None
    }
}

/// The article or pronoun of French or Italian that its apostrophe ties to the next word.
fn is_elided_article(word: &str) -> bool {
    matches!(
        word,
        "l" | "d"
            | "s"
            | "n"
            | "m"
            | "j"
            | "c"
            | "t"
            | "qu"
            | "L"
            | "C"
            | "J"
            | "Qu"
            | "jusqu"
            | "lorsqu"
            | "puisqu"
            | "dell"
            | "all"
            | "nell"
            | "sull"
            | "dall"
            | "un"
            | "quest"
            | "Dell"
            | "All"
            | "Nell"
    )
}

/// Classes that may share a word.
fn group_of(class: Class) -> u8 {
    match class {
        Class::Kana => 1,
        Class::Hangul => 2,
        _ => 0,
    }
}
