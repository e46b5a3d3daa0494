//! Settings: where they come from, and what they are when nobody says anything.
//!
//! *In:* flags, environment variables, a TOML file ([`Sources`]). *Out:* [`Settings`], or every fault at once
//! ([`Faults`]). *Guaranteed:* flags beat the environment, the environment beats the file, the file beats the defaults;
//! a key that does not exist is refused wherever it stands, with the nearest key that does; no password is ever part
//! of a fault or of `Debug` output.
//!
//! The tables are those of `deploy/lodestream.example.toml`. Every key can be set in four places:
//!
//! | place | looks like |
//! |---|---|
//! | file | `[stream]` `linger = "20ms"` |
//! | environment | `LODESTREAM_STREAM__LINGER=20ms`, `LODESTREAM_TIMELINE__PUSH__WINDOW=7days`, `LODESTREAM_KAFKA__SASL_PASSWORD=…` |
//! | flag | `--workers 4`, or `LODESTREAM_WORKERS=4` |
//! | any key by flag | `--set stream.linger=20ms`, `--set kafka.sasl.password=…` |

mod fault;
mod kafka;
mod layer;
mod read;
mod tables;

pub use fault::{Fault, Faults};
pub use kafka::KafkaProperties;
pub(crate) use tables::parse_address;
pub use tables::{EventSettings, HttpSettings, LexiconSettings, LogFormat, LogSettings};

use crate::article::ArticleSettings;
use crate::live::PageSettings;
use crate::push::PushSettings;
use crate::stream::StreamSettings;
use std::ffi::OsString;
use std::path::PathBuf;

/// A flag that stands for a setting.
#[derive(Clone, Debug)]
pub struct FlagValue {
    /// The flag, as typed: `--workers`.
    pub flag: &'static str,
    /// Table and key that it sets; the key of the `kafka` table may hold dots. A key of the top has no table.
    pub key: &'static [&'static str],
    /// Its value, as typed.
    pub value: String,
}

/// Where settings come from, beside the defaults.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// A TOML file.
    pub file: Option<PathBuf>,
    /// Environment variables, of which those are read that begin with `LODESTREAM_` and name a table.
    pub environment: Vec<(OsString, OsString)>,
    /// Flags of their own.
    pub flags: Vec<FlagValue>,
    /// `--set KEY=VALUE`, as typed.
    pub set: Vec<String>,
}

/// All settings of the service.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Makes transactional and client ids stable and unique; the host's name unless set.
    pub instance: String,
    /// Properties for librdkafka.
    pub kafka: KafkaProperties,
    /// What is read, what is written, how: the tables `stream` and `timeline`.
    pub stream: StreamSettings,
    /// How the timeline is pushed to another store: the table `timeline.push`.
    pub push: PushSettings,
    /// How raw articles are read: the tables `article`, `sources` and `fields`.
    pub article: ArticleSettings,
    /// What enriched events carry.
    pub event: EventSettings,
    /// Where metrics, probes and the page are served.
    pub http: HttpSettings,
    /// What the page holds.
    pub page: PageSettings,
    /// How logs look.
    pub log: LogSettings,
    /// Where the lexicon comes from.
    pub lexicon: LexiconSettings,
    /// Odd things that were noticed: to be logged, no reason to stop.
    pub warnings: Vec<String>,
}

impl Settings {
    /// Reads all sources.
    ///
    /// # Errors
    /// With every fault of every source.
    pub fn load(sources: &Sources) -> Result<Self, Faults> {
        let (settings, faults) = Self::load_leniently(sources);
        if faults.is_empty() { Ok(settings) } else { Err(faults) }
    }

    /// Reads all sources and leaves out what is faulty, so that `check` can go on to look at the rest.
    pub fn load_leniently(sources: &Sources) -> (Self, Faults) {
        let mut faults = Faults::default();
        let layers = layer::collect(sources, &mut faults);
        let merged = layer::merge(&layers.layers, &mut faults);
        let mut settings = read::settings(&merged, &mut faults);
        settings.warnings = layers.warnings;
        faults.sort();
        (settings, faults)
    }

    /// The settings when nobody says anything.
    pub fn defaults() -> Self {
        Self::load_leniently(&Sources::default()).0
    }
}

#[cfg(test)]
mod tests;
