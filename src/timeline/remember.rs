//! What a partition remembers of its articles: two queues with an index each. What is added last can be taken back, what was
//! added first is forgotten.

use crate::story::{Fingerprint, Founder, StoryId, StoryIndex};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::collections::VecDeque;
use std::time::Duration;
use twox_hash::XxHash3_64;

/// A queue that is written and forgotten in pieces.
pub(super) trait Remembered {
    /// What is remembered.
    type Entry: Serialize + DeserializeOwned;
    /// Entries in one piece: a record of some 100 to 200 KB.
    const PIECE: usize;

    fn push(&mut self, entry: Self::Entry);
    fn pop_oldest(&mut self);
    fn pop_newest(&mut self);
    /// The entries that were added last, so many of them, as they are written.
    fn encode_newest(&self, skip: usize, take: usize, count: usize) -> Result<Vec<u8>, postcard::Error>;
}

/// An article, by id and content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) struct ArticleKey(#[serde(with = "postcard::fixint::le")] u64);

impl ArticleKey {
    pub(super) fn new(id: &str, content_hash: &str) -> Self {
        // The hash has a fixed length, so no two pairs run together.
        let mut bytes = Vec::with_capacity(id.len() + content_hash.len());
        bytes.extend_from_slice(content_hash.as_bytes());
        bytes.extend_from_slice(id.as_bytes());
        Self(XxHash3_64::oneshot(&bytes))
    }
}

/// Articles, each with its story.
#[derive(Debug, Default)]
pub(super) struct Articles {
    order: VecDeque<ArticleKey>,
    stories: FxHashMap<ArticleKey, StoryId>,
}

impl Articles {
    /// The story of an article that was there before.
    pub(super) fn story(&self, article: ArticleKey) -> Option<StoryId> {
        self.stories.get(&article).copied()
    }
}

impl Remembered for Articles {
    type Entry = (ArticleKey, StoryId);
    const PIECE: usize = 8_192;

    fn push(&mut self, (article, story): Self::Entry) {
        self.order.push_back(article);
        self.stories.insert(article, story);
    }

    fn pop_oldest(&mut self) {
        self.order.pop_front().and_then(|article| self.stories.remove(&article));
    }

    fn pop_newest(&mut self) {
        self.order.pop_back().and_then(|article| self.stories.remove(&article));
    }

    fn encode_newest(&self, skip: usize, take: usize, count: usize) -> Result<Vec<u8>, postcard::Error> {
        let newest = self.order.iter().skip(self.order.len().saturating_sub(count)).skip(skip).take(take);
        let entries = newest.filter_map(|article| Some((*article, *self.stories.get(article)?)));
        postcard::to_stdvec(&entries.collect::<Vec<_>>())
    }
}

/// Stories, by their founders.
#[derive(Debug)]
pub(super) struct Stories(StoryIndex);

impl Stories {
    pub(super) fn new(window: Duration) -> Self {
        Self(StoryIndex::new(window))
    }

    /// The story that an article tells again.
    pub(super) fn find(&self, fingerprint: &Fingerprint, published: Option<i64>) -> Option<StoryId> {
        self.0.find(fingerprint, published)
    }
}

impl Remembered for Stories {
    type Entry = Founder;
    const PIECE: usize = 1_024;

    fn push(&mut self, founder: Founder) {
        self.0.push(founder);
    }

    fn pop_oldest(&mut self) {
        self.0.pop_oldest();
    }

    fn pop_newest(&mut self) {
        self.0.pop_newest();
    }

    fn encode_newest(&self, skip: usize, take: usize, count: usize) -> Result<Vec<u8>, postcard::Error> {
        let entries: Vec<&Founder> = self.0.newest(count).skip(skip).take(take).collect();
        postcard::to_stdvec(&entries)
    }
}
