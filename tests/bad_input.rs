//! Promise: whatever is put on the raw topic ends as a dead letter that carries it untouched, or, odd but readable, as an
//! event; the stream goes on, and memory stays bounded. The real program, the real walk, a real broker.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers may panic")]
#![cfg(feature = "service")]

mod support;

use lodestream::stream::admin;
use rdkafka::ClientConfig;
use rdkafka::Message;
use rdkafka::message::{Header, OwnedHeaders, OwnedMessage};
use rdkafka::producer::{BaseProducer, BaseRecord, Producer};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;
use support::{Job, articles, create_topic, header, read_all};

/// What must become of a record.
enum Outcome {
    /// A dead letter with this code.
    Dead(&'static str),
    /// An event, with this warning if any.
    Event(Option<&'static str>),
}
use Outcome::{Dead, Event};

/// A name (also the record's key), a value, what must become of it.
type Case = (&'static str, Option<Vec<u8>>, Outcome);

fn cases() -> Vec<Case> {
    let bytes = |value: &str| Some(value.as_bytes().to_vec());
    let nested = |open: &str, close: &str| format!("{{\"text\": {}1{}}}", open.repeat(200), close.repeat(200));
    let text = |text: String| Some(json!({ "text": text }).to_string().into_bytes());
    vec![
        ("not-json", bytes("Copper rose in Chile."), Dead("invalid_json")),
        ("half-json", bytes(r#"{"text": "Copper rose in Ch"#), Dead("invalid_json")),
        ("empty", bytes(""), Dead("invalid_json")),
        ("array", bytes(r#"["Copper rose in Chile."]"#), Dead("not_an_object")),
        ("text-is-number", bytes(r#"{"text": 29}"#), Dead("wrong_type")),
        ("text-is-object", bytes(r#"{"text": {"en": "Copper"}}"#), Dead("wrong_type")),
        ("id-is-list", bytes(r#"{"id": ["x"], "text": "Copper rose in Chile."}"#), Dead("wrong_type")),
        ("no-text", bytes(r#"{"title": "Copper rose in Chile"}"#), Dead("no_text")),
        ("blank-text", bytes(r#"{"text": " \n\t "}"#), Dead("no_text")),
        ("not-utf-8", Some(b"{\"text\": \"Copper \xff\xfe rose\"}".to_vec()), Dead("invalid_utf8")),
        ("deep-arrays", bytes(&nested("[", "]")), Dead("too_deep")),
        ("deep-objects", bytes(&nested("{\"a\":", "}")), Dead("too_deep")),
        ("tombstone", None, Dead("null_value")),
        ("long-text", text("Copper rose in Chile. ".repeat(100_000)), Dead("too_large")),
        (
            "absurd-time",
            bytes(r#"{"text": "Copper rose in Chile.", "published_at": 99999999999999999}"#),
            Event(Some("published_at_out_of_range")),
        ),
        (
            "no-time",
            bytes(r#"{"text": "Copper rose in Chile.", "published_at": "31337-13-45"}"#),
            Event(Some("published_at_unreadable")),
        ),
        ("lone-surrogate", bytes(r#"{"text": "Copper \ud800 rose"}"#), Event(Some("lone_surrogate_replaced"))),
        ("brackets", text("[".repeat(1_000_000)), Event(None)),
        ("repetition", text("Copper rose in Chile. ".repeat(20_000)), Event(Some("too_many_names"))),
    ]
}

/// Puts the cases among good articles, lets the program work, and looks at everything it did. How much memory it took.
fn check(test: &str, cases: &[Case]) -> u64 {
    let job = Job::without_topics(test);
    // The limit of the record that is meant to be too large is not the broker's.
    create_topic(&job.bootstrap, &job.settings.input_topic, 40 << 20);
    admin::check(&job.connection(), &job.settings).unwrap();
    let good: Vec<Value> = articles(0, 10 * cases.len()).collect();
    publish(&job, cases, &good);

    let mut service = job.run(&["--instance", "one"]);
    service.wait_until_drained(6);
    let records = (cases.len() + good.len()) as f64;
    let samples = service.wait_for("all is counted", |s| s.sum("lodestream_articles_consumed_total") == records);
    let memory = service.peak_memory();
    assert!(service.terminate().0.success());

    let mut by_code: BTreeMap<&str, u64> = BTreeMap::new();
    let letters = by_key(&job, &job.settings.dead_letter_topic);
    let events = by_key(&job, &job.settings.output_topic);
    for (name, value, outcome) in cases {
        match outcome {
            Dead(code) => {
                *by_code.entry(code).or_default() += 1;
                let letter = letters.get(*name).unwrap_or_else(|| panic!("{name} is no dead letter"));
                assert_eq!(header(letter, "lodestream.error.code").as_deref(), Some(*code), "{name}");
                assert_eq!(header(letter, "crawler").as_deref(), Some("north"), "{name}");
                assert!(letter.payload() == value.as_deref(), "{name}: the value is not what it was");
            }
            Event(warning) => {
                let event = events.get(*name).unwrap_or_else(|| panic!("{name} is no event"));
                let event: Value = serde_json::from_slice(event.payload().unwrap()).unwrap();
                let warnings = event["article"].get("warnings").cloned().unwrap_or(json!([]));
                assert_eq!(warnings, warning.map_or(json!([]), |warning| json!([warning])), "{name}");
            }
        }
    }
    for article in &good {
        let id = article["id"].as_str().unwrap();
        assert!(events.contains_key(id), "{id}, a good article, is no event");
    }
    let dead: u64 = by_code.values().sum();
    assert_eq!((letters.len() as u64, events.len() as u64), (dead, records as u64 - dead));
    let counted: BTreeMap<&str, f64> = samples
        .of("lodestream_dead_letters_total")
        .filter(|(_, count)| *count > 0.0)
        .map(|(labels, count)| (labels.split('"').nth(1).unwrap(), count))
        .collect();
    assert_eq!(counted, by_code.into_iter().map(|(code, count)| (code, count as f64)).collect());
    let total = job.verify("end");
    assert_eq!((total.records, total.dead_letters), (records as u64, dead));
    memory
}

/// Every case, with its name as the key and a header, and ten good articles after it.
fn publish(job: &Job, cases: &[Case], good: &[Value]) {
    let producer: BaseProducer = ClientConfig::new()
        .set("bootstrap.servers", &job.bootstrap)
        .set("message.max.bytes", "67108864")
        .set("queue.buffering.max.kbytes", "262144")
        .set("compression.type", "lz4")
        .create()
        .unwrap();
    for ((name, value, _), good) in cases.iter().zip(good.chunks(10)) {
        let headers = OwnedHeaders::new().insert(Header { key: "crawler", value: Some("north") });
        let mut record = BaseRecord::<str, [u8]>::to(&job.settings.input_topic).key(name).headers(headers);
        record.payload = value.as_deref();
        producer.send(record).map_err(|(error, _)| error).unwrap();
        for article in good {
            let value = article.to_string();
            let key = article["id"].as_str().unwrap();
            let record = BaseRecord::<str, str>::to(&job.settings.input_topic).key(key).payload(&value);
            producer.send(record).map_err(|(error, _)| error).unwrap();
        }
    }
    producer.flush(Duration::from_secs(60)).unwrap();
    assert_eq!(producer.in_flight_count(), 0);
}

fn by_key(job: &Job, topic: &str) -> BTreeMap<String, OwnedMessage> {
    let read = read_all(&job.bootstrap, topic, job.settings.partitions);
    let count = read.len();
    let by_key: BTreeMap<_, _> = read
        .into_iter()
        .map(|message| (String::from_utf8(message.key().unwrap().to_vec()).unwrap(), message))
        .collect();
    assert_eq!(by_key.len(), count, "a key twice in {topic}");
    by_key
}

#[test]
fn every_bad_record_is_set_aside_untouched_among_good_articles() {
    let memory = check("bad-input", &cases());
    assert!(memory < 200, "{memory} MB");
}

#[test]
fn a_record_of_thirty_megabytes_is_set_aside_whole_in_bounded_memory() {
    let mut cases = cases();
    // No compression makes this one small.
    let noise: String = support::noise(30 << 20);
    cases.insert(5, ("thirty-megabytes", Some(json!({ "text": noise }).to_string().into_bytes()), Dead("too_large")));
    let memory = check("huge-input", &cases);
    assert!(memory < 400, "{memory} MB");
}
