//! How fast the service is, through the real Kafka on the same machine: `cargo bench --bench broker`. What is measured,
//! and how, stands in benches/README.md.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a benchmark, which prints")]
#![allow(unreachable_pub, reason = "the tests' support")]

#[path = "support/corpus.rs"]
mod corpus;
#[path = "support/process.rs"]
mod process;
#[path = "../tests/support/mod.rs"]
mod support;

use lodestream::stream::{Connection, Health, Shutdown, StreamSettings, run};
use lodestream::timeline::TimelineSettings;
use rustix::process::{Pid, Signal, kill_process};
use std::fs::File;
use std::path::Path;
use std::process::{Child, Command};
use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::thread;
use std::time::{Duration, Instant};
use support::{Broker, Seen};

/// The allocator of the binary, for the peer too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A broker for work, not for a quick start.
const JVM: &str = "-Xms1g -Xmx1g";
const ARTICLES: u64 = 200_000;
const INPUT: &str = "bench.raw";
/// A run that takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(90);

fn main() {
    // `cargo test --all-targets` starts benchmarks too, without this flag.
    if !std::env::args().any(|argument| argument == "--bench") {
        return println!("this benchmark runs under `cargo bench` only");
    }
    let count = std::env::var("LODESTREAM_BENCH_ARTICLES").map_or(ARTICLES, |count| count.parse().unwrap());
    let broker = Broker::start_with(Some(JVM));
    let bytes = publish(&broker.bootstrap(), count);
    println!("{count} articles of {} bytes, load {}\n", bytes / count, process::load());
    println!(
        "| what | workers | articles/s | MB/s | µs of CPU per article | of the whole machine | peak memory | load |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for workers in [1, 2] {
        row("passthrough", workers, bytes / count, &passthrough(&broker.bootstrap(), workers, count));
        row("run", workers, bytes / count, &service(&broker.bootstrap(), workers, count));
    }
}

fn row(what: &str, workers: usize, bytes: u64, measured: &Measured) {
    let memory = measured.peak_memory.map_or("".into(), |megabytes| format!("{megabytes:.0} MB"));
    println!(
        "| {what} | {workers} | {:.0} | {:.1} | {:.1} | {:.1} | {memory} | {} |",
        measured.rate,
        measured.rate * bytes as f64 / 1e6,
        measured.processor * 1e6,
        measured.machine * 1e6,
        process::load()
    );
}

/// Publishes articles of typical size, in turn; their bytes.
fn publish(bootstrap: &str, count: u64) -> u64 {
    support::create_topics(&connection(bootstrap, 0), &settings("publish", 1));
    let articles = corpus::typical(&[corpus::english(), corpus::chinese()].concat());
    let values = || articles.iter().cycle().take(count as usize);
    let records = values().enumerate().map(|(number, article)| (number.to_string(), Some(article.as_slice())));
    support::publish(bootstrap, INPUT, records);
    values().map(|article| article.len() as u64).sum()
}

/// Topics and group of one run; all else as the service has it by default.
fn settings(name: &str, workers: usize) -> StreamSettings {
    StreamSettings {
        input_topic: INPUT.into(),
        output_topic: format!("bench.{name}-{workers}.enriched"),
        dead_letter_topic: format!("bench.{name}-{workers}.dead"),
        group_id: format!("bench.{name}-{workers}"),
        workers,
        create_topics: true,
        replication_factor: 1,
        timeline: TimelineSettings { topic: format!("bench.{name}-{workers}.timeline"), ..TimelineSettings::default() },
        ..StreamSettings::default()
    }
}

fn connection(bootstrap: &str, workers: usize) -> Connection {
    let properties = [("bootstrap.servers".to_owned(), bootstrap.to_owned())];
    Connection::new(properties.into(), format!("bench-{workers}"))
}

/// The peer: the same stream, exactly-once, around a walk that extracts nothing. What remains is Kafka's.
fn passthrough(bootstrap: &str, workers: usize, count: u64) -> Measured {
    let (connection, settings) = (connection(bootstrap, workers), settings("passthrough", workers));
    support::create_topics(&connection, &settings);
    let (seen, shutdown, health) = (Arc::new(Seen::default()), Shutdown::new(), Health::new(&settings));
    let stream = thread::spawn({
        let (seen, shutdown) = (seen.clone(), shutdown.clone());
        move || run(Arc::new(support::walk), &connection, &settings, seen, health, &shutdown)
    });
    let measured = measure(std::process::id(), count, || Some(seen.consumed.load(SeqCst)));
    shutdown.signal();
    stream.join().unwrap().unwrap();
    assert_eq!(seen.published.load(SeqCst), count);
    // This process has published before: its peak says nothing about the stream.
    Measured { peak_memory: None, ..measured }
}

