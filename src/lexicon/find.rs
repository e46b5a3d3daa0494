//! The automaton: one pass over a folded text finds every pattern of every language.

use super::affixes::Affixes;
use super::entries::{Reading, What, Written};
use crate::text::{Folded, Span};
use daachorse::charwise::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder};
use smallvec::SmallVec;
use unicode_script::{Script, UnicodeScript};

/// A reading of words in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit<'l> {
    /// The mention, in bytes of the original.
    pub span: Span,
    /// The mention, in bytes of the folded text.
    pub folded: Span,
    /// What it may be.
    pub reading: &'l Reading,
}

/// Most patterns have one.
type Readings = SmallVec<[Reading; 1]>;
/// A folded pattern with its readings.
pub(super) type Entry = (String, Readings);

/// The compiled patterns.
pub(super) struct Patterns {
    automaton: CharwiseDoubleArrayAhoCorasick<u32>,
    /// Those of a pattern stand together.
    readings: Vec<OfPattern>,
    spellings: Vec<String>,
    affixes: Affixes,
    /// The patterns as text, a line each: the automaton itself does not keep them.
    texts: String,
}

/// A reading of a pattern.
struct OfPattern {
    reading: Reading,
    /// How many the pattern has, from this one on.
    left: u16,
    /// One of the pattern's readings is of a language that writes names together with other words.
    affixed: bool,
    /// One of them is a word of measure, which may be written together with a figure: `24kt`, `USD20`.
    measured: bool,
}

/// What the automaton reports: where a pattern's readings begin, and what may not stand beside it. Most hits are a part of another
/// word, and need no look at the readings themselves.
struct Found {
    first: usize,
    start: Edge,
    end: Edge,
    /// The pattern is read as a part of some other words all the same.
    joins: bool,
}

impl Found {
    const EDGES: [Edge; 4] = [Edge::Open, Edge::Word, Edge::Katakana, Edge::Hangul];

    fn to_value(&self) -> Option<u32> {
        let edges = u32::from(self.joins) << 4 | (self.start as u32) << 2 | self.end as u32;
        Some(u32::try_from(self.first).ok()?.checked_mul(1 << 5)? | edges)
    }

    fn from_value(value: u32) -> Self {
        let edge = |bits: u32| Self::EDGES[bits as usize & 3];
        Self { first: (value >> 5) as usize, start: edge(value >> 2), end: edge(value), joins: value & 1 << 4 != 0 }
    }
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
    /// Compiles (folded pattern, readings) pairs; patterns are unique and not empty, and each has a reading.
    pub(super) fn new(entries: Vec<Entry>, spellings: Vec<String>, affixes: Affixes) -> Result<Self, String> {
        let mut readings = Vec::with_capacity(entries.len());
        let mut names = Vec::with_capacity(entries.len());
        let mut values = Vec::with_capacity(entries.len());
        for (name, its_readings) in entries {
            let affixed = its_readings.iter().any(|reading| affixes.has(reading.scope));
            let measured = its_readings.iter().any(|reading| matches!(reading.what, What::Measure(_)));
            let found = Found {
                first: readings.len(),
                start: name.chars().next().map_or(Edge::Open, Edge::of),
                end: name.chars().next_back().map(Edge::of).filter(|edge| *edge != Edge::Hangul).unwrap_or(Edge::Open),
                joins: affixed || measured,
            };
            values.push(found.to_value().ok_or("too many names")?);
            let count = u16::try_from(its_readings.len()).map_err(|_| format!("too many readings of {name}"))?;
            let counted = (1..=count).rev().zip(its_readings);
            readings.extend(counted.map(|(left, reading)| OfPattern { reading, left, affixed, measured }));
            names.push(name);
        }
        let automaton = CharwiseDoubleArrayAhoCorasickBuilder::new()
            .build_with_values(names.iter().zip(values))
            .map_err(|error| error.to_string())?;
        // no pattern holds a line feed: `spaced` has made it a space
        Ok(Self { automaton, readings, spellings, affixes, texts: names.join("\n") })
    }

