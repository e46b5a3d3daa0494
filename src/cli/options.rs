//! The flags that commands share, and their way into the configuration.

use super::Problem;
use crate::config::{FlagValue, Settings, Sources};
use clap::Args;
use std::path::PathBuf;

/// Where the configuration comes from.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct ConfigOptions {
    /// Configuration file (TOML); deploy/lodestream.example.toml documents every setting
    #[arg(long, value_name = "FILE", env = "LODESTREAM_CONFIG")]
    pub(super) config: Option<PathBuf>,

    /// Any setting, by table and key: --set stream.linger=20ms --set kafka.sasl.username=reader
    ///
    /// Beats all other places. The same setting as an environment variable: LODESTREAM_STREAM__LINGER=20ms,
    /// LODESTREAM_KAFKA__SASL_USERNAME=reader (passwords belong there, or in the file).
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub(super) set: Vec<String>,
}

/// A user's own terms.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct LexiconOptions {
    /// Directory of your own terms, laid over the built-in lexicon; lexicon/README.md says what its files may hold
    #[arg(long, value_name = "DIR", env = "LODESTREAM_LEXICON")]
    pub(super) lexicon: Option<String>,
}

/// The cluster and its topics.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct KafkaOptions {
    /// Brokers to start from [default: localhost:9092]
    #[arg(long, value_name = "HOST:PORT,…", env = "LODESTREAM_BOOTSTRAP_SERVERS")]
    pub(super) bootstrap_servers: Option<String>,

    /// Topic that raw articles are read from [default: lodestream.raw]
    #[arg(long, value_name = "TOPIC", env = "LODESTREAM_INPUT_TOPIC")]
    pub(super) input_topic: Option<String>,

    /// Topic that enriched events are published to [default: lodestream.enriched]
    #[arg(long, value_name = "TOPIC", env = "LODESTREAM_OUTPUT_TOPIC")]
    pub(super) output_topic: Option<String>,

    /// Topic for what cannot be read [default: lodestream.dead-letters]
    #[arg(long, value_name = "TOPIC", env = "LODESTREAM_DEAD_LETTER_TOPIC")]
    pub(super) dead_letter_topic: Option<String>,

    /// Compacted topic for totals by time of publication [default: lodestream.timeline]
    #[arg(long, value_name = "TOPIC", env = "LODESTREAM_TIMELINE_TOPIC")]
    pub(super) timeline_topic: Option<String>,

    /// Consumer group [default: lodestream]
    #[arg(long, value_name = "GROUP", env = "LODESTREAM_GROUP_ID")]
    pub(super) group_id: Option<String>,
}

/// What `run` and `check` take beside the cluster.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct ServiceOptions {
    /// Address for the page, /metrics, /livez, /readyz [default: 127.0.0.1:9184]
    #[arg(long, value_name = "ADDRESS:PORT", env = "LODESTREAM_LISTEN")]
    pub(super) listen: Option<String>,

    /// Members of the consumer group in this process, one thread each [default: 1]
    #[arg(long, value_name = "N", env = "LODESTREAM_WORKERS")]
    pub(super) workers: Option<String>,

    /// Name of this process: unique in the group, the same after a restart [default: the host's name]
    #[arg(long, value_name = "NAME", env = "LODESTREAM_INSTANCE")]
    pub(super) instance: Option<String>,

    /// Create the topics that do not exist
    #[arg(long, env = "LODESTREAM_CREATE_TOPICS", value_parser = clap::builder::FalseyValueParser::new())]
    pub(super) create_topics: bool,
}

impl ConfigOptions {
    /// The sources of a command that has no other flags for settings.
    pub(super) fn sources(&self) -> Sources {
        Sources {
            file: self.config.clone(),
            environment: std::env::vars_os().collect(),
            flags: Vec::new(),
            set: self.set.clone(),
        }
    }

    pub(super) fn load_with(&self, flags: Vec<FlagValue>) -> Result<Settings, Problem> {
        Settings::load(&Sources { flags, ..self.sources() }).map_err(Problem::usage)
    }
}

impl LexiconOptions {
    pub(super) fn flags(&self) -> Vec<FlagValue> {
        present([("--lexicon", &["lexicon", "directory"], &self.lexicon)])
    }
}

impl KafkaOptions {
    pub(super) fn flags(&self) -> Vec<FlagValue> {
        present([
            ("--bootstrap-servers", &["kafka", "bootstrap.servers"], &self.bootstrap_servers),
            ("--input-topic", &["stream", "input_topic"], &self.input_topic),
            ("--output-topic", &["stream", "output_topic"], &self.output_topic),
            ("--dead-letter-topic", &["stream", "dead_letter_topic"], &self.dead_letter_topic),
            ("--timeline-topic", &["timeline", "topic"], &self.timeline_topic),
            ("--group-id", &["stream", "group_id"], &self.group_id),
        ])
    }
}

impl ServiceOptions {
    pub(super) fn flags(&self) -> Vec<FlagValue> {
        let create_topics = self.create_topics.then(|| "true".to_owned());
        present([
            ("--listen", &["http", "listen"], &self.listen),
            ("--workers", &["stream", "workers"], &self.workers),
            ("--instance", &["instance"], &self.instance),
            ("--create-topics", &["stream", "create_topics"], &create_topics),
        ])
    }
}

/// The flags that were given.
pub(super) fn present<const N: usize>(
    flags: [(&'static str, &'static [&'static str], &Option<String>); N],
) -> Vec<FlagValue> {
    flags.into_iter().filter_map(|(flag, key, value)| Some(FlagValue { flag, key, value: value.clone()? })).collect()
}
