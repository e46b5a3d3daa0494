//! Relations: short articles, each for one rule of how minerals, countries and triggers hang together, with the pairs and
//! events that a careful reader finds in it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers may panic")]

#[path = "support/table.rs"]
mod table;

use std::collections::BTreeSet;
use std::fmt::Write;

#[test]
fn every_article_gives_its_pairs_and_events() {
    let reader = table::Reader::new();
    let mut wrong = String::new();
    let mut cases = 0;
    for [title, text, pairs, events] in table::rows(include_str!("data/relations.tsv")) {
        let event = reader.enrich(&serde_json::json!({"title": title, "text": text}));
        let name = |kind| serde_json::to_value(kind).unwrap().as_str().unwrap().to_owned();
        let found_pairs: BTreeSet<String> =
            event.mineral_countries.iter().map(|pair| format!("{}/{}", pair.mineral, pair.country)).collect();
        let found_events: BTreeSet<String> = event.events.iter().map(|event| name(event.kind)).collect();
        let set = |column: &str| column.split_whitespace().map(str::to_owned).collect::<BTreeSet<String>>();
        cases += 1;
        if (&found_pairs, &found_events) != (&set(pairs), &set(events)) {
            writeln!(wrong, "{text}\n  expected {pairs}; {events}\n  found    {found_pairs:?} {found_events:?}")
                .unwrap();
        }
    }
    assert!(cases >= 40, "only {cases} articles were read");
    assert!(wrong.is_empty(), "\n{wrong}");
}
