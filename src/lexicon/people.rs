//! Words that help to tell a person's name.

use rustc_hash::FxHashSet;

/// Word lists for the names of people. All words are folded; Chinese ones are simplified.
#[derive(Clone, Debug, Default)]
pub struct PeopleLists {
    /// Chinese surnames, of one or two characters.
    pub surnames_zh: FxHashSet<String>,
    /// Characters with which Chinese writes foreign names.
    pub transliteration_zh: FxHashSet<char>,
    /// Given names in Latin letters.
    pub given_names: FxHashSet<String>,
    /// Words that are no part of a name.
    pub not_names: FxHashSet<String>,
    /// Length of the longest entry of `not_names`, in characters.
    pub longest_not_name: usize,
}
