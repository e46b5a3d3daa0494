//! A text's fingerprint: what is left of it when only its words in their order count.

use super::StoryId;
use super::sketch::Sketch;
use crate::text::{Document, Folded, Token, TokenKind, begins_character};
use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_64;

/// Hashes of shingles that are kept. At half in common the estimate is off by 0.07 (standard deviation).
const SHINGLES_KEPT: usize = 48;
/// Hashes of figures that are kept; few texts have more.
const FIGURES_KEPT: usize = 24;
/// Units in a shingle that begins with a word, and in one that begins with a Han character: about the same amount of sense.
const WORDS: usize = 3;
const HAN: usize = 5;
/// A text of fewer words is a headline or a caption: too little to be told from another by what it resembles. A Han
/// character counts as half a word.
const LEAST_WORDS: usize = 15;

/// At least so much of the shorter text must be in the longer one: room for another headline, an agency's line and a few words
/// of the site's own.
const LEAST_CONTAINMENT: f64 = 0.6;
/// And at least so much of both must be common: a notice of two lines within a long round-up is not the round-up's story.
const LEAST_RESEMBLANCE: f64 = 0.25;
/// At least so many of the figures of the text that has fewer must be the other's too.
const LEAST_FIGURES: f64 = 0.6;
/// From so many figures on they decide; one alone may be the day of an agency's line.
const FEW_FIGURES: u32 = 2;

/// What a text looks like when spelling, punctuation and the site's own words are left out. The default is that of no text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// The hash of all that is left.
    exact: u64,
    /// Empty for a text that is too short to be known by anything but its letters.
    shingles: Sketch,
    figures: Sketch,
}

/// What is left of a text: words, figures and Han characters, in order, a space before each.
#[derive(Default)]
struct Units {
    text: Vec<u8>,
    /// Where each begins, and how many make a shingle from here on. It ends where the next one's space stands.
    units: Vec<(usize, usize)>,
    figures: Vec<u32>,
    half_words: usize,
}

impl Fingerprint {
    /// The fingerprint of a document. `left_out` says of a sentence, counted over all fields, that it is no part of the
    /// article: the words of the site around it.
    pub fn new(document: &Document<'_>, left_out: impl Fn(usize) -> bool) -> Self {
        let bytes: usize = document.fields.iter().map(|field| field.folded.text.len()).sum();
        // About as much as most texts need: a space before each word, or before each Han character.
        let mut units = Units {
            text: Vec::with_capacity(bytes + bytes / 3),
            units: Vec::with_capacity(bytes / 3),
            ..Units::default()
        };
        let mut number = 0;
        for field in &document.fields {
            for sentence in &field.sentences {
                if !left_out(number) {
                    units.add_sentence(&field.folded, field.tokens_of(sentence));
                }
                number += 1;
            }
        }
        if units.units.is_empty() {
            // Nothing but signs or the site's words: then these are what tells it from others.
            document.fields.iter().for_each(|field| units.text.extend_from_slice(field.original.as_bytes()));
        }
        units.fingerprint()
    }

    /// The name of the story that an article with this fingerprint founds.
    pub fn story(&self) -> StoryId {
        StoryId(self.exact)
    }

    /// Whether the other text is the same to the letter.
    pub(super) fn is_copy_of(&self, other: &Self) -> bool {
        self.exact == other.exact
    }

    /// How much of the shorter text is in the longer one, from 0 to 1, where that is enough for both to tell one story.
    pub(super) fn same_story(&self, other: &Self) -> Option<f64> {
        let words = self.shingles.overlap(&other.shingles, SHINGLES_KEPT);
        if words.containment < LEAST_CONTAINMENT || words.resemblance < LEAST_RESEMBLANCE {
            return None;
        }
        let decide = self.figures.size().min(other.figures.size()) >= FEW_FIGURES;
        let figures = self.figures.overlap(&other.figures, FIGURES_KEPT);
        (!decide || figures.containment >= LEAST_FIGURES).then_some(words.containment)
    }

    /// The smallest hashes: texts that have much in common have some of these in common.
    pub(super) fn bands(&self, count: usize) -> &[u32] {
        let smallest = self.shingles.smallest();
        &smallest[..smallest.len().min(count)]
    }
}

impl Units {
    fn add_sentence(&mut self, folded: &Folded, tokens: &[Token]) {
        for token in tokens {
            let add = match token.kind {
                TokenKind::Word(_) => Self::add_word,
                TokenKind::Number => Self::add_figure,
                TokenKind::Han => Self::add_han,
                TokenKind::Citation | TokenKind::Punctuation(_) => continue,
            };
            let (start, end) = (folded.to_folded(token.span.start), folded.to_folded(token.span.end));
            add(self, folded.text.as_bytes().get(start..end).unwrap_or_default());
        }
    }

    fn add_word(&mut self, word: &[u8]) {
        self.begin(WORDS);
        self.text.extend_from_slice(word);
        self.half_words += 2;
    }

    /// `1,234.5` and `1234.5` are the same figure.
    fn add_figure(&mut self, figure: &[u8]) {
        let start = self.begin(WORDS);
        self.text.extend(figure.iter().filter(|byte| !matches!(byte, b',' | b'\'' | b' ')));
        self.figures.push(hash(&self.text[start..]) as u32);
        self.half_words += 2;
    }

    fn add_han(&mut self, run: &[u8]) {
        let mut rest = run;
        while let [first, ..] = rest {
            self.half_words += 1;
            // Nearly all take three bytes.
            if let [0xE0..=0xEF, second, third, after @ ..] = rest {
                self.units.push((self.text.len() + 1, HAN));
                self.text.extend_from_slice(&[b' ', *first, *second, *third]);
                rest = after;
            } else {
                let length = 1 + rest[1..].iter().take_while(|&&byte| !begins_character(byte)).count();
                self.begin(HAN);
                self.text.extend_from_slice(&rest[..length]);
                rest = &rest[length..];
            }
        }
    }

    /// Begins a unit; where it begins.
    fn begin(&mut self, shingle: usize) -> usize {
        // A space parts units, so that no two rows of units look the same.
        self.text.push(b' ');
        let start = self.text.len();
        self.units.push((start, shingle));
        start
    }

    fn fingerprint(mut self) -> Fingerprint {
        let exact = hash(&self.text);
        let mut shingles = Vec::new();
        if self.half_words >= 2 * LEAST_WORDS {
            shingles.reserve(self.units.len());
            // As if one more began behind the last.
            self.units.push((self.text.len() + 1, HAN));
            for (place, &(start, length)) in self.units.iter().enumerate() {
                if let Some((next, _)) = self.units.get(place + length) {
                    shingles.push(hash(&self.text[start..next - 1]) as u32);
                }
            }
        }
        let shingles = Sketch::new(shingles, SHINGLES_KEPT);
        let figures = if shingles.size() == 0 { Vec::new() } else { self.figures };
        Fingerprint { exact, shingles, figures: Sketch::new(figures, FIGURES_KEPT) }
    }
}

/// XXH3: its values are laid down by its specification, so that fingerprints can be kept.
fn hash(text: &[u8]) -> u64 {
    XxHash3_64::oneshot(text)
}
