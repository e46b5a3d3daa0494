//! Promise: no fault changes a total. Minerals by country over the time of publication are the sum over the events, whatever
//! happens to the program. The real program, the real walk, a real broker.
#![allow(clippy::unwrap_used, reason = "a test's helpers may panic")]
#![cfg(feature = "service")]

mod support;

use serde_json::Value;
use support::{Job, Service, articles, create_topics};

const ARTICLES: usize = 4_000;
/// Delivered a second time, as crawlers do.
const REPEATED: usize = 400;

/// Articles of many hours, many of them copies of each other under names of their own.
fn feed(job: &Job, arguments: &[&str]) {
    let dated = |(number, mut article): (usize, Value)| {
        if article.get("published_at").is_some() {
            article["published_at"] =
                format!("2025-{:02}-{:02}T{:02}:05:00Z", 1 + number % 9, 1 + number % 28, number % 24).into();
        }
        article
    };
    let all: Vec<Value> = articles(0, ARTICLES).enumerate().map(dated).collect();
    job.feed_with(arguments, all.iter().chain(&all[..REPEATED]).cloned());
}

fn start(job: &Job, instance: &str) -> Service {
    job.run(&["--instance", instance, "--set", "stream.batch_records=200", "--set", "stream.linger=20ms"])
}

/// The totals by hour, as anybody may ask for them.
fn rows(job: &Job) -> Vec<Value> {
    let output = job.output("timeline query", &["--step", "1h", "--format", "json"]);
    let rows = output.lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<Value>>();
    assert!(!rows.is_empty(), "the timeline is empty");
    rows
}

fn sum(rows: &[Value], what: &str) -> u64 {
    rows.iter().map(|row| row[what].as_u64().unwrap()).sum()
}

/// Waits until the service has taken in about so many articles.
fn wait_for_some(service: &mut Service, count: f64) {
    service.wait_for("some are done", |samples| samples.sum("lodestream_articles_consumed_total") >= count);
}

#[test]
fn kills_rebalances_and_a_replay_leave_the_totals_of_one_quiet_run() {
    let quiet = Job::new("timeline-quiet");
    feed(&quiet, &[]);
    let mut service = start(&quiet, "one");
    service.wait_until_drained(6);
    let samples = service.metrics();
    let outcome = |name: &str| samples.get(&format!("lodestream_timeline_articles_total{{outcome=\"{name}\"}}"));
    assert_eq!(outcome("repeated"), REPEATED as f64);
    assert_eq!(outcome("counted") + outcome("undated") + outcome("out_of_range"), ARTICLES as f64);
    assert!(service.terminate().0.success());
    let expected = rows(&quiet);
    quiet.output("verify", &["--until", "end", "--timeline"]);
    assert!(sum(&expected, "stories") > 0 && sum(&expected, "stories") < sum(&expected, "articles"));

    let storm = Job::new("timeline-storm");
    let [one, two, mut three] = std::thread::scope(|scope| {
        // Slowly, so that there is always something under way.
        let feeding = scope.spawn(|| feed(&storm, &["--rate", "400"]));
        let mut one = start(&storm, "one");
        wait_for_some(&mut one, 200.0);
        let mut two = start(&storm, "two");
        wait_for_some(&mut two, 100.0);
        one.kill();
        let three = start(&storm, "three");
        wait_for_some(&mut two, 400.0);
        two.kill();
        assert!(!feeding.is_finished(), "all was read before the last blow: the test proves too little");
        // The same names again: they fence what was left open.
        [start(&storm, "one"), start(&storm, "two"), three]
    });
    three.wait_for("all is done", |_| {
        let report: Value = serde_json::from_str(&storm.tried("verify", &["--until", "end", "--json"]).1).unwrap();
        let missing = |partition: &Value| partition["missing"].as_u64().unwrap();
        report["partitions"].as_array().unwrap().iter().map(missing).sum::<u64>() == 0
    });
    for service in [one, two, three] {
        assert!(service.terminate().0.success());
    }
    storm.output("verify", &["--until", "end", "--timeline"]);
    assert_eq!(rows(&storm), expected);

    // Everything once more, for another group: what was counted is known.
    let mut replay = Job::without_topics("timeline-replay");
    replay.settings.input_topic = storm.settings.input_topic.clone();
    replay.settings.timeline.topic = storm.settings.timeline.topic.clone();
    create_topics(&replay.connection(), &replay.settings);
    let mut service = start(&replay, "one");
    service.wait_until_drained(6);
    let repeated = service.metrics().get("lodestream_timeline_articles_total{outcome=\"repeated\"}");
    assert_eq!(repeated, (ARTICLES + REPEATED) as f64);
    assert!(service.terminate().0.success());
    assert_eq!(rows(&replay), expected);
}

#[test]
fn the_comparison_sees_what_the_timeline_does_not_say() {
    let job = Job::new("timeline-differs");
    job.feed(articles(0, 100));
    let mut service = start(&job, "one");
    service.wait_until_drained(6);
    assert!(service.terminate().0.success());
    job.output("verify", &["--timeline"]);
    // A total that no event explains.
    let key = br#"{"hour":"2025-10-03T23:00:00Z","mineral":"tungsten","country":"PK","part":99}"#;
    let forged =
        [(String::from_utf8_lossy(key).into_owned(), Some(&br#"{"mentions":1,"articles":1,"stories":0}"#[..]))];
    support::publish(&job.bootstrap, &job.settings.timeline.topic, forged.into_iter());
    let (code, words) = job.tried("verify", &["--timeline"]);
    assert_eq!(code, Some(3), "{words}");
    assert!(words.contains("1 buckets differ") && words.contains("tungsten PK"), "{words}");
}

#[test]
fn a_topic_that_is_not_compacted_or_has_other_partitions_is_refused() {
    let mut job = Job::new("timeline-unfit");
    job.settings.timeline.topic = "timeline-unfit.other".into();
    // Six partitions, and deleted by time.
    support::create_topic(&job.bootstrap, &job.settings.timeline.topic, 1 << 20);
    let (code, words) = job.tried("check", &["--listen", "127.0.0.1:0"]);
    assert_eq!(code, Some(2), "{words}");
    assert!(words.contains("cleanup.policy=delete"), "{words}");

    let narrow = Job::without_topics("timeline-narrow");
    let mut settings = narrow.settings.clone();
    settings.partitions = 2;
    create_topics(&narrow.connection(), &settings);
    job.settings.timeline.topic = narrow.settings.timeline.topic.clone();
    let (code, words) = job.tried("check", &["--listen", "127.0.0.1:0"]);
    assert_eq!(code, Some(2), "{words}");
    assert!(words.contains("has 2 partitions, but `timeline-unfit.raw` has 6"), "{words}");
}
