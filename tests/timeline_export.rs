//! Promise: what is exported is what was counted. A file of articles, the real program, the real `promtool` and Prometheus.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers may panic")]
#![cfg(feature = "service")]

#[path = "support/prometheus.rs"]
mod prometheus;

use prometheus::{Prometheus, promtool};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// (mineral, country) → mentions.
type Mentions = BTreeMap<(String, String), u64>;

/// Summed from the published events alone, by someone who shares no code with the timeline.
fn mentions_of_events(events: &str) -> Mentions {
    let mut mentions = Mentions::new();
    for event in events.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()) {
        if event["article"]["story_role"] == "repeat" || event["article"]["published_at"].is_null() {
            continue;
        }
        let mut add = |mineral: &Value, country: &str, count: &Value| {
            let key = (mineral.as_str().unwrap().to_owned(), country.to_owned());
            *mentions.entry(key).or_default() += count.as_u64().unwrap();
        };
        for pair in event["mineral_countries"].as_array().unwrap() {
            add(&pair["mineral"], pair["country"].as_str().unwrap(), &pair["mention_count"]);
        }
        for commodity in event["commodities"].as_array().unwrap() {
            if commodity["kind"] != "agricultural" && commodity["unattributed_count"].as_u64() > Some(0) {
                add(&commodity["id"], "none", &commodity["unattributed_count"]);
            }
        }
    }
    mentions
}

#[test]
fn a_real_prometheus_answers_with_the_sums_over_the_events() {
    let directory = tempfile::tempdir().unwrap();
    let exported = directory.path().join("exported");
    let articles = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/articles.jsonl");
    // Twice the same file: each article counts once.
    let enriched = Command::new(env!("CARGO_BIN_EXE_lodestream"))
        .arg("enrich")
        .args([&articles, &articles])
        .arg("--timeline")
        .arg(&exported)
        .output()
        .unwrap();
    assert!(enriched.status.success(), "{}", String::from_utf8_lossy(&enriched.stderr));
    let expected = mentions_of_events(&String::from_utf8(enriched.stdout).unwrap());
    assert!(expected.len() > 20, "the samples show too little: {expected:?}");

    let mut rows = Mentions::new();
    for row in fs::read_to_string(exported.join("timeline.jsonl")).unwrap().lines() {
        let row: Value = serde_json::from_str(row).unwrap();
        let text = |name: &str| row[name].as_str().unwrap().to_owned();
        *rows.entry((text("mineral"), text("country"))).or_default() += row["mentions"].as_u64().unwrap();
    }
    assert_eq!(rows, expected);

    let file = exported.join("timeline.openmetrics");
    let configuration = ("prometheus.yml", "scrape_configs: []\n".to_owned());
    let prometheus = Prometheus::start_on(&[configuration], |data| {
        promtool(&["tsdb", "create-blocks-from", "openmetrics", file.to_str().unwrap(), data.to_str().unwrap()]);
    });
    // Ten years before 2030: all that the samples hold.
    let question = "sum by (mineral, country) (sum_over_time(lodestream_timeline_mentions[10y]))";
    let answer = prometheus.get("query", &[("query", question), ("time", "2030-01-01T00:00:00Z")]).unwrap();
    let mut answered = Mentions::new();
    for series in answer["result"].as_array().unwrap() {
        let label = |name: &str| series["metric"][name].as_str().unwrap().to_owned();
        let value: f64 = series["value"][1].as_str().unwrap().parse().unwrap();
        answered.insert((label("mineral"), label("country")), value as u64);
    }
    assert_eq!(answered, expected);
}
