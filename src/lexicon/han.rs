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
    classes: FxHashMap<u64, HanClass>,
    /// Function words, which no given name holds.
    pub never_given: FxHashSet<char>,
    /// Characters that a given name holds only where a title stands before it.
    pub seldom_given: FxHashSet<char>,
}

impl HanWords {
    /// Most characters of a word.
    pub const LONGEST: usize = 4;

    /// Adds a word, if it is no longer than [`Self::LONGEST`]; the class that it was added with first stays.
    pub(super) fn add(&mut self, word: &str, class: HanClass) -> bool {
        let characters: smallvec::SmallVec<[char; 8]> = word.chars().collect();
        key(&characters).map(|key| self.classes.entry(key).or_insert(class)).is_some()
    }

    /// The class of a word.
    pub fn class(&self, word: &[char]) -> Option<HanClass> {
        self.classes.get(&key(word)?).copied()
    }
}

/// Four characters of sixteen bits: words are looked up at every other character of a text, and need no string for it.
fn key(word: &[char]) -> Option<u64> {
    if word.is_empty() || word.len() > HanWords::LONGEST {
        return None;
    }
    word.iter().try_fold(0, |key, &c| Some(key << 16 | u64::from(u16::try_from(u32::from(c)).ok()?)))
}
