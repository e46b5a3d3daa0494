//! `lodestream lexicon list`: entries, for people, for scripts and for spreadsheets.

use super::super::{Exit, Outcome};
use super::{Place, print, survey};
use crate::cli::Problem;
use crate::lexicon::EntryKind;
use crate::lexicon::survey::{Entry, Survey};
use clap::{Args, ValueEnum};
use console::{Alignment, Term, pad_str};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// List entries: commodities, places, organisations, people, roles, units, cues
///
/// Conditions must all hold. Names are listed with their optional parts written out, as they are matched.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  lodestream lexicon list --kind commodity --language zh
  lodestream lexicon list --list usgs-2025 --format csv > critical.csv
  lodestream lexicon list --parent lithium
  lodestream lexicon list --country PK --format jsonl | jq -r .name")]
pub(super) struct List {
    /// Only entries of this kind
    #[arg(long, value_enum)]
    kind: Option<Kind>,

    /// Only entries with names in this language, and these names only: en, zh, es …
    #[arg(long, value_name = "CODE")]
    language: Option<String>,

    /// Only commodities on this critical-mineral list, such as usgs-2025
    #[arg(long, value_name = "LIST")]
    list: Option<String>,

    /// Only commodities that roll up to this one, in any number of steps
    #[arg(long, value_name = "ID")]
    parent: Option<String>,

    /// Only places, organisations and people of this country (ISO 3166-1 alpha-2)
    #[arg(long, value_name = "ISO")]
    country: Option<String>,

    /// How it is written
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,

    #[command(flatten)]
    place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    Commodity,
    Place,
    Organisation,
    Person,
    Role,
    Unit,
    Cue,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Jsonl,
    Csv,
}

impl From<Kind> for EntryKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Commodity => Self::Commodity,
            Kind::Place => Self::Place,
            Kind::Organisation => Self::Organisation,
            Kind::Person => Self::Person,
            Kind::Role => Self::Role,
            Kind::Unit => Self::Unit,
            Kind::Cue => Self::Cue,
        }
    }
}

impl List {
    pub(super) fn run(&self) -> Outcome {
        let files = self.place.files()?;
        let survey = survey(&files)?;
        self.refuse_unknown(&survey)?;
        let mut entries = survey.entries();
        let below = self.parent.as_ref().map(|parent| survey.descendants(parent));
        entries.retain(|entry| {
            self.kind.is_none_or(|kind| entry.kind == kind.into())
                && self.list.as_ref().is_none_or(|list| entry.critical_lists.contains(list))
                && self.country.as_ref().is_none_or(|country| entry.country.as_ref() == Some(country))
                && below
                    .as_ref()
                    .is_none_or(|below| entry.kind == EntryKind::Commodity && below.contains(entry.id.as_str()))
        });
        if let Some(language) = &self.language {
            entries.iter_mut().for_each(|entry| entry.listings.retain(|listing| listing.language == *language));
            entries.retain(|entry| !entry.listings.is_empty());
        }
        let rows: Vec<Row<'_>> = entries.iter().map(Row::new).collect();
        print(|out| match self.format {
            Format::Table => table(out, &rows),
            Format::Jsonl => rows.iter().try_for_each(|row| {
                serde_json::to_writer(&mut *out, row)?;
                writeln!(out)
            }),
            Format::Csv => csv(out, &rows),
        })?;
        Ok(Exit::Success)
    }

