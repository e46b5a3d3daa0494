//! The timeline of one partition of the input: what its worker holds while it owns the partition.

use super::names::Names;
use super::record::{self, Kind, Remembering, TimelineRecord};
use super::remember::{ArticleKey, Articles, Stories};
use super::window::{Span, Turn, Window};
use super::{Bucket, Fate, RecordError, TimelineSettings, Totals, fate};
use crate::event::minerals;
use crate::pipeline::Enriched;
use crate::story::{Founder, StoryId};
use crate::vocabulary::StoryRole;
use jiff::Timestamp;
use lru::LruCache;
use rustc_hash::FxHashMap;
use std::num::NonZeroUsize;
use std::sync::Arc;

/// The state of one partition, and the open batch on top of it.
#[derive(Debug)]
pub struct Partition {
    settings: Arc<TimelineSettings>,
    names: Names,
    /// The parts that are held, those changed last at the end.
    buckets: LruCache<Bucket, Part>,
    articles: Window<Articles>,
    stories: Window<Stories>,
    /// The number of the next part or piece.
    next: u64,
    /// What the open batch adds.
    open: FxHashMap<Bucket, Totals>,
    outcomes: Outcomes,
}

/// A part of a bucket's total.
#[derive(Clone, Copy, Debug, Default)]
struct Part {
    number: u64,
    totals: Totals,
}

/// What an article is to those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placement {
    article: ArticleKey,
    /// The story that it tells.
    pub story: StoryId,
    /// What it is to this story.
    pub role: StoryRole,
}

/// What became of articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// Counted,
    pub counted: u64,
    /// and of these the first to tell their story.
    pub founders: u64,
    /// Left out: counted before.
    pub repeated: u64,
    /// Left out: no usable time of publication.
    pub undated: u64,
    /// Left out: published outside the accepted range.
    pub out_of_range: u64,
}

impl std::ops::AddAssign for Outcomes {
    fn add_assign(&mut self, other: Self) {
        self.counted += other.counted;
        self.founders += other.founders;
        self.repeated += other.repeated;
        self.undated += other.undated;
        self.out_of_range += other.out_of_range;
    }
}

/// What the open batch writes; handed back with [`Partition::commit`].
#[derive(Debug, Default)]
pub struct Changes {
    /// Keys and values; a value of `None` is a tombstone.
    pub records: Vec<(Vec<u8>, Option<Vec<u8>>)>,
    totals: Vec<(Bucket, Part)>,
    articles: (Vec<Span>, usize),
    stories: (Vec<Span>, usize),
    next: u64,
}

impl Partition {
    /// A partition of which nothing is known yet.
    pub fn new(settings: Arc<TimelineSettings>) -> Self {
        let held = NonZeroUsize::new(settings.buckets).unwrap_or(NonZeroUsize::MIN);
        let (articles, stories) = (Articles::default(), Stories::new(settings.stories_window));
        Self {
            names: Names::default(),
            // Grows as it is filled: a quiet partition must not cost what a busy one may.
            buckets: LruCache::unbounded(),
            articles: Window::new(Remembering::Articles, settings.articles, settings.articles_window, articles),
            stories: Window::new(Remembering::Stories, settings.stories, settings.stories_window, stories),
            next: 0,
            open: FxHashMap::default(),
            outcomes: Outcomes::default(),
            settings,
        }
        .holding(held)
    }

    /// Finds the story of an article: told for the first time, told again, or the very same article again.
    pub fn place(&self, enriched: &Enriched) -> Placement {
        let about = &enriched.event.article;
        let article = ArticleKey::new(&about.id, &about.content_hash);
        if let Some(story) = self.articles.queue.story(article) {
            return Placement { article, story, role: StoryRole::Repeat };
        }
        match self.stories.queue.find(&enriched.fingerprint, about.published_at.map(Timestamp::as_second)) {
            Some(story) => Placement { article, story, role: StoryRole::Copy },
            None => Placement { article, story: enriched.fingerprint.story(), role: StoryRole::Founder },
        }
    }

    /// The same, and writes it into the event.
    pub fn place_and_tell(&self, enriched: &mut Enriched) -> Placement {
        let placement = self.place(enriched);
        enriched.event.article.story = Some(placement.story.to_string());
        enriched.event.article.story_role = Some(placement.role);
        placement
    }