    /// Every reading in a folded text whose word boundaries and spelling hold, in the order in which they end.
    pub(super) fn find<'l>(&'l self, folded: &Folded, haystack: &str, original: &str, mut found: impl FnMut(Hit<'l>)) {
        let bytes = haystack.as_bytes();
        for hit in self.automaton.find_overlapping_iter(haystack) {
            let Found { first, start: start_edge, end: end_edge, joins } = Found::from_value(hit.value());
            let (start, end) = (hit.start(), hit.end());
            let joined_before =
                start > 0 && start_edge.joins(bytes[start - 1], || haystack[..start].chars().next_back());
            if joined_before && !joins {
                continue;
            }
            let joined_after = end < bytes.len() && end_edge.joins(bytes[end], || haystack[end..].chars().next());
            let joined = joined_before || joined_after;
            if joined && !joins {
                continue;
            }
            let pattern = &self.readings[first];
            let (before, after) = if joined { (&haystack[..start], &haystack[end..]) } else { ("", "") };
            let by_figure = joined && pattern.measured && is_by_figure((joined_before, before), (joined_after, after));
            if joined && !(pattern.affixed || by_figure) {
                continue;
            }
            let mut whole = None;
            for OfPattern { reading, .. } in &self.readings[first..first + usize::from(pattern.left)] {
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
                let written = || &original[span.start as usize..span.end as usize];
                if self.is_written_so(written, reading.written) {
                    found(Hit { span, folded: Span { start: from as u32, end: to as u32 }, reading });
                }
            }
        }
    }

    /// How many patterns there are.
    pub(super) fn len(&self) -> usize {
        self.texts.lines().count()
    }

    fn is_written_so<'t>(&self, written: impl Fn() -> &'t str, how: Written) -> bool {
        match how {
            Written::Any => true,
            Written::Capitalised(spelling) => is_capitalised_like(written(), &self.spellings[spelling as usize]),
            Written::Exactly(spelling) => written() == self.spellings[spelling as usize],
        }
    }
}

impl super::Lexicon {
    /// Reports every reading in a folded text whose word boundaries and spelling hold, in the order in which they end.
    ///
    /// `haystack` is the folded text with hyphens and line feeds made spaces ([`super::Lexicon::haystack`]).
    pub fn find<'l>(&'l self, folded: &Folded, haystack: &str, original: &str, found: impl FnMut(Hit<'l>)) {
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
    fn joins(self, byte: u8, character: impl FnOnce() -> Option<char>) -> bool {
        match self {
            Self::Open => false,
            _ if byte.is_ascii() => self == Self::Word && (byte.is_ascii_alphanumeric() || byte == b'$'),
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
    // Most others are told by their first letter: a common word that is a town's name as well.
    if written.starts_with(|c: char| c.is_ascii_lowercase()) && listed.starts_with(|c: char| c.is_ascii_uppercase()) {
        return false;
    }
    let first_letters = |text: &'_ str| {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.filter_map(|word| word.chars().next()).collect::<SmallVec<[char; 8]>>()
    };
    let (found, wanted) = (first_letters(written), first_letters(listed));
    let checked = if found.len() == wanted.len() { wanted.len() } else { 1 };
    found.iter().zip(&wanted).take(checked).all(|(found, wanted)| !found.is_lowercase() || wanted.is_lowercase())
}

/// Hyphens and line feeds made spaces, byte for byte.
pub(super) fn spaced(folded: &str) -> String {
    let mut spaced = String::with_capacity(folded.len());
    for at in memchr::memchr2_iter(b'-', b'\n', folded.as_bytes()) {
        spaced.push_str(&folded[spaced.len()..at]);
        spaced.push(' ');
    }
    spaced.push_str(&folded[spaced.len()..]);
    spaced
}

/// Most of Chinese: letters that the tables need not be asked about.
pub(crate) fn is_common_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}')
}

/// Whether a character is a letter of a script without spaces between words.
pub(crate) fn is_unspaced(c: char) -> bool {
    match c {
        _ if is_common_han(c) => true,
        // The commonest signs.
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
