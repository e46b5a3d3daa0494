//! Golden cases: `tests/golden/NAME.json` holds a raw article and, under `found`, what the walk finds in it. After a change
//! that means to change it, `LODESTREAM_UPDATE=1 cargo test --test golden` writes the findings anew, for review.
#![allow(clippy::unwrap_used, reason = "a test's helpers may panic")]

use lodestream::article::RawRecord;
use lodestream::lexicon::Lexicon;
use lodestream::pipeline::{Pipeline, PipelineSettings};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;

/// The event without what changes with every edit of the lexicon, and without the text, which the case holds already.
fn found(pipeline: &Pipeline, article: &Value) -> Value {
    let bytes = article.to_string();
    let record = RawRecord { value: Some(bytes.as_bytes()), ..RawRecord::default() };
    let mut event = serde_json::to_value(pipeline.enrich(&record).unwrap().event).unwrap();
    let fields = event.as_object_mut().unwrap();
    fields.remove("event_id");
    fields.remove("provenance");
    event
}

#[test]
fn golden_cases_are_found_as_they_were() {
    let lexicon = Lexicon::embedded().unwrap_or_else(|error| panic!("{error}"));
    let settings = PipelineSettings { include_text: false, explain: true, ..PipelineSettings::default() };
    let pipeline = Pipeline::new(&settings, Arc::new(lexicon)).unwrap();
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut files: Vec<_> = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 6, "only {} golden cases", files.len());
    let mut changed = Vec::new();
    for file in files {
        let case: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        let found = found(&pipeline, &case["article"]);
        if case["found"] == found {
            continue;
        }
        if std::env::var_os("LODESTREAM_UPDATE").is_some() {
            let case = json!({ "article": case["article"], "found": found });
            std::fs::write(&file, serde_json::to_string_pretty(&case).unwrap() + "\n").unwrap();
        } else {
            changed.push(format!("{}: expected\n{:#}\nfound\n{found:#}", file.display(), case["found"]));
        }
    }
    assert!(changed.is_empty(), "{}", changed.join("\n\n"));
}
