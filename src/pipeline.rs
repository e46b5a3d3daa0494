//! The whole walk as one pure function: a record in, an enriched event or a refusal out. The only file that names
//! every room.

use crate::article::{RawRecord, Refusal};
use crate::event::{EnrichedArticle, Tally};

/// An enriched event, and what it adds to the counters.
#[derive(Clone, Debug)]
pub struct Enriched {
    /// The event. Its provenance names version and lexicon; topic, partition, offset and time are the caller's to fill.
    pub event: EnrichedArticle,
    /// What this article adds to the counters once its event is committed.
    pub tally: Tally,
}

/// The walk with its settings and lexicon; shared by all workers.
pub struct Pipeline;

impl Pipeline {
    /// Walks one record through all rooms. Pure: no I/O, no clock.
    ///
    /// # Errors
    /// A [`Refusal`] when the record cannot be read as an article; it then belongs among the dead letters.
    pub fn enrich(&self, record: &RawRecord<'_>) -> Result<Enriched, Refusal> {
        let _ = record;
        Err(Refusal { code: crate::article::RefusalCode::NoText, message: "not yet built".into() })
    }
}
