//! Text → mentions: what the words may be, before anyone decides what they are.
//!
//! *In:* [`Document`]s and the [`Lexicon`].
//! *Out:* for each a [`Found`]: names (each with all its readings), cues, roles, organisations and people found by pattern,
//! quantities, and the readings that a longer expression hides.
//! *Guaranteed:* names do not overlap and are in the order of the text; every span lies in one sentence's field.

mod blocks;
mod han;
mod later;
mod organisations;
mod people;
mod proper;
mod quantities;
mod scan;
mod works;

pub use organisations::{FoundOrganisation, OrganisationName};
pub(crate) use organisations::{is_headline, is_told};
pub use people::FoundPerson;
pub use quantities::{Amount, Quantity};
pub use scan::{Cue, Hidden, Name, Scan};

use crate::lexicon::Lexicon;
use crate::text::{Document, Span};

/// Where something stands: field, sentence (counted over all fields) and bytes of the field's original text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// Index into [`Document::fields`].
    pub field: u8,
    /// Index into [`Scan::sentences`].
    pub sentence: u32,
    /// Bytes of the original.
    pub span: Span,
}

impl At {
    /// Whether the other place lies within this one.
    pub fn covers(&self, other: &Self) -> bool {
        self.field == other.field && self.span.start <= other.span.start && other.span.end <= self.span.end
    }

    /// Whether the two places share a byte.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.field == other.field && self.span.start < other.span.end && other.span.start < self.span.end
    }
}

/// Whether a place overlaps with any of a list that is in order and does not overlap itself.
pub(crate) fn overlaps_any<T>(items: &[T], at_of: impl Fn(&T) -> At, at: At) -> bool {
    let near = items.partition_point(|item| (at_of(item).field, at_of(item).span.end) <= (at.field, at.span.start));
    items.get(near).is_some_and(|item| at_of(item).overlaps(&at))
}

/// Everything that the walk finds in a document before senses are resolved.
pub struct Found<'d> {
    /// Names, cues and what else the automaton reports.
    pub scan: Scan<'d>,
    /// Organisations, listed or told by their pattern.
    pub organisations: Vec<FoundOrganisation>,
    /// People, told by title, pattern or list.
    pub people: Vec<FoundPerson>,
    /// Numbers with their units.
    pub quantities: Vec<Quantity>,
}

/// What is found after the names, in this order: each step may ask what those before it found.
const STEPS: [fn(&mut Found<'_>); 7] = [
    |found| blocks::mark(&mut found.scan),
    |found| works::hide(&mut found.scan),
    |found| found.organisations = organisations::find(&mut found.scan),
    |found| found.people = people::find(&mut found.scan, &found.organisations),
    |found| proper::find(&mut found.scan, &mut found.organisations, &mut found.people),
    pass_over_site,
    |found| {
        let (quantities, cues) = quantities::find(&found.scan);
        found.scan.add_cues(cues);
        found.quantities = quantities;
    },
];

/// Reads documents: a step over all of them before the next, so that its code and tables are at hand
/// ([`Pipeline::enrich_all`](crate::pipeline::Pipeline::enrich_all)).
pub fn extract<'d>(documents: &'d [Document<'d>], lexicon: &'d Lexicon) -> Vec<Found<'d>> {
    let new = |scan| Found { scan, organisations: Vec::new(), people: Vec::new(), quantities: Vec::new() };
    let mut all: Vec<Found<'d>> = documents.iter().map(|document| new(Scan::new(document, lexicon))).collect();
    for step in STEPS {
        all.iter_mut().for_each(step);
    }
    all
}

/// Reads one document.
#[cfg(test)]
pub(crate) fn extract_one<'d>(document: &'d Document<'d>, lexicon: &'d Lexicon) -> Found<'d> {
    extract(std::slice::from_ref(document), lexicon).remove(0)
}

/// Drops the names of the site's own lines, and those of authors.
fn pass_over_site(found: &mut Found<'_>) {
    let Found { scan, organisations, people, .. } = found;
    organisations.retain(|organisation| !scan.is_of_site(organisation.at.sentence));
    people.retain(|person| !scan.is_of_site(person.at.sentence));
    let bylines = people::bylines(scan);
    people.retain(|person| !people::is_author(scan, person.at) && !overlaps_any(&bylines, |line| *line, person.at));
    let covers: Vec<(At, bool)> = bylines.into_iter().map(|line| (line, false)).collect();
    scan.hide_names(&covers, |_, _| false);
}
