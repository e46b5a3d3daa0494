//! The walk stays as good as it was: F1 on the development set by layer. A figure that falls below its floor needs a
//! reason; one that rises lifts the floor. `lodestream eval eval/dev` lists the misses.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers may panic")]

use lodestream::eval::{Case, evaluate};
use lodestream::lexicon::Lexicon;
use lodestream::pipeline::{Pipeline, PipelineSettings};
use std::path::Path;
use std::sync::Arc;

const FLOORS: [(&str, f64); 7] = [
    ("commodities", 0.95),
    ("countries", 0.98),
    ("regions", 0.90),
    ("pairs", 0.85),
    ("people", 0.85),
    ("organisations", 0.78),
    ("events", 0.70),
];

fn cases(directory: &str) -> Vec<Case> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join(directory);
    let mut files: Vec<_> = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    files.sort();
    let texts = files.iter().map(|path| std::fs::read_to_string(path).unwrap());
    let lines: Vec<String> = texts.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect();
    lines.iter().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

#[test]
fn no_layer_falls_below_its_floor() {
    let lexicon = Lexicon::embedded().unwrap_or_else(|error| panic!("{error}"));
    let pipeline = Pipeline::new(&PipelineSettings::default(), Arc::new(lexicon)).unwrap();
    let cases = cases("eval/dev");
    assert!(cases.len() >= 60, "only {} labelled articles", cases.len());
    let report = evaluate(&pipeline, &cases);
    println!("{report}");
    assert!(report.unreadable.is_empty(), "{:?}", report.unreadable);
    for (layer, floor) in FLOORS {
        let (_, score) = report.scores.iter().find(|(name, _)| *name == layer).unwrap();
        assert!(score.f1() >= floor, "{layer}: F1 {:.3} is below {floor}", score.f1());
    }
    for (layer, plain) in &report.plain {
        let (_, score) = report.scores.iter().find(|(name, _)| name == layer).unwrap();
        assert!(score.f1() > plain.f1(), "{layer}: the plain matcher is better");
    }
}
