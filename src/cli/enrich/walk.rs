//! A chunk of lines → their events, and the lines that cannot be read.

use super::input::{Chunk, Input};
use crate::article::{RawRecord, Refusal, RefusalCode};
use crate::pipeline::{Enriched, Pipeline, guarded, together};
use serde::Serialize;
use std::borrow::Cow;
use std::sync::Arc;

/// How lines are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    /// The input is a raw page, not a line of JSON.
    pub(super) raw: bool,
    /// The longest record.
    pub(super) limit: usize,
}

/// What became of a chunk.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// The events, in order; nobody has looked for their stories yet.
    pub(super) articles: Vec<Enriched>,
    /// The lines that cannot be read, in order.
    pub(super) unreadable: Vec<Unreadable>,
    /// Bytes of input that it was made from.
    pub(super) bytes_read: u64,
}

/// A line that cannot be read.
#[derive(Debug)]
pub(super) struct Unreadable {
    pub(super) file: Arc<str>,
    pub(super) number: u64,
    pub(super) code: &'static str,
    pub(super) message: String,
    /// The line as it was; `None` when it was too long to be held.
    pub(super) line: Option<Vec<u8>>,
}

/// Why a line cannot be read: a stable code, and words.
type Fault = (&'static str, String);

pub(super) fn walk(pipeline: &Pipeline, chunk: &Chunk, form: Form) -> Walked {
    let mut walked = Walked { bytes_read: chunk.bytes_read, ..Walked::default() };
    let values: Vec<Result<Cow<'_, [u8]>, Fault>> = chunk.lines().map(|(_, input)| value(input, form)).collect();
    let records: Vec<_> =
        values.iter().flatten().map(|value| RawRecord { value: Some(value), ..RawRecord::default() }).collect();
    let mut results = together(&records, RawRecord::size).flat_map(|range| enrich(pipeline, &records[range]));
    for ((number, input), value) in chunk.lines().zip(&values) {
        let result = value.as_ref().map_err(Clone::clone).and_then(|_| results.next().unwrap_or_else(|| Err(fault())));
        match result {
            Ok(enriched) => walked.articles.push(enriched),
            Err((code, message)) => {
                let line = match input {
                    Input::Held(bytes) => Some(bytes.to_vec()),
                    Input::TooLong(_) => None,
                };
                walked.unreadable.push(Unreadable { file: chunk.file.clone(), number, code, message, line });
            }
        }
    }
    walked
}

/// The record that a line is, or is the page of.
fn value(input: Input<'_>, form: Form) -> Result<Cow<'_, [u8]>, Fault> {
    match input {
        Input::Held(bytes) if form.raw => raw_page(bytes).map(Cow::Owned),
        Input::Held(bytes) => Ok(Cow::Borrowed(bytes)),
        Input::TooLong(length) => Err((
            RefusalCode::TooLarge.as_str(),
            format!("{length} bytes; article.max_record_bytes allows {}", form.limit),
        )),
    }
}

/// A fault of ours must not cost the user the other articles.
fn enrich(pipeline: &Pipeline, records: &[RawRecord<'_>]) -> Vec<Result<Enriched, Fault>> {
    let refused = |refusal: Refusal| (refusal.code.as_str(), refusal.message);
    let walk = |records: &[RawRecord<'_>]| {
        pipeline.enrich_all(records).into_iter().map(|walked| walked.map_err(refused)).collect()
    };
    guarded(records, walk, |_, _| Err(fault()))
}

fn fault() -> Fault {
    ("internal", "a fault in lodestream: please report it with this line".to_owned())
}

/// The event as a line, or as several for people.
pub(super) fn line(enriched: &Enriched, pretty: bool) -> serde_json::Result<Vec<u8>> {
    let mut line =
        if pretty { serde_json::to_vec_pretty(&enriched.event)? } else { serde_json::to_vec(&enriched.event)? };
    line.push(b'\n');
    Ok(line)
}

/// A raw page as the record that a crawler would send.
fn raw_page(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    #[derive(Serialize)]
    struct Page<'a> {
        raw: &'a str,
    }
    let raw = std::str::from_utf8(bytes)
        .map_err(|error| (RefusalCode::InvalidUtf8.as_str(), format!("not UTF-8 at byte {}", error.valid_up_to())))?;
    serde_json::to_vec(&Page { raw }).map_err(|error| ("internal", error.to_string()))
}
