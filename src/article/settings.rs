//! What the configuration says about reading articles.

use super::json::{Field, Mapping};
use jiff::{SignedDuration, civil::Date};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Settings of this room: the configuration file's `[article]` table, with `[sources]` and `[fields]` beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ArticleSettings {
    /// The zone in which a local time is read when the article's source has none: an IANA name or an offset (`+08:00`).
    pub default_zone: String,
    /// A larger record is refused (`too_large`) before anything of it is parsed.
    pub max_record_bytes: usize,
    /// An article whose title and text are longer (in bytes of UTF-8) is refused (`too_large`). Nothing is cut: half an
    /// article published as a whole one would miscount.
    pub max_text_bytes: usize,
    /// A time of publication before this day is not believed.
    pub oldest: Date,
    /// A time of publication that is later than the record's timestamp by more than this is not believed: `"48h"`, `"2d"`.
    pub future_tolerance: SignedDuration,
    /// Top-level fields of the raw article that are carried over into the event as they are.
    pub keep_fields: Vec<String>,
    /// The zone of a source's local times: source as written, or domain → IANA name or offset. Comes before the
    /// built-in table (`lexicon/sources/zones.toml`), and is matched as that one is.
    pub sources: BTreeMap<String, String>,
    /// Where a field of the contract stands in the raw article: field → JSON pointer (`/data/body`), or several, of which
    /// the first that has a value is taken. They come before the field's own names.
    pub fields: BTreeMap<String, Pointers>,
}

impl Default for ArticleSettings {
    fn default() -> Self {
        Self {
            default_zone: "UTC".into(),
            max_record_bytes: 4 << 20,
            max_text_bytes: 1 << 20,
            oldest: Date::constant(1990, 1, 1),
            future_tolerance: SignedDuration::from_hours(48),
            keep_fields: Vec::new(),
            sources: BTreeMap::new(),
            fields: BTreeMap::new(),
        }
    }
}

/// One JSON pointer, or several in order of preference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Pointers {
    /// `body = "/data/body"`
    One(String),
    /// `body = ["/data/body", "/data/summary"]`
    Several(Vec<String>),
}

impl Pointers {
    fn as_slice(&self) -> &[String] {
        match self {
            Self::One(pointer) => std::slice::from_ref(pointer),
            Self::Several(pointers) => pointers,
        }
    }
}

/// Something wrong in [`ArticleSettings`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{key}: {message}")]
pub struct SettingFault {
    /// Which setting, as the configuration file names it: `article.default_zone`, `fields.text`, `sources."Kitco"`.
    pub key: String,
    /// What is wrong with it, and what would be right.
    pub message: String,
}

impl ArticleSettings {
    /// The compiled `[fields]` and `keep_fields`; what is wrong with them is added to `faults`.
    pub(super) fn mapping(&self, faults: &mut Vec<SettingFault>) -> Mapping {
        let mut mapping = Mapping { pointers: Vec::new(), keep: self.keep_fields.clone() };
        for (name, pointers) in &self.fields {
            let mut fault = |message: String| faults.push(SettingFault { key: format!("fields.{name}"), message });
            let Some(field) = Field::named(name) else {
                fault(format!("no field of the raw article; the fields are {}", Field::NAMES.join(", ")));
                continue;
            };
            if pointers.as_slice().is_empty() {
                fault("an empty list; expected at least one JSON pointer such as \"/data/body\"".into());
            }
            for pointer in pointers.as_slice() {
                match check_pointer(pointer) {
                    Ok(()) => mapping.pointers.push((field, pointer.clone())),
                    Err(message) => fault(message),
                }
            }
        }
        mapping
    }

    /// Faults of the limits.
    pub(super) fn check_limits(&self, faults: &mut Vec<SettingFault>) {
        for (name, value) in [("max_record_bytes", self.max_record_bytes), ("max_text_bytes", self.max_text_bytes)] {
            // Offsets further on are 32-bit.
            if value == 0 || value > u32::MAX as usize / 4 {
                let message = format!("{value} is out of range; expected 1 to {}", u32::MAX / 4);
                faults.push(SettingFault { key: format!("article.{name}"), message });
            }
        }
        if self.future_tolerance.is_negative() {
            let message = format!("{:#} is negative; expected a duration such as \"48h\"", self.future_tolerance);
            faults.push(SettingFault { key: "article.future_tolerance".into(), message });
        }
    }
}

/// RFC 6901: empty, or begins with a slash; `~` only as `~0` or `~1`.
fn check_pointer(pointer: &str) -> Result<(), String> {
    if !pointer.starts_with('/') {
        return Err(format!(
            "{pointer:?} is no JSON pointer; expected one that begins with \"/\", such as \"/data/body\""
        ));
    }
    let lone_tilde = pointer.split('~').skip(1).any(|rest| !rest.starts_with(['0', '1']));
    if lone_tilde {
        return Err(format!("{pointer:?} is no JSON pointer; \"~\" is written \"~0\" and a \"/\" in a name \"~1\""));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::ArticleReader;

    #[test]
    fn every_fault_is_told_at_once() {
        let settings: ArticleSettings = toml::from_str(
            r#"
            default_zone = "Mars/Olympus"
            max_record_bytes = 0
            oldest = "2500-01-01"
            future_tolerance = "-1h"
            sources = { "Sina" = "Asia/Shangri-La", "Dawn" = "+05:00" }
            [fields]
            text = "data.body"
            headline = "/title"
            title = ["/a~2b", "/data/title"]
            url = []
            "#,
        )
        .unwrap();
        let faults = ArticleReader::new(&settings).unwrap_err();
        let mut keys: Vec<_> = faults.iter().map(|fault| fault.key.as_str()).collect();
        keys.sort_unstable();
        assert_eq!(
            keys,
            [
                "article.default_zone",
                "article.future_tolerance",
                "article.max_record_bytes",
                "article.oldest",
                "fields.headline",
                "fields.text",
                "fields.title",
                "fields.url",
                "sources.\"Sina\"",
            ]
        );
        let words = faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        assert!(words.contains("\"data.body\" is no JSON pointer; expected one that begins with \"/\""), "{words}");
        assert!(words.contains("\"Mars/Olympus\" is no time zone"), "{words}");
    }

    #[test]
    fn defaults_are_sound_and_unknown_settings_refused() {
        assert!(ArticleReader::new(&toml::from_str("").unwrap()).is_ok());
        assert_eq!(toml::from_str::<ArticleSettings>("").unwrap(), ArticleSettings::default());
        assert!(
            toml::from_str::<ArticleSettings>("default_zne = 'UTC'").unwrap_err().to_string().contains("default_zne")
        );
    }
}
