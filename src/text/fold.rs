//! Original text → [`Folded`] text and its way back: the one form in which article and lexicon are compared.
//!
//! Folding is a function of canonical segments (a character and the combining marks after it), so composed and
//! decomposed spellings fold alike. What each single character folds to is worked out once, in [`Folding::new`].

use rustc_hash::FxHashMap;
use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class, is_nfc_quick};

use super::characters::begins_common_han;
use super::{Folded, Span};

/// A table entry for a character that stays as it is.
const KEEP: u32 = 0;
/// Folds to nothing.
const DROP: u32 = 1 << 24;
/// Combines with the character before it: the two are folded together.
const EXTENDS: u32 = 1 << 25;
/// Folds to several characters; the rest of the entry is an index into `expansions`.
const EXPAND: u32 = 1 << 26;

/// The character tables of folding. Build once, share between threads.
#[derive(Clone, Debug)]
pub struct Folding {
    /// What each character of the basic plane folds to: one of the constants above, or the one character in its place.
    basic: Vec<u32>,
    /// The same for the characters beyond that do not stay as they are.
    beyond: FxHashMap<char, u32>,
    expansions: Vec<Box<str>>,
    simplified: FxHashMap<char, char>,
}

/// Why a table of traditional and simplified characters cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FoldingError {
    /// A line is not two single characters.
    #[error("line {line}: expected a traditional character, a tab and its simplified character, found {found:?}")]
    NotAPair {
        /// The line's number, from 1.
        line: usize,
        /// The line, at most 40 characters of it.
        found: String,
    },
    /// A traditional character stands in two lines.
    #[error("line {line}: {character:?} already stands in a line above; keep one of the two")]
    Twice {
        /// The line's number, from 1.
        line: usize,
        /// The traditional character.
        character: char,
    },
}

/// A point from which the difference between folded and original offsets is another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Break {
    folded: u32,
    original: u32,
    /// From here to the next break, the folded text stands for the original as a whole, not byte for byte.
    whole: bool,
}

impl Folding {
    /// Builds the tables. `traditional_simplified` holds one pair a line: the traditional character, a tab, the
    /// simplified one; empty lines and lines that begin with `#` are passed over.
    ///
    /// # Errors
    /// A line that is not such a pair, or a traditional character that stands there twice.
    pub fn new(traditional_simplified: &str) -> Result<Self, FoldingError> {
        let simplified = read_pairs(traditional_simplified)?;
        let mut folding =
            Self { basic: vec![KEEP; 0x1_0000], beyond: FxHashMap::default(), expansions: Vec::new(), simplified };
        // Han, Hangul syllables and private use, which Unicode's mappings leave alone, are left out; so are the planes
        // above the first, but for the compatibility ideographs and the invisible tags.
        let mapped = [0..=0x33FF, 0xA000..=0xABFF, 0xD7A4..=0xD7FF, 0xF900..=0x1_FFFF, 0x2_F800..=0x2_FA1F];
        let invisible = 0xE_0000..=0xE_01EF;
        let pairs: Vec<u32> = folding.simplified.keys().map(|&c| u32::from(c)).collect();
        for c in mapped.into_iter().flatten().chain(invisible).chain(pairs).filter_map(char::from_u32) {
            let entry = folding.work_out(c);
            match folding.basic.get_mut(c as usize) {
                Some(place) => *place = entry,
                None if entry != KEEP => _ = folding.beyond.insert(c, entry),
                None => {}
            }
        }
        Ok(folding)
    }

