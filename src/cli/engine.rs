//! The walk, made ready for a command: lexicon, pipeline, and the metrics' vocabulary.

use super::Problem;
use crate::article::ArticleReader;
use crate::config::{LexiconSettings, Settings};
use crate::lexicon::{Lexicon, LexiconError, LexiconFiles};
use crate::live::Live;
use crate::metrics::{Metrics, Vocabulary};
use crate::pipeline::{Pipeline, PipelineSettings};
use crate::stream::{Observer, Observers};
use std::sync::Arc;

/// The built-in lexicon's files, with those of the configured directory laid over them.
pub(super) fn lexicon_files(settings: &LexiconSettings) -> Result<LexiconFiles, LexiconError> {
    let mut files = LexiconFiles::embedded();
    if let Some(directory) = &settings.directory {
        files.overlay(directory)?;
    }
    Ok(files)
}

/// Reads the lexicon. `Err` is ready to be printed.
pub(super) fn lexicon(settings: &LexiconSettings) -> Result<Arc<Lexicon>, String> {
    let files = lexicon_files(settings).map_err(|error| error.to_string())?;
    // On a thread of its own: what compiling takes beside the lexicon goes back to the system when the thread ends.
    let compiled = std::thread::scope(|scope| scope.spawn(|| Lexicon::compile(&files)).join());
    let lexicon = compiled.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    lexicon.map(Arc::new).map_err(|error| error.to_string())
}

/// Makes the walk; `Err` holds every fault of its settings, in words.
pub(super) fn pipeline(settings: &Settings, lexicon: Arc<Lexicon>, explain: bool) -> Result<Pipeline, Vec<String>> {
    let settings =
        PipelineSettings { article: settings.article.clone(), include_text: settings.event.include_text, explain };
    Pipeline::new(&settings, lexicon).map_err(|faults| faults.iter().map(ToString::to_string).collect())
}

/// Lexicon and walk, or one message with all that is wrong.
pub(super) fn load(settings: &Settings, explain: bool) -> Result<(Arc<Lexicon>, Arc<Pipeline>), Problem> {
    let lexicon = lexicon(&settings.lexicon).map_err(Problem::usage)?;
    let pipeline = pipeline(settings, lexicon.clone(), explain).map_err(faulty)?;
    Ok((lexicon, Arc::new(pipeline)))
}

/// What the page shows, unless it is switched off.
pub(super) fn live(settings: &Settings, lexicon: &Arc<Lexicon>) -> Option<Arc<Live>> {
    settings.page.enabled.then(|| Live::new(settings.page.clone(), &settings.stream.timeline, lexicon.clone()))
}

/// All who watch the stream, as one.
pub(super) fn observers(observers: impl IntoIterator<Item = Option<Arc<dyn Observer>>>) -> Arc<dyn Observer> {
    Arc::new(Observers(observers.into_iter().flatten().collect()))
}

/// The walk's first step alone: is this an article?
pub(super) fn article_reader(settings: &Settings) -> Result<ArticleReader, Problem> {
    ArticleReader::new(&settings.article)
        .map_err(|faults| faulty(faults.iter().map(ToString::to_string).collect::<Vec<_>>()))
}

fn faulty(faults: Vec<String>) -> Problem {
    Problem::usage(format!("the configuration has faults:\n  - {}", faults.join("\n  - ")))
}

/// Metrics whose labels the lexicon bounds.
pub(super) fn metrics(lexicon: &Lexicon) -> Result<Arc<Metrics>, Problem> {
    let vocabulary = Vocabulary {
        commodities: lexicon.commodity_ids().map(Into::into).collect(),
        countries: lexicon.country_ids().map(Into::into).collect(),
        lexicon_version: lexicon.version().to_string(),
    };
    Metrics::new(vocabulary).map(Arc::new).map_err(Problem::failure)
}
