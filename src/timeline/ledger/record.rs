//! The records of the ledger's topic.
//!
//! | key | value |
//! |---|---|
//! | `{"hour":"2025-10-03T23:00:00Z","mineral":"tungsten","country":"PK"}` | `{"batch":7,"slot":2,"addition":{"mentions":1,"articles":1,"stories":0},"total":{"mentions":6,"articles":4,"stories":1}}` |
//! | `{"ledger":"confirmed"}` | `{"batch":6}` |

use super::{Addition, KeyedValue, Line};
use crate::timeline::{Bucket, Hour, RecordError, Totals};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::ops::Not;

/// A record of the ledger's topic, read.
#[derive(Debug)]
pub struct LedgerRecord<'a>(pub(super) Kind<'a>);

#[derive(Debug)]
pub(super) enum Kind<'a> {
    Line { hour: Hour, mineral: Cow<'a, str>, country: Cow<'a, str>, line: Option<Line> },
    Confirmed(u64),
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Key<'a> {
    Line {
        hour: Hour,
        #[serde(borrow)]
        mineral: Cow<'a, str>,
        #[serde(borrow)]
        country: Cow<'a, str>,
    },
    Confirmed {
        ledger: Confirmed,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Confirmed {
    Confirmed,
}

#[derive(Serialize, Deserialize)]
struct LineValue {
    batch: u64,
    slot: u32,
    addition: Addition,
    total: Totals,
    #[serde(default, skip_serializing_if = "Not::not")]
    held: bool,
}

#[derive(Serialize, Deserialize)]
struct ConfirmedValue {
    batch: u64,
}

impl<'a> LedgerRecord<'a> {
    /// Reads a record; a value of `None` is a tombstone.
    ///
    /// # Errors
    /// When it is no record of a ledger.
    pub fn read(key: &'a [u8], value: Option<&[u8]>) -> Result<Self, RecordError> {
        let unread = |error: serde_json::Error| RecordError::foreign(key, "a ledger", &error);
        let kind = match serde_json::from_slice::<Key<'a>>(key).map_err(unread)? {
            Key::Line { hour, mineral, country } => {
                let line = value.map(serde_json::from_slice::<LineValue>).transpose().map_err(unread)?;
                let line = line.map(|LineValue { batch, slot, addition, total, held }| Line {
                    addition,
                    slot,
                    total,
                    held,
                    batch,
                });
                Kind::Line { hour, mineral, country, line }
            }
            Key::Confirmed { .. } => {
                let read = value.map(serde_json::from_slice::<ConfirmedValue>).transpose().map_err(unread)?;
                Kind::Confirmed(read.map_or(0, |value| value.batch))
            }
        };
        Ok(Self(kind))
    }
}

/// Key and value of a bucket's line.
pub(super) fn line(bucket: &Bucket, line: &Line) -> Result<KeyedValue, RecordError> {
    let Bucket { hour, mineral, country } = bucket;
    let Line { addition, slot, total, held, batch } = *line;
    let key = Key::Line { hour: *hour, mineral: Cow::Borrowed(mineral), country: Cow::Borrowed(country) };
    Ok((json(&key)?, json(&LineValue { batch, slot, addition, total, held })?))
}

/// Key and value of what says how far the batches arrived.
pub(super) fn confirmed(batch: u64) -> Result<KeyedValue, RecordError> {
    Ok((json(&Key::Confirmed { ledger: Confirmed::Confirmed })?, json(&ConfirmedValue { batch })?))
}

fn json(value: &impl Serialize) -> Result<Vec<u8>, RecordError> {
    serde_json::to_vec(value).map_err(RecordError::unwritable)
}
