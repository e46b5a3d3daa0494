//! How long a partition's timeline takes to come back: `cargo bench --bench timeline`. A million buckets on the real Kafka, restored
//! by `lodestream run`, and read as a whole by `lodestream timeline export`. What is measured stands in benches/README.md.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a benchmark, which prints")]
#![allow(unreachable_pub, reason = "the tests' support")]

#[path = "support/process.rs"]
mod process;
#[path = "../tests/support/mod.rs"]
mod support;

use lodestream::timeline::Hour;
use serde_json::Value;
use std::time::{Duration, Instant};
use support::Job;

const BUCKETS: usize = 1_000_000;

fn main() {
    // `cargo test --all-targets` starts benchmarks too, without this flag.
    if !std::env::args().any(|argument| argument == "--bench") {
        return println!("this benchmark runs under `cargo bench` only");
    }
    let count = std::env::var("LODESTREAM_BENCH_BUCKETS").map_or(BUCKETS, |count| count.parse().unwrap());
    let job = Job::new("bench");
    publish(&job, count);
    println!("{count} buckets in six partitions, load {}\n", process::load());
    println!("| what | seconds | buckets/s | peak memory | load |");
    println!("|---|---|---|---|---|");
    // All of them are held, and only as many as the default holds.
    for held in ["200000", "50000"] {
        restore(&job, count, held);
    }
    let started = Instant::now();
    let lines = job.output("timeline export", &["--format", "csv"]).lines().count();
    assert_eq!(lines, count + 1);
    row("export as CSV", count, started.elapsed().as_secs_f64(), "");
}

fn row(what: &str, count: usize, seconds: f64, memory: &str) {
    println!("| {what} | {seconds:.2} | {:.0} | {memory} | {} |", count as f64 / seconds, process::load());
}

/// As a busy year writes them: 40 minerals, 25 countries, hour after hour.
fn publish(job: &Job, count: usize) {
    let value = br#"{"mentions":12,"articles":4,"stories":2}"#;
    let records = (0..count).map(|number| {
        let (mineral, country, hour) = (number % 40, number / 40 % 25, number / 1_000);
        let hour = jiff::Timestamp::from_second(1_735_689_600 + 3_600 * hour as i64).unwrap();
        let hour = serde_json::to_string(&Hour::of(hour)).unwrap();
        let country = [b'A' + country as u8, b'X'].map(char::from).iter().collect::<String>();
        (format!(r#"{{"hour":{hour},"mineral":"mineral-{mineral}","country":"{country}","part":0}}"#), Some(&value[..]))
    });
    support::publish(&job.bootstrap, &job.settings.timeline.topic, records);
}

/// The service takes all six partitions, and says how long each restore took.
fn restore(job: &Job, count: usize, held: &str) {
    let buckets = format!("timeline.buckets={held}");
    let arguments = ["--set", &buckets, "--set", "log.format=json"];
    let service = job.run(&[&["--instance", held], &arguments[..]].concat());
    let begun = Instant::now();
    let seconds = loop {
        let log = service.log();
        let lines = log.lines().filter(|line| line.contains("timeline restored"));
        let restored: Vec<Value> = lines.filter_map(|line| serde_json::from_str(line).ok()).collect();
        if restored.iter().map(|line| line["records"].as_u64().unwrap()).sum::<u64>() == count as u64 {
            break restored.iter().map(|line| line["seconds"].as_f64().unwrap()).sum();
        }
        assert!(begun.elapsed().as_secs() < 300, "{log}");
        std::thread::sleep(Duration::from_millis(100));
    };
    row(&format!("restore, {held} held a partition"), count, seconds, &format!("{} MB", service.peak_memory()));
    assert!(service.terminate().0.success());
}
