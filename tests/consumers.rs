//! Promise: the consumers in `deploy/consumers` work as they stand there, on the events of the real service in a real Kafka.
//! They read the same pairs as we do, none of an aborted transaction, and write none down twice.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helpers may panic")]

mod support;

use jiff::Span;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rdkafka::ClientConfig;
use rdkafka::Message;
use rdkafka::producer::{BaseProducer, BaseRecord, Producer};
use rdkafka::util::Timeout;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use support::{Broker, Job, articles, free_port, read_all};

/// The enriched topic, and the events that it holds.
struct Published {
    topic: String,
    events: Vec<Value>,
}

/// The samples, an article delivered twice and two more on tungsten, enriched by the service; and an aborted transaction.
fn published() -> &'static Published {
    static PUBLISHED: OnceLock<Published> = OnceLock::new();
    PUBLISHED.get_or_init(|| {
        let job = Job::new("consumers");
        let mut fed: Vec<Value> = articles(0, 48).collect();
        fed.push(fed[0].clone());
        let tungsten = |id: &str, day: &str, text: &str| json!({"id": id, "source": "Test Post", "published_at": day, "text": text});
        fed.push(tungsten("pk-1", "2025-10-20T08:00:00Z", "Pakistan sold tungsten to a smelter abroad."));
        fed.push(tungsten("pk-2", "2025-10-22T08:00:00Z", "A tungsten mine in Pakistan opened its second shaft. 𝒯ungsten 🙂 from Pakistan is shipped by rail."));
        job.feed(fed.into_iter());
        let mut service = job.run(&[]);
        service.wait_until_drained(6);
        assert!(service.terminate().0.success());
        assert_eq!(job.verify("end").events, 51);
        let topic = job.settings.output_topic.clone();
        abort(&job.bootstrap, &topic);
        let read = read_all(&job.bootstrap, &topic, 6);
        let events = read.iter().map(|message| serde_json::from_slice(message.payload().unwrap()).unwrap());
        Published { topic, events: events.collect() }
    })
}

/// Leaves records in every partition that nobody may take for events.
fn abort(bootstrap: &str, topic: &str) {
    let producer: BaseProducer =
        ClientConfig::new().set("bootstrap.servers", bootstrap).set("transactional.id", "given-up").create().unwrap();
    let patience = Timeout::After(Duration::from_secs(10));
    producer.init_transactions(patience).unwrap();
    producer.begin_transaction().unwrap();
    for partition in 0..6 {
        producer.send(BaseRecord::<str, str>::to(topic).partition(partition).payload("no event")).unwrap();
    }
    producer.flush(patience).unwrap();
    producer.abort_transaction(patience).unwrap();
}

/// What both consumers print, one line for each pair, sorted.
fn expected_lines(events: &[Value]) -> Vec<String> {
    let mut lines = Vec::new();
    for event in events {
        for pair in event["mineral_countries"].as_array().unwrap() {
            let [id, mineral, country, basis] =
                [&event["event_id"], &pair["mineral"], &pair["country"], &pair["basis"]]
                    .map(|value| value.as_str().unwrap());
            let words = words(event, &pair["evidence"][0]);
            lines.push(format!("{id}\t{mineral}\t{country}\t{basis}\t{}\t{words}", pair["mention_count"]));
        }
    }
    lines.sort();
    lines
}

