//! Files → lexicon: rows are read, checked against each other, and their names become patterns.

mod characters;
mod naming;
mod notation;
mod parse;
mod rows;
mod sense_rules;

use super::entries::*;
use super::senses::*;
use super::{HanWords, Lexicon, LexiconError, LexiconFault, LexiconFiles, PeopleLists, find};
use crate::text::Folding;
use crate::vocabulary::PlaceType;
use rows::{CapitalRuleRow, File, PlaceRow};
use rustc_hash::{FxHashMap, FxHashSet};

const FOLDING_FILE: &str = "scripts/traditional-simplified.tsv";

/// Compiles the files, or reports every fault in them.
pub(super) fn compile(files: &LexiconFiles) -> Result<Lexicon, LexiconError> {
    let mut faults = Vec::new();
    let folding = match Folding::new(files.files.get(FOLDING_FILE).map_or("", String::as_str)) {
        Ok(folding) => folding,
        Err(error) => {
            let fault = LexiconFault { file: FOLDING_FILE.to_owned(), message: error.to_string() };
            return Err(LexiconError { faults: vec![fault] });
        }
    };
    let parsed = parse::parse(files, &mut faults);
    let han = parsed.han_words(&folding, &mut faults);
    let mut builder = Builder::new(&folding, faults);
    parsed.files.iter().for_each(|(name, file)| builder.declare(name, file));
    parsed.files.iter().for_each(|(name, file)| builder.name(name, file));
    if let Some((name, characters)) = &parsed.single_characters {
        builder.name_single_characters(name, characters);
    }
    builder.attach_senses();
    builder.people = parsed.people(&folding);
    builder.han = han;
    builder.finish(files.version())
}

struct Builder<'f> {
    folding: &'f Folding,
    faults: Vec<LexiconFault>,
    file: String,
    commodities: Vec<CommodityEntry>,
    commodity_by_id: FxHashMap<String, CommodityIndex>,
    places: Vec<PlaceEntry>,
    place_by_id: FxHashMap<String, PlaceIndex>,
    organisations: Vec<OrganisationEntry>,
    organisation_by_id: FxHashMap<String, OrganisationIndex>,
    leaders: Vec<LeaderEntry>,
    roles: Vec<RoleEntry>,
    organisation_words: Vec<OrganisationWord>,
    measures: Vec<Measure>,
    senses: Vec<Sense>,
    people: PeopleLists,
    han: HanWords,
    sense_of: FxHashMap<(What, String), SenseSet>,
    used_senses: FxHashSet<SenseSet>,
    /// City, country, names: a capital is both.
    capitals: Vec<(PlaceIndex, PlaceIndex, Vec<String>)>,
    capital_rules: Vec<CapitalRuleRow>,
    sense_files: Vec<(String, String)>,
    patterns: FxHashMap<String, Vec<Reading>>,
    order: Vec<String>,
    spellings: Vec<String>,
    gaps: u32,
}

impl<'f> Builder<'f> {
    fn new(folding: &'f Folding, faults: Vec<LexiconFault>) -> Self {
        Self {
            folding,
            faults,
            file: String::new(),
            commodities: Vec::new(),
            commodity_by_id: FxHashMap::default(),
            places: Vec::new(),
            place_by_id: FxHashMap::default(),
            organisations: Vec::new(),
            organisation_by_id: FxHashMap::default(),
            leaders: Vec::new(),
            roles: Vec::new(),
            organisation_words: Vec::new(),
            measures: Vec::new(),
            senses: Vec::new(),
            people: PeopleLists::default(),
            han: HanWords::default(),
            sense_of: FxHashMap::default(),
            used_senses: FxHashSet::default(),
            capitals: Vec::new(),
            capital_rules: Vec::new(),
            sense_files: Vec::new(),
            patterns: FxHashMap::default(),
            order: Vec::new(),
            spellings: Vec::new(),
            gaps: 0,
        }
    }

