//! The walk's promises: the twin of the first article gives all that a careful reader finds in it, in every raw form;
//! offsets slice to the mention; no text stops it; the same article gives the same bytes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers may panic")]

#[path = "support/offsets.rs"]
mod offsets;

use lodestream::article::{RawRecord, Refusal};
use lodestream::event::EnrichedArticle;
use lodestream::lexicon::Lexicon;
use lodestream::pipeline::{Enriched, Pipeline, PipelineSettings};
use offsets::check_offsets;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| {
    let lexicon = Lexicon::embedded().unwrap_or_else(|error| panic!("{error}"));
    Pipeline::new(&PipelineSettings { explain: true, ..PipelineSettings::default() }, Arc::new(lexicon)).unwrap()
});

fn enrich(article: &Value) -> EnrichedArticle {
    let value = article.to_string();
    PIPELINE.enrich(&RawRecord { value: Some(value.as_bytes()), ..RawRecord::default() }).unwrap().event
}

/// Everything that the gold file asks for, and nothing that it forbids.
fn check_gold(event: &EnrichedArticle, gold: &Value) {
    let found = serde_json::to_value(event).unwrap();
    let set = |value: &Value, path: &str| -> BTreeSet<String> {
        value.as_array().unwrap().iter().map(|item| item.pointer(path).unwrap().as_str().unwrap().to_owned()).collect()
    };
    let places = |kind: &str| -> BTreeSet<String> {
        let of_kind = |place: &&Value| place["type"] == kind;
        let key = if kind == "country" { "id" } else { "name" };
        found["places"]
            .as_array()
            .unwrap()
            .iter()
            .filter(of_kind)
            .map(|p| p[key].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(found["article"]["title"], gold["title"]);
    assert_eq!(found["article"]["source"], gold["source"]);
    assert_eq!(found["article"]["published_at"], gold["published_at"]["utc"]);
    assert_eq!(found["article"]["languages"], gold["languages"]);
    assert_eq!(set(&found["commodities"], "/id"), set(&gold["commodities"], ""));
    assert_eq!(places("country"), set(&gold["countries"], ""));
    assert_eq!(places("region"), set(&gold["regions"], ""));
    for person in gold["people"].as_array().unwrap() {
        let found = found["people"].as_array().unwrap().iter().find(|found| found["name"] == person["name"]);
        let found = found.unwrap_or_else(|| panic!("{person} is not found"));
        assert_eq!((&found["role"], &found["country"]), (&person["role"], &person["country"]));
    }
    assert_eq!(set(&found["people"], "/name"), set(&gold["people"], "/name"));
    assert_eq!(found["organisations"], json!([]), "the gold forbids any organisation");
    let pairs = |value: &Value, mineral: &str, country: &str| -> BTreeSet<(String, String)> {
        let part = |item: &Value, path: &str| item.pointer(path).unwrap().as_str().unwrap().to_owned();
        value.as_array().unwrap().iter().map(|item| (part(item, mineral), part(item, country))).collect()
    };
    assert_eq!(
        pairs(&found["mineral_countries"], "/mineral", "/country"),
        pairs(&gold["mineral_by_country"], "/0", "/1")
    );
    for quantity in gold["quantities"].as_array().unwrap() {
        let is_it = |claim: &&Value| {
            ["value", "unit", "approximate", "commodity", "country"].iter().all(|key| {
                claim[key] == quantity[key] || claim[key].as_f64().is_some_and(|v| Some(v) == quantity[key].as_f64())
            })
        };
        assert!(found["claims"].as_array().unwrap().iter().any(|claim| is_it(&claim)), "{quantity} is not claimed");
    }
    for event in gold["events"].as_array().unwrap() {
        let found = found["events"].as_array().unwrap().iter().find(|found| found["type"] == event["type"]).unwrap();
        assert_eq!(set(&found["countries"], ""), set(&event["countries"], ""));
        assert_eq!(set(&found["commodities"], ""), set(&event["commodities"], ""));
    }
    assert_eq!(found["focus_countries"][0]["country"], gold["focus_country"]);
}

#[test]
fn the_twin_gives_what_a_careful_reader_finds_in_every_raw_form() {
    let gold: Value = serde_json::from_str(include_str!("data/twin.gold.json")).unwrap();
    let raw = json!({ "raw": include_str!("data/twin.raw.txt") });
    let html: Value = serde_json::from_str(include_str!("data/twin.html.json")).unwrap();
    let text: Value = serde_json::from_str(include_str!("data/twin.text.json")).unwrap();
    for (form, article) in [("raw", raw), ("html", html), ("text", text)] {
        println!("form: {form}");
        check_gold(&enrich(&article), &gold);
    }
}

/// Words that news about minerals is made of, and everything that breaks splitters.
fn fragments() -> impl Strategy<Value = String> {
    const WORDS: [&str; 60] = [
        "China",
        "U.S.",
        "U.S.-Pakistan",
        "lead",
        "gold medal",
        "rare earths",
        "copper,",
        "tungsten",
        "Pakistan's",
        "in",
        "and",
        "the country",
        "Prime Minister",
        "Sharif",
        "said",
        "90%",
        "$4.2bn",
        "1,234.5 tonnes",
        "signed",
        "an agreement",
        ".",
        ". ",
        "\n",
        "\n\n",
        " - ",
        "[4][5]",
        "中国",
        "稀土",
        "稀土永磁",
        "赴美",
        "总理",
        "谢里夫",
        "金、银、铜",
        "百分之九十",
        "12亿美元",
        "。",
        "，",
        "！",
        "《",
        "》",
        "刚果（金）",
        "·",
        "特朗普",
        "é",
        "e\u{301}",
        "\u{200b}",
        "\u{202e}",
        "😀",
        "👩‍🔬",
        "ﬁ",
        "Ａ",
        "ı",
        "İ",
        "ß",
        "�",
        "[",
        "]",
        "—",
        "\t",
        " ",
    ];
    let word = prop_oneof![4 => proptest::sample::select(&WORDS[..]).prop_map(str::to_owned), 1 => ".{0,8}"];
    proptest::collection::vec(word, 0..60).prop_map(|words| words.join(" "))
}

#[test]
fn a_name_over_two_lines_stops_nothing() {
    for text in ["Rio\nTinto", "力\n拓", "淡水河\n谷", "South\nKorea"] {
        check_offsets(&enrich(&json!({ "id": "x", "text": text })));
    }
}

#[test]
fn a_compound_before_nothing_is_no_name() {
    let event = enrich(&json!({ "id": "x", "text": "The copper miner is Perth-based" }));
    assert_eq!(serde_json::to_value(&event.people).unwrap(), json!([]));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn offsets_slice_to_the_mention_on_any_text(title in proptest::option::of(fragments()), text in fragments()) {
        let article = json!({ "id": "x", "title": title, "text": format!("x {text}") });
        let event = enrich(&article);
        check_offsets(&event);
        prop_assert_eq!(serde_json::to_string(&event).unwrap(), serde_json::to_string(&enrich(&article)).unwrap());
    }

    #[test]
    fn records_walked_together_give_what_each_gives_alone(
        texts in proptest::collection::vec(prop_oneof![4 => fragments().prop_map(Some), 1 => Just(None)], 0..6),
    ) {
        let value = |text| serde_json::to_vec(&json!({ "id": "x", "text": text })).unwrap();
        let values: Vec<Vec<u8>> = texts.iter().map(value).collect();
        let records: Vec<_> =
            values.iter().map(|value| RawRecord { value: Some(value.as_slice()), ..RawRecord::default() }).collect();
        let told = |walked: Result<Enriched, Refusal>| match walked {
            Ok(enriched) => (serde_json::to_string(&enriched.event).unwrap(), enriched.refused),
            Err(refusal) => (refusal.to_string(), Vec::new()),
        };
        let together: Vec<_> = PIPELINE.enrich_all(&records).into_iter().map(told).collect();
        let alone: Vec<_> = records.iter().map(|record| told(PIPELINE.enrich(record))).collect();
        prop_assert_eq!(together, alone);
    }

    #[test]
    fn no_bytes_stop_the_walk(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = PIPELINE.enrich(&RawRecord { value: Some(&bytes), ..RawRecord::default() });
    }
}

#[test]
fn a_million_brackets_take_a_moment_and_are_an_event() {
    for text in [
        "[".repeat(1_000_000),
        "中".repeat(300_000),
        "金、".repeat(150_000),
        "U.S.-".repeat(200_000),
        "a".repeat(1_000_000),
    ] {
        check_offsets(&enrich(&json!({ "text": text })));
    }
}
