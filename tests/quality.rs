//! The walk stays as good as it was: F1 by layer, on the development set and on the one held back. A figure that falls below its floor needs a
//! reason; one that rises lifts the floor. `lodestream eval eval/dev` lists the misses.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers may panic")]

use lodestream::eval::{Case, evaluate};
use lodestream::lexicon::Lexicon;
use lodestream::pipeline::{Pipeline, PipelineSettings};
use std::path::Path;
use std::sync::Arc;

/// By folder and layer, some way below what was measured: `eval/results/` has the figures.
const FLOORS: [(&str, [(&str, f64); 7]); 2] = [
    (
        "eval/dev",
        [
            ("commodities", 0.975),
            ("countries", 0.98),
            ("regions", 0.93),
            ("pairs", 0.84),
            ("people", 0.92),
            ("organisations", 0.89),
            ("events", 0.86),
        ],
    ),
    (
        "eval/held-back",
        [
            ("commodities", 0.95),
            ("countries", 0.97),
            ("regions", 0.88),
            ("pairs", 0.81),
            ("people", 0.88),
            ("organisations", 0.78),
            ("events", 0.73),
        ],
    ),
];

/// How far the walk may be from knowing how sure it is, for as many findings of like confidence as say something.
const APART: f64 = 0.1;
const ENOUGH: usize = 100;

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
    for (directory, floors) in FLOORS {
        let cases = cases(directory);
        assert!(cases.len() >= 100, "only {} labelled articles in {directory}", cases.len());
        let report = evaluate(&pipeline, &cases);
        println!("{directory}: {report}");
        assert!(report.unreadable.is_empty(), "{:?}", report.unreadable);
        for (layer, floor) in floors {
            let (_, score) = report.scores.iter().find(|(name, _)| *name == layer).unwrap();
            assert!(score.f1() >= floor, "{directory}: {layer}: F1 {:.3} is below {floor}", score.f1());
        }
        for band in report.calibration.iter().filter(|band| band.findings >= ENOUGH) {
            let (said, right) = (band.sure / band.findings as f64, band.right as f64 / band.findings as f64);
            assert!(
                (said - right).abs() <= APART,
                "{directory}: {} sure of {said:.2} are right {right:.2}",
                band.layer
            );
        }
        for (layer, plain) in &report.plain {
            let (_, score) = report.scores.iter().find(|(name, _)| name == layer).unwrap();
            assert!(score.f1() > plain.f1(), "{directory}: {layer}: the plain matcher is better");
        }
    }
}
