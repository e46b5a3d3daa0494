//! Promise: what Prometheus sums up after a push is what the timeline holds, whatever happens on the way. The real program, a real
//! broker, a real Prometheus.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helpers may panic")]
#![cfg(feature = "service")]

#[path = "support/prometheus.rs"]
mod prometheus;
#[path = "support/sums.rs"]
mod sums;
mod support;

use jiff::{SignedDuration, Timestamp};
use prometheus::{Prometheus, Stopped, create_blocks};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::{Duration, Instant};
use sums::{Sums, by_day, of_rows};
use support::{Job, Service, articles};

/// What stands in the way of equality: nothing but time. Kafka and Prometheus both answer at once.
fn eventually(what: &str, holds: impl Fn() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < Duration::from_secs(60), "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// Articles with ids of their own, published in the last so many days, each day at many hours.
fn recent(first: usize, count: usize, days: i64) -> impl Iterator<Item = Value> {
    let now = Timestamp::now();
    articles(first, count).enumerate().map(move |(number, mut article)| {
        let hours = 2 + (number as i64 * 7) % (days * 24 - 4);
        article["published_at"] = (now - SignedDuration::from_hours(hours)).to_string().into();
        article
    })
}

struct Desk {
    job: Job,
    service: Service,
}

impl Desk {
    fn open(test: &str) -> Self {
        let job = Job::new(test);
        let service = job.run(&["--instance", test, "--set", "stream.linger=20ms"]);
        Self { job, service }
    }

    /// Has articles counted.
    fn count(&mut self, articles: impl Iterator<Item = Value>) {
        let articles: Vec<Value> = articles.collect();
        let before = self.service.metrics().sum("lodestream_articles_consumed_total");
        let wanted = before + articles.len() as f64;
        self.job.feed(articles.into_iter());
        self.service.wait_for("all is counted", |samples| samples.sum("lodestream_articles_consumed_total") >= wanted);
    }

    fn with_ledger<'a>(&'a self, arguments: &[&'a str]) -> Vec<String> {
        let ledger = format!("timeline.push.ledger_topic={}.ledger", self.job.settings.group_id);
        let own = ["--create-topics", "--set", &ledger].map(str::to_owned);
        arguments.iter().map(|argument| (*argument).to_owned()).chain(own).collect()
    }

    /// Exit code and words of a push.
    fn try_push(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let arguments = self.with_ledger(arguments);
        self.job.tried("timeline push", &arguments.iter().map(String::as_str).collect::<Vec<_>>())
    }

    fn push(&self, arguments: &[&str]) -> String {
        let (code, words) = self.try_push(arguments);
        assert_eq!(code, Some(0), "{words}");
        words
    }

    /// A push that goes on.
    fn start_push(&self, arguments: &[&str]) -> Service {
        let arguments = self.with_ledger(arguments);
        self.job.start("timeline push", &arguments.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// The timeline by day.
    fn sums(&self) -> Sums {
        let sums = by_day(&of_rows(&self.job.output("timeline query", &["--step", "1h", "--format", "json"])));
        assert!(sums.len() > 50, "the articles show too little");
        sums
    }
}

/// The same, as Prometheus has it, for articles of the last so many days.
fn stored(prometheus: &Prometheus, days: i64) -> Sums {
    let today = Timestamp::now().as_second().div_euclid(86_400) * 86_400;
    sums::stored(prometheus, Timestamp::from_second(today - days * 86_400).unwrap(), days + 1)
}

/// Passes requests on to a Prometheus, and never an answer back.
fn swallow_answers(url: &str) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let own = format!("http://{}/api/v1/write", listener.local_addr().unwrap());
    let target = url.strip_prefix("http://").unwrap().split('/').next().unwrap().to_owned();
    let swallowed = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&swallowed);
    std::thread::spawn(move || {
        for client in listener.incoming() {
            let mut client = BufReader::new(client.unwrap());
            let (mut head, mut length) = (String::new(), 0);
            while client.read_line(&mut head).unwrap() > 2 {
                let last = head.lines().last().unwrap().to_lowercase();
                if let Some(value) = last.strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap();
                }
            }
            let mut body = vec![0; length];
            client.read_exact(&mut body).unwrap();
            let mut server = TcpStream::connect(&target).unwrap();
            server.write_all(head.replacen("\r\n", "\r\nConnection: close\r\n", 1).as_bytes()).unwrap();
            server.write_all(&body).unwrap();
            let mut answer = String::new();
            server.read_to_string(&mut answer).unwrap();
            assert!(answer.starts_with("HTTP/1.1 204"), "{answer}");
            count.fetch_add(1, SeqCst);
        }
    });
    (own, swallowed)
}

