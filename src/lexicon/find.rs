//! The automaton: one pass over a folded text finds every pattern of every language.

use super::affixes::Affixes;
use super::entries::{Reading, What, Written};
use crate::text::{Folded, Span};
use daachorse::charwise::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder};
use smallvec::SmallVec;
use std::ops::Range;
use unicode_script::{Script, UnicodeScript};

/// A reading of words in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The mention, in bytes of the original.
    pub span: Span,
    /// The mention, in bytes of the folded text.
    pub folded: Span,
    /// What it may be.
    pub reading: Reading,
}

/// Most patterns have one.
type Readings = SmallVec<[Reading; 1]>;
/// A folded pattern with its readings.
pub(super) type Entry = (String, Readings);

/// The compiled patterns.
pub(super) struct Patterns {
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
    patterns: Vec<Pattern>,
    readings: Vec<Reading>,
    spellings: Vec<String>,
    affixes: Affixes,
    /// The patterns as text, a line each: the automaton itself does not keep them.
    texts: String,
}

struct Pattern {
    readings: Range<u32>,
    start: Edge,
    end: Edge,
    /// One of its readings is of a language that writes names together with other words.
    affixed: bool,
    /// One of its readings is a word of measure, which may be written together with a figure: `24kt`, `USD20`.
    measured: bool,
}

/// What may not stand directly before or after a name, lest it be a part of another word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    /// Anything may: scripts without spaces between words.
    Open,
    /// Letters and digits of alphabets.
    Word,
    /// Katakana: チリ is no part of チリソース.
    Katakana,
    /// Hangul, before a name: words begin after a space, while endings follow without one.
    Hangul,
}

impl Patterns {
    /// Compiles (folded pattern, readings) pairs; patterns are unique and not empty.
    pub(super) fn new(entries: Vec<Entry>, spellings: Vec<String>, affixes: Affixes) -> Result<Self, String> {
        let mut patterns = Vec::with_capacity(entries.len());
        let mut readings = Vec::with_capacity(entries.len());
        let mut names = Vec::with_capacity(entries.len());
        for (name, its_readings) in entries {
            let start = readings.len();
            readings.extend(its_readings);
            patterns.push(Pattern {
                start: name.chars().next().map_or(Edge::Open, Edge::of),
                end: name.chars().next_back().map(Edge::of).filter(|edge| *edge != Edge::Hangul).unwrap_or(Edge::Open),
                affixed: readings[start..].iter().any(|reading| affixes.has(reading.scope)),
                measured: readings[start..].iter().any(|reading| matches!(reading.what, What::Measure(_))),
                readings: start as u32..readings.len() as u32,
            });
            names.push(name);
        }
        let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .build_with_values(names.iter().zip(0u32..))
            .map_err(|error| error.to_string())?;
        // no pattern holds a line feed: `spaced` has made it a space
        Ok(Self { automaton, patterns, readings, spellings, affixes, texts: names.join("\n") })
    }

    /// Every reading in a folded text whose word boundaries and spelling hold, in the order in which they end.
    pub(super) fn find(&self, folded: &Folded, haystack: &str, original: &str, mut found: impl FnMut(Hit)) {
        for hit in self.automaton.find_overlapping_iter(haystack) {
            let pattern = &self.patterns[hit.value() as usize];
            let (start, end) = (hit.start(), hit.end());
            let (before, after) = (&haystack[..start], &haystack[end..]);
            let joined_before = pattern.start.joins(before.as_bytes().last(), || before.chars().next_back());
            let joined_after = pattern.end.joins(after.as_bytes().first(), || after.chars().next());
            let joined = joined_before || joined_after;
            if joined && !(pattern.affixed || pattern.measured) {
                continue;
            }
            let by_figure = joined && pattern.measured && is_by_figure((joined_before, before), (joined_after, after));
            if joined && !(pattern.affixed || by_figure) {
                continue;
            }
            let mut whole = None;
            for reading in &self.readings[pattern.readings.start as usize..pattern.readings.end as usize] {
                let part_of_another = joined_before && !self.affixes.hold_before(reading.scope, before)
                    || joined_after && !self.affixes.hold_after(reading.scope, after);
                if part_of_another && !(by_figure && matches!(reading.what, What::Measure(_))) {
                    continue;
                }
                let (from, to) = (start + reading.part.0 as usize, start + reading.part.1 as usize);
                let span = match whole {
                    Some((range, span)) if range == (from, to) => span,
                    _ => folded.span_to_original(from, to),
                };
                whole = Some(((from, to), span));
                let written = &original[span.start as usize..span.end as usize];
                if self.is_written_so(written, reading.written) {
                    found(Hit { span, folded: Span { start: from as u32, end: to as u32 }, reading: *reading });
                }
            }
        }
    }

