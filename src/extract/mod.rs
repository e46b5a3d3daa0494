//! Text → mentions: what the words may be, before anyone decides what they are.
//!
//! *In:* a [`Document`] and the [`Lexicon`].
//! *Out:* a [`Scan`]: names (each with all its readings), cues, roles, organisations and people found by pattern,
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

/// Reads a document.
pub fn extract<'d>(document: &'d Document<'d>, lexicon: &'d Lexicon) -> Found<'d> {
    let mut scan = Scan::new(document, lexicon);
    blocks::mark(&mut scan);
    works::hide(&mut scan);
    let mut organisations = organisations::find(&mut scan);
    let mut people = people::find(&mut scan, &organisations);
    proper::find(&mut scan, &mut organisations, &mut people);
    organisations.retain(|organisation| !scan.is_of_site(organisation.at.sentence));
    people.retain(|person| !scan.is_of_site(person.at.sentence));
    let bylines = people::bylines(&scan);
    people.retain(|person| !people::is_author(&scan, person.at) && !overlaps_any(&bylines, |line| *line, person.at));
    let covers: Vec<(At, bool)> = bylines.into_iter().map(|line| (line, false)).collect();
    scan.hide_names(&covers, |_, _| false);
    let (quantities, cues) = quantities::find(&scan);
    scan.add_cues(cues);
    Found { scan, organisations, people, quantities }
}
