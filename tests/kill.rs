//! Promise: whatever ends the program, nothing is missing and nothing is there twice. The real program, the real walk, a
//! real broker.
#![cfg(feature = "service")]

mod support;

use std::time::Duration;
use support::{Job, Service, articles};

const ARTICLES: usize = 20_000;

fn start(job: &Job) -> Service {
    // Small batches, so that there is a middle to be hit.
    job.run(&["--workers", "2", "--instance", "one", "--set", "stream.batch_records=1000"])
}

/// Waits until some articles are done, and makes sure that they are not all.
fn wait_for_the_middle(service: &mut Service, done: usize) {
    let consumed = "lodestream_articles_consumed_total";
    let seen = service.wait_for("it is in the middle", |samples| samples.sum(consumed) >= done as f64).sum(consumed);
    assert!(seen < ARTICLES as f64, "all was done before the blow came: the test proves nothing");
}

#[test]
fn a_kill_in_the_middle_loses_and_repeats_nothing() {
    let job = Job::new("killed");
    job.feed(articles(0, ARTICLES));
    // Twice: a blow may by chance fall between two transactions, hardly both.
    for _ in 0..2 {
        let mut service = start(&job);
        wait_for_the_middle(&mut service, 3_000);
        service.kill();
    }
    let mut service = start(&job);
    service.wait_until_drained(6);
    let (status, _) = service.terminate();
    assert!(status.success(), "{status}");
    let total = job.verify("end");
    assert_eq!((total.records, total.events, total.dead_letters), (ARTICLES as u64, ARTICLES as u64, 0));
}

#[test]
fn a_graceful_stop_in_the_middle_is_quick_and_leaves_nothing_half_done() {
    let job = Job::new("stopped");
    job.feed(articles(0, ARTICLES));
    let mut service = start(&job);
    wait_for_the_middle(&mut service, 3_000);
    let (status, took) = service.terminate();
    assert!(status.success(), "{status}");
    assert!(took < job.settings.drain_budget + Duration::from_secs(1), "it took {took:?}");
    let total = job.verify("committed");
    assert!((3_000..ARTICLES as u64).contains(&total.records), "{total:?}");
    assert_eq!(total.outside, 0, "events of articles that are not committed");

    let mut service = start(&job);
    service.wait_until_drained(6);
    service.terminate();
    assert_eq!(job.verify("end").records, ARTICLES as u64);
}
