//! Common Chinese words: what tells, in a text without spaces, where a name begins and ends.

use rustc_hash::{FxHashMap, FxHashSet};

/// What a common Chinese word does in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, PartialOrd, Ord, Hash)]
#[serde(rename_all = "snake_case")]
pub enum HanClass {
    /// Speaks for a person or a body: 说, 表示, 写道.
    Said,
    /// Any other verb.
    Verb,
    /// Adverbs, prepositions, conjunctions, pronouns, words of time and number.
    Link,
    /// Says what the body or the person is whose name follows: 业主, 原告, 智库.
    Party,
    /// A line of business within a body's name: 矿业, 新材料, 物流.
    Trade,
    /// Part of a name that is written like a common word: 乌云, 达瓦.
    Name,
    /// Any other word.
    Noun,
}

/// Common Chinese words in simplified characters, by class.
#[derive(Clone, Debug, Default)]
pub struct HanWords {
    classes: HanTable<HanClass>,
    /// Function words, which no given name holds.
    pub never_given: FxHashSet<char>,
    /// Characters that a given name holds only where a title stands before it.
    pub seldom_given: FxHashSet<char>,
}

impl HanWords {
    /// Most characters of a word.
    pub const LONGEST: usize = LONGEST;

    /// Adds a word, if it is no longer than [`Self::LONGEST`]; the class that it was added with first stays.
    pub(super) fn add(&mut self, word: &str, class: HanClass) -> bool {
        self.classes.add(word, class)
    }

    /// The class of a word.
    pub fn class(&self, word: &[char]) -> Option<HanClass> {
        self.classes.get(word)
    }

    /// The words, for look-ups at many places of a text.
    pub fn classes(&self) -> &HanTable<HanClass> {
        &self.classes
    }
}

/// Most characters of a word in a [`HanTable`].
const LONGEST: usize = 4;

/// Words of up to four characters, each with what is known of it. It is asked at nearly every character of a text, so most
/// look-ups end at the first character of a word, and most others at the first two.
#[derive(Clone, Debug)]
pub struct HanTable<T> {
    /// By one character.
    firsts: Vec<Known<T>>,
    /// By two to four: words, and the first two characters of longer ones.
    more: FxHashMap<u64, Known<T>>,
}

/// What is known of some characters.
#[derive(Clone, Copy, Debug)]
struct Known<T> {
    /// Where they are a word.
    word: Option<T>,
    /// A bit for each length that words have of which they are the first, themselves among them.
    lengths: u8,
}

impl<T> Default for Known<T> {
    fn default() -> Self {
        Self { word: None, lengths: 0 }
    }
}

impl<T> Default for HanTable<T> {
    fn default() -> Self {
        Self { firsts: Vec::new(), more: FxHashMap::default() }
    }
}

impl<T: Copy> HanTable<T> {
    /// Adds a word of one to four characters; what it was added with first stays. False for a word of another length.
    pub(super) fn add(&mut self, word: &str, value: T) -> bool {
        let characters: smallvec::SmallVec<[char; 8]> = word.chars().collect();
        let (Some(key), Some(&first)) = (key(&characters), characters.first()) else { return false };
        let first = first as usize;
        if self.firsts.len() <= first {
            self.firsts.resize(first + 1, Known::default());
        }
        let lengths = 1 << characters.len();
        self.firsts[first].lengths |= lengths;
        if let Some(pair) = characters.get(..2).and_then(self::key) {
            self.more.entry(pair).or_default().lengths |= lengths;
        }
        let known = if characters.len() == 1 { &mut self.firsts[first] } else { self.more.entry(key).or_default() };
        known.word.get_or_insert(value);
        true
    }

    /// What is known of a word.
    pub fn get(&self, word: &[char]) -> Option<T> {
        let first = self.first(*word.first()?);
        match word.len() {
            1 => first.word,
            length if first.lengths >> length.min(7) & 1 != 0 => self.more(word).word,
            _ => None,
        }
    }

    /// Whether any word begins with the character.
    pub fn may_begin(&self, first: char) -> bool {
        self.first(first).lengths != 0
    }

    /// The words of at least `shortest` characters that begin with the first of these, with their lengths; the longest first.
    pub fn words_in(&self, text: &[char], shortest: usize) -> impl Iterator<Item = (usize, T)> {
        let first = text.first().map_or_else(Known::default, |&first| self.first(first));
        let mut lengths = first.lengths & ((2 << text.len().min(LONGEST)) - 1) & (u8::MAX << shortest);
        let pair = if lengths > 2 { self.more(&text[..2]) } else { Known::default() };
        lengths &= pair.lengths | 2;
        std::iter::from_fn(move || {
            while lengths != 0 {
                let length = lengths.ilog2() as usize;
                lengths &= !(1 << length);
                let known = match length {
                    1 => first,
                    2 => pair,
                    _ => self.more(&text[..length]),
                };
                if let Some(value) = known.word {
                    return Some((length, value));
                }
            }
            None
        })
    }

    fn first(&self, first: char) -> Known<T> {
        self.firsts.get(first as usize).copied().unwrap_or_default()
    }

    fn more(&self, characters: &[char]) -> Known<T> {
        key(characters).and_then(|key| self.more.get(&key)).copied().unwrap_or_default()
    }
}

/// Four characters of sixteen bits: no string is needed for a look-up.
fn key(word: &[char]) -> Option<u64> {
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    word.iter().try_fold(0, |key, &c| Some(key << 16 | u64::from(u16::try_from(u32::from(c)).ok()?)))
}
