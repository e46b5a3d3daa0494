//! Promise: what the dashboards and the alerts ask for exists. A real Prometheus, configured as in `deploy/`, scrapes the real
//! service and is pushed to; then every query of every panel and variable must answer with data, and every rule must be evaluated.
//! The dashboards are what their source says, and keep the rules of Grafana's dashboard-linter.
#![cfg(feature = "service")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers may panic")]

#[path = "support/grafana.rs"]
mod grafana;
#[path = "support/prometheus.rs"]
mod prometheus;
mod support;

use jiff::{SignedDuration, Timestamp};
use prometheus::{Prometheus, Stopped, promtool};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::time::{Duration, Instant};
use support::{Job, articles};

/// What Grafana would fill in, short enough for a test.
const INTERVALS: [(&str, &str); 5] =
    [("__rate_interval", "4s"), ("__range", "30d"), ("window", "5s"), ("step", "1d"), ("trailing", "14d")];

#[test]
fn the_alerts_hold_their_cases() {
    promtool(&["check", "config", "deploy/prometheus/prometheus.yml"]);
    promtool(&["check", "rules", "deploy/prometheus/rules.yml"]);
    promtool(&["test", "rules", "deploy/prometheus/rules.test.yml", "deploy/prometheus/analysts.test.yml"]);
}

#[test]
fn every_query_answers_with_data() {
    let job = Job::new("dashboards");
    let service = job.run(&["--instance", "one"]);
    let ledger = ["--set", "timeline.push.ledger_topic=dashboards.ledger", "--create-topics"];
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| feed_until(&job, &over));
        let _over = Over(&over);
        // Its address must be known before it runs, and that of the push before it is configured.
        let place = Stopped::new(&[]);
        let every = ["--url", &place.write_url(), "--every", "1s"].map(str::to_owned);
        let push: Vec<&str> = every.iter().map(String::as_str).chain(ledger).collect();
        let push = job.start("timeline push", &push);
        place.write("prometheus.yml", &prometheus_configuration(&service.address(), &push.address()));
        place.write("rules.yml", &rules());
        ask_everything(&place.start());
    });
}

/// Ends the feeding, whatever happens.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, SeqCst);
    }
}

/// News of the last weeks, and now and then what is no article.
fn feed_until(job: &Job, over: &AtomicBool) {
    let now = Timestamp::now();
    for portion in 0_usize.. {
        if over.load(SeqCst) {
            return;
        }
        let articles = articles(50 * portion, 50).enumerate().map(|(number, mut article)| {
            let hours = 1 + (number as i64 * 13 + portion as i64 * 7) % (24 * 25);
            article["published_at"] = (now - SignedDuration::from_hours(hours)).to_string().into();
            article
        });
        job.feed(articles.chain([serde_json::json!({"id": "broken"})]));
        std::thread::sleep(Duration::from_millis(300));
    }
}

