//! Promise: what the dashboards and the alerts ask for exists. A real Prometheus, configured as in `deploy/`, scrapes the
//! demo; then every query of every panel and variable must answer with data, and every rule must be evaluated.
#![cfg(feature = "service")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers may panic")]

#[path = "support/prometheus.rs"]
mod prometheus;

use prometheus::{Prometheus, promtool};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What Grafana would fill in, short enough for a test.
const INTERVALS: [(&str, &str); 3] = [("__rate_interval", "4s"), ("__range", "1h"), ("window", "5s")];

#[test]
fn the_alerts_hold_their_cases() {
    promtool(&["check", "config", "deploy/prometheus/prometheus.yml"]);
    promtool(&["check", "rules", "deploy/prometheus/rules.yml"]);
    promtool(&["test", "rules", "deploy/prometheus/rules.test.yml"]);
}

#[test]
fn every_query_answers_with_data() {
    let demo = Demo::start();
    let prometheus =
        Prometheus::start(&[("prometheus.yml", prometheus_configuration(&demo.address)), ("rules.yml", rules())]);
    let mut open: Vec<(String, String)> = Vec::new();
    for dashboard in dashboards() {
        let values = variables(&prometheus, &dashboard);
        for (place, expression) in dashboard.queries() {
            open.push((place, substitute(&expression, &values)));
        }
    }
    assert!(open.len() > 40, "only {} queries were found", open.len());
    within(Duration::from_secs(90), || {
        open.retain(|(place, query)| match prometheus.values(query) {
            Ok(values) => values.is_empty(),
            Err(refused) => panic!("{place}: {} ({})\n{query}", refused.message, refused.kind),
        });
        if open.is_empty() { Ok(()) } else { Err(format!("no data for\n{open:#?}")) }
    });

    let rules = within(Duration::from_secs(30), || rule_faults(&prometheus));
    assert!(rules > 8, "only {rules} rules were found");
}

/// Every rule has been evaluated, and every metric that it names exists: an alert on a metric that does not would be
/// silent for ever.
fn rule_faults(prometheus: &Prometheus) -> Result<usize, String> {
    let names = prometheus.get("label/__name__/values", &[]).unwrap();
    let names: BTreeSet<&str> = names.as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    let groups = prometheus.get("rules", &[]).unwrap();
    let groups = groups["groups"].as_array().unwrap();
    let rules: Vec<&Value> = groups.iter().flat_map(|group| group["rules"].as_array().unwrap()).collect();
    for rule in &rules {
        if rule["health"] != "ok" {
            return Err(format!("{} is {}: {}", rule["name"], rule["health"], rule["lastError"]));
        }
        for metric in metrics_of(rule["query"].as_str().unwrap()) {
            if !names.contains(metric) {
                return Err(format!("{} asks for {metric}, which does not exist", rule["name"]));
            }
        }
    }
    Ok(rules.len())
}

#[test]
fn every_panel_says_what_it_shows_and_in_which_unit() {
    let mut identities = BTreeSet::new();
    for dashboard in dashboards() {
        let uid = dashboard.json["uid"].as_str().unwrap().to_owned();
        assert!(identities.insert(uid.clone()), "two dashboards have the uid {uid}");
        let mut ids = BTreeSet::new();
        for panel in dashboard.panels() {
            let place = format!("{uid}: {}", panel["title"]);
            assert!(ids.insert(panel["id"].as_u64().unwrap()), "{place}: its id is that of another");
            assert!(!panel["title"].as_str().unwrap().is_empty(), "{place}: no title");
            if panel["type"] == "row" {
                continue;
            }
            for (field, value) in
                [("description", &panel["description"]), ("unit", &panel["fieldConfig"]["defaults"]["unit"])]
            {
                assert!(value.as_str().is_some_and(|text| !text.is_empty()), "{place}: no {field}");
            }
            assert!(!panel["targets"].as_array().unwrap().is_empty(), "{place}: no query");
            for target in panel["targets"].as_array().unwrap() {
                assert_eq!(target["datasource"]["uid"], "${datasource}", "{place}: the data source cannot be chosen");
                let legend = target["legendFormat"].as_str().unwrap_or("__auto");
                assert!(target["format"] == "table" || legend != "__auto", "{place}: no legend");
            }
        }
    }
}

/// A dashboard as its file holds it.
struct Dashboard {
    json: Value,
}

fn dashboards() -> Vec<Dashboard> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/grafana/dashboards");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let found: Vec<_> = files
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| Dashboard { json: serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap() })
        .collect();
    assert!(found.len() >= 2, "the dashboards are not where the test looks for them");
    found
}

impl Dashboard {
    /// All panels; those of a collapsed row are inside it.
    fn panels(&self) -> Vec<&Value> {
        let panels = self.json["panels"].as_array().unwrap();
        let inside = |panel: &'_ Value| panel["panels"].as_array().is_some_and(|panels| !panels.is_empty());
        let rows = panels.iter().filter(|panel| inside(panel));
        panels.iter().chain(rows.flat_map(|row| row["panels"].as_array().unwrap())).collect()
    }

