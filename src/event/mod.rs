//! Entities and relations → the published event, its JSON form, and the tally that metrics and the timeline are raised from.
//!
//! *In:* what the rooms before found in one article. *Out:* [`EnrichedArticle`], serialised as JSON by serde.
//! *Guaranteed:* field names and meanings are those of `deploy/schemas/`; within a major version fields are only added;
//! offsets count Unicode scalar values of the field's text, end exclusive; lists are in a fixed order (most mentioned
//! first, then by id), so that the same article with the same lexicon gives the same bytes.

mod build;
mod schema;
mod tally;

pub use build::build;
pub use schema::*;
pub use tally::{Count, NO_COUNTRY, Tally, minerals};
