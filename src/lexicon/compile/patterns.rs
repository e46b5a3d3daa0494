//! Names → patterns: folded, checked, and joined with the other readings of the same words.

use super::lists::{List, Rule, Spelling};
use super::rows::Name;
use super::{Builder, notation};
use crate::lexicon::survey::Listed;
use crate::lexicon::{CueClass, Reading, Scope, What, Written, find};
use crate::text::Language;
use smallvec::SmallVec;
use unicode_script::{Script, UnicodeScript};

impl Builder<'_> {
    /// Adds the names of an entry's lists; a list that such entries do not have is passed over.
    pub(super) fn add_lists(&mut self, what: What, lists: &[List<'_>]) {
        for list in lists {
            if let Some(rule) = Rule::of(what.kind(), list.name) {
                self.add_names(what, rule, list.name, list.words.iter());
            }
        }
    }

    /// Adds names, each with its language.
    pub(super) fn add_names<'n>(
        &mut self,
        what: What,
        rule: Rule,
        list: &'static str,
        names: impl IntoIterator<Item = (&'n str, &'n Name)>,
    ) {
        for (language, name) in names {
            let notation: &String = self.at(name);
            for name in self.expand(notation) {
                self.add_name(what, rule, Listed { list, language, name: &name });
            }
        }
    }

    /// The names that a notation stands for; none where it is faulty.
    pub(super) fn expand(&mut self, notation: &str) -> Vec<String> {
        notation::expand(notation).unwrap_or_else(|error| {
            self.fault(error);
            Vec::new()
        })
    }

    pub(super) fn add_name(&mut self, what: What, rule: Rule, listed: Listed<'_>) {
        let name = listed.name;
        let pattern = find::spaced(&self.folding.fold_pattern(name));
        let Ok(length) = u8::try_from(pattern.len()) else {
            return self.fault(format!("`{name}` is longer than 255 bytes"));
        };
        if pattern.trim() != pattern || pattern.is_empty() {
            return self.fault(format!("`{name}` begins or ends with a hyphen, or is empty"));
        }
        let written = match rule.spelling {
            Spelling::Any => Written::Any,
            Spelling::Capitalised => Written::Capitalised(self.spellings.len() as u32),
            Spelling::Exact => Written::Exactly(self.spellings.len() as u32),
        };
        if self.is_name_removed(what, &pattern, name, written) {
            return;
        }
        if written != Written::Any {
            self.spellings.push(name.to_owned());
        }
        let Some(scope) = self.scope(what, listed) else {
            let code = listed.language;
            return self.fault(format!("`{name}` is listed for `{code}`, but there is no languages/{code}.txt"));
        };
        let Rule { form, trust, .. } = rule;
        self.add(pattern, Reading { what, form, written, trust, scope, sense: None, part: (0, length) }, listed);
    }

    /// In which text a name is read; none where it is of a language that no list tells. English and Chinese names, and
    /// proper names of bodies and people, are read everywhere; others only in their language, where its letters are not
    /// its own.
    fn scope(&self, what: What, listed: Listed<'_>) -> Option<Scope> {
        let by_language = matches!(what, What::Commodity(_) | What::Place(_) | What::Decoy(_));
        if !by_language || ["", Language::EN.code(), Language::ZH.code()].contains(&listed.language) {
            return Some(Scope::Everywhere);
        }
        let language = Language::new(listed.language)?;
        let letters = || listed.name.chars().filter(|c| c.is_alphabetic()).map(|c| c.script());
        let shared = letters().any(|script| script == Script::Latin) || letters().all(|script| script == Script::Han);
        let scope = if shared { Scope::Sentences(language) } else { Scope::Script(language) };
        self.languages.all().any(|known| known == language).then_some(scope)
    }

    /// `signed … agreement` becomes two halves of one number; `signed` alone says nothing.
    pub(super) fn cue(&mut self, class: CueClass, language: &str, name: &Name) {
        let phrase = self.at(name);
        let Some((head, tail)) = phrase.split_once('…') else {
            return self.add_names(What::Cue(class), Rule::PLAIN, "cue", [(language, name)]);
        };
        self.gaps += 1;
        for (what, half) in [(What::CueHead(self.gaps, class), head), (What::CueTail(self.gaps), tail)] {
            for name in self.expand(half) {
                self.add_name(what, Rule::PLAIN, Listed { list: "cue", language, name: &name });
            }
        }
    }

    pub(super) fn add(&mut self, pattern: String, reading: Reading, listed: Listed<'_>) {
        if let Some(record) = &mut self.record {
            record.note(self.here, &pattern, reading, listed);
        }
        let readings = self.patterns.entry(pattern.clone()).or_insert_with(|| {
            self.order.push(pattern);
            SmallVec::new()
        });
        // The same name twice, as with and without a hyphen, is one reading.
        let same = |old: &Reading| {
            old.what == reading.what
                && old.scope == reading.scope
                && old.part == reading.part
                && std::mem::discriminant(&old.written) == std::mem::discriminant(&reading.written)
                && !matches!(reading.written, Written::Exactly(_))
        };
        if !readings.iter().any(same) {
            readings.push(reading);
        }
    }
}
