//! No way in which articles come in, are given up, read again or restored changes a total.

use super::*;
use crate::event::EnrichedArticle;
use crate::pipeline::Enriched;
use crate::story::Fingerprint;
use crate::text::{Document, Folding, Languages};
use crate::vocabulary::StoryRole;
use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

type Record = (Vec<u8>, Option<Vec<u8>>);

/// Takes longer to make than all else here.
static FOLDING: LazyLock<Folding> = LazyLock::new(|| Folding::new("").unwrap());

/// An article by its number: number, hour of publication and story decide all of it.
#[derive(Clone, Copy, Debug)]
struct Article {
    id: u16,
    hour: i64,
    story: u8,
    mineral: u8,
}

impl Article {
    fn enriched(self) -> Enriched {
        let Self { id, hour, story, mineral } = self;
        let minerals = ["copper", "gold", "tungsten"];
        let published = Timestamp::from_second(1_750_000_000 + hour * 3_600).unwrap();
        let commodity = |id: &str, unattributed: u32| {
            json!({ "id": id, "name": id, "kind": "mineral", "symbol": null, "critical_lists": [], "relevance": 0.5,
                "confidence": 0.5, "mention_count": 3, "unattributed_count": unattributed, "mentions": [] })
        };
        let mineral = minerals[mineral as usize % 3];
        let event: EnrichedArticle = serde_json::from_value(json!({
            "schema": "test", "event_id": id.to_string(),
            "article": { "id": id.to_string(), "published_at": published.to_string(), "published_at_basis": "zoned",
                "languages": [], "content_hash": format!("{id}-{hour}-{story}-{mineral}") },
            "commodities": [commodity(mineral, u32::from(id % 2))],
            "places": [], "people": [], "organisations": [], "focus_countries": [],
            "mineral_countries": [{ "mineral": mineral, "country": if id % 3 == 0 { "PK" } else { "CL" }, "stages": [],
                "score": 1.0, "basis": "sentence", "mention_count": 2, "evidence": [] }],
            "claims": [], "events": [], "provenance": { "version": "1", "lexicon": "1" }
        }))
        .unwrap();
        let words: Vec<String> = (0..40).map(|word| format!("word{}", u32::from(story) * 100 + word)).collect();
        let text = format!("{} headline{id}", words.join(" "));
        let fingerprint = Fingerprint::new(&Document::new(None, &text, &FOLDING, &Languages::default()), |_| false);
        Enriched { event, refused: Vec::new(), fingerprint }
    }
}

fn settings() -> TimelineSettings {
    TimelineSettings { stories_window: Duration::from_secs(1_000 * 3_600), ..TimelineSettings::default() }
}

/// Takes an article in, as a worker does; the event as it is published.
fn take(partition: &mut Partition, article: &Enriched) -> EnrichedArticle {
    let mut enriched = article.clone();
    let placement = partition.place_and_tell(&mut enriched);
    partition.take(placement, &enriched, enriched.event.article.published_at);
    enriched.event
}

/// The log of one partition, and what compaction leaves of it.
#[derive(Clone, Default)]
struct Topic(Vec<Record>);

impl Topic {
    fn commit(&mut self, partition: &mut Partition) {
        let changes = partition.changes().unwrap();
        self.0.extend(changes.records.iter().cloned());
        partition.commit(changes);
    }

    fn restore(&self, settings: &Arc<TimelineSettings>) -> Partition {
        let mut partition = Partition::new(settings.clone());
        for (key, value) in &self.0 {
            partition.restore(TimelineRecord::read(key, value.as_deref()).unwrap());
        }
        partition.restored().unwrap();
        partition
    }

    fn compact(&mut self) {
        let last: BTreeMap<Vec<u8>, usize> =
            self.0.iter().enumerate().map(|(at, (key, _))| (key.clone(), at)).collect();
        let mut at = 0;
        self.0.retain(|(key, _)| {
            at += 1;
            last[key] == at - 1
        });
    }

    fn timeline(&self) -> Timeline {
        let mut timeline = Timeline::default();
        self.0.iter().for_each(|(key, value)| {
            timeline.apply(0, &TimelineRecord::read(key, value.as_deref()).unwrap());
        });
        timeline
    }
}

/// What happens between two articles.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    Nothing,
    Commit,
    /// The batch is given up, and read again in other parts.
    Abort,
    /// The worker dies; another restores what is committed, and reads the batch again.
    Kill,
    Compact,
}

