//! Files and standard input → records for the raw topic; entries that cannot be articles are said and counted.

use crate::article::{ArticleReader, RawRecord};
use crate::intake::{Entry, Format, entries, guess};
use serde_json::{Map, Value};
use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

/// More reports than this scroll the cause away.
const SHOWN: u64 = 20;

/// What is to be fed.
pub(super) struct Inputs<'a> {
    files: &'a [PathBuf],
    /// Told by how each file begins where it is `None`.
    format: Option<Format>,
    repeat: u64,
    /// Reads entries as the service will.
    reader: ArticleReader,
    refused: Cell<u64>,
}

impl<'a> Inputs<'a> {
    pub(super) fn new(files: &'a [PathBuf], format: Option<Format>, repeat: u64, reader: ArticleReader) -> Self {
        Self { files, format, repeat, reader, refused: Cell::new(0) }
    }

    /// Entries that cannot be articles, so far.
    pub(super) fn refused(&self) -> u64 {
        self.refused.get()
    }

    /// All records of all files, as often as asked for.
    pub(super) fn records(&self) -> impl Iterator<Item = io::Result<Vec<u8>>> {
        (0..self.repeat).flat_map(|_| self.files).flat_map(|file| self.of_file(file).unwrap_or_else(failed))
    }

    fn of_file(&self, file: &'a Path) -> io::Result<Records<'_>> {
        let mut reader = open(file)?;
        let format = self.format.map_or_else(|| guess(&mut reader), Ok)?;
        let entries = entries(reader, format)?;
        Ok(Box::new(entries.filter_map(move |entry| match entry {
            // lines are fed as they are, blank ones included: the stream counts these
            Ok(Entry { record: Ok(record), .. }) if format == Format::Lines => Some(Ok(record)),
            Ok(entry) => self.article(file, entry).map(Ok),
            Err(error) => Some(Err(io::Error::new(error.kind(), format!("{}: {error}", file.display())))),
        })))
    }

    /// The entry's record, where the service will be able to read it.
    fn article(&self, file: &Path, entry: Entry) -> Option<Vec<u8>> {
        let record = entry.record.and_then(|record| {
            let raw = RawRecord { value: Some(&record), ..RawRecord::default() };
            let article = self.reader.read(&raw).map_err(|refusal| format!("{}: {refusal}", refusal.code.as_str()))?;
            with_id(record, article.id)
        });
        record.map_err(|message| self.refuse(file, &entry.place, &message)).ok()
    }

    fn refuse(&self, file: &Path, place: &str, message: &str) {
        self.refused.set(self.refused.get() + 1);
        match self.refused.get() {
            ..=SHOWN => eprintln!("{}: {place}: {message}", file.display()),
            count if count == SHOWN + 1 => eprintln!("further entries that cannot be articles are only counted"),
            _ => {}
        }
    }
}

/// The record with the id that the service will give it, where it names none: the id is the key, and by the key the same article comes
/// to the partition that knows it already.
fn with_id(record: Vec<u8>, id: String) -> Result<Vec<u8>, String> {
    let mut object: Map<String, Value> = serde_json::from_slice(&record).map_err(|error| error.to_string())?;
    if object.contains_key("id") {
        return Ok(record);
    }
    object.insert("id".to_owned(), id.into());
    serde_json::to_vec(&object).map_err(|error| error.to_string())
}

type Records<'a> = Box<dyn Iterator<Item = io::Result<Vec<u8>>> + 'a>;

fn failed<'a>(error: io::Error) -> Records<'a> {
    Box::new(std::iter::once(Err(error)))
}

pub(super) fn is_standard_input(file: &Path) -> bool {
    file == Path::new("-")
}

fn open(file: &Path) -> io::Result<Box<dyn BufRead>> {
    if is_standard_input(file) {
        Ok(Box::new(io::stdin().lock()))
    } else {
        Ok(Box::new(BufReader::new(File::open(file)?)))
    }
}
