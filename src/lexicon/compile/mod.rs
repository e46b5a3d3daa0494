//! Files → lexicon: rows are read, checked against each other, and their names become patterns.
//!
//! The rows of all files are read first ([`parse`]). Then a user's removals take built-in rows away ([`changes`]), every
//! entry that is left gets its index ([`declare`]), so that rows may refer to rows of other files, and only then do
//! names become patterns ([`naming`]). A [`Record`](super::survey::Record) of where each name stands is kept only when
//! it is asked for: the walk does not need it.

mod changes;
mod characters;
mod declare;
mod file;
mod lists;
mod naming;
mod notation;
mod parse;
mod patterns;
mod rows;
mod sense_rules;
#[cfg(test)]
mod tests;

pub(super) use parse::is_read;

use super::affixes::Affixes;
use super::entries::*;
use super::fault::{LexiconError, LexiconFault, line_at};
use super::files::{LexiconFile, Spot};
use super::senses::*;
use super::survey::Record;
use super::{HanWords, Lexicon, LexiconFiles, Particles, PeopleLists, find, gaps};
use crate::text::{Folding, FoldingError, Languages};
use crate::vocabulary::PlaceType;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use toml::Spanned;

const FOLDING_FILE: &str = "scripts/traditional-simplified.tsv";

/// Compiles the files, or reports every fault in them.
pub(super) fn compile(files: &LexiconFiles) -> Result<Lexicon, LexiconError> {
    build(files, None).map(|(lexicon, _)| lexicon)
}

/// Compiles the files and keeps a record of where every name stands.
pub(super) fn compile_with_record(files: &LexiconFiles) -> Result<(Lexicon, Record), LexiconError> {
    let (lexicon, record) = build(files, Some(Record::new(files)))?;
    Ok((lexicon, record.unwrap_or_default()))
}

fn build(files: &LexiconFiles, record: Option<Record>) -> Result<(Lexicon, Option<Record>), LexiconError> {
    let folding = Folding::new(files.text(FOLDING_FILE).unwrap_or_default()).map_err(|error| {
        let (FoldingError::NotAPair { line, .. } | FoldingError::Twice { line, .. }) = error;
        let fault = LexiconFault { file: files.shown(FOLDING_FILE), line: Some(line), message: error.to_string() };
        LexiconError::new(vec![fault])
    })?;
    let mut faults = Vec::new();
    let languages = parse::languages(files, &mut faults);
    let mut parsed = parse::parse(files, &mut faults);
    let han = parsed.han_words(&folding, files, &mut faults);
    let mut builder = Builder::new(files, &folding, languages, faults, record);
    builder.remove_entries(&mut parsed.files);
    parsed.files.iter().for_each(|file| builder.declare(file));
    parsed.files.iter().for_each(|file| builder.prepare_removals(file));
    // One after the other they go: their room is wanted for the automaton.
    std::mem::take(&mut parsed.files).into_iter().for_each(|file| builder.name(&file));
    if let Some((number, characters)) = &parsed.single_characters {
        builder.enter(*number);
        builder.name_single_characters(characters);
    }
    builder.refuse_idle_removals();
    builder.refuse_cycles();
    builder.attach_senses();
    builder.particles = std::mem::take(&mut parsed.particles);
    builder.people = parsed.people(&folding);
    builder.han = han;
    builder.finish(files.version())
}

struct Builder<'f> {
    files: &'f LexiconFiles,
    sources: Vec<LexiconFile<'f>>,
    folding: &'f Folding,
    languages: Languages,
    faults: Vec<LexiconFault>,
    /// What is being read.
    here: Spot,
    commodities: Vec<CommodityEntry>,
    commodity_by_id: FxHashMap<String, CommodityIndex>,
    places: Vec<PlaceEntry>,
    place_by_id: FxHashMap<String, PlaceIndex>,
    organisations: Vec<OrganisationEntry>,
    organisation_by_id: FxHashMap<String, OrganisationIndex>,
    leaders: Vec<LeaderEntry>,
    leader_by_id: FxHashMap<String, LeaderIndex>,
    /// Where each entry is declared.
    spots: FxHashMap<What, Spot>,
    roles: Vec<RoleEntry>,
    organisation_words: Vec<OrganisationWord>,
    measures: Vec<Measure>,
    senses: Vec<Sense>,
    particles: Particles,
    people: PeopleLists,
    han: HanWords,
    sense_of: FxHashMap<(What, String), SenseSet>,
    sense_notes: Vec<sense_rules::Note>,
    capitals: Vec<sense_rules::Capital>,
    capital_rules: Vec<rows::CapitalRuleRow>,
    removals: changes::Removals,
    /// Most patterns have one reading.
    patterns: FxHashMap<String, SmallVec<[Reading; 1]>>,
    order: Vec<String>,
    spellings: Vec<String>,
    gaps: u32,
    record: Option<Record>,
}

