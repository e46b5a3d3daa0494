//! Promise: what stands between the service and its broker is told at the start, in one clear message.

mod support;

use lodestream::stream::admin::{BrokerFault, check};
use lodestream::stream::{Connection, StreamError};
use std::time::{Duration, Instant};
use support::{Broker, Running, connection, free_port, properties, settings, walk};

#[test]
fn a_missing_topic_is_named_and_all_of_them_at_once() {
    let mut settings = settings("missing");
    settings.create_topics = false;
    let running = Running::start(connection(&Broker::shared().bootstrap(), "one"), settings, walk);
    let Err(StreamError::Broker(faults)) = running.stop() else { panic!("it started without topics") };
    let topics: Vec<&str> = faults
        .iter()
        .map(|fault| match fault {
            BrokerFault::TopicMissing { topic, .. } => topic.as_str(),
            other => panic!("{other}"),
        })
        .collect();
    assert_eq!(topics, ["missing.raw", "missing.enriched", "missing.dead", "missing.timeline"]);
}

#[test]
fn missing_topics_are_created_where_that_is_asked_for() {
    let settings = settings("created");
    let connection = connection(&Broker::shared().bootstrap(), "one");
    let first = check(&connection, &settings).unwrap();
    assert_eq!(first.created, ["created.raw", "created.enriched", "created.dead", "created.timeline"]);
    assert!(first.topics.iter().all(|topic| topic.partitions == 6 && topic.max_message_bytes.is_some()));
    assert!(check(&connection, &settings).unwrap().created.is_empty());
}

#[test]
fn a_refused_connection_an_unknown_host_and_a_wrong_password_are_told_apart() {
    let mut settings = settings("unreachable");
    settings.startup_timeout = Duration::from_secs(2);
    let fault = |connection: &Connection| {
        let started = Instant::now();
        let faults = check(connection, &settings).unwrap_err();
        assert!(started.elapsed() < Duration::from_secs(10), "told in time");
        assert_eq!(faults.len(), 1, "one message: {faults:?}");
        faults[0].clone()
    };
    let refused = fault(&connection(&format!("127.0.0.1:{}", free_port()), "one"));
    assert!(matches!(refused, BrokerFault::Refused { .. }), "{refused}");
    let unknown = fault(&connection("no-such-host.invalid:9092", "one"));
    assert!(matches!(unknown, BrokerFault::UnknownHost { .. }), "{unknown}");
    let wrong = fault(&as_miner("wrong"));
    assert!(matches!(wrong, BrokerFault::AuthenticationFailed { .. }), "{wrong}");
    assert!(!wrong.to_string().contains("wrong"), "no password in a message: {wrong}");
}

#[test]
fn the_right_password_opens_the_door() {
    check(&as_miner("right"), &settings("scram")).unwrap();
}

fn as_miner(password: &str) -> Connection {
    let mut properties = properties(&Broker::shared().sasl_bootstrap());
    for (name, value) in [
        ("security.protocol", "sasl_plaintext"),
        ("sasl.mechanisms", "SCRAM-SHA-256"),
        ("sasl.username", "miner"),
        ("sasl.password", password),
    ] {
        properties.insert(name.into(), value.into());
    }
    Connection::new(properties, "one")
}
