//! What the live page and its API show: the newest articles, minerals by country over the time of publication, what changes.
//!
//! *In:* committed batches (as an [`Observer`]); where a timeline is kept, its records ([`Live::follower`]).
//! *Out:* answers ([`answers`]), and a stream of what is new ([`Live::watch`]).
//! *Guaranteed:*
//! - nothing is shown that is not committed;
//! - what is covered is said with the answers ([`Coverage`]): articles are the newest that *this process* committed, totals are the
//!   whole timeline or, where none is kept, what this process committed;
//! - memory is bounded by [`PageSettings`]: articles by number and by bytes, totals by buckets, readers by number, what waits for a
//!   slow reader by messages;
//! - a worker that tells of a batch pays for handing over what is new, and for nothing else: events are read when someone asks, or
//!   once a second.
//!
//! No HTTP here: that is the room `http`.

pub mod answers;
mod ask;
mod excerpts;
mod facets;
mod follower;
mod settings;
mod span;
mod store;
mod suggest;
mod totals;
mod updates;

pub use ask::ArticlesWanted;
pub use settings::PageSettings;
pub use span::{Length, MOST_STEPS, SpanError, SpanWanted};
pub use store::{ArticleFilter, Cursor, Order};
pub use totals::PairFilter;
pub use updates::{Message, Viewer};

use crate::event::NO_COUNTRY;
use crate::lexicon::Lexicon;
use crate::stream::{CommittedBatch, Observer, RebalanceKind, TransactionOutcome, Wanted};
use crate::timeline::TimelineSettings;
use answers::{ArticlePair, Coverage, NewArticle, NewArticles, TotalsFrom};
use facets::FacetPair;
use jiff::Timestamp;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Duration;
use store::Store;
use totals::Board;
use updates::Updates;

/// How often [`Live::turn`] is to be called.
pub const TURN: Duration = Duration::from_secs(1);
/// So many new articles are named at once.
const NAMED_ARTICLES: usize = 20;

/// What the page shows.
pub struct Live {
    settings: PageSettings,
    lexicon: Arc<Lexicon>,
    since: Timestamp,
    /// Events that nobody has looked at yet.
    inbox: Mutex<Inbox>,
    store: Mutex<Store>,
    board: RwLock<Board>,
    updates: Updates,
}

#[derive(Default)]
struct Inbox {
    events: VecDeque<Arc<[u8]>>,
    bytes: usize,
    /// Those that were pushed out.
    missed: usize,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Live {
    /// Nothing to show yet. Totals come from the timeline where one is kept.
    pub fn new(settings: PageSettings, timeline: &TimelineSettings, lexicon: Arc<Lexicon>) -> Arc<Self> {
        let from = if timeline.enabled { TotalsFrom::Timeline } else { TotalsFrom::ThisInstance };
        Arc::new(Self {
            lexicon,
            since: Timestamp::now(),
            inbox: Mutex::default(),
            store: Mutex::new(Store::new(settings.articles, settings.bytes, timeline.record_time)),
            board: RwLock::new(Board::new(from, settings.buckets)),
            updates: Updates::new(settings.viewers),
            settings,
        })
    }

    fn board(&self) -> RwLockReadGuard<'_, Board> {
        self.board.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn board_mut(&self) -> RwLockWriteGuard<'_, Board> {
        self.board.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The store with all that is new in it; what that is.
    fn settled(&self) -> MutexGuard<'_, Store> {
        let mut store = locked(&self.store);
        let Inbox { events, missed, .. } = std::mem::take(&mut *locked(&self.inbox));
        let read: Vec<_> = events.into_iter().filter_map(|event| store.add(event)).collect();
        if !read.is_empty() && self.updates.are_watched() {
            let newest = read.iter().rev().take(NAMED_ARTICLES);
            let pair = |pair: &FacetPair| ArticlePair {
                mineral: pair.mineral.to_string(),
                country: pair.country.to_string(),
                mentions: pair.mention_count,
            };
            let articles = newest.map(|facets| NewArticle {
                id: facets.id.to_string(),
                published_at: facets.published,
                pairs: facets.pairs.iter().map(pair).collect(),
            });
            let more = missed + read.len().saturating_sub(NAMED_ARTICLES);
            self.updates.send("articles", &NewArticles { articles: articles.collect(), more });
        }
        store
    }

    /// Tells those who watch what is new; to be called once in [`TURN`].
    pub fn turn(&self) {
        drop(self.settled());
        let changed = self.board_mut().take_changes();
        if let Some(changed) = changed.filter(|_| self.updates.are_watched()) {
            self.updates.send("pairs", &changed);
        }
    }

    /// A place among those who watch, `None` where all are taken. The first message says what is covered.
    pub fn watch(&self) -> Option<(Message, Viewer)> {
        // What came in before is no news to a new reader.
        drop(self.settled());
        let viewer = self.updates.watch()?;
        let data = serde_json::to_string(&self.coverage()).unwrap_or_default();
        Some((Message { kind: "hello", data: data.into() }, viewer))
    }

    /// Whether the lexicon has such a mineral or commodity.
    pub fn knows_mineral(&self, id: &str) -> bool {
        self.lexicon.commodities.iter().any(|entry| entry.id == id)
    }

    /// Whether it is the code of a country, or `none`.
    pub fn knows_country(&self, code: &str) -> bool {
        code == NO_COUNTRY || self.lexicon.country(code).is_some()
    }

    /// How many may watch at the same time.
    pub fn most_viewers(&self) -> usize {
        self.settings.viewers
    }

    /// Every stream of changes ends.
    pub fn close(&self) {
        self.updates.close();
    }

    /// What is covered.
    pub fn coverage(&self) -> Coverage {
        let articles_held = self.settled().len();
        let board = self.board();
        let extent = board.extent();
        Coverage {
            totals: board.from,
            state: board.state,
            reason: board.reason.clone(),
            first: extent.map(|(first, _)| first),
            last: extent.map(|(_, last)| last),
            complete_from: board.complete_from,
            undated: (board.from == TotalsFrom::ThisInstance).then_some(board.undated),
            since: self.since,
            articles_held,
            articles_most: self.settings.articles,
        }
    }
}

impl Observer for Live {
    fn wanted(&self) -> Wanted {
        let totals = self.board().from == TotalsFrom::ThisInstance;
        Wanted { events: self.settings.articles, bytes: self.settings.bytes, totals }
    }

    fn batch_committed(&self, batch: &CommittedBatch) {
        {
            let mut inbox = locked(&self.inbox);
            for event in &batch.kept.events {
                inbox.bytes += event.len();
                inbox.events.push_back(event.clone());
            }
            while inbox.events.len() > self.settings.articles || inbox.bytes > self.settings.bytes {
                let Some(gone) = inbox.events.pop_front() else { break };
                inbox.bytes -= gone.len();
                inbox.missed += 1;
            }
        }
        if !batch.kept.totals.is_empty() || batch.kept.undated > 0 {
            self.board_mut().add(&batch.kept);
        }
    }

    fn transaction_failed(&self, _: TransactionOutcome) {}
    fn rebalanced(&self, _: usize, _: RebalanceKind, _: &[(String, i32)]) {}
    fn lag(&self, _: &str, _: i32, _: i64) {}
    fn worker_restarted(&self, _: usize, _: &'static str) {}
}

#[cfg(test)]
pub(crate) mod tests;
