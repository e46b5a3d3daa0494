//! How fast the walk is: `cargo bench --bench walk`. What is measured, and how, stands in benches/README.md.
#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark that cannot start has to stop")]

#[path = "support/corpus.rs"]
mod corpus;

use aho_corasick::{AhoCorasick, MatchKind};
use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use lodestream::article::RawRecord;
use lodestream::lexicon::Lexicon;
use lodestream::pipeline::{Pipeline, PipelineSettings, together};
use rustix::time::{ClockId, clock_gettime};
use serde::{Deserialize, Serialize};
use std::hint::black_box;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

/// The allocator of the binary, for both sides.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

static LEXICON: LazyLock<Arc<Lexicon>> = LazyLock::new(|| Arc::new(Lexicon::embedded().unwrap()));

/// The processor's time of this thread instead of the clock on the wall: neighbours on the machine do not count.
struct ProcessorTime;

impl Measurement for ProcessorTime {
    type Intermediate = Duration;
    type Value = Duration;

    fn start(&self) -> Duration {
        let now = clock_gettime(ClockId::ThreadCPUTime);
        Duration::new(now.tv_sec as u64, now.tv_nsec as u32)
    }
    fn end(&self, start: Duration) -> Duration {
        self.start() - start
    }
    fn add(&self, one: &Duration, other: &Duration) -> Duration {
        *one + *other
    }
    fn zero(&self) -> Duration {
        Duration::ZERO
    }
    fn to_f64(&self, value: &Duration) -> f64 {
        value.as_nanos() as f64
    }
    fn formatter(&self) -> &dyn ValueFormatter {
        WallTime.formatter()
    }
}

/// The walk with its default settings, bytes to bytes: articles together, each encoded by itself.
struct Walk(Pipeline);

impl Walk {
    fn new() -> Self {
        Self(Pipeline::new(&PipelineSettings::default(), LEXICON.clone()).unwrap())
    }

    /// Walks articles as `run` and `enrich` do, together; how many bytes come out.
    fn run(&self, values: &[&[u8]]) -> usize {
        let records: Vec<_> =
            values.iter().map(|value| RawRecord { value: Some(*value), ..RawRecord::default() }).collect();
        let walked = together(&records, RawRecord::size).flat_map(|range| self.0.enrich_all(&records[range]));
        walked.map(|enriched| serde_json::to_vec(&enriched.unwrap().event).unwrap().len()).sum()
    }
}

/// The peer: all patterns of the same lexicon found by the aho-corasick crate, JSON in and out, and nothing else. No
/// word boundaries, no folding of characters, no senses, no sentences.
struct Matching(AhoCorasick);

#[derive(Deserialize)]
struct Input {
    id: String,
    #[serde(default)]
    title: String,
    text: String,
}

#[derive(Serialize)]
struct Output {
    id: String,
    text: String,
    /// Pattern, start, end.
    title_found: Vec<(usize, usize, usize)>,
    text_found: Vec<(usize, usize, usize)>,
}

impl Matching {
    fn new() -> Self {
        let builder =
            AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).ascii_case_insensitive(true).clone();
        Self(builder.build(LEXICON.patterns()).unwrap())
    }

    fn run(&self, value: &[u8]) -> Vec<u8> {
        let input: Input = serde_json::from_slice(value).unwrap();
        let find =
            |text| self.0.find_iter(text).map(|hit| (hit.pattern().as_usize(), hit.start(), hit.end())).collect();
        let (title_found, text_found) = (find(&input.title), find(&input.text));
        serde_json::to_vec(&Output { id: input.id, text: input.text, title_found, text_found }).unwrap()
    }
}

fn articles(criterion: &mut Criterion<ProcessorTime>) {
    let (walk, matching) = (Walk::new(), Matching::new());
    eprintln!("lexicon: {} patterns\n", LEXICON.pattern_count());
    let (english, chinese) = (corpus::english(), corpus::chinese());
    let both = [english.clone(), chinese.clone()].concat();
    let typical = corpus::typical(&both);
    for (name, articles) in [("all", &both), ("english", &english), ("chinese", &chinese), ("typical", &typical)] {
        let bytes: usize = articles.iter().map(Vec::len).sum();
        eprintln!("{name}: {} articles, {} bytes each", articles.len(), bytes / articles.len());
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::ElementsAndBytes { elements: articles.len() as u64, bytes: bytes as u64 });
        let values: Vec<&[u8]> = articles.iter().map(Vec::as_slice).collect();
        group.bench_function("walk", |bencher| bencher.iter(|| walk.run(black_box(&values))));
        group.bench_function("matching", |bencher| {
            bencher.iter(|| -> usize { articles.iter().map(|article| matching.run(black_box(article)).len()).sum() });
        });
        group.finish();
    }
}

/// Texts that nobody writes but somebody sends: each at two lengths. The cost per byte has to be the same for both.
fn adversarial(criterion: &mut Criterion<ProcessorTime>) {
    let walk = Walk::new();
    let texts = [
        ("brackets", "["),
        ("organisations", "Mining Corp "),
        ("claims", "90% of copper in China, "),
        ("minerals-zh", "金、"),
    ];
    for (name, unit) in texts {
        let mut group = criterion.benchmark_group(format!("adversarial/{name}"));
        for kilobytes in [125, 1000] {
            let text = unit.repeat(kilobytes * 1000 / unit.len());
            let article = serde_json::json!({ "id": name, "text": text }).to_string();
            group.throughput(Throughput::BytesDecimal(article.len() as u64));
            group.bench_function(BenchmarkId::from_parameter(format!("{kilobytes}KB")), |bencher| {
                bencher.iter(|| walk.run(&[black_box(article.as_bytes())]));
            });
        }
        group.finish();
    }
}

criterion_group! {
    name = walk;
    config = Criterion::default().with_measurement(ProcessorTime).sample_size(10)
        .warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3));
    targets = articles, adversarial
}
criterion_main!(walk);
