//! The whole walk as one pure function: a record in, an enriched event or a refusal out. The only file that names
//! every room.

use crate::article::{ArticleReader, ArticleSettings, RawRecord, Refusal, SettingFault};
use crate::event::{self, EnrichedArticle};
use crate::extract::extract;
use crate::lexicon::{CueClass, Lexicon};
use crate::relate::relate;
use crate::resolve::resolve;
use crate::story::Fingerprint;
use crate::text::Document;
use jiff::tz::TimeZone;
use std::sync::Arc;

/// What a user may choose about the walk.
#[derive(Clone, Debug)]
pub struct PipelineSettings {
    /// How raw articles are read.
    pub article: ArticleSettings,
    /// Whether events carry the article's text.
    pub include_text: bool,
    /// Whether events carry the refused readings.
    pub explain: bool,
}

impl Default for PipelineSettings {
    fn default() -> Self {
        Self { article: ArticleSettings::default(), include_text: true, explain: false }
    }
}

/// An enriched event, what was refused in it, and how its story is recognised.
#[derive(Clone, Debug)]
pub struct Enriched {
    /// The event. Its provenance names version and lexicon; topic, partition, offset, time, and the article's story are the
    /// caller's to fill.
    pub event: EnrichedArticle,
    /// Why readings were refused, a reason for each, whether or not the event carries them.
    pub refused: Vec<&'static str>,
    /// What the article's text looks like, by which the story that it tells is found among those told before.
    pub fingerprint: Fingerprint,
}

/// The walk with its settings and lexicon; shared by all workers.
pub struct Pipeline {
    reader: ArticleReader,
    lexicon: Arc<Lexicon>,
    include_text: bool,
    explain: bool,
}

impl Pipeline {
    /// Prepares the walk.
    ///
    /// # Errors
    /// Every fault of the settings at once.
    pub fn new(settings: &PipelineSettings, lexicon: Arc<Lexicon>) -> Result<Self, Vec<SettingFault>> {
        let reader = ArticleReader::new(&settings.article)?;
        Ok(Self { reader, lexicon, include_text: settings.include_text, explain: settings.explain })
    }

    /// The lexicon that articles are read with.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Walks one record through all rooms. Pure: no I/O, no clock.
    ///
    /// # Errors
    /// A [`Refusal`] when the record cannot be read as an article; it then belongs among the dead letters.
    pub fn enrich(&self, record: &RawRecord<'_>) -> Result<Enriched, Refusal> {
        let article = self.reader.read(record)?;
        let document =
            Document::new(article.title.as_deref(), &article.text, self.lexicon.folding(), self.lexicon.languages());
        let found = extract(&document, &self.lexicon);
        let resolved = resolve(found);
        let year = article.published.map(|published| TimeZone::UTC.to_datetime(published.at).year());
        let relations = relate(&resolved, year);
        let event = event::build(&article, &resolved, &relations, self.include_text, self.explain);
        let refused = resolved.refused.iter().map(|refused| refused.reason.as_str()).collect();
        let cues = &resolved.scan.sentence_cues;
        let of_the_site = |sentence: usize| cues.get(sentence).is_some_and(|cues| cues.contains(CueClass::BOILERPLATE));
        let fingerprint = Fingerprint::new(&document, of_the_site);
        Ok(Enriched { event, refused, fingerprint })
    }
}
