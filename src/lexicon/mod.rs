//! The data under `lexicon/`, loaded, checked and compiled into one automaton over all languages.
//!
//! *In:* text files ([`LexiconFiles`]): those built into the binary, those of a user's directory laid over them.
//! *Out:* a [`Lexicon`]: entries by index, and [`Lexicon::find`], which reads a folded text once and reports every
//! entry in it.
//! *Guaranteed:* every fault of every file is reported at once, with file and line; an entry that the files name is
//! found wherever its name stands between word boundaries, in the case and the language that its list asks for; a
//! lexicon is immutable, and its [`version`](Lexicon::version) changes when, and only when, a file does.

mod affixes;
mod compile;
mod entries;
mod fault;
mod files;
mod find;
mod gaps;
mod han;
mod particles;
mod people;
mod senses;
pub mod survey;

pub use entries::*;
pub use fault::{LexiconError, LexiconFault};
pub use files::LexiconFiles;
pub use find::Hit;
pub(crate) use find::{is_common_han, is_unspaced, is_word_char};
pub use gaps::Halves;
pub use han::{HanClass, HanTable, HanWords};
pub use particles::{
    CountryParticles, EventParticles, FigureParticles, MineralParticles, NameParticles, OrganisationParticles,
    Particles, ReportParticles, SentenceParticles, WordList,
};
pub use people::{NameContexts, NameUse, PeopleLists};
pub use senses::{Companions, CueClass, CueSet, Phrase, Sense, SenseRule, SenseSet, Verdict, WrittenCase};

#[cfg(test)]
mod tests;

use crate::text::{Folding, Languages};
use rustc_hash::FxHashMap;

/// Everything that Lodestream knows about words.
pub struct Lexicon {
    version: String,
    folding: Folding,
    languages: Languages,
    /// Commodities, in the order of the files.
    pub commodities: Vec<CommodityEntry>,
    /// Places; countries first.
    pub places: Vec<PlaceEntry>,
    /// Organisations.
    pub organisations: Vec<OrganisationEntry>,
    /// Listed people.
    pub leaders: Vec<LeaderEntry>,
    /// Offices and titles.
    pub roles: Vec<RoleEntry>,
    /// Words that begin or end an organisation's name.
    pub organisation_words: Vec<OrganisationWord>,
    /// Units of measure, multipliers, currencies.
    pub measures: Vec<Measure>,
    /// Words that are halves of cues with a gap.
    pub halves: Vec<Halves>,
    /// Sense rules; [`Reading::sense`] points here.
    pub senses: Vec<Sense>,
    /// Small words that stand beside names and figures.
    pub particles: Particles,
    /// Words that help to tell a person's name.
    pub people: PeopleLists,
    /// Common Chinese words.
    pub han: HanWords,
    country_by_code: FxHashMap<String, PlaceIndex>,
    patterns: find::Patterns,
}

impl Lexicon {
    /// The lexicon that is built into the binary.
    ///
    /// # Errors
    /// [`LexiconError`] when its files contradict each other, which the tests rule out.
    pub fn embedded() -> Result<Self, LexiconError> {
        Self::compile(&LexiconFiles::embedded())
    }

    /// Compiles files into a lexicon.
    ///
    /// # Errors
    /// [`LexiconError`] with every fault of every file.
    pub fn compile(files: &LexiconFiles) -> Result<Self, LexiconError> {
        compile::compile(files)
    }

    /// Twelve hexadecimal digits of the SHA-256 of all files: the version that events and metrics name.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The folding that texts must go through before they are matched.
    pub fn folding(&self) -> &Folding {
        &self.folding
    }

    /// The languages that texts are told to be in.
    pub fn languages(&self) -> &Languages {
        &self.languages
    }

    /// Ids of all commodities: the closed vocabulary of the metrics' label `mineral`.
    pub fn commodity_ids(&self) -> impl Iterator<Item = &str> {
        self.commodities.iter().map(|commodity| commodity.id.as_str())
    }

    /// ISO 3166-1 alpha-2 codes of all countries: the closed vocabulary of the metrics' label `country`.
    pub fn country_ids(&self) -> impl Iterator<Item = &str> {
        self.places
            .iter()
            .filter(|place| place.kind == crate::vocabulary::PlaceType::Country)
            .map(|place| place.id.as_str())
    }

    /// The country with this ISO 3166-1 alpha-2 code.
    pub fn country(&self, code: &str) -> Option<PlaceIndex> {
        self.country_by_code.get(code).copied()
    }

    /// A commodity by its index.
    pub fn commodity(&self, index: CommodityIndex) -> &CommodityEntry {
        &self.commodities[index.0 as usize]
    }

    /// A commodity by its id.
    pub fn commodity_of(&self, id: &str) -> Option<&CommodityEntry> {
        self.commodities.iter().find(|entry| entry.id == id)
    }

    /// A place by its index.
    pub fn place(&self, index: PlaceIndex) -> &PlaceEntry {
        &self.places[index.0 as usize]
    }
}
