//! Sense rows → sense rules: ids become indices, words become phrases.

use super::Builder;
use super::rows::*;
use crate::lexicon::files::Spot;
use crate::lexicon::survey::SenseForm;
use crate::lexicon::{
    Companions, CueClass, CueSet, EntryKind, Phrase, PlaceIndex, Reason, Scope, Sense, SenseRule, SenseSet, Verdict,
    What, WrittenCase, find,
};
use rustc_hash::FxHashSet;
use smallvec::SmallVec;
use std::sync::Arc;

/// Where a sense stands, and the forms that it is for.
pub(super) struct Note {
    spot: Spot,
    own: bool,
    what: What,
    forms: Vec<Form>,
}

struct Form {
    name: String,
    pattern: String,
    spot: Spot,
}

/// A city that is also a metonym of its country.
pub(super) struct Capital {
    pub(super) city: PlaceIndex,
    pub(super) country: PlaceIndex,
    pub(super) names: Vec<String>,
    pub(super) spot: Spot,
}

impl Note {
    /// Where the sense stands; its forms, and where they stand.
    pub(super) fn into_parts(self) -> (Spot, Vec<(SenseForm, Spot)>) {
        let Self { spot, what, forms, .. } = self;
        let form = |Form { name, pattern, spot }| (SenseForm { what, name, pattern }, spot);
        (spot, forms.into_iter().map(form).collect())
    }
}

