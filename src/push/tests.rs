use super::*;
use crate::timeline::{Timeline, TimelineRecord};

fn postings(count: usize) -> Vec<Posting> {
    let mut timeline = Timeline::new(Filter::default());
    for number in 0..count {
        let key = format!(r#"{{"hour":"2025-10-03T{number:02}:00:00Z","mineral":"tungsten","country":"PK","part":0}}"#);
        let record = TimelineRecord::read(key.as_bytes(), Some(br#"{"mentions":5,"articles":3,"stories":1}"#));
        timeline.apply(0, &record.unwrap());
    }
    let (oldest, now) = ("2025-10-01T00:00:00Z".parse().unwrap(), "2025-10-05T00:00:00Z".parse().unwrap());
    Ledger::default().plan(&timeline, oldest, now).due
}

#[test]
fn batches_hold_whole_postings_and_all_of_them() {
    let postings = postings(10);
    for most in [1, 3, 4, 7, 100] {
        let batches = batches(&postings, most);
        assert!(batches.iter().all(|batch| samples(batch) <= most.max(3)), "{most}");
        assert_eq!(batches.concat(), postings);
    }
    assert!(super::batches(&[], 10).is_empty());
}

#[test]
fn secrets_are_never_shown() {
    let settings = PushSettings {
        password: Some("hunter2".into()),
        bearer_token: Some("hunter2".into()),
        headers: [("X-Scope-OrgID".to_owned(), "hunter2".into())].into(),
        ..PushSettings::default()
    };
    let shown = format!("{settings:?} {} {:?}", serde_json::to_string(&settings).unwrap(), settings.validate());
    assert!(!shown.contains("hunter2"), "{shown}");
}

#[test]
fn every_fault_of_the_settings_is_told() {
    let settings = PushSettings {
        url: Some("prometheus:9090".into()),
        ledger_topic: " ".into(),
        window: Duration::from_secs(60),
        every: Some(Duration::ZERO),
        labels: [("country".to_owned(), "x".to_owned()), ("9".to_owned(), "x".to_owned())].into(),
        batch_samples: 0,
        timeout: Duration::ZERO,
        backoff_min: Duration::ZERO,
        password: Some("hunter2".into()),
        headers: [("two words".to_owned(), "x".into())].into(),
        ..PushSettings::default()
    };
    let mut keys: Vec<&str> = settings.validate().iter().map(|fault| fault.key).collect();
    keys.dedup();
    let expected = [
        "ledger_topic",
        "window",
        "every",
        "batch_samples",
        "timeout",
        "backoff_min",
        "password",
        "url",
        "labels",
        "headers",
    ];
    assert_eq!(keys, expected);
    let with_user = PushSettings { url: Some("http://me:hunter2@host/write".into()), ..PushSettings::default() };
    let fault = &with_user.validate()[0].message;
    assert!(fault.contains("timeline.push.username") && !fault.contains("hunter2"), "{fault}");
    assert!(PushSettings::default().validate().is_empty());
}
