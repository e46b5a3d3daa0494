use super::*;
use crate::timeline::{Filter, TimelineRecord};

fn timeline(records: &[(&str, u64, u64)]) -> Timeline {
    let mut timeline = Timeline::new(Filter::default());
    for (number, (hour, mentions, stories)) in records.iter().enumerate() {
        let key = format!(r#"{{"hour":"{hour}","mineral":"tungsten","country":"PK","part":{number}}}"#);
        let value = format!(r#"{{"mentions":{mentions},"articles":1,"stories":{stories}}}"#);
        timeline.apply(0, &TimelineRecord::read(key.as_bytes(), Some(value.as_bytes())).unwrap());
    }
    timeline
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

const OLDEST: &str = "2025-10-01T00:00:00Z";
const NOW: &str = "2025-10-04T00:00:00Z";

fn plan(ledger: &Ledger, timeline: &Timeline) -> Plan {
    ledger.plan(timeline, at(OLDEST), at(NOW))
}

/// Notes a batch as the service does: what was written is what another process reads.
fn noted(ledger: &mut Ledger, postings: &[Posting]) -> Ledger {
    let records = ledger.records(postings).unwrap();
    ledger.note(postings);
    let mut other = Ledger::default();
    for (key, value) in &records {
        other.apply(&LedgerRecord::read(key, Some(value)).unwrap());
    }
    other
}

#[test]
fn additions_have_instants_of_their_own_and_sum_up_to_the_total() {
    let mut ledger = Ledger::default();
    let first = plan(&ledger, &timeline(&[("2025-10-03T23:00:00Z", 5, 1)])).due;
    assert_eq!(first[0].time(), at("2025-10-03T23:00:00.001Z"));
    assert_eq!(first[0].addition, Addition { mentions: 5, articles: 1, stories: 1 });
    noted(&mut ledger, &first);
    ledger.confirm();
    let grown = timeline(&[("2025-10-03T23:00:00Z", 5, 1), ("2025-10-03T23:10:00Z", 2, 0)]);
    let second = plan(&ledger, &grown).due;
    assert_eq!(second[0].time(), at("2025-10-03T23:00:00.002Z"));
    let parts: Vec<_> = second[0].addition.parts().collect();
    assert_eq!((parts, second[0].samples()), (vec![("mentions", 2), ("articles", 1)], 2));
    noted(&mut ledger, &second);
    ledger.confirm();
    let third = plan(&ledger, &grown);
    assert!(third.due.is_empty() && third.late.is_empty());
}

#[test]
fn a_batch_that_was_not_confirmed_is_the_same_for_who_goes_on() {
    let mut ledger = Ledger::default();
    let postings = plan(&ledger, &timeline(&[("2025-10-03T23:00:00Z", 5, 1)])).due;
    let mut other = noted(&mut ledger, &postings);
    assert_eq!(other.open(), postings);
    other.confirm();
    assert!(other.open().is_empty());
    // The next batch says that the one before it arrived.
    let next = plan(&other, &timeline(&[("2025-10-03T23:00:00Z", 7, 1)])).due;
    let third = noted(&mut other, &next);
    assert_eq!((third.confirmed, third.open()), (1, next));
}

#[test]
fn what_is_too_old_is_late_and_what_has_not_begun_waits() {
    let all =
        timeline(&[("2025-09-30T23:00:00Z", 1, 1), ("2025-10-01T00:00:00Z", 2, 1), ("2025-10-04T01:00:00Z", 3, 1)]);
    let Plan { due, late } = plan(&Ledger::default(), &all);
    assert_eq!((late.len(), late[0].addition.mentions), (1, 1));
    assert_eq!((due.len(), due[0].addition.mentions), (1, 2));
}

#[test]
fn a_held_posting_keeps_its_instant_and_comes_first() {
    let mut ledger = Ledger::default();
    let postings = plan(&ledger, &timeline(&[("2025-10-03T23:00:00Z", 5, 1)])).due;
    noted(&mut ledger, &postings);
    let held: Vec<Posting> = postings.into_iter().map(Posting::hold).collect();
    let other = noted(&mut ledger, &held);
    assert!(ledger.open().is_empty() && other.open().is_empty());
    let grown = timeline(&[("2025-10-03T23:00:00Z", 9, 1)]);
    let Plan { due, late } = plan(&ledger, &grown);
    assert_eq!((due.len(), &late), (0, &held));
    // Written out, it is settled, and the rest follows at the next instant.
    let settled: Vec<Posting> = late.into_iter().map(Posting::settle).collect();
    noted(&mut ledger, &settled);
    ledger.confirm();
    let next = plan(&ledger, &grown).due;
    assert_eq!((next[0].addition.mentions, next[0].time()), (4, at("2025-10-03T23:00:00.002Z")));
}

#[test]
fn records_are_json_and_foreign_ones_are_named() {
    let mut ledger = Ledger::default();
    let postings = plan(&ledger, &timeline(&[("2025-10-03T23:00:00Z", 5, 1)])).due;
    let records = ledger.records(&postings).unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    assert_eq!(text(&records[0].0), r#"{"hour":"2025-10-03T23:00:00Z","mineral":"tungsten","country":"PK"}"#);
    assert_eq!(
        text(&records[0].1),
        r#"{"batch":1,"slot":1,"addition":{"mentions":5,"articles":1,"stories":1},"total":{"mentions":5,"articles":1,"stories":1}}"#
    );
    assert_eq!(
        (text(&records[1].0), text(&records[1].1)),
        (r#"{"ledger":"confirmed"}"#.into(), r#"{"batch":0}"#.into())
    );
    // A tombstone forgets the bucket.
    ledger.note(&postings);
    ledger.apply(&LedgerRecord::read(&records[0].0, None).unwrap());
    assert!(ledger.open().is_empty());
    let error = LedgerRecord::read(b"a17", Some(b"{}")).unwrap_err().to_string();
    assert!(error.contains("`a17` is no record of a ledger"), "{error}");
}