    /// Every panel's queries, with where they stand.
    fn queries(&self) -> Vec<(String, String)> {
        let mut queries = Vec::new();
        for panel in self.panels() {
            for target in panel["targets"].as_array().into_iter().flatten() {
                let place = format!("{}, panel {}, query {}", self.json["uid"], panel["title"], target["refId"]);
                queries.push((place, target["expr"].as_str().unwrap().to_owned()));
            }
        }
        queries
    }
}

/// The value that each variable has: “all”, or the first that Prometheus knows. A variable's query may use those before it.
fn variables(prometheus: &Prometheus, dashboard: &Dashboard) -> BTreeMap<String, String> {
    let mut values: BTreeMap<_, _> = INTERVALS.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    for variable in dashboard.json["templating"]["list"].as_array().unwrap() {
        let name = variable["name"].as_str().unwrap().to_owned();
        if variable["type"] != "query" {
            continue;
        }
        let query = substitute(variable["query"]["query"].as_str().unwrap(), &values);
        let first = within(Duration::from_secs(60), || first_value(prometheus, &query));
        let all = variable["allValue"].as_str().filter(|_| variable["includeAll"] == true);
        values.insert(name, all.map_or(first, str::to_owned));
    }
    values
}

/// `label_values(SELECTOR, LABEL)` is Grafana's own; this is what it asks Prometheus.
fn first_value(prometheus: &Prometheus, query: &str) -> Result<String, String> {
    let inner = query.strip_prefix("label_values(").and_then(|rest| rest.strip_suffix(')'));
    let (selector, label) = inner.and_then(|inner| inner.rsplit_once(", ")).unwrap_or_else(|| panic!("{query}"));
    match prometheus.get(&format!("label/{label}/values"), &[("match[]", selector)]) {
        Ok(values) => values[0].as_str().map(str::to_owned).ok_or_else(|| format!("{query} finds nothing")),
        Err(refused) => panic!("{query}: {} ({})", refused.message, refused.kind),
    }
}

/// Fills in the variables; one that is not declared is a fault. (`$1` belongs to `label_replace`.)
fn substitute(query: &str, values: &BTreeMap<String, String>) -> String {
    let mut filled = String::new();
    let mut rest = query;
    while let Some((before, after)) = rest.split_once('$') {
        filled.push_str(before);
        let end = after.find(|character: char| character != '_' && !character.is_ascii_alphanumeric());
        let (name, remainder) = after.split_at(end.unwrap_or(after.len()));
        match values.get(name) {
            Some(value) => filled.push_str(value),
            None if name == "1" => filled.push_str("$1"),
            None => panic!("the variable `{name}` is not declared: {query}"),
        }
        rest = remainder;
    }
    filled + rest
}

/// The metrics that an expression names.
fn metrics_of(expression: &str) -> impl Iterator<Item = &str> {
    let words =
        expression.split(|character: char| !matches!(character, '_' | ':') && !character.is_ascii_alphanumeric());
    words.filter(|word| word.contains("lodestream_") || word.starts_with("process_"))
}

/// The configuration in `deploy/`, quicker, and pointed at the demo.
fn prometheus_configuration(address: &str) -> String {
    let text = deployed("prometheus/prometheus.yml");
    replaced(&text, &[("15s", "500ms", 2), ("lodestream:9184", address, 1)])
}

/// The rules in `deploy/`, quicker.
fn rules() -> String {
    let quicker =
        [("interval: 30s", "interval: 1s", 1), ("offset 15s", "offset 1s", 6), ("offset 45s", "offset 2s", 3)];
    replaced(&deployed("prometheus/rules.yml"), &quicker)
}

fn deployed(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy").join(file)).unwrap()
}

/// Each text must be there as often as expected, or the test would not test what it says.
fn replaced(text: &str, changes: &[(&str, &str, usize)]) -> String {
    changes.iter().fold(text.to_owned(), |text, (from, to, times)| {
        assert_eq!(text.matches(from).count(), *times, "{from}");
        text.replace(from, to)
    })
}

/// Tries until nothing is wrong.
fn within<T>(time: Duration, mut trial: impl FnMut() -> Result<T, String>) -> T {
    let started = Instant::now();
    loop {
        match trial() {
            Ok(value) => return value,
            Err(wrong) if started.elapsed() > time => panic!("after {time:?}: {wrong}"),
            Err(_) => std::thread::sleep(Duration::from_millis(500)),
        }
    }
}

/// `lodestream demo`, running. It stops when dropped, and by itself should this process end otherwise.
struct Demo {
    child: Child,
    address: String,
}

impl Demo {
    fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_lodestream"))
            .args(["demo", "--for", "5m"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
        let announced = lines.find_map(|line| {
            let address =
                line.trim().strip_prefix("metrics")?.trim().strip_prefix("http://")?.strip_suffix("/metrics")?;
            Some(address.to_owned())
        });
        // it must be able to go on writing
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address: announced.expect("the demo announces no address of its metrics") }
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}
