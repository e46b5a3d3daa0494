//! The real program: the binary that users get, as a child process, against the real broker.

use super::broker::{Broker, free_port};
use super::{connection, create_topics, properties, settings};
use lodestream::stream::verify::PartitionReport;
use lodestream::stream::{Connection, StreamSettings};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};

/// Articles of our own, one in each line.
const SAMPLES: &str = include_str!("../../samples/articles.jsonl");

/// `count` articles with ids of their own, made from the samples.
pub fn articles(first: usize, count: usize) -> impl Iterator<Item = Value> {
    let samples: Vec<Value> = SAMPLES.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (first..first + count).map(move |number| {
        let mut article = samples[number % samples.len()].clone();
        article["id"] = format!("a{number}").into();
        article
    })
}

/// Topics and a group on the shared broker, and the commands that work on them.
pub struct Job {
    pub bootstrap: String,
    pub settings: StreamSettings,
    directory: tempfile::TempDir,
}

impl Job {
    /// Topics of this name, made.
    pub fn new(test: &str) -> Self {
        let job = Self::without_topics(test);
        create_topics(&job.connection(), &job.settings);
        job
    }

    /// The same, for a test that makes its own topics.
    pub fn without_topics(test: &str) -> Self {
        let directory = tempfile::tempdir().unwrap();
        Self { bootstrap: Broker::shared().bootstrap(), settings: settings(test), directory }
    }

    pub fn connection(&self) -> Connection {
        connection(&self.bootstrap, "test")
    }

    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lodestream"));
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("LODESTREAM_")) {
            command.env_remove(name);
        }
        command.args(name.split(' ')).current_dir(self.directory.path());
        for (flag, value) in [
            ("--bootstrap-servers", &self.bootstrap),
            ("--input-topic", &self.settings.input_topic),
            ("--output-topic", &self.settings.output_topic),
            ("--dead-letter-topic", &self.settings.dead_letter_topic),
            ("--timeline-topic", &self.settings.timeline.topic),
            ("--group-id", &self.settings.group_id),
        ] {
            command.args([flag, value]);
        }
        command
    }

    /// The folder that commands are run in.
    pub fn directory(&self) -> &std::path::Path {
        self.directory.path()
    }

    /// What a command prints, which must succeed.
    pub fn output(&self, name: &str, arguments: &[&str]) -> String {
        let (code, words) = self.tried(name, arguments);
        assert_eq!(code, Some(0), "{name} {arguments:?}:\n{words}");
        words
    }

    /// Exit code of a command, and what it prints; without success also what it says on standard error.
    pub fn tried(&self, name: &str, arguments: &[&str]) -> (Option<i32>, String) {
        let Output { status, stdout, stderr } = self.command(name).args(arguments).output().unwrap();
        let mut words = String::from_utf8(stdout).unwrap();
        if !status.success() && words.is_empty() {
            words.push_str(&String::from_utf8_lossy(&stderr));
        }
        (status.code(), words)
    }

    /// `lodestream feed`, these articles on its standard input.
    pub fn feed(&self, articles: impl Iterator<Item = Value>) {
        self.feed_with(&[], articles);
    }

    /// The same with these arguments.
    pub fn feed_with(&self, arguments: &[&str], articles: impl Iterator<Item = Value>) {
        let mut child =
            self.command("feed").arg("-").args(arguments).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = std::io::BufWriter::new(child.stdin.take().unwrap());
        for article in articles {
            writeln!(lines, "{article}").unwrap();
        }
        drop(lines);
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "feed: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// `lodestream run` with these arguments, and members of a group that miss each other soon.
    pub fn run(&self, arguments: &[&str]) -> Service {
        let mut properties: Vec<String> =
            properties(&self.bootstrap).into_iter().map(|(name, value)| format!("kafka.{name}={value}")).collect();
        properties.push("kafka.statistics.interval.ms=500".to_owned());
        let set = properties.iter().flat_map(|property| ["--set", property]);
        self.start("run", &set.chain(arguments.iter().copied()).collect::<Vec<_>>())
    }

    /// A command that goes on until it is stopped, with these arguments.
    pub fn start(&self, name: &str, arguments: &[&str]) -> Service {
        let port = free_port();
        let log = self.directory.path().join(format!("{port}.log"));
        let child = self
            .command(name)
            .args(["--listen", &format!("127.0.0.1:{port}")])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(fs::File::create(&log).unwrap())
            .spawn()
            .unwrap();
        Service { child, port, log }
    }

    /// `lodestream verify`, which must hold; the sums over all partitions.
    pub fn verify(&self, until: &str) -> PartitionReport {
        let Output { status, stdout, stderr } =
            self.command("verify").args(["--until", until, "--json"]).output().unwrap();
        let (words, errors) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
        assert_eq!(status.code(), Some(0), "verify --until {until}:\n{words}{errors}");
        let report: Value = serde_json::from_str(&words).unwrap();
        let sum = |name: &str| {
            report["partitions"].as_array().unwrap().iter().map(|partition| partition[name].as_u64().unwrap()).sum()
        };
        PartitionReport {
            records: sum("records"),
            events: sum("events"),
            dead_letters: sum("dead_letters"),
            outside: sum("outside"),
            ..PartitionReport::default()
        }
    }
}