fn words(event: &Value, evidence: &Value) -> String {
    let Some(field) = evidence["field"].as_str() else { return String::new() };
    let [start, end] = ["start", "end"].map(|side| evidence[side].as_u64().unwrap() as usize);
    let text: String = event["article"][field].as_str().unwrap().chars().skip(start).take(end - start).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn sorted_lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

#[test]
fn the_python_consumer_reads_every_pair_with_its_words() {
    let published = published();
    let printed = python("minerals_by_country.py", &published.topic, "python", &[]);
    let expected = expected_lines(&published.events);
    assert!(expected.len() > 60, "the samples show only {} pairs", expected.len());
    assert_eq!(sorted_lines(&printed), expected);
    assert_eq!(python("minerals_by_country.py", &published.topic, "python", &[]), "", "its offsets are committed");
}

#[test]
fn the_python_types_are_those_of_the_schema() {
    let directory = tempfile::tempdir().unwrap();
    let anew = directory.path().join("event_types.py");
    let script = consumers().join("python/generate-types.sh");
    succeed(Command::new("sh").arg(script).arg(&anew).env("PATH", with_path(python_tools())));
    let [kept, anew] = [consumers().join("python/event_types.py"), anew].map(|file| fs::read_to_string(file).unwrap());
    assert!(kept == anew, "event_types.py is not what the schema says: run deploy/consumers/python/generate-types.sh");
}

#[test]
fn the_java_consumer_reads_the_same() {
    let published = published();
    // Maven writes beside the sources: not into the repository.
    let directory = tempfile::tempdir().unwrap();
    let project = directory.path().join("java");
    succeed(Command::new("cp").arg("-r").arg(consumers().join("java")).arg(&project));
    let jar = succeed(script().arg("java").arg(&project));
    let printed =
        succeed(Command::new("java").args(["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", jar.trim()]).args([
            &Broker::shared().bootstrap(),
            &published.topic,
            "java",
            "--until-end",
        ]));
    assert_eq!(sorted_lines(&printed), expected_lines(&published.events));
}

#[test]
fn postgresql_holds_every_event_once_and_answers_by_week() {
    let published = published();
    let database = Postgres::start();
    for group in ["postgres-1", "postgres-2"] {
        // The second group reads all of it again.
        python("fill_postgres.py", &published.topic, group, &["--database", &database.url()]);
        let mut ids: Vec<&str> = published.events.iter().map(|event| event["event_id"].as_str().unwrap()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), published.events.len() - 1, "one article was delivered twice");
        assert_eq!(database.ask("select count(*) from lodestream.article"), ids.len().to_string());
        assert_eq!(database.ask("select count(*) from lodestream.article where story_role = 'repeat'"), "0");
    }
    let query = fs::read_to_string(consumers().join("postgres/tungsten-in-pakistan-by-week.sql")).unwrap();
    assert_eq!(database.ask(&query), tungsten_in_pakistan(&published.events));

    // the same articles, read with another lexicon: the newer reading takes the place of the older one
    database.ask(
        "insert into lodestream.article
             select 'older-' || event_id, article_id, content_hash, 'older', title, url, source, published_at, story, story_role
             from lodestream.article;
         update lodestream.mineral_country set event_id = 'older-' || event_id;
         delete from lodestream.article where lexicon <> 'older'",
    );
    python("fill_postgres.py", &published.topic, "postgres-3", &["--database", &database.url()]);
    assert_eq!(database.ask("select count(*) from lodestream.article where lexicon = 'older'"), "0");
    assert_eq!(database.ask(&query), tungsten_in_pakistan(&published.events));
}

/// What was published in a week.
#[derive(Debug, Default)]
struct Week<'a> {
    articles: BTreeSet<&'a str>,
    stories: BTreeSet<&'a str>,
    sources: BTreeSet<&'a str>,
    mentions: u64,
}

/// The query's answer, as it follows from the events.
fn tungsten_in_pakistan(events: &[Value]) -> String {
    let mut weeks: BTreeMap<Date, Week<'_>> = BTreeMap::new();
    for event in events.iter().filter(|event| event["article"]["story_role"] != "repeat") {
        let article = &event["article"];
        for pair in event["mineral_countries"].as_array().unwrap() {
            if (&pair["mineral"], &pair["country"], &pair["basis"])
                != (&json!("tungsten"), &json!("PK"), &json!("sentence"))
            {
                continue;
            }
            let day = TimeZone::UTC.to_datetime(article["published_at"].as_str().unwrap().parse().unwrap()).date();
            let monday = day.checked_sub(Span::new().days(day.weekday().to_monday_zero_offset())).unwrap();
            let week = weeks.entry(monday).or_default();
            week.articles.insert(event["event_id"].as_str().unwrap());
            week.stories.insert(article["story"].as_str().unwrap());
            week.sources.insert(article["source"].as_str().unwrap());
            week.mentions += pair["mention_count"].as_u64().unwrap();
        }
    }
    let (first, last) = (*weeks.keys().next().unwrap(), *weeks.keys().last().unwrap());
    assert!(weeks.len() >= 2 && first.until(last).unwrap().get_days() > 7, "no week is empty: {weeks:?}");
    let mondays = first.series(Span::new().days(7)).take_while(|monday| *monday <= last);
    let rows = mondays.map(|monday| {
        let week = weeks.remove(&monday).unwrap_or_default();
        format!("{monday}|{}|{}|{}|{}", week.articles.len(), week.stories.len(), week.sources.len(), week.mentions)
    });
    rows.collect::<Vec<_>>().join("\n")
}