    fn fault(&mut self, message: impl Into<String>) {
        self.faults.push(LexiconFault { file: self.file.clone(), message: message.into() });
    }

    /// First pass: every entry gets its index, so that rows may refer to rows of other files.
    fn declare(&mut self, file_name: &str, file: &File) {
        self.file = file_name.to_owned();
        for row in &file.commodity {
            let index = CommodityIndex(self.commodities.len() as u32);
            if !is_kebab_case(&row.id) {
                self.fault(format!("commodity id `{}` is not lower-case kebab-case", row.id));
            }
            if self.commodity_by_id.insert(row.id.clone(), index).is_some() {
                self.fault(format!("commodity `{}` is declared twice", row.id));
            }
            self.commodities.push(CommodityEntry {
                id: row.id.clone(),
                name: row.name.clone(),
                kind: row.kind,
                symbol: row.symbol.clone(),
                parents: row.parents.clone(),
                critical_lists: row.critical_lists.clone(),
            });
        }
        for (kind, rows) in [
            (PlaceType::Country, &file.country),
            (PlaceType::Region, &file.region),
            (PlaceType::Subdivision, &file.subdivision),
            (PlaceType::City, &file.city),
        ] {
            for row in rows {
                match self.place_by_id.get(&row.id) {
                    // A hand-kept row may add to a generated city.
                    Some(&known) if kind == PlaceType::City && self.places[known.0 as usize].kind == kind => {
                        self.places[known.0 as usize].mining |= row.mining;
                    }
                    Some(_) => self.fault(format!("place `{}` is declared twice", row.id)),
                    None => self.declare_place(row, kind),
                }
            }
        }
        for row in &file.organisation {
            let index = OrganisationIndex(self.organisations.len() as u32);
            if self.organisation_by_id.insert(row.id.clone(), index).is_some() {
                self.fault(format!("organisation `{}` is declared twice", row.id));
            }
            self.organisations.push(OrganisationEntry {
                id: row.id.clone(),
                name: row.name.clone(),
                kind: row.kind,
                country: row.country.clone(),
                press: row.press,
            });
        }
    }

    fn declare_place(&mut self, row: &PlaceRow, kind: PlaceType) {
        let index = PlaceIndex(self.places.len() as u32);
        let country = (kind == PlaceType::Country).then_some(index);
        self.place_by_id.insert(row.id.clone(), index);
        self.places.push(PlaceEntry { id: row.id.clone(), kind, name: row.name.clone(), country, mining: row.mining });
    }

    fn finish(mut self, version: String) -> Result<Lexicon, LexiconError> {
        let mut entries = Vec::with_capacity(self.order.len());
        for pattern in std::mem::take(&mut self.order) {
            let readings = self.patterns.remove(&pattern).unwrap_or_default();
            entries.push((pattern, readings));
        }
        let patterns = find::Patterns::new(entries, self.spellings);
        let patterns = patterns.map_err(|message| {
            self.faults.push(LexiconFault { file: "all files".to_owned(), message });
        });
        self.faults.sort();
        self.faults.dedup();
        let (Ok(patterns), true) = (patterns, self.faults.is_empty()) else {
            return Err(LexiconError { faults: self.faults });
        };
        let country_by_code = (0u32..)
            .zip(&self.places)
            .filter(|(_, place)| place.kind == PlaceType::Country)
            .map(|(index, place)| (place.id.clone(), PlaceIndex(index)))
            .collect();
        Ok(Lexicon {
            version,
            folding: self.folding.clone(),
            commodities: self.commodities,
            places: self.places,
            organisations: self.organisations,
            leaders: self.leaders,
            roles: self.roles,
            organisation_words: self.organisation_words,
            measures: self.measures,
            senses: self.senses,
            people: self.people,
            han: self.han,
            country_by_code,
            patterns,
        })
    }
}

fn is_kebab_case(id: &str) -> bool {
    !id.is_empty()
        && !id.starts_with('-')
        && !id.ends_with('-')
        && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}
