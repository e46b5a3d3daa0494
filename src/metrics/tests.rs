use super::*;
use crate::event::{Count, NO_COUNTRY, Tally};
use crate::timeline::Outcomes;

fn metrics() -> Metrics {
    let set = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
    Metrics::new(Vocabulary {
        commodities: set(&["copper", "gold", "maize"]),
        countries: set(&["CL", "PK"]),
        lexicon_version: "abc123".into(),
    })
    .unwrap()
}

fn batch() -> CommittedBatch {
    let mut tally = Tally::default();
    for (mineral, country, mentions) in
        [("copper", "CL", 5), ("copper", NO_COUNTRY, 2), ("copper", "XX", 1), ("unobtainium", "CL", 4)]
    {
        tally.minerals.insert((mineral.into(), country.into()), Count { mentions, articles: 1 });
    }
    tally.commodities.insert("copper".into(), 7);
    tally.commodities.insert("unobtainium".into(), 4);
    tally.places.insert("CL".into(), 3);
    tally.entities.insert("person", 2);
    tally.events.insert("export_control", 3);
    tally.reject("verb");
    CommittedBatch {
        input_topic: "raw".into(),
        output_topic: "enriched".into(),
        consumed: 4,
        published: 3,
        dead_letters: vec![("read", "invalid_json")],
        tally,
        timeline: Outcomes { counted: 2, founders: 1, repeated: 1, ..Outcomes::default() },
        enrich_durations: vec![Duration::from_micros(20); 4],
        record_times: vec![SystemTime::now() - Duration::from_secs(2), SystemTime::now() + Duration::from_secs(60)],
        published_times: vec![SystemTime::now() - Duration::from_secs(7_200)],
        commit_duration: Duration::from_millis(3),
        ..CommittedBatch::default()
    }
}

/// The value of one series, named as in the exposition format, without the prefix.
fn value(metrics: &Metrics, series: &str) -> Option<f64> {
    let text = metrics.render().unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix(&format!("lodestream_{series} ")).map(str::to_owned));
    line.map(|value| value.parse().unwrap())
}

