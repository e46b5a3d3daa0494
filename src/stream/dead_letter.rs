//! Records that cannot be read or published: kept as they were, with the reason.
//!
//! A dead letter carries the original key, value and headers untouched, and the headers named here. Only where the
//! dead-letter topic refuses it for its size is it cut ([`Size::Cut`]): then it carries the first bytes, the full
//! length and the SHA-256, and the whole record stays at its source for as long as that topic keeps it. A topic made by
//! `create_topics` takes whatever the input topic takes, so there it never comes to that.

use crate::article::hex;
use crate::stream::transaction::Outgoing;
use jiff::Timestamp;
use rdkafka::Message;
use rdkafka::message::{BorrowedMessage, Header, Headers, OwnedHeaders};
use sha2::{Digest, Sha256};

/// Why a record is a dead letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reason {
    pub(super) stage: &'static str,
    pub(super) code: &'static str,
    pub(super) message: String,
}

/// How much of the record the dead letter carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    /// All of it.
    Whole,
    /// The first bytes: the dead-letter topic refused the whole.
    Cut,
}

/// Bytes of value, and of key, in a dead letter that is cut.
const CUT: usize = 64 << 10;

/// The dead letter of a record.
pub(super) fn dead_letter<'a>(
    topic: &'a str,
    message: &'a BorrowedMessage<'_>,
    index: usize,
    reason: &Reason,
    size: Size,
) -> Outgoing<'a> {
    let mut headers = original_headers(message, size);
    let mut add = |name: &str, value: &str| {
        headers = std::mem::take(&mut headers).insert(Header { key: name, value: Some(value) });
    };
    add("lodestream.error.code", reason.code);
    add("lodestream.error.stage", reason.stage);
    add("lodestream.error.message", &reason.message);
    add("lodestream.source.topic", message.topic());
    add("lodestream.source.partition", &message.partition().to_string());
    add("lodestream.source.offset", &message.offset().to_string());
    let timestamp = message.timestamp().to_millis().and_then(|millis| Timestamp::from_millisecond(millis).ok());
    if let Some(timestamp) = timestamp {
        add("lodestream.source.timestamp", &timestamp.to_string());
    }
    let (mut key, mut value) = (message.key(), message.payload());
    if size == Size::Cut {
        if let Some(whole) = value {
            add("lodestream.source.length", &whole.len().to_string());
            add("lodestream.source.sha256", &hex_sha256(whole));
        }
        key = key.map(|key| &key[..key.len().min(CUT)]);
        value = value.map(|value| &value[..value.len().min(CUT)]);
    }
    Outgoing { topic, partition: None, key, value, headers: Some(headers), index }
}

/// The record's own headers; left out of a cut dead letter when they alone are large.
fn original_headers(message: &BorrowedMessage<'_>, size: Size) -> OwnedHeaders {
    let Some(headers) = message.headers() else { return OwnedHeaders::new() };
    let bytes: usize = headers.iter().map(|header| header.key.len() + header.value.map_or(0, <[u8]>::len)).sum();
    if size == Size::Cut && bytes > CUT { OwnedHeaders::new() } else { headers.detach() }
}

fn hex_sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_known_one() {
        assert_eq!(hex_sha256(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
