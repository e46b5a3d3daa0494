//! GDELT's Global Knowledge Graph 2.1: one row for each article that GDELT has seen.
//!
//! A row names the article (address, site, time, subjects) and holds no text of it; the headline stands in the extras, for pages
//! from the web and where GDELT found one. What can be read out of it is what a headline says: whoever wants the articles'
//! text fetches the addresses with a crawler.

use super::record::{Record, filled};
use super::{Entry, lines, markup, numbered};
use jiff::{civil::DateTime, tz::TimeZone};
use std::io::{self, BufRead};

/// The columns by which rows are read, as BigQuery's export heads them, and their places in GDELT's own files.
pub(super) const DOCUMENT: &str = "DocumentIdentifier";
const COLUMNS: usize = 27;
const ID: (&str, usize) = ("GKGRECORDID", 0);
const DATE: (&str, usize) = ("DATE", 1);
const SOURCE: (&str, usize) = ("SourceCommonName", 3);
const ADDRESS: (&str, usize) = (DOCUMENT, 4);
const THEMES: (&str, usize) = ("Themes", 7);
const EXTRAS: (&str, usize) = ("Extras", 26);

/// Whether a line begins as a row does: an id made of a time and a number, and the time again.
pub(super) fn begins(line: &[u8]) -> bool {
    let mut columns = line.split(|byte| *byte == b'\t');
    let (Some(id), Some(date)) = (columns.next(), columns.next()) else { return false };
    date.len() == 14 && date.iter().all(u8::is_ascii_digit) && id.get(14) == Some(&b'-')
}

/// Every row of a file without a header.
pub(super) fn rows(reader: impl BufRead) -> impl Iterator<Item = io::Result<Entry>> {
    let filled = |line: &io::Result<(String, Vec<u8>)>| line.as_ref().map_or(true, |(_, line)| !line.is_empty());
    numbered(lines(reader)).filter(filled).map(|line| {
        let (place, line) = line?;
        Ok(Entry { place, record: row(&line) })
    })
}

fn row(line: &[u8]) -> Result<Vec<u8>, String> {
    let line = std::str::from_utf8(line).map_err(|error| format!("not UTF-8 at byte {}", error.valid_up_to() + 1))?;
    let columns: Vec<&str> = line.split('\t').collect();
    if columns.len() != COLUMNS {
        return Err(format!("{} columns; GDELT GKG 2.1 has {COLUMNS}", columns.len()));
    }
    record(|(_, index)| columns.get(index).copied())
}

/// The record of a row whose columns can be had.
pub(super) fn record<'a>(column: impl Fn((&str, usize)) -> Option<&'a str>) -> Result<Vec<u8>, String> {
    let extras = column(EXTRAS).unwrap_or_default();
    let Some(title) = markup::element(extras, "page_title") else {
        return Err("no PAGE_TITLE in its extras, and GDELT carries no text".to_owned());
    };
    let precise = markup::element(extras, "page_precisepubtimestamp");
    let times = precise.as_deref().into_iter().chain(column(DATE));
    let themes = column(THEMES).unwrap_or_default().split(';').filter_map(filled).collect();
    Record {
        id: column(ID).and_then(filled),
        title: Some(title),
        // citations and file names of other collections are no addresses
        url: column(ADDRESS).and_then(filled).filter(|address| address.starts_with("http")),
        source: column(SOURCE).and_then(filled),
        published_at: times.filter_map(instant).next(),
        themes,
        ..Record::default()
    }
    .into_bytes()
}

/// `20251103081500`, always in UTC.
fn instant(digits: &str) -> Option<String> {
    let time = DateTime::strptime("%Y%m%d%H%M%S", digits.trim()).ok()?;
    Some(TimeZone::UTC.to_timestamp(time).ok()?.to_string())
}
