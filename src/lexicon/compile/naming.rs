//! Second pass, rows → names: every name of every entry, and what a reference names must be there.

use super::Builder;
use super::file::File;
use super::lists::{Rule, Words};
use super::parse::ParsedFile;
use super::rows::{Name, PlaceRow};
use super::sense_rules::Capital;
use crate::lexicon::survey::Listed;
use crate::lexicon::{CueClass, EntryKind, Measure, NamePosition, OrganisationWord, RoleEntry, RoleIndex, What};
use crate::vocabulary::{OrganisationType, PlaceType};

impl Builder<'_> {
    /// Names become patterns, references are checked.
    pub(super) fn name(&mut self, file: &ParsedFile) {
        self.enter(file.number);
        let rows = &file.rows;
        rows.sense.iter().for_each(|row| self.sense(row));
        self.capital_rules.extend(rows.capital_rule.iter().map(|row| row.get_ref().clone()));
        self.name_commodities(rows);
        self.name_places(rows);
        self.name_organisations(rows);
        self.name_organisation_words(rows);
        self.name_people(rows);
        self.name_measures(rows);
        for row in &rows.addition {
            let row = self.at(row);
            self.add_to_entry(row);
        }
        for row in &rows.decoy {
            let row = self.at(row);
            let names = both(&row.en, &row.zh).chain(Words::ByLanguage(&row.names).iter());
            self.add_names(What::Decoy(row.reason), Rule::PLAIN, "decoy", names);
        }
        for row in &rows.cue {
            let row = self.at(row);
            match CueClass::named(&row.class) {
                Some(class) => both(&row.en, &row.zh).for_each(|(language, name)| self.cue(class, language, name)),
                None => self.fault(format!("`{}` is no cue class; lexicon/README.md lists them", row.class)),
            }
        }
    }

    fn name_commodities(&mut self, rows: &File) {
        for row in &rows.commodity {
            let row = self.at(row);
            let Some(&index) = self.commodity_by_id.get(&row.id) else { continue };
            if self.is_own() {
                self.check_parents(&row.id, &row.parents);
            } else {
                let mut parents = row.parents.clone();
                parents.retain(|parent| !self.is_removed(EntryKind::Commodity, parent) || self.is_commodity(parent));
                self.check_parents(&row.id, &parents);
                self.commodities[index.0 as usize].parents = parents;
            }
            self.add_lists(What::Commodity(index), &row.lists());
        }
    }

    pub(super) fn check_parents(&mut self, id: &str, parents: &[String]) {
        for parent in parents.iter().filter(|parent| !self.is_commodity(parent)).collect::<Vec<_>>() {
            self.fault(format!("commodity `{id}` names the parent `{parent}`, which does not exist"));
        }
    }

    fn is_commodity(&self, id: &str) -> bool {
        self.commodity_by_id.contains_key(id)
    }

    fn name_places(&mut self, rows: &File) {
        for row in rows.country.iter().chain(&rows.region).chain(&rows.subdivision).chain(&rows.city) {
            let place = self.at(row);
            let Some(&index) = self.place_by_id.get(&place.id) else { continue };
            let kind = self.places[index.0 as usize].kind;
            if let Some(country) = &place.country {
                match self.country(country) {
                    Some(What::Place(country)) => self.places[index.0 as usize].country = Some(country),
                    _ => self.fault(format!("place `{}` lies in `{country}`, which is no country", place.id)),
                }
            } else if matches!(kind, PlaceType::Subdivision | PlaceType::City) {
                self.fault(format!("place `{}` names no country", place.id));
            }
            let what = What::Place(index);
            if let Some(country) = self.places[index.0 as usize].country.filter(|_| place.capital) {
                let names = Words::ByLanguage(&place.names).iter().map(|(_, name)| name.get_ref().clone()).collect();
                self.capitals.push(Capital { city: index, country, names, spot: self.here });
            }
            if kind == PlaceType::Country {
                let listed = Listed { list: "name", language: "en", name: &place.name };
                self.add_name(what, Rule::CAPITALISED, listed);
            }
            self.add_lists(what, &place.lists());
            self.add_undotted(what, place);
        }
    }

    /// `U.S` without its last stop ends many a sentence.
    fn add_undotted(&mut self, what: What, row: &PlaceRow) {
        let Some(rule) = Rule::of(EntryKind::Place, "abbreviations") else { return };
        for abbreviation in &row.abbreviations {
            let dotted = self.at(abbreviation);
            if let Some(undotted) = dotted.strip_suffix('.').filter(|rest| rest.contains('.')) {
                self.add_name(what, rule, Listed { list: "abbreviations", language: "", name: undotted });
            }
        }
    }

    /// The country of this code.
    fn country(&self, code: &str) -> Option<What> {
        let &place = self.place_by_id.get(code)?;
        (self.places[place.0 as usize].kind == PlaceType::Country).then_some(What::Place(place))
    }

    fn name_organisations(&mut self, rows: &File) {
        for row in &rows.organisation {
            let row = self.at(row);
            let Some(&index) = self.organisation_by_id.get(&row.id) else { continue };
            self.check_country(&row.id, row.country.as_deref());
            self.add_lists(What::Organisation(index), &row.lists());
        }
    }

    fn check_country(&mut self, id: &str, country: Option<&str>) {
        if let Some(country) = country.filter(|country| self.country(country).is_none()) {
            self.fault(format!("`{id}` is of `{country}`, which is no country; write its ISO 3166-1 alpha-2 code"));
        }
    }

    fn name_organisation_words(&mut self, rows: &File) {
        for row in &rows.pattern {
            let row = self.at(row);
            for (list, names, position) in
                [("suffix", &row.suffix, NamePosition::End), ("prefix", &row.prefix, NamePosition::Start)]
            {
                let (weak, legal) = (row.weak, row.legal);
                let word = OrganisationWord { kind: row.kind, position, weak, legal, english: None };
                let what = self.organisation_word(word);
                let rule = if row.exact { Rule::EXACT } else { Rule::CAPITALISED };
                self.add_names(what, rule, list, Words::ByLanguage(names).iter());
            }
        }
        for row in &rows.ministry {
            let row = self.at(row);
            let what = self.organisation_word(OrganisationWord {
                kind: OrganisationType::Government,
                position: NamePosition::AfterCountry,
                weak: false,
                legal: false,
                english: Some(row.en.clone()),
            });
            self.add_names(what, Rule::PLAIN, "ministry", [("zh", &row.zh)]);
        }
    }

    fn organisation_word(&mut self, word: OrganisationWord) -> What {
        self.organisation_words.push(word);
        What::OrganisationWord(self.organisation_words.len() as u32 - 1)
    }

    fn name_people(&mut self, rows: &File) {
        for row in &rows.role {
            let row = self.at(row);
            let what = What::Role(RoleIndex(self.roles.len() as u32));
            self.spots.insert(what, self.here);
            let role = if row.honorific { String::new() } else { row.role.clone() };
            self.roles.push(RoleEntry { role, government: row.government, office: row.government || row.after_name });
            self.add_names(what, Rule::PLAIN, "role", both(&row.en, &row.zh));
        }
        for row in &rows.leader {
            let row = self.at(row);
            let Some(&index) = self.leader_by_id.get(&row.id) else { continue };
            self.check_country(&row.id, row.country.as_deref());
            self.add_lists(What::Leader(index), &row.lists());
        }
    }

    fn name_measures(&mut self, rows: &File) {
        for row in &rows.unit {
            let row = self.at(row);
            for (words, prefix) in [
                (both(&row.en, &row.zh).collect::<Vec<_>>(), false),
                (Words::ByLanguage(&row.prefix).iter().collect(), true),
            ] {
                let what = self.measure(Measure::Unit {
                    id: row.id.clone(),
                    dimension: row.dimension,
                    factor: row.factor,
                    prefix,
                    period: row.period,
                });
                self.add_names(what, Rule::PLAIN, if prefix { "prefix" } else { "unit" }, words);
                if !prefix {
                    self.add_names(what, Rule::EXACT, "exact", plain(&row.exact));
                }
            }
        }
        for row in &rows.multiplier {
            let row = self.at(row);
            let what = self.measure(Measure::Multiplier(row.factor));
            self.add_names(what, Rule::PLAIN, "multiplier", both(&row.en, &row.zh));
            self.add_names(what, Rule::EXACT, "exact", plain(&row.exact));
        }
        for row in &rows.currency {
            let row = self.at(row);
            let what = self.measure(Measure::Currency { code: row.id.clone() });
            self.add_names(what, Rule::PLAIN, "currency", both(&row.en, &row.zh));
            self.add_names(what, Rule::EXACT, "signs", plain(&row.signs));
        }
        for row in &rows.figure_word {
            let row = self.at(row);
            let what = self.measure(Measure::Word(row.word()));
            self.add_names(what, Rule::PLAIN, "figure_word", both(&row.en, &row.zh));
            self.add_names(what, Rule::EXACT, "exact", plain(&row.exact));
        }
    }

    fn measure(&mut self, measure: Measure) -> What {
        let what = What::Measure(self.measures.len() as u32);
        self.measures.push(measure);
        self.spots.insert(what, self.here);
        what
    }
}

/// Names of a row that lists its two languages by themselves.
fn both<'n>(en: &'n [Name], zh: &'n [Name]) -> impl Iterator<Item = (&'n str, &'n Name)> {
    en.iter().map(|name| ("en", name)).chain(zh.iter().map(|name| ("zh", name)))
}

fn plain(names: &[Name]) -> impl Iterator<Item = (&str, &Name)> {
    Words::Plain(names).iter()
}
