//! Bytes → [`Article`], or a typed [`Refusal`].
//!
//! *In:* one Kafka record's key, value and timestamp, untouched ([`RawRecord`]).
//! *Out:* an [`Article`]: identity, title, plain body text, time of publication with its basis.
//! *Guaranteed:* no panic, bounded memory and linear time on any bytes; the same record gives the same article; what cannot
//! be read is refused with a stable [`RefusalCode`], what is merely odd is read and noted in [`Article::warnings`].
//!
//! One record goes through `reader.rs`, which names the others: `json.rs` finds the known fields under any of
//! their names, `html.rs` and `page.rs` take text and metadata from HTML and from scraped pages, `time.rs` and `dates.rs`
//! read times, and `zones.rs` knows in which zone a source writes them.
//!
//! Which text is the article's: `text` (or one of its aliases), else `html`, else `raw`, else a summary (`description`): the
//! first that has any text. A text that came under an alias (`content`, `body`) or as a summary and begins with a tag is
//! read as HTML. What the record does not name is taken from the page: title, source, address, time.
//!
//! When it was published: the first of the record's fields that holds a believable time, else the page's, else
//! the record's timestamp. Believable is what is not before [`ArticleSettings::oldest`] and not after the record's
//! timestamp by more than [`ArticleSettings::future_tolerance`] (without a timestamp: before the year 2100).

mod dates;
mod elements;
mod html;
mod json;
mod page;
mod reader;
mod settings;
mod time;
mod zones;

pub(crate) use dates::english_month;
pub use json::is_field;
pub use reader::ArticleReader;
pub(crate) use reader::hex;
pub use settings::{ArticleSettings, Pointers, SettingFault};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One record as Kafka (or a file) gave it.
#[derive(Clone, Copy, Debug, Default)]
pub struct RawRecord<'a> {
    /// The record's key; becomes the article's id when the value names none.
    pub key: Option<&'a [u8]>,
    /// The record's value; `None` is a tombstone.
    pub value: Option<&'a [u8]>,
    /// The record's timestamp: the time of publication when the value names no usable one.
    pub timestamp: Option<Timestamp>,
}

impl RawRecord<'_> {
    /// Bytes of the value.
    pub fn size(&self) -> usize {
        self.value.map_or(0, <[u8]>::len)
    }
}

/// An article, read: everything after this room works on these fields only.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// The article's id: its own, else the record key, else a hash of the URL, else of the content.
    pub id: String,
    /// Headline.
    pub title: Option<String>,
    /// Plain body text; line breaks are kept. Never blank.
    pub text: String,
    /// Where the article was found.
    pub url: Option<String>,
    /// Who published it, as written.
    pub source: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// SHA-256 (lower-case hex) of title, a line feed and text, so that a copy can be recognised.
    pub content_hash: String,
    /// Fields that `keep_fields` asked to carry over.
    pub kept: serde_json::Map<String, serde_json::Value>,
    /// Odd but readable things that were noticed, as stable codes: `published_at_unreadable`, `published_at_out_of_range`,
    /// `lone_surrogate_replaced`.
    pub warnings: Vec<&'static str>,
}

/// A time of publication, and how it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    /// The instant, in UTC.
    pub at: Timestamp,
    /// How the instant is known.
    pub basis: PublishedAtBasis,
}

/// How a time of publication is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PublishedAtBasis {
    /// The article named an instant or a local time with its offset.
    Zoned,
    /// A local time, read in the zone that the `[sources]` table gives for the article's source.
    SourceZone,
    /// A local time, read in the configured default zone.
    DefaultZone,
    /// The article named no usable time: the record's timestamp.
    RecordTimestamp,
}

/// Why a record is not an article. Its `code` is the dead letter's `lodestream.error.code` and a metric label.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// What is wrong, from a closed list.
    pub code: RefusalCode,
    /// What is wrong, in words: what was expected and what was found (never more than 200 bytes of the record).
    pub message: String,
}

/// The closed list of reasons for which a record is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RefusalCode {
    /// A null value (tombstone).
    NullValue,
    /// The value is larger than `max_record_bytes`, or title and text than `max_text_bytes`.
    TooLarge,
    /// The value is not UTF-8.
    InvalidUtf8,
    /// The value is not JSON.
    InvalidJson,
    /// The value's JSON is nested deeper than 127 levels.
    TooDeep,
    /// The value is JSON, but not an object.
    NotAnObject,
    /// A field has a type that it cannot be read from.
    WrongType,
    /// None of `text`, `html` and `raw` has any text.
    NoText,
}

impl RefusalCode {
    /// Every code, in the order of the checks.
    pub const ALL: [Self; 8] = [
        Self::NullValue,
        Self::TooLarge,
        Self::InvalidUtf8,
        Self::InvalidJson,
        Self::TooDeep,
        Self::NotAnObject,
        Self::WrongType,
        Self::NoText,
    ];

    /// The stable name, as used in headers and metric labels.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NullValue => "null_value",
            Self::TooLarge => "too_large",
            Self::InvalidUtf8 => "invalid_utf8",
            Self::InvalidJson => "invalid_json",
            Self::TooDeep => "too_deep",
            Self::NotAnObject => "not_an_object",
            Self::WrongType => "wrong_type",
            Self::NoText => "no_text",
        }
    }

    /// The stage of the walk that refuses, as used in headers and metric labels.
    pub fn stage(self) -> &'static str {
        "read"
    }
}

#[cfg(test)]
mod tests;
