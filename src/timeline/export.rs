//! Rows → what other programs read.

use super::Row;
use std::io::{self, Write};
use std::sync::Arc;

/// A form of export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For `promtool tsdb create-blocks-from openmetrics`: gauges with the time of publication as their timestamp.
    OpenMetrics,
    /// A header line, then one line a row.
    Csv,
    /// One JSON object a line.
    JsonLines,
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
        };
        kind == Some(io::ErrorKind::BrokenPipe)
    }
}

/// Writes rows, which are in the order of time.
///
/// # Errors
/// When the output cannot be written.
pub fn export(rows: &[Row], format: Format, out: &mut impl Write) -> Result<(), ExportError> {
    match format {
        Format::OpenMetrics => openmetrics(rows, out)?,
        Format::Csv => csv(rows, out)?,
        Format::JsonLines => {
            for row in rows {
                serde_json::to_writer(&mut *out, row)?;
                out.write_all(b"\n")?;
            }
        }
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

/// The samples of a family stand together, those of a series in the order of time.
fn openmetrics(rows: &[Row], out: &mut impl Write) -> io::Result<()> {
    type Value = fn(&Row) -> u64;
    let families: [(&str, &str, Value); 3] = [
        ("mentions", "Mentions of the mineral attributed to the country", |row| row.totals.mentions),
        ("articles", "Articles with at least one such mention", |row| row.totals.articles),
        ("stories", "Articles of these that were the first to tell their story", |row| row.totals.stories),
    ];
    let mut series: Vec<&Row> = rows.iter().collect();
    let name = |row: &Row| -> (Arc<str>, Arc<str>) { (row.mineral.clone(), row.country.clone()) };
    series.sort_by_cached_key(|row| (name(row), row.time));
    for (family, help, value) in families {
        let metric = format!("lodestream_timeline_{family}");
        writeln!(out, "# TYPE {metric} gauge\n# HELP {metric} {help}, by time of publication.")?;
        for row in &series {
            let Row { time, mineral, country, .. } = row;
            let seconds = time.start().as_second();
            writeln!(out, "{metric}{{mineral=\"{mineral}\",country=\"{country}\"}} {} {seconds}", value(row))?;
        }
    }
    writeln!(out, "# EOF")
}
