//! The lexicon, and where every name of it stands: for people who look a term up, list entries or check files.
//!
//! *In:* [`LexiconFiles`]. *Out:* a [`Survey`]: the compiled lexicon with a [`Listing`] for every name of every file,
//! entries as people see them ([`Entry`]), sense rules in words ([`Survey::sense_in_words`]), and what is doubtful
//! ([`Survey::check`]). *Guaranteed:* the lexicon is the one that the walk would read with, compiled by the same code;
//! a listing names the file and line at which its name is written. The walk never makes a survey: it costs time and
//! memory that only these questions are worth.

mod check;
mod entry;
mod record;
#[cfg(test)]
mod tests;
mod words;

pub use check::{Finding, Severity};
pub use entry::Entry;
pub(super) use record::{Listed, Record, SenseForm};

use super::{EntryKind, Lexicon, LexiconError, LexiconFiles, Reading, What, compile, find};
use crate::text::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use std::fmt;
use std::sync::Arc;

/// Where something is written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The file: a user's by where it lies, a built-in one relative to the lexicon's folder.
    pub file: Arc<str>,
    /// The line, from 1.
    pub line: usize,
    /// The file is a user's.
    pub own: bool,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// One name of one entry, as a file lists it.
#[derive(Clone, Debug)]
pub struct Listing {
    /// The name, its optional parts written out.
    pub name: String,
    /// The name as it is matched: folded.
    pub pattern: String,
    /// Code of the language that it is listed under; empty where its list has none.
    pub language: String,
    /// The list's key in the file: `names`, `aliases`, `symbols` …
    pub list: &'static str,
    /// How it is read.
    pub reading: Reading,
    /// Where it is written.
    pub origin: Origin,
}

/// Where sense rules are written.
struct SenseOrigin {
    origin: Origin,
    forms: Vec<(SenseForm, Origin)>,
}

/// A lexicon and where its names stand.
pub struct Survey<'f> {
    files: &'f LexiconFiles,
    /// The lexicon that the walk would read with.
    pub lexicon: Lexicon,
    listings: Vec<Listing>,
    by_pattern: FxHashMap<String, Vec<usize>>,
    entry_origins: FxHashMap<What, Origin>,
    senses: Vec<SenseOrigin>,
}

impl<'f> Survey<'f> {
    /// Compiles the files, and keeps where each name stands.
    ///
    /// # Errors
    /// [`LexiconError`] with every fault of every file.
    pub fn new(files: &'f LexiconFiles) -> Result<Self, LexiconError> {
        let (lexicon, Record { listings, entries, senses, .. }) = compile::compile_with_record(files)?;
        let mut by_pattern = FxHashMap::<String, Vec<usize>>::default();
        for (at, listing) in listings.iter().enumerate() {
            by_pattern.entry(listing.pattern.clone()).or_default().push(at);
        }
        Ok(Self { files, lexicon, listings, by_pattern, entry_origins: entries, senses })
    }

    /// Every name of every file.
    pub fn listings(&self) -> &[Listing] {
        &self.listings
    }

    /// The names that are written like this term, apart from case, accents, width, hyphens and traditional characters.
    pub fn listings_of(&self, term: &str) -> impl Iterator<Item = &Listing> {
        let found = self.by_pattern.get(&self.pattern(term)).into_iter().flatten();
        found.map(|&at| &self.listings[at])
    }

    /// Longer names that hide the term where they stand: decoys and names of other entries that contain it, each once,
    /// decoys first.
    pub fn hides(&self, term: &str) -> Vec<&Listing> {
        let own: Vec<What> = self.listings_of(term).map(|listing| listing.reading.what).collect();
        let term = self.pattern(term);
        let hides = |listing: &&Listing| {
            let Reading { what, part, .. } = listing.reading;
            what.is_name()
                && !own.contains(&what)
                && usize::from(part.1 - part.0) > term.len()
                && holds(&listing.pattern, &term)
        };
        let mut longer: Vec<&Listing> = self.listings.iter().filter(hides).collect();
        longer
            .sort_by_key(|listing| (listing.reading.what.kind() != EntryKind::Decoy, listing.pattern.chars().count()));
        let mut seen = FxHashSet::default();
        longer.retain(|listing| seen.insert((listing.reading.what, listing.pattern.as_str())));
        longer
    }

    /// The names that the walk would find within a text, the longest at each place: (words, listing).
    pub fn within<'t>(&self, text: &'t str) -> Vec<(&'t str, &Listing)> {
        let folded = self.lexicon.folding().fold(text);
        let haystack = Lexicon::haystack(&folded);
        let mut hits: Vec<(Span, &str, What)> = Vec::new();
        self.lexicon.find(&folded, &haystack, text, |hit| {
            let pattern = &haystack[hit.folded.start as usize..hit.folded.end as usize];
            if hit.reading.what.is_name() {
                hits.push((hit.span, pattern, hit.reading.what));
            }
        });
        hits.sort_by_key(|(span, ..)| (span.start, std::cmp::Reverse(span.end)));
        let mut end = 0;
        let mut found = Vec::new();
        for (span, pattern, what) in hits {
            let listings = self.by_pattern.get(pattern).into_iter().flatten().map(|&at| &self.listings[at]);
            let of_this = listings.into_iter().find(|listing| listing.reading.what == what);
            if let Some(listing) = of_this.filter(|_| span.start >= end) {
                end = span.end;
                found.push((&text[span.start as usize..span.end as usize], listing));
            }
        }
        found
    }

    fn pattern(&self, term: &str) -> String {
        find::spaced(&self.lexicon.folding().fold_pattern(term.trim()))
    }
}

/// Whether a pattern holds another between boundaries.
fn holds(pattern: &str, part: &str) -> bool {
    let bounded = |edge: Option<char>, beside: Option<char>| {
        !(edge.is_some_and(find::is_word_char) && beside.is_some_and(find::is_word_char))
    };
    pattern.match_indices(part).any(|(at, _)| {
        bounded(part.chars().next(), pattern[..at].chars().next_back())
            && bounded(part.chars().next_back(), pattern[at + part.len()..].chars().next())
    })
}
