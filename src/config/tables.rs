//! The tables that belong to the service itself; `stream` and `article` have theirs in their rooms.

use serde::{Deserialize, Deserializer, Serialize};
use std::net::SocketAddr;
use std::path::PathBuf;

/// `[event]`: what enriched events carry.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct EventSettings {
    /// Events carry the article's text. Offsets are the same without it.
    pub include_text: bool,
}

impl Default for EventSettings {
    fn default() -> Self {
        Self { include_text: true }
    }
}

/// `[http]`: where metrics and probes are served.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct HttpSettings {
    /// Address and port; this machine only, unless told otherwise.
    #[serde(deserialize_with = "address")]
    pub listen: SocketAddr,
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self { listen: SocketAddr::from(([127, 0, 0, 1], 9184)) }
    }
}

/// Reads an address, with an example where it is none.
pub(crate) fn parse_address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| {
        format!("`{text}` is not an address and a port; write 127.0.0.1:9184 for this machine only, 0.0.0.0:9184 for all its addresses")
    })
}

fn address<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SocketAddr, D::Error> {
    parse_address(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
}

/// `[log]`: how logs look.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogSettings {
    /// For people or for machines.
    pub format: LogFormat,
    /// A level, or filter directives such as `info,lodestream::stream=debug`.
    pub level: String,
}

impl Default for LogSettings {
    fn default() -> Self {
        Self { format: LogFormat::Auto, level: "info".to_owned() }
    }
}

/// For whom logs are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Text on a terminal, JSON elsewhere.
    #[default]
    Auto,
    /// Lines for people.
    Text,
    /// One JSON object a line.
    Json,
}

/// `[lexicon]`: where the lexicon comes from.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct LexiconSettings {
    /// A directory whose files are laid over those of the built-in lexicon.
    pub directory: Option<PathBuf>,
}
