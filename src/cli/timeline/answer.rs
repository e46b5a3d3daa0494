//! What is asked of the timeline, and how it is read: shared by the commands.

use super::super::options::{ConfigOptions, KafkaOptions};
use super::super::verify::spinner;
use super::super::{Exit, Outcome, Problem};
use crate::stream::{Connection, timeline};
use crate::telemetry;
use crate::timeline::{Filter, Format, Hour, Labels, Row, Timeline, export};
use clap::Args;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use std::fs::File;
use std::io::{self, BufWriter};
use std::path::Path;
use std::time::Duration;

/// Which part of the timeline is wanted.
#[derive(Debug, Args)]
pub(super) struct Wanted {
    #[command(flatten)]
    config: ConfigOptions,
    #[command(flatten)]
    kafka: KafkaOptions,

    /// Only these minerals, by id: --mineral tungsten --mineral copper
    #[arg(long, value_name = "ID")]
    mineral: Vec<String>,

    /// Only these countries, as ISO 3166-1 alpha-2; `none` is what no country explains
    #[arg(long, value_name = "CODE")]
    country: Vec<String>,

    /// From this time of publication on: 2025-10-01, or 2025-10-01T06:00:00Z (UTC)
    #[arg(long, value_name = "TIME", value_parser = hour)]
    from: Option<Hour>,

    /// Up to this time of publication, exclusive
    #[arg(long, value_name = "TIME", value_parser = hour)]
    to: Option<Hour>,
}

impl Wanted {
    /// Reads it from the topic, in steps of so many hours; and the labels that it is exported with.
    pub(super) fn rows(&self, step_hours: u32) -> Result<(Vec<Row>, Labels), Problem> {
        let settings = self.config.load_with(self.kafka.flags())?;
        telemetry::start(&settings.log).map_err(Problem::usage)?;
        if self.from.zip(self.to).is_some_and(|(from, to)| from >= to) {
            return Err(Problem::usage("--from must be earlier than --to, by the hour"));
        }
        let filter =
            Filter { minerals: self.mineral.clone(), countries: self.country.clone(), from: self.from, to: self.to };
        let connection = Connection::new((*settings.kafka).clone(), &settings.instance);
        let spinner = spinner();
        let timeline = timeline::read(&connection, &settings.stream, filter, &mut |progress| {
            spinner.set_message(format!("{}: {} records", progress.topic, progress.read));
        });
        spinner.finish_and_clear();
        let rows = timeline.map_err(|error| Problem::stream(&error))?.rows(step_hours);
        Ok((rows, settings.push.labels))
    }
}

/// Writes rows to standard output.
pub(super) fn print((rows, labels): &(Vec<Row>, Labels), format: Format) -> Outcome {
    match export(rows, format, labels, &mut BufWriter::new(io::stdout().lock())) {
        Ok(()) => Ok(Exit::Success),
        Err(error) if error.is_broken_pipe() => Ok(Exit::Success),
        Err(error) => Err(Problem::failure(error)),
    }
}

/// Writes a timeline into a directory, in every form.
pub(in crate::cli) fn write_files(timeline: &Timeline, labels: &Labels, directory: &Path) -> Result<(), Problem> {
    let rows = timeline.rows(1);
    let files = [
        ("timeline.csv", Format::Csv),
        ("timeline.jsonl", Format::JsonLines),
        ("timeline.openmetrics", Format::OpenMetrics),
        ("timeline.parquet", Format::Parquet),
    ];
    for (name, format) in files {
        let path = directory.join(name);
        let failed = |error: &dyn std::fmt::Display| Problem::failure(format!("{}: {error}", path.display()));
        let mut file = BufWriter::new(File::create(&path).map_err(|error| failed(&error))?);
        export(&rows, format, labels, &mut file).map_err(|error| failed(&error))?;
    }
    Ok(())
}

/// A day, a local time taken for UTC, or an instant.
fn hour(text: &str) -> Result<Hour, String> {
    let instant = text.parse::<Timestamp>().ok();
    let local = || text.parse::<DateTime>().or_else(|_| text.parse::<Date>().map(DateTime::from)).ok();
    let instant = instant.or_else(|| jiff::tz::Offset::UTC.to_timestamp(local()?).ok());
    instant.map(Hour::of).ok_or_else(|| format!("`{text}` is no time; write 2025-10-01 or 2025-10-01T06:00:00Z"))
}

/// A step of whole hours: `1h`, `1d`, `7d`.
pub(super) fn step(text: &str) -> Result<u32, String> {
    let wrong = || format!("`{text}` is no step; write whole hours or days: 1h, 6h, 1d, 7d");
    let step: Duration = humantime::parse_duration(text).map_err(|_| wrong())?;
    let hours = u32::try_from(step.as_secs() / 3_600).map_err(|_| wrong())?;
    if hours == 0 || step != Duration::from_secs(u64::from(hours) * 3_600) { Err(wrong()) } else { Ok(hours) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_days_or_instants() {
        let start = |text: &str| hour(text).map(|hour| hour.start().to_string());
        assert_eq!(start("2025-10-01").as_deref(), Ok("2025-10-01T00:00:00Z"));
        assert_eq!(start("2025-10-01T07:37:00+08:00").as_deref(), Ok("2025-09-30T23:00:00Z"));
        assert_eq!(start("2025-10-01T06:30:00").as_deref(), Ok("2025-10-01T06:00:00Z"));
        assert!(start("yesterday").is_err());
    }

    #[test]
    fn steps_are_whole_hours() {
        assert_eq!((step("1h"), step("1d"), step("7d")), (Ok(1), Ok(24), Ok(168)));
        for wrong in ["0s", "90min", "30m", "soon"] {
            assert!(step(wrong).is_err(), "{wrong}");
        }
    }
}
