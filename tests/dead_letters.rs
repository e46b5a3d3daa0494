//! Promise: what cannot be read or published is kept as it was, with the reason, and the stream goes on.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers may panic")]

mod support;

use lodestream::stream::Connection;
use rdkafka::ClientConfig;
use rdkafka::Message;
use rdkafka::message::{Header, OwnedHeaders, OwnedMessage};
use rdkafka::producer::{BaseProducer, BaseRecord, Producer};
use std::time::Duration;
use support::{
    Broker, Running, connection, create_topic, create_topics, header, noise, publish, read_all, settings, verdict,
    wait_until, walk,
};

fn dead(bootstrap: &str, topic: &str) -> Vec<OwnedMessage> {
    let mut dead = read_all(bootstrap, topic, 6);
    dead.sort_by_key(|message| message.key().map(<[u8]>::to_vec));
    dead
}

fn codes(dead: &[OwnedMessage]) -> Vec<String> {
    dead.iter().map(|message| header(message, "lodestream.error.code").unwrap()).collect()
}

#[test]
fn key_value_and_headers_are_kept_and_the_reason_is_added() {
    let bootstrap = Broker::shared().bootstrap();
    let settings = settings("kept");
    let connection = connection(&bootstrap, "one");
    create_topics(&connection, &settings);
    let bytes = [0xff, 0x00, 0xfe];
    let producer: BaseProducer = ClientConfig::new().set("bootstrap.servers", &bootstrap).create().unwrap();
    let headers = OwnedHeaders::new()
        .insert(Header { key: "crawler", value: Some("north") })
        .insert(Header { key: "null", value: None::<&str> });
    let record = BaseRecord::<[u8], [u8]>::to(&settings.input_topic).key(&bytes).payload(&bytes);
    producer.send(record.partition(3).timestamp(1_700_000_000_000).headers(headers)).unwrap();
    producer.flush(Duration::from_secs(10)).unwrap();

    let running = Running::start(connection, settings.clone(), walk);
    wait_until("it is set aside", || running.consumed() == 1);
    running.stop().unwrap();
    let dead = dead(&bootstrap, &settings.dead_letter_topic);
    let [letter] = &dead[..] else { panic!("one dead letter, not {}", dead.len()) };
    assert_eq!((letter.key(), letter.payload()), (Some(&bytes[..]), Some(&bytes[..])));
    let expected = [
        ("crawler", "north"),
        ("lodestream.error.code", "invalid_utf8"),
        ("lodestream.error.stage", "read"),
        ("lodestream.error.message", "not UTF-8"),
        ("lodestream.source.topic", "kept.raw"),
        ("lodestream.source.partition", "3"),
        ("lodestream.source.offset", "0"),
        ("lodestream.source.timestamp", "2023-11-14T22:13:20Z"),
    ];
    for (name, value) in expected {
        assert_eq!(header(letter, name).as_deref(), Some(value), "{name}");
    }
}

#[test]
fn tombstones_refusals_and_panics_stop_nothing() {
    let bootstrap = Broker::shared().bootstrap();
    let settings = settings("bad");
    let connection = connection(&bootstrap, "one");
    create_topics(&connection, &settings);
    let records: [(&str, Option<&[u8]>); 5] = [
        ("1", Some(b"refuse this")),
        ("2", None),
        ("3", Some(b"panic at this")),
        ("4", Some(b"good")),
        ("5", Some(b"")),
    ];
    publish(&bootstrap, &settings.input_topic, records.into_iter().map(|(key, value)| (key.to_owned(), value)));
    let running = Running::start(connection.clone(), settings.clone(), walk);
    wait_until("all is done", || running.consumed() == 5);
    assert!(running.seen.restarts.lock().unwrap().is_empty());
    running.stop().unwrap();
    let dead = dead(&bootstrap, &settings.dead_letter_topic);
    assert_eq!(codes(&dead), ["no_text", "null_value", "internal"]);
    assert_eq!(dead[1].payload(), None, "a tombstone stays one");
    assert_eq!(header(&dead[2], "lodestream.error.stage").as_deref(), Some("enrich"));
    support::assert_exactly_once(&connection, &settings, 5);
}

#[test]
fn records_too_large_for_their_topics_still_have_an_outcome() {
    let bootstrap = Broker::shared().bootstrap();
    let settings = settings("large");
    let connection = connection(&bootstrap, "one");
    create_topic(&bootstrap, &settings.input_topic, 40 << 20);
    create_topic(&bootstrap, &settings.output_topic, 200_000);
    create_topic(&bootstrap, &settings.dead_letter_topic, 2_000_000);
    // Not compressible, or it would fit after all.
    let (event, letter) = (noise(1_000_000), noise(30 << 20));
    let records = [("1", "small"), ("2", &event), ("3", &letter), ("4", "small")];
    publish(
        &bootstrap,
        &settings.input_topic,
        records.into_iter().map(|(key, value)| (key.to_owned(), Some(value.as_bytes()))),
    );
    let running = Running::start(connection.clone(), settings.clone(), walk);
    wait_until("all is done", || verdict(&connection, &settings).total().missing == 0);
    running.stop().unwrap();
    let dead = dead(&bootstrap, &settings.dead_letter_topic);
    assert_eq!(codes(&dead), ["too_large_event", "too_large_event"]);
    assert_eq!(dead[0].payload(), Some(event.as_bytes()), "whole");
    assert_eq!(dead[1].payload(), Some(&letter.as_bytes()[..64 << 10]), "cut: the topic does not take it whole");
    assert_eq!(header(&dead[1], "lodestream.source.length"), Some((30 << 20).to_string()));
    assert_eq!(header(&dead[1], "lodestream.source.sha256").map(|hash| hash.len()), Some(64));
    support::assert_exactly_once(&connection, &settings, 4);
}

#[test]
fn created_topics_take_whatever_the_input_takes() {
    let bootstrap = Broker::shared().bootstrap();
    let settings = settings("room");
    create_topic(&bootstrap, &settings.input_topic, 40 << 20);
    let connection: Connection = connection(&bootstrap, "one");
    create_topics(&connection, &settings);
    let large = format!("refuse {}", "x".repeat(30 << 20));
    publish(&bootstrap, &settings.input_topic, [("1".to_owned(), Some(large.as_bytes()))].into_iter());
    let running = Running::start(connection, settings.clone(), walk);
    wait_until("it is set aside", || running.consumed() == 1);
    running.stop().unwrap();
    let dead = dead(&bootstrap, &settings.dead_letter_topic);
    assert!(dead[0].payload() == Some(large.as_bytes()), "whole");
}
