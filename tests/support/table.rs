//! Tables of sentences with what a careful reader finds in them.

use lodestream::article::RawRecord;
use lodestream::event::EnrichedArticle;
use lodestream::lexicon::Lexicon;
use lodestream::pipeline::{Pipeline, PipelineSettings};
use std::sync::Arc;

/// The rows of a table, without its comments.
pub(crate) fn rows<const COLUMNS: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; COLUMNS]> {
    let rows = table.lines().filter(|row| !row.is_empty() && !row.starts_with('#'));
    rows.map(|row| {
        let columns: Vec<&str> = row.split('\t').collect();
        columns.try_into().unwrap_or_else(|_| panic!("`{row}` has not {COLUMNS} columns"))
    })
}

/// The walk with the built-in lexicon.
pub(crate) struct Reader(Pipeline);

impl Reader {
    pub(crate) fn new() -> Self {
        let lexicon = Lexicon::embedded().unwrap_or_else(|error| panic!("{error}"));
        Self(Pipeline::new(&PipelineSettings::default(), Arc::new(lexicon)).unwrap())
    }

    /// What the walk finds in an article.
    pub(crate) fn enrich(&self, article: &serde_json::Value) -> EnrichedArticle {
        let value = article.to_string();
        let record = RawRecord { value: Some(value.as_bytes()), ..RawRecord::default() };
        self.0.enrich(&record).unwrap_or_else(|refusal| panic!("{article}: {refusal}")).event
    }
}
