//! Rows → what other programs read.

mod parquet;

use super::ledger::first_instant;
use super::{Addition, Posting, Row, Totals};
use ::parquet::errors::ParquetError;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// A form of export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For `promtool tsdb create-blocks-from openmetrics`: gauges with the time of publication as their timestamp.
    OpenMetrics,
    /// A header line, then one line a row.
    Csv,
    /// One JSON object a line.
    JsonLines,
    /// Columns, for notebooks and warehouses.
    Parquet,
}

/// Why an export ended early.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The output cannot be written.
    #[error("the export cannot be written: {0}")]
    Io(#[from] io::Error),
    /// A row cannot be written as CSV.
    #[error("the export cannot be written as CSV: {0}")]
    Csv(#[from] csv::Error),
    /// A row cannot be written in this form.
    #[error("a row cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// Rows cannot be written as Parquet.
    #[error("the export cannot be written as Parquet: {0}")]
    Parquet(#[from] ParquetError),
}

impl ExportError {
    /// Whether the reader of the output has gone away: `| head` has seen enough.
    pub fn is_broken_pipe(&self) -> bool {
        let kind = match self {
            Self::Io(error) => Some(error.kind()),
            Self::Csv(error) => match error.kind() {
                csv::ErrorKind::Io(error) => Some(error.kind()),
                _ => None,
            },
            Self::Json(error) => error.io_error_kind(),
            // It is written to memory first.
            Self::Parquet(_) => None,
        };
        kind == Some(io::ErrorKind::BrokenPipe)
    }
}

/// Labels of every sample, beside mineral and country.
pub type Labels = BTreeMap<String, String>;

/// Writes rows, which are in the order of time. The labels are for OpenMetrics.
///
/// # Errors
/// When the output cannot be written.
pub fn export(rows: &[Row], format: Format, labels: &Labels, out: &mut impl Write) -> Result<(), ExportError> {
    match format {
        Format::OpenMetrics => openmetrics(rows, labels, out)?,
        Format::Csv => csv(rows, out)?,
        Format::JsonLines => {
            for row in rows {
                serde_json::to_writer(&mut *out, row)?;
                out.write_all(b"\n")?;
            }
        }
        Format::Parquet => out.write_all(&parquet::file(rows)?)?,
    }
    Ok(out.flush()?)
}

fn csv(rows: &[Row], out: &mut impl Write) -> Result<(), ExportError> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(["time", "mineral", "country", "mentions", "articles", "stories"])?;
    for Row { time, mineral, country, totals } in rows {
        let [mentions, articles, stories] =
            [totals.mentions, totals.articles, totals.stories].map(|count| count.to_string());
        table.write_record([&time.start().to_string(), &**mineral, &**country, &mentions, &articles, &stories])?;
    }
    Ok(table.flush()?)
}

/// A sample of each family.
struct Point<'a> {
    mineral: &'a str,
    country: &'a str,
    time: Timestamp,
    /// Of each family, where it has one.
    values: [Option<i64>; 3],
}

fn openmetrics(rows: &[Row], labels: &Labels, out: &mut impl Write) -> io::Result<()> {
    let value = |count: u64| Some(i64::try_from(count).unwrap_or(i64::MAX));
    let points = rows.iter().map(|row| {
        let Row { time, mineral, country, totals: Totals { mentions, articles, stories } } = row;
        let values = [value(*mentions), value(*articles), value(*stories)];
        Point { mineral, country, time: first_instant(*time), values }
    });
    families(points.collect(), labels, out)
}

/// Writes postings as OpenMetrics, with these labels beside mineral and country.
///
/// # Errors
/// When the output cannot be written.
pub fn export_postings(postings: &[Posting], labels: &Labels, out: &mut impl Write) -> Result<(), ExportError> {
    let points = postings.iter().map(|posting| {
        let Posting { bucket, addition: Addition { mentions, articles, stories }, .. } = posting;
        let values = [*mentions, *articles, *stories].map(|value| Some(value).filter(|value| *value != 0));
        Point { mineral: &bucket.mineral, country: &bucket.country, time: posting.time(), values }
    });
    families(points.collect(), labels, out)?;
    Ok(out.flush()?)
}

/// The samples of a family stand together, those of a series in the order of time.
fn families(mut points: Vec<Point<'_>>, labels: &Labels, out: &mut impl Write) -> io::Result<()> {
    points.sort_by_key(|point| (point.mineral, point.country, point.time));
    let further: String = labels
        .iter()
        .map(|(name, value)| {
            let value = value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
            format!(",{name}=\"{value}\"")
        })
        .collect();
    let meanings = [
        ("mentions", "Mentions of the mineral attributed to the country"),
        ("articles", "Articles with at least one such mention"),
        ("stories", "Articles of these that were the first to tell their story"),
    ];
    for (at, (family, meaning)) in meanings.into_iter().enumerate() {
        let metric = format!("lodestream_timeline_{family}");
        writeln!(out, "# TYPE {metric} gauge\n# HELP {metric} {meaning}, by time of publication.")?;
        for Point { mineral, country, time, values } in &points {
            let Some(value) = values[at] else { continue };
            let seconds = time.as_millisecond() as f64 / 1_000.0;
            writeln!(out, "{metric}{{mineral=\"{mineral}\",country=\"{country}\"{further}}} {value} {seconds}")?;
        }
    }
    writeln!(out, "# EOF")
}
