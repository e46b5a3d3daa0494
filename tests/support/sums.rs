//! Minerals by country by time of publication, as different witnesses have them, in one form that can be compared.
#![allow(dead_code, reason = "each test binary uses its part")]

use crate::prometheus::Prometheus;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use std::collections::BTreeMap;

/// (beginning of the hour or day, mineral, country) → mentions, articles, stories.
pub(crate) type Sums = BTreeMap<(String, String, String), [i64; 3]>;

const METRICS: [&str; 3] = ["mentions", "articles", "stories"];
/// As much of a time as names its hour, and its day.
const HOUR: usize = "2025-10-03T23".len();
const DAY: usize = "2025-10-03".len();

/// What `lodestream timeline query --format json` and the export as JSON lines say, by hour.
pub(crate) fn of_rows(rows: &str) -> Sums {
    let mut sums = Sums::new();
    for row in rows.lines() {
        let row: Value = serde_json::from_str(row).unwrap();
        let text = |name: &str| row[name].as_str().unwrap().to_owned();
        let key = (text("time")[..HOUR].to_owned(), text("mineral"), text("country"));
        let counts = METRICS.map(|metric| row[metric].as_i64().unwrap());
        assert!(sums.insert(key.clone(), counts).is_none(), "two rows of {key:?}");
    }
    sums
}

/// Adds a published event, by someone who shares no code with the timeline.
pub(crate) fn add_event(sums: &mut Sums, event: &str) {
    let event: Value = serde_json::from_str(event).unwrap();
    let article = &event["article"];
    let Some(published) = article["published_at"].as_str() else { return };
    if article["story_role"] == "repeat" {
        return;
    }
    let founds = i64::from(article["story_role"] == "founder");
    let mut add = |mineral: &Value, country: &str, count: &Value| {
        let key = (published[..HOUR].to_owned(), mineral.as_str().unwrap().to_owned(), country.to_owned());
        let sum = sums.entry(key).or_default();
        [count.as_i64().unwrap(), 1, founds].iter().zip(sum).for_each(|(count, sum)| *sum += count);
    };
    for pair in event["mineral_countries"].as_array().unwrap() {
        add(&pair["mineral"], pair["country"].as_str().unwrap(), &pair["mention_count"]);
    }
    for commodity in event["commodities"].as_array().unwrap() {
        if commodity["kind"] != "agricultural" && commodity["unattributed_count"].as_u64() > Some(0) {
            add(&commodity["id"], "none", &commodity["unattributed_count"]);
        }
    }
}

/// The sums by day.
pub(crate) fn by_day(sums: &Sums) -> Sums {
    let mut days = Sums::new();
    for ((hour, mineral, country), counts) in sums {
        let key = (hour[..DAY].to_owned(), mineral.clone(), country.clone());
        days.entry(key).or_default().iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
    }
    days
}

/// What Prometheus has, by day: each day is asked for at its end, as a dashboard would. What there is beyond
/// these days stands in a row that no timeline has.
pub(crate) fn stored(prometheus: &Prometheus, first_day: Timestamp, days: i64) -> Sums {
    let mut sums = Sums::new();
    let day = SignedDuration::from_hours(24);
    for number in 0..days {
        let start = first_day + day * i32::try_from(number).unwrap();
        let name = &start.to_string()[..DAY];
        for (mineral, country, counts) in asked(prometheus, "1d", start + day) {
            sums.insert((name.to_owned(), mineral, country), counts);
        }
    }
    let whole = |sums: &mut dyn Iterator<Item = [i64; 3]>| {
        sums.fold([0; 3], |all, counts| [0, 1, 2].map(|at| all[at] + counts[at]))
    };
    // Far before the first day and behind the last.
    let all = asked(prometheus, "10y", first_day + day * i32::try_from(days + 2).unwrap());
    let (all, within) = (whole(&mut all.into_iter().map(|(.., counts)| counts)), whole(&mut sums.values().copied()));
    if all != within {
        sums.insert(("beyond the days".into(), String::new(), String::new()), [0, 1, 2].map(|at| all[at] - within[at]));
    }
    sums
}

/// A question's answer. While Prometheus moves chunks from its head into a block, it may fail to find one of them (`execution`: "cannot
/// populate chunk"); asked again it does.
fn answered(prometheus: &Prometheus, question: &str, at: Timestamp) -> serde_json::Value {
    let asked = || prometheus.get("query", &[("query", question), ("time", &at.to_string())]);
    for _ in 0..50 {
        match asked() {
            Err(refused) if refused.kind == "execution" && refused.message.contains("cannot populate chunk") => {
                std::thread::sleep(std::time::Duration::from_millis(200));
            }
            answer => return answer.unwrap(),
        }
    }
    asked().unwrap()
}

/// Sums over a range that ends at an instant.
fn asked(prometheus: &Prometheus, range: &str, end: Timestamp) -> Vec<(String, String, [i64; 3])> {
    let mut sums: BTreeMap<(String, String), [i64; 3]> = BTreeMap::new();
    for (number, metric) in METRICS.into_iter().enumerate() {
        let question = format!("sum by (mineral, country) (sum_over_time(lodestream_timeline_{metric}[{range}]))");
        let answer = answered(prometheus, &question, end);
        for series in answer["result"].as_array().unwrap() {
            let label = |name: &str| series["metric"][name].as_str().unwrap().to_owned();
            let value: f64 = series["value"][1].as_str().unwrap().parse().unwrap();
            sums.entry((label("mineral"), label("country"))).or_default()[number] = value as i64;
        }
    }
    // A sum of nothing is no row of the timeline.
    let some = sums.into_iter().filter(|(_, counts)| *counts != [0; 3]);
    some.map(|((mineral, country), counts)| (mineral, country, counts)).collect()
}
