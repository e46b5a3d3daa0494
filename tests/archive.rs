//! Promise: an archive of news comes to the same sums everywhere. One instance in peace, three under kills and rebalances, a replay
//! of everything: the timeline is the same to the last mention; and so say a count over the published events by other code,
//! Prometheus after a push, and Prometheus after an export. The real program, the real walk, a real broker, a real Prometheus.
//!
//! `LODESTREAM_ARCHIVE_ARTICLES` sets another size.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helpers may panic")]
#![cfg(feature = "service")]

#[path = "support/prometheus.rs"]
mod prometheus;
#[path = "support/sums.rs"]
mod sums;
mod support;

use prometheus::{Prometheus, Stopped, create_blocks};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::time::{Duration, Instant};
use sums::{Sums, add_event, by_day, of_rows, stored};
use support::archive::{DAYS, START, archive};
use support::{Broker, Job, Service, create_topics};

const SEED: u64 = 20_250_901;
const PARTITIONS: usize = 6;

fn size() -> usize {
    std::env::var("LODESTREAM_ARCHIVE_ARTICLES").map_or(3_000, |size| size.parse().unwrap())
}

/// What a pass over the archive may take.
fn patience() -> Duration {
    Duration::from_secs(120 + size() as u64 / 100)
}

fn start(job: &Job, instance: &str) -> Service {
    job.run(&["--instance", instance, "--set", "stream.batch_records=200", "--set", "stream.linger=20ms"])
}

/// The totals by hour, as anybody may ask for them.
fn rows(job: &Job) -> Sums {
    of_rows(&job.output("timeline query", &["--step", "1h", "--format", "json"]))
}

/// Reads to the end with one instance; what became of the articles, by outcome.
fn drain(job: &Job) -> BTreeMap<&'static str, usize> {
    let mut service = start(job, "one");
    service.wait_at_most(patience(), "all is read", |samples| samples.nothing_left(PARTITIONS));
    let samples = service.metrics();
    let outcome =
        |name| (name, samples.get(&format!("lodestream_timeline_articles_total{{outcome=\"{name}\"}}")) as usize);
    let outcomes = ["counted", "repeated", "undated", "out_of_range"].map(outcome).into();
    assert!(service.terminate().0.success());
    outcomes
}

/// Feeds in ever smaller portions until told that nobody is hit any more, then the rest: there is always something under way.
fn feed_slowly(job: &Job, mut archive: &[Value], over: &AtomicBool) {
    while !over.load(SeqCst) {
        let (portion, rest) = archive.split_at(archive.len().div_ceil(30));
        job.feed(portion.iter().cloned());
        archive = rest;
        std::thread::sleep(Duration::from_millis(200));
    }
    assert!(!archive.is_empty(), "all was fed before the last blow: the test proves too little");
    job.feed(archive.iter().cloned());
}

/// Three instances read, are killed and come back.
fn under_blows(job: &Job, archive: &[Value]) {
    let over = AtomicBool::new(false);
    let read = |service: &mut Service| {
        service.wait_for("some is read", |samples| samples.sum("lodestream_articles_consumed_total") >= 20.0);
    };
    let services = std::thread::scope(|scope| {
        scope.spawn(|| feed_slowly(job, archive, &over));
        let mut one = start(job, "one");
        read(&mut one);
        let mut two = start(job, "two");
        read(&mut two);
        one.kill();
        let mut three = start(job, "three");
        read(&mut three);
        // The same name again: it fences what was left open.
        let mut one = start(job, "one");
        read(&mut one);
        two.kill();
        let mut two = start(job, "two");
        read(&mut two);
        three.kill();
        over.store(true, SeqCst);
        [one, two, start(job, "three")]
    });
    let started = Instant::now();
    loop {
        let lags: Vec<f64> = services
            .iter()
            .flat_map(|service| service.metrics().of("lodestream_consumer_lag").map(|(_, lag)| lag).collect::<Vec<_>>())
            .collect();
        let idle = lags.len() == PARTITIONS && lags.iter().all(|lag| *lag == 0.0);
        if idle && job.tried("verify", &["--until", "end"]).0 == Some(0) {
            break;
        }
        assert!(started.elapsed() < patience(), "not all is read: {lags:?}");
        std::thread::sleep(Duration::from_millis(200));
    }
    for service in services {
        assert!(service.terminate().0.success());
    }
}

