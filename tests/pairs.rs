//! Pairs of minerals and countries: sentences of ordinary news, frame by frame, with the pairs that a careful reader finds in them.
//! Not all of them are read yet: the floors keep what is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers may panic")]

#[path = "support/table.rs"]
mod table;

use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Of the pairs that are found, so many are right.
const PRECISION: f64 = 0.97;
/// Of the pairs that are there, so many are found.
const RECALL: f64 = 0.925;

#[test]
fn most_pairs_of_ordinary_news_are_found() {
    let reader = table::Reader::new();
    let (mut right, mut wrong, mut missed) = (0, 0, 0);
    let mut differing = String::new();
    for [text, pairs] in table::rows(include_str!("data/pairs.tsv")) {
        let event = reader.enrich(&serde_json::json!({"text": text}));
        let found: BTreeSet<String> =
            event.mineral_countries.iter().map(|pair| format!("{}/{}", pair.mineral, pair.country)).collect();
        let expected: BTreeSet<String> = pairs.split_whitespace().map(str::to_owned).collect();
        right += found.intersection(&expected).count();
        wrong += found.difference(&expected).count();
        missed += expected.difference(&found).count();
        if found != expected {
            writeln!(differing, "{text}\n  expected {pairs}\n  found    {found:?}").unwrap();
        }
    }
    let share = |of: usize| right as f64 / (right + of) as f64;
    let (precision, recall) = (share(wrong), share(missed));
    println!("{right} right, {wrong} wrong, {missed} missed: precision {precision:.3}, recall {recall:.3}");
    assert!(right > 2_000, "only {right} pairs were found");
    assert!(precision >= PRECISION && recall >= RECALL, "precision {precision:.3}, recall {recall:.3}\n{differing}");
}

/// What is put between the parts of sentences: marks, and words of other scripts and languages.
const BETWEEN: [&str; 16] =
    ["—", "’", "“", "，", "、", "（", "\u{3000}", "-", "'s ", ".", "after ", " and ", "的", "が", "한국", "после "];

/// Random text seldom holds a name, so sentences that do are cut and joined, in the middle of words too.
#[test]
fn spliced_sentences_are_read_without_a_panic() {
    let reader = table::Reader::new();
    let sentences: Vec<&str> = table::rows::<2>(include_str!("data/pairs.tsv")).map(|[text, _]| text).collect();
    let part = || (any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<prop::sample::Index>());
    let parts = prop::collection::vec((part(), prop::sample::select(&BETWEEN[..])), 2..6);
    proptest!(ProptestConfig::with_cases(3_000), |(parts in parts)| {
        let mut text = String::new();
        for ((sentence, from, to), between) in &parts {
            let characters: Vec<char> = sentence.get(&sentences).chars().collect();
            let (from, to) = (from.index(characters.len()), to.index(characters.len()));
            text.extend(&characters[from.min(to)..=from.max(to)]);
            text.push_str(between);
        }
        reader.enrich(&serde_json::json!({"title": text, "text": text}));
    });
}