impl<'f> Builder<'f> {
    fn new(
        files: &'f LexiconFiles,
        folding: &'f Folding,
        languages: Languages,
        faults: Vec<LexiconFault>,
        record: Option<Record>,
    ) -> Self {
        Self {
            files,
            sources: files.iter().collect(),
            folding,
            languages,
            faults,
            here: Spot { file: 0, at: 0 },
            commodities: Vec::new(),
            commodity_by_id: FxHashMap::default(),
            places: Vec::new(),
            place_by_id: FxHashMap::default(),
            organisations: Vec::new(),
            organisation_by_id: FxHashMap::default(),
            leaders: Vec::new(),
            leader_by_id: FxHashMap::default(),
            spots: FxHashMap::default(),
            roles: Vec::new(),
            organisation_words: Vec::new(),
            measures: Vec::new(),
            senses: Vec::new(),
            particles: Particles::default(),
            people: PeopleLists::default(),
            han: HanWords::default(),
            sense_of: FxHashMap::default(),
            sense_notes: Vec::new(),
            capitals: Vec::new(),
            capital_rules: Vec::new(),
            removals: changes::Removals::default(),
            patterns: FxHashMap::default(),
            order: Vec::new(),
            spellings: Vec::new(),
            gaps: 0,
            record,
        }
    }

    /// Begins to read a file.
    fn enter(&mut self, file: u32) {
        self.here = Spot { file, at: 0 };
    }

    /// Goes to a row or a name of the file that is being read.
    fn at<'r, T>(&mut self, item: &'r Spanned<T>) -> &'r T {
        self.here.at = item.span().start as u32;
        item.get_ref()
    }

    /// Whether the file that is being read is a user's.
    fn is_own(&self) -> bool {
        self.source(self.here).own
    }

    fn source(&self, spot: Spot) -> LexiconFile<'f> {
        self.sources[spot.file as usize]
    }

    /// A spot in words.
    fn shown(&self, spot: Spot) -> String {
        let source = self.source(spot);
        format!("{}:{}", self.files.shown(source.path), line_at(source.text, spot.at as usize))
    }

    /// Something is wrong with what is being read.
    fn fault(&mut self, message: impl Into<String>) {
        self.fault_at(self.here, message);
    }

    fn fault_at(&mut self, spot: Spot, message: impl Into<String>) {
        let source = self.source(spot);
        let line = Some(line_at(source.text, spot.at as usize));
        self.faults.push(LexiconFault { file: self.files.shown(source.path), line, message: message.into() });
    }

    fn finish(mut self, version: String) -> Result<(Lexicon, Option<Record>), LexiconError> {
        if let Some(record) = &mut self.record {
            let notes = std::mem::take(&mut self.sense_notes).into_iter().map(sense_rules::Note::into_parts);
            let patterns = &self.patterns;
            record.close(&self.spots, notes, |pattern, noted| {
                let same = |known: &&Reading| (known.what, known.scope) == (noted.what, noted.scope);
                patterns.get(pattern)?.iter().find(same)?.sense
            });
        }
        let mut entries = Vec::with_capacity(self.order.len());
        for pattern in std::mem::take(&mut self.order) {
            let readings = self.patterns.remove(&pattern).unwrap_or_default();
            entries.push((pattern, readings));
        }
        let halves = gaps::gather(&mut entries);
        let affixes = Affixes::new(&self.languages, self.folding);
        let patterns = find::Patterns::new(entries, self.spellings, affixes);
        let patterns = patterns.map_err(|message| {
            self.faults.push(LexiconFault { file: "all files".to_owned(), line: None, message });
        });
        let (Ok(patterns), true) = (patterns, self.faults.is_empty()) else {
            return Err(LexiconError::new(self.faults));
        };
        let country_by_code = (0u32..)
            .zip(&self.places)
            .filter(|(_, place)| place.kind == PlaceType::Country)
            .map(|(index, place)| (place.id.clone(), PlaceIndex(index)))
            .collect();
        let lexicon = Lexicon {
            version,
            folding: self.folding.clone(),
            languages: self.languages,
            commodities: self.commodities,
            places: self.places,
            organisations: self.organisations,
            leaders: self.leaders,
            roles: self.roles,
            organisation_words: self.organisation_words,
            measures: self.measures,
            halves,
            senses: self.senses,
            particles: self.particles,
            people: self.people,
            han: self.han,
            country_by_code,
            patterns,
        };
        Ok((lexicon, self.record))
    }
}