#[test]
fn a_committed_batch_raises_every_counter() {
    let metrics = metrics();
    metrics.batch_committed(&batch());
    metrics.batch_committed(&batch());
    for (series, expected) in [
        (r#"mineral_mentions_total{country="CL",mineral="copper"}"#, 10.0),
        (r#"mineral_articles_total{country="CL",mineral="copper"}"#, 2.0),
        (r#"mineral_mentions_total{country="none",mineral="copper"}"#, 4.0),
        (r#"commodity_mentions_total{commodity="copper"}"#, 14.0),
        (r#"place_mentions_total{country="CL"}"#, 6.0),
        (r#"entities_total{type="person"}"#, 4.0),
        (r#"events_total{type="export_control"}"#, 6.0),
        (r#"events_total{type="seizure"}"#, 0.0),
        (r#"rejected_mentions_total{reason="verb"}"#, 2.0),
        (r#"timeline_articles_total{outcome="counted"}"#, 4.0),
        (r#"timeline_articles_total{outcome="repeated"}"#, 2.0),
        (r#"timeline_articles_total{outcome="undated"}"#, 0.0),
        ("stories_total", 2.0),
        (r#"articles_consumed_total{topic="raw"}"#, 8.0),
        (r#"articles_published_total{topic="enriched"}"#, 6.0),
        (r#"dead_letters_total{code="invalid_json",stage="read"}"#, 2.0),
        (r#"enrich_duration_seconds_bucket{le="0.00001"}"#, 0.0),
        (r#"enrich_duration_seconds_bucket{le="0.000025"}"#, 8.0),
        (r#"publish_delay_seconds_bucket{le="0.001"}"#, 2.0), // a record from the future has waited for no time
        (r#"publish_delay_seconds_bucket{le="2.5"}"#, 4.0),
        (r#"article_age_seconds_bucket{le="3600"}"#, 0.0),
        (r#"article_age_seconds_bucket{le="21600"}"#, 2.0),
        ("batch_commit_duration_seconds_count", 2.0),
        ("batch_articles_sum", 8.0),
        (r#"transactions_total{outcome="committed"}"#, 2.0),
    ] {
        assert_eq!(value(&metrics, series), Some(expected), "{series}");
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs_f64();
    assert!((value(&metrics, "last_commit_timestamp_seconds").unwrap() - now).abs() < 60.0);
}

#[test]
fn what_the_vocabulary_does_not_know_is_other() {
    let metrics = metrics();
    metrics.batch_committed(&batch());
    for (series, expected) in [
        (r#"mineral_mentions_total{country="CL",mineral="other"}"#, 4.0),
        (r#"mineral_mentions_total{country="other",mineral="copper"}"#, 1.0),
        (r#"commodity_mentions_total{commodity="other"}"#, 4.0),
    ] {
        assert_eq!(value(&metrics, series), Some(expected), "{series}");
    }
    let text = metrics.render().unwrap();
    assert!(!text.contains("unobtainium") && !text.contains("XX"), "{text}");
}

#[test]
fn small_label_sets_start_at_zero_and_information_at_one() {
    let metrics = metrics();
    for (series, expected) in [
        (r#"dead_letters_total{code="too_deep",stage="read"}"#, 0.0),
        (r#"transactions_total{outcome="fenced"}"#, 0.0),
        (r#"rebalances_total{type="lost"}"#, 0.0),
        (r#"entities_total{type="organisation"}"#, 0.0),
        ("last_commit_timestamp_seconds", 0.0),
        (concat!(r#"build_info{version=""#, env!("CARGO_PKG_VERSION"), r#""}"#), 1.0),
        (r#"lexicon_info{version="abc123"}"#, 1.0),
    ] {
        assert_eq!(value(&metrics, series), Some(expected), "{series}");
    }
    assert!(!metrics.render().unwrap().contains("mineral_mentions_total{"), "the big product must not be created");
}

#[test]
fn assignments_and_lag_follow_the_rebalances() {
    let metrics = metrics();
    let partitions = |numbers: &[i32]| numbers.iter().map(|number| ("raw".to_owned(), *number)).collect::<Vec<_>>();
    let lag = |partition| value(&metrics, &format!(r#"consumer_lag{{partition="{partition}",topic="raw"}}"#));

    metrics.rebalanced(0, RebalanceKind::Assigned, &partitions(&[0, 1]));
    metrics.rebalanced(1, RebalanceKind::Assigned, &partitions(&[2]));
    assert_eq!(value(&metrics, "assigned_partitions"), Some(3.0));
    metrics.lag("raw", 0, 10);
    metrics.lag("raw", 1, 20);
    metrics.lag("raw", 9, 5);
    assert_eq!((lag(0), lag(1), lag(9)), (Some(10.0), Some(20.0), None), "only of partitions that are held");

    metrics.rebalanced(0, RebalanceKind::Revoked, &partitions(&[0]));
    assert_eq!((lag(0), lag(1)), (Some(10.0), None), "nobody updates the lag of a partition that is gone");
    assert_eq!(value(&metrics, "assigned_partitions"), Some(2.0));
    metrics.lag("raw", 1, 20);
    assert_eq!(lag(1), None, "late statistics do not bring it back");
}

#[test]
fn failures_are_counted_by_outcome_and_reason() {
    let metrics = metrics();
    metrics.transaction_failed(TransactionOutcome::Aborted);
    metrics.worker_restarted(3, "fenced");
    assert_eq!(value(&metrics, r#"transactions_total{outcome="aborted"}"#), Some(1.0));
    assert_eq!(value(&metrics, r#"worker_restarts_total{reason="fenced"}"#), Some(1.0));
}

#[test]
fn consumers_are_summed_and_failures_of_a_new_one_are_counted_from_its_beginning() {
    let metrics = metrics();
    let figures = |connected, milliseconds, failed_requests| ConsumerFigures {
        connected,
        disconnected: 1,
        round_trip: Duration::from_millis(milliseconds),
        fetched_ahead: 100,
        failed_requests,
    };
    metrics.consumer_figures(0, &figures(2, 5, 3));
    metrics.consumer_figures(1, &figures(3, 20, 0));
    metrics.consumer_figures(0, &figures(2, 5, 4));
    metrics.consumer_figures(0, &figures(2, 5, 1));
    for (series, expected) in [
        (r#"kafka_connections{state="up"}"#, 5.0),
        (r#"kafka_connections{state="down"}"#, 2.0),
        ("kafka_round_trip_seconds", 0.02),
        ("kafka_fetched_ahead_records", 200.0),
        ("kafka_failed_requests_total", 5.0),
    ] {
        assert_eq!(value(&metrics, series), Some(expected), "{series}");
    }
}

#[test]
fn the_bound_on_series_holds_when_every_label_is_used() {
    let metrics = metrics();
    let mut batch = CommittedBatch::default();
    for mineral in ["copper", "gold", "maize", "something else"] {
        batch.tally.commodities.insert(mineral.into(), 1);
        for country in ["CL", "PK", NO_COUNTRY, "somewhere else"] {
            batch.tally.minerals.insert((mineral.into(), country.into()), Count { mentions: 1, articles: 1 });
            batch.tally.places.insert(country.into(), 1);
        }
    }
    batch.tally.places.remove(NO_COUNTRY);
    metrics.batch_committed(&batch);
    let series = metrics.render().unwrap().lines().filter(|line| !line.starts_with('#')).count();
    let by_topic = 2;
    assert_eq!(series - by_topic, metrics.series_bound());
}

#[cfg(target_os = "linux")]
#[test]
fn the_process_shows_its_memory() {
    let text = metrics().render().unwrap();
    let line = text.lines().find(|line| line.starts_with("process_resident_memory_bytes ")).unwrap();
    assert!(line.split(' ').nth(1).unwrap().parse::<f64>().unwrap() > 1e6, "{line}");
}

#[test]
fn types_of_events_are_labelled_as_they_are_published() {
    for kind in crate::vocabulary::EventType::ALL {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
    }
}