    /// Folds a text and keeps its way back.
    pub fn fold(&self, original: &str) -> Folded {
        let mut folded = Folded { text: String::with_capacity(original.len()), breaks: Vec::new() };
        let bytes = original.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let plain = plain_length(&bytes[at..]);
            folded.text.push_str(&original[at..at + plain]);
            let run = folded.text.len() - plain;
            folded.text[run..].make_ascii_lowercase();
            at += plain;

            let mut behind_plain = plain > 0;
            loop {
                let kept = self.kept_length(&original[at..]);
                if kept > 0 {
                    folded.text.push_str(&original[at..at + kept]);
                    at += kept;
                    behind_plain = false;
                }
                let Some(c) = original[at..].chars().next().filter(|&c| !is_plain(c)) else { break };
                let entry = self.entry(c);
                let mut start = at;
                at += c.len_utf8();
                if entry == EXTENDS && behind_plain {
                    // The mark belongs to the letter before it, which is one byte in both texts.
                    folded.text.pop();
                    start -= 1;
                }
                behind_plain = false;
                if entry == EXTENDS || self.extends_at(original, at) {
                    while self.extends_at(original, at) {
                        at += original[at..].chars().next().map_or(1, char::len_utf8);
                    }
                    let before = folded.text.len();
                    self.fold_segment(&original[start..at], &mut folded.text);
                    folded.stands_for(before, start, at);
                    continue;
                }
                match entry {
                    KEEP => folded.text.push(c),
                    _ => {
                        let before = folded.text.len();
                        self.push_entry(entry, &mut folded.text);
                        if entry >= DROP || folded.text.len() - before != at - start {
                            folded.stands_for(before, start, at);
                        }
                    }
                }
            }
        }
        folded
    }

    /// Folds a name of the lexicon in the same way.
    pub fn fold_pattern(&self, name: &str) -> String {
        self.fold(name).text
    }

    /// How many of the first bytes are Han characters that stay as they are, which is most of a Chinese text. What a mark might
    /// combine with is left out.
    fn kept_length(&self, text: &str) -> usize {
        let (characters, _) = text.as_bytes().as_chunks::<3>();
        let kept = characters.iter().take_while(|bytes| {
            let [first, second, third] = bytes.map(usize::from);
            let c = (first & 0x0F) << 12 | (second & 0x3F) << 6 | third & 0x3F;
            begins_common_han(*bytes) && self.basic.get(c) == Some(&KEEP)
        });
        let length = kept.count() * 3;
        if length > 0 && self.extends_at(text, length) { length - 3 } else { length }
    }

    /// Whether a character that combines with the one before it stands at this offset.
    fn extends_at(&self, original: &str, at: usize) -> bool {
        match original.as_bytes().get(at) {
            // ASCII and most Han never do: not worth decoding.
            None | Some(0..=0x7F | 0xE4..=0xE9) => false,
            Some(_) => original[at..].chars().next().is_some_and(|c| self.entry(c) == EXTENDS),
        }
    }

    /// What one character folds to where that is one character; else the character itself.
    pub fn fold_character(&self, c: char) -> char {
        match self.entry(c) {
            KEEP => c,
            entry => char::from_u32(entry).unwrap_or(c),
        }
    }

    fn entry(&self, c: char) -> u32 {
        match self.basic.get(c as usize) {
            Some(&entry) => entry,
            None => self.beyond.get(&c).copied().unwrap_or(KEEP),
        }
    }

    fn push_entry(&self, entry: u32, to: &mut String) {
        if entry & EXPAND != 0 {
            to.push_str(self.expansions.get((entry & !EXPAND) as usize).map_or("", |s| s));
        } else if let Some(c) = char::from_u32(entry) {
            to.push(c);
        }
    }

    /// What a character folds to when it stands alone.
    fn work_out(&mut self, c: char) -> u32 {
        let extends = c.nfkd().next().is_some_and(|first| {
            canonical_combining_class(first) != 0
                || is_nfc_quick(std::iter::once(first)) != unicode_normalization::IsNormalized::Yes
        });
        if extends {
            return EXTENDS;
        }
        let mut folded = String::new();
        self.fold_segment(c.encode_utf8(&mut [0; 4]), &mut folded);
        let mut chars = folded.chars();
        match (chars.next(), chars.next()) {
            (None, _) => DROP,
            (Some(same), None) if same == c => KEEP,
            (Some(other), None) => u32::from(other),
            _ => {
                self.expansions.push(folded.into());
                EXPAND | (self.expansions.len() - 1) as u32
            }
        }
    }

    /// Folds a character and the marks that combine with it, by the rules themselves.
    fn fold_segment(&self, segment: &str, to: &mut String) {
        let mut alone = segment.nfc();
        if let (Some(sign @ ('™' | '℠')), None) = (alone.next(), alone.next()) {
            // Unfolded, the sign would become part of the word before it: `Inconel™` is not `Inconeltm`.
            return to.push(sign);
        }
        let ours: String = segment.nfc().map(|c| quote_or_dash(c).unwrap_or(c)).collect();
        for c in ours.nfkc() {
            if c == '\n' {
                to.push('\n');
            } else if c.is_whitespace() {
                to.push(' ');
            } else if !is_dropped(c) {
                for lower in c.to_lowercase().filter(|&c| !is_dropped(c)) {
                    let plain = lower.nfd().next().unwrap_or(lower);
                    match base_letter(plain) {
                        Some(base) => to.push_str(base),
                        None if plain.is_ascii_lowercase() => to.push(plain),
                        None => to.push(self.simplified.get(&lower).copied().unwrap_or(lower)),
                    }
                }
            }
        }
    }
}

