//! Promise: what is deployed fits together: the chart holds the dashboards and rules as they are and sets what the service knows,
//! and the topics that the compose file makes are right for it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helpers may panic")]

mod support;
#[path = "support/place.rs"]
mod place;

use place::Place;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use support::Broker;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The files of a folder that end so, by name.
fn files(folder: &str, end: &str) -> BTreeMap<String, String> {
    let entries = fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let chosen = entries.filter(|path| path.to_string_lossy().ends_with(end));
    chosen
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap()))
        .collect()
}

#[test]
fn the_chart_holds_the_dashboards_and_rules_as_they_are() {
    let chart = "deploy/helm/lodestream/files";
    let dashboards = files("deploy/grafana/dashboards", ".json");
    assert!(dashboards.len() >= 2);
    assert!(files(&format!("{chart}/dashboards"), ".json") == dashboards, "run `make chart`");
    assert!(read(&format!("{chart}/rules.yml")) == read("deploy/prometheus/rules.yml"), "run `make chart`");
}

#[test]
fn the_chart_sets_only_what_the_service_knows() {
    let helpers = read("deploy/helm/lodestream/templates/_helpers.tpl");
    let mut names: Vec<&str> = helpers.lines().filter_map(|line| line.strip_prefix("- name: LODESTREAM_")).collect();
    assert!(names.len() >= 10, "{names:?}");
    names.retain(|name| !matches!(*name, "CONFIG" | "LEXICON"));
    // the block `config: |` of the values that switch everything on
    let values = read("deploy/helm/lodestream/ci/all-values.yaml");
    let block =
        values.lines().skip_while(|line| *line != "config: |").skip(1).take_while(|line| line.starts_with("  "));
    // all but the certificate, which only the pod has
    let here = block.filter(|line| !line.contains("ssl.ca.location"));
    let config: String = here.map(|line| format!("{}\n", &line[2..])).collect();
    assert!(config.contains("[kafka]"), "{values}");
    let place = Place::new(&[("lodestream.toml", config.as_bytes()), ("none.jsonl", b"")]);
    let mut command = place.command(&["enrich", "--config", "lodestream.toml", "none.jsonl"]);
    for name in names {
        let value = match name {
            "LISTEN" => "0.0.0.0:9184",
            "WORKERS" | "STREAM__PARTITIONS" => "2",
            "STREAM__DRAIN_BUDGET" => "15s",
            _ => "kafka:9093",
        };
        command.env(format!("LODESTREAM_{name}"), value);
    }
    command.env("LODESTREAM_KAFKA__SASL_PASSWORD", "of the Secret");
    let right = command.output().unwrap();
    assert!(right.status.success(), "{}", String::from_utf8_lossy(&right.stderr));
    // and a name that the service does not know would have been told
    let wrong = command.env("LODESTREAM_STREAM__DRAIN_BUDGETT", "1s").output().unwrap();
    assert_eq!(wrong.status.code(), Some(2), "{}", String::from_utf8_lossy(&wrong.stderr));
}

/// The compose file's own script, with the real tool of Kafka's, on a real Kafka; then what `lodestream check` says to it.
#[test]
fn the_topics_of_the_compose_file_are_right() {
    let broker = Broker::shared();
    let compose = read("deploy/compose.yaml");
    let service = compose.split_once("\n  topics:\n").unwrap().1;
    let script = service.split_once("      - |\n").unwrap().1;
    let script: String = script
        .lines()
        .take_while(|line| line.starts_with("        "))
        .map(|line| format!("{}\n", &line[8..]))
        .collect();
    let tool = format!(
        "java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '{}/*' org.apache.kafka.tools.TopicCommand",
        broker.jars().display()
    );
    let mut filled = script.replace("$$", "$");
    for (theirs, ours) in [("/opt/kafka/bin/kafka-topics.sh", tool.as_str()), ("kafka:19092", &broker.bootstrap())] {
        assert!(filled.contains(theirs), "{theirs} is not in the script");
        filled = filled.replace(theirs, ours);
    }
    let made = Command::new("sh").args(["-euc", &filled]).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let checked =
        Place::new(&[]).run(&["check", "--bootstrap-servers", &broker.bootstrap(), "--listen", "127.0.0.1:0"]);
    assert_eq!(checked.code, Some(0), "{checked:?}");
    for topic in ["lodestream.raw: 6", "lodestream.enriched: 6", "lodestream.dead-letters: 1", "lodestream.timeline: 6"]
    {
        assert!(checked.out.contains(&format!("{topic} partition(s)\n")), "{topic} is not in\n{}", checked.out);
    }
}
