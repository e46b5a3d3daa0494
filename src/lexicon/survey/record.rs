//! Where every name stands, noted while the files are compiled.

use super::{Listing, Origin, SenseOrigin};
use crate::lexicon::files::Spot;
use crate::lexicon::{LexiconFiles, Reading, SenseSet, What};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// What is noted.
#[derive(Default)]
pub(in crate::lexicon) struct Record {
    sources: Vec<Source>,
    pub(super) listings: Vec<Listing>,
    pub(super) entries: FxHashMap<What, Origin>,
    pub(super) senses: Vec<SenseOrigin>,
}

/// A name as a file lists it.
#[derive(Clone, Copy)]
pub(in crate::lexicon) struct Listed<'n> {
    /// The list's key in the file.
    pub(in crate::lexicon) list: &'static str,
    /// Empty where the list has none.
    pub(in crate::lexicon) language: &'n str,
    pub(in crate::lexicon) name: &'n str,
}

/// A form that a sense is for.
pub(in crate::lexicon) struct SenseForm {
    pub(in crate::lexicon) what: What,
    pub(in crate::lexicon) name: String,
    pub(in crate::lexicon) pattern: String,
}

struct Source {
    file: Arc<str>,
    own: bool,
    /// The bytes at which lines begin.
    lines: Vec<u32>,
}

impl Record {
    pub(in crate::lexicon) fn new(files: &LexiconFiles) -> Self {
        let source = |file: crate::lexicon::files::LexiconFile<'_>| Source {
            file: files.shown(file.path).into(),
            own: file.own,
            lines: std::iter::once(0)
                .chain(memchr::memchr_iter(b'\n', file.text.as_bytes()).map(|at| at as u32 + 1))
                .collect(),
        };
        Self { sources: files.iter().map(source).collect(), ..Self::default() }
    }

    pub(in crate::lexicon) fn note(&mut self, spot: Spot, pattern: &str, reading: Reading, listed: Listed<'_>) {
        self.listings.push(Listing {
            name: listed.name.to_owned(),
            pattern: pattern.to_owned(),
            language: listed.language.to_owned(),
            list: listed.list,
            reading,
            origin: self.origin(spot),
        });
    }

    /// Adds what is known only at the end.
    pub(in crate::lexicon) fn close(
        &mut self,
        entries: &FxHashMap<What, Spot>,
        senses: impl Iterator<Item = (Spot, Vec<(SenseForm, Spot)>)>,
        sense_of: impl Fn(&str, &Reading) -> Option<SenseSet>,
    ) {
        self.entries = entries.iter().map(|(what, spot)| (*what, self.origin(*spot))).collect();
        let origin_of = |(spot, forms): (Spot, Vec<(SenseForm, Spot)>)| SenseOrigin {
            origin: self.origin(spot),
            forms: forms.into_iter().map(|(form, spot)| (form, self.origin(spot))).collect(),
        };
        self.senses = senses.map(origin_of).collect();
        for listing in &mut self.listings {
            listing.reading.sense = sense_of(&listing.pattern, &listing.reading);
        }
    }

    fn origin(&self, spot: Spot) -> Origin {
        let source = &self.sources[spot.file as usize];
        let line = source.lines.partition_point(|start| *start <= spot.at);
        Origin { file: source.file.clone(), line, own: source.own }
    }
}