fn ask_everything(prometheus: &Prometheus) {
    let mut open: Vec<(String, String)> = Vec::new();
    for dashboard in dashboards() {
        let values = variables(prometheus, &dashboard);
        for (place, expression) in dashboard.queries() {
            open.push((place, substitute(&expression, &values)));
        }
    }
    assert!(open.len() > 60, "only {} queries were found", open.len());
    within(Duration::from_secs(120), || {
        open.retain(|(place, query)| match prometheus.values(query) {
            Ok(values) => values.is_empty(),
            Err(refused) => panic!("{place}: {} ({})\n{query}", refused.message, refused.kind),
        });
        if open.is_empty() { Ok(()) } else { Err(format!("no data for\n{open:#?}")) }
    });

    let rules = within(Duration::from_secs(30), || rule_faults(prometheus));
    assert!(rules > 14, "only {rules} rules were found");
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

#[test]
fn the_dashboards_are_what_their_source_says() {
    let update = std::env::var_os("LODESTREAM_UPDATE").is_some();
    for (source, file) in sources() {
        let made = grafana::dashboard(&fs::read_to_string(&source).unwrap());
        let text = serde_json::to_string_pretty(&made).unwrap() + "\n";
        if update {
            fs::write(&file, text).unwrap();
        } else {
            let current = fs::read_to_string(&file).unwrap_or_default();
            assert!(current == text, "{} is not what {} says: make dashboards", file.display(), source.display());
        }
    }
    assert_eq!(sources().len(), dashboards().len(), "a dashboard has no source");
}

/// The sources, and the files that are made from them.
fn sources() -> Vec<(PathBuf, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/grafana");
    let made = |source: PathBuf| {
        let name = format!("lodestream-{}.json", source.file_stem().unwrap().to_str().unwrap());
        (source, folder.join("dashboards").join(name))
    };
    let files = fs::read_dir(folder.join("source")).unwrap().map(|entry| entry.unwrap().path());
    files.map(made).collect()
}

/// The rules of <https://github.com/grafana/dashboard-linter>, as far as they can be told from a file; that queries are PromQL,
/// Prometheus says in the test above.
#[test]
fn the_dashboards_keep_the_linters_rules() {
    let data_source = serde_json::json!({"type": "prometheus", "uid": "${datasource}"});
    for dashboard in dashboards() {
        let uid = dashboard.json["uid"].as_str().unwrap();
        assert_eq!(dashboard.json["editable"], false, "{uid}: uneditable-dashboard");
        let variables = dashboard.json["templating"]["list"].as_array().unwrap();
        let variable = |name: &str| variables.iter().find(|variable| variable["name"] == name);
        let source = variable("datasource").expect("template-datasource-rule");
        assert!(source["label"] == "Data source" && source["query"] == "prometheus", "{uid}: template-datasource-rule");
        for (name, label) in [("job", "Job"), ("instance", "Instance")] {
            // What was said when, and where, does not depend on the instance that read it: only the health has them.
            let Some(variable) = variable(name) else {
                assert!(name == "instance" && uid != "lodestream-health", "{uid}: template-{name}-rule");
                continue;
            };
            let asked = variable["type"] == "query" && variable["multi"] == true && variable["includeAll"] == true;
            assert!(asked && variable["label"] == label && variable["allValue"] == ".+", "{uid}: template-{name}-rule");
        }
        for variable in variables.iter().filter(|variable| variable["type"] == "query") {
            assert_eq!(variable["refresh"], 2, "{uid}: template-on-time-change-reload-rule: {}", variable["name"]);
            assert_eq!(variable["datasource"], data_source, "{uid}: {}", variable["name"]);
        }
        for panel in dashboard.panels().into_iter().filter(|panel| panel["type"] != "row") {
            assert_eq!(panel["datasource"], data_source, "{uid}: panel-datasource-rule: {}", panel["title"]);
        }
        for (place, query) in dashboard.queries() {
            for selector in selectors(&query) {
                assert!(selector.contains("job=~\"$job\""), "{place}: target-job-rule: {selector}");
                let by_instance = uid != "lodestream-health" || selector.contains("instance=~\"$instance\"");
                assert!(by_instance, "{place}: target-instance-rule: {selector}");
            }
            let rates = query.matches("rate(").count();
            assert!(
                uid != "lodestream-health" || rates <= query.matches("[$__rate_interval]").count(),
                "{place}: target-rate-interval-rule"
            );
            for counter in metrics_of(&query).filter(|metric| metric.ends_with("_total")) {
                let read =
                    ["rate(", "increase("].iter().any(|function| query.contains(&format!("{function}{counter}")));
                assert!(read, "{place}: target-counter-agg-rule: {counter}");
            }
        }
    }
}

/// The metrics of a query, each with its labels in braces.
fn selectors(query: &str) -> Vec<&str> {
    let place = |metric: &str| metric.as_ptr() as usize - query.as_ptr() as usize;
    metrics_of(query).map(|metric| query[place(metric)..].split_inclusive('}').next().unwrap_or_default()).collect()
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
    assert!(found.len() >= 3, "the dashboards are not where the test looks for them");
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

/// The configuration in `deploy/`, quicker, and pointed at the service and the push.
fn prometheus_configuration(service: &str, push: &str) -> String {
    let text = deployed("prometheus/prometheus.yml");
    replaced(&text, &[("15s", "500ms", 2), ("lodestream:9184", service, 1), ("push:9185", push, 1)])
}

/// The rules in `deploy/`, quicker.
fn rules() -> String {
    let quicker = [
        ("interval: 30s", "interval: 1s", 1),
        ("interval: 5m", "interval: 1s", 1),
        ("offset 15s", "offset 1s", 6),
        ("offset 45s", "offset 2s", 3),
    ];
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
