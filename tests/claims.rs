//! Claims: each sentence gives the figure that a careful reader finds in it, normalised, about the right commodity and
//! country. The sentences are our own; what they report did not happen.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers may panic")]

#[path = "support/table.rs"]
mod table;

use lodestream::event::Claim;
use std::fmt::Write;

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
    let reader = table::Reader::new();
    let mut wrong = String::new();
    let mut cases = 0;
    for [text, expected] in table::rows(include_str!("data/claims.tsv")) {
        let event =
            reader.enrich(&serde_json::json!({"title": TITLE, "text": text, "published_at": "2025-07-15T08:00:00Z"}));
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