fn stored_by_day(prometheus: &Prometheus) -> Sums {
    stored(prometheus, START.parse().unwrap(), DAYS + 1)
}

#[test]
fn every_witness_has_the_same_sums() {
    let archive = archive(SEED, size());
    let begun = Instant::now();
    let told = |what: &str| eprintln!("{:>6.1} s  {what}", begun.elapsed().as_secs_f64());

    let quiet = Job::new("archive-quiet");
    quiet.feed(archive.iter().cloned());
    told("fed");
    let outcomes = drain(&quiet);
    told(&format!("one instance in peace: {outcomes:?}"));
    let distinct: BTreeSet<&str> = archive.iter().map(|article| article["id"].as_str().unwrap()).collect();
    assert_eq!(outcomes["counted"], distinct.len());
    assert_eq!(outcomes["repeated"], archive.len() - distinct.len());
    let expected = rows(&quiet);
    let all = expected.values().fold([0; 3], |all, counts| [0, 1, 2].map(|at| all[at] + counts[at]));
    told(&format!("{} buckets, mentions, articles, stories: {all:?}", expected.len()));
    assert!(all[2] > 0 && all[2] < all[1] * 9 / 10, "too few stories are told again: {all:?}");
    quiet.output("verify", &["--until", "end", "--timeline"]);

    let storm = Job::new("archive-storm");
    under_blows(&storm, &archive);
    told("three instances, three kills");
    storm.output("verify", &["--until", "end", "--timeline"]);
    assert_eq!(rows(&storm), expected);
    told("the same totals");

    // Everything once more, for another group: what was counted is known.
    let mut replay = Job::without_topics("archive-replay");
    replay.settings.input_topic = storm.settings.input_topic.clone();
    replay.settings.timeline.topic = storm.settings.timeline.topic.clone();
    create_topics(&replay.connection(), &replay.settings);
    assert_eq!(drain(&replay)["repeated"], archive.len());
    assert_eq!(rows(&replay), expected);
    told("a full replay: the same totals");

    let mut counted = Sums::new();
    Broker::shared().each_by_console_consumer(&storm.settings.output_topic, |_, event| add_event(&mut counted, event));
    assert_eq!(counted, expected);
    told("counted from the events, which Kafka's console consumer read: the same totals");

    let days = by_day(&expected);
    let pushed = Stopped::taking("50y").start();
    let ledger = "timeline.push.ledger_topic=archive-storm.ledger";
    let push =
        ["--url", &pushed.write_url(), "--create-topics", "--set", ledger, "--set", "timeline.push.window=100years"];
    told(storm.output("timeline push", &push).trim());
    assert_eq!(stored_by_day(&pushed), days);
    told("in Prometheus after the push: the same sums of each day");

    let exported = Stopped::taking("0s");
    let file = storm.directory().join("timeline.om");
    std::fs::write(&file, storm.output("timeline export", &["--format", "openmetrics"])).unwrap();
    create_blocks(&file, &exported.data());
    assert_eq!(stored_by_day(&exported.start()), days);
    told("in Prometheus after the export: the same sums of each day");
}

#[test]
fn the_archive_is_as_crawlers_deliver_it_and_always_the_same() {
    let archive = support::archive::archive(SEED, 2_000);
    assert_eq!(archive, support::archive::archive(SEED, 2_000));
    assert_ne!(archive, support::archive::archive(SEED + 1, 2_000));
    let text = |article: &Value, name: &str| article[name].as_str().unwrap().to_owned();
    let published: Vec<String> = archive.iter().map(|article| text(article, "published_at")).collect();
    let days: BTreeSet<&str> = published.iter().map(|time| &time[..10]).collect();
    assert!(days.len() >= 30, "{days:?}");
    // Late: more than a day behind what was delivered before.
    let mut newest = "";
    let mut late = 0;
    for time in &published {
        late += usize::from(*newest > time[..] && newest[..10] > time[..10]);
        newest = newest.max(time);
    }
    assert!(late > 50, "{late}");
    let mut by_id: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
    archive.iter().for_each(|article| by_id.entry(text(article, "id")).or_default().push(article));
    let repeated: Vec<_> = by_id.values().filter(|deliveries| deliveries.len() > 1).collect();
    assert!(repeated.len() > 50 && repeated.iter().all(|same| same[0] == same[1]), "{}", repeated.len());
    let told_again = by_id.keys().filter(|id| !id.ends_with("-0")).count();
    assert!(told_again > 200, "{told_again}");
}
