//! Words that help to tell a person's name.

use super::HanTable;
use memchr::memmem::Finder;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Deserializer};

/// Word lists for the names of people. All words are folded; Chinese ones are simplified.
#[derive(Clone, Debug, Default)]
pub struct PeopleLists {
    /// Chinese surnames, of one to four characters.
    pub surnames_zh: HanTable<()>,
    /// Characters with which Chinese writes foreign names.
    pub transliteration_zh: FxHashSet<char>,
    /// Frequent given names in Latin letters: with a capitalised word after it, each makes a person.
    pub given_names: FxHashSet<String>,
    /// Given names and surnames of many countries in Latin letters, without accents: hints.
    pub latin_names: FxHashMap<String, NameUse>,
    /// Words around a name in Latin letters.
    pub contexts: NameContexts,
    /// Words that are no part of a name.
    pub not_names: FxHashSet<String>,
    /// Length of the longest entry of `not_names`, in characters.
    pub longest_not_name: usize,
}

impl PeopleLists {
    /// Whether a folded word is no part of a name. In the list, `#` stands for any figures: `fy#` is `fy26`.
    pub fn is_no_name(&self, word: &str) -> bool {
        self.not_names.contains(word)
            || word.bytes().any(|byte| byte.is_ascii_digit()) && self.not_names.contains(&without_figures(word))
    }
}

/// A word with `#` for each of its figures.
fn without_figures(word: &str) -> String {
    let mut plain = String::with_capacity(word.len());
    for c in word.chars() {
        match c.is_ascii_digit() {
            true if plain.ends_with('#') => {}
            true => plain.push('#'),
            false => plain.push(c),
        }
    }
    plain
}

/// What a word may be in a person's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameUse {
    /// A given name.
    Given,
    /// A surname.
    Surname,
    /// Either.
    Both,
}

impl NameUse {
    /// Whether the word is somebody's given name.
    pub fn is_given(self) -> bool {
        self != Self::Surname
    }

    /// Whether the word is somebody's surname.
    pub fn is_surname(self) -> bool {
        self != Self::Given
    }
}

/// Words around a proper name that tell a person from a body and both from a thing: `people/name-contexts.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct NameContexts {
    /// Kin, occupations, parts that people play.
    pub person_noun: FxHashSet<String>,
    /// What people do.
    pub person_verb: FxHashSet<String>,
    /// Of these, what bodies do as well.
    pub shared_verb: FxHashSet<String>,
    /// Kinds of bodies.
    pub organisation_noun: FxHashSet<String>,
    /// What bodies do.
    pub organisation_verb: FxHashSet<String>,
    /// Of these, what makes a body of an unknown word.
    pub firm_verb: FxHashSet<String>,
    /// The two words directly before the name of a body.
    pub organisation_before: FxHashSet<String>,
    /// Words by which Chinese tells a law or a report from a work of art, both in 《》.
    pub document_zh: FxHashSet<String>,
    /// Words for times, which have a capital letter without being part of a name.
    pub time_word: FxHashSet<String>,
    /// Names of places that are given names as well.
    pub place_given: FxHashSet<String>,
    /// What stands in towns and landscapes under a name that any word may be.
    pub street_noun: FxHashSet<String>,
    /// What ministries are for.
    pub portfolio: FxHashSet<String>,
    /// Kinds of things and places that are called by a name before them.
    pub thing_noun: FxHashSet<String>,
    /// Last words of towns and landscapes, which no person's name ends in.
    pub place_tail: FxHashSet<String>,
    /// Surnames of East Asia in Latin letters, which come before the given name.
    pub east_asian_surname: FxHashSet<String>,
    /// What people do in sport and the arts, right before a name.
    pub person_before: FxHashSet<String>,
    /// What towns have and firms have not.
    pub contest: FxHashSet<String>,
    /// What follows `chief` in the name of an office.
    pub chief: FxHashSet<String>,
    /// What authorities do.
    pub authority_verb: FxHashSet<String>,
    /// After `was`, what only people are or do.
    pub person_state: FxHashSet<String>,
    /// What only people have.
    pub person_thing: FxHashSet<String>,
    /// The words directly before one word that make it a firm's.
    pub firm_before: FxHashSet<String>,
    /// Departments of firms: no person's name ends in one.
    pub department: FxHashSet<String>,
    /// Metals in other languages that people are called by.
    pub metal_surname: FxHashSet<String>,
    /// Verbs before somebody who gets an office.
    pub appoint_verb: FxHashSet<String>,
    /// What may stand between somebody and the office that they get.
    pub appoint_link: FxHashSet<String>,
    /// Words right before the names of an article's authors, ready to be looked for.
    #[serde(deserialize_with = "finders")]
    pub byline: Vec<Finder<'static>>,
    /// Prepositions before a name that is a place's.
    pub place_before: FxHashSet<String>,
    /// What shares do.
    pub share_verb: FxHashSet<String>,
    /// What only a firm owns.
    pub share_noun: FxHashSet<String>,
    /// Ordinary words that are surnames after a given name.
    pub word_surname: FxHashSet<String>,
    /// What a firm or a band is that bears the name of a metal.
    pub firm_apposition: FxHashSet<String>,
    /// Bodies that a state has one of: after its name they need no other word.
    pub state_body: FxHashSet<String>,
    /// Of these, the parliaments.
    pub parliament: FxHashSet<String>,
}

fn finders<'de, D: Deserializer<'de>>(phrases: D) -> Result<Vec<Finder<'static>>, D::Error> {
    let phrases = Vec::<String>::deserialize(phrases)?;
    Ok(phrases.iter().map(|phrase| Finder::new(phrase).into_owned()).collect())
}
