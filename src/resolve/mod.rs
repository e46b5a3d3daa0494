//! Mentions → entities: what the words are, and what they are not.
//!
//! *In:* what [`extract`](crate::extract) found in each article.
//! *Out:* for each [`Resolved`]: commodity and place mentions, organisations and people with all their mentions, refused readings
//! with a reason each, and the countries that the article is about.
//! *Guaranteed:* every name that names a commodity or a place is either a mention or refused, never both; mentions are in
//! the order of the text; every score is between 0 and 1.

mod borrowed;
mod datelines;
mod focus;
mod organisations;
mod people;
mod senses;

pub use datelines::Dateline;
pub use focus::Focus;
pub use organisations::Organisation;
pub use people::Person;

use crate::extract::{At, Found, OrganisationName, Quantity, Scan};
use crate::lexicon::{CommodityIndex, PlaceIndex, Reason, What};
use crate::text::FieldName;
use crate::vocabulary::Form;

/// An article's entities.
pub struct Resolved<'d> {
    /// The text and its cues.
    pub scan: Scan<'d>,
    /// Mentions of commodities, in order.
    pub commodities: Vec<Mention<CommodityIndex>>,
    /// Mentions of places, in order.
    pub places: Vec<Mention<PlaceIndex>>,
    /// Places where a report was filed, in order: among [`Resolved::places`] too.
    pub datelines: Vec<Dateline>,
    /// Organisations, in order of their first mention.
    pub organisations: Vec<Organisation>,
    /// People, in order of their first mention.
    pub people: Vec<Person>,
    /// Numbers with their units.
    pub quantities: Vec<Quantity>,
    /// Readings that were refused.
    pub refused: Vec<Refused>,
    /// Countries that the article is about, highest score first.
    pub focus: Vec<Focus>,
}

/// One mention of an entity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mention<T> {
    /// Where.
    pub at: At,
    /// What is mentioned.
    pub entity: T,
    /// What kind of name it is.
    pub form: Form,
    /// How sure the reading is, 0 to 1.
    pub confidence: f64,
}

/// A reading that was refused.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Refused {
    /// Where.
    pub at: At,
    /// What it would have been.
    pub what: What,
    /// Why it is not.
    pub reason: Reason,
}

/// Resolves everything that was found in each article.
pub fn resolve(found: Vec<Found<'_>>) -> Vec<Resolved<'_>> {
    found.into_iter().map(resolve_one).collect()
}

fn resolve_one(found: Found<'_>) -> Resolved<'_> {
    let Found { scan, mut organisations, people, quantities } = found;
    let senses::Read { commodities, places, mut refused, namesakes } = senses::read(&scan, &people);
    for found in &mut organisations {
        if let OrganisationName::Listed(listed) = found.name
            && namesakes.binary_search(&found.at).is_ok()
        {
            let kind = scan.lexicon.organisations[listed.0 as usize].kind;
            found.name = OrganisationName::Pattern { kind, country: None };
        }
    }
    refused.sort_by_key(|refused| (refused.at, refused.reason));
    refused.dedup_by_key(|refused| (refused.at, refused.what));
    let organisations = organisations::resolve(&scan, organisations, &commodities);
    let people = people::resolve(&scan, people, &places);
    let datelines = datelines::find(&scan, &places);
    let focus = focus::focus(&scan, &places, &datelines);
    Resolved { scan, commodities, places, datelines, organisations, people, quantities, refused, focus }
}

impl Resolved<'_> {
    /// The dateline that a place stands in.
    pub fn dateline(&self, place: At) -> Option<&Dateline> {
        self.datelines.iter().find(|dateline| dateline.at == place)
    }

    /// The mentions that stand in a sentence, of a list that is in the order of the text.
    pub fn in_sentence<T>(mentions: &[Mention<T>], sentence: u32) -> &[Mention<T>] {
        let start = mentions.partition_point(|mention| mention.at.sentence < sentence);
        let length = mentions[start..].partition_point(|mention| mention.at.sentence == sentence);
        &mentions[start..start + length]
    }
}

/// How much of the article's attention one mention shows: the headline most, then headings and the first sentence.
pub(crate) fn weight(scan: &Scan<'_>, at: At) -> f64 {
    let (field, sentence) = scan.sentences[at.sentence as usize];
    let first_of_text =
        sentence == 0 || scan.document.fields[field as usize].sentences[..sentence as usize].iter().all(|s| s.heading);
    match scan.document.fields[field as usize].name {
        FieldName::Title => 2.0,
        FieldName::Text if first_of_text => 1.0,
        FieldName::Text if scan.sentence(at.sentence).heading => 0.8,
        FieldName::Text => 0.4,
    }
}

/// Relevance of an entity from the weights of its mentions: grows with each, and never reaches 1.
pub(crate) fn relevance(weights: impl Iterator<Item = f64>) -> f64 {
    1.0 - (-0.7 * weights.sum::<f64>()).exp()
}
