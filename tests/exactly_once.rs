//! Promise: every input record has exactly one outcome, whatever happens to the workers. On a real broker.

mod support;

use lodestream::article::RawRecord;
use rdkafka::Message;
use rdkafka::producer::{BaseProducer, BaseRecord, Producer};
use rdkafka::{ClientConfig, util::Timeout};
use std::cell::Cell;
use std::sync::atomic::Ordering::SeqCst;
use std::time::Duration;
use support::{
    Broker, Running, assert_exactly_once, connection, create_topics, publish_articles, read_all, settings, wait_until,
    walk,
};

#[test]
fn members_that_join_and_leave_while_articles_flow_lose_and_repeat_nothing() {
    let bootstrap = Broker::shared().bootstrap();
    let settings = settings("rebalance");
    let first = connection(&bootstrap, "first");
    create_topics(&first, &settings);
    publish_articles(&bootstrap, &settings.input_topic, 0, 10_000);
    // Slow enough that the members meet in the middle of the work.
    let slow = |record: &RawRecord<'_>| {
        std::thread::sleep(Duration::from_micros(150));
        walk(record)
    };
    let one = Running::start(first.clone(), settings.clone(), slow);
    wait_until("the first member is at work", || one.consumed() > 500);
    let mut pair = settings.clone();
    pair.workers = 2;
    let two = Running::start(connection(&bootstrap, "second"), pair, slow);
    // However long the second takes to join, there is work left to share.
    let published = Cell::new(10_000_usize);
    wait_until("the second process is at work", || {
        if one.consumed() + two.consumed() + 2_000 > published.get() as u64 {
            publish_articles(&bootstrap, &settings.input_topic, published.get(), 2_000);
            published.set(published.get() + 2_000);
        }
        two.consumed() > 500
    });
    publish_articles(&bootstrap, &settings.input_topic, published.get(), 10_000);
    let all = published.get() as u64 + 10_000;
    let shared = one.consumed() + two.consumed();
    one.stop().unwrap();
    assert!(shared < all, "the first member left after the work was done: the test proves nothing");
    // The oracle, not the counts: the first member's last batch may not be in `shared`.
    wait_until("the second has finished", || support::verdict(&first, &settings).total().missing == 0);
    assert!(two.seen.rebalances.load(SeqCst) >= 2);
    two.stop().unwrap();
    assert_exactly_once(&first, &settings, all);
}

#[test]
fn a_stop_in_the_middle_and_a_restart_lose_and_repeat_nothing() {
    let bootstrap = Broker::shared().bootstrap();
    let mut settings = settings("restart");
    settings.batch_records = 100;
    let connection = connection(&bootstrap, "one");
    create_topics(&connection, &settings);
    publish_articles(&bootstrap, &settings.input_topic, 0, 2_000);
    let running = Running::start(connection.clone(), settings.clone(), walk);
    wait_until("some is done", || running.consumed() >= 100);
    running.stop().unwrap();
    // A stop in the middle left the rest; another process with the same name goes on where it ended.
    publish_articles(&bootstrap, &settings.input_topic, 2_000, 1_000);
    let again = Running::start(connection.clone(), settings.clone(), walk);
    wait_until("the rest is done", || support::verdict(&connection, &settings).total().missing == 0);
    again.stop().unwrap();
    assert_exactly_once(&connection, &settings, 3_000);
}

