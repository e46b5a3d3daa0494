//! Promise: the page of any instance shows the whole timeline, and the newest articles that it committed itself. The real program, the
//! real walk, a real broker. What a reader sees of it, in a real browser: `tests/browser/`.
#![allow(clippy::unwrap_used, reason = "a test's helpers may panic")]
#![cfg(feature = "service")]

mod support;

use serde_json::Value;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use support::{Job, Service, articles};

const ARTICLES: usize = 300;

fn start(job: &Job, instance: &str) -> Service {
    job.run(&["--instance", instance, "--set", "stream.linger=20ms", "--set", "page.articles=50"])
}

fn ask(service: &Service, path: &str) -> Option<Value> {
    let (status, body) = service.get(&format!("/api/v1/{path}"))?;
    assert_eq!(status, 200, "{path}: {body}");
    Some(serde_json::from_str(&body).unwrap())
}

/// Mentions, articles, stories.
type Counts = [u64; 3];

fn counts(row: &Value) -> Counts {
    ["mentions", "articles", "stories"].map(|name| row[name].as_u64().unwrap())
}

fn pair(row: &Value) -> (String, String) {
    let text = |name: &str| row[name].as_str().unwrap().to_owned();
    (text("mineral"), text("country"))
}

/// What the page shows by pair, once its totals follow what is committed.
fn shown(service: &Service) -> Option<BTreeMap<(String, String), Counts>> {
    let answer = ask(service, "pairs?span=all&limit=1000")?;
    assert_eq!((&answer["coverage"]["totals"], answer["more"].as_u64()), (&Value::from("timeline"), Some(0)));
    let current = answer["coverage"]["state"] == "current";
    current.then(|| answer["pairs"].as_array().unwrap().iter().map(|row| (pair(row), counts(row))).collect())
}

/// The same, as the command line reads it from the topic.
fn expected(job: &Job) -> BTreeMap<(String, String), Counts> {
    let output = job.output("timeline query", &["--step", "1h", "--format", "json"]);
    let mut sums: BTreeMap<_, Counts> = BTreeMap::new();
    for row in output.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
        let sum = sums.entry(pair(&row)).or_default();
        counts(&row).iter().zip(sum).for_each(|(count, sum)| *sum += count);
    }
    sums
}

fn wait_until_shown(service: &Service, expected: &BTreeMap<(String, String), Counts>) {
    let started = Instant::now();
    loop {
        let shown = shown(service);
        if shown.as_ref() == Some(expected) {
            return;
        }
        assert!(started.elapsed() < Duration::from_secs(60), "{shown:?} is not {expected:?}\n{}", service.log());
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn every_instance_shows_the_whole_timeline_and_its_own_newest_articles() {
    let job = Job::new("page");
    let (mut one, two) = (start(&job, "one"), start(&job, "two"));
    let both = Instant::now();
    while [&one, &two].iter().any(|service| service.metrics().sum("lodestream_rebalances_total") < 1.0) {
        assert!(both.elapsed() < Duration::from_secs(60), "they do not both join\n{}", one.log());
        std::thread::sleep(Duration::from_millis(50));
    }
    let all: Vec<Value> = articles(0, ARTICLES).collect();
    // Some come a second time, as crawlers deliver them: they are no news to the timeline.
    job.feed(all.iter().chain(&all[..40]).cloned());
    one.wait_for("all is read", |mine| {
        let consumed = |samples: &support::Samples| samples.sum("lodestream_articles_consumed_total");
        consumed(mine) + consumed(&two.metrics()) == (ARTICLES + 40) as f64
    });
    let expected = expected(&job);
    assert!(expected.values().map(|[mentions, ..]| mentions).sum::<u64>() > 100);
    for service in [&one, &two] {
        wait_until_shown(service, &expected);
        let held = ask(service, "status").unwrap()["coverage"]["articles_held"].as_u64().unwrap();
        assert!((1..=50).contains(&held), "{held}");
    }
    let list = ask(&one, "articles?mineral=tungsten&country=PK&limit=1").unwrap();
    if let Some(article) = list["articles"].as_array().unwrap().first() {
        assert_eq!(article["pairs"].as_array().unwrap().iter().filter(|one| one["mineral"] == "tungsten").count(), 1);
    }

    // After a restart the totals are there again; articles are those that it commits from then on.
    assert!(one.terminate().0.success());
    let one = start(&job, "one");
    wait_until_shown(&one, &expected);
    assert_eq!(ask(&one, "status").unwrap()["coverage"]["articles_held"], 0);
    assert!(two.terminate().0.success() && one.terminate().0.success());
}

#[test]
fn where_the_page_is_off_nothing_of_an_article_is_shown() {
    let job = Job::new("page-off");
    job.feed(articles(0, 10));
    let mut service = job.run(&["--instance", "one", "--set", "page.enabled=false"]);
    service.wait_until_drained(6);
    assert_eq!(service.get("/api/v1/articles").unwrap().0, 404);
    assert_eq!(service.get("/assets/main.js").unwrap().0, 404);
    let (status, page) = service.get("/").unwrap();
    assert!(status == 200 && page.contains("/metrics"), "{page}");
    assert!(service.terminate().0.success());
}
