//! `lodestream enrich`: files in, enriched JSON lines out; no Kafka.
//!
//! One thread reads chunks of lines, all cores walk them, this thread takes them in the order in which they were read: it looks
//! for their stories, lets all cores write them down, and prints them.
//! The queue between them holds a fixed number of chunks, so memory does not grow with the input.

mod input;
mod stories;
mod unreadable;
mod walk;

use super::options::{ConfigOptions, LexiconOptions};
use super::timeline::write_files;
use super::{Exit, Outcome, Problem, engine};
use crate::pipeline::Pipeline;
use clap::Args;
use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressStyle};
use input::{Chunk, Chunks};
use rayon::prelude::*;
use std::fs::File;
use std::io::{self, BufReader, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::time::Instant;
use stories::Stories;
use unreadable::Reports;
use walk::{Form, Walked, line, walk};

/// Enrich files or standard input, without Kafka
///
/// Reads one raw article (JSON) a line and prints one enriched event (JSON) a line, in the same order. A line that
/// cannot be read is reported with its number, and the others go on. Empty lines are passed over.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  lodestream enrich articles.jsonl > enriched.jsonl
  lodestream enrich --raw --pretty --explain page.txt
  lodestream enrich --lexicon my-terms articles.jsonl
  zcat articles.jsonl.gz | lodestream enrich --dead-letters bad.jsonl | jq .mineral_countries

An article needs one of `text`, `html` and `raw`; `title`, `published_at`, `url`, `source` and `id` help.
Exit codes: 0 every line was enriched, 1 failed while running, 2 bad usage, 3 some lines could not be read.")]
pub(super) struct Enrich {
    /// Files of JSON lines; - or none is standard input
    #[arg(value_name = "FILES")]
    files: Vec<PathBuf>,

    /// Each file is one raw page, as scraped: header lines, then the body
    #[arg(long)]
    raw: bool,

    /// Also show the readings that were refused, each with its reason
    #[arg(long)]
    explain: bool,

    /// Indent the events, for people
    #[arg(long)]
    pretty: bool,

    /// Also write the totals by hour of publication, mineral and country into this directory: CSV, JSON lines, OpenMetrics, Parquet
    #[arg(long, value_name = "DIRECTORY")]
    timeline: Option<PathBuf>,

    /// Write lines that cannot be read to this file, with the reason
    #[arg(long, value_name = "FILE")]
    dead_letters: Option<PathBuf>,

    #[command(flatten)]
    config: ConfigOptions,
    #[command(flatten)]
    lexicon: LexiconOptions,
}

impl Enrich {
    pub(super) fn run(&self) -> Outcome {
        let inputs = self.inputs()?;
        let settings = self.config.load_with(self.lexicon.flags())?;
        let (_, pipeline) = engine::load(&settings, self.explain)?;
        let reports = Reports::new(self.dead_letters.as_deref()).map_err(|error| {
            let path = self.dead_letters.as_deref().unwrap_or(Path::new("")).display();
            Problem::usage(format!("--dead-letters {path}: {error}"))
        })?;
        let stories = Stories::new(&settings.stream.timeline, self.timeline.is_some());
        if let Some(directory) = &self.timeline {
            self.prepare(directory, stories.is_some())?;
        }
        let bar = bar(&inputs);
        let form = Form { raw: self.raw, limit: settings.article.max_record_bytes };
        let queue = start(inputs, pipeline, form);
        let (pretty, started) = (self.pretty, Instant::now());
        let mut writer = Writer { reports, stories, pretty, bar, events: 0, bytes_read: 0, started };
        let exit = writer.run(&queue)?;
        let timeline = writer.stories.and_then(Stories::into_timeline);
        if let (Some(timeline), Some(directory)) = (timeline, &self.timeline) {
            write_files(&timeline, &settings.push.labels, directory)?;
        }
        Ok(exit)
    }

    /// A directory that cannot be had is known before anything is printed.
    fn prepare(&self, directory: &Path, enabled: bool) -> Result<(), Problem> {
        if !enabled {
            return Err(Problem::usage("--timeline: the timeline is off; set timeline.enabled = true"));
        }
        std::fs::create_dir_all(directory)
            .map_err(|error| Problem::usage(format!("--timeline {}: {error}", directory.display())))
    }

    /// The inputs, opened: a file that is not there is known before anything is printed.
    fn inputs(&self) -> Result<Vec<Source>, Problem> {
        let standard_input = [PathBuf::from("-")];
        let files = if self.files.is_empty() { &standard_input[..] } else { &self.files };
        files.iter().map(|file| Source::open(file)).collect()
    }
}

/// An input and its length, if that is known.
struct Source {
    name: Arc<str>,
    reader: Box<dyn Read + Send>,
    length: Option<u64>,
}

impl Source {
    fn open(path: &Path) -> Result<Self, Problem> {
        if path == Path::new("-") {
            if io::stdin().is_terminal() {
                eprintln!("reading articles from the terminal, one JSON object a line; Ctrl-D ends");
            }
            return Ok(Self { name: "<stdin>".into(), reader: Box::new(io::stdin()), length: None });
        }
        let problem = |error: &dyn std::fmt::Display| Problem::usage(format!("{}: {error}", path.display()));
        let file = File::open(path).map_err(|error| problem(&error))?;
        let metadata = file.metadata().map_err(|error| problem(&error))?;
        if metadata.is_dir() {
            return Err(problem(&"is a directory; name the files in it"));
        }
        let length = metadata.is_file().then_some(metadata.len());
        Ok(Self { name: path.display().to_string().into(), reader: Box::new(file), length })
    }
}

/// A chunk's result, as soon as a core has made it; or what went wrong while reading.
type Pending = io::Result<Receiver<Walked>>;

/// Starts to read and walk. The receiver gives the chunks in order; when it is dropped, reading ends.
fn start(inputs: Vec<Source>, pipeline: Arc<Pipeline>, form: Form) -> Receiver<Pending> {
    let (sender, queue) = sync_channel(4 * rayon::current_num_threads());
    // Not joined: when the reader of our output goes away, this thread may still be waiting for input.
    std::thread::spawn(move || {
        for source in inputs {
            let name = source.name.clone();
            if let Err(error) = read(source, &pipeline, form, &sender) {
                let error = io::Error::new(error.kind(), format!("{name}: {error}"));
                // nobody listens any more: then there is nobody to tell
                _ = sender.send(Err(error));
                return;
            }
        }
    });
    queue
}

fn read(source: Source, pipeline: &Arc<Pipeline>, form: Form, sender: &SyncSender<Pending>) -> io::Result<()> {
    let submit = |chunk: Chunk| {
        let (result, pending) = sync_channel(1);
        let pipeline = pipeline.clone();
        // the queue is full: wait until the writer has taken a chunk, so that memory stays bounded
        if sender.send(Ok(pending)).is_err() {
            return false;
        }
        rayon::spawn(move || _ = result.send(walk(&pipeline, &chunk, form)));
        true
    };
    if form.raw {
        submit(Chunk::whole(source.name, BufReader::new(source.reader), form.limit)?);
        return Ok(());
    }
    let mut chunks = Chunks::new(source.name, source.reader, form.limit);
    while let Some(chunk) = chunks.next_chunk()? {
        if !submit(chunk) {
            break;
        }
    }
    Ok(())
}

struct Writer {
    reports: Reports,
    stories: Option<Stories>,
    pretty: bool,
    bar: ProgressBar,
    events: u64,
    bytes_read: u64,
    started: Instant,
}

impl Writer {
    /// Writes all chunks in order, then the summary.
    fn run(&mut self, queue: &Receiver<Pending>) -> Outcome {
        let mut out = io::BufWriter::with_capacity(256 << 10, io::stdout().lock());
        let mut written = Ok(());
        while let Some(pending) = next(queue, &mut out) {
            let mut walked = match pending {
                // the sender is dropped without a result only when the walk's own thread is lost
                Ok(walked) => walked.recv().map_err(|_| Problem::failure("a worker thread was lost"))?,
                Err(error) => {
                    // what was read before the failure is still printed
                    _ = out.flush();
                    return Err(Problem::failure(error));
                }
            };
            let lines = self.lines(&mut walked)?;
            written = lines.iter().try_for_each(|line| out.write_all(line));
            if written.is_err() {
                break;
            }
            self.count(&walked)?;
        }
        let written = written.and_then(|()| out.flush());
        self.bar.finish_and_clear();
        self.reports.finish().map_err(|error| Problem::failure(format!("dead letters cannot be written: {error}")))?;
        match written {
            // `| head` has seen enough
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(Exit::Success),
            Err(error) => return Err(Problem::failure(format!("standard output cannot be written: {error}"))),
            Ok(()) => {}
        }
        eprintln!("{}", self.summary());
        Ok(if self.reports.count == 0 { Exit::Success } else { Exit::Incomplete })
    }

    /// The events of a chunk, with their stories.
    fn lines(&mut self, walked: &mut Walked) -> Result<Vec<Vec<u8>>, Problem> {
        if let Some(stories) = &mut self.stories {
            stories.tell(&mut walked.articles)?;
        }
        let pretty = self.pretty;
        let lines: serde_json::Result<_> = walked.articles.par_iter().map(|article| line(article, pretty)).collect();
        lines.map_err(|error| Problem::failure(format!("an event cannot be written as JSON: {error}")))
    }

    fn count(&mut self, walked: &Walked) -> Result<(), Problem> {
        self.events += walked.articles.len() as u64;
        self.bytes_read += walked.bytes_read;
        self.bar.inc(walked.bytes_read);
        for unreadable in &walked.unreadable {
            let say = |words: String| self.bar.suspend(|| eprintln!("{words}"));
            self.reports
                .add(unreadable, say)
                .map_err(|error| Problem::failure(format!("dead letters cannot be written: {error}")))?;
        }
        Ok(())
    }

    fn summary(&self) -> String {
        let elapsed = self.started.elapsed().as_secs_f64();
        let rate = HumanCount((self.events as f64 / elapsed.max(0.001)) as u64);
        let articles = if self.events == 1 { "article" } else { "articles" };
        let summary = format!(
            "{} {articles} enriched, {} in {elapsed:.1} s ({rate}/s)",
            HumanCount(self.events),
            HumanBytes(self.bytes_read)
        );
        match self.reports.count {
            0 => summary,
            1 => format!("{summary}; 1 line could not be read"),
            count => format!("{summary}; {} lines could not be read", HumanCount(count)),
        }
    }
}

/// The next chunk; what is written so far is shown before waiting for it.
fn next(queue: &Receiver<Pending>, out: &mut impl Write) -> Option<Pending> {
    match queue.try_recv() {
        Ok(pending) => Some(pending),
        Err(TryRecvError::Disconnected) => None,
        Err(TryRecvError::Empty) => {
            // an error shows again at the next write
            _ = out.flush();
            queue.recv().ok()
        }
    }
}

/// A progress bar when the length of everything is known; drawn on a terminal only.
fn bar(inputs: &[Source]) -> ProgressBar {
    let Some(length) = inputs.iter().map(|source| source.length).sum::<Option<u64>>() else {
        return ProgressBar::hidden();
    };
    // a bar between events that scroll by would help nobody
    if io::stdout().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(length);
    if let Ok(style) =
        ProgressStyle::with_template("{wide_bar} {bytes}/{total_bytes} ({binary_bytes_per_sec}, {eta} left)")
    {
        bar.set_style(style);
    }
    bar
}
