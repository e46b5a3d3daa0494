//! Sense rows → sense rules: ids become indices, words become phrases.

use super::rows::*;
use super::{Builder, notation};
use crate::lexicon::{
    Companions, CueClass, CueSet, Phrase, Reason, Sense, SenseRule, SenseSet, Verdict, What, WrittenCase, find,
};

impl Builder<'_> {
    pub(super) fn sense(&mut self, row: &SenseRow) {
        let what = match (&row.commodity, &row.place, &row.organisation) {
            (Some(id), None, None) => self.commodity_by_id.get(id).map(|&index| What::Commodity(index)),
            (None, Some(id), None) => self.place_by_id.get(id).map(|&index| What::Place(index)),
            (None, None, Some(id)) => self.organisation_by_id.get(id).map(|&index| What::Organisation(index)),
            _ => {
                return self
                    .fault(format!("the sense of {:?} must name one commodity, place or organisation", row.forms));
            }
        };
        let Some(what) = what else {
            return self.fault(format!("the sense of {:?} belongs to no entry", row.forms));
        };
        let rules = row.rules.iter().filter_map(|rule| self.rule(rule)).collect();
        let otherwise = &row.otherwise;
        let Some(otherwise) = self.verdict(otherwise.accept, otherwise.refuse, otherwise.choose.as_ref()) else {
            return;
        };
        let set = SenseSet(self.senses.len() as u32);
        self.senses.push(Sense { what, rules, otherwise });
        self.sense_files.push((self.file.clone(), format!("{:?}", row.forms)));
        for notation in &row.forms {
            match notation::expand(notation) {
                Ok(forms) => {
                    for form in forms {
                        let pattern = find::spaced(&self.folding.fold_pattern(&form));
                        if self.sense_of.insert((what, pattern), set).is_some() {
                            self.fault(format!("`{form}` has two sense rules for one entity"));
                        }
                    }
                }
                Err(error) => self.fault(error),
            }
        }
    }

    /// Every capital that is both a metonym of its country and a city gets the rules that tell the two apart, after those
    /// that it may have of its own.
    fn sense_capitals(&mut self) {
        let rows = std::mem::take(&mut self.capital_rules);
        for (city, country, names) in std::mem::take(&mut self.capitals) {
            let what = What::Place(country);
            let mut rules = Vec::with_capacity(rows.len());
            for row in &rows {
                let (before, after) = (self.phrases(&row.before), self.phrases(&row.after));
                rules.push(SenseRule { before, after, ..SenseRule::of(Verdict::Choose(city)) });
            }
            let mut unruled: Vec<String> = Vec::new();
            for form in names.iter().map(|name| find::spaced(&self.folding.fold_pattern(name))) {
                let readings = self.patterns.get(&form);
                if !readings.is_some_and(|readings| readings.iter().any(|reading| reading.what == what)) {
                    continue;
                }
                match self.sense_of.get(&(what, form.clone())) {
                    Some(set) => self.senses[set.0 as usize].rules.extend(rules.iter().cloned()),
                    None => unruled.push(form),
                }
            }
            let set = SenseSet(self.senses.len() as u32);
            self.senses.push(Sense { what, rules, otherwise: Verdict::Accept });
            self.used_senses.insert(set);
            self.sense_files.push((self.file.clone(), format!("{unruled:?}")));
            self.sense_of.extend(unruled.into_iter().map(|form| ((what, form), set)));
        }
    }

    fn rule(&mut self, row: &RuleRow) -> Option<SenseRule> {
        let verdict = self.verdict(row.accept, row.refuse, row.choose.as_ref())?;
        Some(SenseRule {
            before: self.phrases(&row.before),
            after: self.phrases(&row.after),
            near: self.cue_set(&row.near),
            article: self.cue_set(&row.article),
            with_commodity: self
                .companions(&row.with_commodity, |builder, id| builder.commodity_by_id.get(id).copied()),
            with_country: self.companions(&row.with_country, |builder, id| builder.place_by_id.get(id).copied()),
            elsewhere: self.entities(&row.elsewhere),
            case: row.case.map(|case| match case {
                LetterCase::Lower => WrittenCase::Lower,
                LetterCase::Title => WrittenCase::Title,
                LetterCase::Upper => WrittenCase::Upper,
            }),
            also: row.also,
            verdict,
        })
    }

    fn entities(&mut self, ids: &[String]) -> Vec<What> {
        let mut entities = Vec::with_capacity(ids.len());
        for id in ids {
            let commodity = self.commodity_by_id.get(id).map(|&index| What::Commodity(index));
            match commodity.or_else(|| self.place_by_id.get(id).map(|&index| What::Place(index))) {
                Some(entity) => entities.push(entity),
                None => self.fault(format!("a sense rule names `{id}`, which does not exist")),
            }
        }
        entities
    }

    fn verdict(&mut self, accept: bool, refuse: Option<Reason>, choose: Option<&String>) -> Option<Verdict> {
        match (accept, refuse, choose) {
            (true, None, None) => Some(Verdict::Accept),
            (false, Some(reason), None) => Some(Verdict::Refuse(reason)),
            (false, None, Some(id)) => match self.place_by_id.get(id) {
                Some(&place) => Some(Verdict::Choose(place)),
                None => {
                    self.fault(format!("a sense rule chooses `{id}`, which is no place"));
                    None
                }
            },
            _ => {
                self.fault("a sense rule must say exactly one of accept = true, refuse, choose");
                None
            }
        }
    }

    fn phrases(&mut self, notations: &[String]) -> Vec<Phrase> {
        let mut phrases = Vec::new();
        for notation in notations {
            match notation::expand(notation) {
                Ok(words) => {
                    phrases
                        .extend(words.iter().map(|word| Phrase::new(find::spaced(&self.folding.fold_pattern(word)))));
                }
                Err(error) => self.fault(error),
            }
        }
        phrases
    }

    fn cue_set(&mut self, names: &[String]) -> CueSet {
        let mut set = CueSet::default();
        for name in names {
            match CueClass::named(name) {
                Some(class) => set.insert(class),
                None => self.fault(format!("`{name}` is no cue class")),
            }
        }
        set
    }

    fn companions<T>(&mut self, row: &OneOrMany, find: impl Fn(&Self, &str) -> Option<T>) -> Companions<T> {
        if row.ids().is_empty() {
            return Companions::NotAsked;
        }
        if row.ids().iter().any(|id| id == "any") {
            return Companions::Any;
        }
        let mut members = Vec::new();
        for id in row.ids() {
            match find(self, id) {
                Some(index) => members.push(index),
                None => self.fault(format!("a sense rule names `{id}`, which does not exist")),
            }
        }
        Companions::OneOf(members)
    }

    /// Rules are read in the order of the files, names too: only now are all of both known.
    pub(super) fn attach_senses(&mut self) {
        self.sense_capitals();
        for (pattern, readings) in &mut self.patterns {
            for reading in readings {
                reading.sense = self.sense_of.get(&(reading.what, pattern.clone())).copied();
                self.used_senses.extend(reading.sense);
            }
        }
        for (at, (file, forms)) in std::mem::take(&mut self.sense_files).into_iter().enumerate() {
            if !self.used_senses.contains(&SenseSet(at as u32)) {
                self.file = file;
                self.fault(format!("the sense of {forms} matches no name of its entry"));
            }
        }
    }
}
