//! Promise, the first of all: an article that is put on the raw topic becomes an enriched event that any client can read,
//! and its minerals by country are at `/metrics`. The real program, a real broker, a foreign client.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers may panic")]
#![cfg(feature = "service")]

mod support;

use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use support::{Broker, Job};

/// The same article in the three raw forms.
fn twins() -> [Value; 3] {
    let form = |name: &str, mut article: Value| {
        article["id"] = name.into();
        article
    };
    [
        form("raw", json!({ "raw": include_str!("data/twin.raw.txt") })),
        form("html", serde_json::from_str(include_str!("data/twin.html.json")).unwrap()),
        form("text", serde_json::from_str(include_str!("data/twin.text.json")).unwrap()),
    ]
}

fn strings<'a>(items: &'a Value, path: &str) -> BTreeSet<&'a str> {
    items.as_array().unwrap().iter().map(|item| item.pointer(path).unwrap().as_str().unwrap()).collect()
}

fn pairs<'a>(items: &'a Value, mineral: &str, country: &str) -> BTreeSet<(&'a str, &'a str)> {
    let part = |item: &'a Value, path: &str| item.pointer(path).unwrap().as_str().unwrap();
    items.as_array().unwrap().iter().map(|item| (part(item, mineral), part(item, country))).collect()
}

#[test]
fn the_twin_in_every_form_becomes_its_event_and_its_minerals_by_country_are_counted() {
    let job = Job::new("main-job");
    let mut service = job.run(&["--instance", "one"]);
    job.feed(twins().into_iter());

    // First the events are there; what is counted is counted after that.
    let started = std::time::Instant::now();
    let events = loop {
        let records = Broker::shared().read_by_console_consumer(&job.settings.output_topic);
        let events: BTreeMap<String, Value> =
            records.into_iter().map(|(key, value)| (key, serde_json::from_str(&value).unwrap())).collect();
        if events.len() == 3 {
            break events;
        }
        assert!(started.elapsed() < Duration::from_secs(60), "{} events\n{}", events.len(), service.log());
    };
    let gold: Value = serde_json::from_str(include_str!("data/twin.gold.json")).unwrap();
    let wanted = pairs(&gold["mineral_by_country"], "/0", "/1");
    // What the counters must say: summed from the events themselves.
    let mut mentions: BTreeMap<(&str, &str), f64> = BTreeMap::new();
    for (form, event) in &events {
        assert_eq!(event["article"]["id"], form.as_str());
        assert_eq!(strings(&event["commodities"], "/id"), strings(&gold["commodities"], ""), "{form}");
        let places = event["places"].as_array().unwrap().iter().filter(|place| place["type"] == "country");
        let countries: BTreeSet<&str> = places.map(|place| place["id"].as_str().unwrap()).collect();
        assert_eq!(countries, strings(&gold["countries"], ""), "{form}");
        assert_eq!(pairs(&event["mineral_countries"], "/mineral", "/country"), wanted, "{form}");
        assert_eq!(event["provenance"]["topic"], job.settings.input_topic.as_str());
        for pair in event["mineral_countries"].as_array().unwrap() {
            let key = (pair["mineral"].as_str().unwrap(), pair["country"].as_str().unwrap());
            *mentions.entry(key).or_default() += pair["mention_count"].as_f64().unwrap();
        }
    }

    let published = format!("lodestream_articles_published_total{{topic=\"{}\"}}", job.settings.output_topic);
    let samples = service.wait_for("the events are counted", |samples| samples.get(&published) >= 3.0);
    let consumed = format!("lodestream_articles_consumed_total{{topic=\"{}\"}}", job.settings.input_topic);
    assert_eq!((samples.get(&published), samples.get(&consumed)), (3.0, 3.0));
    let counted = |metric: &'static str| -> BTreeMap<String, f64> {
        let explained = samples.of(metric).filter(|(labels, _)| !labels.contains("country=\"none\""));
        explained.map(|(labels, value)| (labels.to_owned(), value)).collect()
    };
    let labels = |(mineral, country): (&str, &str)| format!("country=\"{country}\",mineral=\"{mineral}\"}}");
    let expected: BTreeMap<String, f64> = mentions.into_iter().map(|(pair, count)| (labels(pair), count)).collect();
    assert_eq!(counted("lodestream_mineral_mentions_total"), expected);
    let expected = wanted.into_iter().map(|pair| (labels(pair), 3.0)).collect();
    assert_eq!(counted("lodestream_mineral_articles_total"), expected);
    assert_eq!(samples.sum("lodestream_dead_letters_total"), 0.0);
    let countries: BTreeSet<&str> = samples.of("lodestream_place_mentions_total").map(|(labels, _)| labels).collect();
    assert_eq!(countries, BTreeSet::from(["country=\"AU\"}", "country=\"CN\"}", "country=\"PK\"}", "country=\"US\"}"]));

    let (status, _) = service.terminate();
    assert!(status.success(), "{status}");
    assert_eq!(job.verify("end").events, 3);
}
