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
/// look-ups end at the first character of a word.
#[derive(Clone, Debug)]
pub struct HanTable<T> {
    values: FxHashMap<u64, T>,
    /// By the first character: a bit for each length that words with it have.
    lengths: Vec<u8>,
}

impl<T> Default for HanTable<T> {
    fn default() -> Self {
        Self { values: FxHashMap::default(), lengths: Vec::new() }
    }
}

impl<T: Copy> HanTable<T> {
    /// Adds a word of one to four characters; what it was added with first stays. False for a word of another length.
    pub(super) fn add(&mut self, word: &str, value: T) -> bool {
        let characters: smallvec::SmallVec<[char; 8]> = word.chars().collect();
        let (Some(key), Some(&first)) = (key(&characters), characters.first()) else { return false };
        self.values.entry(key).or_insert(value);
        let first = first as usize;
        if self.lengths.len() <= first {
            self.lengths.resize(first + 1, 0);
        }
        self.lengths[first] |= 1 << characters.len();
        true
    }

    /// What is known of a word.
    pub fn get(&self, word: &[char]) -> Option<T> {
        let has_length = self.lengths_from(*word.first()?) >> word.len().min(7) & 1 != 0;
        has_length.then(|| self.values.get(&key(word)?).copied()).flatten()
    }

    /// The words that begin with the first of these characters, with their lengths; the longest first.
    pub fn words_in(&self, text: &[char]) -> impl Iterator<Item = (usize, T)> {
        let longest = text.len().min(LONGEST);
        let mut lengths = text.first().map_or(0, |&first| self.lengths_from(first)) & ((2 << longest) - 1);
        std::iter::from_fn(move || {
            while lengths != 0 {
                let length = lengths.ilog2() as usize;
                lengths &= !(1 << length);
                if let Some(&value) = key(&text[..length]).and_then(|key| self.values.get(&key)) {
                    return Some((length, value));
                }
            }
            None
        })
    }

    fn lengths_from(&self, first: char) -> u8 {
        self.lengths.get(first as usize).copied().unwrap_or(0)
    }
}

/// Four characters of sixteen bits: no string is needed for a look-up.
fn key(word: &[char]) -> Option<u64> {
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    word.iter().try_fold(0, |key, &c| Some(key << 16 | u64::from(u16::try_from(u32::from(c)).ok()?)))
}