fn articles() -> impl Strategy<Value = Vec<(Article, Step)>> {
    let article = (0..40_u16, 0..6_i64, 0..8_u8, any::<u8>());
    let article = article.prop_map(|(id, hour, story, mineral)| Article { id, hour, story, mineral });
    let step = prop_oneof![
        6 => Just(Step::Nothing), 3 => Just(Step::Commit), 1 => Just(Step::Abort), 1 => Just(Step::Kill), 1 => Just(Step::Compact)
    ];
    prop::collection::vec((article, step), 1..60)
}

fn assert_same(one: &Timeline, other: &Timeline) {
    assert_eq!(one.differences(other), []);
    assert_eq!(one.total(), other.total());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Batches of any size, given up, killed, restored, compacted, with memory for two buckets: the totals are those of one quiet
    /// run, and the sum over the events; what each article is to its story is the same too.
    #[test]
    fn no_fault_changes_a_total(steps in articles(), small in any::<bool>()) {
        let settings = Arc::new(TimelineSettings { buckets: if small { 2 } else { 1_000 }, ..settings() });
        let read: Vec<(Enriched, Step)> = steps.iter().map(|(article, step)| (article.enriched(), *step)).collect();
        let (mut quiet, mut expected) = (Partition::new(settings.clone()), Topic::default());
        let calm: Vec<EnrichedArticle> = read.iter().map(|(article, _)| take(&mut quiet, article)).collect();
        expected.commit(&mut quiet);

        let (mut partition, mut topic) = (Partition::new(settings.clone()), Topic::default());
        let (mut published, mut committed) = (Vec::new(), 0);
        let mut faults = 0;
        let mut at = 0;
        while at < read.len() {
            let (article, step) = &read[at];
            published.push(take(&mut partition, article));
            at += 1;
            match step {
                Step::Abort | Step::Kill if faults < 20 => {
                    faults += 1;
                    if *step == Step::Kill {
                        // Written, and never committed.
                        drop(partition.changes().unwrap());
                        partition = topic.restore(&settings);
                    } else {
                        partition.roll_back();
                    }
                    published.truncate(committed);
                    // The article at which it happened is read again, but the fault does not come again.
                    let again = at;
                    at = committed;
                    while at < again {
                        published.push(take(&mut partition, &read[at].0));
                        at += 1;
                    }
                }
                Step::Commit | Step::Compact => {
                    topic.commit(&mut partition);
                    committed = at;
                    if *step == Step::Compact {
                        topic.compact();
                    }
                }
                _ => {}
            }
        }
        topic.commit(&mut partition);
        prop_assert_eq!(&published, &calm);
        let mut sums = Timeline::default();
        published.iter().for_each(|event| _ = sums.count(event, &settings));
        assert_same(&topic.timeline(), &sums);
        assert_same(&topic.timeline(), &expected.timeline());
        topic.compact();
        assert_same(&topic.timeline(), &sums);
        // A whole replay by another owner adds nothing.
        let mut again = topic.restore(&settings);
        for (article, _) in &read {
            prop_assert_eq!(take(&mut again, article).article.story_role, Some(StoryRole::Repeat));
        }
        topic.commit(&mut again);
        assert_same(&topic.timeline(), &sums);
    }
}

fn numbered(ids: std::ops::Range<u16>, settings: &Arc<TimelineSettings>) -> (Partition, Topic) {
    let (mut partition, mut topic) = (Partition::new(settings.clone()), Topic::default());
    for id in ids {
        take(&mut partition, &Article { id, hour: i64::from(id), story: (id % 200) as u8, mineral: 0 }.enriched());
        topic.commit(&mut partition);
    }
    (partition, topic)
}

#[test]
fn windows_are_bounded_and_what_leaves_them_gets_a_tombstone() {
    let settings = Arc::new(TimelineSettings { articles: 5, stories: 3, ..settings() });
    let (partition, mut topic) = numbered(0..40, &settings);
    topic.compact();
    let pieces = |kind: &str| {
        let of_kind = topic.0.iter().filter(|(key, _)| String::from_utf8_lossy(key).contains(kind));
        of_kind.filter(|(_, value)| value.is_some()).count()
    };
    assert_eq!((pieces("\"articles\""), pieces("\"stories\"")), (5, 3));
    let role = |partition: &Partition, id: u16| {
        partition.place(&Article { id, hour: i64::from(id), story: (id % 200) as u8, mineral: 0 }.enriched()).role
    };
    for partition in [&partition, &topic.restore(&settings)] {
        assert_eq!(
            [34, 35, 39].map(|id| role(partition, id)),
            [StoryRole::Founder, StoryRole::Repeat, StoryRole::Repeat]
        );
    }
}