/// An address where nobody listens.
fn nowhere() -> String {
    format!("http://127.0.0.1:{}/api/v1/write", support::free_port())
}

#[test]
fn late_articles_lost_answers_and_crashes_leave_the_sums_right() {
    let mut desk = Desk::open("push-crash");
    let prometheus = Stopped::taking("60d").start();
    let url = prometheus.write_url();
    desk.count(recent(0, 600, 20));
    let words = desk.push(&["--url", &url, "--set", "timeline.push.batch_samples=500"]);
    assert!(words.ends_with(" samples pushed\n") && !words.starts_with("0 "), "{words}");
    assert_eq!(stored(&prometheus, 21), desk.sums());
    assert_eq!(desk.push(&["--url", &url]), "0 samples pushed\n");

    // Late ones, into the same hours; Prometheus takes them, and its answer is lost, again and again, until the push is killed.
    desk.count(recent(600, 300, 20));
    let (deaf, swallowed) = swallow_answers(&url);
    let push = desk.start_push(&["--url", &deaf, "--every", "1s", "--set", "timeline.push.backoff_max=500ms"]);
    eventually("two answers are lost", || swallowed.load(SeqCst) >= 2);
    push.kill();
    desk.push(&["--url", &url]);
    assert_eq!(stored(&prometheus, 21), desk.sums());

    // Noted on the ledger, and killed before anything was sent; then still more articles.
    desk.count(recent(900, 300, 20));
    let mut push = desk.start_push(&["--url", &nowhere(), "--every", "1s"]);
    push.wait_for("a batch is noted", |samples| samples.get("lodestream_push_open_samples") > 0.0);
    push.kill();
    desk.count(recent(1_200, 300, 20));
    desk.push(&["--url", &url]);
    assert_eq!(stored(&prometheus, 21), desk.sums());

    // A Prometheus that was started again knows it all.
    let prometheus = prometheus.stop().start();
    assert_eq!(stored(&prometheus, 21), desk.sums());
}

#[test]
fn what_is_too_old_is_told_and_goes_by_a_backfill() {
    let mut desk = Desk::open("push-old");
    let prometheus = Stopped::taking("60d").start();
    let url = prometheus.write_url();
    desk.count(recent(0, 600, 20));
    let week = ["--url", &url, "--set", "timeline.push.window=7days"];
    let words = desk.push(&week);
    assert!(words.contains(" are older than 7days (timeline.push.window) and were not"), "{words}");
    let (before, all) = (stored(&prometheus, 21), desk.sums());
    let part = |(key, counts): (_, &[i64; 3])| all.get(key).is_some_and(|total| total[0] >= counts[0]);
    assert!(before.len() < all.len() && before.iter().all(part));

    let file = desk.job.directory().join("old.om");
    let words = desk.push(&[&week[..], &["--backfill", file.to_str().unwrap()]].concat());
    assert!(words.contains(" samples written to "), "{words}");
    let stopped = prometheus.stop();
    create_blocks(&file, &stopped.data());
    let prometheus = stopped.start();
    assert_eq!(stored(&prometheus, 21), all);
    // Nothing is left, and nothing is written over.
    assert_eq!(desk.push(&week), "0 samples pushed\n");
    let (code, words) = desk.try_push(&[&week[..], &["--backfill", file.to_str().unwrap()]].concat());
    assert!(code == Some(1) && words.contains("exists"), "{words}");
}

