//! Postings → the body of a request: Prometheus remote write 1.0, protobuf compressed by snappy.

use crate::timeline::Posting;
use prost::Message;
use std::collections::BTreeMap;

#[derive(Clone, PartialEq, Message)]
struct WriteRequest {
    #[prost(message, repeated, tag = "1")]
    series: Vec<TimeSeries>,
}

#[derive(Clone, PartialEq, Message)]
struct TimeSeries {
    #[prost(message, repeated, tag = "1")]
    labels: Vec<Label>,
    #[prost(message, repeated, tag = "2")]
    samples: Vec<Sample>,
}

#[derive(Clone, PartialEq, Eq, Message)]
struct Label {
    #[prost(string, tag = "1")]
    name: String,
    #[prost(string, tag = "2")]
    value: String,
}

#[derive(Clone, Copy, PartialEq, Message)]
struct Sample {
    #[prost(double, tag = "1")]
    value: f64,
    /// In milliseconds since 1970.
    #[prost(int64, tag = "2")]
    timestamp: i64,
}

/// The body of a request with these postings. Samples of a series stand in the order of time, labels in that of their names, as
/// the protocol wants it.
pub(super) fn body(postings: &[Posting], labels: &BTreeMap<String, String>) -> Result<Vec<u8>, snap::Error> {
    let mut series: BTreeMap<(&str, &str, &str), Vec<Sample>> = BTreeMap::new();
    for posting in postings {
        let timestamp = posting.time().as_millisecond();
        for (metric, value) in posting.addition.parts() {
            let key = (metric, &*posting.bucket.mineral, &*posting.bucket.country);
            series.entry(key).or_default().push(Sample { value: value as f64, timestamp });
        }
    }
    let with_labels = |((metric, mineral, country), mut samples): (_, Vec<Sample>)| {
        let name = format!("lodestream_timeline_{metric}");
        let own = [("__name__", name.as_str()), ("country", country), ("mineral", mineral)];
        let given = labels.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let sorted: BTreeMap<&str, &str> = given.chain(own).collect();
        let label = |(name, value): (&str, &str)| Label { name: name.to_owned(), value: value.to_owned() };
        samples.sort_by_key(|sample| sample.timestamp);
        TimeSeries { labels: sorted.into_iter().map(label).collect(), samples }
    };
    let request = WriteRequest { series: series.into_iter().map(with_labels).collect() };
    snap::raw::Encoder::new().compress_vec(&request.encode_to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::{Filter, Ledger, Timeline, TimelineRecord};

    #[test]
    fn labels_are_sorted_and_samples_stand_in_the_order_of_time() {
        let mut timeline = Timeline::new(Filter::default());
        for hour in ["2025-10-03T23:00:00Z", "2025-10-03T22:00:00Z"] {
            let key = format!(r#"{{"hour":"{hour}","mineral":"tungsten","country":"PK","part":0}}"#);
            let record = TimelineRecord::read(key.as_bytes(), Some(br#"{"mentions":5,"articles":3,"stories":0}"#));
            timeline.apply(0, &record.unwrap());
        }
        let (oldest, now) = ("2025-10-01T00:00:00Z".parse().unwrap(), "2025-10-04T00:00:00Z".parse().unwrap());
        let mut postings = Ledger::default().plan(&timeline, oldest, now).due;
        postings.reverse();
        let labels = BTreeMap::from([("job".to_owned(), "lodestream".to_owned())]);
        let bytes = snap::raw::Decoder::new().decompress_vec(&body(&postings, &labels).unwrap()).unwrap();
        let request = WriteRequest::decode(&*bytes).unwrap();
        // Nothing is added to the stories: no series.
        assert_eq!(request.series.len(), 2);
        let names = |series: &TimeSeries| series.labels.iter().map(|label| label.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&request.series[0]), ["__name__", "country", "job", "mineral"]);
        assert_eq!(request.series[1].labels[0].value, "lodestream_timeline_mentions");
        let times: Vec<i64> = request.series[1].samples.iter().map(|sample| sample.timestamp).collect();
        assert_eq!(times, [1_759_528_800_001, 1_759_532_400_001]);
    }
}