impl Builder<'_> {
    pub(super) fn sense(&mut self, row: &toml::Spanned<SenseRow>) {
        let row = self.at(row);
        let spot = self.here;
        let (kind, id) = match (&row.commodity, &row.place, &row.organisation) {
            (Some(id), None, None) => (EntryKind::Commodity, id),
            (None, Some(id), None) => (EntryKind::Place, id),
            (None, None, Some(id)) => (EntryKind::Organisation, id),
            _ => return self.fault("a sense names one commodity, place or organisation"),
        };
        if !self.is_own() && self.is_removed(kind, id) {
            return;
        }
        let Some(&what) = self.entries_called(Some(kind), id).first() else {
            return self.fault(format!("the sense is of `{id}`, but no {} has this id", kind.as_str()));
        };
        let rules = row.rules.iter().filter_map(|rule| self.rule(rule)).collect();
        let otherwise = &row.otherwise;
        let Some(otherwise) = self.verdict(otherwise.accept, otherwise.refuse, otherwise.choose.as_ref()) else {
            return;
        };
        let set = SenseSet(self.senses.len() as u32);
        self.senses.push(Sense { what, rules, otherwise });
        let mut note = Note { spot, own: self.is_own(), what, forms: Vec::new() };
        for written in &row.forms {
            let notation: &String = self.at(written);
            for name in self.expand(notation) {
                let pattern = find::spaced(&self.folding.fold_pattern(&name));
                note.forms.push(Form { name, pattern, spot: self.here });
            }
        }
        if note.forms.is_empty() {
            self.fault_at(spot, "a sense is for the forms that it lists, but it lists none");
        }
        for form in &note.forms {
            let before = self.sense_of.insert((what, form.pattern.clone()), set).filter(|before| *before != set);
            let before = before.map(|before| &self.sense_notes[before.0 as usize]);
            // A user's sense stands in the place of a built-in one.
            if let Some(first) = before.filter(|before| before.own == note.own) {
                let first = self.shown(first.spot);
                self.fault_at(form.spot, format!("`{}` has sense rules for this entry already, at {first}", form.name));
            }
        }
        self.sense_notes.push(note);
    }

    /// Every capital that is both a metonym of its country and a city gets the rules that tell the two apart, after those
    /// that it may have of its own.
    fn sense_capitals(&mut self) {
        let rows = std::mem::take(&mut self.capital_rules);
        // Shared: they are the same for two hundred capitals.
        let phrases: Vec<_> = rows.iter().map(|row| (self.phrases(&row.before), self.phrases(&row.after))).collect();
        for Capital { city, country, names, spot } in std::mem::take(&mut self.capitals) {
            self.here = spot;
            let what = What::Place(country);
            let rule = |(before, after): &(Arc<[Phrase]>, Arc<[Phrase]>)| SenseRule {
                before: before.clone(),
                after: after.clone(),
                ..SenseRule::of(Verdict::Choose(city))
            };
            let rules: Vec<SenseRule> = phrases.iter().map(rule).collect();
            let mut note = Note { spot, own: self.is_own(), what, forms: Vec::new() };
            let set = SenseSet(self.senses.len() as u32);
            for name in names {
                let pattern = find::spaced(&self.folding.fold_pattern(&name));
                let readings = self.patterns.get(&pattern);
                if !readings.is_some_and(|readings| readings.iter().any(|reading| reading.what == what)) {
                    continue;
                }
                match self.sense_of.get(&(what, pattern.clone())) {
                    Some(&own) if own != set => self.senses[own.0 as usize].rules.extend(rules.iter().cloned()),
                    Some(_) => {}
                    None => {
                        self.sense_of.insert((what, pattern.clone()), set);
                        note.forms.push(Form { name, pattern, spot });
                    }
                }
            }
            self.senses.push(Sense { what, rules, otherwise: Verdict::Accept });
            self.sense_notes.push(note);
        }
    }

    fn rule(&mut self, row: &RuleRow) -> Option<SenseRule> {
        let verdict = self.verdict(row.accept, row.refuse, row.choose.as_ref())?;
        let elsewhere = self.entities(&row.elsewhere);
        if elsewhere.is_empty() && !row.elsewhere.is_empty() {
            // without the entries that it asks for, the rule would hold everywhere
            return None;
        }
        Some(SenseRule {
            before: self.phrases(&row.before),
            after: self.phrases(&row.after),
            near: self.cue_set(&row.near),
            article: self.cue_set(&row.article),
            with_commodity: self.companions(EntryKind::Commodity, &row.with_commodity, |builder, id| {
                builder.commodity_by_id.get(id).copied()
            }),
            with_country: self
                .companions(EntryKind::Place, &row.with_country, |builder, id| builder.place_by_id.get(id).copied()),
            elsewhere,
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
            let places = self.entries_called(Some(EntryKind::Place), id);
            match self.entries_called(Some(EntryKind::Commodity), id).into_iter().chain(places).next() {
                Some(entity) => entities.push(entity),
                None => self.unknown(&[EntryKind::Commodity, EntryKind::Place], id),
            }
        }
        entities
    }

    /// A rule names an entry that is not there; what a user has taken away, a built-in rule may still name.
    fn unknown(&mut self, kinds: &[EntryKind], id: &str) {
        if self.is_own() || !kinds.iter().any(|&kind| self.is_removed(kind, id)) {
            self.fault(format!("a sense rule names `{id}`, which does not exist"));
        }
    }

    fn verdict(&mut self, accept: bool, refuse: Option<Reason>, choose: Option<&String>) -> Option<Verdict> {
        match (accept, refuse, choose) {
            (true, None, None) => Some(Verdict::Accept),
            (false, Some(reason), None) => Some(Verdict::Refuse(reason)),
            (false, None, Some(id)) => match self.place_by_id.get(id) {
                Some(&place) => Some(Verdict::Choose(place)),
                None => {
                    self.unknown(&[EntryKind::Place], id);
                    None
                }
            },
            _ => {
                self.fault("a sense rule must say exactly one of accept = true, refuse, choose");
                None
            }
        }
    }

    fn phrases(&mut self, notations: &[String]) -> Arc<[Phrase]> {
        let mut phrases = Vec::new();
        for notation in notations {
            let words = self.expand(notation);
            phrases.extend(words.iter().map(|word| Phrase::new(find::spaced(&self.folding.fold_pattern(word)))));
        }
        phrases.into()
    }

    fn cue_set(&mut self, names: &[String]) -> CueSet {
        let mut set = CueSet::default();
        for name in names {
            match CueClass::named(name) {
                Some(class) => set.insert(class),
                None => self.fault(format!("`{name}` is no cue class; lexicon/README.md lists them")),
            }
        }
        set
    }

    fn companions<T>(
        &mut self,
        kind: EntryKind,
        row: &OneOrMany,
        find: impl Fn(&Self, &str) -> Option<T>,
    ) -> Companions<T> {
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
                None => self.unknown(&[kind], id),
            }
        }
        Companions::OneOf(members)
    }

    /// Rules are read in the order of the files, names too: only now are all of both known. Rules for a name that is read
    /// everywhere do not bind the same name where it is read by its language: German `Gold` is no English `gold`.
    pub(super) fn attach_senses(&mut self) {
        self.sense_capitals();
        let mut used = FxHashSet::default();
        for (pattern, readings) in &mut self.patterns {
            let everywhere = readings.iter().filter(|reading| reading.scope == Scope::Everywhere);
            let everywhere: SmallVec<[What; 2]> = everywhere.map(|reading| reading.what).collect();
            for reading in readings.iter_mut() {
                if reading.scope == Scope::Everywhere || !everywhere.contains(&reading.what) {
                    reading.sense = self.sense_of.get(&(reading.what, pattern.clone())).copied();
                    used.extend(reading.sense);
                }
            }
            // In its own language, a name is read so first.
            readings.sort_by_key(|reading| reading.scope == Scope::Everywhere);
        }
        for (set, note) in (0u32..).map(SenseSet).zip(std::mem::take(&mut self.sense_notes)) {
            // Without a use, unless a user's files have taken its names, or given them other rules.
            let is_idle = |form: &Form| {
                self.sense_of.get(&(note.what, form.pattern.clone())) == Some(&set)
                    && !self.was_name_removed(note.what, &form.pattern)
            };
            // a capital whose names all have rules of their own has no forms here
            if !used.contains(&set) && !note.forms.is_empty() && note.forms.iter().all(is_idle) {
                let forms: Vec<&str> = note.forms.iter().map(|form| form.name.as_str()).collect();
                self.fault_at(note.spot, format!("the sense of {forms:?} matches no name of its entry"));
            }
            self.sense_notes.push(note);
        }
    }
}