    /// How many patterns there are.
    pub(super) fn len(&self) -> usize {
        self.patterns.len()
    }

    fn is_written_so(&self, written: &str, how: Written) -> bool {
        match how {
            Written::Any => true,
            Written::Capitalised(spelling) => is_capitalised_like(written, &self.spellings[spelling as usize]),
            Written::Exactly(spelling) => written == self.spellings[spelling as usize],
        }
    }
}

impl super::Lexicon {
    /// Reports every reading in a folded text whose word boundaries and spelling hold, in the order in which they end.
    ///
    /// `haystack` is the folded text with hyphens and line feeds made spaces ([`super::Lexicon::haystack`]).
    pub fn find(&self, folded: &Folded, haystack: &str, original: &str, found: impl FnMut(Hit)) {
        self.patterns.find(folded, haystack, original, found);
    }

    /// The text as the patterns were made: a hyphen and a line feed count as the space that a name is written with.
    pub fn haystack(folded: &Folded) -> String {
        spaced(&folded.text)
    }

    /// Number of distinct patterns over all languages.
    pub fn pattern_count(&self) -> usize {
        self.patterns.len()
    }

    /// Every distinct pattern over all languages, folded as texts are before they are matched.
    pub fn patterns(&self) -> impl Iterator<Item = &str> {
        self.patterns.texts.lines()
    }
}

impl Edge {
    fn of(c: char) -> Self {
        match c.is_ascii() {
            true if c.is_ascii_alphanumeric() => Self::Word,
            true => Self::Open,
            false if c == 'ー' || c.script() == Script::Katakana => Self::Katakana,
            false if c.script() == Script::Hangul => Self::Hangul,
            false if is_word_char(c) => Self::Word,
            false => Self::Open,
        }
    }

    /// Whether a name with this edge and the character beside it would be one word, or the sign of a currency (`US$64`).
    /// Most are told by the byte beside it.
    fn joins(self, byte: Option<&u8>, character: impl FnOnce() -> Option<char>) -> bool {
        match byte {
            _ if self == Self::Open => false,
            Some(byte) if byte.is_ascii() => self == Self::Word && (byte.is_ascii_alphanumeric() || *byte == b'$'),
            _ => character().is_some_and(|c| self == Self::of(c)),
        }
    }
}

/// Whether what is joined to a word, on either side, is a figure: `24kt`, `USD20m`.
fn is_by_figure((joined_before, before): (bool, &str), (joined_after, after): (bool, &str)) -> bool {
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    (!joined_before || is_digit(before.as_bytes().last())) && (!joined_after || is_digit(after.as_bytes().first()))
}

/// Whether every word that the list capitalises is so in the text: `Energy Fuels` is no `energy fuels`.
pub(super) fn is_capitalised_like(written: &str, listed: &str) -> bool {
    if written == listed {
        return true;
    }
    let first_letters = |text: &'_ str| {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.filter_map(|word| word.chars().next()).collect::<smallvec::SmallVec<[char; 8]>>()
    };
    let (found, wanted) = (first_letters(written), first_letters(listed));
    let checked = if found.len() == wanted.len() { wanted.len() } else { 1 };
    found.iter().zip(&wanted).take(checked).all(|(found, wanted)| !found.is_lowercase() || wanted.is_lowercase())
}

/// Hyphens and line feeds made spaces, byte for byte.
pub(super) fn spaced(folded: &str) -> String {
    let spaced = folded.bytes().map(|byte| if matches!(byte, b'-' | b'\n') { b' ' } else { byte }).collect();
    // One ASCII byte for another: the text stays UTF-8.
    String::from_utf8(spaced).unwrap_or_else(|_| folded.to_owned())
}

/// Whether a character is a letter of a script without spaces between words.
pub(crate) fn is_unspaced(c: char) -> bool {
    match c {
        // Most of Chinese: the tables need not be asked.
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => true,
        '\0'..='\x7f' | '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3004}' | '！'..='＠' => false,
        _ => c.is_alphabetic() && !is_word_char(c),
    }
}

/// Whether a character belongs to words that are written between boundaries. Scripts without spaces between words
/// have no boundaries that could be asked for.
pub(crate) fn is_word_char(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    // Most of Chinese: the tables need not be asked.
    if matches!(c, '\u{3000}'..='\u{303f}' | '\u{3400}'..='\u{9fff}') {
        return false;
    }
    c.is_alphanumeric()
        && !matches!(
            c.script(),
            Script::Han | Script::Hiragana | Script::Katakana | Script::Hangul | Script::Thai | Script::Bopomofo
        )
}