#[test]
fn articles_are_remembered_for_a_time() {
    let settings = Arc::new(TimelineSettings { articles_window: Duration::from_secs(10 * 3_600), ..settings() });
    let (partition, _) = numbered(0..30, &settings);
    let repeats = |id: u16| {
        let article = Article { id, hour: i64::from(id), story: id as u8, mineral: 0 }.enriched();
        partition.place(&article).role == StoryRole::Repeat
    };
    assert!(!repeats(18) && repeats(19) && repeats(29));
}

#[test]
fn what_cannot_be_dated_or_lies_outside_the_range_is_counted_as_such() {
    let settings = Arc::new(TimelineSettings {
        oldest: "2025-06-16".parse().unwrap(),
        newest: "2025-06-17".parse().unwrap(),
        record_time: false,
        ..settings()
    });
    let mut partition = Partition::new(settings.clone());
    // 1_750_000_000 is 2025-06-15T15:06:40Z.
    let dated = |id, hour| Article { id, hour, story: id as u8, mineral: 0 }.enriched();
    let mut undated = dated(4, 10);
    undated.event.article.published_at = None;
    let mut by_record = dated(5, 10);
    by_record.event.article.published_at_basis = Some(crate::article::PublishedAtBasis::RecordTimestamp);
    for article in [dated(0, 8), dated(1, 9), dated(2, 32), dated(3, 33), undated, by_record, dated(1, 9)] {
        take(&mut partition, &article);
    }
    let changes = partition.changes().unwrap();
    let outcomes = partition.commit(changes);
    let expected = Outcomes { counted: 2, founders: 2, repeated: 1, undated: 2, out_of_range: 2 };
    assert_eq!(outcomes, expected);
}

#[test]
fn rows_are_summed_by_step_and_filtered() {
    let settings = Arc::new(settings());
    let (_, topic) = numbered(0..48, &settings);
    let whole = topic.timeline();
    assert_eq!(whole.rows(1).iter().map(|row| row.totals.articles).sum::<u64>(), whole.total().articles);
    let days = whole.rows(24);
    let first = &days[0];
    assert_eq!((first.time.start().to_string().as_str(), &*first.mineral), ("2025-06-15T00:00:00Z", "copper"));
    assert_eq!(days.iter().map(|row| row.totals.mentions).sum::<u64>(), whole.total().mentions);

    let day = Hour::of("2025-06-16T00:00:00Z".parse().unwrap());
    let filter = Filter { countries: vec!["PK".into()], from: Some(day), ..Filter::default() };
    let mut filtered = Timeline::new(filter);
    for (key, value) in &topic.0 {
        filtered.apply(0, &TimelineRecord::read(key, value.as_deref()).unwrap());
    }
    let wanted: Vec<Row> = whole.rows(1).into_iter().filter(|row| &*row.country == "PK" && row.time >= day).collect();
    assert!(!wanted.is_empty());
    assert_eq!(filtered.rows(1), wanted);
}

#[test]
fn exports_hold_every_row() {
    let settings = Arc::new(settings());
    let (_, topic) = numbered(0..5, &settings);
    let rows = topic.timeline().rows(1);
    let written = |format| {
        let mut out = Vec::new();
        export(&rows, format, &Labels::from([("job".into(), "a \"b\"".into())]), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    };
    let csv = written(Format::Csv);
    assert_eq!(csv.lines().next(), Some("time,mineral,country,mentions,articles,stories"));
    assert_eq!(csv.lines().nth(1), Some("2025-06-15T15:00:00Z,copper,PK,2,1,1"));
    assert_eq!(csv.lines().count(), rows.len() + 1);
    let json: Vec<serde_json::Value> =
        written(Format::JsonLines).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        json[0],
        json!({"time":"2025-06-15T15:00:00Z","mineral":"copper","country":"PK","mentions":2,"articles":1,"stories":1})
    );
    let openmetrics = written(Format::OpenMetrics);
    assert!(openmetrics.ends_with("# EOF\n"));
    let line = r#"lodestream_timeline_mentions{mineral="copper",country="PK",job="a \"b\""} 2 1749999600.001"#;
    assert!(openmetrics.lines().any(|other| other == line), "{openmetrics}");
    assert_eq!(openmetrics.lines().filter(|line| !line.starts_with('#')).count(), 3 * rows.len());
}