    /// A slip in a condition would look like an empty lexicon.
    fn refuse_unknown(&self, survey: &Survey<'_>) -> Result<(), Problem> {
        let lexicon = &survey.lexicon;
        let mut lists: Vec<&String> = lexicon.commodities.iter().flat_map(|entry| &entry.critical_lists).collect();
        lists.sort();
        lists.dedup();
        if let Some(list) = self.list.as_ref().filter(|list| !lists.contains(list)) {
            let lists: Vec<&str> = lists.iter().map(|list| list.as_str()).collect();
            return Err(Problem::usage(format!("--list: no commodity is on `{list}`; there are {}", lists.join(", "))));
        }
        if let Some(parent) = self.parent.as_ref().filter(|parent| lexicon.commodity_ids().all(|id| id != *parent)) {
            return Err(Problem::usage(format!("--parent: no commodity has the id `{parent}`")));
        }
        if let Some(country) = self.country.as_ref().filter(|country| lexicon.country(country).is_none()) {
            return Err(Problem::usage(format!("--country: `{country}` is no ISO 3166-1 alpha-2 code, such as PK")));
        }
        let is_language = |code: &String| survey.listings().iter().any(|listing| listing.language == *code);
        match self.language.as_ref().filter(|code| !is_language(code)) {
            Some(code) => Err(Problem::usage(format!("--language: no name is listed under `{code}`"))),
            None => Ok(()),
        }
    }
}

/// An entry as a line.
#[derive(Serialize)]
struct Row<'e> {
    kind: &'static str,
    id: &'e str,
    name: &'e str,
    #[serde(rename = "type")]
    class: &'e str,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'e str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    parents: &'e [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    critical_lists: &'e [String],
    /// By language; those of no language under `any`.
    names: BTreeMap<&'e str, Vec<&'e str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
}

impl<'e> Row<'e> {
    fn new(entry: &'e Entry<'_>) -> Self {
        let names = entry.names().into_iter();
        Self {
            kind: entry.kind.as_str(),
            id: &entry.id,
            name: &entry.name,
            class: &entry.class,
            country: entry.country.as_deref(),
            parents: &entry.parents,
            critical_lists: &entry.critical_lists,
            names: names.map(|(language, names)| (if language.is_empty() { "any" } else { language }, names)).collect(),
            file: entry.origin.as_ref().map(|origin| &*origin.file),
            line: entry.origin.as_ref().map(|origin| origin.line),
        }
    }

    fn names(&self, between: &str) -> String {
        self.names.values().flatten().copied().collect::<Vec<_>>().join(between)
    }
}

fn csv(out: &mut impl Write, rows: &[Row<'_>]) -> io::Result<()> {
    // in memory first: the writer's own errors do not tell that the reader has gone away
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(["kind", "id", "name", "type", "country", "parents", "critical_lists", "names", "file", "line"])?;
    for row in rows {
        csv.write_record([
            row.kind,
            row.id,
            row.name,
            row.class,
            row.country.unwrap_or_default(),
            &row.parents.join("|"),
            &row.critical_lists.join("|"),
            &row.names("|"),
            row.file.unwrap_or_default(),
            &row.line.map(|line| line.to_string()).unwrap_or_default(),
        ])?;
    }
    out.write_all(&csv.into_inner().map_err(|error| error.into_error())?)
}

/// The widest that a column becomes, apart from the last.
const WIDEST: usize = 32;

fn table(out: &mut impl Write, rows: &[Row<'_>]) -> io::Result<()> {
    let head = ["kind", "id", "type", "country", "names"].map(str::to_owned);
    let cells = rows.iter().map(|row| {
        [
            row.kind.to_owned(),
            row.id.to_owned(),
            row.class.to_owned(),
            row.country.unwrap_or_default().to_owned(),
            row.names(", "),
        ]
    });
    let lines: Vec<[String; 5]> = std::iter::once(head).chain(cells).collect();
    let width = |column: usize| {
        lines.iter().map(|line| console::measure_text_width(&line[column])).max().unwrap_or(0).min(WIDEST)
    };
    let widths: [usize; 4] = std::array::from_fn(width);
    let term = Term::stdout();
    let room = term.size_checked().filter(|_| term.is_term()).map(|(_, columns)| usize::from(columns));
    for line in &lines {
        let mut text: String = line
            .iter()
            .zip(widths)
            .map(|(cell, width)| pad_str(cell, width + 2, Alignment::Left, Some("… ")))
            .collect();
        text.push_str(&line[4]);
        match room {
            Some(room) => writeln!(out, "{}", console::truncate_str(&text, room, "…"))?,
            None => writeln!(out, "{text}")?,
        }
    }
    match rows.len() {
        1 => writeln!(out, "1 entry"),
        count => writeln!(out, "{count} entries"),
    }
}