/// `lodestream run`, running. It is killed when dropped.
pub struct Service {
    child: Child,
    port: u16,
    log: std::path::PathBuf,
}

impl Service {
    /// The samples at `/metrics`, by name and labels as they are written there; none while nobody answers.
    pub fn metrics(&self) -> Samples {
        let answer = ureq::get(format!("http://127.0.0.1:{}/metrics", self.port)).call();
        let text = answer.map_or_else(|_| String::new(), |mut answer| answer.body_mut().read_to_string().unwrap());
        let samples = text.lines().filter(|line| !line.starts_with('#')).map(|line| {
            let (name, value) = line.rsplit_once(' ').unwrap();
            (name.to_owned(), value.parse().unwrap())
        });
        Samples(samples.collect())
    }

    /// Where it listens.
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// What `/readyz` says: its status and its words.
    pub fn readiness(&self) -> (u16, String) {
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
        let mut answer = agent.get(format!("http://127.0.0.1:{}/readyz", self.port)).call().unwrap();
        (answer.status().as_u16(), answer.body_mut().read_to_string().unwrap())
    }

    /// Waits until it ends by itself; how.
    pub fn ended(mut self) -> (ExitStatus, String) {
        let started = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return (status, self.log());
            }
            assert!(started.elapsed() < Duration::from_secs(60), "it does not end:\n{}", self.log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Status and body of what stands at a path; `None` while nobody answers.
    pub fn get(&self, path: &str) -> Option<(u16, String)> {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let mut answer = agent.get(format!("http://127.0.0.1:{}{path}", self.port)).call().ok()?;
        Some((answer.status().as_u16(), answer.body_mut().with_config().limit(64 << 20).read_to_string().ok()?))
    }

    /// Waits until the metrics say so.
    pub fn wait_for(&mut self, what: &str, holds: impl Fn(&Samples) -> bool) -> Samples {
        self.wait_at_most(Duration::from_secs(120), what, holds)
    }

    /// The same, for what takes its time.
    pub fn wait_at_most(&mut self, limit: Duration, what: &str, holds: impl Fn(&Samples) -> bool) -> Samples {
        let started = Instant::now();
        loop {
            let samples = self.metrics();
            if holds(&samples) {
                return samples;
            }
            let ended = self.child.try_wait().unwrap();
            if ended.is_some() || started.elapsed() > limit {
                panic!("waited in vain until {what} ({ended:?}):\n{:#?}\n{}", samples.0, self.log());
            }
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// Waits until every one of `partitions` partitions says that nothing is left to do.
    pub fn wait_until_drained(&mut self, partitions: usize) {
        self.wait_for("the input is drained", |samples| samples.nothing_left(partitions));
    }

    /// The most memory that was ever resident, in MB.
    pub fn peak_memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        peak.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024 / 1_000_000
    }

    /// Kill −9.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM, as every supervisor sends it; how it ended and after how long.
    pub fn terminate(mut self) -> (ExitStatus, Duration) {
        let started = Instant::now();
        let sent = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return (status, started.elapsed());
            }
            assert!(started.elapsed() < Duration::from_secs(60), "it does not end:\n{}", self.log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Everything that it has logged.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

/// What was read at `/metrics`.
#[derive(Debug)]
pub struct Samples(BTreeMap<String, f64>);

impl Samples {
    /// One sample, 0 where it is not there.
    pub fn get(&self, name: &str) -> f64 {
        self.0.get(name).copied().unwrap_or(0.0)
    }

    /// The series of a metric: labels and value.
    pub fn of<'a>(&'a self, metric: &'a str) -> impl Iterator<Item = (&'a str, f64)> {
        self.0.iter().filter_map(move |(name, value)| Some((name.strip_prefix(metric)?.strip_prefix('{')?, *value)))
    }

    /// Whether so many partitions are held, with nothing left to do in any of them.
    pub fn nothing_left(&self, partitions: usize) -> bool {
        let lags: Vec<f64> = self.of("lodestream_consumer_lag").map(|(_, lag)| lag).collect();
        lags.len() == partitions && lags.iter().all(|lag| *lag == 0.0)
    }

    /// The sum over all series of a metric.
    pub fn sum(&self, metric: &str) -> f64 {
        self.of(metric).map(|(_, value)| value).sum()
    }
}
