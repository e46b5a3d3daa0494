//! Promise: what feeds and tables hold becomes events, and a bad entry costs only itself.
#![cfg(feature = "service")]
#![allow(clippy::unwrap_used, reason = "a test that cannot set up its case must fail")]

mod support;
#[path = "support/place.rs"]
mod place;

use lodestream::intake::{Entry, Format, entries, guess};
use place::{Place, objects};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;
use std::path::{Path, PathBuf};
use support::Job;

/// One file of each kind.
const FILES: [&str; 5] = ["news.rss", "news.atom", "articles.csv", "gdelt.gkg.csv", "bigquery.csv"];

fn data(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/intake").join(file)
}

fn paths(files: &[&str]) -> Vec<String> {
    files.iter().map(|file| data(file).display().to_string()).collect()
}

#[test]
fn feeds_and_tables_come_out_as_events() {
    let job = Job::new("feeds");
    let files = paths(&["news.rss", "broken.rss", "news.atom", "articles.csv", "gdelt.gkg.csv", "bigquery.csv"]);
    let (code, words) = job.tried("feed", &files.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(code, Some(3), "{words}");
    for expected in [
        "news.rss: entry 3: it has neither a text nor a headline",
        "broken.rss: line 6: the feed is broken here",
        "articles.csv: row 3: 2 columns; the header has 5",
        "articles.csv: row 4: no_text: ",
        "articles.csv: row 5: column 1 is not UTF-8",
        "gdelt.gkg.csv: line 2: no PAGE_TITLE",
        "gdelt.gkg.csv: line 3: 19 columns",
        "published to feeds.raw: 10 records",
        "7 entries cannot be articles and were passed over",
    ] {
        assert!(words.contains(expected), "{expected} is not in\n{words}");
    }

    let mut service = job.run(&["--set", "article.keep_fields=[\"themes\"]"]);
    service
        .wait_for("ten articles are published", |samples| samples.sum("lodestream_articles_published_total") == 10.0);
    let totals = job.verify("end");
    assert_eq!((totals.records, totals.events, totals.dead_letters), (10, 10, 0));
    // Feeds say the same again and again: each entry has a key, comes to the partition that knows it, and counts once.
    let totals = |job: &Job| job.output("timeline query", &["--step", "1d"]);
    let once = totals(&job);
    assert!(once.contains("tungsten"), "GDELT's headline counts at its time of publication:\n{once}");
    assert_eq!(job.tried("feed", &files.iter().map(String::as_str).collect::<Vec<_>>()).0, Some(3));
    service.wait_for("twenty articles are published", |samples| {
        samples.sum("lodestream_articles_published_total") == 20.0
    });
    assert_eq!(job.verify("end").events, 20);
    assert_eq!(totals(&job), once);
}

#[test]
fn what_is_printed_is_what_enrich_reads() {
    let place = Place::new(&[]);
    let gdelt = paths(&["gdelt.gkg.csv"]);
    let printed = place.run(&["feed", "--print", &gdelt[0]]);
    assert_eq!(printed.code, Some(3), "two rows are bad: {printed:?}");
    let enriched =
        place.run_with_input(&["enrich", "--set", "article.keep_fields=[\"themes\"]"], printed.out.as_bytes());
    assert_eq!(enriched.code, Some(0), "{enriched:?}");
    let events = objects(&enriched.out);
    assert_eq!(events.len(), 2);
    let mentions: &Value = &events[0]["commodities"][0]["mention_count"];
    assert_eq!(mentions, 1, "what a headline says once counts once: {}", events[0]);
    assert_eq!(events[0]["mineral_countries"][0]["country"], "PK");
    assert_eq!(events[0]["article"]["kept"]["themes"][0], "ENV_MINING");
}

#[test]
fn the_format_can_be_named() {
    let table = "a,b\nx,Copper from Chile.\n";
    let place = Place::new(&[("odd.csv", table.as_bytes())]);
    let by_name = place.run(&["feed", "--print", "--format", "csv", "--set", "fields.text=/b", "odd.csv"]);
    assert_eq!(by_name.code, Some(0), "{by_name:?}");
    let row = &objects(&by_name.out)[0];
    assert_eq!((&row["a"], &row["b"]), (&"x".into(), &"Copper from Chile.".into()));
    assert!(row["id"].as_str().unwrap().starts_with("content-"), "the id that the service would give it: {row}");
    let as_lines = place.run(&["feed", "--print", "odd.csv"]);
    assert_eq!((as_lines.code, as_lines.out.as_str()), (Some(0), table), "what shows nothing else is lines");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// However a file is damaged, it is read to its end, or said to be broken.
    #[test]
    fn damaged_files_are_read_without_a_panic(
        file in 0..FILES.len(),
        changes in vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..40_usize), 1..6),
    ) {
        let mut bytes = std::fs::read(data(FILES[file])).unwrap();
        for (from, to, length) in changes {
            let (from, to) = (from.index(bytes.len()), to.index(bytes.len()));
            let piece = bytes[from..(from + length).min(bytes.len())].to_vec();
            // one piece over another: tags lose their ends, columns move
            bytes.splice(to..(to + length / 2).min(bytes.len()), piece);
        }
        for format in [None, Some(Format::Feed), Some(Format::Table(b',')), Some(Format::Gkg), Some(Format::Lines)] {
            let mut reader = bytes.as_slice();
            let format = format.unwrap_or(guess(&mut reader).unwrap());
            // what comes out of what is no line is JSON
            for Entry { record, .. } in entries(reader, format).unwrap().flatten() {
                if let (Ok(record), true) = (record, format != Format::Lines) {
                    prop_assert!(serde_json::from_slice::<Value>(&record).unwrap().is_object());
                }
            }
        }
    }
}
