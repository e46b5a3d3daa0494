//! What languages write together with a name in one word: the ال of Arabic, the `preis` of `Kupferpreis`.

use super::entries::Scope;
use super::find::is_word_char;
use crate::text::{Folding, Language, Languages};
use rustc_hash::FxHashMap;

/// Prefixes and endings by language, folded.
pub(super) struct Affixes(FxHashMap<Language, OfLanguage>);

struct OfLanguage {
    prefixes: Vec<String>,
    endings: Vec<String>,
}

impl Affixes {
    /// Those that the languages' lists name.
    pub(super) fn new(languages: &Languages, folding: &Folding) -> Self {
        let folded = |affixes: &[String]| affixes.iter().map(|affix| folding.fold_pattern(affix)).collect();
        let of_language = |language: Language| OfLanguage {
            prefixes: folded(languages.prefixes(language)),
            endings: folded(languages.endings(language)),
        };
        let all = languages.all().map(|language| (language, of_language(language)));
        Self(all.filter(|(_, affixes)| !affixes.prefixes.is_empty() || !affixes.endings.is_empty()).collect())
    }

    /// Whether names of this scope may have any.
    pub(super) fn has(&self, scope: Scope) -> bool {
        self.of(scope).is_some()
    }

    /// Whether what stands before the name in its word is one of its language's prefixes.
    pub(super) fn hold_before(&self, scope: Scope, before: &str) -> bool {
        let ends_so = |prefix: &String| before.strip_suffix(prefix.as_str()).is_some_and(|rest| !ends_in_word(rest));
        self.of(scope).is_some_and(|affixes| affixes.prefixes.iter().any(ends_so))
    }

    /// Whether what stands after the name in its word is one of its language's endings.
    pub(super) fn hold_after(&self, scope: Scope, after: &str) -> bool {
        let begins_so = |ending: &String| after.strip_prefix(ending.as_str()).is_some_and(|rest| !begins_in_word(rest));
        // Most of many are told by one byte.
        let may_begin = |ending: &&String| ending.as_bytes().first() == after.as_bytes().first();
        self.of(scope).is_some_and(|affixes| affixes.endings.iter().filter(may_begin).any(begins_so))
    }

    fn of(&self, scope: Scope) -> Option<&OfLanguage> {
        self.0.get(&scope.language()?)
    }
}

fn ends_in_word(text: &str) -> bool {
    text.chars().next_back().is_some_and(is_letter)
}

fn begins_in_word(text: &str) -> bool {
    text.chars().next().is_some_and(is_letter)
}

/// Letters of alphabets, and of Hangul, whose words are parted by spaces too.
fn is_letter(c: char) -> bool {
    is_word_char(c) || ('\u{AC00}'..='\u{D7A3}').contains(&c)
}