    /// Counts an article in the open batch. `arrived` is the time of its record. Its event must say what
    /// [`Self::place`] answered.
    pub fn take(&mut self, placement: Placement, enriched: &Enriched, arrived: Option<Timestamp>) {
        let published = enriched.event.article.published_at;
        let arrived = arrived.or(published).map_or(0, Timestamp::as_second);
        let founds = placement.role == StoryRole::Founder;
        if placement.role != StoryRole::Repeat {
            self.articles.push((placement.article, placement.story), arrived);
        }
        if founds {
            let published = published.map(Timestamp::as_second);
            self.stories.push(Founder { fingerprint: enriched.fingerprint.clone(), published }, arrived);
        }
        match fate(&enriched.event, &self.settings) {
            Fate::Repeated => self.outcomes.repeated += 1,
            Fate::Undated => self.outcomes.undated += 1,
            Fate::OutOfRange => self.outcomes.out_of_range += 1,
            Fate::Counted(hour) => {
                self.outcomes.counted += 1;
                self.outcomes.founders += u64::from(founds);
                for (mineral, country, count) in minerals(&enriched.event) {
                    let (mineral, country) = (self.names.get(mineral), self.names.get(country));
                    *self.open.entry(Bucket { hour, mineral, country }).or_default() += Totals::of(count, founds);
                }
            }
        }
    }

    /// The records that make the open batch last.
    ///
    /// # Errors
    /// When something cannot be written down; that is a fault of this room.
    pub fn changes(&self) -> Result<Changes, RecordError> {
        let mut changes = Changes { next: self.next, ..Changes::default() };
        // A batch that adds to a bucket has an article that was not there before, and so a piece: the number that new
        // parts get here is not given to those of another batch.
        let part = self.next;
        let mut open: Vec<(&Bucket, &Totals)> = self.open.iter().collect();
        open.sort_unstable_by_key(|(bucket, _)| *bucket);
        for (bucket, added) in open {
            let mut changed =
                self.buckets.peek(bucket).copied().unwrap_or(Part { number: part, totals: Totals::default() });
            changed.totals += *added;
            let (key, value) = record::total(bucket, changed.number, changed.totals)?;
            changes.records.push((key, Some(value)));
            changes.totals.push((bucket.clone(), changed));
        }
        changes.articles = changes.add(Remembering::Articles, self.articles.turn(changes.next)?)?;
        changes.stories = changes.add(Remembering::Stories, self.stories.turn(changes.next)?)?;
        Ok(changes)
    }

    /// The records are committed: the open batch is part of the state. What became of its articles.
    pub fn commit(&mut self, changes: Changes) -> Outcomes {
        for (bucket, part) in changes.totals {
            self.hold(bucket, part);
        }
        self.articles.commit(changes.articles.0.into_iter(), changes.articles.1);
        self.stories.commit(changes.stories.0.into_iter(), changes.stories.1);
        self.next = changes.next;
        self.open.clear();
        std::mem::take(&mut self.outcomes)
    }

    /// The open batch is given up: it was never there.
    pub fn roll_back(&mut self) {
        self.articles.roll_back();
        self.stories.roll_back();
        self.open.clear();
        self.outcomes = Outcomes::default();
    }

    /// Takes in a record that an earlier owner wrote. They come in the order in which they were written.
    pub fn restore(&mut self, record: TimelineRecord<'_>) {
        match record.0 {
            Kind::Total { hour, mineral, country, part, totals } => {
                let bucket = Bucket { hour, mineral: self.names.get(&mineral), country: self.names.get(&country) };
                self.next = self.next.max(part + 1);
                match totals {
                    Some(totals) => self.hold(bucket, Part { number: part, totals }),
                    None => _ = self.buckets.pop(&bucket),
                }
            }
            Kind::Piece { window, number, piece } => {
                self.next = self.next.max(number + 1);
                match window {
                    Remembering::Articles => self.articles.read(number, piece),
                    Remembering::Stories => self.stories.read(number, piece),
                }
            }
        }
    }

    /// All records are taken in.
    ///
    /// # Errors
    /// When what they remember cannot be read.
    pub fn restored(&mut self) -> Result<(), RecordError> {
        self.articles.restored()?;
        self.stories.restored()
    }

    fn holding(mut self, held: NonZeroUsize) -> Self {
        self.buckets.resize(held);
        self
    }

    /// Holds a part; the one that has not changed for longest makes room.
    fn hold(&mut self, bucket: Bucket, part: Part) {
        self.buckets.push(bucket, part);
    }
}

impl Changes {
    /// Adds the pieces of a window, and the tombstones of those that leave it.
    fn add(&mut self, window: Remembering, turn: Turn) -> Result<(Vec<Span>, usize), RecordError> {
        for (span, piece) in &turn.written {
            self.records.push((record::piece_key(window, span.number)?, Some(record::piece_value(piece)?)));
            self.next = span.number + 1;
        }
        for number in &turn.leaving {
            self.records.push((record::piece_key(window, *number)?, None));
        }
        Ok((turn.written.into_iter().map(|(span, _)| span).collect(), turn.leaving.len()))
    }
}
