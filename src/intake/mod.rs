//! Files that crawlers leave behind → raw articles by the contract, one JSON object each.
//!
//! *In:* the bytes of one file or of standard input. *Out:* one [`Entry`] after the other, in the order of the input: a record
//! for the raw topic, or the reason why there is none, and where the entry stands. *Guaranteed:* a bad entry never stops the
//! rest; nothing is invented: what an entry does not say is left out of its record.
//!
//! | format | one entry is | read how |
//! |---|---|---|
//! | [`Format::Lines`] | a line | as it is, unchecked: judging articles is the walk's work |
//! | [`Format::Feed`] | an item of RSS 0.9x–2.0 or RDF, an entry of Atom or JSON Feed | whole file in memory, by `feed-rs` (`syndication.rs`) |
//! | [`Format::Table`] | a row of CSV or TSV under a header | row by row; columns are fields by their names (`table.rs`) |
//! | [`Format::Gkg`] | a row of GDELT's Global Knowledge Graph 2.1 | line by line (`gkg.rs`) |
//!
//! GDELT names articles and carries no text of theirs, and many feeds hold headlines only. Such an entry's headline becomes
//! the record's `text`, and its `title` is left out, so that what stands in a headline is not counted twice.

mod gkg;
mod guess;
mod markup;
mod record;
mod syndication;
mod table;

use std::io::{self, BufRead};

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line.
    Lines,
    /// RSS, Atom or JSON Feed.
    Feed,
    /// Columns under a header, parted by this byte.
    Table(u8),
    /// GDELT GKG 2.1: columns parted by tabs, no header.
    Gkg,
}

/// One entry of an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands: `line 7`, `entry 3`, `row 5` (the header is row 1).
    pub place: String,
    /// The record for the raw topic; or, in words, why there is none.
    pub record: Result<Vec<u8>, String>,
}

/// What an input holds, told by how it begins. Nothing of it is taken.
///
/// # Errors
/// When the input cannot be read.
pub fn guess(reader: &mut impl BufRead) -> io::Result<Format> {
    reader.fill_buf().map(guess::format)
}

/// The entries of an input.
///
/// # Errors
/// When the input cannot be read.
pub fn entries<'a>(
    reader: impl BufRead + 'a,
    format: Format,
) -> io::Result<Box<dyn Iterator<Item = io::Result<Entry>> + 'a>> {
    Ok(match format {
        Format::Lines => Box::new(numbered(lines(reader)).map(|line| {
            let (place, line) = line?;
            Ok(Entry { place, record: Ok(line) })
        })),
        Format::Feed => Box::new(syndication::entries(reader)?.into_iter().map(Ok)),
        Format::Table(delimiter) => Box::new(table::rows(reader, delimiter)),
        Format::Gkg => Box::new(gkg::rows(reader)),
    })
}

/// The lines of a reader, as bytes: a raw article need not be UTF-8 to be published.
pub fn lines(reader: impl BufRead) -> impl Iterator<Item = io::Result<Vec<u8>>> {
    reader.split(b'\n').map(|line| {
        line.map(|mut line| {
            if line.last() == Some(&b'\r') {
                line.pop();
            }
            line
        })
    })
}

fn numbered<T>(lines: impl Iterator<Item = io::Result<T>>) -> impl Iterator<Item = io::Result<(String, T)>> {
    lines.zip(1_u64..).map(|(line, number)| Ok((format!("line {number}"), line?)))
}

#[cfg(test)]
mod tests;
