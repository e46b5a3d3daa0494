//! Promise: without transactions every record still has an outcome, also when the broker fails. On the mock broker,
//! which fails on command.
#![allow(clippy::unwrap_used, reason = "a test's helpers may panic")]

mod support;

use lodestream::intake;
use lodestream::stream::mock::MockBroker;
use lodestream::stream::{Delivery, StreamSettings, feed};
use rdkafka::bindings::rd_kafka_resp_err_t::{
    RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT,
    RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED,
};
use rdkafka::types::RDKafkaApiKey;
use std::sync::atomic::Ordering::SeqCst;
use support::{Running, connection, publish_articles, read_all, settings, wait_until, walk};

fn start(test: &str) -> (MockBroker, StreamSettings) {
    let mut settings = settings(test);
    settings.delivery = Delivery::AtLeastOnce;
    settings.create_topics = false;
    let topics = [&settings.input_topic, &settings.output_topic, &settings.dead_letter_topic, &settings.timeline.topic];
    let broker = MockBroker::start(&topics.map(|topic| (topic.as_str(), 3))).unwrap();
    (broker, settings)
}

fn outcomes(broker: &MockBroker, settings: &StreamSettings) -> usize {
    let mut keys: Vec<_> = read_all(broker.bootstrap_servers(), &settings.output_topic, 3)
        .into_iter()
        .map(|message| rdkafka::Message::key(&message).map(<[u8]>::to_vec))
        .collect();
    keys.sort();
    keys.dedup();
    keys.len()
}

#[test]
fn a_quiet_broker_gets_each_article_once_and_a_restart_goes_on() {
    let (broker, settings) = start("quiet");
    let connection = connection(broker.bootstrap_servers(), "one");
    publish_articles(broker.bootstrap_servers(), &settings.input_topic, 0, 1_000);
    let running = Running::start(connection.clone(), settings.clone(), walk);
    wait_until("the work is done", || running.consumed() == 1_000);
    assert_eq!(running.health.ready(), Ok(()));
    running.stop().unwrap();
    publish_articles(broker.bootstrap_servers(), &settings.input_topic, 1_000, 10);
    let again = Running::start(connection, settings.clone(), walk);
    wait_until("the rest is done", || again.consumed() == 10);
    again.stop().unwrap();
    assert_eq!(read_all(broker.bootstrap_servers(), &settings.output_topic, 3).len(), 1_010);
}

#[test]
fn a_produce_that_fails_for_good_gives_the_batch_up_and_does_it_again() {
    let (broker, settings) = start("produce");
    publish_articles(broker.bootstrap_servers(), &settings.input_topic, 0, 300);
    let produce = RDKafkaApiKey::Produce;
    broker.cluster().request_errors(
        produce,
        &[RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED],
    );
    let running = Running::start(connection(broker.bootstrap_servers(), "one"), settings.clone(), walk);
    wait_until("the work is done", || running.consumed() >= 300);
    assert!(running.seen.aborted.load(SeqCst) >= 1, "the fault was met");
    running.stop().unwrap();
    assert_eq!(outcomes(&broker, &settings), 300);
}

#[test]
fn a_commit_that_fails_makes_the_batch_come_again() {
    let (broker, settings) = start("commit");
    publish_articles(broker.bootstrap_servers(), &settings.input_topic, 0, 300);
    let commit = RDKafkaApiKey::OffsetCommit;
    broker.cluster().request_errors(commit, &[RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT; 12]);
    let running = Running::start(connection(broker.bootstrap_servers(), "one"), settings.clone(), walk);
    wait_until("the work is done", || running.consumed() >= 300);
    assert!(running.seen.aborted.load(SeqCst) >= 1, "the fault was met");
    running.stop().unwrap();
    assert_eq!(outcomes(&broker, &settings), 300);
}

#[test]
fn feed_publishes_each_line_with_its_id_as_key() {
    let (broker, settings) = start("feed");
    let connection = connection(broker.bootstrap_servers(), "feeder");
    let text = b"{\"id\":\"a\",\"text\":\"x\"}\n\nnot json\n";
    let lines = intake::lines(&text[..]);
    let options = feed::FeedOptions { rate: Some(1000.0) };
    let shutdown = lodestream::stream::Shutdown::new();
    let report = feed::feed(&connection, &settings.input_topic, &options, lines, &mut |_| {}, &shutdown).unwrap();
    assert_eq!((report.published, report.blank), (2, 1));
    let mut keys: Vec<_> = read_all(broker.bootstrap_servers(), &settings.input_topic, 3)
        .iter()
        .map(|message| rdkafka::Message::key(message).map(<[u8]>::to_vec))
        .collect();
    keys.sort();
    assert_eq!(keys, [None, Some(b"a".to_vec())]);
}
