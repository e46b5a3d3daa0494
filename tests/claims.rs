//! Claims: each sentence gives the figure that a careful reader finds in it, normalised, about the right commodity and
//! country. The sentences are our own; what they report did not happen.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers may panic")]

use lodestream::article::RawRecord;
use lodestream::event::Claim;
use lodestream::lexicon::Lexicon;
use lodestream::pipeline::{Pipeline, PipelineSettings};
use std::fmt::Write;
use std::sync::Arc;

/// A headline that says what the sentences are about, and nothing else.
const TITLE: &str = "Metals and mining 矿业与金属";

/// `kind value unit commodity country`, `-` where there is none.
fn line(claim: &Claim) -> String {
    let kind = serde_json::to_value(claim.kind).unwrap();
    let figure = claim.date.clone().unwrap_or_else(|| claim.value.map(|value| value.to_string()).unwrap_or_default());
    let name = |name: &Option<String>| name.clone().unwrap_or_else(|| "-".to_owned());
    let about = if claim.approximate { "~" } else { "" };
    let (kind, unit) = (kind.as_str().unwrap(), &claim.unit);
    format!("{kind} {about}{figure} {unit} {} {}", name(&claim.commodity), name(&claim.country))
}

#[test]
fn every_sentence_gives_its_claims() {
    let lexicon = Lexicon::embedded().unwrap_or_else(|error| panic!("{error}"));
    let pipeline = Pipeline::new(&PipelineSettings::default(), Arc::new(lexicon)).unwrap();
    let mut wrong = String::new();
    let mut cases = 0;
    let table = include_str!("data/claims.tsv");
    for row in table.lines().filter(|row| !row.is_empty() && !row.starts_with('#')) {
        let (text, expected) = row.split_once('\t').unwrap_or_else(|| panic!("no tab in `{row}`"));
        let article =
            serde_json::json!({"title": TITLE, "text": text, "published_at": "2025-07-15T08:00:00Z"}).to_string();
        let record = RawRecord { value: Some(article.as_bytes()), ..RawRecord::default() };
        let event = pipeline.enrich(&record).unwrap_or_else(|refusal| panic!("{text}: {refusal}")).event;
        let found: Vec<String> = event.claims.iter().map(line).collect();
        let expected: Vec<&str> = expected.split('|').map(str::trim).filter(|claim| !claim.is_empty()).collect();
        cases += 1;
        if found != expected {
            writeln!(wrong, "{text}\n  expected {expected:?}\n  found    {found:?}").unwrap();
        }
    }
    assert!(cases >= 40, "only {cases} sentences were read");
    assert!(wrong.is_empty(), "\n{wrong}");
}
