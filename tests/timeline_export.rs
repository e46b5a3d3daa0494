//! Promise: what is exported is what was counted. A file of articles, the real program, the real `promtool` and Prometheus.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test's helpers may panic")]
#![cfg(feature = "service")]

#[path = "support/prometheus.rs"]
mod prometheus;
#[path = "support/sums.rs"]
mod sums;

use jiff::Timestamp;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::RowAccessor;
use prometheus::{Prometheus, create_blocks};
use std::fs;
use std::path::Path;
use std::process::Command;
use sums::{Sums, add_event, by_day, of_rows, stored};

/// The rows of a Parquet file.
fn of_parquet(path: &Path) -> Sums {
    let reader = SerializedFileReader::new(fs::File::open(path).unwrap()).unwrap();
    let rows = reader.get_row_iter(None).unwrap().map(|row| {
        let row = row.unwrap();
        let hour = Timestamp::from_millisecond(row.get_timestamp_millis(0).unwrap()).unwrap();
        let text = |column| row.get_string(column).unwrap().clone();
        let counts = [3, 4, 5].map(|column| row.get_ulong(column).unwrap() as i64);
        ((hour.to_string()[..13].to_owned(), text(1), text(2)), counts)
    });
    rows.collect()
}

#[test]
fn a_real_prometheus_answers_with_the_sums_over_the_events() {
    let directory = tempfile::tempdir().unwrap();
    let exported = directory.path().join("exported");
    let articles = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/articles.jsonl");
    // Twice the same file: each article counts once.
    let enriched = Command::new(env!("CARGO_BIN_EXE_lodestream"))
        .arg("enrich")
        .args([&articles, &articles])
        .arg("--timeline")
        .arg(&exported)
        .output()
        .unwrap();
    assert!(enriched.status.success(), "{}", String::from_utf8_lossy(&enriched.stderr));
    let mut expected = Sums::new();
    String::from_utf8(enriched.stdout).unwrap().lines().for_each(|event| add_event(&mut expected, event));
    assert!(expected.len() > 20, "the samples show too little: {expected:?}");
    assert_eq!(of_rows(&fs::read_to_string(exported.join("timeline.jsonl")).unwrap()), expected);
    assert_eq!(of_parquet(&exported.join("timeline.parquet")), expected);

    let file = exported.join("timeline.openmetrics");
    let configuration = ("prometheus.yml", "scrape_configs: []\n".to_owned());
    let prometheus = Prometheus::start_on(&[configuration], |data| {
        create_blocks(&file, data);
    });
    // All that the samples hold.
    assert_eq!(stored(&prometheus, "2025-01-01T00:00:00Z".parse().unwrap(), 700), by_day(&expected));
}
