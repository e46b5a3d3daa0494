//! A chunk of lines → their events, and the lines that cannot be read.

use super::input::{Chunk, Input};
use crate::article::{RawRecord, RefusalCode};
use crate::pipeline::{Enriched, Pipeline};
use serde::Serialize;
use std::panic::{AssertUnwindSafe, catch_unwind};
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

pub(super) fn walk(pipeline: &Pipeline, chunk: &Chunk, form: Form) -> Walked {
    let mut walked = Walked { bytes_read: chunk.bytes_read, ..Walked::default() };
    for (number, input) in chunk.lines() {
        let result = match input {
            Input::Held(bytes) => enrich(pipeline, bytes, form),
            Input::TooLong(length) => Err((
                RefusalCode::TooLarge.as_str(),
                format!("{length} bytes; article.max_record_bytes allows {}", form.limit),
            )),
        };
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

fn enrich(pipeline: &Pipeline, bytes: &[u8], form: Form) -> Result<Enriched, (&'static str, String)> {
    let page;
    let value = if form.raw {
        page = raw_page(bytes)?;
        page.as_slice()
    } else {
        bytes
    };
    let record = RawRecord { key: None, value: Some(value), timestamp: None };
    // A fault of ours must not cost the user the articles after it.
    catch_unwind(AssertUnwindSafe(|| pipeline.enrich(&record)))
        .map_err(|_| ("internal", "a fault in lodestream: please report it with this line".to_owned()))?
        .map_err(|refusal| (refusal.code.as_str(), refusal.message))
}

/// The event as a line, or as several for people.
pub(super) fn line(enriched: &Enriched, pretty: bool) -> serde_json::Result<Vec<u8>> {
    let mut line =
        if pretty { serde_json::to_vec_pretty(&enriched.event)? } else { serde_json::to_vec(&enriched.event)? };
    line.push(b'\n');
    Ok(line)
}

/// A raw page as the record that a crawler would send.
fn raw_page(bytes: &[u8]) -> Result<Vec<u8>, (&'static str, String)> {
    #[derive(Serialize)]
    struct Page<'a> {
        raw: &'a str,
    }
    let raw = std::str::from_utf8(bytes)
        .map_err(|error| (RefusalCode::InvalidUtf8.as_str(), format!("not UTF-8 at byte {}", error.valid_up_to())))?;
    serde_json::to_vec(&Page { raw }).map_err(|error| ("internal", error.to_string()))
}