/// `lodestream run`, as an operator would start it.
fn service(bootstrap: &str, workers: usize, count: u64) -> Measured {
    let (connection, settings) = (connection(bootstrap, workers), settings("run", workers));
    support::create_topics(&connection, &settings);
    let listen = format!("127.0.0.1:{}", support::free_port());
    let directory = tempfile::tempdir().unwrap();
    let mut service = Service::start(bootstrap, &settings, &listen, &directory.path().join("log"));
    let metrics = || -> Option<String> {
        let mut answer = ureq::get(format!("http://{listen}/metrics")).call().ok()?;
        answer.body_mut().read_to_string().ok()
    };
    let measured = measure(service.0.id(), count, || Some(total(&metrics()?, "lodestream_articles_consumed_total")));
    let end = metrics().unwrap();
    service.stop();
    assert_eq!(total(&end, "lodestream_articles_published_total"), count, "not every article became an event");
    // A fast run that loses or repeats something is none.
    support::assert_exactly_once(&connection, &settings, count);
    measured
}

/// A process that ends with this one.
struct Service(Child);

impl Service {
    fn start(bootstrap: &str, settings: &StreamSettings, listen: &str, log: &Path) -> Self {
        let log = File::create(log).unwrap();
        let ambient = std::env::vars_os().map(|(name, _)| name);
        let mut command = Command::new(env!("CARGO_BIN_EXE_lodestream"));
        ambient.filter(|name| name.to_string_lossy().starts_with("LODESTREAM_")).for_each(|name| {
            command.env_remove(name);
        });
        command
            .args(["run", "--bootstrap-servers", bootstrap, "--listen", listen, "--instance", "bench"])
            .args(["--input-topic", &settings.input_topic, "--output-topic", &settings.output_topic])
            .args(["--dead-letter-topic", &settings.dead_letter_topic, "--group-id", &settings.group_id])
            .args(["--timeline-topic", &settings.timeline.topic])
            .args(["--workers", &settings.workers.to_string()])
            .stdout(log.try_clone().unwrap())
            .stderr(log);
        Self(command.spawn().unwrap())
    }

    fn stop(&mut self) {
        kill_process(Pid::from_child(&self.0), Signal::TERM).unwrap();
        assert!(self.0.wait().unwrap().success(), "the service did not stop in order");
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        _ = self.0.kill();
        _ = self.0.wait();
    }
}

/// The sum over a metric's series.
fn total(metrics: &str, name: &str) -> u64 {
    let series = metrics.lines().filter(|line| line.starts_with(name));
    series.filter_map(|line| line.rsplit_once(' ')?.1.parse::<f64>().ok()).sum::<f64>() as u64
}

/// What was measured from the first commit to the last.
struct Measured {
    /// Articles a second.
    rate: f64,
    /// Seconds of processor time per article, of the process.
    processor: f64,
    /// The same of the whole machine: broker and neighbours too.
    machine: f64,
    /// In MB.
    peak_memory: Option<f64>,
}

/// Watches a process until it has consumed `count` articles.
fn measure(pid: u32, count: u64, consumed: impl Fn() -> Option<u64>) -> Measured {
    let started = Instant::now();
    let mut first = None;
    loop {
        assert!(started.elapsed() < PATIENCE, "{:?} of {count} articles after {PATIENCE:?}", consumed());
        thread::sleep(Duration::from_millis(50));
        let now = match consumed() {
            Some(articles) if articles > 0 => {
                (Instant::now(), articles, process::processor_seconds(pid), process::machine_seconds())
            }
            _ => continue,
        };
        let (since, articles, processor, machine) = *first.get_or_insert(now);
        if now.1 < count {
            continue;
        }
        let articles = (now.1 - articles) as f64;
        return Measured {
            rate: articles / (now.0 - since).as_secs_f64(),
            processor: (now.2 - processor) / articles,
            machine: (now.3 - machine) / articles,
            peak_memory: Some(process::peak_memory_megabytes(pid)),
        };
    }
}
