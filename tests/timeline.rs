//! Promise: what the timeline says is what the events say, and what cannot be a timeline is not taken for one. That no fault changes
//! a total is proved in archive.rs. The real program, the real walk, a real broker.
#![allow(clippy::unwrap_used, reason = "a test's helpers may panic")]
#![cfg(feature = "service")]

mod support;

use support::{Job, Service, articles, create_topics};

fn start(job: &Job) -> Service {
    job.run(&["--instance", "one", "--set", "stream.batch_records=200", "--set", "stream.linger=20ms"])
}

#[test]
fn the_comparison_sees_what_the_timeline_does_not_say() {
    let job = Job::new("timeline-differs");
    job.feed(articles(0, 100));
    let mut service = start(&job);
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
