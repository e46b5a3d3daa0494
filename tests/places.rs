//! Places: sentences of mines, cities, provinces, names that several places share, and words that only look like a place; of what is
//! read as a place, the country must be right.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers may panic")]

#[path = "support/table.rs"]
mod table;

use lodestream::event::EnrichedArticle;
use lodestream::text::FieldName;
use std::fmt::Write;

/// The share of the places read whose country is right, and of the places named that are read, below which this fails.
const PRECISION: f64 = 0.97;
const RECALL: f64 = 0.915;

#[test]
fn a_place_that_is_read_has_its_country() {
    let reader = table::Reader::new();
    let (mut right, mut wrong, mut missed) = (0, 0, 0);
    let mut told = String::new();
    for [place, country, text] in table::rows(include_str!("data/places.tsv")) {
        let event = reader.enrich(&serde_json::json!({ "text": text }));
        let found = countries_over(&event, text, place, country == "-");
        match (country, found.is_empty()) {
            ("-", true) => right += 1,
            (_, true) => {
                missed += 1;
                writeln!(told, "missed {place}/{country}: {text}").unwrap();
            }
            (_, false) if found.iter().any(|code| code == country) => right += 1,
            (_, false) => {
                wrong += 1;
                writeln!(told, "wrong {place}/{country}, read as {found:?}: {text}").unwrap();
            }
        }
    }
    let precision = f64::from(right) / f64::from(right + wrong);
    let recall = f64::from(right) / f64::from(right + wrong + missed);
    assert!(right + wrong + missed >= 550, "only {} sentences were read", right + wrong + missed);
    assert!(precision >= PRECISION && recall >= RECALL, "precision {precision:.3}, recall {recall:.3}\n{told}");
}

/// Countries of the mentions that overlap the place's first occurrence, or, for a word that means none, that are this very word.
fn countries_over(event: &EnrichedArticle, text: &str, place: &str, itself: bool) -> Vec<String> {
    let start = text.find(place).unwrap_or_else(|| panic!("`{place}` does not stand in `{text}`"));
    let end = start + place.len();
    // Offsets of an event count characters.
    let [start, end] = [start, end].map(|at| text[..at].chars().count() as u32);
    let is_over = |from: u32, to: u32| if itself { (from, to) == (start, end) } else { from < end && start < to };
    let named = event.places.iter().filter(|found| {
        let mut mentions = found.mentions.iter().filter(|mention| mention.field == FieldName::Text);
        mentions.any(|mention| is_over(mention.start, mention.end))
    });
    named.map(|found| found.country.as_ref().unwrap_or(&found.id).clone()).collect()
}