fn consumers() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/consumers")
}

fn script() -> Command {
    let mut command = Command::new("sh");
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/consumers.sh"));
    command
}

/// What a command prints, which must succeed.
fn succeed(command: &mut Command) -> String {
    let Output { status, stdout, stderr } = command.stdin(Stdio::null()).output().unwrap();
    assert!(status.success(), "{command:?} ended with {status}:\n{}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).unwrap()
}

/// The folder of `python`, with the consumers' packages.
fn python_tools() -> &'static Path {
    static TOOLS: OnceLock<PathBuf> = OnceLock::new();
    TOOLS.get_or_init(|| {
        let cache = std::env::var_os("LODESTREAM_TEST_CACHE")
            .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join(".cache"), PathBuf::from);
        succeed(script().arg("python").arg(cache)).trim().into()
    })
}

fn with_path(folder: &Path) -> String {
    format!("{}:{}", folder.display(), std::env::var("PATH").unwrap())
}

/// Runs one of the Python consumers over all that there is.
fn python(program: &str, topic: &str, group: &str, arguments: &[&str]) -> String {
    let bootstrap = Broker::shared().bootstrap();
    succeed(
        Command::new(python_tools().join("python"))
            .arg(consumers().join("python").join(program))
            .args(["--bootstrap-servers", &bootstrap, "--topic", topic, "--group", group, "--until-end"])
            .args(arguments)
            .env("PYTHONDONTWRITEBYTECODE", "1"),
    )
}

/// A running PostgreSQL. It stops when dropped, and when this process ends.
struct Postgres {
    port: u16,
    child: Child,
    /// While this pipe is open it runs.
    watch: Option<ChildStdin>,
}

impl Postgres {
    fn start() -> Self {
        let port = free_port();
        let log = tempfile::tempfile().unwrap();
        let mut child = script()
            .args(["postgres", &port.to_string()])
            .stdin(Stdio::piped())
            .stdout(log.try_clone().unwrap())
            .stderr(log.try_clone().unwrap())
            .spawn()
            .unwrap();
        let watch = child.stdin.take();
        let mut postgres = Self { port, child, watch };
        let started = Instant::now();
        while postgres.psql("select 1").is_err() {
            let ended = postgres.child.try_wait().unwrap();
            if ended.is_some() || started.elapsed() > Duration::from_secs(60) {
                panic!("PostgreSQL does not start ({ended:?}):\n{}", read_back(log));
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        postgres
    }

    fn url(&self) -> String {
        format!("postgresql://lodestream@127.0.0.1:{}/postgres", self.port)
    }

    /// The rows of the answer, columns parted by `|`.
    fn ask(&self, query: &str) -> String {
        self.psql(query).unwrap_or_else(|error| panic!("{query}: {error}"))
    }

    fn psql(&self, query: &str) -> Result<String, String> {
        let Output { status, stdout, stderr } = Command::new("psql")
            .args([
                "--no-psqlrc",
                "--tuples-only",
                "--no-align",
                "--quiet",
                "--set",
                "ON_ERROR_STOP=1",
                "--command",
                query,
            ])
            .arg(self.url())
            .output()
            .map_err(|error| error.to_string())?;
        let text = |bytes| String::from_utf8_lossy(bytes).trim().to_owned();
        if status.success() { Ok(text(&stdout)) } else { Err(text(&stderr)) }
    }
}

fn read_back(mut log: fs::File) -> String {
    use std::io::{Read, Seek};
    let mut text = String::new();
    log.rewind().and_then(|()| log.read_to_string(&mut text)).unwrap();
    text
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // Closing the pipe ends the script, and that ends PostgreSQL.
        drop(self.watch.take());
        _ = self.child.wait();
    }
}
