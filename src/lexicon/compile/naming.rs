//! Rows → patterns: every name of every entry, folded, with the readings that it may have.

use super::rows::*;
use super::{Builder, notation};
use crate::lexicon::{
    CueClass, LeaderEntry, LeaderIndex, Measure, NamePosition, OrganisationWord, Reading, RoleEntry, RoleIndex, Trust,
    What, Written, find,
};
use crate::vocabulary::{Form, OrganisationType, PlaceType};

/// How the names of a list must be written.
#[derive(Clone, Copy)]
pub(super) enum Spelling {
    Any,
    Capitalised,
    Exact,
}

impl Builder<'_> {
    /// Second pass: names become patterns, references are checked.
    pub(super) fn name(&mut self, file_name: &str, file: &File) {
        self.file = file_name.to_owned();
        file.sense.iter().for_each(|row| self.sense(row));
        self.capital_rules.extend(file.capital_rule.iter().cloned());
        self.name_commodities(file);
        self.name_places(file);
        self.name_organisations(file);
        self.name_people(file);
        self.name_measures(file);
        for row in &file.decoy {
            self.add_names(
                row.en.iter().chain(&row.zh),
                What::Decoy(row.reason),
                Form::Name,
                Spelling::Any,
                Trust::Always,
            );
        }
        for row in &file.cue {
            match CueClass::named(&row.class) {
                Some(class) => row.en.iter().chain(&row.zh).for_each(|phrase| self.cue(phrase, class)),
                None => self.fault(format!("`{}` is no cue class", row.class)),
            }
        }
    }

    fn name_commodities(&mut self, file: &File) {
        for row in &file.commodity {
            for parent in
                row.parents.iter().filter(|parent| !self.commodity_by_id.contains_key(*parent)).collect::<Vec<_>>()
            {
                self.fault(format!("commodity `{}` names the parent `{parent}`, which does not exist", row.id));
            }
            let Some(&index) = self.commodity_by_id.get(&row.id) else { continue };
            let what = What::Commodity(index);
            self.add_names(all(&row.names), what, Form::Name, Spelling::Any, Trust::Always);
            self.add_names(all(&row.aliases), what, Form::Alias, Spelling::Any, Trust::Always);
            self.add_names(all(&row.list_only), what, Form::Name, Spelling::Any, Trust::InList);
            self.add_names(&row.abbreviations, what, Form::Abbreviation, Spelling::Exact, Trust::Always);
            self.add_names(&row.symbols, what, Form::Symbol, Spelling::Exact, Trust::InContext);
        }
    }

    fn name_places(&mut self, file: &File) {
        for row in file.country.iter().chain(&file.region).chain(&file.subdivision).chain(&file.city) {
            let Some(&index) = self.place_by_id.get(&row.id) else { continue };
            let kind = self.places[index.0 as usize].kind;
            if let Some(country) = &row.country {
                match self.place_by_id.get(country).filter(|at| self.places[at.0 as usize].kind == PlaceType::Country) {
                    Some(&country) => self.places[index.0 as usize].country = Some(country),
                    None => self.fault(format!("place `{}` lies in `{country}`, which is no country", row.id)),
                }
            } else if matches!(kind, PlaceType::Subdivision | PlaceType::City) {
                self.fault(format!("place `{}` names no country", row.id));
            }
            let what = What::Place(index);
            if let Some(country) = self.places[index.0 as usize].country.filter(|_| row.capital) {
                self.capitals.push((index, country, all(&row.names).into_iter().cloned().collect()));
            }
            if kind == PlaceType::Country {
                self.add_names([&row.name], what, Form::Name, Spelling::Capitalised, Trust::Always);
            }
            self.add_place(what, [&row.names, &row.demonyms, &row.aliases, &row.metonyms], &row.abbreviations);
        }
        for row in &file.addition {
            match self.place_by_id.get(&row.id) {
                Some(&index) => self.add_place(
                    What::Place(index),
                    [&row.names, &row.demonyms, &row.aliases, &row.metonyms],
                    &row.abbreviations,
                ),
                None => self.fault(format!("the addition to `{}` belongs to no place", row.id)),
            }
        }
    }

    fn add_place(&mut self, what: What, lists: [&Names; 4], abbreviations: &[String]) {
        let forms = [Form::Name, Form::Demonym, Form::Alias, Form::Metonym];
        for (list, form) in lists.into_iter().zip(forms) {
            self.add_names(all(list), what, form, Spelling::Capitalised, Trust::Always);
        }
        for abbreviation in abbreviations {
            self.add_names([abbreviation], what, Form::Abbreviation, Spelling::Exact, Trust::Always);
            // `U.S` without its last stop ends many a sentence.
            if let Some(undotted) = abbreviation.strip_suffix('.').filter(|rest| rest.contains('.')) {
                self.add_names([&undotted.to_owned()], what, Form::Abbreviation, Spelling::Exact, Trust::Always);
            }
        }
    }

    fn name_organisations(&mut self, file: &File) {
        for row in &file.organisation {
            let Some(&index) = self.organisation_by_id.get(&row.id) else { continue };
            let what = What::Organisation(index);
            self.add_names(all(&row.names), what, Form::Name, Spelling::Capitalised, Trust::Always);
            self.add_names(all(&row.short), what, Form::Alias, Spelling::Capitalised, Trust::InContext);
            self.add_names(&row.abbreviations, what, Form::Abbreviation, Spelling::Exact, Trust::Always);
        }
        for row in &file.pattern {
            for (names, position) in [(&row.suffix, NamePosition::End), (&row.prefix, NamePosition::Start)] {
                let word = OrganisationWord { kind: row.kind, position, weak: row.weak, english: None };
                let what = self.organisation_word(word);
                self.add_names(all(names), what, Form::Name, Spelling::Capitalised, Trust::Always);
            }
        }
        for row in &file.ministry {
            let what = self.organisation_word(OrganisationWord {
                kind: OrganisationType::Government,
                position: NamePosition::AfterCountry,
                weak: false,
                english: Some(row.en.clone()),
            });
            self.add_names([&row.zh], what, Form::Name, Spelling::Any, Trust::Always);
        }
    }

    fn organisation_word(&mut self, word: OrganisationWord) -> What {
        self.organisation_words.push(word);
        What::OrganisationWord(self.organisation_words.len() as u32 - 1)
    }

    fn name_people(&mut self, file: &File) {
        for row in &file.role {
            let what = What::Role(RoleIndex(self.roles.len() as u32));
            let role = if row.honorific { String::new() } else { row.role.clone() };
            self.roles.push(RoleEntry { role, government: row.government });
            self.add_names(row.en.iter().chain(&row.zh), what, Form::Name, Spelling::Any, Trust::Always);
        }
        for row in &file.leader {
            if let Some(country) = row.country.as_ref().filter(|country| !self.place_by_id.contains_key(*country)) {
                self.fault(format!("`{}` is of `{country}`, which is no country", row.id));
            }
            let what = What::Leader(LeaderIndex(self.leaders.len() as u32));
            self.leaders.push(LeaderEntry {
                id: row.id.clone(),
                name: row.name.clone(),
                role: row.role.clone(),
                country: row.country.clone(),
            });
            self.add_names(all(&row.names), what, Form::Name, Spelling::Capitalised, Trust::Always);
            self.add_names(all(&row.surnames), what, Form::Alias, Spelling::Capitalised, Trust::Always);
        }
    }

    fn name_measures(&mut self, file: &File) {
        for row in &file.unit {
            for (words, prefix) in [(row.en.iter().chain(&row.zh).collect::<Vec<_>>(), false), (all(&row.prefix), true)]
            {
                let what = self.measure(Measure::Unit {
                    id: row.id.clone(),
                    dimension: row.dimension,
                    factor: row.factor,
                    prefix,
                });
                self.add_names(words, what, Form::Name, Spelling::Any, Trust::Always);
                if !prefix {
                    self.add_names(&row.exact, what, Form::Symbol, Spelling::Exact, Trust::Always);
                }
            }
        }
        for row in &file.multiplier {
            let what = self.measure(Measure::Multiplier(row.factor));
            self.add_names(row.en.iter().chain(&row.zh), what, Form::Name, Spelling::Any, Trust::Always);
            self.add_names(&row.exact, what, Form::Symbol, Spelling::Exact, Trust::Always);
        }
        for row in &file.currency {
            let what = self.measure(Measure::Currency { code: row.id.clone() });
            self.add_names(row.en.iter().chain(&row.zh), what, Form::Name, Spelling::Any, Trust::Always);
            self.add_names(&row.signs, what, Form::Symbol, Spelling::Exact, Trust::Always);
        }
    }

    fn measure(&mut self, measure: Measure) -> What {
        self.measures.push(measure);
        What::Measure(self.measures.len() as u32 - 1)
    }

    /// `signed … agreement` becomes two halves of one number; `signed` alone says nothing.
    fn cue(&mut self, phrase: &str, class: CueClass) {
        let Some((head, tail)) = phrase.split_once('…') else {
            return self.add_names([&phrase.to_owned()], What::Cue(class), Form::Name, Spelling::Any, Trust::Always);
        };
        self.gaps += 1;
        let (head, tail) = (head.trim().to_owned(), tail.trim().to_owned());
        self.add_names([&head], What::CueHead(self.gaps, class), Form::Name, Spelling::Any, Trust::Always);
        self.add_names([&tail], What::CueTail(self.gaps), Form::Name, Spelling::Any, Trust::Always);
    }

    pub(super) fn add_names<'n>(
        &mut self,
        names: impl IntoIterator<Item = &'n String>,
        what: What,
        form: Form,
        spelling: Spelling,
        trust: Trust,
    ) {
        for notation in names {
            match notation::expand(notation) {
                Ok(names) => names.iter().for_each(|name| self.add_name(name, what, form, spelling, trust)),
                Err(error) => self.fault(error),
            }
        }
    }

    fn add_name(&mut self, name: &str, what: What, form: Form, spelling: Spelling, trust: Trust) {
        let pattern = find::spaced(&self.folding.fold_pattern(name));
        let Ok(length) = u8::try_from(pattern.len()) else {
            return self.fault(format!("`{name}` is longer than 255 bytes"));
        };
        if pattern.trim() != pattern || pattern.is_empty() {
            return self.fault(format!("`{name}` begins or ends with a hyphen, or is empty"));
        }
        let written = match spelling {
            Spelling::Any => Written::Any,
            Spelling::Capitalised => Written::Capitalised(self.spelling(name)),
            Spelling::Exact => Written::Exactly(self.spelling(name)),
        };
        self.add(pattern, Reading { what, form, written, trust, sense: None, part: (0, length) });
    }

    fn spelling(&mut self, name: &str) -> u32 {
        self.spellings.push(name.to_owned());
        self.spellings.len() as u32 - 1
    }

    pub(super) fn add(&mut self, pattern: String, reading: Reading) {
        let readings = self.patterns.entry(pattern.clone()).or_insert_with(|| {
            self.order.push(pattern);
            Vec::new()
        });
        // The same name in two languages, or with and without a hyphen, is one reading.
        let same = |old: &Reading| {
            old.what == reading.what
                && old.part == reading.part
                && std::mem::discriminant(&old.written) == std::mem::discriminant(&reading.written)
                && !matches!(reading.written, Written::Exactly(_))
        };
        if !readings.iter().any(same) {
            readings.push(reading);
        }
    }
}

fn all(names: &Names) -> Vec<&String> {
    names.values().flatten().collect()
}