#[test]
fn a_worker_that_is_fenced_says_so_publishes_nothing_and_comes_back() {
    let bootstrap = Broker::shared().bootstrap();
    let settings = settings("fenced");
    let connection = connection(&bootstrap, "one");
    create_topics(&connection, &settings);
    let running = Running::start(connection.clone(), settings.clone(), walk);
    publish_articles(&bootstrap, &settings.input_topic, 0, 100);
    wait_until("the worker is at work", || running.consumed() == 100);
    // Someone else takes the worker's name, as a second process with the same instance would.
    let usurper: BaseProducer = ClientConfig::new()
        .set("bootstrap.servers", &bootstrap)
        .set("transactional.id", "fenced/one/0")
        .create()
        .unwrap();
    usurper.init_transactions(Duration::from_secs(10)).unwrap();
    publish_articles(&bootstrap, &settings.input_topic, 100, 100);
    wait_until("the worker is back and has done the rest", || running.consumed() == 200);
    assert_eq!(*running.seen.restarts.lock().unwrap(), ["fenced"]);
    assert_eq!(running.seen.fenced.load(SeqCst), 1);
    running.stop().unwrap();
    // And now it is the usurper that is fenced.
    usurper.begin_transaction().unwrap();
    let zombie = BaseRecord::<str, str>::to(&settings.output_topic).payload("written by a zombie");
    _ = usurper.send(zombie);
    assert!(usurper.commit_transaction(Timeout::After(Duration::from_secs(10))).is_err());
    assert_exactly_once(&connection, &settings, 200);
}

#[test]
fn an_open_transaction_of_a_dead_predecessor_is_ended_at_the_start() {
    let bootstrap = Broker::shared().bootstrap();
    let settings = settings("orphan");
    let connection = connection(&bootstrap, "one");
    create_topics(&connection, &settings);
    let predecessor: BaseProducer = ClientConfig::new()
        .set("bootstrap.servers", &bootstrap)
        .set("transactional.id", "orphan/one/0")
        .set("transaction.timeout.ms", "600000")
        .create()
        .unwrap();
    predecessor.init_transactions(Duration::from_secs(10)).unwrap();
    predecessor.begin_transaction().unwrap();
    for partition in 0..6 {
        let half = BaseRecord::<str, str>::to(&settings.output_topic).partition(partition).payload("half done");
        predecessor.send(half).unwrap();
    }
    predecessor.flush(Duration::from_secs(10)).unwrap();

    let running = Running::start(connection.clone(), settings.clone(), walk);
    publish_articles(&bootstrap, &settings.input_topic, 0, 50);
    wait_until("the work is done", || running.consumed() == 50);
    running.stop().unwrap();
    assert_exactly_once(&connection, &settings, 50);
    let texts = read_all(&bootstrap, &settings.output_topic, 6);
    assert!(texts.iter().all(|message| message.payload() != Some(b"half done")));
}

#[test]
fn a_foreign_client_reads_only_what_is_committed() {
    let bootstrap = Broker::shared().bootstrap();
    let settings = settings("foreign");
    let connection = connection(&bootstrap, "one");
    create_topics(&connection, &settings);
    publish_articles(&bootstrap, &settings.input_topic, 0, 30);
    let running = Running::start(connection, settings.clone(), walk);
    wait_until("the work is done", || running.consumed() == 30);
    running.stop().unwrap();
    let records = Broker::shared().read_by_console_consumer(&settings.output_topic);
    let mut keys: Vec<String> = records.into_iter().map(|(key, _)| key).collect();
    keys.sort();
    let mut expected: Vec<String> = (0..30).map(|number| format!("a{number}")).collect();
    expected.sort();
    assert_eq!(keys, expected);
}

#[test]
fn the_oracle_sees_what_is_missing_and_what_is_twice() {
    let bootstrap = Broker::shared().bootstrap();
    let settings = settings("oracle");
    let connection = connection(&bootstrap, "one");
    create_topics(&connection, &settings);
    publish_articles(&bootstrap, &settings.input_topic, 0, 40);
    let running = Running::start(connection.clone(), settings.clone(), walk);
    wait_until("the work is done", || running.consumed() == 40);
    running.stop().unwrap();
    assert_exactly_once(&connection, &settings, 40);
    let events = read_all(&bootstrap, &settings.output_topic, 6);
    let copy = [("copy".to_owned(), events[0].payload())];
    support::publish(&bootstrap, &settings.output_topic, copy.into_iter());
    publish_articles(&bootstrap, &settings.input_topic, 40, 2);
    let total = support::verdict(&connection, &settings).total();
    assert_eq!((total.missing, total.duplicated, total.unexpected), (2, 1, 0));
}
