//! The records of the timeline's topic.
//!
//! | key | value |
//! |---|---|
//! | `{"hour":"2025-10-03T23:00:00Z","mineral":"tungsten","country":"PK","part":17}` | `{"mentions":5,"articles":3,"stories":1}` |
//! | `{"remembers":"articles","piece":17}` | `{"newest":1759532400,"entries":500,"data":"…"}`, later a tombstone |
//!
//! Keys are compared byte by byte when the topic is compacted, so their fields stand in one order and without spaces.

use super::{Bucket, Hour, Totals};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// What the pieces of a window hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Remembering {
    Articles,
    Stories,
}

/// A piece of a window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Piece {
    /// The newest record of the raw topic that it knows of, in seconds since 1970.
    pub(super) newest: i64,
    /// How many entries it has.
    pub(super) entries: usize,
    /// The entries, in the format of `postcard`.
    #[serde(serialize_with = "to_base64", deserialize_with = "from_base64")]
    pub(super) data: Vec<u8>,
}

/// A record of the timeline's topic, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimelineRecord<'a>(pub(super) Kind<'a>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    Total { hour: Hour, mineral: Cow<'a, str>, country: Cow<'a, str>, part: u64, totals: Option<Totals> },
    Piece { window: Remembering, number: u64, piece: Option<Piece> },
}

/// Why a record of the timeline's or of a ledger's topic cannot be read or written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct RecordError(String);

impl RecordError {
    pub(super) fn unwritable(error: impl fmt::Display) -> Self {
        Self(format!("what is to be remembered cannot be written: {error}; please report it"))
    }

    /// A record of something else on the topic.
    pub(super) fn foreign(key: &[u8], what: &str, error: &dyn fmt::Display) -> Self {
        let shown = String::from_utf8_lossy(&key[..key.len().min(100)]);
        Self(format!("`{shown}` is no record of {what} ({error}): {what} needs a topic of its own"))
    }

    pub(super) fn piece(window: Remembering, number: u64, error: &dyn fmt::Display) -> Self {
        Self(format!("piece {number} of what it remembers of {window:?} cannot be read: {error}"))
    }
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Key<'a> {
    Total {
        hour: Hour,
        #[serde(borrow)]
        mineral: Cow<'a, str>,
        #[serde(borrow)]
        country: Cow<'a, str>,
        part: u64,
    },
    Piece {
        remembers: Remembering,
        piece: u64,
    },
}

impl<'a> TimelineRecord<'a> {
    /// Reads a record; a value of `None` is a tombstone.
    ///
    /// # Errors
    /// When it is no record of a timeline.
    pub fn read(key: &'a [u8], value: Option<&[u8]>) -> Result<Self, RecordError> {
        let unread = |error: serde_json::Error| RecordError::foreign(key, "a timeline", &error);
        let kind = match serde_json::from_slice::<Key<'a>>(key).map_err(unread)? {
            Key::Total { hour, mineral, country, part } => {
                let totals = value.map(serde_json::from_slice::<Totals>).transpose().map_err(unread)?;
                Kind::Total { hour, mineral, country, part, totals }
            }
            Key::Piece { remembers, piece } => {
                let read = value.map(serde_json::from_slice::<Piece>).transpose().map_err(unread)?;
                Kind::Piece { window: remembers, number: piece, piece: read }
            }
        };
        Ok(Self(kind))
    }
}

/// Key and value of the total of a bucket's part.
pub(super) fn total(bucket: &Bucket, part: u64, totals: Totals) -> Result<(Vec<u8>, Vec<u8>), RecordError> {
    let Bucket { hour, mineral, country } = bucket;
    let key = Key::Total { hour: *hour, mineral: Cow::Borrowed(mineral), country: Cow::Borrowed(country), part };
    Ok((json(&key)?, json(&totals)?))
}

/// The key of a piece.
pub(super) fn piece_key(window: Remembering, number: u64) -> Result<Vec<u8>, RecordError> {
    json(&Key::Piece { remembers: window, piece: number })
}

/// The value of a piece.
pub(super) fn piece_value(piece: &Piece) -> Result<Vec<u8>, RecordError> {
    json(piece)
}

fn json(value: &impl Serialize) -> Result<Vec<u8>, RecordError> {
    serde_json::to_vec(value).map_err(RecordError::unwritable)
}

fn to_base64<S: Serializer>(data: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&STANDARD.encode(data))
}

fn from_base64<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let text = Cow::<str>::deserialize(deserializer)?;
    STANDARD.decode(text.as_bytes()).map_err(serde::de::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_json_that_people_can_read() {
        let hour: jiff::Timestamp = "2025-10-03T23:37:00Z".parse().unwrap();
        let bucket = Bucket { hour: Hour::of(hour), mineral: "tungsten".into(), country: "PK".into() };
        let totals = Totals { mentions: 5, articles: 3, stories: 1 };
        let (key, value) = total(&bucket, 17, totals).unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        assert_eq!(text(&key), r#"{"hour":"2025-10-03T23:00:00Z","mineral":"tungsten","country":"PK","part":17}"#);
        assert_eq!(text(&value), r#"{"mentions":5,"articles":3,"stories":1}"#);
        let read = TimelineRecord::read(&key, Some(&value)).unwrap().0;
        let Bucket { hour, mineral, country } = bucket;
        let (mineral, country) = (Cow::Owned(mineral.to_string()), Cow::Owned(country.to_string()));
        assert_eq!(read, Kind::Total { hour, mineral, country, part: 17, totals: Some(totals) });
    }

    #[test]
    fn pieces_are_read_as_they_were_written_and_have_tombstones() {
        let key = piece_key(Remembering::Stories, 4).unwrap();
        assert_eq!(key, br#"{"remembers":"stories","piece":4}"#);
        let piece = Piece { newest: 7, entries: 2, data: vec![0, 255, 10] };
        let value = piece_value(&piece).unwrap();
        let expected = |piece| TimelineRecord(Kind::Piece { window: Remembering::Stories, number: 4, piece });
        assert_eq!(TimelineRecord::read(&key, Some(&value)), Ok(expected(Some(piece))));
        assert_eq!(TimelineRecord::read(&key, None), Ok(expected(None)));
    }

    #[test]
    fn a_foreign_record_is_named() {
        for (key, value) in [(&b"a17"[..], &b"{}"[..]), (br#"{"remembers":"stories","piece":4}"#, b"7"), (b"{}", b"")] {
            let error = TimelineRecord::read(key, Some(value)).unwrap_err().to_string();
            assert!(error.contains(&*String::from_utf8_lossy(key)), "{error}");
        }
    }
}