impl Folded {
    /// The original text's bytes that a range of the folded text's bytes stands for. A range that begins or ends within
    /// what one original character became is widened to the whole character; dropped characters at the edges are left out.
    pub fn span_to_original(&self, start: usize, end: usize) -> Span {
        let (start, end) = (start as u32, end as u32);
        let first = self.breaks.partition_point(|b| b.folded <= start);
        let from = match first.checked_sub(1).map(|i| self.breaks[i]) {
            None => start,
            Some(piece) if piece.whole => piece.original,
            Some(piece) => piece.original + (start - piece.folded),
        };
        let last = self.breaks.partition_point(|b| b.folded < end);
        let to = match last.checked_sub(1).map(|i| self.breaks[i]) {
            None => end,
            Some(piece) if piece.whole => self.breaks.get(last).map_or(piece.original, |next| next.original),
            Some(piece) => piece.original + (end - piece.folded),
        };
        Span { start: from, end: to.max(from) }
    }

    /// Where an original byte offset lies in the folded text; an offset within a character that was unfolded or dropped
    /// counts as its beginning.
    pub fn to_folded(&self, original: u32) -> usize {
        let next = self.breaks.partition_point(|b| b.original <= original);
        let limit = self.breaks.get(next).map_or(self.text.len(), |b| b.folded as usize);
        let folded = match next.checked_sub(1).map(|i| self.breaks[i]) {
            None => original,
            Some(piece) if piece.whole => piece.folded,
            Some(piece) => piece.folded + (original - piece.original),
        };
        (folded as usize).min(limit)
    }

    /// Notes that the folded text from `before` to its end stands, as a whole, for `start..end` of the original.
    fn stands_for(&mut self, before: usize, start: usize, end: usize) {
        let after = self.text.len();
        if before < after {
            self.break_at(before, start, true);
        }
        self.break_at(after, end, false);
    }

    fn break_at(&mut self, folded: usize, original: usize, whole: bool) {
        let new = Break { folded: folded as u32, original: original as u32, whole };
        match self.breaks.as_mut_slice() {
            [.., last] if last.folded == new.folded && last.original == new.original => *last = new,
            // Of a row of dropped characters only its beginning and its end count.
            [.., first, last] if first.folded == new.folded && last.folded == new.folded => *last = new,
            _ => self.breaks.push(new),
        }
    }
}

/// How many of the first bytes are plain.
fn plain_length(bytes: &[u8]) -> usize {
    // By blocks, so that the compiler can use vector instructions.
    let blocks = bytes.chunks_exact(16).take_while(|block| block.iter().fold(true, |all, &b| all & is_plain_byte(b)));
    let whole = blocks.count() * 16;
    whole + bytes[whole..].iter().take_while(|&&b| is_plain_byte(b)).count()
}

/// ASCII that is only made lower-case: all but the white space that becomes a space.
fn is_plain_byte(byte: u8) -> bool {
    byte < 0x80 && !(b'\x0B'..=b'\r').contains(&byte) && byte != b'\t'
}

fn is_plain(c: char) -> bool {
    u8::try_from(c).is_ok_and(is_plain_byte)
}

fn quote_or_dash(c: char) -> Option<char> {
    match c {
        '‘' | '’' | '‚' | '‛' | '′' | '‵' | '´' | 'ʻ' | 'ʼ' | 'ʹ' | '‹' | '›' => Some('\''),
        '“' | '”' | '„' | '‟' | '″' | '‶' | '«' | '»' | '〝' | '〞' | '〟' => Some('"'),
        '\u{2010}'..='\u{2015}' | '−' | '⸺' | '⸻' | '─' | '━' | '﹘' | '﹣' | '－' => Some('-'),
        _ => None,
    }
}

/// Characters without a shape of their own, and the diacritics that composition has left over.
fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{640}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E01EF}'
        | '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// Letters that Unicode does not decompose though readers take them for variants of others.
fn base_letter(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ŧ' => "t",
        'ı' => "i",
        'þ' => "th",
        'ς' => "σ",
        _ => return None,
    })
}

fn read_pairs(tsv: &str) -> Result<FxHashMap<char, char>, FoldingError> {
    let mut pairs = FxHashMap::default();
    for (number, line) in tsv.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
    {
        let line_number = number + 1;
        let pair = line.trim_end().split_once('\t').and_then(|(from, to)| Some((only_char(from)?, only_char(to)?)));
        let Some((traditional, simplified)) = pair else {
            return Err(FoldingError::NotAPair { line: line_number, found: line.chars().take(40).collect() });
        };
        if pairs.insert(traditional, simplified).is_some() {
            return Err(FoldingError::Twice { line: line_number, character: traditional });
        }
    }
    Ok(pairs)
}

fn only_char(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}
