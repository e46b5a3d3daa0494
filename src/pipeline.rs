//! The whole walk as one pure function: a record in, an enriched event or a refusal out. The only file that names
//! every room.

use crate::article::{Article, ArticleReader, ArticleSettings, RawRecord, Refusal, SettingFault};
use crate::event::{self, EnrichedArticle};
use crate::extract::extract;
use crate::lexicon::{CueClass, Lexicon};
use crate::relate::relate;
use crate::resolve::{Resolved, resolve};
use crate::story::Fingerprint;
use crate::text::Document;
use jiff::tz::TimeZone;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::slice;
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
        Ok(self.walk(&[&article]).pop().unwrap_or_else(|| unreachable!("an article in, an event out")))
    }

    /// Walks records together: all of them through one room, then all through the next. For each the same comes out as from
    /// [`Pipeline::enrich`], but sooner: the code and the tables of a room stay in the processor's caches while the articles
    /// pass, as the operators of a database do that works on vectors of rows (Boncz, Zukowski and Nes, "MonetDB/X100:
    /// Hyper-Pipelining Query Execution", CIDR 2005). All are in memory at once; [`together`] says how many should be.
    pub fn enrich_all(&self, records: &[RawRecord<'_>]) -> Vec<Result<Enriched, Refusal>> {
        let read: Vec<_> = records.iter().map(|record| self.reader.read(record)).collect();
        let mut enriched = self.walk(&read.iter().flatten().collect::<Vec<_>>()).into_iter();
        read.into_iter()
            .filter_map(|read| read.map_or_else(|refusal| Some(Err(refusal)), |_| enriched.next().map(Ok)))
            .collect()
    }

    /// The straight walk of articles that could be read.
    fn walk(&self, articles: &[&Article]) -> Vec<Enriched> {
        let (folding, languages) = (self.lexicon.folding(), self.lexicon.languages());
        let documents: Vec<_> = articles
            .iter()
            .map(|article| Document::new(article.title.as_deref(), &article.text, folding, languages))
            .collect();
        let resolved = resolve(extract(&documents, &self.lexicon));
        let year =
            |article: &&Article| article.published.map(|published| TimeZone::UTC.to_datetime(published.at).year());
        let relations = relate(&resolved, &articles.iter().map(year).collect::<Vec<_>>());
        let fingerprints: Vec<_> = resolved.iter().map(fingerprint).collect();
        let told = articles.iter().zip(&resolved).zip(&relations).zip(fingerprints);
        told.map(|(((article, resolved), relations), fingerprint)| Enriched {
            event: event::build(article, resolved, relations, self.include_text, self.explain),
            refused: resolved.refused.iter().map(|refused| refused.reason.as_str()).collect(),
            fingerprint,
        })
        .collect()
    }
}

/// What the text looks like without the lines of its site.
fn fingerprint(resolved: &Resolved<'_>) -> Fingerprint {
    let cues = &resolved.scan.sentence_cues;
    let of_the_site = |sentence: usize| cues.get(sentence).is_some_and(|cues| cues.contains(CueClass::BOILERPLATE));
    Fingerprint::new(resolved.scan.document, of_the_site)
}

/// Most records that are walked together: with fewer the caches serve fewer, with more the articles themselves no longer fit in.
const MOST_TOGETHER: usize = 64;
/// Most bytes that are walked together. A longer record is walked alone.
const MOST_BYTES_TOGETHER: usize = 128 << 10;

/// Parts a list of records into those that are walked together, in order; `size` is that of a record in bytes.
pub fn together<R>(records: &[R], size: impl Fn(&R) -> usize) -> impl Iterator<Item = Range<usize>> {
    let mut next = 0;
    std::iter::from_fn(move || {
        let start = next;
        let mut bytes = 0;
        while next < records.len() && next - start < MOST_TOGETHER {
            bytes += size(&records[next]);
            if next > start && bytes > MOST_BYTES_TOGETHER {
                break;
            }
            next += 1;
        }
        (start < next).then_some(start..next)
    })
}

/// Walks records together; where that panics, which is a fault of ours, each by itself: it then costs no other than the
/// record at fault, of which `fault` makes what stands for it, from its index and the words of the panic.
pub fn guarded<'r, T>(
    records: &[RawRecord<'r>],
    walk: impl Fn(&[RawRecord<'r>]) -> Vec<T>,
    fault: impl Fn(usize, &str) -> T,
) -> Vec<T> {
    let alone =
        |(index, record)| attempt(|| walk(slice::from_ref(record))).unwrap_or_else(|words| vec![fault(index, &words)]);
    attempt(|| walk(records)).unwrap_or_else(|_| records.iter().enumerate().flat_map(alone).collect())
}

/// Does something that should not panic.
///
/// # Errors
/// The words of the panic, where it does.
pub fn attempt<T>(action: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(action)).map_err(|panic| {
        let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let text = text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "(no message)".into());
        text.chars().take(200).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_parted_by_number_and_by_size_in_order() {
        let parts = |sizes: &[usize]| together(sizes, |size| *size).collect::<Vec<_>>();
        assert!(parts(&[]).is_empty());
        assert_eq!(parts(&[1_000; 150]), [0..64, 64..128, 128..150]);
        assert_eq!(parts(&[5, MOST_BYTES_TOGETHER, MOST_BYTES_TOGETHER + 1, 5, 5]), [0..1, 1..2, 2..3, 3..5]);
    }

    #[test]
    fn a_panic_costs_only_the_record_at_fault() {
        let values: Vec<[u8; 1]> = (0..5).map(|byte| [byte]).collect();
        let records: Vec<_> =
            values.iter().map(|value| RawRecord { value: Some(value), ..RawRecord::default() }).collect();
        let byte = |record: &RawRecord<'_>| record.value.map_or(0, |value| value[0]);
        let walk = |records: &[RawRecord<'_>]| {
            assert!(!records.iter().any(|record| byte(record) == 3), "three");
            records.iter().map(|record| Ok(byte(record))).collect()
        };
        let walked = guarded(&records, walk, |index, said| Err((index, said.to_owned())));
        assert_eq!(walked, [Ok(0), Ok(1), Ok(2), Err((3, "three".to_owned())), Ok(4)]);
    }
}
