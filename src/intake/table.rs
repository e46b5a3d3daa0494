//! Columns under a header: each row is a JSON object with the header's names, which the article's reader knows under many
//! names and by `[fields]`. A table of GDELT's (BigQuery's export) is known by its column `DocumentIdentifier`.

use super::{Entry, gkg};
use csv::{ByteRecord, ReaderBuilder, StringRecord};
use serde_json::{Map, Value};
use std::io::{self, BufRead};

/// Every row below the header.
pub(super) fn rows<'a>(reader: impl BufRead + 'a, delimiter: u8) -> Box<dyn Iterator<Item = io::Result<Entry>> + 'a> {
    let mut rows = ReaderBuilder::new().delimiter(delimiter).from_reader(reader);
    match rows.byte_headers().cloned().map_err(io::Error::from).and_then(names) {
        // without a header there is nothing by which a row could be read
        Err(error) => Box::new(std::iter::once(Err(error))),
        Ok(names) => Box::new(rows.into_byte_records().map(move |row| match row {
            Ok(row) => Ok(Entry { place: place(row.position()), record: record(&names, row) }),
            Err(error) => bad(error),
        })),
    }
}

fn names(header: ByteRecord) -> io::Result<StringRecord> {
    let mut names = StringRecord::from_byte_record(header)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, format!("the header is not UTF-8: {error}")))?;
    names.trim();
    // `Title` and `URL` are the contract's `title` and `url`; other names are kept as they are, for `[fields]`
    let lowered = |name: &str| {
        let lower = name.trim_start_matches('\u{feff}').to_ascii_lowercase();
        if crate::article::is_field(&lower) { lower } else { name.to_owned() }
    };
    Ok(if names.iter().any(|name| name == gkg::DOCUMENT) { names } else { names.iter().map(lowered).collect() })
}

fn record(names: &StringRecord, row: ByteRecord) -> Result<Vec<u8>, String> {
    let row = StringRecord::from_byte_record(row)
        .map_err(|error| format!("column {} is not UTF-8", error.utf8_error().field() + 1))?;
    let cells = || names.iter().zip(&row);
    if names.iter().any(|name| name == gkg::DOCUMENT) {
        return gkg::record(|(column, _)| cells().find(|(name, _)| *name == column).map(|(_, cell)| cell));
    }
    let filled = cells().filter(|(_, cell)| !cell.trim().is_empty());
    let object: Map<String, Value> = filled.map(|(name, cell)| (name.to_owned(), Value::from(cell))).collect();
    serde_json::to_vec(&object).map_err(|error| error.to_string())
}

/// A row that is no row of this table; an input that fails is no row at all.
fn bad(error: csv::Error) -> io::Result<Entry> {
    let position = error.position().cloned();
    let message = match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("{len} columns; the header has {expected_len}")
        }
        _ => return Err(error.into()),
    };
    Ok(Entry { place: place(position.as_ref()), record: Err(message) })
}

/// The header is row 1, as in a spreadsheet. Lines would mislead: a quoted cell may hold several.
fn place(position: Option<&csv::Position>) -> String {
    format!("row {}", position.map_or(0, csv::Position::record) + 1)
}
