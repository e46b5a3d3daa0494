//! Logs: for people on a terminal, as JSON lines elsewhere, always on standard error.
//!
//! *In:* the `[log]` table. *Out:* the process's one `tracing` subscriber; librdkafka's own logs, which arrive through
//! the `log` crate, pass through it too. *Guaranteed:* standard output stays free for data; `LODESTREAM_LOG`, else
//! `RUST_LOG`, overrides the configured level, so that a running deployment can be looked at without editing a file.

use crate::config::{LogFormat, LogSettings};
use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

/// The variables that may hold a filter, the first one that is set and not empty wins.
const FILTER_VARIABLES: [&str; 2] = ["LODESTREAM_LOG", "RUST_LOG"];

/// A filter that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// A level or a filter directive that is not one.
    #[error(
        "{place}: `{filter}` is not a log filter ({source}); write a level (error, warn, info, debug, trace) or \
         directives such as `info,lodestream::stream=debug,librdkafka=warn`"
    )]
    Filter {
        /// Where the filter was written.
        place: &'static str,
        /// The filter, as written.
        filter: String,
        /// What is wrong with it.
        source: tracing_subscriber::filter::ParseError,
    },
    /// Somebody has already started telemetry in this process.
    #[error("logging was already started: {0}")]
    AlreadyStarted(String),
}

/// Starts logging for the process.
///
/// # Errors
/// When the filter cannot be read, or logging has been started before.
pub fn start(settings: &LogSettings) -> Result<(), TelemetryError> {
    let filter = filter(settings, |name| std::env::var(name).ok())?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let terminal = std::io::stderr().is_terminal();
    let started = if is_json(settings.format, terminal) {
        builder.json().flatten_event(true).with_current_span(false).with_span_list(false).try_init()
    } else {
        builder.with_ansi(terminal && std::env::var_os("NO_COLOR").is_none()).try_init()
    };
    started.map_err(|error| TelemetryError::AlreadyStarted(error.to_string()))
}

/// Whether logs are JSON lines: asked for, or nobody is reading along.
fn is_json(format: LogFormat, terminal: bool) -> bool {
    match format {
        LogFormat::Auto => !terminal,
        LogFormat::Text => false,
        LogFormat::Json => true,
    }
}

/// The filter of the environment, else of the configuration.
fn filter(settings: &LogSettings, variable: impl Fn(&str) -> Option<String>) -> Result<EnvFilter, TelemetryError> {
    let from_environment =
        FILTER_VARIABLES.into_iter().find_map(|name| Some((name, variable(name).filter(|value| !value.is_empty())?)));
    let (place, filter) = from_environment.unwrap_or(("log.level", settings.level.clone()));
    EnvFilter::builder().parse(&filter).map_err(|source| TelemetryError::Filter { place, filter, source })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter_with(level: &str, variables: &[(&str, &str)]) -> Result<String, String> {
        let settings = LogSettings { level: level.into(), ..LogSettings::default() };
        let variable =
            |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).into());
        filter(&settings, variable).map(|filter| filter.to_string()).map_err(|error| error.to_string())
    }

    #[test]
    fn the_environment_overrides_the_level() {
        assert_eq!(filter_with("warn", &[]).unwrap(), "warn");
        assert_eq!(filter_with("warn", &[("RUST_LOG", "debug")]).unwrap(), "debug");
        assert_eq!(filter_with("warn", &[("RUST_LOG", "debug"), ("LODESTREAM_LOG", "trace")]).unwrap(), "trace");
        assert_eq!(filter_with("warn", &[("LODESTREAM_LOG", "")]).unwrap(), "warn");
    }

    #[test]
    fn a_bad_filter_names_its_place() {
        let message = filter_with("lodestream=loud", &[]).unwrap_err();
        assert!(message.starts_with("log.level: `lodestream=loud` is not a log filter"), "{message}");
        let message = filter_with("info", &[("LODESTREAM_LOG", "a=b=c")]).unwrap_err();
        assert!(message.starts_with("LODESTREAM_LOG: "), "{message}");
    }

    #[test]
    fn logs_are_json_where_nobody_reads_along() {
        assert!(is_json(LogFormat::Auto, false));
        assert!(!is_json(LogFormat::Auto, true));
        assert!(!is_json(LogFormat::Text, false));
        assert!(is_json(LogFormat::Json, true));
    }
}
