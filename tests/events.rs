//! Events: sentences in the words that desks use, plain and idiomatic, each telling one event of the closed list, and sentences that
//! look alike and tell of none.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers may panic")]

#[path = "support/table.rs"]
mod table;

use std::collections::BTreeMap;
use std::fmt::Write;

/// The share of the tellings that are read as what they tell, below which this fails; and of the others that are read as what they
/// are not, above which it does.
const RECALL: f64 = 0.70;
const MISTAKEN: f64 = 0.10;

#[test]
fn what_happened_is_told_from_what_did_not() {
    let reader = table::Reader::new();
    let (mut told, mut read, mut others, mut mistaken) = (0, 0, 0, 0);
    let mut missed: BTreeMap<&str, u32> = BTreeMap::new();
    for [kind, tells, text] in table::rows(include_str!("data/events.tsv")) {
        let event = reader.enrich(&serde_json::json!({ "text": text }));
        let found = event.events.iter().any(|event| serde_json::to_value(event.kind).unwrap() == kind);
        match (tells, found) {
            ("yes", _) => {
                (told, read) = (told + 1, read + u32::from(found));
                *missed.entry(kind).or_default() += u32::from(!found);
            }
            ("no", _) => (others, mistaken) = (others + 1, mistaken + u32::from(found)),
            _ => panic!("`{tells}` is neither yes nor no"),
        }
    }
    let (recall, mistakes) = (f64::from(read) / f64::from(told), f64::from(mistaken) / f64::from(others));
    let report = missed.iter().fold(String::new(), |mut report, (kind, missed)| {
        writeln!(report, "{kind}: {missed} missed").unwrap();
        report
    });
    assert!(told >= 600 && others >= 150, "only {told} and {others} sentences were read");
    assert!(recall >= RECALL && mistakes <= MISTAKEN, "recall {recall:.3}, mistaken {mistakes:.3}\n{report}");
}