#[test]
fn a_window_longer_than_the_stores_is_refused_with_the_reason_and_held_for_the_backfill() {
    let mut desk = Desk::open("push-window");
    let prometheus = Stopped::taking("5d").start();
    let url = prometheus.write_url();
    // Its clock is its newest sample.
    desk.count(recent(0, 100, 1));
    desk.push(&["--url", &url]);
    desk.count(recent(100, 600, 20));
    let (code, words) = desk.try_push(&["--url", &url, "--set", "timeline.push.window=30days"]);
    assert_eq!(code, Some(1), "{words}");
    assert!(words.contains("too old sample") && words.contains("out_of_order_time_window"), "{words}");
    let shorter = ["--url", &url, "--set", "timeline.push.window=4days"];
    let words = desk.push(&shorter);
    assert!(words.contains(" are older than 4days"), "{words}");
    let file = desk.job.directory().join("old.om");
    desk.push(&[&shorter[..], &["--backfill", file.to_str().unwrap()]].concat());
    let stopped = prometheus.stop();
    create_blocks(&file, &stopped.data());
    let prometheus = stopped.start();
    assert_eq!(stored(&prometheus, 21), desk.sums());
}

#[test]
fn a_store_that_is_down_is_waited_for() {
    let mut desk = Desk::open("push-down");
    let stopped = Stopped::taking("60d");
    let url = stopped.write_url();
    desk.count(recent(0, 300, 20));
    let (code, words) = desk.try_push(&["--url", &url, "--set", "timeline.push.retry_for=1s"]);
    assert_eq!(code, Some(1), "{words}");
    assert!(words.contains("takes nothing since") && words.contains("refused"), "{words}");

    let mut push = desk.start_push(&["--url", &url, "--every", "1s", "--set", "timeline.push.retry_for=1s"]);
    push.wait_for("it has tried", |samples| {
        samples.get("lodestream_push_requests_total{outcome=\"unavailable\"}") >= 3.0
    });
    eventually("it says that it is not ready", || push.readiness().0 == 503);
    assert!(push.readiness().1.contains("takes nothing since"), "{:?}", push.readiness());
    desk.count(recent(300, 300, 20));
    let prometheus = stopped.start();
    eventually("all is stored", || stored(&prometheus, 21) == desk.sums());
    eventually("it is ready", || push.readiness().0 == 200);

    let stopped = prometheus.stop();
    desk.count(recent(600, 300, 20));
    eventually("it says that it is not ready", || push.readiness().0 == 503);
    let prometheus = stopped.start();
    eventually("all is stored", || stored(&prometheus, 21) == desk.sums());
    let sent = push.metrics().get("lodestream_push_samples_total{outcome=\"sent\"}");
    assert!(sent > 0.0 && push.metrics().get("lodestream_push_open_samples") == 0.0);
    assert!(push.terminate().0.success());
}

