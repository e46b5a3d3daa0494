//! Promise: `deploy/schemas/` describes the events that are published. `make schemas` writes it anew after a change of the
//! types; within a major version fields are only added.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers may panic")]

use lodestream::article::RawRecord;
use lodestream::event::EnrichedArticle;
use lodestream::lexicon::Lexicon;
use lodestream::pipeline::{Pipeline, PipelineSettings};
use schemars::generate::SchemaSettings;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/schemas/enriched-article.v1.json")
}

#[test]
fn the_schema_is_that_of_the_types() {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let schema = generator.into_root_schema_for::<EnrichedArticle>();
    let generated = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    if std::env::var_os("LODESTREAM_UPDATE").is_some() {
        fs::write(file(), &generated).unwrap();
    }
    let kept = fs::read_to_string(file()).unwrap_or_default();
    assert!(kept == generated, "{} is not what the types say: run `make schemas`", file().display());
}

#[test]
fn events_obey_the_schema_and_others_do_not() {
    let schema: Value = serde_json::from_str(&fs::read_to_string(file()).unwrap()).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let settings = PipelineSettings { explain: true, ..PipelineSettings::default() };
    let pipeline = Pipeline::new(&settings, Arc::new(Lexicon::embedded().unwrap())).unwrap();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/articles.jsonl");
    let mut last = Value::Null;
    for line in fs::read_to_string(samples).unwrap().lines() {
        let event = pipeline.enrich(&RawRecord { value: Some(line.as_bytes()), ..RawRecord::default() }).unwrap().event;
        let event = serde_json::to_value(&event).unwrap();
        let faults: Vec<_> = schema.iter_errors(&event).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{faults:#?}\n{event:#}");
        last = event;
    }
    assert!(!last["commodities"].as_array().unwrap().is_empty(), "the samples show nothing");
    for (pointer, wrong) in [("/schema", Value::from(1)), ("/commodities/0/mention_count", "many".into())] {
        *last.pointer_mut(pointer).unwrap() = wrong;
        assert!(!schema.is_valid(&last), "{pointer} may be anything");
    }
}