#[test]
fn a_refusal_is_told_with_the_answer_and_authentication_is_sent_and_not_shown() {
    let mut desk = Desk::open("push-refused");
    desk.count(recent(0, 100, 10));
    // It takes no remote write.
    let prometheus = Stopped::taking("60d").start_with(&[]);
    let (code, words) = desk.try_push(&["--url", &prometheus.write_url()]);
    assert_eq!(code, Some(1), "{words}");
    assert!(words.contains("with 404") && words.contains("--web.enable-remote-write-receiver"), "{words}");

    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/api/v1/write", listener.local_addr().unwrap());
    let heads = std::thread::spawn(move || {
        let answer = |client: TcpStream| {
            let mut client = BufReader::new(client);
            let mut head = String::new();
            while client.read_line(&mut head).unwrap() > 2 {}
            let answer = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 12\r\nConnection: close\r\n\r\nwho are you?";
            client.get_mut().write_all(answer.as_bytes()).unwrap();
            head.to_lowercase()
        };
        listener.incoming().take(2).map(|client| answer(client.unwrap())).collect::<Vec<_>>()
    });
    for set in [
        &["--set", "timeline.push.username=miner", "--set", "timeline.push.password=hunter2"][..],
        &["--set", "timeline.push.bearer_token=hunter2", "--set", "timeline.push.headers={X-Scope-OrgID = \"news\"}"],
    ] {
        let (code, words) = desk.try_push(&[&["--url", url.as_str()], set].concat());
        assert_eq!(code, Some(1), "{words}");
        assert!(words.contains("with 401: who are you?") && !words.contains("hunter2"), "{words}");
    }
    let heads = heads.join().unwrap();
    assert!(heads[0].contains("authorization: basic bwluzxi6ahvudgvymg=="), "{}", heads[0]);
    assert!(
        heads[1].contains("authorization: bearer hunter2") && heads[1].contains("x-scope-orgid: news"),
        "{}",
        heads[1]
    );
    assert!(
        heads[0].contains("content-encoding: snappy") && heads[0].contains("x-prometheus-remote-write-version: 0.1.0")
    );
}

#[test]
fn a_second_push_takes_over_and_the_first_ends() {
    let mut desk = Desk::open("push-two");
    let prometheus = Stopped::taking("60d").start();
    let url = prometheus.write_url();
    desk.count(recent(0, 100, 10));
    let mut first = desk.start_push(&["--url", &url, "--every", "1s"]);
    first.wait_for("it has pushed", |samples| samples.get("lodestream_push_last_success_timestamp_seconds") > 0.0);
    let mut second = desk.start_push(&["--url", &url, "--every", "1s"]);
    second.wait_for("it has pushed", |samples| samples.get("lodestream_push_last_success_timestamp_seconds") > 0.0);
    desk.count(recent(100, 200, 10));
    let (status, log) = first.ended();
    assert!(status.code() == Some(1) && log.contains("another push has taken over the ledger"), "{status}: {log}");
    eventually("all is stored", || stored(&prometheus, 11) == desk.sums());
    assert!(second.terminate().0.success());
}

#[test]
fn tls_and_a_user_are_as_the_settings_say() {
    let mut desk = Desk::open("push-tls");
    desk.count(recent(0, 300, 20));
    let stopped = Stopped::new(&[("prometheus.yml", "storage: {tsdb: {out_of_order_time_window: 60d}}\n".to_owned())]);
    let stopped = stopped.guarded();
    let authority = format!("timeline.push.ca_file={}", stopped.authority().display());
    let prometheus = stopped.start();
    let url = prometheus.write_url();
    let user = ["--url", &url, "--set", "timeline.push.retry_for=1s", "--set", "timeline.push.username=miner"];
    let password = |password: &str| format!("timeline.push.password={password}");

    // Nobody that the system trusts has signed its certificate.
    let (code, words) = desk.try_push(&[&user[..], &["--set", &password("right")]].concat());
    assert!(code == Some(1) && words.contains("certificate"), "{words}");
    let (code, words) = desk.try_push(&[&user[..], &["--set", &authority, "--set", &password("wrong")]].concat());
    assert!(code == Some(1) && words.contains("with 401"), "{words}");
    let words = desk.push(&[&user[..], &["--set", &authority, "--set", &password("right")]].concat());
    assert!(!words.starts_with("0 "), "{words}");
    assert!(prometheus.values("count(sum_over_time(lodestream_timeline_mentions[30d]))").unwrap()[0] > 50.0);
    let (code, words) = desk.try_push(&[&user[..], &["--set", "timeline.push.ca_file=nowhere.pem"]].concat());
    assert!(code == Some(2) && words.contains("nowhere.pem") && words.contains("timeline.push.ca_file"), "{words}");
}
